"""runplan publish with real servers: what arrives, what subscribers get, and what is refused."""

import time
import urllib.request
from pathlib import Path

import pytest

from runplan import UnusableFile
from runplan.publishing.webdav import Server
from runplan.storage.settings import load_settings


def name() -> str:
    """Return the name of the published files."""
    return load_settings("rebuild.toml").publish.address


def move_runs() -> None:
    """Let the long runs begin an hour later."""
    with Path("rebuild.toml").open("a") as file:
        file.write('\n[long_run]\nday = "sunday"\nat = "10:00"\n')


def the_life_of_a_calendar(published, server) -> None:
    """Publish, again, after a change, and at another address; each time look at the files."""
    status, out, err = published("--to", server.folder)
    assert (status, err) == (0, "")
    assert "26 added" in out
    old = name()
    assert {each.name for each in server.files.rglob("*.*")} == {f"{old}.ics", f"{old}.html"}
    (file,) = server.files.rglob("*.ics")
    assert file.read_bytes() == Path("plan.ics").read_bytes()
    before = file.stat().st_mtime_ns
    assert "26 unchanged" in published()[1]
    assert file.stat().st_mtime_ns == before
    move_runs()
    assert "8 moved" in published()[1]
    assert file.read_bytes() == Path("plan.ics").read_bytes()
    status, out, _ = published("--new-address")
    assert status == 0
    assert old != name()
    assert {each.stem for each in server.files.rglob("*.*")} == {name()}


@pytest.mark.parametrize("kind", ["Basic", "Digest"])
def test_apache_takes_a_calendar_and_its_changes(apache, published, kind: str) -> None:
    """With either way to sign in, and although it compresses what it serves."""
    with apache(kind) as server:
        the_life_of_a_calendar(published, server)


def test_rclone_takes_a_calendar_and_its_changes(rclone, published) -> None:
    """As any WebDAV server."""
    the_life_of_a_calendar(published, rclone)


@pytest.mark.parametrize("kind", ["Basic", "Digest"])
def test_apache_refuses_a_wrong_password(apache, published, monkeypatch, kind: str) -> None:
    """It is one error, and nothing is written."""
    monkeypatch.setenv("RUNPLAN_PASSWORD", "hunter2")
    with apache(kind) as server:
        status, out, err = published("--to", server.folder)
        assert (status, out) == (2, "")
        assert "must accept the user and the password" in err
        assert "hunter2" not in err
        assert list(server.files.rglob("*.*")) == []
    assert not Path("plan.ics").exists()


def test_a_folder_that_is_not_there_is_named(apache, published) -> None:
    """It is not made: the address may be wrong."""
    with apache("Basic") as server:
        status, _, err = published("--to", f"{server.folder}no/such/")
        assert status == 2
        assert "the folder must exist on the server" in err


def test_apache_lets_nobody_write_over_what_they_have_not_read(apache) -> None:
    """Of two who publish at once, the second reads again."""
    with apache("Basic") as server, Server(server.folder, lambda: ("anna", "secret")) as first:
        url = f"{server.folder}a.ics"
        assert first.write(url, b"one" * 999, "text/calendar", over=None)
        assert not first.write(url, b"two", "text/calendar", over=None)
        there = first.read(url)
        while there.etag.startswith("W/"):
            # In the second in which a file was written, Apache promises nothing about it.
            time.sleep(0.1)
            there = first.read(url)
        assert first.write(url, b"three", "text/calendar", over=there)
        assert not first.write(url, b"four", "text/calendar", over=there)
        with pytest.raises(UnusableFile):
            first.write(f"{server.folder}no/a.ics", b"five", "text/calendar", over=None)


def test_subscribers_read_at_a_public_link_as_of_a_nextcloud(apache, published) -> None:
    """Written below /remote.php/dav/files/USER, read below /public.php/dav/files/TOKEN."""
    with apache("Basic") as server:
        public = server.folder.replace("remote.php/dav/files/anna", "public.php/dav/files/token")
        status, out, err = published(
            "--to", f"{server.folder}runs/", "--public", f"{public}{{name}}"
        )
        assert (status, err) == (0, "")
        url = f"{public}{name()}.ics"
        assert f"Subscribe to: {url}" in out
        with urllib.request.urlopen(url) as answer:  # noqa: S310 (on this machine)
            assert answer.headers.get_content_type() == "text/calendar"
            assert answer.read() == Path("plan.ics").read_bytes()
        with urllib.request.urlopen(f"{public}{name()}.html") as answer:  # noqa: S310 (as above)
            assert answer.read() == Path("subscribe.html").read_bytes()
        status, out, _ = published("--check")
        assert status == 0
        assert "Content type ok text/calendar" in out


def test_radicale_takes_the_calendar_but_no_page(radicale, published) -> None:
    """It says so, each time; the events are replaced, and none is there twice."""
    status, out, err = published("--to", radicale.folder)
    assert status == 0
    assert "Page for subscribers: subscribe.html" in out
    assert "note: the page is not on the server, only here" in err
    move_runs()
    status, out, err = published()
    assert status == 0
    assert "8 moved" in out
    events = [each for each in radicale.files.rglob("*.ics") if each.is_file()]
    assert len([each for each in events if ".Radicale.cache" not in each.parts]) == 26
    published("--new-address")
    assert {each.stem for each in radicale.files.rglob("*.ics") if each.is_dir()} == {name()}
