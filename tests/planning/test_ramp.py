"""The strength ramp: how many sessions a week has, with which doses, and what pain does to it."""

import pytest
from support.diaries import SUNDAY, asked, cleared, diary, morning, on, ran, strength_report

from runplan import Log, Strength, build
from runplan.planning.ramp import RAMP, RampWeek, sessions_due, settled_from, week_after

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY = range(6)
MISSED = None


def sessions(plan, weeks):
    """Return how many strength sessions the first weeks have."""
    return [len(week.strength) for week in plan.weeks[:weeks]]


# --- the phases -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ramp", "expected", "settled"),
    [
        # Two weeks of 1, two of 2, then 3.
        (RAMP, [1, 1, 2, 2, 3, 3], 5),
        (((None, 2),), [2, 2, 2, 2, 2, 2], 1),
        (((1, 0), (3, 1), (None, 4)), [0, 1, 1, 1, 4, 4], 5),
    ],
)
def test_a_ramp_has_its_sessions_phase_by_phase(ramp, expected, settled):
    assert [sessions_due(ramp, week) for week in range(1, 7)] == expected
    assert settled_from(ramp) == settled


def test_the_doses_of_the_first_month_end_with_its_fourth_week():
    plan = build(asked(), Log([]), today=on(1, MONDAY))
    doses = [str(week.strength[0].prescriptions[0].dose) for week in plan.weeks[:6]]
    assert doses == ["2 × 6–8 a side, RPE 5–6"] * 4 + ["3 × 8–10 a side, RPE 6–7"] * 2


def test_missed_and_away_weeks_count_for_the_ramp():
    plan = build(asked(), diary(asked(), {}, MISSED, MISSED, {}), today=on(5, MONDAY))
    assert sessions(plan, 6) == [1, 1, 2, 2, 3, 3]


def test_each_session_says_what_the_ramp_has():
    plan = build(asked(), Log([]), today=on(1, MONDAY))
    whys = [week.strength[0].decision.why for week in plan.weeks[:5]]
    assert whys[0] == ("The ramp has 1 strength session this week and 3 a week from week 5 on.")
    assert whys[4] == "The ramp has 3 strength sessions a week."
    assert {week.strength[0].decision.action for week in plan.weeks[:5]} == {"train"}
    facts = dict(plan.weeks[2].strength[0].decision.facts)
    assert facts == {"sessions": 2, "later_sessions": 3, "from_week": 5}


# --- what a report does to the week after -----------------------------------------------------

# What one session of week 3, which has two, does to the next weeks.
ANSWERS = [
    # pain, next morning; sessions of week 4, 5, 6; whether week 4 is easier
    (0, 0, [2, 3, 3], False),
    (2, 2, [2, 3, 3], False),
    (2, None, [2, 3, 3], False),
    (3, 0, [2, 3, 3], False),
    (5, 2, [2, 3, 3], False),
    (5, None, [2, 3, 3], False),
    (0, 3, [1, 3, 3], True),
    (2, 5, [1, 3, 3], True),
    (4, 3, [1, 3, 3], True),
]


@pytest.mark.parametrize(("pain", "next_morning", "expected", "is_easier"), ANSWERS)
def test_a_strength_report_sets_the_week_after(pain, next_morning, expected, is_easier):
    report = strength_report(
        3, FRIDAY, pain=pain, pain_next_morning=next_morning, recorded_on=on(3, SATURDAY)
    )
    plan = build(asked(), diary(asked(), {}, {}, {}, extra=[report]), today=on(4, TUESDAY))
    assert sessions(plan, 6)[3:] == expected
    fourth, fifth = plan.weeks[3].strength, plan.weeks[4].strength
    is_sore = pain >= 3 or (next_morning or 0) >= 3
    assert {each.decision.rule for each in fourth} == {"strength-pain" if is_sore else "ramp"}
    assert {each.decision.rule for each in fifth} == {"ramp"}
    prescribed = [each for session in fourth for each in session.prescriptions]
    assert {each.easier for each in prescribed} == {is_easier}
    assert all((", easier: " in str(each)) == is_easier for each in prescribed)
    assert not any(each.easier for session in fifth for each in session.prescriptions)


