"""The titles and descriptions of calendar events, worded for a phone's screen."""

from collections.abc import Callable

from runplan._base.dates import weekday_name
from runplan._base.text import NO_ADVICE, full_stop
from runplan.model.entries import DONE_PCT, RunReport, StrengthReport
from runplan.model.plan import Mark
from runplan.model.sessions import LongRun, Prescription, StrengthSession
from runplan.model.weeks import Pause

ON_THE_RUN = "On the run: shoulders low, head over the hips, hands loose."
_AFTER_A_RUN = (
    "Afterwards note the minutes, any pain in the upper back from 0 (none) to 10 and the minute "
    "it began, how tired the back is, and the pain the next morning. Dull soreness in muscles "
    "used in the last three days does not count as pain."
)
TECHNIQUE = (
    "Good technique comes first: if you are unsure, have a trainer or coach show you. Choose a "
    "weight that leaves as many repetitions in reserve as the RPE says: 7 leaves about three. "
    "Rest 60 to 120 seconds between sets."
)
# The marks that the title of a strength session shows: what was reported, and nothing else.
_TOLD: set[Mark] = {"done", "skipped"}
_AFTER_STRENGTH = f"{TECHNIQUE} Afterwards note any pain from 0 (none) to 10."


def title(
    session: LongRun | StrengthSession,
    mark: Mark = "planned",
    report: RunReport | StrengthReport | None = None,
    *,
    emoji: bool = False,
) -> str:
    """
    Return the title: the kind of session, its length, and what became of it.

    A strength session says so only if it was reported, as done or as skipped.

    Args:
        session: The session.
        mark: Its mark.
        report: Its report, if there is one.
        emoji: Whether it begins with an emoji.

    >>> from runplan import Rebuild, RunReport, build
    >>> plan = build(Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC"))
    >>> run, short = plan.weeks[0].long_run, RunReport(day="2026-12-06", minutes=22)
    >>> title(run), title(run, "done"), title(run, "done", short)
    ('Long run · 40 min', 'Long run · 40 min · done', 'Long run · 22 of 40 min')
    """
    outcome = f" · {mark}"
    if mark == "planned" or (isinstance(session, StrengthSession) and mark not in _TOLD):
        outcome = ""
    if isinstance(session, StrengthSession):
        return f"{'💪 ' if emoji else ''}Strength · upper back, {session.minutes} min{outcome}"
    minutes = f"{session.minutes} min{outcome}"
    if isinstance(report, RunReport) and report.minutes * 100 < session.minutes * DONE_PCT:
        minutes = f"{report.minutes} of {session.minutes} min"
    return f"{'🏃 ' if emoji else ''}Long run · {minutes}"


def how_to(prescription: Prescription) -> str:
    """Return an exercise with its dose and how to do it."""
    exercise = prescription.exercise
    steps = "\n- ".join([str(prescription), *exercise.cues])
    return f"{steps}\nEasier first: {exercise.easier}."


def description(
    session: LongRun | StrengthSession,
    mark: Mark = "planned",
    report: RunReport | StrengthReport | None = None,
    how_to: Callable[[Prescription], str] = how_to,
) -> str:
    """
    Return the description: what to do, why and how to report it, or how it went.

    Args:
        session: The session.
        mark: Its mark.
        report: Its report, if there is one.
        how_to: Returns the text about an exercise.

    >>> from runplan import Rebuild, build
    >>> plan = build(Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC"))
    >>> print(description(plan.weeks[0].long_run).splitlines()[0])
    Week 1: run for 40 minutes.
    """
    if isinstance(session, LongRun):
        what = [f"Week {session.week}: run for {session.minutes} minutes.", ON_THE_RUN]
        after = _AFTER_A_RUN
    else:
        what = [f"Week {session.week}: strength for the upper back, {session.minutes} minutes."]
        what += [how_to(each) for each in session.prescriptions]
        after = _AFTER_STRENGTH
    why = [f"Why: {session.decision.why} ({session.decision.rule}: {session.decision.source})"]
    if session.moved_from is not None:
        why.append(f"Moved from {weekday_name(session.moved_from)}.")
    if mark != "planned":
        # For a past session, people want to know how it went, not how to do it.
        parts = [what[0], _outcome(session, mark, report), "\n".join(why), NO_ADVICE]
        return "\n\n".join(filter(None, parts))
    return "\n\n".join([*what, "\n".join(why), after, NO_ADVICE])


def _outcome(
    session: LongRun | StrengthSession, mark: Mark, report: RunReport | StrengthReport | None
) -> str:
    if report is not None:
        on = "" if report.day == session.day else f" on {weekday_name(report.day)}"
        return full_stop(f"{'Reported' if mark == 'skipped' else 'Done'}{on}: {report}")
    if mark == "missed":
        return (
            "Not reported, so it counts as not run. A late report still counts for what lies ahead."
        )
    # Reporting strength is optional, so there is no reminder.
    return "Not reported. If it was done, report it." if isinstance(session, LongRun) else ""


def pause_title(pause: Pause) -> str:
    """Return the title of the note that replaces a long run."""
    return f"No long run: see {pause.whom}"


def pause_description(pause: Pause) -> str:
    """Return whom to see, why there is no long run, and how the plan resumes."""
    strength = " Strength is paused too." if pause.stops_strength else ""
    return "\n\n".join(
        [
            # What to do comes first: in an emergency, whom to call.
            pause.advice,
            f"{pause.why}{strength}",
            (
                f"Afterwards log the clearance: the long run resumes at {pause.resume_min} min, "
                "or at the baseline you are given."
            ),
            f"({pause.decision.rule}: {pause.decision.source})",
            NO_ADVICE,
        ]
    )
