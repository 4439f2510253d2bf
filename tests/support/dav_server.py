"""A small WebDAV server on this machine, which a test can make misbehave."""

from __future__ import annotations

import hashlib
import socket
import threading
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.request import parse_http_list, parse_keqv_list

USER, PASSWORD = "anna", "secret-Wörd"

BASIC = 'Basic realm="runners, digest and others"'
DIGEST = 'Digest realm="runners", nonce="abc", qop="auth", algorithm=MD5'


def etag_of(data: bytes) -> str:
    """Return a strong ETag."""
    return f'"{hashlib.sha256(data).hexdigest()[:16]}"'


class DavServer(ThreadingHTTPServer):
    """Files in memory. What it was asked is in `seen`, in order."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.files: dict[str, bytes] = {}
        self.kinds: dict[str, str] = {}
        self.seen: list[tuple[str, str, dict[str, str]]] = []
        # How to sign in; nobody need if there is none.
        self.challenges: list[str] = []
        self.etag: Callable[[bytes], str] = etag_of
        # Called first with each request; returns whether it has answered it.
        self.instead: Callable[[_Handler], bool] = lambda _: False

    def asked(self, method: str) -> list[str]:
        """Return the paths for which a method was asked."""
        return [path for each, path, _ in self.seen if each == method]

    def handle_error(self, request: object, client_address: object) -> None:
        """Keep quiet: clients that hang up are part of the tests."""


class _Handler(BaseHTTPRequestHandler):
    server: DavServer
    protocol_version = "HTTP/1.1"

    def handle_any(self) -> None:
        self.data = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.seen.append((self.command, self.path, dict(self.headers)))
        if self.server.instead(self):
            return
        if self.server.challenges and not self._is_signed_in():
            headers = [("WWW-Authenticate", each) for each in self.server.challenges]
            self.answer(401, *headers)
            return
        is_there = self.path in self.server.files
        if self.command == "PUT":
            self._put(is_there=is_there)
        elif not is_there:
            self.answer(404)
        elif self.command == "DELETE":
            del self.server.files[self.path]
            self.answer(204)
        else:
            data = self.server.files[self.path]
            kind = self.server.kinds.get(self.path, "text/calendar")
            tag = self.server.etag(data)
            more = [("ETag", tag)] if tag else []
            self.answer(200, ("Content-Type", kind), *more, data=data)

    do_GET = do_PUT = do_DELETE = handle_any  # noqa: N815 (http.server's names)

    def _put(self, *, is_there: bool) -> None:
        tag = self.server.etag(self.server.files[self.path]) if is_there else ""
        wanted = self.headers.get("If-Match", tag)
        if wanted != tag or (is_there and self.headers.get("If-None-Match") == "*"):
            self.answer(412)
            return
        self.server.files[self.path] = self.data
        self.server.kinds[self.path] = self.headers["Content-Type"]
        self.answer(204 if is_there else 201)

    def answer(self, status: int, *headers: tuple[str, str], data: bytes = b"") -> None:
        """Send an answer."""
        self.send_response(status)
        for header in headers:
            self.send_header(*header)
        if status != 204:
            self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def hang_up(self) -> None:
        """Break the connection."""
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def _is_signed_in(self) -> bool:
        kind, _, given = self.headers.get("Authorization", "").partition(" ")
        if kind == "Basic":
            return given == b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        if kind != "Digest":
            return False
        field = parse_keqv_list(parse_http_list(given))
        ours = _md5(USER, "runners", PASSWORD), _md5(self.command, self.path)
        middle = (field["nonce"], field["nc"], field["cnonce"], field["qop"])
        return field["response"] == _md5(ours[0], *middle, ours[1])

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


def _md5(*parts: str) -> str:
    return hashlib.md5(":".join(parts).encode(), usedforsecurity=False).hexdigest()


@contextmanager
def dav_server() -> Iterator[DavServer]:
    """Serve on a free port for as long as a test."""
    with DavServer() as server:
        # Looking often, it also stops soon.
        thread = threading.Thread(target=server.serve_forever, args=[0.01])
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
