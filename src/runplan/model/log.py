"""The log: everything that was reported."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TypedDict

from attrs import evolve, field, frozen

from runplan._base.dates import DayLike, dated_day, to_day, to_stdlib_date
from runplan._base.tables import Column, Table
from runplan.errors import InvalidType, InvalidValue
from runplan.model.activity import Activity
from runplan.model.entries import Entry, RunReport, StrengthReport


class LogRow(TypedDict):
    """
    One entry as a flat row of Log.rows(); a missing value is None or an empty text.

    Attributes:
        day: The day it is about.
        recorded_on: The day it was recorded.
        retracted_on: The day it was withdrawn.
        entry: "long run", "other run", "recorded run", "morning", "strength", "clearance",
            "change" or "move".
        minutes: How long a run was. [min]
        pain: The worst pain. [0-10]
        pain_from: The minute the pain began. [min]
        pain_next_morning: The pain on the next morning. [0-10]
        fatigue: How tired the upper back was. [0-10]
        red_flags: Their names, separated by commas.
        by: Who gave a clearance.
        baseline_min: The new baseline of a clearance or a change. [min]
        note: Anything else.
        details: The whole entry in words.
        skipped: Whether it says that a strength session was left out.
        exercises_done: The exercises of a strength session, with their repetitions.
    """

    day: dt.date
    recorded_on: dt.date
    retracted_on: dt.date | None
    entry: str
    minutes: int | None
    pain: int | None
    pain_from: int | None
    pain_next_morning: int | None
    fatigue: int | None
    red_flags: str
    by: str
    baseline_min: int | None
    note: str
    details: str
    skipped: bool
    exercises_done: str


# Entries of one day, in this order.
_TYPES = ("run", "activity", "morning", "strength", "clearance", "change", "move")


def _order(entry: Entry) -> tuple[int, int, int, str]:
    """Return a sort key that does not depend on the order in which entries were given."""
    kind = _TYPES.index(entry.type)
    return entry.day.toordinal(), kind, entry.recorded_on.toordinal(), repr(entry)


def _in_order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    must = "a log must hold reports, activities, clearances, changes and moves"
    if isinstance(entries, Entry | str) or not isinstance(entries, Iterable):
        raise InvalidType(must, entries, "give a list of them")
    found = set()
    for entry in entries:
        if not isinstance(entry, Entry):
            raise InvalidType(must, entry, "give a RunReport or another entry")
        found.add(entry)
    return tuple(sorted(found, key=_order))


@frozen
class Log:
    """
    Everything that was reported, by day; the order given and duplicates do not matter.

    Attributes:
        entries: The reports, activities, clearances, changes and moves.

    Raises:
        InvalidType: If it contains anything else.

    >>> log = Log([RunReport(day="2026-12-06", minutes=40, pain=7)])
    >>> log = log.retract(log.entries[0], on="2026-12-08")
    >>> log = log.add(RunReport(day="2026-12-06", minutes=40, recorded_on="2026-12-08"))
    >>> [str(entry.retracted_on) for entry in log]
    ['2026-12-08', 'None']
    """

    entries: tuple[Entry, ...] = field(default=(), converter=_in_order)

    def add(self, *entries: Entry) -> "Log":
        """Return a new log with these entries added."""
        return Log((*self.entries, *entries))

    def retract(self, entry: Entry, *, on: DayLike) -> "Log":
        """
        Return a new log in which an entry is withdrawn.

        Sessions before that day stay as the runner saw them. Those ahead are planned as if the
        entry had never existed.

        Args:
            entry: An entry in this log.
            on: The day it is withdrawn.

        Raises:
            InvalidType: If the day is not a day.
            InvalidValue: If the entry is not in the log, or was recorded after that day.

        >>> run = RunReport(day="2026-12-06", minutes=40, pain=7)
        >>> Log([run]).retract(run, on="2026-12-08").entries[0].retracted_on.isoformat()
        '2026-12-08'
        """
        if entry not in self.entries:
            must = "an entry that is withdrawn must be in the log"
            raise InvalidValue(must, entry, "give one of log.entries")
        others = (each for each in self.entries if each != entry)
        return Log([*others, evolve(entry, retracted_on=to_day(on))])

    def waiting(self, on: DayLike) -> tuple[Activity, ...]:
        """
        Return the recorded runs, known on a day, that no run report has answered yet.

        Each report of a run answers one recorded run of its day, the longest first.

        Args:
            on: The day.

        Raises:
            InvalidType: If it is not a day.
            InvalidValue: If there is no such day.

        >>> log = Log([Activity(day="2026-12-06", minutes=40, source="strava")])
        >>> [activity.minutes for activity in log.waiting("2026-12-07")]
        [40]
        >>> log.add(RunReport(day="2026-12-06", minutes=40)).waiting("2026-12-07")
        ()
        """
        today = to_day(on)
        known = [e for e in self if e.day <= today and e.is_known(today.toordinal())]
        answers = Counter(each.day for each in known if isinstance(each, RunReport))
        recorded = [each for each in known if isinstance(each, Activity)]
        found: list[Activity] = []
        for day, activities in groupby(recorded, key=lambda each: each.day):
            longest_first = sorted(activities, key=lambda each: -each.minutes)
            found += longest_first[answers[day] :]
        return tuple(found)

    def rows(self) -> list[LogRow]:
        """
        Return one flat dict per entry, by day, ready for a data frame.

        >>> Log([RunReport(day="2026-12-06", minutes=40)]).rows()[0]["minutes"]
        40
        """
        return [_row(entry) for entry in self.entries]

    def table(self) -> Table:
        """
        Return a table for display: a row per entry, by day.

        >>> Log([RunReport(day="2026-12-06", minutes=40, pain=2)]).table().rows
        (('Sun 6 Dec 2026', 'long run', '40 min, pain 2 of 10', 'Sun 6 Dec 2026'),)
        """
        lines = [f"{len(self)} logged." if self else "Nothing is logged yet."]
        columns = map(Column, ("Day", "What", "How it went", "Recorded on", "Withdrawn on"))
        rows = (
            (
                dated_day(each.day),
                _what(each),
                _details(each),
                dated_day(each.recorded_on),
                dated_day(each.retracted_on) if each.retracted_on else "",
            )
            for each in self
        )
        return Table("Log", columns, rows, lines=lines, caption="Day by day").without_empty()

    def _repr_html_(self) -> str:
        return self.table().to_html()

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)


# How entries begin in words; a table shows this in a separate column.
_BEGINNINGS = (
    "long run of ",
    "recorded run of ",
    "run of ",
    "morning after the run, ",
    "strength session, ",
    "clearance ",
    "change ",
    "move ",
)


def _details(entry: Entry) -> str:
    words = str(entry)
    return next((words.removeprefix(each) for each in _BEGINNINGS if words.startswith(each)), words)


def _what(entry: Entry) -> str:
    if isinstance(entry, Activity):
        return "recorded run"
    return f"{entry.kind} run" if isinstance(entry, RunReport) else entry.type


def _row(entry: Entry) -> LogRow:
    skipped = isinstance(entry, StrengthReport) and entry.skipped
    return {
        "day": to_stdlib_date(entry.day),
        "recorded_on": to_stdlib_date(entry.recorded_on),
        "retracted_on": to_stdlib_date(entry.retracted_on) if entry.retracted_on else None,
        "entry": _what(entry),
        "minutes": getattr(entry, "minutes", None),
        "pain": None if skipped else getattr(entry, "pain", None),
        "pain_from": getattr(entry, "pain_from", None),
        "pain_next_morning": getattr(entry, "pain_next_morning", None),
        "fatigue": getattr(entry, "fatigue", None),
        "red_flags": ", ".join(flag.value for flag in getattr(entry, "red_flags", ())),
        "by": getattr(entry, "by", ""),
        "baseline_min": getattr(entry, "baseline_min", None),
        "note": getattr(entry, "note", ""),
        "details": str(entry),
        "skipped": skipped,
        "exercises_done": "; ".join(getattr(entry, "lifts", ())),
    }
