"""Reports of runs, from options and from answers to questions."""

from collections.abc import Callable
from typing import Any, NamedTuple

import click

from runplan._base.dates import Date, dated_day
from runplan._base.day_words import read_day
from runplan.cli.asking import (
    ask,
    ask_red_flags,
    maybe,
    must_be_asked,
    past_day,
    whole,
    yes_or_no,
)
from runplan.errors import InvalidValue
from runplan.model.entries import Entry, MorningReport, RunReport
from runplan.model.log import Log
from runplan.model.plan import Plan
from runplan.reporting.likely import another_run

_SORENESS = "Dull soreness in muscles used in the last three days does not count as pain."

Options = dict[str, Any]


def run_options(day: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """
    Return a decorator that adds the options of a run to a command.

    Args:
        day: The help for the option --day.
    """
    options = [
        click.option("--day", metavar="DAY", help=day),
        click.option("--minutes", type=int, help="Moving time of the run, without pauses. [min]"),
        click.option("--pain", type=int, help="Worst pain in the upper back. [0-10]"),
        click.option("--pain-from", type=int, help="The minute the pain began. [min]"),
        click.option("--morning", type=int, help="Pain on the morning after. [0-10]"),
        click.option(
            "--fatigue",
            type=int,
            help="How tired the back was and how hard to hold posture. [0-10]",
        ),
        click.option(
            "--red-flag", "red_flags", multiple=True, help="A red flag, by name; may be repeated."
        ),
        click.option(
            "--long/--other", "is_long", default=None, help="The long run, or another run."
        ),
        click.option("--note", default="", help="Anything else."),
    ]

    def decorate(command: Callable[..., Any]) -> Callable[..., Any]:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


class NewEntry(NamedTuple):
    """
    An entry from options.

    Attributes:
        entry: The entry.
        taken_as_other: Why a run was taken as another run; "" if it was not, or the runner
            stated it.
    """

    entry: Entry
    taken_as_other: str = ""


def run_entry(
    plan: Plan | None, past: Log, today: Date, given: Options, *, ask_flags: bool = False
) -> NewEntry:
    """
    Return the entry for options, with answers to questions for those that are missing.

    Args:
        plan: The plan; None if there is none yet.
        past: What happened before.
        today: Today.
        given: The options of run_options.
        ask_flags: Whether to ask about red flags even without pain.

    Raises:
        RunplanError: If they do not make an entry.
    """
    if given["minutes"] is None and given["morning"] is not None:
        return NewEntry(_morning(past, today, given))
    if given["minutes"] is None:
        must_be_asked("--minutes")
        given = _asked(plan, today, given, ask_flags=ask_flags)
    elif ask_flags and not given["red_flags"]:
        must_be_asked("--red-flag")
        given = {**given, "red_flags": ask_red_flags()}
    day = _day(given["day"], today)
    is_long, reason = given["is_long"], ""
    if is_long is None:
        reason = another_run(plan, day, given["minutes"])
        is_long = not reason
    report = RunReport(
        day=day,
        recorded_on=today,
        minutes=given["minutes"],
        pain=given["pain"] or 0,
        pain_from=given["pain_from"],
        pain_next_morning=given["morning"],
        fatigue=given["fatigue"] or 0,
        red_flags=given["red_flags"],
        kind="long" if is_long else "other",
        note=given["note"],
    )
    return NewEntry(report, reason)


def _morning(past: Log, today: Date, given: Options) -> MorningReport:
    """Return the morning report for the last run before today, or for a run of the given day."""
    stray = [name for name in ("pain", "pain_from", "fatigue") if given[name] is not None]
    stray += [] if given["is_long"] is None else ["long" if given["is_long"] else "other"]
    if stray:
        must = "a morning report must come without the options of a run"
        what = ", ".join(f"--{name.replace('_', '-')}" for name in stray)
        raise InvalidValue(must, f"{what} without --minutes", "add --minutes, or leave it out")
    day = read_day(given["day"], today) if given["day"] is not None else None
    day = run_to_complete(past, day, today)
    return MorningReport(
        day=day,
        recorded_on=today,
        pain=given["morning"],
        red_flags=given["red_flags"],
        note=given["note"],
    )


# An earlier run is no longer "the morning after". [days]
_MORNING_DAYS = 7


def run_to_complete(past: Log, day: Date | None, today: Date) -> Date:
    """
    Return the day of the run that a morning follows.

    Args:
        past: What happened before.
        day: The day of the run, if it was given; None: the last one before today.
        today: Today.

    Raises:
        InvalidValue: If there is no such run in the log.
    """
    days = {
        each.day
        for each in past
        if isinstance(each, RunReport) and each.day < today and each.is_known(today.toordinal())
    }
    found = max(days, default=None) if day is None else day
    if day is None and found and (today - found).days > _MORNING_DAYS:
        must = f"a morning without a day must follow a run of the last {_MORNING_DAYS} days"
        raise InvalidValue(must, f"the last one was on {dated_day(found)}", "name it with --day")
    if found is None or found not in days:
        must = "a morning must complete a run of an earlier day that is in the log"
        what = "no such run" if found is None else found.isoformat()
        raise InvalidValue(must, what, "log the run first, with --minutes")
    return found


def _day(day: str | None, today: Date) -> Date:
    return today if day is None else read_day(day, today)


def _asked(plan: Plan | None, today: Date, given: Options, *, ask_flags: bool) -> Options:
    """Return the options, with the runner's answers for those that were missing."""
    click.echo(_SORENESS)
    answers = dict(given)
    day = _day(given["day"], today)
    if given["day"] is None:
        day = ask("Day", past_day(today), "today")
    answers["day"] = day.isoformat()
    answers["minutes"] = ask("Minutes run", whole(1, 600))
    if given["is_long"] is None and plan:
        usual = "n" if another_run(plan, day, answers["minutes"]) else "y"
        answers["is_long"] = ask("Was it the long run of the week? y or n", yes_or_no, usual)
    if given["pain"] is None:
        answers["pain"] = ask("Worst pain in the upper back, 0 to 10", whole(0, 10), "0")
    if answers["pain"] and given["pain_from"] is None:
        text = "The minute it began (Enter if you do not know)"
        answers["pain_from"] = ask(text, maybe(whole(0, answers["minutes"])), "")
    if given["fatigue"] is None:
        text = "How tired the upper back was and how hard it was to hold posture, 0 to 10"
        answers["fatigue"] = ask(text, whole(0, 10), "0")
    if given["morning"] is None and day < today:
        text = "Pain on the morning after, 0 to 10 (Enter if you do not know)"
        answers["morning"] = ask(text, maybe(whole(0, 10)), "")
    if not given["red_flags"] and (answers["pain"] or ask_flags):
        answers["red_flags"] = ask_red_flags()
    return answers
