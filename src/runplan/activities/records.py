"""What a file says about each activity, and the runs among them."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple
from zoneinfo import ZoneInfo

from runplan._base.dates import FIRST_YEAR, LAST_YEAR, Time, to_day
from runplan._base.text import cleaned
from runplan.activities.history import Activities, each_once
from runplan.activities.languages import is_running
from runplan.errors import InvalidValue
from runplan.model.activity import LONGEST_ACTIVITY_MIN, Activity, Source

# How many sports, and how many rows with one fault, a note lists.
_MOST_LISTED = 5

# More activities than anyone records in a life. They bound what a file can take of memory.
MOST_ACTIVITIES = 50_000

# Long names are cut. [characters]
_LONGEST_NAME, _LONGEST_SPORT = 200, 40


class Record(NamedTuple):
    """
    An activity in a file.

    Attributes:
        place: Its place in the file, like "row 17".
        sport: Its sport, in the words of the file; None if the file does not say.
        start: When it began, in local time, or its day; None if that cannot be read.
        seconds: How long it was, without pauses; None if that cannot be read. [s]
        name: Its name.
    """

    place: str
    sport: str | None
    start: dt.datetime | dt.date | None
    seconds: float | None
    name: str = ""


def local(moment: dt.datetime, timezone: str) -> dt.datetime:
    """
    Return a moment as shown by clocks in a time zone, as a datetime without a zone.

    >>> local(dt.datetime(2027, 1, 4, 2, 30, tzinfo=dt.timezone.utc), "America/Denver").isoformat()
    '2027-01-03T19:30:00'
    """
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        # It would overflow at the ends of the calendar, and counts nowhere.
        return moment.replace(tzinfo=None)
    return moment.astimezone(ZoneInfo(timezone)).replace(tzinfo=None)


def too_many(name: str) -> InvalidValue:
    """Return the error about a file that holds more activities than anyone records."""
    must = f"{name} must hold at most {MOST_ACTIVITIES} activities"
    return InvalidValue(must, "more", "export fewer activities")


def runs(records: Iterable[Record], source: Source, *, name: str) -> Activities:
    """
    Return the runs among records, and notes about the others.

    Args:
        records: The activities in a file.
        source: What kind of file it is.
        name: Its name in error messages.

    Raises:
        InvalidValue: If it holds too many activities.

    >>> ride = Record("row 2", "Ride", dt.date(2027, 1, 3), 2700)
    >>> runs([ride, ride], "strava", name="activities.csv").notes
    ('Left out as other sports: 2 Ride.',)
    """
    found: list[Activity] = []
    sports: Counter[str] = Counter()
    faults: defaultdict[str, list[str]] = defaultdict(list)
    for number, record in enumerate(records, start=1):
        if number > MOST_ACTIVITIES:
            raise too_many(name)
        if record.sport is not None and not is_running(record.sport):
            sports[cleaned(record.sport)[:_LONGEST_SPORT] or "without a sport"] += 1
            continue
        activity = _activity(record, source)
        if isinstance(activity, str):
            faults[activity].append(record.place)
            continue
        if record.sport is None:
            faults["taken as a run, because the file does not name its sport"].append(record.place)
        found.append(activity)
    once = each_once(found)
    notes = [*_sports(sports), *_faults(faults)]
    if len(once) < len(found):
        notes.append(f"Recorded twice: {len(found) - len(once)}, of which the shorter one counts.")
    return Activities(once, notes)


def _activity(record: Record, source: Source) -> Activity | str:
    """Return the activity of a record, or why there is none."""
    start, seconds = record.start, record.seconds
    if start is None or not FIRST_YEAR <= start.year <= LAST_YEAR:
        return "cut off, or no date that can be read"
    if seconds is None:
        return "no duration"
    minutes = int(seconds + 30) // 60
    if minutes < 1:
        return "shorter than a minute"
    if minutes > LONGEST_ACTIVITY_MIN:
        return "longer than a day"
    return Activity(
        day=to_day(dt.date(start.year, start.month, start.day)),
        minutes=minutes,
        at=Time(start.hour, start.minute) if isinstance(start, dt.datetime) else None,
        source=source,
        note=cleaned(record.name)[:_LONGEST_NAME],
    )


def _sports(sports: Counter[str]) -> Iterator[str]:
    if sports:
        shown = [f"{number} {sport}" for sport, number in sports.most_common(_MOST_LISTED)]
        others = sports.total() - sum(number for _, number in sports.most_common(_MOST_LISTED))
        yield f"Left out as other sports: {', '.join([*shown, *_more(others)])}."


def _faults(faults: Mapping[str, list[str]]) -> Iterator[str]:
    for fault, places in faults.items():
        listed = [*places[:_MOST_LISTED], *_more(len(places) - _MOST_LISTED)]
        line = f"{', '.join(listed)}: {fault}."
        yield line[:1].upper() + line[1:]


def _more(number: int) -> list[str]:
    return [f"{number} more"] if number > 0 else []
