"""Requests from TOML, requests and logs as dicts and back, and a plan as JSON."""

import codecs
import json
import tomllib
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, Literal, TypeVar

from attrs import asdict, fields_dict, has
from cattrs import (
    AttributeValidationNote,
    BaseValidationError,
    Converter,
    ForbiddenExtraKeysError,
    IterableValidationNote,
)
from cattrs.gen import make_dict_structure_fn, override

from runplan._base.dates import Date, Time, WeekDay, to_day, to_time, to_weekday, to_zone
from runplan._base.files import PathLike, read_whole, shown_name
from runplan._base.text import NO_ADVICE
from runplan.errors import (
    InvalidType,
    InvalidValue,
    RunplanError,
    UnknownName,
    did_you_mean,
)
from runplan.model.exercises import Range
from runplan.model.log import KINDS, Entry, Log
from runplan.model.plan import Plan
from runplan.model.sessions import LongRun, StrengthSession
from runplan.model.weeks import Pause, Week
from runplan.planning.request import Rebuild, Strength
from runplan.planning.strength import Ramp
from runplan.policy.policy import Policy
from runplan.policy.presets import CAUTIOUS, FIVE_MINUTES
from runplan.storage.entries import SCHEMA, check_schema, from_record, to_record

__all__ = ["POLICIES", "dump", "load", "load_rebuild", "plan_to_json"]

Dumped = TypeVar("Dumped", bound="Rebuild | Log | Entry")

POLICIES = {policy.name: policy for policy in (FIVE_MINUTES, CAUTIOUS)}

# TOML has no null: the phase of a ramp that goes on says so in a word.
_OPEN_END = "then"


def load_rebuild(path: PathLike) -> Rebuild:
    r"""
    Return the rebuild that a TOML file describes.

    The file holds the same names as the fields of Rebuild, Slot, Strength, Exercise and Away;
    docs/reference/rebuild-toml.md shows them all.

    Args:
        path: The file.

    Raises:
        UnusableFile: If it cannot be read.
        InvalidType: If a value has the wrong type.
        InvalidValue: If it is no TOML, lacks something, or holds what Rebuild refuses.
        UnknownName: If it holds a key that runplan does not know; the error names the nearest.

    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder, "rebuild.toml")
    ...     _ = path.write_text(
    ...         'baseline_min = 40\ntarget_min = 60\nstart = 2026-11-30\ntimezone = "UTC"\n'
    ...     )
    ...     load_rebuild(path).target_min
    60
    """
    data = read_whole(path)
    name = shown_name(path)
    if data.startswith(codecs.BOM_UTF8):
        raise InvalidValue(
            f"{name} must be UTF-8 without a byte-order mark", data[:3], "save it without one"
        )
    try:
        table = tomllib.loads(data.decode())
    except UnicodeDecodeError as error:
        raise InvalidValue(f"{name} must be UTF-8", str(error), "save it as UTF-8") from None
    except (ValueError, RecursionError) as error:
        # ValueError is also what a number of too many digits gives.
        raise InvalidValue(f"{name} must be TOML", str(error), "mend that line") from None
    return _structured(table, name)


def _structured(table: Mapping[str, Any], name: str) -> Rebuild:
    try:
        return _converter.structure(table, Rebuild)
    except BaseValidationError as error:
        raise _first_fault(error, name) from None


def dump(value: Rebuild | Log | Entry) -> dict[str, Any]:
    """
    Return a request, a log or one of its entries as a dict of plain values.

    It holds texts, numbers, lists, dicts, None and booleans only, so json.dumps takes it as it
    is. Days and times are ISO 8601 texts. ``load`` makes the value of it again; docs/reference
    has its JSON Schema.

    Args:
        value: A Rebuild, a Log, or a RunReport, MorningReport, StrengthReport or Clearance.

    Raises:
        InvalidType: If it is anything else.
        InvalidValue: If the request has a policy of its own: functions are no data.

    Source:
        docs/reference/schema.md

    >>> from runplan import Log, RunReport
    >>> record = dump(Log([RunReport(day="2027-01-03", minutes=45)]))
    >>> record["schema"], record["entries"][0]["minutes"]
    (1, 45)
    """
    if isinstance(value, Rebuild):
        return {"schema": SCHEMA, "type": "rebuild", **_rebuild_record(value)}
    if isinstance(value, Log):
        return {"schema": SCHEMA, "type": "log", "entries": [to_record(each) for each in value]}
    if isinstance(value, KINDS):
        return {"schema": SCHEMA, **to_record(value)}
    must = "what is dumped must be a Rebuild, a Log or an entry of one"
    raise InvalidType(must, value, "for a plan use rows(), or dump what it was built from")


