"""
A small web app around runplan: reports come in as JSON, the calendar goes out as .ics.

    python in_an_app.py
    curl -i http://127.0.0.1:8000/plan.ics
    curl -H 'Content-Type: application/json' http://127.0.0.1:8000/reports \
        -d '{"type": "run", "day": "'$(date +%F)'", "minutes": 40}'

It listens on this machine only. What it stores is about somebody's health: before it is reachable
from anywhere else it needs a sign-in, and https.
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

from attrs import evolve

from runplan import NO_ADVICE, Log, Plan, Rebuild, RunplanError, build, dump, load, to_ics

# What is asked for; load_rebuild() reads it from a file.
REBUILD = Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="Europe/Berlin")
METHODS = {"/plan.ics": ("GET", "HEAD"), "/reports": ("POST",)}
LONGEST_BODY = 65_536
TABLES = (
    "CREATE TABLE IF NOT EXISTS entry (record TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS published (only INTEGER PRIMARY KEY, calendar BLOB NOT NULL)",
)


class Answer(NamedTuple):
    """What goes back."""

    status: HTTPStatus
    body: bytes
    headers: tuple[tuple[str, str], ...]


class Refused(Exception):
    """What was asked for cannot be done, and why."""

    def __init__(self, status: HTTPStatus, why: str, *headers: tuple[str, str]) -> None:
        super().__init__(why)
        self.answer = as_json(status, {"error": why}, *headers)


def as_json(status: HTTPStatus, value: object, *headers: tuple[str, str]) -> Answer:
    """Answer with JSON."""
    body = json.dumps(value).encode()
    return Answer(status, body, (("Content-Type", "application/json"), *headers))


def as_calendar(calendar: bytes, if_none_match: str) -> Answer:
    """Answer with the calendar, or with 304 if the caller has these very bytes already."""
    etag = f'"{hashlib.sha256(calendar).hexdigest()}"'
    # A list of tags, weak ones among them, or a star for whatever there is.
    is_held = if_none_match.strip() == "*" or etag in re.findall(r'"[^"]*"', if_none_match)
    headers = (
        ("Content-Type", "text/calendar; charset=utf-8"),
        ("ETag", etag),
        ("Cache-Control", "private, no-cache"),  # keep it, but ask each time
    )
    return Answer(HTTPStatus.NOT_MODIFIED if is_held else HTTPStatus.OK, calendar, headers)


def as_standing(plan: Plan) -> Answer:
    """Answer with where the plan stands, and with the long run that is next."""
    runs = (week.long_run for week in plan.weeks)
    run = next((run for run in runs if run and plan.mark(run) == "planned"), None)
    standing = {
        "status": plan.status,
        "next": run and {"start": run.start.isoformat(), "minutes": run.minutes},
        "why": run and run.decision.why,
        "pause": plan.pause and f"{plan.pause.why} {plan.pause.advice}",
        "note": NO_ADVICE,
    }
    return as_json(HTTPStatus.CREATED, standing)


def to_log(records: list[object]) -> Log:
    """Make a log of what dump() made of its entries."""
    return load(Log, {"schema": 1, "type": "log", "entries": records})


def reports(body: bytes, today: dt.date) -> Log:
    """Read one report, or a list of them, as told today."""
    try:
        told = json.loads(body)
        log = to_log(told if isinstance(told, list) else [told])
        return Log(evolve(entry, recorded_on=today) for entry in log)
    except RunplanError as error:
        why = str(error)
    except (ValueError, RecursionError):
        why = "the body must be JSON"
    raise Refused(HTTPStatus.BAD_REQUEST, why)


@contextmanager
def transaction(database: Path) -> Iterator[sqlite3.Connection]:
    """Give the database to one caller at a time: who reads in order to write loses nothing."""
    with closing(sqlite3.connect(database, timeout=30, isolation_level=None)) as db, db:
        db.execute("BEGIN IMMEDIATE")
        for table in TABLES:
            db.execute(table)
        yield db


def publish(db: sqlite3.Connection, plan: Plan, now: dt.datetime) -> bytes:
    """Write the calendar over the one before, which is the memory of what was published."""
    (previous,) = db.execute("SELECT calendar FROM published").fetchone() or (None,)
    calendar = to_ics(plan, previous=previous, revised_at=now)
    if calendar != previous:
        db.execute("INSERT OR REPLACE INTO published VALUES (1, ?)", (calendar,))
    return calendar


def answer(environ: WSGIEnvironment, rebuild: Rebuild, database: Path, now: dt.datetime) -> Answer:
    """Answer one request."""
    method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
    if path not in METHODS:
        raise Refused(HTTPStatus.NOT_FOUND, f"there is {' and '.join(METHODS)}")
    if method not in METHODS[path]:
        allowed = ", ".join(METHODS[path])
        raise Refused(HTTPStatus.METHOD_NOT_ALLOWED, f"use {allowed}", ("Allow", allowed))
    today = now.astimezone(ZoneInfo(rebuild.timezone)).date()  # the runner's, not the server's
    told = reports(body_of(environ), today) if method == "POST" else Log()
    with transaction(database) as db:
        # What is told twice counts once, and the plan is not stored: the same rows give it again.
        rows = [(json.dumps(dump(entry)),) for entry in told]
        db.executemany("INSERT INTO entry VALUES (?)", rows)
        records = db.execute("SELECT record FROM entry")
        plan = build(rebuild, to_log([json.loads(record) for (record,) in records]), today)
        calendar = publish(db, plan, now)
    held = environ.get("HTTP_IF_NONE_MATCH", "")
    return as_standing(plan) if method == "POST" else as_calendar(calendar, held)


def body_of(environ: WSGIEnvironment) -> bytes:
    """Read the body of a request."""
    # A form on a stranger's page cannot send this type, so it cannot report for the runner.
    if environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower() != "application/json":
        raise Refused(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "send application/json")
    length = environ.get("CONTENT_LENGTH") or "0"
    if not re.fullmatch("[0-9]{1,5}", length) or int(length) > LONGEST_BODY:
        raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"send at most {LONGEST_BODY} bytes")
    body: bytes = environ["wsgi.input"].read(int(length))
    return body


def app(rebuild: Rebuild, database: Path, clock: Callable[[], dt.datetime]) -> WSGIApplication:
    """Return the app as any WSGI server takes it. Only here is the clock asked."""

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
    """A thread for each request, so that one who is slow keeps nobody waiting."""

    daemon_threads = True


def main() -> None:
    """Serve on this machine until Ctrl-C."""
    parser = ArgumentParser(description="Serve a plan as a calendar, and take reports.")
    parser.add_argument("--port", type=int, default=8000, help="0 takes any that is free")
    wsgi = app(REBUILD, Path("runplan.sqlite3"), partial(dt.datetime.now, dt.UTC))
    given = parser.parse_args()
    with make_server("127.0.0.1", given.port, wsgi, server_class=Server) as server:
        print(f"http://127.0.0.1:{server.server_port}/plan.ics", flush=True)
        with suppress(KeyboardInterrupt):
            server.serve_forever()


if __name__ == "__main__":
    main()
