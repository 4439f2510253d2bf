"""What becomes of the calendar on disk while a runner logs, corrects and changes the plan."""

import datetime as dt
import re
from pathlib import Path

import pytest
from attrs import fields

from runplan.calendar.options import CalendarOptions
from runplan.cli import run
from runplan.cli.calendar_commands import export as export_command

FIRST_SUNDAY = "2026-12-06"
BY_HAND = """\
baseline_min = 40
target_min = 60
start = 2026-11-30
timezone = "Europe/Berlin"
"""


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


def notes_of(data: bytes) -> list[bytes]:
    """Return the all-day notes about a pause, in order."""
    return [each for each in blocks(data).values() if b"VALUE=DATE:" in each]


# --- the file --------------------------------------------------------------------------------


def test_the_first_calendar_holds_every_session(plan, answer) -> None:
    """The answer names the first ten."""
    out = answer("export")
    assert out.startswith("plan.ics: 26 added, 0 moved, 0 changed, 0 removed, 0 unchanged.")
    assert re.search(r"added Sun 0?6 Dec 2026 09:00 Long run", out)
    assert out.endswith("added … and 16 more")


def test_a_request_that_has_changed_moves_and_removes_what_lies_ahead(
    plan, clock, noted, edited, exported
) -> None:
    """What is over stays where it was."""
    first = exported()
    clock("2026-12-08")
    edited(plan, 'at = "09:00"', 'at = "10:00"')
    edited(plan, "target_min = 60", "target_min = 55")
    out, note = noted("export")
    assert "target_min 55 (was 60), long_run sunday 10:00 (was sunday 09:00)" in note
    assert re.search(r"0 added, 6 moved, \d+ changed, 4 removed, \d+ unchanged", out)
    assert re.search(r"moved +Sun 13 Dec 2026 10:00 Long run · 40 min \(was Sun 13 Dec", out)
    assert re.search(r"removed Sun 24 Jan 2027 09:00 Long run · 60 min", out)
    after = Path("plan.ics").read_bytes()
    assert blocks(first).keys() > blocks(after).keys()
    assert b"T090000" in value(next(_on(after, FIRST_SUNDAY)), "DTSTART")


def _on(data: bytes, day: str):
    return (each for each in blocks(data).values() if day_of(each) == day)


def test_stdout_gets_the_calendar_and_nothing_else(clock, folder, capfdbinary) -> None:
    """For a first look."""
    (folder / "rebuild.toml").write_text(BY_HAND)
    assert run(["export", "-o", "-"]) == 0
    out = capfdbinary.readouterr().out
    assert out.startswith(b"BEGIN:VCALENDAR\r\n")
    assert out.endswith(b"END:VCALENDAR\r\n")


def test_a_calendar_of_another_plan_is_refused_and_left(plan, refused, folder) -> None:
    """Whoever subscribed to it keeps it."""
    foreign = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
    (folder / "plan.ics").write_bytes(foreign)
    assert "publish to another file" in refused("export")
    assert (folder / "plan.ics").read_bytes() == foreign


def test_warnings_reach_a_runner_who_never_looks_at_the_plan(clock, answer) -> None:
    """Notes do not."""
    given = ["--baseline-min", "40", "--target-min", "60", "--start", "2026-11-30"]
    answer("init", *given, "--timezone", "Europe/Berlin")
    out = answer("export")
    assert "warning: No assessment is on record." in out
    assert "note:" not in out


def test_every_option_of_a_calendar_can_be_given() -> None:
    """None is for programmers only."""
    offered = {each.name for each in export_command.params}
    assert {each.name for each in fields(CalendarOptions)} <= offered


def test_a_calendar_that_was_published_is_what_the_runner_saw(clock, noted, folder) -> None:
    """Also with a request written by hand: from the first export on, edits count from their day."""
    (folder / "rebuild.toml").write_text(BY_HAND)
    clock("2026-12-01")
    noted("export")
    clock("2026-12-15")
    (folder / "rebuild.toml").write_text(f'{BY_HAND}long_run = {{ day = "sat", at = "08:00" }}\n')
    _, note = noted("export")
    assert "This applies from today, Tuesday, 15 December 2026" in note
    days = {day_of(each) for each in blocks((folder / "plan.ics").read_bytes()).values()}
    assert {"2026-12-13", "2026-12-19"} <= days
    assert "2026-12-12" not in days


# --- the options -----------------------------------------------------------------------------

CALENDAR = """
[calendar]
alarm_min = { long_run = 60, morning = 0 }
morning = "08:00"
answer_url = "https://example.org/anna"
emoji = true
"""


def test_the_options_are_those_of_the_file(plan, folder, answer, exported) -> None:
    """They need not be given again, and nothing is said about them."""
    with plan.open("a") as file:
        file.write(CALENDAR)
    out = answer("export")
    assert out.startswith("plan.ics: 34 added,")
    assert "For this time only" not in out
    data = (folder / "plan.ics").read_bytes()
    assert data.count("SUMMARY:🌅 How is the back?".encode()) == data.count(b"TRIGGER:P0D") == 8
    assert data.count(b"TRIGGER:-PT1H") == 8
    assert exported() == data


