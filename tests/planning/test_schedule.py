"""On which days a runner finds the long run and the strength sessions."""

import datetime as dt
from itertools import combinations, pairwise

import pytest

from runplan import Away, Rebuild, Slot, Strength, build
from runplan.planning.schedule import nearest_free, spread

MON, TUE, WED, THU, FRI, SAT, SUN = range(7)
NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

MONDAY = dt.date(2026, 11, 30)


def closeness(chosen, long_run):
    """
    Return the days between neighbouring sessions and runs, the least first.

    It walks from one long run to the next day by day, as a finger on a wall calendar would.
    """
    walks = [0] if long_run in chosen else []
    walked = 0
    for day in range(long_run + 1, long_run + 8):
        walked += 1
        if day % 7 in chosen or day % 7 == long_run:
            walks.append(walked)
            walked = 0
    return sorted(walks)


def every_choice():
    """Return every set of given days with every long run and number of sessions."""
    for long_run in range(7):
        for many in range(1, 8):
            for days in combinations(range(7), many):
                for sessions in range(many + 1):
                    yield days, long_run, sessions


def test_sessions_lie_furthest_from_each_other_and_from_the_long_run():
    for days, long_run, sessions in every_choice():
        chosen = spread(days, long_run, sessions)
        assert len(set(chosen)) == sessions
        assert set(chosen) <= set(days)
        best = max(closeness(each, long_run) for each in combinations(days, sessions))
        assert closeness(chosen, long_run) == best, (days, long_run, sessions)


def test_of_mirror_images_the_one_with_more_time_before_the_long_run_is_taken():
    for days, long_run, sessions in every_choice():
        if not sessions or long_run in days:
            continue
        chosen = spread(days, long_run, sessions)
        mirrored = [(2 * long_run - day) % 7 for day in chosen]
        if set(mirrored) <= set(days):
            before = min((long_run - day) % 7 for day in chosen)
            assert before >= min((long_run - day) % 7 for day in mirrored)


def test_the_weekdays_come_in_the_order_in_which_they_follow_the_long_run():
    for days, long_run, sessions in every_choice():
        after = [(day - long_run) % 7 for day in spread(days, long_run, sessions)]
        assert after == sorted(after)


@pytest.mark.parametrize(
    ("days", "long_run", "sessions", "chosen"),
    [
        ([MON, WED, FRI], SUN, 1, (WED,)),
        ([MON, WED, FRI], SUN, 2, (WED, FRI)),
        ([MON, WED, FRI], SUN, 3, (MON, WED, FRI)),
        (range(7), SUN, 1, (WED,)),  # Wednesday and Thursday mirror each other
        (range(7), SUN, 2, (TUE, THU)),  # 2, 2 and 3 days apart, the 3 before the run
        (range(7), WED, 2, (FRI, SUN)),
        ([SAT, SUN], SUN, 1, (SAT,)),
        ([MON, SAT], SUN, 1, (MON,)),
        ([MON, TUE, THU], SUN, 2, (TUE, THU)),
        ([SUN], SUN, 1, (SUN,)),
        ([MON, WED, FRI], SUN, 0, ()),
    ],
)
def test_a_runner_would_have_chosen_the_same_days(days, long_run, sessions, chosen):
    assert spread(days, long_run, sessions) == chosen


def test_the_nearest_free_day_is_the_earlier_of_two():
    assert nearest_free(3, range(7), set()) == 3
    assert nearest_free(3, range(7), {3}) == 2
    assert nearest_free(3, range(7), {3, 2}) == 4
    assert nearest_free(3, range(7), {3, 2, 4, 1}) == 5
    assert nearest_free(0, range(7), {0, 1}) == 2
    assert nearest_free(3, range(7), set(range(7))) is None


def test_a_day_outside_the_week_is_no_free_day():
    assert nearest_free(6, range(7), {6, 5}) == 4


