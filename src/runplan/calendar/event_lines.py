"""
The lines of an event, written and read in one fixed format.

Anything else in an earlier calendar (a second DTSTART, an event inside an event, an alarm without
an end) is rejected, so that it never reaches the next calendar.
"""

import datetime as dt
import re
from typing import NamedTuple
from uuid import UUID, uuid5

from runplan._base.text import cleaned
from runplan.calendar.events import Event, basic
from runplan.errors import UnusableCalendar

_OCTETS = 75
_ESCAPES = (("\\", r"\\"), (";", r"\;"), (",", r"\,"), ("\n", r"\n"))
_CONTROLS = bytes([*range(0x20), 0x7F])
_BACKSLASH = ord("\\")
# The octets of UTF-8 that continue a character.
_CONTINUATIONS = range(0x80, 0xC0)

_CANCELLED = b"0" * 16
# RFC 5545, section 3.3.8: an INTEGER has 32 bits.
_LAST_SEQUENCE = 2**31 - 1
_LAST_STAMP = b"22991231T235959Z"
# Longer than any title that runplan writes.
_LONGEST_TITLE = 400
# How much of a calendar an error shows. [octets]
_SHOWN = 80


def text_line(name: str, text: str) -> bytes:
    r"""
    Return a text as a content line: escaped, folded, without control characters.

    >>> text_line("SUMMARY", "Strength, 30 min")
    b'SUMMARY:Strength\\, 30 min\r\n'
    """
    for char, escaped in _ESCAPES:
        text = text.replace(char, escaped)
    line = f"{name}:{text}".encode(errors="replace").translate(None, _CONTROLS)
    pieces, start, end = [], 0, _OCTETS
    while end < len(line):
        while line[end] in _CONTINUATIONS:
            end -= 1
        if line[end - 1] == _BACKSLASH:
            # The last of an odd number of backslashes escapes the next character.
            piece = line[start:end]
            end -= (len(piece) - len(piece.rstrip(b"\\"))) % 2
        pieces.append(line[start:end])
        start, end = end, end + _OCTETS - 1  # less the space that marks a continuation
    return b"\r\n ".join([*pieces, line[start:]]) + b"\r\n"


class Revision(NamedTuple):
    """
    How often an event has changed, and when it last did.

    Attributes:
        sequence: The value of SEQUENCE.
        stamp: The value of DTSTAMP and LAST-MODIFIED.
    """

    sequence: int
    stamp: bytes

    def next(self, now: bytes | None) -> "Revision":
        """
        Return the next revision.

        Args:
            now: When it is made; None: a second after this one. The stamp rises even if the clock
                was set back.

        Raises:
            UnusableCalendar: If SEQUENCE or the stamp cannot rise any further.
        """
        if self.sequence >= _LAST_SEQUENCE or self.stamp >= _LAST_STAMP:
            raise unusable("one whose events can still change", self.stamp)
        second_later = dt.datetime.fromisoformat(self.stamp.decode()) + dt.timedelta(seconds=1)
        stamp = max(now or b"", basic(second_later.isoformat()).encode())
        return Revision(self.sequence + 1, stamp)


# Of an event that has never changed. Its stamp is a constant, because a clock would make the bytes
# of the same plan differ, and earlier than any revision.
FIRST_REVISION = Revision(0, b"20260101T000000Z")


class PublishedEvent(NamedTuple):
    """
    An event of a published calendar, as lines.

    Attributes:
        summary: The line SUMMARY.
        times: The lines DTSTART and DTEND.
        stamp: When it last changed: DTSTAMP and LAST-MODIFIED.
        uid: Its UID.
        sequence: How often it has changed.
        details: The lines CATEGORIES and DESCRIPTION, if it has them.
        transparency: The line TRANSP, if it has one.
        content: The fingerprint of its visible content.
        alarm: The lines of its alarm, if it has one.
    """

    summary: bytes
    times: bytes
    stamp: bytes
    uid: bytes
    sequence: int
    details: bytes
    transparency: bytes
    content: bytes
    alarm: bytes

    def __str__(self) -> str:
        title = self.summary.replace(b"\r\n ", b"").decode().removeprefix("SUMMARY:")
        return f"{self.when}  {cleaned(unescaped(title))[:_LONGEST_TITLE]}"

    @property
    def lines(self) -> bytes:
        """All its lines, in icalendar's order of properties."""
        # ICSx5 accepts updates only with a later DTSTAMP or LAST-MODIFIED, Google only with a
        # higher SEQUENCE.
        return (
            b"BEGIN:VEVENT\r\n%b%bDTSTAMP:%b\r\nUID:%b\r\nSEQUENCE:%d\r\n"
            b"%bLAST-MODIFIED:%b\r\n%b%bX-RUNPLAN-CONTENT:%b\r\n%bEND:VEVENT\r\n"
        ) % (
            *self[:6],
            self.stamp,
            b"STATUS:CANCELLED\r\n" if self.is_cancelled else b"",
            *self[6:],
        )

    @property
    def is_cancelled(self) -> bool:
        """Whether it is no longer planned."""
        return self.content == _CANCELLED

    @property
    def clock(self) -> str:
        """The clock of its times: DTSTART with its parameter."""
        return self.times.partition(b":")[0].decode()

    @property
    def start(self) -> dt.datetime:
        """When it begins, on that clock."""
        return _moments(self.times)[0]

    @property
    def when(self) -> str:
        """The day, and the time unless it is an all-day note."""
        start = self.start
        # strftime's names depend on the locale.
        day = "Mon Tue Wed Thu Fri Sat Sun".split()[start.weekday()]
        month = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()[start.month - 1]
        time = "" if "VALUE=DATE" in self.clock else f" {start:%H:%M}"
        return f"{day} {start.day:02} {month} {start.year}{time}"

    @property
    def revision(self) -> "Revision":
        """Its SEQUENCE and its stamp."""
        return Revision(self.sequence, self.stamp)

    def cancelled(self, now: bytes | None) -> "PublishedEvent":
        """Return it as no longer planned: the same content, without its alarm."""
        if self.is_cancelled:
            return self
        sequence, stamp = self.revision.next(now)
        return self._replace(content=_CANCELLED, sequence=sequence, stamp=stamp, alarm=b"")


