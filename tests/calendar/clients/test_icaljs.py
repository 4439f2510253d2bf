"""Thunderbird's parser, ical.js, reads the calendar with the calendar's own time zone."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Expand = Callable[[bytes], list[dict[str, Any]]]


@pytest.fixture
def expand(need_file: Callable[[str], Path], miss: Callable[[str], None]) -> Expand:
    """Ask ical.js for every event in UTC."""
    module = need_file("icaljs/node_modules/ical.js/dist/ical.js")
    node = shutil.which("node")
    if node is None:
        miss("node is missing")
    script = Path(__file__).with_name("icaljs_expand.mjs")

    def run(data: bytes) -> list[dict[str, Any]]:
        command = [str(node), str(script), str(module)]
        done = subprocess.run(command, input=data, capture_output=True, timeout=60, check=False)
        assert done.returncode == 0, done.stderr.decode()
        return json.loads(done.stdout)

    return run


def test_thunderbird_shows_every_session_at_its_time(case, expand: Expand) -> None:
    """Every title, text and time is the plan's, before and after the clocks change."""
    case.first.check(expand(case.first.data))


def test_thunderbird_shows_the_revised_calendar(case, expand: Expand) -> None:
    """A revised calendar keeps its UIDs and numbers what moved one higher."""
    before = {event["uid"]: event for event in expand(case.first.data)}
    events = expand(case.revised.data)
    case.revised.check(events)
    moved = [e for e in events if e["start"] != before[e["uid"]]["start"]]
    assert moved
    assert all(e["sequence"] == before[e["uid"]]["sequence"] + 1 for e in moved)
