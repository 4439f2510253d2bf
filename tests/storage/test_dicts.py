"""Requests, logs and entries as dicts and back, and the schema that says what is in them."""

import copy
import datetime as dt
import json
from functools import cache
from pathlib import Path

import pytest
from attrs import NOTHING, evolve, fields_dict
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from support.strategies import PRESETS, rebuilds

from runplan import (
    CAUTIOUS,
    FIVE_MINUTES,
    Away,
    Clearance,
    Dose,
    Exercise,
    InvalidType,
    InvalidValue,
    Log,
    MorningReport,
    Rebuild,
    RedFlag,
    RunplanError,
    RunReport,
    Slot,
    Strength,
    StrengthReport,
    UnknownName,
    build,
    dump,
    load,
)
from runplan._base.dates import to_moment
from runplan.storage.log_file import entry_line, undo_line

SCHEMA_FILE = Path(__file__).parents[2] / "docs" / "reference" / "runplan.schema.json"
AT = to_moment("2027-01-03T10:30:00+01:00")

REBUILD = Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="Europe/Berlin")
RUN = RunReport(day="2027-01-03", minutes=45, pain=2, pain_from=38, red_flags=["fever"])
MORNING = MorningReport(day="2027-01-03", pain=0, recorded_on="2027-01-04")
STRENGTH = StrengthReport(day="2027-01-06", pain_next_morning=1)
CLEARANCE = Clearance(day="2027-01-20", by="physiotherapist", baseline_min=35)
ENTRIES = (RUN, MORNING, STRENGTH, CLEARANCE)
VALUES = (REBUILD, Log(ENTRIES), *ENTRIES)
KINDS = tuple(map(type, VALUES))
TYPES = {
    "rebuild": Rebuild,
    "log": Log,
    "run": RunReport,
    "morning": MorningReport,
    "strength": StrengthReport,
    "clearance": Clearance,
}
NEEDED = {
    RunReport: {"day": "2027-01-03", "minutes": 45},
    MorningReport: {"day": "2027-01-03", "pain": 0},
    StrengthReport: {"day": "2027-01-03"},
    Clearance: {"day": "2027-01-03", "by": "Anna"},
}
BAND = Exercise(
    name="Band pull-apart",
    works=["rhomboids"],
    needs="a band",
    easier="a lighter band",
    cues=["Arms straight.", "Blades together."],
    first_month=Dose(2, 10),
    after=Dose(3, (10, 12), per_side=True, rpe=(6, 8)),
)
FULL = Rebuild(
    baseline_min=35,
    target_min=75,
    start="2027-02-01",
    timezone="America/New_York",
    name="Zurück, ohne Schmerz 🏃",
    first_month="extend",
    policy=CAUTIOUS,
    assessed_on="2027-01-15",
    id="anna",
    away=[Away(first="2027-04-02", last="2027-04-05"), Away(first="2027-03-01", last="2027-03-07")],
    long_run=Slot("saturday", "07:30"),
    strength=Strength(
        at="12:15", minutes=45, days=["mon", "wed"], ramp=[(3, 0), (None, 2)], exercises=[BAND]
    ),
)

days = st.dates(dt.date(1970, 1, 1), dt.date(2030, 12, 31))
later = st.dates(dt.date(2031, 1, 1), dt.date(2199, 12, 31))
scale = st.integers(0, 10)
maybe_scale = st.one_of(st.none(), scale)
flags = st.lists(st.sampled_from(RedFlag), max_size=3)
notes = st.one_of(st.just(""), st.text(max_size=40).map("n{}".format))
shared = {"day": days, "recorded_on": st.one_of(st.none(), later), "note": notes}
reported = shared | {"red_flags": flags}


@st.composite
def runs(draw):
    """Return a report of a run."""
    minutes, pain = draw(st.integers(1, 600)), draw(scale)
    return RunReport(
        minutes=minutes,
        pain=pain,
        pain_from=draw(st.one_of(st.none(), st.integers(0, minutes))) if pain else None,
        pain_next_morning=draw(maybe_scale),
        fatigue=draw(scale),
        kind=draw(st.sampled_from(["long", "other"])),
        **draw(st.fixed_dictionaries(reported)),
    )


