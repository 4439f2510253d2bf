"""The request: the baseline, the target, the start and the days of sessions."""

from collections.abc import Iterable
from itertools import pairwise
from types import NoneType
from typing import Literal
from uuid import UUID, uuid5

from attrs import field, frozen

from runplan._base.dates import (
    Date,
    Time,
    WeekDay,
    iso,
    long_day,
    to_day,
    to_optional_day,
    to_time,
    to_weekday,
    to_zone,
)
from runplan._base.tables import Table, facts
from runplan._base.text import count, one_line
from runplan._base.validators import each_is_a, is_a, one_of, to_tuple, whole
from runplan.errors import InvalidValue
from runplan.model.away import Away
from runplan.model.entries import LONGEST_MIN, SHORTEST_MIN
from runplan.model.exercises import NOTHING
from runplan.planning.ramp import Ramp
from runplan.planning.strength_work import DAYS_AFTER, Strength
from runplan.policy.policy import Policy
from runplan.policy.presets import FIVE_MINUTES

# Changing this would give every runner's calendar new identities.
_IDS = UUID("5b1d3c52-6d5e-5c4a-9a53-7c0f2f6b8e11")

_DAY_MIN = 24 * 60
_WEEK_MIN = 7 * _DAY_MIN


@frozen
class Slot:
    """
    A weekday and a time of day.

    Attributes:
        day: The weekday, by name, short name or pendulum's WeekDay.
        at: The local time, to the minute.

    Raises:
        InvalidType: If a value has the wrong type.
        InvalidValue: If there is no such time.
        UnknownName: If there is no such weekday.

    >>> Slot("sun", "9:00")
    Slot(day='sunday', at='09:00')
    """

    day: WeekDay = field(converter=to_weekday, repr=lambda day: repr(day.name.lower()))
    at: Time = field(converter=to_time, repr=iso)


def _rebuild_name(value: str) -> str:
    return one_line(value, what="name", longest=200)


def _away(ranges: Iterable[Away]) -> tuple[Away, ...]:
    return to_tuple(ranges)


def _apart(_: object, __: object, ranges: tuple[Away, ...]) -> None:
    # One without an end may hold others, which count once it has ended.
    endless = [each for each in ranges if each.last is None]
    ordered = sorted(ranges, key=lambda each: (each.first, each.last is None))
    for one, other in (*pairwise(ordered), *pairwise(endless)):
        if other.last is None if one.last is None else other.first <= one.last:
            given = f"{one} and {other}"
            raise InvalidValue("away ranges must not overlap", given, "join them into one")


def _identity(value: str | UUID | None) -> str:
    if value is None:
        return ""
    return one_line(str(value) if isinstance(value, UUID) else value, what="id", longest=200)


