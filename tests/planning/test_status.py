"""Which report belongs to which session, and what a week shows of both."""

import pytest
from support.diaries import answered, asked, cleared, diary, on, other, ran, strength_report

from runplan import CAUTIOUS, Away, Log, StrengthReport, build
from runplan.planning.status import matched

# A week with three sessions: Monday, Wednesday and Friday of week 5.
REBUILD = asked()
WEEK = build(REBUILD, diary(REBUILD, {}, {}, {}, {}), today=on(5, 0)).weeks[4]
MONDAY, WEDNESDAY, FRIDAY = 0, 2, 4


def paired(*reports):
    """Return the report of each of the three sessions."""
    return matched(WEEK.strength, reports)


# --- strength reports and sessions ------------------------------------------------------------


def test_a_report_belongs_to_the_session_of_its_day():
    monday, friday = strength_report(5, MONDAY, pain=1), strength_report(5, FRIDAY, pain=2)
    assert paired() == (None, None, None)
    assert paired(friday, monday) == (monday, None, friday)


@pytest.mark.parametrize(
    ("weekday", "place"), [(1, 0), (3, 1), (5, 2), (6, 2)], ids=["Tue", "Thu", "Sat", "Sun"]
)
def test_a_report_of_another_day_belongs_to_the_nearest_session_that_has_none(weekday, place):
    report = strength_report(5, weekday)
    expected = [None, None, None]
    expected[place] = report
    assert paired(report) == tuple(expected)


def test_a_session_that_has_its_report_leaves_another_day_to_the_next_one():
    friday, saturday = strength_report(5, FRIDAY), strength_report(5, 5)
    assert paired(saturday, friday) == (None, saturday, friday)


def test_of_two_reports_of_one_day_the_worse_is_shown():
    sore = strength_report(5, MONDAY, pain=2)
    stiff = strength_report(5, MONDAY, pain=2, pain_next_morning=1)
    for reports in ([sore, stiff], [stiff, sore]):
        assert paired(*reports)[0] == stiff
    unknown, well = (
        strength_report(5, WEDNESDAY),
        strength_report(5, WEDNESDAY, pain_next_morning=1),
    )
    assert paired(unknown, well)[1] == well


def test_more_reports_than_sessions_leave_the_last_ones_out():
    reports = [strength_report(5, day) for day in range(5)]
    assert None not in paired(*reports)


# --- what a week shows ------------------------------------------------------------------------


def test_a_week_shows_its_own_reports_and_no_other():
    log = diary(REBUILD, {}, {})
    log = log.add(StrengthReport(day=on(1, 2), pain=1)).add(StrengthReport(day=on(2, 2), pain=2))
    plan = build(REBUILD, log, today=on(3, 1))
    shown = [[report and report.pain for report in week.strength_reports] for week in plan.weeks]
    assert shown[:3] == [[1], [2], [None, None]]
    assert [week.report and week.report.day for week in plan.weeks[:3]] == [on(1), on(2), None]


@pytest.mark.parametrize(("day", "week"), [(on(1), 1), (on(2, MONDAY), 2)])
def test_a_strength_report_of_the_last_or_the_first_day_is_shown_in_its_week(day, week):
    plan = build(REBUILD, Log([StrengthReport(day=day)]), today=on(2, 1))
    shown = [each.number for each in plan.weeks if any(each.strength_reports)]
    assert shown == [week]


def test_every_session_carries_where_and_when_it_is():
    plan = build(REBUILD, diary(REBUILD, {}), today=on(2, 1))
    for week in plan.weeks:
        assert week.long_run_day == week.long_run.day
        assert (week.long_run.week, week.long_run.place) == (week.number, 1)
        for session in week.sessions:
            assert session.timezone == "Europe/Berlin"
            assert (session.week, session.start.timezone_name) == (week.number, "Europe/Berlin")
        assert [session.minutes for session in week.strength] == [30] * len(week.strength)


def test_of_two_reports_of_a_session_the_one_that_was_done_counts():
    skipped = strength_report(5, MONDAY, skipped=True)
    done = strength_report(5, MONDAY)
    assert paired(skipped, done) == paired(done, skipped) == (done, None, None)


