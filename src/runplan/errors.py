"""Every error that runplan raises on purpose."""

from collections.abc import Iterable

_SHOWN = 100


class RunplanError(Exception):
    """
    Something given to runplan cannot be used: what must hold, what was given, what to do.

    Every error of this library is a RunplanError and also the builtin error that fits, so
    ``except ValueError`` works as well.

    Attributes:
        must: What must hold, a clause without a full stop.
        given: What was given instead.
        remedy: What to do about it, a clause without a full stop.

    >>> error = InvalidValue("target_min must not be below baseline_min", 30, "raise the target")
    >>> str(error)
    'target_min must not be below baseline_min (was 30): raise the target'
    """

    def __init__(self, must: str, given: object, remedy: str) -> None:
        super().__init__(must, given, remedy)
        self.must = must
        self.given = given
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.must} (was {shown(self.given)}): {self.remedy}"


class InvalidValue(RunplanError, ValueError):
    """A value of the right type that cannot be planned with."""


class InvalidType(RunplanError, TypeError):
    """A value of the wrong type."""


class UnknownName(RunplanError, LookupError):
    """A key, a weekday or another name that runplan does not know."""


class UnusableFile(RunplanError, OSError):
    """A file that cannot be read or written."""

    # OSError has a __str__ of its own, made for errno and a path.
    __str__ = RunplanError.__str__


class UnusableCalendar(RunplanError, ValueError):
    """An earlier calendar that cannot be published over."""


class MissingLibrary(RunplanError, ImportError):
    """A library that comes with an extra of runplan, and is not installed."""


def did_you_mean(name: str, known: Iterable[str], *, otherwise: str) -> str:
    """
    Return the remedy for a name that is not known: the nearest known one, if any is near.

    >>> did_you_mean("sonday", ["sunday", "monday"], otherwise="name a weekday")
    'did you mean "sunday"?'
    """
    # Only on the way to an error, and its import would be an eighth of runplan's own.
    from difflib import get_close_matches  # noqa: PLC0415

    near = get_close_matches(name, sorted(known), n=1)
    return f'did you mean "{near[0]}"?' if near else otherwise


def shown(value: object) -> str:
    r"""
    Return one short printable line for any value.

    >>> shown("a\nb")
    "'a\\nb'"
    """
    try:
        line = ascii(value) if isinstance(value, str) and not value.isprintable() else repr(value)
    except (ValueError, RecursionError):
        # Of numbers with thousands of digits, and of lists in lists in lists.
        return f"a value of {type(value).__name__} that is too long to show"
    line = " ".join(line.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"
