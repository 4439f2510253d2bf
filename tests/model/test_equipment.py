"""Training with what is there: equipment chooses among the exercises and their variations."""

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from runplan import EXERCISES, Dose, Exercise, InvalidType, InvalidValue, Strength, UnknownName
from runplan.model.equipment import EQUIPMENT

ROW, PRESS, PUSH_UP, SWING = (each.name for each in EXERCISES)
RAISE, PIKE, HINGE = "Prone arm raise", "Pike push-up", "Single-leg hip hinge"


def band_pull(**changes):
    """Return an exercise of one's own that needs a band."""
    usual = {
        "name": "Band pull-apart",
        "works": ["rhomboids"],
        "needs": "a band",
        "first_month": Dose(2, 10),
        "after": Dose(3, 12),
        "easier": "a lighter band",
        "cues": ["Arms straight."],
    }
    return Exercise(**(usual | changes))


def chosen(equipment, exercises=EXERCISES):
    """Return the names of the exercises that equipment allows."""
    return [each.name for each in Strength(exercises=exercises, equipment=equipment).chosen]


@pytest.mark.parametrize(
    ("equipment", "names"),
    [
        (None, [ROW, PRESS, PUSH_UP, SWING]),
        ([], [RAISE, PIKE, PUSH_UP, HINGE]),
        (["nothing"], [RAISE, PIKE, PUSH_UP, HINGE]),
        (["one dumbbell"], [RAISE, PRESS, PUSH_UP, HINGE]),
        # Who has two has one.
        (["two dumbbells"], [ROW, PRESS, PUSH_UP, HINGE]),
        (["one kettlebell"], [RAISE, PIKE, PUSH_UP, SWING]),
        (["one kettlebell", "two dumbbells"], [ROW, PRESS, PUSH_UP, SWING]),
    ],
)
def test_an_exercise_gives_way_to_its_variation_where_its_equipment_is_missing(equipment, names):
    assert chosen(equipment) == names


@given(st.lists(st.sampled_from([*EQUIPMENT, "nothing"])))
def test_every_muscle_group_is_trained_whatever_there_is(equipment):
    exercises = Strength(equipment=equipment).chosen
    assert len(exercises) == len(EXERCISES)
    for original, each in zip(EXERCISES, exercises, strict=True):
        assert set(each.works) & set(original.works)


def test_a_variation_needs_nothing_and_has_the_sets_and_repetitions_of_its_exercise():
    for each in EXERCISES:
        if each.needs == "nothing":
            assert each.instead is None
            continue
        other = each.instead
        assert other.needs == "nothing"
        assert (other.first_month.sets, other.after.sets) == (2, 3)
        assert other.first_month.reps == each.first_month.reps
        assert other.after.reps == each.after.reps
        assert other.first_month.rpe == each.first_month.rpe
        assert 3 <= len(other.cues) <= 5
        assert all(cue.endswith(".") for cue in other.cues)
        assert other.works
        assert other.easier


def test_each_exercise_has_its_source_and_a_variation_is_a_house_choice():
    assert {(each.source, each.evidence) for each in EXERCISES} == {
        ("the method itself", "the method")
    }
    variations = [each.instead for each in EXERCISES if each.instead]
    assert all(each.source.startswith("our choice") for each in variations)
    assert {each.evidence for each in variations} == {"house"}


def test_an_exercise_of_ones_own_without_a_variation_is_left_out():
    assert chosen([], [band_pull(), EXERCISES[2]]) == [PUSH_UP]
    assert chosen(["a band"], [band_pull(), EXERCISES[2]]) == ["Band pull-apart", PUSH_UP]


def test_a_variation_that_cannot_be_done_gives_way_to_its_own():
    towel = band_pull(name="Towel pull-apart", needs="a towel", instead=EXERCISES[2])
    exercises = [band_pull(instead=towel)]
    assert chosen(["a towel"], exercises) == ["Towel pull-apart"]
    assert chosen([], exercises) == [PUSH_UP]


def test_a_variation_of_two_exercises_is_done_once():
    exercises = [EXERCISES[2], band_pull(instead=EXERCISES[2])]
    assert chosen([], exercises) == [PUSH_UP]


def test_the_order_and_nothing_make_no_difference():
    one = Strength(equipment=["two dumbbells", "one kettlebell", "nothing"])
    other = Strength(equipment=("one kettlebell", "two dumbbells", "two dumbbells"))
    assert one == other
    assert one.equipment == ("one kettlebell", "two dumbbells")


@pytest.mark.parametrize(
    ("equipment", "error", "text"),
    [
        (["two dumbbell"], UnknownName, 'did you mean "two dumbbells"?'),
        (["a bench"], UnknownName, "leave it out: no exercise needs it"),
        ("two dumbbells", InvalidType, "equipment must be a list of names"),
        (3, InvalidType, 'write it like ["two dumbbells"], or [] for nothing'),
        ([3], InvalidType, "equipment must be text (was 3)"),
        ([""], InvalidValue, "equipment must not be empty"),
    ],
)
def test_equipment_that_no_exercise_needs_is_refused(equipment, error, text):
    with pytest.raises(error) as refused:
        Strength(equipment=equipment)
    assert text in str(refused.value)


@pytest.mark.parametrize(
    ("equipment", "given_"), [([], "nothing"), (["one dumbbell"], "one dumbbell")]
)
def test_equipment_must_allow_an_exercise(equipment, given_):
    with pytest.raises(InvalidValue, match="the equipment must allow at least one exercise") as no:
        Strength(exercises=[band_pull()], equipment=equipment)
    assert f"(was '{given_}')" in str(no.value)


def test_a_variation_must_be_an_exercise():
    with pytest.raises(InvalidType, match="instead must be an Exercise or None"):
        band_pull(instead="Push-up")


def test_an_exercise_shows_its_variation_and_its_source():
    rows = dict(EXERCISES[0].table().rows)
    assert rows["Without it"] == RAISE
    assert rows["Source"] == "the method itself"
    assert "Without it" not in dict(EXERCISES[2].table().rows)
    assert "instead='Prone arm raise'" in repr(EXERCISES[0])
    assert "instead=None" in repr(evolve(EXERCISES[0], instead=None))


@pytest.mark.parametrize(
    ("work", "words"),
    [
        ({}, ""),
        ({"equipment": []}, "with nothing"),
        ({"equipment": ["one kettlebell", "one dumbbell"]}, "with one dumbbell and one kettlebell"),
        ({"per_session": 3}, "3 exercises a session"),
        (
            {"equipment": ["one dumbbell"], "per_session": 2},
            "with one dumbbell, 2 exercises a session",
        ),
    ],
)
def test_a_selection_is_told_in_a_few_words(work, words):
    assert Strength(**work).selection == words
