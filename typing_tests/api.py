"""What users rely on, as type checkers read it. Nothing here runs."""

import datetime as dt
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from typing import Any, Literal, assert_type

from attrs import evolve
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from runplan import (
    FIVE_MINUTES,
    Activity,
    Alarms,
    Away,
    CalendarOptions,
    Change,
    Changes,
    Compared,
    Comparison,
    ComparisonRow,
    Decision,
    Entry,
    Finding,
    Forecast,
    ForecastRow,
    ForecastWeek,
    InvalidValue,
    Log,
    LogRow,
    LongRun,
    MorningReport,
    Move,
    Outcome,
    ParsedReport,
    Pause,
    Plan,
    Policy,
    Rates,
    Rebuild,
    Row,
    Rule,
    RunplanError,
    RunReport,
    Situation,
    Slot,
    Strength,
    StrengthReport,
    StrengthSession,
    Verdict,
    Week,
    back,
    build,
    compare,
    describe,
    dump,
    find_baseline,
    forecast,
    load,
    load_log,
    load_rebuild,
    off,
    parse_report,
    plot,
    save_ics,
    to_ics,
)
from runplan.activities import Activities, ActivityRow, new, read

# Days and times are texts or the standard library's values, sequences are lists or tuples.
rebuild = Rebuild(
    baseline_min=40,
    target_min=60,
    start=dt.date(2026, 11, 30),
    timezone="Europe/Berlin",
    long_run=Slot("sun", dt.time(9)),
    strength=Strength(
        at="18:30",
        days=["mon", "thu"],
        ramp=[(4, 1), (None, 2)],
        equipment=["two dumbbells"],
        per_session=2,
    ),
    away=[Away(first="2026-12-24", last=dt.date(2026, 12, 27))],
    keep_weeks=2,
    last_day=dt.date(2027, 6, 30),
)
no_strength = Rebuild(
    baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC", strength=None
)
assert_type(evolve(rebuild, target_min=70), Rebuild)
assert_type(rebuild.strength, Strength | None)
last_day: dt.date | None = rebuild.last_day

# A plan is built with nothing else, or with a log and a day, as text or as a date.
plan = build(rebuild)
assert_type(plan, Plan)
assert_type(build(rebuild, today="2026-12-07"), Plan)
assert_type(build(rebuild, Log(), dt.date(2026, 12, 7)), Plan)

# What may be missing is marked as such.
assert_type(plan.weeks, tuple[Week, ...])
assert_type(plan.weeks[0].long_run, LongRun | None)
assert_type(plan.weeks[0].report, RunReport | None)
assert_type(plan.weeks[0].strength, tuple[StrengthSession, ...])
lifted = StrengthReport(day="2026-12-02", exercises=["Push-up"], reps={"Renegade row": [8, 7]})
assert_type(lifted.reps, tuple[tuple[str, tuple[int, ...]], ...])
assert_type(lifted.exercises, tuple[str, ...])
assert_type(StrengthReport(day="2026-12-02", skipped=True).skipped, bool)
assert_type(plan.weeks[0].strength_reports, tuple[StrengthReport | None, ...])
assert_type(plan.pause, Pause | None)
assert_type(plan.next, LongRun | StrengthSession | None)
assert_type(plan.findings, tuple[Finding, ...])
if run := plan.weeks[0].long_run:
    assert_type(run.minutes, int)
    assert_type(run.decision, Decision)
    assert_type(run.decision.why, str)
    assert_type(run.decision.facts["minutes"], int | float | str | bool | None)
    facts: dict[str, Any] = dict(run.decision.facts)
    # Days and times are also those of the standard library.
    day: dt.date = run.day
    start: dt.datetime = run.start
finish: dt.date | None = plan.finish
first_finish: dt.date | None = plan.first_finish
assert_type(plan.next_long_run, LongRun | None)

# A status or a mark is one of a few words, so a misspelt one is found.
assert_type(
    plan.status, Literal["on course", "holding", "stepping back", "paused", "away", "reached"]
)
assert_type(plan.rows()[0]["mark"], Literal["planned", "done", "skipped", "missed", "not reported"])

# Rows are flat, and each key has its type.
assert_type(plan.rows(), list[Row])
assert_type(plan.rows()[0]["minutes"], int)
assert_type(plan.rows()[0]["start"], dt.datetime)
assert_type(plan.rows()[0]["ran_min"], int | None)
log = Log([RunReport(day="2026-12-06", minutes=40)])
assert_type(log.add(MorningReport(day="2026-12-06", pain=0, recorded_on="2026-12-07")), Log)
assert_type(log.waiting("2026-12-07"), tuple[Activity, ...])
found = read("activities.csv", timezone="Europe/Berlin")
assert_type(found, Activities)
assert_type(found[0], Activity)
assert_type(found.rows(), list[ActivityRow])
assert_type(found.notes, tuple[str, ...])
assert_type(new(log, found), tuple[Activity, ...])
assert_type(log.rows(), list[LogRow])
assert_type(log.rows()[0]["pain"], int | None)
for entry in log:
    assert_type(entry, Entry)
    retracted_on: dt.date | None = entry.retracted_on
    if isinstance(entry, RunReport):
        assert_type(entry.minutes, int)
assert_type(log.retract(log.entries[0], on="2026-12-08"), Log)
assert_type(log.retract(log.entries[0], on=dt.date(2026, 12, 8)), Log)

