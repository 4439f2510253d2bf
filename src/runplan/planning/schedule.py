"""
The days on which sessions take place.

Days are day numbers, as date.toordinal() counts them.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

from runplan._base.dates import Date, Time, day_numbered
from runplan.model.away import Away
from runplan.planning.request import Rebuild

# 48 hours between strength sessions, at the same time of day. Source: our choice.
REST_DAYS = 2

# Beyond the last day of the longest plan, and of the week after it.
_LONGEST_DAYS = 7 * 522


def spread(days: Iterable[int], long_run: int, sessions: int) -> tuple[int, ...]:
    """
    Return the weekdays that are furthest from each other and from the long run.

    The choice with the widest smallest gap wins, then the next smallest. Of mirror images, the
    one that leaves more time before the long run wins.

    Args:
        days: The weekdays to choose from; Monday is 0.
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


def nearest_free(usual: int, week: Iterable[int], taken: Collection[int]) -> int | None:
    """
    Return the free day of a week nearest to the usual one; of two, the earlier.

    >>> nearest_free(usual=6, week=range(7), taken={4, 5, 6})
    3
    """
    free = (day for day in week if day not in taken)
    return min(free, key=lambda day: (abs(day - usual), day), default=None)


def _days(away: Away, rebuild: Rebuild) -> range:
    """Return days away as day numbers, up to the end of the longest plan."""
    last = away.last.toordinal() if away.last else rebuild.start.toordinal() + _LONGEST_DAYS
    return range(away.first.toordinal(), last + 1)


class Placed(NamedTuple):
    """
    The day and time of a session.

    Attributes:
        place: Its place among the week's sessions of its kind, from 1, by usual days. Unchanged
            when the session moves.
        usual: Its usual day.
        slot: Its day, or the usual one if it has none.
        at: The local time at which it begins.
        timezone: The IANA time zone of that time.
        has_day: Whether there is a free day for it.
    """

    place: int
    usual: int
    slot: int
    at: Time
    timezone: str
    has_day: bool = True

    @property
    def day(self) -> int | None:
        """Its day; None if there is no free day for it."""
        return self.slot if self.has_day else None

    @property
    def moved_from(self) -> Date | None:
        """The usual day, if it has moved."""
        return None if self.slot == self.usual else day_numbered(self.usual)


class Days(NamedTuple):
    """
    The days of the sessions of each plan week, according to one request.

    Attributes:
        start: The plan's first day.
        away: Days without training; without an end, up to that of the longest plan.
        long_run: The weekday of the long run; Monday is 0.
        strength: The weekdays of the strength sessions, by their number a week.
        run_at: The time of day of the long run.
        strength_at: The time of day of strength sessions.
        timezone: The IANA time zone of these times.
    """

    start: int
    away: frozenset[int]
    long_run: int
    strength: Mapping[int, tuple[int, ...]]
    run_at: Time
    strength_at: Time
    timezone: str

    @classmethod
    def of(cls, rebuild: Rebuild) -> "Days":
        """
        Return the days of a request.

        >>> asked = {"baseline_min": 40, "target_min": 60, "start": "2026-11-30"}
        >>> days = Days.of(Rebuild(**asked, timezone="UTC"))
        >>> day_numbered(days.run_of(1).slot).isoformat()
        '2026-12-06'
        """
        weekdays, long_run = rebuild.strength_days, int(rebuild.long_run.day)
        most = max((sessions for _, sessions in rebuild.ramp or ()), default=0)
        return cls(
            start=rebuild.start.toordinal(),
            away=frozenset(day for each in rebuild.away for day in _days(each, rebuild)),
            long_run=long_run,
            strength={count: spread(weekdays, long_run, count) for count in range(most + 1)},
            run_at=rebuild.long_run.at,
            strength_at=rebuild.strength.at if rebuild.strength else rebuild.long_run.at,
            timezone=rebuild.timezone,
        )

    def first_day(self, week: int) -> int:
        """Return the first day of a plan week."""
        return self.start + 7 * (week - 1)

    def usual_run(self, week: int) -> int:
        """Return the usual day of a week's long run."""
        return self._in_week(week, self.long_run)

    def run_of(self, week: int, not_before: int = 0) -> Placed:
        """
        Return when a week's long run takes place: on the free day nearest to the usual one.

        Args:
            week: The plan week, from 1.
            not_before: The first day allowed.
        """
        usual = self._in_week(week, self.long_run)
        if usual >= not_before and usual not in self.away:
            return Placed(1, usual, usual, self.run_at, self.timezone)
        day = nearest_free(usual, self._week(week, not_before), self.away)
        return Placed(1, usual, day or usual, self.run_at, self.timezone, day is not None)

    def strength_of(
        self, week: int, *, sessions: tuple[int, int], busy: Collection[int], runs: Sequence[Placed]
    ) -> list[Placed]:
        """
        Return when the strength sessions of a week take place.

        A session that cannot keep its usual day moves to the nearest free day of its week that
        is 48 hours from every other strength session and is neither a long run's day nor the
        day before one. If there is none, the session is left out.

        Args:
            week: The plan week, from 1.
            sessions: How many sessions are due in this week, and in the next.
            busy: The days of the strength sessions in the week before.
            runs: The long runs of this week and the next.
        """
        usual = self._usual_strength(week, sessions[0])
        first = self.first_day(week)
        days = {day: day for day in usual}
        if not self.away.isdisjoint(range(first, first + 14)):
            # A shortcut for most weeks: without days away nearby, all keep their usual days.
            later = self._usual_strength(week + 1, sessions[1])
            days = self._around_away(week, usual, {*busy, *later} - self.away, runs)
        return [
            Placed(place, day, days[day], self.strength_at, self.timezone)
            for place, day in enumerate(usual, start=1)
            if day in days
        ]

    def _around_away(
        self, week: int, usual: Sequence[int], fixed: set[int], runs: Sequence[Placed]
    ) -> dict[int, int]:
        placed = [run for run in runs if run.has_day]
        beside_run = {run.slot - before for run in placed for before in (0, 1)}
        # A usual day next to a usual long run is the runner's choice and stays, with a finding.
        # A usual day next to a long run that has moved does not stay.
        beside_moved = {run.slot - before for run in placed if run.moved_from for before in (0, 1)}
        days = {day: day for day in usual if day not in self.away | beside_moved}
        for day in usual:
            if day in days:
                continue
            others = fixed.union(days.values())
            close = {other + gap for other in others for gap in range(1 - REST_DAYS, REST_DAYS)}
            free = nearest_free(day, self._week(week), self.away | beside_run | close)
            if free is not None:
                days[day] = free
        return days

    def _usual_strength(self, week: int, sessions: int) -> list[int]:
        return sorted(self._in_week(week, weekday) for weekday in self.strength[sessions])

    def _week(self, week: int, not_before: int = 0) -> range:
        first = self.first_day(week)
        return range(max(first, not_before), first + 7)

    def _in_week(self, week: int, weekday: int) -> int:
        # Day number 1 is a Monday, and Monday is weekday 0.
        return self.start + 7 * (week - 1) + (weekday + 1 - self.start) % 7
