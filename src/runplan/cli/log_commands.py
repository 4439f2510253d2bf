"""The commands about what happened: log, and what-if."""

from collections.abc import Callable, Iterator
from typing import Any

import click

from runplan._base.dates import Date, dated_day, days_after
from runplan._base.text import full_stop
from runplan.cli.amendments import Amendment
from runplan.cli.answers import carry_out, print_answer, week_of
from runplan.cli.asking import ask, must_be_asked
from runplan.cli.options import file_option, option_name, read_day, to_type
from runplan.cli.output import print_entries, print_table
from runplan.cli.request_file import open_log, open_workspace
from runplan.cli.run_reports import Made, run_entry, run_options
from runplan.cli.workspace import read_log
from runplan.errors import InvalidValue
from runplan.model.entries import Clearance, Entry, RunReport, StrengthReport, is_long
from runplan.model.log import Log
from runplan.model.plan import Plan
from runplan.model.red_flags import RedFlag
from runplan.model.weeks import OPEN_DAYS
from runplan.storage.log_file import Journal, Recorded

_FLAGS = f"Red flags: {', '.join(flag.value for flag in RedFlag)}."


@click.group(invoke_without_command=True, epilog=_FLAGS)
@run_options("A date like 2027-01-03, or sunday, yesterday. Default: today.")
@click.option("--ask-red-flags", "ask_flags", is_flag=True, help="Ask for them without pain too.")
@click.option("--list", "as_list", is_flag=True, help="List the entries with their ids.")
@file_option
@click.pass_context
def log(
    context: click.Context,
    /,
    *,
    file: str,
    ask_flags: bool,
    as_list: bool,
    **given: Any,  # noqa: ANN401 (what click read)
) -> None:
    """
    Record how a run went; without --minutes it asks.

    `runplan log --morning 0` completes the last run. The dull soreness of muscles that worked in
    the last three days is not pain.
    """
    stray = [
        option_name(name, value) for name, value in given.items() if value not in (None, "", ())
    ]
    stray += ["--ask-red-flags"] if ask_flags else []
    if context.invoked_subcommand is not None:
        stray += ["--list"] if as_list else []
        if stray:
            must = f"the options of log {context.invoked_subcommand} must come after its name"
            raise InvalidValue(must, f"{', '.join(stray)} before it", "move them to the end")
        context.obj = file
    elif as_list:
        if stray:
            must = "--list must be the only option beside -f"
            raise InvalidValue(must, f"with {', '.join(stray)}", "leave one of them out")
        print_entries(read_log(file))
    else:
        _write(
            file, lambda plan, past, today: run_entry(plan, past, today, given, ask_flags=ask_flags)
        )


# It may come before the name of a kind of entry, or after it.
_file_again = click.option(
    "-f", "--file", "own_file", metavar="FILE", help="The request; log.jsonl is beside it."
)


@log.command()
@click.option("--day", metavar="DAY", help="The day of the session. Default: today.")
@click.option("--pain", type=int, default=0, show_default=True, help="Worst pain. [0-10]")
@click.option("--morning", type=int, help="Pain on the morning after. [0-10]")
@click.option("--red-flag", "red_flags", multiple=True, help="By name; may be repeated.")
@click.option("--note", default="", help="Anything else.")
@_file_again
@click.pass_obj
def strength(
    file: str,
    /,
    *,
    day: str | None,
    morning: int | None,
    own_file: str | None,
    **given: Any,  # noqa: ANN401 (what click read)
) -> None:
    """Record how a strength session went."""

    def entry(_: Plan | None, __: Log, today: Date) -> Made:
        on = today if day is None else read_day(day, today)
        return Made(StrengthReport(day=on, recorded_on=today, pain_next_morning=morning, **given))

    _write(file if own_file is None else own_file, entry)


