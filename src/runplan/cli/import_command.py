"""The command that takes recorded runs into the log: import."""

from collections.abc import Iterable, Iterator, Sequence

import click
from attrs import evolve
from rich.text import Text

from runplan._base.dates import Date, dated_day
from runplan._base.text import count
from runplan.activities import Activities, new, read
from runplan.cli.options import REQUEST, command_line, file_option
from runplan.cli.output import console
from runplan.cli.request_file import open_workspace
from runplan.model.activity import Activity
from runplan.model.log import Log


@click.command(name="import")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@file_option
def import_(files: tuple[str, ...], file: str) -> None:
    """
    Add runs recorded by a watch or an app to the log.

    FILE is Strava's archive or its activities.csv, a list from Garmin Connect or intervals.icu as
    CSV, or a FIT, GPX or TCX file. An imported run says nothing about the back: the plan ignores
    it until you log how it was.
    """
    workspace = open_workspace(file)
    # All are read before anything is written.
    found = [read(each, timezone=workspace.request.timezone) for each in files]
    first, today = workspace.plan().start, workspace.today
    runs = [each for activities in found for each in activities]
    eligible = [each for each in runs if first <= each.day <= today]
    fresh = [recorded(each, today) for each in new(workspace.log, eligible)]
    if fresh:
        workspace.write(*fresh)
    log = workspace.log.add(*fresh)
    out = console()
    for line in (
        *_results(log, fresh, today),
        *_left_out(found, runs, eligible, len(fresh), first),
    ):
        out.print(line, soft_wrap=True)
    waiting = [each for each in log.waiting(today) if each in fresh]
    if waiting:
        ask = "runplan, which asks; or in one line: " if file == REQUEST else ""
        out.print(f"To report it: {ask}{answer(file, waiting[-1])}", soft_wrap=True)
        out.print(Text("The plan ignores runs until you report them.", style="italic"))


def recorded(activity: Activity, today: Date) -> Activity:
    """Return an activity as recorded today."""
    return evolve(activity, recorded_on=today)


def answer(file: str, activity: Activity) -> str:
    """
    Return a command line that answers a recorded run, with pain for the runner to correct.

    >>> run = Activity(day="2027-01-03", minutes=45, source="strava")
    >>> answer("rebuild.toml", run)
    'runplan log 2027-01-03 45 2@40'
    """
    pain = f"2@{max(0, activity.minutes - 5)}"
    return command_line(file, "log", activity.day.isoformat(), str(activity.minutes), pain)


def _results(log: Log, fresh: Sequence[Activity], today: Date) -> Iterator[str]:
    waiting = log.waiting(today)
    for each in fresh:
        state = "not reported yet" if each in waiting else "already reported"
        yield f"{dated_day(each.day)}, {each.minutes} min: {state}"
    if not fresh:
        yield "Nothing new."


def _left_out(
    found: Iterable[Activities],
    runs: Sequence[Activity],
    eligible: Sequence[Activity],
    fresh: int,
    first: Date,
) -> Iterator[str]:
    for activities in found:
        yield from activities.notes
    before = sum(each.day < first for each in runs)
    if before:
        yield f"Left out: {count(before, 'run')} before the plan's first day, {dated_day(first)}."
    ahead = len(runs) - len(eligible) - before
    if ahead:
        yield f"Left out: {count(ahead, 'run')} after today. Import them when they have happened."
    known = len(eligible) - fresh
    if known:
        yield f"Left out: {count(known, 'run')} already in the log, or recorded twice."
