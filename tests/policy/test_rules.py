"""Each rule of the two policies on both sides of its edges, and policies of one's own."""

import re

import pytest
from attrs import evolve
from support.situations import applying_rules, situation

from runplan import (
    CAUTIOUS,
    FIVE_MINUTES,
    Away,
    InvalidType,
    InvalidValue,
    Policy,
    Rebuild,
    Rule,
    Strength,
    UnknownName,
    Verdict,
    build,
)
from runplan.policy.progression_rules import (
    AWAY,
    BIG_STEP,
    CLEAN,
    CUTBACK,
    TOO_BIG_STEP,
    Absence,
    Cutback,
    longest_recent,
)


def decided(policy, **known):
    """Return the rule that decides, and the minutes."""
    verdict, decision = policy.decide(situation(**known))
    return decision.rule, verdict.minutes


def asked(**changes):
    """Return a request whose plan starts on a Monday."""
    usual = {
        "baseline_min": 40,
        "target_min": 60,
        "start": "2026-11-30",
        "timezone": "Europe/Berlin",
    }
    return Rebuild(**(usual | changes))


def rules_of(plan):
    """Return the rule of each week's long run."""
    return [week.long_run.decision.rule for week in plan.weeks if week.long_run]


@pytest.mark.parametrize("policy", [FIVE_MINUTES, CAUTIOUS], ids=lambda policy: policy.name)
@pytest.mark.parametrize(
    ("days", "level", "baseline", "minutes", "action"),
    [
        (8, 50, 40, 50, "repeat"),
        (14, 50, 40, 50, "repeat"),
        (15, 50, 40, 35, "ease in"),
        (21, 50, 40, 35, "ease in"),
        (22, 50, 40, 25, "ease in"),
        (35, 50, 40, 25, "ease in"),
        (36, 50, 40, 25, "find the baseline again"),
        (36, 50, 20, 20, "find the baseline again"),
        (35, 50, 20, 25, "ease in"),
        (36, 60, 30, 30, "find the baseline again"),
        (5000, 360, 300, 180, "find the baseline again"),
        # Rounded down to 5: 29.4, 21 and 39.9 minutes.
        (21, 42, 40, 25, "ease in"),
        (22, 42, 40, 20, "ease in"),
        (15, 57, 40, 35, "ease in"),
        (22, 99, 90, 45, "ease in"),
        (36, 99, 90, 45, "find the baseline again"),
        # Exactly a multiple of 5 stays: 70 % of 50, 50 % of 30.
        (15, 100, 40, 70, "ease in"),
        (22, 30, 20, 15, "ease in"),
        # Never below 10 minutes.
        (14, 10, 10, 10, "repeat"),
        (15, 10, 10, 10, "ease in"),
        (15, 14, 10, 10, "ease in"),
        (22, 19, 10, 10, "ease in"),
        (36, 12, 12, 10, "find the baseline again"),
        (36, 10, 10, 10, "find the baseline again"),
    ],
)
def test_the_longer_nobody_ran_the_shorter_the_run_is(
    *, policy, days, level, baseline, minutes, action
):
    now = situation(
        missed=True, days_since_run=days, level_min=level, baseline_min=baseline, longest_min=0
    )
    verdict, decision = policy.decide(now)
    assert decision.rule == "away"
    assert (verdict.minutes, verdict.level_min) == (minutes, minutes)
    assert (verdict.action, decision.action) == (action, action)


def test_many_days_between_two_runs_of_neighbouring_weeks_are_no_absence():
    # Monday of one plan week, Sunday of the next: 13 days, and still no week without a run.
    assert decided(FIVE_MINUTES, days_since_run=13) == ("clean", 55)
    assert decided(FIVE_MINUTES, days_since_run=13, missed=True) == ("away", 50)


