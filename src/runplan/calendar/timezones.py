"""
The VTIMEZONE of an IANA zone, which all calendar clients read alike on the days of a plan.

Most zones change their clocks by one yearly rule, which every client reads. A zone that does
anything else around those days (a new law, Ramadan, a change beyond midnight) gets one observance
for each change, as clients disagree about several dates (RDATE) in one observance.
"""

import datetime as dt
import re
import zoneinfo
from calendar import monthcalendar
from collections.abc import Iterable, Iterator, Sequence
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from attrs import frozen
from icalendar import Timezone, TimezoneDaylight, TimezoneStandard
from icalendar.prop import vDDDTypes, vRecur, vText, vUTCOffset

from runplan.errors import UnknownName

__all__ = ["vtimezone"]

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_ZERO = dt.timedelta()
_SECOND = dt.timedelta(seconds=1)
_ONE_DAY = dt.timedelta(days=1)
_DAY_S = 86_400
# A leap year, and a day for the offset, which is always below 24 h.
_MARGIN_DAYS = 367
_STEP_S = 3 * _DAY_S

_DAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")
_LAST_WEEK = 5
# Only what a plain BYDAY can express. An hour beyond the day (Cairo's 24, Nuuk's -1) moves the rule
# to the day beside it, which may lie in another week or month. A BYMONTHDAY could follow it
# there, but Outlook reads no rule that has both (MS-OXCICAL 2.1.3.1.1.19.2.2).
_NAME = r"(<[+\-\w]+>|[A-Za-z]{3,})"
_OFFSET = r"([+-]?\d{1,2}(?::\d{2}){0,2})"
_RULE_DAY = r",M(1[0-2]|[1-9])\.([1-5])\.([0-6])(?:/((?:[01]?\d|2[0-3])(?::\d{2}){0,2}))?"
_RULE = re.compile(f"{_NAME}{_OFFSET}{_NAME}{_OFFSET}?{_RULE_DAY}{_RULE_DAY}", re.ASCII)


class Clock(NamedTuple):
    """
    The offset of a zone's clocks between two changes.

    Attributes:
        offset: Local time less UTC.
        dst: How much of it is daylight saving; below zero where winter is the exception.
        name: The abbreviation, such as CET.
    """

    offset: dt.timedelta
    dst: dt.timedelta
    name: str


@frozen(kw_only=True)
class Change:
    """
    A moment at which the clocks of a zone change.

    Attributes:
        at: When they change. [s since 1970 in UTC]
        before: The clock before the change.
        after: The clock after the change.
    """

    at: int
    before: Clock
    after: Clock


