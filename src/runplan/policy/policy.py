"""Rules and policies: an ordered table of rules, in which the first match decides."""

from collections.abc import Callable, Iterable, Mapping
from types import NoneType
from typing import Any, Literal, TypedDict, cast

from attrs import Attribute, AttrsInstance, asdict, field, frozen, has

from runplan._base.dates import Date, iso, to_day
from runplan._base.tables import Column, Table
from runplan._base.text import NO_ADVICE, count, one_line
from runplan._base.validators import each_is_a, is_a, one_of, or_none, to_tuple, whole
from runplan.errors import InvalidType, InvalidValue
from runplan.model.entries import LONGEST_MIN
from runplan.model.sessions import Decision, Facts
from runplan.policy.situation import Situation

EVIDENCE = ("strong", "moderate", "weak", "convention", "the method", "house")


def _phrase(value: str) -> str:
    return one_line(value, what="a rule's text", longest=300)


def _optional_phrase(value: str) -> str:
    return one_line(value, what="a rule's text", longest=300, may_be_empty=True)


def _name(value: str) -> str:
    return one_line(value, what="a rule's or policy's name", longest=80)


@frozen(kw_only=True)
class Referral:
    """
    Whom to see before long runs resume; a verdict with a referral pauses the plan.

    Attributes:
        since: The day of the session that caused it.
        whom: Whom to see.
        how_soon: How soon.
        stops_strength: Whether strength pauses too.
        is_emergency: Whether its advice comes before any other.
        session: Which session of that day caused it: "long run", "run" or "strength"; "" for
            the whole day.

    Raises:
        InvalidType: If a value has the wrong type.
        InvalidValue: If there is no such day, or a text is empty or too long.

    >>> Referral(since="2027-01-03", whom="a doctor", how_soon="this week").stops_strength
    False
    """

    since: Date = field(converter=to_day, repr=iso)
    whom: str = field(converter=_phrase)
    how_soon: str = field(converter=_phrase)
    stops_strength: bool = field(default=False, validator=is_a(bool, article="true or false"))
    is_emergency: bool = field(default=False, validator=is_a(bool, article="true or false"))
    session: Literal["long run", "run", "strength", ""] = field(
        default="", validator=one_of("long run", "run", "strength", "")
    )


@frozen
class Verdict:
    """
    A rule's decision about a long run.

    Attributes:
        action: What it does, a word or two: "step", "repeat", "cut back".
        minutes: How long to run. [min]
        level_min: The level from now on; it differs from the minutes in a cutback week. [min]
        why: One plain sentence for the runner; "" if the rule's say words it.
        refer: Whom to see first, if the long run is left out.
        earned_min: The earned level, if it differs from the level. [min]
        facts: The facts in the sentence, as plain values by name.

    Raises:
        InvalidType: If a value has the wrong type.
        InvalidValue: If a number of minutes is not from 1 to 360, or a text is too long.

    >>> Verdict("step", 45, 45, "Up 5 minutes to 45 min.").minutes
    45
    """

    action: str = field(converter=_phrase)
    minutes: int = field(validator=whole(1, LONGEST_MIN, "minutes"))
    level_min: int = field(validator=whole(1, LONGEST_MIN, "minutes"))
    why: str = field(default="", converter=_optional_phrase)
    refer: Referral | None = field(
        default=None, validator=is_a(Referral, NoneType, article="a Referral or None")
    )
    earned_min: int | None = field(
        default=None, validator=or_none(whole(1, LONGEST_MIN, "minutes"))
    )
    facts: Facts = field(factory=Facts, converter=Facts)


Decide = Callable[[Situation], Verdict | None]
Adjust = Callable[[Situation, Verdict], Verdict | None]
Say = Callable[[str, Mapping[str, Any]], str]


def _callable(_: object, attribute: "Attribute[Any]", value: object) -> None:
    if value is not None and not callable(value):
        must = f"{attribute.name} must be a function"
        raise InvalidType(must, value, "give the function itself")


def by_name(function: object) -> str:
    """Return a stable representation: the repr of a plain function contains its address."""
    return getattr(function, "__qualname__", None) or repr(function)


