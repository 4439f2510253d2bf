"""log.jsonl: whatever happens while it is written, nothing that was logged is lost."""

import json
import os
import resource
import signal
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from filelock import FileLock

from runplan import (
    Clearance,
    InvalidType,
    InvalidValue,
    Log,
    MorningReport,
    RunplanError,
    RunReport,
    StrengthReport,
    UnknownName,
    UnusableFile,
    load_log,
)
from runplan._base.dates import to_moment
from runplan.cli import run
from runplan.cli.workspace import take_back, write_entry
from runplan.storage.log_file import entry_line, read_journal, undo_line

AT = to_moment("2027-01-03T10:30:00+01:00")
EACH = (
    RunReport(
        day="2027-01-03",
        minutes=45,
        pain=2,
        pain_from=38,
        red_flags=["fever"],
        note="Föhn 🏃 עבר \\ \"quoted\" {'a': 1}",
    ),
    RunReport(day="2027-01-05", minutes=20, kind="other", fatigue=7, pain_next_morning=0),
    MorningReport(day="2027-01-03", pain=1, recorded_on="2027-01-04", note="stiff"),
    StrengthReport(day="2027-01-06", pain=3, pain_next_morning=0),
    Clearance(day="2027-01-20", by="Ånna", baseline_min=35),
)
RUN, OTHER = EACH[:2]
LINES = tuple(entry_line(entry, AT) for entry in EACH)
NOTHING = Log()
UNDO_FIRST = undo_line(1, AT)


def line(**values) -> bytes:
    """Return a line of a log, an ordinary one but for these values."""
    usual = {"schema": 1, "type": "run", "day": "2027-01-03", "minutes": 45}
    return json.dumps(usual | values).encode() + b"\n"


@pytest.fixture
def path(tmp_path) -> Path:
    """Where a log is kept."""
    return tmp_path / "log.jsonl"


def refused(error, path) -> str:
    """Load a log that must be refused, and return the one line that says why."""
    before = path.read_bytes()
    with pytest.raises(error) as caught:
        load_log(path)
    assert isinstance(caught.value, RunplanError)
    assert path.read_bytes() == before
    said = str(caught.value)
    assert said.isprintable()
    return said


def loaded(path, *, skipped=0) -> Log:
    """Load a log, with so many warnings about lines that were skipped."""
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        log = load_log(path)
    assert len(told) == skipped
    assert all("is not whole and was skipped" in str(each.message) for each in told)
    return log


# --- what is written -------------------------------------------------------------------------


def test_an_entry_is_one_line_of_json_with_its_version_and_moment() -> None:
    """The moment is in UTC, to the second; letters stay letters."""
    record = json.loads(LINES[0])
    assert LINES[0].endswith(b"}\n")
    assert LINES[0].count(b"\n") == 1
    assert "Föhn 🏃 עבר".encode() in LINES[0]
    assert list(record)[:3] == ["schema", "recorded_at", "type"]
    assert record == {
        "schema": 1,
        "recorded_at": "2027-01-03T09:30:00Z",
        "type": "run",
        "day": "2027-01-03",
        "recorded_on": "2027-01-03",
        "minutes": 45,
        "pain": 2,
        "pain_from": 38,
        "pain_next_morning": None,
        "fatigue": 0,
        "red_flags": ["fever"],
        "kind": "long",
        "note": RUN.note,
    }


def test_taking_back_is_a_line_that_names_a_line() -> None:
    """Nothing is ever rubbed out."""
    assert json.loads(undo_line(3, AT)) == {
        "schema": 1,
        "recorded_at": "2027-01-03T09:30:00Z",
        "type": "undo",
        "line": 3,
    }


def test_what_is_written_is_read_again(path) -> None:
    """Entry by entry, every kind, every script."""
    for number, entry in enumerate(EACH, start=1):
        write_entry(path, entry)
        assert loaded(path) == Log(EACH[:number])
    assert path.read_bytes().count(b"\n") == len(EACH)


