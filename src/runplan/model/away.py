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
            begins = found.pop().first
        if begins <= ends:
            found.append(Away(first=begins, last=ends))
    return tuple(found)
