"""The settings beside a request in rebuild.toml: how its calendar is written and published."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import Attribute, asdict, field, fields, frozen

from runplan._base.files import PathLike
from runplan._base.validators import or_none, web_address
from runplan.calendar.options import Alarms, CalendarOptions
from runplan.calendar.options import settings as calendar_settings
from runplan.errors import InvalidType, InvalidValue, UnknownName
from runplan.model.away import Away
from runplan.model.exercises import Exercise
from runplan.planning.request import Rebuild, Slot
from runplan.planning.strength_work import Strength
from runplan.policy.policy import Policy
from runplan.storage.structuring import structured
from runplan.storage.toml_lines import same_line_ends, with_values
from runplan.storage.toml_syntax import parsed, read_text

_URL = or_none(web_address("put them into the environment, as RUNPLAN_USER and RUNPLAN_PASSWORD"))
_NAME = re.compile(r"[\w-]{1,200}", re.ASCII)


def _address(_: object, attribute: "Attribute[Any]", value: object) -> None:
    must = f"{attribute.name} must be letters, digits, - and _, at most 200"
    if not isinstance(value, str):
        raise InvalidType(must, value, "put it in quotes")
    if not _NAME.fullmatch(value):
        raise InvalidValue(must, value, "keep the one that runplan made")


@frozen(kw_only=True)
class PublishSettings:
    """
    Where the calendar is published.

    Attributes:
        to: The address of the folder to write it to. None: it is not sent anywhere.
        public: The address under which others find that folder. None: the same.
        address: The name of the files in it, which nobody can guess. None: there is none yet.

    Raises:
        InvalidType: If a value is not text.
        InvalidValue: If an address is none, or holds a user or a password.

    >>> PublishSettings(to="https://example.org/anna/").public is None
    True
    """

    to: str | None = field(default=None, validator=_URL)
    public: str | None = field(default=None, validator=_URL)
    address: str | None = field(default=None, validator=or_none(_address))


@frozen(kw_only=True)
class Settings:
    """
    The settings in a rebuild.toml that are not part of the request.

    Attributes:
        calendar: How the calendar is written.
        publish: Where it is published.

    >>> Settings().calendar.emoji
    False
    """

    calendar: CalendarOptions = field(factory=CalendarOptions)
    publish: PublishSettings = field(factory=PublishSettings)


# The tables of a rebuild.toml with their keys; "" is the top level.
_TABLES: Mapping[str, tuple[str, ...]] = {
    "": tuple(each.name for each in (*fields(Rebuild), *fields(Settings))),
    "long_run": tuple(each.name for each in fields(Slot)),
    "strength": tuple(each.name for each in fields(Strength)),
    "strength.exercises": tuple(each.name for each in fields(Exercise)),
    "away": tuple(each.name for each in fields(Away)),
    "policy": tuple(each.name for each in fields(Policy)),
    "calendar": tuple(each.name for each in fields(CalendarOptions)),
    "calendar.alarm_min": tuple(each.name for each in fields(Alarms)),
    "publish": tuple(each.name for each in fields(PublishSettings)),
}
_LISTS = {"strength.exercises", "away"}


def tables_of(text: str, name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """
    Return the keys of a request from the text of a rebuild.toml, and those of its settings.

    Args:
        text: The text.
        name: The file's name, for error messages.

    Raises:
        InvalidValue: If it is not TOML.
        UnknownName: If a key belongs to another table.
    """
    table = parsed(text, name)
    for path, each in _tables(table):
        for key in each:
            if key not in _TABLES[path]:
                _must_not_belong_elsewhere(key, path, name)
    others = {each.name: table.pop(each.name, {}) for each in fields(Settings)}
    return table, others


def _tables(table: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Return the tables there are, with their names."""
    yield "", table
    for path in filter(None, _TABLES):
        found: Any = table
        for key in path.split("."):
            found = found.get(key) if isinstance(found, dict) else None
        for each in found if isinstance(found, list) else [found]:
            if isinstance(each, dict):
                yield path, each


