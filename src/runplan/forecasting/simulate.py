"""
Random simulations of a plan, through the same fold that plans it.

What follows from a state and an outcome is worked out once: simulations that reach a state that
another one has reached, in whatever week, share what follows.
"""

from bisect import bisect
from collections.abc import Callable, Hashable
from random import Random
from typing import NamedTuple

from runplan._base.dates import Date, day_numbered
from runplan.forecasting.outset import Outset, is_past_last_day
from runplan.forecasting.rates import Rates, draw
from runplan.forecasting.state_keys import StateKeys
from runplan.forecasting.variants import VARIANTS, outcome_of, report_of
from runplan.model.entries import Clearance, Entry
from runplan.model.weeks import OPEN_DAYS
from runplan.planning.advance import advance, is_over
from runplan.planning.build import MAX_WEEKS
from runplan.planning.outcomes import long_run_on, settled
from runplan.planning.reports import Known, Reports
from runplan.planning.request import Rebuild
from runplan.planning.state import Intention, State
from runplan.policy.situation import Outcome

# Who gives the clearances that end pauses in a simulation.
_ASSUMED = "assumption"

# Stands for the variant in weeks without a long run.
NO_RUN = len(VARIANTS)


class Simulated(NamedTuple):
    """
    How a plan went in one simulation, from today's week on.

    Both lists end with the week in which the simulation ends; from then on nothing changes.

    Attributes:
        minutes: The long run of each week. Where there is none: what is due after days away,
            what a pause resumes with, the target once it is reached. [min]
        is_paused: Whether each week is paused.
        reached_week: The week in which the plan ended at its target, None if it never did.
        reached_day: The day number of that run, as date.toordinal() counts.
    """

    minutes: tuple[int, ...]
    is_paused: tuple[bool, ...]
    reached_week: int | None = None
    reached_day: int | None = None


class Draws:
    """The random outcomes of one simulation, which depend on seed, number and rates alone."""

    def __init__(self, seed: int, number: int, rates: Rates) -> None:
        self._random = Random(f"{seed} {number}")  # noqa: S311 (nothing to keep secret)
        self._shares = draw(rates, self._random)

    def draw(self) -> int:
        """Draw how a long run turns out, as a number in VARIANTS."""
        chance = self._random.random() * self._shares[-1]
        return bisect(self._shares, chance, hi=len(VARIANTS) - 1)


class Node:
    """
    Where simulations stand once the long run of a week has been set.

    Attributes:
        before: The state before it was set and what was assumed to be reported since, where this is
            looked at again once the run is known.
        state: The state after.
        minutes: The long run, or what stands for it. [min]
        is_run: Whether there is a long run.
        is_paused: Whether a pause leaves it out.
        clears_in: In how many weeks a clearance ends the pause; 0 for none. [weeks]
        next: What follows, by the long run's variant as a number in VARIANTS, and at
            NO_RUN if there is none: a node; how many weeks ago the plan ended at its target; 0
            if the plan stops without that. None where it has not been worked out yet.
    """

    __slots__ = ("before", "clears_in", "is_paused", "is_run", "minutes", "next", "state")

    def __init__(
        self,
        before: tuple[State, list[Clearance]] | None,
        state: State,
        intended: Intention,
        clears_in: int,
    ) -> None:
        self.before, self.state, self.clears_in = before, state, clears_in
        self.minutes = intended.minutes or state.level_min
        self.is_run, self.is_paused = intended.minutes > 0, intended.paused is not None
        self.next: list[Node | int | None] = [None] * (NO_RUN + 1)


class _Week(NamedTuple):
    """What is the same for a week in every simulation."""

    first: int  # its first day
    cleared_on: Date  # the day on which a pause is cleared in it
    slot: int  # the day of its long run, or the usual one where it has none
    day: Date  # the same, as a date
    rebuild: Rebuild  # the request as it stands on that day
    intended: Intention | None  # what its long run was meant to be, if its day has come
    is_special: bool  # whether more may have been reported or changed on that day
    is_open_before: bool  # whether the long run before may still be reported on that day
    is_left: bool  # whether the plan's last day lies before it


