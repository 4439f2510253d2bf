"""Each script of the examples is started, each notebook run from a clean kernel."""

import datetime as dt
import http.client
import importlib.util
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Thread
from types import ModuleType
from typing import NamedTuple
from wsgiref.simple_server import WSGIRequestHandler, make_server

import nbformat
import pytest
import recurring_ical_events
from icalendar import Calendar
from nbclient import NotebookClient

from runplan import NO_ADVICE, Rebuild, RunplanError, RunReport, build, save_ics

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"
NOTEBOOKS = sorted(EXAMPLES.glob("*.ipynb"))


def start(script: str, folder: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run a script as a reader would, in a folder of its own."""
    command = [sys.executable, EXAMPLES / script, *arguments]
    return subprocess.run(
        command, cwd=folder, check=False, capture_output=True, text=True, timeout=120
    )


def said(script: str, folder: Path, *arguments: object) -> list[str]:
    """Run a script that works, and return its lines."""
    done = start(script, folder, *arguments)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


def test_every_example_is_in_the_list_of_the_readme():
    section = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Examples")[2]
    listed = re.findall(r"\(examples/([a-z_.]+)\)", section.partition("\n## ")[0])
    there = [path.name for path in EXAMPLES.iterdir() if path.suffix in {".py", ".ipynb"}]
    assert sorted(listed) == sorted(there)


@pytest.mark.parametrize(
    ("page", "script"),
    [("own-rule.md", "own_rule.py"), ("other-calendars.md", "other_calendars.py")],
)
def test_what_the_docs_show_of_an_example_is_what_it_prints(tmp_path, page, script):
    text = (ROOT / "docs" / "examples" / page).read_text(encoding="utf-8")
    (shown,) = re.findall(r"^```text\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    printed = {line.strip() for line in said(script, tmp_path)}
    assert {line.strip() for line in shown.splitlines()} - {"…"} <= printed


def test_the_quickstart_plans_an_hour_and_writes_it_as_a_calendar(tmp_path):
    lines = said("quickstart.py", tmp_path)
    assert any(re.match(r" *8  Sun 24 Jan +60  .*Up 5 minutes to 60 min", line) for line in lines)
    assert NO_ADVICE in " ".join(lines)
    assert lines[-1] == "quickstart.ics: 25 added, 0 moved, 0 changed, 0 removed, 0 unchanged"
    assert (tmp_path / "quickstart.ics").read_bytes().count(b"BEGIN:VEVENT") == 25


def test_the_database_pauses_and_goes_on_with_the_clearance(tmp_path):
    status = {line[:10]: line[12:25].strip() for line in said("in_a_database.py", tmp_path)}
    assert status["2026-12-20"] == "paused"
    assert status["2026-12-23"] == "stepping back"


def test_the_coachs_rule_gives_every_length_twice_and_lets_pain_come_first(tmp_path):
    lines = [line.strip() for line in said("own_rule.py", tmp_path)]
    assert "40 45 50 55 60" in lines
    assert "40 40 45 45 50 50 55 55 60" in lines
    assert any("twice" in line and "house" in line for line in lines)
    assert any("mild-pain" in line and "Held at 45 min" in line for line in lines)


def overlaps(ours: Path, theirs: Path) -> list[str]:
    """Return what is booked twice, as another program reads the two files."""
    span = dt.date(2026, 11, 1), dt.date(2027, 4, 1)
    read = [
        recurring_ical_events.of(Calendar.from_ical(path.read_bytes())).between(*span)
        for path in (ours, theirs)
    ]

    def aware(value):
        if not isinstance(value, dt.datetime):
            value = dt.datetime.combine(value, dt.time())
        return value if value.tzinfo else value.replace(tzinfo=read[0][0].start.tzinfo)

    return [
        f"{session['SUMMARY']} and {event['SUMMARY']}"
        for session in read[0]
        for event in read[1]
        if event.get("STATUS") != "CANCELLED" and event.get("TRANSP") != "TRANSPARENT"
        if aware(session.start) < aware(event.end) and aware(event.start) < aware(session.end)
    ]


def test_two_calendars_are_fitted_without_booking_anything_twice(tmp_path):
    theirs = EXAMPLES / "family.ics"
    as_asked = tmp_path / "as-asked.ics"
    rebuild = Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="Europe/Berlin")
    save_ics(build(rebuild), as_asked)
    assert len(overlaps(as_asked, theirs)) == 10
    lines = said("other_calendars.py", tmp_path)
    assert overlaps(tmp_path / "other_calendars.ics", theirs) == []
    shown = "\n".join(lines)
    assert shown.count("Choir") == 6, "five weeks of it, and once beside the plan"
    for name in ("Priya", "Grandma", "lake", "Dentist"):
        assert name in shown
    for name in ("Breakfast", "Max", "School play", "Thursday"):
        assert name not in shown


def test_a_calendar_that_is_never_free_is_told_instead_of_searched_for_ever(tmp_path):
    never_free = tmp_path / "never-free.ics"
    never_free.write_bytes(
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nBEGIN:VEVENT\r\nUID:1\r\n"
        b"DTSTAMP:20261101T000000Z\r\nDTSTART;VALUE=DATE:20261101\r\nRRULE:FREQ=DAILY\r\n"
        b"SUMMARY:Night shift\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    lines = said("other_calendars.py", tmp_path, never_free)
    after = lines[lines.index("And these still clash:") + 1]
    assert after.endswith("Night shift")


@pytest.mark.parametrize("content", [None, b"", b"BEGIN:VCALENDAR\r\n", b"no calendar", b"\xff"])
def test_what_is_no_calendar_is_refused_in_one_line(tmp_path, content):
    path = tmp_path / "theirs.ics"
    if content is not None:
        path.write_bytes(content)
    done = start("other_calendars.py", tmp_path, path)
    assert done.returncode == 1
    assert re.fullmatch(r".*theirs\.ics cannot be read as a calendar: .*\n", done.stderr)


class Reply(NamedTuple):
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def said(self):
        return json.loads(self.body)


def ask(port: int, method: str, path: str, body: bytes | None = None, **headers: str) -> Reply:
    """Ask a server on this machine."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, named)
        response = connection.getresponse()
        return Reply(response.status, response.headers, response.read())
    finally:
        connection.close()


class Quiet(WSGIRequestHandler):
    def log_message(self, *_words: object) -> None:
        """Keep the log of requests out of the tests' output."""


class Site:
    """The app of the example behind a real socket, with a clock that a test can set."""

    def __init__(self, example: ModuleType, database: Path) -> None:
        self.now = dt.datetime(2026, 12, 7, 12, tzinfo=dt.UTC)
        wsgi = example.app(example.REBUILD, database, lambda: self.now)
        self.server = make_server(
            "127.0.0.1", 0, wsgi, server_class=example.Server, handler_class=Quiet
        )
        # It looks that often whether it shall end.
        self.thread = Thread(target=self.server.serve_forever, args=(0.01,))
        self.thread.start()

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Reply:
        return ask(self.server.server_port, method, path, body, **headers)

    def feed(self, **headers: str) -> Reply:
        return self.ask("GET", "/plan.ics", **headers)

    def tell(self, *reports: object) -> Reply:
        body = json.dumps(reports[0] if len(reports) == 1 else reports).encode()
        return self.ask("POST", "/reports", body, Content_Type="application/json")

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


RUN = {"type": "run", "day": "2026-12-06", "minutes": 40, "pain_next_morning": 0}
SORE = {**RUN, "pain": 4, "pain_from": 30}


@pytest.fixture(scope="module")
def in_an_app() -> ModuleType:
    spec = importlib.util.spec_from_file_location("in_an_app", EXAMPLES / "in_an_app.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "runplan.sqlite3"


@pytest.fixture
def site(in_an_app: ModuleType, database: Path) -> Iterator[Site]:
    site = Site(in_an_app, database)
    yield site
    site.close()


def workouts(calendar: bytes) -> dict[str, Calendar]:
    return {str(event["UID"]): event for event in Calendar.from_ical(calendar).walk("VEVENT")}


def test_the_app_serves_the_calendar_with_a_tag(site):
    feed = site.feed()
    assert feed.status == 200
    assert feed.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert re.fullmatch('"[0-9a-f]{64}"', feed.headers["ETag"])
    assert len(workouts(feed.body)) == 26


@pytest.mark.parametrize(
    ("held", "status"),
    [
        ("{tag}", 304),
        ("W/{tag}", 304),
        ("*", 304),
        (" * ", 304),
        ('"something, else", W/"older", {tag}', 304),
        ('"older",{tag}', 304),
        ('"older"', 200),
        ('"older", "oldest"', 200),
        ("", 200),
        ("not a tag", 200),
        ("{untagged}", 200),
    ],
)
def test_who_has_the_calendar_already_is_not_sent_it_again(site, held, status):
    tag = site.feed().headers["ETag"]
    again = site.feed(If_None_Match=held.format(tag=tag, untagged=tag.strip('"')))
    assert again.status == status
    assert again.headers["ETag"] == tag
    assert bool(again.body) == (status == 200)


def test_head_tells_what_get_would(site):
    feed, head = site.feed(), site.ask("HEAD", "/plan.ics")
    assert (head.status, head.body) == (200, b"")
    for name in ("ETag", "Content-Type", "Content-Length", "Cache-Control"):
        assert head.headers[name] == feed.headers[name]


def test_a_report_changes_the_calendar_and_every_workout_keeps_its_identity(site):
    before = site.feed()
    told = site.tell(SORE)
    assert told.status == 201
    assert told.said["status"] == "stepping back"
    assert told.said["next"] == {"start": "2026-12-13T09:00:00+01:00", "minutes": 20}
    assert told.said["why"].startswith("Back to 20 min: pain of 4 of 10 began at minute 30")
    after = site.feed(If_None_Match=before.headers["ETag"])
    assert after.status == 200
    earlier, later = workouts(before.body), workouts(after.body)
    assert earlier.keys() < later.keys()
    same = [uid for uid in earlier if earlier[uid].to_ical() == later[uid].to_ical()]
    assert {later[uid]["SEQUENCE"] for uid in same} == {0}
    assert {later[uid]["SEQUENCE"] for uid in earlier.keys() - same} == {1}
    assert same
    assert len(same) < len(earlier)


def test_the_calendar_stays_the_same_while_nothing_happens(site):
    tag = site.feed().headers["ETag"]
    site.now += dt.timedelta(hours=3)
    assert site.feed(If_None_Match=tag).status == 304
    site.now += dt.timedelta(days=7)
    assert site.feed(If_None_Match=tag).status == 200, "a run was missed meanwhile"


def test_a_report_that_is_sent_twice_counts_once(site):
    first = site.tell(RUN)
    feed = site.feed()
    assert site.tell(RUN).said == first.said
    assert site.feed(If_None_Match=feed.headers["ETag"]).status == 304


def test_the_error_in_the_docs_is_the_one_that_comes_back(site):
    page = (ROOT / "docs" / "examples" / "in-an-app.md").read_text(encoding="utf-8")
    sent, shown = re.search(r"-d '(.*)'\n(.*)", page).groups()
    told = site.ask("POST", "/reports", sent.encode(), Content_Type="application/json")
    assert (told.status, told.body.decode()) == (400, shown)


def test_several_reports_can_come_at_once(site):
    both = site.tell(RUN, {"type": "strength", "day": "2026-12-02"})
    assert both.status == 201
    shown = [event["SUMMARY"] for event in workouts(site.feed().body).values()]
    assert sum("done" in title.lower() for title in shown) == 2


def test_a_red_flag_pauses_and_says_whom_to_see(site):
    told = site.tell({**RUN, "red_flags": ["chest-pain"]})
    assert told.said["status"] == "paused"
    assert told.said["next"] is None
    assert "See " in told.said["pause"]


def test_a_report_counts_from_the_day_it_is_where_the_runner_is(site):
    site.now = dt.datetime(2026, 12, 5, 23, 30, tzinfo=dt.UTC)
    assert site.tell(RUN).status == 201, "in Berlin it is the sixth already"
    site.now = dt.datetime(2026, 12, 5, 22, 30, tzinfo=dt.UTC)
    late = site.tell(RUN)
    assert late.status == 400
    assert "must not be about a day after it was recorded, 2026-12-05" in late.said["error"]


@pytest.mark.parametrize(
    "values",
    [
        {"day": "2026-12-06", "minutes": 40, "pain": 11},
        {"day": "2026-12-06", "minutes": "40"},
        {"day": "2026-12-06", "minutes": 40, "pain_from": 50, "pain": 3},
        {"day": "2026-02-30", "minutes": 40},
        {"day": "2026-12-06", "minutes": 40, "red_flags": ["fevr"]},
    ],
)
def test_a_report_that_cannot_be_is_refused_in_the_words_of_runplan(site, values):
    with pytest.raises(RunplanError) as refusal:
        RunReport(**values)
    tag = site.feed().headers["ETag"]
    told = site.tell(RUN, {"type": "run", **values})
    assert told.status == 400
    assert told.said == {"error": f"entry 2 of the record: {refusal.value}"}
    assert site.feed(If_None_Match=tag).status == 304, "nothing of it was stored"


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "must be JSON"),
        (b"{", "must be JSON"),
        (b"\xff", "must be JSON"),
        (b"[" * 60_000, "must be JSON"),
        (b"9" * 5_000, "must be JSON"),
        (b"null", "must be a record"),
        (b"[[]]", "must be a record"),
        (b"{}", "must have a type"),
        (b'{"type": "run", "minutes": 40}', "must have day"),
        (b'{"type": "rum"}', 'did you mean "run"?'),
        (b'{"type": "run", "day": "2026-12-06", "minutes": 40, "pian": 3}', 'did you mean "pain"?'),
        (b'{"type": "run", "day": "2026-12-06", "minutes": NaN}', "must be a whole number"),
    ],
)
def test_what_is_no_report_is_refused_with_what_to_do(site, body, why):
    told = site.ask("POST", "/reports", body, Content_Type="application/json")
    assert told.status == 400
    assert why in told.said["error"]


