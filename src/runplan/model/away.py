"""Days without training, as given in the request."""

from collections.abc import Callable, Iterable

from attrs import evolve, field, frozen

from runplan._base.dates import Date, DayLike, days_after, iso, to_day, to_optional_day
from runplan.errors import InvalidValue

# Ten years, as long as the longest plan.
_MOST_DAYS = 520 * 7


@frozen(kw_only=True)
class Away:
    """
    Days without training, including the first and the last.

    Attributes:
        first: The first day away.
        last: The last day away; None: until further notice.

    Raises:
        InvalidType: If a value is not a day.
        InvalidValue: If there is no such day, the last is before the first, or there are more
            than 3,640 days.

    >>> Away(first="2026-12-24", last="2026-12-27")
    Away(first='2026-12-24', last='2026-12-27')
    """

    first: Date = field(converter=to_day, repr=iso)
    last: Date | None = field(default=None, converter=to_optional_day, repr=iso)

    def __attrs_post_init__(self) -> None:
        if self.last is None:
            return
        if self.last < self.first:
            raise InvalidValue(
                "an away range must not end before it begins", str(self), "swap the days"
            )
        if (self.last - self.first).days >= _MOST_DAYS:
            must = f"an away range must be at most {_MOST_DAYS:,} days long"
            raise InvalidValue(must, str(self), "check the years")

    def __str__(self) -> str:
        # Days are ISO 8601.
        return self.in_words(str)

    def in_words(self, named: Callable[[Date], str]) -> str:
        """
        Return the days in words.

        Args:
            named: Names a day.

        >>> Away(first="2027-01-04").in_words(lambda day: f"{day:%d/%m}")
        '04/01 until further notice'
        """
        if self.last is None:
            return f"{named(self.first)} until further notice"
        only = self.first == self.last
        return named(self.first) if only else f"{named(self.first)} to {named(self.last)}"

    def includes(self, day: Date) -> bool:
        """Return whether a day is one of them."""
        return self.first <= day and (self.last is None or day <= self.last)


def joined(ranges: Iterable[Away]) -> tuple[Away, ...]:
    """
    Return days off as ordered ranges that do not touch.

    The same days give the same ranges, however they are split. Ranges that begin within one that
    has no end stay: they count once it has ended.

    >>> days = [("2026-12-26", "2027-01-02"), ("2026-12-24", "2026-12-25")]
    >>> joined(Away(first=one, last=two) for one, two in days)
    (Away(first='2026-12-24', last='2027-01-02'),)
    """
    found: list[Away] = []
    for each in sorted(ranges, key=lambda each: (each.first, each.last is None)):
        if each.last is None and any(before.last is None for before in found):
            continue
        new, before = each, found[-1] if found else None
        if before and before.last and each.first <= days_after(before.last, 1):
            last = None if each.last is None else max(before.last, each.last)
            new = evolve(found.pop(), last=last)
        found.append(new)
    return tuple(found)


def off(away: Iterable[Away], first: DayLike, last: DayLike | None = None) -> tuple[Away, ...]:
    """
    Return days off with some more, for a Change of ``away``.

    Args:
        away: The days off so far, such as those of a plan.
        first: The first day off.
        last: The last one; None: until further notice, so that ``back`` ends them.

    Raises:
        InvalidType: If a value is not a day.
        InvalidValue: If the days are not a valid range.

    >>> off([Away(first="2027-02-15", last="2027-02-21")], "2027-01-04")
    (Away(first='2027-01-04', last=None), Away(first='2027-02-15', last='2027-02-21'))
    """
    return joined((*away, Away(first=first, last=last)))


def back(away: Iterable[Away], day: DayLike) -> tuple[Away, ...]:
    """
    Return days off that end the day before one, for a Change of ``away``.

    Days off that begin later stay.

    Args:
        away: The days off so far, such as those of a plan.
        day: The first day on which training is planned again.

    Raises:
        InvalidType: If the day is not a day.
        InvalidValue: If there is no such day, or it is not a day off.

    >>> back(off([], "2027-01-04"), "2027-01-09")
    (Away(first='2027-01-04', last='2027-01-08'),)
    """
    returned, ranges = to_day(day), joined(away)
    if not any(each.includes(returned) for each in ranges):
        must = "the first day back must be a day off"
        raise InvalidValue(must, returned.isoformat(), "name a day off, or leave them as they are")
    return joined(
        evolve(each, last=days_after(returned, -1)) if each.includes(returned) else each
        for each in ranges
        if each.first != returned
    )


def without_open_end(away: Iterable[Away], day: Date) -> tuple[Away, ...]:
    """
    Return days off in which a range without an end ends the day before one of its days.

    >>> without_open_end(off([], "2027-01-04"), to_day("2027-01-09"))
    (Away(first='2027-01-04', last='2027-01-08'),)
    """
    ranges = joined(away)
    is_open = any(each.last is None and each.includes(day) for each in ranges)
    return back(ranges, day) if is_open else ranges
