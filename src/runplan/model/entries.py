"""What happened: reports of runs, mornings and strength sessions, and clearances."""

from collections.abc import Sequence
from typing import Any, ClassVar, Literal, cast

from attrs import evolve, field, frozen

from runplan._base.dates import Date, DayLike, iso, to_day, to_optional_day
from runplan._base.text import one_line
from runplan._base.validators import is_a, one_of, or_none, whole
from runplan.errors import InvalidValue
from runplan.model.lifted import Reps, check_reps, to_names, to_reps
from runplan.model.red_flags import RedFlag, to_red_flags

# The range of long runs that can be planned. [min]
SHORTEST_MIN, LONGEST_MIN = 10, 360

# The least share of the planned minutes that counts as done. [%]
DONE_PCT = 90

# Anything longer is a typing error. [min]
_LONGEST_REPORT_MIN = 600

_scale = whole(0, 10, "points on the scale")


def note(value: str) -> str:
    """Return a note on one line; it may be empty."""
    return one_line(value, what="note", longest=1000, may_be_empty=True)


def _by(value: str) -> str:
    return one_line(value, what="by", longest=200)


def _recorded_on(value: DayLike | None) -> Date:
    # None stands for the entry's own day, which is known only once all fields are set.
    return cast("Date", to_optional_day(value))


# Subclasses generate their own methods; generating them here too would slow down the import.
@frozen(kw_only=True, repr=False, eq=False)
class Entry:
    """
    An entry in a log: its day, when it was recorded and, if so, when it was withdrawn.

    It is known from the day it was recorded until the day it was withdrawn. This is the base of
    RunReport, Activity, MorningReport, StrengthReport, Clearance, Change and Move.

    Attributes:
        type: The kind of entry, in records and in log.jsonl.
        may_lie_ahead: Whether it may be recorded before its day.
        day: The day it is about.
        recorded_on: The day it was recorded; by default its day.
        retracted_on: The day it was withdrawn; None if it stands.

    Source:
        docs/explanation/rules.md

    >>> issubclass(RunReport, Entry)
    True
    """

    type: ClassVar[str]
    may_lie_ahead: ClassVar[bool] = False

    day: Date = field(converter=to_day, repr=iso)
    recorded_on: Date = field(default=None, converter=_recorded_on, repr=iso)
    retracted_on: Date | None = field(default=None, converter=to_optional_day, repr=iso)

    def __attrs_post_init__(self) -> None:
        if self.recorded_on is None:
            # attrs' documented way to default one field of a frozen class to another.
            object.__setattr__(self, "recorded_on", self._first_known())
        if self.recorded_on < self.day and not self.may_lie_ahead:
            must = f"an entry must not be about a day after it was recorded, {self.recorded_on}"
            raise InvalidValue(must, self.day.isoformat(), "log it when it has happened")
        if self.retracted_on is not None and self.retracted_on < self.recorded_on:
            must = f"an entry must not be withdrawn before it was recorded, {self.recorded_on}"
            remedy = "give the day it was withdrawn"
            raise InvalidValue(must, self.retracted_on.isoformat(), remedy)

    def _first_known(self) -> Date:
        return self.day

    def is_known(self, by: int) -> bool:
        """Return whether it is known on a day, given as date.toordinal() counts."""
        withdrawn = self.retracted_on is not None and self.retracted_on.toordinal() <= by
        return self.recorded_on.toordinal() <= by and not withdrawn


