"""What begins a pause, what takes it over, and how a clearance ends it."""

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

from runplan import FIVE_MINUTES, Away, Change, Clearance, Log, RedFlag, RunReport, build

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = range(5)
MISSED = None
MILD = {"pain": 2, "pain_from": 30}
SORE = {"pain_next_morning": 1}
STIFF = {"pain_next_morning": 4}
LATE_PAIN = {"pain": 3, "pain_from": 39}
# 80 % of 30 are 24: the reset is 20. With the onset unknown it is 40 - 10.
SEVERE = {"pain": 7, "pain_from": 30}


def paused(log, today, rebuild=None):
    """Return the rule of the pause, its day, what it resumes with, and whether strength stops."""
    pause = build(rebuild or asked(), log, today=today).pause
    return pause and (pause.decision.rule, pause.since, pause.resume_min, pause.stops_strength)


# --- what begins a pause ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("flags", "whom", "how_soon"),
    [
        (["no-better"], "a doctor or physiotherapist", "in the next weeks"),
        (["fever"], "a doctor", "before you run again"),
        (["chest-pain"], "an emergency doctor", "now: call the emergency services"),
        # The worst of several decides.
        (["no-better", "fever"], "a doctor", "before you run again"),
        (
            ["fever", "chest-pain", "no-better"],
            "an emergency doctor",
            "now: call the emergency services",
        ),
    ],
)
def test_the_tier_of_a_flag_says_whom_to_see_and_how_soon(flags, whom, how_soon):
    pause = build(asked(), Log([ran(1, red_flags=flags)]), today=on(2, TUESDAY)).pause
    assert (pause.whom, pause.how_soon) == (whom, how_soon)
    assert pause.stops_strength
    worst = min(map(RedFlag, flags), key=lambda flag: ["e", "u", "r"].index(flag.tier[0]))
    assert worst.words in pause.why
    assert "Sunday, 6 December" in pause.why


@pytest.mark.parametrize(
    "report",
    [
        ran(1, red_flags=["fever"]),
        other(1, WEDNESDAY, red_flags=["fever"]),
        strength_report(1, WEDNESDAY, red_flags=["fever"]),
        morning(1, SUNDAY, 0, red_flags=["fever"]),
        morning(1, WEDNESDAY, 0, red_flags=["fever"]),
    ],
    ids=["long run", "other run", "strength", "morning after the long run", "another morning"],
)
def test_a_flag_in_any_report_pauses_the_plan(report):
    entries = (
        [report] if report.day == on(1) and isinstance(report, RunReport) else [ran(1), report]
    )
    assert answered(asked(), Log(entries), 2) == ("red-flag", "paused", 30)
    assert paused(Log(entries), on(2, TUESDAY)) == ("red-flag", report.day, 30, True)


@pytest.mark.parametrize(
    ("entries", "since", "resumes"),
    [
        ([ran(1, pain=6)], on(1), 30),
        ([ran(1, pain_next_morning=6)], on(1), 30),
        ([ran(1, pain_next_morning=None), morning(1, SUNDAY, 6)], on(1), 30),
        ([ran(1), other(2, MONDAY, pain=6)], on(2, MONDAY), 30),
        ([ran(1), other(2, MONDAY), morning(2, MONDAY, 6)], on(2, MONDAY), 30),
        ([ran(1), strength_report(2, MONDAY, pain=6)], on(2, MONDAY), 30),
        ([ran(1), strength_report(2, MONDAY, pain_next_morning=6)], on(2, MONDAY), 30),
        # Of two long runs in one week one is another run.
        ([ran(1), ran(1, 30, weekday=7, pain=6)], on(2, MONDAY), 30),
        # Mild pain in the long run from minute 38 on says where to resume: 80 % are 30.4.
        ([ran(1, pain=1, pain_from=38), other(2, MONDAY, pain=6)], on(2, MONDAY), 30),
        ([ran(1, pain=1, pain_from=20), other(2, MONDAY, pain=6)], on(2, MONDAY), 15),
    ],
)
def test_pain_of_six_pauses_everything_wherever_it_was(entries, since, resumes):
    expected = ("severe-pain", since, resumes, True)
    assert paused(Log(entries), on(2, TUESDAY)) == expected


