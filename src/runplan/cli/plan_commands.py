"""The commands that show something: show, why, baseline, exercises and demo."""

import csv
import io

import click
from rich.text import Text

from runplan._base.dates import Date
from runplan._base.text import NO_ADVICE
from runplan.activities import read
from runplan.calendar.ics import save_ics
from runplan.cli.answers import print_emergency
from runplan.cli.history_baseline import asked_history
from runplan.cli.options import file_argument, file_option, read_day
from runplan.cli.output import console, print_changes, print_table, print_why
from runplan.cli.pages import STDOUT, write_pages
from runplan.cli.request_file import open_workspace
from runplan.cli.workspace import read_log, this_moment, today_in, zone_here
from runplan.errors import InvalidValue
from runplan.model.away import Away
from runplan.model.exercises import EXERCISES
from runplan.model.log import Log
from runplan.model.plan import Plan
from runplan.model.weeks import Week
from runplan.planning.baseline import find_baseline
from runplan.planning.build import build
from runplan.planning.request import Rebuild
from runplan.storage.plan_json import plan_to_json

_SAMPLE = Rebuild(
    baseline_min=40,
    target_min=60,
    start="2026-11-30",
    timezone="Europe/Berlin",
    away=(Away(first="2026-12-24", last="2026-12-27"),),
)


@click.command()
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    default="demo.ics",
    show_default=True,
    help="The calendar file.",
)
def demo(output: str) -> None:
    """Plan a sample rebuild and write its calendar."""
    plan = build(_SAMPLE)
    print_table(plan.table())
    print_changes(output, save_ics(plan, output, revised_at=this_moment()))


@click.command()
@file_argument
@click.option("--on", metavar="DAY", help="Show the plan as of a day, like 2027-01-10 or sunday.")
@click.option("--json", "as_json", is_flag=True, help="Show the whole plan as JSON.")
@click.option("--rows", type=click.Choice(["csv"]), help="Show one row per session.")
@click.option(
    "--html",
    metavar="FILE",
    help="Write an HTML page to view or print, like plan.html; - for stdout.",
)
@click.option(
    "--md",
    metavar="FILE",
    is_flag=False,
    flag_value=STDOUT,
    help="Write Markdown to a file like plan.md, or to stdout.",
)
def show(
    file: str,
    *,
    named: str | None,
    on: str | None,
    as_json: bool,
    rows: str | None,
    **pages: str | None,
) -> None:
    """
    Show the plan: weeks, reports, reasons and findings.

    FILE is the request, rebuild.toml by default; its log is read too. With --on, later entries
    are ignored; for a future day, nothing more is assumed to be recorded until then.
    """
    asked = {"--json": as_json, "--rows": rows, **{f"--{name}": pages[name] for name in pages}}
    _must_stand_alone([option for option, value in asked.items() if value], pages)
    workspace = open_workspace(file if named is None else named)
    if on is not None:
        workspace = workspace.as_of(read_day(on, workspace.today))
    if any(page is not None for page in pages.values()):
        write_pages(workspace, **pages)
    elif as_json:
        click.echo(plan_to_json(workspace.plan()))
    elif rows:
        click.echo(_csv(workspace.plan()), nl=False)
    else:
        print_table(workspace.plan().table())


def _must_stand_alone(options: list[str], pages: dict[str, str | None]) -> None:
    """Reject several formats at once, except two pages that do not both go to stdout."""
    are_files = set(options) == {"--html", "--md"} and list(pages.values()) != [STDOUT, STDOUT]
    if len(options) > 1 and not are_files:
        must = "a plan must be shown in one format at a time"
        raise InvalidValue(must, " with ".join(options), "give one of them, then the other")


@click.command()
@click.argument("day", required=False)
@file_option
def why(day: str | None, file: str) -> None:
    """
    Explain the length of a long run.

    Shows the rule, its row in the table and its source. DAY is any day of the plan week; a
    weekday means the most recent one. By default, the next long run is explained.
    """
    workspace = open_workspace(file)
    plan = workspace.plan()
    week = _week_of(plan, None if day is None else read_day(day, workspace.today))
    print_emergency(plan, file)
    if week.pause and not week.long_run:
        print_why(workspace.policies(), week.long_run_day, week.pause.decision)
    elif week.long_run:
        print_why(workspace.policies(), week.long_run.day, week.long_run.decision)
    else:
        must = "the week of that day must have a long run"
        given = f"week {week.number}, which has none"
        raise InvalidValue(must, given, "name a day of another week")


def _week_of(plan: Plan, day: Date | None) -> Week:
    if day is None:
        ahead = (
            each
            for each in plan.weeks
            if each.long_run_day >= plan.today and not each.report and (each.long_run or each.pause)
        )
        explained = [each for each in plan.weeks if each.long_run or each.pause]
        return next(ahead, (explained or plan.weeks)[-1])
    for week in plan.weeks:
        if week.first <= day <= week.last:
            return week
    must = f"the day must lie in the plan, {plan.start} to {plan.weeks[-1].last}"
    raise InvalidValue(must, day.isoformat(), "name one of its days")


@click.command()
@click.option(
    "--from",
    "files",
    multiple=True,
    metavar="FILE",
    help="Recorded runs, as import reads them; may be repeated. Asks how they were.",
)
@file_option
def baseline(file: str, files: tuple[str, ...]) -> None:
    """
    Find a baseline from the runs in the log.

    The baseline is the long run to start from. No rebuild.toml is needed. With --from, it comes
    from runs that a watch or an app recorded: the longest of each of the last six weeks. You are
    asked how each was, and nothing is written.
    """
    today = today_in(None)
    found = find_baseline(_history(files, today) if files else read_log(file).log, today=today)
    click.echo(f"Baseline: {found.why} (source: {found.source})")


def _history(files: tuple[str, ...], today: Date) -> Log:
    zone = zone_here() or "UTC"
    runs = [each for file in files for each in read(file, timezone=zone)]
    return asked_history(runs, today)


@click.command()
def exercises() -> None:
    """Show the strength exercises and how to do them."""
    for exercise in EXERCISES:
        print_table(exercise.table(), bare=True)
        click.echo()
    console().print(Text(NO_ADVICE, style="italic"))


def _csv(plan: Plan) -> str:
    rows = plan.rows()
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()
