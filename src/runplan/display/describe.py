"""describe: the content of a plot in words, for alt text and for people who cannot see it."""

from collections.abc import Iterator, Sequence

from runplan._base.dates import Date, long_day
from runplan._base.text import NO_ADVICE_IN_SHORT, cleaned, count, full_stop
from runplan.display import summary
from runplan.display.summary import Pain
from runplan.errors import InvalidType
from runplan.forecasting.compare import Compared, Comparison
from runplan.forecasting.results import Forecast, percent
from runplan.model.plan import Plan
from runplan.model.sessions import LongRun

# Short enough for the caption of a plot.
NOTE_IN_SHORT = "Arithmetic on assumptions, not medicine."

# How many items of a kind are listed one by one, so that the text stays short enough to be read
# aloud.
_MOST = 4


def describe(thing: Plan | Forecast | Comparison) -> str:
    """
    Describe in words what ``plot`` draws.

    The text consists of full sentences on one line. It stays short however long the plan is, so
    it can serve as alt text. It is plain text: escape it for use in HTML.

    Args:
        thing: A Plan, a Forecast or a Comparison.

    Raises:
        InvalidType: If it is anything else.

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


def original_line(original: Plan) -> str:
    """Return a sentence about the line of the original plan."""
    end = f": {_end(original)}" if original.finish else ""
    return full_stop(f"A thin line shows the original plan{end}")


def _of_plan(plan: Plan) -> Iterator[str]:
    if plan.pause:
        # The advice of an emergency comes before anything else.
        yield f"{full_stop(plan.pause.why)} {plan.pause.advice}"
    weeks = count(len(plan.weeks), "week")
    yield (
        f"{cleaned(plan.name)}: the long run week by week, from {plan.baseline_min} to "
        f"{plan.target_min} min in {weeks} from {long_day(plan.start)}."
    )
    if plan.status != "reached":
        yield full_stop(_end(plan))
    if summary.has_begun(plan):
        yield from _so_far(plan)
    yield from _gaps(plan)
    yield from _ahead(plan)
    yield NO_ADVICE_IN_SHORT


def _end(plan: Plan) -> str:
    if plan.finish:
        is_run = any(report.day == plan.finish for _, report in summary.reported(plan))
        end = "were reached" if is_run else "are due"
        return f"{plan.target_min} min {end} on {long_day(plan.finish)}"
    if plan.pause:
        return f"The plan is paused before it reaches {plan.target_min} min"
    return f"These weeks do not reach {plan.target_min} min"


def _so_far(plan: Plan) -> Iterator[str]:
    at = f" {plan.target_min} min on {long_day(plan.finish)}" if plan.finish else ""
    status = f"reached{at}" if plan.status == "reached" else plan.status
    yield f"As of {long_day(plan.today)}: {status}."
    yield from _runs(plan)
    found = summary.pains(plan)
    yield from _pain(found, f"Pain in {count(len(found), 'long run')}")
    mornings = summary.pains_next_morning(plan)
    yield from _pain(mornings, f"Pain the morning after {count(len(mornings), 'long run')}")
    flags = summary.red_flags(plan)
    if flags:
        yield f"Red flags: {', '.join(flags)}."
    elif not found and not mornings and any(summary.reported(plan)):
        yield "No pain was reported in long runs."


def _runs(plan: Plan) -> Iterator[str]:
    done = [
        (week.long_run.minutes, report.minutes)
        for week, report in summary.reported(plan)
        if week.long_run
    ]
    if done:
        full = sum(minutes >= planned for planned, minutes in done)
        latest = ", ".join(f"{minutes} of {planned}" for planned, minutes in done[-_MOST:])
        runs = f"{full} of {count(len(done), 'long run')} at full length or more"
        yield f"Reported: {runs}; the latest, run of planned: {latest} min."
    missed = len(summary.marked(plan, "missed"))
    if missed:
        yield f"Missed: {count(missed, 'long run')}."
    for run in summary.marked(plan, "not reported"):
        yield f"Not reported yet: the long run of {long_day(run.day)}."


def _pain(pains: Sequence[Pain], opening: str) -> Iterator[str]:
    if not pains:
        return
    listed = "; ".join(_one_pain(each) for each in pains[-_MOST:])
    latest = ", the latest" if len(pains) > _MOST else ""
    yield f"{opening}{latest}: {listed}."


def _one_pain(pain: Pain) -> str:
    began = "" if pain.minute is None else f" from minute {pain.minute}"
    return f"{pain.severity} of 10{began} in week {pain.week}"


def _gaps(plan: Plan) -> Iterator[str]:
    paused = summary.paused_weeks(plan)
    for first, last, pause in paused[-_MOST:]:
        # The reason for the current pause is already the first sentence.
        is_present = plan.pause and plan.pause.why == pause.why
        why = "" if is_present else f" {full_stop(pause.why)}"
        yield f"No long run in {_weeks(first, last)}.{why}"
    if len(paused) > _MOST:
        yield f"Before that, {count(len(paused) - _MOST, 'earlier pause')}."
    ranges = [f"{_short(first)} to {_short(last)}" for first, last in summary.away(plan)]
    if ranges:
        more = f" and {len(ranges) - _MOST} more" if len(ranges) > _MOST else ""
        yield f"Days away: {', '.join(ranges[:_MOST])}{more}."


def _ahead(plan: Plan) -> Iterator[str]:
    runs = summary.marked(plan, "planned")
    if runs:
        first, last = runs[0], runs[-1]
        steps = ", ".join(str(run.minutes) for run in runs)
        if len(runs) > 3 * _MOST:
            steps = f"from {first.minutes} to {last.minutes}"
        yield f"Planned in {_weeks(first.week, last.week)}: {steps} min."
    strength = summary.strength(plan)
    most = max(planned for planned, _ in strength)
    if most:
        least = min(planned for planned, _ in strength)
        range_ = f"{least} to {most}" if least < most else most
        yield f"Strength sessions a week: {range_}{_strength_so_far(plan)}."
    session = plan.next
    if session:
        what = f"long run of {session.minutes} min" if isinstance(session, LongRun) else "strength"
        yield f"Next: {what} on {long_day(session.day)}."


def _strength_so_far(plan: Plan) -> str:
    if not summary.has_begun(plan):
        return ""
    done = sum(done for _, done in summary.strength(plan))
    skipped = sum(plan.mark(each) == "skipped" for week in plan.weeks for each in week.strength)
    return f"; {done} done, {skipped} skipped" if skipped else f"; {done} reported"


def _of_forecast(forecast: Forecast) -> Iterator[str]:
    shown = forecast.weeks[: summary.last_shown(forecast) + 1]
    yield (
        f"{cleaned(forecast.name)}: forecast of the long run week by week, and below it the share "
        f"of the simulations that have reached {forecast.target_min} min."
    )
    yield from forecast.table().lines
    quarters = sorted({len(shown) * part // _MOST - 1 for part in range(1, _MOST + 1)} - {-1})
    shares = [
        f"{percent(shown[index].reached)} % by week {shown[index].number}" for index in quarters
    ]
    yield f"Reached: {', '.join(shares)}."
    for index in sorted({len(shown) // 2, len(shown) - 1}):
        week = shown[index]
        yield (
            f"In week {week.number} the median is {week.median_min} min; 80 % of the simulations "
            f"are between {week.low_min} and {week.high_min} min."
        )
    yield forecast.note


def _of_comparison(comparison: Comparison) -> Iterator[str]:
    plans = comparison.plans
    yield (
        f"{count(len(plans), 'plan')} side by side: the long run week by week, and below it the "
        "share of the simulations that have reached the target."
    )
    for each in plans:
        yield _one_compared(each)
    yield NO_ADVICE_IN_SHORT
    yield comparison.note


def _one_compared(each: Compared) -> str:
    end = f", finished on {long_day(each.finish)} if all runs are clean" if each.finish else ""
    chances = each.forecast
    half = f", 50 % by {long_day(chances.median_day)}" if chances.median_day else ""
    return (
        f"{cleaned(each.name)}: from {each.baseline_min} to {each.target_min} min, "
        f"{count(each.weeks, 'week')}{end}; {percent(chances.reached_share)} % of the simulations "
        f"reach the target{half}."
    )


def _weeks(first: int, last: int) -> str:
    return f"week {first}" if first == last else f"weeks {first} to {last}"


def _short(day: Date) -> str:
    return long_day(day).partition(", ")[2]
