"""What several commands read from the command line."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from runplan._base.dates import Date, days_after, to_day, to_weekday
from runplan.cli.workspace import REQUEST
from runplan.errors import InvalidValue, RunplanError

Command = TypeVar("Command", bound=Callable[..., Any])


def read_day(text: str, today: Date) -> Date:
    """
    Return the day that a text names, as people say it.

    Args:
        text: An ISO date, "today", "yesterday", or a weekday: the last one, today included.
        today: What is today.

    Raises:
        InvalidValue: If it is none of these.

    >>> read_day("sunday", Date(2027, 1, 5)).isoformat()
    '2027-01-03'
    """
    word = text.strip().lower()
    if word in {"today", "yesterday"}:
        return days_after(today, -["today", "yesterday"].index(word))
    if word[:1].isdigit():
        return to_day(word)
    try:
        weekday = to_weekday(word)
    except RunplanError as error:
        must = "a day must be a date, a weekday, today or yesterday"
        raise InvalidValue(must, text, error.remedy) from None
    return days_after(today, -((today.weekday() - weekday) % 7))


def file_option(command: Command) -> Command:
    """Give a command the option that names the request."""
    return click.option(
        "-f",
        "--file",
        default=REQUEST,
        show_default=True,
        help="The request; log.jsonl lies beside it.",
    )(command)
