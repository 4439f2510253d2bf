"""What a runner types when life comes between: a holiday, an illness, a new start."""

import re

import pytest

from runplan import Away, load_rebuild

# --- away ------------------------------------------------------------------------------------


def test_days_off_are_added_to_the_request(plan, answer, id_of) -> None:
    """The session moves, and the answer says so."""
    answer("log", "--minutes", "40", "--morning", "0")
    out = answer("away", "2026-12-12", "2026-12-17", "--note", "skiing")
    assert out.startswith(
        f"Logged {id_of('away')}: days off, Sat 12 Dec 2026 to Thu 17 Dec 2026. "
        "rebuild.toml is updated: away 2026-12-12 to 2026-12-17 (was none). "
        "Next long run: Fri 11 Dec 09:00, 40 min."
    )
    assert "The long run of Sun 13 Dec moves to Fri 11 Dec." in out
    assert "The strength session of Wed 16 Dec is left out." in out
    assert load_rebuild(plan).away == (Away(first="2026-12-12", last="2026-12-17"),)
    assert "skiing" in answer("log", "--list")


def test_days_off_that_are_withdrawn_bring_the_sessions_back(plan, answer) -> None:
    """The answer lists them again, the first five of them."""
    answer("log", "--minutes", "40", "--morning", "0")
    answer("away", "2026-12-24", "2026-12-27")
    out = answer("undo")
    assert "The strength session of Mon 21 Dec moves to Wed 23 Dec." in out
    assert "The long run of Wed 23 Dec moves to Sun 27 Dec." in out
    assert "The strength session of Fri 25 Dec is added." in out
    out = answer("change", "--long-run-day", "sat")
    assert out.count(" moves to ") == 5
    assert re.search(r"\d+ more sessions change like this\.", out)


def test_one_day_off_needs_one_day(plan, answer) -> None:
    """Weekdays are the coming ones, the last day counted from the first."""
    assert "days off, Mon 7 Dec 2026. " in answer("away", "tomorrow")
    assert "days off, Fri 11 Dec 2026 to Wed 16 Dec 2026. " in answer("away", "friday", "wed")
    assert "days off, Sun 6 Dec 2026 to Mon 7 Dec 2026. " in answer("away", "today", "tomorrow")


def test_days_off_that_overlap_become_one_range(plan, answer, id_of) -> None:
    """Whichever way they overlap; of one day, they are one entry."""
    answer("away", "2026-12-24", "2026-12-27")
    first = id_of("away")
    out = answer("away", "2026-12-26", "2027-01-02")
    assert f"It replaces {first}; undo withdraws both." in out
    assert "days off, Thu 24 Dec 2026 to Sat 2 Jan 2027." in out
    answer("away", "2026-12-20", "2026-12-24")
    answer("away", "2027-02-01")
    answer("away", "2026-12-18", "2027-01-05")
    assert load_rebuild(plan).away == (
        Away(first="2026-12-18", last="2027-01-05"),
        Away(first="2027-02-01", last="2027-02-01"),
    )


def test_days_off_of_different_days_are_withdrawn_one_by_one(plan, clock, answer) -> None:
    """Each is an entry of its own."""
    answer("away", "2026-12-24", "2026-12-27")
    clock("2026-12-07")
    answer("away", "2026-12-26", "2027-01-02")
    answer("undo")
    assert load_rebuild(plan).away == (Away(first="2026-12-24", last="2026-12-27"),)
    answer("undo")
    assert load_rebuild(plan).away == ()


@pytest.mark.parametrize(
    "days", [["2026-12-24", "2026-12-27"], ["2026-12-25"], ["2026-12-26", "2026-12-27"]]
)
def test_days_that_are_off_already_are_not_taken_off_twice(plan, answer, refused, days) -> None:
    """Nothing would change."""
    answer("away", "2026-12-24", "2026-12-27")
    assert "the days must not already be days off" in refused("away", *days)


