"""The sentences that rules and errors say, to the letter, and the edges that hang on them."""

import pytest
from support.situations import outcome, situation

from runplan import (
    EXERCISES,
    FIVE_MINUTES,
    Decision,
    InvalidType,
    InvalidValue,
    Log,
    MorningReport,
    Policy,
    Rebuild,
    Rule,
    RunReport,
    StrengthReport,
    build,
)
from runplan.model.log import completed
from runplan.model.red_flags import to_red_flags
from runplan.planning.strength import RAMP, RampWeek, prescribe, ramp_decision, week_after
from runplan.policy.pain_rules import EarlyPain, MildPain, NotHelping
from runplan.policy.phrases import ordinal
from runplan.policy.progression_rules import (
    CUT_SHORT,
    TIRED,
    UNKNOWN_MORNING,
    Absence,
    BigStep,
    Repeat,
)

REBUILD = Rebuild(
    baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC", first_month="extend"
)
SUNDAYS = ("2026-12-06", "2026-12-13", "2026-12-20")


def test_a_second_reset_says_how_many_runs_hurt_within_how_many_days():
    log = Log(RunReport(day=day, minutes=40, pain=3, pain_next_morning=0) for day in SUNDAYS[:2])
    pause = build(REBUILD, log, "2026-12-14").pause
    assert pause.why == "Paused: 2 long runs with pain of 3 or more within 42 days."
    assert pause.whom == (
        "a doctor, physiotherapist or coach who looks at how you run (gait analysis)"
    )
    alone = NotHelping(painful_runs=9, resets=1, reset_days=1)(situation(outcome(pain=3)))
    assert alone.why == "Paused: 1 long run with pain of 3 or more within 1 day."


def test_a_run_that_would_get_too_short_says_how_to_begin_again():
    rebuild = Rebuild(baseline_min=12, target_min=20, start="2026-11-30", timezone="UTC")
    log = Log([RunReport(day=SUNDAYS[0], minutes=12, pain=4, pain_next_morning=0)])
    assert build(rebuild, log, "2026-12-07").pause.why == (
        "Paused: after the pain of Sunday's run the next would be under 10 minutes. "
        "Begin again with run-walk, and with help."
    )


def test_early_pain_counts_its_minutes():
    now = situation(outcome(pain=2, pain_from=1))
    assert EarlyPain(within_min=1)(now).why == (
        "Back to 45 min: pain began in the first minute of Sunday's run (2 of 10)."
    )
    assert EarlyPain(within_min=2)(now).why == (
        "Back to 45 min: pain began in the first 2 minutes of Sunday's run (2 of 10)."
    )


def test_pain_that_is_not_mild_is_not_called_so():
    assert MildPain()(situation(outcome(pain=5))).why == (
        "Held at 50 min: pain in Sunday's run (5 of 10)."
    )
    assert MildPain(step_back_from=1)(situation(outcome(pain=1))).why == (
        "Back to 45 min: mild pain in Sunday's run (1 of 10)."
    )


@pytest.mark.parametrize(
    ("first", "action"),
    [
        ({"pain": 1, "pain_from": 11}, "step back"),
        ({"pain": 1, "pain_from": 10}, "repeat"),
        ({"pain": 1}, "step back"),
        ({"pain": 3}, "repeat"),
        ({"pain_next_morning": 2}, "step back"),
        ({"pain_next_morning": 3}, "repeat"),
    ],
)
def test_mild_pain_comes_again_only_after_mild_pain(first, action):
    now = situation(outcome(**first), outcome(day="2027-01-10", pain=1))
    assert MildPain()(now).action == action


# --- steps that wait, runs that are repeated, weeks without a run -----------------------------


def test_a_big_step_says_what_it_waits_for():
    verdict = BigStep(over_pct=109)(situation(clean_in_row=1))
    assert (verdict.action, verdict.minutes, verdict.level_min) == ("wait", 50, 50)
    assert verdict.why == (
        "Held at 50 min: a step of 5 minutes is over 109 % of the longest run of the last 30 days "
        "and waits for 2 clean runs in a row."
    )
    one = BigStep(over_pct=100, clean_runs=1)(situation(clean_in_row=0, step_min=1))
    assert one.why.startswith("Held at 50 min: a step of 1 minute is over 100 % ")
    assert one.why.endswith(" and waits for 1 clean run in a row.")


def test_a_step_that_shrinks_says_to_what():
    verdict = BigStep(over_pct=106, shrinks=True)(situation(clean_in_row=2))
    assert (verdict.action, verdict.minutes, verdict.level_min) == ("small step", 53, 53)
    assert verdict.why == (
        "Up to 53 min only, if the run before it is clean: done, no pain, posture held. A step of "
        "5 minutes would be over 106 % of the longest run of the last 30 days."
    )
    # It is a step of a minute at least, and none past the target.
    assert BigStep(over_pct=101, shrinks=True)(situation(clean_in_row=2)).minutes == 51
    assert (
        BigStep(over_pct=106, shrinks=True)(situation(clean_in_row=2, target_min=52)).minutes == 52
    )


