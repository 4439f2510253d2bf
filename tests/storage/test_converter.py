"""Requests, logs, entries and policies as dicts of plain values, and back."""

import copy
import json

import pytest
from attrs import NOTHING, evolve, fields_dict
from hypothesis import example, given
from hypothesis import strategies as st
from support.effort import examples
from support.record_strategies import (
    EXAMS,
    FULL_CHANGE,
    any_policies,
    changed_requests,
    entries,
    logs,
)

from runplan import (
    CAUTIOUS,
    FIVE_MINUTES,
    Activity,
    Away,
    Change,
    Clearance,
    Dose,
    Entry,
    Exercise,
    InvalidType,
    InvalidValue,
    Log,
    MorningReport,
    Move,
    Policy,
    Rebuild,
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

REBUILD = Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="Europe/Berlin")
RUN = RunReport(day="2027-01-03", minutes=45, pain=2, pain_from=38, red_flags=["fever"])
ACTIVITY = Activity(day="2027-01-03", minutes=47, at="09:05", source="strava", note="Long")
MORNING = MorningReport(day="2027-01-03", pain=0, recorded_on="2027-01-04")
STRENGTH = StrengthReport(day="2027-01-06", pain_next_morning=1, retracted_on="2027-01-09")
CLEARANCE = Clearance(day="2027-01-20", by="physiotherapist", baseline_min=35)
CHANGE = Change(day="2027-02-01", target_min=90, recorded_on="2027-01-25")
MOVE = Move(day="2027-02-07", to="2027-02-08", recorded_on="2027-02-05")
ENTRIES = (RUN, ACTIVITY, MORNING, STRENGTH, CLEARANCE, CHANGE, MOVE)
VALUES = (REBUILD, Log(ENTRIES), FIVE_MINUTES, *ENTRIES)
TYPES = {
    "rebuild": Rebuild,
    "log": Log,
    "policy": Policy,
    "run": RunReport,
    "activity": Activity,
    "morning": MorningReport,
    "strength": StrengthReport,
    "clearance": Clearance,
    "change": Change,
    "move": Move,
}
NEEDED = {
    RunReport: {"day": "2027-01-03", "minutes": 45},
    Activity: {"day": "2027-01-03", "minutes": 45, "source": "fit"},
    MorningReport: {"day": "2027-01-03", "pain": 0},
    StrengthReport: {"day": "2027-01-03"},
    Clearance: {"day": "2027-01-03", "by": "Anna"},
    Change: {"day": "2027-01-03", "target_min": 90},
    Move: {"day": "2027-01-03", "to": "2027-01-04"},
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
    keep_weeks=3,
    last_day="2027-12-31",
    id="anna",
    away=[Away(first="2027-04-02", last="2027-04-05"), Away(first="2027-03-01", last="2027-03-07")],
    long_run=Slot("saturday", "07:30"),
    strength=Strength(
        at="12:15", minutes=45, days=["mon", "wed"], ramp=[(3, 0), (None, 2)], exercises=[BAND]
    ),
)


def through_json(record):
    """Return a record as it comes out of a file or a database."""
    return json.loads(json.dumps(record, ensure_ascii=False))


def refused(error, record, kind=None, **given_) -> str:
    """Load what must be refused, and return the one line that says why."""
    with pytest.raises(error) as caught:
        load(record, kind, **given_)
    assert isinstance(caught.value, RunplanError)
    line = str(caught.value)
    assert line.isprintable()
    return line


def is_plain(value) -> bool:
    """Say whether a value is made of what JSON has, and of nothing that is only like it."""
    if type(value) is dict:
        return all(type(key) is str and is_plain(each) for key, each in value.items())
    if type(value) is list:
        return all(map(is_plain, value))
    return value is None or type(value) in {str, int, bool}


# --- there and back --------------------------------------------------------------------------


@given(changed_requests())
@example(FULL)
@example(evolve(FULL, strength=None))
@example(evolve(FULL, strength=Strength(days=[], ramp=[(None, 0)])))
@example(evolve(FULL, policy=evolve(CAUTIOUS, step_min=3)))
def test_a_request_comes_back_as_it_was(rebuild) -> None:
    """With JSON in between or without."""
    record = dump(rebuild)
    assert load(record) == rebuild
    assert load(through_json(record)) == rebuild


