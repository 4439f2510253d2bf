"""
Rebuild the long run after upper-back pain, five minutes at a time, in your calendar.

runplan plans training. It is no medical advice and no diagnosis.

>>> import runplan
>>> rebuild = runplan.Rebuild(
...     baseline_min=40, target_min=60, start="2026-11-30", timezone="Europe/Berlin"
... )
>>> [week.long_run.minutes for week in runplan.build(rebuild).weeks]
[40, 40, 40, 40, 45, 50, 55, 60]
"""

from importlib import import_module
from typing import TYPE_CHECKING

from runplan.away import Away
from runplan.baseline import Baseline, find_baseline
from runplan.errors import (
    InvalidType,
    InvalidValue,
    RunplanError,
    UnknownName,
    UnusableCalendar,
    UnusableFile,
)
from runplan.exercises import EXERCISES, Dose, Exercise
from runplan.log import Clearance, Log, LogRow, MorningReport, RunReport, StrengthReport
from runplan.plan import Plan, Row
from runplan.planner import build
from runplan.rebuild import Rebuild, Slot, Strength
from runplan.red_flags import RedFlag
from runplan.rules.policy import (
    Outcome,
    Policy,
    Referral,
    Resumption,
    Rule,
    Situation,
    Verdict,
)
from runplan.rules.presets import CAUTIOUS, FIVE_MINUTES
from runplan.sessions import Decision, LongRun, Prescription, StrengthSession
from runplan.text import NO_ADVICE
from runplan.weeks import Finding, Pause, Week

if TYPE_CHECKING:
    from runplan.export.ics import CalendarOptions, Changes, save_ics, to_ics
    from runplan.export.journal import load_log
    from runplan.export.records import dump, load, load_rebuild

__all__ = [
    "CAUTIOUS",
    "EXERCISES",
    "FIVE_MINUTES",
    "NO_ADVICE",
    "Away",
    "Baseline",
    "CalendarOptions",
    "Changes",
    "Clearance",
    "Decision",
    "Dose",
    "Exercise",
    "Finding",
    "InvalidType",
    "InvalidValue",
    "Log",
    "LogRow",
    "LongRun",
    "MorningReport",
    "Outcome",
    "Pause",
    "Plan",
    "Policy",
    "Prescription",
    "Rebuild",
    "RedFlag",
    "Referral",
    "Resumption",
    "Row",
    "Rule",
    "RunReport",
    "RunplanError",
    "Situation",
    "Slot",
    "Strength",
    "StrengthReport",
    "StrengthSession",
    "UnknownName",
    "UnusableCalendar",
    "UnusableFile",
    "Verdict",
    "Week",
    "build",
    "dump",
    "find_baseline",
    "load",
    "load_log",
    "load_rebuild",
    "save_ics",
    "to_ics",
]

# The doors out import icalendar or cattrs: only whoever goes through one pays for that.
_DOORS = {
    "CalendarOptions": "runplan.export.ics",
    "Changes": "runplan.export.ics",
    "dump": "runplan.export.records",
    "load": "runplan.export.records",
    "load_log": "runplan.export.journal",
    "load_rebuild": "runplan.export.records",
    "save_ics": "runplan.export.ics",
    "to_ics": "runplan.export.ics",
}


def __getattr__(name: str) -> object:
    if name not in _DOORS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_DOORS[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
