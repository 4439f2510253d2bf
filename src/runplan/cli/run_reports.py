"""Reports of runs, from options and from answers to questions."""

from collections.abc import Callable
from typing import Any, NamedTuple

import click

from runplan._base.dates import Date, short_day
from runplan.cli.asking import (
    ask,
    ask_red_flags,
    maybe,
    must_be_asked,
    past_day,
    whole,
    yes_or_no,
)
from runplan.cli.options import read_day
from runplan.errors import InvalidValue
from runplan.model.entries import Entry, MorningReport, RunReport
from runplan.model.log import Log
from runplan.model.plan import Plan

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


# A run at least this far from every long run, or this much shorter, is hardly a long run.
_FAR_DAYS, _LEAST_PCT = 2, 60


def another_run(plan: Plan | None, day: Date, minutes: int) -> str:
    """
    Return why a run is probably not the long run of its week; "" if it may well be.

    Args:
        plan: The plan; None if there is none yet.
        day: The day of the run.
        minutes: How long it was. [min]
    """
    weeks = [week for week in plan.weeks if week.long_run] if plan else []
    if not plan or not weeks or day < plan.start:
        return ""
    if plan.pause:
        return "the plan is paused"
    week = min(weeks, key=lambda each: abs((each.long_run_day - day).days))
    planned = week.long_run.minutes if week.long_run else 0
    apart = abs((week.long_run_day - day).days)
    if apart > _FAR_DAYS:
        return f"the nearest long run is {apart} days away, on {short_day(week.long_run_day)}"
    if minutes * 100 < planned * _LEAST_PCT:
        return f"{minutes} min is under {_LEAST_PCT} % of the {planned} min planned"
    if week.report and abs((week.report.day - week.long_run_day).days) < apart:
        return f"the long run of week {week.number} was on {short_day(week.report.day)}"
    return ""


def _morning(past: Log, today: Date, given: Options) -> MorningReport:
    """Return the morning report for the last run before today, or for a run of the given day."""
    stray = [name for name in ("pain", "pain_from", "fatigue") if given[name] is not None]
    stray += [] if given["is_long"] is None else ["long" if given["is_long"] else "other"]
    if stray:
        must = "a morning report must come without the options of a run"
        what = ", ".join(f"--{name.replace('_', '-')}" for name in stray)
        raise InvalidValue(must, f"{what} without --minutes", "add --minutes, or leave it out")
    days = {
        each.day
        for each in past
        if isinstance(each, RunReport) and each.day < today and each.is_known(today.toordinal())
    }
    day = max(days, default=None) if given["day"] is None else read_day(given["day"], today)
    if day is None or day not in days:
        must = "a morning must complete a run of an earlier day that is in the log"
        what = "no such run" if day is None else day.isoformat()
        raise InvalidValue(must, what, "log the run first, with --minutes")
    return MorningReport(
        day=day,
        recorded_on=today,
        pain=given["morning"],
        red_flags=given["red_flags"],
        note=given["note"],
    )


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
