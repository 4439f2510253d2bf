"""
Which day each session falls on.

Days are day numbers here, as date.toordinal() counts them, so that "the day before" is minus one.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

from runplan._base.dates import Date

# 48 hours between strength sessions, at the same time of day. Source: ACSM 2009.
REST_DAYS = 2


def spread(days: Iterable[int], long_run: int, sessions: int) -> tuple[int, ...]:
    """
    Return the weekdays that lie furthest from each other and from the long run.

    The choice with the widest smallest gap wins, then the next smallest; of mirror images the
    one that leaves more time before the long run.

    Args:
        days: The weekdays to choose from, Monday is 0.
        long_run: The weekday of the long run.
        sessions: How many to choose, at most as many as there are days.

    >>> spread([0, 2, 4], long_run=6, sessions=2)
    (2, 4)
    """
    after = sorted((day - long_run) % 7 for day in days)

    def gaps(chosen: tuple[int, ...]) -> tuple[list[int], int]:
        stops = (0, *chosen, 7)
        widths = [later - earlier for earlier, later in pairwise(stops)]
        return sorted(widths), widths[-1]

    best = max(combinations(after, sessions), key=gaps)
    return tuple((day + long_run) % 7 for day in best)


def nearest_free(usual: int, week: Sequence[int], taken: Collection[int]) -> int | None:
    """
    Return the day of the week nearest to the usual one that is not taken, the earlier of two.

    >>> nearest_free(usual=6, week=range(7), taken={4, 5, 6})
    3
    """
    if usual not in taken:
        return usual
    free = (day for day in week if day not in taken)
    return min(free, key=lambda day: (abs(day - usual), day), default=None)


class Placed(NamedTuple):
    """
    Where a session has come to lie.

    Attributes:
        place: Its place among the week's sessions of its kind, from 1, by usual days. It
            keeps it wherever it moves.
        usual: The day it falls on if nothing stands against it.
        day: The day it falls on.
    """

    place: int
    usual: int
    day: int

    @property
    def moved_from(self) -> Date | None:
        """The usual day, if it has moved."""
        return None if self.day == self.usual else Date.fromordinal(self.usual)


class Days(NamedTuple):
    """
    On which days the sessions of each plan week fall.

    Attributes:
        start: The plan's first day.
        away: Days without training.
        long_run: The weekday of the long run, Monday is 0.
        strength: The weekdays of the strength sessions, by how many a week has.

    >>> days = Days(start=1, away=frozenset({3}), long_run=6, strength={1: (2,)})
    >>> days.strength_of(1, sessions=(1, 1), before=())
    (Placed(place=1, usual=3, day=2),)
    """

    start: int
    away: frozenset[int]
    long_run: int
    strength: Mapping[int, tuple[int, ...]]

    def first_day(self, number: int) -> int:
        """Return the first day of a plan week."""
        return self.start + 7 * (number - 1)

    def week(self, number: int) -> range:
        """Return the seven days of a plan week."""
        first = self.first_day(number)
        return range(first, first + 7)

    def usual_long_run(self, number: int) -> int:
        """Return the day of a week's long run if nothing stands against it."""
        return self._in_week(number, self.long_run)

    def usual_strength(self, number: int, sessions: int) -> list[int]:
        """Return the days of a week's strength sessions if nothing stands against them."""
        return sorted(self._in_week(number, weekday) for weekday in self.strength[sessions])

    def long_run_of(self, number: int) -> Placed | None:
        """Return where a week's long run lies: on the free day nearest to the usual one."""
        usual = self.usual_long_run(number)
        day = nearest_free(usual, self.week(number), self.away)
        return None if day is None else Placed(place=1, usual=usual, day=day)

    def strength_of(
        self, number: int, *, sessions: tuple[int, int], before: Collection[int]
    ) -> tuple[Placed, ...]:
        """
        Return where the strength sessions of a week lie.

        A session that cannot keep its usual day moves to the nearest day of its week that is
        free, keeps 48 hours from every other strength session, and is neither a long run's
        day nor the day before one. Where there is none, it is left out.

        Args:
            number: The plan week, from 1.
            sessions: How many sessions this week is to have, and the next.
            before: The days of the strength sessions in the week before.
        """
        usual = self.usual_strength(number, sessions[0])
        first = self.first_day(number)
        if self.away.isdisjoint(range(first, first + 14)):
            # Most weeks are like this one: planning them need not look around.
            return tuple([Placed(place, day, day) for place, day in enumerate(usual, start=1)])
        days = self._around_away(
            number, usual, {*before, *self.usual_strength(number + 1, sessions[1])}
        )
        return tuple(
            Placed(place=place, usual=day, day=days[day])
            for place, day in enumerate(usual, start=1)
            if day in days
        )

    def _around_away(
        self, number: int, usual: Sequence[int], neighbours: Collection[int]
    ) -> dict[int, int]:
        runs = [run for each in (number, number + 1) if (run := self.long_run_of(each))]
        beside_run = {day for run in runs for day in (run.day - 1, run.day)}
        # A usual day beside a usual long run stays as it was asked for: that is told, not
        # forbidden. A long run that moved there is another matter.
        beside_moved = {
            day for run in runs if run.day != run.usual for day in (run.day - 1, run.day)
        }
        days = {day: day for day in usual if day not in self.away | beside_moved}
        fixed = {*neighbours} - self.away
        for day in usual:
            if day in days:
                continue
            others = fixed.union(days.values())
            close = {other + gap for other in others for gap in range(1 - REST_DAYS, REST_DAYS)}
            free = nearest_free(day, self.week(number), self.away | beside_run | close)
            if free is not None:
                days[day] = free
        return days

    def _in_week(self, number: int, weekday: int) -> int:
        first = self.first_day(number)
        # Day number 1 is a Monday, and Monday is weekday 0.
        return first + (weekday + 1 - first) % 7
