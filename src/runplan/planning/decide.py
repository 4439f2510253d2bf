"""The situation for the rules: the base, eased after an absence, and all other facts."""

from functools import partial
from itertools import takewhile
from typing import NamedTuple

from runplan._base.dates import Date, day_numbered
from runplan.planning.reports import Known
from runplan.planning.request import Rebuild
from runplan.planning.state import State
from runplan.policy.progression_rules import WINDOW_DAYS, eased_min
from runplan.policy.situation import Complaint, Outcome, Situation

# The morning after a run is awaited until this many days after it. [days]
_MORNING_DAYS = 1

# A painless other run this recent lifts an eased base. [days]
_LIFT_DAYS = 14

# The least pain from before the plan that counts. [0-10]
_SEVERE = 6


class Moment(NamedTuple):
    """The day of a decision, and what it is based on."""

    rebuild: Rebuild  # the request as it stands
    known: Known  # the reports known
    day: int  # the day of the session
    until: int  # the last day whose reports count
    own: int = 0  # the day on which it was run, 0 if it was not
    is_over: bool = False  # whether the plan has ended


def situation(state: State, now: Moment) -> Situation:
    """Return the situation for the rules, from a settled state with later complaints."""
    rebuild, known, day = now.rebuild, now.known, now.day
    run = state.outcome
    if run is not None and run.day.toordinal() > now.until:
        run = None
    row = (*state.earlier, run) if run else state.earlier
    level = min(_level(state), rebuild.target_min)
    base = _lifted(level, state, now)
    if state.resumption and not state.resumption.is_new:
        base = eased(level, state)
    elif state.resumption and not state.starts_anew:
        # A clinician's baseline is not eased.
        base = level
    first = day - WINDOW_DAYS
    recent = [minutes for each, minutes in state.recent if first <= each <= now.until]
    return Situation(
        week=state.week + 1,
        day=day_numbered(day),
        base_min=base,
        level_min=level,
        baseline_min=state.baseline_min,
        target_min=rebuild.target_min,
        step_min=rebuild.policy.step_min,
        outcome=None if run is None or run.is_open else run,
        earlier=state.earlier,
        between=_unanswered(state, now.until),
        was_missed=state.was_missed,
        is_eased=base < level,
        weeks_since=state.week + 1 - state.run_week,
        longest_min=max(known.longest(first, now.until), *recent, 0),
        clean_in_row=sum(1 for _ in takewhile(partial(_is_clean_at, base), reversed(row))),
        last_action=state.action,
        first_month=rebuild.holds_first_month and state.ramp.is_first_month,
        is_baseline=state.week == 0 or state.starts_anew,
        awaits_morning=run is not None and known.today <= run.day.toordinal() + _MORNING_DAYS,
        resumption=state.resumption,
    )


def _level(state: State) -> int:
    """Return the base before easing. [min]"""
    run = state.outcome
    if state.resumption:
        return state.resumption.minutes
    if state.paused and run is None:
        return state.paused.base_min
    if state.was_missed:
        return state.earned_min
    if run is None or run.is_open:
        return state.level_min
    return min(
        state.level_min, max(run.level_min, run.minutes) if run.is_clean else run.planned_min
    )


def _is_clean_at(minutes: int, run: Outcome) -> bool:
    return run.is_clean and run.planned_min == minutes


def eased(level_min: int, state: State) -> int:
    """Return a level, eased by the weeks since the last long run. [min]"""
    return eased_min(level_min, state.week + 1 - state.run_week, state.baseline_min)


def _lifted(level_min: int, state: State, now: Moment) -> int:
    """Return the level, eased after an absence unless painless other runs lift it. [min]"""
    left = eased(level_min, state)
    if left == level_min:
        return left
    first, last = now.day - _LIFT_DAYS, min(now.until, now.day - 1)
    painless = now.known.longest_painless(first, last, (state.run_day, now.own))
    return max(left, min(level_min, (painless + 5) // 5 * 5 if painless else 0))


def heard(state: State, now: Moment) -> State:
    """Return the state with new complaints about other sessions since the last long run."""
    first = max(state.until + 1, state.since)
    new = now.known.complaints(first, now.until, (state.run_day, now.own))
    if state.week == 0:
        return state._replace(between=(*_before_start(state, now), *new))
    if not (new or state.between):
        return state
    kept = [each for each in state.between if each.day.toordinal() >= state.since]
    return state._replace(between=(*kept, *new))


def _before_start(state: State, now: Moment) -> list[Complaint]:
    """Return severe pain and red flags from before the plan, unless assessed since."""
    last = state.since - 1
    looked_at = [each.day for each in now.known.clearances(0, last)]
    if now.rebuild.assessed_on:
        looked_at.append(now.rebuild.assessed_on)
    return [
        each
        for each in now.known.complaints(0, last, ())
        if (each.red_flags or each.worst_pain >= _SEVERE)
        and not any(each.day <= day for day in looked_at)
    ]


def has_complaints(state: State, until: int) -> bool:
    """Return whether there is any unanswered pain or red flag."""
    run = state.outcome
    hurt = run is not None and (run.worst_pain > 0 or bool(run.red_flags))
    return hurt or bool(_unanswered(state, until))


def _unanswered(state: State, until: int) -> tuple[Complaint, ...]:
    return tuple(
        each
        for each in state.between
        if each.day.toordinal() <= until and not is_answered(state, each.day, each.session)
    )


def is_answered(state: State, day: Date, session: str) -> bool:
    """Return whether the clearance that ended the last pause answers a session."""
    number = day.toordinal()
    if number != state.cleared:
        return number < state.cleared
    caused, by = state.answered
    return number == caused and by in {"", session}
