"""The values: log entries, red flags, exercises, and the plan with its weeks and sessions."""
