"""Every script of the examples is started, and every notebook runs once from a clean kernel."""

import datetime as dt
import importlib.util
import json
import re
import subprocess
import sys
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from types import ModuleType, SimpleNamespace
from wsgiref.util import setup_testing_defaults

import nbformat
import pytest
import recurring_ical_events
from icalendar import Calendar
from nbclient import NotebookClient

from runplan import NO_ADVICE, Log, Rebuild, RunplanError, RunReport, build, save_ics

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"
DOCS = ROOT / "docs" / "examples"
NOTEBOOKS = sorted(EXAMPLES.glob("*.ipynb"))


def start(script: str, folder: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run a script as a reader would, in a folder of its own."""
    command = [sys.executable, EXAMPLES / script, *arguments]
    return subprocess.run(
        command, cwd=folder, check=False, capture_output=True, text=True, timeout=120
    )


def lines_of(script: str, folder: Path, *arguments: object) -> list[str]:
    """Run a script that must succeed, and return the lines it prints."""
    done = start(script, folder, *arguments)
    assert (done.returncode, done.stderr) == (0, "")
    return [line.strip() for line in done.stdout.splitlines()]


def test_the_readme_lists_every_example():
    section = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Examples")[2]
    listed = re.findall(r"\(examples/([a-z_.]+)\)", section.partition("\n## ")[0])
    assert sorted(listed) == sorted(
        path.name for path in EXAMPLES.iterdir() if path.suffix in {".py", ".ipynb"}
    )


@pytest.mark.parametrize("script", ["own_rule.py", "other_calendars.py"])
def test_the_output_shown_in_the_docs_is_what_the_script_prints(tmp_path, script):
    page = DOCS / script.replace("_", "-").replace(".py", ".md")
    text = page.read_text(encoding="utf-8")
    (shown,) = re.findall(r"^```text\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    expected = {line.strip() for line in shown.splitlines()} - {"…"}
    assert expected <= set(lines_of(script, tmp_path))


def test_the_quickstart_plans_an_hour_and_writes_a_calendar(tmp_path):
    lines = lines_of("quickstart.py", tmp_path)
    assert any(re.match(r"8  Sun 24 Jan +60  .*Up 5 minutes to 60 min", line) for line in lines)
    assert NO_ADVICE in " ".join(lines)
    assert lines[-1] == "quickstart.ics: 25 added, 0 moved, 0 changed, 0 removed, 0 unchanged"
    assert (tmp_path / "quickstart.ics").read_bytes().count(b"BEGIN:VEVENT") == 25


def test_the_database_recovers_from_a_late_report_and_a_typing_error(tmp_path):
    lines = lines_of("in_a_database.py", tmp_path)
    steps = dict(zip(lines[::2], lines[1::2], strict=True))
    reasons = {step[:10]: why for step, why in steps.items()}
    assert reasons["2026-12-22"] == "Up 5 minutes to 50 min: Monday's run was clean."
    assert reasons["2026-12-23"] == "Up 5 minutes to 55 min: Monday's run was clean."
    assert reasons["2026-12-28"] == "Paused: pain of 7 of 10 in Sunday's run."
    assert reasons["2026-12-29"] == "Held at 55 min: pain of 1 of 10 in Sunday's run."
    assert "on course, until 2027-01-24" in lines[-2], "the target is 70 min now"


def test_the_coachs_rule_repeats_every_length_unless_pain_comes_first(tmp_path):
    lines = lines_of("own_rule.py", tmp_path)
    assert {"40 45 50 55 60", "40 40 45 45 50 50 55 55 60"} <= set(lines)
    assert any("twice" in line and "house" in line for line in lines)
    assert any("mild-pain" in line and "Held at 45 min" in line for line in lines)


def test_a_line_is_answered_and_kept(tmp_path):
    (line,) = lines_of("in_one_line.py", tmp_path, "other", "20", "ok")
    assert "run of 20 min, no pain. Next: 40 min on Sun 06 Dec." in line
    assert NO_ADVICE in line
    assert "run of 30 min" in " ".join(lines_of("in_one_line.py", tmp_path, "other 30 1@25"))
    entries = json.loads((tmp_path / "in_one_line.json").read_text())["entries"]
    assert [each["minutes"] for each in entries] == [20, 30]


@pytest.mark.parametrize(
    ("text", "confirmed", "kept", "part"),
    [
        ("40 1@35", False, 1, "Held at 40 min: "),
        ("40 7", False, 1, "Paused: pain of 7 of 10 in Sunday's run. See a doctor"),
        ("400 ok", False, 0, "400 min is far over the 40 min planned. If that is right,"),
        ("90 ok", True, 1, "long run of 90 min"),
        ("40 2@35 tird", False, 0, "Not logged: a report must consist of known words (was"),
        ("20 ok", False, 0, 'write "long 20 ok" or "other 20 ok"'),
    ],
)
def test_a_bot_asks_about_what_looks_wrong(text, confirmed, kept, part):
    spec = importlib.util.spec_from_file_location("in_one_line", EXAMPLES / "in_one_line.py")
    bot = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(bot)
    log, reply = bot.answer(text, Log(), dt.date(2026, 12, 6), confirmed=confirmed)
    assert len(log) == kept
    assert part in reply


def overlaps(ours: Path, theirs: Path) -> list[str]:
    """Return what two calendar files book twice, as another program reads them."""
    span = dt.date(2026, 11, 1), dt.date(2027, 4, 1)
    sessions, events = (
        recurring_ical_events.of(Calendar.from_ical(path.read_bytes())).between(*span)
        for path in (ours, theirs)
    )

    def aware(value):
        if not isinstance(value, dt.datetime):
            value = dt.datetime.combine(value, dt.time())
        return value if value.tzinfo else value.replace(tzinfo=sessions[0].start.tzinfo)

    return [
        f"{session['SUMMARY']} and {event['SUMMARY']}"
        for session in sessions
        for event in events
        if event.get("STATUS") != "CANCELLED" and event.get("TRANSP") != "TRANSPARENT"
        if aware(session.start) < aware(event.end) and aware(event.start) < aware(session.end)
    ]


def test_a_plan_fits_beside_another_calendar_without_booking_anything_twice(tmp_path):
    theirs = EXAMPLES / "family.ics"
    rebuild = Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="Europe/Berlin")
    save_ics(build(rebuild), tmp_path / "as-asked.ics")
    assert len(overlaps(tmp_path / "as-asked.ics", theirs)) == 10
    shown = "\n".join(lines_of("other_calendars.py", tmp_path))
    assert overlaps(tmp_path / "other_calendars.ics", theirs) == []
    assert shown.count("Choir") == 6, "it clashes in five weeks, and is shown once beside the plan"
    for name in ("Priya", "Grandma", "lake", "Dentist"):
        assert name in shown
    for name in ("Breakfast", "Max", "School play", "Thursday"):
        assert name not in shown


def test_a_calendar_that_is_never_free_still_ends_with_a_plan(tmp_path):
    never_free = tmp_path / "never-free.ics"
    never_free.write_bytes(
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nBEGIN:VEVENT\r\nUID:1\r\n"
        b"DTSTAMP:20261101T000000Z\r\nDTSTART;VALUE=DATE:20261101\r\nRRULE:FREQ=DAILY\r\n"
        b"SUMMARY:Night shift\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    lines = lines_of("other_calendars.py", tmp_path, never_free)
    assert lines[lines.index("These clash after that:") + 1].endswith("Night shift")


@pytest.mark.parametrize("content", [None, b"", b"BEGIN:VCALENDAR\r\n", b"no calendar", b"\xff"])
def test_a_file_that_is_no_calendar_is_refused_in_one_line(tmp_path, content):
    path = tmp_path / "theirs.ics"
    if content is not None:
        path.write_bytes(content)
    done = start("other_calendars.py", tmp_path, path)
    assert done.returncode == 1
    assert re.fullmatch(r".*theirs\.ics cannot be read as a calendar: .*\n", done.stderr)


@pytest.fixture(scope="module")
def in_an_app() -> ModuleType:
    spec = importlib.util.spec_from_file_location("in_an_app", EXAMPLES / "in_an_app.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Site:
    """The web app of the example, with a clock that a test can set."""

    def __init__(self, example: ModuleType, database: Path) -> None:
        self.now = dt.datetime(2026, 12, 7, 12, tzinfo=dt.UTC)
        self.app = example.app(example.REBUILD, database, lambda: self.now)

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> SimpleNamespace:
        environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "wsgi.input": BytesIO(body)}
        setup_testing_defaults(environ)
        environ |= {"CONTENT_LENGTH": str(len(body))} | headers
        reply = SimpleNamespace()

        def start_response(status: str, sent: list[tuple[str, str]]) -> None:
            reply.status, reply.headers = int(status[:3]), dict(sent)

        reply.body = b"".join(self.app(environ, start_response))
        return reply

    def feed(self, **headers: str) -> SimpleNamespace:
        return self.ask("GET", "/plan.ics", **headers)

    def post(self, body: bytes, kind: str = "application/json", **headers: str) -> SimpleNamespace:
        reply = self.ask("POST", "/reports", body, CONTENT_TYPE=kind, **headers)
        reply.json = json.loads(reply.body)
        return reply

    def report(self, *records: object) -> SimpleNamespace:
        return self.post(json.dumps(records[0] if len(records) == 1 else records).encode())

    def workouts(self) -> dict[str, Calendar]:
        events = Calendar.from_ical(self.feed().body).walk("VEVENT")
        return {str(event["UID"]): event for event in events}


RUN = {"type": "run", "day": "2026-12-06", "minutes": 40, "pain_next_morning": 0}
SORE = {**RUN, "pain": 4, "pain_from": 30}


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "runplan.sqlite3"


@pytest.fixture
def site(in_an_app: ModuleType, database: Path) -> Site:
    return Site(in_an_app, database)


def test_the_app_serves_the_calendar_with_a_tag(site):
    feed = site.feed()
    assert feed.status == 200
    assert feed.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert re.fullmatch('"[0-9a-f]{64}"', feed.headers["ETag"])
    assert len(site.workouts()) == 26
    head = site.ask("HEAD", "/plan.ics")
    assert (head.status, head.body, head.headers) == (200, b"", feed.headers)


@pytest.mark.parametrize(
    ("held", "status"),
    [
        ("{tag}", 304),
        ("W/{tag}", 304),
        (" * ", 304),
        ('"something, else", W"/older", {tag}', 304),
        ('"older", "oldest"', 200),
        ("", 200),
        ("{untagged}", 200),
    ],
)
def test_a_client_that_has_the_calendar_is_not_sent_it_again(site, held, status):
    tag = site.feed().headers["ETag"]
    again = site.feed(HTTP_IF_NONE_MATCH=held.format(tag=tag, untagged=tag.strip('"')))
    assert (again.status, again.headers["ETag"]) == (status, tag)
    assert bool(again.body) == (status == 200)


def test_a_report_changes_the_calendar_and_every_workout_keeps_its_identity(site):
    earlier = site.workouts()
    reply = site.report(SORE)
    assert reply.status == 201
    assert reply.json["status"] == "stepping back"
    assert reply.json["next"] == {"start": "2026-12-13T09:00:00+01:00", "minutes": 20}
    assert reply.json["why"].startswith("Back to 20 min: pain of 4 of 10 began at minute 30")
    assert reply.json["facts"]["pain_from"] == 30
    later = site.workouts()
    assert earlier.keys() < later.keys()
    same = [uid for uid in earlier if earlier[uid].to_ical() == later[uid].to_ical()]
    assert 0 < len(same) < len(earlier)
    assert {later[uid]["SEQUENCE"] for uid in same} == {0}
    assert {later[uid]["SEQUENCE"] for uid in earlier.keys() - same} == {1}


def test_the_calendar_stays_the_same_while_nothing_happens(site):
    tag = site.feed().headers["ETag"]
    site.now += dt.timedelta(hours=3)
    assert site.feed(HTTP_IF_NONE_MATCH=tag).status == 304
    site.now += dt.timedelta(days=7)
    assert site.feed(HTTP_IF_NONE_MATCH=tag).status == 200, "a run was missed in the meantime"


def test_a_report_that_is_sent_twice_counts_once(site):
    first = site.report(RUN)
    tag = site.feed().headers["ETag"]
    assert site.report(RUN).json == first.json
    assert site.feed(HTTP_IF_NONE_MATCH=tag).status == 304


def test_a_red_flag_pauses_and_says_who_to_see(site):
    reply = site.report({**RUN, "red_flags": ["chest-pain"]})
    assert (reply.json["status"], reply.json["next"]) == ("paused", None)
    assert "See an emergency doctor" in reply.json["pause"]


def test_a_change_of_the_request_is_an_entry_too(site):
    reply = site.report(RUN, {"type": "change", "day": "2026-12-07", "target_min": 70})
    assert reply.status == 201
    assert len(site.workouts()) == 34


def test_the_day_of_a_report_is_that_of_the_runner(site):
    site.now = dt.datetime(2026, 12, 5, 23, 30, tzinfo=dt.UTC)
    assert site.report(RUN).status == 201, "it is the sixth in Berlin"
    site.now = dt.datetime(2026, 12, 5, 22, 30, tzinfo=dt.UTC)
    early = site.report(RUN)
    assert early.status == 400
    assert "must not be about a day after it was recorded, 2026-12-05" in early.json["error"]


def test_the_error_in_the_docs_is_the_one_that_comes_back(site):
    page = (DOCS / "in-an-app.md").read_text(encoding="utf-8")
    sent, shown = re.search(r"-d '(.*)'\n(.*)", page).groups()
    reply = site.post(sent.encode())
    assert (reply.status, reply.body.decode()) == (400, shown)


@pytest.mark.parametrize(
    "values",
    [
        {"day": "2026-12-06", "minutes": "40"},
        {"day": "2026-12-06", "minutes": 40, "pain_from": 50, "pain": 3},
        {"day": "2026-02-30", "minutes": 40},
        {"day": "2026-12-06", "minutes": 40, "red_flags": ["fevr"]},
    ],
)
def test_an_impossible_report_is_refused_in_the_words_of_runplan(site, values):
    with pytest.raises(RunplanError) as refusal:
        RunReport(**values)
    tag = site.feed().headers["ETag"]
    reply = site.report(RUN, {"type": "run", **values})
    assert reply.status == 400
    assert reply.json["error"].startswith("entry 2 of the record")
    assert reply.json["error"].endswith(str(refusal.value))
    assert site.feed(HTTP_IF_NONE_MATCH=tag).status == 304, "nothing of it was stored"


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "must be JSON"),
        (b"\xff", "must be JSON"),
        (b"[" * 60_000, "must be JSON"),
        (b"9" * 5_000, "must be JSON"),
        (b"[[]]", "must be a dict"),
        (b"{}", "must have a type"),
        (b'{"type": "run", "minutes": 40}', "must hold day"),
        (b'{"type": "rum"}', 'did you mean "run"?'),
        (b'{"type": "run", "day": "2026-12-06", "minutes": NaN}', "must be a whole number"),
    ],
)
def test_a_body_that_is_no_report_is_refused_with_what_to_do(site, body, why):
    reply = site.post(body)
    assert reply.status == 400
    assert why in reply.json["error"]


@pytest.mark.parametrize(
    ("method", "path", "status", "allowed"),
    [
        ("GET", "/", 404, None),
        ("POST", "/../plan.ics", 404, None),
        ("POST", "/plan.ics", 405, "GET, HEAD"),
        ("GET", "/reports", 405, "POST"),
    ],
)
def test_other_addresses_and_methods_are_refused(site, method, path, status, allowed):
    reply = site.ask(method, path)
    assert (reply.status, reply.headers.get("Allow")) == (status, allowed)


@pytest.mark.parametrize("kind", ["", "text/plain", "application/x-www-form-urlencoded"])
def test_a_form_of_another_site_cannot_report(site, kind):
    assert site.post(json.dumps(RUN).encode(), kind).status == 415


@pytest.mark.parametrize("length", ["65537", "9" * 5000, "-1", "many"])
def test_a_body_that_is_too_long_is_not_read(site, length):
    kind = "application/json; charset=utf-8"
    assert site.post(b"", kind, CONTENT_LENGTH=length).status == 413


def test_reports_that_arrive_at_the_same_time_are_all_kept(site, in_an_app, database):
    notes = {f"note {number}" for number in range(40)}
    with ThreadPoolExecutor(max_workers=8) as pool:
        replies = pool.map(lambda note: site.report({**RUN, "note": note}), notes)
        assert {reply.status for reply in replies} == {201}
    with in_an_app.transaction(database) as db:
        records = db.execute("SELECT record FROM entry").fetchall()
    assert {json.loads(record)["note"] for (record,) in records} == notes


def test_a_restarted_server_serves_the_same_calendar(site, in_an_app, database):
    site.report(SORE)
    assert Site(in_an_app, database).feed().body == site.feed().body


def test_the_app_runs_as_a_script_on_this_machine_only(tmp_path):
    command = [sys.executable, EXAMPLES / "in_an_app.py", "--port", "0"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True) as process:
        try:
            address = process.stdout.readline().strip()
            assert re.fullmatch(r"http://127\.0\.0\.1:\d+/plan\.ics", address)
            with urllib.request.urlopen(address, timeout=60) as feed:  # noqa: S310 (ours, above)
                assert feed.read().startswith(b"BEGIN:VCALENDAR\r\n")
        finally:
            process.terminate()


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_stored_without_outputs(path):
    book = nbformat.read(path, as_version=4)
    nbformat.validate(book)
    assert book.metadata.kernelspec.name == "python3"
    assert "no medical advice" in book.cells[0].source
    code = [cell for cell in book.cells if cell.cell_type == "code"]
    assert all((cell.outputs, cell.execution_count) == ([], None) for cell in code)


@pytest.fixture(scope="module", params=NOTEBOOKS, ids=lambda path: path.stem)
def outputs(request, tmp_path_factory) -> list[nbformat.NotebookNode]:
    """Run a notebook from a clean kernel, without anyone's own settings, and return its output."""
    folder = tmp_path_factory.mktemp("notebook")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR"):
            patch.setenv(name, str(folder / name.lower()))
        patch.setenv("MPLBACKEND", "module://matplotlib_inline.backend_inline")
        book = nbformat.read(request.param, as_version=4)
        resources = {"metadata": {"path": str(folder)}}
        NotebookClient(book, timeout=300, kernel_name="python3", resources=resources).execute()
    return [output for cell in book.cells for output in cell.get("outputs", ())]


def test_a_notebook_runs_without_errors_or_warnings(outputs):
    kinds = {(output.output_type, output.get("name")) for output in outputs}
    assert kinds == {("display_data", None), ("execute_result", None), ("stream", "stdout")}


def test_a_notebook_shows_pictures_tables_and_data_frames(outputs):
    data = [output.data for output in outputs if "data" in output]
    html = [each["text/html"] for each in data if "text/html" in each]
    assert any("image/png" in each for each in data)
    assert any("rp-rows" in each for each in html)
    assert any("dataframe" in each for each in html)


def test_a_notebook_ends_with_a_calendar(outputs):
    assert "added" in outputs[-1].text
