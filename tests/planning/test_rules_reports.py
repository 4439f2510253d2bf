"""What reports do to the next long run: every row of the tables, on both sides of its edges."""

import datetime as dt

import pytest
from attrs import evolve
from support.diaries import (
    MONDAY,
    SATURDAY,
    SUNDAY,
    after,
    answered,
    asked,
    cleared,
    diary,
    lifted,
    on,
    other,
    ran,
)
from support.situations import applying_rules, outcome, situation

from runplan import (
    CAUTIOUS,
    FIVE_MINUTES,
    Away,
    Clearance,
    InvalidType,
    InvalidValue,
    Log,
    MorningReport,
    Policy,
    RedFlag,
    Referral,
    Resumption,
    Rule,
    RunReport,
    Strength,
    Verdict,
    build,
)
from runplan.planning.strength import RAMP, RampWeek, first_week, week_after
from runplan.policy.pain_rules import (
    EARLY_PAIN,
    MILD_PAIN,
    MODERATE_PAIN,
    MORNING_AFTER,
    NOT_HELPING,
    SEVERE_PAIN,
    TOO_SHORT,
    EarlyPain,
    MildPain,
    ModeratePain,
    NotHelping,
    PainNextMorning,
    SeverePain,
    reset_min,
)
from runplan.policy.progression_rules import (
    AWAY,
    BASELINE,
    CLEAN,
    CUT_SHORT,
    CUTBACK,
    FIRST_MONTH,
    TIRED,
    UNKNOWN_MORNING,
    Repeat,
)

PRESETS = pytest.mark.parametrize(
    "policy", [FIVE_MINUTES, CAUTIOUS], ids=lambda policy: policy.name
)


CLEAN_RUN = {}
MISSED = None


# --- situations, where they are sharper -------------------------------------------------------


def decided(policy, *outcomes, **known):
    """Return rule, action and minutes."""
    verdict, decision = policy.decide(situation(*outcomes, **known))
    return decision.rule, verdict.action, verdict.minutes


# --- one run, every row -----------------------------------------------------------------------

# What a run of 40 minutes in the first week makes of the second.
ONE_RUN = {
    "nothing to tell": ({}, ("clean", 45)),
    # Pain in the run, the minute it began known.
    "pain 1": ({"pain": 1, "pain_from": 30}, ("mild-pain", 40)),
    "pain 2": ({"pain": 2, "pain_from": 30}, ("mild-pain", 40)),
    "pain 3": ({"pain": 3, "pain_from": 30}, ("moderate-pain", 20)),
    "pain 5": ({"pain": 5, "pain_from": 30}, ("moderate-pain", 20)),
    "pain 6": ({"pain": 6, "pain_from": 30}, ("severe-pain", "paused", 20)),
    "pain 10": ({"pain": 10, "pain_from": 30}, ("severe-pain", "paused", 20)),
    # ... and not known.
    "pain 2, onset unknown": ({"pain": 2}, ("mild-pain", 40)),
    "pain 3, onset unknown": ({"pain": 3}, ("moderate-pain", 30)),
    "pain 6, onset unknown": ({"pain": 6}, ("severe-pain", "paused", 30)),
    # Pain the next morning.
    "next morning 1": ({"pain_next_morning": 1}, ("mild-pain", 40)),
    "next morning 2": ({"pain_next_morning": 2}, ("mild-pain", 40)),
    "next morning 3": ({"pain_next_morning": 3}, ("morning-after", 35)),
    "next morning 5": ({"pain_next_morning": 5}, ("morning-after", 35)),
    "next morning 6": ({"pain_next_morning": 6}, ("severe-pain", "paused", 30)),
    "next morning 10": ({"pain_next_morning": 10}, ("severe-pain", "paused", 30)),
    # Mild pain, early.
    "from the start": ({"pain": 1, "pain_from": 0}, ("early-pain", 35)),
    "from minute 10": ({"pain": 2, "pain_from": 10}, ("early-pain", 35)),
    "from minute 11": ({"pain": 2, "pain_from": 11}, ("mild-pain", 40)),
    "the last minute": ({"pain": 2, "pain_from": 40}, ("mild-pain", 40)),
    # How tired, how much.
    "fatigue 6": ({"fatigue": 6}, ("clean", 45)),
    "fatigue 7": ({"fatigue": 7}, ("tired", 40)),
    "fatigue 10": ({"fatigue": 10}, ("tired", 40)),
    "36 of 40 min": ({"minutes": 36}, ("clean", 45)),
    "35 of 40 min": ({"minutes": 35}, ("cut-short", 40)),
    "1 of 40 min": ({"minutes": 1}, ("cut-short", 40)),
    "a longer run": ({"minutes": 75}, ("clean", 45)),
    # Red flags of each tier.
    "chest pain": ({"red_flags": ["chest-pain"]}, ("red-flag", "paused", 30)),
    "fever": ({"red_flags": ["fever"]}, ("red-flag", "paused", 30)),
    "no better": ({"red_flags": ["no-better"]}, ("red-flag", "paused", 30)),
}


@PRESETS
@pytest.mark.parametrize(("how", "expected"), ONE_RUN.values(), ids=ONE_RUN)
def test_a_run_is_answered_by_its_row(policy, how, expected):
    # 45 of 40 minutes is over 110 %, so a careful step waits.
    if policy is CAUTIOUS and expected == ("clean", 45) and how != {"minutes": 75}:
        expected = ("big-step", 40)
    assert after(how, policy=policy) == expected


@pytest.mark.parametrize(
    ("planned", "run", "expected"),
    [
        (100, 90, ("clean", 105)),
        (100, 89, ("cut-short", 100)),
        (50, 45, ("clean", 55)),
        (50, 44, ("cut-short", 50)),
        # 90 % of 42, 43 and 45 minutes are 37.8, 38.7 and 40.5.
        (42, 38, ("clean", 47)),
        (42, 37, ("cut-short", 42)),
        (43, 39, ("clean", 48)),
        (43, 38, ("cut-short", 43)),
        (45, 41, ("clean", 50)),
        (45, 40, ("cut-short", 45)),
        (10, 9, ("clean", 15)),
        (10, 8, ("cut-short", 10)),
    ],
)
def test_a_run_is_done_from_nine_tenths_of_it_on(planned, run, expected):
    assert after({"minutes": run}, baseline_min=planned, target_min=120) == expected


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ({"pain": 1}, ("mild-pain", 45)),
        ({"pain": 2, "pain_next_morning": 2}, ("mild-pain", 45)),
        ({"pain": 10}, ("mild-pain", 45)),
        ({"pain_next_morning": 1}, ("mild-pain", 45)),
        ({"fatigue": 10}, ("clean", 50)),
        ({"minutes": 1}, ("clean", 50)),
    ],
)
def test_pain_in_another_run_of_the_week_repeats_the_long_run(how, expected):
    rebuild = asked()
    log = diary(rebuild, {}, {}, extra=[other(2, 2, **how)])
    assert answered(rebuild, log, 3) == expected


@pytest.mark.parametrize("weekday", [0, 6])
def test_another_run_counts_in_its_own_week_from_monday_to_sunday(weekday):
    rebuild = asked()
    log = diary(rebuild, {}, {}, {}, extra=[other(2, weekday, pain=2)])
    rules = [answered(rebuild, log, week, today=on(4, 1))[0] for week in (2, 3, 4)]
    assert rules == ["clean", "mild-pain", "clean"]


def test_pain_in_other_runs_repeats_however_often_it_comes():
    rebuild = asked()
    hurt = [other(week, 2, pain=2) for week in (1, 2, 3, 4)]
    log = diary(rebuild, {}, {}, {}, {}, extra=hurt)
    for week in (2, 3, 4, 5):
        assert answered(rebuild, log, week, today=on(5, 1)) == ("mild-pain", 40)


# --- the next morning -------------------------------------------------------------------------


def unreported(week=1, **how):
    """Return a run reported on its own day, before there was a next morning."""
    return ran(week, pain_next_morning=None, recorded_on=on(week), **how)


@pytest.mark.parametrize(
    ("today", "expected", "says"),
    [
        (on(1, 6), ("clean", 45), "if the morning after Sunday's run brings no pain."),
        (on(2, 0), ("clean", 45), "if the morning after Sunday's run brings no pain."),
        (on(2, 1), ("unknown-morning", 40), "Report it before the next long run, and it counts."),
        (on(2, 6), ("unknown-morning", 40), "the morning after Sunday's run was not reported"),
        (on(4, 6), ("unknown-morning", 40), "the morning after Sunday's run was not reported"),
    ],
)
def test_the_next_morning_may_be_told_on_the_day_and_the_day_after(today, expected, says):
    log = Log([unreported()])
    assert answered(asked(), log, 2, today) == expected
    assert says in build(asked(), log, today).weeks[1].long_run.decision.why


