"""What a runner types after a run, and what comes of it: answers, plans and the calendar."""

import csv
import datetime as dt
import io
import json
import os
import pty
import re
import sys
from pathlib import Path

import pendulum
import pytest

from runplan import (
    NO_ADVICE,
    Clearance,
    Log,
    MorningReport,
    RedFlag,
    RunReport,
    StrengthReport,
    load_log,
)
from runplan.cli import run
from runplan.cli.workspace import write_entry

GIVEN = [
    *("--baseline-min", "40", "--target-min", "60", "--start", "2026-11-30"),
    *("--timezone", "Europe/Berlin", "--assessed-on", "2026-11-12"),
]
FIRST_SUNDAY, SECOND_SUNDAY = "2026-12-06", "2026-12-13"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch) -> Path:
    """Every command runs in an empty folder, where nobody sits at the keyboard."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    return tmp_path


@pytest.fixture
def clock(monkeypatch):
    """Return what sets the clock of this machine; it is the evening of the first long run."""

    def set_clock(moment: str, zone: str = "Europe/Berlin") -> None:
        text = moment if "T" in moment else f"{moment}T20:00"
        now = pendulum.parse(text, tz=zone)
        for module in ("workspace", "plan"):
            monkeypatch.setattr(f"runplan.cli.{module}.here_and_now", lambda: now)

    set_clock(FIRST_SUNDAY)
    return set_clock


@pytest.fixture
def told(capsys):
    """Return what runs a command that must go well, and returns what it printed."""

    def tell(*arguments: str) -> str:
        capsys.readouterr()
        status = run(list(arguments))
        out, err = capsys.readouterr()
        assert (status, err) == (0, ""), (arguments, err)
        return " ".join(out.split())

    return tell


@pytest.fixture
def plan(clock, told, folder) -> Path:
    """Where the request is, as init writes it."""
    told("init", *GIVEN)
    return folder / "rebuild.toml"


@pytest.fixture
def refused(capsys, folder):
    """Return what runs a command that must fail without a trace, and returns its one line."""

    def refuse(*arguments: str) -> str:
        before = files(folder)
        capsys.readouterr()
        assert run(list(arguments)) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert err.startswith("runplan: ")
        assert err.count("\n") == 1
        assert err.endswith("\n")
        assert len(err) < 500
        assert err[:-1].isprintable()
        assert files(folder) == before
        return err

    return refuse


def files(folder: Path) -> dict[str, bytes]:
    """Return what lies in a folder, locks aside."""
    found = (path for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock")
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def logged() -> tuple:
    """Return the entries of the log."""
    return load_log("log.jsonl").entries


def only(*entries) -> tuple:
    """Return these entries as a log has them."""
    return Log(entries).entries


# --- log -------------------------------------------------------------------------------------


def test_a_run_of_today_needs_its_minutes_only(plan, told) -> None:
    """It is logged, and the next long run is told with its reason."""
    out = told("log", "--minutes", "40")
    assert logged() == (RunReport(day=FIRST_SUNDAY, minutes=40),)
    assert out == (
        "Logged: Sun 6 Dec 2026, long run of 40 min, no pain. "
        "Next long run: Sun 13 Dec 09:00, 40 min. "
        "Held at 40 min: in the first month the long run stays short while strength starts. "
        + " ".join(NO_ADVICE.split())
    )


def test_everything_about_a_run_can_be_said_in_one_line(plan, clock, told) -> None:
    """A name of a red flag may be written with a space."""
    clock("2026-12-08")
    said = [
        *("--day", "2026-12-06", "--minutes", "38", "--pain", "2", "--pain-from", "30"),
        *("--morning", "1", "--fatigue", "4", "--note", "  hot\nand hilly "),
        *("--red-flag", "fever", "--red-flag", "Weight loss", "--other"),
    ]
    told("log", *said)
    assert logged() == (
        RunReport(
            day="2026-12-06",
            recorded_on="2026-12-08",
            minutes=38,
            pain=2,
            pain_from=30,
            pain_next_morning=1,
            fatigue=4,
            red_flags=["fever", "weight-loss"],
            kind="other",
            note="hot and hilly",
        ),
    )


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("today", "2026-12-09"),
        ("yesterday", "2026-12-08"),
        ("Yesterday ", "2026-12-08"),
        ("wednesday", "2026-12-09"),
        ("WED", "2026-12-09"),
        ("tue", "2026-12-08"),
        ("sunday", "2026-12-06"),
        ("sat", "2026-12-05"),
        ("thursday", "2026-12-03"),
        ("2026-11-01", "2026-11-01"),
    ],
)
def test_a_day_is_said_as_people_say_it(plan, clock, told, said, day) -> None:
    """A weekday is the last one, today included."""
    clock("2026-12-09")
    told("log", "--minutes", "40", "--day", said)
    told("log", "strength", "--day", said)
    told("log", "clearance", "--by", "Anna", "--day", said)
    assert [entry.day.isoformat() for entry in logged()] == [day] * 3
    assert {entry.recorded_on.isoformat() for entry in logged()} == {"2026-12-09"}


def test_the_morning_completes_the_last_run(plan, clock, told) -> None:
    """The one before today, whichever kind it was; it need not be said which."""
    told("log", "--day", "2026-12-01", "--minutes", "20", "--other")
    told("log", "--minutes", "40")
    clock("2026-12-07")
    out = told("log", "--morning", "0")
    assert out.startswith("Logged: Sun 6 Dec 2026, morning after the run, no pain.")
    morning = MorningReport(day=FIRST_SUNDAY, pain=0, recorded_on="2026-12-07")
    assert morning in logged()
    assert len(logged()) == 3


def test_the_morning_of_another_run_is_said_with_its_day(plan, clock, told) -> None:
    """And with all that a morning can have."""
    told("log", "--day", "2026-12-01", "--minutes", "20", "--other")
    told("log", "--minutes", "40")
    clock("2026-12-08")
    told("log", "--day", "2026-12-01", "--morning", "3", "--red-flag", "cough", "--note", "stiff")
    assert (
        MorningReport(
            day="2026-12-01",
            recorded_on="2026-12-08",
            pain=3,
            red_flags=["cough"],
            note="stiff",
        )
        in logged()
    )


def test_a_run_of_today_is_not_the_last_one_that_a_morning_completes(plan, clock, told) -> None:
    """Its morning has not come; the one before it is meant."""
    told("log", "--minutes", "40")
    clock("2026-12-09")
    told("log", "--minutes", "20", "--other")
    told("log", "--morning", "1")
    assert MorningReport(day=FIRST_SUNDAY, pain=1, recorded_on="2026-12-09") in logged()


@pytest.mark.parametrize("more", [[], ["--day", "2026-12-02"]])
def test_a_morning_without_its_run_is_refused(plan, told, refused, more) -> None:
    """Logging the run comes first."""
    line = refused("log", "--morning", "0", *more)
    assert "log the run first, with --minutes" in line
    told("log", "--day", "2026-12-03", "--minutes", "30")
    if more:
        assert "log the run first" in refused("log", "--morning", "0", *more)


@pytest.mark.parametrize(
    "more", [["--pain", "4"], ["--pain-from", "30"], ["--fatigue", "8"], ["--other"]], ids=" ".join
)
def test_nothing_that_was_said_beside_a_morning_gets_lost(plan, clock, told, capsys, more) -> None:
    """What belongs to a run is refused without its minutes, or it is logged."""
    told("log", "--minutes", "40")
    clock("2026-12-07")
    before = logged()
    assert run(["log", "--morning", "0", *more]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert logged() == before


def test_a_strength_session_is_logged_with_its_day_and_its_pain(plan, told) -> None:
    """Nothing needs to be said about a good one of today."""
    told("log", "strength")
    told("log", "strength", "--day", "wed", "--pain", "3", "--morning", "1", "--note", "rows")
    told("log", "strength", "--day", "fri", "--red-flag", "lump")
    on = {"recorded_on": FIRST_SUNDAY}
    assert logged() == only(
        StrengthReport(day=FIRST_SUNDAY),
        StrengthReport(day="2026-12-02", pain=3, pain_next_morning=1, note="rows", **on),
        StrengthReport(day="2026-12-04", red_flags=["lump"], **on),
    )


def test_a_clearance_ends_a_pause_and_says_so(plan, clock, told) -> None:
    """From the pause to the long run that it goes on with."""
    out = told("log", "--minutes", "40", "--pain", "7", "--pain-from", "30")
    assert "Paused: pain of 7 of 10 in Sunday's run." in out
    assert "See a doctor or physiotherapist before you run again." in out
    assert "Then: runplan log clearance --by …" in out
    clock("2026-12-15")
    out = told(
        *("log", "clearance", "--by", "Anna", "--baseline-min", "30"),
        *("--day", "mon", "--note", "gently"),
    )
    assert "Logged: Mon 14 Dec 2026, clearance by Anna, new baseline 30 min, gently." in out
    assert "Next long run: Sun 20 Dec 09:00, 30 min." in out
    assert (
        Clearance(
            day="2026-12-14", recorded_on="2026-12-15", by="Anna", baseline_min=30, note="gently"
        )
        in logged()
    )


def test_a_red_flag_pauses_strength_too_and_says_whom_to_see_now(plan, told) -> None:
    """Chest pain is for the emergency services."""
    out = told("log", "--minutes", "40", "--red-flag", "chest pain")
    assert "you reported chest pain on Sunday, 6 December." in out
    assert re.search(r"See [^.]*emergency[^.]* now", out)
    assert "Strength is paused too." in out


def test_pain_changes_the_next_long_run_and_the_day_of_the_target(plan, told) -> None:
    """Both are told with what they were."""
    out = told("log", "--minutes", "40", "--pain", "4", "--pain-from", "35")
    assert "Next long run: Sun 13 Dec 09:00, 25 min (was 40 min)." in out
    assert "Back to 25 min: pain of 4 of 10 began at minute 35 of Sunday's run." in out
    assert re.search(r"60 min: Sunday, \d+ \w+ 2027 \(was Sunday, 24 January 2027\)\.", out)


def test_days_are_those_of_the_requests_zone(plan, clock, told) -> None:
    """Monday morning in Tokyo is still Sunday in Berlin."""
    clock("2026-12-07T06:00", "Asia/Tokyo")
    told("log", "--minutes", "40")
    assert logged() == (RunReport(day=FIRST_SUNDAY, minutes=40),)


@pytest.mark.parametrize("said", ["today", "sunday"])
def test_today_is_today_in_the_requests_zone_however_it_is_said(plan, clock, told, said) -> None:
    """With --day as without it."""
    clock("2026-12-07T06:00", "Asia/Tokyo")
    told("log", "--minutes", "40", "--day", said)
    assert logged() == (RunReport(day=FIRST_SUNDAY, minutes=40),)


def test_every_entry_keeps_the_moment_it_was_written(plan, clock, told) -> None:
    """In UTC, whatever the clock on the wall says."""
    told("log", "--minutes", "40")
    record = json.loads(Path("log.jsonl").read_text())
    assert record["recorded_at"] == "2026-12-06T19:00:00Z"


def test_a_log_lies_beside_its_request(plan, told, folder) -> None:
    """Wherever the command is run."""
    mine = folder / "mine"
    mine.mkdir()
    plan.rename(mine / "my.toml")
    told("log", "-f", "mine/my.toml", "--minutes", "40")
    told("log", "-f", str(mine / "my.toml"), "strength")
    assert len(load_log(mine / "log.jsonl")) == 2
    assert not (folder / "log.jsonl").exists()
    assert "Taken back" in told("undo", "-f", "mine/my.toml")
    assert "baseline" in told("why", "-f", "mine/my.toml", FIRST_SUNDAY)


@pytest.mark.parametrize(
    "more", [["--day", "2026-12-02"], ["--pain", "3"], ["--minutes", "40"], ["--other"]]
)
@pytest.mark.parametrize("command", [["strength"], ["clearance", "--by", "Anna"]], ids=" ".join)
def test_what_stands_before_the_name_of_an_entry_does_not_get_lost(
    plan, refused, command, more
) -> None:
    """An option of a run is none of a strength session nor of a clearance."""
    line = refused("log", *more, *command)
    assert more[0] in line


# --- without a request -----------------------------------------------------------------------


def test_runs_can_be_logged_before_anything_is_planned(clock, told, folder) -> None:
    """The answer says what comes next, and that works."""
    out = told("log", "--minutes", "48", "--pain", "4", "--pain-from", "45", "--day", "fri")
    assert out == (
        "Logged: Fri 4 Dec 2026, long run of 48 min, pain 4 of 10 from minute 45. "
        "Next: runplan baseline finds what to begin with, runplan init plans it."
    )
    told("log", "strength")
    told("log", "--morning", "0")
    told("log", "clearance", "--by", "Anna")
    assert len(logged()) == 4
    assert told("baseline") == (
        "Baseline: 35 min: 80 % of minute 45, the earliest in which it hurt in the last painful "
        "long run, rounded down to 5. (source: house)"
    )
    assert "Taken back: Sun 6 Dec 2026, clearance by Anna." in told("undo")
    assert set(files(folder)) == {"log.jsonl"}


def test_what_was_logged_before_counts_in_the_plan(clock, told) -> None:
    """A log may be older than its request."""
    clock("2026-11-29")
    told("log", "--minutes", "45", "--morning", "0")
    told("init", *GIVEN)
    assert "step" not in told("log", "strength").lower()
    assert len(logged()) == 2


def test_a_file_that_was_named_and_is_not_there_is_told(clock, told, folder, capsys) -> None:
    """A slip in its name must not begin another log somewhere, nor make a folder."""
    told("init", *GIVEN)
    assert run(["log", "-f", "nowhere/rebuild.toml", "--minutes", "40"]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert not (folder / "nowhere").exists()


# --- baseline --------------------------------------------------------------------------------


def test_a_baseline_from_clean_runs_says_which(clock, told) -> None:
    """With its source."""
    told("log", "--minutes", "48", "--morning", "0", "--day", "fri")
    assert told("baseline") == (
        "Baseline: 45 min: the longest run without pain of the last 30 days was 48 min, rounded "
        "down to 5. (source: the method itself)"
    )


def test_without_runs_there_is_no_baseline(clock, refused) -> None:
    """The error says what to log."""
    assert "log a run without pain and the morning after it" in refused("baseline")


def test_a_baseline_under_ten_minutes_is_for_a_clinician(clock, told, refused) -> None:
    """Run-walk comes first."""
    told("log", "--minutes", "30", "--pain", "2", "--pain-from", "10")
    assert "see a clinician first and begin with run-walk" in refused("baseline")


# --- what if ---------------------------------------------------------------------------------


def test_what_if_writes_nothing(plan, told, folder) -> None:
    """It shows the answer and the plan as if it had been logged."""
    told("log", "strength", "--day", "wed")
    before = files(folder)
    stamps = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    out = told("what-if", "--minutes", "40", "--pain", "4", "--pain-from", "35")
    assert files(folder) == before
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == stamps
    assert out.startswith("If: Sun 6 Dec 2026, long run of 40 min, pain 4 of 10 from minute 35.")
    assert "Next long run: Sun 13 Dec 09:00, 25 min (was 40 min)." in out
    assert "From 40 to 60 min, policy five minutes, Europe/Berlin." in out
    assert "Sun 13 Dec 25" in out


def test_what_if_says_the_same_as_logging_it(plan, told) -> None:
    """To the last line of its answer."""
    said = ["--minutes", "40", "--pain", "2", "--fatigue", "8"]
    asked = told("what-if", *said).removeprefix("If: ")
    answer = told("log", *said).removeprefix("Logged: ")
    assert asked.startswith(answer)


def test_what_if_needs_a_request(clock, refused) -> None:
    """There is no plan without one."""
    assert "runplan init" in refused("what-if", "--minutes", "40")


@pytest.mark.parametrize("more", [[], ["--day", SECOND_SUNDAY]], ids=["next", "said"])
def test_what_if_looks_ahead(plan, clock, told, folder, more) -> None:
    """Whoever wonders about next Sunday's run asks before it."""
    told("log", "--minutes", "40", "--morning", "0")
    before = files(folder)
    clock("2026-12-10")
    out = told("what-if", "--minutes", "40", "--pain", "7", *more)
    assert out.startswith("If: Sun 13 Dec 2026, long run of 40 min, pain 7 of 10.")
    assert "Paused: pain of 7 of 10 in Sunday's run." in out
    assert files(folder) == before


