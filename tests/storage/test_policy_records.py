"""Policies as data: numbers and texts come back, functions of custom rules are given again."""

import json

import pytest
from attrs import evolve, field, frozen
from hypothesis import given
from support.record_strategies import EXAMS, SETTINGS, WITH_EXAMS, any_policies, exams

from runplan import (
    CAUTIOUS,
    FIVE_MINUTES,
    Change,
    InvalidType,
    InvalidValue,
    Log,
    Policy,
    Rebuild,
    Rule,
    RunplanError,
    RunReport,
    UnknownName,
    Verdict,
    build,
    dump,
    load,
)
from runplan.policy.pause_rules import SeverePain
from runplan.policy.progression_rules import Cutback
from runplan.storage.policy_records import RULES

REBUILD = Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="Europe/Berlin")
NAMES = [rule.name for rule in FIVE_MINUTES.rules]


def clean(now):
    """Earn 2 minutes whatever happened: not what runplan's rule of that name does."""
    return Verdict("step", now.base_min + 2, now.base_min + 2, "2 minutes more.")


OWN_CLEAN = Rule(
    name="clean", when="always", then="2 minutes more", source="me", evidence="house", decide=clean
)


@frozen
class Holidays:
    """Hold the long run in some weeks."""

    first_week: int = field(default=6)

    def __call__(self, now):
        if now.week < self.first_week:
            return None
        return Verdict("repeat", now.base_min, now.base_min, "Held: holidays.")


HOLIDAYS = Rule(
    name="holidays",
    when="from week {first_week} on",
    then="repeat",
    source="me",
    evidence="house",
    decide=Holidays(first_week=9),
)


def with_rule(policy, name, **changes):
    """Return a policy with one of its rules changed."""
    assert name in {rule.name for rule in policy.rules}
    changed = (evolve(rule, **changes) if rule.name == name else rule for rule in policy.rules)
    return evolve(policy, rules=changed)


def through_json(value):
    """Return the record of a value as it comes out of a file."""
    return json.loads(json.dumps(dump(value), ensure_ascii=False))


def rules_of(value):
    """Return the rules in the record of a policy."""
    return dump(value)["rules"]


def refused(error, record, **given_) -> str:
    """Load what must be refused, and return the one line that says why."""
    with pytest.raises(error) as caught:
        load(record, **given_)
    assert isinstance(caught.value, RunplanError)
    line = str(caught.value)
    assert line.isprintable()
    return line


def record_of(*rules, name="mine"):
    """Return the record of a policy with these rules."""
    return {"schema": 2, "type": "policy", "name": name, "step_min": 5, "rules": list(rules)}


# --- there and back --------------------------------------------------------------------------


@given(any_policies)
def test_a_policy_made_of_runplans_rules_comes_back_as_it_was(policy) -> None:
    """Other numbers, texts, names and orders included; alone, in a request and in a change."""
    assert load(through_json(policy)) == policy
    rebuild = evolve(REBUILD, policy=policy)
    assert load(through_json(rebuild)) == rebuild
    change = Change(day="2027-02-01", policy=policy)
    assert load(through_json(change)) == change


@pytest.mark.parametrize("preset", [FIVE_MINUTES, CAUTIOUS], ids=lambda each: each.name)
def test_a_preset_goes_by_its_name_in_a_request(preset) -> None:
    """And is written out where it stands alone."""
    assert dump(evolve(REBUILD, policy=preset))["policy"] == preset.name
    assert dump(preset) == {
        "schema": 2,
        "type": "policy",
        "name": preset.name,
        "step_min": 5,
        "rules": [rule.name for rule in preset.rules],
    }
    assert load(dump(preset)) == preset


@pytest.mark.parametrize("preset", [FIVE_MINUTES, CAUTIOUS], ids=lambda each: each.name)
def test_a_step_of_three_minutes_is_data(preset) -> None:
    """The policy keeps its name, and is no longer taken for the preset."""
    gentle = evolve(REBUILD, policy=evolve(preset, step_min=3), first_month="extend")
    record = through_json(gentle)
    assert record["policy"]["name"] == preset.name
    assert record["policy"]["step_min"] == 3
    assert load(record) == gentle
    log = Log([RunReport(day="2026-12-06", minutes=40, pain_next_morning=0)])
    assert build(load(record), log, "2026-12-07").weeks[1].long_run.minutes == 43