@given(logs)
@example(Log([*ENTRIES, FULL_CHANGE]))
def test_a_log_comes_back_as_it_was(log) -> None:
    """Whatever script its notes are in, and withdrawn entries included."""
    record = dump(log)
    assert load(record) == log
    assert load(through_json(record)) == log


@given(entries)
@example(FULL_CHANGE)
def test_an_entry_comes_back_as_it_was(entry) -> None:
    """Reports, clearances, changes and moves."""
    record = dump(entry)
    assert load(record) == entry
    assert load(through_json(record)) == entry


@given(st.one_of(changed_requests(), logs, entries, any_policies))
@example(FULL)
@example(FULL_CHANGE)
def test_a_record_is_what_json_makes_of_it(value) -> None:
    """Texts, whole numbers, lists, dicts, booleans and None; a tuple is no list."""
    record = dump(value)
    assert json.loads(json.dumps(record)) == record
    assert is_plain(record)


@given(st.one_of(changed_requests(), logs, any_policies))
@example(FULL)
@example(Log(ENTRIES))
def test_equal_values_give_equal_records(value) -> None:
    """With the keys in the same order; loading leaves the record as it is."""
    record = dump(value)
    assert json.dumps(record) == json.dumps(dump(value))
    untouched = copy.deepcopy(record)
    load(record)
    assert record == untouched
    assert json.dumps(dump(load(record))) == json.dumps(record)


def test_changing_a_record_does_not_change_the_value() -> None:
    """Each record is a new one, down to its lists."""
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


def test_a_plan_of_loaded_values_is_the_same_plan() -> None:
    """To the last sentence."""
    log = Log(ENTRIES)
    rebuild = load(dump(REBUILD), Rebuild)
    assert build(rebuild, load(dump(log), Log), "2027-02-01") == build(REBUILD, log, "2027-02-01")


# --- what a record holds ---------------------------------------------------------------------


def test_a_record_begins_with_its_version_and_type() -> None:
    """In a log each entry has a type, and the log has the version."""
    for name, value in zip(TYPES, VALUES, strict=True):
        assert list(dump(value).items())[:2] == [("schema", 2), ("type", name)]
    for record in dump(Log(ENTRIES))["entries"]:
        assert next(iter(record)) == "type"
        assert "schema" not in record


