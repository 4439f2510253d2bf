"""A runner at the command line: an empty folder, a clock to set, and what the commands answer."""

import io
import os
import pty
import sys
from pathlib import Path

import pendulum
import pytest
from support.dav_server import BASIC, PASSWORD, USER, dav_server

from runplan import load_log
from runplan.cli import run
from runplan.cli.workspace import read_log
from runplan.storage.settings import load_settings

GIVEN = [
    *("--baseline-min", "40", "--target-min", "60", "--start", "2026-11-30"),
    *("--timezone", "Europe/Berlin", "--assessed-on", "2026-11-12"),
]


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch) -> Path:
    """Every command runs in an empty folder, where nobody sits at the keyboard."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    return tmp_path


@pytest.fixture
def clock(monkeypatch):
    """Return what sets the clock of this machine; it is the evening of the first long run."""

    def set_clock(moment: str, zone: str = "Europe/Berlin") -> None:
        text = moment if "T" in moment else f"{moment}T20:00"
        ticks = iter(range(1_000_000))
        start = pendulum.parse(text, tz=zone)

        def now() -> pendulum.DateTime:
            # A clock goes on: no two entries are of one moment.
            return start.add(microseconds=next(ticks))

        monkeypatch.setattr("runplan.cli.workspace.here_and_now", now)

    set_clock("2026-12-06")
    return set_clock


@pytest.fixture
def noted(capsys):
    """Return what runs a command that must go well, and returns its output and its notes."""

    def run_it(*arguments: str) -> tuple[str, str]:
        capsys.readouterr()
        status = run(list(arguments))
        out, err = capsys.readouterr()
        assert status == 0, (arguments, err)
        return " ".join(out.split()), err

    return run_it


@pytest.fixture
def answer(noted):
    """Return what runs a command that must go well, and returns what it printed."""

    def run_it(*arguments: str) -> str:
        out, err = noted(*arguments)
        assert err == "", (arguments, err)
        return out

    return run_it


@pytest.fixture
def plan(clock, answer, folder) -> Path:
    """Return where the request is, as init writes it."""
    answer("init", *GIVEN)
    return folder / "rebuild.toml"


@pytest.fixture
def refused(capsys, folder):
    """Return what runs a command that must fail without a trace, and returns its one line."""

    def refuse(*arguments: str) -> str:
        before = files(folder)
        capsys.readouterr()
        assert run(list(arguments)) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert err.startswith("runplan: ")
        assert err.count("\n") == 1
        assert err.endswith("\n")
        assert len(err) < 500
        assert err[:-1].isprintable()
        assert files(folder) == before
        return err

    return refuse


@pytest.fixture
def terminal(monkeypatch):
    """Put a real terminal in place of stdin, and return what types on its keyboard."""
    keyboard, screen = pty.openpty()
    with os.fdopen(screen, "r") as stdin, os.fdopen(keyboard, "wb", buffering=0) as keys:
        monkeypatch.setattr(sys, "stdin", stdin)
        yield keys.write


@pytest.fixture
def exported(answer, folder):
    """Return what exports the calendar and returns its bytes."""

    def export(*options: str) -> bytes:
        answer("export", *options)
        return (folder / "plan.ics").read_bytes()

    return export


def files(folder: Path) -> dict[str, bytes]:
    """Return what lies in a folder, locks aside."""
    found = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock")
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


@pytest.fixture
def in_folder(folder):
    """Return what returns the files in the folder, locks aside."""
    return lambda: files(folder)


@pytest.fixture
def logged(folder):
    """Return what returns the entries of the log that stand."""

    def entries(log: str = "log.jsonl") -> list:
        found = load_log(folder / log).entries
        return [each for each in found if each.retracted_on is None]

    return entries


@pytest.fixture
def edited():
    """Return what edits a file as people do, in an editor."""

    def edit(path: Path, before: str, after: str) -> None:
        text = path.read_text(encoding="utf-8")
        assert before in text
        path.write_text(text.replace(before, after), encoding="utf-8")

    return edit


@pytest.fixture
def id_of(answer):
    """Return what looks up the id of the entry whose line in the list has some words."""

    def look_up(words: str) -> str:
        found = [each.id for each in read_log("rebuild.toml").recorded if words in str(each.entry)]
        assert found, words
        return found[-1]

    return look_up


@pytest.fixture
def dav(monkeypatch):
    """Run a WebDAV server, whose user and password are in the environment."""
    monkeypatch.setenv("RUNPLAN_USER", USER)
    monkeypatch.setenv("RUNPLAN_PASSWORD", PASSWORD)
    with dav_server() as server:
        server.challenges = [BASIC]
        server.folder = f"{server.url}/dav/"
        yield server


@pytest.fixture
def kept(plan):
    """Return what returns the settings kept in the request."""
    return lambda: load_settings(plan).publish
