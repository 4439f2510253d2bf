"""
The converter between values and plain values, and its errors.

The classes check and convert their own fields: texts and numbers are passed to them unchanged, and
their errors are more helpful than a converter's.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, TypeVar, cast, get_args, get_origin

from attrs import evolve, fields_dict, has
from cattrs import (
    AttributeValidationNote,
    BaseValidationError,
    Converter,
    ForbiddenExtraKeysError,
    IterableValidationNote,
)
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn, override

from runplan._base.dates import Date, Time, WeekDay, to_day, to_time, to_weekday, to_zone
from runplan.calendar.options import Alarms
from runplan.errors import InvalidType, InvalidValue, RunplanError, UnknownName, did_you_mean
from runplan.model.entries import StrengthReport
from runplan.model.exercises import EXERCISES, Exercise
from runplan.planning.changes import CHANGEABLE, Change
from runplan.planning.ramp import Ramp
from runplan.planning.request import Rebuild
from runplan.planning.strength_work import Strength
from runplan.policy.policy import Policy
from runplan.storage.policy_records import policy_name_or_record, to_policy

Structured = TypeVar("Structured")

# TOML has no null, so this word marks the last phase of a ramp.
_OPEN_END = "then"


def structured(values: object, kind: type[Structured], *, where: str) -> Structured:
    """
    Return a value of a class from a dict of its fields.

    Raises:
        InvalidType: If a value has the wrong type.
        InvalidValue: If a value is missing or invalid.
        UnknownName: If it has an unknown key.
    """
    try:
        return _converter.structure(values, kind)
    except BaseValidationError as error:
        raise _first_fault(error, where) from None
    except RunplanError as error:
        raise located(error, where) from None


def unstructured(value: Any) -> dict[str, Any]:  # noqa: ANN401 (any value of runplan)
    """Return the fields of a value as plain values."""
    record: dict[str, Any] = _converter.unstructure(value)
    return record


def _table(kind: type, _: object = None) -> Callable[[object, object], object]:
    """Return a hook that reads a class from a dict of its fields."""
    overrides: dict[str, Any] = {}
    if kind in {Rebuild, Change}:
        # A zone is plain text: only its key identifies it.
        overrides["timezone"] = override(struct_hook=lambda value, _: to_zone(value))
    if kind is Change:
        for name in CHANGEABLE:
            in_rebuild = fields_dict(Rebuild)[name].type
            overrides.setdefault(name, override(struct_hook=partial(_as_in_rebuild, in_rebuild)))
    structure: Callable[..., object] = make_dict_structure_fn(
        kind, _converter, _cattrs_forbid_extra_keys=True, **overrides
    )

    def checked(value: object, _: object) -> object:
        if not isinstance(value, Mapping):
            must = f"it must be a table of {', '.join(_keys(kind))}"
            raise InvalidType(must, value, "give its keys as a table")
        return structure(value, kind)

    return checked


def _tables(kind: Any, _: object = None) -> Callable[[object, object], object]:  # noqa: ANN401
    """Return a hook that reads a tuple of one class from a list of dicts."""
    tables: Any = list[get_args(kind)[0]]  # type: ignore[misc]
    structure = _converter.get_structure_hook(tables)

    def checked(value: object, _: object) -> object:
        if not isinstance(value, list | tuple):
            raise InvalidType("it must be a list of tables", value, "give a list, also of one")
        return tuple(structure(value, tables))

    return checked


def _are_tables(kind: Any) -> bool:  # noqa: ANN401 (any type)
    return get_origin(kind) is tuple and has(get_args(kind)[0])


def _keys(kind: type) -> list[str]:
    return [name for name, each in fields_dict(kind).items() if each.init]


def _as_in_rebuild(kind: Any, value: object, _: object) -> object:  # noqa: ANN401 (any type)
    return _converter.structure(value, kind)


def _change_record(change: Change) -> dict[str, Any]:
    left_out = set(CHANGEABLE) - change.values.keys()
    return {key: each for key, each in _change_fields(change).items() if key not in left_out}


# Newer fields. They are left out where they hold their defaults, so that an older runplan can read
# what it knows.
_NEWER: dict[type, tuple[str, ...]] = {
    StrengthReport: ("skipped", "exercises", "reps"),
    Strength: ("equipment", "per_session"),
}
_OF_EXERCISE = ("source", "evidence", "instead")


def _without_newer(kind: type) -> Callable[[Any], dict[str, Any]]:
    omitted: Any = {name: override(omit_if_default=True) for name in _NEWER[kind]}
    return make_dict_unstructure_fn(kind, _converter, **omitted)


def _exercise_record(exercise: Exercise) -> dict[str, Any]:
    """Return the fields of an exercise, without the newer ones if reading restores them."""
    left_out = _OF_EXERCISE if _restored(_older(exercise)) == exercise else ()
    record = _exercise_fields(exercise)
    return {key: value for key, value in record.items() if key not in left_out}


def _exercise(value: object, _: object) -> Exercise:
    exercise = cast("Exercise", _exercise_table(value, Exercise))
    is_older = isinstance(value, Mapping) and value.keys().isdisjoint(_OF_EXERCISE)
    return _restored(exercise) if is_older else exercise


def _restored(older: Exercise) -> Exercise:
    """Return an exercise of the method with the fields that older records lack."""
    return next((each for each in EXERCISES if _older(each) == older), older)


def _older(exercise: Exercise) -> Exercise:
    usual: Any = {name: fields_dict(Exercise)[name].default for name in _OF_EXERCISE}
    return evolve(exercise, **usual)


def _strength(value: object, _: object) -> Strength | None:
    # TOML has no null, so "no strength" is false.
    return None if value is False or value is None else _converter.structure(value, Strength)


def _ramp(value: object, _: object) -> object:
    if not isinstance(value, list) or not all(isinstance(phase, list) for phase in value):
        return value
    return [[None if each == _OPEN_END else each for each in phase] for phase in value]


def _as_it_is(value: object, _: object) -> object:
    # The class itself checks it, with a more helpful error.
    return value


def _is_plain(kind: Any) -> bool:  # noqa: ANN401 (any type)
    """Return whether values of a type are texts, numbers, or lists of them."""
    return not any(map(has, (kind, *get_args(kind)))) and kind not in _WRITTEN


# Types with their own notation.
_WRITTEN = (Date, Time, WeekDay, Date | None, Time | None)

_converter = Converter(unstruct_collection_overrides={tuple: list})
_converter.register_structure_hook_factory(has, _table)
_converter.register_structure_hook_func(_is_plain, _as_it_is)
for _plain in (int, str, bool):
    # cattrs' own hooks for these would turn "45" into 45 and True into 1.
    _converter.register_structure_hook(_plain, _as_it_is)
_converter.register_structure_hook_factory(_are_tables, _tables)
_converter.register_structure_hook_func(lambda kind: kind == Ramp, _ramp)
_converter.register_structure_hook_func(lambda kind: kind == Strength | None, _strength)
# It may also be a number, which CalendarOptions understands.
_converter.register_structure_hook(Alarms, _as_it_is)
_converter.register_structure_hook(Date, lambda value, _: to_day(value))
_converter.register_structure_hook(Time, lambda value, _: to_time(value))
_converter.register_structure_hook(WeekDay, lambda value, _: to_weekday(value))
_converter.register_structure_hook(Policy, lambda value, _: to_policy(value))
_converter.register_unstructure_hook(Date, lambda day: day.isoformat())
_converter.register_unstructure_hook(Time, lambda time: f"{time:%H:%M}")
_converter.register_unstructure_hook(WeekDay, lambda day: day.name.lower())
_converter.register_unstructure_hook(Policy, policy_name_or_record)
_exercise_table = _table(Exercise)
_exercise_fields = make_dict_unstructure_fn(Exercise, _converter)
_converter.register_structure_hook(Exercise, _exercise)
_converter.register_unstructure_hook(Exercise, _exercise_record)
for _kind in _NEWER:
    _converter.register_unstructure_hook(_kind, _without_newer(_kind))
_change_fields = make_dict_unstructure_fn(Change, _converter)
_converter.register_unstructure_hook(Change, _change_record)


def _first_fault(error: BaseValidationError, where: str) -> RunplanError:
    faults = list(_faults(error, ()))
    # A misspelt key is also a missing one; reporting the misspelling helps more.
    path, fault = min(faults, key=lambda each: not isinstance(each[1], ForbiddenExtraKeysError))
    place = f"{where}, {'.'.join(path)}" if path else where
    if isinstance(fault, RunplanError):
        return located(fault, place)
    if isinstance(fault, ForbiddenExtraKeysError):
        known = _keys(fault.cl)
        key = min(map(str, fault.extra_fields))
        do = did_you_mean(key, known, otherwise="leave it out")
        return UnknownName(f"{place}: keys must be among {', '.join(known)}", key, do)
    # Every class checks its own values, so only missing keys remain.
    missing = ", ".join(".".join(path) for path, each in faults if isinstance(each, KeyError))
    do = "add it, with a value" if ", " not in missing else "add them, each with a value"
    return InvalidValue(f"{where} must hold {missing}", "left out", do)


def located(error: RunplanError, where: str) -> RunplanError:
    """
    Return an error with its location added.

    >>> str(located(InvalidValue("pain must be small", 11, "be careful"), "line 3"))
    'line 3: pain must be small (was 11): be careful'
    """
    return type(error)(f"{where}: {error.must}", error.given, error.remedy)


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
