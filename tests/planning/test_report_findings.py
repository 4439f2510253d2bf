"""The findings about what was reported: each of them, and the case just beside it."""

import datetime as dt

import pytest
from support.diaries import asked, cleared, diary, on, other, ran, strength_report

from runplan import Away, Change, Log, MorningReport, Move, RunReport, build

TUESDAY, SATURDAY = 1, 5


def found_in(plan, code):
    """Return level and week of the findings of a code."""
    return [(each.level, each.week) for each in plan.findings if each.code == code]


def message(plan, code):
    """Return what the only finding of a code says."""
    (found,) = (each.message for each in plan.findings if each.code == code)
    return found


# --- not-yet ----------------------------------------------------------------------------------


def test_an_entry_about_tomorrow_is_not_counted_and_the_plan_says_so():
    log = Log([ran(1, recorded_on=on(1)), strength_report(2, TUESDAY)])
    plan = build(asked(), log, today=on(2, 0))
    assert found_in(plan, "not-yet") == [("note", None)]
    assert message(plan, "not-yet") == (
        "1 entry recorded after today, the first about Tue 8 Dec 2026: not counted yet. If the "
        "date is wrong, withdraw the entry and log it again."
    )
    assert found_in(build(asked(), log, today=on(2, 1)), "not-yet") == []


@pytest.mark.parametrize(
    ("how", "words"),
    [({"pain": 6}, "pain of 6 of 10"), ({"red_flags": ["fever"]}, "a red flag")],
)
def test_severe_pain_with_tomorrows_date_is_a_warning_to_see_a_clinician(how, words):
    # A phone east of the plan's zone is a day ahead.
    log = Log([ran(1, recorded_on=on(2, 0), day=on(2, 0), **how)])
    plan = build(asked(), log, today=on(1))
    assert found_in(plan, "not-yet") == [("warning", None)]
    assert f"There is {words} among them: see a doctor" in message(plan, "not-yet")


def test_of_several_entries_about_days_to_come_the_first_is_named_and_the_worst_counts():
    log = Log([other(2, TUESDAY, pain=7), strength_report(2, 2), cleared(2, 3)])
    plan = build(asked(), log, today=on(1))
    assert found_in(plan, "not-yet") == [("warning", None)]
    assert message(plan, "not-yet").startswith(
        "3 entries recorded after today, the first about Tue 8 Dec 2026: not counted yet."
    )
    assert "There is pain of 7 of 10 among them" in message(plan, "not-yet")


def test_what_was_recorded_weeks_later_is_no_finding_of_an_earlier_day():
    log = Log([ran(1, recorded_on=on(3))])
    assert found_in(build(asked(), log, today=on(2)), "not-yet") == []
    assert found_in(build(asked(), log, today=on(3, SATURDAY)), "not-yet") == [("note", None)]


def test_a_change_or_a_move_ahead_is_no_entry_with_a_wrong_date():
    ahead = [
        Change(day=on(3), target_min=100, recorded_on=on(1)),
        Move(day=on(3), to=on(3, SATURDAY), recorded_on=on(1)),
    ]
    assert found_in(build(asked(), Log(ahead), today=on(1)), "not-yet") == []


# --- far-over-plan ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("planned", "minutes", "is_far"),
    [
        (40, 52, False),  # 130 %
        (40, 53, True),
        (20, 29, False),  # 145 %, but only 9 minutes
        (20, 30, True),
        (80, 104, False),
        (80, 105, True),
        (100, 130, False),
        (100, 131, True),
    ],
)
def test_a_run_far_over_the_plan_is_a_warning(planned, minutes, is_far):
    rebuild = asked(baseline_min=planned, target_min=120)
    plan = build(rebuild, Log([ran(1, minutes)]), today=on(2, TUESDAY))
    assert found_in(plan, "far-over-plan") == ([("warning", 1)] if is_far else [])
    if is_far:
        assert message(plan, "far-over-plan").startswith(
            f"Sun 6 Dec: {minutes} min were run where {planned} were planned."
        )


@pytest.mark.parametrize(("today", "is_found"), [(on(5), True), (on(6, 0), False)])
def test_what_was_run_four_weeks_ago_is_no_longer_a_finding(today, is_found):
    plan = build(asked(), Log([ran(1, 80)]), today=today)
    assert bool(found_in(plan, "far-over-plan")) is is_found


def test_only_steps_that_lie_ahead_are_findings():
    # 45 is 112.5 % of 40, 50 is 111.1 % of 45, and 55 is 110 % of 50.
    # The 45 of a missed second week are planned again.
    for weeks, today, first in (([{}], on(2), 2), ([{}, {}], on(3), 3), ([{}], on(3, 3), 3)):
        plan = build(asked(), diary(asked(), *weeks), today=today)
        assert found_in(plan, "step-over-110") == [("note", first)]


def test_a_baseline_is_to_be_found_again_before_the_next_run_after_an_absence():
    for week in (7, 8):
        plan = build(asked(), Log([ran(1)]), today=on(week, 3))
        assert found_in(plan, "find-baseline") == [("warning", week)]


# --- pain before the start, and after the target ----------------------------------------------


