"""
Publishing again: only what changed changes, and nothing that is not ours is ever lost.

Events are compared as bytes, found in the files by a regular expression.
"""

import datetime as dt
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from support.effort import effort, examples, some

from runplan import (
    CAUTIOUS,
    FIVE_MINUTES,
    Away,
    CalendarOptions,
    Changes,
    InvalidType,
    InvalidValue,
    Plan,
    Rebuild,
    RunplanError,
    Slot,
    Strength,
    UnusableCalendar,
    UnusableFile,
    build,
    save_ics,
    to_ics,
)
from runplan._base.files import write_whole

KEEP = CalendarOptions(keep_cancelled=True)
FIRST = b"20260101T000000Z"
AWAY_WEDNESDAY = Away(first="2026-12-02", last="2026-12-02")
AWAY_CHRISTMAS = Away(first="2026-12-24", last="2026-12-27")


def request(**changes) -> Rebuild:
    """Return the usual request: 40 to 60 minutes in Berlin, from the last day of November."""
    usual = {
        "baseline_min": 40,
        "target_min": 60,
        "start": "2026-11-30",
        "timezone": "Europe/Berlin",
        "id": "anna",
    }
    return Rebuild(**usual | changes)


def planned(**changes) -> Plan:
    """Return the usual plan with some changes."""
    return build(request(**changes))


@cache
def usual() -> bytes:
    """Return the usual calendar as first published."""
    return to_ics(planned())


def blocks(data: bytes) -> dict[bytes, bytes]:
    """Return each event's bytes by its UID."""
    found = re.findall(rb"BEGIN:VEVENT\r\n.*?\r\nEND:VEVENT\r\n", data, re.DOTALL)
    by_uid = {value(block, "UID"): block for block in found}
    assert len(by_uid) == len(found)
    return by_uid


def value(block: bytes, name: str) -> bytes:
    """Return the value of an event's property, with its parameters if it has some."""
    lines = block.partition(b"BEGIN:VALARM")[0].replace(b"\r\n ", b"")
    (found,) = re.findall(rb"\r\n%b[:;]([^\r]*)" % name.encode(), lines)
    return found


def shown(block: bytes) -> bytes:
    """Return an event without its stamps."""
    return re.sub(rb"\r\n(SEQUENCE|DTSTAMP|LAST-MODIFIED):[^\r]*", b"", block)


def moment(stamp: bytes) -> dt.datetime:
    """Return the moment of a stamp in UTC."""
    assert re.fullmatch(rb"\d{8}T\d{6}Z", stamp)
    return dt.datetime.fromisoformat(stamp.decode())


def is_next(before: bytes, after: bytes) -> bool:
    """Say whether an event is the next version of another, as every client wants it."""
    assert value(after, "DTSTAMP") == value(after, "LAST-MODIFIED")
    return int(value(after, "SEQUENCE")) == int(value(before, "SEQUENCE")) + 1 and moment(
        value(after, "LAST-MODIFIED")
    ) > moment(value(before, "LAST-MODIFIED"))


# --- the same, and one change ----------------------------------------------------------------


def test_the_same_plan_published_again_is_the_same_bytes() -> None:
    """Whenever it is: the moment of publishing is no change."""
    assert to_ics(planned(), previous=usual()) == usual()
    assert to_ics(planned(), previous=usual(), revised_at="2031-01-01T00:00:00Z") == usual()


@pytest.mark.parametrize(
    "changes",
    [
        # The strength session of one Wednesday moves.
        {"away": [AWAY_WEDNESDAY]},
        # The last run is 58 minutes long instead of 60.
        {"target_min": 58},
    ],
    ids=["moved", "shorter"],
)
def test_one_changed_workout_is_one_changed_event(changes: dict) -> None:
    """Every other event keeps every byte, and so does the head of the calendar."""
    after = to_ics(planned(**changes), previous=usual(), revised_at="2026-12-01T08:00:00+01:00")
    old, new = blocks(usual()), blocks(after)
    assert old.keys() == new.keys()
    (changed,) = (uid for uid in old if old[uid] != new[uid])
    assert is_next(old[changed], new[changed])
    assert value(new[changed], "LAST-MODIFIED") == b"20261201T070000Z"
    rest = after.replace(new[changed], b"")
    assert rest == usual().replace(old[changed], b"")


