"""
Every sentence that the library can write, read as a careful runner would.

runplan plans training. It promises nothing, concludes nothing from pain, and counts "1 minute".
"""

import ast
import datetime as dt
import re
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from support.effort import examples
from support.log_strategies import logs, todays
from support.strategies import rebuilds

import runplan
from runplan import (
    CAUTIOUS,
    EXERCISES,
    FIVE_MINUTES,
    NO_ADVICE,
    Away,
    CalendarOptions,
    Clearance,
    Complaint,
    Dose,
    Exercise,
    Log,
    MorningReport,
    Move,
    Outcome,
    Pause,
    Plan,
    Policy,
    Rebuild,
    RedFlag,
    Referral,
    Resumption,
    Rule,
    RunplanError,
    RunReport,
    Situation,
    Slot,
    Strength,
    StrengthReport,
    Verdict,
    build,
    load_rebuild,
    save_ics,
    to_ics,
)
from runplan._base.dates import to_day
from runplan.calendar.event_text import (
    description,
    pause_description,
    pause_title,
    question_description,
    question_title,
    title,
)
from runplan.planning.ramp import NO_STRENGTH, ramp_decision, week_after
from runplan.policy.pain_rules import (
    EARLY_PAIN,
    MILD_PAIN,
    EarlyPain,
    MildPain,
    ModeratePain,
    PainNextMorning,
)
from runplan.policy.pause_rules import NOT_HELPING, NotHelping, SeverePain
from runplan.policy.progression_rules import (
    BIG_STEP,
    CUT_SHORT,
    CUTBACK,
    TIRED,
    BigStep,
    Cutback,
)

SOURCES = sorted(Path(runplan.__file__).parent.rglob("*.py"))

# Promises, and words of a diagnosis. "no diagnosis" alone may be said.
FORBIDDEN = re.compile(
    r"""\b(prevent\w*|avoids?\ injur\w*|injury-free|safe|safer|safest|safely|safety|unsafe|
    guarantee\w*|cur(e|es|ed|ing)|heal(s|ed|ing)?|(?<!no\ )diagnos\w*|treat\w*|therapy|remed(y|ies)|
    protect(s|ed|ion)?|harmless|risk-free|proven|proves?|ensures?|assures?|certainly|always\ works|
    nothing\ to\ worry|means\ that\ your|is\ caused\ by|TODO|FIXME|XXX)\b""",
    re.IGNORECASE | re.VERBOSE,
)
NOUNS = r"(minute|session|week|day|run|set|time|report|hour|repetition|event|exercise|point|month)"
KINDS = r"((clean|strength|more|long|painful|different) )*"
ONE_OF_MANY = re.compile(rf"(?<![\d.,–-])\b1 {KINDS}{NOUNS}s\b")
MORE_ARE = re.compile(r"\b1 minute more are\b")
MANY_OF_ONE = re.compile(rf"(?<![\d.,–-])\b(0|[2-9]|\d\d+) {KINDS}{NOUNS}\b(?!-)")
ORDINAL = re.compile(r"\b\d*((?<!1)1(?!st)|(?<!1)2(?!nd)|(?<!1)3(?!rd))(st|nd|rd|th)\b")


def check(text: str) -> None:
    """Check a text against everything that no text may contain."""
    assert text
    assert not FORBIDDEN.search(text), text
    assert "  " not in text, text
    assert text == text.strip(), text
    assert not re.search(r" [.,;:?!]|\.\.(?!\.)|\bnan\b|\{|\}", text), text
    assert not ONE_OF_MANY.search(text), text
    assert not MORE_ARE.search(text), text
    assert not MANY_OF_ONE.search(text), text
    assert not ORDINAL.search(text), text


def check_sentence(text: str) -> None:
    """Check that a text is one plain sentence or more."""
    check(text)
    assert text.endswith("."), text
    assert not re.search(r"None|\(\)", text), text
    for sentence in re.split(r"(?<=[.?!]) ", text):
        assert re.match(r"[A-Z0-9]|runplan ", sentence), text
    assert text.isprintable(), text


@pytest.mark.parametrize(
    ("text", "bad"),
    [
        ("This prevents injury.", True),
        ("A safe step.", True),
        ("It is no diagnosis.", False),
        ("A diagnosis of your back.", True),
        ("Up 1 minutes.", True),
        ("Up 1 minute to 41 min.", False),
        ("Wait for 1 clean runs.", True),
        ("Wait for 2 clean run.", True),
        ("After 1 painful long runs.", True),
        ("After 3 painful long runs.", False),
        ("After 2 different report.", True),
        ("Over 11 minutes.", False),
        ("Every 3th week.", True),
        ("Every 13th week and every 22nd.", False),
        ("Every 4th week.", False),
        ("In 1 hours.", True),
        ("Two  spaces.", True),
        ("A healthy back in 30-minute runs.", False),
    ],
)
def test_the_reader_notices_what_must_not_be_written(text: str, bad: bool) -> None:
    """Forbidden wording is found, and nothing else is."""
    if bad:
        with pytest.raises(AssertionError):
            check_sentence(text)
    else:
        check_sentence(text)


# --- rules -----------------------------------------------------------------------------------

PRESETS = (FIVE_MINUTES, CAUTIOUS)


def steps(step_min: int, every_weeks: int, clean_runs: int) -> Policy:
    """Return a careful policy made of the existing rules with other numbers."""
    own = {
        "cutback": {"adjust": Cutback(every_weeks=every_weeks)},
        "too-big-step": {"decide": BigStep(over_pct=130, clean_runs=clean_runs, shrinks=True)},
        "big-step": {"decide": BigStep(over_pct=110, clean_runs=clean_runs)},
    }
    rules = [evolve(rule, **own.get(rule.name, {})) for rule in CAUTIOUS.rules]
    return Policy(name="own", rules=rules, step_min=step_min)


