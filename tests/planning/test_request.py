"""What can be asked for, and what is refused with a reason and a way out."""

import copy
import datetime as dt
import io
import pickle
import unicodedata
from uuid import UUID
from zoneinfo import ZoneInfo

import attrs
import pendulum
import pytest

from runplan import (
    CAUTIOUS,
    Away,
    InvalidType,
    InvalidValue,
    Rebuild,
    RunplanError,
    Slot,
    Strength,
    UnknownName,
    UnusableCalendar,
    UnusableFile,
    build,
)
from runplan._base.dates import WeekDay
from runplan.errors import shown

NAN = float("nan")
INF = float("inf")


def asked(**changes):
    """Return an ordinary request, changed where the test says so."""
    usual = {
        "baseline_min": 40,
        "target_min": 60,
        "start": "2026-11-30",
        "timezone": "Europe/Berlin",
    }
    return Rebuild(**(usual | changes))


def refused(make, error):
    """Return the error that a request is refused with, which is of the family and builtin."""
    with pytest.raises(error) as caught:
        make()
    assert isinstance(caught.value, RunplanError)
    return caught.value


MINUTES = "must be a whole number of minutes from 10 to 360"
RUN_WALK = "give 10 to 360; if less is pain-free, see a clinician and begin with run-walk"
FROM_10 = "give a number from 10 to 360"
DAY = "a day must be a date from 1970 to 2199"
ISO = "write it like 2026-11-30"
TIME = "a time of day must be hours and minutes from 00:00 to 23:59"
CLOCK = 'write it like "09:00"'
WEEKDAY = "a weekday must be one of monday to sunday, or mon to sun"
ZONE = "a time zone must be an IANA name"
BERLIN = "write it like Europe/Berlin"
RAMP = "a ramp must be phases of weeks and sessions a week, only the last one open-ended"
STEPS = "write it like ((2, 1), (2, 2), (None, 3))"

FULL = {"mon": "monday", "sat": "saturday", "sun": "sunday"}