@pytest.mark.parametrize(
    "entries",
    [
        [ran(1, pain=5, pain_next_morning=5)],
        [ran(1), other(2, MONDAY, pain=5, pain_next_morning=5)],
        [ran(1), strength_report(2, MONDAY, pain=5, pain_next_morning=5)],
    ],
)
def test_pain_of_five_pauses_nothing(entries):
    assert paused(Log(entries), on(2, TUESDAY)) is None


def test_severe_pain_before_the_first_long_run_pauses_it():
    log = Log([strength_report(1, WEDNESDAY, pain=6)])
    assert answered(asked(), log, 1, today=on(1)) == ("severe-pain", "paused", 30)
    assert answered(asked(), log.add(cleared(1, FRIDAY)), 1, today=on(1)) == ("clearance", 30)


# --- before the plan --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "how", [{"pain": 5}, {"fatigue": 9}, {"pain_next_morning": None}, {"pain_next_morning": 5}]
)
def test_what_hurt_less_before_the_plan_leaves_the_first_week_at_the_baseline(how):
    assert answered(asked(), Log([ran(0, 40, **how)]), 1) == ("baseline", 40)


@pytest.mark.parametrize(
    ("report", "rule"),
    [
        (ran(0, 40, pain=6), "severe-pain"),
        (ran(0, 40, pain_next_morning=6), "severe-pain"),
        (strength_report(0, WEDNESDAY, pain=6), "severe-pain"),
        (other(0, WEDNESDAY, red_flags=["fever"]), "red-flag"),
        (morning(0, WEDNESDAY, 0, red_flags=["fever"]), "red-flag"),
    ],
)
def test_a_flag_or_severe_pain_from_before_the_plan_pauses_it_from_the_start(report, rule):
    log = Log([report])
    assert answered(asked(), log, 1) == (rule, "paused", 30)
    # Assessed that day or later, or cleared before the plan began: nothing is left of it.
    assessed = asked(assessed_on=report.day)
    assert answered(assessed, log, 1) == ("baseline", 40)
    assert answered(asked(), log.add(Clearance(day=report.day, by="doctor")), 1) == ("baseline", 40)
    # Assessed the day before: it came after that.
    earlier = asked(assessed_on=on(0, report.day.weekday() - 1))
    assert answered(earlier, log, 1) == (rule, "paused", 30)
    unseen = asked(assessed_on=None)
    assert answered(unseen, log, 1) == (rule, "paused", 30)


def test_a_flag_from_before_the_plan_resumes_at_the_reset_of_the_baseline():
    # A short run in the week before the plan does not set a level.
    log = Log([ran(0, 20, red_flags=["fever"]), cleared(1, WEDNESDAY)])
    assert answered(asked(), log, 1, on(1, TUESDAY)) == ("red-flag", "paused", 30)
    assert answered(asked(), log, 1, on(1, WEDNESDAY)) == ("clearance", 30)
    # A clearance of the first day ends the pause; one from before it leaves nothing to end.
    for day, expected in ((on(1, MONDAY), ("clearance", 30)), (on(0, SUNDAY), ("baseline", 40))):
        log = Log([ran(0, 20, red_flags=["fever"]), Clearance(day=day, by="doctor")])
        assert answered(asked(), log, 1, on(1, WEDNESDAY)) == expected


# --- what a pause resumes with ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("how", "clearance", "reset", "expected"),
    [
        # Without a new baseline: the reset of the 45 it paused at.
        ({"pain": 7, "pain_from": 38}, {}, 30, 30),
        # 80 % of 50, and 5 minutes less than 45.
        ({"pain": 7, "pain_from": 50, "minutes": 50}, {}, 40, 40),
        ({"pain": 7}, {}, 35, 35),
        ({"pain_next_morning": 6}, {}, 35, 35),
        ({"red_flags": ["fever"]}, {}, 35, 35),
        ({"red_flags": ["fever"], "pain": 2, "pain_from": 38}, {}, 30, 30),
        # Never below ten.
        ({"pain": 7, "pain_from": 3}, {}, 10, 10),
        ({"pain": 4, "pain_from": 3}, {}, 10, 10),
        # With one: that, up to the target.
        ({"pain": 7}, {"baseline_min": 10}, 35, 10),
        ({"pain": 7}, {"baseline_min": 25}, 35, 25),
        ({"pain": 7}, {"baseline_min": 45}, 35, 45),
        ({"pain": 7}, {"baseline_min": 60}, 35, 60),
        ({"pain": 7}, {"baseline_min": 90}, 35, 60),
        ({"pain": 4, "pain_from": 3}, {"baseline_min": 20}, 10, 20),
    ],
)
def test_a_clearance_resumes_at_its_baseline_or_at_the_reset(how, clearance, reset, expected):
    rebuild = asked(baseline_min=45, target_min=60)
    log = diary(rebuild, how, extra=[cleared(2, WEDNESDAY, **clearance)])
    assert answered(rebuild, log, 2, today=on(2, TUESDAY))[1:] == ("paused", reset)
    assert answered(rebuild, log, 2, today=on(2, WEDNESDAY)) == ("clearance", expected)


