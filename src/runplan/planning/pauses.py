"""How pauses begin, how a graver cause takes over, and how clearances end them."""

from collections.abc import Sequence

from runplan.model.entries import Clearance
from runplan.planning.decide import Moment, is_answered, situation
from runplan.planning.state import Paused, State
from runplan.policy.policy import Rule, Verdict
from runplan.policy.situation import Resumption, Situation


def decided(state: State, now: Moment) -> tuple[State, Situation, Rule, Verdict]:
    """
    Return the policy's decision, and the state with the pauses that have begun or ended.

    The state given is settled, with the complaints since the last long run.
    """
    # A clearance given on the day of a run comes before the run.
    last = now.own or now.until
    clearances = now.known.clearances(state.until, last)
    for day in dict.fromkeys(each.day.toordinal() for each in clearances):
        # Complaints of its own day count anew, except the cause of the pause.
        for until in (day - 1, day):
            state, *_ = _decided_until(state, now, until)
            if state.paused or until == day:
                state = _cleared(state, now, day, clearances)
    return _decided_until(state, now, last)


def _decided_until(state: State, now: Moment, day: int) -> tuple[State, Situation, Rule, Verdict]:
    """Return the policy's decision from the reports up to a day."""
    now = now._replace(until=min(day, now.until))
    seen = situation(state, now)
    rule, verdict = now.rebuild.policy.decide(seen)
    refer = verdict.refer
    # Once the plan is over, only causes that also stop strength pause it.
    if refer and (refer.stops_strength or not now.is_over):
        new = Paused(refer, rule, verdict, seen.level_min, verdict.minutes)
        state = state._replace(paused=_taken_over(state.paused, new) if state.paused else new)
    return state, seen, rule, verdict


def _taken_over(before: Paused, new: Paused) -> Paused:
    """Return the pause that stands when there is another cause."""
    stands = new if _weight(new) > _weight(before) else before
    if new.cause == before.cause:
        return stands._replace(resume_min=before.resume_min)
    return stands._replace(resume_min=min(before.resume_min, new.resume_min))


def _weight(paused: Paused) -> tuple[bool, bool]:
    return paused.refer.is_emergency, paused.refer.stops_strength


def _cleared(state: State, now: Moment, day: int, clearances: Sequence[Clearance]) -> State:
    """
    Return the state after the clearances of a day, which end the pause if there is one.

    Of several clearances before the next long run, the last counts; on one day, the lower.
    """
    paused = state.paused
    if (paused is None and state.resumption is None) or day <= state.cleared:
        return state
    cause = paused.cause if paused else state.answered
    reset = paused.resume_min if paused else state.reset_min
    found = [each for each in clearances if each.day.toordinal() == day]
    last = min(found, key=lambda each: each.baseline_min or reset)
    minutes = last.baseline_min or reset
    if state.starts_anew:
        minutes = min(minutes, state.earned_min)
    state = state._replace(
        baseline_min=min(state.baseline_min, last.baseline_min or state.baseline_min),
        earned_min=minutes,
        earlier=(),
        paused=None,
        cleared=day,
        clearances=(*state.clearances, day),
        answered=cause,
        reset_min=reset,
        resumption=Resumption(minutes, last.by, is_new=last.baseline_min is not None),
        kept=state.kept if now.is_over else 0,
    )
    run = state.outcome
    answers_run = run is not None and is_answered(state, run.day, "long run")
    return state._replace(outcome=None) if answers_run else state
