"""What users rely on, as type checkers read it. Nothing here runs."""

import datetime as dt
from typing import assert_type

from runplan import (
    FIVE_MINUTES,
    Away,
    CalendarOptions,
    Changes,
    LongRun,
    Plan,
    Policy,
    Rebuild,
    Rule,
    Situation,
    Slot,
    Strength,
    StrengthSession,
    Verdict,
    build,
    load_rebuild,
    save_ics,
    to_ics,
)

# Days and times are texts or the standard library's values, sequences are lists or tuples.
rebuild = Rebuild(
    baseline_min=40,
    target_min=60,
    start=dt.date(2026, 11, 30),
    timezone="Europe/Berlin",
    long_run=Slot("sun", dt.time(9)),
    strength=Strength(at="18:30", days=["mon", "thu"], ramp=[(4, 1), (None, 2)]),
    away=[Away(first="2026-12-24", last=dt.date(2026, 12, 27))],
)
no_strength = Rebuild(
    baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC", strength=None
)

plan = build(rebuild)
assert_type(plan, Plan)
assert_type(plan.weeks[0].long_run, LongRun | None)
assert_type(plan.weeks[0].strength, tuple[StrengthSession, ...])
if run := plan.weeks[0].long_run:
    assert_type(run.minutes, int)
    assert_type(run.decision.why, str)

assert_type(to_ics(plan, previous=b"", options=CalendarOptions(alarm_min=30)), bytes)
assert_type(save_ics(plan, "plan.ics", revised_at=dt.datetime.now(dt.UTC)), Changes)
assert_type(load_rebuild("rebuild.toml"), Rebuild)


def exams(now: Situation) -> Verdict | None:
    """Hold in the exam weeks: a plain function is a rule."""
    if now.week in {6, 7}:
        return Verdict("repeat", now.level_min, now.level_min, "Held: exams.")
    return None


rule = Rule(
    name="exams", when="weeks 6 and 7", then="repeat", source="me", evidence="house", decide=exams
)
assert_type(Policy(name="mine", rules=[rule, *FIVE_MINUTES.rules]), Policy)
