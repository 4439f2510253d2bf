"""Options of a calendar: alarms, morning questions, colour and how much it shows."""

import json
from collections.abc import Mapping
from typing import Any

from attrs import Attribute, asdict, evolve, field, fields, frozen

from runplan._base.dates import Time, TimeLike, to_time
from runplan._base.text import one_line
from runplan._base.validators import is_a, or_none, web_address, whole
from runplan.errors import InvalidType, RunplanError, UnknownName, did_you_mean

# The names of CSS Color Module Level 3, as RFC 7986 requires.
COLOURS = frozenset(
    """
    aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue
    blueviolet brown burlywood cadetblue chartreuse chocolate coral cornflowerblue cornsilk
    crimson cyan darkblue darkcyan darkgoldenrod darkgray darkgreen darkgrey darkkhaki
    darkmagenta darkolivegreen darkorange darkorchid darkred darksalmon darkseagreen
    darkslateblue darkslategray darkslategrey darkturquoise darkviolet deeppink deepskyblue
    dimgray dimgrey dodgerblue firebrick floralwhite forestgreen fuchsia gainsboro ghostwhite
    gold goldenrod gray green greenyellow grey honeydew hotpink indianred indigo ivory khaki
    lavender lavenderblush lawngreen lemonchiffon lightblue lightcoral lightcyan
    lightgoldenrodyellow lightgray lightgreen lightgrey lightpink lightsalmon lightseagreen
    lightskyblue lightslategray lightslategrey lightsteelblue lightyellow lime limegreen linen
    magenta maroon mediumaquamarine mediumblue mediumorchid mediumpurple mediumseagreen
    mediumslateblue mediumspringgreen mediumturquoise mediumvioletred midnightblue mintcream
    mistyrose moccasin navajowhite navy oldlace olive olivedrab orange orangered orchid
    palegoldenrod palegreen paleturquoise palevioletred papayawhip peachpuff peru pink plum
    powderblue purple red rosybrown royalblue saddlebrown salmon sandybrown seagreen seashell
    sienna silver skyblue slateblue slategray slategrey snow springgreen steelblue tan teal
    thistle tomato turquoise violet wheat white whitesmoke yellow yellowgreen
    """.split()
)

_switch = is_a(bool, article="true or false")


def _colour(_: object, attribute: "Attribute[Any]", value: object) -> None:
    must = f"{attribute.name} must be a CSS colour name"
    if not isinstance(value, str):
        raise InvalidType(must, value, 'write it like "seagreen"')
    if value not in COLOURS:
        do = did_you_mean(value.lower(), COLOURS, otherwise='write it like "seagreen"')
        raise UnknownName(must, value, do)


def _calendar_name(value: str | None) -> str | None:
    return None if value is None else one_line(value, what="calendar_name", longest=200)


_alarm = or_none(whole(0, 7 * 24 * 60, "minutes"))


@frozen(kw_only=True)
class Alarms:
    """
    How long before each kind of event an alarm goes off.

    Attributes:
        long_run: Before a long run. None: no alarm. [min]
        strength: Before a strength session. None: no alarm. [min]
        morning: Before the question on the morning after a long run. None: no alarm. [min]

    Raises:
        InvalidType: If a value has the wrong type.
        InvalidValue: If a number is out of range.

    >>> Alarms(long_run=60, morning=0).strength is None
    True
    """

    long_run: int | None = field(default=None, validator=_alarm)
    strength: int | None = field(default=None, validator=_alarm)
    morning: int | None = field(default=None, validator=_alarm)


AlarmsLike = int | Alarms | Mapping[str, int] | None


def _alarms(value: AlarmsLike) -> Alarms:
    if isinstance(value, Alarms):
        return value
    if isinstance(value, Mapping):
        known = [each.name for each in fields(Alarms)]
        for key in value:
            if key not in known:
                must = f"alarm_min must be for kinds among {', '.join(known)}"
                raise UnknownName(
                    must, key, did_you_mean(str(key), known, otherwise="leave it out")
                )
        return Alarms(**value)
    if value is None:
        return Alarms()
    whole(0, 7 * 24 * 60, "minutes")(None, fields(CalendarOptions).alarm_min, value)
    return Alarms(long_run=value, strength=value)


def _morning(value: TimeLike | None) -> Time | None:
    return None if value is None else to_time(value)


