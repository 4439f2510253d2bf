"""The JSON Schema says of records and lines what the code says of them."""

import json
from functools import cache
from pathlib import Path

import pytest
from attrs import NOTHING, evolve, fields_dict
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from support.record_strategies import (
    EXAMS,
    FULL_CHANGE,
    SETTINGS,
    WITH_EXAMS,
    any_policies,
    changed_requests,
    entries,
    logs,
)

from runplan import (
    CAUTIOUS,
    EXERCISES,
    FIVE_MINUTES,
    Activity,
    Away,
    Change,
    Clearance,
    Dose,
    Exercise,
    InvalidValue,
    Log,
    MorningReport,
    Move,
    Policy,
    Rebuild,
    RedFlag,
    RunplanError,
    RunReport,
    Slot,
    Strength,
    StrengthReport,
    dump,
    load,
)
from runplan._base.dates import to_day, to_moment
from runplan.policy.policy import EVIDENCE
from runplan.storage.log_file import (
    cut_off_line,
    entry_line,
    read_journal,
    rebuild_line,
    retract_line,
)
from runplan.storage.policy_records import POLICIES, RULES

SCHEMA_FILE = Path(__file__).parents[2] / "docs" / "reference" / "runplan.schema.json"
AT = to_moment("2027-01-03T10:30:00+01:00")

REBUILD = Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="Europe/Berlin")
RUN = RunReport(day="2027-01-03", minutes=45, pain=2, pain_from=38, red_flags=["fever"])
ACTIVITY = Activity(day="2027-01-03", minutes=47, at="09:05", source="strava", note="Long")
MORNING = MorningReport(day="2027-01-03", pain=0, recorded_on="2027-01-04")
STRENGTH = StrengthReport(
    day="2027-01-06",
    pain_next_morning=1,
    exercises=["Band pull-apart"],
    reps={"Renegade row": [8, 7], "Push-up with protraction": 10},
    retracted_on="2027-01-09",
)
SKIPPED = StrengthReport(day="2027-01-06", skipped=True, note="tired legs")
CLEARANCE = Clearance(day="2027-01-20", by="physiotherapist", baseline_min=35)
MOVE = Move(day="2027-02-07", to="2027-02-08", recorded_on="2027-02-05")
ENTRIES = (RUN, ACTIVITY, MORNING, STRENGTH, CLEARANCE, FULL_CHANGE, MOVE)
VALUES = (REBUILD, Log(ENTRIES), FIVE_MINUTES, *ENTRIES)
BAND = Exercise(
    name="Band pull-apart",
    works=["rhomboids"],
    needs="a band",
    easier="a lighter band",
    cues=["Arms straight.", "Blades together."],
    first_month=Dose(2, 10),
    after=Dose(3, (10, 12), per_side=True, rpe=(6, 8)),
)
FULL = evolve(
    REBUILD,
    name="Zurück, ohne Schmerz 🏃",
    policy=evolve(CAUTIOUS, step_min=3),
    assessed_on="2027-01-15",
    keep_weeks=3,
    last_day="2027-12-31",
    away=[Away(first="2027-04-02", last="2027-04-05")],
    strength=Strength(
        days=["mon", "wed"],
        ramp=[(3, 0), (None, 2)],
        exercises=[BAND, evolve(EXERCISES[0], instead=BAND), *EXERCISES[1:]],
        equipment=["one kettlebell", "a band"],
        per_session=3,
    ),
)
# Left out of records where they hold their defaults, which older versions do not know.
NEWER = {"skipped", "exercises", "reps", "equipment", "per_session"}
NO_STRENGTH = evolve(REBUILD, strength=None)
NO_SESSIONS = evolve(REBUILD, strength=Strength(days=[], ramp=[(None, 0)]))

NEEDED = {
    RunReport: {"day": "2027-01-03", "minutes": 45},
    Activity: {"day": "2027-01-03", "minutes": 45, "source": "fit"},
    MorningReport: {"day": "2027-01-03", "pain": 0},
    StrengthReport: {"day": "2027-01-03"},
    Clearance: {"day": "2027-01-03", "by": "Anna"},
    Change: {"day": "2027-01-03", "target_min": 90},
    Move: {"day": "2027-01-03", "to": "2027-01-04"},
}
KINDS = {
    "rebuild": Rebuild,
    "log": Log,
    "policy": Policy,
    **{kind.type: kind for kind in NEEDED},
    "strength_work": Strength,
    "exercise": Exercise,
    "dose": Dose,
    "away": Away,
    "slot": Slot,
}


