"""The commands that correct or withdraw log entries: edit and undo."""

from typing import Any, cast

import click
from attrs import evolve

from runplan._base.dates import Date, dated_day
from runplan._base.day_words import read_day
from runplan._base.text import full_stop
from runplan.cli.amendments import Amendment, amendment
from runplan.cli.answers import carry_out
from runplan.cli.change_commands import (
    CHANGE_OPTIONS,
    change_options,
    is_on,
    not_movable,
    session_on,
    values_of,
)
from runplan.cli.options import file_option, option_name
from runplan.cli.request_file import open_log
from runplan.cli.run_reports import Options, run_options
from runplan.cli.strength_reports import lifted, strength_options
from runplan.cli.workspace import LogOnly, Workspace
from runplan.errors import InvalidValue
from runplan.model.activity import Activity
from runplan.model.entries import Clearance, Entry, MorningReport, RunReport, StrengthReport
from runplan.planning.changes import Change, Move
from runplan.storage.log_file import Recorded

_NOTHING = (None, "", ())


@click.command()
@click.argument("id_", metavar="ID")
@run_options("The day the entry is about.")
@click.option("--no-red-flags", is_flag=True, default=None, help="There were no red flags.")
@click.option("--by", help="Who gave the clearance.")
@click.option("--to", metavar="DAY", help="The day to which a session moves.")
@strength_options
@change_options
@file_option
def edit(file: str, id_: str, **given: Any) -> None:  # noqa: ANN401 (what click read)
    """
    Correct an entry in the log.

    ID is the entry's id, as `runplan log --list` shows it; the first few characters are enough.
    Give only what was wrong; the rest is unchanged.
    """
    workspace = open_log(file)
    found = _open_to_changes(workspace, workspace.journal.find(id_))
    options = {name: value for name, value in given.items() if value not in _NOTHING}
    if not options:
        raise InvalidValue("an edit must change something", "nothing", "give a new value")
    entry = _corrected(workspace, found.entry, options)
    carry_out(
        workspace,
        _in_place(workspace, found, entry),
        lambda id_: [full_stop(f"Corrected, now {id_ or 'withdrawn'}: {_in_words(entry)}")],
        file=file,
    )


@click.command()
@click.argument("id_", metavar="[ID]", required=False)
@file_option
def undo(file: str, id_: str | None) -> None:
    """
    Withdraw an entry from the log, by default the last one.

    ID is the entry's id, as `runplan log --list` shows it; the first few characters are enough.
    If the entry changed the request, rebuild.toml is changed back. Nothing is erased: the
    withdrawal is a new line in the log.
    """
    workspace = open_log(file)
    found = _open_to_changes(workspace, workspace.journal.find(id_) if id_ else _last(workspace))
    entry = found.entry
    if isinstance(workspace, Workspace) and isinstance(entry, Change):
        amended = amendment(workspace, in_place_of=found)
    else:
        amended = Amendment([], [found.id])
    line = full_stop(f"Withdrawn {found.id}: {_in_words(entry)}")
    carry_out(workspace, amended, lambda _: [line], file=file)


def _last(workspace: Workspace | LogOnly) -> Recorded:
    """Return the last entry not withdrawn, ignoring a change that this command has just noticed."""
    standing = [
        each
        for each in workspace.journal.recorded
        if each.entry.retracted_on is None and each.id != workspace.noticed
    ]
    if not standing:
        raise InvalidValue("there must be an entry to withdraw", "none", "log one first")
    # Of two entries of the same moment, the lower line counts: max() returns the first of equals.
    return max(reversed(standing), key=lambda each: each.recorded_at)


def _open_to_changes(workspace: Workspace | LogOnly, found: Recorded) -> Recorded:
    """
    Return an entry that can be corrected or withdrawn.

    Raises:
        InvalidValue: If it is withdrawn already, or changes a request that does not exist.
    """
    entry = found.entry
    if entry.retracted_on is not None:
        given = f"withdrawn on {entry.retracted_on}"
        raise InvalidValue(f"the entry {found.id} must still stand", given, "log it again")
    if workspace.request is None and isinstance(entry, Change | Move):
        must = f"the request that a {entry.type} is about must exist"
        raise InvalidValue(
            must, f"no {workspace.file.name}", f"restore {workspace.file.name} first"
        )
    return found


def _in_words(entry: Entry) -> str:
    return f"{dated_day(entry.day)}, {entry}"


def _in_place(workspace: Workspace | LogOnly, found: Recorded, entry: Entry) -> Amendment:
    """Return what to write to replace an entry by another."""
    if isinstance(workspace, Workspace) and isinstance(entry, Change):
        return amendment(workspace, entry, in_place_of=found)
    if isinstance(workspace, Workspace) and isinstance(entry, Move):
        bare = workspace.without(found.id)
        if not is_on(bare.plan(entry), session_on(bare.plan(), entry.day), entry.to):
            raise not_movable(entry)
    return Amendment([entry], [found.id])


_REPORT = {"day": "day", "red_flags": "red_flags", "no_red_flags": "red_flags", "note": "note"}

# The options that correct an entry, each with its field.
_OPTIONS: dict[type[Entry], dict[str, str]] = {
    RunReport: {
        **_REPORT,
        "minutes": "minutes",
        "pain": "pain",
        "pain_from": "pain_from",
        "morning": "pain_next_morning",
        "fatigue": "fatigue",
        "is_long": "kind",
    },
    Activity: {"day": "day", "minutes": "minutes", "note": "note"},
    MorningReport: {**_REPORT, "morning": "pain", "pain": "pain"},
    StrengthReport: {
        **_REPORT,
        "pain": "pain",
        "morning": "pain_next_morning",
        **dict.fromkeys(("skipped", "exercises", "reps"), ""),
    },
    Clearance: {"day": "day", "by": "by", "baseline_min": "baseline_min", "note": "note"},
    Move: {"day": "day", "to": "to", "note": "note"},
    Change: {"day": "day", "note": "note", **dict.fromkeys(CHANGE_OPTIONS, "")},
}


def _corrected(workspace: Workspace | LogOnly, entry: Entry, options: Options) -> Entry:
    """Return an entry with new values, recorded today."""
    known = _OPTIONS[type(entry)]
    for name, value in options.items():
        if name not in known:
            must = f"an entry of type {entry.type} must be corrected with its own options"
            raise InvalidValue(must, option_name(name, value), "leave it out")
    is_plan = isinstance(entry, Change | Move)
    values = {
        known[name]: _value(name, value, workspace.today, ahead=is_plan)
        for name, value in options.items()
        if known[name]
    }
    if isinstance(entry, Change) and workspace.request:
        values |= values_of(
            workspace.request, dict.fromkeys(CHANGE_OPTIONS) | options, workspace.today
        )
    if isinstance(entry, StrengthReport):
        values |= lifted(options, workspace.plan())
    if values.get("pain") == 0 and isinstance(entry, RunReport):
        values.setdefault("pain_from", None)
    recorded = workspace.today if is_plan or "day" in values else max(workspace.today, entry.day)
    corrected: Entry = evolve(cast("Any", entry), recorded_on=recorded, **values)
    return corrected


def _value(name: str, value: Any, today: Date, *, ahead: bool) -> Any:  # noqa: ANN401 (what click read)
    if name in {"day", "to"}:
        return read_day(value, today, ahead=ahead)
    if name == "is_long":
        return "long" if value else "other"
    return () if name == "no_red_flags" else value
