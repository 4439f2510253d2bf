"""The baseline found from past runs: every clause, on both sides of its edges."""

import datetime as dt

import pytest
from attrs.exceptions import FrozenInstanceError
from hypothesis import given
from hypothesis import strategies as st

from runplan import (
    Baseline,
    Clearance,
    InvalidType,
    InvalidValue,
    Log,
    MorningReport,
    Rebuild,
    RunReport,
    StrengthReport,
    find_baseline,
)

TODAY = dt.date(2027, 1, 31)


def ago(days: int) -> dt.date:
    """Return the day that many days before today."""
    return TODAY - dt.timedelta(days=days)


def clean(minutes: int, days: int, **values) -> RunReport:
    """Return a run that many days ago without pain, its morning known."""
    return RunReport(
        **{
            "day": ago(days),
            "minutes": minutes,
            "pain_next_morning": 0,
            "recorded_on": ago(max(days - 1, 0)),
        }
        | values
    )


def painful(pain_from: int | None, days: int, *, minutes: int = 70, **values) -> RunReport:
    """Return a long run that many days ago with pain from a minute on."""
    return RunReport(
        **{"day": ago(days), "minutes": minutes, "pain": 4, "pain_from": pain_from} | values
    )


def found(*entries) -> int:
    """Return the minutes of the baseline that these entries give today."""
    return find_baseline(Log(entries), today=TODAY).minutes


def refusal(*entries) -> str:
    """Return what the error says that these entries give today."""
    with pytest.raises(InvalidValue) as caught:
        find_baseline(Log(entries), today=TODAY)
    line = str(caught.value)
    assert line.isprintable()
    return line


NOTHING = "the log must have a clean run in the last 30 days, or a painful long run"


# --- with painful long runs ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("minute", "minutes"),
    [
        (70, 55),
        (63, 50),
        (62, 45),  # 49.6 is not 50 yet
        (57, 45),
        (56, 40),  # 44.8
        (50, 40),
        (49, 35),  # 39.2
        (48, 35),
        (44, 35),
        (43, 30),  # 34.4
        (19, 15),
        (18, 10),  # 14.4
        (13, 10),  # 10.4
    ],
)
def test_it_is_four_fifths_of_the_minute_in_which_pain_began_rounded_down_to_five(
    minute, minutes
) -> None:
    """One painful run is enough."""
    assert found(painful(minute, 7)) == minutes


@pytest.mark.parametrize("minute", [12, 6, 5, 1, 0])
def test_under_ten_minutes_is_for_a_clinician_and_run_walk(minute) -> None:
    """12 minutes make 9.6: under 10 however it is rounded."""
    line = refusal(painful(minute, 7))
    assert line.startswith("a baseline must be at least 10 minutes (was ")
    assert f"minute {minute}'" in line
    assert line.endswith("see a clinician first and begin with run-walk")


def test_the_earliest_minute_of_the_last_three_painful_long_runs_counts() -> None:
    """Whichever of the three it was."""
    for minutes in ([30, 50, 60], [50, 30, 60], [60, 50, 30]):
        entries = [painful(minute, 7 * week) for week, minute in enumerate(minutes, start=1)]
        assert found(*entries) == 20  # 24 rounded down


def test_a_fourth_painful_run_before_them_is_forgotten() -> None:
    """Three are looked at, the last ones by day, in whatever order they were logged."""
    last = [painful(50, 7), painful(55, 14), painful(60, 21)]
    assert found(painful(20, 28), *last) == 40
    assert found(painful(20, 28), *last[:2]) == 15
    late = painful(20, 28, recorded_on=ago(0))
    assert found(*last, late) == 40


def test_runs_without_pain_between_painful_ones_do_not_count_among_the_three() -> None:
    """The last three painful ones, not the painful ones of the last three."""
    assert found(painful(50, 28), clean(70, 21), clean(70, 14), clean(70, 7)) == 40


def test_pain_counts_however_long_ago_it_was() -> None:
    """Clean runs since then do not make up for it."""
    assert found(painful(50, 400), clean(90, 3)) == 40


def test_other_runs_are_no_long_runs() -> None:
    """Pain in them is no onset, and they are not among the last three."""
    other = [painful(5, days, kind="other") for days in (1, 2, 3)]
    assert found(painful(50, 28), *other) == 40
    assert refusal(*other).startswith(NOTHING)


