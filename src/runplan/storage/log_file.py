"""
The log as an append-only file, log.jsonl, with one JSON object per line.

The files of two machines are merged by concatenation: the order of lines does not matter, and a
withdrawal identifies an entry by the content of its line.
"""

import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from attrs import evolve, frozen

from runplan._base.dates import to_day
from runplan._base.files import PathLike, read_whole, shown_name
from runplan.errors import InvalidValue, RunplanError, UnknownName, shown
from runplan.model.entries import Entry
from runplan.model.log import Log
from runplan.planning.request import Rebuild
from runplan.storage.converter import ENTRIES
from runplan.storage.log_lines import (
    CUT_OFF,
    REBUILD,
    RETRACT,
    UNDO,
    Line,
    Unreadable,
    cut_off_line,
    digest,
    entry_line,
    read_line,
    rebuild_line,
    retract_line,
    value_of,
)
from runplan.storage.structuring import located

__all__ = [
    "Journal",
    "Recorded",
    "Seen",
    "cut_off_line",
    "entry_line",
    "load_log",
    "read_journal",
    "rebuild_line",
    "retract_line",
]


class Recorded(NamedTuple):
    """
    An entry in a log file.

    Attributes:
        id: A short id, derived from the content of its line.
        recorded_at: When the line was written, according to the line; "" if it does not say.
        entry: The entry, with the day it was withdrawn if it was.
    """

    id: str
    recorded_at: str
    entry: Entry


class Seen(NamedTuple):
    """
    A request as seen at some moment.

    Attributes:
        recorded_at: When, in UTC.
        rebuild: The request.
    """

    recorded_at: str
    rebuild: Rebuild


@frozen(kw_only=True)
class Journal:
    """
    The contents of a log file.

    Attributes:
        recorded: The entries in the order of lines, including withdrawn ones.
        seen: The requests that were seen, the latest last.
        skipped: A message about a last line that was cut off; "" if it is complete.
    """

    recorded: tuple[Recorded, ...] = ()
    seen: tuple[Seen, ...] = ()
    skipped: str = ""

    @property
    def log(self) -> Log:
        """The log."""
        return Log(each.entry for each in self.recorded)

    def find(self, id_: str) -> Recorded:
        """
        Return the entry with an id that begins with a text.

        Raises:
            UnknownName: If there is none, or more than one.
        """
        found = {each.id: each for each in self.recorded if id_ and each.id.startswith(id_.lower())}
        if len(found) == 1:
            return next(iter(found.values()))
        must = "an id must match exactly one entry"
        given = f"{id_}, which matches {len(found)}" if found else id_
        raise UnknownName(must, given, "look it up with: runplan log --list")


def load_log(path: PathLike) -> Log:
    r"""
    Return the log in a log.jsonl.

    A last line that was cut off while being written is skipped, with a warning.

    Args:
        path: The file.

    Raises:
        UnusableFile: If it cannot be read.
        InvalidType: If a line is not a log entry, or a value has the wrong type.
        InvalidValue: If a line is not JSON, has a key twice or holds an invalid value, or was
            written by a newer runplan.
        UnknownName: If a line has an unknown key or type.

    Source:
        docs/reference/log-jsonl.md

    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder, "log.jsonl")
    ...     _ = path.write_text(
    ...         '{"schema": 2, "type": "run", "day": "2027-01-03", "minutes": 45}\n'
    ...     )
    ...     load_log(path).entries[0].minutes
    45
    """
    journal = read_journal(read_whole(path), name=Path(path).name)
    if journal.skipped:
        warnings.warn(journal.skipped, stacklevel=2)
    return journal.log


def read_journal(data: bytes, *, name: str) -> Journal:
    """
    Return the contents of a log file.

    Args:
        data: The bytes of the file.
        name: Its name in error messages.

    Raises:
        InvalidType, InvalidValue, UnknownName: As load_log does.
    """
    called = shown_name(name)
    raw = data.split(b"\n")
    lines: list[Line] = []
    unreadable: dict[int, bytes] = {}
    for number, text in enumerate(raw, start=1):
        if text.strip():
            try:
                lines.append(read_line(text, number, f"{called}, line {number}"))
            except Unreadable:
                unreadable[number] = text
    cut_off = unreadable.pop(len(raw), None)
    known = {each.record["id"] for each in lines if each.type == CUT_OFF}
    for number, text in unreadable.items():
        if digest(text) not in known:
            must = f"{called}, line {number} must be whole: it may hold pain that pauses the plan"
            raise InvalidValue(must, text, "correct that line, or empty it if it holds nothing")
    skipped = f"{called}, line {len(raw)} is not whole and was skipped: "
    return Journal(
        recorded=tuple(_recorded(lines)),
        seen=tuple(sorted(_seen(lines), key=lambda each: each.recorded_at)),
        skipped="" if cut_off is None else f"{skipped}{shown(cut_off)}",
    )


def _recorded(lines: Iterable[Line]) -> Iterable[Recorded]:
    """Return the entries, without those undone in version 1 of the format."""
    found = {
        each.number: Recorded(each.id, each.recorded_at, value_of(each))
        for each in lines
        if each.type in ENTRIES
    }
    for line in lines:
        if line.type == UNDO:
            _undo(found, line)
    numbers: dict[str, list[int]] = {}
    for number, each in found.items():
        numbers.setdefault(each.id, []).append(number)
    for line in lines:
        if line.type == RETRACT:
            _retract(found, numbers.get(line.record["id"], ()), line)
    return found.values()


def _undo(found: dict[int, Recorded], line: Line) -> None:
    undone = line.record["line"]
    if type(undone) is not int or undone not in found or undone > line.number:
        must = f"{line.where} must undo an entry above it"
        raise InvalidValue(must, undone, "empty that line")
    del found[undone]


def _retract(found: dict[int, Recorded], numbers: Iterable[int], line: Line) -> None:
    if not numbers:
        must = f"{line.where} must withdraw an entry of this file"
        do = "add the lines of the file that has it, or empty that line"
        raise InvalidValue(must, line.record["id"], do)
    for number in numbers:
        # Copies of a line are the same entry.
        entry: Any = found[number].entry
        try:
            day = to_day(line.record["retracted_on"])
            entry = evolve(entry, retracted_on=min(day, entry.retracted_on or day))
        except RunplanError as error:
            raise located(error, line.where) from None
        found[number] = found[number]._replace(entry=entry)


def _seen(lines: Iterable[Line]) -> Iterable[Seen]:
    for line in lines:
        if line.type == REBUILD:
            yield Seen(line.recorded_at, value_of(line))