def test_writing_only_ever_adds(path) -> None:
    """What was there is the beginning of what is there."""
    before = b""
    for entry in EACH:
        write_entry(path, entry)
        assert path.read_bytes().startswith(before)
        before = path.read_bytes()
    assert take_back(path) == EACH[-1]
    assert path.read_bytes().startswith(before)


def test_the_same_entry_twice_is_one_in_the_log(path) -> None:
    """Whoever pressed Enter twice has run once."""
    write_entry(path, RUN)
    write_entry(path, RUN)
    assert loaded(path) == Log([RUN])


def test_a_log_kept_in_another_place_is_a_link_that_stays_one(tmp_path, path) -> None:
    """A folder that is synchronised, for one."""
    real = tmp_path / "elsewhere.jsonl"
    write_entry(real, RUN)
    path.symlink_to(real)
    write_entry(path, OTHER)
    assert path.is_symlink()
    assert loaded(real) == Log([RUN, OTHER])


# --- what is read ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data", [b"", b"\n", b"\n\n \n\t\n", b"\r\n"], ids=["nothing", "a line", "blanks", "Windows"]
)
def test_an_empty_file_is_an_empty_log(path, data) -> None:
    """Blank lines are nothing."""
    path.write_bytes(data)
    assert loaded(path) == NOTHING


def test_a_log_is_loaded_from_a_text_or_a_path(path) -> None:
    """As with every file."""
    path.write_bytes(b"".join(LINES))
    assert load_log(str(path)) == load_log(path) == Log(EACH)


@pytest.mark.parametrize("name", ["missing.jsonl", ".", "missing/log.jsonl", "a\0b"])
def test_a_log_that_cannot_be_read_is_told_with_its_path(tmp_path, name) -> None:
    """Missing, a folder, or no name at all."""
    with pytest.raises(UnusableFile) as caught:
        load_log(f"{tmp_path}/{name}")
    assert caught.value.given == f"{tmp_path}/{name}"


@pytest.mark.parametrize("path", [None, 5, b"log.jsonl"])
def test_only_a_path_is_a_path(path) -> None:
    """Anything else is refused."""
    with pytest.raises(InvalidType, match="a path must be text or a Path"):
        load_log(path)


@pytest.mark.parametrize(
    "data",
    [
        b"\r\n".join([*(each.rstrip() for each in LINES), b""]),
        b"\n\n".join(LINES),
        b"\xef\xbb\xbf" + b"".join(LINES),
        b"".join(LINES).rstrip(b"\n"),
        b"".join(b"  " + each for each in LINES),
    ],
    ids=["Windows", "blank lines", "a byte-order mark", "no last line end", "indented"],
)
def test_what_editors_do_to_a_file_does_no_harm(path, data) -> None:
    """It still holds the same log, and the next entry goes well."""
    path.write_bytes(data)
    assert loaded(path) == Log(EACH)
    write_entry(path, StrengthReport(day="2027-01-27"))
    assert path.read_bytes().startswith(data)
    assert len(loaded(path)) == len(EACH) + 1


def test_a_line_needs_no_more_than_its_entry_needs(path) -> None:
    """Who writes one by hand leaves out what has a default."""
    path.write_bytes(line())
    assert loaded(path) == Log([RunReport(day="2027-01-03", minutes=45)])


# --- half a line -----------------------------------------------------------------------------


@pytest.mark.parametrize("entry", EACH, ids=lambda entry: type(entry).__name__)
def test_wherever_a_line_was_cut_off_it_is_told_and_skipped_and_the_rest_is_kept(entry) -> None:
    """Only without its line end it is whole already."""
    before, cut = b"".join(LINES), entry_line(entry, AT)
    for length in range(1, len(cut) - 1):
        journal = read_journal(before + cut[:length], name="log.jsonl")
        assert journal.log == Log(EACH)
        (told,) = journal.skipped
        assert told.startswith(f"log.jsonl, line {len(LINES) + 1} is not whole and was skipped: ")
        assert told.isprintable()
    journal = read_journal(cut.rstrip(b"\n"), name="log.jsonl")
    assert journal.log == Log([entry])
    assert not journal.skipped


