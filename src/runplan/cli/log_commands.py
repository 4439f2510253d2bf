"""The commands for reports: log and what-if."""

from collections.abc import Callable, Iterator
from typing import Any

import click

from runplan._base.dates import Date, dated_day, days_after
from runplan._base.text import full_stop
from runplan.cli.amendments import Amendment
from runplan.cli.answers import carry_out, print_answer, reached, week_of
from runplan.cli.asking import ask, must_be_asked
from runplan.cli.options import command_line, file_option, option_name, read_day
from runplan.cli.output import print_entries, print_table
from runplan.cli.request_file import open_log, open_workspace
from runplan.cli.run_reports import NewEntry, run_entry, run_options
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
@click.option(
    "--ask-red-flags", "ask_flags", is_flag=True, help="Ask about red flags even without pain."
)
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
    Record how a run went; asks for details without --minutes.

    `runplan log --morning 0` completes the last run. Dull soreness in muscles used in the last
    three days does not count as pain.
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


# The option may come before the name of a subcommand or after it.
_own_file = click.option(
    "-f", "--file", "own_file", metavar="FILE", help="The request; log.jsonl is in the same folder."
)


@log.command()
@click.option("--day", metavar="DAY", help="The day of the session. Default: today.")
@click.option("--pain", type=int, default=0, show_default=True, help="Worst pain. [0-10]")
@click.option("--morning", type=int, help="Pain on the morning after. [0-10]")
@click.option(
    "--red-flag", "red_flags", multiple=True, help="A red flag, by name; may be repeated."
)
@click.option("--note", default="", help="Anything else.")
@_own_file
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

    def entry(_: Plan | None, __: Log, today: Date) -> NewEntry:
        on = today if day is None else read_day(day, today)
        return NewEntry(
            StrengthReport(day=on, recorded_on=today, pain_next_morning=morning, **given)
        )

    _write(file if own_file is None else own_file, entry)


@log.command(short_help="Record that long runs are allowed again.")
@click.option("--day", metavar="DAY", help="The day it was given. Default: today.")
@click.option("--by", help="Who gave it: physiotherapist, or a name.")
@click.option("--baseline-min", type=int, help="The long run to resume with. [min]")
@click.option("--note", default="", help="Anything else.")
@_own_file
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

    def entry(_: Plan | None, __: Log, today: Date) -> NewEntry:
        on = today if day is None else read_day(day, today)
        return NewEntry(Clearance(day=on, recorded_on=today, by=giver, **given))

    _write(file if own_file is None else own_file, entry)


def _write(file: str, make: Callable[[Plan | None, Log, Date], NewEntry]) -> None:
    """Create an entry, write it, and print its effects."""
    workspace = open_log(file)
    entry, taken_as_other = make(workspace.plan(), workspace.journal.log, workspace.today)

    def first_lines(id_: str) -> Iterator[str]:
        yield full_stop(f"Logged {id_}: {_in_words(entry)}")
        if taken_as_other:
            yield f"Taken as another run: {taken_as_other}."
            yield f"If it was the long run: {command_line(file, 'edit', id_, '--long')}"
        for each in _same_run(workspace.journal, entry):
            yield f"The long run of that day was reported already, as {each.id}."
            yield f"If this was another run: {command_line(file, 'edit', id_, '--other')}"
        if not workspace.request and workspace.journal.seen:
            yield f"There is no plan without {workspace.file}: restore it."
        elif not workspace.request:
            yield "To find the long run to start from: runplan baseline"
            yield "To plan from there: runplan init"

    carry_out(workspace, Amendment([entry]), first_lines, file=file)


def _same_run(journal: Journal, entry: Entry) -> Iterator[Recorded]:
    """Return other reports of the same long run that are not withdrawn."""
    for each in journal.recorded:
        other = each.entry
        if is_long(entry) and is_long(other) and entry.day == other.day and not other.retracted_on:
            yield each


@click.command("what-if")
@run_options("A date, or sunday, tomorrow. Default: the next long run.")
@file_option
def what_if(file: str, **given: Any) -> None:  # noqa: ANN401 (what click read)
    """
    Show how a run would change the plan, without writing anything.

    A weekday means the coming one: `runplan what-if --day sunday --minutes 45 --pain 2`.
    """
    workspace = open_workspace(file)
    next_run = workspace.plan().next_long_run
    is_morning = given["minutes"] is None and given["morning"] is not None
    if given["day"] is not None:
        day = read_day(given["day"], workspace.today, ahead=not is_morning)
    elif next_run and given["is_long"] is not False and not is_morning:
        day = next_run.day
    else:
        day = None
    last = days_after(next_run.day, OPEN_DAYS) if next_run else None
    if day and last and day > last:
        # After that day, the next long run would count as missed.
        must = f"the day must not lie after {dated_day(last)}: the next long run comes first"
        raise InvalidValue(must, day.isoformat(), "choose an earlier day")
    if day and day > workspace.today:
        # Plan as of that day, with nothing more logged until then.
        workspace = workspace._replace(today=day)
    given["day"] = day.isoformat() if day else None
    before = workspace.plan()
    entry, taken_as_other = run_entry(before, workspace.log, workspace.today, given)
    after = workspace.plan(entry)
    lines = [full_stop(f"If: {_in_words(entry)}")]
    if taken_as_other:
        lines.append(f"Taken as another run: {taken_as_other}. If it is the long run, add --long.")
    if isinstance(entry, RunReport):
        lines += filter(None, [week_of(after, entry)])
    lines += reached(after)
    print_answer(lines, before, after, file=file, known=["report-week"])
    print_table(after.table())


def _in_words(entry: Entry) -> str:
    return f"{dated_day(entry.day)}, {entry}"
