"""Forecasts where the answer is known, and what must hold in all of them."""

import datetime as dt
import math
import pickle
from collections import Counter

import pytest
from attrs import evolve
from support.diaries import asked, cleared, diary, on, other, ran

from runplan import (
    CAUTIOUS,
    FIVE_MINUTES,
    Away,
    Change,
    InvalidType,
    InvalidValue,
    Log,
    MorningReport,
    Policy,
    Rates,
    Rule,
    RunReport,
    Verdict,
    build,
    forecast,
)
from runplan.forecasting.results import percent
from runplan.forecasting.simulate import Draws, Simulator
from runplan.forecasting.starting_point import StartingPoint
from runplan.forecasting.variants import VARIANTS, kind_of, outcome_of, report_of

# So great a weight leaves nothing to chance, whatever the log says.
SURE = 1e9
CLEAN = Rates(clean=SURE)


def minutes(found):
    """Return the lower edge, the middle and the upper edge of the fan."""
    return [(week.low_min, week.median_min, week.high_min) for week in found.weeks]


def only_repeats(now):
    """Repeat whatever was not clean."""
    if now.outcome and now.outcome.is_clean:
        return None
    return Verdict("repeat", now.base_min, now.base_min, "Not clean.")


def repeating(decide=only_repeats):
    """Return a policy with one rule between the first week and the step."""
    rules = {rule.name: rule for rule in FIVE_MINUTES.rules}
    held = Rule(
        name="repeat", when="not clean", then="repeat", source="me", evidence="house", decide=decide
    )
    return Policy(name="only repeats", rules=(rules["baseline"], held, rules["clean"]))


def negative_binomial(successes, trials, share):
    """Return the probability of at least this many successes in this many trials."""
    return sum(
        math.comb(trials, hits) * share**hits * (1 - share) ** (trials - hits)
        for hits in range(successes, trials + 1)
    )


def apart(runs):
    """Return the error of a share of this many simulations that is exceeded once in a million."""
    # Dvoretzky, Kiefer and Wolfowitz, with Massart's constant: for all weeks at once.
    return math.sqrt(math.log(2 / 1e-6) / (2 * runs))


# Where the outcome is certain.


@pytest.mark.parametrize("policy", [FIVE_MINUTES, CAUTIOUS])
@pytest.mark.parametrize("first_month", ["hold", "extend"])
@pytest.mark.parametrize("away", [(), [Away(first=on(3, 0), last=on(5, 3))]])
def test_with_clean_runs_only_the_forecast_is_the_plan_itself(policy, first_month, away):
    rebuild = asked(policy=policy, first_month=first_month, away=away)
    plan, found = build(rebuild), forecast(rebuild, runs=20, prior=CLEAN)
    assert len(found.weeks) == len(plan.weeks)
    for week, planned in zip(found.weeks, plan.weeks, strict=True):
        assert (week.number, week.day) == (planned.number, planned.long_run_day)
        assert week.low_min == week.median_min == week.high_min
        assert planned.long_run is None or planned.long_run.minutes == week.median_min
        assert week.reached == (planned.long_run_day >= plan.finish)
        assert week.paused == 0
    assert found.early_day == found.median_day == found.late_day == plan.finish
    assert (found.reached_share, found.paused_share) == (1, 0)


def test_a_week_away_shows_the_length_that_is_due_after_it():
    rebuild = asked(target_min=60, away=[Away(first=on(3, 0), last=on(3, 6))])
    found = forecast(rebuild, runs=5, prior=CLEAN)
    assert [week.median_min for week in found.weeks] == [40, 45, 50, 50, 55, 60]


def test_a_runner_who_never_runs_never_gets_there():
    found = forecast(asked(), runs=10, prior=Rates(missed=1))
    assert (found.reached_share, found.paused_share) == (0, 0)
    assert found.early_day is found.median_day is found.late_day is None
    assert len(found.weeks) == 520
    assert {week.reached for week in found.weeks} == {0}


def test_a_target_that_no_rule_leads_to_is_never_reached():
    stuck = repeating(lambda _: Verdict("repeat", 40, 40, "Stuck."))
    found = forecast(asked(policy=stuck), runs=10)
    assert (found.reached_share, len(found.weeks)) == (0, 520)
    assert set(minutes(found)) == {(40, 40, 40)}


# Where the answer is known.