# What was asked for, the builtin error it is, what must hold, what was given, what to do.
REFUSED = [
    # Baseline and target.
    ({"baseline_min": 9}, ValueError, f"baseline_min {MINUTES}", "9", RUN_WALK),
    ({"baseline_min": 0}, ValueError, f"baseline_min {MINUTES}", "0", RUN_WALK),
    ({"baseline_min": -40}, ValueError, f"baseline_min {MINUTES}", "-40", RUN_WALK),
    ({"baseline_min": 361}, ValueError, f"baseline_min {MINUTES}", "361", RUN_WALK),
    ({"baseline_min": 40.0}, TypeError, f"baseline_min {MINUTES}", "40.0", RUN_WALK),
    ({"baseline_min": 42.5}, TypeError, f"baseline_min {MINUTES}", "42.5", RUN_WALK),
    ({"baseline_min": True}, TypeError, f"baseline_min {MINUTES}", "True", RUN_WALK),
    ({"baseline_min": NAN}, TypeError, f"baseline_min {MINUTES}", "nan", RUN_WALK),
    ({"baseline_min": INF}, TypeError, f"baseline_min {MINUTES}", "inf", RUN_WALK),
    ({"baseline_min": "40"}, TypeError, f"baseline_min {MINUTES}", "'40'", RUN_WALK),
    ({"baseline_min": None}, TypeError, f"baseline_min {MINUTES}", "None", RUN_WALK),
    ({"target_min": 9}, ValueError, f"target_min {MINUTES}", "9", FROM_10),
    ({"target_min": 361}, ValueError, f"target_min {MINUTES}", "361", FROM_10),
    ({"target_min": 60.0}, TypeError, f"target_min {MINUTES}", "60.0", FROM_10),
    ({"target_min": True}, TypeError, f"target_min {MINUTES}", "True", FROM_10),
    ({"target_min": NAN}, TypeError, f"target_min {MINUTES}", "nan", FROM_10),
    ({"target_min": -INF}, TypeError, f"target_min {MINUTES}", "-inf", FROM_10),
    ({"target_min": "1 h"}, TypeError, f"target_min {MINUTES}", "'1 h'", FROM_10),
    (
        {"target_min": 39},
        ValueError,
        "target_min must not be below baseline_min, 40",
        "39",
        "raise the target or lower the baseline",
    ),
    # Days.
    ({"start": "2026-02-29"}, ValueError, DAY, "'2026-02-29'", ISO),
    ({"start": "2026-13-01"}, ValueError, DAY, "'2026-13-01'", ISO),
    ({"start": "2026-00-10"}, ValueError, DAY, "'2026-00-10'", ISO),
    ({"start": "0000-01-01"}, ValueError, DAY, "'0000-01-01'", ISO),
    ({"start": "30.11.2026"}, ValueError, DAY, "'30.11.2026'", ISO),
    ({"start": "20261130"}, ValueError, DAY, "'20261130'", ISO),
    ({"start": "2026-W49-1"}, ValueError, DAY, "'2026-W49-1'", ISO),
    ({"start": "2026-11-30T09:00"}, ValueError, DAY, "'2026-11-30T09:00'", ISO),
    ({"start": "2026-11-30\n"}, ValueError, DAY, r"'2026-11-30\\n'", ISO),
    ({"start": " 2026-11-30"}, ValueError, DAY, "' 2026-11-30'", ISO),
    ({"start": "٢٠٢٦-١١-٣٠"}, ValueError, DAY, "'٢٠٢٦-١١-٣٠'", ISO),
    ({"start": ""}, ValueError, DAY, "''", ISO),
    ({"start": "1969-12-31"}, ValueError, DAY, "'1969-12-31'", ISO),
    ({"start": "2200-01-01"}, ValueError, DAY, "'2200-01-01'", ISO),
    ({"start": dt.date(1969, 12, 31)}, ValueError, DAY, "'1969-12-31'", ISO),
    ({"start": dt.datetime(2026, 11, 30, 9)}, TypeError, DAY, "datetime.datetime(2026, 11", ISO),
    ({"start": pendulum.datetime(2026, 11, 30)}, TypeError, DAY, "DateTime(2026, 11, 30", ISO),
    ({"start": 20261130}, TypeError, DAY, "20261130", ISO),
    ({"start": None}, TypeError, DAY, "None", ISO),
    ({"assessed_on": "last week"}, ValueError, DAY, "'last week'", ISO),
    ({"assessed_on": True}, TypeError, DAY, "True", ISO),
    # Time zones.
    ({"timezone": "+02:00"}, LookupError, ZONE, "'+02:00'", "when the clocks change"),
    ({"timezone": "UTC+1"}, LookupError, ZONE, "'UTC+1'", "name a place like Europe/Berlin"),
    ({"timezone": "CEST"}, LookupError, ZONE, "'CEST'", ""),
    ({"timezone": "Europe/Berlln"}, LookupError, ZONE, "'Europe/Berlln'", "Europe/Berlin"),
    ({"timezone": "europe/berlin"}, LookupError, ZONE, "'europe/berlin'", ""),
    ({"timezone": "localtime"}, LookupError, ZONE, "'localtime'", ""),
    ({"timezone": "posix/Europe/Berlin"}, LookupError, ZONE, "'posix/Europe/Berlin'", ""),
    ({"timezone": "right/Europe/Berlin"}, LookupError, ZONE, "'right/Europe/Berlin'", ""),
    ({"timezone": "posixrules"}, LookupError, ZONE, "'posixrules'", ""),
    ({"timezone": "../x"}, LookupError, ZONE, "'../x'", ""),
    ({"timezone": "/etc/localtime"}, LookupError, ZONE, "'/etc/localtime'", ""),
    ({"timezone": "Europe"}, LookupError, ZONE, "'Europe'", ""),
    ({"timezone": "UTC\0"}, LookupError, ZONE, r"'UTC\\x00'", ""),
    ({"timezone": ""}, LookupError, ZONE, "''", BERLIN),
    ({"timezone": "x" * 100_000}, LookupError, ZONE, "'xxxx", BERLIN),
    (
        {"timezone": dt.timezone(dt.timedelta(hours=2))},
        LookupError,
        ZONE,
        "datetime.timezone(datetime.timedelta(seconds=7200))",
        "",
    ),
    ({"timezone": pendulum.FixedTimezone(7200)}, LookupError, ZONE, "+02:00", BERLIN),
    ({"timezone": None}, TypeError, ZONE, "None", BERLIN),
    ({"timezone": 1}, TypeError, ZONE, "1", BERLIN),
    ({"timezone": b"UTC"}, TypeError, ZONE, "b'UTC'", BERLIN),
    # Names.
    ({"name": ""}, ValueError, "name must not be empty", "''", "write a few words"),
    ({"name": " \r\n\t"}, ValueError, "name must not be empty", r"' \\r\\n\\t'", "write a few"),
    ({"name": "\ud800"}, ValueError, "name must not be empty", r"'\\ud800'", "write a few"),
    ({"name": "\u2028"}, ValueError, "name must not be empty", r"'\\u2028'", "write a few"),
    (
        {"name": "x" * 201},
        ValueError,
        "name must have at most 200 characters",
        "201 characters",
        "shorten it",
    ),
    ({"name": "x" * 100_000}, ValueError, "at most 200", "100000 characters", "shorten it"),
    ({"name": None}, TypeError, "name must be text", "None", "put it in quotes"),
    ({"name": b"run"}, TypeError, "name must be text", "b'run'", "put it in quotes"),
    ({"id": ""}, ValueError, "id must not be empty", "''", "write a few words"),
    ({"id": "x" * 201}, ValueError, "id must have at most 200", "201 characters", "shorten it"),
    ({"id": 7}, TypeError, "id must be text", "7", "put it in quotes"),
    # Values of other kinds.
    ({"long_run": "sunday"}, TypeError, "long_run must be a Slot", "'sunday'", "give one"),
    ({"strength": False}, TypeError, "strength must be a Strength or None", "False", "give one"),
    ({"policy": "cautious"}, TypeError, "policy must be a Policy", "'cautious'", "give one"),
    (
        {"first_month": "held"},
        LookupError,
        "first_month must be one of hold, extend",
        "'held'",
        'did you mean "hold"?',
    ),
    ({"first_month": "soon"}, LookupError, "first_month must be one of", "'soon'", '"hold"'),
    ({"first_month": True}, TypeError, "first_month must be one of", "True", 'like "hold"'),
    # Absences.
    ({"away": None}, TypeError, "away must be a sequence of Away", "None", "give a list or tuple"),
    ({"away": "2026-12-24"}, TypeError, "a sequence of Away", "'2026-12-24'", "give a list"),
    ({"away": ["2026-12-24"]}, TypeError, "of Away", "'2026-12-24'", "give Away values only"),
    (
        {"away": Away(first="2026-12-24", last="2026-12-24")},
        TypeError,
        "away must be a sequence of Away",
        "Away(first='2026-12-24', last='2026-12-24')",
        "give a list or tuple of Away",
    ),
    (
        {
            "away": [
                Away(first="2026-12-27", last="2026-12-30"),
                Away(first="2026-12-24", last="2026-12-27"),
            ]
        },
        ValueError,
        "away ranges must not overlap",
        "2026-12-24 to 2026-12-27 and 2026-12-27 to 2026-12-30",
        "join them into one",
    ),
    (
        {
            "away": [
                Away(first="2026-12-01", last="2026-12-31"),
                Away(first="2026-12-10", last="2026-12-11"),
            ]
        },
        ValueError,
        "away ranges must not overlap",
        "2026-12-01 to 2026-12-31",
        "join them",
    ),
    ({"away": [Away(first="2026-12-10", last="2026-12-11")] * 2}, ValueError, "overlap", "", ""),
]


