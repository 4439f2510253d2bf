"""Logs of every kind of runner: mostly clean runs on the day, and now and then each trouble."""

import datetime as dt

from hypothesis import strategies as st

from runplan import Clearance, Log, MorningReport, RedFlag, RunReport, StrengthReport

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