@pytest.mark.parametrize(
    ("pain", "expected"),
    [
        (0, ("clean", 45)),
        (2, ("mild-pain", 40)),
        (3, ("morning-after", 35)),
        (6, ("severe-pain", "paused", 30)),
    ],
)
@pytest.mark.parametrize("recorded", [on(2, 0), on(2, 3), on(2, 6)])
def test_a_morning_reported_before_the_next_long_run_counts(pain, expected, recorded):
    morning = MorningReport(day=on(1), pain=pain, recorded_on=recorded)
    log = Log([unreported(), morning])
    assert answered(asked(), log, 2, today=on(2, 6)) == expected


def test_a_morning_reported_after_the_next_long_run_does_not_change_it_any_more():
    morning = MorningReport(day=on(1), pain=0, recorded_on=on(3, 0))
    log = Log([unreported(), morning])
    assert answered(asked(), log, 2, today=on(3, 0)) == ("unknown-morning", 40)


@pytest.mark.parametrize("how", [{"pain": 2}, {"fatigue": 7}, {"minutes": 30}])
def test_what_the_run_itself_tells_is_answered_before_its_morning_is_over(how):
    for today in (on(1, 6), on(2, 0)):
        log = Log([unreported(**how)])
        assert answered(asked(), log, 2, today)[0] in {"mild-pain", "tired", "cut-short"}


# --- in a row ---------------------------------------------------------------------------------

MILD, SORE, EARLY = (
    {"pain": 2, "pain_from": 30},
    {"pain_next_morning": 1},
    {"pain": 1, "pain_from": 9},
)
HURT, TIRED_RUN, SHORT = {"pain": 4, "pain_from": 38}, {"fatigue": 8}, {"minutes": 20}
STIFF = {"pain_next_morning": 4}

IN_A_ROW = {
    "mild once": ([MILD], ("mild-pain", 40)),
    "mild twice": ([MILD, MILD], ("mild-pain", 35)),
    "sore twice": ([SORE, SORE], ("mild-pain", 35)),
    "mild, then sore": ([MILD, SORE], ("mild-pain", 35)),
    "mild, clean, mild": ([MILD, CLEAN_RUN, MILD], ("mild-pain", 45)),
    "mild, tired, mild": ([MILD, TIRED_RUN, MILD], ("mild-pain", 40)),
    "mild, no report, mild": ([MILD, MISSED, MILD], ("mild-pain", 35)),
    "mild, two without a report, mild": ([MILD, MISSED, MISSED, MILD], ("mild-pain", 20)),
    # Early and marked pain have rows of their own, and are no first time of mild pain.
    "early, then mild": ([EARLY, MILD], ("mild-pain", 35)),
    "marked, then mild": ([HURT, MILD], ("mild-pain", 30)),
    "stiff, then mild": ([STIFF, MILD], ("mild-pain", 35)),
    "mild, then early": ([MILD, EARLY], ("early-pain", 35)),
    "early twice": ([EARLY, EARLY], ("early-pain", 30)),
    "stiff twice": ([STIFF, STIFF], ("morning-after", 30)),
    # Marked and sore the next morning: the morning was mild, whatever row answered.
    "marked and sore, then mild": ([HURT | SORE, MILD], ("mild-pain", 25)),
    "early and sore, then mild": ([EARLY | SORE, MILD], ("mild-pain", 30)),
    "tired once": ([TIRED_RUN], ("tired", 40)),
    "tired twice": ([TIRED_RUN, TIRED_RUN], ("tired", 35)),
    "tired three times": ([TIRED_RUN, TIRED_RUN, TIRED_RUN], ("tired", 30)),
    "tired, clean, tired": ([TIRED_RUN, CLEAN_RUN, TIRED_RUN], ("tired", 45)),
    "tired, no report, tired": ([TIRED_RUN, MISSED, TIRED_RUN], ("tired", 35)),
    # Tired and in pain: the pain was answered, the second tired run is still the second.
    "tired and mild, tired": ([TIRED_RUN | MILD, TIRED_RUN], ("tired", 35)),
    "short once": ([SHORT], ("cut-short", 40)),
    "short twice": ([SHORT, SHORT], ("cut-short", 35)),
    "short three times": ([SHORT, SHORT, SHORT], ("cut-short", 30)),
    "short and tired, short": ([SHORT | TIRED_RUN, SHORT], ("cut-short", 35)),
    "short, then tired": ([SHORT, TIRED_RUN], ("tired", 40)),
    "short, clean, short": ([SHORT, CLEAN_RUN, {"minutes": 40}], ("cut-short", 45)),
}


@pytest.mark.parametrize(("weeks", "expected"), IN_A_ROW.values(), ids=IN_A_ROW)
def test_what_comes_a_second_time_in_a_row_is_a_step_back(weeks, expected):
    assert after(*weeks) == expected


# --- two reports of one run -------------------------------------------------------------------

TWO_REPORTS = {
    "clean and marked": ([{}, HURT], ("moderate-pain", 30)),
    "clean and mild": ([{}, MILD], ("mild-pain", 40)),
    "mild and early": ([MILD, EARLY], ("early-pain", 35)),
    "marked and severe": ([HURT, {"pain": 6}], ("severe-pain", "paused", 30)),
    "clean and tired": ([{}, TIRED_RUN], ("tired", 40)),
    "clean and cut short": ([{}, SHORT], ("cut-short", 40)),
    "clean and without a morning": ([{}, {"pain_next_morning": None}], ("unknown-morning", 40)),
    "both clean": ([{}, {"minutes": 50}], ("clean", 45)),
    "marked late and marked early": (
        [HURT, {"pain": 3, "pain_from": 25}],
        ("moderate-pain", 20),
    ),
    "three": ([{}, MILD, STIFF], ("morning-after", 35)),
    "clean and flagged": ([{}, {"red_flags": ["lump"]}], ("red-flag", "paused", 30)),
}


@pytest.mark.parametrize(("runs", "expected"), TWO_REPORTS.values(), ids=TWO_REPORTS)
def test_of_two_reports_in_a_week_the_one_that_earns_less_counts(runs, expected):
    one_day = [ran(1, **how) for how in runs]
    days = [ran(1, weekday=6 - later, **how) for later, how in enumerate(runs)]
    for reports in (one_day, one_day[::-1], days):
        assert answered(asked(), Log(reports), 2) == expected


def test_two_reports_of_a_week_are_one_run_in_a_row():
    runs = [ran(1, **MILD), ran(1, 39, **MILD), ran(2, **MILD), ran(2, 39, **MILD)]
    assert answered(asked(), Log(runs), 3) == ("mild-pain", 35)


@pytest.mark.parametrize("extra", [[], [MorningReport(day=on(1), pain=0, recorded_on=on(3, 0))]])
def test_of_two_reports_the_one_counts_that_earns_less_in_the_row_it_stands_in(extra):
    # Tired for the second time is a step back, mild pain for the first time is none; that
    # somebody tells of an older morning as well is no reason to choose otherwise.
    runs = [ran(1, **TIRED_RUN), ran(2, **TIRED_RUN), ran(2, weekday=SATURDAY, **MILD)]
    assert answered(asked(), Log([*runs, *extra]), 3) == ("tired", 35)


def test_of_two_mornings_after_one_run_the_worse_counts():
    mornings = [
        MorningReport(day=on(1), pain=pain, recorded_on=on(2, day))
        for pain, day in ((4, 0), (0, 1))
    ]
    assert answered(asked(), Log([unreported(), *mornings]), 2) == ("morning-after", 35)
    assert answered(asked(), Log([ran(1), *mornings]), 2) == ("morning-after", 35)
    assert answered(asked(), Log([ran(1, **STIFF), mornings[1]]), 2) == ("morning-after", 35)


# --- not helping ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("weeks", "expected"),
    [
        ([MILD, MILD, MILD], ("not-helping", "paused", 20)),
        ([SORE, SORE, SORE], ("not-helping", "paused", 25)),
        ([MILD, SORE, STIFF], ("not-helping", "paused", 25)),
        ([EARLY, MILD, SORE], ("not-helping", "paused", 25)),
        ([MILD, MILD, CLEAN_RUN], ("clean", 40)),
        ([MILD, CLEAN_RUN, MILD], ("mild-pain", 45)),
        ([CLEAN_RUN, MILD, MILD], ("mild-pain", 40)),
        ([MILD, MILD, TIRED_RUN], ("tired", 35)),
        # A week without a report does not break the row.
        ([MILD, MISSED, MILD, MISSED, SORE], ("not-helping", "paused", 25)),
        # Nor does it lengthen it.
        ([MILD, MISSED, MILD], ("mild-pain", 35)),
    ],
)
def test_the_third_painful_long_run_in_a_row_is_referred(weeks, expected):
    assert after(*weeks) == expected


def test_pain_in_other_runs_is_no_painful_long_run():
    hurt = [other(week, 2, pain=2) for week in (1, 2, 3)]
    assert after({}, {}, {}, extra=hurt) == ("mild-pain", 40)


def test_two_painful_long_runs_and_a_painful_other_run_are_no_three():
    assert after(MILD, MILD, {}, extra=[other(3, 2, pain=2)]) == ("mild-pain", 35)


