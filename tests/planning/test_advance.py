"""What one long run hands to the next: the level, a new baseline, and the end of a plan."""

import pytest
from attrs import evolve
from support.diaries import (
    SATURDAY,
    SUNDAY,
    answered,
    asked,
    cleared,
    diary,
    morning,
    on,
    other,
    ran,
    strength_report,
)

from runplan import CAUTIOUS, FIVE_MINUTES, Away, Change, Log, build

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = range(5)
CLEAN, MISSED = {}, None
MILD = {"pain": 2, "pain_from": 30}
TIRED = {"fatigue": 8}


def lengths(rebuild, log, today):
    """Return how long the long runs are, None where there is none."""
    plan = build(rebuild, log, today=today)
    return [week.long_run and week.long_run.minutes for week in plan.weeks]


def end(rebuild, log, today):
    """Return the status of a plan and the day of the long run that ends it."""
    plan = build(rebuild, log, today=today)
    return plan.status, plan.finish


# --- the level --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        # 45 were planned, and the level is 45.
        ({}, ("clean", 50)),
        ({"minutes": 41}, ("clean", 50)),
        ({"minutes": 60}, ("clean", 50)),
        (TIRED, ("tired", 45)),
        (MISSED, ("away", 45)),
    ],
)
def test_on_time_the_base_is_the_level(second, expected):
    log = diary(asked(), {}, second)
    assert answered(asked(), log, 3, today=on(3)) == expected


@pytest.mark.parametrize(
    ("minutes", "expected"),
    # The second run was planned as 40, for the first was reported too late to earn its step; as
    # known now the level was 45. The base is the lower of 45 and what was run, at least 40.
    [(36, 45), (40, 45), (43, 48), (45, 50), (60, 50)],
)
def test_after_a_late_report_the_minutes_that_were_run_count_up_to_the_level(minutes, expected):
    log = Log([ran(1, recorded_on=on(3, MONDAY)), ran(2, minutes)])
    assert answered(asked(), log, 2, today=on(3, TUESDAY)) == ("away", 40)
    assert answered(asked(), log, 3, today=on(3, TUESDAY)) == ("clean", expected)


def test_a_run_that_was_not_clean_counts_with_what_was_planned():
    # Known now the level was 45, but the 40 that were planned left the back tired.
    log = Log([ran(1, recorded_on=on(3, MONDAY)), ran(2, 45, **TIRED)])
    assert answered(asked(), log, 3, today=on(3, TUESDAY)) == ("tired", 40)
    # The other way round: planned as 45, and known now to have been 35.
    sore = morning(1, SUNDAY, 3, recorded_on=on(3, MONDAY))
    log = Log([ran(1), ran(2, 45, **TIRED), sore])
    assert answered(asked(), log, 3, today=on(3, TUESDAY)) == ("tired", 35)


def test_while_a_run_is_open_the_level_that_was_planned_goes_on():
    log = diary(asked(), {}, {})
    assert lengths(asked(), log, on(4, TUESDAY))[:6] == [40, 45, 50, 55, 60, 65]
    # From Thursday on it is missed: the 50 that were earned, again.
    assert lengths(asked(), log, on(4, THURSDAY))[:6] == [40, 45, 50, 50, 55, 60]


def test_a_missed_run_changes_nothing_about_what_is_earned():
    rebuild = asked()
    log = diary(rebuild, {}, MISSED, {}, MISSED, {})
    answers = [answered(rebuild, log, week, today=on(6)) for week in range(1, 7)]
    assert answers == [
        ("baseline", 40),
        ("clean", 45),
        ("away", 45),
        ("clean", 50),
        ("away", 50),
        ("clean", 55),
    ]


# --- a new baseline ---------------------------------------------------------------------------


