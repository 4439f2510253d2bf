"""What type checkers refuse, so that an editor reports it early. Nothing here runs."""
# pyright: reportUnnecessaryTypeIgnoreComment=true

from runplan import (
    FIVE_MINUTES,
    Change,
    Log,
    Move,
    Plan,
    Policy,
    Rebuild,
    Rule,
    RunReport,
    Situation,
    Slot,
    Strength,
    StrengthReport,
    build,
    compare,
    describe,
    dump,
    find_baseline,
    forecast,
    load,
    parse_report,
    plot,
    save_ics,
    to_ics,
)

rebuild = Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC")
log = Log([RunReport(day="2026-12-06", minutes=40)])
plan = build(rebuild, log, "2026-12-06")

# What may be missing must be checked first.
assert plan.weeks[0].long_run.minutes  # type: ignore[union-attr]
assert plan.weeks[0].report.pain  # type: ignore[union-attr]
assert plan.finish.isoformat()  # type: ignore[union-attr]
assert plan.first_finish.isoformat()  # type: ignore[union-attr]
assert plan.pause.why  # type: ignore[union-attr]
assert plan.next.day  # type: ignore[union-attr]

# Values are frozen; evolve makes new ones.
plan.target_min = 70  # type: ignore[misc]
rebuild.start = "2026-12-07"  # type: ignore[misc, assignment]
log.entries += ()  # type: ignore[misc]
log.entries[0].retracted_on = None  # type: ignore[misc]

# The fields of a request have names.
Rebuild(40, 60, "2026-11-30", "UTC")  # type: ignore[call-arg]
Rebuild(baseline_min="40", target_min=60, start="2026-11-30", timezone="UTC")  # type: ignore[arg-type]
Rebuild(baseline_min=40, target_min=60, start=20261130, timezone="UTC")  # type: ignore[arg-type]
Rebuild(baseline_min=40, target_min=60, start="2026-11-30")  # type: ignore[call-arg]
Slot("sunday", 9)  # type: ignore[arg-type]
Strength(days=[0, 2])  # type: ignore[list-item]

# What is intended and what happened are different types.
build(rebuild, plan, "2026-12-06")  # type: ignore[arg-type]
build(rebuild, [RunReport(day="2026-12-06", minutes=40)], "2026-12-06")  # type: ignore[arg-type]
Log([plan.weeks[0].long_run])  # type: ignore[list-item]
RunReport(day="2026-12-06", minutes=40, kind="short")  # type: ignore[arg-type]
find_baseline(log)  # type: ignore[call-arg]
log.retract(log.entries[0])  # type: ignore[call-arg]
log.add([RunReport(day="2026-12-06", minutes=40)])  # type: ignore[arg-type]
Move(day="2026-12-13")  # type: ignore[call-arg]
Change(day="2026-12-13", start="2026-12-14")  # type: ignore[call-arg]

# A report in one line is about a plan and a day.
parse_report("45 ok", plan)  # type: ignore[call-arg]
parse_report("45 ok", rebuild, "2026-12-06")  # type: ignore[arg-type]
log.add(parse_report("45 ok", plan, "2026-12-06"))  # type: ignore[arg-type]

# A row has the documented keys and no others.
assert plan.rows()[0]["minuts"]  # type: ignore[typeddict-item]
assert log.rows()[0]["minutes"] + 1  # type: ignore[operator]


def no_verdict(now: Situation) -> int:
    """Return minutes instead of a verdict."""
    return now.base_min


Rule(
    name="minutes",
    when="always",
    then="repeat",
    source="me",
    evidence="house",
    decide=no_verdict,  # type: ignore[arg-type]
)
Policy(name="mine", rules=[no_verdict])  # type: ignore[list-item]

# A forecast takes a request; plot and describe take its result.
forecast(plan)  # type: ignore[arg-type]
forecast(rebuild, executor=4)  # type: ignore[arg-type]
forecast(rebuild, prior={"clean": 1})  # type: ignore[arg-type]
forecast(rebuild).median_day.isoformat()  # type: ignore[union-attr]
compare([rebuild])  # type: ignore[arg-type]
plot(rebuild)  # type: ignore[arg-type]
plot(plan, build(rebuild))  # type: ignore[call-arg, arg-type]
describe(log)  # type: ignore[arg-type]

# Calendars are made of plans, records of requests and logs.
to_ics(rebuild)  # type: ignore[arg-type]
to_ics(plan, previous="BEGIN:VCALENDAR")  # type: ignore[arg-type]
save_ics(plan, "plan.ics", alarm_min=30)  # type: ignore[call-arg]
dump(plan)  # type: ignore[arg-type]
load(RunReport, {})  # type: ignore[call-overload]
load({}, Plan)  # type: ignore[type-var]
assert FIVE_MINUTES.rows()["rule"]  # type: ignore[call-overload]
Strength(per_session="2")  # type: ignore[arg-type]
StrengthReport(day="2026-12-02", reps=8)  # type: ignore[arg-type]
