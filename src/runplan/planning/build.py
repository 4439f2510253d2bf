"""
build: from what was asked and what happened to what is planned, week by week.

Each session is fixed on its own day, from what had been recorded by then, or today where it lies
ahead. So the weeks are walked through in the order of time, and the history moves on with them.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from runplan._base.dates import Date, DayLike, day_numbered, to_day
from runplan.errors import InvalidType
from runplan.model.away import days_away
from runplan.model.log import Log
from runplan.model.plan import Plan
from runplan.model.sessions import LongRun, StrengthSession
from runplan.model.weeks import Pause, Week
from runplan.planning.findings import findings
from runplan.planning.long_runs import Fixed, LongRuns
from runplan.planning.request import Rebuild
from runplan.planning.schedule import Placed
from runplan.planning.status import matched, run_day_of, status_of

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
    day = as_of(rebuild, log, today)
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
        away=days_away(rebuild.away, weeks[0].first, weeks[-1].last),
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


def as_of(rebuild: Rebuild, log: Log | None, today: DayLike | None) -> Date:
    """
    Return the day as of which to plan.

    Raises:
        InvalidType: If an argument has the wrong type, or today is missing beside a log.
        InvalidValue: If there is no such day.

    >>> rebuild = Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC")
    >>> as_of(rebuild, None, None).isoformat()
    '2026-11-30'
    """
    if not isinstance(rebuild, Rebuild):
        raise InvalidType("rebuild must be a Rebuild", rebuild, "make one, or load_rebuild one")
    if not isinstance(log, Log | None):
        raise InvalidType("log must be a Log", log, "make one of the reports: Log([…])")
    if log is not None and today is None:
        raise InvalidType(
            "today must be given with a log", today, 'say as of which day: today="2027-01-07"'
        )
    return rebuild.start if today is None else to_day(today)


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
    The walk through the weeks, with the strength sessions between the long runs.

    Attributes:
        today: As of which day.
        runs: The long runs.
        lifted: The days of the last week's strength sessions.
    """

    def __init__(self, rebuild: Rebuild, log: Log, today: Date) -> None:
        self.rebuild = rebuild
        self.today = today.toordinal()
        self.runs = LongRuns(rebuild, log, self.today)
        self.history, self.results = self.runs.history, self.runs.results
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
            first=day_numbered(draft.first),
            long_run_day=day_numbered(draft.run_day),
            long_run=draft.long_run,
            strength=draft.strength,
            report=outcome.report if outcome else None,
            strength_reports=matched(draft.strength, self.history.strength_of(draft.number)),
            pause=draft.pause,
        )

    def _draft(self, number: int) -> _Draft:
        """Fix the sessions of a week, in the order of days."""
        runs, lifting = self.runs, self.runs.lifting
        first, run_day = runs.days.first_day(number), runs.day_of(number)
        self._move_on(first)
        runs.begin(number)
        lifts = lifting.place(number, before=self.lifted)
        before = [lift for lift in lifts if lift.day < run_day]
        strength = [*self._strength(number, before)]
        self._move_on(run_day)
        fixed = runs.fix(number)
        strength += self._strength(number, lifts[len(before) :])
        self.lifted = [session.day.toordinal() for session in strength]
        return _Draft(
            number=number,
            first=first,
            run_day=run_day,
            long_run=self._long_run(number, fixed) if fixed else None,
            strength=tuple(strength),
            pause=runs.pause if runs.was_paused else None,
            lacks_strength=lifting.lacks_days(lifts),
        )

    def _move_on(self, day: int) -> None:
        self.results.move_on(min(day, self.today))

    def _long_run(self, number: int, fixed: Fixed) -> LongRun | None:
        placed = fixed.placed
        if placed is None:
            return None
        return LongRun(
            week=number,
            place=placed.place,
            day=day_numbered(placed.day),
            at=self.rebuild.long_run.at,
            timezone=self.rebuild.timezone,
            minutes=fixed.verdict.minutes,
            decision=fixed.decision,
            moved_from=placed.moved_from,
            level_min=fixed.verdict.level_min,
            longest_min=fixed.longest_min,
        )

    def _strength(self, number: int, lifts: Sequence[Placed]) -> Iterator[StrengthSession]:
        """Fix the strength sessions of a week, or of a part of it."""
        for placed in lifts:
            self._move_on(placed.day)
            if not self.results.finished(before=number) and not self.history.is_flagged(placed.day):
                yield self.runs.lifting.session(number, placed)
