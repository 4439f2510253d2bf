"""Days off: ranges with and without an end, and how they begin, join and end."""

import pytest

from runplan import Away, InvalidType, InvalidValue, Rebuild, back, off

# The second day of a month is "02"; "" stands for no end.
ILL, HOLIDAY = ("04", ""), ("15", "21")


def ranges(*spans):
    """Return days off in January 2027."""
    return tuple(
        Away(first=f"2027-01-{first}", last=f"2027-01-{last}" if last else None)
        for first, last in spans
    )


@pytest.mark.parametrize(
    ("before", "new", "after"),
    [
        ([], ("04", "06"), [("04", "06")]),
        ([], ILL, [ILL]),
        ([HOLIDAY], ("04", "06"), [("04", "06"), HOLIDAY]),
        # Those that overlap or touch become one.
        ([HOLIDAY], ("12", "15"), [("12", "21")]),
        ([HOLIDAY], ("12", "14"), [("12", "21")]),
        ([HOLIDAY], ("22", "24"), [("15", "24")]),
        ([HOLIDAY], ("16", "17"), [HOLIDAY]),
        ([("04", "06"), HOLIDAY], ("07", "14"), [("04", "21")]),
        # An illness in a holiday, or just after it, goes on from there.
        ([HOLIDAY], ("17", ""), [("15", "")]),
        ([HOLIDAY], ("22", ""), [("15", "")]),
        # A later holiday is not forgotten.
        ([HOLIDAY], ILL, [ILL, HOLIDAY]),
        ([ILL], HOLIDAY, [ILL, HOLIDAY]),
        ([ILL, HOLIDAY], ("20", "25"), [ILL, ("15", "25")]),
        ([ILL], ("04", "08"), [ILL]),
        # The earlier of two that have no end counts.
        ([ILL], ("09", ""), [ILL]),
        ([ILL], ("02", ""), [("02", "")]),
    ],
)
def test_days_off_are_joined_with_those_there_are(before, new, after):
    (added,) = ranges(new)
    assert off(ranges(*before), added.first, added.last) == ranges(*after)


@pytest.mark.parametrize(
    ("before", "day", "after"),
    [
        ([ILL], "09", [("04", "08")]),
        ([ILL], "05", [("04", "04")]),
        ([ILL], "04", []),
        ([HOLIDAY], "18", [("15", "17")]),
        ([HOLIDAY], "21", [("15", "20")]),
        # Those that begin later stay, those that were over before too.
        ([ILL, HOLIDAY], "09", [("04", "08"), HOLIDAY]),
        ([("01", "02"), ILL], "09", [("01", "02"), ("04", "08")]),
        # A holiday within the illness ends as well, or is part of it.
        ([ILL, HOLIDAY], "18", [("04", "17")]),
        ([ILL, HOLIDAY], "15", [("04", "14")]),
        ([ILL, HOLIDAY], "25", [("04", "24")]),
    ],
)
def test_the_day_you_are_back_ends_the_days_off_that_are_running(before, day, after):
    assert back(ranges(*before), f"2027-01-{day}") == ranges(*after)


@pytest.mark.parametrize(("before", "day"), [([], "09"), ([HOLIDAY], "14"), ([HOLIDAY], "22")])
def test_nobody_is_back_who_was_not_away(before, day):
    with pytest.raises(InvalidValue, match="the first day back must be a day off"):
        back(ranges(*before), f"2027-01-{day}")


def test_days_that_are_no_days_are_refused():
    with pytest.raises(InvalidType, match="a day must be a date"):
        off((), None)
    with pytest.raises(InvalidValue, match="a day must be a date"):
        back(ranges(ILL), "2027-01-32")
    with pytest.raises(InvalidValue, match="must not end before it begins"):
        off((), "2027-01-04", "2027-01-03")


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (ILL, "2027-01-04 until further notice"),
        (HOLIDAY, "2027-01-15 to 2027-01-21"),
        (("15", "15"), "2027-01-15"),
    ],
)
def test_days_off_in_words(span, words):
    assert str(*ranges(span)) == words


def asked(*spans):
    return Rebuild(
        baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC", away=ranges(*spans)
    )


def test_a_request_may_have_days_off_within_those_without_an_end():
    assert asked(HOLIDAY, ILL).away == ranges(HOLIDAY, ILL)
    assert "Monday, 4 January 2027 until further notice" in str(asked(ILL).table())


@pytest.mark.parametrize(
    "spans",
    [
        [("04", ""), ("09", "")],
        [("04", ""), ("04", "")],
        [("04", ""), ("06", "07"), ("09", "")],
        [("04", "08"), ("06", "")],
        [("04", "08"), ("04", "")],
        [("04", ""), ("06", "09"), ("08", "10")],
    ],
)
def test_other_days_off_of_a_request_must_not_overlap(spans):
    for order in (spans, spans[::-1]):
        with pytest.raises(InvalidValue, match="away ranges must not overlap"):
            asked(*order)
