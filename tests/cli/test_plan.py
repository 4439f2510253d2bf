"""The command line, as a runner uses it."""

import csv
import io
import json
import os
import pty
import re
import runpy
import subprocess
import sys
from pathlib import Path

import pendulum
import pytest

from runplan import NO_ADVICE, Rebuild, load_rebuild
from runplan.__main__ import main as command
from runplan.cli import run

GIVEN = [
    *("--baseline-min", "40", "--target-min", "60"),
    *("--start", "2026-11-30", "--timezone", "Europe/Berlin"),
]


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """Every command runs in an empty folder, its output as wide as a small terminal."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    return tmp_path


@pytest.fixture
def request_file(folder):
    """A rebuild.toml as init writes it."""
    assert run(["init", *GIVEN]) == 0
    return folder / "rebuild.toml"


def refused(capsys, arguments):
    """Run a command that must fail, and return its one line on stderr."""
    capsys.readouterr()
    assert run(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("runplan: ")
    assert err.count("\n") == 1
    assert err.endswith("\n")
    return err


def test_the_demo_shows_a_plan_with_its_reasons_and_writes_a_calendar(folder, capsys):
    assert run(["demo"]) == 0
    out = capsys.readouterr().out
    assert "From 40 to 60 min" in out
    assert "Held at 40 min" in out
    assert "demo.ics: 25 added" in out
    assert (folder / "demo.ics").read_bytes().count(b"BEGIN:VEVENT") == 25


def test_the_demo_twice_changes_nothing(capsys):
    run(["demo"])
    run(["demo"])
    out = capsys.readouterr().out
    assert "0 added, 0 moved, 0 changed, 0 removed, 25 unchanged" in out


def test_init_writes_the_request_that_was_given(request_file):
    assert load_rebuild(request_file) == Rebuild(
        baseline_min=40, target_min=60, start="2026-11-30", timezone="Europe/Berlin"
    )


def test_init_keeps_every_option(folder):
    options = [
        *("--name", 'The "long" one \\ العودة'),
        *("--long-run-day", "sat", "--long-run-at", "8:15"),
        *("--strength-at", "07:00", "--strength-min", "20"),
        *("--first-month", "extend", "--policy", "cautious", "--assessed-on", "2026-11-12"),
        *("-o", "mine.toml"),
    ]
    assert run(["init", *GIVEN, *options]) == 0
    rebuild = load_rebuild(folder / "mine.toml")
    assert rebuild.name == 'The "long" one \\ العودة'
    assert (rebuild.long_run.day.name, f"{rebuild.long_run.at:%H:%M}") == ("SATURDAY", "08:15")
    assert (f"{rebuild.strength.at:%H:%M}", rebuild.strength.minutes) == ("07:00", 20)
    assert (rebuild.first_month, rebuild.policy.name) == ("extend", "cautious")
    assert rebuild.assessed_on.isoformat() == "2026-11-12"


def test_init_without_strength_writes_a_file_that_says_so(folder):
    assert run(["init", *GIVEN, "--no-strength"]) == 0
    assert load_rebuild(folder / "rebuild.toml").strength is None


def test_init_never_writes_over_a_file_that_is_there(request_file, capsys):
    before = request_file.read_bytes()
    assert "rebuild.toml" in refused(capsys, ["init", *GIVEN])
    assert request_file.read_bytes() == before


def test_init_away_from_a_terminal_names_the_options_that_are_missing(folder, capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    line = refused(capsys, ["init", "--baseline-min", "40", "--start", "2026-11-30"])
    assert "--target-min, --timezone" in line
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("option", "value", "part"),
    [
        ("--baseline-min", "70", "target_min must not be below baseline_min, 70 (was 60)"),
        ("--baseline-min", "5", "see a clinician"),
        ("--baseline-min", "4x", "--baseline-min"),
        ("--timezone", "Europe/Berln", "Europe/Berlin"),
        ("--start", "2026-02-30", "2026-02-30"),
        ("--long-run-day", "sonday", "sunday"),
        ("--policy", "bold", "cautious"),
        ("--no-such-option", "1", "--no-such-option"),
    ],
)
def test_init_with_a_bad_value_says_what_to_do_and_writes_nothing(
    folder, capsys, option, value, part
):
    assert part in refused(capsys, ["init", *GIVEN, option, value])
    assert list(folder.iterdir()) == []


@pytest.fixture
def terminal(monkeypatch):
    """Put a real terminal in place of stdin, and return what types on its keyboard."""
    keyboard, screen = pty.openpty()
    with os.fdopen(screen, "r") as stdin, os.fdopen(keyboard, "wb", buffering=0) as keys:
        monkeypatch.setattr(sys, "stdin", stdin)
        yield keys.write


def test_at_a_terminal_init_asks_for_what_is_missing_and_asks_again_after_a_slip(
    folder, terminal, capsys
):
    terminal(b"forty\n5\n40\n60\n2026-02-30\n2026-11-30\nEurope/Berln\nEurope/Berlin\n")
    assert run(["init"]) == 0
    assert load_rebuild(folder / "rebuild.toml").start.isoformat() == "2026-11-30"
    err_and_out = "".join(capsys.readouterr())
    assert 'did you mean "Europe/Berlin"?' in err_and_out


def test_at_a_terminal_init_offers_next_monday_and_the_zone_of_the_machine(
    folder, terminal, monkeypatch
):
    monkeypatch.setenv("TZ", "America/New_York")
    terminal(b"40\n60\n\n\n")
    assert run(["init"]) == 0
    rebuild = load_rebuild(folder / "rebuild.toml")
    assert rebuild.start.weekday() == 0


def test_whoever_leaves_init_leaves_no_file(folder, terminal, capsys):
    terminal(b"\x04")
    assert "nothing was written" in refused_at_terminal(capsys)
    assert list(folder.iterdir()) == []


def refused_at_terminal(capsys):
    assert run(["init"]) == 2
    return capsys.readouterr().err


def test_show_is_readable_at_eighty_columns_and_without_colour_when_piped(request_file, capsys):
    capsys.readouterr()
    assert run(["show"]) == 0
    out = capsys.readouterr().out
    assert max(map(len, out.splitlines())) <= 80
    assert "\x1b" not in out
    assert "warning: No assessment is on record." in out
    assert " ".join(NO_ADVICE.split()) in " ".join(out.split())


def test_show_tells_of_moves_and_of_weeks_without_a_run(folder, capsys):
    text = Path(__file__).with_name("away.toml").read_text()
    (folder / "rebuild.toml").write_text(text)
    assert run(["show"]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "Moved from Sun 27 Dec." in out
    assert "Every day of this week is an away day." in out


def test_show_as_json_holds_the_whole_plan(request_file, capsys):
    capsys.readouterr()
    assert run(["show", str(request_file), "--json"]) == 0
    plan = json.loads(capsys.readouterr().out)
    assert [week["long_run"]["minutes"] for week in plan["weeks"]] == [40] * 4 + [45, 50, 55, 60]
    assert plan["advice"] == NO_ADVICE


def test_show_as_csv_holds_a_row_a_session(request_file, capsys):
    capsys.readouterr()
    assert run(["show", "--rows", "csv"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert len(rows) == 26
    assert rows[1]["start"] == "2026-12-06 09:00:00+01:00"


def test_export_says_what_it_moved_and_removed(request_file, folder, capsys):
    assert run(["export"]) == 0
    request_file.write_text(
        request_file.read_text()
        .replace('at = "09:00"', 'at = "10:00"')
        .replace("target_min = 60", "target_min = 55")
    )
    capsys.readouterr()
    assert run(["export"]) == 0
    out = capsys.readouterr().out
    assert "0 added, 7 moved, 0 changed, 4 removed, 15 unchanged" in out
    assert "moved   Sun 06 Dec 2026 10:00  Long run · 40 min (was Sun 06 Dec 2026 09:00)" in out
    assert "removed Sun 24 Jan 2027 09:00  Long run · 60 min" in out
    assert (folder / "plan.ics").read_bytes().count(b"SEQUENCE:1\r\n") == 7


def test_export_to_stdout_writes_the_calendar_and_nothing_else(request_file, capfdbinary):
    capfdbinary.readouterr()
    assert run(["export", "-o", "-"]) == 0
    out = capfdbinary.readouterr().out
    assert out.startswith(b"BEGIN:VCALENDAR\r\n")
    assert out.endswith(b"END:VCALENDAR\r\n")


def test_export_refuses_a_calendar_of_another_rebuild_and_leaves_it(request_file, folder, capsys):
    run(["demo", "-o", "plan.ics"])
    (folder / "plan.ics").write_bytes(b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
    assert "plan" in refused(capsys, ["export"])
    assert (folder / "plan.ics").read_bytes() == b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"


def test_a_missing_request_names_the_file_and_how_to_make_one(capsys):
    line = refused(capsys, ["show"])
    assert "rebuild.toml" in line
    assert "runplan init" in line


@pytest.mark.parametrize("arguments", [["fly"], ["show", "--rows", "xml"], ["show", "a", "b"]])
def test_words_that_are_no_command_get_one_line(capsys, arguments):
    refused(capsys, arguments)


@pytest.mark.parametrize("arguments", [["--help"], ["-h"], ["--version"], ["show", "--help"], []])
def test_help_and_version_are_no_errors(capsys, arguments):
    assert run(arguments) == 0
    assert "runplan" in capsys.readouterr().out


def test_the_exercises_come_with_dose_equipment_and_cues(capsys):
    assert run(["exercises"]) == 0
    out = capsys.readouterr().out
    assert "Renegade row" in out
    assert "3 × 8–10 a side, RPE 6–7" in out
    assert "two dumbbells" in out
    assert max(map(len, out.splitlines())) <= 80


def python(*arguments, **options):
    """Run a Python of its own, as a shell would."""
    return subprocess.run(
        [sys.executable, *arguments], capture_output=True, timeout=60, check=False, **options
    )


def test_python_dash_m_runs_the_same_commands(folder):
    done = python("-m", "runplan", "demo", text=True, encoding="utf-8")
    assert done.returncode == 0
    assert "demo.ics: 25 added" in done.stdout


def test_a_terminal_that_lacks_a_letter_still_shows_the_plan(request_file):
    done = python("-m", "runplan", "exercises", env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert done.returncode == 0
    assert b"3 ? 8?10 a side" in done.stdout


def test_a_reader_that_has_seen_enough_is_no_error(request_file):
    command = f"{sys.executable} -m runplan show --json | head -n 1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, timeout=60, check=True)
    assert done.stdout == b"{\n0\n"
    assert done.stderr == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has /dev/full")
def test_a_full_disk_gets_one_line(request_file):
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


def test_without_its_libraries_the_command_line_says_how_to_get_them(folder):
    code = (
        "import sys; sys.modules['click'] = None\n"
        "from runplan.__main__ import main; sys.exit(main())"
    )
    done = python("-c", code)
    assert done.returncode == 2
    assert b'pip install "runplan[cli]"' in done.stderr
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize("no_color", [{}, {"NO_COLOR": "1"}])
def test_no_color_is_kept(request_file, no_color):
    """At a terminal the output is coloured, unless NO_COLOR asks for none."""
    screen, keyboard = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "80"} | no_color
    environment.pop("NO_COLOR", None) if not no_color else None
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


def test_output_into_a_pipe_that_nobody_reads_any_more_is_no_error(request_file, monkeypatch):
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w") as pipe:
        monkeypatch.setattr(sys, "stdout", pipe)
        assert run(["show", "--json"]) == 0
        assert run(["show"]) == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has /dev/full")
def test_a_full_disk_is_told_whatever_was_to_be_shown(request_file, monkeypatch, capsys):
    with Path("/dev/full").open("w") as full:
        monkeypatch.setattr(sys, "stdout", full)
        assert run(["exercises"]) == 2
        # What could not be written must not be tried again when the file is closed.
        os.dup2(os.open(os.devnull, os.O_WRONLY), full.fileno())
    assert "No space left" in capsys.readouterr().err


def test_a_machine_without_a_named_zone_offers_none(folder, terminal, monkeypatch, capsys):
    nowhere = pendulum.datetime(2026, 11, 22, tz=pendulum.FixedTimezone(3600))
    monkeypatch.setattr("runplan.cli.plan.here_and_now", lambda: nowhere)
    terminal(b"40\n60\n\nUTC\n")
    assert run(["init"]) == 0
    assert "Time zone:" in capsys.readouterr().out
    assert load_rebuild(folder / "rebuild.toml").start.isoformat() == "2026-11-23"


def test_a_plan_that_has_nothing_to_tell_and_no_strength_is_shown_shorter(folder, capsys):
    options = ["--baseline-min", "55", "--no-strength", "--assessed-on", "2026-11-12"]
    assert run(["init", *GIVEN, *options]) == 0
    capsys.readouterr()
    assert run(["show"]) == 0
    out = capsys.readouterr().out
    assert "Strength at" not in out
    assert "note:" not in out
    assert "warning:" not in out
    assert "none" in out


def test_a_stream_of_an_app_is_written_to_as_it_is(folder, monkeypatch):
    """Whoever calls run() from a program may put any text stream in place of stdout."""
    shown = io.StringIO()
    monkeypatch.setattr(sys, "stdout", shown)
    assert run(["--version"]) == 0
    assert "runplan" in shown.getvalue()


# runpy warns of a module that is loaded already.
@pytest.mark.filterwarnings("ignore:.*found in sys.modules:RuntimeWarning")
def test_the_module_is_the_command(folder, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["runplan", "exercises"])
    with pytest.raises(SystemExit) as left:
        runpy.run_module("runplan", run_name="__main__")
    assert left.value.code == 0
    assert "Renegade row" in capsys.readouterr().out


@pytest.mark.parametrize("library", ["click", "filelock", "rich"])
def test_whoever_lacks_a_library_is_told_which_extra_brings_it(library, monkeypatch, capsys):
    for name in [each for each in sys.modules if each.startswith("runplan.cli")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, library, None)
    assert command() == 2
    assert 'pip install "runplan[cli]"' in capsys.readouterr().err


def test_a_library_that_runplan_itself_lacks_is_no_matter_of_extras(monkeypatch):
    monkeypatch.setitem(sys.modules, "runplan.cli", None)
    with pytest.raises(ModuleNotFoundError, match=re.escape("runplan.cli")):
        command()


def test_export_tells_warnings_to_whoever_never_looks_at_the_plan(request_file, capsys):
    capsys.readouterr()
    assert run(["export"]) == 0
    out = capsys.readouterr().out
    assert "warning: No assessment is on record." in out
    assert "note:" not in out
