"""From a pain-free baseline to a calendar file: run it and import quickstart.ics."""

from pathlib import Path

from runplan import Away, CalendarOptions, Rebuild, Slot, Strength, build, save_ics

rebuild = Rebuild(
    baseline_min=40,
    target_min=60,
    start="2026-11-30",
    timezone="Europe/Berlin",
    long_run=Slot("sunday", "09:00"),
    strength=Strength(at="18:30", minutes=30),
    away=[Away(first="2026-12-24", last="2026-12-27")],
)
plan = build(rebuild)
print(plan.table())

path = Path("quickstart.ics")
print(f"{path}: {save_ics(plan, path, options=CalendarOptions(alarm_min=30))}")
