"""Logs of every kind of runner: mostly clean runs on the day, and now and then each trouble."""

import datetime as dt

from attrs import evolve
from hypothesis import strategies as st

from runplan import (
    CAUTIOUS,
    FIVE_MINUTES,
    Away,
    Change,
    Clearance,
    Log,
    MorningReport,
    Move,
    Rebuild,
    RedFlag,
    RunReport,
    Slot,
    Strength,
    StrengthReport,
)

DAY = dt.timedelta(days=1)
FLAGS = tuple(flag.value for flag in RedFlag)

# How likely what is, in each week of a runner of that kind.
KINDS = (
    # Does as planned, and reports it.
    {"missed": 0.02, "sore": 0.05, "bad": 0.01, "late": 0.03, "mute": 0.03, "flag": 0.002},
    # Has some of everything.
    {"missed": 0.12, "sore": 0.25, "bad": 0.05, "late": 0.15, "mute": 0.15, "flag": 0.02},
    # Has a back that hurts.
    {"missed": 0.05, "sore": 0.55, "bad": 0.15, "late": 0.05, "mute": 0.05, "flag": 0.03},
    # Runs when there is time, and writes it down when there is more.
    {"missed": 0.40, "sore": 0.15, "bad": 0.02, "late": 0.50, "mute": 0.30, "flag": 0.01},
)


def _chance(random, share):
    # A long tail is left to what is usual, so that a simpler example is a cleaner runner.
    return random.random() > 1 - share


def _recorded(random, day, kind):
    """Return the day on which something about a day is written down."""
    if not _chance(random, kind["late"]):
        return day
    return day + random.choice([1, 2, 3, 5, 7, 8, 10, 14, 16, 20]) * DAY


def _pain(random, kind):
    if _chance(random, kind["bad"]):
        return random.choice([3, 4, 5, 5, 6, 8])
    if _chance(random, kind["sore"]):
        return random.choice([1, 1, 2, 2, 2, 3])
    return 0


