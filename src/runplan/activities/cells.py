"""Dates and times in the cells of exports, as accounts in several languages write them."""

import datetime as dt
import re
import unicodedata

from runplan.activities.languages import month

# "2:12:12 PM", "14:12", "07:30:00", "2:12 p. m."
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,]\d+)?(?:\s*([ap])\.?\s?m\b\.?)?", re.I)
_OFFSET = re.compile(r"\s*(?:(z)|([+-])(\d{2}):?(\d{2}))$", re.I)
_YEAR_FIRST = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_DAY_NAMED = re.compile(r"(\d{1,2})\.?\s+(?:de\s+)?([^\W\d_]+)\.?,?\s+(?:de\s+)?(\d{4})")
_MONTH_NAMED = re.compile(r"([^\W\d_]+)\.?\s+(\d{1,2}),?\s+(\d{4})")

# The parts of hours and minutes in "1:23:45". [s]
_DURATION = re.compile(r"(?:(\d{1,4}):)?(\d{1,4}):(\d{2})(?:[.,]\d+)?")
_GROUPED = re.compile(r"\d{1,3}(,\d{3})+")
_NUMBER = re.compile(r"\d+(\.\d*)?")

# Cells are short; longer ones are something else. [characters]
_LONGEST = 60

_NOON = 12
_DAY_S = 24 * 60 * 60


def moment(text: str) -> dt.datetime | dt.date | None:
    """
    Return the moment in a cell, with a zone only if the cell has one; None if there is none.

    A cell without a time gives a day. Dates like 7/4/2027 are not read: nothing shows whether
    the month comes first.

    >>> moment("Sep 20, 2026, 2:12:12 PM").isoformat()
    '2026-09-20T14:12:12'
    >>> moment("20.09.2026, 14:12:12") == moment("20 de set. de 2026, 14:12:12")
    True
    >>> moment("7/4/2027") is None
    True
    """
    # Some languages separate the time from "PM" by a narrow space.
    line = " ".join(unicodedata.normalize("NFKC", text[:_LONGEST]).split())
    clock = _CLOCK.search(line)
    if not clock:
        return _day(line.rstrip("T, "))
    day = _day(line[: clock.start()].rstrip("T, "))
    hour, minute, second = (int(each or 0) for each in clock.groups()[:3])
    if clock[4]:
        hour = hour % _NOON + (_NOON if clock[4].lower() == "p" else 0)
    try:
        time = dt.time(hour, minute, second, tzinfo=_offset(line[clock.end() :]))
    except ValueError:
        return None
    return dt.datetime.combine(day, time) if day else None


def _offset(text: str) -> dt.timezone | None:
    found = _OFFSET.fullmatch(text)
    if not found:
        return None
    if found[1]:
        return dt.UTC
    away = dt.timedelta(hours=int(found[3]), minutes=int(found[4]))
    return dt.timezone(-away if found[2] == "-" else away)


def _day(text: str) -> dt.date | None:
    if found := _YEAR_FIRST.fullmatch(text):
        year, number, day = found.groups()
        return _date(year, int(number), day)
    if found := _DAY_FIRST.fullmatch(text):
        day, number, year = found.groups()
        return _date(year, int(number), day)
    if found := _DAY_NAMED.fullmatch(text):
        day, name, year = found.groups()
        return _date(year, month(name), day)
    if found := _MONTH_NAMED.fullmatch(text):
        name, day, year = found.groups()
        return _date(year, month(name), day)
    return None


def _date(year: str, number: int | None, day: str) -> dt.date | None:
    try:
        return dt.date(int(year), number or 0, int(day))
    except ValueError:
        return None


def seconds(text: str) -> float | None:
    """
    Return the duration in a cell; None if there is none, as in "--", or it is zero. [s]

    >>> seconds("00:45:10"), seconds("2700.0"), seconds("2.700,5"), seconds("--")
    (2710, 2700.0, 2700.5, None)
    """
    line = "".join(text[:_LONGEST].split())
    if found := _DURATION.fullmatch(line):
        hours, minutes, rest = (int(each or 0) for each in found.groups())
        return hours * 3600 + minutes * 60 + rest or None
    return _number(line) or None


def _number(text: str) -> float | None:
    if _GROUPED.fullmatch(text) and float(text.replace(",", "")) <= _DAY_S:
        text = text.replace(",", "")
    if text.rfind(",") > text.rfind("."):
        # The comma separates the decimals, and points the thousands.
        text = text.replace(".", "").replace(",", ".")
    text = text.replace(",", "")
    return float(text) if _NUMBER.fullmatch(text) else None
