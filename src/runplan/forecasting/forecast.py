"""forecast: when the target is likely to be reached, by playing the plan forward many times."""

from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor

from runplan._base.dates import LAST_YEAR, Date, DayLike, day_numbered
from runplan.errors import InvalidValue
from runplan.forecasting.rates import PRIOR, Rates
from runplan.forecasting.results import EARLY, LATE, MEDIAN, Forecast, ForecastWeek
from runplan.forecasting.settings import Asked
from runplan.forecasting.simulate import Outset, Played
from runplan.model.log import Log
from runplan.planning.build import as_of
from runplan.planning.request import Rebuild


def forecast(  # noqa: PLR0913  # each is a question of its own
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
    Play a plan forward many times, and say when the target is likely to be reached.

    Each play goes on from today through the rules of the plan itself, with long runs that turn
    out clean, tired, cut short, painful or missed. How often is learned from the log: each of its
    long runs adds 1 to the weights of the prior, and every play draws its rates from the
    Dirichlet distribution with these weights. What a run of each kind is reported as is a house
    assumption. All this is arithmetic on assumptions, not medicine.

    Args:
        rebuild: What is asked for.
        log: What happened. What was recorded after today is not seen.
        today: The day from which to play. With a log it must be given; without one it is the
            first day of the rebuild.
        runs: How many times the plan is played forward, 1 to 100,000.
        seed: What chance begins from. The same seed gives the same forecast, with whatever
            executor, as long as Python draws its random numbers in the same way.
        prior: How long runs turn out before any is known: weights, as if so many had been seen.
        pause_weeks: After how many weeks a pause is taken to be cleared, 1 to 520; None: no pause
            ever ends. [weeks]
        executor: Who plays, any executor of concurrent.futures. None: this thread.

    Raises:
        InvalidType: If an argument has the wrong type, today is missing beside a log, or a rule
            returns something else than a Verdict.
        InvalidValue: If a number is out of range, there is no such day, no rule of the policy
            applies to some week, or the rebuild cannot be sent to the executor's processes.

    Source:
        docs/explanation/forecast.md

    >>> from runplan import Rates, Rebuild, forecast
    >>> rebuild = Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC")
    >>> forecast(rebuild, runs=10, prior=Rates(clean=1)).median_day.isoformat()
    '2027-01-24'
    """
    asked = Asked(runs=runs, seed=seed, prior=prior, pause_weeks=pause_weeks, executor=executor)
    day = as_of(rebuild, log, today)
    _has_room(rebuild)
    outset = Outset(rebuild, log or Log(), day)
    seen = outset.seen()
    rates = prior.after(seen)
    plays = asked.play(outset, rates)
    reached = sorted(each.reached_day for each in plays if each.reached_day)
    return Forecast(
        name=rebuild.name,
        target_min=rebuild.target_min,
        today=day,
        runs=runs,
        seed=seed,
        prior=prior,
        rates=rates.mean,
        learned_from=len(seen),
        pause_weeks=pause_weeks,
        weeks=tuple(_weeks(outset, plays)),
        early_day=_day_at(EARLY, reached, runs),
        median_day=_day_at(MEDIAN, reached, runs),
        late_day=_day_at(LATE, reached, runs),
        reached_share=len(reached) / runs,
        paused_share=sum(any(each.is_paused) for each in plays) / runs,
    )


def _has_room(rebuild: Rebuild) -> None:
    # A plan of ten years with a pause of ten years: no play is longer.
    last = LAST_YEAR - 20
    if rebuild.start.year > last:
        must = f"a plan must start by the year {last} to be played forward"
        raise InvalidValue(must, rebuild.start.isoformat(), "start earlier")


def _weeks(outset: Outset, plays: Sequence[Played]) -> Iterator[ForecastWeek]:
    runs = len(plays)
    minutes = zip(*_as_long_as_each_other([each.minutes for each in plays]), strict=True)
    paused = zip(*_as_long_as_each_other([each.is_paused for each in plays]), strict=True)
    got_there = Counter(each.reached_week for each in plays)
    reached = sum(got_there[week] for week in range(1, outset.week))
    for number, (all_min, are_paused) in enumerate(
        zip(minutes, paused, strict=True), start=outset.week
    ):
        ranked = sorted(all_min)
        reached += got_there[number]
        yield ForecastWeek(
            number=number,
            day=outset.day_of(number),
            reached=reached / runs,
            low_min=ranked[_place(EARLY, runs)],
            median_min=ranked[_place(MEDIAN, runs)],
            high_min=ranked[_place(LATE, runs)],
            paused=sum(are_paused) / runs,
        )


def _as_long_as_each_other(rows: Sequence[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """Let each play go on as it ended, up to where the last one ends."""
    most = max(map(len, rows))
    return [row + row[-1:] * (most - len(row)) for row in rows]


def _place(pct: int, runs: int) -> int:
    """Return which of so many plays, in order, is the first to have that share up to it."""
    return -(-runs * pct // 100) - 1


def _day_at(pct: int, reached: Sequence[int], runs: int) -> Date | None:
    place = _place(pct, runs)
    return day_numbered(reached[place]) if place < len(reached) else None
