"""The command itself: help, what it imports, streams, and what it says when it cannot go on."""

import io
import os
import pty
import re
import runpy
import subprocess
import sys
from pathlib import Path

import click
import pytest

from runplan.__main__ import main as command
from runplan.cli import main, run


def python(*arguments, **options):
    """Run a Python of its own, as a shell would."""
    return subprocess.run(
        [sys.executable, *arguments], capture_output=True, timeout=60, check=False, **options
    )


def every_command(group: click.Group, *names: str):
    """Yield each command with its full name."""
    context = click.Context(group)
    for name in group.list_commands(context):
        each = group.get_command(context, name)
        yield " ".join((*names, name)), each
        if isinstance(each, click.Group):
            yield from every_command(each, *names, name)


COMMANDS = dict(every_command(main))


# --- help ------------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["--version"], ["show", "--help"], []])
def test_help_and_version_are_no_errors(capsys, arguments) -> None:
    """Without a command the help is shown."""
    assert run(arguments) == 0
    assert "runplan" in capsys.readouterr().out


def test_the_help_lists_every_command_with_the_first_line_of_its_own_help(capsys) -> None:
    """The list is written down once more, so that it can be shown without importing them."""
    run(["--help"])
    text = capsys.readouterr().out
    listed = dict(re.findall(r"^  ([a-z-]+)  +(.*)$", text.partition("Commands:")[2], re.MULTILINE))
    assert listed == {
        name: each.help.strip().partition("\n\n")[0]
        for name, each in COMMANDS.items()
        if " " not in name
    }


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_every_option_has_a_help(name, capsys) -> None:
    """On eighty columns, in sentences."""
    assert run([*name.split(), "--help"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 80
    each = COMMANDS[name]
    assert each.help.strip().partition("\n\n")[0].endswith(".")
    for option in each.params:
        if isinstance(option, click.Option):
            assert option.help, (name, option.name)


def test_help_imports_no_more_than_click() -> None:
    """Only a command that runs pays for values, dates, tables and calendars."""
    code = (
        "import sys\n"
        "from runplan.__main__ import main\n"
        "sys.argv = ['runplan', '--help']\n"
        "assert main() == 0\n"
        "dear = {'attrs', 'cattrs', 'pendulum', 'rich', 'icalendar', 'tomlkit', 'filelock'}\n"
        "print(sorted(dear & sys.modules.keys()), file=sys.stderr)\n"
    )
    assert python("-c", code).stderr.decode().strip() == "[]"


@pytest.mark.parametrize("arguments", [["fly"], ["show", "--rows", "xml"], ["show", "a", "b"]])
def test_words_that_are_no_command_get_one_line(refused, arguments) -> None:
    """With where to look."""
    assert "--help." in refused(*arguments)


# --- the two ways to call it -----------------------------------------------------------------


def test_python_dash_m_runs_the_same_commands() -> None:
    """Where no script is on the path."""
    done = python("-m", "runplan", "demo", text=True, encoding="utf-8")
    assert done.returncode == 0
    assert "demo.ics: 25 added" in done.stdout


# runpy warns of a module that is loaded already.
@pytest.mark.filterwarnings("ignore:.*found in sys.modules:RuntimeWarning")
def test_the_module_is_the_command(monkeypatch, capsys) -> None:
    """It leaves with the status of the command."""
    monkeypatch.setattr(sys, "argv", ["runplan", "exercises"])
    with pytest.raises(SystemExit) as left:
        runpy.run_module("runplan", run_name="__main__")
    assert left.value.code == 0
    assert "Renegade row" in capsys.readouterr().out


def test_without_its_libraries_the_command_line_says_how_to_get_them() -> None:
    """Somebody may have installed runplan alone."""
    code = (
        "import sys; sys.modules['click'] = None\n"
        "from runplan.__main__ import main; sys.exit(main())"
    )
    done = python("-c", code)
    assert done.returncode == 2
    assert b'pip install "runplan[cli]"' in done.stderr
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize("library", ["click", "filelock", "rich", "tomlkit"])
def test_a_library_that_is_missing_is_named_with_the_extra_that_brings_it(library) -> None:
    """Whichever it is, and whenever it is needed."""
    code = (
        f"import sys; sys.modules[{library!r}] = None\n"
        "from runplan.__main__ import main\n"
        "init = 'init --baseline-min 40 --target-min 60 --start 2026-11-30 --timezone UTC'\n"
        "status = [main() for sys.argv in "
        "[['runplan', *init.split()], ['runplan', 'change', '--target-min', '70']]]\n"
        "sys.exit(max(status))"
    )
    done = python("-c", code, text=True)
    assert done.returncode == 2
    assert 'pip install "runplan[cli]"' in done.stderr
    assert "Traceback" not in done.stderr


def test_a_part_of_a_library_that_is_missing_names_the_library(monkeypatch, refused) -> None:
    """Whatever was imported of it."""

    def lack(_: str) -> None:
        raise ModuleNotFoundError(name="rich.table")

    monkeypatch.setattr("runplan.cli.app.import_module", lack)
    assert refused("show") == 'runplan: this command needs rich: pip install "runplan[cli]"\n'


@pytest.mark.parametrize("module", ["runplan.cli", "runplan.cli.plan_commands"])
def test_a_part_that_runplan_itself_lacks_is_no_matter_of_extras(module, monkeypatch) -> None:
    """That is a broken installation, and is shown whole."""
    monkeypatch.setitem(sys.modules, module, None)
    monkeypatch.setattr(sys, "argv", ["runplan", "exercises"])
    with pytest.raises(ModuleNotFoundError, match=re.escape(module)):
        command()


# --- streams ---------------------------------------------------------------------------------


def test_a_terminal_that_lacks_a_letter_still_shows_the_exercises() -> None:
    """With a similar one in its place."""
    done = python("-m", "runplan", "exercises", env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert done.returncode == 0
    assert b"3 x 8-10 a side" in done.stdout


def test_a_reader_that_has_seen_enough_is_no_error(plan) -> None:
    """As in a pipe into head."""
    piped = f"{sys.executable} -m runplan show --json | head -n 1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", piped], capture_output=True, timeout=60, check=True)
    assert done.stdout == b"{\n0\n"
    assert done.stderr == b""


def test_output_into_a_pipe_that_nobody_reads_any_more_is_no_error(plan, monkeypatch) -> None:
    """Whatever writes it."""
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w") as pipe:
        monkeypatch.setattr(sys, "stdout", pipe)
        assert run(["show", "--json"]) == 0
        assert run(["show"]) == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has /dev/full")
def test_output_that_cannot_be_written_gets_one_line(plan) -> None:
    """A full disk behind a redirection."""
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "runplan", "show"],
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr == b"runplan: the output cannot be written: No space left on device\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has /dev/full")
def test_a_full_disk_is_said_whatever_was_to_be_shown(plan, monkeypatch, capsys) -> None:
    """Also where the last lines are written late."""
    with Path("/dev/full").open("w") as full:
        monkeypatch.setattr(sys, "stdout", full)
        assert run(["exercises"]) == 2
        # What could not be written must not be tried again when the file is closed.
        os.dup2(os.open(os.devnull, os.O_WRONLY), full.fileno())
    assert "No space left" in capsys.readouterr().err


