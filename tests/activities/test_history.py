"""Recorded runs, each once."""

import pytest

from runplan import Activity, InvalidType, Log, RunReport
from runplan.activities import Activities, new


def run(day="2027-01-03", minutes=45, at=None, source="strava", **how):
    return Activity(day=day, minutes=minutes, at=at, source=source, **how)


def test_the_same_run_from_two_devices_is_one_with_the_least_minutes():
    watch, phone = run(minutes=45, at="09:00", source="fit"), run(minutes=48, at="08:58")
    assert new(Log(), [phone, watch]) == new(Log(), [watch, phone]) == (watch,)


def test_two_runs_of_a_day_that_do_not_overlap_are_two():
    morning, evening = run(at="09:00"), run(at="09:45")
    assert new(Log(), [morning, evening]) == (morning, evening)


def test_runs_over_midnight_overlap_those_of_the_next_day():
    late, early = run(minutes=45, at="23:50"), run("2027-01-04", minutes=20, at="00:10")
    assert new(Log(), [late, early]) == (early,)


def test_without_a_start_the_day_and_the_minutes_tell():
    timed, untimed = run(at="09:00"), run(source="garmin")
    assert new(Log([timed]), [untimed]) == new(Log([untimed]), [timed]) == ()
    assert len(new(Log([timed]), [run(minutes=44), run("2027-01-04")])) == 2


def test_importing_again_changes_nothing_even_after_a_withdrawal():
    log = Log([run(at="09:00")])
    assert new(log, [run(at="09:00", recorded_on="2027-01-05")]) == ()
    withdrawn = log.retract(log.entries[0], on="2027-01-05")
    assert new(withdrawn, [run(at="09:00")]) == ()


def test_a_report_of_the_day_is_no_recorded_run():
    assert len(new(Log([RunReport(day="2027-01-03", minutes=45)]), [run()])) == 1


def test_only_a_log_and_activities_are_taken():
    with pytest.raises(InvalidType, match="log must be a Log"):
        new([], [])
    with pytest.raises(InvalidType, match="activities must be a sequence of Activity"):
        new(Log(), [RunReport(day="2027-01-03", minutes=45)])


def test_activities_are_a_sequence_that_shows_itself():
    found = Activities([run(at="09:05", note="Long"), run("2027-01-04")], ["Row 7: no duration."])
    assert len(found) == 2
    assert found[0].minutes == 45
    assert found[1:] == found.activities[1:]
    assert found.rows()[0] == {
        "day": found[0].day,
        "at": "09:05",
        "minutes": 45,
        "source": "strava",
        "note": "Long",
    }
    assert found.rows()[1]["at"] == ""
    table = found.table()
    assert table.rows[0] == ("Sun 3 Jan 2027", "09:05", "45", "strava", "Long")
    assert table.lines == ("Row 7: no duration.",)
    assert "Recorded runs" in found._repr_html_()
