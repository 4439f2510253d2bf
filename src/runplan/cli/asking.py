"""Questions at a terminal, asked again until the answer is valid."""

import sys
from collections.abc import Callable
from typing import Any

import click

from runplan._base.dates import Date
from runplan._base.day_words import read_day
from runplan.cli.output import console
from runplan.errors import InvalidValue, RunplanError
from runplan.model.red_flags import RedFlag, to_red_flags


def ask(text: str, read: Callable[[str], Any], default: str | None = None) -> Any:  # noqa: ANN401 (what it reads)
    """Ask until `read` accepts the answer; Enter gives the default, which may be empty."""

    def value(answer: str) -> Any:  # noqa: ANN401 (as above)
        try:
            return read(answer.strip())
        except RunplanError as error:
            # click prints it and asks again.
            raise click.UsageError(str(error)) from None

    try:
        return click.prompt(text, default=default, show_default=bool(default), value_proc=value)
    except click.Abort:
        # End the line of the question.
        click.echo()
        raise


def must_be_asked(*options: str) -> None:
    """Raise an error about missing options if there is no terminal to ask for them."""
    if not sys.stdin.isatty():
        missing = ", ".join(options)
        must = f"without a terminal, {missing} must be given"
        raise InvalidValue(must, "left out", f"add {missing}")


def whole(low: int, high: int, hint: str = "try again") -> Callable[[str], int]:
    """Return a reader of whole numbers from low to high."""

    def read(text: str) -> int:
        if not text.isdecimal() or not low <= int(text) <= high:
            raise InvalidValue(f"it must be a whole number from {low} to {high}", text, hint)
        return int(text)

    return read


def maybe(read: Callable[[str], Any]) -> Callable[[str], Any]:
    """Return a reader that turns an empty answer into None."""
    return lambda text: read(text) if text else None


def yes_or_no(text: str) -> bool:
    """Read y or n."""
    word = text.lower()
    if word not in {"y", "yes", "n", "no"}:
        raise InvalidValue("it must be y or n", text, "try again")
    return word.startswith("y")


def past_day(today: Date) -> Callable[[str], Date]:
    """Return a reader of days up to today."""

    def read(text: str) -> Date:
        day = read_day(text, today)
        if day > today:
            raise InvalidValue("the day must not lie ahead", day.isoformat(), "try again")
        return day

    return read


# Answers for no red flag, beside Enter.
_NONE = [["0"], ["n"], ["no"], ["none"]]


def ask_red_flags() -> tuple[RedFlag, ...]:
    """Show the red flags and ask which of them apply."""
    numbers = {str(number): flag for number, flag in enumerate(RedFlag, start=1)}
    out = console()
    out.print("Do any of these apply?")
    for number, flag in numbers.items():
        out.print(f"  {number:>2}  {flag.words}")

    def read(text: str) -> tuple[RedFlag, ...]:
        words = [word.strip() for word in text.split(",") if word.strip()]
        if [word.lower() for word in words] in _NONE:
            return ()
        return to_red_flags([numbers.get(word, word) for word in words])

    answer: tuple[RedFlag, ...] = ask("Numbers, separated by commas (Enter for none)", read, "")
    return answer
