"""Publishing a plan in a folder of a WebDAV server."""

from typing import NamedTuple

from runplan._base.dates import DateTime
from runplan.calendar.ics import revised
from runplan.calendar.options import CalendarOptions
from runplan.calendar.published import Changes
from runplan.errors import UnusableCalendar, UnusableFile
from runplan.model.plan import Plan
from runplan.publishing.addresses import CALENDAR, PAGE
from runplan.publishing.webdav import Server

# How often to publish over what somebody else has just published.
_ATTEMPTS = 3


class Edition(NamedTuple):
    """
    A plan to be published.

    Attributes:
        plan: The plan.
        revised_at: When this revision is made.
        options: How the calendar is written.
    """

    plan: Plan
    revised_at: DateTime
    options: CalendarOptions

    def over(self, previous: bytes | None) -> tuple[bytes, Changes]:
        """Return the calendar, given the one published before, and what has changed in it."""
        return revised(self.plan, previous, self.revised_at, self.options)


def send(
    server: Server, url: str, edition: Edition, *, local: bytes | None
) -> tuple[bytes, Changes]:
    """
    Publish a plan at an address, over what is there.

    The calendar on the server is what subscribers have now. If somebody else publishes
    at the same time, theirs is read again and published over, so nothing is lost.

    Args:
        server: The server.
        url: The address of the calendar.
        edition: The plan to publish.
        local: The calendar as published before, for a server that has none, or that keeps only
            its events.

    Returns:
        The calendar, and what has changed in it.

    Raises:
        UnusableCalendar: If the local calendar was not written by runplan for this rebuild, or
            the one on the server holds none of its events.
        UnusableFile: If the server does not answer, or refuses.
    """
    over_local = edition.over(local)
    for _ in range(_ATTEMPTS):
        there = server.read(url)
        calendar, changes = over_local
        if there:
            try:
                calendar, changes = edition.over(there.data)
            except UnusableCalendar:
                # Calendar servers such as Radicale keep the events, but not the bytes.
                if not _uids(there.data) & _uids(local or b""):
                    raise
        is_there = there is not None and there.data == calendar
        if is_there or server.write(url, calendar, CALENDAR, over=there):
            return calendar, changes
    must = "the calendar on the server must not change while it is published"
    raise UnusableFile(must, f"changed {_ATTEMPTS} times: {url}", "try again later")


def _uids(calendar: bytes) -> set[bytes]:
    """Return the lines that identify the events of any calendar."""
    return {line for line in calendar.splitlines() if line.startswith(b"UID:")}


def send_page(server: Server, url: str, page: str) -> None:
    """
    Put a page at an address.

    Raises:
        UnusableFile: If the server does not answer, or refuses.
    """
    there, data = server.read(url), page.encode()
    if there is None or there.data != data:
        # It depends on its address only, so another writer writes the same.
        server.write(url, data, PAGE, over=there)
