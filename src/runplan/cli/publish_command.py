"""The command that publishes a plan for subscribers: publish."""

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
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
from runplan.cli.streams import after_saving, tell
from runplan.cli.workspace import Workspace, this_moment
from runplan.errors import InvalidValue, MissingLibrary, UnusableFile
from runplan.model.plan import Plan
from runplan.publishing.addresses import in_folder, new_address
from runplan.storage.settings import PublishSettings, Settings, load_settings, with_publish

if TYPE_CHECKING:
    from runplan.publishing.webdav import Server

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
    such as one on Nextcloud, under a name that nobody can guess. The addresses are kept under
    [publish] in FILE; the user and the password come from RUNPLAN_USER and RUNPLAN_PASSWORD, or
    from the keyring.
    """
    file = file if named is None else named
    if output == "-":
        must = "the calendar must be a file, as the next one is compared with it"
        raise InvalidValue(must, output, "for stdout use: runplan export --output -")
    workspace = open_workspace(file)
    settings = load_settings(file)
    old = settings.publish
    wanted = evolve(
        old,
        to=old.to if to is None else to,
        public=old.public if public is None else public,
    )
    if checked is not None:
        _check(workspace, checked, evolve(settings, publish=wanted), output)
        return
    if is_new:
        if not (wanted.to and old.address):
            must = "a new address must replace one that was published with --to"
            do = f"publish there first: {command_line(file, 'publish', '--to', 'URL')}"
            raise InvalidValue(must, "none yet", do)
        wanted = evolve(wanted, address=None)
    done = published(workspace, evolve(settings, publish=wanted), output=output)
    with after_saving():
        print_emergency(workspace.plan(), file)
        print_changes(output, done.changes)
        _print_addresses(done, file)
    if old.to and old.address and wanted.to != old.to:
        tell(f"note: the files at the earlier address stay: {in_folder(old.to, old.address)}.ics")
    elif is_new and old.to and old.address:
        _withdraw(old.to, old.address)
        console().print("The old address is gone: subscribers must subscribe again.")


class Published(NamedTuple):
    """
    What publishing did.

    Attributes:
        changes: What changed in the calendar.
        url: The address to subscribe to; "" if it is not known.
        page: The address or the file of the page to subscribe from; "" if there is none.
        fault: Why the page is not on the server; "" if it is, or need not be.
    """

    changes: Changes
    url: str = ""
    page: str = ""
    fault: str = ""


def published(workspace: Workspace, settings: Settings, *, output: str) -> Published:
    """
    Publish a plan as the settings say, and keep the addresses in its request.

    Args:
        workspace: The files.
        settings: How its calendar is written, and where it is published.
        output: The calendar file.

    Raises:
        MissingLibrary: If the extra "publish" is not installed.
        RunplanError: If the calendar there is not of this plan, or it cannot be written.
    """
    if settings.publish.to and not settings.publish.address:
        settings = evolve(settings, publish=evolve(settings.publish, address=new_address()))
    # If the request or the page cannot be written, nothing is sent.
    _with_addresses(workspace.file, settings)
    _must_be_own_page(output)
    url = _address(settings.publish, output)
    page = _page(workspace.plan(), settings, url) if url else ""
    if settings.publish.to:
        done = _sent(workspace, settings, output, page)
    else:
        plan, now = workspace.plan(), this_moment()
        changes = save_ics(plan, output, revised_at=now, options=settings.calendar)
        _keep_addresses(workspace.file, settings)
        done = Published(changes)
        if settings.publish.public:
            _beside(output, page)
            done = Published(changes, url, in_folder(settings.publish.public, PAGE))
    if not workspace.journal.seen:
        # From now on others may see this plan, so editing the request must not change its past.
        workspace.write()
    return done


def _page(plan: Plan, settings: Settings, url: str) -> str:
    _need_libraries()
    # Imported only now: its library comes with the extra "publish".
    from runplan.publishing.subscribe_page import subscribe_page  # noqa: PLC0415

    return subscribe_page(settings.calendar.calendar_name or plan.name, url)


def _must_be_own_page(output: str) -> None:
    path = Path(output).with_name(PAGE)
    there = read_if_there(path)
    if there is not None and b'content="runplan"' not in there:
        must = f"{PAGE} must be a page that runplan wrote"
        raise UnusableFile(must, str(path), "give it another name, or publish elsewhere with -o")


def _beside(output: str, page: str) -> str:
    """Write the page beside the calendar and return its path."""
    path = Path(output).with_name(PAGE)
    _write_if_new(path, page.encode())
    return str(path)


def _sent(workspace: Workspace, settings: Settings, output: str, page: str) -> Published:
    """
    Send the calendar and the page to the server, and write the same here.

    As soon as the calendar is there, its address is kept: it counts also without the page.
    """
    from runplan.publishing.publish import Edition, send, send_page  # noqa: PLC0415 (as above)

    to, name = str(settings.publish.to), settings.publish.address
    edition = Edition(workspace.plan(), this_moment(), settings.calendar)
    url = _address(settings.publish, output)
    with _server(to) as server:
        local = read_if_there(output)
        data, changes = send(server, in_folder(to, f"{name}.ics"), edition, local=local)
        _keep_addresses(workspace.file, settings)
        _write_if_new(output, data)
        path = _beside(output, page)
        try:
            send_page(server, in_folder(to, f"{name}.html"), page)
        except UnusableFile as error:
            return Published(changes, url, path, str(error))
    return Published(changes, url, in_folder(settings.publish.public or to, f"{name}.html"))


def _need_libraries() -> None:
    for name in ("httpx", "segno"):
        if find_spec(name) is None:
            must = f"publishing needs {name}"
            raise MissingLibrary(must, "not found", 'pip install "runplan[publish]"')


def _server(to: str) -> "Server":
    from runplan.publishing.webdav import Server  # noqa: PLC0415 (as above)

    return Server(to, lambda: login(str(urlsplit(to).hostname)))


def _keep_addresses(file: Path, settings: Settings) -> None:
    _write_if_new(file, _with_addresses(file, settings))


def _with_addresses(file: Path, settings: Settings) -> bytes:
    return with_publish(read_whole(file).decode(), settings.publish).encode()


def _print_addresses(done: Published, file: str) -> None:
    """Print where others find the calendar, and what they subscribe from."""
    if done.url:
        console().print(f"Subscribe to: {done.url}", soft_wrap=True)
        console().print(f"Page for subscribers: {done.page}", soft_wrap=True)
    else:
        say_where = command_line(file, "publish", "--public", "URL")
        text = f"To add a page for subscribers, give the web address of this folder: {say_where}"
        console().print(text, soft_wrap=True)
    if done.fault:
        tell(f"note: the page is not on the server, only here: {done.fault}")


def _withdraw(to: str, address: str) -> None:
    """Delete the files of an address."""
    try:
        with _server(to) as server:
            for ending in (".ics", ".html"):
                server.delete(in_folder(to, address + ending))
    except UnusableFile as error:
        must = "the old address must be deleted as well: the new one is published"
        do = f"delete {address}.ics and {address}.html there yourself"
        raise UnusableFile(must, error.given, do) from None


def _check(workspace: Workspace, url: str, settings: Settings, output: str) -> None:
    address = _address(settings.publish, output) if url == _USUAL else url
    if not address:
        must = "there must be an address to check"
        raise InvalidValue(must, "none known", "give it after --check")
    _need_libraries()
    from runplan.publishing.check import check  # noqa: PLC0415 (as above)

    found = check(address, workspace.plan(), now=this_moment(), options=settings.calendar)
    print_table(found.table())
    if not found.is_good:
        raise click.exceptions.Exit(1)


def _address(settings: PublishSettings, output: str) -> str:
    """Return the address to subscribe to; "" if it is not known."""
    if settings.to:
        folder, name = settings.public or settings.to, f"{settings.address}.ics"
        return in_folder(folder, name) if settings.address else ""
    return in_folder(settings.public, Path(output).name) if settings.public else ""


def _write_if_new(path: str | Path, data: bytes) -> None:
    if data != read_if_there(path):
        write_whole(path, data)
