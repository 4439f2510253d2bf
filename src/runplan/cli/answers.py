"""Carrying out a command: planning, writing and printing its effects."""

from collections.abc import Callable, Iterable, Iterator, Sequence

import click
from rich.text import Text

from runplan._base.dates import long_day, short_day
from runplan._base.text import NO_ADVICE, cleaned
from runplan.cli.amendments import Amendment, differences
from runplan.cli.options import command_line
from runplan.cli.output import console, print_findings
from runplan.cli.streams import after_saving, tell
from runplan.cli.workspace import LogOnly, Workspace
from runplan.errors import RunplanError
from runplan.model.entries import LONGEST_MIN, RunReport
from runplan.model.plan import Plan
from runplan.model.sessions import LongRun, StrengthSession
from runplan.model.weeks import Pause

# What to offer after the target: so many more weeks at it, or so much further. [weeks, min]
_KEPT_WEEKS, _RAISED_MIN = "4", 15


def carry_out(
    workspace: Workspace | LogOnly,
    amended: Amendment,
    first_lines: Callable[..., Iterable[str]],
    *,
    file: str,
) -> None:
    """
    Write an amendment, after checking that it can be planned, and print its effects.

    Args:
        workspace: The files before the amendment.
        amended: What to write.
        first_lines: Returns the first lines to print, given the ids of the new entries; one empty
            id if there are none.
        file: The request, as the user named it.

    Raises:
        RunplanError: If it cannot be planned or written.
    """
    before = _planned(workspace)
    try:
        after, fault = workspace.without(*amended.withdrawn).plan(*amended.entries), None
    except RunplanError as error:
        if before:
            raise
        # There was no plan before either, and one withdrawal may not be enough.
        after, fault = None, error
    ids = workspace.write(*amended.entries, withdrawn=amended.withdrawn, request=amended.request)
    with after_saving():
        lines = [*first_lines(*(ids or [""]))]
        if workspace.request and amended.request and workspace.request != amended.request:
            changed = differences(workspace.request, amended.request)
            lines.append(f"{workspace.file.name} is updated: {changed}.")
        if after:
            reports = [each for each in amended.entries if isinstance(each, RunReport)]
            lines += filter(None, [week_of(after, each) for each in reports])
            lines += reached(after)
            if reports and before and before.status != after.status == "reached":
                lines += ways_on(after, file)
            print_answer(lines, before, after, file=file, known=["report-week"] if reports else [])
            return
        for line in lines:
            click.echo(cleaned(line))
        if fault:
            tell(f"note: there is no plan yet: {fault}")


def _planned(workspace: Workspace | LogOnly) -> Plan | None:
    try:
        return workspace.plan()
    except RunplanError:
        return None


def week_of(plan: Plan, report: RunReport) -> str:
    """
    Return a sentence about the week of a reported long run; "" for another run.

    Args:
        plan: The plan with the report.
        report: The report.
    """
    if report.kind != "long":
        return ""
    for week in plan.weeks:
        if week.report and week.report.day == report.day:
            planned = short_day(week.long_run_day)
            return f"Counts as the long run of week {week.number}, planned for {planned}."
    if report.day < plan.start:
        return "Counts as a run from before the plan."
    nearest = min(plan.weeks, key=lambda each: abs((each.long_run_day - report.day).days))
    if nearest.report:
        day = short_day(nearest.report.day)
        return f"Counts as another run: the long run of week {nearest.number} was on {day}."
    return "Counts as another run: it belongs to no planned long run."


def reached(plan: Plan) -> list[str]:
    """Return the line of a plan that has reached its target; none for another."""
    return [f"You have reached {plan.target_min} minutes."] if plan.status == "reached" else []


def ways_on(plan: Plan, file: str) -> Iterator[str]:
    """Return what to say when the target has just been reached, and how to go on."""
    further = str(min(plan.target_min + _RAISED_MIN, LONGEST_MIN))
    yield "Well done: your long run is back."
    yield f"To keep it up for a while: {command_line(file, 'change', '--keep-weeks', _KEPT_WEEKS)}"
    yield f"To go further: {command_line(file, 'change', '--target-min', further)}"


def print_answer(
    lines: Sequence[str], before: Plan | None, after: Plan, *, file: str, known: Sequence[str] = ()
) -> None:
    """
    Print the effects of an entry: the next long run and why, the target, new findings.

    Args:
        lines: The first lines. Only the advice for an emergency comes before them.
        before: The plan without the entry; None if there was none.
        after: The plan with it.
        file: The request.
        known: Codes of findings that the lines cover.
    """
    out = console()
    is_urgent = print_emergency(after, file)
    for line in lines:
        # A command to copy is not wrapped.
        out.print(cleaned(line), soft_wrap=": runplan " in line)
    if after.pause and not is_urgent:
        print_pause(after.pause, file)
    if not after.pause:
        _print_next(before, after)
    if before:
        _print_strength(before, after)
    if before and not before.pause and not after.pause:
        _print_days(before, after)
    _print_open(after)
    _print_finish(before, after)
    old = {finding.message for finding in before.findings} if before else set()
    covered = {"paused", "step-over-110", "days-off-without-end", *known}
    print_findings(
        [each for each in after.findings if each.message not in old and each.code not in covered]
    )
    out.print(Text(NO_ADVICE, style="italic"))


