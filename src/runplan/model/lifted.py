"""What was done in a strength session: which exercises, and how many repetitions."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from attrs import Attribute

from runplan._base.text import one_line
from runplan._base.validators import whole
from runplan.errors import InvalidType, InvalidValue

# Exercises, each with the repetitions of its sets.
Reps = tuple[tuple[str, tuple[int, ...]], ...]

# Forms in which they may be given.
_Sets = int | Sequence[int]
RepsLike = Mapping[str, _Sets] | Iterable[tuple[str, _Sets]]

_PAIR = 2

_number = whole(1, 1000, "repetitions")

_MUST = "reps must be exercises with the repetitions of each set"
_REMEDY = 'write it like {"Renegade row": [8, 8]}'


def to_names(names: Iterable[str]) -> tuple[str, ...]:
    """
    Return names of exercises, each once.

    Raises:
        InvalidType: If they are not a list of texts.
        InvalidValue: If a name is empty or too long.

    >>> to_names(["Renegade row", "Renegade row"])
    ('Renegade row',)
    """
    if isinstance(names, str) or not isinstance(names, Iterable):
        raise InvalidType("exercises must be a list of names", names, "put it in a list")
    return tuple(dict.fromkeys(map(_name, names)))


def to_reps(reps: RepsLike) -> Reps:
    """
    Return the repetitions of each set, by exercise.

    Args:
        reps: A mapping from names to repetitions, or pairs of them: one number for one set, or a
            list with a number for each set.

    Raises:
        InvalidType: If it is neither.
        InvalidValue: If a name is empty, too long or given twice, or an exercise has no set.

    >>> to_reps({"Renegade row": [8, 7], "Push-up": 10})
    (('Renegade row', (8, 7)), ('Push-up', (10,)))
    """
    found = tuple((_name(name), _sets(sets)) for name, sets in _pairs(reps))
    if len(dict(found)) < len(found):
        raise InvalidValue("reps must name each exercise once", reps, "join its sets")
    return found


def check_reps(instance: object, attribute: "Attribute[Any]", reps: Reps) -> None:
    """Check the repetitions of each set."""
    for _, sets in reps:
        for each in sets:
            _number(instance, attribute, each)


def _name(name: str) -> str:
    return one_line(name, what="an exercise's name", longest=80)


def _pairs(reps: object) -> Iterator[tuple[Any, Any]]:
    pairs = reps.items() if isinstance(reps, Mapping) else reps
    if not isinstance(pairs, Iterable):
        raise InvalidType(_MUST, reps, _REMEDY)
    for pair in pairs:
        if not isinstance(pair, list | tuple) or len(pair) != _PAIR:
            raise InvalidType(_MUST, reps, _REMEDY)
        yield pair[0], pair[1]


def _sets(sets: object) -> tuple[int, ...]:
    if isinstance(sets, int):
        return (sets,)
    if not isinstance(sets, list | tuple):
        raise InvalidType(_MUST, sets, _REMEDY)
    if not sets:
        raise InvalidValue(_MUST, "no set", "leave the exercise out")
    return tuple(sets)