@cache
def schema() -> dict:
    """Return the schema as it is published."""
    return json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))


@cache
def checker(name="") -> Draft202012Validator:
    """Return what checks a value against the schema, or against one of its definitions."""
    whole = schema()
    if not name:
        return Draft202012Validator(whole)
    return Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": whole["$defs"]})


def definition(name) -> dict:
    """Return one definition."""
    return schema()["$defs"][name]


def fits(record, name="") -> bool:
    """Say whether a record is as the schema says."""
    return checker(name).is_valid(record)


def plain(value) -> dict:
    """Return the record of a value as it comes out of a file."""
    return json.loads(json.dumps(dump(value)))


def without(record, key) -> dict:
    """Return a record without one of its keys."""
    return {name: value for name, value in record.items() if name != key}


def refused(error, record) -> None:
    """Load a record that must be refused."""
    with pytest.raises(error):
        load(record)


def line(data) -> dict:
    """Return a line of a log as a record."""
    return json.loads(data)


ENTRY_LINE = line(entry_line(RUN, AT))
RETRACT_LINE = line(retract_line("0123abcd", to_day("2027-01-05"), AT))
REBUILD_LINE = line(rebuild_line(REBUILD, AT))
CUT_OFF_LINE = line(cut_off_line(b'{"schema": 2, "ty', AT))
UNDO_LINE = {"schema": 1, "recorded_at": "2027-01-03T09:30:00Z", "type": "undo", "line": 3}
OTHER_LINES = {
    "retract": RETRACT_LINE,
    "rebuild": REBUILD_LINE,
    "cut_off": CUT_OFF_LINE,
    "undo": UNDO_LINE,
}


# --- what is written fits --------------------------------------------------------------------


