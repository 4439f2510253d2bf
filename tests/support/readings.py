"""What runplan and the naive second reading of rules.md say about the same log, side by side."""

import datetime as dt
from types import SimpleNamespace

from support import naive

from runplan import Change, Move, build

_ENTRY_FIELDS = (
    *("minutes", "pain", "pain_from", "pain_next_morning", "fatigue", "red_flags", "kind"),
    *("by", "baseline_min"),
)
_PLAIN_CHANGES = ("target_min", "timezone", "first_month", "keep_weeks", "baseline_min", "policy")


def _date(day):
    return None if day is None else dt.date(day.year, day.month, day.day)


def _slot(slot):
    return SimpleNamespace(day=int(slot.day), at=slot.at)


def _ranges(away):
    return tuple(SimpleNamespace(first=_date(each.first), last=_date(each.last)) for each in away)


def _plain_request(rebuild):
    """Return a request as the naive reading wants it: dates, numbers and texts."""
    work = rebuild.strength
    return SimpleNamespace(
        baseline_min=rebuild.baseline_min,
        target_min=rebuild.target_min,
        start=_date(rebuild.start),
        timezone=rebuild.timezone,
        long_run=_slot(rebuild.long_run),
        policy=rebuild.policy,
        away=_ranges(rebuild.away),
        assessed_on=_date(rebuild.assessed_on),
        keep_weeks=rebuild.keep_weeks,
        last_day=_date(rebuild.last_day),
        strength=work
        and SimpleNamespace(
            at=work.at,
            minutes=30,
            days=None,
            ramp=work.ramp,
            first_month=rebuild.first_month,
            exercises=[
                (each.name, each.needs, each.instead and each.instead.name)
                for each in work.exercises
            ],
            equipment=work.equipment,
            per_session=work.per_session,
        ),
    )


def _plain_entry(entry):
    """Return an entry as the naive reading wants it: by the name of its class."""
    plain = type(type(entry).__name__, (SimpleNamespace,), {})()
    for name in ("day", "recorded_on", "retracted_on", "to"):
        if hasattr(entry, name):
            setattr(plain, name, _date(getattr(entry, name)))
    if not isinstance(entry, Change | Move):
        for name in _ENTRY_FIELDS:
            if hasattr(entry, name):
                setattr(plain, name, getattr(entry, name))
    if isinstance(entry, Change):
        values = entry.values
        for name in _PLAIN_CHANGES:
            setattr(plain, name, values.get(name))
        for name in ("assessed_on", "last_day"):
            setattr(plain, name, _date(values.get(name)))
        plain.long_run = _slot(values["long_run"]) if "long_run" in values else None
        plain.away = _ranges(values["away"]) if "away" in values else None
        plain.strength = "unchanged"
    return plain


def two_readings(rebuild, log, today):
    """Return what runplan and what the naive reading say, in the same form."""
    plan = build(rebuild, log, today)
    reading = naive.read(
        _plain_request(rebuild), [_plain_entry(each) for each in log], _date(today)
    )
    # A plan that is paused ends with the week of the next long run; which one that is, the two
    # do not count alike.
    weeks = list(plan.weeks)
    if plan.pause and weeks[-1].pause:
        weeks = weeks[: len(reading.weeks)]
    ours = {
        "weeks": [_week(week) for week in weeks],
        "finish": _date(plan.finish),
        "paused": plan.pause and plan.pause.decision.rule,
    }
    theirs = {
        "weeks": [_naive_week(week) for week in reading.weeks],
        "finish": reading.finish,
        "paused": reading.paused,
    }
    if plan.pause and plan.finish is None and reading.paused:
        ours["resumes"], theirs["resumes"] = plan.pause.resume_min, reading.resume_min
    for week, other in zip(ours["weeks"], theirs["weeks"], strict=False):
        if other["strength"] is None:
            # The days of that week changed while it was under way: left open.
            week["strength"] = None
            week["lifts"] = other["lifts"] = None
    return ours, theirs


def _week(week):
    report = week.report
    return {
        "number": week.number,
        "day": _date(week.long_run_day),
        "minutes": week.long_run.minutes if week.long_run else None,
        "is_paused": week.pause is not None,
        "report": report and (report.minutes, report.pain, _date(report.day)),
        "strength": [_date(each.day) for each in week.strength],
        "lifts": [[one.exercise.name for one in each.prescriptions] for each in week.strength],
    }


def _naive_week(week):
    report = week.report
    days = week.strength
    return {
        "number": week.number,
        "day": week.slot,
        "minutes": week.minutes,
        "is_paused": week.paused,
        "report": report and (report["minutes"], report["pain"], report["day"]),
        "strength": None if days is None else list(days),
        "lifts": week.lifts,
    }
