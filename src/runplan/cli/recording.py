"""Recording entries in the log, and printing what was recorded."""

from collections.abc import Iterator, Sequence

from runplan._base.dates import dated_day
from runplan._base.text import full_stop
from runplan.cli.amendments import Amendment, amendment, later_changes
from runplan.cli.answers import carry_out
from runplan.cli.change_commands import logged
from runplan.cli.options import command_line
from runplan.cli.run_reports import NewEntry
from runplan.cli.workspace import LogOnly, Workspace
from runplan.model.entries import Entry, is_long
from runplan.planning.changes import Change
from runplan.storage.log_file import Journal, Recorded


def record(
    workspace: Workspace | LogOnly,
    reports: Sequence[NewEntry],
    change: Change | None = None,
    *,
    more: Sequence[str] = (),
    file: str,
) -> None:
    """
    Write reports and a change, all of them or none, and print their effects.

    Args:
        workspace: The files before.
        reports: The reports and clearances.
        change: A change of the request; only with a request.
        more: What to print after the change.
        file: The request, as the user named it.

    Raises:
        RunplanError: If the plan cannot be built with them, or they cannot be written.
    """
    amended, later = Amendment([]), []
    if change and isinstance(workspace, Workspace):
        amended, later = amendment(workspace, change), later_changes(workspace, change)
    amended = amended._replace(entries=[*(each.entry for each in reports), *amended.entries])

    def first_lines(*ids: str) -> Iterator[str]:
        for id_, each in zip(ids, reports, strict=False):
            yield full_stop(f"Logged {id_}: {entry_in_words(each.entry)}")
            yield from _questions(workspace, id_, each, file)
        if change:
            # There is no id if the change undoes another one of today.
            id_ = "".join(ids[len(reports) :])
            yield from [*logged(id_, entry_in_words(change), amended), *more, *later]
        if not workspace.request and workspace.journal.seen:
            yield f"There is no plan without {workspace.file}: restore it."
        elif not workspace.request:
            yield "To find the long run to start from: runplan baseline"
            yield "To plan from there: runplan init"

    carry_out(workspace, amended, first_lines, file=file)


def entry_in_words(entry: Entry) -> str:
    """Return an entry and its day in words."""
    return f"{dated_day(entry.day)}, {entry}"


def _questions(workspace: Workspace | LogOnly, id_: str, new: NewEntry, file: str) -> Iterator[str]:
    """Return what may have been meant otherwise, with the command that corrects it."""
    if new.taken_as_other:
        yield f"Taken as another run: {new.taken_as_other}."
        yield f"If it was the long run: {command_line(file, 'edit', id_, '--long')}"
    for each in _same_run(workspace.journal, new.entry):
        yield f"The long run of that day was reported already, as {each.id}."
        yield f"If this was another run: {command_line(file, 'edit', id_, '--other')}"


def _same_run(journal: Journal, entry: Entry) -> Iterator[Recorded]:
    """Return other reports of the same long run that are not withdrawn."""
    for each in journal.recorded:
        other = each.entry
        if is_long(entry) and is_long(other) and entry.day == other.day and not other.retracted_on:
            yield each