def test_what_if_can_be_asked_about_a_morning_and_about_another_run(plan, clock, told) -> None:
    """A morning is that after the last run, another run is one of today."""
    told("log", "--minutes", "40")
    clock("2026-12-07")
    out = told("what-if", "--morning", "3")
    assert out.startswith("If: Sun 6 Dec 2026, morning after the run, pain 3 of 10.")
    assert "the back hurt the morning after Sunday's run (3 of 10)." in out
    out = told("what-if", "--minutes", "20", "--pain", "1", "--other")
    assert out.startswith("If: Mon 7 Dec 2026, run of 20 min, pain 1 of 10.")


# --- why -------------------------------------------------------------------------------------


def test_why_tells_the_rule_its_row_and_its_source(plan, told) -> None:
    """Of the next long run, or of the week of any day."""
    told("log", "--minutes", "40", "--pain", "4", "--pain-from", "35")
    out = told("why")
    assert out.startswith("Sunday, 13 December 2026: Back to 25 min: pain of 4 of 10 began")
    for part in ("Rule moderate-pain", "When pain 3 to 5", "Then reset", "Source", "Evidence weak"):
        assert part in out
    assert out.endswith(" ".join(NO_ADVICE.split()))
    first = told("why", "2026-12-01")
    assert first.startswith("Sunday, 6 December 2026: Starts at your baseline, 40 min")
    assert "Rule baseline" in first


