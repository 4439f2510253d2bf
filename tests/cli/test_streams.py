"""Streams that fail: what is saved stays saved, and nobody is made to log it twice."""

import io
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from runplan.cli import run
from runplan.cli.streams import after_saving, discard, prepare_streams, tell

RUNPLAN = [sys.executable, "-m", "runplan"]
LOG_A_RUN = ["log", "--minutes", "40"]

needs_full = pytest.mark.skipif(
    not Path("/dev/full").exists(), reason="only Linux has /dev/full, a device that is always full"
)


def into(path: str, *arguments: str, stream: str = "stdout") -> subprocess.CompletedProcess:
    """Run a command with one of its streams going to a path."""
    with Path(path).open("wb") as target:
        streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, stream: target}
        return subprocess.run([*RUNPLAN, *arguments], **streams, timeout=60, check=False)


# --- saved, but not shown --------------------------------------------------------------------


@needs_full
@pytest.mark.parametrize(
    "arguments",
    [
        LOG_A_RUN,
        ["change", "--target-min", "70"],
        ["export"],
        [
            *("init", "-o", "other/rebuild.toml", "--baseline-min", "40", "--target-min", "60"),
            *("--start", "2026-11-30", "--timezone", "UTC"),
        ],
    ],
    ids=lambda arguments: arguments[0],
)
def test_what_is_saved_is_no_failure_if_it_cannot_be_shown(plan, in_folder, arguments) -> None:
    """A script that tries again after a failure would log the run twice."""
    plan.with_name("other").mkdir()
    before = in_folder()
    done = into("/dev/full", *arguments)
    assert done.returncode == 0
    notes = done.stderr.decode().splitlines()
    assert notes[-1] == (
        "note: everything is saved, but the output is not complete: No space left on device"
    )
    assert in_folder() != before


@needs_full
def test_what_is_only_shown_is_a_failure_if_it_cannot_be(plan) -> None:
    """With one line, and status 2."""
    for arguments in (["show"], ["show", "--json"], ["exercises"], ["export", "-o", "-"]):
        done = into("/dev/full", *arguments)
        assert done.returncode == 2
        assert done.stderr == b"runplan: the output cannot be written: No space left on device\n"


@needs_full
def test_notes_that_cannot_be_written_stop_nothing(plan, edited, logged) -> None:
    """The entry is what matters."""
    edited(plan, "target_min = 60", "target_min = 70")
    done = into("/dev/full", *LOG_A_RUN, stream="stderr")
    assert done.returncode == 0
    assert b"Logged" in done.stdout
    assert len(logged()) == 2
    assert into("/dev/full", "show", "nowhere.toml", stream="stderr").returncode == 2


@pytest.mark.parametrize("closed", ["1", "2"])
def test_a_closed_stream_is_no_error(plan, logged, closed) -> None:
    """As in a job that a scheduler runs."""
    command = f"{sys.executable} -m runplan log --minutes 40 {closed}>&-"
    done = subprocess.run(["bash", "-c", command], capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stdout if closed == "1" else done.stderr) == (0, b"")
    assert len(logged()) == 1


def test_a_reader_that_goes_away_while_saving_is_no_error(plan, monkeypatch, logged) -> None:
    """As in a pipe into head."""
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w") as pipe:
        monkeypatch.setattr(sys, "stdout", pipe)
        assert run(LOG_A_RUN) == 0
    assert len(logged()) == 1


def test_a_closed_pipe_after_saving_is_left_to_the_command() -> None:
    """It ends without a note, as for any output."""
    with pytest.raises(BrokenPipeError), after_saving():
        raise BrokenPipeError


@pytest.fixture
def ctrl_c():
    """Let Ctrl-C be heard, which shells turn off for what runs in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def test_ctrl_c_after_saving_says_that_all_is_saved(ctrl_c, capsys) -> None:
    """It comes while the effects are being printed."""
    with after_saving():
        signal.raise_signal(signal.SIGINT)
    assert capsys.readouterr().err == (
        "note: everything is saved, but the output is not complete: it was interrupted\n"
    )


# --- streams of other kinds ------------------------------------------------------------------


def test_a_stream_of_an_app_gets_documents_too(plan, monkeypatch) -> None:
    """A text stream without bytes below it."""
    for arguments in (["show", "--json"], ["show", "--rows", "csv"], ["export", "-o", "-"]):
        shown = io.StringIO(newline="")
        monkeypatch.setattr(sys, "stdout", shown)
        assert run(arguments) == 0
        assert "baseline" in shown.getvalue()


def test_a_stream_without_a_file_below_it_can_be_discarded() -> None:
    """There is nothing to redirect."""
    discard(io.StringIO())


def test_a_line_for_people_is_one_line(capsys) -> None:
    """Whatever is in it."""
    tell("a name\x1b[31m\nwith two lines")
    assert capsys.readouterr().err == "a name [31m with two lines\n"


def test_other_errors_of_an_encoding_stay_errors() -> None:
    """Only writing has characters to replace."""
    prepare_streams()
    with pytest.raises(UnicodeDecodeError):
        b"\xff".decode("utf-8", errors="runplan")