@pytest.mark.parametrize(
    ("week", "minutes"),
    # The reset is 35; 24.5 after 3 weeks, 17.5 after 4 and 5, and still that after 6.
    [(2, 35), (3, 35), (4, 20), (5, 15), (6, 15), (7, 15)],
)
def test_a_long_pause_eases_what_it_resumes_with(week, minutes):
    rebuild = asked(baseline_min=45, target_min=60)
    log = Log([ran(1, 45, pain=7)])
    assert answered(rebuild, log, week) == ("severe-pain", "paused", minutes)
    ends = log.add(cleared(week, WEDNESDAY))
    assert answered(rebuild, ends, week, today=on(week)) == ("clearance", minutes)


def test_the_baseline_that_a_clearance_names_is_not_eased():
    log = Log([ran(1, pain=7), cleared(7, WEDNESDAY, baseline_min=38)])
    assert answered(asked(), log, 7, today=on(7)) == ("clearance", 38)


def test_a_low_baseline_of_a_clearance_limits_later_restarts():
    # The plan's baseline is 40, the clearance's 30. Of two baselines the careful one is the lower.
    steep = asked(policy=evolve(FIVE_MINUTES, step_min=30))
    ends = cleared(2, WEDNESDAY, baseline_min=30)
    log = Log([ran(1, pain=7), ends, ran(2, 30), ran(3, 60)])
    assert answered(steep, log, 4) == ("clean", 90)
    # Half of 90 after five weeks; after six the baseline is the most.
    assert answered(steep, log, 8, today=on(8)) == ("away", 45)
    assert answered(steep, log, 9, today=on(9)) == ("away", 30)


def test_a_pause_after_an_absence_rests_on_the_base_before_easing():
    # 45 were earned. Their reset is 35, and 70 % of that 24.5: not the reset of 30.
    log = Log([ran(1), strength_report(4, WEDNESDAY, pain=6)])
    assert answered(asked(), log, 4, today=on(4)) == ("severe-pain", "paused", 20)
    ends = log.add(cleared(4, FRIDAY))
    assert answered(asked(), ends, 4, today=on(4)) == ("clearance", 20)


def test_a_pause_never_resumes_above_the_target():
    rebuild = asked(baseline_min=60, target_min=60)
    log = Log([ran(1, 60, pain=7, pain_from=59), cleared(2, WEDNESDAY, baseline_min=300)])
    # 80 % of 59 are 47.2.
    assert answered(rebuild, log, 2, today=on(2, TUESDAY)) == ("severe-pain", "paused", 45)
    assert answered(rebuild, log, 2, today=on(2)) == ("clearance", 60)


# --- the day of a clearance -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "is_paused"),
    [
        (on(1, SATURDAY), True),
        (on(1, SUNDAY), False),
        (on(2, THURSDAY), False),
        # A clearance of the run's own day counts before the run.
        (on(2, SUNDAY), False),
    ],
)
def test_a_clearance_of_the_reports_day_or_later_ends_the_pause(day, is_paused):
    log = Log([ran(1, pain=7), Clearance(day=day, by="Dr. Ito", baseline_min=35)])
    expected = ("severe-pain", "paused", 30) if is_paused else ("clearance", 35)
    assert answered(asked(), log, 2, today=on(2)) == expected


def test_a_clearance_after_the_long_runs_day_is_for_the_week_after():
    log = Log([ran(1, pain=7), cleared(3, MONDAY, baseline_min=35)])
    assert answered(asked(), log, 2, today=on(3, MONDAY)) == ("severe-pain", "paused", 30)
    assert answered(asked(), log, 3, today=on(3, MONDAY)) == ("clearance", 35)