@pytest.mark.parametrize(
    ("revised_at", "stamp"),
    [
        (None, b"20260101T000001Z"),
        ("2026-12-01T08:00:00+01:00", b"20261201T070000Z"),
        ("2026-12-01T07:00:00.999Z", b"20261201T070000Z"),
        (dt.datetime(2026, 12, 1, 7, tzinfo=dt.UTC), b"20261201T070000Z"),
        # A clock that was set back.
        ("2025-01-01T00:00:00Z", b"20260101T000001Z"),
        ("2026-01-01T00:00:00Z", b"20260101T000001Z"),
    ],
)
def test_a_change_is_stamped_later_whatever_the_clock_says(
    revised_at: str | dt.datetime | None, stamp: bytes
) -> None:
    """Clients that look at LAST-MODIFIED alone must see it rise."""
    plan = planned(target_min=58)
    after = blocks(to_ics(plan, previous=usual(), revised_at=revised_at))
    stamps = [value(block, "LAST-MODIFIED") for block in after.values()]
    assert sorted(set(stamps)) == [FIRST, stamp]
    assert stamps.count(stamp) == 1


def test_every_revision_counts_one_further() -> None:
    """Forth and back again three times: SEQUENCE 6, each stamp later than the one before."""
    data, versions = usual(), []
    for target in (58, 60, 58, 60, 58, 60):
        data = to_ics(planned(target_min=target), previous=data, revised_at="2026-12-01T08:00Z")
        versions.append(max(blocks(data).values(), key=lambda each: int(value(each, "SEQUENCE"))))
    assert [value(each, "SEQUENCE") for each in versions] == [b"1", b"2", b"3", b"4", b"5", b"6"]
    assert all(is_next(*pair) for pair in pairwise(versions))
    assert shown(versions[-1]) in {shown(block) for block in blocks(usual()).values()}


def test_what_is_new_is_stamped_with_the_revision() -> None:
    """Workouts that come with a later target are new, and say since when."""
    before = to_ics(planned(target_min=50))
    after = to_ics(planned(), previous=before, revised_at="2026-12-01T08:00:00Z")
    new = {uid: block for uid, block in blocks(after).items() if uid not in blocks(before)}
    assert len(new) == 2 * 4
    for block in new.values():
        assert value(block, "SEQUENCE") == b"1"
        assert value(block, "DTSTAMP") == value(block, "LAST-MODIFIED") == b"20261201T080000Z"


def test_a_workout_that_comes_back_is_later_than_everything_before() -> None:
    """A phone that still has an old version takes the new one."""
    calendar, latest = usual(), 0
    for away in ([AWAY_CHRISTMAS], [AWAY_CHRISTMAS, AWAY_WEDNESDAY], []):
        calendar = to_ics(planned(away=away), previous=calendar)
        found = blocks(calendar)
        latest = max(latest, *(int(value(block, "SEQUENCE")) for block in found.values()))
    shorter = to_ics(planned(target_min=50), previous=calendar)
    back = blocks(to_ics(planned(), previous=shorter))
    highest = max(blocks(shorter).values(), key=lambda block: int(value(block, "SEQUENCE")))
    assert len(back) > len(blocks(shorter))
    for uid in back.keys() - blocks(shorter).keys():
        assert is_next(highest, back[uid])
        assert int(value(back[uid], "SEQUENCE")) > int(value(found[uid], "SEQUENCE"))


@pytest.mark.parametrize(
    ("options", "which"),
    [
        (CalendarOptions(emoji=True), 26),
        (CalendarOptions(alarm_min=30), 26),
        (CalendarOptions(floating=True), 26),
        (CalendarOptions(colour="teal"), 0),
        (CalendarOptions(refresh_hours=1), 0),
        (CalendarOptions(calendar_name="Anna"), 0),
        (CalendarOptions(keep_cancelled=True), 0),
    ],
    ids=["emoji", "alarms", "floating", "colour", "refreshing", "name", "cancelled"],
)
def test_an_option_changes_the_events_that_show_it(options: CalendarOptions, which: int) -> None:
    """An emoji is in every title, a colour in none."""
    after = to_ics(planned(), previous=usual(), options=options)
    old, new = blocks(usual()), blocks(after)
    assert sum(is_next(old[uid], new[uid]) for uid in old if old[uid] != new[uid]) == which
    assert sum(old[uid] == new[uid] for uid in old) == 26 - which
    assert to_ics(planned(), previous=after, options=options) == after


def test_changed_options_are_named_with_both_values(tmp_path: Path) -> None:
    """Fifty events that change at once have one reason, and the answer says which."""
    path = tmp_path / "plan.ics"
    alarm = CalendarOptions(alarm_min=30)
    assert save_ics(planned(), path, options=alarm).options == ()
    assert save_ics(planned(), path, options=alarm).options == ()
    changes = save_ics(planned(), path)
    assert changes.options == ("alarm_min none (was 30)",)
    assert len(changes.changed) == 26
    assert b"X-RUNPLAN-OPTIONS" not in path.read_bytes()
    named = CalendarOptions(calendar_name="Anna, " + "é" * 90, emoji=True)
    assert save_ics(planned(), path, options=named).options[0] == "emoji true (was false)"
    path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n"))
    assert save_ics(planned(), path, options=named) == Changes(unchanged=26)