@pytest.mark.parametrize("pain", [1, 2, 5, 10])
def test_any_pain_is_pain(pain) -> None:
    """From 1 of 10 on."""
    assert found(painful(50, 7, pain=pain), clean(70, 3)) == 40


def test_pain_on_the_next_morning_makes_a_run_painful() -> None:
    """Said with the run or after it; where the minute is unknown, the whole run counts."""
    with_it = clean(45, 7, pain_next_morning=2)
    after = [
        clean(45, 7, pain_next_morning=None),
        MorningReport(day=ago(7), pain=2, recorded_on=ago(6)),
    ]
    for runs in ([with_it], after, [clean(45, 7), after[1]]):
        assert found(painful(60, 14), *runs) == 35  # 80 % of 45 is 36
        assert found(painful(30, 14), *runs) == 20
        assert "pain_from" in refusal(*runs)


def test_the_morning_of_another_day_changes_nothing() -> None:
    """It belongs to the run of its own day."""
    morning = MorningReport(day=ago(8), pain=5)
    assert found(clean(45, 7), morning) == 45


def test_of_two_mornings_the_worse_counts() -> None:
    """In whatever order they were reported."""
    mornings = [MorningReport(day=ago(7), pain=pain, recorded_on=ago(6)) for pain in (0, 1)]
    for reported in (mornings, mornings[::-1]):
        assert "pain_from" in refusal(clean(45, 7, pain_next_morning=None), *reported)


def test_a_painful_run_whose_minute_is_unknown_counts_with_its_whole_length() -> None:
    """It hurt by its end at the latest; it takes a place among the three all the same."""
    unknown = painful(None, 7, minutes=40)
    assert found(unknown, painful(60, 14)) == 30  # 80 % of 40 is 32
    assert found(unknown, painful(30, 14)) == 20
    places = [painful(None, days, minutes=60) for days in (1, 2)]
    assert found(*places, painful(50, 3), painful(20, 4)) == 40


def test_painful_runs_of_which_no_minute_is_known_ask_for_it() -> None:
    """The error says what to log, and how many runs lack it."""
    assert refusal(painful(None, 7), painful(None, 14)) == (
        "a painful long run must have the minute in which pain began (was '2 without'): "
        "log it again with pain_from, or log a shorter run without pain"
    )
    assert "'3 without'" in refusal(*(painful(None, days) for days in (1, 2, 3)), painful(50, 4))


def test_what_the_error_about_unknown_minutes_says_to_log_helps() -> None:
    """Logging the run again, this time with its minute, gives a baseline."""
    again = painful(50, 7, recorded_on=TODAY)
    assert found(painful(None, 7, minutes=70), again) == 40


def test_a_shorter_run_without_pain_helps_where_the_minutes_are_unknown() -> None:
    """As the error says."""
    assert found(painful(None, 7, minutes=70), clean(30, 2)) == 30
    # Shorter than each of those that hurt.
    two = painful(None, 7, minutes=70), painful(None, 14, minutes=50)
    assert found(*two, clean(60, 3), clean(50, 2), clean(49, 1)) == 45


@pytest.mark.parametrize(
    ("entries", "why"),
    [
        (
            [painful(48, 7)],
            (
                "35 min: 80 % of minute 48, the earliest in which it hurt in the last painful "
                "long run, rounded down to 5."
            ),
        ),
        (
            [painful(50, 7), painful(60, 14)],
            (
                "40 min: 80 % of minute 50, the earliest in which it hurt in the last 2 painful "
                "long runs, rounded down to 5."
            ),
        ),
    ],
)
def test_the_answer_from_pain_carries_its_reason(entries, why) -> None:
    """The share is our own choice."""
    answer = find_baseline(Log(entries), today=TODAY)
    assert answer.why == why
    assert answer.source == "house"


# --- without painful long runs ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("ran", "minutes"),
    [(10, 10), (14, 10), (15, 15), (44, 40), (45, 45), (46, 45), (359, 355), (360, 360)],
)
def test_without_pain_it_is_the_longest_clean_run_rounded_down_to_five(ran, minutes) -> None:
    """It is never rounded up."""
    assert found(clean(ran, 7), clean(10, 3)) == minutes


def test_a_baseline_is_one_that_can_be_planned_with() -> None:
    """Whoever runs ten hours begins with six."""
    assert found(clean(600, 7)) == found(clean(365, 7)) == 360
    assert found(painful(600, 7, minutes=600)) == 360


