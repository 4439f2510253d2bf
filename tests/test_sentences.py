"""The sentences about pain, to the letter, and the edges of what counts as mild twice."""

import pytest
from situations import outcome, situation

from runplan import Log, Rebuild, RunReport, build
from runplan.rules.pain import EarlyPain, MildPain, NotHelping

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
