"""The commands for reports: log and what-if."""

from collections.abc import Callable
from typing import Any

import click

from runplan._base.dates import Date, dated_day, days_after
from runplan._base.day_words import read_day
from runplan._base.text import full_stop
from runplan.cli.answers import print_answer, reached, week_of
from runplan.cli.asking import ask, must_be_asked
from runplan.cli.options import file_option, option_name, own_file_option
from runplan.cli.output import print_entries, print_table
from runplan.cli.recording import entry_in_words, record
from runplan.cli.request_file import open_log, open_workspace
from runplan.cli.run_reports import NewEntry, Options, run_entry, run_options
from runplan.cli.strength_reports import lifted, strength_options
from runplan.cli.word_reports import log_in_words, supposed
from runplan.cli.workspace import Workspace, read_log
from runplan.errors import InvalidValue
from runplan.model.entries import Clearance, RunReport, StrengthReport
from runplan.model.log import Log
from runplan.model.plan import Plan
from runplan.model.red_flags import RedFlag
from runplan.model.weeks import OPEN_DAYS

_NOTHING = (None, "", ())
_FLAGS = f"Red flags: {', '.join(flag.value for flag in RedFlag)}."


class _Log(click.Group):
    """The kinds of entries; anything else after `log` is a report in words."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name, *rest = args
        is_option = not rest or rest[0].startswith("-")
        # "strength 0" is a report, "strength --pain 0" a command.
        if name in self.commands and (is_option or name != "strength"):
            return super().resolve_command(ctx, args)
        return "", log_in_words, args


@click.group(
    cls=_Log,
    invoke_without_command=True,
    epilog=_FLAGS,
    options_metavar="[OPTIONS] [REPORT]",
    subcommand_metavar="",
)
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
    Record how it went, like: runplan log 45 2@40.

    45 2@40 is 45 minutes with pain 2 from minute 40. Other reports in words: 45 ok, other 20 ok,
    yesterday 45 ok, morning 1, strength 0, ill, back. `--yes` at the end confirms a number far
    from the plan. With options: `runplan log --minutes 45`; `runplan log --morning 0` completes
    the last run. Dull soreness in muscles used in the last three days does not count as pain.
    """
    stray = [option_name(name, value) for name, value in given.items() if value not in _NOTHING]
    stray += ["--ask-red-flags"] if ask_flags else []
    if context.invoked_subcommand is not None:
        stray += ["--list"] if as_list else []
        if stray:
            name = context.invoked_subcommand
            must = f"the options of log {name} must come after its name"
            do = "move them to the end"
            if not name:
                must, do = (
                    "a report in words must come without the options of a run",
                    "leave them out",
                )
            raise InvalidValue(must, f"{', '.join(stray)} before it", do)
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


@log.command()
@click.option("--day", metavar="DAY", help="The day of the session. Default: today.")
@click.option("--pain", type=int, default=0, show_default=True, help="Worst pain. [0-10]")
@click.option("--morning", type=int, help="Pain on the morning after. [0-10]")
@click.option(
    "--red-flag", "red_flags", multiple=True, help="A red flag, by name; may be repeated."
)
@strength_options
@click.option("--note", default="", help="Anything else.")
@own_file_option
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
    """
    Record how a strength session went, or that it was left out on purpose.

    Every option is optional. Only pain and red flags affect the plan.
    """

    def entry(plan: Plan | None, __: Log, today: Date) -> NewEntry:
        on = today if day is None else read_day(day, today)
        options = {name: given[name] for name in ("pain", "red_flags", "note")}
        done = lifted(given, plan)
        return NewEntry(
            StrengthReport(day=on, recorded_on=today, pain_next_morning=morning, **options, **done)
        )

    _write(file if own_file is None else own_file, entry)


@log.command(short_help="Record that long runs are allowed again.")
@click.option("--day", metavar="DAY", help="The day it was given. Default: today.")
@click.option("--by", help="Who gave it: physiotherapist, or a name.")
@click.option("--baseline-min", type=int, help="The long run to resume with. [min]")
@click.option("--note", default="", help="Anything else.")
@own_file_option
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

    def entry(plan: Plan | None, _: Log, today: Date) -> NewEntry:
        on = today if day is None else read_day(day, today)
        minutes = given["baseline_min"]
        if plan and minutes and minutes > plan.target_min:
            must = f"the long run to resume with must not be over the target, {plan.target_min} min"
            raise InvalidValue(must, f"{minutes} min", "give the minutes that were allowed")
        return NewEntry(Clearance(day=on, recorded_on=today, by=giver, **given))

    _write(file if own_file is None else own_file, entry)


def _write(file: str, make: Callable[[Plan | None, Log, Date], NewEntry]) -> None:
    """Create an entry, write it, and print its effects."""
    workspace = open_log(file)
    new = make(workspace.plan(), workspace.journal.log, workspace.today)
    record(workspace, [new], file=file)


@click.command("what-if")
@click.argument("words", metavar="[REPORT]", nargs=-1)
@run_options("A date, or sunday, tomorrow. Default: the next long run.")
@file_option
def what_if(file: str, words: tuple[str, ...], **given: Any) -> None:  # noqa: ANN401 (what click read)
    """
    Show how a run would change the plan, without writing anything.

    In words, as for log: `runplan what-if 45 4@30`. With options, a weekday means the coming one:
    `runplan what-if --day sunday --minutes 45 --pain 2`.
    """
    workspace = open_workspace(file)
    stray = [option_name(name, value) for name, value in given.items() if value not in _NOTHING]
    if words and stray:
        must = "a report must be in words or in options"
        raise InvalidValue(must, f"words and {', '.join(stray)}", "leave one of them out")
    if words:
        workspace, report = supposed(workspace, words)
        new = [NewEntry(entry) for entry in report]
        doubts = report.doubts
    else:
        workspace, one = _supposed_run(workspace, given)
        new, doubts = [one], ()
    before = workspace.plan()
    after = workspace.plan(*(each.entry for each in new))
    lines = [full_stop(f"If: {entry_in_words(each.entry)}") for each in new]
    lines += [f"{doubt}." for doubt in doubts]
    for entry, taken_as_other in new:
        if taken_as_other:
            lines.append(
                f"Taken as another run: {taken_as_other}. If it is the long run, add --long."
            )
        if isinstance(entry, RunReport):
            lines += filter(None, [week_of(after, entry)])
    lines += reached(after)
    print_answer(lines, before, after, file=file, known=["report-week"])
    print_table(after.table())


def _supposed_run(workspace: Workspace, given: Options) -> tuple[Workspace, NewEntry]:
    """Return the entry for options, and the files on the day on which it would be logged."""
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
    return workspace, run_entry(workspace.plan(), workspace.log, workspace.today, given)
