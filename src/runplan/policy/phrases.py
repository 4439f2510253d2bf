"""Small phrases that the rules' sentences share."""

from runplan._base.dates import weekday_name
from runplan.model.log import RunReport


def run_of(report: RunReport) -> str:
    """
    Name a long run by its day, as the week after would.

    >>> run_of(RunReport(day="2027-01-03", minutes=45))
    "Sunday's run"
    """
    return f"{weekday_name(report.day)}'s run"


def ordinal(number: int) -> str:
    """
    Return a small number as a place in a row, in words up to the tenth.

    >>> ordinal(2), ordinal(11), ordinal(21)
    ('second', '11th', '21st')
    """
    words = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
    if number <= len(words):
        return words[number - 1]
    ends = {1: "st", 2: "nd", 3: "rd"}
    end = "th" if number % 100 in {11, 12, 13} else ends.get(number % 10, "th")
    return f"{number}{end}"