@pytest.mark.parametrize("share", [0.5, 0.8, 0.95])
def test_if_trouble_only_repeats_a_week_the_weeks_follow_a_negative_binomial_distribution(share):
    prior = Rates(clean=share * SURE, tired=(1 - share) * SURE)
    rebuild = asked(target_min=60, policy=repeating())
    found = forecast(rebuild, runs=4000, prior=prior)
    # At 40, 45, 50, 55 and 60 minutes: five runs have to be clean.
    truth = [negative_binomial(5, week.number, share) for week in found.weeks]
    assert found.reached_share == 1
    for week, expected in zip(found.weeks, truth, strict=True):
        assert abs(week.reached - expected) < apart(4000)


def test_each_simulation_draws_its_own_rates():
    rebuild = asked(target_min=45)
    found = forecast(rebuild, runs=4000, prior=Rates(clean=1, painful=1))
    # Two clean runs: 1/2 × 2/3 in a Dirichlet distribution, where the mean rate says 1/4.
    assert abs(found.weeks[1].reached - 1 / 3) < apart(4000)
    sure = forecast(rebuild, runs=4000, prior=Rates(clean=SURE, painful=SURE))
    assert abs(sure.weeks[1].reached - 1 / 4) < apart(4000)


def test_a_runner_whose_every_run_hurts_is_paused_after_two_or_three_runs():
    found = forecast(asked(), runs=4000, prior=Rates(painful=1))
    paused = [week.paused for week in found.weeks]
    # Two resets pause the plan, and so do three painful runs; half of the painful runs reset.
    assert paused[:2] == [0, 0]
    assert abs(paused[2] - 1 / 4) < apart(4000)
    assert paused[3:] == [1]
    assert (found.paused_share, found.reached_share) == (1, 0)


@pytest.mark.parametrize(
    ("kind", "rules"),
    [
        ("clean", {"clean"}),
        ("tired", {"tired"}),
        ("cut_short", {"cut-short"}),
        ("painful", {"mild-pain", "moderate-pain"}),
        ("missed", {"away"}),
    ],
)
@pytest.mark.parametrize("length", [20, 40, 59, 355])
def test_each_kind_of_run_is_answered_by_the_rule_for_that_kind(kind, rules, length):
    rebuild = asked(baseline_min=length, target_min=360)
    day, answered = build(rebuild).weeks[0].long_run.day, set()
    for variant in VARIANTS:
        if variant.kind != kind:
            continue
        run = outcome_of(variant, day, length, length)
        log = Log([report_of(run)] if run else [])
        week = build(rebuild, log, today=on(2)).weeks[1]
        answered.add(week.long_run.decision.rule)
        assert run is None or kind_of(run) == kind
    assert answered == rules


@pytest.mark.parametrize(
    ("variant", "minutes", "pain_from"), [(0, 10, None), (2, 7, None), (3, 10, 8), (4, 10, 8)]
)
def test_a_run_of_each_kind_is_reported_with_whole_minutes(variant, minutes, pain_from):
    report = report_of(outcome_of(VARIANTS[variant], build(asked()).weeks[0].long_run.day, 10, 10))
    assert (report.minutes, report.pain_from, report.pain_next_morning) == (minutes, pain_from, 0)


# What is learned.


def learned(log, today, **changes):
    """Return how many long runs of each kind a forecast has learned from."""
    rebuild = asked(**changes)
    prior = Rates(clean=1, tired=1, cut_short=1, painful=1, missed=1)
    found = forecast(rebuild, log, today, runs=1, prior=prior)
    rates, total = found.rates, prior.total + found.learned_from
    kinds = ("clean", "tired", "cut_short", "painful", "missed")
    seen = {kind: round(getattr(rates, kind) * total) - 1 for kind in kinds}
    assert sum(seen.values()) == found.learned_from
    return {kind: times for kind, times in seen.items() if times}


def test_a_long_run_of_each_kind_adds_one_to_its_weight():
    log = diary(asked(), {}, {"fatigue": 7}, {"minutes": 20}, {"pain": 1}, None, {})
    assert learned(log, on(7, 0)) == {
        "clean": 2,
        "tired": 1,
        "cut_short": 1,
        "painful": 1,
        "missed": 1,
    }


