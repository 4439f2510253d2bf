"""What a runner types when life changes: another target, other days, a holiday, a moved run."""

import pytest
from attrs import fields

from runplan import Rebuild, load_rebuild

# --- change ----------------------------------------------------------------------------------


def test_a_new_target_counts_from_today_and_is_written_to_the_request(plan, answer, id_of) -> None:
    """The answer says what it was, and when the new one is due."""
    out = answer("change", "--target-min", "70")
    assert out.startswith(
        f"Logged {id_of('target_min 70')}: change from Sun 6 Dec 2026. "
        "rebuild.toml is updated: target_min 70 (was 60). "
    )
    assert (
        "If every run is clean, 70 min on Sunday, 7 February 2027 (was Sunday, 24 January 2027)."
    ) in out
    assert load_rebuild(plan).target_min == 70
    assert answer("show") == answer("show")


def test_a_change_keeps_the_comments_of_the_file(plan, answer) -> None:
    """Only the values are others."""
    before = plan.read_text()
    answer("change", "--target-min", "70", "--first-month", "extend", "--strength-min", "20")
    expected = before.replace("target_min = 60", "target_min = 70")
    expected = expected.replace('first_month = "hold"', 'first_month = "extend"')
    assert plan.read_text() == expected.replace("minutes = 30", "minutes = 20")


@pytest.mark.parametrize(
    ("options", "values"),
    [
        (["--target-min", "90"], {"target_min": 90}),
        (["--baseline-min", "30"], {"baseline_min": 30}),
        (["--first-month", "extend"], {"first_month": "extend"}),
        (["--timezone", "UTC"], {"timezone": "UTC"}),
        (["--keep-weeks", "2"], {"keep_weeks": 2}),
        (["--no-strength"], {"strength": None}),
    ],
    ids=lambda each: " ".join(each) if isinstance(each, list) else "",
)
def test_everything_that_was_asked_for_can_change(plan, answer, options, values) -> None:
    """One thing at a time."""
    before = load_rebuild(plan)
    answer("change", *options)
    after = load_rebuild(plan)
    assert {name: getattr(after, name) for name in values} == values
    assert {name for name in _FIELDS if getattr(after, name) != getattr(before, name)} == {*values}


_FIELDS = tuple(each.name for each in fields(Rebuild))


def test_days_and_times_change_alone_or_together(plan, answer) -> None:
    """What is not given stays."""
    answer("change", "--long-run-day", "sat", "--strength-at", "7:00", "--policy", "cautious")
    answer("change", "--long-run-at", "8:15")
    rebuild = load_rebuild(plan)
    assert (rebuild.long_run.day.name, f"{rebuild.long_run.at:%H:%M}") == ("SATURDAY", "08:15")
    assert (f"{rebuild.strength.at:%H:%M}", rebuild.strength.minutes) == ("07:00", 30)
    assert rebuild.policy.name == "cautious"


def test_days_of_a_request_are_given_as_people_say_them(plan, answer) -> None:
    """An assessment was, the last day is going to be; none takes either back."""
    answer("change", "--assessed-on", "sat", "--last-day", "sat")
    rebuild = load_rebuild(plan)
    assert f"{rebuild.assessed_on} {rebuild.last_day}" == "2026-12-05 2026-12-12"
    answer("change", "--assessed-on", "none", "--last-day", "none")
    rebuild = load_rebuild(plan)
    assert (rebuild.assessed_on, rebuild.last_day) == (None, None)


def test_strength_comes_back_as_it_usually_is(plan, answer) -> None:
    """A time of day is enough to ask for it again."""
    answer("change", "--no-strength")
    assert load_rebuild(plan).strength is None
    out = answer("change", "--strength-at", "07:00")
    assert "strength 07:00, 30 minutes (was none)" in out
    assert f"{load_rebuild(plan).strength.at:%H:%M}" == "07:00"


def test_a_change_from_a_day_ahead_leaves_what_lies_before_it(plan, answer) -> None:
    """A weekday is the coming one."""
    out = answer("change", "--long-run-day", "sat", "--from", "2027-01-04")
    assert "change from Mon 4 Jan 2027" in out
    shown = answer("show")
    assert "Sun 3 Jan" in shown
    assert "Sat 9 Jan" in shown
    assert "change from Mon 7 Dec 2026" in answer("change", "--target-min", "70", "--from", "mon")


def test_the_past_keeps_the_plan_that_the_runner_saw(plan, clock, answer) -> None:
    """Sunday's long run does not become Saturday's after the fact."""
    clock("2026-12-15")
    then = answer("show", "--on", "2026-12-14")
    answer("change", "--long-run-day", "sat", "--long-run-at", "08:00")
    assert "Sun 13 Dec" in answer("show")
    assert "Sat 19 Dec" in answer("show")
    assert answer("show", "--on", "2026-12-14") == then


