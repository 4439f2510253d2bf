"""Each rule of the two policies, on both sides of its edges. The numbers are those of the rules."""

import pytest
from attrs import evolve
from support.situations import LAST_SUNDAY, complaint, outcome, situation

from runplan import CAUTIOUS, FIVE_MINUTES, RedFlag, Resumption, Verdict
from runplan._base.dates import days_after
from runplan.policy.pain_rules import (
    EARLY_PAIN,
    MILD_PAIN,
    MILD_PAIN_BETWEEN,
    MODERATE_PAIN,
    MORNING_AFTER,
    PAIN_BETWEEN,
    reset_min,
)
from runplan.policy.pause_rules import NOT_HELPING, SEVERE_PAIN, TOO_SHORT
from runplan.policy.progression_rules import (
    BIG_STEP,
    CUT_SHORT,
    CUTBACK,
    TIRED,
    eased_min,
)


def decided(now, policy=FIVE_MINUTES):
    """Return the rule that decides, what it does and the minutes."""
    rule, verdict = policy.decide(now)
    assert verdict.level_min == verdict.minutes
    return rule.name, verdict.action, verdict.minutes


def weeks_before(weeks, days=0):
    """Return a day this long before the last Sunday."""
    return days_after(LAST_SUNDAY, -7 * weeks - days)


# Red flags and severe pain.


@pytest.mark.parametrize("session", ["long run", "run", "strength"])
@pytest.mark.parametrize("flag", RedFlag)
def test_any_red_flag_in_any_session_pauses_the_plan_and_strength(flag, session):
    if session == "long run":
        now = situation(outcome(red_flags=[flag]))
    else:
        now = situation(outcome(), between=(complaint(session, red_flags=[flag]),))
    assert decided(now) == ("red-flag", "pause", 40)
    refer = FIVE_MINUTES.decide(now)[1].refer
    assert (refer.stops_strength, refer.session) == (True, session)
    assert refer.is_emergency == (flag.tier == "emergency")


@pytest.mark.parametrize(
    ("flag", "whom", "how_soon", "is_emergency"),
    [
        ("chest-pain", "an emergency doctor", "now: call the emergency services", True),
        ("fever", "a doctor", "before you run again", False),
        ("no-better", "a doctor or physiotherapist", "in the next weeks", False),
    ],
)
def test_a_red_flag_says_whom_to_see_and_how_soon(flag, whom, how_soon, is_emergency):
    refer = FIVE_MINUTES.decide(situation(outcome(red_flags=[flag])))[1].refer
    assert (refer.whom, refer.how_soon) == (whom, how_soon)
    assert (refer.is_emergency, refer.since) == (is_emergency, LAST_SUNDAY)


@pytest.mark.parametrize(
    ("flags", "gravest"),
    [
        (["no-better", "fever"], "fever"),
        (["fever", "chest-pain"], "chest-pain"),
        (["no-better", "chest-pain"], "chest-pain"),
        (["fever", "lump"], "fever"),
    ],
)
def test_of_several_red_flags_the_gravest_decides_and_the_first_begins_the_pause(flags, gravest):
    first, second = flags
    between = (
        complaint("strength", day="2027-01-05", red_flags=[first]),
        complaint("run", day="2027-01-06", red_flags=[second]),
    )
    rule, verdict = FIVE_MINUTES.decide(situation(outcome(), between=between))
    assert rule.name == "red-flag"
    assert verdict.facts["red_flag"] == gravest
    assert verdict.facts["day"] == {first: "2027-01-05", second: "2027-01-06"}[gravest]
    assert (verdict.refer.since, verdict.refer.session) == (between[0].day, "strength")


@pytest.mark.parametrize(("pain", "rule"), [(5, False), (6, True), (10, True)])
@pytest.mark.parametrize(
    ("session", "when"),
    [
        (session, when)
        for session in ("long run", "run", "strength")
        for when in ("pain", "pain_next_morning")
    ],
)
def test_pain_of_6_or_more_in_any_session_pauses_the_plan_and_strength(session, when, pain, rule):
    how = {when: pain}
    now = situation(outcome(**how))
    if session != "long run":
        now = situation(outcome(), between=(complaint(session, **how),))
    found, verdict = FIVE_MINUTES.decide(now)
    assert (found.name == "severe-pain") == rule
    if rule:
        refer = verdict.refer
        assert (verdict.action, refer.stops_strength, refer.is_emergency) == ("pause", True, False)
        assert (refer.whom, refer.how_soon) == (
            "a doctor or physiotherapist",
            "before you run again",
        )
        since = LAST_SUNDAY if session == "long run" else now.between[0].day
        assert (refer.since, refer.session) == (since, session)


