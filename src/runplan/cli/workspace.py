"""The two files of a rebuild in one folder: rebuild.toml and log.jsonl."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from attrs import evolve

from runplan._base.dates import Date, DateTime, here_and_now, to_moment, to_zone
from runplan._base.files import read_if_there, read_whole, write_whole
from runplan.cli.log_writer import append
from runplan.cli.streams import tell
from runplan.errors import RunplanError, UnusableFile
from runplan.model.entries import Entry
from runplan.model.log import Log
from runplan.model.plan import Plan
from runplan.planning.build import build
from runplan.planning.changes import Change
from runplan.planning.request import Rebuild
from runplan.policy.policy import Policy
from runplan.storage.log_file import (
    Journal,
    Recorded,
    entry_line,
    read_journal,
    rebuild_line,
    retract_line,
)
from runplan.storage.toml import edited, load_rebuild

LOG = "log.jsonl"


class LogOnly(NamedTuple):
    """
    A log without a request, before a rebuild is planned.

    Attributes:
        file: The path of the future request.
        journal: The contents of the log.
        today: Today.
        request: Always None.
        noticed: As in Workspace.
    """

    file: Path
    journal: Journal
    today: Date
    request: None = None
    noticed: str = ""

    def plan(self, *_: Entry) -> None:
        """Return None: there is no plan."""
        return

    def without(self, *ids: str) -> "LogOnly":
        """Return the log with entries withdrawn, given their ids."""
        return self._replace(journal=_without(self.journal, ids, self.today))

    def write(
        self, *entries: Entry, withdrawn: Iterable[str] = (), request: Rebuild | None = None
    ) -> list[str]:
        """
        Add entries to the log, and withdraw others by their ids.

        There is no request to write; the argument is ignored.

        Returns:
            The ids of the new entries.

        Raises:
            UnusableFile: If the log cannot be written.
        """
        del request
        return _write(self, entries, withdrawn)


class Workspace(NamedTuple):
    """
    The contents of the files, as of a day.

    Attributes:
        file: The path of the request.
        journal: The contents of the log.
        today: Today.
        request: The request as it is now.
        rebuild: The original request; the log holds the changes since.
        noticed: The id of the change recorded because the file had been edited; "" for none.
    """

    file: Path
    journal: Journal
    today: Date
    request: Rebuild
    rebuild: Rebuild
    noticed: str = ""

    @property
    def log(self) -> Log:
        """What happened."""
        return self.journal.log

    def plan(self, *more: Entry) -> Plan:
        """Return the plan, optionally with more entries."""
        return build(self.rebuild, self.log.add(*more), self.today)

    def without(self, *ids: str) -> "Workspace":
        """Return the workspace with entries withdrawn, given their ids."""
        return self._replace(journal=_without(self.journal, ids, self.today))

    def as_of(self, day: Date) -> "Workspace":
        """Return the workspace as it was on a day, without entries recorded since."""
        known = (each for each in self.journal.recorded if each.entry.recorded_on <= day)
        return self._replace(journal=evolve(self.journal, recorded=tuple(known)), today=day)

    @property
    def changes(self) -> list[Recorded]:
        """The changes that are not withdrawn, in the order recorded."""
        found = (each for each in self.journal.recorded if isinstance(each.entry, Change))
        standing = (each for each in found if each.entry.retracted_on is None)
        return sorted(standing, key=lambda each: each.recorded_at)

    def values(self, names: Iterable[str], *, on: Date | None = None) -> dict[str, Any]:
        """
        Return the values of fields, from the original request and its changes.

        Args:
            names: The fields.
            on: The day on which the values apply; None: the values recorded last.
        """
        values = {name: getattr(self.rebuild, name) for name in names}
        changes = [each.entry for each in self.changes if isinstance(each.entry, Change)]
        if on is not None:
            changes = sorted((each for each in changes if each.day <= on), key=_day_of)
        for each in changes:
            values |= {name: new for name, new in each.values.items() if name in values}
        return values

    def policies(self) -> list[Policy]:
        """Return the policies that may have set long runs, the current one first."""
        changed = [each.policy for each in self.log if isinstance(each, Change)]
        found = [each for each in changed if isinstance(each, Policy)]
        return [self.request.policy, *found, self.rebuild.policy]

    def write(
        self,
        *entries: Entry,
        withdrawn: Iterable[str] = (),
        request: Rebuild | None = None,
    ) -> list[str]:
        """
        Add entries to the log, withdraw others by their ids, and write a changed request.

        Returns:
            The ids of the new entries.

        Raises:
            InvalidValue: If rebuild.toml cannot be edited the way it is written.
            UnusableFile: If a file cannot be written; both are then unchanged.
        """
        if request is None or request == self.request:
            lines = [] if self.journal.seen else [self.seen_line(self.request)]
            return _write(self, entries, withdrawn, *lines)
        before, own = read_whole(self.file), load_rebuild(self.file)
        # A file without an id stays without one.
        text = edited(before.decode(), own, evolve(request, id=own.id))
        write_whole(self.file, text.encode())
        try:
            return _write(self, entries, withdrawn, self.seen_line(request))
        except UnusableFile:
            with suppress(UnusableFile):
                write_whole(self.file, before)
            raise

    def seen_line(self, request: Rebuild) -> bytes:
        """Return the line that records a request as seen now."""
        return rebuild_line(request, _after(self.journal, this_moment()))


def read_log(file: str) -> Journal:
    """
    Read the log next to a request; neither file need exist.

    Raises:
        RunplanError: If the path is not one of a file in an existing folder, or the log cannot be
            used.
    """
    must_be_in_folder(file)
    path = log_beside(file)
    journal = read_journal(read_if_there(path) or b"", name=path.name)
    if journal.skipped:
        tell(f"note: {journal.skipped}")
    return journal


def must_be_in_folder(file: str) -> None:
    """
    Check the path of a request.

    Raises:
        UnusableFile: If it is not the path of a file in an existing folder.
    """
    if not Path(file).name or not Path(file).parent.is_dir():
        must = "the request must be a file in an existing folder"
        raise UnusableFile(must, file, "check the path")


def log_beside(file: str | Path) -> Path:
    """Return the path of the log of a request, whether it exists or not."""
    return Path(file).with_name(LOG)


def this_moment() -> DateTime:
    """Return the current moment: the only place where the command line reads the clock."""
    return here_and_now()


def today_in(zone: str | None) -> Date:
    """Return today's date in a time zone, by default the local one."""
    now = this_moment()
    return (now.in_timezone(zone) if zone else now).date()