@pytest.mark.parametrize("minutes", [30, 70])
@pytest.mark.parametrize("last", [CLEAN, MILD, TIRED, {"minutes": 20}, MISSED])
def test_a_new_baseline_is_the_next_long_run_whatever_the_last_one_was(minutes, last):
    log = diary(asked(), {}, {}, last).add(Change(day=on(4, WEDNESDAY), baseline_min=minutes))
    assert answered(asked(), log, 4, today=on(4)) == ("baseline", minutes)
    log = log.add(ran(4, minutes))
    assert answered(asked(), log, 5) == ("clean", minutes + 5)


def test_before_the_first_long_run_a_new_baseline_simply_replaces_the_first():
    log = Log([Change(day=on(1, WEDNESDAY), baseline_min=30)])
    assert lengths(asked(target_min=50), log, on(1, THURSDAY)) == [30, 35, 40, 45, 50]


@pytest.mark.parametrize(("weekday", "longest"), [(TUESDAY, 30), (WEDNESDAY, 0)])
@pytest.mark.parametrize("is_changed", [False, True])
def test_the_baseline_counts_as_run_a_week_before_the_first_long_run(weekday, longest, is_changed):
    # Four weeks away, and the fifth run is moved up: 30 or 31 days after the Sunday before.
    gone = [
        Away(first=on(1, MONDAY), last=on(4, SUNDAY)),
        Away(first=on(5, weekday + 1), last=on(5, SUNDAY)),
    ]
    change = Change(day=on(1, WEDNESDAY), baseline_min=30)
    rebuild = asked(baseline_min=40 if is_changed else 30, away=gone)
    plan = build(rebuild, Log([change] if is_changed else []), today=on(1, WEDNESDAY))
    run = plan.weeks[4].long_run
    assert (run.day, run.longest_min) == (on(5, weekday), longest)


def test_what_hurt_before_a_new_baseline_is_judged_by_the_policy_of_then():
    lenient = evolve(
        FIVE_MINUTES, rules=[each for each in FIVE_MINUTES.rules if not each.adjust][2:]
    )
    change = Change(day=on(4, WEDNESDAY), baseline_min=30, policy=lenient)
    log = diary(asked(), {}, {}, {}).add(other(4, TUESDAY, pain=7), change)
    assert answered(asked(), log, 4, today=on(4)) == ("severe-pain", "paused", 30)


@pytest.mark.parametrize(
    ("hurt", "expected"),
    [
        # A new baseline counts as run on its day, so what hurt before it is over.
        (other(4, TUESDAY, pain=4), ("baseline", 30)),
        (other(4, WEDNESDAY, pain=4), ("pain-between", 25)),
        (other(4, FRIDAY, pain=4), ("pain-between", 25)),
        (other(4, FRIDAY, pain=2), ("mild-pain-between", 30)),
        # It ends no pause, nor keeps one from beginning. The reset of 55 is 44, and 30 is lower;
        # of the new baseline, with an unknown onset, it is 20.
        (other(4, TUESDAY, pain=6), ("severe-pain", "paused", 30)),
        (other(4, FRIDAY, pain=6), ("severe-pain", "paused", 20)),
    ],
)
def test_pain_between_counts_from_the_day_of_a_new_baseline(hurt, expected):
    change = Change(day=on(4, WEDNESDAY), baseline_min=30)
    log = diary(asked(), {}, {}, {}).add(change, hurt)
    assert answered(asked(), log, 4, today=on(4)) == expected


def test_of_two_new_baselines_before_a_long_run_the_later_counts():
    changes = [
        Change(day=on(4, TUESDAY), baseline_min=30),
        Change(day=on(4, FRIDAY), baseline_min=35),
    ]
    log = diary(asked(), {}, {}, {}).add(*changes)
    assert answered(asked(), log, 4, today=on(4)) == ("baseline", 35)


def test_a_new_baseline_ends_no_row_of_painful_long_runs():
    # Pain of 2 from minute 30 on: 80 % are 24.
    log = diary(asked(), MILD, MILD).add(Change(day=on(3, WEDNESDAY), baseline_min=30))
    assert answered(asked(), log, 3, today=on(3)) == ("baseline", 30)
    log = log.add(ran(3, 30, **MILD))
    assert answered(asked(), log, 4) == ("not-helping", "paused", 20)