LATE_PAIN = {"pain": 3, "pain_from": 39}


@pytest.mark.parametrize(
    ("first_day", "expected"),
    # Seven Sundays: 42 days from the first to the last, 43 from the Saturday before it.
    [(SUNDAY, "not-helping"), (SATURDAY, "moderate-pain")],
)
def test_the_second_reset_within_six_weeks_is_referred(first_day, expected):
    weeks = [LATE_PAIN | {"weekday": first_day}, *[{}] * 5, LATE_PAIN]
    assert after(*weeks)[0] == expected


@pytest.mark.parametrize("weeks_between", [0, 1, 4])
def test_a_second_reset_soon_after_the_first_is_referred(weeks_between):
    assert after(LATE_PAIN, *[{}] * weeks_between, LATE_PAIN)[:2] == ("not-helping", "paused")
    assert after(LATE_PAIN, *[None] * weeks_between, LATE_PAIN)[:2] == ("not-helping", "paused")


@pytest.mark.parametrize("second", [{"pain": 2, "pain_from": 30}, {"pain_next_morning": 5}])
def test_only_marked_pain_in_the_run_is_a_reset(second):
    assert after(LATE_PAIN, second)[0] in {"mild-pain", "morning-after"}


def test_a_referral_for_lack_of_help_names_all_who_may_help():
    rebuild = asked()
    pause = build(rebuild, diary(rebuild, MILD, MILD, MILD), today=on(4, 1)).pause
    for word in ("doctor", "physiotherapist", "coach", "gait analysis"):
        assert word in pause.whom
    assert pause.since == on(3)
    assert not pause.stops_strength
    assert "3 painful long runs in a row" in pause.why


# --- resets -----------------------------------------------------------------------------------

RESETS = [
    # 80 % of the minute, rounded down to 5: 30.4, 35.2, 24.8, 25.6, 29.6.
    (45, 38, 30),
    (45, 44, 35),
    (40, 31, 20),
    (40, 32, 25),
    (40, 37, 25),
    # Exactly a multiple of 5 stays.
    (40, 25, 20),
    (60, 50, 40),
    # The lower of the two: five minutes less, where the pain began late or in a longer run.
    (45, 45, 35),
    (45, 50, 40),
    (45, 90, 40),
    (43, 60, 38),
    (40, 44, 35),
    (40, 43, 30),
    # Where the minute is unknown, ten minutes less.
    (45, None, 35),
    (43, None, 33),
    (20, None, 10),
    # As low as ten minutes.
    (40, 13, 10),
    (40, 18, 10),
    (40, 19, 15),
    (15, 60, 10),
]


@pytest.mark.parametrize(("level", "onset", "minutes"), RESETS)
def test_marked_pain_sets_the_run_back_to_before_it_began(level, onset, minutes):
    assert reset_min(level, onset) == minutes
    ran_min = max(level, onset or 0)
    how = {"minutes": ran_min, "pain": 4, "pain_from": onset}
    assert after(how, baseline_min=level, target_min=120) == ("moderate-pain", minutes)


@pytest.mark.parametrize(
    ("level", "onset"),
    [(40, 12), (40, 7), (40, 0), (19, None), (14, 60), (10, None), (10, 10), (300, 12)],
)
def test_a_reset_to_under_ten_minutes_is_a_pause(level, onset):
    assert reset_min(level, onset) < 10
    how = {"minutes": max(level, onset or 0), "pain": 4, "pain_from": onset}
    expected = ("too-short", "paused", 10)
    assert after(how, baseline_min=level, target_min=level + 60) == expected


@pytest.mark.parametrize(
    ("level", "onset", "minutes"), [(5, None, 1), (11, None, 1), (3, 1, 1), (1, 600, 1)]
)
def test_a_reset_is_at_least_one_minute(level, onset, minutes):
    assert reset_min(level, onset) == minutes


@pytest.mark.parametrize(
    ("level", "weeks", "expected"),
    [
        (15, [STIFF], ("morning-after", 10)),
        (14, [STIFF], ("too-short", "paused", 10)),
        (10, [STIFF], ("too-short", "paused", 10)),
        (15, [{"pain": 1, "pain_from": 10}], ("early-pain", 10)),
        (14, [{"pain": 1, "pain_from": 10}], ("too-short", "paused", 10)),
        (10, [SORE], ("mild-pain", 10)),
        (15, [SORE, SORE], ("mild-pain", 10)),
        (14, [SORE, SORE], ("too-short", "paused", 10)),
        # No pain: never below ten minutes, and no pause either.
        (15, [TIRED_RUN, TIRED_RUN], ("tired", 10)),
        (14, [TIRED_RUN, TIRED_RUN], ("tired", 10)),
        (10, [TIRED_RUN, TIRED_RUN], ("tired", 10)),
        (10, [TIRED_RUN] * 3, ("tired", 10)),
        (14, [{"minutes": 5}, {"minutes": 5}], ("cut-short", 10)),
        (10, [{"minutes": 5}, {"minutes": 5}], ("cut-short", 10)),
        (10, [MISSED], ("away", 10)),
    ],
)
def test_nothing_is_planned_below_ten_minutes(level, weeks, expected):
    assert after(*weeks, baseline_min=level) == expected


def test_a_run_too_short_to_plan_sends_to_a_clinician_and_to_run_walk():
    log = Log([ran(1, 40, pain=4, pain_from=5)])
    pause = build(asked(), log, today=on(2, 1)).pause
    assert (pause.since, pause.stops_strength) == (on(1), False)
    assert "under 10 minutes" in pause.why
    assert "run-walk" in f"{pause.why} {pause.whom}"


# --- away -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("weekday", "missed", "days", "expected"),
    [
        # The last run was clean and earned 45 minutes.
        (SUNDAY, 1, 14, ("away", 45)),
        (SATURDAY, 1, 15, ("away", 30)),  # 31.5
        (SUNDAY, 2, 21, ("away", 30)),
        (SATURDAY, 2, 22, ("away", 20)),  # 22.5
        (SUNDAY, 4, 35, ("away", 20)),
        (SATURDAY, 4, 36, ("away", 20)),
        (SUNDAY, 5, 42, ("away", 20)),
    ],
)
def test_weeks_without_a_report_ease_the_run_by_the_days_since_the_last(
    weekday, missed, days, expected
):
    rebuild = asked()
    log = diary(rebuild, {"weekday": weekday})
    week = missed + 2
    assert (on(week) - on(1, weekday)).days == days
    plan = build(rebuild, log, today=on(week, 1))
    assert answered(rebuild, log, week) == expected
    action = plan.weeks[week - 1].long_run.decision.action
    words = {14: "repeat", 15: "ease in", 21: "ease in", 22: "ease in", 35: "ease in"}
    assert action == words.get(days, "find the baseline again")
    assert ("find-baseline" in {each.code for each in plan.findings}) == (days > 35)


@pytest.mark.parametrize(
    ("weekday", "expected"), [(SUNDAY, ("away", 55)), (SATURDAY, ("away", 50))]
)
def test_past_five_weeks_the_baseline_is_the_most(weekday, expected):
    # The second run was cut short, so the third was 80 minutes as well and earned 110.
    rebuild = asked(baseline_min=50, target_min=200, policy=evolve(FIVE_MINUTES, step_min=30))
    log = diary(rebuild, {}, {"minutes": 65}, {"weekday": weekday})
    assert answered(rebuild, log, 4) == ("clean", 110)
    assert answered(rebuild, log, 8) == expected


def test_absences_do_not_compound():
    # Each week eases by the days since the last run, from what that run earned.
    rebuild = asked(baseline_min=80, target_min=120)
    log = diary(rebuild, {})
    minutes = [answered(rebuild, log, week, today=on(8, 1))[1] for week in range(2, 9)]
    assert minutes == [85, 85, 55, 40, 40, 40, 40]


@pytest.mark.parametrize("minutes", [5, 30, 200])
def test_another_run_counts_for_the_days_and_not_for_the_level(minutes):
    rebuild = asked()
    log = diary(rebuild, {}, extra=[other(3, 3, minutes)])
    # Ten days from the Thursday to the Sunday, and no long run for 21.
    assert answered(rebuild, log, 4) == ("away", 45)


def test_a_planned_absence_and_an_unplanned_one_follow_the_same_rows():
    gone = Away(first=on(2, 0), last=on(3, 6))
    log = Log([ran(1)])
    assert answered(asked(away=[gone]), log, 4) == answered(asked(), log, 4) == ("away", 30)


def test_a_long_run_on_any_day_of_the_week_is_that_week_s():
    rebuild = asked()
    for weekday in range(7):
        assert answered(rebuild, Log([ran(1, weekday=weekday)]), 2) == ("clean", 45)


def test_the_current_week_is_no_missed_one_until_it_is_over():
    rebuild = asked()
    log = diary(rebuild, {})
    assert answered(rebuild, log, 3, today=on(2, 6)) == ("clean", 50)
    assert answered(rebuild, log, 3, today=on(3, 0)) == ("away", 45)


