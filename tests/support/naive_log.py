"""
The tables of both policies for runners who log, a second time, in plain loops.

Written from the rules alone, without a look at how runplan does it: nothing of it is imported
here, and of requests and entries only the fields are read. Whatever is asked about a week is
worked out anew from the entries that were recorded by then.
"""

from itertools import pairwise
from typing import NamedTuple

from support.naive import MOST_WEEKS, days_of, down_to_five, run_day, tenths, usual_day


class Pause(NamedTuple):
    """Why there is no long run: rule, day number of what caused it, what to go on with."""

    rule: str
    since: int
    resume_min: int
    level: int


class Week(NamedTuple):
    """
    A week as it was settled: whether there is a long run in it, and what is kept of it.

    The pause is what holds then, the clearance what waits for its first long run. The earned
    level is what the last run earned, and counted_from is the day of the last clearance that
    ended a pause. Lifts are the strength sessions before any is left out.
    """

    number: int
    day: int
    minutes: int | None
    level: int
    rule: str
    pause: Pause | None
    waiting: int | None
    earned: int
    counted_from: int
    lifts: int


class Run(NamedTuple):
    """A reported long run with its mornings, as known on some day."""

    week: int
    day: int
    minutes: int
    pain: int
    began: int | None
    morning: int | None
    fatigue: int
    told: int
    flagged: bool


def kind_of(entry):
    """Return "run", "morning", "strength" or "clearance"."""
    if hasattr(entry, "kind"):
        return "run"
    if hasattr(entry, "by"):
        return "clearance"
    if hasattr(entry, "pain_next_morning"):
        return "strength"
    return "morning"


def day_of(entry):
    """Return the day number an entry is about."""
    return entry.day.toordinal()


def recorded(entry):
    """Return the day number on which an entry was recorded."""
    return entry.recorded_on.toordinal()


def week_of(rebuild, day):
    """Return the plan week a day lies in; 0 and less before the start."""
    return (day - rebuild.start.toordinal()) // 7 + 1


def planned_day(rebuild, week):
    """Return the day number of a week's long run, the usual one where all of it is away."""
    day = run_day(rebuild, week)
    return usual_day(rebuild, week) if day is None else day


def morning_after(entry, known):
    """Return the worst pain reported for the morning after a run, None if none is."""
    found = [] if entry.pain_next_morning is None else [entry.pain_next_morning]
    mornings = [other for other in known if kind_of(other) == "morning"]
    found.extend(other.pain for other in mornings if day_of(other) == day_of(entry))
    return max(found) if found else None


def flagged_next_morning(run, known):
    """Say whether the morning after a run brought a red flag."""
    for entry in known:
        if kind_of(entry) == "morning" and day_of(entry) == day_of(run) and entry.red_flags:
            return True
    return False


def long_runs_told(rebuild, known):
    """Return the reported long runs of the plan's weeks, in the order of days."""
    first = rebuild.start.toordinal()
    told = [entry for entry in known if kind_of(entry) == "run" and entry.kind == "long"]
    runs = [
        Run(
            week_of(rebuild, day_of(entry)),
            day_of(entry),
            entry.minutes,
            entry.pain,
            entry.pain_from,
            morning_after(entry, known),
            entry.fatigue,
            recorded(entry),
            bool(entry.red_flags) or flagged_next_morning(entry, known),
        )
        for entry in told
        if day_of(entry) >= first
    ]
    return sorted(runs, key=lambda run: (run.day, run.told))


def flag_days(known):
    """Return the days of all red flags."""
    return [day_of(entry) for entry in known if getattr(entry, "red_flags", ())]


def is_early(run):
    """Say whether mild pain began in the first ten minutes."""
    return run.pain in {1, 2} and run.began is not None and run.began <= 10


def is_mild(run):
    """Say whether the run itself brought mild pain."""
    return (run.pain in {1, 2} and not is_early(run)) or run.morning in {1, 2}


