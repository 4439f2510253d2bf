"""Two or three exercises at a time: sessions rotate through them, by their place in the plan."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.diaries import asked, cleared, on, ran, strength_report

from runplan import EXERCISES, Away, Change, InvalidType, InvalidValue, Log, Strength, build

MONDAY, WEDNESDAY, FRIDAY = 0, 2, 4
SHORT = {each.name: each.name.split()[0].lower() for each in EXERCISES}


def lifts(rebuild, log=None, today=None):
    """Return the exercises of all sessions, by week."""
    return [
        [" ".join(SHORT[one.exercise.name] for one in each.prescriptions) for each in week.strength]
        for week in build(rebuild, log, today).weeks
    ]


def test_two_at_a_time_continue_from_session_to_session_and_week_to_week():
    first, second = "renegade lunge-position", "push-up one-arm"
    assert lifts(asked(strength=Strength(per_session=2)))[:6] == [
        [first],
        [second],
        [first, second],
        [first, second],
        [first, second, first],
        [second, first, second],
    ]


def test_three_at_a_time_begin_where_the_session_before_stopped():
    assert lifts(asked(strength=Strength(per_session=3)))[:4] == [
        ["renegade lunge-position push-up"],
        ["one-arm renegade lunge-position"],
        ["push-up one-arm renegade", "lunge-position push-up one-arm"],
        ["renegade lunge-position push-up", "one-arm renegade lunge-position"],
    ]


def test_without_a_number_a_session_has_all_exercises_in_order():
    usual = lifts(asked())
    assert {each for week in usual for each in week} == {"renegade lunge-position push-up one-arm"}


def test_fewer_exercises_than_a_session_may_have_are_all_done():
    work = Strength(exercises=EXERCISES[:2], per_session=3)
    assert {each for week in lifts(asked(strength=work)) for each in week} == {
        "renegade lunge-position"
    }


@given(
    st.integers(2, 3),
    st.integers(1, 4),
    st.lists(st.tuples(st.integers(1, 3), st.integers(0, 3)), max_size=3),
    st.integers(0, 3),
)
def test_each_exercise_comes_as_often_as_the_others(per_session, number, phases, then):
    work = Strength(
        ramp=[*phases, (None, then)], exercises=EXERCISES[:number], per_session=per_session
    )
    counts = Counter({each.name: 0 for each in work.exercises})
    for week in build(asked(strength=work)).weeks:
        for session in week.strength:
            counts.update(one.exercise.name for one in session.prescriptions)
            assert max(counts.values()) - min(counts.values()) <= 1


@pytest.mark.parametrize(
    "entries",
    [
        [strength_report(1, WEDNESDAY), strength_report(2, WEDNESDAY)],
        [strength_report(1, WEDNESDAY, skipped=True)],
        [ran(1), ran(2, 45, pain=2)],
        [],
    ],
    ids=["done", "skipped", "runs", "nothing"],
)
def test_what_was_done_does_not_turn_the_rotation(entries):
    rebuild = asked(strength=Strength(per_session=2))
    assert lifts(rebuild, Log(entries), on(3, MONDAY))[:6] == lifts(rebuild)[:6]


def test_fewer_sessions_after_pain_still_take_turns():
    rebuild = asked(strength=Strength(per_session=2))
    sore = [strength_report(week, WEDNESDAY, pain_next_morning=3) for week in (2, 3, 4)]
    first, second = "renegade lunge-position", "push-up one-arm"
    found = lifts(rebuild, Log(sore), on(5, MONDAY))
    assert found[:5] == [[first], [second], [first], [second], [first]]


def test_a_pause_and_days_away_leave_out_sessions_and_their_exercises():
    rebuild = asked(
        strength=Strength(per_session=2, ramp=[(None, 3)]),
        away=[Away(first=on(2, MONDAY), last=on(2, 6))],
    )
    log = Log([ran(3, pain=7, pain_from=30), cleared(4, FRIDAY)])
    found = lifts(rebuild, log, on(4, FRIDAY))
    first, second = "renegade lunge-position", "push-up one-arm"
    assert found[0] == [first, second, first]
    assert found[1] == []
    assert found[2] == [first, second, first]
    assert found[3] == [second]


def test_a_change_applies_to_the_sessions_ahead_and_leaves_the_others():
    change = Change(day=on(3, FRIDAY), strength=Strength(per_session=2, equipment=[]))
    weeks = build(asked(), Log([change]), on(3, FRIDAY)).weeks
    names = [[one.exercise.name for one in each.prescriptions] for each in weeks[2].strength]
    assert names == [
        [each.name for each in EXERCISES],
        ["Push-up with protraction", "Single-leg hip hinge"],
    ]


def test_a_week_lists_the_exercises_by_day_where_they_differ():
    weeks = build(asked(strength=Strength(per_session=2))).weeks
    (line,) = weeks[0].table().lines
    assert line == (
        "Strength: Renegade row: 2 × 6–8 a side, RPE 5–6; Lunge-position shoulder press: "
        "2 × 8 a side, RPE 5–6."
    )
    lines = weeks[2].table().lines
    assert [line.partition(":")[0] for line in lines] == [
        "Strength on Wed 16 Dec",
        "Strength on Fri 18 Dec",
    ]
    assert "One-arm kettlebell swing: 2 × 8 a side" in lines[1]


@pytest.mark.parametrize(
    ("number", "error"), [(1, InvalidValue), (4, InvalidValue), ("2", InvalidType)]
)
def test_a_session_has_two_or_three_exercises_or_all(number, error):
    with pytest.raises(error, match="per_session must be a whole number of exercises from 2 to 3"):
        Strength(per_session=number)
