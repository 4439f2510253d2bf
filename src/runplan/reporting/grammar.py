"""
The grammar of a report in one line: from words to statements.

A statement is about one run, morning or strength session, or about days off. The day that it is
about depends on the plan, and is worked out elsewhere.
"""

from collections.abc import Mapping
from typing import Any, Literal

from attrs import define, field, frozen

from runplan._base.day_words import DAY_WORDS
from runplan._base.text import count
from runplan.errors import InvalidValue, RunplanError, UnknownName, did_you_mean
from runplan.model.red_flags import RedFlag, to_red_flags
from runplan.reporting.words import is_day, is_number, minutes_in, points_in, taken_apart

What = Literal["run", "morning", "strength", "ill", "back"]

# The words that begin a statement.
_HEADS: dict[str, What] = {
    "long": "run",
    "other": "run",
    "morning": "morning",
    "strength": "strength",
    "ill": "ill",
    "back": "back",
}
_KINDS = ("long", "other")
_AWAITED: dict[What, tuple[str, ...]] = {
    "run": ("minutes", "pain"),
    "morning": ("pain",),
    "strength": ("pain",),
    "ill": (),
    "back": (),
}
# The words that add to a statement, with the statements to which they may add.
_DETAILS: dict[str, tuple[What, ...]] = {
    "ok": ("run", "morning", "strength"),
    "pain": ("run", "morning", "strength"),
    "tired": ("run",),
    "flag": ("run", "morning", "strength"),
    "skipped": ("strength",),
    "until": ("ill",),
}
_ALIASES = {"okay": "ok", "fatigue": "tired"}
_FIELDS = {"tired": "fatigue", "morning": "pain_next_morning", "until": "until"}
_NAMES: dict[What, str] = {
    "run": "a run",
    "morning": "a morning",
    "strength": "strength",
    "ill": "ill",
    "back": "back",
}
_MOST_DAYS: dict[What, int] = {"run": 1, "morning": 1, "strength": 1, "ill": 2, "back": 1}
_MISSING = {
    "minutes": "long and other must be followed by the minutes of the run",
    "pain": "a report must say how it went: ok, or the worst pain from 0 to 10",
    "pain_next_morning": "a report must say how the morning was: ok, or the pain from 0 to 10",
    "fatigue": "tired must be followed by a number from 0 to 10",
    "until": "until must be followed by a day",
}

_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_WORDS = [*_HEADS, *_DETAILS, *DAY_WORDS, *_WEEKDAYS, "note:"]
_FLAGS = {flag.value for flag in RedFlag}
_LONGEST_FLAG = max(name.count("-") + 1 for name in _FLAGS)
_SO_FAR = 40


@frozen
class Statement:
    """
    A statement in a report.

    Attributes:
        what: "run", "morning", "strength", "ill" or "back".
        days: The days in it, as words.
        values: What it says, by the names of the fields of an entry; "until" for days off.
        text: Its words without days.
    """

    what: What
    days: tuple[str, ...]
    values: Mapping[str, Any]
    text: str


def statements(text: str) -> tuple[Statement, ...]:
    """
    Return the statements of a report, in its order.

    Raises:
        InvalidType: If it is not a str.
        InvalidValue: If something is missing, given twice or in the wrong place.
        UnknownName: If it contains a word that is not in the grammar.

    Source:
        docs/reference/report-grammar.md

    >>> [(each.what, each.values) for each in statements("45 2@40, strength ok")]
    [('run', {'minutes': 45, 'pain': 2, 'pain_from': 40}), ('strength', {'pain': 0})]
    """
    words, note = taken_apart(text)
    found = _Reader(words).read()
    if note:
        found[-1].values["note"] = note
    return tuple(
        Statement(each.what, tuple(each.days), each.values, " ".join(each.words)) for each in found
    )


@define
class _Draft:
    """A statement that is being read."""

    what: What
    days: list[str]
    awaited: list[str]  # the fields that are still to come
    words: list[str]
    values: dict[str, Any] = field(factory=dict)


