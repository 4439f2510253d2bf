"""How thoroughly the tests look: a quick look while working, a thorough one in CI."""

import os

from hypothesis import settings

THOROUGH = os.environ.get("RUNPLAN_TESTS") == "thorough"


def effort(quick: int, thorough: int) -> int:
    """Return a number of examples."""
    return thorough if THOROUGH else quick


def examples(quick: int, thorough: int) -> settings:
    """Return settings for Hypothesis; nothing here is about time."""
    return settings(max_examples=effort(quick, thorough), deadline=None)