@pytest.mark.parametrize("long_run", range(7))
def test_usual_strength_days_are_one_three_and_five_days_after_the_long_run(long_run):
    rebuild = Rebuild(
        baseline_min=40,
        target_min=60,
        start=MONDAY,
        timezone="UTC",
        long_run=Slot(NAMES[long_run], "09:00"),
    )
    weekdays = [{each.day.weekday() for each in week.strength} for week in build(rebuild).weeks]
    after = [{(long_run + days) % 7 for days in gaps} for gaps in [(3,), (3, 5), (1, 3, 5)]]
    assert weekdays == [after[0]] * 2 + [after[1]] * 2 + [after[2]] * 4


def test_three_sessions_have_no_other_days_that_touch_nothing():
    # Not on the long run's day or the day before it, and never two days in a row, around the week.
    fits = [
        days
        for days in combinations(range(1, 6), 3)
        if all(later - earlier >= 2 for earlier, later in pairwise(days))
    ]
    assert fits == [(1, 3, 5)]


def dates(*days):
    """Return days of November 2026 to January 2027, counted from 1 December."""
    return [dt.date(2026, 12, 1) + dt.timedelta(days=day - 1) for day in days]


def placed(away=(), *, sessions=3, **asked):
    """Return the plan of steady weeks from Monday 30 November, with days of December away."""
    strength = Strength(ramp=((None, sessions),), days=asked.pop("days", None))
    ranges = [Away(first=first, last=last) for first, last in (dates(*days) for days in away)]
    usual = {"baseline_min": 40, "target_min": 60, "start": MONDAY, "timezone": "Europe/Berlin"}
    return build(Rebuild(**(usual | {"strength": strength, "away": ranges} | asked)))


def strength_of(plan, week):
    """Return place and day of December of a week's strength sessions, in the order of days."""
    return [
        (each.place, (each.day - dt.date(2026, 11, 30)).days)
        for each in plan.weeks[week - 1].strength
    ]


def run_on(plan, week):
    """Return the day of December of a week's long run."""
    return (plan.weeks[week - 1].long_run.day - dt.date(2026, 11, 30)).days


def left_out(plan):
    """Return the findings about strength sessions that were left out."""
    return [each.week for each in plan.findings if each.code.endswith("left-out")]


# Week 2 is Monday 7 to Sunday 13 December. Usual: Monday 7, Wednesday 9 and Friday 11 of three
# sessions, Wednesday and Friday of two, Wednesday of one; the long run on Sunday 13.
AROUND = {
    "nobody is away": (3, [], [(1, 7), (2, 9), (3, 11)], 13),
    "away in another week": (3, [(23, 23)], [(1, 7), (2, 9), (3, 11)], 13),
    "Wednesday of three: Tuesday and Thursday touch the others": (
        3,
        [(9, 9)],
        [(1, 7), (3, 11)],
        13,
    ),
    "Monday of three": (3, [(7, 7)], [(2, 9), (3, 11)], 13),
    "Monday and Tuesday of three: Wednesday and Friday stay": (
        3,
        [(7, 8)],
        [(2, 9), (3, 11)],
        13,
    ),
    "Monday to Wednesday of three: Friday stays, one session is left": (
        3,
        [(7, 9)],
        [(3, 11)],
        13,
    ),
    "Wednesday of two: Tuesday is nearest": (2, [(9, 9)], [(1, 8), (2, 11)], 13),
    "Tuesday and Wednesday of two: Thursday touches Friday": (2, [(8, 9)], [(1, 7), (2, 11)], 13),
    "Friday of two: its second session moves before the first": (
        2,
        [(11, 11)],
        [(2, 7), (1, 9)],
        13,
    ),
    "Wednesday and Friday of two: Tuesday, then Thursday": (
        2,
        [(9, 9), (11, 11)],
        [(1, 8), (2, 10)],
        13,
    ),
    "Wednesday to Friday of two: one finds Tuesday, none is left for the other": (
        2,
        [(9, 11)],
        [(1, 8)],
        13,
    ),
    "Wednesday of one: the earlier of two days as near": (1, [(9, 9)], [(1, 8)], 13),
    "Tuesday and Wednesday of one": (1, [(8, 9)], [(1, 10)], 13),
    "Monday to Wednesday of one": (1, [(7, 9)], [(1, 10)], 13),
    "Monday to Thursday of one": (1, [(7, 10)], [(1, 11)], 13),
    "Monday to Friday of one: Saturday is the day before the run": (1, [(7, 11)], [], 13),
    "Sunday of one: the run takes Saturday": (1, [(13, 13)], [(1, 9)], 12),
    "Sunday of two: Friday is the day before the moved run": (
        2,
        [(13, 13)],
        [(2, 7), (1, 9)],
        12,
    ),
    "Sunday of three: nothing is left for Friday": (3, [(13, 13)], [(1, 7), (2, 9)], 12),
    "a weekend: the run takes Friday, the session there goes": (
        3,
        [(12, 13)],
        [(1, 7), (2, 9)],
        11,
    ),
    "Friday to Sunday of two: the run takes Thursday, Wednesday is the day before": (
        2,
        [(11, 13)],
        [(1, 8)],
        10,
    ),
    "Thursday to Sunday of one: the run takes Wednesday": (1, [(10, 13)], [(1, 7)], 9),
    "Wednesday to Sunday of one: the run takes Tuesday": (1, [(9, 13)], [], 8),
    "Tuesday to Sunday of one: the run takes Monday": (1, [(8, 13)], [], 7),
    "all week": (3, [(7, 13)], [], None),
}