@pytest.mark.parametrize(
    ("changes", "builtin", "must", "given", "remedy"),
    REFUSED,
    ids=[f"{next(iter(row[0]))} {ascii(row[3])[:30]}" for row in REFUSED],
)
def test_what_cannot_be_planned_is_refused_with_what_must_hold_was_given_and_to_do(
    *, changes, builtin, must, given, remedy
):
    text = str(refused(lambda: asked(**changes), builtin))
    before, _, rest = text.partition(" (was ")
    assert must in before
    assert given.replace("\\\\", "\\") in rest.replace("\\\\", "\\")
    assert remedy in rest.rpartition("): ")[2]
    assert text.isprintable()
    assert len(text) < 300


# What else is made, the builtin error, what must hold, what was given, what to do.
PARTS = [
    (lambda: Slot("sonday", "09:00"), LookupError, WEEKDAY, "'sonday'", 'did you mean "sunday"?'),
    (lambda: Slot("", "09:00"), LookupError, WEEKDAY, "''", '"sunday"'),
    (lambda: Slot("so", "09:00"), LookupError, WEEKDAY, "'so'", "sun"),
    (lambda: Slot("x" * 100_000, "09:00"), LookupError, WEEKDAY, "'xxx", '"sunday"'),
    (lambda: Slot(6, "09:00"), TypeError, WEEKDAY, "6", 'write it like "sunday"'),
    (lambda: Slot(None, "09:00"), TypeError, WEEKDAY, "None", 'write it like "sunday"'),
    (lambda: Slot("sun", "24:00"), ValueError, TIME, "'24:00'", CLOCK),
    (lambda: Slot("sun", "9"), ValueError, TIME, "'9'", CLOCK),
    (lambda: Slot("sun", "9:60"), ValueError, TIME, "'9:60'", CLOCK),
    (lambda: Slot("sun", "9:5"), ValueError, TIME, "'9:5'", CLOCK),
    (lambda: Slot("sun", "9 am"), ValueError, TIME, "'9 am'", CLOCK),
    (lambda: Slot("sun", "09:00:30"), ValueError, TIME, "'09:00:30'", CLOCK),
    (lambda: Slot("sun", "09:00+01:00"), ValueError, TIME, "'09:00+01:00'", CLOCK),
    (lambda: Slot("sun", "09:00\n"), ValueError, TIME, "09:00", CLOCK),
    (lambda: Slot("sun", "٠٩:٠٠"), ValueError, TIME, "'٠٩:٠٠'", CLOCK),
    (lambda: Slot("sun", ""), ValueError, TIME, "''", CLOCK),
    (lambda: Slot("sun", 9), TypeError, TIME, "9", CLOCK),
    (lambda: Slot("sun", None), TypeError, TIME, "None", CLOCK),
    (lambda: Slot("sun", dt.time(9, 0, 1)), ValueError, TIME, "'09:00:01'", CLOCK),
    (lambda: Slot("sun", dt.time(9, 0, 0, 1)), ValueError, TIME, "'09:00:00.000001'", CLOCK),
    (
        lambda: Slot("sun", dt.time(9, tzinfo=dt.UTC)),
        TypeError,
        TIME,
        "datetime.time(9, 0, tzinfo=datetime.timezone.utc)",
        "leave out its time zone, the rebuild has one",
    ),
    (
        lambda: Slot("sun", dt.datetime(2026, 11, 30, 9)),
        TypeError,
        TIME,
        "datetime.datetime",
        CLOCK,
    ),
    (
        lambda: Away(first="2026-12-01", last="2196-12-01"),
        ValueError,
        "an away range must be at most 3,640 days long",
        "'2026-12-01 to 2196-12-01'",
        "check the years",
    ),
    (
        lambda: Away(first="2026-12-27", last="2026-12-24"),
        ValueError,
        "an away range must not end before it begins",
        "'2026-12-27 to 2026-12-24'",
        "swap the days",
    ),
    (lambda: Away(first="2026-12-32", last="2027-01-01"), ValueError, DAY, "'2026-12-32'", ISO),
    (lambda: Strength(minutes=4), ValueError, "minutes must be a whole number", "4", "from 5 to"),
    (lambda: Strength(minutes=181), ValueError, "from 5 to 180", "181", "give a number"),
    (lambda: Strength(minutes=30.0), TypeError, "minutes must be a whole", "30.0", "give a"),
    (lambda: Strength(at="noon"), ValueError, TIME, "'noon'", CLOCK),
    (
        lambda: Strength(days="mon"),
        TypeError,
        "days must be a list of weekdays",
        "'mon'",
        'write it like ["mon", "thu"]',
    ),
    (lambda: Strength(days=3), TypeError, "days must be a list of weekdays", "3", "write it"),
    (lambda: Strength(days=[1, 3, 5]), TypeError, WEEKDAY, "1", "write it like"),
    (lambda: Strength(days=["mon", "funday"]), LookupError, WEEKDAY, "'funday'", "did you mean"),
    (
        lambda: Strength(days=["mon", "thu", "Monday"]),
        ValueError,
        "days must name each weekday once",
        "'monday, thursday, monday'",
        "leave the second one out",
    ),
    (
        lambda: Strength(days=["mon", "thu"]),
        ValueError,
        "a week must have a day for each strength session",
        "'3 sessions on 2 days'",
        "name more days or lower the ramp",
    ),
    (lambda: Strength(days=[]), ValueError, "a day for each", "'3 sessions on 0 days'", "name"),
    (lambda: Strength(ramp=((2, 4), (None, 1))), ValueError, "a day", "4 sessions on 3", "lower"),
    (lambda: Strength(exercises=[]), ValueError, "of Exercise with at least 1", "()", "add one"),
    (lambda: Strength(exercises=["row"]), TypeError, "of Exercise", "'row'", "values only"),
    (lambda: Strength(exercises=None), TypeError, "of Exercise", "None", "give a list or tuple"),
    (
        lambda: Strength(ramp=(*[(1, 1)] * 200_000, (None, 3))),
        ValueError,
        "a ramp must have at most 520 phases before the open-ended one",
        "'more'",
        "join phases",
    ),
    # Ramps of every wrong shape.
    (lambda: Strength(ramp=()), ValueError, RAMP, "()", STEPS),
    (lambda: Strength(ramp=((2, 1),)), ValueError, RAMP, "((2, 1),)", STEPS),
    (lambda: Strength(ramp=((None, 1), (2, 2))), ValueError, RAMP, "((None, 1), (2, 2))", STEPS),
    (lambda: Strength(ramp=((None, 1), (None, 2))), ValueError, RAMP, "None, 1", STEPS),
    (lambda: Strength(ramp=((2, 1), (None, 4))), ValueError, "a day for each", "4 sessions", ""),
    (lambda: Strength(ramp=((0, 1), (None, 3))), ValueError, RAMP, "(0, 1)", STEPS),
    (lambda: Strength(ramp=((-1, 1), (None, 3))), ValueError, RAMP, "(-1, 1)", STEPS),
    (lambda: Strength(ramp=((521, 1), (None, 3))), ValueError, RAMP, "(521, 1)", STEPS),
    (lambda: Strength(ramp=((2, -1), (None, 3))), ValueError, RAMP, "(2, -1)", STEPS),
    (lambda: Strength(ramp=((2, 8), (None, 3))), ValueError, RAMP, "(2, 8)", STEPS),
    (lambda: Strength(ramp=((2, 1, 1), (None, 3))), TypeError, RAMP, "(2, 1, 1)", STEPS),
    (lambda: Strength(ramp=(2, 1, None, 3)), TypeError, RAMP, "(2, 1, None, 3)", STEPS),
    (lambda: Strength(ramp=3), TypeError, RAMP, "3", STEPS),
    (lambda: Strength(ramp=None), TypeError, RAMP, "None", STEPS),
    (lambda: Strength(ramp="steep"), TypeError, RAMP, "'steep'", STEPS),
    (lambda: Strength(ramp={2: 1, None: 3}), TypeError, RAMP, "{2: 1, None: 3}", STEPS),
    # A phase of the right shape with a value of the wrong type.
    (lambda: Strength(ramp=((2, True), (None, 3))), TypeError, RAMP, "(2, True)", STEPS),
    (lambda: Strength(ramp=((False, 1), (None, 3))), TypeError, RAMP, "(False, 1)", STEPS),
    (lambda: Strength(ramp=((2, 1.0), (None, 3))), TypeError, RAMP, "(2, 1.0)", STEPS),
    (lambda: Strength(ramp=((2, None), (None, 3))), TypeError, RAMP, "(2, None)", STEPS),
    (lambda: Strength(ramp=(("", 1), (None, 3))), TypeError, RAMP, "('', 1)", STEPS),
    (lambda: Strength(ramp=(("2", "1"), (None, "3"))), TypeError, RAMP, "('2', '1')", STEPS),
]


