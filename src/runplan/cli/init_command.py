"""The command that writes a request: init."""

import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from runplan._base.dates import Date, days_after, to_time, to_weekday, to_zone
from runplan._base.day_words import read_day
from runplan._base.files import read_if_there, write_whole
from runplan._base.text import cleaned, count
from runplan.cli.asking import ask, maybe, must_be_asked, past_day, whole
from runplan.cli.history_baseline import recorded_history
from runplan.cli.log_writer import append
from runplan.cli.options import REQUEST
from runplan.cli.streams import after_saving, tell
from runplan.cli.workspace import log_beside, read_log, this_moment, today_in, zone_here
from runplan.errors import InvalidValue, UnusableFile
from runplan.model.entries import LONGEST_MIN, SHORTEST_MIN
from runplan.planning.baseline import find_baseline
from runplan.planning.request import Rebuild, Slot
from runplan.planning.strength_work import Strength
from runplan.publishing.addresses import new_address
from runplan.storage.converter import POLICIES
from runplan.storage.log_file import rebuild_line
from runplan.storage.settings import PublishSettings, with_publish
from runplan.storage.toml import to_toml


@click.command()
@click.option("--baseline-min", type=int, help="Long run that brings no pain or fatigue. [min]")
@click.option("--target-min", type=int, help="Long run to get back to. [min]")
@click.option("--start", metavar="DAY", help="First day, like 2026-11-30 or monday.")
@click.option("--timezone", help="IANA time zone, like Europe/Berlin.")
@click.option("--name", default="Long run rebuild", show_default=True, help="The plan's name.")
@click.option("--long-run-day", help="Weekday of the long run. Default: sunday.")
@click.option("--long-run-at", help="Its time of day. Default: 09:00.")
@click.option("--strength-at", default="18:30", show_default=True, help="Time of day.")
@click.option("--strength-min", type=int, default=30, show_default=True, help="Length. [min]")
@click.option("--no-strength", is_flag=True, help="No strength work.")
@click.option("--equipment", help="Your equipment, like 'two dumbbells', or nothing.")
@click.option(
    "--first-month",
    type=click.Choice(["hold", "extend"]),
    default="hold",
    show_default=True,
    help="Hold or extend the long run in the first month.",
)
@click.option(
    "--policy",
    type=click.Choice(list(POLICIES)),
    default="five minutes",
    show_default=True,
    help="The table of rules.",
)
@click.option("--assessed-on", metavar="DAY", help="The day a clinician examined the back.")
@click.option(
    "--from",
    "history",
    multiple=True,
    metavar="FILE",
    help="Find the baseline in recorded runs, as import reads them; asks how they were.",
)
@click.option(
    "-o", "--output", metavar="FILE", default=REQUEST, show_default=True, help="The file to write."
)
def init(output: str, history: tuple[str, ...], **given: Any) -> None:  # noqa: ANN401 (what click read, by option)
    """
    Write a rebuild.toml.

    Asks for settings that are missing; Enter takes the answer in brackets. The log, log.jsonl,
    goes into the same folder.
    """
    if read_if_there(output) is not None:
        raise UnusableFile("the file must not exist yet", output, "name another one with -o")
    _must_be_new(output)
    today = today_in(given["timezone"] and to_zone(given["timezone"]))
    if history and given["baseline_min"] is None:
        found = find_baseline(recorded_history(history, today), today=today)
        click.echo(f"Baseline: {found.why}")
        given["baseline_min"] = found.minutes
    answers = _complete(given, today)
    rebuild = Rebuild(
        **{name: answers[name] for name in (*_REQUIRED, "assessed_on")},
        name=given["name"],
        long_run=Slot(answers["long_run_day"], answers["long_run_at"]),
        strength=(
            None
            if given["no_strength"]
            else Strength(
                at=given["strength_at"],
                minutes=given["strength_min"],
                equipment=answers["equipment"],
            )
        ),
        first_month=given["first_month"],
        policy=POLICIES[given["policy"]],
    )
    now = this_moment()
    # Nobody can guess the address under which the calendar may be published one day.
    text = with_publish(to_toml(rebuild), PublishSettings(address=new_address()))
    write_whole(output, text.encode())
    try:
        append(log_beside(output), rebuild_line(rebuild, now), at=now)
    except UnusableFile:
        Path(output).unlink()
        raise
    weeks = (today - rebuild.start).days // 7
    if weeks > 0:
        tell(
            f"note: the first day lies {count(weeks, 'week')} back. Long runs since then count as "
            "missed until they are logged."
        )
    with after_saving():
        following = shlex.join(["runplan", "show", *_unless_usual(output)])
        click.echo(cleaned(f"{output} written. Next: {following}"))


def _unless_usual(file: str) -> list[str]:
    return [] if file == REQUEST else [file]


def _must_be_new(output: str) -> None:
    """Reject a log that belongs to another plan, as it would count in both."""
    seen = read_log(output).seen
    if seen:
        path, last = log_beside(output), seen[-1].rebuild
        must = "a new plan must have its own folder"
        given = f"{path}, which belongs to {last.name!r} from {last.start}"
        do = "name a file in another folder with -o, or restore the request of that plan"
        raise InvalidValue(must, given, do)


def _equipment(text: str) -> tuple[str, ...] | None:
    """Read names of equipment; None for everything."""
    if text.strip().lower() == "everything":
        return None
    names = [name.strip().lower() for name in text.split(",") if name.strip()]
    return Strength(equipment=names).equipment


_REQUIRED = ("baseline_min", "target_min", "start", "timezone")


def _complete(given: dict[str, Any], today: Date) -> dict[str, Any]:
    """
    Return the settings, asking for all that are missing if a required one is.

    Each answer is checked before the next question, so that no answer is lost.
    """
    answers = dict(given)
    missing = [name for name in _REQUIRED if answers[name] is None]
    if missing:
        must_be_asked(*(f"--{name.replace('_', '-')}" for name in missing))

    def settle(
        name: str, text: str, read: Callable[[str], object], default: str | None = None
    ) -> None:
        if isinstance(answers[name], str):
            answers[name] = read(answers[name])
        elif answers[name] is None and missing:
            answers[name] = ask(text, read, default)
        elif answers[name] is None and default:
            answers[name] = read(default)

    minutes = whole(SHORTEST_MIN, LONGEST_MIN, "if less is pain-free, see a clinician first")
    settle("baseline_min", "Long run without pain or fatigue in the upper back, minutes", minutes)
    least = answers["baseline_min"] or SHORTEST_MIN
    further = whole(least, LONGEST_MIN, "it must not be shorter than the baseline")
    settle("target_min", "Long run to get back to, minutes", further)
    settle("long_run_day", "Weekday of the long run", to_weekday, "sunday")
    settle("long_run_at", "Its time of day", to_time, "09:00")
    if answers["no_strength"]:
        answers["equipment"] = None
    else:
        what = "Your equipment (like two dumbbells, one kettlebell; or nothing)"
        settle("equipment", what, _equipment, "everything")
    monday = days_after(today, 7 - today.weekday()).isoformat()
    settle("start", "First day", lambda text: read_day(text, today, ahead=True), monday)
    settle("timezone", "Time zone", to_zone, zone_here())
    # Asked once, at a terminal only; scripts may give it as an option.
    seen = "Day a doctor or physiotherapist examined the back (Enter if none did)"
    settle("assessed_on", seen, maybe(past_day(today)), "")
    return answers
