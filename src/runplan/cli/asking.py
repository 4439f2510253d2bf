"""Questions at a terminal: asked again until the answer can be taken."""

import sys
from collections.abc import Callable
from typing import Any

import click

from runplan._base.dates import Date
from runplan.cli.options import read_day
from runplan.cli.output import console
from runplan.errors import InvalidValue, RunplanError
from runplan.model.red_flags import RedFlag, to_red_flags


def ask(text: str, read: Callable[[str], Any], default: str | None = None) -> Any:  # noqa: ANN401 (what it reads)
    """Ask until `read` can read the answer; Enter gives the default, which may be empty."""

    def value(answer: str) -> Any:  # noqa: ANN401 (as above)
        try:
            return read(answer.strip())
        except RunplanError as error:
            # click shows it and asks again.
            raise click.UsageError(str(error)) from None

    return click.prompt(text, default=default, show_default=bool(default), value_proc=value)


def must_be_asked(must: str, *options: str) -> None:
    """Refuse to go on where nobody can be asked for what these options say."""
    if not sys.stdin.isatty():
        missing = ", ".join(options)
        raise InvalidValue(must, f"without {missing}", f"add {missing}")


def whole(low: int, high: int, hint: str = "try again") -> Callable[[str], int]:
    """Return a reader of whole numbers from low to high."""

    def read(text: str) -> int:
        if not text.isdecimal() or not low <= int(text) <= high:
            raise InvalidValue(f"it must be a whole number from {low} to {high}", text, hint)
        return int(text)

    return read


def maybe(read: Callable[[str], int]) -> Callable[[str], int | None]:
    """Return a reader that takes an empty answer as "I do not know"."""
    return lambda text: read(text) if text else None


def past_day(today: Date) -> Callable[[str], Date]:
    """Return a reader of days up to today."""

    def read(text: str) -> Date:
        day = read_day(text, today)
        if day > today:
            raise InvalidValue("it must be a day that has been", day.isoformat(), "try again")
        return day

    return read


def ask_red_flags() -> tuple[RedFlag, ...]:
    """Show the red flags and ask which of them are true."""
    numbers = {str(number): flag for number, flag in enumerate(RedFlag, start=1)}
    out = console()
    out.print("Is one of these true?")
    for number, flag in numbers.items():
        out.print(f"  {number:>2}  {flag.words}")

    def read(text: str) -> tuple[RedFlag, ...]:
        words = [word.strip() for word in text.split(",") if word.strip()]
        return to_red_flags([numbers.get(word, word) for word in words])

    answer: tuple[RedFlag, ...] = ask("Their numbers, with commas (Enter for none)", read, "")
    return answer
