"""
Every sentence that the library can say, read as a careful runner would.

runplan plans training. It promises nothing, concludes nothing from pain, and counts "1 minute".
"""

import ast
import datetime as dt
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

import runplan
from runplan import (
    CAUTIOUS,
    EXERCISES,
    FIVE_MINUTES,
    Away,
    CalendarOptions,
    Dose,
    Exercise,
    Plan,
    Policy,
    Rebuild,
    Rule,
    RunplanError,
    Situation,
    Slot,
    Strength,
    Verdict,
    build,
    load_rebuild,
    save_ics,
    to_ics,
)
from runplan.export.wording import description, title
from runplan.plan import NO_ADVICE
from runplan.rules.progression import BigStep, Cutback
from runplan.rules.strength import ramp_decision

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
ONE_OF_MANY = re.compile(rf"(?<![\d.,–-])\b1 (clean |strength |more )?{NOUNS}s\b")
MORE_ARE = re.compile(r"\b1 minute more are\b")
MANY_OF_ONE = re.compile(rf"(?<![\d.,–-])\b(0|[2-9]|\d\d+) (clean |strength |more )?{NOUNS}\b(?!-)")
ORDINAL = re.compile(r"\b\d*((?<!1)1(?!st)|(?<!1)2(?!nd)|(?<!1)3(?!rd))(st|nd|rd|th)\b")


def check(text: str) -> None:
    """Hold a text against everything that no text may say."""
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
    """Hold one sentence or more against what sentences are."""
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
        ("Over 11 minutes.", False),
        ("Every 3th week.", True),
        ("Every 13th week and every 22nd.", False),
        ("Every 4th week.", False),
        ("In 1 hours.", True),
        ("Two  spaces.", True),
        ("A healthy back in 30-minute runs.", False),
    ],
)
def test_the_reader_notices_what_must_not_be_said(text: str, bad: bool) -> None:
    """What no sentence may say is found, and what may be said is not."""
    if bad:
        with pytest.raises(AssertionError):
            check_sentence(text)
    else:
        check_sentence(text)


# --- rules -----------------------------------------------------------------------------------

PRESETS = (FIVE_MINUTES, CAUTIOUS)


def steps(step_min: int, every_weeks: int, clean_runs: int) -> Policy:
    """Return a careful policy of somebody's own, made of the rules that there are."""
    own = {
        "cutback": Cutback(every_weeks=every_weeks, due=CAUTIOUS.rules[-1:]),
        "too-big-step": BigStep(over_pct=130, clean_runs=clean_runs, shrinks=True),
        "big-step": BigStep(over_pct=110, clean_runs=clean_runs),
    }
    rules = [
        evolve(rule, decide=own[rule.name]) if rule.name in own else rule for rule in CAUTIOUS.rules
    ]
    return Policy(name="own", rules=rules, step_min=step_min)


OWN = st.builds(steps, st.integers(1, 30), st.integers(2, 52), st.integers(1, 10))


@st.composite
def situations(draw: st.DrawFn, step_min: int) -> Situation:
    """Draw anything that can have happened before a week."""
    baseline = draw(st.integers(10, 360))
    target = draw(st.integers(baseline, 360))
    level = draw(st.integers(10, target))
    return Situation(
        week=draw(st.integers(1, 60)),
        level_min=level,
        baseline_min=baseline,
        target_min=target,
        step_min=step_min,
        held_first_month=draw(st.booleans()),
        missed=draw(st.booleans()),
        days_since_run=draw(st.integers(1, 400)),
        longest_min=draw(st.just(level) | st.integers(0, 360)),
        clean_in_row=draw(st.integers(0, 3)),
        last_action=draw(st.sampled_from(["", "step", "cut back", "repeat"])),
    )


@settings(max_examples=400, deadline=None)
@given(st.data(), st.sampled_from(PRESETS) | OWN)
def test_every_reason_is_a_plain_sentence(data: st.DataObject, policy: Policy) -> None:
    """Whatever happened and whichever rule decides, also with numbers of somebody's own."""
    now = data.draw(situations(policy.step_min))
    verdict, decision = policy.decide(now)
    check_sentence(decision.why)
    check(decision.action)
    assert f"{verdict.minutes} min" in decision.why


