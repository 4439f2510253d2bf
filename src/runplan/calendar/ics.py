"""The plan as an iCalendar file, and how it is published again."""

import datetime as dt
from collections.abc import Collection
from functools import cache

from attrs import evolve
from icalendar import vDuration

from runplan._base.dates import MomentLike, to_moment
from runplan._base.files import PathLike, read_if_there, write_whole
from runplan.calendar.event_lines import (
    FIRST_REVISION,
    PublishedEvent,
    Revision,
    text_line,
    write_event,
)
from runplan.calendar.events import basic, events_of, identity
from runplan.calendar.options import Alarms, CalendarOptions, differences, effective, record
from runplan.calendar.published import (
    OPTIONS,
    PRODID,
    REBUILD,
    Changes,
    Events,
    compare,
    options_of,
    read_published,
)
from runplan.calendar.timezones import vtimezone
from runplan.errors import InvalidType
from runplan.model.plan import Plan

__all__ = ["Alarms", "CalendarOptions", "Changes", "save_ics", "to_ics"]


def to_ics(
    plan: Plan,
    *,
    previous: bytes | None = None,
    revised_at: MomentLike | None = None,
    options: CalendarOptions | None = None,
) -> bytes:
    """
    Return the plan as the bytes of an iCalendar file (RFC 5545 and RFC 7986).

    The same plan and options give the same bytes wherever the time zone data are the same.
    Given the calendar that was published before, an unchanged event keeps every byte, a
    changed one gets the next SEQUENCE and a later LAST-MODIFIED, and workouts that are no longer
    planned are removed.

    Args:
        plan: The plan.
        previous: The calendar as published before.
        revised_at: When this revision is made: the stamp of events that are new or changed since
            previous. None: a second after an event's last change.
        options: Alarms, colour and how much is shown.

    Raises:
        InvalidType: If an argument has the wrong type.
        InvalidValue: If revised_at has no time zone.
        UnusableCalendar: If previous is not a complete calendar that runplan wrote for this
            rebuild.

    Source:
        docs/explanation/calendar.md

    >>> from runplan import Rebuild, build
    >>> plan = build(Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC"))
    >>> calendar = to_ics(plan)
    >>> calendar.count(b"BEGIN:VEVENT")
    26
    >>> to_ics(plan, previous=calendar) == calendar
    True
    """
    return revised(plan, previous, revised_at, options)[0]


def revised(
    plan: Plan,
    previous: bytes | None,
    revised_at: MomentLike | None,
    options: CalendarOptions | None,
) -> tuple[bytes, Changes]:
    """Return the calendar as to_ics does, and what has changed in it since the previous one."""
    options = _options(options)
    before, after = _publish(plan, previous, revised_at, options)
    changes = compare(before, after)
    earlier = options_of(previous) if previous else None
    if earlier:
        changes = evolve(changes, options=differences(earlier, options))
    return _calendar(plan, options, after.values()), changes


def save_ics(
    plan: Plan,
    path: PathLike,
    *,
    revised_at: MomentLike | None = None,
    options: CalendarOptions | None = None,
) -> Changes:
    """
    Publish the plan to a calendar file, updating an existing one, and return the changes.

    The file is written atomically, and not at all if nothing changed.

    Args:
        plan: The plan.
        path: The calendar file; it need not exist yet.
        revised_at: When this revision is made, as in to_ics.
        options: Alarms, colour and how much is shown.

    Raises:
        InvalidType: If an argument has the wrong type.
        InvalidValue: If revised_at has no time zone.
        UnusableCalendar: If the file is not a complete calendar that runplan wrote for this
            rebuild. It is left unchanged.
        UnusableFile: If the file cannot be read or written.

    >>> import tempfile
    >>> from runplan import Rebuild, build
    >>> plan = build(Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC"))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     print(save_ics(plan, f"{folder}/plan.ics"))
    26 added, 0 moved, 0 changed, 0 removed, 0 unchanged
    """
    previous = read_if_there(path)
    calendar, changes = revised(plan, previous, revised_at, options)
    if calendar != previous:
        write_whole(path, calendar)
    return changes


