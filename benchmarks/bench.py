"""
Measure runplan against what does the same work, as ratios within one run.

Each pair runs in turn, A B B A A B …, and the median of the pairwise ratios is what counts: the
machine's speed drifts, the ratio hardly does. What has nothing to compare with is given in
seconds of the processor. `make bench` runs it; the numbers and what they mean are in
docs/explanation/performance.md.
"""

import datetime as dt
import gc
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from statistics import median
from uuid import uuid4

import ical.calendar
import ical.calendar_stream
import ical.event
import ics
from attrs import evolve, frozen
from icalendar import Calendar, Event
from matplotlib.figure import Figure

import runplan
from runplan._base.dates import days_after
from runplan.calendar.event_text import description, title

ROUNDS = 15


@frozen
class Pair:
    """A question, what is compared, and the ratio to stay under; None where any will do."""

    name: str
    ours: Callable[[], object]
    theirs: Callable[[], object]
    target: float | None


@frozen
class Alone:
    """Something that has nothing to compare with, and the seconds to stay under."""

    name: str
    work: Callable[[], object]
    target_s: float | None = None


def seconds(work: Callable[[], object]) -> float:
    """Return how long one call takes on the clock. [s]"""
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def compare(pair: Pair) -> str:
    """Return one row of the table."""
    pair.ours()
    pair.theirs()
    times = []
    for number in range(ROUNDS):
        if number % 2:
            theirs_s = seconds(pair.theirs)
            times.append((seconds(pair.ours), theirs_s))
        else:
            times.append((seconds(pair.ours), seconds(pair.theirs)))
    ratio = median(ours / theirs for ours, theirs in times)
    ours, theirs = (median(each) * 1000 for each in zip(*times, strict=True))
    target = "" if pair.target is None else f"{pair.target:.2f}"
    met = "" if pair.target is None else ("yes" if ratio <= pair.target else "no")
    return f"| {pair.name} | {ratio:.3f} | {target} | {met} | {ours:.1f} | {theirs:.1f} |"