@frozen(kw_only=True)
class RunReport(Entry):
    """
    How one run went.

    Dull soreness in muscles used in the last three days does not count as pain.

    Attributes:
        day: The day of the run.
        recorded_on: The day it was reported; by default the day of the run.
        retracted_on: The day the report was withdrawn; None if it stands.
        minutes: How long it was, in moving time: pauses do not count. [min, 1-600]
        pain: The worst pain in the upper back: 0 none, 10 the worst imaginable. [0-10]
        pain_from: The minute in which the pain began, counted the same way; None if not known.
            [min]
        pain_next_morning: The pain on the next morning; None if not known yet. [0-10]
        fatigue: How tired the upper back was and how hard it was to hold posture. [0-10]
        red_flags: Signs that need a clinician, by name.
        kind: "long" for the long run of the week, "other" for any other run.
        note: Anything else.
        worst_pain: The worst pain in the run or on the next morning; derived. [0-10]

    Raises:
        InvalidType: If a value has the wrong type.
        InvalidValue: If a number is off its scale, pain_from is beyond the end of the run or
            given without pain, or the run is after the day it was recorded.
        UnknownName: If there is no such red flag or kind.

    Source:
        docs/reference/sources.md#pain-scale

    >>> RunReport(day="2027-01-03", minutes=45, pain=4, pain_from=38).recorded_on.isoformat()
    '2027-01-03'
    """

    type: ClassVar[str] = "run"

    minutes: int = field(validator=whole(1, _LONGEST_REPORT_MIN, "minutes"))
    pain: int = field(default=0, validator=_scale)
    pain_from: int | None = field(
        default=None, validator=or_none(whole(0, _LONGEST_REPORT_MIN, "minutes"))
    )
    pain_next_morning: int | None = field(default=None, validator=or_none(_scale))
    fatigue: int = field(default=0, validator=_scale)
    red_flags: tuple[RedFlag, ...] = field(default=(), converter=to_red_flags)
    kind: Literal["long", "other"] = field(default="long", validator=one_of("long", "other"))
    note: str = field(default="", converter=note)

    def __attrs_post_init__(self) -> None:
        Entry.__attrs_post_init__(self)
        if self.pain_from is None:
            return
        if not self.pain:
            must = "pain_from must be given only with pain"
            raise InvalidValue(must, self.pain_from, "give the pain as well, or leave it out")
        if self.pain_from > self.minutes:
            must = f"pain_from must not be beyond the end of the run, {self.minutes} minutes"
            raise InvalidValue(must, self.pain_from, "give the minute of the run in which it began")

    @property
    def worst_pain(self) -> int:
        """The worst pain in the run or on the next morning. [0-10]"""
        return max(self.pain, self.pain_next_morning or 0)

    def __str__(self) -> str:
        kind = "long run" if self.kind == "long" else "run"
        began = f" from minute {self.pain_from}" if self.pain_from is not None else ""
        return _joined(
            f"{kind} of {self.minutes} min",
            f"{_pain(self.pain)}{began}",
            _next_morning(self.pain_next_morning),
            f"fatigue {self.fatigue} of 10" if self.fatigue else "",
            *(flag.words for flag in self.red_flags),
            self.note,
        )


@frozen(kw_only=True)
class MorningReport(Entry):
    """
    How the upper back felt on the morning after a run.

    It completes the report of that run.

    Attributes:
        day: The day of the run.
        recorded_on: The day it was reported; by default the day of the run.
        retracted_on: The day the report was withdrawn; None if it stands.
        pain: The pain that morning. [0-10]
        red_flags: Signs that need a clinician, by name.
        note: Anything else.

    Raises:
        InvalidType: If a value has the wrong type.
        InvalidValue: If the pain is off its scale or the day is after recorded_on.
        UnknownName: If there is no such red flag.

    >>> MorningReport(day="2027-01-10", pain=0, recorded_on="2027-01-11").pain
    0
    """

    type: ClassVar[str] = "morning"

    pain: int = field(validator=_scale)
    red_flags: tuple[RedFlag, ...] = field(default=(), converter=to_red_flags)
    note: str = field(default="", converter=note)

    def __str__(self) -> str:
        flags = (flag.words for flag in self.red_flags)
        return _joined(f"morning after the run, {_pain(self.pain)}", *flags, self.note)


@frozen(kw_only=True)
class StrengthReport(Entry):
    """
    How one strength session went.

    Attributes:
        day: The day of the session.
        recorded_on: The day it was reported; by default the day of the session.
        retracted_on: The day the report was withdrawn; None if it stands.
        pain: The worst pain in the upper back. [0-10]
        pain_next_morning: The pain on the next morning; None if not known yet. [0-10]
        red_flags: Signs that need a clinician, by name.
        skipped: Whether it was left out on purpose. That changes nothing about the plan.
        exercises: The exercises that were done, by name, those in reps included; empty if it
            does not say.
        reps: The repetitions of each set, as pairs of an exercise's name and its sets. A mapping
            is turned into pairs, and one number is one set.
        note: Anything else.
        worst_pain: The worst pain in the session or on the next morning; derived. [0-10]

    Raises:
        InvalidType: If a value has the wrong type.
        InvalidValue: If a number is off its scale, the day is after recorded_on, or a skipped
            session has pain or exercises.
        UnknownName: If there is no such red flag.

    >>> StrengthReport(day="2027-01-06", pain=2).pain
    2
    >>> StrengthReport(day="2027-01-06", reps={"Renegade row": [8, 7]}).exercises
    ('Renegade row',)
    """

    type: ClassVar[str] = "strength"

    pain: int = field(default=0, validator=_scale)
    pain_next_morning: int | None = field(default=None, validator=or_none(_scale))
    red_flags: tuple[RedFlag, ...] = field(default=(), converter=to_red_flags)
    skipped: bool = field(default=False, validator=is_a(bool, article="true or false"))
    exercises: tuple[str, ...] = field(default=(), converter=to_names)
    reps: Reps = field(default=(), converter=to_reps, validator=check_reps)
    note: str = field(default="", converter=note)

    def __attrs_post_init__(self) -> None:
        Entry.__attrs_post_init__(self)
        done = to_names([*self.exercises, *(name for name, _ in self.reps)])
        # attrs' documented way to derive one field of a frozen class from another.
        object.__setattr__(self, "exercises", done)
        if self.skipped and (self.pain or self.pain_next_morning is not None):
            must = "a skipped session must come without pain"
            remedy = "report the pain with the session or the run that brought it"
            raise InvalidValue(must, self.worst_pain, remedy)
        if self.skipped and done:
            must = "a skipped session must come without exercises"
            raise InvalidValue(must, ", ".join(done), "report the session as done")

    @property
    def worst_pain(self) -> int:
        """The worst pain in the session or on the next morning. [0-10]"""
        return max(self.pain, self.pain_next_morning or 0)

    @property
    def lifts(self) -> tuple[str, ...]:
        """The exercises that were done, with the repetitions of each set, in words."""
        reps = dict(self.reps)
        return tuple(
            f"{name} {' + '.join(map(str, reps[name]))} reps" if name in reps else name
            for name in self.exercises
        )

    def __str__(self) -> str:
        return _joined(
            "strength session",
            "skipped" if self.skipped else _pain(self.pain),
            _next_morning(self.pain_next_morning),
            *self.lifts,
            *(flag.words for flag in self.red_flags),
            self.note,
        )