@pytest.mark.parametrize(
    ("entries", "seen"),
    [
        ([ran(1, pain_next_morning=2)], {"painful": 1}),
        ([ran(1, red_flags=["fever"])], {"painful": 1}),
        ([ran(1), other(1, 2, pain=3)], {"clean": 1}),
        ([ran(1, pain=2, fatigue=9, minutes=10)], {"painful": 1}),
        ([ran(1, fatigue=9, minutes=10)], {"tired": 1}),
        ([ran(1, pain_next_morning=None)], {"clean": 1}),
        ([ran(1, minutes=35)], {"cut_short": 1}),
        ([ran(1, minutes=36)], {"clean": 1}),
        ([ran(1, fatigue=6)], {"clean": 1}),
        ([ran(1, pain_next_morning=None, fatigue=9)], {"tired": 1}),
        ([other(1, 2)], {"missed": 1}),
        ([], {"missed": 1}),
        ([ran(1, recorded_on=on(3))], {"missed": 1}),
        ([ran(1, retracted_on=on(2, 2))], {"missed": 1}),
        ([ran(1, retracted_on=on(2, 4))], {"clean": 1}),
    ],
)
def test_a_long_run_is_of_the_gravest_kind_that_fits(entries, seen):
    assert learned(Log(entries), on(2, 3)) == seen


def test_nothing_is_learned_from_weeks_without_a_planned_long_run():
    away = [Away(first=on(2, 0), last=on(2, 6))]
    assert learned(diary(asked(away=away), {}, {}, {}), on(4, 0), away=away) == {"clean": 2}
    # Week 2 is paused: a run in it was not planned.
    paused = diary(asked(), {"pain": 7, "pain_from": 30}, {})
    assert learned(paused, on(3, 0)) == {"painful": 1}
    assert learned(Log([ran(0)]), on(1, 0)) == {}


@pytest.mark.parametrize(
    ("today", "seen"), [(on(1, 3), {}), (on(1), {}), (on(2, 2), {}), (on(2, 3), {"missed": 1})]
)
def test_a_long_run_that_may_still_be_reported_teaches_nothing_yet(today, seen):
    assert learned(Log(), today) == seen


def test_an_unreported_run_behind_a_reported_one_teaches_nothing_while_it_is_open():
    # Sunday of week 4 and Tuesday of week 5 are the only days left for their long runs.
    away = [Away(first=on(4, 0), last=on(4, 5)), Away(first=on(5, 2), last=on(5, 6))]
    log = diary(asked(away=away), {}, {}, {}).add(ran(5, 60, weekday=1, recorded_on=on(5, 1)))
    assert learned(log, on(5, 1), away=away) == {"clean": 4}
    assert learned(log, on(5, 3), away=away) == {"clean": 4, "missed": 1}


def test_what_was_recorded_after_today_is_not_seen():
    log = diary(asked(), {}, {"pain": 7, "pain_from": 30})
    known = Log([ran(1)])
    assert forecast(asked(), log, on(2, 2), runs=50) == forecast(asked(), known, on(2, 2), runs=50)


# Where it starts.


def test_it_continues_from_what_has_been_run():
    log = diary(asked(), {}, {}, {"minutes": 50})
    found = forecast(asked(), log, on(4, 0), runs=20, prior=CLEAN)
    assert [week.number for week in found.weeks][:2] == [4, 5]
    assert minutes(found)[:2] == [(55, 55, 55), (60, 60, 60)]
    assert found.today == on(4, 0)


@pytest.mark.parametrize("weekday", range(7))
def test_with_clean_runs_only_the_forecast_is_the_plan_on_every_day_of_a_week(weekday):
    log, today = diary(asked(), {}, {}), on(3, weekday)
    plan = build(asked(), log, today)
    found = forecast(asked(), log, today, runs=3, prior=CLEAN)
    assert found.late_day == plan.finish
    lengths = [week.long_run.minutes for week in plan.weeks]
    assert [week.median_min for week in found.weeks] == lengths[2:]


def test_a_long_run_of_this_week_that_is_not_reported_yet_is_drawn():
    rebuild = asked(long_run=evolve(asked().long_run, day="mon"), target_min=45)
    found = forecast(rebuild, Log(), on(1, 3), runs=400, prior=Rates(clean=SURE, missed=SURE))
    assert 0.1 < found.weeks[1].reached < 0.4


