"""A runner's plan, and a server to publish it on."""

import pytest
from support.dav_server import PASSWORD, USER, dav_server

from runplan import Rebuild, Slot, build
from runplan.publishing.webdav import Server


@pytest.fixture
def dav():
    """Run a WebDAV server with no files."""
    with dav_server() as server:
        yield server


@pytest.fixture
def other_dav():
    """Run another one."""
    with dav_server() as server:
        yield server


@pytest.fixture
def server(dav):
    """Return what publishes on the server, as a user that it knows."""
    with Server(dav.url, lambda: (USER, PASSWORD)) as server:
        yield server


@pytest.fixture(scope="session")
def plan_at():
    """Return what plans a rebuild whose long runs begin at some time."""

    def plan_it(at: str = "09:00", name: str = "Anna's rebuild"):
        return build(
            Rebuild(
                name=name,
                baseline_min=40,
                target_min=60,
                start="2026-11-30",
                timezone="Europe/Berlin",
                long_run=Slot("sunday", at),
                id="anna",
            )
        )

    return plan_it
