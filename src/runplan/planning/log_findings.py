"""The findings about a log: what was reported, and what it does not change."""

from collections.abc import Iterable, Iterator, Sequence

from runplan._base.dates import dated_day, day_numbered, short_day
from runplan._base.text import count, full_stop
from runplan.model.activity import Activity
from runplan.model.entries import Clearance, Entry, MorningReport, RunReport
from runplan.model.log import Log
from runplan.model.weeks import Finding, Week
from runplan.planning.changes import Change, Move
from runplan.planning.finding_levels import (
    FLAGS,
    FRANDSEN,
    HOUSE,
    METHOD,
    SEVERE,
    is_recent,
    note,
    warning,
)
from runplan.planning.timeline import Timeline

# A run this far over the plan carries a warning. [%, min]
_FAR_PCT, _FAR_MIN = 130, 10

# Pain this many days before the plan is worth a finding. [days]
_BEFORE_DAYS = 14


def not_yet(log: Log, today: int) -> Iterator[Finding]:
    """Report entries that do not count yet."""
    # A phone east of the plan's zone may be a day ahead. Entries recorded later than that are
    # normal if the plan is built for an earlier day.
    ahead = [
        each
        for each in log
        if not isinstance(each, Activity | Change | Move)
        and each.retracted_on is None
        and (each.day.toordinal() > today or each.recorded_on.toordinal() == today + 1)
    ]
    if not ahead:
        return
    first = min(ahead, key=lambda each: (each.day, each.recorded_on))
    one = len(ahead) == 1
    message = (
        f"{count(len(ahead), 'entry') if one else f'{len(ahead)} entries'} recorded after today, "
        f"the first about {dated_day(first.day)}: not counted yet. If the date is wrong, "
        "withdraw the entry and log it again."
    )
    pain = max(getattr(each, "worst_pain", getattr(each, "pain", 0)) for each in ahead)
    flagged = any(getattr(each, "red_flags", ()) for each in ahead)
    if pain < SEVERE and not flagged:
        yield note("not-yet", message)
        return
    what = "a red flag" if flagged else f"pain of {pain} of 10"
    see = f"There is {what} among them: see a doctor or physiotherapist before you run again."
    yield warning("not-yet", f"{message} {see}", FLAGS)


def before_start(timeline: Timeline, runs: Iterable[RunReport]) -> Iterator[Finding]:
    """Report pain within the baseline from shortly before the plan."""
    start = timeline.course.first_day(1)
    baseline = timeline.course.at(start).baseline_min
    painful = [
        run
        for run in runs
        if start - _BEFORE_DAYS <= run.day.toordinal() < start
        and 0 < run.worst_pain < SEVERE
        and (run.pain_from or 0) <= baseline
    ]
    if painful and timeline.by < start + 7:
        last = painful[-1]
        message = (
            f"Pain of {last.worst_pain} of 10 on {short_day(last.day)}, within the {baseline} "
            "minutes of your baseline. A baseline brings no pain: choose a shorter one."
        )
        yield warning("pain-before-start", message, METHOD)


def after_target(
    weeks: Sequence[Week], runs: Iterable[RunReport], finished: int | None
) -> Iterator[Finding]:
    """Report pain in long runs after the target was reached."""
    report = weeks[finished - 1].report if finished else None
    if report is None:
        return
    painful = [
        run
        for run in runs
        if run.kind == "long" and run.day > report.day and 0 < run.worst_pain < SEVERE
    ]
    if painful:
        last = painful[-1]
        began = "" if last.pain_from is None else f" from minute {last.pain_from}"
        message = (
            f"Pain of {last.worst_pain} of 10{began} on {short_day(last.day)}, after the target "
            "was reached. Run to well before it begins; if it comes back, start again from a "
            "shorter baseline."
        )
        yield warning("pain-after-target", message, HOUSE)


def far_over(weeks: Iterable[Week]) -> Iterator[Finding]:
    """Report long runs that were far longer than planned."""
    for week in weeks:
        run, report = week.long_run, week.report
        if run and report and _is_far_over(report.minutes, run.minutes):
            message = (
                f"{short_day(report.day)}: {report.minutes} min were run where {run.minutes} were "
                "planned. That earns one step, no more, and is a large step for the back."
            )
            yield warning("far-over-plan", message, FRANDSEN, week.number)


