"""Writing log.jsonl: whatever happens meanwhile, nothing that was logged is lost."""

import datetime as dt
import errno
import fcntl
import os
import resource
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from attrs import evolve
from filelock import FileLock
from support.effort import effort

from runplan import (
    Activity,
    Clearance,
    Log,
    MorningReport,
    RunReport,
    StrengthReport,
    UnusableFile,
)
from runplan._base.dates import to_day, to_moment
from runplan.cli import run
from runplan.cli.log_writer import append
from runplan.storage.log_file import entry_line, read_journal, retract_line

AT = to_moment("2027-01-03T10:30:00+01:00")
EACH = (
    RunReport(day="2027-01-03", minutes=45, pain=2, pain_from=38, note="Föhn 🏃"),
    RunReport(day="2027-01-05", minutes=20, kind="other", fatigue=7, pain_next_morning=0),
    MorningReport(day="2027-01-03", pain=1, recorded_on="2027-01-04", note="stiff"),
    StrengthReport(day="2027-01-06", pain=3, pain_next_morning=0),
    Clearance(day="2027-01-20", by="Ånna", baseline_min=35),
)
RUN, OTHER = EACH[:2]
LINES = tuple(entry_line(entry, AT) for entry in EACH)
NOTHING = Log()


@pytest.fixture
def path(tmp_path) -> Path:
    """Where a log is kept."""
    return tmp_path / "log.jsonl"


def write_entry(path, entry) -> None:
    """Add an entry to a log, as the command line does."""
    append(path, entry_line(entry, AT), at=AT)


def withdraw(path, entry, day="2199-12-31") -> None:
    """Withdraw an entry of a log, as the command line does."""
    recorded = read_journal(path.read_bytes(), name=path.name).recorded
    (id_,) = {each.id for each in recorded if each.entry == entry}
    append(path, retract_line(id_, to_day(day), AT), at=AT)


def loaded(path, *, cut_off=False) -> Log:
    """Return the log, which may have been cut off at the end."""
    journal = read_journal(path.read_bytes(), name=path.name)
    assert bool(journal.skipped) is cut_off
    return journal.log


# --- what is written -------------------------------------------------------------------------


def test_each_entry_is_a_line_at_the_end(path) -> None:
    """What was there is the beginning of what is there."""
    before = b""
    for number, entry in enumerate(EACH, start=1):
        write_entry(path, entry)
        assert path.read_bytes() == before + LINES[number - 1]
        assert loaded(path) == Log(EACH[:number])
        before = path.read_bytes()


def test_withdrawing_only_ever_adds_a_line(path) -> None:
    """The entry stays where it is, and can be logged again."""
    write_entry(path, RUN)
    write_entry(path, OTHER)
    before = path.read_bytes()
    withdraw(path, RUN, "2027-01-08")
    assert path.read_bytes().startswith(before)
    assert loaded(path) == Log([evolve(RUN, retracted_on="2027-01-08"), OTHER])
    append(path, entry_line(RUN, AT.add(days=5)), at=AT)
    assert loaded(path) == Log([evolve(RUN, retracted_on="2027-01-08"), RUN, OTHER])


def test_several_lines_are_written_together(path) -> None:
    """All of them or none."""
    append(path, *LINES, at=AT)
    assert path.read_bytes() == b"".join(LINES)


def test_a_log_kept_in_another_place_is_a_link_that_stays_one(tmp_path, path) -> None:
    """In a folder that is synchronised, for one."""
    real = tmp_path / "elsewhere.jsonl"
    write_entry(real, RUN)
    path.symlink_to(real)
    write_entry(path, OTHER)
    assert path.is_symlink()
    assert loaded(real) == Log([RUN, OTHER])


@pytest.mark.parametrize(
    "data",
    [
        b"\r\n".join([*(each.rstrip() for each in LINES), b""]),
        b"\n\n".join(LINES),
        b"\xef\xbb\xbf" + b"".join(LINES),
        b"".join(LINES).rstrip(b"\n"),
        b"".join(LINES) + b"   ",
    ],
    ids=["Windows", "blank lines", "a byte-order mark", "no last line end", "blanks at the end"],
)
def test_the_next_entry_goes_well_behind_what_an_editor_has_left(path, data) -> None:
    """Not a byte of it is changed."""
    path.write_bytes(data)
    write_entry(path, StrengthReport(day="2027-01-27"))
    assert path.read_bytes().startswith(data)
    assert loaded(path) == Log([*EACH, StrengthReport(day="2027-01-27")])


