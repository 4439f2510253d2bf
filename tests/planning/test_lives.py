"""
Lives worked out by hand from the rules, week by week; lives.md beside this file says why.

Where no more is asked for: 40 to 60 minutes from Monday, 30 November 2026, five minutes a step,
long runs on Sundays, held in the first month. Week n has its long run on 6 December + 7 (n - 1)
days.
"""

from itertools import groupby
from typing import NamedTuple

import pytest

from runplan import (
    CAUTIOUS,
    FIVE_MINUTES,
    Change,
    Clearance,
    Log,
    Rebuild,
    RunReport,
    StrengthReport,
    build,
)


def long_run(day, minutes, **how):
    """Return the report of a long run without pain, recorded on its day unless said otherwise."""
    return RunReport(day=day, minutes=minutes, **how)


def other_run(day, minutes, **how):
    """Return the report of another run."""
    return RunReport(day=day, minutes=minutes, kind="other", **how)


class Life(NamedTuple):
    """
    What was asked for, what happened, and what follows.

    The weeks are the minutes of each long run, followed by the rule that set them; a dash is a
    week without a long run, with the rule that paused it if one did. A paused plan is given up to
    the week of today.
    """

    name: str
    entries: list
    today: str
    weeks: str
    strength: str
    asked: dict = {}  # noqa: RUF012 (never changed)
    finish: str | None = None
    paused: str | None = None
    resume_min: int | None = None
    findings: tuple = ()
    is_partial: bool = False


# The findings that the lives are about.
CODES = {
    *("not-yet", "far-over-plan", "pain-before-start", "pain-after-target", "report-week"),
    *("two-reports", "paused", "find-baseline"),
}