def clock(alone: Alone) -> str:
    """Return one row of the table of what has nothing to compare with."""
    alone.work()
    times = []
    for _ in range(ROUNDS // 3):
        gc.collect()
        start = time.process_time()
        alone.work()
        times.append(time.process_time() - start)
    taken = median(times)
    target = "" if alone.target_s is None else f"{alone.target_s:.2f}"
    met = "" if alone.target_s is None else ("yes" if taken <= alone.target_s else "no")
    return f"| {alone.name} | {taken:.4f} | {min(times):.4f} | {target} | {met} |"


def with_icalendar(plan: runplan.Plan) -> bytes:
    """Write a plan's events the plainest way that icalendar documents."""
    calendar = Calendar.new(name=plan.name, prodid="-//bench//bench//EN", uid=str(uuid4()))
    for number, session in enumerate(plan.sessions):
        event = Event.new(
            uid=f"{plan.id}-{number}",
            stamp=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
            last_modified=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
            sequence=0,
            start=session.start,
            end=session.end,
            summary=title(session),
            description=description(session),
            categories=["Training"],
        )
        calendar.add_component(event)
    calendar.add_missing_timezones()
    return calendar.to_ical()


def with_ics(plan: runplan.Plan) -> str:
    """Write a plan's events with ics, which knows UTC only."""
    events = [
        ics.Event(
            uid=f"{plan.id}-{number}",
            created=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
            name=title(session),
            begin=session.start,
            end=session.end,
            description=description(session),
            categories=["Training"],
        )
        for number, session in enumerate(plan.sessions)
    ]
    return ics.Calendar(events=events).serialize()


def with_ical(plan: runplan.Plan) -> str:
    """Write a plan's events with ical."""
    calendar = ical.calendar.Calendar()
    calendar.events.extend(
        ical.event.Event(
            uid=f"{plan.id}-{number}",
            dtstamp=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
            sequence=0,
            dtstart=session.start,
            dtend=session.end,
            summary=title(session),
            description=description(session),
            categories=["Training"],
        )
        for number, session in enumerate(plan.sessions)
    )
    return ical.calendar_stream.IcsCalendarStream.calendar_to_ics(calendar)


def importing(statement: str) -> Callable[[], object]:
    """Return what runs a statement in a Python of its own."""
    return lambda: subprocess.run([sys.executable, "-c", statement], check=True)


def command(argument: str) -> Callable[[], object]:
    """Return what runs the command line in a Python of its own."""
    arguments = [sys.executable, "-m", "runplan", argument]
    return lambda: subprocess.run(arguments, check=True, stdout=subprocess.DEVNULL)


def hundred_weeks() -> runplan.Rebuild:
    """Return a request whose plan takes a hundred weeks."""
    return runplan.Rebuild(
        baseline_min=10,
        target_min=298,
        start="2026-11-30",
        timezone="Europe/Berlin",
        policy=evolve(runplan.FIVE_MINUTES, step_min=3),
    )


def reported(plan: runplan.Plan, entries: int) -> runplan.Log:
    """Return a log of every session of a plan, and of one more run a week, each clean."""
    log: list[runplan.RunReport | runplan.StrengthReport] = []
    for week in plan.weeks:
        log += [runplan.StrengthReport(day=session.day) for session in week.strength]
        log.append(runplan.RunReport(day=week.first, minutes=30, kind="other"))
        if week.long_run:
            run = week.long_run
            log.append(runplan.RunReport(day=run.day, minutes=run.minutes, pain_next_morning=0))
    return runplan.Log(log[-entries:])


def slow_weeks(target_min: int) -> runplan.Rebuild:
    """Return a request whose plan takes sixteen weeks for each step of five minutes."""
    policy = runplan.FIVE_MINUTES
    *rules, clean = policy.rules

    def hold(now: runplan.Situation) -> runplan.Verdict | None:
        if now.week % 16:
            return runplan.Verdict("repeat", now.level_min, now.level_min, "Held.")
        return None

    held = evolve(clean, name="held", decide=hold)
    return runplan.Rebuild(
        baseline_min=10,
        target_min=target_min,
        start="2026-11-30",
        timezone="Europe/Berlin",
        policy=evolve(policy, rules=(*rules, held, clean)),
    )


def long_title(calendar: bytes, lines: int) -> bytes:
    """Return a calendar whose last event has a title of so many lines."""
    *events, last = calendar.split(b"SUMMARY:")
    title = b"\r\n ".join([b"x" * 60] * lines)
    return b"SUMMARY:".join([*events, title + last[last.index(b"\r\n") :]])


def forty_weeks() -> runplan.Rebuild:
    """Return a request whose plan takes forty weeks."""
    return runplan.Rebuild(
        baseline_min=40, target_min=220, start="2026-11-30", timezone="Europe/Berlin"
    )


def drawn(plan: runplan.Plan) -> None:
    """Draw a plan, and write it as a PNG of 1,000 by 600 pixels."""
    figure = Figure(figsize=(10, 6), layout="constrained")
    runplan.plot(plan, ax=figure.subplots())
    figure.savefig(BytesIO(), format="png")


def print_alone() -> None:
    """Print the table of what has nothing to compare with."""
    rebuild = forty_weeks()
    plan = runplan.build(rebuild)
    # As it is after ten weeks, all clean.
    *_, last = plan.weeks[:10]
    log, today = reported(evolve(plan, weeks=plan.weeks[:10]), 500), days_after(last.last, 1)
    name = f"forecast: 1,000 simulated runs of {len(plan.weeks)} weeks"
    cautious = evolve(rebuild, policy=runplan.CAUTIOUS)
    shown = runplan.build(evolve(rebuild, target_min=320))
    long = slow_weeks(target_min=170)
    years = runplan.build(long)
    late = runplan.Log(
        evolve(each, recorded_on=days_after(each.day, 28)) if number % 10 == 0 else each
        for number, each in enumerate(reported(years, 5000))
    )
    end = days_after(years.weeks[-1].last, 28)
    alone = [
        Alone(
            f"build of {len(years.weeks)} weeks, {len(late):,} entries, every tenth 4 weeks late",
            lambda: runplan.build(long, late, end),
            1.0,
        ),
        Alone(f"HTML of a plan of {len(shown.weeks)} weeks", lambda: shown.table().to_html()),
        Alone(f"plot of a plan of {len(shown.weeks)} weeks", lambda: drawn(shown)),
        Alone(name, lambda: runplan.forecast(rebuild), 0.25),
        Alone(f"{name}, after ten", lambda: runplan.forecast(rebuild, log, today), 0.25),
        Alone(f"{name}, cautious", lambda: runplan.forecast(cautious), 0.25),
        Alone(
            f"{name}, cautious, after ten",
            lambda: runplan.forecast(cautious, log, today),
            0.25,
        ),
    ]
    print("\n| on its own | median [s] | least [s] | at most [s] | met |")
    print("|---|---|---|---|---|")
    for each in alone:
        print(clock(each), flush=True)


def main() -> None:
    """Print the tables."""
    rebuild = hundred_weeks()
    plan = runplan.build(rebuild)
    calendar = runplan.to_ics(plan)
    first, *rest = plan.weeks
    run = first.long_run
    revised = evolve(plan, weeks=(evolve(first, long_run=run and evolve(run, minutes=9)), *rest))

    log = reported(plan, 500)
    today = plan.weeks[-1].last
    # Twice the entries in twice the weeks.
    half, whole = slow_weeks(target_min=75), slow_weeks(target_min=140)
    half_log, whole_log = (reported(runplan.build(each), 5000) for each in (half, whole))
    half_last, whole_last = (runplan.build(each).weeks[-1].last for each in (half, whole))

    folder = tempfile.TemporaryDirectory()
    saved = Path(folder.name, "plan.ics")
    saved.write_bytes(calendar)
    # A workout that is no longer planned, and stays as cancelled with its long title.
    two_weeks = runplan.build(evolve(rebuild, target_min=13))
    one_week = runplan.build(evolve(rebuild, target_min=10))
    keep = runplan.CalendarOptions(keep_cancelled=True)
    titles = [long_title(runplan.to_ics(two_weeks), lines) for lines in (10_000, 40_000)]

    def cold() -> bytes:
        return runplan.to_ics(plan)

    pairs = [
        Pair(
            "build : icalendar", lambda: runplan.build(rebuild), lambda: with_icalendar(plan), 0.05
        ),
        Pair(
            "build with 500 entries : icalendar",
            lambda: runplan.build(rebuild, log, today),
            lambda: with_icalendar(plan),
            0.05,
        ),
        Pair(
            f"build with {len(whole_log):,} entries : with {len(half_log):,}",
            lambda: runplan.build(whole, whole_log, whole_last),
            lambda: runplan.build(half, half_log, half_last),
            2.3,
        ),
        Pair("to_ics : icalendar", cold, lambda: with_icalendar(plan), 0.15),
        Pair(
            "to_ics with previous : icalendar",
            lambda: runplan.to_ics(revised, previous=calendar),
            lambda: with_icalendar(plan),
            0.1,
        ),
        Pair(
            "save_ics of the same plan : icalendar",
            lambda: runplan.save_ics(plan, saved),
            lambda: with_icalendar(plan),
            0.1,
        ),
        # Four times is linear, sixteen times would be quadratic.
        Pair(
            "to_ics over a title of 2.5 MB : of 0.6 MB",
            lambda: runplan.to_ics(one_week, previous=titles[1], options=keep),
            lambda: runplan.to_ics(one_week, previous=titles[0], options=keep),
            8.0,
        ),
        Pair("to_ics : ics", cold, lambda: with_ics(plan), None),
        Pair("to_ics : ical", cold, lambda: with_ical(plan), None),
        Pair(
            "import runplan : import attrs, pendulum",
            importing("import runplan"),
            importing("import attrs, pendulum"),
            1.35,
        ),
        Pair("runplan --help : import click", command("--help"), importing("import click"), 2.0),
        Pair(
            "import with matplotlib : import runplan",
            importing("import runplan; runplan.plot; import matplotlib.pyplot"),
            importing("import runplan"),
            None,
        ),
        Pair(
            "import with icalendar : import runplan",
            importing("import runplan; runplan.to_ics"),
            importing("import runplan"),
            None,
        ),
    ]
    events = calendar.count(b"BEGIN:VEVENT")
    print(f"{len(plan.weeks)} weeks, {events} events, {len(calendar)} bytes; {ROUNDS} rounds.\n")
    print("| pair | ratio | at most | met | first [ms] | second [ms] |")
    print("|---|---|---|---|---|---|")
    for pair in pairs:
        print(compare(pair), flush=True)
    folder.cleanup()
    print_alone()


if __name__ == "__main__":
    main()