@pytest.mark.parametrize(
    ("method", "path", "status", "allowed"),
    [
        ("GET", "/", 404, None),
        ("GET", "/plan.ics/", 404, None),
        ("POST", "/../plan.ics", 404, None),
        ("POST", "/plan.ics", 405, "GET, HEAD"),
        ("DELETE", "/plan.ics", 405, "GET, HEAD"),
        ("GET", "/reports", 405, "POST"),
        ("PUT", "/reports", 405, "POST"),
    ],
)
def test_other_addresses_and_methods_are_refused(site, method, path, status, allowed):
    reply = site.ask(method, path)
    assert reply.status == status
    assert reply.headers["Allow"] == allowed
    assert reply.said["error"]


@pytest.mark.parametrize("kind", ["", "text/plain", "application/x-www-form-urlencoded"])
def test_a_form_of_another_page_cannot_report(site, kind):
    reply = site.ask("POST", "/reports", json.dumps(RUN).encode(), Content_Type=kind)
    assert reply.status == 415


@pytest.mark.parametrize("length", ["65537", "99999999", "9" * 5000, "-1", "many"])
def test_a_body_that_is_too_long_is_not_read(site, length):
    headers = {"Content_Type": "application/json; charset=utf-8", "Content_Length": length}
    assert site.ask("POST", "/reports", **headers).status == 413


