"""The reports that a plan waits for: runs, mornings and strength sessions of the last days."""

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from runplan._base.dates import Date, DateTime, days_after, short_day
from runplan.model.plan import Plan
from runplan.model.sessions import LongRun
from runplan.model.weeks import OPEN_DAYS

# Mornings and strength sessions are asked for this long. [days]
_RECENT_DAYS = 3

# Before this hour it is still night. [h]
_MORNING_H = 4


class OpenReport(NamedTuple):
    """
    A report that is still open.

    Attributes:
        kind: What it is about: "run", "morning" or "strength".
        day: The day of the run or session.
        minutes: How long the run or session was planned or recorded to be. [min]
        is_recorded: Whether a watch or an app has recorded the run.
    """

    kind: Literal["run", "morning", "strength"]
    day: Date
    minutes: int
    is_recorded: bool = False

    def __str__(self) -> str:
        day = short_day(self.day)
        if self.kind == "morning":
            return f"the morning after {day}"
        if self.kind == "strength":
            return f"strength on {day}"
        if self.is_recorded:
            return f"the recorded run of {day}, {self.minutes} min"
        return f"the long run of {day}"


def open_reports(
    plan: Plan, recorded: Iterable[tuple[Date, int]], now: DateTime
) -> list[OpenReport]:
    """
    Return the reports that are still open, by day.

    Args:
        plan: The plan.
        recorded: The day and the minutes of each recorded run that has not been answered.
        now: The time; what is not over by then is not open.

    >>> import pendulum
    >>> from runplan import Rebuild, build
    >>> rebuild = Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC")
    >>> plan = build(rebuild, today="2026-12-06")
    >>> [str(each) for each in open_reports(plan, [], pendulum.datetime(2026, 12, 6, 20))]
    ['the long run of Sun 6 Dec']
    """
    waiting = [OpenReport("run", day, minutes, is_recorded=True) for day, minutes in recorded]
    days = {each.day for each in waiting}
    planned = (each for each in _planned(plan, now) if each.kind != "run" or each.day not in days)
    found = [*waiting, *_mornings(plan, now), *planned]
    return sorted(found, key=lambda each: (each.day, each.kind != "run"))


def _planned(plan: Plan, now: DateTime) -> Iterator[OpenReport]:
    """Return the sessions that are over and are not reported."""
    for week in plan.weeks:
        for session in week.sessions:
            is_run = isinstance(session, LongRun)
            first = days_after(plan.today, -(OPEN_DAYS if is_run else _RECENT_DAYS))
            if not first <= session.day <= plan.today or week.report_of(session):
                continue
            if session.end <= now:
                yield OpenReport("run" if is_run else "strength", session.day, session.minutes)


def _mornings(plan: Plan, now: DateTime) -> Iterator[OpenReport]:
    """Return the morning after the last long run, if it has come and is not known."""
    last = next((week.report for week in reversed(plan.weeks) if week.report), None)
    first = days_after(plan.today, -_RECENT_DAYS)
    night = now.hour < _MORNING_H
    until = days_after(plan.today, -1 if night else 0)
    if last and last.pain_next_morning is None and first <= last.day < until:
        yield OpenReport("morning", last.day, last.minutes)