def test_a_run_cut_short_or_tired_says_how_often_in_a_row():
    tired = outcome(fatigue=8)
    again = outcome(day="2027-01-10", fatigue=7)
    assert TIRED.decide(situation(tired)).why == (
        "Held at 50 min: the back was tired in Sunday's run (8 of 10)."
    )
    assert TIRED.decide(situation(tired, again)).why == (
        "Back to 45 min: the back was tired in Sunday's run (7 of 10) for the second time in a row."
    )
    short = outcome(minutes=30)
    assert CUT_SHORT.decide(situation(short)).why == (
        "Held at 50 min: Sunday's run was 30 of 50 min."
    )


def test_a_step_back_of_a_run_that_is_short_already_is_none():
    tired = situation(
        outcome(10, fatigue=8), outcome(10, day="2027-01-10", fatigue=8), level_min=10
    )
    assert TIRED.decide(tired).why == (
        "Held at 10 min: the back was tired in Sunday's run (8 of 10) for the second time in a row."
    )
    at_once = Repeat(held=lambda _: "the rain was cold", step_back_from=1)
    assert at_once(situation(outcome())).why == "Back to 45 min: the rain was cold."


def test_an_unknown_morning_says_what_helps():
    run = outcome(pain_next_morning=None)
    assert UNKNOWN_MORNING.decide(situation(run)).why == (
        "Held at 50 min: the morning after Sunday's run was not reported. Report it before the "
        "next long run, and it counts."
    )


@pytest.mark.parametrize(
    ("days", "minutes", "why"),
    [
        (
            14,
            50,
            "Held at 50 min, what the last run earned: a week without a long run adds nothing.",
        ),
        (15, 35, "Eased to 35 min: 15 days lie between the last run and this one."),
        (21, 35, "Eased to 35 min: 21 days lie between the last run and this one."),
        (22, 25, "Eased to 25 min: 22 days lie between the last run and this one."),
        (35, 25, "Eased to 25 min: 35 days lie between the last run and this one."),
        (
            36,
            25,
            (
                "Starts again at 25 min: 36 days lie between the last run and this one. Find your "
                "baseline again before you go on."
            ),
        ),
    ],
)
def test_an_absence_says_how_long_it_was(days, minutes, why):
    verdict = Absence()(situation(missed=True, days_since_run=days))
    assert (verdict.minutes, verdict.why) == (minutes, why)


@pytest.mark.parametrize("row", [(1, 70), (365, 70), (21, 1), (21, 365)])
def test_a_share_of_the_level_is_for_days_of_one_year(row):
    assert Absence(shares=[row]).shares == (row,)


@pytest.mark.parametrize("row", [(0, 70), (366, 70), (21, 0), (21, 366), (21, 70.0), (True, 70)])
def test_a_share_of_the_level_that_is_none_is_refused(row):
    with pytest.raises(InvalidValue) as caught:
        Absence(shares=[row])
    assert str(caught.value) == (
        f"shares must be pairs of days, 1 to 365, and percent (was {row!r}): "
        "write them like ((21, 70), (35, 50))"
    )


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "first"),
        (2, "second"),
        (3, "third"),
        (4, "fourth"),
        (5, "fifth"),
        (6, "sixth"),
        (7, "seventh"),
        (8, "eighth"),
        (9, "ninth"),
        (10, "tenth"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (21, "21st"),
        (22, "22nd"),
        (23, "23rd"),
        (24, "24th"),
        (111, "111th"),
        (112, "112th"),
        (113, "113th"),
        (121, "121st"),
    ],
)
def test_a_place_in_a_row_has_its_word(number, words):
    assert ordinal(number) == words


# --- strength ---------------------------------------------------------------------------------

THREE = RampWeek(number=5, sessions=3)


@pytest.mark.parametrize(
    ("last", "how", "after"),
    [
        (
            THREE,
            {"pain": 6},
            (5, 2, True, "One session fewer, and easier: pain of 6 of 10 in strength", 0),
        ),
        (
            THREE,
            {"pain": 5, "next_morning": 3},
            (
                5,
                2,
                True,
                "One session fewer, and easier: pain of 3 of 10 on the morning after strength",
                0,
            ),
        ),
        (
            RampWeek(number=1, sessions=1),
            {"pain": 7, "next_morning": 9},
            (1, 1, True, "Easier: pain of 7 of 10 in strength", 1),
        ),
    ],
)
def test_strength_that_hurt_says_what_is_eased_and_why(last, how, after):
    number, sessions, easier, why, behind = after
    expected = RampWeek(number, sessions, easier, f"{why} the week before.", behind)
    assert week_after(last, RAMP, **how) == expected


