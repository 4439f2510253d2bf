"""What was asked can change from a day on, and single sessions can move."""

import pytest
from attrs import evolve
from support.diaries import SATURDAY, SUNDAY, answered, asked, diary, on, ran

from runplan import (
    CAUTIOUS,
    FIVE_MINUTES,
    Away,
    Change,
    InvalidValue,
    Log,
    Move,
    Slot,
    Strength,
    build,
)

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = range(5)
EVENING = Slot("saturday", "18:00")


def lengths(rebuild, log, today):
    """Return how long the long runs are, None where there is none."""
    plan = build(rebuild, log, today=today)
    return [week.long_run and week.long_run.minutes for week in plan.weeks]


def run_days(rebuild, log, today, weeks=4):
    """Return the days of the first long runs, None where there is none."""
    plan = build(rebuild, log, today=today)
    return [week.long_run and week.long_run.day for week in plan.weeks[:weeks]]


def strength_days(rebuild, log, today, week):
    """Return the days of a week's strength sessions."""
    return [each.day for each in build(rebuild, log, today=today).weeks[week - 1].strength]


# --- the target -------------------------------------------------------------------------------


def test_a_higher_target_leads_on_from_its_day():
    rebuild = asked(target_min=50)
    log = diary(rebuild, {}, {}).add(Change(day=on(3, WEDNESDAY), target_min=65))
    assert lengths(rebuild, log, on(3, TUESDAY)) == [40, 45, 50]
    assert lengths(rebuild, log, on(3, WEDNESDAY)) == [40, 45, 50, 55, 60, 65]


def test_a_lower_target_is_the_most_from_its_day_on():
    log = diary(asked(), {}, {}, {}, {}).add(Change(day=on(5, WEDNESDAY), target_min=50))
    # 40, 45, 50 and 55 were planned and stay. The plan ends with the first clean 50 of the new
    # target.
    assert lengths(asked(), log, on(5, WEDNESDAY)) == [40, 45, 50, 55, 50]
    assert answered(asked(), log, 5, today=on(5)) == ("clean", 50)
    plan = build(asked(), log.add(ran(5, 50)), today=on(6, MONDAY))
    assert (plan.status, plan.finish) == ("reached", on(5))


def test_the_past_keeps_what_was_planned_with_the_old_target():
    rebuild = asked(target_min=45)
    log = Log([ran(1), Change(day=on(2, FRIDAY), target_min=55, recorded_on=on(3, MONDAY))])
    assert build(rebuild, log, today=on(2)).target_min == 45
    assert build(rebuild, log, today=on(3, MONDAY)).target_min == 55
    assert lengths(rebuild, log, on(3, MONDAY))[:2] == [40, 45]


def test_a_change_for_a_day_to_come_holds_from_that_day_on():
    rebuild = asked(target_min=45)
    # Known on Monday: the plan goes on beyond the second week, whose target is still 45.
    log = Log([ran(1), Change(day=on(3, MONDAY), target_min=55, recorded_on=on(2, MONDAY))])
    assert lengths(rebuild, log, on(1)) == [40, 45]
    assert lengths(rebuild, log, on(2, MONDAY)) == [40, 45, 50, 55]


def test_a_withdrawn_change_leaves_what_was_asked_before():
    change = Change(day=on(2, MONDAY), target_min=50, retracted_on=on(2, FRIDAY))
    log = Log([ran(1), change])
    assert lengths(asked(), log, on(2, THURSDAY)) == [40, 45, 50]
    assert len(lengths(asked(), log, on(2, FRIDAY))) == 11


def test_of_two_changes_of_one_day_the_later_recorded_counts():
    first = Change(day=on(3, MONDAY), target_min=50, recorded_on=on(2, MONDAY))
    second = Change(day=on(3, MONDAY), target_min=55, recorded_on=on(2, TUESDAY))
    for entries in ([first, second], [second, first]):
        assert lengths(asked(), Log([ran(1), *entries]), on(2, TUESDAY)) == [40, 45, 50, 55]


