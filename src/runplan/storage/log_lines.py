"""
The lines of a log.jsonl: their types, their ids and their format.

Most lines are entries. Others withdraw an entry, hold the request as last seen, or mark a line as
cut off. An entry's id is a hash of its line, so two machines agree on it.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from runplan._base.dates import Date, DateTime
from runplan.errors import InvalidType, InvalidValue, RunplanError, UnknownName, did_you_mean
from runplan.model.entries import Entry
from runplan.planning.request import Rebuild
from runplan.storage.converter import ENTRIES, SCHEMA, TYPES, check_schema, record_of, type_of
from runplan.storage.structuring import structured

# The types of lines that are not entries. Undo is from version 1 of the format, and only read.
REBUILD, RETRACT, CUT_OFF, UNDO = "rebuild", "retract", "cut-off", "undo"

# The keys of every line.
_FRAME = ("schema", "recorded_at", "type")

# The other keys, all required, of lines that are neither entries nor requests.
_KEYS = {RETRACT: ("id", "retracted_on"), CUT_OFF: ("id",), UNDO: ("line",)}

_TYPES = (REBUILD, *ENTRIES, *_KEYS)

# Long enough for a log of a few thousand entries. [characters]
_ID_LENGTH = 8

# The format of moments, which sorts as text.
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", re.ASCII)


class Unreadable(Exception):
    """A line is not JSON."""


class Line(NamedTuple):
    """
    A line of a log file.

    Attributes:
        number: The number of the line, from 1.
        where: Its name in error messages.
        id: A hash of its content.
        type: Its type.
        recorded_at: When it was written, according to the line; "" if it does not say.
        record: Its JSON object.
    """

    number: int
    where: str
    id: str
    type: str
    recorded_at: str
    record: dict[str, Any]


def read_line(text: bytes, number: int, where: str) -> Line:
    """
    Read a line of a log file, without checking the values of its entry.

    Raises:
        Unreadable: If it is not JSON.
        InvalidType: If it is not an object, or a value has the wrong type.
        InvalidValue: If a key is missing or given twice, or a newer runplan wrote it.
        UnknownName: If its type or one of its keys is unknown.
    """

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        record = dict(pairs)
        if len(record) < len(pairs):
            names = [name for name, _ in pairs]
            twice = next(name for name in names if names.count(name) > 1)
            must = f"{where} must have each key once"
            raise InvalidValue(must, f"{twice} twice", "remove one of them")
        return record

    try:
        record = json.loads(text, object_pairs_hook=unique)
        id_ = _id(record)
    except RunplanError:
        raise
    except (ValueError, RecursionError):
        raise Unreadable from None
    if not isinstance(record, dict):
        raise InvalidType(f"{where} must be an entry of a log", record, "empty that line")
    check_schema(record, where=where)
    type_ = type_of(record, where=where, known=_TYPES)
    if type_ in _KEYS:
        _check_keys(record, _KEYS[type_], where)
    return Line(number, where, id_, type_, _moment(record, type_, where), record)


def _id(record: object) -> str:
    """Return a hash of a line's content, whatever the order of its keys."""
    content = record
    if isinstance(record, dict):
        content = {key: value for key, value in record.items() if key != "schema"}
    return digest(json.dumps(content, sort_keys=True).encode())


def digest(text: bytes) -> str:
    """Return the beginning of a hash of a line, whatever its line ending."""
    return hashlib.sha256(text.strip()).hexdigest()[:_ID_LENGTH]


def _check_keys(record: Mapping[str, Any], needed: Iterable[str], where: str) -> None:
    known = (*_FRAME, *needed)
    for key in record:
        if key not in known:
            do = did_you_mean(key, known, otherwise="leave it out")
            raise UnknownName(f"{where} must have keys among {', '.join(known)}", key, do)
    for key in needed:
        if key not in record:
            raise InvalidValue(f"{where} must hold {key}", "left out", "add it, with a value")
    if not isinstance(record.get("id", ""), str):
        raise InvalidType(f"{where} must have a text as its id", record["id"], "put it in quotes")


def _moment(record: Mapping[str, Any], type_: str, where: str) -> str:
    moment = record.get("recorded_at", "")
    must = f"{where} must have a moment in UTC as its recorded_at"
    do = "write it like 2027-01-03T09:30:00Z"
    if not isinstance(moment, str):
        raise InvalidType(must, moment, do)
    # For requests it is required: it shows which one was seen last.
    if type_ == REBUILD and not _MOMENT.fullmatch(moment):
        raise InvalidValue(must, moment, do)
    return moment


def value_of(line: Line) -> Any:  # noqa: ANN401 (an entry or a request)
    """Return the entry or the request in a line."""
    values = {key: value for key, value in line.record.items() if key not in _FRAME}
    return structured(values, TYPES[line.type], where=line.where)


def entry_line(entry: Entry, recorded_at: DateTime) -> bytes:
    """Return the line that adds an entry."""
    return _line(record_of(entry), recorded_at)


def retract_line(id_: str, day: Date, recorded_at: DateTime) -> bytes:
    """Return the line that withdraws the entry with an id on a day."""
    record = {"type": RETRACT, "id": id_, "retracted_on": day.isoformat()}
    return _line(record, recorded_at)


def rebuild_line(rebuild: Rebuild, recorded_at: DateTime) -> bytes:
    """Return the line that records a request as seen."""
    return _line(record_of(rebuild), recorded_at)


def cut_off_line(line: bytes, recorded_at: DateTime) -> bytes | None:
    """
    Return the line that marks a last line as cut off; None if it is complete or blank.

    Args:
        line: The last line.
        recorded_at: When it is added.
    """
    try:
        json.loads(line.strip() or b"null")
    except (ValueError, RecursionError):
        return _line({"type": CUT_OFF, "id": digest(line)}, recorded_at)
    return None


def _line(record: dict[str, Any], recorded_at: DateTime) -> bytes:
    framed = {
        "schema": SCHEMA,
        "recorded_at": recorded_at.in_timezone("UTC").format("YYYY-MM-DD[T]HH:mm:ss.SSSSSS[Z]"),
        **record,
    }
    return json.dumps(framed, ensure_ascii=False).encode() + b"\n"
