"""Laws that hold for every request: no example, only rules."""

import datetime as dt
from itertools import pairwise

from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st
from support.effort import examples
from support.strategies import away_ranges, rebuilds

from runplan import CAUTIOUS, FIVE_MINUTES, Away, build, off

LAW = examples(5, 60)
DAY = dt.timedelta(days=1)
WEEK = 7 * DAY


def long_runs(plan):
    """Return the plan's long runs."""
    return [week.long_run for week in plan.weeks if week.long_run]


def strength_sessions(plan):
    """Return the plan's strength sessions."""
    return [session for week in plan.weeks for session in week.strength]


def is_away(rebuild, day):
    """Say whether the runner is away on a day."""
    return any(each.first <= day <= each.last for each in rebuild.away)


@LAW
@given(rebuilds())
def test_no_long_run_is_longer_than_the_level_before_it_and_one_step(rebuild):
    runs = long_runs(build(rebuild))
    if runs:
        assert runs[0].minutes <= rebuild.baseline_min + rebuild.policy.step_min
    for run, following in pairwise(runs):
        assert following.minutes <= run.level_min + rebuild.policy.step_min
        assert following.level_min <= run.level_min + rebuild.policy.step_min


@LAW
@given(rebuilds())
def test_the_long_run_of_the_first_week_is_the_baseline(rebuild):
    run = build(rebuild).weeks[0].long_run
    assert run is None or (run.minutes, run.decision.rule) == (rebuild.baseline_min, "baseline")


@LAW
@given(rebuilds())
def test_a_plan_ends_with_the_week_in_which_the_target_is_first_run_or_says_it_does_not(rebuild):
    plan = build(rebuild)
    reached = [run.day for run in long_runs(plan) if run.minutes >= rebuild.target_min]
    unfinished = [each for each in plan.findings if each.code == "unfinished"]
    if reached:
        assert reached == [plan.weeks[-1].long_run.day]
        assert plan.finish == reached[0]
        assert not unfinished
    else:
        assert len(plan.weeks) == 520
        assert plan.finish is None
        assert unfinished


@LAW
@given(rebuilds())
def test_every_session_lies_in_its_week_and_none_on_a_day_away(rebuild):
    plan = build(rebuild)
    for week in plan.weeks:
        for session in week.sessions:
            assert session.week == week.number
            assert week.first <= session.day <= week.last
            assert not is_away(rebuild, session.day)
            assert session.start.date() == session.day


@LAW
@given(rebuilds())
def test_a_week_has_no_long_run_only_where_every_day_is_away(rebuild):
    for week in build(rebuild).weeks:
        days = [week.first + number * DAY for number in range(7)]
        assert (week.long_run is None) == all(is_away(rebuild, day) for day in days)


@LAW
@given(rebuilds())
def test_the_long_run_leaves_its_weekday_only_for_an_absence_and_as_little_as_it_can(rebuild):
    for week in build(rebuild).weeks:
        run = week.long_run
        if run is None:
            continue
        usual = run.moved_from or run.day
        assert usual.weekday() == rebuild.long_run.day
        assert (run.moved_from is not None) == is_away(rebuild, usual)
        apart = abs((run.day - usual).days)
        nearer = [week.first + number * DAY for number in range(7)]
        nearer = [day for day in nearer if abs((day - usual).days) < apart]
        assert all(is_away(rebuild, day) for day in nearer)


@LAW
@given(rebuilds())
def test_a_moved_strength_session_keeps_48_hours_from_every_other(rebuild):
    sessions = strength_sessions(build(rebuild))
    for one, other in pairwise(sessions):
        if one.moved_from or other.moved_from:
            assert (other.day - one.day).days >= 2


@LAW
@given(rebuilds())
def test_a_moved_strength_session_is_not_on_or_before_the_day_of_a_long_run(rebuild):
    plan = build(rebuild)
    runs = {run.day for run in long_runs(plan)}
    for session in strength_sessions(plan):
        if session.moved_from:
            assert session.day not in runs
            assert session.day + DAY not in runs


@LAW
@given(rebuilds())
def test_no_strength_session_is_on_or_before_the_day_of_a_long_run_that_moved(rebuild):
    plan = build(rebuild)
    runs = {run.day for run in long_runs(plan) if run.moved_from}
    for session in strength_sessions(plan):
        assert session.day not in runs
        assert session.day + DAY not in runs


@LAW
@given(rebuilds())
def test_no_two_sessions_overlap(rebuild):
    for one, other in pairwise(build(rebuild).sessions):
        assert one.end <= other.start


@LAW
@given(rebuilds())
def test_strength_is_never_more_than_the_ramp_and_keeps_its_places(rebuild):
    for week in build(rebuild).weeks:
        due = 0
        if rebuild.strength:
            passed = 0
            for weeks, sessions in rebuild.strength.ramp:
                due = sessions
                passed += weeks or 0
                if weeks is None or week.number <= passed:
                    break
        places = [session.place for session in week.strength]
        assert len(set(places)) == len(places)
        assert set(places) <= set(range(1, due + 1))
        assert [each.day for each in week.strength] == sorted(each.day for each in week.strength)
        by_usual_day = sorted(week.strength, key=lambda each: each.moved_from or each.day)
        assert [each.place for each in by_usual_day] == sorted(places)
        if len(places) < due:
            days = [week.first + number * DAY for number in range(-6, 13)]
            assert any(is_away(rebuild, day) for day in days)


