"""The terminal tutorial, typed as a person types it. Run as a script, this writes its output anew.

Each command of docs/tutorial-terminal.md follows a comment with the moment at which it is typed and
the answers to its questions. Files that it needs follow a comment with their name.
"""

import json
import os
import re
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pexpect

PAGE = Path(__file__).parent.parent / "docs" / "tutorial-terminal.md"
CLOCK = Path(__file__).parent / "support" / "set_clock.py"

STEP = re.compile(
    r"<!-- at (?P<moment>\S+?)(?:, typed: (?P<typed>\[.*?\]))? -->\n"
    r"```console\n\$ (?P<command>.+)\n(?P<shown>(?s:.*?))^```$",
    re.MULTILINE,
)
FILE = re.compile(r"<!-- file (?P<name>[\w.]+) -->\n```\w*\n(?P<text>(?s:.*?))^```$", re.MULTILINE)
# Random for each rebuild.
ADDRESS = re.compile(r"[\w-]{22,}(?=\.(?:ics|html))")


class Step(NamedTuple):
    """One command of the tutorial: when it is typed, the answers, and what the page shows."""

    moment: str
    typed: list[str]
    command: str
    shown: str


def steps(page: str) -> Iterator[Step]:
    """Yield the commands of the page."""
    for found in STEP.finditer(page):
        typed = json.loads(found["typed"] or "[]")
        yield Step(found["moment"], typed, found["command"], found["shown"])


def write_files(page: str, folder: str) -> None:
    """Write the files of the page into a folder."""
    for found in FILE.finditer(page):
        Path(folder, found["name"]).write_text(found["text"], encoding="utf-8")


def screen(step: Step, folder: str) -> str:
    """Return what a terminal shows when the command is typed there."""
    program, *arguments = shlex.split(step.command)
    assert program == "runplan", step
    child = pexpect.spawn(
        sys.executable,
        [str(CLOCK), step.moment, "Europe/Berlin", *arguments],
        cwd=folder,
        env={**os.environ, "COLUMNS": "80", "TERM": "dumb"},
        dimensions=(60, 80),
        encoding="utf-8",
        timeout=20,
    )
    shown = ""
    for answer in step.typed:
        child.expect(r": $")
        shown += child.before + child.after
        child.sendline(answer)
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0, (step, child.before)
    lines = (shown + child.before).replace("\r", "").splitlines()
    return ADDRESS.sub("…", "".join(f"{line.rstrip()}\n" for line in lines))


def test_every_command_of_the_tutorial_shows_what_the_page_shows(tmp_path) -> None:
    """From the first question of init to the tenth week."""
    page = PAGE.read_text(encoding="utf-8")
    write_files(page, str(tmp_path))
    found = [*steps(page)]
    assert len(found) == page.count("```console")
    for step in found:
        assert screen(step, str(tmp_path)) == step.shown, step.command


if __name__ == "__main__":
    with TemporaryDirectory() as folder:

        def renewed(found: re.Match[str]) -> str:
            """Return a step with what the terminal shows now."""
            (step,) = steps(found[0])
            sys.stdout.write(f"{step.moment} {step.command}\n")
            return found[0][: -len(step.shown) - 3] + screen(step, folder) + "```"

        text = PAGE.read_text(encoding="utf-8")
        write_files(text, folder)
        text = STEP.sub(renewed, text)
    PAGE.write_text(text, encoding="utf-8")