def test_why_there_is_no_long_run_is_told_while_paused(plan, told) -> None:
    """For its day and for the next one."""
    told("log", "--minutes", "40", "--red-flag", "fever")
    out = told("why")
    assert out == told("why", SECOND_SUNDAY)
    assert out.startswith("Sunday, 13 December 2026: Paused: you reported fever or feeling ill")
    assert "Rule red-flag" in out


def test_why_after_a_clearance_names_it(plan, clock, told) -> None:
    """The rule is one that can be looked up, too."""
    told("log", "--minutes", "40", "--pain", "7")
    clock("2026-12-08")
    told("log", "clearance", "--by", "Anna", "--baseline-min", "30")
    assert "the clearance by Anna" in told("why")


def test_why_of_a_week_away_says_so(plan, told, refused) -> None:
    """There is nothing to explain."""
    with plan.open("a") as file:
        file.write("\n[[away]]\nfirst = 2026-12-07\nlast = 2026-12-13\n")
    assert "week 2, every day away" in refused("why", SECOND_SUNDAY)


def test_why_after_the_target_is_reached_does_not_speak_of_days_away(clock, told, capsys) -> None:
    """The last week may hold what was lifted before the last morning was told."""
    clock("2026-11-30")
    short = ["--baseline-min", "55", "--target-min", "60", "--first-month", "extend"]
    told("init", *short, *GIVEN[4:])
    clock("2026-12-06")
    told("log", "--minutes", "55", "--morning", "0")
    clock("2026-12-13")
    told("log", "--minutes", "60")
    clock("2026-12-17")
    told("log", "strength", "--day", "wed")
    told("log", "--morning", "0")
    capsys.readouterr()
    run(["why"])
    assert "away" not in "".join(capsys.readouterr())