@LAW
@given(rebuilds(away=False))
def test_without_an_absence_nothing_is_moved_eased_or_left_out(rebuild):
    plan = build(rebuild)
    assert all(session.moved_from is None for session in plan.sessions)
    assert all(run.decision.rule != "away" for run in long_runs(plan))
    left_out = {"long-run-left-out", "strength-left-out", "find-baseline"}
    assert not left_out & {each.code for each in plan.findings}


@LAW
@given(rebuilds(), st.integers(1, 30), st.integers(0, 60))
def test_an_absence_after_the_end_of_a_plan_changes_nothing(rebuild, later, days):
    plan = build(rebuild)
    # Strength keeps its distance from a long run of the week after, should there be one.
    first = plan.weeks[-1].last + WEEK + later * DAY
    kept = [each for each in rebuild.away if each.last < first]
    plan = build(evolve(rebuild, away=kept))
    assume(plan.weeks[-1].last < first)
    absences = off(kept, first, first + days * DAY)
    assert build(evolve(rebuild, away=absences)) == evolve(plan, away=absences)


@LAW
@given(rebuilds(), st.integers(1, 400), st.integers(0, 60))
def test_an_absence_before_the_start_of_a_plan_changes_nothing(rebuild, earlier, days):
    away = [each for each in rebuild.away if each.first >= rebuild.start]
    last = rebuild.start - earlier * DAY
    absences = off(away, last - days * DAY, last)
    plan = build(evolve(rebuild, away=away))
    assert build(evolve(rebuild, away=absences)) == evolve(plan, away=absences)


@LAW
@given(rebuilds(), st.randoms(use_true_random=False))
def test_the_order_of_absences_does_not_matter(rebuild, chance):
    shuffled = list(rebuild.away)
    chance.shuffle(shuffled)
    assert build(evolve(rebuild, away=shuffled)) == build(rebuild)


@LAW
@given(rebuilds())
def test_an_absence_written_day_by_day_is_the_same_absence(rebuild):
    days = [
        Away(first=each.first + number * DAY, last=each.first + number * DAY)
        for each in rebuild.away
        for number in range((each.last - each.first).days + 1)
    ]
    assert build(evolve(rebuild, away=days)) == build(rebuild)


@LAW
@given(rebuilds(), st.integers(0, 200), st.integers(0, 60))
def test_the_weeks_before_an_absence_do_not_know_of_it(rebuild, later, days):
    first = rebuild.start + later * DAY
    kept = [each for each in rebuild.away if each.last < first]
    without = build(evolve(rebuild, away=kept))
    absent = Away(first=first, last=first + days * DAY)
    plan = build(evolve(rebuild, away=[*kept, absent]))
    for week, same in zip(plan.weeks, without.weeks, strict=False):
        # Long runs move within their week; the rest before one that moved up can reach back
        # into the week before.
        if week.last < first:
            assert week.long_run == same.long_run
        if week.last + WEEK < first:
            assert week == same


@LAW
@given(rebuilds(policies=(CAUTIOUS,)))
def test_the_careful_runner_never_runs_longer_than_the_others_in_the_same_week(rebuild):
    others = build(evolve(rebuild, policy=FIVE_MINUTES)).weeks
    for week, same in zip(build(rebuild).weeks, others, strict=False):
        assert (week.long_run is None) == (same.long_run is None)
        if week.long_run:
            assert week.long_run.minutes <= same.long_run.minutes
            assert week.long_run.day == same.long_run.day


@LAW
@given(rebuilds(), st.data())
def test_one_more_absence_never_brings_the_target_nearer(rebuild, data):
    # A lighter week that falls into the absence is none.
    assume("cutback" not in [rule.name for rule in rebuild.policy.rules])
    away = data.draw(away_ranges(rebuild.start))
    at_home = build(evolve(rebuild, away=()))
    assert len(build(evolve(rebuild, away=away)).weeks) >= len(at_home.weeks)


@LAW
@given(rebuilds())
def test_sessions_come_in_the_order_of_time_and_rows_with_them(rebuild):
    plan = build(rebuild)
    starts = [session.start for session in plan.sessions]
    assert starts == sorted(starts)
    rows = plan.rows()
    assert [row["start"] for row in rows] == starts
    assert all(
        row["end"] - row["start"] == row["minutes"] * dt.timedelta(minutes=1) for row in rows
    )


@LAW
@given(rebuilds())
def test_warnings_come_before_notes_and_name_weeks_of_the_plan(rebuild):
    plan = build(rebuild)
    levels = [each.level for each in plan.findings]
    assert levels == sorted(levels, key=["warning", "note"].index)
    for each in plan.findings:
        assert each.week is None or 1 <= each.week <= len(plan.weeks)
        assert each.message.isprintable()
    shown = [(each.code, each.message) for each in plan.findings]
    assert len(set(shown)) == len(shown)
