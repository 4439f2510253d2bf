"""The findings about weeks: steps, weeks without training, and days of strength."""

from collections.abc import Iterable, Iterator, Sequence
from math import inf
from typing import Literal

from runplan._base.dates import weekday_name
from runplan.model.weeks import Finding, Week
from runplan.planning.finding_levels import FRANDSEN, HOUSE, STRENGTH, named, note, spans, warning
from runplan.planning.schedule import REST_DAYS
from runplan.planning.timeline import Timeline
from runplan.policy.progression_rules import WINDOW_DAYS

# Frandsen 2025: bands of one run relative to the longest of the 30 days before. [%]
_NOTE_PCT, _WARNING_PCT = 110, 130


def steps(weeks: Iterable[Week]) -> Iterator[Finding]:
    """Report large steps, measured by the longest run of the 30 days before."""
    runs = [week.long_run for week in weeks if week.long_run and week.long_run.longest_min]
    shares = {run.week: run.minutes * 100 / run.longest_min for run in runs}
    levels: tuple[tuple[str, Literal["warning", "note"], float, float], ...] = (
        ("step-over-130", "warning", _WARNING_PCT, inf),
        ("step-over-110", "note", _NOTE_PCT, _WARNING_PCT),
    )
    for code, level, low, high in levels:
        found = [week for week, pct in shares.items() if low < pct <= high]
        for first, last in spans(found):
            pcts = [shares[week] for week in range(first, last + 1)]
            least, most = (f"{pct:.1f}".removesuffix(".0") for pct in (min(pcts), max(pcts)))
            share = f"{least} %" if least == most else f"{least} to {most} %"
            message = (
                f"{named(first, last)}: the long run is {share} of the longest run of the "
                f"{WINDOW_DAYS} days before."
            )
            yield Finding(code=code, level=level, message=message, week=first, source=FRANDSEN)


def restarts(timeline: Timeline, weeks: Iterable[Week]) -> Iterator[Finding]:
    """Report weeks before which the baseline should be found again."""
    intentions = (timeline.intentions[week.number - 1] for week in weeks if week.long_run)
    for first, last in spans(each.week for each in intentions if each.is_restart):
        message = (
            f"{named(first, last)}: after so long without a long run, find your baseline again "
            "before you go on."
        )
        yield warning("find-baseline", message, HOUSE, first)


def long_runs_left_out(timeline: Timeline, weeks: Iterable[Week]) -> Iterator[Finding]:
    """Report weeks without training because of days off."""
    intentions = (timeline.intentions[week.number - 1] for week in weeks if not week.sessions)
    away = (
        each.week
        for each in intentions
        if not (each.placed.has_day or each.is_over or timeline.course.is_left_open(each.placed))
    )
    for first, last in spans(away):
        message = f"{named(first, last)}: no training, because of days off."
        yield note("long-run-left-out", message, first)


def strength_left_out(lacking: Iterable[int]) -> Iterator[Finding]:
    """Report weeks without enough days for their strength sessions."""
    for first, last in spans(lacking):
        message = (
            f"{named(first, last)}: fewer strength sessions than usual. No free day leaves 48 "
            "hours between them and avoids the long run's day and the day before it. Left-out "
            "sessions are not made up."
        )
        yield note("strength-left-out", message, first, STRENGTH)


def strength_days(weeks: Sequence[Week]) -> Iterator[Finding]:
    """Report strength sessions close to each other or to a long run."""
    # The days repeat week after week, so each clash is reported once, in its first week.
    seen: set[str] = set()
    for code, message, week in _clashes(weeks):
        if message not in seen:
            seen.add(message)
            yield note(code, message, week, STRENGTH)


def _clashes(weeks: Sequence[Week]) -> Iterator[tuple[str, str, int]]:
    sessions = [session for week in weeks for session in week.strength]
    # Day numbers: subtracting pendulum dates makes an Interval each time, which is slow.
    days = [session.day.toordinal() for session in sessions]
    long_runs = {week.long_run.day.toordinal() for week in weeks if week.long_run}
    for index, (session, day) in enumerate(zip(sessions, days, strict=True)):
        if index and day - days[index - 1] < REST_DAYS:
            before = weekday_name(sessions[index - 1].day)
            names = f"{before} and {weekday_name(session.day)}"
            message = f"Strength on {names} leaves less than 48 hours between the sessions."
            yield "strength-close", message, session.week
        if day in long_runs:
            message = f"Strength on {weekday_name(session.day)} is on the day of the long run."
            yield "strength-on-long-run-day", message, session.week
        if day + 1 in long_runs:
            message = f"Strength on {weekday_name(session.day)} is on the day before the long run."
            yield "strength-before-long-run", message, session.week