LIVES = [
    Life(
        "A runner who ran 40 on four Sundays and logged them together a month after the start",
        entries=[
            long_run("2026-12-06", 40, recorded_on="2026-12-30"),
            long_run("2026-12-13", 40, recorded_on="2026-12-30"),
            long_run("2026-12-20", 40, recorded_on="2026-12-30"),
            long_run("2026-12-27", 40, recorded_on="2026-12-30"),
        ],
        today="2026-12-30",
        weeks="40 baseline, 40 25 20 away, 45 50 55 60 clean",
        strength="1 1 2 2 3 3 3 3",
        finish="2027-01-24",
        findings=["far-over-plan"],
    ),
    Life(
        name=(
            "A runner who logged the four Sundays of 40 in the second week of January and "
            "missed the fifth"
        ),
        entries=[
            long_run("2026-12-06", 40, recorded_on="2027-01-07"),
            long_run("2026-12-13", 40, recorded_on="2027-01-07"),
            long_run("2026-12-20", 40, recorded_on="2027-01-07"),
            long_run("2026-12-27", 40, recorded_on="2027-01-07"),
        ],
        today="2027-01-07",
        weeks="40 baseline, 40 25 20 20 45 away, 50 55 60 clean",
        strength="1 1 2 2 3 3 3 3 3",
        finish="2027-01-31",
        findings=["far-over-plan"],
    ),
    Life(
        "The same runner a day earlier, while the fifth Sunday may still be reported",
        entries=[
            long_run("2026-12-06", 40, recorded_on="2027-01-06"),
            long_run("2026-12-13", 40, recorded_on="2027-01-06"),
            long_run("2026-12-20", 40, recorded_on="2027-01-06"),
            long_run("2026-12-27", 40, recorded_on="2027-01-06"),
        ],
        today="2027-01-06",
        weeks="40 baseline, 40 25 20 20 away, 50 55 60 clean",
        strength="1 1 2 2 3 3 3 3",
        finish="2027-01-24",
        findings=["far-over-plan"],
    ),
    Life(
        "A runner who ran once, was away seven weeks and then jogged ten minutes with pain of 2",
        entries=[
            long_run("2026-12-06", 40),
            other_run("2027-01-28", 10, pain=2),
        ],
        today="2027-01-28",
        weeks=(
            "40 baseline, 40 first-month, 40 25 20 20 20 20 away, 20 mild-pain-between, 25 30 "
            "35 40 45 50 55 60 clean"
        ),
        strength="1 1 2 2 3 3 3 3 3 3 3 3 3 3 3 3 3",
        finish="2027-03-28",
        findings=["find-baseline"],
    ),
    Life(
        "A runner who ran once, was away seven weeks and then jogged ten minutes with pain of 5",
        entries=[
            long_run("2026-12-06", 40),
            other_run("2027-01-28", 10, pain=5),
        ],
        today="2027-01-28",
        weeks=(
            "40 baseline, 40 first-month, 40 25 20 20 20 20 away, 15 pain-between, 20 25 30 "
            "35 40 45 50 55 60 clean"
        ),
        strength="1 1 2 2 3 3 3 3 3 3 3 3 3 3 3 3 3 3",
        finish="2027-04-04",
        findings=["find-baseline"],
    ),
    Life(
        "A runner with two clean long runs and pain of 5 in Wednesday's other run",
        entries=[
            long_run("2026-12-06", 40),
            long_run("2026-12-13", 40),
            other_run("2026-12-16", 30, pain=5),
        ],
        today="2026-12-16",
        weeks="40 baseline, 40 first-month, 35 pain-between, 35 first-month, 40 45 50 55 60 clean",
        strength="1 1 2 2 3 3 3 3 3",
        finish="2027-01-31",
    ),
    Life(
        "A runner with two clean long runs and pain of 9 in Wednesday's other run",
        entries=[
            long_run("2026-12-06", 40),
            long_run("2026-12-13", 40),
            other_run("2026-12-16", 30, pain=9),
        ],
        today="2026-12-16",
        weeks="40 baseline, 40 first-month, - severe-pain",
        strength="1 1 0",
        paused="severe-pain",
        resume_min=30,
        findings=["paused"],
    ),
    Life(
        "A runner with pain of 9 the day before the plan starts, never assessed",
        entries=[
            other_run("2026-11-29", 30, pain=9),
        ],
        today="2026-11-30",
        weeks="- severe-pain",
        strength="0",
        paused="severe-pain",
        resume_min=30,
        findings=["paused"],
    ),
    Life(
        "A runner with pain of 9 the day before the plan starts, assessed the day before that",
        asked={"assessed_on": "2026-11-28"},
        entries=[
            other_run("2026-11-29", 30, pain=9),
        ],
        today="2026-11-30",
        weeks="- severe-pain",
        strength="0",
        paused="severe-pain",
        resume_min=30,
        findings=["paused"],
    ),
    Life(
        "A runner with pain of 9 the day before the plan starts, assessed that same day",
        asked={"assessed_on": "2026-11-29"},
        entries=[
            other_run("2026-11-29", 30, pain=9),
        ],
        today="2026-11-30",
        weeks="40 baseline, 40 40 40 first-month, 45 50 55 60 clean",
        strength="1 1 2 2 3 3 3 3",
        finish="2027-01-24",
    ),
    Life(
        "A runner with pain of 9 the day before the plan starts, assessed on its first day",
        asked={"assessed_on": "2026-11-30"},
        entries=[
            other_run("2026-11-29", 30, pain=9),
        ],
        today="2026-11-30",
        weeks="40 baseline, 40 40 40 first-month, 45 50 55 60 clean",
        strength="1 1 2 2 3 3 3 3",
        finish="2027-01-24",
    ),
    Life(
        "A runner with pain of 4 from minute 20 of a long run of 45 in the week before the start",
        entries=[
            long_run("2026-11-28", 45, pain=4, pain_from=20),
        ],
        today="2026-11-30",
        weeks="40 baseline, 40 40 40 first-month, 45 50 55 60 clean",
        strength="1 1 2 2 3 3 3 3",
        finish="2027-01-24",
        findings=["pain-before-start"],
    ),
    Life(
        name=(
            "A runner whose pain of 4 before the start began in minute 42, after the "
            "baseline's minutes"
        ),
        entries=[
            long_run("2026-11-28", 45, pain=4, pain_from=42),
        ],
        today="2026-11-30",
        weeks="40 baseline, 40 40 40 first-month, 45 50 55 60 clean",
        strength="1 1 2 2 3 3 3 3",
        finish="2027-01-24",
    ),
    Life(
        "A runner with pain of 9 in another run a week after reaching the target",
        entries=[
            long_run("2026-12-06", 40),
            long_run("2026-12-13", 40),
            long_run("2026-12-20", 40),
            long_run("2026-12-27", 40),
            long_run("2027-01-03", 45),
            long_run("2027-01-10", 50),
            long_run("2027-01-17", 55),
            long_run("2027-01-24", 60),
            other_run("2027-01-31", 30, pain=9),
        ],
        today="2027-01-31",
        weeks="40 baseline, 40 40 40 first-month, 45 50 55 60 clean",
        strength="1 1 2 2 3 3 3 3",
        finish="2027-01-24",
        paused="severe-pain",
        resume_min=45,
        findings=["paused"],
    ),
    Life(
        "The same runner after a clearance",
        entries=[
            long_run("2026-12-06", 40),
            long_run("2026-12-13", 40),
            long_run("2026-12-20", 40),
            long_run("2026-12-27", 40),
            long_run("2027-01-03", 45),
            long_run("2027-01-10", 50),
            long_run("2027-01-17", 55),
            long_run("2027-01-24", 60),
            other_run("2027-01-31", 30, pain=9),
            Clearance(day="2027-02-10", by="physiotherapist"),
        ],
        today="2027-02-10",
        weeks="40 baseline, 40 40 40 first-month, 45 50 55 60 clean",
        strength="1 1 2 2 3 3 3 3",
        finish="2027-01-24",
    ),
    Life(
        name=(
            "A runner with pain of 3 from minute 50 in a long run of 60 a week after reaching "
            "the target"
        ),
        entries=[
            long_run("2026-12-06", 40),
            long_run("2026-12-13", 40),
            long_run("2026-12-20", 40),
            long_run("2026-12-27", 40),
            long_run("2027-01-03", 45),
            long_run("2027-01-10", 50),
            long_run("2027-01-17", 55),
            long_run("2027-01-24", 60),
            long_run("2027-01-31", 60, pain=3, pain_from=50),
        ],
        today="2027-01-31",
        weeks="40 baseline, 40 40 40 first-month, 45 50 55 60 clean",
        strength="1 1 2 2 3 3 3 3",
        finish="2027-01-24",
        findings=["pain-after-target"],
    ),
    Life(
        "A runner with pain of 8 in the first strength session",
        entries=[
            StrengthReport(day="2026-12-02", pain=8),
        ],
        today="2026-12-02",
        weeks="- severe-pain",
        strength="1",
        paused="severe-pain",
        resume_min=30,
        findings=["paused"],
    ),
    Life(
        "The same runner, cleared by a physiotherapist on the Monday of the fourth week",
        entries=[
            StrengthReport(day="2026-12-02", pain=8),
            Clearance(day="2026-12-21", by="physiotherapist"),
        ],
        today="2026-12-21",
        weeks=(
            "- - - severe-pain, 15 clearance, 15 15 15 first-month, 20 25 30 35 40 45 50 55 "
            "60 clean"
        ),
        strength="1 0 0 1 1 2 2 3 3 3 3 3 3 3 3 3",
        finish="2027-03-21",
    ),
    Life(
        "The same runner, cleared on the Wednesday, three weeks to the day",
        entries=[
            StrengthReport(day="2026-12-02", pain=8),
            Clearance(day="2026-12-23", by="physiotherapist"),
        ],
        today="2026-12-23",
        weeks=(
            "- - - severe-pain, 15 clearance, 15 15 15 first-month, 20 25 30 35 40 45 50 55 "
            "60 clean"
        ),
        strength="1 0 0 1 1 2 2 3 3 3 3 3 3 3 3 3",
        finish="2027-03-21",
    ),
    Life(
        "A runner who did the second Sunday's run on Monday",
        entries=[
            long_run("2026-12-06", 40),
            long_run("2026-12-14", 40),
        ],
        today="2026-12-14",
        weeks="40 baseline, 40 40 40 first-month, 45 50 55 60 clean",
        strength="1 1 2 2 3 3 3 3",
        finish="2027-01-24",
        findings=["report-week"],
    ),
    Life(
        name=(
            "A runner who logged Tuesday's jog of 20 as a long run in a week whose Sunday run "
            "was logged too"
        ),
        entries=[
            long_run("2026-12-06", 40),
            long_run("2026-12-13", 40),
            long_run("2026-12-15", 20),
            long_run("2026-12-20", 40),
        ],
        today="2026-12-20",
        weeks="40 baseline, 40 40 40 first-month, 45 50 55 60 clean",
        strength="1 1 2 2 3 3 3 3",
        finish="2027-01-24",
        findings=["report-week"],
    ),
    Life(
        "A runner with a baseline of 20 who ran 70, with pain of 3 from minute 62",
        asked={"baseline_min": 20},
        entries=[
            long_run("2026-12-06", 70, pain=3, pain_from=62),
        ],
        today="2026-12-06",
        weeks="20 baseline, 20 mild-pain, 20 20 first-month, 25 30 35 40 45 50 55 60 clean",
        strength="1 1 2 2 3 3 3 3 3 3 3 3",
        finish="2027-02-21",
        findings=["far-over-plan"],
    ),
    Life(
        name=(
            "A runner who logged nothing, was at 20 in week 4 and ran 70, with pain of 3 from "
            "minute 62"
        ),
        entries=[
            long_run("2026-12-27", 70, pain=3, pain_from=62),
        ],
        today="2026-12-27",
        weeks="40 baseline, 40 25 20 away, 20 mild-pain, 25 30 35 40 45 50 55 60 clean",
        strength="1 1 2 2 3 3 3 3 3 3 3 3 3",
        finish="2027-02-28",
        findings=["far-over-plan"],
    ),
    Life(
        name=(
            "A runner who went on with five long runs of 60 after the end and then raised the "
            "target to 90"
        ),
        entries=[
            long_run("2026-12-06", 40),
            long_run("2026-12-13", 40),
            long_run("2026-12-20", 40),
            long_run("2026-12-27", 40),
            long_run("2027-01-03", 45),
            long_run("2027-01-10", 50),
            long_run("2027-01-17", 55),
            long_run("2027-01-24", 60),
            long_run("2027-01-31", 60),
            long_run("2027-02-07", 60),
            long_run("2027-02-14", 60),
            long_run("2027-02-21", 60),
            long_run("2027-02-28", 60),
            Change(day="2027-03-01", target_min=90),
        ],
        today="2027-03-01",
        weeks=(
            "40 baseline, 40 40 40 first-month, 45 50 55 60 clean, - - - - -, 60 away, 65 70 "
            "75 80 85 90 clean"
        ),
        strength="1 1 2 2 3 3 3 3 0 0 0 0 0 3 3 3 3 3 3 3",
        finish="2027-04-18",
    ),
    Life(
        "A runner who keeps the target five weeks and raises it to 90 in the fourth of them",
        asked={"keep_weeks": 5},
        entries=[
            long_run("2026-12-06", 40),
            long_run("2026-12-13", 40),
            long_run("2026-12-20", 40),
            long_run("2026-12-27", 40),
            long_run("2027-01-03", 45),
            long_run("2027-01-10", 50),
            long_run("2027-01-17", 55),
            long_run("2027-01-24", 60),
            long_run("2027-01-31", 60),
            long_run("2027-02-07", 60),
            long_run("2027-02-14", 60),
            Change(day="2027-02-17", target_min=90),
        ],
        today="2027-02-17",
        weeks=(
            "40 baseline, 40 40 40 first-month, 45 50 55 60 60 60 60 65 70 75 80 85 90 90 90 "
            "90 90 90 clean"
        ),
        strength="1 1 2 2 3 3 3 3 3 3 3 3 3 3 3 3 3 3 3 3 3 3",
        finish="2027-05-02",
    ),
    Life(
        "A runner who typed 7 for 0 in the second week and has not noticed yet",
        entries=[
            long_run("2026-12-06", 40),
            long_run("2026-12-13", 40, pain=7, retracted_on="2026-12-27"),
            long_run("2026-12-13", 40, pain=0, recorded_on="2026-12-27"),
        ],
        today="2026-12-20",
        weeks="40 baseline, 40 first-month, - severe-pain",
        strength="1 1 0",
        paused="severe-pain",
        resume_min=30,
        findings=["paused"],
    ),
    Life(
        "A runner who typed 7 for 0, took it back two weeks later and logged the run again",
        entries=[
            long_run("2026-12-06", 40),
            long_run("2026-12-13", 40, pain=7, retracted_on="2026-12-27"),
            long_run("2026-12-13", 40, pain=0, recorded_on="2026-12-27"),
        ],
        today="2026-12-27",
        weeks="40 baseline, 40 first-month, - severe-pain, 40 away, 45 50 55 60 clean",
        strength="1 1 0 0 3 3 3 3",
        finish="2027-01-24",
    ),
    Life(
        "A runner whose log holds tomorrow's run with pain of 8",
        entries=[
            long_run("2026-12-06", 40),
            other_run("2026-12-11", 20, recorded_on="2026-12-11", pain=8),
        ],
        today="2026-12-10",
        weeks="40 baseline, 40 40 40 first-month, 45 50 55 60 clean",
        strength="1 1 2 2 3 3 3 3",
        finish="2027-01-24",
        findings=["not-yet"],
    ),
    Life(
        "The same runner a day later",
        entries=[
            long_run("2026-12-06", 40),
            other_run("2026-12-11", 20, recorded_on="2026-12-11", pain=8),
        ],
        today="2026-12-11",
        weeks="40 baseline, - severe-pain",
        strength="1 1",
        paused="severe-pain",
        resume_min=30,
        findings=["paused"],
    ),
    Life(
        "A runner from 60 to 90 with one clean run, six weeks of silence and five painful minutes",
        asked={"baseline_min": 60, "target_min": 90},
        entries=[
            long_run("2026-12-06", 60),
            other_run("2027-01-21", 5, pain=5),
        ],
        today="2027-01-21",
        weeks=(
            "60 baseline, 60 first-month, 60 40 30 30 30 away, 25 pain-between, 30 35 40 45 "
            "50 55 60 65 70 75 80 85 90 clean"
        ),
        strength="1 1 2 2 3 3 3 3 3 3 3 3 3 3 3 3 3 3 3 3 3",
        finish="2027-04-25",
        findings=["find-baseline"],
    ),
    Life(
        "A runner who never reports a morning, eight clean weeks, under FIVE_MINUTES",
        entries=[
            long_run("2026-12-06", 40),
            long_run("2026-12-13", 40),
            long_run("2026-12-20", 40),
            long_run("2026-12-27", 40),
            long_run("2027-01-03", 45),
            long_run("2027-01-10", 50),
            long_run("2027-01-17", 55),
            long_run("2027-01-24", 60),
        ],
        today="2027-01-26",
        weeks="40 baseline, 40 40 40 first-month, 45 50 55 60 clean",
        strength="1 1 2 2 3 3 3 3",
        finish="2027-01-24",
    ),
    Life(
        "A runner who never reports a morning, eight clean weeks, under CAUTIOUS",
        asked={"policy": "CAUTIOUS"},
        entries=[
            long_run("2026-12-06", 40),
            long_run("2026-12-13", 40),
            long_run("2026-12-20", 40),
            long_run("2026-12-27", 40),
            long_run("2027-01-03", 40),
            long_run("2027-01-10", 40),
            long_run("2027-01-17", 40),
            long_run("2027-01-24", 40),
        ],
        today="2027-01-26",
        weeks="40 baseline, 40 40 40 40 40 40 40 40 unknown-morning",
        strength="1 1 2 2 3 3 3 3 3",
        is_partial=True,
    ),
]


