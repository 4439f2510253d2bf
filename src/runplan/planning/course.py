"""
The course: what was asked for as it stands on each day, and where sessions lie.

Days are day numbers here, as date.toordinal() counts them.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import inf
from typing import Any, NamedTuple

from attrs import evolve

from runplan._base.dates import Date
from runplan.errors import RunplanError
from runplan.model.entries import Entry
from runplan.planning.changes import Change, Move
from runplan.planning.request import Rebuild
from runplan.planning.schedule import Days, Placed


class _Revision(NamedTuple):
    """From a day on, sessions that lie ahead fall on these days."""

    day: int
    days: Days
    moves: tuple[tuple[int, int], ...]


class Course(NamedTuple):
    """
    What was asked for, as known on a day.

    Attributes:
        asked: The request from each day on, the first one from the beginning.
        baselines: Days and minutes of new baselines, in the order of days. [days, min]
        revisions: When the days of sessions changed, in order.
    """

    asked: tuple[tuple[int, Rebuild], ...]
    baselines: tuple[tuple[int, int], ...]
    revisions: tuple[_Revision, ...]

    def at(self, day: int) -> Rebuild:
        """Return the request as it stands on a day."""
        if len(self.asked) == 1:
            return self.asked[0][1]
        return self.asked[bisect_right(self.asked, day, key=lambda each: each[0]) - 1][1]

    def new_baseline(self, after: int, until: int) -> tuple[int, int] | None:
        """Return day and minutes of the last new baseline after a day and until another."""
        found = [each for each in self.baselines if after < each[0] <= until]
        return found[-1] if found else None

    def first_day(self, week: int) -> int:
        """Return the first day of a plan week."""
        return self.revisions[0].days.first_day(week)

    def usual_run(self, week: int) -> int:
        """Return the usual day of a week's long run, as first asked for."""
        return self.revisions[0].days.usual_run(week)

    def long_run(self, week: int, upto: int | None = None) -> Placed:
        """
        Return where a week's long run lies.

        Args:
            week: The plan week, from 1.
            upto: The day up to which changes are looked at; None: all of them.
        """
        first, *later = self.revisions
        placed = first.days.run_of(week)
        for revision in later:
            if placed.slot < revision.day or (upto is not None and upto < revision.day):
                break
            placed = self._moved(revision, placed, week)
        return placed

    def _moved(self, revision: _Revision, before: Placed, week: int) -> Placed:
        days = revision.days
        placed = days.run_of(week, revision.day)
        if placed.usual < revision.day and before.has_day and before.slot not in days.away:
            # The new weekday is over in this week; it holds from the next one on.
            placed = before
        neighbours = days.run_of(week - 1).slot, days.run_of(week + 1).slot
        for day, to in revision.moves:
            if day == placed.day and min(day, to) >= revision.day and _is_near(day, to, neighbours):
                placed = placed._replace(slot=to)
        return placed

    def strength(self, week: int, sessions: tuple[int, int], busy: Sequence[int]) -> list[Placed]:
        """
        Return where the strength sessions of a week lie, in the order of days.

        Args:
            week: The plan week, from 1.
            sessions: How many sessions this week is to have, and the next.
            busy: The days of the strength sessions in the week before.
        """
        first, *later = self.revisions
        placed = self._strength_of(first, -1, week, sessions, busy)
        for revision in later:
            new = {
                each.place: each
                for each in self._strength_of(revision, revision.day, week, sessions, busy)
            }
            followed = (_followed(each, new.get(each.place), revision) for each in placed)
            run = self.long_run(week, revision.day - 1).day
            moves = [move for move in revision.moves if move[0] != run]
            placed = _moved_strength([each for each in followed if each], moves, revision.day)
        return sorted(placed, key=lambda each: each.slot)

    def _strength_of(
        self, revision: _Revision, upto: int, week: int, sessions: tuple[int, int], busy: Sequence[int]
    ) -> list[Placed]:
        runs = [self.long_run(each, upto) for each in (week, week + 1)]
        most = max(revision.days.strength)
        possible = min(most, sessions[0]), min(most, sessions[1])
        return revision.days.strength_of(week, sessions=possible, busy=busy, runs=runs)


def _followed(before: Placed, new: Placed | None, revision: _Revision) -> Placed | None:
    """Return where a session lies once the days have changed, None if it is left out."""
    if before.slot < revision.day:
        return before
    if new is not None and new.slot < revision.day:
        # The new day is over in this week; it holds from the next one on.
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


