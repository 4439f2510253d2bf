"""The content of a plan's events, before they are written."""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator
from typing import NamedTuple
from uuid import UUID

from runplan._base.dates import Date, Time, at_local_time, days_after, happens_twice
from runplan.calendar.event_text import (
    description,
    how_to,
    pause_description,
    pause_title,
    question_description,
    question_title,
    title,
)
from runplan.calendar.options import CalendarOptions
from runplan.calendar.timezones import is_steady
from runplan.model.exercises import Exercise
from runplan.model.plan import Plan
from runplan.model.sessions import LongRun, StrengthSession
from runplan.model.weeks import OPEN_DAYS, Pause, Week

# Changing it gives every workout of every runner a new identity.
_UIDS = UUID("0d8f2a6e-3c1b-5d77-8a40-51f6c6f0b9d4").bytes

_MORNING = "Morning"
# How long the question on the morning after a long run is in the calendar. [min]
_QUESTION_MIN = 5


class Event(NamedTuple):
    """
    The content of an event.

    Attributes:
        uid: Its UID.
        start: When it begins, in ISO 8601: a day, a local time, or a moment in UTC.
        end: When it ends, in the same form.
        zone: The IANA time zone of a local time; None for none.
        summary: The title.
        description: The text; "" for none.
        category: "Long run", "Strength" or "Morning"; "" for none.
        alarm_min: How long before it an alarm goes off; None for no alarm. [min]
    """

    uid: str
    start: str
    end: str
    zone: str | None
    summary: str
    description: str = ""
    category: str = ""
    alarm_min: int | None = None

    @property
    def content(self) -> bytes:
        """A fingerprint, equal for events with the same content."""
        shown = "\0".join(map(str, self[1:]))
        return hashlib.sha256(shown.encode(errors="replace")).hexdigest()[:16].encode()

    @property
    def takes_time(self) -> bool:
        """Whether it is a workout, and neither an all-day note nor a question."""
        return "T" in self.start and self.category != _MORNING

    @property
    def times(self) -> bytes:
        """Its lines DTSTART and DTEND."""
        value_of = f";TZID={self.zone}" if self.zone else "" if "T" in self.start else ";VALUE=DATE"
        start, end = basic(self.start), basic(self.end)
        return f"DTSTART{value_of}:{start}\r\nDTEND{value_of}:{end}\r\n".encode()


def basic(moment: str) -> str:
    """
    Return a day or a time of ISO 8601 in the basic format of calendars.

    >>> basic("2026-12-06"), basic("2026-12-06T09:00:00+00:00")
    ('20261206', '20261206T090000Z')
    """
    return moment.replace("+00:00", "Z").replace("-", "").replace(":", "")


def identity(plan: Plan, options: CalendarOptions, what: str) -> str:
    """
    Return the identity of a plan's calendar, or of one workout in it.

    A busy calendar, meant for others, has different identities: they do not match the runner's or
    reveal which workout they stand for.
    """
    name = f"{plan.id}\n{'busy' if options.busy else 'full'}\n{what}"
    # As uuid5() does it, in half the time.
    digest = hashlib.sha1(_UIDS + name.encode(), usedforsecurity=False).digest()
    return str(UUID(bytes=digest[:16], version=5))


def events_of(plan: Plan, options: CalendarOptions) -> Iterator[Event]:
    """Return the events of each week: its sessions and its morning; then those of a pause."""
    cached_how_to = _cached_how_to()
    for week in plan.weeks:
        for session in week.sessions:
            kind = "long run" if isinstance(session, LongRun) else "strength"
            uid = identity(plan, options, f"{kind} {session.week} {session.place}")
            times = _times(_Slot.of(session), floating=options.floating)
            if options.busy:
                yield Event(uid, *times, summary="Busy")
                continue
            mark, report = plan.mark(session), week.report_of(session)
            alarms = options.alarm_min
            alarm_min = alarms.long_run if isinstance(session, LongRun) else alarms.strength
            yield Event(
                uid,
                *times,
                summary=title(session, mark, report, emoji=options.emoji),
                description=description(session, mark, report, options.answer_url, cached_how_to),
                category=kind.capitalize(),
                # Some programs show missed alarms.
                alarm_min=alarm_min if mark == "planned" else None,
            )
        if options.morning is not None:
            yield from _question(plan, week, options, options.morning)
    if plan.pause and not options.busy:
        yield from _notes(plan, plan.pause, options)


