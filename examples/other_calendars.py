"""
Fit a plan around the events in another calendar, so that nothing is booked twice.

    python other_calendars.py                   # family.ics, in the same folder
    python other_calendars.py my-work.ics

It needs recurring-ical-events, which expands recurring events.
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

# The usual time first: it stays unless another one is better.
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
    """A time at which the other calendar has an event."""

    start: dt.datetime
    end: dt.datetime
    title: str


class Clash(NamedTuple):
    """A session of the plan, and an event at the same time."""

    session: LongRun | StrengthSession
    busy: Busy


def moment(value: dt.date, zone: ZoneInfo) -> dt.datetime:
    """Return a calendar's time in the runner's zone; an all-day event begins at midnight."""
    if not isinstance(value, dt.datetime):
        value = dt.datetime.combine(value, dt.time())
    # A time without a zone is local time, wherever you are.
    return value.astimezone(zone) if value.tzinfo else value.replace(tzinfo=zone)


def takes_time(event: Event) -> bool:
    """Say whether an event keeps you busy: it is neither cancelled nor marked as free."""
    words = (str(event.get(key)).upper() for key in ("STATUS", "TRANSP"))
    return {"CANCELLED", "TRANSPARENT"}.isdisjoint(words)


def busy_times(calendar: Component, plan: Plan) -> list[Busy]:
    """Return the busy times during the plan, each recurrence of an event included."""
    zone = ZoneInfo(plan.timezone)
    # One more day at both ends: in another time zone it may still be yesterday or already tomorrow.
    first, end = plan.start - A_DAY, plan.weeks[-1].last + 2 * A_DAY
    found: Any = recurring_ical_events.of(calendar).between(first, end)
    return [
        Busy(moment(event.start, zone), moment(event.end, zone), str(event.get("SUMMARY", "?")))
        for event in found
        if takes_time(event)
    ]


def clashes(calendar: Component, plan: Plan) -> list[Clash]:
    """Return the sessions that overlap an event. Back to back is no clash."""
    taken = busy_times(calendar, plan)
    return [
        Clash(session, busy)
        for session in plan.sessions
        for busy in taken
        if session.start < busy.end and busy.start < session.end
    ]


def at_a_better_time(calendar: Component, rebuild: Rebuild) -> Rebuild:
    """Return the request with strength at the time of day that clashes least."""
    others = [evolve(rebuild, strength=Strength(at=time)) for time in TIMES]
    return min(others, key=lambda other: len(clashes(calendar, build(other))))


def on_free_days(calendar: Component, rebuild: Rebuild) -> Rebuild:
    """Return the request with each clashing day as an away day, so that its sessions move."""
    for _ in range(7):  # a session can move to no more days than a week has
        days = {clash.session.day for clash in clashes(calendar, build(rebuild))}
        away = [Away(first=day, last=day) for day in sorted(days)]
        rebuild = evolve(rebuild, away=[*rebuild.away, *away])
    return rebuild


def named(session: LongRun | StrengthSession) -> str:
    """Return a session in words."""
    kind = "long run" if isinstance(session, LongRun) else "strength"
    return f"{session.start:%a %d %b %H:%M}  {kind} {session.minutes} min"


def show(title: str, lines: Iterable[str]) -> None:
    """Print a title and the lines under it."""
    print(title, *(list(lines) or ["nothing"]), sep="\n  ")


def show_clashes(title: str, calendar: Component, plan: Plan) -> None:
    """Print the sessions that clash, and with which event."""
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
    """Print the clashes, move the sessions, and write the calendar."""
    try:
        calendar = Calendar.from_ical(path.read_bytes())
    except (OSError, ValueError) as error:
        sys.exit(f"{path} cannot be read as a calendar: {error}")
    show_clashes("These sessions clash:", calendar, build(REBUILD))

    timed = at_a_better_time(calendar, REBUILD)
    if timed.strength and timed != REBUILD:
        at = f"{timed.strength.at:%H:%M}"
        show_clashes(f"With strength at {at}, these still clash:", calendar, build(timed))

    plan = build(on_free_days(calendar, timed))
    moved = (session for session in plan.sessions if session.moved_from)
    show(
        "The plan moves these:",
        (f"{named(each):34} was {each.moved_from:%a %d %b}" for each in moved),
    )
    show_clashes("These clash after that:", calendar, plan)
    show("What it costs:", (each.message for each in plan.findings if "left-out" in each.code))
    show_both("Week 2 in both calendars:", calendar, plan, week=2)
    target = Path("other_calendars.ics")
    print(f"{target}: {save_ics(plan, target)}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if sys.argv[1:] else Path(__file__).with_name("family.ics"))
