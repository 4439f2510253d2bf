"""The command line: reads, calls, prints."""

import csv
import io
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any

import click
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from runplan.dates import (
    Date,
    days_after,
    here_and_now,
    to_day,
    to_zone,
)
from runplan.errors import InvalidValue, RunplanError, UnusableFile
from runplan.exercises import EXERCISES
from runplan.export.ics import save_ics, to_ics
from runplan.export.options import CalendarOptions
from runplan.export.published import Changes
from runplan.export.records import POLICIES, load_rebuild, plan_to_json
from runplan.export.template import to_toml
from runplan.files import read_if_there, write_whole
from runplan.log import LONGEST_MIN, SHORTEST_MIN
from runplan.plan import NO_ADVICE, Finding, Plan, Week
from runplan.planner import build
from runplan.rebuild import Away, Rebuild, Slot, Strength

REQUEST = "rebuild.toml"
CALENDAR = "plan.ics"

# How many lines of each kind of change are worth reading.
_MOST_CHANGES = 10

_SAMPLE = Rebuild(
    baseline_min=40,
    target_min=60,
    start="2026-11-30",
    timezone="Europe/Berlin",
    away=(Away(first="2026-12-24", last="2026-12-27"),),
)


def run(arguments: Sequence[str]) -> int:
    """
    Run one command and return its exit status: 0, or 2 for what the user can mend.

    Args:
        arguments: What stands behind ``runplan`` on the command line.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A name that the terminal's encoding lacks is no reason to stop.
            stream.reconfigure(errors="replace")
    try:
        main.main(list(arguments), prog_name="runplan", standalone_mode=False)
        sys.stdout.flush()
    except click.Abort:
        return _fail("stopped, nothing was written")
    except click.ClickException as error:
        return _fail(error.format_message())
    except RunplanError as error:
        return _fail(str(error))
    except (BrokenPipeError, SystemExit):
        # Whoever read the output has seen enough, as in `runplan show | head`. click and rich
        # leave by SystemExit then.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        return _fail(f"the output cannot be written: {error.strerror}")
    return 0


def _fail(message: str) -> int:
    sys.stderr.write(f"runplan: {' '.join(message.split())}\n")
    return 2


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="runplan")
@click.pass_context
def main(context: click.Context) -> None:
    """
    Rebuild your long run after upper-back pain, five minutes at a time.

    Describe the rebuild in a rebuild.toml (runplan init), look at the plan (runplan show), and
    put it into your calendar (runplan export). runplan plans training; it is no medical advice.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


@main.command()
@click.option("-o", "--output", default="demo.ics", show_default=True, help="The calendar file.")
def demo(output: str) -> None:
    """Plan a sample rebuild, show it, and write its calendar."""
    plan = build(_SAMPLE)
    _print_plan(plan)
    _print_changes(output, save_ics(plan, output, revised_at=here_and_now()))


@main.command()
@click.option("--baseline-min", type=int, help="Long run that brings no pain or fatigue. [min]")
@click.option("--target-min", type=int, help="Long run to get back to. [min]")
@click.option("--start", help="First day of the first week, like 2026-11-30.")
@click.option("--timezone", help="IANA time zone, like Europe/Berlin.")
@click.option("--name", default="Long run rebuild", show_default=True, help="The plan's name.")
@click.option("--long-run-day", default="sunday", show_default=True, help="Weekday.")
@click.option("--long-run-at", default="09:00", show_default=True, help="Time of day.")
@click.option("--strength-at", default="18:30", show_default=True, help="Time of day.")
@click.option("--strength-min", type=int, default=30, show_default=True, help="Length. [min]")
@click.option("--no-strength", is_flag=True, help="No strength work.")
@click.option(
    "--first-month", type=click.Choice(["hold", "extend"]), default="hold", show_default=True
)
@click.option(
    "--policy", type=click.Choice(list(POLICIES)), default="five minutes", show_default=True
)
@click.option("--assessed-on", help="The day a clinician looked at the back.")
@click.option("-o", "--output", default=REQUEST, show_default=True, help="The file to write.")
def init(output: str, **given: Any) -> None:  # noqa: ANN401 (what click read, by option)
    """Write a rebuild.toml. Asks for what is missing."""
    if read_if_there(output) is not None:
        raise UnusableFile("the file must not be there yet", output, "name another one with -o")
    answers = _complete(given)
    rebuild = Rebuild(
        **answers,
        name=given["name"],
        long_run=Slot(given["long_run_day"], given["long_run_at"]),
        strength=(
            None
            if given["no_strength"]
            else Strength(at=given["strength_at"], minutes=given["strength_min"])
        ),
        first_month=given["first_month"],
        policy=POLICIES[given["policy"]],
        assessed_on=given["assessed_on"],
    )
    write_whole(output, to_toml(rebuild).encode())
    click.echo(f"{output} written. Next: runplan show {output}")


