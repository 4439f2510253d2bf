"""
The calendar byte by byte, where real clients are too lenient to notice a mistake.

Every expected time comes from zoneinfo, and VTIMEZONE text is read by dateutil: neither shares a
line with what is tested here.
"""

import datetime as dt
import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo, available_timezones

import icalendar
import pytest
from attrs import evolve
from dateutil.tz import tzical
from hypothesis import assume, given
from hypothesis import strategies as st
from support.effort import examples, some

from runplan import (
    CAUTIOUS,
    Away,
    CalendarOptions,
    Dose,
    Exercise,
    InvalidType,
    InvalidValue,
    Log,
    MorningReport,
    Plan,
    Policy,
    Rebuild,
    Rule,
    RunplanError,
    RunReport,
    Slot,
    Strength,
    StrengthReport,
    UnknownName,
    Verdict,
    build,
    to_ics,
)

# "localtime" is whatever this machine is set to, and no IANA name.
ZONES = sorted(available_timezones() - {"localtime"})
DAY = dt.timedelta(days=1)
NASTY = 'a\\b,c;d:e"f\\n\\\\🏃\u200d♂️é العودة e\u0301'
"""What iCalendar escapes, and characters of one to four octets, joined and combined."""

NO_ADVICE = (
    "runplan plans training. It gives no medical advice and no diagnosis. "
    "If pain persists, gets worse or worries you, see a doctor or physiotherapist."
)

Event = dict[str, str]

AFTER_STRENGTH = (
    'Afterwards, if you like: runplan log "strength 0", with the pain from 0 (none) to 10.'
)
TECHNIQUE = (
    "Good technique comes first: if you are unsure, have a trainer or coach show you. Choose a "
    "weight that leaves as many repetitions in reserve as the RPE says: 7 leaves about three. "
    "Rest 60 to 120 seconds between sets."
)


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


def exercise(**changes) -> Exercise:
    """Return an exercise of the runner's own."""
    usual = {
        "name": "Band pull-apart",
        "works": ["rhomboids"],
        "needs": "a band",
        "first_month": Dose(2, 10, rpe=(4, 5)),
        "after": Dose(3, (12, 15), per_side=True, rpe=8),
        "easier": "a lighter band",
        "cues": ["Arms straight.", "Blades together."],
    }
    return Exercise(**usual | changes)


def one_week(**changes) -> Plan:
    """Return the shortest plan there is: one long run and one strength session."""
    return build(request(target_min=40, **changes))


def lines_of(data: bytes) -> list[str]:
    """Return the content lines, unfolded by the letter of RFC 5545."""
    return data.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def unescaped(text: str) -> str:
    """Return a text as RFC 5545 says to read it."""
    return re.sub(r"\\(.)", lambda match: {"n": "\n", "N": "\n"}.get(match[1], match[1]), text)


def components(data: bytes, kind: str) -> list[Event]:
    """Return each component of a kind as name, with its parameters, and value."""
    found: list[Event] = []
    inside: list[str] = []
    for line in lines_of(data):
        name, _, value = line.partition(":")
        if name == "BEGIN":
            inside.append(value)
            if value == kind:
                found.append({})
        elif name == "END":
            assert inside.pop() == value
        elif inside[-1] == kind:
            assert name not in found[-1], f"{name} stands twice"
            found[-1][name] = value
    assert not inside
    return found


def events_of(data: bytes) -> list[Event]:
    """Return the properties of each event."""
    return components(data, "VEVENT")


def texts_of(data: bytes, name: str) -> list[str]:
    """Return that text of each event."""
    return [unescaped(event[name]) for event in events_of(data)]


def check_lines(data: bytes) -> None:
    """Check every line of the file against RFC 5545."""
    assert data.endswith(b"END:VCALENDAR\r\n")
    lines = data.split(b"\r\n")
    for line in lines[:-1]:
        assert 0 < len(line) <= 75
        assert b"\r" not in line
        assert b"\n" not in line
        line.decode()  # a character that is cut cannot be read
        assert (len(line) - len(line.rstrip(b"\\"))) % 2 == 0, "an escape is cut in two"
    assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", data), "a control character"


@cache
def usual() -> bytes:
    """Return the usual calendar."""
    return to_ics(build(request()))


# --- lines -----------------------------------------------------------------------------------


def test_every_line_ends_with_cr_lf_and_has_at_most_75_octets() -> None:
    """Google drops an event whose lines are longer or end in another way."""
    check_lines(usual())
    assert max(map(len, usual().split(b"\r\n"))) in {74, 75}


@pytest.mark.parametrize("shift", range(76))
def test_no_line_is_cut_inside_a_character_or_an_escape_wherever_the_cut_falls(shift: int) -> None:
    """A name full of escapes and long characters comes back whole at every alignment."""
    text = "x" * shift + NASTY + " " + NASTY
    band = exercise(name="x" * shift + "\\,", cues=[text, "\\" * (80 + shift), "é" * (80 + shift)])
    plan = one_week(name=text, strength=Strength(exercises=[band]))
    data = to_ics(plan, options=CalendarOptions(calendar_name="🏃" * shift + "\\;"))
    check_lines(data)
    assert unescaped(components(data, "VCALENDAR")[0]["NAME"]) == "🏃" * shift + "\\;"
    assert unescaped(components(to_ics(plan), "VCALENDAR")[0]["NAME"]) == text
    (described,) = (each for each in texts_of(data, "DESCRIPTION") if "RPE" in each)
    for cue in band.cues:
        assert f"- {cue}\n" in described


