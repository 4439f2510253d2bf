"""The baseline, found from past runs instead of guessed."""

from collections.abc import Iterable

from attrs import evolve, frozen

from runplan.dates import Date, DayLike, days_after, to_day
from runplan.errors import InvalidType, InvalidValue
from runplan.log import LONGEST_MIN, SHORTEST_MIN, Log, MorningReport, RunReport
from runplan.rules.policy import TIRED_FROM

_PAINFUL_RUNS = 3
_SHARE_PCT = 80
_CLEAN_DAYS = 30


@frozen(kw_only=True)
class Baseline:
    """
    A long run to begin a rebuild with, and why.

    Attributes:
        minutes: How long it is. [min]
        why: One plain sentence for the runner.
        source: Where the rule comes from.

    >>> Baseline(minutes=35, why="…", source="house").minutes
    35
    """

    minutes: int
    why: str
    source: str


def find_baseline(log: Log, *, today: DayLike) -> Baseline:
    """
    Return the long run to begin with, from the runs of a log.

    With painful long runs it is 80 % of the earliest minute in which pain began in the last
    three of them, rounded down to 5; a run whose minute was not noted counts with its whole
    length, if another one's was. Without, it is the longest clean run of the last 30 days,
    rounded down to 5.

    Args:
        log: What happened. What was recorded after today is not seen.
        today: The day as of which to look.

    Raises:
        InvalidType: If an argument has the wrong type.
        InvalidValue: If the log does not tell; the error says what to log. Or if less than 10
            minutes are left; that belongs in front of a clinician.

    Source:
        docs/reference/sources.md#baseline

    >>> log = Log([RunReport(day="2026-11-15", minutes=70, pain=4, pain_from=48)])
    >>> find_baseline(log, today="2026-11-22").minutes
    35
    """
    if not isinstance(log, Log):
        raise InvalidType("log must be a Log", log, "make one of the reports: Log([…])")
    day = to_day(today)
    runs = list(_runs(log, day))
    painful = [run for run in runs if run.kind == "long" and run.worst_pain][-_PAINFUL_RUNS:]
    return _from_painful(painful) if painful else _from_clean(runs, day)


def _runs(log: Log, today: Date) -> Iterable[RunReport]:
    """Return the runs known today, by day, each with its next morning."""
    seen = [entry for entry in log if entry.recorded_on <= today]
    mornings: dict[Date, int] = {}
    for entry in seen:
        if isinstance(entry, MorningReport):
            mornings[entry.day] = max(entry.pain, mornings.get(entry.day, 0))
    for entry in seen:
        if isinstance(entry, RunReport):
            known = [entry.pain_next_morning, mornings.get(entry.day)]
            morning = max((pain for pain in known if pain is not None), default=None)
            yield evolve(entry, pain_next_morning=morning)


def _from_painful(runs: list[RunReport]) -> Baseline:
    onsets = [run.pain_from for run in runs if run.pain_from is not None]
    if not onsets:
        raise InvalidValue(
            "a painful long run must say from which minute it hurt",
            f"{len(runs)} without",
            "log it again with pain_from, or log a shorter run without pain",
        )
    # Where the minute is unknown, the end of the run is the latest it can have been.
    earliest = min(onsets + [run.minutes for run in runs if run.pain_from is None])
    minutes = _allowed(earliest * _SHARE_PCT // 100, earliest)
    last = "the last painful long run"
    runs_named = last if len(runs) == 1 else f"the last {len(runs)} painful long runs"
    return Baseline(
        minutes=minutes,
        why=(
            f"{minutes} min: {_SHARE_PCT} % of minute {earliest}, the earliest in which it hurt in "
            f"{runs_named}, rounded down to 5."
        ),
        source="house",
    )


def _from_clean(runs: list[RunReport], today: Date) -> Baseline:
    first = days_after(today, -_CLEAN_DAYS)
    clean = [
        run.minutes
        for run in runs
        if run.day >= first
        and run.pain_next_morning == 0
        and not run.pain
        and not run.red_flags
        and run.fatigue < TIRED_FROM
    ]
    if not clean:
        raise InvalidValue(
            f"the log must have a clean run of the last {_CLEAN_DAYS} days, or a painful long run",
            "neither",
            "log a run without pain and the morning after it, or the minute in which pain began",
        )
    longest = max(clean)
    minutes = _allowed(longest, longest)
    return Baseline(
        minutes=minutes,
        why=(
            f"{minutes} min: the longest run without pain of the last {_CLEAN_DAYS} days was "
            f"{longest} min, rounded down to 5."
        ),
        source="the method itself",
    )


def _allowed(minutes: int, given: int) -> int:
    rounded = min(minutes, LONGEST_MIN) // 5 * 5
    if rounded < SHORTEST_MIN:
        raise InvalidValue(
            f"a baseline must be at least {SHORTEST_MIN} minutes",
            f"{rounded}, from minute {given}",
            "see a clinician first and begin with run-walk",
        )
    return rounded
