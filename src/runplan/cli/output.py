"""Plans, findings and changes, as a terminal shows them."""

from collections.abc import Sequence

import rich.table
from rich import box
from rich.console import Console
from rich.text import Text

from runplan._base.dates import Date, long_day, short_day
from runplan._base.tables import Table, facts
from runplan._base.text import NO_ADVICE
from runplan.calendar.published import Changes
from runplan.model.plan import Plan
from runplan.model.sessions import Decision
from runplan.model.weeks import Finding, Pause
from runplan.policy.policy import Policy

# How many lines of each kind of change are worth reading.
_MOST_CHANGES = 10


def console() -> Console:
    """Return where to print to. Names and reasons are text, whatever brackets they hold."""
    return Console(markup=False, emoji=False, highlight=False)


def print_table(table: Table, *, bare: bool = False) -> None:
    """
    Print what something shows of itself.

    Args:
        table: What to print.
        bare: Whether to leave out the names of the columns and the note.
    """
    out = console()
    out.print(Text(table.title, style="bold"))
    _print_findings(table.findings)
    if table.findings and table.lines:
        out.print()
    for line in table.lines:
        out.print(Text(line))
    # The last column tells most: the others leave it room.
    out.print(_rows(table, bare=bare, widest=max(12, out.width // 5 - 2)))
    if table.note and not bare:
        out.print(Text(table.note, style="italic"))


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
    """Print what is worth knowing about a plan."""
    _print_findings([(finding.level, finding.message) for finding in findings])


def _print_findings(findings: Sequence[tuple[str, str]]) -> None:
    out = console()
    if findings:
        out.print()
    for level, message in findings:
        style = "bold yellow" if level == "warning" else "bold"
        out.print(Text.assemble((f"{level}: ", style), message))


def print_changes(path: str, changes: Changes) -> None:
    """Print what publishing changed."""
    out = console()
    out.print(f"{path}: {changes}.", soft_wrap=True)
    for kind in ("added", "moved", "changed", "removed"):
        lines: tuple[str, ...] = getattr(changes, kind)
        for line in lines[:_MOST_CHANGES]:
            out.print(f"  {kind:<8}{line}", soft_wrap=True)
        if len(lines) > _MOST_CHANGES:
            out.print(f"  {kind:<8}… and {len(lines) - _MOST_CHANGES} more")


def print_answer(before: Plan, after: Plan) -> None:
    """Print what an entry changes: the next long run and why, the target, new findings."""
    out = console()
    if after.pause:
        _print_pause(after.pause)
    else:
        _print_next(before, after)
    _print_strength(before, after)
    if before.finish != after.finish and not after.pause:
        was = f" (was {long_day(before.finish)})" if before.finish else ""
        out.print(
            f"{after.target_min} min: {long_day(after.finish) if after.finish else 'open'}{was}."
        )
    known = {finding.message for finding in before.findings}
    told = {"paused", "step-over-110"}
    print_findings(
        [each for each in after.findings if each.message not in known and each.code not in told]
    )
    out.print(Text(NO_ADVICE, style="italic"))


def _print_pause(pause: Pause) -> None:
    out = console()
    out.print(Text(pause.why, style="bold"))
    out.print(f"{pause.advice} Then: runplan log clearance --by …")
    if pause.stops_strength:
        out.print("Strength is paused too.")


def _print_next(before: Plan, after: Plan) -> None:
    out = console()
    run = after.next_long_run
    if run is None:
        out.print(f"The plan is {after.status}.")
        return
    earlier = before.weeks[run.week - 1].long_run if run.week <= len(before.weeks) else None
    was = f" (was {earlier.minutes} min)" if earlier and earlier.minutes != run.minutes else ""
    title = f"Next long run: {short_day(run.day)} {run.at:%H:%M}, {run.minutes} min{was}."
    out.print(Text(title, style="bold"))
    out.print(run.decision.why)


def _print_strength(before: Plan, after: Plan) -> None:
    """Print what changes in the first week ahead in which strength does, if the ramp held."""
    for was, week in zip(before.weeks, after.weeks, strict=False):
        if week.strength and week.first > after.today and was.strength != week.strength:
            if week.strength[0].decision.rule != "ramp":
                console().print(f"Strength in week {week.number}: {week.strength[0].decision.why}")
            return


def print_why(policy: Policy, day: Date, decision: Decision) -> None:
    """Print the rule behind a decision, its row and its source."""
    out = console()
    row = next(row for row in policy.rows() if row["rule"] == decision.rule)
    known = [(name.capitalize(), value) for name, value in row.items()]
    print_table(facts(f"{long_day(day)}: {decision.why}", known), bare=True)
    out.print(Text(NO_ADVICE, style="italic"))
