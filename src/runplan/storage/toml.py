"""rebuild.toml: the request as a file for people to edit."""

import tomllib
from collections.abc import Iterator
from datetime import date
from typing import Any

from attrs import evolve

from runplan._base.files import PathLike
from runplan.errors import InvalidValue
from runplan.planning.request import Rebuild
from runplan.planning.strength_work import Strength
from runplan.storage.settings import tables_of
from runplan.storage.structuring import structured, unstructured
from runplan.storage.template import to_toml
from runplan.storage.toml_lines import (
    end_of_values,
    headers,
    same_line_ends,
    with_line,
    without_tables,
)
from runplan.storage.toml_syntax import read_text

__all__ = ["edited", "load_rebuild", "to_toml"]


def load_rebuild(path: PathLike) -> Rebuild:
    r"""
    Return the rebuild described by a TOML file.

    Its keys are the fields of Rebuild, Slot, Strength, Exercise and Away;
    docs/reference/rebuild-toml.md shows them all. The tables [calendar] and [publish] are left to
    load_settings.

    Args:
        path: The file.

    Raises:
        UnusableFile: If it cannot be read.
        InvalidType: If a value has the wrong type.
        InvalidValue: If it is not TOML, lacks a required key, or holds an invalid value.
        UnknownName: If it holds an unknown key; the error suggests the closest one.

    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder, "rebuild.toml")
    ...     _ = path.write_text(
    ...         'baseline_min = 40\ntarget_min = 60\nstart = 2026-11-30\ntimezone = "UTC"\n'
    ...     )
    ...     load_rebuild(path).target_min
    60
    """
    return _described(*read_text(path))


def _described(text: str, name: str) -> Rebuild:
    """Return the request described by the text of a file."""
    table, _ = tables_of(text, name)
    return structured(table, Rebuild, where=name)


_NAME = "rebuild.toml"


def edited(text: str, before: Rebuild, after: Rebuild) -> str:
    """
    Return the text of a rebuild.toml edited to describe another request.

    Everything else stays, including comments, except those within a value or a table that is
    removed.

    Args:
        text: The text of the file.
        before: The request it describes. Its id need not be in the file.
        after: The request it should describe.

    Raises:
        RunplanError: If the text cannot be read, as in load_rebuild.
        InvalidValue: If it describes another request, or cannot be edited the way it is written.

    >>> rebuild = Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC")
    >>> "target_min = 90" in edited(to_toml(rebuild), rebuild, evolve(rebuild, target_min=90))
    True
    """
    described = _described(text, _NAME)
    if evolve(described, id=before.id) != before:
        raise InvalidValue(f"{_NAME} must stay as it was read", "changed meanwhile", "try again")
    try:
        written = same_line_ends(lambda lines: _written(lines, described, after), text)
        if _described(written, _NAME) == after:
            return written
        reason = "another way"
    except (ValueError, TypeError, LookupError) as error:
        # These cover all errors of tomlkit and of runplan.
        reason = str(error)
    must = f"{_NAME} must be written in a way that runplan can change"
    do = "change it in an editor: runplan counts that as a change from the same day"
    raise InvalidValue(must, reason, do)


def _written(text: str, before: Rebuild, after: Rebuild) -> str:
    """Return the edited text."""
    # tomlkit comes with the extra "cli".
    import tomlkit  # noqa: PLC0415
    from tomlkit.items import Array  # noqa: PLC0415

    old, new = _toml_of(before), _toml_of(after)
    away, ranges = old.pop("away"), new.pop("away")
    for table in _rewritten(old, new):
        text = without_tables(text, table)
    text = _without_values(text, old, new)
    known = {"", *(name for _, name in headers(text.split("\n")))}
    document = tomlkit.parse(text)
    if "id" not in document and evolve(after, id=None).id != after.id:
        # It is derived from the name and the start, which have changed.
        del old["id"]
    lines = list(_update(document, old, new, known))
    if away != ranges and isinstance(document.get("away"), Array):
        _update_array(document["away"], away, ranges)
        away = ranges
    text = tomlkit.dumps(document)
    for table, key, line in lines:
        text = with_line(text, table, key, line)
    return text if away == ranges else _with_away(text, ranges)


