"""parse_report: the entries that a report in one line stands for."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from attrs import frozen

from runplan._base.dates import Date, DayLike, days_after, short_day, to_day
from runplan._base.day_words import read_day
from runplan.errors import InvalidType, InvalidValue, RunplanError
from runplan.model.away import back, off, without_open_end
from runplan.model.entries import Entry, MorningReport, RunReport, StrengthReport
from runplan.model.plan import Plan
from runplan.model.sessions import LongRun, StrengthSession
from runplan.planning.changes import Change
from runplan.reporting.grammar import Statement, What, statements
from runplan.reporting.likely import (
    another_run,
    day_run,
    doubts_about,
    last_long_run,
    open_day,
    planned_min,
)

# Where nothing is planned. [min]
_EXAMPLE_MIN = 30


@frozen(kw_only=True)
class ParsedReport:
    """
    The entries that a report in one line stands for; iterating over it gives the entries.

    Attributes:
        entries: The entries, all recorded on the day of the report.
        doubts: What the runner should confirm before the entries are kept: numbers far from the
            plan. Each is a clause without a full stop; empty if nothing looks wrong.

    >>> from runplan import Rebuild, build, parse_report
    >>> rebuild = Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC")
    >>> parse_report("400 ok", build(rebuild), "2026-12-06").doubts
    ('400 min is far over the 40 min planned',)
    """

    entries: tuple[Entry, ...]
    doubts: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)


def parse_report(text: str, plan: Plan | None, today: DayLike) -> ParsedReport:
    """
    Return the entries for a report in one line, like "45 2@40": 45 minutes, pain 2 from minute 40.

    Other reports are "45 ok", "other 20 ok", "yesterday 45 ok, morning 1", "strength 0" and "ill".
    A run without a day is the last long run that is still to report, a morning without a day
    that of the last long run. The words and the days are in the grammar. Nothing is guessed
    where two readings are possible: the error names both.

    Args:
        text: The report.
        plan: The plan as of today; None if there is none yet.
        today: The day of the report.

    Raises:
        InvalidType: If an argument has the wrong type.
        InvalidValue: If it is not a report, a number is off its scale, or it is not clear which
            session it is about.
        UnknownName: If there is an unknown word or red flag in it.

    Source:
        docs/reference/report-grammar.md

    >>> from runplan import Log, Rebuild, build, parse_report
    >>> rebuild = Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC")
    >>> plan = build(rebuild, today="2026-12-07")
    >>> log = Log().add(*parse_report("38 2@30", plan, "2026-12-07"))
    >>> str(log.entries[0]), log.entries[0].day.isoformat()
    ('long run of 38 min, pain 2 of 10 from minute 30', '2026-12-06')
    """
    if not isinstance(plan, Plan | None):
        raise InvalidType("plan must be a Plan or None", plan, "build one")
    day = to_day(today)
    with _examples(plan, day):
        found = statements(text)
    entries: list[Entry] = []
    doubts: list[str] = []
    for each in found:
        entry = _READ[each.what](each, plan, day)
        if any(_is_same(entry, other) for other in entries):
            must = "a report must mention each session only once"
            given = f"{entry.type} of {short_day(entry.day)} twice"
            raise InvalidValue(must, given, "name the day of each, or report one of them")
        entries.append(entry)
        if isinstance(entry, RunReport):
            doubts += doubts_about(entry.minutes, plan, entry.day, entry.kind)
    return ParsedReport(entries=tuple(entries), doubts=tuple(doubts))


def example_reports(plan: Plan | None, today: Date) -> tuple[str, str]:
    """
    Return two reports that fit a plan on a day: a painless run, and one with pain.

    >>> from runplan import Rebuild, build
    >>> rebuild = Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC")
    >>> example_reports(build(rebuild), Date(2026, 12, 6))
    ('40 ok', '40 2@35')
    """
    day = open_day(plan, LongRun, today)
    minutes = planned_min(plan, day) or _EXAMPLE_MIN
    kind = "other " if another_run(plan, day, minutes) else ""
    return f"{kind}{minutes} ok", f"{kind}{minutes} 2@{minutes - 5}"


@contextmanager
def _examples(plan: Plan | None, today: Date) -> Iterator[None]:
    """Add examples to the errors in a block."""
    try:
        yield
    except RunplanError as error:
        one, other = example_reports(plan, today)
        remedy = f'{error.remedy}; for example "{one}" or "{other}"'
        raise type(error)(error.must, error.given, remedy) from None


def _run(said: Statement, plan: Plan | None, today: Date) -> RunReport:
    is_other = said.values.get("kind") == "other"
    day = _day(said, plan, today) or (today if is_other else open_day(plan, LongRun, today))
    with _examples(plan, today):
        report = RunReport(day=day, recorded_on=today, **said.values)
    reason = "" if "kind" in said.values else another_run(plan, day, report.minutes)
    if reason:
        must = "a run that does not fit the planned long run must be marked long or other"
        again = " ".join([*said.days, said.text])
        do = f'write "long {again}" or "other {again}"'
        raise InvalidValue(must, f"{short_day(day)}: {reason}", do)
    if report.pain_next_morning is not None and day >= today:
        must = "the morning after a run must not lie ahead"
        do = "report it tomorrow, or name the day of the run"
        raise InvalidValue(must, f"run on {short_day(day)}", do)
    return report


def _morning(said: Statement, plan: Plan | None, today: Date) -> MorningReport:
    day = _day(said, plan, today)
    if day is None:
        day = _last_run_day(said, plan, today)
    else:
        _check_day_of_run(said, plan, day, today)
    with _examples(plan, today):
        return MorningReport(day=day, recorded_on=today, **said.values)


def _last_run_day(said: Statement, plan: Plan | None, today: Date) -> Date:
    """Return the day of the last long run, if its morning is still to report."""
    week = last_long_run(plan, today)
    must = "a morning without a day must follow the last long run"
    if week is None:
        do = f'name the day of the run: "{days_after(today, -1)} {said.text}"'
        raise InvalidValue(must, "none in the last seven days", do)
    day = day_run(week)
    if week.report is None:
        do = f'report the run as well: "{day} {planned_min(plan, day)} ok, {said.text}"'
        raise InvalidValue(must, f"the run of {short_day(day)} is not reported", do)
    if week.report.pain_next_morning is not None:
        do = f'name the day of the run to report it again: "{day} {said.text}"'
        raise InvalidValue(must, f"the morning after {short_day(day)} is reported", do)
    return day


def _check_day_of_run(said: Statement, plan: Plan | None, day: Date, today: Date) -> None:
    """Refuse a day that is, or may be, the day of the morning itself."""
    eve = days_after(day, -1)
    runs = {week.report.day: week.report for week in (plan.weeks if plan else ()) if week.report}
    follows_run = eve in runs and day not in runs and runs[eve].pain_next_morning is None
    is_date = said.days[0] == day.isoformat()
    if day < today and (is_date or not follows_run):
        return
    must = "the day of a morning must be that of the run before it"
    ways = [f'"{eve} {said.text}" for the morning after {short_day(eve)}']
    if day < today:
        ways.append(f'"{day} {said.text}" for the morning after {short_day(day)}')
    raise InvalidValue(must, said.days[0], f"write {', or '.join(ways)}")


def _strength(said: Statement, plan: Plan | None, today: Date) -> StrengthReport:
    day = _day(said, plan, today) or open_day(plan, StrengthSession, today)
    with _examples(plan, today):
        return StrengthReport(day=day, recorded_on=today, **said.values)


def _ill(said: Statement, plan: Plan | None, today: Date) -> Change:
    away = _planned(plan).away
    first = read_day(said.days[0], today) if said.days else today
    until = said.values.get("until", said.days[1] if len(said.days) > 1 else None)
    last = until and read_day(until, today, ahead=True, weekdays_from=first)
    if last and last < today:
        do = "enter nothing: an unreported long run counts as missed anyway"
        raise InvalidValue("days off must not all be past", f"until {last}", do)
    with_more = off(without_open_end(away, first) if last else away, first, last)
    if with_more == away:
        do = 'write "back" when you train again'
        raise InvalidValue("the days must not already be days off", short_day(first), do)
    note = said.values.get("note", "ill")
    return Change(day=today, recorded_on=today, away=with_more, note=note)


def _back(said: Statement, plan: Plan | None, today: Date) -> Change:
    day = read_day(said.days[0], today, ahead=True) if said.days else today
    away = back(_planned(plan).away, day)
    return Change(day=today, recorded_on=today, away=away, note=said.values.get("note", ""))


def _planned(plan: Plan | None) -> Plan:
    if plan is None:
        raise InvalidValue("days off must belong to a plan", "no plan", "plan a rebuild first")
    return plan


def _day(said: Statement, plan: Plan | None, today: Date) -> Date | None:
    if not said.days:
        return None
    with _examples(plan, today):
        return read_day(said.days[0], today)


def _is_same(entry: Entry, other: Entry) -> bool:
    kinds = getattr(entry, "kind", None), getattr(other, "kind", None)
    return (entry.type, entry.day, kinds[0]) == (other.type, other.day, kinds[1])


_READ: dict[What, Callable[[Statement, Plan | None, Date], Entry]] = {
    "run": _run,
    "morning": _morning,
    "strength": _strength,
    "ill": _ill,
    "back": _back,
}
