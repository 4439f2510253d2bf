"""
The course: the request as it stands on each day, and the days of its sessions.

Days are day numbers, as date.toordinal() counts them.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from runplan.planning.request import Rebuild
from runplan.planning.schedule import Days, Placed


class Revision(NamedTuple):
    """The days of sessions that lie ahead of a given day."""

    day: int
    days: Days
    moves: tuple[tuple[int, int], ...]


class Course(NamedTuple):
    """
    The request with its changes and moves, as known on a day.

    Attributes:
        requests: The requests, each with the day from which it applies, the original first.
        baselines: Days and minutes of new baselines, in order. [days, min]
        revisions: The changes to the days of sessions, in order.
    """

    requests: tuple[tuple[int, Rebuild], ...]
    baselines: tuple[tuple[int, int], ...]
    revisions: tuple[Revision, ...]

    def at(self, day: int) -> Rebuild:
        """Return the request as it stands on a day."""
        if len(self.requests) == 1:
            return self.requests[0][1]
        return self.requests[bisect_right(self.requests, day, key=lambda each: each[0]) - 1][1]

    def is_left_open(self, placed: Placed) -> bool:
        """Return whether a long run has no day because of days off without an end."""
        away = self.requests[-1][1].away
        endless = (each.first.toordinal() for each in away if each.last is None)
        return not placed.has_day and any(first <= placed.slot for first in endless)

    def new_baseline(self, after: int, until: int) -> tuple[int, int] | None:
        """Return the day and minutes of the last new baseline after one day, up to another."""
        found = [each for each in self.baselines if after < each[0] <= until]
        return found[-1] if found else None

    def first_day(self, week: int) -> int:
        """Return the first day of a plan week."""
        return self.revisions[0].days.first_day(week)

    def usual_run(self, week: int) -> int:
        """Return the usual day of a week's long run in the original request."""
        return self.revisions[0].days.usual_run(week)

    def long_run(self, week: int, upto: int | None = None) -> Placed:
        """
        Return when a week's long run takes place.

        Args:
            week: The plan week, from 1.
            upto: The last day whose changes count; None: all changes count.
        """
        first, *later = self.revisions
        placed = first.days.run_of(week)
        for revision in later:
            if placed.slot < revision.day or (upto is not None and upto < revision.day):
                break
            placed = self._moved(revision, placed, week)
        return placed

    def _moved(self, revision: Revision, before: Placed, week: int) -> Placed:
        days = revision.days
        placed = days.run_of(week, revision.day)
        if placed.usual < revision.day and before.has_day and before.slot not in days.away:
            # In this week, the new weekday is past: it applies from the next week on.
            placed = before
        neighbours = days.run_of(week - 1).slot, days.run_of(week + 1).slot
        for day, to in revision.moves:
            if day == placed.day and min(day, to) >= revision.day and _is_near(day, to, neighbours):
                placed = placed._replace(slot=to)
        return placed

    def strength(self, week: int, sessions: tuple[int, int], busy: Sequence[int]) -> list[Placed]:
        """
        Return when the strength sessions of a week take place, by day.

        Args:
            week: The plan week, from 1.
            sessions: How many sessions are due in this week, and in the next.
            busy: The days of the strength sessions in the week before.
        """
        first, *later = self.revisions
        placed = self._strength_of(first, -1, week, sessions, busy)
        for revision in later:
            new = {
                each.place: each
                for each in self._strength_of(revision, revision.day, week, sessions, busy)
            }
            followed = [_followed(each, new.pop(each.place, None), revision) for each in placed]
            # Sessions that were not planned before.
            followed += [each for each in new.values() if each.slot >= revision.day]
            run = self.long_run(week, revision.day - 1).day
            moves = [move for move in revision.moves if move[0] != run]
            placed = _moved_strength([each for each in followed if each], moves, revision.day)
        return sorted(placed, key=lambda each: each.slot)

    def _strength_of(
        self,
        revision: Revision,
        upto: int,
        week: int,
        sessions: tuple[int, int],
        busy: Sequence[int],
    ) -> list[Placed]:
        runs = [self.long_run(each, upto) for each in (week, week + 1)]
        most = max(revision.days.strength)
        possible = min(most, sessions[0]), min(most, sessions[1])
        return revision.days.strength_of(week, sessions=possible, busy=busy, runs=runs)


def _followed(before: Placed, new: Placed | None, revision: Revision) -> Placed | None:
    """Return when a session takes place after a revision; None if it is left out."""
    if before.slot < revision.day:
        return before
    if new is not None and new.slot < revision.day:
        # In this week, the new day is past: it applies from the next week on.
        return None if before.slot in revision.days.away else before
    return new


def _moved_strength(
    placed: list[Placed], moves: Sequence[tuple[int, int]], revision: int
) -> list[Placed]:
    for day, to in moves:
        others = [each.slot for each in placed if each.slot != day]
        if min(day, to) >= revision and _is_near(day, to, others):
            placed = [each._replace(slot=to) if each.slot == day else each for each in placed]
    return placed


def _is_near(day: int, to: int, neighbours: Iterable[int]) -> bool:
    return all(abs(to - day) < abs(to - each) for each in neighbours)