def test_reports_that_come_at_the_same_time_are_all_kept(site, in_an_app, database):
    notes = {f"runner's note {number}" for number in range(40)}

    def tell(note):
        feed = site.feed()
        told = site.tell({**RUN, "note": note})
        return {feed.status, told.status}

    with ThreadPoolExecutor(max_workers=8) as pool:
        assert set().union(*pool.map(tell, notes)) == {200, 201}
    with in_an_app.transaction(database) as db:
        records = db.execute("SELECT record FROM entry").fetchall()
    assert {json.loads(record)["note"] for (record,) in records} == notes


def test_a_server_that_is_started_again_remembers(in_an_app, database):
    first = Site(in_an_app, database)
    first.tell(SORE)
    before = first.feed()
    first.close()
    second = Site(in_an_app, database)
    after = second.feed()
    second.close()
    assert after.body == before.body


def test_the_app_runs_as_a_script_and_is_there_for_this_machine_only(tmp_path):
    command = [sys.executable, EXAMPLES / "in_an_app.py", "--port", "0"]
    with subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            port, path = re.fullmatch(
                r"http://127\.0\.0\.1:(\d+)(/plan\.ics)\n", process.stdout.readline()
            ).groups()
            feed = ask(int(port), "GET", path)
        finally:
            process.terminate()
    assert feed.status == 200
    assert feed.body.startswith(b"BEGIN:VCALENDAR\r\n")