# --- the first of two that apply --------------------------------------------------------------

FLAGGED = {"red_flags": ["fever"]}
PAIRS = {
    "red-flag / severe-pain": [FLAGGED | {"pain": 8}],
    "red-flag / not-helping": [MILD, MILD, MILD | FLAGGED],
    "red-flag / moderate-pain": [HURT | FLAGGED],
    "red-flag / tired": [TIRED_RUN | FLAGGED],
    "severe-pain / not-helping": [MILD, MILD, {"pain": 6}],
    "severe-pain / moderate-pain": [{"pain": 7}],
    "severe-pain / too-short": [{"pain": 7, "pain_from": 5}],
    "severe-pain / morning-after": [{"pain_next_morning": 6}],
    "severe-pain / early-pain": [{"pain": 1, "pain_from": 3, "pain_next_morning": 8}],
    "severe-pain / mild-pain": [{"pain": 2, "pain_next_morning": 7}],
    "not-helping / moderate-pain": [MILD, MILD, HURT],
    "not-helping / too-short": [MILD, MILD, {"pain": 3, "pain_from": 3}],
    "not-helping / morning-after": [MILD, MILD, STIFF],
    "not-helping / early-pain": [MILD, MILD, EARLY],
    "not-helping / mild-pain": [MILD, MILD, SORE],
    "too-short / moderate-pain": [{"pain": 3, "pain_from": 8}],
    "moderate-pain / morning-after": [HURT | STIFF],
    "moderate-pain / mild-pain": [HURT],
    "moderate-pain / tired": [HURT | TIRED_RUN],
    "moderate-pain / cut-short": [{"pain": 4, "pain_from": 20, "minutes": 25}],
    "moderate-pain / unknown-morning": [HURT | {"pain_next_morning": None}],
    "morning-after / early-pain": [EARLY | STIFF],
    "morning-after / mild-pain": [MILD | STIFF],
    "morning-after / cut-short": [SHORT | STIFF],
    "early-pain / mild-pain": [EARLY | SORE],
    "early-pain / tired": [EARLY | TIRED_RUN],
    "early-pain / unknown-morning": [EARLY | {"pain_next_morning": None}],
    "mild-pain / tired": [MILD | TIRED_RUN],
    "mild-pain / cut-short": [MILD | {"minutes": 34}],
    "mild-pain / unknown-morning": [MILD | {"pain_next_morning": None}],
    "tired / cut-short": [TIRED_RUN | SHORT],
    "tired / unknown-morning": [TIRED_RUN | {"pain_next_morning": None}],
    "cut-short / unknown-morning": [SHORT | {"pain_next_morning": None}],
    "unknown-morning / clean": [{"pain_next_morning": None}],
}


def watched(policy, seen):
    """Return the policy with a rule on top that sees everything and never applies."""

    def look(now):
        seen[now.week] = now

    return evolve(policy, rules=[own("look", look), *policy.rules])


def own(name="own", decide=None, **changes):
    """Return a rule of one's own."""
    usual = {"name": name, "when": "always", "then": "something", "source": "me"}
    return Rule(**(usual | {"evidence": "house", "decide": decide} | changes))


@PRESETS
@pytest.mark.parametrize("first_month", ["hold", "extend"])
@pytest.mark.parametrize(("rules", "weeks"), PAIRS.items(), ids=PAIRS)
def test_of_two_rows_that_match_the_first_one_answers(policy, first_month, rules, weeks):
    first, second = rules.split(" / ")
    seen = {}
    rebuild = asked(policy=watched(policy, seen), first_month=first_month)
    log = diary(rebuild, *weeks)
    week = len(weeks) + 1
    seen.clear()
    assert answered(rebuild, log, week)[0] == first
    applying = applying_rules(policy, seen[week])
    assert applying[0] == first
    assert second in applying
    # Every row of pain and of runs not done stands before the first month.
    assert ("first-month" in applying) == (first_month == "hold")


def test_pain_in_another_run_of_a_missed_week_is_answered_before_the_absence():
    seen = {}
    rebuild = asked(policy=watched(FIVE_MINUTES, seen))
    log = diary(rebuild, {}, MISSED, extra=[other(2, 2, pain=3)])
    assert answered(rebuild, log, 3) == ("mild-pain", 45)
    assert applying_rules(FIVE_MINUTES, seen[3]) == ["mild-pain", "away", "clean"]


def test_a_flag_from_before_the_start_comes_before_the_baseline():
    flagged = MorningReport(day=on(0, 3), pain=0, red_flags=["fever"])
    assert answered(asked(), Log([flagged]), 1) == ("red-flag", "paused", 30)


def test_a_first_week_is_the_baseline_whatever_was_run_before_it():
    for how in ({"pain": 4}, {"pain": 9}, {"fatigue": 9}, {"pain_next_morning": None}):
        assert answered(asked(), Log([ran(0, 40, **how)]), 1) == ("baseline", 40)


@pytest.mark.parametrize(
    ("last", "rule"),
    [(HURT, "moderate-pain"), (SORE, "mild-pain"), (SHORT, "cut-short"), (MISSED, "away")],
)
def test_a_week_that_would_be_a_lighter_one_answers_the_report_first(last, rule):
    rebuild = asked(policy=CAUTIOUS, baseline_min=60, target_min=180)
    assert answered(rebuild, diary(rebuild, *[{}] * 7), 8)[0] == "cutback"
    assert answered(rebuild, diary(rebuild, *[{}] * 6, last), 8)[0] == rule


def test_after_a_lighter_week_that_hurt_what_was_due_is_forfeited():
    rebuild = asked(policy=CAUTIOUS, baseline_min=60, target_min=180)
    log = diary(rebuild, *[{}] * 8)
    lighter, due = (
        log.entries[-1].minutes,
        build(rebuild, log, on(9, 1)).weeks[7].long_run.level_min,
    )
    assert lighter == due * 80 // 100 // 5 * 5
    assert answered(rebuild, log, 9) == ("cutback", due)
    assert answered(rebuild, diary(rebuild, *[{}] * 7, SORE), 9) == ("mild-pain", lighter)
    assert answered(rebuild, diary(rebuild, *[{}] * 7, STIFF), 9) == ("morning-after", lighter - 5)
    missed = diary(rebuild, *[{}] * 7, MISSED)
    assert answered(rebuild, missed, 9) == ("away", due)


def test_a_careful_step_comes_after_two_clean_runs_at_the_level():
    rebuild = asked(policy=CAUTIOUS)
    rules = [
        answered(rebuild, diary(rebuild, *weeks), len(weeks) + 1)
        for weeks in ([{}], [{}, {}], [{}, TIRED_RUN, {}], [{}, TIRED_RUN, {}, {}], [MILD, {}])
    ]
    assert rules == [
        ("big-step", 40),
        ("clean", 45),
        ("big-step", 40),
        ("clean", 45),
        ("big-step", 40),
    ]


def test_a_first_month_holds_what_was_clean_and_answers_what_was_not():
    rebuild = asked(first_month="hold")
    log = diary(rebuild, {}, STIFF, {}, {}, {})
    told = [answered(rebuild, log, week, today=on(6, 1)) for week in range(1, 7)]
    assert told == [
        ("baseline", 40),
        ("first-month", 40),
        ("morning-after", 35),
        ("first-month", 35),
        ("clean", 40),
        ("clean", 45),
    ]


# --- pauses and clearances --------------------------------------------------------------------


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
    pause = build(asked(), Log([ran(1, red_flags=flags)]), today=on(2, 1)).pause
    assert (pause.whom, pause.how_soon) == (whom, how_soon)
    assert pause.stops_strength
    worst = min(map(RedFlag, flags), key=lambda flag: ["e", "u", "r"].index(flag.tier[0]))
    assert worst.words in pause.why
    assert "Sunday, 6 December" in pause.why


@pytest.mark.parametrize(
    "report",
    [
        ran(1, red_flags=["fever"]),
        other(1, 2, red_flags=["fever"]),
        lifted(1, 2, red_flags=["fever"]),
        MorningReport(day=on(1), pain=0, red_flags=["fever"], recorded_on=on(2, 0)),
        MorningReport(day=on(1, 2), pain=0, red_flags=["fever"], recorded_on=on(1, 3)),
    ],
    ids=["long run", "other run", "strength", "morning after the long run", "another morning"],
)
def test_a_flag_in_any_report_pauses_the_plan(report):
    entries = (
        [report] if report.day == on(1) and isinstance(report, RunReport) else [ran(1), report]
    )
    assert answered(asked(), Log(entries), 2) == ("red-flag", "paused", 30)


@pytest.mark.parametrize("flag", RedFlag, ids=lambda flag: flag.value)
def test_every_flag_of_the_list_pauses_the_plan(flag):
    log = Log([ran(1, red_flags=[flag])])
    assert answered(asked(), log, 2) == ("red-flag", "paused", 30)


