"""Which report belongs to which session, and what a week shows of both."""

import pytest
from support.diaries import answered, asked, cleared, diary, lifted, on, other, ran

from runplan import CAUTIOUS, Log, MorningReport, StrengthReport, build
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
    monday, friday = lifted(5, MONDAY, pain=1), lifted(5, FRIDAY, pain=2)
    assert paired() == (None, None, None)
    assert paired(friday, monday) == (monday, None, friday)


@pytest.mark.parametrize(
    ("weekday", "place"), [(1, 0), (3, 1), (5, 2), (6, 2)], ids=["Tue", "Thu", "Sat", "Sun"]
)
def test_a_report_of_another_day_belongs_to_the_nearest_session_that_has_none(weekday, place):
    report = lifted(5, weekday)
    expected = [None, None, None]
    expected[place] = report
    assert paired(report) == tuple(expected)


def test_a_session_that_has_its_report_leaves_another_day_to_the_next_one():
    friday, saturday = lifted(5, FRIDAY), lifted(5, 5)
    assert paired(saturday, friday) == (None, saturday, friday)


def test_of_two_reports_of_one_day_the_worse_is_shown():
    sore = lifted(5, MONDAY, pain=2)
    stiff = lifted(5, MONDAY, pain=2, pain_next_morning=1)
    for reports in ([sore, stiff], [stiff, sore]):
        assert paired(*reports)[0] == stiff
    unknown, well = lifted(5, WEDNESDAY), lifted(5, WEDNESDAY, pain_next_morning=1)
    assert paired(unknown, well)[1] == well


def test_more_reports_than_sessions_leave_the_last_ones_out():
    reports = [lifted(5, day) for day in range(5)]
    assert None not in paired(*reports)


# --- what a week shows ------------------------------------------------------------------------


def test_a_week_shows_its_own_reports_and_no_other():
    log = diary(REBUILD, {}, {})
    log = log.add(StrengthReport(day=on(1, 2), pain=1)).add(StrengthReport(day=on(2, 2), pain=2))
    plan = build(REBUILD, log, today=on(3, 1))
    shown = [[report and report.pain for report in week.strength_reports] for week in plan.weeks]
    assert shown[:3] == [[1], [2], [None, None]]
    assert [week.report and week.report.day for week in plan.weeks[:3]] == [on(1), on(2), None]


def test_every_session_carries_where_and_when_it_is():
    plan = build(REBUILD, diary(REBUILD, {}), today=on(2, 1))
    for week in plan.weeks:
        assert week.long_run_day == week.long_run.day
        assert (week.long_run.week, week.long_run.place) == (week.number, 1)
        for session in week.sessions:
            assert session.timezone == "Europe/Berlin"
            assert (session.week, session.start.timezone_name) == (week.number, "Europe/Berlin")
        assert [session.minutes for session in week.strength] == [30] * len(week.strength)


def test_a_plan_ends_with_the_week_in_which_the_target_is_run():
    near = asked(target_min=45)
    assert len(build(near, today=on(1, 0)).weeks) == 2
    done = Log([ran(1), ran(2, 45)])
    for today in (on(2), on(3, 0), on(3, 1), on(5, 3)):
        plan = build(near, done, today=today)
        assert (len([week for week in plan.weeks if week.long_run]), plan.finish) == (2, on(2))


# --- runs while paused ------------------------------------------------------------------------

SEVERE = {"pain": 7, "pain_from": 30}


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


def test_pain_in_another_run_holds_the_next_long_run_and_no_later_one():
    log = Log([other(1, 2, pain=1), ran(1)])
    assert answered(asked(), log, 1, today=on(1, 3)) == ("mild-pain-between", 40)
    assert answered(asked(), log, 2) == ("clean", 45)


def test_a_clearance_from_before_the_plan_answers_the_flags_before_it():
    # The day after the assessment that the request names.
    flagged = StrengthReport(day="2026-11-21", red_flags=["lump"])
    log = Log([flagged])
    assert build(asked(), log, today=on(1, 0)).status == "paused"
    cleared_before = log.add(cleared(0, 2))
    assert answered(asked(), cleared_before, 1, today=on(1, 1)) == ("baseline", 40)
    codes = [each.code for each in build(asked(), cleared_before, today=on(1, 1)).findings]
    assert "clearance-without-pause" not in codes


def test_a_clearance_above_the_target_resumes_at_the_target():
    log = Log([ran(1, **SEVERE), cleared(2, 3, baseline_min=300)])
    plan = build(asked(), log, today=on(2, 4))
    assert plan.weeks[1].long_run.minutes == 90


def test_a_morning_without_a_run_is_a_finding():
    log = Log([ran(1), MorningReport(day=on(1, 2), pain=1), MorningReport(day=on(1), pain=0)])
    found = [each.message for each in build(asked(), log, today=on(2, 1)).findings]
    assert sum("Wed 2 Dec" in message for message in found) == 1
    assert not any("Sun 6 Dec" in message for message in found)


def test_a_run_of_the_week_itself_says_nothing_about_what_the_week_was_meant_to_be():
    # It was run and reported on Saturday; the week's run is fixed on Sunday.
    log = Log([ran(1), ran(2, 80, weekday=5, recorded_on=on(2, 5))])
    run = build(asked(), log, today=on(2)).weeks[1].long_run
    assert (run.minutes, run.longest_min) == (45, 40)


def test_after_a_silent_week_the_length_that_was_planned_no_longer_counts():
    # Nobody ran the lighter week 8: week 9 has the level that was due in it.
    careful = asked(policy=CAUTIOUS, baseline_min=45)
    log = diary(careful, *[{}] * 7)
    plan = build(careful, log, today=on(9, 3))
    lighter, after = plan.weeks[7].long_run, plan.weeks[8].long_run
    assert (lighter.decision.rule, after.decision.rule) == ("cutback", "away")
    assert lighter.minutes < after.minutes == lighter.level_min
