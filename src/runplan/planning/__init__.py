"""From a request and a log to a plan."""
