"""What is intended: the sessions, weeks and decisions of a plan."""

import datetime as dt
from collections.abc import Iterator
from typing import Literal, TypedDict

from attrs import field, frozen

from runplan.dates import (
    Date,
    DateTime,
    Time,
    at_local_time,
    days_after,
    iso,
    to_stdlib_date,
    to_stdlib_datetime,
)
from runplan.exercises import Dose, Exercise

NO_ADVICE = (
    "runplan plans training. It is no medical advice and no diagnosis: "
    "if pain stays, grows or worries you, see a doctor or physiotherapist."
)

# A long run that is planned with at all. [min]
SHORTEST_MIN, LONGEST_MIN = 10, 360

# In which strength starts and the long run stays short.
FIRST_MONTH_WEEKS = 4


class Row(TypedDict):
    """
    One session, flat, as Plan.rows() lists it.

    Attributes:
        week: The plan week, from 1.
        kind: What it is.
        place: Its place among the week's sessions of its kind, from 1.
        day: The day it falls on.
        start: When it begins, in the plan's zone.
        end: When it ends, in the plan's zone.
        minutes: How long it takes. [min]
        rule: The rule that set it.
        action: What that rule did.
        why: One sentence for the runner.
        source: Whose rule it is.
        evidence: How strong the evidence is.
        exercises: What to do with which dose; empty for a long run.
    """

    week: int
    kind: Literal["long run", "strength"]
    place: int
    day: dt.date
    start: dt.datetime
    end: dt.datetime
    minutes: int
    rule: str
    action: str
    why: str
    source: str
    evidence: str
    exercises: str


@frozen(kw_only=True)
class Decision:
    """
    Which rule set a session, to what, and why.

    Attributes:
        rule: The rule's name, as in the policy's table.
        action: What it did, a word or two: "step", "repeat", "cut back".
        why: One plain sentence for the runner.
        source: Whose rule it is.
        evidence: How strong the evidence is: strong, moderate, weak, convention, the method
            or house.

    >>> Decision(rule="clean", action="step", why="Up 5 minutes.", source="the method itself",
    ...          evidence="the method").rule
    'clean'
    """

    rule: str
    action: str
    why: str
    source: str
    evidence: str


@frozen(kw_only=True)
class Finding:
    """
    Something legal but worth knowing about a plan.

    Attributes:
        code: A short stable name, to filter by.
        level: "note" or "warning".
        message: One plain sentence or two for the runner.
        week: The plan week it is about, the first one where it is about several; None for
            the whole plan.
        source: Where the number or the rule comes from.

    >>> Finding(code="not-assessed", level="note", message="…", week=None, source="NICE CKS").level
    'note'
    """

    code: str
    level: Literal["note", "warning"]
    message: str
    week: int | None
    source: str


# Only its fields are wanted: methods made for it would cost an import time and be made again.
@frozen(kw_only=True, init=False, repr=False, eq=False)
class _Session:
    week: int
    place: int
    day: Date = field(repr=iso)
    at: Time = field(repr=iso)
    timezone: str
    minutes: int
    decision: Decision = field(repr=lambda decision: f"<{decision.rule}: {decision.action}>")
    moved_from: Date | None = field(default=None, repr=iso)

    @property
    def start(self) -> DateTime:
        """The moment it begins, in the plan's time zone."""
        return at_local_time(self.day, self.at, self.timezone)

    @property
    def end(self) -> DateTime:
        """The moment it ends, in the plan's time zone: the minutes on a stopwatch later."""
        return self.start.add(minutes=self.minutes)


@frozen(kw_only=True)
class LongRun(_Session):
    """
    The long run of a week, as intended.

    Attributes:
        week: The plan week, from 1.
        place: Its place among the week's long runs: always 1.
        day: The day it falls on.
        at: The local time it begins.
        timezone: The IANA time zone of that time.
        minutes: How long to run. [min]
        decision: Which rule set the length, and why.
        moved_from: The usual day, if that is an away day.
        level_min: The length that is due without a cutback. [min]
        longest_min: The longest run of the 30 days before, 0 for none. [min]

    >>> from runplan import Rebuild, build
    >>> plan = build(Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC"))
    >>> plan.weeks[4].long_run.minutes
    45
    """

    level_min: int
    longest_min: int


@frozen(kw_only=True)
class Prescription:
    """
    An exercise with the dose of one session.

    Attributes:
        exercise: What to do.
        dose: How much of it.

    >>> from runplan import EXERCISES
    >>> push_up = EXERCISES[2]
    >>> str(Prescription(exercise=push_up, dose=push_up.first_month))
    'Push-up with protraction: 2 × 8–10, RPE 5–6'
    """

    exercise: Exercise
    dose: Dose

    @property
    def sets(self) -> int:
        """How many sets."""
        return self.dose.sets

    @property
    def reps(self) -> tuple[int, int]:
        """Lowest and highest number of repetitions a set."""
        return self.dose.reps

    @property
    def per_side(self) -> bool:
        """Whether the repetitions are for each side."""
        return self.dose.per_side

    @property
    def rpe(self) -> tuple[int, int]:
        """Lowest and highest rating of perceived exertion. [1-10]"""
        return self.dose.rpe

    def __str__(self) -> str:
        return f"{self.exercise.name}: {self.dose}"


