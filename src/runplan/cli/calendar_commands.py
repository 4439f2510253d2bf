"""The command that writes a calendar: export."""

import re
from typing import Any

import click
from attrs import evolve

from runplan._base.files import read_if_there
from runplan.calendar.ics import save_ics, to_ics
from runplan.calendar.options import CalendarOptions, values_of
from runplan.cli.answers import print_emergency
from runplan.cli.options import file_argument
from runplan.cli.output import console, print_changes, print_findings
from runplan.cli.request_file import open_workspace
from runplan.cli.streams import after_saving, write_document
from runplan.cli.workspace import this_moment
from runplan.storage.settings import load_settings
from runplan.storage.toml_lines import toml_value

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
@click.option(
    "--alarm-min", metavar="MIN", help="Set an alarm this long before each session, or none. [min]"
)
@click.option(
    "--morning", metavar="TIME", help="Ask about the back at this time the day after a long run."
)
@click.option("--answer-url", metavar="URL", help="The address of a page for reports, or none.")
@click.option(
    "--floating/--no-floating",
    default=None,
    help="Write times without a time zone, for travellers.",
)
@click.option(
    "--keep-cancelled/--no-keep-cancelled",
    default=None,
    help="Keep workouts that are no longer planned, as cancelled.",
)
@click.option("--emoji/--no-emoji", default=None, help="Begin titles with an emoji.")
@click.option("--colour", help="A CSS colour name, like seagreen.")
@click.option(
    "--refresh-hours", type=int, help="How often subscribers should look for changes. [h]"
)
@click.option("--calendar-name", help="The calendar's name, or none for the plan's name.")
@click.option("--busy/--no-busy", default=None, help="Show only that the time is taken.")
def export(file: str, named: str | None, output: str, **given: Any) -> None:  # noqa: ANN401 (what click read)
    """
    Write the calendar and list what changed.

    FILE is the request, rebuild.toml by default. An existing calendar is updated. The options are
    those under [calendar] in FILE; those given here count for this time only.
    """
    file = file if named is None else named
    workspace = open_workspace(file)
    plan = workspace.plan()
    usual = load_settings(file).calendar
    chosen = evolve(
        usual, **{name: _read(text) for name, text in given.items() if text is not None}
    )
    if output == "-":
        write_document(to_ics(plan, options=chosen).decode())
        return
    is_new = read_if_there(output) is None
    changes = save_ics(plan, output, revised_at=this_moment(), options=chosen)
    if not workspace.journal.seen:
        # From now on others may see this plan, so editing the request must not change its past.
        workspace.write()
    with after_saving():
        is_emergency = print_emergency(plan, file)
        print_changes(output, changes)
        if is_new or changes.options:
            _print_unusual(usual, chosen, file)
        warnings = [each for each in plan.findings if each.level == "warning"]
        print_findings([each for each in warnings if not is_emergency or each.code != "paused"])


def _read(given: Any) -> Any:  # noqa: ANN401 (what click read)
    """Return the value of an option: a number, None for none, or what was given."""
    if given == "none":
        return None
    is_number = isinstance(given, str) and re.fullmatch(r"-?\d{1,9}", given, re.ASCII)
    return int(given) if is_number else given


def _print_unusual(usual: CalendarOptions, chosen: CalendarOptions, file: str) -> None:
    """Print which options count for this time only, and how to keep them."""
    were = values_of(usual)
    once = [
        f"no {name}" if value is None else f"{name} = {toml_value(value)}"
        for name, value in values_of(chosen).items()
        if value != were[name]
    ]
    if once:
        keep = f"To keep that, put it under [calendar] in {file}."
        console().print(f"For this time only: {', '.join(once)}. {keep}", soft_wrap=True)
