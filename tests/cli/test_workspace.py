"""The two files of a plan: what counts as a change, what two machines see, what goes wrong."""

import shutil
from pathlib import Path

import pytest
from filelock import FileLock

from runplan import RunReport, load_rebuild
from runplan.cli import run

FIRST_SUNDAY = "2026-12-06"
READING = ["show", "export", "why", "baseline", "undo", "log --list", "what-if --minutes 40"]
WRITING = ["log --minutes 40", "log strength", "change --target-min 70", "away 2026-12-24"]


# --- a request that was edited ---------------------------------------------------------------


def test_an_edited_target_counts_from_today_and_is_said_once(
    plan, clock, answer, noted, edited, *, id_of
) -> None:
    """What it was, what it is, and from when."""
    clock("2026-12-15")
    edited(plan, "target_min = 60", "target_min = 90")
    out, note = noted("show")
    assert note == (
        "note: rebuild.toml has changed: target_min 90 (was 60). This applies from today, "
        f"Tuesday, 15 December 2026, as change {id_of('target_min 90')}.\n"
    )
    assert "From 40 to 90 min" in out
    assert answer("show") == out


def test_an_edit_leaves_the_past_as_the_runner_saw_it(plan, clock, noted, answer, edited) -> None:
    """Sunday's long run does not become Saturday's."""
    clock("2026-12-15")
    then = answer("show", "--on", "2026-12-13")
    edited(plan, 'day = "sunday"', 'day = "saturday"')
    out, _ = noted("show")
    assert "Sun 13 Dec" in out
    assert "Sat 19 Dec" in out
    assert answer("show", "--on", "2026-12-13") == then


def test_an_edit_is_like_the_command_for_it(plan, clock, answer, noted, edited, *, folder) -> None:
    """To the last byte of the plan."""
    clock("2026-12-15")
    shutil.copytree(folder, folder / "twin")
    edited(plan, "target_min = 60", "target_min = 90")
    noted("show")
    answer("change", "-f", "twin/rebuild.toml", "--target-min", "90")
    assert answer("show", "--json") == answer("show", "-f", "twin/rebuild.toml", "--json")


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ('at = "18:30"', 'at = "07:00"', "strength 07:00, 30 minutes (was 18:30, 30 minutes)"),
        ('"five minutes"', '"cautious"', "policy 'cautious' (was 'five minutes')"),
        ("assessed_on = 2026-11-12", "", "assessed_on none (was 2026-11-12)"),
        ("# days =", "days =", "strength (details)"),
        ("[strength]", "[[away]]\nfirst = 2026-12-24\nlast = 2026-12-25\n[strength]", "away 2026"),
    ],
)
def test_whatever_is_edited_is_said_in_the_words_of_the_file(
    plan, noted, edited, *, before, after, words
) -> None:
    """Also where only a detail is another one."""
    edited(plan, before, after)
    _, note = noted("show")
    assert words in note


def test_comments_and_spaces_are_no_change(plan, answer, edited) -> None:
    """Only what is asked for counts."""
    before = Path("log.jsonl").read_bytes()
    edited(plan, "target_min = 60", "# the club's Sunday group runs an hour\ntarget_min  =  60")
    answer("show")
    assert Path("log.jsonl").read_bytes() == before


def test_two_edits_of_one_day_are_one_change(plan, noted, edited, logged) -> None:
    """The later one counts; back to the first value there is none."""
    for before, after in (("60", "90"), ("90", "70"), ("70", "60")):
        edited(plan, f"target_min = {before}", f"target_min = {after}")
        out, note = noted("show")
        assert f"to {after} min" in out
        assert f"target_min {after} (was {before})" in note
    assert logged() == []


def test_an_edit_that_a_later_change_overrules_says_so(plan, clock, answer, noted, edited) -> None:
    """The change from February on still stands."""
    answer("change", "--target-min", "90", "--from", "2027-02-01")
    clock("2026-12-08")
    edited(plan, "target_min = 90", "target_min = 80")
    _, note = noted("show")
    assert "sets target_min to another value from Monday, 1 February 2027. To drop it: " in note


def test_an_edit_that_cannot_be_planned_is_refused_and_not_recorded(
    plan, clock, answer, refused, edited
) -> None:
    """Here a later change would put the target below the baseline."""
    answer("change", "--target-min", "65", "--from", "2027-02-01")
    clock("2026-12-08")
    edited(plan, "baseline_min = 40", "baseline_min = 80")
    edited(plan, "target_min = 65", "target_min = 90")
    for arguments in READING[:3]:
        line = refused(*arguments.split())
        assert "the change of 2027-02-01: target_min must not be below baseline_min, 80" in line