@pytest.mark.parametrize(
    ("decide", "step_min", "clean_in_row"),
    [
        (Cutback(every_weeks=2, due=CAUTIOUS.rules[-1:]), 5, 2),
        (Cutback(every_weeks=3, due=CAUTIOUS.rules[-1:]), 5, 2),
        (BigStep(over_pct=110, clean_runs=2), 1, 0),
        (BigStep(over_pct=110, clean_runs=1), 5, 0),
        (BigStep(over_pct=110, clean_runs=1, shrinks=True), 1, 2),
    ],
    ids=["every 2nd", "every 3rd", "1 minute", "1 run", "1 minute would"],
)
def test_numbers_of_somebodys_own_are_counted_right(
    decide: Callable, step_min: int, clean_in_row: int
) -> None:
    """Every second or third week, one minute more, one run to wait for."""
    now = Situation(
        week=6,
        level_min=20,
        baseline_min=20,
        target_min=60,
        step_min=step_min,
        held_first_month=False,
        missed=False,
        days_since_run=7,
        longest_min=10,
        clean_in_row=clean_in_row,
        last_action="step",
    )
    check_sentence(decide(now).why)


def test_every_rule_of_the_presets_has_its_say() -> None:
    """The law above would be hollow for a rule that no situation reaches."""
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
    assert seen - {"ramp"} == {rule.name for policy in PRESETS for rule in policy.rules}


@pytest.mark.parametrize("policy", PRESETS, ids=lambda policy: policy.name)
def test_the_tables_of_rules_promise_nothing(policy: Policy) -> None:
    """Each row says when, what, whose and how well founded."""
    check(policy.name)
    for row in policy.rows():
        for text in row.values():
            check(text)
            assert not text.endswith(".")


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 5), st.integers(1, 3)), max_size=3),
    st.integers(1, 3),
    st.integers(1, 20),
)
def test_every_reason_for_strength_is_a_plain_sentence(
    phases: list[tuple[int, int]], last: int, week: int
) -> None:
    """Also where there is one session, or one week."""
    ramp = Strength(ramp=[*phases, (None, last)]).ramp
    decision = ramp_decision(ramp, week)
    check_sentence(decision.why)
    check(decision.source)


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
    """Hold everything that a plan says against the rules of wording."""
    for finding in plan.findings:
        check_sentence(finding.message)
        check(finding.source)
        assert finding.level in {"note", "warning"}
    for session in plan.sessions:
        check_sentence(session.decision.why)
        check(session.decision.source)
        check(title(session))
        check(title(session, emoji=True))
        paragraphs = description(session).split("\n\n")
        assert paragraphs[-1] == NO_ADVICE
        for line in description(session).replace("\n\n", "\n").split("\n"):
            check(line)
        for paragraph in paragraphs:
            assert paragraph[-1] in ".)", paragraph


@settings(max_examples=60, deadline=None)
@given(plans())
def test_everything_that_a_plan_says_is_said_plainly(plan: Plan) -> None:
    """Findings, titles, descriptions and reasons, and the no-advice line in each event."""
    check_plan(plan)


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"baseline_min": 10, "first_month": "extend"}, {"step-over-110", "step-over-130"}),
        (
            {"away": [Away(first="2026-12-14", last="2027-02-07")]},
            {"find-baseline", "long-run-left-out"},
        ),
        ({"away": [Away(first="2026-11-30", last="2037-01-01")]}, {"unfinished"}),
        ({"away": [Away(first="2026-12-14", last="2026-12-20")]}, {"long-run-left-out"}),
        (
            {"strength": Strength(days=["sat", "sun", "mon"], ramp=[(None, 3)], at="18:00")},
            {"strength-close", "strength-on-long-run-day", "strength-before-long-run"},
        ),
    ],
)
def test_every_finding_is_plain(changes: dict, codes: set[str]) -> None:
    """Each kind of finding there is, said at least once."""
    usual = {"baseline_min": 40, "target_min": 60, "start": "2026-11-30", "timezone": "UTC"}
    plan = build(Rebuild(**usual | changes))
    assert codes | {"not-assessed"} <= {finding.code for finding in plan.findings}
    check_plan(plan)


def test_a_table_of_rules_says_the_step_that_its_policy_takes() -> None:
    """Whoever takes steps of seven minutes reads seven in the table."""
    rows = evolve(FIVE_MINUTES, step_min=7).rows()
    assert "5 minutes" not in rows[-1]["then"]


def test_the_no_advice_line_sends_people_to_those_who_can_advise() -> None:
    """It says what this is not, and whom to see."""
    check_sentence(NO_ADVICE)
    for word in ("no medical advice", "no diagnosis", "doctor", "physiotherapist"):
        assert word in NO_ADVICE


def test_exercises_are_told_in_short_sentences() -> None:
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
    """Return a rule of somebody's own."""
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
    """The search above would be hollow if it found none."""
    found = [text for path in SOURCES for text in texts_in(path)]
    assert any("Find your baseline again" in text for text in found)
    assert len(found) > 500
