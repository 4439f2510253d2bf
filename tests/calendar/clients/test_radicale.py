"""A CalDAV server, Radicale, takes the whole calendar and hands every event back."""

from __future__ import annotations

import base64
import http.client
import sys
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pytest
from support.real_servers import free_port, running

OWNER = "runner"
"""With no authentication, Radicale lets whoever says this name write below /runner/."""


@pytest.fixture(scope="module")
def port(
    tmp_path_factory: pytest.TempPathFactory, need_module: Callable[[str], ModuleType]
) -> Iterator[int]:
    """Run Radicale on a free port of this machine only, for as long as these tests."""
    need_module("radicale")
    folder = tmp_path_factory.mktemp("radicale")
    port = free_port()
    command = [sys.executable, "-m", "radicale", "--config", "", "--auth-type", "none"]
    command += ["--server-hosts", f"127.0.0.1:{port}"]
    command += ["--storage-filesystem-folder", str(folder / "collections")]
    with running(command, port, folder / "log"):
        yield port


def _put(port: int, collection: str, data: bytes) -> int:
    """Put a whole calendar in one request and return the status."""
    token = base64.b64encode(f"{OWNER}:any".encode()).decode()
    headers = {
        "Authorization": f"Basic {token}",
        "Content-Type": "text/calendar; charset=utf-8",
    }
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("PUT", f"/{OWNER}/{collection}/", body=data, headers=headers)
        response = connection.getresponse()
        response.read()
        return response.status
    finally:
        connection.close()


@pytest.fixture
def read(
    port: int, need_module: Callable[[str], ModuleType], monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], tuple[str, list[dict[str, Any]]]]:
    """Ask for the name and every event of a collection, as a CalDAV client does."""
    caldav = need_module("caldav")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")

    def run(collection: str) -> tuple[str, list[dict[str, Any]]]:
        url = f"http://127.0.0.1:{port}/{OWNER}/"
        with caldav.DAVClient(url=url, username=OWNER, password="any", timeout=60) as client:
            calendar = client.calendar(url=f"{url}{collection}/")
            name = calendar.get_display_name()
            components = [event.icalendar_component for event in calendar.events()]
        return name, [
            {
                "uid": str(component["UID"]),
                "summary": str(component["SUMMARY"]),
                "description": str(component["DESCRIPTION"]),
                "start": component["DTSTART"].dt,
                "end": component["DTEND"].dt,
            }
            for component in components
        ]

    return run


def test_a_server_hands_back_every_session(case, port, read, plans_name) -> None:
    """One PUT of the whole calendar; every UID, title, text and time comes back, and the name."""
    collection = f"{case}".replace("/", "-").replace(":", "")
    assert _put(port, collection, case.first.data) in {200, 201, 204}
    name, rows = read(collection)
    case.first.check(rows)
    assert name == plans_name


def test_a_server_replaces_the_calendar_by_its_revision(berlin, port, read) -> None:
    """What moved has moved, what is no longer planned is gone, nothing is there twice."""
    assert _put(port, "revised", berlin.first.data) in {200, 201, 204}
    assert _put(port, "revised", berlin.revised.data) in {200, 201, 204}
    _, rows = read("revised")
    berlin.revised.check(rows)
