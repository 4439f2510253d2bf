"""A plan played forward by chance, through the very rules that plan it."""

from bisect import bisect
from collections.abc import Iterator, Sequence
from copy import copy
from random import Random
from typing import NamedTuple

from runplan._base.dates import Date, day_numbered
from runplan.forecasting.outcomes import TURNS, Kind, Turn, kind_of, report_of
from runplan.forecasting.rates import Rates, draw
from runplan.model.log import Clearance, Entry, Log, MorningReport
from runplan.planning.build import MAX_WEEKS
from runplan.planning.history import own_containers
from runplan.planning.long_runs import Fixed, LongRuns
from runplan.planning.request import Rebuild


class Played(NamedTuple):
    """
    What came of a plan that was played forward once, from today's week on.

    Both lists end with the week in which the play ends; from then on it stays as it is.

    Attributes:
        minutes: The long run of each week. Where there is none: what is due after days away,
            what a pause resumes at, the target once it is reached. [min]
        is_paused: Whether each week is paused.
        reached_week: The week in which the target was first run clean, None if it never was.
        reached_day: The day number of that run, as date.toordinal() counts.
    """

    minutes: tuple[int, ...]
    is_paused: tuple[bool, ...]
    reached_week: int | None = None
    reached_day: int | None = None


class Outset:
    """
    Where a plan stands today. From here it is played forward, again and again.

    Attributes:
        today: The day number of today, as date.toordinal() counts.
        week: The week of today: the first one that is played.
        fixed: What the long run of that week was fixed to before today.
        is_fixed: Whether it was, or left out.
        awaited: What is told of runs whose next morning is not over yet.
    """

    def __init__(self, rebuild: Rebuild, log: Log, today: Date) -> None:
        self.today = today.toordinal()
        self.week, self.is_fixed = 1, False
        self.fixed: Fixed | None = None
        self._runs = runs = LongRuns(rebuild, log, self.today)
        for week in range(1, MAX_WEEKS + 1):
            first, day = runs.days.first_day(week), runs.day_of(week)
            if week > 1 and first > self.today:
                break
            runs.move_on(min(first, self.today))
            runs.begin(week)
            self.week, self.is_fixed = week, day < self.today
            if not self.is_fixed:
                break
            runs.move_on(day)
            self.fixed = runs.fix(week)
        runs.move_on(self.today)
        self.awaited: tuple[Entry, ...] = tuple(self._awaited())

    def _awaited(self) -> Iterator[MorningReport]:
        """Take mornings that may still be reported to bring no pain, as the plan does."""
        history = self._runs.history
        for week in (self.week - 1, self.week):
            for report in history.reports_of(week):
                if history.awaits_morning(report):
                    told = max(report.day.toordinal() + 1, self.today)
                    yield MorningReport(day=report.day, pain=0, recorded_on=day_numbered(told))

    def seen(self) -> list[Kind]:
        """Return of which kinds the plan's long runs were up to today, as far as is known."""
        results = self._runs.results
        kinds: list[Kind] = []
        for week in range(1, self.week + self.is_fixed):
            outcome = results.of(week)
            if results.is_missed(week):
                kinds.append("missed")
            elif outcome and outcome.is_planned and (kind := kind_of(outcome)):
                kinds.append(kind)
        return kinds

    def day_of(self, week: int) -> Date:
        """Return the day of the long run of a week, or the usual one where it has none."""
        return day_numbered(self._runs.day_of(week))

    def fork(self) -> LongRuns:
        """Return the long runs as they stand today, to go on from here by themselves."""
        runs = self._runs.fork()
        for entry in self.awaited:
            runs.tell(entry)
        return runs


class Chance:
    """
    What one play draws from. It depends on nothing but the seed, its number and the rates.

    Attributes:
        number: Which play.
    """

    def __init__(self, seed: int, number: int, rates: Rates) -> None:
        self.number = number
        self._random = Random(f"{seed} {number}")  # noqa: S311  # nothing to keep secret
        self._shares = draw(rates, self._random)

    def turn(self) -> Turn:
        """Draw how a long run turns out."""
        chance = self._random.random() * self._shares[-1]
        return TURNS[bisect(self._shares, chance, hi=len(TURNS) - 1)]


