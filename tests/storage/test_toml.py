"""rebuild.toml: read as people write it, written for people to edit, and changed in place."""

import datetime as dt
import json
import random
import re
from collections.abc import Callable
from difflib import ndiff
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from attrs import evolve
from hypothesis import given, reject
from hypothesis import strategies as st
from support.effort import examples
from support.record_strategies import WITH_EXAMS, new_values

from runplan import (
    CAUTIOUS,
    EXERCISES,
    FIVE_MINUTES,
    Away,
    Dose,
    Exercise,
    InvalidType,
    InvalidValue,
    Rebuild,
    RunplanError,
    Slot,
    Strength,
    UnknownName,
    UnusableFile,
    build,
    load_rebuild,
)
from runplan.planning.changes import CHANGEABLE
from runplan.policy.pause_rules import SeverePain
from runplan.storage.toml import edited, to_toml

REQUIRED = 'baseline_min = 40\ntarget_min = 60\nstart = 2026-11-30\ntimezone = "Europe/Berlin"\n'
BAND = """
[[strength.exercises]]
name = "Band pull-apart"
works = ["rhomboids"]
needs = "a band"
easier = "a lighter band"
cues = ["Arms straight.", "Blades together."]
first_month = {sets = 2, reps = 10}
after = {sets = 3, reps = [10, 12], per_side = true, rpe = [6, 8]}
"""