def test_the_schema_is_a_json_schema() -> None:
    """Of the draft that it names."""
    Draft202012Validator.check_schema(schema())
    assert schema()["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    assert schema()["$id"] == f"urn:runplan:schema:{dump(RUN)['schema']}"


@given(st.one_of(changed_requests(), logs, entries, any_policies))
@example(FULL)
@example(NO_STRENGTH)
@example(NO_SESSIONS)
@example(WITH_EXAMS)
@example(FULL_CHANGE)
@example(STRENGTH)
@example(SKIPPED)
def test_what_is_dumped_fits(value) -> None:
    """As a whole, and as a record."""
    record = dump(value)
    checker().validate(record)
    checker("record").validate(record)


@given(entries)
@example(FULL_CHANGE)
def test_an_entry_as_it_is_logged_fits(entry) -> None:
    """With the moment it was written, which a record does not have."""
    record = line(entry_line(entry, AT))
    checker().validate(record)
    checker("line").validate(record)
    assert not fits(record, "record")


@given(changed_requests())
@example(FULL)
def test_a_request_as_it_was_seen_fits(rebuild) -> None:
    """It needs its moment, which says which one was seen last."""
    record = line(rebuild_line(rebuild, AT))
    checker("line").validate(record)
    assert not fits(without(record, "recorded_at"), "line")
    with pytest.raises(InvalidValue, match="must have a moment in UTC"):
        read_journal(json.dumps(without(record, "recorded_at")).encode(), name="log.jsonl")


@pytest.mark.parametrize("name", OTHER_LINES)
def test_other_lines_fit(name) -> None:
    """Withdrawals, requests, lines that were cut off, and what version 1 took back."""
    record = OTHER_LINES[name]
    checker().validate(record)
    checker("line").validate(record)
    assert fits({key: record[key] for key in record if key not in {"schema", "recorded_at"}}, name)
    assert not fits(record, "record")


@pytest.mark.parametrize("version", [1, 2])
def test_both_versions_fit(version) -> None:
    """One is written, the other is still read."""
    for value in VALUES:
        assert fits(dump(value) | {"schema": version})
        load(dump(value) | {"schema": version})


def test_a_line_of_version_1_fits() -> None:
    """As it was written then: moments to the second, and no day of withdrawal."""
    assert fits(
        {
            "schema": 1,
            "recorded_at": "2026-12-07T06:40:12Z",
            "type": "morning",
            "day": "2026-12-06",
            "recorded_on": "2026-12-07",
            "pain": 0,
            "red_flags": [],
            "note": "",
        },
        "line",
    )


# --- what it says of fields ------------------------------------------------------------------


@pytest.mark.parametrize("name", KINDS)
def test_the_schema_has_the_fields_and_needs_those_without_a_default(name) -> None:
    """No more and no fewer."""
    kind = KINDS[name]
    frame = ["type"] if name in {"rebuild", "log"} or kind in NEEDED else []
    given_ = {key: each for key, each in fields_dict(kind).items() if each.init}
    assert sorted(definition(name)["properties"]) == sorted([*frame, *given_])
    needed = [key for key, each in given_.items() if each.default is NOTHING]
    assert sorted(definition(name).get("required", [])) == sorted([*frame, *needed])


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_what_is_dumped_holds_every_property(value) -> None:
    """Also those that could be left out; the change is one of everything."""
    record = dump(value)
    properties = {"schema", "type", *definition(record["type"])["properties"]}
    assert properties - NEWER <= set(record) <= properties


def test_newer_fields_are_written_only_where_they_say_something() -> None:
    """So that an older runplan reads whatever it could say itself."""
    usual = dump(StrengthReport(day="2027-01-06"))
    assert NEWER.isdisjoint(usual)
    assert set(dump(STRENGTH)) - set(usual) == {"exercises", "reps"}
    assert set(dump(SKIPPED)) - set(usual) == {"skipped"}
    work = dump(FULL)["strength"]
    assert set(work) - set(dump(REBUILD)["strength"]) == {"equipment", "per_session"}
    assert all("instead" not in each for each in dump(REBUILD)["strength"]["exercises"])
    assert [("instead" in each) for each in work["exercises"]] == [False, True, *[False] * 3]


def test_an_exercise_of_the_method_in_an_older_record_gets_its_variation() -> None:
    """Another one, or one that says it has none, stays as it is."""
    assert load(dump(REBUILD)).strength.exercises == EXERCISES
    bare = evolve(EXERCISES[0], instead=None)
    for exercises in ([bare], [BAND], [evolve(EXERCISES[0], source="our choice")]):
        rebuild = evolve(REBUILD, strength=Strength(exercises=exercises))
        assert load(plain(rebuild)) == rebuild


def test_a_line_has_a_version_and_a_moment_beside_its_keys() -> None:
    """Whatever it is of."""
    assert set(definition("line")["properties"]) == {"schema", "recorded_at"}
    for name, record in OTHER_LINES.items():
        assert set(record) <= {"schema", "recorded_at", *definition(name)["properties"]}
        assert set(definition(name)["required"]) <= set(record)


def test_the_schema_names_every_red_flag_by_tier() -> None:
    """In the order of the list."""
    tiers = definition("red_flags")["items"]["oneOf"]
    assert [flag for tier in tiers for flag in tier["enum"]] == [flag.value for flag in RedFlag]
    for tier in tiers:
        assert {RedFlag(flag).tier for flag in tier["enum"]} == {tier["title"].lower()}


@pytest.mark.parametrize("name", ["rebuild", "change"])
def test_the_schema_names_every_preset(name) -> None:
    """As they are dumped."""
    names = definition(name)["properties"]["policy"]["anyOf"][0]["enum"]
    assert names == list(POLICIES)


def test_the_schema_names_every_rule_and_every_kind_of_evidence() -> None:
    """Those that come with runplan."""
    assert sorted(definition("rule_name")["enum"]) == sorted(RULES)
    assert definition("changed_rule")["properties"]["evidence"]["enum"] == list(EVIDENCE)


def test_the_schema_has_every_setting_with_its_range() -> None:
    """Of all rules together."""
    ranges = {name: each for rule in SETTINGS.values() for name, each in rule.items()}
    properties = definition("settings")["properties"]
    assert sorted(properties) == sorted(ranges)
    for name, (low, high) in ranges.items():
        if properties[name]["type"] == "integer":
            assert (properties[name]["minimum"], properties[name]["maximum"]) == (low, high)
        else:
            assert (properties[name]["type"], low, high) == ("boolean", False, True)
    for rule in SETTINGS.values():
        assert all(ranges[name] == each for name, each in rule.items())


def resolved(each) -> dict:
    """Return a property with what it refers to."""
    name = each.get("$ref", "").removeprefix("#/$defs/")
    return definition(name) | each if name else each


def all_properties():
    """Return every property of every definition, with its name."""
    for name, each in schema()["$defs"].items():
        for key, value in each.get("properties", {}).items():
            yield name, key, value


@pytest.mark.parametrize(
    ("name", "key", "value"),
    list(all_properties()),
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_every_property_has_a_title_and_a_number_its_range_and_unit(name, key, value) -> None:
    """So that a form can be made of it."""
    assert value["title"][:1].isupper()
    whole = resolved(value)
    if "const" not in whole:
        assert value["description"].endswith((".", "]"))
        assert "type" in whole or "enum" in whole or "anyOf" in whole
    if "integer" in whole.get("type", ()) and key != "line":
        assert whole["minimum"] < whole["maximum"]
        units = "min", "0-10", "1-10", "sets", "weeks", "days", "runs", "times", "%", "exercises"
        assert whole["description"].endswith(tuple(f"[{unit}]" for unit in units))
    if "string" in whole.get("type", ()) and "pattern" not in whole:
        assert key == "timezone"


@pytest.mark.parametrize("kind", NEEDED)
def test_the_defaults_are_those_of_the_entry(kind) -> None:
    """Written out, they change nothing."""
    record = {"schema": 2, "type": kind.type, **NEEDED[kind]}
    whole = {
        key: each["default"]
        for key, each in definition(kind.type)["properties"].items()
        if "default" in each
    }
    assert load(record | whole) == load(record)
    written = {key: value for key, value in whole.items() if key not in NEWER}
    assert dump(load(record)) == record | written | {"recorded_on": record["day"]}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("rebuild", plain(REBUILD)),
        ("log", plain(Log())),
        ("policy", plain(FIVE_MINUTES)),
        ("strength_work", plain(REBUILD)["strength"]),
        ("dose", plain(FULL)["strength"]["exercises"][0]["first_month"]),
    ],
)
def test_the_defaults_are_those_of_the_request(name, value) -> None:
    """All but those that are too long or made of others."""
    left_out = {
        key for key, each in definition(name)["properties"].items() if "default" not in each
    }
    assert left_out - set(definition(name).get("required", ())) <= {"strength", "id", "exercises"}
    for key, each in definition(name)["properties"].items():
        assert "default" not in each or each["default"] == value.get(key)