@frozen(kw_only=True)
class Rule:
    """
    One row of a policy's table.

    Attributes:
        name: Its name, such as "clean" or "away".
        when: When it applies, in words, for the table. Fields of decide or adjust in braces,
            such as {from_pain}, are filled in.
        then: What it does to the long run, in words, for the table. Fields are filled in as
            in when; {step_min} is the policy's step.
        source: Where the rule comes from.
        evidence: How strong the evidence is: strong, moderate, weak, convention, the method or
            house.
        decide: The rule itself: a callable that takes the Situation and returns a Verdict, or
            None if the rule does not apply.
        adjust: Used instead of decide if the rule depends on what the rules below it decide:
            it takes the Situation and their Verdict, and returns a Verdict or None. It cannot
            lift their pause.
        say: A callable that takes the action and the facts of a verdict, and returns the
            sentence for the runner. None: the verdict has its own.

    Raises:
        InvalidType: If a field has the wrong type.
        InvalidValue: If it has both decide and adjust, or neither.
        UnknownName: If there is no such level of evidence.

    >>> exams = Rule(
    ...     name="exams", when="weeks 6 and 7", then="repeat", source="me", evidence="house",
    ...     decide=lambda now: Verdict("repeat", now.base_min, now.base_min, "Exams: held.")
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
    decide: Decide | None = field(default=None, validator=_callable, repr=by_name)
    adjust: Adjust | None = field(default=None, validator=_callable, repr=by_name)
    say: Say | None = field(default=None, validator=_callable, repr=by_name)

    def __attrs_post_init__(self) -> None:
        if (self.decide is None) == (self.adjust is None):
            must = f"the rule {self.name!r} must have decide or adjust"
            given = "neither" if self.decide is None else "both"
            raise InvalidValue(must, given, "give one of them a function")

    def decision(self, verdict: Verdict) -> Decision:
        """Return the decision for a verdict of this rule."""
        facts = Facts({"minutes": verdict.minutes} | dict(verdict.facts))
        return Decision(
            rule=self.name,
            action=verdict.action,
            why=verdict.why
            or _optional_phrase(self.say(verdict.action, facts) if self.say else ""),
            source=self.source,
            evidence=self.evidence,
            facts=facts,
        )


def _rules(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    return to_tuple(rules)


class RuleRow(TypedDict):
    """
    One rule as a flat row of Policy.rows().

    Attributes:
        rule: Its name.
        when: When it applies.
        then: What it does to the long run.
        source: Where the rule comes from.
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
        name: Its name.
        rules: The rules, in order. The last one must always apply.
        step_min: The step that a clean long run earns. [min]

    Raises:
        InvalidType: If a value has the wrong type.
        InvalidValue: If there is no rule, or two have the same name.

    >>> from runplan import FIVE_MINUTES
    >>> [rule.name for rule in FIVE_MINUTES.rules][-3:]
    ['cut-short', 'first-month', 'clean']
    """

    name: str = field(converter=_name)
    rules: tuple[Rule, ...] = field(converter=_rules, validator=each_is_a(Rule, at_least=1))
    step_min: int = field(default=5, validator=whole(1, 30, "minutes"))

    def __attrs_post_init__(self) -> None:
        names = [rule.name for rule in self.rules]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise InvalidValue("every rule of a policy must have its own name", twice, "rename one")

    def decide(self, now: Situation) -> tuple[Rule, Verdict]:
        """
        Return the first rule that applies, and its verdict.

        Raises:
            InvalidType: If a rule returns something other than a Verdict or None.
            InvalidValue: If no rule applies.
        """
        return self._decide_from(0, now)

    def _decide_from(self, first: int, now: Situation) -> tuple[Rule, Verdict]:
        for index in range(first, len(self.rules)):
            rule = self.rules[index]
            if rule.decide is None:
                return _adjusted(rule, now, self._decide_from(index + 1, now))
            verdict = rule.decide(now)
            if verdict is not None:
                return rule, _checked(rule, verdict)
        must = f"a rule of the policy {self.name!r} must apply to every week"
        raise InvalidValue(must, f"week {now.week}", "end the table with a rule that always does")

    def rows(self) -> list[RuleRow]:
        """
        Return the table, one flat dict per rule, in order, ready for a data frame.

        Every row has the same keys, all of them texts: ``rule`` (its name), ``when`` (when it
        applies), ``then`` (what it does to the long run), ``source`` (where it comes from) and
        ``evidence`` (how strong the evidence is).

        >>> from runplan import FIVE_MINUTES
        >>> FIVE_MINUTES.rows()[-1]["then"]
        'one step (5 minutes), never past the target'
        """
        return [
            {
                "rule": rule.name,
                "when": self._filled_in(rule, rule.when),
                "then": self._filled_in(rule, rule.then),
                "source": rule.source,
                "evidence": rule.evidence,
            }
            for rule in self.rules
        ]

    def _filled_in(self, rule: Rule, text: str) -> str:
        function = rule.decide or rule.adjust
        known = asdict(cast("AttrsInstance", function)) if has(type(function)) else {}
        for name, value in ({"step_min": self.step_min} | known).items():
            text = text.replace(f"{{{name}}}", str(value))
        return text

    def table(self) -> Table:
        """
        Return a table for display: a row per rule, in order.

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


def _adjusted(rule: Rule, now: Situation, below: tuple[Rule, Verdict]) -> tuple[Rule, Verdict]:
    verdict = rule.adjust(now, below[1]) if rule.adjust else None
    if verdict is None:
        return below
    verdict = _checked(rule, verdict)
    # A rule may change a pause, but not lift it.
    return below if below[1].refer and not verdict.refer else (rule, verdict)


def _checked(rule: Rule, verdict: object) -> Verdict:
    if not isinstance(verdict, Verdict):
        must = f"the rule {rule.name!r} must return a Verdict or None"
        raise InvalidType(must, verdict, "fix the rule")
    return verdict
