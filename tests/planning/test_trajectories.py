"""
Plans as a runner would live them: minutes and strength sessions week by week.

Every list was worked out by hand from the tables in docs/explanation/rules.md. A dash is a week
without a long run.
"""

import datetime as dt

import pytest

from runplan import CAUTIOUS, FIVE_MINUTES, Away, Plan, Policy, Rebuild, Slot, build

# A Monday; with the long run on Sundays, week n's long run is on its seventh day.
MONDAY = dt.date(2026, 11, 30)


def planned(baseline_min, target_min, **asked):
    """Return the plan of a request that starts on the Monday."""
    asked = {"start": MONDAY, "timezone": "Europe/Berlin"} | asked
    return build(Rebuild(baseline_min=baseline_min, target_min=target_min, **asked))


def whole_weeks(first: int, last: int) -> Away:
    """Return an absence from the first day of a plan week to the last day of another."""
    return Away(
        first=MONDAY + dt.timedelta(weeks=first - 1),
        last=MONDAY + dt.timedelta(weeks=last, days=-1),
    )


def minutes(plan: Plan) -> str:
    """Return the long runs in a line."""
    return " ".join(str(week.long_run.minutes) if week.long_run else "-" for week in plan.weeks)


def strength(plan: Plan) -> str:
    """Return the numbers of strength sessions in a line."""
    return " ".join(str(len(week.strength)) for week in plan.weeks)


def rules(plan: Plan) -> str:
    """Return the rules that set the long runs in a line."""
    return " ".join(week.long_run.decision.rule if week.long_run else "-" for week in plan.weeks)


def test_the_method_keeps_the_first_month_short_and_then_adds_five_minutes_a_week():
    plan = planned(40, 60)
    assert minutes(plan) == "40 40 40 40 45 50 55 60"
    assert strength(plan) == "1 1 2 2 3 3 3 3"
    assert rules(plan) == ("baseline first-month first-month first-month clean clean clean clean")


def test_extending_from_the_start_takes_five_weeks():
    plan = planned(42, 60, first_month="extend")
    assert minutes(plan) == "42 47 52 57 60"
    assert strength(plan) == "1 1 2 2 3"
    assert rules(plan) == "baseline clean clean clean clean"


@pytest.mark.parametrize("first_month", ["hold", "extend"])
def test_without_strength_there_is_no_first_month_to_hold(first_month):
    plan = planned(40, 60, strength=None, first_month=first_month)
    assert minutes(plan) == "40 45 50 55 60"
    assert strength(plan) == "0 0 0 0 0"


def test_a_plan_from_ten_minutes_to_six_hours_takes_seventy_steps():
    plan = planned(10, 360)
    runs = [week.long_run.minutes for week in plan.weeks]
    assert runs[:6] == [10, 10, 10, 10, 15, 20]
    assert runs[-3:] == [350, 355, 360]
    assert len(runs) == 4 + 70
    assert plan.finish == MONDAY + dt.timedelta(weeks=74, days=-1)


@pytest.mark.parametrize("policy", [FIVE_MINUTES, CAUTIOUS])
@pytest.mark.parametrize("length", [10, 40, 360])
def test_a_runner_who_is_there_already_has_one_week_left(length, policy):
    plan = planned(length, length, policy=policy)
    assert minutes(plan) == str(length)
    assert strength(plan) == "1"
    assert plan.finish == plan.start + dt.timedelta(days=6) == dt.date(2026, 12, 6)


def test_a_runner_who_is_there_already_but_away_runs_it_the_week_after():
    plan = planned(40, 40, away=[whole_weeks(1, 1)])
    assert minutes(plan) == "- 40"
    assert strength(plan) == "0 1"


@pytest.mark.parametrize("later", range(7))
def test_the_long_runs_are_on_sundays_on_whatever_weekday_a_plan_starts(later):
    start = MONDAY + dt.timedelta(days=later)
    plan = planned(40, 60, start=start)
    assert minutes(plan) == "40 40 40 40 45 50 55 60"
    assert strength(plan) == "1 1 2 2 3 3 3 3"
    sundays = [dt.date(2026, 12, 6) + dt.timedelta(weeks=n) for n in range(8)]
    assert [week.long_run.day for week in plan.weeks] == sundays
    assert [week.first for week in plan.weeks] == [start + dt.timedelta(weeks=n) for n in range(8)]
    strength_weekdays = {
        count: {session.day.weekday() for week in plan.weeks for session in week.strength}
        for week in plan.weeks
        if (count := len(week.strength)) == 3
    }
    assert strength_weekdays == {3: {0, 2, 4}}