def _without_values(text: str, old: dict[str, Any], new: dict[str, Any]) -> str:
    """Return the text without the values of tables that are no longer there."""
    import tomlkit  # noqa: PLC0415

    both = [name for name in old if isinstance(old[name], dict) and isinstance(new[name], dict)]
    values = [(name, key) for name in both for key in old[name] if old[name][key] is not None]
    # One at a time: tomlkit cannot remove two dotted keys of one table from a document.
    for name, key in values:
        if new[name].get(key) is None:
            document: Any = tomlkit.parse(text)
            del document[name][key]
            text = tomlkit.dumps(document)
    return text


def _toml_of(rebuild: Rebuild) -> dict[str, Any]:
    """Return the fields of a request as TOML values."""
    values: dict[str, Any] = _in_toml(unstructured(rebuild))
    return values if rebuild.strength else {**values, "strength": False}


_DAYS = ("start", "first", "last", "assessed_on", "last_day")


def _in_toml(value: Any, key: str = "") -> Any:  # noqa: ANN401 (any plain value)
    """Return a value of a record as a TOML value: with native dates, and without null."""
    if isinstance(value, dict):
        return {name: _in_toml(each, name) for name, each in value.items() if each is not None}
    if key == "ramp":
        return [["then" if weeks is None else weeks, sessions] for weeks, sessions in value]
    if isinstance(value, list):
        return [_in_toml(each) for each in value]
    return date.fromisoformat(value) if key in _DAYS else value


def _rewritten(old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    """Return the names of the tables to remove and write again."""
    for key in ("strength", "policy"):
        if isinstance(old[key], dict) and not isinstance(new[key], dict):
            yield key
    was, work = old["strength"], new["strength"]
    if was and work and was["exercises"] != work["exercises"]:
        yield "strength.exercises"


def _update(
    table: Any,  # noqa: ANN401 (a table of tomlkit)
    old: dict[str, Any],
    new: dict[str, Any],
    known: set[str],
    name: str = "",
) -> Iterator[tuple[str, str, str]]:
    """Change what differs, and return lines to add, each with its table and its key."""
    import tomlkit  # noqa: PLC0415

    for key in dict.fromkeys((*old, *new)):
        was, value, there = old.get(key), new.get(key), table.get(key)
        if was == value:
            continue
        if value is None:
            table.pop(key, None)
        elif isinstance(value, dict) and isinstance(there, dict):
            yield from _update(there, old[key], value, known, key)
        elif isinstance(value, dict):
            table.pop(key, None)
            table[key] = _unusual(value) if key == "strength" else value
        elif there is None and name in known:
            # tomlkit would put it below the comments about the next table.
            line = f"{key} = {tomlkit.item(value).as_string()}"
            if key == "exercises":
                line = f"\n{tomlkit.dumps({name: {key: value}}).strip()}"
            yield name, key, line
        else:
            table[key] = value


def _unusual(strength: dict[str, Any]) -> dict[str, Any]:
    """Return the values of a new strength table: those that are not defaults."""
    usual = _in_toml(unstructured(Strength()))
    return {key: value for key, value in strength.items() if value != usual.get(key)}


def _update_array(array: Any, old: list[Any], new: list[Any]) -> None:  # noqa: ANN401
    """Change the away ranges in an array of inline tables."""
    import tomlkit  # noqa: PLC0415

    kept = [each for each in old if each in new]
    if kept != [each for each in new if each in kept]:
        kept = []
    for index in reversed(range(len(old))):
        if old[index] not in kept:
            del array[index]
    for index, each in enumerate(new):
        if each not in kept:
            table = tomlkit.inline_table()
            table.update(each)
            array.insert(index, table)


def _with_away(text: str, ranges: list[dict[str, date]]) -> str:
    """Return the text with these [[away]] tables; those that stay keep their comments."""
    lines = text.split("\n")
    there: list[tuple[dict[str, date], list[str]]] = []
    place = len(lines)
    while lines[place - 1] == "":
        place -= 1
    for index, name in reversed(headers(lines)):
        if name == "away":
            place = index
            while lines[place - 1].lstrip().startswith("#"):
                place -= 1
            end = end_of_values(lines, index + 1)
            (table,) = tomllib.loads("\n".join(lines[index:end]))["away"]
            days = {key: date.fromisoformat(str(day)) for key, day in table.items()}
            there.append((days, lines[place:end]))
            while lines[place - 1] == "":
                place -= 1
            del lines[place:end]
    new = []
    for each in ranges:
        usual = ["[[away]]", *(f"{key} = {day}" for key, day in each.items())]
        new += ["", *next((block for known, block in there if known == each), usual)]
    lines[place:place] = new
    return "\n".join(lines)