def test_strength_that_hurt_a_little_is_repeated():
    second = RampWeek(number=2, sessions=1, behind=1)
    assert week_after(second, RAMP, pain=3) == second._replace(
        why="The same as the week before, because of pain of 3 of 10 in strength.", behind=2
    )
    assert week_after(second, RAMP, pain=2, next_morning=2) == RampWeek(3, 2, behind=1)


def test_a_paused_week_is_a_week_behind():
    second = RampWeek(number=2, sessions=1, behind=1)
    assert week_after(second, RAMP, paused=True) == RampWeek(2, 1, behind=2)


def test_a_ramp_that_has_come_to_its_end_falls_no_further_behind():
    fourth, fifth = RampWeek(number=4, sessions=2), RampWeek(number=5, sessions=3)
    assert week_after(fourth, RAMP, pain=3).behind == 1
    assert week_after(fifth, RAMP, pain=3).behind == 0
    assert week_after(fifth, RAMP) == fifth
    assert ramp_decision(RAMP, fourth._replace(behind=2)).why == (
        "The ramp has 2 strength sessions this week and 3 a week from week 7 on."
    )


def test_a_strength_session_says_whose_ramp_it_follows():
    own = ((2, 1), (None, 2))
    assert ramp_decision(RAMP, RampWeek(number=5, sessions=3)) == Decision(
        rule="ramp",
        action="train",
        why="The ramp has 3 strength sessions a week from week 5 on.",
        source="the method itself",
        evidence="the method",
    )
    theirs = ramp_decision(own, RampWeek(number=3, sessions=2))
    assert (theirs.source, theirs.action) == ("the ramp of the request", "train")
    eased = ramp_decision(RAMP, RampWeek(number=5, sessions=2, easier=True, why="Easier."))
    assert eased == Decision(
        rule="strength-pain", action="ease", why="Easier.", source="our choice", evidence="house"
    )
    assert not any(each.easier for each in prescribe(EXERCISES, week=5))


# --- reports ----------------------------------------------------------------------------------


def test_a_strength_report_tells_its_flags():
    report = StrengthReport(day="2026-12-02", red_flags=["fever", "lump"])
    assert str(report).endswith("fever or feeling ill, a lump or deformity")


def test_a_morning_brings_its_flags_to_the_run():
    run = RunReport(day="2026-12-06", minutes=40, red_flags=["lump"])
    morning = MorningReport(day="2026-12-06", pain=1, red_flags=["fever"])
    assert completed(run, [morning]).red_flags == to_red_flags(["fever", "lump"])


# --- errors -----------------------------------------------------------------------------------


def says(error, make, *given, **named):
    """Return the whole text of the error that a call raises."""
    with pytest.raises(error) as caught:
        make(*given, **named)
    return str(caught.value)


def test_a_red_flag_that_is_none_is_told_what_one_looks_like():
    assert says(InvalidType, to_red_flags, "fever") == (
        "red_flags must be a list of red flags (was 'fever'): write it like [\"chest-pain\"]"
    )
    assert says(InvalidType, to_red_flags, [3]) == (
        'a red flag must be a RedFlag or its name (was 3): write it like "chest-pain"'
    )


def test_a_rule_that_is_none_is_told_what_one_needs():
    usual = {"name": "own", "when": "w", "then": "t", "source": "s", "evidence": "house"}
    assert says(InvalidType, Rule, **usual, decide=3) == (
        "decide must be a function from a Situation to a Verdict or None (was 3): "
        "give the function itself"
    )
    assert says(InvalidValue, Rule, **usual) == (
        "the rule 'own' must have decide or adjust (was 'neither'): give one of them a function"
    )
    assert says(InvalidValue, Rule, **usual, decide=max, adjust=max) == (
        "the rule 'own' must have decide or adjust (was 'both'): give one of them a function"
    )


def test_a_plan_that_cannot_be_built_is_told_what_to_give():
    assert says(InvalidType, build, "rebuild") == (
        "rebuild must be a Rebuild (was 'rebuild'): make one, or load_rebuild one"
    )
    assert says(InvalidType, build, REBUILD, [], "2026-12-07") == (
        "log must be a Log (was []): make one of the reports: Log([…])"
    )
    assert says(InvalidType, build, REBUILD, Log()) == (
        'today must be given with a log (was None): say as of which day: today="2027-01-07"'
    )


def test_a_name_has_eighty_characters_at_most():
    assert Policy(name="n" * 80, rules=FIVE_MINUTES.rules).name == "n" * 80
    assert says(InvalidValue, Policy, name="n" * 81, rules=FIVE_MINUTES.rules).startswith(
        "a rule's or policy's name must have at most 80 characters (was '81 characters')"
    )
