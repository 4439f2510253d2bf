"""Requests, logs, entries and policies as dicts of plain values, and back."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar, overload

from runplan.errors import InvalidType, InvalidValue, UnknownName, did_you_mean
from runplan.model.activity import Activity
from runplan.model.entries import Clearance, Entry, MorningReport, RunReport, StrengthReport
from runplan.model.log import Log
from runplan.planning.changes import Change, Move
from runplan.planning.request import Rebuild
from runplan.policy.policy import Policy, Rule
from runplan.storage.policy_records import POLICIES, given, policy_record
from runplan.storage.structuring import structured, unstructured

__all__ = [
    "ENTRIES",
    "POLICIES",
    "SCHEMA",
    "TYPES",
    "check_schema",
    "dump",
    "load",
    "record_of",
    "type_of",
]

# Raised whenever new records can no longer be read by older versions.
SCHEMA = 2

ENTRIES: dict[str, type[Entry]] = {
    kind.type: kind
    for kind in (RunReport, Activity, MorningReport, StrengthReport, Clearance, Change, Move)
}
TYPES: dict[str, type] = {"rebuild": Rebuild, "log": Log, "policy": Policy, **ENTRIES}
_NAMES = {kind: name for name, kind in TYPES.items()}

Value = Rebuild | Log | Policy | Entry
Loaded = TypeVar("Loaded", bound=Value)


def dump(value: Value) -> dict[str, Any]:
    """
    Return a request, a log, an entry or a policy as a dict of plain values.

    It holds only texts, numbers, lists, dicts, None and booleans, so json.dumps accepts it as is.
    Days and times are ISO 8601 texts. A policy's thresholds, steps and texts are data, but
    functions of your own are not. ``load`` turns the dict back into the value; docs/reference has
    its JSON Schema.

    Args:
        value: A Rebuild, a Log, an entry or a Policy.

    Raises:
        InvalidType: If it is anything else.

    Source:
        docs/reference/schema.md

    >>> from runplan import Log, RunReport
    >>> record = dump(Log([RunReport(day="2027-01-03", minutes=45)]))
    >>> record["schema"], record["entries"][0]["minutes"]
    (2, 45)
    """
    if type(value) not in _NAMES:
        must = "what is dumped must be a Rebuild, a Log, an entry of one or a Policy"
        raise InvalidType(must, value, "for a plan use rows(), or dump what it was built from")
    return {"schema": SCHEMA, **record_of(value)}


@overload
def load(
    record: Mapping[str, Any],
    kind: None = None,
    *,
    policies: Iterable[Policy] = (),
    rules: Iterable[Rule] = (),
) -> Value: ...
@overload
def load(
    record: Mapping[str, Any],
    kind: type[Loaded],
    *,
    policies: Iterable[Policy] = (),
    rules: Iterable[Rule] = (),
) -> Loaded: ...
def load(
    record: Mapping[str, Any],
    kind: type[Any] | None = None,
    *,
    policies: Iterable[Policy] = (),
    rules: Iterable[Rule] = (),
) -> Value:
    """
    Return the value of a dict from ``dump``.

    Args:
        record: The dict. Its key type names the kind of value. Keys with a default may be left
            out.
        kind: The expected class, such as Rebuild; None: any.
        policies: Your own policies. A record that names one gets it; a record that holds a policy
            of that name gets the functions of its rules.
        rules: Your own rules. A policy in the record gets their functions by name.

    Raises:
        InvalidType: If the record is not a dict, or a value has the wrong type.
        InvalidValue: If a value is missing or invalid, the record is of another kind, or it was
            written by a newer runplan.
        UnknownName: If it has an unknown key, type, policy or rule.

    Source:
        docs/reference/schema.md

    >>> from runplan import Rebuild
    >>> rebuild = Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC")
    >>> load(dump(rebuild)) == rebuild
    True
    """
    check_schema(_mapping(record, "the record"), where="the record")
    if kind not in (None, Entry, *_NAMES):
        must = f"kind must be one of Entry, {', '.join(each.__name__ for each in _NAMES)}"
        raise InvalidType(must, kind, "leave it out to load whatever the record is of")
    values = {key: value for key, value in record.items() if key != "schema"}
    with given(policies, rules):
        loaded: Value = _value_of(values, "the record")
    if kind is not None and not isinstance(loaded, kind):
        must = f"the record must be of a {kind.__name__}"
        raise InvalidValue(must, f"type {_NAMES[type(loaded)]}", "give the class of that type")
    return loaded


def record_of(value: Value) -> dict[str, Any]:
    """
    Return a value as a dict with its type, without a schema version.

    >>> record_of(MorningReport(day="2027-01-10", pain=0))["day"]
    '2027-01-10'
    """
    if isinstance(value, Log):
        values: dict[str, Any] = {"entries": [record_of(each) for each in value]}
    else:
        values = policy_record(value) if isinstance(value, Policy) else unstructured(value)
    return {"type": _NAMES[type(value)], **values}


def _value_of(record: object, where: str, kinds: Mapping[str, Any] = TYPES) -> Any:  # noqa: ANN401
    """Return the value of a record, which must be of one of these kinds."""
    values = dict(_mapping(record, where))
    name = type_of(values, where=where, known=kinds)
    del values["type"]
    return _log(values, where) if name == "log" else structured(values, kinds[name], where=where)


def type_of(record: Mapping[str, Any], *, where: str, known: Iterable[str]) -> str:
    """
    Return the type of a record, which must be one of the known types.

    Raises:
        InvalidType: If it is not text.
        InvalidValue: If there is none.
        UnknownName: If it is unknown; the error suggests the closest type.
    """
    must = f"{where} must have a type among {', '.join(known)}"
    do = "give what runplan wrote"
    name = record.get("type")
    if name is None:
        raise InvalidValue(must, "left out", do)
    if not isinstance(name, str):
        raise InvalidType(must, name, do)
    if name not in known:
        raise UnknownName(must, name, did_you_mean(name, known, otherwise=do))
    return name


def check_schema(record: Mapping[str, Any], *, where: str) -> None:
    """
    Check that this version of runplan can read a record.

    Raises:
        InvalidType: If its schema version is not a whole number.
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


def _mapping(record: object, where: str) -> Mapping[str, Any]:
    if not isinstance(record, Mapping):
        raise InvalidType(f"{where} must be a dict", record, "give what dump() made")
    for key in record:
        if not isinstance(key, str):
            raise InvalidType(f"the keys of {where} must be texts", key, "give what dump() made")
    return record


def _log(record: Mapping[str, Any], where: str) -> Log:
    for key in record.keys() - {"entries"}:
        must = f"{where} of a log must have the keys schema, type and entries"
        raise UnknownName(must, key, did_you_mean(key, ["entries"], otherwise="leave it out"))
    entries = record.get("entries", [])
    if not isinstance(entries, list | tuple):
        raise InvalidType(f"the entries of {where} must be a list", entries, "give a list")
    return Log(_entry(each, f"entry {number} of {where}") for number, each in enumerate(entries, 1))


def _entry(record: object, where: str) -> Entry:
    # An app may have dumped entries one by one, each with a schema version.
    if isinstance(record, Mapping) and "schema" in record:
        check_schema(record, where=where)
        record = {key: value for key, value in record.items() if key != "schema"}
    entry: Entry = _value_of(record, where, ENTRIES)
    return entry
