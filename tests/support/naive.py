"""A second, naive reading of the training rules (rules.md), to test another one against.

It is written from the page alone and follows it section by section. Nothing is kept between
days but what the page says is fixed; everything else is worked out again from the log.
Where the page leaves something open, the comment says what is taken to be meant.
"""

# ruff: noqa: C901, PLR0911, PLR0912, PLR0915 (it follows the page, section by section)

from __future__ import annotations

import copy
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations, pairwise
from types import SimpleNamespace as Bag
from typing import Any

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
LONGEST_PLAN_WEEKS = 520
STOPS_STRENGTH = ("red-flag", "severe-pain")  # section 5
TABLE_ORDER = ("red-flag", "severe-pain", "not-helping", "too-short")
REQUEST_FIELDS = (
    "target_min", "long_run", "policy", "away", "timezone",
    "first_month", "keep_weeks", "last_day", "assessed_on", "baseline_min",
)  # fmt: skip


@dataclass
class WeekReading:
    number: int
    slot: date
    minutes: int | None
    rule: str | None
    level_min: int | None
    paused: bool
    report: dict | None
    strength: list | None


@dataclass
class Reading:
    weeks: list
    finish: date | None
    paused: str | None
    resume_min: int | None


@dataclass
class Slot:
    day: date
    has_run: bool  # False: away all week, so the day is only the usual one


@dataclass
class Intention:
    """What a session is meant to be."""

    minutes: int | None
    rule: str | None
    level: int
    paused: bool


def read(rebuild: Any, entries: Any, today: date) -> Reading:
    reader = Reader(rebuild, entries)
    reader.live_through(today)
    return reader.report(today)


# --- small arithmetic ---------------------------------------------------------------------


def floor5(minutes: int) -> int:
    return minutes // 5 * 5