def test_a_new_baseline_is_the_next_long_run(plan, clock, answer) -> None:
    """Also with the same minutes as before: it means a new start."""
    answer("log", "--minutes", "40", "--morning", "0")
    clock("2026-12-08")
    out = answer("change", "--baseline-min", "30")
    assert "Next long run: Sun 13 Dec 09:00, 30 min (was 40 min)." in out
    clock("2026-12-09")
    out = answer("change", "--baseline-min", "30")
    assert "Logged" in out
    assert "is updated" not in out


def test_of_two_changes_of_one_day_the_later_one_counts(plan, answer, id_of) -> None:
    """Which way round they sort does not matter."""
    for minutes in ("90", "70", "80"):
        answer("change", "--target-min", minutes)
        assert f"to {minutes} min" in answer("show")
    answer("change", "--target-min", "75", "--keep-weeks", "1")
    answer("change", "--target-min", "65")
    rebuild = load_rebuild(plan)
    assert (rebuild.target_min, rebuild.keep_weeks) == (65, 1)
    assert "change to target_min 65, keep_weeks 1" in answer("log", "--list")


def test_a_change_back_to_what_an_earlier_day_asked_for_leaves_that(
    plan, clock, answer, logged
) -> None:
    """Only what was asked for today is taken back."""
    answer("change", "--target-min", "70")
    clock("2026-12-07")
    answer("change", "--target-min", "80", "--from", "2027-02-01")
    answer("change", "--target-min", "90")
    answer("change", "--target-min", "70")
    assert [each.target_min for each in logged()] == [70, 80]
    assert load_rebuild(plan).target_min == 70


def test_a_change_back_on_the_same_day_leaves_nothing(plan, answer, logged, id_of) -> None:
    """It is as if nothing had been asked for."""
    before = answer("show")
    answer("change", "--target-min", "90")
    id_ = id_of("target_min 90")
    out = answer("change", "--target-min", "60")
    assert out.startswith(f"This restores the earlier values: {id_} is withdrawn.")
    assert logged() == []
    assert answer("show") == before


def test_a_change_that_a_later_one_overrules_says_so(plan, clock, answer, id_of) -> None:
    """With the command that drops the other one."""
    answer("change", "--target-min", "90", "--from", "2027-02-01")
    clock("2026-12-08")
    out = answer("change", "--target-min", "80")
    drop = f"runplan undo {id_of('target_min 90')}"
    assert "sets target_min to another value from Monday, 1 February 2027." in out
    assert f"To drop it: {drop}" in out
    answer(*drop.split()[1:])
    assert load_rebuild(plan).target_min == 80


def test_a_change_that_cannot_be_planned_before_a_later_one_is_refused(
    plan, clock, answer, refused
) -> None:
    """The file would do, but until February the target is lower than that."""
    answer("change", "--target-min", "90", "--from", "2027-02-01")
    clock("2026-12-08")
    line = refused("change", "--baseline-min", "70")
    assert "the change of 2026-12-08: target_min must not be below baseline_min, 70" in line


def test_the_target_that_is_reached_is_the_one_of_that_day(plan, answer) -> None:
    """Not today's, if another one is asked for by then."""
    answer("change", "--target-min", "90", "--from", "2027-01-18")
    out = answer("change", "--keep-weeks", "1")
    assert "If every run is clean, 90 min on Sunday, 14 March 2027" in out


# --- move ------------------------------------------------------------------------------------


def test_a_long_run_moves_to_another_day(plan, answer, id_of) -> None:
    """The weekday names the session, and the new day is the one near it."""
    answer("log", "--minutes", "40", "--morning", "0")
    out = answer("move", "2026-12-13", "saturday")
    assert out.startswith(
        f"Logged {id_of('move')}: the session of Sun 13 Dec 2026 moves to Sat 12 Dec 2026. "
        "Next long run: Sat 12 Dec 09:00, 40 min."
    )
    assert "Next long run: Sun 13 Dec 09:00, 40 min." in answer("undo")


@pytest.mark.parametrize(
    ("day", "to", "moved"),
    [
        ("sunday", "saturday", "Sun 13 Dec 2026 moves to Sat 12 Dec 2026"),
        ("sunday", "monday", "Sun 13 Dec 2026 moves to Mon 14 Dec 2026"),
        ("wed", "thu", "Wed 9 Dec 2026 moves to Thu 10 Dec 2026"),
        ("wed", "tomorrow", "Wed 9 Dec 2026 moves to Tue 8 Dec 2026"),
        ("wed", "today", "Wed 9 Dec 2026 moves to Mon 7 Dec 2026"),
    ],
)
def test_days_of_a_move_are_given_as_people_say_them(
    plan, clock, answer, *, day, to, moved
) -> None:
    """Today and tomorrow are today and tomorrow."""
    clock("2026-12-07")
    assert moved in answer("move", day, to)