def test_of_several_severe_pains_the_first_begins_the_pause():
    between = (
        complaint("run", 5, day="2027-01-04"),
        complaint("strength", 6, day="2027-01-05"),
        complaint("run", 9, day="2027-01-06"),
    )
    refer = FIVE_MINUTES.decide(situation(outcome(), between=between))[1].refer
    assert (refer.since, refer.session) == (between[1].day, "strength")


@pytest.mark.parametrize(
    ("level", "how", "resume"),
    [
        # By the minute in which the long run began to hurt, of the level before easing.
        (50, {"pain": 7, "pain_from": 38}, 30),
        (50, {"pain": 7, "pain_from": 12}, 10),
        (50, {"pain": 7, "pain_from": 3}, 10),
        # Where that is unknown, or the long run did not hurt, as for an unknown minute.
        (50, {"pain": 7}, 40),
        (50, {"pain_next_morning": 7}, 40),
        (20, {"pain": 7}, 10),
        (12, {"pain": 7}, 10),
    ],
)
def test_a_pause_resumes_at_the_reset_of_the_level_but_not_under_10_minutes(level, how, resume):
    now = situation(outcome(**how), base_min=30, level_min=level)
    assert decided(now) == ("severe-pain", "pause", resume)


def test_a_pause_does_not_resume_beyond_the_target():
    now = situation(outcome(90, pain=7, pain_from=90), base_min=90, target_min=60)
    assert decided(now) == ("severe-pain", "pause", 60)


# When the method does not seem to help.


@pytest.mark.parametrize(
    ("pains", "paused"),
    [
        ([1, 1, 1], True),
        ([0, 1, 1], False),
        ([1, 0, 1], False),
        ([1, 1, 0], False),
        ([1, 1], False),
        ([1, 1, 1, 0, 1, 1], False),
        ([0, 1, 2, 2], True),
    ],
)
@pytest.mark.parametrize("when", ["pain", "pain_next_morning"])
def test_three_painful_long_runs_in_a_row_pause_the_plan_but_not_strength(pains, paused, when):
    runs = [
        outcome(day=weeks_before(weeks), **{when: pain})
        for weeks, pain in zip(reversed(range(len(pains))), pains, strict=True)
    ]
    rule, verdict = FIVE_MINUTES.decide(situation(*runs))
    assert (rule.name == "not-helping") == paused
    if paused:
        refer = verdict.refer
        assert (refer.stops_strength, refer.since, refer.session) == (
            False,
            LAST_SUNDAY,
            "long run",
        )
        assert refer.whom == (
            "a doctor, physiotherapist or coach who looks at how you run (gait analysis)"
        )


def test_an_open_long_run_in_between_does_not_break_a_row():
    runs = [
        outcome(day=weeks_before(3), pain=1),
        outcome(day=weeks_before(2), pain=1),
        outcome(day=weeks_before(1), is_open=True, pain_next_morning=None),
        outcome(pain=1),
    ]
    assert decided(situation(*runs))[0] == "not-helping"


@pytest.mark.parametrize(
    ("first", "last", "days", "rule"),
    [
        ({"pain": 3}, {"pain": 3}, 42, "not-helping"),
        ({"pain": 3}, {"pain": 3}, 43, "moderate-pain"),
        ({"pain": 5}, {"pain": 3}, 7, "not-helping"),
        ({"pain_next_morning": 3}, {"pain": 3}, 14, "not-helping"),
        ({"pain": 3}, {"pain_next_morning": 3}, 14, "not-helping"),
        ({"pain": 2}, {"pain": 3}, 14, "moderate-pain"),
        # The last long run has to be one of them.
        ({"pain": 3}, {"pain": 2}, 14, "mild-pain"),
        ({"pain": 3}, {}, 14, "clean"),
    ],
)
def test_two_long_runs_with_pain_of_3_or_more_within_42_days_pause_the_plan(
    first, last, days, rule
):
    runs = [
        outcome(day=weeks_before(0, days), **first),
        *([outcome(day=weeks_before(0, 1))] if days > 7 else []),
        outcome(**last),
    ]
    assert decided(situation(*runs))[0] == rule


