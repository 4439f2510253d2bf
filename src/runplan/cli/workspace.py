"""The two files on a runner's desk: rebuild.toml, and log.jsonl beside it."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from errno import ENOSPC
from pathlib import Path
from typing import NamedTuple

from filelock import FileLock

from runplan._base.dates import Date, here_and_now
from runplan._base.files import read_if_there
from runplan.errors import InvalidValue, UnusableFile
from runplan.model.log import Entry, Log
from runplan.model.plan import Plan
from runplan.planning.build import build
from runplan.planning.request import Rebuild
from runplan.storage.log_file import Journal, entry_line, read_journal, undo_line
from runplan.storage.records import load_rebuild

REQUEST = "rebuild.toml"
LOG = "log.jsonl"


class Desk(NamedTuple):
    """
    What the files hold, as of a day.

    Attributes:
        rebuild: What is asked for.
        log: What happened.
        today: As of which day.
        log_path: Where the log is, or is going to be.
    """

    rebuild: Rebuild
    log: Log
    today: Date
    log_path: Path

    def plan(self, *more: Entry) -> Plan:
        """Return the plan, with more entries if there are any."""
        return build(self.rebuild, self.log.add(*more), self.today)


class LogFile(NamedTuple):
    """
    A log and where it is kept.

    Attributes:
        path: The file, which need not exist yet.
        log: What it holds.
    """

    path: Path
    log: Log


def open_desk(file: str, *, tell: bool = True) -> Desk:
    """
    Read the request and the log beside it.

    Args:
        file: The request.
        tell: Whether to tell on stderr which lines of the log are not whole.

    Raises:
        RunplanError: If the request is not there, or one of the two cannot be used.
    """
    if read_if_there(file) is None:
        raise UnusableFile("the request must be there", file, "write one with: runplan init")
    rebuild = load_rebuild(file)
    path, log = read_log(file, tell=tell)
    return Desk(rebuild, log, today_in(rebuild.timezone), path)


def read_log(file: str, *, tell: bool = True) -> LogFile:
    """
    Read the log beside a request, which need not be there.

    Raises:
        RunplanError: If the path is none of a file in a folder, or the log cannot be used.
    """
    if not Path(file).name or not Path(file).parent.is_dir():
        must = "the request must be a file in a folder that is there"
        raise UnusableFile(must, file, "check the path")
    path = Path(file).with_name(LOG)
    journal = _read(path)
    for message in journal.skipped if tell else ():
        sys.stderr.write(f"note: {message}\n")
    return LogFile(path, journal.log)


def today_in(zone: str | None) -> Date:
    """Return today's date in a zone, or in that of this machine."""
    now = here_and_now()
    return (now.in_timezone(zone) if zone else now).date()


def write_entry(path: Path, entry: Entry) -> None:
    """
    Add an entry to the log: all of its line, or nothing.

    Raises:
        UnusableFile: If the log cannot be written.
    """
    with _locked(path):
        _append(path, entry_line(entry, here_and_now()))


def take_back(path: Path) -> Entry:
    """
    Take back the last entry of the log that was not taken back yet, and return it.

    Raises:
        InvalidValue: If there is none.
        UnusableFile: If the log cannot be written.
    """
    with _locked(path):
        entries = _read(path).entries
        if not entries:
            raise InvalidValue("there must be an entry to take back", "none", "log one first")
        last = max(entries)
        _append(path, undo_line(last, here_and_now()))
        return entries[last]


def _read(path: Path) -> Journal:
    return read_journal(read_if_there(path) or b"", name=path.name)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    # Two that log at once wait for each other; whoever is stuck for so long has crashed.
    lock = FileLock(path.with_name(f".{path.name}.lock"), timeout=30)
    try:
        with lock:
            yield
    except OSError as error:
        if isinstance(error, UnusableFile):
            raise
        reason = error.strerror or str(error)
        do = f"check the folder, its permissions and its space ({reason})"
        raise UnusableFile("the log must be writable", str(path), do) from None


def _append(path: Path, line: bytes) -> None:
    """Write a line behind the others and see it on the disk, or leave the file as it was."""
    is_new = not path.exists()
    with path.open("ab+", buffering=0) as file:
        end = file.seek(0, os.SEEK_END)
        if end:
            file.seek(end - 1)
            # A line that was cut off stays as it is: what comes now must not join it.
            line = line if file.read(1) == b"\n" else b"\n" + line
        try:
            written = file.write(line)
            os.fsync(file.fileno())
        except OSError:
            file.truncate(end)
            raise
        if written != len(line):
            file.truncate(end)
            raise OSError(ENOSPC, os.strerror(ENOSPC))
    if is_new:
        _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """See a new file's name on the disk, where folders can be opened at all."""
    if os.name == "nt":  # pragma: no cover (only Windows, where no folder can be opened)
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
