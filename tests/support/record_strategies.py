"""Entries, changes and policies of every legal kind, for the laws about records and files."""

import datetime as dt

from attrs import evolve
from hypothesis import strategies as st
from support.strategies import PRESETS, ZONES, rebuilds, strengths

from runplan import (
    EXERCISES,
    Activity,
    Away,
    Change,
    Clearance,
    Log,
    MorningReport,
    Move,
    Policy,
    Rebuild,
    RedFlag,
    Rule,
    RunReport,
    StrengthReport,
    Verdict,
)
from runplan.policy.presets import CAUTIOUS, FIVE_MINUTES

# The settings of the rules that have any, with their ranges. [low, high]
SETTINGS = {
    "severe-pain": {"from_pain": (1, 10)},
    "not-helping": {
        "painful_runs": (1, 20),
        "resets": (1, 20),
        "reset_days": (1, 365),
        "reset_from": (1, 10),
    },
    "moderate-pain": {"from_pain": (1, 10), "share_pct": (10, 100)},
    "morning-after": {"from_pain": (1, 10)},
    "pain-between": {"from_pain": (1, 10)},
    "early-pain": {"within_min": (1, 60)},
    "mild-pain": {"step_back_from": (1, 20)},
    "mild-pain-between": {"from_pain_run": (1, 10), "from_pain_strength": (1, 10)},
    "tired": {"step_back_from": (1, 20)},
    "cut-short": {"step_back_from": (1, 20)},
    "cutback": {"every_weeks": (2, 52), "share_pct": (10, 100)},
    "too-big-step": {"over_pct": (100, 300), "clean_runs": (1, 10), "shrinks": (False, True)},
    "big-step": {"over_pct": (100, 300), "clean_runs": (1, 10), "shrinks": (False, True)},
}


def exams(now):
    """Hold the long run in two weeks."""
    if now.week not in {6, 7}:
        return None
    return Verdict("repeat", now.base_min, now.base_min, "Held: exams.")


EXAMS = Rule(
    name="exams",
    when="weeks 6 and 7",
    then="repeat",
    source="me",
    evidence="house",
    decide=exams,
)
WITH_EXAMS = Policy(name="with exams", rules=(EXAMS, *FIVE_MINUTES.rules))

days = st.dates(dt.date(1970, 1, 1), dt.date(2030, 12, 31))
later_days = st.dates(dt.date(2032, 1, 1), dt.date(2150, 12, 31))
last_days = st.dates(dt.date(2151, 1, 1), dt.date(2199, 12, 31))
scale = st.integers(0, 10)
maybe_scale = st.one_of(st.none(), scale)
notes = st.one_of(st.just(""), st.text(max_size=40).map("n{}".format))
shared = {
    "day": days,
    "recorded_on": st.one_of(st.none(), later_days),
    "retracted_on": st.one_of(st.none(), last_days),
    "note": notes,
}
reported = shared | {"red_flags": st.lists(st.sampled_from(RedFlag), max_size=3)}


@st.composite
def runs(draw):
    """Return a report of a run."""
    minutes, pain = draw(st.integers(1, 600)), draw(scale)
    return RunReport(
        minutes=minutes,
        pain=pain,
        pain_from=draw(st.one_of(st.none(), st.integers(0, minutes))) if pain else None,
        pain_next_morning=draw(maybe_scale),
        fatigue=draw(scale),
        kind=draw(st.sampled_from(["long", "other"])),
        **draw(st.fixed_dictionaries(reported)),
    )


repetitions = st.dictionaries(
    st.sampled_from([each.name for each in EXERCISES]),
    st.lists(st.integers(1, 1000), min_size=1, max_size=4),
    max_size=2,
)
reports = st.one_of(
    runs(),
    st.builds(MorningReport, pain=scale, **reported),
    st.builds(
        StrengthReport, pain=scale, pain_next_morning=maybe_scale, reps=repetitions, **reported
    ),
    st.builds(StrengthReport, skipped=st.just(True), **reported),
    st.builds(
        Activity,
        minutes=st.integers(1, 1440),
        at=st.one_of(st.none(), st.times().map(lambda at: at.replace(second=0, microsecond=0))),
        source=st.sampled_from(["strava", "garmin", "fit", "gpx", "tcx", "intervals.icu"]),
        **shared,
    ),
    st.builds(
        Clearance,
        by=st.text(max_size=40).map("b{}".format),
        baseline_min=st.one_of(st.none(), st.integers(10, 360)),
        **shared,
    ),
)


