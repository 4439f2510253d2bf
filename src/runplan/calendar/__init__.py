"""The plan as an iCalendar, and how it is published again."""
