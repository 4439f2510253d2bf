"""A plan as JSON, for other programs."""

import json

from attrs import asdict

from runplan._base.text import NO_ADVICE
from runplan.model.plan import Plan
from runplan.model.sessions import Decision, LongRun, StrengthSession
from runplan.model.weeks import Pause, Week
from runplan.storage.converter import record_of
from runplan.storage.structuring import unstructured


def plan_to_json(plan: Plan) -> str:
    """
    Return the whole plan as JSON text, including the no-advice line.

    Days, times and moments are ISO 8601 texts, minutes are numbers.

    >>> from runplan import Rebuild, build
    >>> plan = build(Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC"))
    >>> json.loads(plan_to_json(plan))["weeks"][4]["long_run"]["minutes"]
    45
    """
    return json.dumps(_plan_record(plan), ensure_ascii=False, indent=2)


def _plan_record(plan: Plan) -> dict[str, object]:
    return {
        "id": plan.id,
        "name": plan.name,
        "timezone": plan.timezone,
        "policy": plan.policy,
        "baseline_min": plan.baseline_min,
        "target_min": plan.target_min,
        "away": [unstructured(each) for each in plan.away],
        "today": plan.today.isoformat(),
        "status": plan.status,
        "start": plan.start.isoformat(),
        "finish": plan.finish and plan.finish.isoformat(),
        "first_finish": plan.first_finish and plan.first_finish.isoformat(),
        "pause": plan.pause and _pause_record(plan.pause),
        "findings": [asdict(finding) for finding in plan.findings],
        "weeks": [_week_record(plan, week) for week in plan.weeks],
        "advice": NO_ADVICE,
    }


def _week_record(plan: Plan, week: Week) -> dict[str, object]:
    return {
        "number": week.number,
        "first": week.first.isoformat(),
        "last": week.last.isoformat(),
        "long_run_day": week.long_run_day.isoformat(),
        "long_run": week.long_run and _session_record(plan, week.long_run),
        "report": week.report and record_of(week.report),
        "strength": [
            {
                **_session_record(plan, session),
                "prescriptions": [
                    {"exercise": each.exercise.name, "easier": each.easier, **asdict(each.dose)}
                    for each in session.prescriptions
                ],
                "report": report and record_of(report),
            }
            for session, report in zip(week.strength, week.strength_reports, strict=True)
        ],
        "pause": week.pause and _pause_record(week.pause),
        "is_over": week.is_over,
    }


def _session_record(plan: Plan, session: LongRun | StrengthSession) -> dict[str, object]:
    levels = (
        {"level_min": session.level_min, "longest_min": session.longest_min}
        if isinstance(session, LongRun)
        else {}
    )
    return {
        "place": session.place,
        "start": session.start.isoformat(),
        "end": session.end.isoformat(),
        "minutes": session.minutes,
        **levels,
        "moved_from": session.moved_from and session.moved_from.isoformat(),
        "mark": plan.mark(session),
        "decision": _decision_record(session.decision),
    }


def _pause_record(pause: Pause) -> dict[str, object]:
    return {
        "since": pause.since.isoformat(),
        "reported_on": pause.reported_on.isoformat(),
        "whom": pause.whom,
        "how_soon": pause.how_soon,
        "resume_min": pause.resume_min,
        "stops_strength": pause.stops_strength,
        "decision": _decision_record(pause.decision),
    }


def _decision_record(decision: Decision) -> dict[str, object]:
    return {**asdict(decision), "facts": dict(decision.facts)}
