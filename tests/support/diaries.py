"""Runners and their diaries: what they asked for and what they wrote down, week by week."""

import datetime as dt

from runplan import Clearance, Log, Rebuild, RunReport, StrengthReport, build

MONDAY = dt.date(2026, 11, 30)
SUNDAY, SATURDAY = 6, 5


def on(week, weekday=SUNDAY):
    """Return the day of a plan week, Monday is 0."""
    return MONDAY + dt.timedelta(weeks=week - 1, days=weekday)


def asked(**changes):
    """Return a request that extends from the first week on; its weeks begin on Monday."""
    usual = {
        "baseline_min": 40,
        "target_min": 90,
        "start": MONDAY,
        "timezone": "Europe/Berlin",
        "first_month": "extend",
        "assessed_on": "2026-11-20",
    }
    return Rebuild(**(usual | changes))


def ran(week, minutes=40, *, weekday=SUNDAY, **how):
    """Return the report of a long run without pain, on the morning after it, changed as said."""
    day = on(week, weekday)
    usual = {
        "day": day,
        "minutes": minutes,
        "pain_next_morning": 0,
        "recorded_on": day + dt.timedelta(days=1),
    }
    return RunReport(**(usual | how))


def other(week, weekday, minutes=30, **how):
    """Return the report of another run."""
    return ran(week, minutes, weekday=weekday, kind="other", **how)


def lifted(week, weekday, **how):
    """Return the report of a strength session."""
    return StrengthReport(day=on(week, weekday), **how)


def cleared(week, weekday=SUNDAY, **how):
    """Return a clearance."""
    return Clearance(**({"day": on(week, weekday), "by": "physiotherapist"} | how))


def diary(rebuild, *weeks, extra=()):
    """
    Return the log of a runner who runs what the plan says on the day.

    Each week is what differs from a clean run; None is a week without a report.
    """
    entries = [*extra]
    for number, how in enumerate(weeks, start=1):
        plan = build(rebuild, Log(entries), today=on(number))
        run = plan.weeks[number - 1].long_run
        if how is None or run is None:
            continue
        told = {"minutes": run.minutes} | how
        if told.get("pain_from") is not None:
            # Nothing begins to hurt after the run.
            told["pain_from"] = min(told["pain_from"], told["minutes"])
        entries.append(ran(number, **told))
    return Log(entries)


def answered(rebuild, log, week, today=None):
    """Return rule and minutes of a week, by default as of its Tuesday; of a pause what resumes."""
    plan = build(rebuild, log, today=today or on(week, 1))
    long_run = plan.weeks[week - 1].long_run
    if long_run is None:
        pause = plan.weeks[week - 1].pause
        return pause.decision.rule, "paused", pause.resume_min
    return long_run.decision.rule, long_run.minutes


def after(*weeks, extra=(), **changes):
    """Return what the week after the weeks of a diary is answered with."""
    rebuild = asked(**changes)
    return answered(rebuild, diary(rebuild, *weeks, extra=extra), len(weeks) + 1)
