"""The rules about pain and red flags: what pauses a plan, and what shortens the long run."""

from attrs import field, frozen

from runplan._base.dates import weekday_name
from runplan._base.text import count
from runplan._base.validators import whole
from runplan.model.log import SHORTEST_MIN, RunReport
from runplan.policy.phrases import ordinal, run_of
from runplan.policy.policy import Outcome, Referral, Rule, Situation, Verdict

_CLINICIAN = "a doctor or physiotherapist"
_NO_RUN = "before you run again"

_SILBERNAGEL = "Silbernagel 2007, Am J Sports Med"
_SORENESS = "soreness rules: Fees 1998, Am J Sports Med; Adams 2012, Int J Sports Phys Ther"

_scale = whole(1, 10, "points on the scale")


def reset_min(level_min: int, onset_min: int | None, share_pct: int = 80) -> int:
    """
    Return the length that pain of 3 to 5 sets the long run back to. [min]

    The lower of five minutes less and 80 % of the minute in which the pain began, rounded down to
    5; ten minutes less where that minute is unknown. At least 1.

    Args:
        level_min: The level. [min]
        onset_min: The minute in which the pain began, if it is known. [min]
        share_pct: Which share of that minute is left. [%]

    Source:
        docs/reference/sources.md#reset

    >>> reset_min(45, 38), reset_min(45, None)
    (30, 35)
    """
    if onset_min is None:
        return max(1, level_min - 10)
    return max(1, min(level_min - 5, onset_min * share_pct // 100 // 5 * 5))


def _paused(now: Situation, why: str, refer: Referral, report: RunReport | None = None) -> Verdict:
    """Return a pause that resumes at the reset of the level, never below 10 minutes."""
    onset = report.pain_from if report else None
    minutes = max(SHORTEST_MIN, reset_min(now.held_min, onset))
    return Verdict("pause", minutes, minutes, f"Paused: {why}", refer)


_TIERS = {
    "emergency": ("an emergency doctor", "now: call the emergency services"),
    "urgent": ("a doctor", _NO_RUN),
    "routine": (_CLINICIAN, "in the next weeks"),
}


def _red_flag(now: Situation) -> Verdict | None:
    if not now.red_flags:
        return None
    tiers = list(_TIERS)
    day, worst = min(now.red_flags, key=lambda each: tiers.index(each[1].tier))
    whom, how_soon = _TIERS[worst.tier]
    since = min(day for day, _ in now.red_flags)
    why = f"you reported {worst.words} on {weekday_name(day)}, {day:D MMMM}."
    refer = Referral(since=since, whom=whom, how_soon=how_soon, stops_strength=True)
    report = now.outcome.report if now.outcome else None
    return _paused(now, why, refer, report)


@frozen(kw_only=True)
class SeverePain:
    """
    Pause after pain in the high-risk zone, in the long run or on the morning after.

    Attributes:
        from_pain: From which pain on. [0-10]

    Source:
        docs/reference/sources.md#pain-zones
    """

    from_pain: int = field(default=6, validator=_scale)

    def __call__(self, now: Situation) -> Verdict | None:
        """Return the verdict, or None where the rule does not apply."""
        if now.worst_pain < self.from_pain:
            return None
        severe = (each for each in now.outcomes if each.report.worst_pain >= self.from_pain)
        outcome = next(severe, None)
        if outcome is None:
            return None
        report = outcome.report
        where = "in" if report.pain == report.worst_pain else "on the morning after"
        why = f"pain of {outcome.report.worst_pain} of 10 {where} {run_of(report)}."
        refer = Referral(since=report.day, whom=_CLINICIAN, how_soon=_NO_RUN)
        return _paused(now, why, refer, report)


@frozen(kw_only=True)
class NotHelping:
    """
    Pause when the method does not seem to help.

    Attributes:
        painful_runs: After how many painful long runs in a row.
        resets: After how many long runs with pain that resets the length ...
        reset_days: ... within how many days. [days]
        reset_from: From which pain on the length is reset. [0-10]

    Source:
        docs/reference/sources.md#not-helping
    """

    painful_runs: int = field(default=3, validator=whole(1, 20, "runs"))
    resets: int = field(default=2, validator=whole(1, 20, "resets"))
    reset_days: int = field(default=42, validator=whole(1, 365, "days"))
    reset_from: int = field(default=3, validator=_scale)

    def __call__(self, now: Situation) -> Verdict | None:
        """Return the verdict, or None where the rule does not apply."""
        if not now.worst_pain:
            return None
        last = now.outcomes[-self.painful_runs :]
        if len(last) == self.painful_runs and all(each.report.worst_pain for each in last):
            return self._refer(now, last[-1], f"{count(len(last), 'painful long run')} in a row.")
        if now.worst_pain < self.reset_from:
            return None
        resets = [each for each in now.outcomes if each.report.pain >= self.reset_from]
        for index in range(len(resets) - self.resets + 1):
            first, final = resets[index], resets[index + self.resets - 1]
            days = final.report.day.toordinal() - first.report.day.toordinal()
            if days <= self.reset_days:
                runs = count(self.resets, "long run")
                within = count(self.reset_days, "day")
                why = f"{runs} with pain of {self.reset_from} or more within {within}."
                return self._refer(now, final, why)
        return None

    def _refer(self, now: Situation, outcome: Outcome, why: str) -> Verdict:
        whom = "a doctor, physiotherapist or coach who looks at how you run (gait analysis)"
        refer = Referral(since=outcome.report.day, whom=whom, how_soon=_NO_RUN)
        return _paused(now, why, refer, outcome.report)


def _too_short(now: Situation, due: Verdict) -> Verdict | None:
    if now.outcome is None or due.refer or due.level_min >= SHORTEST_MIN:
        return None
    report = now.outcome.report
    why = (
        f"after the pain of {run_of(report)} the next would be under {SHORTEST_MIN} minutes. "
        "Begin again with run-walk, and with help."
    )
    refer = Referral(since=report.day, whom=_CLINICIAN, how_soon=_NO_RUN)
    return Verdict("pause", SHORTEST_MIN, SHORTEST_MIN, f"Paused: {why}", refer)


@frozen(kw_only=True)
class ModeratePain:
    """
    Set the long run back to before the pain began.

    Attributes:
        from_pain: From which pain in the long run on. [0-10]
        share_pct: Which share of the minute in which it began is left. [%]

    Source:
        docs/reference/sources.md#reset
    """

    from_pain: int = field(default=3, validator=_scale)
    share_pct: int = field(default=80, validator=whole(10, 100, "percent"))

    def __call__(self, now: Situation) -> Verdict | None:
        """Return the verdict, or None where the rule does not apply."""
        if now.outcome is None or now.outcome.report.pain < self.from_pain:
            return None
        report = now.outcome.report
        minutes = reset_min(now.held_min, report.pain_from, self.share_pct)
        began = (
            f"began at minute {report.pain_from} of {run_of(report)}."
            if report.pain_from is not None
            else f"in {run_of(report)}; the minute it began was not noted."
        )
        why = f"Back to {minutes} min: pain of {report.pain} of 10 {began}"
        return Verdict("reset", minutes, minutes, why)


def _step_back(now: Situation, why: str) -> Verdict:
    minutes = max(1, now.held_min - now.step_min)
    return Verdict("step back", minutes, minutes, f"Back to {minutes} min: {why}")


@frozen(kw_only=True)
class PainNextMorning:
    """
    Take a step back after pain on the next morning.

    Attributes:
        from_pain: From which pain on. [0-10]

    Source:
        docs/reference/sources.md#next-morning
    """

    from_pain: int = field(default=3, validator=_scale)

    def __call__(self, now: Situation) -> Verdict | None:
        """Return the verdict, or None where the rule does not apply."""
        if now.outcome is None:
            return None
        report = now.outcome.report
        pain = report.pain_next_morning or 0
        if pain < self.from_pain:
            return None
        return _step_back(now, f"the back hurt the morning after {run_of(report)} ({pain} of 10).")


@frozen(kw_only=True)
class EarlyPain:
    """
    Take a step back after mild pain that began early.

    Attributes:
        within_min: In how many first minutes. [min]

    Source:
        docs/reference/sources.md#early-pain
    """

    within_min: int = field(default=10, validator=whole(1, 60, "minutes"))

    def __call__(self, now: Situation) -> Verdict | None:
        """Return the verdict, or None where the rule does not apply."""
        if now.outcome is None:
            return None
        report = now.outcome.report
        if not report.pain or report.pain_from is None or report.pain_from > self.within_min:
            return None
        first = "first minute" if self.within_min == 1 else f"first {self.within_min} minutes"
        where = f"in the {first} of {run_of(report)}"
        return _step_back(now, f"pain began {where} ({report.pain} of 10).")


@frozen(kw_only=True)
class MildPain:
    """
    Repeat the long run after mild pain, and take a step back when it comes again.

    Attributes:
        up_to: Up to which pain it is mild. [0-10]
        early_min: Pain that began in so many first minutes is another rule's. [min]
        step_back_from: From which time in a row on it is a step back.

    Source:
        docs/reference/sources.md#mild-pain
    """

    up_to: int = field(default=2, validator=_scale)
    early_min: int = field(default=10, validator=whole(0, 60, "minutes"))
    step_back_from: int = field(default=2, validator=whole(1, 20, "times"))

    def __call__(self, now: Situation) -> Verdict | None:
        """Return the verdict, or None where the rule does not apply."""
        outcome = now.outcome
        if outcome is None or not outcome.report.worst_pain:
            return self._after_other_run(now) if now.other_pain else None
        report = outcome.report
        times = now.times_in_row(self._held)
        mild = "mild pain" if report.pain <= self.up_to else "pain"
        hurt = (
            f"{mild} in {run_of(report)} ({report.pain} of 10)."
            if report.pain
            else f"the back was sore the morning after {run_of(report)} "
            f"({report.pain_next_morning} of 10)."
        )
        if times >= self.step_back_from:
            again = "" if times == 1 else f"the {ordinal(times)} time in a row, "
            return _step_back(now, again + hurt)
        return Verdict("repeat", now.held_min, now.held_min, f"Held at {now.held_min} min: {hurt}")

    def _held(self, outcome: Outcome) -> bool:
        report = outcome.report
        early = report.pain_from is not None and report.pain_from <= self.early_min
        in_run = 0 < report.pain <= self.up_to and not early
        return in_run or 0 < (report.pain_next_morning or 0) <= self.up_to

    def _after_other_run(self, now: Situation) -> Verdict:
        minutes = now.held_min
        pain = f"pain of {now.other_pain} of 10"
        why = f"Held at {minutes} min: {pain} was reported from a run other than the last long run."
        return Verdict("repeat", minutes, minutes, why)


RED_FLAG = Rule(
    name="red-flag",
    when="any red flag, in any report",
    then="pause, strength too; whom to see, how soon",
    source="NICE CKS and NHS pages on back pain; Finucane 2020, J Orthop Sports Phys Ther",
    evidence="strong",
    decide=_red_flag,
)
SEVERE_PAIN = Rule(
    name="severe-pain",
    when="pain 6 to 10, in the long run or the next morning",
    then="pause and refer",
    source="Thomeé 1997, Phys Ther; Silbernagel 2007, Am J Sports Med: other body parts",
    evidence="moderate",
    decide=SeverePain(),
)
NOT_HELPING = Rule(
    name="not-helping",
    when="three painful long runs in a row, or a second reset within 42 days",
    then="pause and refer: doctor, physiotherapist, coach; gait analysis",
    source="the method itself; the counts are our choice",
    evidence="the method",
    decide=NotHelping(),
)
TOO_SHORT = Rule(
    name="too-short",
    when="pain brings the level below 10 minutes",
    then="pause and refer; run-walk with a clinician",
    source="our choice",
    evidence="house",
    adjust=_too_short,
)
MODERATE_PAIN = Rule(
    name="moderate-pain",
    when="pain 3 to 5 in the long run",
    then="reset: the lower of L - 5 and 80 % of the minute it began; L - 10 if that is unknown",
    source=f"{_SILBERNAGEL}; Moen 2012: start where pain begins; 80 % is our choice",
    evidence="weak",
    decide=ModeratePain(),
)
MORNING_AFTER = Rule(
    name="morning-after",
    when="pain 3 to 5 on the next morning",
    then="one step back",
    source=f"{_SILBERNAGEL}; Vincent 2017, Curr Sports Med Rep",
    evidence="weak",
    decide=PainNextMorning(),
)
EARLY_PAIN = Rule(
    name="early-pain",
    when="pain 1 to 2 that began in the first 10 minutes",
    then="one step back",
    source=_SORENESS,
    evidence="weak",
    decide=EarlyPain(),
)
MILD_PAIN = Rule(
    name="mild-pain",
    when="pain 1 to 2 otherwise, or on the next morning, or any pain in another run of the week",
    then="repeat; from the second time in a row: one step back",
    source=f"{_SORENESS}; the second time is our choice",
    evidence="weak",
    decide=MildPain(),
)
