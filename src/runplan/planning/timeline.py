"""The long runs of a plan, folded week by week from what was known on a day."""

from math import inf
from typing import NamedTuple

from runplan.model.entries import is_long
from runplan.model.weeks import OPEN_DAYS
from runplan.planning.advance import advance, stays_ended
from runplan.planning.course import Course
from runplan.planning.courses import Courses
from runplan.planning.outcomes import outcome_of, run_day, settled
from runplan.planning.reports import Known, Reports
from runplan.planning.schedule import Placed
from runplan.planning.state import Intention, State, first_state


class Timeline(NamedTuple):
    """The long runs up to some week, as known on a day."""

    courses: Courses  # the request with its changes, as known on each day
    course: Course  # the same as known on this day
    known: Known  # the reports known
    intentions: tuple[Intention, ...]  # the intended long run of each week
    states: tuple[State, ...]  # the state before the first week, and after each
    last: State  # the last state, settled: with the outcome of its long run

    @classmethod
    def start(cls, courses: Courses, reports: Reports) -> "Timeline":
        """Return the timeline before the first week, when nothing is known."""
        course = courses.known(0)
        state = first_state(course)
        return cls(courses, course, reports.known(0), (), (state,), state)

    @property
    def by(self) -> int:
        """The day."""
        return self.known.by

    def known_on(self, by: int, today: int | None = None) -> "Timeline":
        """
        Return the same weeks as known on a later day, folded again where something is new.

        Entries recorded by that day are known. Whether a long run is still open is judged as of
        today, by default the same day.
        """
        before = self.known
        by = max(by, before.by)
        today = max(by, today or by)
        if (by, today) == (before.by, before.today):
            return self
        news = self.has_news(by, today)
        then = self._replace(course=self.courses.known(by), known=before.reports.known(by, today))
        return then.refolded(before) if news else then

    def has_news(self, by: int, today: int) -> bool:
        """Return whether anything becomes known by a day, or a long run is no longer open today."""
        before = self.known
        reported, changed = before.reports.news(before.by, by).day, self.courses.news(before.by, by)
        if min(reported, changed) < inf:
            return True
        # The last two long runs may have been open.
        run, before_last = self.last.outcome, self.intentions[-2:-1]
        if before_last and before_last[0].placed.slot + OPEN_DAYS + 1 >= before.today:
            return today > before.today
        return run is not None and run.is_open and today > run.day.toordinal() + OPEN_DAYS

    def refolded(self, before: Known) -> "Timeline":
        """Return the same weeks, folded again from the first one that news affects."""
        states = list(self.states[: self._first_affected(before) + 1])
        for intended in self.intentions[len(states) - 1 :]:
            state = self.settled_now(states[-1])
            state, _ = advance(self.course, state, intended, self.known, self.ran(intended.week))
            states.append(state)
        return self._replace(states=tuple(states), last=self.settled_now(states[-1]))

    def _first_affected(self, before: Known) -> int:
        """Return how many weeks keep their states."""
        news = before.reports.news(before.by, self.by)
        changed = self.courses.news(before.by, self.by)
        index = len(self.intentions)
        # Whatever affects a week affects those after it.
        while index and (
            news.day <= self.states[index].until
            # A clearance also counts on the day of a run.
            or min(news.harm, changed) <= self.states[index].until + 1
            or (index > 1 and self.slot(index - 1) + OPEN_DAYS + 1 >= before.today)
            or (news.run < inf and self.ran(index) != self.states[index].own)
        ):
            index -= 1
        return index

    def slot(self, week: int) -> int:
        """Return the day of the long run of a week, or the usual one if it has none."""
        if week <= len(self.intentions):
            return self.intentions[week - 1].placed.slot
        return self.course.long_run(week).slot

    def window(self, week: int) -> tuple[int, int]:
        """Return the first and the last day whose long runs are nearest to that of a week."""
        slot = self.slot(week)
        first = (self.slot(week - 1) + slot) // 2 + 1 if week > 1 else self.course.first_day(1)
        return first, (slot + self.slot(week + 1)) // 2

    def ran(self, week: int) -> int:
        """Return the day on which the planned long run of a week was run; 0 if it was not."""
        fixed = self.intentions[week - 1 : week]
        if fixed and not fixed[0].minutes:
            return 0
        return run_day(self.known, self.slot(week), self.window(week))

    def settled_now(self, state: State) -> State:
        """Return a state with the outcome of its long run."""
        if state.intended is None:
            return state
        return settled(state, outcome_of(self.known, state.intended, self.window(state.week)))

    def after(self, week: int) -> State:
        """Return the state after a week, settled."""
        return self.last if week == len(self.intentions) else self.settled_now(self.states[week])

    def has_ended(self, week: int) -> bool:
        """Return whether the plan has ended with a week, and no known change reopens it."""
        return stays_ended(self.course, self.after(week), self.slot(week + 1))

    def with_next(self, placed: Placed, own: int) -> "Timeline":
        """Return the timeline with one more week, whose long run was run on a day, or 0."""
        state, intended = advance(self.course, self.last, placed, self.known, own)
        then = self._replace(intentions=(*self.intentions, intended), states=(*self.states, state))
        return then._replace(last=then.settled_now(state))

    def with_next_fixed(self, today: int) -> "Timeline":
        """Return the timeline with one more week, as it was fixed on its day or lies ahead."""
        week = len(self.intentions) + 1
        then = self._replace(course=self.courses.known(today))
        # Only the minutes of a run that was recorded early are fixed early, not its day.
        placed = then.course.long_run(week)
        seen = self.known.reports.known(min(placed.slot, today))
        own = run_day(seen, placed.slot, then.window(week)) if placed.day else 0
        if not own:
            return self.known_on(seen.by).with_next(placed, 0)
        # Entries recorded along with a run do not change its intention.
        runs = filter(is_long, seen.on(own))
        recorded = min(each.recorded_on for each in runs).toordinal()
        return self.known_on(recorded - 1, recorded).with_next(placed, own)
