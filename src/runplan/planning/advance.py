"""The fold: one step takes the state from one long run to the next."""

from runplan.planning.course import Course
from runplan.planning.decide import Moment, eased, heard
from runplan.planning.pauses import decided
from runplan.planning.ramp import RampWeek, week_after
from runplan.planning.reports import Known
from runplan.planning.request import Rebuild
from runplan.planning.schedule import Placed
from runplan.planning.state import Intention, Paused, State, from_baseline
from runplan.policy.policy import Verdict
from runplan.policy.progression_rules import EASING
from runplan.policy.situation import Outcome

# How many earlier long runs a state keeps for the rules.
_REMEMBERED = 20


def advance(
    course: Course, state: State, planned: Intention | Placed, known: Known, own: int
) -> tuple[State, Intention]:
    """
    Return the state after the next long run, and the intention for that run.

    Args:
        course: The request, with its changes.
        state: The settled state after the previous long run.
        planned: The intention, if it is already fixed; else when the run takes place: decide it.
        known: The reports known.
        own: The day on which it was run; 0 if it was not.
    """
    intended = planned if isinstance(planned, Intention) else None
    placed = planned.placed if isinstance(planned, Intention) else planned
    if not placed.has_day or (intended and not intended.minutes):
        # Without a planned long run, any run counts as another run.
        own = 0
    until = own - 1 if own else placed.slot
    rebuild = course.at(until)
    state = state._replace(ramp=ramp_week(course, state, known, rebuild))
    now = Moment(rebuild, known, placed.slot, until, own)
    new = course.new_baseline(state.renewed_until, max(until, intended.renewed if intended else 0))
    state = heard(_renewed(course, state, now, *new) if new else state, now)
    now = now._replace(is_over=is_over(state, rebuild))
    state, seen, rule, verdict = decided(state, now)
    if intended is None:
        intended = Intention(
            week=state.week + 1,
            placed=placed,
            minutes=0 if _is_left_out(state, now, placed) else verdict.minutes,
            level_min=verdict.level_min,
            rule=rule,
            verdict=verdict,
            longest_min=seen.longest_min,
            is_restart=seen.is_eased and seen.weeks_since > EASING[-1][0],
            paused=_seen(state),
            is_over=now.is_over,
            renewed=new[0] if new else 0,
        )
    return _after(state, now, verdict, intended), intended


def ramp_week(course: Course, state: State, known: Known, rebuild: Rebuild) -> RampWeek:
    """Return the week of the strength ramp for the next plan week."""
    first = course.first_day(state.week)
    pain, morning = known.strength(first, first + 6) if state.week else (0, 0)
    is_paused = state.paused is not None or state.is_over
    return week_after(state.ramp, rebuild.ramp, pain=pain, next_morning=morning, paused=is_paused)


def is_over(state: State, rebuild: Rebuild) -> bool:
    """Return whether the plan has ended: enough clean long runs at the target in a row."""
    return state.kept > rebuild.keep_weeks and rebuild.target_min <= state.kept_min


def has_ended(course: Course, state: State, until: int) -> bool:
    """Return whether the plan has ended, as the request stands on a day after a state."""
    return is_over(state, course.at(until)) and not course.new_baseline(state.renewed_until, until)


def stays_ended(course: Course, state: State, following: int) -> bool:
    """Return whether the plan has ended by the next long run, and no known change reopens it."""
    later = (day for day, _ in course.requests if day > following)
    return all(has_ended(course, state, day) for day in (following, *later))


def brought_to(course: Course, state: State, now: Moment) -> tuple[State, Moment]:
    """Return the state with the changes and complaints up to a moment, and whether it is over."""
    new = course.new_baseline(state.renewed_until, now.until)
    state = heard(_renewed(course, state, now, *new) if new else state, now)
    return state, now._replace(is_over=is_over(state, now.rebuild))


def _renewed(course: Course, state: State, now: Moment, day: int, minutes: int) -> State:
    """Return the state after a new baseline, which counts as run on the day it was given."""
    if not state.has_begun:
        # It simply replaces the original baseline.
        state, day = state._replace(recent=()), course.usual_run(1) - 7
    else:
        # It does not end a pause, and earlier events may still begin one.
        before = course.at(day - 1)
        then = Moment(before, now.known, day, day, 0, is_over(state, before))
        state, *_ = decided(heard(state, then), then)
        state = state._replace(
            outcome=None,
            was_missed=False,
            earlier=_with_last(state),
            run_week=(day - course.first_day(1)) // 7 + 1,
            run_day=day,
            since=day,
            starts_anew=True,
            # This also reopens a plan that has ended.
            kept=0,
        )
    if state.paused:
        resume = min(minutes, state.paused.resume_min)
        paused = state.paused._replace(base_min=minutes, resume_min=resume)
        state = state._replace(paused=paused)
    if state.resumption:
        resume = min(minutes, state.resumption.minutes)
        state = state._replace(resumption=state.resumption._replace(minutes=resume))
    return from_baseline(state, day, minutes)


def _with_last(state: State) -> tuple[Outcome, ...]:
    return (*state.earlier, state.outcome)[-_REMEMBERED:] if state.outcome else state.earlier


def _is_left_out(state: State, now: Moment, placed: Placed) -> bool:
    last = now.rebuild.last_day
    is_late = last is not None and placed.slot > last.toordinal()
    return now.is_over or state.paused is not None or not placed.has_day or is_late


def _seen(state: State) -> Paused | None:
    """Return the pause as the runner sees it that day, with its minutes eased."""
    paused = state.paused
    return paused and paused._replace(resume_min=eased(paused.resume_min, state))


def _after(state: State, now: Moment, verdict: Verdict, intended: Intention) -> State:
    """Return the state once the long run is set."""
    earned = state.resumption.minutes if state.resumption else state.earned_min
    if not (state.paused or state.resumption or state.starts_anew or state.was_missed):
        earned = verdict.earned_min or verdict.level_min
    is_planned = intended.minutes > 0
    paused = state.paused
    return state._replace(
        week=state.week + 1,
        intended=intended,
        own=now.own,
        level_min=eased(paused.resume_min, state) if paused else verdict.level_min,
        earned_min=earned,
        target_min=now.rebuild.target_min,
        is_over=now.is_over,
        outcome=None,
        was_missed=False,
        earlier=_with_last(state),
        action=verdict.action,
        resumption=None if is_planned else state.resumption,
        has_begun=state.has_begun or is_planned,
        starts_anew=state.starts_anew and not is_planned,
    )
