"""The words of a report in one line, and the numbers among them."""

import re
from typing import NamedTuple

from runplan._base.dates import to_weekday
from runplan._base.day_words import DAY_WORDS
from runplan._base.text import one_line
from runplan.errors import InvalidType, InvalidValue, RunplanError

_LONGEST = 2000

_NOTE = re.compile(r"(?:^|[\s,;.])note\s*:", re.IGNORECASE)
_QUOTES = re.compile(r"[\"'“”„‘’«»]")
_AROUND_AT = re.compile(r"\s*@\s*")
_FRACTION = re.compile(r"\S*\d[.,]\d\S*", re.ASCII)
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_NUMBER = re.compile(r"[+-]?\d.*|@.*", re.ASCII)

_UNITS = "minutes|minute|mins|min|m"
# Known only in order to say what is wrong with them.
_OTHER_UNITS = "km|k|mi|miles|mile|h|hrs|hr|hours|hour|s|secs|sec|seconds|second"
_BEFORE_UNIT = re.compile(rf"(?<=\d)\s+(?=(?:{_UNITS}|{_OTHER_UNITS})\b)", re.ASCII)
_MINUTES = re.compile(rf"(\d{{1,4}})(?:{_UNITS})?", re.ASCII)
_HOURS = re.compile(r"(\d{1,2}):([0-5]\d)h?", re.ASCII)
# More hours than these are minutes and seconds, copied from a watch.
_MOST_HOURS = 10
_SCALE = re.compile(r"(\d{1,2})(?:/10)?", re.ASCII)


class Text(NamedTuple):
    """
    A report, taken apart.

    Attributes:
        words: Its words in lower case; each comma is a word of its own.
        note: What comes after "note:".
    """

    words: list[str]
    note: str


def taken_apart(text: str) -> Text:
    """
    Return the words of a report, and its note.

    Raises:
        InvalidType: If it is not a str.
        InvalidValue: If it is too long, or has a fraction in it.

    >>> taken_apart("45 min, 2 @ 40. Note: hot")
    Text(words=['45min', ',', '2@40'], note='hot')
    """
    if not isinstance(text, str):
        raise InvalidType("a report must be text", text, "put it in quotes")
    line = one_line(text, what="a report", longest=_LONGEST, may_be_empty=True)
    found = _NOTE.search(line)
    report, note = (line[: found.start()], line[found.end() :].strip()) if found else (line, "")
    report = _AROUND_AT.sub("@", _QUOTES.sub(" ", report.lower().replace(";", ",")))
    if fraction := _FRACTION.search(report):
        must = "numbers must be whole, and dates like 2027-01-03"
        do = "round it down; a comma between two numbers needs a space after it"
        raise InvalidValue(must, fraction[0], do)
    words = re.findall(r",|[^\s,]+", _BEFORE_UNIT.sub("", report))
    return Text([bare for word in words if (bare := word.rstrip(".:!"))], note)


def is_day(word: str) -> bool:
    """
    Return whether a word names a day.

    >>> is_day("sun"), is_day("2027-01-03"), is_day("45")
    (True, True, False)
    """
    if word in DAY_WORDS or _DATE.fullmatch(word):
        return True
    try:
        to_weekday(word)
    except RunplanError:
        return False
    return True


def is_number(word: str) -> bool:
    """
    Return whether a word is meant as a number.

    >>> is_number("45min"), is_number("2@40"), is_number("ok")
    (True, True, False)
    """
    return _NUMBER.fullmatch(word) is not None and not is_day(word)


def minutes_in(word: str) -> int:
    """
    Return the minutes for a number, with or without its unit, or for hours and minutes.

    Raises:
        InvalidValue: If it is neither.

    >>> minutes_in("45min"), minutes_in("1:05")
    (45, 65)
    """
    if found := _MINUTES.fullmatch(word):
        return int(found[1])
    hours = _HOURS.fullmatch(word)
    if hours and int(hours[1]) <= _MOST_HOURS:
        return int(hours[1]) * 60 + int(hours[2])
    must = "a length must be in whole minutes, or in hours and minutes"
    raise InvalidValue(must, word, "write 45, 45 min or 1:05")


def points_in(word: str) -> int:
    """
    Return the points on the scale from 0 to 10; whether they are on it is checked elsewhere.

    Raises:
        InvalidValue: If it is not such a number.

    >>> points_in("2"), points_in("2/10")
    (2, 2)
    """
    found = _SCALE.fullmatch(word)
    if not found:
        must = "pain and fatigue must be whole numbers from 0 to 10"
        raise InvalidValue(must, word, "write pain 2 from minute 40 as 2@40")
    return int(found[1])
