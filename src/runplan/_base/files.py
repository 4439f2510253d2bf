"""Files read and written whole."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO

from runplan.errors import InvalidType, RunplanError, UnusableFile

PathLike = str | os.PathLike[str]


def read_whole(path: PathLike) -> bytes:
    """
    Return the contents of a file.

    Raises:
        InvalidType: If the path is neither text nor a Path.
        UnusableFile: If the file does not exist or cannot be read.
    """
    try:
        return _path(path).read_bytes()
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
        UnusableFile: If it exists but cannot be read.
    """
    try:
        return _path(path).read_bytes()
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise _unusable("a file must be readable", path, error) from None


def write_whole(path: PathLike, data: bytes) -> None:
    """
    Write a file atomically: readers see either the old contents or the new.

    The file keeps its permissions, and a symbolic link stays one.

    Raises:
        InvalidType: If the path is neither text nor a Path.
        UnusableFile: If it cannot be written; the old file is then unchanged.
    """
    try:
        target = Path(os.path.realpath(_path(path)))
        part = target.with_name(f".{token_hex(8)}.part")
        try:
            with part.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            if target.exists():
                part.chmod(target.stat().st_mode)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
    except (OSError, ValueError) as error:
        raise _unusable("a file must be writable", path, error) from None


def shown_name(path: PathLike) -> str:
    """
    Return a file's name for error messages, always on one line.

    >>> shown_name("plans/rebuild.toml")
    'rebuild.toml'
    """
    name = Path(path).name
    return name if name.isprintable() else ascii(name)


def _path(path: PathLike) -> Path:
    if not isinstance(path, str | os.PathLike):
        raise InvalidType("a path must be text or a Path", path, 'write it like "plan.ics"')
    return Path(path)


def _unusable(must: str, path: PathLike, error: Exception) -> UnusableFile:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return UnusableFile(must, os.fspath(path), f"check the path and its permissions ({reason})")
