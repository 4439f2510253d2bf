"""The strength work of a plan, week by week: how much, on which days, and why."""

from collections.abc import Collection

from runplan.dates import Date
from runplan.history import History
from runplan.rebuild import Rebuild, Strength
from runplan.rules.placing import Days, Placed
from runplan.rules.strength import (
    NO_RAMP,
    first_week,
    prescribe,
    ramp_decision,
    sessions_due,
    week_after,
)
from runplan.sessions import StrengthSession
from runplan.weeks import FIRST_MONTH_WEEKS


class Lifting:
    """
    What a week has of strength, settled on its first day from what was reported by then.

    Attributes:
        placed: Where the sessions of the week lie, in the order of days.
    """

    def __init__(self, rebuild: Rebuild, days: Days, history: History) -> None:
        self.placed: tuple[Placed, ...] = ()
        self._rebuild = rebuild
        self._days = days
        self._history = history
        # No strength work is a ramp without sessions: then nothing else of it is asked for.
        self._asked = rebuild.strength or Strength(ramp=NO_RAMP)
        self._week = first_week(self._asked.ramp)
        self._describe()

    @property
    def is_first_month(self) -> bool:
        """Whether the ramp is still in its first four weeks."""
        return self._week.number <= FIRST_MONTH_WEEKS

    @property
    def lacks_days(self) -> bool:
        """Whether the week has no day for all the sessions that are due."""
        return len(self.placed) < self._week.sessions

    def settle(self, number: int, *, before: Collection[int], was_paused: bool) -> None:
        """
        Settle what a plan week has.

        Args:
            number: The plan week, from 1; weeks are settled in their order.
            before: The days of the sessions of the week before.
            was_paused: Whether the week before was paused.
        """
        if number > 1:
            self._go_on(number - 1, was_paused=was_paused)
        following = sessions_due(self._asked.ramp, self._week.number + 1)
        placed = self._days.strength_of(
            number, sessions=(self._week.sessions, following), before=before
        )
        self.placed = tuple(sorted(placed, key=lambda each: each.day))

    def session(self, number: int, placed: Placed) -> StrengthSession:
        """Return a session of the week that was settled last."""
        return StrengthSession(
            week=number,
            place=placed.place,
            day=Date.fromordinal(placed.day),
            at=self._asked.at,
            timezone=self._rebuild.timezone,
            minutes=self._asked.minutes,
            decision=self._decision,
            moved_from=placed.moved_from,
            prescriptions=self._prescriptions,
        )

    def _go_on(self, week: int, *, was_paused: bool) -> None:
        """Take the step up the ramp that the reports of a week allow."""
        reports = self._history.strength_of(week)
        following = week_after(
            self._week,
            self._asked.ramp,
            pain=max((each.pain for each in reports), default=0),
            next_morning=max((each.pain_next_morning or 0 for each in reports), default=0),
            paused=was_paused,
        )
        if following != self._week:
            # Most weeks are like the one before.
            self._week = following
            self._describe()

    def _describe(self) -> None:
        week = self._week
        self._decision = ramp_decision(self._asked.ramp, week)
        self._prescriptions = prescribe(self._asked.exercises, week.number, easier=week.easier)
