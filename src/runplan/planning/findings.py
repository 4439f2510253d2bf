"""The findings about a plan: what is legal but worth knowing."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from math import inf
from typing import Literal

from runplan._base.dates import Date, dated_day, day_numbered, short_day, weekday_name
from runplan._base.text import count, full_stop
from runplan.model.activity import Activity
from runplan.model.entries import Clearance, Entry, MorningReport, RunReport
from runplan.model.log import Log
from runplan.model.weeks import Finding, Pause, Week
from runplan.planning.changes import Change, Move
from runplan.planning.request import Rebuild
from runplan.planning.schedule import REST_DAYS
from runplan.planning.timeline import Timeline
from runplan.policy.progression_rules import WINDOW_DAYS

# Frandsen 2025: bands of one run relative to the longest of the 30 days before. [%]
_NOTE_PCT, _WARNING_PCT = 110, 130

# A run this far over the plan carries a warning. [%, min]
_FAR_PCT, _FAR_MIN = 130, 10

# Only events this recent are worth a finding. [days]
_RECENT_DAYS = 28

# Pain this many days before the plan is worth a finding. [days]
_BEFORE_DAYS = 14

# The least pain that pauses a plan. [0-10]
_SEVERE = 6

_FLAGS = "NICE CKS and NHS pages on back pain; Finucane 2020, J Orthop Sports Phys Ther"
_FRANDSEN = "Frandsen 2025, Br J Sports Med: observational, distances rather than minutes"
_STRENGTH = "our choice; Doma & Deakin 2013 transfers weakly"
_METHOD = "the method itself"
_HOUSE = "our choice"


def findings(
    timeline: Timeline,
    weeks: Sequence[Week],
    log: Log,
    *,
    pause: Pause | None,
    finished: int | None,
    lacking: Iterable[int],
) -> tuple[Finding, ...]:
    """
    Return the findings about a plan, warnings first.

    Args:
        timeline: The long runs as known today.
        weeks: The weeks of the plan.
        log: What was reported.
        pause: The current pause.
        finished: The week in which the plan ends; None if it does not.
        lacking: The weeks without enough days for their strength sessions.
    """
    today = timeline.by
    rebuild = timeline.course.at(today)
    entries = list(timeline.known.between(0, today))
    runs = [each for each in entries if isinstance(each, RunReport)]
    ahead = [week for week in weeks if week.long_run_day.toordinal() >= today and not week.report]
    recent = [week for week in weeks if week.report and _is_recent(week.report.day, today)]
    found = [
        *_pause(pause, weeks),
        *_not_yet(log, today),
        *_assessment(rebuild, today),
        *_unfinished(rebuild, weeks, is_open=not pause and finished is None),
        *_before_start(timeline, runs),
        *_after_target(weeks, runs, finished),
        *_far_over(recent),
        *_steps(ahead),
        *_restarts(timeline, ahead),
        *_two_reports(recent, runs),
        *_report_weeks(timeline, recent, runs),
        *_clearances(timeline, entries),
        *_mornings(entries),
        *_unanswered(log, today),
        *_moves(log, weeks, today),
        *_long_runs_left_out(timeline, weeks),
        *_strength_left_out(lacking),
        *_strength_days(weeks),
    ]
    # sorted() is stable, so each level keeps the order above.
    return tuple(sorted(found, key=lambda each: each.level != "warning"))


def _is_recent(day: Date, today: int) -> bool:
    return today - day.toordinal() <= _RECENT_DAYS


def _warning(code: str, message: str, source: str, week: int | None = None) -> Finding:
    return Finding(code=code, level="warning", message=message, week=week, source=source)


def _note(code: str, message: str, week: int | None = None, source: str = _HOUSE) -> Finding:
    return Finding(code=code, level="note", message=message, week=week, source=source)


def _pause(pause: Pause | None, weeks: Sequence[Week]) -> Iterator[Finding]:
    if pause is None:
        return
    strength = " Strength is paused too." if pause.stops_strength else ""
    message = (
        f"{pause.why} {pause.advice}{strength} The long run resumes when a clearance is logged."
    )
    yield _warning("paused", message, pause.decision.source, weeks[-1].number)


def _not_yet(log: Log, today: int) -> Iterator[Finding]:
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
    if pain < _SEVERE and not flagged:
        yield _note("not-yet", message)
        return
    what = "a red flag" if flagged else f"pain of {pain} of 10"
    see = f"There is {what} among them: see a doctor or physiotherapist before you run again."
    yield _warning("not-yet", f"{message} {see}", _FLAGS)


def _assessment(rebuild: Rebuild, today: int) -> Iterator[Finding]:
    if rebuild.assessed_on is None or rebuild.assessed_on.toordinal() > today:
        message = (
            "No assessment is on record. Have a doctor or physiotherapist assess pain between "
            "the shoulder blades before you train with it, then set assessed_on to that day."
        )
        yield _warning("not-assessed", message, _FLAGS)


def _unfinished(rebuild: Rebuild, weeks: Sequence[Week], *, is_open: bool) -> Iterator[Finding]:
    if not is_open:
        return
    week = weeks[-1].number
    target = f"{rebuild.target_min} min"
    if rebuild.last_day is None:
        message = (
            f"The plan stops after {week} weeks without reaching {target}. Choose a nearer target "
            "or look at its policy."
        )
    else:
        message = (
            f"The plan ends on {dated_day(rebuild.last_day)} without reaching {target}. Choose a "
            "nearer target or a later last day."
        )
    yield _warning("unfinished", message, _HOUSE, week)


def _before_start(timeline: Timeline, runs: Iterable[RunReport]) -> Iterator[Finding]:
    start = timeline.course.first_day(1)
    baseline = timeline.course.at(start).baseline_min
    painful = [
        run
        for run in runs
        if start - _BEFORE_DAYS <= run.day.toordinal() < start
        and 0 < run.worst_pain < _SEVERE
        and (run.pain_from or 0) <= baseline
    ]
    if painful and timeline.by < start + 7:
        last = painful[-1]
        message = (
            f"Pain of {last.worst_pain} of 10 on {short_day(last.day)}, within the {baseline} "
            "minutes of your baseline. A baseline brings no pain: choose a shorter one."
        )
        yield _warning("pain-before-start", message, _METHOD)


def _after_target(
    weeks: Sequence[Week], runs: Iterable[RunReport], finished: int | None
) -> Iterator[Finding]:
    report = weeks[finished - 1].report if finished else None
    if report is None:
        return
    painful = [
        run
        for run in runs
        if run.kind == "long" and run.day > report.day and 0 < run.worst_pain < _SEVERE
    ]
    if painful:
        last = painful[-1]
        began = "" if last.pain_from is None else f" from minute {last.pain_from}"
        message = (
            f"Pain of {last.worst_pain} of 10{began} on {short_day(last.day)}, after the target "
            "was reached. Run to well before it begins; if it comes back, start again from a "
            "shorter baseline."
        )
        yield _warning("pain-after-target", message, _HOUSE)


def _far_over(weeks: Iterable[Week]) -> Iterator[Finding]:
    for week in weeks:
        run, report = week.long_run, week.report
        if run and report and _is_far_over(report.minutes, run.minutes):
            message = (
                f"{short_day(report.day)}: {report.minutes} min were run where {run.minutes} were "
                "planned. That earns one step, no more, and is a large step for the back."
            )
            yield _warning("far-over-plan", message, _FRANDSEN, week.number)


def _is_far_over(minutes: int, planned: int) -> bool:
    return minutes - planned >= _FAR_MIN and minutes * 100 > planned * _FAR_PCT


def _steps(weeks: Iterable[Week]) -> Iterator[Finding]:
    runs = [week.long_run for week in weeks if week.long_run and week.long_run.longest_min]
    shares = {run.week: run.minutes * 100 / run.longest_min for run in runs}
    levels: tuple[tuple[str, Literal["warning", "note"], float, float], ...] = (
        ("step-over-130", "warning", _WARNING_PCT, inf),
        ("step-over-110", "note", _NOTE_PCT, _WARNING_PCT),
    )
    for code, level, low, high in levels:
        found = [week for week, pct in shares.items() if low < pct <= high]
        for first, last in _spans(found):
            pcts = [shares[week] for week in range(first, last + 1)]
            least, most = (f"{pct:.1f}".removesuffix(".0") for pct in (min(pcts), max(pcts)))
            share = f"{least} %" if least == most else f"{least} to {most} %"
            message = (
                f"{_named(first, last)}: the long run is {share} of the longest run of the "
                f"{WINDOW_DAYS} days before."
            )
            yield Finding(code=code, level=level, message=message, week=first, source=_FRANDSEN)


def _restarts(timeline: Timeline, weeks: Iterable[Week]) -> Iterator[Finding]:
    intentions = (timeline.intentions[week.number - 1] for week in weeks if week.long_run)
    for first, last in _spans(each.week for each in intentions if each.is_restart):
        message = (
            f"{_named(first, last)}: after so long without a long run, find your baseline again "
            "before you go on."
        )
        yield _warning("find-baseline", message, _HOUSE, first)


def _two_reports(weeks: Iterable[Week], runs: Sequence[RunReport]) -> Iterator[Finding]:
    reports = [(week, week.report) for week in weeks if week.report]
    for week, report in reports:
        same = {str(run) for run in runs if run.day == report.day and run.kind == "long"}
        if len(same) > 1:
            message = (
                f"{short_day(report.day)} has {len(same)} different reports of its long run. They "
                f"are combined cautiously into one: {report}"
            )
            yield _note("two-reports", full_stop(message), week.number)


def _report_weeks(
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
            yield _note("report-week", message, week.number)
        elif not week and _is_planned_for(timeline, number) and _is_recent(run, timeline.by):
            message = f"The run of {short_day(run)} counts as another run, not as a long run."
            yield _note("report-week", message, number)


def _is_planned_for(timeline: Timeline, week: int) -> bool:
    return 1 <= week <= len(timeline.intentions) and not timeline.intentions[week - 1].is_over


def _clearances(timeline: Timeline, entries: Iterable[Entry]) -> Iterator[Finding]:
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
            yield _note("clearance-without-pause", message)


def _mornings(entries: Sequence[Entry]) -> Iterator[Finding]:
    runs = {each.day for each in entries if isinstance(each, RunReport)}
    for each in entries:
        if isinstance(each, MorningReport) and each.day not in runs:
            message = (
                f"The morning after {dated_day(each.day)} was reported, but no run of that day. "
                "Log the run to make it count."
            )
            yield _note("morning-without-run", message)


def _unanswered(log: Log, today: int) -> Iterator[Finding]:
    waiting = [each for each in log.waiting(day_numbered(today)) if _is_recent(each.day, today)]
    if not waiting:
        return
    last = waiting[-1]
    run = f"{short_day(last.day)}, {last.minutes} min"
    if len(waiting) == 1:
        message = f"The run of {run}, waits for its answer: how was the back?"
    else:
        message = (
            f"{len(waiting)} recorded runs wait for their answers, the last from {run}: how was "
            "the back?"
        )
    yield _note("unanswered", message)


def _moves(log: Log, weeks: Iterable[Week], today: int) -> Iterator[Finding]:
    moves = [each for each in log if isinstance(each, Move) and each.is_known(today)]
    days = {session.day for week in weeks for session in week.sessions}
    days.update(move.day for move in moves)
    for move in moves:
        if move.to not in days:
            message = (
                f"The move of {short_day(move.day)} to {short_day(move.to)} changes nothing: both "
                "days must lie ahead, and the new one must be nearer to the old one than to the "
                "next session."
            )
            yield _note("move-without-session", message)


def _long_runs_left_out(timeline: Timeline, weeks: Iterable[Week]) -> Iterator[Finding]:
    intentions = (timeline.intentions[week.number - 1] for week in weeks if not week.sessions)
    away = (each.week for each in intentions if not each.placed.has_day and not each.is_over)
    for first, last in _spans(away):
        message = f"{_named(first, last)}: no training, because every day is an away day."
        yield _note("long-run-left-out", message, first)


def _strength_left_out(lacking: Iterable[int]) -> Iterator[Finding]:
    for first, last in _spans(lacking):
        message = (
            f"{_named(first, last)}: fewer strength sessions than usual. No free day leaves 48 "
            "hours between them and avoids the long run's day and the day before it. Left-out "
            "sessions are not made up."
        )
        yield _note("strength-left-out", message, first, _STRENGTH)


def _strength_days(weeks: Sequence[Week]) -> Iterator[Finding]:
    # The days repeat week after week, so each clash is reported once, in its first week.
    seen: set[str] = set()
    for code, message, week in _clashes(weeks):
        if message not in seen:
            seen.add(message)
            yield _note(code, message, week, _STRENGTH)


def _clashes(weeks: Sequence[Week]) -> Iterator[tuple[str, str, int]]:
    sessions = [session for week in weeks for session in week.strength]
    # Day numbers: subtracting pendulum dates makes an Interval each time, which is slow.
    days = [session.day.toordinal() for session in sessions]
    long_runs = {week.long_run.day.toordinal() for week in weeks if week.long_run}
    for index, (session, day) in enumerate(zip(sessions, days, strict=True)):
        if index and day - days[index - 1] < REST_DAYS:
            before = weekday_name(sessions[index - 1].day)
            names = f"{before} and {weekday_name(session.day)}"
            message = f"Strength on {names} leaves less than 48 hours between the sessions."
            yield "strength-close", message, session.week
        if day in long_runs:
            message = f"Strength on {weekday_name(session.day)} is on the day of the long run."
            yield "strength-on-long-run-day", message, session.week
        if day + 1 in long_runs:
            message = f"Strength on {weekday_name(session.day)} is on the day before the long run."
            yield "strength-before-long-run", message, session.week


def _spans(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Group consecutive numbers: 3, 4, 7 gives (3, 4), (7, 7)."""
    for _, group in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        members = [number for _, number in group]
        yield members[0], members[-1]


def _named(first: int, last: int) -> str:
    return f"Week {first}" if first == last else f"Weeks {first} to {last}"
