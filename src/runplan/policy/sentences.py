"""The sentences that explain decisions, made from their facts."""

from collections.abc import Mapping
from typing import Any

from runplan._base.dates import Date, to_day, weekday_name
from runplan._base.text import count, full_stop
from runplan.model.red_flags import to_red_flags

Facts = Mapping[str, Any]


def red_flag(_: str, facts: Facts) -> str:
    """Say which red flag was reported, and when."""
    day = to_day(facts["day"])
    (flag,) = to_red_flags([facts["red_flag"]])
    return f"Paused: you reported {flag.words} on {weekday_name(day)}, {day:D MMMM}."


def severe_pain(_: str, facts: Facts) -> str:
    """Say how bad the pain was, and in which session."""
    return f"Paused: {_pain_in(facts)}."


def not_helping(_: str, facts: Facts) -> str:
    """Say how many painful long runs there were."""
    if "painful_runs" in facts:
        return f"Paused: {count(facts['painful_runs'], 'painful long run')} in a row."
    runs, days = count(facts["runs"], "long run"), count(facts["within_days"], "day")
    return f"Paused: {runs} with pain of {facts['from_pain']} or more within {days}."


def too_short(_: str, facts: Facts) -> str:
    """Say after which pain the long run would become too short."""
    return (
        f"Paused: after {_pain_in(facts)} the next long run would be under 10 minutes; begin again "
        "with run-walk, with a clinician's help."
    )


def moderate_pain(_: str, facts: Facts) -> str:
    """Say when the pain began."""
    run = _run_of(facts)
    pain = f"pain of {facts['pain']} of 10"
    if facts["pain_from"] is None:
        began = f"{pain} in {run}; the minute it began was not noted"
    else:
        began = f"{pain} began at minute {facts['pain_from']} of {run}"
    return f"Back to {facts['minutes']} min: {began}."


def morning_after(_: str, facts: Facts) -> str:
    """Say how the back felt on the next morning."""
    hurt = f"the back hurt the morning after {_run_of(facts)}"
    return f"Back to {facts['minutes']} min: {hurt} ({facts['pain_next_morning']} of 10)."


def pain_between(_: str, facts: Facts) -> str:
    """Say which other run hurt."""
    return f"Back to {facts['minutes']} min: {_pain_in(facts)}."


def mild_pain_between(_: str, facts: Facts) -> str:
    """Say which other session hurt."""
    return f"Held at {facts['minutes']} min: {_pain_in(facts)}."


def early_pain(_: str, facts: Facts) -> str:
    """Say how early the pain began."""
    within = facts["within_min"]
    first = "first minute" if within == 1 else f"first {within} minutes"
    hurt = f"pain began in the {first} of {_run_of(facts)} ({facts['pain']} of 10)"
    return f"Back to {facts['minutes']} min: {hurt}."


def mild_pain(action: str, facts: Facts) -> str:
    """Say what hurt, and how many times in a row."""
    run, pain, morning = _run_of(facts), facts["pain"], facts["pain_next_morning"]
    if pain:
        began = f" from minute {facts['pain_from']}" if facts["pain_from"] is not None else ""
        hurt = f"pain of {pain} of 10{began} in {run}"
    else:
        hurt = f"the back was sore the morning after {run} ({morning} of 10)"
    if action == "repeat":
        return f"Held at {facts['minutes']} min: {hurt}."
    times = facts["times"]
    again = "" if times == 1 else f", the {ordinal(times)} painful long run in a row"
    return f"Back to {facts['minutes']} min: {hurt}{again}."


def clearance(_: str, facts: Facts) -> str:
    """Say who gave the clearance."""
    what = ", the new baseline," if facts["is_new"] else ""
    return full_stop(f"Resumes at {facts['minutes']} min{what} with the clearance by {facts['by']}")


def baseline(_: str, facts: Facts) -> str:
    """Say what a baseline is."""
    return (
        f"Starts at your baseline, {facts['minutes']} min: the length that brings no pain or "
        "fatigue."
    )


def away(action: str, facts: Facts) -> str:
    """Say how long the absence was."""
    minutes, weeks = facts["minutes"], facts["weeks"]
    if action == "repeat":
        return (
            f"Held at {minutes} min, what the last run earned: a week without a long run adds "
            "nothing."
        )
    since = f"the last long run was {count(weeks, 'week')} ago"
    if action == "ease in":
        return f"Eased to {minutes} min: {since}."
    return f"Starts again at {minutes} min: {since}, so find your baseline again first."


