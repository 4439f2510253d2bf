"""A plan as rows: what a data frame, a notebook or a table of numbers makes of it."""

import csv
import datetime as dt
import io
from zoneinfo import ZoneInfo

import pandas as pd
import pytest

from runplan import (
    CAUTIOUS,
    Away,
    Clearance,
    Log,
    MorningReport,
    Plan,
    Rebuild,
    RunReport,
    Slot,
    Strength,
    StrengthReport,
    build,
)

PLANS = {
    "over the clock change": {"start": "2027-02-15"},
    "cautious": {"baseline_min": 20, "policy": CAUTIOUS},
    "away": {"away": [Away(first="2026-12-17", last="2027-01-10")]},
    "no strength": {"strength": None},
    "UTC": {"timezone": "UTC"},
    "at a doubled hour": {"start": "2026-10-05", "long_run": Slot("sunday", "02:30")},
    "strength before breakfast": {"strength": Strength(at="06:00", minutes=5)},
    "half run": {"log": "half run", "today": "2026-12-22"},
    "paused": {"log": "paused", "today": "2026-12-22"},
}
LOGS = {
    "half run": [
        StrengthReport(day="2026-12-02", pain=1, pain_next_morning=0, note="wide feet"),
        RunReport(day="2026-12-06", minutes=40, pain=2, pain_from=30, fatigue=3, note="windy"),
        MorningReport(day="2026-12-06", pain=1, recorded_on="2026-12-07"),
        # A strength session of the second week was not reported, and its long run was missed.
        StrengthReport(day="2026-12-16"),
        RunReport(day="2026-12-20", minutes=36),
    ],
    "paused": [
        RunReport(day="2026-12-06", minutes=40, pain_next_morning=0),
        RunReport(day="2026-12-13", minutes=30, pain=7, pain_from=25),
        Clearance(day="2026-12-12", by="Dr. Ito"),
    ],
}
TYPES = {
    "week": int,
    "kind": str,
    "place": int,
    "day": dt.date,
    "start": dt.datetime,
    "end": dt.datetime,
    "minutes": int,
    "rule": str,
    "action": str,
    "why": str,
    "source": str,
    "evidence": str,
    "exercises": str,
    "mark": str,
    "ran_min": int,
    "pain": int,
    "pain_next_morning": int,
    "fatigue": int,
    "red_flags": str,
    "note": str,
    "exercises_done": str,
}
# What only a report says: None without one.
REPORTED = ("ran_min", "pain", "pain_next_morning", "fatigue")


def in_utc(row: dict) -> dict:
    """Return a row with its moments in UTC; Python holds a doubled hour unequal to all others."""
    return {
        key: value.astimezone(dt.UTC) if isinstance(value, dt.datetime) else value
        for key, value in row.items()
    }


@pytest.fixture(params=PLANS.values(), ids=PLANS)
def plan(request: pytest.FixtureRequest) -> Plan:
    """Return one plan of several kinds."""
    usual = {
        "baseline_min": 40,
        "target_min": 60,
        "start": "2026-11-30",
        "timezone": "Europe/Berlin",
    }
    asked = usual | request.param
    log = Log(LOGS.get(asked.pop("log", ""), ()))
    return build(
        Rebuild(**{key: asked[key] for key in asked if key != "today"}),
        log,
        today=asked.get("today", asked["start"]),
    )


def test_every_row_has_the_same_keys_and_types(plan: Plan) -> None:
    """Only what was not reported is None, nothing is a type that only this library knows."""
    rows = plan.rows()
    assert len(rows) == sum(bool(week.long_run) + len(week.strength) for week in plan.weeks)
    for row in rows:
        not_told = {key: type(None) for key in REPORTED if row[key] is None}
        assert {key: type(value) for key, value in row.items()} == TYPES | not_told
        assert list(row) == list(TYPES)
        reported = {"pain"} if row["kind"] == "strength" else {"pain", "ran_min", "fatigue"}
        known = {key for key in REPORTED if row[key] is not None} - {"pain_next_morning"}
        assert known == (reported if row["mark"] == "done" else set())
        assert row["mark"] == "done" or not row["note"]