entries = st.one_of(
    runs(),
    st.builds(MorningReport, pain=scale, **reported),
    st.builds(StrengthReport, pain=scale, pain_next_morning=maybe_scale, **reported),
    st.builds(
        Clearance,
        by=st.text(max_size=40).map("b{}".format),
        baseline_min=st.one_of(st.none(), st.integers(10, 360)),
        **shared,
    ),
)
logs = st.lists(entries, max_size=6).map(Log)
presets = rebuilds(policies=PRESETS)


def refused(error, kind, record) -> str:
    """Load what must be refused, and return the one line that says why."""
    with pytest.raises(error) as caught:
        load(kind, record)
    assert isinstance(caught.value, RunplanError)
    line = str(caught.value)
    assert line.isprintable()
    return line


def plain(value) -> bool:
    """Say whether a value is made of what JSON has, and of nothing that is only like it."""
    if type(value) is dict:
        return all(type(key) is str and plain(each) for key, each in value.items())
    if type(value) is list:
        return all(map(plain, value))
    return value is None or type(value) in {str, int, bool}


# --- there and back --------------------------------------------------------------------------


@settings(deadline=None)
@given(presets)
@example(FULL)
@example(evolve(FULL, strength=None))
@example(evolve(FULL, strength=Strength(days=[], ramp=[(None, 0)])))
def test_a_request_comes_back_as_it_was(rebuild) -> None:
    """With JSON in between or without."""
    record = dump(rebuild)
    assert load(Rebuild, record) == rebuild
    assert load(Rebuild, json.loads(json.dumps(record))) == rebuild


@given(logs)
def test_a_log_comes_back_as_it_was(log) -> None:
    """Whatever its notes are written in."""
    record = dump(log)
    assert load(Log, record) == log
    assert load(Log, json.loads(json.dumps(record, ensure_ascii=False))) == log


@given(entries)
def test_an_entry_comes_back_as_it_was(entry) -> None:
    """Every kind of it."""
    record = dump(entry)
    assert load(type(entry), record) == entry
    assert load(type(entry), json.loads(json.dumps(record))) == entry


@settings(deadline=None)
@given(st.one_of(presets, logs, entries))
@example(FULL)
def test_a_dict_is_what_json_makes_of_it(value) -> None:
    """Texts, whole numbers, lists, dicts, booleans and None; a tuple is no list."""
    record = dump(value)
    assert json.loads(json.dumps(record)) == record
    assert plain(record)


@settings(deadline=None)
@given(presets, logs)
@example(FULL, Log(ENTRIES))
def test_the_same_value_gives_the_same_dict(rebuild, log) -> None:
    """In the same order, and each time a new one."""
    for value in (rebuild, log):
        record = dump(value)
        assert json.dumps(record) == json.dumps(dump(value))
        untouched = copy.deepcopy(record)
        load(type(value), record)
        assert record == untouched
        assert dump(load(type(value), record)) == record


def test_a_dict_is_not_the_value_itself() -> None:
    """Changing it changes nothing else."""
    for value in VALUES:
        before = json.dumps(dump(value))
        record = dump(value)
        record.clear()
        assert json.dumps(dump(value)) == before
    record = dump(REBUILD)
    record["strength"]["exercises"].clear()
    record["long_run"]["day"] = "monday"
    assert dump(REBUILD)["strength"]["exercises"]
    assert dump(REBUILD)["long_run"]["day"] == "sunday"


def test_the_plan_of_what_came_back_is_the_same_plan() -> None:
    """To the last sentence."""
    log = Log(ENTRIES)
    rebuild = load(Rebuild, dump(REBUILD))
    assert build(rebuild, load(Log, dump(log)), "2027-02-01") == build(REBUILD, log, "2027-02-01")


def test_a_dict_says_what_it_is_and_which_version() -> None:
    """First of all."""
    for name, value in zip(TYPES, VALUES, strict=True):
        assert list(dump(value).items())[:2] == [("schema", 1), ("type", name)]
    for record in dump(Log(ENTRIES))["entries"]:
        assert next(iter(record)) == "type"
        assert "schema" not in record


