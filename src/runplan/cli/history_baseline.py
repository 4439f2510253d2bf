"""A baseline from recorded runs: which to ask about, and the questions."""

import sys
from collections.abc import Iterable, Iterator

import click

from runplan._base.dates import Date, dated_day
from runplan.activities import read
from runplan.cli.asking import ask, maybe, whole
from runplan.cli.workspace import zone_here
from runplan.errors import InvalidValue
from runplan.model.activity import Activity
from runplan.model.entries import RunReport
from runplan.model.log import Log

# How far back to ask, in weeks of seven days.
_WEEKS = 6

# The longest run that can be reported. [min]
_LONGEST_MIN = 600


def recorded_history(files: Iterable[str], today: Date) -> Log:
    """
    Return reports of the long runs in the files of a watch or an app, as asked_history does.

    Args:
        files: The files, as runplan.activities reads them.
        today: Today.

    Raises:
        RunplanError: If a file cannot be read, or as asked_history does.
    """
    zone = zone_here() or "UTC"
    return asked_history([each for file in files for each in read(file, timezone=zone)], today)


def asked_history(activities: Iterable[Activity], today: Date) -> Log:
    """
    Return reports of the long runs in a history, asking how the back was in each.

    The longest run of each of the last six weeks counts as its long run.

    Args:
        activities: Recorded runs, of which those of the last 42 days count.
        today: Today.

    Raises:
        InvalidValue: If there is no run in these weeks, or no terminal to ask at.
    """
    runs = list(long_runs(activities, today))
    if not runs:
        must = f"the files must hold a run of the last {_WEEKS * 7} days"
        raise InvalidValue(must, "none", "export them again, or give the baseline yourself")
    if not sys.stdin.isatty():
        must = "questions about these runs need a terminal"
        raise InvalidValue(must, "none", "log them instead, then: runplan baseline")
    click.echo(
        "How was your upper back in these runs? Press Enter to skip a run you do not recall."
    )
    return Log(filter(None, (_asked(each, today) for each in runs)))


def long_runs(activities: Iterable[Activity], today: Date) -> Iterator[Activity]:
    """
    Return the longest run of each of the last six weeks up to today, the oldest first.

    >>> days = ["2026-10-01", "2026-11-02", "2026-11-03", "2026-11-14"]
    >>> found = [Activity(day=day, minutes=40 + i, source="fit") for i, day in enumerate(days)]
    >>> [each.minutes for each in long_runs(found, Date(2026, 11, 15))]
    [42, 43]
    """
    weeks: dict[int, Activity] = {}
    for each in activities:
        back = (today.toordinal() - each.day.toordinal()) // 7
        if 0 <= back < _WEEKS and (back not in weeks or weeks[back].minutes < each.minutes):
            weeks[back] = each
    yield from (weeks[back] for back in sorted(weeks, reverse=True))


def _asked(activity: Activity, today: Date) -> RunReport | None:
    minutes = min(activity.minutes, _LONGEST_MIN)
    text = f"{dated_day(activity.day)}, {minutes} min: worst pain, 0 to 10"
    pain = ask(text, maybe(whole(0, 10)), "")
    if pain is None:
        return None
    began = None
    if pain:
        began = ask("The minute it began (Enter if you do not know)", maybe(whole(0, minutes)), "")
    return RunReport(
        day=activity.day, recorded_on=today, minutes=minutes, pain=pain, pain_from=began
    )
