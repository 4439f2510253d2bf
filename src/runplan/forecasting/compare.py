"""compare: several requests or policies side by side."""

import datetime as dt
from collections.abc import Mapping
from concurrent.futures import Executor
from typing import TypedDict

from attrs import field, frozen

from runplan._base.dates import Date, DayLike, dated_day, iso, to_stdlib_date
from runplan._base.tables import Column, Table
from runplan._base.text import one_line
from runplan.errors import InvalidType, InvalidValue
from runplan.forecasting.forecast import forecast
from runplan.forecasting.rates import PRIOR, Rates
from runplan.forecasting.results import NOTE, Forecast, percent, simulated
from runplan.forecasting.settings import Settings
from runplan.model.log import Log
from runplan.model.plan import Plan
from runplan.planning.build import build
from runplan.planning.request import Rebuild

_MUST = "rebuilds must be a mapping from names to rebuilds"
_DO = 'write it like {"five minutes": rebuild, "careful": other}'


class ComparisonRow(TypedDict):
    """
    One plan as a flat row of Comparison.rows().

    Attributes:
        name: Its name in the comparison.
        policy: The name of its policy.
        baseline_min: The long run it starts from. [min]
        target_min: The long run it leads to. [min]
        weeks: How many weeks the plan has.
        finish: The day on which the plan ends if every run ahead is clean; None if it stops
            before its target.
        steepest_pct: How far its steepest step goes beyond the longest run of the 30 days
            before; None without one. [%]
        warnings: How many of its findings are warnings.
        reached: Share of the simulations that reach the target. [0-1]
        early_day: The day by which 10 % of the simulations have reached it; None if fewer do.
        median_day: The day by which 50 % have reached it.
        late_day: The day by which 90 % have reached it.
        paused: Share of the simulations with a pause. [0-1]
    """

    name: str
    policy: str
    baseline_min: int
    target_min: int
    weeks: int
    finish: dt.date | None
    steepest_pct: float | None
    warnings: int
    reached: float
    early_day: dt.date | None
    median_day: dt.date | None
    late_day: dt.date | None
    paused: float


@frozen(kw_only=True)
class Compared:
    """
    One of the compared plans.

    Attributes:
        name: Its name in the comparison.
        policy: The name of its policy.
        baseline_min: The long run it starts from. [min]
        target_min: The long run it leads to. [min]
        weeks: How many weeks the plan has, up to its end.
        finish: The day on which the plan ends if every run ahead is clean; None if it stops
            before its target.
        steepest_pct: How far its steepest step goes beyond the longest run of the 30 days
            before, to a tenth; None if it has no long run with one before it. [%]
        warnings: How many of its findings are warnings.
        plan: The plan.
        forecast: When it is likely to reach its target.

    >>> from runplan import CAUTIOUS, Rebuild, compare
    >>> asked = {"baseline_min": 40, "target_min": 60, "start": "2026-11-30", "timezone": "UTC"}
    >>> careful = compare({"careful": Rebuild(policy=CAUTIOUS, **asked)}, runs=10).plans[0]
    >>> careful.policy, careful.weeks, careful.steepest_pct
    ('cautious', 10, 12.5)
    """

    name: str
    policy: str
    baseline_min: int
    target_min: int
    weeks: int
    finish: Date | None = field(repr=iso)
    steepest_pct: float | None
    warnings: int
    plan: Plan = field(repr=False)
    forecast: Forecast = field(repr=False)


@frozen(kw_only=True)
class Comparison:
    """
    Several requests or policies side by side, each with its plan and its forecast.

    Attributes:
        plans: The plans, in the order given.
        note: The limits of a forecast.

    >>> from runplan import CAUTIOUS, Rebuild, compare
    >>> asked = {"baseline_min": 40, "target_min": 60, "start": "2026-11-30", "timezone": "UTC"}
    >>> both = compare(
    ...     {"usual": Rebuild(**asked), "careful": Rebuild(policy=CAUTIOUS, **asked)}, runs=10
    ... )
    >>> [(each.name, each.weeks) for each in both.plans]
    [('usual', 8), ('careful', 10)]
    """

    plans: tuple[Compared, ...]
    note: str = field(default=NOTE, repr=False)

    def rows(self) -> list[ComparisonRow]:
        """
        Return one flat dict for each plan, ready for a data frame.

        Every row has the same keys and types: ``name`` and ``policy`` (texts), ``baseline_min``
        and ``target_min`` (int, minutes), ``weeks`` (int), ``finish``, ``early_day``,
        ``median_day`` and ``late_day`` (dates, or None), ``steepest_pct`` (float, percent, or
        None), ``warnings`` (int), ``reached`` and ``paused`` (floats, shares from 0 to 1).

        >>> from runplan import Rebuild, compare
        >>> rebuild = Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC")
        >>> compare({"mine": rebuild}, runs=10).rows()[0]["weeks"]
        8
        """
        return [_row(each) for each in self.plans]

    def table(self) -> Table:
        """
        Return a table for display: a row for each plan.

        >>> from runplan import Rates, Rebuild, compare
        >>> rebuild = Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC")
        >>> compare({"mine": rebuild}, runs=10, prior=Rates(clean=1)).table().rows[0][:5]
        ('mine', 'five minutes', '40', '60', '8')
        """
        columns = (
            Column("Plan"),
            Column("Policy"),
            Column("From", numeric=True, unit="min"),
            Column("To", numeric=True, unit="min"),
            Column("Weeks", numeric=True),
            Column("Finish if all clean"),
            Column("Steepest step", numeric=True, unit="%"),
            Column("Warnings", numeric=True),
            Column("Half there by"),
            Column("90 % there by"),
            Column("Reached", numeric=True, unit="%"),
            Column("Paused", numeric=True, unit="%"),
        )
        chances = self.plans[0].forecast
        return Table(
            "Plans side by side",
            columns,
            [_cells(each) for each in self.plans],
            lines=[f"Each plan was {simulated(chances.runs, chances.pause_weeks)}"],
            note=self.note,
            caption="Plan by plan",
        )

    def _repr_html_(self) -> str:
        return self.table().to_html()


