"""Opening the files of a rebuild, and noticing edits to the request."""

from collections.abc import Sequence
from itertools import takewhile
from pathlib import Path

from attrs import evolve

from runplan._base.dates import long_day
from runplan._base.files import read_if_there
from runplan.cli.amendments import combined, differences, later_changes
from runplan.cli.log_writer import append, extended
from runplan.cli.options import REQUEST, command_line
from runplan.cli.streams import tell
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
    Read the request and its log, or the log alone if there is no request yet.

    Raises:
        RunplanError: If a request that was named does not exist, or a file cannot be used.
    """
    if file == REQUEST and not Path(file).exists():
        return LogOnly(Path(file), read_log(file), today_in(None))
    return open_workspace(file)


def open_workspace(file: str) -> Workspace:
    """
    Read the request and its log.

    If the request was edited since it was last seen, that counts as a change from today: it is
    recorded in the log and reported on stderr.

    Args:
        file: The request.

    Raises:
        RunplanError: If the request does not exist, or one of the two files cannot be used.
    """
    must_be_in_folder(file)
    if read_if_there(file) is None:
        named = [] if file == REQUEST else ["-o", file]
        do = f"write one with: {command_line(REQUEST, 'init', *named)}"
        raise UnusableFile("the request must exist", file, do)
    request = load_rebuild(file)
    journal = read_log(file)
    workspace = Workspace(Path(file), journal, today_in(request.timezone), request, request)
    if not journal.seen:
        return workspace
    seen = journal.seen[-1].rebuild
    if request.id == evolve(request, id=None).id:
        # The file has no id: the plan keeps the id it had when first seen.
        request = evolve(request, id=seen.id)
    workspace = workspace._replace(request=request, rebuild=_first_seen(workspace, request))
    return workspace if request == seen else _noticed(workspace, seen)


def _first_seen(workspace: Workspace, request: Rebuild) -> Rebuild:
    """Return the request as first seen since its start last changed."""
    seen = [each.rebuild for each in workspace.journal.seen]
    same = list(takewhile(lambda each: each.start == seen[-1].start, reversed(seen)))
    return evolve(same[-1], name=request.name, id=request.id)


def _noticed(workspace: Workspace, seen: Rebuild) -> Workspace:
    """Record the edits to the request, report them, and return the new workspace."""
    request, now = workspace.request, this_moment()
    if request.id != seen.id:
        must = f"the id must stay {seen.id}: the log beside it belongs to that plan"
        do = "set it back; another plan needs its own folder"
        raise InvalidValue(must, request.id, do)
    is_new_start = request.start != seen.start
    changes, withdrawn = _replanned(workspace, seen) if is_new_start else _changes(workspace, seen)
    lines = [
        *retract_lines(workspace.journal, withdrawn, workspace.today),
        *(entry_line(each, now) for each in changes),
        workspace.seen_line(request),
    ]
    after = _with_lines(workspace, lines)
    # Nothing that cannot be planned may enter the log.
    after.plan()
    message = f"{workspace.file.name} has changed: {differences(seen, request)}."
    try:
        append(log_beside(workspace.file), *lines, at=now)
    except UnusableFile as error:
        _note(f"{message} This applies to this command only, as it cannot be recorded: {error}")
        return after
    if changes:
        after = after._replace(noticed=after.journal.recorded[-1].id)
        message += (
            f" This applies from today, {long_day(workspace.today)}, as change {after.noticed}."
        )
    _note(message, *(text for each in changes for text in later_changes(workspace, each)))
    return after


def _changes(workspace: Workspace, seen: Rebuild) -> tuple[list[Change], list[str]]:
    """Return the change to record for an edit, and the ids of changes to withdraw."""
    values = {name: getattr(workspace.request, name) for name in CHANGEABLE}
    values = {name: value for name, value in values.items() if value != getattr(seen, name)}
    if not values:
        return [], []
    return combined(workspace, Change(day=workspace.today, recorded_on=workspace.today, **values))


def _replanned(workspace: Workspace, seen: Rebuild) -> tuple[list[Change], list[str]]:
    """Accept a new start while no long run is fixed; the file includes all earlier changes."""
    first = workspace.plan().weeks[0]
    if first.long_run_day <= workspace.today or first.report:
        must = f"the start must stay {seen.start} once the day of the first long run has come"
        do = "set it back; another plan needs its own folder"
        raise InvalidValue(must, workspace.request.start.isoformat(), do)
    return [], [each.id for each in workspace.changes]


def _with_lines(workspace: Workspace, lines: Sequence[bytes]) -> Workspace:
    data = read_if_there(log_beside(workspace.file)) or b""
    journal = read_journal(extended(data, *lines, at=this_moment()), name=LOG)
    after = workspace._replace(journal=journal)
    return after._replace(rebuild=_first_seen(after, workspace.request))


def _note(*texts: str) -> None:
    for text in texts:
        tell(f"note: {text}")
