"""Which report belongs to which long run, and what is known of it when."""

import pytest
from support.diaries import (
    SATURDAY,
    SUNDAY,
    answered,
    asked,
    cleared,
    morning,
    on,
    other,
    ran,
    strength_report,
)

from runplan import CAUTIOUS, Away, Log, Move, RunReport, build

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = range(5)
MISSED = None
MILD = {"pain": 2, "pain_from": 30}
EARLY = {"pain": 1, "pain_from": 9}
HURT = {"pain": 4, "pain_from": 38}
STIFF = {"pain_next_morning": 4}
TIRED = {"fatigue": 8}
SHORT = {"minutes": 20}


def reported_in(rebuild, log, today):
    """Return the weeks whose long run has a report, with its day."""
    plan = build(rebuild, log, today=today)
    return {week.number: week.report.day for week in plan.weeks if week.report}


# --- the nearest planned long run -------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "week"),
    [
        # From the plan's first day to the Wednesday after the first Sunday.
        *((on(1, weekday), 1) for weekday in range(10)),
        # Thursday is nearer to the second Sunday.
        *((on(2, weekday), 2) for weekday in (THURSDAY, FRIDAY, SATURDAY, SUNDAY)),
        (on(3, WEDNESDAY), 2),
        (on(3, THURSDAY), 3),
    ],
)
def test_a_long_run_belongs_to_the_nearest_planned_one(day, week):
    log = Log([RunReport(day=day, minutes=40)])
    assert reported_in(asked(), log, today=on(4, MONDAY)) == {week: day}


def test_a_run_from_before_the_plan_belongs_to_no_week():
    log = Log([RunReport(day=on(0, SUNDAY), minutes=40)])
    assert reported_in(asked(), log, today=on(2, MONDAY)) == {}


def test_of_two_equally_near_long_runs_the_earlier_gets_the_report():
    # The first Sunday is an away day, so that run is on Saturday, eight days before the next one.
    rebuild = asked(away=[Away(first=on(1, SUNDAY), last=on(1, SUNDAY))])
    for weekday, week in ((TUESDAY, 1), (WEDNESDAY, 1), (THURSDAY, 2)):
        log = Log([RunReport(day=on(2, weekday), minutes=40)])
        assert reported_in(rebuild, log, today=on(3, MONDAY)) == {week: on(2, weekday)}


def test_sundays_run_done_on_monday_leaves_the_next_sunday_to_be_run():
    log = Log([ran(1, weekday=7), ran(2, 45)])
    assert reported_in(asked(), log, today=on(3, MONDAY)) == {1: on(2, MONDAY), 2: on(2)}
    assert answered(asked(), log, 3) == ("clean", 50)


def test_a_run_three_days_late_is_clean_and_four_days_late_is_the_next_one():
    late, later = Log([ran(1, weekday=9)]), Log([ran(1, weekday=10)])
    assert answered(asked(), late, 2, today=on(2)) == ("clean", 45)
    # The first run was missed; the run of Thursday is that of the second week.
    assert answered(asked(), later, 2, today=on(2)) == ("away", 40)
    assert answered(asked(), later, 3) == ("clean", 45)
    # Recorded on that very Thursday: the first run is missed by then.
    at_once = Log([ran(1, weekday=10, recorded_on=on(2, THURSDAY))])
    assert answered(asked(), at_once, 2, today=on(2)) == ("away", 40)


@pytest.mark.parametrize(
    ("days", "nearest"),
    [
        ({SUNDAY: 30, SATURDAY: 60}, SUNDAY),
        ({SATURDAY: 30, FRIDAY: 60}, SATURDAY),
        # As near: the longer run.
        ({SATURDAY: 40, 7: 41}, 7),
        ({SATURDAY: 41, 7: 40}, SATURDAY),
        # As near and as long: the earlier one.
        ({SATURDAY: 40, 7: 40}, SATURDAY),
    ],
)
def test_of_several_days_the_nearest_then_the_longer_is_the_long_run(days, nearest):
    log = Log(ran(1, minutes, weekday=weekday) for weekday, minutes in days.items())
    assert reported_in(asked(), log, today=on(2, WEDNESDAY)) == {1: on(1, nearest)}


