"""
The time zones of a calendar, read back by dateutil and compared with zoneinfo.

dateutil reads VTIMEZONE text with code of its own; zoneinfo says what clocks really show.
Neither shares a line with what is tested here.
"""

import datetime as dt
import io
import struct
import zoneinfo
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import icalendar
import pendulum
import pytest
from dateutil.rrule import rrulestr
from dateutil.tz import tzical
from hypothesis import given
from hypothesis import strategies as st
from support.effort import examples, some

from runplan.calendar.timezones import vtimezone
from runplan.errors import RunplanError, UnknownName

ZONES = sorted(zoneinfo.available_timezones())
DAY = dt.timedelta(days=1)
YEAR = 365 * DAY
HALF_HOUR = dt.timedelta(minutes=30)

# A local time, its offset from UTC, and what that offset is called.
Shown = tuple[dt.datetime, dt.timedelta | None, str | None]
MakeZone = Callable[[bytes], str]


def text_of(zone: str, first: dt.date, last: dt.date) -> str:
    """Return the VTIMEZONE of a calendar that has events from the first day to the last."""
    years = (last.year - first.year) + 1
    days = [min(last, first + year * YEAR) for year in range(years + 1)]
    return vtimezone(zone, days).to_ical().decode()


def golden(text: str) -> str:
    """Return the lines with the line ends of a calendar."""
    return "".join(f"{line.strip()}\r\n" for line in text.strip().splitlines())


def shown_by_clocks(zone: str, first: dt.date, last: dt.date) -> tuple[Shown, ...]:
    """
    Return what clocks show once a day, and every half hour near a change, by zoneinfo.

    The moments are taken from UTC. So a local time that a change skips does not come up, and one
    that it repeats comes up twice, the second time with fold=1, which dateutil understands.
    """
    tz = zoneinfo.ZoneInfo(zone)
    start, end = (dt.datetime(d.year, d.month, d.day, tzinfo=dt.UTC) for d in (first, last))
    # Local days may begin and end a day away from those of UTC.
    noons = [start + day * DAY + DAY / 2 for day in range(-1, (end - start).days + 2)]
    moments = {}
    for noon, next_noon in pairwise(noons):
        moments[noon] = None
        if noon.astimezone(tz).utcoffset() != next_noon.astimezone(tz).utcoffset():
            moments.update((noon - DAY + step * HALF_HOUR, None) for step in range(3 * 48))
    clocks = [moment.astimezone(tz) for moment in moments]
    return tuple(
        (clock.replace(tzinfo=None), clock.utcoffset(), clock.tzname())
        for clock in clocks
        if first <= clock.date() <= last
    )


@cache
def misread(body: str, clocks: tuple[Shown, ...]) -> list[tuple[Shown, Shown]]:
    """Return where dateutil, reading a VTIMEZONE, does not say what the clocks show."""
    tz = tzical(io.StringIO(f"BEGIN:VCALENDAR\r\n{body}END:VCALENDAR\r\n")).get()
    read = [(local, tz.utcoffset(local), tz.tzname(local)) for local, _, _ in clocks]
    return [(clock, seen) for clock, seen in zip(clocks, read, strict=True) if clock != seen]


def misread_around(zone: str, first: dt.date, last: dt.date) -> list[tuple[Shown, Shown]]:
    """Return what is misread from a year before the first day to a year after the last."""
    # Many names stand for one zone. Without its name each is read once.
    body = text_of(zone, first, last).replace(f"TZID:{zone}\r\n", "TZID:Zone\r\n")
    return misread(body, shown_by_clocks(zone, first - YEAR, last + YEAR))


@pytest.fixture
def data_from() -> Iterator[Callable[..., None]]:
    """Let zoneinfo read its data from other folders, and from none but the tzdata package."""

    def read_from(*folders: Path) -> None:
        zoneinfo.reset_tzpath(to=[str(folder) for folder in folders])
        zoneinfo.ZoneInfo.clear_cache()

    yield read_from
    zoneinfo.reset_tzpath()
    zoneinfo.ZoneInfo.clear_cache()


@pytest.fixture
def made_zone(tmp_path: Path, data_from: Callable[..., None]) -> MakeZone:
    """Make a zone from the last line of its data; with no line, from data too old to have one."""

    def make(footer: bytes) -> str:
        counts = struct.pack(">6l", 0, 0, 0, 0, 1, 4)
        body = bytes(15) + counts + struct.pack(">lbb", -3600, 0, 0) + b"ABC\0"
        new = b"TZif2" + body + b"TZif2" + body + b"\n" + footer + b"\n"
        (tmp_path / "Made").write_bytes(new if footer else b"TZif\0" + body)
        data_from(tmp_path)
        return "Made"

    return make