@pytest.mark.parametrize(
    ("make", "builtin", "must", "given", "remedy"),
    PARTS,
    ids=[f"{ascii(row[3])[:40]}" for row in PARTS],
)
def test_a_part_that_cannot_be_planned_is_refused_in_the_same_way(
    *, make, builtin, must, given, remedy
):
    text = str(refused(make, builtin))
    before, _, rest = text.partition(" (was ")
    assert must in before
    assert given in rest
    assert remedy in rest.rpartition("): ")[2]
    assert text.isprintable()
    assert len(text) < 300


def test_a_time_zone_without_a_name_is_refused_like_a_fixed_offset():
    # A time zone file of version 1 with one kind of time, UTC, and no changes.
    counts = b"".join(count.to_bytes(4, "big") for count in (0, 0, 0, 0, 1, 4))
    nameless = ZoneInfo.from_file(
        io.BytesIO(b"TZif" + bytes(16) + counts + bytes(6) + b"UTC\0"), key=None
    )
    assert nameless.utcoffset(dt.datetime(2026, 11, 30)) == dt.timedelta()
    assert ZONE in str(refused(lambda: asked(timezone=nameless), UnknownName))


@pytest.mark.parametrize(
    ("long_run", "target", "strength", "minutes"),
    [
        # Saturday 09:00 for 60 minutes.
        (("sat", "09:00"), 60, ("sat", "09:00"), 30),
        (("sat", "09:00"), 60, ("sat", "09:59"), 30),
        (("sat", "09:00"), 60, ("sat", "08:31"), 30),
        # Over midnight.
        (("sat", "23:30"), 60, ("sun", "00:29"), 30),
        (("sun", "00:15"), 60, ("sat", "23:50"), 30),
        # Over the end of the week.
        (("sun", "23:00"), 90, ("mon", "00:29"), 30),
        (("mon", "00:10"), 60, ("sun", "22:00"), 180),
        (("sun", "20:00"), 360, ("mon", "01:59"), 5),
    ],
)
def test_a_long_run_and_a_strength_session_never_overlap(long_run, target, strength, minutes):
    day, at = strength

    def ask():
        return asked(
            long_run=Slot(*long_run),
            target_min=target,
            strength=Strength(days=[day], at=at, minutes=minutes, ramp=((None, 1),)),
        )

    error = refused(ask, ValueError)
    assert error.must == "a strength session must not overlap the long run"
    assert error.given == f"{FULL[day]} {at}"
    assert error.remedy == "choose another day or time"