# --- behind half a line ----------------------------------------------------------------------


@pytest.mark.parametrize("length", [1, 2, 12, 60, -3, -2, -1])
def test_what_is_written_behind_half_a_line_does_not_join_it(path, length) -> None:
    """It is marked as cut off, once, and skipped from then on."""
    half = LINES[0] + LINES[1][:length]
    path.write_bytes(half)
    whole = [RUN, OTHER] if length == -1 else [RUN]
    assert loaded(path, cut_off=length != -1) == Log(whole)
    write_entry(path, EACH[2])
    assert path.read_bytes().startswith(half + b"\n{")
    assert loaded(path) == Log([*whole, EACH[2]])
    write_entry(path, EACH[3])
    assert loaded(path) == Log([*whole, *EACH[2:4]])
    assert path.read_bytes().count(b'"cut-off"') == (length != -1)


def test_withdrawing_behind_half_a_line_withdraws_what_was_whole(path) -> None:
    """The half one was never logged."""
    path.write_bytes(LINES[0] + LINES[1] + LINES[2][:40])
    withdraw(path, OTHER, "2027-01-08")
    assert loaded(path) == Log([RUN, evolve(OTHER, retracted_on="2027-01-08")])


def test_a_line_that_was_cut_off_twice_at_the_same_place_is_skipped(path) -> None:
    """Both halves are the same bytes, and one mark is about both."""
    path.write_bytes(LINES[0] + LINES[1][:40])
    write_entry(path, EACH[2])
    with path.open("ab") as file:
        file.write(LINES[1][:40])
    write_entry(path, EACH[3])
    assert loaded(path) == Log([RUN, EACH[2], EACH[3]])


# --- a newer runplan -------------------------------------------------------------------------

NEWER = (
    b'{"schema": 3, "type": "run", "day": "2027-01-03", "minutes": 45}\n',
    b'{"schema": 3, "type": "swim", "day": 5}\n',
    b'{"schema": 1000000000000, "type": "undo"}\n',
)


def untouched(arguments, path, newer, capsys) -> None:
    """Run a command that must ask for an upgrade and leave the log byte for byte."""
    before = LINES[0] + newer + LINES[1][:50]
    path.write_bytes(before)
    capsys.readouterr()
    assert run(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.endswith("upgrade runplan: a newer one wrote it\n")
    assert path.read_bytes() == before


WRITING = (
    ["log", "--minutes", "45"],
    ["log", "--morning", "0"],
    ["log", "strength"],
    ["log", "clearance", "--by", "Anna"],
    ["log", "--list"],
    ["undo"],
    ["baseline"],
)
PLANNING = (
    ["show"],
    ["export"],
    ["why"],
    ["what-if", "--minutes", "45"],
    ["change", "--target-min", "90"],
    ["away", "2027-02-01"],
)


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
    """Nor is the request changed or a calendar written."""
    monkeypatch.chdir(path.parent)
    given = ["--baseline-min", "40", "--target-min", "60"]
    assert run(["init", *given, "--start", "2026-11-30", "--timezone", "UTC"]) == 0
    request = path.with_name("rebuild.toml").read_bytes()
    untouched(arguments, path, NEWER[1], capsys)
    assert path.with_name("rebuild.toml").read_bytes() == request
    assert not path.with_name("plan.ics").exists()


# --- several at once -------------------------------------------------------------------------

SETUP = """
import itertools, sys
from pathlib import Path
from runplan import RunReport
from runplan._base.dates import to_moment
from runplan.cli.log_writer import append
from runplan.storage.log_file import entry_line
AT = to_moment("2027-01-03T10:30:00+01:00")
path = Path(sys.argv[1])
def write(**values):
    append(path, entry_line(RunReport(day="2027-01-03", **values), AT), at=AT)
"""
MANY = (
    SETUP
    + """
print("ready", flush=True)
sys.stdin.readline()
for minutes in range(int(sys.argv[2]), int(sys.argv[3])):
    write(minutes=minutes)
"""
)


def python(code, *arguments, stderr=subprocess.PIPE, **options) -> subprocess.Popen[str]:
    """Start another Python, which waits for a line before it begins."""
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=stderr,
        text=True,
        **options,
    )