def _pain_from(random, pain, minutes):
    if not pain or not _chance(random, 0.7):
        return None
    early = [at for at in (0, 1, 5, 10, 11) if at <= minutes]
    late = [minutes * share // 10 for share in (3, 5, 7, 9, 10)]
    return random.choice(early if _chance(random, 0.15) else late)


def _flags(random, kind):
    return [random.choice(FLAGS)] if _chance(random, kind["flag"]) else []


def _long_run(random, day, minutes, kind):
    """Return the entries about a long run."""
    minutes = max(1, minutes)
    pain = _pain(random, kind)
    morning = _pain(random, kind) if _chance(random, 0.4) else 0
    reported = random.choice(["with it", "with it", "after it", "after it", "both"])
    if _chance(random, kind["mute"]):
        reported = "never"
    on = _recorded(random, day, kind)
    if reported in {"with it", "both"}:
        on = max(on, day + DAY)
    run = RunReport(
        day=day,
        minutes=minutes,
        pain=pain,
        pain_from=_pain_from(random, pain, minutes),
        pain_next_morning=morning if reported in {"with it", "both"} else None,
        fatigue=random.choice([6, 7, 8, 9]) if _chance(random, kind["sore"] / 3) else 3,
        red_flags=_flags(random, kind),
        recorded_on=on,
    )
    if reported in {"with it", "never"}:
        return [run]
    other = _pain(random, kind) if reported == "both" else morning
    flags = _flags(random, kind)
    on = _recorded(random, day + DAY, kind)
    return [run, MorningReport(day=day, pain=other, red_flags=flags, recorded_on=on)]


def _other_run(random, day, level, kind):
    """Return the entries about another run of the week."""
    minutes = max(1, level * random.choice([3, 5, 6, 9, 12]) // 10)
    pain = _pain(random, kind)
    run = RunReport(
        kind="other",
        day=day,
        minutes=minutes,
        pain=pain,
        pain_from=_pain_from(random, pain, minutes),
        pain_next_morning=random.choice([None, 0, 0, 1]),
        fatigue=random.choice([0, 0, 0, 8]),
        red_flags=_flags(random, kind),
        recorded_on=_recorded(random, day, kind),
    )
    if not _chance(random, 0.1):
        return [run]
    morning = _pain(random, kind)
    return [run, MorningReport(day=day, pain=morning, recorded_on=_recorded(random, day, kind))]


def _lifted(random, day, kind):
    return StrengthReport(
        day=day,
        pain=_pain(random, kind),
        pain_next_morning=_pain(random, kind) if _chance(random, 0.5) else None,
        red_flags=_flags(random, kind),
        recorded_on=_recorded(random, day, kind),
    )


def _cleared(random, day, level):
    return Clearance(
        day=day,
        by="physiotherapist",
        baseline_min=max(10, min(360, level + random.choice([-15, -5, 0, 5])))
        if _chance(random, 0.5)
        else None,
        recorded_on=day + random.choice([0, 0, 0, 0, 1, 3, 9]) * DAY,
    )


def _usual_day(rebuild, week):
    first = rebuild.start + 7 * (week - 1) * DAY
    return first + (int(rebuild.long_run.day) - first.weekday()) % 7 * DAY


def _is_away(rebuild, day):
    return any(each.first <= day <= each.last for each in rebuild.away)


def random_log(random, rebuild, most_weeks=30):
    """Return a log of some weeks of a rebuild, by a random.Random or one like it."""
    kind = random.choice(KINDS)
    weeks = random.choice(range(1, most_weeks + 1))
    level = rebuild.baseline_min
    entries = []
    trouble = False
    for week in range(weeks + 1):
        day = _usual_day(rebuild, week)
        # A guess of what is planned, good enough for plans to get on.
        share = random.choice([5, 8, 9]) if _chance(random, 0.06) else 10
        minutes = level * share // 10 + (7 if _chance(random, 0.05) else 0)
        if _chance(random, 0.1):
            day += random.choice([-6, -4, -3, -2, -1, 1, 2, 3, 5]) * DAY
        missed = _chance(random, 0.9 if _is_away(rebuild, day) else kind["missed"])
        done = [] if missed or week == 0 else _long_run(random, day, minutes, kind)
        if done and _chance(random, 0.03):
            again = day + random.choice([-2, -1, 0, 1, 2]) * DAY
            done += _long_run(random, again, minutes + random.choice([-9, 0, 4]), kind)
        if _chance(random, 0.25):
            on = day + random.choice([-5, -4, -3, -2, 0, 1]) * DAY
            done += _other_run(random, on, level, kind)
        if _chance(random, 0.4):
            on = day + random.choice([-6, -5, -4, -3, -2, -1]) * DAY
            done.append(_lifted(random, on, kind))
        worst = max((getattr(each, "pain", 0) for each in done), default=0)
        hurt = [getattr(each, "pain_next_morning", 0) or 0 for each in done]
        worst = max(worst, *hurt, 0)
        trouble = trouble or worst > 5 or any(each.red_flags for each in done)
        if _chance(random, 0.35 if trouble else 0.02):
            on = day + random.choice([-6, -3, -1, 0, 1, 2, 3]) * DAY
            done.append(_cleared(random, on, level))
            trouble = False
        entries += done
        if missed:
            continue
        if worst > 2:
            level = max(10, level - 10)
        elif not worst and (week >= 4 or rebuild.first_month == "extend"):
            level = min(rebuild.target_min, level + 5)
    return Log(entries)


def random_request(random):
    """Return a request: any weekday, either policy, with and without strength and absences."""
    baseline = random.choice([10, 15, 20, 30, 40, 40, 42, 60, 77])
    start = dt.date(2026, 11, 30) + random.randrange(7) * DAY
    away, day = [], start - 5 * DAY
    for _ in range(random.choice([0, 0, 0, 1, 2])):
        first = day + random.randrange(40) * DAY
        last = first + random.choice([0, 2, 4, 8, 14, 20, 40]) * DAY
        away.append(Away(first=first, last=last))
        day = last + DAY
    return Rebuild(
        baseline_min=baseline,
        target_min=baseline + random.choice([5, 10, 20, 20, 30, 50]),
        start=start,
        timezone="UTC",
        long_run=Slot(random.choice("mon tue wed thu fri sat sun".split()), "09:00"),
        strength=random.choice(
            [Strength(), Strength(equipment=["one dumbbell"], per_session=3), None]
        ),
        first_month=random.choice(["hold", "extend"]),
        policy=random.choice([FIVE_MINUTES, FIVE_MINUTES, CAUTIOUS]),
        away=away,
        assessed_on=random.choice([None, start - DAY, start + 20 * DAY]),
        keep_weeks=random.choice([0, 0, 0, 1, 3]),
    )


def withdrawn(random, entries):
    """Return a log of these entries in which some are withdrawn, on the day or later."""
    return Log(
        evolve(each, retracted_on=each.recorded_on + random.choice([0, 1, 3, 7, 15]) * DAY)
        if _chance(random, 0.06)
        else each
        for each in entries
    )


def random_moves(random, rebuild):
    """Return moves of long runs, some of them of days that have none."""
    for _ in range(random.choice([0, 1, 2])):
        day = _usual_day(rebuild, random.randrange(1, 12))
        to = day + random.choice([-3, -1, 1, 2]) * DAY
        recorded = min(day, to) - random.choice([0, 0, 1, 5, -2]) * DAY
        yield Move(day=day, to=to, recorded_on=recorded)


def random_changes(random, rebuild, log, *, may_start_again=False):
    """
    Return one or two changes of a request, some recorded late and some withdrawn.

    Args:
        random: A random.Random or one like it.
        rebuild: The request.
        log: What was reported.
        may_start_again: Whether there may be new baselines.
    """
    taken = {each.day for each in log}
    for _ in range(random.choice([1, 1, 2])):
        day = rebuild.start + random.randrange(90) * DAY
        if day in taken or day.weekday() == int(rebuild.long_run.day):
            # Whether it came before or after what else was that day is recorded nowhere.
            continue
        values = [
            {"target_min": min(360, rebuild.target_min + random.choice([10, 20]))},
            {"keep_weeks": random.choice([0, 2])},
            {"first_month": random.choice(["hold", "extend"])},
            {"policy": random.choice([FIVE_MINUTES, CAUTIOUS])},
            {"assessed_on": day},
        ]
        if may_start_again:
            lower = max(10, rebuild.baseline_min - random.choice([0, 5, 10]))
            values += [{"baseline_min": lower}, {"away": away_from(rebuild, day)}]
        recorded = day + random.choice([0, 0, 0, 3, 9]) * DAY
        change = Change(day=day, recorded_on=recorded, **random.choice(values))
        if _chance(random, 0.15):
            change = evolve(change, retracted_on=recorded + random.choice([0, 4, 20]) * DAY)
        yield change


def away_from(rebuild, day):
    """Return the days away, with a week from some day on if it is free."""
    new = Away(first=day, last=day + 6 * DAY)
    if any(each.first <= new.last and new.first <= each.last for each in rebuild.away):
        return rebuild.away
    return (*rebuild.away, new)


def random_today(random, rebuild, log):
    """Return a day to plan from: mostly when something was just written down, or soon after."""
    days = [each.recorded_on for each in log] or [rebuild.start]
    apart = random.choice([0, 0, 0, 1, 1, 2, 3, 6, 7, 13, 40, -1, -30])
    return random.choice([max(days), max(days), *days]) + apart * DAY


def logs(rebuild):
    """Return logs of a rebuild."""
    return st.randoms(use_true_random=False).map(lambda random: random_log(random, rebuild))


def todays(rebuild, log):
    """Return days to plan from."""
    randoms = st.randoms(use_true_random=False)
    return randoms.map(lambda random: random_today(random, rebuild, log))
