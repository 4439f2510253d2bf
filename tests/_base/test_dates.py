"""Days, times and time zones: what clocks on the wall show when a session begins and ends."""

import copy
import datetime as dt
import os
import pickle
import re
import subprocess
import sys
from zoneinfo import ZoneInfo

import pendulum
import pytest
from attrs import evolve

from runplan import (
    Away,
    InvalidType,
    InvalidValue,
    Rebuild,
    RunplanError,
    Slot,
    Strength,
    UnknownName,
    build,
)
from runplan._base.dates import (
    at_local_time,
    days_after,
    happens_twice,
    to_day,
    to_moment,
    to_stdlib_datetime,
    to_time,
    to_zone,
    weekday_name,
)


def local(day, at, zone):
    """Return the moment at which clocks show that time, by the text in which runners write it."""
    return at_local_time(to_day(day), to_time(at), zone)


# Local times that a clock change skips, and what clocks show when they would have come.
SKIPPED = [
    ("Europe/Berlin", "2027-03-28", "02:00", "2027-03-28T03:00:00+02:00"),
    ("Europe/Berlin", "2027-03-28", "02:30", "2027-03-28T03:30:00+02:00"),
    ("Europe/Berlin", "2027-03-28", "02:59", "2027-03-28T03:59:00+02:00"),
    ("America/New_York", "2027-03-14", "02:30", "2027-03-14T03:30:00-04:00"),
    ("Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-04T02:45:00+11:00"),
    ("Antarctica/Troll", "2027-03-28", "01:30", "2027-03-28T03:30:00+02:00"),
    ("Antarctica/Troll", "2027-03-28", "02:30", "2027-03-28T04:30:00+02:00"),
    ("Africa/Cairo", "2026-04-24", "00:00", "2026-04-24T01:00:00+03:00"),
    ("Africa/Cairo", "2026-04-24", "00:15", "2026-04-24T01:15:00+03:00"),
    # The island crossed the date line: it had no 30 December 2011.
    ("Pacific/Apia", "2011-12-30", "09:00", "2011-12-31T09:00:00+14:00"),
]

# Local times that come twice, and the first of the two.
DOUBLED = [
    ("Europe/Berlin", "2026-10-25", "02:00", "2026-10-25T02:00:00+02:00"),
    ("Europe/Berlin", "2026-10-25", "02:59", "2026-10-25T02:59:00+02:00"),
    ("America/New_York", "2026-11-01", "01:30", "2026-11-01T01:30:00-04:00"),
    ("Australia/Lord_Howe", "2027-04-04", "01:45", "2027-04-04T01:45:00+11:00"),
    ("Antarctica/Troll", "2026-10-25", "01:30", "2026-10-25T01:30:00+02:00"),
    ("Africa/Cairo", "2026-10-29", "23:30", "2026-10-29T23:30:00+03:00"),
]

# Local times just beside a change.
ONCE = [
    ("Europe/Berlin", "2027-03-28", "01:59", "2027-03-28T01:59:00+01:00"),
    ("Europe/Berlin", "2027-03-28", "03:00", "2027-03-28T03:00:00+02:00"),
    ("Europe/Berlin", "2026-10-25", "01:59", "2026-10-25T01:59:00+02:00"),
    ("Europe/Berlin", "2026-10-25", "03:00", "2026-10-25T03:00:00+01:00"),
    ("Australia/Lord_Howe", "2026-10-04", "01:59", "2026-10-04T01:59:00+10:30"),
    ("Australia/Lord_Howe", "2026-10-04", "02:30", "2026-10-04T02:30:00+11:00"),
    ("Australia/Lord_Howe", "2027-04-04", "01:29", "2027-04-04T01:29:00+11:00"),
    ("Australia/Lord_Howe", "2027-04-04", "02:00", "2027-04-04T02:00:00+10:30"),
    ("Pacific/Apia", "2011-12-29", "23:59", "2011-12-29T23:59:00-10:00"),
    ("Pacific/Apia", "2011-12-31", "00:00", "2011-12-31T00:00:00+14:00"),
    ("Africa/Cairo", "2026-10-29", "22:59", "2026-10-29T22:59:00+03:00"),
    ("Africa/Cairo", "2026-10-30", "00:00", "2026-10-30T00:00:00+02:00"),
    ("Asia/Kathmandu", "2026-06-01", "09:00", "2026-06-01T09:00:00+05:45"),
    ("UTC", "2026-06-01", "09:00", "2026-06-01T09:00:00+00:00"),
]


def by_zoneinfo(day, at, zone):
    """Return the first moment, in UTC, at which zoneinfo's clocks show that time, if any does."""
    asked = dt.datetime.fromisoformat(f"{day}T{at}")
    moment = asked.replace(tzinfo=dt.UTC) - dt.timedelta(hours=30)
    for _ in range(60 * 60):
        if moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == asked:
            return moment
        moment += dt.timedelta(minutes=1)
    return None


