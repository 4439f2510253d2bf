"""The commands about what happened: log, undo, what-if."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from runplan._base.dates import Date, dated_day
from runplan._base.text import full_stop
from runplan.cli.asking import ask, ask_red_flags, maybe, must_be_asked, past_day, whole
from runplan.cli.options import file_option, read_day
from runplan.cli.output import print_answer, print_table
from runplan.cli.workspace import REQUEST, open_desk, read_log, take_back, today_in, write_entry
from runplan.errors import InvalidValue
from runplan.model.log import Clearance, Entry, Log, MorningReport, RunReport, StrengthReport
from runplan.model.red_flags import RedFlag

_MUST_SAY = "the report must say it all where nobody can be asked"
_SORENESS = "The dull soreness of muscles that worked in the last three days is not pain."

Options = dict[str, Any]


def run_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of a run."""
    options = [
        click.option("--day", help="2027-01-03, sunday, yesterday. Default: today."),
        click.option("--minutes", type=int, help="How long the run was. [min]"),
        click.option("--pain", type=int, help="Worst pain in the upper back. [0-10]"),
        click.option("--pain-from", type=int, help="The minute in which it began. [min]"),
        click.option("--morning", type=int, help="Pain on the morning after. [0-10]"),
        click.option("--fatigue", type=int, help="How tired back and posture were. [0-10]"),
        click.option(
            "--red-flag", "red_flags", multiple=True, help="By name, as often as there are any."
        ),
        click.option("--other", is_flag=True, help="Not the long run of the week."),
        click.option("--note", default="", help="Anything else."),
    ]
    for option in reversed(options):
        command = option(command)
    return command


@click.group(
    invoke_without_command=True,
    epilog=f"Red flags: {', '.join(flag.value for flag in RedFlag)}.",
)
@run_options
@click.option("--ask-red-flags", "ask_flags", is_flag=True, help="Ask for them without pain too.")
@file_option
@click.pass_context
def log(context: click.Context, /, *, file: str, ask_flags: bool, **given: Any) -> None:  # noqa: ANN401 (what click read)
    """
    Tell how a run went; without --minutes it asks.

    `runplan log --morning 0` completes the last run. The dull soreness of muscles that worked in
    the last three days is not pain.
    """
    if context.invoked_subcommand is not None:
        stray = [
            f"--{name.replace('_', '-')}"
            for name, value in given.items()
            if value is not None and value not in (False, "", ())
        ]
        if stray:
            must = f"the options of log {context.invoked_subcommand} must stand behind it"
            raise InvalidValue(must, f"{', '.join(stray)} before it", "move them to the end")
        context.obj = file
        return
    _write(file, lambda past, today: _run_entry(past, today, given, ask_flags=ask_flags))


@log.command()
@click.option("--day", help="The day of the session. Default: today.")
@click.option("--pain", type=int, default=0, show_default=True, help="Worst pain. [0-10]")
@click.option("--morning", type=int, help="Pain on the morning after. [0-10]")
@click.option("--red-flag", "red_flags", multiple=True, help="By name.")
@click.option("--note", default="", help="Anything else.")
@click.pass_obj
def strength(file: str, /, *, day: str | None, morning: int | None, **given: Any) -> None:  # noqa: ANN401 (what click read)
    """Tell how a strength session went."""

    def entry(_: Log, today: Date) -> Entry:
        return StrengthReport(
            day=_said(day, today), recorded_on=today, pain_next_morning=morning, **given
        )

    _write(file, entry)


@log.command()
@click.option("--day", help="The day it was given. Default: today.")
@click.option("--by", help="Who gave it: physiotherapist, a name.")
@click.option("--baseline-min", type=int, help="The long run to go on with. [min]")
@click.option("--note", default="", help="Anything else.")
@click.pass_obj
def clearance(file: str, /, *, day: str | None, by: str | None, **given: Any) -> None:  # noqa: ANN401 (what click read)
    """Tell that a doctor, physiotherapist or coach lets the long runs go on."""
    if by is None:
        must_be_asked(_MUST_SAY, "--by")
        by = click.prompt("Who gave it")

    def entry(_: Log, today: Date) -> Entry:
        return Clearance(day=_said(day, today), recorded_on=today, by=by, **given)

    _write(file, entry)


@click.command()
@file_option
def undo(file: str) -> None:
    """Take back the last entry of the log, and show what that changes."""
    before = open_desk(file) if Path(file).exists() else None
    entry = take_back(read_log(file, tell=before is None).path)
    click.echo(full_stop(f"Taken back: {_told(entry)}"))
    if before:
        print_answer(before.plan(), open_desk(file, tell=False).plan())


