"""
The tables of both policies for planned absences, a second time, in plain loops.

Written from the tables in docs/explanation/rules.md, without a look at how runplan does it:
nothing of it is imported here, and of a request only the fields are read.
"""

from typing import NamedTuple


class Run(NamedTuple):
    """A long run: plan week, day number, minutes, the level from then on, and the rule."""

    week: int
    day: int
    minutes: int
    level: int
    rule: str


MOST_WEEKS = 520


def days_of(rebuild, week):
    """Return the seven day numbers of a plan week."""
    first = rebuild.start.toordinal() + (week - 1) * 7
    return [first, first + 1, first + 2, first + 3, first + 4, first + 5, first + 6]


def usual_day(rebuild, week):
    """Return the day number of the week's usual long run."""
    for day in days_of(rebuild, week):
        # Day number 1 was a Monday.
        if (day - 1) % 7 == int(rebuild.long_run.day):
            return day
    raise AssertionError


def is_away(rebuild, day):
    """Say whether the runner is away on a day."""
    return any(each.first.toordinal() <= day <= each.last.toordinal() for each in rebuild.away)


def run_day(rebuild, week):
    """Return the day number of the week's long run, None where the whole week is away."""
    usual = usual_day(rebuild, week)
    for apart in range(7):
        for day in (usual - apart, usual + apart):
            if day in days_of(rebuild, week) and not is_away(rebuild, day):
                return day
    return None


def down_to_five(minutes):
    """Round down to a multiple of 5."""
    while minutes % 5:
        minutes -= 1
    return minutes


def tenths(level, share):
    """Return so many tenths of the level, rounded down to 5, at least 10, at most the level."""
    return min(level, max(10, down_to_five(level * share // 10)))


def longest_before(runs, day):
    """Return the longest run of the 30 days before a day."""
    longest = 0
    for run in runs:
        if day - 30 <= run.day < day and run.minutes > longest:
            longest = run.minutes
    return longest


def in_a_row(runs, level):
    """Count the planned runs of exactly the level that came last."""
    count = 0
    for run in reversed(runs):
        if run.week == 0 or run.minutes != level:
            break
        count += 1
    return count


def due(rebuild, runs, level, day, careful):
    """Return rule and length by the rows too-big-step, big-step and clean."""
    step_to = min(level + 5, rebuild.target_min)
    longest = longest_before(runs, day)
    waited = in_a_row(runs, level) >= 2
    if careful and (level + 5) * 10 > longest * 13:
        if not waited:
            return ("too-big-step", level)
        return ("too-big-step", min(max(longest * 13 // 10, level + 1), rebuild.target_min))
    if careful and (level + 5) * 10 > longest * 11 and not waited:
        return ("big-step", level)
    return ("clean", step_to)


def after_absence(rebuild, level, apart):
    """Return the length by how many days lie between the last run and the next."""
    if apart > 35:
        return min(rebuild.baseline_min, tenths(level, 5))
    if apart > 21:
        return tenths(level, 5)
    if apart > 14:
        return tenths(level, 7)
    return level


def set_by_table(rebuild, runs, level, *, week, day, nothing_run, careful):
    """Return the rule, the minutes and the level from then on: the table, row by row."""
    held = rebuild.first_month == "hold" and rebuild.strength is not None
    last = runs[-1]
    if week == 1:
        return ("baseline", level, level)
    if nothing_run:
        minutes = after_absence(rebuild, level, day - last.day)
        return ("away", minutes, minutes)
    if week <= 4 and held:
        return ("first-month", level, level)
    if careful and last.rule == "cutback" and last.week % 4 == 0:
        return ("cutback", level, level)
    rule, minutes = due(rebuild, runs, level, day, careful)
    if careful and week % 4 == 0 and week > 4:
        return ("cutback", tenths(minutes, 8), minutes)
    return (rule, minutes, minutes)


def long_runs(rebuild, careful):
    """Return a Run for each plan week, None for a week without a long run."""
    # The baseline counts as run a week before, as week 0.
    runs = [Run(0, usual_day(rebuild, 1) - 7, rebuild.baseline_min, rebuild.baseline_min, "")]
    level = rebuild.baseline_min
    nothing_run = False
    weeks = []
    for week in range(1, MOST_WEEKS + 1):
        day = run_day(rebuild, week)
        on = usual_day(rebuild, week) if day is None else day
        rule, minutes, earned = set_by_table(
            rebuild, runs, level, week=week, day=on, nothing_run=nothing_run, careful=careful
        )
        if day is None:
            # What the last run earned is the level, however long the absence gets.
            level = level if nothing_run else earned
            nothing_run = True
            weeks.append(None)
            continue
        nothing_run = False
        level = earned
        runs.append(Run(week, day, minutes, earned, rule))
        weeks.append(runs[-1])
        if minutes >= rebuild.target_min:
            break
    return weeks
