"""
Days, times of day and time zones.

The one place that imports pendulum. Days are pendulum dates, times of day pendulum times,
moments pendulum datetimes in a named zone.
"""

import datetime as dt
import re
from functools import lru_cache, partial
from typing import Any, SupportsIndex
from zoneinfo import ZoneInfo, available_timezones

import pendulum
from pendulum import Date, Time, Timezone, WeekDay

from runplan.errors import InvalidType, InvalidValue, UnknownName, did_you_mean

__all__ = [
    "Date",
    "DateTime",
    "DayLike",
    "MomentLike",
    "Time",
    "TimeLike",
    "WeekDay",
    "WeekdayLike",
    "ZoneLike",
]

DayLike = str | dt.date
TimeLike = str | dt.time
WeekdayLike = str | WeekDay
ZoneLike = str | dt.tzinfo
MomentLike = str | dt.datetime

# Time zone data are unreliable before 1970, and nobody plans a run beyond 2199.
FIRST_YEAR, LAST_YEAR = 1970, 2199

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)(?::00)?", re.ASCII)
# A fixed offset like UTC+1, +01:00 or GMT-5, and an abbreviation like CEST.
_OFFSET = re.compile(r"[A-Za-z]{0,4} *[+\-\u2212] *\d{1,2}(:?\d{2})?|[A-Z]{1,4}", re.ASCII)
_WEEKDAYS = {day.name.lower(): day for day in WeekDay}
_WEEKDAY_NAMES = tuple(day.name.capitalize() for day in WeekDay)
_MONTHS = (
    "January February March April May June July August September October November December"
).split()


class DateTime(pendulum.DateTime):
    """
    pendulum's DateTime, with copies and pickles that stay in the second of two equal hours.

    >>> import pickle
    >>> end = at_local_time(Date(2026, 10, 25), Time(2, 30), "Europe/Berlin").add(hours=1)
    >>> end.isoformat(), pickle.loads(pickle.dumps(end)).isoformat()
    ('2026-10-25T02:30:00+01:00', '2026-10-25T02:30:00+01:00')
    """

    def __reduce_ex__(self, protocol: SupportsIndex) -> Any:  # noqa: ANN401 (pendulum's type is narrower)
        # pendulum's leaves out fold.
        return partial(self.__class__, fold=self.fold), self._getstate(protocol)


def to_day(value: DayLike) -> Date:
    """
    Return the day for an ISO 8601 text or a date.

    Raises:
        InvalidType: If it is neither text nor a date, or carries a time.
        InvalidValue: If there is no such day, or its year is not from 1970 to 2199.

    >>> to_day("2026-11-30")
    Date(2026, 11, 30)
    """
    if type(value) is Date and FIRST_YEAR <= value.year <= LAST_YEAR:
        return value
    must = f"a day must be a date from {FIRST_YEAR} to {LAST_YEAR}"
    remedy = "write it like 2026-11-30"
    if isinstance(value, dt.datetime) or not isinstance(value, str | dt.date):
        raise InvalidType(must, value, remedy)
    if isinstance(value, str):
        if not _DAY.fullmatch(value):
            raise InvalidValue(must, value, remedy)
        try:
            value = dt.date.fromisoformat(value)
        except ValueError:
            raise InvalidValue(must, value, remedy) from None
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise InvalidValue(must, value.isoformat(), remedy)
    return Date(value.year, value.month, value.day)


def to_optional_day(value: DayLike | None) -> Date | None:
    """
    Return the day, or None for None.

    >>> to_optional_day(None) is None
    True
    """
    return None if value is None else to_day(value)


def to_time(value: TimeLike) -> Time:
    """
    Return the time of day, in whole minutes, for a text or a time.

    Raises:
        InvalidType: If it is neither text nor a time, or carries a time zone.
        InvalidValue: If there is no such time, or it has seconds.

    >>> to_time("18:30")
    Time(18, 30, 0)
    """
    must = "a time of day must be hours and minutes from 00:00 to 23:59"
    remedy = 'write it like "09:00"'
    if isinstance(value, str):
        match = _TIME.fullmatch(value)
        if not match:
            raise InvalidValue(must, value, remedy)
        return Time(int(match[1]), int(match[2]))
    if not isinstance(value, dt.time):
        raise InvalidType(must, value, remedy)
    if value.tzinfo is not None:
        raise InvalidType(must, value, "leave out its time zone, the rebuild has one")
    if value.second or value.microsecond:
        raise InvalidValue(must, value.isoformat(), remedy)
    return Time(value.hour, value.minute)


