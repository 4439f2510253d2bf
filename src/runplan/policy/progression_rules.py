"""All other rules: absences, fatigue, steps and lighter weeks."""

from collections.abc import Callable
from typing import Any

from attrs import field, frozen

from runplan._base.validators import is_a, whole
from runplan.model.entries import DONE_PCT, SHORTEST_MIN
from runplan.policy import sentences
from runplan.policy.policy import Rule, Verdict, by_name
from runplan.policy.situation import TIRED_FROM, Outcome, Situation

WINDOW_DAYS = 30

# Actions that other rules refer to.
CUT_BACK = "cut back"
FIND_BASELINE = "find the baseline again"

# Plan weeks since the last long run, and the share of the level that is left. [weeks, %]
NO_ABSENCE_WEEKS = 2
EASING = ((3, 70), (5, 50))
LEAST_PCT = 50

_METHOD = "the method itself"
_FRANDSEN = "Frandsen 2025, Br J Sports Med; that the step waits is our choice"


def eased_min(level_min: int, weeks: int, baseline_min: int) -> int:
    """
    Return a level eased after an absence. [min]

    All of it after up to 2 weeks, 70 % after 3, 50 % after 4 or 5, and after more the lower of
    50 % and the baseline. Shares are rounded down to 5 and are at least 10, but never more than
    the level.

    Args:
        level_min: The level. [min]
        weeks: Plan weeks from the last long run to the next. [weeks]
        baseline_min: The baseline. [min]

    Source:
        docs/reference/sources.md#away

    >>> [eased_min(60, weeks, baseline_min=25) for weeks in (2, 3, 4, 5, 6)]
    [60, 40, 30, 30, 25]
    """
    if weeks <= NO_ABSENCE_WEEKS:
        return level_min
    for most, pct in EASING:
        if weeks <= most:
            return _share(level_min, pct)
    return min(baseline_min, _share(level_min, LEAST_PCT))


