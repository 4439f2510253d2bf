"""The strength work of a request: times, days, sessions a week, exercises and equipment."""

from collections.abc import Iterable
from itertools import islice
from types import NoneType

from attrs import field, frozen

from runplan._base.dates import Time, WeekDay, WeekdayLike, iso, to_time, to_weekday
from runplan._base.validators import each_is_a, or_none, to_tuple, whole
from runplan.errors import InvalidType, InvalidValue
from runplan.model.equipment import allowed, check_equipment, to_equipment
from runplan.model.exercises import EXERCISES, NOTHING, Exercise
from runplan.planning.ramp import RAMP, Ramp

# The longest phase of a ramp, and most phases. [weeks]
_MOST_WEEKS = 520

# The only three days that leave a day between sessions and avoid the long run and its eve.
DAYS_AFTER = (1, 3, 5)


def _weekdays(days: Iterable[WeekdayLike] | None) -> tuple[WeekDay, ...] | None:
    if days is None:
        return None
    if isinstance(days, str) or not isinstance(days, Iterable):
        raise InvalidType("days must be a list of weekdays", days, 'write it like ["mon", "thu"]')
    found = tuple(to_weekday(day) for day in days)
    if len(set(found)) < len(found):
        given = ", ".join(day.name.lower() for day in found)
        raise InvalidValue("days must name each weekday once", given, "leave the second one out")
    return tuple(sorted(found))


def _ramp(phases: Iterable[tuple[int | None, int]]) -> Ramp:
    must = "a ramp must be phases of weeks and sessions a week, only the last one open-ended"
    remedy = 'write it like ((2, 1), (2, 2), (None, 3)), in TOML with "then" for None'
    try:
        ramp = tuple((weeks, sessions) for weeks, sessions in islice(phases, _MOST_WEEKS + 2))
    except (TypeError, ValueError):
        raise InvalidType(must, phases, remedy) from None
    if len(ramp) > _MOST_WEEKS + 1:
        most = f"a ramp must have at most {_MOST_WEEKS} phases before the open-ended one"
        raise InvalidValue(most, "more", "join phases with the same number of sessions")
    if not ramp or ramp[-1][0] is not None or None in [weeks for weeks, _ in ramp[:-1]]:
        raise InvalidValue(must, phases, remedy)
    must = f"{must}: 1 to {_MOST_WEEKS} weeks, 0 to 7 sessions"
    for phase in ramp:
        weeks, sessions = phase
        if type(weeks) not in {int, NoneType} or type(sessions) is not int:
            raise InvalidType(must, phase, remedy)
        if weeks not in {None, *range(1, _MOST_WEEKS + 1)} or sessions not in range(8):
            raise InvalidValue(must, phase, remedy)
    return ramp


def _exercises(exercises: Iterable[Exercise]) -> tuple[Exercise, ...]:
    return to_tuple(exercises)


@frozen(kw_only=True)
class Strength:
    """
    The strength work: times, days, sessions a week and exercises.

    Attributes:
        at: The local time a session begins.
        minutes: How long it takes. [min]
        days: The weekdays to choose from. None: 1, 3 and 5 days after the long run.
        ramp: Weeks and sessions a week, phase by phase; the last phase has None weeks: no end.
        exercises: The exercises, in order.
        equipment: What there is to lift: "one dumbbell", "two dumbbells", "one kettlebell" or
            what your own exercises need; none for nothing. Exercises that need anything else
            give way to their variations, or are left out. None: everything is there.
        per_session: How many exercises a session has, 2 or 3, in rotation; None: all.

    Raises:
        InvalidType: If a value has the wrong type.
        InvalidValue: If a number is out of range, a weekday is given twice, the ramp is not
            open-ended, it has more sessions a week than there are days, or the equipment allows
            no exercise.
        UnknownName: If there is no such weekday, or no exercise needs such equipment.

    Source:
        docs/reference/sources.md#ramp, docs/reference/sources.md#equipment

    >>> Strength(days=["mon", "thu"], ramp=[(4, 1), (None, 2)]).ramp
    ((4, 1), (None, 2))
    >>> [each.name for each in Strength(equipment=["one dumbbell"]).chosen][:2]
    ['Prone arm raise', 'Lunge-position shoulder press']
    """

    at: Time = field(default=Time(18, 30), converter=to_time, repr=iso)
    minutes: int = field(default=30, validator=whole(5, 180, "minutes"))
    days: tuple[WeekDay, ...] | None = field(
        default=None,
        converter=_weekdays,
        repr=lambda days: repr(days and tuple(day.name.lower() for day in days)),
    )
    ramp: Ramp = field(default=RAMP, converter=_ramp)
    exercises: tuple[Exercise, ...] = field(
        default=EXERCISES,
        converter=_exercises,
        validator=each_is_a(Exercise, at_least=1),
        repr=lambda all_: repr(tuple(each.name for each in all_)),
    )
    equipment: tuple[str, ...] | None = field(default=None, converter=to_equipment)
    per_session: int | None = field(default=None, validator=or_none(whole(2, 3, "exercises")))

    def __attrs_post_init__(self) -> None:
        most = max(sessions for _, sessions in self.ramp)
        days = len(DAYS_AFTER) if self.days is None else len(self.days)
        if most > days:
            must = "a week must have a day for each strength session"
            raise InvalidValue(
                must, f"{most} sessions on {days} days", "name more days or lower the ramp"
            )
        check_equipment(self.equipment, self.exercises)
        if not self.chosen:
            must = "the equipment must allow at least one exercise"
            given = ", ".join(self.equipment or ()) or NOTHING
            raise InvalidValue(must, given, "name more, or give an exercise that needs nothing")

    @property
    def chosen(self) -> tuple[Exercise, ...]:
        """The exercises that the equipment allows, with variations in place of the others."""
        return tuple(allowed(self.exercises, self.equipment))

    @property
    def selection(self) -> str:
        """The equipment and the exercises a session in words; empty for all exercises."""
        with_ = "" if self.equipment is None else " and ".join(self.equipment) or NOTHING
        few = f"{self.per_session} exercises a session" if self.per_session else ""
        return ", ".join(filter(None, [with_ and f"with {with_}", few]))
