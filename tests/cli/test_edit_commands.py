"""What a runner types after a slip: entries are corrected or withdrawn, and the plan follows."""

from pathlib import Path

import pytest

from runplan import Clearance, MorningReport, RunReport, StrengthReport, load_log, load_rebuild
from runplan.cli import run
from runplan.cli.workspace import read_log

FIRST_SUNDAY = "2026-12-06"


# --- edit ------------------------------------------------------------------------------------


def test_a_wrong_number_is_corrected_by_id(plan, answer, logged, id_of) -> None:
    """What is not given stays as it was; the answer is that of the right report."""
    answer("log", "--minutes", "40", "--pain", "4", "--pain-from", "35", "--note", "hot")
    out = answer("edit", id_of("40 min"), "--pain", "2")
    assert f"Corrected, now {id_of('pain 2')}: Sun 6 Dec 2026, long run of 40 min, pain 2" in out
    assert "Counts as the long run of week 1" in out
    assert "Next long run: Sun 13 Dec 09:00, 40 min (was 25 min)." in out
    assert logged() == [RunReport(day=FIRST_SUNDAY, minutes=40, pain=2, pain_from=35, note="hot")]


def test_a_report_corrected_late_counts_in_full_for_what_lies_ahead(
    plan, clock, answer, id_of
) -> None:
    """What the runner saw in between stays; what comes next is as if it had been right at once."""
    answer("log", "--minutes", "40", "--pain", "4", "--pain-from", "35", "--morning", "0")
    clock("2026-12-15")
    then = answer("show", "--on", "2026-12-13")
    out = answer("edit", id_of("from minute 35"), "--pain", "0")
    assert "Next long run: Sun 20 Dec 09:00, 40 min (was 25 min)." in out
    assert "Sun 13 Dec 25" in answer("show")
    assert answer("show", "--on", "2026-12-13") == then


def test_painless_after_all_leaves_no_minute_behind(plan, answer, logged, id_of) -> None:
    """A minute of onset without pain would be refused."""
    answer("log", "--minutes", "40", "--pain", "4", "--pain-from", "35")
    answer("edit", id_of("40 min"), "--pain", "0")
    assert logged() == [RunReport(day=FIRST_SUNDAY, minutes=40)]


@pytest.mark.parametrize(
    ("options", "corrected"),
    [
        (["--day", "sat"], {"day": "2026-12-05"}),
        (["--minutes", "41"], {"minutes": 41}),
        (["--pain-from", "12"], {"pain_from": 12}),
        (["--morning", "0"], {"pain_next_morning": 0}),
        (["--fatigue", "7"], {"fatigue": 7}),
        (["--red-flag", "lump"], {"red_flags": ["lump"]}),
        (["--no-red-flags"], {"red_flags": []}),
        (["--other"], {"kind": "other"}),
        (["--note", "wind"], {"note": "wind"}),
    ],
    ids=lambda each: " ".join(each) if isinstance(each, list) else "",
)
def test_everything_about_a_run_can_be_corrected(
    plan, clock, answer, logged, id_of, *, options, corrected
) -> None:
    """One thing at a time, or several."""
    clock("2026-12-07")
    first = {"day": FIRST_SUNDAY, "minutes": 40, "pain": 1, "red_flags": ["fever"]}
    answer("log", "--day", "sun", "--minutes", "40", "--pain", "1", "--red-flag", "fever")
    answer("edit", id_of("40 min"), *options)
    assert logged() == [RunReport(**(first | corrected), recorded_on="2026-12-07")]


def test_a_run_can_become_the_long_run_and_another_run_again(plan, answer, logged, id_of) -> None:
    """There and back, each time with an id of its own."""
    answer("log", "--minutes", "10")
    ids = [id_of("10 min")]
    for option, kind in (("--long", "long"), ("--other", "other"), ("--long", "long")):
        answer("edit", ids[-1], option)
        ids.append(id_of("10 min"))
        assert [each.kind for each in logged()] == [kind]
    assert len(set(ids)) == 4


def test_a_morning_is_corrected_by_its_morning_or_its_pain(
    plan, clock, answer, logged, id_of
) -> None:
    """Both names mean the same number."""
    answer("log", "--minutes", "40")
    clock("2026-12-07")
    answer("log", "--morning", "5")
    answer("edit", id_of("morning"), "--morning", "3")
    answer("edit", id_of("morning"), "--pain", "0", "--note", "slept badly")
    morning = MorningReport(day=FIRST_SUNDAY, pain=0, recorded_on="2026-12-07", note="slept badly")
    assert morning in logged()
    assert len(logged()) == 2