@frozen(kw_only=True)
class Rebuild:
    """
    The request: the long run to rebuild, the start, and the days of sessions.

    Attributes:
        baseline_min: The long run that brings neither pain nor fatigue. [min]
        target_min: The long run to get back to. [min]
        start: The first day of the plan's first week.
        timezone: The IANA time zone of all its times.
        name: The plan's name.
        long_run: Weekday and time of the long run.
        strength: The strength work, or None for none.
        first_month: "hold" keeps the long run at its baseline in the first four weeks,
            "extend" extends it from the start. Without strength nothing is held.
        policy: The table of rules that sets the long run.
        away: Days without training. Ranges do not overlap, except that one without an end may
            hold others, which count once it has ended.
        assessed_on: The day a clinician examined the back, if one did.
        keep_weeks: How many more clean long runs at the target the plan has once it is reached.
            [weeks]
        last_day: The plan's last day; None: it ends when the target is reached.
        id: The basis of its workouts' identities in calendars. None: derived from name and
            start, so that the same request gives the same calendar; attrs.evolve keeps it.
            An app that plans for several people gives each plan its own id.

    Raises:
        InvalidType: If a value has the wrong type.
        InvalidValue: If a number is out of range, the target is below the baseline, away
            ranges overlap, or a strength session overlaps the long run.
        UnknownName: If there is no such time zone or weekday.

    >>> rebuild = Rebuild(
    ...     baseline_min=40, target_min=60, start="2026-11-30", timezone="Europe/Berlin"
    ... )
    >>> rebuild.long_run
    Slot(day='sunday', at='09:00')
    """

    baseline_min: int = field(
        validator=whole(
            SHORTEST_MIN,
            LONGEST_MIN,
            "minutes",
            f"give {SHORTEST_MIN} to {LONGEST_MIN}; if less is pain-free, see a clinician and "
            "begin with run-walk",
        )
    )
    target_min: int = field(validator=whole(SHORTEST_MIN, LONGEST_MIN, "minutes"))
    start: Date = field(converter=to_day, repr=iso)
    timezone: str = field(converter=to_zone)
    name: str = field(default="Long run rebuild", converter=_rebuild_name)
    long_run: Slot = field(default=Slot("sunday", "09:00"), validator=is_a(Slot, article="a Slot"))
    strength: Strength | None = field(
        factory=Strength, validator=is_a(Strength, NoneType, article="a Strength or None")
    )
    first_month: Literal["hold", "extend"] = field(
        default="hold", validator=one_of("hold", "extend")
    )
    policy: Policy = field(
        default=FIVE_MINUTES,
        validator=is_a(Policy, article="a Policy"),
        repr=lambda policy: repr(policy.name),
    )
    away: tuple[Away, ...] = field(default=(), converter=_away, validator=[each_is_a(Away), _apart])
    assessed_on: Date | None = field(default=None, converter=to_optional_day, repr=iso)
    keep_weeks: int = field(default=0, validator=whole(0, 52, "weeks"))
    last_day: Date | None = field(default=None, converter=to_optional_day, repr=iso)
    id: str = field(default=None, converter=_identity)

    def __attrs_post_init__(self) -> None:
        if not self.id:
            # attrs' documented way to derive a default from other fields of a frozen class.
            made = uuid5(_IDS, f"{self.start.isoformat()} {self.name}")
            object.__setattr__(self, "id", str(made))
        if self.last_day is not None and self.last_day < self.start:
            must = f"last_day must not lie before the start, {self.start}"
            raise InvalidValue(must, self.last_day.isoformat(), "give a later day, or leave it out")
        if self.target_min < self.baseline_min:
            must = f"target_min must not be below baseline_min, {self.baseline_min}"
            raise InvalidValue(must, self.target_min, "raise the target or lower the baseline")
        if self.strength is None:
            return
        for day in self.strength_days:
            if _overlap(
                self.long_run, self.target_min, Slot(day, self.strength.at), self.strength.minutes
            ):
                raise InvalidValue(
                    "a strength session must not overlap the long run",
                    f"{day.name.lower()} {self.strength.at:%H:%M}",
                    "choose another day or time",
                )

    @property
    def holds_first_month(self) -> bool:
        """Whether the long run stays at its baseline in the first four weeks."""
        return self.first_month == "hold" and self.strength is not None

    @property
    def ramp(self) -> Ramp | None:
        """Weeks and strength sessions a week, phase by phase; None without strength."""
        return self.strength.ramp if self.strength else None

    @property
    def strength_days(self) -> tuple[WeekDay, ...]:
        """The weekdays on which strength sessions may fall, none without strength."""
        if self.strength is None:
            return ()
        if self.strength.days is not None:
            return self.strength.days
        return tuple(sorted(WeekDay((self.long_run.day + days) % 7) for days in DAYS_AFTER))

    def table(self) -> Table:
        """
        Return a table for display: a row per setting.

        >>> rebuild = Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC")
        >>> rebuild.table().rows[0]
        ('Long run', 'from 40 to 60 min')
        """
        strength = [("Strength", "none")] if self.strength is None else _strength_facts(self)
        away = (each.in_words(long_day) for each in self.away)
        rows = [
            ("Long run", f"from {self.baseline_min} to {self.target_min} min"),
            ("Day and time", f"{_named(self.long_run.day)} at {self.long_run.at:%H:%M}"),
            ("First day", long_day(self.start)),
            ("Time zone", self.timezone),
            *strength,
            ("Policy", self.policy.name),
            ("Away", "; ".join(away)),
            ("Assessed", long_day(self.assessed_on) if self.assessed_on else "not on record"),
        ]
        return facts(self.name, rows, caption="The request")

    def _repr_html_(self) -> str:
        return self.table().to_html()


def _strength_facts(rebuild: Rebuild) -> list[tuple[str, str]]:
    work = rebuild.strength or Strength()
    held = "stays at its baseline" if rebuild.holds_first_month else "grows from the start"
    return [
        ("Strength", f"{work.minutes} min at {work.at:%H:%M}"),
        ("Equipment", "" if work.equipment is None else ", ".join(work.equipment) or NOTHING),
        ("Strength days", ", ".join(map(_named, rebuild.strength_days))),
        ("Sessions a week", ", then ".join(map(_phase, work.ramp))),
        ("Exercises", "; ".join(each.name for each in work.chosen)),
        ("Exercises a session", str(work.per_session or "")),
        ("First month", f"the long run {held}"),
    ]


def _phase(phase: tuple[int | None, int]) -> str:
    weeks, sessions = phase
    return f"{sessions} for {count(weeks, 'week')}" if weeks else str(sessions)


def _named(day: WeekDay) -> str:
    return day.name.capitalize()


def _overlap(one: Slot, one_min: int, other: Slot, other_min: int) -> bool:
    apart = (_minute_of_week(other) - _minute_of_week(one)) % _WEEK_MIN
    return apart < one_min or _WEEK_MIN - apart < other_min


def _minute_of_week(slot: Slot) -> int:
    return slot.day * _DAY_MIN + slot.at.hour * 60 + slot.at.minute