def test_a_request_is_dumped_in_the_words_of_its_file() -> None:
    """Names of days, times and policies; no strength is None."""
    record = dump(FULL)
    exercises = record["strength"].pop("exercises")
    assert json.loads(json.dumps(record)) == {
        "schema": 1,
        "type": "rebuild",
        "baseline_min": 35,
        "target_min": 75,
        "start": "2027-02-01",
        "timezone": "America/New_York",
        "name": "Zurück, ohne Schmerz 🏃",
        "long_run": {"day": "saturday", "at": "07:30"},
        "strength": {
            "at": "12:15",
            "minutes": 45,
            "days": ["monday", "wednesday"],
            "ramp": [[3, 0], [None, 2]],
        },
        "first_month": "extend",
        "policy": "cautious",
        "away": [
            {"first": "2027-04-02", "last": "2027-04-05"},
            {"first": "2027-03-01", "last": "2027-03-07"},
        ],
        "assessed_on": "2027-01-15",
        "id": "anna",
    }
    assert json.loads(json.dumps(exercises)) == [
        {
            "name": "Band pull-apart",
            "works": ["rhomboids"],
            "needs": "a band",
            "first_month": {"sets": 2, "reps": [10, 10], "per_side": False, "rpe": [5, 6]},
            "after": {"sets": 3, "reps": [10, 12], "per_side": True, "rpe": [6, 8]},
            "easier": "a lighter band",
            "cues": ["Arms straight.", "Blades together."],
        }
    ]
    assert dump(evolve(FULL, strength=None))["strength"] is None


def test_what_has_a_default_may_be_left_out() -> None:
    """Of a request, of a log, of an entry."""
    record = {"schema": 1, "type": "rebuild", "baseline_min": 40, "target_min": 60}
    record |= {"start": "2026-11-30", "timezone": "Europe/Berlin"}
    assert load(Rebuild, record) == REBUILD
    assert load(Log, {"schema": 1, "type": "log"}) == Log()
    assert load(Log, {"schema": 1, "type": "log", "entries": []}) == Log()
    for kind, values in NEEDED.items():
        name = next(name for name, each in TYPES.items() if each is kind)
        assert load(kind, {"schema": 1, "type": name, **values}) == kind(**values)


def test_entries_may_come_in_any_order_and_twice() -> None:
    """As in every log."""
    record = dump(Log(ENTRIES))
    record["entries"] = [*reversed(record["entries"]), record["entries"][0]]
    assert load(Log, record) == Log(ENTRIES)


def test_a_log_can_be_put_together_from_entries_that_were_dumped_one_by_one() -> None:
    """An app that keeps each in a row of its own has their versions in them, too."""
    record = {"schema": 1, "type": "log", "entries": [dump(entry) for entry in ENTRIES]}
    assert load(Log, record) == Log(ENTRIES)
    record["entries"][1]["schema"] = 2
    line = refused(InvalidValue, Log, record)
    assert line.startswith("entry 2 of the record must have a schema of at most 1 (was 2)")


# --- what is not dumped ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "value",
    [None, 5, {}, [], [RUN], "run", Rebuild, build(REBUILD), build(REBUILD).weeks[0], FIVE_MINUTES],
    ids=lambda value: type(value).__name__,
)
def test_only_requests_logs_and_entries_are_dumped(value) -> None:
    """A plan is told what it was built from."""
    with pytest.raises(InvalidType) as caught:
        dump(value)
    assert caught.value.must == "what is dumped must be a Rebuild, a Log or an entry of one"
    assert caught.value.remedy == "for a plan use rows(), or dump what it was built from"


