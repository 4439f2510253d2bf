"""Files on a server: signed in for, written without loss, and refused with a reason."""

import traceback

import pytest
from support.dav_server import BASIC, DIGEST, PASSWORD, USER

from runplan import InvalidValue, UnusableFile
from runplan.publishing import webdav
from runplan.publishing.webdav import Server

KIND = "text/plain"


def refusing(status: int, *headers: tuple[str, str], method: str = "PUT"):
    """Return a behaviour: the server answers a method with a status."""

    def answer(request) -> bool:
        if request.command != method:
            return False
        request.answer(status, *headers)
        return True

    return answer


# --- files -----------------------------------------------------------------------------------


def test_what_is_written_is_read_until_it_is_deleted(dav, server) -> None:
    """Deleting what is gone already is fine."""
    url = f"{dav.url}/a.txt"
    assert server.read(url) is None
    assert server.write(url, b"one", KIND, over=None)
    there = server.read(url)
    assert there.data == b"one"
    assert server.write(url, b"two", KIND, over=there)
    assert dav.files == {"/a.txt": b"two"}
    assert dav.kinds == {"/a.txt": KIND}
    server.delete(url)
    server.delete(url)
    assert dav.files == {}


def test_a_version_that_was_not_read_is_not_written_over(dav, server) -> None:
    """Neither a new file nor a changed one."""
    url = f"{dav.url}/a.txt"
    dav.files["/a.txt"] = b"one"
    assert not server.write(url, b"two", KIND, over=None)
    there = server.read(url)
    dav.files["/a.txt"] = b"from elsewhere"
    assert not server.write(url, b"two", KIND, over=there)
    assert dav.files == {"/a.txt": b"from elsewhere"}


@pytest.mark.parametrize("tag", ["", 'W/"weak"'])
def test_a_server_without_strong_etags_takes_the_last_version(dav, server, tag: str) -> None:
    """A weak ETag never matches, so the condition would never hold."""
    dav.etag = lambda _: tag
    dav.files["/a.txt"] = b"one"
    url = f"{dav.url}/a.txt"
    assert server.write(url, b"two", KIND, over=server.read(url))
    assert "If-Match" not in dav.seen[-1][2]
    assert dav.files == {"/a.txt": b"two"}


def test_files_are_not_compressed_on_the_way(dav, server) -> None:
    """Apache gives compressed answers another ETag, and refuses it when it comes back."""
    server.read(f"{dav.url}/a.txt")
    assert dav.seen[0][2]["Accept-Encoding"] == "identity"


# --- signing in ------------------------------------------------------------------------------


def logins(*pairs: tuple[str, str]):
    """Return a login that is asked no more often than there are answers."""
    left = list(pairs)
    return lambda: left.pop(0)


@pytest.mark.parametrize("challenges", [[BASIC], [DIGEST], ["Negotiate", BASIC, DIGEST]])
def test_the_password_is_asked_for_once_and_only_if_the_server_wants_one(dav, challenges) -> None:
    """With several ways to sign in, the safest counts."""
    with Server(dav.url, logins((USER, PASSWORD))) as server:
        assert server.read(f"{dav.url}/a") is None
        dav.challenges = challenges
        assert server.write(f"{dav.url}/a", b"one", KIND, over=None)
        assert server.read(f"{dav.url}/a").data == b"one"
    sent = [headers["Authorization"] for *_, headers in dav.seen if "Authorization" in headers]
    assert {each.partition(" ")[0] for each in sent} == {challenges[-1].partition(" ")[0]}


@pytest.mark.parametrize("challenge", [BASIC, DIGEST])
def test_a_wrong_password_is_one_clear_error(dav, challenge: str) -> None:
    """It is not tried again, and nothing shows it."""
    dav.challenges = [challenge]
    with (
        Server(dav.url, logins((USER, "hunter2"))) as server,
        pytest.raises(UnusableFile, match=r"must accept the user and the password.*401") as raised,
    ):
        server.read(f"{dav.url}/a")
    assert len(dav.seen) == (2 if challenge == BASIC else 3)
    assert "hunter2" not in "".join(traceback.format_exception(raised.value))


def test_a_way_to_sign_in_that_is_unknown_here_is_an_error(dav) -> None:
    """The password stays here."""
    dav.challenges = ["Negotiate"]
    with Server(dav.url, logins()) as server, pytest.raises(UnusableFile, match="401"):
        server.read(f"{dav.url}/a")