def test_the_length_of_a_day_with_two_reports_is_the_shorter_one():
    # Monday's run was 35 minutes by its careful reading, Saturday's 38.
    log = Log([ran(1, 50, weekday=7), ran(1, 35, weekday=7), ran(1, 38, weekday=SATURDAY)])
    assert reported_in(asked(), log, today=on(2, WEDNESDAY)) == {1: on(1, SATURDAY)}


def test_the_other_days_of_a_week_count_as_other_runs():
    # Monday's run is further from Sunday than Sunday's own.
    log = Log([ran(1), ran(1, 30, weekday=7, pain=3)])
    assert answered(asked(), log, 2, today=on(2)) == ("pain-between", 35)
    # Its pain in minute 2 is not that of a long run.
    log = Log([ran(1), ran(1, 30, weekday=7, pain=1, pain_from=2)])
    assert answered(asked(), log, 2, today=on(2)) == ("mild-pain-between", 40)


def test_a_report_of_the_day_itself_takes_the_week_over_from_another_day():
    saturday = Log([ran(1, 20, weekday=SATURDAY)])
    assert answered(asked(), saturday, 2) == ("cut-short", 40)
    assert answered(asked(), saturday.add(ran(1)), 2) == ("clean", 45)


def test_a_run_in_a_week_away_is_another_run():
    gone = Away(first=on(2, MONDAY), last=on(2, SUNDAY))
    rebuild = asked(away=[gone])
    log = Log([ran(1), ran(2, 60, pain=3)])
    assert reported_in(rebuild, log, today=on(3, MONDAY)) == {1: on(1)}
    # It hurt before the first run was answered, so that earns no step: 40 - 5.
    assert answered(rebuild, log, 3, today=on(3)) == ("pain-between", 35)
    # On the Monday after the week 45 are earned already: 45 - 5.
    log = Log([ran(1), ran(2, 60, weekday=7, pain=3)])
    assert reported_in(rebuild, log, today=on(3, TUESDAY)) == {1: on(1)}
    assert answered(rebuild, log, 3, today=on(3)) == ("pain-between", 40)


def test_a_painless_run_in_a_week_away_lifts_an_eased_run():
    gone = Away(first=on(2, MONDAY), last=on(3, SUNDAY))
    log = Log([ran(1), ran(3, 33)])
    # 70 % of 45 would be 30.
    assert answered(asked(away=[gone]), log, 4, today=on(4)) == ("away", 35)


def test_a_run_while_paused_is_another_run():
    log = Log([ran(1, pain=7, pain_from=30), ran(2, 10), cleared(3, WEDNESDAY)])
    assert reported_in(asked(), log, today=on(3, THURSDAY)) == {1: on(1)}
    assert answered(asked(), log, 3, today=on(3, THURSDAY)) == ("clearance", 20)


def test_a_moved_long_run_takes_its_reports_with_it():
    # Moved to Friday, nine days before the next one: Tuesday is nearer to Friday.
    move = Move(day=on(1), to=on(1, FRIDAY), recorded_on=on(1, MONDAY))
    log = Log([move, ran(1, weekday=8)])
    assert reported_in(asked(), log, today=on(3, MONDAY)) == {1: on(2, TUESDAY)}
    log = Log([move, ran(1, weekday=9)])
    assert reported_in(asked(), log, today=on(3, MONDAY)) == {2: on(2, WEDNESDAY)}


# --- open and missed --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "second", "third"),
    [
        (on(1), ("clean", 45), ("clean", 50)),
        (on(2, MONDAY), ("clean", 45), ("clean", 50)),
        # Through the third day the run may still be reported, and is taken to be clean.
        (on(2, WEDNESDAY), ("clean", 45), ("clean", 50)),
        # From the fourth day on it is missed.
        (on(2, THURSDAY), ("away", 40), ("clean", 45)),
        (on(2), ("away", 40), ("clean", 45)),
    ],
)
def test_a_run_is_open_through_the_third_day_and_missed_from_the_fourth(today, second, third):
    assert answered(asked(), Log([]), 2, today=today) == second
    assert answered(asked(), Log([]), 3, today=today) == third


