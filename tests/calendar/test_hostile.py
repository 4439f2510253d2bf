"""
Earlier calendars that runplan never wrote: broken, hostile, or changed in a few octets.

Each is published over or refused with UnusableCalendar, whatever is in it. What comes out is
always a calendar that can be published over again, without a change in any byte.
"""

import os
import random
import re
import tracemalloc
import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path
from uuid import UUID

import icalendar
import pytest

from runplan import (
    Away,
    CalendarOptions,
    Log,
    Plan,
    Rebuild,
    RunReport,
    UnusableCalendar,
    build,
    save_ics,
    to_ics,
)

KEEP = CalendarOptions(keep_cancelled=True)
ALARM = CalendarOptions(keep_cancelled=True, alarm_min=30)
# How many changed calendars are published over; CI sets it higher.
MUTANTS = int(os.environ.get("RUNPLAN_MUTANTS", "400"))
ROUND = 100

Change = Callable[[bytes], bytes]


@cache
def planned(**changes) -> Plan:
    """Return the usual plan: 40 to 60 minutes in Berlin, in eight weeks."""
    usual = {"baseline_min": 40, "target_min": 60, "start": "2026-11-30", "id": "anna"}
    return build(Rebuild(**usual | {"timezone": "Europe/Berlin"} | changes))


@cache
def usual() -> bytes:
    """Return the usual calendar, with alarms."""
    return to_ics(planned(), options=ALARM)


def first_event(change: Change) -> bytes:
    """Return the usual calendar with its first event changed, which is always planned."""
    start = usual().index(b"BEGIN:VEVENT")
    end = usual().index(b"END:VEVENT\r\n") + len(b"END:VEVENT\r\n")
    return usual()[:start] + change(usual()[start:end]) + usual()[end:]


def last_event(change: Change) -> bytes:
    """Return the usual calendar with its last event changed: a long run of 60 minutes."""
    start = usual().rindex(b"BEGIN:VEVENT")
    end = usual().rindex(b"END:VCALENDAR")
    return usual()[:start] + change(usual()[start:end]) + usual()[end:]


def replaced(pattern: bytes, new: bytes) -> Change:
    """Return a change that replaces the first match of a pattern, which must be there."""

    def change(event: bytes) -> bytes:
        changed, count = re.subn(pattern, lambda _: new, event, count=1)
        assert count == 1
        return changed

    return change


def behind(line: bytes, new: bytes) -> Change:
    """Return a change that puts lines behind the one that begins like this."""

    def change(event: bytes) -> bytes:
        start = event.index(b"\r\n" + line)
        end = event.index(b"\r\n", start + 2) + 2
        return event[:end] + new + b"\r\n" + event[end:]

    return change


def at(day_and_time: bytes) -> Change:
    """Return a change that lets the event begin at another time."""
    return replaced(rb"(?<=DTSTART;TZID=Europe/Berlin:)\w+", day_and_time)


def in_zone(zone: bytes) -> Change:
    """Return a change that puts the event into another time zone."""
    return lambda event: event.replace(b"TZID=Europe/Berlin", b"TZID=" + zone)


def last_modified(stamp: bytes) -> Change:
    """Return a change of both stamps."""
    return lambda event: re.sub(rb"20260101T000000Z", stamp, event)


def titled(title: bytes) -> Change:
    """Return a change of the title."""
    return replaced(rb"(?<=SUMMARY:).*(?=\r)", title)


