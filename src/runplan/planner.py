"""build: from what was asked to what is planned, week by week."""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import takewhile
from typing import NamedTuple

from runplan.dates import Date
from runplan.errors import InvalidType
from runplan.plan import FIRST_MONTH_WEEKS, Decision, LongRun, Plan, StrengthSession, Week
from runplan.rebuild import Rebuild
from runplan.rules.placing import Days, Placed, spread
from runplan.rules.policy import Situation, Verdict
from runplan.rules.progression import longest_recent
from runplan.rules.strength import NO_RAMP, prescribe, ramp_decision, sessions_due
from runplan.safety import findings

# Ten years: no request that gets anywhere takes as long, and every build must end.
MAX_WEEKS = 520


def build(rebuild: Rebuild) -> Plan:
    """
    Plan a rebuild week by week, until the week in which the target is first run.

    The same rebuild gives the same plan. Every long run is assumed to turn out clean, and
    each decision says what it rests on. A plan that does not get to its target ends after 520
    weeks and carries the finding ``unfinished``.

    Args:
        rebuild: What is asked for.

    Raises:
        InvalidType: If it is no Rebuild, or a rule returns something else than a Verdict.
        InvalidValue: If no rule of the rebuild's policy applies to some week.

    Source:
        docs/explanation/rules.md

    >>> from runplan import Rebuild, build
    >>> rebuild = Rebuild(baseline_min=42, target_min=60, start="2026-11-30",
    ...                   timezone="Europe/Berlin", first_month="extend")
    >>> [week.long_run.minutes for week in build(rebuild).weeks]
    [42, 47, 52, 57, 60]
    """
    if not isinstance(rebuild, Rebuild):
        raise InvalidType("rebuild must be a Rebuild", rebuild, "make one, or load_rebuild one")
    weeks = tuple(_weeks(rebuild))
    return Plan(
        id=rebuild.id,
        name=rebuild.name,
        timezone=rebuild.timezone,
        policy=rebuild.policy.name,
        baseline_min=rebuild.baseline_min,
        target_min=rebuild.target_min,
        weeks=weeks,
        findings=findings(rebuild, weeks),
    )


class _History(NamedTuple):
    """The long runs so far, as the next decision sees them."""

    runs: tuple[tuple[int, int], ...]
    level_min: int
    missed: bool = False
    last_action: str = ""

    @property
    def clean_in_row(self) -> int:
        """How many runs at the level came last. The baseline run before the plan is none."""
        latest = (minutes for _, minutes in reversed(self.runs[1:]))
        return sum(1 for _ in takewhile(lambda minutes: minutes == self.level_min, latest))

    def after(self, run: LongRun) -> "_History":
        """Return the history once the run has turned out clean."""
        return _History(
            runs=(*self.runs, (run.day.toordinal(), run.minutes)),
            level_min=run.level_min,
            last_action=run.decision.action,
        )

    def without_run(self, level_min: int) -> "_History":
        """
        Return the history after a week without a long run.

        The level becomes what the last run earned and stays that however long the absence
        gets: absences do not compound.
        """
        return self._replace(level_min=self.level_min if self.missed else level_min, missed=True)


def _weeks(rebuild: Rebuild) -> Iterator[Week]:
    days = _days(rebuild)
    history = _History(
        # The baseline counts as run a week before the first long run.
        runs=((days.usual_long_run(1) - 7, rebuild.baseline_min),),
        level_min=rebuild.baseline_min,
    )
    strength: tuple[StrengthSession, ...] = ()
    for number in range(1, MAX_WEEKS + 1):
        placed = days.long_run_of(number)
        day = placed.day if placed else days.usual_long_run(number)
        now = _situation(rebuild, history, number, day)
        # Asked even where no run can be: the verdict is also what the last run has earned.
        verdict, decision = rebuild.policy.decide(now)
        run = None if placed is None else _long_run(rebuild, now, placed, verdict, decision)
        finished = run is not None and run.minutes >= rebuild.target_min
        lifted = [session.day.toordinal() for session in strength]
        lifts = days.strength_of(number, before=lifted, is_last=finished)
        strength = _strength(rebuild, number, lifts)
        yield Week(
            number=number,
            first=Date.fromordinal(days.week(number).start),
            long_run=run,
            strength=strength,
        )
        if finished:
            return
        history = history.after(run) if run else history.without_run(verdict.level_min)


def _days(rebuild: Rebuild) -> Days:
    ramp = rebuild.strength.ramp if rebuild.strength else NO_RAMP
    long_run, weekdays = rebuild.long_run.day, rebuild.strength_days
    return Days(
        start=rebuild.start.toordinal(),
        away=frozenset(
            day
            for each in rebuild.away
            for day in range(each.first.toordinal(), each.last.toordinal() + 1)
        ),
        long_run=long_run,
        strength={count: spread(weekdays, long_run, count) for _, count in ramp},
        sessions=partial(sessions_due, ramp),
    )


def _situation(rebuild: Rebuild, history: _History, number: int, day: int) -> Situation:
    return Situation(
        week=number,
        level_min=history.level_min,
        baseline_min=rebuild.baseline_min,
        target_min=rebuild.target_min,
        step_min=rebuild.policy.step_min,
        held_first_month=number <= FIRST_MONTH_WEEKS and rebuild.holds_first_month,
        missed=history.missed,
        days_since_run=day - history.runs[-1][0],
        longest_min=longest_recent(history.runs, day),
        clean_in_row=history.clean_in_row,
        last_action=history.last_action,
    )


def _long_run(
    rebuild: Rebuild, now: Situation, placed: Placed, verdict: Verdict, decision: Decision
) -> LongRun:
    return LongRun(
        week=now.week,
        place=placed.place,
        day=Date.fromordinal(placed.day),
        at=rebuild.long_run.at,
        timezone=rebuild.timezone,
        minutes=verdict.minutes,
        decision=decision,
        moved_from=_moved_from(placed),
        level_min=verdict.level_min,
        longest_min=now.longest_min,
    )


def _strength(
    rebuild: Rebuild, number: int, sessions: Sequence[Placed]
) -> tuple[StrengthSession, ...]:
    strength = rebuild.strength
    if strength is None:
        return ()
    decision = ramp_decision(strength.ramp, number)
    prescriptions = prescribe(strength.exercises, number)
    return tuple(
        StrengthSession(
            week=number,
            place=placed.place,
            day=Date.fromordinal(placed.day),
            at=strength.at,
            timezone=rebuild.timezone,
            minutes=strength.minutes,
            decision=decision,
            moved_from=_moved_from(placed),
            prescriptions=prescriptions,
        )
        for placed in sorted(sessions, key=lambda each: each.day)
    )


def _moved_from(placed: Placed) -> Date | None:
    return None if placed.day == placed.usual else Date.fromordinal(placed.usual)
