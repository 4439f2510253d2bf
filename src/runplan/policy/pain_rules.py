"""The pain rules that shorten or repeat the long run."""

from collections.abc import Callable
from typing import Any

from attrs import field, frozen

from runplan._base.validators import whole
from runplan.model.entries import SHORTEST_MIN
from runplan.policy import sentences
from runplan.policy.policy import Rule, Verdict
from runplan.policy.situation import Complaint, Outcome, Situation

_SORENESS = "soreness rules, as quoted in Int J Sports Phys Ther 2018"
HOUSE = "our choice"

scale = whole(1, 10, "points on the scale")


def reset_min(base_min: int, onset_min: int | None, share_pct: int = 80) -> int:
    """
    Return the length of the long run after a reset. [min]

    The lower of 5 minutes less and 80 % of the minute in which the pain began, rounded down to 5;
    at least 10 if it began in minute 10 or later. Where that minute is unknown, the lower of 10
    minutes less and 80 % of the base. At least 1.

    Args:
        base_min: The base. [min]
        onset_min: The minute in which the pain began; None if unknown. [min]
        share_pct: The share of that minute that is left. [%]

    Source:
        docs/reference/sources.md#reset

    >>> reset_min(45, 38), reset_min(45, None), reset_min(60, 11)
    (30, 35, 10)
    """
    if onset_min is None:
        return max(1, min(base_min - 10, _share(base_min, share_pct)))
    least = SHORTEST_MIN if onset_min >= SHORTEST_MIN else 1
    return max(least, min(base_min - 5, _share(onset_min, share_pct)))


def _share(minutes: int, pct: int) -> int:
    return minutes * pct // 100 // 5 * 5


@frozen
class ModeratePain:
    """
    Set the long run back to before the pain began.

    Attributes:
        from_pain: The least pain in the long run that causes a reset. [0-10]
        share_pct: The share of the minute in which it began that is left. [%]

    Source:
        docs/reference/sources.md#reset
    """

    from_pain: int = field(default=3, validator=scale)
    share_pct: int = field(default=80, validator=whole(10, 100, "percent"))

    def __call__(self, now: Situation) -> Verdict | None:
        """Return the verdict; None if the rule does not apply."""
        run = now.outcome
        if run is None or run.pain < self.from_pain:
            return None
        if run.pain_from is not None and run.pain_from > run.planned_min:
            return None
        minutes = reset_min(now.base_min, run.pain_from, self.share_pct)
        return Verdict("reset", minutes, minutes, facts=_of_run(run) | {"percent": self.share_pct})


@frozen
class PainNextMorning:
    """
    Take a step back after pain on the next morning.

    Attributes:
        from_pain: The least pain that causes a step back. [0-10]

    Source:
        docs/reference/sources.md#next-morning
    """

    from_pain: int = field(default=3, validator=scale)

    def __call__(self, now: Situation) -> Verdict | None:
        """Return the verdict; None if the rule does not apply."""
        run = now.outcome
        if run is None or (run.pain_next_morning or 0) < self.from_pain:
            return None
        return _step_back(now, _of_run(run))


@frozen
class PainBetween:
    """
    Take a step back after pain in another run since the last long run.

    Attributes:
        from_pain: The least pain that causes a step back. [0-10]

    Source:
        docs/reference/sources.md#pain-between
    """

    from_pain: int = field(default=3, validator=scale)

    def __call__(self, now: Situation) -> Verdict | None:
        """Return the verdict; None if the rule does not apply."""
        worst = _worst(now, lambda each: each.session != "strength")
        if worst is None or worst.worst_pain < self.from_pain:
            return None
        # It shortens this long run alone: if that is missed, the earned level is unchanged.
        return _step_back(now, of_complaint(worst), earned_min=now.base_min)


@frozen
class EarlyPain:
    """
    Take a step back after mild pain that began early.

    Attributes:
        within_min: The last minute that counts as early. [min]

    Source:
        docs/reference/sources.md#early-pain
    """

    within_min: int = field(default=10, validator=whole(1, 60, "minutes"))

    def __call__(self, now: Situation) -> Verdict | None:
        """Return the verdict; None if the rule does not apply."""
        run = now.outcome
        if run is None or run.pain_from is None or run.pain_from > self.within_min:
            return None
        return _step_back(now, _of_run(run) | {"within_min": self.within_min})


