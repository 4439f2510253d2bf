"""runplan and a naive second reading of the same tables agree on every planned absence."""

import datetime as dt

import pytest
from hypothesis import given, settings
from support.naive import long_runs
from support.strategies import rebuilds

from runplan import CAUTIOUS, FIVE_MINUTES, Away, Rebuild, build


def told(plan):
    """Return week, day, minutes, level and rule of each long run, None for a week without."""
    return [
        week.long_run
        and (
            week.number,
            week.long_run.day.toordinal(),
            week.long_run.minutes,
            week.long_run.level_min,
            week.long_run.decision.rule,
        )
        for week in plan.weeks
    ]


@settings(max_examples=100, deadline=None)
@given(rebuild=rebuilds(policies=(FIVE_MINUTES,)))
def test_two_readings_of_the_default_table_give_the_same_long_runs(rebuild):
    assert told(build(rebuild)) == long_runs(rebuild, careful=False)


@settings(max_examples=150, deadline=None)
@given(rebuild=rebuilds(policies=(CAUTIOUS,)))
def test_two_readings_of_the_careful_table_give_the_same_long_runs(rebuild):
    assert told(build(rebuild)) == long_runs(rebuild, careful=True)


@pytest.mark.parametrize("policy", [FIVE_MINUTES, CAUTIOUS], ids=lambda policy: policy.name)
@pytest.mark.parametrize("baseline", [10, 12, 16, 33, 40, 58])
def test_two_readings_agree_on_every_single_absence_of_up_to_eight_weeks(baseline, policy):
    start = dt.date(2026, 11, 30)
    for first in range(12):
        for length in range(1, 9):
            left = start + dt.timedelta(weeks=first)
            back = left + dt.timedelta(weeks=length, days=-1)
            rebuild = Rebuild(
                baseline_min=baseline,
                target_min=baseline + 23,
                start=start,
                timezone="UTC",
                policy=policy,
                away=[Away(first=left, last=back)],
            )
            assert told(build(rebuild)) == long_runs(rebuild, careful=policy is CAUTIOUS), (
                f"away from week {first + 1} for {length}"
            )
