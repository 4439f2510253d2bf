"""
A small web app around runplan: it takes reports as JSON and serves the calendar.

    python in_an_app.py
    curl -i http://127.0.0.1:8000/plan.ics
    curl -H 'Content-Type: application/json' http://127.0.0.1:8000/reports \
        -d '{"type": "run", "day": "'$(date +%F)'", "minutes": 40}'

It listens on this machine only. It stores health data: before it can be reached from anywhere
else, it needs a sign-in and https.
"""

import datetime as dt
import hashlib
import json
import re
import sqlite3
from argparse import ArgumentParser
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from http import HTTPStatus
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import NamedTuple
from wsgiref.simple_server import WSGIServer, make_server
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment
from zoneinfo import ZoneInfo

from runplan import NO_ADVICE, Log, Plan, Rebuild, RunplanError, build, dump, load, to_ics

# The request; load_rebuild() reads one from a file.
REBUILD = Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="Europe/Berlin")
METHODS = {"/plan.ics": ("GET", "HEAD"), "/reports": ("POST",)}
LONGEST_BODY = 65_536
TABLES = (
    "CREATE TABLE IF NOT EXISTS entry (record TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS published (only INTEGER PRIMARY KEY, calendar BLOB NOT NULL)",
)


class Answer(NamedTuple):
    """A response."""

    status: HTTPStatus
    body: bytes
    headers: tuple[tuple[str, str], ...]


class Refused(Exception):
    """The request is refused."""

    def __init__(self, status: HTTPStatus, why: str, *headers: tuple[str, str]) -> None:
        super().__init__(why)
        self.answer = as_json(status, {"error": why}, *headers)


def as_json(status: HTTPStatus, value: object, *headers: tuple[str, str]) -> Answer:
    """Return a JSON response."""
    body = json.dumps(value).encode()
    return Answer(status, body, (("Content-Type", "application/json"), *headers))


def as_calendar(calendar: bytes, if_none_match: str) -> Answer:
    """Return the calendar, or 304 if the client already has these bytes."""
    etag = f'"{hashlib.sha256(calendar).hexdigest()}"'
    # A list of tags, some of them weak, or a star for any.
    is_held = if_none_match.strip() == "*" or etag in re.findall(r'"[^"]*"', if_none_match)
    headers = (
        ("Content-Type", "text/calendar; charset=utf-8"),
        ("ETag", etag),
        ("Cache-Control", "private, no-cache"),  # may be kept, but must be checked each time
    )
    return Answer(HTTPStatus.NOT_MODIFIED if is_held else HTTPStatus.OK, calendar, headers)


def as_standing(plan: Plan) -> Answer:
    """Return where the plan stands, and the next long run."""
    run = plan.next_long_run
    standing = {
        "status": plan.status,
        "next": run and {"start": run.start.isoformat(), "minutes": run.minutes},
        "why": run and run.decision.why,
        "facts": run and dict(run.decision.facts),  # for sentences in another language
        "pause": plan.pause and f"{plan.pause.why} {plan.pause.advice}",
        "note": NO_ADVICE,
    }
    return as_json(HTTPStatus.CREATED, standing)


def to_log(records: list[object]) -> Log:
    """Return a log from the records of its entries."""
    return load({"schema": 2, "type": "log", "entries": records}, Log)


def reports(body: bytes, today: dt.date) -> Log:
    """Read one entry or a list of them, as recorded today."""
    try:
        given = json.loads(body)
        records = given if isinstance(given, list) else [given]
        recorded = {"recorded_on": today.isoformat()}
        return to_log([each | recorded if isinstance(each, dict) else each for each in records])
    except RunplanError as error:
        why = str(error)
    except (ValueError, RecursionError):
        why = "the body must be JSON"
    raise Refused(HTTPStatus.BAD_REQUEST, why)


