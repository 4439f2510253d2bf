"""
build: from what was asked and what happened to what is planned, week by week.

Each session is fixed on its own day, from what had been recorded by then, or today where it lies
ahead. So the weeks are walked through in the order of time, and the history moves on with them.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from runplan.dates import Date, DayLike, to_day
from runplan.errors import InvalidType
from runplan.history import History
from runplan.lifting import Lifting
from runplan.log import Log, MorningReport, RunReport
from runplan.plan import Plan
from runplan.rebuild import Rebuild
from runplan.red_flags import RedFlag
from runplan.results import Results
from runplan.rules.placing import Days, Placed, spread
from runplan.rules.policy import Resumption, Situation, Verdict
from runplan.rules.progression import longest_recent
from runplan.rules.strength import NO_RAMP
from runplan.safety import findings
from runplan.sessions import Decision, LongRun, StrengthSession
from runplan.standing import matched, run_day_of, status_of
from runplan.weeks import Pause, Week

# Ten years: no request that gets anywhere takes as long, and every build must end.
MAX_WEEKS = 520


def build(rebuild: Rebuild, log: Log | None = None, today: DayLike | None = None) -> Plan:
    """
    Plan a rebuild week by week, until the week in which the target is first run clean.

    The same three values give the same plan. Past weeks show what was intended then and what
    happened; what lies ahead is assumed to turn out clean, and each decision says what it rests
    on. A later entry never rewrites an earlier intention: a session is fixed on its day, from
    what had been recorded by then. A plan that does not get to its target ends after 520 weeks
    and carries the finding ``unfinished``; one that is paused ends with the week of the next
    long run.

    Args:
        rebuild: What is asked for.
        log: What happened. What was recorded after today is not seen.
        today: The day as of which to plan. With a log it must be given; without one it is the
            first day of the rebuild.

    Raises:
        InvalidType: If an argument has the wrong type, today is missing beside a log, or a rule
            returns something else than a Verdict.
        InvalidValue: If there is no such day, or no rule of the policy applies to some week.

    Source:
        docs/explanation/rules.md

    >>> from runplan import Log, Rebuild, RunReport, build
    >>> rebuild = Rebuild(baseline_min=42, target_min=60, start="2026-11-30",
    ...                   timezone="Europe/Berlin", first_month="extend")
    >>> [week.long_run.minutes for week in build(rebuild).weeks]
    [42, 47, 52, 57, 60]
    >>> log = Log([RunReport(day="2026-12-06", minutes=42, pain_next_morning=4)])
    >>> [week.long_run.minutes for week in build(rebuild, log, today="2026-12-07").weeks]
    [42, 37, 42, 47, 52, 57, 60]
    """
    if not isinstance(rebuild, Rebuild):
        raise InvalidType("rebuild must be a Rebuild", rebuild, "make one, or load_rebuild one")
    if not isinstance(log, Log | None):
        raise InvalidType("log must be a Log", log, "make one of the reports: Log([…])")
    if log is not None and today is None:
        raise InvalidType(
            "today must be given with a log", today, 'say as of which day: today="2027-01-07"'
        )
    day = rebuild.start if today is None else to_day(today)
    planner = _Planner(rebuild, log or Log(), day)
    drafts = list(planner.drafts())
    finished = planner.results.finished(before=len(drafts) + 1)
    while finished and len(drafts) > finished and drafts[-1].is_empty:
        drafts.pop()
    weeks = tuple(map(planner.week, drafts))
    return Plan(
        id=rebuild.id,
        name=rebuild.name,
        timezone=rebuild.timezone,
        policy=rebuild.policy.name,
        baseline_min=rebuild.baseline_min,
        target_min=rebuild.target_min,
        away=rebuild.away,
        today=day,
        status=status_of(weeks, baseline_min=rebuild.baseline_min, today=day, finished=finished),
        finish=None if finished is None else run_day_of(weeks[finished - 1]),
        weeks=weeks,
        findings=findings(
            rebuild,
            weeks,
            planner.history,
            is_finished=finished is not None,
            lacking=[
                draft.number for draft in drafts if draft.lacks_strength and not draft.is_empty
            ],
        ),
    )


class _Draft(NamedTuple):
    """A week as it was intended."""

    number: int
    first: int
    run_day: int
    long_run: LongRun | None
    strength: tuple[StrengthSession, ...]
    pause: Pause | None
    lacks_strength: bool

    @property
    def is_empty(self) -> bool:
        """Whether nothing was intended, and nothing was paused."""
        return self.long_run is None and not self.strength and self.pause is None


class _Planner:
    """
    The walk through the weeks, and what has to be remembered from one to the next.

    Attributes:
        level_min: The level that the last decision set. [min]
        earned_min: What the last long run earned, however long an absence gets. [min]
        last_action: What the last decision did.
        pause: The pause that no clearance has ended yet.
        resumption: What a pause that has ended lets the plan go on with, until that is run.
        late_pain: The worst pain in what was reported late since the last decision. [0-10]
        lifting: The strength work.
        was_paused: Whether the last week had no long run because of a pause.
        lifted: The days of the last week's strength sessions.
    """

    def __init__(self, rebuild: Rebuild, log: Log, today: Date) -> None:
        self.rebuild = rebuild
        self.today = today.toordinal()
        self.days = _days(rebuild)
        self.history = History(
            log,
            start=self.days.start,
            today=self.today,
            # The baseline counts as run a week before the first long run.
            baseline=(self.days.usual_long_run(1) - 7, rebuild.baseline_min),
        )
        self.results = Results(self.history, rebuild.policy, rebuild.target_min)
        self.level_min = self.earned_min = rebuild.baseline_min
        self.last_action = ""
        self.pause: Pause | None = None
        self.resumption: Resumption | None = None
        self.late_pain = 0
        self.lifting = Lifting(rebuild, self.days, self.history)
        self.was_paused = False
        self.lifted: list[int] = []

    def drafts(self) -> Iterator[_Draft]:
        """Walk through the weeks until the plan ends."""
        for number in range(1, MAX_WEEKS + 1):
            draft = self._draft(number)
            yield draft
            if draft.pause and draft.run_day >= self.today:
                return
            if draft.first + 7 > self.today:
                self._move_on(self.today)
                if self.results.finished(before=number + 1):
                    return

    def week(self, draft: _Draft) -> Week:
        """Return a week with what is known today of how it went."""
        outcome = self.results.of(draft.number)
        return Week(
            number=draft.number,
            first=Date.fromordinal(draft.first),
            long_run_day=Date.fromordinal(draft.run_day),
            long_run=draft.long_run,
            strength=draft.strength,
            report=outcome.report if outcome else None,
            strength_reports=matched(draft.strength, self.history.strength_of(draft.number)),
            pause=draft.pause,
        )

    def _draft(self, number: int) -> _Draft:
        """Fix the sessions of a week, in the order of days."""
        first = self.days.week(number).start
        self._move_on(first)
        self.lifting.settle(number, before=self.lifted, was_paused=self.was_paused)
        lifts = self.lifting.placed
        placed = self.days.long_run_of(number)
        run_day = placed.day if placed else self.days.usual_long_run(number)
        before = [lift for lift in lifts if lift.day < run_day]
        strength = [*self._strength(number, before)]
        self._move_on(run_day)
        long_run = None
        if not self.results.finished(before=number):
            long_run = self._long_run(number, placed, run_day)
        strength += self._strength(number, lifts[len(before) :])
        self.was_paused = long_run is None and self.pause is not None
        self.lifted = [session.day.toordinal() for session in strength]
        return _Draft(
            number=number,
            first=first,
            run_day=run_day,
            long_run=long_run,
            strength=tuple(strength),
            pause=self.pause if self.was_paused else None,
            lacks_strength=self.lifting.lacks_days,
        )

    def _move_on(self, day: int) -> None:
        self.results.move_on(min(day, self.today))

    def _long_run(self, number: int, placed: Placed | None, day: int) -> LongRun | None:
        if number == 1:
            self._forget_earlier_clearances()
        else:
            self._take_stock(number)
        set_ = self._set(number, day)
        if set_ is None:
            self.results.pause(number, self.level_min)
            return None
        now, verdict, decision = set_
        if not now.missed:
            self.earned_min = verdict.level_min
        self.level_min, self.last_action = verdict.level_min, verdict.action
        self.results.intend(number, day if placed else None, verdict.minutes, verdict.level_min)
        if placed is None:
            return None
        self.resumption = None
        return LongRun(
            week=number,
            place=placed.place,
            day=Date.fromordinal(placed.day),
            at=self.rebuild.long_run.at,
            timezone=self.rebuild.timezone,
            minutes=verdict.minutes,
            decision=decision,
            moved_from=placed.moved_from,
            level_min=verdict.level_min,
            longest_min=now.longest_min,
        )

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
            outcomes=self.results.before(number),
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
        self.late_pain = max(map(_worst_pain, late), default=0)
        if late and self.results.of(week) is None:
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

    def _strength(self, number: int, lifts: Sequence[Placed]) -> Iterator[StrengthSession]:
        """Fix the strength sessions of a week, or of a part of it."""
        for placed in lifts:
            self._move_on(placed.day)
            if not self.results.finished(before=number) and not self.history.is_flagged(placed.day):
                yield self.lifting.session(number, placed)


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
