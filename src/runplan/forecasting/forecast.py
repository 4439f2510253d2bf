"""forecast: when the target is likely to be reached, by simulating the plan many times."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from itertools import accumulate

from runplan._base.dates import LAST_YEAR, Date, DayLike, day_numbered
from runplan.errors import InvalidValue
from runplan.forecasting.rates import PRIOR, Rates
from runplan.forecasting.results import EARLY, LATE, MEDIAN, Forecast, ForecastWeek
from runplan.forecasting.settings import Settings
from runplan.forecasting.simulate import Simulated
from runplan.forecasting.starting_point import StartingPoint
from runplan.model.log import Log
from runplan.planning.build import as_of
from runplan.planning.request import Rebuild


def forecast(  # noqa: PLR0913 (keyword arguments, each with a default)
    rebuild: Rebuild,
    log: Log | None = None,
    today: DayLike | None = None,
    *,
    runs: int = 1000,
    seed: int = 0,
    prior: Rates = PRIOR,
    pause_weeks: int | None = None,
    executor: Executor | None = None,
) -> Forecast:
    """
    Forecast when the target is likely to be reached, by simulating the plan many times.

    Each simulation continues from today under the plan's own rules, with long runs that are
    clean, tired, cut short, painful or missed. The rates are learned from the log: each of its
    long runs adds 1 to the weights of the prior, and every simulation draws its own rates from
    the Dirichlet distribution with these weights. What is reported for each kind of run is our
    choice. All this is arithmetic on assumptions, not medicine.

    Args:
        rebuild: The request.
        log: What happened. Entries recorded after today are ignored.
        today: The day from which to simulate. It must be given with a log; without one it is the
            first day of the rebuild.
        runs: How many times to simulate the plan, 1 to 100,000.
        seed: The seed of the random numbers. The same seed gives the same forecast, whatever the
            executor, as long as Python draws its random numbers in the same way.
        prior: How likely each outcome is before any is known: weights, as if that many long runs
            had been seen.
        pause_weeks: After how many weeks a pause is assumed to be cleared, 1 to 520; None: no
            pause ever ends. [weeks]
        executor: Where to simulate, any executor of concurrent.futures. None: in this thread.

    Raises:
        InvalidType: If an argument has the wrong type, a log is given without today, or a rule
            returns something other than a Verdict.
        InvalidValue: If a number is out of range, there is no such day, no rule of the policy
            applies to some week, or the rebuild cannot be sent to the executor's processes.

    Source:
        docs/explanation/forecast.md

    >>> from runplan import Rates, Rebuild, forecast
    >>> rebuild = Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC")
    >>> forecast(rebuild, runs=10, prior=Rates(clean=1)).median_day.isoformat()
    '2027-01-24'
    """
    settings = Settings(
        runs=runs, seed=seed, prior=prior, pause_weeks=pause_weeks, executor=executor
    )
    day = as_of(rebuild, log, today)
    _check_start(rebuild)
    start = StartingPoint(rebuild, log or Log(), day)
    seen = start.seen()
    rates = prior.after(seen)
    simulations = settings.simulated(start, rates)
    reached = sorted(each.reached_day for each in simulations if each.reached_day)
    return Forecast(
        name=rebuild.name,
        target_min=start.timeline.course.at(start.today).target_min,
        today=day,
        runs=runs,
        seed=seed,
        prior=prior,
        rates=rates.mean,
        learned_from=len(seen),
        pause_weeks=pause_weeks,
        weeks=tuple(_weeks(start, simulations)),
        early_day=_day_at(EARLY, reached, runs),
        median_day=_day_at(MEDIAN, reached, runs),
        late_day=_day_at(LATE, reached, runs),
        reached_share=len(reached) / runs,
        paused_share=sum(any(each.is_paused) for each in simulations) / runs,
    )


def _check_start(rebuild: Rebuild) -> None:
    # No simulation is longer than a ten-year plan with a ten-year pause.
    last = LAST_YEAR - 20
    if rebuild.start.year > last:
        must = f"a plan must start by the year {last} to be simulated"
        raise InvalidValue(must, rebuild.start.isoformat(), "start earlier")


def _weeks(start: StartingPoint, simulations: Sequence[Simulated]) -> Iterator[ForecastWeek]:
    runs = len(simulations)
    got_there = Counter(each.reached_week for each in simulations)
    reached = sum(got_there[week] for week in range(1, start.week))
    # The longest first: simulations that have ended do not change and are not recounted weekly.
    going = sorted(simulations, key=lambda each: -len(each.minutes))
    over: Counter[int] = Counter()
    stay_paused = 0
    for index in range(len(going[0].minutes)):
        while len(going[-1].minutes) <= index:
            ended = going.pop()
            over[ended.minutes[-1]] += 1
            stay_paused += ended.is_paused[-1]
        low, median, high = _quantiles(over + Counter(each.minutes[index] for each in going))
        number = start.week + index
        reached += got_there[number]
        yield ForecastWeek(
            number=number,
            day=start.day_of(number),
            reached=reached / runs,
            low_min=low,
            median_min=median,
            high_min=high,
            paused=(stay_paused + sum(each.is_paused[index] for each in going)) / runs,
        )


def _quantiles(simulations: Counter[int]) -> list[int]:
    """Return the 10, 50 and 90 % quantiles of the lengths. [min]"""
    lengths = sorted(simulations)
    upto = list(accumulate(simulations[minutes] for minutes in lengths))
    return [lengths[bisect_right(upto, _place(pct, upto[-1]))] for pct in (EARLY, MEDIAN, LATE)]


def _place(pct: int, runs: int) -> int:
    """Return the index of a quantile among this many values in order."""
    return -(-runs * pct // 100) - 1


def _day_at(pct: int, reached: Sequence[int], runs: int) -> Date | None:
    place = _place(pct, runs)
    return day_numbered(reached[place]) if place < len(reached) else None