@pytest.mark.parametrize(
    ("long_run", "target", "strength", "minutes"),
    [
        (("sat", "09:00"), 60, ("sat", "10:00"), 30),
        (("sat", "09:00"), 60, ("sat", "08:30"), 30),
        (("sat", "23:30"), 60, ("sun", "00:30"), 30),
        (("sun", "00:15"), 60, ("sat", "23:45"), 30),
        (("sun", "23:00"), 90, ("mon", "00:30"), 30),
        (("mon", "01:00"), 60, ("sun", "22:00"), 180),
        (("sun", "20:00"), 360, ("mon", "02:00"), 5),
    ],
)
def test_one_right_after_the_other_is_not_at_the_same_time(long_run, target, strength, minutes):
    day, at = strength
    work = Strength(days=[day], at=at, minutes=minutes, ramp=((None, 1),))
    rebuild = asked(long_run=Slot(*long_run), target_min=target, strength=work)
    for week in build(rebuild).weeks:
        one, other = week.sessions
        assert one.end <= other.start


def test_the_longest_ramp_and_the_shortest_plan_can_be_asked_for():
    phases = (*[(1, 1)] * 520, (None, 3))
    assert Strength(ramp=phases).ramp == phases
    assert Strength(ramp=((520, 1), (None, 3))).ramp[0] == (520, 1)
    with pytest.raises(InvalidValue, match="at most 520 phases"):
        Strength(ramp=((1, 1), *phases))
    assert asked(last_day="2026-11-30").last_day == asked().start


