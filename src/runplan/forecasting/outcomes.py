"""
The five kinds of long runs that a forecast knows: which one a run was, and how one is reported.

The numbers are house assumptions. Each was chosen so that the rule for that kind applies, and no
other; docs/explanation/forecast.md has them as a table.
"""

from functools import lru_cache
from typing import Literal

from attrs import frozen

from runplan._base.dates import day_numbered
from runplan.model.log import RunReport
from runplan.policy.policy import TIRED_FROM, Outcome

Kind = Literal["clean", "tired", "cut_short", "painful", "missed"]
KINDS: tuple[Kind, ...] = ("clean", "tired", "cut_short", "painful", "missed")

# Late in the run, as the pain that the method is made for. [%]
_PAIN_FROM_PCT = 80


# Compared by which of TURNS it is: that is quick, and there are no others.
@frozen(eq=False)
class Turn:
    """
    How a long run may turn out.

    Attributes:
        kind: Of which kind that is.
        done_pct: How much of what was meant to be run is run, 0 for no run at all. [%]
        fatigue: How tired the back gets. [0-10]
        pain: The pain in the run, from 80 % of its length on. [0-10]
    """

    kind: Kind
    done_pct: int = 100
    fatigue: int = 0
    pain: int = 0


# Those of one kind are equally likely: every other painful run is mild, every other sets back.
TURNS = (
    Turn("clean"),
    Turn("tired", fatigue=8),
    Turn("cut_short", done_pct=70),
    Turn("painful", pain=2),
    Turn("painful", pain=4),
    Turn("missed", done_pct=0),
)


# The plays of a forecast differ in few of their runs, so most reports are asked for many times.
@lru_cache(maxsize=20_000)
def report_of(turn: Turn, planned_min: int, day: int, recorded_on: int) -> RunReport | None:
    """
    Return the report of a long run that has turned out so, its next morning without pain.

    Args:
        turn: How it has turned out.
        planned_min: How long it was meant to be. [min]
        day: The day number of the run, as date.toordinal() counts.
        recorded_on: The day number of the day it is told.

    >>> report = report_of(TURNS[4], 50, day=739_700, recorded_on=739_701)
    >>> report.pain, report.pain_from
    (4, 40)
    """
    if not turn.done_pct:
        return None
    minutes = max(1, planned_min * turn.done_pct // 100)
    return RunReport(
        day=day_numbered(day),
        recorded_on=day_numbered(recorded_on),
        minutes=minutes,
        pain=turn.pain,
        pain_from=minutes * _PAIN_FROM_PCT // 100 if turn.pain else None,
        pain_next_morning=0,
        fatigue=turn.fatigue,
    )


def kind_of(outcome: Outcome) -> Kind | None:
    """
    Return of which kind a reported long run was; None while its next morning is not known.

    >>> kind_of(Outcome(40, RunReport(day="2026-12-06", minutes=40, pain_next_morning=2)))
    'painful'
    """
    report = outcome.report
    if report.worst_pain or outcome.other_pain or report.red_flags:
        return "painful"
    if report.fatigue >= TIRED_FROM:
        return "tired"
    if outcome.is_short:
        return "cut_short"
    return None if report.pain_next_morning is None else "clean"
