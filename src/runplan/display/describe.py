"""describe: a picture in words, for who does not see it, and for whatever wants an alt text."""

from collections.abc import Iterator, Sequence

from runplan._base.dates import Date, long_day
from runplan._base.text import NO_ADVICE, cleaned, count, full_stop
from runplan.display import story
from runplan.display.story import Pain, Span
from runplan.errors import InvalidType
from runplan.forecasting.compare import Compared, Comparison
from runplan.forecasting.results import Forecast, percent
from runplan.model.plan import Plan
from runplan.model.sessions import LongRun
from runplan.model.weeks import Week

# What there is room for under a picture.
NO_ADVICE_IN_SHORT = full_stop(NO_ADVICE.partition(":")[0])
NOTE_IN_SHORT = "Arithmetic on assumptions, not medicine."

# How many things of a kind are told one by one: a text that is read aloud must end.
_MOST = 4


def describe(thing: Plan | Forecast | Comparison) -> str:
    """
    Say in words what the picture shows that ``plot`` draws.

    The text is made of whole sentences on one line, bounded in length however long the plan
    is, and fit for an alt text. It is plain text: whoever puts it into HTML escapes it.

    Args:
        thing: A Plan, a Forecast or a Comparison.

    Raises:
        InvalidType: If it is something else.

    >>> from runplan import Rebuild, build
    >>> rebuild = Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC")
    >>> print(describe(build(rebuild)).partition(". ")[0])
    Long run rebuild: the long run week by week, from 40 to 60 min in 8 weeks from Monday, \
30 November 2026
    """
    if isinstance(thing, Plan):
        return " ".join(_of_plan(thing))
    if isinstance(thing, Forecast):
        return " ".join(_of_forecast(thing))
    if isinstance(thing, Comparison):
        return " ".join(_of_comparison(thing))
    raise InvalidType(
        "what is described must be a Plan, a Forecast or a Comparison",
        thing,
        "give what build, forecast or compare returned",
    )


def as_first_planned(original: Plan) -> str:
    """Say what the line of the first plan shows."""
    end = f": {_end(original)}" if original.finish else ""
    return full_stop(f"A thin line shows what was first planned{end}")


def _of_plan(plan: Plan) -> Iterator[str]:
    weeks = count(len(plan.weeks), "week")
    yield (
        f"{cleaned(plan.name)}: the long run week by week, from {plan.baseline_min} to "
        f"{plan.target_min} min in {weeks} from {long_day(plan.start)}."
    )
    if plan.status != "reached":
        yield full_stop(_end(plan))
    if story.looks_back(plan):
        yield from _so_far(plan)
    yield from _gaps(plan)
    yield from _ahead(plan)
    yield NO_ADVICE_IN_SHORT


def _end(plan: Plan) -> str:
    if plan.finish:
        return f"{plan.target_min} min are due on {long_day(plan.finish)}"
    if plan.pause:
        return f"The plan is paused before it gets to {plan.target_min} min"
    return f"These weeks do not get to {plan.target_min} min"


def _so_far(plan: Plan) -> Iterator[str]:
    at = f" {plan.target_min} min on {long_day(plan.finish)}" if plan.finish else ""
    status = f"reached{at}" if plan.status == "reached" else plan.status
    yield f"As of {long_day(plan.today)}: {status}."
    yield from _runs(plan)
    found = story.pains(plan)
    yield from _pain(found, f"Pain in {count(len(found), 'long run')}")
    mornings = story.pains_next_morning(plan)
    yield from _pain(mornings, f"Pain the morning after {count(len(mornings), 'long run')}")
    flags = story.red_flags(plan)
    if flags:
        yield f"Red flags: {', '.join(flags)}."
    elif not found and not mornings and any(story.reported(plan)):
        yield "No pain was reported of them."


def _runs(plan: Plan) -> Iterator[str]:
    done = [(week.long_run, report.minutes) for week, report in story.reported(plan)]
    asked = [(run.minutes, minutes) for run, minutes in done if run]
    missed = len(story.missed(plan))
    if asked:
        full = sum(minutes >= planned for planned, minutes in asked)
        latest = ", ".join(f"{minutes} of {planned}" for planned, minutes in asked[-_MOST:])
        said = f"{full} of {count(len(asked), 'long run')} at full length or more"
        yield f"Reported: {said}; the latest, run of planned: {latest} min."
    if missed:
        yield f"Missed: {count(missed, 'long run')}."
    if len(asked) < len(done):
        yield f"Run where none was planned: {count(len(done) - len(asked), 'long run')}."


