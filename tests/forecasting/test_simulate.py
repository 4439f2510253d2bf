"""Laws of a simulation: it is a plan, made by the very rules that plan it."""

import datetime as dt
from collections.abc import Callable

import pytest
from attrs import evolve
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from support.diaries import asked, diary, lifted, on, other, ran
from support.effort import effort
from support.log_strategies import logs, todays, withdrawn
from support.strategies import OWN, PRESETS, WEEKDAYS, rebuilds

from runplan import (
    CAUTIOUS,
    FIVE_MINUTES,
    Away,
    Change,
    Clearance,
    Log,
    MorningReport,
    Move,
    Policy,
    Rates,
    RunplanError,
    Slot,
    Strength,
    build,
)
from runplan._base.dates import day_numbered, to_day
from runplan.forecasting.rates import PRIOR
from runplan.forecasting.simulate import NO_RUN, Draws, Node, Simulator
from runplan.forecasting.starting_point import StartingPoint
from runplan.forecasting.variants import VARIANTS, outcome_of, report_of
from runplan.planning.build import MAX_WEEKS
from runplan.policy.pain_rules import MildPain
from runplan.policy.pause_rules import NotHelping
from runplan.policy.progression_rules import BigStep, Cutback, Repeat

DAY = dt.timedelta(days=1)

# The variants by number, as VARIANTS has them.
CLEAN, TIRED, SHORT, MILD, PAINFUL, MISSED = range(6)

TROUBLED = Rates(clean=6, tired=1, cut_short=1, painful=1.5, missed=1)


def then_clean(*variants):
    """Return a function that draws these variants, and clean runs from then on."""
    drawn = iter(variants)
    return lambda: next(drawn, CLEAN)


class Walk:
    """
    One simulation, week by week, and the reports that would bring it about.

    Attributes:
        weeks: Its weeks, by their numbers.
        entries: What was reported in it.
        end: How long ago the plan ended; 0 if it stopped otherwise; None if it goes on.
        last_day: The day of the last long run, or the usual one.
    """

    def __init__(self, simulator, start, draw: Callable[[], int], most_weeks):
        course, timeline, today = start.timeline.course, start.timeline, start.today
        self.weeks: dict[int, Node] = {}
        self.entries = [start.awaited()] if start.awaited() else []
        week, node = start.drawn_from, simulator.first
        while isinstance(node, Node) and week < min(start.drawn_from + most_weeks, MAX_WEEKS):
            self.weeks[week] = node
            slot, variant = timeline.slot(week), draw() if node.is_run else NO_RUN
            if variant != NO_RUN:
                intended = node.state.intended
                day, planned = day_numbered(slot), (intended.minutes, intended.level_min)
                run = outcome_of(VARIANTS[variant], day, *planned)
                if run:
                    recorded_on = day_numbered(max(slot, today) + 1)
                    self.entries.append(evolve(report_of(run), recorded_on=recorded_on))
            elif node.clears_in == 1:
                cleared_on = min(max(course.first_day(week + 1), slot + 1), timeline.slot(week + 1))
                self.entries.append(Clearance(day=day_numbered(cleared_on), by="assumption"))
            node, week = simulator.after(node, variant), week + 1
        self.end = None if isinstance(node, Node) else node
        self.last_week = week - 1
        self.last_day = max(today, timeline.slot(self.last_week) if self.last_week else 0)


def check_against_build(rebuild, log, today, draw, *, pause_weeks=None, most_weeks=30):
    """Compare a simulation with the plan that build makes of its reports."""
    today = to_day(today)
    start = StartingPoint(rebuild, log, today)
    walk = Walk(Simulator(start, pause_weeks), start, draw, most_weeks)
    # What is recorded or withdrawn after today is not seen in a simulation.
    seen = [
        evolve(each, retracted_on=None) if each.retracted_on and each.retracted_on > today else each
        for each in log
        if each.recorded_on <= today
    ]
    later = day_numbered(walk.last_day + (1 if walk.end else 0))
    plan = build(rebuild, Log([*seen, *walk.entries]), later)
    planned = {week.number: week for week in plan.weeks}
    for number, node in walk.weeks.items():
        if number < start.week:
            continue
        # On its own day a plan may look as if it had ended the week before.
        week = planned.get(number)
        run, pause = (week.long_run, week.pause) if week else (None, None)
        assert (run.minutes if run else 0) == (node.minutes if node.is_run else 0)
        assert (pause is not None) == node.is_paused
        assert pause is None or pause.resume_min == node.minutes
    if walk.end:
        assert plan.finish == day_numbered(start.reached_day(walk.last_week + 1 - walk.end))
    elif walk.end == 0 and walk.weeks and walk.weeks[walk.last_week].is_paused:
        assert plan.status == "paused"
    else:
        assert plan.status != "reached"
    return walk


