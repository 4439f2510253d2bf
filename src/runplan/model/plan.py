"""The plan: the weeks of a rebuild, its findings and its status."""

import datetime as dt
from collections.abc import Iterator
from itertools import groupby
from typing import Literal, TypedDict, TypeVar

from attrs import field, frozen

from runplan._base.dates import (
    Date,
    dated_day,
    days_after,
    iso,
    long_day,
    short_day,
    to_stdlib_date,
    to_stdlib_datetime,
)
from runplan._base.tables import Column, Table
from runplan._base.text import NO_ADVICE, count
from runplan.model.away import Away
from runplan.model.entries import RunReport, StrengthReport
from runplan.model.sessions import LongRun, StrengthSession
from runplan.model.weeks import OPEN_DAYS, Finding, Pause, Week, no_run_reason, outcome_text, reason

Status = Literal["on course", "holding", "stepping back", "paused", "away", "reached"]
Mark = Literal["planned", "done", "skipped", "missed", "not reported"]


class Row(TypedDict):
    """
    One session as a flat row of Plan.rows().

    Attributes:
        week: The plan week, from 1.
        kind: "long run" or "strength".
        place: Its place among the week's sessions of its kind, from 1.
        day: Its day.
        start: When it begins, in the plan's zone.
        end: When it ends, in the plan's zone.
        minutes: How long it takes. [min]
        rule: The name of the rule that set it.
        action: What that rule did.
        why: One sentence for the runner.
        source: Whose rule it is.
        evidence: How strong the evidence is.
        exercises: The exercises with their doses; empty for a long run.
        mark: "planned", "done", "skipped", "missed" or "not reported".
        ran_min: How long the run was; None without a report. [min]
        pain: The worst pain reported; None without a report and if skipped. [0-10]
        pain_next_morning: The pain on the next morning; None if not known. [0-10]
        fatigue: How tired the back was; None without a report of a run. [0-10]
        red_flags: The names of the red flags reported, separated by commas.
        note: The note in the report.
        exercises_done: The exercises reported as done, with their repetitions; empty if the
            report does not say.
    """

    week: int
    kind: Literal["long run", "strength"]
    place: int
    day: dt.date
    start: dt.datetime
    end: dt.datetime
    minutes: int
    rule: str
    action: str
    why: str
    source: str
    evidence: str
    exercises: str
    mark: Mark
    ran_min: int | None
    pain: int | None
    pain_next_morning: int | None
    fatigue: int | None
    red_flags: str
    note: str
    exercises_done: str


def _minutes_of(weeks: tuple[Week, ...]) -> str:
    minutes = (str(week.long_run.minutes) if week.long_run else "–" for week in weeks)
    return f"<{len(weeks)} weeks: {' '.join(minutes)} min>"