@pytest.mark.parametrize("day", ["2026-11-29", "2027-01-25"])
def test_why_of_a_day_outside_the_plan_is_refused_with_its_days(plan, refused, day) -> None:
    """The first and the last are named."""
    assert "the day must lie in the plan, 2026-11-30 to 2027-01-24" in refused("why", day)


# --- undo ------------------------------------------------------------------------------------


def test_undo_takes_back_the_last_entry_and_shows_what_that_changes(plan, told) -> None:
    """The plan is as it was before."""
    before = told("show")
    told("log", "--minutes", "40", "--pain", "4", "--pain-from", "35")
    out = told("undo")
    assert "Taken back: Sun 6 Dec 2026, long run of 40 min, pain 4 of 10 from minute 35." in out
    assert "Next long run: Sun 6 Dec 09:00, 40 min." in out
    assert "(was Sunday," in out
    assert logged() == ()
    assert told("show") == before


def test_undo_can_be_said_again_and_again(plan, told, refused) -> None:
    """One entry at a time, the last first; then there is nothing left."""
    told("log", "--minutes", "40")
    told("log", "strength", "--day", "wed")
    assert "strength session" in told("undo")
    assert "long run of 40 min" in told("undo")
    assert "there must be an entry to take back" in refused("undo")
    assert len(Path("log.jsonl").read_bytes().splitlines()) == 4


def test_undo_where_nothing_was_ever_logged_makes_no_file(plan, refused, folder) -> None:
    """Nor without a request."""
    assert "log one first" in refused("undo")
    plan.unlink()
    assert "log one first" in refused("undo")
    assert files(folder) == {}


# --- half a line -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ["show"],
        ["export"],
        ["why"],
        ["baseline"],
        ["log", "strength"],
        ["what-if", "--minutes", "40"],
        ["undo"],
    ],
    ids=" ".join,
)
def test_half_a_line_is_told_once_and_nothing_else_is_lost(plan, told, capsys, arguments) -> None:
    """On stderr, whatever was asked for."""
    told("log", "--minutes", "40", "--morning", "0")
    with Path("log.jsonl").open("a") as file:
        file.write('{"schema": 1, "ty')
    capsys.readouterr()
    assert run(arguments) == 0
    err = capsys.readouterr().err
    assert err == ('note: log.jsonl, line 2 is not whole and was skipped: b\'{"schema": 1, "ty\'\n')


# --- show ------------------------------------------------------------------------------------


