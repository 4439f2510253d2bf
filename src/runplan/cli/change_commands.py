"""The commands about what is asked for: change, move and away."""

from collections.abc import Callable, Iterator
from typing import Any

import click
from attrs import evolve

from runplan._base.dates import Date, dated_day, days_after
from runplan.cli.amendments import Amendment, amendment, joined, later_changes
from runplan.cli.answers import carry_out
from runplan.cli.options import file_option, read_day
from runplan.cli.request_file import open_workspace
from runplan.cli.workspace import Workspace
from runplan.errors import InvalidValue
from runplan.model.away import Away
from runplan.model.plan import Plan
from runplan.model.sessions import LongRun, StrengthSession
from runplan.planning.changes import Change, Move
from runplan.planning.request import Rebuild, Slot, Strength
from runplan.storage.converter import POLICIES

Session = LongRun | StrengthSession

# The options of a change, by the names under which commands get them.
CHANGE_OPTIONS = (
    *("target_min", "baseline_min", "long_run_day", "long_run_at", "strength_at", "strength_min"),
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
        click.option("--no-strength", is_flag=True, default=None, help="No more strength work."),
        click.option("--first-month", type=hold, help="Hold or extend the long run in it."),
        click.option("--policy", type=click.Choice(list(POLICIES)), help="The table of rules."),
        click.option("--timezone", help="IANA time zone, like Europe/Berlin."),
        click.option(
            "--assessed-on", metavar="DAY", help="The day a clinician looked at the back; or none."
        ),
        click.option("--keep-weeks", type=int, help="More clean long runs at the target. [weeks]"),
        click.option(
            "--last-day", metavar="DAY", help="The plan's last day; or none, to end at the target."
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
    slot, work = request.long_run, request.strength or Strength()
    if given["long_run_day"] or given["long_run_at"]:
        yield "long_run", Slot(given["long_run_day"] or slot.day, given["long_run_at"] or slot.at)
    if given["no_strength"]:
        yield "strength", None
    elif given["strength_at"] or given["strength_min"] is not None:
        at = given["strength_at"] or work.at
        minutes = work.minutes if given["strength_min"] is None else given["strength_min"]
        yield "strength", evolve(work, at=at, minutes=minutes)


@click.command()
@change_options
@click.option(
    "--from", "first", metavar="DAY", help="The day from which it counts. Default: today."
)
@click.option("--note", default="", help="Anything else.")
@file_option
def change(file: str, first: str | None, note: str, **given: Any) -> None:  # noqa: ANN401 (what click read)
    """
    Change the request from a day on.

    What was planned until then stays. rebuild.toml is updated; editing it has the same effect.
    """
    here = open_workspace(file)
    day = here.today if first is None else read_day(first, here.today, ahead=True)
    values = values_of(here.request, given, here.today)
    # A baseline means a new start, also with the same minutes.
    new = {
        name: value
        for name, value in values.items()
        if name == "baseline_min" or value != getattr(here.request, name)
    }
    if not new:
        what = f"{', '.join(values)} as before" if values else "none"
        raise InvalidValue("a change must give a new value", what, "see runplan change --help")
    entry = Change(day=day, recorded_on=here.today, note=note, **new)

    asked = amendment(here, entry)
    said = f"change from {dated_day(day)}"
    later = later_changes(here, entry)
    carry_out(here, asked, lambda id_: [*_logged(id_, said, asked), *later], file=file)


def _logged(id_: str, what: str, asked: Amendment) -> Iterator[str]:
    if id_:
        yield f"Logged {id_}: {what}."
    replaced = ", ".join(asked.withdrawn)
    if replaced and id_:
        yield f"It takes the place of {replaced}, and undo withdraws both."
    elif replaced:
        yield f"That is as it was before: {replaced} is withdrawn."


@click.command()
@click.argument("first")
@click.argument("last", required=False)
@click.option("--note", default="", help="Anything else.")
@file_option
def away(file: str, first: str, last: str | None, note: str) -> None:
    """
    Take days off: a holiday, travel, an illness.

    FIRST and LAST are the first and the last day; without LAST it is one day.
    """
    here = open_workspace(file)
    begins = read_day(first, here.today, ahead=True)
    ends = read_day(last, here.today, ahead=True, weekdays_from=begins) if last else begins
    new = Away(first=begins, last=ends)
    if new.last < here.today:
        do = "leave them: a long run that was not reported counts as missed"
        raise InvalidValue("days off must not all be over", _in_words(new), do)
    ranges = joined((*here.request.away, new))
    if ranges == joined(here.request.away):
        raise InvalidValue("the days must not be off already", _in_words(new), "name other days")
    entry = Change(day=here.today, recorded_on=here.today, away=ranges, note=note)
    (off,) = (each for each in ranges if each.first <= new.first and new.last <= each.last)
    asked, said = amendment(here, entry), f"days off, {_in_words(off)}"
    carry_out(here, asked, lambda id_: _logged(id_, said, asked), file=file)


def _in_words(days: Away) -> str:
    if days.first == days.last:
        return dated_day(days.first)
    return f"{dated_day(days.first)} to {dated_day(days.last)}"


@click.command()
@click.argument("day")
@click.argument("to")
@click.option("--note", default="", help="Anything else.")
@file_option
def move(file: str, day: str, to: str, note: str) -> None:
    """
    Move one session to another day.

    DAY is the day of the session, TO the new one; both must lie ahead.
    """
    here = open_workspace(file)
    planned = read_day(day, here.today, ahead=True)
    near = days_after(planned, -3)
    target = read_day(to, here.today, ahead=True, weekdays_from=near)
    asked = _moves(here, Move(day=planned, to=target, recorded_on=here.today, note=note))
    said = f"the session of {dated_day(planned)} moves to {dated_day(target)}"
    carry_out(here, asked, lambda id_: _logged(id_, said, asked), file=file)


def _moves(here: Workspace, wanted: Move) -> Amendment:
    """Return what is to be written for a move, also of a session that was moved before."""
    session = session_on(here.plan(), wanted.day)
    if lands(here.plan(wanted), session, wanted.to):
        return Amendment([wanted])
    for each in here.journal.recorded:
        before = each.entry
        if isinstance(before, Move) and not before.retracted_on and before.to == wanted.day:
            entries = [] if before.day == wanted.to else [evolve(wanted, day=before.day)]
            if lands(here.without(each.id).plan(*entries), session, wanted.to):
                return Amendment(entries, [each.id])
    raise not_movable(wanted)


def not_movable(move: Move) -> InvalidValue:
    """Return the error of a move that would have no effect."""
    must = f"the session must move to a day ahead, nearer to {move.day} than to the next session"
    return InvalidValue(must, move.to.isoformat(), "choose another day")


def session_on(plan: Plan, day: Date) -> Session:
    """
    Return the session of a day, the long run if there are two.

    Raises:
        InvalidValue: If there is none.
    """
    found = [each for week in plan.weeks for each in week.sessions if each.day == day]
    if not found:
        do = "name a day with one; runplan show lists them"
        raise InvalidValue("there must be a session on that day", day.isoformat(), do)
    return next((each for each in found if isinstance(each, LongRun)), found[0])


def lands(plan: Plan, session: Session, day: Date) -> bool:
    """Say whether a session, of another plan, lies on a day."""
    return any(
        each.day == day
        for each in plan.weeks[session.week - 1].sessions
        if type(each) is type(session) and each.place == session.place
    )
