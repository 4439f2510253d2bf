"""Where a plan stands: which report belongs to which session, and the plan's status."""

from collections.abc import Sequence

from runplan._base.dates import Date
from runplan.model.log import StrengthReport
from runplan.model.plan import Status
from runplan.model.sessions import LongRun, StrengthSession
from runplan.model.weeks import Week


def matched(
    sessions: Sequence[StrengthSession], reports: Sequence[StrengthReport]
) -> tuple[StrengthReport | None, ...]:
    """Return for each session its report: the one of its day, or else of the nearest day."""
    if not reports:
        return (None,) * len(sessions)
    worst_last = sorted(reports, key=lambda each: (each.pain, each.pain_next_morning or 0))
    by_day = {report.day.toordinal(): report for report in worst_last}
    days = [session.day.toordinal() for session in sessions]
    found = [by_day.pop(day, None) for day in days]
    for day in sorted(by_day):
        free = [index for index, report in enumerate(found) if report is None]
        if free:
            found[min(free, key=lambda index: abs(days[index] - day))] = by_day[day]
    return tuple(found)


def status_of(
    weeks: Sequence[Week], *, baseline_min: int, today: Date, finished: int | None
) -> Status:
    """
    Return where a plan stands.

    Args:
        weeks: Its weeks.
        baseline_min: The long run it starts from. [min]
        today: As of which day.
        finished: The week in which the target is first run clean, None for none.
    """
    if weeks[-1].pause and finished is None:
        return "paused"
    if finished:
        report = weeks[finished - 1].report
        if report and report.pain_next_morning is not None:
            return "reached"
    before = baseline_min
    for week in weeks:
        run = week.long_run
        if run is None:
            continue
        if run.day >= today and not week.report:
            return _direction(run, before)
        before = run.level_min
    return "on course"


# What is no holding, though the level stays.
_AS_PLANNED = {"start", "hold", "cut back", "resume"}


def _direction(run: LongRun, before_min: int) -> Status:
    if run.level_min < before_min:
        return "stepping back"
    held = run.level_min == before_min and run.decision.action not in _AS_PLANNED
    return "holding" if held else "on course"


def run_day_of(week: Week) -> Date | None:
    """Return the day of a week's long run, as it was or as it is meant to be."""
    run = week.report or week.long_run
    return run.day if run else None
