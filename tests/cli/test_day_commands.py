"""The runner's day at the terminal: what it shows, asks, writes and publishes."""

from pathlib import Path

import click
import pytest

from runplan import Activity, MorningReport, RunReport, StrengthReport
from runplan.cli import run

WEDNESDAY, SUNDAY = "2026-12-02", "2026-12-06"


@pytest.fixture
def day(capsys, terminal):
    """Return what types answers to runplan alone, and returns what it printed."""

    def run_it(*answers: str) -> str:
        capsys.readouterr()
        terminal("".join(f"{each}\n" for each in answers).encode())
        assert run([]) == 0
        out, err = capsys.readouterr()
        assert err == ""
        return " ".join(out.split())

    return run_it


# --- today -----------------------------------------------------------------------------------


def test_today_shows_the_next_long_run_the_day_and_what_is_open(plan, clock, answer) -> None:
    """And writes nothing."""
    clock("2026-12-02T19:30")
    out = answer("today")
    assert out.startswith(
        "Wednesday, 2 December 2026 Next long run: Sun 6 Dec 09:00, 40 min. Starts at your "
        "baseline, 40 min: the length that brings no pain or fatigue. Today: strength at 18:30, "
        "30 min. Renegade row: 2 × 6–8 a side, RPE 5–6; "
    )
    assert "60 min by Sun 24 Jan. Still to report: strength on Wed 2 Dec. runplan plans" in out
    assert not Path("plan.ics").exists()


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("2026-12-01", "Today: nothing is planned."),
        ("2026-12-06T08:00", "Next long run: today 09:00, 40 min."),
    ],
)
def test_today_says_what_there_is_to_do(plan, clock, answer, now, words) -> None:
    """Also when that is nothing."""
    clock(now)
    assert words in answer("today")


def test_today_says_what_was_done(plan, clock, answer) -> None:
    """With its minutes."""
    clock("2026-12-06T12:00")
    answer("log", "40", "ok")
    assert "Today: long run of 40 min at 09:00, done." in answer("today")


def test_a_day_off_is_a_day_off(plan, clock, answer) -> None:
    """Whatever would have been planned."""
    clock("2026-12-02T08:00")
    answer("ill")
    out = answer("today")
    assert "Today: a day off (Wed 2 Dec until further notice)." in out
    assert "When you run again: runplan back" in out


def test_a_plan_that_has_slipped_says_what_was_first_planned(plan, clock, answer) -> None:
    """The finish as it is now, and as it was."""
    answer("log", "40", "4@30")
    assert "60 min by Sun 21 Feb, first planned for Sun 24 Jan." in answer("today")


def test_a_pause_comes_first(plan, clock, answer) -> None:
    """With whom to see, and how to go on."""
    answer("log", "40", "7@30")
    out = answer("today")
    assert out.startswith("Sunday, 6 December 2026 Paused: pain of 7 of 10")
    assert "runplan log clearance" in out
    assert "Next long run" not in out


# --- runplan alone ---------------------------------------------------------------------------


def test_without_a_request_runplan_shows_its_help(answer) -> None:
    """There is nothing to ask about."""
    assert "Usage: runplan" in answer()


def test_without_a_terminal_runplan_shows_today(plan, clock, answer) -> None:
    """Nobody can answer."""
    clock("2026-12-06T12:00")
    assert "Still to report: the long run of Sun 6 Dec." in answer()


def test_enter_takes_what_is_likely(plan, clock, day, logged) -> None:
    """A clean run, a painless morning, strength without pain; then it is published."""
    clock("2026-12-02T19:30")
    assert "Strength on Wed 2 Dec: pain in the upper back" in day("")
    clock("2026-12-06T12:00")
    out = day("")
    assert "The long run of Sun 6 Dec: minutes and pain, like 45 2@40; n if not run [40 ok]" in out
    assert "plan.ics: " in out
    clock("2026-12-07T07:00")
    assert "The morning after Sun 6 Dec: pain in the upper back, 0 to 10 [0]" in day("")
    assert logged() == [
        StrengthReport(day=WEDNESDAY),
        RunReport(day=SUNDAY, minutes=40),
        MorningReport(day=SUNDAY, pain=0, recorded_on="2026-12-07"),
    ]
    assert b"Long run \xc2\xb7 40 min \xc2\xb7 done" in Path("plan.ics").read_bytes()