def load(kind: type[Dumped], record: Mapping[str, Any]) -> Dumped:
    """
    Return the value that ``dump`` made a dict of.

    Args:
        kind: What it is to be: Rebuild, Log, RunReport, MorningReport, StrengthReport or
            Clearance.
        record: The dict. Keys with a default may be left out.

    Raises:
        InvalidType: If kind or record is none of these, or a value has the wrong type.
        InvalidValue: If it lacks something, holds what the value refuses, or was written by a
            newer runplan.
        UnknownName: If it has a key or a type that runplan does not know.

    Source:
        docs/reference/schema.md

    >>> from runplan import Rebuild
    >>> rebuild = Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC")
    >>> load(Rebuild, dump(rebuild)) == rebuild
    True
    """
    if kind not in (Rebuild, Log, *KINDS):
        names = ", ".join(each.__name__ for each in (Rebuild, Log, *KINDS))
        raise InvalidType(f"kind must be one of {names}", kind, "load what dump() made")
    if not isinstance(record, Mapping):
        raise InvalidType("a record must be a dict", record, "give what dump() made")
    for key in record:
        if not isinstance(key, str):
            raise InvalidType("a record's keys must be texts", key, "give what dump() made")
    check_schema(record, where="the record")
    values = {key: value for key, value in record.items() if key != "schema"}
    loaded = _load_any(values)
    if not isinstance(loaded, kind):
        must = f"the record must be of a {kind.__name__}"
        raise InvalidValue(must, f"type {record.get('type')}", "load it as what it is")
    return loaded


def _load_any(record: dict[str, Any]) -> object:
    match record.get("type"):
        case "rebuild":
            values = {key: value for key, value in record.items() if key != "type"}
            if values.get("strength", False) is None:
                values["strength"] = False  # as TOML says it
            return _structured(values, "the record")
        case "log":
            for key in record.keys() - {"type", "entries"}:
                must = "the record of a log must have the keys schema, type and entries"
                raise UnknownName(
                    must, key, did_you_mean(key, ["entries"], otherwise="leave it out")
                )
            entries = record.get("entries", [])
            if not isinstance(entries, list | tuple):
                raise InvalidType("the record's entries must be a list", entries, "give a list")
            return Log(
                _entry(each, f"entry {number} of the record")
                for number, each in enumerate(entries, start=1)
            )
        case _:
            return from_record(record, where="the record", others=("rebuild", "log"))


def _entry(record: object, where: str) -> Entry:
    # An app may have dumped its entries one by one.
    if isinstance(record, Mapping) and "schema" in record:
        check_schema(record, where=where)
        record = {key: value for key, value in record.items() if key != "schema"}
    return from_record(record, where=where)


def _rebuild_record(rebuild: Rebuild) -> dict[str, Any]:
    if POLICIES.get(rebuild.policy.name) != rebuild.policy:
        must = f"a policy that is dumped must be one of {', '.join(POLICIES)}"
        do = "dump the request with one of these, and give it your own after load()"
        raise InvalidValue(must, rebuild.policy.name, do)
    record: dict[str, Any] = _listed(_converter.unstructure(rebuild))
    return record


def _listed(value: Any) -> Any:  # noqa: ANN401 (any plain value)
    """Return a plain value with lists for tuples, as JSON has them."""
    if isinstance(value, dict):
        return {key: _listed(each) for key, each in value.items()}
    return [_listed(each) for each in value] if isinstance(value, list | tuple) else value


def plan_to_json(plan: Plan) -> str:
    """
    Return the whole plan as JSON text, with its no-advice line.

    Days, times and moments are ISO 8601 texts, minutes are numbers.

    >>> from runplan import Rebuild, build
    >>> plan = build(Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC"))
    >>> json.loads(plan_to_json(plan))["weeks"][4]["long_run"]["minutes"]
    45
    """
    return json.dumps(_plan_record(plan), ensure_ascii=False, indent=2)


def _table(kind: type) -> Callable[[object, object], object]:
    make = partial(make_dict_structure_fn, converter=_converter, _cattrs_forbid_extra_keys=True)
    # A zone is a text like any other: only its key says that it is one.
    zone = override(struct_hook=lambda value, _: to_zone(value))
    structure = make(Rebuild, timezone=zone) if kind is Rebuild else make(kind)

    def checked(value: object, _: object) -> object:
        if not isinstance(value, Mapping):
            must = f"it must be a table of {', '.join(fields_dict(kind))}"
            raise InvalidType(
                must,
                value,
                "give its keys as a table, or a list of tables where there may be several",
            )
        return structure(value, kind)

    return checked


def _policy(value: object, _: object) -> object:
    must = f"a policy must be one of {', '.join(POLICIES)}"
    if not isinstance(value, str):
        raise InvalidType(must, value, 'write it like "cautious"')
    if value not in POLICIES:
        do = did_you_mean(value, POLICIES, otherwise='write it like "cautious"')
        raise UnknownName(must, value, do)
    return POLICIES[value]


def _strength(value: object, _: object) -> object:
    # TOML has no null, so "no strength" is false.
    return None if value is False else _converter.structure(value, Strength)


def _ramp(value: object, _: object) -> object:
    if not isinstance(value, list) or not all(isinstance(phase, list) for phase in value):
        return value
    return [[None if each == _OPEN_END else each for each in phase] for phase in value]


