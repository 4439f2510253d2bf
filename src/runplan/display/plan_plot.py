"""The plot of a plan: planned and reported long runs, pain, pauses, days away and strength."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from runplan._base.dates import days_after
from runplan._base.text import NO_ADVICE_IN_SHORT
from runplan.display import summary
from runplan.display.chart import (
    BLUE,
    FAINT,
    PURPLE,
    VERMILION,
    Chart,
    WeekLabels,
    WeekTicks,
    at,
    short,
)
from runplan.model.plan import Plan

_WEEK, _MIDDLE = 7, 3.5

# The width of a pain mark with a number in it, and its distance from the end of a run. [points]
_MARK, _OFF = 10.0, 11.0


class _Kind(NamedTuple):
    """A kind of pain: its legend entry, and the look of its mark and its offset. [points]"""

    label: str
    marker: str
    face: str
    edge: str
    raised: float


_MINUTE_KNOWN = _Kind("pain (of 10) at its minute", "D", VERMILION, VERMILION, 0.0)
_MINUTE_UNKNOWN = _Kind("pain (of 10), minute unknown", "D", "none", VERMILION, -_OFF)
_NEXT_MORNING = _Kind("pain (of 10) next morning", "s", PURPLE, PURPLE, _OFF)


class _PainMark(NamedTuple):
    """A mark of pain, with the severity as a number."""

    kind: _Kind
    x: float
    minutes: int
    severity: int


class _Band(NamedTuple):
    """Days without long runs: why, and whether strength is left out as well."""

    left: float
    right: float
    word: str
    stops_strength: bool


_HATCHES = {"paused": "////", "away": "\\\\\\"}


class PlanPlot:
    """The plot of a plan, week by week, with the strength sessions below."""

    def __init__(self, ax: Axes, plan: Plan, original: Plan | None) -> None:
        """
        Set up the chart on an Axes.

        Args:
            ax: The Axes to draw on.
            plan: The plan.
            original: The plan before anything happened, for a thin line; None for no line.
        """
        self.plan, self.original = plan, original
        self.target = [f"target {plan.target_min} min"]
        if plan.finish:
            self.target.append(short(plan.finish))
        self.chart = Chart(ax, below=0.13, right=max(self.target, key=len))
        self.left = at(plan.start)
        self.right = max(at(each.weeks[-1].last) + 1 for each in (plan, original) if each)
        self.handles: list[Artist] = []

    def draw(self) -> None:
        """Draw the plot."""
        self._draw_axis()
        self.chart.add_labels(
            self.plan.name,
            label="long run [min]",
            caption=f"Plan weeks with their first days. {NO_ADVICE_IN_SHORT}",
        )
        self._draw_steps()
        self._draw_runs()
        marks = self._pain_marks()
        labelled = self._draw_bands()
        shows_today = self._draw_today()
        self.chart.add_legend(self.handles, rows=int(shows_today))
        self._limit(marks, labelled)
        self._write_words(labelled)
        self.chart.draw_target(self.plan.target_min, "\n".join(self.target))
        self._draw_pain(marks)
        self._draw_strength()

    @property
    def _point(self) -> float:
        """The width of a day. [points]"""
        return self.chart.size_pt[0] / (self.right - self.left)

    def _middle(self, week: int) -> float:
        return self.left + _WEEK * (week - 1) + _MIDDLE

    def _draw_axis(self) -> None:
        main = self.chart.main
        main.set_xlim(self.left, self.right)
        main.xaxis_date()
        weeks = range(round((self.right - self.left) / _WEEK))
        positions = [self._middle(week + 1) for week in weeks]
        days = [days_after(self.plan.start, _WEEK * week) for week in weeks]
        main.xaxis.set_major_locator(WeekTicks(positions))
        main.xaxis.set_major_formatter(WeekLabels(positions, days))

    def _draw_steps(self) -> None:
        main, face = self.chart.main, to_rgba(BLUE, FAINT)
        minutes, edges = _steps(self.plan)
        main.stairs(minutes, edges, fill=True, facecolor=face, edgecolor="none", zorder=1)
        main.stairs(minutes, edges, baseline=None, color=BLUE, linewidth=1.8, zorder=2)
        self.handles.append(Patch(facecolor=face, edgecolor=BLUE, linewidth=1.8, label="planned"))
        if self.original:
            thin: dict[str, Any] = {
                "color": self.chart.text_colour,
                "linewidth": 0.9,
                "linestyle": (0, (4, 2)),
            }
            minutes, edges = _steps(self.original)
            main.stairs(minutes, edges, baseline=None, zorder=3, **thin)
            self.handles.append(Line2D([], [], label="original plan", **thin))

    def _draw_runs(self) -> None:
        runs = [(week.number, report.minutes) for week, report in summary.reported(self.plan)]
        self._draw_runs_as(runs, marker="o", label="run")
        missed = [(run.week, run.minutes) for run in summary.marked(self.plan, "missed")]
        self._draw_runs_as(missed, marker="x", label="missed")

    def _draw_runs_as(self, points: Sequence[tuple[int, int]], *, marker: str, label: str) -> None:
        if not points:
            return
        how: dict[str, Any] = {
            "marker": marker,
            "label": label,
            "color": self.chart.text_colour,
            "linestyle": "none",
        }
        size = min(6.0, max(1.5, 0.8 * _WEEK * self._point))
        xs, minutes = [self._middle(week) for week, _ in points], [each for _, each in points]
        self.chart.main.plot(xs, minutes, markersize=size, zorder=4, **how)
        self.handles.append(Line2D([], [], markersize=5, **how))

    def _pain_marks(self) -> list[_PainMark]:
        """Return the marks of pain, and add each kind to the legend."""
        found = []
        for each in summary.pains(self.plan):
            kind = _MINUTE_UNKNOWN if each.minute is None else _MINUTE_KNOWN
            minutes = each.ran_min if each.minute is None else each.minute
            found.append(_PainMark(kind, self._middle(each.week), minutes, each.severity))
        found += [
            _PainMark(_NEXT_MORNING, self._middle(each.week), each.ran_min, each.severity)
            for each in summary.pains_next_morning(self.plan)
        ]
        kinds = {mark.kind for mark in found}
        self.handles += [
            Line2D([], [], linestyle="none", markersize=5.5, label=kind.label, **_look(kind))
            for kind in (_MINUTE_KNOWN, _MINUTE_UNKNOWN, _NEXT_MORNING)
            if kind in kinds
        ]
        return found

    def _bands(self) -> list[_Band]:
        """Return the days without long runs, pauses first."""
        pauses = [
            _Band(
                self._middle(first) - _MIDDLE,
                self._middle(last) + _MIDDLE,
                "paused",
                pause.stops_strength,
            )
            for first, last, pause in summary.paused_weeks(self.plan)
        ]
        away = [
            _Band(at(first), at(last) + 1, "away", stops_strength=True)
            for first, last in summary.away(self.plan)
        ]
        shown = [each for each in away if each.left < self.right and each.right > self.left]
        return pauses + shown

    def _draw_bands(self) -> list[tuple[_Band, bool]]:
        """Draw the bands; return those with room for their word, and whether it is horizontal."""
        bands = self._bands()
        labelled = self._labelled(bands)
        named = {band.word for band, _ in labelled}
        for band in bands:
            look: dict[str, Any] = {
                "hatch": _HATCHES[band.word],
                "facecolor": "none",
                "edgecolor": to_rgba(self.chart.text_colour, 0.5),
                "linewidth": 0,
            }
            # A separate patch: a hatched patch with a tint is printed black from an SVG.
            tint: dict[str, Any] = {
                "facecolor": to_rgba(self.chart.text_colour, 0.06),
                "linewidth": 0,
            }
            parts = [self.chart.main, *([self.chart.below] if band.stops_strength else [])]
            for part in parts:
                part.axvspan(band.left, band.right, zorder=0.5, **tint)
                part.axvspan(band.left, band.right, zorder=0.5, **look)
            if band.word not in named:
                named.add(band.word)
                self.handles.append(Patch(label=band.word, **look))
        return labelled

    def _labelled(self, bands: Iterable[_Band]) -> list[tuple[_Band, bool]]:
        taken: list[tuple[float, float]] = []
        found = []
        for band in bands:
            wide = self.chart.width_of(band.word)
            fits = wide + 4 <= (band.right - band.left) * self._point
            half = (wide if fits else self.chart.line_pt) / 2
            middle = ((band.left + band.right) / 2 - self.left) * self._point
            if all(end <= middle - half or middle + half <= begin for begin, end in taken):
                taken.append((middle - half, middle + half))
                found.append((band, fits))
        return found

    def _write_words(self, labelled: Iterable[tuple[_Band, bool]]) -> None:
        for band, fits in labelled:
            self.chart.write(
                band.word,
                ((band.left + band.right) / 2, 1),
                outlined=True,
                xycoords=self.chart.main.get_xaxis_transform(),
                xytext=(0, -3),
                textcoords="offset points",
                rotation="horizontal" if fits else "vertical",
                horizontalalignment="center",
                verticalalignment="top",
            )

    def _draw_today(self) -> bool:
        """Draw today as a line; return whether it fits within the plot."""
        day = at(self.plan.today) + 0.5
        if not summary.has_begun(self.plan) or day > self.right:
            return False
        for part in (self.chart.main, self.chart.below):
            part.axvline(day, color=self.chart.text_colour, linewidth=1, linestyle=":", zorder=3.5)
        label = f"today, {short(self.plan.today)}"
        half = self.chart.width_of(label) / 2
        before = (day - self.left) * self._point
        self.chart.write(
            label,
            (day, 1),
            xycoords=self.chart.main.get_xaxis_transform(),
            xytext=(0, 2),
            textcoords="offset points",
            horizontalalignment="left" if before < half else "center",
            verticalalignment="bottom",
        )
        return True

    def _limit(self, marks: Sequence[_PainMark], labelled: Iterable[tuple[_Band, bool]]) -> None:
        """Scale the minutes from zero, with room for marks and words above."""
        minutes = [self.plan.target_min]
        for each in (self.plan, self.original):
            minutes += (
                [week.long_run.minutes for week in each.weeks if week.long_run] if each else []
            )
        minutes += [report.minutes for _, report in summary.reported(self.plan)]
        above = [8.0]
        above += [mark.kind.raised + _MARK for mark in marks]
        above += [
            8 + (self.chart.line_pt if fits else self.chart.width_of(band.word))
            for band, fits in labelled
        ]
        self.chart.start_at_zero(minutes, max(above))

    def _draw_pain(self, marks: Sequence[_PainMark]) -> None:
        """Draw the marks of pain, the worst first, with numbers where there is room."""
        tall = self.chart.size_pt[1] / self.chart.main.get_ylim()[1]
        numbered: list[tuple[float, float]] = []
        for mark in sorted(marks, key=lambda each: -each.severity):
            x, y = (mark.x - self.left) * self._point, mark.minutes * tall
            # Marks next to the end of a run stay above zero.
            raised = max(mark.kind.raised, _MARK - y) if mark.kind.raised else 0
            y += raised
            room = all(abs(x - one) >= _MARK or abs(y - two) >= _MARK for one, two in numbered)
            if room:
                numbered.append((x, y))
            self._draw_mark(mark, raised, with_number=room)

    def _draw_mark(self, mark: _PainMark, raised: float, *, with_number: bool) -> None:
        self.chart.main.plot(
            [mark.x],
            [mark.minutes],
            transform=self.chart.raised(raised),
            markersize=_MARK if with_number else 4,
            zorder=5 if with_number else 4.5,
            linestyle="none",
            clip_on=False,
            **_look(mark.kind),
        )
        if with_number:
            self.chart.write(
                str(mark.severity),
                (mark.x, mark.minutes),
                xytext=(0, raised),
                textcoords="offset points",
                fontsize=self.chart.tiny,
                fontweight="bold",
                color=self.chart.text_colour if mark.kind.face == "none" else "black",
                horizontalalignment="center",
                verticalalignment="center_baseline",
                zorder=6,
            )

    def _draw_strength(self) -> None:
        below, ink = self.chart.below, self.chart.text_colour
        planned, done = zip(*summary.strength(self.plan), strict=True)
        edges = [self.left + _WEEK * week for week in range(len(planned) + 1)]
        most = max(1, *planned)
        below.stairs(planned, edges, fill=True, color=to_rgba(ink, 0.18), zorder=1)
        below.stairs(planned, edges, color=to_rgba(ink, 0.6), linewidth=1, zorder=2)
        below.stairs(done, edges, fill=True, color=to_rgba(ink, 0.6), zorder=2)
        below.set_ylim(0, most)
        below.set_yticks([0, most])
        title = "strength sessions a week"
        if not any(planned):
            title = "no strength sessions"
        elif any(done):
            title += ", full: reported"
        self.chart.title_below(title)


def _steps(plan: Plan) -> tuple[list[float], list[float]]:
    """Return the minutes week by week, NaN for none, and the edges of the weeks."""
    minutes = [week.long_run.minutes if week.long_run else float("nan") for week in plan.weeks]
    left = at(plan.start)
    return minutes, [left + _WEEK * week for week in range(len(minutes) + 1)]


def _look(kind: _Kind) -> dict[str, Any]:
    return {
        "marker": kind.marker,
        "markerfacecolor": kind.face,
        "markeredgecolor": kind.edge,
        "markeredgewidth": 1.4,
    }
