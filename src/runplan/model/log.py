"""What happened: the reports of runs, mornings and strength, the clearances, and their log."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Literal, TypedDict, cast

from attrs import evolve, field, frozen

from runplan._base.dates import Date, DayLike, dated_day, iso, to_day, to_stdlib_date
from runplan._base.tables import Column, Table
from runplan._base.text import one_line
from runplan._base.validators import Validator, one_of, whole
from runplan.errors import InvalidType, InvalidValue
from runplan.model.red_flags import RedFlag, to_red_flags

# A long run that is planned with at all. [min]
SHORTEST_MIN, LONGEST_MIN = 10, 360

# A report of more is a slip of the finger. [min]
_LONGEST_REPORT_MIN = 600


def _note(value: str) -> str:
    return one_line(value, what="note", longest=1000, may_be_empty=True)


def _by(value: str) -> str:
    return one_line(value, what="by", longest=200)


def _recorded_on(value: DayLike | None) -> Date:
    # None stands for the entry's own day, which is known only when all of it is.
    return cast("Date", None) if value is None else to_day(value)


def _or_none(check: Validator) -> Validator:
    def check_if_given(instance: object, attribute: object, value: object) -> None:
        if value is not None:
            check(instance, attribute, value)  # type: ignore[arg-type]  # attrs calls it so

    return check_if_given


_scale = whole(0, 10, "points on the scale")


# Only its fields and its check are wanted, as with the sessions of a plan.
@frozen(kw_only=True, init=False, repr=False, eq=False)
class _Entry:
    day: Date = field(converter=to_day, repr=iso)
    recorded_on: Date = field(default=None, converter=_recorded_on, repr=iso)

    def __attrs_post_init__(self) -> None:
        if self.recorded_on is None:
            # The way that attrs names for a default of another field in a frozen class.
            object.__setattr__(self, "recorded_on", self.day)
        if self.recorded_on < self.day:
            must = f"an entry must not be about a day after it was recorded, {self.recorded_on}"
            raise InvalidValue(must, self.day.isoformat(), "log it when it has happened")


@frozen(kw_only=True)
class RunReport(_Entry):
    """
    How one run went.

    The dull soreness of muscles that worked in the last three days is not pain.

    Attributes:
        day: The day of the run.
        recorded_on: The day it was reported; by default the day of the run.
        minutes: How long it was. [min, 1-600]
        pain: The worst pain in the upper back: 0 none, 10 the worst imaginable. [0-10]
        pain_from: The minute in which the pain began; None if that is not known. [min]
        pain_next_morning: The pain on the next morning; None if not known yet. [0-10]
        fatigue: How tired the upper back and the posture were. [0-10]
        red_flags: Signs that belong in front of a clinician, by name.
        kind: "long" for the long run of the week, "other" for any other run.
        note: Anything else.
        worst_pain: The worst pain in the run and on the next morning; worked out. [0-10]

    Raises:
        InvalidType: If a value has the wrong type.
        InvalidValue: If a number is off its scale, pain_from is beyond the run or given
            without pain, or the run lies after the day it was recorded.
        UnknownName: If there is no such red flag or kind.

    Source:
        docs/reference/sources.md#pain-scale

    >>> RunReport(day="2027-01-03", minutes=45, pain=4, pain_from=38).recorded_on.isoformat()
    '2027-01-03'
    """

    minutes: int = field(validator=whole(1, _LONGEST_REPORT_MIN, "minutes"))
    pain: int = field(default=0, validator=_scale)
    pain_from: int | None = field(
        default=None, validator=_or_none(whole(0, _LONGEST_REPORT_MIN, "minutes"))
    )
    pain_next_morning: int | None = field(default=None, validator=_or_none(_scale))
    fatigue: int = field(default=0, validator=_scale)
    red_flags: tuple[RedFlag, ...] = field(default=(), converter=to_red_flags)
    kind: Literal["long", "other"] = field(default="long", validator=one_of("long", "other"))
    note: str = field(default="", converter=_note)
    # Asked for all the time, so worked out once.
    worst_pain: int = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        _Entry.__attrs_post_init__(self)
        object.__setattr__(self, "worst_pain", max(self.pain, self.pain_next_morning or 0))
        if self.pain_from is None:
            return
        if not self.pain:
            must = "pain_from must be given only with pain"
            raise InvalidValue(must, self.pain_from, "give the pain as well, or leave it out")
        if self.pain_from > self.minutes:
            must = f"pain_from must not be beyond the run, {self.minutes} minutes"
            raise InvalidValue(must, self.pain_from, "give the minute of the run in which it began")

    def __str__(self) -> str:
        kind = "long run" if self.kind == "long" else "run"
        began = f" from minute {self.pain_from}" if self.pain_from is not None else ""
        return _sentence(
            f"{kind} of {self.minutes} min",
            f"{_pain(self.pain)}{began}",
            _next_morning(self.pain_next_morning),
            f"fatigue {self.fatigue} of 10" if self.fatigue else "",
            *(flag.words for flag in self.red_flags),
            self.note,
        )


@frozen(kw_only=True)
class MorningReport(_Entry):
    """
    How the upper back felt on the morning after a run. It completes the report of that run.

    Attributes:
        day: The day of the run.
        recorded_on: The day it was reported; by default the day of the run.
        pain: The pain that morning. [0-10]
        red_flags: Signs that belong in front of a clinician, by name.
        note: Anything else.

    Raises:
        InvalidType: If a value has the wrong type.
        InvalidValue: If the pain is off its scale or the day lies after recorded_on.
        UnknownName: If there is no such red flag.

    >>> MorningReport(day="2027-01-10", pain=0, recorded_on="2027-01-11").pain
    0
    """

    pain: int = field(validator=_scale)
    red_flags: tuple[RedFlag, ...] = field(default=(), converter=to_red_flags)
    note: str = field(default="", converter=_note)

    def __str__(self) -> str:
        flags = (flag.words for flag in self.red_flags)
        return _sentence(f"morning after the run, {_pain(self.pain)}", *flags, self.note)


@frozen(kw_only=True)
class StrengthReport(_Entry):
    """
    How one strength session went.

    Attributes:
        day: The day of the session.
        recorded_on: The day it was reported; by default the day of the session.
        pain: The worst pain in the upper back. [0-10]
        pain_next_morning: The pain on the next morning; None if not known yet. [0-10]
        red_flags: Signs that belong in front of a clinician, by name.
        note: Anything else.

    Raises:
        InvalidType: If a value has the wrong type.
        InvalidValue: If a number is off its scale or the day lies after recorded_on.
        UnknownName: If there is no such red flag.

    >>> StrengthReport(day="2027-01-06", pain=2).pain
    2
    """

    pain: int = field(default=0, validator=_scale)
    pain_next_morning: int | None = field(default=None, validator=_or_none(_scale))
    red_flags: tuple[RedFlag, ...] = field(default=(), converter=to_red_flags)
    note: str = field(default="", converter=_note)

    def __str__(self) -> str:
        return _sentence(
            "strength session",
            _pain(self.pain),
            _next_morning(self.pain_next_morning),
            *(flag.words for flag in self.red_flags),
            self.note,
        )


@frozen(kw_only=True)
class Clearance(_Entry):
    """
    A clinician's or coach's word that running may go on. It ends a pause.

    Attributes:
        day: The day it was given.
        recorded_on: The day it was logged; by default the day it was given.
        by: Who gave it: "physiotherapist", a name.
        baseline_min: The long run to go on with; None: what the plan worked out. [min, 10-360]
        note: Anything else.

    Raises:
        InvalidType: If a value has the wrong type.
        InvalidValue: If the baseline is out of range, by is empty, or the day lies after
            recorded_on.

    >>> Clearance(day="2027-01-20", by="physiotherapist", baseline_min=35).baseline_min
    35
    """

    by: str = field(converter=_by)
    baseline_min: int | None = field(
        default=None, validator=_or_none(whole(SHORTEST_MIN, LONGEST_MIN, "minutes"))
    )
    note: str = field(default="", converter=_note)

    def __str__(self) -> str:
        baseline = f"new baseline {self.baseline_min} min" if self.baseline_min else ""
        return _sentence(f"clearance by {self.by}", baseline, self.note)


Entry = RunReport | MorningReport | StrengthReport | Clearance
KINDS = (RunReport, MorningReport, StrengthReport, Clearance)


def _sentence(*parts: str) -> str:
    return ", ".join(filter(None, parts))


def _pain(pain: int) -> str:
    return f"pain {pain} of 10" if pain else "no pain"


def _next_morning(pain: int | None) -> str:
    return "" if pain is None else f"{_pain(pain)} the next morning"


def completed(run: RunReport, mornings: Iterable[MorningReport]) -> RunReport:
    """
    Return the report of a run with what is known of its next morning: the worst of it.

    >>> run = RunReport(day="2027-01-10", minutes=35)
    >>> completed(run, [MorningReport(day="2027-01-10", pain=2)]).pain_next_morning
    2
    """
    told = list(mornings)
    if not told:
        return run
    return evolve(
        run,
        pain_next_morning=max([run.pain_next_morning or 0, *(each.pain for each in told)]),
        red_flags=[*run.red_flags, *(flag for each in told for flag in each.red_flags)],
    )


class LogRow(TypedDict):
    """
    One entry, flat, as Log.rows() lists it. What an entry does not have is None, or an empty text.

    Attributes:
        day: The day it is about.
        recorded_on: The day it was recorded.
        entry: "long run", "other run", "morning", "strength" or "clearance".
        minutes: How long a run was. [min]
        pain: The worst pain. [0-10]
        pain_from: The minute in which it began. [min]
        pain_next_morning: The pain on the next morning. [0-10]
        fatigue: How tired upper back and posture were. [0-10]
        red_flags: Their names, with commas.
        by: Who gave a clearance.
        baseline_min: The new baseline of a clearance. [min]
        note: Anything else.
    """

    day: dt.date
    recorded_on: dt.date
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


def _place(entry: Entry) -> tuple[int, int, int, str]:
    """Return what puts entries in one order, whichever order they were given in."""
    kind = KINDS.index(type(entry))
    return entry.day.toordinal(), kind, entry.recorded_on.toordinal(), repr(entry)


def _in_order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    must = "a log must hold reports and clearances"
    if isinstance(entries, (*KINDS, str)) or not isinstance(entries, Iterable):
        raise InvalidType(must, entries, "give a list of them")
    found = set()
    for entry in entries:
        if not isinstance(entry, KINDS):
            raise InvalidType(must, entry, f"give {', '.join(kind.__name__ for kind in KINDS)}")
        found.add(entry)
    return tuple(sorted(found, key=_place))


@frozen
class Log:
    """
    Everything that was reported, in the order of days. Order and duplicates do not matter.

    Attributes:
        entries: The reports and clearances.

    Raises:
        InvalidType: If something else is in it.

    >>> log = Log([RunReport(day="2026-12-06", minutes=40, pain_next_morning=0)])
    >>> log.add(StrengthReport(day="2026-12-02")).entries[0]
    StrengthReport(day='2026-12-02', recorded_on='2026-12-02', pain=0, pain_next_morning=None, \
red_flags=(), note='')
    """

    entries: tuple[Entry, ...] = field(default=(), converter=_in_order)

    def add(self, *entries: Entry) -> "Log":
        """Return a new log that holds these as well."""
        return Log((*self.entries, *entries))

    def rows(self) -> list[LogRow]:
        """
        Return one flat dict an entry, in the order of days, ready for a data frame.

        >>> Log([RunReport(day="2026-12-06", minutes=40)]).rows()[0]["minutes"]
        40
        """
        return [_row(entry) for entry in self.entries]

    def table(self) -> Table:
        """
        Return what it shows of itself: a row an entry, in the order of days.

        >>> Log([RunReport(day="2026-12-06", minutes=40, pain=2)]).table().rows
        (('Sun 6 Dec 2026', 'long run', '40 min, pain 2 of 10', 'Sun 6 Dec 2026'),)
        """
        held = f"{len(self)} logged" if self else "Nothing is logged yet"
        columns = map(Column, ("Day", "What", "How it went", "Recorded on"))
        rows = (
            (dated_day(each.day), _row(each)["entry"], _how(each), dated_day(each.recorded_on))
            for each in self
        )
        return Table("Log", columns, rows, lines=[f"{held}."], caption="Day by day")

    def _repr_html_(self) -> str:
        return self.table().to_html()

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)


_NAMES = {MorningReport: "morning", StrengthReport: "strength", Clearance: "clearance"}


# How the sentence about an entry begins, where a column of its own says what it is.
_BEGINS = ("long run of ", "run of ", "morning after the run, ", "strength session, ", "clearance ")


def _how(entry: Entry) -> str:
    said = str(entry)
    return next(said.removeprefix(each) for each in _BEGINS if said.startswith(each))


def _row(entry: Entry) -> LogRow:
    return {
        "day": to_stdlib_date(entry.day),
        "recorded_on": to_stdlib_date(entry.recorded_on),
        "entry": f"{entry.kind} run" if isinstance(entry, RunReport) else _NAMES[type(entry)],
        "minutes": getattr(entry, "minutes", None),
        "pain": getattr(entry, "pain", None),
        "pain_from": getattr(entry, "pain_from", None),
        "pain_next_morning": getattr(entry, "pain_next_morning", None),
        "fatigue": getattr(entry, "fatigue", None),
        "red_flags": ", ".join(flag.value for flag in getattr(entry, "red_flags", ())),
        "by": getattr(entry, "by", ""),
        "baseline_min": getattr(entry, "baseline_min", None),
        "note": entry.note,
    }
