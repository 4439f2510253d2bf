"""The command that writes a calendar: export."""

from typing import Any

import click

from runplan.calendar.ics import save_ics, to_ics
from runplan.calendar.options import CalendarOptions
from runplan.cli.answers import print_emergency
from runplan.cli.options import file_argument
from runplan.cli.output import print_changes, print_findings
from runplan.cli.request_file import open_workspace
from runplan.cli.streams import after_saving, write_document
from runplan.cli.workspace import this_moment

CALENDAR = "plan.ics"


@click.command()
@file_argument
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    default=CALENDAR,
    show_default=True,
    help="The calendar file; - for stdout.",
)
@click.option("--alarm-min", type=int, help="Set an alarm this long before each session. [min]")
@click.option("--floating", is_flag=True, help="Write times without a time zone, for travellers.")
@click.option(
    "--keep-cancelled", is_flag=True, help="Keep workouts that are no longer planned, as cancelled."
)
@click.option("--emoji", is_flag=True, help="Begin titles with an emoji.")
@click.option("--colour", default="seagreen", show_default=True, help="A CSS colour name.")
@click.option(
    "--refresh-hours",
    type=int,
    default=12,
    show_default=True,
    help="How often subscribers should look for changes. [h]",
)
@click.option("--calendar-name", help="The calendar's name. Default: the plan's name.")
@click.option("--busy", is_flag=True, help="Show only that the time is taken.")
def export(file: str, named: str | None, output: str, **options: Any) -> None:  # noqa: ANN401 (what click read)
    """
    Write the calendar and list what changed.

    FILE is the request, rebuild.toml by default. An existing calendar is updated.
    """
    file = file if named is None else named
    workspace = open_workspace(file)
    plan = workspace.plan()
    chosen = CalendarOptions(**options)
    if output == "-":
        write_document(to_ics(plan, options=chosen).decode())
        return
    changes = save_ics(plan, output, revised_at=this_moment(), options=chosen)
    if not workspace.journal.seen:
        # From now on others may see this plan, so editing the request must not change its past.
        workspace.write()
    with after_saving():
        is_emergency = print_emergency(plan, file)
        print_changes(output, changes)
        warnings = [each for each in plan.findings if each.level == "warning"]
        print_findings([each for each in warnings if not is_emergency or each.code != "paused"])
