"""Reading a published calendar, and comparing it with the next one."""

import re
from collections.abc import Mapping

from attrs import frozen

from runplan._base.dates import to_zone
from runplan.calendar.event_lines import PublishedEvent, read_event, unescaped, unusable
from runplan.calendar.options import CalendarOptions, from_record
from runplan.errors import InvalidType, UnknownName

PRODID = "-//runplan//runplan//EN"
# The property that identifies the rebuild.
REBUILD = "X-RUNPLAN-REBUILD"
# The property that holds the options that differ from the defaults.
OPTIONS = "X-RUNPLAN-OPTIONS"

Events = Mapping[bytes, PublishedEvent]
"""The events of a calendar by UID, in their order."""

_CONTROLS = bytes({*range(0x20), 0x7F} - {*b"\r\n"})
_END = b"END:VCALENDAR\r\n"
_HEAD = re.compile(rb"BEGIN:VCALENDAR\r\n(?:(?!BEGIN:VEVENT|END:VCALENDAR).*\n)*")
_COMPONENT = re.compile(rb"^BEGIN:(.*)\r$", re.IGNORECASE | re.MULTILINE)
_COMPONENTS = {b"VCALENDAR", b"VTIMEZONE", b"STANDARD", b"DAYLIGHT"}


def read_published(calendar: bytes, *, rebuild: str) -> Events:
    """
    Return the events of a calendar that runplan wrote, by UID, in their order.

    Line endings may be LF, as version control and editors may have converted them.

    Args:
        calendar: The complete calendar.
        rebuild: The identity of the rebuild it must belong to.

    Raises:
        InvalidType: If it is not bytes.
        UnusableCalendar: If it was not written by runplan, is incomplete, or belongs to another
            rebuild.
    """
    if not isinstance(calendar, bytes):
        raise InvalidType("previous must be the bytes of a calendar", calendar, "read it as bytes")
    data = b"\r\n".join([*calendar.splitlines(), b""])
    offset = _end_of_head(data, rebuild)
    if not calendar.endswith(b"\n") or not data.endswith(b"\r\n" + _END):
        raise unusable("whole, down to END:VCALENDAR", calendar[-40:])
    if len(calendar.translate(None, _CONTROLS)) < len(calendar):
        raise unusable("free of control characters", calendar)
    events = []
    while offset < len(data) - len(_END):
        event, offset = read_event(data, offset)
        events.append(event)
    for clock in {event.clock for event in events}:
        _check_zone(clock)
    found = {event.uid: event for event in events}
    if len(found) < len(events):
        given = f"{len(events)} events, {len(found)} UIDs"
        raise unusable("one with each UID once", given.encode())
    return found


def _end_of_head(data: bytes, rebuild: str) -> int:
    """Return the offset of the first event, after checking whose calendar it is."""
    match = _HEAD.match(data)
    head = match[0] if match else b""
    if _value(head, "PRODID") != PRODID.encode() or {*_COMPONENT.findall(head)} - _COMPONENTS:
        raise unusable("one that runplan wrote", data)
    owner = _value(head, REBUILD)
    if owner != rebuild.encode():
        raise unusable(f"that of this rebuild, and busy only if this one is: {rebuild}", owner)
    return len(head)


def options_of(calendar: bytes) -> CalendarOptions | None:
    """Return the options that a calendar was written with; None if they cannot be read."""
    lines = calendar.partition(b"BEGIN:VEVENT")[0].splitlines()
    head = b"\r\n".join([*lines, b""]).replace(b"\r\n ", b"")
    return from_record(unescaped(_value(head, OPTIONS).decode(errors="replace")))


def _value(head: bytes, name: str) -> bytes:
    """Return the value of the first property with a name; b"" if there is none."""
    match = re.search(rb"^%b:(.*)\r$" % name.encode(), head, re.MULTILINE)
    return match[1] if match else b""


def _check_zone(clock: str) -> None:
    _, _, zone = clock.partition("TZID=")
    try:
        if zone:
            to_zone(zone)
    except UnknownName:
        raise unusable("one whose time zones are known here", zone.encode()) from None


@frozen(kw_only=True)
class Changes:
    """
    The changes made by publishing, as lines that name each workout and its time.

    Attributes:
        added: New workouts.
        moved: Workouts at a new time, as they are now.
        changed: Workouts at the same time with a new text or length, as they are now.
        removed: Workouts that are no longer planned, as they were.
        unchanged: How many workouts kept every byte.
        options: Options that differ from those of the earlier calendar, with both values.

    >>> str(Changes(added=("Sun 06 Dec 2026 09:00  Long run · 40 min",), unchanged=2))
    '1 added, 0 moved, 0 changed, 0 removed, 2 unchanged'
    """

    added: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: int = 0
    options: tuple[str, ...] = ()

    def __str__(self) -> str:
        counts = {
            "added": len(self.added),
            "moved": len(self.moved),
            "changed": len(self.changed),
            "removed": len(self.removed),
            "unchanged": self.unchanged,
        }
        return ", ".join(f"{count} {what}" for what, count in counts.items())


def compare(before: Events, after: Events) -> Changes:
    """Return the changes between two publications of a calendar."""
    old = {uid: event for uid, event in before.items() if not event.is_cancelled}
    new = {uid: event for uid, event in after.items() if not event.is_cancelled}
    both = [(old[uid], event) for uid, event in new.items() if uid in old]
    revised = [(was, now) for was, now in both if was != now]
    return Changes(
        added=tuple(str(event) for uid, event in new.items() if uid not in old),
        moved=tuple(f"{now} (was {was.when})" for was, now in revised if _has_moved(was, now)),
        changed=tuple(str(now) for was, now in revised if not _has_moved(was, now)),
        removed=tuple(str(event) for uid, event in old.items() if uid not in new),
        unchanged=len(both) - len(revised),
    )


def _has_moved(was: PublishedEvent, now: PublishedEvent) -> bool:
    return (was.clock, was.start) != (now.clock, now.start)