@pytest.mark.parametrize(
    "change", [("MD5", "MD4"), ("qop=", "qop=auth-int, old="), ('nonce="abc", ', "")]
)
def test_a_digest_that_is_unknown_here_is_an_error(dav, change: tuple[str, str]) -> None:
    """Whatever is wrong with it."""
    dav.challenges = [DIGEST.replace(*change)]
    with (
        Server(dav.url, lambda: (USER, PASSWORD)) as server,
        pytest.raises(UnusableFile, match="the server must answer"),
    ):
        server.read(f"{dav.url}/a")


def test_the_password_is_never_sent_in_the_open() -> None:
    """Except to this machine."""
    with pytest.raises(InvalidValue, match="must begin with https://"):
        Server("http://example.org/dav", logins())


def test_the_password_does_not_follow_a_redirect(dav, other_dav) -> None:
    """The other server is not even asked."""
    dav.instead = refusing(307, ("Location", f"{other_dav.url}/a"))
    with (
        Server(dav.url, logins((USER, PASSWORD))) as server,
        pytest.raises(UnusableFile, match=f"the folder's own.*leads to {other_dav.url}/a"),
    ):
        server.write(f"{dav.url}/a", b"", KIND, over=None)
    assert other_dav.seen == []


def test_what_stays_on_this_machine_goes_through_no_proxy(dav, other_dav, monkeypatch) -> None:
    """Which could read the password."""
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, other_dav.url)
    monkeypatch.delenv("NO_PROXY", raising=False)
    with Server(dav.url, logins()) as server:
        assert server.read(f"{dav.url}/a") is None
    assert other_dav.seen == []


# --- refusals --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (303, "not one that redirects to it"),
        (401, "accept the user"),
        (403, "allowed to write there"),
        (404, "folder must exist"),
        (405, "by WebDAV"),
        (409, "folder must exist"),
        (413, "of this size"),
        (423, "not be locked"),
        (500, "must take the file"),
        (507, "have room"),
    ],
)
def test_every_refusal_says_what_to_do(dav, server, status: int, words: str) -> None:
    """With the status where there is one."""
    dav.instead = refusing(status)
    with pytest.raises(UnusableFile, match=words) as raised:
        server.write(f"{dav.url}/{'a' * 200}", b"", KIND, over=None)
    assert str(status) in str(raised.value) or status == 303


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_reading_and_deleting_are_refused_as_well(dav, server, method: str) -> None:
    """Nothing is taken for done that is not."""
    dav.instead = refusing(403, method=method)
    do = {"GET": server.read, "DELETE": server.delete}[method]
    with pytest.raises(UnusableFile, match="allowed"):
        do(f"{dav.url}/a")


def test_a_server_that_hangs_up_is_an_error(dav, server) -> None:
    """The reason is in the message."""

    def hang_up(request) -> bool:
        request.hang_up()
        return True

    dav.instead = hang_up
    with pytest.raises(UnusableFile, match=r"must answer.*disconnected"):
        server.read(f"{dav.url}/a")


def test_half_an_answer_is_an_error(dav, server) -> None:
    """A calendar that was cut off is none."""

    def half(request) -> bool:
        request.answer(200, ("Content-Length", "100"), data=b"BEGIN:")
        request.hang_up()
        return True

    dav.instead = half
    with pytest.raises(UnusableFile, match="must answer"):
        server.read(f"{dav.url}/a")


def test_a_server_that_says_nothing_is_given_up(dav, monkeypatch) -> None:
    """After a while."""
    dav.instead = lambda _: True
    monkeypatch.setattr(webdav, "_TIMEOUT_S", 0.2)
    with (
        Server(dav.url, logins()) as server,
        pytest.raises(UnusableFile, match=r"no answer within 0\.2 seconds"),
    ):
        server.read(f"{dav.url}/a")


def test_an_endless_answer_is_given_up(dav, server, monkeypatch) -> None:
    """It is no calendar."""
    monkeypatch.setattr(webdav, "_LARGEST", 1000)
    dav.files["/a"] = b"x" * 1001
    with pytest.raises(UnusableFile, match="at most 1,000 bytes"):
        server.read(f"{dav.url}/a")


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/", "https://[", "https://a:b/", "http:///"])
def test_a_server_that_is_not_there_is_an_error(dav, server, url: str) -> None:
    """So is an address that is none."""
    with pytest.raises(UnusableFile, match="must answer"):
        server.read(url)