def test_half_a_line_is_a_warning_that_names_it(path) -> None:
    """Once, where the log is loaded."""
    path.write_bytes(LINES[0] + LINES[1][:30])
    with pytest.warns(UserWarning, match=r"log\.jsonl, line 2 is not whole") as told:
        assert load_log(path) == Log([RUN])
    assert [each.filename for each in told] == [__file__]


@pytest.mark.parametrize("length", [1, 2, 12, 60, -2, -1])
def test_what_is_written_behind_half_a_line_does_not_join_it(path, length) -> None:
    """Both are kept as they are, and only the half one is skipped."""
    half = LINES[0] + LINES[1][:length]
    path.write_bytes(half)
    write_entry(path, EACH[2])
    assert path.read_bytes().startswith(half + b"\n{")
    whole = [RUN, OTHER] if length == -1 else [RUN]
    assert loaded(path, skipped=length != -1) == Log([*whole, EACH[2]])
    write_entry(path, EACH[3])
    assert path.read_bytes().count(b"\n") == 4
    assert loaded(path, skipped=length != -1) == Log([*whole, *EACH[2:4]])


def test_taking_back_behind_half_a_line_takes_back_what_was_whole(path) -> None:
    """The half one was never logged."""
    path.write_bytes(LINES[0] + LINES[1] + LINES[2][:40])
    assert take_back(path) == OTHER
    assert loaded(path, skipped=1) == Log([RUN])
    assert take_back(path) == RUN
    assert loaded(path, skipped=1) == NOTHING


def test_half_an_undo_takes_nothing_back(path) -> None:
    """The next one does."""
    path.write_bytes(LINES[0] + UNDO_FIRST[:50])
    assert loaded(path, skipped=1) == Log([RUN])
    take_back(path)
    assert loaded(path, skipped=1) == NOTHING


@pytest.mark.parametrize(
    "broken",
    [
        b'{"schema": 1, "type": "run", "day": "2027-01-10", "minutes": 45, "note": "F\xf6hn"}',
        b"\xff\xfe\x00",
        b"\x00" * 512,
        LINES[1][:-3] + b"\xf0\x9f",
        b"nonsense",
        b"{'day': '2027-01-10'}",
        b"[" * 100_000,
        b"9" * 6000,
        b'{"minutes": ' + b"9" * 6000 + b"}",
    ],
    ids=["latin", "mark", "zeros", "half a letter", "words", "quotes", "deep", "long", "longer"],
)
def test_a_line_that_is_no_json_is_told_and_skipped_wherever_it_stands(path, broken) -> None:
    """Zeros are what some file systems leave of a line after a power cut."""
    path.write_bytes(LINES[0] + broken + b"\n" + LINES[1] + broken)
    assert loaded(path, skipped=2) == Log([RUN, OTHER])
    write_entry(path, EACH[2])
    assert loaded(path, skipped=2) == Log(EACH[:3])


