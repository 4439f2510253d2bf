"""The question on the morning after a long run: when it is asked, and when it no longer is."""

import datetime as dt
from zoneinfo import ZoneInfo

import icalendar
import pytest

from runplan import (
    Away,
    CalendarOptions,
    Clearance,
    Log,
    MorningReport,
    Move,
    Plan,
    Rebuild,
    RunReport,
    Slot,
    build,
    to_ics,
)
from runplan.model.entries import Entry

ASKED = CalendarOptions(morning="08:00")


def request(**changes) -> Rebuild:
    """Return the usual request: 40 to 60 minutes in Berlin, from the last day of November."""
    usual = {
        "baseline_min": 40,
        "target_min": 60,
        "start": "2026-11-30",
        "timezone": "Europe/Berlin",
    }
    return Rebuild(**usual | changes)


def planned(*entries: Entry, today: str, **changes) -> Plan:
    """Return the plan of the usual request with what happened."""
    return build(request(**changes), Log(entries), today=today)


def questions(plan: Plan, options: CalendarOptions = ASKED, **more) -> dict[str, icalendar.Event]:
    """Return the questions in a calendar by day."""
    events = icalendar.Calendar.from_ical(to_ics(plan, options=options, **more)).events
    return {
        event["DTSTART"].dt.date().isoformat(): event
        for event in events
        if event["SUMMARY"] == "How is the back?"
    }


def run(day: str = "2026-12-06", **how) -> RunReport:
    """Return the report of a long run."""
    return RunReport(**{"day": day, "minutes": 40} | how)


def test_nobody_is_asked_unless_it_is_wanted() -> None:
    """There is an option for it."""
    assert not questions(build(request()), CalendarOptions())


def test_the_morning_after_each_long_run_has_a_question_of_five_minutes() -> None:
    """It takes nobody's time, has a category of its own, and rings only when asked to."""
    plan = build(request())
    found = questions(plan)
    days = [week.long_run.day + dt.timedelta(days=1) for week in plan.weeks]
    assert list(found) == [day.isoformat() for day in days]
    for event in found.values():
        start, end = event["DTSTART"].dt, event["DTEND"].dt
        assert (start.hour, start.minute, start.tzinfo.key) == (8, 0, "Europe/Berlin")
        assert end - start == dt.timedelta(minutes=5)
        assert event["TRANSP"] == "TRANSPARENT"
        assert event["CATEGORIES"].to_ical() == b"Morning"
        assert not event.subcomponents
        assert 'runplan log "morning 0"' in event["DESCRIPTION"]


def test_alarms_ring_by_kind() -> None:
    """An hour before the run, a quarter before strength, and at the question."""
    alarms = {"long_run": 60, "strength": 15, "morning": 0}
    options = CalendarOptions(alarm_min=alarms, morning="08:00")
    events = icalendar.Calendar.from_ical(to_ics(build(request()), options=options)).events
    rings = {
        (str(event["CATEGORIES"].cats[0]), alarm["TRIGGER"].dt)
        for event in events
        for alarm in event.subcomponents
    }
    minutes = {"Long run": 60, "Strength": 15, "Morning": 0}
    assert rings == {(kind, dt.timedelta(minutes=-each)) for kind, each in minutes.items()}
    only = CalendarOptions(alarm_min={"strength": 15}, morning="08:00")
    data = to_ics(build(request()), options=only)
    assert data.count(b"BEGIN:VALARM") == sum(len(week.strength) for week in build(request()).weeks)


def test_a_question_rings_on_its_morning_and_not_afterwards() -> None:
    """Some programs show an alarm of the past as missed."""
    options = CalendarOptions(alarm_min={"morning": 0}, morning="08:00")
    for today, has_alarm in (("2026-12-06", True), ("2026-12-07", True), ("2026-12-08", False)):
        question = questions(planned(run(), today=today), options)["2026-12-07"]
        assert bool(question.subcomponents) is has_alarm


def test_an_answered_question_is_gone() -> None:
    """The answer is in the event of the run."""
    morning = MorningReport(day="2026-12-06", pain=0, recorded_on="2026-12-07")
    assert "2026-12-07" in questions(planned(run(), today="2026-12-07"))
    plan = planned(run(), morning, today="2026-12-07")
    assert next(iter(questions(plan))) == "2026-12-14"
    assert b"no pain the next morning" in to_ics(plan).replace(b"\r\n ", b"")