@frozen(kw_only=True)
class Plan:
    """
    A rebuild planned week by week, until the target is run.

    Attributes:
        id: The basis of its identity in calendars.
        name: Its name.
        timezone: The IANA time zone of its times.
        policy: The name of the policy that set the long runs.
        baseline_min: The long run it starts from. [min]
        target_min: The long run it leads to. [min]
        away: All days without training in the request as of today, also those after its last
            week, as ordered ranges that do not touch.
        today: The day as of which it is planned.
        status: "on course", "holding", "stepping back", "paused", "reached", or "away" if
            nothing is planned because days off have no end.
        finish: The day of the long run that ends the plan, or will end it; None if the plan
            stops short of its target.
        first_finish: What that day was before anything happened; None if there was none.
        pause: Why there are no long runs now, and whom to see; None if the plan is not paused.
        weeks: The weeks, in order.
        findings: What is legal but worth knowing, warnings first.

    >>> from runplan import Log, Rebuild, RunReport, build
    >>> rebuild = Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC")
    >>> plan = build(rebuild)
    >>> [week.long_run.minutes for week in plan.weeks]
    [40, 40, 40, 40, 45, 50, 55, 60]
    >>> plan.finish.isoformat()
    '2027-01-24'
    >>> log = Log([RunReport(day="2026-12-06", minutes=40, pain=2, pain_next_morning=0)])
    >>> build(rebuild, log, today="2026-12-07").weeks[1].long_run.decision.why
    "Held at 40 min: pain of 2 of 10 in Sunday's run."
    """

    id: str
    name: str
    timezone: str
    policy: str
    baseline_min: int
    target_min: int
    away: tuple[Away, ...]
    today: Date = field(repr=iso)
    status: Status
    finish: Date | None = field(repr=iso)
    first_finish: Date | None = field(repr=iso)
    pause: Pause | None
    weeks: tuple[Week, ...] = field(repr=_minutes_of)
    findings: tuple[Finding, ...] = field(
        repr=lambda findings: repr(tuple(finding.code for finding in findings))
    )

    @property
    def start(self) -> Date:
        """The plan's first day."""
        return self.weeks[0].first

    @property
    def next(self) -> LongRun | StrengthSession | None:
        """The next session from today on that is not reported yet; None if there is none."""
        ahead = (each for each in self.sessions if each.day >= self.today)
        return next((each for each in ahead if self.mark(each) == "planned"), None)

    @property
    def next_long_run(self) -> LongRun | None:
        """The next long run from today on that is not reported yet; None if there is none."""
        ahead = (week.long_run for week in self.weeks if not week.report)
        return next((run for run in ahead if run and run.day >= self.today), None)

    def mark(self, session: LongRun | StrengthSession) -> Mark:
        """
        Return whether a session is planned, done, skipped, missed or not reported.

        Returns:
            "done" if it is reported, "skipped" if it is a strength session reported as left out,
            "planned" if it lies ahead, "missed" if it is a long run
            still unreported on the fourth day after its day, "not reported" for anything else
            that is past.

        >>> from runplan import Rebuild, build
        >>> rebuild = Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC")
        >>> plan = build(rebuild, today="2026-12-10")
        >>> plan.mark(plan.weeks[0].long_run)
        'missed'
        """
        week = self.weeks[session.week - 1]
        report = week.report_of(session)
        if isinstance(report, StrengthReport) and report.skipped:
            return "skipped"
        if report:
            return "done"
        if session.day >= self.today:
            return "planned"
        is_open = self.today <= days_after(session.day, OPEN_DAYS)
        return "missed" if isinstance(session, LongRun) and not is_open else "not reported"

    @property
    def sessions(self) -> Iterator[LongRun | StrengthSession]:
        """All sessions in chronological order."""
        return (session for week in self.weeks for session in week.sessions)

    def rows(self) -> list[Row]:
        """
        Return one flat dict per session, in chronological order, ready for a data frame.

        Every row has the same keys and types: ``week`` (int, from 1), ``kind`` ("long run" or
        "strength"), ``place`` (int, from 1), ``day`` (date), ``start`` and ``end`` (datetimes
        in the plan's zone), ``minutes`` (int), ``rule``, ``action``, ``why``, ``source``,
        ``evidence`` and ``exercises`` (texts, the last one empty for a long run), ``mark``
        (text), ``ran_min``, ``pain``, ``pain_next_morning``, ``fatigue`` (int, or None without
        a report), ``red_flags`` (their names, separated by commas), ``note`` and
        ``exercises_done`` (texts).

        >>> from runplan import Rebuild, build
        >>> rebuild = Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC")
        >>> row = build(rebuild).rows()[0]
        >>> row["kind"], row["minutes"], row["start"].isoformat()
        ('strength', 30, '2026-12-02T18:30:00+00:00')
        """
        return [
            _row(session, self.mark(session), week.report_of(session))
            for week in self.weeks
            for session in week.sessions
        ]

    def table(self) -> Table:
        """
        Return a table for display: its status, its findings and a row per week.

        >>> from runplan import Rebuild, build
        >>> rebuild = Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC")
        >>> build(rebuild).table().rows[0]
        ('1', 'Sun 6 Dec', '40', 'Wed next', 'Starts at your baseline, 40 min: the length \
that brings no pain or fatigue.')
        """
        following = self.next
        return Table(
            self.name,
            (
                Column("Week", numeric=True),
                Column("Long run"),
                Column("Min", numeric=True),
                Column("How it went"),
                Column("Strength"),
                Column("Why"),
            ),
            [_week_row(self, week, following) for week in self.weeks],
            lines=_lines(self, following),
            findings=[(finding.level, finding.message) for finding in self.findings],
            note=NO_ADVICE,
            caption="Week by week, lengths in minutes",
            marked=following.week - 1 if following else None,
        ).without_empty()

    def _repr_html_(self) -> str:
        return self.table().to_html()


def _row(
    session: LongRun | StrengthSession, mark: Mark, report: RunReport | StrengthReport | None
) -> Row:
    lifts = session.prescriptions if isinstance(session, StrengthSession) else ()
    return {
        "week": session.week,
        "kind": "strength" if isinstance(session, StrengthSession) else "long run",
        "place": session.place,
        "day": to_stdlib_date(session.day),
        "start": to_stdlib_datetime(session.start),
        "end": to_stdlib_datetime(session.end),
        "minutes": session.minutes,
        "rule": session.decision.rule,
        "action": session.decision.action,
        "why": session.decision.why,
        "source": session.decision.source,
        "evidence": session.decision.evidence,
        "exercises": "; ".join(map(str, lifts)),
        "mark": mark,
        "ran_min": report.minutes if isinstance(report, RunReport) else None,
        "pain": report.pain if report and mark != "skipped" else None,
        "pain_next_morning": report.pain_next_morning if report else None,
        "fatigue": report.fatigue if isinstance(report, RunReport) else None,
        "red_flags": ", ".join(flag.value for flag in report.red_flags) if report else "",
        "note": report.note if report else "",
        "exercises_done": "; ".join(report.lifts) if isinstance(report, StrengthReport) else "",
    }


