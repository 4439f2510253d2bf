"""A rebuild, its log and its calendar in an app's database: run it and see three weeks go by."""

import json
import sqlite3

from runplan import (
    Clearance,
    Log,
    MorningReport,
    Plan,
    Rebuild,
    RunReport,
    StrengthReport,
    build,
    dump,
    load,
    to_ics,
)

Entry = RunReport | MorningReport | StrengthReport | Clearance
KINDS: dict[str, type[Entry]] = {
    "run": RunReport,
    "morning": MorningReport,
    "strength": StrengthReport,
    "clearance": Clearance,
}

TABLES = """
CREATE TABLE rebuild (runner TEXT PRIMARY KEY, record TEXT NOT NULL, calendar BLOB);
CREATE TABLE entry (runner TEXT NOT NULL REFERENCES rebuild, record TEXT NOT NULL);
"""


def start(db: sqlite3.Connection, runner: str, rebuild: Rebuild) -> None:
    """Store a request."""
    row = (runner, json.dumps(dump(rebuild)))
    db.execute("INSERT INTO rebuild (runner, record) VALUES (?, ?)", row)


def tell(db: sqlite3.Connection, runner: str, entry: Entry) -> None:
    """Store what happened, one row an entry. In which order makes no difference to the plan."""
    db.execute("INSERT INTO entry VALUES (?, ?)", (runner, json.dumps(dump(entry))))


def plan_for(db: sqlite3.Connection, runner: str, today: str) -> Plan:
    """Build the plan as it stands today. It is not stored: the same rows give it again."""
    (text,) = db.execute("SELECT record FROM rebuild WHERE runner = ?", (runner,)).fetchone()
    rows = db.execute("SELECT record FROM entry WHERE runner = ?", (runner,))
    records = [json.loads(record) for (record,) in rows]
    log = Log(load(KINDS[record["type"]], record) for record in records)
    return build(load(Rebuild, json.loads(text)), log, today)


def publish(db: sqlite3.Connection, runner: str, plan: Plan, moment: str) -> bytes:
    """Write the calendar over the one before, which is the memory of what was published."""
    query = "SELECT calendar FROM rebuild WHERE runner = ?"
    (previous,) = db.execute(query, (runner,)).fetchone()
    calendar = to_ics(plan, previous=previous, revised_at=moment)
    db.execute("UPDATE rebuild SET calendar = ? WHERE runner = ?", (calendar, runner))
    return calendar


database = sqlite3.connect(":memory:")
database.executescript(TABLES)

request = Rebuild(
    baseline_min=40,
    target_min=60,
    start="2026-11-30",
    timezone="Europe/Berlin",
    first_month="extend",
    id="anna-1",  # of your own: two runners may choose the same name and start
)
with database:
    start(database, "anna", request)

# What comes in on which day; an app has a clock for both.
days: list[tuple[str, list[Entry]]] = [
    ("2026-11-30", []),
    ("2026-12-06", [RunReport(day="2026-12-06", minutes=40)]),
    ("2026-12-07", [MorningReport(day="2026-12-06", pain=0, recorded_on="2026-12-07")]),
    ("2026-12-13", [RunReport(day="2026-12-13", minutes=45, pain=4, pain_from=40)]),
    ("2026-12-20", [RunReport(day="2026-12-20", minutes=30, pain=6, pain_from=20)]),
    ("2026-12-23", [Clearance(day="2026-12-23", by="Dr. Weber", baseline_min=20)]),
]
for day, entries in days:
    with database:
        for each in entries:
            tell(database, "anna", each)
        plan = plan_for(database, "anna", today=day)
        feed = publish(database, "anna", plan, moment=f"{day}T20:00:00Z")
    ahead = [week.long_run for week in plan.weeks if not week.report]
    why = plan.pause.why if plan.pause else next(run.decision.why for run in ahead if run)
    print(f"{day}  {plan.status:13} {feed.count(b'BEGIN:VEVENT')} events  {why}")