@pytest.mark.parametrize(
    ("how", "is_found"),
    [
        ({"pain": 2, "pain_from": 40}, True),
        ({"pain": 2, "pain_from": 41}, False),
        ({"pain": 2}, True),  # nobody knows when
        ({"pain": 0}, False),
        ({"pain": 0, "pain_next_morning": 3}, True),
    ],
)
def test_pain_within_the_baseline_before_the_plan_is_a_warning(how, is_found):
    log = Log([RunReport(day="2026-11-22", minutes=50, **how)])
    plan = build(asked(), log, today=on(1, 0))
    assert found_in(plan, "pain-before-start") == ([("warning", None)] if is_found else [])


@pytest.mark.parametrize(
    ("day", "is_found"),
    [("2026-11-16", True), ("2026-11-15", False), ("2026-11-29", True), ("2026-11-30", False)],
)
def test_only_pain_of_the_two_weeks_before_the_plan_counts(day, is_found):
    plan = build(asked(), Log([RunReport(day=day, minutes=30, pain=3)]), today=on(1, 0))
    assert bool(found_in(plan, "pain-before-start")) is is_found


@pytest.mark.parametrize(("today", "is_found"), [(on(1), True), (on(2, 0), False)])
def test_pain_before_the_plan_is_a_finding_of_its_first_week(today, is_found):
    log = Log([ran(0, pain=2), ran(-1, pain=1)])
    plan = build(asked(), log, today=today)
    assert bool(found_in(plan, "pain-before-start")) is is_found
    if is_found:
        # The latest of them is named.
        assert message(plan, "pain-before-start").startswith("Pain of 2 of 10 on Sun 29 Nov")


@pytest.mark.parametrize(("pain", "is_found"), [(1, True), (5, True), (6, False)])
def test_severe_pain_before_the_plan_pauses_it_instead(pain, is_found):
    plan = build(asked(), Log([ran(0, pain=pain)]), today=on(1, 0))
    assert bool(found_in(plan, "pain-before-start")) is is_found
    assert found_in(plan, "paused") == ([] if is_found else [("warning", 1)])


def test_a_pause_is_a_finding_of_the_week_of_the_next_long_run():
    plan = build(asked(), Log([ran(1, pain=6)]), today=on(3, 0))
    assert found_in(plan, "paused") == [("warning", 3)]
    assert found_in(plan, "long-run-left-out") == []


def test_mild_pain_after_the_target_is_a_warning_and_pauses_nothing():
    reached = asked(target_min=40)
    log = Log([ran(1), ran(3, pain=3, pain_from=30)])
    plan = build(reached, log, today=on(4, 0))
    assert (plan.status, plan.finish) == ("reached", on(1))
    assert message(plan, "pain-after-target") == (
        "Pain of 3 of 10 from minute 30 on Sun 20 Dec, after the target was reached. Run to well "
        "before it begins; if it comes back, start again from a shorter baseline."
    )
    well = build(reached, Log([ran(1), ran(3)]), today=on(4, 0))
    assert found_in(well, "pain-after-target") == []
    # Any pain below 6 counts, and the latest is named; other runs do not count.
    again = build(reached, log.add(ran(4, pain=1), other(4, 2, pain=2)), today=on(5, 0))
    assert message(again, "pain-after-target").startswith("Pain of 1 of 10 on Sun 27 Dec")
    severe = build(reached, Log([ran(1), ran(3, pain=6)]), today=on(4, 0))
    assert found_in(severe, "pain-after-target") == []


# --- which week a report was given to ---------------------------------------------------------


def test_sundays_run_done_on_monday_is_given_to_sunday_with_a_note():
    log = Log([ran(1, weekday=7)])
    plan = build(asked(), log, today=on(2, TUESDAY))
    assert [week.report and week.report.day for week in plan.weeks[:2]] == [on(2, 0), None]
    assert message(plan, "report-week") == "The run of Mon 7 Dec counts as the long run of week 1."
    assert plan.next_long_run.day == on(2)


def test_a_second_run_of_a_week_is_another_run_with_a_note():
    log = Log([ran(1), ran(1, 30, weekday=7)])
    plan = build(asked(), log, today=on(2, TUESDAY))
    assert plan.weeks[0].report.day == on(1)
    assert message(plan, "report-week") == (
        "The run of Mon 7 Dec counts as another run, not as a long run."
    )


@pytest.mark.parametrize("week", [1, 8])
def test_a_run_on_its_day_needs_no_note(week):
    plan = build(asked(), Log([ran(week)]), today=on(week + 1, TUESDAY))
    assert found_in(plan, "report-week") == []


@pytest.mark.parametrize("week", [1, 2])
def test_another_run_of_the_first_or_the_last_week_has_its_note(week):
    log = Log([ran(1), ran(2, 45), ran(week, 20, weekday=SATURDAY)])
    for today in (on(2, 7), on(3, TUESDAY)):
        plan = build(asked(target_min=45), log, today=today)
        assert found_in(plan, "report-week") == [("note", week)]


# --- two reports, mornings, clearances and moves ----------------------------------------------


