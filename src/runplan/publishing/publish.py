"""Publishing a plan in a folder of a WebDAV server."""

from typing import NamedTuple

from runplan._base.dates import MomentLike
from runplan.calendar.ics import revised
from runplan.calendar.options import CalendarOptions
from runplan.calendar.published import Changes
from runplan.errors import UnusableFile
from runplan.model.plan import Plan
from runplan.publishing.addresses import CALENDAR, PAGE, in_folder
from runplan.publishing.webdav import Server

# How often to publish over what somebody else has just published.
_ATTEMPTS = 3


class Sent(NamedTuple):
    """
    A calendar on a server.

    Attributes:
        calendar: Its bytes.
        changes: What changed in it.
    """

    calendar: bytes
    changes: Changes


def send(
    server: Server,
    folder: str,
    name: str,
    plan: Plan,
    *,
    local: bytes | None,
    page: str,
    revised_at: MomentLike,
    options: CalendarOptions,
) -> Sent:
    """
    Publish a plan in a folder, over what is there, and the page for subscribers beside it.

    The calendar on the server is the memory of what subscribers have. If somebody else publishes
    at the same time, theirs is read again and published over, so nothing is lost.

    Args:
        server: The server.
        folder: The address of the folder.
        name: The name of both files, without an ending.
        plan: The plan.
        local: The calendar as published before, for a server that has none.
        page: The page.
        revised_at: When this revision is made.
        options: How the calendar is written.

    Raises:
        UnusableCalendar: If the calendar there is not one that runplan wrote for this rebuild.
        UnusableFile: If the server does not answer, or refuses.
    """
    url = in_folder(folder, f"{name}.ics")
    for _ in range(_ATTEMPTS):
        there = server.read(url)
        before = there.data if there else local
        sent = Sent(*revised(plan, before, revised_at, options))
        if (there and there.data == sent.calendar) or server.write(
            url, sent.calendar, CALENDAR, over=there
        ):
            _send_page(server, in_folder(folder, f"{name}.html"), page.encode())
            return sent
    must = "nobody else must publish the plan all the time"
    raise UnusableFile(must, f"{url} changed {_ATTEMPTS} times meanwhile", "try again later")


def _send_page(server: Server, url: str, page: bytes) -> None:
    there = server.read(url)
    if there is None or there.data != page:
        # It depends on its address only, so whoever wrote it last wrote the same.
        server.write(url, page, PAGE, over=there)