def zones(
    *, severe: int, moderate: int, morning: int, within_min: int, times: int, resets: int, days: int
) -> Policy:
    """Return a policy with other numbers for pain."""
    own = {
        "severe-pain": SeverePain(from_pain=severe),
        "not-helping": NotHelping(painful_runs=times, resets=resets, reset_days=days),
        "moderate-pain": ModeratePain(from_pain=moderate),
        "morning-after": PainNextMorning(from_pain=morning),
        "early-pain": EarlyPain(within_min=within_min),
        "mild-pain": MildPain(step_back_from=times),
        "tired": evolve(TIRED.decide, step_back_from=times),
        "cut-short": evolve(CUT_SHORT.decide, step_back_from=resets),
    }
    rules = [
        evolve(rule, decide=own[rule.name]) if rule.name in own else rule
        for rule in FIVE_MINUTES.rules
    ]
    return Policy(name="own", rules=rules)


TIMES, PAIN = st.integers(1, 20), st.integers(1, 10)
OWN = st.builds(steps, st.integers(1, 30), st.integers(2, 52), st.integers(1, 10)) | st.builds(
    zones,
    severe=PAIN,
    moderate=PAIN,
    morning=PAIN,
    within_min=st.integers(1, 60),
    times=TIMES,
    resets=TIMES,
    days=st.integers(1, 365),
)
BY = ("physiotherapist", "Dr. Ito", "my coach in Kyoto", "医者")
NOTES = ("", "windy", "New shoes, no pain in the feet", "felt fine; slept badly")


DAYS_OF_A_YEAR = st.dates(dt.date(2026, 11, 30), dt.date(2027, 11, 28))


@st.composite
def run_reports(draw: st.DrawFn, kind: str = "long") -> RunReport:
    """Draw the report of a run on any day of a year."""
    minutes = draw(st.integers(1, 400))
    pain = draw(st.sampled_from([0, 0, 1, 2, 3, 4, 5, 6, 10]))
    onset = st.none() | st.integers(0, 12) | st.integers(0, minutes)
    pain_from = draw(onset) if pain else None
    return RunReport(
        day=draw(DAYS_OF_A_YEAR),
        recorded_on="2027-11-30",
        minutes=minutes,
        pain=pain,
        pain_from=None if pain_from is None else min(minutes, pain_from),
        pain_next_morning=draw(st.sampled_from([None, 0, 0, 0, 1, 2, 3, 5, 6, 10])),
        fatigue=draw(st.sampled_from([0, 1, 6, 7, 10])),
        red_flags=draw(st.sampled_from([(), (), *((flag,) for flag in RedFlag)])),
        kind=kind,
        note=draw(st.sampled_from(NOTES)),
    )


def outcome_of(run: RunReport, planned_min: int) -> Outcome:
    """Return a planned long run with its report."""
    return Outcome(
        day=run.day,
        planned_min=planned_min,
        level_min=planned_min,
        minutes=run.minutes,
        pain=run.pain,
        pain_from=run.pain_from,
        pain_next_morning=run.pain_next_morning,
        fatigue=run.fatigue,
        red_flags=run.red_flags,
    )


@st.composite
def outcomes(draw: st.DrawFn) -> tuple[Outcome, ...]:
    """Draw long runs in a row: of any kind, and now and then many like the last."""
    runs = draw(st.lists(run_reports(), max_size=4))
    if runs:
        runs += [runs[-1]] * draw(st.sampled_from([0, 0, 1, 2, 9, 24]))
    planned = st.integers(10, 360)
    return tuple(
        outcome_of(run, draw(st.just(max(run.minutes, 10)) | planned))
        for run in sorted(runs, key=lambda run: run.day)
    )


COMPLAINTS = st.builds(
    Complaint,
    day=DAYS_OF_A_YEAR.map(to_day),
    session=st.sampled_from(["run", "strength"]),
    pain=st.sampled_from([0, 1, 3, 6, 10]),
    pain_next_morning=st.sampled_from([0, 0, 2, 4, 7]),
    red_flags=st.sampled_from([(), (), (), *((flag,) for flag in RedFlag)]),
)


@st.composite
def situations(draw: st.DrawFn, step_min: int) -> Situation:
    """Draw anything that can have happened before a week."""
    baseline = draw(st.integers(10, 360))
    target = draw(st.integers(baseline, 360))
    level = draw(st.integers(10, target))
    is_eased = draw(st.booleans())
    row = draw(outcomes())
    outcome = row[-1] if row and draw(st.booleans()) else None
    unknown = outcome is not None and outcome.pain_next_morning is None
    resumptions = st.builds(
        Resumption, minutes=st.integers(10, 360), by=st.sampled_from(BY), is_new=st.booleans()
    )
    return Situation(
        week=draw(st.integers(1, 60)),
        day=draw(DAYS_OF_A_YEAR.map(to_day)),
        base_min=draw(st.integers(10, level)) if is_eased else level,
        level_min=level,
        baseline_min=baseline,
        target_min=target,
        step_min=step_min,
        outcome=outcome,
        earlier=row[:-1] if outcome else row,
        between=tuple(draw(st.lists(COMPLAINTS, max_size=2))),
        was_missed=outcome is None and draw(st.booleans()),
        is_eased=is_eased,
        weeks_since=draw(st.integers(3, 60)) if is_eased else draw(st.integers(1, 2)),
        longest_min=draw(st.just(level) | st.integers(0, 360)),
        clean_in_row=draw(st.integers(0, 3)),
        last_action=draw(st.sampled_from(["", "step", "cut back", "repeat"])),
        first_month=draw(st.booleans()),
        is_baseline=draw(st.sampled_from([False, False, True])),
        awaits_morning=unknown and draw(st.booleans()),
        resumption=draw(st.none() | resumptions),
    )


def check_referral(refer: Referral | Pause) -> None:
    """Check that whom to see, and how soon, fit into the sentence around them."""
    for text in (refer.whom, refer.how_soon):
        check(text)
        assert not text.endswith(".")
    assert refer.whom.startswith(("a ", "an ", "the ")), refer.whom
    check_sentence(f"See {refer.whom}, {refer.how_soon}.")


