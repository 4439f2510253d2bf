"""Plans of runners who fall ill and come back, and of those who start again after the target."""

import datetime as dt

import pytest
from support.diaries import asked, cleared, diary, on, ran

from runplan import Away, Change, Log, back, build, forecast, off

DAY = dt.timedelta(days=1)
WEDNESDAY, FRIDAY, SATURDAY = 2, 4, 5


def minutes(plan):
    """Return the long run of each week, None without one."""
    return [week.long_run and week.long_run.minutes for week in plan.weeks]


def strength(plan):
    """Return the number of strength sessions of each week."""
    return [len(week.strength) for week in plan.weeks]


def codes(plan):
    """Return the codes of the findings."""
    return [each.code for each in plan.findings]


# --- days off without an end ------------------------------------------------------------------

ILL = Change(day=on(3, WEDNESDAY), away=off((), on(3, WEDNESDAY)))


def ill():
    """Return a request, and the log of somebody who falls ill on Wednesday of week 3."""
    rebuild = asked()
    return rebuild, diary(rebuild, {}, {}).add(ILL)


def test_nothing_is_planned_until_the_day_of_the_return_is_known():
    plan = build(*ill(), today=on(3, WEDNESDAY))
    assert (plan.status, plan.finish, plan.next) == ("away", None, None)
    assert minutes(plan) == [40, 45, None]
    assert plan.away == (Away(first=on(3, WEDNESDAY)),)
    assert codes(plan) == ["days-off-without-end"]
    assert plan.findings[0].message == (
        "Days off from Wed 16 Dec 2026 until further notice: nothing is planned from then on. "
        "Once the day you are back is known, the plan goes on."
    )
    assert "away" in str(plan.table())


@pytest.mark.parametrize("weeks", [3, 4, 9, 60])
def test_an_illness_lasts_as_long_as_it_lasts(weeks):
    plan = build(*ill(), today=on(weeks, FRIDAY))
    assert (plan.status, len(plan.weeks)) == ("away", weeks)
    assert set(minutes(plan)[2:]) == {None}


def test_what_was_planned_before_the_illness_was_known_stays():
    rebuild, log = ill()
    late = log.retract(ILL, on=ILL.day).add(Change(day=on(4, 0), away=off((), on(3, WEDNESDAY))))
    plan = build(rebuild, late, today=on(4, FRIDAY))
    assert minutes(plan) == [40, 45, 50, None]
    assert plan.mark(plan.weeks[2].long_run) == "missed"


def test_the_long_run_moves_to_a_day_before_an_illness_that_is_foreseen():
    rebuild, log = ill()
    operation = Change(day=on(3, 0), away=off((), on(3, SATURDAY)))
    plan = build(rebuild, log.retract(ILL, on=ILL.day).add(operation), today=on(3, 0))
    assert plan.weeks[2].long_run.day == on(3, FRIDAY)
    assert (plan.status, minutes(plan)) == ("on course", [40, 45, 50, None])
    assert "days-off-without-end" in codes(plan)


@pytest.mark.parametrize(
    ("day", "long_runs"),
    [
        (on(3, FRIDAY), [40, 45, 50]),
        (on(4, FRIDAY), [40, 45, None, 50]),
        (on(5, FRIDAY), [40, 45, None, None, 35]),
        (on(8, FRIDAY), [40, 45, None, None, None, None, None, 25]),
    ],
)
def test_who_is_back_runs_what_the_weeks_without_allow(day, long_runs):
    rebuild, log = ill()
    plan = build(rebuild, log, today=day)
    returned = log.add(Change(day=day, away=back(plan.away, day)))
    after = build(rebuild, returned, today=day)
    assert minutes(after)[: len(long_runs)] == long_runs
    assert after.away == (Away(first=on(3, WEDNESDAY), last=day - DAY),)
    assert after.finish
    assert "days-off-without-end" not in codes(after)
    # What was known before stays known.
    assert build(rebuild, returned, today=day - DAY) == build(rebuild, log, today=day - DAY)


def test_a_return_that_is_known_ahead_is_planned_for():
    rebuild, log = ill()
    later = Change(day=on(5, 0), recorded_on=on(4, 0), away=back(ILL.away, on(5, 0)))
    plan = build(rebuild, log.add(later), today=on(4, 0))
    assert minutes(plan)[:6] == [40, 45, None, None, 35, 40]


def test_a_request_with_days_off_from_the_start_has_one_week():
    plan = build(asked(away=[Away(first="2026-01-01")]))
    assert (minutes(plan), plan.status, plan.first_finish) == ([None], "away", None)


def test_days_off_after_the_target_change_nothing():
    near = asked(target_min=45, away=[Away(first=on(4, 0))])
    plan = build(near)
    assert (minutes(plan), plan.status) == ([40, 45], "on course")
    assert "days-off-without-end" not in codes(plan)
    assert plan.finish == on(2)


def test_a_pause_comes_before_days_off():
    rebuild, log = ill()
    hurt = log.add(ran(2, 45, pain=7, recorded_on=on(3, 0)))
    plan = build(rebuild, hurt, today=on(3, FRIDAY))
    assert plan.status == "paused"
    assert "unfinished" not in codes(plan)


