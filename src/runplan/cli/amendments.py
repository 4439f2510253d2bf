"""Changes to the request: their wording, and how several are combined."""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from attrs import evolve

from runplan._base.dates import Date, long_day
from runplan._base.text import count
from runplan.cli.options import command_line
from runplan.cli.workspace import Workspace
from runplan.model.entries import Entry
from runplan.planning.changes import CHANGEABLE, Change
from runplan.planning.request import Rebuild, Slot
from runplan.planning.strength_work import Strength
from runplan.policy.policy import Policy
from runplan.storage.log_file import Recorded

# The fields of a request that may change: all but the id.
_FIELDS = ("name", "start", *CHANGEABLE)


def differences(before: Rebuild, after: Rebuild) -> str:
    """
    Return the differences between two requests, in the terms of rebuild.toml.

    >>> from attrs import evolve
    >>> rebuild = Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC")
    >>> differences(rebuild, evolve(rebuild, target_min=90, keep_weeks=2))
    'target_min 90 (was 60), keep_weeks 2 (was 0)'
    """
    found = []
    for name in _FIELDS:
        was, value = getattr(before, name), getattr(after, name)
        if was == value:
            continue
        old, new = _in_words(was), _in_words(value)
        found.append(f"{name} {new} (was {old})" if old != new else f"{name} (details)")
    return ", ".join(found)


def _in_words(value: object) -> str:
    if isinstance(value, Date):
        return value.isoformat()
    if isinstance(value, Policy):
        return repr(value.name)
    if isinstance(value, Slot):
        return f"{value.day.name.lower()} {value.at:%H:%M}"
    if isinstance(value, Strength):
        parts = [f"{value.at:%H:%M}", count(value.minutes, "minute"), value.selection]
        return ", ".join(filter(None, parts))
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or "none"
    return "none" if value is None else str(value)


def combined(
    workspace: Workspace, change: Change, *, kept: Collection[str] = ()
) -> tuple[list[Change], list[str]]:
    """
    Return the change to record, and the ids of the changes it replaces.

    The order of changes within a day is not known, so changes of one day to the same fields are
    combined. If they cancel out, there is nothing to record.

    Args:
        workspace: The files.
        change: The change.
        kept: Fields to record even with their earlier values.
    """
    same = [
        each
        for each in workspace.changes
        if (each.entry.day, each.entry.recorded_on) == (change.day, change.recorded_on)
        and _values(each).keys() & change.values.keys()
    ]
    if not same:
        return [change], []
    ids = [each.id for each in same]
    values = {name: value for each in same for name, value in _values(each).items()}
    values |= change.values
    before = workspace.without(*ids).values(values, on=change.day)
    new = {name: value for name, value in values.items() if value != before[name] or name in kept}
    if not new:
        return [], ids
    return [Change(day=change.day, recorded_on=change.recorded_on, note=change.note, **new)], ids


class Amendment(NamedTuple):
    """
    What to write to the log and the request.

    Attributes:
        entries: The entries to add.
        withdrawn: The ids of the entries to withdraw.
        request: The new request; None if it is unchanged.
    """

    entries: Sequence[Entry]
    withdrawn: Sequence[str] = ()
    request: Rebuild | None = None


def amendment(
    workspace: Workspace, change: Change | None = None, *, in_place_of: Recorded | None = None
) -> Amendment:
    """
    Return what to write for a change, for the replacement of one, or for its withdrawal.

    Raises:
        RunplanError: If the resulting request is invalid.
    """
    ids = [in_place_of.id] if in_place_of else []
    bare = workspace.without(*ids)
    values = bare.values(_values(in_place_of)) if in_place_of else {}
    given = change.values if change else {}
    # A new baseline is a new start, even with the same minutes.
    kept = {"baseline_min"} & given.keys()
    entries, replaced = combined(bare, change, kept=kept) if change else ([], [])
    values |= given
    return Amendment(entries, [*ids, *replaced], evolve(workspace.request, **values))


def later_changes(workspace: Workspace, change: Change) -> list[str]:
    """Return a sentence for each change of the same fields from a later day on."""
    sentences = []
    for each in workspace.changes:
        names = sorted(_values(each).keys() & change.values.keys())
        if each.entry.day > change.day and names:
            day = long_day(each.entry.day)
            drop = command_line(str(workspace.file), "undo", each.id)
            sentences.append(
                f"Change {each.id} sets {', '.join(names)} to another value from {day}. "
                f"To drop it: {drop}"
            )
    return sentences


def _values(recorded: Recorded) -> dict[str, Any]:
    return recorded.entry.values if isinstance(recorded.entry, Change) else {}