@frozen
class MildPain:
    """
    Repeat the long run after any other pain, and step back if it recurs.

    Attributes:
        step_back_from: How many painful long runs in a row cause a step back.

    Source:
        docs/reference/sources.md#mild-pain
    """

    step_back_from: int = field(default=2, validator=whole(1, 20, "times"))

    def __call__(self, now: Situation) -> Verdict | None:
        """Return the verdict; None if the rule does not apply."""
        run = now.outcome
        if run is None or not run.worst_pain:
            return None
        times = now.in_row(is_painful)
        if times >= self.step_back_from:
            return _step_back(now, _of_run(run) | {"times": times})
        return Verdict("repeat", now.base_min, now.base_min, facts=_of_run(run))


@frozen
class MildPainBetween:
    """
    Repeat the long run after mild pain in another run, or moderate pain in strength.

    Attributes:
        from_pain_run: The least pain in another run for a repeat. [0-10]
        from_pain_strength: The least pain in a strength session for a repeat. [0-10]

    Source:
        docs/reference/sources.md#pain-between
    """

    from_pain_run: int = field(default=1, validator=scale)
    from_pain_strength: int = field(default=3, validator=scale)

    def __call__(self, now: Situation) -> Verdict | None:
        """Return the verdict; None if the rule does not apply."""
        worst = _worst(now, self._counts)
        if worst is None:
            return None
        return Verdict("repeat", now.base_min, now.base_min, facts=of_complaint(worst))

    def _counts(self, each: Complaint) -> bool:
        is_strength = each.session == "strength"
        return each.worst_pain >= (self.from_pain_strength if is_strength else self.from_pain_run)


def is_painful(outcome: Outcome) -> bool:
    """Return whether there was pain, in the run or on the next morning."""
    return outcome.worst_pain > 0


def _worst(now: Situation, counts: Callable[[Complaint], bool]) -> Complaint | None:
    return max(
        filter(counts, now.between), key=lambda each: (each.worst_pain, each.pain), default=None
    )


def _step_back(now: Situation, facts: dict[str, Any], earned_min: int | None = None) -> Verdict:
    minutes = max(1, now.base_min - now.step_min)
    return Verdict("step back", minutes, minutes, earned_min=earned_min, facts=facts)


def _of_run(run: Outcome) -> dict[str, Any]:
    return {
        "run_day": run.day.isoformat(),
        "pain": run.pain,
        "pain_from": run.pain_from,
        "pain_next_morning": run.pain_next_morning,
    }


def of_complaint(each: Complaint) -> dict[str, Any]:
    """Return the facts about a complaint."""
    return {
        "day": each.day.isoformat(),
        "session": each.session,
        "pain": each.pain,
        "pain_next_morning": each.pain_next_morning,
    }


MODERATE_PAIN = Rule(
    name="moderate-pain",
    when="pain {from_pain} to 5 in the long run that began within the planned minutes, or at an "
    "unknown minute",
    then="reset: the lower of L - 5 and {share_pct} % of the minute it began; if that is unknown, "
    "of L - 10 and 80 % of L",
    source="our choice: start below where pain begins",
    evidence="house",
    decide=ModeratePain(),
    say=sentences.moderate_pain,
)
MORNING_AFTER = Rule(
    name="morning-after",
    when="pain {from_pain} to 5 on the next morning",
    then="one step back",
    source="our choice; soreness rules take a day off and repeat, ours is stricter",
    evidence="house",
    decide=PainNextMorning(),
    say=sentences.morning_after,
)
PAIN_BETWEEN = Rule(
    name="pain-between",
    when="pain {from_pain} to 5 in another run since the last long run",
    then="one step back",
    source=HOUSE,
    evidence="house",
    decide=PainBetween(),
    say=sentences.pain_between,
)
EARLY_PAIN = Rule(
    name="early-pain",
    when="pain 1 to 2 that began in the first {within_min} minutes",
    then="one step back",
    source=f"{_SORENESS}; there, soreness that goes away in the warm-up only repeats",
    evidence="weak",
    decide=EarlyPain(),
    say=sentences.early_pain,
)
MILD_PAIN = Rule(
    name="mild-pain",
    when="any other pain in the long run, or 1 to 2 on the next morning",
    then="repeat; if the long run before was painful too, one step back",
    source=f"{_SORENESS}; the second time is our choice",
    evidence="weak",
    decide=MildPain(),
    say=sentences.mild_pain,
)
MILD_PAIN_BETWEEN = Rule(
    name="mild-pain-between",
    when="pain {from_pain_run} to 2 in another run since the last long run, or "
    "{from_pain_strength} to 5 in strength",
    then="repeat",
    source=HOUSE,
    evidence="house",
    decide=MildPainBetween(),
    say=sentences.mild_pain_between,
)
