"""Laws that hold for every request, every log and every day: no examples, only rules."""

import datetime as dt
from copy import deepcopy
from itertools import pairwise

from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st
from support.cases import Case, anyone, lived
from support.effort import examples
from support.log_strategies import random_log, random_today
from support.strategies import rebuilds

from runplan import (
    Away,
    Change,
    Clearance,
    Log,
    LongRun,
    MorningReport,
    RunReport,
    StrengthReport,
    StrengthSession,
    build,
    to_ics,
)
from runplan.planning.courses import courses
from runplan.planning.reports import Reports
from runplan.planning.timeline import Timeline

LAW = examples(5, 60)
DAY = dt.timedelta(days=1)
WEEK = 7 * DAY


def long_runs(plan):
    """Return the plan's long runs."""
    return [week.long_run for week in plan.weeks if week.long_run]


def intended(plan, day):
    """Return what was intended up to a day: every session, and every pause of a long run."""
    sessions = [each for each in plan.sessions if each.day <= day]
    pauses = {
        week.number: week.pause for week in plan.weeks if week.pause and week.long_run_day <= day
    }
    return sessions, pauses


def ahead(plan, day):
    """Return what is intended after a day."""
    weeks = [week for week in plan.weeks if week.long_run_day > day]
    return [
        (week.number, week.long_run_day, week.long_run and week.long_run.minutes, bool(week.pause))
        for week in weeks
    ]


# --- what the runner saw never changes --------------------------------------------------------


@LAW
@given(anyone, st.data())
def test_what_was_intended_on_a_day_never_changes_afterwards(case, data):
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
    later = [each for each in seen if each.retracted_on and each.retracted_on > case.today]
    seen = [each for each in seen if each not in later]
    seen += [evolve(each, retracted_on=None) for each in later]
    then = build(case.rebuild, Log(seen), today=case.today)
    without = [each for each in case.plan.findings if each.code != "not-yet"]
    assert evolve(case.plan, findings=without) == evolve(
        then, findings=[each for each in then.findings if each.code != "not-yet"]
    )


# --- what lies ahead is worked out from all that is known -------------------------------------


def is_open(plan, day):
    """Say whether a long run of the last days may still be reported, and is taken as clean."""
    return any(day - 3 * DAY <= week.long_run_day <= day for week in plan.weeks)


@LAW
@given(anyone, st.integers(0, 6))
def test_when_everything_is_withdrawn_the_plan_ahead_is_that_of_an_empty_log(case, later):
    on = max([case.today, *(each.recorded_on for each in case.log)]) + later * DAY
    entries = [evolve(each, retracted_on=None) for each in case.log]
    log = Log(evolve(each, retracted_on=on) for each in entries)
    plan, empty = build(case.rebuild, log, today=on), build(case.rebuild, Log(), today=on)
    assert plan.pause is None
    assume(not is_open(plan, on) and not is_open(empty, on))
    assert ahead(plan, on) == ahead(empty, on)


def fixed(plan, day):
    """Return the minutes of the long runs that are fixed on a day: over, or already run."""
    weeks = [week for week in plan.weeks if week.long_run]
    return [week.long_run.minutes for week in weeks if week.long_run_day <= day or week.report]


@LAW
@given(anyone)
def test_a_log_recorded_late_plans_ahead_as_one_recorded_in_time(case):
    entries = [
        evolve(each, recorded_on=min(each.day, each.recorded_on), retracted_on=None)
        for each in case.log
        if not isinstance(each, Change)
    ]
    last = max([case.today, *(each.day for each in entries)])
    on_time, late = Log(entries), Log(evolve(each, recorded_on=last) for each in entries)
    plan, other = (build(case.rebuild, log, today=last) for log in (on_time, late))
    if fixed(plan, last) == fixed(other, last):
        assert ahead(other, last) == ahead(plan, last)


@LAW
@given(anyone, st.randoms(use_true_random=False))
def test_the_order_of_entries_and_entries_logged_twice_change_nothing(case, chance):
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
def test_a_note_changes_no_session(case, chance):
    noted = [evolve(each, note=chance.choice(["", "a", "wind", "z"])) for each in case.log]
    plan, again = case.plan, build(case.rebuild, Log(noted), today=case.today)
    assert list(again.sessions) == list(plan.sessions)
    assert [week.pause for week in again.weeks] == [week.pause for week in plan.weeks]
    assert (again.status, again.finish) == (plan.status, plan.finish)


