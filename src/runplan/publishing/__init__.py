"""Publishing a calendar: on a server by WebDAV, with a page for subscribers, and checking it."""