def finished(*processes) -> list[str]:
    """Let processes begin at the same time, and return what they printed."""
    for process in processes:
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()
    said = [process.communicate(timeout=120) for process in processes]
    for process, (_, err) in zip(processes, said, strict=True):
        assert (process.returncode, err) == (0, "")
    return [out for out, _ in said]


def test_two_machines_that_log_at_once_lose_nothing(path) -> None:
    """Phone and laptop on one folder: 25 entries each, behind half a line."""
    path.write_bytes(LINES[0][:50])
    finished(python(MANY, path, 1, 26), python(MANY, path, 101, 126))
    runs = [
        RunReport(day="2027-01-03", minutes=minutes)
        for minutes in [*range(1, 26), *range(101, 126)]
    ]
    assert loaded(path) == Log(runs)
    # The half line, its mark and the entries.
    assert path.read_bytes().count(b"\n") == 52


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

ENDLESS = (
    SETUP
    + """
for number in itertools.count(1):
    write(minutes=45, note=f"No. {number}")
    print(number, flush=True)
"""
)
STUCK = """
import sys, time
from filelock import FileLock
with FileLock(sys.argv[1]):
    print("locked", flush=True)
    time.sleep(60)
"""


@pytest.mark.parametrize("pause_s", [0.0, 0.003, 0.017])
def test_a_kill_in_the_middle_loses_nothing_that_was_confirmed(path, pause_s) -> None:
    """At most the line that was being written is half, and the next one goes well."""
    with python(ENDLESS, path) as process:
        for _ in range(5):
            process.stdout.readline()
        time.sleep(pause_s)
        process.send_signal(signal.SIGKILL)
        confirmed = 5 + len(process.stdout.readlines())
    assert process.returncode == -signal.SIGKILL
    journal = read_journal(path.read_bytes(), name=path.name)
    notes = {each.note for each in journal.log}
    assert {f"No. {number}" for number in range(1, confirmed + 1)} <= notes
    assert len(notes) <= confirmed + 1
    write_entry(path, OTHER)
    assert loaded(path) == journal.log.add(OTHER)


def test_a_command_that_was_killed_keeps_no_other_waiting(path) -> None:
    """The lock goes with the process."""
    with python(STUCK, path.with_name(".log.jsonl.lock")) as process:
        assert process.stdout.readline() == "locked\n"
        process.send_signal(signal.SIGKILL)
    write_entry(path, RUN)
    assert loaded(path) == Log([RUN])


def test_the_second_of_two_commands_waits(path) -> None:
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


MANY_COMMANDS = """
import sys
from runplan.cli import run
print("ready", flush=True)
sys.stdin.readline()
name, times = sys.argv[1:]
for number in range(int(times)):
    note = f"{name} {number}"
    log = ["log", "--minutes", "40", "--other", "--note", note]
    for line in (log, ["import", "activities.csv"], ["publish"]):
        assert run(line) == 0
    print("confirmed", note, flush=True)
"""


def test_eight_commands_at_once_and_one_killed_lose_nothing(path, monkeypatch) -> None:
    """Each logs, imports and publishes again and again; nothing is lost, twice or half."""
    monkeypatch.chdir(path.parent)
    today = dt.datetime.now(dt.UTC)
    path.with_name("activities.csv").write_text(
        "Activity Date,Activity Name,Activity Type,Moving Time\n"
        f'"{today:%b %d, %Y}, 0:01:00 AM",Morning,Run,1200\n',
        encoding="utf-8",
    )
    given = ["--baseline-min", "40", "--target-min", "60", "--start", f"{today:%Y-%m-%d}"]
    assert run(["init", *given, "--timezone", "UTC"]) == 0
    processes = [
        python(MANY_COMMANDS, name, effort(2, 10), cwd=path.parent, stderr=subprocess.DEVNULL)
        for name in "abcdefgh"
    ]
    for process in processes:
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()
    victim, *others = processes
    said = [victim.stdout.readline()]
    victim.send_signal(signal.SIGKILL)
    said += [line for each in processes for line in each.communicate(timeout=120)[0].splitlines()]
    assert [each.returncode for each in others] == [0] * 7
    confirmed = [line.split(" ", 1)[1].strip() for line in said if line.startswith("confirmed ")]
    notes = [each.note for each in loaded(path) if isinstance(each, RunReport)]
    assert len(set(notes)) == len(notes)
    assert len([each for each in loaded(path) if isinstance(each, Activity)]) == 1
    assert set(confirmed) <= set(notes)
    assert len(notes) <= len(confirmed) + 1
    assert run(["publish"]) == 0
    calendar = path.with_name("plan.ics").read_bytes()
    uids = [line for line in calendar.splitlines() if line.startswith(b"UID:")]
    assert len(set(uids)) == len(uids) == 26
    assert calendar.endswith(b"END:VCALENDAR\r\n")


