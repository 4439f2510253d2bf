"""Shared options of commands, and command lines to show to users."""

import shlex
from collections.abc import Callable
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])

REQUEST = "rebuild.toml"

# Parameters whose options have other names.
_SWITCHES = {"is_long": ("--long", "--other"), "skipped": ("--skipped", "--done")}
_SINGULAR = {"red_flags": "red-flag", "exercises": "exercise"}


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


# For a subcommand whose group has the option -f already: it may come before its name or after it.
own_file_option = click.option(
    "-f", "--file", "own_file", metavar="FILE", help="The request; log.jsonl is in the same folder."
)


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
    if name in _SWITCHES:
        return _SWITCHES[name][0 if value else 1]
    return f"--{_SINGULAR.get(name, name).replace('_', '-')}"


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