@examples(16, 80)
@given(st.data(), st.sampled_from(PRESETS))
def test_every_reason_is_a_plain_sentence(data: st.DataObject, policy: Policy) -> None:
    """Whatever happened and whichever rule decides."""
    check_reason(policy, data.draw(situations(policy.step_min)))


@examples(16, 80)
@given(st.data(), OWN)
def test_every_reason_is_a_plain_sentence_with_other_numbers(
    data: st.DataObject, policy: Policy
) -> None:
    """Whatever happened and whichever rule decides, whatever its numbers are."""
    check_reason(policy, data.draw(situations(policy.step_min)))


def check_reason(policy: Policy, now: Situation) -> None:
    """Check the reason that a policy gives in a situation."""
    rule, verdict = policy.decide(now)
    decision = rule.decision(verdict)
    check_sentence(decision.why)
    check(decision.action)
    check(decision.source)
    if verdict.refer:
        check_referral(verdict.refer)
        assert decision.why.startswith("Paused: ")
    else:
        assert f"{verdict.minutes} min" in decision.why


def sunday(**how: object) -> Outcome:
    """Return how the long run of a Sunday went."""
    usual = {"day": "2027-01-03", "minutes": 20, "pain_next_morning": 0}
    return outcome_of(RunReport(**usual | {"recorded_on": "2027-01-04"} | how), 20)


HURT, TIRED_RUN = sunday(pain=3), sunday(fatigue=8)


@pytest.mark.parametrize(
    ("rule", "decide", "step_min", "clean_in_row", "row"),
    [
        (BIG_STEP, BigStep(over_pct=110, clean_runs=2), 1, 0, ()),
        (BIG_STEP, BigStep(over_pct=110, clean_runs=1), 5, 0, ()),
        (BIG_STEP, BigStep(over_pct=110, clean_runs=1, shrinks=True), 1, 2, ()),
        (NOT_HELPING, NotHelping(painful_runs=1), 5, 0, (HURT,)),
        (NOT_HELPING, NotHelping(painful_runs=2), 5, 0, (HURT, HURT)),
        (NOT_HELPING, NotHelping(painful_runs=9, resets=1), 5, 0, (HURT,)),
        (NOT_HELPING, NotHelping(painful_runs=9, resets=2, reset_days=1), 5, 0, (HURT, HURT)),
        (EARLY_PAIN, EarlyPain(within_min=1), 5, 0, (sunday(pain=1, pain_from=1),)),
        (MILD_PAIN, MildPain(step_back_from=1), 5, 0, (sunday(pain=1),)),
        (MILD_PAIN, MildPain(step_back_from=3), 5, 0, (sunday(pain=1),) * 3),
        (TIRED, evolve(TIRED.decide, step_back_from=1), 5, 0, (TIRED_RUN,)),
        (TIRED, TIRED.decide, 5, 0, (TIRED_RUN,) * 10),
        (TIRED, TIRED.decide, 5, 0, (TIRED_RUN,) * 11),
        (TIRED, TIRED.decide, 5, 0, (TIRED_RUN,) * 21),
        (TIRED, TIRED.decide, 5, 0, (TIRED_RUN,) * 22),
        (TIRED, TIRED.decide, 5, 0, (TIRED_RUN,) * 112),
    ],
    ids=[
        "1 minute",
        "1 run",
        "1 minute would",
        "1 painful run",
        "2 painful runs",
        "1 reset",
        "within 1 day",
        "first minute",
        "mild at once",
        "mild the 3rd time",
        "tired at once",
        "tired the 10th time",
        "tired the 11th time",
        "tired the 21st time",
        "tired the 22nd time",
        "tired the 112th time",
    ],
)
def test_other_numbers_are_counted_right(
    rule: Rule, decide: Callable, step_min: int, clean_in_row: int, row: tuple[Outcome, ...]
) -> None:
    """One minute more, one run to wait for, one painful run."""
    now = before_a_week(
        step_min=step_min,
        clean_in_row=clean_in_row,
        earlier=row[:-1],
        outcome=row[-1] if row else None,
    )
    check_sentence(rule.decision(decide(now)).why)


@pytest.mark.parametrize("every_weeks", [2, 3, 6])
def test_lighter_weeks_at_other_intervals_are_counted_right(every_weeks: int) -> None:
    """Every second or third week."""
    due = Verdict("step", 25, 25, "Up 5 minutes to 25 min.")
    verdict = Cutback(every_weeks=every_weeks)(before_a_week(), due)
    check_sentence(CUTBACK.decision(verdict).why)


def before_a_week(**known: object) -> Situation:
    """Return an ordinary situation, with some changes."""
    usual = {
        "week": 6,
        "day": to_day("2027-01-10"),
        "base_min": 20,
        "level_min": 20,
        "baseline_min": 20,
        "target_min": 60,
        "step_min": 5,
        "longest_min": 10,
        "last_action": "step",
    }
    return Situation(**usual | known)


@pytest.mark.parametrize("flag", RedFlag, ids=lambda flag: flag.value)
def test_every_red_flag_can_be_read_after_you_reported(flag: RedFlag) -> None:
    """What it is, in words, in a sentence about a day; none of them is a sentence of its own."""
    check(flag.words)
    assert not flag.words.endswith(".")
    check(flag.value)
    reported = Complaint(to_day("2027-01-03"), "run", red_flags=(flag,))
    rule, verdict = FIVE_MINUTES.decide(before_a_week(between=(reported,)))
    decision = rule.decision(verdict)
    check_sentence(decision.why)
    check_referral(verdict.refer)
    assert "on Sunday, 3 January" in decision.why


