"""Days without training, as someone asked for them."""

from attrs import field, frozen

from runplan.dates import Date, iso, to_day
from runplan.errors import InvalidValue


@frozen(kw_only=True)
class Away:
    """
    Days without training, the first and the last one included.

    Attributes:
        first: The first day away.
        last: The last day away.

    Raises:
        InvalidType: If a value is no day.
        InvalidValue: If there is no such day, or the last lies before the first.

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
