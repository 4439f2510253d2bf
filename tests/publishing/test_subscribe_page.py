"""The page to subscribe from: valid, self-contained, and with the addresses in every form."""

import re

import html5lib
import pytest

from runplan.publishing.addresses import Subscription
from runplan.publishing.subscribe_page import subscribe_page

URL = 'https://example.org/s/download?path=/&files="a".ics'
NAME = "Anna <script>\"&' {name}"


@pytest.fixture(scope="module")
def page() -> str:
    """Return a page whose name and address need every escape."""
    return subscribe_page(NAME, URL)


@pytest.fixture(scope="module")
def tree(page):
    """Return the page, read strictly."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)


def test_every_program_has_its_link(tree) -> None:
    """They are those of the subscription."""
    links = {each.get("href") for each in tree.iter("a")}
    found = Subscription(URL)
    assert links == {found.webcal, found.google, found.outlook}


def test_the_address_is_there_to_be_copied(tree) -> None:
    """As it is, not in a link."""
    assert [each.text for each in tree.iter("code")] == [URL]


def test_the_name_is_shown_as_it_is(tree) -> None:
    """Nothing in it counts as a tag."""
    assert tree.find("head/title").text == f"Subscribe to {NAME}"
    assert next(tree.iter("h1")).text == f"Subscribe to {NAME}"


def test_the_page_loads_nothing_and_runs_nothing(page, tree) -> None:
    """Whoever opens it tells nobody, and search engines are asked to stay away."""
    names = {each.tag for each in tree.iter() if isinstance(each.tag, str)}
    assert not names & {"script", "img", "link", "iframe", "form"}
    assert not re.search(r"url\(|@import|\son\w+=", page)
    metas = {each.get("name"): each.get("content") for each in tree.iter("meta")}
    assert metas["robots"] == "noindex, nofollow"
    assert metas["referrer"] == "no-referrer"


def test_the_page_says_what_to_expect(page) -> None:
    """How slow some programs are, who can read it, and that it is no advice."""
    text = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert "Anyone who has this address can read the plan" in text
    assert "It gives no medical advice and no diagnosis." in text
    assert "a day" in text


def test_the_same_address_gives_the_same_page(page) -> None:
    """So it is sent only once."""
    assert subscribe_page(NAME, URL) == page


def test_the_longest_address_fits_into_the_code() -> None:
    """That a request can hold."""
    assert "<svg" in subscribe_page("Anna", f"https://example.org/{'a' * 1975}.ics")
