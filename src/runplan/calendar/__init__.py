"""The plan as an iCalendar file, and how it is published again."""