def test_two_reports_of_one_run_are_read_carefully_with_a_note():
    log = Log([ran(1, 40), ran(1, 35, pain=2, pain_from=20)])
    plan = build(asked(), log, today=on(2, TUESDAY))
    report = plan.weeks[0].report
    assert (report.minutes, report.pain, report.pain_from) == (35, 2, 20)
    assert found_in(plan, "two-reports") == [("note", 1)]
    same = Log([ran(1), ran(1, recorded_on=on(2, TUESDAY))])
    assert found_in(build(asked(), same, today=on(2, TUESDAY)), "two-reports") == []


def test_a_morning_without_a_run_is_a_note():
    log = Log([MorningReport(day=on(1, 2), pain=0)])
    assert found_in(build(asked(), log, today=on(1, 4)), "morning-without-run") == [("note", None)]
    with_its_run = Log([ran(1), MorningReport(day=on(1), pain=0)])
    assert found_in(build(asked(), with_its_run, today=on(2, 0)), "morning-without-run") == []


def test_a_clearance_while_nothing_is_paused_changes_nothing_and_is_a_note():
    log = diary(asked(), {})
    plan = build(asked(), log.add(cleared(2, 1)), today=on(2, 2))
    assert found_in(plan, "clearance-without-pause") == [("note", None)]
    assert plan.weeks == build(asked(), log, today=on(2, 2)).weeks


@pytest.mark.parametrize(("weekday", "is_found"), [(-1, False), (0, True), (1, True)])
def test_a_clearance_counts_as_one_of_the_plan_from_its_first_day_on(weekday, is_found):
    plan = build(asked(), Log([cleared(1, weekday)]), today=on(1, 2))
    assert bool(found_in(plan, "clearance-without-pause")) is is_found


def test_two_pauses_between_two_long_runs_use_both_their_clearances():
    log = Log(
        [
            ran(1),
            strength_report(2, 0, pain=7),
            cleared(2, 1),
            strength_report(2, 2, pain=6),
            cleared(2, 3),
        ]
    )
    plan = build(asked(), log, today=on(2, 4))
    assert found_in(plan, "clearance-without-pause") == []
    assert plan.status != "paused"


def test_a_clearance_in_time_is_no_note():
    log = Log([ran(1, pain=7), cleared(2, 1)])
    plan = build(asked(), log, today=on(2, 2))
    assert found_in(plan, "clearance-without-pause") == []


def test_a_move_of_nothing_is_a_note():
    log = Log([Move(day=on(2, 3), to=on(2, 4), recorded_on=on(1))])
    plan = build(asked(strength=None), log, today=on(1))
    assert found_in(plan, "move-without-session") == [("note", None)]
    moved = Log([Move(day=on(2), to=on(2, SATURDAY), recorded_on=on(1))])
    plan = build(asked(strength=None), moved, today=on(1))
    assert found_in(plan, "move-without-session") == []
    assert plan.weeks[1].long_run.day == on(2) - dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("move", "recorded_on", "why"),
    [
        ((on(2), on(2, SATURDAY)), on(2), "both days must lie ahead when it is recorded"),
        (
            (on(2), on(3, 3)),
            on(1),
            "the new day must be nearer to Sun 13 Dec than to the next session",
        ),
        ((on(2, 3), on(2, 4)), on(1), "no session is planned for Thu 10 Dec"),
    ],
)
def test_a_move_that_changes_nothing_says_why(move, recorded_on, why):
    day, to = move
    log = Log([Move(day=day, to=to, recorded_on=recorded_on)])
    plan = build(asked(strength=None), log, today=recorded_on)
    assert message(plan, "move-without-session").endswith(f" changes nothing: {why}.")


def test_a_move_while_paused_says_so():
    log = Log([ran(1, pain=7), Move(day=on(2), to=on(2, SATURDAY), recorded_on=on(2, 0))])
    plan = build(asked(strength=None), log, today=on(2, 0))
    assert message(plan, "move-without-session") == (
        "The move of Sun 13 Dec to Sat 12 Dec changes nothing: the plan is paused."
    )


def test_a_move_of_a_long_run_that_days_off_leave_out_says_so():
    off = Change(day=on(2, 0), away=[Away(first=on(2, 0))])
    log = Log([ran(1), Move(day=on(2), to=on(2, SATURDAY), recorded_on=on(1)), off])
    plan = build(asked(strength=None), log, today=on(2, 0))
    said = message(plan, "move-without-session")
    assert said.endswith("changes nothing: no session is planned for Sun 13 Dec.")


def test_a_move_that_was_moved_again_is_no_note():
    log = Log(
        [
            Move(day=on(2), to=on(2, SATURDAY), recorded_on=on(1)),
            Move(day=on(2, SATURDAY), to=on(2, 4), recorded_on=on(2, 0)),
        ]
    )
    plan = build(asked(strength=None), log, today=on(2, 0))
    assert plan.weeks[1].long_run.day == on(2, 4)
    assert found_in(plan, "move-without-session") == []


def test_another_run_leaves_no_finding():
    log = Log([ran(1), other(2, 2)])
    assert build(asked(baseline_min=60), log, today=on(2, 3)).findings == ()
