"""The standard streams: text for people, bytes for programs, and streams that fail."""

import codecs
import io
import os
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from runplan._base.text import cleaned

# For terminals whose encoding lacks these characters.
_PLAIN = str.maketrans(
    {"–": "-", "—": "-", "−": "-", "─": "-", "·": "*", "×": "x"}
    | {"‘": "'", "’": "'", "“": '"', "”": '"', "…": "...", "→": "->", "≤": "<="}
)


def prepare_streams() -> None:
    """Let text in any encoding reach stdout and stderr, and discard text to closed streams."""
    codecs.register_error("runplan", _in_plain_characters)
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="runplan")
        elif stream is None:
            # It stays open as long as the process.
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115


def _in_plain_characters(error: UnicodeError) -> tuple[str, int]:
    """Replace characters that an encoding lacks by similar ones in ASCII, or question marks."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    return "".join(map(_in_plain, lacking)), error.end


def _in_plain(char: str) -> str:
    plain = unicodedata.normalize("NFKD", char.translate(_PLAIN))
    return plain.encode("ascii", "ignore").decode() or "?"


def write_document(text: str) -> None:
    """Write a document for programs to stdout: in UTF-8, with its own line endings."""
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:
        # An app's stream for text.
        sys.stdout.write(text)
        return
    sys.stdout.flush()
    buffer.write(text.encode())
    buffer.flush()


def tell(text: str) -> None:
    """Write a line about the command to stderr, if that can be written to."""
    try:
        sys.stderr.write(f"{cleaned(text)}\n")
        sys.stderr.flush()
    except OSError:
        discard(sys.stderr)


def discard(stream: TextIO) -> None:
    """Discard what a stream still holds and what is written to it from now on."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


@contextmanager
def after_saving() -> Iterator[None]:
    """Report errors of the output without failing: what the command should save is saved."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except (OSError, KeyboardInterrupt) as error:
        discard(sys.stdout)
        reason = error.strerror if isinstance(error, OSError) else "it was interrupted"
        tell(f"note: everything is saved, but the output is not complete: {reason}")
