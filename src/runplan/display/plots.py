"""
plot: draw a plan, a forecast or a comparison.

matplotlib comes with the extra "plot". This module can be imported without it: the modules that
draw are imported on the first plot.
"""

from html import escape
from importlib.util import find_spec
from io import StringIO
from typing import TYPE_CHECKING
from warnings import catch_warnings, filterwarnings

from runplan.display.describe import describe, original_line
from runplan.errors import InvalidType, InvalidValue, MissingLibrary
from runplan.forecasting.compare import Comparison
from runplan.forecasting.results import Forecast
from runplan.model.plan import Plan

if TYPE_CHECKING:
    from matplotlib.axes import Axes


# Wide and low, so that a page of A4 also has room for the table and the exercises. [inches]
_PAGE_SIZE = (8, 3.6)
# matplotlib would write these into the file, including the date.
_NO_METADATA = dict.fromkeys(("Creator", "Date", "Format", "Type"))


def plot(
    thing: Plan | Forecast | Comparison, *, ax: "Axes | None" = None, original: Plan | None = None
) -> "Axes":
    """
    Draw a plan, a forecast or a comparison.

    A plan shows its long run week by week: the planned minutes, the minutes run, pain as numbered
    marks at the minute it began, pain on the next morning above the run, pauses, days away, the
    target and today; below, the strength sessions a week. A forecast shows the median and the
    80 % range of its simulations, and below it the share of them that have reached the target.
    A comparison shows a line for each plan, and below it the same share for each.

    The minutes start at zero. Nothing outside the Axes is styled. Text takes its colour from the
    Axes, so the plot fits a light style and a dark one. It stays within the position of the Axes
    in the figure; the lower part is an inset. ``describe`` gives the same content in words, and
    so does the label of the Axes, ``ax.get_label()``: matplotlib has no alt text.

    Args:
        thing: What to draw.
        ax: The Axes to draw on, without a projection. None makes a new pyplot figure, which
            notebooks show by themselves; call ``pyplot.close(ax.figure)`` if you draw many.
        original: For a plan, the original plan, build(rebuild), drawn as a thin line.

    Returns:
        The Axes with the long runs.

    Raises:
        InvalidType: If thing cannot be drawn, ax is not an Axes, original is not a plan, or
            original is given for something other than a plan.
        InvalidValue: If ax has a projection, such as polar.
        MissingLibrary: If matplotlib is not installed.

    >>> from matplotlib.figure import Figure
    >>> from runplan import Rebuild, build
    >>> rebuild = Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC")
    >>> ax = plot(build(rebuild), ax=Figure().subplots())
    >>> ax.get_ylabel(), bool(ax.get_ylim()[0] == 0)
    ('long run [min]', True)
    """
    _check(thing, original)
    axes = _axes(ax)
    _draw(thing, axes, original)
    first = [original_line(original)] if original else []
    axes.set_label(" ".join([describe(thing), *first]))
    return axes


def inline_svg(thing: Plan | Forecast | Comparison, *, original: Plan | None = None) -> str:
    """
    Return a plot as an SVG element for an HTML page, labelled with its description.

    It loads nothing, not even a font. With the same version of matplotlib, the same thing gives
    the same text.

    Args:
        thing: What to draw, as with plot.
        original: As with plot.

    Raises:
        InvalidType: As with plot.
        MissingLibrary: If matplotlib is not installed.

    >>> from runplan import Rebuild, build
    >>> rebuild = Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC")
    >>> inline_svg(build(rebuild))[:40]
    '<svg role="img" aria-label="Long run reb'
    """
    _check(thing, original)
    _find_matplotlib()
    from matplotlib import style  # noqa: PLC0415
    from matplotlib.figure import Figure  # noqa: PLC0415

    # Independent of the user's style; the salt makes the ids reproducible.
    with style.context(["default", {"svg.hashsalt": "runplan"}]), catch_warnings():
        # Characters that the font lacks are drawn as boxes; the page has the name as text too.
        filterwarnings("ignore", message="Glyph .* missing")
        figure = Figure(figsize=_PAGE_SIZE, layout="constrained")
        axes = plot(thing, ax=figure.subplots(), original=original)
        written = StringIO()
        figure.savefig(written, format="svg", metadata=_NO_METADATA)
    label = escape(str(axes.get_label()))
    # Without the XML declaration and doctype of a standalone file.
    _, start, rest = written.getvalue().partition("<svg ")
    return f'{start}role="img" aria-label="{label}" {rest}'


def _check(thing: object, original: object) -> None:
    if not isinstance(thing, Plan | Forecast | Comparison):
        must = "what is drawn must be a Plan, a Forecast or a Comparison"
        raise InvalidType(must, thing, "give what build, forecast or compare returned")
    if original is None:
        return
    if not isinstance(original, Plan):
        must = "original must be a Plan or None"
        raise InvalidType(must, original, "give build(rebuild)")
    if not isinstance(thing, Plan):
        raise InvalidType("original must be given with a Plan", thing, "leave it out")


def _find_matplotlib() -> None:
    if find_spec("matplotlib") is None:
        must = "matplotlib must be installed to draw"
        raise MissingLibrary(must, "not found", "pip install 'runplan[plot]'")


def _axes(ax: object) -> "Axes":
    """Return the Axes to draw on."""
    _find_matplotlib()
    from matplotlib.axes import Axes  # noqa: PLC0415

    if ax is None:
        # pyplot chooses a backend and may open a window, so import it only here.
        import matplotlib.pyplot as plt  # noqa: PLC0415

        return plt.subplots(layout="constrained")[1]
    if not isinstance(ax, Axes):
        raise InvalidType("ax must be an Axes of matplotlib", ax, "give one, or leave it out")
    if ax.name != "rectilinear":
        raise InvalidValue("ax must be an ordinary Axes", ax.name, "make it without projection")
    return ax


def _draw(thing: Plan | Forecast | Comparison, axes: "Axes", original: Plan | None) -> None:
    from runplan.display.comparison_plot import ComparisonPlot  # noqa: PLC0415
    from runplan.display.forecast_plot import ForecastPlot  # noqa: PLC0415
    from runplan.display.plan_plot import PlanPlot  # noqa: PLC0415

    if isinstance(thing, Plan):
        PlanPlot(axes, thing, original).draw()
    elif isinstance(thing, Forecast):
        ForecastPlot(axes, thing).draw()
    else:
        ComparisonPlot(axes, thing).draw()
