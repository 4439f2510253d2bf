"""The red flags: a fixed list of signs that need a clinician, in tiers."""

from collections.abc import Iterable
from enum import Enum
from typing import Literal, Self

from runplan.errors import InvalidType, UnknownName, did_you_mean


class RedFlag(Enum):
    """
    A sign that needs a clinician before any more running.

    A single flag is weak evidence: it is a reason to refer, never a diagnosis.

    Attributes:
        value: Its short name, as typed and stored.
        tier: "emergency" (now), "urgent" (no running until assessed) or "routine".
        words: Its description, to follow "you reported".

    Source:
        docs/reference/sources.md#red-flags

    >>> RedFlag("chest-pain").tier
    'emergency'
    """

    CHEST_PAIN = "chest-pain", "emergency", "chest pain"
    SPREADING_PAIN = "spreading-pain", "emergency", "pain spreading to the arm, neck or jaw"
    FAINTNESS = "faintness", "emergency", "pain with breathlessness, sweating or faintness"
    FALL = "fall", "emergency", "pain after a serious fall or crash"
    BOTH_LEGS = "both-legs", "emergency", "weakness, numbness or tingling in both legs"
    SADDLE_NUMBNESS = (
        "saddle-numbness",
        "emergency",
        "numbness around the genitals or buttocks",
    )
    BLADDER_OR_BOWEL = (
        "bladder-or-bowel",
        "emergency",
        "new trouble with bladder, bowel or erection",
    )
    TEARING_PAIN = "tearing-pain", "emergency", "sudden tearing pain"
    FEVER = "fever", "urgent", "fever or feeling ill"
    WEIGHT_LOSS = "weight-loss", "urgent", "unexplained weight loss"
    CANCER_HISTORY = "cancer-history", "urgent", "a history of cancer"
    INFECTION = (
        "infection",
        "urgent",
        "weakened immunity, intravenous drug use or a recent infection",
    )
    FRAGILE_BONES = "fragile-bones", "urgent", "osteoporosis or long-term steroids"
    LUMP = "lump", "urgent", "a lump or deformity"
    REST_OR_NIGHT_PAIN = (
        "rest-or-night-pain",
        "urgent",
        "pain that does not ease with rest or wakes you at night",
    )
    COUGH = "cough", "urgent", "pain that is worse when coughing or sneezing"
    UNSTEADY = "unsteady", "urgent", "unsteady walking"
    AGE = "age", "urgent", "a first episode of back pain under 20 or over 50"
    NO_BETTER = "no-better", "routine", "pain that is no better after four weeks of this plan"

    tier: Literal["emergency", "urgent", "routine"]
    words: str

    def __new__(
        cls, value: str, tier: Literal["emergency", "urgent", "routine"], words: str
    ) -> Self:
        """Give each flag its short name as its value."""
        flag = object.__new__(cls)
        flag._value_, flag.tier, flag.words = value, tier, words
        return flag

    def __repr__(self) -> str:
        return repr(self.value)


_FLAGS = {flag.value: flag for flag in RedFlag}


def to_red_flags(values: Iterable[str | RedFlag]) -> tuple[RedFlag, ...]:
    """
    Return the red flags with these names, each once, in the order of the enum.

    Raises:
        InvalidType: If it is not a list of names.
        UnknownName: If there is no such red flag; the error suggests the closest name.

    >>> to_red_flags(["fever", "chest pain"])
    ('chest-pain', 'fever')
    """
    must = "red_flags must be a list of red flags"
    if isinstance(values, str | RedFlag) or not isinstance(values, Iterable):
        raise InvalidType(must, values, 'write it like ["chest-pain"]')
    found = {_red_flag(value) for value in values}
    return tuple(flag for flag in RedFlag if flag in found) if found else ()


def _red_flag(value: object) -> RedFlag:
    if isinstance(value, RedFlag):
        return value
    if not isinstance(value, str):
        must = "a red flag must be a RedFlag or its name"
        raise InvalidType(must, value, 'write it like "chest-pain"')
    name = value.strip().lower().replace(" ", "-").replace("_", "-")
    if name not in _FLAGS:
        must = "a red flag must be one of the list"
        do = did_you_mean(name, _FLAGS, otherwise=f"choose from {', '.join(_FLAGS)}")
        raise UnknownName(must, value, do)
    return _FLAGS[name]