def test_a_run_that_is_open_is_said_to_be_a_condition():
    plan = build(asked(), Log([]), today=on(2, WEDNESDAY))
    assert plan.weeks[1].long_run.decision.why == (
        "Up 5 minutes to 45 min, if the run before it is clean: done, no pain, posture held."
    )


def test_a_missed_run_that_is_reported_before_the_next_one_is_answered_all_the_same():
    log = Log([ran(1, recorded_on=on(2, FRIDAY))])
    assert answered(asked(), log, 2, today=on(2, WEDNESDAY)) == ("clean", 45)
    assert answered(asked(), log, 2, today=on(2, THURSDAY)) == ("away", 40)
    assert answered(asked(), log, 2, today=on(2, FRIDAY)) == ("clean", 45)


# --- two reports of one day -------------------------------------------------------------------

TWO_REPORTS = {
    "clean and moderate": ([{}, HURT], ("moderate-pain", 30)),
    "clean and mild": ([{}, MILD], ("mild-pain", 40)),
    "mild and early": ([MILD, EARLY], ("early-pain", 35)),
    # The most pain and the earliest onset: 80 % of 38 are 30.4.
    "moderate and severe": ([HURT, {"pain": 6}], ("severe-pain", "paused", 30)),
    "clean and tired": ([{}, TIRED], ("tired", 40)),
    "clean and cut short": ([{}, SHORT], ("cut-short", 40)),
    "both clean": ([{}, {"minutes": 50}], ("clean", 45)),
    "moderate late and moderate early": (
        [HURT, {"pain": 3, "pain_from": 25}],
        ("moderate-pain", 20),
    ),
    "three": ([{}, MILD, STIFF], ("morning-after", 35)),
    "clean and flagged": ([{}, {"red_flags": ["lump"]}], ("red-flag", "paused", 30)),
    # Pain from minute 45 on and a run of 38 minutes: it began by the end of that, within the 40.
    "pain after the end of the shorter one": (
        [{"minutes": 38}, {"minutes": 50, "pain": 3, "pain_from": 45}],
        ("moderate-pain", 30),
    ),
    # Only one of them knows the morning.
    "one without its morning": ([STIFF, {"pain_next_morning": None}], ("morning-after", 35)),
}


@pytest.mark.parametrize(("runs", "expected"), TWO_REPORTS.values(), ids=TWO_REPORTS)
def test_two_reports_of_one_day_are_one_run_read_carefully(runs, expected):
    reports = [ran(1, **how) for how in runs]
    assert answered(asked(), Log(reports), 2) == expected
    assert answered(asked(), Log(reports[::-1]), 2) == expected


def test_a_week_shows_its_two_reports_as_one():
    runs = [ran(1, 50, pain=3, pain_from=45, fatigue=2), ran(1, 38, pain_next_morning=1, fatigue=5)]
    for reports in (runs, runs[::-1]):
        report = build(asked(), Log(reports), today=on(2, TUESDAY)).weeks[0].report
        assert (report.minutes, report.pain, report.pain_from) == (38, 3, 38)
        assert (report.pain_next_morning, report.fatigue) == (1, 5)


def test_two_reports_of_each_run_are_still_one_run_in_a_row():
    runs = [ran(1, **MILD), ran(1, 39, **MILD), ran(2, **MILD), ran(2, 39, **MILD)]
    assert answered(asked(), Log(runs), 3) == ("mild-pain", 35)