@frozen(kw_only=True)
class StrengthSession(_Session):
    """
    One strength session, as intended.

    Attributes:
        week: The plan week, from 1.
        place: Its place among the week's strength sessions, from 1. It keeps it when it moves.
        day: The day it falls on.
        at: The local time it begins.
        timezone: The IANA time zone of that time.
        minutes: How long it takes. [min]
        decision: Why it is there.
        moved_from: The usual day, if that was not free.
        prescriptions: What to do, in order.

    >>> from runplan import Rebuild, build
    >>> plan = build(Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC"))
    >>> str(plan.weeks[0].strength[0].prescriptions[0])
    'Renegade row: 2 × 6–8 a side, RPE 5–6'
    """

    prescriptions: tuple[Prescription, ...] = field(
        repr=lambda all_: repr(tuple(each.exercise.name for each in all_))
    )


@frozen(kw_only=True)
class Week:
    """
    Seven days of a plan, counted from its start.

    Attributes:
        number: Which week, from 1.
        first: Its first day.
        long_run: The long run, or None where it is left out.
        strength: The strength sessions, in the order of their days.

    >>> from runplan import Rebuild, build
    >>> plan = build(Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC"))
    >>> plan.weeks[4].number, len(plan.weeks[4].strength)
    (5, 3)
    """

    number: int
    first: Date = field(repr=iso)
    long_run: LongRun | None
    strength: tuple[StrengthSession, ...]

    @property
    def last(self) -> Date:
        """Its last day."""
        return days_after(self.first, 6)

    @property
    def sessions(self) -> tuple[LongRun | StrengthSession, ...]:
        """Every session, in the order of time."""
        long_run = () if self.long_run is None else (self.long_run,)
        return tuple(sorted((*long_run, *self.strength), key=lambda each: (each.day, each.at)))


def _minutes_of(weeks: tuple[Week, ...]) -> str:
    minutes = (str(week.long_run.minutes) if week.long_run else "–" for week in weeks)
    return f"<{len(weeks)} weeks: {' '.join(minutes)} min>"


@frozen(kw_only=True)
class Plan:
    """
    A rebuild planned week by week, until the target is run.

    Attributes:
        id: What its identity in calendars hangs on.
        name: What it is called.
        timezone: The IANA time zone of its times.
        policy: The name of the policy that set the long runs.
        baseline_min: The long run it starts from. [min]
        target_min: The long run it leads to. [min]
        weeks: The weeks, in order.
        findings: What is legal but worth knowing, the weightiest first.

    >>> from runplan import Rebuild, build
    >>> plan = build(Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC"))
    >>> [week.long_run.minutes for week in plan.weeks]
    [40, 40, 40, 40, 45, 50, 55, 60]
    >>> plan.finish.isoformat()
    '2027-01-24'
    """

    id: str
    name: str
    timezone: str
    policy: str
    baseline_min: int
    target_min: int
    weeks: tuple[Week, ...] = field(repr=_minutes_of)
    findings: tuple[Finding, ...] = field(
        repr=lambda findings: repr(tuple(finding.code for finding in findings))
    )

    @property
    def start(self) -> Date:
        """The plan's first day."""
        return self.weeks[0].first

    @property
    def finish(self) -> Date | None:
        """The day the target is first run; None if the plan stops before that."""
        for week in self.weeks:
            if week.long_run and week.long_run.minutes >= self.target_min:
                return week.long_run.day
        return None

    @property
    def sessions(self) -> Iterator[LongRun | StrengthSession]:
        """Every session, in the order of time."""
        return (session for week in self.weeks for session in week.sessions)

    def rows(self) -> list[Row]:
        """
        Return one flat dict a session, in the order of time, ready for a data frame.

        Every row has the same keys and types: ``week`` (int, from 1), ``kind`` ("long run" or
        "strength"), ``place`` (int, from 1), ``day`` (date), ``start`` and ``end`` (datetimes
        in the plan's zone), ``minutes`` (int), ``rule``, ``action``, ``why``, ``source``,
        ``evidence`` and ``exercises`` (texts, the last one empty for a long run).

        >>> from runplan import Rebuild, build
        >>> rebuild = Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC")
        >>> row = build(rebuild).rows()[0]
        >>> row["kind"], row["minutes"], row["start"].isoformat()
        ('strength', 30, '2026-12-02T18:30:00+00:00')
        """
        return [_row(session) for session in self.sessions]


def _row(session: LongRun | StrengthSession) -> Row:
    lifts = session.prescriptions if isinstance(session, StrengthSession) else ()
    return {
        "week": session.week,
        "kind": "strength" if isinstance(session, StrengthSession) else "long run",
        "place": session.place,
        "day": to_stdlib_date(session.day),
        "start": to_stdlib_datetime(session.start),
        "end": to_stdlib_datetime(session.end),
        "minutes": session.minutes,
        "rule": session.decision.rule,
        "action": session.decision.action,
        "why": session.decision.why,
        "source": session.decision.source,
        "evidence": session.decision.evidence,
        "exercises": "; ".join(map(str, lifts)),
    }