def test_a_request_is_recorded_in_the_words_of_its_file() -> None:
    """Days, times and presets by name; no strength is None."""
    record = dump(FULL)
    exercises = record["strength"].pop("exercises")
    assert record == {
        "schema": 2,
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
        "keep_weeks": 3,
        "last_day": "2027-12-31",
        "id": "anna",
    }
    assert exercises == [
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


def test_a_change_records_only_what_it_changes() -> None:
    """What it leaves as it is has no key, so None can mean none."""
    change = Change(day="2027-02-01", strength=None, last_day=None, away=(), note="gym closed")
    assert dump(change) == {
        "schema": 2,
        "type": "change",
        "day": "2027-02-01",
        "recorded_on": "2027-02-01",
        "retracted_on": None,
        "strength": None,
        "away": [],
        "last_day": None,
        "note": "gym closed",
    }


def test_a_change_of_everything_records_everything() -> None:
    """In the words of a request."""
    record = dump(FULL_CHANGE)
    policy = record.pop("policy")
    assert policy["name"] == "cautious"
    assert policy["step_min"] == 3
    assert policy["rules"] == [rule.name for rule in CAUTIOUS.rules]
    assert record == {
        "schema": 2,
        "type": "change",
        "day": "2027-02-01",
        "recorded_on": "2027-01-25",
        "retracted_on": None,
        "baseline_min": 30,
        "target_min": 90,
        "long_run": {"day": "sunday", "at": "09:00"},
        "strength": None,
        "first_month": "extend",
        "away": [{"first": "2027-03-01", "last": "2027-03-07"}],
        "timezone": "America/New_York",
        "assessed_on": None,
        "keep_weeks": 4,
        "last_day": "2027-12-31",
        "note": "new year",
    }


def test_a_withdrawn_entry_keeps_the_day_it_was_withdrawn() -> None:
    """Alone and in a log."""
    assert dump(STRENGTH)["retracted_on"] == "2027-01-09"
    log = Log([RUN]).retract(RUN, on="2027-01-05")
    (record,) = dump(log)["entries"]
    assert record["retracted_on"] == "2027-01-05"
    assert load(dump(log)) == log


def test_what_has_a_default_may_be_left_out() -> None:
    """Of a request, a log, an entry."""
    record = {"schema": 2, "type": "rebuild", "baseline_min": 40, "target_min": 60}
    record |= {"start": "2026-11-30", "timezone": "Europe/Berlin"}
    assert load(record) == REBUILD
    assert load({"schema": 2, "type": "log"}) == Log()
    assert load({"schema": 2, "type": "log", "entries": []}) == Log()
    for kind, values in NEEDED.items():
        assert load({"schema": 2, "type": kind.type, **values}) == kind(**values)


def test_entries_may_come_in_any_order_and_twice() -> None:
    """As in every log."""
    record = dump(Log(ENTRIES))
    record["entries"] = [*reversed(record["entries"]), record["entries"][0]]
    assert load(record) == Log(ENTRIES)


def test_a_log_can_be_put_together_from_entries_that_were_dumped_one_by_one() -> None:
    """An app that keeps each in a row of its own has their versions in them, too."""
    record = {"schema": 2, "type": "log", "entries": [dump(entry) for entry in ENTRIES]}
    assert load(record) == Log(ENTRIES)
    record["entries"][1]["schema"] = 3
    line = refused(InvalidValue, record)
    assert line.startswith("entry 2 of the record must have a schema of at most 2 (was 3)")


# --- version 1 -------------------------------------------------------------------------------

OLD_REBUILD = {
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
        "exercises": [
            {
                "name": "Band pull-apart",
                "works": ["rhomboids"],
                "needs": "a band",
                "first_month": {"sets": 2, "reps": [10, 10], "per_side": False, "rpe": [5, 6]},
                "after": {"sets": 3, "reps": [10, 12], "per_side": True, "rpe": [6, 8]},
                "easier": "a lighter band",
                "cues": ["Arms straight.", "Blades together."],
            }
        ],
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
OLD_RUN = {
    "type": "run",
    "day": "2026-12-06",
    "recorded_on": "2026-12-06",
    "minutes": 40,
    "pain": 2,
    "pain_from": 31,
    "pain_next_morning": None,
    "fatigue": 0,
    "red_flags": ["fever"],
    "kind": "long",
    "note": "",
}
OLD_MORNING = {
    "type": "morning",
    "day": "2026-12-06",
    "recorded_on": "2026-12-07",
    "pain": 0,
    "red_flags": [],
    "note": "",
}
OLD_STRENGTH = {
    "type": "strength",
    "day": "2026-12-09",
    "recorded_on": "2026-12-09",
    "pain": 0,
    "pain_next_morning": None,
    "red_flags": [],
    "note": "wide feet",
}
OLD_CLEARANCE = {
    "type": "clearance",
    "day": "2026-12-11",
    "recorded_on": "2026-12-11",
    "by": "physiotherapist",
    "baseline_min": 35,
    "note": "",
}
OLD_ENTRIES = {
    RunReport(day="2026-12-06", minutes=40, pain=2, pain_from=31, red_flags=["fever"]): OLD_RUN,
    MorningReport(day="2026-12-06", pain=0, recorded_on="2026-12-07"): OLD_MORNING,
    StrengthReport(day="2026-12-09", note="wide feet"): OLD_STRENGTH,
    Clearance(day="2026-12-11", by="physiotherapist", baseline_min=35): OLD_CLEARANCE,
}


def test_a_request_of_version_1_still_means_the_same() -> None:
    """Without keep_weeks and last_day the plan ends at the target, as it did then."""
    meant = evolve(FULL, keep_weeks=0, last_day=None)
    assert load(OLD_REBUILD) == meant
    assert load(OLD_REBUILD, Rebuild) == meant


@pytest.mark.parametrize("nothing", [None, False])
def test_no_strength_in_version_1_is_no_strength(nothing) -> None:
    """As null, or as false as in TOML."""
    assert load(OLD_REBUILD | {"strength": nothing}).strength is None


@pytest.mark.parametrize("entry", OLD_ENTRIES, ids=lambda entry: entry.type)
def test_an_entry_of_version_1_stands(entry) -> None:
    """It has no retracted_on."""
    loaded = load({"schema": 1, **OLD_ENTRIES[entry]})
    assert loaded == entry
    assert loaded.retracted_on is None


def test_a_log_of_version_1_still_means_the_same() -> None:
    """With its entries as they were written then."""
    record = {"schema": 1, "type": "log", "entries": list(OLD_ENTRIES.values())}
    assert load(record) == Log(OLD_ENTRIES)


def test_what_is_loaded_from_version_1_is_recorded_in_version_2() -> None:
    """And is still the same."""
    for record in (OLD_REBUILD, *({"schema": 1, **each} for each in OLD_ENTRIES.values())):
        again = dump(load(record))
        assert again["schema"] == 2
        assert load(again) == load(record)


# --- what is not dumped ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "value",
    [None, 5, {}, [], [RUN], "run", Rebuild, build(REBUILD), build(REBUILD).weeks[0], EXAMS],
    ids=lambda value: type(value).__name__,
)
def test_a_plan_is_not_dumped_but_what_it_was_built_from(value) -> None:
    """Nor is anything else that is no request, log, entry or policy."""
    with pytest.raises(InvalidType) as caught:
        dump(value)
    must = "what is dumped must be a Rebuild, a Log, an entry of one or a Policy"
    assert caught.value.must == must
    assert caught.value.remedy == "for a plan use rows(), or dump what it was built from"


# --- what kind of value it is ----------------------------------------------------------------


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
@pytest.mark.parametrize("kind", [*TYPES.values(), Entry])
def test_kind_only_checks_what_was_loaded(value, kind) -> None:
    """A morning is no strength session, though it has all that one needs."""
    if isinstance(value, kind):
        assert load(dump(value), kind) == value
    else:
        line = refused(InvalidValue, dump(value), kind)
        assert line.startswith(f"the record must be of a {kind.__name__} (was ")


@pytest.mark.parametrize("kind", [dict, int, "rebuild", build, type(build(REBUILD)), [], {}])
def test_kind_must_be_a_class_that_records_are_of(kind) -> None:
    """The error lists them."""
    line = refused(InvalidType, dump(REBUILD), kind)
    assert line.startswith("kind must be one of Entry, Rebuild, Log, Policy, RunReport, ")


@pytest.mark.parametrize("record", [None, 5, "{}", b"{}", [], [("schema", 2)], RUN, Rebuild])
def test_a_record_is_a_dict(record) -> None:
    """The text of one is not."""
    line = refused(InvalidType, record)
    assert line.startswith("the record must be a dict (was ")


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
@pytest.mark.parametrize("version", [3, 4, 10**30])
def test_a_record_of_a_newer_runplan_asks_for_an_upgrade(value, version) -> None:
    """Whatever else it holds."""
    for record in (dump(value), {}, {"type": "swim"}):
        line = refused(InvalidValue, record | {"schema": version})
        assert line == (
            f"the record must have a schema of at most 2 (was {version}): "
            "upgrade runplan: a newer one wrote it"
        )


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
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
    """Without one nobody knows what the record is."""
    record = dump(value) | {"schema": version}
    line = refused(error, record)
    assert line.startswith("the record must have a schema of at most 2 (was ")
    assert line.endswith("give what runplan wrote")
    del record["schema"]
    refused(InvalidValue, record)


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("rebild", "rebuild"),
        ("Rebuild", "rebuild"),
        ("logg", "log"),
        ("polizy", "policy"),
        ("runs", "run"),
        ("mornin", "morning"),
        ("streng", "strength"),
        ("clearence", "clearance"),
        ("chanje", "change"),
        ("moved", "move"),
    ],
)
def test_an_unknown_type_names_the_nearest(name, nearest) -> None:
    """Among all that there are."""
    line = refused(UnknownName, {"schema": 2, "type": name})
    assert f'did you mean "{nearest}"?' in line


