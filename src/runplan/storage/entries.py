"""Reports and clearances as flat dicts of plain values, for JSON and databases."""

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any

from attrs import NOTHING, fields_dict

from runplan._base.dates import Date
from runplan.errors import InvalidType, InvalidValue, RunplanError, UnknownName, did_you_mean
from runplan.model.log import Clearance, Entry, MorningReport, RunReport, StrengthReport

__all__ = ["SCHEMA", "TYPES", "check_schema", "from_record", "to_record"]

# It rises when a record is written that this version could not read.
SCHEMA = 1

TYPES: dict[str, type[Entry]] = {
    "run": RunReport,
    "morning": MorningReport,
    "strength": StrengthReport,
    "clearance": Clearance,
}
_NAMES = {kind: name for name, kind in TYPES.items()}
_FIELDS = {
    kind: {name: each for name, each in fields_dict(kind).items() if each.init}
    for kind in TYPES.values()
}


def to_record(entry: Entry) -> dict[str, Any]:
    """
    Return an entry as a flat dict: its type, and every field as a plain value.

    >>> to_record(MorningReport(day="2027-01-10", pain=0))["day"]
    '2027-01-10'
    """
    kind = type(entry)
    return {
        "type": _NAMES[kind],
        **{name: _plain(getattr(entry, name)) for name in _FIELDS[kind]},
    }


def from_record(record: object, *, where: str, others: Iterable[str] = ()) -> Entry:
    """
    Return the entry that a record stands for.

    Args:
        record: As to_record makes it.
        where: What the record is called in an error.
        others: Types that are no entries, to be named as well where a type is misspelt.

    Raises:
        InvalidType: If it is no record, or a value has the wrong type.
        InvalidValue: If it lacks something, or holds what the entry refuses.
        UnknownName: If it has a type or a key that runplan does not know.

    >>> from_record({"type": "morning", "day": "2027-01-10", "pain": 0}, where="it").pain
    0
    """
    if not isinstance(record, Mapping):
        raise InvalidType(f"{where} must be a record", record, "give what dump() made")
    name = record.get("type")
    kind = TYPES.get(name) if isinstance(name, str) else None
    if kind is None:
        known_types = [*TYPES, *others]
        must = f"{where} must have a type among {', '.join(known_types)}"
        do = did_you_mean(str(name), known_types, otherwise="give what runplan wrote")
        raise UnknownName(must, name, do)
    values = {key: value for key, value in record.items() if key != "type"}
    known = _FIELDS[kind]
    for key in values.keys() - known.keys():
        must = f"{where}: a {name} must have keys among {', '.join(known)}"
        raise UnknownName(must, key, did_you_mean(str(key), known, otherwise="leave it out"))
    for key, each in known.items():
        if each.default is NOTHING and key not in values:
            raise InvalidValue(f"{where}: a {name} must have {key}", "left out", "add it")
    try:
        return kind(**values)
    except RunplanError as error:
        raise type(error)(f"{where}: {error.must}", error.given, error.remedy) from None


def check_schema(record: Mapping[str, Any], *, where: str) -> None:
    """
    Check that this version of runplan can read a record.

    Raises:
        InvalidType: If its version is no whole number.
        InvalidValue: If it has none, or that of a newer runplan.
    """
    must = f"{where} must have a schema of at most {SCHEMA}"
    version = record.get("schema")
    if version is None:
        raise InvalidValue(must, "left out", "give what runplan wrote")
    if type(version) is not int or version < 1:
        raise InvalidType(must, version, "give what runplan wrote")
    if version > SCHEMA:
        raise InvalidValue(must, version, "upgrade runplan: a newer one wrote it")


def _plain(value: object) -> object:
    if isinstance(value, Date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value.value if isinstance(value, Enum) else value