@pytest.mark.parametrize(
    ("how", "clearance", "expected"),
    [
        # Without a new baseline: the reset of the level it paused at.
        ({"pain": 7, "pain_from": 38}, {}, 30),
        ({"pain": 7, "pain_from": 50, "minutes": 50}, {}, 40),
        ({"pain": 7}, {}, 35),
        ({"pain_next_morning": 6}, {}, 35),
        ({"red_flags": ["fever"]}, {}, 35),
        ({"red_flags": ["fever"], "pain": 2, "pain_from": 38}, {}, 30),
        # Never below ten.
        ({"pain": 7, "pain_from": 3}, {}, 10),
        ({"pain": 4, "pain_from": 3}, {}, 10),
        # With one: that, up to the target.
        ({"pain": 7}, {"baseline_min": 10}, 10),
        ({"pain": 7}, {"baseline_min": 25}, 25),
        ({"pain": 7}, {"baseline_min": 45}, 45),
        ({"pain": 7}, {"baseline_min": 60}, 60),
        ({"pain": 7}, {"baseline_min": 90}, 60),
        ({"pain": 4, "pain_from": 3}, {"baseline_min": 20}, 20),
    ],
)
def test_a_clearance_resumes_at_its_baseline_or_at_the_reset(how, clearance, expected):
    rebuild = asked(baseline_min=45, target_min=60)
    log = diary(rebuild, how, extra=[cleared(2, 2, **clearance)])
    assert answered(rebuild, log, 2) == (
        build(rebuild, log, on(2, 1)).pause.decision.rule,
        "paused",
        max(10, reset_min(45, how.get("pain_from"))),
    )
    assert answered(rebuild, log, 2, today=on(2, 2)) == ("clearance", expected)


@pytest.mark.parametrize(
    ("day", "paused"),
    [(on(1, 5), True), (on(1, 6), False), (on(2, 3), False), (on(2, 6), False)],
)
def test_a_clearance_of_the_report_s_day_or_later_ends_the_pause(day, paused):
    log = Log([ran(1, pain=7), Clearance(day=day, by="Dr. Ito", baseline_min=35)])
    expected = ("severe-pain", "paused", 30) if paused else ("clearance", 35)
    assert answered(asked(), log, 2, today=on(2, 6)) == expected


def test_a_clearance_after_the_long_run_s_day_is_for_the_week_after():
    log = Log([ran(1, pain=7), cleared(3, 0, baseline_min=35)])
    assert answered(asked(), log, 2, today=on(3, 0)) == ("severe-pain", "paused", 30)
    assert answered(asked(), log, 3, today=on(3, 0)) == ("clearance", 35)


def test_a_clearance_logged_late_does_not_rewrite_a_week_left_out():
    log = Log([ran(1, pain=7), cleared(2, 2, baseline_min=35, recorded_on=on(3, 1))])
    assert answered(asked(), log, 2, today=on(3, 1)) == ("severe-pain", "paused", 30)
    assert answered(asked(), log, 3, today=on(3, 1)) == ("clearance", 35)


def test_of_several_clearances_the_latest_counts_and_of_one_day_the_one_that_gives_less():
    hurt = ran(1, pain=7)
    later = [cleared(2, 1, baseline_min=20), cleared(2, 3, baseline_min=35)]
    assert answered(asked(), Log([hurt, *later]), 2, on(2, 6)) == ("clearance", 35)
    same = [cleared(2, 3, baseline_min=20, by="coach"), cleared(2, 3, baseline_min=35)]
    assert answered(asked(), Log([hurt, *same]), 2, on(2, 6)) == ("clearance", 20)


def test_a_clearance_says_by_whom():
    log = Log([ran(1, pain=7), cleared(2, 2, by="Dr. Ito", baseline_min=35)])
    why = build(asked(), log, today=on(2, 6)).weeks[1].long_run.decision.why
    assert why == "Goes on at 35 min, the new baseline, with the clearance by Dr. Ito."


def test_a_clearance_waits_for_the_next_long_run_that_has_a_day():
    gone = Away(first=on(2, 0), last=on(2, 6))
    log = Log([ran(1, pain=7), cleared(2, 2, baseline_min=35)])
    assert answered(asked(away=[gone]), log, 3) == ("clearance", 35)


def test_after_a_clearance_the_counts_start_afresh():
    rebuild = asked()
    ends = [cleared(4, 2)]
    # Two more painful runs, a third is not counted with those before the clearance.
    weeks = [MILD, MILD, MILD, MISSED, SORE]
    log = diary(rebuild, *weeks[:3], extra=ends)
    assert answered(rebuild, log, 4, on(4, 6)) == ("clearance", 20)
    again = log.add(ran(4, 20, **SORE))
    assert answered(rebuild, again, 5) == ("mild-pain", 20)
    again = again.add(ran(5, 20, **SORE))
    assert answered(rebuild, again, 6) == ("mild-pain", 15)
    again = again.add(ran(6, 15, **SORE))
    assert answered(rebuild, again, 7)[:2] == ("not-helping", "paused")


def test_after_a_clearance_a_reset_is_the_first_again():
    rebuild = asked()
    log = diary(rebuild, LATE_PAIN, LATE_PAIN, extra=[cleared(3, 2, baseline_min=40)])
    assert answered(rebuild, log, 3, on(3, 6)) == ("clearance", 40)
    log = log.add(ran(3, 40, pain=3, pain_from=39))
    assert answered(rebuild, log, 4)[0] == "moderate-pain"


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
    # Cleared on Sunday morning, back on the road an hour later.
    before = [ran(1, pain=7), cleared(2, 6, baseline_min=30)]
    assert answered(asked(), Log(before), 2, on(2, 6)) == ("clearance", 30)
    assert answered(asked(), Log([*before, ran(2, 30, **how)]), 3) == expected


def test_a_flag_from_before_the_start_resumes_at_the_reset_of_the_baseline():
    # A short run in the week before the plan is no level of the plan.
    log = Log([ran(0, 20, red_flags=["fever"]), cleared(1, 2)])
    assert answered(asked(), log, 1, on(1, 1)) == ("red-flag", "paused", 30)
    assert answered(asked(), log, 1, on(1, 2)) == ("clearance", 30)


def test_a_paused_week_does_not_count_for_the_first_month():
    rebuild = asked(first_month="hold")
    log = diary(rebuild, {"pain": 7}, extra=[cleared(3, 2, baseline_min=40)])
    log = log.add(*(ran(week) for week in (3, 4, 5)))
    rules = [answered(rebuild, log, week, on(6, 1))[0] for week in range(1, 8)]
    # Week 2 was left out: the first month are weeks 1, 3, 4 and 5.
    assert rules == [
        "baseline",
        "severe-pain",
        "clearance",
        "first-month",
        "first-month",
        "clean",
        "clean",
    ]


def test_only_a_flag_takes_over_from_another_pause():
    hurt = ran(1, pain=7)
    flagged = lifted(2, 2, red_flags=["chest-pain"])
    pause = build(asked(), Log([hurt, flagged]), today=on(2, 3)).pause
    assert (pause.decision.rule, pause.since) == ("red-flag", on(2, 2))
    # Cleared for the pain before the flag: the flag is not answered by that.
    log = Log([hurt, flagged, cleared(2, 1)])
    assert build(asked(), log, today=on(2, 3)).pause.decision.rule == "red-flag"
    assert build(asked(), log.add(cleared(2, 3)), today=on(2, 3)).pause is None


def test_the_clearance_row_as_a_rule_has_its_say_only_after_a_pause():
    resumption = Resumption(minutes=35, by="Dr. Ito", is_new=False)
    assert decided(FIVE_MINUTES, resumption=resumption) == ("clearance", "resume", 35)
    assert decided(FIVE_MINUTES, resumption=resumption._replace(minutes=120))[2] == 90
    assert decided(FIVE_MINUTES) == ("clean", "step", 55)
    # New flags and new pain come first.
    flags = ((MONDAY, RedFlag.FEVER),)
    assert decided(FIVE_MINUTES, resumption=resumption, red_flags=flags)[0] == "red-flag"
    bad = outcome(pain=6)
    assert decided(FIVE_MINUTES, bad, resumption=resumption)[0] == "severe-pain"