def write_event(event: Event, revision: Revision, trigger: str) -> PublishedEvent:
    """
    Return an event as it is published.

    Args:
        event: Its content.
        revision: Its SEQUENCE and its stamp.
        trigger: When an alarm goes off, as a value of TRIGGER.
    """
    details = (("CATEGORIES", event.category), ("DESCRIPTION", event.description))
    alarm = b""
    if event.alarm_min is not None:
        text = text_line("DESCRIPTION", event.summary)
        uid = uuid5(UUID(event.uid), "alarm")
        end = f"TRIGGER:{trigger}\r\nUID:{uid}\r\nEND:VALARM\r\n"
        alarm = b"BEGIN:VALARM\r\nACTION:DISPLAY\r\n" + text + end.encode()
    return PublishedEvent(
        summary=text_line("SUMMARY", event.summary),
        times=event.times,
        stamp=revision.stamp,
        uid=event.uid.encode(),
        sequence=revision.sequence,
        details=b"".join([text_line(name, text) for name, text in details if text]),
        # Notes and questions take no time, so it stays free for others to book.
        transparency=b"" if event.takes_time else b"TRANSP:TRANSPARENT\r\n",
        content=event.content,
        alarm=alarm,
    )


def _text(name: str) -> str:
    return rf"{name}:.{{1,{_OCTETS - 1 - len(name)}}}(?:\r\n .{{1,{_OCTETS - 1}}})*\r\n"


def _times(parameter: str, value: str) -> str:
    return rf"DTSTART{parameter}:{value}\r\nDTEND{parameter}:{value}\r\n"


# Plans start from 1970 to 2199 and last ten years at most.
_DAY = r"(?:19[6-9]|2[0-2]\d)\d{5}"
_TIME = rf"{_DAY}T(?:[01]\d|2[0-3])[0-5]\d[0-5]\d"
_ZONE = r";TZID=[\w+/-]{1,40}"
_UID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_TRIGGER = r"-?P(?!\r)(?:\d{1,2}D)?(?:T(?:\d{1,2}[HMS]){1,2})?"
_ALARM = (
    rf"BEGIN:VALARM\r\nACTION:DISPLAY\r\n{_text('DESCRIPTION')}"
    rf"TRIGGER:{_TRIGGER}\r\nUID:{_UID}\r\nEND:VALARM\r\n"
)
_EVENT = re.compile(
    (
        rf"BEGIN:VEVENT\r\n({_text('SUMMARY')})"
        rf"({_times(';VALUE=DATE', _DAY)}|{_times(_ZONE, _TIME)}"
        rf"|{_times('', _TIME)}|{_times('', _TIME + 'Z')})"
        rf"DTSTAMP:({_TIME}Z)\r\nUID:({_UID})\r\nSEQUENCE:(0|[1-9]\d{{0,9}})\r\n"
        rf"((?:{_text('CATEGORIES')})?(?:{_text('DESCRIPTION')})?)"
        r"LAST-MODIFIED:\3\r\n(STATUS:CANCELLED\r\n)?((?:TRANSP:TRANSPARENT\r\n)?)"
        rf"X-RUNPLAN-CONTENT:([0-9a-f]{{16}})\r\n((?:{_ALARM})?)END:VEVENT\r\n"
    ).encode()
)


def read_event(calendar: bytes, offset: int) -> tuple[PublishedEvent, int]:
    """
    Return the event that begins at an offset of a calendar, and the offset of its end.

    Raises:
        UnusableCalendar: If no event in runplan's format begins there.
    """
    must, given = "one whose events are as runplan wrote them", calendar[offset : offset + _SHOWN]
    match = _EVENT.match(calendar, offset)
    if not match:
        raise unusable(must, given)
    summary, times, stamp, uid, sequence, details, status, *others = match.groups()
    event = PublishedEvent(summary, times, stamp, uid, int(sequence), details, *others)
    try:
        for text in (summary, details, event.alarm):
            text.decode()
        dt.datetime.fromisoformat(event.stamp.decode())
        start, end = _moments(event.times)
    except ValueError:  # no UTF-8, or the 30th of February
        raise unusable(must, given) from None
    is_odd = event.is_cancelled != bool(status) or (status and event.alarm)
    if start >= end or event.sequence > _LAST_SEQUENCE or is_odd:
        raise unusable(must, given)
    return event, match.end()


def _moments(times: bytes) -> list[dt.datetime]:
    lines = times.decode().splitlines()
    return [dt.datetime.fromisoformat(line.rpartition(":")[2]) for line in lines]


def unescaped(text: str) -> str:
    """Return a text as it was before it was written into a line."""
    return re.sub(r"\\(.)", r"\1", text)


def unusable(what: str, given: bytes) -> UnusableCalendar:
    """Return the error for an earlier calendar that cannot be published over."""
    must = f"the earlier calendar must be {what}"
    shown = given[:_SHOWN].decode(errors="replace")
    return UnusableCalendar(must, shown, "publish to another file, or move the old one away")