def test_rows_tell_each_session_in_the_order_of_time(plan: Plan) -> None:
    """Day, times by zoneinfo, minutes and reason, and what to lift."""
    rows = plan.rows()
    assert rows == sorted(rows, key=lambda row: row["start"])
    zone = ZoneInfo(plan.timezone)
    sessions = {("long run", run.week, 1): run for week in plan.weeks if (run := week.long_run)}
    sessions |= {("strength", s.week, s.place): s for week in plan.weeks for s in week.strength}
    assert len(sessions) == len(rows)
    for row in rows:
        session = sessions[row["kind"], row["week"], row["place"]]
        asked = dt.datetime.combine(
            row["day"], dt.time(session.at.hour, session.at.minute), tzinfo=zone
        )
        moments = [asked.astimezone(dt.UTC)]
        moments.append(moments[0] + dt.timedelta(minutes=row["minutes"]))
        for which, moment in zip(("start", "end"), moments, strict=True):
            assert row[which].tzinfo == zone
            assert row[which].astimezone(dt.UTC) == moment
            assert row[which].replace(tzinfo=None) == moment.astimezone(zone).replace(tzinfo=None)
        assert row["minutes"] == session.minutes
        assert row["why"] == session.decision.why
        assert row["rule"] == session.decision.rule
        assert row["action"] == session.decision.action
        assert row["source"] == session.decision.source
        assert row["evidence"] == session.decision.evidence
        lifts = "" if row["kind"] == "long run" else "; ".join(map(str, session.prescriptions))
        assert row["exercises"] == lifts
        assert row["mark"] == plan.mark(session)
        report = plan.weeks[session.week - 1].report_of(session)
        assert row["pain"] == (report.pain if report else None)
        assert row["pain_next_morning"] == (report.pain_next_morning if report else None)
        assert row["note"] == (report.note if report else "")
        ran = report if row["kind"] == "long run" else None
        assert row["ran_min"] == (ran.minutes if ran else None)
        assert row["fatigue"] == (ran.fatigue if ran else None)
        assert (lifts == "") == (row["kind"] == "long run")


def test_rows_are_a_data_frame(plan: Plan) -> None:
    """Times are aware and in the plan's zone, minutes can be summed, weeks grouped."""
    rows = plan.rows()
    frame = pd.DataFrame(rows)
    for which in ("start", "end"):
        assert isinstance(frame[which].dtype, pd.DatetimeTZDtype)
        assert str(frame[which].dt.tz) == plan.timezone
        assert list(frame[which]) == [row[which] for row in rows]
    for which in ("week", "place", "minutes"):
        assert frame[which].dtype == "int64"
    assert not frame.drop(columns=[*REPORTED]).isna().to_numpy().any()
    # What is not reported is missing, and the rest can be reckoned with.
    for which in REPORTED:
        told = [row[which] for row in rows if row[which] is not None]
        assert frame[which].count() == len(told)
        assert list(frame[which].dropna()) == told
        assert frame[which].sum() == sum(told)
    lasted = (frame["end"] - frame["start"]).dt.total_seconds() / 60
    assert list(lasted) == list(frame["minutes"])
    longest = frame[frame["kind"] == "long run"].groupby("week")["minutes"].max()
    assert longest.to_dict() == {
        week.number: week.long_run.minutes for week in plan.weeks if week.long_run
    }


def test_rows_go_through_csv_and_back(plan: Plan) -> None:
    """A spreadsheet reads days and times as ISO 8601 writes them, offset included."""
    rows = plan.rows()
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, fieldnames=rows[0])
    writer.writeheader()
    writer.writerows(rows)
    file.seek(0)
    read = {
        int: int,
        str: str,
        dt.date: dt.date.fromisoformat,
        dt.datetime: dt.datetime.fromisoformat,
    }
    back = [
        {
            key: None if key in REPORTED and not row[key] else read[TYPES[key]](row[key])
            for key in TYPES
        }
        for row in csv.DictReader(file)
    ]
    assert [in_utc(row) for row in back] == [in_utc(row) for row in rows]


def test_rows_are_the_readers_own(plan: Plan) -> None:
    """Changing them changes no plan."""
    plan.rows()[0].clear()
    assert list(plan.rows()[0]) == list(TYPES)


def test_rows_have_what_was_intended_beside_what_happened() -> None:
    """One line a long run: planned, run, how it went, and the answer of the week after."""
    rebuild = Rebuild(
        baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC", strength=None
    )
    plan = build(rebuild, Log(LOGS["half run"]), today="2026-12-22")
    told = [
        (row["minutes"], row["mark"], row["ran_min"], row["pain"], row["pain_next_morning"])
        for row in plan.rows()
    ]
    assert told[:4] == [
        (40, "done", 40, 2, 1),
        (40, "missed", None, None, None),
        (40, "done", 36, 0, None),
        (45, "planned", None, None, None),
    ]
    assert [row["fatigue"] for row in plan.rows()[:3]] == [3, None, 0]
    assert [row["note"] for row in plan.rows()[:3]] == ["windy", "", ""]


def test_a_red_flag_is_in_its_row():
    """Visible in the data frame alone."""
    rebuild = Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC")
    run = RunReport(day="2026-12-06", minutes=40, red_flags=["fever", "chest-pain"])
    rows = build(rebuild, Log([run]), today="2026-12-07").rows()
    assert [row["red_flags"] for row in rows if row["kind"] == "long run"] == ["chest-pain, fever"]