@pytest.mark.parametrize("moment", ["2026-11-20", "2026-12-05"])
def test_the_start_can_be_edited_before_the_first_long_run(
    plan, clock, noted, answer, edited, *, moment
) -> None:
    """There is nothing yet that a runner has seen; there and back."""
    clock(moment)
    answer("change", "--target-min", "70")
    for before, after in (("2026-11-30", "2026-12-14"), ("2026-12-14", "2026-12-07")):
        edited(plan, f"start = {before}", f"start = {after}")
        out, note = noted("show")
        assert f"rebuild.toml has changed: start {after} (was {before}).\n" in note
        assert "to 70 min" in out
    assert "8 weeks" not in out
    assert "Sun 13 Dec" in out


def test_after_the_first_long_run_the_start_stays(plan, clock, refused, edited) -> None:
    """Another plan needs another folder; set back, all is as before."""
    edited(plan, "start = 2026-11-30", "start = 2026-12-07")
    line = refused("show")
    assert "the start must stay 2026-11-30 once the day of the first long run has come" in line
    edited(plan, "start = 2026-12-07", "start = 2026-11-30")
    assert run(["show"]) == 0


def test_a_first_long_run_that_was_run_early_fixes_the_start(
    plan, clock, answer, refused, edited
) -> None:
    """Saturday's run is that of the first week."""
    clock("2026-12-05")
    answer("log", "--minutes", "40")
    edited(plan, "start = 2026-11-30", "start = 2026-12-07")
    assert "the start must stay 2026-11-30" in refused("show")


def test_the_identity_of_a_plan_does_not_change(plan, refused, edited) -> None:
    """Another id is another plan, whose log is elsewhere."""
    edited(plan, 'id = "', 'id = "other-')
    line = refused("show")
    assert "the id must stay" in line
    assert "another plan needs its own folder" in line


def test_a_request_without_an_id_keeps_the_one_it_had(clock, folder, noted, edited) -> None:
    """Its name makes one, and it stays when the name changes."""
    path = folder / "rebuild.toml"
    path.write_text(
        'baseline_min = 40\ntarget_min = 60\nstart = 2026-11-30\ntimezone = "UTC"\nname = "One"\n'
    )
    noted("export")
    edited(path, '"One"', '"Two"')
    out, note = noted("export")
    assert "name Two (was One)" in note
    assert "0 added" in out
    assert "0 removed" in out
    noted("change", "--target-min", "70")
    assert "id" not in path.read_text()
    assert "0 removed" in noted("export")[0]


def test_a_request_that_was_never_seen_is_recorded_with_the_first_entry(
    clock, folder, answer, noted, edited
) -> None:
    """Written by hand, without init; looking at it writes nothing."""
    path = folder / "rebuild.toml"
    path.write_text('baseline_min = 40\ntarget_min = 60\nstart = 2026-11-30\ntimezone = "UTC"\n')
    answer("show")
    assert not (folder / "log.jsonl").exists()
    answer("log", "--minutes", "40")
    edited(path, "target_min = 60", "target_min = 70")
    _, note = noted("show")
    assert "target_min 70 (was 60)" in note


# --- two machines ----------------------------------------------------------------------------


@pytest.fixture
def laptop(plan, answer, folder) -> Path:
    """Return a second folder with the same plan, which has one run already."""
    answer("log", "--minutes", "40")
    shutil.copytree(folder, folder / "laptop")
    return folder / "laptop"


def test_two_logs_are_merged_by_putting_one_behind_the_other(
    plan, laptop, clock, answer, logged, *, id_of, folder
) -> None:
    """What is in both counts once; ids are the same on both machines."""
    run_id = id_of("40 min")
    clock("2026-12-08")
    answer("log", "strength")
    clock("2026-12-09")
    file = ["-f", "laptop/rebuild.toml"]
    answer("log", *file, "--morning", "0")
    answer("undo", *file, run_id)
    with Path("log.jsonl").open("ab") as log:
        log.write((laptop / "log.jsonl").read_bytes())
    assert [each.type for each in logged()] == ["morning", "strength"]
    assert "(withdrawn Wed 9 Dec)" in answer("log", "--list")
    there = Path("log.jsonl").read_bytes()
    (laptop / "log.jsonl").write_bytes(there)
    assert answer("show", "--json") == answer("show", *file, "--json")