# --- lines of somebody else ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("foreign", "error", "part"),
    [
        (b"5", InvalidType, "must be an entry of a log (was 5)"),
        (b"null", InvalidType, "must be an entry of a log (was None)"),
        (b'["run"]', InvalidType, "must be an entry of a log"),
        (b'"run"', InvalidType, "must be an entry of a log"),
        (b"NaN", InvalidType, "must be an entry of a log"),
        (b"{}", InvalidValue, "must have a schema of at most 1 (was 'left out')"),
        (b'{"level": "info", "msg": "hi"}', InvalidValue, "must have a schema of at most 1"),
        (line(schema="1"), InvalidType, "must have a schema of at most 1 (was '1')"),
        (line(schema=1.0), InvalidType, "must have a schema of at most 1 (was 1.0)"),
        (line(schema=True), InvalidType, "must have a schema of at most 1 (was True)"),
        (line(schema=0), InvalidType, "must have a schema of at most 1 (was 0)"),
        (line(schema=None), InvalidValue, "must have a schema of at most 1"),
        (b'{"schema": 1}', UnknownName, "must have a type among run, morning, strength, clearance"),
        (line(type="runs"), UnknownName, 'did you mean "run"?'),
        (line(type="clearence"), UnknownName, 'did you mean "clearance"?'),
        (line(type="Undo"), UnknownName, 'did you mean "undo"?'),
        (line(type="log"), UnknownName, "must have a type among"),
        (line(type=None), UnknownName, "must have a type among"),
        (line(type=5), UnknownName, "must have a type among"),
        (line(type=["run"]), RunplanError, "must have a type among"),
        (line(type={"run": 1}), RunplanError, "must have a type among"),
        (line(minuts=45), UnknownName, 'did you mean "minutes"?'),
        (line(pain_form=3), UnknownName, 'did you mean "pain_from"?'),
        (line(xyzzy=3), UnknownName, "leave it out"),
        (line(by="Anna"), UnknownName, "a run must have keys among day, recorded_on, minutes"),
        (b'{"schema": 1, "type": "run", "day": "2027-01-03"}', InvalidValue, "must have minutes"),
        (b'{"schema": 1, "type": "run", "minutes": 45}', InvalidValue, "a run must have day"),
        (line(minutes=0), InvalidValue, "from 1 to 600 (was 0)"),
        (line(minutes="45"), InvalidType, "from 1 to 600 (was '45')"),
        (line(minutes=45.0), InvalidType, "from 1 to 600 (was 45.0)"),
        (line(minutes=float("nan")), InvalidType, "from 1 to 600 (was nan)"),
        (line(minutes=None), InvalidType, "from 1 to 600 (was None)"),
        (line(day=None), InvalidType, "a day must be a date"),
        (line(day=20270103), InvalidType, "a day must be a date"),
        (line(day="2027-02-30"), InvalidValue, "(was '2027-02-30')"),
        (line(recorded_on="2027-01-02"), InvalidValue, "after it was recorded"),
        (line(pain=11), InvalidValue, "pain must be"),
        (line(pain_from=3), InvalidValue, "pain_from must be given only with pain"),
        (line(red_flags="fever"), InvalidType, "red_flags must be a list"),
        (line(red_flags=["feber"]), UnknownName, 'did you mean "fever"?'),
        (line(red_flags=[["fever"]]), InvalidType, "a red flag must be"),
        (line(kind="short"), UnknownName, "kind must be one of long, other"),
        (line(note=None), InvalidType, "note must be text"),
        (line(note="x" * 1001), InvalidValue, "at most 1000 characters"),
        (line(type="undo"), InvalidValue, "must take back an entry above it"),
    ],
)
def test_a_line_that_is_not_ours_is_told_with_its_number(path, foreign, error, part) -> None:
    """Nothing is guessed, and the file stays as it is."""
    path.write_bytes(LINES[1] + b"\n" + foreign.rstrip() + b"\n" + LINES[2])
    said = refused(error, path)
    assert said.startswith("log.jsonl, line 3")
    assert part in said
    assert len(said) < 500


def test_a_log_with_an_odd_name_still_makes_one_line(tmp_path) -> None:
    """The name stands in the error and in the warning."""
    path = tmp_path / "lo\ng.jsonl"
    path.write_bytes(b"5\n")
    refused(InvalidType, path)
    (told,) = read_journal(b"{", name=path.name).skipped
    assert told.isprintable()


# --- a newer runplan -------------------------------------------------------------------------

NEWER = (
    line(schema=2),
    line(schema=2, type="swim", day=5),
    line(schema=2, mood="fine"),
    line(schema=10**30, type="undo"),
)


@pytest.mark.parametrize("newer", NEWER)
def test_what_a_newer_runplan_wrote_asks_for_an_upgrade(path, newer) -> None:
    """Whatever else that line holds."""
    path.write_bytes(LINES[0] + newer + LINES[1])
    said = refused(InvalidValue, path)
    assert said.startswith("log.jsonl, line 2 must have a schema of at most 1 (was ")
    assert said.endswith("upgrade runplan: a newer one wrote it")


