"""The plans that every client is asked to show, and what it has to show for them."""

from __future__ import annotations

import importlib
import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from runplan import (
    Away,
    CalendarOptions,
    Dose,
    Exercise,
    Plan,
    Rebuild,
    Slot,
    Strength,
    build,
    to_ics,
)

NASTY = 'Row, again; slow\\steady\\n "five": 🏃 العودة إلى الجري'
"""Everything that iCalendar escapes or folds, in one name."""

ROW = Exercise(
    name=NASTY,
    works=["rhomboids"],
    needs="a band",
    first_month=Dose(2, 10),
    after=Dose(3, 12),
    easier="a lighter band",
    cues=["Arms straight, shoulders down; breathe."],
)

OPTIONS = CalendarOptions(
    alarm_min={"long_run": 30, "strength": 15, "morning": 0},
    morning="08:00",
    answer_url="https://example.org/anna?token=a,b;c",
    emoji=True,
)

Row = Mapping[str, Any]
"""One event as a client shows it: uid, summary, description, start and end."""


@dataclass(frozen=True)
class Case:
    """One plan, its calendar, and what a runner must see of it."""

    zone: str
    start: str
    at: str = "09:00"
    offsets: int | None = 2
    """How many offsets from UTC the plan's days have; None where time zone data differ on it."""

    def plan(self, strength_at: str = "18:30", away: tuple[Away, ...] = ()) -> Plan:
        """Return the plan, long enough to meet a clock change where the zone has one."""
        return build(
            Rebuild(
                name=NASTY,
                baseline_min=40,
                target_min=90,
                start=self.start,
                timezone=self.zone,
                long_run=Slot("sunday", self.at),
                strength=Strength(at=strength_at, minutes=30, exercises=[ROW]),
                away=away,
            )
        )

    @cached_property
    def first(self) -> Calendar:
        """The calendar as first published."""
        return Calendar(self.plan(), to_ics(self.plan(), options=OPTIONS))

    @cached_property
    def revised(self) -> Calendar:
        """The calendar published again: strength half an hour later, and a long weekend away."""
        sunday = self.first.plan.weeks[2].long_run.day
        away = Away(first=f"{sunday - timedelta(days=2)}", last=f"{sunday}")
        plan = self.plan(strength_at="19:00", away=(away,))
        revised_at = "2027-06-01T10:00:00Z"
        data = to_ics(plan, previous=self.first.data, revised_at=revised_at, options=OPTIONS)
        return Calendar(plan, data)

    def __str__(self) -> str:
        """Name the case in pytest's output."""
        return f"{self.zone}-{self.start}-{self.at}"


@dataclass(frozen=True)
class Calendar:
    """A plan and the bytes that were written for it."""

    plan: Plan
    data: bytes

    @cached_property
    def sessions(self) -> list[tuple[datetime, datetime, str]]:
        """Start, end and title of every event, by zoneinfo and the plan's own days."""
        zone = ZoneInfo(self.plan.timezone)
        sessions = []
        for week in self.plan.weeks:
            runs = [("🏃 Long run · {} min", week.long_run)] if week.long_run else []
            for title, session in runs + [
                ("💪 Strength · upper back, {} min", strength) for strength in week.strength
            ]:
                start = datetime.combine(session.day, session.at, zone).astimezone(UTC)
                end = start + timedelta(minutes=session.minutes)
                sessions.append((start, end, title.format(session.minutes)))
            if week.long_run:
                morning = datetime.combine(week.long_run.day + timedelta(days=1), time(8), zone)
                start = morning.astimezone(UTC)
                sessions.append((start, start + timedelta(minutes=5), "🌅 How is the back?"))
        return sorted(sessions)

    @cached_property
    def texts(self) -> dict[str, tuple[str, str]]:
        """Title and description by UID, read from the bytes by the letter of RFC 5545."""
        lines = self.data.decode().replace("\r\n ", "").split("\r\n")
        texts: dict[str, tuple[str, str]] = {}
        event: dict[str, str] = {}
        inside: list[str] = []
        for line in lines:
            name, _, value = line.partition(":")
            if name == "BEGIN":
                inside.append(value)
            elif name == "END":
                if inside.pop() == "VEVENT":
                    texts[event["UID"]] = (event["SUMMARY"], event["DESCRIPTION"])
                    event = {}
            elif inside[-1:] == ["VEVENT"]:
                event[name] = re.sub(r"\\(.)", lambda m: {"n": "\n"}.get(m[1], m[1]), value)
        return texts

    def check(self, rows: Iterable[Row]) -> None:
        """Hold what a client shows against the plan: every time, title and description."""
        rows = list(rows)
        shown = [(_utc(row["start"]), _utc(row["end"]), row["summary"]) for row in rows]
        assert sorted(shown) == self.sessions
        assert len(rows) == len(self.texts)
        assert {row["uid"]: (row["summary"], row["description"]) for row in rows} == self.texts
        for row in rows:
            assert NASTY in row["description"] or "Strength" not in row["summary"]
            assert f"\nOr here: {OPTIONS.answer_url}\n" in row["description"]


