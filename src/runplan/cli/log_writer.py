"""Appending lines to log.jsonl, all of them or none."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from errno import ENOSPC
from io import FileIO
from pathlib import Path

from filelock import FileLock

from runplan._base.dates import DateTime
from runplan.errors import UnusableFile
from runplan.storage.log_file import cut_off_line


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
    with _locked(path):
        _append(path, b"".join(lines), at)


def extended(data: bytes, *lines: bytes, at: DateTime) -> bytes:
    """Return the contents of a log with lines added, without writing it."""
    return data + _ended(data, at) + b"".join(lines)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    # Two commands that write at once wait for each other; one that takes this long hangs.
    lock = FileLock(path.with_name(f".{path.name}.lock"), timeout=30)
    try:
        with lock:
            yield
    except OSError as error:
        reason = error.strerror or str(error)
        do = f"check the folder, its permissions and its free space ({reason})"
        raise UnusableFile("the log must be writable", str(path), do) from None


def _append(path: Path, lines: bytes, at: DateTime) -> None:
    """Write lines at the end and flush them to disk, or leave the file unchanged."""
    is_new = not path.exists()
    try:
        with path.open("ab+", buffering=0) as file:
            end = file.seek(0, os.SEEK_END)
            try:
                _write(file, _ended(path.read_bytes(), at) + lines)
            except OSError:
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
    if os.name == "nt":  # pragma: no cover (only Windows, where no folder can be opened)
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