@pytest.mark.parametrize(
    "policy",
    [
        evolve(FIVE_MINUTES, name="my own"),
        evolve(FIVE_MINUTES, step_min=3),
        evolve(CAUTIOUS, name="five minutes"),
        evolve(CAUTIOUS, rules=CAUTIOUS.rules[1:]),
    ],
    ids=["name", "step", "the other's name", "rules"],
)
def test_a_policy_of_ones_own_is_not_dumped(policy) -> None:
    """Functions are no data; also when it goes by the name of one of ours."""
    with pytest.raises(InvalidValue) as caught:
        dump(evolve(REBUILD, policy=policy))
    assert str(caught.value) == (
        f"a policy that is dumped must be one of five minutes, cautious (was {policy.name!r}): "
        "dump the request with one of these, and give it your own after load()"
    )


def test_a_policy_of_ones_own_is_given_again_after_loading() -> None:
    """As that error says."""
    own = evolve(FIVE_MINUTES, name="my own", step_min=3)
    mine = evolve(REBUILD, policy=own)
    again = load(Rebuild, dump(evolve(mine, policy=FIVE_MINUTES)))
    assert evolve(again, policy=own) == mine


# --- what is not loaded ----------------------------------------------------------------------


@pytest.mark.parametrize("kind", [dict, int, None, "rebuild", build, type(build(REBUILD)), [], {}])
def test_only_requests_logs_and_entries_are_loaded(kind) -> None:
    """The error lists them."""
    line = refused(InvalidType, kind, dump(REBUILD))
    assert line.startswith(
        "kind must be one of Rebuild, Log, RunReport, MorningReport, StrengthReport, Clearance "
    )


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("record", [None, 5, "{}", b"{}", [], [("schema", 1)], RUN])
def test_a_record_is_a_dict(kind, record) -> None:
    """The text of one is not."""
    line = refused(InvalidType, kind, record)
    assert line.startswith("a record must be a dict (was ")


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("version", [2, 3, 10**30])
def test_what_a_newer_runplan_dumped_asks_for_an_upgrade(value, version) -> None:
    """Whatever else it holds."""
    for record in (dump(value), {}, {"type": "swim"}):
        line = refused(InvalidValue, type(value), record | {"schema": version})
        assert line == (
            f"the record must have a schema of at most 1 (was {version}): "
            "upgrade runplan: a newer one wrote it"
        )


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize(
    ("version", "error"),
    [
        (None, InvalidValue),
        (0, InvalidType),
        (-1, InvalidType),
        (True, InvalidType),
        (1.0, InvalidType),
        ("1", InvalidType),
        ([1], InvalidType),
    ],
)
def test_a_version_is_a_whole_number(value, version, error) -> None:
    """Without one nobody knows what it is."""
    record = dump(value) | {"schema": version}
    line = refused(error, type(value), record)
    assert line.startswith("the record must have a schema of at most 1 (was ")
    assert line.endswith("give what runplan wrote")
    del record["schema"]
    refused(InvalidValue, type(value), record)


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_record_of_one_kind_is_not_loaded_as_another(value, kind) -> None:
    """A morning is no strength session, though it has all that one needs."""
    if isinstance(value, kind):
        assert load(kind, dump(value)) == value
    else:
        line = refused(InvalidValue, kind, dump(value))
        assert line.startswith(f"the record must be of a {kind.__name__} (was ")


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("rebild", "rebuild"),
        ("Rebuild", "rebuild"),
        ("logg", "log"),
        ("runs", "run"),
        ("mornin", "morning"),
        ("streng", "strength"),
        ("clearence", "clearance"),
    ],
)
def test_an_unknown_type_names_the_nearest(name, nearest) -> None:
    """Among all that there are."""
    line = refused(UnknownName, Rebuild, {"schema": 1, "type": name})
    assert f'did you mean "{nearest}"?' in line


@pytest.mark.parametrize("name", [None, 5, "", "swim", ["run"], {"run": 1}, True])
def test_what_is_no_type_is_refused(name) -> None:
    """Also if it cannot be looked up at all."""
    line = refused(RunplanError, Log, {"schema": 1, "type": name})
    assert "type" in line
    nested = {"schema": 1, "type": "log", "entries": [{"type": name}]}
    assert refused(RunplanError, Log, nested).startswith("entry 1 of the record")