@pytest.mark.parametrize(
    ("level", "longest", "in_row", "expected"),
    [
        # Over 110 %: 55 of 50 is not, 54 of 49 is.
        (50, 50, 1, ("clean", 55)),
        (49, 49, 1, ("big-step", 49)),
        (49, 49, 0, ("big-step", 49)),
        (49, 49, 2, ("clean", 54)),
        (49, 49, 3, ("clean", 54)),
        # Over 130 %: 65 of 50 is not, 66 of 50 is.
        (60, 50, 1, ("big-step", 60)),
        (60, 50, 2, ("clean", 65)),
        (61, 50, 1, ("too-big-step", 61)),
        (61, 50, 2, ("too-big-step", 65)),
        # Whole minutes, rounded down: 22 of 17 is 129.4 %, 21 of 16 is 131.25 %, 20.8 allowed.
        (17, 17, 2, ("clean", 22)),
        (16, 16, 1, ("too-big-step", 16)),
        (16, 16, 2, ("too-big-step", 20)),
        (10, 10, 2, ("too-big-step", 13)),
        # At least one minute, even where 130 % allows none.
        (50, 30, 2, ("too-big-step", 51)),
        (50, 0, 2, ("too-big-step", 51)),
        # A longer run of some days ago makes the step a small one.
        (30, 60, 0, ("clean", 35)),
    ],
)
def test_a_careful_step_waits_or_shrinks_by_the_longest_run_of_thirty_days(
    level, longest, in_row, expected
):
    known = {"level_min": level, "longest_min": longest, "clean_in_row": in_row}
    assert decided(CAUTIOUS, **known) == expected


def test_a_shrunken_step_does_not_pass_the_target_either():
    assert decided(CAUTIOUS, level_min=16, longest_min=16, clean_in_row=2, target_min=18) == (
        "too-big-step",
        18,
    )


@pytest.mark.parametrize(
    ("level", "target", "minutes", "action"),
    [
        (50, 60, 55, "step"),
        (55, 60, 60, "step"),
        (57, 60, 60, "step"),
        (59, 60, 60, "step"),
        (60, 60, 60, "repeat"),
    ],
)
def test_a_clean_run_earns_a_step_and_nothing_beyond_the_target(level, target, minutes, action):
    verdict, decision = FIVE_MINUTES.decide(situation(level_min=level, target_min=target))
    assert (decision.rule, verdict.minutes, verdict.action) == ("clean", minutes, action)


def test_a_last_step_of_one_minute_is_told_in_the_singular():
    whys = [
        FIVE_MINUTES.decide(situation(level_min=level, target_min=60))[1].why for level in (59, 58)
    ]
    assert whys[0].startswith("Up 1 minute to 60 min")
    assert whys[1].startswith("Up 2 minutes to 60 min")


def test_the_first_month_is_four_weeks_and_the_fifth_is_not_in_it():
    plan = build(asked())
    assert rules_of(plan)[:6] == ["baseline", *["first-month"] * 3, "clean", "clean"]


@pytest.mark.parametrize("changes", [{"first_month": "extend"}, {"strength": None}])
def test_nobody_is_held_who_extends_or_does_no_strength(changes):
    assert "first-month" not in rules_of(build(asked(**changes)))


@pytest.mark.parametrize(
    ("week", "expected"),
    [
        (7, ("clean", 55)),
        (8, ("cutback", 40)),  # 80 % of 55 is 44
        (9, ("clean", 55)),
        (11, ("clean", 55)),
        (12, ("cutback", 40)),
        (13, ("clean", 55)),
        (16, ("cutback", 40)),
    ],
)
def test_every_fourth_week_after_the_first_month_is_a_lighter_one(week, expected):
    assert decided(CAUTIOUS, week=week) == expected
    assert decided(FIVE_MINUTES, week=week) == ("clean", 55)


def test_week_4_of_a_careful_plan_is_no_lighter_one_held_or_not():
    for changes in ({}, {"first_month": "extend"}, {"strength": None}):
        plan = build(asked(policy=CAUTIOUS, baseline_min=50, target_min=120, **changes))
        lighter = [week for week, rule in enumerate(rules_of(plan), 1) if rule == "cutback"]
        # The week after a lighter one is the same rule's: what was due is due again.
        assert lighter[:4] == [8, 9, 12, 13]