Load = Callable[[str | bytes], Rebuild]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Write a file and load it."""

    def write_and_load(text: str | bytes) -> Rebuild:
        path = tmp_path / "rebuild.toml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return load_rebuild(path)

    return write_and_load


def said(error: RunplanError) -> str:
    """Return what an error says: one line that can be printed."""
    line = str(error)
    assert isinstance(error, RunplanError)
    assert line.isprintable(), line
    return line


# --- what can be written ---------------------------------------------------------------------


def test_four_lines_are_a_request(load: Load) -> None:
    """Everything else has a default, the same as in Python."""
    assert load(REQUIRED) == Rebuild(
        baseline_min=40, target_min=60, start="2026-11-30", timezone="Europe/Berlin"
    )


def test_a_request_as_people_write_it(load: Load) -> None:
    """Sunday at nine, strength at half past six, Christmas away."""
    rebuild = load("""
        # My way back to an hour
        baseline_min = 40
        target_min = 60
        start = 2026-11-30
        timezone = "Europe/Berlin"
        assessed_on = 2026-11-12

        [long_run]
        day = "sunday"
        at = "09:00"

        [strength]
        at = "18:30"
        minutes = 30

        [[away]]
        first = 2026-12-24
        last = 2026-12-27
    """)
    assert rebuild == Rebuild(
        baseline_min=40,
        target_min=60,
        start="2026-11-30",
        timezone="Europe/Berlin",
        assessed_on="2026-11-12",
        away=[Away(first="2026-12-24", last="2026-12-27")],
    )
    assert build(rebuild).finish == dt.date(2027, 1, 24)


def test_every_field_can_be_written(load: Load) -> None:
    """The file can hold whatever Python can, but for functions of your own."""
    rebuild = load(
        """
        baseline_min = 35
        target_min = 75
        start = 2027-02-01
        timezone = "America/New_York"
        name = "Zurück, ohne Schmerz 🏃"
        first_month = "extend"
        policy = "cautious"
        assessed_on = 2027-01-15
        keep_weeks = 3
        last_day = 2027-12-31
        id = "anna"
        away = [{first = 2027-03-01, last = 2027-03-07}, {first = 2027-04-02, last = 2027-04-05}]
        long_run = {day = "sat", at = 07:30:00}

        [strength]
        at = 12:15:00
        minutes = 45
        days = ["mon", "wednesday"]
        ramp = [[3, 1], ["then", 2]]
        """
        + BAND
    )
    band = Exercise(
        name="Band pull-apart",
        works=["rhomboids"],
        needs="a band",
        easier="a lighter band",
        cues=["Arms straight.", "Blades together."],
        first_month=Dose(2, 10),
        after=Dose(3, (10, 12), per_side=True, rpe=(6, 8)),
    )
    assert rebuild == Rebuild(
        baseline_min=35,
        target_min=75,
        start="2027-02-01",
        timezone="America/New_York",
        name="Zurück, ohne Schmerz 🏃",
        first_month="extend",
        policy=CAUTIOUS,
        assessed_on="2027-01-15",
        keep_weeks=3,
        last_day="2027-12-31",
        id="anna",
        away=[
            Away(first="2027-03-01", last="2027-03-07"),
            Away(first="2027-04-02", last="2027-04-05"),
        ],
        long_run=Slot("saturday", "07:30"),
        strength=Strength(
            at="12:15", minutes=45, days=["mon", "wed"], ramp=[(3, 1), (None, 2)], exercises=[band]
        ),
    )


def test_no_strength_is_false(load: Load) -> None:
    """TOML has no null."""
    assert load(REQUIRED + "strength = false").strength is None


@pytest.mark.parametrize("policy", [FIVE_MINUTES, CAUTIOUS])
def test_a_policy_goes_by_its_name(load: Load, policy) -> None:
    """As the table of rules and the docs call it."""
    assert load(f'{REQUIRED}policy = "{policy.name}"').policy == policy


@pytest.mark.parametrize(
    "start", ['"2026-11-30"', "2026-11-30"], ids=["in quotes", "as TOML writes it"]
)
def test_a_day_may_stand_in_quotes(load: Load, start: str) -> None:
    """Both are the same day."""
    assert load(REQUIRED.replace("2026-11-30", start)).start == dt.date(2026, 11, 30)


def test_line_ends_of_windows_are_line_ends(load: Load) -> None:
    """An editor there writes CR LF."""
    assert load(REQUIRED.replace("\n", "\r\n")) == load(REQUIRED)


# --- what cannot -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "where", "misspelt", "meant"),
    [
        ("baseline = 3", "", "baseline", "baseline_min"),
        ('[long_run]\ndya = "mon"\nat = "09:00"', "long_run", "dya", "day"),
        ("[strength]\nminuts = 3", "strength", "minuts", "minutes"),
        (BAND.replace("cues", "ceus"), "strength.exercises.[0]", "ceus", "cues"),
        (BAND.replace("sets = 2", "set = 2"), "first_month", "set", "sets"),
        (BAND.replace("per_side", "perside"), "after", "perside", "per_side"),
        ("[[away]]\nfist = 2026-12-01\nlast = 2026-12-02", "away.[0]", "fist", "first"),
    ],
)
def test_a_misspelt_key_names_the_nearest_one(
    load: Load, text: str, where: str, misspelt: str, meant: str
) -> None:
    """At every level, rather than the key that is missing because of it."""
    with pytest.raises(UnknownName) as caught:
        load(REQUIRED + text)
    line = said(caught.value)
    assert line.startswith("rebuild.toml")
    assert where in line
    assert f"(was '{misspelt}')" in line
    assert re.search(rf'did you mean "?{meant}"?\?$', line)


def test_a_key_like_no_other_should_be_left_out(load: Load) -> None:
    """There is nothing near to it."""
    with pytest.raises(UnknownName, match=r"'xyzzy'.*leave it out"):
        load(REQUIRED + "xyzzy = 1")


@pytest.mark.parametrize(
    ("left_out", "says"),
    [
        ("baseline_min", "rebuild.toml must hold baseline_min "),
        ("timezone", "rebuild.toml must hold timezone "),
    ],
)
def test_a_missing_key_is_named(load: Load, left_out: str, says: str) -> None:
    """With the file."""
    text = "".join(line for line in REQUIRED.splitlines(keepends=True) if left_out not in line)
    with pytest.raises(InvalidValue) as caught:
        load(text)
    assert said(caught.value).startswith(says)


def test_all_missing_keys_are_named_at_once(load: Load) -> None:
    """An empty file lacks four keys; nobody wants to learn of them one by one."""
    with pytest.raises(InvalidValue) as caught:
        load("")
    says = "rebuild.toml must hold baseline_min, target_min, start, timezone "
    assert said(caught.value).startswith(says)
    with pytest.raises(InvalidValue, match=r"away\.\[0\]\.first"):
        load(REQUIRED + "[[away]]\nlast = 2026-12-24")


@pytest.mark.parametrize(
    ("key", "value", "error"),
    [
        ("baseline_min", '"40"', InvalidType),
        ("baseline_min", "40.0", InvalidType),
        ("baseline_min", "true", InvalidType),
        ("baseline_min", "5", InvalidValue),
        ("baseline_min", "9" * 60, InvalidValue),
        ("target_min", "30", InvalidValue),
        ("target_min", "inf", InvalidType),
        ("start", "2026-11-30T09:00:00", InvalidType),
        ("start", "2026-11-30T09:00:00Z", InvalidType),
        ("start", "2026-11-30 09:00:00+01:00", InvalidType),
        ("start", "09:00:00", InvalidType),
        ("start", "20261130", InvalidType),
        ("start", '"30.11.2026"', InvalidValue),
        ("start", "1066-10-14", InvalidValue),
        ("timezone", '"Berlin"', UnknownName),
        ("timezone", '"+01:00"', UnknownName),
        ("timezone", '"UTC+1"', UnknownName),
        ("timezone", "1", InvalidType),
        ("name", "5", InvalidType),
        ("name", '""', InvalidValue),
        ("id", "5", InvalidType),
        ("first_month", '"hodl"', UnknownName),
        ("first_month", "true", InvalidType),
        ("policy", '"cautios"', UnknownName),
        ("policy", '"my own"', UnknownName),
        ("policy", "5", InvalidType),
        ("policy", "{}", InvalidValue),
        ("policy", '{name = "cautious"}', InvalidValue),
        ("policy", '{name = "mine", rules = "clean"}', InvalidType),
        ("policy", '{name = "mine", rules = ["cleam"]}', UnknownName),
        ("policy", '{name = "mine", rules = ["clean"], step_min = 31}', InvalidValue),
        ("assessed_on", "false", InvalidType),
        ("keep_weeks", "-1", InvalidValue),
        ("keep_weeks", "2.0", InvalidType),
        ("keep_weeks", "true", InvalidType),
        ("last_day", "2026-11-29", InvalidValue),
        ("last_day", "false", InvalidType),
        ("assessed_on", "2026-11-12 10:00:00", InvalidType),
        ("long_run", '"sunday"', InvalidType),
        ("long_run", "[]", InvalidType),
        ("long_run", "{day = 7, at = 09:00:00}", InvalidType),
        ("long_run", '{day = "sonntag", at = 09:00:00}', UnknownName),
        ("long_run", '{day = "sunday", at = 9}', InvalidType),
        ("long_run", '{day = "sunday", at = "9 am"}', InvalidValue),
        ("long_run", '{day = "sunday", at = 09:00:30}', InvalidValue),
        ("strength", "true", InvalidType),
        ("strength", "0", InvalidType),
        ("strength", "[]", InvalidType),
        ("strength", "{minutes = 3}", InvalidValue),
        ("strength", '{minutes = "30"}', InvalidType),
        ("strength", '{days = "monday"}', InvalidType),
        ("strength", '{days = ["monday", "mon", "fri"]}', InvalidValue),
        ("strength", '{days = ["monday"]}', InvalidValue),
        ("strength", "{ramp = 3}", InvalidType),
        ("strength", "{ramp = [3]}", InvalidType),
        ("strength", "{ramp = [[2, 1, 1]]}", InvalidType),
        ("strength", "{ramp = []}", InvalidValue),
        ("strength", "{ramp = [[2, 1], [2, 2]]}", InvalidValue),
        ("strength", '{ramp = [[2, 1], ["than", 2]]}', InvalidValue),
        ("strength", '{ramp = [["then", 1], [2, 2]]}', InvalidValue),
        ("strength", '{ramp = [[0, 1], ["then", 3]]}', InvalidValue),
        ("strength", '{ramp = [[-1, 1], ["then", 3]]}', InvalidValue),
        ("strength", '{ramp = [[false, 1], ["then", 3]]}', InvalidType),
        ("strength", "{exercises = 5}", InvalidType),
        ("strength", '{exercises = ["push-up"]}', InvalidType),
        ("strength", "{exercises = []}", InvalidValue),
        ("away", "5", InvalidType),
        ("away", "[5]", InvalidType),
        ("away", '["2026-12-24"]', InvalidType),
        ("away", "{first = 2026-12-24, last = 2026-12-27}", InvalidType),
        ("away", "[{first = 2026-12-24, last = 2026-12-23}]", InvalidValue),
        ("away", "[{first = 2026-12-24T00:00:00, last = 2026-12-27}]", InvalidType),
        (
            "away",
            "[{first = 2026-12-24, last = 2026-12-27}, {first = 2026-12-27, last = 2026-12-28}]",
            InvalidValue,
        ),
    ],
)
def test_a_bad_value_is_reported_with_file_and_key(
    load: Load, key: str, value: str, error: type[RunplanError]
) -> None:
    """One line: where, what must hold, what was given, what to do."""
    lines = [line for line in REQUIRED.splitlines() if not line.startswith(f"{key} ")]
    with pytest.raises(error) as caught:
        load("\n".join([*lines, f"{key} = {value}"]))
    line = said(caught.value)
    assert line.startswith("rebuild.toml")
    assert key in line.partition(" (was ")[0]


def test_one_pair_of_brackets_is_not_two(load: Load) -> None:
    """[away] instead of [[away]] is the slip that everybody makes with lists of tables."""
    with pytest.raises(InvalidType) as caught:
        load(REQUIRED + "[away]\nfirst = 2026-12-24\nlast = 2026-12-27")
    assert said(caught.value).startswith("rebuild.toml, away")
    with pytest.raises(InvalidType) as caught:
        load(REQUIRED + BAND.replace("[[", "[").replace("]]", "]"))
    assert said(caught.value).startswith("rebuild.toml, strength.exercises")


@pytest.mark.parametrize(
    ("change", "key"),
    [
        (("reps = 10", 'reps = "ten"'), "reps"),
        (("reps = 10", "reps = [8, 9, 10]"), "reps"),
        (("reps = 10", "reps = [12, 10]"), "reps"),
        (("sets = 2", "sets = 0"), "sets"),
        (("rpe = [6, 8]", "rpe = 11"), "rpe"),
        (("per_side = true", 'per_side = "yes"'), "per_side"),
        (('cues = ["Arms straight.", "Blades together."]', 'cues = "Arms straight."'), "cues"),
        (('works = ["rhomboids"]', "works = [1]"), "exercise"),
        (("first_month = {sets = 2, reps = 10}", "first_month = 5"), "first_month"),
        (("first_month = {sets = 2, reps = 10}", "first_month = {sets = 2}"), "reps"),
    ],
)
def test_a_slip_in_an_exercise_is_reported_with_its_place(
    load: Load, change: tuple[str, str], key: str
) -> None:
    """Deep in the file, and still the first exercise's field is named."""
    assert change[0] in BAND
    with pytest.raises((InvalidType, InvalidValue)) as caught:
        load(REQUIRED + BAND.replace(*change))
    line = said(caught.value)
    assert line.startswith("rebuild.toml")
    assert "strength.exercises.[0]" in line
    assert key in line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("baseline_min = = 40\n", "line 1"),
        (REQUIRED + "name = Long run\n", "line 5"),
        (REQUIRED + "name\n", "line 5"),
        (REQUIRED + "start = 2026-11-30\n", "line 5"),
        (REQUIRED + "baseline_min = 40 min\n", "line 5"),
        (REQUIRED.replace("2026-11-30", "2026-02-30"), "line 3"),
        (REQUIRED + 'name = "Long run\n', "line 5"),
        (REQUIRED + "[long_run\n", "line 5"),
        (REQUIRED + '[strength]\nat = "18:30" # at home\nminutes: 30\n', "line 7"),
        ("\n" * 99 + REQUIRED + "baseline_min = 40 min\n", "line 104"),
        ("\n" * 99 + REQUIRED + "name\n", "line 104"),
        ("\n" * 99 + REQUIRED + "name = 'Anna' 5\n", "line 104"),
    ],
)
def test_what_is_no_toml_is_reported_with_its_line(load: Load, text: str, line: str) -> None:
    """An editor jumps to it."""
    with pytest.raises(InvalidValue) as caught:
        load(text)
    assert said(caught.value).startswith("rebuild.toml must be TOML")
    assert re.search(rf"{line}\b", said(caught.value))


