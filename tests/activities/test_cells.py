"""Dates, durations and sports, as exports write them."""

import datetime as dt

import pytest

from runplan.activities.cells import moment, seconds
from runplan.activities.languages import is_running

MORNING, AFTERNOON = dt.datetime(2027, 1, 3, 8, 5, 9), dt.datetime(2027, 1, 3, 14, 12)


@pytest.mark.parametrize(
    "text",
    [
        *("Jan 3, 2027, 8:05:09 AM", "Jan 3, 2027, 8:05:09\u202fAM", "January 3, 2027 08:05:09"),
        *("3 Jan 2027, 08:05:09", "2027-01-03 08:05:09", "2027-01-03T08:05:09.000"),
        *("2027/1/3 8:05:09", "03.01.2027, 08:05:09", "3. Januar 2027, 08:05:09"),
        *("3 janv. 2027, 08:05:09", "3 de jan. de 2027, 08:05:09", "3 gen 2027, 08:05:09"),
        *("3 ene. 2027, 8:05:09 a. m.", "3 jan. 2027 08:05:09", "  2027-01-03   08:05:09 "),
    ],
)
def test_dates_are_read_as_each_language_writes_them(text):
    assert moment(text) == MORNING


@pytest.mark.parametrize("text", ["Jan 3, 2027, 2:12 PM", "3 ene 2027, 2:12 p. m."])
def test_afternoons_are_read(text):
    assert moment(text) == AFTERNOON


@pytest.mark.parametrize(("hour", "is_read"), [("12:05:09 AM", 0), ("12:05:09 PM", 12)])
def test_twelve_is_midnight_before_noon_and_noon_after_it(hour, is_read):
    assert moment(f"Jan 3, 2027, {hour}").hour == is_read


@pytest.mark.parametrize(
    ("offset", "utc"),
    [("Z", "08:05"), ("+01:00", "07:05"), ("-0700", "15:05"), (" +0530", "02:35")],
)
def test_an_offset_is_understood(offset, utc):
    assert f"{moment(f'2027-01-03T08:05:09{offset}').astimezone(dt.UTC):%H:%M}" == utc


def test_a_day_alone_has_no_time():
    assert moment("2027-01-03") == dt.date(2027, 1, 3)


@pytest.mark.parametrize(
    "months",
    [
        "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
        "Jan Feb März Apr Mai Juni Juli Aug Sept Okt Nov Dez",
        "ene feb mar abr may jun jul ago sept oct nov dic",
        "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
        "gen feb mar apr mag giu lug ago set ott nov dic",
        "jan. feb. mrt. apr. mei juni juli aug. sep. okt. nov. dec.",
        "jan. fev. mar. abr. mai. jun. jul. ago. set. out. nov. dez.",
    ],
)
def test_months_have_their_names_in_each_language(months):
    assert [moment(f"5 {each} 2027").month for each in months.split()] == list(range(1, 13))


@pytest.mark.parametrize(
    "text",
    [
        *("", "--", "someday", "1/3/2027", "3/1/2027 08:05", "2027-02-30", "31.02.2027"),
        *("5 foo 2027", "2027-01-03 25:00", "2027-01-03T08:05:09+99:00", "08:05", "x 08:05:09"),
        "a" * 1000,
    ],
)
def test_what_is_no_clear_date_is_none(text):
    assert moment(text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(
            ("2700", 2700),
            ("2700.0", 2700),
            ("2700,5", 2700.5),
            ("2,700", 2700),
            ("2.700,5", 2700.5),
        ),
        *(("2,700.5", 2700.5), ("1 800", 1800), ("1,234,567", None)),
        *(("00:45:00", 2700), ("45:10", 2710), ("1:00:00.5", 3600), ("100:00:00", 360000)),
        *(("", None), ("--", None), ("0", None), ("00:00:00", None), ("-5", None), ("1e5", None)),
        *(("nan", None), ("inf", None), ("4:5:6", None)),
    ],
)
def test_durations_are_read_with_points_or_commas(text, value):
    assert seconds(text) == value


@pytest.mark.parametrize(
    "sport",
    [
        *("Run", "Trail Run", "Virtual Run", "TrailRun", "VirtualRun", "running", "trail_running"),
        *("Treadmill Running", "Indoor Running", "Track Running", "Street Running", "Ultra Run"),
        *("Lauf", "Laufen", "Traillauf", "Virtueller Lauf", "Laufbandtraining", "Indoor-Laufen"),
        *("Laufen auf der Bahn", "Carrera", "Carrera en cinta", "Carrera virtual", "Correr"),
        *("Course à pied", "Course à pied virtuelle", "Course à pied sur tapis roulant", "Trail"),
        *("Corsa", "Corsa su sentiero", "Corsa virtuale", "Hardlopen", "Hardloopsessie"),
        *("Hardlopen op de loopband", "Corrida", "Corrida em esteira", "Corrida virtual", "RUN"),
    ],
)
def test_running_has_many_names(sport):
    assert is_running(sport)


@pytest.mark.parametrize(
    "sport",
    [
        *("", "Ride", "Virtual Ride", "Swim", "Walk", "Hike", "Swimrun", "Radfahrt", "Indoor"),
        *("Course en fauteuil", "Marche", "Treadmill Walking", "Wandelen", "Trail Ride", "Rowing"),
    ],
)
def test_other_sports_are_no_running(sport):
    assert not is_running(sport)
