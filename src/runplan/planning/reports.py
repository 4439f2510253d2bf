"""
Reports by day, and which of them were known on a given day.

Knowledge is a filter: an entry is known from the day it was recorded until it was withdrawn.
Days are day numbers, as date.toordinal() counts them.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable
from math import inf
from typing import NamedTuple

from runplan.model.entries import (
    Clearance,
    Entry,
    MorningReport,
    RunReport,
    StrengthReport,
    is_long,
)
from runplan.policy.situation import Complaint


class News(NamedTuple):
    """The earliest days about which something new becomes known; infinity for none."""

    run: float = inf  # about a long run or the morning after it
    harm: float = inf  # about pain, a red flag or a clearance
    day: float = inf  # about any of these, or another run


_NO_NEWS = News()


class Reports:
    """
    The reports and clearances of a log, by day.

    >>> reports = Reports([RunReport(day="2026-12-06", minutes=40, recorded_on="2026-12-08")])
    >>> sunday = RunReport(day="2026-12-06", minutes=40).day.toordinal()
    >>> [reports.known(sunday + days).longest(sunday, sunday) for days in (1, 2)]
    [0, 40]
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._about: defaultdict[int, list[tuple[int, float, Entry]]] = defaultdict(list)
        runs, long_runs, sore, clearances = (set[int]() for _ in range(4))
        news: list[tuple[float, int, bool, bool]] = []
        for entry in entries:
            if not isinstance(entry, RunReport | MorningReport | StrengthReport | Clearance):
                continue
            day, since = entry.day.toordinal(), entry.recorded_on.toordinal()
            until = entry.retracted_on.toordinal() if entry.retracted_on else inf
            self._about[day].append((since, until, entry))
            hurts, is_run = Complaint.of(entry) is not None, isinstance(entry, RunReport)
            is_clearance = isinstance(entry, Clearance)
            for days, has in ((runs, is_run), (sore, hurts), (clearances, is_clearance)):
                if has:
                    days.add(day)
            if is_long(entry):
                long_runs.add(day)
            if hurts or not isinstance(entry, StrengthReport):
                # A strength session without pain changes nothing.
                is_run = is_long(entry) or isinstance(entry, MorningReport)
                news += [(at, day, is_run, hurts or is_clearance) for at in (since, until)]
        self._news = sorted(news)
        self._moments = [at for at, *_ in self._news]
        self.days, self.run_days, self.long_run_days, self.sore_days, self.clearance_days = map(
            sorted, (self._about, runs, long_runs, sore, clearances)
        )

    def known(self, by: int, today: int | None = None) -> "Known":
        """Return the reports known on a day, for a view on that day or a later one."""
        return Known(self, by, by if today is None else today)

    def about(self, day: int, by: int) -> list[Entry]:
        """Return the entries about a day that were known on another day."""
        found = self._about.get(day, ())
        return [entry for since, until, entry in found if since <= by < until]

    def news(self, after: int, until: int) -> News:
        """Return what becomes known between two days."""
        start, end = bisect_right(self._moments, after), bisect_right(self._moments, until)
        if start == end:
            return _NO_NEWS
        new = self._news[start:end]
        return News(
            min((day for _, day, is_run, _ in new if is_run), default=inf),
            min((day for *_, day, _, is_harm in new if is_harm), default=inf),
            min(day for _, day, *_ in new),
        )


class Known(NamedTuple):
    """The reports known on a day."""

    reports: Reports  # all reports, known or not
    by: int  # the day
    today: int  # the day that decides which long runs are still open

    def on(self, day: int) -> list[Entry]:
        """Return the entries about a day."""
        return self.reports.about(day, self.by)

    def between(self, first: int, last: int, among: list[int] | None = None) -> list[Entry]:
        """Return the entries about the days from one to another, optionally among given days."""
        days = self.reports.days if among is None else among
        start, end = bisect_left(days, first), bisect_right(days, last)
        if start == end:
            return []
        return [entry for day in days[start:end] for entry in self.reports.about(day, self.by)]

    def long_run_days(self, first: int, last: int) -> list[int]:
        """Return the days from one to another on which a long run was reported."""
        found = self.between(first, last, self.reports.long_run_days)
        return sorted({each.day.toordinal() for each in found if is_long(each)})

    def runs(self, first: int, last: int) -> list[RunReport]:
        """Return the reports of runs from one day to another."""
        found = self.between(first, last, self.reports.run_days)
        return [each for each in found if isinstance(each, RunReport)]

    def clearances(self, first: int, last: int) -> list[Clearance]:
        """Return the clearances from one day to another, by day."""
        found = self.between(first, last, self.reports.clearance_days)
        return [each for each in found if isinstance(each, Clearance)]

    def complaints(self, first: int, last: int, planned: Collection[int]) -> list[Complaint]:
        """Return pain and red flags except those in planned long runs, whose days are given."""
        entries = self.between(first, last, self.reports.sore_days)
        if not entries:
            return []
        # A morning after several runs of a day belongs to each of them.
        alone = [day for day in planned if all(map(is_long, self.runs(day, day)))]
        return [
            complaint
            for each in entries
            if not _is_of(each, alone if isinstance(each, MorningReport) else planned)
            if (complaint := Complaint.of(each))
        ]

    def strength(self, first: int, last: int) -> tuple[int, int]:
        """Return the worst pain in strength sessions and on the mornings after. [0-10]"""
        sore = [each for each in self.complaints(first, last, ()) if each.session == "strength"]
        pain = max((each.pain for each in sore), default=0)
        return pain, max((each.pain_next_morning for each in sore), default=0)

    def longest(self, first: int, last: int) -> int:
        """Return the longest run from one day to another; 0 for none. [min]"""
        return _longest(self.runs(first, last))

    def longest_painless(self, first: int, last: int, planned: Collection[int]) -> int:
        """Return the longest run without pain or flags, except planned long runs. [min]"""
        complaints = self.complaints(first, last, planned)
        sore = {each.day for each in complaints if each.session == "run"}
        runs = (each for each in self.runs(first, last) if not _is_of(each, planned))
        return _longest(each for each in runs if each.day not in sore)


def _longest(runs: Iterable[RunReport]) -> int:
    # Of several reports of one run, the shortest counts.
    minutes: dict[tuple[int, str], int] = {}
    for run in runs:
        key = run.day.toordinal(), run.kind
        minutes[key] = min(run.minutes, minutes.get(key, run.minutes))
    return max(minutes.values(), default=0)


def _is_of(entry: Entry, planned: Collection[int]) -> bool:
    """Return whether an entry is about a planned long run, given the days of those."""
    return entry.day.toordinal() in planned and (is_long(entry) or isinstance(entry, MorningReport))
