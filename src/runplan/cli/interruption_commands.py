"""The commands for interruptions: away, ill, back and again."""

from collections.abc import Iterator, Sequence

import click

from runplan._base.dates import dated_day
from runplan._base.day_words import read_day
from runplan.cli.amendments import amendment, later_changes
from runplan.cli.answers import carry_out
from runplan.cli.change_commands import logged
from runplan.cli.options import command_line, file_option
from runplan.cli.request_file import open_workspace
from runplan.cli.workspace import Workspace
from runplan.errors import InvalidValue
from runplan.model.away import Away, joined, off, without_open_end
from runplan.model.away import back as returned
from runplan.planning.baseline import find_baseline
from runplan.planning.changes import Change

FEVER = (
    "Do not run with a fever. If it stays, see a doctor before you run again: together with back "
    "pain it is urgent (NICE CKS and NHS pages on back pain)."
)


@click.command()
@click.argument("first")
@click.argument("last", required=False)
@click.option("--note", default="", help="Anything else.")
@file_option
def away(file: str, first: str, last: str | None, note: str) -> None:
    """
    Take days off: a holiday, travel, an illness.

    FIRST and LAST are the first and last days off. LAST defaults to FIRST.
    """
    workspace = open_workspace(file)
    begins = read_day(first, workspace.today, ahead=True)
    ends = read_day(last, workspace.today, ahead=True, weekdays_from=begins) if last else begins
    _take_off(workspace, Away(first=begins, last=ends), ["days off"], note=note, file=file)


@click.command()
@click.argument("first", default="today")
@click.argument("last", required=False)
@click.option("--note", default="ill", help="Anything else.", show_default=True)
@file_option
def ill(file: str, first: str, last: str | None, note: str) -> None:
    """
    Take days off for an illness, until you are back.

    FIRST and LAST are the first and last days off. FIRST defaults to today; without LAST they have
    no end until you give one with `runplan back`.
    """
    workspace = open_workspace(file)
    begins = read_day(first, workspace.today)
    ends = read_day(last, workspace.today, ahead=True, weekdays_from=begins) if last else None
    more = [] if ends else [f"When you run again: {command_line(file, 'back')}"]
    new = Away(first=begins, last=ends)
    _take_off(workspace, new, ["ill", *more, FEVER], note=note, file=file)


def _take_off(
    workspace: Workspace, new: Away, said: Sequence[str], *, note: str, file: str
) -> None:
    """Add days off to the request, and print the effects after some more lines."""
    if new.last and new.last < workspace.today:
        do = "enter nothing: an unreported long run counts as missed anyway"
        raise InvalidValue("days off must not all be past", new.in_words(dated_day), do)
    what, *more = said
    before = workspace.request.away
    if new.last and new.first <= workspace.today:
        # Now it is known when the days off end.
        before = without_open_end(before, new.first)
    ranges = off(before, new.first, new.last)
    if ranges == joined(workspace.request.away):
        do = f"name other days, or end them: {command_line(file, 'back', 'DAY')}"
        raise InvalidValue("the days must not already be days off", new.in_words(dated_day), do)
    taken = next(each for each in reversed(ranges) if each.first <= new.first)
    lines = [f"{what}, {taken.in_words(dated_day)}", *more]
    _change_away(workspace, ranges, lines, note=note, file=file)


@click.command()
@click.argument("day", default="today")
@click.option("--note", default="", help="Anything else.")
@file_option
def back(file: str, day: str, note: str) -> None:
    """
    End the days off that are running.

    DAY is the first day on which training is planned again. Days off that begin later stay.
    """
    workspace = open_workspace(file)
    first = read_day(day, workspace.today, ahead=True)
    ranges = returned(workspace.request.away, first)
    _change_away(workspace, ranges, [f"back on {dated_day(first)}"], note=note, file=file)


def _change_away(
    workspace: Workspace,
    ranges: tuple[Away, ...],
    lines: Sequence[str],
    *,
    note: str,
    file: str,
) -> None:
    summary, *more = lines
    today = workspace.today
    entry = Change(day=today, recorded_on=today, away=ranges, note=note)
    amended = amendment(workspace, entry)
    later = later_changes(workspace, entry)

    def first_lines(id_: str) -> Iterator[str]:
        yield from logged(id_, summary, amended)
        yield from more
        yield from later

    carry_out(workspace, amended, first_lines, file=file)


@click.command()
@click.option(
    "--from",
    "start",
    default="none",
    metavar="MIN",
    help="The long run to start from, or none: find it in the log. [min]",
)
@click.option("--on", "day", default="today", metavar="DAY", help="From which day. Default: today.")
@click.option("--note", default="", help="Anything else.")
@file_option
def again(file: str, start: str, day: str, note: str) -> None:
    """
    Start again from a shorter long run.

    This also works after the target was reached. The plan goes on in the same calendar, and
    strength goes on where it was.
    """
    workspace = open_workspace(file)
    first = read_day(day, workspace.today, ahead=True)
    if first < workspace.today:
        must = "the day to start again must not be past"
        raise InvalidValue(must, first.isoformat(), "leave --on out to start today")
    _must_not_be_paused(workspace, file)
    minutes, why = _baseline(workspace, start)
    entry = Change(day=first, recorded_on=workspace.today, baseline_min=minutes, note=note)
    amended = amendment(workspace, entry)
    later = later_changes(workspace, entry)

    def first_lines(id_: str) -> Iterator[str]:
        summary = f"start again from {minutes} min on {dated_day(first)}"
        yield from logged(id_, summary, amended)
        yield from why
        yield "The plan goes on in the same calendar."
        yield from later

    carry_out(workspace, amended, first_lines, file=file)


def _must_not_be_paused(workspace: Workspace, file: str) -> None:
    pause = workspace.plan().pause
    if pause:
        cleared = command_line(file, "log", "clearance", "--baseline-min", "MIN")
        do = f"{pause.advice} Once you are cleared: {cleared}"
        raise InvalidValue("the plan must not be paused", pause.why, do)


def _baseline(workspace: Workspace, start: str) -> tuple[int, list[str]]:
    """Return the long run to start from [min], and why if it was found in the log."""
    if start == "none":
        found = find_baseline(workspace.log, today=workspace.today)
        return found.minutes, [f"Baseline: {found.why} (source: {found.source})"]
    if not start.isdigit():
        raise InvalidValue("--from must be whole minutes or none", start, "write it like 45")
    return int(start), []