def test_a_long_run_of_this_week_that_is_reported_is_not_drawn():
    log = Log([ran(1, weekday=2)])
    found = forecast(asked(target_min=40), log, on(1, 3), runs=50, prior=Rates(missed=1))
    assert (found.reached_share, found.median_day) == (1, on(1, 2))


@pytest.mark.parametrize(
    ("policy", "today", "second_week"),
    [
        (FIVE_MINUTES, on(1), 45),
        (FIVE_MINUTES, on(2, 0), 45),
        (FIVE_MINUTES, on(2, 1), 45),
        # On the day of the run and the next one its morning may still be reported.
        (CAUTIOUS, on(1), 45),
        (CAUTIOUS, on(2, 0), 45),
        (CAUTIOUS, on(2, 1), 40),
    ],
)
def test_a_morning_that_may_still_be_reported_is_assumed_to_be_painless(policy, today, second_week):
    # At 50 minutes and more CAUTIOUS does not wait for a step either.
    rebuild = asked(policy=policy, baseline_min=50)
    log = Log([ran(1, 50, pain_next_morning=None, recorded_on=on(1))])
    found = forecast(rebuild, log, today, runs=5, prior=CLEAN)
    assert {week.number: week.median_min for week in found.weeks}[2] == second_week + 10


def test_a_plan_that_has_ended_stays_there():
    log = diary(asked(), {}, {"minutes": 45})
    found = forecast(asked(target_min=45), log, on(5, 2), runs=10, prior=Rates(painful=1))
    assert (found.reached_share, found.paused_share) == (1, 0)
    assert found.early_day == found.late_day == on(2)
    assert [(week.number, week.reached) for week in found.weeks] == [(5, 1)]
    assert minutes(found) == [(45, 45, 45)]


def test_a_plan_abandoned_for_more_than_ten_years_stays_where_it_is():
    found = forecast(asked(), Log(), on(600), runs=10)
    assert [(week.number, week.reached, week.paused) for week in found.weeks] == [(520, 0, 0)]


def test_a_forecast_may_be_made_before_the_plan_starts():
    found = forecast(asked(), Log(), on(-3), runs=10, prior=CLEAN)
    assert found.weeks[0].number == 1
    assert found.late_day == build(asked()).finish


# Changes of the request.


def test_a_changed_target_is_the_target_of_the_forecast():
    log = Log([Change(day=on(2, 0), target_min=60, recorded_on=on(1, 0))])
    assert forecast(asked(), log, on(1, 0), runs=1, prior=CLEAN).target_min == 90
    found = forecast(asked(), log, on(2, 0), runs=1, prior=CLEAN)
    assert (found.target_min, found.late_day) == (60, on(5))


def test_the_target_is_reached_once_it_has_been_kept():
    rebuild = asked(target_min=50, keep_weeks=2)
    found = forecast(rebuild, runs=5, prior=CLEAN)
    assert found.late_day == build(rebuild).finish == on(5)
    assert [week.reached for week in found.weeks] == [0, 0, 0, 0, 1]


def test_nothing_is_simulated_beyond_the_last_day():
    rebuild = asked(last_day=on(4))
    found = forecast(rebuild, runs=5, prior=CLEAN)
    assert [week.median_min for week in found.weeks] == [40, 45, 50, 55]
    assert (found.reached_share, found.paused_share) == (0, 0)
    after = forecast(rebuild, diary(rebuild, {}), on(9), runs=5)
    assert [(week.number, week.reached) for week in after.weeks] == [(9, 0)]


# Pauses.

SEVERE = {"pain": 7, "pain_from": 30}


def test_a_paused_plan_stays_paused_without_a_clearance():
    log = diary(asked(), {}, SEVERE)
    found = forecast(asked(), log, on(3, 2), runs=10)
    assert (found.reached_share, found.paused_share) == (0, 1)
    assert [(week.number, week.paused) for week in found.weeks] == [(3, 1)]
    pause = build(asked(), log, on(3, 2)).pause
    assert minutes(found) == [(pause.resume_min,) * 3]


def test_a_pause_may_be_assumed_to_be_cleared_after_some_weeks():
    log = diary(asked(), {}, SEVERE)
    found = forecast(asked(), log, on(3, 2), runs=10, prior=CLEAN, pause_weeks=4)
    assert [week.paused for week in found.weeks][:6] == [1, 1, 1, 1, 0, 0]
    later = log.add(cleared(7, 0))
    assert found.late_day == build(asked(), later, on(7, 0)).finish


