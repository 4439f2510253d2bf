"""Requests side by side, and who plays them."""

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
    InvalidType,
    InvalidValue,
    Log,
    Rates,
    Rule,
    RunReport,
    Strength,
    build,
    compare,
    forecast,
)
from runplan.forecasting.compare import steepest_pct

CLEAN = Rates(clean=1e9)


class Backwards(Executor):
    """An executor that does at once what it is given, and hands it over in its own way."""

    def __init__(self):
        self.sizes = []

    def submit(self, fn, /, *args, **kwargs):
        future = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001  # as executors do
            future.set_exception(error)
        return future

    def map(self, fn, *iterables, timeout=None, chunksize=1):  # noqa: ARG002  # as executors have
        calls = list(zip(*iterables, strict=True))
        self.sizes = [len(numbers) for (numbers,) in calls]
        futures = [self.submit(fn, *each) for each in reversed(calls)]
        return (future.result(timeout) for future in reversed(futures))


# Who plays.


def test_whoever_plays_the_forecast_is_the_same():
    log, today = diary(asked(), {}, {"fatigue": 8}, None), on(4, 2)
    alone = forecast(asked(), log, today, runs=230, pause_weeks=3)
    backwards = Backwards()
    assert forecast(asked(), log, today, runs=230, pause_weeks=3, executor=backwards) == alone
    assert backwards.sizes == [100, 100, 30]
    with ThreadPoolExecutor(3) as threads:
        assert forecast(asked(), log, today, runs=230, pause_weeks=3, executor=threads) == alone


def test_processes_play_as_well():
    # Started afresh: nothing is there but what was sent.
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as processes:
        for policy in (FIVE_MINUTES, CAUTIOUS):
            rebuild = asked(
                policy=policy, away=[Away(first=on(2), last=on(3))], strength=Strength()
            )
            log = diary(rebuild, {}, {"pain": 2, "red_flags": ["fever"]})
            there = forecast(rebuild, log, on(3, 0), runs=101, pause_weeks=1, executor=processes)
            assert there == forecast(rebuild, log, on(3, 0), runs=101, pause_weeks=1)


def own(decide):
    """Return a request with a rule of one's own before all others."""
    rule = Rule(name="own", when="always", then="…", source="me", evidence="house", decide=decide)
    return asked(policy=evolve(FIVE_MINUTES, rules=(rule, *FIVE_MINUTES.rules)))


def test_rules_that_cannot_be_sent_to_a_process_are_told():
    rebuild = own(lambda _: None)
    words = "functions of a module, or use a ThreadPoolExecutor"
    with (
        ProcessPoolExecutor(1, mp_context=get_context("spawn")) as processes,
        pytest.raises(InvalidValue, match=words),
    ):
        forecast(rebuild, runs=3, executor=processes)
    with ThreadPoolExecutor(1) as threads:
        assert forecast(rebuild, runs=3, executor=threads) == forecast(rebuild, runs=3)


def sour(now):
    """Fail in a way that a careless reader takes for trouble with pickle."""
    raise ValueError(f"week {now.week}: this rule got itself into a pickle")


@pytest.mark.parametrize("executor", [None, Backwards()])
def test_the_error_of_a_rule_is_told_as_it_is(executor):
    with pytest.raises(ZeroDivisionError):
        forecast(own(lambda now: 1 / (now.week - 1)), runs=3, executor=executor)
    with pytest.raises(ValueError, match="pickle"):
        forecast(own(sour), runs=3, executor=executor)


def test_an_executor_that_is_shut_down_is_told():
    threads = ThreadPoolExecutor(1)
    threads.shutdown()
    with pytest.raises(InvalidValue, match="the executor must still take work"):
        forecast(asked(), runs=3, executor=threads)


def test_what_a_rule_must_return_is_told_by_a_forecast_too():
    with pytest.raises(InvalidType, match="the rule 'own' must return a Verdict or None"):
        forecast(own(lambda _: 40), runs=3)


# Side by side.


def both(**how):
    """Return two ways to get there, side by side."""
    ways = {"five minutes": asked(target_min=60), "careful": asked(target_min=60, policy=CAUTIOUS)}
    return compare(ways, **({"runs": 20} | how))


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
    assert [each.weeks for each in found.plans] == [5, 7]