def test_show_tells_how_it_went(plan, clock, told, monkeypatch) -> None:
    """Reported, missed and not yet reported are three different things."""
    monkeypatch.setenv("COLUMNS", "200")
    told("log", "--minutes", "38", "--pain", "2", "--fatigue", "3")
    clock("2026-12-08")
    out = told("show")
    assert "As of Tuesday, 8 December 2026: holding." in out
    assert "Next: strength on Wed 9 Dec at 18:30." in out
    assert "38 min, pain 2, fatigue 3, morning?" in out
    told("log", "--morning", "1")
    assert "38 min, pain 2, morning 1, fatigue 3" in told("show")
    clock("2026-12-14")
    assert "40 missed" in told("show")


def test_show_on_a_day_is_the_plan_as_it_stood(plan, clock, told) -> None:
    """What was recorded later is not seen, what was recorded by then is."""
    at_first = told("show")
    clock("2026-12-07")
    told("log", "--day", "sunday", "--minutes", "40", "--pain", "4", "--pain-from", "35")
    on_monday = told("show")
    clock("2027-01-10")
    assert told("show", "--on", FIRST_SUNDAY) == at_first
    assert told("show", "--on", "2026-12-07") == on_monday
    assert told("show", "--on", "today") == told("show") != on_monday


def test_show_on_a_day_can_be_json_or_csv(plan, clock, told, capsys) -> None:
    """The day stands in it."""
    told("log", "--minutes", "40", "--note", "hot")
    clock("2026-12-20")
    plan_then = json.loads(told("show", "--json", "--on", FIRST_SUNDAY))
    assert plan_then["today"] == FIRST_SUNDAY
    assert plan_then["weeks"][0]["report"]["note"] == "hot"
    capsys.readouterr()
    run(["show", "--rows", "csv", "--on", FIRST_SUNDAY])
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [row["mark"] for row in rows][:3] == ["not reported", "done", "planned"]
    assert rows[1]["ran_min"] == "40"


# --- export ----------------------------------------------------------------------------------


def blocks(data: bytes) -> dict[bytes, bytes]:
    """Return each event's bytes by its UID, in order."""
    found = re.findall(rb"BEGIN:VEVENT\r\n.*?END:VEVENT\r\n", data, re.DOTALL)
    return {value(block, "UID"): block for block in found}


def value(block: bytes, name: str) -> bytes:
    """Return the value of an event's property, with its parameters if it has some."""
    lines = block.replace(b"\r\n ", b"")
    (found,) = re.findall(rb"\r\n%b[:;]([^\r]*)" % name.encode(), lines)
    return found


def title(block: bytes) -> str:
    """Return what an event is called, without its escapes."""
    return value(block, "SUMMARY").decode().replace("\\,", ",")


def day_of(block: bytes) -> str:
    """Return the day on which an event begins."""
    start = value(block, "DTSTART").rpartition(b":")[2] or value(block, "DTSTART")
    return f"{dt.date.fromisoformat(start[:8].decode())}"


def titles(data: bytes) -> dict[str, str]:
    """Return what stands on each day."""
    return {day_of(block): title(block) for block in blocks(data).values()}


@pytest.fixture
def exported(told, folder):
    """Return what exports the calendar and returns its bytes."""

    def export(*options: str) -> bytes:
        told("export", *options)
        return (folder / "plan.ics").read_bytes()

    return export


def test_past_events_stay_and_say_what_became_of_them(plan, clock, told, exported) -> None:
    """Done, missed, not reported; what is ahead says nothing yet."""
    planned = exported()
    told("log", "--minutes", "40")
    told("log", "strength", "--day", "wed")
    clock("2026-12-23")
    after = exported()
    assert set(blocks(planned)) <= set(blocks(after))
    seen = titles(after)
    assert seen["2026-12-02"] == "Strength · upper back, 30 min · done"
    assert seen["2026-12-06"] == "Long run · 40 min · done"
    assert seen["2026-12-09"] == "Strength · upper back, 30 min · not reported"
    assert seen["2026-12-13"] == seen["2026-12-20"] == "Long run · 40 min · missed"
    assert seen["2026-12-23"] == "Strength · upper back, 30 min"
    assert all(
        "·" not in each.rpartition("min")[2] for day, each in seen.items() if day > "2026-12-22"
    )
    first = blocks(after)[next(iter(blocks(planned)))]
    assert value(first, "SEQUENCE") == b"1"


def test_a_run_of_this_week_is_not_missed_before_the_week_is_over(plan, clock, exported) -> None:
    """It can still be reported."""
    clock("2026-12-06")
    assert titles(exported())["2026-12-06"] == "Long run · 40 min"
    clock("2026-12-07")
    assert titles(exported())["2026-12-06"] == "Long run · 40 min · missed"


def test_what_was_done_is_described_as_it_went(plan, told, exported) -> None:
    """With its pain and its note, and without how to do it."""
    told("log", "--minutes", "38", "--pain", "2", "--pain-from", "30", "--note", "hot, hilly")
    run_of_today = next(
        each for each in blocks(exported()).values() if day_of(each) == FIRST_SUNDAY
    )
    text = value(run_of_today, "DESCRIPTION").decode().replace("\\,", ",")
    assert "Done: long run of 38 min, pain 2 of 10 from minute 30, hot, hilly." in text
    assert "On the run: shoulders low" not in text