def test_pauses_follow_each_other_if_every_run_hurts():
    found = forecast(asked(), runs=20, prior=Rates(painful=1), pause_weeks=2)
    assert (found.reached_share, found.paused_share) == (0, 1)
    assert len(found.weeks) == 520
    paused = [week.paused for week in found.weeks[-6:]]
    # At 10 minutes each run pauses the plan for two weeks.
    assert sum(paused) == pytest.approx(4)
    assert min(paused) < max(paused)


def test_a_clearance_of_this_week_ends_a_pause_with_the_next_long_run():
    rebuild = asked(long_run=evolve(asked().long_run, day="mon"))
    log = Log([ran(1, weekday=0, recorded_on=on(1, 1), **SEVERE), cleared(2, 2)])
    plan = build(rebuild, log, on(2, 3))
    found = forecast(rebuild, log, on(2, 3), runs=10, prior=CLEAN)
    assert [week.paused for week in found.weeks][:2] == [1, 0]
    assert found.late_day == plan.finish


# What must hold in all forecasts.

TROUBLED = Rates(clean=5, tired=1, cut_short=1, painful=2, missed=1)


@pytest.mark.parametrize("policy", [FIVE_MINUTES, CAUTIOUS])
@pytest.mark.parametrize("pause_weeks", [None, 3])
def test_shares_and_quantiles_are_in_order(policy, pause_weeks):
    rebuild = asked(policy=policy, away=[Away(first=on(4, 0), last=on(5, 6))])
    found = forecast(rebuild, runs=60, prior=TROUBLED, pause_weeks=pause_weeks)
    reached = [week.reached for week in found.weeks]
    assert reached == sorted(reached)
    assert reached[-1] == found.reached_share
    assert max(week.paused for week in found.weeks) <= found.paused_share < 1
    assert [week.number for week in found.weeks] == [*range(1, len(found.weeks) + 1)]
    for low, median, high in minutes(found):
        assert 1 <= low <= median <= high <= 90
    days = [day for day in (found.early_day, found.median_day, found.late_day) if day]
    assert days == sorted(days)


def test_a_day_is_given_if_enough_simulations_get_there():
    found = forecast(asked(target_min=60), runs=300, prior=TROUBLED)
    by_day = Counter()
    for week in found.weeks:
        by_day[week.day] = week.reached
    for share, day in ((0.1, found.early_day), (0.5, found.median_day), (0.9, found.late_day)):
        if day is None:
            assert found.reached_share < share
        else:
            assert by_day[day] >= share > by_day[day - dt.timedelta(weeks=1)]


@pytest.mark.parametrize("runs", [1, 2, 3, 9, 10, 11])
def test_a_few_simulations_are_enough(runs):
    found = forecast(asked(target_min=60), runs=runs)
    assert found.runs == runs
    assert 0 <= found.reached_share <= 1


def test_the_same_seed_gives_the_same_forecast_and_another_seed_another():
    first = forecast(asked(), runs=60, seed=4)
    assert forecast(asked(), runs=60, seed=4) == first
    assert forecast(asked(), runs=60, seed=5).weeks != first.weeks


def test_more_simulations_are_the_same_ones_and_some_more():
    simulator = Simulator(StartingPoint(asked(), Log(), build(asked()).today))
    some = [simulator.simulate(Draws(0, number, TROUBLED).draw) for number in range(30)]
    more = [simulator.simulate(Draws(0, number, TROUBLED).draw) for number in range(60)]
    assert more[:30] == some
    reached = sum(each.reached_week is not None for each in more) / 60
    assert forecast(asked(), runs=60, prior=TROUBLED).reached_share == reached


@pytest.mark.parametrize("runs", [1, 7, 50])
def test_the_quantiles_are_those_of_the_simulations(runs):
    rebuild = asked(target_min=60)
    simulator = Simulator(StartingPoint(rebuild, Log(), build(rebuild).today))
    simulations = [simulator.simulate(Draws(0, number, TROUBLED).draw) for number in range(runs)]
    for week in forecast(rebuild, runs=runs, prior=TROUBLED).weeks:
        index = week.number - 1
        run = sorted(each.minutes[min(index, len(each.minutes) - 1)] for each in simulations)
        quantiles = [run[math.ceil(runs * share) - 1] for share in (0.1, 0.5, 0.9)]
        assert [week.low_min, week.median_min, week.high_min] == quantiles
        paused = sum(each.is_paused[min(index, len(each.is_paused) - 1)] for each in simulations)
        assert week.paused == paused / runs
        reached = [each.reached_week for each in simulations if each.reached_week]
        assert week.reached == sum(number <= week.number for number in reached) / runs