def test_two_changes_that_become_known_at_once_both_count_from_their_days():
    # 40, 45, 50 and 55 were run. As known now, the first month was to be held at 40.
    held = Change(day=on(2, TUESDAY), first_month="hold", recorded_on=on(5, MONDAY))
    kept = Change(day=on(4, TUESDAY), keep_weeks=1, recorded_on=on(5, MONDAY))
    log = diary(asked(), {}, {}, {}, {}).add(held, kept)
    assert answered(asked(), log, 5, today=on(5, MONDAY)) == ("clean", 45)


def test_changes_of_different_days_add_up():
    first = Change(day=on(2, MONDAY), target_min=50)
    second = Change(day=on(3, MONDAY), keep_weeks=1)
    log = Log([ran(1), ran(2, 45), first, second])
    assert lengths(asked(), log, on(3, MONDAY)) == [40, 45, 50, 50]


def test_a_request_that_cannot_be_planned_with_a_change_is_refused_with_its_day():
    log = Log([Change(day=on(2, MONDAY), target_min=30)])
    with pytest.raises(InvalidValue, match="the change of 2026-12-07: target_min must not be"):
        build(asked(), log, today=on(2, MONDAY))


# --- days and times ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "days"),
    [
        # Both days of the second week lie ahead.
        (on(2, MONDAY), [on(1), on(2, SATURDAY), on(3, SATURDAY)]),
        (on(2, SATURDAY), [on(1), on(2, SATURDAY), on(3, SATURDAY)]),
        # On Sunday its Saturday is over: from the next plan week on.
        (on(2, SUNDAY), [on(1), on(2), on(3, SATURDAY)]),
    ],
)
def test_a_new_weekday_holds_where_both_days_lie_ahead_else_from_the_next_week(day, days):
    log = Log([ran(1), Change(day=day, long_run=EVENING)])
    assert run_days(asked(), log, on(2), 3) == days


def test_a_new_weekday_that_is_over_leaves_the_run_of_the_week_where_it_is():
    change = Change(day=on(2, THURSDAY), long_run=Slot("wednesday", "07:00"))
    days = [on(1), on(2), on(3, WEDNESDAY)]
    assert run_days(asked(), Log([ran(1), change]), on(2, THURSDAY), 3) == days


def test_a_new_weekday_for_a_day_to_come_holds_from_that_day_on():
    change = Change(day=on(3, MONDAY), recorded_on=on(2, MONDAY), long_run=EVENING)
    days = [on(1), on(2), on(3, SATURDAY)]
    assert run_days(asked(), Log([ran(1), change]), on(2, MONDAY), 3) == days


def test_a_new_weekday_that_is_withdrawn_leaves_the_runs_that_are_over():
    change = Change(day=on(2, MONDAY), long_run=EVENING, retracted_on=on(3, MONDAY))
    days = [on(1), on(2, SATURDAY), on(3)]
    assert run_days(asked(), Log([ran(1), change]), on(3, MONDAY), 3) == days


def test_a_later_weekday_does_not_bring_back_a_run_that_is_over():
    # The long run was on Wednesday. On Friday Sunday is asked for: this week had its run.
    rebuild = asked(long_run=Slot("wednesday", "07:00"))
    log = Log([Change(day=on(2, FRIDAY), long_run=Slot("sunday", "09:00"))])
    assert run_days(rebuild, log, on(2, FRIDAY), 3) == [on(1, WEDNESDAY), on(2, WEDNESDAY), on(3)]


@pytest.mark.parametrize("weekday", [WEDNESDAY, SUNDAY])
def test_a_new_time_holds_from_its_day_on(weekday):
    log = Log([Change(day=on(2, weekday), long_run=Slot("sunday", "07:30"))])
    plan = build(asked(), log, today=on(2, weekday))
    assert [f"{week.long_run.at:%H:%M}" for week in plan.weeks[:3]] == ["09:00", "07:30", "07:30"]