def in_utc(moment):
    """Return the moment in UTC; datetimes of two zones are never equal where clocks repeat."""
    return dt.datetime.fromtimestamp(moment.timestamp(), dt.UTC)


@pytest.mark.parametrize(("zone", "day", "at", "shown"), SKIPPED)
def test_a_time_that_the_clocks_skip_moves_on_by_what_was_skipped(zone, day, at, shown):
    assert by_zoneinfo(day, at, zone) is None
    start = local(day, at, zone)
    assert start.isoformat() == shown
    moved = dt.datetime.fromisoformat(shown).astimezone(ZoneInfo(zone))
    assert moved.isoformat() == shown
    assert in_utc(start) == in_utc(moved)
    assert not happens_twice(start)


@pytest.mark.parametrize(("zone", "day", "at", "shown"), DOUBLED)
def test_of_a_time_that_comes_twice_the_first_is_meant(zone, day, at, shown):
    start = local(day, at, zone)
    assert start.isoformat() == shown
    assert in_utc(start) == by_zoneinfo(day, at, zone)
    assert happens_twice(start)


@pytest.mark.parametrize(("zone", "day", "at", "shown"), ONCE)
def test_a_time_beside_a_change_is_what_the_clocks_show(zone, day, at, shown):
    start = local(day, at, zone)
    assert start.isoformat() == shown
    assert in_utc(start) == by_zoneinfo(day, at, zone)
    assert not happens_twice(start)


def one_run(day, at, zone, minutes):
    """Return the only long run of a plan of one week that ends on the day."""
    last = dt.date.fromisoformat(day)
    rebuild = Rebuild(
        baseline_min=minutes,
        target_min=minutes,
        start=last - dt.timedelta(days=6),
        timezone=zone,
        long_run=Slot(pendulum.WeekDay(last.weekday()), at),
        strength=None,
    )
    return build(rebuild).weeks[0].long_run


@pytest.mark.parametrize(
    ("zone", "day", "at", "minutes", "start", "end"),
    [
        # Into spring: an hour on the stopwatch is two on the wall.
        (
            "Europe/Berlin",
            "2027-03-28",
            "01:30",
            60,
            "2027-03-28T01:30:00+01:00",
            "2027-03-28T03:30:00+02:00",
        ),
        # Into autumn: two hours on the stopwatch are one on the wall.
        (
            "Europe/Berlin",
            "2026-10-25",
            "01:30",
            120,
            "2026-10-25T01:30:00+02:00",
            "2026-10-25T02:30:00+01:00",
        ),
        (
            "Australia/Lord_Howe",
            "2027-04-04",
            "01:15",
            60,
            "2027-04-04T01:15:00+11:00",
            "2027-04-04T01:45:00+10:30",
        ),
        (
            "Antarctica/Troll",
            "2026-10-25",
            "02:30",
            60,
            "2026-10-25T02:30:00+02:00",
            "2026-10-25T01:30:00+00:00",
        ),
        # A skipped start moves on and keeps its minutes.
        (
            "Europe/Berlin",
            "2027-03-28",
            "02:30",
            40,
            "2027-03-28T03:30:00+02:00",
            "2027-03-28T04:10:00+02:00",
        ),
        # Over midnight and over the missing day.
        (
            "Pacific/Apia",
            "2011-12-29",
            "23:30",
            60,
            "2011-12-29T23:30:00-10:00",
            "2011-12-31T00:30:00+14:00",
        ),
        (
            "UTC",
            "2026-12-31",
            "23:30",
            60,
            "2026-12-31T23:30:00+00:00",
            "2027-01-01T00:30:00+00:00",
        ),
    ],
)
def test_a_run_takes_its_minutes_whatever_the_clocks_do(*, zone, day, at, minutes, start, end):
    run = one_run(day, at, zone, minutes)
    assert run.start.isoformat() == start
    assert run.end.isoformat() == end
    assert run.end.timestamp() - run.start.timestamp() == 60 * minutes
    assert in_utc(run.end).astimezone(ZoneInfo(zone)).isoformat() == end


def test_a_plan_over_a_clock_change_keeps_its_time_on_the_wall():
    rebuild = Rebuild(baseline_min=40, target_min=60, start="2027-03-15", timezone="Europe/Berlin")
    runs = [week.long_run for week in build(rebuild).weeks]
    assert {run.start.strftime("%A %H:%M") for run in runs} == {"Sunday 09:00"}
    assert [run.start.utcoffset() for run in runs[:3]] == [
        dt.timedelta(hours=1),
        dt.timedelta(hours=2),
        dt.timedelta(hours=2),
    ]


