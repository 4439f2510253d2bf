"""The weeks of a plan, with intended sessions, reports, pauses and findings."""

from collections.abc import Iterator
from typing import Literal

from attrs import field, frozen

from runplan._base.dates import Date, days_after, iso, long_day, short_day
from runplan._base.tables import Column, Table
from runplan._base.text import NO_ADVICE
from runplan.model.entries import RunReport, StrengthReport
from runplan.model.sessions import Decision, LongRun, StrengthSession

# The first month: strength starts, and the long run stays at its baseline.
FIRST_MONTH_WEEKS = 4

# A planned long run may still be reported this many days after its day.
OPEN_DAYS = 3


@frozen(kw_only=True)
class Finding:
    """
    Something legal but worth knowing about a plan.

    Attributes:
        code: A short stable name, to filter by.
        level: "note" or "warning".
        message: One plain sentence or two for the runner.
        week: The plan week it is about, the first if there are several; None for the whole
            plan.
        source: Where the number or the rule comes from.

    >>> Finding(code="not-assessed", level="note", message="…", week=None, source="NICE CKS").level
    'note'
    """

    code: str
    level: Literal["note", "warning"]
    message: str
    week: int | None
    source: str


@frozen(kw_only=True)
class Pause:
    """
    Why there are no long runs until a clearance is logged, and whom to see.

    Attributes:
        since: The day of the session that caused it. A clearance of that day or later ends it.
        reported_on: The day on which that was recorded.
        decision: The rule that paused the plan, and why.
        whom: Whom to see.
        how_soon: How soon.
        resume_min: The long run to resume with unless the clearance gives a baseline. [min]
        stops_strength: Whether strength is paused too.

    Source:
        docs/explanation/rules.md

    >>> from runplan import Log, Rebuild, RunReport, build
    >>> rebuild = Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC")
    >>> log = Log([RunReport(day="2026-12-06", minutes=40, pain=7, pain_from=30)])
    >>> pause = build(rebuild, log, today="2026-12-06").pause
    >>> pause.why, pause.resume_min
    ("Paused: pain of 7 of 10 in Sunday's run.", 20)
    """

    since: Date = field(repr=iso)
    reported_on: Date = field(repr=iso)
    decision: Decision = field(repr=lambda decision: f"<{decision.rule}: {decision.action}>")
    whom: str
    how_soon: str
    resume_min: int
    stops_strength: bool = False

    @property
    def why(self) -> str:
        """The reason in one sentence."""
        return self.decision.why

    @property
    def advice(self) -> str:
        """Whom to see and how soon, in one sentence."""
        return f"See {self.whom} {self.how_soon}."


def _reported(reports: tuple[StrengthReport | None, ...]) -> str:
    return f"<{len(reports) - reports.count(None)} of {len(reports)}>"


