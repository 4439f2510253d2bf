"""
The paper that pictures are drawn on: one Axes, cut into parts, and inks legible on it.

A picture keeps to the place that its Axes was given: legend and labels take their room from
there, in points, so that neighbours in a figure are left alone. Nothing is styled beyond it.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from textwrap import fill
from typing import Any, Literal, cast

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.colors import to_rgba
from matplotlib.dates import date2num
from matplotlib.font_manager import FontProperties
from matplotlib.gridspec import SubplotSpec
from matplotlib.patheffects import withStroke
from matplotlib.text import Annotation
from matplotlib.ticker import Formatter, Locator, MaxNLocator, PercentFormatter
from matplotlib.transforms import Bbox, ScaledTranslation, Transform

from runplan._base.dates import Date, short_day
from runplan._base.text import cleaned

# Colours of Okabe and Ito that stand out from white and from black by 3 to 1 or more.
BLUE, VERMILION, GREEN, PURPLE = "#0072B2", "#D55E00", "#009E73", "#CC79A7"

# How much of a colour fills an area whose edge it draws. [0-1]
FAINT = 0.26

# What an average letter is wide, and a line high, for a font size of one.
_LETTER, _LINE = 0.6, 1.45

# What is left to the data where there is hardly room for anything.
_LEAST_SHARE = 0.35

_STEPS = (1, 2, 4, 8, 13, 26, 52, 104, 208)

Part = Literal["main", "below"]


def at(day: Date) -> float:
    """Return where a day begins on an axis of dates."""
    first: float = date2num(dt.date.min)  # type: ignore[no-untyped-call]  # it has no types
    return first + day.toordinal() - 1


def short(day: Date) -> str:
    """Return a day with its year, as labels show it."""
    return f"{short_day(day).partition(' ')[2]} {day.year}"


class Sheet:
    """
    One Axes with a smaller one below it that shares its dates.

    Attributes:
        main: The Axes that was given.
        below: The one below it, a part of the first.
        ink: The colour of text on it.
        paper: The colour behind.
        small: The size of labels. [points]
        tiny: The size of numbers in marks. [points]
        given: What says where the Axes lies, if something else than its figure does.
    """

    def __init__(self, ax: Axes, *, below: float, right: str = "") -> None:
        """
        Cut an Axes into parts.

        Args:
            ax: The Axes.
            below: The share of its height for the part below. [0-1]
            right: The longest line of what is to stand to the right of it.
        """
        self.main, self._below = ax, below
        self.ink = ax.xaxis.label.get_color()
        self.paper = ax.get_facecolor()
        self.small = FontProperties(size="small").get_size_in_points()
        self.tiny = FontProperties(size="x-small").get_size_in_points()
        self._right_pt = self.width_of(right) if right else 0.0
        self._above_pt = 0.0
        self._name = self._caption = ""
        given: Any = ax.get_axes_locator()
        # An Axes that was cleared to be drawn on again still has the place we gave it.
        self.given: Callable[..., Bbox] | None = (
            given.sheet.given if isinstance(given, _Place) else given
        )
        ax.set_axes_locator(_Place(self, "main"))
        self.below = ax.inset_axes((0, 0, 1, below), sharex=ax, facecolor=self.paper)
        self.below.set_axes_locator(_Place(self, "below"))
        for each in (self.main, self.below):
            each.spines[["top", "right"]].set_visible(False)
            each.tick_params(labelsize=self.small)
        self.below.spines[:].set_color(ax.spines["left"].get_edgecolor())
        self.below.tick_params(colors=self.ink)
        self.main.tick_params(axis="x", length=0, labelbottom=False)

    @property
    def line_pt(self) -> float:
        """How high a line of small text is. [points]"""
        return _LINE * self.small

    @property
    def size_pt(self) -> tuple[float, float]:
        """About how wide and high the main part is. [points]"""
        box = self.box("main")
        return box.width * self._figure_pt[0], box.height * self._figure_pt[1]

    def width_of(self, text: str, size: float | None = None) -> float:
        """Return about how wide a text is, rather more than less. [points]"""
        wide = sum(letter.isupper() or not letter.isascii() for letter in text)
        return (size or self.small) * (_LETTER * (len(text) - wide) + wide)

    def raised(self, points: float) -> Transform:
        """Return where data lie on the main part, raised by some points."""
        return self.main.transData + self._offset(points)

    def box(self, part: Part) -> Bbox:
        """Return where a part lies, as shares of the figure."""
        slot = self._slot()
        wide, high = self._figure_pt
        height = slot.height * high
        below = self._below * height
        above, gap = self._above_pt, 1.2 * self.line_pt
        squeeze = min(1.0, max(0.0, height * (1 - _LEAST_SHARE) - below) / (above + gap))
        right = slot.x1 - min(self._right_pt / wide, slot.width / 2)
        if part == "below":
            return Bbox.from_extents(slot.x0, slot.y0, right, slot.y0 + below / high)
        foot, head = below + gap * squeeze, above * squeeze
        return Bbox.from_extents(slot.x0, slot.y0 + foot / high, right, slot.y1 - head / high)

    def write(
        self,
        text: str,
        where: tuple[float, float],
        *,
        rim: bool = False,
        **how: Any,  # noqa: ANN401
    ) -> Annotation:
        """
        Write small text, to the letter: nothing in it is a formula.

        Args:
            text: What to write.
            where: The point that it stands beside, in data unless xycoords says otherwise.
            rim: Whether it stands on something, and needs a rim of paper around the letters.
            how: What else matplotlib's annotate takes, and on which part: the main one.
        """
        usual: dict[str, Any] = {
            "color": self.ink,
            "fontsize": self.small,
            "annotation_clip": False,
        }
        if rim:
            usual["path_effects"] = [withStroke(linewidth=2, foreground=self.paper)]
        ax: Axes = how.pop("ax", self.main)
        return ax.annotate(text, where, parse_math=False, usetex=False, **(usual | how))

    def settle(self, name: str, *, label: str, caption: str) -> None:
        """
        Write what stands around the picture, and let the figure find room for it.

        What is drawn afterwards knows how wide and high the parts are.

        Args:
            name: The name, to the letter.
            label: What the vertical axis of the main part counts.
            caption: What is to be known about it, for under the picture.
        """
        self._name, self._caption = cleaned(name), caption
        self.main.set_ylabel(label)
        self._write_around()
        figure = self.main.figure
        engine = figure.get_layout_engine()
        if engine:
            engine.execute(figure.figure)
            self._write_around()

    def explain(self, handles: Sequence[Artist], *, rows: int = 0) -> None:
        """
        Put a legend between the name and the main part.

        Args:
            handles: What it explains.
            rows: Rows of small text that stand between it and the main part.
        """
        between = rows * self.line_pt + 5
        if not handles:
            self._above_pt = between
            self._write_name()
            return
        columns = self._columns([str(each.get_label()) for each in handles])
        self._above_pt = between + -(-len(handles) // columns) * self.line_pt
        self.main.legend(
            handles=handles,
            loc="lower left",
            bbox_to_anchor=(0, 1),
            bbox_transform=self.main.transAxes + self._offset(between),
            ncols=columns,
            fontsize=self.small,
            labelcolor=self.ink,
            frameon=False,
            borderpad=0,
            borderaxespad=0,
            labelspacing=_LINE - 1.1,
            handlelength=1.6,
            handletextpad=0.5,
            columnspacing=1.4,
        )
        self._write_name()

    def begin_at_zero(self, minutes: Iterable[float], above: float) -> None:
        """
        Let the minutes begin at zero and leave room above.

        Args:
            minutes: What is drawn. [min]
            above: The room to leave above the most. [points]
        """
        share = min(0.5, above / self.size_pt[1])
        self.main.set_ylim(0, max(minutes) / (1 - share))
        self.main.yaxis.set_major_locator(MaxNLocator("auto", steps=[1, 1.5, 2, 3, 5, 10]))
        self._draw_grid(self.main)

    def draw_target(self, minutes: int, label: str) -> None:
        """Draw the line of the target, and name it to the right of the main part."""
        self.main.axhline(minutes, color=GREEN, linewidth=1.4, linestyle="--", zorder=1.5)
        self.write(
            label,
            (1, minutes),
            xycoords=self.main.get_yaxis_transform(),
            xytext=(4, self.line_pt / 2),
            textcoords="offset points",
            verticalalignment="top",
        )

    def count_shares(self, title: str) -> None:
        """Let the part below count shares from 0 to 100 %, and name it."""
        self.below.set_ylim(0, 1.15)
        self.below.set_yticks([0, 0.5, 1])
        self.below.yaxis.set_major_formatter(PercentFormatter(1, symbol=" %"))
        self._draw_grid(self.below)
        self.name_below(title)

    def name_below(self, title: str) -> None:
        """Say what the part below shows, between it and the main part."""
        self.write(
            title,
            (0, 1),
            ax=self.below,
            xycoords="axes fraction",
            xytext=(0, 2),
            textcoords="offset points",
            verticalalignment="bottom",
        )

    def _draw_grid(self, ax: Axes) -> None:
        ax.grid(visible=True, axis="y", color=to_rgba(self.ink, 0.12), linewidth=0.8)
        ax.set_axisbelow(True)

    def _write_around(self) -> None:
        """Write the name and the caption as wide as there is room for them now."""
        letters = int(self._room / (0.9 * _LETTER * self.tiny))
        self.below.set_xlabel(
            fill(self._caption, max(20, letters)),
            fontsize=self.tiny,
            color=self.ink,
            loc="left",
            linespacing=1.4,
        )
        self._write_name()

    def _write_name(self) -> None:
        title = self.main.set_title(
            self._name, loc="left", pad=self._above_pt + 6, parse_math=False, usetex=False
        )
        size = title.get_fontproperties().get_size_in_points()
        title.set_text(self._fitting(self._name, self._room, size))

    def _fitting(self, text: str, room: float, size: float | None = None) -> str:
        """Return a text, or as much of its beginning as there is room for. [points]"""
        shown = text
        while len(shown) > 1 and self.width_of(shown, size) > room:
            shown = f"{shown[:-2]}…"
        return shown

    def _columns(self, labels: Sequence[str]) -> int:
        """Return in how many columns the legend fits; the first ones are the fuller."""
        for columns in range(len(labels), 1, -1):
            rows, more = divmod(len(labels), columns)
            starts = [rows * column + min(column, more) for column in range(columns + 1)]
            filled = [labels[first:end] for first, end in pairwise(starts)]
            widths = [max(map(self.width_of, each)) + 3.5 * self.small for each in filled]
            # Nothing stands apart from the last one.
            if sum(widths) - 1.4 * self.small <= self._room:
                return columns
        return 1

    @property
    def _room(self) -> float:
        """How wide the place of the picture is. [points]"""
        return self._slot().width * self._figure_pt[0]

    def _offset(self, points: float) -> ScaledTranslation:
        return ScaledTranslation(0, points / 72, self.main.figure.dpi_scale_trans)

    def _slot(self) -> Bbox:
        if self.given:
            return self.given(self.main, None)
        return self.main.get_position(original=True)

    @property
    def _figure_pt(self) -> tuple[float, float]:
        figure = self.main.figure
        return figure.bbox.width / figure.dpi * 72, figure.bbox.height / figure.dpi * 72


class _Place:
    """Where matplotlib is told to draw a part whenever it draws, whatever the size is then."""

    def __init__(self, sheet: Sheet, part: Part) -> None:
        self.sheet = sheet
        self.part: Part = part

    def __call__(self, _ax: object, _renderer: object, /) -> Bbox:
        return self.sheet.box(self.part)

    def get_subplotspec(self) -> SubplotSpec | None:
        """Return the place in the grid of subplots: tight_layout asks here for it."""
        return self.sheet.main.get_subplotspec()


class WeekTicks(Locator):
    """
    Ticks at weeks, as many as there is room for.

    Attributes:
        places: Where the weeks are on the axis, in order.
    """

    def __init__(self, places: Iterable[float]) -> None:
        """Say where the weeks are on the axis, in order."""
        self.places = list(places)

    def __call__(self) -> list[float]:
        """Return the ticks in view."""
        axis = cast("Axis", self.axis)
        return self.tick_values(*axis.get_view_interval())

    def tick_values(self, vmin: float, vmax: float) -> list[float]:
        """Return the ticks between two places."""
        shown = [index for index, place in enumerate(self.places) if vmin <= place <= vmax]
        # matplotlib reckons with labels three times as wide as high; these are wider.
        room = max(1, int(cast("Axis", self.axis).get_tick_space() * 0.6))
        step = next((each for each in _STEPS if len(shown) <= each * room), _STEPS[-1])
        return [self.places[index] for index in shown if index % step == 0]


class WeekNames(Formatter):
    """
    The names of weeks: the number and a day.

    Attributes:
        places: Where the weeks are on the axis, in order.
        days: Their days.
        first: The number of the first one.
    """

    def __init__(self, places: Iterable[float], days: Iterable[Date], first: int = 1) -> None:
        """Say where the weeks are on the axis, their days, and the number of the first one."""
        self.places, self.days, self.first = list(places), list(days), first

    def __call__(self, x: float, pos: int | None = None) -> str:  # noqa: ARG002
        """Return the name of the week that is nearest: matplotlib asks wherever a mouse is."""
        return self.format_ticks([x])[0]

    def format_ticks(self, values: Sequence[float]) -> list[str]:
        """Return the names of ticks, with the year where it is another than before."""
        names, year = [], 0
        for value in values:
            index = min(range(len(self.places)), key=lambda at: abs(self.places[at] - value))
            day = self.days[index]
            names.append(f"{self.first + index}\n{short_day(day).partition(' ')[2]}")
            if day.year != year:
                names[-1] += f"\n{day.year}"
            year = day.year
        return names
