"""What a rule and a policy are: an ordered table of rules, of which the first match decides."""

from collections.abc import Callable, Iterable
from itertools import takewhile
from types import NoneType
from typing import Any, NamedTuple, TypedDict

from attrs import Attribute, field, frozen

from runplan._base.dates import Date
from runplan._base.tables import Column, Table
from runplan._base.text import NO_ADVICE, count, one_line
from runplan._base.validators import each_is_a, is_a, one_of, to_tuple, whole
from runplan.errors import InvalidType, InvalidValue
from runplan.model.log import LONGEST_MIN, RunReport
from runplan.model.red_flags import RedFlag
from runplan.model.sessions import Decision

EVIDENCE = ("strong", "moderate", "weak", "convention", "the method", "house")


# What counts as clean. Source: the method, and design choices told in the docs.
DONE_PCT = 90
TIRED_FROM = 7


class Outcome(NamedTuple):
    """
    A long run as it was meant to be and as it turned out.

    Attributes:
        planned_min: How long it was meant to be. [min]
        report: How it went, with its next morning.
        other_pain: The worst pain in another run of its week. [0-10]
        is_planned: Whether it was meant to be at all: not in a paused week.

    >>> run = RunReport(day="2026-12-06", minutes=40, pain_next_morning=0)
    >>> Outcome(40, run).is_clean
    True
    """

    planned_min: int
    report: RunReport
    other_pain: int = 0
    is_planned: bool = True

    @property
    def is_short(self) -> bool:
        """Whether less than 90 % of what was meant to be was run."""
        return self.is_planned and self.report.minutes * 100 < self.planned_min * DONE_PCT

    @property
    def is_clean_so_far(self) -> bool:
        """Whether all that is known of it is clean: done, no pain, posture held."""
        return not (
            self.report.worst_pain
            or self.other_pain
            or self.report.red_flags
            or self.report.fatigue >= TIRED_FROM
            or self.is_short
        )

    @property
    def is_clean(self) -> bool:
        """Whether it was clean, the morning after included."""
        return self.report.pain_next_morning is not None and self.is_clean_so_far


class Resumption(NamedTuple):
    """
    What a clearance that has ended a pause lets the plan go on with.

    Attributes:
        minutes: How long the next long run is. [min]
        by: Who gave the clearance.
        is_new: Whether the clearance named these minutes as the new baseline.
    """

    minutes: int
    by: str
    is_new: bool


class Situation(NamedTuple):
    """
    What the rules see when they set a week's long run.

    Attributes:
        week: The plan week that is being set, from 1.
        level_min: The level: what the last run earned. [min]
        baseline_min: The rebuild's baseline. [min]
        target_min: The rebuild's target. [min]
        step_min: What a clean long run earns under this policy. [min]
        held_first_month: Whether this week lies in a first month that holds the long run.
        missed: Whether the week before had no long run.
        days_since_run: Days from the last run to the one being set. [days]
        longest_min: The longest run in the 30 days before the one being set, 0 for none. [min]
        clean_in_row: How many clean long runs at the level came last, in a row.
        last_action: What the decision about the last long run did; "" before the first.
        last_min: How long the long run of the week before was meant to be; 0 if it was missed.
            [min]
        first_month: Whether the week lies in the plan's first four weeks, paused ones aside.
        outcome: How the long run of the week before went; None if it was missed, or lies ahead
            or is still open, and is taken to be clean.
        outcomes: Every long run that was reported since the last pause, by day.
        awaits_morning: Whether the morning after the last run is not over yet.
        other_pain: The worst pain in another run of the week before, or in a report that came
            too late to be answered in its own week. [0-10]
        red_flags: Red flags reported since the last pause, with the days.
        resumption: What a pause that has just ended lets the plan go on with.
        worst_pain: No pain in outcomes is worse; the top of the scale where nobody has looked.
            [0-10]

    Source:
        docs/explanation/rules.md
    """

    week: int
    level_min: int
    baseline_min: int
    target_min: int
    step_min: int
    held_first_month: bool
    missed: bool
    days_since_run: int
    longest_min: int
    clean_in_row: int
    last_action: str
    last_min: int = 0
    first_month: bool = False
    outcome: Outcome | None = None
    outcomes: tuple[Outcome, ...] = ()
    awaits_morning: bool = False
    other_pain: int = 0
    red_flags: tuple[tuple[Date, RedFlag], ...] = ()
    resumption: Resumption | None = None
    worst_pain: int = 10

    @property
    def held_min(self) -> int:
        """The length to repeat: the level, or what was meant to be run if that was less. [min]"""
        meant = self.outcome.planned_min if self.outcome else self.last_min
        return min(self.level_min, meant) if meant else self.level_min

    def times_in_row(self, held: Callable[[Outcome], bool]) -> int:
        """Return for how many of the last reported long runs in a row something held."""
        return sum(1 for _ in takewhile(held, reversed(self.outcomes)))


