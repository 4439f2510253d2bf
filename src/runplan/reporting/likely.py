"""What a report is probably about, and whether its numbers look right."""

from typing import Literal

from runplan._base.dates import Date, days_after, short_day
from runplan.model.plan import Plan
from runplan.model.sessions import LongRun, StrengthSession
from runplan.model.weeks import OPEN_DAYS, Week

# A run at least this far from every long run, or this much shorter, is hardly a long run.
_FAR_DAYS, _LEAST_PCT = 2, 60

# Fewer or more minutes than this are probably a typing error.
_FEW_PCT, _MANY_PCT, _MANY_MIN = 30, 130, 10

# An earlier long run is no longer "the morning after". [days]
_MORNING_DAYS = 7


def open_day(plan: Plan | None, kind: type[LongRun] | type[StrengthSession], today: Date) -> Date:
    """
    Return the day of the last session of a kind that is still to report; today if there is none.

    Today's session counts, and those of the three days before.

    Args:
        plan: The plan; None if there is none yet.
        kind: LongRun or StrengthSession.
        today: Today.

    >>> from runplan import Rebuild, build
    >>> rebuild = Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC")
    >>> open_day(build(rebuild), LongRun, Date(2026, 12, 8)).isoformat()
    '2026-12-06'
    """
    open_ = (
        session.day
        for week in (plan.weeks if plan else ())
        for session in week.sessions
        if isinstance(session, kind)
        and days_after(today, -OPEN_DAYS) <= session.day <= today
        and not week.report_of(session)
    )
    return max(open_, default=today)


def last_long_run(plan: Plan | None, today: Date) -> Week | None:
    """
    Return the week of the last long run before today; None if it was over a week ago.

    Args:
        plan: The plan; None if there is none yet.
        today: Today.

    >>> from runplan import Rebuild, build
    >>> rebuild = Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC")
    >>> last_long_run(build(rebuild), Date(2026, 12, 8)).number
    1
    """
    first = days_after(today, -_MORNING_DAYS)
    recent = [
        week
        for week in (plan.weeks if plan else ())
        if (week.report or week.long_run) and first <= day_run(week) < today
    ]
    return max(recent, key=day_run, default=None)


def day_run(week: Week) -> Date:
    """Return the day on which the long run of a week was run, or else is planned."""
    return week.report.day if week.report else week.long_run_day


def another_run(plan: Plan | None, day: Date, minutes: int) -> str:
    """
    Return why a run is probably not the long run of its week; "" if it may well be.

    Args:
        plan: The plan; None if there is none yet.
        day: The day of the run.
        minutes: How long it was. [min]

    >>> from runplan import Rebuild, build
    >>> rebuild = Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC")
    >>> another_run(build(rebuild), Date(2026, 12, 6), 20)
    '20 min is under 60 % of the 40 min planned'
    """
    week = _nearest(plan, day)
    if not plan or not week or day < plan.start:
        return ""
    if plan.pause:
        return "the plan is paused"
    apart = abs((week.long_run_day - day).days)
    if apart > _FAR_DAYS:
        return f"the nearest long run is {apart} days away, on {short_day(week.long_run_day)}"
    planned = planned_min(plan, day)
    if minutes * 100 < planned * _LEAST_PCT:
        return f"{minutes} min is under {_LEAST_PCT} % of the {planned} min planned"
    if week.report and abs((week.report.day - week.long_run_day).days) < apart:
        return f"the long run of week {week.number} was on {short_day(week.report.day)}"
    return ""


def doubts_about(
    minutes: int, plan: Plan | None, day: Date, kind: Literal["long", "other"] = "long"
) -> tuple[str, ...]:
    """
    Return doubts about the minutes of a run, for the runner to confirm; none if they look right.

    A long run is doubted below 30 % of what was planned. A run is doubted over 130 % of it, and
    over by 10 minutes or more; for another run, the target counts instead.

    Args:
        minutes: How long the run was. [min]
        plan: The plan; None if there is none yet.
        day: The day of the run.
        kind: "long" for the long run of the week, "other" for another run.

    Source:
        docs/reference/report-grammar.md

    >>> from runplan import Rebuild, build
    >>> rebuild = Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC")
    >>> doubts_about(400, build(rebuild), Date(2026, 12, 6))
    ('400 min is far over the 40 min planned',)
    """
    week = _nearest(plan, day)
    if not plan or not week or day < plan.start:
        return ()
    is_long = kind == "long"
    usual = planned_min(plan, day) if is_long else plan.target_min
    is_few = is_long and minutes * 100 < usual * _FEW_PCT
    is_many = minutes * 100 > usual * _MANY_PCT and minutes >= usual + _MANY_MIN
    if not is_few and not is_many:
        return ()
    compared = f"the {usual} min planned" if is_long else f"the target of {usual} min"
    return (f"{minutes} min is far {'under' if is_few else 'over'} {compared}",)


def planned_min(plan: Plan | None, day: Date) -> int:
    """Return the minutes of the long run nearest to a day; 0 if there is none. [min]"""
    week = _nearest(plan, day)
    return week.long_run.minutes if week and week.long_run else 0


def _nearest(plan: Plan | None, day: Date) -> Week | None:
    """Return the week whose long run is nearest to a day; None if there are no long runs."""
    weeks = [week for week in plan.weeks if week.long_run] if plan else []
    return min(weeks, key=lambda each: abs((each.long_run_day - day).days), default=None)