# --- the rules as values ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        ([outcome(pain=5)], ("moderate-pain", "reset", 40)),
        ([outcome(pain=6)], ("severe-pain", "pause", 40)),
        ([outcome(pain_next_morning=5)], ("morning-after", "step back", 45)),
        ([outcome(pain_next_morning=6)], ("severe-pain", "pause", 40)),
        ([outcome(pain=2, pain_from=10)], ("early-pain", "step back", 45)),
        ([outcome(pain=2, pain_from=11)], ("mild-pain", "repeat", 50)),
        ([outcome(other_pain=1)], ("mild-pain", "repeat", 50)),
        ([outcome(fatigue=6)], ("clean", "step", 55)),
        ([outcome(fatigue=7)], ("tired", "repeat", 50)),
        ([outcome(fatigue=7)] * 2, ("tired", "step back", 45)),
        ([outcome(minutes=45)], ("clean", "step", 55)),
        ([outcome(minutes=44)], ("cut-short", "repeat", 50)),
        ([outcome(minutes=44)] * 2, ("cut-short", "step back", 45)),
        ([outcome(pain_next_morning=None)], ("unknown-morning", "repeat", 50)),
        ([outcome()], ("clean", "step", 55)),
        # A lighter week that was not clean: what was planned then is the level.
        ([outcome(40, fatigue=7)], ("tired", "repeat", 40)),
        ([outcome(40, pain=3)], ("moderate-pain", "reset", 30)),
        ([outcome(40, pain_next_morning=3)], ("morning-after", "step back", 35)),
    ],
)
def test_each_row_as_a_value(outcomes, expected):
    assert decided(FIVE_MINUTES, *outcomes) == expected


def test_a_morning_that_is_not_over_is_not_unknown_yet():
    now = situation(outcome(pain_next_morning=None), awaits_morning=True)
    assert FIVE_MINUTES.decide(now)[1].rule == "clean"
    assert "if the morning after Sunday's run brings no pain" in FIVE_MINUTES.decide(now)[1].why


@pytest.mark.parametrize(
    ("days", "rule"), [(1, "not-helping"), (42, "not-helping"), (43, "moderate-pain")]
)
def test_resets_are_counted_by_days_and_not_by_weeks(days, rule):
    first = dt.date(2027, 1, 3) - dt.timedelta(days=days)
    runs = [outcome(pain=3, day=first), outcome(pain=3)]
    assert decided(FIVE_MINUTES, *runs)[0] == rule


def test_any_two_resets_near_enough_are_too_many_also_with_an_old_one_before():
    runs = [
        outcome(pain=3, day="2026-10-04"),
        outcome(day="2026-11-01"),
        outcome(pain=3, day="2026-12-27"),
        outcome(pain=3),
    ]
    assert decided(FIVE_MINUTES, *runs)[0] == "not-helping"
    assert decided(FIVE_MINUTES, *runs[:3])[0] == "moderate-pain"


def test_severe_pain_says_where_it_was():
    whys = [
        FIVE_MINUTES.decide(situation(outcome(pain=pain, pain_next_morning=morning)))[1].why
        for pain, morning in ((7, 0), (0, 7), (2, 7), (6, 9))
    ]
    assert whys[0] == "Paused: pain of 7 of 10 in Sunday's run."
    assert whys[1] == whys[2] == "Paused: pain of 7 of 10 on the morning after Sunday's run."
    # The worst of the two was on the morning after.
    assert "9 of 10 in Sunday's run" not in whys[3]


@pytest.mark.parametrize(
    ("runs", "texts"),
    [
        ([outcome(pain=4, pain_from=38)], ["Back to 30 min", "4 of 10", "minute 38", "Sunday's"]),
        ([outcome(pain=4)], ["Back to 40 min", "4 of 10", "the minute it began was not noted"]),
        ([outcome(pain_next_morning=4)], ["Back to 45 min", "the morning after Sunday's run"]),
        ([outcome(pain=1, pain_from=4)], ["Back to 45 min", "first 10 minutes of Sunday's run"]),
        ([outcome(pain=2)], ["Held at 50 min", "mild pain in Sunday's run (2 of 10)"]),
        ([outcome(pain=2)] * 2, ["Back to 45 min", "the second time in a row", "(2 of 10)"]),
        ([outcome(pain_next_morning=1)], ["Held at 50 min", "sore the morning after Sunday's run"]),
        ([outcome(other_pain=3)], ["Held at 50 min", "pain of 3 of 10", "a run other than"]),
        ([outcome(fatigue=8)], ["Held at 50 min", "tired in Sunday's run (8 of 10)"]),
        ([outcome(fatigue=8)] * 2, ["Back to 45 min", "second time in a row"]),
        ([outcome(fatigue=8)] * 3, ["Back to 45 min", "third time in a row"]),
        ([outcome(minutes=30)], ["Held at 50 min", "Sunday's run was 30 of 50 min"]),
        ([outcome(minutes=30, day="2027-01-02")], ["Saturday's run was 30 of 50 min"]),
        ([outcome()], ["Up 5 minutes to 55 min", "Sunday's run was clean"]),
    ],
)
def test_each_answer_says_what_it_answers(runs, texts):
    why = FIVE_MINUTES.decide(situation(*runs))[1].why
    for text in texts:
        assert text in why


# --- policies of one's own --------------------------------------------------------------------


def with_rule(changed, policy=FIVE_MINUTES):
    """Return the policy with one of its rules replaced by the rule of that name."""
    rules = [changed if each.name == changed.name else each for each in policy.rules]
    return evolve(policy, name="my own", rules=rules)


OWN_THRESHOLDS = {
    "severe from 4": (
        evolve(SEVERE_PAIN, decide=evolve(SEVERE_PAIN.decide, from_pain=4)),
        [[{"pain": 4}], [{"pain": 3}], [{"pain_next_morning": 4}]],
        ["severe-pain", "moderate-pain", "severe-pain"],
    ),
    "severe from 9": (
        evolve(SEVERE_PAIN, decide=SeverePain(from_pain=9)),
        [[{"pain": 9}], [{"pain": 8}], [{"pain_next_morning": 8}]],
        ["severe-pain", "moderate-pain", "morning-after"],
    ),
    "not helping after two": (
        evolve(NOT_HELPING, decide=evolve(NOT_HELPING.decide, painful_runs=2)),
        [[MILD], [MILD, SORE], [MILD, {}, MILD]],
        ["mild-pain", "not-helping", "mild-pain"],
    ),
    "not helping after five": (
        evolve(NOT_HELPING, decide=NotHelping(painful_runs=5, resets=3)),
        [[SORE] * 4, [SORE] * 5, [HURT] * 2, [HURT] * 3],
        ["mild-pain", "not-helping", "moderate-pain", "not-helping"],
    ),
    "two resets in two weeks": (
        evolve(NOT_HELPING, decide=evolve(NOT_HELPING.decide, reset_days=14)),
        [[LATE_PAIN, {}, LATE_PAIN], [LATE_PAIN, {}, {}, LATE_PAIN]],
        ["not-helping", "moderate-pain"],
    ),
    "a reset from 2": (
        evolve(NOT_HELPING, decide=evolve(NOT_HELPING.decide, reset_from=2)),
        [[MILD, {}, MILD], [SORE, {}, SORE]],
        ["not-helping", "mild-pain"],
    ),
    "moderate from 2": (
        evolve(MODERATE_PAIN, decide=evolve(MODERATE_PAIN.decide, from_pain=2)),
        [[{"pain": 2}], [{"pain": 1}]],
        ["moderate-pain", "mild-pain"],
    ),
    "stiff from 1": (
        evolve(MORNING_AFTER, decide=PainNextMorning(from_pain=1)),
        [[SORE], [{"pain": 1}]],
        ["morning-after", "mild-pain"],
    ),
    "early within 20": (
        evolve(EARLY_PAIN, decide=EarlyPain(within_min=20)),
        [[{"pain": 1, "pain_from": 20}], [{"pain": 1, "pain_from": 21}]],
        ["early-pain", "mild-pain"],
    ),
}


@pytest.mark.parametrize(("changed", "weeks", "rules"), OWN_THRESHOLDS.values(), ids=OWN_THRESHOLDS)
def test_an_app_can_set_the_thresholds_of_pain(changed, weeks, rules):
    assert [after(*each, policy=with_rule(changed))[0] for each in weeks] == rules


def test_an_app_can_take_another_share_of_the_minute():
    half = evolve(MODERATE_PAIN, decide=ModeratePain(share_pct=50))
    assert after(HURT, policy=with_rule(half)) == ("moderate-pain", 15)  # half of 38 is 19
    assert after({"pain": 4}, policy=with_rule(half)) == ("moderate-pain", 30)


@pytest.mark.parametrize(
    ("changed", "how"),
    [
        (evolve(MILD_PAIN, decide=MildPain(step_back_from=1)), SORE),
        (evolve(TIRED, decide=evolve(TIRED.decide, step_back_from=1)), TIRED_RUN),
        (evolve(CUT_SHORT, decide=evolve(CUT_SHORT.decide, step_back_from=1)), SHORT),
    ],
    ids=["mild", "tired", "short"],
)
def test_an_app_can_step_back_at_once_or_only_the_third_time(changed, how):
    assert after(how, policy=with_rule(changed)) == (changed.name, 35)
    why = changed.decide(situation(outcome(**how))).why
    assert "in a row" not in why
    third = evolve(changed, decide=evolve(changed.decide, step_back_from=3))
    # Three painful runs in a row are another row's.
    policy = evolve(FIVE_MINUTES, rules=[BASELINE, third, CLEAN])
    minutes = [after(*[how] * times, policy=policy) for times in (1, 2, 3)]
    assert minutes == [(changed.name, 40), (changed.name, 40), (changed.name, 35)]


