"""What is told late, told twice, or told while the plan is paused."""

import pytest
from support.diaries import SATURDAY, answered, asked, cleared, diary, lifted, on, other, ran

from runplan import CAUTIOUS, Log, MorningReport, RunReport, build

CLEAN = {}
MISSED = None
SEVERE = {"pain": 7, "pain_from": 30}


def morning(week, pain, *, told):
    """Return the pain of a morning after, told on another day."""
    return MorningReport(day=on(week), pain=pain, recorded_on=told)


def told_late(week, minutes, *, told, **how):
    """Return the report of a long run, told with its morning on another day."""
    return ran(week, minutes, recorded_on=told, **how)


def paused(log, today):
    """Return the rule of the pause, its first day, what goes on after it, and the strength work."""
    pause = build(asked(), log, today=today).pause
    return pause.decision.rule, pause.since, pause.resume_min, pause.stops_strength


def lengths(rebuild, log, today):
    """Return how long the first five long runs are."""
    return [week.long_run.minutes for week in build(rebuild, log, today=today).weeks[:5]]


# --- while paused -----------------------------------------------------------------------------


def test_a_flag_told_while_the_plan_is_paused_takes_over_and_stops_strength():
    # The pain began in minute 30 of 40: 20 minutes. The flag alone would resume at 30.
    hurt = Log([ran(1, **SEVERE)])
    assert paused(hurt, on(3, 1)) == ("severe-pain", on(1), 20, False)
    flagged = hurt.add(lifted(3, 2, red_flags=["chest-pain"]))
    assert paused(flagged, on(3, 3)) == ("red-flag", on(3, 2), 20, True)


def test_what_hurts_while_the_plan_is_paused_changes_nothing_about_it():
    log = Log([ran(1, **SEVERE), ran(2, 20, pain=8, pain_from=5), ran(3, 15, pain=6, pain_from=5)])
    assert paused(log, on(4, 1)) == ("severe-pain", on(1), 20, False)


def test_a_second_flag_leaves_what_the_long_run_goes_on_with():
    log = Log([
        ran(1, red_flags=["fever"]),
        ran(2, 20, pain=8, pain_from=5, red_flags=["lump"]),
        lifted(3, 2, red_flags=["chest-pain"]),
    ])  # fmt: skip
    assert paused(log, on(4, 1)) == ("red-flag", on(1), 30, True)


def test_a_flag_pauses_until_its_own_clearance_whatever_it_took_over_from():
    log = Log([
        ran(1, **SEVERE),
        cleared(2, 3),
        lifted(2, 4, red_flags=["lump"]),
    ])  # fmt: skip
    assert build(asked(), log, today=on(2, 5)).pause.decision.rule == "red-flag"
    assert answered(asked(), log.add(cleared(2, 5)), 2, today=on(2, 5)) == ("clearance", 20)


# --- told late --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pain", "expected"),
    [
        # Nothing new: an absence of eight to fourteen days keeps the level.
        (0, ("away", 45)),
        # As the run would have been answered, and never more than it was.
        (3, ("away", 35)),
        (6, ("severe-pain", "paused", 30)),
    ],
)
def test_a_morning_told_after_a_missed_week_answers_the_run_before_it_again(pain, expected):
    # 40 clean on the first Sunday, nothing on the second; on the third Monday the morning is told.
    log = Log([ran(1), morning(1, pain, told=on(3, 0))])
    assert answered(asked(), log, 3, today=on(3, 1)) == expected


def test_a_morning_told_late_after_a_later_clean_run_holds_one_week():
    log = Log([ran(1), ran(2, 45), morning(1, 4, told=on(3, 0)), ran(3, 45)])
    assert answered(asked(), log, 3, today=on(3, 1)) == ("mild-pain", 45)
    assert answered(asked(), log, 4, today=on(4, 1)) == ("clean", 50)


def test_a_late_morning_after_the_last_run_but_one_answers_no_run_again():
    # The last run is that of week 2, and it was clean: what is told of week 1 shortens nothing.
    log = Log([ran(1), ran(2, 45), morning(1, 4, told=on(4, 0))])
    assert answered(asked(), log, 4, today=on(4, 1)) == ("away", 50)


def test_a_run_told_late_earns_no_step():
    # Told on time it would have earned 45; told a week later it leaves the level where it was.
    late = Log([told_late(1, 40, told=on(3, 0))])
    assert answered(asked(), late, 3, today=on(3, 1)) == ("away", 40)
    assert answered(asked(), Log([ran(1)]), 3, today=on(3, 1)) == ("away", 45)


def test_a_run_of_an_eased_week_told_late_is_what_goes_on():
    # 45 was earned; three silent weeks eased the fourth to 30. That it was run is told two weeks
    # later: it shows 30, not the 35 that it would have earned on time, nor the 45 of long ago.
    log = Log([ran(1), told_late(4, 30, told=on(6, 0))])
    assert answered(asked(), Log([ran(1)]), 4, today=on(4, 1)) == ("away", 30)
    assert answered(asked(), log, 6, today=on(6, 1)) == ("away", 30)
    # Another run of that day, told late as well, is no long run: nothing is shown by it.
    also = Log([ran(1), other(4, 6, 30, recorded_on=on(6, 0))])
    assert answered(asked(), also, 6, today=on(6, 1)) == ("away", 45)