# --- who may lock it -------------------------------------------------------------------------


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o666])
def test_the_lock_has_the_permissions_of_the_log(path, mode) -> None:
    """Whoever may write a shared log may lock it."""
    path.write_bytes(LINES[0])
    path.chmod(mode)
    write_entry(path, OTHER)
    # Some versions of filelock remove it.
    locks = path.parent.glob(".*.lock")
    assert {stat.S_IMODE(each.stat().st_mode) for each in locks} <= {mode}


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_two_users_can_write_a_shared_log() -> None:
    """Whoever writes first lets the others lock it too."""
    # Not in tmp_path, whose parents only its owner may enter.
    with TemporaryDirectory() as folder:
        path = Path(folder, "log.jsonl")
        path.parent.chmod(0o777)
        write_entry(path, RUN)
        path.chmod(0o666)
        write_entry(path, EACH[2])
        with nobody():
            write_entry(path, OTHER)
        assert loaded(path) == Log([RUN, EACH[2], OTHER])


def test_the_lock_lies_beside_the_file_that_a_link_leads_to(tmp_path) -> None:
    """Two links to one log have one lock."""
    (tmp_path / "real").mkdir()
    real, link = tmp_path / "real" / "log.jsonl", tmp_path / "log.jsonl"
    link.symlink_to(real)
    write_entry(link, RUN)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["log.jsonl", "real"]


def failure(code: int) -> OSError:
    """Return the error of a system call."""
    return OSError(code, os.strerror(code))


@pytest.mark.parametrize("code", [errno.ENOLCK, errno.EOPNOTSUPP, errno.EINVAL])
def test_where_there_are_no_locks_a_file_stands_for_one(path, monkeypatch, code) -> None:
    """As on some network file systems; it is gone afterwards."""
    held, seen = path.with_name(".log.jsonl.locked"), []

    def refuse(*_: object) -> None:
        raise failure(code)

    monkeypatch.setattr(fcntl, "flock", refuse)
    monkeypatch.setattr(os, "fsync", lambda _: seen.append(held.exists()))
    write_entry(path, RUN)
    write_entry(path, OTHER)
    assert loaded(path) == Log([RUN, OTHER])
    assert seen[0]
    assert not held.exists()


def test_a_lock_that_another_command_keeps_is_an_error_in_the_end(path, monkeypatch) -> None:
    """The error names its file."""
    monkeypatch.setattr("runplan.cli.log_writer._PATIENCE_S", 0.1)
    with FileLock(path.with_name(".log.jsonl.lock")), pytest.raises(UnusableFile) as caught:
        write_entry(path, RUN)
    assert ".log.jsonl.lock" in str(caught.value)
    assert not path.exists()


def test_an_unlock_that_fails_does_not_undo_what_was_written(path, monkeypatch) -> None:
    """The lock ends with the process in any case."""
    flock = fcntl.flock

    def fail_to_unlock(descriptor: int, operation: int) -> None:
        flock(descriptor, operation)
        if operation == fcntl.LOCK_UN:
            raise failure(errno.EIO)

    monkeypatch.setattr(fcntl, "flock", fail_to_unlock)
    write_entry(path, RUN)
    assert loaded(path) == Log([RUN])