@pytest.mark.parametrize(
    ("week", "pain", "next_morning", "expected"),
    [
        # Week 3 would have two: it repeats the one of week 2, and goes on.
        (2, 3, 0, [1, 1, 1, 2, 3, 3]),
        # Week 5 would have three: it repeats the two of week 4, or has one fewer.
        (4, 3, 0, [1, 1, 2, 2, 2, 3]),
        (4, 0, 3, [1, 1, 2, 2, 1, 3]),
        # One is the least.
        (1, 0, 3, [1, 1, 2, 2, 3, 3]),
        (6, 0, 5, [1, 1, 2, 2, 3, 3, 2]),
        (6, 5, 0, [1, 1, 2, 2, 3, 3, 3]),
    ],
)
def test_pain_in_strength_repeats_or_lightens_the_next_week(week, pain, next_morning, expected):
    report = strength_report(week, WEDNESDAY, pain=pain, pain_next_morning=next_morning)
    log = diary(asked(), *[{}] * week, extra=[report])
    plan = build(asked(), log, today=on(week + 1, TUESDAY))
    assert sessions(plan, len(expected)) == expected


def test_one_session_is_the_least_and_gets_easier():
    report = strength_report(1, WEDNESDAY, pain_next_morning=4)
    plan = build(asked(), Log([report, ran(1)]), today=on(2, TUESDAY))
    (session,) = plan.weeks[1].strength
    assert session.decision.action == "ease"
    assert session.decision.why == (
        "One session fewer, at least one, and easier: pain of 4 of 10 on the morning after "
        "strength the week before."
    )
    assert all(each.easier for each in session.prescriptions)


def test_the_dose_is_repeated_with_the_sessions():
    # Week 5 would have the doses after the first month.
    log = diary(asked(), {}, {}, {}, {}, extra=[strength_report(4, WEDNESDAY, pain=3)])
    fourth, fifth, sixth = build(asked(), log, today=on(5, TUESDAY)).weeks[3:6]
    assert fifth.strength[0].prescriptions == fourth.strength[0].prescriptions
    assert sixth.strength[0].prescriptions != fourth.strength[0].prescriptions
    assert fifth.strength[0].decision.action == "repeat"
    assert fifth.strength[0].decision.why == (
        "The same as the week before, because of pain of 3 of 10 in strength."
    )


def test_pain_week_after_week_repeats_the_sessions_while_the_weeks_go_on():
    rebuild = asked(first_month="hold")
    sore = [strength_report(week, WEDNESDAY, pain=4) for week in (1, 2, 3)]
    log = diary(rebuild, {}, {}, {}, {}, extra=sore)
    plan = build(rebuild, log, today=on(5, TUESDAY))
    # Each week repeats the one before it, while the ramp's weeks go on; the fifth has its three.
    assert sessions(plan, 7) == [1, 1, 1, 1, 3, 3, 3]
    # The first month is four weeks as ever. Pain in strength holds the long run by its own row.
    rules = [week.long_run.decision.rule for week in plan.weeks[:6]]
    assert rules == [*["mild-pain-between"] * 3, "first-month", "clean", "clean"]


def test_of_two_strength_reports_the_worse_counts():
    reports = [
        strength_report(3, WEDNESDAY, pain_next_morning=4),
        strength_report(3, FRIDAY, pain=1, pain_next_morning=0),
    ]
    for extra in (reports, reports[::-1]):
        log = diary(asked(), {}, {}, {}, extra=extra)
        assert sessions(build(asked(), log, today=on(4, TUESDAY)), 4)[3] == 1
    # Week 5 would have three: it repeats the two of week 4.
    reports = [strength_report(4, WEDNESDAY, pain=4), strength_report(4, FRIDAY, pain=1)]
    log = diary(asked(), {}, {}, {}, {}, extra=reports)
    assert sessions(build(asked(), log, today=on(5, TUESDAY)), 5)[4] == 2


def test_a_strength_report_of_the_day_a_week_begins_is_about_that_week():
    # Monday of week 4, which has two sessions: week 5 would have three and has one.
    log = diary(asked(), {}, {}, {}, extra=[strength_report(4, MONDAY, pain_next_morning=4)])
    plan = build(asked(), log, today=on(4, TUESDAY))
    assert sessions(plan, 6)[2:] == [2, 2, 1, 3]


def test_a_strength_report_of_the_last_day_of_a_week_is_about_that_week():
    report = strength_report(3, SUNDAY, pain_next_morning=4, recorded_on=on(4, MONDAY))
    log = diary(asked(), {}, {}, {}, extra=[report])
    assert sessions(build(asked(), log, today=on(4, TUESDAY)), 5)[2:] == [2, 1, 3]


def test_the_morning_after_a_run_is_none_after_strength():
    log = diary(asked(), {}, {}, {}, extra=[morning(3, WEDNESDAY, 4)])
    assert sessions(build(asked(), log, today=on(4, TUESDAY)), 4)[3] == 2


