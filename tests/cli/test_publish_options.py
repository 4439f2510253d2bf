"""Publishing under another address, checking what is there, and doing without the extra."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from runplan.cli import run

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
    assert out.endswith("The old address is gone: subscribers must subscribe again.")


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
    dav.instead = lambda each: each.command == "PUT" and each.answer(507) is None
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
