"""Made-up situations, for tests of rules without a plan."""

from attrs import evolve

from runplan import Complaint, Outcome, RedFlag, Situation
from runplan._base.dates import Date, to_day

# The Sunday before the one on which the next long run is set.
LAST_SUNDAY = Date(2027, 1, 3)


def outcome(planned=50, *, day=LAST_SUNDAY, red_flags=(), **how):
    """Return how a planned long run went: clean, unless told otherwise."""
    clean = {"level_min": planned, "minutes": planned, "pain_next_morning": 0}
    flags = tuple(RedFlag(flag) for flag in red_flags)
    return Outcome(day=to_day(day), planned_min=planned, red_flags=flags, **(clean | how))


def complaint(session="run", pain=0, pain_next_morning=0, *, day="2027-01-06", red_flags=()):
    """Return what hurt in another session, by default in a run on the Wednesday after."""
    flags = tuple(RedFlag(flag) for flag in red_flags)
    return Complaint(to_day(day), session, pain, pain_next_morning, flags)


def situation(*outcomes, **known):
    """Return an ordinary Sunday of week 6, at 50 minutes, after these long runs, if any."""
    base = known.get("base_min", 50)
    ordinary = {
        "week": 6,
        "day": Date(2027, 1, 10),
        "base_min": base,
        "level_min": base,
        "baseline_min": 40,
        "target_min": 90,
        "step_min": 5,
        "outcome": outcomes[-1] if outcomes else None,
        "earlier": outcomes[:-1],
        "longest_min": base,
        "clean_in_row": 1,
        "last_action": "step",
    }
    return Situation(**(ordinary | known))


def applying_rules(policy, now):
    """Return the names of all rules that would decide if they were asked, in order."""
    applying = []
    for index, rule in enumerate(policy.rules):
        if rule.decide:
            verdict = rule.decide(now)
        else:
            below = evolve(policy, rules=policy.rules[index + 1 :])
            verdict = rule.adjust(now, below.decide(now)[1])
        if verdict:
            applying.append(rule.name)
    return applying
