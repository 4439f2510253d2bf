"""Which strength sessions take place: each is fixed on its own day."""

import pytest
from attrs import evolve
from support.diaries import SUNDAY, asked, cleared, diary, morning, on, other, ran, strength_report

from runplan import FIVE_MINUTES, Away, Change, Log, Referral, Rule, Strength, Verdict, build

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY = range(6)
MILD = {"pain": 2, "pain_from": 30}
# Monday, Wednesday and Friday.
THREE = Strength(ramp=[(None, 3)])


def days(rebuild, log, today):
    """Return the days of all strength sessions."""
    return [each.day for week in build(rebuild, log, today=today).weeks for each in week.strength]


def days_until(rebuild, log, today, weeks):
    """Return the days of the strength sessions of the first weeks."""
    return [day for day in days(rebuild, log, today) if day <= on(weeks)]


@pytest.mark.parametrize(
    "report",
    [
        strength_report(1, WEDNESDAY, red_flags=["fever"]),
        strength_report(1, WEDNESDAY, pain=6),
        other(1, WEDNESDAY, pain=6, recorded_on=on(1, WEDNESDAY)),
        other(1, TUESDAY, red_flags=["no-better"], recorded_on=on(1, THURSDAY)),
    ],
    ids=["flag in strength", "severe in strength", "severe in a run", "flag reported later"],
)
def test_a_flag_or_severe_pain_stops_strength_until_the_day_of_the_clearance(report):
    rebuild = asked(strength=THREE)
    log = Log([report, cleared(2, FRIDAY)])
    expected = [
        on(1, MONDAY),
        on(1, WEDNESDAY),
        on(2, FRIDAY),
        on(3, MONDAY),
        on(3, WEDNESDAY),
        on(3, FRIDAY),
    ]
    if report.type == "run" and report.day == on(1, WEDNESDAY):
        # Known on Wednesday, before that day's session.
        expected.remove(on(1, WEDNESDAY))
    assert days_until(rebuild, log, on(2), 3) == expected


@pytest.mark.parametrize(
    ("recorded", "days_of_week"),
    [
        # What a session reports itself does not cancel it.
        (on(2, MONDAY), [MONDAY]),
        (on(2, WEDNESDAY), [MONDAY, WEDNESDAY]),
        (on(2, THURSDAY), [MONDAY, WEDNESDAY]),
        (on(2, SATURDAY), [MONDAY, WEDNESDAY, FRIDAY]),
    ],
)
def test_a_session_is_cancelled_from_the_day_on_which_the_flag_is_known(recorded, days_of_week):
    rebuild = asked(strength=THREE)
    flagged = strength_report(2, MONDAY, red_flags=["fever"], recorded_on=recorded)
    log = Log([ran(1), flagged])
    # The session of Wednesday is fixed from all that is known that day.
    if recorded == on(2, WEDNESDAY):
        days_of_week = [MONDAY]
    found = [day for day in days(rebuild, log, on(3, MONDAY)) if on(2, MONDAY) <= day <= on(2)]
    assert found == [on(2, weekday) for weekday in days_of_week]


def test_what_another_session_of_the_day_reports_cancels_it():
    rebuild = asked(strength=THREE)
    # A run on Wednesday morning, and the session that evening.
    log = Log([ran(1), other(2, WEDNESDAY, pain=7, recorded_on=on(2, WEDNESDAY))])
    found = [day for day in days(rebuild, log, on(2, WEDNESDAY)) if day >= on(2, MONDAY)]
    assert found == [on(2, MONDAY)]
    # The session was done and reported all the same: it had been intended until that day.
    log = log.add(strength_report(2, WEDNESDAY))
    found = [day for day in days(rebuild, log, on(2, WEDNESDAY)) if day >= on(2, MONDAY)]
    assert found == [on(2, MONDAY), on(2, WEDNESDAY)]