def test_sequence_rises_for_changed_events_only(plan, clock, told, exported) -> None:
    """And nothing at all changes when nothing was logged."""
    planned = exported()
    assert exported() == planned
    told("log", "--minutes", "40", "--pain", "1")
    after = exported()
    old, new = blocks(planned), blocks(after)
    changed = {uid for uid in old if uid in new and old[uid] != new[uid]}
    assert changed
    for uid, block in new.items():
        if uid in changed:
            assert int(value(block, "SEQUENCE")) == int(value(old[uid], "SEQUENCE")) + 1
            assert value(block, "LAST-MODIFIED") > value(old[uid], "LAST-MODIFIED")
        else:
            assert uid not in old or block == old[uid]
    assert day_of(new[min(changed, key=lambda uid: day_of(new[uid]))]) == FIRST_SUNDAY


@pytest.mark.parametrize(
    "said",
    [
        ["--minutes", "40"],
        ["--minutes", "40", "--pain", "2"],
        ["--minutes", "40", "--pain", "4", "--pain-from", "35"],
        ["--minutes", "40", "--pain", "7"],
        ["--minutes", "40", "--red-flag", "fever"],
        ["--minutes", "40", "--fatigue", "9"],
        ["--minutes", "20"],
    ],
    ids=" ".join,
)
def test_reporting_a_run_touches_no_event_before_it_but_its_own(
    plan, clock, told, exported, said
) -> None:
    """Two calendars of the same day, one without the report and one with it."""
    for day in ("2026-12-06", "2026-12-13"):
        clock(day)
        told("log", "--minutes", "40")
    clock("2026-12-20")
    told("log", "strength", "--day", "wed")
    before = blocks(exported())
    told("log", *said)
    after = blocks(exported())
    touched = {uid for uid in before if after.get(uid) != before[uid]}
    days = {day_of(before[uid]) for uid in touched}
    assert min(days) == "2026-12-20"
    assert "done" in title(after[next(uid for uid in touched if day_of(before[uid]) == min(days))])
    assert all(day_of(after[uid]) > "2026-12-20" for uid in after if uid not in before)


def test_while_paused_an_all_day_note_says_whom_to_see(plan, clock, told, exported) -> None:
    """It ends, as all-day events do, on the day after; nobody's time is taken."""
    exported()
    told("log", "--minutes", "40", "--pain", "7")
    clock("2026-12-08")
    (note,) = (each for each in blocks(exported()).values() if b"No long run" in each)
    assert title(note) == "No long run: see a doctor or physiotherapist"
    assert value(note, "DTSTART") == b"VALUE=DATE:20261213"
    assert value(note, "DTEND") == b"VALUE=DATE:20261214"
    assert value(note, "TRANSP") == b"TRANSPARENT"
    assert value(note, "SEQUENCE") == b"0"
    text = value(note, "DESCRIPTION").decode()
    assert "Paused: pain of 7 of 10 in Sunday's run." in text
    assert "Afterwards log the clearance" in text


def test_the_note_moves_on_with_the_pause_and_stays_one(plan, clock, told, exported) -> None:
    """Week after week on the next long-run day, as the same event."""
    told("log", "--minutes", "40", "--pain", "7")
    first = {uid: each for uid, each in blocks(exported()).items() if b"No long run" in each}
    clock("2026-12-15")
    later = {uid: each for uid, each in blocks(exported()).items() if b"No long run" in each}
    assert first.keys() == later.keys()
    (uid,) = first
    assert value(first[uid], "DTSTART") == b"VALUE=DATE:20261213"
    assert value(later[uid], "DTSTART") == b"VALUE=DATE:20261220"
    assert value(later[uid], "DTEND") == b"VALUE=DATE:20261221"
    assert value(later[uid], "SEQUENCE") == b"1"


def test_the_note_goes_with_the_clearance_and_the_long_runs_come_back(
    plan, clock, told, exported
) -> None:
    """What was removed in the pause is there again, with another length."""
    planned = exported()
    told("log", "--minutes", "40", "--pain", "7")
    paused = exported()
    assert len(blocks(paused)) < len(blocks(planned))
    clock("2026-12-08")
    told("log", "clearance", "--by", "Anna", "--baseline-min", "30")
    out = told("export")
    after = Path("plan.ics").read_bytes()
    assert b"No long run" not in after
    assert b"VALUE=DATE:" not in after
    assert "removed Sun 13 Dec 2026 No long run: see a doctor or physiotherapist" in out
    assert "added Sun 13 Dec 2026 09:00 Long run · 30 min" in out
    assert titles(after)["2026-12-13"] == "Long run · 30 min"


def test_a_note_that_is_kept_when_it_is_over_is_cancelled(plan, clock, told, exported) -> None:
    """For clients that forget nothing; it is still a day and no moment."""
    told("log", "--minutes", "40", "--pain", "7")
    exported("--keep-cancelled")
    clock("2026-12-08")
    told("log", "clearance", "--by", "Anna")
    (note,) = (e for e in blocks(exported("--keep-cancelled")).values() if b"No long run" in e)
    assert value(note, "STATUS") == b"CANCELLED"
    assert value(note, "DTSTART") == b"VALUE=DATE:20261213"
    assert value(note, "SEQUENCE") == b"1"
    before = Path("plan.ics").read_bytes()
    assert exported("--keep-cancelled") == before


def test_undo_brings_the_calendar_back(plan, told, exported) -> None:
    """All but the counters."""
    planned = exported()
    told("log", "--minutes", "40", "--pain", "7")
    exported()
    told("undo")
    assert titles(exported()) == titles(planned)


def test_a_busy_calendar_tells_nothing_of_how_it_went(plan, told, exported) -> None:
    """Neither marks, nor notes, nor whom to see."""
    told("log", "--minutes", "40", "--pain", "7", "--note", "secret")
    shown = exported("--busy")
    assert {title(each) for each in blocks(shown).values()} == {"Busy"}
    for word in (b"secret", b"pain", b"done", b"No long run"):
        assert word not in shown