def tired(action: str, facts: Facts) -> str:
    """Say how tired the back was."""
    what = f"the back was tired in {_run_of(facts)} ({facts['fatigue']} of 10)"
    return _held_or_back(action, facts, what)


def cut_short(action: str, facts: Facts) -> str:
    """Say how much of the long run was done."""
    what = f"{_run_of(facts)} was {facts['ran_min']} of {facts['planned_min']} min"
    return _held_or_back(action, facts, what)


def unknown_morning(_: str, facts: Facts) -> str:
    """Say which morning is missing, and what to do about it."""
    return (
        f"Held at {facts['minutes']} min: the morning after {_run_of(facts)} was not reported; "
        "report it before the next long run, and it counts."
    )


def first_month(_: str, facts: Facts) -> str:
    """Say why the long run is held."""
    return (
        f"Held at {facts['minutes']} min: in the first month the long run stays short while "
        "strength starts."
    )


def cutback(action: str, facts: Facts) -> str:
    """Say how often a week is lighter, and what follows."""
    if action == "resume":
        return f"Back to the {facts['minutes']} min that were due{_rests_on(facts)}"
    return (
        f"Cut back to {facts['minutes']} min: one week in {facts['every_weeks']} is lighter, and "
        f"{facts['due_min']} min are due the week after."
    )


def big_step(action: str, facts: Facts) -> str:
    """Say how large the step would be."""
    step = f"a step of {count(facts['step_min'], 'minute')}"
    over = f"over {facts['percent']} % of the longest run of the last {facts['days']} days"
    if action == "wait":
        clean = count(facts["clean_runs"], "clean run")
        return f"Held at {facts['minutes']} min: {step} is {over} and waits for {clean} in a row."
    up = f"Up to {facts['minutes']} min"
    if facts["run_day"] is None:
        return f"{up}, if the run before it is clean: {step} would be {over}."
    run = _run_of(facts)
    if facts["is_morning_known"]:
        return f"{up}: {run} was clean, but {step} would be {over}."
    return f"{up}, if the morning after {run} brought no pain: {step} would be {over}."


def clean(action: str, facts: Facts) -> str:
    """Say what the step rests on."""
    minutes = facts["minutes"]
    if action == "repeat":
        return f"Stays at the target, {minutes} min."
    return f"Up {count(facts['step_min'], 'minute')} to {minutes} min{_rests_on(facts)}"


def ordinal(number: int) -> str:
    """
    Return an ordinal number, in words up to the tenth.

    >>> ordinal(2), ordinal(11), ordinal(21)
    ('second', '11th', '21st')
    """
    words = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
    if number <= len(words):
        return words[number - 1]
    ends = {1: "st", 2: "nd", 3: "rd"}
    end = "th" if number % 100 in {11, 12, 13} else ends.get(number % 10, "th")
    return f"{number}{end}"


def _held_or_back(action: str, facts: Facts, what: str) -> str:
    minutes, times = facts["minutes"], facts["times"]
    again = "" if times == 1 else f" for the {ordinal(times)} time in a row"
    is_back = action == "step back" and minutes < facts["base_min"]
    return f"{'Back to' if is_back else 'Held at'} {minutes} min: {what}{again}."


def _rests_on(facts: Facts) -> str:
    """Return the end of a sentence about a longer run: what it depends on."""
    if facts["run_day"] is None:
        return ", if the run before it is clean: done, no pain, posture held."
    run = _run_of(facts)
    if facts["is_morning_known"]:
        return f": {run} was clean."
    return f", if the morning after {run} brought no pain."


def _run_of(facts: Facts) -> str:
    return f"{_weekday(facts['run_day'])}'s run"


def _pain_in(facts: Facts) -> str:
    session = "strength session" if facts["session"] == "strength" else "run"
    where = f"{_weekday(facts['day'])}'s {session}"
    pain, morning = facts["pain"], facts["pain_next_morning"] or 0
    if pain >= morning:
        return f"pain of {pain} of 10 in {where}"
    return f"pain of {morning} of 10 on the morning after {where}"


def _weekday(day: str) -> str:
    return weekday_name(Date.fromisoformat(day))
