"""
plot: a plan, a forecast or a comparison as a picture.

matplotlib comes with the extra "plot", and only who draws pays for its import: this room must be
open without it. What is drawn, and on what, is in the rooms beside it.
"""

from html import escape
from importlib.util import find_spec
from io import StringIO
from typing import TYPE_CHECKING
from warnings import catch_warnings, filterwarnings

from runplan.display.describe import as_first_planned, describe
from runplan.errors import InvalidType, InvalidValue, MissingLibrary
from runplan.forecasting.compare import Comparison
from runplan.forecasting.results import Forecast
from runplan.model.plan import Plan

if TYPE_CHECKING:
    from matplotlib.axes import Axes


# Wide and low: a page of A4 has its table and its exercises as well. [inches]
_PAGE_SIZE = (8, 3.6)
# matplotlib writes these by itself, the date among them.
_NO_METADATA = dict.fromkeys(("Creator", "Date", "Format", "Type"))


def plot(
    thing: Plan | Forecast | Comparison, *, ax: "Axes | None" = None, original: Plan | None = None
) -> "Axes":
    """
    Draw a plan, a forecast or a comparison.

    A plan shows its long run week by week: what is planned, what was run, pain as marks with
    its number at the minute it began, pain on the next morning above the run, pauses, days
    away, the target and today; below, the strength sessions a week. A forecast shows the middle
    and the 80 % range of its plays, and below it the share of them that has reached the target.
    A comparison shows a line for each plan, and below it the same share for each.

    Minutes begin at zero. Nothing is styled beyond the Axes: text takes its colours from the
    Axes, so that a picture fits a light style and a dark one. It keeps to the place of the Axes
    in its figure: the part below is an inset of it. ``describe`` says the same in words; the
    label of the Axes, ``ax.get_label()``, holds it too, as matplotlib has no alt text.

    Args:
        thing: What to draw.
        ax: What to draw on, an ordinary Axes. None: a new figure of pyplot, which notebooks
            show by themselves; close it with ``pyplot.close(ax.figure)`` where many are drawn.
        original: Beside a plan: the plan as it was first, build(rebuild), for a thin line.

    Returns:
        The Axes with the long runs.

    Raises:
        InvalidType: If it is nothing to draw, ax is no Axes, or original is no plan or stands
            beside something else than a plan.
        InvalidValue: If ax has another projection than the ordinary one.
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
    first = [as_first_planned(original)] if original else []
    axes.set_label(" ".join([describe(thing), *first]))
    return axes


def inline_svg(thing: Plan | Forecast | Comparison, *, original: Plan | None = None) -> str:
    """
    Return a picture as an SVG element for a page of HTML, labelled with what it shows.

    It needs nothing from elsewhere, not even a font. The same thing gives the same text, with
    the same version of matplotlib.

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

    # A page looks the same whatever style its maker likes, and its ids are made of the salt.
    with style.context(["default", {"svg.hashsalt": "runplan"}]), catch_warnings():
        # A letter that its font lacks, in a name, is shown as a box. The page has the name as well.
        filterwarnings("ignore", message="Glyph .* missing")
        figure = Figure(figsize=_PAGE_SIZE, layout="constrained")
        axes = plot(thing, ax=figure.subplots(), original=original)
        written = StringIO()
        figure.savefig(written, format="svg", metadata=_NO_METADATA)
    label = escape(str(axes.get_label()))
    # What stands before the element is for files of their own.
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
        raise InvalidType("original must stand beside a Plan", thing, "leave it out")


def _find_matplotlib() -> None:
    if find_spec("matplotlib") is None:
        must = "matplotlib must be installed to draw"
        raise MissingLibrary(must, "not found", "pip install 'runplan[plot]'")


def _axes(ax: object) -> "Axes":
    """Return the Axes to draw on."""
    _find_matplotlib()
    from matplotlib.axes import Axes  # noqa: PLC0415

    if ax is None:
        # It chooses a backend, and on some machines opens a window: only where it is wanted.
        import matplotlib.pyplot as plt  # noqa: PLC0415

        return plt.subplots(layout="constrained")[1]
    if not isinstance(ax, Axes):
        raise InvalidType("ax must be an Axes of matplotlib", ax, "give one, or leave it out")
    if ax.name != "rectilinear":
        raise InvalidValue("ax must be an ordinary Axes", ax.name, "make it without projection")
    return ax


def _draw(thing: Plan | Forecast | Comparison, axes: "Axes", original: Plan | None) -> None:
    from runplan.display.fans import ForecastPicture  # noqa: PLC0415
    from runplan.display.lanes import ComparisonPicture  # noqa: PLC0415
    from runplan.display.strokes import PlanPicture  # noqa: PLC0415

    if isinstance(thing, Plan):
        PlanPicture(axes, thing, original).draw()
    elif isinstance(thing, Forecast):
        ForecastPicture(axes, thing).draw()
    else:
        ComparisonPicture(axes, thing).draw()
