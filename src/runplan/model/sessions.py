"""Intended sessions: when, how long, which exercises, and which rule set them."""

from collections.abc import Iterable, Iterator, Mapping

from attrs import field, frozen

from runplan._base.dates import Date, DateTime, Time, at_local_time, iso
from runplan.model.doses import Dose
from runplan.model.exercises import Exercise

Plain = int | float | str | bool | None


class Facts(Mapping[str, Plain]):
    """
    A frozen mapping from names to plain values.

    >>> facts = Facts({"pain": 4, "run_day": "2026-12-06"})
    >>> facts["pain"], dict(facts)
    (4, {'pain': 4, 'run_day': '2026-12-06'})
    """

    __slots__ = ("_values",)

    def __init__(self, values: Mapping[str, Plain] | Iterable[tuple[str, Plain]] = ()) -> None:
        self._values = dict(values)

    def __getitem__(self, name: str) -> Plain:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __hash__(self) -> int:
        return hash(frozenset(self._values.items()))

    def __repr__(self) -> str:
        return repr(self._values)


@frozen(kw_only=True)
class Decision:
    """
    The rule that set a session, what it did and why.

    Attributes:
        rule: The rule's name, as in the policy's table.
        action: What it did, a word or two: "step", "repeat", "cut back".
        why: One plain sentence for the runner.
        source: Where the rule comes from.
        evidence: How strong the evidence is: strong, moderate, weak, convention, the method
            or house.
        facts: The facts in the sentence, as plain values by name; docs/reference/facts.md lists
            them by rule. Days are ISO 8601 texts.

    >>> Decision(rule="clean", action="step", why="Up 5 minutes.", source="the method itself",
    ...          evidence="the method").rule
    'clean'
    """

    rule: str
    action: str
    why: str
    source: str
    evidence: str
    facts: Facts = field(factory=Facts, converter=Facts, repr=False)


# It only provides fields: generated methods would be overridden and slow down the import.
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
        """The moment it ends, in the plan's time zone, measured in elapsed minutes."""
        return self.start.add(minutes=self.minutes)


@frozen(kw_only=True)
class LongRun(_Session):
    """
    The long run of a week, as intended.

    Attributes:
        week: The plan week, from 1.
        place: Its place among the week's long runs: always 1.
        day: Its day.
        at: The local time it begins. Where clocks skip that time, start is later by the gap.
        timezone: The IANA time zone of that time.
        minutes: How long to run, in moving time: pauses do not count. [min]
        decision: Which rule set the length, and why.
        moved_from: The usual day, if the run has moved.
        level_min: The length due without a cutback. [min]
        longest_min: The longest run of the 30 days before; 0 for none. [min]

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
    An exercise with its dose in a session.

    Attributes:
        exercise: The exercise.
        dose: Its dose.
        easier: Whether to choose the easier variation.

    >>> from runplan import EXERCISES
    >>> push_up = EXERCISES[2]
    >>> str(Prescription(exercise=push_up, dose=push_up.first_month))
    'Push-up with protraction: 2 × 8–10, RPE 5–6'
    """

    exercise: Exercise
    dose: Dose
    easier: bool = False

    @property
    def sets(self) -> int:
        """How many sets."""
        return self.dose.sets

    @property
    def reps(self) -> tuple[int, int]:
        """Lowest and highest number of repetitions per set."""
        return self.dose.reps

    @property
    def per_side(self) -> bool:
        """Whether the repetitions are per side."""
        return self.dose.per_side

    @property
    def rpe(self) -> tuple[int, int]:
        """Lowest and highest rating of perceived exertion. [1-10]"""
        return self.dose.rpe

    def __str__(self) -> str:
        easier = f", easier: {self.exercise.easier}" if self.easier else ""
        return f"{self.exercise.name}: {self.dose}{easier}"


@frozen(kw_only=True)
class StrengthSession(_Session):
    """
    One strength session, as intended.

    Attributes:
        week: The plan week, from 1.
        place: Its place among the week's strength sessions, from 1. Unchanged when it moves.
        day: Its day.
        at: The local time it begins. Where clocks skip that time, start is later by the gap.
        timezone: The IANA time zone of that time.
        minutes: How long it takes. [min]
        decision: Why it is planned.
        moved_from: The usual day, if the session has moved.
        prescriptions: The exercises with their doses, in order.

    >>> from runplan import Rebuild, build
    >>> plan = build(Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC"))
    >>> str(plan.weeks[0].strength[0].prescriptions[0])
    'Renegade row: 2 × 6–8 a side, RPE 5–6'
    """

    prescriptions: tuple[Prescription, ...] = field(
        repr=lambda all_: repr(tuple(each.exercise.name for each in all_))
    )