def random_changes(random, rebuild):
    """Return some changes of a request and moves of its long runs, by a random.Random."""
    values = {
        "target_min": lambda: min(360, rebuild.baseline_min + random.choice([0, 5, 20, 60])),
        "baseline_min": lambda: max(10, rebuild.baseline_min - random.choice([0, 5, 15])),
        "long_run": lambda: Slot(random.choice(WEEKDAYS), "08:00"),
        "strength": lambda: random.choice([None, Strength(), Strength(ramp=[(3, 1), (None, 2)])]),
        "policy": lambda: random.choice((*PRESETS, *OWN)),
        "first_month": lambda: random.choice(["hold", "extend"]),
        "keep_weeks": lambda: random.choice([0, 1, 2]),
        "away": lambda: [
            Away(first=first, last=first + random.choice([0, 3, 9, 20]) * DAY)
            for first in [rebuild.start + random.choice([5, 30, 70, 120]) * DAY]
        ],
    }
    entries = []
    for _ in range(random.choice([0, 0, 1, 2])):
        name = random.choice(sorted(values))
        day = rebuild.start + random.choice([-3, 4, 10, 20, 33, 50, 80, 130]) * DAY
        on = day + random.choice([-30, -3, 0, 0, 2, 9]) * DAY
        withdrawn = on + random.choice([1, 10, 40]) * DAY if random.random() > 0.8 else None
        change = {name: values[name]()}
        entries.append(Change(day=day, recorded_on=on, retracted_on=withdrawn, **change))
    for _ in range(random.choice([0, 0, 1, 2])):
        first = rebuild.start + random.choice([7, 14, 21, 42, 70]) * DAY
        day = first + (int(rebuild.long_run.day) - first.weekday()) % 7 * DAY
        to = day + random.choice([-3, -2, -1, 1, 2, 3]) * DAY
        on = min(day, to) - random.choice([0, 1, 20]) * DAY
        entries.append(Move(day=day, to=to, recorded_on=on))
    return entries


@st.composite
def situations(draw):
    """Return a request, a log that may hold anything, and a day from which to simulate."""
    rebuild = draw(rebuilds(policies=(*PRESETS, *OWN)))
    days = draw(st.one_of(st.none(), st.none(), st.integers(10, 200)))
    rebuild = evolve(
        rebuild,
        keep_weeks=draw(st.sampled_from([0, 0, 1, 3])),
        last_day=None if days is None else rebuild.start + days * DAY,
    )
    random = draw(st.randoms(use_true_random=False))
    entries = withdrawn(random, draw(st.one_of(st.just(Log()), logs(rebuild))))
    log = Log([*entries, *random_changes(random, rebuild)])
    today = to_day(draw(todays(rebuild, log)))
    try:
        build(rebuild, log, today)
    except RunplanError:
        # Such a change cannot be planned with.
        assume(False)
    return rebuild, log, today


def law(quick, thorough):
    """Return the settings for a law that is tried on this many requests."""
    unlikely = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    return settings(
        max_examples=effort(quick, thorough), deadline=None, suppress_health_check=unlikely
    )


@law(30, 150)
@given(situations(), st.sampled_from([None, None, 1, 3]), st.integers(0, 10**6))
def test_a_simulation_intends_what_build_does_with_its_reports_in_the_log(
    situation, pause_weeks, seed
):
    rates = Rates(clean=5, tired=1, cut_short=1, painful=1, missed=1.5)
    check_against_build(*situation, Draws(seed, 0, rates).draw, pause_weeks=pause_weeks)


# What is easily got wrong, in numbers.


def minutes(walk):
    """Return the minutes of each week: what is run, due or resumed with."""
    return [node.minutes for node in walk.weeks.values()]


def pauses(walk):
    """Return whether each week is paused."""
    return [node.is_paused for node in walk.weeks.values()]