def test_of_two_mornings_after_one_run_the_worse_counts():
    mornings = [morning(1, SUNDAY, 4), morning(1, SUNDAY, 0, recorded_on=on(2, TUESDAY))]
    unreported = ran(1, pain_next_morning=None)
    assert answered(asked(), Log([unreported, *mornings]), 2) == ("morning-after", 35)
    assert answered(asked(), Log([ran(1), *mornings]), 2) == ("morning-after", 35)
    assert answered(asked(), Log([ran(1, **STIFF), mornings[1]]), 2) == ("morning-after", 35)


def test_the_morning_after_a_day_with_two_runs_belongs_to_both():
    # A long run and another run on one Sunday, and pain of 4 on Monday.
    log = Log([ran(1, pain_next_morning=None), other(1, SUNDAY, pain_next_morning=None)])
    assert answered(asked(), log, 2) == ("clean", 45)
    sore = log.add(morning(1, SUNDAY, 4))
    assert answered(asked(), sore, 2) == ("morning-after", 35)
    # So Sunday's other run is not painless and lifts nothing: 70 % of 35 are 24.5.
    assert answered(asked(), sore, 4, today=on(4)) == ("pain-between", 15)


# --- the next morning -------------------------------------------------------------------------

# Steps from 50 to 55 are 110 %: nothing waits in the careful table.
CAREFUL = {"policy": CAUTIOUS, "baseline_min": 50}


def unreported(week=1, **how):
    """Return a run reported on its own day, before there was a next morning."""
    return ran(week, pain_next_morning=None, recorded_on=on(week), **how)


@pytest.mark.parametrize("today", [on(1), on(2, MONDAY), on(2, TUESDAY), on(2), on(6)])
def test_a_run_whose_morning_is_unknown_earns_its_step_on_a_condition(today):
    log = Log([unreported()])
    assert answered(asked(), log, 2, today=today) == ("clean", 45)
    why = build(asked(), log, today=today).weeks[1].long_run.decision.why
    assert why == "Up 5 minutes to 45 min, if the morning after Sunday's run brought no pain."


def test_a_runner_who_never_reports_a_morning_gets_there_all_the_same():
    rebuild = asked(target_min=60)
    log = Log(unreported(week, minutes=35 + 5 * week) for week in range(1, 6))
    plan = build(rebuild, log, today=on(6, MONDAY))
    assert [week.long_run.minutes for week in plan.weeks] == [40, 45, 50, 55, 60]
    assert (plan.status, plan.finish) == ("reached", on(5))


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (on(1), ("clean", 55)),
        (on(2, MONDAY), ("clean", 55)),
        # From the second day after the run on.
        (on(2, TUESDAY), ("unknown-morning", 50)),
        (on(2), ("unknown-morning", 50)),
        (on(4), ("unknown-morning", 50)),
    ],
)
def test_the_careful_runner_repeats_while_the_morning_is_unknown(today, expected):
    assert answered(asked(**CAREFUL), Log([unreported(minutes=50)]), 2, today=today) == expected


def test_the_careful_runner_holds_for_the_morning_in_the_first_month_too():
    rebuild = asked(**CAREFUL | {"first_month": "hold"})
    log = Log([unreported(minutes=50)])
    assert answered(rebuild, log, 2, today=on(2, MONDAY)) == ("first-month", 50)
    assert answered(rebuild, log, 2, today=on(2, TUESDAY)) == ("unknown-morning", 50)


@pytest.mark.parametrize(
    ("pain", "expected"),
    [
        (0, ("clean", 45)),
        (2, ("mild-pain", 40)),
        (3, ("morning-after", 35)),
        (6, ("severe-pain", "paused", 30)),
    ],
)
@pytest.mark.parametrize("recorded", [on(2, MONDAY), on(2, THURSDAY), on(2)])
def test_a_morning_reported_before_the_next_long_run_counts(pain, expected, recorded):
    log = Log([unreported(), morning(1, SUNDAY, pain, recorded_on=recorded)])
    assert answered(asked(), log, 2, today=on(2)) == expected
    assert answered(asked(), log, 2, today=on(3)) == expected


