"""The two policies that come with runplan."""

from runplan.policy import pain_rules, progression_rules
from runplan.policy.policy import Policy

_FIRST = (
    pain_rules.RED_FLAG,
    pain_rules.SEVERE_PAIN,
    pain_rules.NOT_HELPING,
    progression_rules.CLEARANCE,
    progression_rules.BASELINE,
    pain_rules.TOO_SHORT,
    pain_rules.MODERATE_PAIN,
    pain_rules.MORNING_AFTER,
    pain_rules.EARLY_PAIN,
    pain_rules.MILD_PAIN,
    progression_rules.AWAY,
    progression_rules.TIRED,
    progression_rules.CUT_SHORT,
    progression_rules.UNKNOWN_MORNING,
    progression_rules.FIRST_MONTH,
)
_CAREFUL = (progression_rules.CUTBACK, progression_rules.TOO_BIG_STEP, progression_rules.BIG_STEP)

FIVE_MINUTES = Policy(name="five minutes", rules=(*_FIRST, progression_rules.CLEAN))
CAUTIOUS = Policy(name="cautious", rules=(*_FIRST, *_CAREFUL, progression_rules.CLEAN))
