"""Recorded runs, each once: which are the same, and which are not yet in a log."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TypedDict, overload

from attrs import field, frozen

from runplan._base.dates import dated_day, to_stdlib_date
from runplan._base.tables import Column, Table
from runplan._base.validators import each_is_a, to_tuple
from runplan.errors import InvalidType
from runplan.model.activity import Activity
from runplan.model.log import Log

_DAY_MIN = 24 * 60


class ActivityRow(TypedDict):
    """
    One recorded run as a flat row of Activities.rows().

    Attributes:
        day: The day on which it began.
        at: When it began, like "09:05"; "" if not known.
        minutes: How long it was, without pauses. [min]
        source: Where it comes from.
        note: Its name in the app.
    """

    day: dt.date
    at: str
    minutes: int
    source: str
    note: str


def _activities(values: Iterable[Activity]) -> tuple[Activity, ...]:
    return to_tuple(values)


def _notes(values: Iterable[str]) -> tuple[str, ...]:
    return to_tuple(values)


@frozen
class Activities(Sequence[Activity]):
    """
    Recorded runs by day, each once, and what was left out.

    Attributes:
        activities: The runs, by day and time.
        notes: What was left out and why, one sentence each.

    Raises:
        InvalidType: If it holds anything but activities.

    >>> found = Activities([Activity(day="2027-01-03", minutes=45, source="strava")])
    >>> len(found), found[0].minutes
    (1, 45)
    """

    activities: tuple[Activity, ...] = field(
        default=(), converter=_activities, validator=each_is_a(Activity)
    )
    notes: tuple[str, ...] = field(default=(), converter=_notes, validator=each_is_a(str))

    @overload
    def __getitem__(self, index: int) -> Activity: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Activity, ...]: ...
    def __getitem__(self, index: int | slice) -> Activity | tuple[Activity, ...]:
        return self.activities[index]

    def __len__(self) -> int:
        return len(self.activities)

    def rows(self) -> list[ActivityRow]:
        """
        Return one flat dict per run, ready for a data frame.

        >>> Activities([Activity(day="2027-01-03", minutes=45, source="fit")]).rows()[0]["source"]
        'fit'
        """
        return [
            {
                "day": to_stdlib_date(each.day),
                "at": _clock(each),
                "minutes": each.minutes,
                "source": each.source,
                "note": each.note,
            }
            for each in self
        ]

    def table(self) -> Table:
        """
        Return a table for display: a row per run, and what was left out.

        >>> Activities([Activity(day="2027-01-03", minutes=45, source="fit")]).table().rows
        (('Sun 3 Jan 2027', '45', 'fit'),)
        """
        columns = (
            Column("Day"),
            Column("At"),
            Column("Length", numeric=True, unit="min"),
            Column("From"),
            Column("Name"),
        )
        rows = (
            (dated_day(each.day), _clock(each), each.minutes, each.source, each.note)
            for each in self
        )
        return Table("Recorded runs", columns, rows, lines=self.notes).without_empty()

    def _repr_html_(self) -> str:
        return self.table().to_html()


def _clock(activity: Activity) -> str:
    return f"{activity.at:%H:%M}" if activity.at else ""


def each_once(activities: Iterable[Activity]) -> tuple[Activity, ...]:
    """
    Return activities by day and time, without those of the same run.

    Of several of one run, as two devices record it, the shortest is kept.

    >>> watch = Activity(day="2027-01-03", minutes=45, at="09:00", source="fit")
    >>> phone = Activity(day="2027-01-03", minutes=47, at="08:59", source="strava")
    >>> [each.source for each in each_once([phone, watch])]
    ['fit']
    """
    kept: list[Activity] = []
    known = _Known(())
    for each in sorted(activities, key=lambda each: (each.minutes, *_order(each))):
        if each not in known:
            kept.append(each)
            known.add(each)
    return tuple(sorted(kept, key=_order))


def new(log: Log, found: Iterable[Activity]) -> tuple[Activity, ...]:
    """
    Return the activities that are not yet in a log, each once.

    Two activities are of the same run if their times overlap. If the start of one is not known,
    they are if they have the same day and the same minutes. A withdrawn activity counts as known,
    so that importing a file again does not bring it back.

    Args:
        log: The log.
        found: The activities.

    Raises:
        InvalidType: If an argument has the wrong type.

    >>> run = Activity(day="2027-01-03", minutes=45, source="strava")
    >>> new(Log(), [run]) == (run,), new(Log([run]), [run])
    (True, ())
    """
    if not isinstance(log, Log):
        raise InvalidType("log must be a Log", log, "make one of the entries: Log([…])")
    known = _Known(each for each in log if isinstance(each, Activity))
    return tuple(each for each in each_once(Activities(found)) if each not in known)


class _Known:
    """Activities, to look up whether another one is of the same run."""

    def __init__(self, activities: Iterable[Activity]) -> None:
        self._by_day: defaultdict[int, list[Activity]] = defaultdict(list)
        for each in activities:
            self.add(each)

    def add(self, activity: Activity) -> None:
        self._by_day[activity.day.toordinal()].append(activity)

    def __contains__(self, activity: Activity) -> bool:
        return any(_is_same_run(activity, each) for each in self._near(activity))

    def _near(self, activity: Activity) -> Iterator[Activity]:
        # A run may go on past midnight.
        day = activity.day.toordinal()
        for number in (day - 1, day, day + 1):
            yield from self._by_day.get(number, ())


def _is_same_run(one: Activity, other: Activity) -> bool:
    if one.at is None or other.at is None:
        return (one.day, one.minutes) == (other.day, other.minutes)
    return _start(one) < _start(other) + other.minutes and _start(other) < _start(one) + one.minutes


def _start(activity: Activity) -> int:
    """Return when it began, in minutes since a fixed day. [min]"""
    at = activity.at.hour * 60 + activity.at.minute if activity.at else 0
    return activity.day.toordinal() * _DAY_MIN + at


def _order(activity: Activity) -> tuple[int, int, str, str]:
    return _start(activity), activity.minutes, activity.source, activity.note