def test_the_two_that_count_are_the_last_two():
    runs = [
        outcome(day=weeks_before(9), pain=3),
        outcome(day=weeks_before(8)),
        outcome(day=weeks_before(7), pain=3),
        outcome(day=weeks_before(1)),
        outcome(pain=3),
    ]
    # 49 days apart.
    assert decided(situation(*runs))[0] == "moderate-pain"
    assert decided(situation(runs[0], *runs[1:3]))[0] == "not-helping"


# How far pain sets the long run back.


@pytest.mark.parametrize(
    ("base", "onset", "left"),
    [
        # 80 % of the onset, rounded down to 5.
        (45, 31, 20),
        (45, 38, 30),
        (45, 43, 30),
        (45, 44, 35),
        (60, 13, 10),
        (60, 18, 10),
        (60, 19, 15),
        # Or 5 minutes less, if that is less.
        (45, 50, 40),
        (45, 57, 40),
        (50, 57, 45),
        (50, 62, 45),
        (50, 63, 45),
        # At least 10 if it began in minute 10 or later.
        (60, 12, 10),
        (60, 10, 10),
        (12, 12, 10),
        (14, 14, 10),
        (15, 15, 10),
        # Earlier: what is left, at least a minute.
        (60, 9, 5),
        (60, 7, 5),
        (60, 6, 1),
        (60, 0, 1),
        (12, 9, 5),
        # Unknown: the lower of 10 minutes less and 80 % of the base, rounded down to 5.
        (100, None, 80),
        (60, None, 45),
        (55, None, 40),
        (50, None, 40),
        (45, None, 35),
        (42, None, 30),
        (40, None, 30),
        (30, None, 20),
        (20, None, 10),
        (15, None, 5),
        (12, None, 2),
        (11, None, 1),
        (10, None, 1),
    ],
)
def test_a_reset_stays_below_the_minute_in_which_the_pain_began(base, onset, left):
    assert reset_min(base, onset) == left


@pytest.mark.parametrize(
    ("onset", "share_pct", "left"), [(50, 70, 35), (50, 100, 50), (None, 50, 30), (None, 90, 50)]
)
def test_a_reset_can_leave_another_share(onset, share_pct, left):
    assert reset_min(60, onset, share_pct) == left


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ({"pain": 2, "pain_from": 38}, ("mild-pain", "repeat", 50)),
        ({"pain": 3, "pain_from": 38}, ("moderate-pain", "reset", 30)),
        ({"pain": 5, "pain_from": 38}, ("moderate-pain", "reset", 30)),
        ({"pain": 3}, ("moderate-pain", "reset", 40)),
        # Within the planned minutes, or after them.
        ({"pain": 4, "minutes": 60, "pain_from": 50}, ("moderate-pain", "reset", 40)),
        ({"pain": 4, "minutes": 60, "pain_from": 51}, ("mild-pain", "repeat", 50)),
        ({"pain": 4, "minutes": 60}, ("moderate-pain", "reset", 40)),
    ],
)
def test_pain_of_3_to_5_in_the_planned_minutes_sets_the_long_run_back(how, expected):
    assert decided(situation(outcome(**how))) == expected


def test_a_reset_is_worked_out_from_the_base():
    assert decided(situation(outcome(60, pain=3), base_min=55)) == ("moderate-pain", "reset", 40)
    now = situation(outcome(60, pain=3, pain_from=60), base_min=40)
    assert decided(now) == ("moderate-pain", "reset", 35)


@pytest.mark.parametrize(
    ("pain", "expected"),
    [
        (0, ("clean", "step", 55)),
        (1, ("mild-pain", "repeat", 50)),
        (2, ("mild-pain", "repeat", 50)),
        (3, ("morning-after", "step back", 45)),
        (5, ("morning-after", "step back", 45)),
        (6, ("severe-pain", "pause", 40)),
    ],
)
def test_pain_the_next_morning_takes_a_step_back_from_3_on(pain, expected):
    assert decided(situation(outcome(pain_next_morning=pain))) == expected


@pytest.mark.parametrize(
    ("session", "pain", "expected"),
    [
        ("run", 1, ("mild-pain-between", "repeat", 50)),
        ("run", 2, ("mild-pain-between", "repeat", 50)),
        ("run", 3, ("pain-between", "step back", 45)),
        ("run", 5, ("pain-between", "step back", 45)),
        ("strength", 1, ("clean", "step", 55)),
        ("strength", 2, ("clean", "step", 55)),
        ("strength", 3, ("mild-pain-between", "repeat", 50)),
        ("strength", 5, ("mild-pain-between", "repeat", 50)),
    ],
)
@pytest.mark.parametrize("when", ["pain", "pain_next_morning"])
def test_pain_in_other_sessions_counts_more_in_runs_than_in_strength(session, pain, when, expected):
    hurt = complaint(session, **{when: pain})
    assert decided(situation(outcome(), between=(hurt,))) == expected
    # Also if there was no long run since, and no other one is known.
    assert decided(situation(between=(hurt,))) == expected


