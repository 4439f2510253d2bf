"""A published calendar read again: which events it holds, byte for byte, and what changed."""

import datetime as dt
import re
from collections.abc import Mapping
from uuid import UUID

from attrs import frozen

from runplan.errors import InvalidType, UnusableCalendar

PRODID = "-//runplan//runplan//EN"
# Whose calendar it is, and a fingerprint of what each event shows.
REBUILD = "X-RUNPLAN-REBUILD"
CONTENT = "X-RUNPLAN-CONTENT"
CANCELLED = "0" * 16
_BEGIN, _END = b"\r\nBEGIN:VEVENT\r\n", b"\r\nEND:VEVENT"
_CLOSE = b"\r\nEND:VCALENDAR\r\n"


@frozen(kw_only=True)
class PublishedEvent:
    """
    One event as it was published.

    Attributes:
        uid: Its UID.
        block: Its bytes, from BEGIN:VEVENT to the line end after END:VEVENT.
        content: The fingerprint of what it shows.
        sequence: How often it has changed.
        next_stamp: A second after its last change: when the next one is stamped at the earliest.
        start: When it begins, on the clock it is written in.
        clock: Which clock that is: DTSTART's parameters, "" for none.
    """

    uid: str
    block: bytes
    content: str
    sequence: int
    next_stamp: dt.datetime
    start: dt.datetime
    clock: str

    def __str__(self) -> str:
        summary = _value(self.block.replace(b"\r\n ", b""), "SUMMARY")
        return f"{self.when}  {_unescape(summary)}"

    @property
    def when(self) -> str:
        """The day, and the time unless it is an all-day note."""
        # strftime's names follow the machine's language, and this is English everywhere.
        day = "Mon Tue Wed Thu Fri Sat Sun".split()[self.start.weekday()]
        month = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()[self.start.month - 1]
        time = "" if "VALUE=DATE" in self.clock else f" {self.start:%H:%M}"
        return f"{day} {self.start.day:02} {month} {self.start.year}{time}"


def read_published(calendar: bytes, *, rebuild: str) -> Mapping[str, PublishedEvent]:
    """
    Return the events of a calendar that runplan wrote, by UID, in their order.

    Line ends may have become LF on the way, as version control and editors make them.

    Args:
        calendar: The whole calendar.
        rebuild: Which rebuild it must be of.

    Raises:
        InvalidType: If it is not bytes.
        UnusableCalendar: If it was not written by runplan, is not whole, or is of another
            rebuild.
    """
    if not isinstance(calendar, bytes):
        raise InvalidType("previous must be the bytes of a calendar", calendar, "read it as bytes")
    data = calendar.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    head, *events = data.split(_BEGIN)
    if not data.startswith(b"BEGIN:VCALENDAR\r\n") or _value(head, "PRODID") != PRODID:
        raise _unusable("one that runplan wrote", calendar[:40])
    if _value(head, REBUILD) != rebuild:
        must = f"that of this rebuild, and busy only if this one is: {rebuild}"
        raise _unusable(must, _value(head, REBUILD))
    tails = [event.partition(_END)[2] for event in events] or [head[-len(_CLOSE) :]]
    if tails != [b""] * (len(tails) - 1) + [_CLOSE] or data.count(_END) != len(events):
        raise _unusable("whole, down to END:VCALENDAR", calendar[-40:])
    found = {event.uid: event for event in map(_event, events)}
    if len(found) < len(events):
        raise _unusable("one with each UID once", f"{len(events)} events, {len(found)} UIDs")
    return found


@frozen(kw_only=True)
class Changes:
    """
    What publishing changed. Each entry is a line that names the workout and its time.

    Attributes:
        added: Workouts that are new.
        moved: Workouts at another time, as they are now.
        changed: Workouts at the same time that say something else, as they are now.
        removed: Workouts that are no longer planned, as they were.
        unchanged: How many workouts kept every byte.

    >>> str(Changes(added=("Sun 06 Dec 2026 09:00  Long run · 40 min",), unchanged=2))
    '1 added, 0 moved, 0 changed, 0 removed, 2 unchanged'
    """

    added: tuple[str, ...] = ()
    moved: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: int = 0

    def __str__(self) -> str:
        counts = {
            "added": len(self.added),
            "moved": len(self.moved),
            "changed": len(self.changed),
            "removed": len(self.removed),
            "unchanged": self.unchanged,
        }
        return ", ".join(f"{count} {what}" for what, count in counts.items())


def compare(before: Mapping[str, PublishedEvent], after: Mapping[str, PublishedEvent]) -> Changes:
    """Return what is different between two publications of a calendar."""
    old = {uid: event for uid, event in before.items() if event.content != CANCELLED}
    new = {uid: event for uid, event in after.items() if event.content != CANCELLED}
    both = [(old[uid], event) for uid, event in new.items() if uid in old]
    moved = [(was, now) for was, now in both if _starts(was) != _starts(now)]
    return Changes(
        added=tuple(str(event) for uid, event in new.items() if uid not in old),
        moved=tuple(f"{now} (was {was.when})" for was, now in moved),
        changed=tuple(
            str(now) for was, now in both if _starts(was) == _starts(now) and was.block != now.block
        ),
        removed=tuple(str(event) for uid, event in old.items() if uid not in new),
        unchanged=sum(was.block == now.block for was, now in both),
    )


def _event(lines: bytes) -> PublishedEvent:
    lines, _, _ = lines.partition(_END)
    try:
        lines.decode()
        modified = _utc(_value(lines, "LAST-MODIFIED"))
        return PublishedEvent(
            uid=str(UUID(_value(lines, "UID"))),
            block=b"".join([_BEGIN.lstrip(), lines, _END, b"\r\n"]),
            content=_value(lines, CONTENT),
            sequence=int(_value(lines, "SEQUENCE")),
            next_stamp=modified + dt.timedelta(seconds=1),
            start=dt.datetime.fromisoformat(_value(lines, "DTSTART")),
            clock=_line(lines, "DTSTART").partition(":")[0],
        )
    except (ValueError, OverflowError):
        raise _unusable("one whose events are as runplan wrote them", lines[:80]) from None


def _utc(stamp: str) -> dt.datetime:
    # strptime would take the Z and nothing else, at ten times the cost.
    moment = dt.datetime.fromisoformat(stamp)
    if moment.tzinfo is not dt.UTC:
        raise ValueError(stamp)
    return moment


def _starts(event: PublishedEvent) -> tuple[dt.datetime, str]:
    return event.start, event.clock


def _value(lines: bytes, name: str) -> str:
    """Return the value of the first property of that name, "" where there is none."""
    return _line(lines, name).partition(":")[2]


def _line(lines: bytes, name: str) -> str:
    """Return the line of the first property of that name, "" where there is none."""
    # Looking for bytes is several times faster here than a regular expression.
    lines = b"\r\n" + lines
    start = max(lines.find(b"\r\n%b%b" % (name.encode(), mark)) for mark in (b":", b";"))
    line, _, _ = lines[start + 2 :].partition(b"\r\n")
    return line.decode(errors="replace") if start >= 0 else ""


def _unescape(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


def _unusable(what: str, given: object) -> UnusableCalendar:
    must = f"the earlier calendar must be {what}"
    return UnusableCalendar(must, given, "publish to another file, or move the old one away")
