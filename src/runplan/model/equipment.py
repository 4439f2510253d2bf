"""Equipment: what there is to lift, and which exercises it allows."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from runplan._base.text import one_line
from runplan.errors import InvalidType, UnknownName, did_you_mean
from runplan.model.exercises import NOTHING, Exercise

_ONE, _TWO = "one dumbbell", "two dumbbells"

# What the exercises of the method need.
EQUIPMENT = (_ONE, _TWO, "one kettlebell")


def to_equipment(names: Iterable[str] | None) -> tuple[str, ...] | None:
    """
    Return names of equipment in order, each once and without "nothing"; None stays None.

    Raises:
        InvalidType: If they are not a list of texts.
        InvalidValue: If a text is empty or too long.

    >>> to_equipment(["two dumbbells", "nothing"])
    ('two dumbbells',)
    """
    if names is None:
        return None
    if isinstance(names, str) or not isinstance(names, Iterable):
        must = "equipment must be a list of names"
        raise InvalidType(must, names, f'write it like ["{_TWO}"], or [] for nothing')
    found = {one_line(each, what="equipment", longest=300) for each in names}
    return tuple(sorted(found - {NOTHING}))


def check_equipment(equipment: Iterable[str] | None, exercises: Iterable[Exercise]) -> None:
    """
    Check that each name is equipment that an exercise can need.

    Raises:
        UnknownName: If it is not; the error suggests the closest name.
    """
    own = (each.needs for exercise in exercises for each in _with_variations(exercise))
    known = sorted({*EQUIPMENT, *own, NOTHING})
    for name in equipment or ():
        if name not in known:
            do = did_you_mean(name, known, otherwise="leave it out: no exercise needs it")
            raise UnknownName(f"equipment must be among {', '.join(known)}", name, do)


def allowed(exercises: Sequence[Exercise], equipment: Collection[str] | None) -> list[Exercise]:
    """
    Return the exercises that equipment allows, with variations in place of the others.

    An exercise that has no such variation is left out.

    Args:
        exercises: The exercises, in order.
        equipment: What there is; None for everything.

    Source:
        docs/reference/sources.md#equipment

    >>> from runplan import EXERCISES
    >>> [each.name for each in allowed(EXERCISES, ["two dumbbells"])][-2:]
    ['Push-up with protraction', 'Single-leg hip hinge']
    """
    if equipment is None:
        return list(exercises)
    enough = {NOTHING, *equipment, *([_ONE] if _TWO in equipment else [])}
    found = (
        next((each for each in _with_variations(exercise) if each.needs in enough), None)
        for exercise in exercises
    )
    # Two exercises may share a variation.
    return list(dict.fromkeys(each for each in found if each))


def _with_variations(exercise: Exercise | None) -> Iterator[Exercise]:
    while exercise:
        yield exercise
        exercise = exercise.instead
