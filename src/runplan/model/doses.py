"""Doses: how much of an exercise to do."""

from collections.abc import Iterable
from typing import Any

from attrs import Attribute, field, frozen

from runplan._base.validators import Validator, is_a, whole
from runplan.errors import InvalidType, InvalidValue

# A dose's range, lowest first.
Range = tuple[int, int]


def _range(value: "int | Iterable[int]") -> Range:
    low, high = (value, value) if isinstance(value, int) else _pair(value)
    return low, high


def _pair(value: object) -> Range:
    must = "reps and RPE must be a whole number, or the lowest and the highest"
    remedy = "write it like 8 or (8, 10)"
    if isinstance(value, str) or not isinstance(value, Iterable):
        raise InvalidType(must, value, remedy)
    try:
        low, high = value
    except ValueError:
        raise InvalidValue(must, value, remedy) from None
    return low, high


def _within(low: int, high: int, unit: str) -> Validator:
    number = whole(low, high, unit)

    def check(instance: object, attribute: "Attribute[Any]", value: Range) -> None:
        for end in value:
            number(instance, attribute, end)
        if value[0] > value[1]:
            raise InvalidValue(
                f"{attribute.name} must not end before it begins", value, "swap them"
            )

    return check


@frozen
class Dose:
    """
    How much of an exercise to do: sets, repetitions and effort.

    Attributes:
        sets: How many sets.
        reps: Lowest and highest number of repetitions per set. One number stands for both.
        per_side: Whether the repetitions are per side.
        rpe: Lowest and highest rating of perceived exertion by reps in reserve: 7 means about
            three left. [1-10]

    Raises:
        InvalidType: If a number is not whole.
        InvalidValue: If a number is out of range or a range ends before it begins.

    Source:
        docs/reference/sources.md#strength: the sets and the RPE are house choices.

    >>> str(Dose(3, (8, 10), per_side=True, rpe=(6, 7)))
    '3 × 8–10 a side, RPE 6–7'
    """

    sets: int = field(validator=whole(1, 10, "sets"))
    reps: Range = field(converter=_range, validator=_within(1, 100, "repetitions"))
    per_side: bool = field(
        default=False, kw_only=True, validator=is_a(bool, article="true or false")
    )
    rpe: Range = field(
        default=(5, 6), kw_only=True, converter=_range, validator=_within(1, 10, "RPE points")
    )

    def __str__(self) -> str:
        side = " a side" if self.per_side else ""
        return f"{self.sets} × {_span(self.reps)}{side}, RPE {_span(self.rpe)}"


def _span(ends: Range) -> str:
    low, high = ends
    return str(low) if low == high else f"{low}–{high}"
