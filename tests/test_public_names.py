"""The public names of runplan: what an app imports, and what that costs."""

import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path

import pytest

import runplan

ROOT = Path(__file__).parents[1]

# Names that apps import. Taking one away breaks them.
PROMISED = {
    *("Rebuild", "Slot", "Strength", "Away", "Exercise", "Dose", "EXERCISES"),
    *("Log", "Entry", "RunReport", "MorningReport", "StrengthReport", "Clearance", "RedFlag"),
    *("Change", "Move", "Activity"),
    *("Plan", "Week", "LongRun", "StrengthSession", "Prescription", "Decision", "Pause"),
    *("Finding", "NO_ADVICE"),
    *("Policy", "Rule", "Situation", "Outcome", "Verdict", "Referral", "FIVE_MINUTES", "CAUTIOUS"),
    *("parse_report", "ParsedReport"),
    *("build", "find_baseline", "off", "back", "forecast", "compare", "plot", "describe"),
    *("to_ics", "save_ics", "CalendarOptions", "Alarms", "Changes"),
    *("dump", "load", "load_rebuild", "load_log"),
    *("RunplanError", "InvalidType", "InvalidValue", "UnknownName"),
    *("MissingLibrary", "UnusableCalendar", "UnusableFile"),
}


def test_the_promised_names_are_public():
    assert set(runplan.__all__) >= PROMISED


def test_dir_lists_the_public_names_in_order_and_nothing_else():
    assert dir(runplan) == sorted(set(runplan.__all__))


@pytest.mark.parametrize("name", runplan.__all__)
def test_a_public_name_is_what_its_module_calls_so_and_says_what_it_is(name):
    value = getattr(runplan, name)
    if callable(value):
        assert getattr(import_module(value.__module__), name) is value
        assert value.__doc__


def test_a_name_that_does_not_exist_is_a_plain_attribute_error():
    with pytest.raises(AttributeError, match="has no attribute 'build_plan'"):
        _ = runplan.build_plan


def test_every_error_is_a_runplan_error():
    errors = [
        value
        for name in runplan.__all__
        if isinstance(value := getattr(runplan, name), type) and issubclass(value, Exception)
    ]
    assert len(errors) == 7
    assert all(issubclass(each, runplan.RunplanError) for each in errors)


@pytest.mark.parametrize(
    "library", ["attrs", "pendulum", "icalendar", "cattrs", "click", "rich", "matplotlib"]
)
def test_importing_runplan_imports_no_library(library):
    code = f"import runplan, sys; sys.exit({library!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0


@pytest.mark.parametrize("library", ["icalendar", "cattrs", "click", "rich", "matplotlib"])
def test_planning_imports_only_what_it_plans_with(library):
    code = (
        f"from runplan import Log, Rebuild, build; import sys; sys.exit({library!r} in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0


def test_the_changelog_has_a_section_for_the_version():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## [{project['version']}]" in changes
