"""Plans, findings and changes, as a terminal shows them."""

from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from runplan.dates import Date
from runplan.export.published import Changes
from runplan.log import RunReport
from runplan.plan import Plan
from runplan.rules.phrases import count
from runplan.rules.policy import Policy
from runplan.sessions import Decision, LongRun
from runplan.text import NO_ADVICE
from runplan.weeks import Finding, Pause, Week

# How many lines of each kind of change are worth reading.
_MOST_CHANGES = 10


def console() -> Console:
    """Return where to print to. Names and reasons are text, whatever brackets they hold."""
    return Console(markup=False, emoji=False, highlight=False)


def print_plan(plan: Plan) -> None:
    """Print a plan: where it stands, its findings, and its weeks."""
    out = console()
    out.print(Text(plan.name, style="bold"))
    out.print(
        f"From {plan.baseline_min} to {plan.target_min} min, policy {plan.policy}, {plan.timezone}."
    )
    out.print(f"{count(len(plan.weeks), 'week')} from {_day(plan.start)}: {_end(plan)}.")
    if times := _times(plan):
        out.print(times)
    if plan.today > plan.start:
        out.print(f"As of {_day(plan.today)}: {plan.status}.{_next(plan)}")
    print_findings(plan.findings)
    out.print(_table(plan))
    out.print(Text(NO_ADVICE, style="italic"))


def _times(plan: Plan) -> str:
    """Return at what times of day the sessions begin."""
    run = next((week.long_run for week in plan.weeks if week.long_run), None)
    lift = next((each for week in plan.weeks for each in week.strength), None)
    said = [
        f"long run at {run.at:%H:%M}" if run else "",
        f"strength at {lift.at:%H:%M}, {lift.minutes} min a session" if lift else "",
    ]
    line = ", ".join(filter(None, said))
    return f"{line[:1].upper()}{line[1:]}." if line else ""


def _end(plan: Plan) -> str:
    if plan.finish:
        return f"{plan.target_min} min on {_day(plan.finish)}"
    return "paused" if plan.pause else "target not reached"


def _next(plan: Plan) -> str:
    session = plan.next
    if session is None:
        return ""
    what = f"{session.minutes} min" if isinstance(session, LongRun) else "strength"
    return f" Next: {what} on {short(session.day)} at {session.at:%H:%M}."


def _table(plan: Plan) -> Table:
    looks_back = plan.today > plan.start
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("Week", justify="right")
    table.add_column("Long run", no_wrap=True)
    table.add_column("Min", justify="right", style="bold")
    if looks_back:
        table.add_column("How it went")
    table.add_column("Strength")
    table.add_column("Why")
    for week in plan.weeks:
        run = week.long_run
        table.add_row(
            str(week.number),
            short(run.day) if run else "none",
            str(run.minutes) if run else "",
            *([_went(plan, week)] if looks_back else []),
            " ".join(short(each.day)[:3] for each in week.strength) or "none",
            _why(week),
        )
    return table


def _went(plan: Plan, week: Week) -> str:
    if week.report:
        return _in_short(week.report)
    mark = plan.mark(week.long_run) if week.long_run else ""
    return "" if mark == "planned" else mark


def _in_short(report: RunReport) -> str:
    morning = report.pain_next_morning
    said = [
        f"{report.minutes} min",
        f"pain {report.pain}" if report.pain else "",
        f"morning {morning}" if morning else "",
        f"fatigue {report.fatigue}" if report.fatigue else "",
        "morning?" if morning is None else "",
        *(flag.value for flag in report.red_flags),
    ]
    return ", ".join(filter(None, said))


def _why(week: Week) -> str:
    if week.long_run is None:
        if week.pause:
            return week.pause.why
        return "" if week.strength else "Every day of this week is an away day."
    moved = week.long_run.moved_from
    note = f" Moved from {short(moved)}." if moved else ""
    return week.long_run.decision.why + note


def print_findings(findings: Sequence[Finding]) -> None:
    """Print what is worth knowing about a plan."""
    out = console()
    if findings:
        out.print()
    for finding in findings:
        style = "bold yellow" if finding.level == "warning" else "bold"
        out.print(Text.assemble((f"{finding.level}: ", style), finding.message))


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
        was = f" (was {_day(before.finish)})" if before.finish else ""
        out.print(f"{after.target_min} min: {_day(after.finish) if after.finish else 'open'}{was}.")
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
    run = next_long_run(after)
    if run is None:
        out.print(f"The plan is {after.status}.")
        return
    earlier = before.weeks[run.week - 1].long_run if run.week <= len(before.weeks) else None
    was = f" (was {earlier.minutes} min)" if earlier and earlier.minutes != run.minutes else ""
    title = f"Next long run: {short(run.day)} {run.at:%H:%M}, {run.minutes} min{was}."
    out.print(Text(title, style="bold"))
    out.print(run.decision.why)


def _print_strength(before: Plan, after: Plan) -> None:
    """Print what changes in the first week ahead in which strength does, if the ramp held."""
    for was, week in zip(before.weeks, after.weeks, strict=False):
        if week.strength and week.first > after.today and was.strength != week.strength:
            if week.strength[0].decision.rule != "ramp":
                console().print(f"Strength in week {week.number}: {week.strength[0].decision.why}")
            return


def next_long_run(plan: Plan) -> LongRun | None:
    """Return the first long run from today on that is not reported yet."""
    for week in plan.weeks:
        if week.long_run and not week.report and week.long_run.day >= plan.today:
            return week.long_run
    return None


def print_why(policy: Policy, day: Date, decision: Decision) -> None:
    """Print the rule behind a decision, its row and its source."""
    out = console()
    out.print(Text(f"{_day(day)}: {decision.why}", style="bold"))
    row = next(row for row in policy.rows() if row["rule"] == decision.rule)
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 2))
    for name in ("rule", "when", "then", "source", "evidence"):
        table.add_row(name.capitalize(), row[name])
    out.print(table)
    out.print(Text(NO_ADVICE, style="italic"))


def short(day: Date) -> str:
    """Return a day as tables show it."""
    return day.format("ddd D MMM")


def _day(day: Date) -> str:
    return day.format("dddd, D MMMM YYYY")
