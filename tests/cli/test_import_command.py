"""Recorded runs at the command line: import, and baseline --from."""

import pendulum
import pytest
from support.exports import garmin_csv, garmin_row, strava_csv, strava_row

from runplan import Activity
from runplan.cli import run


@pytest.fixture
def strava(folder):
    """Return what writes Strava's list, of runs given by their days and minutes, and its name."""

    def write(*runs, name="activities.csv", more=()):
        rows = [
            strava_row(f"{day} 08:05:09", moving=str(minutes * 60), name="Run")
            for day, minutes in runs
        ]
        (folder / name).write_text(strava_csv(*rows, *more))
        return name

    return write


@pytest.fixture
def december(plan, strava, clock):
    """A plan since 30 November, a file of three runs, and today the 8th of December."""
    clock("2026-12-08")
    return strava(("2026-11-29", 50), ("2026-12-02", 30), ("2026-12-06", 41))


def test_new_runs_go_into_the_log_and_wait_for_their_answers(december, answer, logged) -> None:
    assert answer("import", december) == (
        "Wed 2 Dec 2026, 30 min: not reported yet Sun 6 Dec 2026, 41 min: not reported "
        "yet Left out: 1 run before the plan's first day, Mon 30 Nov 2026. To report it: "
        "runplan, which asks; or in one line: runplan log 2026-12-06 41 2@36 The "
        "plan ignores runs until you report them."
    )
    assert [(each.day.isoformat(), each.recorded_on.isoformat()) for each in logged()] == [
        ("2026-12-02", "2026-12-08"),
        ("2026-12-06", "2026-12-08"),
    ]
    assert all(isinstance(each, Activity) for each in logged())


def test_the_plan_says_that_they_wait_and_is_otherwise_the_same(december, answer) -> None:
    before = answer("show")
    answer("import", december)
    note = (
        "note: 2 recorded runs are not reported yet, the last from Sun 6 Dec, 41 min: how was "
        "the back? "
    )
    assert note not in before
    assert answer("show").replace(note, "") == before


def test_importing_twice_changes_nothing_and_says_so(december, answer, in_folder) -> None:
    answer("import", december)
    before = in_folder()
    out = answer("import", december)
    assert out.startswith("Nothing new. Left out: 1 run before the plan's first day")
    assert out.endswith("Left out: 2 runs already in the log, or recorded twice.")
    assert in_folder() == before


def test_a_withdrawn_run_does_not_come_back(december, answer, logged) -> None:
    answer("import", december)
    answer("undo")
    assert len(logged()) == 1
    assert "Nothing new." in answer("import", december)


def test_a_run_that_is_reported_already_needs_no_answer(december, answer) -> None:
    answer("log", "--day", "2026-12-06", "--minutes", "41")
    out = answer("import", december)
    assert "Sun 6 Dec 2026, 41 min: already reported" in out
    assert out.endswith(
        "runplan log 2026-12-02 30 2@25 The plan ignores runs until you report them."
    )


def test_a_report_answers_an_imported_run(december, answer) -> None:
    answer("import", december)
    answer("log", "--day", "2026-12-06", "--minutes", "41", "--pain", "0")
    answer("log", "--day", "2026-12-02", "--minutes", "30", "--pain", "0", "--other")
    assert "recorded runs wait" not in answer("show")


def test_several_files_are_read_and_a_run_in_two_of_them_is_one(
    december, folder, answer, logged
) -> None:
    rows = [garmin_row("2026-12-06 09:06:00", time="00:40:10", moving="00:40:02")]
    (folder / "garmin.csv").write_text(garmin_csv(*rows, garmin_row(sport="Cycling")))
    out = answer("import", december, "garmin.csv")
    assert "Left out as other sports: 1 Cycling." in out
    assert "Left out: 1 run already in the log, or recorded twice." in out
    assert [each.source for each in logged()] == ["strava", "garmin"]


def test_runs_after_today_are_left_out(plan, strava, clock, answer, logged) -> None:
    name = strava(("2026-12-06", 41), ("2026-12-07", 20), ("2026-12-08", 20))
    assert "Left out: 2 runs after today. Import them when they have happened." in answer(
        "import", name
    )
    assert len(logged()) == 1


def test_a_file_that_cannot_be_read_stops_them_all(december, folder, refused) -> None:
    (folder / "other.csv").write_text("Date,Steps\n")
    assert "other.csv must be a list of activities" in refused("import", december, "other.csv")
    assert "a file must exist and be readable" in refused("import", december, "none.fit")
    assert "it must be a file" in refused("import", december, ".")


def test_without_a_file_or_a_plan_there_is_nothing_to_do(strava, refused) -> None:
    assert "Missing argument 'FILE...'" in refused("import")
    assert "the request must exist" in refused("import", strava(("2026-12-06", 41)))


def test_an_imported_run_can_be_corrected_and_is_listed(december, answer, id_of, logged) -> None:
    answer("import", december)
    answer("edit", id_of("recorded run of 41 min"), "--minutes", "40")
    assert [each.minutes for each in logged()] == [30, 40]
    assert "recorded run of 40 min, at 09:05, from strava, Run" in answer("log", "--list")


def test_an_imported_run_has_no_pain_to_correct(december, answer, id_of, refused) -> None:
    answer("import", december)
    line = refused("edit", id_of("recorded run of 41 min"), "--pain", "2")
    assert "an entry of type activity must be corrected with its own options" in line


def test_a_baseline_is_found_in_a_history_and_only_pain_is_asked(
    clock, strava, terminal, capsys, in_folder
) -> None:
    clock("2026-11-24")
    name = strava(
        ("2026-09-01", 90), ("2026-11-06", 50), ("2026-11-15", 62), ("2026-11-22", 55),
        ("2026-11-23", 20),
    )  # fmt: skip
    before = in_folder()
    terminal(b"0\n4\n48\n2\n\n")
    assert run(["baseline", "--from", name]) == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "Fri 6 Nov 2026, 50 min: worst pain, 0 to 10" in out
    assert "Sun 15 Nov 2026, 62 min" in out
    assert "Sun 22 Nov 2026, 55 min" in out
    assert "1 Sep" not in out
    assert "23 Nov" not in out
    assert "Baseline: 35 min: 80 % of minute 48" in out
    assert in_folder() == before


def test_a_run_that_nobody_recalls_is_passed_over(clock, strava, terminal, capsys) -> None:
    clock("2026-11-24")
    name = strava(("2026-11-15", 62), ("2026-11-22", 700))
    terminal(b"0\n\n")
    assert run(["baseline", "--from", name]) == 0
    out = capsys.readouterr().out
    assert "600 min" in out
    assert "Baseline: 60 min" in out


def test_a_history_without_recent_runs_or_a_terminal_is_refused(clock, strava, refused) -> None:
    clock("2026-11-24")
    old = strava(("2026-10-01", 62))
    assert "must hold a run of the last 42 days" in refused("baseline", "--from", old)
    new = strava(("2026-11-15", 62))
    assert "questions about these runs need a terminal" in refused("baseline", "--from", new)


def test_a_machine_that_does_not_name_its_zone_reads_in_utc(
    strava, terminal, capsys, monkeypatch
) -> None:
    nowhere = pendulum.datetime(2026, 11, 24, tz=pendulum.FixedTimezone(3600))
    monkeypatch.setattr("runplan.cli.workspace.here_and_now", lambda: nowhere)
    terminal(b"0\n")
    assert run(["baseline", "--from", strava(("2026-11-15", 62))]) == 0
    assert "Sun 15 Nov 2026" in capsys.readouterr().out
