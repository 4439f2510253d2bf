"""Which reports a plan waits for."""

import pendulum
import pytest

from runplan import Clearance, Log, MorningReport, Rebuild, RunReport, StrengthReport, build
from runplan.reporting.open_reports import open_reports

REBUILD = Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="Europe/Berlin")
WEDNESDAY, SUNDAY = "2026-12-02", "2026-12-06"


def still_open(now, *entries, recorded=()):
    """Return in words what is open at a time in Berlin."""
    moment = pendulum.parse(now, tz="Europe/Berlin")
    plan = build(REBUILD, Log(entries), today=moment.date())
    return [str(each) for each in open_reports(plan, recorded, moment)]


@pytest.mark.parametrize(
    ("now", "found"),
    [
        ("2026-12-02T18:59", []),
        ("2026-12-02T19:00", ["strength on Wed 2 Dec"]),
        ("2026-12-05T08:00", ["strength on Wed 2 Dec"]),
        ("2026-12-06T09:39", []),
        ("2026-12-06T09:40", ["the long run of Sun 6 Dec"]),
        ("2026-12-09T08:00", ["the long run of Sun 6 Dec"]),
        # By now it counts as missed.
        ("2026-12-10T08:00", ["strength on Wed 9 Dec"]),
    ],
)
def test_a_session_is_open_from_its_end_for_three_days(now, found):
    assert still_open(now) == found


def test_what_was_reported_is_not_open():
    lifted = StrengthReport(day=WEDNESDAY, skipped=True)
    ran = RunReport(day=SUNDAY, minutes=40, pain_next_morning=0, recorded_on="2026-12-07")
    assert still_open("2026-12-05T08:00", lifted) == []
    assert still_open("2026-12-07T08:00", ran) == []


def test_the_morning_after_the_last_long_run_is_open_for_three_days():
    ran = RunReport(day=SUNDAY, minutes=40)
    morning = MorningReport(day=SUNDAY, pain=0, recorded_on="2026-12-07")
    assert still_open("2026-12-06T22:00", ran) == []
    # The run was late, and it is still night.
    assert still_open("2026-12-07T03:59", ran) == []
    assert still_open("2026-12-07T06:00", ran) == ["the morning after Sun 6 Dec"]
    assert still_open("2026-12-07T06:00", ran, morning) == []
    assert still_open("2026-12-10T06:00", ran) == ["strength on Wed 9 Dec"]


def test_a_recorded_run_stands_for_the_planned_run_of_its_day():
    day = pendulum.date(2026, 12, 6)
    found = still_open("2026-12-06T11:00", recorded=[(day, 43)])
    assert found == ["the recorded run of Sun 6 Dec, 43 min"]


def test_a_recorded_run_waits_however_long():
    day = pendulum.date(2026, 12, 1)
    found = still_open("2026-12-06T08:00", recorded=[(day, 20)])
    assert found == ["the recorded run of Tue 1 Dec, 20 min"]


def test_in_a_pause_nothing_is_planned_and_nothing_is_open():
    flag = RunReport(day="2026-12-01", minutes=5, kind="other", red_flags=["chest-pain"])
    assert still_open("2026-12-07T08:00", flag) == []
    cleared = Clearance(day="2026-12-05", by="doctor")
    assert still_open("2026-12-07T08:00", flag, cleared) == ["the long run of Sun 6 Dec"]
