"""
The long runs of a plan, fixed one after the other, each from what is known on its day.

This is the one walk that both the plan and the forecast take: the plan with what was reported, the
forecast with what may be. Days are day numbers here, as date.toordinal() counts them.
"""

from collections.abc import Sequence
from copy import copy
from typing import NamedTuple

from runplan._base.dates import Date
from runplan.model.log import Entry, Log, MorningReport, RunReport
from runplan.model.red_flags import RedFlag
from runplan.model.sessions import Decision
from runplan.model.weeks import Pause
from runplan.planning.history import History
from runplan.planning.lifting import Lifting
from runplan.planning.request import Rebuild
from runplan.planning.results import Results
from runplan.planning.schedule import Days, Placed, spread
from runplan.planning.strength import NO_RAMP
from runplan.policy.policy import Resumption, Situation, Verdict
from runplan.policy.progression_rules import longest_recent


class Fixed(NamedTuple):
    """
    What the long run of a week is meant to be.

    Attributes:
        placed: Where it lies; None where there is no day for it.
        verdict: How long it is.
        decision: Which rule set it, and why.
        longest_min: The longest run of the 30 days before, 0 for none. [min]
    """

    placed: Placed | None
    verdict: Verdict
    decision: Decision
    longest_min: int


class LongRuns:
    """
    The walk through the weeks, and what has to be remembered from one to the next.

    In each week: move on to its first day, begin it, move on to the day of its long run, fix that.

    Attributes:
        rebuild: What was asked for.
        days: On which days the sessions fall.
        history: What is known as of the day that was moved on to.
        results: What the long runs came to.
        lifting: The strength work.
        level_min: The level that the last decision set. [min]
        earned_min: What the last long run earned, however long an absence gets. [min]
        last_action: What the last decision did.
        pause: The pause that no clearance has ended yet.
        was_paused: Whether the last week had no long run because of a pause.
        resumption: What a pause that has ended lets the plan go on with, until a run is planned so.
        late_pain: The worst pain in what was reported late since the last decision. [0-10]
    """

    def __init__(self, rebuild: Rebuild, log: Log, today: int) -> None:
        """
        Begin before the first week.

        Args:
            rebuild: What is asked for.
            log: What was reported.
            today: What was recorded later is not seen.
        """
        self.rebuild = rebuild
        self.days = _days(rebuild)
        self.history = History(
            log,
            start=self.days.start,
            today=today,
            # The baseline counts as run a week before the first long run.
            baseline=(self.days.usual_long_run(1) - 7, rebuild.baseline_min),
        )
        self.results = Results(self.history, rebuild.policy, rebuild.target_min)
        self.lifting = Lifting(rebuild, self.days, self.history)
        self.level_min = self.earned_min = rebuild.baseline_min
        self.last_action = ""
        self.pause: Pause | None = None
        self.was_paused = False
        self.resumption: Resumption | None = None
        self.late_pain = 0
        # Where the long runs lie does not depend on how they go: forks share it.
        self._placed: dict[int, Placed | None] = {}

    def fork(self) -> "LongRuns":
        """Return one that goes on from here by itself."""
        twin = copy(self)
        twin.history = self.history.fork()
        twin.results = self.results.fork(twin.history)
        twin.lifting = self.lifting.fork(twin.history)
        return twin

    def tell(self, entry: Entry) -> None:
        """Report something that is going to be known on the day it is recorded."""
        self.history.tell(entry)

    def move_on(self, day: int) -> None:
        """Know what was recorded up to a day."""
        self.results.move_on(day)

    def begin(self, number: int) -> None:
        """Begin a week: what it has of strength is settled by what is known on its first day."""
        if number > 1:
            self.lifting.go_on(number - 1, was_paused=self.was_paused)

    def fix(self, number: int) -> Fixed | None:
        """Fix the long run of a week; None if there is none, in a pause or after the target."""
        fixed = None
        if not self.results.finished(before=number):
            fixed = self._fix(number)
        self.was_paused = fixed is None and self.pause is not None
        return fixed

    def placed(self, number: int) -> Placed | None:
        """Return where the long run of a week lies; None where there is no day for it."""
        if number not in self._placed:
            self._placed[number] = self.days.long_run_of(number)
        return self._placed[number]

    def day_of(self, number: int) -> int:
        """Return the day of the long run of a week, or the usual one where it has none."""
        placed = self.placed(number)
        return placed.day if placed else self.days.usual_long_run(number)

    def _fix(self, number: int) -> Fixed | None:
        if number == 1:
            self._forget_earlier_clearances()
        else:
            self._take_stock(number)
        set_ = self._set(number, self.day_of(number))
        if set_ is None:
            self.results.pause(number, self.level_min)
            return None
        now, verdict, decision = set_
        if not now.missed:
            self.earned_min = verdict.level_min
        self.level_min, self.last_action = verdict.level_min, verdict.action
        placed = self.placed(number)
        day = placed.day if placed else None
        self.results.intend(number, day, verdict.minutes, verdict.level_min)
        if placed:
            self.resumption = None
        return Fixed(placed, verdict, decision, now.longest_min)

    def _set(self, number: int, day: int) -> tuple[Situation, Verdict, Decision] | None:
        """Return what sets the long run of a week, None while the plan is paused."""
        while True:
            self._end_pause(number)
            now = self._situation(number, day)
            verdict, decision = self.rebuild.policy.decide(now)
            if self.pause is None and verdict.refer is None:
                return now, verdict, decision
            if not self._begin_pause(verdict, decision):
                return None

    def _begin_pause(self, verdict: Verdict, decision: Decision) -> bool:
        """Pause if there is a reason that is not answered yet, and say whether there was."""
        refer, running = verdict.refer, self.pause
        if refer is None or (running and not refer.stops_strength):
            # Of two reasons only a red flag takes over: it stops strength as well.
            return False
        minutes = verdict.minutes
        if running:
            # It goes on from the level at which it paused, whatever is run meanwhile.
            same = running.decision.rule == decision.rule
            minutes = running.resume_min if same else min(minutes, running.resume_min)
        self.pause = Pause(
            since=refer.since,
            decision=decision,
            whom=refer.whom,
            how_soon=refer.how_soon,
            resume_min=minutes,
            stops_strength=refer.stops_strength,
        )
        return self.pause != running

    def _end_pause(self, number: int) -> None:
        """End the pause if a clearance has come since the report that caused it."""
        if self.pause is None:
            return
        first = max(self.pause.since.toordinal(), self.results.counted_from + 1)
        clearance = self.history.clearance_since(first, self.pause.resume_min)
        if clearance is None:
            return
        minutes = clearance.baseline_min or self.pause.resume_min
        is_new = clearance.baseline_min is not None
        self.resumption = Resumption(minutes=minutes, by=clearance.by, is_new=is_new)
        self.level_min = self.earned_min = min(minutes, self.rebuild.target_min)
        self.pause = None
        self.history.used.append(clearance)
        self.results.start_afresh(clearance.day.toordinal(), number)

    def _forget_earlier_clearances(self) -> None:
        """Let what was cleared before the plan began be over: it begins at its baseline."""
        earlier = [
            each for each in self.history.clearances if each.day.toordinal() < self.days.start
        ]
        if earlier:
            self.history.used += earlier
            self.results.start_afresh(max(each.day.toordinal() for each in earlier), 1)

    def _situation(self, number: int, day: int) -> Situation:
        week = number - 1
        outcome = self.results.of(week)
        if outcome and not self.results.is_counted(outcome):
            outcome = None
        missed = number > 1 and outcome is None and not self.results.is_open(week)
        late_pain = 0 if missed else self.late_pain
        outcomes = self.results.before(number)
        own = self.history.first_long_run(number)
        until = day if own is None else min(day, own)
        level = self.earned_min if missed else self.level_min
        first_month = self.lifting.is_first_month
        return Situation(
            week=number,
            level_min=level,
            baseline_min=self.rebuild.baseline_min,
            target_min=self.rebuild.target_min,
            step_min=self.rebuild.policy.step_min,
            first_month=first_month,
            held_first_month=first_month and self.rebuild.holds_first_month,
            missed=missed,
            days_since_run=day - self.history.last_run_before(until),
            longest_min=longest_recent(self.history.runs, day, until),
            clean_in_row=self.results.clean_in_row(level, before=number),
            last_action=self.last_action,
            last_min=0 if missed else self.results.planned_min(week),
            outcome=outcome,
            outcomes=outcomes,
            worst_pain=self.results.worst_pain,
            awaits_morning=outcome is not None and self.history.awaits_morning(outcome.report),
            other_pain=max(self.history.other_pain(week), late_pain),
            red_flags=self._open_flags(number, until),
            resumption=self.resumption,
        )

    def _open_flags(self, number: int, until: int) -> tuple[tuple[Date, RedFlag], ...]:
        """Return the red flags of the days before a day that no clearance has answered."""
        cleared = self.results.counted_from
        flags = self.history.flags_between(cleared, until)
        if not cleared:
            return flags
        # Of the day of the clearance those count of the run that it was given for.
        return flags + tuple(
            (outcome.report.day, flag)
            for outcome in self.results.before(number)
            for flag in outcome.report.red_flags
            if outcome.report.day.toordinal() == cleared
        )

    def _take_stock(self, number: int) -> None:
        """Take in how the week before went, and what was reported late about earlier ones."""
        week = number - 1
        if self.results.of(week) is None:
            self.results.assume(week)
        late = [
            entry
            for entry in self.results.take_news()
            if 0 < self.history.week_of(entry.day.toordinal()) < week
        ]
        self.late_pain = 0
        if late:
            self.late_pain = max(map(_worst_pain, late))
            if self.results.of(week) is None:
                self._answer_late(number, late)

    def _answer_late(self, number: int, late: Sequence[RunReport | MorningReport]) -> None:
        """
        Answer the last run again, by what was told of it too late for its own week.

        It earns nothing by that: what the last run earned can only become less.
        """
        row = self.results.before(number)
        told = [entry for entry in late if row and entry.day == row[-1].report.day]
        if not told:
            return
        outcome = row[-1]
        last = self.history.week_of(outcome.report.day.toordinal())
        level_min = self.results.level_of(last, self.earned_min)
        now = self._situation(number, outcome.report.day.toordinal() + 7)._replace(
            outcome=outcome,
            missed=False,
            awaits_morning=self.history.awaits_morning(outcome.report),
            other_pain=outcome.other_pain,
            level_min=level_min,
        )
        verdict, decision = self.rebuild.policy.decide(now)
        if verdict.refer is not None:
            self._begin_pause(verdict, decision)
            return
        self.earned_min = min(self.earned_min, verdict.level_min)
        if any(isinstance(entry, RunReport) and entry.kind == "long" for entry in told):
            self.earned_min = min(self.earned_min, level_min)


def _worst_pain(entry: RunReport | MorningReport) -> int:
    return entry.pain if isinstance(entry, MorningReport) else entry.worst_pain


def _days(rebuild: Rebuild) -> Days:
    ramp = rebuild.strength.ramp if rebuild.strength else NO_RAMP
    long_run, weekdays = rebuild.long_run.day, rebuild.strength_days
    most = max(sessions for _, sessions in ramp)
    return Days(
        start=rebuild.start.toordinal(),
        away=frozenset(
            day
            for each in rebuild.away
            for day in range(each.first.toordinal(), each.last.toordinal() + 1)
        ),
        long_run=long_run,
        strength={count: spread(weekdays, long_run, count) for count in range(most + 1)},
    )