@pytest.mark.parametrize(
    ("changed", "mild", "how"),
    [
        # Pain of 3 is mild under this policy, and so is pain from minute 8.
        (
            evolve(MODERATE_PAIN, decide=ModeratePain(from_pain=4)),
            MildPain(up_to=3),
            {"pain": 3, "pain_from": 30},
        ),
        (
            evolve(MORNING_AFTER, decide=PainNextMorning(from_pain=5)),
            MildPain(up_to=4),
            {"pain_next_morning": 4},
        ),
        (
            evolve(EARLY_PAIN, decide=EarlyPain(within_min=5)),
            MildPain(early_min=5),
            {"pain": 2, "pain_from": 8},
        ),
    ],
    ids=["moderate from 4", "stiff from 5", "early within 5"],
)
def test_what_an_app_takes_as_mild_is_a_step_back_the_second_time_too(changed, mild, how):
    policy = with_rule(evolve(NOT_HELPING, decide=NotHelping(reset_from=5)), with_rule(changed))
    policy = with_rule(evolve(MILD_PAIN, decide=mild), policy)
    assert after(how, policy=policy) == ("mild-pain", 40)
    assert after(how, how, policy=policy) == ("mild-pain", 35)


def test_an_app_with_larger_steps_takes_larger_steps_back():
    policy = evolve(FIVE_MINUTES, step_min=7)
    assert after({}, policy=policy) == ("clean", 47)
    assert after(STIFF, policy=policy) == ("morning-after", 33)
    assert after(EARLY, policy=policy) == ("early-pain", 33)
    assert after(SORE, SORE, policy=policy) == ("mild-pain", 33)
    assert after(TIRED_RUN, TIRED_RUN, policy=policy) == ("tired", 33)
    # A reset is five and ten minutes whatever a step is.
    assert after({"pain": 4}, policy=policy) == ("moderate-pain", 30)
    assert after({"pain": 4, "pain_from": 60, "minutes": 60}, policy=policy) == (
        "moderate-pain",
        35,
    )


def in_the_rain(run):
    """Say that a run was wet, if its note does."""
    return "Sunday's run was wet" if "rain" in run.report.note else ""


def test_an_app_can_repeat_for_reasons_of_its_own():
    wet = own("wet", Repeat(held=in_the_rain))
    policy = evolve(FIVE_MINUTES, rules=[*FIVE_MINUTES.rules[:-1], wet, CLEAN])
    rain = {"note": "rain all the way"}
    assert after(rain, policy=policy) == ("wet", 40)
    assert after(rain, rain, policy=policy) == ("wet", 35)
    assert after(rain, {}, rain, policy=policy) == ("wet", 45)
    assert after(rain | TIRED_RUN, policy=policy) == ("tired", 40)
    assert after({"note": "sun"}, policy=policy) == ("clean", 45)


def test_a_reordered_table_answers_in_its_own_order():
    both = TIRED_RUN | {"pain": 4, "pain_from": 38}
    assert after(both) == ("moderate-pain", 30)
    first, rest = [TIRED, CUT_SHORT], [*FIVE_MINUTES.rules]
    tired_first = evolve(
        FIVE_MINUTES,
        rules=[BASELINE, *first, *(each for each in rest if each not in (BASELINE, *first))],
    )
    assert after(both, policy=tired_first) == ("tired", 40)
    assert after(SHORT | TIRED_RUN, policy=tired_first) == ("tired", 40)
    reverse = evolve(
        FIVE_MINUTES,
        rules=[BASELINE, CUT_SHORT, TIRED, MILD_PAIN, EARLY_PAIN, MODERATE_PAIN, CLEAN],
    )
    assert after(SHORT | TIRED_RUN, policy=reverse) == ("cut-short", 40)
    assert after(EARLY, policy=reverse) == ("mild-pain", 40)


def test_a_shorter_table_leaves_out_what_an_app_does_not_want():
    without = {UNKNOWN_MORNING.name, FIRST_MONTH.name}
    rules = [each for each in FIVE_MINUTES.rules if each.name not in without]
    policy = evolve(FIVE_MINUTES, rules=rules)
    assert after({"pain_next_morning": None}, policy=policy, first_month="hold") == ("clean", 45)


def sore_heel(now):
    """Pause for a heel, a plain function as any app could write it."""
    if now.outcome is None or "heel" not in now.outcome.report.note:
        return None
    minutes = now.held_min // 2
    refer = Referral(since=now.outcome.report.day, whom="a podiatrist", how_soon="this week")
    return Verdict("pause", minutes, minutes, "Paused: your heel.", refer)


def test_a_plain_function_can_read_reports_and_pause_the_plan():
    policy = evolve(FIVE_MINUTES, rules=[own("heel", sore_heel), *FIVE_MINUTES.rules])
    heel = {"note": "my heel again"}
    assert after(heel, policy=policy) == ("heel", "paused", 20)
    assert after(heel, policy=policy, extra=[cleared(2, 0)]) == ("clearance", 20)
    assert after({}, policy=policy) == ("clean", 45)
    pause = build(asked(policy=policy), Log([ran(1, **heel)]), today=on(2, 1)).pause
    assert (pause.whom, pause.how_soon, pause.why) == (
        "a podiatrist",
        "this week",
        "Paused: your heel.",
    )
    assert not pause.stops_strength


def test_a_plain_function_can_stop_strength_too():
    def all_off(now):
        verdict = sore_heel(now)
        return verdict and evolve(verdict, refer=evolve(verdict.refer, stops_strength=True))

    policy = evolve(FIVE_MINUTES, rules=[own("heel", all_off), *FIVE_MINUTES.rules])
    log = Log([ran(1, note="heel")])
    plan = build(asked(policy=policy), log, today=on(2, 1))
    assert plan.pause.stops_strength


def at_most_50(_, due):
    """Shorten what the rules below say, as an app could for dark evenings."""
    if due.minutes <= 50:
        return None
    return Verdict("shorten", 50, due.level_min, f"50 of {due.minutes} min: it gets dark.")


def test_a_plain_function_can_adjust_what_the_rules_below_it_say():
    dark = own("dark", adjust=at_most_50)
    policy = evolve(FIVE_MINUTES, rules=[*FIVE_MINUTES.rules[:-1], dark, CLEAN])
    rebuild = asked(baseline_min=45, target_min=60, policy=policy)
    assert answered(rebuild, diary(rebuild, {}), 2) == ("clean", 50)
    plan = build(rebuild, diary(rebuild, {}, {}), today=on(3, 1))
    run = plan.weeks[2].long_run
    assert (run.decision.rule, run.minutes, run.level_min) == ("dark", 50, 55)
    assert run.decision.why == "50 of 55 min: it gets dark."
    assert (run.decision.source, run.decision.evidence) == ("me", "house")
    # Rules above it are not touched.
    assert after({"pain": 4}, policy=policy, baseline_min=80) == ("moderate-pain", 70)


def test_an_adjusting_rule_sees_what_another_one_made():
    seen = []

    def look(_, due):
        seen.append((due.action, due.minutes))

    policy = evolve(
        FIVE_MINUTES, rules=[own("look", adjust=look), own("dark", adjust=at_most_50), CLEAN]
    )
    assert decided(policy, outcome()) == ("dark", "shorten", 50)
    assert seen == [("shorten", 50)]


def test_an_adjusting_rule_needs_something_to_adjust():
    policy = Policy(name="nothing due", rules=[own("dark", adjust=at_most_50)])
    with pytest.raises(InvalidValue, match="end the table with a rule that always does"):
        build(asked(policy=policy))


def test_an_adjusting_rule_that_returns_something_else_is_named():
    policy = Policy(name="mine", rules=[own("dark", adjust=lambda _, due: due.minutes), CLEAN])
    with pytest.raises(InvalidType, match="the rule 'dark' must return a Verdict"):
        build(asked(policy=policy))


def test_a_lighter_week_above_the_pain_does_not_lose_whom_to_see():
    every_second = evolve(CUTBACK, adjust=evolve(CUTBACK.adjust, every_weeks=2))
    policy = evolve(FIVE_MINUTES, rules=[BASELINE, every_second, SEVERE_PAIN, AWAY, CLEAN])
    verdict, _ = policy.decide(situation(outcome(pain=8)))
    assert verdict.refer


def test_too_short_pauses_only_for_a_run_that_hurt():
    bare = evolve(FIVE_MINUTES, rules=[TOO_SHORT, MORNING_AFTER, AWAY, CLEAN])
    low = {"level_min": 12, "baseline_min": 10}
    sore = outcome(12, pain_next_morning=3)
    assert decided(bare, sore, **low) == ("too-short", "pause", 10)
    assert decided(bare, outcome(12), **low) == ("clean", "step", 17)
    assert decided(bare, missed=True, days_since_run=40, **low)[:1] == ("away",)