def _complete(given: dict[str, Any]) -> dict[str, Any]:
    """Return the four answers that must be given, asking for those that were not."""
    now = here_and_now()
    monday = days_after(now.date(), 7 - now.weekday())
    questions: dict[str, tuple[str, Callable[[str], object], str | None]] = {
        "baseline_min": (
            "Long run without pain or fatigue in the upper back, minutes",
            _minutes,
            None,
        ),
        "target_min": ("Long run to get back to, minutes", _minutes, None),
        "start": ("First day", to_day, monday.isoformat()),
        "timezone": ("Time zone", to_zone, _zone_here()),
    }
    missing = [name for name in questions if given[name] is None]
    if missing and not sys.stdin.isatty():
        options = ", ".join(f"--{name.replace('_', '-')}" for name in missing)
        must = "baseline, target, start and time zone must be given"
        raise InvalidValue(must, f"without {options}", "add what is missing")
    for name in missing:
        text, read, default = questions[name]
        given[name] = click.prompt(text, default=default, value_proc=_asked(read))
    return {name: given[name] for name in questions}


def _asked(read: Callable[[str], object]) -> Callable[[str], object]:
    def value(text: str) -> object:
        try:
            return read(text.strip())
        except RunplanError as error:
            # click shows it and asks again.
            raise click.UsageError(str(error)) from None

    return value


def _minutes(text: str) -> int:
    if not text.isdecimal() or not SHORTEST_MIN <= int(text) <= LONGEST_MIN:
        must = f"it must be whole minutes from {SHORTEST_MIN} to {LONGEST_MIN}"
        raise InvalidValue(must, text, "if less is pain-free, see a clinician first")
    return int(text)


def _zone_here() -> str | None:
    try:
        return to_zone(here_and_now().timezone_name or "")
    except RunplanError:
        return None


def _plan(file: str) -> Plan:
    if read_if_there(file) is None:
        raise UnusableFile("the request must be there", file, "write one with: runplan init")
    return build(load_rebuild(file))


@main.command()
@click.argument("file", default=REQUEST)
@click.option("--json", "as_json", is_flag=True, help="The whole plan as JSON.")
@click.option("--rows", type=click.Choice(["csv"]), help="One row a session.")
def show(file: str, *, as_json: bool, rows: str | None) -> None:
    """Show the plan of FILE: weeks, sessions, reasons and findings."""
    plan = _plan(file)
    if as_json:
        click.echo(plan_to_json(plan))
    elif rows:
        click.echo(_csv(plan), nl=False)
    else:
        _print_plan(plan)


