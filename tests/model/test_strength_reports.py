"""What a report of a strength session may say: done or skipped, which exercises, and reps."""

import pytest

from runplan import InvalidType, InvalidValue, StrengthReport

DAY = "2026-12-09"


def test_the_exercises_of_the_repetitions_are_done_too():
    report = StrengthReport(day=DAY, exercises=["Push-up"], reps={"Renegade row": [8, 7]})
    assert report.exercises == ("Push-up", "Renegade row")
    assert report.reps == (("Renegade row", (8, 7)),)
    assert report.lifts == ("Push-up", "Renegade row 8 + 7 reps")


def test_one_number_is_one_set_and_pairs_are_as_good_as_a_mapping():
    mapping = StrengthReport(day=DAY, reps={"Renegade row": 8})
    assert mapping == StrengthReport(day=DAY, reps=[["Renegade row", [8]]])
    assert mapping == StrengthReport(day=DAY, reps=mapping.reps, exercises=["Renegade row"])
    assert hash(mapping)


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ({}, "strength session, no pain"),
        ({"skipped": True}, "strength session, skipped"),
        ({"skipped": True, "note": "late"}, "strength session, skipped, late"),
        (
            {"skipped": True, "red_flags": ["fever"]},
            "strength session, skipped, fever or feeling ill",
        ),
        (
            {"pain": 1, "reps": {"Push-up": [10]}, "note": "slow"},
            "strength session, pain 1 of 10, Push-up 10 reps, slow",
        ),
    ],
)
def test_a_report_reads_as_a_runner_would_say_it(how, words):
    assert str(StrengthReport(day=DAY, **how)) == words


@pytest.mark.parametrize(
    ("how", "error", "text"),
    [
        ({"skipped": True, "pain": 2}, InvalidValue, "must come without pain (was 2)"),
        ({"skipped": True, "pain_next_morning": 0}, InvalidValue, "must come without pain (was 0)"),
        ({"skipped": True, "exercises": ["Push-up"]}, InvalidValue, "without exercises"),
        ({"skipped": True, "reps": {"Push-up": 8}}, InvalidValue, "report the session as done"),
        ({"skipped": 1}, InvalidType, "skipped must be true or false (was 1)"),
        ({"exercises": "Push-up"}, InvalidType, "exercises must be a list of names"),
        ({"exercises": 3}, InvalidType, "put it in a list"),
        ({"exercises": [3]}, InvalidType, "an exercise's name must be text"),
        ({"exercises": [" "]}, InvalidValue, "must not be empty"),
        ({"exercises": ["x" * 81]}, InvalidValue, "at most 80 characters"),
        ({"reps": 3}, InvalidType, 'write it like {"Renegade row": [8, 8]}'),
        ({"reps": "row 8"}, InvalidType, "reps must be exercises with the repetitions"),
        ({"reps": ["row"]}, InvalidType, "reps must be exercises with the repetitions"),
        ({"reps": [["row"]]}, InvalidType, "reps must be exercises with the repetitions"),
        ({"reps": {"row": "8"}}, InvalidType, "(was '8')"),
        ({"reps": {"row": []}}, InvalidValue, "leave the exercise out"),
        ({"reps": {"row": [0]}}, InvalidValue, "reps must be a whole number of repetitions from 1"),
        ({"reps": {"row": 1001}}, InvalidValue, "to 1000 (was 1001)"),
        ({"reps": {"row": [True]}}, InvalidType, "(was True)"),
        ({"reps": {"row": [8.5]}}, InvalidType, "(was 8.5)"),
        ({"reps": [["row", 8], ["row", 7]]}, InvalidValue, "must name each exercise once"),
    ],
)
def test_a_report_that_cannot_be_true_is_refused(how, error, text):
    with pytest.raises(error) as refused:
        StrengthReport(day=DAY, **how)
    assert text in str(refused.value)
