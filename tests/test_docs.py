"""The documentation says what the code says. Run as a script, this rewrites the rule tables."""

from __future__ import annotations

import re
from calendar import month_abbr, month_name
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
    CalendarOptions,
    Dose,
    Exercise,
    Policy,
    Rebuild,
    RedFlag,
    Slot,
    Strength,
    load_rebuild,
)
from runplan.policy.policy import EVIDENCE
from runplan.storage.converter import ENTRIES, SCHEMA
from runplan.storage.settings import PublishSettings, Settings, load_settings

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
RULES = DOCS / "explanation" / "rules.md"
REFERENCE = DOCS / "reference"
SOURCES = REFERENCE / "sources.md"
PAGES = sorted([*DOCS.rglob("*.md"), *ROOT.glob("*.md")])
CODE = sorted((ROOT / "src").rglob("*.py"))
TABLES = {"five-minutes": FIVE_MINUTES, "cautious": CAUTIOUS}


def read(path: Path) -> str:
    """Return the text of a file."""
    return path.read_text(encoding="utf-8")


def find(pattern: str, text: str) -> list[Any]:
    """Return all matches of a pattern whose ^ and $ are ends of lines."""
    return re.findall(pattern, text, re.MULTILINE)


def sections(path: Path, heading: str) -> dict[str, str]:
    """Return the sections of a page by what their headings name."""
    level = heading.partition(" ")[0]
    return dict(find(rf"^{heading}$((?s:.*?))(?=^#{{1,{len(level)}}} |\Z)", read(path)))


