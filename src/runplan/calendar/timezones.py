"""
The VTIMEZONE of an IANA zone, read alike by every calendar client over the days of a plan.

Most zones change their clocks by one yearly rule, and a rule is what every client reads. A zone
that does anything else over those days (a new law, Ramadan, a change beyond midnight) gets one
observance for each change: clients disagree about several dates (RDATE) in one observance.
"""

import datetime as dt
import re
import zoneinfo
from calendar import monthcalendar
from collections.abc import Iterator, Sequence
from importlib import resources
from itertools import pairwise
from pathlib import Path

from attrs import evolve, frozen
from icalendar import Timezone, TimezoneDaylight, TimezoneStandard
from icalendar.prop import vDDDTypes, vRecur, vText, vUTCOffset

from runplan.errors import UnknownName

__all__ = ["vtimezone"]

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_ZERO = dt.timedelta()
_SECOND = dt.timedelta(seconds=1)
_DAY_S = 86_400
# A leap year, and a day for the offset, which is always below 24 h.
_MARGIN_DAYS = 367
# Since 1970 no two changes of a zone are closer than 6.9 days (Cambridge Bay in 2000), so no
# clock is moved and moved back between two looks.
_STEP_S = 3 * _DAY_S

_DAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")
_LAST_WEEK = 5
# Only what a plain BYDAY can say. An hour beyond the day (Cairo's 24, Nuuk's -1) moves the rule
# to the day beside it, which may lie in another week or month. A BYMONTHDAY could follow it
# there, but Outlook reads no rule that has both (MS-OXCICAL 2.1.3.1.1.19.2.2).
_NAME = r"(<[+\-\w]+>|[A-Za-z]{3,})"
_OFFSET = r"([+-]?\d{1,2}(?::\d{2}){0,2})"
_RULE_DAY = r",M(1[0-2]|[1-9])\.([1-5])\.([0-6])(?:/((?:[01]?\d|2[0-3])(?::\d{2}){0,2}))?"
_RULE = re.compile(f"{_NAME}{_OFFSET}{_NAME}{_OFFSET}?{_RULE_DAY}{_RULE_DAY}", re.ASCII)


@frozen(kw_only=True)
class Clock:
    """
    What the clocks of a zone show between two changes.

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
    One moment at which the clocks of a zone change.

    Attributes:
        at: When they change. [s since 1970 in UTC]
        before: The clock until then.
        after: The clock from then on.
    """

    at: int
    before: Clock
    after: Clock


@frozen(kw_only=True)
class YearlyChange:
    """
    A change that comes back every year.

    Attributes:
        month: Month, 1 to 12.
        week: Which of the month's weekdays of one name: 1 to 4, or 5 for the last.
        weekday: Day of the week, 0 for Sunday as POSIX counts.
        time: Time since midnight, on the clock before the change.
        before: The clock until then.
        after: The clock from then on.
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


def vtimezone(zone: str, first: dt.date, last: dt.date) -> Timezone:
    """
    Return a VTIMEZONE that is right from a year before the first day to a year after the last.

    It depends on the zone, the two days and the time zone data zoneinfo finds, on nothing else.

    Args:
        zone: An IANA name.
        first: The first day that is needed.
        last: The last day that is needed, not before the first.

    Raises:
        UnknownName: If there are no time zone data under that name.

    >>> berlin = vtimezone("Europe/Berlin", dt.date(2026, 11, 30), dt.date(2027, 4, 25))
    >>> [observance["RRULE"].to_ical().decode() for observance in berlin.daylight]
    ['FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3']
    """
    try:
        tz = zoneinfo.ZoneInfo(zone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        must = "a time zone must be an IANA name"
        raise UnknownName(must, zone, "write it like Europe/Berlin") from None
    looks = _looks(first, last)
    changes = _changes(tz, looks)
    rule = _yearly_rule(_footer(zone))
    timezone = Timezone({"TZID": vText(zone)})
    if rule and _is_followed(rule, changes, looks):
        for yearly in rule:
            observance = _observance(yearly.in_year(_EPOCH.year))
            observance["RRULE"] = yearly.recurrence()
            timezone.add_component(observance)
    else:
        for change in (_beginning(tz, looks, changes), *changes):
            timezone.add_component(_observance(change))
    return timezone


def _looks(first: dt.date, last: dt.date) -> range:
    """Return the moments at which to look at the clocks. [s since 1970 in UTC]"""
    start = first.toordinal() - _EPOCH.toordinal() - _MARGIN_DAYS
    end = last.toordinal() - _EPOCH.toordinal() + 1 + _MARGIN_DAYS
    return range(start * _DAY_S, end * _DAY_S + _STEP_S, _STEP_S)


def _clock(tz: dt.tzinfo, at: int) -> Clock:
    # Not fromtimestamp(): Windows refuses moments before 1970.
    local = (_EPOCH + at * _SECOND).astimezone(tz)
    offset, dst = local.utcoffset() or _ZERO, local.dst() or _ZERO
    return Clock(offset=offset, dst=dst, name=local.tzname() or "")


def _changes(tz: dt.tzinfo, looks: range) -> list[Change]:
    """Return every change of a zone between the first look and the last."""
    seen = [(at, _clock(tz, at)) for at in looks]
    return [
        change
        for (start, before), (end, after) in pairwise(seen)
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
    """Return the last line of a zone's TZif data, read from where zoneinfo reads them."""
    files = (path for root in zoneinfo.TZPATH if (path := Path(root, zone)).is_file())
    try:
        source = next(files, None) or resources.files("tzdata").joinpath("zoneinfo", zone)
        return source.read_bytes().splitlines()[-1].decode("ascii", "replace")
    except (ImportError, OSError):
        # zoneinfo keeps the zones it has read; their data may be gone by now.
        return ""


def _yearly_rule(posix: str) -> tuple[YearlyChange, ...]:
    """Return the two changes of a POSIX TZ string as the year has them, or none."""
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


def _is_followed(rule: Sequence[YearlyChange], changes: Sequence[Change], looks: range) -> bool:
    """Return whether the rule makes just these changes, and has begun before the first look."""
    start, end = looks[0], looks[-1]
    years = range((_EPOCH + start * _SECOND).year, (_EPOCH + end * _SECOND).year + 1)
    made = [yearly.in_year(year) for year in years for yearly in rule]
    has_begun = rule[0].in_year(_EPOCH.year).at <= start
    return has_begun and [change for change in made if start < change.at <= end] == list(changes)


def _beginning(tz: dt.tzinfo, looks: range, changes: Sequence[Change]) -> Change:
    """Return what stands for the clock at the first look: a change that changes nothing."""
    clock = _clock(tz, looks[0])
    if not changes:
        # Saving that lasts for years (Havana from 2004) is standard time here: Outlook wants a
        # STANDARD in every VTIMEZONE (MS-OXCICAL 2.1.3.1.1.19.2).
        clock = evolve(clock, dst=_ZERO)
    local_midnight = min(looks[0], 0) - clock.offset // _SECOND
    return Change(at=local_midnight, before=clock, after=clock)


def _observance(change: Change) -> TimezoneStandard | TimezoneDaylight:
    """
    Return the STANDARD or DAYLIGHT component that begins with a change.

    Irish law calls summer time standard and takes an hour off in winter; Morocco does so in
    Ramadan. Written that way, readers that expect an hour added get the day wrong
    (ical4j#493). So the end of a negative saving is DAYLIGHT: GMT is standard, IST is not.
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
