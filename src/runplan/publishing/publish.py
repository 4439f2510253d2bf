"""Publishing a plan in a folder of a WebDAV server."""

from typing import NamedTuple

from runplan._base.dates import DateTime
from runplan.calendar.ics import revised
from runplan.calendar.options import CalendarOptions
from runplan.calendar.published import Changes
from runplan.errors import UnusableFile
from runplan.model.plan import Plan
from runplan.publishing.addresses import CALENDAR, PAGE, in_folder
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
        page: The page for subscribers.
    """

    plan: Plan
    revised_at: DateTime
    options: CalendarOptions
    page: str


def send(
    server: Server, folder: str, name: str, edition: Edition, *, local: bytes | None
) -> tuple[bytes, Changes]:
    """
    Publish a plan in a folder, over what is there, and the page for subscribers beside it.

    The calendar on the server is the memory of what subscribers have. If somebody else publishes
    at the same time, theirs is read again and published over, so nothing is lost.

    Args:
        server: The server.
        folder: The address of the folder.
        name: The name of both files, without an ending.
        edition: The plan to publish.
        local: The calendar as published before, for a server that has none.

    Returns:
        The calendar, and what has changed in it.

    Raises:
        UnusableCalendar: If the calendar there is not one that runplan wrote for this rebuild.
        UnusableFile: If the server does not answer, or refuses.
    """
    url = in_folder(folder, f"{name}.ics")
    for _ in range(_ATTEMPTS):
        there = server.read(url)
        before = there.data if there else local
        calendar, changes = revised(edition.plan, before, edition.revised_at, edition.options)
        is_there = there is not None and there.data == calendar
        if is_there or server.write(url, calendar, CALENDAR, over=there):
            _send_page(server, in_folder(folder, f"{name}.html"), edition.page.encode())
            return calendar, changes
    must = "nobody else must publish the plan all the time"
    raise UnusableFile(must, f"{url} changed {_ATTEMPTS} times meanwhile", "try again later")


def _send_page(server: Server, url: str, page: bytes) -> None:
    there = server.read(url)
    if there is None or there.data != page:
        # It depends on its address only, so whoever wrote it last wrote the same.
        server.write(url, page, PAGE, over=there)
