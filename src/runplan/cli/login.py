"""The user and the password for a server: from the environment, the keyring, or asked for."""

import os
import sys
from importlib import import_module

import click

from runplan.errors import InvalidValue


def login(host: str) -> tuple[str, str]:
    """
    Return the user and the password for a server. They are never kept and never shown.

    They come from RUNPLAN_USER and RUNPLAN_PASSWORD, else from the keyring if that is installed
    and knows the host, else from a question at a terminal.

    Args:
        host: The name of the server.

    Raises:
        InvalidValue: If there is nobody to ask.
    """
    user, password = os.environ.get("RUNPLAN_USER"), os.environ.get("RUNPLAN_PASSWORD")
    if user and password:
        return user, password
    known = _from_keyring(host, user)
    if known:
        return known
    if not sys.stdin.isatty():
        must = f"{host} must be given a user and a password"
        do = "set RUNPLAN_USER and RUNPLAN_PASSWORD, or keep them in the keyring"
        raise InvalidValue(must, "none given", do)
    user = user or str(click.prompt(f"User at {host}"))
    return user, str(click.prompt("Password", hide_input=True))


def _from_keyring(host: str, user: str | None) -> tuple[str, str] | None:
    try:
        keyring = import_module("keyring")
        found = keyring.get_credential(host, user)
    except Exception:  # noqa: BLE001 (whatever a keyring's backend raises, there is another way)
        return None
    return (found.username, found.password) if found and found.password else None