@pytest.mark.parametrize(
    ("line", "where", "do"),
    [
        ('name = "Long run', "column 17", "a quotation mark is missing: put one at the end"),
        ('name = Anna"', "column 8", "a quotation mark is missing"),
        ("name = Long run", "column 8", "put the text in quotation marks"),
        ("name = ", "column ", "add a value after ="),
        ("name", "column 5", "write a setting like baseline_min = 40"),
        ("minutes: 30", "column 8", "write a setting like baseline_min = 40"),
        ("start = 2026-11-30", "column 19", "this key or table is there twice: keep one"),
        ("last_day = 2027-02-30", "column 12", "there is no such day or time"),
        ("keep_weeks = 4 weeks", "column 16", "leave out what follows the value"),
        ("name = 'Anna' 5", "column 15", "leave out what follows the value"),
        ('name = "Anna\'s" run', "column 17", "leave out what follows the value"),
        ('name = "C:\\Anna"', "column ", "put the text in single quotes"),
        ("[long_run", "column 10", "write a header like [strength] or [[away]]"),
    ],
)
def test_what_is_missing_in_a_line_is_said_in_plain_words(
    load: Load, line: str, where: str, do: str
) -> None:
    """With the line and the column, and the line itself; no words of a parser."""
    with pytest.raises(InvalidValue) as caught:
        load(f"{REQUIRED}{line}\n\n[strength]\nminutes = 30\n")
    assert f"it cannot be read at line 5, {where}" in said(caught.value)
    assert caught.value.given == line.strip()
    assert caught.value.remedy.startswith(do)


