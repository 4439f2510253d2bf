"""
Calendars that were read line by line and are compared octet by octet.

Rewrite them after a change that is meant, and read what changed before committing it:

    python tests/calendar/test_golden.py
    git diff --word-diff tests/golden
"""

import datetime as dt
import sys
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest

from runplan import (
    CAUTIOUS,
    Away,
    CalendarOptions,
    Dose,
    Exercise,
    Plan,
    Rebuild,
    Slot,
    Strength,
    build,
    to_ics,
)

GOLDEN = Path(__file__).parent / "golden"

BAND = Exercise(
    name="Band pull-apart; slow",
    works=["rhomboids"],
    needs="a band",
    first_month=Dose(2, 10),
    after=Dose(3, (10, 12), rpe=7),
    easier="a lighter band",
    cues=["Arms straight, shoulders low.", "Blades together."],
)

BERLIN_CHRISTMAS = Rebuild(
    baseline_min=40,
    target_min=60,
    start="2026-11-30",
    timezone="Europe/Berlin",
    away=[Away(first="2026-12-24", last="2026-12-27")],
)
# Over the clock change of 14 March 2027.
CAUTIOUS_NEW_YORK = Rebuild(
    name="Anna's long run, back to 40",
    baseline_min=25,
    target_min=40,
    start="2027-01-04",
    timezone="America/New_York",
    long_run=Slot("saturday", "07:30"),
    strength=Strength(at="19:00", minutes=25, exercises=[BAND], ramp=[(4, 1), (None, 2)]),
    policy=CAUTIOUS,
    assessed_on="2026-12-14",
    id="anna",
)
# Over the clock change of 28 March 2027, one run beside it.
BUSY = Rebuild(
    name="Nobody's business",
    baseline_min=40,
    target_min=52,
    start="2027-03-15",
    timezone="Europe/Berlin",
    long_run=Slot("sunday", "02:30"),
    strength=Strength(ramp=[(None, 1)]),
    first_month="extend",
    id="busy",
)
FLOATING = Rebuild(
    name="Überall um neun 🏃",
    baseline_min=40,
    target_min=55,
    start="2027-02-01",
    timezone="Asia/Kolkata",
    strength=None,
    id="floating",
)
FIRST = Rebuild(
    baseline_min=40,
    target_min=60,
    start="2026-10-05",
    timezone="Europe/Berlin",
    first_month="extend",
    strength=Strength(exercises=[BAND], ramp=[(None, 1)]),
    id="revised",
)
# Shorter by two weeks, and away on one long run's day.
REVISED = Rebuild(
    baseline_min=40,
    target_min=50,
    start="2026-10-05",
    timezone="Europe/Berlin",
    first_month="extend",
    strength=Strength(exercises=[BAND], ramp=[(None, 1)]),
    away=[Away(first="2026-10-17", last="2026-10-18")],
    id="revised",
)
# With a question on each morning, over the clock change of 28 March 2027.
MORNINGS = Rebuild(
    baseline_min=40,
    target_min=50,
    start="2027-03-08",
    timezone="Europe/Berlin",
    first_month="extend",
    strength=Strength(exercises=[BAND], ramp=[(None, 1)]),
    id="mornings",
)


def _revision() -> bytes:
    keep = CalendarOptions(keep_cancelled=True)
    first = to_ics(build(FIRST), options=keep)
    revised_at = "2026-10-08T21:15:00+02:00"
    return to_ics(build(REVISED), previous=first, revised_at=revised_at, options=keep)


CASES: dict[str, tuple[Rebuild, Callable[[], bytes]]] = {
    "berlin-christmas": (BERLIN_CHRISTMAS, lambda: to_ics(build(BERLIN_CHRISTMAS))),
    "cautious-new-york": (
        CAUTIOUS_NEW_YORK,
        lambda: to_ics(
            build(CAUTIOUS_NEW_YORK),
            options=CalendarOptions(alarm_min=45, emoji=True, colour="coral", refresh_hours=6),
        ),
    ),
    "busy": (BUSY, lambda: to_ics(build(BUSY), options=CalendarOptions(busy=True))),
    "floating": (FLOATING, lambda: to_ics(build(FLOATING), options=CalendarOptions(floating=True))),
    "revised": (REVISED, _revision),
    "mornings": (
        MORNINGS,
        lambda: to_ics(
            build(MORNINGS),
            options=CalendarOptions(
                alarm_min={"long_run": 60, "morning": 0},
                morning="07:30",
                answer_url="https://example.org/anna?week=1,2",
            ),
        ),
    ),
}


def times_by_zoneinfo(plan: Plan) -> list[tuple[dt.datetime, dt.datetime]]:
    """Return when each session begins and ends in UTC, by its day, its time and zoneinfo."""
    times = []
    for session in plan.sessions:
        day, at = session.day, session.at
        zone = ZoneInfo(plan.timezone)
        asked = dt.datetime(day.year, day.month, day.day, at.hour, at.minute, tzinfo=zone)
        start = asked.astimezone(dt.UTC)
        times.append((start, start + dt.timedelta(minutes=session.minutes)))
    return sorted(times)


@pytest.mark.parametrize("name", CASES)
def test_the_calendar_is_the_one_that_was_read_line_by_line(name: str) -> None:
    """Octet by octet; a change that is meant is read in the diff."""
    _, write = CASES[name]
    assert write() == (GOLDEN / f"{name}.ics").read_bytes()


@pytest.mark.parametrize("name", CASES)
def test_the_calendar_that_was_read_is_one_that_parsers_read(name: str) -> None:
    """icalendar finds no fault, and the plan's sessions at the times that zoneinfo says."""
    rebuild, _ = CASES[name]
    plan = build(rebuild)
    data = (GOLDEN / f"{name}.ics").read_bytes()
    calendar = icalendar.Calendar.from_ical(data)
    assert [part.name for part in calendar.walk() if part.errors] == []
    events = [event for event in calendar.events if event.get("STATUS") != "CANCELLED"]
    zone = ZoneInfo(rebuild.timezone)
    times = []
    questions = [event for event in events if event["SUMMARY"] == "How is the back?"]
    assert len(questions) == (len(plan.weeks) if name == "mornings" else 0)
    for event in events:
        if event in questions:
            continue
        both = [event["DTSTART"].dt, event["DTEND"].dt]
        if name == "floating":
            both = [moment.replace(tzinfo=zone) for moment in both]
        times.append(tuple(moment.astimezone(dt.UTC) for moment in both))
    assert sorted(times) == times_by_zoneinfo(plan)
    assert len({event["UID"] for event in calendar.events}) == len(calendar.events)


def test_no_golden_is_left_over() -> None:
    """Every calendar there is compared with something."""
    assert {path.name for path in GOLDEN.glob("*.ics")} == {f"{name}.ics" for name in CASES}


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for case, (_, written) in CASES.items():
        (GOLDEN / f"{case}.ics").write_bytes(written())
        sys.stdout.write(f"{case}.ics\n")
