"""What a runner looks at: the plan, the reasons behind it, the exercises, a baseline, a sample."""

import csv
import io
import json
import re
import sys
from pathlib import Path

import pytest

from runplan import NO_ADVICE
from runplan.cli import run

REQUIRED = [
    *("--baseline-min", "40", "--target-min", "60", "--start", "2026-11-30"),
    *("--timezone", "Europe/Berlin"),
]
FIRST_SUNDAY, SECOND_SUNDAY = "2026-12-06", "2026-12-13"
ADVICE = " ".join(NO_ADVICE.split())


def shown(capsys, *arguments: str) -> str:
    """Return what a command prints, line ends and all."""
    capsys.readouterr()
    assert run(list(arguments)) == 0
    return capsys.readouterr().out


# --- show ------------------------------------------------------------------------------------


def test_the_plan_fits_eighty_columns_and_has_no_colour_in_a_pipe(clock, answer, capsys) -> None:
    """With its warnings, and the line that it is not medical advice."""
    given = ["--baseline-min", "40", "--target-min", "60", "--start", "2026-11-30"]
    answer("init", *given, "--timezone", "Europe/Berlin")
    out = shown(capsys, "show")
    assert max(map(len, out.splitlines())) <= 80
    assert "\x1b" not in out
    assert "warning: No assessment is on record." in out
    assert ADVICE in " ".join(out.split())


@pytest.mark.parametrize("columns", [30, 40, 55, 70])
def test_a_narrow_screen_shows_every_week_with_its_reason(
    plan, answer, capsys, monkeypatch, columns
) -> None:
    """Where there is no room for a table, week by week."""
    answer("log", "--minutes", "38", "--pain", "2", "--pain-from", "30")
    monkeypatch.setenv("COLUMNS", str(columns))
    out = shown(capsys, "show")
    assert max(map(len, out.splitlines())) <= columns
    text = re.sub(r"\s+", "", out)
    for day in ("Sun6Dec", "Sun13Dec", "Sun24Jan"):
        assert day in text
    if columns < 60:
        assert "HowitwentStrength" not in text
        assert "Startsatyourbaseline,40min:thelengththatbringsnopainorfatigue." in text
        assert "38min,pain2,morning?" in text


def test_moves_and_weeks_without_a_run_are_shown(clock, answer, folder) -> None:
    """As the request has them."""
    text = Path(__file__).with_name("away.toml").read_text()
    (folder / "rebuild.toml").write_text(text)
    out = answer("show")
    assert "Moved from Sun 27 Dec." in out
    assert "Days off leave no day for the long run." in out


def test_how_it_went_stands_beside_what_was_planned(plan, clock, answer, monkeypatch) -> None:
    """What was reported, and that a morning is still open."""
    monkeypatch.setenv("COLUMNS", "200")
    answer("log", "--minutes", "38", "--pain", "2", "--fatigue", "3")
    clock("2026-12-08")
    out = answer("show")
    assert "As of Tuesday, 8 December 2026" in out
    assert "Next: strength on Wed 9 Dec at 18:30." in out
    assert "38 min, pain 2, fatigue 3, morning?" in out
    answer("log", "--morning", "1")
    assert "38 min, pain 2, morning 1, fatigue 3" in answer("show")


def test_show_on_a_day_is_the_plan_as_it_stood(plan, clock, answer) -> None:
    """What was recorded later is not seen, what was recorded by then is."""
    at_first = answer("show")
    clock("2026-12-07")
    answer("log", "--day", "sunday", "--minutes", "40", "--pain", "4", "--pain-from", "35")
    on_monday = answer("show")
    clock("2027-01-10")
    assert answer("show", "--on", FIRST_SUNDAY) == at_first
    assert answer("show", "--on", "2026-12-07") == on_monday
    assert answer("show", "--on", "today") == answer("show") != on_monday


def test_show_on_a_day_ahead_is_the_plan_if_nothing_is_recorded_until_then(plan, answer) -> None:
    """Long runs that nobody has reported are missed by then."""
    assert "Sun 6 Dec 40 missed" in answer("show", "--on", "2026-12-20")


