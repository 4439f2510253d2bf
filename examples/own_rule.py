"""Add a coach's own rule to the policy's table, and see what it changes in a plan."""

from attrs import evolve

from runplan import (
    FIVE_MINUTES,
    Log,
    Plan,
    Policy,
    Rebuild,
    Rule,
    RunReport,
    Situation,
    Verdict,
    build,
)


def run_each_length_twice(now: Situation) -> Verdict | None:
    """Repeat a length that has been run clean only once. None: the rule does not apply."""
    if now.clean_in_row != 1:
        return None
    minutes = now.base_min
    return Verdict("repeat", minutes, minutes, f"Held at {minutes} min: each length comes twice.")


def with_rule(policy: Policy, rule: Rule) -> Policy:
    """Put a rule before the last one, so that pain and absences still come first."""
    *first, clean = policy.rules
    return evolve(policy, name=f"{policy.name}, {rule.name}", rules=[*first, rule, clean])


def lengths(plan: Plan) -> str:
    """Return the minutes of each week's long run."""
    runs = (week.long_run for week in plan.weeks)
    return " ".join(f"{run.minutes}" if run else "–" for run in runs)


twice = Rule(
    name="twice",
    when="the last length was run clean once",
    then="repeat",
    source="Coach Lena",
    evidence="house",
    decide=run_each_length_twice,
)
policy = with_rule(FIVE_MINUTES, twice)
rebuild = Rebuild(
    baseline_min=40,
    target_min=60,
    start="2026-11-30",
    timezone="Europe/Berlin",
    first_month="extend",
)
log = Log(
    [
        RunReport(day="2026-12-06", minutes=40, pain_next_morning=0),
        RunReport(day="2026-12-13", minutes=40, pain_next_morning=0),
        RunReport(day="2026-12-20", minutes=45, pain=2, pain_next_morning=0),
    ]
)

print(f"The table of {policy.name!r}, first match wins:")
for row in policy.rows():
    print(f"  {row['rule']:17} {row['when']} → {row['then']} ({row['evidence']})")

print("\nThe long runs if all of them are clean, and after a log of three:")
for each in (rebuild, evolve(rebuild, policy=policy)):
    print(f"  {each.policy.name}")
    for plan in (build(each), build(each, log, today="2026-12-21")):
        print(f"    {lengths(plan)}")

print("\nWhy, week by week:")
for week in build(evolve(rebuild, policy=policy), log, today="2026-12-21").weeks:
    if week.long_run:
        print(f"  {week.number:2}  {week.long_run.decision.rule:10} {week.long_run.decision.why}")