# --- at a terminal ---------------------------------------------------------------------------


@pytest.fixture
def terminal(monkeypatch):
    """Put a real terminal in place of stdin, and return what types on its keyboard."""
    keyboard, screen = pty.openpty()
    with os.fdopen(screen, "r") as stdin, os.fdopen(keyboard, "wb", buffering=0) as keys:
        monkeypatch.setattr(sys, "stdin", stdin)
        yield keys.write


def test_at_a_terminal_log_asks_for_everything(plan, terminal, told) -> None:
    """Enter takes what is offered; without pain nothing is asked about it."""
    terminal(b"\n40\n\n\n")
    out = told("log")
    assert "The dull soreness of muscles that worked in the last three days is not pain." in out
    assert "From which minute" not in out
    assert "Is one of these true?" not in out
    assert "morning after" not in out
    assert logged() == (RunReport(day=FIRST_SUNDAY, minutes=40),)


def test_with_pain_it_asks_when_it_began_and_for_red_flags(plan, clock, terminal, told) -> None:
    """By number or name, with commas; of an earlier day it asks for the morning too."""
    clock("2026-12-08")
    terminal(b"sunday\n40\n3\n30\n4\n2\n9, cough\n")
    out = told("log")
    for number, flag in enumerate(RedFlag, start=1):
        assert f"{number} {flag.words}" in out
    assert logged() == (
        RunReport(
            day=FIRST_SUNDAY,
            recorded_on="2026-12-08",
            minutes=40,
            pain=3,
            pain_from=30,
            pain_next_morning=2,
            fatigue=4,
            red_flags=[list(RedFlag)[8], RedFlag.COUGH],
        ),
    )


def test_who_does_not_know_presses_enter(plan, clock, terminal, told) -> None:
    """The minute and the morning stay unknown, and no red flag is none."""
    clock("2026-12-07")
    terminal(b"yesterday\n40\n2\n\n\n\n\n")
    told("log")
    assert logged() == (RunReport(day=FIRST_SUNDAY, recorded_on="2026-12-07", minutes=40, pain=2),)


def test_it_asks_again_after_a_slip(plan, terminal, capsys) -> None:
    """Each time with what it must be."""
    answers = [
        *("sonday", "2026-02-30", "today"),
        *("", "0", "601", "forty", "40.5", "-3", "40"),
        *("11", "-1", "x", "3"),
        *("41", "40"),
        *("11", "0"),
        *("99", "feber", "1,feber", "fever"),
    ]
    terminal("".join(f"{answer}\n" for answer in answers).encode())
    assert run(["log"]) == 0
    said = " ".join("".join(capsys.readouterr()).split())
    assert 'did you mean "sunday"?' in said
    assert "it must be a whole number from 1 to 600 (was 'forty'): try again" in said
    assert "it must be a whole number from 0 to 40 (was '41')" in said
    assert 'did you mean "fever"?' in said
    assert logged() == (
        RunReport(day=FIRST_SUNDAY, minutes=40, pain=3, pain_from=40, red_flags=["fever"]),
    )


def test_a_day_that_has_not_come_is_asked_for_again_at_once(plan, terminal, capsys) -> None:
    """Not after all the other answers."""
    terminal(b"2026-12-07\ntoday\n40\n\n\n")
    assert run(["log"]) == 0
    capsys.readouterr()
    assert logged() == (RunReport(day=FIRST_SUNDAY, minutes=40),)


def test_what_was_said_is_not_asked_again(plan, terminal, told) -> None:
    """Only the minutes are missing here."""
    terminal(b"40\n")
    out = told("log", "--day", "today", "--pain", "0", "--fatigue", "2", "--note", "flat")
    assert "Day" not in out
    assert logged() == (RunReport(day=FIRST_SUNDAY, minutes=40, fatigue=2, note="flat"),)


def test_red_flags_are_asked_for_without_pain_where_that_is_wanted(plan, terminal, told) -> None:
    """As the option says."""
    terminal(b"\n40\n0\n0\n9\n")
    assert "Is one of these true?" in told("log", "--ask-red-flags")
    assert logged()[0].red_flags == (list(RedFlag)[8],)


def test_what_if_asks_as_log_does_and_writes_nothing(plan, terminal, told, folder) -> None:
    """For the same things."""
    before = files(folder)
    terminal(b"40\n0\n0\n")
    asked = told("what-if", "--day", "today")
    assert "If: Sun 6 Dec 2026, long run of 40 min, no pain." in asked
    assert files(folder) == before


def test_a_clearance_asks_who_gave_it(plan, terminal, told) -> None:
    """And asks again until it is told."""
    terminal(b"\nDr. \xc3\x85nna\n")
    told("log", "clearance")
    assert logged() == (Clearance(day=FIRST_SUNDAY, by="Dr. Ånna"),)


@pytest.mark.parametrize("typed", [b"\x04", b"\n40\n\x04", b"\n40\n3\n\x04"])
def test_whoever_leaves_in_the_middle_has_logged_nothing(
    plan, terminal, capsys, folder, typed
) -> None:
    """With Ctrl-D, wherever it was."""
    before = files(folder)
    terminal(typed)
    assert run(["log"]) == 2
    assert capsys.readouterr().err.endswith("runplan: stopped, nothing was written\n")
    assert files(folder) == before


