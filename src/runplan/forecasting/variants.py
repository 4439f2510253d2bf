"""
The kinds of outcomes in a forecast, and the report of a long run of each kind.

The numbers are our choice: they make the rule for each kind apply, and no other.
docs/explanation/forecast.md has them as a table.
"""

from typing import Literal

from attrs import frozen

from runplan._base.dates import Date
from runplan.model.entries import RunReport
from runplan.policy.situation import Outcome

Kind = Literal["clean", "tired", "cut_short", "painful", "missed"]
KINDS: tuple[Kind, ...] = ("clean", "tired", "cut_short", "painful", "missed")

# Late in the run, like the pain that the method is meant for. [%]
_PAIN_FROM_PCT = 80


@frozen
class Variant:
    """
    A possible outcome of a long run.

    Attributes:
        kind: The kind of outcome.
        done_pct: The share of the planned minutes that is run; 0 for no run at all. [%]
        fatigue: How tired the upper back gets. [0-10]
        pain: The pain in the run, from 80 % of its length on. [0-10]
    """

    kind: Kind
    done_pct: int = 100
    fatigue: int = 0
    pain: int = 0


# Variants of one kind are equally likely: half of the painful runs are mild, half cause a reset.
VARIANTS = (
    Variant("clean"),
    Variant("tired", fatigue=8),
    Variant("cut_short", done_pct=70),
    Variant("painful", pain=2),
    Variant("painful", pain=4),
    Variant("missed", done_pct=0),
)


def outcome_of(variant: Variant, day: Date, planned_min: int, level_min: int) -> Outcome | None:
    """
    Return the outcome of a long run, with a painless next morning; None if it was missed.

    Args:
        variant: The variant.
        day: The day of the run.
        planned_min: Its intended length. [min]
        level_min: Its intended level. [min]

    >>> run = outcome_of(VARIANTS[4], Date(2027, 1, 10), 50, 50)
    >>> run.pain, run.pain_from
    (4, 40)
    """
    if not variant.done_pct:
        return None
    minutes = max(1, planned_min * variant.done_pct // 100)
    return Outcome(
        day=day,
        planned_min=planned_min,
        level_min=level_min,
        minutes=minutes,
        pain=variant.pain,
        pain_from=minutes * _PAIN_FROM_PCT // 100 if variant.pain else None,
        pain_next_morning=0,
        fatigue=variant.fatigue,
    )


def report_of(outcome: Outcome) -> RunReport:
    """Return the report that gives an outcome."""
    return RunReport(
        day=outcome.day,
        minutes=outcome.minutes,
        pain=outcome.pain,
        pain_from=outcome.pain_from,
        pain_next_morning=outcome.pain_next_morning,
        fatigue=outcome.fatigue,
    )


def kind_of(outcome: Outcome) -> Kind:
    """
    Return the kind of a reported outcome.

    >>> kind_of(Outcome(Date(2026, 12, 6), 40, 40, 40, pain_next_morning=2))
    'painful'
    """
    if outcome.worst_pain or outcome.red_flags:
        return "painful"
    if outcome.is_tired:
        return "tired"
    return "cut_short" if outcome.is_short else "clean"