def test_a_pause_from_pain_of_5_is_data() -> None:
    """It pauses the plan once it is loaded, where the preset steps back."""
    strict = with_rule(FIVE_MINUTES, "severe-pain", decide=SeverePain(from_pain=5))
    rebuild = evolve(REBUILD, policy=strict)
    assert {"name": "severe-pain", "settings": {"from_pain": 5}} in rules_of(strict)
    assert len([each for each in rules_of(strict) if isinstance(each, dict)]) == 1
    log = Log([RunReport(day="2026-12-06", minutes=40, pain=5)])
    assert build(load(through_json(rebuild)), log, "2026-12-07").status == "paused"
    assert build(REBUILD, log, "2026-12-07").status != "paused"


@pytest.mark.parametrize(
    ("rule", "name", "value"),
    [
        (rule, name, value)
        for rule, ranges in SETTINGS.items()
        for name, (low, high) in ranges.items()
        for value in (low, high)
    ],
)
def test_every_setting_of_every_rule_is_data(rule, name, value) -> None:
    """From its least to its greatest value."""
    kind = "decide" if RULES[rule].decide else "adjust"
    changed = with_rule(
        CAUTIOUS, rule, **{kind: evolve(getattr(RULES[rule], kind), **{name: value})}
    )
    assert load(through_json(changed)) == changed
    usual = getattr(getattr(RULES[rule], kind), name)
    expected = rule if value == usual else {"name": rule, "settings": {name: value}}
    assert expected in rules_of(changed)


def test_settings_are_those_that_the_rules_have() -> None:
    """None was forgotten above."""
    for rule in RULES.values():
        function = rule.decide or rule.adjust
        fields = getattr(type(function), "__attrs_attrs__", ())
        numbers = {each.name for each in fields if not callable(getattr(function, each.name))}
        assert numbers == set(SETTINGS.get(rule.name, ())), rule.name


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("when", "pain of 6 or more, anywhere"),
        ("then", "stop"),
        ("source", "our physiotherapist"),
        ("evidence", "weak"),
    ],
)
def test_a_text_of_a_rule_is_data(name, value) -> None:
    """Only what differs is recorded."""
    changed = with_rule(FIVE_MINUTES, "severe-pain", **{name: value})
    assert {"name": "severe-pain", name: value} in rules_of(changed)
    assert load(through_json(changed)) == changed


def test_a_rule_under_another_name_records_what_it_is_like() -> None:
    """Two rules of one kind with two thresholds, for one."""
    worse = evolve(RULES["severe-pain"], name="very-severe", decide=SeverePain(from_pain=8))
    policy = evolve(FIVE_MINUTES, name="mine", rules=(worse, *FIVE_MINUTES.rules))
    expected = {"name": "very-severe", "like": "severe-pain", "settings": {"from_pain": 8}}
    assert rules_of(policy)[0] == expected
    assert load(through_json(policy)) == policy


def test_rules_of_one_kind_keep_their_names_apart() -> None:
    """A big step with the threshold of a too big one is still a big step."""
    alike = with_rule(CAUTIOUS, "big-step", decide=RULES["too-big-step"].decide)
    expected = {"name": "big-step", "settings": {"over_pct": 130, "shrinks": True}}
    assert expected in rules_of(alike)
    assert load(through_json(alike)) == alike


# --- custom rules ----------------------------------------------------------------------------


def test_a_custom_rule_is_recorded_by_its_name() -> None:
    """Its function is no data."""
    assert rules_of(WITH_EXAMS) == [{"name": "exams", "own": True}, *NAMES]


def test_custom_rules_are_given_to_load() -> None:
    """One by one, or within a policy of the same name."""
    for value in (WITH_EXAMS, evolve(REBUILD, policy=WITH_EXAMS)):
        record = through_json(value)
        assert load(record, rules=[EXAMS]) == value
        assert load(record, policies=[WITH_EXAMS]) == value
        assert load(record, policies=iter([WITH_EXAMS]), rules=(EXAMS,)) == value