@pytest.mark.parametrize(
    ("text", "line", "do"),
    [
        ('name = "Long run', "line 5", "a quotation mark is missing"),
        ("# It's me\nname = 'Long run\n", "line 6", "a quotation mark is missing"),
        ('name = """Long run\n\n', "line 5", "a quotation mark is missing"),
        ("name = 'Long run\n\n[strength]\nminutes = 30\n", "line 5", "a quotation mark is missing"),
        ("away = [\n", "line 5", "a bracket is missing: close each one that is opened"),
        ("away = [\n\n[strength]\nminutes = 30\n", "line 7", "a bracket is missing"),
        ("[strength]\nramp = [[2, 1], [\nat = '18:30'\n", "line 7", "a bracket is missing"),
    ],
)
def test_what_is_never_closed_is_missed_at_the_end(
    load: Load, text: str, line: str, do: str
) -> None:
    """Where the reader gave up, and what to look for."""
    with pytest.raises(InvalidValue) as caught:
        load(REQUIRED + text)
    assert re.search(rf"{line}\b", said(caught.value))
    assert caught.value.remedy.startswith(do)


@pytest.mark.parametrize(
    "text",
    ["x = " + "[" * 100_000, "x = " + "{a=" * 100_000, "baseline_min = " + "9" * 5000],
    ids=["brackets", "braces", "digits"],
)
def test_a_file_that_no_person_wrote_is_refused_like_any_other(load: Load, text: str) -> None:
    """An app may be handed anything."""
    with pytest.raises(RunplanError) as caught:
        load(text)
    assert said(caught.value).startswith("rebuild.toml")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\xef\xbb\xbf" + REQUIRED.encode(), "UTF-8 without a byte-order mark"),
        (REQUIRED.encode() + b'name = "Zur\xfcck"\n', "UTF-8"),
        (REQUIRED.encode("utf-16"), "UTF-8"),
        (b"\xff", "UTF-8"),
    ],
)
def test_another_encoding_is_named(load: Load, data: bytes, says: str) -> None:
    """Editors on Windows put a mark in front or write another code page."""
    with pytest.raises(InvalidValue) as caught:
        load(data)
    assert said(caught.value).startswith(f"rebuild.toml must be {says}")


@pytest.mark.parametrize("name", ["missing.toml", ".", "missing/rebuild.toml", "a\0b", "x" * 300])
def test_a_file_that_cannot_be_read_is_reported_with_its_path(tmp_path: Path, name: str) -> None:
    """Missing, a folder, or not a name for a file at all."""
    with pytest.raises(UnusableFile) as caught:
        load_rebuild(f"{tmp_path}/{name}")
    assert caught.value.given == f"{tmp_path}/{name}"
    assert "check the path and its permissions" in said(caught.value)


