"""Requests, logs and policies as TOML, JSON records and log files."""