@pytest.mark.parametrize("weekday", ["mon", "tue", "wed", "thu", "fri", "sat", "sun"])
def test_the_day_of_the_long_run_does_not_change_its_length(weekday):
    plan = planned(40, 60, long_run=Slot(weekday, "07:00"))
    assert minutes(plan) == "40 40 40 40 45 50 55 60"
    assert strength(plan) == "1 1 2 2 3 3 3 3"


# Away in whole weeks: one more plan week lies between the last run and the next.
AWAY = {
    "week 1: the baseline counts as run a week before, so 2 weeks": (
        [(1, 1)],
        "- 40 40 40 45 50 55 60",
        "0 1 2 2 3 3 3 3",
    ),
    "weeks 1 and 2: 3 weeks, 28 is 25, held until the first month ends": (
        [(1, 2)],
        "- - 25 25 30 35 40 45 50 55 60",
        "0 0 2 2 3 3 3 3 3 3 3",
    ),
    "one week of the first month": ([(2, 2)], "40 - 40 40 45 50 55 60", "1 0 2 2 3 3 3 3"),
    "two weeks of the first month: 3 weeks": (
        [(2, 3)],
        "40 - - 25 30 35 40 45 50 55 60",
        "1 0 0 2 3 3 3 3 3 3 3",
    ),
    "three weeks of the first month: 4 weeks": (
        [(2, 4)],
        "40 - - - 20 25 30 35 40 45 50 55 60",
        "1 0 0 0 3 3 3 3 3 3 3 3 3",
    ),
    "five weeks from the first month on: 6 weeks": (
        [(2, 6)],
        "40 - - - - - 20 25 30 35 40 45 50 55 60",
        "1 0 0 0 0 0 3 3 3 3 3 3 3 3 3",
    ),
    "seven weeks from the first month on: 8 weeks": (
        [(2, 8)],
        "40 - - - - - - - 20 25 30 35 40 45 50 55 60",
        "1 0 0 0 0 0 0 0 3 3 3 3 3 3 3 3 3",
    ),
    "the first month's last week: the next repeats": (
        [(4, 4)],
        "40 40 40 - 40 45 50 55 60",
        "1 1 2 0 3 3 3 3 3",
    ),
    "the week after the first month: its step was earned by the run before": (
        [(5, 5)],
        "40 40 40 40 - 45 50 55 60",
        "1 1 2 2 0 3 3 3 3",
    ),
    "one week later on: 55 is earned and kept": (
        [(7, 7)],
        "40 40 40 40 45 50 - 55 60",
        "1 1 2 2 3 3 0 3 3",
    ),
    "two weeks later on: 3 weeks, 38.5 is 35": (
        [(7, 8)],
        "40 40 40 40 45 50 - - 35 40 45 50 55 60",
        "1 1 2 2 3 3 0 0 3 3 3 3 3 3",
    ),
    "three weeks later on: 4 weeks, 27.5 is 25": (
        [(7, 9)],
        "40 40 40 40 45 50 - - - 25 30 35 40 45 50 55 60",
        "1 1 2 2 3 3 0 0 0 3 3 3 3 3 3 3 3",
    ),
    "five weeks later on: 6 weeks, 25 is below the baseline": (
        [(7, 11)],
        "40 40 40 40 45 50 - - - - - 25 30 35 40 45 50 55 60",
        "1 1 2 2 3 3 0 0 0 0 0 3 3 3 3 3 3 3 3",
    ),
    "seven weeks later on: 8 weeks, and no less for that": (
        [(7, 13)],
        "40 40 40 40 45 50 - - - - - - - 25 30 35 40 45 50 55 60",
        "1 1 2 2 3 3 0 0 0 0 0 0 0 3 3 3 3 3 3 3 3",
    ),
    "twice a week, a week apart: nothing is lost": (
        [(5, 5), (7, 7)],
        "40 40 40 40 - 45 - 50 55 60",
        "1 1 2 2 0 3 0 3 3 3",
    ),
    "twice two weeks: 25, then 21 of the 30 it earned is 20": (
        [(2, 3), (5, 6)],
        "40 - - 25 - - 20 25 30 35 40 45 50 55 60",
        "1 0 0 2 0 0 3 3 3 3 3 3 3 3 3",
    ),
    "the week that would have ended the plan": (
        [(8, 8)],
        "40 40 40 40 45 50 55 - 60",
        "1 1 2 2 3 3 3 0 3",
    ),
}


@pytest.mark.parametrize(("away", "runs", "sessions"), AWAY.values(), ids=AWAY.keys())
def test_a_runner_back_from_whole_weeks_away_restarts_by_how_long_it_was(away, runs, sessions):
    plan = planned(40, 60, away=[whole_weeks(*weeks) for weeks in away])
    assert minutes(plan) == runs
    assert strength(plan) == sessions


