"""The rules about everything else than pain: absences, tiredness, steps and lighter weeks."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence

from attrs import field, frozen

from runplan._base.text import count, full_stop
from runplan._base.validators import is_a, whole
from runplan.errors import InvalidValue
from runplan.model.log import SHORTEST_MIN
from runplan.policy.phrases import ordinal, run_of
from runplan.policy.policy import DONE_PCT, TIRED_FROM, Outcome, Rule, Situation, Verdict

WINDOW_DAYS = 30

# The actions by which a decision is known again: by the next one, and by the findings.
CUT_BACK = "cut back"
FIND_BASELINE = "find the baseline again"

# What lies ahead is taken to be clean: whatever goes up rests on this.
_IF_CLEAN = ", if the run before it is clean: done, no pain, posture held."

_METHOD = "the method itself"
_FRANDSEN = "Frandsen 2025, Br J Sports Med; that it waits is our choice"


def longest_recent(runs: Sequence[tuple[int, int]], day: int, before: int | None = None) -> int:
    """
    Return the longest run in the 30 days before a day, 0 for none. [min]

    Args:
        runs: Day number and minutes of each run, in the order of days. [days, min]
        day: The day number, as date.toordinal() counts.
        before: From which day on runs are left out, if earlier than that day.

    Source:
        docs/reference/sources.md#big-step

    >>> longest_recent([(100, 50), (129, 40)], day=131)
    40
    """
    first, end = bisect_left(runs, (day - WINDOW_DAYS, 0)), bisect_left(runs, (before or day, 0))
    return max([minutes for _, minutes in runs[first:end]], default=0)


def _rests_on(now: Situation) -> str:
    """Return the end of a sentence about more minutes: what they rest on."""
    if now.outcome is None:
        return _IF_CLEAN
    run = run_of(now.outcome.report)
    if now.awaits_morning:
        return f", if the morning after {run} brings no pain."
    return f": {run} was clean."


def _clearance(now: Situation) -> Verdict | None:
    if now.resumption is None:
        return None
    minutes = min(now.resumption.minutes, now.target_min)
    what = ", the new baseline," if now.resumption.is_new else ""
    why = full_stop(f"Goes on at {minutes} min{what} with the clearance by {now.resumption.by}")
    return Verdict("resume", minutes, minutes, why)


def _baseline(now: Situation) -> Verdict | None:
    if now.week > 1:
        return None
    why = (
        f"Starts at your baseline, {now.level_min} min: the length that brings no pain or fatigue."
    )
    return Verdict("start", now.level_min, now.level_min, why)


def _shares(rows: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    return tuple((days, pct) for days, pct in rows)


def _days_and_percent(_: object, __: object, rows: tuple[tuple[int, int], ...]) -> None:
    for row in rows:
        if not all(type(number) is int and number in range(1, 366) for number in row):
            must = "shares must be pairs of days, 1 to 365, and percent"
            raise InvalidValue(must, row, "write them like ((21, 70), (35, 50))")


@frozen(kw_only=True)
class Absence:
    """
    Shorten the long run by how long there was no run at all.

    Attributes:
        repeat_days: Up to so many days the level is repeated. [days]
        shares: Up to how many days which share of the level is left. [days, %]
        least_pct: The share after still more days, and never above the baseline. [%]

    Source:
        docs/reference/sources.md#away
    """

    repeat_days: int = field(default=14, validator=whole(7, 365, "days"))
    shares: tuple[tuple[int, int], ...] = field(
        default=((21, 70), (35, 50)), converter=_shares, validator=_days_and_percent
    )
    least_pct: int = field(default=50, validator=whole(1, 100, "percent"))

    def __call__(self, now: Situation) -> Verdict | None:
        """Return the verdict, or None where the rule does not apply."""
        if not now.missed:
            return None
        level, days = now.level_min, now.days_since_run
        if days <= self.repeat_days:
            why = (
                f"Held at {level} min, what the last run earned: a week without a long run adds "
                "nothing."
            )
            return Verdict("repeat", level, level, why)
        for most, pct in self.shares:
            if days <= most:
                minutes = _share(level, pct)
                why = f"Eased to {minutes} min: {days} days lie between the last run and this one."
                return Verdict("ease in", minutes, minutes, why)
        minutes = min(now.baseline_min, _share(level, self.least_pct))
        why = (
            f"Starts again at {minutes} min: {days} days lie between the last run and this one. "
            "Find your baseline again before you go on."
        )
        return Verdict(FIND_BASELINE, minutes, minutes, why)


@frozen(kw_only=True)
class Repeat:
    """
    Repeat the long run after one that was not what it should be, and step back the next time.

    Attributes:
        held: What was wrong with a long run, in words; "" if nothing was.
        step_back_from: From which time in a row on it is a step back.

    Source:
        docs/reference/sources.md#tired
    """

    held: Callable[[Outcome], str]
    step_back_from: int = field(default=2, validator=whole(1, 20, "times"))

    def __call__(self, now: Situation) -> Verdict | None:
        """Return the verdict, or None where the rule does not apply."""
        what = now.outcome and self.held(now.outcome)
        if not what:
            return None
        times = now.times_in_row(lambda outcome: bool(self.held(outcome)))
        if times < self.step_back_from:
            minutes = now.held_min
            return Verdict("repeat", minutes, minutes, f"Held at {minutes} min: {what}.")
        # Not pain: no reason to go below what is planned with at all.
        minutes = min(now.held_min, max(SHORTEST_MIN, now.held_min - now.step_min))
        again = "" if times == 1 else f" for the {ordinal(times)} time in a row"
        back = "Back to" if minutes < now.held_min else "Held at"
        return Verdict("step back", minutes, minutes, f"{back} {minutes} min: {what}{again}.")


def _tired(outcome: Outcome) -> str:
    report = outcome.report
    if report.fatigue < TIRED_FROM:
        return ""
    return f"the back was tired in {run_of(report)} ({report.fatigue} of 10)"


def _cut_short(outcome: Outcome) -> str:
    if not outcome.is_short:
        return ""
    report = outcome.report
    return f"{run_of(report)} was {report.minutes} of {outcome.planned_min} min"


def _unknown_morning(now: Situation) -> Verdict | None:
    if now.outcome is None or now.awaits_morning:
        return None
    report, minutes = now.outcome.report, now.held_min
    if report.pain_next_morning is not None:
        return None
    why = (
        f"Held at {minutes} min: the morning after {run_of(report)} was not reported. "
        "Report it before the next long run, and it counts."
    )
    return Verdict("repeat", minutes, minutes, why)


def _first_month(now: Situation) -> Verdict | None:
    if not now.held_first_month:
        return None
    level = now.held_min
    why = f"Held at {level} min: in the first month the long run stays short while strength starts."
    return Verdict("hold", level, level, why)


@frozen(kw_only=True)
class Cutback:
    """
    Run less every few weeks, and what was due the week after.

    Attributes:
        every_weeks: In which plan weeks: every fourth is 4. The first month has none. [weeks]
        share_pct: Which share of the length that was due is run. [%]

    Source:
        docs/reference/sources.md#cutback
    """

    every_weeks: int = field(default=4, validator=whole(2, 52, "weeks"))
    share_pct: int = field(default=80, validator=whole(10, 100, "percent"))

    def __call__(self, now: Situation, due: Verdict) -> Verdict | None:
        """Return the verdict, or None where the rule does not apply."""
        if now.last_action == CUT_BACK:
            level = now.level_min
            why = f"Back to the {level} min that were due{_rests_on(now)}"
            return Verdict("resume", level, level, why)
        if now.week % self.every_weeks or now.first_month or due.refer:
            return None
        level = due.level_min
        minutes = _share(level, self.share_pct)
        why = (
            f"Cut back to {minutes} min: one week in {self.every_weeks} is a lighter one. "
            f"{level} min are due the week after."
        )
        return Verdict(CUT_BACK, minutes, level, why)


@frozen(kw_only=True)
class BigStep:
    """
    Let a step that is well over the longest recent run wait, and shrink it if asked to.

    Attributes:
        over_pct: Which share of the longest run in 30 days is too much. [%]
        clean_runs: How many clean runs in a row at the level it waits for.
        shrinks: Whether the step, once it has waited, shrinks to what that share allows.

    Source:
        docs/reference/sources.md#big-step
    """

    over_pct: int = field(validator=whole(100, 300, "percent"))
    clean_runs: int = field(default=2, validator=whole(1, 10, "runs"))
    shrinks: bool = field(default=False, validator=is_a(bool, article="true or false"))

    def __call__(self, now: Situation) -> Verdict | None:
        """Return the verdict, or None where the rule does not apply."""
        if (now.level_min + now.step_min) * 100 <= now.longest_min * self.over_pct:
            return None
        if now.clean_in_row < self.clean_runs:
            return self._wait(now)
        return self._shrink(now) if self.shrinks else None

    def _wait(self, now: Situation) -> Verdict:
        why = (
            f"Held at {now.level_min} min: a step of {count(now.step_min, 'minute')} is over "
            f"{self.over_pct} % of the longest run of the last {WINDOW_DAYS} days and waits for "
            f"{count(self.clean_runs, 'clean run')} in a row."
        )
        return Verdict("wait", now.level_min, now.level_min, why)

    def _shrink(self, now: Situation) -> Verdict:
        allowed = now.longest_min * self.over_pct // 100
        minutes = min(max(allowed, now.level_min + 1), now.target_min)
        why = (
            f"Up to {minutes} min only{_rests_on(now)} A step of {count(now.step_min, 'minute')} "
            f"would be over {self.over_pct} % of the longest run of the last {WINDOW_DAYS} days."
        )
        return Verdict("small step", minutes, minutes, why)


def _clean(now: Situation) -> Verdict:
    minutes = min(now.level_min + now.step_min, now.target_min)
    step = minutes - now.level_min
    if step <= 0:
        return Verdict(
            "repeat", minutes, minutes, f"Stays at the target, {minutes} min, until it is run."
        )
    why = f"Up {count(step, 'minute')} to {minutes} min{_rests_on(now)}"
    return Verdict("step", minutes, minutes, why)


def _share(level_min: int, pct: int) -> int:
    return min(level_min, max(SHORTEST_MIN, level_min * pct // 100 // 5 * 5))


CLEARANCE = Rule(
    name="clearance",
    when="a clearance has ended a pause",
    then="the new baseline, or the reset of the level it paused at, at least 10 minutes",
    source=f"{_METHOD}; that it starts lower is our choice",
    evidence="house",
    decide=_clearance,
)
BASELINE = Rule(
    name="baseline",
    when="the first week",
    then="the baseline",
    source=_METHOD,
    evidence="the method",
    decide=_baseline,
)
AWAY = Rule(
    name="away",
    when="no long run in the week before: up to 14, 21, 35 or more days since the last run",
    then="repeat; 70 %; 50 %; the lower of the baseline and 50 %, and find the baseline again",
    source="convention among coaches; Daniels' running formula; Mujika & Padilla 2000, Sports Med",
    evidence="convention",
    decide=Absence(),
)
TIRED = Rule(
    name="tired",
    when=f"fatigue {TIRED_FROM} to 10",
    then="repeat; from the second time in a row: one step back",
    source="our choice: posture is what the method trains",
    evidence="house",
    decide=Repeat(held=_tired),
)
CUT_SHORT = Rule(
    name="cut-short",
    when=f"less than {DONE_PCT} % of the long run",
    then="repeat; from the second time in a row: one step back",
    source="convention: return-to-run protocols repeat an unfinished step",
    evidence="convention",
    decide=Repeat(held=_cut_short),
)
UNKNOWN_MORNING = Rule(
    name="unknown-morning",
    when="from the second day after the run: the next morning was not reported",
    then="repeat, and say how to mend it",
    source="our choice: silence earns nothing",
    evidence="house",
    decide=_unknown_morning,
)
FIRST_MONTH = Rule(
    name="first-month",
    when="weeks 1 to 4, paused ones aside, unless the request extends from the start or has no "
    "strength",
    then="repeat",
    source=_METHOD,
    evidence="the method",
    decide=_first_month,
)
TOO_BIG_STEP = Rule(
    name="too-big-step",
    when="a step is more than 130 % of the longest run in 30 days",
    then="what 130 % allows, at least 1 minute, after two clean runs in a row at the level",
    source=_FRANDSEN,
    evidence="moderate",
    decide=BigStep(over_pct=130, shrinks=True),
)
BIG_STEP = Rule(
    name="big-step",
    when="a step is more than 110 % of the longest run in 30 days",
    then="one step, after two clean runs in a row at the level",
    source=_FRANDSEN,
    evidence="moderate",
    decide=BigStep(over_pct=110),
)
CLEAN = Rule(
    name="clean",
    when="none of the above",
    then="one step ({step_min} minutes), never past the target",
    source=_METHOD,
    evidence="the method",
    decide=_clean,
)
CUTBACK = Rule(
    name="cutback",
    when="every fourth week after the first month: 8, 12, 16",
    then="80 % of what was due, which is due again the week after",
    source="convention among coaches",
    evidence="convention",
    adjust=Cutback(),
)