def test_a_morning_that_is_known_to_be_good_is_no_condition_any_more():
    log = Log([unreported(), morning(1, SUNDAY, 0)])
    why = build(asked(), log, today=on(2)).weeks[1].long_run.decision.why
    assert why == "Up 5 minutes to 45 min: Sunday's run was clean."


@pytest.mark.parametrize("how", [{"pain": 2}, {"fatigue": 7}, {"minutes": 30}])
def test_what_the_run_itself_shows_is_answered_before_its_morning_is_over(how):
    for today in (on(1), on(2, MONDAY)):
        rule, minutes = answered(asked(), Log([unreported(**how)]), 2, today)
        assert rule in {"mild-pain", "tired", "cut-short"}
        assert minutes == 40


def test_a_morning_whose_run_was_never_reported_counts_as_pain_between():
    # Nobody knows which run of that day it was: the one of Sunday is missed.
    log = Log([morning(1, SUNDAY, 3)])
    assert answered(asked(), log, 2, today=on(2)) == ("pain-between", 35)


# --- reported late ----------------------------------------------------------------------------


def test_a_run_reported_late_counts_in_full_for_what_lies_ahead():
    # 40 was run in the first week, and reported with the second week's run two weeks later. The
    # second run was planned as 40, after a missed one, and known now the level was 45.
    late = Log([ran(1, recorded_on=on(3, MONDAY)), ran(2, 45)])
    assert answered(asked(), late, 2, today=on(3, TUESDAY)) == ("away", 40)
    assert answered(asked(), late, 3, today=on(3, TUESDAY)) == ("clean", 50)
    # With the 40 that were planned, the plan goes on from there.
    as_planned = Log([ran(1, recorded_on=on(3, MONDAY)), ran(2, 40)])
    assert answered(asked(), as_planned, 3, today=on(3, TUESDAY)) == ("clean", 45)


def test_a_runner_who_reports_once_a_month_loses_nothing_that_was_run():
    lengths = [40, 45, 50, 55]
    log = Log(
        ran(week, minutes, recorded_on=on(5, MONDAY))
        for week, minutes in enumerate(lengths, start=1)
    )
    plan = build(asked(), log, today=on(5, TUESDAY))
    # What was planned meanwhile, in silence: 70 % and 50 % of 40 in weeks 3 and 4. What comes
    # next is what the runs have earned.
    assert [week.long_run.minutes for week in plan.weeks[:5]] == [40, 40, 25, 20, 60]
    assert plan.weeks[4].long_run.decision.rule == "clean"


def test_a_runner_who_ran_the_eased_plan_and_reports_it_late_goes_on_from_there():
    lengths = [40, 40, 25, 20]
    log = Log(
        ran(week, minutes, recorded_on=on(5, MONDAY))
        for week, minutes in enumerate(lengths, start=1)
    )
    assert answered(asked(), log, 5) == ("clean", 25)


@pytest.mark.parametrize(
    ("pain", "expected"),
    [
        # As if it had been recorded in time: the second run of 45 is the length of the level.
        (0, ("clean", 50)),
        # The level was 40 after mild pain and 35 after more, and the clean second run earns a step.
        (2, ("clean", 45)),
        (3, ("clean", 40)),
        (5, ("clean", 40)),
        # The plan has been paused since the first run, at the reset of its 40 minutes.
        (6, ("severe-pain", "paused", 30)),
    ],
)
def test_a_morning_reported_late_shortens_what_lies_ahead(pain, expected):
    log = Log([ran(1), ran(2, 45), morning(1, SUNDAY, pain, recorded_on=on(3, MONDAY))])
    assert answered(asked(), log, 2, today=on(3, TUESDAY)) == ("clean", 45)
    assert answered(asked(), log, 3, today=on(3, TUESDAY)) == expected


@pytest.mark.parametrize(
    ("pain", "expected"),
    [
        (0, ("away", 45)),
        (2, ("away", 40)),
        (3, ("away", 35)),
        (6, ("severe-pain", "paused", 30)),
    ],
)
def test_a_morning_reported_after_a_missed_week_answers_the_run_before_it_again(pain, expected):
    log = Log([ran(1), morning(1, SUNDAY, pain, recorded_on=on(3, MONDAY))])
    assert answered(asked(), log, 3, today=on(3, THURSDAY)) == expected


