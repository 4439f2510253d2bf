"""Several requests side by side, and executors for the simulations."""

import datetime as dt
import pickle
import subprocess
import sys
from collections import OrderedDict
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from types import MappingProxyType

import pytest
from attrs import evolve
from support.diaries import asked, diary, on

from runplan import (
    CAUTIOUS,
    FIVE_MINUTES,
    Away,
    Change,
    InvalidType,
    InvalidValue,
    Log,
    Rates,
    Rule,
    RunReport,
    Strength,
    Verdict,
    build,
    compare,
    forecast,
)
from runplan.forecasting.compare import steepest_pct

CLEAN = Rates(clean=1e9)


class Backwards(Executor):
    """An executor that works at once, and through its tasks from the last to the first."""

    def __init__(self):
        self.sizes = []

    def submit(self, fn, /, *args, **kwargs):
        future = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 (as executors do)
            future.set_exception(error)
        return future

    def map(self, fn, *iterables, timeout=None, chunksize=1):  # noqa: ARG002 (as executors have)
        calls = list(zip(*iterables, strict=True))
        self.sizes = [len(numbers) for (numbers,) in calls]
        futures = [self.submit(fn, *each) for each in reversed(calls)]
        return (future.result(timeout) for future in reversed(futures))


# Executors.


def test_the_forecast_is_the_same_with_every_executor():
    log, today = diary(asked(), {}, {"fatigue": 8}, None), on(4, 2)
    settings = {"runs": 5030, "pause_weeks": 3}
    alone = forecast(asked(), log, today, **settings)
    backwards = Backwards()
    assert forecast(asked(), log, today, **settings, executor=backwards) == alone
    assert backwards.sizes == [2500, 2500, 30]
    with ThreadPoolExecutor(3) as threads:
        assert forecast(asked(), log, today, **settings, executor=threads) == alone


def test_the_simulations_can_run_in_other_processes():
    # Spawned processes know nothing but what is sent to them.
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as processes:
        for policy in (FIVE_MINUTES, CAUTIOUS):
            rebuild = asked(
                policy=policy, away=[Away(first=on(2), last=on(3))], strength=Strength()
            )
            log = diary(rebuild, {}, {"pain": 2, "red_flags": ["fever"]})
            log = log.add(Change(day=on(3), target_min=60, recorded_on=on(2)))
            there = forecast(rebuild, log, on(3, 0), runs=101, pause_weeks=1, executor=processes)
            assert there == forecast(rebuild, log, on(3, 0), runs=101, pause_weeks=1)


def own(decide):
    """Return a request with an app's own rule before all others."""
    rule = Rule(name="own", when="always", then="…", source="me", evidence="house", decide=decide)
    return asked(policy=evolve(FIVE_MINUTES, rules=(rule, *FIVE_MINUTES.rules)))


def test_rules_that_cannot_be_pickled_need_threads():
    rebuild = own(lambda _: None)
    words = "must be picklable .* functions in a module, or use a ThreadPoolExecutor"
    with (
        ProcessPoolExecutor(1, mp_context=get_context("spawn")) as processes,
        pytest.raises(InvalidValue, match=words),
    ):
        forecast(rebuild, runs=3, executor=processes)
    with ThreadPoolExecutor(1) as threads:
        assert forecast(rebuild, runs=3, executor=threads) == forecast(rebuild, runs=3)


def sour(now):
    """Fail with a message that could be taken for an error of pickle."""
    if now.week > 2:
        raise ValueError(f"week {now.week}: this rule got itself into a pickle")


@pytest.mark.parametrize("executor", [None, Backwards()])
def test_the_error_of_a_rule_is_raised_as_it_is(executor):
    with pytest.raises(ZeroDivisionError):
        forecast(own(lambda now: 1 / (now.week - 1)), runs=3, executor=executor)
    with pytest.raises(ValueError, match="pickle"):
        forecast(own(sour), runs=3, executor=executor)


def test_an_executor_that_has_been_shut_down_is_rejected():
    threads = ThreadPoolExecutor(1)
    threads.shutdown()
    with pytest.raises(InvalidValue, match="the executor must accept work"):
        forecast(asked(), runs=3, executor=threads)


def test_an_app_s_rule_need_not_be_hashable():
    class Held(list):
        def __call__(self, now):
            return Verdict("hold", 40, 40, "Held.") if now.week in self else None

    rebuild = asked(target_min=50)
    own = Rule(name="h", when="w", then="t", source="s", evidence="house", decide=Held([2, 3]))
    policy = evolve(FIVE_MINUTES, rules=(own, *FIVE_MINUTES.rules))
    found = forecast(evolve(rebuild, policy=policy), runs=2, prior=CLEAN)
    assert [week.median_min for week in found.weeks] == [40, 40, 40, 45, 50]