def test_a_clearance_logged_late_does_not_rewrite_a_week_left_out():
    late = cleared(2, WEDNESDAY, baseline_min=35, recorded_on=on(3, TUESDAY))
    log = Log([ran(1, pain=7), late])
    assert answered(asked(), log, 2, today=on(3, TUESDAY)) == ("severe-pain", "paused", 30)
    assert answered(asked(), log, 3, today=on(3, TUESDAY)) == ("clearance", 35)


def test_of_several_clearances_the_latest_counts_and_of_one_day_the_lower():
    hurt = ran(1, pain=7)
    later = [cleared(2, TUESDAY, baseline_min=20), cleared(2, THURSDAY, baseline_min=35)]
    assert answered(asked(), Log([hurt, *later]), 2, on(2)) == ("clearance", 35)
    falls = [cleared(2, TUESDAY, baseline_min=35), cleared(2, THURSDAY)]
    assert answered(asked(), Log([hurt, *falls]), 2, on(2)) == ("clearance", 30)
    same = [cleared(2, THURSDAY, baseline_min=minutes) for minutes in (20, 35)]
    assert answered(asked(), Log([hurt, *same]), 2, on(2)) == ("clearance", 20)
    # One of the two names no baseline: the reset, 30, is the lower.
    same = [cleared(2, THURSDAY), cleared(2, THURSDAY, baseline_min=35)]
    assert answered(asked(), Log([hurt, *same]), 2, on(2)) == ("clearance", 30)
    same = [cleared(2, THURSDAY), cleared(2, THURSDAY, baseline_min=25)]
    assert answered(asked(), Log([hurt, *same]), 2, on(2)) == ("clearance", 25)


def test_a_clearance_says_who_gave_it():
    log = Log([ran(1, pain=7), cleared(2, WEDNESDAY, by="Dr. Ito", baseline_min=35)])
    why = build(asked(), log, today=on(2)).weeks[1].long_run.decision.why
    assert why == "Resumes at 35 min, the new baseline, with the clearance by Dr. Ito."


def test_a_clearance_waits_for_the_next_long_run_that_has_a_day():
    gone = Away(first=on(2, MONDAY), last=on(2, SUNDAY))
    log = Log([ran(1, pain=7), cleared(2, WEDNESDAY, baseline_min=35)])
    assert answered(asked(away=[gone]), log, 3) == ("clearance", 35)
    # The reset, 30, is due two weeks after the last long run: as it is.
    log = Log([ran(1, pain=7), cleared(2, WEDNESDAY)])
    assert answered(asked(away=[gone]), log, 3) == ("clearance", 30)
    longer = asked(away=[Away(first=on(2, MONDAY), last=on(3, SUNDAY))])
    # Three weeks after it, 70 % of 30.
    assert answered(longer, log, 4) == ("clearance", 20)


def test_a_run_missed_after_a_clearance_is_due_again():
    log = Log([ran(1, pain=7), cleared(2, WEDNESDAY, baseline_min=35)])
    assert answered(asked(), log, 3, today=on(3)) == ("away", 35)
    # Three weeks after the run that hurt: 24.5.
    assert answered(asked(), log, 4, today=on(4)) == ("away", 20)
    # The reset of 45 is 35, and half of it after four weeks and after five.
    late = Log([ran(1, 45, pain=7), cleared(5, WEDNESDAY)])
    assert answered(asked(baseline_min=45), late, 5, today=on(5)) == ("clearance", 15)
    assert answered(asked(baseline_min=45), late, 6, today=on(6)) == ("away", 15)


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ({}, ("clean", 35)),
        (STIFF, ("morning-after", 25)),
        ({"pain": 8}, ("severe-pain", "paused", 20)),
    ],
    ids=["clean", "stiff", "severe"],
)
def test_a_run_on_the_day_of_the_clearance_is_answered_like_any_other(how, expected):
    # Cleared on Sunday morning, and the run an hour later.
    before = [ran(1, pain=7), cleared(2, SUNDAY, baseline_min=30)]
    assert answered(asked(), Log(before), 2, on(2)) == ("clearance", 30)
    assert answered(asked(), Log([*before, ran(2, 30, **how)]), 3) == expected


# --- what a clearance answers -----------------------------------------------------------------