def test_nothing_open_means_no_question(plan, clock, day) -> None:
    """It is published all the same."""
    clock("2026-12-01")
    out = day()
    assert "Press Enter to accept" not in out
    assert "plan.ics: 26 added." in out


def test_pain_asks_for_red_flags_and_says_what_changed(plan, clock, day, logged) -> None:
    """In one line."""
    clock("2026-12-06T12:00")
    out = day("40 4@38", "")
    assert "Do any of these apply?" in out
    assert (
        "Next long run: Sun 13 Dec, 30 min instead of 40. Back to 30 min: pain of 4 of 10 began at "
        "minute 38 of Sunday's run. 60 min by Sun 7 Feb."
    ) in out
    assert logged() == [RunReport(day=SUNDAY, minutes=40, pain=4, pain_from=38)]


def test_an_emergency_says_whom_to_call_first(plan, clock, day) -> None:
    """Before what is left to say."""
    clock("2026-12-06T12:00")
    out = day("40 2@38", "1")
    _, _, told = out.partition("(Enter for none)")
    assert told.startswith(": Paused: you reported chest pain")


def test_a_pause_says_whom_to_see_and_how_to_go_on(plan, clock, day) -> None:
    """In place of the next long run."""
    clock("2026-12-06T12:00")
    _, _, told = day("40 7@38", "").partition("(Enter for none)")
    assert told.startswith(": Paused: pain of 7 of 10")
    assert "Once you are cleared to run again: runplan log clearance" in told
    assert "Next long run" not in told


def test_what_was_left_out_is_not_asked_again(plan, clock, day, logged) -> None:
    """Strength may be skipped, which costs nothing."""
    clock("2026-12-02T19:30")
    day("n")
    assert logged() == [StrengthReport(day=WEDNESDAY, skipped=True)]
    assert "Strength on" not in day()


def test_a_run_that_was_not_run_is_left_open(plan, clock, day, logged) -> None:
    """Until it counts as missed."""
    clock("2026-12-06T12:00")
    day("n")
    assert logged() == []


def test_a_recorded_run_that_was_none_is_dismissed(plan, clock, day, answer, logged) -> None:
    """The watch was wrong; it is not asked about again."""
    clock("2026-12-05T12:00")
    Path("activities.csv").write_text(
        "Activity Date,Activity Name,Activity Type,Moving Time\n"
        '"Dec 5, 2026, 8:00:00 AM",Morning,Run,2580\n',
        encoding="utf-8",
    )
    answer("import", "activities.csv")
    day("-", "n")
    assert logged() == []
    assert "The recorded run" not in day("-")


def test_on_the_third_day_a_run_was_probably_not_run(plan, clock, day, logged) -> None:
    """Enter leaves it."""
    clock("2026-12-08T12:00")
    assert "n if not run [-]" in day("")
    assert logged() == []


def test_leaving_in_the_middle_keeps_the_answers_before(
    plan, clock, terminal, logged, capsys
) -> None:
    """With Ctrl-D; what was answered is published."""
    clock("2026-12-02T19:30")
    terminal(b"\x04")
    assert run([]) == 2
    assert "nothing was written" in capsys.readouterr().err
    clock("2026-12-05T12:00")
    Path("activities.csv").write_text(
        "Activity Date,Activity Name,Activity Type,Moving Time\n"
        '"Dec 5, 2026, 8:00:00 AM",Morning,Run,2580\n',
        encoding="utf-8",
    )
    assert run(["import", "activities.csv"]) == 0
    capsys.readouterr()
    terminal(b"\n\x04")
    assert run([]) == 0
    assert "Stopped. The answers before this one are kept." in capsys.readouterr().out
    assert StrengthReport(day=WEDNESDAY, recorded_on="2026-12-05") in logged()