@frozen(kw_only=True)
class YearlyChange:
    """
    A change that recurs every year.

    Attributes:
        month: Month, 1 to 12.
        week: The occurrence of the weekday in the month: 1 to 4, or 5 for the last.
        weekday: The day of the week; 0 is Sunday, as in POSIX.
        time: Time since midnight, on the clock before the change.
        before: The clock before the change.
        after: The clock after the change.
    """

    month: int
    week: int
    weekday: int
    time: dt.timedelta
    before: Clock
    after: Clock

    def in_year(self, year: int) -> Change:
        """Return the change of one year."""
        column = (self.weekday - 1) % 7  # monthcalendar() begins its weeks on Monday.
        days = [week[column] for week in monthcalendar(year, self.month) if week[column]]
        day = days[-1] if self.week == _LAST_WEEK else days[self.week - 1]
        utc = _EPOCH.replace(year, self.month, day) + self.time - self.before.offset
        return Change(at=(utc - _EPOCH) // _SECOND, before=self.before, after=self.after)

    def recurrence(self) -> vRecur:
        """Return the RRULE."""
        week = -1 if self.week == _LAST_WEEK else self.week
        day = f"{week}{_DAYS[self.weekday]}"
        return vRecur({"FREQ": "YEARLY", "BYDAY": day, "BYMONTH": self.month})


def vtimezone(zone: str, days: Iterable[dt.date]) -> Timezone:
    """
    Return a VTIMEZONE that is correct from a year before to a year after each of the days.

    It depends only on the zone, the days and the time zone data that zoneinfo finds.

    Args:
        zone: An IANA name.
        days: The days it is needed for, at least one.

    Raises:
        UnknownName: If there are no time zone data under that name.

    >>> berlin = vtimezone("Europe/Berlin", [dt.date(2026, 11, 30), dt.date(2027, 4, 25)])
    >>> [observance["RRULE"].to_ical().decode() for observance in berlin.daylight]
    ['FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3']
    """
    try:
        tz = zoneinfo.ZoneInfo(zone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        must = "a time zone must be an IANA name"
        raise UnknownName(must, zone, "write it like Europe/Berlin") from None
    changes = [(samples, _changes(tz, samples)) for samples in _samples(days)]
    rule = _yearly_rule(_footer(zone))
    timezone = Timezone({"TZID": vText(zone)})
    if rule and all(_is_followed(rule, made, samples) for samples, made in changes):
        for yearly in rule:
            observance = _observance(yearly.in_year(_EPOCH.year))
            observance["RRULE"] = yearly.recurrence()
            timezone.add_component(observance)
    else:
        for number, (samples, made) in enumerate(changes):
            # The first clock also applies to all earlier times.
            start = samples[0] if number else min(samples[0], 0)
            for change in (_beginning(tz, samples, made, start), *made):
                timezone.add_component(_observance(change))
    return timezone


def is_steady(zone: str, day: dt.date) -> bool:
    """
    Return whether the clocks of a zone stay unchanged from the day before to the day after a day.

    >>> is_steady("Europe/Berlin", dt.date(2027, 3, 26))
    True
    >>> is_steady("Europe/Berlin", dt.date(2027, 3, 28))
    False
    """
    tz, midnight = zoneinfo.ZoneInfo(zone), dt.datetime(day.year, day.month, day.day)  # noqa: DTZ001
    return tz.utcoffset(midnight - _ONE_DAY) == tz.utcoffset(midnight + 2 * _ONE_DAY)


def _samples(days: Iterable[dt.date]) -> list[range]:
    """
    Return the moments at which to sample the clocks. [s since 1970 in UTC]

    Days that are years apart, as in an earlier calendar, get separate ranges, so that the number
    of samples does not grow with the years between them.
    """
    numbers = sorted({day.toordinal() - _EPOCH.toordinal() for day in days})
    is_far = [after - day > 3 * _MARGIN_DAYS for day, after in pairwise(numbers)]
    firsts = [day for day, far in zip(numbers, [True, *is_far], strict=True) if far]
    lasts = [day for day, far in zip(numbers, [*is_far, True], strict=True) if far]
    return [
        range(
            (first - _MARGIN_DAYS) * _DAY_S,
            (last + 1 + _MARGIN_DAYS) * _DAY_S + _STEP_S,
            _STEP_S,
        )
        for first, last in zip(firsts, lasts, strict=True)
    ]


def _clock(tz: dt.tzinfo, at: int) -> Clock:
    # Not fromtimestamp(): Windows refuses moments before 1970.
    local = (_EPOCH + dt.timedelta(seconds=at)).astimezone(tz)
    return Clock(local.utcoffset() or _ZERO, local.dst() or _ZERO, local.tzname() or "")


def _changes(tz: dt.tzinfo, samples: range) -> list[Change]:
    """Return every change of a zone between the first sample and the last."""
    # Since 1970, no two changes of a zone are closer than 6.9 days (Cambridge Bay in 2000), so no
    # clock changes and changes back between every other sample.
    seen = [(at, _clock(tz, at)) for at in (*samples[:-1:2], samples[-1])]
    return [
        change
        for (start, before), (end, after) in pairwise(seen)
        if before != after
        for change in _changes_between(tz, start, before, end, after)
    ]


def _changes_between(
    tz: dt.tzinfo, start: int, before: Clock, end: int, after: Clock
) -> Iterator[Change]:
    if before == after:
        return
    if end - start == 1:
        yield Change(at=end, before=before, after=after)
        return
    middle = (start + end) // 2
    clock = _clock(tz, middle)
    yield from _changes_between(tz, start, before, middle, clock)
    yield from _changes_between(tz, middle, clock, end, after)


def _footer(zone: str) -> str:
    """Return the last line of a zone's TZif data, from the file that zoneinfo reads."""
    files = (path for root in zoneinfo.TZPATH if (path := Path(root, zone)).is_file())
    try:
        source = next(files, None) or resources.files("tzdata").joinpath("zoneinfo", zone)
        return source.read_bytes().splitlines()[-1].decode("ascii", "replace")
    except (ImportError, OSError):
        # zoneinfo caches zones, so their files may no longer exist.
        return ""


def _yearly_rule(posix: str) -> tuple[YearlyChange, ...]:
    """Return the two changes of a POSIX TZ string in calendar order, or none."""
    match = _RULE.fullmatch(posix)
    if not match:
        return ()
    name, west, saving_name, saving_west, *days = match.groups(default="")
    # POSIX counts offsets westwards. Saving is an hour unless the string says otherwise.
    offset = -_time(west)
    saving_offset = -_time(saving_west) if saving_west else offset + _time("1")
    plain = Clock(offset=offset, dst=_ZERO, name=name.strip("<>"))
    saving = Clock(offset=saving_offset, dst=saving_offset - offset, name=saving_name.strip("<>"))
    both = _yearly_change(days[:4], plain, saving), _yearly_change(days[4:], saving, plain)
    return tuple(sorted(both, key=lambda yearly: yearly.in_year(_EPOCH.year).at))


def _yearly_change(rule_day: Sequence[str], before: Clock, after: Clock) -> YearlyChange:
    month, week, weekday = (int(number) for number in rule_day[:3])
    time = _time(rule_day[3] or "2")  # POSIX's hour where none is given.
    return YearlyChange(
        month=month, week=week, weekday=weekday, time=time, before=before, after=after
    )


def _time(posix: str) -> dt.timedelta:
    hours, minutes, seconds, *_ = (int(part) for part in f"{posix.lstrip('+-')}:0:0".split(":"))
    time = dt.timedelta(hours=hours, minutes=minutes, seconds=seconds)
    return -time if posix.startswith("-") else time


def _is_followed(rule: Sequence[YearlyChange], changes: Sequence[Change], samples: range) -> bool:
    """Return whether the rule gives exactly these changes, and began before the first sample."""
    start, end = samples[0], samples[-1]
    years = range((_EPOCH + start * _SECOND).year, (_EPOCH + end * _SECOND).year + 1)
    made = [yearly.in_year(year) for year in years for yearly in rule]
    has_begun = rule[0].in_year(_EPOCH.year).at <= start
    return has_begun and [change for change in made if start < change.at <= end] == list(changes)


def _beginning(tz: dt.tzinfo, samples: range, changes: Sequence[Change], start: int) -> Change:
    """Return a change to the clock of the first sample, from that same clock."""
    clock = _clock(tz, samples[0])
    if not changes:
        # Daylight saving that lasts for years (Havana from 2004) is standard time here: Outlook
        # wants a STANDARD in every VTIMEZONE (MS-OXCICAL 2.1.3.1.1.19.2).
        clock = clock._replace(dst=_ZERO)
    local_midnight = start - clock.offset // _SECOND
    return Change(at=local_midnight, before=clock, after=clock)


def _observance(change: Change) -> TimezoneStandard | TimezoneDaylight:
    """
    Return the STANDARD or DAYLIGHT component that begins with a change.

    In Irish law, summer time is standard time and winter takes an hour off; in Morocco, Ramadan
    does. Clients that expect an hour to be added get the day wrong (ical4j#493). The end of a
    negative saving is therefore DAYLIGHT: GMT is standard, IST is not.
    """
    before, after = change.before, change.after
    is_daylight = after.dst > _ZERO or before.dst < after.dst
    wall = (_EPOCH + change.at * _SECOND + before.offset).replace(tzinfo=None)
    return (TimezoneDaylight if is_daylight else TimezoneStandard)(
        {
            "DTSTART": vDDDTypes(wall),
            "TZOFFSETFROM": vUTCOffset(before.offset),
            "TZOFFSETTO": vUTCOffset(after.offset),
            "TZNAME": vText(after.name),
        }
    )
