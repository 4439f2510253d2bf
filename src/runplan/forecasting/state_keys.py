"""Keys of states: equal keys mean the same future under the rules of runplan."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from math import lcm
from typing import NamedTuple

from runplan.model.entries import LONGEST_MIN
from runplan.model.weeks import FIRST_MONTH_WEEKS
from runplan.planning.course import Course
from runplan.planning.decide import is_answered
from runplan.planning.state import Paused, State
from runplan.policy import pain_rules, pause_rules, progression_rules
from runplan.policy.pain_rules import MildPain
from runplan.policy.pause_rules import NotHelping
from runplan.policy.policy import Policy
from runplan.policy.presets import CAUTIOUS
from runplan.policy.progression_rules import CUT_BACK, EASING, WINDOW_DAYS, BigStep, Cutback, Repeat
from runplan.policy.situation import Complaint, Outcome

# More weeks without a long run than this make no difference. [weeks]
_MOST_WEEKS = EASING[-1][0] + 1


class StateKeys:
    """
    The keys of states for one request.

    Attributes:
        is_known: Whether all rules are runplan's own, so that it is known what they depend on.
    """

    def __init__(self, course: Course, last_report: int) -> None:
        """
        Find out what a request and its rules depend on.

        Args:
            course: The request, with its changes.
            last_report: The last day about which anything was reported; 0 for none.
        """
        requests = [rebuild for _, rebuild in course.requests]
        # All policies, as the week determines which one decides. An app's rules may be unhashable.
        policies = list({id(each.policy): each.policy for each in requests}.values())
        found = [rule.decide or rule.adjust for each in policies for rule in each.rules]
        rules = list({id(rule): rule for rule in found}.values())
        self.is_known = all(map(_is_known, rules))
        self._last_special = max(last_report + WINDOW_DAYS, *_special_days(course))
        self._cycle = lcm(*(each.every_weeks for each in rules if isinstance(each, Cutback)))
        self._holds_first_month = any(each.holds_first_month for each in requests)
        self._remembered = max(map(_remembered, rules))
        self._looks = list(_looks(rules, policies))

    def of_state(self, state: State, first: int, slot: int) -> Hashable:
        """
        Return the key of a settled state.

        Args:
            state: The state.
            first: The first day of the next week.
            slot: The day of its long run.
        """
        # Changes since the last long run take effect with the next one.
        is_special = min(first, state.until + 1) <= self._last_special
        run, paused, resumption = state.outcome, state.paused, state.resumption
        between = state.between and _between(state)
        latest = [each for each in state.earlier[-self._remembered :] if not each.is_open]
        if run:
            latest.append(run)
        latest.reverse()
        past = _Past(state, latest, run is not None and run.is_clean, slot, is_special)
        return (
            (-state.week, state.until, state.renewed_until, state.kept_week, state.has_begun)
            if is_special
            else state.week % self._cycle,
            run and _of_run(state, run, is_clean=past.is_clean),
            state.baseline_min,
            not (run or paused or resumption)
            and (state.earned_min if state.was_missed else -state.level_min),
            min(state.week - state.run_week, _MOST_WEEKS),
            self._holds_first_month and min(state.ramp.number, FIRST_MONTH_WEEKS + 1),
            between,
            paused and _of_pause(paused, is_alone=not between),
            resumption and (resumption.minutes, resumption.is_new, state.reset_min),
            state.starts_anew and (state.level_min, state.earned_min),
            state.kept and (state.kept, state.kept_min),
            *[look(past) for look in self._looks],
        )


def _between(state: State) -> tuple[Complaint, ...]:
    """Return the complaints about other sessions that still count."""
    return tuple(
        each
        for each in state.between
        if each.day.toordinal() >= state.since and not is_answered(state, each.day, each.session)
    )


def _of_run(state: State, run: Outcome, *, is_clean: bool) -> Hashable:
    """Return the relevant facts about the last long run."""
    if is_clean:
        return state.level_min, run.level_min, run.minutes
    planned, pain, morning = run.planned_min, run.pain, run.pain_next_morning
    return min(state.level_min, planned), planned, pain, run.pain_from, morning, run.red_flags


def _of_pause(paused: Paused, *, is_alone: bool) -> Hashable:
    """Return the relevant facts about a pause."""
    refer = paused.refer
    # The cause matters only if there is another one that may take over.
    cause = None if is_alone else (refer.since, refer.session, refer.is_emergency)
    return paused.resume_min, paused.base_min, refer.stops_strength, cause


def _special_days(course: Course) -> Iterator[int]:
    """Return the days on which, or until which, a request makes weeks differ."""
    for day, rebuild in course.requests:
        yield day
        yield rebuild.last_day.toordinal() if rebuild.last_day else 0
    for revision in course.revisions:
        yield revision.day
        yield max(revision.days.away, default=0)
        yield from (max(move) for move in revision.moves)


def _is_known(rule: object) -> bool:
    if isinstance(rule, Repeat):
        return rule.held.__module__ == progression_rules.__name__
    module = getattr(rule, "__module__", None)
    return module in {each.__name__ for each in (pain_rules, pause_rules, progression_rules)}


def _remembered(rule: object) -> int:
    """Return how many long runs before the last one a rule may depend on."""
    if isinstance(rule, Repeat | MildPain):
        return rule.step_back_from
    if isinstance(rule, BigStep):
        return rule.clean_runs
    if isinstance(rule, NotHelping):
        # There is one long run a week.
        return max(rule.painful_runs, rule.resets, rule.reset_days // 7 + 2)
    return 1


class _Past(NamedTuple):
    """The facts on which rules may depend, beyond the last long run."""

    state: State
    latest: Sequence[Outcome]  # the latest long runs, the last one first
    is_clean: bool  # whether the last one was clean
    slot: int  # the day of the next one
    is_special: bool  # whether that week, or a later one, differs from others


_Look = Callable[[_Past], Hashable]


def _looks(rules: Sequence[object], policies: Sequence[Policy]) -> Iterator[_Look]:
    """Return functions for the facts on which rules depend, beyond the last long run."""
    big_steps = [each for each in rules if isinstance(each, BigStep)]
    if big_steps:
        yield _Steps(big_steps, policies)
    if any(isinstance(each, Cutback) for each in rules):
        yield lambda past: past.state.action == CUT_BACK
    for rule in rules:
        if isinstance(rule, Repeat):
            yield _Row(rule.held, rule.step_back_from)
        elif isinstance(rule, MildPain):
            yield _Row(_is_painful, rule.step_back_from)
        elif isinstance(rule, NotHelping):
            yield _Hurt(rule)


class _Row:
    """How many of the latest long runs in a row meet a condition that clean ones never meet."""

    def __init__(self, held: Callable[[Outcome], bool], most: int) -> None:
        self._held, self._most = held, most

    def __call__(self, past: _Past) -> int:
        if past.is_clean:
            return 0
        # Without a last run, the row is always at least one run short.
        most = self._most if past.state.outcome else self._most - 1
        times = 0
        for run in past.latest:
            if times == most or not self._held(run):
                break
            times += 1
        return times


class _Hurt:
    """Which of the latest long runs hurt, as far as it matters for NotHelping."""

    def __init__(self, rule: NotHelping) -> None:
        self._rule = rule
        self._painful = _Row(_is_painful, rule.painful_runs)

    def __call__(self, past: _Past) -> Hashable:
        rule, last = self._rule, past.state.outcome
        hurt = [run.day.toordinal() for run in past.latest if run.worst_pain >= rule.reset_from]
        painful = self._painful(past)
        if last and last.worst_pain:
            oldest = last.day.toordinal() - rule.reset_days
            is_reset = last.worst_pain >= rule.reset_from and sum(day >= oldest for day in hurt)
            if painful >= rule.painful_runs or is_reset >= rule.resets:
                # It pauses the plan; further details do not matter.
                return True
        oldest = past.slot - rule.reset_days
        return painful, tuple(past.slot - day for day in hurt[: rule.resets - 1] if day >= oldest)


class _Steps:
    """What makes a step too big: the latest clean runs and the longest recent ones."""

    def __init__(self, rules: Sequence[BigStep], policies: Sequence[Policy]) -> None:
        self._clean_runs = max(each.clean_runs for each in rules)
        self._over_pct = min(each.over_pct for each in rules)
        self._step_min = max(each.step_min for each in policies)
        # In CAUTIOUS, these rules apply only after a clean run, to a step from its length.
        self._is_cautious = all(each.rules == CAUTIOUS.rules for each in policies)
        # A run of this length or more is long enough for the step from it. [min]
        self._enough_min = LONGEST_MIN
        if self._is_cautious:
            self._enough_min = -(-self._step_min * 100 // (self._over_pct - 100))

    def __call__(self, past: _Past) -> Hashable:
        state, row, longest = past.state, self._clean_row(past.latest), _longest(past)
        if past.is_special or state.paused or state.resumption or state.starts_anew:
            return row, tuple(longest)
        if self._is_cautious and row and row[0] >= self._enough_min:
            row = ()
        return row, tuple(self._that_matter(past, longest))

    def _clean_row(self, latest: Sequence[Outcome]) -> tuple[int, ...]:
        """Return the lengths of the latest clean runs in a row of the same length. [min]"""
        row: list[int] = []
        for run in latest[: self._clean_runs]:
            if not run.is_clean or (row and row[0] != run.planned_min):
                break
            row.append(run.planned_min)
        return tuple(row)

    def _that_matter(
        self, past: _Past, longest: Iterable[tuple[int, int]]
    ) -> Iterator[tuple[int, int]]:
        """Return the runs that may allow a step, their lengths capped at what that takes."""
        state, run = past.state, past.state.outcome
        if run is None:
            base = max(state.level_min, state.earned_min)
        else:
            base = state.level_min if past.is_clean else min(state.level_min, run.planned_min)
        least = 0
        for days, minutes in longest:
            # In each week that the run counts, the base may rise by a step.
            weeks = (WINDOW_DAYS - days) // 7 + 1
            if self._is_cautious and not past.is_clean:
                weeks -= 1
            highest = base + weeks * self._step_min
            enough = min(minutes, self._enough_min, -(-highest * 100 // self._over_pct))
            if weeks and enough > least:
                least = enough
                yield days, enough


def _longest(past: _Past) -> Iterator[tuple[int, int]]:
    """Return the days since each longest recent run, and its minutes; later ones are shorter."""
    longest = 0
    for day, minutes in sorted(past.state.recent, reverse=True):
        if minutes > longest and day >= past.slot - WINDOW_DAYS:
            longest = minutes
            yield past.slot - day, minutes


def _is_painful(run: Outcome) -> bool:
    return run.worst_pain > 0
