"""Laws of the forecast: each play is a plan, made by the very rules that plan it."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.log_strategies import logs, todays
from support.strategies import OWN, PRESETS, rebuilds

from runplan import FIVE_MINUTES, Log, Rates, build
from runplan._base.dates import day_numbered, to_day
from runplan.forecasting.rates import PRIOR
from runplan.forecasting.simulate import Chance, Outset, play
from runplan.planning.build import MAX_WEEKS

TROUBLED = Rates(clean=6, tired=1, cut_short=1, painful=1.5, missed=1)


def law(examples):
    """Return the settings for a law that is tried on so many requests."""
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large]
    return settings(max_examples=examples, deadline=None, suppress_health_check=slow)


def some_plays(data, policies, pause_weeks):
    """Return a request, its log up to today, where it stands, and some plays with their ends."""
    rebuild = data.draw(rebuilds(policies=policies))
    log = data.draw(logs(rebuild))
    today = to_day(data.draw(todays(rebuild, log)))
    outset = Outset(rebuild, log, today)
    rates = data.draw(st.sampled_from([PRIOR, TROUBLED])).after(outset.seen())
    seed = data.draw(st.integers(0, 10**6))
    ends = play(outset, [Chance(seed, number, rates) for number in range(3)], pause_weeks)
    seen = Log([entry for entry in log if entry.recorded_on <= today])
    return rebuild, seen, outset, list(ends)


def ended_on(branch, outset):
    """Return the day on which a play was over: of a pause that stays, the day of no long run."""
    week = outset.week + len(branch.played.minutes) - 1
    stays_paused = branch.played.is_paused[-1] and branch.played.reached_day is None
    day = outset.day_of(week) if stays_paused else day_numbered(branch.runs.history.day)
    return max(day, day_numbered(outset.today))


@law(60)
@given(st.data(), st.sampled_from([None, None, 1, 3]))
def test_a_play_intends_what_build_does_with_the_same_reports_in_its_log(data, pause_weeks):
    rebuild, log, outset, ends = some_plays(data, (*PRESETS, *OWN), pause_weeks)
    for branch in ends:
        plan = build(rebuild, log.add(*branch.told), ended_on(branch, outset))
        played = branch.played
        shown = plan.weeks[outset.week - 1 :]
        assert len(shown) == len(played.minutes) or played.reached_day
        for week, minutes, is_paused in zip(shown, played.minutes, played.is_paused, strict=False):
            assert (week.pause is not None) == is_paused
            assert week.pause is None or week.pause.resume_min == minutes
            assert week.long_run is None or week.long_run.minutes == minutes
        if played.reached_day:
            assert plan.finish == day_numbered(played.reached_day)
        elif len(plan.weeks) < MAX_WEEKS:
            assert plan.status == "paused"


@law(60)
@given(st.data())
def test_a_play_never_goes_beyond_the_target_or_a_step_beyond_what_was_earned(data):
    _, log, outset, ends = some_plays(data, (FIVE_MINUTES,), None)
    rebuild = outset.fork().rebuild
    for branch in ends:
        longest = max(
            [rebuild.baseline_min, *(getattr(each, "baseline_min", 0) or 0 for each in log)]
            + [getattr(each, "minutes", 0) for each in log]
        )
        for minutes in branch.played.minutes:
            if branch.played.reached_week and minutes == rebuild.target_min:
                # From there on it is the target that stands for a week, run or not.
                break
            assert minutes <= min(rebuild.target_min, longest + rebuild.policy.step_min)
            longest = max(longest, minutes)


@law(40)
@given(st.data())
def test_what_is_made_up_lies_ahead_and_is_told_in_time(data):
    _, log, outset, ends = some_plays(data, PRESETS, 2)
    today = day_numbered(outset.today)
    for branch in ends:
        for entry in branch.told:
            assert entry.recorded_on >= today
            assert (entry.recorded_on - entry.day).days <= 7
            assert entry not in log
        days = [entry.day for entry in branch.told if hasattr(entry, "minutes")]
        assert len(days) == len(set(days))
        assert days == sorted(days)


@law(40)
@given(st.data())
def test_plays_that_are_played_together_end_as_they_do_alone(data):
    rebuild = data.draw(rebuilds())
    log = data.draw(logs(rebuild))
    outset = Outset(rebuild, log, to_day(data.draw(todays(rebuild, log))))

    def ends(numbers):
        found = play(outset, [Chance(7, number, TROUBLED) for number in numbers], 2)
        return {chance.number: branch.played for branch in found for chance in branch.chances}

    alone = {}
    for number in range(4):
        alone |= ends([number])
    assert ends(range(4)) == alone


def test_a_play_that_has_gone_its_own_way_leaves_no_trace_in_another():
    from support.diaries import asked  # noqa: PLC0415

    outset = Outset(asked(), Log(), asked().start)
    before = outset.fork()
    for _ in play(outset, [Chance(0, number, TROUBLED) for number in range(20)]):
        pass
    after = outset.fork()
    assert vars(before.history) == vars(after.history)
    assert before.results.worst_pain == after.results.worst_pain == 0
    assert before.level_min == after.level_min == 40
