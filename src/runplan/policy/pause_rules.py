"""The rules that pause a plan and refer: red flags, severe pain and persistent pain."""

from typing import Any

from attrs import field, frozen

from runplan._base.validators import whole
from runplan.model.entries import SHORTEST_MIN
from runplan.policy import sentences
from runplan.policy.pain_rules import HOUSE, is_painful, of_complaint, reset_min, scale
from runplan.policy.policy import Referral, Rule, Verdict
from runplan.policy.situation import Situation

_CLINICIAN = "a doctor or physiotherapist"
_NO_RUN = "before you run again"


def _pause(now: Situation, refer: Referral, **facts: Any) -> Verdict:  # noqa: ANN401 (plain values)
    """Return a pause that resumes at the reset level, never below 10 minutes."""
    onset = now.outcome.pain_from if now.outcome else None
    minutes = min(now.target_min, max(SHORTEST_MIN, reset_min(now.level_min, onset)))
    return Verdict("pause", minutes, minutes, refer=refer, facts=facts)


_TIERS = {
    "emergency": ("an emergency doctor", "now: call the emergency services"),
    "urgent": ("a doctor", _NO_RUN),
    "routine": (_CLINICIAN, "in the next weeks"),
}


def _red_flag(now: Situation) -> Verdict | None:
    found = [(each, flag) for each in now.complaints for flag in each.red_flags]
    if not found:
        return None
    first = found[0][0]
    tiers = list(_TIERS)
    gravest, flag = min(found, key=lambda each: tiers.index(each[1].tier))
    whom, how_soon = _TIERS[flag.tier]
    refer = Referral(
        since=first.day,
        whom=whom,
        how_soon=how_soon,
        stops_strength=True,
        is_emergency=flag.tier == "emergency",
        session=first.session,
    )
    return _pause(now, refer, red_flag=flag.value, tier=flag.tier, day=gravest.day.isoformat())


@frozen
class SeverePain:
    """
    Pause after severe pain, in any session or on the morning after one.

    Attributes:
        from_pain: The least pain that pauses. [0-10]

    Source:
        docs/reference/sources.md#pain-zones
    """

    from_pain: int = field(default=6, validator=scale)

    def __call__(self, now: Situation) -> Verdict | None:
        """Return the verdict; None if the rule does not apply."""
        for each in now.complaints:
            if each.worst_pain >= self.from_pain:
                refer = Referral(
                    since=each.day,
                    whom=_CLINICIAN,
                    how_soon=_NO_RUN,
                    stops_strength=True,
                    session=each.session,
                )
                return _pause(now, refer, **of_complaint(each))
        return None


@frozen
class NotHelping:
    """
    Pause when the method does not seem to help.

    Attributes:
        painful_runs: How many painful long runs in a row pause the plan.
        resets: How many long runs with more than mild pain pause it.
        reset_days: Within how many days. [days]
        reset_from: The least pain that counts as more than mild. [0-10]

    Source:
        docs/reference/sources.md#not-helping
    """

    painful_runs: int = field(default=3, validator=whole(1, 20, "runs"))
    resets: int = field(default=2, validator=whole(1, 20, "runs"))
    reset_days: int = field(default=42, validator=whole(1, 365, "days"))
    reset_from: int = field(default=3, validator=scale)

    def __call__(self, now: Situation) -> Verdict | None:
        """Return the verdict; None if the rule does not apply."""
        last = now.outcome
        if last is None or not last.worst_pain:
            return None
        refer = Referral(
            since=last.day,
            whom="a doctor, physiotherapist or coach who looks at how you run (gait analysis)",
            how_soon=_NO_RUN,
            session="long run",
        )
        if now.in_row(is_painful) >= self.painful_runs:
            return _pause(now, refer, painful_runs=self.painful_runs)
        hurt = [each.day for each in now.reported if each.worst_pain >= self.reset_from]
        if last.worst_pain < self.reset_from or len(hurt) < self.resets:
            return None
        days = last.day.toordinal() - hurt[-self.resets].toordinal()
        if days > self.reset_days:
            return None
        return _pause(
            now, refer, runs=self.resets, from_pain=self.reset_from, within_days=self.reset_days
        )


def _too_short(now: Situation, due: Verdict) -> Verdict | None:
    hurt = [each for each in now.complaints if each.worst_pain]
    if not hurt or due.refer or due.level_min >= SHORTEST_MIN:
        return None
    day = due.facts.get("run_day", due.facts.get("day"))
    cause = next((each for each in hurt if each.day.isoformat() == day), hurt[-1])
    refer = Referral(since=cause.day, whom=_CLINICIAN, how_soon=_NO_RUN, session=cause.session)
    return _pause(now, refer, **of_complaint(cause))


RED_FLAG = Rule(
    name="red-flag",
    when="any red flag in any entry, that day's included",
    then="pause, strength too; whom to see, how soon",
    source="NICE CKS and NHS pages on back pain; Finucane 2020, J Orthop Sports Phys Ther",
    evidence="strong",
    decide=_red_flag,
    say=sentences.red_flag,
)
SEVERE_PAIN = Rule(
    name="severe-pain",
    when="pain {from_pain} to 10 in any run, next morning or strength session",
    then="pause, strength too; refer",
    source="Silbernagel 2007, Am J Sports Med: other body parts",
    evidence="moderate",
    decide=SeverePain(),
    say=sentences.severe_pain,
)
NOT_HELPING = Rule(
    name="not-helping",
    when="the last {painful_runs} long runs in a row painful, or {resets} with pain of "
    "{reset_from} or more within {reset_days} days",
    then="pause and refer: doctor, physiotherapist, coach; gait analysis",
    source="the method itself; the counts are our choice",
    evidence="the method",
    decide=NotHelping(),
    say=sentences.not_helping,
)
TOO_SHORT = Rule(
    name="too-short",
    when="a rule about pain brings the level under 10 minutes",
    then="pause and refer; run-walk with a clinician",
    source=HOUSE,
    evidence="house",
    adjust=_too_short,
    say=sentences.too_short,
)