def _pain(pains: Sequence[Pain], opening: str) -> Iterator[str]:
    if not pains:
        return
    told = "; ".join(_one_pain(each) for each in pains[-_MOST:])
    latest = ", the latest" if len(pains) > _MOST else ""
    yield f"{opening}{latest}: {told}."


def _one_pain(pain: Pain) -> str:
    began = "" if pain.minute is None else f" from minute {pain.minute}"
    return f"{pain.severity} of 10{began} in week {pain.week}"


def _gaps(plan: Plan) -> Iterator[str]:
    pauses = story.pauses(plan)
    for span in pauses[-_MOST:]:
        pause = plan.weeks[span.first - 1].pause
        why = full_stop(pause.why) if pause else ""
        yield f"No long run in {span}. {why}"
    if len(pauses) > _MOST:
        yield f"Before that, {count(len(pauses) - _MOST, 'earlier pause')}."
    if plan.pause:
        yield plan.pause.advice
    if plan.away:
        ranges = [f"{_short(each.first)} to {_short(each.last)}" for each in plan.away]
        more = f" and {len(ranges) - _MOST} more" if len(ranges) > _MOST else ""
        yield f"Days away: {', '.join(ranges[:_MOST])}{more}."


def _ahead(plan: Plan) -> Iterator[str]:
    runs = [run for run in _long_runs(plan.weeks) if plan.mark(run) == "planned"]
    if runs:
        first, last = runs[0], runs[-1]
        steps = ", ".join(str(run.minutes) for run in runs)
        if len(runs) > 3 * _MOST:
            steps = f"from {first.minutes} to {last.minutes}"
        yield f"Planned in {Span(first.week, last.week)}: {steps} min."
    strength = story.strength(plan)
    most = max(planned for planned, _ in strength)
    if most:
        least = min(planned for planned, _ in strength)
        reported = sum(done for _, done in strength)
        range_ = f"{least} to {most}" if least < most else most
        said = f"; {reported} reported" if story.looks_back(plan) else ""
        yield f"Strength sessions a week: {range_}{said}."
    session = plan.next
    if session:
        what = f"long run of {session.minutes} min" if isinstance(session, LongRun) else "strength"
        yield f"Next: {what} on {long_day(session.day)}."


def _of_forecast(forecast: Forecast) -> Iterator[str]:
    shown = forecast.weeks[: story.last_shown(forecast) + 1]
    yield (
        f"{cleaned(forecast.name)}: forecast of the long run week by week, and below it the share "
        f"of the plays that has reached {forecast.target_min} min."
    )
    yield from forecast.table().lines
    places = sorted({len(shown) * part // _MOST - 1 for part in range(1, _MOST + 1)} - {-1})
    shares = [
        f"{percent(shown[place].reached)} % by week {shown[place].number}" for place in places
    ]
    yield f"Reached: {', '.join(shares)}."
    for place in sorted({len(shown) // 2, len(shown) - 1}):
        week = shown[place]
        yield (
            f"In week {week.number} the middle of the plays is {week.median_min} min, 80 % of them "
            f"lie between {week.low_min} and {week.high_min} min."
        )
    yield forecast.note


def _of_comparison(comparison: Comparison) -> Iterator[str]:
    plans = comparison.plans
    yield (
        f"{count(len(plans), 'plan')} side by side: the long run week by week, and below it the "
        "share of the plays that has reached the target."
    )
    for each in plans:
        yield _one_compared(each)
    yield NO_ADVICE_IN_SHORT
    yield comparison.note


def _one_compared(each: Compared) -> str:
    end = f", there on {long_day(each.finish)} if all runs are clean" if each.finish else ""
    chances = each.forecast
    half = f", in half of them by {long_day(chances.median_day)}" if chances.median_day else ""
    return (
        f"{cleaned(each.name)}: from {each.baseline_min} to {each.target_min} min, "
        f"{count(each.weeks, 'week')}{end}; reached in {percent(chances.reached_share)} % of the "
        f"plays{half}."
    )


def _long_runs(weeks: Sequence[Week]) -> Iterator[LongRun]:
    return (week.long_run for week in weeks if week.long_run)


def _short(day: Date) -> str:
    return long_day(day).partition(", ")[2]