@frozen(kw_only=True)
class Week:
    """
    A plan week of seven days: what was intended, and what happened.

    Attributes:
        number: The number of the week, from 1.
        first: Its first day.
        long_run_day: The day of the long run; its usual day if there is none.
        long_run: The intended long run; None if it is left out.
        strength: The strength sessions, by day.
        report: How the long run went, with its next morning; several reports of its day are
            combined. None without a report.
        strength_reports: How each strength session went, in the order of strength; None for
            those without a report.
        pause: Why the long run is left out, if the plan is paused.
        is_over: Whether the target was reached before, so that nothing is planned.

    >>> from runplan import Rebuild, build
    >>> plan = build(Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC"))
    >>> plan.weeks[4].number, len(plan.weeks[4].strength)
    (5, 3)
    """

    number: int
    first: Date = field(repr=iso)
    long_run_day: Date = field(repr=iso)
    long_run: LongRun | None
    strength: tuple[StrengthSession, ...]
    report: RunReport | None = None
    strength_reports: tuple[StrengthReport | None, ...] = field(default=(), repr=_reported)
    pause: Pause | None = None
    is_over: bool = False

    @property
    def last(self) -> Date:
        """Its last day."""
        return days_after(self.first, 6)

    @property
    def sessions(self) -> tuple[LongRun | StrengthSession, ...]:
        """All sessions in chronological order."""
        long_run = () if self.long_run is None else (self.long_run,)
        return tuple(sorted((*long_run, *self.strength), key=lambda each: (each.day, each.at)))

    def report_of(self, session: LongRun | StrengthSession) -> RunReport | StrengthReport | None:
        """Return the report of one of its sessions; None without one."""
        if isinstance(session, LongRun):
            return self.report
        return self.strength_reports[self.strength.index(session)]

    def table(self) -> Table:
        """
        Return a table for display: a row per session, and the exercises.

        >>> from runplan import Rebuild, build
        >>> plan = build(
        ...     Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC")
        ... )
        >>> plan.weeks[0].table().rows[1][:4]
        ('Long run', 'Sun 6 Dec', '09:00', '40')
        """
        columns = (
            Column("Session"),
            Column("Day"),
            Column("Time"),
            Column("Min", numeric=True),
            Column("How it went"),
            Column("Why"),
        )
        return Table(
            f"Week {self.number}, from {long_day(self.first)}",
            columns,
            [_row(session, self.report_of(session)) for session in self.sessions],
            lines=[
                "" if self.long_run else no_run_reason(self),
                self.pause.advice if self.pause else "",
                *_lifts(self.strength),
            ],
            note=NO_ADVICE,
            caption="Session by session, lengths in minutes",
        ).without_empty()

    def _repr_html_(self) -> str:
        return self.table().to_html()


def _lifts(sessions: tuple[StrengthSession, ...]) -> Iterator[str]:
    """Return the exercises of strength sessions, by day if they differ."""
    lifts = {each.day: "; ".join(map(str, each.prescriptions)) for each in sessions}
    if len(set(lifts.values())) == 1:
        yield f"Strength: {lifts[sessions[0].day]}."
        return
    for day, exercises in lifts.items():
        yield f"Strength on {short_day(day)}: {exercises}."


def _row(
    session: LongRun | StrengthSession, report: RunReport | StrengthReport | None
) -> tuple[str, ...]:
    return (
        "Long run" if isinstance(session, LongRun) else "Strength",
        short_day(session.day),
        f"{session.start:%H:%M}",
        str(session.minutes),
        outcome_text(report) if report else "",
        reason(session),
    )


def reason(session: LongRun | StrengthSession) -> str:
    """Return the reason for a session, and the day from which it was moved."""
    moved = f" Moved from {short_day(session.moved_from)}." if session.moved_from else ""
    return session.decision.why + moved


def no_run_reason(week: Week) -> str:
    """Return why a week has no long run; "" if its strength sessions leave nothing to add."""
    if week.pause:
        return week.pause.why
    if week.is_over:
        return "The target was reached before."
    return "" if week.strength else "Days off leave no day for the long run."


def outcome_text(report: RunReport | StrengthReport) -> str:
    """
    Return a short summary of how a session went.

    >>> report = RunReport(day="2026-12-06", minutes=38, pain=2, pain_next_morning=1, fatigue=3)
    >>> outcome_text(report)
    '38 min, pain 2, morning 1, fatigue 3'
    """
    morning = report.pain_next_morning
    pains = [
        f"pain {report.pain}" if report.pain else "",
        f"morning {morning}" if morning else "",
    ]
    flags = [flag.value for flag in report.red_flags]
    if isinstance(report, StrengthReport):
        return _listed("skipped" if report.skipped else "done", *pains, *report.lifts, *flags)
    tired = f"fatigue {report.fatigue}" if report.fatigue else ""
    awaited = "morning?" if morning is None else ""
    return _listed(f"{report.minutes} min", *pains, tired, awaited, *flags)


def _listed(*parts: str) -> str:
    return ", ".join(filter(None, parts))