def test_an_absence_that_has_begun_can_be_entered(plan, clock, answer) -> None:
    """An illness is noticed on its second day; what is over stays as it was."""
    clock("2026-12-12")
    out = answer("away", "2026-12-11", "2026-12-14")
    assert "days off, Fri 11 Dec 2026 to Mon 14 Dec 2026." in out
    assert "away 2026-12-11 to 2026-12-14" in out


def test_days_off_that_are_over_are_refused(plan, clock, refused) -> None:
    """They would change nothing."""
    clock("2026-12-12")
    line = refused("away", "2026-12-09", "2026-12-11")
    assert "an unreported long run counts as missed" in line


# --- ill -------------------------------------------------------------------------------------


def ill_from(first: str) -> tuple[Away, ...]:
    """Return days off without an end."""
    return (Away(first=first),)


def test_an_illness_lasts_until_the_runner_is_back(plan, clock, answer, id_of) -> None:
    """The answer says what to type then, and what not to do with a fever."""
    clock("2026-12-09")
    answer("log", "--minutes", "40", "--day", "sunday", "--morning", "0")
    out = answer("ill")
    assert out.startswith(
        f"Logged {id_of('away')}: ill, Wed 9 Dec 2026 until further notice. "
        "When you run again: runplan back "
        "Do not run with a fever. If it stays, see a doctor before you run again: together with "
        "back pain it is urgent (NICE CKS and NHS pages on back pain). "
        "rebuild.toml is updated: away 2026-12-09 until further notice (was none). "
        "No long run is planned until you are back. "
        "The strength session of Wed 9 Dec is left out. "
        "The long run of Sun 13 Dec is left out. "
    )
    assert load_rebuild(plan).away == ill_from("2026-12-09")
    assert "As of Wednesday, 9 December 2026: away." in answer("show")
    assert ", ill" in answer("log", "--list")


def test_who_is_ill_is_ill_once(plan, answer, refused) -> None:
    """The second time says so, and how it ends."""
    answer("ill")
    line = refused("ill")
    assert "the days must not already be days off" in line
    assert "end them: runplan back DAY" in line


@pytest.mark.parametrize("how", [["ill", "today", "friday"], ["log", "ill", "until", "friday"]])
def test_days_off_without_an_end_get_one(plan, clock, answer, how) -> None:
    """The doctor has said until when."""
    answer("ill")
    clock("2026-12-08")
    answer(*how)
    assert load_rebuild(plan).away == (Away(first="2026-12-06", last="2026-12-11"),)


@pytest.mark.parametrize(
    ("days", "words", "away"),
    [
        (["friday"], "Fri 4 Dec 2026 until further notice", [("2026-12-04", None)]),
        (
            ["yesterday", "wed"],
            "Sat 5 Dec 2026 to Wed 9 Dec 2026",
            [("2026-12-05", "2026-12-09")],
        ),
    ],
)
def test_an_illness_may_have_begun_before_and_may_have_an_end(
    plan, answer, days, words, away
) -> None:
    """A weekday is the last one; the last day is counted from the first."""
    out = answer("ill", *days, "--note", "a cold")
    assert f": ill, {words}." in out
    assert "Do not run with a fever." in out
    assert ("runplan back" in out) == (away[0][1] is None)
    assert load_rebuild(plan).away == tuple(Away(first=one, last=two) for one, two in away)


def test_an_illness_that_is_over_needs_no_entry(plan, clock, refused) -> None:
    """It would change nothing."""
    clock("2026-12-12")
    assert "counts as missed" in refused("ill", "2026-12-08", "2026-12-10")


# --- back ------------------------------------------------------------------------------------


def test_who_is_back_hears_what_is_next_and_why(plan, clock, answer) -> None:
    """The long run is as long as the weeks without one allow."""
    answer("log", "--minutes", "40", "--morning", "0")
    clock("2026-12-09")
    answer("ill")
    clock("2026-12-22")
    out = answer("back", "wednesday")
    assert ": back on Wed 23 Dec 2026." in out
    assert "rebuild.toml is updated: away 2026-12-09 to 2026-12-22 (was 2026-12-09 until" in out
    assert "Next long run: Sun 27 Dec 09:00, 25 min. Eased to 25 min: " in out
    assert "the last long run was 3 weeks ago." in out
    assert load_rebuild(plan).away == (Away(first="2026-12-09", last="2026-12-22"),)
    answer("undo")
    assert load_rebuild(plan).away == ill_from("2026-12-09")


