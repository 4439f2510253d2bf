"""
What is known on a day: the log, read in the order in which it was recorded.

A plan is fixed day by day, each day from what had been recorded by then. So the log is walked
through once, and what it says is kept by what it is about. Days are day numbers here, as
date.toordinal() counts them.
"""

from bisect import bisect_left, insort
from copy import copy
from operator import itemgetter
from typing import TypeVar

from runplan._base.dates import Date
from runplan.model.log import (
    Clearance,
    Entry,
    Log,
    MorningReport,
    RunReport,
    StrengthReport,
    completed,
)
from runplan.model.red_flags import RedFlag
from runplan.policy.policy import Outcome

Report = TypeVar("Report")

# On the day of a run and the day after it, its next morning may still be reported.
_MORNING_DAYS = 1


class History:
    """
    What is known about the runs, as of a day that only moves on.

    Attributes:
        day: As of which day.
        runs: Day and minutes of every run of any kind, in the order of days. [days, min]
        flags: Red flags with their days.
        clearances: The clearances.
        used: Those that ended a pause.
    """

    def __init__(self, log: Log, *, start: int, today: int, baseline: tuple[int, int]) -> None:
        """
        Begin before anything is known.

        Args:
            log: What was reported.
            start: The plan's first day.
            today: What is recorded later, or about a later day, is never seen.
            baseline: Day and minutes of the run that the plan starts from. [days, min]
        """
        recorded = [(entry.recorded_on.toordinal(), entry) for entry in log]
        seen = [each for each in recorded if each[0] <= today]
        # Reversed, so that what was recorded first is the last of the list.
        self._ahead = sorted(seen, key=itemgetter(0), reverse=True)
        self._start = start
        self._longs: dict[int, tuple[RunReport, ...]] = {}
        self._others: dict[int, tuple[RunReport, ...]] = {}
        self._mornings: dict[int, tuple[MorningReport, ...]] = {}
        self._strength: dict[int, tuple[StrengthReport, ...]] = {}
        self.day = 0
        self.runs = [baseline]
        self.flags: list[tuple[Date, RedFlag]] = []
        self.clearances: list[Clearance] = []
        self.used: list[Clearance] = []

    def fork(self) -> "History":
        """Return one that goes on from here by itself."""
        twin = copy(self)
        vars(twin).update(own_containers(self))
        return twin

    def tell(self, entry: Entry) -> None:
        """Report something that is going to be known on the day it is recorded."""
        self._ahead.append((entry.recorded_on.toordinal(), entry))
        self._ahead.sort(key=itemgetter(0), reverse=True)

    def move_on(self, day: int) -> list[Entry]:
        """Take in what was recorded up to a day, and return it."""
        self.day = max(self.day, day)
        news: list[Entry] = []
        while self._ahead and self._ahead[-1][0] <= day:
            _, entry = self._ahead.pop()
            self._take_in(entry)
            news.append(entry)
        return news

    def _take_in(self, entry: Entry) -> None:
        day = entry.day.toordinal()
        if isinstance(entry, Clearance):
            self.clearances.append(entry)
            return
        if entry.red_flags:
            self.flags.extend((entry.day, flag) for flag in entry.red_flags)
        if isinstance(entry, RunReport):
            insort(self.runs, (day, entry.minutes))
            _add(self._longs if entry.kind == "long" else self._others, self.week_of(day), entry)
        elif isinstance(entry, MorningReport):
            _add(self._mornings, day, entry)
        else:
            _add(self._strength, self.week_of(day), entry)

    def week_of(self, day: int) -> int:
        """Return the plan week of a day; below 1 before the plan."""
        return (day - self._start) // 7 + 1

    def reports_of(self, week: int) -> list[RunReport]:
        """Return what was reported of the long run of a week, with the next mornings."""
        return [self._with_morning(report) for report in self._longs.get(week, ())]

    def outcomes_of(self, week: int, planned_min: int | None, *, is_planned: bool) -> list[Outcome]:
        """
        Return how the long run of a week went: one outcome for each report of it.

        Args:
            week: The plan week.
            planned_min: How long it was meant to be; None where there was none to be: then
                what was run is what was meant. [min]
            is_planned: Whether there was any to be.
        """
        reports = self._longs.get(week)
        if not reports:
            return []
        other_pain = self.other_pain(week)
        return [
            Outcome(
                planned_min or report.minutes, self._with_morning(report), other_pain, is_planned
            )
            for report in reports
        ]

    def other_pain(self, week: int) -> int:
        """Return the worst pain in another run of a week, 0 for none. [0-10]"""
        others = self._others.get(week)
        if not others:
            return 0
        return max(self._with_morning(report).worst_pain for report in others)

    def mornings_without_run(self) -> list[Date]:
        """Return the days whose next morning was reported, but no run."""
        runs = {day for day, _ in self.runs}
        return [Date.fromordinal(day) for day in sorted(self._mornings) if day not in runs]

    def strength_of(self, week: int) -> tuple[StrengthReport, ...]:
        """Return the strength reports of a week."""
        return self._strength.get(week, ())

    def first_long_run(self, week: int) -> int | None:
        """Return the day on which the long run of a week was first reported."""
        reports = self._longs.get(week)
        return min(each.day.toordinal() for each in reports) if reports else None

    def last_run_before(self, day: int) -> int:
        """Return the day of the last run of any kind before a day."""
        return self.runs[bisect_left(self.runs, (day, 0)) - 1][0]

    def assume_run(self, day: int, minutes: int) -> None:
        """Take a long run that lies ahead, or is not reported yet, as done."""
        insort(self.runs, (day, minutes))

    def awaits_morning(self, report: RunReport) -> bool:
        """Say whether the morning after a run may still be reported in time."""
        unknown = report.pain_next_morning is None
        return unknown and self.day - report.day.toordinal() <= _MORNING_DAYS

    def is_flagged(self, before: int) -> bool:
        """Say whether a red flag of a day before another is open: no clearance has come since."""
        if not self.flags:
            return False
        cleared = max((each.day.toordinal() for each in self.clearances), default=0)
        return any(cleared < day.toordinal() < before for day, _ in self.flags)

    def last_day(self, week: int) -> int:
        """Return the last day of a plan week."""
        return self._start + 7 * week - 1

    def flags_between(self, after: int, before: int) -> tuple[tuple[Date, RedFlag], ...]:
        """Return the red flags of the days between two days, neither included."""
        if not self.flags:
            return ()
        order = list(RedFlag)
        found = {each for each in self.flags if after < each[0].toordinal() < before}
        return tuple(sorted(found, key=lambda each: (each[0], order.index(each[1]))))

    def clearance_since(self, day: int, resume_min: int) -> Clearance | None:
        """
        Return the last clearance from a day on; of two of one day the one that gives less.

        Args:
            day: The first day.
            resume_min: What one without a new baseline gives. [min]
        """
        after = (each for each in self.clearances if each.day.toordinal() >= day)
        return max(
            after,
            key=lambda each: (each.day, -(each.baseline_min or resume_min), repr(each)),
            default=None,
        )

    def _with_morning(self, report: RunReport) -> RunReport:
        mornings = self._mornings.get(report.day.toordinal())
        return completed(report, mornings) if mornings else report


def own_containers(thing: object) -> dict[str, object]:
    """Return copies of the lists, dicts and sets that a thing keeps, by name."""
    return {
        name: value.copy()
        for name, value in vars(thing).items()
        if isinstance(value, list | dict | set)
    }


def _add(found: dict[int, tuple[Report, ...]], key: int, report: Report) -> None:
    # Tuples, not lists: what is forked must not grow here.
    found[key] = (*found.get(key, ()), report)
