"""The plot of a forecast: the range of the long run, and below it the share at the target."""

from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from runplan.display.chart import BLUE, FAINT, GREEN, Chart, WeekLabels, WeekTicks, at, short
from runplan.display.describe import NOTE_IN_SHORT
from runplan.display.summary import last_shown
from runplan.forecasting.results import Forecast, percent


class ForecastPlot:
    """The plot of a forecast."""

    def __init__(self, ax: Axes, forecast: Forecast) -> None:
        """Set up the chart on an Axes."""
        self.forecast = forecast
        self.target = f"target {forecast.target_min} min"
        self.chart = Chart(ax, below=0.36, right=self.target)
        self.positions = [at(week.day) + 0.5 for week in forecast.weeks]
        self.left = self.positions[0] - 3.5

    def draw(self) -> None:
        """Draw the plot."""
        forecast, chart = self.forecast, self.chart
        self._draw_axis()
        chart.add_labels(
            f"{forecast.name}: forecast",
            label="long run [min]",
            caption=f"Plan weeks with the days of their long runs. {NOTE_IN_SHORT}",
        )
        self._draw_range()
        chart.start_at_zero([forecast.target_min, *(week.high_min for week in forecast.weeks)], 8)
        chart.draw_target(forecast.target_min, self.target)
        self._draw_shares()
        self._mark_days()

    def _draw_axis(self) -> None:
        main, weeks = self.chart.main, self.forecast.weeks
        main.set_xlim(self.left, self.positions[last_shown(self.forecast)] + 3.5)
        main.xaxis_date()
        labels = WeekLabels(self.positions, [week.day for week in weeks], weeks[0].number)
        main.xaxis.set_major_locator(WeekTicks(self.positions))
        main.xaxis.set_major_formatter(labels)

    def _draw_range(self) -> None:
        main, weeks, face = self.chart.main, self.forecast.weeks, to_rgba(BLUE, FAINT)
        low, high = [week.low_min for week in weeks], [week.high_min for week in weeks]
        middle = [week.median_min for week in weeks]
        main.fill_between(self.positions, low, high, facecolor=face, edgecolor="none", zorder=1)
        for edge in (low, high):
            main.plot(self.positions, edge, color=BLUE, linewidth=0.8, zorder=2)
        # A single week would not show as a line.
        mark = "o" if len(weeks) == 1 else ""
        main.plot(self.positions, middle, color=BLUE, linewidth=2.4, marker=mark, zorder=3)
        self.chart.add_legend(
            [
                Line2D([], [], color=BLUE, linewidth=2.4, label="median"),
                Patch(
                    facecolor=face, edgecolor=BLUE, linewidth=0.8, label="80 % of the simulations"
                ),
            ]
        )

    def _draw_shares(self) -> None:
        below = self.chart.below
        shares = [week.reached for week in self.forecast.weeks]
        shares, positions = [*shares, shares[-1]], [*self.positions, self.positions[-1] + 3.5]
        face = to_rgba(GREEN, FAINT)
        below.fill_between(positions, shares, step="post", facecolor=face, edgecolor="none")
        below.step(positions, shares, where="post", color=GREEN, linewidth=1.8)
        self.chart.show_shares("simulations that have reached the target")
        half = self.chart.line_pt / 2
        is_low = shares[-1] < 0.5  # noqa: PLR2004  # below the middle
        self.chart.write(
            f"{percent(shares[-1])} %\nat the end",
            (1, shares[-1]),
            ax=below,
            xycoords=below.get_yaxis_transform(),
            xytext=(4, -half if is_low else half),
            textcoords="offset points",
            verticalalignment="bottom" if is_low else "top",
        )

    def _mark_days(self) -> None:
        forecast, chart = self.forecast, self.chart
        point = chart.size_pt[0] / (chart.main.get_xlim()[1] - self.left)
        days = {0.1: forecast.early_day, 0.5: forecast.median_day, 0.9: forecast.late_day}
        for share, day in days.items():
            # Days before the first simulated week are outside the plot.
            if day is None or at(day) < self.left:
                continue
            position, label = at(day) + 0.5, short(day)
            chart.below.plot(
                [position], [share], "o", color=chart.text_colour, markersize=4.5, zorder=4
            )
            # Shares only grow, so the space above and to the left of the line is free.
            fits = (position - self.left) * point > chart.width_of(label) + 5
            chart.write(
                label,
                (position, share),
                outlined=True,
                ax=chart.below,
                xytext=(-5, 1) if fits else (6, 0),
                textcoords="offset points",
                horizontalalignment="right" if fits else "left",
                verticalalignment="bottom" if fits else "center",
            )