def test_a_new_time_zone_holds_from_its_day_on():
    log = Log([Change(day=on(2, WEDNESDAY), timezone="America/New_York")])
    plan = build(asked(), log, today=on(2, WEDNESDAY))
    zones = [session.timezone for week in plan.weeks[:2] for session in week.sessions]
    assert zones == ["Europe/Berlin", "Europe/Berlin", "America/New_York", "America/New_York"]
    assert plan.timezone == "America/New_York"


def test_new_strength_days_hold_from_their_day_on():
    # One session on Wednesday, then two on the new days.
    change = Change(day=on(2, MONDAY), strength=Strength(days=["tue", "fri"], ramp=[(None, 2)]))
    log = Log([change])
    days = [strength_days(asked(), log, on(2, MONDAY), week) for week in (1, 2, 3)]
    assert days == [
        [on(1, WEDNESDAY)],
        [on(2, TUESDAY), on(2, FRIDAY)],
        [on(3, TUESDAY), on(3, FRIDAY)],
    ]


def test_a_new_strength_day_that_is_over_holds_from_the_next_week_on():
    rebuild = asked(strength=Strength(days=["fri"], ramp=[(None, 1)]))
    monday = Strength(days=["mon"], ramp=[(None, 1)])
    log = Log([ran(1), Change(day=on(2, WEDNESDAY), strength=monday)])
    days = [strength_days(rebuild, log, on(2, WEDNESDAY), week) for week in (2, 3)]
    assert days == [[on(2, FRIDAY)], [on(3, MONDAY)]]


@pytest.mark.parametrize("recorded", [on(2, FRIDAY), on(1, MONDAY)])
def test_new_strength_work_holds_from_its_day_on_and_more_sessions_from_the_next_week(recorded):
    rebuild = asked(strength=Strength(ramp=[(None, 2)]))
    more = Strength(minutes=45, ramp=[(None, 3)])
    log = Log([Change(day=on(2, FRIDAY), strength=more, recorded_on=recorded)])
    plan = build(rebuild, log, today=on(2, FRIDAY))
    minutes = [[session.minutes for session in week.strength] for week in plan.weeks[:3]]
    assert minutes == [[30, 30], [30, 45], [45, 45, 45]]


def test_giving_up_strength_leaves_the_sessions_that_are_over():
    rebuild = asked(strength=Strength(ramp=[(None, 3)]))
    log = Log([Change(day=on(2, WEDNESDAY), strength=None)])
    days = [strength_days(rebuild, log, on(2, THURSDAY), week) for week in (1, 2, 3)]
    assert days == [[on(1, MONDAY), on(1, WEDNESDAY), on(1, FRIDAY)], [on(2, MONDAY)], []]


# --- absences ---------------------------------------------------------------------------------


def test_an_absence_recorded_on_a_day_touches_nothing_before_it():
    rebuild = asked(strength=Strength(ramp=[(None, 3)]))
    ill = Change(day=on(2, THURSDAY), away=[Away(first=on(2, MONDAY), last=on(3, TUESDAY))])
    log = Log([ran(1), ill])
    plan = build(rebuild, log, today=on(2, THURSDAY))
    # Monday and Wednesday were planned; Friday and Sunday are left out.
    assert strength_days(rebuild, log, on(2, THURSDAY), 2) == [on(2, MONDAY), on(2, WEDNESDAY)]
    assert run_days(rebuild, log, on(2, THURSDAY), 3) == [on(1), None, on(3)]
    # The first run has earned 45, and two weeks take nothing of it.
    assert answered(rebuild, log, 3, today=on(3)) == ("away", 45)
    assert [(each.first, each.last) for each in plan.away] == [(on(2, MONDAY), on(3, TUESDAY))]


