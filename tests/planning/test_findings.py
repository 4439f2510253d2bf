"""The findings of a plan: each of them, and the case just beside it."""

import datetime as dt

import pytest

from runplan import (
    FIVE_MINUTES,
    Away,
    Policy,
    Rebuild,
    Rule,
    Slot,
    Strength,
    Verdict,
    build,
)

MONDAY = dt.date(2026, 11, 30)
THREE = ((None, 3),)


def planned(**asked):
    """Return the plan of a request whose back was assessed, from a Monday on."""
    usual = {
        "baseline_min": 50,
        "target_min": 60,
        "start": MONDAY,
        "timezone": "Europe/Berlin",
        "assessed_on": "2026-11-20",
    }
    return build(Rebuild(**(usual | asked)))


def found_in(plan, *codes):
    """Return code, level and week of the findings, of these codes if any are named."""
    return [
        (each.code, each.level, each.week)
        for each in plan.findings
        if not codes or each.code in codes
    ]


def messages(plan, code):
    """Return what the findings of a code say."""
    return [each.message for each in plan.findings if each.code == code]


def weeks_away(first, last):
    """Return an absence of whole plan weeks."""
    return Away(
        first=MONDAY + dt.timedelta(weeks=first - 1),
        last=MONDAY + dt.timedelta(weeks=last, days=-1),
    )


def test_a_gentle_plan_with_an_assessment_has_no_finding():
    # 55 of 50 is 110 % and no more.
    assert planned().findings == ()


def test_a_missing_assessment_comes_before_anything_else():
    plan = planned(assessed_on=None, baseline_min=40)
    assert found_in(plan)[0] == ("not-assessed", "warning", None)
    assert messages(plan, "not-assessed") == [
        (
            "No assessment is on record. Have a doctor or physiotherapist assess pain between the "
            "shoulder blades before you train with it, then set assessed_on to that day."
        )
    ]
    assert len(messages(planned(baseline_min=40), "not-assessed")) == 0
    # An assessment of today is on record, one of tomorrow is not.
    for day, expected in (("2026-11-30", 0), ("2026-12-01", 1)):
        plan = planned(assessed_on=day, start="2026-11-30", baseline_min=40)
        assert len(messages(plan, "not-assessed")) == expected


@pytest.mark.parametrize(
    ("baseline", "found"),
    [
        (49, ("step-over-110", "note", "110.2 %")),
        (40, ("step-over-110", "note", "112.5 %")),
        (20, ("step-over-110", "note", "125 %")),
        (17, ("step-over-110", "note", "129.4 %")),
        (15, ("step-over-130", "warning", "133.3 %")),
        (10, ("step-over-130", "warning", "150 %")),
    ],
)
def test_a_step_over_110_percent_is_a_note_and_over_130_a_warning(baseline, found):
    code, level, share = found
    plan = planned(baseline_min=baseline, target_min=baseline + 5)
    assert found_in(plan) == [(code, level, 5)]
    assert messages(plan, code) == [
        f"Week 5: the long run is {share} of the longest run of the 30 days before."
    ]


def test_a_step_of_exactly_110_percent_is_no_finding():
    assert found_in(planned(baseline_min=50, target_min=55)) == []


@pytest.mark.parametrize(
    ("baseline", "step", "found"),
    [
        (20, 6, [("step-over-110", "note", 5)]),
        (90, 27, [("step-over-110", "note", 5)]),
        (95, 29, [("step-over-130", "warning", 5)]),  # 130.5 %
        (20, 7, [("step-over-130", "warning", 5)]),
    ],
)
def test_a_step_of_exactly_130_percent_is_still_a_note(baseline, step, found):
    policy = Policy(name="own", rules=FIVE_MINUTES.rules, step_min=step)
    plan = planned(baseline_min=baseline, target_min=baseline + step, policy=policy)
    assert found_in(plan) == found


def test_neighbouring_steep_weeks_are_one_finding():
    plan = planned(baseline_min=15, target_min=35)
    assert [each.message for each in plan.findings] == [
        "Week 5: the long run is 133.3 % of the longest run of the 30 days before.",
        "Weeks 6 to 8: the long run is 116.7 to 125 % of the longest run of the 30 days before.",
    ]
    assert [each.level for each in plan.findings] == ["warning", "note"]


