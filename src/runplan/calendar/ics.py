"""The plan as an iCalendar that every client shows right, and published again with care."""

import datetime as dt
import hashlib
import re
from collections.abc import Iterator, Mapping
from uuid import UUID, uuid5

from attrs import frozen
from icalendar import Alarm, Calendar, Component, Event, vDate, vDatetime, vDuration, vInt, vText

from runplan._base.dates import Date, DateTime, MomentLike, days_after, happens_twice, to_moment
from runplan._base.files import PathLike, read_if_there, write_whole
from runplan.calendar.event_text import description, pause_description, pause_title, title
from runplan.calendar.options import CalendarOptions
from runplan.calendar.published import (
    CANCELLED,
    CONTENT,
    PRODID,
    REBUILD,
    Changes,
    PublishedEvent,
    compare,
    read_published,
)
from runplan.calendar.timezones import vtimezone
from runplan.errors import InvalidType
from runplan.model.plan import Plan
from runplan.model.sessions import LongRun, StrengthSession
from runplan.model.weeks import Pause

__all__ = ["CalendarOptions", "Changes", "save_ics", "to_ics"]

# When an event counts as made that has never changed: a constant, because a clock would give
# the same plan other bytes, and earlier than any revision.
_FIRST_STAMP = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)

# Changing it gives every workout of every runner a new identity.
_UIDS = UUID("0d8f2a6e-3c1b-5d77-8a40-51f6c6f0b9d4")

_OCTETS = 75
# The octets of UTF-8 that go on with a character instead of beginning one.
_CONTINUATIONS = range(0x80, 0xC0)
_ZONED = re.compile(rb"\nDTSTART;TZID=([^:]+):(\d{8})T")


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
    changed one gets the next SEQUENCE and a later LAST-MODIFIED, and what is no longer planned
    goes.

    Args:
        plan: What to write.
        previous: The calendar as it was published before.
        revised_at: When this revision is made; it stamps what is new or changed since
            previous. None: a second after an event's last change.
        options: Alarms, colour and how much is shown.

    Raises:
        InvalidType: If an argument has the wrong type.
        InvalidValue: If revised_at has no time zone.
        UnusableCalendar: If previous is not a whole calendar that runplan wrote for this
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
    if not isinstance(plan, Plan):
        raise InvalidType("plan must be a Plan", plan, "give what build() returns")
    options = _options(options)
    now = None if revised_at is None else to_moment(revised_at)
    before = dict(_read(previous, plan, options))
    blocks = [
        _publish(entry, before.pop(entry.uid, None), None if previous is None else now)
        for entry in _entries(plan, options)
    ]
    if options.keep_cancelled:
        blocks += [_cancel(event, now) for event in before.values()]
    return _calendar(plan, options, blocks)


def save_ics(
    plan: Plan,
    path: PathLike,
    *,
    revised_at: MomentLike | None = None,
    options: CalendarOptions | None = None,
) -> Changes:
    """
    Publish the plan over the calendar file that is there, and return what changed.

    The file is written whole or not at all, and not touched if nothing changed.

    Args:
        plan: What to write.
        path: The calendar file; it need not exist yet.
        revised_at: When this revision is made, as in to_ics.
        options: Alarms, colour and how much is shown.

    Raises:
        InvalidType: If an argument has the wrong type.
        InvalidValue: If revised_at has no time zone.
        UnusableCalendar: If the file is not a whole calendar that runplan wrote for this
            rebuild. It stays as it is.
        UnusableFile: If the file cannot be read or written.

    >>> import tempfile
    >>> from runplan import Rebuild, build
    >>> plan = build(Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC"))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     print(save_ics(plan, f"{folder}/plan.ics"))
    26 added, 0 moved, 0 changed, 0 removed, 0 unchanged
    """
    options = _options(options)
    previous = read_if_there(path)
    calendar = to_ics(plan, previous=previous, revised_at=revised_at, options=options)
    changes = compare(_read(previous, plan, options), _read(calendar, plan, options))
    if calendar != previous:
        write_whole(path, calendar)
    return changes


def _options(options: CalendarOptions | None) -> CalendarOptions:
    if not isinstance(options, CalendarOptions | None):
        raise InvalidType("options must be a CalendarOptions", options, "give one, or nothing")
    return options or CalendarOptions()