@pytest.mark.parametrize("ran", [9, 5, 1])
def test_a_longest_clean_run_under_ten_minutes_is_for_a_clinician_too(ran) -> None:
    """There is no baseline below 10."""
    line = refusal(clean(ran, 7))
    assert line.startswith("a baseline must be at least 10 minutes (was ")
    assert line.endswith("see a clinician first and begin with run-walk")


def test_a_clean_run_is_not_named_as_a_minute_of_pain() -> None:
    """Nothing hurt, so no minute is to blame: the run was too short."""
    assert "from minute" not in refusal(clean(9, 7))


def test_the_last_thirty_days_begin_thirty_days_ago() -> None:
    """The day before that is too long ago."""
    assert found(clean(60, 31), clean(50, 30), clean(40, 1)) == 50
    assert refusal(clean(60, 31)).startswith(NOTHING)


def test_the_run_of_today_counts() -> None:
    """It is known."""
    assert found(clean(50, 0), clean(40, 1)) == 50


def test_any_kind_of_run_can_be_the_longest_clean_one() -> None:
    """It says what the back takes."""
    assert found(clean(50, 7, kind="other"), clean(40, 3)) == 50


def test_a_painful_other_run_is_not_clean() -> None:
    """Nor does it make the long runs painful."""
    assert found(clean(40, 7), clean(60, 3, kind="other", pain=1)) == 40
    assert found(clean(40, 7), clean(60, 3, kind="other", pain_next_morning=1)) == 40


def test_a_run_whose_next_morning_is_unknown_counts_as_clean_until_it_is_known() -> None:
    """Pain that morning makes it a painful one, whenever it was reported."""
    run = RunReport(day=ago(2), minutes=50)
    morning = MorningReport(day=ago(2), pain=2, recorded_on=ago(1))
    assert found(run, clean(40, 7)) == 50
    assert found(run, clean(40, 7), morning) == 40


def test_several_reports_of_one_run_are_read_carefully() -> None:
    """The shortest time counts, as in a plan."""
    assert found(clean(50, 3), clean(45, 3)) == 45
    assert found(clean(50, 3), clean(45, 3, kind="other")) == 50


def test_what_was_withdrawn_does_not_count() -> None:
    """From the day on which it was withdrawn."""
    wrong = clean(60, 3, recorded_on=ago(2), retracted_on=ago(1))
    assert found(wrong, clean(40, 7)) == 40
    assert find_baseline(Log([wrong, clean(40, 7)]), today=ago(2)).minutes == 60


@pytest.mark.parametrize(("fatigue", "minutes"), [(6, 50), (7, 40), (10, 40)])
def test_a_run_that_left_the_back_tired_is_not_clean(fatigue, minutes) -> None:
    """From 7 of 10 on, as in the rules."""
    assert found(clean(50, 7, fatigue=fatigue), clean(40, 3)) == minutes


def test_a_run_with_a_red_flag_is_not_clean() -> None:
    """Whatever it is a sign of."""
    assert found(clean(50, 7, red_flags=["fever"]), clean(40, 3)) == 40


def test_a_run_whose_morning_brought_a_red_flag_is_not_clean() -> None:
    """The morning belongs to the run."""
    morning = MorningReport(day=ago(7), pain=0, red_flags=["fever"], recorded_on=ago(6))
    assert found(clean(50, 7), morning, clean(40, 3)) == 40


def test_the_answer_from_clean_runs_carries_its_reason() -> None:
    """It is the method's own."""
    answer = find_baseline(Log([clean(48, 7), clean(30, 3)]), today=TODAY)
    assert answer == Baseline(
        minutes=45,
        why=(
            "45 min: the longest run without pain of the last 30 days was 48 min, rounded down to "
            "5."
        ),
        source="the method itself",
    )


# --- neither ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "entries",
    [
        [],
        [StrengthReport(day=ago(3))],
        [StrengthReport(day=ago(3), pain=5)],
        [MorningReport(day=ago(3), pain=4)],
        [Clearance(day=ago(3), by="physiotherapist", baseline_min=35)],
    ],
    ids=["nothing", "strength", "sore strength", "a morning", "a clearance"],
)
def test_the_error_about_a_log_without_such_runs_says_what_to_log(entries) -> None:
    """One line that says what would help."""
    assert refusal(*entries) == (
        f"{NOTHING} (was 'neither'): log a run without pain, or the minute in which pain began"
    )


