"""The libraries of the extra "activities", imported when a file needs them."""

from importlib import import_module
from typing import Any

from runplan.errors import MissingLibrary


def library(name: str) -> Any:  # noqa: ANN401 (a module without types)
    """
    Return a library.

    Raises:
        MissingLibrary: If it is not installed.
    """
    try:
        return import_module(name)
    except ModuleNotFoundError:
        must = f"reading this file needs {name.partition('.')[0]}"
        raise MissingLibrary(must, "not found", 'pip install "runplan[activities]"') from None