@pytest.mark.parametrize(
    ("name", "error"),
    [
        (None, InvalidValue),
        (5, InvalidType),
        ("", UnknownName),
        ("swim", UnknownName),
        ("undo", UnknownName),
        ("retract", UnknownName),
        (["run"], InvalidType),
        ({"run": 1}, InvalidType),
        (True, InvalidType),
    ],
)
def test_what_is_no_type_is_refused(name, error) -> None:
    """Also if it cannot be looked up at all, and in an entry of a log."""
    assert "must have a type among" in refused(error, {"schema": 2, "type": name})
    nested = {"schema": 2, "type": "log", "entries": [{"type": name}]}
    assert refused(error, nested).startswith("entry 1 of the record must have a type among run, ")


def test_a_log_holds_entries_only() -> None:
    """No log in a log, and no request."""
    for value in (Log(), REBUILD, FIVE_MINUTES):
        record = {"schema": 2, "type": "log", "entries": [dump(value)]}
        assert refused(UnknownName, record).startswith("entry 1 of the record must have a type")


# --- what a record must hold -----------------------------------------------------------------


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_an_unknown_key_is_refused(value) -> None:
    """Nothing gets lost silently."""
    line = refused(UnknownName, dump(value) | {"xyzzy": 1})
    assert "(was 'xyzzy'): leave it out" in line