# Sunday of week 4 and Tuesday of week 5 are the only days left for the long runs of these weeks.
TWO_DAYS_APART = [Away(first=on(4, 0), last=on(4, 5)), Away(first=on(5, 2), last=on(5, 6))]


def test_a_missed_run_may_still_be_reported_on_the_day_of_the_next_one():
    walk = check_against_build(
        asked(away=TWO_DAYS_APART), Log(), on(1, 0), then_clean(CLEAN, CLEAN, CLEAN, MISSED)
    )
    # On Tuesday, Sunday's run of 55 minutes counts as clean; by the next Sunday it does not.
    assert minutes(walk)[:6] == [40, 45, 50, 55, 60, 60]


def test_an_unreported_run_behind_a_reported_one_is_missed():
    rebuild = asked(away=TWO_DAYS_APART)
    log = diary(rebuild, {}, {}, {})
    tuesday = ran(5, 60, weekday=1, recorded_on=on(5, 1))
    walk = check_against_build(rebuild, log.add(tuesday), on(5, 1), then_clean())
    assert next(iter(walk.weeks)) == 6
    assert minutes(walk)[:2] == [60, 65]


def test_a_run_done_early_is_not_drawn_again():
    rebuild = asked()
    log = diary(rebuild, {}).add(ran(2, 45, weekday=3, recorded_on=on(2, 4)))
    walk = check_against_build(rebuild, log, on(2, 4), then_clean())
    assert next(iter(walk.weeks)) == 3
    assert minutes(walk)[:2] == [50, 55]


def test_a_morning_that_was_reported_before_its_run_counts_for_it():
    sore = MorningReport(day=on(1), pain=2, recorded_on=on(2, 0))
    assert minutes(check_against_build(asked(), Log(), on(2, 0), then_clean()))[:3] == [40, 45, 50]
    walk = check_against_build(asked(), Log([sore]), on(2, 0), then_clean())
    assert minutes(walk)[:3] == [40, 40, 45]


def test_what_else_happened_on_the_day_of_an_open_run_counts():
    hurt = other(1, 6, pain=4, recorded_on=on(2, 0))
    walk = check_against_build(asked(), Log([hurt]), on(2, 0), then_clean())
    assert minutes(walk)[:3] == [40, 35, 40]
    sore = lifted(2, 0, pain_next_morning=4)
    walk = check_against_build(asked(), Log([sore]), on(2, 1), then_clean(MISSED))
    assert minutes(walk)[:3] == [40, 40, 45]


SEVERE = {"pain": 7, "pain_from": 30}


def test_a_pause_is_cleared_on_the_first_day_of_a_week():
    log = diary(asked(), SEVERE)
    walk = check_against_build(asked(), log, on(2, 0), then_clean(), pause_weeks=2)
    assert pauses(walk)[:4] == [True, True, False, False]
    assert walk.entries[0] == Clearance(day=on(4, 0), by="assumption")
    # 80 % of minute 30, rounded down to 5; in week 4, 3 weeks after the run, 70 % of that.
    assert minutes(walk)[:4] == [20, 20, 10, 15]


def test_a_pause_of_a_session_moved_past_that_day_is_cleared_after_it():
    move = Move(day=on(3), to=on(4, 1), recorded_on=on(2, 0))
    log = diary(asked(), SEVERE).add(move)
    walk = check_against_build(asked(), log, on(2, 0), then_clean(), pause_weeks=2)
    assert pauses(walk)[:4] == [True, True, False, False]
    assert walk.entries[0].day == on(4, 2)


def test_a_change_on_the_day_of_a_clearance_and_a_run_undoes_neither():
    rebuild = asked(long_run=Slot("mon", "09:00"))
    change = Change(day=on(4, 0), keep_weeks=1, recorded_on=on(1, 1))
    log = Log([ran(1, weekday=0, recorded_on=on(1, 1), **SEVERE), change])
    walk = check_against_build(rebuild, log, on(2, 0), then_clean(), pause_weeks=2)
    assert pauses(walk)[:5] == [True, True, False, False, False]


def test_a_pause_stays_where_no_clearance_is_assumed():
    walk = check_against_build(asked(), diary(asked(), SEVERE), on(2, 0), then_clean())
    assert (walk.end, pauses(walk)) == (0, [True])