@pytest.mark.parametrize("written", [b"[", b'{"x": 1}', b"\xff", b'{"emoji": 1}', b"[" * 50_000])
def test_options_that_cannot_be_read_are_no_difference(tmp_path: Path, written: bytes) -> None:
    """The events are what counts; the next file has the line as it should be."""
    path = tmp_path / "plan.ics"
    options = CalendarOptions(emoji=True)
    calendar = to_ics(planned(), options=options)
    path.write_bytes(calendar.replace(b'{"emoji": true}', written))
    assert save_ics(planned(), path, options=options) == Changes(unchanged=26)
    assert path.read_bytes() == calendar


@pytest.mark.parametrize("options", [{"alarm_min": 60}, {"alarm_min": None}])
def test_another_alarm_is_a_change(options: dict) -> None:
    """A phone takes the new alarm only with a new SEQUENCE."""
    before = to_ics(planned(), options=CalendarOptions(alarm_min=30))
    after = to_ics(planned(), previous=before, options=CalendarOptions(**options))
    old, new = blocks(before), blocks(after)
    assert all(is_next(old[uid], new[uid]) for uid in old)


def test_another_time_zone_is_another_time() -> None:
    """The same nine o'clock on another coast: every event changes, and its zone is in the file."""
    after = to_ics(planned(timezone="America/New_York"), previous=usual())
    old, new = blocks(usual()), blocks(after)
    assert all(is_next(old[uid], new[uid]) for uid in old)
    assert after.count(b"BEGIN:VTIMEZONE") == after.count(b"TZID:America/New_York\r\n") == 1
    assert b"Berlin" not in after


# --- cancelled -------------------------------------------------------------------------------


def test_workouts_that_are_no_longer_planned_go() -> None:
    """By default they are left out, and what is left keeps every byte."""
    after = to_ics(planned(target_min=50), previous=usual())
    old, new = blocks(usual()), blocks(after)
    assert len(old) - len(new) == 2 * 4
    changed = [uid for uid in new if new[uid] != old[uid]]
    assert changed == []
    assert b"STATUS" not in after


def test_workouts_that_are_no_longer_planned_can_stay_as_cancelled() -> None:
    """They keep what they showed, say that they are cancelled, and ring no more."""
    options = evolve(KEEP, alarm_min=30)
    before = to_ics(planned(), options=options)
    plan = planned(target_min=50)
    after = to_ics(plan, previous=before, revised_at="2026-12-01T08:00:00Z", options=options)
    old, new = blocks(before), blocks(after)
    assert old.keys() == new.keys()
    cancelled = {uid for uid in new if b"\r\nSTATUS:CANCELLED\r\n" in new[uid]}
    assert cancelled == old.keys() - blocks(to_ics(plan)).keys()
    for uid in cancelled:
        assert is_next(old[uid], new[uid])
        assert b"VALARM" not in new[uid]
        for name in ("SUMMARY", "DESCRIPTION", "DTSTART", "DTEND", "CATEGORIES"):
            assert value(new[uid], name) == value(old[uid], name)
    assert all(new[uid] == old[uid] for uid in old.keys() - cancelled)
    assert b"\r\nSTATUS:" not in before


def test_a_cancelled_workout_is_cancelled_once_and_then_keeps_its_bytes() -> None:
    """Publishing again, at any time, changes nothing about it."""
    plan = planned(target_min=50)
    once = to_ics(plan, previous=usual(), options=KEEP)
    assert to_ics(plan, previous=once, options=KEEP) == once
    later = to_ics(plan, previous=once, revised_at="2031-01-01T00:00:00Z", options=KEEP)
    assert later == once
    third = to_ics(planned(target_min=45), previous=once, options=KEEP)
    cancelled = [block for block in blocks(once).values() if b"CANCELLED" in block]
    assert all(block in third for block in cancelled)


def test_a_cancelled_workout_comes_back_when_it_is_planned_again() -> None:
    """Under its old UID, confirmed, with the next SEQUENCE."""
    once = to_ics(planned(target_min=50), previous=usual(), options=KEEP)
    back = to_ics(planned(), previous=once, options=KEEP)
    old, gone, new = blocks(usual()), blocks(once), blocks(back)
    assert old.keys() == gone.keys() == new.keys()
    for uid in old:
        if b"CANCELLED" in gone[uid]:
            assert is_next(gone[uid], new[uid])
        assert shown(new[uid]) == shown(old[uid])
    assert b"CANCELLED" not in back


def test_cancelled_workouts_go_once_they_are_not_to_be_kept() -> None:
    """The option decides each time."""
    once = to_ics(planned(target_min=50), previous=usual(), options=KEEP)
    again = to_ics(planned(target_min=50), previous=once)
    assert b"CANCELLED" not in again
    assert blocks(again) == {
        uid: block for uid, block in blocks(once).items() if b"CANCELLED" not in block
    }


