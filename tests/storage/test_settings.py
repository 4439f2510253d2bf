"""The tables [calendar] and [publish] of rebuild.toml: read, refused, and changed in place."""

from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from support.effort import examples

from runplan import (
    Away,
    CalendarOptions,
    InvalidType,
    InvalidValue,
    Rebuild,
    RunplanError,
    UnknownName,
    UnusableFile,
    load_rebuild,
)
from runplan.storage.settings import (
    PublishSettings,
    Settings,
    load_settings,
    with_calendar,
    with_publish,
)
from runplan.storage.toml import edited, to_toml

REQUIRED = 'baseline_min = 40\ntarget_min = 60\nstart = 2026-11-30\ntimezone = "Europe/Berlin"\n'
REBUILD = Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="Europe/Berlin")
TABLES = """
# How it looks.
[calendar]
# Before each session.
alarm_min = 30   # minutes
morning = "08:00"
colour = "teal"

[publish]
to = "https://cloud.example.org/dav/anna/"   # the folder
address = "Yk3-_x"

[[away]]
first = 2026-12-24
last = 2026-12-27
"""


def settings_in(path: Path, text: str) -> Settings:
    """Write a file and load its settings."""
    path = path / "rebuild.toml"
    path.write_text(text)
    return load_settings(path)


# --- reading ---------------------------------------------------------------------------------


def test_a_file_without_these_tables_has_the_usual_settings(tmp_path: Path) -> None:
    """An alarm or an address is there only when asked for."""
    assert settings_in(tmp_path, REQUIRED) == Settings()
    assert settings_in(tmp_path, f"{REQUIRED}[calendar]\n[publish]\n") == Settings()


def test_every_option_can_be_written(tmp_path: Path) -> None:
    """The file can hold whatever Python can."""
    found = settings_in(
        tmp_path,
        REQUIRED
        + """
        [calendar]
        morning = 07:45:00
        answer_url = "https://example.org/anna"
        floating = true
        keep_cancelled = true
        emoji = true
        colour = "coral"
        refresh_hours = 6
        calendar_name = "Anna"
        busy = true
        [calendar.alarm_min]
        long_run = 60
        strength = 15
        morning = 0
        [publish]
        to = "http://127.0.0.1:8080/anna/"
        public = "https://example.org/s/abc"
        address = "Yk3-_x"
        """,
    )
    assert found.calendar == CalendarOptions(
        alarm_min={"long_run": 60, "strength": 15, "morning": 0},
        morning="07:45",
        answer_url="https://example.org/anna",
        floating=True,
        keep_cancelled=True,
        emoji=True,
        colour="coral",
        refresh_hours=6,
        calendar_name="Anna",
        busy=True,
    )
    assert found.publish == PublishSettings(
        to="http://127.0.0.1:8080/anna/", public="https://example.org/s/abc", address="Yk3-_x"
    )


def test_the_request_is_the_same_with_and_without_settings(tmp_path: Path) -> None:
    """They are not part of it, so editing them changes no plan."""
    path = tmp_path / "rebuild.toml"
    path.write_text(REQUIRED + TABLES)
    rebuild = load_rebuild(path)
    assert rebuild.away == (Away(first="2026-12-24", last="2026-12-27"),)
    path.write_text(REQUIRED)
    assert load_rebuild(path) == evolve(rebuild, away=())


@pytest.mark.parametrize(
    ("text", "error", "says"),
    [
        ("[calendar]\nalarm = 30", UnknownName, r'rebuild.toml, calendar: .*mean "alarm_min"\?'),
        ('[calendar]\nalarm_min = "30 min"', InvalidType, "rebuild.toml, calendar: alarm_min must"),
        (
            "[calendar.alarm_min]\nlongrun = 5",
            UnknownName,
            r'alarm_min .*did you mean "long_run"\?',
        ),
        ('[calendar]\nmorning = "8 am"', InvalidValue, "calendar, morning: a time of day must be"),
        ('[calendar]\ncolour = "teel"', UnknownName, 'did you mean "teal"'),
        ('[calendar]\nemoji = "yes"', InvalidType, "calendar: emoji must be true or false"),
        ("calendar = 5", InvalidType, "calendar: it must be a table of alarm_min, morning"),
        ("[[calendar]]\nemoji = true", InvalidType, "calendar: it must be a table of"),
        ('[publish]\nurl = "x"', UnknownName, "keys must be among to, public, address"),
        ('[publish]\nto = "cloud"', InvalidValue, "publish: to must be an address of the web"),
        ('[publish]\nto = "https://anna:x@a.example"', InvalidValue, "RUNPLAN_PASSWORD"),
        ('[publish]\npublic = "https://anna@a.example"', InvalidValue, "must not hold a user"),
        ('[publish]\naddress = "../x"', InvalidValue, "address must be letters, digits"),
        ('[publish]\naddress = ""', InvalidValue, "address must be letters, digits"),
        ("[publish]\naddress = 5", InvalidType, "address must be letters, digits"),
        ("[publish]\nto = 5", InvalidType, "to must be an address of the web"),
    ],
)
def test_a_setting_that_cannot_be_is_refused_with_table_and_key(
    tmp_path: Path, text: str, error: type[RunplanError], says: str
) -> None:
    """One line: where, what must hold, what was given, what to do."""
    with pytest.raises(error, match=says) as caught:
        settings_in(tmp_path, f"{REQUIRED}{text}\n")
    assert str(caught.value).startswith("rebuild.toml, ")
    assert str(caught.value).isprintable()