@pytest.mark.parametrize("no_color", [{}, {"NO_COLOR": "1"}])
def test_no_color_is_kept(clock, answer, no_color) -> None:
    """At a terminal the output is coloured, unless NO_COLOR asks for none."""
    given = ["--baseline-min", "40", "--target-min", "60", "--start", "2026-11-30"]
    answer("init", *given, "--timezone", "Europe/Berlin")
    screen, keyboard = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "80"} | no_color
    if not no_color:
        environment.pop("NO_COLOR", None)
    with subprocess.Popen(
        [sys.executable, "-m", "runplan", "show"], stdout=keyboard, env=environment
    ) as process:
        os.close(keyboard)
        seen = b""
        try:
            while chunk := os.read(screen, 65536):
                seen += chunk
        except OSError:
            pass  # Linux: the other end of the terminal is closed
        assert process.wait(timeout=60) == 0
    os.close(screen)
    assert b"No assessment" in seen
    assert (b"\x1b[1;33m" in seen) is not bool(no_color)


def test_a_stream_of_an_app_is_written_to_as_it_is(monkeypatch) -> None:
    """A program that calls run() may put any text stream in place of stdout."""
    shown = io.StringIO()
    monkeypatch.setattr(sys, "stdout", shown)
    assert run(["--version"]) == 0
    assert "runplan" in shown.getvalue()