def test_a_run_is_moved_to_the_nearest_day_that_is_free_and_lies_ahead():
    ill = Away(first=on(2, SATURDAY), last=on(2, SUNDAY))
    log = Log([ran(1), Change(day=on(2, WEDNESDAY), away=[ill])])
    assert run_days(asked(), log, on(2, WEDNESDAY), 3) == [on(1), on(2, FRIDAY), on(3)]
    # On Saturday Friday is over, so there is none.
    log = Log([ran(1), Change(day=on(2, SATURDAY), away=[ill])])
    assert run_days(asked(), log, on(2, SATURDAY), 3) == [on(1), None, on(3)]


def test_strength_leaves_the_day_before_a_run_that_an_absence_has_moved():
    rebuild = asked(strength=Strength(ramp=[(None, 3)]))
    change = Change(day=on(2, MONDAY), away=[Away(first=on(2, SUNDAY), last=on(2, SUNDAY))])
    log = Log([ran(1), change])
    assert run_days(rebuild, log, on(2, MONDAY), 2) == [on(1), on(2, SATURDAY)]
    # Friday is the day before, and no other day keeps 48 hours from the rest.
    assert strength_days(rebuild, log, on(2, MONDAY), 2) == [on(2, MONDAY), on(2, WEDNESDAY)]


def test_an_absence_that_is_withdrawn_brings_the_run_back():
    ill = Away(first=on(2, MONDAY), last=on(2, SUNDAY))
    change = Change(day=on(2, THURSDAY), away=[ill], retracted_on=on(2, SATURDAY))
    log = Log([ran(1), change])
    assert run_days(asked(), log, on(2, FRIDAY), 3) == [on(1), None, on(3)]
    assert run_days(asked(), log, on(2, SATURDAY), 3) == [on(1), on(2), on(3)]


def test_an_absence_that_is_withdrawn_brings_the_strength_sessions_back():
    rebuild = asked(strength=Strength(ramp=[(None, 3)]))
    trip = Away(first=on(3, MONDAY), last=on(3, SUNDAY))
    change = Change(day=on(2, MONDAY), away=[trip], retracted_on=on(2, WEDNESDAY))
    log = Log([ran(1), change])
    assert strength_days(rebuild, log, on(2, TUESDAY), 3) == []
    assert strength_days(rebuild, log, on(2, WEDNESDAY), 3) == [
        on(3, MONDAY),
        on(3, WEDNESDAY),
        on(3, FRIDAY),
    ]


# --- everything else --------------------------------------------------------------------------


def test_a_first_month_that_is_given_up_holds_no_longer():
    rebuild = asked(first_month="hold")
    log = diary(rebuild, {}, {}).add(Change(day=on(3, WEDNESDAY), first_month="extend"))
    answers = [answered(rebuild, log, week, today=on(3)) for week in (1, 2, 3, 4)]
    assert answers == [("baseline", 40), ("first-month", 40), ("clean", 45), ("clean", 50)]


def test_another_policy_answers_from_its_day_on():
    log = diary(asked(), {}, {}).add(Change(day=on(3, WEDNESDAY), policy=CAUTIOUS))
    # 50 is 111 % of 45, and only one run of 45 is clean.
    assert answered(asked(), log, 3, today=on(3, TUESDAY)) == ("clean", 50)
    assert answered(asked(), log, 3, today=on(3)) == ("big-step", 45)
    assert answered(asked(), log, 2, today=on(3)) == ("clean", 45)
    assert build(asked(), log, today=on(3, TUESDAY)).policy == FIVE_MINUTES.name
    assert build(asked(), log, today=on(3, WEDNESDAY)).policy == CAUTIOUS.name


def test_an_assessment_that_is_recorded_later_answers_what_was_before_the_plan():
    hurt = ran(0, 40, pain=7)
    log = Log([hurt, Change(day=on(1, WEDNESDAY), assessed_on=on(1, TUESDAY))])
    assert answered(asked(), log, 1, today=on(1, TUESDAY)) == ("severe-pain", "paused", 30)
    assert answered(asked(), log, 1, today=on(1, WEDNESDAY)) == ("baseline", 40)