@pytest.mark.parametrize("path", [None, 5, b"rebuild.toml", ["rebuild.toml"]])
def test_only_a_path_is_a_path(path: object) -> None:
    """Anything else is refused like every other argument of the wrong type."""
    with pytest.raises(InvalidType):
        load_rebuild(path)


def test_a_file_with_an_odd_name_still_makes_one_line(tmp_path: Path) -> None:
    """The name stands in the error, and must not break it."""
    path = tmp_path / "re\nbuild.toml"
    path.write_text("")
    with pytest.raises(InvalidValue) as caught:
        load_rebuild(path)
    assert "\n" not in said(caught.value)


@examples(30, 150)
@given(
    st.recursive(
        st.integers(-3, 70) | st.booleans() | st.sampled_from(["mon", "then", "x", "09:00"]),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["day", "at", "minutes", "ramp", "days", "exercises", "first"]),
                inner,
                max_size=3,
            )
        ),
        max_leaves=8,
    ),
    st.sampled_from(["long_run", "strength", "away", "policy", "name", "start"]),
)
def test_any_value_in_any_place_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, value: object, key: str
) -> None:
    """Whatever stands there, no error is of another family."""
    path = tmp_path_factory.getbasetemp() / "rebuild.toml"
    # JSON's texts, numbers and lists are TOML's; its tables are written with "=".
    text = re.sub(r'("\w+"): ', r"\1 = ", json.dumps(value))
    required = [line for line in REQUIRED.splitlines() if not line.startswith(f"{key} ")]
    path.write_text("\n".join([*required, f"{key} = {text}"]))
    try:
        rebuild = load_rebuild(path)
    except RunplanError as error:
        assert said(error).startswith("rebuild.toml")  # noqa: PT017 (most values are refused)
    else:
        assert rebuild.baseline_min == 40


# --- a new file ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"policy": CAUTIOUS, "first_month": "extend", "assessed_on": "2026-11-12"},
        {"strength": None},
        {"strength": Strength(at="06:45", minutes=50)},
        {"long_run": Slot("saturday", "07:30"), "name": 'Anna\'s "long" run \\ 🏃 zurück\t!'},
    ],
    ids=["usual", "cautious", "no strength", "early", "name"],
)
def test_a_new_file_describes_what_was_chosen(load: Load, changes: dict) -> None:
    """Its comments and examples do not get in the way."""
    usual = {
        "baseline_min": 42,
        "target_min": 60,
        "start": "2026-11-30",
        "timezone": "Europe/Berlin",
    }
    rebuild = Rebuild(**usual | changes)
    assert load(to_toml(rebuild)) == rebuild


def test_the_examples_in_the_comments_are_ones_that_can_be_used(load: Load) -> None:
    """Uncommented, they are a request."""
    text = to_toml(load(REQUIRED))
    example = r"(?m)^# ((days|ramp|assessed_on|keep_weeks|first|last|last_day) =|\[\[away)"
    rebuild = load(re.sub(example, r"\1", text))
    assert rebuild.assessed_on == dt.date(2026, 11, 12)
    assert (rebuild.keep_weeks, rebuild.last_day) == (0, dt.date(2027, 6, 30))
    assert rebuild.away == (Away(first="2026-12-24", last="2026-12-27"),)
    assert rebuild.strength == Strength(days=["mon", "wed", "fri"])


# --- a file that is changed in place ---------------------------------------------------------

