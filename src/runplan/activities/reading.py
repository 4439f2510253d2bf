"""read: the runs in a file, whatever its format."""

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO, BinaryIO

from runplan._base.dates import ZoneLike, to_zone
from runplan._base.files import PathLike, opened, shown_name
from runplan.activities.csv_exports import read_csv
from runplan.activities.fit import read_fit
from runplan.activities.history import Activities, each_once
from runplan.activities.tracks import read_tracks
from runplan.errors import InvalidValue, RunplanError

# The largest file, after it is unpacked. A list of ten thousand activities has 10 MB. [bytes]
_LARGEST = 32 * 2**20

# The largest FIT file: a day, point by point, has some 5 MB. [bytes]
_LARGEST_FIT = 8 * 2**20

# How much to read of an archive without a list. [files, bytes]
_MOST_FILES, _MOST_UNPACKED = 5000, 64 * 2**20

# The longest table of contents of an archive, for some 50,000 files, and where to look for its
# size. [bytes]
_LONGEST_CONTENTS, _END_OF_ARCHIVE = 4 * 2**20, 2**16 + 22

_DAMAGED = (OSError, EOFError, zlib.error)

_ARCHIVE = b"PK\x03\x04"
_LIST = "activities.csv"
_ENDINGS = (".fit", ".gpx", ".tcx", ".fit.gz", ".gpx.gz", ".tcx.gz")


def read(path: PathLike, *, timezone: ZoneLike) -> Activities:
    r"""
    Return the runs in a file that a watch or an app wrote.

    It reads Strava's bulk export (the archive, or the activities.csv in it), the lists of Garmin
    Connect and intervals.icu as CSV, and FIT, GPX and TCX files, also compressed with gzip or in
    an archive. Formats are recognised by content. Only running counts.

    Args:
        path: The file.
        timezone: The zone whose days count where a file has times in UTC: the plan's.

    Raises:
        InvalidType: If an argument has the wrong type.
        InvalidValue: If the file is of another format, damaged, cut off or too large.
        MissingLibrary: If a FIT, GPX or TCX file needs the extra "activities".
        UnknownName: If there is no such time zone.
        UnusableFile: If the file does not exist or cannot be read.

    Source:
        docs/how-to/import.md

    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder, "activities.csv")
    ...     _ = path.write_text(
    ...         "Activity Date,Activity Name,Activity Type,Moving Time\n"
    ...         '"Jan 4, 2027, 2:30:00 AM",Evening Run,Run,2700\n'
    ...     )
    ...     run = read(path, timezone="America/Denver")[0]
    >>> run.day.isoformat(), run.minutes
    ('2027-01-03', 45)
    """
    zone = to_zone(timezone)
    with opened(path) as file:
        name = shown_name(path)
        if file.read(4) == _ARCHIVE:
            return _read_archive(file, name, zone)
        file.seek(0)
        return _read(_limited(file, name), name, zone)


def _limited(file: IO[bytes] | gzip.GzipFile, name: str, most: int = _LARGEST) -> bytes:
    """Return the contents of a file, which must not be larger than the limit."""
    data = file.read(most + 1)
    if len(data) > most:
        must = f"{name} must not be larger than {most // 2**20} MB"
        raise InvalidValue(must, "more", "export fewer activities")
    return data


def _read(data: bytes, name: str, timezone: str, *, is_packed: bool = False) -> Activities:
    if not data.strip(b"\0 \t\r\n"):
        raise InvalidValue(f"{name} must hold something", "empty", "export it again")
    if not is_packed and data.startswith(b"\x1f\x8b"):
        return _read(_unpacked(data, name), name, timezone, is_packed=True)
    if data[8:12] == b".FIT":
        return read_fit(
            _limited(io.BytesIO(data), name, _LARGEST_FIT), name=name, timezone=timezone
        )
    if _is_xml(data):
        return read_tracks(data, name=name, timezone=timezone)
    return read_csv(data, name=name, timezone=timezone)


def _is_xml(data: bytes) -> bool:
    # The zeros are those of UTF-16.
    beginning = data[:100].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return beginning.startswith(b"<")


def _unpacked(data: bytes, name: str) -> bytes:
    try:
        with gzip.open(io.BytesIO(data)) as file:
            return _limited(file, name)
    except _DAMAGED as error:
        must = f"{name} must be a whole gzip file"
        raise InvalidValue(must, str(error), "export it again") from None


def _read_archive(file: BinaryIO, name: str, timezone: str) -> Activities:
    _must_be_short(file, name)
    try:
        with zipfile.ZipFile(file) as archive:
            lists = [
                each for each in archive.namelist() if PurePosixPath(each).name.lower() == _LIST
            ]
            if lists:
                # The list of the account is the one nearest to the top.
                first = min(lists, key=lambda each: (each.count("/"), each))
                return _member(archive, first, timezone)
            found = list(_members(archive, timezone))
    except RunplanError:
        raise
    except (*_DAMAGED, zipfile.BadZipFile, RuntimeError, ValueError) as error:
        # RuntimeError: a password is needed; ValueError: sizes that contradict each other.
        must = f"{name} must be a whole archive without a password"
        raise InvalidValue(must, str(error), "export it again, or unpack it") from None
    if not found:
        must = f"{name} must hold {_LIST}, or FIT, GPX or TCX files"
        raise InvalidValue(must, "none of them", "export it again")
    activities = each_once(each for file in found for each in file)
    return Activities(activities, [note for file in found for note in file.notes])


def _must_be_short(file: BinaryIO, name: str) -> None:
    """Reject an archive with a table of contents that would not fit into memory."""
    start = max(0, file.seek(0, io.SEEK_END) - _END_OF_ARCHIVE)
    file.seek(start)
    _, mark, end = file.read().rpartition(b"PK\x05\x06")
    size = int.from_bytes(end[8:12], "little") if mark else 0
    if size > _LONGEST_CONTENTS:
        must = f"{name} must hold fewer files"
        raise InvalidValue(
            must, f"{size // 2**20} MB of file names", f"unpack it, and name {_LIST}"
        )


def _members(archive: zipfile.ZipFile, timezone: str) -> Iterator[Activities]:
    members = [each for each in archive.infolist() if each.filename.lower().endswith(_ENDINGS)]
    size = sum(each.file_size for each in members)
    if size > _MOST_UNPACKED or len(members) > _MOST_FILES:
        must = (
            f"an archive must hold at most {_MOST_FILES} tracks, "
            f"of at most {_MOST_UNPACKED // 2**20} MB together"
        )
        raise InvalidValue(must, "more", "unpack it, and import some of them")
    for each in members:
        yield _member(archive, each.filename, timezone)


def _member(archive: zipfile.ZipFile, filename: str, timezone: str) -> Activities:
    name = shown_name(filename)
    with archive.open(filename) as file:
        data = _limited(file, name)
    if data.startswith(b"\x1f\x8b"):
        data = _unpacked(data, name)
    return _read(data, name, timezone, is_packed=True)