@pytest.mark.parametrize(
    ("recorded", "is_cancelled"), [(on(2, TUESDAY), True), (on(2, WEDNESDAY), False)]
)
def test_a_reported_session_was_meant_to_be_what_was_known_before_the_day_of_its_report(
    recorded, is_cancelled
):
    rebuild = asked(strength=THREE)
    hurt = other(2, TUESDAY, pain=7, recorded_on=recorded)
    log = Log([ran(1), hurt, strength_report(2, WEDNESDAY)])
    assert (on(2, WEDNESDAY) in days(rebuild, log, on(2, WEDNESDAY))) != is_cancelled


def test_a_session_on_the_day_of_the_long_run_is_cancelled_by_what_is_reported_that_day():
    rebuild = asked(strength=Strength(days=["sun"], ramp=[(None, 1)]))
    hurt = other(1, SATURDAY, pain=7, recorded_on=on(1))
    assert days(rebuild, Log([hurt]), on(1)) == []


def test_a_session_on_the_day_of_the_long_run_stays_if_it_was_reported_the_same_day():
    rebuild = asked(strength=Strength(days=["sun"], ramp=[(None, 1)]))
    hurt = other(1, SATURDAY, pain=7, recorded_on=on(1))
    assert days(rebuild, Log([hurt, strength_report(1, SUNDAY)]), on(1)) == [on(1)]
    flagged = strength_report(1, SUNDAY, red_flags=["fever"])
    assert days(rebuild, Log([flagged]), on(1)) == [on(1)]


def test_severe_pain_in_the_long_run_stops_the_sessions_after_it():
    rebuild = asked(strength=THREE)
    for hurt, first in ((ran(1, pain=6), []), (ran(1, pain=5), [MONDAY, WEDNESDAY, FRIDAY])):
        found = [day for day in days(rebuild, Log([hurt]), on(2, MONDAY)) if day > on(1)]
        assert found[:3] == [on(2, weekday) for weekday in first]


def test_strength_stays_paused_week_after_week():
    log = Log([ran(1, pain=6)])
    assert days(asked(strength=THREE), log, on(4, TUESDAY))[-1] == on(1, FRIDAY)


def test_a_bad_morning_stops_the_session_of_that_evening():
    rebuild = asked(strength=THREE)
    log = Log([ran(1, pain_next_morning=None), morning(1, SUNDAY, 6)])
    assert days(rebuild, log, on(2, MONDAY)) == [
        on(1, MONDAY),
        on(1, WEDNESDAY),
        on(1, FRIDAY),
    ]


@pytest.mark.parametrize(
    ("weeks", "rule"),
    [([MILD] * 3, "not-helping"), ([{"pain": 3, "pain_from": 5}], "too-short")],
)
def test_strength_goes_on_while_the_plan_is_paused_for_less(weeks, rule):
    rebuild = asked(strength=THREE)
    plan = build(rebuild, diary(rebuild, *weeks), today=on(len(weeks) + 1, TUESDAY))
    assert plan.pause.decision.rule == rule
    assert [len(week.strength) for week in plan.weeks] == [3] * (len(weeks) + 1)
    assert plan.weeks[-1].long_run is None


def test_a_clearance_of_a_sessions_own_day_brings_it_back():
    rebuild = asked(strength=THREE)
    log = Log([ran(1, pain=7), cleared(2, WEDNESDAY, recorded_on=on(2, WEDNESDAY))])
    found = [day for day in days(rebuild, log, on(2, WEDNESDAY)) if on(1) < day <= on(2)]
    assert found == [on(2, WEDNESDAY), on(2, FRIDAY)]


def test_a_clearance_logged_late_does_not_bring_back_sessions_that_are_over():
    rebuild = asked(strength=THREE)
    log = Log([ran(1, pain=7), cleared(2, MONDAY, recorded_on=on(2, THURSDAY))])
    found = [day for day in days(rebuild, log, on(2, THURSDAY)) if on(1) < day <= on(2)]
    assert found == [on(2, FRIDAY)]