def test_a_forecast_can_be_pickled():
    found = forecast(asked(), runs=5)
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301 (made here)


# How it is displayed.


def test_its_rows_are_flat_and_have_the_same_types():
    rows = forecast(asked(), runs=50).rows()
    types = {tuple((name, type(value)) for name, value in row.items()) for row in rows}
    assert types == {
        (
            ("week", int),
            ("day", dt.date),
            ("reached", float),
            ("low_min", int),
            ("median_min", int),
            ("high_min", int),
            ("paused", float),
        )
    }


def test_its_table_gives_the_answer_and_the_assumptions():
    log = diary(asked(), {}, {})
    table = forecast(asked(target_min=60), log, on(3, 0), runs=50, prior=CLEAN).table()
    assert "\n".join(table.lines) == (
        "100 % of the simulations reach 60 min: 10 % by Sun 3 Jan 2027, half by Sun 3 Jan 2027, "
        "90 % by Sun 3 Jan 2027.\n"
        "As of Monday, 14 December 2026, the plan was simulated 50 times by its own rules; pauses "
        "are assumed never to end.\n"
        "Assumed outcomes: clean 100 %, tired 0 %, cut short 0 %, painful 0 %, missed 0 %. They "
        "combine 2 past long runs with a prior that counts as 1,000,000,000."
    )
    assert "arithmetic on assumptions, not medicine" in table.note


def test_its_table_says_if_no_simulation_gets_there():
    table = forecast(asked(), runs=1, prior=Rates(missed=1), pause_weeks=1).table()
    assert table.lines[0] == "No simulation reaches 90 min."
    assert table.lines[1].endswith(
        "the plan was simulated once by its own rules; pauses are assumed to end after 1 week."
    )


@pytest.mark.parametrize(
    ("reached", "days", "answer"),
    [
        (0.05, [], "5 % of the simulations reach 60 min: fewer than 10 % get there."),
        (0.47, [on(6)], "reach 60 min: 10 % by Sun 10 Jan 2027; fewer than half get there."),
        (0.895, [on(6), on(7)], ", half by Sun 17 Jan 2027; fewer than 90 % get there."),
    ],
)
def test_its_table_says_if_too_few_simulations_get_there(reached, days, answer):
    early, median = [*days, None, None][:2]
    found = evolve(
        forecast(asked(target_min=60), runs=5, prior=CLEAN),
        reached_share=reached,
        paused_share=0.004,
        early_day=early,
        median_day=median,
        late_day=None,
    )
    lines = found.table().lines
    assert lines[0].endswith(answer)
    assert lines[1] == "1 % of them are paused at some point."


def test_its_table_ends_once_nearly_all_that_get_there_are_there():
    slightly_troubled = Rates(clean=8, tired=1, cut_short=1, missed=2)
    found = forecast(asked(target_min=60), runs=60, prior=slightly_troubled)
    rows = found.table().rows
    assert 12 <= len(rows) < len(found.weeks)
    enough = 0.95 * found.reached_share
    assert found.weeks[len(rows) - 1].reached >= enough
    assert len(rows) == 12 or found.weeks[len(rows) - 2].reached < enough


def test_a_notebook_shows_hostile_names_as_text():
    found = forecast(asked(name="<script>alert(1)</script>"), runs=3)
    shown = found._repr_html_()
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown
    assert shown == found.table().to_html()


@pytest.mark.parametrize(
    ("share", "shown"),
    [(0, "0"), (1, "100"), (0.0001, "1"), (0.9999, "99"), (0.5, "50"), (0.126, "13")],
)
def test_a_share_is_shown_as_0_or_100_percent_only_if_that_is_exact(share, shown):
    assert percent(share) == shown


# What is rejected.


@pytest.mark.parametrize("runs", [0, -1, 10**9, 100_001])
def test_the_number_of_simulations_has_limits(runs):
    with pytest.raises(InvalidValue, match="runs must be a whole number of simulations from 1 to"):
        forecast(asked(), runs=runs)