def table(policy: Policy) -> str:
    """Return a policy's rows as a Markdown table."""
    rows = policy.rows()
    head = [column.capitalize() for column in rows[0]]
    lines = [head, ["---"] * len(head)]
    lines += [[f"`{row.pop('rule')}`", *row.values()] for row in rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def between(marker: str) -> re.Pattern[str]:
    """Match the text between a marker and its end."""
    return re.compile(rf"(?<=<!-- {marker} -->\n)(.*?)(?=<!-- /{marker} -->)", re.DOTALL)


def rewrite() -> None:
    """Write the rule tables from the policies."""
    page = read(RULES)
    for marker, policy in TABLES.items():
        page = between(marker).sub(lambda _, policy=policy: f"\n{table(policy)}\n\n", page)
    RULES.write_text(page, encoding="utf-8")


@pytest.mark.parametrize("marker", TABLES)
def test_the_table_in_the_docs_is_the_table_of_the_policy(marker: str) -> None:
    """Word for word, as policy.rows() gives it."""
    shown = between(marker).search(read(RULES))

    assert shown is not None
    assert shown[0].strip() == table(TABLES[marker]), "run tests/test_docs.py to rewrite it"


def test_every_rule_is_explained_in_order_with_its_evidence_and_source() -> None:
    """Each has a section that sees, does and gives a reason, and links to an existing source."""
    careful = [rule for rule in CAUTIOUS.rules if rule not in FIVE_MINUTES.rules]
    rules = [*FIVE_MINUTES.rules, *careful]

    explained = sections(RULES, "### ([a-z-]+)")

    assert list(explained) == [rule.name for rule in rules]
    for rule in rules:
        section = explained[rule.name]
        parts = find(r"^- \*\*(\w+)", section)
        assert parts == ["Sees", "Does", "Why", "Evidence"], rule.name
        assert find(rf"^- \*\*Evidence\*\*: {rule.evidence}\b", section), rule.name
        (anchor,) = find(r"\[Source\]\(\.\./reference/sources\.md#([a-z-]+)\)", section)
        assert anchor_exists(SOURCES, anchor), rule.name


def test_every_strength_of_evidence_is_one_that_a_rule_may_have() -> None:
    """The words in the sources are those of the rule tables, and each is explained."""
    explained, *tables = re.split(r"^\([a-z-]+\)=$", read(SOURCES), flags=re.MULTILINE)

    rows = [line.split("|") for each in tables for line in each.splitlines() if line[:1] == "|"]
    used = {row[-2].strip() for row in rows if len(row) == 7} - {"Strength", "---"}

    assert used == set(EVIDENCE)
    assert find(r"^\| ([a-z ]+) \|", explained) == list(EVIDENCE)


def test_no_study_is_cited_that_is_not_in_the_sources() -> None:
    """Neither by a rule or a finding, nor by a page."""
    listed = cited(SOURCES)

    missing = {(path.name, study) for path in PAGES + CODE for study in cited(path) - listed}

    assert "Silbernagel 2007" in listed
    assert not missing


def cited(path: Path) -> set[str]:
    """Return the studies that a file cites, by author and year."""
    found = find(r"\b([A-Z][\w'-]+(?: & [A-Z]\w+)?) ((?:19[89]|20[0-4])\d)\b", read(path))
    months = {*month_name, *month_abbr}
    return {f"{author} {year}" for author, year in found if author not in months}


def test_every_source_that_the_code_names_is_in_the_docs() -> None:
    """Each page and each anchor in a docstring exists."""
    code = "\n".join(map(read, CODE))

    named = set(find(r"docs/([a-z/-]+\.md)(?:#([a-z0-9-]+))?", code))

    assert ("reference/sources.md", "away") in named
    assert not [each for each in named if not anchor_exists(DOCS / each[0], each[1])]


def anchor_exists(page: Path, anchor: str) -> bool:
    """Say whether the page exists and has the anchor as a target and as a heading."""
    heading = anchor.replace("-", " ").capitalize()
    return page.is_file() and (not anchor or f"({anchor})=\n## {heading}\n" in read(page))


def test_the_glossary_has_every_kind_of_entry_and_is_in_order() -> None:
    """So that a word can be found."""
    words, calendar_words = (
        find(r"^(\S.*)$", block)
        for block in find(r"^```\{glossary\}\n((?s:.*?))^```$", read(REFERENCE / "glossary.md"))
    )

    assert words == sorted(set(words))
    assert {"report", "clearance", "change", "move"} <= set(words)
    assert {"fixed", "known", "open", "missed", "withdrawn"} <= set(words)
    assert not set(words) & set(calendar_words)


def test_every_python_block_is_one_that_runs() -> None:
    """Only blocks marked as python or as notebook cells run: another mark would hide one."""
    for path in PAGES:
        for mark in find(r"^ *```(.*py.*)$", read(path)):
            assert mark == "python" or "literalinclude" in mark, path


def test_every_public_name_is_in_the_reference() -> None:
    """Once, and nothing else."""
    documented = find(r"^\.\. auto\w+:: runplan\.(\w+)$", read(REFERENCE / "api.md"))

    assert sorted(documented) == sorted(runplan.__all__)


def test_every_command_and_option_is_in_the_reference() -> None:
    """Each under its command, and nothing else."""
    click = pytest.importorskip("click", reason="the command line is an extra")
    from runplan.cli import main  # noqa: PLC0415 (it needs click)

    explained = sections(REFERENCE / "cli.md", "## runplan ([a-z -]+)")
    commands = dict(every_command(main, click.Context(main)))

    assert {"log strength", "what-if"} < commands.keys()
    assert sorted(explained) == sorted(commands)
    for name, command in commands.items():
        given = [each for each in command.params if isinstance(each, click.Option)]
        written = [
            option
            for row in find(r"^\| (`-.*?) \|", explained[name])
            for option in re.findall(r"(?<=`)-[a-z-]+", row)
        ]
        assert sorted(written) == sorted(name for each in given for name in each.opts), name


def every_command(group: Any, context: Any, names: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the commands of a group and of the groups in it, each with its name as typed."""
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        yield f"{names}{name}", command
        if hasattr(command, "list_commands"):
            yield from every_command(command, context, f"{names}{name} ")


@pytest.mark.parametrize("kind", ENTRIES)
def test_every_key_of_a_log_jsonl_is_in_the_reference(kind: str) -> None:
    """Each type of line has a section, and each of its keys a place in a row there."""
    section = sections(REFERENCE / "log-jsonl.md", "## `([a-z]+)`")[kind]

    keys = [key for cell in find(r"^\| (`.*?) \|", section) for key in find(r"`(\w+)`", cell)]

    assert keys == [field.name for field in attrs.fields(ENTRIES[kind]) if field.init]


def test_every_red_flag_is_in_the_reference() -> None:
    """With its tier and its words, in the order of the list."""
    _, _, section = read(REFERENCE / "log-jsonl.md").partition("## Red flags")

    rows = find(r"^\| `([a-z-]+)` \| (\w+) \| (.+) \|$", section)

    assert rows == [(flag.value, flag.tier, flag.words) for flag in RedFlag]


def test_every_finding_is_in_the_table_of_findings() -> None:
    """Each code that a plan may carry, and nothing else."""
    files = sorted((ROOT / "src" / "runplan" / "planning").glob("*findings.py"))
    code = "".join(map(read, files))
    given = find(r'"((?:[a-z0-9]+-)+[a-z0-9]+)"|\b(?:note|warning)\("([a-z]+)"', code)

    _, _, section = read(RULES).partition("## Findings")

    written = find(r"^\| `([a-z0-9-]+)` \|", section)
    assert sorted(written) == sorted({one or other for one, other in given})


@pytest.mark.parametrize(
    "kind",
    [Rebuild, Slot, Strength, Exercise, Dose, Away, Settings, CalendarOptions, PublishSettings],
)
def test_every_key_of_a_rebuild_toml_is_in_the_reference(kind: type) -> None:
    """Each field has a row of a table, or a table of its own."""
    page = read(REFERENCE / "rebuild-toml.md")

    for field in attrs.fields(kind):
        assert find(rf"^(\| `{field.name}` \||## `\[+{field.name}\]+`)", page), field.name


def test_the_examples_of_a_rebuild_toml_can_be_planned(tmp_path: Path) -> None:
    """The whole one, the smallest one, and the smallest one without strength."""
    page = read(REFERENCE / "rebuild-toml.md")
    whole, smallest, no_strength = find(r"^```toml\n((?s:.*?))^```$", page)
    path = tmp_path / "rebuild.toml"
    finishes = []
    for text in (whole, smallest, smallest + no_strength):
        path.write_text(text, encoding="utf-8")
        assert (load_settings(path) == Settings()) is (text != whole)
        finishes.append(runplan.build(load_rebuild(path)).finish.isoformat())

    # The whole one is kept for two weeks more, and a lighter week lies between.
    assert finishes == ["2027-02-28", "2027-01-24", "2027-01-03"]


def test_every_version_of_the_records_is_listed() -> None:
    """From the first to that which is written now."""
    rows = find(r"^\| (\d+) \|", read(REFERENCE / "versions.md"))

    assert rows == [str(number) for number in range(1, SCHEMA + 1)]


if __name__ == "__main__":
    rewrite()