def test_rows_for_data_frames_hold_plain_days_and_moments():
    rebuild = Rebuild(baseline_min=40, target_min=45, start="2026-11-30", timezone="Europe/Berlin")
    rows = build(rebuild).rows()
    keys = (
        "week kind place day start end minutes rule action why source evidence exercises "
        "mark ran_min pain pain_next_morning fatigue red_flags note exercises_done"
    ).split()
    assert [list(row) for row in rows] == [keys] * len(rows)
    first, second = rows[:2]
    assert (first["week"], first["kind"], first["place"]) == (1, "strength", 1)
    assert (second["week"], second["kind"], second["place"]) == (1, "long run", 1)
    assert type(first["day"]) is dt.date
    assert first["day"] == dt.date(2026, 12, 2)
    berlin = ZoneInfo("Europe/Berlin")
    assert type(second["start"]) is type(second["end"]) is dt.datetime
    assert second["start"] == dt.datetime(2026, 12, 6, 9, tzinfo=berlin)
    assert second["end"] == dt.datetime(2026, 12, 6, 9, 40, tzinfo=berlin)
    assert second["start"].tzinfo is berlin
    assert (second["minutes"], second["rule"], second["action"]) == (40, "baseline", "start")
    assert second["exercises"] == ""
    assert first["exercises"].split("; ")[0] == "Renegade row: 2 × 6–8 a side, RPE 5–6"
    assert len(first["exercises"].split("; ")) == 4
    assert first["rule"] == "ramp"
    assert first["mark"] == second["mark"] == "planned"
    for what in ("ran_min", "pain", "pain_next_morning", "fatigue"):
        assert first[what] is second[what] is None
    assert first["note"] == second["note"] == ""
    assert [row["start"] for row in rows] == sorted(row["start"] for row in rows)


def test_the_second_of_two_equal_times_stays_the_second_in_a_data_frame():
    # 01:30 and 120 minutes: it ends at the second 02:30.
    run = one_run("2026-10-25", "01:30", "Europe/Berlin", 120)
    end = to_stdlib_datetime(run.end)
    assert end.isoformat() == "2026-10-25T02:30:00+01:00"
    assert (end.fold, type(end)) == (1, dt.datetime)


def test_days_are_counted_over_months_years_and_leap_days():
    assert days_after(to_day("2026-12-31"), 1) == dt.date(2027, 1, 1)
    assert days_after(to_day("2028-02-28"), 1) == dt.date(2028, 2, 29)
    assert days_after(to_day("2027-02-28"), 1) == dt.date(2027, 3, 1)
    assert days_after(to_day("2027-01-01"), -1) == dt.date(2026, 12, 31)
    assert days_after(to_day("2027-01-01"), 0) == dt.date(2027, 1, 1)


def test_weekdays_have_english_names_whatever_the_machine_s_language_is():
    monday = to_day("2026-11-30")
    assert [weekday_name(days_after(monday, days)) for days in range(8)] == [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "Monday",
    ]


def test_a_week_ends_six_days_after_it_begins():
    weeks = build(Rebuild(baseline_min=40, target_min=40, start="2028-02-24", timezone="UTC")).weeks
    assert weeks[0].last == dt.date(2028, 3, 1)


@pytest.mark.parametrize(
    ("moment", "utc"),
    [
        ("2026-12-01T11:00:00+01:00", "2026-12-01T10:00:00+00:00"),
        ("2026-12-01T10:00:00Z", "2026-12-01T10:00:00+00:00"),
        ("2026-12-01T10:00:00.999Z", "2026-12-01T10:00:00+00:00"),
        (dt.datetime(2026, 12, 1, 10, 0, 0, 5, tzinfo=dt.UTC), "2026-12-01T10:00:00+00:00"),
        (
            dt.datetime(2026, 10, 25, 2, 30, fold=1, tzinfo=ZoneInfo("Europe/Berlin")),
            "2026-10-25T01:30:00+00:00",
        ),
        (pendulum.datetime(2026, 12, 1, 10, tz="America/New_York"), "2026-12-01T15:00:00+00:00"),
    ],
)
def test_a_moment_is_kept_in_utc_and_whole_seconds(moment, utc):
    assert to_moment(moment).isoformat() == utc


