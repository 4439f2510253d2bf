"""Reports in words on the command line: `runplan log 45 2@40`."""

import sys
from collections.abc import Sequence
from contextlib import suppress

import click

from runplan.cli.asking import ask, yes_or_no
from runplan.cli.interruption_commands import FEVER
from runplan.cli.options import own_file_option
from runplan.cli.recording import record
from runplan.cli.request_file import open_log
from runplan.cli.run_reports import NewEntry, run_to_complete
from runplan.cli.workspace import Workspace
from runplan.errors import InvalidValue, RunplanError
from runplan.model.entries import MorningReport
from runplan.planning.changes import Change
from runplan.reporting.grammar import statements
from runplan.reporting.parse import ParsedReport, parse_report


# An option of `log` is a word here, so that the error is about it.
@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("words", nargs=-1, required=True)
@click.option("--yes", "confirmed", is_flag=True, help="Confirm numbers far from the plan.")
@own_file_option
@click.pass_obj
def log_in_words(
    file: str, /, *, words: tuple[str, ...], confirmed: bool, own_file: str | None
) -> None:
    """
    Record a report in words.

    For example: 45 2@40 (45 minutes, pain 2 from minute 40), 45 ok, other 20 ok, morning 1,
    strength 0, ill, ill until friday, back. Asks before it records a number far from the plan.
    """
    named = file if own_file is None else own_file
    workspace = open_log(named)
    text = " ".join(words)
    report = parse_report(text, workspace.plan(), workspace.today)
    for entry in report:
        if isinstance(entry, MorningReport):
            run_to_complete(workspace.journal.log, entry.day, workspace.today)
    if not confirmed:
        _confirm(report.doubts)
    reports = [NewEntry(entry) for entry in report if not isinstance(entry, Change)]
    change = next((entry for entry in report if isinstance(entry, Change)), None)
    more = [FEVER] if any(each.what == "ill" for each in statements(text)) else []
    record(workspace, reports, change, more=more, file=named)


def _confirm(doubts: Sequence[str]) -> None:
    """Ask about numbers far from the plan, or refuse them where nobody can be asked."""
    if not doubts:
        return
    if not sys.stdin.isatty():
        must = "without a terminal, a number far from the plan must be confirmed"
        raise InvalidValue(must, "; ".join(doubts), "correct it, or add --yes")
    for doubt in doubts:
        click.echo(f"{doubt}.")
    if not ask("Is that right? y or n", yes_or_no):
        raise click.Abort


def supposed(workspace: Workspace, words: Sequence[str]) -> tuple[Workspace, ParsedReport]:
    """
    Return a report in words that may come true, and the files on the day on which it would.

    A run is supposed on the day of the next long run, anything else today.
    """
    text, next_run = " ".join(words), workspace.plan().next_long_run
    is_run = False
    with suppress(RunplanError):
        is_run = any(each.what == "run" for each in statements(text))
    if is_run and next_run:
        # Plan as of that day, with nothing more logged until then.
        workspace = workspace._replace(today=next_run.day)
    return workspace, parse_report(text, workspace.plan(), workspace.today)
