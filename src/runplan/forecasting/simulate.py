"""
Random simulations of a plan, with the same fold that plans it.

Each step is worked out once: simulations that reach an equivalent state, in whatever week, share
the steps that follow.
"""

from bisect import bisect
from collections.abc import Callable, Hashable
from random import Random
from typing import NamedTuple

from runplan._base.dates import Date, day_numbered
from runplan.forecasting.rates import Rates, draw
from runplan.forecasting.starting_point import StartingPoint, is_past_end
from runplan.forecasting.state_keys import StateKeys
from runplan.forecasting.variants import VARIANTS, outcome_of, report_of
from runplan.model.entries import Clearance, Entry
from runplan.model.weeks import OPEN_DAYS
from runplan.planning.advance import advance, stays_ended
from runplan.planning.build import MAX_WEEKS
from runplan.planning.outcomes import long_run_on, settled
from runplan.planning.reports import Known, Reports
from runplan.planning.state import Intention, State
from runplan.policy.situation import Outcome

# Who gives the clearances that end pauses in a simulation.
_ASSUMED = "assumption"

# Stands for the variant in weeks without a long run.
NO_RUN = len(VARIANTS)


class Simulated(NamedTuple):
    """
    The result of one simulation, from the current week on.

    Both lists end with the week in which the simulation ends; nothing changes after that.

    Attributes:
        minutes: The long run of each week. If there is none: the length due after days away, the
            length with which a pause resumes, or the target once it is reached. [min]
        is_paused: Whether each week is paused.
        reached_week: The week in which the plan ended at its target; None if it never did.
        reached_day: The day number of that run, as date.toordinal() counts.
    """

    minutes: tuple[int, ...]
    is_paused: tuple[bool, ...]
    reached_week: int | None = None
    reached_day: int | None = None


class Draws:
    """The random outcomes of one simulation, which depend only on seed, number and rates."""

    def __init__(self, seed: int, number: int, rates: Rates) -> None:
        self._random = Random(f"{seed} {number}")  # noqa: S311 (nothing to keep secret)
        self._shares = draw(rates, self._random)

    def draw(self) -> int:
        """Draw the outcome of a long run, as an index into VARIANTS."""
        chance = self._random.random() * self._shares[-1]
        return bisect(self._shares, chance, hi=len(VARIANTS) - 1)


