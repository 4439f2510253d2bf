"""Where the user and the password come from; they are never kept and never shown."""

import sys

import pexpect
import pytest

from runplan import InvalidValue
from runplan.cli.login import login

HOST = "cloud.example.org"
FOUND = 'return SimpleNamespace(username=username or "keyring-user", password="keyring-secret")'


@pytest.fixture(autouse=True)
def keyring(tmp_path, monkeypatch):
    """Let no keyring of this machine take part; return what puts another in its place."""
    monkeypatch.delenv("RUNPLAN_USER", raising=False)
    monkeypatch.delenv("RUNPLAN_PASSWORD", raising=False)
    monkeypatch.setitem(sys.modules, "keyring", None)

    def put_there(body: str) -> None:
        code = "from types import SimpleNamespace\n\ndef get_credential(service, username):\n"
        folder = tmp_path / "library"
        folder.mkdir()
        (folder / "keyring.py").write_text(f"{code}    {body}\n")
        monkeypatch.syspath_prepend(folder)
        monkeypatch.delitem(sys.modules, "keyring")

    return put_there


def test_the_environment_comes_first(keyring, monkeypatch) -> None:
    """A script sets both."""
    keyring(FOUND)
    monkeypatch.setenv("RUNPLAN_USER", "anna")
    monkeypatch.setenv("RUNPLAN_PASSWORD", "secret")
    assert login(HOST) == ("anna", "secret")


@pytest.mark.parametrize("user", [None, "anna"])
def test_the_keyring_comes_next(keyring, monkeypatch, user: str | None) -> None:
    """Asked for the host, and for the user if that is known."""
    keyring(f'assert service == "{HOST}"; {FOUND}')
    if user:
        monkeypatch.setenv("RUNPLAN_USER", user)
    assert login(HOST) == (user or "keyring-user", "keyring-secret")


@pytest.mark.parametrize(
    "body",
    [None, "return None", 'return SimpleNamespace(username="a", password=None)', "return 1 / 0"],
)
def test_without_either_and_without_a_terminal_there_is_an_error(keyring, body) -> None:
    """Also if the keyring is locked, empty or broken."""
    if body:
        keyring(body)
    with pytest.raises(
        InvalidValue, match=f"{HOST} must be given a user and a password.*RUNPLAN_USER"
    ):
        login(HOST)


@pytest.mark.parametrize("user", [None, "anna"])
def test_at_a_terminal_it_asks_and_does_not_show_the_password(monkeypatch, user) -> None:
    """Only for what is not known."""
    monkeypatch.setenv("TERM", "dumb")
    if user:
        monkeypatch.setenv("RUNPLAN_USER", user)
    code = f"""
import sys
sys.modules["keyring"] = None
from runplan.cli.login import login
print("signed in" if login("{HOST}") == ("anna", "hunter2") else "wrong")
"""
    asked = pexpect.spawn(sys.executable, ["-c", code], timeout=60, encoding="utf-8")
    screen = ""
    if not user:
        asked.expect_exact(f"User at {HOST}: ")
        asked.sendline("anna")
    asked.expect_exact("Password: ")
    screen += asked.before
    asked.sendline("hunter2")
    asked.expect_exact("signed in")
    screen += asked.before
    asked.expect(pexpect.EOF)
    asked.close()
    assert "hunter2" not in screen
