"""The findings about a plan: legal, but worth knowing."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from runplan.dates import weekday_name
from runplan.plan import Finding, Week
from runplan.rebuild import Rebuild
from runplan.rules.placing import REST_DAYS
from runplan.rules.progression import FIND_BASELINE, WINDOW_DAYS
from runplan.rules.strength import sessions_due

# Frandsen 2025: bands of one run over the longest of the 30 days before. [%]
_NOTE_PCT, _WARNING_PCT = 110, 130

_FLAGS = "NICE CKS and NHS pages on back pain; Finucane 2020, JOSPT"
_FRANDSEN = "Frandsen 2025, Br J Sports Med: observational, distances rather than minutes"
_RAMP = "ACSM 2009; Doma & Deakin 2013"
_HOUSE = "house"


def findings(rebuild: Rebuild, weeks: Sequence[Week]) -> tuple[Finding, ...]:
    """
    Return everything worth knowing about the weeks of a plan, warnings first.

    Args:
        rebuild: What was asked for.
        weeks: What is planned.
    """
    found = [
        *_assessment(rebuild),
        *_unfinished(rebuild, weeks),
        *_steps(weeks),
        *_restarts(weeks),
        *_long_runs_left_out(weeks),
        *_strength_left_out(rebuild, weeks),
        *_strength_days(weeks),
    ]
    # sorted() is stable: warnings come first, and in the order above.
    return tuple(sorted(found, key=lambda each: each.level != "warning"))


def _assessment(rebuild: Rebuild) -> Iterator[Finding]:
    if rebuild.assessed_on is None:
        yield Finding(
            code="not-assessed",
            level="warning",
            message=(
                "No assessment is on record. Let a doctor or physiotherapist look at pain between "
                "the shoulder blades before you train with it, then set assessed_on to that day."
            ),
            week=None,
            source=_FLAGS,
        )


def _unfinished(rebuild: Rebuild, weeks: Sequence[Week]) -> Iterator[Finding]:
    last = weeks[-1].long_run
    if last is None or last.minutes < rebuild.target_min:
        yield Finding(
            code="unfinished",
            level="warning",
            message=(
                f"The plan stops after {len(weeks)} weeks without reaching "
                f"{rebuild.target_min} min. Choose a nearer target or look at its policy."
            ),
            week=len(weeks),
            source=_HOUSE,
        )


def _steps(weeks: Iterable[Week]) -> Iterator[Finding]:
    for week in weeks:
        run = week.long_run
        if not run or not run.longest_min or run.minutes * 100 <= run.longest_min * _NOTE_PCT:
            continue
        steep = run.minutes * 100 > run.longest_min * _WARNING_PCT
        pct = f"{run.minutes * 100 / run.longest_min:.1f}".removesuffix(".0")
        yield Finding(
            code="step-over-130" if steep else "step-over-110",
            level="warning" if steep else "note",
            message=(
                f"Week {week.number}: {run.minutes} min is {pct} % of the longest run in "
                f"{WINDOW_DAYS} days, {run.longest_min} min."
            ),
            week=week.number,
            source=_FRANDSEN,
        )


def _restarts(weeks: Iterable[Week]) -> Iterator[Finding]:
    for week in weeks:
        if week.long_run and week.long_run.decision.action == FIND_BASELINE:
            yield Finding(
                code="find-baseline",
                level="warning",
                message=(
                    f"Week {week.number}: after so long without a run, find your baseline again "
                    "before you go on."
                ),
                week=week.number,
                source=week.long_run.decision.source,
            )


def _long_runs_left_out(weeks: Iterable[Week]) -> Iterator[Finding]:
    for first, last in _spans(week.number for week in weeks if week.long_run is None):
        yield Finding(
            code="long-run-left-out",
            level="note",
            message=f"{_named(first, last)}: no training, because every day is an away day.",
            week=first,
            source=_HOUSE,
        )


def _strength_left_out(rebuild: Rebuild, weeks: Iterable[Week]) -> Iterator[Finding]:
    if rebuild.strength is None:
        return
    ramp = rebuild.strength.ramp
    # A week without a long run has no free day at all, which is told already.
    short = (
        week.number
        for week in weeks
        if week.long_run and len(week.strength) < sessions_due(ramp, week.number)
    )
    for first, last in _spans(short):
        yield Finding(
            code="strength-left-out",
            level="note",
            message=(
                f"{_named(first, last)}: fewer strength sessions than usual. No free day keeps "
                "48 hours between them and stays off the long run's day and the day before it. "
                "Nothing is made up for."
            ),
            week=first,
            source=_RAMP,
        )


def _strength_days(weeks: Sequence[Week]) -> Iterator[Finding]:
    # The days repeat week after week, so each clash is told once, where it begins.
    told: set[str] = set()
    for code, message, week in _clashes(weeks):
        if message not in told:
            told.add(message)
            yield Finding(code=code, level="note", message=message, week=week, source=_RAMP)


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


def _spans(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Join numbers that follow each other: 3, 4, 7 gives (3, 4), (7, 7)."""
    for _, group in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        members = [number for _, number in group]
        yield members[0], members[-1]


def _named(first: int, last: int) -> str:
    return f"Week {first}" if first == last else f"Weeks {first} to {last}"