@click.command("what-if")
@run_options
@file_option
def what_if(file: str, **given: Any) -> None:  # noqa: ANN401 (what click read)
    """Show the plan after such a run, the next long run by default, without writing anything."""
    desk = open_desk(file)
    day = None if given["day"] is None else read_day(given["day"], desk.today)
    ahead = desk.plan().next_long_run
    if day is None and ahead and given["minutes"] is not None and not given["other"]:
        day = ahead.day
    if day and day > desk.today:
        # Then it is that day, and nothing has been logged until then.
        desk = desk._replace(today=day)
    given["day"] = day.isoformat() if day else None
    entry = _run_entry(desk.log, desk.today, given, ask_flags=False)
    after = desk.plan(entry)
    click.echo(full_stop(f"If: {_told(entry)}"))
    print_answer(desk.plan(), after)
    print_table(after.table())


def _write(file: str, make: Callable[[Log, Date], Entry]) -> None:
    """Make an entry from what is known, write it, and show what it changes."""
    if file == REQUEST and not Path(file).exists():
        known = read_log(file)
        entry = make(known.log, today_in(None))
        write_entry(known.path, entry)
        click.echo(full_stop(f"Logged: {_told(entry)}"))
        click.echo("Next: runplan baseline finds what to begin with, runplan init plans it.")
        return
    desk = open_desk(file)
    entry = make(desk.log, desk.today)
    before, after = desk.plan(), desk.plan(entry)
    write_entry(desk.log_path, entry)
    click.echo(full_stop(f"Logged: {_told(entry)}"))
    print_answer(before, after)


def _told(entry: Entry) -> str:
    return f"{dated_day(entry.day)}, {entry}"


def _run_entry(past: Log, today: Date, given: Options, *, ask_flags: bool) -> Entry:
    """Return the entry that options, and answers where they lack something, describe."""
    if given["minutes"] is None and given["morning"] is not None:
        stray = [name for name in ("pain", "pain_from", "fatigue", "other") if given[name]]
        if stray:
            must = "a run must say how long it was; a morning alone says nothing else"
            what = ", ".join(f"--{name.replace('_', '-')}" for name in stray)
            raise InvalidValue(must, f"{what} without --minutes", "add --minutes")
        return _morning(past, today, given)
    if ask_flags and given["minutes"] is not None and not given["red_flags"]:
        must_be_asked(_MUST_SAY, "--red-flag")
        given = {**given, "red_flags": ask_red_flags()}
    if given["minutes"] is None:
        must_be_asked(_MUST_SAY, "--minutes")
        given = _asked(today, given, ask_flags=ask_flags)
    return RunReport(
        day=_said(given["day"], today),
        recorded_on=today,
        minutes=given["minutes"],
        pain=given["pain"] or 0,
        pain_from=given["pain_from"],
        pain_next_morning=given["morning"],
        fatigue=given["fatigue"] or 0,
        red_flags=given["red_flags"],
        kind="other" if given["other"] else "long",
        note=given["note"],
    )


def _morning(past: Log, today: Date, given: Options) -> MorningReport:
    """Return what completes the last run before today, or that of the day that was named."""
    days = {each.day for each in past if isinstance(each, RunReport) and each.day < today}
    day = max(days, default=None) if given["day"] is None else read_day(given["day"], today)
    if day is None or day not in days:
        must = "a morning must complete a run of an earlier day"
        raise InvalidValue(must, "none in the log", "log the run first, with --minutes")
    return MorningReport(
        day=day,
        recorded_on=today,
        pain=given["morning"],
        red_flags=given["red_flags"],
        note=given["note"],
    )


def _said(day: str | None, today: Date) -> Date:
    return today if day is None else read_day(day, today)


def _asked(today: Date, given: Options, *, ask_flags: bool) -> Options:
    """Return the options with what a runner answers."""
    click.echo(_SORENESS)
    answers = dict(given)
    day = _said(given["day"], today)
    if given["day"] is None:
        day = ask("Day", past_day(today), "today")
    answers["day"] = day.isoformat()
    answers["minutes"] = ask("Minutes run", whole(1, 600))
    if given["pain"] is None:
        answers["pain"] = ask("Worst pain in the upper back, 0 to 10", whole(0, 10), "0")
    if answers["pain"] and given["pain_from"] is None:
        most = answers["minutes"]
        text = "From which minute (Enter if you do not know)"
        answers["pain_from"] = ask(text, maybe(whole(0, most)), "")
    if given["fatigue"] is None:
        text = "How tired upper back and posture were, 0 to 10"
        answers["fatigue"] = ask(text, whole(0, 10), "0")
    if given["morning"] is None and day < today:
        text = "Pain on the morning after, 0 to 10 (Enter if you do not know)"
        answers["morning"] = ask(text, maybe(whole(0, 10)), "")
    if not given["red_flags"] and (answers["pain"] or ask_flags):
        answers["red_flags"] = ask_red_flags()
    return answers
