"""Files on disk: what a killed process, a full disk, a pipe or another user's rights do to them."""

import os
import resource
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from runplan import InvalidType, UnusableFile, load_log, load_rebuild
from runplan._base.files import read_if_there, read_whole, write_whole

OLD, NEW = b"old contents\n", b"new contents\n"


@pytest.fixture
def path(tmp_path) -> Path:
    """A file that is there already."""
    path = tmp_path / "plan.ics"
    path.write_bytes(OLD)
    return path


# --- who may read it -------------------------------------------------------------------------


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644, 0o664])
def test_a_file_keeps_its_permissions(path, mode) -> None:
    """Whatever the process would give to a new one."""
    path.chmod(mode)
    write_whole(path, NEW)
    assert path.read_bytes() == NEW
    assert stat.S_IMODE(path.stat().st_mode) == mode


def test_a_new_file_has_the_permissions_of_any_new_file(tmp_path) -> None:
    """As the umask has them."""
    (tmp_path / "usual").touch()
    write_whole(tmp_path / "new", NEW)
    assert (tmp_path / "new").stat().st_mode == (tmp_path / "usual").stat().st_mode


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file to another user")
def test_a_file_keeps_its_owner_and_group(path) -> None:
    """A web server that may read the calendar as its group can still read it."""
    os.chown(path, 1234, 4321)
    path.chmod(0o640)
    write_whole(path, NEW)
    found = path.stat()
    assert (found.st_uid, found.st_gid, stat.S_IMODE(found.st_mode)) == (1234, 4321, 0o640)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_an_owner_that_cannot_be_kept_stops_nothing(path, monkeypatch) -> None:
    """In a shared folder, the file then belongs to whoever wrote it last."""
    # That user may not enter the folders above.
    monkeypatch.chdir(path.parent)
    path.chmod(0o664)
    path.parent.chmod(0o777)
    os.seteuid(65534)
    try:
        write_whole(path.name, NEW)
    finally:
        os.seteuid(0)
    assert path.read_bytes() == NEW
    assert path.stat().st_uid == 65534


def test_a_file_keeps_its_extended_attributes(path) -> None:
    """Where the file system has any."""
    try:
        os.setxattr(path, "user.origin", b"runplan")
    except (AttributeError, OSError):
        pytest.skip("this file system has no extended attributes")
    write_whole(path, NEW)
    assert os.getxattr(path, "user.origin") == b"runplan"


def test_a_file_that_is_written_again_is_newer(path) -> None:
    """Web servers tell by its time whether it has changed."""
    os.utime(path, (0, 0))
    write_whole(path, NEW)
    assert path.stat().st_mtime > 0


def test_a_link_stays_a_link(path, tmp_path) -> None:
    """The file it leads to is replaced."""
    link = tmp_path / "link.ics"
    link.symlink_to(path)
    write_whole(link, NEW)
    assert link.is_symlink()
    assert path.read_bytes() == NEW


# --- neither half nor lost -------------------------------------------------------------------

ENDLESS = """
import itertools, sys
from runplan._base.files import write_whole
for number in itertools.count():
    write_whole(sys.argv[1], bytes([65 + number % 26]) * 200_000)
    print(number, flush=True)
"""


@pytest.mark.parametrize("pause_s", [0.0, 0.002, 0.005])
def test_a_killed_process_leaves_a_whole_file(path, pause_s) -> None:
    """What it left half is removed by a later write."""
    with subprocess.Popen(
        [sys.executable, "-c", ENDLESS, str(path)], stdout=subprocess.PIPE
    ) as process:
        for _ in range(3):
            process.stdout.readline()
        time.sleep(pause_s)
        process.send_signal(signal.SIGKILL)
        process.stdout.read()
    data = path.read_bytes()
    assert len(data) == 200_000
    assert len(set(data)) == 1
    for part in path.parent.glob(".*.part"):
        os.utime(part, (0, 0))
    write_whole(path, NEW)
    assert list(path.parent.iterdir()) == [path]


def test_what_a_killed_process_left_long_ago_is_removed(path) -> None:
    """An hour is longer than any writing takes."""
    part = path.with_name(".0123456789abcdef.part")
    part.touch()
    os.utime(part, (0, 0))
    write_whole(path, NEW)
    assert list(path.parent.iterdir()) == [path]


def test_what_another_process_is_writing_is_not_removed(path) -> None:
    """Nor is a file with another name."""
    others = [path.with_name(".0123456789abcdef.part"), path.with_name("film.part")]
    for other in others:
        other.touch()
    os.utime(others[1], (0, 0))
    write_whole(path, NEW)
    assert sorted(path.parent.iterdir()) == sorted([path, *others])


def test_a_full_disk_leaves_the_old_file(path) -> None:
    """And nothing beside it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20, hard))
    try:
        with pytest.raises(UnusableFile, match="File too large"):
            write_whole(path, b"x" * 100)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert path.read_bytes() == OLD
    assert list(path.parent.iterdir()) == [path]


# --- what is no file -------------------------------------------------------------------------


@pytest.fixture(params=["pipe", "/dev/full", "/dev/zero"])
def stream(request, tmp_path) -> Path:
    """A path that is no file: reading it never ends, or waits for ever."""
    if request.param == "pipe":
        os.mkfifo(tmp_path / "pipe")
        return tmp_path / "pipe"
    if not Path(request.param).exists():
        pytest.skip("this system has no such device")
    return Path(request.param)


@pytest.mark.parametrize("read", [read_whole, read_if_there, load_log, load_rebuild])
def test_a_pipe_or_a_device_is_not_read(stream, read) -> None:
    """The error comes at once."""
    with pytest.raises(UnusableFile, match="not a regular file"):
        read(stream)


def test_a_pipe_or_a_device_is_not_replaced(stream) -> None:
    """It is still one afterwards."""
    with pytest.raises(UnusableFile, match="not a regular file"):
        write_whole(stream, NEW)
    assert not stream.is_file()


def test_a_path_is_text_or_a_path() -> None:
    """A number would be a file descriptor."""
    for use in (read_whole, read_if_there, lambda path: write_whole(path, NEW)):
        with pytest.raises(InvalidType, match="a path must be text or a Path"):
            use(1)
