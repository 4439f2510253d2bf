"""What a calendar program would see, from the first redirect to the last event."""

import pytest
from attrs import evolve

from runplan import CalendarOptions, to_ics
from runplan._base.dates import to_moment
from runplan.publishing.check import check

OPTIONS = CalendarOptions()
PUBLISHED_AT = "2026-12-06T08:00:00Z"


@pytest.fixture
def calendar(plan_at) -> bytes:
    """Return the calendar as published on a Sunday at eight."""
    return to_ics(plan_at(), previous=to_ics(plan_at("10:00")), revised_at=PUBLISHED_AT)


@pytest.fixture
def checked(dav, plan_at):
    """Return what checks an address, and returns what was found."""

    def check_it(path: str = "/a.ics", *, at: str = "09:00", now: str = "2026-12-06T08:30:00Z"):
        url = path if "://" in path else dav.url + path
        return check(url, plan_at(at), now=to_moment(now), options=OPTIONS)

    return check_it


def faults(found) -> list[tuple[str, str]]:
    """Return the points that are not good."""
    return [(what, text) for what, text, is_good in found.points if not is_good]


def test_a_calendar_as_it_should_be_has_no_faults(dav, checked, calendar) -> None:
    """Each thing that was looked at is named."""
    dav.files["/a.ics"] = calendar
    found = checked()
    assert found.is_good
    assert [(what, text) for what, text, _ in found.points] == [
        ("Connection", "on this machine only"),
        ("Answer", "200 OK"),
        ("Content type", "text/calendar"),
        ("Calendar", "this plan, 26 events"),
        ("Last change", "2026-12-06 08:00 UTC, within the hour"),
        ("Plan", "as it is now"),
    ]
    assert str(found.table().rows[1]) == "('Answer', 'ok', '200 OK')"
    assert "What a calendar program would see" in found._repr_html_()


@pytest.mark.parametrize(
    ("now", "words"),
    [
        ("2026-12-06T07:59:00Z", "within the hour"),
        ("2026-12-06T09:00:00Z", "1 hour ago"),
        ("2026-12-07T07:59:59Z", "23 hours ago"),
        ("2026-12-07T08:00:00Z", "1 day ago"),
        ("2027-01-05T08:00:00Z", "30 days ago"),
    ],
)
def test_it_says_how_long_ago_the_calendar_changed(dav, checked, calendar, now, words) -> None:
    """Also with a clock that is behind."""
    dav.files["/a.ics"] = calendar
    assert f"2026-12-06 08:00 UTC, {words}" in [text for _, text, _ in checked(now=now).points]


@pytest.mark.parametrize("weeks", [{}, {"weeks": ()}])
def test_a_calendar_as_first_published_has_no_last_change(dav, plan_at, weeks) -> None:
    """Its stamps are the same in every calendar, and it may have no events."""
    plan = evolve(plan_at(), **weeks)
    dav.files["/a.ics"] = to_ics(plan)
    now = to_moment(PUBLISHED_AT)
    found = check(f"{dav.url}/a.ics", plan, now=now, options=OPTIONS)
    assert found.is_good
    assert ("Last change", "none since it was first published", True) in found.points


def test_an_older_calendar_is_a_fault(dav, checked, calendar) -> None:
    """It says by how much."""
    dav.files["/a.ics"] = calendar
    ((what, text),) = faults(checked(at="11:00"))
    assert what == "Plan"
    assert text.startswith("older than the plan (0 added, 8 moved")


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b" \r\n", "empty"),
        (b"<html>Sign in</html>", "no calendar: perhaps a page to sign in"),
        (b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "one that runplan wrote"),
    ],
)
def test_something_else_in_its_place_is_a_fault(dav, checked, data: bytes, text: str) -> None:
    """A page to sign in is the usual one."""
    dav.files["/a.ics"] = data
    ((what, found),) = faults(checked())
    assert what == "Calendar"
    assert text in found


def test_another_content_type_is_a_fault(dav, checked, calendar) -> None:
    """Some programs go by it."""
    dav.files["/a.ics"] = calendar
    dav.kinds["/a.ics"] = "application/octet-stream"
    text = "application/octet-stream: some programs want text/calendar"
    assert faults(checked()) == [("Content type", text)]


def test_what_is_not_there_or_wants_a_password_is_a_fault(dav, checked) -> None:
    """A program that subscribes has no password."""
    assert faults(checked()) == [("Answer", "404 Not Found")]
    dav.challenges = ["Basic"]
    assert faults(checked()) == [("Answer", "401 Unauthorized: most programs cannot sign in")]
    assert len(dav.seen) == 2


def redirecting(status: int, *headers: tuple[str, str]):
    """Return a behaviour: everything but /a.ics is answered with a status."""

    def answer(request) -> bool:
        if request.path == "/a.ics":
            return False
        request.answer(status, *headers)
        return True

    return answer


def test_redirects_are_followed_and_named(dav, checked, calendar) -> None:
    """Also relative ones."""
    dav.files["/a.ics"] = calendar
    dav.instead = redirecting(302, ("Location", "a.ics"))
    found = checked("/old/../b.ics")
    assert found.is_good
    assert ("Redirect", f"302, to {dav.url}/a.ics", True) in found.points


@pytest.mark.parametrize(
    ("to", "text"),
    [
        ("/b.ics", "endless"),
        ("http://[", "to no address: http://["),
        ("http://127.0.0.1.invalid/", "302, to http://127.0.0.1.invalid/"),
    ],
)
def test_a_redirect_to_nowhere_is_a_fault(dav, checked, to: str, text: str) -> None:
    """So is one to where others can read along."""
    dav.instead = redirecting(302, ("Location", to))
    assert faults(checked("/b.ics"))[0] == ("Redirect", text)


def test_a_redirect_without_an_address_is_its_answer(dav, checked) -> None:
    """There is nothing to follow."""
    dav.instead = redirecting(304)
    assert faults(checked("/b.ics")) == [("Answer", "304 Not Modified")]


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/a.ics", "https://[", "webcal://localhost:1"])
def test_a_server_that_does_not_answer_is_a_fault(checked, url: str) -> None:
    """An address with webcal is taken for https."""
    found = checked(url)
    assert found.points[-1][0] == "Answer"
    assert not found.points[-1].is_good
    assert "webcal" not in found.url


def test_an_open_connection_is_a_fault(checked) -> None:
    """Even if all else were well."""
    assert faults(checked("http://plan.invalid/a.ics"))[0] == (
        "Connection",
        "not encrypted: others can read it on the way",
    )
    assert checked("https://plan.invalid/a.ics").points[0] == ("Connection", "encrypted", True)


def test_a_password_in_the_address_is_not_shown(plan_at) -> None:
    """Nor the user."""
    found = check(
        "http://anna:secret@127.0.0.1:9/plan.ics",
        plan_at(),
        now=to_moment("2026-12-07T10:00:00Z"),
        options=CalendarOptions(),
    )
    assert found.url == "http://127.0.0.1:9/plan.ics"
    assert "secret" not in found.table().to_html()