def test_a_password_in_the_file_is_not_shown(tmp_path: Path) -> None:
    """The error may end up in a log."""
    with pytest.raises(InvalidValue) as caught:
        settings_in(tmp_path, f'{REQUIRED}[publish]\nto = "https://anna:geheim@a.example/x"\n')
    assert "geheim" not in str(caught.value)
    assert "put them into the environment" in str(caught.value)


def test_a_file_that_is_not_there_is_reported(tmp_path: Path) -> None:
    """As for a request."""
    with pytest.raises(UnusableFile):
        load_settings(tmp_path / "rebuild.toml")


@pytest.mark.parametrize(
    ("text", "where", "key", "do"),
    [
        ("emoji = true", "rebuild.toml", "emoji", "move it under [calendar]"),
        ("at = '09:00'", "rebuild.toml", "at", "move it under [long_run] or under [strength]"),
        ("[strength]\nemoji = true", "rebuild.toml, strength", "emoji", "move it under [calendar]"),
        ("[calendar]\nto = 'x'", "rebuild.toml, calendar", "to", "move it under [publish]"),
        (
            "[calendar]\ntarget_min = 60",
            "rebuild.toml, calendar",
            "target_min",
            "move it above the first header, as a header takes all keys below it",
        ),
        (
            "[strength]\nname = 'Anna'",
            "rebuild.toml, strength",
            "name",
            "move it under [[strength.exercises]] or under [policy] or above the first header",
        ),
        (
            "[calendar.alarm_min]\nlast = 5",
            "rebuild.toml, calendar.alarm_min",
            "last",
            "move it under [[away]]",
        ),
    ],
)
def test_a_key_under_the_wrong_header_is_sent_to_the_right_one(
    tmp_path: Path, text: str, where: str, key: str, do: str
) -> None:
    """Rather than left out: the runner meant it."""
    for load in (load_rebuild, load_settings):
        path = tmp_path / "rebuild.toml"
        path.write_text(f"{REQUIRED}{text}\n")
        with pytest.raises(UnknownName) as caught:
            load(path)
        assert str(caught.value).startswith(f"{where}: keys must be among ")
        assert f"(was '{key}'): {do}" in str(caught.value)


@pytest.mark.parametrize("table", ["[[away]]\nfirst = 2026-12-24\nlast = 2026-12-27", "[calendar]"])
def test_a_table_at_the_top_of_the_file_takes_all_keys_below_it(tmp_path: Path, table: str) -> None:
    """The first of them says so."""
    with pytest.raises(UnknownName) as caught:
        settings_in(tmp_path, f"{table}\n{REQUIRED}")
    assert "(was 'baseline_min'): move it above the first header" in str(caught.value)


# --- changing --------------------------------------------------------------------------------


def test_a_changed_option_changes_its_line_and_no_other() -> None:
    """Comments, order and the other table stay."""
    before = REQUIRED + TABLES
    options = CalendarOptions(alarm_min=45, morning="08:00", colour="teal", emoji=True)
    after = with_calendar(before, options)
    assert after == before.replace("alarm_min = 30", "alarm_min = 45").replace(
        'colour = "teal"\n', 'colour = "teal"\nemoji = true\n'
    )
    assert with_calendar(after, options) == after


def test_an_option_that_is_taken_back_leaves_the_file() -> None:
    """With its line; none needs no word."""
    after = with_calendar(REQUIRED + TABLES, CalendarOptions(alarm_min=30))
    assert after == (REQUIRED + TABLES).replace('morning = "08:00"\ncolour = "teal"\n', "")


def test_alarms_by_kind_are_one_line() -> None:
    """A table within a line, so that no header takes what follows."""
    options = CalendarOptions(alarm_min={"long_run": 60, "morning": 0})
    after = with_calendar(f"{REQUIRED}\n[calendar]\nalarm_min = 30\n", options)
    assert after.endswith("\n[calendar]\nalarm_min = { long_run = 60, morning = 0 }\n")


def test_a_missing_table_is_added_at_the_end() -> None:
    """Nothing above it moves."""
    settings = PublishSettings(to="https://example.org/anna/", address="Yk3-_x")
    after = with_publish(REQUIRED, settings)
    assert after == (
        f'{REQUIRED}\n[publish]\nto = "https://example.org/anna/"\naddress = "Yk3-_x"\n'
    )
    assert with_publish(after, PublishSettings()) == f"{REQUIRED}\n[publish]\n"
    assert with_publish(REQUIRED, PublishSettings()) == REQUIRED
    assert with_publish("", settings).startswith("[publish]\n")