@main.command()
@click.argument("file", default=REQUEST)
@click.option(
    "-o", "--output", default=CALENDAR, show_default=True, help="The calendar file; - for stdout."
)
@click.option("--alarm-min", type=int, help="An alarm so long before each session. [min]")
@click.option("--floating", is_flag=True, help="Times without a time zone, for travellers.")
@click.option("--keep-cancelled", is_flag=True, help="Keep what is no longer planned, marked.")
@click.option("--emoji", is_flag=True, help="Begin titles with an emoji.")
@click.option("--colour", default="seagreen", show_default=True, help="A CSS colour name.")
@click.option("--refresh-hours", type=int, default=12, show_default=True, help="[h]")
@click.option("--calendar-name", help="What the calendar is called, if not as the plan.")
@click.option("--busy", is_flag=True, help="Show only that the time is taken.")
def export(file: str, output: str, **options: Any) -> None:  # noqa: ANN401 (what click read)
    """Write the calendar of FILE over the one that is there, and say what changed."""
    plan = _plan(file)
    chosen = CalendarOptions(**options)
    if output == "-":
        sys.stdout.buffer.write(to_ics(plan, options=chosen))
        return
    changes = save_ics(plan, output, revised_at=here_and_now(), options=chosen)
    _print_changes(output, changes)
    _print_findings([each for each in plan.findings if each.level == "warning"])


@main.command()
def exercises() -> None:
    """Show the strength exercises and how each is done."""
    console = _console()
    for exercise in EXERCISES:
        console.print(Text(exercise.name, style="bold"))
        table = Table(box=None, show_header=False, padding=(0, 2, 0, 2))
        table.add_row("First month", str(exercise.first_month))
        table.add_row("After", str(exercise.after))
        table.add_row("Needs", exercise.needs)
        table.add_row("Works", ", ".join(exercise.works))
        table.add_row("Easier first", exercise.easier)
        table.add_row("How", "\n".join(exercise.cues))
        console.print(table)
        console.print()
    console.print(Text(NO_ADVICE, style="italic"))


def _console() -> Console:
    # Names and reasons are text, whatever brackets and colons they hold.
    return Console(markup=False, emoji=False, highlight=False)


def _print_plan(plan: Plan) -> None:
    console = _console()
    console.print(Text(plan.name, style="bold"))
    console.print(
        f"From {plan.baseline_min} to {plan.target_min} min, policy {plan.policy}, {plan.timezone}."
    )
    end = f"{plan.target_min} min on {_day(plan.finish)}" if plan.finish else "target not reached"
    console.print(f"{len(plan.weeks)} weeks from {_day(plan.start)}: {end}.")
    lift = next((each for week in plan.weeks for each in week.strength), None)
    if lift:
        console.print(f"Strength at {lift.at:%H:%M}, {lift.minutes} min a session.")
    _print_findings(plan.findings)
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("Week", justify="right")
    table.add_column("Long run", no_wrap=True)
    table.add_column("Min", justify="right", style="bold")
    table.add_column("Strength")
    table.add_column("Why")
    for week in plan.weeks:
        run = week.long_run
        table.add_row(
            str(week.number),
            f"{_short(run.day)} {run.at:%H:%M}" if run else "none",
            str(run.minutes) if run else "",
            " ".join(_short(each.day)[:3] for each in week.strength) or "none",
            _why(week),
        )
    console.print(table)
    console.print(Text(NO_ADVICE, style="italic"))


def _print_findings(findings: Sequence[Finding]) -> None:
    console = _console()
    if findings:
        console.print()
    for finding in findings:
        style = "bold yellow" if finding.level == "warning" else "bold"
        console.print(Text.assemble((f"{finding.level}: ", style), finding.message))


def _why(week: Week) -> str:
    if week.long_run is None:
        return "Every day of this week is an away day."
    moved = week.long_run.moved_from
    note = f" Moved from {_short(moved)}." if moved else ""
    return week.long_run.decision.why + note


def _short(day: Date) -> str:
    return day.format("ddd D MMM")


def _day(day: Date) -> str:
    return day.format("dddd, D MMMM YYYY")


def _csv(plan: Plan) -> str:
    rows = plan.rows()
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _print_changes(path: str, changes: Changes) -> None:
    console = _console()
    console.print(f"{path}: {changes}.", soft_wrap=True)
    for kind in ("added", "moved", "changed", "removed"):
        lines: tuple[str, ...] = getattr(changes, kind)
        for line in lines[:_MOST_CHANGES]:
            console.print(f"  {kind:<8}{line}", soft_wrap=True)
        if len(lines) > _MOST_CHANGES:
            console.print(f"  {kind:<8}… and {len(lines) - _MOST_CHANGES} more")
