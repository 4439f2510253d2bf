"""The runner's day: what comes next, what is still to report, and what the answers change."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import click
from attrs import evolve
from rich.text import Text

from runplan._base.dates import long_day, short_day
from runplan._base.text import NO_ADVICE, count, full_stop
from runplan.cli.answers import print_emergency, print_pause, ways_on
from runplan.cli.asking import ask, ask_red_flags, yes_or_no
from runplan.cli.calendar_commands import CALENDAR
from runplan.cli.options import REQUEST, file_option
from runplan.cli.output import console, print_findings
from runplan.cli.publish_command import published
from runplan.cli.request_file import open_workspace
from runplan.cli.streams import tell
from runplan.cli.workspace import Workspace, this_moment
from runplan.errors import RunplanError
from runplan.model.entries import Entry
from runplan.model.plan import Plan
from runplan.model.sessions import LongRun, StrengthSession
from runplan.reporting.grammar import statements
from runplan.reporting.open_reports import OpenReport, open_reports
from runplan.reporting.parse import ParsedReport, parse_report
from runplan.storage.settings import load_settings


@click.command()
@file_option
def today(file: str) -> None:
    """
    Show what comes next, what to do today, and what to report.

    Nothing is asked or written. `runplan` alone asks.
    """
    workspace = open_workspace(file)
    plan = workspace.plan()
    _print_day(plan, file)
    still_open = ", ".join(map(str, _open(workspace, plan)))
    if still_open:
        console().print(f"Still to report: {still_open}.")
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
    except RunplanError as error:
        tell(f"note: the calendar was not published: {error}")
        return
    changed = count(len(changes.added + changes.moved + changes.changed + changes.removed), "event")
    console().print(f"{CALENDAR}: {changed} changed.")


def _asked(workspace: Workspace) -> Workspace:
    """Ask for the reports that are still open, and return the files with the answers."""
    asked: set[OpenReport] = set()
    while remaining := [each for each in _open(workspace, workspace.plan()) if each not in asked]:
        if not asked:
            click.echo("Enter takes the answer in brackets, - leaves a question for later.")
        asked.add(remaining[0])
        entries = _answered(remaining[0], workspace.plan())
        if entries:
            # Nothing that cannot be planned may enter the log.
            workspace.plan(*entries)
            workspace.write(*entries)
            workspace = open_workspace(REQUEST)
    return workspace


def _print_day(plan: Plan, file: str) -> None:
    out = console()
    out.print(Text(long_day(plan.today), style="bold"))
    if plan.pause and not print_emergency(plan, file):
        print_pause(plan.pause, file)
    for line in _day(plan):
        out.print(line)


def _day(plan: Plan) -> Iterator[str]:
    """Return the next long run with its reason, what to do today, and where it leads."""
    run = plan.next_long_run
    if run and not plan.pause:
        day = "today" if run.day == plan.today else short_day(run.day)
        yield f"Next long run: {day} {run.at:%H:%M}, {run.minutes} min. {run.decision.why}"
    elif plan.status == "reached":
        yield f"You have reached {plan.target_min} minutes."
    now = [each for each in plan.sessions if each.day == plan.today and each is not run]
    yield from (_to_do(each, plan) for each in now)
    if any(each.includes(plan.today) for each in plan.away):
        yield "Today: a day off."
    elif not now and not (run and run.day == plan.today):
        yield "Today: nothing is planned."
    if plan.finish and plan.status != "reached":
        first, finish = plan.first_finish, short_day(plan.finish)
        planned = (
            f", first planned for {short_day(first)}" if first not in {None, plan.finish} else ""
        )
        yield f"{plan.target_min} min by {finish}{planned}."


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


def _answered(report: OpenReport, plan: Plan) -> tuple[Entry, ...]:
    """Ask for a report and return its entries; none if it is left for later, or was not run."""
    question, likely = _QUESTIONS[report.kind]

    def read(text: str) -> ParsedReport:
        return _parsed(report, text.lower(), plan)

    while True:
        text = f"{_beginning(report)}{question}"
        answer: ParsedReport = ask(text, read, likely.format(report.minutes))
        for doubt in answer.doubts:
            click.echo(f"{doubt}.")
        if not answer.doubts or ask("Is that right? y or n", yes_or_no):
            return _with_red_flags(answer)


# By what it is about: the question, and the likely answer.
_QUESTIONS = {
    "run": (": minutes and pain, like 45 2@40; n if not run", "{} ok"),
    "morning": (": pain in the upper back, 0 to 10", "0"),
    "strength": (": pain in the upper back, 0 to 10; n if left out", "0"),
}
_NO = {"n", "no", "none"}


def _beginning(report: OpenReport) -> str:
    name = str(report)
    return name[:1].upper() + name[1:]


def _parsed(report: OpenReport, text: str, plan: Plan) -> ParsedReport:
    """Return the report that an answer stands for."""
    if text == "-" or (text in _NO and report.kind != "strength"):
        return ParsedReport(entries=())
    if report.kind != "run":
        said = "skipped" if text in _NO else text
        return parse_report(f"{report.kind} {report.day} {said}", plan, plan.today)
    has_day = False
    with suppress(RunplanError):
        has_day = bool(statements(text)[0].days)
    return parse_report(text if has_day else f"{report.day} {text}", plan, plan.today)


def _with_red_flags(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return entries with red flags, asked for where there was pain."""
    found = list(entries)
    entry: Any  # each kind of report that has pain has red flags too
    for index, entry in enumerate(found):
        if getattr(entry, "pain", 0) and not getattr(entry, "red_flags", ()):
            found[index] = evolve(entry, red_flags=ask_red_flags())
            break
    return tuple(found)


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
    known = {finding.message for finding in before.findings}
    new = [each for each in after.findings if each.message not in known]
    print_findings([each for each in new if each.level == "warning" and each.code != "paused"])


def _changed(before: Plan, after: Plan) -> str:
    """Return in one line how the next long run and the finish changed; "" if they did not."""
    run, finish = after.next_long_run, ""
    if after.status == "reached" != before.status:
        return f"You have reached {after.target_min} minutes."
    if run is None or after.pause:
        return ""
    was = next((each.long_run for each in before.weeks if each.number == run.week), None)
    if after.finish and after.finish != before.finish:
        finish = f"{after.target_min} min by {short_day(after.finish)}."
    if was and was.minutes == run.minutes and was.decision.why == run.decision.why:
        return finish or "The next long run stays as it is."
    instead = f" instead of {was.minutes}" if was and was.minutes != run.minutes else ""
    why = full_stop(run.decision.why)
    return f"{short_day(run.day)}: {run.minutes} min{instead}. {why} {finish}".strip()
