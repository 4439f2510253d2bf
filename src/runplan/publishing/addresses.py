"""The addresses of a published calendar: where it is written, read and subscribed to."""

import secrets
from typing import NamedTuple
from urllib.parse import quote, urlsplit

# 192 bits: nobody finds it by trying.
_ADDRESS_BYTES = 24

CALENDAR, PAGE = "text/calendar; charset=utf-8", "text/html; charset=utf-8"


def new_address() -> str:
    """
    Return a new name for the files of a calendar, which nobody can guess.

    >>> len(new_address()), new_address() == new_address()
    (32, False)
    """
    return secrets.token_urlsafe(_ADDRESS_BYTES)


class Subscription(NamedTuple):
    """
    The addresses that calendar programs subscribe to.

    Attributes:
        url: The address of the calendar file.
    """

    url: str

    @property
    def webcal(self) -> str:
        """The same address for programs that open it as a subscription."""
        return f"webcal://{self.url.partition('://')[2]}"

    @property
    def google(self) -> str:
        """The page of Google Calendar that adds it."""
        return f"https://calendar.google.com/calendar/r?cid={quote(self.webcal, safe='')}"

    @property
    def outlook(self) -> str:
        """The page of Outlook on the web that adds it."""
        return f"https://outlook.live.com/calendar/0/addfromweb?url={quote(self.url, safe='')}"


def in_folder(folder: str, name: str) -> str:
    """
    Return the address of a file in a folder, whose own address may say where the name goes.

    >>> in_folder("https://example.org/anna", "plan.ics")
    'https://example.org/anna/plan.ics'
    >>> in_folder("https://example.org/s/download?files={name}", "my plan.ics")
    'https://example.org/s/download?files=my%20plan.ics'
    """
    if "{name}" in folder:
        return folder.replace("{name}", quote(name))
    return f"{folder.rstrip('/')}/{quote(name)}"


def is_loopback(url: str) -> bool:
    """
    Return whether an address is one of this machine.

    >>> is_loopback("http://127.0.0.1:8000/plan.ics"), is_loopback("https://example.org/")
    (True, False)
    """
    return _host(url) in {"127.0.0.1", "::1", "localhost"}


def is_private(url: str) -> bool:
    """
    Return whether nobody on the way can read what is sent to an address.

    >>> is_private("https://example.org/"), is_private("http://example.org/")
    (True, False)
    """
    return url.lower().startswith("https://") or is_loopback(url)


def _host(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:
        # Brackets of an IPv6 address that are not closed.
        return None