def test_the_worst_pain_of_the_sessions_that_count_decides():
    between = (
        complaint("run", 1, day="2027-01-04"),
        complaint("strength", 5, day="2027-01-05"),
        complaint("run", 4, day="2027-01-06"),
        complaint("run", 2, 4, day="2027-01-07"),
    )
    rule, verdict = FIVE_MINUTES.decide(situation(outcome(), between=between))
    assert (rule.name, verdict.facts["day"]) == ("pain-between", "2027-01-06")
    rule, verdict = FIVE_MINUTES.decide(situation(outcome(), between=between[:2]))
    assert (rule.name, verdict.facts["day"]) == ("mild-pain-between", "2027-01-05")


def test_what_pain_between_takes_off_is_not_taken_off_what_was_earned():
    now = situation(outcome(), between=(complaint("run", 3),))
    verdict = FIVE_MINUTES.decide(now)[1]
    assert (verdict.minutes, verdict.earned_min) == (45, 50)
    assert FIVE_MINUTES.decide(situation(outcome(pain_next_morning=3)))[1].earned_min is None


@pytest.mark.parametrize(
    ("pain", "pain_from", "expected"),
    [
        (1, 0, ("early-pain", "step back", 45)),
        (1, 1, ("early-pain", "step back", 45)),
        (2, 10, ("early-pain", "step back", 45)),
        (2, 11, ("mild-pain", "repeat", 50)),
        (2, None, ("mild-pain", "repeat", 50)),
        (3, 10, ("moderate-pain", "reset", 10)),
    ],
)
def test_mild_pain_in_the_first_ten_minutes_takes_a_step_back(pain, pain_from, expected):
    assert decided(situation(outcome(pain=pain, pain_from=pain_from))) == expected


@pytest.mark.parametrize(
    "now", [{"pain": 1}, {"pain": 2, "pain_from": 40}, {"pain_next_morning": 2}]
)
@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ({}, ("repeat", 50)),
        ({"fatigue": 9}, ("repeat", 50)),
        ({"pain": 1}, ("step back", 45)),
        ({"pain": 5}, ("step back", 45)),
        ({"pain_next_morning": 1}, ("step back", 45)),
    ],
)
def test_mild_pain_repeats_the_long_run_and_takes_a_step_back_the_second_time(
    before, now, expected
):
    runs = outcome(day=weeks_before(1), **before), outcome(**now)
    assert decided(situation(*runs)) == ("mild-pain", *expected)


def test_mild_pain_after_a_clean_run_is_the_first_again():
    runs = outcome(day=weeks_before(2), pain=2), outcome(day=weeks_before(1)), outcome(pain=2)
    assert decided(situation(*runs)) == ("mild-pain", "repeat", 50)


@pytest.mark.parametrize(
    ("base", "runs", "between", "rule"),
    [
        (15, [{"pain_next_morning": 3}], [], "morning-after"),
        (14, [{"pain_next_morning": 3}], [], "too-short"),
        (15, [{}], [("run", 3)], "pain-between"),
        (14, [{}], [("run", 3)], "too-short"),
        (15, [{"pain": 1, "pain_from": 10}], [], "early-pain"),
        (14, [{"pain": 1, "pain_from": 10}], [], "too-short"),
        (15, [{"pain": 1}, {"pain": 1}], [], "mild-pain"),
        (14, [{"pain": 1}, {"pain": 1}], [], "too-short"),
        (20, [{"pain": 3}], [], "moderate-pain"),
        (19, [{"pain": 3}], [], "too-short"),
        (12, [{"pain": 3, "pain_from": 10}], [], "moderate-pain"),
        (12, [{"pain": 3, "pain_from": 9}], [], "too-short"),
        # Nothing is taken off: it is no shorter than it was.
        (10, [{"pain": 1}], [], "mild-pain"),
        (10, [{}], [("strength", 5)], "mild-pain-between"),
        # Without pain it never gets that short.
        (10, [{"fatigue": 8}, {"fatigue": 8}], [], "tired"),
    ],
)
def test_pain_that_leaves_less_than_ten_minutes_pauses_the_plan(base, runs, between, rule):
    days = weeks_before(1), LAST_SUNDAY
    outcomes = [
        outcome(base, day=day, **how) for day, how in zip(days[-len(runs) :], runs, strict=True)
    ]
    complaints = tuple(complaint(*each) for each in between)
    now = situation(*outcomes, base_min=base, between=complaints)
    found, verdict = FIVE_MINUTES.decide(now)
    assert found.name == rule
    if rule == "too-short":
        assert (verdict.action, verdict.minutes, verdict.level_min) == ("pause", 10, 10)
        assert (verdict.refer.whom, verdict.refer.how_soon) == (
            "a doctor or physiotherapist",
            "before you run again",
        )
        assert not verdict.refer.stops_strength