def to_weekday(value: WeekdayLike) -> WeekDay:
    """
    Return the weekday for a name, a short name or pendulum's WeekDay.

    Raises:
        InvalidType: If it is neither text nor a WeekDay. Numbers are rejected, because
            libraries disagree on which day is 0.
        UnknownName: If no weekday has that name.

    >>> to_weekday("sun").name
    'SUNDAY'
    """
    must = "a weekday must be one of monday to sunday, or mon to sun"
    if isinstance(value, WeekDay):
        return value
    if not isinstance(value, str):
        raise InvalidType(must, value, 'write it like "sunday"')
    name = value.strip().lower()
    for full, day in _WEEKDAYS.items():
        if name in {full, full[:3]}:
            return day
    do = did_you_mean(name, _WEEKDAYS, otherwise='write it like "sunday"')
    raise UnknownName(must, value, do)


def to_zone(value: ZoneLike) -> str:
    """
    Return the IANA name of the time zone for a name or a tzinfo.

    Raises:
        InvalidType: If it is neither text nor a tzinfo.
        UnknownName: If it is not a named zone. A fixed offset such as +02:00 is rejected:
            it does not say when the clocks change.

    >>> to_zone("Europe/Berlin")
    'Europe/Berlin'
    """
    must = "a time zone must be an IANA name"
    remedy = "write it like Europe/Berlin"
    if not isinstance(value, str | dt.tzinfo):
        raise InvalidType(must, value, remedy)
    # A ZoneInfo read from a file has the key None.
    name = value if isinstance(value, str) else str(getattr(value, "key", value))
    if name in _zones():
        return name
    if _OFFSET.fullmatch(name):
        remedy = "name a place like Europe/Berlin: this does not say when the clocks change"
        raise UnknownName(must, value, remedy)
    raise UnknownName(must, value, did_you_mean(name, _zones(), otherwise=remedy))


