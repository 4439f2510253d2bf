"""The state that is folded over the long runs of a plan."""

from typing import NamedTuple

from runplan.planning.course import Course
from runplan.planning.ramp import NO_STRENGTH, RampWeek
from runplan.planning.schedule import Placed
from runplan.policy.policy import Referral, Rule, Verdict
from runplan.policy.situation import Complaint, Outcome, Resumption


class Paused(NamedTuple):
    """A pause that no clearance has ended."""

    refer: Referral  # whom to see, and because of which session
    rule: Rule  # the rule that paused the plan
    verdict: Verdict  # the verdict of that rule
    base_min: int  # the base at which the plan paused, before easing
    resume_min: int  # the long run it resumes with, before easing

    @property
    def cause(self) -> tuple[int, str]:
        """The day and the session that caused it."""
        return self.refer.since.toordinal(), self.refer.session


class Intention(NamedTuple):
    """The intended long run of a week, which never changes once its day has come."""

    week: int  # the plan week, from 1
    placed: Placed  # its day and time
    minutes: int  # its length; 0 if there is none
    level_min: int  # the level set with it
    rule: Rule  # the rule that set it
    verdict: Verdict  # the verdict of that rule
    longest_min: int  # the longest run of the 30 days before; 0 for none
    is_restart: bool = False  # whether the baseline should be found again
    paused: Paused | None = None  # the pause that leaves it out
    is_over: bool = False  # whether the plan has ended before it
    renewed: int = 0  # the day of the new baseline that counted for it


class State(NamedTuple):
    """The state of a plan after the long run of a week has been set."""

    baseline_min: int  # the baseline, or that of a later clearance if it is lower
    level_min: int  # the level
    earned_min: int  # the earned level
    target_min: int  # the target in that week
    since: int  # the first day on which pain in other sessions counts
    recent: tuple[tuple[int, int], ...]  # days and minutes of long runs in the last 30 days
    week: int = 0  # that plan week; 0 before the first
    intended: Intention | None = None  # its intended long run
    own: int = 0  # the day it was run; 0 if it was not
    is_over: bool = False  # whether the plan had ended before it
    outcome: Outcome | None = None  # how it went, once settled
    was_missed: bool = False  # whether it was missed, or there was none
    earlier: tuple[Outcome, ...] = ()  # earlier ones, reported or open, since the last clearance
    run_week: int = 0  # the plan week of the last long run
    run_day: int = 0  # the day it was run
    between: tuple[Complaint, ...] = ()  # pain and red flags in other sessions since then
    action: str = ""  # the action of the last decision
    ramp: RampWeek = NO_STRENGTH  # the week of the strength ramp
    paused: Paused | None = None
    cleared: int = 0  # the day of the clearance that ended the last pause
    clearances: tuple[int, ...] = ()  # the days of all clearances that had an effect
    answered: tuple[int, str] = (0, "")  # the day and session that caused that pause
    reset_min: int = 0  # the long run to resume with if a clearance gives no baseline
    resumption: Resumption | None = None  # how long runs resume; None once one is planned
    has_begun: bool = False  # whether a long run has been planned
    starts_anew: bool = False  # whether the next planned long run is a new baseline
    kept: int = 0  # how many of the latest long runs in a row were clean at the target
    kept_min: int = 0  # that target
    kept_week: int = 0  # the plan week of the last of them

    @property
    def until(self) -> int:
        """The last day whose reports and changes counted for that week's long run."""
        if self.intended is None:
            return self.since - 1
        return self.own - 1 if self.own else self.intended.placed.slot

    @property
    def renewed_until(self) -> int:
        """The last day whose new baselines counted for that week's long run."""
        return max(self.until, self.intended.renewed if self.intended else 0)


def first_state(course: Course) -> State:
    """Return the state before the first week: the baseline counts as run a week earlier."""
    start = course.first_day(1)
    rebuild = course.at(start)
    state = State(0, 0, 0, rebuild.target_min, start, ())
    return from_baseline(state, course.usual_run(1) - 7, rebuild.baseline_min)


def from_baseline(state: State, day: int, minutes: int) -> State:
    """Return the state after a baseline, which counts as run on a day."""
    recent = (*state.recent, (day, minutes))
    return state._replace(
        baseline_min=minutes, level_min=minutes, earned_min=minutes, recent=recent
    )
