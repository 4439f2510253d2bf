"""Finding a baseline from past runs."""

from collections.abc import Iterator
from itertools import groupby

from attrs import evolve, frozen

from runplan._base.dates import Date, DayLike, days_after, to_day
from runplan._base.tables import Table, facts
from runplan._base.text import NO_ADVICE
from runplan.errors import InvalidType, InvalidValue
from runplan.model.entries import (
    LONGEST_MIN,
    SHORTEST_MIN,
    MorningReport,
    RunReport,
    read_together,
)
from runplan.model.log import Log
from runplan.policy.situation import TIRED_FROM

_PAINFUL_RUNS = 3
_SHARE_PCT = 80
_CLEAN_DAYS = 30


@frozen(kw_only=True)
class Baseline:
    """
    A baseline for a rebuild, and why.

    Attributes:
        minutes: Its length. [min]
        why: One plain sentence for the runner.
        source: Where the rule comes from.

    >>> Baseline(minutes=35, why="…", source="house").minutes
    35
    """

    minutes: int
    why: str
    source: str

    def table(self) -> Table:
        """
        Return a table for display.

        >>> Baseline(minutes=35, why="…", source="house").table().rows[0]
        ('Long run', '35 min')
        """
        rows = [("Long run", f"{self.minutes} min"), ("Why", self.why), ("Source", self.source)]
        return facts("Baseline", rows, caption="The long run to start from", note=NO_ADVICE)

    def _repr_html_(self) -> str:
        return self.table().to_html()


def find_baseline(log: Log, *, today: DayLike) -> Baseline:
    """
    Return a baseline from the runs in a log.

    If long runs were painful, it is 80 % of the earliest minute in which pain began in the last
    three painful ones, rounded down to 5. Those without that minute count with their whole
    length. If no painful long run has it, the baseline is the longest clean run of the last 30
    days that is shorter than all of those, rounded down to 5. Without painful long runs, it is
    the longest clean run of the last 30 days, rounded down to 5. A next morning that is not
    known counts as painless.

    Args:
        log: What happened. Entries recorded after today are ignored.
        today: The day as of which to find it.

    Raises:
        InvalidType: If an argument has the wrong type.
        InvalidValue: If the log does not hold enough, and the error says what to log; or if the
            baseline would be under 10 minutes, and a clinician should be seen first.

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
    if any(run.pain_from is not None for run in painful):
        return _from_painful(painful)
    return _from_clean(runs, day, painful)


def _runs(log: Log, today: Date) -> Iterator[RunReport]:
    """Return the runs known today, by day and kind, each with its next morning."""
    known = sorted(
        (each for each in log if each.is_known(today.toordinal()) and each.day <= today),
        key=lambda each: each.day,
    )
    for _, entries in groupby(known, key=lambda each: each.day):
        of_day = list(entries)
        runs = [each for each in of_day if isinstance(each, RunReport)]
        mornings = [each for each in of_day if isinstance(each, MorningReport)]
        for kind in dict.fromkeys(each.kind for each in runs):
            same = [each for each in runs if each.kind == kind]
            yield evolve(same[0], **read_together(same, mornings))


def _from_painful(runs: list[RunReport]) -> Baseline:
    # If the minute is unknown, the end of the run is the latest it can have been.
    earliest = min(run.minutes if run.pain_from is None else run.pain_from for run in runs)
    minutes = _allowed(earliest * _SHARE_PCT // 100, f"pain from minute {earliest}")
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


def _from_clean(runs: list[RunReport], today: Date, painful: list[RunReport]) -> Baseline:
    first = days_after(today, -_CLEAN_DAYS)
    # A run that hurt from an unknown minute shows only that it was too long.
    too_long = min((run.minutes for run in painful), default=None)
    clean = [
        run.minutes
        for run in runs
        if run.day >= first
        and (too_long is None or run.minutes < too_long)
        and not run.worst_pain
        and not run.red_flags
        and run.fatigue < TIRED_FROM
    ]
    if not clean and painful:
        raise InvalidValue(
            "a painful long run must have the minute in which pain began",
            f"{len(painful)} without",
            "log it again with pain_from, or log a shorter run without pain",
        )
    if not clean:
        raise InvalidValue(
            f"the log must have a clean run in the last {_CLEAN_DAYS} days, or a painful long run",
            "neither",
            "log a run without pain, or the minute in which pain began",
        )
    longest = max(clean)
    minutes = _allowed(longest, f"a run of {longest} min")
    return Baseline(
        minutes=minutes,
        why=(
            f"{minutes} min: the longest run without pain of the last {_CLEAN_DAYS} days was "
            f"{longest} min, rounded down to 5."
        ),
        source="the method itself",
    )


def _allowed(minutes: int, given: str) -> int:
    rounded = min(minutes, LONGEST_MIN) // 5 * 5
    if rounded < SHORTEST_MIN:
        raise InvalidValue(
            f"a baseline must be at least {SHORTEST_MIN} minutes",
            f"{rounded}, after {given}",
            "see a clinician first and begin with run-walk",
        )
    return rounded
