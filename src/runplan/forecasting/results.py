"""What a forecast says, week by week and all in all, and how it shows itself."""

import datetime as dt
from typing import TypedDict

from attrs import asdict, field, frozen

from runplan._base.dates import (
    Date,
    dated_day,
    iso,
    long_day,
    short_day,
    to_stdlib_date,
)
from runplan._base.tables import Column, Table
from runplan._base.text import count
from runplan.forecasting.rates import Rates

NOTE = (
    "This is arithmetic on assumptions, not medicine: it says what the rules make of runs that "
    "turn out at these rates. It is no promise, and it knows nothing about your back."
)

# The ends of the 80 % range and its middle. [%]
EARLY, MEDIAN, LATE = 10, 50, 90


# What a table shows, as a few plays may go on for years: weeks until this part of those that get
# there has got there [0-1], at least so many and at most so many.
_ENOUGH, _LEAST_ROWS, _MOST_ROWS = 0.95, 12, 104

# In more weeks than these a day without its year may come twice. [weeks]
_YEAR = 52


class ForecastRow(TypedDict):
    """
    One week of a forecast, flat, as Forecast.rows() lists it.

    Attributes:
        week: The plan week, from 1.
        day: The day of its long run.
        reached: In which share of the plays the target is reached by then. [0-1]
        low_min: A tenth of the plays has a shorter long run. [min]
        median_min: The long run in the middle of the plays. [min]
        high_min: A tenth of the plays has a longer long run. [min]
        paused: In which share of the plays the week is paused. [0-1]
    """

    week: int
    day: dt.date
    reached: float
    low_min: int
    median_min: int
    high_min: int
    paused: float


@frozen(kw_only=True)
class ForecastWeek:
    """
    One week of a forecast.

    A play without a long run in that week counts with the length that is due after days away,
    with the one a pause resumes at, or with the target once that is reached.

    Attributes:
        number: The plan week, from 1.
        day: The day of its long run, or the usual one where every day is an away day.
        reached: In which share of the plays the target is reached by then. [0-1]
        low_min: The long run that a tenth of the plays stays below: the 10 % quantile. [min]
        median_min: The long run in the middle of the plays. [min]
        high_min: The long run that a tenth of the plays goes beyond: the 90 % quantile. [min]
        paused: In which share of the plays the week is paused. [0-1]

    >>> from runplan import Rates, Rebuild, forecast
    >>> rebuild = Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC")
    >>> week = forecast(rebuild, runs=10, prior=Rates(clean=1)).weeks[-1]
    >>> week.number, week.median_min, week.reached
    (8, 60, 1.0)
    """

    number: int
    day: Date = field(repr=iso)
    reached: float
    low_min: int
    median_min: int
    high_min: int
    paused: float