@LAW
@given(anyone)
def test_a_morning_reported_with_its_run_or_by_itself_is_the_same_morning(case):
    days = [each.day for each in case.log if isinstance(each, RunReport)]
    entries = []
    for each in case.log:
        morning = each.pain_next_morning if isinstance(each, RunReport) else None
        # The morning of a day is the morning of all its runs.
        if morning is None or days.count(each.day) > 1:
            entries.append(each)
            continue
        entries.append(evolve(each, pain_next_morning=None))
        entries.append(
            MorningReport(
                day=each.day,
                pain=morning,
                recorded_on=each.recorded_on,
                retracted_on=each.retracted_on,
            )
        )
    again = build(case.rebuild, Log(entries), today=case.today)
    assert [
        (week.long_run and week.long_run.minutes, week.pause is None) for week in again.weeks
    ] == [(week.long_run and week.long_run.minutes, week.pause is None) for week in case.plan.weeks]


# --- more, and less ---------------------------------------------------------------------------


@LAW
@given(anyone)
def test_no_long_run_passes_the_target_or_falls_below_ten_minutes(case):
    changed = [each.values.get("target_min", 0) for each in case.log if isinstance(each, Change)]
    target = max([case.rebuild.target_min, *changed])
    plan = case.plan
    for run in long_runs(plan):
        assert 10 <= run.minutes <= run.level_min <= target
        assert run.day < case.today or run.minutes <= plan.target_min
    for week in plan.weeks:
        assert week.pause is None or 10 <= week.pause.resume_min <= target


@LAW
@given(anyone)
def test_no_long_run_is_longer_than_what_was_earned_intended_or_run_and_a_step(case):
    by = case.today.toordinal()
    timeline = Timeline.start(courses(case.rebuild, case.log), Reports(case.log))
    level = case.rebuild.baseline_min
    for number in range(1, len(case.plan.weeks) + 1):
        timeline = timeline.with_next_fixed(by)
        before, run = timeline.states[number - 1], timeline.intentions[number - 1]
        if not run.minutes or run.rule.name in {"clearance", "baseline"}:
            continue
        ran = timeline.after(number - 1).outcome if number > 1 else None
        step = timeline.course.at(run.placed.slot).policy.step_min
        assert run.minutes <= max(level, before.earned_min, ran.minutes if ran else 0) + step
        level = run.level_min


@LAW
@given(anyone)
def test_pain_never_earns_a_step(case):
    plan = case.plan
    baselines = [
        each.day for each in case.log if isinstance(getattr(each, "baseline_min", None), int)
    ]
    for week, following in pairwise(plan.weeks):
        run, after, report = week.long_run, following.long_run, week.report
        if not (run and after and report) or after.day < case.today:
            continue
        starts_anew = after.decision.rule in {"clearance", "baseline"}
        starts_anew |= any(run.day <= day <= after.day for day in baselines)
        starts_anew |= any(
            run.day - WEEK <= each.day <= after.day for each in case.known(Clearance)
        )
        if (report.worst_pain or report.red_flags) and not starts_anew:
            assert after.minutes <= run.minutes


@LAW
@given(anyone)
def test_severe_pain_or_a_red_flag_pauses_until_a_clearance(case):
    plan = case.plan
    cleared = max((each.day for each in case.known(Clearance)), default=dt.date.min)
    for each in case.known(RunReport, MorningReport, StrengthReport):
        worst = max(each.pain, getattr(each, "pain_next_morning", 0) or 0)
        looked_at = case.rebuild.assessed_on
        is_before = each.day < case.rebuild.start
        if (worst < 6 and not each.red_flags) or each.day <= cleared:
            continue
        if is_before and (
            (looked_at and looked_at >= each.day)
            or any(isinstance(entry, Change) for entry in case.log)
        ):
            continue
        assert plan.pause is not None
        assert plan.status == "paused"
        assert not [run for run in long_runs(plan) if run.day > case.today]


@LAW
@given(anyone)
def test_strength_stops_with_the_pause_that_stops_it(case):
    plan = case.plan
    if plan.pause and plan.pause.stops_strength:
        assert not [
            session
            for session in plan.sessions
            if isinstance(session, StrengthSession) and session.day > case.today
        ]