# A change gives what it changes, None included; a move needs both days.
change = Change(day="2027-01-04", target_min=90, strength=None, last_day=None)
ill = Change(
    day="2027-01-04", away=[Away(first="2027-01-04", last="2027-01-06")], last_day="2027-06-30"
)
assert_type(change.values, dict[str, Any])
move = Move(day="2027-01-10", to=dt.date(2027, 1, 11), recorded_on="2027-01-07")
assert_type(build(rebuild, log.add(change, ill, move), today="2027-01-07"), Plan)
report = parse_report("45 2@40", plan, "2026-12-07")
assert_type(report, ParsedReport)
assert_type(report.doubts, tuple[str, ...])
assert_type(log.add(*report), Log)
assert_type(parse_report("45 ok", None, dt.date(2026, 12, 7)).entries, tuple[Entry, ...])
assert_type(find_baseline(log, today="2026-12-07").minutes, int)

# Days off, for a change.
assert_type(off(plan.away, "2027-01-04"), tuple[Away, ...])
assert_type(back(plan.away, dt.date(2027, 1, 9)), tuple[Away, ...])

# A forecast takes what build takes, and any executor of the standard library.
ahead = forecast(rebuild, log, "2026-12-07", runs=100, seed=1, prior=Rates(clean=1, missed=1))
assert_type(ahead, Forecast)
assert_type(ahead.weeks, tuple[ForecastWeek, ...])
assert_type(ahead.weeks[0].reached, float)
assert_type(ahead.weeks[0].median_min, int)
assert_type(ahead.rates.clean, float)
assert_type(ahead.paused_share, float)
assert_type(ahead.rows(), list[ForecastRow])
median: dt.date | None = ahead.median_day
with ProcessPoolExecutor() as processes, ThreadPoolExecutor() as threads:
    assert_type(forecast(rebuild, executor=processes), Forecast)
    assert_type(compare({"one": rebuild}, executor=threads), Comparison)


def with_any(executor: Executor | None) -> Forecast:
    """Hand over whichever executor there is, or none."""
    return forecast(rebuild, today=dt.date(2026, 12, 7), executor=executor)


# A comparison keeps the plans and forecasts that it is made of.
both = compare({"with": rebuild, "without": no_strength}, log, "2026-12-07")
assert_type(both.plans, tuple[Compared, ...])
assert_type(both.plans[0].plan, Plan)
assert_type(both.plans[0].forecast, Forecast)
assert_type(both.plans[0].steepest_pct, float | None)
assert_type(both.rows(), list[ComparisonRow])
assert_type(both.rows()[0]["finish"], dt.date | None)

# Most values have a table, and what has weeks can be drawn and described.
for value in (plan, plan.weeks[0], rebuild, log, FIVE_MINUTES, ahead, both):
    assert_type(value.table().to_html(), str)
    assert_type(str(value.table()), str)
assert_type(plot(plan), Axes)
assert_type(plot(plan, ax=Figure().subplots(), original=build(rebuild)), Axes)
assert_type(plot(ahead), Axes)
assert_type(plot(both), Axes)
assert_type(describe(ahead), str)

# Calendars, files and records.
assert_type(to_ics(plan, previous=b"", options=CalendarOptions(alarm_min=30)), bytes)
assert_type(CalendarOptions(alarm_min={"long_run": 60}, morning="08:00").alarm_min, Alarms)
assert_type(to_ics(plan, previous=None, revised_at="2026-12-06T12:00:00Z"), bytes)
assert_type(save_ics(plan, "plan.ics", revised_at=dt.datetime.now(dt.UTC)), Changes)
assert_type(load_rebuild("rebuild.toml"), Rebuild)
assert_type(load_log("log.jsonl"), Log)
assert_type(dump(rebuild), dict[str, Any])
assert_type(load(dump(rebuild)), Rebuild | Log | Policy | Entry)
assert_type(load(dump(rebuild), Rebuild), Rebuild)
assert_type(load({"schema": 2, "type": "run"}, RunReport), RunReport)
assert_type(load(dump(rebuild), Rebuild, policies=[FIVE_MINUTES], rules=[]), Rebuild)
some_entry: Entry = load(dump(change), Entry)


def exams(now: Situation) -> Verdict | None:
    """Hold in the exam weeks: a plain function is a rule."""
    assert_type(now.outcome, Outcome | None)
    assert_type(now.reported, tuple[Outcome, ...])
    if dt.date(2027, 1, 4) <= now.day <= dt.date(2027, 1, 17):
        return Verdict("repeat", now.base_min, now.base_min, "Held: exams.", facts={"exams": True})
    return None


def at_most_fifty(now: Situation, due: Verdict) -> Verdict | None:
    """Adjust the verdict of the rules below."""
    return evolve(due, minutes=50) if now.week < 8 and due.minutes > 50 else None  # noqa: PLR2004


class Hold:
    """Hold always: a value that can be called is a rule as well."""

    def __call__(self, now: Situation) -> Verdict:
        """Hold."""
        return Verdict("repeat", now.base_min, now.base_min, "Held.")


rule = Rule(
    name="exams", when="weeks 6 and 7", then="repeat", source="me", evidence="house", decide=exams
)
ice = evolve(rule, name="ice", decide=None, adjust=at_most_fifty)
hold = evolve(rule, name="hold", decide=Hold())
assert_type(Policy(name="mine", rules=[ice, rule, *FIVE_MINUTES.rules, hold]), Policy)

# Every error is a RunplanError, and the builtin one that fits.
try:
    build(rebuild)
except RunplanError as error:
    assert_type(error.must, str)
    assert_type(error.remedy, str)
wrong: ValueError = InvalidValue("it must hold", 0, "do this")