@examples(12, 60)
@given(
    shift=st.integers(0, 80),
    text=st.text(alphabet='\\,;:"n é€🏃ا\u0301\u200d', min_size=1, max_size=110),
)
def test_a_text_of_nothing_but_hard_characters_comes_back_whole(shift: int, text: str) -> None:
    """Backslashes, commas, emoji and combining marks in any order are read as written."""
    assume(text.strip())
    plan = one_week(name="x" * shift + text, strength=None)
    data = to_ics(plan)
    check_lines(data)
    assert unescaped(components(data, "VCALENDAR")[0]["X-WR-CALNAME"]) == plan.name


def test_a_backslash_before_a_capital_n_comes_back_as_it_was_written() -> None:
    """Readers take an unescaped backslash with an N for a new line."""
    plan = one_week(name=r"C:\New\name", strength=Strength(exercises=[exercise(cues=[r"A\N"])]))
    data = to_ics(plan)
    assert unescaped(components(data, "VCALENDAR")[0]["NAME"]) == r"C:\New\name"
    events = icalendar.Calendar.from_ical(data).events
    assert [event["DESCRIPTION"].count("\n- A\\N\n") for event in events] == [1, 0]


def test_commas_semicolons_and_backslashes_are_escaped_in_every_text() -> None:
    """A comma left as it is cuts the title off in clients that take it for a list."""
    plan = one_week(name=NASTY, strength=Strength(exercises=[exercise(name="a,b;c\\d")]))
    texts = {"NAME", "X-WR-CALNAME", "SUMMARY", "DESCRIPTION", "CATEGORIES"}
    seen = set()
    for line in lines_of(to_ics(plan, options=CalendarOptions(alarm_min=5))):
        name, _, value = line.partition(":")
        if name in texts:
            seen.add(name)
            assert not re.search(r"[,;]", re.sub(r"\\[\\,;n]", "", value)), line
            assert "\\" not in re.sub(r"\\[\\,;n]", "", value), line
    assert seen == texts


# --- the calendar itself ---------------------------------------------------------------------