def test_a_simulation_ends_with_the_last_day_of_the_plan():
    walk = check_against_build(asked(last_day=on(6, 2)), Log(), on(1, 0), then_clean())
    assert walk.end == 0
    # No long run fits into the three days of the last week.
    assert minutes(walk) == [40, 45, 50, 55, 60, 65]
    assert [node.is_run for node in walk.weeks.values()] == [True] * 5 + [False]


def test_a_plan_that_keeps_its_target_goes_on_until_it_has():
    rebuild = asked(target_min=45, keep_weeks=2)
    walk = check_against_build(rebuild, Log(), on(1, 0), then_clean(CLEAN, CLEAN, CLEAN, SHORT))
    assert walk.end == 1
    assert minutes(walk) == [40, 45, 45, 45, 45, 45, 45]


def test_a_new_baseline_and_a_new_target_hold_from_their_days_on():
    changes = [
        Change(day=on(3, 2), target_min=60, recorded_on=on(1, 0)),
        Change(day=on(5), baseline_min=30, recorded_on=on(1, 0)),
    ]
    walk = check_against_build(asked(target_min=50), Log(changes), on(1, 0), then_clean())
    assert minutes(walk) == [40, 45, 50, 55, 30, 35, 40, 45, 50, 55, 60]
    assert walk.end == 1


def test_the_same_baseline_again_is_started_from_only_once():
    # After Monday's run of week 6, before the first day of week 7.
    rebuild = asked(target_min=70, long_run=Slot("mon", "09:00"))
    log = Log([Change(day=on(6, 2), baseline_min=40, recorded_on=on(1, 0))])
    walk = check_against_build(rebuild, log, on(1, 0), then_clean())
    assert minutes(walk) == [40, 45, 50, 55, 60, 65, 40, 45, 50, 55, 60, 65, 70]


def test_a_clearance_comes_before_a_long_run_that_was_moved_out_of_its_week():
    move = Move(day=on(4, 2), to=on(3, 6), recorded_on=on(1, 0))
    rebuild = asked(long_run=Slot("wed", "09:00"))
    log = Log([ran(1, weekday=2, recorded_on=on(1, 3), **SEVERE), move])
    walk = check_against_build(rebuild, log, on(2, 0), then_clean(), pause_weeks=2)
    assert pauses(walk)[:4] == [True, True, False, False]
    assert walk.entries[0].day == on(3, 6)


# What simulations share.


def unknown(policy):
    """Return a policy that decides the same, but by rules that runplan does not know."""
    rules = []
    for rule in policy.rules:
        if rule.decide:
            rules.append(evolve(rule, decide=lambda now, own=rule.decide: own(now)))
        else:
            rules.append(evolve(rule, adjust=lambda now, due, own=rule.adjust: own(now, due)))
    return evolve(policy, rules=rules)


def own_numbers(random, policy):
    """Return a policy with other numbers in some of its rules, and without some of them."""
    numbers = {
        NotHelping: lambda: {
            "painful_runs": random.choice([1, 2, 3, 5]),
            "resets": random.choice([1, 2, 4]),
            "reset_days": random.choice([7, 14, 42, 60]),
            "reset_from": random.choice([1, 2, 4]),
        },
        MildPain: lambda: {"step_back_from": random.choice([1, 2, 3])},
        Repeat: lambda: {"step_back_from": random.choice([1, 2, 3])},
        BigStep: lambda: {
            "over_pct": random.choice([100, 105, 110, 150]),
            "clean_runs": random.choice([1, 2, 4]),
        },
        Cutback: lambda: {
            "every_weeks": random.choice([2, 3, 5]),
            "share_pct": random.choice([60, 95, 100]),
        },
    }
    rules = []
    for rule in policy.rules:
        decide = rule.decide or rule.adjust
        if random.random() > 0.9 and rule.name not in {"baseline", "clean"}:
            continue
        if random.random() > 0.5 and type(decide) in numbers:
            decide = evolve(decide, **numbers[type(decide)]())
        rules.append(evolve(rule, **{"decide" if rule.decide else "adjust": decide}))
    return Policy(name="own", rules=rules, step_min=random.choice([1, 3, 5, 7]))


