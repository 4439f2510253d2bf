"""The facts of each decision are those that docs/reference/facts.md lists."""

import re
from pathlib import Path

import pytest
from support.situations import complaint, outcome, situation

from runplan import CAUTIOUS, FIVE_MINUTES, Resumption
from runplan.planning.ramp import RAMP, RampWeek, ramp_decision, week_after

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "facts.md"
ROW = re.compile(
    r"\| (?:`(?P<rule>[a-z-]+)`|every rule) "
    r"\| `(?P<fact>\w+)`(?: \((?P<only>[a-z ]+)\))? "
    r"\| (?P<type>number|text|day|yes or no)(?P<none> or none)? "
    r"\| (?P<unit>[^|]+) \| (?P<meaning>[^|]+) \|"
)
TYPES = {"number": int, "text": str, "day": str, "yes or no": bool}


def listed():
    """Return the rows of the page, rule by rule; those of every rule under None."""
    rows = {}
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if line.startswith("| ") and line.count("|") == 6 and "Rule" not in line:
            match = ROW.fullmatch(line)
            assert match, line
            rows.setdefault(match["rule"], []).append(match.groupdict())
    return rows


# For each rule all that it can do, under the words that the page has for it.
HURT = {"pain": 2, "pain_next_morning": 1}
SITUATIONS = {
    "red-flag": [("pause", situation(outcome(red_flags=["fever"])))],
    "severe-pain": [
        ("pause", situation(outcome(pain=6, pain_next_morning=None))),
        ("pause", situation(outcome(), between=(complaint("strength", 0, 6),))),
    ],
    "not-helping": [
        (
            "painful runs",
            situation(*(outcome(day=f"2026-12-{day}", pain=1) for day in (13, 20, 27))),
        ),
        ("resets", situation(outcome(day="2026-12-27", pain=3), outcome(pain=3))),
    ],
    "too-short": [
        ("pause", situation(outcome(12, pain=3, pain_next_morning=None), base_min=12)),
        ("pause", situation(outcome(12), base_min=12, between=(complaint("run", 3),))),
    ],
    "moderate-pain": [
        ("reset", situation(outcome(pain=4, pain_from=38))),
        ("reset", situation(outcome(pain=4, pain_next_morning=None))),
    ],
    "morning-after": [
        ("step back", situation(outcome(pain=2, pain_from=30, pain_next_morning=3))),
        ("step back", situation(outcome(pain_next_morning=5))),
    ],
    "pain-between": [("step back", situation(between=(complaint("run", 3),)))],
    "early-pain": [
        ("step back", situation(outcome(pain=1, pain_from=3))),
        ("step back", situation(outcome(pain=1, pain_from=3, pain_next_morning=None))),
    ],
    "mild-pain": [
        ("repeat", situation(outcome(pain=1, pain_from=33))),
        ("repeat", situation(outcome(pain=1, pain_next_morning=None))),
        ("step back", situation(outcome(day="2026-12-27", pain=1), outcome(pain=1))),
    ],
    "mild-pain-between": [
        ("repeat", situation(between=(complaint("run", 1),))),
        ("repeat", situation(between=(complaint("strength", 3),))),
    ],
    "clearance": [("resume", situation(resumption=Resumption(35, "coach", is_new=True)))],
    "baseline": [("start", situation(is_baseline=True))],
    "away": [
        ("repeat", situation(was_missed=True)),
        ("ease in", situation(is_eased=True, weeks_since=3)),
        ("find the baseline again", situation(is_eased=True, weeks_since=6)),
    ],
    "tired": [
        ("repeat", situation(outcome(fatigue=8))),
        ("step back", situation(outcome(day="2026-12-27", fatigue=8), outcome(fatigue=8))),
    ],
    "cut-short": [
        ("repeat", situation(outcome(minutes=30))),
        ("step back", situation(outcome(day="2026-12-27", minutes=9), outcome(minutes=9))),
    ],
    "unknown-morning": [("repeat", situation(outcome(pain_next_morning=None)))],
    "first-month": [("hold", situation(first_month=True))],
    "cutback": [
        ("cut back", situation(outcome(), week=8)),
        ("resume", situation(outcome(), last_action="cut back")),
        ("resume", situation(last_action="cut back")),
    ],
    "too-big-step": [
        ("wait", situation(outcome(), longest_min=30)),
        ("small step", situation(outcome(), longest_min=30, clean_in_row=2)),
        ("small step", situation(longest_min=30, clean_in_row=2)),
    ],
    "big-step": [("wait", situation(outcome(), longest_min=45))],
    "clean": [
        ("step", situation(outcome())),
        ("step", situation()),
        ("repeat", situation(outcome(90), base_min=90)),
    ],
}


def decision_of(rule, now):
    """Return the decision about a situation, which must be that of the rule."""
    decided, verdict = CAUTIOUS.decide(now)
    assert decided.name == rule
    return decided.decision(verdict)


def check(decision, rows, what):
    """Compare the facts of a decision with the rows of the page."""
    expected = {row["fact"]: row for row in rows if row["only"] in {None, what}}
    assert set(decision.facts) == set(expected)
    for name, value in decision.facts.items():
        row = expected[name]
        if value is None:
            assert row["none"]
            continue
        assert type(value) is TYPES[row["type"]]
        if row["type"] == "day":
            assert re.fullmatch(r"\d{4}-\d\d-\d\d", value)