def test_a_rule_that_returns_minutes_instead_of_a_verdict_is_named():
    with pytest.raises(InvalidType, match="the rule 'own' must return a Verdict or None"):
        forecast(own(lambda _: 40), runs=3)


# Side by side.


def both(**how):
    """Return the comparison of two policies."""
    rebuilds = {
        "five minutes": asked(target_min=60),
        "careful": asked(target_min=60, policy=CAUTIOUS),
    }
    return compare(rebuilds, **({"runs": 20} | how))


def test_each_has_its_plan_and_its_forecast():
    found = both(seed=3)
    assert [each.name for each in found.plans] == ["five minutes", "careful"]
    for each, policy in zip(found.plans, [FIVE_MINUTES, CAUTIOUS], strict=True):
        rebuild = asked(target_min=60, policy=policy)
        assert each.plan == build(rebuild)
        assert each.forecast == forecast(rebuild, runs=20, seed=3)
        assert each.policy == policy.name
        assert (each.baseline_min, each.target_min) == (40, 60)
        assert (each.weeks, each.finish) == (len(each.plan.weeks), each.plan.finish)
    # 40 45 50 55 60, and 40 40 45 35 45 45 50 40 55 60 with waits and lighter weeks.
    assert [each.weeks for each in found.plans] == [5, 10]


def test_the_settings_of_the_forecast_hold_for_each():
    log, threads = diary(asked(target_min=60), {}, {}), Backwards()
    settings = {"runs": 7, "seed": 2, "prior": CLEAN, "pause_weeks": 2}
    found = both(log=log, today=on(3), executor=threads, **settings)
    for each in found.plans:
        chances = each.forecast
        assert {name: getattr(chances, name) for name in settings} == settings
        assert chances.today == each.plan.today == on(3)
        assert chances.learned_from == 2
    assert threads.sizes == [7]


def test_only_warnings_are_counted():
    steep = compare({"steep": asked(baseline_min=15, target_min=30, assessed_on=None)}, runs=1)
    levels = [finding.level for finding in steep.plans[0].plan.findings]
    assert levels.count("note") > 0
    assert steep.plans[0].warnings == levels.count("warning") == 2


@pytest.mark.parametrize(
    ("changes", "pct"),
    [
        ({"target_min": 60}, 12.5),
        ({"baseline_min": 20, "target_min": 30}, 25.0),
        ({"target_min": 40}, 0.0),
        ({"target_min": 41}, 2.5),
        ({"baseline_min": 60, "target_min": 65}, 8.3),
    ],
)
def test_the_steepest_step_is_measured_by_the_longest_run_of_thirty_days(changes, pct):
    found = compare({"one": asked(**changes)}, runs=1)
    assert found.plans[0].steepest_pct == pct


def test_without_a_long_run_there_is_no_steepest_step():
    log = Log([RunReport(day=on(0), minutes=30, red_flags=["chest-pain"])])
    found = compare({"paused": asked()}, log, on(1, 0), runs=1).plans[0]
    assert found.steepest_pct is None
    assert (found.weeks, found.finish, found.warnings) == (1, None, 1)
    assert found.forecast.reached_share == 0


def test_a_long_run_with_none_in_the_thirty_days_before_is_no_step():
    away = [Away(first=on(1, 0), last=on(8, 6))]
    plan = build(asked(target_min=40, away=away))
    assert next(week.long_run for week in plan.weeks if week.long_run).longest_min == 0
    assert steepest_pct(plan) == pytest.approx(25)


@pytest.mark.parametrize("kind", [dict, OrderedDict, MappingProxyType])
def test_the_order_of_the_mapping_is_kept(kind):
    rebuilds = {name: asked(target_min=40) for name in "zab"}
    assert [each.name for each in compare(kind(rebuilds), runs=1).plans] == ["z", "a", "b"]


def test_a_comparison_can_be_pickled():
    found = both(runs=2)
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301 (made here)


def test_its_rows_are_flat_and_have_the_same_types():
    rows = both(prior=CLEAN).rows()
    types = {tuple((name, type(value)) for name, value in row.items()) for row in rows}
    assert types == {
        (
            ("name", str),
            ("policy", str),
            ("baseline_min", int),
            ("target_min", int),
            ("weeks", int),
            ("finish", dt.date),
            ("steepest_pct", float),
            ("warnings", int),
            ("reached", float),
            ("early_day", dt.date),
            ("median_day", dt.date),
            ("late_day", dt.date),
            ("paused", float),
        )
    }
    assert [row["finish"] for row in rows] == [row["late_day"] for row in rows]


