"""Runners and their diaries: what they asked for and what they reported, week by week."""

import datetime as dt
from functools import cache

from runplan import Clearance, Log, MorningReport, Rebuild, RunReport, StrengthReport, build

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
    """Return the report of a long run without pain, recorded the morning after it."""
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


def morning(week, weekday, pain, **how):
    """Return the report of the morning after a run, recorded that morning."""
    day = on(week, weekday)
    usual = {"day": day, "pain": pain, "recorded_on": day + dt.timedelta(days=1)}
    return MorningReport(**(usual | how))


def strength_report(week, weekday, **how):
    """Return the report of a strength session, recorded that day."""
    return StrengthReport(**({"day": on(week, weekday)} | how))


# The name that other test modules still use.
lifted = strength_report


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
        minutes = 0 if how is None else _planned_min(rebuild, Log(entries), number)
        if not minutes:
            continue
        report = {"minutes": minutes} | how
        if report.get("pain_from") is not None:
            # No pain begins after the end of the run.
            report["pain_from"] = min(report["pain_from"], report["minutes"])
        entries.append(ran(number, **report))
    return Log(entries)


@cache
def _planned_min(rebuild, log, week):
    """Return how long a week's long run is planned to be on its day, 0 for none."""
    long_run = build(rebuild, log, today=on(week)).weeks[week - 1].long_run
    return long_run.minutes if long_run else 0


def answered(rebuild, log, week, today=None):
    """
    Return rule and minutes of a week's long run, by default as of that week's Tuesday.

    Of a paused week the second value is "paused", and a third what the plan resumes with.
    """
    plan = build(rebuild, log, today=today or on(week, 1))
    long_run = plan.weeks[week - 1].long_run
    if long_run is None:
        pause = plan.weeks[week - 1].pause
        return pause.decision.rule, "paused", pause.resume_min
    return long_run.decision.rule, long_run.minutes


def after(*weeks, extra=(), today=None, **changes):
    """Return how the week after the weeks of a diary is answered."""
    rebuild = asked(**changes)
    return answered(rebuild, diary(rebuild, *weeks, extra=extra), len(weeks) + 1, today)
