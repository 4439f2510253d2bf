"""The weeks of a plan: what was intended, what happened, what pauses it, what is worth knowing."""

from typing import Literal

from attrs import field, frozen

from runplan.dates import Date, days_after, iso
from runplan.log import RunReport, StrengthReport
from runplan.sessions import Decision, LongRun, StrengthSession

# In which strength starts and the long run stays short.
FIRST_MONTH_WEEKS = 4


@frozen(kw_only=True)
class Finding:
    """
    Something legal but worth knowing about a plan.

    Attributes:
        code: A short stable name, to filter by.
        level: "note" or "warning".
        message: One plain sentence or two for the runner.
        week: The plan week it is about, the first one where it is about several; None for
            the whole plan.
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
        since: The day of the report that caused it. A clearance of that day or later ends it.
        decision: Which rule paused the plan, and why.
        whom: Whom to see.
        how_soon: How soon.
        resume_min: The long run to go on with if the clearance names no other. [min]
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
    Seven days of a plan, counted from its start: what was intended, and what happened.

    Attributes:
        number: Which week, from 1.
        first: Its first day.
        long_run_day: The day of the long run, whether there is one or not.
        long_run: The long run that was meant to be, or None where it is left out.
        strength: The strength sessions, in the order of their days.
        report: How the long run went, with its next morning; of two reports the one that
            earns less. None without one.
        strength_reports: How each strength session went, in the order of strength; None where
            there is no report.
        pause: Why the long run is left out, if the plan is paused.

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

    @property
    def last(self) -> Date:
        """Its last day."""
        return days_after(self.first, 6)

    @property
    def sessions(self) -> tuple[LongRun | StrengthSession, ...]:
        """Every session, in the order of time."""
        long_run = () if self.long_run is None else (self.long_run,)
        return tuple(sorted((*long_run, *self.strength), key=lambda each: (each.day, each.at)))

    def report_of(self, session: LongRun | StrengthSession) -> RunReport | StrengthReport | None:
        """Return the report of one of its sessions, None without one."""
        if isinstance(session, LongRun):
            return self.report
        return self.strength_reports[self.strength.index(session)]
