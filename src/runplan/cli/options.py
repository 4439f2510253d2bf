"""What several commands read from the command line, and commands as people type them."""

import shlex
from collections.abc import Callable
from typing import Any, TypeVar

import click

from runplan._base.dates import Date, days_after, to_day, to_weekday
from runplan.errors import InvalidValue, RunplanError

Command = TypeVar("Command", bound=Callable[..., Any])

REQUEST = "rebuild.toml"

_DAYS = {"yesterday": -1, "today": 0, "tomorrow": 1}


def read_day(
    text: str, today: Date, *, ahead: bool = False, weekdays_from: Date | None = None
) -> Date:
    """
    Return the day that a text names.

    Args:
        text: An ISO date, "today", "yesterday", "tomorrow", or a weekday: the last one, today
            included.
        today: Today.
        ahead: Whether a weekday is the next one, today included.
        weekdays_from: The day to count weekdays from, if not today.

    Raises:
        InvalidValue: If it is none of these.

    >>> read_day("sunday", Date(2027, 1, 5)).isoformat()
    '2027-01-03'
    >>> read_day("sunday", Date(2027, 1, 5), ahead=True).isoformat()
    '2027-01-10'
    """
    word = text.strip().lower()
    if word in _DAYS:
        return days_after(today, _DAYS[word])
    if word[:1].isdigit():
        return to_day(word)
    try:
        weekday = to_weekday(word)
    except RunplanError as error:
        must = "a day must be a date, a weekday, today, yesterday or tomorrow"
        raise InvalidValue(must, text, error.remedy) from None
    first = weekdays_from or today
    since = (first.weekday() - weekday) % 7
    return days_after(first, (7 - since) % 7 if ahead else -since)


def file_option(command: Command) -> Command:
    """Give a command the option that names the request."""
    return click.option(
        "-f",
        "--file",
        metavar="FILE",
        default=REQUEST,
        show_default=True,
        help="The request; log.jsonl is beside it.",
    )(command)


def file_argument(command: Command) -> Command:
    """Give a command the argument that names the request, and the option as the others have it."""
    option = click.option("-f", "--file", "named", metavar="FILE", help="The same as FILE.")
    return click.argument("file", default=REQUEST)(option(command))


def option_name(name: str, value: object) -> str:
    """
    Return an option as people type it, from the name and the value that a command gets.

    >>> option_name("pain_from", 30), option_name("is_long", False)
    ('--pain-from', '--other')
    """
    if name == "is_long":
        return "--long" if value else "--other"
    return "--red-flag" if name == "red_flags" else f"--{name.replace('_', '-')}"


def to_type(file: str, command: str, *arguments: str) -> str:
    """
    Return a command for the user to type, with the request if it has another name.

    >>> to_type("rebuild.toml", "log", "clearance")
    'runplan log clearance'
    >>> to_type("anna/my plan.toml", "undo", "1a2b3c4d")
    "runplan undo -f 'anna/my plan.toml' 1a2b3c4d"
    """
    where = [] if file == REQUEST else ["-f", file]
    return shlex.join(["runplan", command, *where, *arguments])
