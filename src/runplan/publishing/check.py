"""What a calendar program would see at the address of a published calendar."""

from typing import NamedTuple
from urllib.parse import urljoin

import httpx
from attrs import frozen

from runplan._base.dates import DateTime, to_moment
from runplan._base.tables import Column, Table
from runplan._base.text import count
from runplan.calendar.event_lines import FIRST_REVISION
from runplan.calendar.events import identity
from runplan.calendar.ics import revised
from runplan.calendar.options import CalendarOptions
from runplan.calendar.published import Events, read_published
from runplan.errors import UnusableCalendar, UnusableFile
from runplan.model.plan import Plan
from runplan.publishing.addresses import is_loopback, is_private
from runplan.publishing.webdav import Answer, new_client, request

# More than this is a redirect loop.
_MOST_REDIRECTS = 5


class Point(NamedTuple):
    """
    One thing that a calendar program would meet.

    Attributes:
        what: What was looked at.
        found: What was found.
        is_good: Whether calendar programs accept it.
    """

    what: str
    found: str
    is_good: bool = True


@frozen(kw_only=True)
class Checked:
    """
    What a calendar program would see at an address.

    Attributes:
        url: The address.
        points: What was looked at, in order; it ends with the first thing that stops a program.
    """

    url: str
    points: tuple[Point, ...]

    @property
    def is_good(self) -> bool:
        """Whether a calendar program would show this plan as it is now."""
        return all(point.is_good for point in self.points)

    def table(self) -> Table:
        """Return a table for display: a row for each point."""
        rows = [(each.what, "ok" if each.is_good else "fault", each.found) for each in self.points]
        columns = (Column("Checked"), Column("Result"), Column("Found"))
        return Table(self.url, columns, rows, caption="What a calendar program would see")

    def _repr_html_(self) -> str:
        return self.table().to_html()


def check(url: str, plan: Plan, *, now: DateTime, options: CalendarOptions) -> Checked:
    """
    Fetch a published calendar as a calendar program does, and say what it would see.

    Args:
        url: The address, also with webcal://.
        plan: The plan that should be there.
        now: The time.
        options: How the calendar is written.
    """
    address = _without_login(url.replace("webcal://", "https://", 1))
    points, answer = _fetched(address)
    if answer:
        points += _read(answer, plan, now, options)
    return Checked(url=address, points=tuple(points))


def _without_login(url: str) -> str:
    """Return an address without the user and the password in it."""
    kind, mark, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    return f"{kind}{mark}{host.rpartition('@')[2]}{slash}{path}"


def _fetched(url: str) -> tuple[list[Point], Answer | None]:
    """Return what a program meets on the way, and the answer if there is one."""
    points = [Point("Connection", _connection(url), is_private(url))]
    with new_client(url) as client:
        for _ in range(_MOST_REDIRECTS + 1):
            try:
                answer = request(client, "GET", url)
            except UnusableFile as error:
                return [*points, Point("Answer", str(error.given), is_good=False)], None
            to = answer.headers.get("Location")
            if answer.status not in range(300, 400) or not to:
                is_good = answer.status == httpx.codes.OK
                points.append(Point("Answer", _status(answer), is_good))
                return points, answer if is_good else None
            try:
                url = urljoin(url, to)
            except ValueError:
                return [*points, Point("Redirect", f"to no address: {to}", is_good=False)], None
            points.append(Point("Redirect", f"{answer.status}, to {url}", is_private(url)))
    return [*points, Point("Redirect", "endless", is_good=False)], None


def _connection(url: str) -> str:
    if not is_private(url):
        return "not encrypted: others can read it on the way"
    return "on this machine only" if is_loopback(url) else "encrypted"


def _status(answer: Answer) -> str:
    wants_login = answer.status == httpx.codes.UNAUTHORIZED
    more = ": most programs cannot sign in" if wants_login else ""
    return f"{answer.status} {answer.reason}{more}"


def _read(answer: Answer, plan: Plan, now: DateTime, options: CalendarOptions) -> list[Point]:
    """Return what a program finds in the answer."""
    kind = answer.headers.get("Content-Type", "none")
    is_calendar = kind.partition(";")[0].strip().lower() == "text/calendar"
    found = kind if is_calendar else f"{kind}: some programs want text/calendar"
    points = [Point("Content type", found, is_calendar)]
    if not answer.data.lstrip().startswith(b"BEGIN:VCALENDAR"):
        what = "empty" if not answer.data.strip() else "no calendar: perhaps a page to sign in"
        return [*points, Point("Calendar", what, is_good=False)]
    try:
        events = read_published(answer.data, rebuild=identity(plan, options, "calendar"))
    except UnusableCalendar as error:
        return [*points, Point("Calendar", f"{error.must} (was {error.given})", is_good=False)]
    points.append(Point("Calendar", f"this plan, {count(len(events), 'event')}"))
    points.append(Point("Last change", _last_change(events, now)))
    newest, changes = revised(plan, answer.data, now, options)
    is_new = newest == answer.data
    found = "as it is now" if is_new else f"older than the plan ({changes}): publish it again"
    return [*points, Point("Plan", found, is_new)]


def _last_change(events: Events, now: DateTime) -> str:
    """Return the moment of the last change and the time that has passed since, in words."""
    first = FIRST_REVISION.stamp
    stamp = max((each.revision.stamp for each in events.values()), default=first)
    if stamp == first:
        # It is the same in every calendar.
        return "none since it was first published"
    moment = to_moment(stamp.decode())
    # The clock here may be behind.
    hours = max(0, int((now - moment).total_seconds() // 3600))
    days, when = hours // 24, f"{moment:%Y-%m-%d %H:%M} UTC"
    if days:
        return f"{when}, {count(days, 'day')} ago"
    return f"{when}, {count(hours, 'hour')} ago" if hours else f"{when}, within the hour"