def test_a_cancelled_workout_keeps_its_time_zone() -> None:
    """A runner who moved to New York still has Berlin's cancelled runs, and Berlin's clocks."""
    plan = planned(target_min=50, timezone="America/New_York")
    after = to_ics(plan, previous=usual(), options=KEEP)
    named = set(re.findall(rb"TZID=([^:]+):", after))
    assert named == {b"America/New_York", b"Europe/Berlin"}
    assert set(re.findall(rb"\r\nTZID:([^\r]+)\r", after)) == named


def test_a_busy_event_is_cancelled_without_revealing_more() -> None:
    """A cancelled busy event is still only busy."""
    options = evolve(KEEP, busy=True)
    before = to_ics(planned(), options=options)
    after = to_ics(planned(target_min=50), previous=before, options=options)
    cancelled = [block for block in blocks(after).values() if b"CANCELLED" in block]
    assert len(cancelled) == 8
    assert {value(block, "SUMMARY") for block in cancelled} == {b"Busy"}
    assert not any(b"DESCRIPTION" in block for block in cancelled)


# --- laws ------------------------------------------------------------------------------------

REQUESTS = st.builds(
    request,
    baseline_min=st.integers(10, 45),
    target_min=st.integers(45, 60),
    name=st.sampled_from(["Long run rebuild", "Zurück, ohne Schmerz; 🏃"]),
    timezone=st.sampled_from(["Europe/Berlin", "America/New_York", "UTC", "Asia/Jerusalem"]),
    start=st.sampled_from(["2026-11-30", "2027-02-03"]),
    long_run=st.builds(
        Slot, st.sampled_from(["saturday", "sunday"]), st.sampled_from(["02:30", "09:00"])
    ),
    strength=st.sampled_from([None, Strength(), Strength(minutes=20, ramp=[(None, 1)])]),
    first_month=st.sampled_from(["hold", "extend"]),
    policy=st.sampled_from([FIVE_MINUTES, CAUTIOUS]),
    away=st.sampled_from([(), [AWAY_CHRISTMAS], [Away(first="2027-02-08", last="2027-02-28")]]),
)
OPTIONS = st.builds(
    CalendarOptions,
    alarm_min=st.sampled_from([None, 30]),
    floating=st.booleans(),
    keep_cancelled=st.booleans(),
    emoji=st.booleans(),
)


@examples(8, 40)
@given(before=REQUESTS, after=REQUESTS, options=st.tuples(OPTIONS, OPTIONS))
def test_publishing_twice_changes_nothing(
    before: Rebuild, after: Rebuild, options: tuple[CalendarOptions, CalendarOptions]
) -> None:
    """Whatever changed between two requests, each event changed once or kept every byte."""
    first = to_ics(build(before), options=options[0])
    fresh = blocks(to_ics(build(after), options=options[1]))
    second = to_ics(build(after), previous=first, options=options[1])
    assert to_ics(build(after), previous=second, options=options[1]) == second
    old, new = blocks(first), blocks(second)
    kept = old.keys() - fresh.keys() if options[1].keep_cancelled else set()
    assert new.keys() == fresh.keys() | kept
    for uid, block in new.items():
        if uid in kept:
            assert b"\r\nSTATUS:CANCELLED\r\n" in block
        else:
            assert shown(block) == shown(fresh[uid])
        if uid in old:
            assert block == old[uid] or is_next(old[uid], block)
            assert (block == old[uid]) == (shown(block) == shown(old[uid]))


@examples(8, 25)
@given(before=REQUESTS, after=REQUESTS, options=OPTIONS)
def test_going_back_shows_what_was_shown_before(
    before: Rebuild, after: Rebuild, options: CalendarOptions
) -> None:
    """A plan that is changed and changed back reads as at first, only with later stamps."""
    first = to_ics(build(before), options=options)
    second = to_ics(build(after), previous=first, options=options)
    third = blocks(to_ics(build(before), previous=second, options=options))
    for uid, block in blocks(first).items():
        assert shown(third[uid]) == shown(block)


# --- line ends -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changed",
    [
        lambda data: data.replace(b"\r\n", b"\n"),
        lambda data: data.replace(b"\r\n", b"\n", 400),
    ],
    ids=["all", "some"],
)
def test_a_calendar_whose_line_ends_became_lf_is_still_ours(changed: Callable) -> None:
    """Version control and editors make it so; published again, every byte is back."""
    assert to_ics(planned(), previous=changed(usual())) == usual()


# --- what changed ----------------------------------------------------------------------------


def test_the_first_publication_adds_everything(tmp_path: Path) -> None:
    """Every workout is a line with its day, its time and its title."""
    changes = save_ics(planned(), tmp_path / "plan.ics")
    assert (tmp_path / "plan.ics").read_bytes() == usual()
    assert str(changes) == "26 added, 0 moved, 0 changed, 0 removed, 0 unchanged"
    assert changes.added[:2] == (
        "Wed 02 Dec 2026 18:30  Strength · upper back, 30 min",
        "Sun 06 Dec 2026 09:00  Long run · 40 min",
    )
    assert changes.added[-1] == "Sun 24 Jan 2027 09:00  Long run · 60 min"