@pytest.mark.parametrize("runs", [True, 10.0, "10", None])
def test_the_number_of_simulations_is_whole(runs):
    with pytest.raises(InvalidType, match="runs must be a whole number"):
        forecast(asked(), runs=runs)


@pytest.mark.parametrize(
    ("wrong", "error", "words"),
    [
        ({"seed": -1}, InvalidValue, "seed must be a whole number, 0 or more"),
        ({"seed": 1.5}, InvalidType, "seed must be a whole number"),
        ({"seed": True}, InvalidType, "seed must be a whole number"),
        ({"seed": None}, InvalidType, "seed must be a whole number"),
        ({"prior": (8, 1, 1, 1, 1)}, InvalidType, "prior must be Rates"),
        ({"prior": None}, InvalidType, "prior must be Rates"),
        ({"pause_weeks": 0}, InvalidValue, "pause_weeks must be a whole number of weeks"),
        ({"pause_weeks": 521}, InvalidValue, "pause_weeks must be a whole number of weeks"),
        ({"pause_weeks": 1.5}, InvalidType, "pause_weeks must be a whole number of weeks"),
        ({"executor": 4}, InvalidType, "executor must be an executor"),
    ],
)
def test_other_settings_are_checked(wrong, error, words):
    with pytest.raises(error, match=words):
        forecast(asked(), **wrong)


def test_a_forecast_checks_the_same_arguments_as_a_plan():
    with pytest.raises(InvalidType, match="rebuild must be a Rebuild"):
        forecast("mine")
    with pytest.raises(InvalidType, match="log must be a Log"):
        forecast(asked(), [RunReport(day="2026-12-06", minutes=40)], "2026-12-07")
    with pytest.raises(InvalidType, match="today must be given with a log"):
        forecast(asked(), Log([MorningReport(day="2026-12-06", pain=0)]))
    with pytest.raises(InvalidValue, match="a day must be a date"):
        forecast(asked(), today="2026-13-01")


def test_a_plan_at_the_end_of_the_calendar_cannot_be_simulated():
    with pytest.raises(InvalidValue, match="a plan must start by the year 2179 to be simulated"):
        forecast(asked(start="2180-01-01"))
    last = forecast(asked(start="2179-12-31"), runs=1, prior=Rates(missed=1))
    assert last.weeks[-1].number == 520


@pytest.mark.parametrize("weight", [-1, math.nan, math.inf, -math.inf, 1.1e9, 10**400])
def test_a_weight_has_limits(weight):
    with pytest.raises(InvalidValue, match=r"painful must be a number from 0 to 1,000,000,000"):
        Rates(clean=1, painful=weight)


@pytest.mark.parametrize("weight", [True, "1", None, 1j])
def test_a_weight_must_be_a_number(weight):
    with pytest.raises(InvalidType, match="missed must be a number"):
        Rates(missed=weight)


def test_a_prior_needs_some_weight():
    with pytest.raises(InvalidValue, match="one of the rates must be above 0"):
        Rates()


@pytest.mark.parametrize("weight", [5e-324, 1e-9, 1, 1e9])
def test_weights_of_every_size_can_be_drawn_from(weight):
    prior = Rates(clean=weight, tired=weight, cut_short=weight, painful=weight, missed=weight)
    assert math.isclose(prior.mean.clean, 0.2)
    found = forecast(asked(target_min=45), runs=100, prior=prior)
    assert 0 < found.weeks[-1].reached < 1


def test_with_the_smallest_weights_all_runs_of_a_simulation_are_of_one_kind():
    prior = Rates(clean=1e-300, missed=1e-300)
    found = forecast(asked(), runs=400, prior=prior)
    assert found.early_day == build(asked()).finish
    assert abs(found.reached_share - 0.5) < apart(400)
    assert [week.reached for week in found.weeks][-1] == found.reached_share


def test_the_greatest_weight_does_not_grow():
    assert Rates(clean=1e9).after(["clean"]) == Rates(clean=1e9)


def test_a_table_of_more_than_a_year_shows_the_years_and_ends_after_two():
    slow = Rates(clean=2, missed=3, tired=2, painful=0.1)
    found = forecast(asked(), runs=60, prior=slow)
    days = [row[1] for row in found.table().rows]
    assert len(found.weeks) > 104
    assert (len(days), len(set(days))) == (104, 104)
    assert days[0].endswith("2026")