# --- what it says of numbers -----------------------------------------------------------------

NUMBERS = [
    (RunReport, "minutes"),
    (RunReport, "pain"),
    (RunReport, "pain_from"),
    (RunReport, "pain_next_morning"),
    (RunReport, "fatigue"),
    (Activity, "minutes"),
    (MorningReport, "pain"),
    (StrengthReport, "pain"),
    (StrengthReport, "pain_next_morning"),
    (Clearance, "baseline_min"),
    (Change, "baseline_min"),
    (Change, "target_min"),
    (Change, "keep_weeks"),
]


@pytest.mark.parametrize(("kind", "key"), NUMBERS)
def test_the_ranges_are_those_of_the_entry(kind, key) -> None:
    """Both take the edges, and neither takes what lies beyond."""
    usual = {"schema": 2, "type": kind.type, **NEEDED[kind]}
    if key == "pain_from":
        usual |= {"pain": 1, "minutes": 600}
    whole = resolved(definition(kind.type)["properties"][key])
    for edge, beyond in ((whole["minimum"], -1), (whole["maximum"], 1)):
        record = usual | {key: edge}
        assert fits(record)
        assert getattr(load(record), key) == edge
        record[key] += beyond
        assert not fits(record)
        refused(InvalidValue, record)


@pytest.mark.parametrize(
    ("keys", "edges"),
    [
        (["baseline_min"], (10, 360)),
        (["target_min"], (10, 360)),
        (["keep_weeks"], (0, 52)),
        (["policy", "step_min"], (1, 30)),
        (["strength", "minutes"], (5, 180)),
        (["strength", "per_session"], (2, 3)),
        (["strength", "ramp", 0, 0], (1, 520)),
        (["strength", "ramp", 0, 1], (0, 7)),
        (["strength", "exercises", 0, "after", "sets"], (1, 10)),
        (["strength", "exercises", 0, "after", "reps", 0], (1, 100)),
        (["strength", "exercises", 0, "after", "reps", 1], (1, 100)),
        (["strength", "exercises", 0, "after", "rpe", 0], (1, 10)),
        (["strength", "exercises", 0, "after", "rpe", 1], (1, 10)),
    ],
    ids=lambda each: ".".join(map(str, each)),
)
def test_the_ranges_are_those_of_the_request(keys, edges) -> None:
    """Whatever a value beyond them is called."""
    low, high = edges
    *path, last = keys
    for number, is_in in ((low, True), (high, True), (low - 1, False), (high + 1, False)):
        record = plain(evolve(REBUILD, policy=evolve(FIVE_MINUTES, step_min=3)))
        place = record
        for key in path:
            place = place[key]
        place[last] = number
        assert fits(record) is is_in
        if not is_in:
            refused(InvalidValue, record)


