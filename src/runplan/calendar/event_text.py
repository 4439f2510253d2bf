"""The titles and descriptions of calendar events, worded for a phone's screen."""

from collections.abc import Callable

from runplan._base.dates import Date, weekday_name
from runplan._base.text import NO_ADVICE, full_stop
from runplan.model.entries import DONE_PCT, RunReport, StrengthReport
from runplan.model.exercises import Exercise
from runplan.model.plan import Mark
from runplan.model.sessions import LongRun, StrengthSession
from runplan.model.weeks import Pause

ON_THE_RUN = "On the run: shoulders low, head over the hips, hands loose."
_SORENESS = "Dull soreness in muscles used in the last three days does not count as pain."
TECHNIQUE = (
    "Good technique comes first: if you are unsure, have a trainer or coach show you. Choose a "
    "weight that leaves as many repetitions in reserve as the RPE says: 7 leaves about three. "
    "Rest 60 to 120 seconds between sets."
)
# The marks that the title of a strength session shows: what was reported, and nothing else.
_TOLD: set[Mark] = {"done", "skipped"}
_AFTER_STRENGTH = (
    'Afterwards, if you like: runplan log "strength 0", with the pain from 0 (none) to 10.'
)


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


def how_to(exercise: Exercise) -> str:
    """Return how to do an exercise."""
    steps = "\n- ".join([exercise.name, *exercise.cues])
    return f"{steps}\nEasier first: {exercise.easier}."


def description(
    session: LongRun | StrengthSession,
    mark: Mark = "planned",
    report: RunReport | StrengthReport | None = None,
    answer_url: str | None = None,
    how_to: Callable[[Exercise], str] = how_to,
) -> str:
    r"""
    Return the description: what to do, why, how to report it and how to do it, or how it went.

    A phone shows some six lines, so what matters most comes first.

    Args:
        session: The session.
        mark: Its mark.
        report: Its report, if there is one.
        answer_url: The address of a page for reports.
        how_to: Returns the text about an exercise.

    >>> from runplan import Rebuild, build
    >>> plan = build(Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC"))
    >>> print("\n".join(description(plan.weeks[0].long_run).splitlines()[:3]))
    Run for 40 minutes.
    That is the most for today: stop earlier if it hurts.
    On the run: shoulders low, head over the hips, hands loose.
    """
    why = _why(session)
    if isinstance(session, StrengthSession):
        doses = list(map(str, session.prescriptions))
        if mark != "planned":
            # Reporting strength is optional, so there is no reminder.
            outcome = _done(session, report) if report else ""
            planned = f"Planned: {'; '.join(doses)}."
            return "\n\n".join(filter(None, [outcome, planned, why, NO_ADVICE]))
        after = _with_link(_AFTER_STRENGTH, answer_url)
        steps = [how_to(each.exercise) for each in session.prescriptions]
        return "\n\n".join(["\n".join([*doses, _STOP]), why, after, *steps, TECHNIQUE, NO_ADVICE])
    if report:
        # For a past session, people want to know how it went, not how to do it.
        return f"{_done(session, report)}\n\n{why}\n\n{NO_ADVICE}"
    after = _with_link(_after_a_run(session.minutes), answer_url)
    what = _UNREPORTED.get(mark, f"Run for {session.minutes} minutes.\n{_MOST}\n{ON_THE_RUN}")
    return f"{what}\n\n{why}\n\n{after}\n\n{NO_ADVICE}"


_MOST = "That is the most for today: stop earlier if it hurts."
_STOP = "Stop if it hurts."
_UNREPORTED = {
    "missed": (
        "Not reported, so it counts as not run. A late report still counts for what lies ahead."
    ),
    "not reported": "Not reported. If it was done, report it.",
}


def _why(session: LongRun | StrengthSession) -> str:
    decision = session.decision
    why = f"Why (week {session.week}): {decision.why} ({decision.rule}: {decision.source})"
    if session.moved_from is None:
        return why
    return f"{why}\nMoved from {weekday_name(session.moved_from)}."


def _after_a_run(minutes: int) -> str:
    onset = minutes - 5
    return (
        f'Afterwards: runplan log "{minutes} ok", or "{minutes} 2@{onset}" for pain of 2 from '
        f'minute {onset}; add "tired 7" for a back that tired. The next morning: runplan log '
        f'"morning 0", with the pain then. Each goes from 0 (none) to 10. {_SORENESS}'
    )


def _with_link(text: str, url: str | None) -> str:
    # Without a full stop, which programs would take for a part of the address.
    return f"{text}\nOr here: {url}" if url else text


def _done(session: LongRun | StrengthSession, report: RunReport | StrengthReport) -> str:
    on = "" if report.day == session.day else f" on {weekday_name(report.day)}"
    is_skipped = isinstance(report, StrengthReport) and report.skipped
    return full_stop(f"{'Reported' if is_skipped else 'Done'}{on}: {report}")


def question_title(*, emoji: bool = False) -> str:
    """Return the title of the question on the morning after a long run."""
    return f"{'🌅 ' if emoji else ''}How is the back?"


def question_description(ran_on: Date, answer_url: str | None = None) -> str:
    """
    Return the question on the morning after a long run, how to answer it, and why it is asked.

    Args:
        ran_on: The day of the run.
        answer_url: The address of a page for reports.
    """
    answer = 'Answer with your number: runplan log "morning 0".'
    return "\n\n".join(
        [
            "How does the upper back feel this morning, from 0 (no pain) to 10?\n"
            + _with_link(answer, answer_url),
            (
                f"Why: it completes the report of {weekday_name(ran_on)}'s run, on which the next "
                f"long run depends. {_SORENESS}"
            ),
            NO_ADVICE,
        ]
    )


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