NEVER_OURS: dict[str, Change] = {
    "a second start that is no time": behind(b"DTSTART", b"DTSTART:99999999T000000"),
    "a second start that is one": behind(b"DTSTART", b"DTSTART:20261202T183000"),
    "a start in the year 1": at(b"00010101T000000"),
    "a start in the year 9999": at(b"99991231T235959"),
    "a start in the year 1959": at(b"19591231T235959"),
    "a start in the year 2300": at(b"23000101T000000"),
    "a start on 30 February": at(b"20270230T183000"),
    "a start at 24 o'clock": at(b"20261202T240000"),
    "a start in the minute 60": at(b"20261202T186000"),
    "a start in words": at(b"tomorrow"),
    "a start without a time": at(b"20261202"),
    "a start in a zone and in UTC": at(b"20261202T183000Z"),
    "a start after its end": at(b"20271202T183000"),
    "a start and an end of different kinds": replaced(rb"DTEND;TZID=Europe/Berlin", b"DTEND"),
    "an end that is its start": lambda event: re.sub(
        rb"(DTSTART(;.*:.*)\r\nDTEND).*\r", rb"\1\2\r", event
    ),
    "no end": replaced(rb"DTEND.*\r\n", b""),
    "a duration instead of an end": replaced(rb"DTEND.*(?=\r)", b"DURATION:PT30M"),
    "a zone that is a continent": in_zone(b"Europe"),
    "a zone that is a path": in_zone(b"../../../etc/passwd"),
    "a zone that is nowhere": in_zone(b"Europe/Bonn"),
    "a zone of this machine": in_zone(b"localtime"),
    "a zone without a name": in_zone(b""),
    "a zone of 5,000 letters": in_zone(b"x" * 5000),
    "a zone in quotes": in_zone(b'"Europe/Berlin"'),
    "a sequence of 4,000 digits": replaced(rb"SEQUENCE:0", b"SEQUENCE:" + b"9" * 4000),
    "a sequence of 5,000 digits": replaced(rb"SEQUENCE:0", b"SEQUENCE:" + b"9" * 5000),
    "a sequence of more than 32 bits": replaced(rb"SEQUENCE:0", b"SEQUENCE:2147483648"),
    "a sequence below zero": replaced(rb"SEQUENCE:0", b"SEQUENCE:-1"),
    "a sequence with a zero in front": replaced(rb"SEQUENCE:0", b"SEQUENCE:01"),
    "a sequence with an underscore": replaced(rb"SEQUENCE:0", b"SEQUENCE:1_0"),
    "a sequence in Arabic digits": replaced(rb"SEQUENCE:0", "SEQUENCE:١".encode()),
    "stamps just before the last second": last_modified(b"99991231T235958Z"),
    "stamps in the last second": last_modified(b"99991231T235959Z"),
    "stamps in the year 1": last_modified(b"00010101T000000Z"),
    "stamps on 31 June": last_modified(b"20260631T000000Z"),
    "stamps in local time": last_modified(b"20260101T000000"),
    "two different stamps": replaced(rb"DTSTAMP:2026", b"DTSTAMP:2025"),
    "an alarm without an end": replaced(rb"END:VALARM\r\n", b""),
    "an alarm without a beginning": replaced(rb"BEGIN:VALARM\r\n", b""),
    "an alarm that never ends": replaced(rb"(?s)END:VALARM.*", b"END:VEVENT\r\n"),
    "a second alarm": replaced(
        rb"END:VALARM", b"END:VALARM\r\nBEGIN:VALARM\r\nACTION:AUDIO\r\nEND:VALARM"
    ),
    "an alarm that runs a program": replaced(rb"ACTION:DISPLAY", b"ACTION:PROCEDURE"),
    "an alarm at no time": replaced(rb"TRIGGER:-PT30M", b"TRIGGER:-P"),
    "an event inside an event": behind(b"DTSTAMP", b"BEGIN:VEVENT\r\nEND:VEVENT"),
    "an event that only begins inside an event": behind(b"DTSTAMP", b"BEGIN:VEVENT"),
    "two ends": replaced(rb"END:VEVENT", b"END:VEVENT\r\nEND:VEVENT"),
    "a task beside an event": replaced(rb"END:VEVENT", b"END:VEVENT\r\nBEGIN:VTODO\r\nEND:VTODO"),
    "a calendar inside the calendar": replaced(
        rb"END:VEVENT", b"END:VEVENT\r\nEND:VCALENDAR\r\nBEGIN:VCALENDAR"
    ),
    "a blank line": behind(b"DTSTAMP", b""),
    "a line without a name": behind(b"DTSTAMP", b":"),
    "a rule that repeats it every second": behind(b"SEQUENCE", b"RRULE:FREQ=SECONDLY"),
    "an attachment": behind(b"SEQUENCE", b"ATTACH:https://example.org/"),
    "names in lower case": replaced(rb"SEQUENCE:", b"sequence:"),
    "no fingerprint": replaced(rb"X-RUNPLAN-CONTENT:.*\r\n", b""),
    "half a fingerprint": replaced(rb"(?<=X-RUNPLAN-CONTENT:)........", b""),
    "a fingerprint of something cancelled": replaced(
        rb"(?<=X-RUNPLAN-CONTENT:)\w+", b"0000000000000000"
    ),
    "a status without that fingerprint": behind(b"LAST-MODIFIED", b"STATUS:CANCELLED"),
    "something cancelled with an alarm": lambda event: behind(
        b"LAST-MODIFIED", b"STATUS:CANCELLED"
    )(replaced(rb"(?<=X-RUNPLAN-CONTENT:)\w+", b"0000000000000000")(event)),
    "a UID in capitals": lambda event: re.sub(
        rb"\nUID:(.*)\r", lambda uid: b"\nUID:" + uid[1].upper() + b"A\r", event
    ),
    "a UID in braces": replaced(rb"(?<=\nUID:).*(?=\r)", b"{" + b"0" * 32 + b"}"),
    "a line of 76 octets": titled(b"x" * 68),
    "a line of a megabyte": titled(b"x" * 1_000_000),
    "a continuation of 76 octets": titled(b"x\r\n " + b"x" * 75),
    "an empty continuation": titled(b"x\r\n "),
    "a continuation after a tab": titled(b"x\r\n\tx"),
    "a title that is empty": titled(b""),
    "a title that sets the terminal's title": titled(b"\x1b]0;Anna\x07Long run"),
    "a title with a NUL": titled(b"Long\0run"),
    "a title with a carriage return": titled(b"Long\rrun"),
    "a title with a backspace": titled(b"Long\x08run"),
    "a title with a delete": titled(b"Long\x7frun"),
    "a title in Latin-1": titled(b"L\xe4ngster Lauf"),
    "a title in overlong UTF-8": titled(b"Long\xc0\xafrun"),
    "a title with half a character": titled(b"Long \xf0\x9f\x8f"),
    "a title with a surrogate": titled(b"Long \xed\xa0\x80"),
    "a character cut in two": titled(b"Long \xc2\r\n \xb7 40 min"),
}