_WEEKS_OF_A_YEAR = 52

# The next session, passed around because finding it takes time.
_Next = LongRun | StrengthSession | None


def _lines(plan: Plan, following: _Next) -> list[str]:
    ends = f"{plan.baseline_min} to {plan.target_min} min"
    reached = f"you have reached {plan.target_min} minutes"
    status = reached if plan.status == "reached" else plan.status
    return [
        f"From {ends}, {_steps(plan.policy)}, {plan.timezone}.",
        f"{count(len(plan.weeks), 'week')} from {long_day(plan.start)}: {_end(plan)}.",
        _times(plan),
        f"As of {long_day(plan.today)}: {status}.{_ahead(plan, following)}",
    ]


def _steps(policy: str) -> str:
    return "five minutes a step" if policy == "five minutes" else f"{policy} policy"


def _end(plan: Plan) -> str:
    first = plan.first_finish
    planned = f"first planned for {dated_day(first)}" if first and first != plan.finish else ""
    if plan.finish:
        end = f"{plan.target_min} min on {long_day(plan.finish)}"
        return f"{end}, {planned}" if planned else end
    end = plan.status if plan.status in {"paused", "away"} else "target not reached"
    return f"{end}; {plan.target_min} min were {planned}" if planned else end


def _times(plan: Plan) -> str:
    """Return a sentence about the times of day of the sessions."""
    run, lift = _next(plan, LongRun), _next(plan, StrengthSession)
    times = [
        f"long run at {run.start:%H:%M}" if run else "",
        f"strength at {lift.start:%H:%M}, {lift.minutes} min a session" if lift else "",
    ]
    line = ", ".join(filter(None, times))
    return f"{line[:1].upper()}{line[1:]}." if line else ""


_Session = TypeVar("_Session", LongRun, StrengthSession)


def _next(plan: Plan, kind: type[_Session]) -> _Session | None:
    """Return the next session of a kind, or the last one if none lies ahead."""
    found = [each for each in plan.sessions if isinstance(each, kind)]
    return next((each for each in found if each.day >= plan.today), found[-1] if found else None)


def _ahead(plan: Plan, following: _Next) -> str:
    """Return which session comes next, and which long run if that is another session."""
    run = plan.next_long_run
    lift = following if isinstance(following, StrengthSession) else None
    return "".join(
        [
            f" Next: strength on {_when(lift)}." if lift else "",
            f" Next long run: {run.minutes} min on {_when(run)}." if run else "",
        ]
    )


def _when(session: LongRun | StrengthSession) -> str:
    return f"{short_day(session.day)} at {session.start:%H:%M}"


def _week_row(plan: Plan, week: Week, following: _Next) -> tuple[str, ...]:
    run = week.long_run
    # In a longer plan the same date occurs twice.
    named = short_day if len(plan.weeks) <= _WEEKS_OF_A_YEAR else dated_day
    return (
        str(week.number),
        named(run.day) if run else "none",
        str(run.minutes) if run else "",
        _how_it_went(plan, week, following),
        _strength(plan, week, following),
        reason(run) if run else no_run_reason(week),
    )


def _how_it_went(plan: Plan, week: Week, following: _Next) -> str:
    if week.report:
        return outcome_text(week.report)
    run = week.long_run
    return _shown_mark(run, plan.mark(run), following) if run else ""


def _strength(plan: Plan, week: Week, following: _Next) -> str:
    """Return the days of a week's strength sessions, with their marks."""
    if not week.strength:
        return "none"
    parts = []
    for mark, sessions in groupby(
        week.strength, lambda each: _shown_mark(each, plan.mark(each), following)
    ):
        days = [short_day(each.day)[:3] for each in sessions]
        # Reporting strength is optional: a missing report means nothing.
        parts.append(" ".join([*days, mark] if mark in {"done", "skipped", "next"} else days))
    reports = [report for report in week.strength_reports if report]
    pain = max((max(each.pain, each.pain_next_morning or 0) for each in reports), default=0)
    return ", ".join([*parts, f"pain {pain}"] if pain else parts)


def _shown_mark(session: LongRun | StrengthSession, mark: Mark, following: _Next) -> str:
    if session is following:
        return "next"
    return "" if mark == "planned" else mark