@pytest.mark.parametrize("week", [4, 8, 12])
def test_no_week_of_the_first_month_is_a_lighter_one_held_or_not(week):
    # Paused weeks do not count for the first month, so it can last longer than four weeks.
    assert decided(CAUTIOUS, week=week, first_month=True) == ("clean", 55)
    assert decided(CAUTIOUS, week=week, held_first_month=True) == ("first-month", 50)


@pytest.mark.parametrize(
    ("level", "longest", "in_row", "due", "run"),
    [
        (50, 50, 1, 55, 40),  # a clean step is due, 44
        (45, 45, 1, 45, 35),  # the step waits, 36
        (45, 45, 2, 50, 40),  # it has waited
        (16, 16, 2, 20, 15),  # a small step is due, 16
        (10, 10, 1, 10, 10),  # 8, but never below 10
        (12, 12, 1, 12, 10),
        (13, 13, 2, 16, 10),  # 16.9 allowed; 12.8
    ],
)
def test_a_lighter_week_is_four_fifths_of_what_was_due(level, longest, in_row, due, run):
    now = situation(week=8, level_min=level, longest_min=longest, clean_in_row=in_row)
    verdict, decision = CAUTIOUS.decide(now)
    assert (decision.rule, decision.action) == ("cutback", "cut back")
    assert (verdict.minutes, verdict.level_min) == (run, due)


def test_after_a_lighter_week_the_length_that_was_due_is_due_again():
    # 55 waits for nothing any more: it was due the week before.
    known = {"week": 9, "level_min": 55, "longest_min": 40, "clean_in_row": 0}
    verdict, decision = CAUTIOUS.decide(situation(**known, last_action="cut back"))
    assert (decision.rule, decision.action) == ("cutback", "resume")
    assert (verdict.minutes, verdict.level_min) == (55, 55)


FIRST_WINS = {
    "week 1 in a held first month": (
        FIVE_MINUTES,
        {"week": 1, "held_first_month": True},
        "baseline",
    ),
    "week 1, extended": (CAUTIOUS, {"week": 1, "level_min": 15, "longest_min": 15}, "baseline"),
    "week 1 with nothing run the week before": (
        CAUTIOUS,
        {"week": 1, "missed": True, "days_since_run": 40},
        "baseline",
    ),
    "away in the first month": (
        FIVE_MINUTES,
        {"week": 3, "held_first_month": True, "missed": True, "days_since_run": 14},
        "away",
    ),
    "away before a lighter week": (
        CAUTIOUS,
        {"week": 8, "missed": True, "days_since_run": 14},
        "away",
    ),
    "away after a lighter week": (
        CAUTIOUS,
        {"week": 10, "missed": True, "days_since_run": 14, "last_action": "cut back"},
        "away",
    ),
    "away and a big step": (
        CAUTIOUS,
        {"missed": True, "days_since_run": 14, "level_min": 40, "longest_min": 40},
        "away",
    ),
    "the first month and a big step": (
        CAUTIOUS,
        {"week": 3, "held_first_month": True, "level_min": 40, "longest_min": 40},
        "first-month",
    ),
    "the first month and a step far too big": (
        CAUTIOUS,
        {"week": 3, "held_first_month": True, "level_min": 15, "longest_min": 15},
        "first-month",
    ),
    "a lighter week and a big step": (
        CAUTIOUS,
        {"week": 12, "level_min": 40, "longest_min": 40},
        "cutback",
    ),
    "the week after a lighter one and a big step": (
        CAUTIOUS,
        {"week": 9, "level_min": 40, "longest_min": 30, "last_action": "cut back"},
        "cutback",
    ),
    "a step too big is a big step as well": (
        CAUTIOUS,
        {"level_min": 15, "longest_min": 15, "clean_in_row": 0},
        "too-big-step",
    ),
    "a big step and a clean run": (
        CAUTIOUS,
        {"level_min": 40, "longest_min": 40, "clean_in_row": 1},
        "big-step",
    ),
}