def _question(plan: Plan, week: Week, options: CalendarOptions, at: Time) -> Iterator[Event]:
    """Return the question about the morning after a long run, while it can be answered."""
    run, report = week.long_run, week.report
    if run is None or (report and report.pain_next_morning is not None):
        return
    if plan.pause and plan.pause.stops_strength:
        # There is something more important to do than answering.
        return
    ran_on = report.day if report else run.day
    day = days_after(ran_on, 1)
    if plan.today > days_after(ran_on, OPEN_DAYS):
        return
    slot = _Slot(day, at, run.timezone, _QUESTION_MIN)
    yield Event(
        identity(plan, options, f"morning {week.number}"),
        *_times(slot, floating=options.floating),
        summary=question_title(emoji=options.emoji),
        description=question_description(ran_on, options.answer_url),
        category=_MORNING,
        alarm_min=options.alarm_min.morning if day >= plan.today else None,
    )


def _cached_how_to() -> Callable[[Exercise], str]:
    """Return how_to() with a cache: most sessions of a plan have the same exercises."""
    texts: dict[int, str] = {}

    def cached(exercise: Exercise) -> str:
        # By identity: comparing exercises would take longer than building their texts again.
        key = id(exercise)
        if key not in texts:
            texts[key] = how_to(exercise)
        return texts[key]

    return cached


def _notes(plan: Plan, pause: Pause, options: CalendarOptions) -> Iterator[Event]:
    """Return the notes on the day a pause was reported and on the next long-run day."""
    days = {"reported": pause.reported_on, "next": plan.weeks[-1].long_run_day}
    if days["next"] <= days["reported"]:
        del days["next"]
    for which, day in days.items():
        yield Event(
            uid=identity(plan, options, f"pause {pause.since.isoformat()} {which}"),
            start=day.isoformat(),
            end=days_after(day, 1).isoformat(),
            zone=None,
            summary=pause_title(pause),
            description=pause_description(pause),
            category="Long run",
        )


class _Slot(NamedTuple):
    """The day, the time, the zone and the minutes of an event."""

    day: Date
    at: Time
    zone: str
    minutes: int

    @classmethod
    def of(cls, session: LongRun | StrengthSession) -> "_Slot":
        """Return those of a session."""
        return cls(session.day, session.at, session.timezone, session.minutes)


def _times(slot: _Slot, *, floating: bool) -> tuple[str, str, str | None]:
    """Return start and end in ISO 8601, and their time zone, if any."""
    if is_steady(slot.zone, slot.day):
        start = dt.datetime.combine(slot.day, slot.at)
        if slot.zone == "UTC" and not floating:
            start = start.replace(tzinfo=dt.UTC)
    else:
        begins = at_local_time(slot.day, slot.at, slot.zone)
        ends = begins.add(minutes=slot.minutes)
        if floating:
            start = begins.naive()
        elif happens_twice(begins) or happens_twice(ends):
            # Of a time that occurs twice, RFC 5545 takes the first; ical.js, libical and khal take
            # the second.
            start = begins.in_timezone("UTC")
        else:
            return begins.naive().isoformat(), ends.naive().isoformat(), slot.zone
    # None of these clocks changes during an event.
    end = start + dt.timedelta(minutes=slot.minutes)
    return start.isoformat(), end.isoformat(), None if floating or start.tzinfo else slot.zone