@pytest.mark.parametrize("value", VALUES)
def test_an_unknown_key_is_refused(value) -> None:
    """Nothing gets lost without a word."""
    line = refused(UnknownName, type(value), dump(value) | {"xyzzy": 1})
    assert "(was 'xyzzy'): leave it out" in line


@pytest.mark.parametrize(
    ("value", "key"),
    [
        (value, key)
        for value in VALUES
        for key in fields_dict(type(value))
        if fields_dict(type(value))[key].init
    ],
    ids=lambda each: each if isinstance(each, str) else type(each).__name__,
)
def test_a_misspelt_key_names_the_nearest(value, key) -> None:
    """Whether it was needed or not."""
    record = dump(value)
    record[f"{key}z"] = record.pop(key)
    line = refused(UnknownName, type(value), record)
    assert f"(was '{key}z'): did you mean \"{key}\"?" in line


@pytest.mark.parametrize("value", VALUES)
def test_what_is_needed_must_be_there(value) -> None:
    """The error names it."""
    kind = type(value)
    needed = [name for name, each in fields_dict(kind).items() if each.default is NOTHING]
    for name in needed:
        if fields_dict(kind)[name].init:
            record = dump(value)
            del record[name]
            line = refused(InvalidValue, kind, record)
            assert name in line.partition(" (was ")[0]
            assert "add it" in line


@pytest.mark.parametrize("key", [5, None, (1, 2), True], ids=repr)
@pytest.mark.parametrize("value", VALUES)
def test_a_key_that_is_no_text_is_refused_like_any_other(value, key) -> None:
    """JSON has none, a dict in memory may."""
    refused(RunplanError, type(value), dump(value) | {key: 1})


@pytest.mark.parametrize("wrong", [None, 5, "run", [], ["type", "run"]])
def test_a_wrong_entry_of_a_log_is_told_with_its_number(wrong) -> None:
    """Counted from 1."""
    record = dump(Log(ENTRIES))
    record["entries"][2] = wrong
    line = refused(InvalidType, Log, record)
    assert line.startswith("entry 3 of the record must be a record (was ")


@pytest.mark.parametrize("wrong", [None, 5, "run", {}, {"type": "run"}, True])
def test_the_entries_of_a_log_are_a_list(wrong) -> None:
    """Not one entry, and not none."""
    line = refused(InvalidType, Log, {"schema": 1, "type": "log", "entries": wrong})
    assert line.startswith("the record's entries must be a list (was ")


def test_what_an_entry_refuses_is_told_with_where_it_stands() -> None:
    """The same sentence, with its place in front."""
    record = dump(Log(ENTRIES))
    record["entries"][0]["minutes"] = 700
    assert refused(InvalidValue, Log, record) == (
        "entry 1 of the record: minutes must be a whole number of minutes from 1 to 600 "
        "(was 700): give a number from 1 to 600"
    )
    assert refused(InvalidValue, RunReport, dump(RUN) | {"pain": 0}).startswith(
        "the record: pain_from must be given only with pain (was 38)"
    )


