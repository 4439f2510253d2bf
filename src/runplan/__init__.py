"""
Rebuild the long run after upper-back pain, five minutes at a time, in your calendar.

runplan plans training. It gives no medical advice and no diagnosis.

>>> import runplan
>>> rebuild = runplan.Rebuild(
...     baseline_min=40, target_min=60, start="2026-11-30", timezone="Europe/Berlin"
... )
>>> [week.long_run.minutes for week in runplan.build(rebuild).weeks]
[40, 40, 40, 40, 45, 50, 55, 60]
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from runplan._base.tables import Column, Table
    from runplan._base.text import NO_ADVICE
    from runplan.calendar.ics import Alarms, CalendarOptions, Changes, save_ics, to_ics
    from runplan.display.describe import describe
    from runplan.display.plots import plot
    from runplan.errors import (
        InvalidType,
        InvalidValue,
        MissingLibrary,
        RunplanError,
        UnknownName,
        UnusableCalendar,
        UnusableFile,
    )
    from runplan.forecasting.compare import Compared, Comparison, ComparisonRow, compare
    from runplan.forecasting.forecast import forecast
    from runplan.forecasting.rates import PRIOR, Rates
    from runplan.forecasting.results import Forecast, ForecastRow, ForecastWeek
    from runplan.model.activity import Activity
    from runplan.model.away import Away, back, off
    from runplan.model.doses import Dose
    from runplan.model.entries import Clearance, Entry, MorningReport, RunReport, StrengthReport
    from runplan.model.exercises import EXERCISES, Exercise
    from runplan.model.log import Log, LogRow
    from runplan.model.plan import Plan, Row
    from runplan.model.red_flags import RedFlag
    from runplan.model.sessions import Decision, LongRun, Prescription, StrengthSession
    from runplan.model.weeks import Finding, Pause, Week
    from runplan.planning.baseline import Baseline, find_baseline
    from runplan.planning.build import build
    from runplan.planning.changes import Change, Move
    from runplan.planning.request import Rebuild, Slot
    from runplan.planning.strength_work import Strength
    from runplan.policy.policy import Policy, Referral, Rule, RuleRow, Verdict
    from runplan.policy.presets import CAUTIOUS, FIVE_MINUTES
    from runplan.policy.situation import Complaint, Outcome, Resumption, Situation
    from runplan.reporting.parse import ParsedReport, parse_report
    from runplan.storage.converter import dump, load
    from runplan.storage.log_file import load_log
    from runplan.storage.toml import load_rebuild

__all__ = [
    "CAUTIOUS",
    "EXERCISES",
    "FIVE_MINUTES",
    "NO_ADVICE",
    "PRIOR",
    "Activity",
    "Alarms",
    "Away",
    "Baseline",
    "CalendarOptions",
    "Change",
    "Changes",
    "Clearance",
    "Column",
    "Compared",
    "Comparison",
    "ComparisonRow",
    "Complaint",
    "Decision",
    "Dose",
    "Entry",
    "Exercise",
    "Finding",
    "Forecast",
    "ForecastRow",
    "ForecastWeek",
    "InvalidType",
    "InvalidValue",
    "Log",
    "LogRow",
    "LongRun",
    "MissingLibrary",
    "MorningReport",
    "Move",
    "Outcome",
    "ParsedReport",
    "Pause",
    "Plan",
    "Policy",
    "Prescription",
    "Rates",
    "Rebuild",
    "RedFlag",
    "Referral",
    "Resumption",
    "Row",
    "Rule",
    "RuleRow",
    "RunReport",
    "RunplanError",
    "Situation",
    "Slot",
    "Strength",
    "StrengthReport",
    "StrengthSession",
    "Table",
    "UnknownName",
    "UnusableCalendar",
    "UnusableFile",
    "Verdict",
    "Week",
    "back",
    "build",
    "compare",
    "describe",
    "dump",
    "find_baseline",
    "forecast",
    "load",
    "load_log",
    "load_rebuild",
    "off",
    "parse_report",
    "plot",
    "save_ics",
    "to_ics",
]

# Imported on first use, to keep `import runplan` fast.
_NAMES = {
    "runplan.errors": (
        "InvalidType InvalidValue MissingLibrary RunplanError UnknownName UnusableCalendar "
        "UnusableFile"
    ),
    "runplan._base.tables": "Column Table",
    "runplan._base.text": "NO_ADVICE",
    "runplan.model.activity": "Activity",
    "runplan.model.away": "Away back off",
    "runplan.model.doses": "Dose",
    "runplan.model.entries": "Clearance Entry MorningReport RunReport StrengthReport",
    "runplan.model.exercises": "EXERCISES Exercise",
    "runplan.model.log": "Log LogRow",
    "runplan.model.plan": "Plan Row",
    "runplan.model.red_flags": "RedFlag",
    "runplan.model.sessions": "Decision LongRun Prescription StrengthSession",
    "runplan.model.weeks": "Finding Pause Week",
    "runplan.policy.policy": "Policy Referral Rule RuleRow Verdict",
    "runplan.policy.presets": "CAUTIOUS FIVE_MINUTES",
    "runplan.policy.situation": "Complaint Outcome Resumption Situation",
    "runplan.planning.baseline": "Baseline find_baseline",
    "runplan.planning.build": "build",
    "runplan.planning.changes": "Change Move",
    "runplan.planning.request": "Rebuild Slot",
    "runplan.planning.strength_work": "Strength",
    "runplan.forecasting.compare": "Compared Comparison ComparisonRow compare",
    "runplan.forecasting.forecast": "forecast",
    "runplan.forecasting.rates": "PRIOR Rates",
    "runplan.forecasting.results": "Forecast ForecastRow ForecastWeek",
    "runplan.reporting.parse": "ParsedReport parse_report",
    "runplan.calendar.ics": "Alarms CalendarOptions Changes save_ics to_ics",
    "runplan.storage.converter": "dump load",
    "runplan.storage.log_file": "load_log",
    "runplan.storage.toml": "load_rebuild",
    "runplan.display.describe": "describe",
    "runplan.display.plots": "plot",
}
_MODULES = {name: module for module, names in _NAMES.items() for name in names.split()}


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(_MODULES[name]), name)
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