def test_a_long_run_that_gets_too_short_names_the_session_that_made_it_so():
    hurt = (complaint("run", 2, day="2027-01-05"), complaint("run", 3, day="2027-01-06"))
    now = situation(outcome(12), base_min=12, between=hurt)
    refer = FIVE_MINUTES.decide(now)[1].refer
    assert (refer.since, refer.session) == (hurt[1].day, "run")
    now = situation(outcome(12, pain_next_morning=3), base_min=12, between=hurt)
    refer = FIVE_MINUTES.decide(now)[1].refer
    assert (refer.since, refer.session) == (LAST_SUNDAY, "long run")


def test_a_rule_that_names_no_day_leaves_it_to_the_last_session_that_hurt():
    shorten = evolve(MILD_PAIN, decide=lambda _: Verdict("shorten", 5, 5))
    policy = evolve(FIVE_MINUTES, rules=[TOO_SHORT, shorten])
    hurt = (complaint("run", 2, day="2027-01-05"), complaint("strength", 1, day="2027-01-06"))
    refer = policy.decide(situation(outcome(), between=hurt))[1].refer
    assert (refer.since, refer.session) == (hurt[1].day, "strength")


@pytest.mark.parametrize("base", [1, 3, 6])
def test_a_step_back_leaves_at_least_a_minute(base):
    sore = situation(outcome(base, pain_next_morning=3), base_min=base)
    assert MORNING_AFTER.decide(sore).minutes == 1


# Everything but pain.


@pytest.mark.parametrize("is_new", [True, False])
def test_the_first_long_run_after_a_clearance_resumes_at_the_base(is_new):
    now = situation(base_min=35, resumption=Resumption(35, "physiotherapist", is_new))
    assert decided(now) == ("clearance", "resume", 35)


def test_the_first_long_run_is_the_baseline():
    assert decided(situation(base_min=40, is_baseline=True)) == ("baseline", "start", 40)


@pytest.mark.parametrize(
    ("level", "weeks", "baseline", "left"),
    [
        (50, 1, 40, 50),
        (50, 2, 40, 50),
        (50, 3, 40, 35),
        (50, 4, 40, 25),
        (50, 5, 40, 25),
        (50, 6, 40, 25),
        (50, 5, 20, 25),
        (50, 6, 20, 20),
        (60, 6, 30, 30),
        (360, 500, 300, 180),
        # Rounded down to 5: 29.4, 21, 39.9 and 49.5 minutes.
        (42, 3, 40, 25),
        (42, 4, 40, 20),
        (57, 3, 40, 35),
        (99, 5, 90, 45),
        (99, 6, 90, 45),
        # A multiple of 5 stays.
        (100, 3, 40, 70),
        (30, 4, 20, 15),
        # Not under 10, and not above what it was.
        (14, 3, 10, 10),
        (19, 4, 10, 10),
        (12, 6, 12, 10),
        (10, 3, 10, 10),
        (10, 6, 10, 10),
        (9, 4, 10, 9),
        (9, 6, 10, 9),
    ],
)
def test_the_longer_the_absence_the_less_is_left_of_the_level(level, weeks, baseline, left):
    assert eased_min(level, weeks, baseline) == left


@pytest.mark.parametrize(
    ("weeks", "action"),
    [
        (3, "ease in"),
        (5, "ease in"),
        (6, "find the baseline again"),
        (60, "find the baseline again"),
    ],
)
def test_an_absence_eases_the_long_run(weeks, action):
    now = situation(base_min=25, level_min=50, was_missed=True, is_eased=True, weeks_since=weeks)
    assert decided(now) == ("away", action, 25)


def test_a_missed_long_run_repeats_what_was_earned():
    assert decided(situation(was_missed=True, weeks_since=2)) == ("away", "repeat", 50)


