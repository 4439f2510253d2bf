"""What there is to lift, as the training rules have it."""

import pytest

from runplan import (
    EXERCISES,
    Dose,
    Exercise,
    InvalidType,
    InvalidValue,
    Prescription,
    Rebuild,
    RunplanError,
    Strength,
    build,
)


def asked(**changes):
    """Return a request."""
    usual = {"baseline_min": 40, "target_min": 60, "start": "2026-11-30", "timezone": "UTC"}
    return Rebuild(**(usual | changes))


def exercise(**changes):
    """Return an exercise of one's own."""
    usual = {
        "name": "Band pull-apart",
        "works": ["rhomboids"],
        "needs": "a band",
        "first_month": Dose(2, 10),
        "after": Dose(3, 12),
        "easier": "a lighter band",
        "cues": ["Arms straight.", "Blades together."],
    }
    return Exercise(**(usual | changes))


@pytest.mark.parametrize(
    ("name", "needs", "first_month", "after"),
    [
        ("Renegade row", "two dumbbells", "2 × 6–8 a side, RPE 5–6", "3 × 8–10 a side, RPE 6–7"),
        (
            "Lunge-position shoulder press",
            "one dumbbell",
            "2 × 8 a side, RPE 5–6",
            "3 × 8–12 a side, RPE 6–7",
        ),
        ("Push-up with protraction", "nothing", "2 × 8–10, RPE 5–6", "3 × 8–10, RPE 6–7"),
        (
            "One-arm kettlebell swing",
            "one kettlebell",
            "2 × 8 a side, RPE 5–6",
            "3 × 10–12 a side, RPE 6–7",
        ),
    ],
)
def test_the_four_exercises_have_their_doses(name, needs, first_month, after):
    (found,) = (each for each in EXERCISES if each.name == name)
    assert found.needs == needs
    assert str(found.first_month) == first_month
    assert str(found.after) == after


def test_the_exercises_come_in_the_order_of_the_method():
    assert [each.name.split()[0] for each in EXERCISES] == [
        "Renegade",
        "Lunge-position",
        "Push-up",
        "One-arm",
    ]


@pytest.mark.parametrize(
    ("name", "muscles"),
    [
        (
            "Renegade row",
            (
                "trapezius; latissimus dorsi; teres major and minor; rhomboids; biceps; forearms; "
                "rear deltoids"
            ),
        ),
        ("Lunge-position shoulder press", "deltoids; glutes; quadriceps; core"),
        ("Push-up with protraction", "serratus anterior; upper back"),
        (
            "One-arm kettlebell swing",
            "deltoids; latissimus dorsi; pectorals; hips; glutes; hamstrings; abdominals",
        ),
    ],
)
def test_each_exercise_names_the_muscles_it_works(name, muscles):
    (found,) = (each for each in EXERCISES if each.name == name)
    assert "; ".join(found.works) == muscles


def test_each_exercise_has_a_few_cues_and_an_easier_way():
    for each in EXERCISES:
        assert 3 <= len(each.cues) <= 5
        assert all(cue.endswith(".") for cue in each.cues)
        assert each.easier


def test_the_doses_grow_in_the_fifth_week_for_every_exercise():
    weeks = build(asked()).weeks
    for week in weeks:
        doses = [[each.dose for each in session.prescriptions] for session in week.strength]
        chosen = "first_month" if week.number <= 4 else "after"
        assert doses == [[getattr(each, chosen) for each in EXERCISES]] * len(week.strength)
    assert [week.strength[0].prescriptions[0].sets for week in weeks] == [2, 2, 2, 2, 3, 3, 3, 3]


def test_a_prescription_can_be_read_number_by_number():
    session = build(asked()).weeks[4].strength[0]
    row, press, push_up, swing = session.prescriptions
    assert (row.sets, row.reps, row.per_side, row.rpe) == (3, (8, 10), True, (6, 7))
    assert (press.reps, push_up.per_side, swing.reps) == ((8, 12), False, (10, 12))
    assert str(swing) == "One-arm kettlebell swing: 3 × 10–12 a side, RPE 6–7"


def test_a_runner_can_bring_exercises_of_their_own():
    own = exercise()
    session = build(asked(strength=Strength(exercises=[own]))).weeks[0].strength[0]
    assert session.prescriptions == (Prescription(exercise=own, dose=Dose(2, 10)),)
    assert str(session.prescriptions[0]) == "Band pull-apart: 2 × 10, RPE 5–6"