def percent_floor5(percent: int, minutes: int) -> int:
    return floor5(percent * minutes // 100)


def reset(level: int, onset: int | None) -> int:
    """Section 4: the lower of L - 5 and 0.8 onset; unknown onset: L - 10 and 0.8 L."""
    if onset is None:
        return min(level - 10, percent_floor5(80, level))
    lowered = min(level - 5, percent_floor5(80, onset))
    return max(10, lowered) if onset >= 10 else lowered


def ease(level: int, weeks: int, baseline: int) -> int:
    """Section 3: eased by the plan weeks from the week of the last long run to this one."""
    if weeks <= 2:
        return level
    if weeks == 3:
        eased = percent_floor5(70, level)
    elif weeks <= 5:
        eased = percent_floor5(50, level)
    else:
        eased = min(baseline, percent_floor5(50, level))
    return min(level, max(10, eased))


def days_between(first: date, last: date) -> int:
    return last.toordinal() - first.toordinal()


def kind_of(entry: Any) -> str:
    return type(entry).__name__


EMERGENCIES = {
    *("chest-pain", "spreading-pain", "faintness", "fall", "both-legs", "saddle-numbness"),
    *("bladder-or-bowel", "tearing-pain"),
}


def is_emergency(entry: Any) -> bool:
    return any(flag.value in EMERGENCIES for flag in entry.red_flags)


def recorded(entry: Any) -> date:
    return entry.recorded_on or entry.day


def worst(report: Any) -> int:
    """The most pain of a run or a strength session, its next morning included."""
    return max(report.pain, report.morning or 0)


# --- section 2: two reports of one day are one run ----------------------------------------


def merged_runs(known: list) -> list:
    """One run for each day and kind, the mornings joined to it."""
    by_day = defaultdict(list)
    mornings = defaultdict(list)
    for entry in known:
        if kind_of(entry) == "RunReport":
            by_day[entry.day, entry.kind].append(entry)
        elif kind_of(entry) == "MorningReport":
            mornings[entry.day].append(entry)
    runs = []
    for (day, kind), reports in by_day.items():
        pains = [r.pain_next_morning for r in reports] + [m.pain for m in mornings[day]]
        onsets = [r.pain_from for r in reports if r.pain_from is not None]
        runs.append(
            Bag(
                day=day,
                kind=kind,
                source=(kind, day),
                recorded_on=min(recorded(r) for r in reports),
                minutes=min(r.minutes for r in reports),
                pain=max(r.pain for r in reports),
                pain_from=min([*onsets, min(r.minutes for r in reports)]) if onsets else None,
                morning=max((p for p in pains if p is not None), default=None),
                fatigue=max(r.fatigue or 0 for r in reports),
                flagged=any(e.red_flags for e in reports + mornings[day]),
                emergency=any(is_emergency(e) for e in reports + mornings[day]),
            )
        )
    # A morning without its run (withdrawn, or never logged) still hurts.
    for day, reports in mornings.items():
        if reports and not any(run.day == day for run in runs):
            runs.append(
                Bag(
                    day=day, kind="other", source=("other", day), minutes=0, pain=0,
                    recorded_on=day, pain_from=None, morning=max(m.pain or 0 for m in reports),
                    fatigue=0, flagged=any(m.red_flags for m in reports),
                    emergency=any(is_emergency(m) for m in reports),
                )
            )  # fmt: skip
    return sorted(runs, key=lambda run: (run.day, run.kind))


def strength_reports(known: list) -> list:
    return [
        Bag(
            day=e.day, source=("strength", e.day), pain=e.pain,
            morning=e.pain_next_morning, flagged=bool(e.red_flags), emergency=is_emergency(e),
        )
        for e in known
        if kind_of(e) == "StrengthReport"
    ]  # fmt: skip


def is_clean(run: Any, intended: int) -> bool:
    """Section 2."""
    long_enough = 10 * run.minutes >= 9 * intended
    return long_enough and worst(run) == 0 and run.fatigue < 7 and not run.flagged


class Reader:
    def __init__(self, rebuild: Any, entries: Any) -> None:
        self.rebuild = rebuild
        self.entries = list(entries)
        self.seen: dict = {}  # week number -> the slot as the runner saw it last
        self.fixed: dict = {}  # week number -> the Intention that is fixed
        self.dose: dict = {}  # week number -> strength sessions, fixed on its first day
        self.chosen: dict = {}  # week number -> the days of those sessions
        self.strength_done: dict = {}  # day -> was a strength session meant to be that day

    # --- section 1: what is known when ----------------------------------------------------

    def known(self, day: date) -> list:
        """Every entry about a day up to it, recorded by it and not withdrawn by it."""
        result = []
        for entry in self.entries:
            early = kind_of(entry) in ("Change", "Move")  # known from the day it is recorded
            about = early or entry.day <= day
            withdrawn = entry.retracted_on is not None and entry.retracted_on <= day
            if about and recorded(entry) <= day and not withdrawn:
                result.append(entry)
        return result

    # --- section 7: what was asked can change ---------------------------------------------

    def changes(self, known: list) -> list:
        found = [e for e in known if kind_of(e) == "Change"]
        return sorted(found, key=lambda c: (c.day, recorded(c), repr(c)))

    def first_long_run(self) -> date:
        """The day of the first long run: up to it a change simply replaces the request."""
        for number in sorted(self.fixed):
            if self.fixed[number].minutes is not None:
                return self.seen[number].day
        start = self.week_start(len(self.fixed) + 1)
        return start + (self.rebuild.long_run.day - start.weekday()) % 7 * DAY

    def request(self, known: list, day: date) -> Bag:
        """The request in force on a day."""
        asked = Bag(**{name: getattr(self.rebuild, name, None) for name in REQUEST_FIELDS})
        asked.strength = self.rebuild.strength
        asked.first_month = asked.strength.first_month if asked.strength else None
        for change in self.changes(known):
            if change.day > max(day, self.first_long_run()):
                continue
            strength = getattr(change, "strength", "unchanged")
            if not isinstance(strength, str):
                asked.strength = strength
                asked.first_month = strength.first_month if strength else None
            for name in REQUEST_FIELDS:
                value = getattr(change, name, None)
                if value is not None:
                    setattr(asked, name, value)
        asked.keep_weeks = asked.keep_weeks or 0
        return asked

    def is_away(self, known: list, day: date) -> bool:
        away = self.request(known, day).away or ()
        return any(absence.first <= day <= (absence.last or date.max) for absence in away)

    def new_baselines(self, known: list) -> list:
        """(day, minutes) of each new baseline after the first long run."""
        first = self.first_long_run()
        return [(c.day, c.baseline_min) for c in self.changes(known)
                if getattr(c, "baseline_min", None) is not None and c.day > first]  # fmt: skip

    # --- plan weeks and their slots -------------------------------------------------------

    def week_start(self, number: int) -> date:
        return self.rebuild.start + (number - 1) * WEEK

    def week_of(self, day: date) -> int:
        return days_between(self.rebuild.start, day) // 7 + 1

    def usual_day(self, number: int, known: list) -> date:
        """The usual day of a week's long run."""

        def on(weekday: int) -> date:
            start = self.week_start(number)
            return start + (weekday - start.weekday()) % 7 * DAY

        usual = on(self.rebuild.long_run.day)
        for change in self.changes(known):
            long_run = getattr(change, "long_run", None)
            if long_run is not None and min(usual, on(long_run.day)) >= change.day:
                usual = on(long_run.day)  # both the old and the new day lie ahead of the change
        return usual

    def proposed_slot(self, number: int, known: list) -> Slot:
        """Where the long run of a week belongs, by the request alone."""
        usual = self.usual_day(number, known)
        days = [self.week_start(number) + i * DAY for i in range(7)]
        free = [day for day in days if not self.is_away(known, day)]
        if not free:
            return Slot(usual, has_run=False)
        day = min(free, key=lambda d: (abs(days_between(d, usual)), d))
        moves = [e for e in known if kind_of(e) == "Move"]
        for move in sorted(moves, key=lambda m: (recorded(m), m.day, m.to)):
            if move.day == day:
                day = move.to
        return Slot(day, has_run=True)

    def slot(self, number: int, known: list) -> Slot:
        return self.seen.get(number) or self.proposed_slot(number, known)

    def see_slots(self, day: date) -> None:
        """A day changes only where the old and the new one still lie ahead (section 7)."""
        known = self.known(day)
        for number in range(1, self.week_of(day) + 3):
            if number in self.fixed:
                continue
            new = self.proposed_slot(number, known)
            old = self.seen.get(number)
            if old is None or (old.day >= day and new.day >= day):
                self.seen[number] = new
            else:  # it stays where it is, but nobody runs while away
                runs = old.has_run and not self.is_away(known, old.day)
                self.seen[number] = Slot(old.day if runs else self.usual_day(number, known), runs)

    def belonging(self, runs: list, known: list) -> dict:
        """Section 2: week number -> the long run that belongs to its slot."""
        candidates = defaultdict(list)
        for run in runs:
            if run.kind != "long" or run.day < self.rebuild.start:
                continue
            near = range(max(1, self.week_of(run.day) - 2), self.week_of(run.day) + 3)
            slots = {number: self.slot(number, known).day for number in near}
            far = {number: abs(days_between(slots[number], run.day)) for number in near}
            number = min(near, key=lambda n: (far[n], slots[n]))
            candidates[number].append((far[number], -run.minutes, run.day, run))
        return {number: min(found, key=lambda c: c[:3])[3] for number, found in candidates.items()}

    # --- section 1: fixing, day by day ----------------------------------------------------

    def live_through(self, today: date) -> None:
        """Let the days pass up to today, fixing on each what is meant to happen on it."""
        if today < self.rebuild.start:
            return
        day = self.rebuild.start
        while day <= today:
            self.see_slots(day)
            for number, slot in sorted(self.seen.items()):
                if slot.day <= day and number not in self.fixed:
                    self.fixed[number] = self.intention(number, day)
            number = self.week_of(day)
            if day == self.week_start(number):
                self.fix_dose(number, day)
            if day in self.chosen[number]:
                self.strength_done[day] = self.strength_goes_on(number, day)
            day += DAY

    def intention(self, number: int, day: date) -> Intention:
        """What the long run of a week is meant to be, as it is fixed on a day.

        From all that is known on the day; if its own run is recorded by then, from what was
        known before the day on which that run was recorded.
        """
        known = self.known(day)
        slot = self.slot(number, known)
        own = self.belonging(merged_runs(known), known).get(number)
        if own is None or not slot.has_run:
            fold = Fold(self, day, clock=day, fixing=number, cutoff=slot.day)
        else:
            before = own.recorded_on - DAY
            fold = Fold(
                self, before, clock=own.recorded_on, fixing=number, cutoff=own.day - DAY
            )  # the clock stands at the morning of that day
        fold.run(lambda week: week.number >= number)
        return fold.weeks[-1].verdict

    # --- section 10: strength -------------------------------------------------------------

    def ramp_position(self, known: list, weeks: list, number: int) -> int:
        """How many weeks of the ramp lie behind: all but paused ones."""
        position = 0
        for week in weeks:
            if week.number >= number:
                break
            if self.request(known, self.week_start(week.number)).strength is None:
                position = 0  # taken up again, it starts again
                continue
            paused = week.verdict.paused
            after_the_end = week.ended and week.intention.minutes is None
            if not paused and not after_the_end:
                position += 1
        if self.request(known, self.week_start(number)).strength is None:
            return 0
        return position

    def ramp_sessions(self, ramp: tuple, position: int) -> int:
        for weeks, sessions in ramp:
            if weeks is None or position < weeks:
                return sessions
            position -= weeks
        return ramp[-1][1]

    def dose_of(self, number: int, known: list, weeks: list, doses: dict) -> int:
        """How many strength sessions a week has."""
        strength = self.request(known, self.week_start(number)).strength
        week = next(w for w in weeks if w.number == number)
        if strength is None or week.ended:
            return 0
        count = self.ramp_sessions(strength.ramp, self.ramp_position(known, weeks, number))
        before = doses.get(number - 1, 0)
        for report in strength_reports(known):
            if self.week_of(report.day) == number - 1 and before:
                if 3 <= report.pain:
                    count = min(count, before)  # repeats this one's dose
                if 3 <= (report.morning or 0):
                    count = min(count, max(1, before - 1))  # one session fewer
        return count

    def days_of(self, number: int, known: list, count: int) -> list:
        """Which days: the widest smallest gap between long run, sessions and long run."""
        asked = self.request(known, self.week_start(number))
        if asked.strength is None or count == 0:
            return []
        long_day = asked.long_run.day
        offsets = [1, 3, 5]
        if asked.strength.days is not None:
            offsets = sorted({(day - long_day) % 7 for day in asked.strength.days})
            offsets = [offset for offset in offsets if offset not in (0, 6)]
        best: tuple = ()
        for size in range(min(count, len(offsets)), 0, -1):
            options = []
            for choice in combinations(offsets, size):
                points = [0, *choice, 7]
                gaps = [b - a for a, b in pairwise(points)]
                if all(gap >= 2 for gap in gaps[1:]):  # 48 hours, and not the day before
                    options.append((sorted(gaps), gaps[-1], choice))
            if options:
                best = max(options)[2]
                break
        start = self.week_start(number)
        wanted = {(long_day + offset) % 7 for offset in best}
        return [start + i * DAY for i in range(7) if (start + i * DAY).weekday() in wanted]

    def fix_dose(self, number: int, day: date) -> None:
        """How many sessions a week has is fixed on its first day."""
        fold = Fold(self, day, clock=day)
        fold.run(lambda week: week.number >= number)
        self.dose[number] = self.dose_of(number, fold.known, fold.weeks, self.dose)
        self.chosen[number] = self.days_of(number, fold.known, self.dose[number])

    def strength_goes_on(self, number: int, day: date) -> bool:
        """Each session on its own: does it take place, as known on its day?"""
        own = [e for e in self.known(day) if kind_of(e) == "StrengthReport" and e.day == day]
        as_of = min((recorded(e) for e in own), default=day + DAY) - DAY
        fold = Fold(self, as_of, clock=day)
        fold.run(lambda week: week.number >= number and week.limit >= day)
        return self.strength_allowed(number, day, fold)

    def strength_allowed(self, number: int, day: date, fold: Fold) -> bool:
        asked = self.request(fold.known, day)
        week = next(w for w in fold.weeks if w.number == number)
        if asked.strength is None or week.ended:
            return False
        if asked.last_day is not None and day > asked.last_day:
            return False
        return fold.pause is None or fold.pause.rule not in STOPS_STRENGTH

    def strength_unsettled(self, number: int, today: date) -> bool:
        """Away days, moves or changed days in this week or the next: not worked out here."""
        first, last = self.week_start(number), self.week_start(number + 2) - DAY
        spans = [(absence.first, absence.last or date.max) for absence in self.rebuild.away or ()]
        for entry in self.entries:
            if recorded(entry) > today or kind_of(entry) not in ("Change", "Move"):
                continue
            days = [entry.day, recorded(entry)]
            if entry.retracted_on is not None:
                days.append(entry.retracted_on)
            if kind_of(entry) == "Move":
                spans += [(day, day) for day in [entry.day, entry.to, *days]]
                continue
            spans += [(absence.first, absence.last or date.max) for absence in entry.away or ()]
            if entry.long_run is not None or not isinstance(entry.strength, str):
                spans += [(day - WEEK, day + WEEK) for day in days]
        return any(a <= last and b >= first for a, b in spans)

    def is_left_open(self, week: Bag, known: list) -> bool:
        """Days off without an end leave the long run of a week without a day."""
        away = self.request(known, date.max).away or ()
        endless = [absence.first for absence in away if absence.last is None]
        return not week.slot.has_run and any(first <= week.slot.day for first in endless)

    # --- the answer -----------------------------------------------------------------------

    def report(self, today: date) -> Reading:
        fold = Fold(self, today, clock=today)
        last_day = self.request(fold.known, date.max).last_day
        later = [c.day for c in self.changes(fold.known)]

        def over(week: Bag) -> bool:
            if week.number >= LONGEST_PLAN_WEEKS:
                return True
            if week.limit < today:
                return False
            if week.ended and not any(day > week.slot.day for day in later):
                return True
            if fold.pause is not None and not week.ended:
                return True
            if self.is_left_open(week, fold.known):
                return True
            return last_day is not None and self.week_start(week.number + 1) > last_day

        fold.run(over)
        weeks, doses, result = fold.weeks, dict(self.dose), []
        for week in weeks:
            number = week.number
            if number not in doses:
                doses[number] = self.dose_of(number, fold.known, weeks, doses)
            days = self.chosen.get(number)
            if days is None:
                days = self.days_of(number, fold.known, doses[number])
            strength = [
                day for day in days
                if (self.strength_done[day] if day in self.strength_done
                    else self.strength_allowed(number, day, fold))
            ]  # fmt: skip
            plan = week.intention
            there = plan.minutes is not None or plan.paused
            result.append(
                WeekReading(
                    number=number,
                    slot=week.slot.day,
                    minutes=plan.minutes,
                    rule=plan.rule,
                    level_min=plan.level if there else None,
                    paused=plan.paused,
                    report=None if week.run is None else as_dict(week.run),
                    strength=None if self.strength_unsettled(number, today) else strength,
                )
            )

        ended = fold.ended
        meant = [w.number for w in result if w.minutes is not None or w.strength]
        if ended is not None:
            last = max([ended.number, *meant])
        else:
            last = len(result)
            if fold.pause is not None:
                last = next((w.number for w in result if w.slot >= today), last)
            if last_day is not None:
                last = min(last, self.week_of(last_day))
            last = max([last, *(n for n in self.fixed if self.fixed[n].minutes is not None)])
        resume = None
        if fold.pause is not None and ended is None:
            resume = weeks[-1].verdict.level
        return Reading(
            weeks=result[:last],
            finish=None if ended is None else ended.day,
            paused=None if fold.pause is None else fold.pause.rule,
            resume_min=resume,
        )


def as_dict(run: Any) -> dict:
    names = ("minutes", "pain", "pain_from", "morning", "fatigue", "day")
    return {name: getattr(run, name) for name in names}


class Fold:
    """Section 1: fold the sessions from the first on, each with its outcome as known now and
    with the minutes intended then.

    `as_of` is the day whose knowledge counts, `clock` the day that open, missed and unknown
    mornings are told by. While a week is being fixed, its own run is not looked at and `cutoff`
    is the last day whose facts count for it.
    """

    def __init__(self, reader: Reader, as_of: date, *, clock: date, fixing: int | None = None,
                 cutoff: date | None = None) -> None:  # fmt: skip
        self.reader, self.as_of, self.clock = reader, as_of, clock
        self.fixing, self.cutoff = fixing, cutoff
        self.known = reader.known(as_of)
        self.runs = merged_runs(self.known)
        self.strength = strength_reports(self.known)
        self.belongs = reader.belonging(self.runs, self.known)
        self.clearances = defaultdict(list)  # day -> the baselines of its clearances
        for entry in self.known:
            if kind_of(entry) == "Clearance" and entry.day >= reader.rebuild.start:
                self.clearances[entry.day].append(entry.baseline_min)
        self.emergencies: set = set()
        self.met_in: dict = {}
        self.facts = self.pausing_facts()

        self.weeks: list = []
        # What one session hands to the next.
        self.baseline = reader.request(self.known, reader.first_long_run()).baseline_min
        self.earned = self.baseline
        self.last_week = 0  # the plan week of the last long run; the baseline's is week 0
        self.since = reader.rebuild.start  # "between" begins here
        self.history: list = []  # the long runs, planned and run (or taken to be)
        self.taken: set = set()  # the sources of those runs: no other runs
        self.baselines_met = 0
        self.new_baseline = False  # the next long run is a new baseline
        self.baseline_day: Any = None
        self.pause: Any = None
        self.cleared: Any = None  # a clearance that ended a pause, its long run still to come
        self.answered: date | None = None  # facts before this day are answered
        self.answered_sources: set = set()  # and these of that day, which caused the pause
        self.met: set = set()  # causes already met
        self.used: set = set()  # days whose clearances are already used
        self.row = 0  # clean long runs at the target in a row
        self.row_target = 0
        self.row_end: Any = None
        self.ended: Any = None

    def pausing_facts(self) -> list:
        """Red flags and pain of 6 or more, wherever they were reported: (day, rule, source)."""
        start = self.reader.rebuild.start
        assessed = self.reader.request(self.known, self.reader.first_long_run()).assessed_on
        answers = [e.day for e in self.known if kind_of(e) == "Clearance" and e.day < start]
        if assessed is not None:
            answers.append(assessed)
        facts = set()
        for report in [*self.runs, *self.strength]:
            # Section 4, last bullet: from before the plan's first day.
            if report.day < start and any(answer >= report.day for answer in answers):
                continue
            if report.flagged:
                facts.add((report.day, "red-flag", report.source))
                if report.emergency:
                    self.emergencies.add((report.day, "red-flag", report.source))
            if worst(report) >= 6:
                facts.add((report.day, "severe-pain", report.source))
        return sorted(facts)

    def run(self, over: Any) -> None:
        while True:
            week = self.next_week()
            self.weeks.append(week)
            if over(week):
                return

    # --- one session further --------------------------------------------------------------

    def next_week(self) -> Bag:
        number = len(self.weeks) + 1
        week = Bag(number=number, slot=self.reader.slot(number, self.known), run=None)
        intention = None
        if number != self.fixing:
            intention = self.reader.fixed.get(number)
            week.run = self.belongs.get(number)
            if intention is None and week.run is not None:  # run before its day
                intention = self.reader.intention(number, self.as_of)
            if week.run is not None and intention.minutes is None:
                week.run = None  # a run whose slot had no long run is another run
        # Section 4: the facts of days before it is run, or, until it is, through its day.
        if number == self.fixing:
            week.limit = self.cutoff
        else:
            week.limit = week.slot.day if week.run is None else week.run.day - DAY
        week.asked = self.reader.request(self.known, week.slot.day)
        self.see_the_end(week)

        # A pause that the table itself brings may be over by a clearance before the session;
        # then work the session out again with that cause.
        before = copy.copy(self.__dict__)
        found: list = []
        while True:
            self.__dict__.update(copy.copy(before))
            self.met, self.used = set(before["met"]), set(before["used"])
            cause = self.work_out(week, found)
            if cause is None:
                break
            found.append(cause)

        week.intention = intention or week.verdict
        self.close(week)
        return week

    def see_the_end(self, week: Bag) -> None:
        """Section 6: does a change reopen the plan, or end it?"""
        asked = week.asked
        if len(self.baselines_until(week.limit)) > self.baselines_met:
            self.ended, self.row = None, 0  # section 7: start again from here
        if self.ended is not None and (
            asked.target_min > self.ended.target or self.row <= asked.keep_weeks
        ):
            self.ended = None  # from the next slot on
        if asked.target_min != self.row_target and self.ended is None:
            self.row, self.row_target = 0, asked.target_min
        if self.row > asked.keep_weeks and self.ended is None:
            self.ended = self.row_end
        week.ended = self.ended is not None

    def baselines_until(self, day: date) -> list:
        return [b for b in self.reader.new_baselines(self.known) if b[0] <= day]

    def work_out(self, week: Bag, found: list) -> Any:
        """Set week.verdict; return the cause of a new too-short pause, if there is one."""
        last = self.weeks[-1] if self.weeks else None
        last_run = last.run if last else None
        target = week.asked.target_min

        # Section 7: a new baseline counts as run on the change's day.
        earned = self.earned
        baselines = self.baselines_until(week.limit)
        for day, minutes in baselines[self.baselines_met :]:
            self.baseline = self.earned = minutes
            self.last_week = max(self.last_week, self.reader.week_of(day))
            self.new_baseline = True
            self.baseline_day = day
            self.since = max(self.since, day)
            if self.pause is not None:  # it ends no pause; the lower of both
                self.pause.base = minutes
                self.pause.resume = max(10, min(self.pause.resume, minutes))
        self.baselines_met = max(self.baselines_met, len(baselines))

        # Section 3: the base.
        if last is None or last.status in ("none", "missed"):
            uneased = earned
        elif last.status == "open":
            uneased = last.verdict.level
        elif last.status == "clean":
            uneased = min(last.verdict.level, max(last.intention.level, last_run.minutes))
        else:
            uneased = min(last.verdict.level, last.intention.minutes)
        paused_at = uneased  # what a pause from before the new baseline paused at
        if self.new_baseline:
            uneased = self.earned
        away_for = week.number - self.last_week
        eased = ease(uneased, away_for, self.baseline)
        base = min(uneased, max([eased, *self.lifts(week)])) if eased < uneased else eased
        base = min(base, target)

        self.meet_pauses(week, last_run, (paused_at, uneased), found)

        # Section 5: a pause, or the first long run after it.
        special, level = None, base
        resumed = None
        if self.pause is not None:
            resumed = ease(self.pause.resume, away_for, self.baseline)
        elif self.cleared is not None:
            special = "clearance"
            resumed = min(
                ease(self.cleared.resume, away_for, self.baseline) if minutes is None else minutes
                for minutes in self.cleared.baselines
            )
        elif self.new_baseline or week.number == 1:
            special = "baseline"
        if resumed is not None:
            level = max(10, min(resumed, base) if self.new_baseline else resumed)
            level = min(level, target)

        if self.pause is not None:
            week.eased = base < min(uneased, target)
            if last_run is not None and self.table(week, base, None)[0] == "too-short":
                # Two reasons: a run that was planned before the pause became known hurt as well.
                onset = last_run.pain_from if last_run.pain else None
                self.pause.resume = max(10, min(self.pause.resume, reset(base, onset)))
                level = min(level, max(10, ease(self.pause.resume, away_for, self.baseline)))
            self.earned = self.pause.resume
            week.verdict = Intention(None, self.pause.rule, level, paused=True)
        else:
            week.eased = base < min(uneased, target)
            rule, minutes, new_level, fact = self.table(week, level, special)
            if rule == "too-short" and not week.ended:
                return (fact.day, "too-short", fact.source)
            # The earned level: what the answer to the last reported long run set.
            if special == "clearance":
                self.earned = min(
                    self.cleared.resume if m is None else m for m in self.cleared.baselines
                )
            elif last is not None and last.status in ("clean", "run", "open"):
                between = rule in ("pain-between", "mild-pain-between")
                self.earned = level if between else new_level
            week.verdict = Intention(minutes, rule, new_level, paused=False)
        if week.ended or not self.has_long_run(week):
            paused = self.pause is not None and not week.ended
            rule = self.pause.rule if paused else None
            week.verdict = Intention(None, rule, week.verdict.level, paused)
        return None

    def has_long_run(self, week: Bag) -> bool:
        last_day = week.asked.last_day
        return week.slot.has_run and (last_day is None or week.slot.day <= last_day)

    def lifts(self, week: Bag) -> list:
        """Section 3: painless other runs of the last 14 days (before the session's day)."""
        first, last = week.slot.day - 14 * DAY, min(week.limit, week.slot.day - DAY)
        # Nobody can tell which run of a day made the next morning hurt.
        sore = {run.day for run in self.other_runs(week) if worst(run) or run.flagged}
        return [
            floor5(run.minutes + 5)
            for run in self.other_runs(week)
            if first <= run.day <= last and run.day not in sore
        ]

    def other_runs(self, week: Bag) -> list:
        own = None if week.run is None else week.run.source
        return [r for r in self.runs if r.source not in self.taken and r.source != own]

    def is_answered(self, fact: Any) -> bool:
        if self.answered is None:
            return False
        own_day = fact.day == self.answered and fact.source in self.answered_sources
        return fact.day < self.answered or own_day

    # --- section 5: pauses and clearances -------------------------------------------------

    def meet_pauses(self, week: Bag, last_run: Any, bases: tuple, found: list) -> None:
        """Go through the days since the last session: what pauses, what clears?"""
        until = week.slot.day
        if week.number == self.fixing and self.cutoff != week.slot.day:
            until = self.cutoff + DAY
        elif week.run is not None:
            until = week.run.day
        causes = [c for c in self.facts if c not in self.met and c[0] <= week.limit] + found
        days = {cause[0] for cause in causes}
        days |= {day for day in self.clearances if day not in self.used and day <= until}
        if last_run is not None:
            days.add(last_run.day)
        for day in sorted(days):
            clears = self.clearances.get(day) if day not in self.used else None
            if clears and self.pause is not None:
                self.clear(day, clears, set())  # what is about its own day counts anew
                clears = None
            now = [cause for cause in causes if cause[0] == day]
            answers = last_run is not None and last_run.day == day and not week.ended
            if answers and self.not_helping(last_run):
                now.append((day, "not-helping", last_run.source))
            for cause in now:
                self.stop(cause, last_run, bases, week)
            if clears and now:
                self.clear(day, clears, {cause[2] for cause in now})
            elif clears and self.cleared is not None:  # of several clearances the last counts
                self.clear(day, clears, set())
            elif clears and day <= week.limit:
                self.used.add(day)

    def stop(self, cause: tuple, last_run: Any, bases: tuple, week: Bag) -> None:
        self.met.add(cause)
        onset = None
        hurt = last_run is not None and last_run.pain >= 1 and not self.is_answered(last_run)
        if hurt:
            onset = last_run.pain_from
        after_baseline = self.new_baseline and cause[0] > self.baseline_day
        base = bases[1] if after_baseline else bases[0]
        if self.cleared is not None:  # paused again before the first long run
            base = min(self.cleared.resume if m is None else m for m in self.cleared.baselines)
        elif self.pause is not None and (last_run is None or cause[2] != last_run.source):
            base = self.pause.base
        pause = Bag(rule=cause[1], causes=[cause], base=base, resume=max(10, reset(base, onset)))
        if self.new_baseline and not after_baseline:  # what the new baseline says, if lower
            pause.resume = max(10, min(pause.resume, self.earned))
        if self.pause is not None:  # two reasons: the lower of both
            pause.causes = [*self.pause.causes, cause]
            pause.resume = min(pause.resume, self.pause.resume)
            pause.base = self.pause.base
        # The one that also stops strength takes over; of two of a kind the first stays.
        # An emergency comes before either.
        self.met_in.setdefault(cause, week.number)
        pause.rule = min(
            pause.causes,
            key=lambda c: (
                c not in self.emergencies,
                c[1] not in STOPS_STRENGTH,
                self.met_in.get(c, 0),
                TABLE_ORDER.index(c[1]),
            ),
        )[1]
        self.pause, self.cleared = pause, None

    def clear(self, day: date, baselines: list, sources: set) -> None:
        resume = self.pause.resume if self.pause is not None else self.cleared.resume
        self.cleared = Bag(day=day, baselines=baselines, resume=resume)
        self.pause = None
        self.answered, self.answered_sources = day, sources
        self.used.add(day)
        given = [minutes for minutes in baselines if minutes is not None]
        self.baseline = min([self.baseline, *given])
        if self.ended is None:
            self.row = 0

    def not_helping(self, last_run: Any) -> bool:
        reported = [run for run in self.history if run.reported and not self.is_answered(run)]
        if not reported or reported[-1].source != last_run.source:
            return False
        if len(reported) >= 3 and all(run.worst >= 1 for run in reported[-3:]):
            return True
        last = reported[-1]
        return last.worst >= 3 and any(
            run.worst >= 3 and days_between(run.day, last.day) <= 42 for run in reported[:-1]
        )

    # --- section 4: the table -------------------------------------------------------------

    def table(self, week: Bag, level: int, special: str | None) -> tuple:
        """(rule, minutes, level, the fact that hurt): the first match wins."""
        target = week.asked.target_min
        rule, new_level, fact = self.pain_rules(week, level)
        if rule is not None:
            if new_level < 10 and new_level < level:
                return "too-short", None, level, fact
            return rule, min(new_level, target), min(new_level, target), fact
        rule, minutes, new_level = self.other_rules(week, level, special)
        return rule, min(minutes, target), min(new_level, target), None

    def pain_rules(self, week: Bag, level: int) -> tuple:
        last = self.weeks[-1] if self.weeks else None
        run = last.run if last else None
        if run is not None and self.is_answered(run):
            run = None
        if run is not None and self.new_baseline:
            run = None
        before = self.run_before(run)
        other = [r for r in self.other_runs(week) if self.is_between(r, week)]
        strength = [s for s in self.strength if self.is_between(s, week)]
        hurt = [r for r in other if 3 <= worst(r) <= 5]
        morning = run.morning or 0 if run else 0
        within = run and (run.pain_from is None or run.pain_from <= last.intention.minutes)
        if run and 3 <= run.pain <= 5 and within:
            return "moderate-pain", reset(level, run.pain_from), run
        if run and 3 <= morning <= 5:
            return "morning-after", level - 5, run
        if hurt:
            return "pain-between", level - 5, hurt[0]
        if run and 1 <= run.pain <= 2 and run.pain_from is not None and run.pain_from <= 10:
            return "early-pain", level - 5, run
        if run and worst(run) >= 1:
            again = before is not None and before.worst >= 1
            return "mild-pain", level - 5 if again else level, run
        if any(1 <= worst(r) <= 2 for r in other) or any(3 <= worst(s) <= 5 for s in strength):
            return "mild-pain-between", level, None
        return None, level, None

    def is_between(self, fact: Any, week: Bag) -> bool:
        return self.since <= fact.day <= week.limit and not self.is_answered(fact)

    def run_before(self, run: Any) -> Any:
        """The reported long run before this one, since the clearance (section 4, notes)."""
        if run is None:
            return None
        reported = [r for r in self.history if r.reported and not self.is_answered(r)]
        return reported[-2] if len(reported) >= 2 else None

    def other_rules(self, week: Bag, level: int, special: str | None) -> tuple:
        last = self.weeks[-1] if self.weeks else None
        if special is not None:
            return special, level, level
        if week.eased or last.status in ("missed", "none"):
            return "away", level, level
        run = last.run
        before = self.run_before(run)
        if run and run.fatigue >= 7:
            again = before is not None and before.tired
            back = max(10, level - 5) if again else level
            return "tired", back, back
        if run and 10 * run.minutes < 9 * last.intention.minutes:
            again = before is not None and before.short
            back = max(10, level - 5) if again else level
            return "cut-short", back, back
        cautious = week.asked.policy.name == "cautious"
        if cautious and run and run.morning is None and self.clock >= run.day + 2 * DAY:
            return "unknown-morning", level, level
        position = self.reader.ramp_position(self.known, self.weeks, week.number)
        if week.asked.strength is not None and week.asked.first_month == "hold" and position < 4:
            return "first-month", level, level
        if cautious:
            verdict = self.cautious_rules(week, level)
            if verdict is not None:
                return verdict
        return "clean", level + 5, level + 5

    # --- section 8 ------------------------------------------------------------------------

    def cautious_rules(self, week: Bag, level: int) -> tuple | None:
        if self.weeks and self.weeks[-1].verdict.rule == "cutback":
            return "due-again", level, level
        if week.number % 4 == 0:
            due = self.steps(week, level)
            due = min(week.asked.target_min, due[2] if due else level + 5)
            return "cutback", min(due, max(10, percent_floor5(80, due))), due
        return self.steps(week, level)

    def steps(self, week: Bag, level: int) -> tuple | None:
        longest = self.longest_run(week)
        ready = [r for r in self.history if not self.is_answered(r)][-2:]
        two = len(ready) == 2 and all(r.clean and r.intended == level for r in ready)
        if 100 * (level + 5) > 130 * longest:
            step = max(level + 1, min(level + 5, 130 * longest // 100))
            return ("too-big-step", step, step) if two else ("too-big-step", level, level)
        if 100 * (level + 5) > 110 * longest:
            return ("big-step", level + 5, level + 5) if two else ("big-step", level, level)
        return None

    def longest_run(self, week: Bag) -> int:
        """The longest run of the last 30 days; the baseline and open runs count as run."""
        first, last = week.slot.day - 30 * DAY, min(week.limit, week.slot.day - DAY)
        start = self.reader.rebuild.start
        usual = start + (self.reader.rebuild.long_run.day - start.weekday()) % 7 * DAY
        asked = self.reader.request(self.known, self.reader.first_long_run())
        lengths = [(usual - WEEK, asked.baseline_min), *self.reader.new_baselines(self.known)]
        lengths += [(run.day, run.minutes) for run in self.runs]
        lengths += [(r.day, r.intended) for r in self.history if not r.reported]
        return max((minutes for day, minutes in lengths if first <= day <= last), default=0)

    # --- the outcome ----------------------------------------------------------------------

    def close(self, week: Bag) -> None:
        """What became of the session, as known now (sections 2 and 6)."""
        run, meant = week.run, week.intention
        if meant.minutes is None:
            week.status = "none"
            return
        self.cleared, self.new_baseline = None, False  # its first long run was planned
        if run is not None:
            week.status = "clean" if is_clean(run, meant.minutes) else "run"
        elif self.clock <= week.slot.day + 3 * DAY:
            week.status = "open"
        else:
            week.status = "missed"
            return
        day = week.slot.day if run is None else run.day
        self.last_week = max(self.last_week, week.number)
        self.since = min(day, week.slot.day)
        clean = week.status != "run"
        self.history = [
            *self.history,
            Bag(
                day=day,
                source=("open", day) if run is None else run.source,
                reported=run is not None,
                clean=clean,
                intended=meant.minutes,
                worst=0 if run is None else worst(run),
                tired=run is not None and run.fatigue >= 7,
                short=run is not None and 10 * run.minutes < 9 * meant.minutes,
            ),
        ]
        if run is not None:
            self.taken = self.taken | {run.source}
        # Section 6: the first keep_weeks + 1 clean long runs in a row at the target.
        target = week.asked.target_min
        if clean and meant.minutes == target:
            self.row += 1
            self.row_end = Bag(day=day, number=week.number, target=target)
            if self.row > week.asked.keep_weeks and self.ended is None:
                self.ended = self.row_end
        elif self.ended is None:
            lighter_at_target = clean and meant.rule == "cutback" and meant.level == target
            if not lighter_at_target:
                self.row = 0
