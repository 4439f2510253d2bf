"""What an app gets that imports runplan."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import runplan

ROOT = Path(__file__).parents[1]

NAMES = {
    *("Rebuild", "Slot", "Strength", "Away", "Exercise", "EXERCISES"),
    *("Policy", "FIVE_MINUTES", "CAUTIOUS"),
    *("Plan", "Week", "LongRun", "StrengthSession", "Prescription", "Decision", "Finding"),
    *("build", "to_ics", "save_ics", "CalendarOptions", "load_rebuild", "RunplanError"),
}


def test_the_names_that_apps_import_are_there():
    assert set(runplan.__all__) >= NAMES


def test_the_front_door_shows_its_public_names_and_nothing_else():
    assert dir(runplan) == sorted(runplan.__all__)
    for name in runplan.__all__:
        assert getattr(runplan, name) is not None


def test_a_name_that_is_not_there_is_a_plain_attribute_error():
    with pytest.raises(AttributeError, match="has no attribute 'build_plan'"):
        _ = runplan.build_plan


def test_every_public_name_says_what_it_is():
    for name in runplan.__all__:
        value = getattr(runplan, name)
        if callable(value):
            assert value.__doc__, name


@pytest.mark.parametrize("library", ["icalendar", "cattrs", "click", "rich", "matplotlib"])
def test_importing_runplan_imports_only_what_it_plans_with(library):
    code = f"import runplan, sys; sys.exit({library!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0


def test_the_version_is_told_once():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert f"## [{project['version']}]" in changes
