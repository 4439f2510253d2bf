"""Rules, policies and verdicts of one's own, and what the rules see."""

import pickle

import pytest
from attrs import evolve
from support.situations import LAST_SUNDAY, complaint, outcome, situation

from runplan import (
    CAUTIOUS,
    FIVE_MINUTES,
    Away,
    Clearance,
    Complaint,
    InvalidType,
    InvalidValue,
    Log,
    MorningReport,
    Outcome,
    Policy,
    Rebuild,
    Referral,
    Rule,
    RunReport,
    Situation,
    StrengthReport,
    UnknownName,
    Verdict,
    build,
)
from runplan._base.dates import days_after
from runplan.policy.pain_rules import (
    EarlyPain,
    MildPain,
    MildPainBetween,
    ModeratePain,
    PainBetween,
    PainNextMorning,
)
from runplan.policy.pause_rules import NotHelping, SeverePain
from runplan.policy.progression_rules import AWAY, CLEAN, CUTBACK, TIRED, BigStep, Cutback, Repeat


def asked(**changes):
    """Return a request whose plan starts on a Monday."""
    usual = {
        "baseline_min": 40,
        "target_min": 60,
        "start": "2026-11-30",
        "timezone": "Europe/Berlin",
    }
    return Rebuild(**(usual | changes))


def minutes(plan):
    """Return the minutes of each week's long run, None where there is none."""
    return [week.long_run and week.long_run.minutes for week in plan.weeks]


def exams(now):
    """Hold weeks 6 and 7: a plain function, as any app could write it."""
    if now.week not in {6, 7}:
        return None
    return Verdict("hold", now.base_min, now.base_min, "Exams: held.", facts={"week": now.week})


def rule(name="exams", **changes):
    """Return an app's own rule."""
    usual = {
        "name": name,
        "when": "weeks 6 and 7",
        "then": "repeat",
        "source": "me",
        "evidence": "house",
        "decide": exams,
    }
    return Rule(**(usual | changes))


def refusal(error, make, *given, **named):
    """Return the message of the error that a call raises."""
    with pytest.raises(error) as caught:
        make(*given, **named)
    return str(caught.value)


# An app's own rules.


def test_a_plain_function_can_be_a_rule_before_the_others():
    policy = evolve(FIVE_MINUTES, name="exam weeks", rules=(rule(), *FIVE_MINUTES.rules))
    plan = build(asked(policy=policy))
    assert minutes(plan) == [40, 40, 40, 40, 45, 45, 45, 50, 55, 60]
    assert plan.policy == "exam weeks"
    decision = plan.weeks[5].long_run.decision
    assert (decision.rule, decision.action, decision.why) == ("exams", "hold", "Exams: held.")
    assert (decision.source, decision.evidence) == ("me", "house")
    assert dict(decision.facts) == {"minutes": 45, "week": 6}


def test_an_object_that_can_be_called_can_be_a_rule():
    class Hold:
        def __call__(self, now):
            return exams(now)

    policy = evolve(FIVE_MINUTES, rules=[rule(decide=Hold()), *FIVE_MINUTES.rules])
    rules = [week.long_run.decision.rule for week in build(asked(policy=policy)).weeks]
    assert rules.count("exams") == 2


def test_a_rule_can_word_its_own_sentence():
    def silent(now):
        verdict = exams(now)
        return verdict and evolve(verdict, why="")

    worded = rule(decide=silent, say=lambda action, facts: f"{action} in {facts['week']}")
    verdict = worded.decide(situation())
    assert worded.decision(verdict).why == "hold in 6"
    assert worded.decision(exams(situation())).why == "Exams: held."
    assert rule(decide=silent).decision(verdict).why == ""