def test_all_that_a_forecast_is_asked_for_reaches_each():
    log, threads = diary(asked(target_min=60), {}, {}), Backwards()
    asked_for = {"runs": 7, "seed": 2, "prior": CLEAN, "pause_weeks": 2}
    found = both(log=log, today=on(3), executor=threads, **asked_for)
    for each in found.plans:
        chances = each.forecast
        assert {name: getattr(chances, name) for name in asked_for} == asked_for
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
def test_any_mapping_will_do_and_its_order_is_kept(kind):
    ways = {name: asked(target_min=40) for name in "zab"}
    assert [each.name for each in compare(kind(ways), runs=1).plans] == ["z", "a", "b"]


def test_a_comparison_can_be_pickled():
    found = both(runs=2)
    assert pickle.loads(pickle.dumps(found)) == found  # noqa: S301  # made here


def test_its_rows_are_flat_and_of_the_same_types():
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


def test_what_is_not_there_is_none_in_its_row():
    log = Log([RunReport(day=on(0), minutes=30, red_flags=["chest-pain"])])
    row = compare({"paused": asked()}, log, on(1, 0), runs=1).rows()[0]
    none = {name for name, value in row.items() if value is None}
    assert none == {"finish", "steepest_pct", "early_day", "median_day", "late_day"}


def test_its_table_has_a_row_a_plan_and_says_what_it_is_worth():
    table = both(prior=CLEAN).table()
    assert [row[0] for row in table.rows] == ["five minutes", "careful"]
    assert table.rows[0][1:] == (
        *("five minutes", "40", "60", "5", "Sun 3 Jan 2027", "12.5", "0"),
        *("Sun 3 Jan 2027", "Sun 3 Jan 2027", "100", "0"),
    )
    assert "arithmetic on assumptions, not medicine" in table.note
    assert table.lines == (
        "Each plan was played forward 20 times by its own rules; no pause is taken to end.",
    )


def test_its_table_says_what_is_not_reached():
    log = Log([RunReport(day=on(0), minutes=30, red_flags=["chest-pain"])])
    table = compare({"paused": asked()}, log, on(1, 0), runs=1).table()
    assert table.rows[0][5:] == ("not reached", "", "1", "not reached", "not reached", "0", "100")


def test_hostile_names_stay_text_on_one_line():
    names = ["<b>bold</b>", "two\nlines | and *stars*", "עברית \u202e", "x" * 80]
    found = compare({name: asked(target_min=40) for name in names}, runs=1)
    assert [each.name for each in found.plans][1] == "two lines | and *stars*"
    shown = found._repr_html_()
    assert "<b>" not in shown
    assert "&lt;b&gt;bold" in shown
    assert shown == found.table().to_html()
    assert r"two lines \| and \*stars\*" in found.table().to_markdown()


# What cannot be compared.


@pytest.mark.parametrize("nothing", [{}, MappingProxyType({})])
def test_nothing_cannot_be_compared(nothing):
    with pytest.raises(InvalidValue, match="what is compared must be a mapping from names"):
        compare(nothing)


@pytest.mark.parametrize("wrong", [None, [asked()], asked(), "mine", {("a", asked())}])
def test_what_is_compared_must_have_names(wrong):
    with pytest.raises(InvalidType, match="what is compared must be a mapping from names"):
        compare(wrong)


@pytest.mark.parametrize("wrong", [None, "mine", {"baseline_min": 40}, build(asked())])
def test_only_rebuilds_can_be_compared(wrong):
    with pytest.raises(InvalidType, match="what is compared must be a mapping from names"):
        compare({"mine": wrong})


@pytest.mark.parametrize("name", [1, None, ("a", "b"), b"mine"])
def test_a_name_must_be_text(name):
    with pytest.raises(InvalidType, match="the name of what is compared must be text"):
        compare({name: asked()})


@pytest.mark.parametrize("name", ["", " \n", "x" * 81])
def test_a_name_must_say_something_and_not_too_much(name):
    with pytest.raises(InvalidValue, match="the name of what is compared must"):
        compare({name: asked()})


def test_two_names_that_look_the_same_are_told():
    with pytest.raises(InvalidValue, match="every plan that is compared must have its own name"):
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
def test_what_else_makes_no_sense_is_told(wrong, error, words):
    with pytest.raises(error, match=words):
        compare({"mine": asked()}, **wrong)


def test_who_asks_for_no_forecast_does_not_pay_for_one():
    code = "import runplan, sys; sys.exit('runplan.forecasting' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0
