"""
Answer reports in one line, as a chat bot or a phone's shortcut would.

    python in_one_line.py other 20 ok
    python in_one_line.py --yes 90 1@80

A bot calls answer() with the text of a message and sends what it returns. A shortcut asks for a
line, runs the script with it over SSH, and shows what it prints.
"""

import datetime as dt
import json
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

from runplan import NO_ADVICE, Log, Plan, Rebuild, RunplanError, build, dump, load, parse_report

REBUILD = Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="Europe/Berlin")
LOG = Path("in_one_line.json")


def answer(text: str, log: Log, today: dt.date, *, confirmed: bool = False) -> tuple[Log, str]:
    """Return the log after a report, and the answer to it."""
    try:
        report = parse_report(text, build(REBUILD, log, today), today)
        if report.doubts and not confirmed:
            return log, f"{'; '.join(report.doubts)}. If that is right, send it again with --yes."
        after = log.add(*report)
        plan = build(REBUILD, after, today)
    except RunplanError as error:
        return log, f"Not logged: {error}"
    logged = "; ".join(f"{entry.day:%a %d %b}, {entry}" for entry in report)
    return after, f"Logged: {logged}. {standing(plan)} {NO_ADVICE}"


def standing(plan: Plan) -> str:
    """Return what comes next, and why."""
    if plan.pause:
        return f"{plan.pause.why} {plan.pause.advice}"
    run = plan.next_long_run
    return f"Next: {run.minutes} min on {run.day:%a %d %b}. {run.decision.why}" if run else "Done."


def main(words: list[str]) -> None:
    """Answer the report in the arguments, and keep it."""
    today = dt.datetime.now(ZoneInfo(REBUILD.timezone)).date()
    log = load(json.loads(LOG.read_text(encoding="utf-8")), Log) if LOG.exists() else Log()
    text = " ".join(word for word in words if word != "--yes")
    after, reply = answer(text, log, today, confirmed="--yes" in words)
    if after != log:
        LOG.write_text(json.dumps(dump(after)), encoding="utf-8")
    print(reply)


if __name__ == "__main__":
    main(sys.argv[1:])