def test_the_target_is_kept_for_up_to_a_year():
    assert asked().keep_weeks == 0
    assert [asked(keep_weeks=weeks).keep_weeks for weeks in (0, 52)] == [0, 52]
    for weeks in (-1, 53):
        with pytest.raises(InvalidValue, match=r"keep_weeks must be .* from 0 to 52"):
            asked(keep_weeks=weeks)


@pytest.mark.parametrize(
    "make", [lambda: Rebuild(40, 60, "2026-11-30", "UTC"), lambda: Strength("18:00")]
)
def test_the_parts_of_a_request_are_given_by_name(make):
    with pytest.raises(TypeError, match="positional argument"):
        make()


def test_a_request_shows_its_settings_as_a_table():
    rows = dict(
        asked(assessed_on="2026-11-12", away=[Away(first="2026-12-24", last="2026-12-27")])
        .table()
        .rows
    )
    assert rows == {
        "Long run": "from 40 to 60 min",
        "Day and time": "Sunday at 09:00",
        "First day": "Monday, 30 November 2026",
        "Time zone": "Europe/Berlin",
        "Strength": "30 min at 18:30",
        "Strength days": "Monday, Wednesday, Friday",
        "Sessions a week": "1 for 2 weeks, then 2 for 2 weeks, then 3",
        "Exercises": (
            "Renegade row; Lunge-position shoulder press; Push-up with protraction; "
            "One-arm kettlebell swing"
        ),
        "First month": "the long run stays at its baseline",
        "Policy": "five minutes",
        "Away": "Thursday, 24 December 2026 to Sunday, 27 December 2026",
        "Assessed": "Thursday, 12 November 2026",
    }
    few = asked(strength=Strength(equipment=["two dumbbells"], per_session=2)).table()
    assert {
        "Equipment": "two dumbbells",
        "Exercises a session": "2",
        "Exercises": (
            "Renegade row; Lunge-position shoulder press; Push-up with protraction; "
            "Single-leg hip hinge"
        ),
    }.items() <= dict(few.rows).items()
    none = asked(strength=Strength(equipment=[])).table()
    assert dict(none.rows)["Equipment"] == "nothing"
    longer = dict(asked(strength=Strength(minutes=45)).table().rows)
    assert longer["Strength"] == "45 min at 18:30"
    without = dict(asked(strength=None).table().rows)
    assert (without["Strength"], without["Assessed"]) == ("none", "not on record")
    assert "Sessions a week" not in without
    extended = dict(asked(first_month="extend").table().rows)
    assert extended["First month"] == "the long run grows from the start"


def test_the_lowest_and_the_highest_lengths_can_be_planned():
    rebuild = asked(baseline_min=10, target_min=360)
    assert (rebuild.baseline_min, rebuild.target_min) == (10, 360)
    assert asked(baseline_min=60, target_min=60).target_min == 60


@pytest.mark.parametrize(
    "start", ["2026-11-30", dt.date(2026, 11, 30), pendulum.date(2026, 11, 30)]
)
def test_a_day_is_the_same_in_whichever_form_it_comes(start):
    rebuild = asked(start=start, assessed_on=start, away=[Away(first=start, last=start)])
    again = asked(
        start="2026-11-30",
        assessed_on="2026-11-30",
        away=[Away(first="2026-11-30", last="2026-11-30")],
    )
    assert rebuild == again
    assert hash(rebuild) == hash(again)
    assert rebuild.id == again.id
    assert rebuild.start == dt.date(2026, 11, 30)
    assert type(rebuild.start) is pendulum.Date


@pytest.mark.parametrize("year", [1970, 2199])
def test_the_first_and_the_last_year_can_be_planned(year):
    assert asked(start=f"{year}-06-01").start.year == year


@pytest.mark.parametrize("day", ["sunday", "sun", "Sun", "SUNDAY", " sunday ", WeekDay.SUNDAY])
@pytest.mark.parametrize("at", ["09:00", "9:00", "09:00:00", dt.time(9), pendulum.time(9)])
def test_a_weekday_and_a_time_are_the_same_in_whichever_form_they_come(day, at):
    assert Slot(day, at) == Slot("sunday", "09:00")
    assert asked(long_run=Slot(day, at)) == asked()


def test_every_weekday_has_a_name_a_short_name_and_pendulum_s():
    names = "monday tuesday wednesday thursday friday saturday sunday".split()
    for number, name in enumerate(names):
        slot = Slot(name, "00:00")
        assert slot == Slot(name[:3], "00:00") == Slot(WeekDay(number), "00:00")
        assert slot.day == number
        assert slot.day.name.lower() == name


