"""Changes and moves as values: what they take, refuse and show."""

import pytest

from runplan import (
    CAUTIOUS,
    Away,
    Change,
    InvalidType,
    InvalidValue,
    Move,
    Slot,
    Strength,
    UnknownName,
)

DAY = "2027-02-01"


def test_a_change_gives_only_the_values_that_were_named():
    change = Change(day=DAY, strength=None, last_day="2027-06-30", assessed_on=None, away=[])
    values = {"strength": None, "last_day": change.last_day, "assessed_on": None, "away": ()}
    assert change.values == values
    assert change.last_day.isoformat() == "2027-06-30"
    assert Change(day=DAY, target_min=90).values == {"target_min": 90}


@pytest.mark.parametrize(
    ("values", "error", "words"),
    [
        ({}, InvalidValue, "a change must give a new value"),
        ({"note": "gym closed"}, InvalidValue, "a change must give a new value"),
        ({"baseline_min": 9}, InvalidValue, "baseline_min must be .* from 10 to 360"),
        ({"target_min": 361}, InvalidValue, "target_min must be .* from 10 to 360"),
        ({"target_min": "90"}, InvalidType, "target_min must be a whole number"),
        ({"long_run": "sunday"}, InvalidType, "long_run must be"),
        ({"strength": 3}, InvalidType, "strength must be"),
        ({"first_month": "skip"}, UnknownName, "first_month must be one of hold, extend"),
        ({"policy": "cautious"}, InvalidType, "policy must be"),
        ({"away": None}, InvalidType, "away must be a sequence of Away"),
        ({"timezone": "Europe/Berln"}, UnknownName, "did you mean"),
        ({"keep_weeks": -1}, InvalidValue, "keep_weeks must be"),
        ({"assessed_on": "2027-02-30"}, InvalidValue, "a day must be a date"),
        ({"last_day": 5}, InvalidType, "a day must be a date"),
    ],
)
def test_a_change_refuses_what_a_request_refuses(values, error, words):
    with pytest.raises(error, match=words):
        Change(day=DAY, **values)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"target_min": 90, "note": "new year"}, "change to target_min 90, new year"),
        ({"long_run": Slot("saturday", "18:00")}, "change to long_run saturday 18:00"),
        ({"strength": Strength()}, "change to strength 30 min at 18:30"),
        ({"strength": None}, "change to strength none"),
        ({"policy": CAUTIOUS}, 'change to policy "cautious"'),
        ({"last_day": "2027-06-30"}, "change to last_day 2027-06-30"),
        ({"away": []}, "change to away none"),
        (
            {"away": [Away(first="2027-03-01", last="2027-03-07")]},
            "change to away 2027-03-01 to 2027-03-07",
        ),
    ],
)
def test_a_change_says_what_it_changes(values, words):
    assert str(Change(day=DAY, **values)) == words


def test_a_change_or_a_move_may_be_recorded_before_its_day():
    assert Change(day=DAY, target_min=90).recorded_on.isoformat() == DAY
    change = Change(day=DAY, target_min=90, recorded_on="2027-01-25")
    assert change.recorded_on.isoformat() == "2027-01-25"
    # By default a move is recorded on the earlier of its two days.
    for day, to in (("2027-02-06", "2027-02-07"), ("2027-02-07", "2027-02-06")):
        assert Move(day=day, to=to).recorded_on.isoformat() == "2027-02-06"


def test_a_move_names_two_days():
    with pytest.raises(InvalidValue, match="a move must name two days"):
        Move(day=DAY, to=DAY)
    assert str(Move(day=DAY, to="2027-02-02", note="rain")) == "move to Tue 2 Feb 2027, rain"
