"""The situation in which rules set a long run."""

from collections.abc import Callable
from itertools import takewhile
from typing import Literal, NamedTuple

from runplan._base.dates import Date
from runplan.model.entries import DONE_PCT, Entry, MorningReport, RunReport, StrengthReport
from runplan.model.red_flags import RedFlag

# What counts as clean. Source: the method, and our choices in docs/explanation/rules.md.
TIRED_FROM = 7


class Outcome(NamedTuple):
    """
    The outcome of a planned long run, and what was intended.

    Attributes:
        day: The day it was run; if it is open, the day it was planned for.
        planned_min: Its intended length. [min]
        level_min: Its intended level, which is more than planned_min in a cutback week. [min]
        minutes: Its actual length. [min]
        pain: The worst pain in it. [0-10]
        pain_from: The minute in which the pain began; None if not known. [min]
        pain_next_morning: The pain on the next morning; None if not known. [0-10]
        fatigue: How tired the upper back was. [0-10]
        red_flags: The red flags reported with it.
        is_open: Whether it may still be reported; until then it is assumed to be clean.

    >>> Outcome(Date(2026, 12, 6), 40, 40, 40).is_clean
    True
    """

    day: Date
    planned_min: int
    level_min: int
    minutes: int
    pain: int = 0
    pain_from: int | None = None
    pain_next_morning: int | None = None
    fatigue: int = 0
    red_flags: tuple[RedFlag, ...] = ()
    is_open: bool = False

    @property
    def worst_pain(self) -> int:
        """The worst pain in the run or on the next morning. [0-10]"""
        return max(self.pain, self.pain_next_morning or 0)

    @property
    def is_short(self) -> bool:
        """Whether less than 90 % of the planned minutes were run."""
        return self.minutes * 100 < self.planned_min * DONE_PCT

    @property
    def is_tired(self) -> bool:
        """Whether the upper back was tired: fatigue of 7 or more."""
        return self.fatigue >= TIRED_FROM

    @property
    def is_clean(self) -> bool:
        """Whether it was done, as far as is known without pain, with posture held and no flag."""
        return not (self.worst_pain or self.red_flags or self.is_tired or self.is_short)


class Complaint(NamedTuple):
    """
    Pain or red flags in any session, including planned long runs.

    Attributes:
        day: The day of the session.
        session: The session: "long run", "run" for another run, or "strength".
        pain: The worst pain in it. [0-10]
        pain_next_morning: The pain on the next morning; 0 if none is known. [0-10]
        red_flags: The red flags reported with it.

    >>> Complaint(Date(2026, 12, 9), "strength", pain=2, pain_next_morning=4).worst_pain
    4
    """

    day: Date
    session: Literal["long run", "run", "strength"]
    pain: int = 0
    pain_next_morning: int = 0
    red_flags: tuple[RedFlag, ...] = ()

    @classmethod
    def of(cls, entry: Entry) -> "Complaint | None":
        """Return the complaint in an entry about a session; None if there is none."""
        match entry:
            case MorningReport():
                pain, after = 0, entry.pain
            case RunReport() | StrengthReport():
                pain, after = entry.pain, entry.pain_next_morning or 0
            case _:
                return None
        if not (pain or after or entry.red_flags):
            return None
        session: Literal["strength", "run"]
        session = "strength" if isinstance(entry, StrengthReport) else "run"
        return cls(entry.day, session, pain, after, entry.red_flags)

    @property
    def worst_pain(self) -> int:
        """The worst pain in the session or on the next morning. [0-10]"""
        return max(self.pain, self.pain_next_morning)


class Resumption(NamedTuple):
    """
    How the long runs resume after a clearance has ended a pause.

    Attributes:
        minutes: The length of the next long run. [min]
        by: Who gave the clearance.
        is_new: Whether the clearance named these minutes as the new baseline.
    """

    minutes: int
    by: str
    is_new: bool


class Situation(NamedTuple):
    """
    The situation in which rules set a long run.

    Attributes:
        week: The plan week, from 1.
        day: The day of the long run.
        base_min: The base, from which the long run is set. [min]
        level_min: The base before easing. [min]
        baseline_min: The rebuild's baseline. [min]
        target_min: The rebuild's target. [min]
        step_min: The step that a clean long run earns under this policy. [min]
        outcome: How the long run of the week before went; None if there was none, it was missed,
            or it is open.
        earlier: The planned long runs before that one that were reported or are open, since the
            clearance that ended the last pause; at most twenty, the latest last.
        between: Pain and red flags in other runs and in strength sessions since the last long
            run, by day.
        was_missed: Whether the week before had a long run that was missed, or none at all.
        is_eased: Whether the base was eased after an absence.
        weeks_since: Plan weeks from the last long run to this one. [weeks]
        longest_min: The longest run of the last 30 days; 0 for none. [min]
        clean_in_row: How many of the latest long runs in a row were clean at the base's length.
        last_action: The action of the last decision; "" before the first.
        first_month: Whether the ramp is in its first four weeks and the long run is held.
        is_baseline: Whether this is the plan's first week, or the first long run after a new
            baseline.
        awaits_morning: Whether the morning after the last long run is not over yet.
        resumption: How the long runs resume after a pause that has just ended; None otherwise.

    Source:
        docs/explanation/rules.md
    """

    week: int
    day: Date
    base_min: int
    level_min: int
    baseline_min: int
    target_min: int
    step_min: int
    outcome: Outcome | None = None
    earlier: tuple[Outcome, ...] = ()
    between: tuple[Complaint, ...] = ()
    was_missed: bool = False
    is_eased: bool = False
    weeks_since: int = 1
    longest_min: int = 0
    clean_in_row: int = 0
    last_action: str = ""
    first_month: bool = False
    is_baseline: bool = False
    awaits_morning: bool = False
    resumption: Resumption | None = None

    @property
    def reported(self) -> tuple[Outcome, ...]:
        """The reported long runs, the latest last."""
        earlier = tuple(each for each in self.earlier if not each.is_open)
        return earlier if self.outcome is None else (*earlier, self.outcome)

    @property
    def before(self) -> Outcome | None:
        """The reported long run before the last one; None if there is none."""
        earlier = [each for each in self.earlier if not each.is_open]
        return earlier[-1] if earlier else None

    @property
    def complaints(self) -> tuple[Complaint, ...]:
        """Pain and red flags in all sessions from the last long run on."""
        last = self.outcome
        if last is None or not (last.worst_pain or last.red_flags):
            return self.between
        morning = last.pain_next_morning or 0
        run = Complaint(last.day, "long run", last.pain, morning, last.red_flags)
        return tuple(sorted((run, *self.between), key=lambda each: each.day))

    def in_row(self, held: Callable[[Outcome], bool]) -> int:
        """Return how many of the latest reported long runs in a row meet a condition."""
        return sum(1 for _ in takewhile(held, reversed(self.reported)))
