"""The findings about a plan: what is legal but worth knowing."""

from collections.abc import Iterable, Iterator, Sequence

from runplan._base.dates import dated_day
from runplan.model.entries import RunReport
from runplan.model.log import Log
from runplan.model.weeks import Finding, Pause, Week
from runplan.planning import log_findings, week_findings
from runplan.planning.finding_levels import FLAGS, HOUSE, is_recent, note, warning
from runplan.planning.request import Rebuild
from runplan.planning.status import is_left_open
from runplan.planning.timeline import Timeline


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
    recent = [week for week in weeks if week.report and is_recent(week.report.day, today)]
    is_open_ended = is_left_open(timeline, today)
    found = [
        *_pause(pause, weeks),
        *log_findings.not_yet(log, today),
        *_assessment(rebuild, today),
        *(_days_off(timeline, weeks) if is_open_ended else ()),
        *_unfinished(rebuild, weeks, is_open=not (pause or finished or is_open_ended)),
        *log_findings.before_start(timeline, runs),
        *log_findings.after_target(weeks, runs, finished),
        *log_findings.far_over(recent),
        *week_findings.steps(ahead),
        *week_findings.restarts(timeline, ahead),
        *log_findings.two_reports(recent, runs),
        *log_findings.report_weeks(timeline, recent, runs),
        *log_findings.clearances(timeline, entries),
        *log_findings.mornings(entries),
        *log_findings.unanswered(log, today),
        *log_findings.moves(log, weeks, today),
        *week_findings.long_runs_left_out(timeline, weeks),
        *week_findings.strength_left_out(lacking),
        *week_findings.strength_days(weeks),
    ]
    # sorted() is stable, so each level keeps the order above.
    return tuple(sorted(found, key=lambda each: each.level != "warning"))


def _pause(pause: Pause | None, weeks: Sequence[Week]) -> Iterator[Finding]:
    if pause is None:
        return
    strength = " Strength is paused too." if pause.stops_strength else ""
    message = (
        f"{pause.why} {pause.advice}{strength} The long run resumes when a clearance is logged."
    )
    yield warning("paused", message, pause.decision.source, weeks[-1].number)


def _assessment(rebuild: Rebuild, today: int) -> Iterator[Finding]:
    if rebuild.assessed_on is None or rebuild.assessed_on.toordinal() > today:
        message = (
            "No assessment is on record. Have a doctor or physiotherapist assess pain between "
            "the shoulder blades before you train with it, then set assessed_on to that day."
        )
        yield warning("not-assessed", message, FLAGS)


def _days_off(timeline: Timeline, weeks: Sequence[Week]) -> Iterator[Finding]:
    for each in timeline.course.requests[-1][1].away:
        if each.last is None:
            message = (
                f"Days off from {dated_day(each.first)} until further notice: nothing is planned "
                "from then on. Once the day you are back is known, the plan goes on."
            )
            yield note("days-off-without-end", message, weeks[-1].number)


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
    yield warning("unfinished", message, HOUSE, week)