def test_every_rule_of_the_presets_decides_at_least_once() -> None:
    """The laws here would prove nothing about a rule that no situation reaches."""
    seen = set()
    for policy in PRESETS:
        for baseline, away in ((20, ()), (60, (("2026-12-01", "2027-01-15"),))):
            request = {
                "baseline_min": baseline,
                "target_min": baseline + 60,
                "start": "2026-11-30",
                "timezone": "UTC",
                "away": [Away(first=first, last=last) for first, last in away],
                "policy": policy,
            }
            seen |= {row["rule"] for row in build(Rebuild(**request)).rows()}
            for each in ("extend", "hold"):
                plan = build(Rebuild(**request | {"first_month": each, "baseline_min": 10}))
                seen |= {row["rule"] for row in plan.rows()}
    for entries, policy in product(DIARIES.values(), PRESETS):
        rebuild = evolve(request_of_a_runner(), policy=policy)
        plan = build(rebuild, Log(entries), today="2026-12-22")
        check_plan(plan)
        seen |= rules_in(plan)
    assert seen - {"ramp"} == {rule.name for policy in PRESETS for rule in policy.rules} | {
        "strength-pain"
    }


def rules_in(plan: Plan) -> set[str]:
    """Return the rules that decided something in a plan, those that paused it included."""
    pauses = {week.pause.decision.rule for week in plan.weeks if week.pause}
    return {row["rule"] for row in plan.rows()} | pauses


def request_of_a_runner() -> Rebuild:
    """Return the request that goes with the diaries."""
    return Rebuild(
        baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC", first_month="extend"
    )


def run_of_week(week: int, **how: object) -> RunReport:
    """Return the report of a long run on a Sunday, known with its next morning."""
    day = dt.date(2026, 11, 29) + dt.timedelta(weeks=week)
    usual = {"day": day, "minutes": 40, "pain_next_morning": 0}
    return RunReport(**usual | {"recorded_on": day + dt.timedelta(days=1)} | how)


MILD = {"pain": 1, "pain_from": 30}
DIARIES = {
    "flagged": [run_of_week(1, red_flags=["fever", "chest-pain"])],
    "severe": [run_of_week(1, pain=7, note="ouch")],
    "severe morning": [run_of_week(1, pain_next_morning=6)],
    "not helping": [run_of_week(week, **MILD) for week in (1, 2, 3)],
    "two resets": [run_of_week(week, pain=3) for week in (1, 2)],
    "too short": [run_of_week(1, pain=3, pain_from=5)],
    "reset": [run_of_week(1, pain=3, pain_from=35)],
    "stiff": [run_of_week(1, pain_next_morning=3)],
    "early": [run_of_week(1, pain=1, pain_from=5)],
    "mild": [run_of_week(1, **MILD), run_of_week(2, **MILD)],
    "sore": [run_of_week(1, pain_next_morning=1)],
    "other": [run_of_week(1), run_of_week(1, day="2026-12-02", kind="other", pain=8)],
    "between": [
        run_of_week(1),
        run_of_week(2, day="2026-12-09", kind="other", pain=4, recorded_on="2026-12-10"),
    ],
    "mild between": [
        run_of_week(1),
        run_of_week(2, day="2026-12-09", kind="other", pain=2, recorded_on="2026-12-10"),
    ],
    "tired": [run_of_week(1, fatigue=7), run_of_week(2, fatigue=9)],
    "short": [run_of_week(1, minutes=20), run_of_week(2, minutes=20)],
    "mute": [run_of_week(1, pain_next_morning=None), run_of_week(2, pain_next_morning=None)],
    "cleared": [
        run_of_week(1, pain=7),
        Clearance(day="2026-12-09", by="physiotherapist", baseline_min=30),
        Clearance(day="2026-12-01", by="coach", note="too early"),
    ],
    "twice": [run_of_week(1), run_of_week(1, pain=2), run_of_week(3), run_of_week(3, minutes=38)],
    "strong": [
        StrengthReport(day="2026-12-02", pain=6, note="push-ups"),
        StrengthReport(day="2026-12-09", pain=3, pain_next_morning=2),
        StrengthReport(day="2026-12-16", pain_next_morning=4, recorded_on="2026-12-17"),
    ],
    "sore in strength": [StrengthReport(day="2026-12-02", pain=3)],
    "skipped": [
        StrengthReport(day="2026-12-02", skipped=True),
        StrengthReport(day="2026-12-10", skipped=True, note="Too tired."),
        StrengthReport(day="2026-12-16", exercises=["Push-up"], reps={"Renegade row": [8, 7]}),
    ],
    "stiff after strength": [
        StrengthReport(day="2026-12-02", pain_next_morning=4, recorded_on="2026-12-03")
    ],
    "far over": [run_of_week(1, minutes=60)],
    "ahead": [run_of_week(1), run_of_week(9)],
    "days off": [
        run_of_week(1, day="2026-12-02"),
        run_of_week(2, day="2026-12-15", recorded_on="2026-12-16"),
    ],
    "before": [run_of_week(0, pain=2, pain_from=20)],
    "mornings": [MorningReport(day="2026-12-03", pain=2, recorded_on="2026-12-04")],
    "flagged late": [run_of_week(1), StrengthReport(day="2026-12-22", red_flags=["lump"])],
}


@pytest.mark.parametrize("entries", DIARIES.values(), ids=DIARIES)
def test_everything_a_runner_who_logs_can_read_is_plain(entries: list) -> None:
    """On the days around each report, with what was known then."""
    for days in (2, 3, 6, 7, 8, 9, 13, 14, 15, 20, 21, 22, 34):
        today = dt.date(2026, 11, 30) + dt.timedelta(days=days)
        check_plan(build(request_of_a_runner(), Log(entries), today=today))


def test_a_past_strength_session_says_done_or_skipped_only_where_it_was_reported() -> None:
    """With its exercises; silence is not mentioned."""
    plan = build(request(), Log(DIARIES["skipped"]), today="2026-12-20")
    shown = [
        (
            title(each, plan.mark(each)).partition(" min")[2],
            description(each, plan.mark(each), week.report_of(each)).split("\n\n")[0],
        )
        for week in plan.weeks[:3]
        for each in week.strength
    ]
    assert [text for text, _ in shown] == [" · skipped", " · skipped", " · done", ""]
    assert [text.partition(" (ramp")[0] for _, text in shown[:3]] == [
        "Reported: strength session, skipped.",
        "Reported on Thursday: strength session, skipped, Too tired.",
        "Done: strength session, no pain, Push-up, Renegade row 8 + 7 reps.",
    ]
    assert shown[3][1].startswith("Planned: ")


