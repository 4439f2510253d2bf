"""What a rule and a policy are: an ordered table of rules, of which the first match decides."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from attrs import Attribute, field, frozen

from runplan.errors import InvalidType, InvalidValue
from runplan.fields import each_is_a, one_of, to_tuple, whole
from runplan.plan import LONGEST_MIN, Decision
from runplan.text import one_line

EVIDENCE = ("strong", "moderate", "weak", "convention", "the method", "house")


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


def _phrase(value: str) -> str:
    return one_line(value, what="a rule's text", longest=300)


@frozen
class Verdict:
    """
    What a rule says about a week's long run.

    Attributes:
        action: What it does, a word or two: "step", "repeat", "cut back".
        minutes: How long to run. [min]
        level_min: The level from now on; it differs from the minutes in a cutback week. [min]
        why: One plain sentence for the runner.

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


Decide = Callable[[Situation], Verdict | None]


def _callable(_: object, attribute: "Attribute[Any]", value: object) -> None:
    if not callable(value):
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
    decide: Decide = field(validator=_callable)


def _rules(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    return to_tuple(rules)


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
    >>> [rule.name for rule in FIVE_MINUTES.rules]
    ['baseline', 'away', 'first-month', 'clean']
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
        for rule in self.rules:
            verdict = rule.decide(now)
            if verdict is not None:
                if not isinstance(verdict, Verdict):
                    must = f"the rule {rule.name!r} must return a Verdict or None"
                    raise InvalidType(must, verdict, "mend its decide")
                return verdict, Decision(
                    rule=rule.name,
                    action=verdict.action,
                    why=verdict.why,
                    source=rule.source,
                    evidence=rule.evidence,
                )
        must = f"a rule of the policy {self.name!r} must apply to every week"
        raise InvalidValue(must, f"week {now.week}", "end the table with a rule that always does")

    def rows(self) -> list[dict[str, str]]:
        """
        Return the table, one flat dict a rule, in order.

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
