"""Shared options of commands, and command lines to show to users."""

import shlex
from collections.abc import Callable
from typing import Any, TypeVar

import click

from runplan._base.dates import Date, WeekDay, days_after, to_day, to_weekday
from runplan.errors import InvalidValue, RunplanError, did_you_mean

Command = TypeVar("Command", bound=Callable[..., Any])

REQUEST = "rebuild.toml"

_DAYS = {"yesterday": -1, "today": 0, "tomorrow": 1}
_NAMES = [*_DAYS, *(day.name.lower() for day in WeekDay)]


def read_day(
    text: str, today: Date, *, ahead: bool = False, weekdays_from: Date | None = None
) -> Date:
    """
    Return the day for a text.

    Args:
        text: An ISO 8601 date, "today", "yesterday", "tomorrow", or a weekday: the most recent
            one, including today.
        today: Today.
        ahead: Whether a weekday means the next one, including today.
        weekdays_from: The day from which to count weekdays, if not today.

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
        raise InvalidValue(must, text, did_you_mean(word, _NAMES, otherwise=error.remedy)) from None
    first = weekdays_from or today
    since = (first.weekday() - weekday) % 7
    return days_after(first, (7 - since) % 7 if ahead else -since)


def file_option(command: Command) -> Command:
    """Add the option -f, which names the request, to a command."""
    return click.option(
        "-f",
        "--file",
        metavar="FILE",
        default=REQUEST,
        show_default=True,
        help="The request; log.jsonl is in the same folder.",
    )(command)


def file_argument(command: Command) -> Command:
    """Add the argument FILE, which names the request, and the equivalent option -f."""
    option = click.option("-f", "--file", "named", metavar="FILE", help="Same as FILE.")
    return click.argument("file", default=REQUEST)(option(command))


def option_name(name: str, value: object) -> str:
    """
    Return an option as typed, from the name and the value of its parameter.

    >>> option_name("pain_from", 30), option_name("is_long", False)
    ('--pain-from', '--other')
    """
    if name == "is_long":
        return "--long" if value else "--other"
    return "--red-flag" if name == "red_flags" else f"--{name.replace('_', '-')}"


def command_line(file: str, command: str, *arguments: str) -> str:
    """
    Return a command line for the user, with -f if the request has another name.

    >>> command_line("rebuild.toml", "log", "clearance")
    'runplan log clearance'
    >>> command_line("anna/my plan.toml", "undo", "1a2b3c4d")
    "runplan undo -f 'anna/my plan.toml' 1a2b3c4d"
    """
    where = [] if file == REQUEST else ["-f", file]
    return shlex.join(["runplan", command, *where, *arguments])