def test_a_flag_that_is_withdrawn_leaves_out_only_what_was_left_out_meanwhile():
    rebuild = asked(strength=THREE)
    flagged = strength_report(2, MONDAY, red_flags=["fever"], retracted_on=on(2, FRIDAY))
    log = Log([ran(1), flagged])
    found = [day for day in days(rebuild, log, on(3, MONDAY)) if on(1) < day <= on(2)]
    # Withdrawn, the report is none of Monday's any more; Wednesday's was cancelled.
    assert found == [on(2, MONDAY), on(2, FRIDAY)]


def test_sessions_after_the_last_day_are_left_out():
    rebuild = asked(strength=THREE, last_day=on(2, WEDNESDAY))
    assert days(rebuild, Log([]), on(1, MONDAY)) == [
        on(1, MONDAY),
        on(1, WEDNESDAY),
        on(1, FRIDAY),
        on(2, MONDAY),
        on(2, WEDNESDAY),
    ]


def test_a_last_day_that_begins_a_week_has_its_session():
    rebuild = asked(strength=THREE, last_day=on(2, MONDAY))
    assert days(rebuild, Log([]), on(1, MONDAY))[-2:] == [on(1, FRIDAY), on(2, MONDAY)]


def test_a_week_away_has_no_session_and_says_nothing_about_it():
    gone = Away(first=on(2, MONDAY), last=on(2, SUNDAY))
    plan = build(asked(strength=THREE, away=[gone]), Log([ran(1)]), today=on(2, MONDAY))
    assert [len(week.strength) for week in plan.weeks[:3]] == [3, 0, 3]
    codes = [each.code for each in plan.findings if each.week == 2]
    assert codes == ["long-run-left-out"]


def test_severe_pain_after_the_end_has_no_session_to_stop():
    near = asked(target_min=45)
    log = diary(near, {}, {}).add(ran(3, 45, pain=8))
    assert days(near, log, on(4, TUESDAY)) == [on(1, WEDNESDAY), on(2, WEDNESDAY)]


def test_a_target_that_is_run_early_leaves_that_weeks_sessions_as_they_were():
    # Run on Thursday; Friday's session is that of a week in which the plan had not ended.
    near = asked(target_min=45, strength=THREE)
    log = Log([ran(1), ran(2, 45, weekday=THURSDAY)])
    found = [day for day in days(near, log, on(3, MONDAY)) if day > on(1)]
    assert found == [on(2, MONDAY), on(2, WEDNESDAY), on(2, FRIDAY)]


def test_strength_that_is_taken_up_later_starts_its_ramp_then():
    rebuild = asked(strength=None)
    log = diary(rebuild, {}, {}).add(Change(day=on(3, MONDAY), strength=Strength()))
    plan = build(rebuild, log, today=on(3, MONDAY))
    assert [len(week.strength) for week in plan.weeks[:8]] == [0, 0, 1, 1, 2, 2, 3, 3]
    # The session of that very Monday is one of them.
    at_once = diary(rebuild, {}, {}).add(Change(day=on(3, MONDAY), strength=THREE))
    assert days(rebuild, at_once, on(3, MONDAY))[0] == on(3, MONDAY)


def worn_out(now):
    """Pause everything after a long run that was as tiring as can be."""
    run = now.outcome
    if run is None or run.fatigue < 10:
        return None
    refer = Referral(since=run.day, whom="a coach", how_soon="this week", stops_strength=True)
    return Verdict("pause", now.base_min, now.base_min, "Worn out.", refer=refer)


def test_a_rule_of_ones_own_stops_strength_at_once_whatever_its_reason():
    rule = Rule(
        name="worn-out", when="worn out", then="pause", source="me", evidence="house",
        decide=worn_out,
    )  # fmt: skip
    own = evolve(FIVE_MINUTES, name="own", rules=(rule, *FIVE_MINUTES.rules))
    log = Log([ran(1, fatigue=10)])
    plan = build(asked(policy=own), log, today=on(2, 0))
    assert (plan.status, plan.weeks[1].strength) == ("paused", ())
    assert build(asked(), log, today=on(2, 0)).weeks[1].strength
