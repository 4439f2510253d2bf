"""Reports of strength sessions, from options."""

from collections.abc import Callable, Iterable
from itertools import takewhile
from typing import Any, TypeVar

import click

from runplan.cli.run_reports import Options
from runplan.errors import InvalidValue, UnknownName, did_you_mean
from runplan.model.exercises import EXERCISES
from runplan.model.plan import Plan
from runplan.model.sessions import StrengthSession

Command = TypeVar("Command", bound=Callable[..., Any])


def strength_options(command: Command) -> Command:
    """Add the options about what was done in a strength session to a command."""
    options = [
        click.option(
            "--skipped/--done", "skipped", default=None, help="Left out on purpose, or done."
        ),
        click.option(
            "--exercise", "exercises", multiple=True, help="An exercise done; may be repeated."
        ),
        click.option(
            "--reps",
            multiple=True,
            help="An exercise with the repetitions of each set, like 'renegade row 8 8'; may be "
            "repeated.",
        ),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def lifted(given: Options, plan: Plan | None) -> Options:
    """
    Return what was done in a strength session, by the fields of a StrengthReport.

    Args:
        given: The options of strength_options.
        plan: The plan, whose exercises may be named by their beginnings; None if there is none.

    Raises:
        InvalidValue: If repetitions are not an exercise with its sets.
        UnknownName: If a name is almost that of an exercise, or the beginning of several.
    """
    known = _known(plan)
    reps = [_read_reps(each) for each in given.get("reps") or ()]
    found: Options = {}
    if given.get("skipped") is not None:
        found["skipped"] = given["skipped"]
    if given.get("exercises") or reps or given.get("skipped"):
        found["exercises"] = [_named(each, known) for each in given.get("exercises") or ()]
        found["reps"] = [(_named(name, known), sets) for name, sets in reps]
    return found


def _known(plan: Plan | None) -> list[str]:
    sessions = plan.sessions if plan else ()
    planned = [
        each.exercise.name
        for session in sessions
        if isinstance(session, StrengthSession)
        for each in session.prescriptions
    ]
    instead = [each.instead.name for each in EXERCISES if each.instead]
    return list(dict.fromkeys([*planned, *(each.name for each in EXERCISES), *instead]))


def _named(name: str, known: Iterable[str]) -> str:
    """Return the name of a known exercise in full, or any other name as it is."""
    text = " ".join(name.split()).casefold()
    same = [each for each in known if each.casefold() == text]
    found = same or [each for each in known if text and each.casefold().startswith(text)]
    if len(found) == 1:
        return found[0]
    do = did_you_mean(name, known, otherwise="")
    if found:
        do = f"write it in full: {' or '.join(found)}"
    if do:
        raise UnknownName("an exercise must be named clearly", name, do)
    return name


def _read_reps(text: str) -> tuple[str, list[int]]:
    words = text.replace(",", " ").split()
    sets = list(takewhile(str.isdecimal, reversed(words)))
    name = " ".join(words[: len(words) - len(sets)]).rstrip(":")
    if not name or not sets:
        must = "reps must be an exercise with the repetitions of each set"
        raise InvalidValue(must, text, "write it like 'renegade row 8 8'")
    return name, [int(each) for each in reversed(sets)]