def test_strength_sessions_and_clearances_are_corrected_too(plan, answer, logged, id_of) -> None:
    """With the options of their own."""
    answer("log", "strength", "--pain", "4")
    answer("edit", id_of("strength"), "--pain", "1", "--morning", "0", "--day", "fri")
    answer("log", "clearance", "--by", "Ana")
    answer("edit", id_of("Ana"), "--by", "Anna", "--baseline-min", "30")
    assert logged() == [
        StrengthReport(day="2026-12-04", pain=1, pain_next_morning=0, recorded_on=FIRST_SUNDAY),
        Clearance(day=FIRST_SUNDAY, by="Anna", baseline_min=30),
    ]


def test_a_change_is_corrected_and_the_request_with_it(plan, answer, id_of) -> None:
    """The day from which it counts, its values and its note."""
    answer("change", "--target-min", "70")
    out = answer("edit", id_of("target_min 70"), "--target-min", "80", "--long-run-at", "08:00")
    assert "rebuild.toml is updated: target_min 80 (was 70), long_run sunday 08:00" in out
    assert load_rebuild(plan).target_min == 80
    out = answer("edit", id_of("target_min 80"), "--day", "2027-01-04", "--note", "after the race")
    assert ": Mon 4 Jan 2027, change to target_min 80" in out
    assert "after the race" in out
    assert load_rebuild(plan).long_run.at.isoformat() == "08:00:00"


def test_a_move_is_corrected_if_the_session_can_go_there(
    plan, clock, answer, refused, id_of
) -> None:
    """As if it had been asked for in the first place."""
    clock("2026-12-07")
    answer("move", "2026-12-13", "2026-12-12")
    out = answer("edit", id_of("move"), "--to", "2026-12-14")
    assert ": Sun 13 Dec 2026, move to Mon 14 Dec 2026." in out
    assert "Next long run: Mon 14 Dec 09:00, 40 min" in out
    assert "choose another day" in refused("edit", id_of("14 Dec"), "--to", "2026-12-25")
    assert "name a day with one" in refused("edit", id_of("14 Dec"), "--day", "2026-12-08")


@pytest.mark.parametrize(
    ("entry", "options"),
    [
        (["--minutes", "40"], ["--by", "Anna"]),
        (["--minutes", "40"], ["--target-min", "70"]),
        (["strength"], ["--minutes", "30"]),
        (["strength"], ["--long"]),
        (["clearance", "--by", "Anna"], ["--pain", "0"]),
        (["clearance", "--by", "Anna"], ["--no-red-flags"]),
    ],
    ids=" ".join,
)
def test_an_option_that_an_entry_does_not_have_is_refused(
    plan, answer, refused, logged, id_of, *, entry, options
) -> None:
    """By its name."""
    answer("log", *entry)
    kind = logged()[0].type
    line = refused("edit", id_of(""), *options)
    assert f"an entry of type {kind} must be corrected with its own options" in line
    assert options[0] in line


@pytest.mark.parametrize("options", [["--minutes", "3"], ["--to", "2026-12-12"]], ids=" ".join)
def test_a_change_has_no_option_of_a_run_or_a_move(plan, answer, refused, id_of, options) -> None:
    """Its own are those of the change command."""
    answer("change", "--target-min", "70")
    assert options[0] in refused("edit", id_of("change"), *options)


def test_an_edit_without_anything_to_change_is_refused(plan, answer, refused, id_of) -> None:
    """And so is one that would make the entry impossible, or put it ahead."""
    answer("log", "--minutes", "40")
    id_ = id_of("40 min")
    assert "give a new value" in refused("edit", id_)
    assert "from 1 to 600" in refused("edit", id_, "--minutes", "0")
    assert "log it when it has happened" in refused("edit", id_, "--day", "tomorrow")
    assert "give the pain as well" in refused("edit", id_, "--pain-from", "3")


def test_what_was_withdrawn_cannot_be_corrected_nor_withdrawn_again(
    plan, answer, refused, id_of
) -> None:
    """It is logged again instead."""
    answer("log", "--minutes", "40")
    id_ = id_of("40 min")
    answer("undo")
    for arguments in (["edit", id_, "--minutes", "41"], ["undo", id_]):
        line = refused(*arguments)
        assert f"the entry {id_} must still stand (was 'withdrawn on {FIRST_SUNDAY}')" in line