def test_a_run_with_none_in_the_thirty_days_before_has_nothing_to_be_compared_with():
    # Four weeks away. The run after it is 25 min, half of the 50 there were.
    plan = planned(away=[weeks_away(2, 5)], target_min=50 + 5)
    assert plan.weeks[5].long_run.minutes == 25
    assert 6 not in [week for _, _, week in found_in(plan)]
    assert found_in(plan, "step-over-110")[0] == ("step-over-110", "note", 7)


def test_after_more_than_five_weeks_the_baseline_is_to_be_found_again():
    plan = planned(away=[weeks_away(2, 6)])
    assert found_in(plan, "find-baseline") == [("find-baseline", "warning", 7)]
    assert messages(plan, "find-baseline") == [
        "Week 7: after so long without a long run, find your baseline again before you go on."
    ]
    (finding,) = (each for each in plan.findings if each.code == "find-baseline")
    assert finding.source == "our choice"


def test_after_five_weeks_and_no_more_it_is_not():
    assert found_in(planned(away=[weeks_away(2, 5)]), "find-baseline") == []


def test_after_more_than_five_weeks_a_shorter_run_as_well():
    # Back on the Monday of week 7, or on the Sunday of week 6 the day before.
    back_on_monday = Away(first="2026-12-07", last="2027-01-10")
    only_monday = Away(first="2027-01-12", last="2027-01-17")
    plan = planned(away=[back_on_monday, only_monday])
    assert plan.weeks[6].long_run.day == dt.date(2027, 1, 11)
    assert found_in(plan, "find-baseline") == [("find-baseline", "warning", 7)]
    plan = planned(away=[Away(first="2026-12-07", last="2027-01-09")])
    assert plan.weeks[5].long_run.day == dt.date(2027, 1, 10)
    assert found_in(plan, "find-baseline") == []


def test_weeks_without_a_long_run_are_one_finding_where_they_follow_each_other():
    plan = planned(strength=None, target_min=80, away=[weeks_away(2, 3), weeks_away(5, 5)])
    assert found_in(plan, "long-run-left-out") == [
        ("long-run-left-out", "note", 2),
        ("long-run-left-out", "note", 5),
    ]
    assert messages(plan, "long-run-left-out") == [
        "Weeks 2 to 3: no training, because of days off.",
        "Week 5: no training, because of days off.",
    ]


def test_a_week_with_one_day_at_home_has_its_long_run():
    away = Away(first="2026-12-08", last="2026-12-13")
    plan = planned(strength=None, away=[away])
    assert found_in(plan, "long-run-left-out") == []
    assert plan.weeks[1].long_run.day == dt.date(2026, 12, 7)


LEFT_OUT = (
    "fewer strength sessions than usual. No free day leaves 48 hours between them and avoids "
    "the long run's day and the day before it. Left-out sessions are not made up."
)


def test_strength_that_finds_no_day_is_left_out_with_a_finding():
    # Wednesdays 9 and 16 and 30 December.
    away = [Away(first=f"2026-12-{day}", last=f"2026-12-{day}") for day in ("09", "16", "30")]
    plan = planned(strength=Strength(ramp=THREE), away=away)
    assert found_in(plan) == [("strength-left-out", "note", 2), ("strength-left-out", "note", 5)]
    assert messages(plan, "strength-left-out") == [
        f"Weeks 2 to 3: {LEFT_OUT}",
        f"Week 5: {LEFT_OUT}",
    ]


def test_strength_that_finds_another_day_is_no_finding():
    away = [Away(first="2026-12-09", last="2026-12-09")]
    assert found_in(planned(away=away)) == []


def test_without_strength_none_is_missing():
    assert found_in(planned(strength=None, away=[weeks_away(2, 2)]), "strength-left-out") == []


def test_strength_on_days_in_a_row_is_one_finding():
    plan = planned(strength=Strength(days=["mon", "tue", "thu"]))
    # One session a week, then two on Tuesday and Thursday; all three from week 5 on.
    assert found_in(plan) == [("strength-close", "note", 5)]
    assert messages(plan, "strength-close") == [
        "Strength on Monday and Tuesday leaves less than 48 hours between the sessions."
    ]