def test_a_painful_run_told_late_takes_away():
    late = Log([told_late(1, 40, told=on(3, 0), pain=4, pain_from=30)])
    assert answered(asked(), late, 3, today=on(3, 1))[1] == 20


def test_what_is_told_late_is_heard_once():
    log = Log([ran(1), ran(2, 45), morning(1, 2, told=on(3, 0)), ran(3, 45), ran(4, 50)])
    rules = [week.long_run.decision.rule for week in build(asked(), log, today=on(5, 0)).weeks[:5]]
    assert rules == ["baseline", "clean", "mild-pain", "clean", "clean"]


def test_what_happened_before_the_plan_is_no_late_report():
    log = Log([
        RunReport(day="2026-11-22", minutes=40, pain=2, pain_next_morning=0, recorded_on=on(2, 0)),
        ran(1),
    ])  # fmt: skip
    assert answered(asked(), log, 2) == ("clean", 45)


# --- told twice -------------------------------------------------------------------------------

BOTH_HELD = {
    # The same answer, 40 minutes again: the report that says more of the back counts.
    "worse pain": ({"pain": 1}, {"pain": 2}, {"pain": 2}),
    "more tired": ({"fatigue": 7}, {"fatigue": 9}, {"fatigue": 9}),
    "shorter": ({"minutes": 20}, {"minutes": 30}, {"minutes": 20}),
    "worse pain though less tired": (
        {"pain": 1, "fatigue": 9},
        {"pain": 2, "fatigue": 1},
        {"pain": 2, "fatigue": 1},
    ),
    "more tired though longer": (
        {"minutes": 38, "fatigue": 7},
        {"minutes": 40, "fatigue": 8},
        {"minutes": 40, "fatigue": 8},
    ),
}


@pytest.mark.parametrize(("one", "other_one", "counts"), BOTH_HELD.values(), ids=BOTH_HELD)
def test_of_two_reports_that_earn_the_same_the_worse_one_is_shown(one, other_one, counts):
    for reports in ([ran(1, **one), ran(1, **other_one)], [ran(1, **other_one), ran(1, **one)]):
        report = build(asked(), Log(reports), today=on(2, 1)).weeks[0].report
        assert report == ran(1, **counts)


def test_a_report_that_waits_for_its_morning_counts_once_the_morning_is_over_without_one():
    # Both clean so far; the second may still hear of its morning on the day after.
    waiting = ran(1, pain_next_morning=None, recorded_on=on(1))
    log = Log([ran(1, weekday=SATURDAY), waiting])
    assert answered(asked(), log, 2, today=on(2, 0)) == ("clean", 45)
    assert answered(asked(), log, 2, today=on(2, 1)) == ("unknown-morning", 40)


# --- other runs and flags beside a clean long run ---------------------------------------------


def test_pain_in_another_run_breaks_the_row_of_clean_runs_that_are_assumed():
    # CAUTIOUS steps over 10 % after two clean runs at a level. On a Tuesday another run hurts.
    careful = asked(policy=CAUTIOUS)
    clean = diary(careful, CLEAN)
    sore = clean.add(other(2, 1, 15, pain=1))
    assert lengths(careful, clean, on(2, 2)) == [40, 40, 45, 45, 50]
    assert lengths(careful, sore, on(2, 2)) == [40, 40, 40, 40, 45]


def test_a_week_with_pain_in_another_run_is_no_clean_one_in_a_row():
    careful = asked(policy=CAUTIOUS)
    sore = diary(careful, CLEAN, CLEAN, extra=[other(1, 2, 15, pain=1)])
    assert answered(careful, diary(careful, CLEAN, CLEAN), 3) == ("clean", 45)
    assert answered(careful, sore, 3) == ("big-step", 40)


def test_a_flag_in_the_week_of_the_target_leaves_the_target_open():
    near = asked(target_min=45)
    flagged = Log([ran(1), ran(2, 45), lifted(2, 4, red_flags=["lump"])])
    assert build(near, flagged, today=on(3, 1)).status == "paused"
    later = Log([ran(1), ran(2, 45), lifted(3, 0, red_flags=["lump"])])
    assert build(near, later, today=on(3, 1)).status == "reached"


def test_pain_in_another_run_leaves_the_target_open():
    near = asked(target_min=45)
    log = Log([ran(1), other(2, 2, pain=2)])
    plan = build(near, log, today=on(2, 3))
    assert [week.long_run.minutes for week in plan.weeks] == [40, 45, 45]


def test_a_missed_run_at_the_target_is_run_again():
    near = asked(target_min=45)
    plan = build(near, Log([ran(1)]), today=on(3, 1))
    assert [week.long_run.minutes for week in plan.weeks] == [40, 45, 45]
    assert plan.finish == on(3)