@LAW
@given(rebuilds(), st.integers(0, 6))
def test_a_runner_who_runs_and_reports_as_planned_gets_the_plan_as_it_was(rebuild, later):
    first = build(rebuild)
    entries = [
        RunReport(day=run.day, minutes=run.minutes, pain_next_morning=0, recorded_on=run.day + DAY)
        for run in long_runs(first)
    ]
    plan = build(rebuild, Log(entries), today=first.weeks[-1].last + later * DAY)
    assert [(run.day, run.minutes, run.level_min) for run in long_runs(plan)] == [
        (run.day, run.minutes, run.level_min) for run in long_runs(first)
    ]
    assert [run.decision.rule for run in long_runs(plan)] == [
        run.decision.rule for run in long_runs(first)
    ]
    assert [(each.day, each.minutes) for each in plan.sessions] == [
        (each.day, each.minutes) for each in first.sessions
    ]
    assert plan.finish == first.finish == plan.first_finish


@LAW
@given(anyone, st.integers(1, 60))
def test_everything_shifted_by_weeks_gives_the_same_plan_weeks_later(case, weeks):
    shift = weeks * WEEK
    entries = [each for each in case.log if not isinstance(each, Change)]
    rebuild = evolve(case.rebuild, timezone="UTC", id="same", assessed_on=None)
    away = [Away(first=each.first + shift, last=each.last + shift) for each in rebuild.away]
    later = evolve(rebuild, start=rebuild.start + shift, away=away)
    names = ("day", "recorded_on", "retracted_on", "to")
    shifted_log = Log(
        evolve(
            each,
            **{name: value + shift for name in names if (value := getattr(each, name, None))},
        )
        for each in entries
    )
    shifted = build(later, shifted_log, today=case.today + shift)
    plan = build(rebuild, Log(entries), today=case.today)
    assert [
        (each.week, each.place, each.day - shift, each.minutes, each.decision.rule)
        for each in shifted.sessions
    ] == [
        (each.week, each.place, each.day, each.minutes, each.decision.rule)
        for each in plan.sessions
    ]
    assert shifted.status == plan.status


# --- the plan as a whole ----------------------------------------------------------------------


@LAW
@given(lived())
def test_every_decision_comes_from_a_row_of_the_policy(case):
    rows = {row["rule"]: row for row in case.rebuild.policy.rows()}
    plan = case.plan
    for run in long_runs(plan):
        row = rows[run.decision.rule]
        assert (run.decision.source, run.decision.evidence) == (row["source"], row["evidence"])
        assert f"{run.minutes} min" in run.decision.why
        assert run.decision.facts["minutes"] == run.minutes
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
        assert all(session.week == number for session in week.sessions)


@LAW
@given(anyone)
def test_status_next_pause_finish_and_marks_agree_with_each_other(case):
    plan, today = case.plan, case.today
    marks = {each: plan.mark(each) for each in plan.sessions}
    coming = [each for each, mark in marks.items() if mark == "planned"]
    assert plan.next == next(iter(coming), None)
    assert all(each.day >= today for each in coming)
    assert [row["mark"] for row in plan.rows()] == list(marks.values())
    for session, mark in marks.items():
        week = plan.weeks[session.week - 1]
        assert (mark == "done") == (week.report_of(session) is not None)
        if mark == "missed":
            assert isinstance(session, LongRun)
            assert session.day + 3 * DAY < today
        if mark == "not reported":
            assert session.day < today
            assert isinstance(session, StrengthSession) or session.day + 3 * DAY >= today
    assert (plan.status == "paused") == (plan.pause is not None)
    if plan.status == "reached":
        assert plan.finish <= today
    if plan.finish is None and plan.pause is None:
        assert "unfinished" in {each.code for each in plan.findings}


@LAW
@given(anyone)
def test_a_week_shows_a_report_that_was_made(case):
    known = case.known(RunReport)
    for week in case.plan.weeks:
        if week.report:
            same = [each for each in known if each.day == week.report.day and each.kind == "long"]
            assert week.report.minutes == min(each.minutes for each in same)
            assert week.report.pain == max(each.pain for each in same)
    shown = [week.report.day for week in case.plan.weeks if week.report]
    assert len(shown) == len(set(shown))


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
@given(anyone, st.integers(1, 30))
def test_publishing_twice_changes_nothing(case, days):
    published = to_ics(case.plan)
    assert to_ics(case.plan, previous=published) == published
    earlier = build(case.rebuild, case.log, today=case.today - days * DAY)
    published = to_ics(case.plan, previous=to_ics(earlier))
    assert to_ics(case.plan, previous=published) == published


@LAW
@given(rebuilds(), st.randoms(use_true_random=False))
def test_an_empty_log_is_like_none(rebuild, chance):
    today = random_today(chance, rebuild, random_log(chance, rebuild))
    assert build(rebuild, Log(), today=today) == build(rebuild, today=today)
