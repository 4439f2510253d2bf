"""Facts about a plan or a forecast that plots and descriptions share."""

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from runplan._base.dates import Date
from runplan.forecasting.results import Forecast
from runplan.model.away import Away, joined
from runplan.model.entries import RunReport
from runplan.model.plan import Mark, Plan
from runplan.model.sessions import LongRun
from runplan.model.weeks import Pause, Week

# A plot of a forecast ends once this share of the simulations that reach the target have
# reached it: hardly anything changes after that. [0-1]
_ENOUGH = 0.95


class Pain(NamedTuple):
    """
    Pain reported for a long run.

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


class PausedWeeks(NamedTuple):
    """
    Consecutive weeks without a long run, all paused for the same reason.

    Attributes:
        first: The first plan week.
        last: The last plan week.
        pause: The pause of the first week.
    """

    first: int
    last: int
    pause: Pause


def pains(plan: Plan) -> list[Pain]:
    """Return the pain in long runs, by week."""
    return [
        Pain(report.day, week.number, report.pain, report.pain_from, report.minutes)
        for week, report in reported(plan)
        if report.pain
    ]


def pains_next_morning(plan: Plan) -> list[Pain]:
    """Return the pain on the mornings after long runs, by week."""
    return [
        Pain(report.day, week.number, report.pain_next_morning, None, report.minutes)
        for week, report in reported(plan)
        if report.pain_next_morning
    ]


def reported(plan: Plan) -> Iterator[tuple[Week, RunReport]]:
    """Return the weeks whose long run was reported, each with the report."""
    return ((week, week.report) for week in plan.weeks if week.report)


def red_flags(plan: Plan) -> list[str]:
    """Return the red flags reported for the plan's sessions, in words, each once."""
    reports = (each for week in plan.weeks for each in (week.report, *week.strength_reports))
    flags = (flag.words for report in reports if report for flag in report.red_flags)
    return list(dict.fromkeys(flags))


def marked(plan: Plan, mark: Mark) -> list[LongRun]:
    """
    Return the long runs with a mark, by week.

    "not reported" are those still open: only from the fourth day after its day is a long run
    without a report "missed".
    """
    return [
        week.long_run for week in plan.weeks if week.long_run and plan.mark(week.long_run) == mark
    ]


def paused_weeks(plan: Plan) -> list[PausedWeeks]:
    """Return the paused weeks, grouped if consecutive and paused for the same reason."""
    paused = [(week.number, week.pause) for week in plan.weeks if week.pause]
    runs = groupby(
        enumerate(paused),
        key=lambda each: (each[1][0] - each[0], each[1][1].why, each[1][1].stops_strength),
    )
    found = []
    for _, group in runs:
        weeks = [week for _, week in group]
        found.append(PausedWeeks(weeks[0][0], weeks[-1][0], weeks[0][1]))
    return found


def away(plan: Plan) -> list[tuple[Date, Date]]:
    """Return the first and the last days of the days off in the plan's weeks."""
    start, end = plan.start, plan.weeks[-1].last
    ranges = ((max(each.first, start), min(each.last or end, end)) for each in plan.away)
    # Some may lie within days off that have no end.
    shown = joined(Away(first=first, last=last) for first, last in ranges if first <= last)
    return [(each.first, each.last or end) for each in shown]


def strength(plan: Plan) -> list[tuple[int, int]]:
    """Return how many strength sessions each week has, and how many were reported as done."""
    return [
        (len(week.strength), sum(plan.mark(each) == "done" for each in week.strength))
        for week in plan.weeks
    ]


def has_begun(plan: Plan) -> bool:
    """Return whether the plan's first day is over, so that something may have happened."""
    return plan.today > plan.start


def last_shown(forecast: Forecast) -> int:
    """Return the index of the last week of a forecast to show."""
    weeks = forecast.weeks
    last = len(weeks) - 1
    if not weeks[last].reached:
        return last
    enough = _ENOUGH * weeks[last].reached
    by_share = sum(week.reached < enough for week in weeks)
    days = [day for day in (forecast.early_day, forecast.median_day, forecast.late_day) if day]
    by_day = sum(week.day < day for day in days[-1:] for week in weeks)
    return min(max(by_share, by_day), last)
