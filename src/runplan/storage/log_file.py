"""
The log as a file, log.jsonl: one JSON object a line, only ever added to.

Taking something back is a line as well. A line that was cut off while it was written is told and
skipped.
"""

import json
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from attrs import frozen

from runplan._base.dates import DateTime
from runplan._base.files import PathLike, read_whole, shown_name
from runplan.errors import InvalidType, InvalidValue, shown
from runplan.model.log import Entry, Log
from runplan.storage.entries import SCHEMA, check_schema, from_record, to_record

__all__ = ["Journal", "entry_line", "load_log", "read_journal", "undo_line"]

_UNDO = "undo"
# What a line has beside the entry itself.
_FRAME = ("schema", "recorded_at")


@frozen(kw_only=True)
class Journal:
    """
    What a log file holds.

    Attributes:
        entries: The entries that were not taken back, by line, from 1.
        skipped: What is to be told about lines that are not whole.
    """

    entries: Mapping[int, Entry]
    skipped: tuple[str, ...] = ()

    @property
    def log(self) -> Log:
        """The log."""
        return Log(self.entries.values())


def load_log(path: PathLike) -> Log:
    r"""
    Return the log that a log.jsonl holds.

    A line that was cut off while it was written is skipped, with a warning.

    Args:
        path: The file.

    Raises:
        UnusableFile: If it cannot be read.
        InvalidType: If a line is no entry of a log, or a value has the wrong type.
        InvalidValue: If a line holds what its entry refuses, or was written by a newer runplan.
        UnknownName: If a line has a key or a type that runplan does not know.

    Source:
        docs/reference/log-jsonl.md

    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder, "log.jsonl")
    ...     _ = path.write_text(
    ...         '{"schema": 1, "type": "run", "day": "2027-01-03", "minutes": 45}\n'
    ...     )
    ...     load_log(path).entries[0].minutes
    45
    """
    journal = read_journal(read_whole(path), name=Path(path).name)
    for message in journal.skipped:
        warnings.warn(message, stacklevel=2)
    return journal.log


def read_journal(data: bytes, *, name: str) -> Journal:
    """
    Return what the bytes of a log file hold.

    Args:
        data: The file.
        name: What it is called in an error.

    Raises:
        InvalidType, InvalidValue, UnknownName: As load_log does.
    """
    entries: dict[int, Entry] = {}
    skipped = []
    called = shown_name(name)
    for number, line in enumerate(data.split(b"\n"), start=1):
        if not line.strip():
            continue
        where = f"{called}, line {number}"
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            skipped.append(f"{where} is not whole and was skipped: {shown(line)}")
            continue
        _take_in(entries, number, record, where)
    return Journal(entries=entries, skipped=tuple(skipped))


def _take_in(entries: dict[int, Entry], number: int, record: object, where: str) -> None:
    if not isinstance(record, dict):
        raise InvalidType(f"{where} must be an entry of a log", record, "empty that line")
    check_schema(record, where=where)
    if record.get("type") != _UNDO:
        values = {key: value for key, value in record.items() if key not in _FRAME}
        entries[number] = from_record(values, where=where, others=(_UNDO,))
        return
    undone = record.get("line")
    if type(undone) is not int or undone not in entries:
        must = f"{where} must take back an entry above it"
        raise InvalidValue(must, undone, "empty that line")
    del entries[undone]


def entry_line(entry: Entry, recorded_at: DateTime) -> bytes:
    """Return the line that adds an entry."""
    return _line(to_record(entry), recorded_at)


def undo_line(number: int, recorded_at: DateTime) -> bytes:
    """Return the line that takes back the entry of a line."""
    return _line({"type": _UNDO, "line": number}, recorded_at)


def _line(record: dict[str, Any], recorded_at: DateTime) -> bytes:
    framed = {
        "schema": SCHEMA,
        "recorded_at": recorded_at.in_timezone("UTC").format("YYYY-MM-DD[T]HH:mm:ss[Z]"),
        **record,
    }
    return json.dumps(framed, ensure_ascii=False).encode() + b"\n"