def test_show_on_a_day_can_be_json_or_csv(plan, clock, answer, capsys) -> None:
    """The day stands in it."""
    answer("log", "--minutes", "40", "--note", "hot")
    clock("2026-12-20")
    plan_then = json.loads(answer("show", "--json", "--on", FIRST_SUNDAY))
    assert plan_then["today"] == FIRST_SUNDAY
    assert plan_then["weeks"][0]["report"]["note"] == "hot"
    rows = list(
        csv.DictReader(io.StringIO(shown(capsys, "show", "--rows", "csv", "--on", FIRST_SUNDAY)))
    )
    assert [row["mark"] for row in rows][:3] == ["not reported", "done", "planned"]
    assert rows[1]["ran_min"] == "40"


def test_json_holds_the_whole_plan(plan, answer) -> None:
    """With the advice that it is none."""
    data = json.loads(answer("show", str(plan), "--json"))
    assert [week["long_run"]["minutes"] for week in data["weeks"]] == [40] * 4 + [45, 50, 55, 60]
    assert data["advice"] == NO_ADVICE


def test_csv_holds_a_row_for_each_session(plan, capsys) -> None:
    """In the order of time, with the offset of its zone."""
    rows = list(csv.DictReader(io.StringIO(shown(capsys, "show", "--rows", "csv"))))
    assert len(rows) == 26
    assert rows[1]["start"] == "2026-12-06 09:00:00+01:00"


@pytest.mark.parametrize(
    "options",
    [["--json", "--rows", "csv"], ["--json", "--html", "plan.html"], ["--md", "--rows", "csv"]],
    ids=" ".join,
)
def test_a_plan_is_shown_in_one_way_at_a_time(plan, refused, options) -> None:
    """One stdout cannot hold two."""
    assert "one format at a time" in refused("show", *options)


@pytest.mark.parametrize("command", ["show", "export"])
def test_the_request_is_named_with_or_without_an_option(plan, answer, refused, command) -> None:
    """As FILE, or with -f as for all other commands."""
    plan.rename("my.toml")
    answer(command, "my.toml")
    answer(command, "-f", "my.toml")
    line = refused(command)
    assert line.endswith("(was 'rebuild.toml'): write one with: runplan init\n")


def test_a_plan_without_strength_and_without_findings_is_shown_shorter(clock, answer) -> None:
    """What there is not is not mentioned."""
    clock("2026-11-30")
    answer(
        *("init", "--baseline-min", "55", "--target-min", "60", "--start", "2026-11-30"),
        *("--timezone", "UTC", "--no-strength", "--assessed-on", "2026-11-12"),
    )
    out = answer("show")
    assert "Strength at" not in out
    assert "note:" not in out
    assert "warning:" not in out
    assert "none" in out


@pytest.mark.parametrize("command", ["show", "export", "why", "what-if --minutes 40"])
def test_a_plan_can_be_seen_where_nothing_can_be_written(
    plan, noted, edited, command, monkeypatch
) -> None:
    """An edited request counts for that command, and the note says that it is not recorded."""
    edited(plan, "target_min = 60", "target_min = 70")
    before = Path("log.jsonl").read_bytes()

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("runplan.cli.log_writer.FileLock.acquire", refuse)
    out, note = noted(*command.split())
    assert note.startswith(
        "note: rebuild.toml has changed: target_min 70 (was 60). This applies to this command "
        "only, as it cannot be recorded: the log must be writable (was 'log.jsonl')"
    )
    assert note.endswith("(Permission denied)\n")
    assert ("70 min" in out or "34 added" in out) is (command != "why")
    assert Path("log.jsonl").read_bytes() == before


# --- why -------------------------------------------------------------------------------------