@pytest.mark.parametrize(
    "threshold",
    [
        lambda: SeverePain(from_pain=11),
        lambda: SeverePain(from_pain=-1),
        lambda: ModeratePain(from_pain=11),
        lambda: ModeratePain(share_pct=9),
        lambda: ModeratePain(share_pct=101),
        lambda: PainNextMorning(from_pain=11),
        lambda: EarlyPain(within_min=0),
        lambda: EarlyPain(within_min=61),
        lambda: MildPain(step_back_from=0),
        lambda: NotHelping(painful_runs=0),
        lambda: NotHelping(resets=0),
        lambda: NotHelping(reset_days=0),
        lambda: NotHelping(reset_days=366),
        lambda: NotHelping(reset_from=11),
        lambda: Repeat(held=in_the_rain, step_back_from=21),
    ],
)
def test_a_threshold_out_of_reason_is_refused(threshold):
    with pytest.raises(InvalidValue, match="must be a whole number of"):
        threshold()


def test_rules_with_the_same_thresholds_are_equal_and_can_be_keys():
    assert SeverePain() == SEVERE_PAIN.decide
    assert SeverePain(from_pain=5) != SEVERE_PAIN.decide
    assert len({SeverePain(), SeverePain(), NotHelping(), MildPain(), EarlyPain()}) == 4


# --- strength ---------------------------------------------------------------------------------

# What one session of week 3 of the ramp (two sessions) makes of the next weeks.
ANSWERS = [
    # pain, next morning, sessions of week 4, 5, 6; easier in week 4; the ramp's week in week 4
    (0, 0, (2, 3, 3), False, 4),
    (2, 2, (2, 3, 3), False, 4),
    (2, None, (2, 3, 3), False, 4),
    (3, 0, (2, 2, 3), False, 3),
    (5, 2, (2, 2, 3), False, 3),
    (5, None, (2, 2, 3), False, 3),
    (6, 0, (1, 2, 3), True, 3),
    (10, None, (1, 2, 3), True, 3),
    (0, 3, (1, 2, 3), True, 3),
    (2, 10, (1, 2, 3), True, 3),
    (4, 3, (1, 2, 3), True, 3),
    (6, 3, (1, 2, 3), True, 3),
]


@pytest.mark.parametrize(("pain", "morning", "sessions", "easier", "number"), ANSWERS)
def test_a_strength_report_sets_the_week_after(pain, morning, sessions, easier, number):
    report = lifted(3, 4, pain=pain, pain_next_morning=morning, recorded_on=on(3, 5))
    log = diary(asked(), {}, {}, {}, extra=[report])
    plan = build(asked(), log, today=on(4, 1))
    weeks = plan.weeks[3:6]
    assert tuple(len(week.strength) for week in weeks) == sessions
    told = [session.decision for week in weeks for session in week.strength]
    assert {each.rule for each in told[: sessions[0]]} == {
        "strength-pain" if pain >= 3 or (morning or 0) >= 3 else "ramp"
    }
    assert {each.rule for each in told[sessions[0] :]} == {"ramp"}
    lifts = [lift for session in weeks[0].strength for lift in session.prescriptions]
    assert {lift.easier for lift in lifts} == {easier}
    assert all((", easier: " in str(lift)) == easier for lift in lifts)
    later = [lift for session in weeks[1].strength for lift in session.prescriptions]
    assert {lift.easier for lift in later} == {False}
    week = week_after(RampWeek(3, 2), RAMP, pain=pain, next_morning=morning or 0)
    assert (week.number, week.sessions, week.easier) == (number, sessions[0], easier)


def test_one_session_is_the_least_and_gets_easier():
    report = lifted(1, 2, pain=6)
    plan = build(asked(), Log([report, ran(1)]), today=on(2, 1))
    assert [len(week.strength) for week in plan.weeks[:6]] == [1, 1, 1, 2, 2, 3]
    decision = plan.weeks[1].strength[0].decision
    assert decision.action == "ease"
    assert decision.why == "Easier: pain of 6 of 10 in strength the week before."
    assert plan.weeks[1].strength[0].prescriptions[0].easier


def test_a_ramp_without_sessions_gets_none_from_pain():
    week = week_after(RampWeek(1, 0), ((1, 0), (None, 2)), pain=8)
    assert (week.number, week.sessions) == (1, 0)


def test_of_two_strength_reports_the_worse_counts():
    reports = [lifted(3, 2, pain=6), lifted(3, 4, pain=0)]
    log = diary(asked(), {}, {}, {}, extra=reports)
    assert len(build(asked(), log, today=on(4, 1)).weeks[3].strength) == 1


def test_pain_week_after_week_holds_the_ramp_and_the_first_month():
    rebuild = asked(first_month="hold")
    sore = [lifted(week, 2, pain=4) for week in (1, 2, 3)]
    log = diary(rebuild, {}, {}, {}, {}, extra=sore)
    plan = build(rebuild, log, today=on(5, 1))
    assert [len(week.strength) for week in plan.weeks[:8]] == [1, 1, 1, 1, 1, 2, 2, 3]
    rules = [week.long_run.decision.rule for week in plan.weeks[:9]]
    assert rules == ["baseline", *["first-month"] * 6, "clean", "clean"]


def test_the_dose_is_repeated_with_the_sessions():
    # Week 5 would have the doses after the first month.
    log = diary(asked(), {}, {}, {}, {}, extra=[lifted(4, 2, pain=3)])
    fourth, fifth, sixth = build(asked(), log, today=on(5, 1)).weeks[3:6]
    assert fifth.strength[0].prescriptions == fourth.strength[0].prescriptions
    assert sixth.strength[0].prescriptions != fourth.strength[0].prescriptions
    assert "The same as the week before" in fifth.strength[0].decision.why
    assert fifth.strength[0].decision.action == "repeat"


def test_a_week_that_was_eased_is_repeated_with_its_easier_variations():
    ramp = ((8, 3), (None, 4))
    week = week_after(RampWeek(5, 3), ramp, pain=6)
    assert (week.number, week.sessions, week.easier) == (5, 2, True)
    again = week_after(week, ramp, pain=3)
    assert (again.number, again.sessions, again.easier) == (5, 2, True)
    worse = week_after(again, ramp, next_morning=3)
    assert (worse.number, worse.sessions, worse.easier) == (5, 1, True)
    fine = week_after(worse, ramp, pain=2, next_morning=2)
    assert (fine.number, fine.sessions, fine.easier, fine.why) == (6, 3, False, "")


def test_a_strength_report_of_the_day_a_week_begins_is_no_longer_about_the_week_before():
    monday = Strength(days=["mon", "wed", "fri"])
    rebuild = asked(strength=monday)
    log = diary(rebuild, {}, {}, {}, extra=[lifted(4, 0, pain=7)])
    plan = build(rebuild, log, today=on(4, 1))
    assert [len(week.strength) for week in plan.weeks[2:5]] == [2, 2, 1]


def test_a_strength_report_recorded_in_the_next_week_comes_too_late():
    rebuild = asked()
    late = lifted(3, 4, pain=7, recorded_on=on(4, 1))
    in_time = lifted(3, 4, pain=7, recorded_on=on(4, 0))
    for report, sessions in ((late, 2), (in_time, 1)):
        log = diary(rebuild, {}, {}, {}, extra=[report])
        assert len(build(rebuild, log, today=on(4, 2)).weeks[3].strength) == sessions


def test_pain_in_strength_does_not_shorten_the_long_run():
    assert after({}, extra=[lifted(1, 2, pain=8)]) == ("clean", 45)


def test_a_paused_week_does_not_count_for_the_ramp():
    rebuild = asked()
    log = diary(rebuild, {}, {"pain": 7}, extra=[cleared(4, 0)])
    plan = build(rebuild, log.add(ran(4)), today=on(5, 1))
    # Week 3 is paused: strength goes on, and its week of the ramp comes again.
    assert [week.pause is not None for week in plan.weeks[:5]] == [False, False, True, False, False]
    assert [len(week.strength) for week in plan.weeks[:6]] == [1, 1, 2, 2, 2, 3]
    assert week_after(first_week(RAMP), RAMP, paused=True).number == 1


def test_a_red_flag_stops_strength_from_the_day_after_it_until_the_clearance():
    rebuild = asked(strength=Strength(ramp=[(None, 3)]))
    # Monday, Wednesday and Friday; the flag is of Wednesday, the clearance of Friday next week.
    log = Log([lifted(1, 2, red_flags=["fever"]), cleared(2, 4)])
    plan = build(rebuild, log, today=on(2, 6))
    days = [session.day for week in plan.weeks[:3] for session in week.strength]
    assert days == [on(1, 0), on(1, 2), on(2, 4), on(3, 0), on(3, 2), on(3, 4)]


def test_other_pauses_leave_strength_as_it_is():
    rebuild = asked(strength=Strength(ramp=[(None, 3)]))
    plan = build(rebuild, Log([ran(1, pain=8)]), today=on(2, 1))
    assert [len(week.strength) for week in plan.weeks] == [3, 3]
    assert plan.weeks[1].long_run is None
