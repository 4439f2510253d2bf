"""Files read and written whole."""

import errno
import os
import shutil
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO

from runplan.errors import InvalidType, RunplanError, UnusableFile

PathLike = str | os.PathLike[str]

# The name of a file that is being written. One this old was left by a process that was killed. [s]
_PART = f".{'[0-9a-f]' * 16}.part"
_STALE_S = 3600


def read_whole(path: PathLike) -> bytes:
    """
    Return the contents of a file.

    Raises:
        InvalidType: If the path is neither text nor a Path.
        UnusableFile: If the file does not exist, cannot be read or is a pipe or a device.
    """
    try:
        return _contents(path)
    except (OSError, ValueError) as error:
        raise _unusable("a file must exist and be readable", path, error) from None


@contextmanager
def opened(path: PathLike) -> Iterator[BinaryIO]:
    """
    Open a file to read parts of it.

    Raises:
        InvalidType: If the path is neither text nor a Path.
        UnusableFile: If it does not exist, cannot be read or is not a file, as a folder.
    """
    try:
        # Opening a pipe would wait for what writes to it.
        if not stat.S_ISREG(_path(path).stat().st_mode):
            remedy = "name a file, not a folder or a device"
            raise UnusableFile("it must be a file", os.fspath(path), remedy)
        with _path(path).open("rb") as file:
            yield file
    except RunplanError:
        raise
    except (OSError, ValueError) as error:
        raise _unusable("a file must exist and be readable", path, error) from None


def read_if_there(path: PathLike) -> bytes | None:
    """
    Return the contents of a file, or None if it does not exist.

    Raises:
        InvalidType: If the path is neither text nor a Path.
        UnusableFile: If it exists but cannot be read, or is a pipe or a device.
    """
    try:
        return _contents(path)
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise _unusable("a file must be readable", path, error) from None


def write_whole(path: PathLike, data: bytes) -> None:
    """
    Write a file atomically: readers see either the old contents or the new.

    The file keeps its permissions and extended attributes, its owner and group where the system
    allows it, and a symbolic link stays one.

    Raises:
        InvalidType: If the path is neither text nor a Path.
        UnusableFile: If it cannot be written; the old file is then unchanged.
    """
    try:
        target = followed(_path(path))
        must_be_no_stream(target)
        is_new = not target.exists()
        _remove_stale_parts(target.parent)
        part = target.with_name(f".{token_hex(8)}.part")
        # Until it has the permissions of the old file, nobody else may read it.
        mode = 0o666 if is_new else 0o600
        try:
            with open(part, "xb", opener=lambda name, flags: os.open(name, flags, mode)) as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            if not is_new:
                copy_access(target, part)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
    except (OSError, ValueError) as error:
        raise _unusable("a file must be writable", path, error) from None


def followed(path: Path) -> Path:
    """Return the file that a symbolic link leads to, and any other path as it is."""
    return Path(os.path.realpath(path)) if path.is_symlink() else path


def copy_access(model: Path, path: Path) -> None:
    """Give a file the owner, group, permissions and extended attributes of another, if allowed."""
    like = model.stat()
    if os.name != "nt":  # pragma: no branch (Windows has no owners and groups)
        with suppress(PermissionError):
            os.chown(path, -1, like.st_gid)
        with suppress(PermissionError):
            os.chown(path, like.st_uid, -1)
    shutil.copystat(model, path)
    # Its time is that of its own contents.
    os.utime(path)


def must_be_no_stream(path: Path) -> None:
    """Reject an existing pipe or device: reading one may never end, and it cannot be replaced."""
    with suppress(FileNotFoundError):
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
            raise OSError(errno.EINVAL, "not a regular file")


def shown_name(path: PathLike) -> str:
    """
    Return a file's name for error messages, always on one line.

    >>> shown_name("plans/rebuild.toml")
    'rebuild.toml'
    """
    name = Path(path).name
    return name if name.isprintable() else ascii(name)


def _contents(path: PathLike) -> bytes:
    found = _path(path)
    must_be_no_stream(found)
    return found.read_bytes()


def _remove_stale_parts(folder: Path) -> None:
    for part in folder.glob(_PART):
        with suppress(OSError):
            if time.time() - part.stat().st_mtime > _STALE_S:
                part.unlink()


def _path(path: PathLike) -> Path:
    if not isinstance(path, str | os.PathLike):
        raise InvalidType("a path must be text or a Path", path, 'write it like "plan.ics"')
    return Path(path)


def _unusable(must: str, path: PathLike, error: Exception) -> UnusableFile:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return UnusableFile(must, os.fspath(path), f"check the path and its permissions ({reason})")