def untouched(arguments, path, newer, capsys) -> None:
    """Run a command that must ask for an upgrade and leave the log byte for byte."""
    before = LINES[0] + newer + LINES[1][:50]
    path.write_bytes(before)
    capsys.readouterr()
    assert run(arguments) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.endswith("upgrade runplan: a newer one wrote it\n")
    assert path.read_bytes() == before


WRITING = (
    ["log", "--minutes", "45"],
    ["log", "--morning", "0"],
    ["log", "strength"],
    ["log", "clearance", "--by", "Anna"],
    ["undo"],
    ["baseline"],
)
PLANNING = (["show"], ["export"], ["why"], ["what-if", "--minutes", "45"])


@pytest.mark.parametrize("newer", NEWER)
@pytest.mark.parametrize("arguments", WRITING, ids=" ".join)
def test_no_command_touches_what_a_newer_runplan_wrote(
    path, monkeypatch, capsys, newer, arguments
) -> None:
    """Here with no request beside it."""
    monkeypatch.chdir(path.parent)
    untouched(arguments, path, newer, capsys)


@pytest.mark.parametrize("arguments", [*WRITING, *PLANNING], ids=" ".join)
def test_no_plan_is_made_of_what_a_newer_runplan_wrote(
    path, monkeypatch, capsys, arguments
) -> None:
    """Nor is a calendar written."""
    monkeypatch.chdir(path.parent)
    given = ["--baseline-min", "40", "--target-min", "60"]
    assert run(["init", *given, "--start", "2026-11-30", "--timezone", "UTC"]) == 0
    untouched(arguments, path, NEWER[1], capsys)
    assert not path.with_name("plan.ics").exists()


# --- taking back -----------------------------------------------------------------------------


def test_entries_are_taken_back_from_the_last_one_on(path) -> None:
    """Until there is none left."""
    for entry in EACH:
        write_entry(path, entry)
    for number in reversed(range(len(EACH))):
        assert take_back(path) == EACH[number]
        assert loaded(path) == Log(EACH[:number])
    with pytest.raises(InvalidValue, match="there must be an entry to take back"):
        take_back(path)
    assert path.read_bytes().count(b"\n") == 2 * len(EACH)


def test_the_last_entry_is_the_one_that_was_logged_last_whatever_day_it_is_about(path) -> None:
    """A run of last week that was logged today is today's slip."""
    write_entry(path, OTHER)
    write_entry(path, RUN)
    assert RUN.day < OTHER.day
    assert take_back(path) == RUN


def test_what_was_taken_back_can_be_logged_again(path) -> None:
    """And taken back again."""
    for _ in range(3):
        write_entry(path, RUN)
        assert loaded(path) == Log([RUN])
        assert take_back(path) == RUN
        assert loaded(path) == NOTHING


def test_of_an_entry_that_was_logged_twice_one_is_taken_back(path) -> None:
    """The other one still stands."""
    write_entry(path, RUN)
    write_entry(path, RUN)
    take_back(path)
    assert loaded(path) == Log([RUN])


def test_where_nothing_was_logged_nothing_is_taken_back(path) -> None:
    """Nor is a log made for it."""
    with pytest.raises(InvalidValue, match="there must be an entry to take back"):
        take_back(path)
    assert not path.exists()


@pytest.mark.parametrize("undone", [0, 2, 3, 99, -1, None, "1", 1.0, True, [1], {}])
def test_only_an_entry_above_can_be_taken_back(path, undone) -> None:
    """Not the line itself, none below it, none that is no number."""
    path.write_bytes(LINES[0] + line(type="undo", line=undone) + LINES[1])
    said = refused(InvalidValue, path)
    assert said.startswith("log.jsonl, line 2 must take back an entry above it (was ")


