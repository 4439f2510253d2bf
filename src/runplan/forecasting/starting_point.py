"""The starting point of a forecast: what is fixed today, and what is drawn."""

from collections.abc import Iterator

from attrs import evolve

from runplan._base.dates import Date, day_numbered
from runplan.forecasting.variants import Kind, kind_of
from runplan.model.entries import Entry, MorningReport
from runplan.model.log import Log
from runplan.model.weeks import OPEN_DAYS
from runplan.planning.build import MAX_WEEKS
from runplan.planning.course import Course
from runplan.planning.courses import courses
from runplan.planning.reports import Reports
from runplan.planning.request import Rebuild
from runplan.planning.state import State
from runplan.planning.status import finish_of
from runplan.planning.timeline import Timeline


class StartingPoint:
    """
    The state of a plan today, from which it is simulated.

    Attributes:
        today: The day number of today, as date.toordinal() counts.
        week: The current week, the first that a forecast shows.
        timeline: The long runs whose day has come, or that were run early.
        entries: The entries known today.
        reports: The same entries by day.
        drawn_from: The week of the first long run that may still be reported.
    """

    def __init__(self, rebuild: Rebuild, log: Log, today: Date) -> None:
        self.today = today.toordinal()
        self.entries = tuple(_standing(log, self.today))
        self.reports = Reports(self.entries)
        timeline = Timeline.start(courses(rebuild, log), Reports(log))
        course = timeline.courses.known(self.today)
        for week in range(1, MAX_WEEKS + 1):
            if is_past_end(course, week):
                break
            following = timeline.with_next_fixed(self.today)
            is_ahead = course.long_run(week).slot > self.today
            if is_ahead and not following.known_on(self.today).ran(week):
                break
            timeline = following
        self.timeline = timeline.known_on(self.today)
        weeks = (self.today - timeline.course.first_day(1)) // 7 + 1
        self.week = min(max(1, weeks), MAX_WEEKS)
        self.drawn_from = len(timeline.intentions) + 1
        while self.drawn_from > 1 and self._is_open(self.drawn_from - 1):
            self.drawn_from -= 1

    def _is_open(self, week: int) -> bool:
        timeline = self.timeline
        is_planned = timeline.intentions[week - 1].minutes > 0 and not timeline.ran(week)
        return is_planned and self.today <= timeline.slot(week) + OPEN_DAYS

    def seen(self) -> list[Kind]:
        """Return the kinds of outcomes up to today."""
        kinds: list[Kind] = []
        for week in range(1, self.drawn_from):
            run = self.timeline.after(week).outcome
            if run and not run.is_open:
                kinds.append(kind_of(run))
            elif self.timeline.intentions[week - 1].minutes and not self._is_open(week):
                kinds.append("missed")
        return kinds

    def day_of(self, week: int) -> Date:
        """Return the day of the long run of a week, or the usual one if it has none."""
        return day_numbered(self.timeline.slot(week))

    def reached_day(self, week: int) -> int:
        """Return the day number of the long run of a week in which the plan ends."""
        if week < self.drawn_from:
            day = finish_of(self.timeline, week)
            return day.toordinal() if day else 0
        return self.timeline.slot(week)

    def state(self) -> State:
        """Return the state to simulate from; an awaited morning is assumed to be painless."""
        # When the next long run is set, those before it can no longer be reported.
        then = self.timeline.known_on(self.today, self.timeline.slot(self.drawn_from))
        state, awaited = then.after(self.drawn_from - 1), self.awaited()
        if state.outcome is None or awaited is None:
            return state
        return state._replace(outcome=state.outcome._replace(pain_next_morning=awaited.pain))

    def awaited(self) -> MorningReport | None:
        """Return the assumed report of the morning that is still awaited; None if none is."""
        run = self.timeline.after(self.drawn_from - 1).outcome
        if run is None or run.pain_next_morning is not None:
            return None
        morning = run.day.toordinal() + 1
        if morning < self.today:
            return None
        return MorningReport(day=run.day, pain=0, recorded_on=day_numbered(morning))


def is_past_end(course: Course, week: int) -> bool:
    """Return whether the plan's last day is before a week, or days off without an end fill it."""
    first = course.first_day(week)
    last = course.at(first).last_day
    is_past_last_day = last is not None and last.toordinal() < first
    return is_past_last_day or course.is_left_open(course.long_run(week))


def _standing(log: Log, today: int) -> Iterator[Entry]:
    """Return the entries known today, without later withdrawals."""
    for entry in log:
        if entry.is_known(today):
            yield evolve(entry, retracted_on=None) if entry.retracted_on else entry
