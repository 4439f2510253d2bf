"""The runner's day: what comes next, what is still to report, and what the answers change."""

import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import click
from attrs import evolve
from rich.text import Text

from runplan._base.dates import long_day, short_day
from runplan._base.text import NO_ADVICE, full_stop
from runplan.cli.answers import is_emergency, print_emergency, print_pause, ways_on
from runplan.cli.asking import ask, ask_red_flags, maybe, whole, yes_or_no
from runplan.cli.calendar_commands import CALENDAR
from runplan.cli.options import REQUEST, command_line, file_option
from runplan.cli.output import console, print_findings
from runplan.cli.publish_command import published
from runplan.cli.request_file import open_workspace
from runplan.cli.streams import tell
from runplan.cli.workspace import Workspace, this_moment
from runplan.errors import InvalidValue, RunplanError
from runplan.model.activity import Activity
from runplan.model.entries import Entry, RunReport
from runplan.model.plan import Plan
from runplan.model.sessions import LongRun, StrengthSession
from runplan.model.weeks import Finding
from runplan.planning.changes import Change
from runplan.reporting.grammar import statements
from runplan.reporting.likely import another_run
from runplan.reporting.open_reports import OpenReport, open_reports
from runplan.reporting.parse import ParsedReport, parse_report
from runplan.storage.settings import load_settings

# How many open reports to name.
_MOST_NAMED = 5


@click.command()
@file_option
def today(file: str) -> None:
    """
    Show what comes next, what to do today, and what to report.

    It asks nothing. `runplan` alone asks for open reports.
    """
    workspace = open_workspace(file)
    plan = workspace.plan()
    _print_day(plan, file)
    waiting = list(map(str, _open(workspace, plan)))
    more = f", and {len(waiting) - _MOST_NAMED} more" if len(waiting) > _MOST_NAMED else ""
    if waiting:
        console().print(f"Still to report: {', '.join(waiting[:_MOST_NAMED])}{more}.")
    console().print(Text(NO_ADVICE, style="italic"))


def run_the_day() -> bool:
    """
    Show the day, ask at a terminal for the reports that are still open, and write them.

    Returns:
        Whether there is a request in this folder; without one, nothing is shown.

    Raises:
        RunplanError: If a file cannot be used.
    """
    if not Path(REQUEST).exists():
        return False
    if not sys.stdin.isatty():
        today.main([], standalone_mode=False)
        return True
    workspace = open_workspace(REQUEST)
    before = workspace.plan()
    _print_day(before, REQUEST)
    answered = _asked(workspace)
    _print_change(before, answered.plan(), REQUEST)
    _publish(answered)
    console().print(Text(NO_ADVICE, style="italic"))
    return True


def _publish(workspace: Workspace) -> None:
    """Publish the calendar; the answers are saved, so a fault is only a note."""
    try:
        changes = published(workspace, load_settings(REQUEST), output=CALENDAR).changes
    except (click.Abort, RunplanError) as error:
        reason = "it was stopped" if isinstance(error, click.Abort) else error
        tell(f"note: the calendar was not published: {reason}")
        return
    kinds = ("added", "moved", "changed", "removed")
    counts = [f"{len(getattr(changes, kind))} {kind}" for kind in kinds if getattr(changes, kind)]
    console().print(f"{CALENDAR}: {', '.join(counts) or 'as before'}.")


def _asked(workspace: Workspace) -> Workspace:
    """Ask for the reports that are still open, and return the files with the answers."""
    asked: set[OpenReport] = set()
    written = False
    while remaining := [each for each in _open(workspace, workspace.plan()) if each not in asked]:
        if is_emergency(workspace.plan()):
            # There is only one thing to do.
            break
        if not asked:
            click.echo("\nPress Enter to accept the answer in brackets, or type - to answer later.")
        asked.add(remaining[0])
        try:
            entries, withdrawn = _answered(remaining[0], workspace)
        except click.Abort:
            if not written:
                raise
            click.echo("\nStopped. The answers before this one are kept.")
            break
        if entries or withdrawn:
            # Nothing that cannot be planned may enter the log.
            workspace.without(*withdrawn).plan(*entries)
            workspace.write(*entries, withdrawn=withdrawn)
            workspace, written = open_workspace(REQUEST), True
    return workspace


def _print_day(plan: Plan, file: str) -> None:
    out = console()
    out.print(Text(long_day(plan.today), style="bold"))
    if plan.pause and not print_emergency(plan, file):
        print_pause(plan.pause, file)
    for line in _day(plan, file):
        out.print(line)
    print_findings(_warnings(plan))


def _day(plan: Plan, file: str) -> Iterator[str]:
    """Return the next long run with its reason, what to do today, and where it leads."""
    run = plan.next_long_run
    if run and not plan.pause:
        day = "today" if run.day == plan.today else short_day(run.day)
        yield f"Next long run: {day} {run.at:%H:%M}, {run.minutes} min. {run.decision.why}"
    elif plan.status == "reached":
        yield f"You have reached {plan.target_min} minutes."
    now = [each for each in plan.sessions if each.day == plan.today and each is not run]
    yield from (_to_do(each, plan) for each in now)
    off = next((each for each in plan.away if each.includes(plan.today)), None)
    if off:
        yield f"Today: a day off ({off.in_words(short_day)})."
        yield f"When you run again: {command_line(file, 'back')}"
    elif not now and not (run and run.day == plan.today):
        yield "Today: nothing is planned."
    if plan.finish and plan.finish >= plan.today and not plan.pause:
        first, planned = plan.first_finish, ""
        if first and first != plan.finish:
            planned = f", first planned for {short_day(first)}"
        yield f"{plan.target_min} min by {short_day(plan.finish)}{planned}."