def test_after_a_clearance_the_counts_start_afresh():
    rebuild = asked()
    # Three painful runs, the last of 35 minutes with pain from minute 30 on: a reset to 20.
    log = diary(rebuild, MILD, MILD, MILD, extra=[cleared(4, WEDNESDAY)])
    assert answered(rebuild, log, 4, on(4)) == ("clearance", 20)
    log = log.add(ran(4, 20, **SORE))
    assert answered(rebuild, log, 5) == ("mild-pain", 20)
    log = log.add(ran(5, 20, **SORE))
    assert answered(rebuild, log, 6) == ("mild-pain", 15)
    log = log.add(ran(6, 15, **SORE))
    assert answered(rebuild, log, 7) == ("not-helping", "paused", 10)


def test_after_a_clearance_moderate_pain_is_the_first_again():
    rebuild = asked()
    ends = cleared(3, WEDNESDAY, baseline_min=40)
    log = diary(rebuild, LATE_PAIN, LATE_PAIN, extra=[ends])
    assert answered(rebuild, log, 3, on(3)) == ("clearance", 40)
    log = log.add(ran(3, 40, **LATE_PAIN))
    assert answered(rebuild, log, 4) == ("moderate-pain", 30)


def test_a_clearance_of_no_pause_breaks_no_row():
    rebuild = asked()
    log = diary(rebuild, MILD, extra=[cleared(2, WEDNESDAY)])
    assert answered(rebuild, log, 2, on(2)) == ("mild-pain", 40)
    assert answered(rebuild, log.add(ran(2, **MILD)), 3) == ("mild-pain", 35)


@pytest.mark.parametrize(
    "hurt",
    [
        other(2, TUESDAY, pain=8, recorded_on=on(3, MONDAY)),
        strength_report(2, MONDAY, red_flags=["chest-pain"], recorded_on=on(3, MONDAY)),
        other(2, TUESDAY, pain=3, recorded_on=on(3, MONDAY)),
    ],
)
def test_a_clearance_answers_what_was_before_it_whenever_that_becomes_known(hurt):
    log = Log([ran(1, pain=7), cleared(2, WEDNESDAY, baseline_min=35), ran(2, 35)])
    assert answered(asked(), log, 3, today=on(3)) == ("clean", 40)
    assert answered(asked(), log.add(hurt), 3, today=on(3)) == ("clean", 40)
    assert paused(log.add(hurt), on(3, MONDAY)) is None


@pytest.mark.parametrize(
    ("report", "expected"),
    [
        (other(2, TUESDAY, pain=4), ("clearance", 30)),
        # The day of the clearance counts anew.
        (other(2, WEDNESDAY, pain=2), ("mild-pain-between", 30)),
        (other(2, WEDNESDAY, pain=4), ("pain-between", 25)),
        # The reset of 30 is 20: the lower of 30 - 10 and 24.
        (other(2, WEDNESDAY, pain=6), ("severe-pain", "paused", 20)),
        (other(2, FRIDAY, pain=4), ("pain-between", 25)),
    ],
)
def test_what_hurts_on_the_day_of_a_clearance_or_later_counts_anew(report, expected):
    log = Log([ran(1, pain=7), cleared(2, WEDNESDAY), report])
    assert answered(asked(), log, 2, today=on(2)) == expected


def test_what_caused_the_pause_on_the_day_of_its_clearance_is_answered():
    # A strength session on Wednesday, and the doctor that evening.
    log = Log([ran(1), strength_report(2, WEDNESDAY, pain=6), cleared(2, WEDNESDAY)])
    assert answered(asked(), log, 2, today=on(2)) == ("clearance", 30)
    # What hurt that day in another run is not.
    both = log.add(other(2, WEDNESDAY, pain=4))
    assert answered(asked(), both, 2, today=on(2)) == ("pain-between", 25)


def test_a_flag_on_the_day_of_a_clearance_that_did_not_cause_the_pause_counts_anew():
    flagged = strength_report(2, WEDNESDAY, red_flags=["chest-pain"])
    log = Log([ran(1, pain=7), flagged, cleared(2, WEDNESDAY)])
    assert paused(log, on(2, THURSDAY)) == ("red-flag", on(2, WEDNESDAY), 20, True)


def test_a_flag_on_the_day_of_a_clearance_counts_anew_after_a_pause_of_the_day_before():
    hurt, flagged = strength_report(2, TUESDAY, pain=6), other(2, WEDNESDAY, red_flags=["lump"])
    log = Log([ran(1), hurt, flagged, cleared(2, WEDNESDAY)])
    assert paused(log, on(2, THURSDAY)) == ("red-flag", on(2, WEDNESDAY), 20, True)