def test_why_names_the_rule_its_row_and_its_source(plan, answer) -> None:
    """Of the next long run, or of the week of any day."""
    answer("log", "--minutes", "40", "--pain", "4", "--pain-from", "35")
    out = answer("why")
    assert out.startswith("Sunday, 13 December 2026: Back to 25 min: pain of 4 of 10 began")
    for part in ("Rule moderate-pain", "When pain 3 to 5", "Then reset", "Source", "Evidence"):
        assert part in out
    assert out.endswith(ADVICE)
    first = answer("why", "2026-12-01")
    assert first.startswith("Sunday, 6 December 2026: Starts at your baseline, 40 min")
    assert "Rule baseline" in first


def test_why_there_is_no_long_run_is_said_while_paused(plan, answer) -> None:
    """For its day and for the next one."""
    answer("log", "--minutes", "40", "--red-flag", "fever")
    out = answer("why")
    assert out == answer("why", SECOND_SUNDAY)
    assert out.startswith("Sunday, 13 December 2026: Paused: you reported fever or feeling ill")
    assert "Rule red-flag" in out


def test_why_after_a_clearance_names_it(plan, clock, answer) -> None:
    """The rule can be looked up, too."""
    answer("log", "--minutes", "40", "--pain", "7")
    clock("2026-12-08")
    answer("log", "clearance", "--by", "Anna", "--baseline-min", "30")
    out = answer("why")
    assert "the clearance by Anna" in out
    assert "Rule clearance" in out


def test_why_knows_the_rules_of_a_policy_that_is_no_longer_asked_for(plan, clock, answer) -> None:
    """The past keeps its reasons."""
    answer("change", "--policy", "cautious")
    answer("log", "--minutes", "40")
    clock("2026-12-15")
    answer("change", "--policy", "five minutes")
    assert "Rule unknown-morning" in answer("why", SECOND_SUNDAY)


def test_why_of_a_week_away_says_so(plan, answer, refused) -> None:
    """There is nothing to explain."""
    answer("away", "2026-12-07", "2026-12-13")
    assert "week 2, which has none" in refused("why", SECOND_SUNDAY)


def test_why_after_the_target_is_that_of_the_last_long_run(clock, answer) -> None:
    """There is no next one."""
    clock("2026-11-30")
    short = ["--baseline-min", "55", "--target-min", "60", "--first-month", "extend"]
    answer("init", *short, "--start", "2026-11-30", "--timezone", "UTC")
    clock("2026-12-06")
    answer("log", "--minutes", "55", "--morning", "0")
    clock("2026-12-13")
    assert "You have reached 60 minutes." in answer("log", "--minutes", "60", "--morning", "0")
    assert answer("why").startswith("Sunday, 13 December 2026: Up 5 minutes to 60 min")


@pytest.mark.parametrize("day", ["2026-11-29", "2027-01-25"])
def test_why_of_a_day_outside_the_plan_is_refused_with_its_days(plan, refused, day) -> None:
    """The first and the last are named."""
    assert "the day must lie in the plan, 2026-11-30 to 2027-01-24" in refused("why", day)


# --- baseline --------------------------------------------------------------------------------


def test_a_baseline_from_clean_runs_says_which(clock, answer) -> None:
    """With its source."""
    answer("log", "--minutes", "48", "--morning", "0", "--day", "fri")
    assert answer("baseline") == (
        "Baseline: 45 min: the longest run without pain of the last 30 days was 48 min, rounded "
        "down to 5. Source: the method that runplan follows."
    )


def test_without_runs_there_is_no_baseline(clock, refused) -> None:
    """The error says what to log."""
    assert "log a run without pain" in refused("baseline")


def test_a_baseline_under_ten_minutes_is_for_a_clinician(clock, answer, refused) -> None:
    """Run-walk comes first."""
    answer("log", "--minutes", "30", "--pain", "2", "--pain-from", "10")
    assert "see a clinician first and begin with run-walk" in refused("baseline")


# --- exercises and demo ----------------------------------------------------------------------