def test_a_session_can_be_moved_again_and_back(plan, clock, answer) -> None:
    """On one day, where the order of moves is not known."""
    clock("2026-12-07")
    at = "2026-12-13"
    for day, shown in ((14, "Mon 14"), (12, "Sat 12"), (15, "Tue 15"), (13, "Sun 13")):
        to = f"2026-12-{day}"
        answer("move", at, to)
        assert f"Next long run: {shown} Dec 09:00" in answer("log", "strength", "--day", "wed")
        at = to


def test_a_session_that_was_moved_too_far_to_go_on_stays(plan, clock, answer, refused) -> None:
    """From its usual day as from the new one."""
    clock("2026-12-07")
    answer("move", "2026-12-13", "2026-12-14")
    assert "choose another day" in refused("move", "2026-12-14", "2026-12-19")


def test_of_two_sessions_of_one_day_the_long_run_moves(plan, clock, answer) -> None:
    """It is the one that the plan hangs on."""
    clock("2026-12-07")
    answer("move", "2026-12-09", "2026-12-10")
    answer("move", "2026-12-13", "2026-12-11")
    out = answer("move", "2026-12-11", "2026-12-12")
    assert "Next long run: Sat 12 Dec 09:00, 40 min." in out


@pytest.mark.parametrize(
    ("day", "to", "part"),
    [
        ("2026-12-13", "2026-12-17", "nearer to 2026-12-13 than to the next session"),
        ("2026-12-13", "2026-12-20", "nearer to 2026-12-13 than to the next session"),
        ("2026-12-09", "2026-12-06", "must move to a day ahead"),
        ("2026-12-06", "2026-12-08", "must move to a day ahead"),
        ("2026-12-08", "2026-12-09", "there must be a session on that day (was '2026-12-08')"),
        ("2027-12-08", "2027-12-09", "there must be a session on that day"),
        ("2026-12-13", "2026-12-13", "a move must name two days"),
    ],
)
def test_a_move_that_would_have_no_effect_is_refused(
    plan, clock, refused, *, day, to, part
) -> None:
    """Instead of a line that nobody heeds."""
    clock("2026-12-07")
    assert part in refused("move", day, to)


# --- what cannot be used ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        ("change", "a change must give a new value (was 'none'): see runplan change --help"),
        ("change --target-min 60", "(was 'target_min as before')"),
        ("change --target-min 30", "target_min must not be below baseline_min, 40 (was 30)"),
        ("change --target-min 361", "from 10 to 360"),
        ("change --baseline-min 70", "target_min must not be below baseline_min, 70 (was 60)"),
        ("change --long-run-day sonday", 'did you mean "sunday"?'),
        ("change --long-run-at 25:00", "a time of day must be"),
        ("change --strength-min 4", "minutes must be"),
        ("change --strength-min 0", "minutes must be"),
        ("change --timezone Europe/Berln", 'did you mean "Europe/Berlin"?'),
        ("change --policy bold", "'cautious'"),
        ("change --keep-weeks 53", "keep_weeks must be"),
        ("change --last-day 2026-11-01", "last_day must not lie before the start"),
        ("change --assessed-on then", "a day must be a date"),
        ("change --target-min 70 --from then", "a day must be a date"),
        ("change 70", "70"),
        ("change --start 2026-12-07", "--start"),
        ("change --target-min 70 -f nowhere.toml", "runplan init -o nowhere.toml"),
        ("away", "Missing argument 'FIRST'. See runplan away --help."),
        ("away 2026-12-27 2026-12-24", "must not end before it begins"),
        ("away 24.12.", "write it like 2026-11-30"),
        ("away christmas", "a day must be a date"),
        ("move 2026-12-13", "Missing argument 'TO'. See runplan move --help."),
        ("move 2026-12-13 someday", "a day must be a date"),
    ],
)
def test_a_bad_line_gets_one_line_and_writes_nothing(plan, refused, arguments, part) -> None:
    """What must hold, what was given, what to do."""
    assert part in refused(*arguments.split(" "))


def test_a_file_with_dotted_keys_is_changed_as_well(plan, answer) -> None:
    """TOML has more than one way to write a table."""
    text = plan.read_text().replace('[long_run]\nday = "sunday"\nat = "09:00"\n', "")
    plan.write_text(f"long_run.day = 'sunday'\nlong_run.at = '09:00'\n{text}")
    answer("show")
    answer("change", "--long-run-at", "08:00")
    assert f"{load_rebuild(plan).long_run.at:%H:%M}" == "08:00"


def test_commands_that_change_the_plan_need_a_request(clock, refused) -> None:
    """There is nothing to change without one."""
    for arguments in (["change", "--target-min", "70"], ["away", "friday"], ["move", "wed", "thu"]):
        assert "runplan init" in refused(*arguments)