def test_pain_without_its_minute_is_asked_for_it(plan, clock, day, logged) -> None:
    """It is worth the trouble."""
    clock("2026-12-06T12:00")
    assert "The minute it began (Enter if you do not know)" in day("40 3", "35", "")
    assert [(each.pain, each.pain_from) for each in logged()] == [(3, 35)]


@pytest.mark.parametrize("typed", ["ill", "back"])
def test_days_off_are_no_answer(plan, clock, day, logged, typed) -> None:
    """There are commands for them, which change the request too."""
    clock("2026-12-06T12:00")
    out = day(typed, "-")
    assert "must" in out
    assert logged() == []


def test_a_wrong_number_is_explained(plan, clock, day) -> None:
    """In the words of the question."""
    clock("2026-12-02T19:30")
    assert "it must be a whole number from 0 to 10 (was '11'): or - for later" in day("11", "-")


def test_in_an_emergency_nothing_is_asked(plan, clock, day, answer) -> None:
    """Not even about yesterday's long run: the advice is all there is to say."""
    clock("2026-12-07T12:00")
    answer("log", "other", "20", "ok", "flag", "chest-pain")
    out = day()
    assert "See an emergency doctor now" in out
    assert "Press Enter to accept" not in out


def test_an_answer_may_be_the_last(plan, clock, day, answer, logged) -> None:
    """Nothing is asked after a sign of an emergency."""
    clock("2026-12-20T12:00")
    out = day("2", "1")
    assert "Strength on Fri 18 Dec" in out
    assert "The long run of Sun 20 Dec: minutes" not in out
    assert "See an emergency doctor now" in out


@pytest.fixture
def leaving_at_the_password(plan, dav, edited, monkeypatch) -> None:
    """Publish on a server that asks for a password, which the runner does not give."""

    def leave(_: str) -> None:
        # A real question for a password is asked of the terminal of the process itself.
        raise click.Abort

    edited(plan, "[publish]\n", f'[publish]\nto = "{dav.folder}"\n')
    monkeypatch.setattr("runplan.cli.publish_command.login", leave)


def test_leaving_at_the_password_keeps_the_answers(
    leaving_at_the_password, clock, terminal, logged, capsys
) -> None:
    """Only the calendar waits."""
    clock("2026-12-06T12:00")
    terminal(b"\n")
    assert run([]) == 0
    assert "note: the calendar was not published: it was stopped" in capsys.readouterr().err
    assert logged() == [RunReport(day=SUNDAY, minutes=40)]


def test_warnings_are_shown(clock, answer) -> None:
    """Nobody has looked at the back yet."""
    clock("2026-12-01")
    given = ["--baseline-min", "40", "--target-min", "60", "--start", "2026-11-30"]
    answer("init", *given, "--timezone", "Europe/Berlin")
    assert "warning: No assessment is on record." in answer("today")


def test_many_recorded_runs_are_counted(plan, clock, answer) -> None:
    """Five are named."""
    clock("2026-12-10T08:00")
    rows = [f'"Dec {day}, 2026, 8:00:00 AM",Morning,Run,1200\n' for day in range(1, 9)]
    Path("activities.csv").write_text(
        f"Activity Date,Activity Name,Activity Type,Moving Time\n{''.join(rows)}",
        encoding="utf-8",
    )
    answer("import", "activities.csv")
    assert "and 4 more." in answer("today")


def test_a_question_may_be_left_for_later(plan, clock, day, logged) -> None:
    """A dash does it; the other questions are asked."""
    clock("2026-12-06T12:00")
    day("-")
    assert logged() == []