def test_publishing_the_same_again_says_so(tmp_path: Path) -> None:
    """Nothing added, moved, changed or removed."""
    save_ics(planned(), tmp_path / "plan.ics")
    assert save_ics(planned(), tmp_path / "plan.ics") == Changes(unchanged=26)


def test_a_moved_workout_says_from_when(tmp_path: Path) -> None:
    """The line names the new time and the old one; the changed text is not listed as well."""
    save_ics(planned(), tmp_path / "plan.ics")
    changes = save_ics(planned(away=[AWAY_WEDNESDAY]), tmp_path / "plan.ics")
    moved = "Tue 01 Dec 2026 18:30  Strength · upper back, 30 min (was Wed 02 Dec 2026 18:30)"
    assert changes == Changes(moved=(moved,), unchanged=25)


def test_a_changed_workout_is_listed_as_it_is_now(tmp_path: Path) -> None:
    """At the same time, but two minutes shorter."""
    save_ics(planned(), tmp_path / "plan.ics")
    changes = save_ics(planned(target_min=58), tmp_path / "plan.ics")
    assert changes == Changes(changed=("Sun 24 Jan 2027 09:00  Long run · 58 min",), unchanged=25)


@pytest.mark.parametrize("keep_cancelled", [False, True])
def test_a_removed_workout_is_listed_as_it_was_and_only_once(
    tmp_path: Path, keep_cancelled: bool
) -> None:
    """Cancelled or gone, it is no longer planned; the next time there is nothing to list."""
    path, options = tmp_path / "plan.ics", CalendarOptions(keep_cancelled=keep_cancelled)
    save_ics(planned(), path, options=options)
    changes = save_ics(planned(target_min=50), path, options=options)
    assert str(changes) == "0 added, 0 moved, 0 changed, 8 removed, 18 unchanged"
    assert changes.removed[-1] == "Sun 24 Jan 2027 09:00  Long run · 60 min"
    again = save_ics(planned(target_min=50), path, options=options)
    assert again == Changes(unchanged=18)
    back = save_ics(planned(), path, options=options)
    assert str(back) == "8 added, 0 moved, 0 changed, 0 removed, 18 unchanged"


def test_everything_at_once_is_counted_apart(tmp_path: Path) -> None:
    """Counts and lines agree, each workout in one of them."""
    path = tmp_path / "plan.ics"
    save_ics(planned(), path)
    plan = planned(target_min=63, away=[AWAY_CHRISTMAS])
    changes = save_ics(plan, path, revised_at="2026-12-01T08:00:00Z")
    counts = [len(getattr(changes, name)) for name in ("added", "moved", "changed", "removed")]
    assert str(changes) == (
        "{} added, {} moved, {} changed, {} removed, ".format(*counts)
        + f"{changes.unchanged} unchanged"
    )
    # Week 9 is new, week 4 moves, and its second strength session has no day left.
    assert counts[0] == 4
    assert "Wed 23 Dec 2026 09:00  Long run · 40 min (was Sun 27 Dec 2026 09:00)" in changes.moved
    assert changes.removed == ("Fri 25 Dec 2026 18:30  Strength · upper back, 30 min",)
    assert sum(counts) - counts[0] + changes.unchanged == 26


def test_titles_in_lines_are_read_as_people_read_them(tmp_path: Path) -> None:
    """No backslashes before commas, and the emoji as it is."""
    options = CalendarOptions(emoji=True)
    changes = save_ics(planned(target_min=40), tmp_path / "plan.ics", options=options)
    assert changes.added == (
        "Wed 02 Dec 2026 18:30  💪 Strength · upper back, 30 min",
        "Sun 06 Dec 2026 09:00  🏃 Long run · 40 min",
    )


# --- earlier calendars that cannot be published over -----------------------------------------


def replaced(old: bytes, new: bytes) -> bytes:
    """Return the usual calendar with one thing replaced."""
    assert old in usual()
    return usual().replace(old, new, 1)


def foreign() -> bytes:
    """Return somebody's own calendar."""
    return replaced(b"PRODID:-//runplan//runplan//EN", b"PRODID:-//Anna//Birthdays//EN")


def busy() -> bytes:
    """Return the same plan, published busy."""
    return to_ics(planned(), options=CalendarOptions(busy=True))


def doubled() -> bytes:
    """Return the usual calendar with its first event twice."""
    (first, *_) = blocks(usual()).values()
    return usual().replace(first, first * 2)