def test_a_rule_can_adjust_what_the_rules_below_it_decide():
    def halved(now, due):
        return (
            Verdict("halve", due.minutes // 2, due.level_min, "Halved.") if now.week == 6 else None
        )

    half = rule("half", decide=None, adjust=halved)
    policy = Policy(name="halves", rules=[half, *FIVE_MINUTES.rules])
    decided, verdict = policy.decide(situation(outcome()))
    assert (decided.name, verdict.minutes, verdict.level_min) == ("half", 27, 55)
    decided, verdict = policy.decide(situation(outcome(), week=7))
    assert (decided.name, verdict.minutes) == ("clean", 55)


def test_a_rule_can_change_a_pause_but_not_lift_it():
    now = situation(outcome(pain=7))
    due = FIVE_MINUTES.decide(now)[1]
    lift = rule("lift", decide=None, adjust=lambda *_: Verdict("go", 50, 50, "Go on."))
    policy = Policy(name="lifts", rules=[lift, *FIVE_MINUTES.rules])
    assert policy.decide(now)[0].name == "severe-pain"
    assert policy.decide(situation(outcome()))[0].name == "lift"
    shorter = rule("shorter", decide=None, adjust=lambda *_: evolve(due, minutes=20, level_min=20))
    policy = Policy(name="shortens", rules=[shorter, *FIVE_MINUTES.rules])
    assert policy.decide(now)[1].minutes == 20


def test_an_adjusting_rule_sees_what_another_one_below_it_made():
    seen = []
    look = rule("look", decide=None, adjust=lambda _, due: seen.append(due.minutes))
    dark = rule("dark", decide=None, adjust=lambda *_: Verdict("shorten", 50, 55, "It gets dark."))
    policy = Policy(name="dark evenings", rules=[look, dark, CLEAN])
    assert policy.decide(situation(outcome()))[0].name == "dark"
    assert seen == [50]


@pytest.mark.parametrize("stops_strength", [False, True])
def test_an_apps_own_rule_can_pause_the_plan_until_a_clearance(stops_strength):
    def heel(now):
        if now.outcome is None or now.outcome.pain != 1:
            return None
        refer = Referral(
            since=now.outcome.day,
            whom="a podiatrist",
            how_soon="this week",
            stops_strength=stops_strength,
        )
        return Verdict("pause", 20, 20, "Paused: your heel.", refer)

    policy = evolve(FIVE_MINUTES, rules=[rule("heel", decide=heel), *FIVE_MINUTES.rules])
    log = Log([RunReport(day="2026-12-06", minutes=40, pain=1)])
    plan = build(asked(policy=policy), log, today="2026-12-07")
    pause = plan.pause
    assert (pause.whom, pause.how_soon, pause.why) == (
        "a podiatrist",
        "this week",
        "Paused: your heel.",
    )
    assert (pause.resume_min, pause.stops_strength) == (20, stops_strength)
    assert [len(week.strength) for week in plan.weeks] == [1, 0 if stops_strength else 1]
    log = log.add(Clearance(day="2026-12-08", by="podiatrist"))
    run = build(asked(policy=policy), log, today="2026-12-08").weeks[1].long_run
    assert (run.minutes, run.decision.rule) == (20, "clearance")


def test_an_app_can_repeat_a_long_run_for_reasons_of_its_own():
    far_over = Repeat(lambda run: run.minutes > run.planned_min, lambda run: {"ran": run.minutes})
    policy = Policy(name="no more than planned", rules=[rule("over", decide=far_over), CLEAN])
    over = outcome(minutes=60)
    decided, verdict = policy.decide(situation(over))
    assert (decided.name, verdict.minutes, verdict.facts["ran"]) == ("over", 50, 60)
    assert policy.decide(situation(over, over))[1].minutes == 45
    assert policy.decide(situation(over, outcome(), over))[1].minutes == 50
    assert policy.decide(situation(over, outcome()))[0].name == "clean"


def test_a_policy_in_which_no_rule_applies_names_itself_and_the_week():
    message = (
        "a rule of the policy 'exams only' must apply to every week (was 'week 1'): "
        "end the table with a rule that always does"
    )
    policy = Policy(name="exams only", rules=[rule()])
    assert refusal(InvalidValue, build, asked(policy=policy)) == message


def test_a_lighter_week_in_which_nothing_is_due_has_no_rule_either():
    def until_week_8(now):
        return CLEAN.decide(now) if now.week < 8 else None

    policy = Policy(name="half a table", rules=[CUTBACK, rule("early", decide=until_week_8)])
    with pytest.raises(InvalidValue, match="must apply to every week"):
        build(asked(policy=policy, target_min=120))


@pytest.mark.parametrize("returned", [45, "clean", True, (45, 45)])
def test_a_rule_that_returns_something_else_than_a_verdict_is_named(returned):
    for own in (rule(decide=lambda _: returned), rule(decide=None, adjust=lambda *_: returned)):
        policy = Policy(name="mine", rules=[own, CLEAN])
        message = refusal(InvalidType, build, asked(policy=policy))
        assert message == (
            f"the rule 'exams' must return a Verdict or None (was {returned!r}): fix the rule"
        )


def test_a_runner_at_the_target_repeats_it_until_it_is_run():
    def races(now):
        return Verdict("race", 20, now.base_min, "A race.") if now.week < 3 else None

    policy = Policy(name="races first", rules=[rule("races", decide=races), CLEAN])
    plan = build(asked(policy=policy, baseline_min=50, target_min=50))
    assert minutes(plan) == [20, 20, 50]
    assert plan.weeks[2].long_run.decision.action == "repeat"


def test_without_a_rule_for_absences_a_policy_goes_on_from_what_was_earned():
    policy = Policy(name="bare", rules=[CLEAN])
    plan = build(asked(policy=policy, away=[Away(first="2026-12-14", last="2026-12-20")]))
    assert minutes(plan) == [45, 50, None, 60]


# Policies and rules as values.


def test_policies_with_the_same_rules_are_equal_and_can_be_keys():
    again = Policy(name="five minutes", rules=list(FIVE_MINUTES.rules))
    assert again == FIVE_MINUTES
    assert {again, FIVE_MINUTES, CAUTIOUS} == {FIVE_MINUTES, CAUTIOUS}
    assert evolve(FIVE_MINUTES, step_min=4) != FIVE_MINUTES


def test_a_rule_shows_a_function_by_its_name_and_a_value_with_its_numbers():
    assert "decide=exams, adjust=None" in repr(rule())
    assert "decide=SeverePain(from_pain=4)" in repr(rule(decide=SeverePain(from_pain=4)))
    assert " at 0x" not in repr([FIVE_MINUTES, CAUTIOUS])


def test_rules_with_the_same_numbers_are_equal_and_can_be_keys():
    assert SeverePain() == SeverePain(from_pain=6) != SeverePain(from_pain=5)
    assert len({SeverePain(), SeverePain(), NotHelping(), MildPain(), EarlyPain()}) == 4


def test_the_policies_can_be_pickled():
    for policy in (FIVE_MINUTES, CAUTIOUS):
        assert pickle.loads(pickle.dumps(policy)) == policy  # noqa: S301 (made here)


def test_the_table_of_a_policy_shows_its_own_numbers():
    severe = evolve(FIVE_MINUTES.rules[1], decide=SeverePain(from_pain=4))
    policy = Policy(name="strict", rules=[severe, CLEAN], step_min=7)
    assert policy.rows()[0]["when"].startswith("pain 4 to 10 in any run")
    assert policy.rows()[1]["then"] == "one step (7 minutes), never past the target"
    table = policy.table()
    assert table.title == "Policy: strict"
    assert [column.name for column in table.columns] == [
        "Rule",
        "When",
        "Then",
        "Source",
        "Evidence",
    ]
    assert [row[0] for row in table.rows] == ["severe-pain", "clean"]
    assert table.lines == ("A clean long run earns 7 minutes.",)
    assert Policy(name="short", rules=[CLEAN]).table().columns == table.columns


def test_a_rule_without_numbers_keeps_its_braces():
    own = rule(when="{weeks} of exams", then="{step_min} less")
    assert Policy(name="p", rules=[own], step_min=7).rows()[0] == {
        "rule": "exams",
        "when": "{weeks} of exams",
        "then": "7 less",
        "source": "me",
        "evidence": "house",
    }


@pytest.mark.parametrize(
    "make",
    [
        lambda: Rule("exams", "weeks 6 and 7", "repeat", "me", "house", exams),
        lambda: Policy("exams", [CLEAN]),
        lambda: Referral("2027-01-03", "a doctor", "this week"),
    ],
    ids=["rule", "policy", "referral"],
)
def test_the_parts_of_a_policy_are_given_by_name(make):
    with pytest.raises(TypeError, match="positional argument"):
        make()


def test_a_policy_has_every_rule_once():
    message = refusal(InvalidValue, evolve, FIVE_MINUTES, rules=(*FIVE_MINUTES.rules, CLEAN, AWAY))
    assert message == (
        "every rule of a policy must have its own name (was ['away', 'clean']): rename one"
    )


@pytest.mark.parametrize(
    ("make", "error", "message"),
    [
        (
            lambda: rule(decide=None),
            InvalidValue,
            (
                "the rule 'exams' must have decide or adjust (was 'neither'): give one of them a "
                "function"
            ),
        ),
        (
            lambda: rule(adjust=Cutback()),
            InvalidValue,
            "the rule 'exams' must have decide or adjust (was 'both'): give one of them a function",
        ),
        (
            lambda: rule(decide=45),
            InvalidType,
            "decide must be a function (was 45): give the function itself",
        ),
        (
            lambda: rule(decide=None, adjust="clean"),
            InvalidType,
            "adjust must be a function (was 'clean'): give the function itself",
        ),
        (
            lambda: rule(say="Held."),
            InvalidType,
            "say must be a function (was 'Held.'): give the function itself",
        ),
        (
            lambda: rule(evidence="wek"),
            UnknownName,
            (
                "evidence must be one of strong, moderate, weak, convention, the method, house "
                "(was 'wek'): did you mean \"weak\"?"
            ),
        ),
        (
            lambda: rule(evidence=None),
            InvalidType,
            (
                "evidence must be one of strong, moderate, weak, convention, the method, house "
                '(was None): write it like "strong"'
            ),
        ),
        (
            lambda: rule(name=""),
            InvalidValue,
            "a rule's or policy's name must not be empty (was ''): write a few words",
        ),
        (
            lambda: rule(name=7),
            InvalidType,
            "a rule's or policy's name must be text (was 7): put it in quotes",
        ),
        (
            lambda: rule(name="n" * 81),
            InvalidValue,
            (
                "a rule's or policy's name must have at most 80 characters (was '81 characters'): "
                "shorten it"
            ),
        ),
        (
            lambda: rule(when=" \n "),
            InvalidValue,
            "a rule's text must not be empty (was ' \\n '): write a few words",
        ),
        (
            lambda: rule(then="x" * 301),
            InvalidValue,
            "a rule's text must have at most 300 characters (was '301 characters'): shorten it",
        ),
        (
            lambda: Policy(name="p", rules=()),
            InvalidValue,
            "rules must be a sequence of Rule with at least 1 (was ()): add one",
        ),
        (
            lambda: Policy(name="p", rules=None),
            InvalidType,
            "rules must be a sequence of Rule (was None): give a list or tuple of Rule",
        ),
        (
            lambda: Policy(name="p", rules="clean"),
            InvalidType,
            "rules must be a sequence of Rule (was 'clean'): give a list or tuple of Rule",
        ),
        (
            lambda: Policy(name="p", rules=[45]),
            InvalidType,
            "rules must be a sequence of Rule (was 45): give Rule values only",
        ),
    ],
)
def test_a_rule_or_policy_that_cannot_work_is_rejected(make, error, message):
    assert refusal(error, make) == message


def test_texts_may_be_as_long_as_allowed():
    assert Policy(name="n" * 80, rules=[rule(when="x" * 300)]).rows()[0]["when"] == "x" * 300
    assert Verdict("hold", 45, 45, "y" * 300).why == "y" * 300


@pytest.mark.parametrize("step_min", [1, 30])
def test_a_step_is_from_1_to_30_minutes(step_min):
    assert Policy(name="p", rules=[CLEAN], step_min=step_min).step_min == step_min
    for wrong in (0, 31):
        message = refusal(InvalidValue, Policy, name="p", rules=[CLEAN], step_min=wrong)
        assert message.startswith("step_min must be a whole number of minutes from 1 to 30 (was ")
    with pytest.raises(InvalidType, match=r"\(was True\)"):
        Policy(name="p", rules=[CLEAN], step_min=True)


@pytest.mark.parametrize(
    ("rule_type", "number", "low", "high"),
    [
        (SeverePain, "from_pain", 1, 10),
        (NotHelping, "painful_runs", 1, 20),
        (NotHelping, "resets", 1, 20),
        (NotHelping, "reset_days", 1, 365),
        (NotHelping, "reset_from", 1, 10),
        (ModeratePain, "from_pain", 1, 10),
        (ModeratePain, "share_pct", 10, 100),
        (PainNextMorning, "from_pain", 1, 10),
        (PainBetween, "from_pain", 1, 10),
        (EarlyPain, "within_min", 1, 60),
        (MildPain, "step_back_from", 1, 20),
        (MildPainBetween, "from_pain_run", 1, 10),
        (MildPainBetween, "from_pain_strength", 1, 10),
        (Cutback, "every_weeks", 2, 52),
        (Cutback, "share_pct", 10, 100),
        (BigStep, "over_pct", 100, 300),
        (BigStep, "clean_runs", 1, 10),
    ],
)
def test_a_number_of_a_rule_has_limits(rule_type, number, low, high):
    others = {"over_pct": 110} if rule_type is BigStep else {}
    for allowed in (low, high):
        assert getattr(rule_type(**(others | {number: allowed})), number) == allowed
    for wrong in (low - 1, high + 1):
        with pytest.raises(InvalidValue, match=rf"{number} must be .* from {low} to {high}"):
            rule_type(**(others | {number: wrong}))
    with pytest.raises(InvalidType, match=f"{number} must be a whole number"):
        rule_type(**(others | {number: 5.0}))


def test_a_repeated_run_has_limits_too():
    for allowed in (1, 20):
        assert evolve(TIRED.decide, step_back_from=allowed).step_back_from == allowed
    for wrong in (0, 21):
        with pytest.raises(InvalidValue, match=r"step_back_from must be .* from 1 to 20"):
            evolve(TIRED.decide, step_back_from=wrong)


def test_a_step_shrinks_or_does_not():
    with pytest.raises(InvalidType, match="shrinks must be true or false"):
        BigStep(over_pct=110, shrinks=1)


# Verdicts and referrals.


@pytest.mark.parametrize("name", ["minutes", "level_min", "earned_min"])
def test_the_minutes_of_a_verdict_are_from_1_to_360(name):
    verdict = Verdict("step", 45, 45)
    for allowed in (1, 360):
        assert getattr(evolve(verdict, **{name: allowed}), name) == allowed
    for wrong in (0, 361):
        with pytest.raises(InvalidValue, match=rf"{name} must be .* from 1 to 360"):
            evolve(verdict, **{name: wrong})
    for wrong in (42.5, True, "45"):
        with pytest.raises(InvalidType, match=f"{name} must be a whole number of minutes"):
            evolve(verdict, **{name: wrong})


def test_a_verdict_has_an_action_and_maybe_a_sentence():
    assert Verdict(" step\n", 45, 45).action == "step"
    assert (Verdict("step", 45, 45).why, Verdict("step", 45, 45).earned_min) == ("", None)
    for action, error in (("", InvalidValue), (None, InvalidType), ("x" * 301, InvalidValue)):
        with pytest.raises(error, match="a rule's text must"):
            Verdict(action, 45, 45)
    with pytest.raises(InvalidValue, match="at most 300 characters"):
        Verdict("step", 45, 45, "x" * 301)
    with pytest.raises(InvalidType, match="refer must be a Referral or None"):
        Verdict("pause", 45, 45, refer="a doctor")


def test_the_facts_of_a_verdict_are_frozen_and_can_be_compared():
    verdict = Verdict("step", 45, 45, facts={"pain": 4})
    assert verdict == Verdict("step", 45, 45, facts=[("pain", 4)])
    assert verdict != Verdict("step", 45, 45, facts={"pain": 5})
    assert hash(verdict) == hash(Verdict("step", 45, 45, facts={"pain": 4}))
    with pytest.raises(TypeError):
        verdict.facts["pain"] = 0


REFERRAL = {"since": "2027-01-03", "whom": "a doctor", "how_soon": "this week"}


def test_a_referral_says_whom_to_see_because_of_which_session():
    referral = Referral(**REFERRAL)
    assert (referral.since, referral.session) == (LAST_SUNDAY, "")
    assert (referral.stops_strength, referral.is_emergency) == (False, False)
    for session in ("long run", "run", "strength", ""):
        assert Referral(**REFERRAL, session=session).session == session


@pytest.mark.parametrize(
    ("changes", "error", "words"),
    [
        ({"since": "2027-02-30"}, InvalidValue, "a day must be a date"),
        ({"since": None}, InvalidType, "a day must be a date"),
        ({"whom": ""}, InvalidValue, "a rule's text must not be empty"),
        ({"how_soon": "x" * 301}, InvalidValue, "at most 300 characters"),
        ({"stops_strength": 1}, InvalidType, "stops_strength must be true or false"),
        ({"is_emergency": None}, InvalidType, "is_emergency must be true or false"),
        ({"session": "swim"}, UnknownName, "session must be one of long run, run, strength"),
        ({"session": None}, InvalidType, "session must be one of long run, run, strength"),
    ],
)
def test_a_referral_that_cannot_work_is_rejected(changes, error, words):
    with pytest.raises(error, match=words):
        Referral(**(REFERRAL | changes))


# What the rules see.


@pytest.mark.parametrize(
    ("how", "flags"),
    [
        ({}, set()),
        ({"minutes": 45}, set()),
        ({"minutes": 44}, {"short"}),
        ({"fatigue": 6}, set()),
        ({"fatigue": 7}, {"tired"}),
        ({"pain": 1}, {"painful"}),
        ({"pain_next_morning": 1}, {"painful"}),
        ({"pain_next_morning": None}, set()),
        ({"red_flags": ["fever"]}, {"flagged"}),
        ({"fatigue": 8, "minutes": 20, "pain": 3}, {"painful", "short", "tired"}),
    ],
)
def test_an_outcome_is_clean_if_nothing_speaks_against_it(how, flags):
    run = outcome(**how)
    assert run.is_clean == (not flags)
    assert (run.is_short, run.is_tired) == ("short" in flags, "tired" in flags)
    assert (run.worst_pain > 0) == ("painful" in flags)


def test_the_worst_pain_is_that_of_the_run_or_the_next_morning():
    assert outcome(pain=3, pain_next_morning=2).worst_pain == 3
    assert outcome(pain=2, pain_next_morning=3).worst_pain == 3
    assert outcome(pain=2, pain_next_morning=None).worst_pain == 2
    assert complaint("run", 1, 4).worst_pain == complaint("run", 4, 1).worst_pain == 4


def test_an_outcome_needs_little():
    assert Outcome(LAST_SUNDAY, 40, 40, 40) == Outcome(
        day=LAST_SUNDAY,
        planned_min=40,
        level_min=40,
        minutes=40,
        pain=0,
        pain_from=None,
        pain_next_morning=None,
        fatigue=0,
        red_flags=(),
        is_open=False,
    )


def test_a_complaint_and_a_situation_need_little():
    assert Complaint(LAST_SUNDAY, "run") == Complaint(LAST_SUNDAY, "run", 0, 0, ())
    assert Complaint(LAST_SUNDAY, "run").worst_pain == 0
    first = Situation(1, LAST_SUNDAY, 40, 40, 40, 60, 5)
    assert (first.outcome, first.reported, first.complaints) == (None, (), ())
    assert (first.weeks_since, first.longest_min, first.clean_in_row) == (1, 0, 0)
    assert FIVE_MINUTES.decide(first)[0] is CLEAN


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (RunReport(day="2027-01-06", minutes=30, pain=2), ("run", 2, 0)),
        (RunReport(day="2027-01-06", minutes=30, pain=1, pain_next_morning=3), ("run", 1, 3)),
        (RunReport(day="2027-01-06", minutes=30, pain_next_morning=0, fatigue=9), None),
        (MorningReport(day="2027-01-06", pain=2), ("run", 0, 2)),
        (MorningReport(day="2027-01-06", pain=0), None),
        (StrengthReport(day="2027-01-06", pain=4), ("strength", 4, 0)),
        (StrengthReport(day="2027-01-06", pain_next_morning=1), ("strength", 0, 1)),
        (StrengthReport(day="2027-01-06"), None),
        (Clearance(day="2027-01-06", by="physiotherapist"), None),
    ],
)
def test_an_entry_brings_a_complaint_if_something_hurt(entry, expected):
    found = Complaint.of(entry)
    assert (found and (found.session, found.pain, found.pain_next_morning)) == expected
    assert found is None or found.day == entry.day