@pytest.mark.parametrize(
    ("value", "key"),
    [
        (value, key)
        for value in (*VALUES, FULL_CHANGE)
        for key in dump(value)
        if key not in {"schema", "type"}
    ],
    ids=lambda each: each if isinstance(each, str) else type(each).__name__,
)
def test_a_misspelt_key_names_the_nearest(value, key) -> None:
    """Whether it was needed or not."""
    record = dump(value)
    record[f"{key}z"] = record.pop(key)
    line = refused(UnknownName, record)
    assert f"(was '{key}z'): did you mean \"{key}\"?" in line


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_what_is_needed_must_be_there(value) -> None:
    """The error names it."""
    needed = [name for name, each in fields_dict(type(value)).items() if each.default is NOTHING]
    for name in needed:
        record = dump(value)
        del record[name]
        line = refused(InvalidValue, record)
        assert name in line.partition(" (was ")[0]
        assert "add it" in line


def test_a_change_without_a_new_value_is_refused() -> None:
    """It would change nothing."""
    line = refused(InvalidValue, {"schema": 2, "type": "change", "day": "2027-02-01"})
    assert line.startswith("the record: a change must give a new value")


@pytest.mark.parametrize("key", [5, None, (1, 2), True], ids=repr)
@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_a_key_that_is_no_text_is_refused(value, key) -> None:
    """JSON has none, a dict in memory may."""
    line = refused(InvalidType, dump(value) | {key: 1})
    assert line.startswith("the keys of the record must be texts")


@pytest.mark.parametrize("place", ["long_run", "strength", "policy"])
def test_a_key_within_a_table_that_is_no_text_is_refused(place) -> None:
    """Also beside others."""
    policy = dump(FIVE_MINUTES)
    tables = dump(REBUILD) | {"policy": {key: policy[key] for key in ("name", "rules")}}
    for odd in ({5: 1}, {5: 1, "xyzzy": 2, None: 3}):
        refused(UnknownName, dump(REBUILD) | {place: tables[place] | odd})


@pytest.mark.parametrize("wrong", [None, 5, "run", [], ["type", "run"]])
def test_a_wrong_entry_of_a_log_is_named_by_its_number(wrong) -> None:
    """Counted from 1."""
    record = dump(Log(ENTRIES))
    record["entries"][2] = wrong
    line = refused(InvalidType, record)
    assert line.startswith("entry 3 of the record must be a dict (was ")


@pytest.mark.parametrize("wrong", [None, 5, "run", {}, {"type": "run"}, True])
def test_the_entries_of_a_log_are_a_list(wrong) -> None:
    """Not one entry, and not none."""
    line = refused(InvalidType, {"schema": 2, "type": "log", "entries": wrong})
    assert line.startswith("the entries of the record must be a list (was ")