# --- undo ------------------------------------------------------------------------------------


def test_undo_withdraws_the_last_entry_and_shows_what_that_changes(plan, answer, logged) -> None:
    """The plan is as it was before."""
    before = answer("show")
    answer("log", "--minutes", "40", "--pain", "4", "--pain-from", "35")
    out = answer("undo")
    assert ": Sun 6 Dec 2026, long run of 40 min, pain 4 of 10 from minute 35." in out
    assert "Next long run: Sun 6 Dec 09:00, 40 min." in out
    assert "(was Sunday," in out
    assert logged() == []
    assert answer("show") == before


def test_undo_withdraws_any_entry_by_its_id(plan, clock, answer, logged, id_of) -> None:
    """Or by the beginning of it; the others stand."""
    answer("log", "--minutes", "40", "--pain", "7")
    clock("2026-12-08")
    answer("log", "strength")
    out = answer("undo", id_of("40 min")[:6].upper())
    assert "Withdrawn" in out
    assert "Next long run: Sun 13 Dec 09:00, 40 min." in out
    assert logged() == [StrengthReport(day="2026-12-08")]


def test_an_entry_of_weeks_ago_is_withdrawn_and_only_what_lies_ahead_changes(
    plan, clock, answer, id_of
) -> None:
    """What was planned then was planned then."""
    answer("log", "--minutes", "40", "--pain", "4", "--pain-from", "35")
    clock("2026-12-13")
    answer("log", "--minutes", "25", "--long", "--morning", "0")
    clock("2026-12-22")
    then = answer("show", "--on", "2026-12-13")
    out = answer("undo", id_of("from minute 35"))
    assert "Withdrawn" in out
    assert answer("show", "--on", "2026-12-13") == then
    assert "Sun 13 Dec 25 25 min" in answer("show")


def test_undo_can_be_repeated_until_nothing_is_left(plan, answer, refused) -> None:
    """One entry at a time, the last first; each withdrawal is a line."""
    answer("log", "--minutes", "40")
    answer("log", "strength", "--day", "wed")
    before = len(Path("log.jsonl").read_bytes().splitlines())
    assert "strength session" in answer("undo")
    assert "long run of 40 min" in answer("undo")
    assert "there must be an entry to withdraw" in refused("undo")
    assert len(Path("log.jsonl").read_bytes().splitlines()) == before + 2


def test_undo_after_an_edit_withdraws_the_corrected_entry(plan, answer, logged, id_of) -> None:
    """The wrong one stays withdrawn."""
    answer("log", "--minutes", "40")
    answer("edit", id_of("40 min"), "--minutes", "45")
    assert "long run of 45 min" in answer("undo")
    assert logged() == []


def test_what_is_logged_again_after_an_undo_counts(plan, answer, logged) -> None:
    """The same words on the same day are another entry."""
    for _ in range(3):
        answer("log", "--minutes", "40")
        answer("undo")
    answer("log", "--minutes", "40")
    assert logged() == [RunReport(day=FIRST_SUNDAY, minutes=40)]


def test_undo_of_a_change_sets_the_request_back(plan, answer, folder) -> None:
    """To the letter, comments and all."""
    before = plan.read_bytes()
    answer("change", "--target-min", "90", "--long-run-day", "sat", "--policy", "cautious")
    assert plan.read_bytes() != before
    out = answer("undo")
    assert "rebuild.toml is updated: target_min 60 (was 90)" in out
    assert load_rebuild(plan) == load_rebuild(plan)
    assert plan.read_bytes() == before
    assert "If every run is clean, 60 min on Sunday, 24 January 2027" in out


def test_undo_of_an_older_change_keeps_what_was_asked_for_since(plan, clock, answer, id_of) -> None:
    """Only where nothing newer is asked for does the older value come back."""
    answer("change", "--target-min", "70", "--long-run-at", "08:00")
    clock("2026-12-08")
    answer("change", "--target-min", "80")
    answer("undo", id_of("target_min 70"))
    rebuild = load_rebuild(plan)
    assert (rebuild.target_min, rebuild.long_run.at.hour) == (80, 9)
    answer("undo", id_of("target_min 80"))
    assert load_rebuild(plan).target_min == 60


