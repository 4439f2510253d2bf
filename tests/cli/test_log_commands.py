"""What a runner types after a run, and what comes of it."""

import json
from pathlib import Path

import pytest

from runplan import (
    NO_ADVICE,
    Clearance,
    MorningReport,
    RedFlag,
    RunReport,
    StrengthReport,
)
from runplan.cli import run

FIRST_SUNDAY, SECOND_SUNDAY = "2026-12-06", "2026-12-13"


# --- log -------------------------------------------------------------------------------------


def test_a_run_of_today_needs_its_minutes_only(plan, answer, logged, id_of) -> None:
    """The answer names its week, and the next long run with its reason."""
    out = answer("log", "--minutes", "40")
    assert logged() == [RunReport(day=FIRST_SUNDAY, minutes=40)]
    assert out == (
        f"Logged {id_of('40 min')}: Sun 6 Dec 2026, long run of 40 min, no pain. "
        "Counts as the long run of week 1, planned for Sun 6 Dec. "
        "Next long run: Sun 13 Dec 09:00, 40 min. "
        "Held at 40 min: in the first month the long run stays short while strength starts. "
        + " ".join(NO_ADVICE.split())
    )


def test_everything_about_a_run_can_be_given_in_one_line(plan, clock, answer, logged) -> None:
    """The name of a red flag may be written with a space."""
    clock("2026-12-08")
    given = [
        *("--day", "2026-12-06", "--minutes", "38", "--pain", "2", "--pain-from", "30"),
        *("--morning", "1", "--fatigue", "4", "--note", "  hot\nand hilly "),
        *("--red-flag", "fever", "--red-flag", "Weight loss", "--other"),
    ]
    answer("log", *given)
    assert logged() == [
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
    ]


