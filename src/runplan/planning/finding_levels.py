"""Notes and warnings about a plan, and the sources they name."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from runplan._base.dates import Date
from runplan.model.weeks import Finding

# The least pain that pauses a plan. [0-10]
SEVERE = 6

# Only events this recent are worth a finding. [days]
_RECENT_DAYS = 28

FLAGS = "NICE CKS and NHS pages on back pain; Finucane 2020, J Orthop Sports Phys Ther"
FRANDSEN = "Frandsen 2025, Br J Sports Med: observational, distances rather than minutes"
STRENGTH = "our choice; Doma & Deakin 2013 transfers weakly"
METHOD = "the method itself"
HOUSE = "our choice"


def warning(code: str, message: str, source: str, week: int | None = None) -> Finding:
    """Return a warning."""
    return Finding(code=code, level="warning", message=message, week=week, source=source)


def note(code: str, message: str, week: int | None = None, source: str = HOUSE) -> Finding:
    """Return a note."""
    return Finding(code=code, level="note", message=message, week=week, source=source)


def spans(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Group consecutive numbers: 3, 4, 7 gives (3, 4), (7, 7)."""
    for _, group in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        members = [number for _, number in group]
        yield members[0], members[-1]


def named(first: int, last: int) -> str:
    """Return consecutive weeks in words."""
    return f"Week {first}" if first == last else f"Weeks {first} to {last}"


def is_recent(day: Date, today: int) -> bool:
    """Return whether what happened on a day is still worth a finding."""
    return today - day.toordinal() <= _RECENT_DAYS