@pytest.mark.parametrize("zone", some(ZONES, 60))
def test_every_zone_is_read_as_its_clocks_go_from_2025_to_2028(zone: str) -> None:
    """A calendar shows every time of 2025 to 2028, in every zone, as the clocks there do."""
    assert misread_around(zone, dt.date(2026, 1, 1), dt.date(2027, 12, 31)) == []


@pytest.mark.parametrize("zone", some(ZONES, 60))
def test_every_zone_is_written_so_that_every_client_reads_it(zone: str) -> None:
    """Each zone has a standard time, lists no dates, and its rules begin on a day they name."""
    text = text_of(zone, dt.date(2026, 1, 1), dt.date(2027, 12, 31))
    parsed = icalendar.Timezone.from_ical(text)
    assert isinstance(parsed, icalendar.Timezone)
    assert [component.errors for component in parsed.walk() if component.errors] == []
    assert parsed.to_ical().decode() == text
    assert "RDATE" not in text
    assert parsed.standard
    for observance in parsed.subcomponents:
        onset = observance.DTSTART
        assert onset >= dt.datetime(1970, 1, 1)
        if "RRULE" in observance:
            rule = rrulestr(observance["RRULE"].to_ical().decode(), dtstart=onset)
            assert rule[0] == onset
            assert onset.year == 1970


@pytest.mark.parametrize(
    ("zone", "year", "what"),
    [
        ("Africa/Monrovia", 1970, "an offset of -00:44:30 until 1972"),
        ("Australia/Sydney", 1970, "no summer time before 1971, whatever the rule of today"),
        ("America/New_York", 1970, "a plan that starts on the first day of 1970"),
        ("Africa/Monrovia", 1971, "an offset with seconds in one change"),
        ("Europe/London", 1971, "summer time all year, until October 1971"),
        ("Europe/Dublin", 1971, "summer time all year, then an hour off in winter"),
        ("America/Montevideo", 1974, "half an hour, an hour and an hour and a half of saving"),
        ("America/Anchorage", 1983, "another offset and another name"),
        ("America/New_York", 1987, "a new rule in 1987"),
        ("America/St_Johns", 1988, "two hours of saving, from a minute past midnight"),
        ("Europe/Moscow", 1991, "the zone itself moved, twice"),
        ("Pacific/Kwajalein", 1993, "a day that was skipped"),
        ("Africa/Windhoek", 1995, "an hour off in winter, south of the equator"),
        ("America/Boa_Vista", 2000, "a summer time that lasted a week"),
        ("America/New_York", 2007, "a new rule in 2007"),
        ("America/Caracas", 2007, "half an hour back"),
        ("Africa/Cairo", 2010, "no summer time in Ramadan"),
        ("Pacific/Apia", 2011, "a day that was skipped"),
        ("Europe/Moscow", 2011, "summer time for good"),
        ("Africa/Casablanca", 2012, "summer time with a break in Ramadan"),
        ("Antarctica/Troll", 2014, "two hours of saving"),
        ("Asia/Pyongyang", 2018, "half an hour forth"),
        ("Africa/Casablanca", 2018, "an hour added becomes an hour off in Ramadan"),
        ("America/Sao_Paulo", 2019, "the last summer time"),
        ("Asia/Tehran", 2022, "the last summer time, by the Persian calendar"),
        ("Asia/Amman", 2022, "summer time that became standard time"),
        ("America/Mexico_City", 2022, "the last summer time"),
        ("America/Ojinaga", 2022, "another offset, then the rule of the United States"),
        ("America/Nuuk", 2023, "the zone itself moved, its rule is at an hour below zero"),
        ("Australia/Lord_Howe", 2024, "half an hour of saving"),
        ("Pacific/Chatham", 2024, "a change at a quarter to three"),
        ("Europe/Berlin", 2199, "a rule that nobody has ended"),
        ("Asia/Jerusalem", 2199, "a rule at the hour of 26"),
    ],
)
def test_zones_with_a_history_are_read_as_their_clocks_went(
    zone: str, year: int, what: str
) -> None:
    """A calendar shows the times of another decade as the clocks of that decade did."""
    assert misread_around(zone, dt.date(year, 1, 1), dt.date(year, 12, 31)) == [], what