BAD = {
    "empty": b"",
    "an empty line": b"\r\n",
    "no calendar": b"hello",
    "a picture": bytes(range(256)),
    "another program's": foreign(),
    "another rebuild's": to_ics(build(request(id="bob"))),
    "busy over full": busy(),
    "no PRODID": replaced(b"PRODID:-//runplan//runplan//EN\r\n", b""),
    "no rebuild": replaced(b"X-RUNPLAN-REBUILD:", b"X-RUNPLAN:"),
    "doubled UIDs": doubled(),
    "two calendars": usual() * 2,
    "something behind": usual() + b"x",
    "a byte-order mark": b"\xef\xbb\xbf" + usual(),
    "no UID": replaced(b"\r\nUID:", b"\r\nX-UID:"),
    "another kind of UID": replaced(b"\r\nUID:", b"\r\nUID:x"),
    "no SEQUENCE": replaced(b"\r\nSEQUENCE:0", b""),
    "SEQUENCE in words": replaced(b"\r\nSEQUENCE:0", b"\r\nSEQUENCE:one"),
    "no LAST-MODIFIED": replaced(b"\r\nLAST-MODIFIED:20260101T000000Z", b""),
    "month 13": replaced(b"LAST-MODIFIED:20260101", b"LAST-MODIFIED:20261301"),
    "the last second": replaced(b"LAST-MODIFIED:" + FIRST, b"LAST-MODIFIED:99991231T235959Z"),
    "no Z": replaced(b"LAST-MODIFIED:" + FIRST, b"LAST-MODIFIED:20260101T000000"),
    "no DTSTART": replaced(b"\r\nDTSTART;", b"\r\nX-DTSTART;"),
    "day 32": replaced(b":20261202T183000", b":20261232T183000"),
    "no UTF-8 in an event": replaced(b"SUMMARY:Strength", b"SUMMARY:\xff"),
    "no UTF-8 in PRODID": replaced(b"PRODID:-", b"PRODID:\xff-"),
    "no UTF-8 in whose it is": replaced(b"X-RUNPLAN-REBUILD:", b"X-RUNPLAN-REBUILD:\xff"),
    "an event cut open": replaced(b"\r\nEND:VEVENT", b""),
    "an event in an event": replaced(b"\r\nEND:VEVENT", b"\r\nEND:VEVENT\r\nEND:VEVENT"),
}


@pytest.mark.parametrize("previous", BAD.values(), ids=BAD)
def test_a_calendar_that_cannot_be_published_over_is_left_alone(
    tmp_path: Path, previous: bytes
) -> None:
    """The error says what it must be and what to do, in one line; the file keeps every byte."""
    path = tmp_path / "plan.ics"
    path.write_bytes(previous)
    for publish in (
        lambda: to_ics(planned(), previous=previous),
        lambda: save_ics(planned(), path),
    ):
        with pytest.raises(UnusableCalendar) as caught:
            publish()
        assert str(caught.value).startswith("the earlier calendar must be ")
        assert str(caught.value).endswith("publish to another file, or move the old one away")
        assert "\n" not in str(caught.value)
    assert path.read_bytes() == previous
    assert [each.name for each in tmp_path.iterdir()] == ["plan.ics"]


@pytest.mark.parametrize("line_end", [b"\r\n", b"\n"])
def test_a_calendar_cut_short_is_never_taken_for_a_whole_one(line_end: bytes) -> None:
    """Wherever a disk or a download broke off, the rest of the workouts is not lost unseen."""
    whole = usual().replace(b"\r\n", line_end)
    ends = range(len(whole) - len(line_end))
    cuts = {*ends[:600], *ends[::97], *ends[-2000:]}
    cuts = {*some(sorted(cuts), 500)}
    # Every line end is a place where a reader might think that all is well.
    cuts |= {match.end() for match in re.finditer(rb"END:V\w+\r?\n", whole)} - {len(whole)}
    accepted = []
    for cut in sorted(cuts):
        try:
            to_ics(planned(target_min=40), previous=whole[:cut])
        except UnusableCalendar:
            continue
        accepted.append(cut)
    assert accepted == []
    assert len(cuts) > effort(500, 2600)


def test_a_calendar_without_its_last_line_feed_is_cut_short() -> None:
    """Not even the last octet may be missing."""
    for cut in (1, 2):
        with pytest.raises(UnusableCalendar, match="whole, down to END:VCALENDAR"):
            to_ics(planned(), previous=usual()[:-cut])


@examples(30, 150)
@given(st.data())
def test_a_damaged_calendar_is_read_or_refused_but_never_a_traceback(data: st.DataObject) -> None:
    """Any octets in any place: a calendar comes out, or an error that says what to do."""
    small = to_ics(planned(target_min=40))
    start = data.draw(st.integers(0, len(small)))
    end = data.draw(st.integers(start, min(len(small), start + 40)))
    octets = data.draw(st.binary(max_size=8) | st.sampled_from([b"\r\n", b"\xff", b":", b"9" * 9]))
    damaged = small[:start] + octets + small[end:]
    try:
        after = to_ics(planned(target_min=40), previous=damaged)
    except RunplanError as error:
        assert "\n" not in str(error)  # noqa: PT017 (most damage is refused, some harmless)
        return
    assert after.startswith(b"BEGIN:VCALENDAR\r\n")
    assert after.endswith(b"END:VCALENDAR\r\n")


