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

from runplan._base.tables import Column, Table
from runplan._base.text import NO_ADVICE
from runplan.errors import (
    InvalidType,
    InvalidValue,
    MissingLibrary,
    RunplanError,
    UnknownName,
    UnusableCalendar,
    UnusableFile,
)
from runplan.model.away import Away
from runplan.model.exercises import EXERCISES, Dose, Exercise
from runplan.model.log import (
    Clearance,
    Entry,
    Log,
    LogRow,
    MorningReport,
    RunReport,
    StrengthReport,
)
from runplan.model.plan import Plan, Row
from runplan.model.red_flags import RedFlag
from runplan.model.sessions import Decision, LongRun, Prescription, StrengthSession
from runplan.model.weeks import Finding, Pause, Week
from runplan.planning.baseline import Baseline, find_baseline
from runplan.planning.build import build
from runplan.planning.request import Rebuild, Slot, Strength
from runplan.policy.policy import (
    Outcome,
    Policy,
    Referral,
    Resumption,
    Rule,
    RuleRow,
    Situation,
    Verdict,
)
from runplan.policy.presets import CAUTIOUS, FIVE_MINUTES

if TYPE_CHECKING:
    from runplan.calendar.ics import CalendarOptions, Changes, save_ics, to_ics
    from runplan.display.describe import describe
    from runplan.display.plots import plot
    from runplan.forecasting.compare import Compared, Comparison, ComparisonRow, compare
    from runplan.forecasting.forecast import forecast
    from runplan.forecasting.rates import PRIOR, Rates
    from runplan.forecasting.results import Forecast, ForecastRow, ForecastWeek
    from runplan.storage.log_file import load_log
    from runplan.storage.records import dump, load, load_rebuild

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
    "CalendarOptions": "runplan.calendar.ics",
    "Changes": "runplan.calendar.ics",
    "Compared": "runplan.forecasting.compare",
    "Comparison": "runplan.forecasting.compare",
    "ComparisonRow": "runplan.forecasting.compare",
    "Forecast": "runplan.forecasting.results",
    "ForecastRow": "runplan.forecasting.results",
    "ForecastWeek": "runplan.forecasting.results",
    "PRIOR": "runplan.forecasting.rates",
    "Rates": "runplan.forecasting.rates",
    "compare": "runplan.forecasting.compare",
    "describe": "runplan.display.describe",
    "dump": "runplan.storage.records",
    "forecast": "runplan.forecasting.forecast",
    "load": "runplan.storage.records",
    "load_log": "runplan.storage.log_file",
    "load_rebuild": "runplan.storage.records",
    "plot": "runplan.display.plots",
    "save_ics": "runplan.calendar.ics",
    "to_ics": "runplan.calendar.ics",
}


def __getattr__(name: str) -> object:
    if name not in _DOORS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_DOORS[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