@pytest.mark.parametrize("changed", [first_event, last_event])
@pytest.mark.parametrize("change", NEVER_OURS.values(), ids=NEVER_OURS)
def test_an_event_that_runplan_never_wrote_is_refused(
    tmp_path: Path, change: Change, changed: Callable[[Change], bytes]
) -> None:
    """Whether the workout is still planned, has changed or goes; the file keeps every byte."""
    previous = changed(change)
    assert previous != usual()
    path = tmp_path / "plan.ics"
    path.write_bytes(previous)
    for plan in (planned(), planned(target_min=45), planned(timezone="America/New_York")):
        for options in (ALARM, KEEP, CalendarOptions()):
            with pytest.raises(UnusableCalendar, match="the earlier calendar must be ") as caught:
                to_ics(plan, previous=previous, options=options)
            assert str(caught.value).isprintable()
            assert len(str(caught.value)) < 400
    with pytest.raises(UnusableCalendar):
        save_ics(planned(), path, options=ALARM)
    assert path.read_bytes() == previous


NEVER_OUR_HEAD = {
    "a task before the events": (b"BEGIN:VEVENT", b"BEGIN:VTODO\r\nEND:VTODO\r\nBEGIN:VEVENT"),
    "an event in lower case": (b"BEGIN:VEVENT", b"begin:vevent\r\nend:vevent\r\nBEGIN:VEVENT"),
    "a calendar of somebody else first": (
        b"X-RUNPLAN-REBUILD:",
        b"X-RUNPLAN-REBUILD:another\r\nX-RUNPLAN-REBUILD:",
    ),
    "a program of somebody else first": (b"PRODID:", b"PRODID:another\r\nPRODID:"),
    "an end before the events": (b"BEGIN:VEVENT", b"END:VCALENDAR\r\nBEGIN:VEVENT"),
    "a control character": (b"COLOR:seagreen", b"COLOR:\x1b[31m"),
}


@pytest.mark.parametrize(("old", "new"), NEVER_OUR_HEAD.values(), ids=NEVER_OUR_HEAD)
def test_a_calendar_that_begins_as_runplan_never_writes_is_refused(old: bytes, new: bytes) -> None:
    """Nothing in it that is not runplan's own is lost."""
    with pytest.raises(UnusableCalendar):
        to_ics(planned(), previous=usual().replace(old, new, 1), options=ALARM)


