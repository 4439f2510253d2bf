"""Changes of the request: how they are worded, and how several of them go together."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from attrs import evolve

from runplan._base.dates import Date, long_day
from runplan._base.text import count
from runplan.cli.options import to_type
from runplan.cli.workspace import Workspace
from runplan.model.away import Away
from runplan.model.entries import Entry
from runplan.planning.changes import CHANGEABLE, Change
from runplan.planning.request import Rebuild, Slot, Strength
from runplan.policy.policy import Policy
from runplan.storage.log_file import Recorded

# What may change in a request; its id stays.
_FIELDS = ("name", "start", *CHANGEABLE)


def differences(before: Rebuild, after: Rebuild) -> str:
    """
    Return what is asked for otherwise than before, in the words of rebuild.toml.

    >>> from attrs import evolve
    >>> rebuild = Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC")
    >>> differences(rebuild, evolve(rebuild, target_min=90, keep_weeks=2))
    'target_min 90 (was 60), keep_weeks 2 (was 0)'
    """
    said = []
    for name in _FIELDS:
        was, value = getattr(before, name), getattr(after, name)
        if was == value:
            continue
        old, new = _in_words(was), _in_words(value)
        said.append(f"{name} {new} (was {old})" if old != new else f"{name} in its details")
    return ", ".join(said)


def _in_words(value: object) -> str:
    if isinstance(value, Date):
        return value.isoformat()
    if isinstance(value, Policy):
        return repr(value.name)
    if isinstance(value, Slot):
        return f"{value.day.name.lower()} {value.at:%H:%M}"
    if isinstance(value, Strength):
        return f"{value.at:%H:%M}, {count(value.minutes, 'minute')}"
    if isinstance(value, tuple):
        return ", ".join(f"{each.first} to {each.last}" for each in value) or "none"
    return "none" if value is None else str(value)


def settled(here: Workspace, change: Change) -> tuple[list[Change], list[str]]:
    """
    Return the change to record, and the ids of those that it takes the place of.

    Which of two changes came first is not known within a day, so those of one day that touch the
    same fields become one. If nothing is left of it, there is nothing to record.
    """
    same = [
        each
        for each in here.changes
        if (each.entry.day, each.entry.recorded_on) == (change.day, change.recorded_on)
        and _values(each).keys() & change.values.keys()
    ]
    if not same:
        return [change], []
    ids = [each.id for each in same]
    values = {name: value for each in same for name, value in _values(each).items()}
    values |= change.values
    before = here.without(*ids).values(values, on=change.day)
    new = {name: value for name, value in values.items() if value != before[name]}
    if not new:
        return [], ids
    return [Change(day=change.day, recorded_on=change.recorded_on, note=change.note, **new)], ids


class Amendment(NamedTuple):
    """
    What is to be written to the log and the request.

    Attributes:
        entries: The entries to add.
        withdrawn: The ids of those to withdraw.
        request: The request after that; None if it stays as it is.
    """

    entries: Sequence[Entry]
    withdrawn: Sequence[str] = ()
    request: Rebuild | None = None


def amendment(
    here: Workspace, change: Change | None = None, *, in_place_of: Recorded | None = None
) -> Amendment:
    """
    Return what is to be written for a change, for one in place of another, or for its withdrawal.

    Raises:
        RunplanError: If the request that comes of it cannot be planned.
    """
    ids = [in_place_of.id] if in_place_of else []
    bare = here.without(*ids)
    values = bare.values(_values(in_place_of)) if in_place_of else {}
    entries, replaced = settled(bare, change) if change else ([], [])
    values |= change.values if change else {}
    return Amendment(entries, [*ids, *replaced], evolve(here.request, **values))


def later_changes(here: Workspace, change: Change) -> list[str]:
    """Return a sentence for each change from a later day on that touches the same fields."""
    said = []
    for each in here.changes:
        names = sorted(_values(each).keys() & change.values.keys())
        if each.entry.day > change.day and names:
            day = long_day(each.entry.day)
            drop = to_type(str(here.file), "undo", each.id)
            said.append(
                f"Change {each.id} gives {', '.join(names)} another value from {day}. "
                f"To drop it: {drop}"
            )
    return said


def joined(ranges: Iterable[Away]) -> tuple[Away, ...]:
    """
    Return away ranges in order, with those joined that overlap.

    >>> days = [("2026-12-26", "2027-01-02"), ("2026-12-24", "2026-12-27")]
    >>> [str(each.last) for each in joined(Away(first=one, last=two) for one, two in days)]
    ['2027-01-02']
    """
    found: list[Away] = []
    for each in sorted(ranges, key=lambda each: (each.first, each.last)):
        if found and each.first <= found[-1].last:
            before = found.pop()
            found.append(Away(first=before.first, last=max(before.last, each.last)))
        else:
            found.append(each)
    return tuple(found)


def _values(recorded: Recorded) -> dict[str, Any]:
    return recorded.entry.values if isinstance(recorded.entry, Change) else {}
