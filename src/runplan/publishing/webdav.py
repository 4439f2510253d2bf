"""Files on a WebDAV server: read, written and deleted so that nobody's change is lost."""

from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, NamedTuple, Self

import httpx

from runplan.errors import InvalidValue, UnusableFile
from runplan.publishing.addresses import is_loopback, is_private

# Long enough for a slow phone connection. [s]
_TIMEOUT_S = 30

# Far more than a plan of ten years takes. [bytes]
_LARGEST = 20_000_000

_REDIRECTS = range(300, 400)

# The ways to sign in, the safest first.
_SIGN_IN = {"digest": httpx.DigestAuth, "basic": httpx.BasicAuth}

# What went wrong, by status: what must hold, and what to do.
_FAULTS = {
    401: ("the server must accept the user and the password", "check them"),
    403: ("the user must be allowed to write there", "check the folder and its permissions"),
    404: ("the folder must exist on the server", "create it, or correct the address"),
    405: ("the server must take files by WebDAV", "check that the address is a WebDAV folder"),
    409: ("the folder must exist on the server", "create it, or correct the address"),
    413: ("the server must take files of this size", "raise its limit"),
    423: ("the file must not be locked", "try again in a few minutes"),
    507: ("the server must have room for the file", "delete something there"),
}


class Served(NamedTuple):
    """
    A file on a server.

    Attributes:
        data: Its bytes.
        etag: The server's name for this version of it; "" if it gives none.
    """

    data: bytes
    etag: str


class Answer(NamedTuple):
    """
    The answer of a server.

    Attributes:
        status: The HTTP status.
        reason: The status in words.
        headers: The headers.
        data: The bytes.
    """

    status: int
    reason: str
    headers: httpx.Headers
    data: bytes


class Server:
    """
    A WebDAV server, to be used in a ``with`` block.

    The user and the password go to this server only, and never over an unencrypted one, except to
    this machine.

    Args:
        url: An address on it.
        login: Returns the user and the password; called if the server asks for them.

    Raises:
        InvalidValue: If the connection would not be encrypted.
    """

    def __init__(self, url: str, login: Callable[[], tuple[str, str]]) -> None:
        if not is_private(url):
            must = "the address must begin with https://, or others can read the password"
            raise InvalidValue(must, url, "use the server's https address")
        self._login = login
        self._client = new_client(url)
        self._auth: httpx.Auth | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()

    def read(self, url: str) -> Served | None:
        """
        Return a file; None if there is none.

        Raises:
            UnusableFile: If the server does not answer, or refuses.
        """
        answer = self._send("GET", url)
        if answer.status == httpx.codes.NOT_FOUND:
            return None
        _must_be_done(answer, url)
        return Served(answer.data, answer.headers.get("ETag", ""))

    def write(self, url: str, data: bytes, kind: str, *, over: Served | None) -> bool:
        """
        Write a file in place of the version that was read, or where there was none.

        Args:
            url: Its address.
            data: Its bytes.
            kind: Its content type.
            over: The version that was read; None if there was none.

        Returns:
            Whether it was written; if not, there is another version by now.

        Raises:
            UnusableFile: If the server does not answer, or refuses.
        """
        answer = self._send("PUT", url, data, {"Content-Type": kind, **_only_over(over)})
        if answer.status == httpx.codes.PRECONDITION_FAILED:
            return False
        _must_be_done(answer, url)
        return True

    def delete(self, url: str) -> None:
        """
        Delete a file, if it is there.

        Raises:
            UnusableFile: If the server does not answer, or refuses.
        """
        answer = self._send("DELETE", url)
        if answer.status != httpx.codes.NOT_FOUND:
            _must_be_done(answer, url)

    def _send(
        self, method: str, url: str, data: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Answer:
        options = {"content": data, "headers": headers, "auth": self._auth}
        answer = request(self._client, method, url, **options)
        if answer.status == httpx.codes.UNAUTHORIZED and not self._auth:
            asked = [each.lower() for each in answer.headers.get_list("WWW-Authenticate")]
            for name, kind in _SIGN_IN.items():
                if any(each.startswith(name) for each in asked):
                    self._auth = kind(*self._login())
                    return self._send(method, url, data, headers)
        return answer


def new_client(url: str) -> httpx.Client:
    """Return what sends requests to an address."""
    # Compressed answers have ETags of their own, which Apache does not take back.
    headers = {"Accept-Encoding": "identity"}
    # A password that stays on this machine must not go to a proxy in the environment.
    stays_here = is_loopback(url) and not url.lower().startswith("https://")
    return httpx.Client(timeout=_TIMEOUT_S, headers=headers, trust_env=not stays_here)


def request(client: httpx.Client, method: str, url: str, **options: Any) -> Answer:  # noqa: ANN401 (what httpx takes)
    """
    Send one request and return the answer; redirects are not followed.

    Args:
        client: Sends it.
        method: The HTTP method.
        url: The address.
        **options: What else httpx takes.

    Raises:
        UnusableFile: If the server does not answer, or the answer is too large.
    """
    try:
        with client.stream(method, url, **options) as response:
            body = b""
            for part in response.iter_bytes():
                body += part
                if len(body) > _LARGEST:
                    must = f"a calendar must be at most {_LARGEST:,} bytes"
                    raise UnusableFile(must, f"more: {url}", "check the address")
            return Answer(response.status_code, response.reason_phrase, response.headers, body)
    except httpx.TimeoutException:
        reason = f"no answer within {_TIMEOUT_S} seconds"
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        reason = str(error) or type(error).__name__
    except (KeyError, NotImplementedError) as error:
        # From httpx.DigestAuth.
        reason = f"it signs in with {error}, which is not known here"
    must = "the server must answer"
    raise UnusableFile(must, f"{reason}: {url}", "check the address and the connection")


def _only_over(version: Served | None) -> dict[str, str]:
    """Return the header that lets a server refuse if it has another version by now."""
    if version is None:
        return {"If-None-Match": "*"}
    # A weak ETag never matches (RFC 9110, section 13.1.1). Apache gives one in the second in which
    # a file was written; within that second the last writer wins.
    is_strong = version.etag and not version.etag.startswith("W/")
    return {"If-Match": version.etag} if is_strong else {}


def _must_be_done(answer: Answer, url: str) -> None:
    if answer.status < _REDIRECTS.start:
        return
    if answer.status in _REDIRECTS:
        must = "the address must be the folder's own, not one that redirects to it"
        to = answer.headers.get("Location", "nowhere")
        raise UnusableFile(must, f"it leads to {to}", "use that address, if it is yours")
    must, do = _FAULTS.get(answer.status, ("the server must take the file", "ask who runs it"))
    raise UnusableFile(must, f"{answer.status} {answer.reason}: {url}", do)
