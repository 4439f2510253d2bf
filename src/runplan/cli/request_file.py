"""Opening the files of a rebuild, and noticing what was edited in the request."""

import sys
from collections.abc import Sequence
from itertools import takewhile
from pathlib import Path

from attrs import evolve

from runplan._base.dates import long_day
from runplan._base.files import read_if_there
from runplan.cli.amendments import differences, later_changes, settled
from runplan.cli.log_writer import append, extended
from runplan.cli.options import REQUEST, to_type
from runplan.cli.workspace import (
    LOG,
    LogOnly,
    Workspace,
    log_beside,
    must_be_in_folder,
    read_log,
    retract_lines,
    this_moment,
    today_in,
)
from runplan.errors import InvalidValue, UnusableFile
from runplan.planning.changes import CHANGEABLE, Change
from runplan.planning.request import Rebuild
from runplan.storage.log_file import entry_line, read_journal
from runplan.storage.toml import load_rebuild


def open_log(file: str) -> Workspace | LogOnly:
    """
    Read the request and the log beside it, or the log alone where nothing is planned yet.

    Raises:
        RunplanError: If a request that was named is not there, or a file cannot be used.
    """
    if file == REQUEST and not Path(file).exists():
        return LogOnly(Path(file), read_log(file), today_in(None))
    return open_workspace(file)


def open_workspace(file: str) -> Workspace:
    """
    Read the request and the log beside it.

    If the request was edited since it was last seen, that counts as a change from today: it is
    recorded in the log, and reported on stderr.

    Args:
        file: The request.

    Raises:
        RunplanError: If the request is not there, or one of the two files cannot be used.
    """
    must_be_in_folder(file)
    if read_if_there(file) is None:
        named = [] if file == REQUEST else ["-o", file]
        do = f"write one with: {to_type(REQUEST, 'init', *named)}"
        raise UnusableFile("the request must be there", file, do)
    request = load_rebuild(file)
    journal = read_log(file)
    here = Workspace(Path(file), journal, today_in(request.timezone), request, request)
    if not journal.seen:
        return here
    seen = journal.seen[-1].rebuild
    if request.id == evolve(request, id=None).id:
        # It names no id of its own: it keeps the one it had when it was first seen.
        request = evolve(request, id=seen.id)
    here = here._replace(request=request, rebuild=_first_seen(here, request))
    return here if request == seen else _noticed(here, seen)


def _first_seen(here: Workspace, request: Rebuild) -> Rebuild:
    """Return the request as first seen with its present start: another start begins anew."""
    seen = [each.rebuild for each in here.journal.seen]
    same = list(takewhile(lambda each: each.start == seen[-1].start, reversed(seen)))
    return evolve(same[-1], name=request.name, id=request.id)


def _noticed(here: Workspace, seen: Rebuild) -> Workspace:
    """Record what was edited in the request, say so, and return the workspace after that."""
    request, now = here.request, this_moment()
    if request.id != seen.id:
        must = f"the id must stay {seen.id}: the log beside it belongs to that plan"
        do = "set it back; another plan needs a folder of its own"
        raise InvalidValue(must, request.id, do)
    is_new_start = request.start != seen.start
    changes, withdrawn = _replanned(here, seen) if is_new_start else _changes(here, seen)
    lines = [
        *retract_lines(here.journal, withdrawn, here.today),
        *(entry_line(each, now) for each in changes),
        here.seen_line(request),
    ]
    after = _with_lines(here, lines)
    # What cannot be planned must not get into the log.
    after.plan()
    said = f"{here.file.name} has changed: {differences(seen, request)}."
    try:
        append(log_beside(here.file), *lines, at=now)
    except UnusableFile as error:
        _note(f"{said} This counts for this command only, as it cannot be recorded: {error}")
        return after
    if changes:
        after = after._replace(noticed=after.journal.recorded[-1].id)
        said += f" This counts from today, {long_day(here.today)}, as change {after.noticed}."
    _note(said, *(text for each in changes for text in later_changes(here, each)))
    return after


def _changes(here: Workspace, seen: Rebuild) -> tuple[list[Change], list[str]]:
    """Return the change to record for what was edited, and which others to withdraw."""
    values = {name: getattr(here.request, name) for name in CHANGEABLE}
    values = {name: value for name, value in values.items() if value != getattr(seen, name)}
    if not values:
        return [], []
    return settled(here, Change(day=here.today, recorded_on=here.today, **values))


def _replanned(here: Workspace, seen: Rebuild) -> tuple[list[Change], list[str]]:
    """Take another start, as long as no long run is fixed: the changes so far are in the file."""
    first = here.plan().weeks[0]
    if first.long_run_day <= here.today or first.report:
        must = f"the start must stay {seen.start} once the day of the first long run has come"
        do = "set it back; another plan needs a folder of its own"
        raise InvalidValue(must, here.request.start.isoformat(), do)
    return [], [each.id for each in here.changes]


def _with_lines(here: Workspace, lines: Sequence[bytes]) -> Workspace:
    data = read_if_there(log_beside(here.file)) or b""
    journal = read_journal(extended(data, *lines, at=this_moment()), name=LOG)
    after = here._replace(journal=journal)
    return after._replace(rebuild=_first_seen(after, here.request))


def _note(*texts: str) -> None:
    for text in texts:
        sys.stderr.write(f"note: {text}\n")
