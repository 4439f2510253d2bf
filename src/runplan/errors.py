"""Every error that runplan raises on purpose."""

from collections.abc import Iterable

_SHOWN = 100


class RunplanError(Exception):
    """
    A value that runplan cannot use; the message says what must hold and what to do.

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

    # OSError overrides __str__ to show errno and a path.
    __str__ = RunplanError.__str__


class UnusableCalendar(RunplanError, ValueError):
    """An earlier calendar that cannot be published over."""


class MissingLibrary(RunplanError, ImportError):
    """A library from one of runplan's extras that is not installed."""


def did_you_mean(name: str, known: Iterable[str], *, otherwise: str) -> str:
    """
    Return the remedy for an unknown name: the closest known name, if there is one.

    >>> did_you_mean("sonday", ["sunday", "monday"], otherwise="name a weekday")
    'did you mean "sunday"?'
    """
    # Needed only for errors, and importing it would add an eighth to runplan's import time.
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
        # Numbers with thousands of digits, and deeply nested lists.
        return f"a value of {type(value).__name__} that is too long to show"
    line = " ".join(line.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"
