"""The status of a plan today: whether it has ended, is paused or is on course."""

from collections.abc import Sequence

from runplan._base.dates import Date, day_numbered
from runplan.model.entries import RunReport, StrengthReport, merged
from runplan.model.plan import Status
from runplan.model.sessions import LongRun, StrengthSession
from runplan.model.weeks import Pause, Week
from runplan.planning.advance import brought_to
from runplan.planning.decide import Moment, eased
from runplan.planning.pauses import decided
from runplan.planning.reports import Known
from runplan.planning.state import Paused
from runplan.planning.timeline import Timeline
from runplan.policy.situation import Complaint


def pause_of(paused: Paused, known: Known) -> Pause:
    """Return a pause in the form that a plan shows."""
    refer = paused.refer
    return Pause(
        since=refer.since,
        reported_on=_reported_on(known, refer.since),
        decision=paused.rule.decision(paused.verdict),
        whom=refer.whom,
        how_soon=refer.how_soon,
        resume_min=paused.resume_min,
        stops_strength=refer.stops_strength,
    )


def _reported_on(known: Known, since: Date) -> Date:
    """Return when the worst complaint of a day was recorded; that day if it was withdrawn."""
    hurt = [(each, found) for each in known.on(since.toordinal()) if (found := Complaint.of(each))]
    worst = min(
        hurt,
        key=lambda each: (not each[1].red_flags, -each[1].worst_pain, each[0].recorded_on),
        default=None,
    )
    return worst[0].recorded_on if worst else since


def pause_today(timeline: Timeline) -> Pause | None:
    """Return the current pause; None if there is none."""
    today = timeline.by
    come = [week for week in weeks_of(timeline) if _has_come(timeline, week)]
    state = timeline.after(len(come))
    rebuild = timeline.course.at(today)
    now = Moment(rebuild, timeline.known, today, today)
    state, *_ = decided(*brought_to(timeline.course, state, now))
    paused = state.paused
    if paused is None:
        return None
    # Today's long run may still take place, once a clearance is logged.
    before = len(come) - (bool(come) and timeline.slot(len(come)) == today)
    resume_min = eased(paused.resume_min, state._replace(week=before))
    return pause_of(paused._replace(resume_min=resume_min), timeline.known)


def pause_ahead(timeline: Timeline) -> Pause | None:
    """Return the pause of the last long run of a timeline, if that lies ahead."""
    last = timeline.intentions[-1]
    return (
        pause_of(last.paused, timeline.known)
        if last.paused and last.placed.slot >= timeline.by
        else None
    )


def _has_come(timeline: Timeline, week: int) -> bool:
    """Return whether the day of a long run has come, or it was run early."""
    return timeline.slot(week) <= timeline.by or timeline.states[week].own > 0


def finished_week(timeline: Timeline) -> int | None:
    """Return the week whose long run ends the plan, or will; None if none does."""
    last = len(timeline.intentions)
    return timeline.after(last).kept_week if timeline.has_ended(last) else None


def weeks_of(timeline: Timeline) -> range:
    """Return the weeks of a timeline, from 1."""
    return range(1, len(timeline.intentions) + 1)


def long_run_of(timeline: Timeline, week: int) -> RunReport | None:
    """Return the report of a week's planned long run; None without one."""
    day = timeline.states[week].own
    return merged(timeline.known.on(day)) if day else None


def finish_of(timeline: Timeline, week: int | None) -> Date | None:
    """Return the day of the long run that ends the plan."""
    if week is None:
        return None
    report = long_run_of(timeline, week)
    return report.day if report else day_numbered(timeline.slot(week))


def is_left_open(timeline: Timeline, today: int) -> bool:
    """Return whether the last week of a timeline lies ahead, in days off without an end."""
    placed = timeline.intentions[-1].placed
    is_ahead = not placed.has_day and placed.slot >= today
    return is_ahead and timeline.courses.known(today).is_left_open(placed)


def status_of(
    timeline: Timeline, weeks: Sequence[Week], *, pause: Pause | None, finished: int | None
) -> Status:
    """
    Return the status of a plan.

    Args:
        timeline: Its long runs as known today.
        weeks: Its weeks.
        pause: The current pause.
        finished: The week in which the plan ends; None if it does not.
    """
    if pause:
        return "paused"
    if finished and weeks[finished - 1].report:
        return "reached"
    today = day_numbered(timeline.by)
    before = timeline.course.requests[0][1].baseline_min
    for week in weeks:
        run = week.long_run
        if run is None:
            continue
        if run.day >= today and not week.report:
            return _direction(run, before)
        before = run.level_min
    return "away" if is_left_open(timeline, timeline.by) else "on course"


# Actions that keep the level as planned, so that the plan is not being held.
_AS_PLANNED = {"start", "hold", "cut back", "resume"}


def _direction(run: LongRun, before_min: int) -> Status:
    # A new baseline starts again, however long the run was before.
    if run.level_min < before_min and run.decision.action != "start":
        return "stepping back"
    held = run.level_min == before_min and run.decision.action not in _AS_PLANNED
    return "holding" if held else "on course"


def matched(
    sessions: Sequence[StrengthSession], reports: Sequence[StrengthReport]
) -> tuple[StrengthReport | None, ...]:
    """Return the report of each session: that of its day, or else of the nearest day."""
    if not reports:
        return (None,) * len(sessions)

    # Of several reports of one day, one of a session that was done counts, and the worst pain.
    def weight(report: StrengthReport) -> tuple[bool, int, int]:
        return not report.skipped, report.pain, report.pain_next_morning or 0

    by_day = {report.day.toordinal(): report for report in sorted(reports, key=weight)}
    days = [session.day.toordinal() for session in sessions]
    found = [by_day.pop(day, None) for day in days]
    for day in sorted(by_day):
        free = [index for index, report in enumerate(found) if report is None]
        if free:
            found[min(free, key=lambda index: abs(days[index] - day))] = by_day[day]
    return tuple(found)
