"""The strength work of a plan, week by week: how much, on which days, and why."""

from collections.abc import Collection, Sequence
from copy import copy
from operator import attrgetter

from runplan._base.dates import day_numbered
from runplan.model.sessions import Decision, Prescription, StrengthSession
from runplan.model.weeks import FIRST_MONTH_WEEKS
from runplan.planning.history import History
from runplan.planning.request import Rebuild, Strength
from runplan.planning.schedule import Days, Placed
from runplan.planning.strength import (
    NO_RAMP,
    RampWeek,
    first_week,
    prescribe,
    ramp_decision,
    sessions_due,
    week_after,
)


class Lifting:
    """What a week has of strength, settled on its first day from what was reported by then."""

    def __init__(self, rebuild: Rebuild, days: Days, history: History) -> None:
        self._rebuild = rebuild
        self._days = days
        self._history = history
        # No strength work is a ramp without sessions: then nothing else of it is asked for.
        self._asked = rebuild.strength or Strength(ramp=NO_RAMP)
        self._week = first_week(self._asked.ramp)
        self._is_steady = False
        self._told: tuple[RampWeek, Decision, tuple[Prescription, ...]] | None = None

    def fork(self, history: History) -> "Lifting":
        """Return one that goes on from here by itself, with a history of its own."""
        twin = copy(self)
        twin._history = history  # noqa: SLF001  # its own
        return twin

    @property
    def is_first_month(self) -> bool:
        """Whether the ramp is still in its first four weeks."""
        return self._week.number <= FIRST_MONTH_WEEKS

    def lacks_days(self, placed: Sequence[Placed]) -> bool:
        """Say whether the week has no day for all the sessions that are due."""
        return len(placed) < self._week.sessions

    def go_on(self, week: int, *, was_paused: bool) -> None:
        """
        Take the step up the ramp that the reports of a week allow.

        Args:
            week: The plan week that is over, from 1; weeks follow each other.
            was_paused: Whether it was paused.
        """
        reports = self._history.strength_of(week)
        is_silent = not reports and not was_paused
        if is_silent and self._is_steady:
            # A silent week that has changed nothing is like the next silent one.
            return
        last = self._week
        self._week = week_after(
            last,
            self._asked.ramp,
            pain=max((each.pain for each in reports), default=0),
            next_morning=max((each.pain_next_morning or 0 for each in reports), default=0),
            paused=was_paused,
        )
        self._is_steady = is_silent and self._week == last

    def place(self, number: int, *, before: Collection[int]) -> list[Placed]:
        """
        Return where the sessions of a week lie, in the order of days.

        Args:
            number: The plan week, from 1.
            before: The days of the sessions of the week before.
        """
        following = sessions_due(self._asked.ramp, self._week.number + 1)
        placed = self._days.strength_of(
            number, sessions=(self._week.sessions, following), before=before
        )
        return sorted(placed, key=attrgetter("day"))

    def session(self, number: int, placed: Placed) -> StrengthSession:
        """Return a session of the week that was gone on to last."""
        decision, prescriptions = self._described()
        return StrengthSession(
            week=number,
            place=placed.place,
            day=day_numbered(placed.day),
            at=self._asked.at,
            timezone=self._rebuild.timezone,
            minutes=self._asked.minutes,
            decision=decision,
            moved_from=placed.moved_from,
            prescriptions=prescriptions,
        )

    def _described(self) -> tuple[Decision, tuple[Prescription, ...]]:
        week, asked = self._week, self._asked
        if self._told is None or self._told[0] != week:
            # Most weeks are like the one before.
            decision = ramp_decision(asked.ramp, week)
            self._told = week, decision, prescribe(asked.exercises, week.number, easier=week.easier)
        return self._told[1:]