def _read(
    calendar: bytes | None, plan: Plan, options: CalendarOptions
) -> Mapping[str, PublishedEvent]:
    if calendar is None:
        return {}
    return read_published(calendar, rebuild=_identity(plan, options, "calendar"))


@frozen(kw_only=True)
class _Entry:
    """What one event shows."""

    uid: str
    start: DateTime | Date
    end: DateTime | Date
    zone: str | None
    summary: str
    description: str
    category: str
    alarm_min: int | None

    @property
    def content(self) -> str:
        """The fingerprint of it all: two events that show the same have the same."""
        shown = (
            self.start.isoformat(),
            self.end.isoformat(),
            self.zone,
            self.summary,
            self.description,
            self.category,
            self.alarm_min,
        )
        return hashlib.sha256("\0".join(map(str, shown)).encode()).hexdigest()[:16]


def _identity(plan: Plan, options: CalendarOptions, what: str) -> str:
    """
    Return the identity of a calendar or of a workout in it, whose every part only the id tells.

    A calendar for others has identities of its own: nobody shall join it to the runner's, or
    find out from one identity what another stands for.
    """
    return str(uuid5(_UIDS, f"{plan.id}\n{'busy' if options.busy else 'full'}\n{what}"))


def _entries(plan: Plan, options: CalendarOptions) -> Iterator[_Entry]:
    for week in plan.weeks:
        for session in week.sessions:
            kind = "long run" if isinstance(session, LongRun) else "strength"
            mark, report = plan.mark(session), week.report_of(session)
            start, end, zone = _times(session, floating=options.floating)
            shown = None if options.busy else mark
            yield _Entry(
                uid=_identity(plan, options, f"{kind} {session.week} {session.place}"),
                start=start,
                end=end,
                zone=zone,
                summary=title(session, mark, emoji=options.emoji) if shown else "Busy",
                description=description(session, mark, report) if shown else "",
                category=kind.capitalize() if shown else "",
                alarm_min=options.alarm_min if shown else None,
            )
    if plan.pause and not options.busy:
        yield _note(plan, plan.pause, options)


def _note(plan: Plan, pause: Pause, options: CalendarOptions) -> _Entry:
    """Return what stands on the next long-run day while the plan is paused."""
    day = plan.weeks[-1].long_run_day
    return _Entry(
        uid=_identity(plan, options, f"pause {pause.since.isoformat()}"),
        start=day,
        end=days_after(day, 1),
        zone=None,
        summary=pause_title(pause),
        description=pause_description(pause),
        category="Long run",
        alarm_min=None,
    )


def _times(
    session: LongRun | StrengthSession, *, floating: bool
) -> tuple[DateTime, DateTime, str | None]:
    """Return start and end as they are written, and the zone they name, if any."""
    start, end = session.start, session.end
    if floating:
        # A stopwatch and a clock without a zone agree.
        return start.naive(), start.naive().add(minutes=session.minutes), None
    if session.timezone == "UTC" or happens_twice(start) or happens_twice(end):
        # RFC 5545 takes the first of two half past two; ical.js, libical and khal the second.
        return start.in_timezone("UTC"), end.in_timezone("UTC"), None
    return start.naive(), end.naive(), session.timezone


def _publish(entry: _Entry, earlier: PublishedEvent | None, now: DateTime | None) -> bytes:
    if earlier is None:
        return _event(entry, sequence=0, stamp=now or _FIRST_STAMP)
    if earlier.content == entry.content:
        return earlier.block
    return _event(entry, sequence=earlier.sequence + 1, stamp=_later(earlier, now))


def _later(earlier: PublishedEvent, now: DateTime | None) -> dt.datetime:
    # A clock may have been set back since; LAST-MODIFIED must rise all the same.
    return earlier.next_stamp if now is None else max(now, earlier.next_stamp)