class _Reader:
    """Reads words from left to right."""

    def __init__(self, words: list[str]) -> None:
        self.words = words
        self.at = 0
        self.found: list[_Draft] = []
        # Days that belong to the next statement.
        self.days: list[str] = []

    def read(self) -> list[_Draft]:
        """Return the statements."""
        while self.at < len(self.words):
            word = self.words[self.at]
            if word != ",":
                self._read(_ALIASES.get(word, word))
            self.at += 1
        if not self.found:
            raise InvalidValue("a report must say how it went", " ".join(self.words), "add that")
        self._check()
        return self.found

    def _read(self, word: str) -> None:
        current = self.found[-1] if self.found else None
        if is_day(word):
            self._day(current, word)
        elif word in _HEADS:
            self._head(current, word)
        elif is_number(word):
            self._number(current, word)
        elif word in _DETAILS:
            self._detail(current, word)
        else:
            do = did_you_mean(
                word, [*_WORDS, *_FLAGS], otherwise="write it at the end, after note:"
            )
            raise UnknownName("a report must consist of known words", word, do + self._so_far())

    def _day(self, current: _Draft | None, word: str) -> None:
        """Give a day to the statement before it or to the next one; commas tell which."""
        following = next((each for each in self.words[self.at + 1 :] if each != ","), "")
        if current is None:
            self.days.append(word)
        elif current.awaited or not (following in _HEADS or is_number(following)):
            if current.awaited[:1] == ["until"]:
                current.values[current.awaited.pop()] = word
            else:
                current.days.append(word)
        else:
            before, after = (self.words[self.at + step] == "," for step in (-1, 1))
            if before == after:
                must = "a day between two statements must belong to one of them"
                raise self._fault(must, word, "put a comma between the two statements")
            (self.days if before else current.days).append(word)

    def _head(self, current: _Draft | None, word: str) -> None:
        """Begin a statement, or add to a run."""
        previous = current.what if current and not self.days else None
        if current and previous == "run" and word == "morning":
            self._await(current, word)
        elif current and previous == "run" and word in _KINDS and current.awaited == ["pain"]:
            self._once(current, "kind", word)
            current.values["kind"] = word
            current.words.append(word)
        elif previous == "strength" and word == "morning":
            must = "it must be clear which session a morning follows"
            raise self._fault(must, word, "report the morning after a run before strength")
        else:
            self._begin(_HEADS[word], word)
            if word in _KINDS:
                self.found[-1].values["kind"] = word

    def _begin(self, what: What, *words: str) -> None:
        self._check()
        self.found.append(_Draft(what, self.days, list(_AWAITED[what]), list(words)))
        self.days = []

    def _number(self, current: _Draft | None, word: str) -> None:
        is_separate = bool(self.days) or (self.at > 0 and self.words[self.at - 1] == ",")
        if current is None or (is_separate and not current.awaited):
            self._begin("run")
            current = self.found[-1]
        if current.awaited[:1] == ["until"]:
            raise self._fault(_MISSING["until"], word, "name a weekday or a date")
        if not current.awaited:
            must = "a number must be the minutes of a run, or a rating from 0 to 10"
            raise self._fault(must, word, "leave it out; a comma goes before another run")
        name = current.awaited[0]
        number, at, onset = word.partition("@")
        if at and (current.what, name) != ("run", "pain"):
            must = "a minute after @ must follow the pain in a run"
            raise self._fault(must, word, "write the minutes first")
        try:
            current.values[name] = minutes_in(word) if name == "minutes" else points_in(number)
            if at:
                current.values["pain_from"] = minutes_in(onset)
        except RunplanError as error:
            raise self._fault(error.must, word, error.remedy) from None
        current.awaited.pop(0)
        current.words.append(word)

    def _detail(self, current: _Draft | None, word: str) -> None:
        """Add to the current statement."""
        if current is None or current.what not in _DETAILS[word]:
            *others, last = (_NAMES[each] for each in _DETAILS[word])
            names = f"{', '.join(others)} or {last}" if others else last
            raise self._fault(f'"{word}" must follow {names}', word, "write that first")
        if word in {"ok", "pain", "skipped"}:
            if current.awaited[:1] not in (["pain"], ["pain_next_morning"]):
                raise self._fault("pain must be given once", word, "leave one out")
            if word != "pain":
                name = current.awaited.pop(0)
                current.values |= {"skipped": True} if word == "skipped" else {name: 0}
            current.words.append(word)
        elif word == "flag":
            self._flag(current)
        else:
            self._await(current, word)

    def _await(self, current: _Draft, word: str) -> None:
        """Expect the value of a field next."""
        self._check()
        self._once(current, _FIELDS[word], word)
        current.awaited.append(_FIELDS[word])
        current.words.append(word)

    def _flag(self, current: _Draft) -> None:
        """Read the name of a red flag, which may be several words."""
        self._check()
        rest = [each.replace("_", "-") for each in self.words[self.at + 1 :][:_LONGEST_FLAG]]
        lengths = range(len(rest), 0, -1)
        length = next((each for each in lengths if "-".join(rest[:each]) in _FLAGS), 1)
        try:
            flags = to_red_flags(["-".join(rest[:length])])
        except UnknownName as error:
            raise UnknownName(error.must, error.given, error.remedy + self._so_far()) from None
        current.values.setdefault("red_flags", []).extend(flags)
        current.words += self.words[self.at : self.at + 1 + length]
        self.at += length

    def _once(self, current: _Draft, name: str, word: str) -> None:
        if name in current.values:
            raise self._fault(f"{word} must be given once", word, "leave one out")

    def _check(self) -> None:
        """Check that nothing is missing in the current statement."""
        if not self.found:
            return
        current = self.found[-1]
        if current.awaited:
            must = _MISSING[current.awaited[0]]
            raise InvalidValue(must, " ".join(current.words), "add that")
        most = _MOST_DAYS[current.what]
        if len(current.days) > most:
            must = f"{_NAMES[current.what]} must have {count(most, 'day')} at most"
            raise InvalidValue(must, " and ".join(current.days), "report them one by one")

    def _fault(self, must: str, word: str, remedy: str) -> InvalidValue:
        return InvalidValue(must, word, remedy + self._so_far())

    def _so_far(self) -> str:
        """Return what was understood before the current word."""
        read = " ".join(self.words[: self.at]).replace(" ,", ",").rstrip(",")
        if len(read) > _SO_FAR:
            read = f"…{read[-_SO_FAR:]}"
        return f' (after "{read}")' if read else ""
