"""The syntax of a TOML file: parsing it, and saying in plain words what is wrong."""

import codecs
import re
import tomllib
from typing import Any

from runplan._base.files import PathLike, read_whole, shown_name
from runplan.errors import InvalidValue


def read_text(path: PathLike) -> tuple[str, str]:
    """
    Return the text of a file, and the file's name for error messages.

    Raises:
        UnusableFile: If it cannot be read.
        InvalidValue: If it is not UTF-8.
    """
    data, name = read_whole(path), shown_name(path)
    try:
        return data.decode(), name
    except UnicodeDecodeError as error:
        raise InvalidValue(f"{name} must be UTF-8", str(error), "save it as UTF-8") from None


def parsed(text: str, name: str) -> dict[str, Any]:
    """
    Return the table that a text describes.

    Args:
        text: The text of a TOML file.
        name: The file's name, for error messages.

    Raises:
        InvalidValue: If it is not TOML; the error names the line and what is probably missing.
    """
    if text.startswith("\ufeff"):
        must = f"{name} must be UTF-8 without a byte-order mark"
        raise InvalidValue(must, codecs.BOM_UTF8, "save it without one")
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        # A number with too many digits gives a plain ValueError.
        raise _fault(text, name, str(error)) from None


_PLACE = re.compile(r"\(at (?:line (\d+), column (\d+)|end of document)\)")
_SETTING = re.compile(r"\s*[\w.\"'-]+\s*=\s*(.*)")
_TEXT = re.compile(r"""\"(?:\\.|[^"\\])*\"|'[^']*'""")
_HEADER = re.compile(r"\[[\w.]+\]|\[\[[\w.]+\]\]")
# The beginnings of values: texts, numbers, days, lists, tables, true and false.
_VALUE = re.compile(r"[\"'\[{+\-\d]|true\b|false\b|inf\b|nan\b")


def _fault(text: str, name: str, reason: str) -> InvalidValue:
    place = _PLACE.search(reason)
    if not place:
        return InvalidValue(f"{name} must be TOML", reason, "write it in another way")
    lines = text.split("\n")
    if place[1]:
        number, where = int(place[1]), f"line {place[1]}, column {place[2]}"
    else:
        # A text that is not closed may go on to the end.
        is_open = (index for index, each in enumerate(lines, 1) if _has_open_quote(each))
        number = next(is_open, len(text.rstrip().split("\n")))
        where = f"line {number}"
    line = lines[number - 1].strip()
    must = f"{name} must be TOML: it cannot be read at {where}"
    return InvalidValue(must, line, _remedy(line, reason))


def _remedy(line: str, reason: str) -> str:
    """Return what to do about a line that cannot be read."""
    setting = _SETTING.fullmatch(line)
    value = setting[1] if setting else ""
    remedies = (
        ("Cannot" in reason, "this key or table is there twice: keep one"),
        (
            # A line that cannot be read from its beginning still belongs to a list.
            "Unclosed" in reason
            or "column 1)" in reason
            or line.endswith("[")
            or _HEADER.fullmatch(line),
            "a bracket is missing: close each one that is opened",
        ),
        (
            "Unescaped" in reason or "hex" in reason,
            "put the text in single quotes: \\ has a meaning in double ones",
        ),
        (_has_open_quote(line), "a quotation mark is missing: put one at the end of the text"),
        (line.startswith("["), "write a header like [strength] or [[away]]"),
        (not setting, "write a setting like baseline_min = 40"),
        (not value, "add a value after ="),
        ("date" in reason, "there is no such day or time: write it like 2026-11-30"),
        (not _VALUE.match(value), "put the text in quotation marks"),
    )
    otherwise = "leave out what follows the value, or put a text in quotation marks"
    return next((remedy for applies, remedy in remedies if applies), otherwise)


def _has_open_quote(line: str) -> bool:
    rest = _TEXT.sub("", line).partition("#")[0]
    return '"' in rest or "'" in rest
