"""Laws that hold for every request, every log and every day: no example, only rules."""

import datetime as dt
from copy import deepcopy
from itertools import pairwise
from typing import NamedTuple

from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from support.log_strategies import logs, random_log, random_today, todays
from support.strategies import rebuilds

from runplan import (
    CAUTIOUS,
    Away,
    Clearance,
    Log,
    LongRun,
    MorningReport,
    Plan,
    Rebuild,
    RunReport,
    Slot,
    StrengthReport,
    StrengthSession,
    build,
    to_ics,
)

LAW = settings(max_examples=50, deadline=None)
DAY = dt.timedelta(days=1)
WEEK = 7 * DAY


class Case(NamedTuple):
    """A request, a log and a day."""

    rebuild: Rebuild
    log: Log
    today: dt.date

    @property
    def plan(self) -> Plan:
        """Return its plan."""
        return build(*self)

    def week_of(self, day):
        """Return the plan week of a day, below 1 before the plan."""
        return (day - self.rebuild.start).days // 7 + 1

    def known(self, day, kind):
        """Return the entries of a kind that are known on a day, or today if that is earlier."""
        by = min(day, self.today)
        return [each for each in self.log if isinstance(each, kind) and each.recorded_on <= by]

    def long_reports(self, week, day):
        """Return the reports of a week's long run that are known on a day, mornings included."""
        mornings = {}
        for each in self.known(day, MorningReport):
            mornings[each.day] = max(each.pain, mornings.get(each.day, 0))
        found = []
        for each in self.known(day, RunReport):
            if each.kind == "long" and self.week_of(each.day) == week:
                known = [each.pain_next_morning, mornings.get(each.day)]
                morning = max((pain for pain in known if pain is not None), default=None)
                found.append(evolve(each, pain_next_morning=morning))
        return found

    def is_cleared(self, day, by):
        """Say whether a clearance of a day or later is known on another day."""
        return any(each.day >= day for each in self.known(by, Clearance))


@st.composite
def cases(draw, asked=None):
    """Return a request with a log and a day to plan from."""
    rebuild = draw(rebuilds() if asked is None else asked)
    log = draw(logs(rebuild))
    return Case(rebuild, log, draw(todays(rebuild, log)))