def _is_far_over(minutes: int, planned: int) -> bool:
    return minutes - planned >= _FAR_MIN and minutes * 100 > planned * _FAR_PCT


def two_reports(weeks: Iterable[Week], runs: Sequence[RunReport]) -> Iterator[Finding]:
    """Report days with several different reports of one long run."""
    reports = [(week, week.report) for week in weeks if week.report]
    for week, report in reports:
        same = {str(run) for run in runs if run.day == report.day and run.kind == "long"}
        if len(same) > 1:
            message = (
                f"{short_day(report.day)} has {len(same)} different reports of its long run. They "
                f"are combined cautiously into one: {report}"
            )
            yield note("two-reports", full_stop(message), week.number)


def report_weeks(
    timeline: Timeline, weeks: Iterable[Week], runs: Iterable[RunReport]
) -> Iterator[Finding]:
    """Report the week of a long run that does not belong to the week of its day."""
    reports = {week.report.day: week for week in weeks if week.report}
    start = timeline.course.first_day(1)
    for run in dict.fromkeys(each.day for each in runs if each.kind == "long"):
        number = (run.toordinal() - start) // 7 + 1
        week = reports.get(run)
        if week and week.number != number and week.long_run_day != run:
            message = f"The run of {short_day(run)} counts as the long run of week {week.number}."
            yield note("report-week", message, week.number)
        elif not week and _is_planned_for(timeline, number) and is_recent(run, timeline.by):
            message = f"The run of {short_day(run)} counts as another run, not as a long run."
            yield note("report-week", message, number)


def _is_planned_for(timeline: Timeline, week: int) -> bool:
    return 1 <= week <= len(timeline.intentions) and not timeline.intentions[week - 1].is_over


def clearances(timeline: Timeline, entries: Iterable[Entry]) -> Iterator[Finding]:
    """Report clearances that end no pause."""
    start = timeline.course.first_day(1)
    for clearance in entries:
        day = clearance.day.toordinal()
        if not isinstance(clearance, Clearance) or day < start:
            continue
        if day not in timeline.last.clearances:
            message = (
                f"The clearance of {dated_day(clearance.day)} changes nothing: there was no "
                "pause to end."
            )
            yield note("clearance-without-pause", message)


def mornings(entries: Sequence[Entry]) -> Iterator[Finding]:
    """Report mornings after runs that were not reported."""
    runs = {each.day for each in entries if isinstance(each, RunReport)}
    for each in entries:
        if isinstance(each, MorningReport) and each.day not in runs:
            message = (
                f"The morning after {dated_day(each.day)} was reported, but no run of that day. "
                "Log the run to make it count."
            )
            yield note("morning-without-run", message)


def unanswered(log: Log, today: int) -> Iterator[Finding]:
    """Report recorded runs that nobody has answered."""
    waiting = [each for each in log.waiting(day_numbered(today)) if is_recent(each.day, today)]
    if not waiting:
        return
    last = waiting[-1]
    run = f"{short_day(last.day)}, {last.minutes} min"
    message = f"The run of {run}, is not reported yet: how was the back?"
    if len(waiting) > 1:
        message = (
            f"{len(waiting)} recorded runs are not reported yet, the last from {run}: how was "
            "the back?"
        )
    yield note("unanswered", message)


def moves(log: Log, weeks: Iterable[Week], today: int) -> Iterator[Finding]:
    """Report moves that change nothing, and why."""
    known = [each for each in log if isinstance(each, Move) and each.is_known(today)]
    days = {session.day for week in weeks for session in week.sessions}
    paused = [week for week in weeks if week.pause]
    for move in known:
        day = short_day(move.day)
        # It may have been moved again since.
        if move.to in days or any(move.to == each.day for each in known):
            continue
        if move.recorded_on > min(move.day, move.to):
            why = "both days must lie ahead when it is recorded"
        elif move.day in days:
            why = f"the new day must be nearer to {day} than to the next session"
        elif any(week.first <= move.day <= week.last for week in paused):
            why = "the plan is paused"
        else:
            why = f"no session is planned for {day}"
        message = f"The move of {day} to {short_day(move.to)} changes nothing: {why}."
        yield note("move-without-session", message)