@pytest.mark.parametrize("previous", ["text", bytearray(b"x"), memoryview(b"x"), 5, Path("x")])
def test_only_bytes_are_a_calendar(previous: object) -> None:
    """A path or a text is refused, with what to do."""
    with pytest.raises(InvalidType, match="previous must be the bytes of a calendar"):
        to_ics(planned(), previous=previous)


@pytest.mark.parametrize(
    ("revised_at", "error"),
    [
        ("2026-12-01T08:00:00", InvalidValue),
        (dt.datetime(2026, 12, 1, 8), InvalidValue),
        ("yesterday", InvalidValue),
        (dt.date(2026, 12, 1), InvalidType),
        (5, InvalidType),
        # In UTC these lie in the years 10000 and 0.
        ("9999-12-31T23:59:59-01:00", InvalidValue),
        ("0001-01-01T00:00:00+01:00", InvalidValue),
    ],
)
def test_a_revision_at_no_moment_in_particular_is_refused(
    tmp_path: Path, revised_at: object, error: type[RunplanError]
) -> None:
    """A time without its zone is another moment on another machine."""
    with pytest.raises(error, match="a moment must be a date and time with its time zone"):
        to_ics(planned(), previous=usual(), revised_at=revised_at)
    with pytest.raises(error):
        save_ics(planned(), tmp_path / "plan.ics", revised_at=revised_at)
    assert not list(tmp_path.iterdir())


def test_a_calendar_without_any_workout_can_be_published_again(tmp_path: Path) -> None:
    """Somebody away for as long as any plan may last has an empty calendar, but a calendar."""
    plan = planned(away=[Away(first="2026-11-30", last="2036-11-16")])
    assert not plan.rows()
    empty = to_ics(plan)
    # RFC 5545 asks for at least one component.
    assert empty.count(b"BEGIN:VTIMEZONE") == 1
    assert to_ics(plan, previous=empty) == empty
    assert save_ics(plan, tmp_path / "plan.ics") == Changes()
    later = blocks(to_ics(planned(), previous=empty))
    assert {uid: shown(block) for uid, block in later.items()} == {
        uid: shown(block) for uid, block in blocks(usual()).items()
    }
    gone = to_ics(plan, previous=usual())
    assert gone == empty


def test_a_busy_and_a_full_calendar_are_never_published_over_each_other(tmp_path: Path) -> None:
    """In either order: what others see must not become what the runner sees, nor back."""
    shown_to_all = CalendarOptions(busy=True)
    for first, second in ((None, shown_to_all), (shown_to_all, None)):
        path = tmp_path / f"{first is None}.ics"
        save_ics(planned(), path, options=first)
        before = path.read_bytes()
        with pytest.raises(UnusableCalendar, match="that of this rebuild"):
            save_ics(planned(), path, options=second)
        assert path.read_bytes() == before


# --- files -----------------------------------------------------------------------------------