def test_done_skipped_and_planned_sessions_are_told_apart_and_nothing_is_missed():
    log = Log([strength_report(1, WEDNESDAY, skipped=True), strength_report(2, WEDNESDAY)])
    plan = build(asked(), log, today=on(3, FRIDAY))
    marks = [plan.mark(each) for week in plan.weeks[:3] for each in week.strength]
    assert marks == ["skipped", "done", "not reported", "planned"]
    # Silence about strength is not shown.
    assert [row[-2] for row in plan.table().rows[:3]] == [
        "Wed skipped",
        "Wed done",
        "Wed, Fri next",
    ]
    rows = [row for row in plan.rows() if row["kind"] == "strength"]
    assert [row["pain"] for row in rows[:3]] == [None, 0, None]


def test_a_skipped_session_holds_nothing_and_costs_nothing():
    log = Log([strength_report(week, WEDNESDAY, skipped=True) for week in (1, 2, 3, 4)])
    rebuild = asked(first_month="hold")
    silent, skipped = build(rebuild, Log(), on(5, MONDAY)), build(rebuild, log, on(5, MONDAY))
    assert skipped.next == silent.next
    assert [week.long_run for week in skipped.weeks] == [week.long_run for week in silent.weeks]
    assert [week.strength for week in skipped.weeks] == [week.strength for week in silent.weeks]
    assert skipped.findings == silent.findings


def test_a_red_flag_counts_even_with_a_skipped_session():
    log = Log([strength_report(1, WEDNESDAY, skipped=True, red_flags=["fever"])])
    assert build(asked(), log, on(1, FRIDAY)).pause.decision.rule == "red-flag"


def test_a_done_session_shows_its_exercises():
    log = Log([strength_report(1, WEDNESDAY, reps={"Renegade row": [8, 7]})])
    plan = build(asked(), log, today=on(1, FRIDAY))
    rows = [row for row in plan.rows() if row["kind"] == "strength"]
    assert [row["exercises_done"] for row in rows[:2]] == ["Renegade row 8 + 7 reps", ""]
    assert plan.weeks[0].table().rows[0][4] == "done, Renegade row 8 + 7 reps"


def test_a_week_shows_how_many_of_its_strength_sessions_were_reported():
    log = Log([strength_report(1, WEDNESDAY)])
    weeks = build(asked(), log, today=on(1, FRIDAY)).weeks
    assert ["<1 of 1>" in repr(weeks[0]), "<0 of 1>" in repr(weeks[1])] == [True, True]


# --- how it is going --------------------------------------------------------------------------

MILD, HURT, SEVERE = {"pain": 1}, {"pain": 3, "pain_from": 38}, {"pain": 7, "pain_from": 30}


@pytest.mark.parametrize(
    ("weeks", "status", "finish"),
    [
        # 40 45 50 55 60 is on course for the fifth Sunday.
        ([], "on course", on(5)),
        ([{}], "on course", on(5)),
        # 40 40 45, and 40 40 35 40.
        ([MILD], "holding", on(6)),
        ([MILD, MILD], "stepping back", on(8)),
        # 45 set back to 30, then a step again.
        ([{}, HURT], "stepping back", on(9)),
        ([{}, HURT, {}], "on course", on(9)),
        ([SEVERE], "paused", None),
        ([{}] * 5, "reached", on(5)),
    ],
    ids=lambda value: str(value) if isinstance(value, str) else None,
)
def test_the_status_tells_how_the_next_long_run_compares_with_the_last(weeks, status, finish):
    rebuild = asked(target_min=60)
    plan = build(rebuild, diary(rebuild, *weeks), today=on(len(weeks) + 1, MONDAY))
    assert (plan.status, plan.finish) == (status, finish)


def test_the_run_of_today_is_the_next_one_until_it_is_reported():
    log = diary(asked(), MILD)
    assert build(asked(), log, today=on(2)).status == "holding"
    assert build(asked(), log.add(ran(2, recorded_on=on(2))), today=on(2)).status == "on course"


@pytest.mark.parametrize("weeks", [1, 2, 3])
def test_a_held_first_month_is_on_course(weeks):
    rebuild = asked(first_month="hold")
    plan = build(rebuild, diary(rebuild, *[{}] * weeks), today=on(weeks + 1, MONDAY))
    assert plan.status == "on course"