@pytest.mark.parametrize(("policy", "known", "rule"), FIRST_WINS.values(), ids=FIRST_WINS.keys())
def test_of_two_rules_that_apply_the_first_one_decides(policy, known, rule):
    now = situation(**known)
    applying = applying_rules(policy, now)
    assert len(applying) >= 2
    assert policy.decide(now)[1].rule == applying[0] == rule


DEFAULT_ROWS = [
    "red-flag",
    "severe-pain",
    "not-helping",
    "clearance",
    "baseline",
    "too-short",
    "moderate-pain",
    "morning-after",
    "early-pain",
    "mild-pain",
    "away",
    "tired",
    "cut-short",
    "unknown-morning",
    "first-month",
    "clean",
]


def test_the_default_table_has_its_rows_in_this_order():
    assert [row["rule"] for row in FIVE_MINUTES.rows()] == DEFAULT_ROWS


def test_the_careful_table_has_three_rows_before_clean():
    default, careful = FIVE_MINUTES.rows(), CAUTIOUS.rows()
    assert [row["rule"] for row in careful[-4:-1]] == ["cutback", "too-big-step", "big-step"]
    assert [*careful[:-4], careful[-1]] == default


@pytest.mark.parametrize("policy", [FIVE_MINUTES, CAUTIOUS], ids=lambda policy: policy.name)
def test_every_row_says_when_and_what_and_whose_rule_it_is(policy):
    for row in policy.rows():
        assert list(row) == ["rule", "when", "then", "source", "evidence"]
        assert all(isinstance(text, str) and text for text in row.values())


def test_the_strength_of_the_evidence_is_that_of_the_training_rules():
    assert {row["rule"]: row["evidence"] for row in CAUTIOUS.rows()} == {
        "red-flag": "strong",
        "severe-pain": "moderate",
        "not-helping": "the method",
        "clearance": "house",
        "baseline": "the method",
        "too-short": "house",
        "moderate-pain": "weak",
        "morning-after": "weak",
        "early-pain": "weak",
        "mild-pain": "weak",
        "away": "convention",
        "tired": "house",
        "cut-short": "convention",
        "unknown-morning": "house",
        "first-month": "the method",
        "cutback": "convention",
        "too-big-step": "moderate",
        "big-step": "moderate",
        "clean": "the method",
    }


def test_a_decision_names_the_row_it_comes_from():
    now = situation(missed=True, days_since_run=21)
    decision = FIVE_MINUTES.decide(now)[1]
    row = next(row for row in FIVE_MINUTES.rows() if row["rule"] == "away")
    assert (decision.rule, decision.source) == (row["rule"], row["source"])
    assert decision.evidence == row["evidence"]
    assert "21 days" in decision.why
    assert "35 min" in decision.why


def exams(now):
    """Hold weeks 6 and 7, a plain function as any app could write it."""
    if now.week not in (6, 7):
        return None
    return Verdict("hold", now.level_min, now.level_min, "Exams: held.")


def rule(name="exams", **changes):
    """Return a rule of one's own."""
    usual = {
        "name": name,
        "when": "weeks 6 and 7",
        "then": "repeat",
        "source": "me",
        "evidence": "house",
        "decide": exams,
    }
    return Rule(**(usual | changes))


def test_a_plain_function_can_be_a_rule_before_the_others():
    policy = evolve(FIVE_MINUTES, name="exam weeks", rules=(rule(), *FIVE_MINUTES.rules))
    plan = build(asked(policy=policy))
    assert [week.long_run.minutes for week in plan.weeks] == [
        40,
        40,
        40,
        40,
        45,
        45,
        45,
        50,
        55,
        60,
    ]
    assert plan.policy == "exam weeks"
    decision = plan.weeks[5].long_run.decision
    assert (decision.rule, decision.action, decision.why) == ("exams", "hold", "Exams: held.")
    assert (decision.source, decision.evidence) == ("me", "house")


def test_an_object_that_can_be_called_can_be_a_rule():
    class Hold:
        def __call__(self, now):
            return exams(now)

    policy = evolve(FIVE_MINUTES, rules=[rule(decide=Hold()), *FIVE_MINUTES.rules])
    assert rules_of(build(asked(policy=policy))).count("exams") == 2