def test_a_long_run_that_is_cleared_the_same_day_is_answered():
    log = Log([ran(1, **SEVERE), cleared(1, SUNDAY)])
    assert answered(asked(), log, 2) == ("clearance", 20)
    # It is no first painful run either.
    assert answered(asked(), log.add(ran(2, 20, **SORE)), 3) == ("mild-pain", 20)


# --- two reasons for one pause ----------------------------------------------------------------


def test_the_one_that_also_stops_strength_takes_over():
    # Three painful runs pause at 20; a flag resumes at the reset of 35, 25. The lower stays.
    log = diary(asked(), MILD, MILD, MILD)
    assert paused(log, on(4, TUESDAY)) == ("not-helping", on(3), 20, False)
    flagged = log.add(strength_report(4, WEDNESDAY, red_flags=["lump"]))
    assert paused(flagged, on(4, WEDNESDAY)) == ("red-flag", on(4, WEDNESDAY), 20, True)
    severe = log.add(other(4, WEDNESDAY, pain=8))
    assert paused(severe, on(4, THURSDAY)) == ("severe-pain", on(4, WEDNESDAY), 20, True)


@pytest.mark.parametrize(
    "report",
    [
        strength_report(3, MONDAY, red_flags=["lump"]),
        other(3, MONDAY, pain=9, recorded_on=on(3, MONDAY)),
        strength_report(3, MONDAY, pain=6),
    ],
)
def test_of_two_of_a_kind_the_first_stays(report):
    assert paused(Log([ran(1, **SEVERE), report]), on(3, TUESDAY)) == (
        "severe-pain",
        on(1),
        20,
        True,
    )
    # The first resumes at 30, the second at the reset of the same 40.
    flagged = ran(1, red_flags=["fever"])
    assert paused(Log([flagged, report]), on(3, TUESDAY)) == ("red-flag", on(1), 30, True)


def test_before_one_long_run_a_flag_is_named_before_severe_pain():
    # Both became known before the second long run was set, and the table has flags first.
    log = Log([ran(1, **SEVERE), strength_report(2, WEDNESDAY, red_flags=["lump"])])
    assert paused(log, on(2, TUESDAY)) == ("severe-pain", on(1), 20, True)
    assert paused(log, on(2, THURSDAY)) == ("red-flag", on(2, WEDNESDAY), 20, True)


@pytest.mark.parametrize(("week", "minutes"), [(2, 20), (3, 20), (4, 10)])
def test_an_emergency_stands_first_from_the_day_it_is_recorded(week, minutes):
    flagged = strength_report(
        week, WEDNESDAY, red_flags=["chest-pain"], recorded_on=on(week, FRIDAY)
    )
    log = Log([ran(1, **SEVERE), flagged])
    assert paused(log, on(week, THURSDAY)) == ("severe-pain", on(1), minutes, True)
    assert paused(log, on(week, FRIDAY)) == ("red-flag", on(week, WEDNESDAY), minutes, True)
    pause = build(asked(), log, today=on(week, FRIDAY)).pause
    assert (pause.whom, pause.how_soon) == (
        "an emergency doctor",
        "now: call the emergency services",
    )


@pytest.mark.parametrize("week", [2, 3])
def test_the_advice_of_an_emergency_stands_before_that_of_an_earlier_flag(week):
    flagged = strength_report(week, WEDNESDAY, red_flags=["chest-pain"])
    log = Log([ran(1, red_flags=["fever"]), flagged])
    assert build(asked(), log, today=on(week, TUESDAY)).pause.whom == "a doctor"
    pause = build(asked(), log, today=on(week, WEDNESDAY)).pause
    assert pause.whom == "an emergency doctor"
    assert RedFlag.CHEST_PAIN.words in pause.why


def test_an_emergency_is_not_answered_by_a_clearance_from_before_it():
    hurt = ran(1, pain=7)
    flagged = strength_report(2, WEDNESDAY, red_flags=["chest-pain"])
    log = Log([hurt, flagged, cleared(2, TUESDAY)])
    assert paused(log, on(2, THURSDAY))[:2] == ("red-flag", on(2, WEDNESDAY))
    assert paused(log.add(cleared(2, THURSDAY)), on(2, THURSDAY)) is None