def test_a_folder_that_cannot_be_flushed_does_not_undo_what_was_written(path, monkeypatch) -> None:
    """Some network file systems cannot."""
    fsync = os.fsync

    def fail_for_folders(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise failure(errno.EINVAL)
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", fail_for_folders)
    write_entry(path, RUN)
    assert loaded(path) == Log([RUN])


def test_ctrl_c_while_writing_leaves_nothing_behind(path, monkeypatch) -> None:
    """The command says that nothing was written, and that is true."""
    path.write_bytes(LINES[0])

    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_entry(path, OTHER)
    assert path.read_bytes() == LINES[0]


# --- where nothing can be written ------------------------------------------------------------


@pytest.mark.parametrize("device", ["pipe", "/dev/full", "/dev/zero"])
@pytest.mark.parametrize("file", ["log.jsonl read by baseline", "rebuild.toml read by show"])
def test_a_pipe_or_a_device_in_place_of_a_file_is_reported_at_once(
    path, monkeypatch, capsys, device, file
) -> None:
    """Reading it would never end."""
    name, reader = file.split(" read by ")
    monkeypatch.chdir(path.parent)
    if device == "pipe":
        os.mkfifo(path.with_name("pipe"))
    elif not Path(device).exists():
        pytest.skip("this system has no such device")
    path.with_name(name).symlink_to(device)
    for arguments in (["log", "--minutes", "40"], [reader]):
        assert run(arguments) == 2
        assert "(not a regular file)" in capsys.readouterr().err
    with pytest.raises(UnusableFile, match="not a regular file"):
        write_entry(path.with_name(name), RUN)


@contextmanager
def nobody() -> Iterator[None]:
    """Be a user whom permissions bind, which root is not."""
    if os.geteuid():
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.parametrize("is_there", [True, False])
def test_a_folder_that_cannot_be_written_to_is_reported(path, monkeypatch, is_there) -> None:
    """What was there stays, and nothing comes."""
    if is_there:
        path.write_bytes(LINES[0])
    before = sorted(path.parent.iterdir())
    monkeypatch.chdir(path.parent)
    path.parent.chmod(0o555)
    try:
        with nobody(), pytest.raises(UnusableFile) as caught:
            write_entry(Path("log.jsonl"), OTHER)
        assert str(caught.value) == (
            "the log must be writable (was 'log.jsonl'): check the folder, its permissions "
            "and its free space (Permission denied)"
        )
    finally:
        path.parent.chmod(0o755)
    assert sorted(path.parent.iterdir()) == before
    assert not is_there or path.read_bytes() == LINES[0]


def test_a_log_that_cannot_be_written_to_is_reported(path, monkeypatch) -> None:
    """Somebody else's file in a folder of yours."""
    path.write_bytes(LINES[0])
    path.chmod(0o444)
    path.parent.chmod(0o777)
    monkeypatch.chdir(path.parent)
    with nobody(), pytest.raises(UnusableFile, match="Permission denied"):
        write_entry(Path("log.jsonl"), OTHER)
    path.parent.chmod(0o755)
    assert path.read_bytes() == LINES[0]


def test_a_folder_in_place_of_the_log_is_reported(path) -> None:
    """Nothing is written into it."""
    path.mkdir()
    with pytest.raises(UnusableFile, match="Is a directory"):
        write_entry(path, OTHER)
    assert list(path.iterdir()) == []


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


def test_a_withdrawal_without_room_for_it_withdraws_nothing(path) -> None:
    """The entry still stands."""
    path.write_bytes(LINES[0])
    with disk_of(len(LINES[0]) + 20), pytest.raises(UnusableFile):
        withdraw(path, RUN)
    assert path.read_bytes() == LINES[0]


def test_of_several_lines_none_is_written_if_there_is_no_room_for_all(path) -> None:
    """Not even the first one, which would have fitted."""
    path.write_bytes(LINES[0])
    room = len(LINES[0]) + len(LINES[1]) + 5
    with disk_of(room), pytest.raises(UnusableFile):
        append(path, LINES[1], LINES[2], at=AT)
    assert path.read_bytes() == LINES[0]


def test_a_first_line_without_room_for_it_leaves_no_entry(path) -> None:
    """Whether there is an empty file now or none."""
    with disk_of(20), pytest.raises(UnusableFile):
        write_entry(path, OTHER)
    assert not path.exists() or path.read_bytes() == b""


@pytest.mark.parametrize("room", [0, 20])
def test_the_command_says_in_one_line_that_there_is_no_room(path, room) -> None:
    """And does not say that it logged anything."""
    path.write_bytes(LINES[0])
    code = (
        "import resource, sys\n"
        "size = int(sys.argv[1])\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))\n"
        "from runplan.cli import run\n"
        "sys.exit(run(['log', '--minutes', '45']))\n"
    )
    # Measuring which lines are reached would write a file as well.
    environ = {name: value for name, value in os.environ.items() if "COVERAGE" not in name}
    process = python(code, len(LINES[0]) + room, cwd=path.parent, env=environ)
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
def test_a_full_disk_is_reported_and_the_log_is_as_it_was(small_disk, room) -> None:
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
        "its free space (No space left on device)"
    )
    assert path.read_bytes() == before
    filler.unlink()
    write_entry(path, OTHER)
    assert loaded(path) == Log([RUN, OTHER])