def compare(  # noqa: PLR0913 (keyword arguments, each with a default)
    rebuilds: Mapping[str, Rebuild],
    log: Log | None = None,
    today: DayLike | None = None,
    *,
    runs: int = 1000,
    seed: int = 0,
    prior: Rates = PRIOR,
    pause_weeks: int | None = None,
    executor: Executor | None = None,
) -> Comparison:
    """
    Compare several requests or policies: weeks, steepest step, warnings, forecast.

    All are planned and forecast with the same log, as of the same day, with the same seed.

    Args:
        rebuilds: The requests, by their names in the comparison.
        log: What happened. Entries recorded after today are ignored.
        today: The day as of which to plan. With a log it must be given; without one each plan
            is taken as of its first day.
        runs: How many times each plan is simulated, 1 to 100,000.
        seed: The seed of the random numbers.
        prior: How likely each outcome is before any is known, as weights.
        pause_weeks: After how many weeks a pause is assumed to be cleared, 1 to 520; None: no
            pause ever ends. [weeks]
        executor: Where to simulate, any executor of concurrent.futures. None: in this thread.

    Raises:
        InvalidType: If an argument has the wrong type, a name is not a str, or a log is given
            without today.
        InvalidValue: If there is nothing to compare, a name is empty or too long, two names are
            the same, or forecast raises it.

    Source:
        docs/explanation/forecast.md

    >>> from runplan import Rebuild, compare
    >>> asked = {"baseline_min": 40, "start": "2026-11-30", "timezone": "UTC"}
    >>> rebuilds = {f"{goal} min": Rebuild(target_min=goal, **asked) for goal in (60, 90)}
    >>> [each.weeks for each in compare(rebuilds, runs=10).plans]
    [8, 14]
    """
    named = _named(rebuilds)
    Settings(runs=runs, seed=seed, prior=prior, pause_weeks=pause_weeks, executor=executor)
    return Comparison(
        plans=tuple(
            _compared(
                name,
                build(rebuild, log, today),
                forecast(
                    rebuild,
                    log,
                    today,
                    runs=runs,
                    seed=seed,
                    prior=prior,
                    pause_weeks=pause_weeks,
                    executor=executor,
                ),
            )
            for name, rebuild in named.items()
        )
    )


def _named(rebuilds: object) -> dict[str, Rebuild]:
    if not isinstance(rebuilds, Mapping):
        raise InvalidType(_MUST, rebuilds, _DO)
    if not rebuilds:
        raise InvalidValue(_MUST, "nothing", _DO)
    named: dict[str, Rebuild] = {}
    for given, rebuild in rebuilds.items():
        if not isinstance(rebuild, Rebuild):
            raise InvalidType(_MUST, rebuild, _DO)
        name = one_line(given, what="the name of a plan", longest=80)
        if name in named:
            raise InvalidValue("every plan must have its own name", name, _DO)
        named[name] = rebuild
    return named


def _compared(name: str, plan: Plan, chances: Forecast) -> Compared:
    return Compared(
        name=name,
        policy=plan.policy,
        baseline_min=plan.baseline_min,
        target_min=plan.target_min,
        weeks=len(plan.weeks),
        finish=plan.finish,
        steepest_pct=steepest_pct(plan),
        warnings=sum(finding.level == "warning" for finding in plan.findings),
        plan=plan,
        forecast=chances,
    )


def steepest_pct(plan: Plan) -> float | None:
    """
    Return how far the steepest step goes beyond the longest run of 30 days, to a tenth. [%]

    Negative if every long run is shorter than one before it; None if no long run has one in the
    30 days before.

    Source:
        docs/reference/sources.md#big-step
    """
    runs = [week.long_run for week in plan.weeks if week.long_run]
    rises = [100 * (run.minutes / run.longest_min - 1) for run in runs if run.longest_min]
    return round(max(rises), 1) if rises else None


def _row(each: Compared) -> ComparisonRow:
    chances = each.forecast
    return {
        "name": each.name,
        "policy": each.policy,
        "baseline_min": each.baseline_min,
        "target_min": each.target_min,
        "weeks": each.weeks,
        "finish": _date(each.finish),
        "steepest_pct": each.steepest_pct,
        "warnings": each.warnings,
        "reached": chances.reached_share,
        "early_day": _date(chances.early_day),
        "median_day": _date(chances.median_day),
        "late_day": _date(chances.late_day),
        "paused": chances.paused_share,
    }


def _date(day: Date | None) -> dt.date | None:
    return day and to_stdlib_date(day)


def _cells(each: Compared) -> tuple[str, ...]:
    chances = each.forecast
    return (
        each.name,
        each.policy,
        str(each.baseline_min),
        str(each.target_min),
        str(each.weeks),
        _shown(each.finish),
        "" if each.steepest_pct is None else f"{each.steepest_pct:g}",
        str(each.warnings),
        _shown(chances.median_day),
        _shown(chances.late_day),
        percent(chances.reached_share),
        percent(chances.paused_share),
    )


def _shown(day: Date | None) -> str:
    return dated_day(day) if day else "not reached"
