"""Free text as one clean line, and the disclaimer below everything that prescribes."""

import unicodedata

from runplan.errors import InvalidType, InvalidValue

NO_ADVICE_IN_SHORT = "runplan plans training. It gives no medical advice and no diagnosis."
NO_ADVICE = (
    f"{NO_ADVICE_IN_SHORT} "
    "If pain persists, gets worse or worries you, see a doctor or physiotherapist."
)

# Control characters, and the separators that some readers treat as line ends.
_BREAKS = frozenset({"Cc", "Zl", "Zp"})

# Embeddings, overrides and isolates, which can change the order of all the text that follows.
_REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def one_line(value: object, *, what: str, longest: int, may_be_empty: bool = False) -> str:
    r"""
    Return the text on one line, with control characters replaced by spaces.

    Surrogates and characters that reorder the text after them are dropped.

    Letters of every script, combining marks, joiners and direction marks are kept.

    Args:
        value: The text.
        what: Its name in error messages.
        longest: The maximum length. [characters]
        may_be_empty: Whether the result may be empty.

    Raises:
        InvalidType: If it is not a str.
        InvalidValue: If it is too long, or the result is empty and must not be.

    >>> one_line("Long\r\nrun", what="name", longest=20)
    'Long run'
    """
    if not isinstance(value, str):
        raise InvalidType(f"{what} must be text", value, "put it in quotes")
    if len(value) > longest:
        must = f"{what} must have at most {longest} characters"
        raise InvalidValue(must, f"{len(value)} characters", "shorten it")
    line = cleaned(value)
    if not line and not may_be_empty:
        raise InvalidValue(f"{what} must not be empty", value, "write a few words")
    return line


def full_stop(text: str) -> str:
    """
    Return the text as a sentence, with a full stop unless it ends like one already.

    >>> full_stop("It hurt"), full_stop("It hurt!")
    ('It hurt.', 'It hurt!')
    """
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def cleaned(value: str) -> str:
    r"""
    Return the text on one line, without characters that control a terminal or reorder text.

    >>> cleaned("Long\r\n\x1b run ")
    'Long run'
    """
    if value.isprintable() and "  " not in value and value == value.strip():
        # True of most texts.
        return value
    return " ".join((value if value.isprintable() else _clean(value)).split())


def count(number: int, noun: str) -> str:
    """
    Return a number with its noun.

    >>> count(1, "minute"), count(5, "minute")
    ('1 minute', '5 minutes')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _clean(value: str) -> str:
    return "".join(
        " " if unicodedata.category(char) in _BREAKS else char
        for char in value
        if unicodedata.category(char) != "Cs" and char not in _REORDERING
    )
