"""Every sentence that says why a long run or a strength session is as it is, word for word."""

import pytest
from attrs import evolve
from support.situations import complaint, outcome, situation

from runplan import CAUTIOUS, EXERCISES, FIVE_MINUTES, RedFlag, Resumption
from runplan._base.dates import days_after, to_day
from runplan.planning.ramp import RAMP, RampWeek, prescribe, ramp_decision, week_after
from runplan.policy import sentences
from runplan.policy.pain_rules import EARLY_PAIN, MILD_PAIN
from runplan.policy.pause_rules import NOT_HELPING
from runplan.policy.progression_rules import BIG_STEP, CUT_SHORT, CUTBACK, TIRED
from runplan.policy.sentences import ordinal


def says(now, policy=FIVE_MINUTES):
    """Return the sentence about a situation."""
    rule, verdict = policy.decide(now)
    return rule.decision(verdict).why


def said_by(rule, now):
    """Return the sentence of a rule that is asked alone."""
    return rule.decision(rule.decide(now)).why


def before(**how):
    """Return how the long run of the week before the last one went."""
    return outcome(day="2026-12-27", **how)


# Pauses.


@pytest.mark.parametrize("flag", RedFlag)
def test_a_red_flag_is_named_in_words(flag):
    assert says(situation(outcome(red_flags=[flag]))) == (
        f"Paused: you reported {flag.words} on Sunday, 3 January."
    )


@pytest.mark.parametrize(
    ("session", "pain", "morning", "words"),
    [
        ("long run", 7, 0, "pain of 7 of 10 in Sunday's run"),
        ("long run", 2, 6, "pain of 6 of 10 on the morning after Sunday's run"),
        ("run", 6, 6, "pain of 6 of 10 in Wednesday's run"),
        ("run", 0, 8, "pain of 8 of 10 on the morning after Wednesday's run"),
        ("strength", 10, 0, "pain of 10 of 10 in Wednesday's strength session"),
        ("strength", 5, 9, "pain of 9 of 10 on the morning after Wednesday's strength session"),
    ],
)
def test_severe_pain_is_named_with_its_session(session, pain, morning, words):
    now = situation(outcome(pain=pain, pain_next_morning=morning))
    if session != "long run":
        now = situation(outcome(), between=(complaint(session, pain, morning),))
    assert says(now) == f"Paused: {words}."


def test_a_method_that_does_not_help_says_how_often_it_hurt():
    runs = outcome(day="2026-12-20", pain=1), before(pain=1), outcome(pain=1)
    assert says(situation(*runs)) == "Paused: 3 painful long runs in a row."
    runs = before(pain=3), outcome(pain=3)
    assert says(situation(*runs)) == "Paused: 2 long runs with pain of 3 or more within 42 days."
    one = evolve(NOT_HELPING, decide=evolve(NOT_HELPING.decide, painful_runs=1))
    assert said_by(one, situation(outcome(pain=1))) == "Paused: 1 painful long run in a row."
    one = evolve(NOT_HELPING, decide=evolve(NOT_HELPING.decide, resets=1, reset_days=1))
    assert said_by(one, situation(outcome(pain=3))) == (
        "Paused: 1 long run with pain of 3 or more within 1 day."
    )


def test_a_long_run_that_would_get_too_short_says_how_to_begin_again():
    assert says(situation(outcome(12, pain=4, pain_from=9), base_min=12)) == (
        "Paused: after pain of 4 of 10 in Sunday's run the next long run would be under 10 "
        "minutes; begin again with run-walk, with a clinician's help."
    )
    now = situation(outcome(12), base_min=12, between=(complaint("run", 1, 3),))
    assert says(now).startswith(
        "Paused: after pain of 3 of 10 on the morning after Wednesday's run the next long run "
    )


# Pain.


def test_a_reset_says_when_the_pain_began():
    assert says(situation(outcome(pain=4, pain_from=38))) == (
        "Back to 30 min: pain of 4 of 10 began at minute 38 of Sunday's run."
    )
    assert says(situation(outcome(pain=4, pain_from=0), base_min=50)).startswith("Paused: after ")
    assert says(situation(outcome(pain=3))) == (
        "Back to 40 min: pain of 3 of 10 in Sunday's run; the minute it began was not noted."
    )


def test_a_sore_morning_says_how_sore():
    assert says(situation(outcome(pain_next_morning=3))) == (
        "Back to 45 min: the back hurt the morning after Sunday's run (3 of 10)."
    )