def test_the_exercises_come_with_dose_equipment_and_cues(capsys) -> None:
    """On eighty columns."""
    out = shown(capsys, "exercises")
    assert "Renegade row" in out
    assert "3 × 8–10 a side, RPE 6–7" in out
    assert "two dumbbells" in out
    assert max(map(len, out.splitlines())) <= 80


def test_the_sample_shows_a_plan_with_its_reasons_and_writes_a_calendar(answer, folder) -> None:
    """A second time nothing has changed."""
    out = answer("demo")
    assert "From 40 to 60 min" in out
    assert "Held at 40 min" in out
    assert "demo.ics: 25 added" in out
    assert (folder / "demo.ics").read_bytes().count(b"BEGIN:VEVENT") == 25
    assert "0 added, 0 moved, 0 changed, 0 removed, 25 unchanged" in answer("demo")


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        ("baseline", "log a run without pain"),
        ("baseline 40", "40"),
        ("baseline -f .", "'.'"),
        ("baseline -f /", "'/'"),
        ("why someday", "a day must be a date, a weekday, today, yesterday or tomorrow"),
        ("why 2025-01-01", "the day must lie in the plan"),
        ("why -f nowhere.toml", "runplan init -o nowhere.toml"),
        ("why -f nowhere/my.toml", "check the path"),
        ("show --on sonday", 'did you mean "sunday"?'),
        ("show --on 2026-13-01", "(was '2026-13-01')"),
        ("show nowhere.toml", "runplan init -o nowhere.toml"),
        ("show --html plan.toml", "must end in .html"),
        ("show --rows xml", "xml"),
        ("show a b", "b"),
    ],
)
def test_a_bad_line_gets_one_line_and_writes_nothing(plan, refused, arguments, part) -> None:
    """What must hold, what was given, what to do."""
    assert part in refused(*arguments.split(" "))


# --- what other programs and other terminals read --------------------------------------------


@pytest.fixture
def printed(monkeypatch):
    """Return what runs a command where an encoding is usual, and returns the bytes it prints."""

    def run_it(encoding: str, *arguments: str) -> bytes:
        out = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
        with monkeypatch.context() as patched:
            patched.setattr(sys, "stdout", out)
            assert run(list(arguments)) == 0
        return out.buffer.getvalue()

    return run_it


@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "cp932", "ascii", "utf-16"])
@pytest.mark.parametrize(
    ("options", "line_end"),
    [
        ("show --json", b"\n"),
        ("show --rows csv", b"\r\n"),
        ("show --md -", b"\n"),
        ("show --html -", b"\n"),
        ("export -o -", b"\r\n"),
    ],
)
@pytest.mark.usefixtures("clock")
def test_what_programs_read_is_utf_8_on_any_system(
    answer, printed, encoding, options, line_end
) -> None:
    """With the line ends of its format and none else."""
    answer("init", *REQUIRED, "--assessed-on", "2026-11-12", "--name", "Ünders Ähre 🏃 走る")
    out = printed(encoding, *options.split())
    text = out.decode("utf-8")
    assert ("×" if "csv" in options else "Ünders Ähre 🏃 走る") in text
    assert out.endswith(line_end)
    assert out.count(b"\n") == out.count(line_end)


@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "cp932", "ascii", "iso8859-15"])
@pytest.mark.parametrize("command", ["show", "exercises", "log --list", "why"])
def test_what_people_read_is_legible_on_any_terminal(
    clock, answer, printed, encoding, command
) -> None:
    """A letter that the encoding lacks becomes a similar one."""
    answer("init", *REQUIRED, "--name", "Übung — 3 × 8 …")
    answer("log", "--minutes", "40", "--note", "“hot” – 90 %")
    text = printed(encoding, *command.split()).decode(encoding)
    assert "?" not in text.replace("morning?", "")
    if command == "show" and encoding == "ascii":
        assert text.startswith("Ubung - 3 x 8 ...")