def test_a_change_to_a_custom_policy_comes_back_with_its_rules() -> None:
    """Also within a log."""
    log = Log([Change(day="2027-02-01", policy=WITH_EXAMS)])
    assert load(through_json(log), rules=[EXAMS]) == log
    assert load(through_json(log), Log, policies=[WITH_EXAMS]) == log


def test_a_function_that_is_missing_is_asked_for() -> None:
    """By the name of its rule, with what to do."""
    for value in (WITH_EXAMS, evolve(REBUILD, policy=WITH_EXAMS)):
        line = refused(UnknownName, through_json(value))
        assert line.startswith("the record")
        assert line.endswith(
            "a rule with a function of your own must be given to load() (was 'exams'): "
            "for one of your own: load(record, rules=[...])"
        )
        near = evolve(EXAMS, name="exam")
        assert 'did you mean "exam"?' in refused(UnknownName, through_json(value), rules=[near])


def test_the_rules_of_another_policy_are_not_looked_through() -> None:
    """A rule of that name may mean something else there."""
    other = evolve(WITH_EXAMS, name="another")
    refused(UnknownName, through_json(WITH_EXAMS), policies=[other])


def test_a_rule_given_on_its_own_comes_before_one_in_a_policy() -> None:
    """It is the more precise answer."""
    softer = evolve(EXAMS, when="weeks 6 to 8")
    loaded = load(through_json(WITH_EXAMS), policies=[WITH_EXAMS], rules=[softer])
    assert loaded.rules[0] == softer


def test_the_record_has_the_last_word_on_numbers() -> None:
    """The policy that is given lends its functions only."""
    stored = evolve(WITH_EXAMS, step_min=3)
    loaded = load(through_json(stored), policies=[WITH_EXAMS])
    assert loaded == stored
    assert loaded.step_min == 3


def test_a_request_may_name_a_custom_policy() -> None:
    """In a record that was written by hand."""
    record = dump(REBUILD) | {"policy": "with exams"}
    assert load(record, policies=[WITH_EXAMS]).policy == WITH_EXAMS
    line = refused(UnknownName, record)
    assert "a policy must be one of five minutes, cautious (was 'with exams')" in line


def test_a_custom_rule_may_be_named_in_a_list() -> None:
    """In a record that was written by hand."""
    loaded = load(record_of("exams", "clean"), rules=[EXAMS])
    assert loaded.rules == (EXAMS, RULES["clean"])


def test_a_custom_rule_with_numbers_comes_back_as_it_is_given() -> None:
    """What its numbers mean is known to its function alone."""
    policy = evolve(FIVE_MINUTES, name="mine", rules=(HOLIDAYS, *FIVE_MINUTES.rules))
    assert rules_of(policy)[0] == {"name": "holidays", "own": True}
    assert load(through_json(policy), rules=[HOLIDAYS]) == policy


def test_another_sentence_makes_a_rule_custom() -> None:
    """A sentence is made by a function, too."""
    told = evolve(RULES["clean"], say=lambda _, facts: f"{facts['minutes']} it is.")
    policy = evolve(FIVE_MINUTES, rules=(*FIVE_MINUTES.rules[:-1], told))
    assert rules_of(policy)[-1] == {"name": "clean", "own": True}
    assert load(through_json(policy), rules=[told]) == policy


def test_a_function_in_the_other_place_makes_a_rule_custom() -> None:
    """One that decides is not one that adjusts."""
    odd = evolve(RULES["cutback"], adjust=None, decide=Cutback())
    policy = evolve(FIVE_MINUTES, name="mine", rules=(odd, *FIVE_MINUTES.rules))
    assert rules_of(policy)[0] == {"name": "cutback", "own": True}
    assert load(through_json(policy), rules=[odd]) == policy


# --- names that are taken --------------------------------------------------------------------


def test_a_custom_rule_with_a_name_of_runplans_is_not_taken_for_it() -> None:
    """Neither when it is dumped nor when it is loaded."""
    mine = evolve(FIVE_MINUTES, name="mine", rules=(*FIVE_MINUTES.rules[:-1], OWN_CLEAN))
    record = through_json(mine)
    assert record["rules"][-1] == {"name": "clean", "own": True}
    line = refused(UnknownName, record)
    assert "a rule with a function of your own must be given to load() (was 'clean')" in line
    assert load(record, rules=[OWN_CLEAN]) == mine
    assert load(record, policies=[mine]) == mine
    # The policy of that name has runplan's rule by now.
    refused(UnknownName, record, policies=[evolve(FIVE_MINUTES, name="mine")])