def _event(entry: _Entry, *, sequence: int, stamp: dt.datetime) -> bytes:
    event = Event(
        {
            "UID": vText(entry.uid),
            "DTSTART": _time(entry.start, entry.zone),
            "DTEND": _time(entry.end, entry.zone),
            "SUMMARY": vText(entry.summary),
            CONTENT: vText(entry.content),
            **_stamps(sequence, stamp),
        }
    )
    if not isinstance(entry.start, DateTime):
        # A note takes no time, and others may book that day.
        event["TRANSP"] = vText("TRANSPARENT")
    if entry.description:
        event["DESCRIPTION"] = vText(entry.description)
    if entry.category:
        event["CATEGORIES"] = vText(entry.category)
    if entry.alarm_min is not None:
        event.add_component(_alarm(entry.uid, entry.summary, entry.alarm_min))
    return _to_bytes(event)


def _alarm(uid: str, text: str, minutes: int) -> Alarm:
    return Alarm(
        {
            "UID": vText(str(uuid5(UUID(uid), "alarm"))),
            "ACTION": vText("DISPLAY"),
            "DESCRIPTION": vText(text),
            "TRIGGER": vDuration(dt.timedelta(minutes=-minutes)),
        }
    )


def _cancel(earlier: PublishedEvent, now: DateTime | None) -> bytes:
    if earlier.content == CANCELLED:
        return earlier.block
    event = Event.from_ical(earlier.block)
    event.subcomponents.clear()
    event.update(
        {
            "STATUS": vText("CANCELLED"),
            CONTENT: vText(CANCELLED),
            **_stamps(earlier.sequence + 1, _later(earlier, now)),
        }
    )
    return _to_bytes(event)


def _stamps(sequence: int, stamp: dt.datetime) -> dict[str, vInt | vDatetime]:
    # ICSx5 takes an update only if DTSTAMP or LAST-MODIFIED rose, Google only with SEQUENCE.
    return {
        "SEQUENCE": vInt(sequence),
        "DTSTAMP": vDatetime(stamp),
        "LAST-MODIFIED": vDatetime(stamp),
    }


def _time(moment: DateTime | Date, zone: str | None) -> vDatetime | vDate:
    if not isinstance(moment, DateTime):
        return vDate(moment, params={"VALUE": "DATE"})
    time = vDatetime(moment)
    if zone:
        time.params["TZID"] = zone
    return time


def _calendar(plan: Plan, options: CalendarOptions, blocks: list[bytes]) -> bytes:
    name = options.calendar_name or ("Busy" if options.busy else plan.name)
    refresh = dt.timedelta(hours=options.refresh_hours)
    calendar = Calendar(
        {
            "VERSION": vText("2.0"),
            "PRODID": vText(PRODID),
            "CALSCALE": vText("GREGORIAN"),
            "NAME": vText(name),
            "X-WR-CALNAME": vText(name),
            "X-WR-TIMEZONE": vText(plan.timezone),
            "REFRESH-INTERVAL": vDuration(refresh, params={"VALUE": "DURATION"}),
            "X-PUBLISHED-TTL": vDuration(refresh),
            "COLOR": vText(options.colour),
            REBUILD: vText(_identity(plan, options, "calendar")),
        }
    )
    end = b"END:VCALENDAR\r\n"
    body = b"".join(blocks)
    return b"".join([_to_bytes(calendar).removesuffix(end), _vtimezones(body), body, end])


def _vtimezones(events: bytes) -> bytes:
    """Return a VTIMEZONE for each zone that events name, good for all the days that do."""
    days: dict[str, list[dt.date]] = {}
    for zone, day in _ZONED.findall(events):
        days.setdefault(zone.decode(), []).append(dt.date.fromisoformat(day.decode()))
    return b"".join(
        _to_bytes(vtimezone(zone, min(days[zone]), max(days[zone]))) for zone in sorted(days)
    )


def _to_bytes(component: Component) -> bytes:
    # Component.to_ical() folds between the two characters of an escaped backslash.
    return b"".join(map(_fold, filter(None, component.content_lines())))


def _fold(line: str) -> bytes:
    """Cut a content line into lines of at most 75 octets, never in a character or an escape."""
    rest, lines = line.encode(), []
    room = _OCTETS
    while len(rest) > room:
        cut = room
        while rest[cut] in _CONTINUATIONS:
            cut -= 1
        if (cut - len(rest[:cut].rstrip(b"\\"))) % 2:  # a backslash that escapes what follows
            cut -= 1
        lines.append(rest[:cut])
        rest = rest[cut:]
        room = _OCTETS - 1  # the space that marks the line as a continuation
    return b"\r\n ".join([*lines, rest]) + b"\r\n"