@frozen(kw_only=True)
class Clearance(Entry):
    """
    A clinician's or coach's decision that running may resume, which ends a pause.

    Attributes:
        day: The day it was given.
        recorded_on: The day it was logged; by default the day it was given.
        retracted_on: The day it was withdrawn; None if it stands.
        by: Who gave it: "physiotherapist", or a name.
        baseline_min: The long run to resume with; None: the plan works it out. [min, 10-360]
        note: Anything else.

    Raises:
        InvalidType: If a value has the wrong type.
        InvalidValue: If the baseline is out of range, by is empty, or the day is after
            recorded_on.

    >>> Clearance(day="2027-01-20", by="physiotherapist", baseline_min=35).baseline_min
    35
    """

    type: ClassVar[str] = "clearance"

    by: str = field(converter=_by)
    baseline_min: int | None = field(
        default=None, validator=or_none(whole(SHORTEST_MIN, LONGEST_MIN, "minutes"))
    )
    note: str = field(default="", converter=note)

    def __str__(self) -> str:
        baseline = f"new baseline {self.baseline_min} min" if self.baseline_min else ""
        return _joined(f"clearance by {self.by}", baseline, self.note)


def read_together(
    runs: Sequence[RunReport], mornings: Sequence[MorningReport] = ()
) -> dict[str, Any]:
    """
    Return the cautious combination of several reports of one run, as fields of a RunReport.

    The shortest time, the most pain, the earliest onset, the worst morning, the most fatigue and
    all red flags count.

    Args:
        runs: The reports of the run, at least one.
        mornings: The reports of the morning after it.

    >>> run = RunReport(day="2027-01-10", minutes=35)
    >>> read_together([run], [MorningReport(day="2027-01-10", pain=2)])["pain_next_morning"]
    2
    """
    if len(runs) == 1 and not mornings:
        return {name: getattr(runs[0], name) for name in _READ}
    minutes = min(each.minutes for each in runs)
    onsets = [each.pain_from for each in runs if each.pain_from is not None]
    known = [each.pain_next_morning for each in runs if each.pain_next_morning is not None]
    known += [each.pain for each in mornings]
    reports: list[RunReport | MorningReport] = [*runs, *mornings]
    return {
        "minutes": minutes,
        "pain": max(each.pain for each in runs),
        "pain_from": min(minutes, *onsets) if onsets else None,
        "pain_next_morning": max(known) if known else None,
        "fatigue": max(each.fatigue for each in runs),
        "red_flags": tuple(flag for each in reports for flag in each.red_flags),
    }


_READ = ("minutes", "pain", "pain_from", "pain_next_morning", "fatigue", "red_flags")


def merged(entries: Sequence[Entry]) -> RunReport:
    """
    Return one report of a day's long run, combined cautiously from all its reports.

    Args:
        entries: The entries about the day, with at least one long run.

    >>> short, long = (RunReport(day="2027-01-10", minutes=each) for each in (35, 53))
    >>> merged([long, short]).minutes
    35
    """
    runs = [each for each in entries if isinstance(each, RunReport) and each.kind == "long"]
    mornings = [each for each in entries if isinstance(each, MorningReport)]
    if len(runs) == 1 and not mornings:
        return runs[0]
    first = min(runs, key=lambda each: (each.recorded_on, repr(each)))
    return evolve(first, **read_together(runs, mornings))


def is_long(entry: Entry) -> bool:
    """Return whether an entry is the report of a long run."""
    return isinstance(entry, RunReport) and entry.kind == "long"


def _joined(*parts: str) -> str:
    return ", ".join(filter(None, parts))


def _pain(pain: int) -> str:
    return f"pain {pain} of 10" if pain else "no pain"


def _next_morning(pain: int | None) -> str:
    return "" if pain is None else f"{_pain(pain)} the next morning"