@pytest.mark.parametrize("entries", [[], [run()]], ids=["not reported", "reported"])
@pytest.mark.parametrize(("today", "is_asked"), [("2026-12-09", True), ("2026-12-10", False)])
def test_a_question_stays_as_long_as_the_run_is_open(
    entries: list[RunReport], today: str, is_asked: bool
) -> None:
    """Through the third day after the run; after that nobody remembers the morning."""
    assert ("2026-12-07" in questions(planned(*entries, today=today))) is is_asked


def test_the_question_follows_the_run() -> None:
    """Done a day later or moved to another day, it is asked a day later, with the same identity."""
    first = questions(planned(today="2026-12-06"))["2026-12-07"]["UID"]
    late = questions(planned(run("2026-12-07"), today="2026-12-07"))
    assert late["2026-12-08"]["UID"] == first
    assert "2026-12-07" not in late
    assert "Monday's run" in late["2026-12-08"]["DESCRIPTION"]
    move = Move(day="2026-12-06", to="2026-12-05", recorded_on="2026-12-01")
    assert questions(planned(move, today="2026-12-01"))["2026-12-06"]["UID"] == first


def test_weeks_have_questions_with_identities_of_their_own() -> None:
    """None is that of a session."""
    data = to_ics(build(request()), options=ASKED)
    uids = [str(event["UID"]) for event in icalendar.Calendar.from_ical(data).events]
    assert len(set(uids)) == len(uids) == 26 + 8


def test_nobody_is_asked_about_a_run_that_is_not_planned() -> None:
    """A week away, and a pause until the next long run."""
    away = Away(first="2026-12-07", last="2026-12-13")
    assert "2026-12-14" not in questions(planned(today="2026-12-01", away=[away]))
    sore = [run(day, pain=2) for day in ("2026-12-06", "2026-12-13", "2026-12-20")]
    plan = planned(*sore, today="2026-12-20")
    assert plan.pause
    assert list(questions(plan)) == ["2026-12-21"]


@pytest.mark.parametrize("how", [{"red_flags": ["chest-pain"]}, {"pain": 7}], ids=str)
def test_after_an_emergency_there_is_a_note_and_no_question(how: dict) -> None:
    """Whom to call comes first, and a clearance brings the questions back."""
    hurt = run(**how)
    assert not questions(planned(hurt, today="2026-12-06"))
    cleared = Clearance(day="2026-12-09", by="Anna", baseline_min=30)
    assert next(iter(questions(planned(hurt, cleared, today="2026-12-09")))) == "2026-12-07"


def test_a_busy_calendar_asks_nothing() -> None:
    """Not even at what time."""
    data = to_ics(build(request()), options=CalendarOptions(busy=True, morning="08:00"))
    assert data == to_ics(build(request()), options=CalendarOptions(busy=True))


def test_published_again_a_question_moves_and_keeps_its_identity() -> None:
    """One event, a higher SEQUENCE, and the others keep every byte."""
    before = to_ics(planned(today="2026-12-06"), options=ASKED)
    plan = planned(run("2026-12-07"), today="2026-12-07")
    old, new = questions(planned(today="2026-12-06")), questions(plan, previous=before)
    assert old["2026-12-07"]["SEQUENCE"] == 0
    assert new["2026-12-08"]["SEQUENCE"] == 1
    assert new["2026-12-21"] == old["2026-12-21"]


@pytest.mark.parametrize(
    ("at", "start"),
    [("02:30", "2027-03-22"), ("02:30", "2026-10-19"), ("08:00", "2027-03-22")],
)
def test_a_question_in_the_night_of_a_clock_change_is_at_its_time(at: str, start: str) -> None:
    """By zoneinfo, whatever the clocks do that night."""
    rebuild = request(start=start, target_min=40, long_run=Slot("saturday", "09:00"))
    plan = build(rebuild)
    (question,) = questions(plan, CalendarOptions(morning=at)).values()
    day = plan.weeks[0].long_run.day + dt.timedelta(days=1)
    asked = dt.datetime.combine(day, dt.time.fromisoformat(at), ZoneInfo("Europe/Berlin"))
    assert question["DTSTART"].dt.astimezone(dt.UTC) == asked.astimezone(dt.UTC)


def test_a_traveller_is_asked_at_that_time_wherever_they_are() -> None:
    """Without a time zone, like all other times."""
    found = questions(build(request()), CalendarOptions(morning="08:00", floating=True))
    assert all(event["DTSTART"].dt.tzinfo is None for event in found.values())
