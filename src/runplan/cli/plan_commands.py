"""The commands that show something: show, why, baseline, exercises and demo."""

import csv
import io

import click
from rich.text import Text

from runplan._base.dates import Date, short_day
from runplan._base.day_words import read_day
from runplan._base.tables import facts
from runplan._base.text import NO_ADVICE
from runplan.calendar.event_text import TECHNIQUE
from runplan.calendar.ics import save_ics
from runplan.cli.answers import print_emergency
from runplan.cli.history_baseline import recorded_history
from runplan.cli.options import file_argument, file_option
from runplan.cli.output import console, print_changes, print_table, print_why
from runplan.cli.pages import STDOUT, write_pages
from runplan.cli.request_file import open_log, open_workspace
from runplan.cli.streams import after_saving, write_document
from runplan.cli.workspace import read_log, this_moment, today_in
from runplan.errors import InvalidValue
from runplan.model.away import Away
from runplan.model.exercises import EXERCISES, RPE
from runplan.model.plan import Plan
from runplan.model.sessions import StrengthSession
from runplan.model.weeks import Week
from runplan.planning.baseline import find_baseline
from runplan.planning.build import build
from runplan.planning.request import Rebuild
from runplan.storage.plan_json import plan_to_json

# The sources of baselines in words.
_SOURCES = {
    "house": "our choice; no study was found",
    "the method itself": "the method that runplan follows",
}

# Spreadsheets read text that begins like this as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

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
    changes = save_ics(plan, output, revised_at=this_moment())
    with after_saving():
        print_changes(output, changes)


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
        write_document(f"{plan_to_json(workspace.plan())}\n")
    elif rows:
        write_document(_csv(workspace.plan()))
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
    found = find_baseline(
        recorded_history(files, today) if files else read_log(file).log, today=today
    )
    console().print(f"Baseline: {found.why}")
    console().print(f"Source: {_SOURCES[found.source]}.")


@click.command()
@file_option
def exercises(file: str) -> None:
    """
    Show the strength exercises and how to do them.

    With a request: those its equipment allows, and if they rotate, the sessions ahead with theirs.
    """
    workspace = open_log(file)
    work = workspace.request.strength if workspace.request else None
    for exercise in work.chosen if work else EXERCISES:
        print_table(exercise.table(), bare=True)
        click.echo()
    plan = workspace.plan()
    if plan and work and work.per_session:
        print_table(facts("Sessions ahead", _rotation(plan)), bare=True)
        click.echo()
    console().print(RPE, TECHNIQUE)
    console().print(Text(NO_ADVICE, style="italic"))


# How many sessions to list. Of 2 or 3 among the four exercises, all combinations come before.
_MOST_SESSIONS = 8


def _rotation(plan: Plan) -> list[tuple[str, str]]:
    """Return the days of the next strength sessions, each with its exercises."""
    ahead = [
        each
        for each in plan.sessions
        if isinstance(each, StrengthSession) and plan.mark(each) == "planned"
    ]
    return [
        (short_day(each.day), "; ".join(one.exercise.name for one in each.prescriptions))
        for each in ahead[:_MOST_SESSIONS]
    ]


def _csv(plan: Plan) -> str:
    rows = plan.rows()
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(rows[0]))
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _not_a_formula(value) for name, value in row.items()})
    return text.getvalue()


def _not_a_formula(value: object) -> object:
    """Put an apostrophe before text that a spreadsheet would evaluate."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