def test_runplans_rule_is_not_taken_for_a_custom_one() -> None:
    """Whatever is given under its name."""
    record = through_json(evolve(FIVE_MINUTES, name="mine"))
    assert load(record, rules=[OWN_CLEAN]) == evolve(FIVE_MINUTES, name="mine")
    mine = evolve(FIVE_MINUTES, name="mine", rules=(*FIVE_MINUTES.rules[:-1], OWN_CLEAN))
    assert load(record, policies=[mine]) == evolve(FIVE_MINUTES, name="mine")


def test_a_preset_is_not_taken_for_a_custom_policy() -> None:
    """One that has been given its name is recorded in full."""
    mine = evolve(WITH_EXAMS, name="five minutes")
    assert load(through_json(REBUILD), policies=[mine]) == REBUILD
    rebuild = evolve(REBUILD, policy=mine)
    assert load(through_json(rebuild), policies=[mine]) == rebuild
    refused(UnknownName, through_json(rebuild))


@pytest.mark.parametrize(
    "policy",
    [
        evolve(FIVE_MINUTES, step_min=6),
        evolve(CAUTIOUS, name="five minutes"),
        evolve(CAUTIOUS, rules=CAUTIOUS.rules[1:]),
    ],
    ids=["step", "the other's name", "rules"],
)
def test_a_changed_preset_is_not_taken_for_the_preset(policy) -> None:
    """Though it goes by its name."""
    record = through_json(evolve(REBUILD, policy=policy))
    assert isinstance(record["policy"], dict)
    assert load(record).policy == policy


def test_what_is_given_twice_under_one_name_must_be_the_same() -> None:
    """Otherwise nobody knows which one is meant."""
    record = through_json(WITH_EXAMS)
    other = evolve(EXAMS, when="weeks 6 to 8")
    assert load(record, rules=[EXAMS, EXAMS]) == WITH_EXAMS
    line = refused(InvalidValue, record, rules=[EXAMS, other])
    assert line.startswith("each Rule that is given to load() must have a name of its own")
    refused(InvalidValue, record, policies=[WITH_EXAMS, evolve(WITH_EXAMS, step_min=3)])


@pytest.mark.parametrize("wrong", [5, "exams", EXAMS, [5], [exams], [WITH_EXAMS], {"exams": EXAMS}])
def test_rules_are_given_as_a_list_of_them(wrong) -> None:
    """Not one, not their functions, not by name."""
    line = refused(InvalidType, through_json(WITH_EXAMS), rules=wrong)
    assert line.startswith("what is given to load() must be a list of Rule values")


@pytest.mark.parametrize("wrong", [5, "with exams", WITH_EXAMS, [5], [EXAMS]])
def test_policies_are_given_as_a_list_of_them(wrong) -> None:
    """As rules are."""
    line = refused(InvalidType, through_json(WITH_EXAMS), policies=wrong)
    assert line.startswith("what is given to load() must be a list of Policy values")


def test_what_was_given_to_one_load_is_not_known_to_the_next() -> None:
    """Also if the first one failed."""
    record = through_json(WITH_EXAMS)
    assert load(record, rules=[EXAMS]) == WITH_EXAMS
    refused(UnknownName, record)
    refused(InvalidType, record | {"step_min": "3"}, rules=[EXAMS])
    refused(UnknownName, record)