@pytest.mark.parametrize(
    "zone",
    ["America/New_York", ZoneInfo("America/New_York"), pendulum.timezone("America/New_York")],
)
def test_a_time_zone_is_the_same_in_whichever_form_it_comes(zone):
    assert asked(timezone=zone) == asked(timezone="America/New_York")
    assert asked(timezone=zone).timezone == "America/New_York"


@pytest.mark.parametrize("zone", ["UTC", dt.UTC, ZoneInfo("UTC"), pendulum.UTC])
def test_utc_is_a_time_zone_with_a_name(zone):
    assert asked(timezone=zone).timezone == "UTC"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("Long\r\nrun", "Long run"),
        ("Long\u2028run", "Long run"),
        ("Long\u2029run", "Long run"),
        ("Long\x85run", "Long run"),
        ("Long\x00run", "Long run"),
        ("Long\x1brun\x7f", "Long run"),
        ("  Long \t run  ", "Long run"),
        ("Long\ud83drun", "Longrun"),
        ("x" * 200, "x" * 200),
        # Kept: Hebrew with a direction mark, combining marks, joined emoji, Persian half-space;
        # not what turns the text after it round.
        ("ריצה ארוכה\u200f", "ריצה ארוכה\u200f"),
        ("\u202bالجري الطويل\u202c", "الجري الطويل"),
        ("Cafe\u0301 run", "Cafe\u0301 run"),
        ("\U0001f3c3\u200d\u2640\ufe0f", "\U0001f3c3\u200d\u2640\ufe0f"),
        ("می\u200cدود", "می\u200cدود"),
        ("長距離走", "長距離走"),
        ("Lauf; 5, 10\\n", "Lauf; 5, 10\\n"),
    ],
)
def test_a_name_keeps_every_script_and_loses_line_breaks_and_controls(given, kept):
    rebuild = asked(name=given, id=given)
    assert rebuild.name == kept
    assert rebuild.id == kept
    assert not {unicodedata.category(char) for char in rebuild.name} & {"Cc", "Cs", "Zl", "Zp"}


def test_the_same_name_and_start_are_the_same_plan_in_a_calendar():
    rebuild = asked()
    assert UUID(rebuild.id).version == 5
    assert rebuild.id == asked(baseline_min=50, timezone="UTC", policy=CAUTIOUS).id
    assert rebuild.id == asked(name="Long run rebuild").id == asked(name=" Long\nrun rebuild").id
    assert build(rebuild).id == rebuild.id


def test_the_identity_of_the_example_never_changes():
    # Every calendar that was published with it hangs on it.
    assert asked().id == "2203a4ee-1bf4-55a4-bd8e-70c71e34c4db"


def test_another_name_or_start_is_another_plan():
    ids = {asked().id, asked(name="Second try").id, asked(start="2026-12-01").id}
    assert len(ids) == 3


def test_an_app_can_give_an_identity_of_its_own():
    assert asked(id="runner 7").id == "runner 7"
    number = UUID("12345678-1234-5678-1234-567812345678")
    assert asked(id=number).id == "12345678-1234-5678-1234-567812345678"
    assert asked(id=number) == asked(id=str(number))


def test_away_ranges_may_touch():
    away = [
        Away(first="2026-12-24", last="2026-12-26"),
        Away(first="2026-12-27", last="2026-12-27"),
    ]
    assert asked(away=away).away == tuple(away)


def test_lists_become_tuples_that_nobody_can_change_later():
    away = [Away(first="2026-12-24", last="2026-12-26")]
    phases = [[4, 1], [None, 2]]
    rebuild = asked(away=away, strength=Strength(days=["thu", "mon"], ramp=phases))
    away.clear()
    phases[0][1] = 3
    assert len(rebuild.away) == 1
    assert rebuild.strength.ramp == ((4, 1), (None, 2))
    assert rebuild.strength.days == (WeekDay.MONDAY, WeekDay.THURSDAY)


def test_items_may_come_one_by_one():
    away = (Away(first=f"2026-12-{day}", last=f"2026-12-{day}") for day in (24, 26))
    assert len(asked(away=away).away) == 2
    assert Strength(days=iter(["mon", "wed", "fri"])) == Strength(days=["fri", "mon", "wed"])


@pytest.mark.parametrize(
    "make",
    [
        asked,
        lambda: asked(away=[Away(first="2026-12-24", last="2026-12-26")], policy=CAUTIOUS),
        lambda: Slot("sun", "09:00"),
        lambda: Away(first="2026-12-24", last="2026-12-26"),
        lambda: Strength(days=["mon", "wed", "fri"]),
        lambda: build(asked()),
        lambda: build(asked()).weeks[4],
        lambda: build(asked()).weeks[4].long_run,
        lambda: build(asked()).weeks[4].strength[0],
        lambda: build(asked()).findings[0],
    ],
)
def test_values_are_equal_by_what_they_hold_frozen_and_good_as_keys(make):
    one, other = make(), make()
    assert one is not other
    assert one == other
    assert {one: "kept"}[other] == "kept"
    assert one == copy.deepcopy(one)
    assert pickle.loads(pickle.dumps(one)) == one  # noqa: S301
    field = attrs.fields(type(one))[0].name
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        setattr(one, field, None)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        delattr(one, field)


