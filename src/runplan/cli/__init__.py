"""The command line: reads, calls, prints; no rules."""

from runplan.cli.app import main, run

__all__ = ["main", "run"]
