"""Changes to a request from a given day on, and moves of single sessions, as log entries."""

from collections.abc import Callable, Iterable
from enum import Enum
from typing import Any, ClassVar, Literal

from attrs import Attribute, field, fields_dict, frozen

from runplan._base.dates import (
    Date,
    DayLike,
    dated_day,
    iso,
    to_day,
    to_optional_day,
    to_zone,
)
from runplan._base.validators import to_tuple
from runplan.errors import InvalidValue
from runplan.model.away import Away
from runplan.model.entries import Entry, note
from runplan.planning.request import Rebuild, Slot
from runplan.planning.strength_work import Strength
from runplan.policy.policy import Policy


class Unchanged(Enum):
    """The value of a field that a Change does not change."""

    UNCHANGED = "unchanged"

    def __repr__(self) -> str:
        return self.value


UNCHANGED = Unchanged.UNCHANGED


def _optional_day(value: DayLike | Unchanged | None) -> Date | Unchanged | None:
    return value if isinstance(value, Unchanged) else to_optional_day(value)


def _zone(value: str | Unchanged) -> str | Unchanged:
    return value if isinstance(value, Unchanged) else to_zone(value)


def _away(value: Iterable[Away] | Unchanged) -> tuple[Away, ...] | Unchanged:
    return value if isinstance(value, Unchanged) else to_tuple(value)


def _as_in_rebuild(name: str) -> Callable[[object, "Attribute[Any]", object], None]:
    """Return a validator that checks a value, if given, with the validator of Rebuild."""
    check = fields_dict(Rebuild)[name].validator

    def checked(change: object, attribute: "Attribute[Any]", value: object) -> None:
        if value is not UNCHANGED and check is not None:
            check(change, attribute, value)

    return checked


def _shown(value: object) -> str:
    return repr(value.name) if isinstance(value, Policy) else repr(value)


def _shown_day(value: Date | Unchanged | None) -> str:
    return repr(value) if isinstance(value, Unchanged) else iso(value)


@frozen(kw_only=True)
class Change(Entry):
    """
    New values for a request from a given day on; past sessions stay as planned.

    Sessions ahead follow. A day or a time changes only where both the old and the new one still
    lie ahead, otherwise from the next plan week on. Before the first long run, a change simply
    replaces the request. Fields that are not given are unchanged.

    Attributes:
        day: The first day on which the values apply.
        recorded_on: The day it was recorded, which may be earlier; by default its day.
        retracted_on: The day it was withdrawn; None if it stands.
        baseline_min: Start again from here: the next long run is this long. [min, 10-360]
        target_min: The long run to get back to. [min, 10-360]
        long_run: Weekday and time of the long run.
        strength: The strength work, or None for none.
        first_month: "hold" or "extend".
        policy: The table of rules.
        away: All days without training, including those given before.
        timezone: The IANA time zone.
        assessed_on: The day a clinician examined the back, or None.
        keep_weeks: How many more clean long runs at the target. [weeks]
        last_day: The plan's last day, or None.
        note: Anything else.

    Raises:
        InvalidType: If a value has the wrong type.
        InvalidValue: If a value is out of range, or none is given.
        UnknownName: If there is no such weekday or time zone.

    Source:
        docs/explanation/changes.md

    >>> Change(day="2027-02-01", target_min=90).values
    {'target_min': 90}
    """

    type: ClassVar[str] = "change"
    may_lie_ahead: ClassVar[bool] = True

    baseline_min: int | Unchanged = field(
        default=UNCHANGED, validator=_as_in_rebuild("baseline_min")
    )
    target_min: int | Unchanged = field(default=UNCHANGED, validator=_as_in_rebuild("target_min"))
    long_run: Slot | Unchanged = field(default=UNCHANGED, validator=_as_in_rebuild("long_run"))
    strength: Strength | Unchanged | None = field(
        default=UNCHANGED, validator=_as_in_rebuild("strength")
    )
    first_month: Literal["hold", "extend"] | Unchanged = field(
        default=UNCHANGED, validator=_as_in_rebuild("first_month")
    )
    policy: Policy | Unchanged = field(
        default=UNCHANGED, validator=_as_in_rebuild("policy"), repr=_shown
    )
    away: tuple[Away, ...] | Unchanged = field(
        default=UNCHANGED, converter=_away, validator=_as_in_rebuild("away")
    )
    timezone: str | Unchanged = field(default=UNCHANGED, converter=_zone)
    assessed_on: Date | Unchanged | None = field(
        default=UNCHANGED, converter=_optional_day, repr=_shown_day
    )
    keep_weeks: int | Unchanged = field(default=UNCHANGED, validator=_as_in_rebuild("keep_weeks"))
    last_day: Date | Unchanged | None = field(
        default=UNCHANGED, converter=_optional_day, repr=_shown_day
    )
    note: str = field(default="", converter=note)

    def __attrs_post_init__(self) -> None:
        Entry.__attrs_post_init__(self)
        if not self.values:
            known = ", ".join(CHANGEABLE)
            raise InvalidValue("a change must give a new value", "none", f"give one of {known}")

    @property
    def values(self) -> dict[str, Any]:
        """The new values, by the names of the fields in Rebuild."""
        given = {name: getattr(self, name) for name in CHANGEABLE}
        return {name: value for name, value in given.items() if value is not UNCHANGED}

    def __str__(self) -> str:
        values = [f"{name} {_in_words(value)}" for name, value in self.values.items()]
        return f"change to {', '.join([*values, *filter(None, [self.note])])}"


# The fields that a Change may give, in order.
CHANGEABLE = tuple(
    name for name in fields_dict(Change) if name not in fields_dict(Entry) and name != "note"
)


def _in_words(value: object) -> str:
    match value:
        case None | ():
            words = "none"
        case Policy():
            words = f'"{value.name}"'
        case Slot():
            words = f"{value.day.name.lower()} {value.at:%H:%M}"
        case Strength():
            parts = [f"{value.minutes} min at {value.at:%H:%M}", value.selection]
            words = ", ".join(filter(None, parts))
        case tuple():
            words = ", ".join(map(str, value))
        case _:
            # Days are ISO 8601.
            words = str(value)
    return words


@frozen(kw_only=True)
class Move(Entry):
    """
    A move of one session to another day, nearer to its own than to those of its neighbours.

    It has an effect only if both days still lie ahead when it is recorded.

    Attributes:
        day: The day of the session, as planned.
        to: The day it moves to.
        recorded_on: The day it was recorded, which may be earlier; by default the earlier of
            the two days.
        retracted_on: The day it was withdrawn; None if it stands.
        note: Anything else.

    Raises:
        InvalidType: If a value has the wrong type.
        InvalidValue: If there is no such day, or both days are the same.

    >>> str(Move(day="2027-01-10", to="2027-01-11", recorded_on="2027-01-07"))
    'move to Mon 11 Jan 2027'
    """

    type: ClassVar[str] = "move"
    may_lie_ahead: ClassVar[bool] = True

    to: Date = field(converter=to_day, repr=iso)
    note: str = field(default="", converter=note)

    def __attrs_post_init__(self) -> None:
        Entry.__attrs_post_init__(self)
        if self.day == self.to:
            must = "a move must name two days"
            raise InvalidValue(must, self.day.isoformat(), "give the day to move to")

    def _first_known(self) -> Date:
        return min(self.day, self.to)

    def __str__(self) -> str:
        return ", ".join(filter(None, [f"move to {dated_day(self.to)}", self.note]))