@contextmanager
def transaction(database: Path) -> Iterator[sqlite3.Connection]:
    """Lock the database, so that no one writes between a read and the write that follows it."""
    with closing(sqlite3.connect(database, timeout=30, isolation_level=None)) as db, db:
        db.execute("BEGIN IMMEDIATE")
        for table in TABLES:
            db.execute(table)
        yield db


def publish(db: sqlite3.Connection, plan: Plan, now: dt.datetime) -> bytes:
    """Update the calendar. The one published before says which events keep their bytes."""
    (previous,) = db.execute("SELECT calendar FROM published").fetchone() or (None,)
    calendar = to_ics(plan, previous=previous, revised_at=now)
    if calendar != previous:
        db.execute("INSERT OR REPLACE INTO published VALUES (1, ?)", (calendar,))
    return calendar


def answer(environ: WSGIEnvironment, rebuild: Rebuild, database: Path, now: dt.datetime) -> Answer:
    """Return the response to one request."""
    method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
    if path not in METHODS:
        raise Refused(HTTPStatus.NOT_FOUND, f"there are {' and '.join(METHODS)}")
    if method not in METHODS[path]:
        allowed = ", ".join(METHODS[path])
        raise Refused(HTTPStatus.METHOD_NOT_ALLOWED, f"use {allowed}", ("Allow", allowed))
    today = now.astimezone(ZoneInfo(rebuild.timezone)).date()  # the runner's, not the server's
    new = reports(body_of(environ), today) if method == "POST" else Log()
    with transaction(database) as db:
        # An entry that is sent twice counts once. The plan is not stored: the rows give it again.
        rows = [(json.dumps(dump(entry)),) for entry in new]
        db.executemany("INSERT INTO entry VALUES (?)", rows)
        records = db.execute("SELECT record FROM entry")
        plan = build(rebuild, to_log([json.loads(record) for (record,) in records]), today)
        calendar = publish(db, plan, now)
    held = environ.get("HTTP_IF_NONE_MATCH", "")
    return as_standing(plan) if method == "POST" else as_calendar(calendar, held)


def body_of(environ: WSGIEnvironment) -> bytes:
    """Return the body of a request."""
    # A form on another site cannot send this type, so it cannot report in the runner's name.
    if environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower() != "application/json":
        raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "send application/json")
    length = environ.get("CONTENT_LENGTH") or "0"
    if not re.fullmatch("[0-9]{1,5}", length) or int(length) > LONGEST_BODY:
        raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"send at most {LONGEST_BODY} bytes")
    body: bytes = environ["wsgi.input"].read(int(length))
    return body


def app(rebuild: Rebuild, database: Path, clock: Callable[[], dt.datetime]) -> WSGIApplication:
    """Return a WSGI app. The clock is read only here."""

    def respond(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        try:
            status, body, headers = answer(environ, rebuild, database, clock())
        except Refused as refused:
            status, body, headers = refused.answer
        length = ("Content-Length", str(len(body)))
        start_response(f"{status.value} {status.phrase}", [*headers, length])
        has_body = environ["REQUEST_METHOD"] != "HEAD" and status != HTTPStatus.NOT_MODIFIED
        return [body] if has_body else []

    return respond


class Server(ThreadingMixIn, WSGIServer):
    """A thread for each request, so that a slow client blocks nobody."""

    daemon_threads = True


def main() -> None:
    """Serve on this machine until Ctrl-C."""
    parser = ArgumentParser(description="Serve a plan as a calendar, and take reports.")
    parser.add_argument("--port", type=int, default=8000, help="0 takes any free one")
    wsgi = app(REBUILD, Path("runplan.sqlite3"), partial(dt.datetime.now, dt.UTC))
    given = parser.parse_args()
    with make_server("127.0.0.1", given.port, wsgi, server_class=Server) as server:
        print(f"http://127.0.0.1:{server.server_port}/plan.ics", flush=True)
        with suppress(KeyboardInterrupt):
            server.serve_forever()


if __name__ == "__main__":
    main()