def lived(rebuild, random, weeks):
    """
    Return the log of somebody who runs what is planned, with trouble now and then.

    Runs are as long as the plan says on their day, so plans get on; a guess does not.
    """
    entries = []
    trouble = random.choice([0.0, 0.05, 0.2, 0.5])
    plan = build(rebuild)
    for number in range(1, weeks + 1):
        if number > len(plan.weeks):
            break
        day = plan.weeks[number - 1].long_run_day
        plan = build(rebuild, Log(entries), today=day)
        if number > len(plan.weeks):
            break
        run = plan.weeks[number - 1].long_run
        if run is None:
            if plan.pause and random.random() < 0.4:
                named = random.choice([None, None, 10, rebuild.baseline_min, 90])
                entries.append(Clearance(day=day, by="coach", baseline_min=named))
            continue
        what = "clean"
        if random.random() < trouble:
            what = random.choice("missed pain morning severe tired short mute late".split())
        if what == "missed":
            continue
        pain = {"pain": random.choice([1, 2, 3, 5]), "severe": 6}.get(what, 0)
        minutes = max(1, run.minutes * (8 if what == "short" else 10) // 10)
        onset = random.choice([None, 5, minutes, minutes * 9 // 10])
        entries.append(
            RunReport(
                day=day,
                recorded_on=day + random.choice([2, 8, 15]) * DAY if what == "late" else day,
                minutes=minutes,
                pain=pain,
                pain_from=min(onset, minutes) if pain and onset is not None else None,
                fatigue=8 if what == "tired" else 2,
            )
        )
        if what != "mute":
            after = random.choice([1, 2, 3, 6]) if what == "morning" else 0
            entries.append(MorningReport(day=day, pain=after, recorded_on=day + DAY))
    return Log(entries)


@st.composite
def lives(draw):
    """Return a request with the log of somebody who mostly runs what is planned, and a day."""
    rebuild = draw(rebuilds())
    log = lived(rebuild, draw(st.randoms(use_true_random=False)), draw(st.integers(1, 16)))
    return Case(rebuild, log, draw(todays(rebuild, log)))


anyone = st.one_of(cases(), lives())


def long_runs(plan):
    """Return the plan's long runs."""
    return [week.long_run for week in plan.weeks if week.long_run]


def pauses(plan):
    """Return why long runs are left out, week by week."""
    return [week.pause for week in plan.weeks if week.pause]


# --- more, and less --------------------------------------------------------------------------


@LAW
@given(anyone)
def test_no_long_run_is_longer_than_the_level_before_it_and_one_step(case):
    step = case.rebuild.policy.step_min
    level = earned = case.rebuild.baseline_min
    unseen = 0
    for week in case.plan.weeks:
        run = week.long_run
        if run is None:
            # Whoever runs while away, where nothing was intended, may earn a step as well.
            unseen += week.pause is None
            continue
        # What was told late can make an absence shorter than it seemed; what was earned is due.
        limit = level if run.decision.action == "step" else max(level, earned)
        limit += (unseen + (week.number > 1)) * step
        if run.decision.rule != "clearance":
            assert run.minutes <= run.level_min <= limit
        level, unseen = run.level_min, 0
        if run.decision.rule != "away":
            earned = level


@LAW
@given(anyone)
def test_no_long_run_passes_the_target_or_falls_below_ten_minutes(case):
    plan = case.plan
    for run in long_runs(plan):
        assert 10 <= run.minutes <= run.level_min <= case.rebuild.target_min
    for week in plan.weeks:
        assert week.pause is None or 10 <= week.pause.resume_min <= case.rebuild.target_min


@LAW
@given(anyone)
def test_pain_never_earns_a_step(case):
    for week, following in pairwise(case.plan.weeks):
        run, after = week.long_run, following.long_run
        if run is None or after is None or after.decision.rule == "clearance":
            continue
        if any(each.worst_pain for each in case.long_reports(week.number, after.day)):
            assert after.minutes <= run.minutes


@LAW
@given(anyone)
def test_a_long_run_is_earned_in_the_week_before_it_and_never_by_silence(case):
    plan = case.plan
    step = case.rebuild.policy.step_min
    earned = case.rebuild.baseline_min
    for week, following in pairwise(plan.weeks):
        day = following.long_run_day
        after = following.long_run
        reports = case.long_reports(week.number, day)
        # Ahead, or still to be reported: assumed clean.
        is_open = week.long_run and week.last >= min(day, case.today)
        if after is None:
            if reports or is_open:
                earned = min(earned + step, case.rebuild.target_min)
        elif reports or is_open or after.decision.rule == "clearance":
            earned = after.level_min
        else:
            assert after.minutes <= after.level_min <= earned


@LAW
@given(anyone)
def test_a_run_whose_next_morning_is_not_told_earns_nothing(case):
    for week, following in pairwise(case.plan.weeks):
        run, after = week.long_run, following.long_run
        if run is None or after is None or after.decision.rule == "clearance":
            continue
        by = min(after.day, case.today)
        for report in case.long_reports(week.number, by):
            if report.pain_next_morning is None and (by - report.day).days > 1:
                assert after.minutes <= run.minutes


@LAW
@given(anyone)
def test_no_long_run_follows_severe_pain_without_a_clearance(case):
    plan = case.plan
    for run in long_runs(plan):
        for week in range(1, run.week):
            for report in case.long_reports(week, run.day):
                assert report.worst_pain < 6 or case.is_cleared(report.day, run.day)


@LAW
@given(anyone)
def test_nothing_is_planned_after_a_red_flag_without_a_clearance(case):
    flagged = [each for each in case.log if getattr(each, "red_flags", ())]
    plan = case.plan
    for session in plan.sessions:
        week = plan.weeks[session.week - 1]
        by = min(session.day, case.today)
        # A long run that was run earlier in its week is not called off afterwards.
        early = [each.day for each in case.long_reports(session.week, by)]
        before = min([session.day, *early]) if session is week.long_run else session.day
        for each in flagged:
            if each.day < before and each.recorded_on <= by:
                assert case.is_cleared(each.day, by)


@LAW
@given(cases(rebuilds(away=False)))
def test_strength_that_hurts_is_never_followed_by_more_of_it(case):
    calm = Log([evolve(each, red_flags=()) for each in case.log if hasattr(each, "red_flags")])
    case = case._replace(log=calm)
    plan = case.plan
    for week, following in pairwise(plan.weeks):
        if plan.finish and plan.finish <= following.last:
            break
        told = [
            each
            for each in case.known(following.first, StrengthReport)
            if case.week_of(each.day) == week.number
        ]
        pain = max((each.pain for each in told), default=0)
        morning = max((each.pain_next_morning or 0 for each in told), default=0)
        if pain >= 6 or morning >= 3:
            assert len(following.strength) <= max(
                len(week.strength) - 1, min(1, len(week.strength))
            )
            lifts = [each for session in following.strength for each in session.prescriptions]
            assert all(each.easier for each in lifts)
        elif pain >= 3:
            assert len(following.strength) <= len(week.strength)


@LAW
@given(rebuilds(), st.integers(0, 6))
def test_whoever_does_as_planned_and_reports_it_gets_what_was_forecast(rebuild, later):
    forecast = build(rebuild)
    entries = [
        RunReport(day=run.day, minutes=run.minutes, pain_next_morning=0, recorded_on=run.day + DAY)
        for run in long_runs(forecast)
    ]
    plan = build(rebuild, Log(entries), today=forecast.weeks[-1].last + later * DAY)
    assert [(run.day, run.minutes, run.level_min) for run in long_runs(plan)] == [
        (run.day, run.minutes, run.level_min) for run in long_runs(forecast)
    ]
    assert [run.decision.rule for run in long_runs(plan)] == [
        run.decision.rule for run in long_runs(forecast)
    ]
    assert list(plan.sessions) == [
        evolve(each, decision=other.decision)
        for each, other in zip(forecast.sessions, plan.sessions, strict=True)
    ]
    assert plan.finish == forecast.finish


# --- what is known, and when -----------------------------------------------------------------


def intended(plan, day):
    """Return what was intended up to a day: every session, and every pause of a long run."""
    sessions = [each for each in plan.sessions if each.day <= day]
    pauses = {
        week.number: week.pause for week in plan.weeks if week.pause and week.long_run_day <= day
    }
    return sessions, pauses


@LAW
@given(anyone, st.data())
def test_what_is_recorded_later_changes_no_earlier_intention(case, data):
    plan = case.plan
    days = {each.recorded_on for each in case.log} | {each.day for each in plan.sessions}
    days = sorted(day + apart for day in days for apart in (-DAY, 0 * DAY, DAY))
    days = [day for day in days if day <= case.today] or [case.today]
    for day in data.draw(st.lists(st.sampled_from(days), min_size=1, max_size=6, unique=True)):
        assert intended(build(case.rebuild, case.log, today=day), day) == intended(plan, day)


@LAW
@given(anyone)
def test_the_days_that_pass_change_no_intention_that_lies_behind_them(case):
    after = build(case.rebuild, case.log, today=case.today + 100 * DAY)
    assert intended(after, case.today) == intended(case.plan, case.today)


@LAW
@given(anyone)
def test_what_is_recorded_after_today_is_not_seen(case):
    seen = [each for each in case.log if each.recorded_on <= case.today]
    assert build(case.rebuild, Log(seen), today=case.today) == case.plan


@LAW
@given(anyone, st.randoms(use_true_random=False))
def test_the_order_of_entries_and_entries_told_twice_change_nothing(case, chance):
    entries = list(case.log)
    entries += chance.sample(entries, min(3, len(entries)))
    chance.shuffle(entries)
    assert build(case.rebuild, Log(entries), today=case.today) == case.plan
    one_by_one = Log()
    for each in entries:
        one_by_one = one_by_one.add(deepcopy(each))
    assert one_by_one == case.log


@LAW
@given(anyone, st.randoms(use_true_random=False))
def test_what_is_noted_beside_the_numbers_changes_no_session(case, chance):
    noted = [evolve(each, note=chance.choice(["", "a", "wind", "z"])) for each in case.log]
    plan = case.plan
    again = build(case.rebuild, Log(noted), today=case.today)
    assert list(again.sessions) == list(plan.sessions)
    assert pauses(again) == pauses(plan)
    assert (again.status, again.finish) == (plan.status, plan.finish)


@LAW
@given(anyone)
def test_a_morning_told_with_its_run_or_by_itself_is_the_same_morning(case):
    days = [each.day for each in case.log if isinstance(each, RunReport)]
    entries = []
    for each in case.log:
        morning = each.pain_next_morning if isinstance(each, RunReport) else None
        # The morning of a day is the morning of all its runs.
        if morning is None or days.count(each.day) > 1:
            entries.append(each)
            continue
        entries.append(evolve(each, pain_next_morning=None))
        by_itself = MorningReport(day=each.day, pain=morning, recorded_on=each.recorded_on)
        entries.append(by_itself)
    again = build(case.rebuild, Log(entries), today=case.today)
    assert evolve(again, findings=()) == evolve(case.plan, findings=())


@LAW
@given(anyone, st.integers(1, 60))
def test_whoever_shifts_everything_by_weeks_gets_the_same_plan_weeks_later(case, weeks):
    shift = weeks * WEEK
    rebuild = evolve(case.rebuild, timezone="UTC", id="same")
    away = [Away(first=each.first + shift, last=each.last + shift) for each in rebuild.away]
    later = evolve(rebuild, start=rebuild.start + shift, away=away)
    log = Log(
        [
            evolve(each, day=each.day + shift, recorded_on=each.recorded_on + shift)
            for each in case.log
        ]
    )
    shifted = build(later, log, today=case.today + shift)
    plan = build(rebuild, case.log, today=case.today)
    assert [
        (each.week, each.place, each.day - shift, each.minutes, each.decision)
        for each in shifted.sessions
    ] == [(each.week, each.place, each.day, each.minutes, each.decision) for each in plan.sessions]
    # Not their words: they name days of the month.
    assert [
        (each.since - shift, each.resume_min, each.whom, each.how_soon, each.decision.rule)
        for each in pauses(shifted)
    ] == [
        (each.since, each.resume_min, each.whom, each.how_soon, each.decision.rule)
        for each in pauses(plan)
    ]
    assert shifted.status == plan.status


# --- the plan as a whole ---------------------------------------------------------------------


@LAW
@given(anyone)
def test_every_decision_comes_from_a_row_of_the_policy(case):
    rows = {row["rule"]: row for row in case.rebuild.policy.rows()}
    plan = case.plan
    for run in long_runs(plan):
        row = rows[run.decision.rule]
        assert (run.decision.source, run.decision.evidence) == (row["source"], row["evidence"])
        assert f"{run.minutes} min" in run.decision.why
    for week in plan.weeks:
        if week.pause:
            row = rows[week.pause.decision.rule]
            assert week.pause.decision.source == row["source"]
            assert week.pause.why.isprintable()


@LAW
@given(anyone)
def test_every_plan_ends_and_its_weeks_follow_each_other(case):
    plan = case.plan
    assert 1 <= len(plan.weeks) <= 520
    for number, week in enumerate(plan.weeks, start=1):
        assert week.number == number
        assert week.first == case.rebuild.start + (number - 1) * WEEK
        assert week.long_run is None or week.pause is None
        assert len(week.strength_reports) == len(week.strength)
        for session in week.sessions:
            assert session.week == number
            assert week.first <= session.day <= week.last
            assert not any(each.first <= session.day <= each.last for each in case.rebuild.away)


@LAW
@given(anyone)
def test_a_plan_ends_with_the_target_or_a_pause_or_says_that_it_does_not(case):
    plan = case.plan
    codes = {each.code for each in plan.findings}
    if plan.finish:
        assert plan.pause is None
        # From the day on which that is known, nothing later is planned.
        (last,) = [
            week
            for week in plan.weeks
            if week.long_run
            and week.long_run.minutes >= case.rebuild.target_min
            and plan.finish == (week.report or week.long_run).day
        ]
        for session in plan.sessions:
            assert session.week <= last.number or session.day < case.today
    elif plan.pause:
        assert plan.weeks[-1].long_run_day >= case.today
    else:
        assert len(plan.weeks) == 520
    assert ("unfinished" in codes) == (plan.finish is None and plan.pause is None)


@LAW
@given(anyone)
def test_status_next_pause_finish_and_marks_agree_with_each_other(case):
    plan = case.plan
    today = case.today
    marks = {each: plan.mark(each) for each in plan.sessions}
    ahead = [each for each, mark in marks.items() if mark == "planned"]
    assert plan.next == next(iter(ahead), None)
    assert all(each.day >= today for each in ahead)
    assert [row["mark"] for row in plan.rows()] == list(marks.values())
    for session, mark in marks.items():
        week = plan.weeks[session.week - 1]
        assert (mark == "done") == (week.report_of(session) is not None)
        if mark == "missed":
            assert isinstance(session, LongRun)
            assert week.last < today
        if mark == "not reported":
            assert session.day < today
            assert isinstance(session, StrengthSession) or week.last >= today

    assert (plan.status == "paused") == (plan.pause is not None)
    runs = [each for each in ahead if isinstance(each, LongRun)]
    if plan.pause:
        assert plan.finish is None
        assert plan.pause == plan.weeks[-1].pause
        assert plan.pause.since <= today
        # What is reported today leaves today as it was meant to be.
        assert all(each.day == today for each in runs)
        if plan.pause.stops_strength:
            assert all(each.day == today == plan.pause.since for each in ahead)
    elif plan.status == "reached":
        assert plan.finish <= today
        assert not runs
        reports = [week.report for week in plan.weeks if week.report]
        (last,) = [each for each in reports if each.day == plan.finish]
        assert last.pain_next_morning == last.pain == 0
    elif runs:
        before = [run.level_min for run in long_runs(plan) if run.day < runs[0].day]
        change = runs[0].level_min - (before or [case.rebuild.baseline_min])[-1]
        assert (plan.status == "stepping back") == (change < 0)
        assert plan.status != "holding" or change == 0
        assert plan.finish is None or plan.finish >= today
    else:
        # The last run waits for its morning.
        assert plan.status == "on course"


@LAW
@given(anyone)
def test_what_a_week_shows_is_what_was_reported_of_it(case):
    for week in case.plan.weeks:
        reports = case.long_reports(week.number, case.today)
        # Without the red flags: those of the morning may stand with the run.
        shown = week.report and evolve(week.report, red_flags=())
        assert shown in ([evolve(each, red_flags=()) for each in reports] or [None])
        told = [
            each
            for each in case.known(case.today, StrengthReport)
            if case.week_of(each.day) == week.number
        ]
        lifted = [each for each in week.strength_reports if each]
        assert all(each in told for each in lifted)
        assert len(lifted) == min(len({each.day for each in told}), len(week.strength))


@LAW
@given(anyone)
def test_the_same_log_gives_the_same_plan_and_the_same_calendar(case):
    again = Case(*deepcopy(tuple(case)))
    plan, same = case.plan, again.plan
    assert plan == same
    assert hash(plan) == hash(same)
    assert repr(plan) == repr(same)
    assert plan.rows() == same.rows()
    assert to_ics(plan) == to_ics(same)
    assert (case.rebuild, case.log) == (again.rebuild, again.log)


@LAW
@given(anyone)
def test_publishing_twice_changes_nothing(case):
    plan = case.plan
    published = to_ics(plan)
    assert to_ics(plan, previous=published) == published


@LAW
@given(anyone, st.integers(1, 30))
def test_publishing_twice_after_publishing_earlier_changes_nothing(case, days):
    earlier = build(case.rebuild, case.log, today=case.today - days * DAY)
    published = to_ics(case.plan, previous=to_ics(earlier))
    assert to_ics(case.plan, previous=published) == published


@LAW
@given(rebuilds(), st.randoms(use_true_random=False))
def test_a_log_of_nothing_is_no_log(rebuild, chance):
    today = random_today(chance, rebuild, random_log(chance, rebuild))
    assert build(rebuild, Log(), today=today) == build(rebuild, today=today)


# --- cases that broke a law once -------------------------------------------------------------


def clean(day, minutes, **told):
    """Return the report of a run with a good morning, told on its day."""
    return RunReport(**({"day": day, "minutes": minutes, "pain_next_morning": 0} | told))


def asked(**changes):
    """Return a request without strength."""
    usual = {"baseline_min": 40, "target_min": 60, "start": "2026-11-30", "timezone": "UTC"}
    return Rebuild(**(usual | {"strength": None} | changes))


def rules_on(day, rebuild, *entries):
    """Return the rules of the weeks up to a day, a paused one with a dash."""
    plan = build(rebuild, Log(entries), today=day)
    weeks = [week for week in plan.weeks if week.long_run_day <= plan.today]
    return " ".join(
        week.long_run.decision.rule if week.long_run else f"-{week.pause.decision.rule}"
        for week in weeks
    )


def test_two_clean_runs_in_a_row_that_are_reported_are_two():
    """The last one was left out of the count."""
    two = [clean("2026-12-06", 40), clean("2026-12-13", 40)]
    assert rules_on("2026-12-20", asked(policy=CAUTIOUS), *two) == "baseline big-step clean"


def test_two_reports_of_six_hours_in_one_week_can_be_compared():
    """What they would earn was more than a plan can hold."""
    two = [clean("2026-12-05", 360), clean("2026-12-06", 360)]
    plan = build(asked(baseline_min=360, target_min=360), Log(two), today="2026-12-07")
    assert plan.status == "reached"


def test_a_reset_is_not_counted_twice_when_another_week_is_told_again():
    """Whatever is told late makes the row be counted anew."""
    told = [
        clean("2026-12-06", 40, pain=3, pain_from=40),
        clean("2026-12-13", 30),
        clean("2026-12-13", 31, recorded_on="2026-12-21"),
        clean("2026-12-20", 35),
    ]
    assert rules_on("2026-12-27", asked(), *told) == "baseline moderate-pain clean clean"


def test_of_two_careful_runs_the_one_whose_morning_is_not_told_counts():
    """A step that has to wait looked like a step that is not earned."""
    told = [
        clean("2026-12-06", 40),
        RunReport(day="2026-12-12", minutes=41),
        clean("2026-12-13", 40),
    ]
    rules = "baseline big-step unknown-morning"
    assert rules_on("2026-12-20", asked(policy=CAUTIOUS), *told) == rules


def test_severe_pain_after_a_clearance_pauses_whatever_else_was_run_in_its_week():
    """The third painful run in a row, which the clearance answers, would resume lower."""
    told = [
        clean("2026-12-06", 40, pain=1, pain_from=30),
        clean("2026-12-13", 40, pain=1, pain_from=30),
        clean("2026-12-14", 40, pain=3, pain_from=12),
        Clearance(day="2026-12-16", by="coach"),
        clean("2026-12-20", 35, pain=8),
    ]
    rules = "baseline mild-pain mild-pain -severe-pain"
    assert rules_on("2026-12-27", asked(), *told) == rules


def test_a_pause_after_the_target_is_not_forgotten_with_its_clearance():
    """A red flag in the rest of the week in which the target was run, cleared weeks later."""
    rebuild = asked(baseline_min=60, long_run=Slot("mon", "09:00"))
    log = Log(
        [
            clean("2026-11-30", 60, recorded_on="2026-12-01"),
            StrengthReport(day="2026-12-02", red_flags=["chest-pain"]),
            Clearance(day="2026-12-28", by="doctor"),
        ]
    )
    day = dt.date(2026, 12, 27)
    then = build(rebuild, log, today=day)
    assert intended(build(rebuild, log, today=day + 14 * DAY), day) == intended(then, day)
