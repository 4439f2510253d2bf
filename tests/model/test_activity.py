"""Runs that a watch or an app recorded, in a log."""

import pytest

from runplan import Activity, InvalidType, InvalidValue, Log, MorningReport, RunReport, UnknownName

SUNDAY, MONDAY = "2027-01-03", "2027-01-04"


def run(minutes=45, day=SUNDAY, **how):
    return Activity(**({"day": day, "minutes": minutes, "source": "strava"} | how))


def report(minutes=45, day=SUNDAY, **how):
    return RunReport(day=day, minutes=minutes, **how)


def waiting(*entries, on=MONDAY):
    return [each.minutes for each in Log(entries).waiting(on)]


def test_it_says_in_words_what_is_known():
    assert str(run()) == "recorded run of 45 min, from strava"
    assert (
        str(run(at="09:05", note="Easy")) == "recorded run of 45 min, at 09:05, from strava, Easy"
    )


@pytest.mark.parametrize("minutes", [1, 1440])
def test_it_may_last_up_to_a_day(minutes):
    assert run(minutes).minutes == minutes


@pytest.mark.parametrize(
    ("how", "error"),
    [
        ({"minutes": 0}, InvalidValue),
        ({"minutes": 1441}, InvalidValue),
        ({"minutes": 45.5}, InvalidType),
        ({"at": "25:00"}, InvalidValue),
        ({"at": 9}, InvalidType),
        ({"source": "polar"}, UnknownName),
        ({"note": 7}, InvalidType),
        ({"recorded_on": "2027-01-02"}, InvalidValue),
    ],
)
def test_what_cannot_be_is_refused(how, error):
    with pytest.raises(error):
        run(**how)


def test_a_log_lists_it_as_a_recorded_run_after_the_reports_of_its_day():
    log = Log([MorningReport(day=SUNDAY, pain=0), run(at="09:05", note="Easy"), report()])
    assert [each["entry"] for each in log.rows()] == ["long run", "recorded run", "morning"]
    row = log.rows()[1]
    assert (row["minutes"], row["pain"], row["note"]) == (45, None, "Easy")
    assert log.table().rows[1][1:3] == ("recorded run", "45 min, at 09:05, from strava, Easy")


def test_it_waits_until_its_run_is_reported():
    assert waiting(run()) == [45]
    assert waiting(run(), report()) == []
    assert waiting(run(), report(30, kind="other")) == []
    assert waiting(run(), report(day=MONDAY)) == [45]
    assert waiting(run(), MorningReport(day=SUNDAY, pain=0)) == [45]


def test_each_report_answers_one_the_longest_first():
    three = [run(20), run(60), run(30)]
    assert waiting(*three) == [60, 30, 20]
    assert waiting(*three, report(5)) == [30, 20]
    assert waiting(*three, report(5), report(6)) == [20]
    assert waiting(*three, *map(report, (5, 6, 7, 8))) == []


def test_it_waits_only_from_the_day_it_is_known_until_it_is_withdrawn():
    late = run(recorded_on="2027-01-05")
    assert waiting(late) == []
    assert waiting(late, on="2027-01-05") == [45]
    assert waiting(run(retracted_on=MONDAY)) == []
    assert waiting(run(retracted_on=MONDAY), on=SUNDAY) == [45]
    assert waiting(run(), report(recorded_on="2027-01-05")) == [45]
    assert waiting(run(), report(retracted_on=MONDAY)) == [45]


def test_runs_of_several_days_wait_in_order():
    assert waiting(run(30, MONDAY), run(45)) == [45, 30]
    assert waiting(run(30, MONDAY), run(45), on=SUNDAY) == [45]


def test_the_day_must_be_a_day():
    with pytest.raises(InvalidValue):
        Log().waiting("someday")