def test_the_calendar_names_itself_its_zone_its_colour_and_how_often_to_look() -> None:
    """The head holds just what clients read, each in the form that they read."""
    (head,) = components(usual(), "VCALENDAR")
    assert UUID(head.pop("X-RUNPLAN-REBUILD"))
    assert head == {
        "VERSION": "2.0",
        "PRODID": "-//runplan//runplan//EN",
        "CALSCALE": "GREGORIAN",
        "NAME": "Long run rebuild",
        "X-WR-CALNAME": "Long run rebuild",
        "X-WR-TIMEZONE": "Europe/Berlin",
        "REFRESH-INTERVAL;VALUE=DURATION": "PT12H",
        "X-PUBLISHED-TTL": "PT12H",
        "COLOR": "seagreen",
    }
    assert usual().startswith(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:")


def test_the_calendar_has_no_method_and_no_uid_of_its_own() -> None:
    """METHOD wants an organizer, and a calendar's UID makes vdirsyncer join all events."""
    (head,) = components(usual(), "VCALENDAR")
    assert not {"METHOD", "UID", "LAST-MODIFIED"} & head.keys()
    assert b"ORGANIZER" not in usual()


@pytest.mark.parametrize(
    ("hours", "interval"),
    [(1, "PT1H"), (24, "P1D"), (36, "P1DT12H"), (744, "P31D")],
)
def test_a_runner_can_choose_how_often_clients_look_again(hours: int, interval: str) -> None:
    """Both properties for it say the same, as a duration."""
    data = to_ics(one_week(), options=CalendarOptions(refresh_hours=hours))
    (head,) = components(data, "VCALENDAR")
    assert head["REFRESH-INTERVAL;VALUE=DURATION"] == head["X-PUBLISHED-TTL"] == interval


def test_a_runner_can_choose_the_colour_and_the_name_of_the_calendar() -> None:
    """The name chosen for the calendar stands before the plan's own."""
    options = CalendarOptions(colour="rebeccapurple"[7:], calendar_name="Anna,\nback to 60")
    (head,) = components(to_ics(one_week(), options=options), "VCALENDAR")
    assert head["COLOR"] == "purple"
    assert head["NAME"] == head["X-WR-CALNAME"] == r"Anna\, back to 60"


@pytest.mark.parametrize(
    ("given", "error", "says"),
    [
        ({"colour": "#2e8b57"}, UnknownName, "colour must be a CSS colour name"),
        ({"colour": "SeaGreen"}, UnknownName, 'did you mean "seagreen"?'),
        ({"colour": "seegreen"}, UnknownName, 'did you mean "seagreen"?'),
        ({"colour": "rebeccapurple"}, UnknownName, "colour must be"),
        ({"colour": None}, InvalidType, "colour must be a CSS colour name"),
        ({"alarm_min": -1}, InvalidValue, "alarm_min must be a whole number of minutes"),
        ({"alarm_min": 7 * 24 * 60 + 1}, InvalidValue, "from 0 to 10080"),
        ({"alarm_min": 30.0}, InvalidType, "alarm_min must be a whole number"),
        ({"alarm_min": True}, InvalidType, "alarm_min must be a whole number"),
        ({"refresh_hours": 0}, InvalidValue, "refresh_hours must be"),
        ({"refresh_hours": 745}, InvalidValue, "refresh_hours must be"),
        ({"calendar_name": "\r\n"}, InvalidValue, "calendar_name must not be empty"),
        ({"calendar_name": "x" * 201}, InvalidValue, "at most 200 characters"),
        ({"calendar_name": b"x"}, InvalidType, "calendar_name must be text"),
        ({"busy": "yes"}, InvalidType, "busy must be true or false"),
        ({"floating": 1}, InvalidType, "floating must be true or false"),
        ({"emoji": None}, InvalidType, "emoji must be true or false"),
        ({"keep_cancelled": 0}, InvalidType, "keep_cancelled must be true or false"),
    ],
)
def test_an_option_that_no_client_could_show_is_refused_by_name(
    given: dict, error: type[RunplanError], says: str
) -> None:
    """The error says which option it is and what it must be."""
    with pytest.raises(error, match=re.escape(says)):
        CalendarOptions(**given)


@pytest.mark.parametrize("options", ["busy", {}, 0, {"busy": True}])
def test_options_of_another_kind_are_refused(options: object) -> None:
    """Nobody who asks for a busy calendar in the wrong way gets a full one."""
    with pytest.raises(InvalidType):
        to_ics(one_week(), options=options)


def test_only_a_plan_can_be_written() -> None:
    """A request that was not built yet is refused, with what to do."""
    with pytest.raises(InvalidType, match=r"plan must be a Plan .*: give what build\(\) returns"):
        to_ics(request())


# --- events ----------------------------------------------------------------------------------


def test_every_session_is_one_event_without_recurrence_or_duration() -> None:
    """A moved occurrence shows twice in calcurse, and a duration is wrong across a change."""
    plan = build(request())
    events = events_of(usual())
    assert len(events) == len(plan.rows()) == 26
    for event in events:
        names = {name.partition(";")[0] for name in event}
        assert names == {
            "UID",
            "DTSTAMP",
            "LAST-MODIFIED",
            "SEQUENCE",
            "DTSTART",
            "DTEND",
            "SUMMARY",
            "DESCRIPTION",
            "CATEGORIES",
            "X-RUNPLAN-CONTENT",
        }


def test_an_event_that_never_changed_has_a_constant_stamp_and_sequence_0() -> None:
    """DTSTAMP and LAST-MODIFIED are the same moment, and no clock is in it."""
    for event in events_of(usual()):
        assert event["DTSTAMP"] == event["LAST-MODIFIED"] == "20260101T000000Z"
        assert event["SEQUENCE"] == "0"


def test_the_first_publication_does_not_depend_on_when_it_is_made() -> None:
    """Without an earlier calendar, the bytes depend on the plan alone."""
    assert to_ics(build(request()), revised_at="2031-05-06T07:08:09Z") == usual()


def test_titles_say_what_it_is_and_how_long() -> None:
    """A phone shows the first few letters: the kind of session and its minutes."""
    titles = texts_of(usual(), "SUMMARY")
    strength = "Strength · upper back, 30 min"
    long_runs = [f"Long run · {minutes} min" for minutes in (40, 40, 40, 40, 45, 50, 55, 60)]
    assert [title for title in titles if title != strength] == long_runs
    assert titles.count(strength) == 1 + 1 + 2 + 2 + 3 + 3 + 3 + 3


def test_titles_of_past_long_runs_say_what_became_of_them() -> None:
    """A run cut short is not simply done, and nobody is reminded of strength."""
    log = Log(
        [
            RunReport(day="2026-12-06", minutes=38),
            RunReport(day="2026-12-13", minutes=22, red_flags=["chest-pain"]),
            StrengthReport(day="2026-12-02"),
        ]
    )
    titles = texts_of(to_ics(build(request(), log, today="2026-12-14")), "SUMMARY")
    strength = "Strength · upper back, 30 min"
    assert titles[:2] == [f"{strength} · done", "Long run · 40 min · done"]
    assert titles[2:4] == [strength, "Long run · 22 of 40 min"]
    silent = texts_of(to_ics(build(request(), today="2026-12-11")), "SUMMARY")
    assert silent[:4] == [strength, "Long run · 40 min · missed", strength, "Long run · 40 min"]


def test_a_pause_is_a_note_on_the_day_it_was_reported_and_on_the_next_long_run_day() -> None:
    """A week later would be too late."""
    run = RunReport(day="2026-12-13", minutes=22, pain=7, recorded_on="2026-12-15")
    days = {"2026-12-15": [15, 20], "2026-12-22": [15, 27]}
    for today, notes in days.items():
        plan = build(request(), Log([run]), today=today)
        assert plan.pause.reported_on.isoformat() == "2026-12-15"
        found = [each for each in events_of(to_ics(plan)) if "DTSTART;VALUE=DATE" in each]
        assert [each["DTSTART;VALUE=DATE"][-2:] for each in found] == [str(day) for day in notes]
        assert {each["SUMMARY"] for each in found} == {
            "No long run: see a doctor or physiotherapist"
        }
    sunday = build(request(), Log([evolve(run, recorded_on="2026-12-20")]), today="2026-12-20")
    assert to_ics(sunday).count(b"SUMMARY:No long run") == 1


def test_a_pause_was_reported_when_the_worst_of_its_day_was() -> None:
    """Mild pain told on Sunday is no pause; what the morning after brought is one."""
    run = RunReport(day="2026-12-13", minutes=40, pain=2)
    morning = MorningReport(day="2026-12-13", pain=7, recorded_on="2026-12-16")
    plan = build(request(), Log([run, morning]), today="2026-12-17")
    assert plan.pause.reported_on.isoformat() == "2026-12-16"


def test_titles_begin_with_an_emoji_only_when_asked_for() -> None:
    """Nothing but the titles changes with it."""
    data = to_ics(build(request()), options=CalendarOptions(emoji=True))
    plain = [re.sub("^(🏃|💪) ", "", title) for title in texts_of(data, "SUMMARY")]
    assert plain == texts_of(usual(), "SUMMARY")
    assert all(title[0] in "🏃💪" for title in texts_of(data, "SUMMARY"))
    assert not any(title[0] in "🏃💪" for title in texts_of(usual(), "SUMMARY"))
    assert texts_of(data, "DESCRIPTION") == texts_of(usual(), "DESCRIPTION")


def test_categories_separate_long_runs_from_strength() -> None:
    """Filters and colours hang on them."""
    for event in events_of(usual()):
        is_run = event["SUMMARY"].startswith("Long run")
        assert event["CATEGORIES"] == ("Long run" if is_run else "Strength")


def test_a_strength_session_says_what_to_do_how_and_why() -> None:
    """Exercises with sets, repetitions, effort and cues, in order; the reason; no advice."""
    strength = Strength(exercises=[exercise(), exercise(name="Wall slide", easier="sitting")])
    data = to_ics(build(request(strength=strength)))
    described = [each for each in texts_of(data, "DESCRIPTION") if "RPE" in each]
    dose, how = "2 × 10, RPE 4–5", "- Arms straight.\n- Blades together.\nEasier first:"
    ramp = "The ramp has 1 strength session this week and 3 a week from week 5 on."
    assert described[0].split("\n\n") == [
        f"Band pull-apart: {dose}\nWall slide: {dose}\nStop if it hurts.",
        f"Why (week 1): {ramp} (ramp: the method itself)",
        AFTER_STRENGTH,
        f"Band pull-apart\n{how} a lighter band.",
        f"Wall slide\n{how} sitting.",
        TECHNIQUE,
        NO_ADVICE,
    ]
    assert described[6].startswith("Band pull-apart: 3 × 12–15 a side, RPE 8\n")
    assert "Why (week 5): " in described[6]


def test_every_session_has_its_reason_its_rule_and_the_no_advice_line() -> None:
    """An opened event explains its length, and says that it is not medical advice."""
    plan = build(request(policy=CAUTIOUS, baseline_min=20, target_min=40))
    data = to_ics(plan)
    for row, described in zip(plan.rows(), texts_of(data, "DESCRIPTION"), strict=True):
        paragraphs = described.split("\n\n")
        lifts = list(filter(None, str(row["exercises"]).split("; ")))
        what = [*lifts, "Stop if it hurts."] if lifts else [f"Run for {row['minutes']} minutes."]
        assert paragraphs[0].splitlines()[: len(what)] == what
        why = f"Why (week {row['week']}): {row['why']} ({row['rule']}: {row['source']})"
        assert paragraphs[1] == why
        assert "from 0 (none) to 10" in paragraphs[2]
        assert paragraphs[-1] == NO_ADVICE
        for lift in lifts:
            assert f"\n\n{lift.partition(':')[0]}\n- " in described


def test_a_session_that_moved_says_from_which_day() -> None:
    """A runner who is away on Sunday reads on Wednesday's run that it was Sunday's."""
    plan = build(request(away=[Away(first="2026-12-24", last="2026-12-27")]))
    moved = [each for each in texts_of(to_ics(plan), "DESCRIPTION") if "Moved" in each]
    assert [each.partition(":")[0] for each in moved] == [
        "Renegade row",
        "Run for 40 minutes.\nThat is the most for today",
    ]
    assert all("\n\nWhy (week 4): " in each for each in moved)
    # Sunday is away, so the run takes Wednesday, and the strength session must make way.
    assert "\nMoved from Wednesday" in moved[0]
    assert ")\nMoved from Sunday.\n\n" in moved[1]


# --- identity --------------------------------------------------------------------------------


def uids(plan: Plan, **options) -> dict[tuple[str, int, int], str]:
    """Return the UID of each session by what it is, in which week, in which place."""
    found = [event["UID"] for event in events_of(to_ics(plan, options=CalendarOptions(**options)))]
    keys = [(str(row["kind"]), int(row["week"]), int(row["place"])) for row in plan.rows()]
    return dict(zip(keys, found, strict=True))


def test_every_session_has_a_uid_of_its_own() -> None:
    """Two events with one UID would be one event."""
    found = uids(build(request()))
    assert len(set(found.values())) == len(found) == 26
    assert all(str(UUID(uid)) == uid for uid in found.values())


def test_uids_are_the_same_for_ever() -> None:
    """These were published once: another release must not double everybody's events."""
    found = uids(build(request(id="for ever")))
    assert found["long run", 1, 1] == "0524fd89-75ac-5191-82f2-557e1c5fa285"
    assert found["strength", 8, 3] == "d111f1c3-7ff3-5db3-86a6-d4114de44085"


@pytest.mark.parametrize(
    "changes",
    [
        {"long_run": Slot("saturday", "07:00")},
        {"away": [Away(first="2026-12-24", last="2026-12-27")]},
        {"target_min": 52},
        {"baseline_min": 35},
        {"first_month": "extend"},
        {"policy": CAUTIOUS},
        {"timezone": "America/New_York"},
        {"name": "Another name"},
        {"start": "2026-12-07"},
        {"strength": Strength(days=["tue", "thu", "sat"], minutes=45)},
        {"strength": Strength(ramp=[(None, 1)], exercises=[exercise()])},
        {"strength": None},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_a_session_keeps_its_uid_through_every_replanning(changes: dict) -> None:
    """Another day, length, zone or name is the same workout as long as the id is the same."""
    before, after = uids(build(request())), uids(build(request(**changes)))
    both = before.keys() & after.keys()
    assert len(both) >= 5
    assert {key: before[key] for key in both} == {key: after[key] for key in both}
    others = [uid for key, uid in after.items() if key not in before]
    assert not set(others) & set(before.values())


def test_another_id_gives_other_uids() -> None:
    """An app that plans for many gives each an id, and no workout is anybody else's."""
    anna = set(uids(build(request())).values())
    assert not anna & set(uids(build(request(id="bob"))).values())


def test_without_an_id_name_and_start_are_the_identity() -> None:
    """The same script run twice gives the same calendar; another name or start another."""
    again = [uids(build(request(id=None))) for _ in range(2)]
    assert again[0] == again[1]
    assert not set(again[0].values()) & set(uids(build(request(id=None, name="B"))).values())
    later = uids(build(request(id=None, start="2026-12-01")))
    assert not set(again[0].values()) & set(later.values())


@pytest.mark.parametrize("options", [{"emoji": True}, {"alarm_min": 5}, {"floating": True}])
def test_how_a_calendar_is_written_does_not_change_its_uids(options: dict) -> None:
    """Turning alarms on doubles nothing."""
    assert uids(build(request()), **options) == uids(build(request()))


# --- alarms ----------------------------------------------------------------------------------


def test_there_is_no_alarm_unless_asked_for() -> None:
    """A phone that rings unasked is a phone that unsubscribes."""
    assert b"VALARM" not in usual()


@pytest.mark.parametrize("minutes", [0, 1, 30, 90, 1440, 1500, 10080])
def test_every_session_has_one_alarm_so_long_before_it(minutes: int) -> None:
    """One DISPLAY with the session's title, so many minutes before the start."""
    data = to_ics(build(request()), options=CalendarOptions(alarm_min=minutes, emoji=True))
    check_lines(data)
    events = icalendar.Calendar.from_ical(data).events
    assert len(events) == 26
    for event in events:
        (alarm,) = event.subcomponents
        assert set(alarm) == {"UID", "ACTION", "DESCRIPTION", "TRIGGER"}
        assert alarm["ACTION"] == "DISPLAY"
        assert alarm["DESCRIPTION"] == event["SUMMARY"]
        assert alarm["TRIGGER"].dt == dt.timedelta(minutes=-minutes)


def test_no_alarm_is_on_a_workout_that_is_over() -> None:
    """Some programs show an alarm of the past as missed."""
    plan = build(request(), today="2026-12-10")
    data = to_ics(plan, options=CalendarOptions(alarm_min=30))
    events = icalendar.Calendar.from_ical(data).events
    has_alarm = {bool(each.subcomponents): [] for each in events}
    for each in events:
        has_alarm[bool(each.subcomponents)].append(each["DTSTART"].dt.date())
    assert max(has_alarm[False]) < dt.date(2026, 12, 10) <= min(has_alarm[True])


def test_alarms_keep_uids_of_their_own() -> None:
    """An alarm that was dismissed stays so when the session moves or rings earlier."""
    before = to_ics(build(request()), options=CalendarOptions(alarm_min=30))
    moved = request(long_run=Slot("saturday", "07:00"))
    after = to_ics(build(moved), options=CalendarOptions(alarm_min=60))
    alarms = [{alarm["UID"] for alarm in components(data, "VALARM")} for data in (before, after)]
    assert alarms[0] == alarms[1]
    assert len(alarms[0]) == 26
    assert not alarms[0] & {event["UID"] for event in events_of(before)}


# --- busy ------------------------------------------------------------------------------------


def test_a_busy_calendar_shows_nothing_of_the_plan() -> None:
    """Colleagues see that the time is taken: no name, no kind, no exercise, no reason."""
    plan = build(request(name="Secret back", strength=Strength(exercises=[exercise()])))
    options = CalendarOptions(busy=True, emoji=True, alarm_min=30)
    data = to_ics(plan, options=options)
    check_lines(data)
    assert set(texts_of(data, "SUMMARY")) == {"Busy"}
    (head,) = components(data, "VCALENDAR")
    assert head["NAME"] == head["X-WR-CALNAME"] == "Busy"
    text = data.lower()
    rows = plan.rows()
    words = {"secret", "back", "long", "strength", "band", "pull", "arms", "rpe", " min", "week"}
    words |= {"anna", "🏃", "💪", "why", "valarm", "description", "categories", "step"}
    words |= {str(row["rule"]) for row in rows} | {str(row["action"]) for row in rows} - {"start"}
    assert not [word for word in words if word.encode() in text]
    names = {name.partition(";")[0] for event in events_of(data) for name in event}
    assert names == {
        *("UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY"),
        "X-RUNPLAN-CONTENT",
    }


def test_a_busy_calendar_gives_nobody_the_key_to_its_uids() -> None:
    """Who knows this library must not read kind and week of a session out of the file."""
    data = to_ics(build(request()), options=CalendarOptions(busy=True))
    published = {event["UID"] for event in events_of(data)}
    (head,) = components(data, "VCALENDAR")
    kinds = product(("long run", "strength"), range(1, 9), range(1, 4))
    guesses = {str(uuid5(UUID(head["X-RUNPLAN-REBUILD"]), "{} {} {}".format(*k))) for k in kinds}
    assert not published & guesses


def test_a_busy_calendar_has_uids_of_its_own_and_the_same_times() -> None:
    """Subscribed beside the full calendar, neither takes the other's events away."""
    data = to_ics(build(request()), options=CalendarOptions(busy=True))
    full, busy = events_of(usual()), events_of(data)
    assert not {event["UID"] for event in full} & {event["UID"] for event in busy}
    zoned = [f"{which};TZID=Europe/Berlin" for which in ("DTSTART", "DTEND")]
    assert [[each[name] for name in zoned] for each in full] == [
        [each[name] for name in zoned] for each in busy
    ]


def test_a_busy_calendar_is_never_anybody_elses_full_one() -> None:
    """Whatever ids an app chooses, "anna, busy" is not "somebody called anna busy"."""
    anna = to_ics(build(request(id="anna")), options=CalendarOptions(busy=True))
    other = to_ics(build(request(id="anna busy")))
    assert not {e["UID"] for e in events_of(anna)} & {e["UID"] for e in events_of(other)}


def test_a_busy_calendar_can_have_a_name() -> None:
    """The runner chooses what others read."""
    options = CalendarOptions(busy=True, calendar_name="Anna")
    (head,) = components(to_ics(one_week(), options=options), "VCALENDAR")
    assert head["NAME"] == "Anna"


# --- hostile texts ---------------------------------------------------------------------------

HOSTILE = {
    "line breaks": "a\r\nb\nc\rd",
    "an event": "x\nBEGIN:VEVENT\nUID:1\nEND:VEVENT",
    "the end": "x\r\nEND:VCALENDAR\r\n",
    "an escaped event": r"x\nBEGIN:VEVENT",
    "a folded line": "x\r\n ATTENDEE:mailto:x@example.org",
    "surrogates": "a\ud800b\udfffc",
    "control characters": "a\0b\x07c\x1bd\x7fe\x85f",
    "separators": "a\u2028b\u2029c\x0bd\x0ce",
    "right to left": "ש" * 60 + "\u202e" + "ع" * 19,
    "a byte-order mark": "\ufeffa\ufffe\uffff",
    "a parameter": 'x";VALUE=URI:http://example.org/',
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_never_adds_a_line_to_the_calendar(text: str) -> None:
    """Whatever stands in a name, a cue or a calendar's name stays inside its value."""
    lift = exercise(name=text, cues=[text], easier=text, works=[text], needs=text)
    plan = one_week(name=text, strength=Strength(exercises=[lift]), id=text)
    data = to_ics(plan, options=CalendarOptions(calendar_name=text, alarm_min=10))
    plain = one_week(name="x", strength=Strength(exercises=[exercise(cues=["x"])]), id="x")
    expected = to_ics(plain, options=CalendarOptions(calendar_name="x", alarm_min=10))
    check_lines(data)
    names = [[line.partition(":")[0] for line in lines_of(each)] for each in (data, expected)]
    assert names[0] == names[1]
    assert not icalendar.Calendar.from_ical(data).errors
    assert to_ics(plan, previous=data, options=CalendarOptions(calendar_name=text, alarm_min=10))


def test_200_letters_from_right_to_left_are_a_name() -> None:
    """A name in Hebrew or Arabic is folded between its letters and comes back whole."""
    name = "ש" * 100 + "ع" * 100
    data = to_ics(one_week(name=name))
    check_lines(data)
    assert components(data, "VCALENDAR")[0]["NAME"] == name


@examples(12, 60)
@given(name=st.text(alphabet=st.characters(), min_size=1, max_size=200))
def test_any_name_at_all_is_refused_or_stays_one_line(name: str) -> None:
    """Out of all of Unicode, nothing gets out of the name."""
    try:
        plan = one_week(name=name, strength=None)
    except InvalidValue as error:
        assert "name must not be empty" in str(error)  # noqa: PT017 (any name may be the one)
        return
    data = to_ics(plan)
    check_lines(data)
    assert len(lines_of(data)) == len(lines_of(to_ics(one_week(strength=None))))
    assert unescaped(components(data, "VCALENDAR")[0]["NAME"]) == plan.name


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_reason_of_an_own_rule_never_adds_a_line_either(text: str) -> None:
    """Rules are anybody's functions: what they say is cleaned like every other text."""
    rule = Rule(
        name="own",
        when="always",
        then="the target",
        source="me",
        evidence="house",
        decide=lambda now: Verdict("step", now.target_min, now.target_min, text),
    )
    data = to_ics(one_week(policy=Policy(name="own", rules=[rule]), strength=None))
    check_lines(data)
    assert len(lines_of(data)) == len(lines_of(to_ics(one_week(strength=None))))


# --- times -----------------------------------------------------------------------------------


def read_times(data: bytes) -> Iterator[tuple[str, dt.datetime, dt.datetime]]:
    """
    Return the zone of each event and its two moments, as dateutil reads the file's VTIMEZONE.

    Every local time must be one that the zone's clocks show just once, by zoneinfo.
    """
    zones = re.findall(rb"BEGIN:VTIMEZONE\r\n.*?END:VTIMEZONE\r\n", data, re.DOTALL)
    text = "BEGIN:VCALENDAR\r\n" + b"".join(zones).decode() + "END:VCALENDAR\r\n"
    found = tzical(io.StringIO(text)) if zones else None
    assert re.findall(rb"TZID:(.*)\r", b"".join(zones)) == sorted(
        set(re.findall(rb"TZID=([^:]*):", data))
    ), "every zone that events name is there once, and no other"
    for event in events_of(data):
        moments = []
        for name in ("DTSTART", "DTEND"):
            (key,) = (key for key in event if key.partition(";")[0] == name)
            if key == name:
                assert re.fullmatch(r"\d{8}T\d{6}Z", event[key])
                moments.append(dt.datetime.fromisoformat(event[key]))
                zone = "UTC"
            else:
                assert re.fullmatch(r"\d{8}T\d{6}", event[key])
                zone = key.removeprefix(f"{name};TZID=")
                assert found is not None
                local = dt.datetime.fromisoformat(event[key])
                tz = ZoneInfo(zone)
                shown = {local.replace(tzinfo=tz, fold=fold).utcoffset() for fold in (0, 1)}
                assert len(shown) == 1, f"clocks skip or double {local}"
                moment = local.replace(tzinfo=found.get(zone)).astimezone(dt.UTC)
                assert moment == local.replace(tzinfo=tz).astimezone(dt.UTC)
                moments.append(moment)
        yield zone, moments[0], moments[1]


def times_by_zoneinfo(plan: Plan) -> list[tuple[dt.datetime, dt.datetime]]:
    """Return when each session begins and ends, by its day, its time and zoneinfo."""
    times = []
    for session in sorted(plan.sessions, key=lambda each: (each.day, each.at)):
        day, at = session.day, session.at
        asked = dt.datetime(
            day.year, day.month, day.day, at.hour, at.minute, tzinfo=ZoneInfo(plan.timezone)
        )
        start = asked.astimezone(dt.UTC)
        times.append((start, start + dt.timedelta(minutes=session.minutes)))
    return times


@cache
def changes_of_clocks(zone: str, year: int) -> tuple[tuple[dt.datetime, dt.datetime], ...]:
    """Return what clocks show just before and at each change of offset of a year."""
    tz = ZoneInfo(zone)
    found = []
    start = dt.datetime(year, 1, 1, tzinfo=dt.UTC)
    for day in range(365):
        low, high = start + day * DAY, start + (day + 1) * DAY
        if low.astimezone(tz).utcoffset() == high.astimezone(tz).utcoffset():
            continue
        before = low.astimezone(tz).utcoffset()
        while high - low > dt.timedelta(minutes=1):
            middle = low + (high - low) // 2
            if middle.astimezone(tz).utcoffset() == before:
                low = middle
            else:
                high = middle
        last = (high - dt.timedelta(minutes=1)).astimezone(tz).replace(tzinfo=None)
        found.append((last + dt.timedelta(minutes=1), high.astimezone(tz).replace(tzinfo=None)))
    return tuple(found)


def across(zone: str, wall: dt.datetime) -> Plan:
    """Return a plan whose third long run is asked for at just that local time."""
    return build(
        Rebuild(
            baseline_min=40,
            target_min=60,
            start=wall.date() - 14 * DAY,
            timezone=zone,
            long_run=Slot(wall.strftime("%A").lower(), wall.strftime("%H:%M")),
            strength=None,
        )
    )


@pytest.mark.parametrize("zone", some(ZONES, 60))
def test_every_zone_shows_each_session_when_its_clocks_do(zone: str) -> None:
    """In every zone, five weeks around a change, with one run in the midst of it."""
    changes = changes_of_clocks(zone, 2027) or ((dt.datetime(2027, 2, 7, 9),) * 2,)
    # A time that is skipped begins where the change does, one that comes twice where it leads.
    for before, after in changes[:2]:
        wall = min(before, after).replace(second=0, microsecond=0)
        plan = across(zone, wall)
        data = to_ics(plan)
        assert [times[1:] for times in read_times(data)] == times_by_zoneinfo(plan)


def test_the_times_are_in_the_zone_that_was_asked_for() -> None:
    """Nine o'clock in Berlin is written as nine o'clock in Berlin, in winter and in summer."""
    plan = build(request(start="2027-02-01", long_run=Slot("sunday", "09:00"), strength=None))
    for event in events_of(to_ics(plan)):
        assert event["DTSTART;TZID=Europe/Berlin"].endswith("T090000")
    assert {zone for zone, _, _ in read_times(to_ics(plan))} == {"Europe/Berlin"}


@pytest.mark.parametrize(
    ("zone", "day", "at", "shown"),
    [
        # Skipped: the run moves on by the gap.
        ("Europe/Berlin", "2027-03-28", "02:30", "TZID=Europe/Berlin:20270328T033000"),
        ("America/New_York", "2027-03-14", "02:00", "TZID=America/New_York:20270314T030000"),
        ("Australia/Lord_Howe", "2027-10-03", "02:15", "TZID=Australia/Lord_Howe:20271003T024500"),
        # The whole of 30 December 2011 was skipped on Samoa.
        ("Pacific/Apia", "2011-12-30", "09:00", "TZID=Pacific/Apia:20111231T090000"),
        # Shown twice: the first one, in UTC.
        ("Europe/Berlin", "2026-10-25", "02:30", "20261025T003000Z"),
        ("America/New_York", "2026-11-01", "01:00", "20261101T050000Z"),
        ("Australia/Lord_Howe", "2027-04-04", "01:45", "20270403T144500Z"),
        # It ends at a time shown twice.
        ("Europe/Berlin", "2026-10-25", "01:45", "20261024T234500Z"),
        # It begins before the change and ends behind it, both at times shown once.
        ("Europe/Berlin", "2027-03-28", "01:30", "TZID=Europe/Berlin:20270328T013000"),
    ],
)
def test_a_run_at_a_time_that_clocks_skip_or_show_twice(
    zone: str, day: str, at: str, shown: str
) -> None:
    """A skipped time moves on by the gap; of a time shown twice the first counts."""
    wall = dt.datetime.fromisoformat(f"{day}T{at}")
    plan = across(zone, wall)
    data = to_ics(plan)
    third = lines_of(data)[[n for n, line in enumerate(lines_of(data)) if "DTSTART" in line][-3]]
    assert third in {f"DTSTART;{shown}", f"DTSTART:{shown}"}
    times = times_by_zoneinfo(plan)
    assert [each[1:] for each in read_times(data)] == times
    assert [end - start for start, end in times][2] == dt.timedelta(minutes=50)
    # Only the run beside the change is written in UTC.
    zones = [each[0] for each in read_times(data)]
    assert zones == [zone, zone, "UTC" if shown.endswith("Z") else zone, zone, zone]


def test_a_plan_in_utc_needs_no_time_zone() -> None:
    """UTC is written with a Z, and no VTIMEZONE stands in the file."""
    plan = build(request(timezone="UTC"))
    data = to_ics(plan)
    assert b"TZID" not in data
    assert b"VTIMEZONE" not in data
    assert [times[1:] for times in read_times(data)] == times_by_zoneinfo(plan)


@pytest.mark.parametrize("zone", some(ZONES, 60))
def test_a_calendar_of_every_zone_can_be_published_over(zone: str) -> None:
    """Also with workouts that are no longer planned, which keep their zone."""
    options = CalendarOptions(keep_cancelled=True)
    first = to_ics(build(request(timezone=zone, target_min=45)), options=options)
    shorter = build(request(timezone=zone, target_min=40))
    after = to_ics(shorter, previous=first, options=options)
    assert to_ics(shorter, previous=after, options=options) == after
    assert [times[1:] for times in read_times(after)] == [times[1:] for times in read_times(first)]


def test_floating_times_are_the_same_wherever_the_runner_is() -> None:
    """Nine o'clock wherever you are, and forty minutes later on the clock."""
    plan = build(request(start="2027-02-22"))
    data = to_ics(plan, options=CalendarOptions(floating=True))
    check_lines(data)
    assert b"TZID" not in data
    assert b"VTIMEZONE" not in data
    for row, event in zip(plan.rows(), events_of(data), strict=True):
        at = "090000" if row["kind"] == "long run" else "183000"
        assert event["DTSTART"] == f"{row['day']:%Y%m%d}T{at}"
        end = dt.datetime.fromisoformat(event["DTSTART"]) + dt.timedelta(minutes=row["minutes"])
        assert event["DTEND"] == f"{end:%Y%m%dT%H%M%S}"


def test_floating_times_end_after_their_minutes_even_across_a_change() -> None:
    """A run over the hour that is doubled in Berlin is no shorter elsewhere."""
    plan = across("Europe/Berlin", dt.datetime(2026, 10, 25, 2, 30))
    event = events_of(to_ics(plan, options=CalendarOptions(floating=True)))[2]
    assert (event["DTSTART"], event["DTEND"]) == ("20261025T023000", "20261025T032000")


# --- never the clock -------------------------------------------------------------------------

SCRIPT = """
import sys
from runplan import Away, CalendarOptions, Rebuild, build, to_ics
rebuild = Rebuild(
    baseline_min=40, target_min=60, start="2027-02-15", timezone="Europe/Berlin",
    away=[Away(first="2027-03-12", last="2027-03-15")],
)
options = CalendarOptions(alarm_min=30, emoji=True)
first = to_ics(build(rebuild), options=options)
again = to_ics(build(rebuild), previous=first, options=CalendarOptions(alarm_min=15))
sys.stdout.buffer.write(first + again)
"""


def test_the_same_request_gives_the_same_bytes_on_every_machine(tmp_path: Path) -> None:
    """Not the clock, the machine's zone and language nor the order of hashes is in a byte."""
    machines = [
        {"TZ": "UTC", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
        {"TZ": "Pacific/Kiritimati", "LANG": "de_DE.UTF-8", "LC_ALL": "", "PYTHONHASHSEED": "2"},
    ]
    written = [
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            env={**os.environ, **machine},
            cwd=tmp_path,
            capture_output=True,
            check=True,
        )
        for machine in machines
    ]
    assert written[0].stdout == written[1].stdout
    assert written[0].stdout.count(b"BEGIN:VCALENDAR") == 2
    assert not written[0].stderr + written[1].stderr


def test_the_same_plan_gives_the_same_bytes_twice() -> None:
    """Also from a request that was made anew."""
    assert to_ics(build(request())) == usual() == to_ics(evolve(build(request())))