@pytest.mark.parametrize(
    ("moment", "error", "given"),
    [
        ("2026-12-01T10:00:00", InvalidValue, "'2026-12-01T10:00:00'"),
        ("2026-12-01", InvalidValue, "'2026-12-01T00:00:00'"),
        ("yesterday", InvalidValue, "'yesterday'"),
        ("", InvalidValue, "''"),
        (dt.datetime(2026, 12, 1, 10), InvalidValue, "'2026-12-01T10:00:00'"),
        (dt.date(2026, 12, 1), InvalidType, "datetime.date(2026, 12, 1)"),
        (1_800_000_000, InvalidType, "1800000000"),
        (None, InvalidType, "None"),
        # The first and the last day of all, from zones in which they lie outside time in UTC.
        ("0001-01-01T00:00:00+14:00", InvalidValue, "'0001-01-01"),
        ("9999-12-31T23:59:59-12:00", InvalidValue, "'9999-12-31"),
    ],
)
def test_a_moment_without_a_time_zone_or_outside_time_is_refused(moment, error, given):
    with pytest.raises(error) as refused:
        to_moment(moment)
    assert isinstance(refused.value, RunplanError)
    text = str(refused.value)
    assert text.startswith(f"a moment must be a date and time with its time zone (was {given}")
    assert text.endswith("write it like 2026-12-01T10:00:00Z")


def test_the_latest_start_can_be_planned_to_its_end():
    away = Away(first="2199-12-31", last="2199-12-31")
    rebuild = Rebuild(
        baseline_min=10,
        target_min=360,
        start="2199-12-31",
        timezone="Europe/Berlin",
        strength=Strength(at="23:59"),
        away=[away],
    )
    plan = build(rebuild)
    assert plan.finish.year == 2201
    assert plan.weeks[-1].long_run.end > plan.weeks[-1].long_run.start


# --- the second of two equal hours -----------------------------------------------------------

AT_THE_CHANGE = Rebuild(
    baseline_min=40,
    target_min=60,
    start="2026-10-19",
    timezone="Europe/Berlin",
    long_run=Slot("sunday", "01:30"),
)


def pickled(protocol):
    """Return what pickles a value and reads it again."""
    return lambda value: pickle.loads(pickle.dumps(value, protocol))  # noqa: S301 (made here)


@pytest.mark.parametrize(
    "copied",
    [copy.copy, copy.deepcopy, *(pickled(each) for each in range(pickle.HIGHEST_PROTOCOL + 1))],
)
def test_a_copy_of_a_moment_is_the_same_moment(copied) -> None:
    """From 01:30, 100 minutes end at 02:10 of the second hour; an hour is not lost on the way."""
    run = evolve(build(AT_THE_CHANGE).weeks[0].long_run, minutes=100)
    for moment in (run.start, run.end, run.end.in_timezone("UTC")):
        again = copied(moment)
        assert again == moment
        assert again.isoformat() == moment.isoformat()
        assert again.timestamp() == moment.timestamp()
    assert copied(run.end).isoformat() == "2026-10-25T02:10:00+01:00"


@pytest.mark.parametrize(
    ("zone", "offset_h", "name"),
    [
        ("ABC-14", 14, "+14:00"),
        ("<-11>11", -11, "-11:00"),
        ("Asia/Tokyo", 9, "Asia/Tokyo"),
        (":/usr/share/zoneinfo/Asia/Tokyo", 9, None),
    ],
)
def test_today_is_the_local_day_even_in_a_zone_without_a_name(zone, offset_h, name) -> None:
    """As the system has it. Where the zone has a name, `runplan init` proposes it."""
    code = (
        "from runplan._base.dates import here_and_now\n"
        "now = here_and_now()\n"
        "print(now.isoformat(), now.timezone_name)\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        env={**os.environ, "TZ": zone},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    moment, its_name = done.stdout.split()
    now = dt.datetime.fromisoformat(moment)
    assert now.utcoffset() == dt.timedelta(hours=offset_h)
    assert abs(now - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=2)
    assert its_name == str(name)


@pytest.mark.parametrize(
    "zone",
    [
        *("UTC+1", "utc+01:00", "GMT-5", "GMT +2", "+01:00", "+0100", "-5", "UTC\u22125"),
        *("CEST", "BST", "PST", "Z", dt.timezone(dt.timedelta(hours=2))),
    ],
    ids=str,
)
def test_a_fixed_offset_is_sent_to_a_place(zone):
    """The nearest name would be another zone: of CEST it is EST."""
    with pytest.raises(UnknownName) as caught:
        to_zone(zone)
    assert caught.value.remedy == (
        "name a place like Europe/Berlin: this does not say when the clocks change"
    )


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("Europe/Berln", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("Etc/GMT+", "Etc/GMT+"),
    ],
)
def test_a_misspelt_place_is_sent_to_the_nearest_one(name, near):
    """An offset is part of some names."""
    with pytest.raises(UnknownName, match=f'did you mean "{re.escape(near)}'):
        to_zone(name)
    assert to_zone("Etc/GMT+5") == "Etc/GMT+5"