@pytest.mark.parametrize("kind", [RunReport, MorningReport, StrengthReport])
def test_a_red_flag_is_a_complaint_without_pain(kind):
    more = {RunReport: {"minutes": 30}, MorningReport: {"pain": 0}, StrengthReport: {}}[kind]
    entry = kind(day="2027-01-06", red_flags=["fever"], **more)
    assert [flag.value for flag in Complaint.of(entry).red_flags] == ["fever"]
    assert Complaint.of(entry).worst_pain == 0


def test_a_situation_knows_the_reported_long_runs_in_order():
    runs = [
        outcome(day=days_after(LAST_SUNDAY, -21)),
        outcome(day=days_after(LAST_SUNDAY, -14), is_open=True),
        outcome(day=days_after(LAST_SUNDAY, -7), pain=1),
    ]
    now = situation(*runs, outcome(pain=2))
    assert now.reported == (runs[0], runs[2], now.outcome)
    assert now.before == runs[2]
    assert now._replace(outcome=None).reported == (runs[0], runs[2])
    assert situation(outcome()).before is situation().before is None
    assert now.in_row(lambda run: run.worst_pain > 0) == 2
    assert now.in_row(lambda run: run.worst_pain > 1) == 1
    assert now.in_row(lambda _: True) == 3
    assert now.in_row(lambda run: run.worst_pain == 1) == 0


def test_the_complaints_of_a_situation_include_the_last_long_run_in_order_of_days():
    early, late = complaint(day="2027-01-02", pain=1), complaint(day="2027-01-05", pain=2)
    run = outcome(pain=3, pain_next_morning=None, red_flags=["fever"])
    now = situation(run, between=(early, late))
    assert now.complaints == (
        early,
        Complaint(LAST_SUNDAY, "long run", 3, 0, run.red_flags),
        late,
    )
    assert situation(outcome(), between=(early,)).complaints == (early,)
    assert situation(between=(late,)).complaints == (late,)
    flagged = situation(outcome(red_flags=["fever"])).complaints
    assert [each.session for each in flagged] == ["long run"]
    sore = situation(outcome(pain_next_morning=2)).complaints
    assert [each.worst_pain for each in sore] == [2]