@pytest.mark.parametrize(
    ("sessions", "away", "strength", "run"), AROUND.values(), ids=AROUND.keys()
)
def test_sessions_move_around_days_away_within_their_week_or_are_left_out(
    sessions, away, strength, run
):
    plan = placed(away, sessions=sessions)
    assert strength_of(plan, 2) == strength
    assert (plan.weeks[1].long_run and run_on(plan, 2)) == run
    assert (2 in left_out(plan)) == (len(strength) < sessions)


@pytest.mark.parametrize(
    ("away", "run"),
    [((13, 13), 12), ((12, 14), 11), ((7, 12), 13), ((8, 13), 7), ((13, 20), 12)],
)
def test_the_long_run_takes_the_nearest_free_day_of_its_week(away, run):
    plan = placed([away], sessions=0)
    assert run_on(plan, 2) == run
    usual = dt.date(2026, 12, 13)
    assert plan.weeks[1].long_run.moved_from == (usual if run != 13 else None)
    assert plan.weeks[1].long_run.place == 1


def test_of_two_days_as_near_the_long_run_takes_the_earlier():
    # Weeks from Thursday 3 December: Sunday 6 lies in the middle of week 1.
    plan = placed([(6, 6)], sessions=0, start="2026-12-03")
    assert run_on(plan, 1) == 5
    plan = placed([(5, 6)], sessions=0, start="2026-12-03")
    assert run_on(plan, 1) == 7


def test_a_long_run_stays_in_its_plan_week_though_a_nearer_day_lies_beside_it():
    # Weeks from Sunday 6 December: the long run is on the first day and can only move on.
    plan = placed([(6, 7)], sessions=0, start="2026-12-06")
    assert run_on(plan, 1) == 8
    assert run_on(plan, 2) == 13


def test_no_strength_before_a_long_run_that_moved_up_from_the_week_after():
    # Weeks from Saturday 5 December; away on Sunday 13, so week 2 runs on Saturday 12 already
    # and Friday 11, the last day of week 1, is the day before it.
    plan = placed([(13, 13)], sessions=1, days=["fri"], start="2026-12-05")
    assert run_on(plan, 2) == 12
    assert strength_of(plan, 1) == [(1, 10)]
    assert plan.weeks[0].strength[0].moved_from == dt.date(2026, 12, 11)
    beside = placed([(14, 14)], sessions=1, days=["fri"], start="2026-12-05")
    assert strength_of(beside, 1) == [(1, 11)]


def test_a_moved_session_rests_before_the_first_session_of_the_week_after():
    # Runs on Wednesdays, strength on Mondays and Fridays.
    asked = {"sessions": 2, "days": ["mon", "fri"], "long_run": Slot("wed", "09:00")}
    # Away on Friday 4: Thursday 3. Away on both: Saturday 5 leaves 48 hours to Monday 7.
    assert strength_of(placed([(4, 4)], **asked), 1) == [(1, 0), (2, 3)]
    assert strength_of(placed([(3, 4)], **asked), 1) == [(1, 0), (2, 5)]
    # Away until Saturday: Sunday 6 is too near Monday 7.
    plan = placed([(3, 5)], **asked)
    assert strength_of(plan, 1) == [(1, 0)]
    assert left_out(plan) == [1]
    # Away on that Monday as well: Sunday 6 is free, and then nothing is for Monday.
    plan = placed([(3, 5), (7, 7)], **asked)
    assert strength_of(plan, 1) == [(1, 0), (2, 6)]
    assert strength_of(plan, 2) == [(2, 11)]