@pytest.mark.parametrize(
    ("changes", "error", "part"),
    [
        ({"baseline_min": 70}, InvalidValue, "target_min must not be below baseline_min"),
        ({"baseline_min": 40.0}, InvalidType, "baseline_min must be"),
        ({"target_min": "60"}, InvalidType, "target_min must be"),
        ({"start": None}, InvalidType, "the record, start"),
        ({"start": 20261130}, InvalidType, "the record, start"),
        ({"timezone": "Europe/Berln"}, UnknownName, 'did you mean "Europe/Berlin"?'),
        ({"timezone": None}, InvalidType, "the record, timezone"),
        ({"name": None}, InvalidType, "name must be text"),
        ({"long_run": None}, InvalidType, "the record, long_run"),
        ({"long_run": {"day": "sunday"}}, InvalidValue, "at"),
        ({"long_run": {"day": "sonday", "at": "09:00"}}, UnknownName, "the record, long_run.day"),
        ({"strength": True}, InvalidType, "the record, strength"),
        ({"strength": []}, InvalidType, "the record, strength"),
        ({"strength": {"at": "9 am"}}, InvalidValue, "the record, strength.at"),
        ({"strength": {"ramp": [[None, 1], [2, 2]]}}, InvalidValue, "a ramp must be"),
        ({"strength": {"ramp": None}}, InvalidType, "a ramp must be"),
        ({"strength": {"minuts": 30}}, UnknownName, 'did you mean "minutes"?'),
        ({"first_month": "hodl"}, UnknownName, 'did you mean "hold"?'),
        ({"policy": "cautios"}, UnknownName, 'did you mean "cautious"?'),
        ({"policy": None}, InvalidType, "a policy must be one of"),
        ({"policy": ["cautious"]}, InvalidType, "a policy must be one of"),
        ({"away": None}, InvalidType, "the record, away"),
        ({"away": {"first": "2026-12-24"}}, InvalidType, "the record, away"),
        ({"away": [None]}, InvalidType, "the record, away"),
        ({"away": [{"first": "2026-12-24"}]}, InvalidValue, "away.[0].last"),
        ({"assessed_on": 5}, InvalidType, "assessed_on"),
        ({"id": 5}, InvalidType, "id must be text"),
    ],
)
def test_what_a_request_refuses_is_told_with_its_key(changes, error, part) -> None:
    """As in its file."""
    line = refused(error, Rebuild, dump(REBUILD) | changes)
    assert line.startswith("the record")
    assert part in line


@pytest.mark.parametrize("wrong", [None, 5, "away", {"first": "2026-12-24"}])
def test_advice_about_a_record_is_not_about_toml(wrong) -> None:
    """A dict has no [headers] and no square brackets to write things in."""
    line = refused(InvalidType, Rebuild, dump(REBUILD) | {"away": wrong})
    assert "header" not in line
    assert "NoneType" not in line


json_values = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-5, 700),
        st.floats(),
        st.text(max_size=8),
        st.sampled_from(["2027-01-03", "run", "undo", "long", "fever", "sunday", "09:00"]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(VALUES), st.data(), json_values)
def test_any_value_in_any_place_is_loaded_or_refused(value, data, odd) -> None:
    """Whatever stands there, no error is of another family, and each is one line."""
    record = json.loads(json.dumps(dump(value)))
    key = data.draw(st.sampled_from([*record, "xyzzy"]))
    record[key] = odd
    try:
        loaded = load(type(value), record)
    except RunplanError as error:
        assert str(error).isprintable()  # noqa: PT017 (most values are refused)
    else:
        assert isinstance(loaded, type(value))
        assert load(type(value), dump(loaded)) == loaded


# --- the schema ------------------------------------------------------------------------------


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


PLACES = {Rebuild: "rebuild", Log: "log"}
LINES = tuple(json.loads(each) for each in [entry_line(RUN, AT), undo_line(3, AT)])


def test_the_schema_is_one() -> None:
    """Of the draft that it names."""
    Draft202012Validator.check_schema(schema())
    assert schema()["$schema"] == Draft202012Validator.META_SCHEMA["$id"]


@settings(deadline=None)
@given(st.one_of(presets, logs, entries))
@example(FULL)
@example(evolve(FULL, strength=None))
@example(evolve(FULL, strength=Strength(days=[], ramp=[(None, 0)])))
def test_what_is_dumped_is_as_the_schema_says(value) -> None:
    """As a whole, and as what it is."""
    record = dump(value)
    checker().validate(record)
    checker(PLACES.get(type(value), "record")).validate(record)


@given(entries)
def test_a_line_of_a_log_is_as_the_schema_says(entry) -> None:
    """With the moment it was written."""
    record = json.loads(entry_line(entry, AT))
    checker().validate(record)
    checker("line").validate(record)
    assert not fits(record, "record")