def test_a_new_baseline_that_is_missed_is_due_again_and_eased_from_its_own_week():
    log = diary(asked(), {}, {}, {}).add(Change(day=on(4, WEDNESDAY), baseline_min=50))
    assert answered(asked(), log, 5, today=on(5)) == ("away", 50)
    assert answered(asked(), log, 6, today=on(6)) == ("away", 50)
    # 70 % of 50, three weeks after that of the change.
    assert answered(asked(), log, 7, today=on(7)) == ("away", 35)


def test_a_new_baseline_before_an_absence_is_eased_once():
    # 70 % of 50 three weeks after that of the change, and half of it after four.
    gone = Away(first=on(4, MONDAY), last=on(6, SUNDAY))
    rebuild = asked(away=[gone])
    log = diary(rebuild, {}, {}, {}).add(Change(day=on(4, WEDNESDAY), baseline_min=50))
    assert answered(rebuild, log, 7, today=on(7)) == ("baseline", 35)
    assert answered(rebuild, log, 8, today=on(8)) == ("away", 25)


def test_a_new_baseline_counts_once_though_its_run_turns_out_to_have_been_early():
    # Asked for on Friday; the run of that week was on Thursday, and reported on Monday.
    change = Change(day=on(4, FRIDAY), baseline_min=30)
    early = ran(4, 55, weekday=THURSDAY, recorded_on=on(5, MONDAY))
    log = diary(asked(), {}, {}, {}).add(change, early)
    assert answered(asked(), log, 4, today=on(5, TUESDAY)) == ("baseline", 30)
    assert answered(asked(), log, 5) == ("clean", 35)


def test_the_weeks_before_a_new_baseline_are_no_absence():
    log = diary(asked(), {})
    assert answered(asked(), log, 8, today=on(8)) == ("away", 20)
    log = log.add(Change(day=on(8, WEDNESDAY), baseline_min=50))
    assert answered(asked(), log, 8, today=on(8)) == ("baseline", 50)
    # Missed, it is eased from its own week: three weeks later 70 %.
    assert answered(asked(), log, 10, today=on(10)) == ("away", 50)
    assert answered(asked(), log, 11, today=on(11)) == ("away", 35)


# --- the end ----------------------------------------------------------------------------------

NEAR = asked(target_min=45)


@pytest.mark.parametrize(
    ("keep", "weeks", "expected"),
    [
        (0, [CLEAN, CLEAN], ("reached", on(2))),
        # 41 minutes are 91 % of 45, 40 are 89 %.
        (0, [CLEAN, {"minutes": 41}], ("reached", on(2))),
        (0, [CLEAN, {"minutes": 40}], ("holding", on(3))),
        (0, [CLEAN, MILD], ("holding", on(3))),
        (0, [CLEAN, TIRED], ("holding", on(3))),
        (0, [CLEAN, MISSED], ("holding", on(3))),
        # 60 minutes where 40 were planned are not the target.
        (0, [{"minutes": 60}], ("on course", on(2))),
        (1, [CLEAN, CLEAN], ("holding", on(3))),
        (1, [CLEAN, CLEAN, CLEAN], ("reached", on(3))),
        # A tired run breaks the row, a missed one does not.
        (1, [CLEAN, CLEAN, TIRED, CLEAN], ("holding", on(5))),
        (1, [CLEAN, CLEAN, TIRED, CLEAN, CLEAN], ("reached", on(5))),
        (1, [CLEAN, CLEAN, MISSED, CLEAN], ("reached", on(4))),
        (2, [CLEAN, CLEAN, CLEAN], ("holding", on(4))),
        (2, [CLEAN, CLEAN, CLEAN, CLEAN], ("reached", on(4))),
    ],
)
def test_a_plan_ends_with_the_clean_runs_at_the_target_that_were_asked_for(keep, weeks, expected):
    rebuild = asked(target_min=45, keep_weeks=keep)
    log = diary(rebuild, *weeks)
    assert end(rebuild, log, on(len(weeks) + 1, THURSDAY)) == expected


