"""The commands that change the request or move sessions: change and move."""

from collections.abc import Callable, Iterator
from typing import Any

import click
from attrs import evolve

from runplan._base.dates import Date, dated_day, days_after
from runplan._base.day_words import read_day
from runplan.cli.amendments import Amendment, amendment, later_changes
from runplan.cli.answers import carry_out
from runplan.cli.options import file_option
from runplan.cli.request_file import open_workspace
from runplan.cli.workspace import Workspace
from runplan.errors import InvalidValue
from runplan.model.plan import Plan
from runplan.model.sessions import LongRun, StrengthSession
from runplan.planning.changes import Change, Move
from runplan.planning.request import Rebuild, Slot
from runplan.planning.strength_work import Strength
from runplan.storage.converter import POLICIES

Session = LongRun | StrengthSession

# The options of a change, by the names of their parameters.
CHANGE_OPTIONS = (
    *("target_min", "baseline_min", "long_run_day", "long_run_at", "strength_at", "strength_min"),
    *("equipment", "per_session"),
    *("no_strength", "first_month", "policy", "timezone", "assessed_on", "keep_weeks", "last_day"),
)


def change_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of a change."""
    hold = click.Choice(["hold", "extend"])
    options = [
        click.option("--target-min", type=int, help="The long run to get back to. [min]"),
        click.option("--baseline-min", type=int, help="Start again from this long run. [min]"),
        click.option("--long-run-day", help="Weekday of the long run."),
        click.option("--long-run-at", help="Its time of day."),
        click.option("--strength-at", help="Time of day of strength sessions."),
        click.option("--strength-min", type=int, help="Their length. [min]"),
        click.option(
            "--equipment",
            multiple=True,
            help="Your equipment, like 'two dumbbells'; nothing or everything. May be repeated.",
        ),
        click.option(
            "--per-session",
            type=click.Choice(["2", "3", "all"]),
            help="How many exercises a session has, in rotation.",
        ),
        click.option("--no-strength", is_flag=True, default=None, help="No more strength work."),
        click.option(
            "--first-month", type=hold, help="Hold or extend the long run in the first month."
        ),
        click.option("--policy", type=click.Choice(list(POLICIES)), help="The table of rules."),
        click.option("--timezone", help="IANA time zone, like Europe/Berlin."),
        click.option(
            "--assessed-on", metavar="DAY", help="The day a clinician examined the back, or none."
        ),
        click.option("--keep-weeks", type=int, help="More clean long runs at the target. [weeks]"),
        click.option(
            "--last-day", metavar="DAY", help="The plan's last day, or none to end at the target."
        ),
    ]
    for option in reversed(options):
        command = option(command)
    return command


def values_of(request: Rebuild, given: dict[str, Any], today: Date) -> dict[str, Any]:
    """Return the new values of a request, by its fields, from the options of a change."""
    return dict(_values(request, given, today))


def _values(request: Rebuild, given: dict[str, Any], today: Date) -> Iterator[tuple[str, Any]]:
    for name in ("target_min", "baseline_min", "first_month", "timezone", "keep_weeks"):
        if given[name] is not None:
            yield name, given[name]
    if given["policy"]:
        yield "policy", POLICIES[given["policy"]]
    for name in ("assessed_on", "last_day"):
        if given[name] is not None:
            ahead = name == "last_day"
            is_none = given[name] == "none"
            yield name, None if is_none else read_day(given[name], today, ahead=ahead)
    slot = request.long_run
    if given["long_run_day"] or given["long_run_at"]:
        yield "long_run", Slot(given["long_run_day"] or slot.day, given["long_run_at"] or slot.at)
    if given["no_strength"]:
        yield "strength", None
        return
    new = dict(_strength_values(given))
    if new:
        yield "strength", evolve(request.strength or Strength(), **new)


def _strength_values(given: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    if given["strength_at"]:
        yield "at", given["strength_at"]
    if given["strength_min"] is not None:
        yield "minutes", given["strength_min"]
    if given["equipment"]:
        is_all = given["equipment"] == ("everything",)
        yield "equipment", None if is_all else given["equipment"]
    if given["per_session"]:
        per_session = given["per_session"]
        yield "per_session", None if per_session == "all" else int(per_session)


@click.command()
@change_options
@click.option(
    "--from", "first", metavar="DAY", help="The first day on which it applies. Default: today."
)
@click.option("--note", default="", help="Anything else.")
@file_option
def change(file: str, first: str | None, note: str, **given: Any) -> None:  # noqa: ANN401 (what click read)
    """
    Change the request from a given day on.

    What was planned before that day stays. rebuild.toml is updated; editing it by hand has the
    same effect.
    """
    workspace = open_workspace(file)
    day = workspace.today if first is None else read_day(first, workspace.today, ahead=True)
    values = values_of(workspace.request, given, workspace.today)
    # A baseline means a new start, even with the same minutes.
    new = {
        name: value
        for name, value in values.items()
        if name == "baseline_min" or value != getattr(workspace.request, name)
    }
    if not new:
        what = f"{', '.join(values)} as before" if values else "none"
        raise InvalidValue("a change must give a new value", what, "see runplan change --help")
    entry = Change(day=day, recorded_on=workspace.today, note=note, **new)

    amended = amendment(workspace, entry)
    summary = f"change from {dated_day(day)}"
    later = later_changes(workspace, entry)
    carry_out(workspace, amended, lambda id_: [*logged(id_, summary, amended), *later], file=file)


def logged(id_: str, summary: str, amended: Amendment) -> Iterator[str]:
    """Return the first lines of an answer: what was logged, and what it replaces."""
    if id_:
        yield f"Logged {id_}: {summary}."
    replaced = ", ".join(amended.withdrawn)
    if replaced and id_:
        yield f"It replaces {replaced}; undo withdraws both."
    elif replaced:
        yield f"This restores the earlier values: {replaced} is withdrawn."


@click.command()
@click.argument("day")
@click.argument("to")
@click.option("--note", default="", help="Anything else.")
@file_option
def move(file: str, day: str, to: str, note: str) -> None:
    """
    Move one session to another day.

    DAY is the day of the session and TO the new day; both must lie ahead.
    """
    workspace = open_workspace(file)
    planned = read_day(day, workspace.today, ahead=True)
    near = days_after(planned, -3)
    target = read_day(to, workspace.today, ahead=True, weekdays_from=near)
    amended = _moves(
        workspace, Move(day=planned, to=target, recorded_on=workspace.today, note=note)
    )
    summary = f"the session of {dated_day(planned)} moves to {dated_day(target)}"
    carry_out(workspace, amended, lambda id_: logged(id_, summary, amended), file=file)


def _moves(workspace: Workspace, wanted: Move) -> Amendment:
    """Return what to write for a move, possibly of a session that was moved before."""
    session = session_on(workspace.plan(), wanted.day)
    if is_on(workspace.plan(wanted), session, wanted.to):
        return Amendment([wanted])
    for each in workspace.journal.recorded:
        before = each.entry
        if isinstance(before, Move) and not before.retracted_on and before.to == wanted.day:
            entries = [] if before.day == wanted.to else [evolve(wanted, day=before.day)]
            if is_on(workspace.without(each.id).plan(*entries), session, wanted.to):
                return Amendment(entries, [each.id])
    raise not_movable(wanted)


def not_movable(move: Move) -> InvalidValue:
    """Return the error for a move that would have no effect."""
    must = f"the session must move to a day ahead, nearer to {move.day} than to the next session"
    return InvalidValue(must, move.to.isoformat(), "choose another day")


def session_on(plan: Plan, day: Date) -> Session:
    """
    Return the session of a day; the long run if there are two.

    Raises:
        InvalidValue: If there is none.
    """
    found = [each for week in plan.weeks for each in week.sessions if each.day == day]
    if not found:
        do = "name a day with one; runplan show lists them"
        raise InvalidValue("there must be a session on that day", day.isoformat(), do)
    return next((each for each in found if isinstance(each, LongRun)), found[0])


def is_on(plan: Plan, session: Session, day: Date) -> bool:
    """Return whether a session of another plan is on a given day in this plan."""
    return any(
        each.day == day
        for each in plan.weeks[session.week - 1].sessions
        if type(each) is type(session) and each.place == session.place
    )
