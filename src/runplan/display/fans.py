"""What is drawn of a forecast: a fan, and below it the share of the plays that got there."""

from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from runplan.display.describe import NOTE_IN_SHORT
from runplan.display.paper import BLUE, FAINT, GREEN, Sheet, WeekNames, WeekTicks, at, short
from runplan.display.story import last_shown
from runplan.forecasting.results import Forecast, percent


class ForecastPicture:
    """A forecast on a sheet."""

    def __init__(self, ax: Axes, forecast: Forecast) -> None:
        """Take a sheet for a forecast."""
        self.forecast = forecast
        self.target = f"target {forecast.target_min} min"
        self.sheet = Sheet(ax, below=0.36, right=self.target)
        self.places = [at(week.day) + 0.5 for week in forecast.weeks]
        self.left = self.places[0] - 3.5

    def draw(self) -> None:
        """Draw all of it."""
        forecast, sheet = self.forecast, self.sheet
        self._draw_axis()
        sheet.settle(
            f"{forecast.name}: forecast",
            label="long run [min]",
            caption=f"Plan weeks with the days of their long runs. {NOTE_IN_SHORT}",
        )
        self._draw_fan()
        sheet.begin_at_zero([forecast.target_min, *(week.high_min for week in forecast.weeks)], 8)
        sheet.draw_target(forecast.target_min, self.target)
        self._draw_shares()
        self._mark_days()

    def _draw_axis(self) -> None:
        main, weeks = self.sheet.main, self.forecast.weeks
        main.set_xlim(self.left, self.places[last_shown(self.forecast)] + 3.5)
        main.xaxis_date()
        names = WeekNames(self.places, [week.day for week in weeks], weeks[0].number)
        main.xaxis.set_major_locator(WeekTicks(self.places))
        main.xaxis.set_major_formatter(names)

    def _draw_fan(self) -> None:
        main, weeks, face = self.sheet.main, self.forecast.weeks, to_rgba(BLUE, FAINT)
        low, high = [week.low_min for week in weeks], [week.high_min for week in weeks]
        middle = [week.median_min for week in weeks]
        main.fill_between(self.places, low, high, facecolor=face, edgecolor="none", zorder=1)
        for edge in (low, high):
            main.plot(self.places, edge, color=BLUE, linewidth=0.8, zorder=2)
        # One week alone makes no line.
        mark = "o" if len(weeks) == 1 else ""
        main.plot(self.places, middle, color=BLUE, linewidth=2.4, marker=mark, zorder=3)
        self.sheet.explain(
            [
                Line2D([], [], color=BLUE, linewidth=2.4, label="middle of all plays"),
                Patch(facecolor=face, edgecolor=BLUE, linewidth=0.8, label="80 % of the plays"),
            ]
        )

    def _draw_shares(self) -> None:
        below = self.sheet.below
        shares = [week.reached for week in self.forecast.weeks]
        shares, places = [*shares, shares[-1]], [*self.places, self.places[-1] + 3.5]
        face = to_rgba(GREEN, FAINT)
        below.fill_between(places, shares, step="post", facecolor=face, edgecolor="none")
        below.step(places, shares, where="post", color=GREEN, linewidth=1.8)
        self.sheet.count_shares("plays that have reached the target")
        half = self.sheet.line_pt / 2
        is_low = shares[-1] < 0.5  # noqa: PLR2004  # half of the height
        self.sheet.write(
            f"{percent(shares[-1])} %\nin the end",
            (1, shares[-1]),
            ax=below,
            xycoords=below.get_yaxis_transform(),
            xytext=(4, -half if is_low else half),
            textcoords="offset points",
            verticalalignment="bottom" if is_low else "top",
        )

    def _mark_days(self) -> None:
        forecast, sheet = self.forecast, self.sheet
        point = sheet.size_pt[0] / (sheet.main.get_xlim()[1] - self.left)
        days = {0.1: forecast.early_day, 0.5: forecast.median_day, 0.9: forecast.late_day}
        for share, day in days.items():
            # What was reached before the first week that is played has no place here.
            if day is None or at(day) < self.left:
                continue
            place, label = at(day) + 0.5, short(day)
            sheet.below.plot([place], [share], "o", color=sheet.ink, markersize=4.5, zorder=4)
            # A share only grows: above the line and to the left of it nothing is drawn.
            fits = (place - self.left) * point > sheet.width_of(label) + 5
            sheet.write(
                label,
                (place, share),
                rim=True,
                ax=sheet.below,
                xytext=(-5, 1) if fits else (6, 0),
                textcoords="offset points",
                horizontalalignment="right" if fits else "left",
                verticalalignment="bottom" if fits else "center",
            )
