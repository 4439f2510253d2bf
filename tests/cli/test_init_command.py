"""How a runner begins: a request is written, from options or from answers."""

import io
import sys

import pendulum
import pytest

from runplan import Rebuild, load_rebuild
from runplan.cli import run

GIVEN = [
    *("--baseline-min", "40", "--target-min", "60"),
    *("--start", "2026-11-30", "--timezone", "Europe/Berlin"),
]


def test_the_request_is_written_as_it_was_given(clock, answer, folder) -> None:
    """And the answer says what comes next."""
    assert answer("init", *GIVEN) == "rebuild.toml written. Next: runplan show"
    assert load_rebuild(folder / "rebuild.toml") == Rebuild(
        baseline_min=40, target_min=60, start="2026-11-30", timezone="Europe/Berlin"
    )


def test_every_option_is_kept(clock, answer, folder) -> None:
    """Whatever a name holds."""
    options = [
        *("--name", 'The "long" one \\ العودة'),
        *("--long-run-day", "sat", "--long-run-at", "8:15"),
        *("--strength-at", "07:00", "--strength-min", "20"),
        *("--first-month", "extend", "--policy", "cautious", "--assessed-on", "2026-11-12"),
        *("-o", "my plan.toml"),
    ]
    out = answer("init", *GIVEN, *options)
    assert out == "my plan.toml written. Next: runplan show 'my plan.toml'"
    rebuild = load_rebuild(folder / "my plan.toml")
    assert rebuild.name == 'The "long" one \\ العودة'
    assert (rebuild.long_run.day.name, f"{rebuild.long_run.at:%H:%M}") == ("SATURDAY", "08:15")
    assert (f"{rebuild.strength.at:%H:%M}", rebuild.strength.minutes) == ("07:00", 20)
    assert (rebuild.first_month, rebuild.policy.name) == ("extend", "cautious")
    assert rebuild.assessed_on.isoformat() == "2026-11-12"


def test_a_plan_that_begins_in_the_past_says_what_its_weeks_count_as(clock, folder, capsys) -> None:
    """A slip of the year would be a year of missed long runs."""
    clock("2026-12-09")
    assert run(["init", *GIVEN, "--start", "2025-12-01"]) == 0
    noted = " ".join(capsys.readouterr().err.split())
    assert noted == (
        "note: the first day lies 53 weeks back. Long runs since then count as missed until they "
        "are logged."
    )


def test_days_are_given_as_people_say_them(clock, answer, folder) -> None:
    """The start lies ahead, the assessment behind."""
    clock("2026-12-09")
    options = ["--start", "monday", "--assessed-on", "yesterday"]
    answer("init", "--baseline-min", "40", "--target-min", "60", "--timezone", "UTC", *options)
    rebuild = load_rebuild(folder / "rebuild.toml")
    assert f"{rebuild.start} {rebuild.assessed_on}" == "2026-12-14 2026-12-08"


def test_without_strength_the_file_says_so(clock, answer, folder) -> None:
    """In a line that can be taken out."""
    answer("init", *GIVEN, "--no-strength")
    assert load_rebuild(folder / "rebuild.toml").strength is None


def test_the_identity_stands_in_the_file_and_stays_with_another_name(
    plan, noted, edited, exported
) -> None:
    """The same workouts keep their places in every calendar."""
    first = exported()
    before = load_rebuild(plan).id
    assert f'id = "{before}"' in plan.read_text()
    edited(plan, 'name = "Long run rebuild"', 'name = "Anna\'s"')
    out, note = noted("export")
    assert "name Anna's (was Long run rebuild)" in note
    assert "0 added" in out
    assert "0 removed" in out
    assert first.count(b"UID:") == plan.with_name("plan.ics").read_bytes().count(b"UID:")


def test_a_file_that_is_there_is_never_written_over(plan, refused) -> None:
    """Another name may be given."""
    assert "name another one with -o" in refused("init", *GIVEN)


def test_a_second_plan_needs_a_folder_of_its_own(plan, answer, refused, folder) -> None:
    """One log cannot belong to two plans."""
    line = refused("init", *GIVEN, "-o", "other.toml")
    assert 'a new plan must have its own folder (was "log.jsonl' in line
    plan.unlink()
    assert "or restore the request of that plan" in refused("init", *GIVEN)
    (folder / "next").mkdir()
    answer("init", *GIVEN, "-o", "next/rebuild.toml")


def test_a_script_is_told_which_options_are_missing(clock, refused) -> None:
    """Nobody can be asked."""
    line = refused("init", "--baseline-min", "40", "--start", "2026-11-30")
    assert "without a terminal, --target-min, --timezone must be given" in line