def test_requests_that_differ_anywhere_are_not_equal():
    different = [
        asked(),
        asked(baseline_min=41),
        asked(target_min=61),
        asked(start="2026-12-01"),
        asked(timezone="UTC"),
        asked(name="Other"),
        asked(long_run=Slot("sun", "09:01")),
        asked(strength=None),
        asked(strength=Strength(minutes=31)),
        asked(first_month="extend"),
        asked(policy=CAUTIOUS),
        asked(away=[Away(first="2026-12-24", last="2026-12-26")]),
        asked(assessed_on="2026-11-20"),
        asked(id="other"),
    ]
    assert len(set(different)) == len(different)


def test_a_request_shows_itself_in_the_words_it_was_made_of():
    text = repr(
        asked(
            name="Back to an hour",
            long_run=Slot("sat", "8:30"),
            strength=Strength(days=["mon", "wed", "fri"]),
            policy=CAUTIOUS,
            away=[Away(first="2026-12-24", last="2026-12-27")],
            assessed_on="2026-11-20",
            id="runner 7",
        )
    )
    for part in [
        "Rebuild(baseline_min=40, target_min=60, start='2026-11-30', timezone='Europe/Berlin'",
        "name='Back to an hour'",
        "long_run=Slot(day='saturday', at='08:30')",
        "days=('monday', 'wednesday', 'friday')",
        "at='18:30'",
        "ramp=((2, 1), (2, 2), (None, 3))",
        "'Renegade row'",
        "first_month='hold'",
        "policy='cautious'",
        "away=(Away(first='2026-12-24', last='2026-12-27'),)",
        "assessed_on='2026-11-20'",
        "id='runner 7'",
    ]:
        assert part in text
    # No days of its own, an open-ended ramp, any equipment, all exercises.
    assert repr(Strength()).count("None") == 4
    assert "assessed_on=None" in repr(asked())


@pytest.mark.parametrize(
    ("family", "builtin"),
    [
        (InvalidValue, ValueError),
        (InvalidType, TypeError),
        (UnknownName, LookupError),
        (UnusableFile, OSError),
        (UnusableCalendar, ValueError),
    ],
)
def test_an_error_survives_the_way_to_another_process(family, builtin):
    error = family("the day must come first", "x\ny", "swap them")
    assert isinstance(error, RunplanError)
    assert isinstance(error, builtin)
    again = pickle.loads(pickle.dumps(error))  # noqa: S301
    assert type(again) is family
    assert (again.must, again.given, again.remedy) == (error.must, error.given, error.remedy)
    assert str(again) == str(error) == r"the day must come first (was 'x\ny'): swap them"
    assert str(copy.copy(error)) == str(error)


def test_an_error_of_a_request_carries_its_three_parts():
    error = refused(lambda: asked(target_min=30), InvalidValue)
    assert error.must == "target_min must not be below baseline_min, 40"
    assert error.given == 30
    assert error.remedy == "raise the target or lower the baseline"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a\nb", r"'a\nb'"),
        ("a\u202eb", r"'a\u202eb'"),
        ("Läufer", "'Läufer'"),
        (40, "40"),
        (None, "None"),
        ("x" * 98, "'" + "x" * 98 + "'"),
        ("x" * 99, "'" + "x" * 98 + "…"),
        ([1, 2], "[1, 2]"),
    ],
)
def test_what_was_given_is_shown_in_one_short_line(value, text):
    assert shown(value) == text
    assert len(text) <= 100


def test_a_value_that_shows_itself_in_many_lines_is_shown_in_one():
    class Table:
        def __repr__(self):
            return "a  b\n1  2\n"

    assert shown(Table()) == "a b 1 2"


def test_strength_holds_the_first_month_unless_asked_not_to():
    assert asked().holds_first_month
    assert not asked(first_month="extend").holds_first_month
    assert not asked(strength=None).holds_first_month


def test_strength_days_are_those_asked_for_or_one_three_and_five_after_the_long_run():
    assert asked().strength_days == (WeekDay.MONDAY, WeekDay.WEDNESDAY, WeekDay.FRIDAY)
    wednesday = asked(long_run=Slot("wed", "07:00"))
    assert wednesday.strength_days == (WeekDay.MONDAY, WeekDay.THURSDAY, WeekDay.SATURDAY)
    own = Strength(days=["sat", "tue", "thu"])
    assert asked(strength=own).strength_days == (
        WeekDay.TUESDAY,
        WeekDay.THURSDAY,
        WeekDay.SATURDAY,
    )
    assert asked(strength=None).strength_days == ()