def test_a_last_day_ends_the_plan_with_its_week():
    log = Log([ran(1), Change(day=on(2, MONDAY), last_day=on(3, FRIDAY))])
    assert lengths(asked(), log, on(2, MONDAY)) == [40, 45, None]
    assert strength_days(asked(), log, on(2, MONDAY), 3) == [on(3, WEDNESDAY), on(3, FRIDAY)]


# --- moves ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("to", "day"),
    [
        (on(2, SATURDAY), on(2, SATURDAY)),
        (on(2, THURSDAY), on(2, THURSDAY)),
        # Four days before its own, three after the one before it.
        (on(2, WEDNESDAY), on(2)),
        (on(3, MONDAY), on(3, MONDAY)),
        (on(3, WEDNESDAY), on(3, WEDNESDAY)),
        (on(3, THURSDAY), on(2)),
    ],
)
def test_a_long_run_moves_to_a_day_that_is_nearer_to_it_than_to_its_neighbours(to, day):
    log = Log([Move(day=on(2), to=to, recorded_on=on(1, MONDAY))])
    assert run_days(asked(), log, on(1, MONDAY), 3) == [on(1), day, on(3)]


@pytest.mark.parametrize(
    ("to", "recorded", "day"),
    [
        (on(2, SATURDAY), on(2, SATURDAY), on(2, SATURDAY)),
        # The new day is over.
        (on(2, SATURDAY), on(2, SUNDAY), on(2)),
        # The old day is today, and still lies ahead.
        (on(3, MONDAY), on(2, SUNDAY), on(3, MONDAY)),
        # The old day is over.
        (on(3, TUESDAY), on(3, MONDAY), on(2)),
    ],
)
def test_a_move_counts_only_while_both_days_lie_ahead(to, recorded, day):
    log = Log([ran(1), Move(day=on(2), to=to, recorded_on=recorded)])
    assert run_days(asked(), log, on(3, WEDNESDAY), 2) == [on(1), day]


def test_a_moved_run_keeps_its_length_its_place_and_its_usual_day():
    log = Log([ran(1), Move(day=on(2), to=on(2, FRIDAY), recorded_on=on(2, MONDAY))])
    run = build(asked(), log, today=on(2, MONDAY)).weeks[1].long_run
    assert (run.minutes, run.week, run.place) == (45, 2, 1)
    assert (run.day, run.moved_from) == (on(2, FRIDAY), on(2))


def test_a_run_that_was_run_early_and_moved_afterwards_is_on_its_new_day_for_good():
    early = evolve(ran(2), day=on(2, FRIDAY), recorded_on=on(2, FRIDAY))
    late = evolve(ran(2), recorded_on=on(3, MONDAY))
    move = Move(day=on(2), to=on(3, MONDAY), recorded_on=on(2))
    log = Log([ran(1), early, move, late])
    for today in (on(2), on(3, MONDAY), on(3, WEDNESDAY)):
        assert run_days(asked(), log, today, 2) == [on(1), on(3, MONDAY)]


def test_a_moved_run_is_open_and_missed_by_its_new_day():
    log = Log([ran(1), Move(day=on(2), to=on(3, MONDAY), recorded_on=on(2, MONDAY))])
    assert answered(asked(), log, 3, today=on(3, THURSDAY)) == ("clean", 50)
    assert answered(asked(), log, 3, today=on(3, FRIDAY)) == ("away", 45)


def test_a_move_that_is_withdrawn_moves_nothing():
    move = Move(
        day=on(2), to=on(2, SATURDAY), recorded_on=on(1, MONDAY), retracted_on=on(2, TUESDAY)
    )
    log = Log([ran(1), move])
    assert run_days(asked(), log, on(2, MONDAY), 2) == [on(1), on(2, SATURDAY)]
    assert run_days(asked(), log, on(2, TUESDAY), 2) == [on(1), on(2)]