@pytest.mark.parametrize("begins", ["=1+2", "+49 30", "-5 degrees", "@home"])
def test_a_note_is_no_formula_in_a_spreadsheet(plan, answer, capsys, begins) -> None:
    """Only CSV has the apostrophe, as only CSV is opened by one."""
    answer("log", "--minutes", "40", "--note", f" {begins}")
    rows = list(csv.DictReader(io.StringIO(shown(capsys, "show", "--rows", "csv"))))
    assert rows[1]["note"] == f"'{begins}"
    assert json.loads(answer("show", "--json"))["weeks"][0]["report"]["note"] == begins
    assert all(not str(value).startswith(("=", "+", "-", "@")) for row in rows for value in row)


SEQUENCES = "red \x1b[31m, title \x1b]0;x\x07, C1 \x9b2J, order \u202edlo\u2066"


@pytest.mark.parametrize(
    "arguments",
    [
        *("show", "show --md -", "show --html -", "show --json", "show --rows csv"),
        *("log --list", "export -o -", "what-if --minutes 40", "why"),
    ],
)
def test_no_control_sequence_reaches_a_terminal_or_a_page(
    plan, edited, folder, capsys, arguments
) -> None:
    """Not even from files that something else has written."""
    edited(plan, 'name = "Long run rebuild"', f"name = {json.dumps(SEQUENCES)}")
    entry = {"schema": 2, "type": "run", "day": FIRST_SUNDAY, "minutes": 40, "note": SEQUENCES}
    with (folder / "log.jsonl").open("a") as log:
        log.write(f"{json.dumps(entry)}\n")
    out = shown(capsys, *arguments.split())
    assert not {"\x1b", "\x07", "\x9b", "\u202e", "\u2066"} & set(out)


def test_the_name_of_a_file_controls_no_terminal(plan, folder, capsys) -> None:
    """It is named without what would do so."""
    name = "a\x1b[31m.ics"
    assert "\x1b" not in shown(capsys, "export", "-o", name)
    assert (folder / name).exists()
    assert run(["show", "\x1b]0;x\x07", "b", "c"]) == 2
    assert "\x1b" not in capsys.readouterr().err


def test_a_time_that_clocks_skip_is_the_same_everywhere(clock, answer, capsys) -> None:
    """02:30 on the day that goes from 02:00 to 03:00 is 03:30 in calendars, and so it is here."""
    clock("2027-03-21")
    given = ["--baseline-min", "40", "--target-min", "60", "--start", "2027-03-22"]
    answer("init", *given, "--timezone", "Europe/Berlin", "--long-run-at", "02:30")
    assert "Next long run: 40 min on Sun 28 Mar at 03:30." in answer("show")
    rows = list(csv.DictReader(io.StringIO(shown(capsys, "show", "--rows", "csv"))))
    assert rows[1]["start"] == "2027-03-28 03:30:00+02:00"
    assert "DTSTART;TZID=Europe/Berlin:20270328T033000" in answer("export", "-o", "-")
    assert "added Sun 28 Mar 2027 03:30" in answer("export")
    clock("2027-03-22")
    assert "Next long run: Sun 28 Mar 03:30" in answer("log", "strength")


# --- what comes next, and what has slipped ---------------------------------------------------


def test_the_next_long_run_and_the_first_date_are_above_the_table(plan, clock, answer) -> None:
    """A runner who looks once a week looks for these two."""
    assert "60 min on Sunday, 24 January 2027. " in answer("show")
    answer("log", "--minutes", "40", "--pain", "2")
    clock("2026-12-08")
    out = answer("show")
    assert (
        "Next: strength on Wed 9 Dec at 18:30. Next long run: 40 min on Sun 13 Dec at 09:00." in out
    )
    answer("change", "--target-min", "70")
    assert "70 min on Sunday, 7 February 2027, first planned for Sun 24 Jan 2027." in answer("show")


def test_the_rating_of_effort_is_explained_below_the_exercises(answer) -> None:
    """Not everyone knows what RPE is."""
    out = answer("exercises")
    assert "RPE, the rating of perceived exertion, says how hard a set feels, from 1 to 10." in out
    assert "7 leaves about three" in out