def test_strength_with_a_day_between_is_no_finding():
    assert found_in(planned(strength=Strength(days=["mon", "wed", "fri"], ramp=THREE))) == []


def test_strength_on_the_last_and_the_first_day_of_two_weeks_is_in_a_row_too():
    plan = planned(
        strength=Strength(days=["sun", "mon"], ramp=((None, 2),)), long_run=Slot("wed", "09:00")
    )
    assert found_in(plan) == [("strength-close", "note", 2)]
    assert messages(plan, "strength-close") == [
        "Strength on Sunday and Monday leaves less than 48 hours between the sessions."
    ]


def test_strength_on_the_day_of_the_long_run_is_one_finding():
    plan = planned(strength=Strength(days=["wed", "sun"], ramp=((None, 2),)))
    assert found_in(plan) == [("strength-on-long-run-day", "note", 1)]
    assert messages(plan, "strength-on-long-run-day") == [
        "Strength on Sunday is on the day of the long run."
    ]


def test_strength_on_the_day_before_the_long_run_is_one_finding():
    plan = planned(strength=Strength(days=["sat"], ramp=((None, 1),)))
    assert found_in(plan) == [("strength-before-long-run", "note", 1)]
    assert messages(plan, "strength-before-long-run") == [
        "Strength on Saturday is on the day before the long run."
    ]


def test_strength_two_days_before_or_a_day_after_the_long_run_is_no_finding():
    assert found_in(planned(strength=Strength(days=["fri"], ramp=((None, 1),)))) == []
    assert found_in(planned(strength=Strength(days=["mon"], ramp=((None, 1),)))) == []


def test_the_last_day_of_a_week_may_be_the_day_before_the_long_run_of_the_next():
    plan = planned(
        strength=Strength(days=["sun"], ramp=((None, 1),)), long_run=Slot("mon", "09:00")
    )
    assert found_in(plan) == [("strength-before-long-run", "note", 1)]


def hold(now):
    """Repeat the long run."""
    return Verdict("hold", now.level_min, now.level_min, "Held.")


HOLD = Rule(name="hold", when="always", then="repeat", source="me", evidence="house", decide=hold)


def test_a_plan_that_never_gets_there_ends_after_520_weeks_and_says_so():
    plan = planned(policy=Policy(name="hold", rules=[HOLD]))
    assert len(plan.weeks) == 520
    assert plan.finish is None
    assert found_in(plan) == [("unfinished", "warning", 520)]
    assert messages(plan, "unfinished") == [
        (
            "The plan stops after 520 weeks without reaching 60 min. Choose a nearer target or "
            "look at its policy."
        )
    ]


def test_ten_years_away_are_one_sentence():
    plan = planned(away=[weeks_away(1, 520)])
    assert found_in(plan) == [
        ("unfinished", "warning", 520),
        ("long-run-left-out", "note", 1),
    ]
    assert messages(plan, "long-run-left-out") == [
        "Weeks 1 to 520: no training, because of days off."
    ]


def test_a_plan_that_gets_there_in_its_last_week_is_finished():
    def last_minute(now):
        return Verdict("race", 60, 60, "Now.") if now.week == 520 else hold(now)

    rule = Rule(name="race", when="w", then="t", source="me", evidence="house", decide=last_minute)
    plan = planned(policy=Policy(name="late", rules=[rule]))
    assert plan.finish == MONDAY + dt.timedelta(weeks=520, days=-1)
    assert found_in(plan, "unfinished") == []


def test_warnings_come_first_and_in_each_level_the_order_is_the_same():
    plan = planned(
        assessed_on=None,
        baseline_min=15,
        target_min=35,
        strength=Strength(days=["mon", "tue", "sat"], ramp=THREE),
        away=[weeks_away(2, 6)],
    )
    codes = [code for code, _, _ in found_in(plan)]
    # 15, five weeks away, then from 10: 15 is 150 %, 20 is 133.3 %, 25, 30 and 35 are less.
    assert codes == [
        "not-assessed",
        "step-over-130",
        "find-baseline",
        "step-over-110",
        "long-run-left-out",
        "strength-close",
        "strength-before-long-run",
    ]
    assert all(each.source for each in plan.findings)
