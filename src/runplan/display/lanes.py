"""What is drawn of a comparison: a line a plan, named where it ends, and who got there by when."""

from collections.abc import Sequence
from math import ceil, isnan, nan
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from runplan._base.text import cleaned, count
from runplan.display.describe import NO_ADVICE_IN_SHORT, NOTE_IN_SHORT
from runplan.display.paper import BLUE, GREEN, PURPLE, VERMILION, Sheet
from runplan.forecasting.compare import Compared, Comparison

# Three circles of different length: no two lines look alike soon, and none by its colour only.
_COLOURS = (BLUE, VERMILION, GREEN, PURPLE)
_DASHES: tuple[Any, ...] = ("-", (0, (5, 2)), (0, (1, 1.5)), (0, (6, 2, 1, 2)), (0, (8, 4)))
_MARKS = ("o", "s", "^", "D", "v", "P", "X")

# How many letters of a name are shown, and how far it stands from its pole. [points]
_LONGEST, _OFF = 28, 5

# How much of the shares is shown beyond the longest plan.
_BEYOND = 4 / 3


class Flag(NamedTuple):
    """
    A name beside the pole on which it stands.

    Attributes:
        pole: How far along the pole is. [points]
        left: Where the name begins. [points]
        right: Where it ends. [points]
        row: How many rows above the lowest one. Its pole crosses those below.
    """

    pole: float
    left: float
    right: float
    row: int

    def hits(self, other: "Flag") -> bool:
        """Say whether two names overlap, or the pole of one runs through the other's name."""
        if self.row == other.row:
            return self.left < other.right and other.left < self.right
        low, high = sorted((self, other), key=lambda each: each.row)
        return low.left < high.pole < low.right


def flags(poles: Sequence[tuple[float, float]], room: float) -> list[Flag]:
    """
    Return where names stand so that none is in the way of another, in the order given.

    Args:
        poles: How far along each pole is, and how wide its name. [points]
        room: How much there is of it. [points]

    >>> [flag.row for flag in flags([(100, 80), (120, 80), (300, 80)], 300)]
    [0, 1, 0]
    """
    found: dict[int, Flag] = {}
    # Names to the left of their poles climb towards the right. Where there is no room they are
    # to the right, and climb towards the left.
    places = range(len(poles))
    left = sorted(
        (each for each in places if poles[each][1] <= poles[each][0]), key=poles.__getitem__
    )
    right = sorted(set(places) - set(left), key=poles.__getitem__, reverse=True)
    for place in (*left, *right):
        pole, wide = poles[place]
        begin = pole - wide if place in left else max(0.0, min(pole, room - wide))
        rows = (Flag(pole, begin, begin + wide, row) for row in places)
        clear = (flag for flag in rows if not any(flag.hits(other) for other in found.values()))
        # Poles that stand close may have to run through a name: then none stands above it.
        top = Flag(
            pole, begin, begin + wide, 1 + max((each.row for each in found.values()), default=-1)
        )
        found[place] = next(clear, top)
    return [found[place] for place in places]


class _Lane(NamedTuple):
    """A plan and its line: how long the long runs are, where it ends, and what it looks like."""

    compared: Compared
    name: str
    minutes: list[float]
    end: tuple[float, float]
    colour: str
    dashes: Any
    mark: str


class ComparisonPicture:
    """A comparison on a sheet, counted in the weeks of each plan."""

    def __init__(self, ax: Axes, comparison: Comparison) -> None:
        """Take a sheet for a comparison."""
        plans = comparison.plans
        self.lanes = [_lane(place, each) for place, each in enumerate(plans)]
        self.targets = {each.target_min for each in plans}
        self.right = ceil(_BEYOND * max(each.weeks for each in plans)) + 0.5
        self.sheet = Sheet(ax, below=0.36, right=self._target)

    def draw(self) -> None:
        """Draw all of it."""
        main, sheet = self.sheet.main, self.sheet
        main.set_xlim(0.5, self.right)
        main.xaxis.set_major_locator(MaxNLocator("auto", integer=True, min_n_ticks=1))
        sheet.settle(
            "Plans side by side",
            label="long run [min]",
            caption=f"Weeks of each plan. {NO_ADVICE_IN_SHORT} {NOTE_IN_SHORT}",
        )
        sheet.explain([])
        for lane in self.lanes:
            self._draw_lane(lane)
        sheet.count_shares("plays that have reached the target")
        self._draw_flags()
        if self._target:
            sheet.draw_target(max(self.targets), self._target)

    @property
    def _target(self) -> str:
        """What is written beside the line of the target, if all plans have the same."""
        return f"target {max(self.targets)} min" if len(self.targets) == 1 else ""

    def _draw_lane(self, lane: _Lane) -> None:
        look = {"color": lane.colour, "linestyle": lane.dashes, "linewidth": 1.8}
        edges = [number + 0.5 for number in range(len(lane.minutes) + 1)]
        self.sheet.main.stairs(lane.minutes, edges, baseline=None, **look)
        weeks = lane.compared.forecast.weeks
        # Reached by a week is reached at its end, and stays so.
        places = [week.number + 0.5 for week in weeks]
        places.append(max(self.right, places[-1]))
        shares = [week.reached for week in weeks]
        self.sheet.below.step(places, [*shares, shares[-1]], where="post", **look)

    def _draw_flags(self) -> None:
        """Let each line end in a pole, with its name beside it, above all lines."""
        sheet = self.sheet
        wide, high = sheet.size_pt
        point = wide / (self.right - 0.5)
        placed = flags(
            [
                ((lane.end[0] - 0.5) * point, sheet.width_of(lane.name) + 2 * _OFF)
                for lane in self.lanes
            ],
            wide,
        )
        runs = [run for lane in self.lanes for run in lane.minutes if not isnan(run)]
        most = max([*runs, *self.targets])
        rows = 1 + max(flag.row for flag in placed)
        sheet.begin_at_zero([most], rows * sheet.line_pt + 12)
        tall = high / sheet.main.get_ylim()[1]
        for lane, flag in zip(self.lanes, placed, strict=True):
            above = (most - lane.end[1]) * tall + 6 + flag.row * sheet.line_pt
            self._draw_flag(lane, flag, above)

    def _draw_flag(self, lane: _Lane, flag: Flag, above: float) -> None:
        sheet = self.sheet
        week, minutes = lane.end
        sheet.main.plot([week], [minutes], marker=lane.mark, color=lane.colour, markersize=6)
        sheet.main.annotate(
            "",
            lane.end,
            xytext=(0, above + sheet.line_pt),
            textcoords="offset points",
            arrowprops={"arrowstyle": "-", "color": lane.colour, "shrinkA": 0, "shrinkB": 0},
        )
        on_left = flag.right <= flag.pole
        sheet.write(
            lane.name,
            lane.end,
            rim=True,
            xytext=(-_OFF if on_left else flag.left - flag.pole + _OFF, above),
            textcoords="offset points",
            horizontalalignment="right" if on_left else "left",
            verticalalignment="bottom",
        )


def _lane(place: int, each: Compared) -> _Lane:
    runs = [week.long_run for week in each.plan.weeks if week.long_run]
    return _Lane(
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