@frozen(kw_only=True)
class CalendarOptions:
    """
    Options for writing a calendar.

    Attributes:
        alarm_min: How long before a session an alarm goes off: a number for long runs and
            strength, or Alarms, or a mapping with its fields. None: no alarm. [min]
        morning: When a question about the back is asked on the morning after each long run.
            None: never.
        answer_url: The address of a page for reports, shown in events that ask for one.
        floating: Write times without a time zone: nine o'clock wherever you are. Apple and
            Nextcloud handle this well for travellers; Google and Outlook get it wrong.
        keep_cancelled: Keep workouts that are no longer planned, marked as cancelled. Without
            it they are left out.
        emoji: Begin titles with an emoji.
        colour: The calendar's colour, a CSS name.
        refresh_hours: How often a subscribed calendar should look for changes. [h]
        calendar_name: The calendar's name. None: the plan's name, or "Busy".
        busy: Show only that the time is taken: no titles, descriptions, categories, alarms or
            questions.

    Raises:
        InvalidType: If a value has the wrong type.
        InvalidValue: If a number is out of range, a name is too long, or there is no such time
            or address.
        UnknownName: If there is no such colour or kind of alarm.

    >>> CalendarOptions(alarm_min=30, morning="08:00").alarm_min
    Alarms(long_run=30, strength=30, morning=None)
    """

    alarm_min: Alarms = field(default=None, converter=_alarms)
    morning: Time | None = field(default=None, converter=_morning)
    answer_url: str | None = field(
        default=None,
        validator=or_none(web_address("leave them out: everyone with the calendar reads them")),
    )
    floating: bool = field(default=False, validator=_switch)
    keep_cancelled: bool = field(default=False, validator=_switch)
    emoji: bool = field(default=False, validator=_switch)
    colour: str = field(default="seagreen", validator=_colour)
    refresh_hours: int = field(default=12, validator=whole(1, 24 * 31, "hours"))
    calendar_name: str | None = field(default=None, converter=_calendar_name)
    busy: bool = field(default=False, validator=_switch)


def effective(options: CalendarOptions) -> CalendarOptions:
    """Return the options that have an effect: a busy calendar shows nothing of the others."""
    if not options.busy:
        return options
    return evolve(options, alarm_min=None, morning=None, answer_url=None, emoji=False)


def values_of(options: CalendarOptions) -> dict[str, Any]:
    """
    Return all options as numbers, texts, true, false, tables, or None.

    >>> values_of(CalendarOptions(alarm_min={"long_run": 60}))["alarm_min"]
    {'long_run': 60}
    """
    values: dict[str, Any] = asdict(options, recurse=False)
    morning, alarms = options.morning, options.alarm_min
    values["morning"] = None if morning is None else f"{morning:%H:%M}"
    if alarms == _alarms(alarms.long_run):
        values["alarm_min"] = alarms.long_run
    else:
        values["alarm_min"] = asdict(alarms, filter=lambda _, minutes: minutes is not None)
    return values


def settings(options: CalendarOptions) -> dict[str, Any]:
    """
    Return the options that differ from the defaults, as numbers, texts, true, and tables.

    >>> settings(CalendarOptions(alarm_min={"long_run": 60}, morning="08:00"))
    {'alarm_min': {'long_run': 60}, 'morning': '08:00'}
    """
    usual = values_of(CalendarOptions())
    return {name: value for name, value in values_of(options).items() if value != usual[name]}


def differences(before: CalendarOptions, after: CalendarOptions) -> tuple[str, ...]:
    """
    Return a line for each option that differs: its value, and the one before.

    >>> differences(CalendarOptions(alarm_min=30), CalendarOptions())
    ('alarm_min none (was 30)',)
    """
    was, now = values_of(before), values_of(after)
    return tuple(
        f"{name} {_shown(value)} (was {_shown(was[name])})"
        for name, value in now.items()
        if value != was[name]
    )


def _shown(value: Any) -> str:  # noqa: ANN401 (a plain value)
    if isinstance(value, dict):
        return ", ".join(f"{name} {_shown(each)}" for name, each in value.items())
    if value is None:
        return "none"
    return str(value).lower() if isinstance(value, bool) else str(value)


def record(options: CalendarOptions) -> str:
    """Return the options that differ from the defaults as one line of text; "" for none."""
    values = settings(options)
    return json.dumps(values, ensure_ascii=False) if values else ""


def from_record(text: str) -> CalendarOptions | None:
    """
    Return the options from the text that record() made; None for any other text.

    >>> from_record(record(CalendarOptions(emoji=True))) == CalendarOptions(emoji=True)
    True
    >>> from_record("[") is None
    True
    """
    try:
        return CalendarOptions(**json.loads(text or "{}"))
    except (RunplanError, TypeError, ValueError, RecursionError):
        return None