def _as_it_is(value: object, _: object) -> object:
    # The class itself checks it, and its error says more than a converter's.
    return value


_AS_IT_IS = (Range, tuple[str, ...], tuple[WeekDay, ...] | None, Literal["hold", "extend"])

_converter = Converter()
_converter.register_structure_hook_factory(has, _table)
for _kind in (int, str, bool):
    _converter.register_structure_hook(_kind, _as_it_is)
_converter.register_structure_hook_func(lambda kind: kind in _AS_IT_IS, _as_it_is)
_converter.register_structure_hook(Date, lambda value, _: to_day(value))
_converter.register_structure_hook(Time, lambda value, _: to_time(value))
_converter.register_structure_hook(WeekDay, lambda value, _: to_weekday(value))
_converter.register_structure_hook(Policy, _policy)
_converter.register_unstructure_hook(Date, lambda day: day.isoformat())
_converter.register_unstructure_hook(Time, lambda time: f"{time:%H:%M}")
_converter.register_unstructure_hook(WeekDay, lambda day: day.name.lower())
_converter.register_unstructure_hook(Policy, lambda policy: policy.name)
_converter.register_structure_hook_func(lambda kind: kind == Strength | None, _strength)
_converter.register_structure_hook_func(lambda kind: kind == Ramp, _ramp)


def _first_fault(error: BaseValidationError, name: str) -> RunplanError:
    faults = list(_faults(error, ()))
    # A misspelt key is also a missing one: the misspelling says more.
    path, fault = min(faults, key=lambda each: not isinstance(each[1], ForbiddenExtraKeysError))
    where = f"{name}, {'.'.join(path)}" if path else name
    if isinstance(fault, RunplanError):
        return type(fault)(f"{where}: {fault.must}", fault.given, fault.remedy)
    if isinstance(fault, ForbiddenExtraKeysError):
        known = list(fields_dict(fault.cl))
        key = min(fault.extra_fields)
        do = did_you_mean(key, known, otherwise="leave it out")
        return UnknownName(f"{where}: keys must be among {', '.join(known)}", key, do)
    if isinstance(fault, KeyError):
        missing = ", ".join(".".join(path) for path, each in faults if isinstance(each, KeyError))
        do = "add it, with a value" if ", " not in missing else "add them, each with a value"
        return InvalidValue(f"{name} must hold {missing}", "left out", do)
    return InvalidType(f"{where} must be a list", "something else", "write a list")


def _faults(
    error: BaseException, path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], BaseException]]:
    for note in getattr(error, "__notes__", ()):
        if isinstance(note, AttributeValidationNote):
            path = (*path, note.name)
        if isinstance(note, IterableValidationNote):
            path = (*path, f"[{note.index}]")
    if isinstance(error, BaseValidationError):
        for each in error.exceptions:
            yield from _faults(each, path)
    else:
        yield path, error


def _plan_record(plan: Plan) -> dict[str, object]:
    return {
        "id": plan.id,
        "name": plan.name,
        "timezone": plan.timezone,
        "policy": plan.policy,
        "baseline_min": plan.baseline_min,
        "target_min": plan.target_min,
        "today": plan.today.isoformat(),
        "status": plan.status,
        "start": plan.start.isoformat(),
        "finish": plan.finish and plan.finish.isoformat(),
        "pause": plan.pause and _pause_record(plan.pause),
        "findings": [asdict(finding) for finding in plan.findings],
        "weeks": [_week_record(plan, week) for week in plan.weeks],
        "advice": NO_ADVICE,
    }


def _week_record(plan: Plan, week: Week) -> dict[str, object]:
    return {
        "number": week.number,
        "first": week.first.isoformat(),
        "last": week.last.isoformat(),
        "long_run": week.long_run and _session_record(plan, week.long_run),
        "report": week.report and to_record(week.report),
        "strength": [
            {
                **_session_record(plan, session),
                "prescriptions": [
                    {"exercise": each.exercise.name, "easier": each.easier, **asdict(each.dose)}
                    for each in session.prescriptions
                ],
                "report": report and to_record(report),
            }
            for session, report in zip(week.strength, week.strength_reports, strict=True)
        ],
        "pause": week.pause and _pause_record(week.pause),
    }


def _session_record(plan: Plan, session: LongRun | StrengthSession) -> dict[str, object]:
    levels = (
        {"level_min": session.level_min, "longest_min": session.longest_min}
        if isinstance(session, LongRun)
        else {}
    )
    return {
        "place": session.place,
        "start": session.start.isoformat(),
        "end": session.end.isoformat(),
        "minutes": session.minutes,
        **levels,
        "moved_from": session.moved_from and session.moved_from.isoformat(),
        "mark": plan.mark(session),
        "decision": asdict(session.decision),
    }


def _pause_record(pause: Pause) -> dict[str, object]:
    return {
        "since": pause.since.isoformat(),
        "whom": pause.whom,
        "how_soon": pause.how_soon,
        "resume_min": pause.resume_min,
        "stops_strength": pause.stops_strength,
        "decision": asdict(pause.decision),
    }