def test_the_last_entry_of_a_merged_log_is_the_latest_one(
    plan, laptop, clock, answer, logged
) -> None:
    """Whichever file is behind the other."""
    clock("2026-12-09")
    answer("log", "strength")
    clock("2026-12-08")
    answer("log", "-f", "laptop/rebuild.toml", "strength")
    with Path("log.jsonl").open("ab") as log:
        log.write((laptop / "log.jsonl").read_bytes())
    assert "Wed 9 Dec 2026, strength session" in answer("undo")
    assert "Tue 8 Dec 2026, strength session" in answer("undo")


def test_a_request_that_another_machine_changed_is_said_to_differ(
    plan, laptop, clock, answer, noted, *, id_of
) -> None:
    """The file here is the older one; the note says which change set it against the other."""
    clock("2026-12-08")
    answer("change", "-f", "laptop/rebuild.toml", "--target-min", "90")
    with Path("log.jsonl").open("ab") as log:
        log.write((laptop / "log.jsonl").read_bytes())
    clock("2026-12-09")
    _, note = noted("show")
    assert "target_min 60 (was 90)" in note
    assert "rebuild.toml is updated: target_min 90 (was 60)" in answer("undo")
    assert load_rebuild(plan).target_min == 90


def test_a_request_that_came_with_the_log_is_no_edit(plan, laptop, clock, answer) -> None:
    """Both files of the other machine are taken over."""
    clock("2026-12-08")
    answer("change", "-f", "laptop/rebuild.toml", "--target-min", "90")
    for name in ("rebuild.toml", "log.jsonl"):
        shutil.copy(laptop / name, name)
    assert "to 90 min" in answer("show")


def test_a_clock_that_was_ahead_does_not_make_an_edit_of_every_look(
    plan, clock, answer, noted, edited
) -> None:
    """The request as last seen is the one seen last, whatever the other clock said."""
    clock("2026-12-10")
    edited(plan, "target_min = 60", "target_min = 70")
    noted("show")
    clock("2026-12-09")
    edited(plan, "target_min = 70", "target_min = 80")
    noted("show")
    before = Path("log.jsonl").read_bytes()
    for _ in range(3):
        answer("show")
    assert Path("log.jsonl").read_bytes() == before


# --- what goes wrong -------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [*READING, "log strength"])
def test_a_last_line_that_was_cut_off_is_said_and_nothing_else_is_lost(
    plan, answer, noted, arguments
) -> None:
    """A battery that died leaves half a line behind."""
    answer("log", "--minutes", "40", "--morning", "0")
    with Path("log.jsonl").open("a") as file:
        file.write('{"schema": 2, "ty')
    _, note = noted(*arguments.split())
    assert note == (
        'note: log.jsonl, line 3 is not whole and was skipped: b\'{"schema": 2, "ty\'\n'
    )


def test_after_the_next_entry_the_cut_off_line_is_known(plan, answer, noted, logged) -> None:
    """It is named as such in the log, and never mentioned again."""
    with Path("log.jsonl").open("a") as file:
        file.write('{"schema": 2, "ty')
    noted("log", "--minutes", "40")
    assert logged() == [RunReport(day=FIRST_SUNDAY, minutes=40)]
    answer("show")


def test_a_last_line_that_only_lacks_its_end_counts(plan, answer, logged) -> None:
    """And the next entry gets a line of its own."""
    answer("log", "--minutes", "40")
    text = Path("log.jsonl").read_text()
    Path("log.jsonl").write_text(text.rstrip("\n"))
    answer("log", "strength")
    assert len(logged()) == 2


@pytest.mark.parametrize("arguments", [*READING, *WRITING])
def test_any_other_broken_line_stops_every_command(plan, answer, refused, arguments) -> None:
    """It may hold the pain that pauses; the error names the line and what to do."""
    answer("log", "--minutes", "40", "--pain", "7")
    answer("log", "strength")
    text = Path("log.jsonl").read_text()
    Path("log.jsonl").write_text(text.replace('"pain": 7, ', '"pain": 7 '))
    line = refused(*arguments.split())
    assert "log.jsonl, line 2 must be whole: it may hold pain that pauses the plan" in line
    assert "correct that line" in line