def test_a_lighter_week_and_the_resumption_after_a_pause_are_on_course():
    careful = asked(baseline_min=60, policy=CAUTIOUS)
    plan = build(careful, diary(careful, {}, {}, {}), today=on(4, MONDAY))
    assert (plan.weeks[3].long_run.decision.rule, plan.status) == ("cutback", "on course")
    log = Log([ran(1, **SEVERE), cleared(2, WEDNESDAY, baseline_min=40)])
    assert build(asked(), log, today=on(2, 3)).status == "on course"
    lower = Log([ran(1, **SEVERE), cleared(2, WEDNESDAY)])
    assert build(asked(), lower, today=on(2, 3)).status == "stepping back"


def test_a_pause_that_lies_ahead_is_shown_at_once():
    # Of the 20 that were earned a step back leaves 15; of the half of it, too little.
    rebuild = asked(baseline_min=15, away=[Away(first=on(2, MONDAY), last=on(4))])
    log = Log([ran(1, 15), other(2, MONDAY, pain=3)])
    plan = build(rebuild, log, today=on(2, 1))
    assert (plan.status, plan.pause.decision.rule) == ("paused", "too-short")
    assert (plan.pause.since, plan.pause.stops_strength) == (on(2, MONDAY), False)


def test_a_plan_that_has_reached_its_target_stays_as_it_is():
    near = asked(target_min=45)
    log = diary(near, {}, {})
    plan, later = (build(near, log, today=today) for today in (on(3, MONDAY), on(20)))
    assert (later.weeks, later.status, later.finish) == (plan.weeks, "reached", on(2))


# --- runs while paused ------------------------------------------------------------------------


def test_a_run_while_paused_is_never_cut_short_nor_earns_it_a_step():
    # Paused at 40, to resume with 20. Ten minutes meanwhile are another run.
    log = Log([ran(1, **SEVERE), ran(2, 10), cleared(3, 2)])
    assert answered(asked(), log, 3, today=on(3, 3)) == ("clearance", 20)
    # A clearance of that day ends the pause before the run, which then was to be 20 minutes.
    same_day = Log([ran(1, **SEVERE), ran(2, 10), cleared(2)])
    assert answered(asked(), same_day, 3, today=on(3, 1)) == ("cut-short", 20)


def test_a_run_of_a_week_that_was_paused_is_part_of_no_plan():
    # The clearance was given on the Friday before that run, and logged on the Monday after.
    late = cleared(2, 4, recorded_on=on(3, 0))
    log = Log([ran(1, **SEVERE), ran(2, 10), late])
    assert answered(asked(), log, 3, today=on(3, 1)) == ("clearance", 20)


def test_runs_while_paused_are_other_runs_and_belong_to_no_week():
    log = Log([ran(1, **SEVERE), ran(2, 15, weekday=3), ran(2, 10, weekday=5, pain=2)])
    plan = build(asked(), log, today=on(3, 1))
    assert (plan.status, plan.weeks[1].report) == ("paused", None)
    codes = [finding.code for finding in plan.findings]
    assert codes.count("report-week") == 2


def test_a_clearance_from_before_the_plan_answers_the_flags_before_it():
    # The day after the assessment that the request names.
    flagged = StrengthReport(day="2026-11-21", red_flags=["lump"])
    log = Log([flagged])
    assert build(asked(), log, today=on(1, 0)).status == "paused"
    cleared_before = log.add(cleared(0, 2))
    assert answered(asked(), cleared_before, 1, today=on(1, 1)) == ("baseline", 40)
    codes = [each.code for each in build(asked(), cleared_before, today=on(1, 1)).findings]
    assert "clearance-without-pause" not in codes


def test_a_run_of_the_week_itself_says_nothing_about_what_the_week_was_meant_to_be():
    # It was run and reported on Saturday; the week's run is fixed on Sunday.
    log = Log([ran(1), ran(2, 80, weekday=5, recorded_on=on(2, 5))])
    run = build(asked(), log, today=on(2)).weeks[1].long_run
    assert (run.minutes, run.longest_min) == (45, 40)
