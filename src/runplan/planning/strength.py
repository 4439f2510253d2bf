"""Strength: a week's number of sessions is fixed on its first day, each session on its own."""

from collections.abc import Sequence

from runplan._base.dates import Date, day_numbered
from runplan.model.entries import StrengthReport
from runplan.model.sessions import Decision, Prescription, StrengthSession
from runplan.planning.advance import brought_to, has_ended, ramp_week
from runplan.planning.decide import Moment, has_complaints
from runplan.planning.pauses import decided
from runplan.planning.ramp import RampWeek, prescribe, ramp_decision, rotated, sessions_due
from runplan.planning.schedule import Placed
from runplan.planning.state import State
from runplan.planning.strength_work import Strength
from runplan.planning.timeline import Timeline
from runplan.policy.presets import CAUTIOUS, FIVE_MINUTES


def due_in(timeline: Timeline, before: RampWeek) -> RampWeek:
    """Return the next week of the ramp as known on its first day, given the week before."""
    course, state = timeline.course, timeline.states[-1]
    # The number of the ramp week may be known better by now; what was intended is fixed.
    state = state._replace(ramp=before._replace(number=state.ramp.number))
    first = course.first_day(state.week + 1)
    due = ramp_week(course, state, timeline.known, course.at(first))
    if has_ended(course, timeline.after(state.week), first):
        due = due._replace(sessions=0)
    return due._replace(sessions_before=before.sessions_before + before.sessions)


def placed_in(timeline: Timeline, ramp: RampWeek, busy: Sequence[int], today: int) -> list[Placed]:
    """
    Return when the sessions of the next week take place, by day.

    Args:
        timeline: The long runs before that week.
        ramp: The week of the ramp.
        busy: The days of the sessions in the week before.
        today: Today.
    """
    week = timeline.states[-1].week + 1
    course = timeline.courses.known(today)
    asked = course.at(course.first_day(week)).ramp
    following = sessions_due(asked, ramp.number + 1) if asked else 0
    return course.strength(week, (ramp.sessions, following), busy)


def sessions(
    timelines: tuple[Timeline, Timeline],
    week: int,
    ramp: RampWeek,
    placed: Sequence[Placed],
    today: int,
) -> list[StrengthSession]:
    """
    Return the sessions that take place, each as fixed on its day.

    Args:
        timelines: The long runs before them, as known before the week, and on its first day or
            later.
        week: Their plan week, from 1.
        ramp: The week of the ramp.
        placed: Their days and times, by day.
        today: Today.
    """
    found: list[StrengthSession] = []
    before, timeline = timelines
    content: tuple[Strength, Decision, tuple[Prescription, ...]] | None = None
    is_cancelled = False
    checked = 0
    for each in placed:
        day = min(each.slot, today)
        # Without news, the result for the last session applies to this one.
        if not checked or timeline.has_news(day, day):
            timeline, checked = _fixed(before, timeline, each.slot, today)
            is_cancelled = _is_cancelled(timeline, week, each.slot, checked)
            # Its own report is news for the next one.
            checked = checked if checked == each.slot else 0
        rebuild = timeline.course.at(each.slot)
        if is_cancelled or not rebuild.strength or _is_after(rebuild.last_day, each.slot):
            continue
        if content is None or content[0] is not rebuild.strength:
            content = _content(rebuild.strength, ramp, week)
        work, decision, prescriptions = content
        found.append(
            StrengthSession(
                week=week,
                place=each.place,
                day=day_numbered(each.slot),
                at=each.at,
                timezone=each.timezone,
                minutes=work.minutes,
                decision=decision,
                moved_from=each.moved_from,
                # By its place in the plan, so that nothing reported later changes it.
                prescriptions=rotated(
                    prescriptions, work.per_session, ramp.sessions_before + each.place
                ),
            )
        )
    return found


def _content(
    work: Strength, ramp: RampWeek, week: int
) -> tuple[Strength, Decision, tuple[Prescription, ...]]:
    return work, ramp_decision(work.ramp, ramp, week), prescribe(work.chosen, ramp)


def _fixed(before: Timeline, timeline: Timeline, day: int, today: int) -> tuple[Timeline, int]:
    """Return the timeline when a session was fixed, and the last day whose reports count."""
    seen = timeline.known.reports.known(min(day, today))
    own = [each.recorded_on for each in seen.on(day) if isinstance(each, StrengthReport)]
    if not own:
        return timeline.known_on(seen.by), day
    # Pain reported with the session itself does not cancel it.
    recorded = min(own).toordinal()
    then = before if recorded <= timeline.by else timeline
    return then.known_on(recorded - 1, recorded), day - 1


def _may_pause(state: State, now: Moment) -> bool:
    """Return whether the table may bring a pause: this spares most weeks a decision."""
    # The presets pause only because of pain and red flags; other rules may have other reasons.
    is_preset = any(now.rebuild.policy.rules is each.rules for each in (FIVE_MINUTES, CAUTIOUS))
    return not is_preset or has_complaints(state, now.until)


def _is_after(last: Date | None, day: int) -> bool:
    return last is not None and last.toordinal() < day


def _is_cancelled(timeline: Timeline, week: int, day: int, until: int) -> bool:
    """Return whether the plan ended before a week, or its strength is paused on a day."""
    rebuild, known = timeline.course.at(day), timeline.known
    if len(timeline.intentions) < week:
        over = has_ended(timeline.course, timeline.after(week - 1), day)
        last = timeline.slot(week - 1) if week > 1 else 0
        own = timeline.ran(week) if known.long_run_days(last + 1, until) else 0
        if 0 < own <= until:
            # The long run of the week was run early, so its pain counts.
            timeline = timeline.with_next(timeline.course.long_run(week), own)
    else:
        over = timeline.states[week].is_over
    now = Moment(rebuild, known, day, until)
    state, now = brought_to(timeline.course, timeline.after(len(timeline.intentions)), now)
    if over or not (state.paused or _may_pause(state, now)):
        return over
    paused = decided(state, now)[0].paused
    return paused is not None and paused.refer.stops_strength