def test_after_more_than_five_weeks_no_one_restarts_above_the_baseline():
    plan = planned(20, 100, strength=None, away=[whole_weeks(14, 18)])
    before = "20 25 30 35 40 45 50 55 60 65 70 75 80"
    after = "20 25 30 35 40 45 50 55 60 65 70 75 80 85 90 95 100"
    assert minutes(plan) == f"{before} - - - - - {after}"
    assert plan.weeks[18].long_run.decision.action == "find the baseline again"


def test_after_exactly_five_weeks_half_of_a_long_level_may_be_above_the_baseline():
    plan = planned(20, 100, strength=None, away=[whole_weeks(14, 17)])
    before = "20 25 30 35 40 45 50 55 60 65 70 75 80"
    assert minutes(plan) == f"{before} - - - - 40 45 50 55 60 65 70 75 80 85 90 95 100"


@pytest.mark.parametrize(
    ("baseline", "away", "runs"),
    [
        (12, (2, 3), "12 - - 10 15 20"),  # 17 earned, 11.9
        (10, (2, 3), "10 - - 10 15 20"),  # 15 earned, 10.5
        (10, (2, 4), "10 - - - 10 15 20"),  # 7.5
        (10, (2, 8), "10 - - - - - - - 10 15 20"),
    ],
)
def test_no_absence_brings_a_long_run_below_ten_minutes(baseline, away, runs):
    assert minutes(planned(baseline, 20, strength=None, away=[whole_weeks(*away)])) == runs


def test_a_weekend_away_moves_the_long_run_and_costs_no_minutes():
    away = [
        Away(first="2026-12-12", last="2026-12-13"),
        Away(first="2027-01-09", last="2027-01-10"),
    ]
    plan = planned(40, 60, away=away)
    assert minutes(plan) == "40 40 40 40 45 50 55 60"
    # In week 6 the run takes Friday, and no other day suits Friday's session.
    assert strength(plan) == "1 1 2 2 3 2 3 3"
    assert plan.weeks[1].long_run.day == dt.date(2026, 12, 11)
    assert plan.weeks[1].long_run.moved_from == dt.date(2026, 12, 13)
    assert plan.weeks[5].long_run.day == dt.date(2027, 1, 8)
    assert plan.weeks[6].long_run.moved_from is None


def test_a_run_that_moved_up_does_not_lengthen_the_absence_after_it():
    # Friday 8 January to Sunday 24 January: 16 days, but only 2 plan weeks.
    plan = planned(40, 60, away=[Away(first="2027-01-09", last="2027-01-17")])
    assert minutes(plan) == "40 40 40 40 45 50 - 55 60"


def test_a_run_that_moves_up_after_an_absence_does_not_shorten_it():
    # Sunday 10 January to Friday 29 January: 19 days, but 3 plan weeks and 70 %.
    away = [whole_weeks(7, 8), Away(first="2027-01-30", last="2027-01-31")]
    plan = planned(40, 60, away=away)
    assert plan.weeks[8].long_run.day == dt.date(2027, 1, 29)
    assert minutes(plan) == "40 40 40 40 45 50 - - 35 40 45 50 55 60"


CAREFUL = {
    "from 40: 45 is 112.5 %, the row of four is there; 50 is 111.1 %; week 8 is 80 % of 55": (
        (40, 60, {}),
        "40 40 40 40 45 45 50 40 55 60",
        "baseline first-month first-month first-month clean big-step clean cutback cutback clean",
    ),
    "from 40 without strength: the second week waits, and weeks 4 and 8 are lighter": (
        (40, 60, {"strength": None}),
        "40 40 45 35 45 45 50 40 55 60",
        "baseline big-step clean cutback cutback big-step clean cutback cutback clean",
    ),
    "from 50: 55 is 110 % and no more, so nothing waits; week 4 is 80 % of 65": (
        (50, 75, {"first_month": "extend"}),
        "50 55 60 50 65 70 75",
        "baseline clean clean cutback cutback clean clean",
    ),
    "over cutback weeks 12 and 16 with long runs": (
        (40, 85, {"strength": None}),
        "40 40 45 35 45 45 50 40 55 60 65 55 70 75 80 65 85",
        (
            "baseline big-step clean cutback cutback big-step clean cutback cutback clean clean "
            "cutback cutback clean clean cutback cutback"
        ),
    ),
    "from 15: 20 is 133 %, so 19; a cutback breaks the row, as it is no run at the level": (
        (15, 30, {}),
        "15 15 15 15 19 19 24 15 24 24 29 20 29 29 30",
        (
            "baseline first-month first-month first-month too-big-step big-step clean cutback "
            "cutback big-step clean cutback cutback big-step clean"
        ),
    ),
    "from 15 without a first month: the row of two has to be run first": (
        (15, 40, {"first_month": "extend"}),
        "15 15 19 15 19 19 24 15 24 24 29 20 29 29 34 25 34 34 39 30 39 39 40",
        (
            "baseline too-big-step too-big-step cutback cutback big-step clean cutback "
            "cutback big-step clean cutback cutback big-step clean cutback cutback big-step clean "
            "cutback cutback big-step clean"
        ),
    ),
    "the target as a cutback week's due length is run the week after": (
        (40, 55, {"strength": None}),
        "40 40 45 35 45 45 50 40 55",
        "baseline big-step clean cutback cutback big-step clean cutback cutback",
    ),
}