def test_who_is_back_on_the_same_day_was_never_away(plan, clock, answer) -> None:
    """Of one day, the two cancel out."""
    answer("ill")
    assert "This restores the earlier values" in answer("back")
    assert load_rebuild(plan).away == ()


def test_a_holiday_ends_early_as_well_and_a_later_one_stays(plan, clock, answer) -> None:
    """Whatever is running on the day."""
    answer("away", "2026-12-24", "2026-12-27")
    clock("2026-12-07")
    answer("away", "2026-12-07", "2026-12-13")
    clock("2026-12-10")
    answer("back", "friday")
    assert load_rebuild(plan).away == (
        Away(first="2026-12-07", last="2026-12-10"),
        Away(first="2026-12-24", last="2026-12-27"),
    )


def test_an_illness_forgets_no_later_holiday(plan, clock, answer) -> None:
    """It counts once the illness is over."""
    answer("away", "2026-12-24", "2026-12-27")
    clock("2026-12-07")
    answer("ill")
    clock("2026-12-10")
    answer("back")
    assert load_rebuild(plan).away == (
        Away(first="2026-12-07", last="2026-12-09"),
        Away(first="2026-12-24", last="2026-12-27"),
    )


def test_a_holiday_may_be_entered_while_ill(plan, answer) -> None:
    """It is named as such."""
    answer("ill")
    assert "days off, Thu 24 Dec 2026." in answer("away", "2026-12-24")


def test_nobody_is_back_who_was_not_away(plan, answer, refused) -> None:
    """Also after the last day off."""
    assert "the first day back must be a day off" in refused("back")
    answer("away", "2026-12-24", "2026-12-27")
    assert "the first day back must be a day off" in refused("back", "2026-12-28")


def test_a_calendar_keeps_its_workouts_through_an_illness(plan, clock, answer, exported) -> None:
    """They are the same workouts as before, with the same identities."""
    before = exported()
    clock("2026-12-09")
    answer("ill")
    during = exported()
    clock("2026-12-10")
    answer("back")
    after = exported()
    # All but the strength session of the day that was off.
    assert uids(during) < uids(after) < uids(before)
    assert len(uids(before) - uids(after)) == 1


def uids(calendar: bytes) -> set[bytes]:
    """Return the identities of the events."""
    return {line for line in calendar.splitlines() if line.startswith(b"UID:")}


# --- reaching the target, and starting again ---------------------------------------------------


@pytest.fixture
def nearly(plan, clock, answer):
    """Seven long runs were clean, and it is the day of the last one."""
    answer("log", "--minutes", "40", "--morning", "0")
    for day, minutes in [
        *[("2026-12-13", 40), ("2026-12-20", 40), ("2026-12-27", 40), ("2027-01-03", 45)],
        *[("2027-01-10", 50), ("2027-01-17", 55)],
    ]:
        clock(day)
        answer("log", "--minutes", str(minutes), "--morning", "0")
    clock("2027-01-24")


@pytest.fixture
def reached(nearly, answer):
    """Return the answer to the report of the last one."""
    return answer("log", "--minutes", "60")


def test_the_report_that_reaches_the_target_says_so_once_and_offers_two_ways_on(
    reached, clock, answer
) -> None:
    """Later answers only say that it is reached."""
    assert (
        "You have reached 60 minutes. Well done: your long run is back. "
        "To keep it up for a while: runplan change --keep-weeks 4 "
        "To go further: runplan change --target-min 75 "
    ) in reached
    clock("2027-01-25")
    out = answer("log", "--morning", "0")
    assert "You have reached 60 minutes." in out
    assert "Well done" not in out
    assert "As of Monday, 25 January 2027: you have reached 60 minutes." in answer("show")
    assert "If every run is clean, 75 min on" in answer("change", "--target-min", "75")
    answer("undo")
    assert "Next long run: Sun 31 Jan 09:00, 60 min." in answer("change", "--keep-weeks", "4")
    assert "Well done" not in answer("undo")


