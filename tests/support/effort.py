"""How thoroughly the tests look: a quick look while working, a thorough one in CI."""

import os
from collections.abc import Iterable
from typing import TypeVar

from hypothesis import settings

T = TypeVar("T")

THOROUGH = os.environ.get("RUNPLAN_TESTS") == "thorough"


def effort(quick: int, thorough: int) -> int:
    """Return a number of examples."""
    return thorough if THOROUGH else quick


def examples(quick: int, thorough: int) -> settings:
    """Return settings for Hypothesis; nothing here is about time."""
    return settings(max_examples=effort(quick, thorough), deadline=None)


def some(values: Iterable[T], quick: int) -> list[T]:
    """Return all values in the thorough profile, and a few from all over them in the quick one."""
    values = list(values)
    return values if THOROUGH else values[:: max(1, len(values) // quick)]
