"""A rebuild read from a file that somebody wrote by hand, and a plan as JSON."""

import datetime as dt
import json
import re
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runplan import (
    CAUTIOUS,
    EXERCISES,
    FIVE_MINUTES,
    Away,
    Dose,
    Exercise,
    InvalidType,
    InvalidValue,
    Log,
    Rebuild,
    RunplanError,
    RunReport,
    Slot,
    Strength,
    StrengthReport,
    UnknownName,
    UnusableFile,
    build,
    load_rebuild,
)
from runplan.storage.records import plan_to_json
from runplan.storage.template import to_toml

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


def told(error: RunplanError) -> str:
    """Return what an error says, which is one line that can be printed."""
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
    """The file can say whatever Python can, own rules excepted."""
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
def test_a_misspelt_key_is_told_with_the_nearest_one(
    load: Load, text: str, where: str, misspelt: str, meant: str
) -> None:
    """At every level, and rather than the key that is missing for it."""
    with pytest.raises(UnknownName) as caught:
        load(REQUIRED + text)
    line = told(caught.value)
    assert line.startswith("rebuild.toml")
    assert where in line
    assert f"(was '{misspelt}')" in line
    assert re.search(rf'did you mean "?{meant}"?\?$', line)


def test_a_key_like_no_other_is_to_be_left_out(load: Load) -> None:
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
def test_what_is_left_out_is_named(load: Load, left_out: str, says: str) -> None:
    """One key that is missing."""
    text = "".join(line for line in REQUIRED.splitlines(keepends=True) if left_out not in line)
    with pytest.raises(InvalidValue) as caught:
        load(text)
    assert told(caught.value).startswith(says)


def test_everything_that_is_left_out_is_named_at_once(load: Load) -> None:
    """An empty file lacks four keys; nobody wants to learn of them one by one."""
    with pytest.raises(InvalidValue) as caught:
        load("")
    says = "rebuild.toml must hold baseline_min, target_min, start, timezone "
    assert told(caught.value).startswith(says)
    with pytest.raises(InvalidValue, match=r"away\.\[0\]\.last"):
        load(REQUIRED + "[[away]]\nfirst = 2026-12-24")


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
        ("timezone", "1", InvalidType),
        ("name", "5", InvalidType),
        ("name", '""', InvalidValue),
        ("id", "5", InvalidType),
        ("first_month", '"hodl"', UnknownName),
        ("first_month", "true", InvalidType),
        ("policy", '"cautios"', UnknownName),
        ("policy", '"my own"', UnknownName),
        ("policy", "5", InvalidType),
        ("assessed_on", "false", InvalidType),
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
def test_a_bad_value_is_told_with_file_and_key(
    load: Load, key: str, value: str, error: type[RunplanError]
) -> None:
    """One line: where, what must hold, what was given, what to do."""
    lines = [line for line in REQUIRED.splitlines() if not line.startswith(f"{key} ")]
    with pytest.raises(error) as caught:
        load("\n".join([*lines, f"{key} = {value}"]))
    line = told(caught.value)
    assert line.startswith("rebuild.toml")
    assert key in line.partition(" (was ")[0]


def test_one_pair_of_brackets_is_not_two(load: Load) -> None:
    """[away] instead of [[away]] is the slip that everybody makes with lists of tables."""
    with pytest.raises(InvalidType) as caught:
        load(REQUIRED + "[away]\nfirst = 2026-12-24\nlast = 2026-12-27")
    assert told(caught.value).startswith("rebuild.toml, away")
    with pytest.raises(InvalidType) as caught:
        load(REQUIRED + BAND.replace("[[", "[").replace("]]", "]"))
    assert told(caught.value).startswith("rebuild.toml, strength.exercises")


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
def test_a_slip_in_an_own_exercise_is_told_with_its_place(
    load: Load, change: tuple[str, str], key: str
) -> None:
    """Deep in the file, and still the first exercise's field is named."""
    assert change[0] in BAND
    with pytest.raises((InvalidType, InvalidValue)) as caught:
        load(REQUIRED + BAND.replace(*change))
    line = told(caught.value)
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
def test_what_is_no_toml_is_told_with_its_line(load: Load, text: str, line: str) -> None:
    """An editor jumps to it."""
    with pytest.raises(InvalidValue) as caught:
        load(text)
    assert told(caught.value).startswith("rebuild.toml must be TOML")
    assert re.search(rf"{line}\b", told(caught.value))


@pytest.mark.parametrize(
    "text",
    ["x = " + "[" * 100_000, "x = " + "{a=" * 100_000, "baseline_min = " + "9" * 5000],
    ids=["brackets", "braces", "digits"],
)
def test_a_file_that_no_person_wrote_is_refused_like_any_other(load: Load, text: str) -> None:
    """An app may be handed anything."""
    with pytest.raises(RunplanError) as caught:
        load(text)
    assert told(caught.value).startswith("rebuild.toml")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\xef\xbb\xbf" + REQUIRED.encode(), "UTF-8 without a byte-order mark"),
        (REQUIRED.encode() + b'name = "Zur\xfcck"\n', "UTF-8"),
        (REQUIRED.encode("utf-16"), "UTF-8"),
        (b"\xff", "UTF-8"),
    ],
)
def test_another_encoding_is_told_as_such(load: Load, data: bytes, says: str) -> None:
    """Windows' editors put a mark in front or write another code page."""
    with pytest.raises(InvalidValue) as caught:
        load(data)
    assert told(caught.value).startswith(f"rebuild.toml must be {says}")