@pytest.mark.parametrize("policy", PRESETS, ids=lambda policy: policy.name)
def test_the_tables_of_rules_promise_nothing(policy: Policy) -> None:
    """Each row says when, what, whose and how well founded."""
    check(policy.name)
    for row in policy.rows():
        for text in row.values():
            check(text)
            assert not text.endswith(".")


@examples(16, 80)
@given(
    st.lists(st.tuples(st.integers(1, 5), st.integers(0, 3)), max_size=3),
    st.integers(0, 3),
    st.lists(st.tuples(st.integers(0, 10), st.integers(0, 10), st.booleans()), max_size=12),
)
def test_every_reason_for_strength_is_a_plain_sentence(
    phases: list[tuple[int, int]], last: int, weeks: list[tuple[int, int, bool]]
) -> None:
    """Also where there is one session, or one week, after pain and in a pause."""
    ramp = Strength(ramp=[*phases, (None, last)]).ramp
    week = week_after(NO_STRENGTH, ramp)
    for number, (pain, next_morning, paused) in enumerate([*weeks, (0, 0, False)], 1):
        if week.sessions:
            decision = ramp_decision(ramp, week, number)
            check_sentence(decision.why)
            check(decision.source)
            check(decision.action)
        week = week_after(week, ramp, pain=pain, next_morning=next_morning, paused=paused)


# --- reports ---------------------------------------------------------------------------------


def check_report(text: str) -> None:
    """Check that the text of a report fits into a sentence."""
    check(text)
    assert not text.endswith((".", ",")), text
    assert text.isprintable()
    assert not re.search(r"None|\(\)", text), text
    # It is used within sentences: "Done: long run of 40 min, no pain."
    check_sentence(f"Done: {text}.")


@examples(16, 80)
@given(run_reports() | run_reports(kind="other"))
def test_every_report_of_a_run_reads_plainly(report: RunReport) -> None:
    """Minutes, pain and when it began, the morning, fatigue, flags and a note."""
    check_report(str(report))
    assert f"{report.minutes} min" in str(report)
    assert report.note in str(report)
    assert all(flag.words in str(report) for flag in report.red_flags)


@st.composite
def other_reports(draw: st.DrawFn) -> MorningReport | StrengthReport | Clearance:
    """Draw the report of a morning or a strength session, or a clearance."""
    known = {"day": "2027-01-03", "recorded_on": "2027-01-04", "note": draw(st.sampled_from(NOTES))}
    pain, flags = draw(st.integers(0, 10)), draw(st.lists(st.sampled_from(RedFlag), max_size=2))
    morning = draw(st.none() | st.integers(0, 10))
    by, baseline = draw(st.sampled_from(BY)), draw(st.none() | st.integers(10, 360))
    reports = (
        MorningReport(pain=pain, red_flags=flags, **known),
        StrengthReport(pain=pain, pain_next_morning=morning, red_flags=flags, **known),
        Clearance(by=by, baseline_min=baseline, **known),
    )
    return draw(st.sampled_from(reports))


@examples(16, 80)
@given(other_reports())
def test_every_other_report_reads_plainly(
    report: MorningReport | StrengthReport | Clearance,
) -> None:
    """A morning, a strength session, a clearance."""
    check_report(str(report))
    assert report.note in str(report)


NOTED = {
    "one report": [run_of_week(1, note="It hurt.")],
    "two reports": [run_of_week(1), run_of_week(1, pain=2, note="It hurt.")],
    "strength": [StrengthReport(day="2026-12-02", note="Wide feet.")],
    "a clearance": [
        run_of_week(1, pain=7),
        Clearance(day="2026-12-09", by="Kim, M. Sc.", baseline_min=30),
    ],
}


@pytest.mark.parametrize("entries", NOTED.values(), ids=NOTED)
def test_a_note_that_is_a_sentence_gets_no_second_full_stop(entries: list) -> None:
    """People end their notes as they like, and so do titles behind names."""
    check_plan(build(request_of_a_runner(), Log(entries), today="2026-12-15"))


# --- plans -----------------------------------------------------------------------------------

DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Draw a plan of any kind, steep, long, interrupted or without a way to its target."""
    start = dt.date(2026, 11, 30)
    first = draw(st.integers(0, 80))
    length = draw(st.integers(0, 60))
    days = draw(st.lists(st.sampled_from(DAYS), min_size=3, max_size=7, unique=True))
    away = Away(
        first=(start + dt.timedelta(days=first)).isoformat(),
        last=(start + dt.timedelta(days=first + length)).isoformat(),
    )
    baseline = draw(st.integers(10, 90))
    return build(
        Rebuild(
            baseline_min=baseline,
            target_min=baseline + draw(st.integers(0, 60)),
            start=start,
            timezone="Europe/Berlin",
            long_run=Slot(draw(st.sampled_from(DAYS)), "09:00"),
            strength=draw(
                st.sampled_from([None, Strength(), Strength(days=days, ramp=[(None, 3)])])
            ),
            first_month=draw(st.sampled_from(["hold", "extend"])),
            policy=draw(st.sampled_from(PRESETS)),
            away=draw(st.sampled_from([(), (away,)])),
            assessed_on=draw(st.sampled_from([None, "2026-11-12"])),
        )
    )


def check_plan(plan: Plan) -> None:
    """Check all texts of a plan against the rules of wording."""
    for finding in plan.findings:
        check_sentence(finding.message)
        check(finding.source)
        assert finding.level in {"note", "warning"}
    for week in plan.weeks:
        for session in week.sessions:
            mark, report = plan.mark(session), week.report_of(session)
            check_sentence(session.decision.why)
            check(session.decision.source)
            check(title(session, mark))
            check(title(session, mark, emoji=True))
            check_description(description(session, mark, report))
            check_description(question_description(session.day))
            if report:
                check(str(report))
        if week.pause:
            check_sentence(week.pause.why)
            check_referral(week.pause)
            check(pause_title(week.pause))
            check_description(pause_description(week.pause))


def check_description(text: str) -> None:
    """Check the description of an event against the rules of wording."""
    paragraphs = text.split("\n\n")
    assert paragraphs[-1] == NO_ADVICE
    for line in text.replace("\n\n", "\n").split("\n"):
        check(line)
    for paragraph in paragraphs:
        assert paragraph[-1] in ".)", paragraph


@examples(12, 60)
@given(plans())
def test_everything_in_a_plan_reads_plainly(plan: Plan) -> None:
    """Findings, titles, descriptions and reasons, and the no-advice line in each event."""
    check_plan(plan)


@examples(16, 80)
@given(st.data(), rebuilds())
def test_everything_about_what_happened_reads_plainly(
    data: st.DataObject, rebuild: Rebuild
) -> None:
    """For any request and any log, as of any day: what was intended, done, and lies ahead."""
    log = data.draw(logs(rebuild))
    for entry in log:
        check_report(str(entry))
    check_plan(build(rebuild, log, today=data.draw(todays(rebuild, log))))


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"baseline_min": 10, "first_month": "extend"}, {"step-over-110", "step-over-130"}),
        (
            {"away": [Away(first="2026-12-14", last="2027-02-07")]},
            {"find-baseline", "long-run-left-out"},
        ),
        ({"away": [Away(first="2026-11-30", last="2036-11-16")]}, {"unfinished"}),
        ({"away": [Away(first="2026-12-14", last="2026-12-20")]}, {"long-run-left-out"}),
        (
            {"strength": Strength(days=["sat", "sun", "mon"], ramp=[(None, 3)], at="18:00")},
            {"strength-close", "strength-on-long-run-day", "strength-before-long-run"},
        ),
    ],
)
def test_every_finding_is_plain(changes: dict, codes: set[str]) -> None:
    """Each kind of finding, at least once."""
    usual = {"baseline_min": 40, "target_min": 60, "start": "2026-11-30", "timezone": "UTC"}
    plan = build(Rebuild(**usual | changes))
    assert codes | {"not-assessed"} <= {finding.code for finding in plan.findings}
    check_plan(plan)


@pytest.mark.parametrize(
    ("diary", "today", "code"),
    [
        ("flagged", "2026-12-22", "paused"),
        ("severe", "2026-12-22", "paused"),
        ("too short", "2026-12-22", "paused"),
        ("not helping", "2026-12-22", "paused"),
        ("twice", "2026-12-22", "two-reports"),
        ("mornings", "2026-12-22", "morning-without-run"),
        ("cleared", "2026-12-22", "clearance-without-pause"),
        ("far over", "2026-12-22", "far-over-plan"),
        ("ahead", "2026-12-22", "not-yet"),
        ("days off", "2026-12-22", "report-week"),
        ("before", "2026-11-30", "pain-before-start"),
    ],
)
def test_every_finding_about_what_happened_is_plain(diary: str, today: str, code: str) -> None:
    """Each kind of finding that reports bring about, at least once."""
    plan = build(request_of_a_runner(), Log(DIARIES[diary]), today=today)
    assert code in {finding.code for finding in plan.findings}
    check_plan(plan)


def test_a_red_flag_after_the_target_is_reported_in_plain_words() -> None:
    """The target has been run, and the plan pauses all the same."""
    entries = [run_of_week(1), StrengthReport(day="2026-12-07", red_flags=["lump"])]
    rebuild = evolve(request_of_a_runner(), target_min=40)
    plan = build(rebuild, Log(entries), today="2026-12-08")
    assert plan.status == "paused"
    assert "paused" in {finding.code for finding in plan.findings}
    check_plan(plan)


def test_mild_pain_after_the_target_is_reported_in_plain_words() -> None:
    """The plan is over, and a finding says how to go on."""
    entries = [run_of_week(1), run_of_week(2, pain=2, pain_from=30)]
    rebuild = evolve(request_of_a_runner(), target_min=40)
    plan = build(rebuild, Log(entries), today="2026-12-15")
    assert "pain-after-target" in {finding.code for finding in plan.findings}
    check_plan(plan)


@pytest.mark.parametrize(
    ("diary", "why"),
    [
        ("between", "Back to 35 min: pain of 4 of 10 in Wednesday's run."),
        ("mild between", "Held at 40 min: pain of 2 of 10 in Wednesday's run."),
    ],
)
def test_pain_between_two_long_runs_is_the_reason_for_the_next_one(diary: str, why: str) -> None:
    """The sentence names the run that hurt, and the description has it."""
    plan = build(request_of_a_runner(), Log(DIARIES[diary]), today="2026-12-10")
    run = plan.weeks[1].long_run
    assert run.decision.why == why
    assert f"\n\nWhy (week 2): {why} (" in description(run)
    check_plan(plan)


def test_a_missed_run_says_that_a_late_report_still_counts() -> None:
    """Until the third day after it the run is only not reported; the past is over after that."""
    plan = build(request_of_a_runner(), today="2026-12-09")
    run = plan.weeks[0].long_run
    text = description(run, plan.mark(run))
    assert text.startswith("Not reported. If it was done, report it.\n\nWhy (week 1): ")
    assert '\n\nAfterwards: runplan log "40 ok", or ' in text
    plan = build(request_of_a_runner(), today="2026-12-10")
    assert description(run, plan.mark(run)).startswith(
        "Not reported, so it counts as not run. A late report still counts for what lies ahead.\n\n"
    )


def test_a_phone_shows_first_what_to_do() -> None:
    """Three lines for a run; the doses and when to stop for strength; how to do it comes last."""
    week = build(request_of_a_runner()).weeks[0]
    run, strength = description(week.long_run), description(week.strength[0])
    assert run.splitlines()[:4] == [
        "Run for 40 minutes.",
        "That is the most for today: stop earlier if it hurts.",
        "On the run: shoulders low, head over the hips, hands loose.",
        "",
    ]
    doses = [str(each) for each in week.strength[0].prescriptions]
    assert strength.splitlines()[: len(doses) + 2] == [*doses, "Stop if it hurts.", ""]
    order = ["Why (week 1)", "Afterwards, if you like", "Easier first", "Good technique", NO_ADVICE]
    assert sorted(map(strength.index, order)) == [strength.index(each) for each in order]


def test_the_text_says_how_to_report_in_one_line() -> None:
    """With the minutes of that run; the page for reports is named if there is one."""
    week = build(request_of_a_runner()).weeks[0]
    run, strength = description(week.long_run), description(week.strength[0])
    assert 'runplan log "40 ok", or "40 2@35" for pain of 2 from minute 35;' in run
    assert 'runplan log "morning 0"' in run
    assert 'runplan log "strength 0"' in strength
    assert "Or here" not in run + strength
    url = "https://example.org/anna"
    for session in week.sessions:
        assert f"\nOr here: {url}\n\n" in description(session, answer_url=url)


def test_the_question_of_the_morning_asks_answers_and_says_why() -> None:
    """The number first, then how to give it."""
    text = question_description(to_day("2026-12-06"), "https://example.org/anna")
    assert text.split("\n\n")[0].splitlines() == [
        "How does the upper back feel this morning, from 0 (no pain) to 10?",
        'Answer with your number: runplan log "morning 0".',
        "Or here: https://example.org/anna",
    ]
    assert "Sunday's run" in text
    check(question_title())


def test_a_past_strength_session_says_what_was_planned_and_how_it_went() -> None:
    """Without how to do it, and without a reminder."""
    session = build(request_of_a_runner()).weeks[0].strength[0]
    silent = description(session, "not reported")
    assert silent.startswith("Planned: Renegade row: 2 × 6–8 a side, RPE 5–6; Lunge-position")
    told = description(session, "done", StrengthReport(day=session.day, pain=1))
    assert told == f"Done: strength session, pain 1 of 10.\n\n{silent}"


def test_a_session_moved_by_the_runner_says_only_from_which_day() -> None:
    """Nobody was away."""
    move = Move(day="2026-12-06", to="2026-12-05", recorded_on="2026-12-01")
    run = build(request_of_a_runner(), Log([move]), today="2026-12-01").weeks[0].long_run
    assert run.day == to_day("2026-12-05")
    assert ")\nMoved from Sunday.\n\n" in description(run)


def test_the_note_of_a_pause_begins_with_whom_to_see() -> None:
    """In an emergency that is whom to call."""
    flagged = Log([run_of_week(1, red_flags=["chest-pain"])])
    plan = build(request_of_a_runner(), flagged, today="2026-12-07")
    assert pause_description(plan.pause).startswith(
        "See an emergency doctor now: call the emergency services.\n\nPaused: you reported chest "
        "pain on Sunday, 6 December. Strength is paused too.\n\n"
    )


def test_a_table_of_rules_says_the_step_that_its_policy_takes() -> None:
    """A runner with steps of seven minutes reads seven in the table."""
    rows = evolve(FIVE_MINUTES, step_min=7).rows()
    assert "5 minutes" not in rows[-1]["then"]


def test_the_no_advice_line_sends_people_to_those_who_can_advise() -> None:
    """It says what this is not, and whom to see."""
    check_sentence(NO_ADVICE)
    for word in ("no medical advice", "no diagnosis", "doctor", "physiotherapist"):
        assert word in NO_ADVICE


def test_exercises_are_explained_in_short_sentences() -> None:
    """Three to five cues, each one sentence."""
    for exercise in EXERCISES:
        assert 3 <= len(exercise.cues) <= 5
        for cue in exercise.cues:
            check_sentence(cue)
            assert len(cue) <= 100
        for text in (exercise.name, exercise.easier, exercise.needs, *exercise.works):
            check(text)
            assert not text.endswith(".")
        for dose in (exercise.first_month, exercise.after):
            check(str(dose))


# --- errors ----------------------------------------------------------------------------------


def request(**changes) -> Rebuild:
    """Return the usual request."""
    usual = {"baseline_min": 40, "target_min": 60, "start": "2026-11-30", "timezone": "UTC"}
    return Rebuild(**usual | changes)


def rule(**changes) -> Rule:
    """Return a rule that is not one of ours."""
    usual = {"name": "own", "when": "never", "then": "nothing", "source": "me"}
    return Rule(**usual | {"evidence": "house", "decide": lambda _: None} | changes)


def exercise(**changes) -> Exercise:
    """Return the first exercise with changes."""
    return evolve(EXERCISES[0], **changes)


def published(**options) -> bytes:
    """Return the usual calendar."""
    return to_ics(build(request()), options=CalendarOptions(**options))


MISTAKES: list[Callable[[], object]] = [
    lambda: request(baseline_min=5),
    lambda: request(baseline_min="40"),
    lambda: request(target_min=30),
    lambda: request(target_min=361),
    lambda: request(start="tomorrow"),
    lambda: request(start=5),
    lambda: request(start="2026-02-30"),
    lambda: request(timezone="Berlin"),
    lambda: request(timezone="nowhere at all"),
    lambda: request(timezone=5),
    lambda: request(name=""),
    lambda: request(name="x" * 201),
    lambda: request(name=5),
    lambda: request(long_run="sunday"),
    lambda: request(long_run=Slot("sonntag", "09:00")),
    lambda: request(long_run=Slot("xyz", "09:00")),
    lambda: request(long_run=Slot(6, "09:00")),
    lambda: request(long_run=Slot("sunday", "9 am")),
    lambda: request(long_run=Slot("sunday", 9)),
    lambda: request(long_run=Slot("sunday", dt.time(9, tzinfo=dt.UTC))),
    lambda: request(strength=True),
    lambda: request(first_month="hodl"),
    lambda: request(first_month=5),
    lambda: request(policy="cautious"),
    lambda: request(away=5),
    lambda: request(away=[5]),
    lambda: request(away=[Away(first="2026-12-27", last="2026-12-24")]),
    lambda: request(away=[Away(first="2026-12-24", last="2026-12-27")] * 2),
    lambda: request(strength=Strength(days=["sun"], at="09:15", ramp=[(None, 1)])),
    lambda: Strength(days="monday"),
    lambda: Strength(days=["mon", "mon"]),
    lambda: Strength(days=["mon"]),
    lambda: Strength(ramp=5),
    lambda: Strength(ramp=[(2, 1)]),
    lambda: Strength(ramp=[(None, 8)]),
    lambda: Strength(exercises=[]),
    lambda: Strength(exercises=[5]),
    lambda: Dose(0, 8),
    lambda: Dose(1, (8, 9, 10)),
    lambda: Dose(1, "8"),
    lambda: Dose(1, (10, 8)),
    lambda: exercise(name=""),
    lambda: exercise(cues="one"),
    lambda: exercise(after=5),
    lambda: rule(evidence="strongest"),
    lambda: rule(decide=5),
    lambda: rule(decide=None),
    lambda: rule(adjust=5),
    lambda: rule(adjust=lambda _, due: due),
    lambda: build(request(policy=Policy(name="own", rules=[rule(decide=lambda _: 5)]))),
    lambda: SeverePain(from_pain=11),
    lambda: NotHelping(painful_runs=0),
    lambda: EarlyPain(within_min=0.5),
    lambda: Verdict("pause", 10, 10, "Paused.", "a doctor"),
    lambda: Referral(since=to_day("2026-12-06"), whom="", how_soon="now"),
    lambda: build(request(), Log()),
    lambda: build(request(), [run_of_week(1)], today="2026-12-07"),
    lambda: Log(5),
    lambda: Log([5]),
    lambda: Log(run_of_week(1)),
    lambda: run_of_week(1, minutes=0),
    lambda: run_of_week(1, minutes="40"),
    lambda: run_of_week(1, pain=11),
    lambda: run_of_week(1, pain=2.5),
    lambda: run_of_week(1, pain_from=5),
    lambda: run_of_week(1, pain=1, pain_from=41),
    lambda: run_of_week(1, pain=1, pain_from=True),
    lambda: run_of_week(1, pain_next_morning=-1),
    lambda: run_of_week(1, fatigue="tired"),
    lambda: run_of_week(1, red_flags="fever"),
    lambda: run_of_week(1, red_flags=["feever"]),
    lambda: run_of_week(1, red_flags=["xyz"]),
    lambda: run_of_week(1, red_flags=[5]),
    lambda: run_of_week(1, kind="short"),
    lambda: run_of_week(1, note=5),
    lambda: run_of_week(1, note="x" * 1001),
    lambda: run_of_week(1, recorded_on="2026-12-05"),
    lambda: run_of_week(1, day="tomorrow"),
    lambda: MorningReport(day="2026-12-06", pain=11),
    lambda: StrengthReport(day="2026-12-06", pain=None),
    lambda: Clearance(day="2026-12-06", by=""),
    lambda: Clearance(day="2026-12-06", by="coach", baseline_min=9),
    lambda: Policy(name="own", rules=[]),
    lambda: Policy(name="own", rules=[rule(), rule()]),
    lambda: build(request(policy=Policy(name="own", rules=[rule()]))),
    lambda: Verdict("step", 0, 0, "None."),
    lambda: CalendarOptions(colour="seegreen"),
    lambda: CalendarOptions(colour=5),
    lambda: CalendarOptions(alarm_min=-1),
    lambda: CalendarOptions(busy=1),
    lambda: CalendarOptions(calendar_name=""),
    lambda: to_ics(5),
    lambda: to_ics(build(request()), previous="x"),
    lambda: to_ics(build(request()), previous=b"x"),
    lambda: to_ics(build(request()), previous=published()[:-9]),
    lambda: to_ics(build(request()), previous=published(busy=True)),
    lambda: to_ics(build(request()), previous=published().replace(b"SEQUENCE:0", b"SEQUENCE:x")),
    lambda: to_ics(build(request()), revised_at="now"),
    lambda: to_ics(build(request()), revised_at=5),
    lambda: save_ics(build(request()), Path(__file__) / "x"),
    lambda: load_rebuild(Path(__file__) / "x"),
]


@pytest.mark.parametrize("mistake", MISTAKES, ids=range(len(MISTAKES)))
def test_every_error_says_what_must_hold_and_what_to_do(mistake: Callable[[], object]) -> None:
    """Two clauses without a full stop, on one line with what was given."""
    with pytest.raises(RunplanError) as caught:
        mistake()
    error = caught.value
    for clause in (error.must, error.remedy):
        check(clause)
        assert not clause.endswith((".", ":", ",")), clause
        assert clause[0] == clause[0].lower() or "toml" in clause, clause
    assert str(error).isprintable()
    assert len(str(error)) < 400


# --- the source ------------------------------------------------------------------------------


def texts_in(path: Path) -> Iterator[str]:
    """Return every text in a module that is no docstring."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in docstrings:
            yield from [node.value] if isinstance(node.value, str) else []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_no_text_in_the_library_promises_anything(path: Path) -> None:
    """Also those that no test here provokes: every text of every module."""
    for text in texts_in(path):
        assert not FORBIDDEN.search(text), text
        assert not re.search(r"[a-z.,;:]  +[A-Za-z]", text), text


def test_the_texts_of_the_library_are_found() -> None:
    """The search above would prove nothing if it found none."""
    found = [text for path in SOURCES for text in texts_in(path)]
    assert any("Good technique comes first" in text for text in found)
    assert len(found) > 500