def test_an_eased_long_run_is_eased_even_if_none_was_missed():
    now = situation(outcome(), base_min=25, level_min=50, is_eased=True, weeks_since=4)
    assert decided(now) == ("away", "ease in", 25)


@pytest.mark.parametrize(
    ("before", "fatigue", "expected"),
    [
        ({}, 6, ("clean", "step", 55)),
        ({}, 7, ("tired", "repeat", 50)),
        ({}, 10, ("tired", "repeat", 50)),
        ({"fatigue": 6}, 7, ("tired", "repeat", 50)),
        ({"fatigue": 7}, 7, ("tired", "step back", 45)),
        # Whatever else it was.
        ({"fatigue": 7, "pain": 4, "minutes": 20}, 7, ("tired", "step back", 45)),
    ],
)
def test_a_tired_back_repeats_the_long_run_and_takes_a_step_back_the_second_time(
    before, fatigue, expected
):
    runs = outcome(day=weeks_before(1), **before), outcome(fatigue=fatigue)
    assert decided(situation(*runs)) == expected


@pytest.mark.parametrize(
    ("planned", "minutes", "is_short"),
    [
        (50, 44, True),
        (50, 45, False),
        (41, 36, True),
        (41, 37, False),
        (10, 8, True),
        (10, 9, False),
        (200, 179, True),
    ],
)
def test_less_than_90_percent_of_the_planned_minutes_is_cut_short(planned, minutes, is_short):
    now = situation(outcome(planned, minutes=minutes), base_min=planned)
    expected = ("cut-short", "repeat", planned) if is_short else ("clean", "step", planned + 5)
    assert decided(now) == expected


@pytest.mark.parametrize(
    ("before", "expected"),
    [({}, ("repeat", 50)), ({"minutes": 44}, ("step back", 45)), ({"fatigue": 9}, ("repeat", 50))],
)
def test_a_long_run_cut_short_is_repeated_and_takes_a_step_back_the_second_time(before, expected):
    runs = outcome(day=weeks_before(1), **before), outcome(minutes=30)
    assert decided(situation(*runs)) == ("cut-short", *expected)


@pytest.mark.parametrize("how", [{"fatigue": 8}, {"minutes": 5}])
@pytest.mark.parametrize(("base", "left"), [(16, 11), (14, 10), (10, 10), (9, 9)])
def test_without_pain_a_step_back_does_not_go_below_ten_minutes(how, base, left):
    runs = outcome(base, day=weeks_before(1), **how), outcome(base, **how)
    assert decided(situation(*runs, base_min=base))[1:] == ("step back", left)


def test_the_first_month_holds_the_long_run():
    assert decided(situation(outcome(), first_month=True)) == ("first-month", "hold", 50)


@pytest.mark.parametrize(
    ("base", "target", "expected"),
    [
        (50, 60, ("step", 55)),
        (55, 60, ("step", 60)),
        (57, 60, ("step", 60)),
        (59, 60, ("step", 60)),
        (60, 60, ("repeat", 60)),
        (60, 50, ("repeat", 50)),
    ],
)
def test_a_clean_run_earns_a_step_up_to_the_target(base, target, expected):
    now = situation(outcome(base), base_min=base, target_min=target)
    assert decided(now) == ("clean", *expected)
    assert FIVE_MINUTES.decide(now)[1].facts["step_min"] == max(0, expected[1] - base)


def test_a_longer_run_earns_no_more_than_a_step():
    assert decided(situation(outcome(minutes=80))) == ("clean", "step", 55)


def test_a_policy_has_a_step_of_its_own():
    assert decided(situation(outcome(), step_min=3)) == ("clean", "step", 53)
    assert decided(situation(outcome(pain_next_morning=3), step_min=3))[2] == 47
    tired = outcome(day=weeks_before(1), fatigue=8), outcome(fatigue=8)
    assert decided(situation(*tired, step_min=3))[2] == 47
    # A reset takes off 5 minutes or 10, whatever a step is.
    assert decided(situation(outcome(pain=3), step_min=3))[2] == 40
    late = outcome(pain=3, pain_from=63, minutes=63, planned=63)
    assert decided(situation(late, step_min=3))[2] == 45


# CAUTIOUS.


