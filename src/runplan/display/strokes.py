"""What is drawn of a plan: steps, marks, bands and labels on a sheet."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from runplan._base.dates import days_after
from runplan.display import story
from runplan.display.describe import NO_ADVICE_IN_SHORT
from runplan.display.paper import (
    BLUE,
    FAINT,
    PURPLE,
    VERMILION,
    Sheet,
    WeekNames,
    WeekTicks,
    at,
    short,
)
from runplan.model.plan import Plan

_WEEK, _MIDDLE = 7, 3.5

# How wide a mark with a number in it is, and how far it stands off the end of a run. [points]
_BADGE, _OFF = 10.0, 11.0


class _Kind(NamedTuple):
    """A kind of pain: what the legend calls it, and how its mark looks and where it stands."""

    label: str
    marker: str
    face: str
    edge: str
    raised: float


_AT_ITS_MINUTE = _Kind("pain (of 10) at its minute", "D", VERMILION, VERMILION, 0.0)
_SOMETIME = _Kind("pain (of 10), minute unknown", "D", "none", VERMILION, -_OFF)
_NEXT_MORNING = _Kind("pain (of 10) next morning", "s", PURPLE, PURPLE, _OFF)


class _Badge(NamedTuple):
    """A mark of pain, with the number that says how bad it was."""

    kind: _Kind
    x: float
    minutes: int
    severity: int


class _Band(NamedTuple):
    """Days without long runs: why, and whether strength rests as well."""

    left: float
    right: float
    word: str
    strength_rests: bool


_HATCHES = {"paused": "////", "away": "\\\\\\"}


class PlanPicture:
    """A plan on a sheet, week by week, with its strength sessions below."""

    def __init__(self, ax: Axes, plan: Plan, original: Plan | None) -> None:
        """
        Take a sheet for a plan.

        Args:
            ax: What to draw on.
            plan: The plan.
            original: What it was before anything happened, for a thin line.
        """
        self.plan, self.original = plan, original
        self.aim = [f"target {plan.target_min} min"]
        if plan.finish:
            self.aim.append(short(plan.finish))
        self.sheet = Sheet(ax, below=0.13, right=max(self.aim, key=len))
        self.left = at(plan.start)
        self.right = max(at(each.weeks[-1].last) + 1 for each in (plan, original) if each)
        self.handles: list[Artist] = []

    def draw(self) -> None:
        """Draw all of it."""
        self._draw_axis()
        self.sheet.settle(
            self.plan.name,
            label="long run [min]",
            caption=f"Plan weeks with their first days. {NO_ADVICE_IN_SHORT}",
        )
        self._draw_steps()
        self._draw_runs()
        badges = self._badges()
        worded = self._draw_bands()
        shows_today = self._draw_today()
        self.sheet.explain(self.handles, rows=int(shows_today))
        self._limit(badges, worded)
        self._write_words(worded)
        self.sheet.draw_target(self.plan.target_min, "\n".join(self.aim))
        self._draw_badges(badges)
        self._draw_strength()

    @property
    def _point(self) -> float:
        """How wide a day is. [points]"""
        return self.sheet.size_pt[0] / (self.right - self.left)

    def _middle(self, week: int) -> float:
        return self.left + _WEEK * (week - 1) + _MIDDLE

    def _draw_axis(self) -> None:
        main = self.sheet.main
        main.set_xlim(self.left, self.right)
        main.xaxis_date()
        weeks = range(round((self.right - self.left) / _WEEK))
        places = [self._middle(week + 1) for week in weeks]
        days = [days_after(self.plan.start, _WEEK * week) for week in weeks]
        main.xaxis.set_major_locator(WeekTicks(places))
        main.xaxis.set_major_formatter(WeekNames(places, days))

    def _draw_steps(self) -> None:
        main, face = self.sheet.main, to_rgba(BLUE, FAINT)
        minutes, edges = _steps(self.plan)
        main.stairs(minutes, edges, fill=True, facecolor=face, edgecolor="none", zorder=1)
        main.stairs(minutes, edges, baseline=None, color=BLUE, linewidth=1.8, zorder=2)
        self.handles.append(Patch(facecolor=face, edgecolor=BLUE, linewidth=1.8, label="planned"))
        if self.original:
            thin: dict[str, Any] = {
                "color": self.sheet.ink,
                "linewidth": 0.9,
                "linestyle": (0, (4, 2)),
            }
            minutes, edges = _steps(self.original)
            main.stairs(minutes, edges, baseline=None, zorder=3, **thin)
            self.handles.append(Line2D([], [], label="first planned", **thin))

    def _draw_runs(self) -> None:
        runs = [(week.number, report.minutes) for week, report in story.reported(self.plan)]
        self._draw_marks(runs, marker="o", label="run")
        gone = [(week.number, minutes) for week, minutes in story.missed(self.plan)]
        self._draw_marks(gone, marker="x", label="missed")

    def _draw_marks(self, points: Sequence[tuple[int, int]], *, marker: str, label: str) -> None:
        if not points:
            return
        how: dict[str, Any] = {
            "marker": marker,
            "label": label,
            "color": self.sheet.ink,
            "linestyle": "none",
        }
        size = min(6.0, max(1.5, 0.8 * _WEEK * self._point))
        xs, minutes = [self._middle(week) for week, _ in points], [each for _, each in points]
        self.sheet.main.plot(xs, minutes, markersize=size, zorder=4, **how)
        self.handles.append(Line2D([], [], markersize=5, **how))

    def _badges(self) -> list[_Badge]:
        """Return the marks of pain, and put each kind into the legend."""
        found = []
        for each in story.pains(self.plan):
            kind = _SOMETIME if each.minute is None else _AT_ITS_MINUTE
            minutes = each.ran_min if each.minute is None else each.minute
            found.append(_Badge(kind, self._middle(each.week), minutes, each.severity))
        found += [
            _Badge(_NEXT_MORNING, self._middle(each.week), each.ran_min, each.severity)
            for each in story.pains_next_morning(self.plan)
        ]
        kinds = {badge.kind for badge in found}
        self.handles += [
            Line2D([], [], linestyle="none", markersize=5.5, label=kind.label, **_look(kind))
            for kind in (_AT_ITS_MINUTE, _SOMETIME, _NEXT_MORNING)
            if kind in kinds
        ]
        return found

    def _bands(self) -> list[_Band]:
        """Return the days without long runs, the weightier reason first."""
        stopped = story.strength_pauses(self.plan)
        pauses = [
            _Band(
                self._middle(span.first) - _MIDDLE,
                self._middle(span.last) + _MIDDLE,
                "paused",
                span in stopped,
            )
            for span in story.pauses(self.plan)
        ]
        away = [
            _Band(at(each.first), at(each.last) + 1, "away", strength_rests=True)
            for each in self.plan.away
        ]
        shown = [each for each in away if each.left < self.right and each.right > self.left]
        return pauses + shown

    def _draw_bands(self) -> list[tuple[_Band, bool]]:
        """Draw the bands; return those with room for their word, and whether it lies in them."""
        bands = self._bands()
        worded = self._worded(bands)
        named = {band.word for band, _ in worded}
        for band in bands:
            look: dict[str, Any] = {
                "hatch": _HATCHES[band.word],
                "facecolor": "none",
                "edgecolor": to_rgba(self.sheet.ink, 0.5),
                "linewidth": 0,
            }
            # By itself: a tint behind a hatch in one patch is printed black from an SVG.
            tint: dict[str, Any] = {"facecolor": to_rgba(self.sheet.ink, 0.06), "linewidth": 0}
            parts = [self.sheet.main, *([self.sheet.below] if band.strength_rests else [])]
            for part in parts:
                part.axvspan(band.left, band.right, zorder=0.5, **tint)
                part.axvspan(band.left, band.right, zorder=0.5, **look)
            if band.word not in named:
                named.add(band.word)
                self.handles.append(Patch(label=band.word, **look))
        return worded

    def _worded(self, bands: Iterable[_Band]) -> list[tuple[_Band, bool]]:
        taken: list[tuple[float, float]] = []
        found = []
        for band in bands:
            wide = self.sheet.width_of(band.word)
            lies = wide + 4 <= (band.right - band.left) * self._point
            half = (wide if lies else self.sheet.line_pt) / 2
            middle = ((band.left + band.right) / 2 - self.left) * self._point
            if all(end <= middle - half or middle + half <= begin for begin, end in taken):
                taken.append((middle - half, middle + half))
                found.append((band, lies))
        return found

    def _write_words(self, worded: Iterable[tuple[_Band, bool]]) -> None:
        for band, lies in worded:
            self.sheet.write(
                band.word,
                ((band.left + band.right) / 2, 1),
                rim=True,
                xycoords=self.sheet.main.get_xaxis_transform(),
                xytext=(0, -3),
                textcoords="offset points",
                rotation="horizontal" if lies else "vertical",
                horizontalalignment="center",
                verticalalignment="top",
            )

    def _draw_today(self) -> bool:
        """Draw the line of today, and say whether it is in the picture."""
        day = at(self.plan.today) + 0.5
        if not story.looks_back(self.plan) or day > self.right:
            return False
        for part in (self.sheet.main, self.sheet.below):
            part.axvline(day, color=self.sheet.ink, linewidth=1, linestyle=":", zorder=3.5)
        label = f"today, {short(self.plan.today)}"
        half = self.sheet.width_of(label) / 2
        before = (day - self.left) * self._point
        self.sheet.write(
            label,
            (day, 1),
            xycoords=self.sheet.main.get_xaxis_transform(),
            xytext=(0, 2),
            textcoords="offset points",
            horizontalalignment="left" if before < half else "center",
            verticalalignment="bottom",
        )
        return True

    def _limit(self, badges: Sequence[_Badge], worded: Iterable[tuple[_Band, bool]]) -> None:
        """Let the minutes begin at zero and leave room for what stands above them."""
        minutes = [self.plan.target_min]
        for each in (self.plan, self.original):
            minutes += (
                [week.long_run.minutes for week in each.weeks if week.long_run] if each else []
            )
        minutes += [report.minutes for _, report in story.reported(self.plan)]
        above = [8.0]
        above += [badge.kind.raised + _BADGE for badge in badges]
        above += [
            8 + (self.sheet.line_pt if lies else self.sheet.width_of(band.word))
            for band, lies in worded
        ]
        self.sheet.begin_at_zero(minutes, max(above))

    def _draw_badges(self, badges: Sequence[_Badge]) -> None:
        """Draw the marks of pain: the worst first, and a number wherever it has room."""
        tall = self.sheet.size_pt[1] / self.sheet.main.get_ylim()[1]
        numbered: list[tuple[float, float]] = []
        for badge in sorted(badges, key=lambda each: -each.severity):
            x, y = (badge.x - self.left) * self._point, badge.minutes * tall
            # What does not stand at its minute stays above zero.
            raised = max(badge.kind.raised, _BADGE - y) if badge.kind.raised else 0
            y += raised
            room = all(abs(x - one) >= _BADGE or abs(y - two) >= _BADGE for one, two in numbered)
            if room:
                numbered.append((x, y))
            self._draw_badge(badge, raised, with_number=room)

    def _draw_badge(self, badge: _Badge, raised: float, *, with_number: bool) -> None:
        self.sheet.main.plot(
            [badge.x],
            [badge.minutes],
            transform=self.sheet.raised(raised),
            markersize=_BADGE if with_number else 4,
            zorder=5 if with_number else 4.5,
            linestyle="none",
            clip_on=False,
            **_look(badge.kind),
        )
        if with_number:
            self.sheet.write(
                str(badge.severity),
                (badge.x, badge.minutes),
                xytext=(0, raised),
                textcoords="offset points",
                fontsize=self.sheet.tiny,
                fontweight="bold",
                color=self.sheet.ink if badge.kind.face == "none" else "black",
                horizontalalignment="center",
                verticalalignment="center_baseline",
                zorder=6,
            )

    def _draw_strength(self) -> None:
        below, ink = self.sheet.below, self.sheet.ink
        planned, done = zip(*story.strength(self.plan), strict=True)
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
        self.sheet.name_below(title)


def _steps(plan: Plan) -> tuple[list[float], list[float]]:
    """Return the minutes week by week, with gaps, and where the weeks begin and end."""
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
