"""The addresses of a published calendar."""

import pytest

from runplan.publishing.addresses import (
    Subscription,
    in_folder,
    is_loopback,
    is_private,
    new_address,
)


def test_every_program_gets_the_link_that_it_takes() -> None:
    """Google only adds webcal addresses, Outlook only https ones."""
    found = Subscription("https://example.org/s/download?path=/&files=a.ics")
    assert found.webcal == "webcal://example.org/s/download?path=/&files=a.ics"
    inside = "%3A%2F%2Fexample.org%2Fs%2Fdownload%3Fpath%3D%2F%26files%3Da.ics"
    assert found.google == f"https://calendar.google.com/calendar/r?cid=webcal{inside}"
    assert found.outlook == f"https://outlook.live.com/calendar/0/addfromweb?url=https{inside}"


@pytest.mark.parametrize("folder", ["https://example.org/anna", "https://example.org/anna/"])
def test_a_file_lies_in_its_folder(folder: str) -> None:
    """With and without a slash at the end."""
    assert in_folder(folder, "mon plan é.ics") == "https://example.org/anna/mon%20plan%20%C3%A9.ics"


def test_an_address_may_say_where_the_name_goes() -> None:
    """Also in the middle."""
    assert in_folder("https://a.org/{name}?dl=1", "x.ics") == "https://a.org/x.ics?dl=1"


def test_no_two_addresses_are_alike_and_each_fits_into_a_path() -> None:
    """They are never escaped."""
    found = {new_address() for _ in range(100)}
    assert len(found) == 100
    assert all(in_folder("https://a.org", each).endswith(each) for each in found)


@pytest.mark.parametrize(
    ("url", "here", "private"),
    [
        ("https://example.org/", False, True),
        ("HTTPS://example.org/", False, True),
        ("http://example.org/", False, False),
        ("http://127.0.0.1:80/", True, True),
        ("http://[::1]:80/", True, True),
        ("http://localhost", True, True),
        ("http://localhost.example.org", False, False),
        ("http://example.org/?http://localhost", False, False),
        ("http://[", False, False),
        ("", False, False),
    ],
)
def test_only_https_and_this_machine_are_private(url: str, here: bool, private: bool) -> None:
    """What only looks like this machine is not."""
    assert (is_loopback(url), is_private(url)) == (here, private)
