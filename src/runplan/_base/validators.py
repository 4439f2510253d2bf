"""Validators for attrs fields, with errors that say what must hold and what to do."""

import re
from collections.abc import Callable, Iterable
from typing import Any, TypeVar, cast

from attrs import Attribute

from runplan.errors import InvalidType, InvalidValue, UnknownName, did_you_mean

Item = TypeVar("Item")

# The longest address that every browser takes. [characters]
_LONGEST_ADDRESS = 2000

# Called with the instance, the field and its value, which may be anything.
Validator = Callable[[Any, "Attribute[Any]", Any], None]


def whole(low: int, high: int, unit: str, remedy: str = "") -> Validator:
    """
    Return a validator for whole numbers from low to high.

    attrs' own ``ge`` and ``le`` let True, 40.0 and NaN through.
    """

    def check(_: object, attribute: "Attribute[Any]", value: object) -> None:
        is_bool = isinstance(value, bool)
        if isinstance(value, int) and not is_bool and low <= value <= high:
            # The usual case: skip building an error message.
            return
        must = f"{attribute.name} must be a whole number of {unit} from {low} to {high}"
        do = remedy or f"give a number from {low} to {high}"
        if is_bool or not isinstance(value, int):
            raise InvalidType(must, value, do)
        raise InvalidValue(must, value, do)

    return check


def is_a(*types: type, article: str) -> Validator:
    """Return a validator for instances of the types; the article names them in the error."""

    def check(_: object, attribute: "Attribute[Any]", value: object) -> None:
        if not isinstance(value, types):
            raise InvalidType(f"{attribute.name} must be {article}", value, "give one")

    return check


def each_is_a(kind: type, *, at_least: int = 0) -> Validator:
    """Return a validator for tuples of one type of value."""

    def check(_: object, attribute: "Attribute[Any]", value: object) -> None:
        must = f"{attribute.name} must be a sequence of {kind.__name__}"
        if not isinstance(value, tuple):
            raise InvalidType(must, value, f"give a list or tuple of {kind.__name__}")
        for item in value:
            if not isinstance(item, kind):
                raise InvalidType(must, item, f"give {kind.__name__} values only")
        if len(value) < at_least:
            raise InvalidValue(f"{must} with at least {at_least}", value, "add one")

    return check


def one_of(*choices: str) -> Validator:
    """Return a validator for one of several words."""

    def check(_: object, attribute: "Attribute[Any]", value: object) -> None:
        must = f"{attribute.name} must be one of {', '.join(choices)}"
        if not isinstance(value, str):
            raise InvalidType(must, value, f'write it like "{choices[0]}"')
        if value not in choices:
            do = did_you_mean(value, choices, otherwise=f'write it like "{choices[0]}"')
            raise UnknownName(must, value, do)

    return check


_ADDRESS = re.compile(r"(https?://)([^\s/?#]*@)?([^\s/?#@]+)([/?#]\S*)?", re.IGNORECASE)


def web_address(remedy: str) -> Validator:
    """
    Return a validator for addresses of web pages without a user and a password.

    Args:
        remedy: What to do about a user or a password.
    """

    def check(_: object, attribute: "Attribute[Any]", value: object) -> None:
        must = f"{attribute.name} must be an address of the web"
        do = 'write it like "https://example.org/anna"'
        if not isinstance(value, str):
            raise InvalidType(must, value, do)
        match = _ADDRESS.fullmatch(value)
        if not match or not value.isprintable() or len(value) > _LONGEST_ADDRESS:
            raise InvalidValue(must, value, do)
        if match[2]:
            must = f"{attribute.name} must not hold a user or a password"
            raise InvalidValue(must, f"{match[1]}…@{match[3]}", remedy)

    return check


def or_none(check: Validator) -> Validator:
    """Return a validator that accepts None as well."""

    def check_if_given(instance: object, attribute: "Attribute[Any]", value: object) -> None:
        if value is not None:
            check(instance, attribute, value)

    return check_if_given


def to_tuple(values: Iterable[Item]) -> tuple[Item, ...]:
    """
    Return the items of a list or another iterable as a tuple.

    Anything else is returned unchanged, for the validator to reject. So is text: splitting it
    into letters is never intended.
    """
    if isinstance(values, str) or not isinstance(values, Iterable):
        return cast("tuple[Item, ...]", values)
    return tuple(values)
