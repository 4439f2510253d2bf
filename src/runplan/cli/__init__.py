"""The command line, a thin layer: it reads files, calls the library and prints."""

from runplan.cli.app import main, run

__all__ = ["main", "run"]
