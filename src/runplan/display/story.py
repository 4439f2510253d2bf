"""What there is to tell of plans and forecasts: what a picture draws and what words say."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from runplan._base.dates import Date
from runplan.forecasting.results import Forecast
from runplan.model.entries import RunReport
from runplan.model.plan import Plan
from runplan.model.weeks import Week

# Weeks in which next to nothing changes any more are not shown: until this part of the plays
# that get there has got there. [0-1]
_ENOUGH = 0.95


class Pain(NamedTuple):
    """
    Pain that was reported of a long run.

    Attributes:
        day: The day of the run.
        week: The plan week.
        severity: How bad it was. [1-10]
        minute: The minute of the run in which it began; None where that is not known. [min]
        ran_min: How long the run was. [min]
    """

    day: Date
    week: int
    severity: int
    minute: int | None
    ran_min: int


class Span(NamedTuple):
    """
    Weeks that follow each other, the first and the last one included.

    Attributes:
        first: The first plan week.
        last: The last plan week.
    """

    first: int
    last: int

    def __str__(self) -> str:
        if self.first == self.last:
            return f"week {self.first}"
        return f"weeks {self.first} to {self.last}"


def pains(plan: Plan) -> list[Pain]:
    """Return the pain in long runs, in the order of weeks."""
    return [
        Pain(report.day, week.number, report.pain, report.pain_from, report.minutes)
        for week, report in reported(plan)
        if report.pain
    ]


def pains_next_morning(plan: Plan) -> list[Pain]:
    """Return the pain on the mornings after long runs, in the order of weeks."""
    return [
        Pain(report.day, week.number, report.pain_next_morning, None, report.minutes)
        for week, report in reported(plan)
        if report.pain_next_morning
    ]


def reported(plan: Plan) -> Iterator[tuple[Week, RunReport]]:
    """Return the weeks whose long run is reported, with the report."""
    return ((week, week.report) for week in plan.weeks if week.report)


def red_flags(plan: Plan) -> list[str]:
    """Return the red flags that its runs and strength sessions brought, in words, each once."""
    reports = (each for week in plan.weeks for each in (week.report, *week.strength_reports))
    flags = (flag.words for report in reports if report for flag in report.red_flags)
    return list(dict.fromkeys(flags))


def missed(plan: Plan) -> list[tuple[Week, int]]:
    """Return the weeks that are over without a report of their long run, and its minutes."""
    return [
        (week, week.long_run.minutes)
        for week in plan.weeks
        if week.long_run and plan.mark(week.long_run) == "missed"
    ]


def pauses(plan: Plan) -> list[Span]:
    """Return the weeks without a long run because the plan is paused."""
    return _spans(week.number for week in plan.weeks if week.pause)


def strength_pauses(plan: Plan) -> list[Span]:
    """Return the weeks of pauses that stop strength as well."""
    return _spans(week.number for week in plan.weeks if week.pause and week.pause.stops_strength)


def strength(plan: Plan) -> list[tuple[int, int]]:
    """Return for each week how many strength sessions it has, and how many are reported."""
    return [
        (len(week.strength), sum(report is not None for report in week.strength_reports))
        for week in plan.weeks
    ]


def looks_back(plan: Plan) -> bool:
    """Say whether a plan is shown as of a day on which something may have happened."""
    return plan.today > plan.start


def last_shown(forecast: Forecast) -> int:
    """Return the place of the last week of a forecast in which there is something to see."""
    weeks = forecast.weeks
    last = len(weeks) - 1
    if not weeks[last].reached:
        return last
    enough = _ENOUGH * weeks[last].reached
    by_share = sum(week.reached < enough for week in weeks)
    marked = [day for day in (forecast.early_day, forecast.median_day, forecast.late_day) if day]
    by_day = sum(week.day < day for day in marked[-1:] for week in weeks)
    return min(max(by_share, by_day), last)


def _spans(numbers: Iterable[int]) -> list[Span]:
    found = []
    for _, group in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        members = [number for _, number in group]
        found.append(Span(members[0], members[-1]))
    return found