@pytest.mark.parametrize("rule", SITUATIONS)
def test_a_rule_gives_the_facts_that_the_page_lists(rule):
    pages = listed()
    rows = pages[None] + pages.get(rule, [])
    for what, now in SITUATIONS[rule]:
        check(decision_of(rule, now), rows, what)
    # Each of its rows was needed, and each "or none" is.
    used = {what for what, _ in SITUATIONS[rule]}
    assert {row["only"] for row in rows} - {None} <= used
    values = [decision_of(rule, now).facts for _, now in SITUATIONS[rule]]
    for row in rows:
        if row["none"]:
            assert any(facts.get(row["fact"], 0) is None for facts in values)


def test_the_actions_of_the_page_are_those_of_the_rules():
    for rule, situations in SITUATIONS.items():
        if rule != "not-helping":
            for what, now in situations:
                assert decision_of(rule, now).action == what


def test_the_page_lists_every_rule_that_gives_facts_and_no_other():
    named = {rule.name for policy in (FIVE_MINUTES, CAUTIOUS) for rule in policy.rules}
    assert set(SITUATIONS) == named
    assert set(listed()) - {None, "ramp", "strength-pain"} == named - {"baseline", "first-month"}


@pytest.mark.parametrize(
    ("rule", "week", "what"),
    [
        ("ramp", RampWeek(number=3, sessions=2), "before its end"),
        ("ramp", RampWeek(number=5, sessions=3), "after it"),
        ("strength-pain", week_after(RampWeek(5, 3), RAMP, pain=4), ""),
        ("strength-pain", week_after(RampWeek(5, 3), RAMP, next_morning=4), ""),
    ],
)
def test_strength_gives_the_facts_that_the_page_lists(rule, week, what):
    decision = ramp_decision(RAMP, week, week.number)
    assert decision.rule == rule
    check(decision, listed()[rule], what)


def test_the_minutes_are_those_of_the_verdict():
    for rule, situations in SITUATIONS.items():
        for _, now in situations:
            decided, verdict = CAUTIOUS.decide(now)
            assert decided.decision(verdict).facts["minutes"] == verdict.minutes, rule


@pytest.mark.parametrize(
    ("rule", "facts"),
    [
        ("red-flag", {"minutes": 40, "red_flag": "fever", "tier": "urgent", "day": "2027-01-03"}),
        (
            "severe-pain",
            {
                "minutes": 40,
                "day": "2027-01-03",
                "session": "long run",
                "pain": 6,
                "pain_next_morning": 0,
            },
        ),
        ("not-helping", {"minutes": 40, "painful_runs": 3}),
        (
            "moderate-pain",
            {
                "minutes": 30,
                "run_day": "2027-01-03",
                "pain": 4,
                "pain_from": 38,
                "pain_next_morning": 0,
                "percent": 80,
            },
        ),
        (
            "early-pain",
            {
                "minutes": 45,
                "run_day": "2027-01-03",
                "pain": 1,
                "pain_from": 3,
                "pain_next_morning": 0,
                "within_min": 10,
            },
        ),
        ("clearance", {"minutes": 50, "by": "coach", "is_new": True}),
        ("away", {"minutes": 50, "weeks": 1}),
        (
            "tired",
            {"minutes": 50, "fatigue": 8, "run_day": "2027-01-03", "times": 1, "base_min": 50},
        ),
        (
            "cut-short",
            {
                "minutes": 50,
                "ran_min": 30,
                "planned_min": 50,
                "run_day": "2027-01-03",
                "times": 1,
                "base_min": 50,
            },
        ),
        ("unknown-morning", {"minutes": 50, "run_day": "2027-01-03"}),
        ("first-month", {"minutes": 50}),
        ("cutback", {"minutes": 40, "due_min": 55, "every_weeks": 4, "percent": 80}),
        (
            "too-big-step",
            {"minutes": 50, "step_min": 5, "percent": 130, "days": 30, "clean_runs": 2},
        ),
        (
            "clean",
            {"minutes": 55, "run_day": "2027-01-03", "is_morning_known": True, "step_min": 5},
        ),
    ],
)
def test_the_facts_have_the_values_of_the_situation(rule, facts):
    _, now = SITUATIONS[rule][0]
    found = decision_of(rule, now).facts
    assert dict(found) == facts
    assert len(found) == len(facts)


def test_facts_that_depend_on_the_action_have_their_values_too():
    facts = decision_of("mild-pain", SITUATIONS["mild-pain"][2][1]).facts
    assert facts["times"] == 2
    facts = decision_of("not-helping", SITUATIONS["not-helping"][1][1]).facts
    assert (facts["runs"], facts["from_pain"], facts["within_days"]) == (2, 3, 42)
    facts = decision_of("cutback", SITUATIONS["cutback"][1][1]).facts
    assert (facts["run_day"], facts["is_morning_known"]) == ("2027-01-03", True)
    facts = decision_of("clean", SITUATIONS["clean"][1][1]).facts
    assert (facts["run_day"], facts["is_morning_known"]) == (None, False)
    facts = decision_of("clean", SITUATIONS["clean"][2][1]).facts
    assert facts["step_min"] == 0
    facts = decision_of(
        "clean", situation(outcome(pain_next_morning=None), awaits_morning=True)
    ).facts
    assert (facts["run_day"], facts["is_morning_known"]) == ("2027-01-03", False)