def to_moment(value: MomentLike) -> DateTime:
    """
    Return a moment in UTC, truncated to whole seconds.

    Raises:
        InvalidType: If it is neither text nor a datetime.
        InvalidValue: If it cannot be read or has no time zone.

    >>> to_moment("2026-12-01T11:00:00+01:00").isoformat()
    '2026-12-01T10:00:00+00:00'
    """
    must = "a moment must be a date and time with its time zone"
    remedy = "write it like 2026-12-01T10:00:00Z"
    if not isinstance(value, str | dt.datetime):
        raise InvalidType(must, value, remedy)
    if isinstance(value, str):
        try:
            value = dt.datetime.fromisoformat(value)
        except ValueError:
            raise InvalidValue(must, value, remedy) from None
    if value.utcoffset() is None or not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise InvalidValue(must, value.isoformat(), remedy)
    return DateTime.fromtimestamp(value.timestamp() // 1, _zone("UTC"))


# Planning needs the same few thousand days over and over, and pendulum creates each one twice.
@lru_cache(maxsize=4096)
def day_numbered(number: int) -> Date:
    """
    Return the day with a day number, as date.toordinal() counts.

    >>> day_numbered(Date(2026, 12, 31).toordinal())
    Date(2026, 12, 31)
    """
    return Date.fromordinal(number)


def days_after(day: Date, days: int) -> Date:
    """
    Return the day a number of days later, or earlier if it is negative.

    >>> days_after(Date(2026, 12, 31), 1)
    Date(2027, 1, 1)
    """
    # Date.add() does the same at four times the cost.
    return day_numbered(day.toordinal() + days)


def iso(value: Date | Time | None) -> str:
    """
    Return the repr of a day or a time of day: its ISO 8601 text in quotes.

    >>> iso(Date(2026, 11, 30)), iso(Time(9)), iso(None)
    ("'2026-11-30'", "'09:00'", 'None')
    """
    if value is None:
        return "None"
    return repr(value.isoformat() if isinstance(value, Date) else f"{value:%H:%M}")


def weekday_name(day: Date) -> str:
    """
    Return the day's weekday, in English whatever the locale.

    >>> weekday_name(Date(2026, 11, 30))
    'Monday'
    """
    return _WEEKDAY_NAMES[day.weekday()]


def short_day(day: Date) -> str:
    """
    Return the day as shown in tables, in English whatever the locale.

    >>> short_day(Date(2026, 11, 30))
    'Mon 30 Nov'
    """
    return f"{weekday_name(day)[:3]} {day.day} {_MONTHS[day.month - 1][:3]}"


def dated_day(day: Date) -> str:
    """
    Return the day as short_day does, with its year.

    >>> dated_day(Date(2026, 11, 30))
    'Mon 30 Nov 2026'
    """
    return f"{short_day(day)} {day.year}"


def long_day(day: Date) -> str:
    """
    Return the day as written in sentences, in English whatever the locale.

    >>> long_day(Date(2026, 11, 30))
    'Monday, 30 November 2026'
    """
    return f"{weekday_name(day)}, {day.day} {_MONTHS[day.month - 1]} {day.year}"


def at_local_time(day: Date, at: Time, zone: str) -> DateTime:
    """
    Return the moment at which clocks in a zone show a time on a day.

    A time that a clock change skips moves forward by the gap (02:30 becomes 03:30). If a time
    happens twice, the first counts. This is how RFC 5545 reads local times, so calendars agree.

    >>> at_local_time(Date(2027, 3, 28), Time(2, 30), "Europe/Berlin").isoformat()
    '2027-03-28T03:30:00+02:00'
    """
    tz = _zone(zone)
    local = DateTime(day.year, day.month, day.day, at.hour, at.minute, tzinfo=tz)
    # A skipped time has the offset from before the gap. Converting to UTC and back fixes it.
    return DateTime.fromtimestamp(local.timestamp(), tz)


def here_and_now() -> DateTime:
    """
    Return the current time in the local time zone. Only the command line may call this.

    A zone without an IANA name, as in TZ=ABC-14, becomes a fixed offset.

    >>> here_and_now() <= here_and_now()
    True
    """
    # The system knows the local day; pendulum falls back to UTC if it cannot find the zone's name.
    now, named = dt.datetime.now().astimezone(), pendulum.tz.get_local_timezone()
    moment = DateTime.instance(now)
    return (
        moment.in_timezone(named)
        if now.astimezone(named).utcoffset() == now.utcoffset()
        else moment
    )


def happens_twice(moment: DateTime) -> bool:
    """
    Return whether clocks show the moment's time twice, because they are set back around it.

    >>> happens_twice(at_local_time(Date(2026, 10, 25), Time(2, 30), "Europe/Berlin"))
    True
    """
    wall = dt.datetime(
        moment.year, moment.month, moment.day, moment.hour, moment.minute, tzinfo=moment.tzinfo
    )
    return wall.utcoffset() != wall.replace(fold=1).utcoffset()


def to_stdlib_date(day: Date) -> dt.date:
    """
    Return the same day as a plain date, for data frames.

    >>> to_stdlib_date(Date(2026, 11, 30))
    datetime.date(2026, 11, 30)
    """
    return dt.date(day.year, day.month, day.day)


def to_stdlib_datetime(moment: DateTime) -> dt.datetime:
    """
    Return the same moment as a plain datetime with a ZoneInfo, for data frames.

    >>> to_stdlib_datetime(at_local_time(Date(2026, 12, 6), Time(9), "UTC")).tzinfo
    zoneinfo.ZoneInfo(key='UTC')
    """
    return dt.datetime.fromtimestamp(moment.timestamp(), ZoneInfo(moment.timezone_name or "UTC"))


@lru_cache(maxsize=64)
def _zone(name: str) -> Timezone:
    return pendulum.timezone(name)


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    # Listing the time zones takes milliseconds. "localtime" is the local zone of a machine, so it
    # means different zones on different machines.
    return frozenset(available_timezones() - {"localtime"})
