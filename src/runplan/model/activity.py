"""Runs that a watch or an app recorded."""

from typing import ClassVar, Literal

from attrs import field, frozen

from runplan._base.dates import Time, TimeLike, iso, to_time
from runplan._base.validators import one_of, whole
from runplan.model.entries import Entry, note

Source = Literal["strava", "garmin", "fit", "gpx", "tcx", "intervals.icu"]

# The longest activity: a day. [min]
LONGEST_ACTIVITY_MIN = 1440


def _optional_time(value: TimeLike | None) -> Time | None:
    return None if value is None else to_time(value)


@frozen(kw_only=True)
class Activity(Entry):
    """
    A run that a watch or an app recorded.

    It shows that a run took place, and nothing about the back. Plans ignore it until a RunReport
    says how the run went.

    Attributes:
        day: The day on which the run began.
        recorded_on: The day it was imported; by default its day.
        retracted_on: The day it was withdrawn; None if it stands.
        minutes: How long it was, without pauses. [min, 1-1440]
        at: When it began, in local time; None if not known.
        source: "strava", "garmin", "fit", "gpx", "tcx" or "intervals.icu".
        note: Its name in the app.

    Raises:
        InvalidType: If a value has the wrong type.
        InvalidValue: If the minutes are out of range, there is no such time, or the run is after
            the day it was recorded.
        UnknownName: If there is no such source.

    >>> str(Activity(day="2027-01-03", minutes=45, at="09:05", source="strava"))
    'recorded run of 45 min, at 09:05, from strava'
    """

    type: ClassVar[str] = "activity"

    minutes: int = field(validator=whole(1, LONGEST_ACTIVITY_MIN, "minutes"))
    at: Time | None = field(default=None, converter=_optional_time, repr=iso)
    source: Source = field(
        validator=one_of("strava", "garmin", "fit", "gpx", "tcx", "intervals.icu")
    )
    note: str = field(default="", converter=note)

    def __str__(self) -> str:
        at = f"at {self.at:%H:%M}" if self.at else ""
        parts = (f"recorded run of {self.minutes} min", at, f"from {self.source}", self.note)
        return ", ".join(filter(None, parts))
