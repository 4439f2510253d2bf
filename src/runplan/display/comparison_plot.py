"""The plot of a comparison: a labelled line for each plan, and the shares at the target below."""

from collections.abc import Sequence
from math import ceil, isnan, nan
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from runplan._base.text import NO_ADVICE_IN_SHORT, cleaned, count
from runplan.display.chart import BLUE, GREEN, PURPLE, VERMILION, Chart
from runplan.display.describe import NOTE_IN_SHORT
from runplan.forecasting.compare import Compared, Comparison

# Three cycles of different lengths, so that lines never differ by colour alone.
_COLOURS = (BLUE, VERMILION, GREEN, PURPLE)
_DASHES: tuple[Any, ...] = ("-", (0, (5, 2)), (0, (1, 1.5)), (0, (6, 2, 1, 2)), (0, (8, 4)))
_MARKS = ("o", "s", "^", "D", "v", "P", "X")

# The longest name in characters, and its distance from its leader. [points]
_LONGEST, _OFF = 28, 5

# How far the shares are shown, as a multiple of the longest plan.
_BEYOND = 4 / 3


class Label(NamedTuple):
    """
    The name of a plan beside its leader, the vertical line up from the end of the plan.

    Attributes:
        leader: The position of the leader. [points]
        left: Where the name begins. [points]
        right: Where it ends. [points]
        row: The row, from 0 at the bottom. The leader crosses the rows below.
    """

    leader: float
    left: float
    right: float
    row: int

    def overlaps(self, other: "Label") -> bool:
        """Return whether two names overlap, or a leader crosses the other name."""
        if self.row == other.row:
            return self.left < other.right and other.left < self.right
        low, high = sorted((self, other), key=lambda each: each.row)
        return low.left < high.leader < low.right


def placed_labels(leaders: Sequence[tuple[float, float]], room: float) -> list[Label]:
    """
    Return labels that do not overlap, in the order given.

    Args:
        leaders: The position of each leader, and the width of its name. [points]
        room: The width of the plot. [points]

    >>> [label.row for label in placed_labels([(100, 80), (120, 80), (300, 80)], 300)]
    [0, 1, 0]
    """
    found: dict[int, Label] = {}
    # Names to the left of their leaders rise towards the right. Names without room there go to
    # the right, and rise towards the left.
    indexes = range(len(leaders))
    left = sorted(
        (each for each in indexes if leaders[each][1] <= leaders[each][0]),
        key=leaders.__getitem__,
    )
    right = sorted(set(indexes) - set(left), key=leaders.__getitem__, reverse=True)
    for index in (*left, *right):
        leader, width = leaders[index]
        begin = leader - width if index in left else max(0.0, min(leader, room - width))
        # If leaders are too close, one has to cross a name: then the label goes on top.
        top = 1 + max((each.row for each in found.values()), default=-1)
        rows = [Label(leader, begin, begin + width, row) for row in range(top + 1)]
        free = (row for row in rows if not any(row.overlaps(other) for other in found.values()))
        found[index] = next(free, rows[-1])
    return [found[index] for index in indexes]


class _Line(NamedTuple):
    """The line of a plan: its minutes, its end and its style."""

    compared: Compared
    name: str
    minutes: list[float]
    end: tuple[float, float]
    colour: str
    dashes: Any
    mark: str


class ComparisonPlot:
    """The plot of a comparison, in weeks of each plan."""

    def __init__(self, ax: Axes, comparison: Comparison) -> None:
        """Set up the chart on an Axes."""
        plans = comparison.plans
        self.lines = [_line(place, each) for place, each in enumerate(plans)]
        self.targets = {each.target_min for each in plans}
        self.right = ceil(_BEYOND * max(each.weeks for each in plans)) + 0.5
        self.chart = Chart(ax, below=0.36, right=self._target)

    def draw(self) -> None:
        """Draw the plot."""
        main, chart = self.chart.main, self.chart
        main.set_xlim(0.5, self.right)
        main.xaxis.set_major_locator(MaxNLocator("auto", integer=True, min_n_ticks=1))
        chart.add_labels(
            "Plans side by side",
            label="long run [min]",
            caption=f"Weeks of each plan. {NO_ADVICE_IN_SHORT} {NOTE_IN_SHORT}",
        )
        chart.add_legend([])
        for line in self.lines:
            self._draw_line(line)
        chart.show_shares("simulations that have reached the target")
        self._draw_names()
        if self._target:
            chart.draw_target(max(self.targets), self._target)

    @property
    def _target(self) -> str:
        """The label of the target if all plans have the same, else empty."""
        return f"target {max(self.targets)} min" if len(self.targets) == 1 else ""

    def _draw_line(self, line: _Line) -> None:
        look = {"color": line.colour, "linestyle": line.dashes, "linewidth": 1.8}
        edges = [number + 0.5 for number in range(len(line.minutes) + 1)]
        self.chart.main.stairs(line.minutes, edges, baseline=None, **look)
        weeks = line.compared.forecast.weeks
        # A week's share is reached at the end of the week, and stays.
        positions = [week.number + 0.5 for week in weeks]
        positions.append(max(self.right, positions[-1]))
        shares = [week.reached for week in weeks]
        self.chart.below.step(positions, [*shares, shares[-1]], where="post", **look)

    def _draw_names(self) -> None:
        """Draw a leader from the end of each line, with the name beside it, above all lines."""
        chart = self.chart
        wide, high = chart.size_pt
        point = wide / (self.right - 0.5)
        placed = placed_labels(
            [
                ((line.end[0] - 0.5) * point, chart.width_of(line.name) + 2 * _OFF)
                for line in self.lines
            ],
            wide,
        )
        runs = [run for line in self.lines for run in line.minutes if not isnan(run)]
        most = max([*runs, *self.targets])
        rows = 1 + max(label.row for label in placed)
        chart.start_at_zero([most], rows * chart.line_pt + 12)
        tall = high / chart.main.get_ylim()[1]
        for line, label in zip(self.lines, placed, strict=True):
            above = (most - line.end[1]) * tall + 6 + label.row * chart.line_pt
            self._draw_name(line, label, above)

    def _draw_name(self, line: _Line, label: Label, above: float) -> None:
        chart = self.chart
        week, minutes = line.end
        chart.main.plot([week], [minutes], marker=line.mark, color=line.colour, markersize=6)
        chart.main.annotate(
            "",
            line.end,
            xytext=(0, above + chart.line_pt),
            textcoords="offset points",
            arrowprops={"arrowstyle": "-", "color": line.colour, "shrinkA": 0, "shrinkB": 0},
        )
        on_left = label.right <= label.leader
        chart.write(
            line.name,
            line.end,
            outlined=True,
            xytext=(-_OFF if on_left else label.left - label.leader + _OFF, above),
            textcoords="offset points",
            horizontalalignment="right" if on_left else "left",
            verticalalignment="bottom",
        )


def _line(place: int, each: Compared) -> _Line:
    runs = [week.long_run for week in each.plan.weeks if week.long_run]
    return _Line(
        compared=each,
        name=_name(each),
        minutes=[week.long_run.minutes if week.long_run else nan for week in each.plan.weeks],
        end=(runs[-1].week + 0.5, runs[-1].minutes) if runs else (0.5, each.baseline_min),
        colour=_COLOURS[place % len(_COLOURS)],
        dashes=_DASHES[place % len(_DASHES)],
        mark=_MARKS[place % len(_MARKS)],
    )


def _name(each: Compared) -> str:
    name = cleaned(each.name)
    shown = name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"
    end = count(each.weeks, "week") if each.finish else each.plan.status
    return f"{shown}: {end}"
