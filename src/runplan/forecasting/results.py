"""The results of a forecast, week by week and overall, and how they are displayed."""

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
    "This is arithmetic on assumptions, not medicine: it shows what the plan's rules make of long "
    "runs with these outcomes. It promises nothing and knows nothing about your back."
)

# The ends of the 80 % range and its middle. [%]
EARLY, MEDIAN, LATE = 10, 50, 90

# A few simulations may last for years. A table ends once this share of those that reach the
# target have reached it [0-1], but it has at least and at most this many weeks.
_ENOUGH, _LEAST_ROWS, _MOST_ROWS = 0.95, 12, 104

# Over a longer time a date without its year would be ambiguous. [weeks]
_YEAR = 52


class ForecastRow(TypedDict):
    """
    One week of a forecast as a flat row of Forecast.rows().

    Attributes:
        week: The plan week, from 1.
        day: The day of its long run.
        reached: Share of the simulations that have reached the target by then. [0-1]
        low_min: 10 % quantile of the long run. [min]
        median_min: Median of the long run. [min]
        high_min: 90 % quantile of the long run. [min]
        paused: Share of the simulations that are paused in that week. [0-1]
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

    A simulation without a long run in that week counts with the length due after days away, the
    length with which a pause resumes, or the target once the plan has ended at it.

    Attributes:
        number: The plan week, from 1.
        day: The day of its long run, or the usual one if every day is an away day.
        reached: Share of the simulations that have reached the target by then. [0-1]
        low_min: 10 % quantile of the long run. [min]
        median_min: Median of the long run. [min]
        high_min: 90 % quantile of the long run. [min]
        paused: Share of the simulations that are paused in that week. [0-1]

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
    A forecast of when the target is reached: arithmetic on assumptions, not medicine.

    Attributes:
        name: The plan's name.
        target_min: The long run it leads to. [min]
        today: The day as of which it is made.
        runs: How many times the plan was simulated.
        seed: The seed of the random numbers: the same seed gives the same forecast.
        prior: How likely each outcome was assumed to be before any was known, as weights.
        rates: How likely each outcome is expected to be from today on, as shares.
        learned_from: How many past long runs the rates were learned from, missed ones included.
        pause_weeks: After how many weeks a pause is assumed to be cleared; None: never. [weeks]
        weeks: The weeks from today's on, until no simulation changes any more: at most until
            520 weeks after the plan's start.
        early_day: The day by which 10 % of the simulations have reached the target; None if
            fewer do.
        median_day: The day by which 50 % have reached it.
        late_day: The day by which 90 % have reached it.
        reached_share: Share of the simulations that reach it at all. [0-1]
        paused_share: Share of the simulations with a pause from today on. [0-1]
        note: The limits of a forecast.

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
        Return one flat dict per week, ready for a data frame.

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
        Return a table for display: the answer, the assumptions, and a row for each week.

        >>> from runplan import Rates, Rebuild, forecast
        >>> rebuild = Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC")
        >>> forecast(rebuild, runs=10, prior=Rates(clean=1)).table().rows[-1]
        ('8', 'Sun 24 Jan', '100', '60', '60', '60', '0')
        """
        columns = (
            Column("Week", numeric=True),
            Column("Long run"),
            Column("Reached", numeric=True, unit="%"),
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
                "Week by week, while much still changes: the long run is at most Low in 10 % of "
                "the simulations and at most High in 90 %"
            ),
        )

    def _repr_html_(self) -> str:
        return self.table().to_html()


def percent(share: float) -> str:
    """
    Return a share in whole percent; 0 and 100 only if they are exact.

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
    paused = percent(found.paused_share)
    learned = count(found.learned_from, "past long run")
    rates = (
        f"Assumed outcomes: {_listed(found.rates)}. They combine {learned} with a prior that "
        f"counts as {found.prior.total:,.10g}."
    )
    how = simulated(found.runs, found.pause_weeks)
    return [
        _by_when(found),
        f"{paused} % of them are paused at some point." if found.paused_share else "",
        f"As of {long_day(found.today)}, the plan was {how}",
        rates,
    ]


def _shown(found: Forecast) -> int:
    """Return how many weeks are displayed."""
    enough = _ENOUGH * found.reached_share
    late = (week.number for week in found.weeks if week.reached >= enough)
    shown = next(late) - found.weeks[0].number + 1
    return min(_MOST_ROWS, max(_LEAST_ROWS, shown))


def _by_when(found: Forecast) -> str:
    """Say how many simulations reach the target, and when."""
    target, reached = f"{found.target_min} min", percent(found.reached_share)
    if not found.reached_share:
        return f"No simulation reaches {target}."
    days = [
        (f"{EARLY} %", found.early_day),
        ("half", found.median_day),
        (f"{LATE} %", found.late_day),
    ]
    by_day = [f"{share} by {dated_day(day)}" for share, day in days if day]
    fewer = [f"fewer than {share} get there" for share, day in days if not day]
    when = "; ".join(filter(None, [", ".join(by_day), *fewer[:1]]))
    return f"{reached} % of the simulations reach {target}: {when}."


def simulated(runs: int, pause_weeks: int | None) -> str:
    """
    Return the end of a sentence about how a plan was simulated.

    >>> simulated(1000, None)
    'simulated 1,000 times by its own rules; pauses are assumed never to end.'
    """
    times = "once" if runs == 1 else f"{runs:,} times"
    end = "never to end"
    if pause_weeks is not None:
        end = f"to end after {count(pause_weeks, 'week')}"
    return f"simulated {times} by its own rules; pauses are assumed {end}."


def _listed(rates: Rates) -> str:
    shares = asdict(rates).items()
    return ", ".join(f"{kind.replace('_', ' ')} {percent(share)} %" for kind, share in shares)
