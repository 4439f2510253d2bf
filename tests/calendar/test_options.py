"""The options of a calendar: alarms by kind, addresses, and how they are recorded in the file."""

import pytest
from attrs import evolve, fields
from hypothesis import given
from hypothesis import strategies as st
from support.effort import examples

from runplan import CalendarOptions, InvalidType, InvalidValue, RunplanError, UnknownName
from runplan.calendar.options import (
    COLOURS,
    Alarms,
    differences,
    effective,
    from_record,
    record,
    settings,
    values_of,
)

MINUTES = st.none() | st.integers(0, 10080)
OPTIONS = st.builds(
    CalendarOptions,
    alarm_min=MINUTES
    | st.builds(Alarms, long_run=MINUTES, strength=MINUTES, morning=MINUTES)
    | st.just({"morning": 0}),
    morning=st.none() | st.times().map(lambda time: f"{time:%H:%M}"),
    answer_url=st.sampled_from([None, "https://example.org/anna?a=1,2;3#x", "http://[::1]:8000"]),
    floating=st.booleans(),
    keep_cancelled=st.booleans(),
    emoji=st.booleans(),
    colour=st.sampled_from(sorted(COLOURS)),
    refresh_hours=st.integers(1, 744),
    calendar_name=st.none() | st.text(min_size=1, max_size=20).filter(str.isalnum),
    busy=st.booleans(),
)


# --- alarms ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "alarms"),
    [
        (None, Alarms()),
        (30, Alarms(long_run=30, strength=30)),
        (0, Alarms(long_run=0, strength=0)),
        ({"long_run": 60}, Alarms(long_run=60)),
        ({}, Alarms()),
        (Alarms(morning=5), Alarms(morning=5)),
    ],
)
def test_a_number_is_for_long_runs_and_strength_alike(given: object, alarms: Alarms) -> None:
    """The question of the morning rings only when asked for by name."""
    assert CalendarOptions(alarm_min=given).alarm_min == alarms


@pytest.mark.parametrize(
    ("given", "error", "says"),
    [
        ({"alarm_min": {"longrun": 60}}, UnknownName, r'did you mean "long_run"\?'),
        ({"alarm_min": {5: 60}}, UnknownName, "leave it out"),
        ({"alarm_min": {"morning": -1}}, InvalidValue, "morning must be a whole number of min"),
        ({"alarm_min": {"strength": "15"}}, InvalidType, "strength must be a whole number"),
        ({"alarm_min": "30 min"}, InvalidType, "alarm_min must be a whole number of minutes"),
        ({"alarm_min": [30]}, InvalidType, "alarm_min must be a whole number of minutes"),
        ({"morning": "8"}, InvalidValue, "a time of day must be hours and minutes"),
        ({"morning": 8}, InvalidType, 'write it like "09:00"'),
        ({"answer_url": 5}, InvalidType, "answer_url must be an address of the web"),
        ({"answer_url": "example.org"}, InvalidValue, 'write it like "https://example.org/anna"'),
        ({"answer_url": "ftp://example.org"}, InvalidValue, "address of the web"),
        ({"answer_url": "https://"}, InvalidValue, "address of the web"),
        ({"answer_url": "https://example.org/a b"}, InvalidValue, "address of the web"),
        ({"answer_url": "https://example.org/\x1b"}, InvalidValue, "address of the web"),
        ({"answer_url": f"https://example.org/{'x' * 2000}"}, InvalidValue, "address of the web"),
        ({"answer_url": "https://anna:x@example.org"}, InvalidValue, "must not hold a user"),
    ],
)
def test_what_no_calendar_could_do_is_refused(
    given: dict, error: type[RunplanError], says: str
) -> None:
    """The error names the option, or the kind of alarm."""
    with pytest.raises(error, match=says):
        CalendarOptions(**given)


@pytest.mark.parametrize("user", ["anna:geheim", "geheim", ":geheim", "anna%40x:geheim"])
def test_an_error_about_a_password_does_not_show_it(user: str) -> None:
    """It may end up in a log."""
    with pytest.raises(InvalidValue) as caught:
        CalendarOptions(answer_url=f"https://{user}@example.org/anna")
    assert "geheim" not in str(caught.value)
    assert "https://…@example.org" in str(caught.value)


# --- the record in the file ------------------------------------------------------------------


@examples(50, 300)
@given(OPTIONS)
def test_the_record_of_options_gives_them_back(options: CalendarOptions) -> None:
    """The published file knows what it was made with."""
    assert from_record(record(options)) == options
    assert CalendarOptions(**settings(options)) == options
    assert not differences(options, options)


@examples(50, 300)
@given(OPTIONS, OPTIONS)
def test_a_difference_has_a_line_and_nothing_else_has(
    before: CalendarOptions, after: CalendarOptions
) -> None:
    """Each line names its option, in the order of the fields."""
    names = [each.name for each in fields(CalendarOptions)]
    differ = [name for name in names if getattr(before, name) != getattr(after, name)]
    assert [line.partition(" ")[0] for line in differences(before, after)] == differ


def test_a_difference_shows_both_values() -> None:
    """In words that stand in rebuild.toml as well."""
    before = CalendarOptions(alarm_min={"long_run": 60, "morning": 0}, emoji=True)
    after = CalendarOptions(alarm_min=30, morning="08:00", colour="teal")
    assert differences(before, after) == (
        "alarm_min 30 (was long_run 60, morning 0)",
        "morning 08:00 (was none)",
        "emoji false (was true)",
        "colour teal (was seagreen)",
    )


@examples(100, 1000)
@given(
    st.text(max_size=60)
    | st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["alarm_min", "busy", "morning", "long_run", "x"]), inner
            )
        ),
    ).map(str)
)
def test_any_other_record_is_none_that_can_be_read(text: str) -> None:
    """A file edited by hand is no reason for an error here."""
    found = from_record(text)
    assert found is None or isinstance(found, CalendarOptions)


def test_a_record_as_deep_as_it_is_long_is_none_that_can_be_read() -> None:
    """Nor is one that somebody made to break a reader."""
    assert from_record("[" * 100_000) is None


def test_a_busy_calendar_has_no_options_that_tell_anything() -> None:
    """The address of a page for reports is as private as the reports."""
    options = CalendarOptions(
        alarm_min=5, morning="08:00", answer_url="https://example.org/anna", emoji=True
    )
    assert effective(options) is options
    assert effective(evolve(options, busy=True)) == CalendarOptions(busy=True)
    assert values_of(CalendarOptions())["alarm_min"] is None