def test_undo_of_a_run_does_not_touch_the_request(plan, clock, answer, edited, noted) -> None:
    """Nor does it take an edit of the file for the last entry."""
    answer("log", "--minutes", "40")
    edited(plan, "target_min = 60", "target_min = 75")
    text = plan.read_text()
    out, note = noted("undo")
    assert "long run of 40 min" in out
    assert "target_min 75 (was 60)" in note
    assert plan.read_text() == text
    out = answer("undo")
    assert "change to target_min 75" in out
    assert load_rebuild(plan).target_min == 60


def test_undo_that_would_leave_an_impossible_request_is_refused(
    plan, clock, answer, refused, id_of
) -> None:
    """A target below the baseline cannot be planned."""
    answer("change", "--target-min", "90")
    clock("2026-12-07")
    answer("change", "--baseline-min", "80")
    line = refused("undo", id_of("target_min"))
    assert "target_min must not be below baseline_min" in line


def test_undo_where_nothing_was_ever_logged_changes_no_file(plan, refused, in_folder) -> None:
    """With a request or without."""
    before = in_folder()
    assert "log one first" in refused("undo")
    plan.unlink()
    assert "log one first" in refused("undo")
    assert in_folder().keys() == before.keys() - {"rebuild.toml"}


def test_a_change_needs_its_request_to_be_corrected_or_withdrawn(
    plan, answer, refused, id_of
) -> None:
    """Without rebuild.toml there is nothing to set back; other entries do not need it."""
    answer("log", "--minutes", "40")
    answer("change", "--target-min", "70")
    id_ = id_of("change")
    plan.unlink()
    assert "restore rebuild.toml first" in refused("undo")
    assert "restore rebuild.toml first" in refused("edit", id_, "--target-min", "80")
    assert "long run of 40 min" in answer("undo", id_of("40 min"))


def test_an_entry_of_a_clock_that_was_ahead_can_be_withdrawn_at_once(
    plan, clock, answer, logged
) -> None:
    """A phone a day ahead logs tomorrow's run; nobody has to wait for tomorrow."""
    clock("2026-12-09")
    answer("log", "strength")
    clock("2026-12-08")
    assert "Wed 9 Dec 2026: not counted yet" in answer("show")
    assert "strength session" in answer("undo")
    assert logged() == []
    assert "not counted yet" not in answer("show")


def test_an_entry_of_a_clock_that_was_ahead_can_be_corrected(
    plan, clock, answer, logged, id_of
) -> None:
    """With the day it was really about."""
    clock("2026-12-09")
    answer("log", "strength", "--pain", "1")
    clock("2026-12-08")
    answer("edit", id_of("strength"), "--pain", "2")
    assert logged() == [StrengthReport(day="2026-12-09", pain=2)]
    answer("edit", id_of("strength"), "--day", "today")
    assert logged() == [StrengthReport(day="2026-12-08", pain=2)]


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        ("undo now", "an id must match exactly one entry (was 'now')"),
        ("edit", "Missing argument 'ID'. See runplan edit --help."),
        ("edit now --minutes 40", "look it up with: runplan log --list"),
        ("undo -f .", "(was '.')"),
        ("undo -f nowhere.toml", "runplan init -o nowhere.toml"),
        ("edit -f nowhere.toml 1 --pain 0", "runplan init -o nowhere.toml"),
    ],
)
def test_a_bad_line_gets_one_line_and_writes_nothing(
    plan, answer, refused, arguments, part
) -> None:
    """What must hold, what was given, what to do."""
    answer("log", "--minutes", "40")
    assert part in refused(*arguments.split(" "))


def test_the_beginning_of_two_ids_is_the_id_of_neither(plan, answer, refused) -> None:
    """Nothing is guessed."""
    for minutes in range(10, 30):
        answer("log", "--minutes", str(minutes), "--other")
    firsts = [each.id[0] for each in read_log("rebuild.toml").recorded]
    twice = next(each for each in firsts if firsts.count(each) > 1)
    many = firsts.count(twice)
    line = refused("undo", twice)
    assert f"(was '{twice}, which matches {many}'): look it up with: runplan log --list" in line


def test_withdrawn_entries_stay_in_the_file_with_their_day(plan, clock, answer) -> None:
    """So that it can be seen later what was known when."""
    answer("log", "--minutes", "40", "--pain", "7")
    clock("2026-12-08")
    answer("undo")
    (entry,) = load_log("log.jsonl").entries
    assert (entry.pain, entry.retracted_on.isoformat()) == (7, "2026-12-08")
    assert "Paused" in answer("show", "--on", FIRST_SUNDAY)
    assert run(["show"]) == 0