@pytest.mark.parametrize(
    ("morning", "awaits", "expected"),
    [
        (None, False, ("unknown-morning", "repeat", 50)),
        (None, True, ("clean", "step", 55)),
        (0, False, ("clean", "step", 55)),
    ],
)
def test_a_careful_plan_repeats_a_long_run_whose_next_morning_is_unknown(morning, awaits, expected):
    now = situation(outcome(pain_next_morning=morning), awaits_morning=awaits)
    assert decided(now, CAUTIOUS) == expected
    assert decided(now) == ("clean", "step", 55)


@pytest.mark.parametrize("week", [7, 8, 9, 12, 16])
def test_every_fourth_week_of_a_careful_plan_is_a_lighter_one(week):
    rule, verdict = CAUTIOUS.decide(situation(outcome(), week=week))
    if week % 4:
        assert (rule.name, verdict.minutes) == ("clean", 55)
        return
    assert (rule.name, verdict.action) == ("cutback", "cut back")
    # 80 % of 55 is 44.
    assert (verdict.minutes, verdict.level_min) == (40, 55)


@pytest.mark.parametrize(
    ("base", "longest", "clean_in_row", "due", "minutes"),
    [
        (50, 50, 1, 55, 40),
        # A big step waits, or has waited.
        (45, 45, 1, 45, 35),
        (45, 45, 2, 50, 40),
        # A step that is far too big has waited, and shrinks.
        (16, 16, 2, 20, 15),
        # Not under 10, and not above what was due.
        (13, 13, 2, 16, 10),
        (12, 12, 1, 12, 10),
        (10, 10, 1, 10, 10),
        # At the target.
        (90, 90, 1, 90, 70),
    ],
)
def test_a_lighter_week_has_80_percent_of_what_was_due(base, longest, clean_in_row, due, minutes):
    known = {"base_min": base, "longest_min": longest, "clean_in_row": clean_in_row}
    rule, verdict = CAUTIOUS.decide(situation(outcome(base), week=8, **known))
    assert rule.name == "cutback"
    assert (verdict.minutes, verdict.level_min) == (minutes, due)


def test_after_a_lighter_week_what_was_due_is_due_again_without_waiting():
    lighter = outcome(40, level_min=55)
    now = situation(lighter, week=9, base_min=55, longest_min=40, last_action="cut back")
    assert decided(now, CAUTIOUS) == ("cutback", "resume", 55)
    assert decided(now._replace(last_action="step"), CAUTIOUS)[0] == "too-big-step"


def test_a_lighter_week_lifts_no_pause():
    now = situation(outcome(pain=7), week=8)
    assert CAUTIOUS.decide(now)[0].name == "severe-pain"
    now = situation(outcome(14, pain_next_morning=3), base_min=14, week=8)
    assert CAUTIOUS.decide(now)[0].name == "too-short"


@pytest.mark.parametrize(
    ("base", "longest", "clean_in_row", "expected"),
    [
        # 55 is not over 110 % of 50, but 54 is over 110 % of 49.
        (50, 50, 0, ("clean", "step", 55)),
        (49, 49, 0, ("big-step", "wait", 49)),
        (49, 49, 1, ("big-step", "wait", 49)),
        (49, 49, 2, ("clean", "step", 54)),
        (49, 49, 3, ("clean", "step", 54)),
        # 65 is not over 130 % of 50, but 66 is.
        (60, 50, 1, ("big-step", "wait", 60)),
        (60, 50, 2, ("clean", "step", 65)),
        (61, 50, 1, ("too-big-step", "wait", 61)),
        (61, 50, 2, ("too-big-step", "small step", 65)),
        # 22 is 129.4 % of 17; 21 is 131.25 % of 16, of which 130 % are 20.8.
        (17, 17, 2, ("clean", "step", 22)),
        (16, 16, 2, ("too-big-step", "small step", 20)),
        (10, 10, 2, ("too-big-step", "small step", 13)),
        # At least a minute.
        (50, 39, 2, ("too-big-step", "small step", 51)),
        (50, 0, 2, ("too-big-step", "small step", 51)),
        # An earlier, longer run makes it a small step.
        (30, 60, 0, ("clean", "step", 35)),
    ],
)
def test_a_careful_step_waits_or_shrinks_by_the_longest_run_of_thirty_days(
    base, longest, clean_in_row, expected
):
    known = {"base_min": base, "longest_min": longest, "clean_in_row": clean_in_row}
    assert decided(situation(outcome(base), **known), CAUTIOUS) == expected


def test_a_smaller_step_does_not_go_beyond_the_target():
    known = {"base_min": 16, "longest_min": 16, "clean_in_row": 2, "target_min": 18}
    assert decided(situation(outcome(16), **known), CAUTIOUS) == ("too-big-step", "small step", 18)