class Courses(NamedTuple):
    """
    What was asked for, as known on each day.

    Attributes:
        days: The days on which more became known, in order, after the first.
        courses: The course from each of these days on.
        changed: When something became known, and from which day on it matters.
    """

    days: tuple[int, ...]
    courses: tuple[Course, ...]
    changed: tuple[tuple[int, int], ...]

    def known(self, by: int) -> Course:
        """Return the course as known on a day."""
        return self.courses[bisect_right(self.days, by) - 1]

    def news(self, after: int, until: int) -> float:
        """Return the first day that is affected by what becomes known between two days."""
        return min((day for known, day in self.changed if after < known <= until), default=inf)


def courses(rebuild: Rebuild, entries: Iterable[Entry]) -> Courses:
    """
    Return a request with its changes and moves, as known on each day.

    Raises:
        RunplanError: If the request cannot be planned with a change; the error names it.

    >>> asked = {"baseline_min": 40, "target_min": 60, "start": "2026-11-30", "timezone": "UTC"}
    >>> change = Change(day="2027-02-01", target_min=90)
    >>> course = courses(Rebuild(**asked), [change]).known(change.day.toordinal())
    >>> course.at(change.day.toordinal()).target_min
    90
    """
    found = [each for each in entries if isinstance(each, Change | Move)]
    days = sorted({day for each in found for day in _news(each)})
    return Courses(
        days=(0, *days),
        courses=tuple(_course(rebuild, found, day) for day in (0, *days)),
        changed=tuple((known, _affects(each)) for each in found for known in _news(each)),
    )


def _news(entry: Entry) -> list[int]:
    """Return the days on which it becomes known that an entry stands, or that it does not."""
    withdrawn = [] if entry.retracted_on is None else [entry.retracted_on.toordinal()]
    return [entry.recorded_on.toordinal(), *withdrawn]


def _affects(entry: Change | Move) -> int:
    """Return the first day for which an entry can make a difference."""
    if isinstance(entry, Change):
        return entry.day.toordinal()
    # A move changes which reports are nearest to its neighbours.
    return min(entry.day, entry.to).toordinal() - 7


def _course(rebuild: Rebuild, entries: Sequence[Change | Move], by: int) -> Course:
    changes = _changes(each for each in entries if each.is_known(by))
    asked = [(0, rebuild)]
    for day, values in changes.items():
        asked.append((day.toordinal(), _changed(asked[-1][1], day, values)))
    return Course(
        asked=tuple(asked),
        baselines=tuple(
            (day.toordinal(), values["baseline_min"])
            for day, values in changes.items()
            if "baseline_min" in values
        ),
        revisions=tuple(_revisions(rebuild, entries, by)),
    )


def _revisions(
    rebuild: Rebuild, entries: Sequence[Change | Move], by: int
) -> Iterator[_Revision]:
    """Return from which days on sessions fall on which days, withdrawn changes included."""
    yield _Revision(0, Days.of(rebuild), ())
    known = [each for each in entries if each.recorded_on.toordinal() <= by]
    days = {max(each.recorded_on, _first_day(each)).toordinal() for each in known}
    days |= {day for each in known for day in _news(each)[1:] if day <= by}
    for day in sorted(days):
        standing = [
            each
            for each in known
            if _first_day(each).toordinal() <= day and each.is_known(min(day, by))
        ]
        request = rebuild
        for on, values in _changes(standing).items():
            request = _changed(request, on, values)
        moves = sorted(
            (each for each in standing if isinstance(each, Move)),
            key=lambda each: (each.recorded_on, repr(each)),
        )
        pairs = [(each.day.toordinal(), each.to.toordinal()) for each in moves]
        yield _Revision(day, Days.of(request), tuple(pairs))


def _first_day(entry: Change | Move) -> Date:
    """Return the day from which an entry has an effect, once it is known."""
    return entry.day if isinstance(entry, Change) else entry.recorded_on


def _changes(entries: Iterable[Entry]) -> dict[Date, dict[str, Any]]:
    """Return the new values of each day, in order; of one day those recorded last count."""
    changes = [each for each in entries if isinstance(each, Change)]
    found: dict[Date, dict[str, Any]] = {}
    for change in sorted(changes, key=lambda each: (each.day, each.recorded_on, repr(each))):
        found.setdefault(change.day, {}).update(change.values)
    return found


def _changed(rebuild: Rebuild, day: Date, values: Mapping[str, Any]) -> Rebuild:
    try:
        return evolve(rebuild, **values)
    except RunplanError as error:
        must = f"the change of {day}: {error.must}"
        raise type(error)(must, error.given, error.remedy) from None