@log.command(short_help="Record that long runs are allowed again.")
@click.option("--day", metavar="DAY", help="The day it was given. Default: today.")
@click.option("--by", help="Who gave it: physiotherapist, a name.")
@click.option("--baseline-min", type=int, help="The long run to resume with. [min]")
@click.option("--note", default="", help="Anything else.")
@_file_again
@click.pass_obj
def clearance(
    file: str,
    /,
    *,
    day: str | None,
    by: str | None,
    own_file: str | None,
    **given: Any,  # noqa: ANN401 (what click read)
) -> None:
    """Record that a doctor, physiotherapist or coach allows long runs again."""
    if by is None:
        must_be_asked("--by")
    giver = ask("Who gave it", str) if by is None else by

    def entry(_: Plan | None, __: Log, today: Date) -> Made:
        on = today if day is None else read_day(day, today)
        return Made(Clearance(day=on, recorded_on=today, by=giver, **given))

    _write(file if own_file is None else own_file, entry)


def _write(file: str, make: Callable[[Plan | None, Log, Date], Made]) -> None:
    """Make an entry of what is known, write it, and show what it changes."""
    here = open_log(file)
    entry, taken_as_other = make(here.plan(), here.journal.log, here.today)

    def said(id_: str) -> Iterator[str]:
        yield full_stop(f"Logged {id_}: {_in_words(entry)}")
        if taken_as_other:
            yield f"Taken as another run: {taken_as_other}."
            yield f"If it was the long run: {to_type(file, 'edit', id_, '--long')}"
        for each in _same_run(here.journal, entry):
            yield f"The long run of that day was reported already, as {each.id}."
            yield f"If this was another run: {to_type(file, 'edit', id_, '--other')}"
        if not here.request and here.journal.seen:
            yield f"There is no plan without {here.file}: restore it."
        elif not here.request:
            yield "To find the long run to start from: runplan baseline"
            yield "To plan from there: runplan init"

    carry_out(here, Amendment([entry]), said, file=file)


def _same_run(journal: Journal, entry: Entry) -> Iterator[Recorded]:
    """Return other reports of a long run that stand."""
    for each in journal.recorded:
        other = each.entry
        if is_long(entry) and is_long(other) and entry.day == other.day and not other.retracted_on:
            yield each


@click.command("what-if")
@run_options("A date, or sunday, tomorrow. Default: the next long run.")
@file_option
def what_if(file: str, **given: Any) -> None:  # noqa: ANN401 (what click read)
    """
    Show the plan after a run, without writing anything.

    A weekday is the coming one: `runplan what-if --day sunday --minutes 45 --pain 2`.
    """
    here = open_workspace(file)
    next_run = here.plan().next_long_run
    is_morning = given["minutes"] is None and given["morning"] is not None
    if given["day"] is not None:
        day = read_day(given["day"], here.today, ahead=not is_morning)
    elif next_run and given["is_long"] is not False and not is_morning:
        day = next_run.day
    else:
        day = None
    last = days_after(next_run.day, OPEN_DAYS) if next_run else None
    if day and last and day > last:
        # From then on the next long run would count as missed.
        must = f"the day must not lie after {dated_day(last)}: the next long run comes first"
        raise InvalidValue(must, day.isoformat(), "choose an earlier day")
    if day and day > here.today:
        # As if it were that day, and nothing had been logged until then.
        here = here._replace(today=day)
    given["day"] = day.isoformat() if day else None
    before = here.plan()
    entry, taken_as_other = run_entry(before, here.log, here.today, given)
    after = here.plan(entry)
    said = [full_stop(f"If: {_in_words(entry)}")]
    if taken_as_other:
        said.append(f"Taken as another run: {taken_as_other}. If it is the long run, add --long.")
    if isinstance(entry, RunReport):
        said += filter(None, [week_of(after, entry)])
    print_answer(said, before, after, file=file, known=["report-week"])
    print_table(after.table())


def _in_words(entry: Entry) -> str:
    return f"{dated_day(entry.day)}, {entry}"