def _to_do(session: LongRun | StrengthSession, plan: Plan) -> str:
    mark = plan.mark(session)
    done = "" if mark == "planned" else f", {mark}"
    if isinstance(session, LongRun):
        return f"Today: long run of {session.minutes} min at {session.at:%H:%M}{done}."
    lifts = "; ".join(map(str, session.prescriptions))
    return f"Today: strength at {session.at:%H:%M}, {session.minutes} min{done}. {lifts}."


def _open(workspace: Workspace, plan: Plan) -> list[OpenReport]:
    recorded = [(each.day, each.minutes) for each in workspace.log.waiting(plan.today)]
    return open_reports(plan, recorded, this_moment())


def _answered(report: OpenReport, workspace: Workspace) -> tuple[tuple[Entry, ...], list[str]]:
    """
    Ask for a report.

    Returns:
        Its entries, and the ids of entries to withdraw; none if it is left for later.
    """
    plan = workspace.plan()
    text = f"{_beginning(report)}: {_QUESTIONS[report.kind]}"
    while True:
        answer = ask(text, lambda typed: _read(report, typed, plan), _likely(report, plan))
        if answer == _NOT_RUN:
            return (), _ids(report, workspace)
        for doubt in answer.doubts:
            click.echo(f"{doubt}.")
        if not answer.doubts or ask("Is that right? y or n", yes_or_no):
            return tuple(map(_complete, answer)), []


_QUESTIONS = {
    "run": "minutes and pain, like 45 2@40; n if not run",
    "morning": "pain in the upper back, 0 to 10",
    "strength": "pain in the upper back, 0 to 10; n if left out",
}
_LATER, _NO, _NOT_RUN = "-", {"n", "no"}, "not run"


def _beginning(report: OpenReport) -> str:
    name = str(report)
    return name[:1].upper() + name[1:]


def _likely(report: OpenReport, plan: Plan) -> str:
    """Return the likely answer."""
    if report.kind != "run":
        return "0"
    if not report.is_recorded and (plan.today - report.day).days > 1:
        # By then it was probably not run.
        return _LATER
    kind = "other " if another_run(plan, report.day, report.minutes) else ""
    return f"{kind}{report.minutes} ok"


def _read(report: OpenReport, text: str, plan: Plan) -> ParsedReport | str:
    """Return the report that an answer stands for, or that it was not run."""
    is_no = text.lower() in _NO
    if text == _LATER:
        return ParsedReport(entries=())
    if report.kind != "run":
        is_skipped = report.kind == "strength" and is_no
        said = "skipped" if is_skipped else str(whole(0, 10, f"or {_LATER} for later")(text))
        return parse_report(f"{report.kind} {report.day} {said}", plan, plan.today)
    if is_no:
        return _NOT_RUN
    has_day = False
    with suppress(RunplanError):
        has_day = bool(statements(text)[0].days)
    answer = parse_report(text if has_day else f"{report.day} {text}", plan, plan.today)
    if any(isinstance(each, Change) for each in answer):
        must = "the answer must say how it went"
        raise InvalidValue(must, text, f"answer {_LATER}, and then: runplan {text}")
    return answer


def _ids(report: OpenReport, workspace: Workspace) -> list[str]:
    """Return the ids of the recorded runs that a report is about."""
    return [
        each.id
        for each in workspace.journal.recorded
        if isinstance(each.entry, Activity)
        and report.is_recorded
        and not each.entry.retracted_on
        and (each.entry.day, each.entry.minutes) == (report.day, report.minutes)
    ]


def _complete(entry: Any) -> Any:  # noqa: ANN401 (each kind of report has its own fields)
    """Return a report with what must be asked about pain: the minute it began, and red flags."""
    if not entry.pain:
        return entry
    began = {}
    if isinstance(entry, RunReport) and entry.pain_from is None:
        text = "The minute it began (Enter if you do not know)"
        began = {"pain_from": ask(text, maybe(whole(0, entry.minutes)), "")}
    flags = entry.red_flags or ask_red_flags()
    return evolve(entry, red_flags=flags, **began)


def _print_change(before: Plan, after: Plan, file: str) -> None:
    """Print in one line what changed; a new pause and new warnings come with it."""
    out = console()
    if after.pause and after.pause != before.pause and not print_emergency(after, file):
        print_pause(after.pause, file)
    if line := _changed(before, after):
        out.print(Text(line, style="bold"))
    if after.status == "reached" != before.status:
        for way in ways_on(after, file):
            out.print(way, soft_wrap=True)
    known = _warnings(before)
    print_findings([each for each in _warnings(after) if each not in known])


def _warnings(plan: Plan) -> list[Finding]:
    return [each for each in plan.findings if each.level == "warning" and each.code != "paused"]


def _changed(before: Plan, after: Plan) -> str:
    """Return in one line how the next long run and the finish changed; "" if they did not."""
    run, finish = after.next_long_run, ""
    if after.status == "reached" != before.status:
        return f"You have reached {after.target_min} minutes."
    if run is None or after.pause or before == after:
        return ""
    shown = before.next_long_run
    was = next((each.long_run for each in before.weeks if each.number == run.week), None)
    if after.finish and after.finish != before.finish:
        finish = f" {after.target_min} min by {short_day(after.finish)}."
    if shown and (shown.day, shown.minutes, shown.decision) == (run.day, run.minutes, run.decision):
        return finish.strip() or "The plan stays as it is."
    instead = f" instead of {was.minutes}" if was and was.minutes != run.minutes else ""
    why = full_stop(run.decision.why)
    return f"Next long run: {short_day(run.day)}, {run.minutes} min{instead}. {why}{finish}"