def test_an_option_given_once_is_not_lost_without_a_word(plan, answer) -> None:
    """The first answer says how to keep it, the second what became of it."""
    out = answer("export", "--alarm-min", "30")
    keep = "To keep that, put it under [calendar] in rebuild.toml."
    assert f"For this time only: alarm_min = 30. {keep}" in out
    assert "For this time only" not in answer("export", "--alarm-min", "30")
    out = answer("export")
    assert out.startswith("plan.ics: 0 added, 0 moved, 25 changed, 0 removed, 1 unchanged.")
    assert "options alarm_min none (was 30) changed Sun 06 Dec" in out
    assert "For this time only" not in out


def test_an_option_given_stands_above_the_file(plan, folder, answer, exported) -> None:
    """For this time; none turns off what the file asks for."""
    with plan.open("a") as file:
        file.write(CALENDAR)
    exported()
    given = ["--alarm-min", "none", "--morning", "none", "--no-emoji", "--colour", "teal"]
    out = answer("export", *given)
    once = 'no alarm_min, no morning, emoji = false, colour = "teal"'
    assert f"For this time only: {once}. To keep that" in out
    data = (folder / "plan.ics").read_bytes()
    assert b"VALARM" not in data
    assert b"COLOR:teal" in data
    assert plan.read_text().endswith(CALENDAR)


def test_options_that_were_changed_in_the_file_are_named(plan, answer, edited) -> None:
    """All events change, and the answer says why."""
    with plan.open("a") as file:
        file.write(CALENDAR)
    answer("export")
    edited(plan, "long_run = 60, morning", "long_run = 45, morning")
    out = answer("export")
    assert "options alarm_min long_run 45, morning 0 (was long_run 60, morning 0)" in out
    assert "For this time only" not in out


def test_a_calendar_for_others_has_its_own_options(plan, answer) -> None:
    """The file of the runner's own calendar knows nothing of it."""
    answer("export")
    assert "For this time only: busy = true." in answer("export", "--busy", "-o", "busy.ics")
    assert answer("export").startswith("plan.ics: 0 added, 0 moved, 0 changed, 0 removed, 26")


def test_a_request_can_be_changed_beside_the_options(plan, answer) -> None:
    """`change` edits the file, and leaves the table as it was."""
    with plan.open("a") as file:
        file.write(CALENDAR)
    answer("change", "--target-min", "75")
    answer("away", "2027-01-02", "2027-01-05")
    text = plan.read_text()
    assert "target_min = 75" in text
    assert CALENDAR in text
    assert "2027-01-02" in text


# --- after a report --------------------------------------------------------------------------


def test_past_events_stay_and_say_what_became_of_them(plan, clock, answer, exported) -> None:
    """What lies ahead says nothing yet."""
    planned = exported()
    answer("log", "--minutes", "40")
    clock("2026-12-23")
    after = exported()
    assert set(blocks(planned)) <= set(blocks(after))
    seen, before = titles(after), titles(planned)
    assert seen[FIRST_SUNDAY] == "Long run · 40 min · done"
    assert seen["2026-12-13"] != before["2026-12-13"]
    assert all(seen[day] == before[day] for day in seen if day >= "2026-12-27" and day in before)


def test_what_was_done_is_described_as_it_went(plan, answer, exported) -> None:
    """With its pain and its note, and without how to do it."""
    answer("log", "--minutes", "38", "--pain", "2", "--pain-from", "30", "--note", "hot, hilly")
    text = value(next(_on(exported(), FIRST_SUNDAY)), "DESCRIPTION").decode().replace("\\,", ",")
    assert "long run of 38 min, pain 2 of 10 from minute 30, hot, hilly." in text
    assert "shoulders low" not in text


def test_sequence_rises_for_changed_events_only(plan, clock, answer, exported) -> None:
    """And nothing at all changes when nothing was logged."""
    planned = exported()
    assert exported() == planned
    answer("log", "--minutes", "40", "--pain", "1")
    old, new = blocks(planned), blocks(exported())
    changed = {uid for uid in old if uid in new and old[uid] != new[uid]}
    assert changed
    for uid, block in new.items():
        if uid in changed:
            assert int(value(block, "SEQUENCE")) == int(value(old[uid], "SEQUENCE")) + 1
            assert value(block, "LAST-MODIFIED") > value(old[uid], "LAST-MODIFIED")
        else:
            assert uid not in old or block == old[uid]
    assert FIRST_SUNDAY in {day_of(new[uid]) for uid in changed}