class Node:
    """
    The point of a simulation at which the long run of a week has been set.

    Attributes:
        before: The state before it was set and the clearances assumed since, if the step has to
            be repeated once the outcome of the run is known.
        state: The state after.
        minutes: The long run, or the length that counts instead. [min]
        is_run: Whether there is a long run.
        is_paused: Whether a pause leaves it out.
        clears_in: In how many weeks a clearance ends the pause; 0 for none. [weeks]
        next: What follows, by the index of the outcome in VARIANTS, or NO_RUN without a run: a
            node; or how many weeks ago the plan ended at its target; or 0 if the plan stops
            short of it. None if it has not been worked out yet.
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
    """The facts about a week that are the same in every simulation."""

    first: int  # its first day
    cleared_on: Date  # the day on which a pause is cleared in it
    slot: int  # the day of its long run, or the usual one if it has none
    day: Date  # the same, as a date
    intended: Intention | None  # its intended long run, if its day has come
    is_special: bool  # whether more may have been reported or changed on that day
    is_open_before: bool  # whether the long run before may still be reported on that day
    is_past_end: bool  # whether nothing is planned from it on


class Simulator:
    """
    Simulations of a plan, with a graph of steps that is built as they need it.

    Attributes:
        first: The node at which simulations begin, or a number as in Node.next.
    """

    def __init__(self, start: StartingPoint, pause_weeks: int | None = None) -> None:
        """
        Begin with the state of the plan today.

        Args:
            start: That state.
            pause_weeks: After how many weeks a pause is cleared; None: never. [weeks]
        """
        self._start = start
        self._pause_weeks = pause_weeks or 0
        self._course = start.timeline.course
        self._keys = StateKeys(self._course, max(start.reports.days, default=0))
        self._nodes: dict[Hashable, Node] = {}
        self._weeks: dict[int, _Week] = {}
        self.first = self._following(start.state(), 0)

    def simulate(self, draw: Callable[[], int]) -> Simulated:
        """
        Simulate the plan once.

        Args:
            draw: Draws the outcome of a long run, as an index into VARIANTS.
        """
        start = self._start
        fixed = start.timeline.intentions[start.week - 1 : start.drawn_from - 1]
        minutes = [each.minutes or each.level_min for each in fixed]
        is_paused = [each.paused is not None for each in fixed]
        week, node = start.drawn_from, self.first
        while isinstance(node, Node) and week <= MAX_WEEKS:
            if week >= start.week:
                minutes.append(node.minutes)
                is_paused.append(node.is_paused)
            variant = draw() if node.is_run else NO_RUN
            following = node.next[variant]
            node, week = self.after(node, variant) if following is None else following, week + 1
        weeks_ago = 0 if isinstance(node, Node) else node
        if not minutes:
            target_min = start.timeline.course.at(start.today).target_min
            minutes, is_paused = [target_min if weeks_ago else start.state().level_min], [False]
        if not weeks_ago:
            return Simulated(tuple(minutes), tuple(is_paused))
        reached = week - weeks_ago
        return Simulated(tuple(minutes), tuple(is_paused), reached, start.reached_day(reached))

    def after(self, node: Node, variant: int) -> Node | int:
        """
        Return what follows a node, as in Node.next.

        Args:
            node: The node.
            variant: The outcome of its long run, as an index into VARIANTS; NO_RUN without one.
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
            # Other reports and changes of its day count for the next long run.
            before, assumed = node.before
            known = self._known(week, report_of(outcome), *assumed)
            state, _ = advance(self._course, before, intended, known, week.slot)
            outcome = outcome._replace(**long_run_on(known, week.slot))
        return self._following(settled(state, outcome), 0)

    def _following(self, state: State, clears_in: int, seen: State | None = None) -> Node | int:
        """
        Return what follows a settled state.

        Args:
            state: The state.
            clears_in: In how many weeks a clearance ends the pause, from the state's week on.
            seen: The state as known on the day of the next long run, if it differs.
        """
        week = self._week(state.week + 1)
        if stays_ended(self._course, state, week.slot):
            return state.week + 1 - state.kept_week
        if week.is_past_end:
            return 0
        key = None
        if self._keys.is_known and week.slot > self._start.today and not seen:
            key = clears_in, self._keys.of_state(state, week.first, week.slot)
            if key in self._nodes:
                return self._nodes[key]
        assumed = [Clearance(day=week.cleared_on, by=_ASSUMED)] if clears_in == 1 else []
        known = self._known(week, *assumed)
        planned = week.intended or self._course.long_run(state.week + 1)
        if seen and not week.intended:
            _, planned = advance(self._course, seen, planned, known, 0)
        after, intended = advance(self._course, state, planned, known, 0)
        clears_in = (max(0, clears_in - 1) or self._pause_weeks) if intended.paused else 0
        node = Node((state, assumed) if week.is_special else None, after, intended, clears_in)
        if key:
            self._nodes[key] = node
        return node

    def _week(self, number: int) -> _Week:
        if number not in self._weeks:
            start, course, timeline = self._start, self._course, self._start.timeline
            first, slot = course.first_day(number), timeline.slot(number)
            before = timeline.slot(number - 1) if number > 1 else 0
            self._weeks[number] = _Week(
                first=first,
                # A long run that was moved may lie outside its own week.
                cleared_on=day_numbered(min(max(first, before + 1), slot)),
                slot=slot,
                day=day_numbered(slot),
                intended=timeline.intentions[number - 1]
                if number <= len(timeline.intentions)
                else None,
                is_special=slot <= start.today or any(slot == day for day, _ in course.requests),
                is_open_before=slot <= before + OPEN_DAYS,
                is_past_end=is_past_end(course, number),
            )
        return self._weeks[number]

    def _known(self, week: _Week, *assumed: Entry) -> Known:
        """Return the reports known when the long run of a week is set."""
        start = self._start
        reports = Reports((*start.entries, *assumed)) if assumed else start.reports
        return reports.known(max(week.slot, start.today))
