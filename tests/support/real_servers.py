"""Real servers on this machine, for as long as a test."""

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


@contextmanager
def running(command: list[str], port: int, log: Path) -> Iterator[None]:
    """Run a server in the foreground, and end it."""
    with (
        log.open("wb") as out,
        # It gets no signal of the terminal.
        subprocess.Popen(command, stdout=out, stderr=out, start_new_session=True) as server,
    ):
        try:
            _await(server, port, log)
            yield
        finally:
            server.terminate()
            try:
                server.wait(timeout=20)
            except subprocess.TimeoutExpired:
                server.kill()


def _await(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """Return once the server answers, or fail with what it wrote."""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail(f"{server.args} did not answer:\n{log.read_text(errors='replace')}")