def _must_not_belong_elsewhere(key: str, path: str, name: str) -> None:
    """Reject a key that a table does not have, if another one does."""
    homes = [each for each, keys in _TABLES.items() if key in keys]
    if not homes:
        return
    places = [f"under {_header(each)}" for each in homes if each]
    if "" in homes:
        places.append("above the first header, as a header takes all keys below it")
    where = f"{name}, {path}" if path else name
    must = f"{where}: keys must be among {', '.join(_TABLES[path])}"
    raise UnknownName(must, key, f"move it {' or '.join(places)}")


def _header(path: str) -> str:
    return f"[[{path}]]" if path in _LISTS else f"[{path}]"


def load_settings(path: PathLike) -> Settings:
    r"""
    Return the settings of a rebuild.toml: its tables [calendar] and [publish].

    Both may be missing.

    Args:
        path: The file.

    Raises:
        UnusableFile: If it cannot be read.
        InvalidType: If a value has the wrong type.
        InvalidValue: If it is not TOML, or holds an invalid value.
        UnknownName: If one of the tables holds an unknown key.

    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder, "rebuild.toml")
    ...     _ = path.write_text('[calendar]\nmorning = "08:00"\n')
    ...     load_settings(path).calendar.morning.isoformat()
    '08:00:00'
    """
    return _settings(*read_text(path))


def _settings(text: str, name: str) -> Settings:
    _, table = tables_of(text, name)
    return Settings(
        calendar=structured(table["calendar"], CalendarOptions, where=f"{name}, calendar"),
        publish=structured(table["publish"], PublishSettings, where=f"{name}, publish"),
    )


def with_calendar(text: str, options: CalendarOptions) -> str:
    r"""
    Return the text of a rebuild.toml with other options in its table [calendar].

    Everything else stays, including comments.

    Raises:
        RunplanError: If the text cannot be read, as in load_settings.
        InvalidValue: If it cannot be edited the way it is written.

    >>> with_calendar("[calendar]\nemoji = true # 🏃\n", CalendarOptions(emoji=True, alarm_min=30))
    '[calendar]\nemoji = true # 🏃\nalarm_min = 30\n'
    """
    old = _settings(text, _FILE)
    return _edited(text, "calendar", old, Settings(calendar=options, publish=old.publish))


def with_publish(text: str, settings: PublishSettings) -> str:
    r"""
    Return the text of a rebuild.toml with other settings in its table [publish].

    Everything else stays, including comments.

    Raises:
        RunplanError: If the text cannot be read, as in load_settings.
        InvalidValue: If it cannot be edited the way it is written.

    >>> with_publish("target_min = 60\n", PublishSettings(to="https://example.org/anna/"))
    'target_min = 60\n\n[publish]\nto = "https://example.org/anna/"\n'
    """
    old = _settings(text, _FILE)
    return _edited(text, "publish", old, Settings(calendar=old.calendar, publish=settings))


_FILE = "rebuild.toml"


def _edited(text: str, table: str, old: Settings, new: Settings) -> str:
    was, values = _values(old)[table], _values(new)[table]
    try:
        written = same_line_ends(lambda lines: with_values(lines, table, was, values), text)
        if _settings(written, _FILE) == new:
            return written
        reason = "another way"
    except (ValueError, TypeError, LookupError) as error:
        # These cover all errors of tomlkit and of runplan.
        reason = str(error)
    must = f"{_FILE} must be written in a way that runplan can change"
    raise InvalidValue(must, reason, f"change [{table}] in an editor")


def _values(settings: Settings) -> dict[str, dict[str, Any]]:
    """Return the values in each table."""
    publish = asdict(settings.publish, filter=lambda _, value: value is not None)
    return {"calendar": calendar_settings(settings.calendar), "publish": publish}