class Simulator:
    """
    What can follow from where a plan stands, worked out as far as simulations have needed it.

    Attributes:
        first: Where every simulation begins: a node, or what stands for one in Node.next.
    """

    def __init__(self, outset: Outset, pause_weeks: int | None = None) -> None:
        """
        Begin where the plan stands today.

        Args:
            outset: Where that is.
            pause_weeks: After how many weeks a pause is cleared; None: never. [weeks]
        """
        self._outset = outset
        self._pause_weeks = pause_weeks or 0
        self._course = outset.timeline.course
        self._keys = StateKeys(self._course, max(outset.reports.days, default=0))
        self._nodes: dict[Hashable, Node] = {}
        self._weeks: dict[int, _Week] = {}
        self.first = self._following(outset.state(), 0)

    def simulate(self, draw: Callable[[], int]) -> Simulated:
        """
        Simulate the plan once.

        Args:
            draw: Draws how a long run turns out, as a number in VARIANTS.
        """
        outset = self._outset
        fixed = outset.timeline.intentions[outset.week - 1 : outset.drawn_from - 1]
        minutes = [each.minutes or each.level_min for each in fixed]
        is_paused = [each.paused is not None for each in fixed]
        week, node = outset.drawn_from, self.first
        while isinstance(node, Node) and week <= MAX_WEEKS:
            if week >= outset.week:
                minutes.append(node.minutes)
                is_paused.append(node.is_paused)
            variant = draw() if node.is_run else NO_RUN
            following = node.next[variant]
            node, week = self.after(node, variant) if following is None else following, week + 1
        weeks_ago = 0 if isinstance(node, Node) else node
        if not minutes:
            target_min = outset.timeline.course.at(outset.today).target_min
            minutes, is_paused = [target_min if weeks_ago else outset.state().level_min], [False]
        if not weeks_ago:
            return Simulated(tuple(minutes), tuple(is_paused))
        reached = week - weeks_ago
        return Simulated(tuple(minutes), tuple(is_paused), reached, outset.reached_day(reached))

    def after(self, node: Node, variant: int) -> Node | int:
        """
        Return what follows a node, as in Node.next.

        Args:
            node: Where a simulation stands.
            variant: How the long run turned out, as a number in VARIANTS; NO_RUN without one.
        """
        following = node.next[variant]
        if following is None:
            following = node.next[variant] = self._worked_out(node, variant)
        return following

    def _worked_out(self, node: Node, variant: int) -> Node | int:
        state, intended = node.state, node.state.intended
        if intended is None or variant == NO_RUN:
            if node.is_paused and not node.clears_in:
                return 0
            return self._following(settled(state, None), node.clears_in)
        week = self._week(state.week)
        outcome = outcome_of(VARIANTS[variant], week.day, intended.minutes, intended.level_min)
        if outcome is None:
            seen = None
            if self._week(state.week + 1).is_open_before:
                run = Outcome(
                    week.day, intended.minutes, intended.level_min, intended.minutes, is_open=True
                )
                seen = settled(state, run)
            return self._following(settled(state, None), 0, seen)
        if node.before:
            # What else was reported or changed on its day counts for the next long run.
            before, assumed = node.before
            known = self._known(week, report_of(outcome), *assumed)
            state, _ = advance(self._course, before, intended, known, week.slot)
            outcome = outcome._replace(**long_run_on(known, week.slot))
        return self._following(settled(state, outcome), 0)

    def _following(self, state: State, clears_in: int, seen: State | None = None) -> Node | int:
        """
        Return what follows a state in which it is known how the last long run went.

        Args:
            state: The state.
            clears_in: In how many weeks a clearance ends the pause, from the state's week on.
            seen: The state as it looks on the day of the next long run, if it differs.
        """
        week = self._week(state.week + 1)
        if is_over(state, week.rebuild):
            return state.week + 1 - state.kept_week
        if week.is_left:
            return 0
        key = None
        if self._keys.is_known and week.slot > self._outset.today and not seen:
            key = clears_in, self._keys.of_state(state, week.first, week.slot)
            if key in self._nodes:
                return self._nodes[key]
        assumed = [Clearance(day=week.cleared_on, by=_ASSUMED)] if clears_in == 1 else []
        known = self._known(week, *assumed)
        intended = week.intended
        if seen and not intended:
            _, intended = advance(self._course, seen, None, known, 0)
        after, intended = advance(self._course, state, intended, known, 0)
        clears_in = (max(0, clears_in - 1) or self._pause_weeks) if intended.paused else 0
        node = Node((state, assumed) if week.is_special else None, after, intended, clears_in)
        if key:
            self._nodes[key] = node
        return node

    def _week(self, number: int) -> _Week:
        if number not in self._weeks:
            outset, course, timeline = self._outset, self._course, self._outset.timeline
            first, slot = course.first_day(number), timeline.slot(number)
            before = timeline.slot(number - 1) if number > 1 else 0
            self._weeks[number] = _Week(
                first=first,
                # A long run that was moved may lie outside its own week.
                cleared_on=day_numbered(min(max(first, before + 1), slot)),
                slot=slot,
                day=day_numbered(slot),
                rebuild=course.at(slot),
                intended=timeline.intentions[number - 1]
                if number <= len(timeline.intentions)
                else None,
                is_special=slot <= outset.today or any(slot == day for day, _ in course.asked),
                is_open_before=slot <= before + OPEN_DAYS,
                is_left=is_past_last_day(course, number),
            )
        return self._weeks[number]

    def _known(self, week: _Week, *assumed: Entry) -> Known:
        """Return what is known when the long run of a week is set."""
        outset = self._outset
        reports = Reports((*outset.entries, *assumed)) if assumed else outset.reports
        return reports.known(max(week.slot, outset.today))