@pytest.mark.parametrize(
    ("option", "value", "part"),
    [
        ("--baseline-min", "70", "target_min must not be below baseline_min, 70 (was 60)"),
        ("--baseline-min", "5", "see a clinician"),
        ("--baseline-min", "4x", "--baseline-min"),
        ("--timezone", "Europe/Berln", "Europe/Berlin"),
        ("--start", "2026-02-30", "2026-02-30"),
        ("--long-run-day", "sonday", "sunday"),
        ("--policy", "bold", "cautious"),
        ("--assessed-on", "once", "a day must be a date"),
        ("--no-such-option", "1", "--no-such-option"),
        ("--output", "nowhere/rebuild.toml", "check the path"),
    ],
)
def test_a_bad_value_gets_one_line_and_writes_nothing(clock, refused, option, value, part) -> None:
    """What must hold, what was given, what to do."""
    assert part in refused("init", *GIVEN, option, value)


def test_at_a_terminal_it_asks_for_what_is_missing_and_asks_again_after_a_slip(
    clock, folder, terminal, capsys
) -> None:
    """Enter stands for no assessment."""
    typed = "forty 5 40 30 60 sonday sat 25:00 8:15 barbell nothing 2026-02-30 2026-11-30".split()
    typed += ["Europe/Berln", "Europe/Berlin", "tomorrow", "", ""]
    terminal("\n".join(typed).encode())
    assert run(["init"]) == 0
    rebuild = load_rebuild(folder / "rebuild.toml")
    assert (rebuild.start.isoformat(), rebuild.assessed_on) == ("2026-11-30", None)
    assert (rebuild.baseline_min, rebuild.target_min) == (40, 60)
    assert rebuild.strength.equipment == ()
    assert f"{rebuild.long_run.day.name} {rebuild.long_run.at:%H:%M}" == "SATURDAY 08:15"
    assert 'did you mean "Europe/Berlin"?' in "".join(capsys.readouterr())


def test_at_a_terminal_it_offers_next_monday_and_the_zone_of_the_machine(
    clock, folder, terminal, capsys
) -> None:
    """And asks whether anybody has looked at the back."""
    clock("2026-12-06", "America/New_York")
    terminal(b"40\n60\n\n\n\n\n\nyesterday\n")
    assert run(["init"]) == 0
    assert "examined the back (Enter if none did)" in capsys.readouterr().out
    rebuild = load_rebuild(folder / "rebuild.toml")
    assert f"{rebuild.start} {rebuild.assessed_on}" == "2026-12-07 2026-12-05"
    assert rebuild.timezone == "America/New_York"


def test_what_was_given_is_not_asked_again(clock, answer, folder, terminal) -> None:
    """Only the target, day and time, and, once, the assessment."""
    terminal(b"60\n\n\n\n\n")
    given = ["--baseline-min", "40", "--start", "2026-11-30", "--timezone", "Europe/Berlin"]
    out = answer("init", *given)
    assert "Long run to get back to" in out
    assert "First day" not in out
    assert "rebuild.toml written" in out


def test_a_machine_without_a_named_zone_offers_none(folder, terminal, monkeypatch, capsys) -> None:
    """A fixed offset does not know when the clocks change."""
    nowhere = pendulum.datetime(2026, 11, 22, tz=pendulum.FixedTimezone(3600))
    monkeypatch.setattr("runplan.cli.workspace.here_and_now", lambda: nowhere)
    terminal(b"40\n60\n\n\n\n\nUTC\n\n")
    assert run(["init"]) == 0
    assert "Time zone:" in capsys.readouterr().out
    assert load_rebuild(folder / "rebuild.toml").start.isoformat() == "2026-11-23"


@pytest.mark.parametrize("typed", [b"\x04", b"40\n60\n\n\x04"])
def test_a_runner_who_leaves_in_the_middle_leaves_no_file(
    clock, folder, terminal, capsys, typed
) -> None:
    """With Ctrl-D, wherever it was."""
    terminal(typed)
    assert run(["init"]) == 2
    assert "nothing was written" in capsys.readouterr().err
    assert list(folder.iterdir()) == []


def test_a_log_that_cannot_be_written_leaves_no_request_behind(
    clock, folder, monkeypatch, capsys
) -> None:
    """Both files, or none."""

    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("runplan.cli.log_writer.FileLock.acquire", refuse)
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    assert run(["init", *GIVEN]) == 2
    assert "(No space left on device)" in capsys.readouterr().err
    assert list(folder.iterdir()) == []


def test_the_baseline_is_found_in_recorded_runs(clock, folder, terminal, capsys) -> None:
    """Only the back is asked about."""
    clock("2026-11-28")
    (folder / "activities.csv").write_text(
        "Activity Date,Activity Name,Activity Type,Moving Time\n"
        '"Nov 15, 2026, 8:00:00 AM",Sunday,Run,3000\n'
        '"Nov 22, 2026, 8:00:00 AM",Sunday,Run,3600\n',
        encoding="utf-8",
    )
    terminal(b"0\n3\n50\n60\n\n\n\n\n\n\n")
    assert run(["init", "--from", "activities.csv"]) == 0
    assert "Sun 22 Nov 2026, 60 min: worst pain, 0 to 10" in capsys.readouterr().out
    assert load_rebuild(folder / "rebuild.toml").baseline_min == 40