@pytest.mark.parametrize(
    "text",
    [
        "5\n",
        "{}\n",
        '{"schema": 1}\n',
        '{"schema": 1, "type": ["run"]}\n',
        '{"schema": 1, "type": "run", "day": "2026-12-06", "minutes": 0}\n',
        '{"schema": 1, "type": "run", "day": "2026-12-06", "minutes": 40, "minutes": 4}\n',
        '{"schema": 1, "type": "run", "day": "2026-12-06", "minuts": 40}\n',
        '{"schema": 1, "type": "undo", "line": 1}\n',
        '{"schema": 2, "type": "retract", "id": "1a2b3c4d", "retracted_on": "2026-12-06"}\n',
        '{"schema": 99, "type": "run", "day": "2026-12-06", "minutes": 40}\n',
    ],
)
@pytest.mark.parametrize("arguments", ["log --minutes 40", "undo", "baseline", "show"])
def test_a_line_that_cannot_be_understood_is_named_by_every_command(
    plan, refused, text, arguments
) -> None:
    """A key that is there twice is one."""
    Path("log.jsonl").write_text(text)
    assert "log.jsonl, line 1" in refused(*arguments.split())


@pytest.fixture
def full_disk():
    """Return what fills the disk: files take a few bytes more than the log has, then no more."""
    resource = pytest.importorskip("resource", reason="only POSIX systems limit files")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)

    def fill() -> None:
        log = Path("log.jsonl")
        size = log.stat().st_size if log.exists() else 0
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 10, before[1]))

    yield fill
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("arguments", [*WRITING, "undo", "move 2026-12-13 2026-12-12"])
def test_a_full_disk_leaves_both_files_as_they_were(
    plan, answer, refused, full_disk, arguments
) -> None:
    """No half a line, and no request that the log knows nothing of."""
    answer("log", "--minutes", "40")
    full_disk()
    line = refused(*arguments.split())
    assert "the log must be writable" in line
    assert "(No space left on device)" in line


def test_a_full_disk_makes_no_new_log(clock, refused, full_disk) -> None:
    """There is none afterwards, as before."""
    full_disk()
    assert "No space left on device" in refused("log", "--minutes", "40")


def test_a_request_that_cannot_be_written_leaves_the_log_alone(plan, refused, monkeypatch) -> None:
    """In a folder that takes no new files."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("runplan._base.files.os.fsync", refuse)
    assert "(Permission denied)" in refused("change", "--target-min", "70")


def test_a_log_that_another_command_holds_for_too_long_is_said(plan, refused, monkeypatch) -> None:
    """After half a minute; here at once."""
    monkeypatch.setattr(
        "runplan.cli.log_writer.FileLock", lambda path, **_: FileLock(path, timeout=0)
    )
    with FileLock(".log.jsonl.lock"):
        assert "could not be acquired" in refused("log", "--minutes", "40")


def test_merged_changes_that_cannot_be_planned_together_can_be_withdrawn(
    plan, laptop, clock, answer, noted, *, refused, id_of
) -> None:
    """One machine raised the baseline, the other lowered the target."""
    clock("2026-12-08")
    answer("change", "--target-min", "90")
    clock("2026-12-09")
    answer("change", "--baseline-min", "80")
    clock("2026-12-10")
    answer("change", "-f", "laptop/rebuild.toml", "--target-min", "50")
    merged = Path("log.jsonl").read_bytes() + (laptop / "log.jsonl").read_bytes()
    (laptop / "log.jsonl").write_bytes(merged)
    file = ["-f", "laptop/rebuild.toml"]
    assert "target_min must not be below baseline_min" in refused("show", *file)
    answer("undo", *file, id_of("baseline_min 80"))
    assert "to 50 min" in answer("show", *file)


def test_a_report_can_be_withdrawn_while_nothing_can_be_planned(
    laptop, clock, answer, noted, id_of
) -> None:
    """The note says what is in the way."""
    run_id = id_of("40 min")
    clock("2026-12-08")
    answer("change", "--target-min", "90")
    clock("2026-12-09")
    answer("change", "--baseline-min", "80")
    clock("2026-12-10")
    answer("change", "-f", "laptop/rebuild.toml", "--target-min", "50")
    merged = Path("log.jsonl").read_bytes() + (laptop / "log.jsonl").read_bytes()
    (laptop / "log.jsonl").write_bytes(merged)
    out, note = noted("undo", "-f", "laptop/rebuild.toml", run_id)
    assert out == f"Withdrawn {run_id}: Sun 6 Dec 2026, long run of 40 min, no pain."
    assert note.startswith("note: there is no plan yet: the change of 2026-12-10: target_min must")


def test_an_empty_name_of_a_file_is_refused(plan, refused) -> None:
    """As a script with an unset variable gives it."""
    for command in (["baseline"], ["undo"], ["log", "--minutes", "40"], ["why"], ["show"]):
        refused(*command, "-f", "")
