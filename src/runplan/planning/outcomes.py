"""Outcomes of planned long runs: the report that belongs to each, and the state after it."""

from typing import Any

from runplan._base.dates import day_numbered
from runplan.model.entries import MorningReport, RunReport, read_together
from runplan.model.weeks import OPEN_DAYS
from runplan.planning.reports import Known
from runplan.planning.state import Intention, State
from runplan.policy.progression_rules import WINDOW_DAYS
from runplan.policy.situation import Outcome


def run_day(known: Known, slot: int, window: tuple[int, int]) -> int:
    """
    Return the day of the long run that belongs to a slot: the nearest, then the longer one.

    It is 0 if none was reported in the window, given by its first and last day.
    """
    days = known.long_run_days(*window)
    if len(days) > 1:
        minutes = {day: long_run_on(known, day)["minutes"] for day in days}
        return min(days, key=lambda day: (abs(day - slot), -minutes[day], day))
    return days[0] if days else 0


def long_run_on(known: Known, day: int) -> dict[str, Any]:
    """Return the cautious combination of all reports of a day's long run."""
    entries = known.on(day)
    runs = [each for each in entries if isinstance(each, RunReport) and each.kind == "long"]
    return read_together(runs, [each for each in entries if isinstance(each, MorningReport)])


def outcome_of(known: Known, intended: Intention, window: tuple[int, int]) -> Outcome | None:
    """Return how a planned long run went; None if it was missed, or there was none."""
    slot, planned = intended.placed.slot, (intended.minutes, intended.level_min)
    if not intended.minutes:
        return None
    day = run_day(known, slot, window)
    if day:
        return Outcome(day_numbered(day), *planned, **long_run_on(known, day))
    if known.today > slot + OPEN_DAYS:
        return None
    return Outcome(day_numbered(slot), *planned, intended.minutes, is_open=True)


def settled(state: State, outcome: Outcome | None) -> State:
    """Return the state with the outcome of its long run; None stands for a missed one."""
    intended = state.intended
    if intended is None or outcome is None:
        return state._replace(was_missed=intended is not None)
    day, slot = outcome.day.toordinal(), intended.placed.slot
    recent = [each for each in state.recent if each[0] >= slot - WINDOW_DAYS]
    return state._replace(
        outcome=outcome,
        recent=(*recent, (day, outcome.minutes)),
        run_week=intended.week,
        run_day=day,
        since=min(day, slot),
        **_kept(state, intended, outcome),
    )


def _kept(state: State, intended: Intention, outcome: Outcome) -> dict[str, Any]:
    """Return the fields that count clean long runs at the target in a row."""
    target = state.target_min
    if state.is_over:
        # Runs after the end of the plan do not change it.
        return {}
    if not outcome.is_clean or outcome.level_min != target:
        return {"kept": 0}
    if outcome.planned_min != target:
        # A lighter week at the target neither counts nor breaks the row.
        return {}
    before = state.kept if state.kept_min == target else 0
    return {"kept": before + 1, "kept_min": target, "kept_week": intended.week}
