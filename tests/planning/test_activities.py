"""Recorded runs change nothing in a plan: they say nothing about the back."""

import datetime as dt

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from support.cases import anyone
from support.diaries import asked, on, ran
from support.effort import examples

from runplan import Activity, Log, RunReport, build, find_baseline, forecast
from runplan.planning.finding_levels import _RECENT_DAYS

MONDAY = 0
DAY = dt.timedelta(days=1)


def recorded(week=1, minutes=40, *, weekday=6, **how):
    return Activity(day=on(week, weekday), minutes=minutes, source="strava", **how)


def waits(*entries, today):
    """Return what the finding says, if there is one."""
    plan = build(asked(), Log(entries), today)
    return [(each.level, each.message) for each in plan.findings if each.code == "unanswered"]


def without_it(plan):
    kept = [each for each in plan.findings if each.code != "unanswered"]
    return evolve(plan, findings=tuple(kept))


days_and_delays = st.tuples(st.integers(-20, 60), st.integers(0, 9), st.integers(1, 1440))


@given(anyone, st.lists(days_and_delays, max_size=6))
@examples(10, 150)
def test_a_plan_with_recorded_runs_is_the_same_but_for_one_finding(case, runs):
    start = case.rebuild.start
    activities = [
        Activity(
            day=start + days * DAY,
            recorded_on=start + (days + delay) * DAY,
            minutes=minutes,
            source="fit",
        )
        for days, delay, minutes in runs
    ]
    before = build(case.rebuild, case.log, case.today)
    after = build(case.rebuild, case.log.add(*activities), case.today)
    assert without_it(after) == without_it(before) == before
    assert len(after.findings) - len(before.findings) in {0, 1}


def test_they_count_neither_in_a_forecast_nor_for_a_baseline():
    log = Log([ran(1), recorded(2)])
    today = on(3, MONDAY)
    plain = Log([ran(1)])
    assert forecast(asked(), log, today) == forecast(asked(), plain, today)
    assert find_baseline(log.add(recorded(1, 300)), today=today) == find_baseline(
        plain, today=today
    )


def test_one_recorded_run_waits_for_its_answer():
    assert waits(recorded(1, 45), today=on(2, MONDAY)) == [
        ("note", "The run of Sun 6 Dec, 45 min, is not reported yet: how was the back?")
    ]


def test_several_recorded_runs_wait_in_one_finding():
    ((_, message),) = waits(recorded(1, 30, weekday=2), recorded(1, 45), today=on(2, MONDAY))
    assert message == (
        "2 recorded runs are not reported yet, the last from Sun 6 Dec, 45 min: how was the back?"
    )


def test_an_answer_ends_the_finding():
    answer = RunReport(day=on(1), minutes=45, pain=2)
    assert waits(recorded(1), answer, today=on(2, MONDAY)) == []


def test_a_recorded_run_from_long_ago_is_left_in_peace():
    last = on(1) + _RECENT_DAYS * DAY
    assert len(waits(recorded(1), today=last)) == 1
    assert waits(recorded(1), today=last + DAY) == []


def test_a_recorded_run_of_a_clock_that_is_ahead_needs_no_warning():
    plan = build(asked(), Log([recorded(2)]), on(2, MONDAY))
    assert not {"not-yet", "unanswered"} & {each.code for each in plan.findings}
