"""The command that publishes a plan for subscribers: publish."""

from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import click
from attrs import evolve

from runplan._base.files import read_if_there, read_whole, write_whole
from runplan.calendar.ics import save_ics
from runplan.calendar.published import Changes
from runplan.cli.answers import print_emergency
from runplan.cli.calendar_commands import CALENDAR
from runplan.cli.login import login
from runplan.cli.options import command_line, file_argument
from runplan.cli.output import console, print_changes, print_table
from runplan.cli.request_file import open_workspace
from runplan.cli.workspace import Workspace, this_moment
from runplan.errors import InvalidValue
from runplan.publishing.addresses import in_folder, new_address
from runplan.storage.settings import PublishSettings, Settings, load_settings, with_publish

PAGE = "subscribe.html"

# The address of --check without one.
_USUAL = "-"


@click.command()
@file_argument
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    default=CALENDAR,
    show_default=True,
    help="The calendar file; subscribe.html is written beside it.",
)
@click.option("--to", metavar="URL", help="Send it to this WebDAV folder, from now on.")
@click.option("--public", metavar="URL", help="Where others find that folder, if elsewhere.")
@click.option("--new-address", "is_new", is_flag=True, help="Publish under another address.")
@click.option(
    "--check",
    "checked",
    metavar="URL",
    is_flag=False,
    flag_value=_USUAL,
    help="Say what a calendar program sees at an address, by default the plan's.",
)
def publish(  # noqa: PLR0913 (one for each option)
    file: str,
    *,
    named: str | None,
    output: str,
    to: str | None,
    public: str | None,
    is_new: bool,
    checked: str | None,
) -> None:
    """
    Publish the plan for subscribers, and list what changed.

    Writes the calendar and a page to subscribe from. With --to, both also go to a WebDAV folder,
    such as one of a Nextcloud, under a name that nobody can guess. The addresses are kept under
    [publish] in FILE; the user and the password come from RUNPLAN_USER and RUNPLAN_PASSWORD, or
    from the keyring.
    """
    file = file if named is None else named
    workspace = open_workspace(file)
    settings = load_settings(file)
    before = settings.publish
    after = evolve(before, to=to or before.to, public=public or before.public)
    if is_new and not (after.to and before.address):
        must = "a new address must replace one that was published with --to"
        do = f"publish there first: {command_line(file, 'publish', '--to', 'URL')}"
        raise InvalidValue(must, "none yet", do)
    if checked is not None:
        _check(workspace, checked, evolve(settings, publish=after), output)
        return
    if after.to and (is_new or not before.address):
        after = evolve(after, address=new_address())
    done = published(workspace, evolve(settings, publish=after), output=output)
    if after != before:
        write_whole(file, with_publish(read_whole(file).decode(), after).encode())
    print_emergency(workspace.plan(), file)
    print_changes(output, done.changes)
    if done.url:
        console().print(f"Subscribe to: {done.url}", soft_wrap=True)
        console().print(f"Page for subscribers: {done.page}", soft_wrap=True)
    else:
        console().print(
            "For a page to subscribe from, say where this folder is on the web: "
            f"{command_line(file, 'publish', '--public', 'URL')}",
            soft_wrap=True,
        )
    if is_new and before.to and before.address:
        _withdraw(before.to, before.address)
        console().print("The old address is gone: whoever subscribed must subscribe again.")


class Published(NamedTuple):
    """
    What publishing did.

    Attributes:
        changes: What changed in the calendar.
        url: The address to subscribe to; "" if it is not known.
        page: The address or the file of the page to subscribe from; "" if there is none.
    """

    changes: Changes
    url: str
    page: str


def published(workspace: Workspace, settings: Settings, *, output: str) -> Published:
    """
    Publish a plan as the settings say.

    Args:
        workspace: The files.
        settings: How its calendar is written, and where it is published.
        output: The calendar file.

    Raises:
        RunplanError: If the calendar there is not of this plan, or it cannot be written.
    """
    plan, now = workspace.plan(), this_moment()
    url = _address(settings.publish, output)
    page = ""
    if url:
        # Imported only now: its library comes with the extra "publish".
        from runplan.publishing.subscribe_page import subscribe_page  # noqa: PLC0415

        page = subscribe_page(settings.calendar.calendar_name or plan.name, url)
    if settings.publish.to:
        changes = _send(workspace, settings, page, output)
    else:
        changes = save_ics(plan, output, revised_at=now, options=settings.calendar)
    beside = Path(output).with_name(PAGE)
    if page:
        _write_if_new(beside, page.encode())
    if not workspace.journal.seen:
        # From now on others may see this plan, so editing the request must not change its past.
        workspace.write()
    shown = f"{url.removesuffix('.ics')}.html" if settings.publish.to else str(beside)
    return Published(changes, url, shown if page else "")


def _send(workspace: Workspace, settings: Settings, page: str, output: str) -> Changes:
    """Send the calendar and the page to the server, and write the same calendar here."""
    from runplan.publishing.publish import Edition, send  # noqa: PLC0415 (as above)
    from runplan.publishing.webdav import Server  # noqa: PLC0415

    to, name = str(settings.publish.to), str(settings.publish.address)
    edition = Edition(workspace.plan(), this_moment(), settings.calendar, page)
    with Server(to, lambda: login(str(urlsplit(to).hostname))) as server:
        data, changes = send(server, to, name, edition, local=read_if_there(output))
    _write_if_new(output, data)
    return changes


def _withdraw(to: str, address: str) -> None:
    """Delete the files of an address."""
    from runplan.publishing.webdav import Server  # noqa: PLC0415 (as above)

    with Server(to, lambda: login(str(urlsplit(to).hostname))) as server:
        for ending in (".ics", ".html"):
            server.delete(in_folder(to, address + ending))


def _check(workspace: Workspace, url: str, settings: Settings, output: str) -> None:
    from runplan.publishing.check import check  # noqa: PLC0415 (as above)

    address = _address(settings.publish, output) if url == _USUAL else url
    if not address:
        must = "there must be an address to check"
        raise InvalidValue(must, "none known", "give it after --check")
    found = check(address, workspace.plan(), now=this_moment(), options=settings.calendar)
    print_table(found.table())
    if not found.is_good:
        raise click.exceptions.Exit(1)


def _address(settings: PublishSettings, output: str) -> str:
    """Return the address to subscribe to; "" if it is not known."""
    if settings.to:
        return in_folder(settings.public or settings.to, f"{settings.address}.ics")
    return in_folder(settings.public, Path(output).name) if settings.public else ""


def _write_if_new(path: str | Path, data: bytes) -> None:
    if data != read_if_there(path):
        write_whole(path, data)