def test_a_move_of_a_run_can_be_moved_on():
    log = Log([
        Move(day=on(2), to=on(2, SATURDAY), recorded_on=on(1, MONDAY)),
        Move(day=on(2, SATURDAY), to=on(2, FRIDAY), recorded_on=on(1, TUESDAY)),
    ])  # fmt: skip
    assert run_days(asked(), log, on(1, TUESDAY), 2) == [on(1), on(2, FRIDAY)]


@pytest.mark.parametrize(
    ("to", "days"),
    [
        # Of three sessions on Monday, Wednesday and Friday the second moves.
        (TUESDAY, [MONDAY, WEDNESDAY, FRIDAY]),  # as near to Monday's
        (THURSDAY, [MONDAY, WEDNESDAY, FRIDAY]),  # as near to Friday's
    ],
)
def test_a_strength_session_does_not_move_next_to_another(to, days):
    rebuild = asked(strength=Strength(ramp=[(None, 3)]))
    log = Log([Move(day=on(2, WEDNESDAY), to=on(2, to), recorded_on=on(1, MONDAY))])
    assert strength_days(rebuild, log, on(1, MONDAY), 2) == [on(2, day) for day in days]


@pytest.mark.parametrize(
    ("to", "recorded", "day"),
    [
        (TUESDAY, TUESDAY, TUESDAY),
        # The new day is over.
        (TUESDAY, WEDNESDAY, WEDNESDAY),
        # The old day is today, and still lies ahead.
        (THURSDAY, WEDNESDAY, THURSDAY),
        # The old day is over.
        (FRIDAY, THURSDAY, WEDNESDAY),
    ],
)
def test_a_strength_session_moves_only_while_both_days_lie_ahead(to, recorded, day):
    move = Move(day=on(1, WEDNESDAY), to=on(1, to), recorded_on=on(1, recorded))
    assert strength_days(asked(), Log([move]), on(1, FRIDAY), 1) == [on(1, day)]


def test_of_a_long_run_and_a_strength_session_of_one_day_the_long_run_moves():
    rebuild = asked(strength=Strength(days=["sun"], ramp=[(None, 1)]))
    log = Log([Move(day=on(2), to=on(2, SATURDAY), recorded_on=on(1, MONDAY))])
    assert run_days(rebuild, log, on(1, MONDAY), 2) == [on(1), on(2, SATURDAY)]
    assert strength_days(rebuild, log, on(1, MONDAY), 2) == [on(2)]
    # Also where the long run has come to that day by a move.
    rebuild = asked(strength=Strength(days=["sat"], ramp=[(None, 1)]))
    log = log.add(Move(day=on(2, SATURDAY), to=on(2, FRIDAY), recorded_on=on(1, TUESDAY)))
    assert run_days(rebuild, log, on(1, TUESDAY), 2) == [on(1), on(2, FRIDAY)]
    assert strength_days(rebuild, log, on(1, TUESDAY), 2) == [on(2, SATURDAY)]


def test_a_strength_session_moves_by_itself():
    # Two sessions: Wednesday and Friday. Wednesday's moves to Monday and keeps its place.
    rebuild = asked(strength=Strength(ramp=[(None, 2)]))
    log = Log([Move(day=on(2, WEDNESDAY), to=on(2, MONDAY), recorded_on=on(1, MONDAY))])
    moved, kept = build(rebuild, log, today=on(1, MONDAY)).weeks[1].strength
    assert (moved.day, moved.moved_from, moved.place) == (on(2, MONDAY), on(2, WEDNESDAY), 1)
    assert (kept.day, kept.moved_from, kept.place) == (on(2, FRIDAY), None, 2)
    # The other weeks stay as they are.
    assert strength_days(rebuild, log, on(1, MONDAY), 3) == [on(3, WEDNESDAY), on(3, FRIDAY)]
