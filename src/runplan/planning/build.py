"""
build: a plan from a request and a log, week by week.

Each session is fixed on its own day from what was known then. Sessions ahead are worked out from
all that is known today.
"""

from functools import lru_cache
from typing import NamedTuple

from attrs import evolve

from runplan._base.dates import Date, DayLike, day_numbered, to_day
from runplan.errors import InvalidType
from runplan.model.away import joined
from runplan.model.entries import Entry, StrengthReport
from runplan.model.log import Log
from runplan.model.plan import Plan
from runplan.model.sessions import LongRun, StrengthSession
from runplan.model.weeks import Week
from runplan.planning.courses import courses
from runplan.planning.findings import findings
from runplan.planning.ramp import NO_STRENGTH
from runplan.planning.reports import Reports
from runplan.planning.request import Rebuild
from runplan.planning.state import Intention
from runplan.planning.status import (
    finish_of,
    finished_week,
    is_left_open,
    long_run_of,
    matched,
    pause_ahead,
    pause_of,
    pause_today,
    status_of,
)
from runplan.planning.strength import due_in, placed_in, sessions
from runplan.planning.timeline import Timeline

# Ten years: no sensible request takes that long, and every build must end.
MAX_WEEKS = 520


def build(rebuild: Rebuild, log: Log | None = None, today: DayLike | None = None) -> Plan:
    """
    Plan a rebuild week by week, until the long run is back at its target.

    The same three values give the same plan. Past weeks show what was intended then and what
    happened. Sessions ahead are worked out from all that is known today, on the assumption that
    they will be clean; each decision says what it depends on. A session is fixed on its day, from
    what was known by then, and later entries do not change it. A plan that does not reach its
    target ends after 520 weeks and carries the finding ``unfinished``; one that is paused ends
    with the week of the next long run.

    Args:
        rebuild: The request.
        log: What happened. Entries about a day after today, or recorded after it, are ignored.
        today: The day as of which to plan. With a log it must be given; without one it is the
            first day of the rebuild.

    Raises:
        InvalidType: If an argument has the wrong type, today is missing beside a log, or a rule
            returns something other than a Verdict.
        InvalidValue: If there is no such day, no rule of the policy applies to some week, or the
            request cannot be planned with a change in the log.

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
    entries = _as_seen(log or Log(), day)
    timeline = Timeline.start(courses(rebuild, entries), Reports(entries))
    drafts, timeline = _drafts(timeline, day.toordinal())
    finished = finished_week(timeline)
    while finished and len(drafts) > finished and drafts[-1].is_empty:
        drafts.pop()
    weeks = tuple(_week(timeline, draft) for draft in drafts)
    request = timeline.course.at(timeline.by)
    pause = pause_today(timeline) or pause_ahead(timeline)
    return Plan(
        id=rebuild.id,
        name=rebuild.name,
        timezone=request.timezone,
        policy=request.policy.name,
        baseline_min=request.baseline_min,
        target_min=request.target_min,
        away=joined(request.away),
        today=day,
        status=status_of(timeline, weeks, pause=pause, finished=finished),
        finish=finish_of(timeline, finished),
        first_finish=first_finish(rebuild),
        pause=pause,
        weeks=weeks,
        findings=findings(
            timeline,
            weeks,
            entries,
            pause=pause,
            finished=finished,
            lacking=[draft.intended.week for draft in drafts if draft.lacks_strength],
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
            "today must be given with a log", today, 'give the day: today="2027-01-07"'
        )
    return rebuild.start if today is None else to_day(today)


def _as_seen(log: Log, today: Date) -> Log:
    """Return the log without withdrawals after today."""

    def stands(entry: Entry) -> bool:
        return entry.retracted_on is not None and entry.recorded_on <= today < entry.retracted_on

    if not any(map(stands, log)):
        return log
    return Log(evolve(each, retracted_on=None) if stands(each) else each for each in log)


@lru_cache(maxsize=64)
def first_finish(rebuild: Rebuild) -> Date | None:
    """Return the day the plan would end if everything went as first planned."""
    start = rebuild.start.toordinal()
    timeline = Timeline.start(courses(rebuild, ()), Reports(()))
    for _ in range(MAX_WEEKS):
        timeline = timeline.with_next_fixed(start)
        if _is_last(timeline, start):
            break
    return finish_of(timeline, finished_week(timeline))


class Draft(NamedTuple):
    """A week as it was intended."""

    intended: Intention  # the long run
    strength: tuple[StrengthSession, ...]  # by day
    lacks_strength: bool  # whether some sessions that were due have no day

    @property
    def is_empty(self) -> bool:
        """Whether nothing was intended."""
        return not self.intended.minutes and not self.strength


def _drafts(timeline: Timeline, today: int) -> tuple[list[Draft], Timeline]:
    """Return the weeks until the plan ends, with sessions fixed on their days, and the timeline."""
    drafts: list[Draft] = []
    busy: list[int] = []
    ramp = NO_STRENGTH
    for week in range(1, MAX_WEEKS + 1):
        then = timeline.known_on(min(timeline.course.first_day(week), today))
        ramp = due_in(then, ramp)
        placed = placed_in(then, ramp, busy, today)
        slot = timeline.courses.known(today).long_run(week).slot
        early = [each for each in placed if each.slot < slot]
        strength = sessions((timeline, then), week, ramp, early, today)
        before, timeline = timeline, timeline.with_next_fixed(today)
        strength += sessions((before, timeline), week, ramp, placed[len(early) :], today)
        busy = [each.day.toordinal() for each in strength]
        # A week that is all away needs no finding about strength.
        lacks = len(placed) < ramp.sessions and timeline.intentions[-1].placed.has_day
        drafts.append(Draft(timeline.intentions[-1], tuple(strength), lacks))
        if _is_last(timeline, today):
            break
    return drafts, timeline.known_on(today)


def _is_last(timeline: Timeline, today: int) -> bool:
    """Return whether the plan stops with the last week of a timeline."""
    week = len(timeline.intentions)
    if timeline.slot(week) >= today and timeline.known_on(today).states[-1].paused:
        return True
    if is_left_open(timeline, today):
        return True
    following = timeline.course.first_day(week + 1)
    last_day = timeline.courses.known(today).at(following).last_day
    if last_day and last_day.toordinal() < following:
        return True
    return following > today and timeline.known_on(today).has_ended(week)


def _week(timeline: Timeline, draft: Draft) -> Week:
    """Return a week, with its reports as known today."""
    intended, known = draft.intended, timeline.known
    number, placed, paused = intended.week, intended.placed, intended.paused
    first = timeline.course.first_day(number)
    report = long_run_of(timeline, number)
    entries = known.between(first, first + 6)
    strength = [each for each in entries if isinstance(each, StrengthReport)]
    return Week(
        number=number,
        first=day_numbered(first),
        long_run_day=day_numbered(placed.slot),
        long_run=_long_run(intended),
        strength=draft.strength,
        report=report,
        strength_reports=matched(draft.strength, strength),
        pause=None if intended.is_over or not paused else pause_of(paused, known),
        is_over=intended.is_over,
    )


def _long_run(intended: Intention) -> LongRun | None:
    placed = intended.placed
    if not intended.minutes or not placed.has_day:
        return None
    return LongRun(
        week=intended.week,
        place=placed.place,
        day=day_numbered(placed.slot),
        at=placed.at,
        timezone=placed.timezone,
        minutes=intended.minutes,
        decision=intended.rule.decision(intended.verdict),
        moved_from=placed.moved_from,
        level_min=intended.level_min,
        longest_min=intended.longest_min,
    )