class Branch:
    """
    Plays that have gone the same way so far. As long as they do, they are played as one.

    Attributes:
        chances: What the plays draw from.
        runs: The long runs.
        told: What was made up about them.
        played: What came of the plays, once they have come to their end.
    """

    def __init__(self, outset: Outset, chances: Sequence[Chance], pause_weeks: int | None) -> None:
        """
        Begin where the plan stands today.

        Args:
            outset: Where that is.
            chances: What the plays draw from.
            pause_weeks: After how many weeks a pause is cleared; None: never. [weeks]
        """
        self.chances = chances
        self.runs = outset.fork()
        self.told = [*outset.awaited]
        self.played: Played | None = None
        self._outset = outset
        self._pause_weeks = pause_weeks
        self._cleared_from = 0
        self._week = outset.week
        self._minutes: list[int] = []
        self._is_paused: list[bool] = []

    def grow(self) -> list["Branch"]:
        """Play one more week, and return the branches in which the plays go on or have ended."""
        outset, runs = self._outset, self.runs
        is_fixed = self._week == outset.week and outset.is_fixed
        fixed = outset.fixed if is_fixed else self._fix()
        self._minutes.append(self._intended_min(fixed))
        self._is_paused.append(runs.was_paused)
        if runs.was_paused and self._pause_weeks is None and not is_fixed:
            self._end(None)
            return [self]
        if fixed is None or fixed.placed is None or not self._is_to_come():
            self._close()
            return [self]
        ways: dict[Turn, list[Chance]] = {}
        for chance in self.chances:
            ways.setdefault(chance.turn(), []).append(chance)
        branches = [self, *(self._fork() for _ in range(len(ways) - 1))]
        for branch, (turn, chances) in zip(branches, ways.items(), strict=True):
            branch.chances = chances
            branch._turn_out(turn, fixed.placed.day, fixed.verdict.minutes)  # noqa: SLF001
            branch._close()  # noqa: SLF001  # its own kind
        return branches

    def _fork(self) -> "Branch":
        twin = copy(self)
        vars(twin).update(own_containers(self), runs=self.runs.fork())
        return twin

    def _fix(self) -> Fixed | None:
        """Fix the long run of the week, and clear a pause in time."""
        runs, week = self.runs, self._week
        runs.move_on(runs.day_of(week))
        fixed = runs.fix(week)
        if runs.was_paused and self._pause_weeks and week >= self._cleared_from:
            self._cleared_from = week + self._pause_weeks
            day = day_numbered(runs.days.first_day(self._cleared_from))
            self._tell(Clearance(day=day, by="assumption"))
        return fixed

    def _intended_min(self, fixed: Fixed | None) -> int:
        if fixed:
            return fixed.verdict.minutes
        pause = self.runs.pause
        return pause.resume_min if pause else self.runs.rebuild.target_min

    def _is_to_come(self) -> bool:
        """Say whether the long run of the week is to come: not over, and not reported yet."""
        if self._week > self._outset.week:
            return True
        results = self.runs.results
        return results.is_open(self._week) and not results.of(self._week)

    def _turn_out(self, turn: Turn, day: int, minutes: int) -> None:
        told = max(day + 1, self._outset.today)
        report = report_of(turn, minutes, day, told)
        if report:
            self._tell(report)

    def _tell(self, entry: Entry) -> None:
        self.told.append(entry)
        self.runs.tell(entry)

    def _close(self) -> None:
        """Move on to the next week, unless the target is run clean or the plan gets too long."""
        runs, week = self.runs, self._week
        runs.move_on(runs.history.last_day(week) + 1)
        reached = runs.results.finished(before=week + 1)
        if reached or week == MAX_WEEKS:
            self._end(reached)
            return
        self._week += 1
        runs.begin(self._week)

    def _end(self, reached: int | None) -> None:
        outcome = self.runs.results.of(reached) if reached else None
        day = outcome and outcome.report.day.toordinal()
        self.played = Played(tuple(self._minutes), tuple(self._is_paused), reached, day)


def play(
    outset: Outset, chances: Sequence[Chance], pause_weeks: int | None = None
) -> Iterator[Branch]:
    """
    Play a plan forward until each play has come to its end, and return the ends.

    Args:
        outset: Where the plan stands today.
        chances: What each play draws from.
        pause_weeks: After how many weeks a pause is cleared; None: never. [weeks]
    """
    growing = [Branch(outset, chances, pause_weeks)]
    while growing:
        for branch in growing.pop().grow():
            if branch.played:
                yield branch
            else:
                growing.append(branch)