def test_an_app_can_set_thresholds_of_its_own():
    stricter = evolve(AWAY, decide=evolve(AWAY.decide, repeat_days=7, shares=((14, 60), (28, 40))))
    policy = evolve(FIVE_MINUTES, rules=[stricter, CLEAN])
    assert decided(policy, missed=True, days_since_run=7) == ("away", 50)
    assert decided(policy, missed=True, days_since_run=14) == ("away", 30)
    assert decided(policy, missed=True, days_since_run=28) == ("away", 20)
    assert decided(policy, missed=True, days_since_run=29) == ("away", 25)
    assert decided(FIVE_MINUTES, missed=True, days_since_run=14) == ("away", 50)


def test_an_app_can_let_a_big_step_wait_for_longer():
    patient = evolve(BIG_STEP, decide=evolve(BIG_STEP.decide, over_pct=105, clean_runs=4))
    policy = evolve(CAUTIOUS, rules=[patient, CLEAN])
    assert decided(policy, level_min=100, target_min=200, longest_min=100, clean_in_row=0) == (
        "clean",
        105,
    )
    assert decided(policy, clean_in_row=3) == ("big-step", 50)
    assert decided(policy, clean_in_row=4) == ("clean", 55)


def test_an_app_can_run_less_in_every_third_week():
    third = evolve(CUTBACK, adjust=evolve(CUTBACK.adjust, every_weeks=3, share_pct=60))
    policy = evolve(FIVE_MINUTES, rules=[third, CLEAN])
    assert decided(policy, week=3, first_month=True) == ("clean", 55)
    assert decided(policy, week=6) == ("cutback", 30)
    assert decided(policy, week=8) == ("clean", 55)


@pytest.mark.parametrize(
    "threshold",
    [
        lambda: Cutback(every_weeks=1),
        lambda: Cutback(share_pct=101),
        lambda: evolve(BIG_STEP.decide, over_pct=99),
        lambda: evolve(BIG_STEP.decide, clean_runs=0),
        lambda: evolve(TOO_BIG_STEP.decide, over_pct=301),
        lambda: evolve(TOO_BIG_STEP.decide, clean_runs=11),
    ],
)
def test_a_threshold_out_of_reason_is_refused(threshold):
    with pytest.raises(InvalidValue, match="must be a whole number of"):
        threshold()


def test_a_policy_has_every_rule_once():
    with pytest.raises(InvalidValue) as refused:
        evolve(FIVE_MINUTES, rules=(*FIVE_MINUTES.rules, CLEAN, AWAY))
    assert str(refused.value) == (
        "every rule of a policy must have its own name (was ['away', 'clean']): rename one"
    )


def test_a_policy_in_which_no_rule_applies_names_itself_and_the_week():
    policy = Policy(name="exams only", rules=[rule()])
    with pytest.raises(InvalidValue) as refused:
        build(asked(policy=policy))
    assert str(refused.value) == (
        "a rule of the policy 'exams only' must apply to every week (was 'week 1'): "
        "end the table with a rule that always does"
    )


def test_a_lighter_week_for_which_nothing_is_due_is_told_like_any_week_without_a_rule():
    def until_week_8(now):
        return CLEAN.decide(now) if now.week < 8 else None

    policy = Policy(name="half a table", rules=[CUTBACK, rule("early", decide=until_week_8)])
    with pytest.raises(InvalidValue, match="must apply"):
        build(asked(policy=policy, target_min=120))


def test_a_runner_at_the_target_repeats_it_until_it_is_run():
    def races(now):
        return Verdict("race", 20, now.level_min, "A race.") if now.week < 3 else None

    policy = Policy(name="races first", rules=[rule("races", decide=races), CLEAN])
    plan = build(asked(policy=policy, baseline_min=50, target_min=50))
    assert [week.long_run.minutes for week in plan.weeks] == [20, 20, 50]
    assert plan.weeks[2].long_run.decision.action == "repeat"