def test_a_forecast_does_not_guess_when_the_runner_is_back():
    rebuild, log = ill()
    assert forecast(rebuild, log, today=on(5, 0), runs=20).reached_share == 0
    returned = log.add(Change(day=on(5, 0), away=back(ILL.away, on(5, 0))))
    assert forecast(rebuild, returned, today=on(5, 0), runs=20).reached_share > 0


def test_a_plan_shows_all_days_off_also_those_after_its_last_week():
    holidays = (Away(first="2026-01-01", last="2026-01-03"), Away(first="2028-01-01"))
    plan = build(asked(target_min=45, away=holidays))
    assert plan.away == holidays
    # So a change that is made from a plan forgets none.
    assert off(plan.away, "2026-12-24", "2026-12-27")[::2] == holidays


# --- starting again ---------------------------------------------------------------------------


def reached(**changes):
    """Return a request, and the log of somebody who reaches the target in week 5."""
    rebuild = asked(target_min=60, **changes)
    return rebuild, diary(rebuild, {}, {}, {}, {}, {})


def again(week, baseline_min=45, weekday=0, **how):
    """Return a new baseline."""
    return Change(day=on(week, weekday), baseline_min=baseline_min, **how)


def test_a_new_baseline_after_the_target_reopens_the_plan():
    rebuild, log = reached()
    assert build(rebuild, log, today=on(14, 0)).status == "reached"
    plan = build(rebuild, log.add(again(14)), today=on(14, 0))
    assert minutes(plan) == [40, 45, 50, 55, 60, *[None] * 8, 45, 50, 55, 60]
    assert (plan.status, plan.finish) == ("on course", on(17))
    assert plan.first_finish == on(5)
    assert plan.next_long_run.decision.rule == "baseline"
    assert [week.is_over for week in plan.weeks] == [*[False] * 5, *[True] * 8, *[False] * 4]
    assert plan.weeks[7].table().lines[0] == "The target was reached before."
    # Where the ramp was, it goes on; in between there was none.
    assert strength(plan) == [1, 1, 2, 2, 3, *[0] * 8, 3, 3, 3, 3]


def test_the_weeks_before_a_new_start_stay_as_they_were():
    rebuild, log = reached()
    before = build(rebuild, log, today=on(13))
    after = build(rebuild, log.add(again(14)), today=on(14, 0))
    assert after.weeks[:5] == before.weeks
    assert build(rebuild, log.add(again(14)), today=on(13)) == before


def test_a_new_start_counts_from_its_day():
    rebuild, log = reached()
    plan = build(rebuild, log.add(again(14, weekday=WEDNESDAY)), today=on(14, WEDNESDAY))
    assert (minutes(plan)[13], strength(plan)[13:15]) == (45, [0, 3])


def test_a_new_start_may_be_planned_ahead():
    rebuild, log = reached()
    log = log.add(again(14, recorded_on=on(8, 0)))
    plan = build(rebuild, log, today=on(8, 0))
    assert minutes(plan) == [40, 45, 50, 55, 60, *[None] * 8, 45, 50, 55, 60]
    assert forecast(rebuild, log, today=on(8, 0), runs=20).weeks[-1].number >= 17


def test_a_higher_target_from_a_day_ahead_is_planned_for():
    rebuild, log = reached()
    raised = Change(day=on(9, 0), target_min=70, recorded_on=on(6, 0))
    plan = build(rebuild, log.add(raised), today=on(6, 0))
    assert minutes(plan)[5:] == [None, None, None, 30, 35, 40, 45, 50, 55, 60, 65, 70]


def test_a_new_start_is_reached_anew():
    rebuild, log = reached(keep_weeks=0)
    start = again(14, baseline_min=55)
    log = log.add(start, ran(14, 55), ran(15, 60))
    plan = build(rebuild, log, today=on(16, 0))
    assert (plan.status, plan.finish, len(plan.weeks)) == ("reached", on(15), 15)
    withdrawn = build(rebuild, log.retract(start, on=on(16, 0)), today=on(16, 0))
    assert (withdrawn.status, withdrawn.finish) == ("reached", on(5))


def test_a_new_start_at_the_target_is_reached_by_one_more_long_run():
    rebuild, log = reached()
    plan = build(rebuild, log.add(again(14, baseline_min=60)), today=on(14, 0))
    assert (minutes(plan)[13:], plan.finish) == ([60], on(14))


def test_a_new_start_ends_no_pause():
    rebuild, log = reached()
    hurt = log.add(ran(10, 60, pain=7), again(14))
    plan = build(rebuild, hurt, today=on(14, 0))
    assert (plan.status, plan.pause.resume_min) == ("paused", 45)
    plan = build(rebuild, hurt.add(cleared(14, WEDNESDAY)), today=on(14, WEDNESDAY))
    assert (plan.pause, plan.next_long_run.minutes) == (None, 45)


def test_a_clearance_weeks_after_a_new_start_eases_its_baseline_once():
    rebuild = asked(target_min=60)
    log = Log([ran(1, pain=7), again(3, baseline_min=40), cleared(6, WEDNESDAY)])
    eased = build(rebuild, log, today=on(6, FRIDAY)).next_long_run
    assert (
        eased.minutes
        == build(rebuild, log.add(cleared(6, FRIDAY)), today=on(6, FRIDAY)).next_long_run.minutes
    )