# --- what is refused -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("record", "error", "part"),
    [
        (record_of("clean") | {"steps": 3}, UnknownName, 'did you mean "step_min"?'),
        (record_of("clean") | {"xyzzy": 3}, UnknownName, "name, rules, step_min (was 'xyzzy')"),
        (record_of("clean") | {"step_min": 0}, InvalidValue, "step_min must be"),
        (record_of("clean") | {"step_min": "5"}, InvalidType, "step_min must be"),
        (record_of("clean") | {"name": 5}, InvalidType, "name must be text"),
        (record_of("clean") | {"name": ["mine"]}, InvalidType, "name must be text"),
        (record_of("clean") | {"name": ""}, InvalidValue, "name must not be empty"),
        (record_of() | {"rules": "clean"}, InvalidType, "the rules of a policy must be a list"),
        (record_of() | {"rules": None}, InvalidType, "the rules of a policy must be a list"),
        (record_of(), InvalidValue, "at least 1"),
        (record_of("clean", "clean"), InvalidValue, "must have its own name"),
        (record_of("cleam"), UnknownName, 'did you mean "clean"?'),
        (record_of("xyzzy"), UnknownName, "load(record, rules=[...])"),
        (record_of(5), InvalidType, "a rule must be a name, or a dict with a name"),
        (record_of(None), InvalidType, "a rule must be a name, or a dict with a name"),
        (record_of({}), InvalidType, "a rule must be a name, or a dict with a name"),
        (record_of({"name": 5}), InvalidType, "a rule must be a name, or a dict with a name"),
        (record_of({"name": "clean", "whens": "x"}), UnknownName, 'did you mean "when"?'),
        (record_of({"name": "clean", "decide": "x"}), UnknownName, "(was 'decide')"),
        (record_of({"name": "clean", "when": 5}), InvalidType, "text must be text"),
        (record_of({"name": "clean", "when": ""}), InvalidValue, "must not be empty"),
        (record_of({"name": "clean", "evidence": "none"}), UnknownName, "evidence must be"),
        (record_of({"name": "mine"}), UnknownName, "must be like one of runplan's"),
        (record_of({"name": "mine", "like": "cleam"}), UnknownName, 'did you mean "clean"?'),
        (record_of({"name": "mine", "like": 5}), InvalidType, "must be like one of runplan's"),
        (record_of({"name": "mine", "like": ["clean"]}), InvalidType, "must be like one"),
        (record_of({"name": "exams", "own": True}), UnknownName, "must be given to load()"),
        (record_of({"name": "exams", "own": False}), InvalidValue, "own must be true"),
        (record_of({"name": "exams", "own": 1}), InvalidValue, "own must be true"),
        (record_of({"name": "exams", "own": True, "when": "x"}), UnknownName, "(was 'when')"),
        (record_of({"name": "clean", "settings": 5}), InvalidType, "settings must be a dict"),
        (record_of({"name": "clean", "settings": None}), InvalidType, "settings must be a dict"),
        (record_of({"name": "clean", "settings": {"x": 1}}), UnknownName, "among none (was 'x')"),
        (
            record_of({"name": "severe-pain", "settings": {"from_pian": 5}}),
            UnknownName,
            'did you mean "from_pain"?',
        ),
        (
            record_of({"name": "severe-pain", "settings": {"from_pain": 11}}),
            InvalidValue,
            "from_pain must be",
        ),
        (
            record_of({"name": "severe-pain", "settings": {"from_pain": "5"}}),
            InvalidType,
            "from_pain must be",
        ),
        (record_of({"name": "tired", "settings": {"held": 5}}), UnknownName, "(was 'held')"),
    ],
    ids=range(37),
)
def test_what_is_no_policy_is_refused(record, error, part) -> None:
    """Alone and in a request, with what to do."""
    line = refused(error, record)
    assert line.startswith("the record: ")
    assert part in line
    policy = {key: value for key, value in record.items() if key not in {"schema", "type"}}
    nested = refused(error, dump(REBUILD) | {"policy": policy})
    assert nested.startswith("the record, policy: ")
    assert part in nested


@pytest.mark.parametrize("key", ["name", "rules"])
def test_a_policy_needs_a_name_and_rules(key) -> None:
    """Its step is 5 minutes unless it says otherwise."""
    record = record_of("clean")
    del record["step_min"]
    assert load(record) == Policy(name="mine", rules=[RULES["clean"]], step_min=5)
    del record[key]
    line = refused(InvalidValue, record)
    assert f"a policy must have {key} (was 'left out')" in line


def test_empty_settings_change_nothing() -> None:
    """As if they were left out."""
    assert load(record_of({"name": "clean", "settings": {}})).rules == (RULES["clean"],)