FULL = """\
# My way back
baseline_min = 40 # since October
target_min = 60   # an hour
start = "2026-11-30"
timezone = 'Europe/Berlin'
keep_weeks = 1 # one more
last_day = 2027-12-31 # then a holiday

# The run
[long_run]
day = "sun" # with Ben
at = 09:00:00 # after breakfast

# The work
[strength]
at = "18:30" # at home
days = ["mon", "wed", "fri"] # not on Tuesday
ramp = [
  [2, 1],
  ["then", 3]
] # slowly

# What to lift
[[strength.exercises]]
name = "Band pull-apart"
works = ["rhomboids"]
needs = "a band"
easier = "a lighter band"
cues = ["Arms straight."]
first_month = {sets = 2, reps = 10}
after = {sets = 3, reps = [10, 12]}

# Christmas
[[away]] # at home
first = 2026-12-24 # in the evening
last = "2026-12-27"

# Easter
[[away]]
first = 2027-03-28
last = 2027-03-29
# The end
"""
INLINE = """\
baseline_min = 40
target_min = 60
start = 2026-11-30
timezone = "Europe/Berlin"
policy = {name = "mine", rules = ["red-flag", "severe-pain", "clean"]} # my table
long_run = {day = "sunday", at = "09:00"} # with Ben
strength = {at = "18:30", minutes = 30} # at home
away = [
  {first = 2026-12-24, last = 2026-12-27}, # Christmas
  # and Easter
  {first = 2027-03-28, last = 2027-03-29} # at the sea
] # that is all
"""
DOTTED = """\
baseline_min = 40
target_min = 60
start = 2026-11-30
timezone = "Europe/Berlin"
long_run.day = "sunday" # with Ben
long_run.at = "09:00"
strength.at = "18:30" # at home
strength.minutes = 30
"""
TABLE = """\
baseline_min = 40
target_min = 60
start = 2026-11-30
timezone = "Europe/Berlin"
strength = false # my knee

# Slower than usual
[policy]
name = "mine"
step_min = 3 # not 5
rules = [
  "red-flag",
  {name = "severe-pain", settings = {from_pain = 5}}, # sooner
  "clean",
]
# The end"""
ASKED = Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="Europe/Berlin")
FILES = {
    "as init writes it": to_toml(ASKED),
    "the smallest": REQUIRED,
    "everything": FULL,
    "inline tables": INLINE,
    "dotted keys": DOTTED,
    "a policy as a table": TABLE,
}
CHRISTMAS = Away(first="2026-12-24", last="2026-12-27")
EASTER = Away(first="2027-03-28", last="2027-03-29")
SKIING = Away(first="2027-02-06", last="2027-02-13")
CHANGES = {
    "baseline_min": 35,
    "target_min": 90,
    "long_run": Slot("saturday", "07:30"),
    "strength": Strength(at="12:15", minutes=45, days=["tue", "thu", "sat"], ramp=[(None, 2)]),
    "first_month": "extend",
    "policy": CAUTIOUS,
    "away": (CHRISTMAS, SKIING, EASTER),
    "timezone": "America/New_York",
    "assessed_on": "2026-11-12",
    "keep_weeks": 4,
    "last_day": "2027-09-30",
}
PULL = Exercise(
    name="Band pull-apart",
    works=["rhomboids"],
    needs="a band",
    first_month=Dose(2, 10),
    after=Dose(3, 12),
    easier="a lighter band",
    cues=["Arms straight."],
    source="my physiotherapist",
    instead=EXERCISES[0].instead,
)
LIFTS = {"strength": Strength(days=["mon", "wed", "fri"], exercises=EXERCISES[:1])}
BANDS = {"strength": Strength(exercises=[PULL, EXERCISES[3]], equipment=["a band"])}
MORE = [
    {"long_run": Slot("sunday", "08:00")},
    {"strength": None},
    {"strength": Strength()},
    {"strength": Strength(minutes=20)},
    LIFTS,
    {"strength": Strength(equipment=["two dumbbells"])},
    {"strength": Strength(equipment=[])},
    {"strength": Strength(per_session=3)},
    BANDS,
    {"policy": evolve(FIVE_MINUTES, step_min=3)},
    {"policy": FIVE_MINUTES},
    {"away": ()},
    {"away": (EASTER,)},
    {"away": (EASTER, CHRISTMAS)},
    {"away": (SKIING,)},
    {"assessed_on": None},
    {"keep_weeks": 0},
    {"last_day": None},
    {"target_min": 90, "strength": None, "away": (SKIING,), "policy": CAUTIOUS, "last_day": None},
    {"name": 'Anna\'s "long" run \\ 🏃', "start": "2026-12-07", "id": "anna"},
]
CASES = [
    pytest.param(FILES[file], changes, id=f"{file}-{','.join(changes)}")
    for file in FILES
    for changes in [*({name: value} for name, value in CHANGES.items()), *MORE]
    # An array of tables cannot follow dotted keys in TOML.
    if not (file == "dotted keys" and changes in (LIFTS, BANDS))
]


