"""khal, a calendar for the terminal, imports the calendar and lists it."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any
from zoneinfo import TZPATH

import pytest

CONFIG = """\
[calendars]
[[plan]]
path = {folder}/plan
[locale]
local_timezone = UTC
default_timezone = UTC
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%dT%H:%M:00+00:00
[default]
default_calendar = plan
[sqlite]
path = {folder}/khal.db
"""

# Where zoneinfo looks for time zones.
ZONES = [*TZPATH, str(files("tzdata") / "zoneinfo")]

Khal = Callable[..., str]


@pytest.fixture
def khal(tmp_path: Path, need_file: Callable[[str], Path]) -> Khal:
    """Return khal with a calendar folder of its own, in UTC."""
    program = need_file("khal/bin/khal")
    config = tmp_path / "khal.conf"
    config.write_text(CONFIG.format(folder=tmp_path), encoding="utf-8")
    (tmp_path / "plan").mkdir()
    environ = os.environ | {
        "HOME": str(tmp_path),
        "LC_ALL": "C.UTF-8",
        "PYTHONUTF8": "1",
        # khal brings time zone data of its own, which may be newer or older than that here.
        "PYTZ_TZDATADIR": next(each for each in ZONES if Path(each, "Africa").is_dir()),
    }

    def run(*arguments: str, stdin: bytes = b"") -> str:
        command = [str(program), "-c", str(config), *arguments]
        done = subprocess.run(
            command, input=stdin, capture_output=True, timeout=120, check=False, env=environ
        )
        assert done.returncode == 0, done.stderr.decode()
        return done.stdout.decode()

    return run


def _import(khal: Khal, data: bytes) -> None:
    khal("import", "--batch", stdin=data)


def _list(khal: Khal) -> list[dict[str, Any]]:
    """Return every event once, of 2026 to 2028; khal prints one JSON list for each day."""
    fields = {"uid": "uid", "title": "summary", "description": "description"}
    fields |= {"start-long-full": "start", "end-long-full": "end"}
    options = [option for name in fields for option in ("--json", name)]
    printed = khal("list", "--once", *options, "2026-01-01", "1000d")
    days = [json.loads(line) for line in printed.splitlines()]
    return [{fields[name]: day[name] for name in fields} for events in days for day in events]


def test_khal_lists_every_session_at_its_time(case, khal: Khal) -> None:
    """Every title, text and time is the plan's, before and after the clocks change."""
    _import(khal, case.first.data)
    case.first.check(_list(khal))


def test_importing_a_revised_calendar_moves_sessions_and_doubles_none(berlin, khal: Khal) -> None:
    """Each session is there once, where it moved to; khal keeps what is no longer planned."""
    _import(khal, berlin.first.data)
    before = {row["uid"]: row for row in _list(khal)}
    _import(khal, berlin.revised.data)
    rows = _list(khal)
    assert len(rows) == len(before)
    planned = [row for row in rows if row["uid"] in berlin.revised.texts]
    assert len(planned) < len(rows)
    berlin.revised.check(planned)


def test_importing_the_same_calendar_twice_changes_nothing(berlin, khal: Khal) -> None:
    """Each session is there once."""
    _import(khal, berlin.first.data)
    before = _list(khal)
    _import(khal, berlin.first.data)
    assert _list(khal) == before
