"""How long the next long run is, and why: rules as values in an ordered table."""