def test_what_an_entry_refuses_is_reported_with_its_place() -> None:
    """The same sentence, with its place in front."""
    record = dump(Log(ENTRIES))
    assert record["entries"][0]["type"] == "run"
    record["entries"][0]["minutes"] = 700
    assert refused(InvalidValue, record) == (
        "entry 1 of the record: minutes must be a whole number of minutes from 1 to 600 "
        "(was 700): give a number from 1 to 600"
    )
    assert refused(InvalidValue, dump(RUN) | {"pain": 0}).startswith(
        "the record: pain_from must be given only with pain (was 38)"
    )
    assert refused(InvalidValue, dump(RUN) | {"retracted_on": "2027-01-02"}).startswith(
        "the record: an entry must not be withdrawn before it was recorded, 2027-01-03"
    )


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"minutes": "45"}, InvalidType),
        ({"minutes": 45.0}, InvalidType),
        ({"minutes": 45.9}, InvalidType),
        ({"minutes": True}, InvalidType),
        ({"minutes": None}, InvalidType),
        ({"minutes": float("nan")}, InvalidType),
        ({"pain": "2"}, InvalidType),
        ({"fatigue": False}, InvalidType),
        ({"pain_next_morning": "0"}, InvalidType),
        ({"note": None}, InvalidType),
        ({"note": 5}, InvalidType),
        ({"kind": None}, InvalidType),
        ({"kind": "short"}, UnknownName),
        ({"day": 20270103}, InvalidType),
        ({"day": None}, InvalidType),
        ({"recorded_on": 5}, InvalidType),
        ({"retracted_on": "yesterday"}, InvalidValue),
        ({"red_flags": "fever"}, InvalidType),
        ({"red_flags": ["feber"]}, UnknownName),
    ],
    ids=repr,
)
def test_a_wrong_type_is_never_converted(changes, error) -> None:
    """A text is no number, a number is no text, and true is not 1."""
    line = refused(error, dump(RUN) | changes)
    assert line.startswith("the record")


@pytest.mark.parametrize(
    ("changes", "error", "part"),
    [
        ({"baseline_min": 70}, InvalidValue, "target_min must not be below baseline_min"),
        ({"baseline_min": 40.0}, InvalidType, "baseline_min must be"),
        ({"baseline_min": "40"}, InvalidType, "baseline_min must be"),
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
        ({"strength": {"minutes": "30"}}, InvalidType, "the record, strength"),
        ({"strength": {"ramp": [[None, 1], [2, 2]]}}, InvalidValue, "a ramp must be"),
        ({"strength": {"ramp": None}}, InvalidType, "a ramp must be"),
        ({"strength": {"minuts": 30}}, UnknownName, 'did you mean "minutes"?'),
        ({"strength": {"exercises": 5}}, InvalidType, "the record, strength.exercises"),
        ({"strength": {"exercises": {}}}, InvalidType, "the record, strength.exercises"),
        ({"first_month": "hodl"}, UnknownName, 'did you mean "hold"?'),
        ({"policy": "cautios"}, UnknownName, 'did you mean "cautious"?'),
        ({"policy": None}, InvalidType, "a policy must be one of"),
        ({"policy": ["cautious"]}, InvalidType, "a policy must be one of"),
        ({"away": None}, InvalidType, "the record, away"),
        ({"away": {"first": "2026-12-24"}}, InvalidType, "the record, away"),
        ({"away": [None]}, InvalidType, "the record, away.[0]"),
        ({"away": [{"last": "2026-12-24"}]}, InvalidValue, "away.[0].first"),
        ({"assessed_on": 5}, InvalidType, "assessed_on"),
        ({"keep_weeks": 53}, InvalidValue, "keep_weeks must be"),
        ({"keep_weeks": None}, InvalidType, "keep_weeks must be"),
        ({"last_day": "2026-11-29"}, InvalidValue, "last_day must not lie before the start"),
        ({"id": 5}, InvalidType, "id must be text"),
    ],
    ids=repr,
)
def test_what_a_request_refuses_is_reported_with_its_key(changes, error, part) -> None:
    """As in its file."""
    line = refused(error, dump(REBUILD) | changes)
    assert line.startswith("the record")
    assert part in line