def test_a_table_within_a_line_is_changed_there() -> None:
    """As people write short ones."""
    after = with_calendar(f"calendar = {{ emoji = true }}\n{REQUIRED}", CalendarOptions(busy=True))
    assert after.replace("{  ", "{") == f"calendar = {{busy = true}}\n{REQUIRED}"


def test_line_ends_of_windows_stay() -> None:
    """Not one of them is changed."""
    before = (REQUIRED + TABLES).replace("\n", "\r\n")
    after = with_publish(before, PublishSettings(address="new"))
    assert after.count("\n") == after.count("\r\n")
    assert 'address = "new"\r\n' in after


@pytest.mark.parametrize(
    "text",
    [
        f"{REQUIRED}calendar.emoji = true\n",
        f"{REQUIRED}[ 'calendar' ]\nemoji = true\n",
    ],
)
def test_a_table_written_in_another_way_is_changed_or_refused(text: str) -> None:
    """Never half changed."""
    options = CalendarOptions(colour="teal")
    try:
        after = with_calendar(text, options)
    except InvalidValue as error:
        assert "change [calendar] in an editor" in str(error)  # noqa: PT017 (both are right)
    else:
        assert with_calendar(after, options) == after


@pytest.mark.parametrize("inside", ["[calendar]", "[calendar]\nx = 1\n[strength]"])
def test_what_cannot_be_changed_is_left_to_an_editor(inside: str) -> None:
    """A header within a text is no header, and nothing is written that says something else."""
    text = f'{REQUIRED}name = """\n{inside}\n"""\n[calendar]\nemoji = true\n'
    with pytest.raises(InvalidValue, match="written in a way that runplan can change") as caught:
        with_calendar(text, CalendarOptions(emoji=True, colour="teal"))
    assert caught.value.remedy == "change [calendar] in an editor"


def test_alarms_in_a_table_of_their_own_become_one_line() -> None:
    """Also where another table stands between."""
    text = f"{REQUIRED}[calendar.alarm_min]\nlong_run = 60\n[strength]\n[calendar]\nemoji = true\n"
    after = with_calendar(text, CalendarOptions(emoji=True, alarm_min={"strength": 15}))
    assert after == (
        f"{REQUIRED}[strength]\n[calendar]\nemoji = true\nalarm_min = {{ strength = 15 }}\n"
    )


def test_a_file_that_cannot_be_read_cannot_be_changed() -> None:
    """It is refused as when it is loaded."""
    with pytest.raises(UnknownName, match="under"):
        with_calendar("[calendar]\nto = 'x'\n", CalendarOptions())


def test_editing_the_request_leaves_the_settings_alone() -> None:
    """Another target, days off, no strength: both tables keep every byte."""
    text = REQUIRED + TABLES
    rebuild = evolve(REBUILD, away=[Away(first="2026-12-24", last="2026-12-27")])
    for changes in ({"target_min": 75}, {"away": ()}, {"strength": None}, {"name": "Anna"}):
        after = edited(text, rebuild, evolve(rebuild, **changes))
        tables = TABLES[TABLES.index("[calendar]") : TABLES.index("[[away]]")].strip()
        assert tables in after


OPTIONS = st.builds(
    CalendarOptions,
    alarm_min=st.none()
    | st.integers(0, 99)
    | st.dictionaries(st.sampled_from(["long_run", "strength", "morning"]), st.integers(0, 99)),
    morning=st.sampled_from([None, "08:00", "07:30"]),
    answer_url=st.sampled_from([None, 'https://example.org/"a"']),
    emoji=st.booleans(),
    colour=st.sampled_from(["seagreen", "teal"]),
    calendar_name=st.sampled_from([None, 'Anna\'s "long" run \\ 🏃']),
)


@examples(40, 300)
@given(st.sampled_from([REQUIRED, REQUIRED + TABLES, "template"]), st.lists(OPTIONS, max_size=3))
def test_any_options_can_be_written_into_any_file(
    tmp_path_factory: pytest.TempPathFactory, text: str, row: list[CalendarOptions]
) -> None:
    """What was written is what is read, the request stays, and so does the other table."""
    folder = tmp_path_factory.getbasetemp()
    if text == "template":
        text = to_toml(REBUILD)
    before = settings_in(folder, text).publish
    request = load_rebuild(folder / "rebuild.toml")
    for options in row:
        text = with_calendar(text, options)
        assert settings_in(folder, text) == Settings(calendar=options, publish=before)
        assert load_rebuild(folder / "rebuild.toml") == request


def test_the_example_in_a_new_file_works_without_its_hashes(tmp_path: Path) -> None:
    """Whoever removes them has these options."""
    text = to_toml(REBUILD)
    start = text.index("# [calendar]")
    end = text.index("\n\n", start)
    lines = [line.removeprefix("# ") for line in text[start:end].splitlines()]
    found = settings_in(tmp_path, text[:start] + "\n".join(lines) + text[end:]).calendar
    assert found == CalendarOptions(alarm_min=30, morning="08:00", emoji=True)
