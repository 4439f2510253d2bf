"""
The shared layout of all plots: an Axes with a smaller one below it, labels and colours.

A plot stays within the position that its Axes was given. Space for the legend and the labels, in
points, is taken from there, so other Axes of the figure are not affected.
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

# Colours of Okabe and Ito with a contrast of at least 3 to 1 on white and on black.
BLUE, VERMILION, GREEN, PURPLE = "#0072B2", "#D55E00", "#009E73", "#CC79A7"

# The opacity of an area filled with the colour of its edge. [0-1]
FAINT = 0.26

# The width of an average letter and the height of a line, as multiples of the font size.
_LETTER, _LINE = 0.6, 1.45

# The minimum share of the height for the data. [0-1]
_LEAST_SHARE = 0.35

# The possible intervals between ticks. [weeks]
_STEPS = (1, 2, 4, 8, 13, 26, 52, 104, 208)

Part = Literal["main", "below"]


def at(day: Date) -> float:
    """Return the position of the start of a day on a date axis."""
    first: float = date2num(dt.date.min)  # type: ignore[no-untyped-call]  # it has no types
    return first + day.toordinal() - 1


def short(day: Date) -> str:
    """Return a day with its year, for a label."""
    return f"{short_day(day).partition(' ')[2]} {day.year}"


class Chart:
    """
    An Axes with a smaller one below it on the same horizontal axis.

    Attributes:
        main: The Axes that was given.
        below: The one below it, an inset of the first.
        text_colour: The colour of text.
        background: The colour behind the text.
        small: The font size of labels. [points]
        tiny: The font size of the caption and of numbers in marks. [points]
        locator: The locator that the Axes came with, which sets its position; None if it had none.
    """

    def __init__(self, ax: Axes, *, below: float, right: str = "") -> None:
        """
        Divide an Axes into two parts.

        Args:
            ax: The Axes.
            below: The share of its height for the part below. [0-1]
            right: The longest line of the label to the right of it.
        """
        self.main, self._below = ax, below
        self.text_colour = ax.xaxis.label.get_color()
        self.background = ax.get_facecolor()
        self.small = FontProperties(size="small").get_size_in_points()
        self.tiny = FontProperties(size="x-small").get_size_in_points()
        self._right_pt = self.width_of(right) if right else 0.0
        self._above_pt = 0.0
        self._name = self._caption = ""
        given: Any = ax.get_axes_locator()
        # An Axes that was cleared and is drawn on again still has our locator.
        self.locator: Callable[..., Bbox] | None = (
            given.chart.locator if isinstance(given, _PartLocator) else given
        )
        ax.set_axes_locator(_PartLocator(self, "main"))
        self.below = ax.inset_axes((0, 0, 1, below), sharex=ax, facecolor=self.background)
        self.below.set_axes_locator(_PartLocator(self, "below"))
        for each in (self.main, self.below):
            each.spines[["top", "right"]].set_visible(False)
            each.tick_params(labelsize=self.small)
        self.below.spines[:].set_color(ax.spines["left"].get_edgecolor())
        self.below.tick_params(colors=self.text_colour)
        self.main.tick_params(axis="x", length=0, labelbottom=False)

    @property
    def line_pt(self) -> float:
        """The height of a line of small text. [points]"""
        return _LINE * self.small

    @property
    def size_pt(self) -> tuple[float, float]:
        """The approximate width and height of the main part. [points]"""
        box = self.box("main")
        return box.width * self._figure_pt[0], box.height * self._figure_pt[1]

    def width_of(self, text: str, size: float | None = None) -> float:
        """Return the approximate width of a text, overestimated if anything. [points]"""
        wide = sum(letter.isupper() or not letter.isascii() for letter in text)
        return (size or self.small) * (_LETTER * (len(text) - wide) + wide)

    def raised(self, points: float) -> Transform:
        """Return the data coordinates of the main part, shifted up by some points."""
        return self.main.transData + self._offset(points)

    def box(self, part: Part) -> Bbox:
        """Return the position of a part in the figure. [0-1]"""
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
        outlined: bool = False,
        **how: Any,  # noqa: ANN401
    ) -> Annotation:
        """
        Write small text, with math text disabled.

        Args:
            text: What to write.
            where: The point to write it at, in data coordinates unless xycoords is given.
            outlined: Whether to outline the letters in the background colour, for text on top of
                something else.
            how: Other arguments of matplotlib's annotate, and ax, the part to write on.
        """
        usual: dict[str, Any] = {
            "color": self.text_colour,
            "fontsize": self.small,
            "annotation_clip": False,
        }
        if outlined:
            usual["path_effects"] = [withStroke(linewidth=2, foreground=self.background)]
        ax: Axes = how.pop("ax", self.main)
        return ax.annotate(text, where, parse_math=False, usetex=False, **(usual | how))

    def add_labels(self, name: str, *, label: str, caption: str) -> None:
        """
        Add the title, the axis label and the caption, and lay out the figure.

        After this, the size of the parts is known.

        Args:
            name: The title.
            label: The label of the main part's vertical axis.
            caption: The text below the plot.
        """
        self._name, self._caption = cleaned(name), caption
        self.main.set_ylabel(label)
        self._write_labels()
        figure = self.main.figure
        engine = figure.get_layout_engine()
        if engine:
            engine.execute(figure.figure)
            self._write_labels()

    def add_legend(self, handles: Sequence[Artist], *, rows: int = 0) -> None:
        """
        Put a legend between the title and the main part.

        Args:
            handles: Its entries.
            rows: Rows of small text to leave free between it and the main part.
        """
        between = rows * self.line_pt + 5
        if not handles:
            self._above_pt = between
            self._write_title()
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
            labelcolor=self.text_colour,
            frameon=False,
            borderpad=0,
            borderaxespad=0,
            labelspacing=_LINE - 1.1,
            handlelength=1.6,
            handletextpad=0.5,
            columnspacing=1.4,
        )
        self._write_title()

    def start_at_zero(self, minutes: Iterable[float], above: float) -> None:
        """
        Start the minutes at zero and leave room above.

        Args:
            minutes: Everything that is drawn. [min]
            above: The room to leave above the largest. [points]
        """
        share = min(0.5, above / self.size_pt[1])
        self.main.set_ylim(0, max(minutes) / (1 - share))
        self.main.yaxis.set_major_locator(MaxNLocator("auto", steps=[1, 1.5, 2, 3, 5, 10]))
        self._draw_grid(self.main)

    def draw_target(self, minutes: int, label: str) -> None:
        """Draw the target as a line, with a label to the right of the main part."""
        self.main.axhline(minutes, color=GREEN, linewidth=1.4, linestyle="--", zorder=1.5)
        self.write(
            label,
            (1, minutes),
            xycoords=self.main.get_yaxis_transform(),
            xytext=(4, self.line_pt / 2),
            textcoords="offset points",
            verticalalignment="top",
        )

    def show_shares(self, title: str) -> None:
        """Scale the part below from 0 to 100 %, and give it a title."""
        self.below.set_ylim(0, 1.15)
        self.below.set_yticks([0, 0.5, 1])
        self.below.yaxis.set_major_formatter(PercentFormatter(1, symbol=" %"))
        self._draw_grid(self.below)
        self.title_below(title)

    def title_below(self, title: str) -> None:
        """Write the title of the part below, between it and the main part."""
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
        ax.grid(visible=True, axis="y", color=to_rgba(self.text_colour, 0.12), linewidth=0.8)
        ax.set_axisbelow(True)

    def _write_labels(self) -> None:
        """Write the title and the caption at the available width."""
        letters = int(self._room / (0.9 * _LETTER * self.tiny))
        self.below.set_xlabel(
            fill(self._caption, max(20, letters)),
            fontsize=self.tiny,
            color=self.text_colour,
            loc="left",
            linespacing=1.4,
        )
        self._write_title()

    def _write_title(self) -> None:
        title = self.main.set_title(
            self._name, loc="left", pad=self._above_pt + 6, parse_math=False, usetex=False
        )
        size = title.get_fontproperties().get_size_in_points()
        title.set_text(self._fitting(self._name, self._room, size))

    def _fitting(self, text: str, room: float, size: float | None = None) -> str:
        """Return a text, shortened to fit into a width. [points]"""
        shown = text
        while len(shown) > 1 and self.width_of(shown, size) > room:
            shown = f"{shown[:-2]}…"
        return shown

    def _columns(self, labels: Sequence[str]) -> int:
        """Return how many columns of the legend fit; the first columns have more entries."""
        for columns in range(len(labels), 1, -1):
            rows, more = divmod(len(labels), columns)
            starts = [rows * column + min(column, more) for column in range(columns + 1)]
            filled = [labels[first:end] for first, end in pairwise(starts)]
            widths = [max(map(self.width_of, each)) + 3.5 * self.small for each in filled]
            # No gap after the last column.
            if sum(widths) - 1.4 * self.small <= self._room:
                return columns
        return 1

    @property
    def _room(self) -> float:
        """The width of the whole plot. [points]"""
        return self._slot().width * self._figure_pt[0]

    def _offset(self, points: float) -> ScaledTranslation:
        return ScaledTranslation(0, points / 72, self.main.figure.dpi_scale_trans)

    def _slot(self) -> Bbox:
        if self.locator:
            return self.locator(self.main, None)
        return self.main.get_position(original=True)

    @property
    def _figure_pt(self) -> tuple[float, float]:
        figure = self.main.figure
        return figure.bbox.width / figure.dpi * 72, figure.bbox.height / figure.dpi * 72


class _PartLocator:
    """Gives matplotlib the position of a part on each draw, at the current size."""

    def __init__(self, chart: Chart, part: Part) -> None:
        self.chart = chart
        self.part: Part = part

    def __call__(self, _ax: object, _renderer: object, /) -> Bbox:
        return self.chart.box(self.part)

    def get_subplotspec(self) -> SubplotSpec | None:
        """Return the cell in the grid of subplots, which tight_layout needs."""
        return self.chart.main.get_subplotspec()


class WeekTicks(Locator):
    """
    Ticks at weeks, as many as there is room for.

    Attributes:
        positions: The positions of the weeks on the axis, in order.
    """

    def __init__(self, positions: Iterable[float]) -> None:
        """Take the positions of the weeks on the axis, in order."""
        self.positions = list(positions)

    def __call__(self) -> list[float]:
        """Return the ticks in view."""
        axis = cast("Axis", self.axis)
        return self.tick_values(*axis.get_view_interval())

    def tick_values(self, vmin: float, vmax: float) -> list[float]:
        """Return the ticks between two positions."""
        shown = [index for index, position in enumerate(self.positions) if vmin <= position <= vmax]
        # matplotlib assumes labels three times as wide as high; these are wider.
        room = max(1, int(cast("Axis", self.axis).get_tick_space() * 0.6))
        step = next((each for each in _STEPS if len(shown) <= each * room), _STEPS[-1])
        return [self.positions[index] for index in shown if index % step == 0]


class WeekLabels(Formatter):
    """
    Tick labels for weeks: the number and a day.

    Attributes:
        positions: The positions of the weeks on the axis, in order.
        days: Their days.
        first: The number of the first week.
    """

    def __init__(self, positions: Iterable[float], days: Iterable[Date], first: int = 1) -> None:
        """Take the positions of the weeks, their days and the number of the first week."""
        self.positions, self.days, self.first = list(positions), list(days), first

    def __call__(self, x: float, pos: int | None = None) -> str:  # noqa: ARG002
        """Return the label of the nearest week; matplotlib asks for the position of the mouse."""
        return self.format_ticks([x])[0]

    def format_ticks(self, values: Sequence[float]) -> list[str]:
        """Return the labels of ticks, with the year wherever it changes."""
        labels, year = [], 0
        for value in values:
            index = min(range(len(self.positions)), key=lambda at: abs(self.positions[at] - value))
            day = self.days[index]
            labels.append(f"{self.first + index}\n{short_day(day).partition(' ')[2]}")
            if day.year != year:
                labels[-1] += f"\n{day.year}"
            year = day.year
        return labels
