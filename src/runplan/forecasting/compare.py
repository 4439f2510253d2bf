"""compare: requests or policies side by side."""

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
from runplan.forecasting.results import NOTE, Forecast, percent, played
from runplan.forecasting.settings import Asked
from runplan.model.log import Log
from runplan.model.plan import Plan
from runplan.planning.build import build
from runplan.planning.request import Rebuild

_MUST = "what is compared must be a mapping from names to rebuilds"
_DO = 'write it like {"five minutes": rebuild, "careful": other}'


class ComparisonRow(TypedDict):
    """
    One of the plans that are compared, flat, as Comparison.rows() lists it.

    Attributes:
        name: What it is called here.
        policy: The name of its policy.
        baseline_min: The long run it starts from. [min]
        target_min: The long run it leads to. [min]
        weeks: How many weeks the plan has.
        finish: The day the target is first run clean, if all goes as planned; None if the plan
            stops before that.
        steepest_pct: By how much its steepest step goes beyond the longest run of the 30 days
            before; None without one. [%]
        warnings: How many of its findings are warnings.
        reached: In which share of the plays the target is reached. [0-1]
        early_day: The day by which it is reached in 10 % of the plays; None if fewer get there.
        median_day: The day by which it is reached in 50 %.
        late_day: The day by which it is reached in 90 %.
        paused: In which share of the plays there is a pause. [0-1]
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
    One of the plans that are compared.

    Attributes:
        name: What it is called here.
        policy: The name of its policy.
        baseline_min: The long run it starts from. [min]
        target_min: The long run it leads to. [min]
        weeks: How many weeks the plan has: up to the target, or until it stops.
        finish: The day the target is first run clean, if all goes as planned; None if the plan
            stops before that.
        steepest_pct: By how much its steepest step goes beyond the longest run of the 30 days
            before, to a tenth; None if it has no long run with one before it. [%]
        warnings: How many of its findings are warnings.
        plan: The plan.
        forecast: When it is likely to be there.

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
    Requests or policies side by side, each with its plan and its forecast.

    Attributes:
        plans: The plans, in the order they were given.
        note: What the forecasts are worth.

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
        Return one flat dict a plan, ready for a data frame.

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
        Return what it shows of itself: a row a plan.

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
            Column("All clean: there on"),
            Column("Steepest step", numeric=True, unit="%"),
            Column("Warnings", numeric=True),
            Column("There in 50 % by"),
            Column("There in 90 % by"),
            Column("Reached", numeric=True, unit="%"),
            Column("Paused", numeric=True, unit="%"),
        )
        chances = self.plans[0].forecast
        return Table(
            "Plans side by side",
            columns,
            [_cells(each) for each in self.plans],
            lines=[f"Each plan was {played(chances.runs, chances.pause_weeks)}"],
            note=self.note,
            caption="Plan by plan",
        )

    def _repr_html_(self) -> str:
        return self.table().to_html()


def compare(  # noqa: PLR0913  # each is a question of its own
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
    Lay requests or policies side by side: weeks, steepest step, warnings, forecast.

    Every one is planned and forecast with the same log, as of the same day, from the same seed.

    Args:
        rebuilds: What is asked for, by the name it is to have in the comparison.
        log: What happened. What was recorded after today is not seen.
        today: The day as of which to plan. With a log it must be given; without one each plan
            is taken on its first day.
        runs: How many times each plan is played forward, 1 to 100,000.
        seed: What chance begins from.
        prior: How long runs turn out before any is known, as weights.
        pause_weeks: After how many weeks a pause is taken to be cleared, 1 to 520; None: no pause
            ever ends. [weeks]
        executor: Who plays, any executor of concurrent.futures. None: this thread.

    Raises:
        InvalidType: If an argument has the wrong type, a name is no text, or today is missing
            beside a log.
        InvalidValue: If there is nothing to compare, a name is empty or too long, two names are
            one, or forecast raises it.

    Source:
        docs/explanation/forecast.md

    >>> from runplan import Rebuild, compare
    >>> asked = {"baseline_min": 40, "start": "2026-11-30", "timezone": "UTC"}
    >>> rebuilds = {f"{goal} min": Rebuild(target_min=goal, **asked) for goal in (60, 90)}
    >>> [each.weeks for each in compare(rebuilds, runs=10).plans]
    [8, 14]
    """
    named = _named(rebuilds)
    Asked(runs=runs, seed=seed, prior=prior, pause_weeks=pause_weeks, executor=executor)
    return Comparison(
        plans=tuple(
            _compared(
                name,
                rebuild,
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
        name = one_line(given, what="the name of what is compared", longest=80)
        if name in named:
            raise InvalidValue("every plan that is compared must have its own name", name, _DO)
        named[name] = rebuild
    return named


def _compared(name: str, rebuild: Rebuild, plan: Plan, chances: Forecast) -> Compared:
    return Compared(
        name=name,
        policy=rebuild.policy.name,
        baseline_min=rebuild.baseline_min,
        target_min=rebuild.target_min,
        weeks=len(plan.weeks),
        finish=plan.finish,
        steepest_pct=steepest_pct(plan),
        warnings=sum(finding.level == "warning" for finding in plan.findings),
        plan=plan,
        forecast=chances,
    )


def steepest_pct(plan: Plan) -> float | None:
    """
    Return by how much the steepest step goes beyond the longest run of 30 days, to a tenth. [%]

    It is negative where every long run is shorter than one before it, None where no long run
    has one in the 30 days before.

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
