"""The lines of a TOML file, edited so that comments and order stay."""

import re
from collections.abc import Callable, Sequence
from typing import Any

# A table header, [name] or [[name]]; a line of an array is not one, as it has a comma.
_HEADER = re.compile(r"""\s*\[\[?\s*([\w."' -]*?)\s*\]\]?\s*(#.*)?""")
_NOTHING = re.compile(r"\s*(#.*)?")


def headers(lines: Sequence[str]) -> list[tuple[int, str]]:
    """Return the indexes of the header lines, and the names of their tables."""
    found = ((index, _HEADER.fullmatch(line)) for index, line in enumerate(lines))
    return [(index, match[1]) for index, match in found if match]


def end_of_values(lines: Sequence[str], start: int) -> int:
    """Return where the values of a table end; comments below belong to the next table."""
    end = next((index for index, _ in headers(lines) if index >= start), len(lines))
    while end > start and _NOTHING.fullmatch(lines[end - 1]):
        end -= 1
    return end


def with_line(text: str, table: str, key: str, line: str) -> str:
    """Return the text with a line added to a table, below an example of it or the last value."""
    lines = text.split("\n")
    start = next((index + 1 for index, name in headers(lines) if name == table), 0)
    end = next((index for index, _ in headers(lines) if index >= start), len(lines))
    example = re.compile(rf"# ?{key} ?=.*")
    examples = [index + 1 for index in range(start, end) if example.fullmatch(lines[index])]
    lines.insert(examples[-1] if examples else end_of_values(lines, start), line)
    return "\n".join(lines)


def without_tables(text: str, name: str) -> str:
    """Return the text without a table and its subtables."""
    lines = text.split("\n")
    for index, each in reversed(headers(lines)):
        if each == name or each.startswith(f"{name}."):
            del lines[index : end_of_values(lines, index + 1)]
            if lines[index - 1 : index + 1] == ["", ""]:
                del lines[index]
    return "\n".join(lines)


def same_line_ends(edit: Callable[[str], str], text: str) -> str:
    """Return a text edited with line ends of LF, with the line ends that it had."""
    if "\r\n" in text and text.count("\r\n") == text.count("\n"):
        return edit(text.replace("\r\n", "\n")).replace("\n", "\r\n")
    return edit(text)


def with_values(text: str, table: str, old: dict[str, Any], new: dict[str, Any]) -> str:
    """
    Return the text with the values of a table changed; those that stay are not touched.

    Args:
        text: The text of a TOML file.
        table: The name of the table; it need not be there.
        old: Its values as they are; those left out are not there, or not worth a line.
        new: Its values as they should be.
    """
    # tomlkit comes with the extra "cli".
    import tomlkit  # noqa: PLC0415

    changed = {key: new.get(key) for key in (*old, *new) if old.get(key) != new.get(key)}
    if not changed:
        return text
    document: Any = tomlkit.parse(text)
    if table not in document:
        lines = [f"{key} = {toml_value(value)}" for key, value in changed.items()]
        return "\n".join([text.rstrip("\n"), "", f"[{table}]", *lines, ""]).lstrip("\n")
    is_inline = table not in [name for _, name in headers(text.split("\n"))]
    added = []
    for key, value in changed.items():
        if value is None:
            document[table].pop(key, None)
        elif key in document[table] or is_inline:
            document[table][key] = tomlkit.value(toml_value(value))
        else:
            added.append(key)
    text = tomlkit.dumps(document)
    for key in added:
        text = with_line(text, table, key, f"{key} = {toml_value(new[key])}")
    return text


def toml_value(value: Any) -> str:  # noqa: ANN401 (a number, a text, true, false, or a table)
    """
    Return a value as TOML.

    >>> toml_value({"long_run": 60, "strength": 15})
    '{ long_run = 60, strength = 15 }'
    """
    import tomlkit  # noqa: PLC0415

    if isinstance(value, dict):
        return f"{{ {', '.join(f'{key} = {toml_value(each)}' for key, each in value.items())} }}"
    return str(tomlkit.item(value).as_string())