# --- what cannot be used ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        ("log", "add --minutes"),
        ("log --pain 3", "add --minutes"),
        ("log clearance", "add --by"),
        ("what-if", "add --minutes"),
        ("log --minutes 0", "from 1 to 600 (was 0)"),
        ("log --minutes 601", "from 1 to 600 (was 601)"),
        ("log --minutes -5", "from 1 to 600 (was -5)"),
        ("log --minutes forty", "--minutes"),
        ("log --minutes 40.5", "--minutes"),
        ("log --minutes", "--minutes"),
        ("log --minutes 40 --pain 11", "pain must be a whole number of points"),
        ("log --minutes 40 --pain -1", "pain must be a whole number of points"),
        ("log --minutes 40 --fatigue 11", "fatigue must be"),
        ("log --minutes 40 --morning 11", "pain_next_morning must be"),
        ("log --minutes 40 --pain-from 30", "give the pain as well, or leave it out"),
        ("log --minutes 40 --pain 2 --pain-from 41", "beyond the run, 40 minutes (was 41)"),
        ("log --minutes 40 --red-flag feber", 'did you mean "fever"?'),
        ("log --minutes 40 --red-flag zzz", "choose from chest-pain, spreading-pain"),
        ("log --minutes 40 --red-flag=", "a red flag must be one of the list"),
        ("log --minutes 40 --day sonday", 'did you mean "sunday"?'),
        ("log --minutes 40 --day tomorrow", "a day must be a date, a weekday, today or yesterday"),
        ("log --minutes 40 --day=", "a day must be a date, a weekday, today or yesterday"),
        ("log --minutes 40 --day 2026-02-30", "(was '2026-02-30')"),
        ("log --minutes 40 --day 6.12.2026", "write it like 2026-11-30"),
        ("log --minutes 40 --day 1969-12-31", "from 1970 to 2199"),
        ("log --minutes 40 --day 2026-12-07", "log it when it has happened"),
        ("log --minutes 40 --minuts 40", "--minuts"),
        ("log --minutes 40 --note " + "x" * 1001, "note must have at most 1000 characters"),
        ("log streng", "strength"),
        ("log strength --minutes 40", "--minutes"),
        ("log strength --pain 11", "pain must be"),
        ("log strength --day 2026-12-07", "log it when it has happened"),
        ("log strength --red-flag feber", 'did you mean "fever"?'),
        ("log clearance --by=", "by must not be empty"),
        ("log clearance --by Anna --baseline-min 9", "baseline_min must be"),
        ("log clearance --by Anna --day 2026-12-07", "log it when it has happened"),
        ("log --morning 11", "log the run first"),
        ("log --morning 0 --day 2026-12-01", "log the run first"),
        ("undo", "log one first"),
        ("undo now", "now"),
        ("baseline", "log a run without pain"),
        ("baseline 40", "40"),
        ("why tomorrow", "a day must be a date, a weekday, today or yesterday"),
        ("why 2025-01-01", "the day must lie in the plan"),
        ("show --on sonday", 'did you mean "sunday"?'),
        ("show --on 2026-13-01", "(was '2026-13-01')"),
        ("show nowhere.toml", "runplan init"),
        ("why -f nowhere.toml", "runplan init"),
        ("what-if -f nowhere.toml --minutes 40", "runplan init"),
        ("log -f . --minutes 40", "(was '.')"),
        ("undo -f .", "(was '.')"),
        ("baseline -f .", "'.'"),
        ("baseline -f /", "'/'"),
    ],
)
def test_a_bad_line_gets_one_line_and_writes_nothing(plan, refused, arguments, part) -> None:
    """What must hold, what was given, what to do."""
    assert part in refused(*arguments.split(" "))


def test_an_empty_name_of_a_file_is_told(plan, refused) -> None:
    """As a script with an unset variable gives it."""
    for command in (["baseline"], ["undo"], ["log", "--minutes", "40"], ["why"]):
        refused(*command, "-f", "")


@pytest.mark.parametrize(
    "text",
    [
        "5\n",
        "{}\n",
        '{"schema": 1}\n',
        '{"schema": 1, "type": ["run"]}\n',
        '{"schema": 1, "type": "run", "day": "2026-12-06", "minutes": 0}\n',
        '{"schema": 1, "type": "undo", "line": 1}\n',
    ],
)
@pytest.mark.parametrize(
    "arguments",
    ["log --minutes 40", "log strength", "undo", "baseline", "show", "why", "export"],
)
def test_a_log_that_cannot_be_used_is_told_by_every_command(plan, refused, text, arguments) -> None:
    """With the line, and nothing is written."""
    Path("log.jsonl").write_text(text)
    assert "log.jsonl, line 1" in refused(*arguments.split())


def test_a_request_that_cannot_be_used_stops_logging_too(plan, refused) -> None:
    """The entry would be logged on a day of nobody knows which zone."""
    plan.write_text("baseline_min = = 40\n")
    assert "must be TOML" in refused("log", "--minutes", "40")


def test_a_morning_that_was_already_told_can_be_told_again(plan, clock, told) -> None:
    """The worse of the two counts."""
    told("log", "--minutes", "40")
    clock("2026-12-07")
    told("log", "--morning", "0")
    out = told("log", "--morning", "3")
    assert "the back hurt the morning after Sunday's run (3 of 10)." in out
    assert len(logged()) == 3


def test_what_an_app_wrote_is_seen_at_once(plan, told, folder) -> None:
    """Both go through the same file."""
    write_entry(folder / "log.jsonl", RunReport(day=FIRST_SUNDAY, minutes=40, pain=7))
    assert "Paused: pain of 7 of 10 in Sunday's run." in told("show")