def test_an_entry_is_taken_back_once_and_an_undo_never(path) -> None:
    """Each of these lines names what is no entry any more, or never was."""
    path.write_bytes(LINES[0] + UNDO_FIRST + UNDO_FIRST)
    assert "line 3 must take back" in refused(InvalidValue, path)
    path.write_bytes(LINES[0] + UNDO_FIRST + undo_line(2, AT))
    assert "line 3 must take back" in refused(InvalidValue, path)
    path.write_bytes(LINES[0] + LINES[1][:9] + b"\n" + undo_line(2, AT))
    assert "line 3 must take back" in refused(InvalidValue, path)


# --- several at once -------------------------------------------------------------------------

MANY = """
import sys
from pathlib import Path
from runplan import RunReport
from runplan.cli.workspace import write_entry
print("ready", flush=True)
sys.stdin.readline()
for minutes in range(int(sys.argv[2]), int(sys.argv[3])):
    write_entry(Path(sys.argv[1]), RunReport(day="2027-01-03", minutes=minutes))
"""
ALL_BACK = """
import sys
from pathlib import Path
from runplan.cli.workspace import take_back
print("ready", flush=True)
sys.stdin.readline()
for _ in range(int(sys.argv[2])):
    print(take_back(Path(sys.argv[1])).minutes)
"""


def python(code, *arguments, **options) -> subprocess.Popen[str]:
    """Start a Python of its own that can be told to go."""
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


def finished(*processes) -> list[str]:
    """Let processes that are ready go at the same time, and return what they printed."""
    for process in processes:
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()
    said = [process.communicate(timeout=120) for process in processes]
    for process, (_, err) in zip(processes, said, strict=True):
        assert (process.returncode, err) == (0, "")
    return [out for out, _ in said]


def test_two_who_log_at_once_lose_nothing(path) -> None:
    """Phone and laptop on one folder: 25 entries each, behind half a line."""
    path.write_bytes(LINES[0][:50])
    finished(python(MANY, path, 1, 26), python(MANY, path, 101, 126))
    runs = [
        RunReport(day="2027-01-03", minutes=minutes)
        for minutes in [*range(1, 26), *range(101, 126)]
    ]
    assert loaded(path, skipped=1) == Log(runs)
    assert path.read_bytes().count(b"\n") == 51


def test_two_who_take_back_at_once_never_take_back_the_same(path) -> None:
    """Ten each of twenty leave none."""
    for minutes in range(1, 21):
        write_entry(path, RunReport(day="2027-01-03", minutes=minutes))
    said = finished(python(ALL_BACK, path, 10), python(ALL_BACK, path, 10))
    assert sorted(map(int, "".join(said).split())) == list(range(1, 21))
    assert loaded(path) == NOTHING