def test_what_if_says_that_it_would_be_reached(nearly, answer) -> None:
    """Without the two ways on: nothing has happened yet."""
    out = answer("what-if", "--minutes", "60")
    assert "You have reached 60 minutes." in out
    assert "Well done" not in out


def test_a_new_start_goes_on_in_the_same_calendar(plan, reached, clock, answer, exported) -> None:
    """What was there keeps its identities, and the new weeks are added."""
    before = exported()
    clock("2027-03-01")
    out = answer("again", "--from", "45")
    assert ": start again from 45 min on Mon 1 Mar 2027. The plan goes on in the same cal" in out
    assert "rebuild.toml is updated: baseline_min 45 (was 40)." in out
    assert "Next long run: Sun 7 Mar 09:00, 45 min. Starts at your baseline, 45 min" in out
    assert "If every run is clean, 60 min on Sunday, 28 March 2027. " in out
    assert load_rebuild(plan).baseline_min == 45
    assert uids(before) < uids(exported())
    answer("undo")
    assert load_rebuild(plan).baseline_min == 40


def test_a_new_start_with_the_same_minutes_is_a_new_start(plan, reached, clock, answer) -> None:
    """Also if it is given twice on one day."""
    clock("2027-03-01")
    answer("again", "--from", "45")
    out = answer("again", "--from", "40")
    assert "It replaces" in out
    assert "Next long run: Sun 7 Mar 09:00, 40 min (was 45 min)." in out


def test_a_new_start_on_a_later_day(reached, clock, answer) -> None:
    """It is shown at once."""
    clock("2027-02-01")
    out = answer("again", "--from", "50", "--on", "2027-03-01", "--note", "after the move")
    assert "start again from 50 min on Mon 1 Mar 2027." in out
    assert "Next long run: Sun 7 Mar 09:00, 50 min." in out


def test_without_minutes_the_long_run_is_found_in_the_log(reached, clock, answer, refused) -> None:
    """In the runs of the last 30 days."""
    clock("2027-03-01")
    assert "the log must have a clean run in the last 30 days" in refused("again")
    answer("log", "--minutes", "37", "--other", "--morning", "0")
    for options in ([], ["--from", "none"]):
        out = answer("again", *options)
        assert "start again from 35 min on Mon 1 Mar 2027. " in out
        assert "Baseline: 35 min: the longest run without pain of the last 30 days was 37" in out


@pytest.mark.parametrize(
    ("options", "part"),
    [
        (["--from", "x"], "--from must be whole minutes or none (was 'x')"),
        (["--from", "5"], "baseline_min must be a whole number of minutes from 10 to 360"),
        (["--from", "70"], "target_min must not be below baseline_min"),
        (["--from", "45", "--on", "yesterday"], "the day to start again must not be past"),
    ],
)
def test_a_new_start_that_cannot_be_planned_is_refused(plan, refused, options, part) -> None:
    """What must hold, what was given, what to do."""
    assert part in refused("again", *options)


def test_a_paused_plan_does_not_start_again(plan, answer, refused) -> None:
    """The way out is a clearance, which may give the long run to start from."""
    answer("log", "--minutes", "40", "--pain", "7", "--pain-from", "30", "--morning", "0")
    line = refused("again", "--from", "30")
    assert "the plan must not be paused" in line
    assert "Once you are cleared: runplan log clearance --baseline-min MIN" in line


def test_interruptions_need_a_request(clock, refused) -> None:
    """There is nothing to interrupt without one."""
    for arguments in (["away", "friday"], ["ill"], ["back"], ["again", "--from", "45"]):
        assert "runplan init" in refused(*arguments)
