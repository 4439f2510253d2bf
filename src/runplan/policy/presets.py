"""The two policies that come with runplan, as tables of rules."""

from runplan.policy.pain_rules import (
    EARLY_PAIN,
    MILD_PAIN,
    MILD_PAIN_BETWEEN,
    MODERATE_PAIN,
    MORNING_AFTER,
    PAIN_BETWEEN,
)
from runplan.policy.pause_rules import NOT_HELPING, RED_FLAG, SEVERE_PAIN, TOO_SHORT
from runplan.policy.policy import Policy
from runplan.policy.progression_rules import (
    AWAY,
    BASELINE,
    BIG_STEP,
    CLEAN,
    CLEARANCE,
    CUT_SHORT,
    CUTBACK,
    FIRST_MONTH,
    TIRED,
    TOO_BIG_STEP,
    UNKNOWN_MORNING,
)

_SHARED = (
    RED_FLAG,
    SEVERE_PAIN,
    NOT_HELPING,
    TOO_SHORT,
    MODERATE_PAIN,
    MORNING_AFTER,
    PAIN_BETWEEN,
    EARLY_PAIN,
    MILD_PAIN,
    MILD_PAIN_BETWEEN,
    CLEARANCE,
    BASELINE,
    AWAY,
    TIRED,
    CUT_SHORT,
)
_CAREFUL = (CUTBACK, TOO_BIG_STEP, BIG_STEP)

FIVE_MINUTES = Policy(name="five minutes", rules=(*_SHARED, FIRST_MONTH, CLEAN))
CAUTIOUS = Policy(name="cautious", rules=(*_SHARED, UNKNOWN_MORNING, FIRST_MONTH, *_CAREFUL, CLEAN))
