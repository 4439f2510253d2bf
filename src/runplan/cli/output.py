"""Printing plans, findings and changes to a terminal."""

from collections.abc import Sequence

import rich.table
from rich import box
from rich.console import Console
from rich.text import Text

from runplan._base.dates import Date, long_day, short_day
from runplan._base.tables import Table, facts
from runplan._base.text import NO_ADVICE, cleaned
from runplan.calendar.published import Changes
from runplan.model.entries import Entry
from runplan.model.sessions import Decision
from runplan.model.weeks import Finding
from runplan.policy.policy import Policy
from runplan.storage.log_file import Journal

# The minimum width of the last column of a table. [characters]
_NARROWEST = 16

# How many lines to print for each kind of change.
_MOST_CHANGES = 10


def console() -> Console:
    """Return a console that prints text literally, including any brackets."""
    return Console(markup=False, emoji=False, highlight=False)


def print_table(table: Table, *, bare: bool = False) -> None:
    """
    Print a table to fit the terminal.

    Args:
        table: The table.
        bare: Whether to leave out the column headings and the note.
    """
    out = console()
    out.print(Text(table.title, style="bold"))
    _print_findings(table.findings)
    if table.findings and table.lines:
        out.print()
    for line in table.lines:
        out.print(Text(line))
    # The last column holds the most text, so the others leave it room.
    widest = max(12, out.width // 5 - 2)
    taken = sum(min(widest, table.longest(index)) + 2 for index in range(len(table.columns) - 1))
    if taken + _NARROWEST <= out.width:
        out.print(_rows(table, bare=bare, widest=widest))
    else:
        _print_row_by_row(table)
    if table.note and not bare:
        out.print(Text(table.note, style="italic"))


def _print_row_by_row(table: Table) -> None:
    """Print each row as a list, for terminals that are too narrow for a table."""
    first, *others = table.columns
    widest = max((len(column.heading) for column in others), default=0)
    for index, (name, *cells) in enumerate(table.rows):
        filled = [each for each in zip(others, cells, strict=True) if each[1]]
        row = rich.table.Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
        row.add_column(width=widest)
        for column, cell in filled:
            row.add_row(Text(column.heading), Text(cell))
        style = "bold" if index == table.marked else ""
        console().print(Text(f"{first.heading} {name}", style="bold underline"))
        console().print(row, style=style)


def _rows(table: Table, *, bare: bool, widest: int) -> rich.table.Table:
    rows = rich.table.Table(
        box=None if bare else box.SIMPLE_HEAD,
        show_header=not bare,
        pad_edge=bare,
        padding=(0, 2, 0, 2) if bare else (0, 1, 0, 0),
    )
    last = len(table.columns) - 1
    for index, column in enumerate(table.columns):
        rows.add_column(
            Text(column.heading),
            justify="right" if column.numeric else "left",
            no_wrap=table.longest(index) <= widest,
            max_width=None if index == last else widest,
        )
    for index, row in enumerate(table.rows):
        rows.add_row(*map(Text, row), style="bold" if index == table.marked else None)
    return rows


def print_findings(findings: Sequence[Finding]) -> None:
    """Print findings."""
    _print_findings([(finding.level, finding.message) for finding in findings])


def _print_findings(findings: Sequence[tuple[str, str]]) -> None:
    out = console()
    if findings:
        out.print()
    for level, message in findings:
        style = "bold yellow" if level == "warning" else "bold"
        out.print(Text.assemble((f"{level}: ", style), message))


def print_changes(path: str, changes: Changes) -> None:
    """Print the changes made by publishing."""
    out = console()
    # In a pipe, a line stays a line.
    is_piped = not out.is_terminal
    out.print(f"{cleaned(path)}: {changes}.", soft_wrap=is_piped)
    for kind in ("options", "added", "moved", "changed", "removed"):
        lines: tuple[str, ...] = getattr(changes, kind)
        for line in lines[:_MOST_CHANGES]:
            out.print(f"  {kind:<8}{line}", soft_wrap=is_piped)
        if len(lines) > _MOST_CHANGES:
            out.print(f"  {kind:<8}… and {len(lines) - _MOST_CHANGES} more")


def print_entries(journal: Journal) -> None:
    """Print the entries in a log, with the ids for edit and undo."""
    rows = {each.id: each for each in journal.recorded}.values()
    out = console()
    if not rows:
        out.print("Nothing has been logged yet.")
        return
    table = rich.table.Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for heading in ("Id", "Day", "Entry"):
        table.add_column(heading, no_wrap=heading != "Entry", overflow="fold")
    for each in sorted(rows, key=lambda each: (each.entry.day, each.recorded_at)):
        dim = "dim" if each.entry.retracted_on else None
        table.add_row(each.id, each.entry.day.isoformat(), Text(_entry(each.entry)), style=dim)
    out.print(table)


def _entry(entry: Entry) -> str:
    """Return an entry in words, with the days on which it was recorded and withdrawn."""
    recorded = f"recorded {short_day(entry.recorded_on)}"
    withdrawn = f"withdrawn {short_day(entry.retracted_on)}" if entry.retracted_on else ""
    more = [recorded if entry.recorded_on != entry.day else "", withdrawn]
    days = ", ".join(filter(None, more))
    return f"{entry} ({days})" if days else str(entry)


def print_why(policies: Sequence[Policy], day: Date, decision: Decision) -> None:
    """Print the rule behind a decision, its row and its source."""
    rows = [row for policy in policies for row in policy.rows() if row["rule"] == decision.rule]
    known = [(name.capitalize(), value) for row in rows[:1] for name, value in row.items()]
    print_table(facts(f"{long_day(day)}: {decision.why}", known), bare=True)
    console().print(Text(NO_ADVICE, style="italic"))
