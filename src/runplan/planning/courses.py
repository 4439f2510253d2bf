"""
The courses of a request: its changes and moves, as known on each day.

Days are day numbers, as date.toordinal() counts them.
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
from runplan.planning.course import Course, Revision
from runplan.planning.request import Rebuild
from runplan.planning.schedule import Days


class Courses(NamedTuple):
    """
    The course of a request as known on each day.

    Attributes:
        days: 0, and the days on which more became known, in order.
        courses: The course as known from each of these days on.
        changed: Pairs of a day on which something became known and the first day it affects.
    """

    days: tuple[int, ...]
    courses: tuple[Course, ...]
    changed: tuple[tuple[int, int], ...]

    def known(self, by: int) -> Course:
        """Return the course as known on a day."""
        return self.courses[bisect_right(self.days, by) - 1]

    def news(self, after: int, until: int) -> float:
        """Return the first day affected by what becomes known between two days."""
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
    """Return the days on which an entry becomes known, and known to be withdrawn."""
    withdrawn = [] if entry.retracted_on is None else [entry.retracted_on.toordinal()]
    return [entry.recorded_on.toordinal(), *withdrawn]


def _affects(entry: Change | Move) -> int:
    """Return the first day that an entry can affect."""
    if isinstance(entry, Change):
        return entry.day.toordinal()
    # A move changes which reports belong to its neighbours.
    return min(entry.day, entry.to).toordinal() - 7


def _course(rebuild: Rebuild, entries: Sequence[Change | Move], by: int) -> Course:
    changes = _changes(each for each in entries if each.is_known(by))
    requests = [(0, rebuild)]
    for day, values in changes.items():
        requests.append((day.toordinal(), _changed(requests[-1][1], day, values)))
    return Course(
        requests=tuple(requests),
        baselines=tuple(
            (day.toordinal(), values["baseline_min"])
            for day, values in changes.items()
            if "baseline_min" in values
        ),
        revisions=tuple(_revisions(rebuild, entries, by)),
    )


def _revisions(rebuild: Rebuild, entries: Sequence[Change | Move], by: int) -> Iterator[Revision]:
    """Return the revisions of session days, including those undone by withdrawals."""
    yield Revision(0, Days.of(rebuild), ())
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
        yield Revision(day, Days.of(request), tuple(pairs))


def _first_day(entry: Change | Move) -> Date:
    """Return the first day on which a known entry has an effect."""
    return entry.day if isinstance(entry, Change) else entry.recorded_on


def _changes(entries: Iterable[Entry]) -> dict[Date, dict[str, Any]]:
    """Return the new values by day; on the same day, those recorded last count."""
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