@pytest.mark.parametrize(("asked", "runs", "why"), CAREFUL.values(), ids=CAREFUL.keys())
def test_the_careful_runner_waits_where_a_step_is_large_and_runs_less_every_fourth_week(
    asked, runs, why
):
    baseline, target, rest = asked
    plan = planned(baseline, target, policy=CAUTIOUS, **rest)
    assert minutes(plan) == runs
    assert rules(plan) == why


CAREFUL_AWAY = {
    "over the cutback week: what was due is run, and no cutback is made up for": (
        [(8, 8)],
        "40 40 40 40 45 45 50 - 55 60",
        "baseline first-month first-month first-month clean big-step clean - away clean",
    ),
    "in the week after the cutback: what was due waits a week": (
        [(9, 9)],
        "40 40 40 40 45 45 50 40 - 55 60",
        "baseline first-month first-month first-month clean big-step clean cutback - away clean",
    ),
    "two weeks after the cutback: 70 % of what was due, and the next cutback comes on time": (
        [(9, 10)],
        "40 40 40 40 45 45 50 40 - - 35 30 40 40 45 35 45 45 50 40 55 60",
        (
            "baseline first-month first-month first-month clean big-step clean cutback - - away "
            "cutback cutback big-step clean cutback cutback big-step clean cutback cutback clean"
        ),
    ),
    "before a cutback week: the absence decides, and no cutback follows it": (
        [(7, 7)],
        "40 40 40 40 45 45 - 50 55 60",
        "baseline first-month first-month first-month clean big-step - away clean clean",
    ),
    "when a step was just earned: two clean runs are counted at the new level alone": (
        [(5, 5)],
        "40 40 40 40 - 45 45 40 50 55 60",
        "baseline first-month first-month first-month - away big-step cutback cutback clean clean",
    ),
    "when a step was waiting: the row goes on where it stopped": (
        [(6, 6)],
        "40 40 40 40 45 - 45 40 50 55 60",
        "baseline first-month first-month first-month clean - away cutback cutback clean clean",
    ),
}


@pytest.mark.parametrize(("away", "runs", "why"), CAREFUL_AWAY.values(), ids=CAREFUL_AWAY.keys())
def test_the_careful_runner_who_was_away_goes_on_from_what_the_last_run_earned(away, runs, why):
    plan = planned(40, 60, policy=CAUTIOUS, away=[whole_weeks(*weeks) for weeks in away])
    assert minutes(plan) == runs
    assert rules(plan) == why


def test_a_careful_cutback_week_keeps_the_level_that_is_due():
    plan = planned(40, 60, policy=CAUTIOUS)
    cut, resumed = plan.weeks[7].long_run, plan.weeks[8].long_run
    assert (cut.minutes, cut.level_min, cut.decision.action) == (40, 55, "cut back")
    assert (resumed.minutes, resumed.level_min, resumed.decision.action) == (55, 55, "resume")


def test_a_policy_of_ten_minute_steps_gets_there_in_half_the_time():
    ten = Policy(name="ten minutes", rules=FIVE_MINUTES.rules, step_min=10)
    assert minutes(planned(40, 75, policy=ten)) == "40 40 40 40 50 60 70 75"


def test_every_long_run_knows_the_longest_run_of_the_thirty_days_before():
    # Week 2 sees the baseline and week 1; after 6 weeks without a run there is nothing to see.
    plan = planned(40, 60, strength=None, away=[whole_weeks(3, 7)])
    longest = [week.long_run and week.long_run.longest_min for week in plan.weeks]
    assert minutes(plan) == "40 45 - - - - - 25 30 35 40 45 50 55 60"
    assert longest == [40, 40, None, None, None, None, None, 0, 25, 30, 35, 40, 45, 50, 55]


def test_after_four_weeks_away_the_long_run_before_is_still_in_sight():
    # Week 1 lies 35 days back, week 2 lies 28 days back.
    plan = planned(40, 60, strength=None, away=[whole_weeks(3, 5)])
    assert minutes(plan) == "40 45 - - - 25 30 35 40 45 50 55 60"
    assert [week.long_run.longest_min for week in plan.weeks[5:8]] == [45, 25, 30]