@pytest.mark.parametrize(
    ("pain", "expected"),
    [
        # The level of the second week would have been 35 or 40; it was run with 45, and clean.
        (4, ("clean", 40)),
        (1, ("clean", 45)),
    ],
)
def test_pain_between_that_is_reported_late_counts_as_if_it_were_in_time(pain, expected):
    hurt = other(2, WEDNESDAY, pain=pain, recorded_on=on(3, MONDAY))
    log = Log([ran(1), ran(2, 45), hurt])
    assert answered(asked(), log, 2, today=on(3, TUESDAY)) == ("clean", 45)
    assert answered(asked(), log, 3, today=on(3, TUESDAY)) == expected


def test_a_good_morning_reported_late_is_worth_what_was_run():
    rebuild = asked(**CAREFUL)
    log = Log([unreported(minutes=50), morning(1, SUNDAY, 0, recorded_on=on(3, MONDAY))])
    # The second run was planned as 50, in silence. A step from there, or from what was run.
    assert answered(rebuild, log.add(ran(2, 50)), 2, today=on(3)) == ("unknown-morning", 50)
    assert answered(rebuild, log.add(ran(2, 50)), 3, today=on(3)) == ("clean", 55)
    assert answered(rebuild, log.add(ran(2, 55)), 3, today=on(3)) == ("clean", 60)


def test_a_run_of_an_eased_week_reported_late_is_what_goes_on():
    # 45 was earned; three silent weeks eased the fourth to 30, and the sixth is known to follow it.
    log = Log([ran(1), ran(4, 30, recorded_on=on(6, MONDAY))])
    assert answered(asked(), log, 4, today=on(6, TUESDAY)) == ("away", 30)
    # The fifth, on its day, was half of 45, and nobody ran it: 30 and a step are earned.
    assert answered(asked(), log, 5, today=on(6, TUESDAY)) == ("away", 20)
    assert answered(asked(), log, 6, today=on(6, THURSDAY)) == ("away", 35)


def test_what_is_reported_late_is_answered_once():
    log = Log([ran(1), ran(2, 45), morning(1, SUNDAY, 2, recorded_on=on(3, MONDAY)), ran(3, 45)])
    plan = build(asked(), log.add(ran(4, 50)), today=on(5, MONDAY))
    rules = [(week.long_run.decision.rule, week.long_run.minutes) for week in plan.weeks[:5]]
    assert rules == [("baseline", 40), *[("clean", minutes) for minutes in (45, 45, 50, 55)]]


def test_pain_before_the_plan_that_is_reported_late_changes_no_week():
    before = RunReport(day="2026-11-22", minutes=40, pain=2, recorded_on=on(2, MONDAY))
    assert answered(asked(), Log([before, ran(1)]), 2) == ("clean", 45)


# --- what a session is meant to be is fixed on its day ----------------------------------------


def test_a_report_of_the_evening_does_not_change_what_was_intended_that_morning():
    # Reported on Sunday with pain: the second run stays 45, the third is set back.
    log = Log([ran(1), ran(2, 45, recorded_on=on(2), pain=3, pain_from=40)])
    assert answered(asked(), log, 2, today=on(2)) == ("clean", 45)
    assert answered(asked(), log, 3, today=on(2)) == ("moderate-pain", 30)


def test_a_flag_reported_in_the_morning_stops_that_days_run():
    log = Log([ran(1), strength_report(2, SATURDAY, red_flags=["fever"], recorded_on=on(2))])
    assert answered(asked(), log, 2, today=on(2, SATURDAY)) == ("clean", 45)
    assert answered(asked(), log, 2, today=on(2)) == ("red-flag", "paused", 30)


