"""Print what libical makes of the calendar on stdin, as JSON; runs with Debian's own Python."""

import json
import sys

import gi

gi.require_version("ICalGLib", "3.0")
from gi.repository import ICalGLib  # noqa: E402  (the version has to be required first)


def components(parent, kind):
    """Yield the parent's components of one kind."""
    component = parent.get_first_component(kind)
    while component is not None:
        yield component
        component = parent.get_next_component(kind)


def utc(calendar, event, kind):
    """Return a time in UTC, by the calendar's own VTIMEZONE and by no other."""
    zone = ICalGLib.Timezone.get_utc_timezone()
    prop = event.get_first_property(kind)
    parameter = prop.get_first_parameter(ICalGLib.ParameterKind.TZID_PARAMETER)
    value = prop.get_value()
    time = value.get_datetime()
    if parameter is not None:
        own = calendar.get_timezone(parameter.get_tzid())
        if own is None:
            raise SystemExit(f"no VTIMEZONE for {parameter.get_tzid()}")
        time.set_timezone(own)
    elif not time.is_utc():
        raise SystemExit(f"a floating time: {time.as_ical_string()}")
    time = time.convert_to_zone(zone)
    date = f"{time.get_year():04}-{time.get_month():02}-{time.get_day():02}"
    return f"{date}T{time.get_hour():02}:{time.get_minute():02}:{time.get_second():02}Z"


def main():
    """Read, check, and print the errors and events."""
    calendar = ICalGLib.Parser.parse_string(sys.stdin.buffer.read().decode())
    parse_errors = calendar.count_errors()
    restrictions_hold = calendar.check_restrictions()
    # Whatever check_restrictions finds is added to the calendar as an error.
    errors = calendar.count_errors()
    calendar.strip_errors()
    events = [
        {
            "uid": event.get_uid(),
            "summary": event.get_summary(),
            "description": event.get_description(),
            "start": utc(calendar, event, ICalGLib.PropertyKind.DTSTART_PROPERTY),
            "end": utc(calendar, event, ICalGLib.PropertyKind.DTEND_PROPERTY),
            "sequence": event.get_sequence(),
        }
        for event in components(calendar, ICalGLib.ComponentKind.VEVENT_COMPONENT)
    ]
    found = {"parse_errors": parse_errors, "restrictions_hold": bool(restrictions_hold)}
    print(json.dumps(found | {"errors": errors, "events": events}))


main()
