"""Requests and logs as TOML, as JSON records and as a log file."""