@pytest.mark.parametrize(
    ("rule", "name"), [(rule, name) for rule, ranges in SETTINGS.items() for name in ranges]
)
def test_the_ranges_are_those_of_the_rules(rule, name) -> None:
    """And a setting is a number, where it is not true or false."""
    low, high = SETTINGS[rule][name]
    wrong = ["5", None, 2.5] if high is True else [low - 1, high + 1, "5", None, 2.5, True]
    for value in (low, high, *wrong):
        record = dump(FIVE_MINUTES)
        record["rules"] = [{"name": rule, "settings": {name: value}}]
        is_in = any(value is each for each in (low, high))
        assert fits(record) is is_in
        if is_in:
            load(record)
        else:
            refused(RunplanError, record)


# --- what does not fit -----------------------------------------------------------------------

POLICY = dump(FIVE_MINUTES)
CHANGE = dump(Change(day="2027-02-01", target_min=90))

WRONG = [
    {},
    [],
    None,
    "run",
    {"schema": 2},
    {"schema": 2, "type": "swim"},
    {"schema": 2, "type": "undo"},
    *(dump(value) | {"schema": 3} for value in VALUES),
    *(dump(value) | {"schema": "2"} for value in VALUES),
    *(without(dump(value), "schema") for value in VALUES),
    *(without(dump(value), "type") for value in VALUES),
    *(dump(value) | {"xyzzy": 1} for value in VALUES),
    *(each | {"xyzzy": 1} for each in OTHER_LINES.values()),
    *(each | {"day": "2027-01-03"} for each in OTHER_LINES.values()),
    *(dump(value) | {"recorded_at": "2027-01-03T09:30:00Z"} for value in VALUES[1:3]),
    ENTRY_LINE | {"recorded_at": "yesterday"},
    ENTRY_LINE | {"recorded_at": "2027-01-03T09:30:00+01:00"},
    ENTRY_LINE | {"recorded_at": None},
    RETRACT_LINE | {"id": 5},
    RETRACT_LINE | {"id": "0123ABCD"},
    RETRACT_LINE | {"retracted_on": None},
    without(RETRACT_LINE, "retracted_on"),
    without(RETRACT_LINE, "id"),
    CUT_OFF_LINE | {"id": None},
    without(CUT_OFF_LINE, "id"),
    *(UNDO_LINE | {"line": wrong} for wrong in (0, -1, None, "1", True, 1.5)),
    without(UNDO_LINE, "line"),
    dump(RUN) | {"day": "03.01.2027"},
    dump(RUN) | {"day": "1969-12-31"},
    dump(RUN) | {"day": "2200-01-01"},
    dump(RUN) | {"day": "2027-13-01"},
    dump(RUN) | {"day": None},
    dump(RUN) | {"recorded_on": 5},
    dump(RUN) | {"retracted_on": 5},
    dump(RUN) | {"retracted_on": ""},
    dump(RUN) | {"pain": 2.5},
    dump(RUN) | {"pain": "2"},
    dump(RUN) | {"pain": None},
    dump(RUN) | {"pain": True},
    dump(RUN) | {"kind": "short"},
    dump(RUN) | {"note": None},
    dump(RUN) | {"note": "two\nlines"},
    dump(RUN) | {"note": "a\x1b[31m"},
    dump(RUN) | {"note": "x" * 1001},
    dump(RUN) | {"red_flags": "fever"},
    dump(RUN) | {"red_flags": ["feber"]},
    dump(RUN) | {"red_flags": ["fever", "fever"]},
    dump(RUN) | {"red_flags": None},
    dump(RUN) | {"by": "Anna"},
    dump(CLEARANCE) | {"by": ""},
    dump(CLEARANCE) | {"by": "x" * 201},
    dump(CLEARANCE) | {"pain": 0},
    dump(MOVE) | {"to": None},
    dump(MOVE) | {"minutes": 40},
    without(CHANGE, "target_min"),
    CHANGE | {"target_min": None},
    CHANGE | {"start": "2027-02-01"},
    CHANGE | {"name": "x"},
    CHANGE | {"id": "x"},
    CHANGE | {"long_run": None},
    CHANGE | {"strength": False},
    CHANGE | {"away": None},
    CHANGE | {"policy": "my own"},
    CHANGE | {"timezone": None},
    dump(Log(ENTRIES)) | {"entries": None},
    dump(Log(ENTRIES)) | {"entries": [ENTRY_LINE]},
    dump(Log(ENTRIES)) | {"entries": [RETRACT_LINE]},
    dump(Log(ENTRIES)) | {"entries": [{"type": "run", "day": "2027-01-03"}]},
    dump(Log(ENTRIES)) | {"entries": [without(REBUILD_LINE, "recorded_at")]},
    POLICY | {"rules": []},
    POLICY | {"rules": "clean"},
    POLICY | {"rules": ["cleam"]},
    POLICY | {"rules": [{}]},
    POLICY | {"rules": [{"name": "mine"}]},
    POLICY | {"rules": [{"name": "mine", "like": "cleam"}]},
    POLICY | {"rules": [{"name": "mine", "own": False}]},
    POLICY | {"rules": [{"name": "mine", "own": True, "when": "always"}]},
    POLICY | {"rules": [{"name": "clean", "when": ""}]},
    POLICY | {"rules": [{"name": "clean", "evidence": "none"}]},
    POLICY | {"rules": [{"name": "clean", "settings": {"xyzzy": 1}}]},
    POLICY | {"rules": [{"name": "clean", "settings": None}]},
    POLICY | {"step_min": None},
    POLICY | {"name": ""},
    dump(REBUILD) | {"start": "2026-11-30T09:00"},
    dump(REBUILD) | {"timezone": ""},
    dump(REBUILD) | {"policy": "my own"},
    dump(REBUILD) | {"policy": None},
    dump(REBUILD) | {"policy": {"name": "mine"}},
    dump(REBUILD) | {"policy": without(POLICY, "schema")},
    dump(REBUILD) | {"first_month": "hodl"},
    dump(REBUILD) | {"strength": False},
    dump(REBUILD) | {"strength": {"at": "24:00"}},
    dump(REBUILD) | {"strength": {"days": ["mon"]}},
    dump(REBUILD) | {"strength": {"days": ["monday", "monday"]}},
    dump(REBUILD) | {"strength": {"ramp": []}},
    dump(REBUILD) | {"strength": {"ramp": [["then", 3]]}},
    dump(REBUILD) | {"strength": {"ramp": [[2, 1, 1]]}},
    dump(REBUILD) | {"strength": {"ramp": [[2]]}},
    dump(REBUILD) | {"strength": {"exercises": []}},
    dump(REBUILD) | {"strength": {"exercises": ["push-up"]}},
    dump(REBUILD) | {"long_run": {"day": "sunday"}},
    dump(REBUILD) | {"long_run": {"day": "sunday", "at": "9:00"}},
    dump(REBUILD) | {"away": [{"last": "2026-12-24"}]},
    dump(REBUILD) | {"away": {"first": "2026-12-24", "last": "2026-12-27"}},
    dump(REBUILD) | {"assessed_on": ""},
    dump(REBUILD) | {"last_day": ""},
    dump(REBUILD) | {"keep_weeks": None},
    dump(REBUILD) | {"id": ""},
]


@pytest.mark.parametrize("record", WRONG, ids=range(len(WRONG)))
def test_what_is_wrong_does_not_fit(record) -> None:
    """Whoever checks before loading learns of it there already."""
    assert not fits(json.loads(json.dumps(record)))


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_what_is_needed_is_needed_by_the_schema(value) -> None:
    """Every key without a default."""
    record = plain(value)
    for key in record:
        has_default = key not in {"schema", "type"} and (
            fields_dict(type(value))[key].default is not NOTHING
        )
        assert fits(without(record, key)) is has_default


def test_a_rule_of_your_own_fits_by_its_name() -> None:
    """Its function is given to load again."""
    record = dump(evolve(REBUILD, policy=WITH_EXAMS))
    assert fits(record)
    assert load(record, rules=[EXAMS]).policy == WITH_EXAMS
