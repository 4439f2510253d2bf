"""The rules: what sets the long run, the strength work, and the days of both."""
