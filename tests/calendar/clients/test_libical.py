"""libical, which GNOME and KDE show calendars with, reads the calendar with its own time zone."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

PYTHON = "/usr/bin/python3"
"""Debian's own Python: a virtual environment cannot see libical's bindings."""

Expand = Callable[[bytes], dict[str, Any]]


@pytest.fixture(scope="session")
def expand(miss: Callable[[str], None]) -> Expand:
    """Ask libical for its complaints and every event in UTC."""
    probe = 'import gi; gi.require_version("ICalGLib", "3.0"); from gi.repository import ICalGLib'
    command = [PYTHON, "-c", probe]
    if (
        not Path(PYTHON).exists()
        or subprocess.run(command, capture_output=True, timeout=60, check=False).returncode
    ):
        miss("libical is missing: run .ci/clients")
    script = Path(__file__).with_name("libical_expand.py")

    def run(data: bytes) -> dict[str, Any]:
        done = subprocess.run(
            [PYTHON, str(script)], input=data, capture_output=True, timeout=60, check=False
        )
        assert done.returncode == 0, done.stderr.decode()
        return json.loads(done.stdout)

    return run


def test_gnome_and_kde_show_every_session_at_its_time(case, expand: Expand) -> None:
    """Every title, text and time is the plan's, before and after the clocks change."""
    case.first.check(expand(case.first.data)["events"])


def test_gnome_and_kde_find_nothing_wrong_with_the_calendar(case, expand: Expand) -> None:
    """Neither the parser nor the rules for each component have a complaint."""
    for calendar in (case.first, case.revised):
        found = expand(calendar.data)
        assert (found["parse_errors"], found["restrictions_hold"], found["errors"]) == (0, True, 0)


def test_gnome_and_kde_show_the_revised_calendar(case, expand: Expand) -> None:
    """What moved is shown where it moved to."""
    case.revised.check(expand(case.revised.data)["events"])


def test_libical_does_complain_of_a_broken_calendar(berlin, expand: Expand) -> None:
    """The two checks that find nothing in our calendar find what is wrong with another."""
    data = berlin.first.data
    assert expand(data.replace(b"DTSTAMP:", b"DTSTAMP:on "))["parse_errors"] > 0
    assert not expand(data.replace(b"SEQUENCE:0", b"DURATION:PT1H"))["restrictions_hold"]