def _options(options: CalendarOptions | None) -> CalendarOptions:
    if not isinstance(options, CalendarOptions | None):
        raise InvalidType("options must be a CalendarOptions", options, "give one, or nothing")
    return effective(options or CalendarOptions())


def _publish(
    plan: Plan, previous: bytes | None, revised_at: MomentLike | None, options: CalendarOptions
) -> tuple[Events, Events]:
    """Return the events of the earlier calendar and those of the next one, by UID."""
    if not isinstance(plan, Plan):
        raise InvalidType("plan must be a Plan", plan, "give what build() returns")
    now = None if revised_at is None else basic(to_moment(revised_at).isoformat()).encode()
    before: Events = {}
    if previous is not None:
        before = read_published(previous, rebuild=identity(plan, options, "calendar"))
    latest = _latest(before)
    after: dict[bytes, PublishedEvent] = {}
    for event in events_of(plan, options):
        uid = event.uid.encode()
        earlier = before.get(uid)
        if earlier and earlier.content == event.content:
            after[uid] = earlier
            continue
        # A workout that comes back is accepted only as a later version.
        was = earlier.revision if earlier else latest
        revision = FIRST_REVISION if previous is None else was.next(now)
        after[uid] = write_event(event, revision, _duration(minutes=-(event.alarm_min or 0)))
    if options.keep_cancelled:
        gone = (event for uid, event in before.items() if uid not in after)
        after |= {event.uid: event.cancelled(now) for event in gone}
    return before, after


def _latest(events: Events) -> Revision:
    """Return the highest SEQUENCE and the latest stamp of the events of a calendar."""
    found = [FIRST_REVISION, *(each.revision for each in events.values())]
    return Revision(max(each.sequence for each in found), max(each.stamp for each in found))


def _calendar(plan: Plan, options: CalendarOptions, events: Collection[PublishedEvent]) -> bytes:
    name = options.calendar_name or ("Busy" if options.busy else plan.name)
    refresh, written = _duration(hours=options.refresh_hours), record(options)
    return b"".join(
        [
            f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:{PRODID}\r\n".encode(),
            b"CALSCALE:GREGORIAN\r\n",
            text_line("NAME", name),
            text_line("X-WR-CALNAME", name),
            f"COLOR:{options.colour}\r\n".encode(),
            f"REFRESH-INTERVAL;VALUE=DURATION:{refresh}\r\n".encode(),
            f"X-PUBLISHED-TTL:{refresh}\r\n".encode(),
            text_line(OPTIONS, written) if written else b"",
            f"{REBUILD}:{identity(plan, options, 'calendar')}\r\n".encode(),
            text_line("X-WR-TIMEZONE", plan.timezone),
            _vtimezones(plan, events),
            *(event.lines for event in events),
            b"END:VCALENDAR\r\n",
        ]
    )


def _vtimezones(plan: Plan, events: Collection[PublishedEvent]) -> bytes:
    """Return a VTIMEZONE for each zone used by events, valid on all of their days."""
    days: dict[str, set[str]] = {}
    for event in events:
        clock, _, time = event.times.decode().partition(":")
        days.setdefault(clock, set()).add(time[:8])
    if not events:
        # A calendar needs a component (RFC 5545, section 3.6).
        days[f"DTSTART;TZID={plan.timezone}"] = {plan.today.isoformat()}
    return b"".join(
        vtimezone(zone, map(dt.date.fromisoformat, days[clock])).to_ical()
        for clock in sorted(days)
        if (zone := clock.partition("TZID=")[2])
    )


@cache
def _duration(*, hours: int = 0, minutes: int = 0) -> str:
    duration = vDuration(dt.timedelta(hours=hours, minutes=minutes))
    written: bytes = duration.to_ical()  # type: ignore[no-untyped-call]  # it has no types
    return written.decode()
