"""Days in words: a date, a weekday, today, yesterday or tomorrow."""

from runplan._base.dates import Date, WeekDay, days_after, to_day, to_weekday
from runplan.errors import InvalidValue, RunplanError, did_you_mean

DAY_WORDS = {"yesterday": -1, "today": 0, "tomorrow": 1}

_NAMES = [*DAY_WORDS, *(day.name.lower() for day in WeekDay)]


def read_day(
    text: str, today: Date, *, ahead: bool = False, weekdays_from: Date | None = None
) -> Date:
    """
    Return the day for a text.

    Args:
        text: An ISO 8601 date, "today", "yesterday", "tomorrow", or a weekday: the most recent
            one, including today.
        today: Today.
        ahead: Whether a weekday means the next one, including today.
        weekdays_from: The day from which to count weekdays, if not today.

    Raises:
        InvalidValue: If it is none of these.

    >>> read_day("sunday", Date(2027, 1, 5)).isoformat()
    '2027-01-03'
    >>> read_day("sunday", Date(2027, 1, 5), ahead=True).isoformat()
    '2027-01-10'
    """
    word = text.strip().lower()
    if word in DAY_WORDS:
        return days_after(today, DAY_WORDS[word])
    if word[:1].isdigit():
        return to_day(word)
    try:
        weekday = to_weekday(word)
    except RunplanError as error:
        must = "a day must be a date, a weekday, today, yesterday or tomorrow"
        raise InvalidValue(must, text, did_you_mean(word, _NAMES, otherwise=error.remedy)) from None
    first = weekdays_from or today
    since = (first.weekday() - weekday) % 7
    return days_after(first, (7 - since) % 7 if ahead else -since)