def in_words(weeks):
    """Return weeks as the lives have them."""
    words = []
    for rule, same in groupby(weeks, key=rule_of):
        minutes = [str(week.long_run.minutes) if week.long_run else "-" for week in same]
        words.append(" ".join([*minutes, rule] if rule else minutes))
    return ", ".join(words)


def rule_of(week):
    """Return the rule that set the long run of a week, or paused it."""
    set_by = week.long_run or week.pause
    return set_by.decision.rule if set_by else ""


@pytest.mark.parametrize("life", LIVES, ids=lambda life: life.name)
def test_a_life_goes_as_worked_out_by_hand(life):
    usual = {"baseline_min": 40, "target_min": 60, "start": "2026-11-30"}
    asked = usual | {"timezone": "Europe/Berlin"} | life.asked
    asked["policy"] = CAUTIOUS if "policy" in asked else FIVE_MINUTES
    plan = build(Rebuild(**asked), Log(life.entries), life.today)
    planned = [word for word in life.weeks.replace(",", "").split() if word[0] in "-0123456789"]
    shown = plan.weeks[: len(planned)] if life.paused or life.is_partial else plan.weeks
    assert in_words(shown) == life.weeks
    counts = life.strength.split()
    assert [str(len(week.strength)) for week in plan.weeks[: len(counts)]] == counts
    if not life.is_partial:
        assert (plan.finish and plan.finish.isoformat()) == life.finish
    assert (plan.pause and plan.pause.decision.rule) == life.paused
    assert (plan.pause and plan.pause.resume_min) == life.resume_min
    assert {finding.code for finding in plan.findings} & CODES == set(life.findings)