@frozen(kw_only=True)
class Forecast:
    """
    When the target is likely to be reached. Arithmetic on assumptions, not medicine.

    Attributes:
        name: What the plan is called.
        target_min: The long run it leads to. [min]
        today: The day as of which it is made.
        runs: How many times the plan was played forward.
        seed: What chance began from: the same seed gives the same forecast.
        prior: How long runs turn out before any is known, as weights.
        rates: How they are expected to turn out from today on, as shares.
        learned_from: How many past long runs the rates rest on, those that were missed or not
            reported among them.
        pause_weeks: After how many weeks a pause was taken to be cleared; None: never. [weeks]
        weeks: The weeks, from today's on, until no play changes any more: 520 weeks after the
            plan's start at the latest.
        early_day: The day by which the target is reached in 10 % of the plays; None if fewer
            get there.
        median_day: The day by which it is reached in 50 %.
        late_day: The day by which it is reached in 90 %.
        reached_share: In which share of the plays it is reached at all. [0-1]
        paused_share: In which share of the plays there is a pause from today on. [0-1]
        note: What all this is worth.

    Source:
        docs/explanation/forecast.md

    >>> from runplan import Rebuild, forecast
    >>> rebuild = Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC")
    >>> chances = forecast(rebuild, runs=200)
    >>> chances.early_day.isoformat(), chances.weeks[0].median_min
    ('2027-01-24', 40)
    """

    name: str
    target_min: int
    today: Date = field(repr=iso)
    runs: int
    seed: int
    prior: Rates
    rates: Rates
    learned_from: int
    pause_weeks: int | None
    weeks: tuple[ForecastWeek, ...] = field(repr=lambda weeks: f"<{len(weeks)} weeks>")
    early_day: Date | None = field(repr=iso)
    median_day: Date | None = field(repr=iso)
    late_day: Date | None = field(repr=iso)
    reached_share: float
    paused_share: float
    note: str = field(default=NOTE, repr=False)

    def rows(self) -> list[ForecastRow]:
        """
        Return one flat dict a week, ready for a data frame.

        Every row has the same keys and types: ``week`` (int, from 1), ``day`` (date),
        ``reached`` (float, a share from 0 to 1), ``low_min``, ``median_min`` and ``high_min``
        (int, minutes), ``paused`` (float, a share from 0 to 1).

        >>> from runplan import Rebuild, forecast
        >>> rebuild = Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC")
        >>> forecast(rebuild, runs=10).rows()[0]["median_min"]
        40
        """
        return [
            {
                "week": week.number,
                "day": to_stdlib_date(week.day),
                "reached": week.reached,
                "low_min": week.low_min,
                "median_min": week.median_min,
                "high_min": week.high_min,
                "paused": week.paused,
            }
            for week in self.weeks
        ]

    def table(self) -> Table:
        """
        Return what it shows of itself: the answer, what it rests on, and a row a week.

        >>> from runplan import Rates, Rebuild, forecast
        >>> rebuild = Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC")
        >>> forecast(rebuild, runs=10, prior=Rates(clean=1)).table().rows[-1]
        ('8', 'Sun 24 Jan', '100', '60', '60', '60', '0')
        """
        columns = (
            Column("Week", numeric=True),
            Column("Long run"),
            Column("Target reached", numeric=True, unit="%"),
            Column("Low", numeric=True, unit="min"),
            Column("Median", numeric=True, unit="min"),
            Column("High", numeric=True, unit="min"),
            Column("Paused", numeric=True, unit="%"),
        )
        return Table(
            f"{self.name}: forecast",
            columns,
            [_cells(week, dated=_shown(self) > _YEAR) for week in self.weeks[: _shown(self)]],
            lines=_lines(self),
            note=self.note,
            caption=(
                "Week by week, while it still changes much: a tenth of the plays lies below Low, "
                "a tenth above High"
            ),
        )

    def _repr_html_(self) -> str:
        return self.table().to_html()


def percent(share: float) -> str:
    """
    Return a share in whole percent; neither 0 nor 100 where that is not all of the truth.

    >>> percent(0.5), percent(0.999), percent(0.001)
    ('50', '99', '1')
    """
    whole = round(share * 100)
    return str(whole if share in {0, 1} else min(99, max(1, whole)))


def _cells(week: ForecastWeek, *, dated: bool) -> tuple[str, ...]:
    return (
        str(week.number),
        (dated_day if dated else short_day)(week.day),
        percent(week.reached),
        str(week.low_min),
        str(week.median_min),
        str(week.high_min),
        percent(week.paused),
    )


def _lines(found: Forecast) -> list[str]:
    reached, paused = percent(found.reached_share), percent(found.paused_share)
    learned = count(found.learned_from, "long run")
    rates = (
        f"Taken for granted: long runs turn out {_listed(found.rates)}. That is learned from "
        f"{learned}, run or missed, and a prior that weighs {found.prior.total:,.10g}."
    )
    return [
        f"{found.target_min} min is reached in {reached} % of the plays: {_by_when(found)}.",
        f"A pause comes in {paused} % of them.",
        f"From {long_day(found.today)} on {played(found.runs, found.pause_weeks)}",
        rates,
    ]


def _shown(found: Forecast) -> int:
    """Return how many weeks are shown: until nearly all that get there are there, or two years."""
    enough = _ENOUGH * found.reached_share
    late = (week.number for week in found.weeks if week.reached >= enough)
    shown = next(late) - found.weeks[0].number + 1
    return min(_MOST_ROWS, max(_LEAST_ROWS, shown))


def _by_when(found: Forecast) -> str:
    days = [
        (f"{EARLY} %", found.early_day),
        ("half of them", found.median_day),
        (f"{LATE} %", found.late_day),
    ]
    missing = [f"never {share}" for share, day in days if not day]
    found_on = [f"{share} by {dated_day(day)}" for share, day in days if day]
    return ", ".join(found_on + missing[:1])


def played(runs: int, pause_weeks: int | None) -> str:
    """
    Say how a plan was played forward.

    >>> played(1000, None)
    'played forward 1000 times by its own rules; no pause is taken to end.'
    """
    pauses = (
        "no pause is taken to end"
        if pause_weeks is None
        else f"every pause is taken to end after {count(pause_weeks, 'week')}"
    )
    return f"played forward {count(runs, 'time')} by its own rules; {pauses}."


def _listed(rates: Rates) -> str:
    shares = asdict(rates).items()
    return ", ".join(f"{kind.replace('_', ' ')} {percent(share)} %" for kind, share in shares)
