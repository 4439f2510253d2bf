"""Days without training, as given in the request."""

from collections.abc import Iterable

from attrs import field, frozen

from runplan._base.dates import Date, days_after, iso, to_day
from runplan.errors import InvalidValue

# Ten years, as long as the longest plan.
_MOST_DAYS = 520 * 7


@frozen(kw_only=True)
class Away:
    """
    Days without training, including the first and the last.

    Attributes:
        first: The first day away.
        last: The last day away.

    Raises:
        InvalidType: If a value is not a day.
        InvalidValue: If there is no such day, the last is before the first, or there are more
            than 3,640 days.

    >>> Away(first="2026-12-24", last="2026-12-27")
    Away(first='2026-12-24', last='2026-12-27')
    """

    first: Date = field(converter=to_day, repr=iso)
    last: Date = field(converter=to_day, repr=iso)

    def __attrs_post_init__(self) -> None:
        if self.last < self.first:
            given = f"{self.first} to {self.last}"
            raise InvalidValue(
                "an away range must not end before it begins", given, "swap the days"
            )
        if (self.last - self.first).days >= _MOST_DAYS:
            must = f"an away range must be at most {_MOST_DAYS:,} days long"
            raise InvalidValue(must, f"{self.first} to {self.last}", "check the years")


def days_away(ranges: Iterable[Away], first: Date, last: Date) -> tuple[Away, ...]:
    """
    Return the days away between two days, as ordered ranges that do not touch.

    The same days give the same ranges, however the request splits them.

    >>> ranges = [Away(first="2026-12-25", last="2027-01-10"),
    ...           Away(first="2026-12-24", last="2026-12-24")]
    >>> days_away(ranges, to_day("2026-11-30"), to_day("2027-01-03"))
    (Away(first='2026-12-24', last='2027-01-03'),)
    """
    found: list[Away] = []
    for each in sorted(ranges, key=lambda each: each.first):
        begins, ends = max(each.first, first), min(each.last, last)
        if found and begins <= days_after(found[-1].last, 1):
            before = found.pop()
            begins, ends = before.first, max(before.last, ends)
        if begins <= ends:
            found.append(Away(first=begins, last=ends))
    return tuple(found)


# How long days off last for now if nobody knows when they end. [days]
OPEN_ENDED_DAYS = 28


def off(away: Iterable[Away], first: Date, last: Date | None = None) -> tuple[Away, ...]:
    """
    Return the days off with one more range, as ordered ranges that do not touch.

    Args:
        away: The days off so far.
        first: The first day of the new range.
        last: Its last day; None if nobody knows it yet: 28 days for now.

    >>> off([], to_day("2027-01-04"), to_day("2027-01-08"))
    (Away(first='2027-01-04', last='2027-01-08'),)
    """
    new = Away(first=first, last=last or days_after(first, OPEN_ENDED_DAYS - 1))
    ranges = (*away, new)
    return days_away(ranges, min(each.first for each in ranges), max(each.last for each in ranges))


def back(away: Iterable[Away], day: Date) -> tuple[Away, ...]:
    """
    Return the days off, with the range that includes a day ending the day before.

    Args:
        away: The days off.
        day: The first day of training.

    Raises:
        InvalidValue: If that day is not a day off.

    >>> back([Away(first="2027-01-04", last="2027-01-31")], to_day("2027-01-08"))
    (Away(first='2027-01-04', last='2027-01-07'),)
    """
    ranges = tuple(away)
    running = next((each for each in ranges if each.first <= day <= each.last), None)
    if running is None:
        must = "there must be days off to come back from"
        raise InvalidValue(must, f"none on {day}", "name one of the days off")
    rest = [each for each in ranges if each != running]
    if running.first < day:
        rest.append(Away(first=running.first, last=days_after(day, -1)))
    return tuple(sorted(rest, key=lambda each: each.first))
