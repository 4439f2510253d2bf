"""A rebuild.toml for people to edit: the settings, with comments."""

import json

from runplan.planning.request import Rebuild

_TEMPLATE = """\
# A rebuild: cut the long run to the length that brings no pain, then get it back five minutes
# at a time. `runplan show` shows the plan, `runplan export` writes the calendar.
# runplan plans training. It gives no medical advice and no diagnosis.

name = {name}

# The long run that brings neither pain nor fatigue in the upper back, and the long run to get
# back to, in minutes from 10 to 360.
baseline_min = {baseline_min}
target_min = {target_min}

# The first day of the first week, and the IANA name of the time zone.
start = {start}
timezone = {timezone}

# Identifies the workouts in calendars. Keep it when the name or the start changes.
id = {id}

# "hold" keeps the long run at its baseline in the first four weeks while strength starts,
# "extend" extends it from the start.
first_month = {first_month}

# "five minutes", or "cautious": steps wait for two clean runs, and every fourth week is lighter.
policy = {policy}

# The day a doctor or physiotherapist examined the back.
{assessed_on}

# How many more clean long runs at the target the plan has once it is reached, and its last day.
# keep_weeks = 0
# last_day = 2027-06-30
{no_strength}
[long_run]
day = {day}
at = {at}

{strength}
# How the calendar is written. Remove the # of a line, and that of [calendar], to use it.
# [calendar]
# alarm_min = 30        # or {{ long_run = 60, strength = 15, morning = 0 }}
# morning = "08:00"     # asks how the back is on the morning after each long run
# emoji = true
# colour = "seagreen"

# Days without training, as many ranges as you like:
# [[away]]
# first = 2026-12-24
# last = 2026-12-27
"""

_STRENGTH = """\
# Strength for the upper back. By default 1, 3 and 5 days after the long run: once a week for two
# weeks, twice for two weeks, then three times. For none, write `strength = false` above [long_run]
# and remove this table.
[strength]
at = {at}
minutes = {minutes}
# days = ["monday", "wednesday", "friday"]
# ramp = [[2, 1], [2, 2], ["then", 3]]   # weeks and sessions a week, phase by phase
# What there is to lift, [] for nothing, and how many exercises a session has, 2 or 3 in rotation.
# Without these two: everything is there, and a session has all exercises.
{equipment}
# per_session = 2
"""

_NO_STRENGTH = """
# No strength work. Remove this line for the usual ramp.
strength = false
"""


def to_toml(rebuild: Rebuild) -> str:
    """
    Return a commented rebuild.toml with the settings of ``runplan init``.

    Other settings can be added in an editor: days, ramps and exercises of your own, away ranges,
    how the plan ends, and a policy that is not a preset.

    >>> from runplan import Rebuild
    >>> rebuild = Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC")
    >>> "baseline_min = 40" in to_toml(rebuild)
    True
    """
    strength = rebuild.strength
    return _TEMPLATE.format(
        name=_text(rebuild.name),
        baseline_min=rebuild.baseline_min,
        target_min=rebuild.target_min,
        start=rebuild.start.isoformat(),
        timezone=_text(rebuild.timezone),
        id=_text(rebuild.id),
        first_month=_text(rebuild.first_month),
        policy=_text(rebuild.policy.name),
        assessed_on=(
            f"assessed_on = {rebuild.assessed_on.isoformat()}"
            if rebuild.assessed_on
            else "# assessed_on = 2026-11-12"
        ),
        day=_text(rebuild.long_run.day.name.lower()),
        at=_text(f"{rebuild.long_run.at:%H:%M}"),
        no_strength="" if strength else _NO_STRENGTH,
        strength=(
            _STRENGTH.format(
                at=_text(f"{strength.at:%H:%M}"),
                minutes=strength.minutes,
                equipment=_equipment(strength.equipment),
            )
            if strength
            else ""
        ),
    )


def _equipment(names: tuple[str, ...] | None) -> str:
    if names is None:
        return '# equipment = ["two dumbbells", "one kettlebell"]'
    return f"equipment = [{', '.join(map(_text, names))}]"


def _text(value: str) -> str:
    # JSON texts are valid in TOML.
    return json.dumps(value, ensure_ascii=False)