def test_a_lighter_week_at_the_target_neither_counts_nor_breaks_the_row():
    # 60 65 70, week 4 lighter at 55 with 70 due, 70.
    rebuild = asked(policy=CAUTIOUS, baseline_min=60, target_min=70, keep_weeks=1)
    assert lengths(rebuild, Log([]), on(1, MONDAY)) == [60, 65, 70, 55, 70]
    log = diary(rebuild, *[{}] * 5)
    assert end(rebuild, diary(rebuild, *[{}] * 4), on(5, MONDAY)) == ("on course", on(5))
    assert end(rebuild, log, on(6, MONDAY)) == ("reached", on(5))
    # A lighter run that was not clean does: 55 held, then 60, 65 and twice 70; week 8 is lighter.
    tired = diary(rebuild, {}, {}, {}, TIRED)
    assert lengths(rebuild, tired, on(5, MONDAY)) == [60, 65, 70, 55, 55, 60, 65, 55, 70, 70]


def test_a_pause_before_the_end_breaks_the_row_of_clean_runs_at_the_target():
    rebuild = asked(target_min=45, keep_weeks=1)
    log = diary(rebuild, {}, {}).add(
        strength_report(3, WEDNESDAY, pain=6), cleared(3, THURSDAY, baseline_min=45), ran(3, 45)
    )
    assert end(rebuild, log, on(4, MONDAY)) == ("holding", on(4))
    assert end(rebuild, log.add(ran(4, 45)), on(5, MONDAY)) == ("reached", on(4))


def test_strength_ends_with_the_plan():
    log = diary(NEAR, {}, {})
    for today in (on(3, MONDAY), on(9)):
        plan = build(NEAR, log, today=today)
        assert [len(week.strength) for week in plan.weeks] == [1, 1]


def test_pain_in_another_run_before_the_target_leaves_it_to_be_run():
    log = Log([ran(1), other(2, WEDNESDAY, pain=2)])
    assert lengths(NEAR, log, on(2, THURSDAY)) == [40, 40, 45]


def test_a_flag_before_the_target_leaves_it_open_and_one_after_it_does_not():
    before = Log([ran(1), ran(2, 45), strength_report(2, FRIDAY, red_flags=["lump"])])
    assert end(NEAR, before, on(3, TUESDAY)) == ("paused", None)
    # Paused with its strength all the same, and still at its end.
    after = Log([ran(1), ran(2, 45), strength_report(3, MONDAY, red_flags=["lump"])])
    assert end(NEAR, after, on(3, TUESDAY)) == ("paused", on(2))


@pytest.mark.parametrize(
    ("hurt", "status"),
    [
        (ran(3, 45, pain=5), "reached"),
        (ran(3, 45, pain=6), "paused"),
        (ran(3, 45, pain_next_morning=6), "paused"),
        (other(3, WEDNESDAY, pain=5), "reached"),
        (other(3, WEDNESDAY, pain=6), "paused"),
        (strength_report(3, WEDNESDAY, pain=6), "paused"),
        (ran(3, 45, red_flags=["no-better"]), "paused"),
        # Before the end this would be too short to plan.
        (ran(3, 45, pain=3, pain_from=5), "reached"),
    ],
)
def test_after_the_end_only_what_stops_strength_pauses(hurt, status):
    log = diary(NEAR, {}, {}).add(hurt)
    assert end(NEAR, log, on(4, TUESDAY)) == (status, on(2))
    ends = log.add(cleared(4, WEDNESDAY, baseline_min=30))
    plan = build(NEAR, ends, today=on(4, THURSDAY))
    assert (plan.status, plan.finish, len(plan.weeks)) == ("reached", on(2), 2)


