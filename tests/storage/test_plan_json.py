"""A plan as JSON, for other programs."""

import datetime as dt
import json
from zoneinfo import ZoneInfo

import pytest
from attrs import fields_dict
from hypothesis import given
from hypothesis import strategies as st
from support.effort import examples
from support.log_strategies import random_log, random_today
from support.strategies import rebuilds

from runplan import (
    EXERCISES,
    NO_ADVICE,
    Away,
    Change,
    Decision,
    Finding,
    Log,
    Pause,
    Plan,
    Rebuild,
    RunReport,
    StrengthReport,
    Week,
    build,
)
from runplan.storage.plan_json import plan_to_json


def test_json_holds_the_whole_plan() -> None:
    """Every week, session, exercise, decision and finding, and the no-advice line."""
    plan = build(
        Rebuild(
            name="Zurück 🏃",
            baseline_min=40,
            target_min=60,
            start="2027-02-15",
            timezone="Europe/Berlin",
            away=[Away(first="2027-03-11", last="2027-03-14")],
            id="anna",
        )
    )
    text = plan_to_json(plan)
    assert "Zurück 🏃" in text
    record = json.loads(text)
    weeks, findings = record.pop("weeks"), record.pop("findings")
    assert record.pop("advice") == NO_ADVICE
    assert record == {
        "id": "anna",
        "name": "Zurück 🏃",
        "timezone": "Europe/Berlin",
        "policy": "five minutes",
        "baseline_min": 40,
        "target_min": 60,
        "away": [{"first": "2027-03-11", "last": "2027-03-14"}],
        "start": "2027-02-15",
        "finish": "2027-04-11",
        "first_finish": "2027-04-11",
        "today": "2027-02-15",
        "status": "on course",
        "pause": None,
    }
    assert [each["message"] for each in findings] == [each.message for each in plan.findings]
    assert [each["number"] for each in weeks] == list(range(1, 9))
    assert [(each["first"], each["last"]) for each in weeks][:2] == [
        ("2027-02-15", "2027-02-21"),
        ("2027-02-22", "2027-02-28"),
    ]
    assert weeks[3]["long_run"]["moved_from"] == "2027-03-14"
    assert weeks[3]["long_run"]["start"] == "2027-03-10T09:00:00+01:00"
    row_of = {(row["kind"], row["week"], row["place"]): row for row in plan.rows()}
    zone = ZoneInfo("Europe/Berlin")
    for week in weeks:
        sessions = [("long run", week["long_run"])] + [("strength", s) for s in week["strength"]]
        for kind, session in sessions:
            row = row_of.pop((kind, week["number"], session["place"]))
            assert session["decision"]["why"] == row["why"]
            assert session["decision"]["facts"]
            hour, minute = (9, 0) if kind == "long run" else (18, 30)
            start = dt.datetime.combine(row["day"], dt.time(hour, minute), zone)
            assert session["start"] == start.isoformat()
            end = (start.astimezone(dt.UTC) + dt.timedelta(minutes=row["minutes"])).astimezone(zone)
            assert session["end"] == end.isoformat()
    assert not row_of
    assert {week["long_run"]["start"][-6:] for week in weeks} == {"+01:00", "+02:00"}
    lifts = weeks[7]["strength"][2]["prescriptions"]
    assert [lift["exercise"] for lift in lifts] == [each.name for each in EXERCISES]
    assert lifts[0] == {
        "exercise": "Renegade row",
        "easier": False,
        "sets": 3,
        "reps": [8, 10],
        "per_side": True,
        "rpe": [6, 7],
    }


def test_a_plan_that_never_arrives_has_no_day_of_arrival() -> None:
    """Weeks without a long run are null there."""
    away = [Away(first="2026-11-30", last="2036-11-16")]
    request = Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC", away=away)
    record = json.loads(plan_to_json(build(request)))
    assert (record["finish"], record["first_finish"]) == (None, None)
    assert len(record["weeks"]) == 520
    assert {week["long_run"] for week in record["weeks"]} == {None}
    assert {week["long_run_day"] for week in record["weeks"][:2]} == {"2026-12-06", "2026-12-13"}
    assert all(week["strength"] == [] for week in record["weeks"])