def _phrase(value: str) -> str:
    return one_line(value, what="a rule's text", longest=300)


@frozen(kw_only=True)
class Referral:
    """
    Whom to see before the long runs go on. A verdict that has one pauses the plan.

    Attributes:
        since: The day of the report that asks for it.
        whom: Whom to see.
        how_soon: How soon.
        stops_strength: Whether strength pauses too.

    >>> Referral(since=Date(2027, 1, 3), whom="a doctor", how_soon="this week").stops_strength
    False
    """

    since: Date
    whom: str = field(converter=_phrase)
    how_soon: str = field(converter=_phrase)
    stops_strength: bool = False


@frozen
class Verdict:
    """
    What a rule says about a week's long run.

    Attributes:
        action: What it does, a word or two: "step", "repeat", "cut back".
        minutes: How long to run. [min]
        level_min: The level from now on; it differs from the minutes in a cutback week. [min]
        why: One plain sentence for the runner.
        refer: Whom to see first, if the long run is to be left out; the minutes are then what
            the plan resumes at.

    Raises:
        InvalidType: If a number of minutes is not whole.
        InvalidValue: If it is not from 1 to 360.

    >>> Verdict("step", 45, 45, "Up 5 minutes to 45 min.").minutes
    45
    """

    action: str = field(converter=_phrase)
    minutes: int = field(validator=whole(1, LONGEST_MIN, "minutes"))
    level_min: int = field(validator=whole(1, LONGEST_MIN, "minutes"))
    why: str = field(converter=_phrase)
    refer: Referral | None = field(
        default=None, validator=is_a(Referral, NoneType, article="a Referral or None")
    )


Decide = Callable[[Situation], Verdict | None]
Adjust = Callable[[Situation, Verdict], Verdict | None]


def _callable(_: object, attribute: "Attribute[Any]", value: object) -> None:
    if value is not None and not callable(value):
        must = f"{attribute.name} must be a function from a Situation to a Verdict or None"
        raise InvalidType(must, value, "give the function itself")


def _name(value: str) -> str:
    return one_line(value, what="a rule's or policy's name", longest=80)


@frozen(kw_only=True)
class Rule:
    """
    One row of a policy's table.

    Attributes:
        name: Its name: "clean", "away".
        when: When it applies, in words, for the table.
        then: What it does to the long run, in words, for the table; {step_min} stands for the
            policy's step.
        source: Whose rule it is.
        evidence: How strong the evidence is: one of strong, moderate, weak, convention,
            the method, house.
        decide: The rule itself: a plain function or a value that can be called, from the
            Situation to a Verdict, or to None where the rule does not apply.
        adjust: In place of decide, for a rule that depends on what the rules below it say: from
            the Situation and their Verdict to a Verdict or None. It cannot lift their pause.

    Raises:
        InvalidType: If a field has the wrong type.
        InvalidValue: If it has both decide and adjust, or neither.
        UnknownName: If the evidence is none of these.

    >>> exams = Rule(
    ...     name="exams", when="weeks 6 and 7", then="repeat", source="me", evidence="house",
    ...     decide=lambda now: Verdict("repeat", now.level_min, now.level_min, "Exams: held.")
    ...     if now.week in (6, 7) else None,
    ... )
    >>> exams.name
    'exams'
    """

    name: str = field(converter=_name)
    when: str = field(converter=_phrase)
    then: str = field(converter=_phrase)
    source: str = field(converter=_phrase)
    evidence: str = field(validator=one_of(*EVIDENCE))
    decide: Decide | None = field(default=None, validator=_callable)
    adjust: Adjust | None = field(default=None, validator=_callable)

    def __attrs_post_init__(self) -> None:
        if (self.decide is None) == (self.adjust is None):
            must = f"the rule {self.name!r} must have decide or adjust"
            given = "neither" if self.decide is None else "both"
            raise InvalidValue(must, given, "give one of them a function")