# --- as of a day -----------------------------------------------------------------------------


def test_what_was_recorded_later_is_not_seen() -> None:
    """On the day itself it is."""
    log = Log([clean(40, 7), painful(50, 10, recorded_on=ago(-1)), clean(60, 2, recorded_on=TODAY)])
    assert find_baseline(log, today=ago(1)).minutes == 40
    assert find_baseline(log, today=TODAY).minutes == 60
    assert find_baseline(log, today=ago(-1)).minutes == 40  # 80 % of 50


def test_a_morning_that_was_recorded_later_is_not_seen() -> None:
    """The run counts as clean until then."""
    run = RunReport(day=ago(2), minutes=50)
    log = Log([clean(40, 7), run, MorningReport(day=ago(2), pain=3, recorded_on=TODAY)])
    assert find_baseline(log, today=ago(1)).minutes == 50
    assert find_baseline(log, today=TODAY).minutes == 40


@pytest.mark.parametrize("today", ["2027-01-31", TODAY])
def test_today_can_be_said_in_several_ways(today) -> None:
    """Text or date."""
    assert find_baseline(Log([clean(40, 7)]), today=today).minutes == 40


@pytest.mark.parametrize(
    ("today", "error"),
    [
        (None, InvalidType),
        (5, InvalidType),
        (dt.datetime(2027, 1, 31, 9), InvalidType),
        ("today", InvalidValue),
        ("2027-02-30", InvalidValue),
        ("1969-12-31", InvalidValue),
    ],
)
def test_what_is_no_day_is_refused(today, error) -> None:
    """As everywhere."""
    with pytest.raises(error, match="a day must be a date"):
        find_baseline(Log([clean(40, 7)]), today=today)


@pytest.mark.parametrize("log", [None, [], [RunReport(day="2027-01-03", minutes=40)], "log", 5])
def test_only_a_log_is_looked_through(log) -> None:
    """The error says how to make a log of a list."""
    with pytest.raises(InvalidType) as caught:
        find_baseline(log, today=TODAY)
    assert caught.value.must == "log must be a Log"
    assert caught.value.remedy == "make one of the reports: Log([…])"


def test_an_answer_never_changes_and_can_be_planned_with() -> None:
    """Its minutes are a request's baseline as they are."""
    answer = find_baseline(Log([painful(48, 7)]), today=TODAY)
    with pytest.raises(FrozenInstanceError):
        answer.minutes = 60
    rebuild = Rebuild(
        baseline_min=answer.minutes, target_min=60, start="2027-02-01", timezone="UTC"
    )
    assert rebuild.baseline_min == 35


runs = st.builds(
    RunReport,
    day=st.integers(0, 60).map(ago),
    minutes=st.integers(1, 600),
    pain=st.just(0),
    pain_next_morning=st.sampled_from([None, 0]),
    fatigue=st.integers(0, 10),
    kind=st.sampled_from(["long", "other"]),
)
sore = st.integers(1, 600).flatmap(
    lambda minutes: st.builds(
        RunReport,
        day=st.integers(0, 60).map(ago),
        minutes=st.just(minutes),
        pain=st.integers(1, 10),
        pain_from=st.one_of(st.none(), st.integers(0, minutes)),
        pain_next_morning=st.sampled_from([None, 0, 3]),
        kind=st.sampled_from(["long", "other"]),
    )
)


@given(st.lists(st.one_of(runs, sore), max_size=8))
def test_whatever_was_run_the_answer_is_careful_or_an_error(entries) -> None:
    """A multiple of 5 from 10 on, never longer than a run nor than where pain began."""
    log = Log(entries)
    try:
        answer = find_baseline(log, today=TODAY)
    except InvalidValue as error:
        assert str(error).isprintable()  # noqa: PT017 (many logs do not tell)
        return
    assert answer.minutes in range(10, 361, 5)
    assert answer.minutes <= max(run.minutes for run in entries)
    hurt = [run for run in log if run.kind == "long" and run.worst_pain][-3:]
    begun = [run.pain_from for run in hurt if run.pain_from is not None]
    assert all(answer.minutes * 5 <= minute * 4 for minute in begun)
    assert answer.why.startswith(f"{answer.minutes} min: ")
    assert find_baseline(Log(reversed(entries)), today=TODAY) == answer
