"""The strength ramp: how many sessions a week, what is in one, and why."""

from collections.abc import Sequence

from runplan.exercises import Exercise
from runplan.plan import FIRST_MONTH_WEEKS, Decision, Prescription

# (weeks, sessions a week), phase by phase; None weeks: from there on.
Ramp = tuple[tuple[int | None, int], ...]

RAMP: Ramp = ((2, 1), (2, 2), (None, 3))
NO_RAMP: Ramp = ((None, 0),)


def sessions_due(ramp: Ramp, week: int) -> int:
    """
    Return how many strength sessions the ramp puts in a week.

    Args:
        ramp: The phases; the last one is open-ended.
        week: The week of the ramp, from 1.

    Source:
        docs/reference/sources.md#ramp

    >>> [sessions_due(RAMP, week) for week in range(1, 7)]
    [1, 1, 2, 2, 3, 3]
    """
    *phases, (_, from_then_on) = ramp
    ends = 0
    for weeks, sessions in phases:
        ends += weeks or 0
        if week <= ends:
            return sessions
    return from_then_on


def prescribe(exercises: Sequence[Exercise], week: int) -> tuple[Prescription, ...]:
    """
    Return the exercises with the doses of a week.

    >>> from runplan.exercises import EXERCISES
    >>> str(prescribe(EXERCISES, week=5)[3])
    'One-arm kettlebell swing: 3 × 10–12 a side, RPE 6–7'
    """
    first_month = week <= FIRST_MONTH_WEEKS
    return tuple(
        Prescription(exercise=each, dose=each.first_month if first_month else each.after)
        for each in exercises
    )


def ramp_decision(ramp: Ramp, week: int) -> Decision:
    """
    Return why a week has as many strength sessions as it has.

    >>> ramp_decision(RAMP, week=3).why
    'The ramp has 2 strength sessions this week and 3 a week from week 5 on.'
    """
    sessions = sessions_due(ramp, week)
    last_from = 1 + sum(weeks or 0 for weeks, _ in ramp)
    noun = "session" if sessions == 1 else "sessions"
    if week < last_from:
        later = f"{ramp[-1][1]} a week from week {last_from} on"
        why = f"The ramp has {sessions} strength {noun} this week and {later}."
    else:
        why = f"The ramp has {sessions} strength {noun} a week from week {last_from} on."
    own = ramp != RAMP
    return Decision(
        rule="ramp",
        action="train",
        why=why,
        source="the ramp of the request" if own else "the method itself",
        evidence="house" if own else "the method",
    )