# Other numbers.


@pytest.mark.parametrize(
    ("rule", "numbers", "now", "expected"),
    [
        (SEVERE_PAIN, {"from_pain": 4}, {"pain": 4}, ("severe-pain", "pause", 40)),
        (MODERATE_PAIN, {"from_pain": 2}, {"pain": 2}, ("moderate-pain", "reset", 40)),
        (
            MODERATE_PAIN,
            {"share_pct": 60},
            {"pain": 3, "pain_from": 50},
            ("moderate-pain", "reset", 30),
        ),
        (
            MORNING_AFTER,
            {"from_pain": 1},
            {"pain_next_morning": 1},
            ("morning-after", "step back", 45),
        ),
        (MORNING_AFTER, {"from_pain": 1}, {}, ("clean", "step", 55)),
        (
            EARLY_PAIN,
            {"within_min": 20},
            {"pain": 1, "pain_from": 20},
            ("early-pain", "step back", 45),
        ),
        (MILD_PAIN, {"step_back_from": 1}, {"pain": 1}, ("mild-pain", "step back", 45)),
        (TIRED, {"step_back_from": 1}, {"fatigue": 7}, ("tired", "step back", 45)),
        (CUT_SHORT, {"step_back_from": 1}, {"minutes": 44}, ("cut-short", "step back", 45)),
        (NOT_HELPING, {"painful_runs": 1}, {"pain": 1}, ("not-helping", "pause", 40)),
        (NOT_HELPING, {"resets": 1, "reset_from": 2}, {"pain": 2}, ("not-helping", "pause", 40)),
    ],
)
def test_an_app_can_give_a_rule_other_numbers(rule, numbers, now, expected):
    own = evolve(rule, decide=evolve(rule.decide, **numbers))
    policy = evolve(
        FIVE_MINUTES, rules=[own if each is rule else each for each in FIVE_MINUTES.rules]
    )
    assert decided(situation(outcome(**now)), policy) == expected


def test_an_app_can_count_pain_between_long_runs_differently():
    strict = evolve(PAIN_BETWEEN, decide=evolve(PAIN_BETWEEN.decide, from_pain=1))
    now = situation(outcome(), between=(complaint("run", 1),))
    assert decided(now, evolve(FIVE_MINUTES, rules=[strict, *FIVE_MINUTES.rules[-1:]]))[0] == (
        "pain-between"
    )
    numbers = {"from_pain_run": 2, "from_pain_strength": 1}
    own = evolve(MILD_PAIN_BETWEEN, decide=evolve(MILD_PAIN_BETWEEN.decide, **numbers))
    policy = evolve(FIVE_MINUTES, rules=[own, *FIVE_MINUTES.rules[-1:]])
    assert decided(now, policy)[0] == "clean"
    now = situation(outcome(), between=(complaint("strength", 1),))
    assert decided(now, policy)[0] == "mild-pain-between"


def test_an_app_can_let_a_big_step_wait_for_longer():
    patient = evolve(BIG_STEP, decide=evolve(BIG_STEP.decide, over_pct=105, clean_runs=4))
    policy = evolve(CAUTIOUS, rules=[patient, CAUTIOUS.rules[-1]])
    far = {"base_min": 100, "longest_min": 100, "target_min": 200, "clean_in_row": 0}
    assert decided(situation(outcome(100), **far), policy) == ("clean", "step", 105)
    assert decided(situation(outcome(), clean_in_row=3), policy) == ("big-step", "wait", 50)
    assert decided(situation(outcome(), clean_in_row=4), policy) == ("clean", "step", 55)


def test_an_app_can_let_a_big_step_shrink():
    small = evolve(BIG_STEP, decide=evolve(BIG_STEP.decide, over_pct=106, shrinks=True))
    policy = evolve(CAUTIOUS, rules=[small, CAUTIOUS.rules[-1]])
    now = situation(outcome(), clean_in_row=2)
    assert decided(now, policy) == ("big-step", "small step", 53)


def test_an_app_can_make_every_third_week_a_lighter_one():
    third = evolve(CUTBACK, adjust=evolve(CUTBACK.adjust, every_weeks=3, share_pct=60))
    policy = evolve(FIVE_MINUTES, rules=[third, FIVE_MINUTES.rules[-1]])
    minutes = [policy.decide(situation(outcome(), week=week))[1].minutes for week in range(2, 8)]
    assert minutes == [55, 30, 55, 55, 30, 55]