def test_two_commands_at_once_lose_nothing(path) -> None:
    """The whole command line, as two terminals run it."""
    command = [sys.executable, "-m", "runplan", "log", "--minutes"]
    for first in (1, 3, 5):
        both = [
            subprocess.Popen(
                [*command, str(minutes)],
                cwd=path.parent,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
            for minutes in (first, first + 1)
        ]
        for process in both:
            _, err = process.communicate(timeout=60)
            assert (process.returncode, err) == (0, b"")
    assert sorted(each.minutes for each in loaded(path)) == [1, 2, 3, 4, 5, 6]


# --- killed ----------------------------------------------------------------------------------

ENDLESS = """
import itertools, sys
from pathlib import Path
from runplan import RunReport
from runplan.cli.workspace import write_entry
for number in itertools.count(1):
    write_entry(Path(sys.argv[1]), RunReport(day="2027-01-03", minutes=45, note=f"No. {number}"))
    print(number, flush=True)
"""
STUCK = """
import sys, time
from filelock import FileLock
with FileLock(sys.argv[1]):
    print("locked", flush=True)
    time.sleep(60)
"""


@pytest.mark.parametrize("pause_s", [0.0, 0.003, 0.017])
def test_a_kill_in_the_middle_loses_nothing_that_was_told_as_logged(path, pause_s) -> None:
    """At most the line that was being written is half, and the next one goes well."""
    with python(ENDLESS, path) as process:
        for _ in range(5):
            process.stdout.readline()
        time.sleep(pause_s)
        process.send_signal(signal.SIGKILL)
        told = 5 + len(process.stdout.readlines())
    assert process.returncode == -signal.SIGKILL
    journal = read_journal(path.read_bytes(), name=path.name)
    assert len(journal.skipped) <= 1
    notes = {each.note for each in journal.log}
    assert {f"No. {number}" for number in range(1, told + 1)} <= notes
    assert len(notes) <= told + 1
    write_entry(path, OTHER)
    after = read_journal(path.read_bytes(), name=path.name)
    assert after.log == journal.log.add(OTHER)


def test_whoever_was_killed_while_logging_keeps_nobody_waiting(path) -> None:
    """The lock goes with the process."""
    with python(STUCK, path.with_name(".log.jsonl.lock")) as process:
        assert process.stdout.readline() == "locked\n"
        process.send_signal(signal.SIGKILL)
    started = time.monotonic()
    write_entry(path, RUN)
    assert time.monotonic() - started < 10
    assert loaded(path) == Log([RUN])


def test_whoever_comes_second_waits(path) -> None:
    """Until the first one is done, and not longer."""
    with python(MANY, path, 45, 46) as process:
        assert process.stdout.readline() == "ready\n"
        with FileLock(path.with_name(".log.jsonl.lock")):
            process.stdin.write("go\n")
            process.stdin.flush()
            with pytest.raises(subprocess.TimeoutExpired):
                process.wait(timeout=1)
            assert not path.exists()
        assert process.wait(timeout=30) == 0
    assert [each.minutes for each in loaded(path)] == [45]


# --- where nothing can be written ------------------------------------------------------------


@contextmanager
def nobody() -> Iterator[None]:
    """Be somebody whom permissions bind, for root is nobody of the kind."""
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.parametrize("is_there", [True, False])
def test_a_folder_that_cannot_be_written_to_is_told(path, monkeypatch, is_there) -> None:
    """What was there stays, and nothing comes."""
    if is_there:
        path.write_bytes(LINES[0])
    before = sorted(path.parent.iterdir())
    monkeypatch.chdir(path.parent)
    path.parent.chmod(0o555)
    try:
        for write in (lambda log: write_entry(log, OTHER), take_back):
            with nobody(), pytest.raises(UnusableFile) as caught:
                write(Path("log.jsonl"))
            assert str(caught.value) == (
                "the log must be writable (was 'log.jsonl'): check the folder, its permissions "
                "and its space (Permission denied)"
            )
    finally:
        path.parent.chmod(0o755)
    assert sorted(path.parent.iterdir()) == before
    assert not is_there or path.read_bytes() == LINES[0]


def test_a_log_that_cannot_be_written_to_is_told(path, monkeypatch) -> None:
    """A file of somebody else in a folder of one's own."""
    path.write_bytes(LINES[0])
    path.chmod(0o444)
    path.parent.chmod(0o777)
    monkeypatch.chdir(path.parent)
    with nobody(), pytest.raises(UnusableFile, match="Permission denied"):
        write_entry(Path("log.jsonl"), OTHER)
    path.parent.chmod(0o755)
    assert path.read_bytes() == LINES[0]


def test_a_folder_in_place_of_the_log_is_told(path) -> None:
    """Neither read nor written."""
    path.mkdir()
    for write in (lambda log: write_entry(log, OTHER), take_back):
        with pytest.raises(UnusableFile, match="Is a directory"):
            write(path)


@contextmanager
def disk_of(size: int) -> Iterator[None]:
    """Let no file grow beyond a size."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("room", [0, 1, 20, len(LINES[1]) - 1])
@pytest.mark.parametrize("before", [b"", LINES[0], LINES[0] + LINES[1][:30]])
def test_a_line_without_room_for_it_is_not_written_at_all(path, before, room) -> None:
    """Not even its first bytes: the file is byte for byte as it was."""
    path.write_bytes(before)
    with disk_of(len(before) + room), pytest.raises(UnusableFile) as caught:
        write_entry(path, OTHER)
    assert str(caught.value).startswith("the log must be writable (was ")
    assert path.read_bytes() == before
    write_entry(path, EACH[2])
    assert len(read_journal(path.read_bytes(), name="log").log) == bool(before) + 1


def test_an_undo_without_room_for_it_takes_nothing_back(path) -> None:
    """The entry still stands."""
    path.write_bytes(LINES[0])
    with disk_of(len(LINES[0]) + 20), pytest.raises(UnusableFile):
        take_back(path)
    assert path.read_bytes() == LINES[0]


def test_a_first_line_without_room_for_it_leaves_no_entry(path) -> None:
    """Whether there is an empty file now or none."""
    with disk_of(20), pytest.raises(UnusableFile):
        write_entry(path, OTHER)
    assert not path.exists() or path.read_bytes() == b""


@pytest.mark.parametrize("room", [0, 20])
def test_the_command_tells_that_there_is_no_room_in_one_line(path, room) -> None:
    """And does not say that it logged anything."""
    path.write_bytes(LINES[0])
    code = (
        "import resource, sys\n"
        "size = int(sys.argv[1])\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))\n"
        "from runplan.cli import run\n"
        "sys.exit(run(['log', '--minutes', '45']))\n"
    )
    process = python(code, len(LINES[0]) + room, cwd=path.parent)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 2
    assert out == ""
    assert err.startswith("runplan: the log must be writable (was 'log.jsonl'): ")
    assert err.count("\n") == 1
    assert path.read_bytes() == LINES[0]


@pytest.fixture
def small_disk(tmp_path) -> Iterator[Path]:
    """A file system of 32 KiB, of its own."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=32k", "tmpfs", str(folder)]
    try:
        subprocess.run(mount, check=True, capture_output=True, timeout=60)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("only root can mount a disk of its own")
    yield folder
    subprocess.run(["umount", str(folder)], check=True, timeout=60)