def test_a_painful_row_after_the_end_is_no_referral():
    log = diary(NEAR, {}, {}).add(*(ran(week, 45, **MILD) for week in (3, 4, 5)))
    assert end(NEAR, log, on(6, TUESDAY)) == ("reached", on(2))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        # Before the next slot: the target was run, and the next step is due.
        (on(3, WEDNESDAY), [40, 45, 50, 55]),
        (on(3, SUNDAY), [40, 45, 50, 55]),
        # A week later: 45 was earned, nothing more.
        (on(4, WEDNESDAY), [40, 45, None, 45, 50, 55]),
        # Three weeks after the last long run: 31.5. Four: 22.5.
        (on(5, WEDNESDAY), [40, 45, None, None, 30, 35, 40, 45, 50, 55]),
        (on(6, WEDNESDAY), [40, 45, None, None, None, 20, 25, 30, 35, 40, 45, 50, 55]),
    ],
)
def test_raising_the_target_after_the_end_reopens_the_plan_from_the_next_slot(day, expected):
    log = diary(NEAR, {}, {}).add(Change(day=day, target_min=55))
    assert lengths(NEAR, log, day) == expected


def test_asking_to_keep_the_target_reopens_the_plan():
    log = diary(NEAR, {}, {}).add(Change(day=on(3, WEDNESDAY), keep_weeks=2))
    assert lengths(NEAR, log, on(3, WEDNESDAY)) == [40, 45, 45, 45]
    # What was run in the weeks in between keeps nothing.
    log = diary(NEAR, {}, {}).add(ran(3, 45), Change(day=on(4, WEDNESDAY), keep_weeks=1))
    assert lengths(NEAR, log, on(4, WEDNESDAY)) == [40, 45, None, 45]


def test_lowering_the_target_after_the_end_changes_nothing():
    log = diary(NEAR, {}, {}).add(Change(day=on(3, WEDNESDAY), target_min=40))
    assert lengths(NEAR, log, on(3, THURSDAY)) == [40, 45]


def test_withdrawing_the_run_that_ended_a_plan_reopens_it():
    target = ran(2, 45, retracted_on=on(3, FRIDAY))
    log = Log([ran(1), target])
    assert end(NEAR, log, on(3, THURSDAY)) == ("reached", on(2))
    assert end(NEAR, log, on(3, FRIDAY)) == ("holding", on(3))
    assert lengths(NEAR, log, on(3, FRIDAY)) == [40, 45, 45]


def test_what_was_planned_stays_behind_an_end_that_only_became_known_later():
    # The target was run in the second week and reported two weeks later.
    log = Log([ran(1), ran(2, 45, recorded_on=on(4, MONDAY))])
    assert lengths(NEAR, log, on(3)) == [40, 45, 45]
    assert end(NEAR, log, on(4, MONDAY)) == ("reached", on(2))
    assert lengths(NEAR, log, on(4, MONDAY)) == [40, 45, 45]


def test_a_plan_that_ends_early_in_its_last_week_keeps_that_weeks_run():
    log = Log([ran(1), ran(2, 45, weekday=SATURDAY)])
    assert end(NEAR, log, on(2, SUNDAY)) == ("reached", on(2, SATURDAY))
    assert lengths(NEAR, log, on(3, MONDAY)) == [40, 45]


def test_a_plan_never_goes_beyond_its_last_day():
    rebuild = asked(target_min=90, last_day=on(4, SATURDAY))
    plan = build(rebuild, Log([ran(1)]), today=on(2, MONDAY))
    assert [week.long_run and week.long_run.minutes for week in plan.weeks] == [40, 45, 50, None]
    assert plan.finish is None
    through = asked(target_min=90, last_day=on(4, SUNDAY))
    assert lengths(through, Log([ran(1)]), on(2, MONDAY)) == [40, 45, 50, 55]


def test_an_absence_before_the_end_and_one_after_it_are_eased_alike():
    gone = Away(first=on(3, MONDAY), last=on(4, SUNDAY))
    further = asked(target_min=55, away=[gone])
    # 50 were earned, and 70 % of that are 35.
    assert lengths(further, diary(further, {}, {}), on(3, MONDAY)) == (
        [40, 45, None, None, 35, 40, 45, 50, 55]
    )