def test_pain_in_another_session_says_which():
    now = situation(outcome(), between=(complaint("run", 3),))
    assert says(now) == "Back to 45 min: pain of 3 of 10 in Wednesday's run."
    now = situation(outcome(), between=(complaint("run", 0, 2),))
    assert says(now) == "Held at 50 min: pain of 2 of 10 on the morning after Wednesday's run."
    now = situation(outcome(), between=(complaint("strength", 4),))
    assert says(now) == "Held at 50 min: pain of 4 of 10 in Wednesday's strength session."


def test_early_pain_says_how_early():
    now = situation(outcome(pain=2, pain_from=1))
    assert says(now) == (
        "Back to 45 min: pain began in the first 10 minutes of Sunday's run (2 of 10)."
    )
    first = evolve(EARLY_PAIN, decide=evolve(EARLY_PAIN.decide, within_min=1))
    assert said_by(first, now) == (
        "Back to 45 min: pain began in the first minute of Sunday's run (2 of 10)."
    )


def test_mild_pain_says_what_hurt_and_how_often_in_a_row():
    assert says(situation(outcome(pain=2))) == "Held at 50 min: pain of 2 of 10 in Sunday's run."
    assert says(situation(outcome(pain=1, pain_from=31))) == (
        "Held at 50 min: pain of 1 of 10 from minute 31 in Sunday's run."
    )
    assert says(situation(outcome(pain_next_morning=2))) == (
        "Held at 50 min: the back was sore the morning after Sunday's run (2 of 10)."
    )
    assert says(situation(before(pain=1), outcome(pain=2))) == (
        "Back to 45 min: pain of 2 of 10 in Sunday's run, the second painful long run in a row."
    )
    assert says(situation(before(pain=1), outcome(pain_next_morning=1))) == (
        "Back to 45 min: the back was sore the morning after Sunday's run (1 of 10), the second "
        "painful long run in a row."
    )
    # From minute 0 on it is early pain, unless that rule is not asked.
    assert said_by(MILD_PAIN, situation(outcome(pain=1, pain_from=0))) == (
        "Held at 50 min: pain of 1 of 10 from minute 0 in Sunday's run."
    )
    at_once = evolve(MILD_PAIN, decide=evolve(MILD_PAIN.decide, step_back_from=1))
    assert said_by(at_once, situation(outcome(pain=1))) == (
        "Back to 45 min: pain of 1 of 10 in Sunday's run."
    )


# Everything else.


@pytest.mark.parametrize(
    ("by", "is_new", "sentence"),
    [
        ("physiotherapist", False, "Resumes at 35 min with the clearance by physiotherapist."),
        (
            "Dr. Ito",
            True,
            "Resumes at 35 min, the new baseline, with the clearance by Dr. Ito.",
        ),
        ("A. B.", False, "Resumes at 35 min with the clearance by A. B."),
    ],
)
def test_a_clearance_says_who_gave_it(by, is_new, sentence):
    assert says(situation(base_min=35, resumption=Resumption(35, by, is_new))) == sentence


def test_the_baseline_says_what_it_is():
    assert says(situation(base_min=40, is_baseline=True)) == (
        "Starts at your baseline, 40 min: the length that brings no pain or fatigue."
    )


@pytest.mark.parametrize(
    ("weeks", "sentence"),
    [
        (3, "Eased to 25 min: the last long run was 3 weeks ago."),
        (5, "Eased to 25 min: the last long run was 5 weeks ago."),
        (
            6,
            (
                "Starts again at 25 min: the last long run was 6 weeks ago, so find your baseline "
                "again first."
            ),
        ),
    ],
)
def test_an_absence_says_how_long_it_was(weeks, sentence):
    now = situation(base_min=25, level_min=50, was_missed=True, is_eased=True, weeks_since=weeks)
    assert says(now) == sentence


def test_a_missed_long_run_says_that_it_adds_nothing():
    assert says(situation(was_missed=True, weeks_since=2)) == (
        "Held at 50 min, what the last run earned: a week without a long run adds nothing."
    )


