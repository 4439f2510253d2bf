"""Requests of every legal kind, for the laws."""

import datetime as dt

from attrs import evolve
from hypothesis import strategies as st

from runplan import CAUTIOUS, FIVE_MINUTES, Away, Rebuild, Slot, Strength
from runplan.model.equipment import EQUIPMENT

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

ZONES = (
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Antarctica/Troll",
    "Pacific/Apia",
    "Africa/Cairo",
    "Asia/Kathmandu",
)

PRESETS = (FIVE_MINUTES, CAUTIOUS)

OWN = (
    evolve(FIVE_MINUTES, name="three minutes", step_min=3),
    evolve(CAUTIOUS, name="careful seven", step_min=7),
)

starts = st.dates(dt.date(2024, 1, 1), dt.date(2031, 12, 31))


def times(first_hour, last_hour):
    """Return times of day from one full hour up to the end of another."""
    return st.builds(
        dt.time, st.integers(first_hour, last_hour), st.sampled_from([0, 1, 15, 30, 59])
    )


@st.composite
def away_ranges(draw, start, most=4):
    """Return ranges that do not overlap, in any order, from shortly before the start on."""
    ranges = []
    day = start - dt.timedelta(days=10)
    for _ in range(draw(st.integers(0, most))):
        first = day + dt.timedelta(days=draw(st.integers(0, 40)))
        # Weekends and holidays more often than expeditions.
        length = draw(st.one_of(st.integers(0, 3), st.integers(4, 20), st.integers(21, 60)))
        last = first + dt.timedelta(days=length)
        ranges.append(Away(first=first, last=last))
        day = last + dt.timedelta(days=1)
    return draw(st.permutations(ranges))


@st.composite
def strengths(draw):
    """Return strength work on any days with any ramp those days have room for."""
    days = draw(
        st.one_of(
            st.none(), st.lists(st.sampled_from(WEEKDAYS), unique=True, min_size=1, max_size=7)
        )
    )
    sessions = st.integers(0, 3 if days is None else len(days))
    phases = draw(st.lists(st.tuples(st.integers(1, 6), sessions), max_size=3))
    usual = ((2, 1), (2, 2), (None, 3))
    ramp = (*phases, (None, draw(sessions)))
    if days is None and draw(st.booleans()):
        ramp = usual
    return Strength(
        # Long runs begin by 09:59 and take six hours at most; so the two never meet.
        at=draw(times(16, 20)),
        minutes=draw(st.integers(5, 180)),
        days=days,
        ramp=ramp,
        equipment=draw(st.one_of(st.none(), st.lists(st.sampled_from(EQUIPMENT), unique=True))),
        per_session=draw(st.sampled_from([None, 2, 3])),
    )


@st.composite
def rebuilds(draw, policies=(*PRESETS, *OWN), away=True):
    """Return a request."""
    baseline = draw(st.one_of(st.integers(10, 90), st.integers(10, 360)))
    target = draw(st.one_of(st.integers(baseline, min(baseline + 50, 360)), st.just(baseline + 5)))
    start = draw(starts)
    return Rebuild(
        baseline_min=baseline,
        target_min=min(target, 360),
        start=start,
        timezone=draw(st.sampled_from(ZONES)),
        long_run=Slot(draw(st.sampled_from(WEEKDAYS)), draw(times(5, 9))),
        strength=draw(st.one_of(st.none(), st.builds(Strength), strengths())),
        first_month=draw(st.sampled_from(["hold", "extend"])),
        policy=draw(st.sampled_from(policies)),
        away=draw(away_ranges(start)) if away else (),
        assessed_on=draw(st.one_of(st.none(), starts)),
    )
