"""Publishing from the command line: what is written here, what is sent, and what is kept."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from support.dav_server import BASIC, PASSWORD, USER, dav_server

from runplan.cli import run
from runplan.storage.settings import load_settings


@pytest.fixture
def dav(monkeypatch):
    """Run a WebDAV server, whose user and password are in the environment."""
    monkeypatch.setenv("RUNPLAN_USER", USER)
    monkeypatch.setenv("RUNPLAN_PASSWORD", PASSWORD)
    with dav_server() as server:
        server.challenges = [BASIC]
        server.folder = f"{server.url}/dav/"
        yield server


@pytest.fixture
def kept(plan):
    """Return what returns the settings kept in the request."""
    return lambda: load_settings(plan).publish


def on(request, method: str, ending: str) -> bool:
    """Say whether a request is of this kind."""
    return request.command == method and request.path.endswith(ending)


# --- without a server ------------------------------------------------------------------------


def test_without_an_address_only_the_calendar_is_written(plan, answer, in_folder) -> None:
    """It says how to get a page to subscribe from."""
    out = answer("publish")
    assert out.startswith("plan.ics: 26 added")
    assert out.endswith("on the web: runplan publish --public URL")
    assert set(in_folder()) == {"rebuild.toml", "log.jsonl", "plan.ics"}
    assert answer("publish").startswith("plan.ics: 0 added, 0 moved, 0 changed, 0 removed, 26")


def test_a_folder_on_the_web_gets_a_page_beside_the_calendar(plan, answer, kept) -> None:
    """Its address is kept, so the next time it need not be given."""
    out = answer("publish", "--public", "https://example.org/anna", "-o", "my plan.ics")
    assert "Subscribe to: https://example.org/anna/my%20plan.ics" in out
    assert "Page for subscribers: https://example.org/anna/subscribe.html" in out
    assert "webcal://example.org/anna/my%20plan.ics" in Path("subscribe.html").read_text()
    assert kept().public == "https://example.org/anna"
    before = Path("subscribe.html").stat().st_ino
    assert "Subscribe to: https://example.org/anna/my%20plan.ics" in answer(
        "publish", "-o", "my plan.ics"
    )
    assert Path("subscribe.html").stat().st_ino == before


def test_a_page_of_ones_own_is_not_written_over(plan, refused, folder) -> None:
    """It has the same name by chance."""
    (folder / "subscribe.html").write_text("<h1>My races</h1>", encoding="utf-8")
    line = refused("publish", "--public", "https://example.org/anna")
    assert "subscribe.html must be a page that runplan wrote" in line


def test_the_page_bears_the_name_of_the_calendar(plan, answer, edited) -> None:
    """That is what subscribers will see."""
    answer("publish", "--public", "https://example.org/anna")
    assert "<h1>Subscribe to Long run rebuild</h1>" in Path("subscribe.html").read_text()
    with plan.open("a") as file:
        file.write('\n[calendar]\ncalendar_name = "Anna runs"\n')
    answer("publish")
    assert "<h1>Subscribe to Anna runs</h1>" in Path("subscribe.html").read_text()


def test_from_the_first_publishing_on_an_edit_counts_from_its_day(clock, answer, folder) -> None:
    """Others may have seen a plan that was written by hand, so the log remembers it."""
    text = 'baseline_min = 40\ntarget_min = 60\nstart = 2026-11-30\ntimezone = "Europe/Berlin"\n'
    (folder / "rebuild.toml").write_text(text)
    answer("publish")
    assert b'"rebuild"' in (folder / "log.jsonl").read_bytes()


def test_a_calendar_of_another_plan_is_not_written_over(plan, refused, folder) -> None:
    """Nor is anything else written."""
    (folder / "plan.ics").write_text("BEGIN:VCALENDAR\nEND:VCALENDAR\n")
    assert "must be one that runplan wrote" in refused(
        "publish", "--public", "https://example.org/anna"
    )


def test_stdout_is_for_export(plan, refused) -> None:
    """The next calendar could not be compared with it."""
    assert "runplan export --output -" in refused("publish", "-o", "-")


@pytest.mark.parametrize("url", ["", "example.org", "https://anna:secret@example.org/"])
@pytest.mark.parametrize("option", ["--to", "--public"])
def test_an_address_must_be_one_without_a_password(plan, refused, option, url) -> None:
    """The password is not shown."""
    assert "secret" not in refused("publish", option, url)


def test_a_request_that_cannot_be_changed_stops_it(plan, refused, dav) -> None:
    """Before anything is sent."""
    before = plan.read_text()
    plan.write_text(re.sub("(?m)^name = .*", 'name = """\\n[publish]\\n"""', before))
    assert plan.read_text() != before
    assert run(["show"]) == 0
    fault = refused("publish", "--to", dav.folder)
    assert "change [publish] in an editor" in fault
    assert dav.seen == []


# --- on a server -----------------------------------------------------------------------------


def test_the_calendar_and_the_page_go_to_a_folder(plan, answer, dav, kept, folder) -> None:
    """Under a name that nobody can guess; the same are here, and the password nowhere."""
    out = answer("publish", "--to", dav.folder)
    name = kept().address
    assert len(name) == 32
    assert kept().to == dav.folder
    assert set(dav.files) == {f"/dav/{name}.ics", f"/dav/{name}.html"}
    assert dav.files[f"/dav/{name}.ics"] == (folder / "plan.ics").read_bytes()
    assert dav.files[f"/dav/{name}.html"] == (folder / "subscribe.html").read_bytes()
    assert f"Subscribe to: {dav.folder}{name}.ics" in out
    assert f"Page for subscribers: {dav.folder}{name}.html" in out
    here = b"".join(each.read_bytes() for each in folder.iterdir())
    assert PASSWORD.encode() not in here + out.encode()


def test_publishing_again_needs_no_options_and_sends_only_changes(
    plan, answer, noted, dav, *, edited, kept
) -> None:
    """The address stays."""
    answer("publish", "--to", dav.folder)
    name = kept().address
    answer("publish")
    assert len(dav.asked("PUT")) == 2
    edited(plan, 'at = "09:00"', 'at = "10:00"')
    out, _ = noted("publish")
    assert "8 moved" in out
    assert dav.asked("PUT")[2:] == [f"/dav/{name}.ics"]
    assert kept().address == name


def test_others_may_find_the_folder_elsewhere(plan, answer, dav, kept) -> None:
    """As with a public link of a Nextcloud."""
    public = "https://example.org/s/x/download?path=/&files={name}&v=1"
    out = answer("publish", "--to", dav.folder, "--public", public)
    name = kept().address
    assert f"Subscribe to: {public.replace('{name}', f'{name}.ics')}" in out
    assert f"Page for subscribers: {public.replace('{name}', f'{name}.html')}" in out


def test_a_folder_named_by_hand_gets_an_address_as_well(plan, answer, dav, kept) -> None:
    """It is added to the request, as one from before there were addresses."""
    text = plan.read_text().partition("[publish]")[0]
    plan.write_text(f'{text}[publish]\nto = "{dav.folder}"\n')
    answer("publish")
    assert f"/dav/{kept().address}.ics" in dav.files


def test_a_refusal_leaves_everything_as_it_was(plan, refused, dav) -> None:
    """Here and there."""
    dav.instead = lambda each: on(each, "PUT", ".ics") and each.answer(507) is None
    assert "must have room" in refused("publish", "--to", dav.folder)
    assert dav.files == {}


def test_a_wrong_password_is_one_line(plan, refused, dav, monkeypatch) -> None:
    """Which does not hold it."""
    monkeypatch.setenv("RUNPLAN_PASSWORD", "hunter2")
    fault = refused("publish", "--to", dav.folder)
    assert "must accept the user and the password" in fault
    assert "hunter2" not in fault


def test_an_open_connection_is_refused(plan, refused) -> None:
    """Before anything is sent."""
    assert "must begin with https://" in refused("publish", "--to", "http://example.org/dav/")


@pytest.mark.parametrize("how", ["refuses", "dies"])
def test_a_calendar_without_its_page_counts(plan, noted, dav, *, kept, folder, how) -> None:
    """Its address is kept; it says why the page is not there. The next time it is sent."""

    def fail(request) -> bool:
        if not on(request, "PUT", ".html"):
            return False
        if how == "refuses":
            request.answer(415)
        else:
            request.hang_up()
        return True

    dav.instead = fail
    out, note = noted("publish", "--to", dav.folder)
    assert "Page for subscribers: subscribe.html" in out
    assert note.startswith("note: the page is not on the server, only here: the server must")
    name = kept().address
    assert dav.files == {f"/dav/{name}.ics": (folder / "plan.ics").read_bytes()}
    dav.instead = lambda _: False
    assert f"Page for subscribers: {dav.folder}{name}.html" in noted("publish")[0]
    assert f"/dav/{name}.html" in dav.files


def test_after_a_failure_the_next_attempt_goes_on(
    plan, answer, refused, dav, *, edited, kept
) -> None:
    """Even if the server had taken the calendar and only its answer was lost."""
    answer("publish", "--to", dav.folder)
    (path,) = [each for each in dav.files if each.endswith(".ics")]
    edited(plan, 'at = "09:00"', 'at = "10:00"')
    assert run(["show"]) == 0

    def take_and_die(request) -> bool:
        if not on(request, "PUT", ".ics") or "Authorization" not in request.headers:
            return False
        dav.files[path] = request.data
        request.hang_up()
        return True

    dav.instead = take_and_die
    assert "must answer" in refused("publish")
    sent = dav.files[path]
    dav.instead = lambda _: False
    assert "26 unchanged" in answer("publish")
    assert dav.files[path] == sent == Path("plan.ics").read_bytes()


# --- another address -------------------------------------------------------------------------


def test_a_new_address_replaces_the_old_one(plan, answer, dav, kept) -> None:
    """The events keep their identity."""
    answer("publish", "--to", dav.folder)
    old = kept().address
    calendar = dav.files[f"/dav/{old}.ics"]
    out = answer("publish", "--new-address")
    name = kept().address
    assert name != old
    assert set(dav.files) == {f"/dav/{name}.ics", f"/dav/{name}.html"}
    assert dav.files[f"/dav/{name}.ics"] == calendar
    assert out.endswith("The old address is gone: whoever subscribed must subscribe again.")


def test_an_old_address_that_stays_is_an_error_that_names_it(
    plan, answer, dav, kept, capsys
) -> None:
    """The new one is published and kept all the same."""
    answer("publish", "--to", dav.folder)
    old = kept().address
    dav.instead = lambda each: each.command == "DELETE" and each.answer(403) is None
    assert run(["publish", "--new-address"]) == 2
    assert kept().address != old
    assert f"/dav/{kept().address}.ics" in dav.files
    fault = capsys.readouterr().err
    assert "the old address must be deleted as well" in fault
    assert f"delete {old}.ics and {old}.html there yourself" in fault


def test_the_old_address_stays_if_the_new_one_cannot_be_published(
    plan, answer, refused, dav
) -> None:
    """Subscribers lose nothing."""
    answer("publish", "--to", dav.folder)
    before = dict(dav.files)
    dav.instead = lambda each: on(each, "PUT", ".ics") and each.answer(507) is None
    refused("publish", "--new-address")
    assert dav.files == before


def test_another_folder_leaves_the_files_in_the_first(plan, answer, noted, dav, kept) -> None:
    """And says which."""
    answer("publish", "--to", dav.folder)
    address = kept().address
    _, note = noted("publish", "--to", f"{dav.url}/other/")
    assert note == f"note: the files at the earlier address stay: {dav.folder}{address}.ics\n"


def test_a_new_address_needs_an_old_one(plan, refused) -> None:
    """It says how to publish first."""
    assert "runplan publish --to URL" in refused("publish", "--new-address")


# --- checking --------------------------------------------------------------------------------


def test_a_check_says_what_a_program_would_see(plan, answer, dav, *, edited, capsys) -> None:
    """With status 1 if there is a fault."""
    answer("publish", "--to", dav.folder)
    dav.challenges = []
    out = answer("publish", "--check")
    assert re.search(r"Calendar ok this plan, 26 events", out)
    assert re.search(r"Plan ok as it is now$", out)
    edited(plan, 'at = "09:00"', 'at = "10:00"')
    assert run(["publish", "--check"]) == 1
    assert "older than the plan" in " ".join(capsys.readouterr().out.split())


def test_any_address_can_be_checked(plan, clock, dav, capsys) -> None:
    """Nothing is written."""
    assert run(["publish", "--check", f"{dav.url}/no.ics"]) == 1
    assert "401 Unauthorized" in " ".join(capsys.readouterr().out.split())
    assert not Path("plan.ics").exists()


@pytest.mark.parametrize("options", [(), ("--to", "https://example.org")])
def test_without_an_address_there_is_nothing_to_check(plan, refused, options) -> None:
    """It says how to give one."""
    plan.write_text(plan.read_text().partition("[publish]")[0])
    assert "give it after --check" in refused("publish", *options, "--check")


# --- libraries -------------------------------------------------------------------------------


@pytest.mark.parametrize("library", ["httpx", "segno"])
@pytest.mark.parametrize(
    "options", [("--to", "https://example.org"), ("--public", "https://example.org"), ("--check",)]
)
def test_without_the_extra_it_says_what_to_install(
    plan, refused, monkeypatch, library: str, options: tuple[str, ...]
) -> None:
    """And writes nothing."""
    if options == ("--check",):
        options = ("--check", "https://example.org")
    monkeypatch.setitem(sys.modules, library, None)
    fault = refused("publish", *options)
    assert f"publishing needs {library}" in fault
    assert 'pip install "runplan[publish]"' in fault


def test_a_calendar_alone_needs_no_extra(plan, answer, monkeypatch) -> None:
    """Only the libraries of the command line."""
    monkeypatch.setitem(sys.modules, "httpx", None)
    monkeypatch.setitem(sys.modules, "segno", None)
    assert answer("publish").startswith("plan.ics: 26 added")


def test_the_command_line_starts_without_these_libraries() -> None:
    """They take time, and few commands need them."""
    code = (
        "import sys; from runplan.cli import run; run(['publish', '--help']);"
        "sys.exit('httpx' in sys.modules or 'segno' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