@examples(12, 60)
@given(
    zone=st.sampled_from(ZONES),
    first=st.dates(dt.date(1970, 1, 1), dt.date(2199, 1, 1)),
    days=st.integers(0, 300),
)
def test_any_plan_is_read_as_the_clocks_of_its_zone_go(
    zone: str, first: dt.date, days: int
) -> None:
    """A calendar shows any plan, anywhere and in any year, as the clocks there do."""
    assert misread_around(zone, first, first + days * DAY) == []


def test_berlin_follows_one_rule_for_all_years() -> None:
    """Berlin is written as two yearly changes, each in local time before it."""
    assert text_of("Europe/Berlin", dt.date(2026, 11, 30), dt.date(2027, 4, 25)) == golden(
        """
        BEGIN:VTIMEZONE
        TZID:Europe/Berlin
        BEGIN:DAYLIGHT
        DTSTART:19700329T020000
        RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
        TZNAME:CEST
        TZOFFSETFROM:+0100
        TZOFFSETTO:+0200
        END:DAYLIGHT
        BEGIN:STANDARD
        DTSTART:19701025T030000
        RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
        TZNAME:CET
        TZOFFSETFROM:+0200
        TZOFFSETTO:+0100
        END:STANDARD
        END:VTIMEZONE
        """
    )


def test_new_york_changes_on_the_second_and_the_first_sunday() -> None:
    """New York is written with the second Sunday of March and the first of November."""
    assert text_of("America/New_York", dt.date(2026, 11, 30), dt.date(2027, 4, 25)) == golden(
        """
        BEGIN:VTIMEZONE
        TZID:America/New_York
        BEGIN:DAYLIGHT
        DTSTART:19700308T020000
        RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3
        TZNAME:EDT
        TZOFFSETFROM:-0500
        TZOFFSETTO:-0400
        END:DAYLIGHT
        BEGIN:STANDARD
        DTSTART:19701101T020000
        RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11
        TZNAME:EST
        TZOFFSETFROM:-0400
        TZOFFSETTO:-0500
        END:STANDARD
        END:VTIMEZONE
        """
    )


def test_dublin_has_its_daylight_saving_in_summer() -> None:
    """Irish summer time is daylight saving in a calendar, though Irish law has it as standard."""
    assert text_of("Europe/Dublin", dt.date(2026, 11, 30), dt.date(2027, 4, 25)) == golden(
        """
        BEGIN:VTIMEZONE
        TZID:Europe/Dublin
        BEGIN:DAYLIGHT
        DTSTART:19700329T010000
        RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
        TZNAME:IST
        TZOFFSETFROM:+0000
        TZOFFSETTO:+0100
        END:DAYLIGHT
        BEGIN:STANDARD
        DTSTART:19701025T020000
        RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
        TZNAME:GMT
        TZOFFSETFROM:+0100
        TZOFFSETTO:+0000
        END:STANDARD
        END:VTIMEZONE
        """
    )


def test_cairo_has_each_change_of_2023_to_2025_on_its_own() -> None:
    """Cairo changes at the end of a Thursday, so a plan of 2024 lists the changes around it."""
    assert text_of("Africa/Cairo", dt.date(2024, 3, 1), dt.date(2024, 10, 1)) == golden(
        """
        BEGIN:VTIMEZONE
        TZID:Africa/Cairo
        BEGIN:STANDARD
        DTSTART:19700101T000000
        TZNAME:EET
        TZOFFSETFROM:+0200
        TZOFFSETTO:+0200
        END:STANDARD
        BEGIN:DAYLIGHT
        DTSTART:20230428T000000
        TZNAME:EEST
        TZOFFSETFROM:+0200
        TZOFFSETTO:+0300
        END:DAYLIGHT
        BEGIN:STANDARD
        DTSTART:20231027T000000
        TZNAME:EET
        TZOFFSETFROM:+0300
        TZOFFSETTO:+0200
        END:STANDARD
        BEGIN:DAYLIGHT
        DTSTART:20240426T000000
        TZNAME:EEST
        TZOFFSETFROM:+0200
        TZOFFSETTO:+0300
        END:DAYLIGHT
        BEGIN:STANDARD
        DTSTART:20241101T000000
        TZNAME:EET
        TZOFFSETFROM:+0300
        TZOFFSETTO:+0200
        END:STANDARD
        BEGIN:DAYLIGHT
        DTSTART:20250425T000000
        TZNAME:EEST
        TZOFFSETFROM:+0200
        TZOFFSETTO:+0300
        END:DAYLIGHT
        END:VTIMEZONE
        """
    )


