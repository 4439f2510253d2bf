"""Appending lines to log.jsonl, all of them or none."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import EINVAL, ENOLCK, ENOSPC, EOPNOTSUPP
from io import FileIO
from pathlib import Path

from filelock import BaseFileLock, FileLock, SoftFileLock, Timeout

from runplan._base.dates import DateTime
from runplan._base.files import copy_access, followed, must_be_no_stream
from runplan.errors import UnusableFile
from runplan.storage.log_file import cut_off_line

# Two commands that write at once wait for each other; one that takes this long hangs. [s]
_PATIENCE_S = 30

# The answers of file systems, mostly on a network, that have no locks.
_NO_LOCKS = {EINVAL, ENOLCK, EOPNOTSUPP}


def append(path: Path, *lines: bytes, at: DateTime) -> None:
    """
    Append lines to a log, all of them or none.

    Args:
        path: The log; it need not exist yet.
        lines: The lines, each with its line ending.
        at: The current moment.

    Raises:
        UnusableFile: If the log cannot be written; it is then unchanged.
    """
    try:
        # The lock is beside the file itself, wherever a link to it may be.
        target = followed(path)
        must_be_no_stream(target)
        with _locked(target) as lock:
            _append(target, b"".join(lines), at)
            with suppress(OSError):
                # Everyone with access to the log may lock it.
                copy_access(target, lock)
    except OSError as error:
        reason = error.strerror or str(error)
        do = f"check the folder, its permissions and its free space ({reason})"
        raise UnusableFile("the log must be writable", str(path), do) from None


def extended(data: bytes, *lines: bytes, at: DateTime) -> bytes:
    """Return the contents of a log with lines added, without writing it."""
    return data + _ended(data, at) + b"".join(lines)


@contextmanager
def _locked(path: Path) -> Iterator[Path]:
    """Hold the lock of a log, and return its file."""
    lock = _acquired(path)
    try:
        yield Path(lock.lock_file)
    finally:
        # What was written is written, and the lock ends with the process.
        with suppress(OSError):
            lock.release()


def _acquired(path: Path) -> BaseFileLock:
    lock: BaseFileLock = FileLock(path.with_name(f".{path.name}.lock"), timeout=_PATIENCE_S)
    try:
        lock.acquire()
    except Timeout:
        raise
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise
        # There, the log is locked as long as another file exists.
        lock = SoftFileLock(path.with_name(f".{path.name}.locked"), timeout=_PATIENCE_S)
        lock.acquire()
    return lock


def _append(path: Path, lines: bytes, at: DateTime) -> None:
    """Write lines at the end and flush them to disk, or leave the file unchanged."""
    is_new = not path.exists()
    try:
        with path.open("ab+", buffering=0) as file:
            end = file.seek(0, os.SEEK_END)
            try:
                _write(file, _ended(path.read_bytes(), at) + lines)
            except BaseException:
                file.truncate(end)
                raise
    except OSError:
        if is_new:
            path.unlink(missing_ok=True)
        raise
    if is_new:
        _sync_folder(path.parent)


def _write(file: FileIO, data: bytes) -> None:
    if file.write(data) != len(data):
        raise OSError(ENOSPC, os.strerror(ENOSPC))
    os.fsync(file.fileno())


def _ended(data: bytes, at: DateTime) -> bytes:
    """Return what must precede new lines: something only if the last line does not end."""
    last = data.rpartition(b"\n")[2]
    if not last:
        return b""
    return b"\n" + (cut_off_line(last, at) or b"")


def _sync_folder(folder: Path) -> None:
    """Flush the name of a new file to disk, on systems where folders can be opened."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        with suppress(OSError):
            os.fsync(descriptor)
        os.close(descriptor)