@st.composite
def rules(draw, rule):
    """Return a rule of runplan with other numbers, texts or another name, or as it is."""
    ranges = SETTINGS.get(rule.name, {})
    chosen = draw(st.lists(st.sampled_from(sorted(ranges)), unique=True)) if ranges else []
    settings = {}
    for name in chosen:
        low, high = ranges[name]
        values = st.booleans() if high is True else st.integers(low, high)
        settings[name] = draw(values)
    changed = {
        name: f"other {name}" for name in ("when", "then", "source") if draw(st.integers(0, 5)) == 0
    }
    if draw(st.integers(0, 9)) == 0:
        changed["name"] = f"my {rule.name}"
    if draw(st.integers(0, 9)) == 0:
        changed["evidence"] = "weak"
    if settings:
        name = "decide" if rule.decide else "adjust"
        changed[name] = evolve(getattr(rule, name), **settings)
    return evolve(rule, **changed)


@st.composite
def policies(draw):
    """Return a policy made of rules of runplan, few of them as they are."""
    preset = draw(st.sampled_from(PRESETS))
    chosen = draw(st.lists(st.sampled_from(preset.rules), unique=True, min_size=1, max_size=5))
    return Policy(
        name=draw(st.sampled_from(["five minutes", "cautious", "mine", "Zurück 🏃"])),
        rules=[draw(rules(rule)) for rule in chosen],
        step_min=draw(st.integers(1, 30)),
    )


any_policies = st.one_of(
    st.sampled_from(PRESETS),
    st.builds(evolve, st.sampled_from(PRESETS), step_min=st.integers(1, 30)),
    policies(),
)


@st.composite
def changed_requests(draw):
    """Return a request with every field, policies as data included."""
    rebuild = draw(rebuilds(policies=PRESETS))
    return evolve(
        rebuild,
        policy=draw(any_policies),
        keep_weeks=draw(st.integers(0, 52)),
        last_day=draw(st.one_of(st.none(), later_days)),
    )


new_values = {
    "baseline_min": st.integers(10, 360),
    "target_min": st.integers(10, 360),
    "long_run": rebuilds(policies=PRESETS).map(lambda rebuild: rebuild.long_run),
    "strength": st.one_of(st.none(), strengths()),
    "first_month": st.sampled_from(["hold", "extend"]),
    "policy": any_policies,
    "away": rebuilds(policies=PRESETS).map(lambda rebuild: rebuild.away),
    "timezone": st.sampled_from(ZONES),
    "assessed_on": st.one_of(st.none(), days),
    "keep_weeks": st.integers(0, 52),
    "last_day": st.one_of(st.none(), later_days),
}


@st.composite
def changes(draw):
    """Return a change of one or more fields, also one that was recorded before its day."""
    names = draw(st.lists(st.sampled_from(sorted(new_values)), unique=True, min_size=1, max_size=4))
    values = {name: draw(new_values[name]) for name in names}
    return Change(**draw(st.fixed_dictionaries(shared | {"recorded_on": either})), **values)


either = st.one_of(st.none(), days, later_days)


@st.composite
def moves(draw):
    """Return a move of a session."""
    values = draw(st.fixed_dictionaries(shared | {"recorded_on": either}))
    apart = draw(st.sampled_from([-3, -2, -1, 1, 2, 3]))
    day = max(dt.date(1970, 1, 4), values.pop("day"))
    return Move(day=day, to=day + dt.timedelta(days=apart), **values)


entries = st.one_of(reports, changes(), moves())
logs = st.lists(entries, max_size=5).map(Log)

FULL_CHANGE = Change(
    day="2027-02-01",
    recorded_on="2027-01-25",
    baseline_min=30,
    target_min=90,
    long_run=Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC").long_run,
    strength=None,
    first_month="extend",
    policy=evolve(CAUTIOUS, step_min=3),
    away=[Away(first="2027-03-01", last="2027-03-07")],
    timezone="America/New_York",
    assessed_on=None,
    keep_weeks=4,
    last_day="2027-12-31",
    note="new year",
)