def described(text: str) -> Rebuild:
    """Return what the text of a file describes."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "rebuild.toml")
        path.write_bytes(text.encode())
        return load_rebuild(path)


def changed(text: str, **changes: object) -> str:
    """Return the text of a file once what it describes has changed."""
    before = described(text)
    return edited(text, before, evolve(before, **changes))


def difference(before: str, after: str) -> list[str]:
    """Return the lines that are no longer there and those that are new, as diff marks them."""
    lines = ndiff(before.splitlines(), after.splitlines())
    return [line for line in lines if line[0] in "+-" and line.strip() not in {"+", "-"}]


def test_every_field_that_can_change_is_changed_below() -> None:
    """None is forgotten."""
    assert set(CHANGES) == set(CHANGEABLE)


@pytest.mark.parametrize(("text", "changes"), CASES)
def test_a_file_is_changed_and_changed_back(text: str, changes: dict) -> None:
    """It then describes what is asked for now, and again what was asked for before."""
    before = described(text)
    after = evolve(before, **changes)
    new = edited(text, before, after)
    assert described(new) == after
    assert described(edited(new, after, before)) == before


@pytest.mark.parametrize(("text", "changes"), CASES)
def test_comments_about_what_stays_are_kept(text: str, changes: dict) -> None:
    """Only those within a value or a table that is taken out go with it."""
    new = changed(text, **changes)
    gone = {
        "strength": {"at home", "not on Tuesday", "slowly", "my knee"},
        "policy": {"my table", "not 5", "sooner"},
        "away": {"Christmas", "at home", "in the evening", "Easter", "at the sea"},
        "last_day": {"then a holiday"},
    }
    may_go = set().union(*(gone.get(name, set()) for name in changes))
    for comment in re.findall(r"# (.*)", text):
        assert comment in may_go or f"# {comment}" in new, comment


@pytest.mark.parametrize(("text", "changes"), CASES)
def test_line_ends_of_windows_stay(text: str, changes: dict) -> None:
    """All of them, and otherwise the text is the same."""
    new = changed(text.replace("\n", "\r\n"), **changes)
    assert new == changed(text, **changes).replace("\n", "\r\n")


@pytest.mark.parametrize("file", FILES)
def test_a_request_that_is_the_same_leaves_the_file_as_it_is(file: str) -> None:
    """Byte for byte."""
    assert changed(FILES[file]) == FILES[file]


def test_a_number_is_changed_on_its_line() -> None:
    """With the comment behind it, and nothing else."""
    assert difference(FULL, changed(FULL, target_min=90)) == [
        "- target_min = 60   # an hour",
        "+ target_min = 90   # an hour",
    ]


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        ("everything", 'day = "sun" # with Ben', 'day = "saturday" # with Ben'),
        (
            "inline tables",
            'long_run = {day = "sunday", at = "09:00"} # with Ben',
            'long_run = {day = "saturday", at = "09:00"} # with Ben',
        ),
        (
            "dotted keys",
            'long_run.day = "sunday" # with Ben',
            'long_run.day = "saturday" # with Ben',
        ),
    ],
)
def test_a_day_is_changed_where_it_is_written(file: str, before: str, after: str) -> None:
    """In a table, an inline table or with a dotted key; the time stays as it is written."""
    new = changed(FILES[file], long_run=Slot("saturday", "09:00"))
    assert difference(FILES[file], new) == [f"- {before}", f"+ {after}"]


def test_what_was_left_out_is_added_to_its_table() -> None:
    """Below the last value, and not below the comment about what follows."""
    longer = evolve(described(FULL).strength, minutes=45)
    new = changed(FULL, assessed_on="2026-11-12", strength=longer)
    assert "last_day = 2027-12-31 # then a holiday\nassessed_on = 2026-11-12\n\n# The run\n" in new
    assert "] # slowly\nminutes = 45\n\n# What to lift\n" in new
    assert len(difference(FULL, new)) == 2


def test_what_stands_as_an_example_is_added_below_it() -> None:
    """In a file as init writes it."""
    text = FILES["as init writes it"]
    strength = Strength(days=["mon", "tue", "fri"])
    new = changed(text, assessed_on="2026-11-20", keep_weeks=2, strength=strength)
    assert "# assessed_on = 2026-11-12\nassessed_on = 2026-11-20\n" in new
    assert "# keep_weeks = 0\nkeep_weeks = 2\n" in new
    assert '"friday"]\ndays = ["monday", "tuesday", "friday"]\n' in new
    assert len(difference(text, new)) == 3


def test_a_missing_table_is_added_at_the_end() -> None:
    """With what differs from the usual, and a long run with both of its keys."""
    new = changed(REQUIRED, strength=Strength(minutes=45), long_run=Slot("sat", "09:00"))
    assert new == (
        f'{REQUIRED}\n[long_run]\nday = "saturday"\nat = "09:00"\n\n[strength]\nminutes = 45\n'
    )


def test_no_strength_takes_the_table_out() -> None:
    """And the table for the policy, once a preset has taken its place."""
    new = changed(FULL, strength=None)
    assert "strength = false\n\n# The run" in new
    assert "[strength]" not in new
    assert "Band pull-apart" not in new
    assert "# The work\n" in new
    assert changed(TABLE, policy=CAUTIOUS).endswith(
        'strength = false # my knee\npolicy = "cautious"\n\n# Slower than usual\n# The end'
    )


def test_an_away_range_is_added_between_the_others() -> None:
    """In the order of days, as the request has it."""
    new = changed(FULL, away=(CHRISTMAS, SKIING, EASTER))
    assert difference(FULL, new) == [
        "+ [[away]]",
        "+ first = 2027-02-06",
        "+ last = 2027-02-13",
    ]
    assert '"2026-12-27"\n\n[[away]]\nfirst = 2027-02-06\nlast = 2027-02-13\n\n# Easter\n' in new
    inline = changed(INLINE, away=(CHRISTMAS, SKIING, EASTER))
    assert difference(INLINE, inline) == ["+   {first = 2027-02-06, last = 2027-02-13},"]


def test_an_away_range_is_taken_out_with_its_comments() -> None:
    """Those of the others stay with them."""
    assert difference(FULL, changed(FULL, away=(EASTER,))) == [
        "- # Christmas",
        "- [[away]] # at home",
        "- first = 2026-12-24 # in the evening",
        '- last = "2026-12-27"',
    ]
    assert difference(INLINE, changed(INLINE, away=(EASTER,))) == [
        "-   {first = 2026-12-24, last = 2026-12-27}, # Christmas",
    ]


def test_a_first_away_range_is_added_at_the_end() -> None:
    """Below the example of one."""
    text = FILES["as init writes it"]
    new = changed(text, away=(SKIING,))
    assert new == f"{text}\n[[away]]\nfirst = 2027-02-06\nlast = 2027-02-13\n"
    assert changed(new, away=()) == text


def test_a_new_name_or_start_keeps_the_calendar() -> None:
    """The id that was made of the old ones is written down."""
    before = described(REQUIRED)
    new = changed(REQUIRED, name="Anna", start="2026-12-07")
    assert described(new).id == before.id
    assert f'id = "{before.id}"' in new
    # The request has kept an id from before the name in its file was changed.
    renamed = f'{REQUIRED}name = "Anna"\n'
    kept = evolve(described(renamed), id=before.id)
    again = edited(renamed, kept, evolve(kept, target_min=90))
    assert described(again) == evolve(kept, target_min=90)


def test_a_file_that_was_changed_meanwhile_is_not_changed() -> None:
    """What somebody else wrote is not overwritten."""
    before = described(REQUIRED)
    text = REQUIRED.replace("60", "75")
    with pytest.raises(InvalidValue, match=r"rebuild\.toml must stay as it was read") as caught:
        edited(text, before, evolve(before, baseline_min=35))
    said(caught.value)


def test_a_file_that_cannot_be_read_cannot_be_changed() -> None:
    """With the same errors as when it is loaded."""
    before = described(REQUIRED)
    after = evolve(before, target_min=90)
    for text, part in (
        (f"\ufeff{REQUIRED}", "rebuild.toml must be UTF-8 without a byte-order mark"),
        (f"{REQUIRED}name = Long run", "rebuild.toml must be TOML"),
    ):
        with pytest.raises(InvalidValue, match=re.escape(part)) as caught:
            edited(text, before, after)
        said(caught.value)
    with pytest.raises(UnknownName, match="did you mean"):
        edited(f"{REQUIRED}namez = 5", before, after)


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        (REQUIRED, {"policy": WITH_EXAMS}),
        (f'{REQUIRED}[["away"]]\nfirst = 2026-12-24\nlast = 2026-12-27\n', {"away": (SKIING,)}),
        (DOTTED, {"strength": Strength(exercises=EXERCISES[:1])}),
    ],
    ids=["a function", "an odd header", "tables below dotted keys"],
)
def test_what_cannot_be_changed_is_left_to_an_editor(text: str, changes: dict) -> None:
    """Nothing is written that describes something else."""
    with pytest.raises(InvalidValue) as caught:
        changed(text, **changes)
    line = said(caught.value)
    assert line.startswith("rebuild.toml must be written in a way that runplan can change (was ")
    assert line.endswith(
        "change it in an editor: runplan counts that as a change from the same day"
    )


@examples(30, 150)
@given(st.sampled_from(sorted(FILES)), st.data())
def test_any_change_of_any_file_is_written_or_refused(file: str, data: st.DataObject) -> None:
    """What is written describes what is asked for, and the way back leads back."""
    before = described(FILES[file])
    names = data.draw(st.lists(st.sampled_from(sorted(new_values)), unique=True, min_size=1))
    try:
        after = evolve(before, **{name: data.draw(new_values[name]) for name in names})
    except InvalidValue:
        reject()
    new = edited(FILES[file], before, after)
    assert described(new) == after
    assert described(edited(new, after, before)) == before


def test_several_dotted_keys_go_at_once() -> None:
    """With the equipment and the rotation of strength."""
    before = described(DOTTED)
    work = Strength(equipment=["two dumbbells"], per_session=2, days=["mon", "wed", "fri"])
    after = evolve(before, strength=work)
    new = edited(DOTTED, before, after)
    assert "strength.per_session = 2" in new
    assert described(edited(new, after, before)) == before


BITS = [each.encode() for each in FILES.values()]


@examples(40, 400)
@given(
    st.binary(max_size=80)
    | st.text(max_size=80).map(lambda text: text.encode("utf-8", "surrogatepass"))
    | st.builds(
        lambda file, place, length, middle: file[:place] + middle + file[place + length :],
        st.sampled_from(BITS),
        st.integers(0, 400),
        st.integers(0, 40),
        st.binary(max_size=8),
    )
)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    """Whatever a disk, a sync or an editor with another encoding has made of the file."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "rebuild.toml")
        path.write_bytes(data)
        try:
            load_rebuild(path)
        except RunplanError as error:
            said(error)