@pytest.mark.parametrize(
    ("changes", "error", "part"),
    [
        ({"baseline_min": None}, InvalidType, "baseline_min must be"),
        ({"target_min": "90"}, InvalidType, "target_min must be"),
        ({"target_min": 5}, InvalidValue, "target_min must be"),
        ({"long_run": {"day": "sonday", "at": "09:00"}}, UnknownName, "long_run.day"),
        ({"long_run": None}, InvalidType, "long_run"),
        ({"strength": {"minuts": 30}}, UnknownName, "strength"),
        ({"first_month": None}, InvalidType, "first_month must be"),
        ({"policy": "cautios"}, UnknownName, "policy"),
        ({"away": "2027-03-01"}, InvalidType, "away"),
        ({"timezone": "Berlin"}, UnknownName, "timezone"),
        ({"assessed_on": 5}, InvalidType, "assessed_on"),
        ({"keep_weeks": -1}, InvalidValue, "keep_weeks must be"),
        ({"last_day": "2027-02-30"}, InvalidValue, "last_day"),
        ({"start": "2027-02-01"}, UnknownName, "keys must be among day, "),
        ({"name": "x"}, UnknownName, "keys must be among day, "),
        ({"id": "x"}, UnknownName, "keys must be among day, "),
    ],
    ids=repr,
)
def test_what_a_change_refuses_is_what_a_request_refuses(changes, error, part) -> None:
    """Name, start and identity cannot be changed from a day on."""
    line = refused(error, dump(CHANGE) | changes)
    assert line.startswith("the record")
    assert part in line


@pytest.mark.parametrize("wrong", [None, 5, "away", {"first": "2026-12-24"}])
def test_advice_about_a_record_is_not_about_toml(wrong) -> None:
    """A dict has no [headers] and no square brackets to write things in."""
    line = refused(InvalidType, dump(REBUILD) | {"away": wrong})
    assert "header" not in line
    assert "NoneType" not in line


json_values = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-5, 700),
        st.integers(),
        st.floats(),
        st.text(max_size=8),
        st.sampled_from(
            ["2027-01-03", "run", "undo", "long", "fever", "sunday", "09:00", "clean", "cautious"]
        ),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.one_of(
                st.text(max_size=8),
                st.sampled_from(["name", "rules", "settings", "own", "like", "day", "at", "type"]),
            ),
            inner,
            max_size=3,
        ),
    ),
    max_leaves=6,
)


def places(value, path=()):
    """Return every place in a record, as the keys that lead there."""
    yield path
    if isinstance(value, dict):
        for key, each in value.items():
            yield from places(each, (*path, key))
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from places(each, (*path, index))


STRICT = tuple(
    evolve(rule, decide=evolve(rule.decide, from_pain=5)) if rule.name == "severe-pain" else rule
    for rule in FIVE_MINUTES.rules
)
CHANGED = evolve(FIVE_MINUTES, rules=STRICT)


@examples(80, 400)
@given(
    st.sampled_from([*VALUES, FULL, FULL_CHANGE, CHANGED, evolve(FULL, policy=CHANGED)]),
    st.data(),
    json_values,
)
def test_any_value_in_any_place_is_loaded_or_refused(value, data, odd) -> None:
    """No error is of another family, and each is one printable line."""
    record = through_json(dump(value))
    (*path, last) = data.draw(st.sampled_from([*list(places(record))[1:], ("xyzzy",)]))
    place = record
    for key in path:
        place = place[key]
    place[last] = odd
    try:
        loaded = load(record)
    except RunplanError as error:
        assert str(error).isprintable()  # noqa: PT017 (most values are refused)
    else:
        assert load(dump(loaded)) == loaded


def nested(depth):
    """Return a list in a list in a list."""
    value = []
    for _ in range(depth):
        value = [value]
    return value


ODD = {
    "big": 10**400,
    "negative": -(10**400),
    "huge": 10**5000,
    "nested": nested(200),
    "deep": nested(100_000),
    "surrogate": "\ud800",
    "colour": "\x1b[31m\n",
    "long": "x" * 10**6,
}


@pytest.mark.parametrize("odd", ODD)
def test_what_no_person_wrote_is_refused_like_anything_else(odd) -> None:
    """In any place, with one line that can be printed."""
    for value in (REBUILD, RUN, CHANGE, FIVE_MINUTES, Log(ENTRIES)):
        for key in dump(value):
            try:
                loaded = load(dump(value) | {key: ODD[odd]})
            except RunplanError as error:
                line = str(error)
                assert line.isprintable()
                assert len(line) < 1000
            else:
                assert key in {"name", "note", "id"}
                assert getattr(loaded, key).isprintable()
