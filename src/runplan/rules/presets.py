"""The two policies that come with runplan."""

from runplan.rules import pain, progression
from runplan.rules.policy import Policy

_FIRST = (
    pain.RED_FLAG,
    pain.SEVERE_PAIN,
    pain.NOT_HELPING,
    progression.CLEARANCE,
    progression.BASELINE,
    pain.TOO_SHORT,
    pain.MODERATE_PAIN,
    pain.MORNING_AFTER,
    pain.EARLY_PAIN,
    pain.MILD_PAIN,
    progression.AWAY,
    progression.TIRED,
    progression.CUT_SHORT,
    progression.UNKNOWN_MORNING,
    progression.FIRST_MONTH,
)
_CAREFUL = (progression.CUTBACK, progression.TOO_BIG_STEP, progression.BIG_STEP)

FIVE_MINUTES = Policy(name="five minutes", rules=(*_FIRST, progression.CLEAN))
CAUTIOUS = Policy(name="cautious", rules=(*_FIRST, *_CAREFUL, progression.CLEAN))