def test_a_moved_session_rests_before_a_session_that_the_ramp_adds_in_the_week_after():
    # Long runs on Wednesdays. One session on Saturday, then two on Monday and Saturday.
    ramp = ((1, 1), (1, 2), (None, 1))
    plan = placed([(4, 5)], strength=Strength(ramp=ramp), long_run=Slot("wed", "09:00"))
    # Sunday is as far from Saturday as Friday, and next to Monday: so Thursday.
    assert strength_of(plan, 1) == [(1, 3)]
    assert strength_of(plan, 2) == [(1, 7), (2, 12)]
    # A week later Monday has none, and Sunday is nearer than Thursday.
    later = Strength(ramp=((2, 1), (None, 2)))
    plan = placed([(4, 5)], strength=later, long_run=Slot("wed", "09:00"))
    assert [strength_of(plan, week) for week in (1, 2)] == [[(1, 6)], [(1, 12)]]


def test_a_moved_session_rests_after_the_last_session_of_the_week_before():
    # Runs on Wednesdays, one session on Sundays. Away Thursday 10 to Sunday 13: Monday 7 is the
    # only day not beside the run, and Sunday 6 was a session.
    asked = {"sessions": 1, "days": ["sun"], "long_run": Slot("wed", "09:00")}
    plan = placed([(10, 13)], **asked)
    assert strength_of(plan, 1) == [(1, 6)]
    assert strength_of(plan, 2) == []
    # Away on Sunday 6 too: that session moves to Saturday 5, and Monday 7 is 48 hours later.
    plan = placed([(6, 6), (10, 13)], **asked)
    assert strength_of(plan, 1) == [(1, 5)]
    assert strength_of(plan, 2) == [(1, 7)]


def test_days_that_were_asked_for_stay_though_they_are_beside_the_long_run():
    # Told, not forbidden; an absence elsewhere in the week does not change it.
    plan = placed([(7, 7)], sessions=2, days=["wed", "sat"])
    assert strength_of(plan, 2) == [(1, 9), (2, 12)]
    # Away on Saturday, the session moves to where it may be.
    plan = placed([(12, 12)], sessions=2, days=["wed", "sat"])
    assert strength_of(plan, 2) == [(1, 9), (2, 11)]


def test_a_session_that_moved_says_where_it_came_from_and_the_others_do_not():
    plan = placed([(9, 9)], sessions=2)
    first, second = plan.weeks[1].strength
    assert (first.day, first.moved_from) == (dt.date(2026, 12, 8), dt.date(2026, 12, 9))
    assert (second.day, second.moved_from) == (dt.date(2026, 12, 11), None)


def test_a_session_keeps_its_place_when_the_one_before_it_is_left_out():
    plan = placed([(7, 7)], sessions=3)
    assert [each.place for each in plan.weeks[1].strength] == [2, 3]
    assert [each.place for each in plan.weeks[2].strength] == [1, 2, 3]


def test_the_sessions_of_a_week_come_in_the_order_of_time():
    plan = placed([(11, 11)], sessions=2)
    days = [each.day.day for each in plan.weeks[1].sessions]
    assert days == [7, 9, 13]
    early = placed(sessions=1, days=["sun"], long_run=Slot("sun", "20:00"))
    assert [each.at.hour for each in early.weeks[0].sessions] == [18, 20]


def test_seven_sessions_a_week_are_one_every_day():
    plan = placed(sessions=7, days=NAMES)
    assert strength_of(plan, 2) == [(place, 6 + place) for place in range(1, 8)]


def test_a_plan_without_strength_days_has_no_strength():
    plan = placed(sessions=0, days=[])
    assert all(not week.strength for week in plan.weeks)
