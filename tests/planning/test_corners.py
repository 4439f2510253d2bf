"""Corners of what happened that no story turns."""

import io
import sys

import pytest

from runplan import Log, Rebuild, RunReport, Strength, build
from runplan.cli import run
from runplan.policy.policy import Outcome

INIT = "init --baseline-min 40 --target-min 60 --timezone UTC"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return a folder with a request without strength, whose plan began long ago."""
    monkeypatch.chdir(tmp_path)
    made = run(f"{INIT} --start 2024-01-01 --no-strength".split())
    assert made == 0
    return tmp_path


def test_a_plan_without_a_single_session_says_so(folder, capsys):
    """It is paused before its first run, and there is no strength."""
    (folder / "log.jsonl").write_text(
        '{"schema": 1, "type": "run", "day": "2023-12-31", "minutes": 30, "red_flags": ["fever"]}\n'
    )
    capsys.readouterr()
    assert run(["show", "--on", "2024-01-02"]) == 0
    shown = capsys.readouterr().out
    assert "As of Tuesday, 2 January 2024: paused.\n" in shown
    assert "Long run at" not in shown


def test_a_clearance_that_brings_strength_back_is_no_news_about_the_ramp(
    tmp_path, monkeypatch, capsys
):
    """The next weeks are the ramp's own; only what pain changed is told."""
    monkeypatch.chdir(tmp_path)
    run(f"{INIT} --start 2199-01-07".split())
    run("log --day 2024-06-02 --minutes 30 --red-flag fever".split())
    capsys.readouterr()
    assert run(["log", "clearance", "--by", "doctor"]) == 0
    assert "Strength in week" not in capsys.readouterr().out


def test_red_flags_can_be_asked_for_beside_a_run_without_pain(folder, monkeypatch, capsys):
    """Somebody who feels ill need not hurt."""
    answers = io.StringIO("fever\n")
    answers.isatty = lambda: True
    monkeypatch.setattr(sys, "stdin", answers)
    assert run("log --minutes 40 --ask-red-flags".split()) == 0
    assert '"red_flags": ["fever"]' in (folder / "log.jsonl").read_text()


def test_a_week_shows_how_much_of_it_was_reported():
    plan = build(
        Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC"),
        Log(),
        today="2026-12-01",
    )
    assert "strength_reports=<0 of 1>" in repr(plan.weeks[0])


def test_of_two_runs_the_one_whose_morning_stays_unknown_comes_to_count():
    """While both mornings may still be told, the shorter one counts; then silence earns less."""
    rebuild = Rebuild(
        baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC", first_month="extend"
    )
    log = Log(
        [
            RunReport(day="2026-12-05", minutes=40, pain_next_morning=0),
            RunReport(day="2026-12-06", minutes=41),
        ]
    )
    rules = [
        build(rebuild, log, today=today).weeks[1].long_run.decision.rule
        for today in ("2026-12-06", "2026-12-07", "2026-12-08")
    ]
    assert rules == ["clean", "clean", "unknown-morning"]


def test_a_target_run_whose_morning_stays_unknown_is_no_end_after_all():
    """Of the two the other one counts first, and the plan seems to be over."""
    rebuild = Rebuild(
        baseline_min=40,
        target_min=40,
        start="2026-11-30",
        timezone="UTC",
        strength=Strength(days=["mon"], ramp=[(None, 1)]),
    )
    log = Log(
        [
            RunReport(day="2026-12-05", minutes=40, pain_next_morning=0),
            RunReport(day="2026-12-06", minutes=41),
        ]
    )
    weeks = [
        len(build(rebuild, log, today=today).weeks)
        for today in ("2026-12-06", "2026-12-07", "2026-12-08")
    ]
    assert weeks == [1, 1, 2]


@pytest.mark.parametrize(("morning", "clean"), [(0, True), (1, False), (None, False)])
def test_a_run_is_clean_once_its_morning_was(morning, clean):
    report = RunReport(day="2026-12-06", minutes=40, pain_next_morning=morning)
    assert Outcome(40, report).is_clean is clean
