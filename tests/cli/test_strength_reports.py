"""Strength at the command line: skipped or done, which exercises, and what there is to lift."""

import pytest

from runplan import StrengthReport, load_rebuild

FIRST_SUNDAY = "2026-12-06"


def test_a_skipped_session_is_logged_and_nothing_else_changes(plan, answer, logged) -> None:
    """It is shown as skipped and costs nothing."""
    before = answer("show")
    out = answer("log", "strength", "--day", "wed", "--skipped", "--note", "too tired")
    assert "Wed 2 Dec 2026, strength session, skipped, too tired." in out
    assert logged() == [
        StrengthReport(day="2026-12-02", recorded_on=FIRST_SUNDAY, skipped=True, note="too tired")
    ]
    assert answer("show") == before.replace("Wed Starts", "Wed skipped Starts")


def test_exercises_and_repetitions_are_named_by_their_beginnings(plan, answer, logged) -> None:
    """In any case; another name is kept as it is."""
    answer(
        *("log", "strength", "--exercise", "push-up", "--exercise", "Face pull"),
        *("--reps", "renegade row 8 7", "--reps", "one-arm: 10, 10"),
    )
    assert logged() == [
        StrengthReport(
            day=FIRST_SUNDAY,
            exercises=["Push-up with protraction", "Face pull"],
            reps={"Renegade row": [8, 7], "One-arm kettlebell swing": [10, 10]},
        )
    ]
    assert "Renegade row 8 + 7 reps" in answer("log", "--list")


def test_exercises_can_be_logged_before_there_is_a_plan(clock, answer, logged) -> None:
    """Those of the method are known by name."""
    answer("log", "strength", "--exercise", "pike")
    assert logged() == [StrengthReport(day=FIRST_SUNDAY, exercises=["Pike push-up"])]


@pytest.mark.parametrize(
    ("options", "part"),
    [
        (("--exercise", "renegade raw"), 'did you mean "Renegade row"?'),
        (("--exercise", "p"), "write it in full: Push-up with protraction or Prone arm raise"),
        (("--exercise", " "), "an exercise's name must not be empty"),
        (("--reps", "renegade row"), "write it like 'renegade row 8 8'"),
        (("--reps", "8 8"), "reps must be an exercise with the repetitions of each set"),
        (("--reps", "renegade row 0"), "from 1 to 1000 (was 0)"),
        (("--skipped", "--pain", "2"), "a skipped session must come without pain"),
        (("--skipped", "--reps", "renegade row 8"), "must come without exercises"),
    ],
)
def test_what_cannot_be_meant_is_refused(plan, refused, options, part) -> None:
    """With what to write."""
    assert part in refused("log", "strength", *options)


def test_a_report_becomes_skipped_and_done_again(plan, answer, logged, id_of) -> None:
    """What was done goes with it, and repetitions replace those of before."""
    answer("log", "strength", "--reps", "renegade row 8 8")
    answer("edit", id_of("strength session"), "--reps", "push-up 10")
    assert logged()[-1] == StrengthReport(day=FIRST_SUNDAY, reps={"Push-up with protraction": 10})
    answer("edit", id_of("Push-up"), "--skipped")
    assert logged()[-1] == StrengthReport(day=FIRST_SUNDAY, skipped=True)
    answer("edit", id_of("skipped"), "--done")
    assert logged()[-1] == StrengthReport(day=FIRST_SUNDAY)


@pytest.mark.parametrize(
    "option", [("--skipped",), ("--done",), ("--exercise", "row"), ("--reps", "row 8")]
)
def test_a_run_has_no_exercises(plan, answer, refused, id_of, option) -> None:
    """Its report is corrected with its own options."""
    answer("log", "--minutes", "40")
    assert f"(was '{option[0]}')" in refused("edit", id_of("run of"), *option)


def test_equipment_and_exercises_a_session_are_changed_and_changed_back(plan, answer) -> None:
    """They go into rebuild.toml, below the examples there."""
    before = plan.read_text()
    out = answer(
        *("change", "--equipment", "two dumbbells", "--equipment", "one kettlebell"),
        *("--per-session", "2"),
    )
    assert "with one kettlebell and two dumbbells, 2 exercises a session (was 18:30," in out
    work = load_rebuild(plan).strength
    assert work.equipment == ("one kettlebell", "two dumbbells")
    assert work.per_session == 2
    assert "# per_session = 2\nper_session = 2\n" in plan.read_text()
    answer("change", "--equipment", "nothing")
    assert load_rebuild(plan).strength.equipment == ()
    answer("change", "--equipment", "everything", "--per-session", "all")
    assert load_rebuild(plan).strength.equipment is None
    assert plan.read_text() == before


def test_equipment_that_nobody_needs_is_refused(plan, refused) -> None:
    """With the name that was probably meant."""
    assert 'did you mean "two dumbbells"?' in refused("change", "--equipment", "two dumbbell")
    assert "no exercise needs it" in refused(
        "change", "--equipment", "everything", "--equipment", "bench"
    )


def test_the_exercises_are_those_of_the_request(plan, answer) -> None:
    """And where they rotate, the sessions ahead come with theirs."""
    assert "Renegade row First month" in answer("exercises")
    answer("change", "--equipment", "nothing")
    out = answer("exercises")
    assert "Prone arm raise First month" in out
    assert "Sessions ahead" not in out
    answer("change", "--per-session", "2")
    out = answer("exercises")
    assert "Sessions ahead Wed 9 Dec Push-up with protraction; Single-leg hip hinge" in out
    assert "Wed 16 Dec Prone arm raise; Pike push-up" in out
    answer("change", "--no-strength")
    assert "Renegade row First month" in answer("exercises")
