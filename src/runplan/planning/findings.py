"""The findings about a plan: legal, but worth knowing."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from runplan._base.dates import Date, weekday_name
from runplan._base.text import full_stop
from runplan.model.weeks import Finding, Week
from runplan.planning.history import History
from runplan.planning.request import Rebuild
from runplan.planning.schedule import REST_DAYS
from runplan.policy.progression_rules import FIND_BASELINE, WINDOW_DAYS

# Frandsen 2025: bands of one run over the longest of the 30 days before. [%]
_NOTE_PCT, _WARNING_PCT = 110, 130

_FLAGS = "NICE CKS and NHS pages on back pain; Finucane 2020, JOSPT"
_FRANDSEN = "Frandsen 2025, Br J Sports Med: observational, distances rather than minutes"
_RAMP = "ACSM 2009; Doma & Deakin 2013"
_ZONES = "Thomeé 1997, Phys Ther; Silbernagel 2007, Am J Sports Med: other body parts"
_HOUSE = "house"

# From here on pain is in the high-risk zone. [0-10]
_SEVERE_PAIN = 6


def findings(
    rebuild: Rebuild,
    weeks: Sequence[Week],
    history: History,
    *,
    is_finished: bool,
    lacking: Iterable[int],
) -> tuple[Finding, ...]:
    """
    Return everything worth knowing about the weeks of a plan, warnings first.

    Args:
        rebuild: What was asked for.
        weeks: What is planned, and how it went.
        history: What is known as of today.
        is_finished: Whether the target is reached, or going to be.
        lacking: The weeks that have no day for all their strength sessions.
    """
    ahead = [week for week in weeks if week.last.toordinal() >= history.day and not week.report]
    found = [
        *_pause(weeks, history, is_finished=is_finished),
        *_assessment(rebuild),
        *_unfinished(rebuild, weeks, is_finished=is_finished),
        *_pain_elsewhere(history),
        *_steps(ahead),
        *_restarts(ahead),
        *_contradictions(weeks, history),
        *_loose_ends(history),
        *_long_runs_left_out(rebuild, weeks),
        *_strength_left_out(lacking),
        *_strength_days(weeks),
    ]
    # sorted() is stable: warnings come first, and in the order above.
    return tuple(sorted(found, key=lambda each: each.level != "warning"))


def _pause(weeks: Sequence[Week], history: History, *, is_finished: bool) -> Iterator[Finding]:
    pause = weeks[-1].pause
    if pause and not is_finished:
        strength = " Strength is paused too." if pause.stops_strength else ""
        yield Finding(
            code="paused",
            level="warning",
            message=(
                f"{pause.why} {pause.advice}{strength} The long run goes on "
                "when a clearance is logged."
            ),
            week=weeks[-1].number,
            source=pause.decision.source,
        )
    elif history.is_flagged(history.day + 1):
        yield Finding(
            code="red-flag",
            level="warning",
            message="A red flag is on record. See a doctor before you run again.",
            week=None,
            source=_FLAGS,
        )


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


def _unfinished(rebuild: Rebuild, weeks: Sequence[Week], *, is_finished: bool) -> Iterator[Finding]:
    if not is_finished and not weeks[-1].pause:
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


def _pain_elsewhere(history: History) -> Iterator[Finding]:
    week = history.week_of(history.day)
    pain = max(history.other_pain(week), history.other_pain(week - 1))
    if pain >= _SEVERE_PAIN:
        yield Finding(
            code="pain-in-other-run",
            level="warning",
            message=(
                f"Pain of {pain} of 10 was reported from a run other than the long run. Let a "
                "doctor or physiotherapist look at it before you run again."
            ),
            week=None,
            source=_ZONES,
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


def _contradictions(weeks: Iterable[Week], history: History) -> Iterator[Finding]:
    for week in weeks:
        told = {str(report): report for report in history.reports_of(week.number)}
        if len(told) > 1 and week.report:
            yield Finding(
                code="two-reports",
                level="note",
                message=full_stop(
                    f"Week {week.number} has {len(told)} different reports of its long run. The "
                    f"one that earns less counts: {week.report}"
                ),
                week=week.number,
                source=_HOUSE,
            )


def _loose_ends(history: History) -> Iterator[Finding]:
    for clearance in sorted(history.clearances, key=lambda each: (each.day, repr(each))):
        if clearance not in history.used:
            yield Finding(
                code="clearance-without-pause",
                level="note",
                message=(
                    f"The clearance of {_date(clearance.day)} changes nothing: no pause was "
                    "waiting for it."
                ),
                week=None,
                source=_HOUSE,
            )
    for day in history.mornings_without_run():
        yield Finding(
            code="morning-without-run",
            level="note",
            message=(
                f"The morning after {_date(day)} was reported, but no run of that day. Log the "
                "run, and it counts."
            ),
            week=None,
            source=_HOUSE,
        )


def _long_runs_left_out(rebuild: Rebuild, weeks: Iterable[Week]) -> Iterator[Finding]:
    away = (week.number for week in weeks if not week.sessions and is_away(rebuild, week))
    for first, last in _spans(away):
        yield Finding(
            code="long-run-left-out",
            level="note",
            message=f"{_named(first, last)}: no training, because every day is an away day.",
            week=first,
            source=_HOUSE,
        )


def is_away(rebuild: Rebuild, week: Week) -> bool:
    """Say whether every day of a week is an away day."""
    days = range(week.first.toordinal(), week.first.toordinal() + 7)
    ranges = [(each.first.toordinal(), each.last.toordinal()) for each in rebuild.away]
    return all(any(first <= day <= last for first, last in ranges) for day in days)


def _strength_left_out(lacking: Iterable[int]) -> Iterator[Finding]:
    for first, last in _spans(lacking):
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


def _date(day: Date) -> str:
    return day.format("D MMMM YYYY")
