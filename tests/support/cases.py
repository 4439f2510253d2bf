"""Cases for the laws: a request, a log of any kind of runner, and a day to plan from."""

import datetime as dt
from typing import NamedTuple

from hypothesis import strategies as st
from support.log_strategies import random_changes, random_log, random_moves, random_today, withdrawn
from support.strategies import rebuilds

from runplan import Clearance, Log, MorningReport, Plan, Rebuild, RunReport, build

DAY = dt.timedelta(days=1)


class Case(NamedTuple):
    """A request, a log and a day."""

    rebuild: Rebuild
    log: Log
    today: dt.date

    @property
    def plan(self) -> Plan:
        """Return its plan."""
        return build(*self)

    def known(self, *kinds):
        """Return the entries of some kinds that are known today, about days up to today."""
        by = self.today.toordinal()
        return [
            each
            for each in self.log
            if isinstance(each, kinds) and each.is_known(by) and each.day <= self.today
        ]


@st.composite
def guessed(draw):
    """Return a request with a log of somebody who runs about what is planned, and a day."""
    rebuild = draw(rebuilds())
    random = draw(st.randoms(use_true_random=False))
    log = withdrawn(random, random_log(random, rebuild, most_weeks=14))
    if draw(st.booleans()):
        changes = random_changes(random, rebuild, log, may_start_again=True)
        log = Log([*log, *changes, *random_moves(random, rebuild)])
    return Case(rebuild, log, random_today(random, rebuild, log))


@st.composite
def lived(draw):
    """Return a request with a log of somebody who mostly runs what is planned, and a day."""
    rebuild = draw(rebuilds())
    random = draw(st.randoms(use_true_random=False))
    log = run_as_planned(rebuild, random, draw(st.integers(1, 14)))
    return Case(rebuild, log, random_today(random, rebuild, log))


anyone = st.one_of(guessed(), lived())


def run_as_planned(rebuild, random, weeks):
    """
    Return the log of a runner who runs what is planned, with trouble now and then.

    Runs are as long as the plan says on their day, so plans get on; a guess does not.
    """
    entries = []
    trouble = random.choice([0.0, 0.05, 0.2, 0.5])
    plan = build(rebuild)
    for number in range(1, weeks + 1):
        if number > len(plan.weeks):
            break
        day = plan.weeks[number - 1].long_run_day
        plan = build(rebuild, Log(entries), today=day)
        if number > len(plan.weeks):
            break
        run = plan.weeks[number - 1].long_run
        if run is None:
            if plan.pause and random.random() < 0.4:
                named = random.choice([None, None, 10, rebuild.baseline_min, 90])
                entries.append(Clearance(day=day, by="coach", baseline_min=named))
            continue
        what = "clean"
        if random.random() < trouble:
            what = random.choice("missed pain morning severe tired short mute late".split())
        if what == "missed":
            continue
        pain = {"pain": random.choice([1, 2, 3, 5]), "severe": 6}.get(what, 0)
        minutes = max(1, run.minutes * (8 if what == "short" else 10) // 10)
        onset = random.choice([None, 5, minutes, minutes * 9 // 10])
        entries.append(
            RunReport(
                day=day,
                recorded_on=day + random.choice([2, 8, 15]) * DAY if what == "late" else day,
                minutes=minutes,
                pain=pain,
                pain_from=min(onset, minutes) if pain and onset is not None else None,
                fatigue=8 if what == "tired" else 2,
            )
        )
        if what != "mute":
            after = random.choice([1, 2, 3, 6]) if what == "morning" else 0
            entries.append(MorningReport(day=day, pain=after, recorded_on=day + DAY))
    return Log(entries)