def _utc(moment: datetime | str) -> datetime:
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment)
    assert moment.tzinfo is not None, "a floating time"
    return moment.astimezone(UTC)


CASES = (
    Case("Europe/Berlin", "2027-02-01"),
    Case("Europe/Berlin", "2026-09-07"),
    # 02:30 is skipped in spring and comes twice in autumn.
    Case("Europe/Berlin", "2027-02-01", at="02:30"),
    Case("Europe/Berlin", "2026-09-07", at="02:30"),
    Case("America/New_York", "2027-02-01"),
    # The clocks change by half an hour.
    Case("Australia/Lord_Howe", "2027-02-01"),
    # The clocks change at midnight.
    Case("Africa/Cairo", "2026-09-07"),
    # The clocks change twice, for Ramadan, by no yearly rule.
    Case("Africa/Casablanca", "2026-01-12"),
    # Morocco leaves UTC+1 for good on 20 September 2026, says time zone data that knows of it.
    Case("Africa/Casablanca", "2026-09-07", offsets=None),
    Case("Africa/Casablanca", "2027-01-11", offsets=None),
    # The clocks change at an hour of the day before.
    Case("America/Nuuk", "2027-02-01"),
    Case("Asia/Jerusalem", "2027-02-01"),
    Case("Asia/Kolkata", "2027-02-01", offsets=1),
    Case("UTC", "2027-02-01", offsets=1),
)


@pytest.fixture(params=CASES, ids=str, scope="session")
def case(request: pytest.FixtureRequest) -> Case:
    """Return one plan in one time zone; each that should meet a clock change does."""
    case: Case = request.param
    zone = ZoneInfo(case.zone)
    days = {start.astimezone(zone).utcoffset() for start, _, _ in case.first.sessions}
    assert case.offsets in {None, len(days)}
    return case


@pytest.fixture(scope="session")
def berlin() -> Case:
    """Return the plan in Berlin that meets the clock change in spring."""
    return CASES[0]


def _miss(reason: str) -> None:
    """Skip for want of a client, or fail where the clients are required."""
    if os.environ.get("RUNPLAN_CLIENTS") == "required":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def need_file() -> Callable[[str], Path]:
    """Find a file of a client in the folder that `.ci/clients` installs into."""

    def need(name: str) -> Path:
        root = Path(__file__).parents[3]
        folder = root / os.environ.get("RUNPLAN_CLIENTS_DIR", "build/clients")
        if not (folder / name).exists():
            _miss(f"{folder / name} is missing: run .ci/clients")
        return folder / name

    return need


@pytest.fixture(scope="session")
def need_module() -> Callable[[str], ModuleType]:
    """Import a client that the extra `clients` brings."""

    def need(name: str) -> ModuleType:
        try:
            return importlib.import_module(name)
        except ModuleNotFoundError as error:
            if error.name != name.partition(".")[0]:
                raise
            _miss(f"{error.name} is missing: install runplan[clients]")
            raise

    return need


@pytest.fixture(scope="session")
def miss() -> Callable[[str], None]:
    """Say that a client is missing: a skip, or a failure where clients are required."""
    return _miss


@pytest.fixture(scope="session")
def plans_name() -> str:
    """Return the name that every plan here bears."""
    return NASTY
