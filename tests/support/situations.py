"""What a rule sees, made up: for the tests of the rules by themselves."""

from attrs import evolve

from runplan import Outcome, RunReport, Situation


def outcome(planned=50, *, other_pain=0, day="2027-01-03", **how):
    """Return how a long run went, by default clean; 3 January 2027 is a Sunday."""
    usual = {"day": day, "minutes": planned, "pain_next_morning": 0, "recorded_on": "2027-06-01"}
    return Outcome(planned, RunReport(**(usual | how)), other_pain)


def situation(*outcomes, **known):
    """Return an ordinary Sunday of week 6 at 50 minutes, after these long runs if there are any."""
    # A month that holds the long run is a first month.
    known = {"first_month": known.get("held_first_month", False)} | known
    ordinary = {
        "week": 6,
        "level_min": 50,
        "baseline_min": 40,
        "target_min": 90,
        "step_min": 5,
        "held_first_month": False,
        "missed": False,
        "days_since_run": 7,
        "longest_min": 50,
        "clean_in_row": 1,
        "last_action": "step",
        "outcome": outcomes[-1] if outcomes else None,
        "outcomes": outcomes,
        "other_pain": outcomes[-1].other_pain if outcomes else 0,
    }
    return Situation(**(ordinary | known))


def applying_rules(policy, now):
    """Return the names of all rules that have something to say, in order."""
    applying = []
    for index, each in enumerate(policy.rules):
        if each.decide:
            verdict = each.decide(now)
        else:
            below = evolve(policy, rules=policy.rules[index + 1 :])
            verdict = each.adjust(now, below.decide(now)[0])
        if verdict:
            applying.append(each.name)
    return applying