@pytest.mark.parametrize("typed", ["4", "450", "90"])
def test_a_number_far_from_the_plan_is_asked_about(plan, clock, day, logged, typed) -> None:
    """And may be given again."""
    clock("2026-12-06T12:00")
    out = day(f"{typed} ok", *([] if typed != "4" else ["long 4 ok"]), "n", "40 ok")
    assert "Is that right? y or n" in out
    assert logged() == [RunReport(day=SUNDAY, minutes=40)]


def test_a_number_far_from_the_plan_may_be_right(plan, clock, day, logged) -> None:
    """The runner knows."""
    clock("2026-12-06T12:00")
    day("90 ok", "y")
    assert [each.minutes for each in logged()] == [90]


def test_a_slip_is_explained_and_asked_again(plan, clock, day, logged) -> None:
    """The error teaches."""
    clock("2026-12-06T12:00")
    out = day("fine", "40", "40 ok")
    assert 'for example "40 ok"' in out
    assert [each.minutes for each in logged()] == [40]


def test_a_recorded_run_is_asked_about_with_its_minutes(plan, clock, day, answer, logged) -> None:
    """It is nothing like a report until it is answered."""
    clock("2026-12-06T12:00")
    Path("activities.csv").write_text(
        "Activity Date,Activity Name,Activity Type,Moving Time\n"
        '"Dec 6, 2026, 8:00:00 AM",Morning,Run,2580\n',
        encoding="utf-8",
    )
    answer("import", "activities.csv")
    assert "The recorded run of Sun 6 Dec, 43 min: minutes and pain" in day("43 2@40", "")
    (report,) = (each for each in logged() if not isinstance(each, Activity))
    assert (report.minutes, report.pain, report.pain_from) == (43, 2, 40)


def test_a_recorded_run_that_was_no_long_run_is_said_to_be_another(
    plan, clock, day, answer, logged
) -> None:
    """Where it is not clear, it must be said."""
    clock("2026-12-02T12:00")
    Path("activities.csv").write_text(
        "Activity Date,Activity Name,Activity Type,Moving Time\n"
        '"Dec 2, 2026, 6:00:00 AM",Morning,Run,1200\n',
        encoding="utf-8",
    )
    answer("import", "activities.csv")
    out = day("20 ok", "")
    assert "the nearest long run is 4 days away" in out
    assert "n if not run [other 20 ok]" in out
    assert [each.kind for each in logged() if not isinstance(each, Activity)] == ["other"]


def test_another_day_may_be_named(plan, clock, day, logged) -> None:
    """The long run was run on Saturday."""
    clock("2026-12-06T12:00")
    day("saturday 40 ok, morning 0")
    assert logged()[0].day.isoformat() == "2026-12-05"


def test_a_fault_of_publishing_loses_no_answer(plan, clock, terminal, logged, capsys) -> None:
    """It is a note."""
    clock("2026-12-06T12:00")
    Path("plan.ics").write_text("mine", encoding="utf-8")
    terminal(b"\n")
    assert run([]) == 0
    assert "note: the calendar was not published: " in capsys.readouterr().err
    assert logged() == [RunReport(day=SUNDAY, minutes=40)]


def test_the_target_is_celebrated_once(plan, clock, day, answer) -> None:
    """And then only named."""
    done = {
        "12-06": 40,
        "12-13": 40,
        "12-20": 40,
        "12-27": 40,
        "01-03": 45,
        "01-10": 50,
        "01-17": 55,
    }
    for date, minutes in done.items():
        clock(f"{2027 if date < '12' else 2026}-{date}T12:00")
        answer("log", str(minutes), "ok")
    clock("2027-01-24T12:00")
    out = day("0", "60 ok")
    assert "You have reached 60 minutes. Well done: your long run is back." in out
    assert "runplan change --keep-weeks 4" in out
    clock("2027-01-25T12:00")
    out = day("0")
    assert "You have reached 60 minutes." in out
    assert "Well done" not in out