def is_emergency(plan: Plan) -> bool:
    """Return whether a plan is paused for an emergency."""
    return plan.pause is not None and plan.pause.decision.facts.get("tier") == "emergency"


def print_emergency(plan: Plan, file: str) -> bool:
    """Print the advice for an emergency, which always comes first; return whether there is one."""
    if plan.pause and is_emergency(plan):
        print_pause(plan.pause, file)
    return is_emergency(plan)


def print_pause(pause: Pause, file: str) -> None:
    """Print why there are no long runs, whom to see, and how to go on."""
    out = console()
    strength = " Strength is paused too." if pause.stops_strength else ""
    out.print(Text(pause.why, style="bold"))
    out.print(Text(f"{pause.advice}{strength}", style="bold"))
    cleared = command_line(file, "log", "clearance")
    out.print(f"Once you are cleared to run again: {cleaned(cleared)}", soft_wrap=True)


def _print_next(before: Plan | None, after: Plan) -> None:
    out = console()
    run = after.next_long_run
    if run is None and after.status == "reached":
        return
    if run is None:
        until = "until you are back" if after.status == "away" else "any more"
        out.print(f"No long run is planned {until}.")
        return
    weeks = before.weeks if before else ()
    earlier = weeks[run.week - 1].long_run if run.week <= len(weeks) else None
    was = f" (was {earlier.minutes} min)" if earlier and earlier.minutes != run.minutes else ""
    title = f"Next long run: {short_day(run.day)} {run.start:%H:%M}, {run.minutes} min{was}."
    out.print(Text(title, style="bold"))
    out.print(run.decision.why)


def _print_finish(before: Plan | None, after: Plan) -> None:
    was = before.finish if before else None
    if after.finish is None or after.finish == was or after.pause or after.status == "reached":
        return
    # A later change may raise the target by then.
    runs = (week.long_run for week in after.weeks if week.long_run)
    minutes = next((run.minutes for run in runs if run.day == after.finish), after.target_min)
    # A plan that starts again had reached its target before.
    is_later = was and before and before.status != "reached"
    day, earlier = long_day(after.finish), f" (was {long_day(was)})" if was and is_later else ""
    console().print(f"If every run is clean, {minutes} min on {day}{earlier}.")


# Only long runs this recent are listed as still to report. [days]
_REPORT_DAYS = 28


def _print_open(plan: Plan) -> None:
    """Print which runs and mornings of the last weeks have not been reported yet."""
    weeks = [week for week in plan.weeks if week.long_run and week.long_run.day < plan.today]
    recent = [week for week in weeks if (plan.today - week.long_run_day).days <= _REPORT_DAYS]
    open_ = [f"the long run of {short_day(w.long_run_day)}" for w in recent if not w.report]
    last = next((week.report for week in reversed(weeks) if week.report), None)
    if last and last.pain_next_morning is None and last.day < plan.today:
        open_.append(f"the morning after {short_day(last.day)}")
    if open_:
        console().print(f"Still to report: {', '.join(open_)}.")


def _print_strength(before: Plan, after: Plan) -> None:
    """Print the first change in strength ahead, if pain caused it."""
    for was, week in zip(before.weeks, after.weeks, strict=False):
        if week.strength and week.first > after.today and was.strength != week.strength:
            if week.strength[0].decision.rule != "ramp":
                console().print(f"Strength in week {week.number}: {week.strength[0].decision.why}")
            return


# How many moved sessions to list.
_MOST_DAYS = 5


def _print_days(before: Plan, after: Plan) -> None:
    """Print which sessions ahead move to another day, are left out or are added."""
    old = {_key(each): each for each in before.sessions}
    new = {_key(each): each for each in after.sessions}
    reach = min(before.weeks[-1].number, after.weeks[-1].number)
    lines = []
    for key, each in sorted((new | old).items(), key=lambda pair: pair[1].day):
        was, now = old.get(key), new.get(key)
        stays = was and now and was.day == now.day
        if stays or each.day < after.today or each.week > reach:
            continue
        became = "is added" if now else "is left out"
        if was and now:
            became = f"moves to {short_day(now.day)}"
        lines.append(f"{_what(each)} of {short_day(each.day)} {became}.")
    for line in lines[:_MOST_DAYS]:
        console().print(line)
    if len(lines) > _MOST_DAYS:
        console().print(f"{len(lines) - _MOST_DAYS} more sessions change like this.")


def _key(session: LongRun | StrengthSession) -> tuple[type, int, int]:
    return type(session), session.week, session.place


def _what(session: LongRun | StrengthSession) -> str:
    return "The long run" if isinstance(session, LongRun) else "The strength session"