def test_a_line_that_takes_back_is_as_the_schema_says() -> None:
    """It names a line from 1 on."""
    record = json.loads(undo_line(1, AT))
    checker("line").validate(record)
    for wrong in (0, -1, None, "1", True, 1.5):
        assert not fits(record | {"line": wrong})
    del record["line"]
    assert not fits(record)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("rebuild", Rebuild),
        ("log", Log),
        ("run", RunReport),
        ("morning", MorningReport),
        ("strength", StrengthReport),
        ("clearance", Clearance),
        ("strength_work", Strength),
        ("exercise", Exercise),
        ("dose", Dose),
        ("away", Away),
        ("slot", Slot),
    ],
)
def test_the_schema_has_the_fields_and_needs_those_without_a_default(name, kind) -> None:
    """No more and no fewer, in the same order."""
    frame = {"rebuild": ["schema", "type"], "log": ["schema", "type"]}.get(name, [])
    frame = ["type"] if kind in NEEDED else frame
    given_ = {key: each for key, each in fields_dict(kind).items() if each.init}
    assert sorted(definition(name)["properties"]) == sorted([*frame, *given_])
    needed = [key for key, each in given_.items() if each.default is NOTHING]
    assert sorted(definition(name).get("required", [])) == sorted([*frame, *needed])


@pytest.mark.parametrize("value", VALUES)
def test_what_is_dumped_holds_every_property(value) -> None:
    """Also those that could be left out."""
    record = dump(value)
    name = PLACES.get(type(value), record["type"])
    assert set(record) == {"schema", *definition(name)["properties"]}


def test_the_schema_and_a_line_have_the_same_frame() -> None:
    """Its version and its moment stand beside the entry."""
    assert set(definition("line")["properties"]) == {"schema", "recorded_at"}
    assert set(LINES[1]) == {"schema", "recorded_at", *definition("undo")["properties"]}


def test_the_schema_names_every_red_flag_by_tier() -> None:
    """In the order of the list."""
    tiers = definition("red_flags")["items"]["oneOf"]
    assert [flag for tier in tiers for flag in tier["enum"]] == [flag.value for flag in RedFlag]
    for tier in tiers:
        assert {RedFlag(flag).tier for flag in tier["enum"]} == {tier["title"].lower()}


def test_the_schema_names_every_preset() -> None:
    """As they are dumped."""
    names = definition("rebuild")["properties"]["policy"]["enum"]
    assert names == [policy.name for policy in PRESETS]


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
        assert whole["description"].endswith(("[min]", "[0-10]", "[sets]"))
    if "string" in whole.get("type", ()) and "pattern" not in whole:
        assert key == "timezone"


@pytest.mark.parametrize("kind", NEEDED)
def test_a_schemas_defaults_are_those_of_the_entry(kind) -> None:
    """Written out, they change nothing."""
    name = next(name for name, each in TYPES.items() if each is kind)
    record = {"schema": 1, "type": name, **NEEDED[kind]}
    whole = {
        key: each["default"]
        for key, each in definition(name)["properties"].items()
        if "default" in each
    }
    assert dump(load(kind, record)) == record | whole | {"recorded_on": record["day"]}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("rebuild", dump(REBUILD)),
        ("strength_work", dump(REBUILD)["strength"]),
        ("dose", json.loads(json.dumps(dump(FULL)))["strength"]["exercises"][0]["first_month"]),
    ],
)
def test_a_schemas_defaults_are_those_of_the_request(name, value) -> None:
    """All but those that are too long or made of others."""
    value = json.loads(json.dumps(value))
    without = {key for key, each in definition(name)["properties"].items() if "default" not in each}
    optional = without - set(definition(name).get("required", ()))
    assert optional <= {"strength", "id", "exercises"}
    for key, each in definition(name)["properties"].items():
        assert "default" not in each or each["default"] == value[key]


BIG = {
    "run": {"minutes": 600, "pain": 10, "pain_from": 0},
    "morning": {"pain": 0},
    "strength": {},
    "clearance": {"by": "Anna"},
}
NUMBERS = [
    ("run", "minutes"),
    ("run", "pain"),
    ("run", "pain_from"),
    ("run", "pain_next_morning"),
    ("run", "fatigue"),
    ("morning", "pain"),
    ("strength", "pain"),
    ("strength", "pain_next_morning"),
    ("clearance", "baseline_min"),
]