def test_a_tired_back_says_how_tired_and_how_often_in_a_row():
    assert says(situation(outcome(fatigue=8))) == (
        "Held at 50 min: the back was tired in Sunday's run (8 of 10)."
    )
    assert says(situation(before(fatigue=9), outcome(fatigue=7))) == (
        "Back to 45 min: the back was tired in Sunday's run (7 of 10) for the second time in a row."
    )
    short = before(planned=10, fatigue=8), outcome(10, fatigue=8)
    assert says(situation(*short, base_min=10)) == (
        "Held at 10 min: the back was tired in Sunday's run (8 of 10) for the second time in a row."
    )
    at_once = evolve(TIRED, decide=evolve(TIRED.decide, step_back_from=1))
    assert said_by(at_once, situation(outcome(fatigue=7))) == (
        "Back to 45 min: the back was tired in Sunday's run (7 of 10)."
    )


def test_a_long_run_cut_short_says_how_much_was_done():
    assert says(situation(outcome(minutes=30))) == "Held at 50 min: Sunday's run was 30 of 50 min."
    assert says(situation(before(minutes=30), outcome(minutes=44))) == (
        "Back to 45 min: Sunday's run was 44 of 50 min for the second time in a row."
    )
    third = evolve(CUT_SHORT, decide=evolve(CUT_SHORT.decide, step_back_from=3))
    runs = outcome(day="2026-12-20", minutes=30), before(minutes=30), outcome(minutes=30)
    assert said_by(third, situation(*runs[1:])) == (
        "Held at 50 min: Sunday's run was 30 of 50 min for the second time in a row."
    )
    assert said_by(third, situation(*runs)) == (
        "Back to 45 min: Sunday's run was 30 of 50 min for the third time in a row."
    )


def test_an_unknown_morning_says_what_to_do():
    now = situation(outcome(pain_next_morning=None))
    assert says(now, CAUTIOUS) == (
        "Held at 50 min: the morning after Sunday's run was not reported; report it before the "
        "next long run, and it counts."
    )


def test_the_first_month_says_why_it_is_held():
    assert says(situation(outcome(), first_month=True)) == (
        "Held at 50 min: in the first month the long run stays short while strength starts."
    )


@pytest.mark.parametrize(
    ("run", "end"),
    [
        (outcome(), ": Sunday's run was clean."),
        (
            outcome(pain_next_morning=None),
            ", if the morning after Sunday's run brought no pain.",
        ),
        (None, ", if the run before it is clean: done, no pain, posture held."),
    ],
)
def test_a_step_says_what_it_depends_on(run, end):
    runs = [run] if run else []
    now = situation(*runs, awaits_morning=True)
    assert says(now) == f"Up 5 minutes to 55 min{end}"
    assert says(now._replace(base_min=89)) == f"Up 1 minute to 90 min{end}"
    assert says(now._replace(base_min=90)) == "Stays at the target, 90 min."
    due = now._replace(week=9, base_min=55, last_action="cut back")
    assert says(due, CAUTIOUS) == f"Back to the 55 min that were due{end}"


def test_a_lighter_week_says_how_often_it_comes_and_what_follows():
    assert says(situation(outcome(), week=8), CAUTIOUS) == (
        "Cut back to 40 min: one week in 4 is lighter, and 55 min are due the week after."
    )
    third = evolve(CUTBACK, adjust=evolve(CUTBACK.adjust, every_weeks=3, share_pct=60))
    policy = evolve(CAUTIOUS, rules=[third, CAUTIOUS.rules[-1]])
    assert says(situation(outcome()), policy) == (
        "Cut back to 30 min: one week in 3 is lighter, and 55 min are due the week after."
    )


def test_a_big_step_says_what_it_waits_for():
    now = situation(outcome(49), base_min=49)
    assert says(now, CAUTIOUS) == (
        "Held at 49 min: a step of 5 minutes is over 110 % of the longest run of the last 30 days "
        "and waits for 2 clean runs in a row."
    )
    one = evolve(BIG_STEP, decide=evolve(BIG_STEP.decide, over_pct=100, clean_runs=1))
    assert said_by(one, situation(clean_in_row=0, step_min=1)) == (
        "Held at 50 min: a step of 1 minute is over 100 % of the longest run of the last 30 days "
        "and waits for 1 clean run in a row."
    )


@pytest.mark.parametrize(
    ("run", "begin"),
    [
        (outcome(16), "Up to 20 min: Sunday's run was clean, but"),
        (
            outcome(16, pain_next_morning=None),
            "Up to 20 min, if the morning after Sunday's run brought no pain:",
        ),
        (None, "Up to 20 min, if the run before it is clean:"),
    ],
)
def test_a_smaller_step_says_why_it_is_smaller(run, begin):
    runs = [run] if run else []
    now = situation(*runs, base_min=16, clean_in_row=2, awaits_morning=True)
    assert says(now, CAUTIOUS) == (
        f"{begin} a step of 5 minutes would be over 130 % of the longest run of the last 30 days."
    )