# --- what can be published over --------------------------------------------------------------


@pytest.mark.parametrize(
    "edit",
    [
        titled(b"Arms"),
        replaced(rb"(?<=DESCRIPTION:)Renegade", b"Ten km"),
        lambda event: event.replace(b"T183000", b"T173000"),
    ],
    ids=["title", "description", "time"],
)
def test_a_workout_edited_by_hand_keeps_the_edit_until_it_changes(edit: Change) -> None:
    """The lines still have their shape, and the fingerprint says what the plan last showed."""
    edited = first_event(edit)
    assert edited != usual()
    assert to_ics(planned(), previous=edited, options=ALARM) == edited
    changed = to_ics(planned(), previous=edited, options=KEEP)
    assert to_ics(planned(), previous=usual(), options=KEEP) == changed


@pytest.mark.parametrize(
    ("next_to_last", "last"),
    [
        (b"SEQUENCE:2147483646", b"SEQUENCE:2147483647"),
        (b"LAST-MODIFIED:22991231T235958Z", b"LAST-MODIFIED:22991231T235959Z"),
    ],
)
def test_a_workout_can_change_until_there_is_no_later_revision(
    next_to_last: bytes, last: bytes
) -> None:
    """The last revision can be read and kept, and only another change is refused."""
    name = next_to_last.partition(b":")[0]
    value = next_to_last.partition(b":")[2]

    def revised(event: bytes) -> bytes:
        names = {b"LAST-MODIFIED", b"DTSTAMP"} if name == b"LAST-MODIFIED" else {name}
        for each in names:
            event = replaced(rb"(?<=\n%b:)\w+" % each, value)(event)
        return event

    shorter = planned(target_min=58)
    once = to_ics(shorter, previous=last_event(revised), options=ALARM)
    assert last in once
    assert to_ics(shorter, previous=once, options=ALARM) == once
    with pytest.raises(UnusableCalendar, match="one whose events can still change"):
        to_ics(planned(), previous=once, options=ALARM)


TITLES = {
    "a control sequence of one character": "\u009b31mLong run",
    "a next line": "Long\u0085run",
    "a line separator": "Long\u2028run",
    "a paragraph separator": "Long\u2029run",
    "an escaped newline": "Long\\nrun",
}


@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)
def test_what_a_title_hides_does_not_reach_the_terminal(tmp_path: Path, title: str) -> None:
    """The line about the workout is one line, without control characters."""
    path = tmp_path / "plan.ics"
    path.write_bytes(last_event(titled(title.encode())))
    changes = save_ics(planned(target_min=45), path)
    line = changes.removed[-1]
    assert line.startswith("Sun 24 Jan 2027 09:00  ")
    assert line.splitlines() == [line]
    assert not [char for char in line if unicodedata.category(char) in {"Cc", "Zl", "Zp"}]


def test_a_title_of_megabytes_is_one_short_line_about_the_workout(tmp_path: Path) -> None:
    """It was folded as it should be, so the calendar is read, and a screen can show the change."""
    path = tmp_path / "plan.ics"
    path.write_bytes(last_event(titled(b"\r\n ".join([b"x" * 60] * 50_000))))
    changes = save_ics(planned(target_min=45), path)
    assert len(changes.removed[-1]) < 500


def test_a_title_of_megabytes_stays_as_it_was_when_the_workout_is_cancelled() -> None:
    """Every octet of it, also where it is nothing but backslashes."""
    for line in (b"x" * 60, b"\\" * 60):
        title = b"\r\n ".join([line] * 20_000)
        after = to_ics(planned(target_min=45), previous=last_event(titled(title)), options=KEEP)
        assert b"SUMMARY:" + title + b"\r\n" in after
        assert to_ics(planned(target_min=45), previous=after, options=KEEP) == after


def test_every_zone_of_the_earlier_calendar_that_is_known_here_can_be_kept() -> None:
    """A runner has moved more than once, and the cancelled workouts have not."""
    moved = last_event(in_zone(b"America/Argentina/ComodRivadavia"))
    after = to_ics(planned(target_min=45), previous=moved, options=KEEP)
    zones = set(re.findall(rb"\r\nTZID:(.*)\r", after))
    assert zones == {b"Europe/Berlin", b"America/Argentina/ComodRivadavia"}


