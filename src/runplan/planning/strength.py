"""The strength ramp: how many sessions a week, what is in one, and why."""

from collections.abc import Sequence
from typing import NamedTuple

from runplan._base.text import count
from runplan.model.exercises import Exercise
from runplan.model.sessions import Decision, Prescription
from runplan.model.weeks import FIRST_MONTH_WEEKS

# (weeks, sessions a week), phase by phase; None weeks: from there on.
Ramp = tuple[tuple[int | None, int], ...]

RAMP: Ramp = ((2, 1), (2, 2), (None, 3))
NO_RAMP: Ramp = ((None, 0),)

# From which pain on a session is answered. [0-10]
_SORE, _SEVERE_PAIN = 3, 6


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


def settled_from(ramp: Ramp) -> int:
    """
    Return the week from which on a ramp stays as it is.

    >>> settled_from(RAMP)
    5
    """
    return 1 + sum(weeks or 0 for weeks, _ in ramp)


class RampWeek(NamedTuple):
    """
    What a week of strength is meant to have.

    Attributes:
        number: The week of the ramp, from 1; it stays at the last that makes a difference.
        sessions: How many sessions.
        easier: Whether the easier variations are to be chosen.
        why: What held the ramp, "" where it went on.
        behind: How many plan weeks were no weeks of the ramp.
    """

    number: int
    sessions: int
    easier: bool = False
    why: str = ""
    behind: int = 0


def first_week(ramp: Ramp) -> RampWeek:
    """Return what the first week of a ramp has."""
    return RampWeek(number=1, sessions=sessions_due(ramp, 1))


def week_after(
    last: RampWeek, ramp: Ramp, *, pain: int = 0, next_morning: int = 0, paused: bool = False
) -> RampWeek:
    """
    Return what the week after a week of strength has.

    Args:
        last: The week before.
        ramp: The ramp.
        pain: The worst pain in a strength session of the week before. [0-10]
        next_morning: The worst pain on the morning after one. [0-10]
        paused: Whether the plan was paused in the week before: such a week does not count.

    Source:
        docs/reference/sources.md#strength-answers

    >>> third = RampWeek(number=3, sessions=2)
    >>> week_after(third, RAMP).number
    4
    >>> week_after(third, RAMP, pain=7).sessions
    1
    """
    # A ramp that has come to its end cannot fall behind.
    behind = last.behind + (last.number < settled_from(ramp))
    if pain >= _SEVERE_PAIN or next_morning >= _SORE:
        fewer = min(last.sessions, max(1, last.sessions - 1))
        where = "in strength" if pain >= _SEVERE_PAIN else "on the morning after strength"
        worst = pain if pain >= _SEVERE_PAIN else next_morning
        what = "One session fewer, and easier" if fewer < last.sessions else "Easier"
        why = f"{what}: pain of {worst} of 10 {where} the week before."
        return RampWeek(last.number, fewer, easier=True, why=why, behind=behind)
    if pain >= _SORE:
        why = f"The same as the week before, because of pain of {pain} of 10 in strength."
        return last._replace(why=why, behind=behind)
    if paused:
        return RampWeek(last.number, sessions_due(ramp, last.number), behind=behind)
    number = min(last.number + 1, max(settled_from(ramp), FIRST_MONTH_WEEKS + 1))
    return RampWeek(number, sessions_due(ramp, number), behind=last.behind)


def prescribe(
    exercises: Sequence[Exercise], week: int, *, easier: bool = False
) -> tuple[Prescription, ...]:
    """
    Return the exercises with the doses of a week of the ramp.

    >>> from runplan.model.exercises import EXERCISES
    >>> str(prescribe(EXERCISES, week=5)[3])
    'One-arm kettlebell swing: 3 × 10–12 a side, RPE 6–7'
    """
    first_month = week <= FIRST_MONTH_WEEKS
    return tuple(
        Prescription(
            exercise=each, dose=each.first_month if first_month else each.after, easier=easier
        )
        for each in exercises
    )


def ramp_decision(ramp: Ramp, week: RampWeek) -> Decision:
    """
    Return why a week has as many strength sessions as it has.

    Args:
        ramp: The ramp.
        week: What the week has.

    >>> ramp_decision(RAMP, RampWeek(number=3, sessions=2)).why
    'The ramp has 2 strength sessions this week and 3 a week from week 5 on.'
    """
    if week.why:
        return Decision(
            rule="strength-pain",
            action="ease" if week.easier else "repeat",
            why=week.why,
            source="our choice",
            evidence="house",
        )
    last_from = settled_from(ramp) + week.behind
    sessions = count(week.sessions, "strength session")
    if week.number < settled_from(ramp):
        later = f"{ramp[-1][1]} a week from week {last_from} on"
        why = f"The ramp has {sessions} this week and {later}."
    else:
        why = f"The ramp has {sessions} a week from week {last_from} on."
    own = ramp != RAMP
    return Decision(
        rule="ramp",
        action="train",
        why=why,
        source="the ramp of the request" if own else "the method itself",
        evidence="house" if own else "the method",
    )
