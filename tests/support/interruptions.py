"""Random logs of runners who fall ill and come back, and of those who start again."""

import datetime as dt

from attrs import evolve

from runplan import Change, Clearance, Log, RunReport, back, build, off

DAY = dt.timedelta(days=1)


def fallen_ill(random, rebuild, log):
    """Return a log with days off that have no end yet, most of which end later."""
    changes = []
    away, day = rebuild.away, rebuild.start + random.randrange(-5, 60) * DAY
    while len(changes) < random.choice([1, 2, 4]):
        day = _no_run_day(rebuild, day)
        if len(changes) % 2:
            away = back(away, day)
        else:
            away = off(away, day - random.choice([0, 0, 0, 3]) * DAY)
        late = random.choice([0, 0, 0, 2]) * DAY
        changes.append(Change(day=day, recorded_on=day + late, away=away))
        day += random.randrange(1, 30) * DAY
    return Log([*log, *changes])


def started_again(random, rebuild):
    """Return a log of mostly clean runs, and new baselines, many of them after the end."""
    log, weeks = Log(), random.randrange(4, 22)
    for week in range(weeks):
        monday = rebuild.start + 7 * week * DAY
        run = build(rebuild, log, monday).next_long_run
        if run and random.random() < 0.93:
            pain = random.choice([*[0] * 14, 1, 4, 7])
            morning = random.choice([0, 0, None])
            log = log.add(
                RunReport(day=run.day, minutes=run.minutes, pain=pain, pain_next_morning=morning)
            )
        on = monday + random.randrange(7) * DAY
        if random.random() < 0.1 and on not in {each.day for each in log}:
            log = log.add(Clearance(day=on, by="physiotherapist"))
    target = rebuild.target_min
    for _ in range(random.choice([1, 1, 2])):
        day = _no_run_day(rebuild, rebuild.start + random.randrange(28, 7 * weeks + 21) * DAY)
        minutes = random.choice([rebuild.baseline_min, target - 5, target])
        late = random.choice([0, 0, 0, 3, 9]) * DAY
        change = Change(day=day, recorded_on=day + late, baseline_min=minutes)
        if random.random() < 0.15:
            on = change.recorded_on + random.choice([0, 4, 20]) * DAY
            change = evolve(change, retracted_on=on)
        if day not in {each.day for each in log}:
            log = log.add(change)
    return log


def _no_run_day(rebuild, day):
    """Return a day, or the one after it if it is the weekday of the long run."""
    # Whether a change came before or after the run of its day is recorded nowhere.
    return day + DAY if day.weekday() == int(rebuild.long_run.day) else day
