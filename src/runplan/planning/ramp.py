"""The strength ramp: how many sessions a week, with which doses, and why."""

from collections.abc import Sequence
from typing import NamedTuple

from runplan._base.text import count
from runplan.model.exercises import Exercise
from runplan.model.sessions import Decision, Facts, Prescription
from runplan.model.weeks import FIRST_MONTH_WEEKS

# (weeks, sessions a week), phase by phase; the last phase has None weeks: no end.
Ramp = tuple[tuple[int | None, int], ...]

RAMP: Ramp = ((2, 1), (2, 2), (None, 3))

# The least pain in a session, or on the morning after, that holds the ramp. [0-10]
_SORE = 3


def sessions_due(ramp: Ramp, week: int) -> int:
    """
    Return how many strength sessions are due in a week of the ramp.

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
    Return the week from which a ramp no longer changes.

    >>> settled_from(RAMP)
    5
    """
    return 1 + sum(weeks or 0 for weeks, _ in ramp)


class RampWeek(NamedTuple):
    """
    The strength work of a plan week.

    Attributes:
        number: The week of the ramp, from 1; 0 without strength.
        sessions: How many sessions.
        is_light: Whether the doses are those of the first month.
        easier: Whether to choose the easier variations.
        pain: The pain that held the ramp; 0 if none did. [0-10]
        pain_next_morning: The pain on a next morning that held it; 0 if none did. [0-10]
        sessions_before: How many sessions the plan's weeks before had.
    """

    number: int
    sessions: int
    is_light: bool = True
    easier: bool = False
    pain: int = 0
    pain_next_morning: int = 0
    sessions_before: int = 0

    @property
    def is_first_month(self) -> bool:
        """Whether it is one of the ramp's first four weeks."""
        return 1 <= self.number <= FIRST_MONTH_WEEKS


def week_after(
    last: RampWeek, ramp: Ramp | None, *, pain: int = 0, next_morning: int = 0, paused: bool = False
) -> RampWeek:
    """
    Return the week of the ramp that follows another.

    Args:
        last: The week before; number 0 before the first.
        ramp: The ramp; None for no strength.
        pain: The worst pain in a strength session of the week before. [0-10]
        next_morning: The worst pain on the morning after one. [0-10]
        paused: Whether the plan was paused in the week before, which then does not count.

    Source:
        docs/reference/sources.md#strength-answers

    >>> third = week_after(RampWeek(number=2, sessions=1), RAMP)
    >>> third.sessions, week_after(third, RAMP, next_morning=4).sessions
    (2, 1)
    """
    if ramp is None:
        return NO_STRENGTH
    number = last.number if paused and last.number else last.number + 1
    due = RampWeek(number, sessions_due(ramp, number), is_light=number <= FIRST_MONTH_WEEKS)
    if max(pain, next_morning) < _SORE or not last.number:
        return due
    due = due._replace(sessions=min(due.sessions, last.sessions), is_light=last.is_light)
    if next_morning < _SORE:
        return due._replace(pain=pain, easier=last.easier)
    fewer = min(due.sessions, max(1, last.sessions - 1))
    return due._replace(sessions=fewer, easier=True, pain_next_morning=next_morning)


NO_STRENGTH = RampWeek(0, 0)


def prescribe(exercises: Sequence[Exercise], week: RampWeek) -> tuple[Prescription, ...]:
    """
    Return the exercises with their doses in a week of the ramp.

    >>> from runplan.model.exercises import EXERCISES
    >>> str(prescribe(EXERCISES, RampWeek(number=5, sessions=3, is_light=False))[3])
    'One-arm kettlebell swing: 3 × 10–12 a side, RPE 6–7'
    """
    return tuple(
        Prescription(
            exercise=each,
            dose=each.first_month if week.is_light else each.after,
            easier=week.easier,
        )
        for each in exercises
    )


def rotated(
    prescriptions: Sequence[Prescription], per_session: int | None, number: int
) -> tuple[Prescription, ...]:
    """
    Return the prescriptions of one session: the next ones in turn.

    Args:
        prescriptions: Those of all exercises, in order.
        per_session: How many a session has; None: all.
        number: The number of the session among those of the plan, from 1.

    Source:
        docs/reference/sources.md#strength

    >>> from runplan.model.exercises import EXERCISES
    >>> all_ = prescribe(EXERCISES, RampWeek(number=1, sessions=1))
    >>> [each.exercise.name for each in rotated(all_, 3, number=2)][:2]
    ['One-arm kettlebell swing', 'Renegade row']
    """
    chosen = min(per_session or len(prescriptions), len(prescriptions))
    first = (number - 1) * chosen % len(prescriptions)
    return (*prescriptions, *prescriptions)[first : first + chosen]


def ramp_decision(ramp: Ramp, week: RampWeek, number: int) -> Decision:
    """
    Return the decision behind a week's strength sessions.

    Args:
        ramp: The ramp.
        week: The week of the ramp.
        number: The plan week, from 1.

    >>> ramp_decision(RAMP, RampWeek(number=3, sessions=2), 3).why
    'The ramp has 2 strength sessions this week and 3 a week from week 5 on.'
    """
    facts = {"sessions": week.sessions}
    if week.pain or week.pain_next_morning:
        return Decision(
            rule="strength-pain",
            action="ease" if week.easier else "repeat",
            why=_held(week),
            source="our choice",
            evidence="house",
            facts=Facts(facts | {"pain": week.pain, "pain_next_morning": week.pain_next_morning}),
        )
    sessions = count(week.sessions, "strength session")
    why = f"The ramp has {sessions} a week."
    if week.number < settled_from(ramp):
        # Weeks that did not count delay the later phases.
        settled = settled_from(ramp) + number - week.number
        facts |= {"later_sessions": ramp[-1][1], "from_week": settled}
        why = f"The ramp has {sessions} this week and {ramp[-1][1]} a week from week {settled} on."
    own = ramp != RAMP
    return Decision(
        rule="ramp",
        action="train",
        why=why,
        source="the ramp of the request" if own else "the method itself",
        evidence="house" if own else "the method",
        facts=Facts(facts),
    )


def _held(week: RampWeek) -> str:
    if week.pain:
        return f"The same as the week before, because of pain of {week.pain} of 10 in strength."
    what = f"pain of {week.pain_next_morning} of 10 on the morning after strength the week before"
    return f"One session fewer, at least one, and easier: {what}."
