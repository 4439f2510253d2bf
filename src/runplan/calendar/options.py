"""Options of a calendar: alarms, colour, refresh interval and how much it shows."""

from typing import Any

from attrs import Attribute, field, frozen

from runplan._base.text import one_line
from runplan._base.validators import is_a, whole
from runplan.errors import InvalidType, UnknownName, did_you_mean

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


def _alarm(instance: object, attribute: "Attribute[Any]", value: object) -> None:
    if value is not None:
        whole(0, 7 * 24 * 60, "minutes")(instance, attribute, value)


@frozen(kw_only=True)
class CalendarOptions:
    """
    Options for writing a calendar.

    Attributes:
        alarm_min: How long before each session an alarm goes off. None: no alarm. [min]
        floating: Write times without a time zone: nine o'clock wherever you are. Apple and
            Nextcloud handle this well for travellers; Google and Outlook get it wrong.
        keep_cancelled: Keep workouts that are no longer planned, marked as cancelled. Without
            it they are left out.
        emoji: Begin titles with an emoji.
        colour: The calendar's colour, a CSS name.
        refresh_hours: How often a subscribed calendar should look for changes. [h]
        calendar_name: The calendar's name. None: the plan's name, or "Busy".
        busy: Show only that the time is taken: no titles, descriptions or categories.

    Raises:
        InvalidType: If a value has the wrong type.
        InvalidValue: If a number is out of range or a name is too long.
        UnknownName: If there is no such colour.

    >>> CalendarOptions(alarm_min=30).alarm_min
    30
    """

    alarm_min: int | None = field(default=None, validator=_alarm)
    floating: bool = field(default=False, validator=_switch)
    keep_cancelled: bool = field(default=False, validator=_switch)
    emoji: bool = field(default=False, validator=_switch)
    colour: str = field(default="seagreen", validator=_colour)
    refresh_hours: int = field(default=12, validator=whole(1, 24 * 31, "hours"))
    calendar_name: str | None = field(default=None, converter=_calendar_name)
    busy: bool = field(default=False, validator=_switch)