@pytest.mark.parametrize(
    ("dose", "text"),
    [
        (Dose(1, 1), "1 × 1, RPE 5–6"),
        (Dose(10, 100, rpe=10), "10 × 100, RPE 10"),
        (Dose(2, [8, 10], rpe=(1, 10)), "2 × 8–10, RPE 1–10"),
        (Dose(2, (8, 8), per_side=True), "2 × 8 a side, RPE 5–6"),
    ],
)
def test_a_dose_reads_as_on_a_training_sheet(dose, text):
    assert str(dose) == text


def test_one_number_is_the_lowest_and_the_highest():
    assert Dose(2, 8) == Dose(2, (8, 8)) == Dose(2, [8, 8])
    assert Dose(2, 8, rpe=6).rpe == (6, 6)


@pytest.mark.parametrize(
    ("make", "error", "text"),
    [
        (lambda: Dose(0, 8), InvalidValue, "sets must be a whole number of sets from 1 to 10"),
        (lambda: Dose(11, 8), InvalidValue, "(was 11): give a number from 1 to 10"),
        (lambda: Dose(True, 8), InvalidType, "(was True)"),
        (lambda: Dose(2.0, 8), InvalidType, "(was 2.0)"),
        (lambda: Dose("2", 8), InvalidType, "(was '2')"),
        (lambda: Dose(2, 0), InvalidValue, "reps must be a whole number of repetitions"),
        (lambda: Dose(2, 101), InvalidValue, "from 1 to 100 (was 101)"),
        (lambda: Dose(2, True), InvalidType, "(was True)"),
        (lambda: Dose(2, (8, 10.0)), InvalidType, "(was 10.0)"),
        (lambda: Dose(2, (10, 8)), InvalidValue, "reps must not end before it begins"),
        (lambda: Dose(2, (8, 10, 12)), InvalidValue, "write it like 8 or (8, 10)"),
        (lambda: Dose(2, ()), InvalidValue, "or the lowest and the highest (was ())"),
        (lambda: Dose(2, "8-10"), InvalidType, "(was '8-10'): write it like 8 or (8, 10)"),
        (lambda: Dose(2, 8.5), InvalidType, "(was 8.5)"),
        (lambda: Dose(2, None), InvalidType, "(was None)"),
        (lambda: Dose(2, 8, rpe=11), InvalidValue, "rpe must be a whole number of RPE points"),
        (lambda: Dose(2, 8, rpe=(7, 6)), InvalidValue, "swap them"),
        (lambda: Dose(2, 8, per_side=1), InvalidType, "per_side must be true or false (was 1)"),
        (lambda: exercise(name=""), InvalidValue, "an exercise's name must not be empty"),
        (lambda: exercise(name=None), InvalidType, "an exercise's name must be text (was None)"),
        (lambda: exercise(name="x" * 81), InvalidValue, "at most 80 characters"),
        (lambda: exercise(needs="\n"), InvalidValue, "an exercise's text must not be empty"),
        (lambda: exercise(easier=3), InvalidType, "an exercise's text must be text (was 3)"),
        (lambda: exercise(cues="Stand."), InvalidType, "must be lists of texts (was 'Stand.')"),
        (lambda: exercise(cues=None), InvalidType, "put it in a list"),
        (lambda: exercise(cues=["Stand.", 3]), InvalidType, "must be text (was 3)"),
        (lambda: exercise(works="back"), InvalidType, "cues and muscles must be lists"),
        (lambda: exercise(works=["x" * 301]), InvalidValue, "(was '301 characters'): shorten it"),
        (lambda: exercise(first_month="2 × 8"), InvalidType, "first_month must be a Dose"),
        (lambda: exercise(after=None), InvalidType, "after must be a Dose (was None): give one"),
    ],
)
def test_an_exercise_nobody_can_do_is_refused(make, error, text):
    with pytest.raises(error) as refused:
        make()
    assert isinstance(refused.value, RunplanError)
    assert text in str(refused.value)


def test_line_breaks_in_a_cue_become_spaces():
    assert exercise(cues=["Arms\r\nstraight."]).cues == ("Arms straight.",)


def test_exercises_of_the_same_words_are_equal_and_can_be_keys():
    assert {exercise(), exercise(works=("rhomboids",))} == {exercise()}
    assert exercise() != exercise(needs="two bands")