# --- laws ------------------------------------------------------------------------------------

FRAGMENTS = (
    *(b"\r\n", b"\n", b"\r", b"\r\n ", b" ", b":", b";", b",", b"\\", b"-", b"Z", b"T", b"P"),
    *(b"\0", b"\x1b[31m", b"\xff", b"\xc2", "\u2028".encode(), "\u009b".encode(), b"x" * 80),
    *(b"9" * 9, b"9" * 4300, b"0001", b"9999", b"-1", b"2147483647", b"2147483648"),
    *(b"19600101", b"20270230", b"22991231T235959Z", b"00010101T000000Z", b"99991231T235958Z"),
    *(b"BEGIN:VEVENT\r\n", b"END:VEVENT\r\n", b"BEGIN:VALARM\r\n", b"END:VALARM\r\n"),
    *(b"BEGIN:VCALENDAR\r\n", b"END:VCALENDAR\r\n", b"BEGIN:VTIMEZONE\r\n"),
    *(b"STATUS:CANCELLED\r\n", b"TRANSP:TRANSPARENT\r\n", b"RRULE:FREQ=SECONDLY\r\n"),
    *(b"X-RUNPLAN-CONTENT:0000000000000000\r\n", b"DTSTART:99999999T000000\r\n"),
    *(b";TZID=Asia/Tokyo", b";VALUE=DATE", b"Europe", b"UTC", b"Africa/Casablanca", b"../.."),
)


def mutant(calendar: bytes, chance: random.Random) -> bytes:
    """Return a calendar with one to four changes of any kind."""
    for _ in range(chance.choice([1, 1, 2, 4])):
        lines = calendar.split(b"\r\n")
        here, there = chance.randrange(len(lines)), chance.randrange(len(lines))
        name, mark, value = lines[here].partition(b":")
        match chance.randrange(8):
            case 0 | 1:
                start = chance.randrange(len(calendar))
                end = start + chance.choice([0, 0, 1, 2, 5, 15, 40])
                new = chance.choice([*FRAGMENTS, bytes([chance.randrange(256)])])
                lines = [calendar[:start] + new + calendar[end:]]
            case 2:
                lines.insert(there, lines[here])
            case 3:
                lines[here], lines[there] = lines[there], lines[here]
            case 4:
                del lines[here : here + chance.choice([1, 1, 2, 12])]
            case 5:
                lines[here] = name + mark + chance.choice(FRAGMENTS)
            case 6:
                lines[here] = name + chance.choice(FRAGMENTS) + mark + value
            case _:
                digits = [chance.choice(b"0123456789") if 47 < x < 58 else x for x in lines[here]]
                lines[here] = bytes(digits)
        calendar = b"\r\n".join(lines)
    return calendar


@cache
def published() -> tuple[tuple[Plan, CalendarOptions, bytes], ...]:
    """Return plans with calendars of theirs: new, revised, with cancelled workouts and a note."""
    hurt = Log([RunReport(day="2026-12-06", minutes=40, pain=7, pain_from=3)])
    asked = {"baseline_min": 40, "target_min": 45, "start": "2026-11-30", "id": "anna"}
    rebuild = Rebuild(**asked, timezone="Europe/Berlin", first_month="extend")
    plans = (
        build(rebuild),
        build(rebuild, hurt, today="2026-12-07"),
        build(Rebuild(**asked, timezone="Africa/Casablanca", first_month="extend")),
        build(
            Rebuild(
                **asked | {"target_min": 50},
                timezone="Europe/Berlin",
                first_month="extend",
                away=[Away(first="2026-12-06", last="2026-12-06")],
            )
        ),
    )
    found = []
    for options in (CalendarOptions(), KEEP, ALARM, CalendarOptions(floating=True)):
        for plan in plans:
            calendar = to_ics(plan, options=options)
            found.append((plan, options, calendar))
            for other in plans:
                revised = to_ics(other, previous=calendar, options=options)
                found.append((other, options, revised))
    return tuple(found)