@pytest.mark.parametrize("name", ["missing.toml", ".", "missing/rebuild.toml", "a\0b", "x" * 300])
def test_a_file_that_cannot_be_read_is_told_with_its_path(tmp_path: Path, name: str) -> None:
    """Missing, a folder, or no name for a file at all."""
    with pytest.raises(UnusableFile) as caught:
        load_rebuild(f"{tmp_path}/{name}")
    assert caught.value.given == f"{tmp_path}/{name}"
    assert "check the path and its permissions" in told(caught.value)


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
    assert "\n" not in told(caught.value)


@settings(max_examples=150, deadline=None)
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
        assert told(error).startswith("rebuild.toml")  # noqa: PT017 (most values are refused)
    else:
        assert rebuild.baseline_min == 40


# --- a file to begin with --------------------------------------------------------------------


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
def test_a_file_to_begin_with_is_read_as_what_was_chosen(load: Load, changes: dict) -> None:
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
    """Taking the mark of the comment away gives a request."""
    text = to_toml(load(REQUIRED))
    text = re.sub(r"(?m)^# (days|ramp|assessed_on|first|last|\[\[away)", r"\1", text)
    rebuild = load(text)
    assert rebuild.assessed_on == dt.date(2026, 11, 12)
    assert rebuild.away == (Away(first="2026-12-24", last="2026-12-27"),)
    assert rebuild.strength == Strength(days=["mon", "wed", "fri"])


# --- JSON ------------------------------------------------------------------------------------


def test_json_holds_the_whole_plan() -> None:
    """Every week, session, exercise, decision and finding, and the no-advice line."""
    plan = build(
        Rebuild(
            name="Zurück 🏃",
            baseline_min=40,
            target_min=60,
            start="2027-02-15",
            timezone="Europe/Berlin",
            away=[Away(first="2027-03-11", last="2027-03-14")],
            id="anna",
        )
    )
    text = plan_to_json(plan)
    assert "Zurück 🏃" in text
    record = json.loads(text)
    weeks, findings = record.pop("weeks"), record.pop("findings")
    assert record.pop("advice").startswith("runplan plans training. It is no medical advice")
    assert record == {
        "id": "anna",
        "name": "Zurück 🏃",
        "timezone": "Europe/Berlin",
        "policy": "five minutes",
        "baseline_min": 40,
        "target_min": 60,
        "start": "2027-02-15",
        "finish": "2027-04-11",
        "today": "2027-02-15",
        "status": "on course",
        "pause": None,
    }
    assert [each["message"] for each in findings] == [each.message for each in plan.findings]
    assert [each["number"] for each in weeks] == list(range(1, 9))
    assert [(each["first"], each["last"]) for each in weeks][:2] == [
        ("2027-02-15", "2027-02-21"),
        ("2027-02-22", "2027-02-28"),
    ]
    assert weeks[3]["long_run"]["moved_from"] == "2027-03-14"
    assert weeks[3]["long_run"]["start"] == "2027-03-10T09:00:00+01:00"
    row_of = {(row["kind"], row["week"], row["place"]): row for row in plan.rows()}
    zone = ZoneInfo("Europe/Berlin")
    for week in weeks:
        sessions = [("long run", week["long_run"])] + [("strength", s) for s in week["strength"]]
        for kind, session in sessions:
            row = row_of.pop((kind, week["number"], session["place"]))
            assert session["decision"]["why"] == row["why"]
            assert set(session["decision"]) == {"rule", "action", "why", "source", "evidence"}
            hour, minute = (9, 0) if kind == "long run" else (18, 30)
            start = dt.datetime.combine(row["day"], dt.time(hour, minute), zone)
            assert session["start"] == start.isoformat()
            end = (start.astimezone(dt.UTC) + dt.timedelta(minutes=row["minutes"])).astimezone(zone)
            assert session["end"] == end.isoformat()
    assert not row_of
    assert {week["long_run"]["start"][-6:] for week in weeks} == {"+01:00", "+02:00"}
    lifts = weeks[7]["strength"][2]["prescriptions"]
    assert [lift["exercise"] for lift in lifts] == [each.name for each in EXERCISES]
    assert lifts[0] == {
        "exercise": "Renegade row",
        "easier": False,
        "sets": 3,
        "reps": [8, 10],
        "per_side": True,
        "rpe": [6, 7],
    }


def test_json_of_a_plan_that_never_arrives() -> None:
    """Weeks without a long run are null, and so is the day of arrival."""
    away = [Away(first="2026-11-30", last="2037-12-31")]
    request = Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC", away=away)
    record = json.loads(plan_to_json(build(request)))
    assert record["finish"] is None
    assert len(record["weeks"]) == 520
    assert {week["long_run"] for week in record["weeks"]} == {None}
    assert all(week["strength"] == [] for week in record["weeks"])


def test_json_tells_what_happened_and_why_a_plan_is_paused() -> None:
    """The report of each session, the mark of each, and whom to see."""
    rebuild = Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC")
    log = Log(
        [
            StrengthReport(day="2026-12-02", pain=1),
            RunReport(day="2026-12-06", minutes=40, pain=7, pain_from=30),
        ]
    )
    record = json.loads(plan_to_json(build(rebuild, log, today="2026-12-07")))
    first, second = record["weeks"]
    assert record["status"] == "paused"
    assert record["pause"] == second["pause"]
    assert record["pause"]["whom"] == "a doctor or physiotherapist"
    assert (record["pause"]["since"], record["pause"]["resume_min"]) == ("2026-12-06", 20)
    assert record["pause"]["decision"]["rule"] == "severe-pain"
    assert (first["report"]["minutes"], first["report"]["pain"]) == (40, 7)
    assert (first["long_run"]["mark"], first["long_run"]["level_min"]) == ("done", 40)
    assert first["strength"][0]["report"]["pain"] == 1
    assert (second["long_run"], second["report"]) == (None, None)
    assert second["strength"][0]["mark"] == "planned"