@pytest.mark.parametrize("room", [0, 100])
def test_a_full_disk_is_told_and_the_log_is_as_it_was(small_disk, room) -> None:
    """Full before the line or in the middle of it; once there is room again, it is written."""
    path = small_disk / "log.jsonl"
    page = os.sysconf("SC_PAGE_SIZE")
    blank = b" " * (page - room - len(LINES[0]) - 1) + b"\n"
    path.write_bytes(LINES[0] + blank)
    before = path.read_bytes()
    filler = small_disk / "filler"
    with pytest.raises(OSError, match="No space left"):
        filler.write_bytes(b"\0" * page * 100)
    with pytest.raises(UnusableFile) as caught:
        write_entry(path, OTHER)
    assert str(caught.value) == (
        f"the log must be writable (was {str(path)!r}): check the folder, its permissions and "
        "its space (No space left on device)"
    )
    assert path.read_bytes() == before
    filler.unlink()
    write_entry(path, OTHER)
    assert loaded(path) == Log([RUN, OTHER])


# --- very long -------------------------------------------------------------------------------


def test_a_hundred_thousand_lines_are_loaded(path) -> None:
    """Ten entries a day for a lifetime, some of them taken back."""
    count = 100_000
    days = [
        f"{2027 + number // 336}-{number // 28 % 12 + 1:02}-{number % 28 + 1:02}"
        for number in range(3360)
    ]
    lines = (
        line(day=days[number % len(days)], minutes=number // len(days) + 1)
        if number % 10
        else undo_line(number - 1, AT)
        for number in range(1, count + 1)
    )
    path.write_bytes(b"".join(lines))
    log = loaded(path)
    assert len(log) == count - 2 * (count // 10)
    write_entry(path, EACH[-1])
    assert take_back(path) == EACH[-1]