PIECES = [*'[]\n#="{},', "\r\n", "[strength]\n", "[[away]]\n", "\x00"]


@examples(40, 200)
@given(st.sampled_from(sorted(FILES)), st.randoms(use_true_random=False))
def test_any_damage_to_a_file_is_read_or_refused(file: str, damage: random.Random) -> None:
    """Also when it is to be changed; no error is of another family."""
    text = FILES[file]
    for _ in range(damage.randint(1, 3)):
        place = damage.randrange(len(text))
        text = text[:place] + damage.choice(PIECES) + text[place + damage.randint(0, 5) :]
    try:
        before = described(text)
        after = evolve(before, target_min=90, away=(SKIING,), keep_weeks=2)
        new = edited(text, before, after)
    except RunplanError as error:
        said(error)
    else:
        assert described(new) == after


def test_the_policy_in_the_documentation_is_five_minutes_with_other_numbers(load: Load) -> None:
    """A step of 3 minutes, and a pause from pain of 5."""
    page = Path(__file__).parents[2] / "docs" / "reference" / "rebuild-toml.md"
    _, _, rest = page.read_text(encoding="utf-8").partition("```{code-block} toml\n")
    policy = load(REQUIRED + rest.partition("```")[0]).policy
    assert (policy.name, policy.step_min) == ("three minutes", 3)
    differ = [
        (rule.name, rule.decide)
        for rule, usual in zip(policy.rules, FIVE_MINUTES.rules, strict=True)
        if rule != usual
    ]
    assert differ == [("severe-pain", SeverePain(from_pain=5))]