def is_tired(run):
    """Say whether the back was tired."""
    return run.fatigue >= 7


def is_painful(run):
    """Say whether the run or its morning brought any pain."""
    return run.pain >= 1 or (run.morning or 0) >= 1


def is_severe(run):
    """Say whether the run or its morning brought severe pain."""
    return run.pain >= 6 or (run.morning or 0) >= 6


def reset(level, began):
    """Return the level to go back to."""
    return level - 10 if began is None else min(level - 5, down_to_five(began * 8 // 10))


class Reading:
    """One request with its log as of one day, read week by week."""

    def __init__(self, rebuild, entries, today, careful, step=5):
        self.rebuild = rebuild
        self.today = today
        self.careful = careful
        self.step = step
        self.entries = [entry for entry in entries if recorded(entry) <= today]
        self.weeks = []
        self.tied = False

    def known(self, day):
        """Return what was recorded by a day."""
        return [entry for entry in self.entries if recorded(entry) <= min(day, self.today)]

    def seen_from(self, week):
        """Return the day on which a week's long run is settled."""
        return min(self.today, planned_day(self.rebuild, week))

    def week(self, number):
        """Return a week that is settled already."""
        return self.weeks[number - 1]

    # What was run.

    def intended(self, number):
        """Return what a run of a week is held against."""
        week = self.week(number)
        if week.pause is not None:
            return 0
        return week.level if week.minutes is None else week.minutes

    def is_cut_short(self, run):
        """Say whether less than 90 % was run."""
        return run.minutes * 10 < self.intended(run.week) * 9

    def counts(self, run):
        """Say whether a long run came after the last clearance; one that it resumed with did."""
        if run.day != self.counted_from:
            return run.day > self.counted_from
        week = self.week(run.week) if run.week <= len(self.weeks) else None
        return week is not None and week.rule == "clearance" and week.day == run.day

    def hurt_elsewhere(self, week, known):
        """Say whether another run of the week brought pain."""
        for entry in known:
            other = kind_of(entry) == "run" and entry.kind == "other"
            ours = other and week_of(self.rebuild, day_of(entry)) == week
            if ours and (entry.pain or morning_after(entry, known)):
                return True
        return False

    def is_open(self, number, seen):
        """Say whether the long run of a week without a report may still come."""
        return number >= week_of(self.rebuild, seen) and self.week(number).minutes is not None

    def all_runs(self, week, known, seen):
        """Return day and minutes of every run before a week's long run, known or assumed."""
        runs = [(usual_day(self.rebuild, 1) - 7, self.rebuild.baseline_min)]
        told = long_runs_told(self.rebuild, known)
        for entry in known:
            if kind_of(entry) == "run":
                own = entry.kind == "long" and week_of(self.rebuild, day_of(entry)) == week
                if not own:
                    runs.append((day_of(entry), entry.minutes))
        for number in range(1, week):
            reported = [run for run in told if run.week == number]
            if not reported and self.is_open(number, seen):
                runs.append((self.week(number).day, self.week(number).minutes))
        day = planned_day(self.rebuild, week)
        for run in told:
            if run.week == week:
                day = min(day, run.day)
        return [run for run in runs if run[0] < day]

    # The rows about a reported run.

    def answer_to_run(self, run, level, last, known, seen):  # noqa: PLR0911
        """Return rule and length by the rows about what a run brought, None if it was clean."""
        if is_severe(run):
            return ("severe-pain", -1000)
        if run.pain >= 3:
            return ("moderate-pain", reset(level, run.began))
        if (run.morning or 0) >= 3:
            return ("morning-after", level - self.step)
        if is_early(run):
            return ("early-pain", level - self.step)
        if is_mild(run):
            again = last is not None and is_mild(last)
            return ("mild-pain", level - self.step if again else level)
        if self.hurt_elsewhere(run.week, known):
            return ("mild-pain", level)
        if is_tired(run):
            again = last is not None and is_tired(last)
            return ("tired", max(10, level - self.step) if again else level)
        if self.is_cut_short(run):
            again = last is not None and self.is_cut_short(last)
            return ("cut-short", max(10, level - self.step) if again else level)
        if run.morning is None and seen - run.day >= 2:
            return ("unknown-morning", level)
        return None

    def counted(self, week, known, seen):
        """Return the long run that counts of each reported week before a week."""
        counted = []
        told = long_runs_told(self.rebuild, known)
        for number in range(1, week):
            runs = [run for run in told if run.week == number and self.counts(run)]
            if runs:
                level = self.intended(number)
                last = counted[-1] if counted else None
                counted.append(self.least(runs, level, last, known, seen)[0])
        return counted

    def least(self, runs, level, last, known, seen):
        """Return the run of a week that earns less, and what it earns."""
        rows = ["moderate-pain", "morning-after", "early-pain", "mild-pain", "tired", "cut-short"]
        found = []
        for run in runs:
            answer = self.answer_to_run(run, level, last, known, seen)
            if answer is None:
                found.append((level + self.step, 9, run, answer))
            else:
                place = rows.index(answer[0]) if answer[0] in rows else 8
                earned = answer[1] if is_severe(run) else max(9, answer[1])
                found.append((earned, place, run, answer))
        least = min(found, key=lambda each: (each[0], each[1], each[2].minutes))
        if sum(each[0] == least[0] for each in found) > 1:
            self.tied = True
        return least[2:]

    def is_clean_week(self, number, known, seen):
        """Say whether the long run of a week was clean, or is still assumed to be."""
        runs = [run for run in long_runs_told(self.rebuild, known) if run.week == number]
        if self.hurt_elsewhere(number, known):
            return False
        if not runs:
            return self.is_open(number, seen)
        for run in runs:
            if is_painful(run) or is_tired(run) or self.is_cut_short(run):
                return False
            if run.morning is None and seen - run.day >= 2:
                return False
            if run.day in flag_days(known):
                return False
        return True

    def clean_in_a_row(self, week, level, known, seen):
        """Count the clean long runs at a level that came last."""
        count = 0
        for number in range(week - 1, 0, -1):
            runs = [run for run in long_runs_told(self.rebuild, known) if run.week == number]
            if not runs and not self.is_open(number, seen):
                continue
            if runs and not self.counts(runs[-1]):
                break
            clean = self.is_clean_week(number, known, seen)
            if not clean or self.intended(number) != level:
                break
            count += 1
        return count

    # Pauses.

    def newly_paused(self, week, level, known):
        """Return the pause that something since the last clearance causes, None without."""
        limit = planned_day(self.rebuild, week)
        told = long_runs_told(self.rebuild, known)
        for run in told:
            if run.week == week:
                limit = min(limit, run.day)
        flags = [day for day in flag_days(known) if self.counted_from < day < limit]
        told = self.counted(week, known, min(self.today, planned_day(self.rebuild, week)))
        # Of the day of the clearance, the run that it was given for counts with its flags.
        flags += [run.day for run in told if run.flagged and run.day == self.counted_from]
        if flags:
            began = None
            for run in told:
                if run.week == week - 1:
                    began = run.began
            return Pause("red-flag", min(flags), max(10, reset(level, began)), level)
        severe = [run for run in told if is_severe(run)]
        if severe:
            run = severe[-1]
            return Pause("severe-pain", run.day, max(10, reset(level, run.began)), level)
        if len(told) >= 3 and all(is_painful(run) for run in told[-3:]):
            run = told[-1]
            return Pause("not-helping", run.day, max(10, reset(level, run.began)), level)
        hard = [run for run in told if run.pain >= 3]
        for one, other in pairwise(hard):
            if other.day - one.day <= 42:
                return Pause("not-helping", other.day, max(10, reset(level, other.began)), level)
        return None

    def cleared(self, pause, known):
        """Return the clearance that ends a pause: its day and what to go on with, or None."""
        found = []
        for entry in known:
            unused = kind_of(entry) == "clearance" and day_of(entry) > self.counted_from
            if unused and day_of(entry) >= pause.since:
                given = pause.resume_min if entry.baseline_min is None else entry.baseline_min
                found.append((day_of(entry), min(given, self.rebuild.target_min)))
        if not found:
            return None
        latest = max(day for day, _ in found)
        return latest, min(given for day, given in found if day == latest)

    def cleared_before_start(self, known):
        """Return the day of the last clearance from before the plan, -1 without one."""
        days = [day_of(each) for each in known if kind_of(each) == "clearance"]
        return max([day for day in days if day < self.rebuild.start.toordinal()], default=-1)

    # One week.

    def settle(self, week):  # noqa: C901, PLR0912, PLR0915
        """Return a week, settled from what was recorded by its long-run day."""
        seen = self.seen_from(week)
        known = self.known(seen)
        last = self.weeks[-1] if week > 1 else None
        self.counted_from = last.counted_from if last else self.cleared_before_start(known)
        lifts = self.lifts(week)
        told = [run for run in long_runs_told(self.rebuild, known) if run.week == week - 1]
        told = [run for run in told if self.counts(run)]
        was_run = bool(told) or (last is not None and self.is_open(week - 1, seen))
        if last is None:
            level = self.rebuild.baseline_min
        elif was_run:
            level = last.level
        else:
            level = last.earned
            late = self.late_answer(week, known, seen) if last.pause is None else None
            if late is not None and self.was_told_late(late[0].week, known):
                level = min(level, self.intended(late[0].week))
        if (
            last is not None
            and last.rule == "cutback"
            and last.minutes is not None
            and last.minutes < last.level
            and was_run
            and self.row_of_last(week, last.level, known, seen) is not None
        ):
            level = last.minutes

        # Pauses first, and clearances, as long as there is another pause behind one.
        pause = last.pause if last else None
        waiting = last.waiting if last else None
        while True:
            if pause is None:
                pause = self.newly_paused(week, level, known)
            if pause is None:
                break
            found = self.cleared(pause, known)
            if found is None:
                new = self.newly_paused(week, pause.level, known)
                if new is not None and new.rule == "red-flag" and pause.rule != "red-flag":
                    resume = min(pause.resume_min, new.resume_min)
                    since = max(pause.since, new.since)
                    pause = new._replace(since=since, resume_min=resume)
                    continue
                break
            self.counted_from, waiting = found
            level = waiting
            pause = None

        if pause is None and waiting is None and week > 1:
            rule, minutes, due, earned = self.row(week, level, was_run, known, seen)
            if rule == "too-short":
                run = due
                level = level if was_run else self.intended(run.week)
                pause = Pause("too-short", run.day, max(10, reset(level, run.began)), level)
                found = self.cleared(pause, known)
                if found is not None:
                    self.counted_from, waiting = found
                    pause = None
        if pause is not None:
            return Week(
                week,
                planned_day(self.rebuild, week),
                None,
                level,
                "paused",
                pause,
                None,
                level,
                self.counted_from,
                lifts,
            )
        if waiting is not None:
            rule, minutes, due, earned = "clearance", waiting, waiting, waiting
        elif week == 1:
            rule, minutes, due, earned = "baseline", level, level, level
        day = run_day(self.rebuild, week)
        if day is None:
            return Week(
                week,
                usual_day(self.rebuild, week),
                None,
                due,
                rule,
                None,
                waiting,
                earned,
                self.counted_from,
                lifts,
            )
        return Week(week, day, minutes, due, rule, None, None, earned, self.counted_from, lifts)

    def late_pain(self, week, known):
        """Say whether pain of an earlier week was recorded since the last long-run day."""
        since = planned_day(self.rebuild, week - 1)
        for entry in known:
            if recorded(entry) <= since:
                continue
            if not 1 <= week_of(self.rebuild, day_of(entry)) < week - 1:
                continue
            if kind_of(entry) == "morning" and entry.pain:
                return True
            if kind_of(entry) == "run" and (entry.pain or entry.pain_next_morning):
                return True
        return False

    def row_of_last(self, week, level, known, seen):
        """Return how the rows about a run answer the week before, None if it was clean."""
        told = [run for run in long_runs_told(self.rebuild, known) if run.week == week - 1]
        told = [run for run in told if self.counts(run)]
        if told:
            before = self.counted(week - 1, known, seen)
            _, answer = self.least(told, level, before[-1] if before else None, known, seen)
            painless = answer is None or answer[0] in {"tired", "cut-short", "unknown-morning"}
            if not painless:
                return answer
        else:
            answer = None
        if self.hurt_elsewhere(week - 1, known) or self.late_pain(week, known):
            return ("mild-pain", level)
        return answer

    def late_answer(self, week, known, seen):
        """Return the last run and what it earns, if it was reported late; or else None."""
        told = [run for run in long_runs_told(self.rebuild, known) if run.week < week]
        told = [run for run in told if self.counts(run)]
        if not told or not self.was_late(told[-1].week, known):
            return None
        number = told[-1].week
        if self.week(number).pause is not None:
            return None
        if any(self.is_open(later, seen) for later in range(number + 1, week)):
            return None
        runs = [run for run in told if run.week == number]
        before = self.counted(number, known, seen)
        planned = self.intended(number)
        run, answer = self.least(runs, planned, before[-1] if before else None, known, seen)
        if answer is not None:
            return run, answer[1]
        return (run, planned) if self.was_told_late(number, known) else None

    def was_told_late(self, number, known):
        """Say whether a run, not only its morning, was recorded after the next long-run day."""
        limit = planned_day(self.rebuild, number + 1)
        told = long_runs_told(self.rebuild, known)
        return any(run.week == number and run.told > limit for run in told)

    def was_late(self, number, known):
        """Say whether a run or its morning was recorded after the next long-run day."""
        limit = planned_day(self.rebuild, number + 1)
        days = [run.day for run in long_runs_told(self.rebuild, known) if run.week == number]
        for entry in known:
            if kind_of(entry) == "morning" and day_of(entry) in days and recorded(entry) > limit:
                return True
        return self.was_told_late(number, known)

    def row(self, week, level, was_run, known, seen):  # noqa: C901, PLR0911
        """Return rule, minutes, the level from then on, and what the last run earned."""
        day = planned_day(self.rebuild, week)
        last = self.week(week - 1)
        if not was_run:
            late = self.late_answer(week, known, seen)
            if late is not None and late[1] < level:
                level = late[1]
                if level < 10:
                    return ("too-short", None, late[0], None)
            if self.hurt_elsewhere(week - 1, known):
                return ("mild-pain", level, level, level)
            apart = day - max(each[0] for each in self.all_runs(week, known, seen))
            minutes = level
            if apart > 35:
                minutes = min(self.rebuild.baseline_min, tenths(level, 5))
            elif apart > 21:
                minutes = tenths(level, 5)
            elif apart > 14:
                minutes = tenths(level, 7)
            return ("away", minutes, minutes, level)
        answer = self.row_of_last(week, level, known, seen)
        if answer is not None:
            if answer[1] < 10:
                told = [run for run in long_runs_told(self.rebuild, known) if run.week == week - 1]
                told = [run for run in told if self.counts(run)]
                before = self.counted(week - 1, known, seen)
                run, _ = self.least(told, level, before[-1] if before else None, known, seen)
                return ("too-short", None, run, None)
            return (answer[0], answer[1], answer[1], answer[1])
        held = self.rebuild.first_month == "hold" and self.rebuild.strength is not None
        if held and self.ramp_week(week) <= 4:
            return ("first-month", level, level, level)
        if last.rule == "cutback" and last.minutes is not None and last.number % 4 == 0:
            return ("cutback", level, level, level)
        rule, minutes = self.due(week, level, known, seen)
        if self.careful and week % 4 == 0 and self.ramp_week(week) > 4:
            return ("cutback", tenths(minutes, 8), minutes, minutes)
        return (rule, minutes, minutes, minutes)

    def due(self, week, level, known, seen):
        """Return rule and length by the rows too-big-step, big-step and clean."""
        target = self.rebuild.target_min
        longest = 0
        day = planned_day(self.rebuild, week)
        for each in self.all_runs(week, known, seen):
            if day - 30 <= each[0] < day:
                longest = max(longest, each[1])
        waited = self.clean_in_a_row(week, level, known, seen) >= 2
        if self.careful and (level + self.step) * 10 > longest * 13:
            if not waited:
                return ("too-big-step", level)
            return ("too-big-step", min(max(longest * 13 // 10, level + 1), target))
        if self.careful and (level + self.step) * 10 > longest * 11 and not waited:
            return ("big-step", level)
        return ("clean", min(level + self.step, target))

    # Strength.

    def ramp_week(self, week):
        """Return the week of the ramp a plan week has."""
        count = 1
        for number in range(2, week + 1):
            held = self.strength_pain(number) != "none"
            if self.week(number - 1).pause is None and not held:
                count += 1
        return count

    def by_ramp(self, week):
        """Return the ramp's sessions."""
        if self.rebuild.strength is None:
            return 0
        number = self.ramp_week(week)
        for weeks, sessions in self.rebuild.strength.ramp:
            if weeks is None or number <= weeks:
                return sessions
            number -= weeks
        raise AssertionError

    def lifts(self, week):
        """Return the strength sessions of a week."""
        if week == 1:
            return self.by_ramp(week)
        before = self.week(week - 1).lifts
        if self.rebuild.strength is None:
            return 0
        pain = self.strength_pain(week)
        if pain == "much":
            return max(1, before - 1) if before else 0
        return before if pain == "some" else self.by_ramp(week)

    def strength_pain(self, week):
        """Return how much pain the strength work of the week before brought."""
        pain = morning = 0
        for entry in self.known(days_of(self.rebuild, week)[0]):
            ours = week_of(self.rebuild, day_of(entry)) == week - 1
            if ours and kind_of(entry) == "strength":
                pain = max(pain, entry.pain)
                morning = max(morning, entry.pain_next_morning or 0)
        if pain >= 6 or morning >= 3:
            return "much"
        return "some" if pain >= 3 else "none"

    def reached(self, day):
        """Return the first week of which a day knows that the target was run clean in it."""
        known = self.known(day)
        for each in self.weeks:
            reached = each.minutes is not None and each.minutes >= self.rebuild.target_min
            if reached and self.is_clean_week(each.number, known, min(day, self.today)):
                return each.number
        return None

    def is_flagged(self, day):
        """Say whether a red flag stops strength on a day."""
        known = self.known(day)
        flags = [each for each in flag_days(known) if each < day]
        cleared = [day_of(each) for each in known if kind_of(each) == "clearance"]
        return any(not any(each >= flag for each in cleared) for flag in flags)


def read(rebuild, entries, today, careful, step=5):
    """Return the reading of a request with its log, all weeks settled."""
    reading = Reading(rebuild, entries, today, careful, step)
    for number in range(1, MOST_WEEKS + 1):
        week = reading.settle(number)
        over = reading.reached(reading.seen_from(number))
        if over is not None and over < number:
            # Nothing is intended any more, unless what is reported later says otherwise.
            week = week._replace(minutes=None, pause=None, rule="over")
        reading.weeks.append(week)
        if week.rule == "over" and days_of(rebuild, number)[0] > today:
            break
        if week.pause and week.day >= today:
            break
    reading.finish = reading.reached(today)
    while reading.weeks[-1].rule == "over" and reading.weeks[-1].number > (reading.finish or 0):
        reading.weeks.pop()
    return reading
