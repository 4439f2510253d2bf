"""What the long runs came to: the outcome of each week, and what follows from several of them."""

from collections.abc import Sequence
from copy import copy
from typing import NamedTuple

from runplan.model.log import LONGEST_MIN, MorningReport, RunReport
from runplan.planning.history import History, own_containers
from runplan.policy.policy import Outcome, Policy, Situation

_ABOUT_RUNS = (RunReport, MorningReport)


class _Intention(NamedTuple):
    """What the long run of a week was meant to be; no day where none could be."""

    day: int | None
    minutes: int
    level_min: int
    is_paused: bool = False


class Results:
    """
    The outcomes of the long runs, as far as they are known on the history's day.

    Attributes:
        counted_from: The day of the clearance that ended the last pause: counts start afresh.
        worst_pain: The worst pain in what before returned last. [0-10]
    """

    def __init__(self, history: History, policy: Policy, target_min: int) -> None:
        self.counted_from = 0
        self.worst_pain = 0
        self._first_counted = 1
        self._history = history
        self._policy = policy
        self._target_min = target_min
        self._intentions: dict[int, _Intention] = {}
        self._at_target: list[int] = []
        self._outcomes: dict[int, Outcome] = {}
        # Which of two reports earns less can change as long as a morning is awaited.
        self._unsettled: set[int] = set()
        self._row: tuple[Outcome, ...] = ()
        self._row_until = 1
        self._assumed: list[int] = []
        self._news: list[RunReport | MorningReport] = []

    def fork(self, history: History) -> "Results":
        """Return one that goes on from here by itself, with a history of its own."""
        twin = copy(self)
        vars(twin).update(own_containers(self))
        twin._history = history  # noqa: SLF001  # its own
        return twin

    def intend(self, week: int, day: int | None, minutes: int, level_min: int) -> None:
        """Remember what the long run of a week is meant to be."""
        self._intentions[week] = _Intention(day, minutes, level_min)
        if day is not None and minutes >= self._target_min:
            self._at_target.append(week)

    def pause(self, week: int, level_min: int) -> None:
        """Remember that a week has no long run because of a pause, and at which level."""
        self._intentions[week] = _Intention(None, level_min, level_min, is_paused=True)

    def level_of(self, week: int, otherwise: int) -> int:
        """Return the level of a week, or otherwise where none was set. [min]"""
        intention = self._intentions.get(week)
        return intention.level_min if intention else otherwise

    def planned_min(self, week: int) -> int:
        """Return how long the long run of a week was meant to be, 0 for none. [min]"""
        intention = self._intentions.get(week)
        return intention.minutes if intention else 0

    def move_on(self, day: int) -> None:
        """Take in what was recorded up to a day."""
        if self._unsettled and day > self._history.day:
            for week in self._unsettled:
                self._forget(week)
            self._unsettled.clear()
        for entry in self._history.move_on(day):
            if isinstance(entry, _ABOUT_RUNS):
                week = self._history.week_of(entry.day.toordinal())
                self._news.append(entry)
                self._forget(week)

    def _forget(self, week: int) -> None:
        self._outcomes.pop(week, None)
        if week < self._row_until:
            self._begin_row()

    def take_news(self) -> list[RunReport | MorningReport]:
        """Return what was taken in about runs since this was last asked."""
        news, self._news = self._news, []
        return news

    def start_afresh(self, day: int, week: int) -> None:
        """Count from now on only what comes after a day, or is the run planned for a week."""
        self.counted_from, self._first_counted = day, week
        self._outcomes.clear()
        self._begin_row()

    def _begin_row(self) -> None:
        # What lies before the day from which on runs count need not be looked at.
        first = max(1, self._history.week_of(self.counted_from))
        self._row, self._row_until, self.worst_pain = (), first, 0

    def is_counted(self, outcome: Outcome) -> bool:
        """Say whether a run came after the last pause, or was the first one planned after it."""
        day = outcome.report.day.toordinal()
        if day != self.counted_from:
            return day > self.counted_from
        week = self._history.week_of(day)
        intention = self._intentions.get(week)
        return week >= self._first_counted and intention is not None and intention.day == day

    def is_open(self, week: int) -> bool:
        """Say whether the long run of a week lies ahead, or may still be reported in time."""
        return self._open(week) is not None

    def is_missed(self, week: int) -> bool:
        """Say whether a week is over that had a day for its long run, and no run was reported."""
        intention = self._intentions.get(week)
        had_day = intention is not None and intention.day is not None
        return had_day and self.of(week) is None and not self.is_open(week)

    def assume(self, week: int) -> None:
        """Take the long run of a week to be clean, if it is open."""
        run = self._open(week)
        if run is not None:
            day, minutes = run
            self._history.assume_run(day, minutes)
            self._assumed.append(0 if self._history.other_pain(week) else minutes)

    def _open(self, week: int) -> tuple[int, int] | None:
        intention = self._intentions.get(week)
        if intention is None or intention.day is None:
            return None
        is_over = week < self._history.week_of(self._history.day)
        return None if is_over else (intention.day, intention.minutes)

    def of(self, week: int) -> Outcome | None:
        """Return how the long run of a week went: of two reports the one that earns less."""
        if week not in self._outcomes:
            if week < 1:
                return None
            intention = self._intentions.get(week)
            planned_min = intention.minutes if intention else None
            is_planned = not (intention and intention.is_paused)
            outcomes = self._history.outcomes_of(week, planned_min, is_planned=is_planned)
            if not outcomes:
                return None
            self._outcomes[week] = (
                outcomes[0] if len(outcomes) == 1 else self._least(week, outcomes)
            )
        return self._outcomes[week]

    def before(self, week: int) -> tuple[Outcome, ...]:
        """Return the outcomes of the weeks before one, since the last pause, by week."""
        while self._row_until < week:
            # Of two reports the lesser is found by looking at those before: here, the row so far.
            outcome = self.of(self._row_until)
            if outcome and self.is_counted(outcome):
                self._row += (outcome,)
                self.worst_pain = max(self.worst_pain, outcome.report.worst_pain)
            self._row_until += 1
        return self._row

    def finished(self, *, before: int) -> int | None:
        """Return the first week whose run at the target is clean, as far as is known."""
        for week in self._at_target:
            if week < before and self._is_clean(week):
                return week
        return None

    def _is_clean(self, week: int) -> bool:
        """Say whether nothing in a week stands against the next step, as far as is known."""
        if self._history.is_flagged(before=self._history.last_day(week) + 1):
            return False
        outcome = self.of(week)
        if outcome is None:
            return self.is_open(week) and not self._history.other_pain(week)
        return self._counts_as_clean(outcome)

    def clean_in_row(self, level_min: int, *, before: int) -> int:
        """Return how many clean runs at a level came last. The baseline run is none."""
        for times, minutes in enumerate(reversed(self._assumed)):
            if minutes != level_min:
                return times
        times = len(self._assumed)
        for outcome in reversed(self.before(before)):
            if outcome.planned_min != level_min or not self._counts_as_clean(outcome):
                break
            times += 1
        return times

    def _counts_as_clean(self, outcome: Outcome) -> bool:
        if outcome.report.pain_next_morning is None:
            return outcome.is_clean_so_far and self._history.awaits_morning(outcome.report)
        return outcome.is_clean_so_far

    def _least(self, week: int, outcomes: Sequence[Outcome]) -> Outcome:
        """Return the outcome that earns least; of those that earn the same, the worst."""
        if any(self._history.awaits_morning(each.report) for each in outcomes):
            self._unsettled.add(week)
        outcomes = [each for each in outcomes if self.is_counted(each)] or outcomes
        first = min(each.report.day for each in outcomes)
        earlier = tuple(each for each in self.before(week) if each.report.day < first)

        def earned(outcome: Outcome) -> tuple[bool, int, int, int, int, str]:
            report = outcome.report
            verdict, _ = self._policy.decide(self._by_itself(outcome, earlier))
            return (
                verdict.refer is None,
                verdict.level_min,
                -report.worst_pain,
                -report.fatigue,
                report.minutes,
                repr(report),
            )

        return min(outcomes, key=earned)

    def _by_itself(self, outcome: Outcome, earlier: tuple[Outcome, ...]) -> Situation:
        """Return the situation in which nothing but the outcome sets the next long run."""
        # A run nobody had planned may be longer than any plan.
        level_min = min(outcome.planned_min, LONGEST_MIN - self._policy.step_min)
        return Situation(
            # Neither the first week nor, in any policy of ours, a lighter one.
            week=2,
            level_min=level_min,
            baseline_min=level_min,
            target_min=LONGEST_MIN,
            step_min=self._policy.step_min,
            held_first_month=False,
            missed=False,
            days_since_run=7,
            # Long enough that no step has to wait.
            longest_min=2 * LONGEST_MIN,
            clean_in_row=0,
            last_action="",
            outcome=outcome,
            outcomes=(*earlier, outcome),
            awaits_morning=self._history.awaits_morning(outcome.report),
            other_pain=outcome.other_pain,
        )