def test_a_policy_without_a_rule_for_absences_gives_what_was_earned_and_a_step():
    policy = Policy(name="bare", rules=[CLEAN])
    plan = build(asked(policy=policy, away=[Away(first="2026-12-14", last="2026-12-27")]))
    runs = [week.long_run and week.long_run.minutes for week in plan.weeks]
    assert runs == [45, 50, None, None, 60]


@pytest.mark.parametrize(
    ("make", "error", "text"),
    [
        (lambda: rule(decide=None), InvalidValue, "'exams' must have decide or adjust"),
        (lambda: rule(decide=None), InvalidValue, "(was 'neither')"),
        (lambda: rule(adjust=Cutback()), InvalidValue, "(was 'both')"),
        (lambda: rule(decide=45), InvalidType, "decide must be a function from a Situation"),
        (lambda: rule(decide="clean"), InvalidType, "give the function itself"),
        (lambda: rule(decide=None, adjust=45), InvalidType, "adjust must be a function from a"),
        (lambda: rule(evidence="wek"), UnknownName, "(was 'wek'): did you mean \"weak\"?"),
        (lambda: rule(evidence="x"), UnknownName, "(was 'x'): write it like \"strong\""),
        (lambda: rule(evidence=None), InvalidType, 'write it like "strong"'),
        (lambda: rule(name=""), InvalidValue, "a rule's or policy's name must not be empty"),
        (lambda: rule(name=7), InvalidType, "a rule's or policy's name must be text (was 7)"),
        (lambda: rule(when=" \n "), InvalidValue, "a rule's text must not be empty"),
        (lambda: rule(then="x" * 301), InvalidValue, "at most 300 characters"),
        (lambda: Policy(name="p", rules=()), InvalidValue, "a sequence of Rule with at least 1"),
        (lambda: Policy(name="p", rules=None), InvalidType, "give a list or tuple of Rule"),
        (lambda: Policy(name="p", rules="clean"), InvalidType, "(was 'clean')"),
        (lambda: Policy(name="p", rules=[exams]), InvalidType, "give Rule values only"),
        (lambda: Policy(name="p", rules=[CLEAN], step_min=0), InvalidValue, "from 1 to 30"),
        (lambda: Policy(name="p", rules=[CLEAN], step_min=31), InvalidValue, "(was 31)"),
        (lambda: Policy(name="p", rules=[CLEAN], step_min=True), InvalidType, "(was True)"),
        (lambda: Verdict("step", 0, 10, "x"), InvalidValue, "minutes must be a whole number"),
        (lambda: Verdict("step", 10, 361, "x"), InvalidValue, "(was 361)"),
        (lambda: Verdict("step", 42.5, 45, "x"), InvalidType, "(was 42.5)"),
    ],
)
def test_a_rule_or_policy_that_cannot_work_is_refused_when_it_is_made(make, error, text):
    with pytest.raises(error) as refused:
        make()
    assert text in str(refused.value)


def test_policies_with_the_same_rules_are_equal_and_can_be_keys():
    again = Policy(name="five minutes", rules=list(FIVE_MINUTES.rules))
    assert again == FIVE_MINUTES
    assert {again, FIVE_MINUTES, CAUTIOUS} == {FIVE_MINUTES, CAUTIOUS}
    assert evolve(FIVE_MINUTES, step_min=4) != FIVE_MINUTES


def test_the_table_has_the_numbers_of_the_training_rules():
    numbers = {
        row["rule"]: re.findall(r"\d+", f"{row['when']} {row['then']}") for row in CAUTIOUS.rows()
    }
    assert numbers == {
        "red-flag": [],
        "severe-pain": ["6", "10"],
        "not-helping": ["42"],
        "clearance": ["10"],
        "baseline": [],
        "too-short": ["10"],
        "moderate-pain": ["3", "5", "5", "80", "10"],
        "morning-after": ["3", "5"],
        "early-pain": ["1", "2", "10"],
        "mild-pain": ["1", "2"],
        "away": ["14", "21", "35", "70", "50", "50"],
        "tired": ["7", "10"],
        "cut-short": ["90"],
        "unknown-morning": [],
        "first-month": ["1", "4"],
        "cutback": ["8", "12", "16", "80"],
        "too-big-step": ["130", "30", "130", "1"],
        "big-step": ["110", "30"],
        "clean": ["5"],
    }


