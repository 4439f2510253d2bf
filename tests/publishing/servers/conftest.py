"""Real servers on this machine, each with an account, for as long as a test."""

from __future__ import annotations

import io
import os
import shutil
import sys
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import md5, sha1
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
from support.real_servers import free_port, running

from runplan.cli import run

USER, PASSWORD = "anna", "secret"

REQUEST = """\
baseline_min = 40
target_min = 60
start = 2026-11-30
timezone = "Europe/Berlin"
"""

MODULES = Path("/usr/lib/apache2/modules")


class Running(NamedTuple):
    """A server: where its folder is on the web, and where its files lie."""

    folder: str
    files: Path


@pytest.fixture
def published(tmp_path, monkeypatch, capsys):
    """Return what runs `runplan publish` in a folder with a request, and returns what it says."""
    folder = tmp_path / "runner"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    monkeypatch.setenv("RUNPLAN_USER", USER)
    monkeypatch.setenv("RUNPLAN_PASSWORD", PASSWORD)
    (folder / "rebuild.toml").write_text(REQUEST)

    def publish(*options: str) -> tuple[int, str, str]:
        status = run(["publish", *options])
        out, err = capsys.readouterr()
        return status, " ".join(out.split()), err

    return publish


@pytest.fixture
def miss() -> Callable[[str], None]:
    """Skip for want of a server, or fail where the clients are required."""

    def miss_it(what: str) -> None:
        reason = f"{what} is missing: run .ci/clients"
        if os.environ.get("RUNPLAN_CLIENTS") == "required":
            pytest.fail(reason)
        pytest.skip(reason)

    return miss_it


# Folders with the paths of a Nextcloud: the user's own, and a public link to it.
APACHE = """\
ServerRoot {root}
ServerName 127.0.0.1
Listen 127.0.0.1:{port}
PidFile {root}/pid
ErrorLog {root}/error.log
DocumentRoot {root}/empty
{modules}
{user}
DavLockDB {root}/dav/locks
TypesConfig /etc/mime.types
AddOutputFilterByType DEFLATE text/calendar text/html
Alias /remote.php/dav/files/anna {root}/files
Alias /public.php/dav/files/token {root}/files/runs
<Directory {root}/files>
    Require all granted
</Directory>
<Location /remote.php/dav/files/anna>
    DAV On
    AuthType {kind}
    AuthName runners
    AuthUserFile {root}/users
    AuthBasicProvider file
    AuthDigestProvider file
    Require valid-user
</Location>
"""
LOADED = (
    "mpm_event authn_core authn_file authz_core authz_user auth_basic auth_digest alias mime "
    "deflate filter dav dav_fs"
)


@pytest.fixture
def apache(miss):
    """Return what runs Apache's httpd with mod_dav, and the paths of a Nextcloud."""
    program = shutil.which("apache2", path=f"{os.environ['PATH']}:/usr/sbin")
    if not program:
        miss("apache2")

    @contextmanager
    def serve(kind: str) -> Iterator[Running]:
        # Not in tmp_path, whose parents only its owner may enter.
        with TemporaryDirectory() as folder, serve_in(Path(folder), kind) as server:
            yield server

    @contextmanager
    def serve_in(folder: Path, kind: str) -> Iterator[Running]:
        root, port = folder / "apache", free_port()
        for name in ("files/runs", "dav", "empty"):
            (root / name).mkdir(parents=True)
        digest = md5(f"{USER}:runners:{PASSWORD}".encode(), usedforsecurity=False).hexdigest()
        users = {"Basic": f"{USER}:{_hashed()}", "Digest": f"{USER}:runners:{digest}"}
        (root / "users").write_text(f"{users[kind]}\n")
        modules = "\n".join(
            f"LoadModule {name}_module {MODULES}/mod_{name}.so"
            for name in LOADED.split()
            if (MODULES / f"mod_{name}.so").exists()
        )
        user = ""
        if os.geteuid() == 0:
            # Apache gives up root, and then needs its folders.
            user = "User www-data\nGroup www-data"
            for each in (root, *root.rglob("*")):
                shutil.chown(each, "www-data", "www-data")
            folder.chmod(0o711)
        config = root / "httpd.conf"
        config.write_text(
            APACHE.format(root=root, port=port, modules=modules, user=user, kind=kind)
        )
        with running([program, "-f", str(config), "-DFOREGROUND"], port, root / "log"):
            yield Running(f"http://127.0.0.1:{port}/remote.php/dav/files/anna/", root / "files")

    return serve


def _hashed() -> str:
    """Return the password as htpasswd -s writes it."""
    return f"{{SHA}}{b64encode(sha1(PASSWORD.encode(), usedforsecurity=False).digest()).decode()}"


@pytest.fixture
def rclone(tmp_path, miss):
    """Run rclone, which serves a folder by WebDAV."""
    if not shutil.which("rclone"):
        miss("rclone")
    port, files = free_port(), tmp_path / "rclone"
    files.mkdir()
    command = ["rclone", "serve", "webdav", str(files), "--addr", f"127.0.0.1:{port}"]
    command += ["--config", "", "--user", USER, "--pass", PASSWORD]
    with running(command, port, tmp_path / "rclone.log"):
        yield Running(f"http://127.0.0.1:{port}/", files)


@pytest.fixture
def radicale(tmp_path, miss):
    """Run Radicale, which takes calendars only."""
    if find_spec("radicale") is None:
        miss("radicale")
    port, files = free_port(), tmp_path / "radicale"
    (tmp_path / "users").write_text(f"{USER}:{PASSWORD}\n")
    command = [sys.executable, "-m", "radicale", "--config", ""]
    command += ["--server-hosts", f"127.0.0.1:{port}"]
    command += ["--auth-type", "htpasswd", "--auth-htpasswd-encryption", "plain"]
    command += ["--auth-htpasswd-filename", str(tmp_path / "users")]
    command += ["--storage-filesystem-folder", str(files)]
    with running(command, port, tmp_path / "radicale.log"):
        yield Running(f"http://127.0.0.1:{port}/{USER}/", files)