def test_india_has_one_standard_time() -> None:
    """A zone whose clocks stay as they are is one standard time."""
    assert text_of("Asia/Kolkata", dt.date(2026, 11, 30), dt.date(2027, 4, 25)) == golden(
        """
        BEGIN:VTIMEZONE
        TZID:Asia/Kolkata
        BEGIN:STANDARD
        DTSTART:19700101T000000
        TZNAME:IST
        TZOFFSETFROM:+0530
        TZOFFSETTO:+0530
        END:STANDARD
        END:VTIMEZONE
        """
    )


def test_a_plan_whose_calendar_begins_in_summer_begins_with_daylight_saving() -> None:
    """A year before July is summer in Cairo, so the first of the listed clocks is that one."""
    cairo = vtimezone("Africa/Cairo", [dt.date(2024, 7, 1), dt.date(2024, 10, 1)])
    first = cairo.subcomponents[0]
    assert (first.name, first["TZNAME"]) == ("DAYLIGHT", "EEST")
    assert first.TZOFFSETFROM == first.TZOFFSETTO == dt.timedelta(hours=3)


def test_ramadan_in_morocco_is_standard_time() -> None:
    """Morocco takes an hour off in Ramadan; a calendar has it added for the rest of the year."""
    casablanca = vtimezone("Africa/Casablanca", [dt.date(2024, 3, 1)])
    assert [(each.name, str(each.DTSTART)) for each in casablanca.subcomponents] == [
        ("STANDARD", "1970-01-01 00:00:00"),
        ("STANDARD", "2023-03-19 03:00:00"),
        ("DAYLIGHT", "2023-04-23 02:00:00"),
        ("STANDARD", "2024-03-10 03:00:00"),
        ("DAYLIGHT", "2024-04-14 02:00:00"),
        ("STANDARD", "2025-02-23 03:00:00"),
    ]


def test_summer_time_that_becomes_standard_time_is_a_change_of_its_own() -> None:
    """Jordan kept its summer clocks in October 2022: only what they are called changed."""
    amman = vtimezone("Asia/Amman", [dt.date(2023, 6, 1)])
    last = amman.subcomponents[-1]
    assert last.name == "STANDARD"
    assert last.DTSTART == dt.datetime(2022, 10, 28, 1)
    assert last.TZOFFSETFROM == last.TZOFFSETTO == dt.timedelta(hours=3)
    assert last["TZNAME"] == "+03"


def test_summer_time_that_lasts_for_years_is_standard_time() -> None:
    """Havana had summer time from March 2004 to October 2006: one standard time, for a while."""
    havana = vtimezone("America/Havana", [dt.date(2005, 6, 1)])
    assert [(each.name, each["TZNAME"]) for each in havana.subcomponents] == [("STANDARD", "CDT")]


@pytest.mark.parametrize(
    "zone", ["Europe/Berlin", "Africa/Cairo", "Africa/Casablanca", "Asia/Kathmandu", "Asia/Amman"]
)
def test_days_that_lie_decades_apart_are_all_right(zone: str) -> None:
    """A calendar with a cancelled run of 1975 and one of 2196 shows both when the clocks did."""
    days = [dt.date(1975, 6, 1), dt.date(2026, 6, 1), dt.date(2196, 6, 1)]
    body = vtimezone(zone, days).to_ical().decode()
    for day in days:
        assert misread(body, shown_by_clocks(zone, day - YEAR, day + YEAR)) == []


def test_years_without_a_run_are_not_written() -> None:
    """Cairo lists its changes: a few around each run, and none of the centuries between them."""
    cairo = vtimezone("Africa/Cairo", [dt.date(2026, 6, 1), dt.date(2196, 6, 1)])
    years = [each.DTSTART.year for each in cairo.subcomponents]
    assert years == [1970, 2025, 2026, 2026, 2027, 2195, 2195, 2196, 2196, 2197]


def test_the_same_days_give_the_same_bytes() -> None:
    """A plan's time zone is written the same way each time, whatever kind of date it is given."""
    first, last = dt.date(2026, 11, 30), dt.date(2027, 4, 25)
    again = text_of("Africa/Cairo", pendulum.instance(first), pendulum.instance(last))
    assert again == text_of("Africa/Cairo", first, last) == text_of("Africa/Cairo", first, last)


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Africa/Cairo", "Pacific/Apia", "Asia/Tehran"])
def test_the_tzdata_package_serves_where_a_system_has_no_data(
    zone: str, data_from: Callable[..., None]
) -> None:
    """A calendar is right on a system without time zone data of its own."""
    data_from()
    assert misread_around(zone, dt.date(2026, 1, 1), dt.date(2027, 12, 31)) == []
    assert ("RRULE" in text_of(zone, dt.date(2026, 1, 1), dt.date(2026, 1, 1))) == (
        zone == "Europe/Berlin"
    )


