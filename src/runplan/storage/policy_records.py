"""
Policies and rules as plain values.

Thresholds, steps and texts are data, but a function that is not runplan's is not. Its rule is
recorded by name, and the function must be given again when the record is loaded.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, NamedTuple

from attrs import evolve, fields, fields_dict, has

from runplan.errors import InvalidType, InvalidValue, UnknownName, did_you_mean
from runplan.policy.policy import Policy, Rule
from runplan.policy.presets import CAUTIOUS, FIVE_MINUTES

POLICIES = {policy.name: policy for policy in (FIVE_MINUTES, CAUTIOUS)}
RULES = {rule.name: rule for policy in POLICIES.values() for rule in policy.rules}

# The fields of a rule that are texts.
_TEXTS = ("when", "then", "source", "evidence")


class _Own(NamedTuple):
    """The policies and rules of an app, by name."""

    policies: Mapping[str, Policy]
    rules: Mapping[str, Rule]


# The hooks of a converter take no extra arguments, so these are passed in a context variable.
_NONE = _Own({}, {})
_own: ContextVar[_Own] = ContextVar("own", default=_NONE)


@contextmanager
def given(policies: Iterable[Policy], rules: Iterable[Rule]) -> Iterator[None]:
    """
    Make policies and rules available by name within the context.

    Raises:
        InvalidType: If one of the arguments is not a list of them.
        InvalidValue: If two of them have the same name.
    """
    token = _own.set(_Own(_by_name(Policy, policies), _by_name(Rule, rules)))
    try:
        yield
    finally:
        _own.reset(token)


def _by_name(kind: Any, values: object) -> dict[str, Any]:  # noqa: ANN401 (Policy or Rule)
    noun = kind.__name__
    if isinstance(values, str) or not isinstance(values, Iterable):
        must = f"what is given to load() must be a list of {noun} values"
        raise InvalidType(must, values, "put it in a list")
    found: dict[str, Any] = {}
    for value in values:
        if not isinstance(value, kind):
            must = f"what is given to load() must be a list of {noun} values"
            raise InvalidType(must, value, f"give {noun} values only")
        if found.setdefault(value.name, value) != value:
            must = f"each {noun} that is given to load() must have a name of its own"
            raise InvalidValue(must, value.name, "rename one of them")
    return found


def policy_name_or_record(policy: Policy) -> Any:  # noqa: ANN401 (a name or a dict)
    """
    Return the name of a preset, or the record of any other policy.

    >>> policy_name_or_record(CAUTIOUS), policy_name_or_record(evolve(CAUTIOUS, step_min=3))["name"]
    ('cautious', 'cautious')
    """
    return policy.name if POLICIES.get(policy.name) == policy else policy_record(policy)


def policy_record(policy: Policy) -> dict[str, Any]:
    """
    Return a policy as a dict of plain values.

    >>> policy_record(evolve(FIVE_MINUTES, step_min=3))["step_min"]
    3
    """
    rules = [_rule_record(rule) for rule in policy.rules]
    return {"name": policy.name, "step_min": policy.step_min, "rules": rules}


def to_policy(value: object) -> Policy:
    """
    Return the policy for a name or a record.

    Raises:
        InvalidType: If it is neither, or a value has the wrong type.
        InvalidValue: If the policy or one of its rules has an invalid value.
        UnknownName: If there is no such policy or rule, or a key is unknown.

    >>> to_policy("cautious") == CAUTIOUS
    True
    """
    if isinstance(value, Mapping):
        return _policy(value)
    # The name of a preset always means the preset.
    known = {**_own.get().policies, **POLICIES}
    must = f"a policy must be one of {', '.join(known)}"
    if not isinstance(value, str):
        do = 'write it like "cautious", or give its name, step_min and rules'
        raise InvalidType(must, value, do)
    if value not in known:
        do = did_you_mean(value, known, otherwise='write it like "cautious"')
        raise UnknownName(must, value, do)
    return known[value]


def _policy(record: Mapping[str, Any]) -> Policy:
    known = tuple(fields_dict(Policy))
    _check_keys(record, "a policy", known)
    for key in ("name", "rules"):
        if key not in record:
            raise InvalidValue(f"a policy must have {key}", "left out", "add it, with a value")
    if not isinstance(record["rules"], list | tuple):
        must = "the rules of a policy must be a list"
        raise InvalidType(must, record["rules"], "list them, in order")
    own = _own_rules(record["name"])
    return Policy(**{**record, "rules": [_rule(each, own) for each in record["rules"]]})


def _own_rules(policy: object) -> dict[str, Rule]:
    """Return the rules given for a policy: one by one, or within a policy of that name."""
    own = _own.get()
    same = own.policies.get(policy) if isinstance(policy, str) else None
    inside = [rule for rule in same.rules if _like(rule) is None] if same else []
    return {**{rule.name: rule for rule in inside}, **own.rules}


def _rule_record(rule: Rule) -> Any:  # noqa: ANN401 (a name or a dict)
    """Return the name of a rule of runplan, a dict of the differences, or a mark as your own."""
    like = _like(rule)
    if like is None:
        return {"name": rule.name, "own": True}
    record: dict[str, Any] = {"name": rule.name}
    if like.name != rule.name:
        record["like"] = like.name
    for key in _TEXTS:
        if getattr(rule, key) != getattr(like, key):
            record[key] = getattr(rule, key)
    settings, usual = _settings(rule), _settings(like)
    if settings != usual:
        record["settings"] = {key: each for key, each in settings.items() if each != usual[key]}
    return record if len(record) > 1 else rule.name


def _like(rule: Rule) -> Rule | None:
    """Return the rule of runplan that differs at most in texts and numbers; None if none does."""
    same = [each for each in RULES.values() if _frame(each) == _frame(rule)]
    return next((each for each in same if each.name == rule.name), next(iter(same), None))


def _frame(rule: Rule) -> tuple[object, ...]:
    """Return the parts of a rule that are not data: its functions, without their settings."""
    function = rule.decide or rule.adjust
    kept = [each for each in _fields(function).values() if callable(each)]
    kind = type(function) if has(type(function)) else function
    return rule.decide is None, kind, rule.say, *kept


def _settings(rule: Rule) -> dict[str, Any]:
    given_ = _fields(rule.decide or rule.adjust)
    return {name: value for name, value in given_.items() if not callable(value)}


def _fields(function: Any) -> dict[str, Any]:  # noqa: ANN401 (what a rule may have)
    """Return the fields of a function that is a value; a plain function has none."""
    if not has(type(function)):
        return {}
    return {each.name: getattr(function, each.name) for each in fields(type(function))}


def _rule(record: object, own: Mapping[str, Rule]) -> Rule:
    """Return the rule for a name or a dict."""
    if isinstance(record, str):
        # The name of one of runplan's rules always means that rule.
        must = "a rule must be one of runplan's or given to load()"
        return _named(record, {**own, **RULES}, must)
    if not isinstance(record, Mapping) or not isinstance(record.get("name"), str):
        must = "a rule must be a name, or a dict with a name"
        raise InvalidType(must, record, "give what dump() made")
    if "own" in record:
        _check_keys(record, "a rule of your own", ("name", "own"))
        if record["own"] is not True:
            must = "own must be true for a rule with a function of your own"
            raise InvalidValue(must, record["own"], "leave it out for one of runplan's")
        must = "a rule with a function of your own must be given to load()"
        return _named(record["name"], own, must)
    _check_keys(record, "a rule", ("name", "like", "settings", *_TEXTS))
    must = "a rule must be like one of runplan's, by name or by its key like"
    like = _named(record.get("like", record["name"]), RULES, must)
    texts = {key: record[key] for key in ("name", *_TEXTS) if key in record}
    return evolve(like, **texts, **_with_settings(like, record.get("settings", {})))


def _named(name: object, known: Mapping[str, Rule], must: str) -> Rule:
    do = "for one of your own: load(record, rules=[...])"
    if not isinstance(name, str):
        raise InvalidType(must, name, do)
    if name not in known:
        raise UnknownName(must, name, did_you_mean(name, known, otherwise=do))
    return known[name]


def _with_settings(like: Rule, settings: object) -> dict[str, Any]:
    if not isinstance(settings, Mapping):
        raise InvalidType("a rule's settings must be a dict", settings, "give what dump() made")
    if not settings:
        return {}
    _check_keys(settings, f"the settings of the rule {like.name!r}", _settings(like))
    name = "decide" if like.decide else "adjust"
    return {name: evolve(getattr(like, name), **settings)}


def _check_keys(record: Mapping[str, Any], what: str, known: Iterable[str]) -> None:
    for key in sorted(record.keys() - set(known), key=str):
        must = f"{what} must have keys among {', '.join(known) or 'none'}"
        raise UnknownName(must, key, did_you_mean(str(key), known, otherwise="leave it out"))
