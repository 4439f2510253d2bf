"""Runs from the files of watches and apps: read a file, and find what is not yet in a log."""

from runplan.activities.history import Activities, ActivityRow, new
from runplan.activities.reading import read

__all__ = ["Activities", "ActivityRow", "new", "read"]
