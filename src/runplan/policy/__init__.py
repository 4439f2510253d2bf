"""What to run next and why: the rules as values in an ordered table."""
