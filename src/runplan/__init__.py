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
    MissingLibrary,
    RunplanError,
    UnknownName,
    UnusableCalendar,
    UnusableFile,
)
from runplan.exercises import EXERCISES, Dose, Exercise
from runplan.log import Clearance, Entry, Log, LogRow, MorningReport, RunReport, StrengthReport
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
    RuleRow,
    Situation,
    Verdict,
)
from runplan.rules.presets import CAUTIOUS, FIVE_MINUTES
from runplan.sessions import Decision, LongRun, Prescription, StrengthSession
from runplan.tables import Column, Table
from runplan.text import NO_ADVICE
from runplan.weeks import Finding, Pause, Week

if TYPE_CHECKING:
    from runplan.export.ics import CalendarOptions, Changes, save_ics, to_ics
    from runplan.export.in_words import describe
    from runplan.export.journal import load_log
    from runplan.export.picture import plot
    from runplan.export.records import dump, load, load_rebuild
    from runplan.outlook.chances import Forecast, ForecastRow, ForecastWeek
    from runplan.outlook.forecasting import forecast
    from runplan.outlook.rates import PRIOR, Rates
    from runplan.outlook.side_by_side import Compared, Comparison, ComparisonRow, compare

__all__ = [
    "CAUTIOUS",
    "EXERCISES",
    "FIVE_MINUTES",
    "NO_ADVICE",
    "PRIOR",
    "Away",
    "Baseline",
    "CalendarOptions",
    "Changes",
    "Clearance",
    "Column",
    "Compared",
    "Comparison",
    "ComparisonRow",
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
    "Outcome",
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
    "build",
    "compare",
    "describe",
    "dump",
    "find_baseline",
    "forecast",
    "load",
    "load_log",
    "load_rebuild",
    "plot",
    "save_ics",
    "to_ics",
]

# The doors out import icalendar or cattrs: only whoever goes through one pays for that.
_DOORS = {
    "CalendarOptions": "runplan.export.ics",
    "Changes": "runplan.export.ics",
    "Compared": "runplan.outlook.side_by_side",
    "Comparison": "runplan.outlook.side_by_side",
    "ComparisonRow": "runplan.outlook.side_by_side",
    "Forecast": "runplan.outlook.chances",
    "ForecastRow": "runplan.outlook.chances",
    "ForecastWeek": "runplan.outlook.chances",
    "PRIOR": "runplan.outlook.rates",
    "Rates": "runplan.outlook.rates",
    "compare": "runplan.outlook.side_by_side",
    "describe": "runplan.export.in_words",
    "dump": "runplan.export.records",
    "forecast": "runplan.outlook.forecasting",
    "load": "runplan.export.records",
    "load_log": "runplan.export.journal",
    "load_rebuild": "runplan.export.records",
    "plot": "runplan.export.picture",
    "save_ics": "runplan.export.ics",
    "to_ics": "runplan.export.ics",
}


def __getattr__(name: str) -> object:
    if name not in _DOORS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_DOORS[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