def _share(minutes: int, pct: int) -> int:
    return min(minutes, max(SHORTEST_MIN, minutes * pct // 100 // 5 * 5))


def _rests_on(now: Situation) -> dict[str, Any]:
    """Return the facts on which a longer run depends."""
    run = now.outcome
    return {
        "run_day": run and run.day.isoformat(),
        "is_morning_known": run is not None and run.pain_next_morning is not None,
    }


def _clearance(now: Situation) -> Verdict | None:
    if now.resumption is None:
        return None
    facts: dict[str, str | bool] = {"by": now.resumption.by, "is_new": now.resumption.is_new}
    return Verdict("resume", now.base_min, now.base_min, facts=facts)


def _baseline(now: Situation) -> Verdict | None:
    if not now.is_baseline:
        return None
    return Verdict("start", now.base_min, now.base_min)


def _away(now: Situation) -> Verdict | None:
    if not now.was_missed and not now.is_eased:
        return None
    action = "repeat"
    if now.is_eased:
        action = "ease in" if now.weeks_since <= EASING[-1][0] else FIND_BASELINE
    return Verdict(action, now.base_min, now.base_min, facts={"weeks": now.weeks_since})


@frozen
class Repeat:
    """
    Repeat the long run if a condition held for the last one, and step back if it recurs.

    Attributes:
        held: Whether the condition held for a long run.
        facts: The facts about that.
        step_back_from: How many such long runs in a row cause a step back.

    Source:
        docs/reference/sources.md#tired
    """

    held: Callable[[Outcome], bool] = field(repr=by_name)
    facts: Callable[[Outcome], dict[str, Any]] = field(repr=by_name)
    step_back_from: int = field(default=2, validator=whole(1, 20, "times"))

    def __call__(self, now: Situation) -> Verdict | None:
        """Return the verdict; None if the rule does not apply."""
        run = now.outcome
        if run is None or not self.held(run):
            return None
        times, base = now.in_row(self.held), now.base_min
        facts = self.facts(run) | {
            "run_day": run.day.isoformat(),
            "times": times,
            "base_min": base,
        }
        if times < self.step_back_from:
            return Verdict("repeat", base, base, facts=facts)
        # Without pain there is no reason to go below the shortest long run.
        minutes = min(base, max(SHORTEST_MIN, base - now.step_min))
        return Verdict("step back", minutes, minutes, facts=facts)


def _is_tired(outcome: Outcome) -> bool:
    return outcome.is_tired


def _is_short(outcome: Outcome) -> bool:
    return outcome.is_short


def _fatigue(outcome: Outcome) -> dict[str, Any]:
    return {"fatigue": outcome.fatigue}


def _done(outcome: Outcome) -> dict[str, Any]:
    return {"ran_min": outcome.minutes, "planned_min": outcome.planned_min}


def _unknown_morning(now: Situation) -> Verdict | None:
    run = now.outcome
    if run is None or now.awaits_morning or run.pain_next_morning is not None:
        return None
    facts = {"run_day": run.day.isoformat()}
    return Verdict("repeat", now.base_min, now.base_min, facts=facts)


def _first_month(now: Situation) -> Verdict | None:
    if not now.first_month:
        return None
    return Verdict("hold", now.base_min, now.base_min)


@frozen
class Cutback:
    """
    Run less every few weeks, and return to the level that was due the week after.

    Attributes:
        every_weeks: How often: 4 means every fourth plan week. [weeks]
        share_pct: The share of the due level that is run. [%]

    Source:
        docs/reference/sources.md#cutback
    """

    every_weeks: int = field(default=4, validator=whole(2, 52, "weeks"))
    share_pct: int = field(default=80, validator=whole(10, 100, "percent"))

    def __call__(self, now: Situation, due: Verdict) -> Verdict | None:
        """Return the verdict; None if the rule does not apply."""
        if now.last_action == CUT_BACK:
            level = now.base_min
            return Verdict("resume", level, level, facts=_rests_on(now))
        if now.week % self.every_weeks or due.refer:
            return None
        level = due.level_min
        facts = {"due_min": level, "every_weeks": self.every_weeks, "percent": self.share_pct}
        return Verdict(CUT_BACK, _share(level, self.share_pct), level, facts=facts)


@frozen
class BigStep:
    """
    Delay a step that is well over the longest recent run, and optionally shrink it.

    Attributes:
        over_pct: The largest share of the longest run in 30 days that is not too much. [%]
        clean_runs: How many clean runs in a row at the base's length it waits for.
        shrinks: Whether the step, once it has waited, shrinks to what that share allows.

    Source:
        docs/reference/sources.md#big-step
    """

    over_pct: int = field(validator=whole(100, 300, "percent"))
    clean_runs: int = field(default=2, validator=whole(1, 10, "runs"))
    shrinks: bool = field(default=False, validator=is_a(bool, article="true or false"))

    def __call__(self, now: Situation) -> Verdict | None:
        """Return the verdict; None if the rule does not apply."""
        if (now.base_min + now.step_min) * 100 <= now.longest_min * self.over_pct:
            return None
        facts = {"step_min": now.step_min, "percent": self.over_pct, "days": WINDOW_DAYS}
        if now.clean_in_row < self.clean_runs:
            facts |= {"clean_runs": self.clean_runs}
            return Verdict("wait", now.base_min, now.base_min, facts=facts)
        if not self.shrinks:
            return None
        allowed = now.longest_min * self.over_pct // 100
        minutes = min(max(allowed, now.base_min + 1), now.target_min)
        return Verdict("small step", minutes, minutes, facts=facts | _rests_on(now))


def _clean(now: Situation) -> Verdict:
    minutes = min(now.base_min + now.step_min, now.target_min)
    step = minutes - now.base_min
    facts = _rests_on(now) | {"step_min": max(0, step)}
    return Verdict("step" if step > 0 else "repeat", minutes, minutes, facts=facts)


CLEARANCE = Rule(
    name="clearance",
    when="the first planned long run after a clearance has ended a pause",
    then="the new baseline, or the reset of the base it paused at, eased; at least 10 minutes",
    source=f"{_METHOD}; that it starts lower is our choice",
    evidence="house",
    decide=_clearance,
    say=sentences.clearance,
)
BASELINE = Rule(
    name="baseline",
    when="the plan's first week, or the first long run after a new baseline",
    then="the baseline",
    source=_METHOD,
    evidence="the method",
    decide=_baseline,
    say=sentences.baseline,
)
AWAY = Rule(
    name="away",
    when="there was no long run the week before, or the last one was 3 or more plan weeks ago",
    then="the base: what the last long run earned; 70 % of it after 3 weeks, 50 % after 4 or 5; "
    "after more the lower of the baseline and 50 %, and find the baseline again",
    source="convention among coaches; Mujika & Padilla 2000, Sports Med; the shares are our choice",
    evidence="convention",
    decide=_away,
    say=sentences.away,
)
TIRED = Rule(
    name="tired",
    when=f"fatigue {TIRED_FROM} to 10",
    then="repeat; if the long run before was tired too, one step back",
    source="our choice: posture is what the method trains",
    evidence="house",
    decide=Repeat(_is_tired, _fatigue),
    say=sentences.tired,
)
CUT_SHORT = Rule(
    name="cut-short",
    when=f"under {DONE_PCT} % of the planned minutes",
    then="repeat; if the long run before was cut short too, one step back",
    source="convention: return-to-run protocols repeat an unfinished step",
    evidence="convention",
    decide=Repeat(_is_short, _done),
    say=sentences.cut_short,
)
UNKNOWN_MORNING = Rule(
    name="unknown-morning",
    when="from the second day after the run its next morning is not known",
    then="repeat, and say how to fix it",
    source="our choice: silence earns nothing here",
    evidence="house",
    decide=_unknown_morning,
    say=sentences.unknown_morning,
)
FIRST_MONTH = Rule(
    name="first-month",
    when="the first four weeks of strength; missed and away weeks count, paused ones do not",
    then="repeat",
    source="our reading of one sentence of the method",
    evidence="house",
    decide=_first_month,
    say=sentences.first_month,
)
CUTBACK = Rule(
    name="cutback",
    when="every fourth plan week: 8, 12, 16 after a held first month, 4, 8, 12 without one",
    then="{share_pct} % of the level that was due, which is due again the week after",
    source="convention among coaches",
    evidence="convention",
    adjust=Cutback(),
    say=sentences.cutback,
)
TOO_BIG_STEP = Rule(
    name="too-big-step",
    when="a step is more than {over_pct} % of the longest run of the last 30 days",
    then="what {over_pct} % allows, at least 1 minute, after {clean_runs} clean runs in a row at "
    "that length",
    source=_FRANDSEN,
    evidence="moderate",
    decide=BigStep(over_pct=130, shrinks=True),
    say=sentences.big_step,
)
BIG_STEP = Rule(
    name="big-step",
    when="a step is more than {over_pct} % of the longest run of the last 30 days",
    then="one step, after {clean_runs} clean runs in a row at that length",
    source=_FRANDSEN,
    evidence="moderate",
    decide=BigStep(over_pct=110),
    say=sentences.big_step,
)
CLEAN = Rule(
    name="clean",
    when="none of the above",
    then="one step ({step_min} minutes), never past the target",
    source=_METHOD,
    evidence="the method",
    decide=_clean,
    say=sentences.clean,
)