def test_how_many_sessions_a_week_has_is_fixed_on_its_first_day():
    late = strength_report(3, FRIDAY, pain_next_morning=4, recorded_on=on(4, TUESDAY))
    in_time = strength_report(3, FRIDAY, pain_next_morning=4, recorded_on=on(4, MONDAY))
    for report, expected in ((late, [2, 2, 3]), (in_time, [2, 1, 3])):
        log = diary(asked(), {}, {}, {}, extra=[report])
        plan = build(asked(), log, today=on(4, WEDNESDAY))
        assert sessions(plan, 5)[2:] == expected


def test_a_dose_is_repeated_as_it_was_fixed_for_the_week_before():
    # The morning after week 3 became known too late for week 4, whose two sessions stand. Pain
    # of 3 in week 4 repeats those two.
    late = strength_report(3, FRIDAY, pain_next_morning=4, recorded_on=on(4, TUESDAY))
    sore = strength_report(4, WEDNESDAY, pain=3)
    log = diary(asked(), {}, {}, {}, {}, extra=[late, sore])
    assert sessions(build(asked(), log, today=on(5, TUESDAY)), 6) == [1, 1, 2, 2, 2, 3]


# --- pauses -----------------------------------------------------------------------------------


def test_a_paused_week_does_not_count_for_the_ramp():
    # Three painful long runs pause without stopping strength: week 4 is left out, and the ramp's
    # fourth week comes in week 5.
    painful = {"pain": 1, "pain_from": 30}
    log = diary(asked(), painful, painful, painful, extra=[cleared(5, MONDAY)])
    plan = build(asked(), log, today=on(5, MONDAY))
    assert [week.pause is not None for week in plan.weeks[:5]] == [False] * 3 + [True, False]
    assert sessions(plan, 7) == [1, 1, 2, 2, 2, 3, 3]
    assert plan.weeks[4].strength[0].decision.why == (
        "The ramp has 2 strength sessions this week and 3 a week from week 6 on."
    )


# --- the step from week to week ---------------------------------------------------------------


def test_the_week_after_is_one_further_unless_it_was_paused():
    week = RampWeek(number=2, sessions=1)
    assert week_after(week, RAMP) == RampWeek(3, 2)
    assert week_after(week, RAMP, paused=True) == RampWeek(2, 1)
    assert week_after(RampWeek(4, 2), RAMP) == RampWeek(5, 3, is_light=False)
    # The first week is never held: there is none before it.
    assert week_after(RampWeek(0, 0), RAMP, pain=5, next_morning=5) == RampWeek(1, 1)
    assert week_after(RampWeek(0, 0), RAMP, paused=True) == RampWeek(1, 1)
    assert week_after(week, None) == RampWeek(0, 0)


@pytest.mark.parametrize(
    ("pain", "next_morning", "expected"),
    [
        (2, 2, RampWeek(5, 3, is_light=False)),
        (3, 2, RampWeek(5, 2, pain=3)),
        (2, 3, RampWeek(5, 1, easier=True, pain_next_morning=3)),
        (5, 5, RampWeek(5, 1, easier=True, pain_next_morning=5)),
    ],
)
def test_pain_of_three_repeats_and_a_morning_of_three_lightens(pain, next_morning, expected):
    fourth = RampWeek(number=4, sessions=2)
    assert week_after(fourth, RAMP, pain=pain, next_morning=next_morning) == expected


def test_a_week_that_was_eased_is_repeated_with_its_easier_variations():
    ramp = ((8, 3), (None, 4))
    eased = week_after(RampWeek(5, 3, is_light=False), ramp, next_morning=4)
    assert (eased.number, eased.sessions, eased.easier, eased.is_light) == (6, 2, True, False)
    again = week_after(eased, ramp, pain=3)
    assert (again.number, again.sessions, again.easier, again.is_light) == (7, 2, True, False)
    worse = week_after(again, ramp, next_morning=3)
    assert (worse.number, worse.sessions, worse.easier, worse.is_light) == (8, 1, True, False)
    fine = week_after(worse, ramp, pain=2, next_morning=2)
    assert fine == RampWeek(9, 4, is_light=False)


def test_a_week_without_sessions_gets_none_from_pain():
    ramp = ((1, 0), (None, 2))
    assert week_after(RampWeek(1, 0), ramp, pain=4).sessions == 0
    plan = build(asked(strength=Strength(ramp=ramp)), Log([]), today=on(1, MONDAY))
    assert sessions(plan, 3) == [0, 2, 2]
