"""
Fit a plan between the events of another calendar, so that nothing is booked twice.

    python other_calendars.py                   # family.ics, which lies beside it
    python other_calendars.py my-work.ics

It needs recurring-ical-events, which knows when an event that comes back comes back.
"""

import datetime as dt
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import recurring_ical_events  # type: ignore[import-untyped]
from attrs import evolve
from icalendar import Calendar, Component, Event

from runplan import Away, LongRun, Plan, Rebuild, Strength, StrengthSession, build, save_ics

# The usual time first: it stays where no other one is better.
TIMES = ("18:30", "19:45", "17:00", "07:00")
REBUILD = Rebuild(
    baseline_min=40,
    target_min=60,
    start="2026-11-30",
    timezone="Europe/Berlin",
    strength=Strength(at=TIMES[0]),
)
A_DAY = dt.timedelta(days=1)


class Busy(NamedTuple):
    """Time that the other calendar takes."""

    start: dt.datetime
    end: dt.datetime
    title: str


class Clash(NamedTuple):
    """A session of the plan, and what takes its time."""

    session: LongRun | StrengthSession
    busy: Busy


def moment(value: dt.date, zone: ZoneInfo) -> dt.datetime:
    """Return where the runner is what a calendar says: a day begins at midnight."""
    if not isinstance(value, dt.datetime):
        value = dt.datetime.combine(value, dt.time())
    # A time without a zone is meant wherever one is.
    return value.astimezone(zone) if value.tzinfo else value.replace(tzinfo=zone)


def takes_time(event: Event) -> bool:
    """Tell what keeps somebody busy from what is called off or only noted."""
    words = (str(event.get(key)).upper() for key in ("STATUS", "TRANSP"))
    return {"CANCELLED", "TRANSPARENT"}.isdisjoint(words)


def busy_times(calendar: Component, plan: Plan) -> list[Busy]:
    """Return what takes time while the plan lasts, as often as it comes back."""
    zone = ZoneInfo(plan.timezone)
    # A day more at both ends: elsewhere it is still yesterday, or tomorrow already.
    first, end = plan.start - A_DAY, plan.weeks[-1].last + 2 * A_DAY
    found: Any = recurring_ical_events.of(calendar).between(first, end)
    return [
        Busy(moment(event.start, zone), moment(event.end, zone), str(event.get("SUMMARY", "?")))
        for event in found
        if takes_time(event)
    ]


def clashes(calendar: Component, plan: Plan) -> list[Clash]:
    """Return the sessions at whose time the runner is busy. Back to back is no clash."""
    taken = busy_times(calendar, plan)
    return [
        Clash(session, busy)
        for session in plan.sessions
        for busy in taken
        if session.start < busy.end and busy.start < session.end
    ]


def at_a_better_time(calendar: Component, rebuild: Rebuild) -> Rebuild:
    """Move strength to the time of day that clashes least."""
    others = [evolve(rebuild, strength=Strength(at=time)) for time in TIMES]
    return min(others, key=lambda other: len(clashes(calendar, build(other))))


def on_free_days(calendar: Component, rebuild: Rebuild) -> Rebuild:
    """Name each day on which something clashes an away day: the plan then moves what fell on it."""
    for _ in range(7):  # a week has no more days to move to
        days = {clash.session.day for clash in clashes(calendar, build(rebuild))}
        away = [Away(first=day, last=day) for day in sorted(days)]
        rebuild = evolve(rebuild, away=[*rebuild.away, *away])
    return rebuild


def named(session: LongRun | StrengthSession) -> str:
    """Name a session as its runner would."""
    kind = "long run" if isinstance(session, LongRun) else "strength"
    return f"{session.start:%a %d %b %H:%M}  {kind} {session.minutes} min"


def show(title: str, lines: Iterable[str]) -> None:
    """Print a title, and under it what there is."""
    print(title, *(list(lines) or ["nothing"]), sep="\n  ")


def show_clashes(title: str, calendar: Component, plan: Plan) -> None:
    """Print what clashes with what."""
    found = clashes(calendar, plan)
    show(title, (f"{named(session):34} {busy.title}" for session, busy in found))


def show_both(title: str, calendar: Component, plan: Plan, week: int) -> None:
    """Print one week of both calendars, in the order of time."""
    first, last = plan.weeks[week - 1].first, plan.weeks[week - 1].last
    ours = [(session.start, named(session)) for session in plan.weeks[week - 1].sessions]
    theirs = [
        (busy.start, f"{busy.start:%a %d %b %H:%M}  {busy.title}")
        for busy in busy_times(calendar, plan)
        if first <= busy.start.date() <= last
    ]
    show(title, (line for _, line in sorted([*ours, *theirs])))


def main(path: Path) -> None:
    """Show what clashes, move it, and write the calendar that fits."""
    try:
        calendar = Calendar.from_ical(path.read_bytes())
    except (OSError, ValueError) as error:
        sys.exit(f"{path} cannot be read as a calendar: {error}")
    show_clashes("As asked for, these clash:", calendar, build(REBUILD))

    timed = at_a_better_time(calendar, REBUILD)
    if timed.strength and timed != REBUILD:
        at = f"{timed.strength.at:%H:%M}"
        show_clashes(f"With strength at {at}, these are left:", calendar, build(timed))

    plan = build(on_free_days(calendar, timed))
    moved = (session for session in plan.sessions if session.moved_from)
    show(
        "So the plan moves:", (f"{named(each):34} was {each.moved_from:%a %d %b}" for each in moved)
    )
    show_clashes("And these still clash:", calendar, plan)
    show("What that costs:", (each.message for each in plan.findings if "left-out" in each.code))
    show_both("Week 2 in both calendars:", calendar, plan, week=2)
    target = Path("other_calendars.ics")
    print(f"{target}: {save_ics(plan, target)}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).with_name("family.ics"))