@pytest.mark.parametrize(("name", "key"), NUMBERS)
def test_the_schemas_ranges_are_those_of_the_entry(name, key) -> None:
    """Both take the edges, and neither takes what lies beyond."""
    usual = {"schema": 1, "type": name, "day": "2027-01-03"} | BIG[name]
    usual.pop("pain_from", None)
    whole = resolved(definition(name)["properties"][key])
    for edge, beyond in ((whole["minimum"], -1), (whole["maximum"], 1)):
        record = usual | {key: edge}
        assert fits(record)
        assert getattr(load(TYPES[name], record), key) == edge
        record[key] += beyond
        assert not fits(record)
        refused(InvalidValue, TYPES[name], record)


@pytest.mark.parametrize(
    ("keys", "edges"),
    [
        (["baseline_min"], (10, 360)),
        (["target_min"], (10, 360)),
        (["strength", "minutes"], (5, 180)),
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
def test_the_schemas_ranges_are_those_of_the_request(keys, edges) -> None:
    """Whatever a value beyond them is called."""
    low, high = edges
    *path, last = keys
    for number, is_in in ((low, True), (high, True), (low - 1, False), (high + 1, False)):
        record = json.loads(json.dumps(dump(REBUILD)))
        place = record
        for key in path:
            place = place[key]
        place[last] = number
        assert fits(record) is is_in
        if not is_in:
            refused(InvalidValue, Rebuild, record)


def without(record, key) -> dict:
    """Return a record without one of its keys."""
    return {name: value for name, value in record.items() if name != key}


WRONG = [
    {},
    [],
    None,
    "run",
    {"schema": 1},
    {"schema": 1, "type": "swim"},
    {"schema": 1, "type": "undo"},
    *(dump(value) | {"schema": 2} for value in VALUES),
    *(without(dump(value), "schema") for value in VALUES),
    *(without(dump(value), "type") for value in VALUES),
    *(dump(value) | {"xyzzy": 1} for value in VALUES),
    *(dump(value) | {"recorded_at": "2027-01-03T09:30:00Z"} for value in VALUES[:2]),
    LINES[0] | {"recorded_at": "yesterday"},
    LINES[0] | {"recorded_at": None},
    LINES[1] | {"xyzzy": 1},
    LINES[1] | {"day": "2027-01-03"},
    dump(RUN) | {"day": "03.01.2027"},
    dump(RUN) | {"day": "1969-12-31"},
    dump(RUN) | {"day": "2200-01-01"},
    dump(RUN) | {"day": "2027-13-01"},
    dump(RUN) | {"day": None},
    dump(RUN) | {"recorded_on": 5},
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
    dump(Log(ENTRIES)) | {"entries": None},
    dump(Log(ENTRIES)) | {"entries": [LINES[1]]},
    dump(Log(ENTRIES)) | {"entries": [{"type": "run", "day": "2027-01-03"}]},
    dump(REBUILD) | {"start": "2026-11-30T09:00"},
    dump(REBUILD) | {"timezone": ""},
    dump(REBUILD) | {"policy": "my own"},
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
    dump(REBUILD) | {"away": [{"first": "2026-12-24"}]},
    dump(REBUILD) | {"away": {"first": "2026-12-24", "last": "2026-12-27"}},
    dump(REBUILD) | {"assessed_on": ""},
    dump(REBUILD) | {"id": ""},
]


@pytest.mark.parametrize("record", WRONG, ids=range(len(WRONG)))
def test_what_is_wrong_is_not_as_the_schema_says(record) -> None:
    """Whoever checks before loading is told there already."""
    assert not fits(json.loads(json.dumps(record)))


@pytest.mark.parametrize("value", VALUES)
def test_what_is_needed_is_needed_by_the_schema(value) -> None:
    """Every key without a default."""
    record = json.loads(json.dumps(dump(value)))
    kind = type(value)
    for key in record:
        has_default = key not in {"schema", "type"} and (
            fields_dict(kind)[key].default is not NOTHING
        )
        assert fits(without(record, key)) is has_default
