"""Publishing over what subscribers have: nothing is lost, and nothing is sent twice."""

import re

import pytest
from attrs import evolve

from runplan import CalendarOptions, UnusableCalendar, UnusableFile, to_ics
from runplan._base.dates import to_moment
from runplan.publishing.publish import Edition, send, send_page

LATER = to_moment("2026-12-07T10:00:00Z")
PATH = "/anna.ics"


@pytest.fixture
def sent(dav, server, plan_at):
    """Return what publishes the plan with long runs at some time."""

    def send_it(at: str = "09:00", local: bytes | None = None):
        edition = Edition(plan_at(at), LATER, CalendarOptions())
        return send(server, dav.url + PATH, edition, local=local)

    return send_it


def sequences(data: bytes) -> list[int]:
    """Return the SEQUENCE of each event."""
    return [int(each) for each in re.findall(rb"\nSEQUENCE:(\d+)", data)]


def test_a_plan_is_published_once(dav, sent, plan_at) -> None:
    """The second time nothing is sent."""
    calendar, changes = sent()
    assert calendar == dav.files[PATH] == to_ics(plan_at())
    assert dav.kinds[PATH] == "text/calendar; charset=utf-8"
    assert len(changes.added) == 26
    assert sent()[1].unchanged == 26
    assert len(dav.asked("PUT")) == 1


def test_the_calendar_on_the_server_counts_not_the_one_here(dav, sent, plan_at) -> None:
    """Another machine may have published since."""
    here, _ = sent()
    elsewhere, _ = sent("10:00")
    calendar, changes = sent("11:00", local=here)
    assert len(changes.moved) == 8
    assert max(sequences(calendar)) == 2
    assert elsewhere != calendar == dav.files[PATH]


def test_the_calendar_here_counts_if_the_server_has_none(dav, sent, plan_at) -> None:
    """As with a new address."""
    local = to_ics(plan_at("10:00"), previous=to_ics(plan_at("11:00")))
    assert max(sequences(local)) == 1
    calendar, changes = sent(local=local)
    assert len(changes.moved) == 8
    assert max(sequences(calendar)) == 2


def test_of_two_who_publish_at_once_neither_is_lost(dav, sent, plan_at) -> None:
    """The second reads again what the first has written."""
    first, _ = sent()
    between = to_ics(plan_at("10:00"), previous=first, revised_at="2026-12-07T09:59:00Z")

    def publish_meanwhile(request) -> bool:
        if request.command == "PUT":
            dav.files[PATH] = between
            dav.instead = lambda _: False
        return False

    dav.instead = publish_meanwhile
    calendar, _ = sent("11:00", local=first)
    assert len(dav.asked("PUT")) == 3
    assert max(sequences(calendar)) == 2
    assert dav.files[PATH] == calendar


def test_a_calendar_that_changes_all_the_time_is_an_error(dav, sent) -> None:
    """It is left to the other one."""
    dav.files[PATH], _ = sent()
    changing = iter(range(99))
    dav.etag = lambda _: f'"{next(changing)}"'
    with pytest.raises(UnusableFile, match=r"must not change while .*changed 3 times"):
        sent("10:00")


def test_a_server_that_rewrites_calendars_gets_the_next_one_as_well(dav, sent) -> None:
    """As Radicale does: the memory is then the calendar here."""
    local, _ = sent()
    dav.files[PATH] = dav.files[PATH].replace(b"PRODID:-//runplan", b"PRODID:-//Radicale")
    calendar, changes = sent("10:00", local=local)
    assert len(changes.moved) == 8
    assert max(sequences(calendar)) == 1
    assert dav.files[PATH] == calendar


def test_without_a_memory_nothing_is_published_over(dav, sent) -> None:
    """It may be anybody's."""
    dav.files[PATH] = b"<html>Sign in</html>"
    with pytest.raises(UnusableCalendar, match="<html>Sign in"):
        sent()
    assert dav.asked("PUT") == []


def test_a_calendar_here_that_is_not_of_this_plan_stops_it(dav, sent, plan_at) -> None:
    """It would be written over, so nothing is sent."""
    with pytest.raises(UnusableCalendar):
        sent(local=to_ics(evolve(plan_at(), id="somebody")))
    assert dav.seen == []


def test_a_page_is_sent_only_if_it_is_another(dav, server) -> None:
    """With its content type."""
    for page in ("one", "one", "zwei ü"):
        send_page(server, f"{dav.url}/anna.html", page)
    assert dav.files == {"/anna.html": "zwei ü".encode()}
    assert dav.kinds == {"/anna.html": "text/html; charset=utf-8"}
    assert len(dav.asked("PUT")) == 2


@pytest.mark.parametrize("there", [b"<html>Sign in</html>", "another"])
def test_a_calendar_on_the_server_that_is_not_of_this_plan_stays(dav, sent, plan_at, there) -> None:
    """Whatever there is here: a folder may have been copied with its address."""
    if there == "another":
        there = to_ics(evolve(plan_at(), id="another plan"))
    dav.files[PATH] = there
    with pytest.raises(UnusableCalendar):
        sent(local=to_ics(plan_at()))
    assert dav.files[PATH] == there