@pytest.mark.parametrize(
    ("text", "day"),
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
def test_a_day_is_written_as_people_say_it(plan, clock, answer, logged, *, text, day) -> None:
    """A weekday is the last one, today included."""
    clock("2026-12-09")
    answer("log", "--minutes", "40", "--day", text)
    answer("log", "strength", "--day", text)
    answer("log", "clearance", "--by", "Anna", "--day", text)
    assert [entry.day.isoformat() for entry in logged()] == [day] * 3
    assert {entry.recorded_on.isoformat() for entry in logged()} == {"2026-12-09"}


def test_days_are_those_of_the_zone_of_the_request(plan, clock, answer, logged) -> None:
    """Monday morning in Tokyo is still Sunday in Berlin, whatever word is used for it."""
    clock("2026-12-07T06:00", "Asia/Tokyo")
    answer("log", "--minutes", "40")
    answer("log", "--minutes", "41", "--day", "today")
    answer("log", "--minutes", "42", "--day", "sunday")
    assert {entry.day.isoformat() for entry in logged()} == {FIRST_SUNDAY}


def test_every_entry_keeps_the_moment_at_which_it_was_written(plan, clock, answer) -> None:
    """In UTC, whatever the clock on the wall says."""
    answer("log", "--minutes", "40")
    record = json.loads(Path("log.jsonl").read_text().splitlines()[-1])
    assert record["recorded_at"].startswith("2026-12-06T19:00:00.")
    assert record["recorded_at"].endswith("Z")


def test_pain_changes_the_next_long_run_and_the_day_of_the_target(plan, answer) -> None:
    """Both come with what they were before."""
    out = answer("log", "--minutes", "40", "--pain", "4", "--pain-from", "35")
    assert "Next long run: Sun 13 Dec 09:00, 25 min (was 40 min)." in out
    assert "Back to 25 min: pain of 4 of 10 began at minute 35 of Sunday's run." in out
    assert (
        "If every run is clean, 60 min on Sunday, 14 February 2027 (was Sunday, 24 January 2027)."
    ) in out


# --- the morning after -----------------------------------------------------------------------


def test_the_morning_completes_the_last_run(plan, clock, answer, logged) -> None:
    """The last one before today, whichever kind it was."""
    answer("log", "--day", "2026-12-01", "--minutes", "20", "--other")
    answer("log", "--minutes", "40")
    clock("2026-12-07")
    out = answer("log", "--morning", "0")
    assert ": Sun 6 Dec 2026, morning after the run, no pain." in out
    assert MorningReport(day=FIRST_SUNDAY, pain=0, recorded_on="2026-12-07") in logged()
    assert len(logged()) == 3


def test_the_morning_of_an_earlier_run_is_given_with_its_day(plan, clock, answer, logged) -> None:
    """And with all that a morning can have."""
    answer("log", "--day", "2026-12-01", "--minutes", "20", "--other")
    answer("log", "--minutes", "40")
    clock("2026-12-08")
    answer(
        *("log", "--day", "2026-12-01", "--morning", "3"),
        *("--red-flag", "cough", "--note", "stiff"),
    )
    morning = MorningReport(
        day="2026-12-01", recorded_on="2026-12-08", pain=3, red_flags=["cough"], note="stiff"
    )
    assert morning in logged()


def test_a_run_of_today_has_no_morning_after_yet(plan, clock, answer, logged) -> None:
    """The run before it is completed."""
    answer("log", "--minutes", "40")
    clock("2026-12-09")
    answer("log", "--minutes", "20", "--other")
    answer("log", "--morning", "1")
    assert MorningReport(day=FIRST_SUNDAY, pain=1, recorded_on="2026-12-09") in logged()


def test_a_run_that_was_withdrawn_has_no_morning_after(plan, clock, answer, refused) -> None:
    """Only what stands can be completed."""
    answer("log", "--minutes", "40")
    clock("2026-12-07")
    answer("undo")
    assert "log the run first, with --minutes" in refused("log", "--morning", "0")


@pytest.mark.parametrize("more", [[], ["--day", "2026-12-02"]])
def test_a_morning_without_its_run_is_refused(plan, refused, more) -> None:
    """Logging the run comes first."""
    assert "log the run first, with --minutes" in refused("log", "--morning", "0", *more)


def test_a_morning_of_a_day_without_a_run_is_refused_with_that_day(plan, answer, refused) -> None:
    """Another run in the log does not make up for it."""
    answer("log", "--day", "2026-12-03", "--minutes", "30")
    line = refused("log", "--morning", "0", "--day", "2026-12-02")
    assert "(was '2026-12-02'): log the run first" in line


@pytest.mark.parametrize(
    "more",
    [["--pain", "4"], ["--pain-from", "30"], ["--fatigue", "8"], ["--other"], ["--long"]],
    ids=" ".join,
)
def test_no_option_beside_a_morning_gets_lost(plan, clock, answer, refused, more) -> None:
    """What belongs to a run is refused without its minutes."""
    answer("log", "--minutes", "40")
    clock("2026-12-07")
    assert more[0] in refused("log", "--morning", "0", *more)


def test_a_morning_can_be_reported_twice_and_the_worse_one_counts(
    plan, clock, answer, logged
) -> None:
    """As of any two reports."""
    answer("log", "--minutes", "40")
    clock("2026-12-07")
    answer("log", "--morning", "0")
    out = answer("log", "--morning", "3")
    assert "the back hurt the morning after Sunday's run (3 of 10)." in out
    assert len(logged()) == 3


# --- which week a run belongs to -------------------------------------------------------------


def test_a_long_run_a_day_late_counts_for_the_week_before(plan, clock, answer) -> None:
    """Monday's run is last Sunday's, and the answer says so once."""
    clock("2026-12-07")
    out = answer("log", "--minutes", "40")
    assert "Counts as the long run of week 1, planned for Sun 6 Dec." in out
    assert "The run of Mon 7 Dec" not in out


def test_a_run_before_the_plan_belongs_to_no_week(plan, clock, answer) -> None:
    """It is for the baseline."""
    out = answer("log", "--minutes", "40", "--day", "2026-11-22")
    assert "Counts as a run from before the plan." in out


def test_a_second_long_run_of_a_week_counts_as_another_run(plan, clock, answer) -> None:
    """The one on the planned day is the long run of the week."""
    answer("log", "--minutes", "40")
    clock("2026-12-07")
    out = answer("log", "--minutes", "40", "--long")
    assert "Counts as another run: the long run of week 1 was on Sun 6 Dec." in out


def test_a_long_run_in_a_week_away_counts_as_another_run(plan, clock, answer) -> None:
    """No long run was planned for it."""
    answer("away", "2026-12-14", "2026-12-20")
    clock("2026-12-20")
    out = answer("log", "--minutes", "40", "--long")
    assert "Counts as another run: it belongs to no planned long run." in out


def test_two_reports_of_one_day_are_pointed_out(plan, answer, id_of) -> None:
    """They are read as one, so the answer says how to part them."""
    answer("log", "--minutes", "40", "--pain", "1")
    first = id_of("pain 1")
    out = answer("log", "--minutes", "39")
    second = id_of("39 min")
    assert f"The long run of that day was reported already, as {first}." in out
    assert f"If this was another run: runplan edit {second} --other" in out
    out = answer("edit", second, "--other")
    assert "reported already" not in out


@pytest.mark.parametrize(
    ("day", "minutes", "reason"),
    [
        ("2026-12-09", 40, "the nearest long run is 3 days away, on Sun 6 Dec"),
        ("2026-12-10", 60, "the nearest long run is 3 days away, on Sun 13 Dec"),
        ("2026-12-13", 23, "23 min is under 60 % of the 40 min planned"),
    ],
)
def test_a_run_far_from_every_long_run_or_much_shorter_is_taken_as_another_run(
    plan, clock, answer, logged, id_of, *, day, minutes, reason
) -> None:
    """The answer says so and why, and the command that it suggests makes it the long run."""
    clock("2026-12-13")
    out = answer("log", "--minutes", str(minutes), "--day", day)
    (report,) = logged()
    assert report.kind == "other"
    assert f"Taken as another run: {reason}." in out
    suggested = f"runplan edit {id_of('run of')} --long"
    assert f"If it was the long run: {suggested}" in out
    answer(*suggested.split()[1:])
    (report,) = logged()
    assert (report.kind, report.minutes) == ("long", minutes)


@pytest.mark.parametrize(
    ("day", "minutes"),
    [("2026-12-13", 24), ("2026-12-11", 40), ("2026-12-08", 40), ("2026-12-13", 90)],
)
def test_a_run_near_its_day_and_nearly_as_long_is_the_long_run(
    plan, clock, answer, logged, *, day, minutes
) -> None:
    """60 % of the plan is enough, and so is a day two days off."""
    clock("2026-12-13")
    out = answer("log", "--minutes", str(minutes), "--day", day)
    assert "Taken as another run" not in out
    assert logged()[0].kind == "long"


def test_a_second_run_beside_the_long_run_is_taken_as_another_run(
    plan, clock, answer, logged
) -> None:
    """The day after Sunday's long run is not another long run."""
    answer("log", "--minutes", "40")
    clock("2026-12-07")
    out = answer("log", "--minutes", "40")
    assert "Taken as another run: the long run of week 1 was on Sun 6 Dec." in out
    assert [each.kind for each in logged()] == ["long", "other"]


def test_a_run_during_a_pause_is_taken_as_another_run(plan, clock, answer, logged) -> None:
    """No long run is planned then."""
    answer("log", "--minutes", "40", "--pain", "7")
    clock("2026-12-13")
    out = answer("log", "--minutes", "30")
    assert "Taken as another run: the plan is paused." in out


@pytest.mark.parametrize(("option", "kind"), [("--long", "long"), ("--other", "other")])
def test_what_the_runner_says_it_was_goes_before_any_guess(
    plan, clock, answer, logged, *, option, kind
) -> None:
    """However long it was, and whenever."""
    clock("2026-12-10")
    out = answer("log", "--minutes", "15", option)
    answer("log", "--minutes", "40", "--day", "sunday", option)
    assert "Taken as another run" not in out
    assert {each.kind for each in logged()} == {kind}


# --- what is still to report -----------------------------------------------------------------


def test_the_answer_says_what_is_still_to_report(plan, clock, answer) -> None:
    """Long runs of the last four weeks, and the last morning; strength costs nothing."""
    clock("2026-12-21")
    out = answer("log", "--minutes", "40", "--day", "sunday")
    assert (
        "Still to report: the long run of Sun 6 Dec, the long run of Sun 13 Dec, "
        "the morning after Sun 20 Dec."
    ) in out
    for day in ("2026-12-06", "2026-12-13"):
        answer("log", "--minutes", "40", "--day", day, "--morning", "0")
    assert "Still to report" not in answer("log", "--morning", "0")


def test_what_is_long_past_need_not_be_reported_any_more(plan, clock, answer) -> None:
    """After four weeks nobody remembers."""
    clock("2027-01-04")
    out = answer("log", "strength")
    assert "the long run of Sun 6 Dec" not in out
    assert "Still to report: the long run of Sun 13 Dec" in out


# --- strength and clearances -----------------------------------------------------------------


def test_a_strength_session_is_logged_with_its_day_and_its_pain(plan, answer, logged) -> None:
    """A good one of today needs no options."""
    answer("log", "strength")
    answer("log", "strength", "--day", "wed", "--pain", "3", "--morning", "1", "--note", "rows")
    answer("log", "strength", "--day", "fri", "--red-flag", "lump")
    on = {"recorded_on": FIRST_SUNDAY}
    assert logged() == [
        StrengthReport(day="2026-12-02", pain=3, pain_next_morning=1, note="rows", **on),
        StrengthReport(day="2026-12-04", red_flags=["lump"], **on),
        StrengthReport(day=FIRST_SUNDAY),
    ]


def test_a_clearance_ends_a_pause_and_the_answer_says_so(plan, clock, answer, logged) -> None:
    """From the pause to the long run at which the plan resumes."""
    out = answer("log", "--minutes", "40", "--pain", "7", "--pain-from", "30")
    assert "Paused: pain of 7 of 10 in Sunday's run." in out
    assert "See a doctor or physiotherapist before you run again." in out
    assert "Once you are cleared to run again: runplan log clearance" in out
    clock("2026-12-15")
    out = answer(
        *("log", "clearance", "--by", "Anna", "--baseline-min", "30"),
        *("--day", "mon", "--note", "gently"),
    )
    assert ": Mon 14 Dec 2026, clearance by Anna, new baseline 30 min, gently." in out
    assert "Next long run: Sun 20 Dec 09:00, 30 min." in out
    clearance = Clearance(
        day="2026-12-14", recorded_on="2026-12-15", by="Anna", baseline_min=30, note="gently"
    )
    assert clearance in logged()


def test_a_pause_without_strength_says_so(plan, answer) -> None:
    """A red flag stops strength as well."""
    out = answer("log", "--minutes", "40", "--red-flag", "fever")
    assert "you reported fever or feeling ill on Sunday, 6 December." in out
    assert "Strength is paused too." in out


@pytest.mark.parametrize(
    "arguments",
    [
        ["log", "--minutes", "40", "--red-flag", "chest pain"],
        ["log", "strength", "--red-flag", "chest-pain"],
        ["what-if", "--minutes", "40", "--day", "today", "--red-flag", "chest-pain"],
    ],
    ids=" ".join,
)
def test_an_emergency_stands_before_everything_else(plan, answer, arguments) -> None:
    """Whom to call comes first, then what was logged."""
    out = answer(*arguments)
    assert out.startswith(
        "Paused: you reported chest pain on Sunday, 6 December. "
        "See an emergency doctor now: call the emergency services."
    )


def test_an_emergency_stays_on_top_while_it_lasts(plan, clock, answer) -> None:
    """Whatever else is logged, asked for or written."""
    answer("log", "--minutes", "40", "--red-flag", "chest pain")
    clock("2026-12-08")
    for arguments in (
        ["log", "strength"],
        ["export"],
        ["why"],
        ["change", "--target-min", "70"],
        ["undo"],
    ):
        assert answer(*arguments).startswith("Paused: you reported chest pain"), arguments


def test_a_log_is_beside_its_request(plan, answer, folder, logged) -> None:
    """Wherever the command runs, with -f before or after the kind of entry."""
    mine = folder / "anna's runs"
    mine.mkdir()
    for path in (plan, folder / "log.jsonl"):
        path.rename(mine / path.name)
    file = str(mine / "rebuild.toml")
    answer("log", "-f", file, "--minutes", "40")
    answer("log", "-f", file, "strength")
    answer("log", "strength", "-f", file, "--day", "fri")
    assert len(logged("anna's runs/log.jsonl")) == 3
    assert not (folder / "log.jsonl").exists()
    assert "strength session" in answer("undo", "-f", file)
    assert "baseline" in answer("why", "-f", file, FIRST_SUNDAY)


def test_suggested_commands_name_a_request_that_is_elsewhere(plan, clock, answer, folder) -> None:
    """So that they can be typed as they are."""
    mine = folder / "mine"
    mine.mkdir()
    for path in (plan, folder / "log.jsonl"):
        path.rename(mine / path.name)
    out = answer("log", "-f", "mine/rebuild.toml", "--minutes", "10", "--pain", "7")
    assert "If it was the long run: runplan edit -f mine/rebuild.toml " in out
    assert "cleared to run again: runplan log -f mine/rebuild.toml clearance" in out
    assert "clearance by Anna" in answer(
        "log", "-f", "mine/rebuild.toml", "clearance", "--by", "Anna"
    )


@pytest.mark.parametrize(
    "more",
    [
        ["--day", "2026-12-02"],
        ["--pain", "0"],
        ["--minutes", "40"],
        ["--other"],
        ["--red-flag", "fever"],
        ["--list"],
        ["--ask-red-flags"],
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("command", [["strength"], ["clearance", "--by", "Anna"]], ids=" ".join)
def test_no_option_before_the_kind_of_entry_gets_lost(plan, refused, command, more) -> None:
    """An option of a run is none of a strength session or a clearance."""
    assert more[0] in refused("log", *more, *command)


# --- the list --------------------------------------------------------------------------------


def test_the_list_shows_every_entry_with_its_id(plan, clock, answer, id_of) -> None:
    """By days, with the day of recording where it is another one, and withdrawn ones as such."""
    answer("log", "--minutes", "38", "--pain", "2")
    clock("2026-12-09")
    answer("log", "strength", "--day", "tue")
    answer("undo", id_of("38 min"))
    assert answer("log", "--list") == (
        "Id Day Entry "
        f"{id_of('38 min')} 2026-12-06 long run of 38 min, pain 2 of 10 (withdrawn Wed 9 Dec) "
        f"{id_of('strength')} 2026-12-08 strength session, no pain (recorded Wed 9 Dec)"
    )


def test_an_empty_list_says_so(plan, answer) -> None:
    """That the request was seen is no entry."""
    assert answer("log", "--list") == "Nothing has been logged yet."


def test_the_list_is_there_before_there_is_a_request(clock, answer) -> None:
    """For runs that a baseline is to be found from."""
    answer("log", "--minutes", "48")
    assert "long run of 48 min, no pain" in answer("log", "--list")


@pytest.mark.parametrize("more", [["--minutes", "40"], ["--pain", "0"], ["--other"]], ids=" ".join)
def test_a_list_takes_no_other_options(plan, refused, more) -> None:
    """They would get lost."""
    assert more[0] in refused("log", "--list", *more)


def test_a_long_note_wraps_within_its_column(plan, answer, capsys, monkeypatch) -> None:
    """Ids and days stay readable at 40 columns."""
    monkeypatch.setenv("COLUMNS", "40")
    answer("log", "--minutes", "40", "--note", "a long note about a long run " * 5)
    capsys.readouterr()
    assert run(["log", "--list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 40
    assert [line[10:20] for line in lines[1:] if line[:1] != " "] == [FIRST_SUNDAY]


# --- without a request -----------------------------------------------------------------------


def test_runs_can_be_logged_before_anything_is_planned(
    clock, answer, in_folder, logged, id_of
) -> None:
    """The answer says what comes next, and that works."""
    out = answer("log", "--minutes", "48", "--pain", "4", "--pain-from", "45", "--day", "fri")
    assert out == (
        f"Logged {id_of('48 min')}: "
        "Fri 4 Dec 2026, long run of 48 min, pain 4 of 10 from minute 45. "
        "To find the long run to start from: runplan baseline "
        "To plan from there: runplan init"
    )
    answer("log", "strength")
    answer("log", "--morning", "0")
    answer("log", "clearance", "--by", "Anna")
    assert len(logged()) == 4
    assert answer("baseline") == (
        "Baseline: 35 min: 80 % of minute 45, the earliest in which it hurt in the last painful "
        "long run, rounded down to 5. Source: our choice; no study was found."
    )
    assert ": Sun 6 Dec 2026, clearance by Anna." in answer("undo")
    assert "long run of 50 min" in answer("edit", id_of("48 min"), "--minutes", "50")
    assert len(logged()) == 3
    assert set(in_folder()) == {"log.jsonl"}


def test_a_request_that_got_lost_does_not_keep_anybody_from_reporting(plan, answer, logged) -> None:
    """The answer says what is missing."""
    plan.unlink()
    out = answer("log", "--minutes", "40", "--pain", "7")
    assert "There is no plan without rebuild.toml: restore it." in out
    assert len(logged()) == 1


def test_what_was_logged_before_counts_in_the_plan(clock, answer, logged) -> None:
    """A log may be older than its request: severe pain before the start pauses the plan."""
    clock("2026-11-29")
    answer("log", "--minutes", "45", "--pain", "7")
    clock("2026-11-30")
    given = ["--baseline-min", "40", "--target-min", "60", "--start", "2026-11-30"]
    answer("init", *given, "--timezone", "Europe/Berlin")
    assert "Paused: pain of 7 of 10" in answer("log", "strength")
    assert len(logged()) == 2


def test_a_named_file_that_is_not_there_begins_no_log_elsewhere(plan, refused) -> None:
    """A slip in a name makes neither a log nor a folder."""
    assert "check the path" in refused("log", "-f", "nowhere/rebuild.toml", "--minutes", "40")
    line = refused("log", "-f", "my.toml", "--minutes", "40")
    assert line.endswith("(was 'my.toml'): write one with: runplan init -o my.toml\n")


# --- what if ---------------------------------------------------------------------------------


def test_what_if_writes_nothing(plan, answer, folder, in_folder) -> None:
    """It shows the answer and the plan as if it had been logged."""
    answer("log", "strength", "--day", "wed")
    before = in_folder()
    stamps = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    out = answer("what-if", "--minutes", "40", "--pain", "4", "--pain-from", "35")
    assert in_folder() == before
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == stamps
    assert out.startswith("If: Sun 6 Dec 2026, long run of 40 min, pain 4 of 10 from minute 35.")
    assert "Next long run: Sun 13 Dec 09:00, 25 min (was 40 min)." in out
    assert "From 40 to 60 min" in out
    assert "Sun 13 Dec 25" in out


def test_what_if_says_the_same_as_logging_it(plan, answer, id_of) -> None:
    """To the last line of its answer."""
    given = ["--minutes", "40", "--pain", "2", "--fatigue", "8"]
    asked = answer("what-if", *given).removeprefix("If: ")
    logged = answer("log", *given).removeprefix(f"Logged {id_of('40 min')}: ")
    assert asked.startswith(logged)


def test_what_if_needs_a_request(clock, refused) -> None:
    """There is no plan without one."""
    assert "runplan init" in refused("what-if", "--minutes", "40")


@pytest.mark.parametrize(
    "more", [[], ["--day", SECOND_SUNDAY], ["--day", "sunday"]], ids=["next", "date", "sunday"]
)
def test_what_if_looks_ahead_to_the_coming_long_run(plan, clock, answer, in_folder, more) -> None:
    """Next Sunday's run can be wondered about before it; to log, Sunday is the last one."""
    answer("log", "--minutes", "40", "--morning", "0")
    before = in_folder()
    clock("2026-12-10")
    out = answer("what-if", "--minutes", "40", "--pain", "7", *more)
    assert out.startswith("If: Sun 13 Dec 2026, long run of 40 min, pain 7 of 10.")
    assert "Paused: pain of 7 of 10 in Sunday's run." in out
    assert in_folder() == before
    assert ": Sun 6 Dec 2026," in answer("log", "--day", "sunday", "--minutes", "40")


def test_what_if_does_not_look_beyond_the_next_long_run(plan, clock, refused, answer) -> None:
    """A run after that would stand on one that counts as missed."""
    clock("2026-12-10")
    line = refused("what-if", "--minutes", "40", "--day", "2026-12-17")
    assert "must not lie after Wed 16 Dec 2026" in line
    assert "run of 20 min" in answer("what-if", "--minutes", "20", "--day", "2026-12-16")


def test_what_if_can_be_asked_about_a_morning_and_about_another_run(plan, clock, answer) -> None:
    """A morning is that after the last run; another run is one of today."""
    answer("log", "--minutes", "40")
    clock("2026-12-07")
    out = answer("what-if", "--morning", "3")
    assert out.startswith("If: Sun 6 Dec 2026, morning after the run, pain 3 of 10.")
    assert "the back hurt the morning after Sunday's run (3 of 10)." in out
    out = answer("what-if", "--minutes", "20", "--pain", "1", "--other")
    assert out.startswith("If: Mon 7 Dec 2026, run of 20 min, pain 1 of 10.")


def test_what_if_says_that_a_short_run_is_taken_as_another_run(plan, answer) -> None:
    """There is no entry to edit, so it names the option."""
    out = answer("what-if", "--minutes", "20")
    assert "Taken as another run: 20 min is under 60 % of the 40 min planned." in out
    assert "If it is the long run, add --long." in out


def test_what_if_after_the_target_asks_about_today(clock, answer) -> None:
    """No long run is planned any more."""
    clock("2026-11-30")
    answer(
        *("init", "--baseline-min", "55", "--target-min", "55", "--start", "2026-11-30"),
        *("--timezone", "UTC", "--no-strength", "--assessed-on", "2026-11-12"),
    )
    clock("2026-12-06")
    assert "You have reached 55 minutes." in answer("log", "--minutes", "55", "--morning", "0")
    clock("2026-12-09")
    out = answer("what-if", "--minutes", "60", "--long", "--pain", "2")
    assert out.startswith("If: Wed 9 Dec 2026, long run of 60 min, pain 2 of 10.")
    assert "after the target was reached" in out


# --- at a terminal ---------------------------------------------------------------------------


def test_at_a_terminal_log_asks_for_everything(plan, terminal, answer, logged) -> None:
    """Enter takes what is offered; without pain nothing is asked about it."""
    terminal(b"\n40\n\n\n\n")
    out = answer("log")
    assert "Dull soreness in muscles used in the last three days does not count as pain." in out
    assert "Was it the long run of the week? y or n [y]" in out
    assert "in which it began" not in out
    assert "Do any of these apply?" not in out
    assert "morning after," not in out
    assert logged() == [RunReport(day=FIRST_SUNDAY, minutes=40)]


@pytest.mark.parametrize(("typed", "kind"), [("", "other"), ("n", "other"), ("yes", "long")])
def test_the_prompt_asks_whether_a_short_run_was_the_long_run(
    plan, terminal, answer, logged, *, typed, kind
) -> None:
    """It offers what the run looks like."""
    terminal(f"\n20\n{typed}\n\n\n".encode())
    assert "Was it the long run of the week? y or n [n]" in answer("log")
    assert [each.kind for each in logged()] == [kind]


@pytest.mark.parametrize("option", ["--long", "--other"])
def test_what_kind_of_run_it_was_is_not_asked_again(plan, terminal, answer, option) -> None:
    """It was given."""
    terminal(b"\n40\n\n\n")
    assert "Was it the long run" not in answer("log", option)


def test_with_pain_it_asks_when_it_began_and_for_red_flags(
    plan, clock, terminal, answer, logged
) -> None:
    """By number or name, with commas; of an earlier day it asks for the morning too."""
    clock("2026-12-08")
    terminal(b"sunday\n40\n\n3\n30\n4\n2\n9, cough\n")
    out = answer("log")
    for number, flag in enumerate(RedFlag, start=1):
        assert f"{number} {flag.words}" in out
    assert logged() == [
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
    ]


def test_enter_stands_for_what_is_not_known(plan, clock, terminal, answer, logged) -> None:
    """The minute and the morning stay unknown, and no red flag is none."""
    clock("2026-12-07")
    terminal(b"yesterday\n40\n\n2\n\n\n\n\n")
    answer("log")
    assert logged() == [RunReport(day=FIRST_SUNDAY, recorded_on="2026-12-07", minutes=40, pain=2)]


def test_it_asks_again_after_a_slip(plan, terminal, capsys, logged) -> None:
    """Each time with what it must be."""
    answers = [
        *("sonday", "2026-02-30", "2026-12-07", "today"),
        *("", "0", "601", "forty", "40.5", "-3", "40"),
        *("maybe", "y"),
        *("11", "-1", "x", "3"),
        *("41", "40"),
        *("11", "0"),
        *("99", "feber", "1,feber", "fever"),
    ]
    terminal("".join(f"{each}\n" for each in answers).encode())
    assert run(["log"]) == 0
    shown = " ".join("".join(capsys.readouterr()).split())
    assert 'did you mean "sunday"?' in shown
    assert "the day must not lie ahead (was '2026-12-07'): try again" in shown
    assert "it must be a whole number from 1 to 600 (was 'forty'): try again" in shown
    assert "it must be y or n (was 'maybe'): try again" in shown
    assert "it must be a whole number from 0 to 40 (was '41')" in shown
    assert 'did you mean "fever"?' in shown
    assert logged() == [
        RunReport(day=FIRST_SUNDAY, minutes=40, pain=3, pain_from=40, red_flags=["fever"])
    ]


def test_what_was_given_is_not_asked_again(plan, terminal, answer, logged) -> None:
    """Only the minutes are missing here."""
    terminal(b"40\n\n")
    out = answer("log", "--day", "today", "--pain", "0", "--fatigue", "2", "--note", "flat")
    assert "Day" not in out
    assert logged() == [RunReport(day=FIRST_SUNDAY, minutes=40, fatigue=2, note="flat")]


@pytest.mark.parametrize(
    ("options", "typed"), [([], b"\n40\n\n0\n0\n9\n"), (["--minutes", "40"], b"9\n")]
)
def test_red_flags_are_asked_for_without_pain_where_that_is_wanted(
    plan, terminal, answer, logged, *, options, typed
) -> None:
    """As the option says, whatever else was given."""
    terminal(typed)
    assert "Do any of these apply?" in answer("log", "--ask-red-flags", *options)
    assert logged()[0].red_flags == (list(RedFlag)[8],)


@pytest.mark.parametrize("typed", ["", "0", "n", "No", "none"])
def test_no_red_flag_can_be_answered_in_several_ways(plan, terminal, answer, logged, typed) -> None:
    """Nobody should have to guess how to say no."""
    terminal(f"{typed}\n".encode())
    answer("log", "--ask-red-flags", "--minutes", "40")
    assert logged()[0].red_flags == ()


def test_what_if_asks_about_the_next_long_run_and_writes_nothing(
    plan, clock, terminal, answer, in_folder
) -> None:
    """It asks as log does, except for the day."""
    clock("2026-12-09")
    before = in_folder()
    terminal(b"40\n\n2\n\n\n\n\n")
    out = answer("what-if")
    assert "If: Sun 13 Dec 2026, long run of 40 min, pain 2 of 10." in out
    assert "Day [" not in out
    assert in_folder() == before


def test_a_clearance_asks_who_gave_it(plan, terminal, answer, logged) -> None:
    """And asks again until it is told."""
    terminal(b"\nDr. \xc3\x85nna\n")
    answer("log", "clearance")
    assert logged() == [Clearance(day=FIRST_SUNDAY, by="Dr. Ånna")]


@pytest.mark.parametrize("typed", [b"\x04", b"\n40\n\x04", b"\n40\n\n3\n\x04"])
def test_a_runner_who_leaves_in_the_middle_has_logged_nothing(
    plan, terminal, capsys, in_folder, typed
) -> None:
    """With Ctrl-D, wherever it was."""
    before = in_folder()
    terminal(typed)
    assert run(["log"]) == 2
    assert capsys.readouterr().err.endswith("runplan: stopped: nothing was written\n")
    assert in_folder() == before


# --- what cannot be used ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        ("log", "without a terminal, --minutes must be given"),
        ("log --pain 3", "add --minutes"),
        ("log --minutes 40 --ask-red-flags", "add --red-flag"),
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
        ("log --minutes 40 --pain 2 --pain-from 41", "the end of the run, 40 minutes (was 41)"),
        ("log --minutes 40 --red-flag feber", 'did you mean "fever"?'),
        ("log --minutes 40 --red-flag zzz", "choose from chest-pain, spreading-pain"),
        ("log --minutes 40 --red-flag=", "a red flag must be one of the list"),
        ("log --minutes 40 --day sonday", 'did you mean "sunday"?'),
        ("log --minutes 40 --day tomorrow", "log it when it has happened"),
        ("log --minutes 40 --day=", "a day must be a date, a weekday, today, yesterday or"),
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
        ("what-if -f nowhere.toml --minutes 40", "runplan init -o nowhere.toml"),
        ("log -f . --minutes 40", "(was '.')"),
        ("log -f nowhere/my.toml --list", "check the path"),
    ],
)
def test_a_bad_line_gets_one_line_and_writes_nothing(plan, refused, arguments, part) -> None:
    """What must hold, what was given, what to do."""
    assert part in refused(*arguments.split(" "))


def test_a_request_that_cannot_be_used_stops_logging_too(plan, refused) -> None:
    """Without its zone nobody knows which day it is."""
    plan.write_text("baseline_min = = 40\n")
    assert "must be TOML" in refused("log", "--minutes", "40")


def test_a_clearance_for_more_than_the_target_is_a_slip(plan, answer, refused) -> None:
    """Three hundred minutes were hardly meant."""
    answer("log", "40", "7")
    line = refused("log", "clearance", "--by", "GP", "--baseline-min", "300")
    assert "must not be over the target, 60 min (was '300 min')" in line


def test_a_morning_of_long_ago_needs_its_day(plan, clock, answer, refused) -> None:
    """Three weeks later it is another morning."""
    answer("log", "40", "ok")
    clock("2026-12-27")
    assert "was 'the last one was on Sun 6 Dec 2026'" in refused("log", "--morning", "4")
    answer("log", "--morning", "4", "--day", "2026-12-06")