def run(notebook: Path, folder: Path) -> nbformat.NotebookNode:
    """Run a notebook from a clean kernel, in a folder of its own."""
    book = nbformat.read(notebook, as_version=4)
    resources = {"metadata": {"path": str(folder)}}
    return NotebookClient(book, timeout=300, kernel_name="python3", resources=resources).execute()


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_stored_without_outputs(notebook):
    book = nbformat.read(notebook, as_version=4)
    nbformat.validate(book)
    assert book.metadata.kernelspec.name == "python3"
    for cell in book.cells:
        assert "no medical advice" in book.cells[0].source
        if cell.cell_type == "code":
            assert (cell.outputs, cell.execution_count) == ([], None)


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_from_a_clean_kernel(notebook, tmp_path, monkeypatch):
    # Nobody's own kernels, settings or startup files.
    for name in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    monkeypatch.setenv("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    book = run(notebook, tmp_path)
    outputs = [output for cell in book.cells for output in cell.get("outputs", ())]
    kinds = {output.output_type for output in outputs}
    assert kinds == {"display_data", "execute_result", "stream"}, "no error is among them"
    assert {output.name for output in outputs if output.output_type == "stream"} == {"stdout"}
    data = [output.data for output in outputs if "data" in output]
    assert any("image/png" in each for each in data)
    shown = [each["text/html"] for each in data if "text/html" in each]
    assert any("rp-rows" in html for html in shown), "a value shows itself as a table"
    assert any("dataframe" in html for html in shown)
    assert "added" in outputs[-1].text