@pytest.mark.parametrize("days", range(7))
def test_a_sentence_names_the_weekday_of_the_run(days):
    monday = to_day("2027-01-04")
    run = outcome(day=days_after(monday, days))
    names = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
    assert says(situation(run)) == f"Up 5 minutes to 55 min: {names[days]}'s run was clean."


def test_every_rule_has_a_sentence_of_its_own():
    worded = {rule.say for rule in CAUTIOUS.rules}
    own = {
        value
        for name, value in vars(sentences).items()
        if getattr(value, "__module__", "") == sentences.__name__ and not name.startswith("_")
    }
    assert worded == own - {ordinal}


@pytest.mark.parametrize(
    ("number", "words"),
    [
        *enumerate(
            "first second third fourth fifth sixth seventh eighth ninth tenth".split(), start=1
        ),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (20, "20th"),
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


# Strength.


@pytest.mark.parametrize(
    ("number", "sessions", "week", "sentence"),
    [
        (1, 1, 1, "The ramp has 1 strength session this week and 3 a week from week 5 on."),
        (2, 1, 2, "The ramp has 1 strength session this week and 3 a week from week 5 on."),
        (3, 2, 3, "The ramp has 2 strength sessions this week and 3 a week from week 5 on."),
        # Weeks that did not count put it off.
        (4, 2, 6, "The ramp has 2 strength sessions this week and 3 a week from week 7 on."),
        (5, 3, 7, "The ramp has 3 strength sessions a week."),
        (9, 3, 9, "The ramp has 3 strength sessions a week."),
    ],
)
def test_a_strength_session_says_where_the_ramp_is(number, sessions, week, sentence):
    decision = ramp_decision(RAMP, RampWeek(number=number, sessions=sessions), week)
    assert (decision.rule, decision.action, decision.why) == ("ramp", "train", sentence)
    assert (decision.source, decision.evidence) == ("the method itself", "the method")


def test_a_strength_session_says_whose_ramp_it_follows():
    own = ((5, 2), (None, 1))
    decision = ramp_decision(own, RampWeek(number=5, sessions=2), 5)
    assert decision.why == "The ramp has 2 strength sessions this week and 1 a week from week 6 on."
    assert (decision.source, decision.evidence) == ("the ramp of the request", "house")
    assert ramp_decision(own, RampWeek(number=6, sessions=1), 6).why == (
        "The ramp has 1 strength session a week."
    )


THREE = RampWeek(number=5, sessions=3, is_light=False)


@pytest.mark.parametrize(
    ("last", "how", "action", "sessions", "sentence"),
    [
        (
            THREE,
            {"pain": 3},
            "repeat",
            3,
            "The same as the week before, because of pain of 3 of 10 in strength.",
        ),
        (
            THREE,
            {"pain": 5, "next_morning": 3},
            "ease",
            2,
            (
                "One session fewer, at least one, and easier: pain of 3 of 10 on the morning after "
                "strength the week before."
            ),
        ),
        (
            RampWeek(number=1, sessions=1),
            {"next_morning": 9},
            "ease",
            1,
            (
                "One session fewer, at least one, and easier: pain of 9 of 10 on the morning after "
                "strength the week before."
            ),
        ),
    ],
)
def test_strength_that_hurt_says_what_changes_and_why(last, how, action, sessions, sentence):
    week = week_after(last, RAMP, **how)
    decision = ramp_decision(RAMP, week, week.number)
    assert (decision.rule, decision.action, decision.why) == ("strength-pain", action, sentence)
    assert (decision.source, decision.evidence) == ("our choice", "house")
    assert decision.facts["sessions"] == week.sessions == sessions


def test_strength_that_was_sore_is_easier_the_week_after_only():
    eased = week_after(THREE, RAMP, next_morning=3)
    assert all(each.easier for each in prescribe(EXERCISES, eased))
    after = week_after(eased, RAMP)
    assert not any(each.easier for each in prescribe(EXERCISES, after))
    assert (after.sessions, ramp_decision(RAMP, after, 7).rule) == (3, "ramp")