@pytest.mark.parametrize(
    "footer",
    [
        b"ABC-1DEF,M3.5.0,M10.5.0/3",
        b"ABC5DEF,M3.2.0,M11.1.0",
        b"ABC-10DEF,M10.1.0,M4.1.0/3",
        b"ABC-1DEF0,M10.5.0,M3.5.0/1",
        b"ABC+0DEF-2,M3.5.0/1,M10.5.0/03",
        b"<+0330>-3:30<+04>-4,M3.3.5/0:00,M9.3.5/23:59:30",
        b"<-004430>0:44:30<+00>0,M1.4.1/12,M12.4.6",
        b"ABC3DEF,M6.1.2,M6.4.3",
    ],
)
def test_plain_weekdays_become_a_yearly_rule(footer: bytes, made_zone: MakeZone) -> None:
    """Clocks that change on plain weekdays every year are written as a yearly rule."""
    zone = made_zone(footer)
    first, last = dt.date(2026, 1, 1), dt.date(2027, 12, 31)
    assert text_of(zone, first, last).count("RRULE:FREQ=YEARLY;BYDAY=") == 2
    assert misread_around(zone, first, last) == []


@pytest.mark.parametrize(
    "footer",
    [
        b"ABC-2DEF,M4.5.5/0,M10.5.4/24",
        b"ABC-2DEF,M3.4.4/50,M10.4.4/50",
        b"ABC2DEF,M3.5.0/-1,M10.5.0/0",
        b"ABC-1DEF,J60/2,J300/3",
        b"ABC-1DEF,59,299/3",
    ],
)
def test_days_that_are_no_plain_weekdays_are_listed(footer: bytes, made_zone: MakeZone) -> None:
    """Clocks that change beyond midnight or on a day of the year have each change listed."""
    zone = made_zone(footer)
    first, last = dt.date(2026, 1, 1), dt.date(2027, 12, 31)
    text = text_of(zone, first, last)
    assert "RRULE" not in text
    assert text.count("DTSTART") == 1 + 2 * 4
    assert misread_around(zone, first, last) == []


def test_a_plan_before_the_rules_first_change_lists_the_changes(made_zone: MakeZone) -> None:
    """A rule that starts in April 1970 says nothing of January, so that year is listed."""
    zone = made_zone(b"ABC-10DEF,M10.1.0,M4.1.0/3")
    assert "RRULE" not in text_of(zone, dt.date(1970, 6, 1), dt.date(1970, 6, 1))
    assert misread_around(zone, dt.date(1970, 6, 1), dt.date(1970, 6, 1)) == []
    assert "RRULE" in text_of(zone, dt.date(1972, 6, 1), dt.date(1972, 6, 1))


def test_data_too_old_for_a_last_line_still_give_a_time_zone(made_zone: MakeZone) -> None:
    """Time zone data of the first version have no rule, and their changes are listed."""
    zone = made_zone(b"")
    assert text_of(zone, dt.date(2026, 1, 1), dt.date(2026, 1, 1)).count("DTSTART") == 1
    assert misread_around(zone, dt.date(2026, 1, 1), dt.date(2026, 1, 1)) == []


def test_a_zone_whose_data_are_gone_is_listed(made_zone: MakeZone, tmp_path: Path) -> None:
    """A zone that was read before its data vanished keeps its changes, without the rule."""
    zone = made_zone(b"ABC-1DEF,M3.5.0,M10.5.0/3")
    day = dt.date(2026, 6, 1)
    assert "RRULE" in text_of(zone, day, day)
    (tmp_path / "Made").unlink()
    assert "RRULE" not in text_of(zone, day, day)
    assert misread_around(zone, day, day) == []


@pytest.mark.parametrize("name", ["Europe/Bonn", "Europe", "", "../Berlin", "zone\0", "+02:00"])
def test_a_zone_without_data_is_an_error_that_says_so(name: str) -> None:
    """A name that stands for no time zone is refused, and the message shows a good one."""
    with pytest.raises(UnknownName, match=r"IANA name .* write it like Europe/Berlin") as error:
        vtimezone(name, [dt.date(2026, 1, 1)])
    assert isinstance(error.value, RunplanError)
    assert isinstance(error.value, LookupError)
