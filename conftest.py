"""The examples in README, docs and docstrings run as tests."""

import os
from pathlib import Path

import pytest
from hypothesis import settings
from support.effort import effort
from sybil import Sybil
from sybil.document import PythonDocStringDocument
from sybil.parsers.markdown import SkipParser
from sybil.parsers.markdown.codeblock import PythonCodeBlockParser
from sybil.parsers.rest import DocTestParser

# The same examples in every run: what passes here passes elsewhere. `make explore` draws others.
settings.register_profile(
    "runplan",
    max_examples=effort(30, 150),
    deadline=None,
    derandomize="RUNPLAN_EXPLORE" not in os.environ,
)
settings.load_profile("runplan")


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Examples that write files write them into a folder of their own."""
    monkeypatch.chdir(tmp_path)


_docstrings = Sybil(
    parsers=[DocTestParser()],
    pattern="*.py",
    document_types={".py": PythonDocStringDocument},
)
_pages = Sybil(
    parsers=[PythonCodeBlockParser(), SkipParser()],
    pattern="*.md",
    # A notebook runs when the documentation is built.
    excludes=["tutorial.md"],
    fixtures=["elsewhere"],
)

pytest_collect_file = (_docstrings + _pages).pytest()