def test_severe_pain_in_a_run_while_paused_is_that_of_another_run():
    # Its onset does not matter: the reset of 40 with an unknown onset is 30, and 20 is lower.
    log = Log([ran(1, **SEVERE), ran(2, 20, pain=8, pain_from=5), ran(3, 15, pain=6, pain_from=5)])
    assert paused(log, on(3, TUESDAY)) == ("severe-pain", on(1), 20, True)
    # 70 % of 20, three weeks after the last long run.
    assert paused(log, on(4, TUESDAY)) == ("severe-pain", on(1), 10, True)


def test_a_pause_resumes_at_the_lower_of_two_reasons():
    # A run on Wednesday hurt, and was reported after the long run that was planned meanwhile.
    # The first resumes at 30; the long run from minute 20 on, at 80 % of that, 16.
    hurt = other(2, WEDNESDAY, pain=7, recorded_on=on(3, MONDAY))
    log = Log([ran(1), hurt, ran(2, 45, pain=7, pain_from=20)])
    assert paused(log, on(3, TUESDAY)) == ("severe-pain", on(2, WEDNESDAY), 15, True)
    # The long run alone, from 45; and without its onset.
    assert paused(Log([ran(1), ran(2, 45, pain=7, pain_from=20)]), on(3, TUESDAY))[2] == 15
    assert paused(Log([ran(1), ran(2, 45, pain=7)]), on(3, TUESDAY))[2] == 35


def test_two_pauses_between_two_long_runs_take_the_reset_of_the_first_ones_reset():
    # 40 for the clean run; 30 after the first pause, and 20 after the second.
    log = Log([
        ran(1),
        strength_report(2, MONDAY, pain=7),
        cleared(2, TUESDAY),
        strength_report(2, WEDNESDAY, pain=6),
        cleared(2, THURSDAY),
    ])  # fmt: skip
    assert answered(asked(), log, 2, today=on(2, TUESDAY)) == ("clearance", 30)
    assert answered(asked(), log, 2, today=on(2, WEDNESDAY)) == ("severe-pain", "paused", 20)
    assert answered(asked(), log, 2, today=on(2, THURSDAY)) == ("clearance", 20)
    # The second clearance may be of the very day of the second session.
    same_day = Log([*list(log)[:-1], cleared(2, WEDNESDAY)])
    assert answered(asked(), same_day, 2, today=on(2, WEDNESDAY)) == ("clearance", 20)


# --- known later, withdrawn, or nothing paused ------------------------------------------------


def test_a_pause_that_only_becomes_known_later_lasts_until_its_clearance():
    # Pain of 7 in the first run, reported in the third week: the second was missed for all that
    # was known, and its run was clean.
    late = ran(1, pain=7, recorded_on=on(3, MONDAY))
    log = Log([late, ran(2, 40)])
    assert answered(asked(), log, 2, today=on(3, TUESDAY)) == ("away", 40)
    assert answered(asked(), log, 3, today=on(3, TUESDAY)) == ("severe-pain", "paused", 30)
    ends = log.add(cleared(3, WEDNESDAY))
    assert answered(asked(), ends, 3, today=on(3)) == ("clearance", 30)
    # A clearance from between, known only now, ends it as well.
    between = log.add(cleared(2, WEDNESDAY, recorded_on=on(3, WEDNESDAY)))
    assert paused(between, on(3, WEDNESDAY)) is None


def test_a_clearance_of_the_day_of_a_run_counts_before_it_even_if_logged_later():
    log = Log([
        ran(1, pain=7, recorded_on=on(3, MONDAY)),
        ran(2, 40),
        cleared(2, SUNDAY, recorded_on=on(3, WEDNESDAY)),
    ])  # fmt: skip
    assert answered(asked(), log, 3, today=on(3, TUESDAY)) == ("severe-pain", "paused", 30)
    # The reset is 30, and the run of that day was clean.
    assert answered(asked(), log, 3, today=on(3, WEDNESDAY)) == ("clean", 35)


def test_a_plan_goes_on_by_itself_when_what_paused_it_is_withdrawn():
    slip = ran(1, pain=7, retracted_on=on(2, THURSDAY))
    log = Log([slip, ran(1, recorded_on=on(2, THURSDAY))])
    assert answered(asked(), log, 2, today=on(2, WEDNESDAY)) == ("severe-pain", "paused", 30)
    assert answered(asked(), log, 2, today=on(2, THURSDAY)) == ("clean", 45)
    # Withdrawn without another report, the run is missed.
    assert answered(asked(), Log([slip]), 2, today=on(2, THURSDAY)) == ("away", 40)


