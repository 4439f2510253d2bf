"""FIT files: the sessions that a watch sums up at the end of an activity."""

import datetime as dt
import io
import struct
from collections.abc import Iterator
from itertools import islice
from typing import Any

from runplan.activities.history import Activities
from runplan.activities.libraries import library
from runplan.activities.records import Record, local, runs
from runplan.errors import InvalidValue

# A triathlon has five sessions.
_MOST_MESSAGES = 1000

# What fitdecode raises for definitions that contradict themselves.
_DAMAGED = (
    *(ArithmeticError, AssertionError, AttributeError, LookupError, OSError, RuntimeError),
    *(TypeError, ValueError, struct.error),
)


def read_fit(data: bytes, *, name: str, timezone: str) -> Activities:
    """
    Return the runs in a FIT file.

    Args:
        data: The file.
        name: Its name in error messages.
        timezone: The zone whose days count if the file does not have its own local time.

    Raises:
        InvalidValue: If it is not a FIT file, is damaged or cut off, or holds no activity.
        MissingLibrary: If fitdecode is not installed.
    """
    fitdecode = library("fitdecode")
    must = f"{name} must be a whole FIT file"
    do = "copy it from the watch again, or export it again"
    try:
        messages = list(islice(_messages(fitdecode, data), _MOST_MESSAGES + 1))
    except fitdecode.FitError as error:
        raise InvalidValue(must, str(error), do) from None
    except _DAMAGED:
        raise InvalidValue(must, "damaged", do) from None
    if len(messages) > _MOST_MESSAGES:
        raise InvalidValue(must, f"more than {_MOST_MESSAGES} sessions", do)
    sessions = [each for each in messages if each.name == "session"]
    if not sessions:
        raise InvalidValue(f"{name} must hold an activity", "none, or it was cut off", do)
    offset = next(filter(None, map(_offset, messages)), None)
    return runs(_records(sessions, offset, timezone), "fit", name=name)


def _messages(fitdecode: Any, data: bytes) -> Iterator[Any]:  # noqa: ANN401 (has no types)
    """Return the summaries: points, of which there are thousands, are not kept."""
    options = {
        "check_crc": fitdecode.CrcCheck.RAISE,
        "error_handling": fitdecode.ErrorHandling.IGNORE,
    }
    with fitdecode.FitReader(io.BytesIO(data), **options) as frames:
        for frame in frames:
            if frame.frame_type == fitdecode.FIT_FRAME_DATA and frame.name in _SUMMARIES:
                yield frame


_SUMMARIES = frozenset({"session", "activity"})


def _offset(message: Any) -> dt.timedelta | None:  # noqa: ANN401 (as above)
    """Return what the watch's local time is ahead of UTC, if the message says so."""
    here, moment = _value(message, "local_timestamp"), _value(message, "timestamp")
    if message.name != "activity" or not isinstance(here, dt.datetime):
        return None
    offset = here - moment if isinstance(moment, dt.datetime) else dt.timedelta.max
    # No zone is further away. Watches that do not know their zone write odd values.
    return offset if abs(offset) <= dt.timedelta(hours=14) else None


def _records(sessions: list[Any], offset: dt.timedelta | None, timezone: str) -> Iterator[Record]:
    for number, session in enumerate(sessions, start=1):
        start = _value(session, "start_time")
        sport = _value(session, "sport")
        times = (_value(session, each) for each in ("total_timer_time", "total_elapsed_time"))
        yield Record(
            place=f"activity {number}",
            sport=None if sport is None else str(sport),
            start=_local(start, offset, timezone) if isinstance(start, dt.datetime) else None,
            seconds=next((each for each in times if isinstance(each, int | float)), None),
        )


def _local(start: dt.datetime, offset: dt.timedelta | None, timezone: str) -> dt.datetime:
    return local(start, timezone) if offset is None else (start + offset).replace(tzinfo=None)


def _value(message: Any, field: str) -> Any:  # noqa: ANN401 (as above)
    return message.get_value(field, fallback=None)
