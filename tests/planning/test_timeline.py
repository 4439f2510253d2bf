"""A timeline folds only those weeks again about which more is known."""

from random import Random

import pytest
from support.effort import effort
from support.log_strategies import (
    random_changes,
    random_log,
    random_moves,
    random_request,
    withdrawn,
)

from runplan import Log
from runplan.planning.advance import advance
from runplan.planning.courses import courses
from runplan.planning.reports import Reports
from runplan.planning.timeline import Timeline


def folded_from_the_first(timeline):
    """Return the states of the weeks of a timeline, all of them folded again."""
    states = [timeline.states[0]]
    for intended in timeline.intentions:
        own = timeline.ran(intended.week)
        before = timeline.settled_now(states[-1])
        state, _ = advance(timeline.course, before, intended, timeline.known, own)
        states.append(state)
    return tuple(states)


@pytest.mark.parametrize("seed", range(effort(60, 200)))
def test_what_becomes_known_day_by_day_gives_the_same_as_all_weeks_folded_again(seed):
    random = Random(seed)  # noqa: S311 (the same logs each time)
    rebuild = random_request(random)
    log = withdrawn(random, random_log(random, rebuild, most_weeks=10))
    log = Log([*log, *random_changes(random, rebuild, log), *random_moves(random, rebuild)])
    timeline = Timeline.start(courses(rebuild, log), Reports(log))
    for _ in range(10):
        timeline = later = timeline.with_next_fixed(rebuild.start.toordinal() + 100)
        for day in sorted(random.sample(range(1, 25), 4)):
            later = later.known_on(timeline.by + day)
            assert later.states == folded_from_the_first(later)
            assert later.last == later.settled_now(later.states[-1])