@law(8, 40)
@given(
    situations(),
    st.sampled_from([None, 1, 3]),
    st.sampled_from([FIVE_MINUTES, CAUTIOUS, CAUTIOUS, None]),
    st.randoms(use_true_random=False),
    st.integers(0, 10**6),
)
def test_simulations_that_share_what_follows_go_as_those_that_share_nothing(
    situation, pause_weeks, policy, random, seed
):
    rebuild, log, today = situation
    rebuild = evolve(rebuild, policy=policy or own_numbers(random, random.choice(PRESETS)))
    simulator = Simulator(StartingPoint(rebuild, log, today), pause_weeks)
    own = evolve(rebuild, policy=unknown(rebuild.policy))
    alone = Simulator(StartingPoint(own, log, today), pause_weeks)
    rates = Rates(clean=6, tired=1, cut_short=1, painful=0.7, missed=1)
    for number in range(20):
        shared = simulator.simulate(Draws(seed, number, rates).draw)
        assert shared == alone.simulate(Draws(seed, number, rates).draw)


@pytest.mark.parametrize("policy", PRESETS, ids=lambda policy: policy.name)
@pytest.mark.parametrize("pause_weeks", [None, 4])
def test_a_thousand_simulations_share_most_of_what_they_work_out(policy, pause_weeks):
    rebuild = asked(target_min=120, policy=policy)
    simulator = Simulator(StartingPoint(rebuild, Log(), rebuild.start), pause_weeks)
    simulations = [simulator.simulate(Draws(0, number, PRIOR).draw) for number in range(300)]
    weeks = sum(len(each.minutes) for each in simulations)
    found, ahead = set(), [simulator.first]
    while ahead:
        node = ahead.pop()
        if isinstance(node, Node) and node not in found:
            found.add(node)
            ahead += [each for each in node.next if each is not None]
    assert len(found) < weeks / 5


def test_a_state_is_the_same_in_whatever_week_it_comes():
    rebuild = asked(target_min=60)
    simulator = Simulator(StartingPoint(rebuild, Log(), rebuild.start))
    soon = simulator.after(simulator.after(simulator.first, CLEAN), CLEAN)
    held = simulator.after(simulator.after(simulator.first, TIRED), CLEAN)
    assert simulator.after(held, CLEAN) is soon


@law(4, 15)
@given(situations(), st.integers(0, 10**6))
def test_simulations_do_not_depend_on_those_before_them(situation, seed):
    start = StartingPoint(*situation)

    def simulated(numbers):
        simulator = Simulator(start, 2)
        draws = {number: Draws(seed, number, TROUBLED).draw for number in numbers}
        return {number: simulator.simulate(draw) for number, draw in draws.items()}

    together = simulated(range(6))
    assert simulated(reversed(range(6))) == together
    assert all(simulated([number])[number] == each for number, each in together.items())


@law(15, 50)
@given(situations(), st.integers(0, 10**6))
def test_no_long_run_goes_beyond_its_target_or_a_step_beyond_the_longest_before(situation, seed):
    rebuild, log, today = situation
    start = StartingPoint(rebuild, log, today)
    requests = [request for _, request in start.timeline.course.requests]
    most = max(request.target_min for request in requests)
    step = max(request.policy.step_min for request in requests)
    longest = max(
        [each.baseline_min for each in requests]
        + [each.minutes for each in start.timeline.intentions]
        + [getattr(each, "minutes", 0) for each in log]
        + [getattr(each, "baseline_min", None) or 0 for each in log if isinstance(each, Clearance)]
    )
    walk = Walk(Simulator(start, 2), start, Draws(seed, 0, TROUBLED).draw, 60)
    for node in walk.weeks.values():
        if node.is_run:
            assert node.minutes <= min(most, longest + step)
            longest = max(longest, node.minutes)


def test_a_simulation_is_that_of_its_weeks():
    start = StartingPoint(asked(), diary(asked(), {}, {"fatigue": 8}), to_day(on(3, 2)))
    simulator = Simulator(start)
    walk = Walk(simulator, start, then_clean(PAINFUL, MISSED, MILD, TIRED), 100)
    simulated = simulator.simulate(then_clean(PAINFUL, MISSED, MILD, TIRED))
    assert simulated.minutes == tuple(minutes(walk))
    assert simulated.is_paused == tuple(pauses(walk))
    assert simulated.reached_week == walk.last_week
    assert day_numbered(simulated.reached_day) == on(walk.last_week)