@pytest.mark.parametrize(
    ("days", "longest"), [(1, 50), (7, 50), (29, 50), (30, 50), (31, 0), (35, 0), (0, 0)]
)
def test_the_longest_run_is_that_of_the_thirty_days_before_and_not_of_the_day(days, longest):
    assert longest_recent([(1000, 50)], day=1000 + days) == longest


def test_the_longest_run_need_not_be_the_last():
    runs = [(100, 60), (101, 50), (108, 40), (115, 45)]
    assert longest_recent(runs, day=131) == 50
    assert longest_recent(runs, day=130) == 60
    assert longest_recent([], day=130) == 0


def test_each_strength_session_says_where_the_ramp_is():
    whys = [week.strength[0].decision.why for week in build(asked()).weeks]
    assert whys == [
        *["The ramp has 1 strength session this week and 3 a week from week 5 on."] * 2,
        *["The ramp has 2 strength sessions this week and 3 a week from week 5 on."] * 2,
        *["The ramp has 3 strength sessions a week from week 5 on."] * 4,
    ]


def test_the_method_s_ramp_and_one_s_own_are_told_apart():
    own = Strength(days=["wed", "fri"], ramp=[(5, 2), (None, 1)])
    plan = build(asked(strength=own))
    decisions = [week.strength[0].decision for week in plan.weeks]
    assert [len(week.strength) for week in plan.weeks] == [2, 2, 2, 2, 2, 1, 1, 1]
    assert (
        decisions[4].why
        == "The ramp has 2 strength sessions this week and 1 a week from week 6 on."
    )
    assert decisions[5].why == "The ramp has 1 strength session a week from week 6 on."
    assert {each.rule for each in decisions} == {"ramp"}
    assert {each.evidence for each in decisions} == {"house"}
    usual = build(asked()).weeks[0].strength[0].decision
    assert (usual.evidence, usual.source) == ("the method", "the method itself")
    same = asked(strength=Strength(ramp=[[2, 1], [2, 2], [None, 3]]))
    assert build(same).weeks[0].strength[0].decision == usual


@pytest.mark.parametrize(
    ("ramp", "counts"),
    [
        (((None, 3),), [3, 3, 3, 3, 3, 3, 3, 3]),
        (((1, 0), (None, 2)), [0, 2, 2, 2, 2, 2, 2, 2]),
        (((3, 1), (1, 3), (None, 2)), [1, 1, 1, 3, 2, 2, 2, 2]),
        (((520, 1), (None, 3)), [1, 1, 1, 1, 1, 1, 1, 1]),
    ],
)
def test_a_ramp_goes_phase_by_phase(ramp, counts):
    plan = build(asked(strength=Strength(ramp=ramp)))
    assert [len(week.strength) for week in plan.weeks] == counts


def test_a_rule_that_returns_something_else_than_a_verdict_is_named():
    minutes = Rule(
        name="minutes", when="always", then="45", source="me", evidence="house", decide=lambda _: 45
    )
    policy = Policy(name="mine", rules=[minutes])
    with pytest.raises(InvalidType, match="the rule 'minutes' must return a Verdict"):
        build(asked(policy=policy))


@pytest.mark.parametrize("shares", [[(21, True)], [(0, 70)], [(21, -900)], [("21", 70)]])
def test_an_absence_shortens_by_whole_days_and_percent_only(shares):
    with pytest.raises(InvalidValue, match="shares must be pairs of days"):
        Absence(shares=shares)


def test_a_list_of_shares_becomes_a_value():
    assert hash(Absence(shares=[(21, 70), (35, 50)])) == hash(Absence())


def test_only_a_rebuild_can_be_built():
    with pytest.raises(InvalidType, match="rebuild must be a Rebuild"):
        build("rebuild.toml")