def zone_here() -> str | None:
    """Return the local time zone; None if the machine does not name it."""
    try:
        return to_zone(this_moment().timezone_name or "")
    except RunplanError:
        return None


def retract_lines(journal: Journal, ids: Iterable[str], today: Date) -> Iterator[bytes]:
    """Return the lines that withdraw entries by their ids."""
    now = this_moment()
    for id_ in ids:
        yield retract_line(id_, _withdrawn_on(journal.find(id_).entry, today), now)


def _withdrawn_on(entry: Entry, today: Date) -> Date:
    # It may have been recorded with a clock that was ahead of this one.
    return max(today, entry.recorded_on)


def _without(journal: Journal, ids: Iterable[str], today: Date) -> Journal:
    withdrawn = set(ids)

    def now(each: Recorded) -> Recorded:
        if each.id not in withdrawn:
            return each
        entry: Any = each.entry
        return each._replace(entry=evolve(entry, retracted_on=_withdrawn_on(entry, today)))

    return evolve(journal, recorded=tuple(map(now, journal.recorded)))


def _day_of(entry: Entry) -> Date:
    return entry.day


def _write(
    workspace: Workspace | LogOnly, entries: Iterable[Entry], withdrawn: Iterable[str], *more: bytes
) -> list[str]:
    now = this_moment()
    new = [entry_line(each, now) for each in entries]
    gone = retract_lines(workspace.journal, withdrawn, workspace.today)
    append(log_beside(workspace.file), *gone, *new, *more, at=now)
    return [each.id for each in read_journal(b"".join(new), name=LOG).recorded]


def _after(journal: Journal, now: DateTime) -> DateTime:
    """Return the current moment, or one later than the last seen request if that is later."""
    if not journal.seen or not journal.seen[-1].recorded_at:
        return now
    return max(now, to_moment(journal.seen[-1].recorded_at).add(seconds=1))