@contextmanager
def full_disk(octets: int) -> Iterator[None]:
    """Let no file grow beyond so many octets: a disk that is full halfway through."""
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (octets, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def names_in(folder: Path) -> list[str]:
    """Return what is in a folder."""
    return sorted(each.name for each in folder.iterdir())


def test_a_full_disk_leaves_the_old_calendar_whole(tmp_path: Path) -> None:
    """Subscribers read the old calendar, and no partial file is left beside it."""
    path = tmp_path / "plan.ics"
    save_ics(planned(), path)
    with full_disk(4096), pytest.raises(UnusableFile, match="a file must be writable"):
        save_ics(planned(target_min=58), path)
    assert path.read_bytes() == usual()
    assert names_in(tmp_path) == ["plan.ics"]


def test_a_full_disk_leaves_no_calendar_where_none_was(tmp_path: Path) -> None:
    """The first publication is whole or not there."""
    with full_disk(4096), pytest.raises(UnusableFile):
        save_ics(planned(), tmp_path / "plan.ics")
    assert names_in(tmp_path) == []


def test_a_calendar_that_cannot_take_its_place_leaves_nothing_behind(tmp_path: Path) -> None:
    """A folder of that name came in between: it stays, and no part of a file does."""
    (tmp_path / "plan.ics").mkdir()
    with pytest.raises(UnusableFile, match=r"check the path and its permissions \("):
        write_whole(tmp_path / "plan.ics", usual())
    assert names_in(tmp_path) == ["plan.ics"]
    assert names_in(tmp_path / "plan.ics") == []


@pytest.mark.parametrize(
    "name",
    ["missing/plan.ics", "file/plan.ics", "folder", ".", "x" * 300, "a\0b", "a\ud800b"],
    ids=["missing", "below a file", "folder", "here", "too long", "NUL", "surrogate"],
)
def test_a_place_where_no_file_can_be_is_an_error_of_one_line(tmp_path: Path, name: str) -> None:
    """The error is the library's own, names the path and says why."""
    (tmp_path / "file").write_bytes(b"x")
    (tmp_path / "folder").mkdir()
    with pytest.raises(UnusableFile) as caught:
        save_ics(planned(target_min=40), f"{tmp_path}/{name}")
    assert "check the path and its permissions (" in str(caught.value)
    assert str(caught.value).isprintable()
    assert caught.value.given == f"{tmp_path}/{name}"
    assert names_in(tmp_path) == ["file", "folder"]


@pytest.mark.parametrize("path", [None, 5, 2.5, ["plan.ics"]])
def test_only_a_path_is_a_path(path: object) -> None:
    """Anything else is refused like every other argument of the wrong type."""
    with pytest.raises(InvalidType):
        save_ics(planned(target_min=40), path)


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX's")
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o666])
def test_a_calendar_keeps_its_permissions(tmp_path: Path, mode: int) -> None:
    """A private calendar does not become public by being published again."""
    path = tmp_path / "plan.ics"
    save_ics(planned(), path)
    path.chmod(mode)
    save_ics(planned(target_min=58), path)
    assert path.stat().st_mode & 0o777 == mode
    assert path.read_bytes() != usual()


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX's")
def test_a_new_calendar_has_the_permissions_of_any_new_file(tmp_path: Path) -> None:
    """What the machine's own rule for new files says."""
    (tmp_path / "other").write_bytes(b"")
    save_ics(planned(), tmp_path / "plan.ics")
    modes = {(tmp_path / name).stat().st_mode for name in ("other", "plan.ics")}
    assert len(modes) == 1


@pytest.mark.skipif(os.name != "posix", reason="links need rights on Windows")
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    """A web server's folder often only links to the file."""
    (tmp_path / "real").mkdir()
    (tmp_path / "www").mkdir()
    link = tmp_path / "www" / "plan.ics"
    link.symlink_to(Path("..", "real", "anna.ics"))
    save_ics(planned(), link)
    save_ics(planned(target_min=58), link)
    assert link.is_symlink()
    assert names_in(tmp_path / "real") == ["anna.ics"]
    assert names_in(tmp_path / "www") == ["plan.ics"]
    assert b"Long run \xc2\xb7 58 min" in (tmp_path / "real" / "anna.ics").read_bytes()


def test_an_unchanged_calendar_is_not_written_again(tmp_path: Path) -> None:
    """Its time of change, which servers send, stays as it was."""
    path = tmp_path / "plan.ics"
    save_ics(planned(), path)
    os.utime(path, (1_000_000_000, 1_000_000_000))
    inode = path.stat().st_ino
    save_ics(planned(), path, revised_at="2031-01-01T00:00:00Z")
    assert (path.stat().st_mtime, path.stat().st_ino) == (1_000_000_000, inode)
    save_ics(planned(target_min=58), path)
    assert path.stat().st_mtime > 1_000_000_000


def test_a_calendar_with_lf_gets_its_line_ends_back_in_the_file(tmp_path: Path) -> None:
    """No workout changed, but the file is one again that every client reads."""
    path = tmp_path / "plan.ics"
    path.write_bytes(usual().replace(b"\r\n", b"\n"))
    assert save_ics(planned(), path) == Changes(unchanged=26)
    assert path.read_bytes() == usual()


def test_a_file_name_as_long_as_the_disk_allows_is_a_file_name(tmp_path: Path) -> None:
    """Writing aside first must not make it too long."""
    path = tmp_path / ("x" * 251 + ".ics")
    save_ics(planned(target_min=40), path)
    assert names_in(tmp_path) == [path.name]


def test_a_path_may_be_a_text_or_a_path(tmp_path: Path) -> None:
    """Both name the same file."""
    save_ics(planned(), str(tmp_path / "plan.ics"))
    assert save_ics(planned(), tmp_path / "plan.ics") == Changes(unchanged=26)


def test_a_workout_at_the_same_time_on_other_clocks_has_moved(tmp_path) -> None:
    """Nine o'clock in New York is not nine o'clock in Berlin."""
    path = tmp_path / "plan.ics"
    asked = {"baseline_min": 40, "target_min": 60, "start": "2026-11-30", "id": "one"}
    save_ics(build(Rebuild(timezone="Europe/Berlin", **asked)), path)
    changes = save_ics(build(Rebuild(timezone="America/New_York", **asked)), path)
    assert (len(changes.moved), len(changes.changed), changes.unchanged) == (26, 0, 0)