def _rules(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    return to_tuple(rules)


class RuleRow(TypedDict):
    """
    One rule of a policy, flat, as Policy.rows() lists it.

    Attributes:
        rule: Its name.
        when: When it applies.
        then: What it does to the long run.
        source: Whose rule it is.
        evidence: How strong the evidence is.
    """

    rule: str
    when: str
    then: str
    source: str
    evidence: str


@frozen(kw_only=True)
class Policy:
    """
    An ordered table of rules: the first that applies sets the long run.

    Attributes:
        name: What it is called.
        rules: The rules, in order. The last one must always apply.
        step_min: What a clean long run earns. [min]

    Raises:
        InvalidValue: If there is no rule, or two have the same name.

    >>> from runplan import FIVE_MINUTES
    >>> [rule.name for rule in FIVE_MINUTES.rules][-3:]
    ['unknown-morning', 'first-month', 'clean']
    """

    name: str = field(converter=_name)
    rules: tuple[Rule, ...] = field(converter=_rules, validator=each_is_a(Rule, at_least=1))
    step_min: int = field(default=5, validator=whole(1, 30, "minutes"))

    def __attrs_post_init__(self) -> None:
        names = [rule.name for rule in self.rules]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise InvalidValue("every rule of a policy must have its own name", twice, "rename one")

    def decide(self, now: Situation) -> tuple[Verdict, Decision]:
        """
        Return what the first rule that applies says, and the decision that records it.

        Raises:
            InvalidType: If a rule returns something else than a Verdict or None.
            InvalidValue: If no rule applies.
        """
        return self._decide_from(0, now)

    def _decide_from(self, first: int, now: Situation) -> tuple[Verdict, Decision]:
        for index in range(first, len(self.rules)):
            rule = self.rules[index]
            if rule.decide is None:
                return self._adjusted(rule, now, self._decide_from(index + 1, now))
            verdict = rule.decide(now)
            if verdict is not None:
                return verdict, _decision(rule, verdict)
        must = f"a rule of the policy {self.name!r} must apply to every week"
        raise InvalidValue(must, f"week {now.week}", "end the table with a rule that always does")

    def _adjusted(
        self, rule: Rule, now: Situation, below: tuple[Verdict, Decision]
    ) -> tuple[Verdict, Decision]:
        verdict = rule.adjust(now, below[0]) if rule.adjust else None
        if verdict is None:
            return below
        decision = _decision(rule, verdict)
        # Whatever a rule makes of a pause, it cannot lift it.
        return below if below[0].refer and not verdict.refer else (verdict, decision)

    def rows(self) -> list[RuleRow]:
        """
        Return the table, one flat dict a rule, in order, ready for a data frame.

        Every row has the same keys, all of them texts: ``rule`` (its name), ``when`` (when it
        applies), ``then`` (what it does to the long run), ``source`` (whose rule it is) and
        ``evidence`` (how strong the evidence is).

        >>> from runplan import FIVE_MINUTES
        >>> FIVE_MINUTES.rows()[-1]["then"]
        'one step (5 minutes), never past the target'
        """
        return [
            {
                "rule": rule.name,
                "when": rule.when,
                "then": rule.then.replace("{step_min}", str(self.step_min)),
                "source": rule.source,
                "evidence": rule.evidence,
            }
            for rule in self.rules
        ]

    def table(self) -> Table:
        """
        Return what it shows of itself: a row a rule, in order.

        >>> from runplan import FIVE_MINUTES
        >>> FIVE_MINUTES.table().lines
        ('A clean long run earns 5 minutes.',)
        """
        rows = self.rows()
        return Table(
            f"Policy: {self.name}",
            [Column(name.capitalize()) for name in rows[0]],
            [row.values() for row in rows],
            lines=[f"A clean long run earns {count(self.step_min, 'minute')}."],
            note=NO_ADVICE,
            caption="The rules: the first one that applies sets the long run",
        )

    def _repr_html_(self) -> str:
        return self.table().to_html()


def _decision(rule: Rule, verdict: Verdict) -> Decision:
    if not isinstance(verdict, Verdict):
        must = f"the rule {rule.name!r} must return a Verdict or None"
        raise InvalidType(must, verdict, "mend it")
    return Decision(
        rule=rule.name,
        action=verdict.action,
        why=verdict.why,
        source=rule.source,
        evidence=rule.evidence,
    )