@pytest.mark.parametrize(
    "given",
    [
        ["--minutes", "40"],
        ["--minutes", "40", "--pain", "2"],
        ["--minutes", "40", "--pain", "4", "--pain-from", "35"],
        ["--minutes", "40", "--pain", "7"],
        ["--minutes", "40", "--red-flag", "fever"],
        ["--minutes", "40", "--fatigue", "9"],
        ["--minutes", "20", "--long"],
    ],
    ids=" ".join,
)
def test_reporting_a_run_touches_no_event_before_it_but_its_own(
    plan, clock, answer, exported, given
) -> None:
    """Two calendars of the same day, one without the report and one with it."""
    for day in ("2026-12-06", "2026-12-13"):
        clock(day)
        answer("log", "--minutes", "40")
    clock("2026-12-20")
    answer("log", "strength", "--day", "wed")
    before = blocks(exported())
    answer("log", *given)
    after = blocks(exported())
    touched = {uid for uid in before if after.get(uid) != before[uid]}
    assert min(day_of(before[uid]) for uid in touched) == "2026-12-20"
    assert all(day_of(after[uid]) >= "2026-12-20" for uid in after if uid not in before)


def test_undo_brings_the_calendar_back(plan, answer, exported) -> None:
    """All but the counters."""
    planned = exported()
    answer("log", "--minutes", "40", "--pain", "7")
    exported()
    answer("undo")
    assert titles(exported()) == titles(planned)


@pytest.mark.parametrize(
    "arguments",
    [
        ["away", "2026-12-24", "2026-12-31"],
        ["move", "2026-12-13", "2026-12-14"],
        ["change", "--target-min", "90"],
        ["change", "--long-run-day", "sat"],
    ],
    ids=" ".join,
)
def test_undo_of_a_change_brings_the_calendar_back(
    plan, clock, answer, exported, arguments
) -> None:
    """The same workouts on the same days, with the identity that they had."""
    clock("2026-12-07")
    planned = exported()
    answer(*arguments)
    assert titles(exported()) != titles(planned)
    answer("undo")
    after = exported()
    assert titles(after) == titles(planned)
    assert blocks(after).keys() == blocks(planned).keys()


# --- a pause ---------------------------------------------------------------------------------


def test_while_paused_an_all_day_note_says_whom_to_see(plan, clock, answer, exported) -> None:
    """It ends, as all-day events do, on the day after; nobody's time is taken."""
    exported()
    answer("log", "--minutes", "40", "--pain", "7")
    clock("2026-12-08")
    reported, note = notes_of(exported())
    assert day_of(reported) == FIRST_SUNDAY
    assert title(note) == "No long run: see a doctor or physiotherapist"
    first = dt.date.fromisoformat(day_of(note))
    last = dt.date.fromisoformat(value(note, "DTEND").rpartition(b":")[2].decode())
    assert (last - first).days == 1
    assert value(note, "TRANSP") == b"TRANSPARENT"
    assert "Paused: pain of 7 of 10 in Sunday's run." in value(note, "DESCRIPTION").decode()


def test_the_note_goes_with_the_clearance_and_the_long_runs_come_back(
    plan, clock, answer, exported
) -> None:
    """What was removed in the pause is there again, with another length."""
    planned = exported()
    answer("log", "--minutes", "40", "--pain", "7")
    paused = exported()
    assert len(blocks(paused)) < len(blocks(planned))
    clock("2026-12-08")
    answer("log", "clearance", "--by", "Anna", "--baseline-min", "30")
    out = answer("export")
    after = Path("plan.ics").read_bytes()
    assert titles(after)["2026-12-13"] == "Long run · 30 min"
    assert re.search(r"removed \w+ \d+ Dec 2026 No long run: see a doctor or physio", out)
    assert "added Sun 13 Dec 2026 09:00 Long run · 30 min" in out


def test_a_pause_is_said_once_in_the_answer(plan, answer) -> None:
    """Before the changes if it is an emergency, after them otherwise."""
    answer("log", "--minutes", "40", "--pain", "7")
    assert answer("export").count("See a doctor or physiotherapist") == 1
    answer("log", "strength", "--red-flag", "chest-pain")
    out = answer("export")
    assert out.count("call the emergency services") == 1
    assert out.startswith("Paused: you reported chest pain")


def test_a_busy_calendar_tells_nothing_of_how_it_went(plan, answer, exported) -> None:
    """Neither marks, nor notes, nor whom to see."""
    answer("log", "--minutes", "40", "--pain", "7", "--note", "secret")
    shown = exported("--busy")
    assert {title(each) for each in blocks(shown).values()} == {"Busy"}
    for word in (b"secret", b"pain", b"done", b"No long run"):
        assert word not in shown


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        ("export --colour purplish", "colour"),
        ("export --alarm-min -1", "alarm_min"),
        ("export --alarm-min soon", "alarm_min must be a whole number of minutes"),
        ("export --morning early", "a time of day must be"),
        ("export --answer-url example.org", "answer_url must be an address"),
        ("export --refresh-hours 0", "refresh_hours"),
        ("export -o nowhere/plan.ics", "nowhere/plan.ics"),
        ("export nowhere.toml", "runplan init -o nowhere.toml"),
    ],
)
def test_a_bad_line_gets_one_line_and_writes_nothing(plan, refused, arguments, part) -> None:
    """What must hold, what was given, what to do."""
    assert part in refused(*arguments.split(" "))