def test_missing_values_are_none_in_its_row():
    log = Log([RunReport(day=on(0), minutes=30, red_flags=["chest-pain"])])
    row = compare({"paused": asked()}, log, on(1, 0), runs=1).rows()[0]
    none = {name for name, value in row.items() if value is None}
    assert none == {"finish", "steepest_pct", "early_day", "median_day", "late_day"}


def test_its_table_has_a_row_for_each_plan():
    table = both(prior=CLEAN).table()
    assert [row[0] for row in table.rows] == ["five minutes", "careful"]
    assert table.rows[0][1:] == (
        *("five minutes", "40", "60", "5", "Sun 3 Jan 2027", "12.5", "0"),
        *("Sun 3 Jan 2027", "Sun 3 Jan 2027", "100", "0"),
    )
    assert "arithmetic on assumptions, not medicine" in table.note
    assert table.lines == (
        "Each plan was simulated 20 times by its own rules; pauses are assumed never to end.",
    )


def test_its_table_says_if_the_target_is_not_reached():
    log = Log([RunReport(day=on(0), minutes=30, red_flags=["chest-pain"])])
    table = compare({"paused": asked()}, log, on(1, 0), runs=1).table()
    assert table.rows[0][5:] == ("not reached", "", "1", "not reached", "not reached", "0", "100")


def test_a_notebook_shows_hostile_names_as_text_on_one_line():
    names = ["<b>bold</b>", "two\nlines | and *stars*", "עברית \u202e", "x" * 80]
    found = compare({name: asked(target_min=40) for name in names}, runs=1)
    assert [each.name for each in found.plans][1] == "two lines | and *stars*"
    shown = found._repr_html_()
    assert "<b>" not in shown
    assert "&lt;b&gt;bold" in shown
    assert shown == found.table().to_html()
    assert r"two lines \| and \*stars\*" in found.table().to_markdown()


def test_it_compares_the_requests_as_they_stand_on_the_day():
    changes = [
        Change(day=on(2), target_min=50, recorded_on=on(1)),
        Change(day=on(2), policy=CAUTIOUS, recorded_on=on(1)),
    ]
    found = compare({"mine": asked()}, Log(changes), on(3, 0), runs=1).plans[0]
    assert (found.target_min, found.policy, found.forecast.target_min) == (50, "cautious", 50)
    before = compare({"mine": asked()}, Log(changes), on(1), runs=1).plans[0]
    assert (before.target_min, before.policy) == (90, "five minutes")


# What is rejected.


@pytest.mark.parametrize("nothing", [{}, MappingProxyType({})])
def test_there_must_be_something_to_compare(nothing):
    with pytest.raises(InvalidValue, match="rebuilds must be a mapping from names"):
        compare(nothing)


@pytest.mark.parametrize("wrong", [None, [asked()], asked(), "mine", {("a", asked())}])
def test_rebuilds_must_be_given_by_name(wrong):
    with pytest.raises(InvalidType, match="rebuilds must be a mapping from names"):
        compare(wrong)


@pytest.mark.parametrize("wrong", [None, "mine", {"baseline_min": 40}, build(asked())])
def test_only_rebuilds_can_be_compared(wrong):
    with pytest.raises(InvalidType, match="rebuilds must be a mapping from names"):
        compare({"mine": wrong})


@pytest.mark.parametrize("name", [1, None, ("a", "b"), b"mine"])
def test_a_name_must_be_text(name):
    with pytest.raises(InvalidType, match="the name of a plan must be text"):
        compare({name: asked()})


@pytest.mark.parametrize("name", ["", " \n", "x" * 81])
def test_a_name_must_be_neither_empty_nor_too_long(name):
    with pytest.raises(InvalidValue, match="the name of a plan must"):
        compare({name: asked()})


def test_two_names_that_look_the_same_are_rejected():
    with pytest.raises(InvalidValue, match="every plan must have its own name"):
        compare({"mine": asked(), "mine ": asked()})


@pytest.mark.parametrize(
    ("wrong", "error", "words"),
    [
        ({"runs": 0}, InvalidValue, "runs must be"),
        ({"seed": "1"}, InvalidType, "seed must be"),
        ({"prior": {}}, InvalidType, "prior must be"),
        ({"pause_weeks": -1}, InvalidValue, "pause_weeks must be"),
        ({"executor": "threads"}, InvalidType, "executor must be"),
        ({"log": []}, InvalidType, "log must be a Log"),
        ({"log": Log()}, InvalidType, "today must be given with a log"),
        ({"today": "soon"}, InvalidValue, "a day must be a date"),
    ],
)
def test_the_settings_are_checked(wrong, error, words):
    with pytest.raises(error, match=words):
        compare({"mine": asked()}, **wrong)


def test_importing_runplan_does_not_import_the_forecast():
    code = "import runplan, sys; sys.exit('runplan.forecasting' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0
