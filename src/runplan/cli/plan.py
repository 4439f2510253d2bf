"""The commands about plans: what is asked for, what comes of it, and why."""

import csv
import io
import sys
from collections.abc import Callable
from typing import Any

import click
from rich.text import Text

from runplan._base.dates import Date, days_after, here_and_now, to_day, to_zone
from runplan._base.files import read_if_there, write_whole
from runplan._base.text import NO_ADVICE
from runplan.calendar.ics import save_ics, to_ics
from runplan.calendar.options import CalendarOptions
from runplan.cli.asking import ask, must_be_asked, whole
from runplan.cli.options import file_option, read_day
from runplan.cli.output import console, print_changes, print_findings, print_table, print_why
from runplan.cli.pages import STDOUT, write_pages
from runplan.cli.workspace import REQUEST, open_desk, read_log, today_in
from runplan.errors import InvalidValue, RunplanError, UnusableFile
from runplan.model.away import Away
from runplan.model.exercises import EXERCISES
from runplan.model.log import LONGEST_MIN, SHORTEST_MIN
from runplan.model.plan import Plan
from runplan.model.weeks import Week
from runplan.planning.baseline import find_baseline
from runplan.planning.build import build
from runplan.planning.findings import is_away
from runplan.planning.request import Rebuild, Slot, Strength
from runplan.storage.records import POLICIES, plan_to_json
from runplan.storage.template import to_toml

CALENDAR = "plan.ics"

_SAMPLE = Rebuild(
    baseline_min=40,
    target_min=60,
    start="2026-11-30",
    timezone="Europe/Berlin",
    away=(Away(first="2026-12-24", last="2026-12-27"),),
)


@click.command()
@click.option("-o", "--output", default="demo.ics", show_default=True, help="The calendar file.")
def demo(output: str) -> None:
    """Plan a sample rebuild, show it, and write its calendar."""
    plan = build(_SAMPLE)
    print_table(plan.table())
    print_changes(output, save_ics(plan, output, revised_at=here_and_now()))


@click.command()
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
    minutes = whole(SHORTEST_MIN, LONGEST_MIN, "if less is pain-free, see a clinician first")
    questions: dict[str, tuple[str, Callable[[str], object], str | None]] = {
        "baseline_min": (
            "Long run without pain or fatigue in the upper back, minutes",
            minutes,
            None,
        ),
        "target_min": ("Long run to get back to, minutes", minutes, None),
        "start": ("First day", to_day, monday.isoformat()),
        "timezone": ("Time zone", to_zone, _zone_here()),
    }
    missing = [name for name in questions if given[name] is None]
    if missing:
        options = [f"--{name.replace('_', '-')}" for name in missing]
        must_be_asked("baseline, target, start and time zone must be given", *options)
    for name in missing:
        given[name] = ask(*questions[name])
    return {name: given[name] for name in questions}


def _zone_here() -> str | None:
    try:
        return to_zone(here_and_now().timezone_name or "")
    except RunplanError:
        return None


@click.command()
@click.argument("file", default=REQUEST)
@click.option("--on", help="As the plan stood on that day: 2027-01-10, sunday.")
@click.option("--json", "as_json", is_flag=True, help="The whole plan as JSON.")
@click.option("--rows", type=click.Choice(["csv"]), help="One row a session.")
@click.option("--html", help="As a page to look at and to print: plan.html, - for stdout.")
@click.option(
    "--md",
    is_flag=False,
    flag_value=STDOUT,
    help="As Markdown, to a file like plan.md or to stdout.",
)
def show(
    file: str, *, on: str | None, as_json: bool, rows: str | None, **pages: str | None
) -> None:
    """Show the plan of FILE and its log: weeks, what happened, reasons and findings."""
    asked = {"--json": as_json, "--rows": rows, **{f"--{name}": pages[name] for name in pages}}
    _must_stand_alone([option for option, value in asked.items() if value], pages)
    desk = open_desk(file)
    if on is not None:
        desk = desk._replace(today=read_day(on, desk.today))
    if any(page is not None for page in pages.values()):
        write_pages(desk, **pages)
    elif as_json:
        click.echo(plan_to_json(desk.plan()))
    elif rows:
        click.echo(_csv(desk.plan()), nl=False)
    else:
        print_table(desk.plan().table())


def _must_stand_alone(options: list[str], pages: dict[str, str | None]) -> None:
    """Refuse what would go to one stdout, or be left out; two files may be written at once."""
    are_files = set(options) == {"--html", "--md"} and list(pages.values()) != [STDOUT, STDOUT]
    if len(options) > 1 and not are_files:
        must = "a plan must be shown in one way at a time"
        raise InvalidValue(must, " with ".join(options), "give one of them, then the other")


@click.command()
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
    """Write the calendar of FILE and its log over the one that is there, and say what changed."""
    plan = open_desk(file).plan()
    chosen = CalendarOptions(**options)
    if output == "-":
        sys.stdout.buffer.write(to_ics(plan, options=chosen))
        return
    changes = save_ics(plan, output, revised_at=here_and_now(), options=chosen)
    print_changes(output, changes)
    print_findings([each for each in plan.findings if each.level == "warning"])


@click.command()
@click.argument("day", required=False)
@file_option
def why(day: str | None, file: str) -> None:
    """Tell why the long run of DAY is as it is: the rule, its row and its source. Or the next."""
    desk = open_desk(file)
    plan = desk.plan()
    week = _week_of(plan, None if day is None else read_day(day, desk.today))
    if week.pause and not week.long_run:
        print_why(desk.rebuild.policy, week.long_run_day, week.pause.decision)
    elif week.long_run:
        print_why(desk.rebuild.policy, week.long_run.day, week.long_run.decision)
    else:
        must = "the week of that day must have a long run"
        away = not week.sessions and is_away(desk.rebuild, week)
        given = f"week {week.number}, {'every day away' if away else 'which has none'}"
        raise InvalidValue(must, given, "name a day of another week")


def _week_of(plan: Plan, day: Date | None) -> Week:
    if day is None:
        ahead = (
            each
            for each in plan.weeks
            if each.long_run_day >= plan.today and not each.report and (each.long_run or each.pause)
        )
        told = [each for each in plan.weeks if each.long_run or each.pause]
        return next(ahead, (told or plan.weeks)[-1])
    for week in plan.weeks:
        if week.first <= day <= week.last:
            return week
    must = f"the day must lie in the plan, {plan.start} to {plan.weeks[-1].last}"
    raise InvalidValue(must, day.isoformat(), "name one of its days")


@click.command()
@file_option
def baseline(file: str) -> None:
    """Find the baseline from the runs of the log: the long run to begin with."""
    found = find_baseline(read_log(file).log, today=today_in(None))
    click.echo(f"Baseline: {found.why} (source: {found.source})")


@click.command()
def exercises() -> None:
    """Show the strength exercises and how each is done."""
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
