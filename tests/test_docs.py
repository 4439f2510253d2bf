"""The documentation says what the code says. Run as a script, this rewrites the rule tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest

import runplan
from runplan import (
    CAUTIOUS,
    FIVE_MINUTES,
    Away,
    Dose,
    Exercise,
    Policy,
    Rebuild,
    RedFlag,
    Slot,
    Strength,
    load_rebuild,
)
from runplan.storage.entries import TYPES

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
TOML = DOCS / "reference" / "rebuild-toml.md"
RULES = DOCS / "explanation" / "rules.md"
TABLES = {"five-minutes": FIVE_MINUTES, "cautious": CAUTIOUS}


def table(policy: Policy) -> str:
    """Write a policy's rows as a Markdown table."""
    rows = policy.rows()
    head = [column.capitalize() for column in rows[0]]
    lines = [head, ["---"] * len(head)]
    lines += [[f"`{row.pop('rule')}`", *row.values()] for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def between(marker: str) -> re.Pattern[str]:
    """Find what stands between a marker and its end."""
    return re.compile(rf"(?<=<!-- {marker} -->\n)(.*?)(?=<!-- /{marker} -->)", re.DOTALL)


def rewrite() -> None:
    """Write the rule tables anew from the policies."""
    page = RULES.read_text(encoding="utf-8")
    for marker, policy in TABLES.items():
        page = between(marker).sub(lambda _, policy=policy: f"\n{table(policy)}\n\n", page)
    RULES.write_text(page, encoding="utf-8")


@pytest.mark.parametrize("marker", TABLES)
def test_the_table_in_the_docs_is_the_table_of_the_policy(marker: str) -> None:
    """Word for word, as policy.rows() gives it."""
    shown = between(marker).search(RULES.read_text(encoding="utf-8"))

    assert shown is not None
    assert shown[0].strip() == table(TABLES[marker]), "run tests/test_docs.py to rewrite it"


def test_every_public_name_has_its_place_in_the_reference() -> None:
    """Once, and nothing else."""
    page = (DOCS / "reference" / "api.md").read_text(encoding="utf-8")

    documented = re.findall(r"^\.\. auto\w+:: runplan\.(\w+)$", page, re.MULTILINE)

    assert sorted(documented) == sorted(runplan.__all__)


def test_every_source_that_the_code_names_is_in_the_docs() -> None:
    """A docstring that names a page or an anchor names one that is there."""
    code = "\n".join(
        path.read_text(encoding="utf-8") for path in sorted((ROOT / "src").rglob("*.py"))
    )

    named = set(re.findall(r"docs/([a-z/-]+\.md)(?:#([a-z0-9-]+))?", code))
    missing = [
        f"{page}#{anchor}" for page, anchor in named if not anchor_exists(DOCS / page, anchor)
    ]

    assert ("reference/sources.md", "away") in named
    assert not missing


def anchor_exists(page: Path, anchor: str) -> bool:
    """Say whether the page is there and has the anchor as a target and as a heading."""
    if not page.is_file():
        return False
    text = page.read_text(encoding="utf-8")
    heading = anchor.replace("-", " ").capitalize()
    return not anchor or f"({anchor})=\n## {heading}\n" in text


def test_every_command_and_option_is_in_the_reference() -> None:
    """Each under its command, and no others."""
    click = pytest.importorskip("click", reason="the command line is an extra")
    from runplan.cli import main  # noqa: PLC0415 (it needs click)

    page = (DOCS / "reference" / "cli.md").read_text(encoding="utf-8")
    sections = dict(
        re.findall(r"^## runplan ([a-z -]+)$(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    )
    commands = dict(every_command(main))

    assert {"log strength", "what-if"} < commands.keys()
    assert sorted(sections) == sorted(commands)
    for name, command in commands.items():
        options = {
            option
            for each in command.params
            if isinstance(each, click.Option)
            for option in each.opts
        }
        written = {
            option
            for row in re.findall(r"^\| (`-.*?) \|", sections[name], re.MULTILINE)
            for option in re.findall(r"(?<=`)-[a-z-]+", row)
        }
        assert written == options, name


def every_command(group: Any, names: str = "") -> Iterator[tuple[str, Any]]:
    """Give the commands of a group and of the groups in it, each with its names on the line."""
    for name, command in group.commands.items():
        yield f"{names}{name}", command
        if hasattr(command, "commands"):
            yield from every_command(command, f"{names}{name} ")


@pytest.mark.parametrize("kind", TYPES)
def test_every_key_of_a_log_jsonl_is_in_the_reference(kind: str) -> None:
    """Each type of line has a section, and each of its keys a place in a row there."""
    page = (DOCS / "reference" / "log-jsonl.md").read_text(encoding="utf-8")

    section = re.search(rf"^## `{kind}`$(.*?)(?=^## )", page, re.MULTILINE | re.DOTALL)

    assert section is not None
    cells = re.findall(r"^\| (`.*?) \|", section[1], re.MULTILINE)
    keys = [key for cell in cells for key in re.findall(r"`(\w+)`", cell)]
    assert keys == [field.name for field in attrs.fields(TYPES[kind]) if field.init]


def test_every_red_flag_is_in_the_reference() -> None:
    """With its tier and its words, in the order of the list."""
    page = (DOCS / "reference" / "log-jsonl.md").read_text(encoding="utf-8")

    _, _, section = page.partition("## Red flags")
    rows = re.findall(r"^\| `([a-z-]+)` \| (\w+) \| (.+) \|$", section, re.MULTILINE)

    assert rows == [(flag.value, flag.tier, flag.words) for flag in RedFlag]


def test_every_finding_is_in_the_table_of_findings() -> None:
    """Each code that the safety room gives, and no others."""
    code = (ROOT / "src" / "runplan" / "planning" / "findings.py").read_text(encoding="utf-8")
    given = re.findall(r'"((?:[a-z0-9]+-)+[a-z0-9]+)"|code="([a-z]+)"', code)

    _, _, table_of_findings = RULES.read_text(encoding="utf-8").partition("## Findings")

    written = re.findall(r"^\| `([a-z0-9-]+)` \|", table_of_findings, re.MULTILINE)
    assert sorted(written) == sorted({one or other for one, other in given})


@pytest.mark.parametrize("kind", [Rebuild, Slot, Strength, Exercise, Dose, Away])
def test_every_key_of_a_rebuild_toml_is_in_the_reference(kind: type) -> None:
    """Each field has a row of a table, or a table of its own."""
    page = TOML.read_text(encoding="utf-8")

    for field in attrs.fields(kind):
        assert re.search(rf"^(\| `{field.name}` \||## `\[+{field.name}\]+`)", page, re.MULTILINE)


def test_the_examples_of_a_rebuild_toml_can_be_planned(tmp_path: Path) -> None:
    """The whole one, the smallest one, and the smallest one without strength."""
    whole, smallest, no_strength = re.findall(
        r"^```toml\n(.*?)^```$", TOML.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    finishes = []
    for number, text in enumerate([whole, smallest, smallest + no_strength]):
        path = tmp_path / f"{number}.toml"
        path.write_text(text, encoding="utf-8")
        finishes.append(runplan.build(load_rebuild(path)).finish.isoformat())

    assert finishes == ["2027-02-07", "2027-01-24", "2027-01-03"]


if __name__ == "__main__":
    rewrite()
