"""Publishing from the command line: what is written here, what is sent, and what is kept."""

import re
from pathlib import Path

import pytest
from support.dav_server import PASSWORD

from runplan.cli import run


def on(request, method: str, ending: str) -> bool:
    """Say whether a request is of this kind."""
    return request.command == method and request.path.endswith(ending)


# --- without a server ------------------------------------------------------------------------


def test_without_an_address_only_the_calendar_is_written(plan, answer, in_folder) -> None:
    """It says how to get a page to subscribe from."""
    out = answer("publish")
    assert out.startswith("plan.ics: 26 added")
    assert out.endswith("the web address of this folder: runplan publish --public URL")
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