def test_a_week_left_out_by_a_pause_that_is_withdrawn_brings_no_second_step():
    slip = ran(1, pain=7, retracted_on=on(3, MONDAY))
    log = Log([slip, ran(1, recorded_on=on(3, MONDAY))])
    assert answered(asked(), log, 2, today=on(3, TUESDAY)) == ("severe-pain", "paused", 30)
    assert answered(asked(), log, 3, today=on(3, TUESDAY)) == ("away", 45)


def test_a_plan_stays_paused_while_anything_else_pauses_it():
    slip = ran(1, **SEVERE, retracted_on=on(3, THURSDAY))
    flagged = strength_report(3, MONDAY, red_flags=["lump"])
    log = Log([slip, ran(1, recorded_on=on(3, THURSDAY)), flagged])
    assert paused(log, on(3, WEDNESDAY)) == ("severe-pain", on(1), 20, True)
    # The flag alone, at the 45 that the first run earned: 45 - 10.
    assert paused(log, on(3, THURSDAY)) == ("red-flag", on(3, MONDAY), 35, True)


def test_a_clearance_while_nothing_is_paused_changes_nothing():
    log = Log([ran(1), cleared(2, TUESDAY, baseline_min=20)])
    assert answered(asked(), log, 2, today=on(2)) == ("clean", 45)


def test_a_withdrawn_clearance_leaves_the_plan_paused():
    log = Log([ran(1, pain=7), cleared(2, TUESDAY, retracted_on=on(2, THURSDAY))])
    assert paused(log, on(2, WEDNESDAY)) is None
    assert paused(log, on(2, THURSDAY)) == ("severe-pain", on(1), 30, True)


# --- weeks of a pause -------------------------------------------------------------------------


def test_a_paused_week_does_not_count_for_the_first_month():
    rebuild = asked(first_month="hold")
    log = diary(rebuild, {"pain": 7}, extra=[cleared(3, WEDNESDAY, baseline_min=40)])
    log = log.add(*(ran(week) for week in (3, 4, 5)))
    rules = [answered(rebuild, log, week, on(6, TUESDAY))[0] for week in range(1, 8)]
    # Week 2 was left out: the first month is weeks 1, 3, 4 and 5.
    assert rules == [
        "baseline",
        "severe-pain",
        "clearance",
        "first-month",
        "first-month",
        "clean",
        "clean",
    ]


@pytest.mark.parametrize(
    ("today", "weeks"),
    # A paused plan ends with the week of the next long run.
    [(on(2, TUESDAY), 2), (on(2), 2), (on(3, MONDAY), 3), (on(5, THURSDAY), 5)],
)
def test_a_paused_plan_ends_with_the_week_of_the_next_long_run(today, weeks):
    plan = build(asked(), Log([ran(1, pain=7)]), today=today)
    assert (len(plan.weeks), plan.finish, plan.status) == (weeks, None, "paused")


def test_a_pause_in_a_week_away_shows_with_the_week_after():
    gone = Away(first=on(2, MONDAY), last=on(2, SUNDAY))
    plan = build(asked(away=[gone]), Log([ran(1, pain=7)]), today=on(2, TUESDAY))
    assert plan.status == "paused"
    assert [week.long_run is None for week in plan.weeks] == [False, True]


# --- a new baseline beside a pause ------------------------------------------------------------


@pytest.mark.parametrize(("baseline", "resumes"), [(20, 20), (50, 30)])
def test_a_new_baseline_ends_no_pause_and_the_lower_of_both_counts(baseline, resumes):
    # Paused on Sunday with a reset of 30; on Tuesday the runner asks to start again.
    change = Change(day=on(2, TUESDAY), baseline_min=baseline)
    log = Log([ran(1, pain=7), change])
    assert answered(asked(), log, 2, today=on(2)) == ("severe-pain", "paused", resumes)
    ends = log.add(cleared(2, FRIDAY))
    assert answered(asked(), ends, 2, today=on(2)) == ("clearance", resumes)


@pytest.mark.parametrize(("baseline", "resumes"), [(20, 20), (50, 30)])
def test_a_new_baseline_while_a_clearance_waits_counts_if_it_is_the_lower(baseline, resumes):
    change = Change(day=on(2, THURSDAY), baseline_min=baseline)
    log = Log([ran(1, pain=7), cleared(2, TUESDAY), change])
    assert answered(asked(), log, 2, today=on(2)) == ("clearance", resumes)