def test_json_says_what_happened_and_why_a_plan_is_paused() -> None:
    """The report of each session, the mark of each, and whom to see."""
    rebuild = Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC")
    log = Log(
        [
            StrengthReport(day="2026-12-02", pain=1),
            RunReport(day="2026-12-06", minutes=40, pain=7, pain_from=30),
        ]
    )
    record = json.loads(plan_to_json(build(rebuild, log, today="2026-12-07")))
    first, second = record["weeks"]
    assert record["status"] == "paused"
    assert record["pause"] == second["pause"]
    assert record["pause"]["whom"] == "a doctor or physiotherapist"
    assert (record["pause"]["since"], record["pause"]["resume_min"]) == ("2026-12-06", 20)
    assert record["pause"]["stops_strength"] is True
    assert record["pause"]["decision"]["rule"] == "severe-pain"
    assert record["pause"]["decision"]["facts"]["pain"] == 7
    assert (first["report"]["type"], first["report"]["minutes"], first["report"]["pain"]) == (
        "run",
        40,
        7,
    )
    assert (first["long_run"]["mark"], first["long_run"]["level_min"]) == ("done", 40)
    assert first["strength"][0]["report"]["pain"] == 1
    assert (second["long_run"], second["report"]) == (None, None)


def test_json_keeps_the_first_day_of_arrival_beside_the_present_one() -> None:
    """A sore week puts the target off."""
    rebuild = Rebuild(
        baseline_min=40,
        target_min=60,
        start="2026-11-30",
        timezone="UTC",
        first_month="extend",
    )
    log = Log([RunReport(day="2026-12-06", minutes=40, pain=2, pain_next_morning=0)])
    record = json.loads(plan_to_json(build(rebuild, log, today="2026-12-07")))
    assert (record["first_finish"], record["finish"]) == ("2027-01-03", "2027-01-10")


def test_json_shows_what_a_change_and_a_withdrawal_have_made_of_a_plan() -> None:
    """The plan alone, as it is now; what was logged is in the log."""
    rebuild = Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC")
    pain = RunReport(day="2026-12-06", minutes=40, pain=7)
    log = Log([pain, Change(day="2026-12-08", target_min=90)]).retract(pain, on="2026-12-08")
    record = json.loads(plan_to_json(build(rebuild, log, today="2026-12-08")))
    assert (record["target_min"], record["status"]) == (90, "on course")
    assert record["weeks"][0]["report"] is None


def test_json_has_every_field() -> None:
    """None is forgotten when one is added."""
    rebuild = Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC")
    log = Log([RunReport(day="2026-12-06", minutes=40, pain=7)])
    record = json.loads(plan_to_json(build(rebuild, log, today="2026-12-07")))
    week = record["weeks"][0]
    assert set(fields_dict(Plan)) <= set(record)
    # Each report stands beside its session.
    assert set(fields_dict(Week)) - {"strength_reports"} <= set(week)
    assert set(fields_dict(Pause)) == set(record["pause"])
    assert set(fields_dict(Finding)) == set(record["findings"][0])
    assert set(fields_dict(Decision)) == set(week["long_run"]["decision"])


@examples(8, 40)
@given(rebuilds(), st.randoms(use_true_random=False))
def test_any_plan_is_json(rebuild, random) -> None:
    """Whatever happened; the facts of every decision are plain values."""
    log = random_log(random, rebuild, most_weeks=12)
    plan = build(rebuild, log, random_today(random, rebuild, log))
    record = json.loads(plan_to_json(plan), parse_constant=pytest.fail)
    assert record["status"] == plan.status
    for week, each in zip(plan.weeks, record["weeks"], strict=True):
        if week.long_run:
            assert each["long_run"]["minutes"] == week.long_run.minutes
            assert each["long_run"]["decision"]["facts"] == dict(week.long_run.decision.facts)