@pytest.mark.parametrize("seed", range(MUTANTS // ROUND))
def test_a_changed_calendar_is_published_over_or_refused(seed: int) -> None:
    """And what comes out can be published over again, without a change in any byte."""
    chance = random.Random(seed)  # noqa: S311 (the same calendars in every run)
    outcomes = {"refused": 0, "published": 0}
    for _ in range(ROUND):
        plan, options, calendar = chance.choice(published())
        previous = mutant(calendar, chance)
        other, _, _ = chance.choice(published())
        revised_at = chance.choice([None, "2026-12-05T00:00:00Z"])
        try:
            after = to_ics(other, previous=previous, options=options, revised_at=revised_at)
        except UnusableCalendar as error:
            assert str(error).isprintable()  # noqa: PT017 (most changes are refused, some are not)
            outcomes["refused"] += 1
            continue
        outcomes["published"] += 1
        assert (
            to_ics(other, previous=after, options=options, revised_at="2031-01-01T00:00:00Z")
            == after
        )
        assert max(map(len, after.split(b"\r\n"))) <= 75
        parsed = icalendar.Calendar.from_ical(after)
        assert [part.name for part in parsed.walk() if part.errors] == []
        back = to_ics(plan, previous=after, options=options)
        assert to_ics(plan, previous=back, options=options) == back
    # Neither is the reader so strict nor so lax that the loop above would be hollow.
    assert min(outcomes.values()) > ROUND // 20


# --- growth ----------------------------------------------------------------------------------


def many_events(number: int) -> bytes:
    """Return the usual calendar and so many workouts that are no longer planned."""
    start = usual().rindex(b"BEGIN:VEVENT")
    end = usual().rindex(b"END:VCALENDAR")
    more = (
        re.sub(rb"\nUID:.*\r", b"\nUID:%b\r" % str(UUID(int=n)).encode(), usual()[start:end])
        for n in range(number)
    )
    return usual()[:end] + b"".join(more) + usual()[end:]


GROWING: dict[str, Callable[[int], bytes]] = {
    "a title": lambda n: last_event(titled(b"\r\n ".join([b"x" * 70] * n * 40))),
    "a title of backslashes": lambda n: last_event(titled(b"\r\n ".join([b"\\" * 70] * n * 40))),
    "events": many_events,
    "lines in the head": lambda n: usual().replace(b"COLOR:", b"COLOR:x\r\n" * n * 400 + b"COLOR:"),
    "blank lines": lambda n: usual().replace(b"COLOR:", b"\r\n" * n * 1000 + b"COLOR:"),
    "beginnings without an end": lambda n: last_event(
        lambda event: b"BEGIN:VEVENT\r\n" * n + event
    ),
    "a title without an end": lambda n: last_event(
        lambda event: event[: event.index(b"DTSTART") - 2] + b"\r\n x" * n * 400
    ),
}


def memory_for(previous: bytes) -> int:
    """Return how many octets publishing over an earlier calendar takes at most."""
    tracemalloc.start()
    try:
        to_ics(planned(target_min=45), previous=previous, options=KEEP)
    except UnusableCalendar:
        pass
    finally:
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    return most


@pytest.mark.parametrize("grown", GROWING.values(), ids=GROWING)
def test_memory_grows_with_the_earlier_calendar_and_no_faster(grown: Callable) -> None:
    """Twice the calendar takes at most twice the memory, and a little more."""
    memory_for(grown(1))
    sizes = [grown(n) for n in (100, 200, 400)]
    most = [memory_for(calendar) for calendar in sizes]
    assert most[1] <= 2.2 * most[0]
    assert most[2] <= 2.2 * most[1]


def test_the_next_calendar_is_no_longer_than_the_earlier_one_and_the_plan_together() -> None:
    """Workouts in many zones and centuries do not make a small file a large one."""
    fresh = to_ics(planned(target_min=45))
    zones = (b"Africa/Cairo", b"Africa/Casablanca", b"Asia/Jerusalem", b"America/Santiago")
    earlier = many_events(8)
    for number in range(8):
        uid = str(UUID(int=number)).encode()
        start = earlier.rindex(b"BEGIN:VEVENT", 0, earlier.index(uid))
        end = earlier.index(b"END:VEVENT", start)
        event = in_zone(zones[number % 4])(earlier[start:end])
        event = event.replace(b":2027", b":1970" if number < 4 else b":2199")
        earlier = earlier[:start] + event + earlier[end:]
    after = to_ics(planned(target_min=45), previous=earlier, options=KEEP)
    assert after.count(b"BEGIN:VTIMEZONE") == 5
    assert len(after) < len(earlier) + len(fresh)
