"""The doors out: iCalendar, TOML and JSON."""