def test_a_run_reported_before_its_day_is_set_from_what_was_known_before_that():
    # On Saturday it was run and reported; what becomes known on Saturday or Sunday is too late.
    early = ran(2, 45, weekday=SATURDAY, recorded_on=on(2, SATURDAY))
    late = morning(1, SUNDAY, 4, recorded_on=on(2, SATURDAY))
    assert answered(asked(), Log([ran(1), early, late]), 2, today=on(2)) == ("clean", 45)
    assert answered(asked(), Log([ran(1), early, late]), 3, today=on(3)) == ("clean", 40)
    # Of two reports of it the first one says when it was run and reported.
    again = ran(2, 44, weekday=SATURDAY, recorded_on=on(2))
    log = Log([ran(1), early, again, late])
    assert answered(asked(), log, 2, today=on(3)) == ("clean", 45)


def test_every_day_sees_the_same_past():
    rebuild = asked()
    log = Log([
        ran(1),
        morning(1, SUNDAY, 4, recorded_on=on(3, MONDAY)),
        ran(2, 45, recorded_on=on(4, MONDAY)),
        other(3, WEDNESDAY, pain=3, recorded_on=on(4, TUESDAY)),
        ran(3, 35, retracted_on=on(5, FRIDAY)),
        strength_report(4, WEDNESDAY, pain=7, recorded_on=on(5, MONDAY)),
        cleared(5, THURSDAY, recorded_on=on(6, MONDAY)),
    ])  # fmt: skip
    last = build(rebuild, log, today=on(7))
    for days in range(49):
        today = on(1, days)
        plan = build(rebuild, log, today=today)
        seen = [week.long_run for week in plan.weeks if week.long_run_day <= today]
        assert seen == [week.long_run for week in last.weeks[: len(seen)]]


# --- withdrawn --------------------------------------------------------------------------------


def test_a_report_that_is_withdrawn_no_longer_counts():
    hurt = ran(1, pain=4, pain_from=30, retracted_on=on(2, THURSDAY))
    log = Log([hurt, ran(1, recorded_on=on(2, THURSDAY))])
    assert answered(asked(), log, 2, today=on(2, WEDNESDAY)) == ("moderate-pain", 20)
    assert answered(asked(), log, 2, today=on(2, THURSDAY)) == ("clean", 45)


def test_a_report_that_is_withdrawn_after_the_next_run_heals_the_plan_from_there_on():
    # The second run was planned as 20 by a slip, and run as such.
    hurt = ran(1, pain=4, pain_from=30, retracted_on=on(3, MONDAY))
    fixed = ran(1, recorded_on=on(3, MONDAY))
    log = Log([hurt, fixed, ran(2, 20)])
    assert answered(asked(), log, 2, today=on(3, TUESDAY)) == ("moderate-pain", 20)
    assert answered(asked(), log, 3, today=on(3, TUESDAY)) == ("clean", 25)
    # If 45 were run all the same, they count.
    longer = Log([hurt, fixed, ran(2, 45)])
    assert answered(asked(), longer, 3, today=on(3, TUESDAY)) == ("clean", 50)


def test_a_plan_does_not_know_yet_what_will_be_withdrawn():
    run = ran(1, recorded_on=on(1))
    later = Log([run]).retract(run, on=on(3))
    for today in (on(1), on(2, TUESDAY)):
        assert build(asked(), later, today=today) == build(asked(), Log([run]), today=today)


def test_an_entry_about_a_day_to_come_is_not_seen():
    log = Log([ran(1), ran(2, 45, pain=5)])
    assert answered(asked(), log, 2, today=on(2, SATURDAY)) == ("clean", 45)
    assert answered(asked(), log, 3, today=on(2, SATURDAY)) == ("clean", 50)


def test_neither_order_nor_duplicates_of_entries_matter():
    entries = [ran(1), other(2, WEDNESDAY, pain=3), ran(2, 35), ran(2, 33), morning(2, SUNDAY, 1)]
    plan = build(asked(), Log(entries), today=on(3, TUESDAY))
    for log in (Log(entries[::-1]), Log([*entries, *entries])):
        assert build(asked(), log, today=on(3, TUESDAY)) == plan
