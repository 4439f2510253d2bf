"""Keep a request, its log and its calendar in a database: run it and see six weeks go by."""

import json
import sqlite3

from runplan import (
    Change,
    Entry,
    Log,
    MorningReport,
    Move,
    Plan,
    Rebuild,
    RunReport,
    build,
    dump,
    load,
    to_ics,
)

TABLES = """
CREATE TABLE rebuild (runner TEXT PRIMARY KEY, record TEXT NOT NULL, calendar BLOB);
CREATE TABLE entry (
    id INTEGER PRIMARY KEY, runner TEXT NOT NULL REFERENCES rebuild, record TEXT NOT NULL
);
"""


def to_text(value: Rebuild | Entry) -> str:
    """Return a request or an entry as JSON."""
    return json.dumps(dump(value))


def start(db: sqlite3.Connection, runner: str, rebuild: Rebuild) -> None:
    """Store a request. This row is never updated: what changes later is an entry."""
    row = (runner, to_text(rebuild))
    db.execute("INSERT INTO rebuild (runner, record) VALUES (?, ?)", row)


def record(db: sqlite3.Connection, runner: str, entry: Entry) -> int:
    """Store an entry, one row each, and return its id. The order of rows does not matter."""
    row = (runner, to_text(entry))
    cursor = db.execute("INSERT INTO entry (runner, record) VALUES (?, ?)", row)
    return cursor.lastrowid or 0


def withdraw(db: sqlite3.Connection, id_: int, today: str) -> None:
    """Mark an entry as withdrawn. Deleting it would rewrite what the runner has seen."""
    (text,) = db.execute("SELECT record FROM entry WHERE id = ?", (id_,)).fetchone()
    entry = load(json.loads(text), Entry)
    (withdrawn,) = Log([entry]).retract(entry, on=today)
    db.execute("UPDATE entry SET record = ? WHERE id = ?", (to_text(withdrawn), id_))


def plan_for(db: sqlite3.Connection, runner: str, today: str) -> Plan:
    """Build today's plan. It is not stored: the same rows give the same plan."""
    (request,) = db.execute("SELECT record FROM rebuild WHERE runner = ?", (runner,)).fetchone()
    rows = db.execute("SELECT record FROM entry WHERE runner = ?", (runner,))
    log = Log(load(json.loads(text), Entry) for (text,) in rows)
    return build(load(json.loads(request), Rebuild), log, today)


def publish(db: sqlite3.Connection, runner: str, plan: Plan, moment: str) -> bytes:
    """Update the calendar. The one published before says which events keep their bytes."""
    query = "SELECT calendar FROM rebuild WHERE runner = ?"
    (previous,) = db.execute(query, (runner,)).fetchone()
    calendar = to_ics(plan, previous=previous, revised_at=moment)
    db.execute("UPDATE rebuild SET calendar = ? WHERE runner = ?", (calendar, runner))
    return calendar


def main() -> None:
    """Follow Anna for six weeks. Your app has a clock; here each step gives its day."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    db.executescript(TABLES)
    request = Rebuild(
        baseline_min=40,
        target_min=60,
        start="2026-11-30",
        timezone="Europe/Berlin",
        first_month="extend",
        id="anna-1",  # your own: two runners may choose the same name and start
    )
    start(db, "anna", request)

    def step(day: str, what: str, entry: Entry) -> int:
        with db:  # one transaction for the entry and the calendar
            db.execute("BEGIN IMMEDIATE")
            id_ = record(db, "anna", entry)
            plan = plan_for(db, "anna", today=day)
            feed = publish(db, "anna", plan, moment=f"{day}T20:00:00Z")
        until = f"until {plan.finish}" if plan.finish else "until a clearance"
        print(f"{day}  {what}: {plan.status}, {until}, {feed.count(b'BEGIN:VEVENT')} events")
        run = plan.next_long_run
        print(f"            {run.decision.why if run else plan.pause and plan.pause.why}")
        return id_

    def ran(day: str, minutes: int, *, on: str, pain: int = 0) -> RunReport:
        return RunReport(day=day, minutes=minutes, pain=pain, pain_next_morning=0, recorded_on=on)

    day = "2026-12-06"
    step(day, "Anna runs 40 min", RunReport(day=day, minutes=40))
    day = "2026-12-07"
    morning = MorningReport(day="2026-12-06", pain=0, recorded_on=day)
    step(day, "The next morning is fine", morning)
    day = "2026-12-15"
    move = Move(day="2026-12-20", to="2026-12-21", recorded_on=day)
    step(day, "She moves the next long run to Monday", move)
    day = "2026-12-22"
    step(day, "She reports Monday's run", ran("2026-12-21", 50, on=day))
    day = "2026-12-23"
    step(day, "She reports the run of the 13th, late", ran("2026-12-13", 45, on=day))
    day = "2026-12-28"
    wrong = step(day, "She types pain 7 instead of 1", ran("2026-12-27", 55, on=day, pain=7))
    day = "2026-12-29"
    withdraw(db, wrong, today=day)
    step(day, "She corrects that", ran("2026-12-27", 55, on=day, pain=1))
    day = "2027-01-04"
    step(day, "She reports a clean run", ran("2027-01-03", 55, on=day))
    day = "2027-01-05"
    step(day, "She wants to get to 70 min", Change(day=day, target_min=70))


if __name__ == "__main__":
    main()
