"""Pictures, compared by what was drawn: lines, marks, bands and words, not pixels."""

import datetime as dt
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from xml.etree import ElementTree as ET

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.dates import num2date
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import StepPatch
from matplotlib.text import Text
from matplotlib.transforms import Bbox
from PIL import Image
from support.effort import some
from support.winters import (
    arrived,
    asked,
    away,
    certain,
    feverish,
    first_plan,
    hopeless,
    likely,
    not_helping,
    painful,
    paused,
    quiet,
    ran,
    side_by_side,
    six_pauses,
    sixty,
    ten_years,
)

from runplan import (
    Away,
    InvalidType,
    InvalidValue,
    MissingLibrary,
    RunplanError,
    StrengthReport,
    build,
    compare,
    describe,
    plot,
)
from runplan._base.dates import days_after
from runplan.display import chart
from runplan.display.chart import WeekLabels
from runplan.display.comparison_plot import Label, placed_labels
from runplan.display.describe import NO_ADVICE_IN_SHORT, NOTE_IN_SHORT, original_line
from runplan.display.plots import inline_svg
from runplan.forecasting.results import percent

PLANS = [quiet, painful, away, paused, not_helping, feverish, six_pauses, sixty, ten_years]
FORECASTS = [likely, certain, hopeless, arrived]
ALL = [*PLANS, *FORECASTS, side_by_side]

# A notebook's usual figure, a wider one, a page's, and 1,200 pixels across.
SIZES = [(6.4, 4.8), (8, 5), (8, 3.6), (12, 6.75)]

# Every plan here begins on Monday, 30 November: the middle of its weeks is a Thursday noon.
MIDDLES = [
    dt.datetime(2026, 12, 3, 12, tzinfo=dt.UTC) + dt.timedelta(7 * week) for week in range(9)
]


def new_axes(size=(6.4, 4.8)) -> Axes:
    """Return Axes that nobody has to close."""
    return Figure(figsize=size, layout="constrained").subplots()


@cache  # to be looked at only
def drawn(thing, size=(6.4, 4.8), **how) -> Axes:
    """Return the Axes of a picture after it was laid out."""
    ax = plot(thing, ax=new_axes(size), **how)
    ax.figure.draw_without_rendering()
    return ax


def below(ax: Axes) -> Axes:
    """Return the part below."""
    (part,) = ax.child_axes
    return part


def steps(ax: Axes) -> list[StepPatch]:
    """Return the stepped lines, without what fills the room under them."""
    return [each for each in ax.patches if isinstance(each, StepPatch) and not each.get_fill()]


def marks(ax: Axes, marker: str) -> list[Line2D]:
    """Return what is drawn with a marker, in order of dates."""
    found = [line for line in ax.lines if line.get_marker() == marker]
    return sorted(found, key=lambda line: line.get_xdata()[0])


def points(line: Line2D) -> list[tuple[dt.datetime, float]]:
    """Return what a line runs through."""
    return [(num2date(x), y) for x, y in line.get_xydata()]


def words(ax: Axes) -> list[str]:
    """Return what is written on Axes."""
    return [text.get_text() for text in ax.texts if text.get_text()]


def legend(ax: Axes) -> list[str]:
    """Return what the legend explains."""
    return [text.get_text() for text in ax.get_legend().get_texts()]


def all_texts(ax: Axes) -> Iterator[Text]:
    """Return every text that is shown of a picture."""
    for part in (ax, *ax.child_axes):
        yield from (*part.texts, part._left_title, part.xaxis.label, part.yaxis.label)
        for axis, (low, high) in ((part.xaxis, part.get_xlim()), (part.yaxis, part.get_ylim())):
            for tick in axis.get_major_ticks():
                if tick.label1.get_visible() and low <= tick.get_loc() <= high:
                    yield tick.label1
    if ax.get_legend():
        yield from ax.get_legend().get_texts()


def boxes(ax: Axes) -> list[tuple[str, Bbox]]:
    """Return the texts of a picture and where they are, in pixels."""
    shown = (text for text in all_texts(ax) if text.get_text().strip())
    return [(text.get_text(), text.get_window_extent()) for text in shown]


def luminance(colour: str) -> float:
    """Return how light a colour is, as WCAG reckons. [0-1]"""
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in to_rgb(colour)
    ]
    return float(np.dot(parts, (0.2126, 0.7152, 0.0722)))


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, as WCAG reckons. [1-21]"""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


# A plan.


def test_the_steps_are_what_is_planned_week_by_week():
    plan = painful()
    (planned,) = steps(drawn(plan))
    minutes, edges, _ = planned.get_data()
    assert list(minutes) == [week.long_run.minutes for week in plan.weeks]
    begins = [num2date(edge).date() for edge in edges]
    assert begins[:-1] == [week.first for week in plan.weeks]
    assert begins[-1] == dt.date(2027, 2, 22)


def test_weeks_without_a_long_run_are_gaps():
    (planned,) = steps(drawn(away()))
    gaps = [number for number, value in enumerate(planned.get_data().values, 1) if np.isnan(value)]
    assert gaps == [7]


def test_the_original_plan_is_a_thin_line_of_its_own():
    ax = drawn(painful(), original=quiet())
    now, first = steps(ax)
    assert list(first.get_data().values) == [40, 40, 40, 40, 45, 50, 55, 60]
    assert first.get_linewidth() < now.get_linewidth()
    assert first.get_linestyle() != now.get_linestyle()
    assert "original plan" in legend(ax)
    assert "original plan" not in legend(drawn(painful()))


def test_a_longer_original_plan_is_in_the_picture_to_its_end():
    longer = build(asked(target_min=90))
    ax = drawn(paused(), original=longer)
    assert num2date(ax.get_xlim()[1]).date() == longer.weeks[-1].last + dt.timedelta(1)
    assert ax.get_ylim()[1] > 90


def test_what_was_run_is_a_dot_in_the_middle_of_its_week():
    (runs,) = [line for line in drawn(painful()).lines if line.get_label() == "run"]
    assert points(runs) == list(zip(MIDDLES, [40, 40, 36, 40, 45], strict=False))


def test_a_run_in_a_paused_week_is_no_long_run_and_has_no_dot():
    plan = build(asked(), ran({"pain": 8}, {"minutes": 20}), "2026-12-14")
    (runs,) = [line for line in drawn(plan).lines if line.get_label() == "run"]
    assert list(runs.get_ydata()) == [40]


def test_a_missed_run_is_a_cross_where_it_was_meant_to_be_and_an_open_one_is_not():
    """On 26 January the run of week 6 is missed; the one of week 8, two days ago, is open."""
    ax = drawn(away())
    (missed,) = [line for line in ax.lines if line.get_label() == "missed"]
    assert missed.get_marker() == "x"
    assert points(missed) == [(MIDDLES[5], 35)]
    assert "missed" not in legend(drawn(painful()))


def test_pain_is_a_mark_at_the_minute_it_began_with_its_number():
    ax = drawn(painful())
    two, four = marks(ax, "D")
    assert points(two) == [(MIDDLES[1], 31)]
    assert points(four) == [(MIDDLES[4], 38)]
    assert [text for text in words(ax) if text.isdigit()] == ["4", "2", "2"]
    assert "pain (of 10) at its minute" in legend(ax)
    assert "pain (of 10), minute unknown" not in legend(ax)


def test_pain_of_which_the_minute_is_not_known_is_a_hollow_mark_below_the_end_of_the_run():
    ax = drawn(away())
    (mark,) = marks(ax, "D")
    assert points(mark) == [(MIDDLES[4], 40)]
    assert mark.get_markerfacecolor() == "none"
    assert height(mark) < height(ax, 40)
    assert "pain (of 10), minute unknown" in legend(ax)


def test_pain_on_the_next_morning_is_another_mark_above_the_run():
    ax = drawn(painful())
    (mark,) = marks(ax, "s")
    assert points(mark) == [(MIDDLES[4], 45)]
    assert height(mark) > height(ax, 45)
    assert "pain (of 10) next morning" in legend(ax)


def height(what: Line2D | Axes, minutes: float = 0) -> float:
    """Return how high a mark stands, or some minutes would, in pixels."""
    if isinstance(what, Line2D):
        return what.get_transform().transform(what.get_xydata())[0][1]
    return what.transData.transform((0, minutes))[1]


def test_a_mark_of_unknown_minute_does_not_sink_below_zero():
    log = ran({"minutes": 600}, {"minutes": 1, "pain": 2})
    ax = drawn(build(asked(), log, "2026-12-14"))
    (mark,) = marks(ax, "D")
    assert height(mark) > height(ax, 0)


def test_where_marks_are_too_many_the_worst_keep_their_numbers():
    shown = drawn(ten_years())
    numbers = [text for text in words(shown) if text.isdigit()]
    assert 0 < numbers.count("2") < 60
    small, large = sorted({line.get_markersize() for line in marks(shown, "D")})
    assert small < large


def test_a_pause_is_a_hatched_band_with_its_word():
    ax = drawn(not_helping())
    (band,) = [each for each in ax.patches if each.get_hatch()]
    assert span(band) == (dt.date(2026, 12, 21), dt.date(2026, 12, 28))
    assert "paused" in words(ax)
    assert not [each for each in below(ax).patches if each.get_hatch()]


def span(band) -> tuple[dt.date, dt.date]:
    """Return the days at which a band begins and ends."""
    box = band.get_path().get_extents(band.get_patch_transform())
    return num2date(box.x0).date(), num2date(box.x1).date()


def test_a_pause_that_stops_strength_goes_through_the_part_below():
    for plan, first in ((feverish(), dt.date(2026, 12, 7)), (paused(), dt.date(2026, 12, 28))):
        ax = drawn(plan)
        for part in (ax, below(ax)):
            (band,) = [each for each in part.patches if each.get_hatch()]
            assert span(band) == (first, first + dt.timedelta(7))


def test_of_a_pause_only_the_weeks_that_stop_strength_go_through_the_part_below():
    """Three painful runs pause week 4; severe pain on Monday stops strength as well."""
    hurt = StrengthReport(day="2026-12-28", pain=7)
    log = ran(*[{"pain": 1, "pain_from": 30}] * 3).add(hurt)
    ax = drawn(build(asked(), log, "2026-12-29"))
    bands = [span(each) for each in ax.patches if each.get_hatch()]
    assert bands == [
        (dt.date(2026, 12, 21), dt.date(2026, 12, 28)),
        (dt.date(2026, 12, 28), dt.date(2027, 1, 4)),
    ]
    (strength,) = [span(each) for each in below(ax).patches if each.get_hatch()]
    assert strength == bands[1]


def test_days_away_are_bands_from_the_first_to_the_last_day():
    ax = drawn(away())
    for part in (ax, below(ax)):
        bands = [span(each) for each in part.patches if each.get_hatch()]
        assert bands == [
            (dt.date(2026, 12, 24), dt.date(2026, 12, 28)),
            (dt.date(2027, 1, 11), dt.date(2027, 1, 18)),
        ]
    assert words(ax).count("away") == 2


def test_days_away_after_the_plan_are_left_out():
    plan = build(asked(away=[Away(first="2028-01-01", last="2028-01-07")]))
    assert "away" not in words(drawn(plan))


def test_days_away_without_an_end_are_a_band_to_the_end_of_the_plan():
    ill = [Away(first="2026-12-14"), Away(first="2026-12-16", last="2027-01-07")]
    ax = drawn(build(asked(away=ill)))
    (band,) = [span(each) for each in ax.patches if each.get_hatch()]
    assert band == (dt.date(2026, 12, 14), dt.date(2026, 12, 21))


def test_a_word_lies_in_its_band_where_it_fits_and_stands_where_it_does_not():
    for size, rotations in (((6.4, 4.8), {90}), ((20, 5), {0})):
        ax = drawn(away(), size)
        assert {text.get_rotation() for text in ax.texts if text.get_text() == "away"} == rotations


def test_a_band_whose_word_has_no_room_beside_another_is_in_the_legend():
    weeks = list(ten_years().weeks)
    weeks[20] = evolve(weeks[20], long_run=None, pause=paused().pause)
    year = Away(first="2027-01-01", last="2027-08-31")
    ax = drawn(evolve(ten_years(), weeks=tuple(weeks), away=(year,)))
    assert "paused" in words(ax)
    assert "away" not in words(ax)
    assert "away" in legend(ax)
    assert "paused" not in legend(ax)


def test_the_target_is_a_line_with_its_minutes_and_its_day():
    ax = drawn(painful())
    assert "target 60 min\n21 Feb 2027" in words(ax)
    assert [60, 60] in [list(line.get_ydata()) for line in ax.lines]
    assert "target 60 min" in words(drawn(paused()))


def test_today_is_a_line_through_both_parts_with_its_day():
    ax = drawn(painful())
    assert "today, 4 Jan 2027" in words(ax)
    noon = dt.datetime(2027, 1, 4, 12, tzinfo=dt.UTC)
    for part in (ax, below(ax)):
        assert noon in [num2date(line.get_xdata()[0]) for line in part.lines]


def test_there_is_no_line_of_today_before_the_first_or_after_the_last_day():
    done = build(asked(baseline_min=60, strength=None), ran({"minutes": 60}), "2028-01-01")
    for plan in (quiet(), done):
        assert not [text for text in words(drawn(plan)) if text.startswith("today")]


def test_the_strip_below_counts_the_strength_sessions():
    plan = away()
    strip = below(drawn(plan))
    filled = [each.get_data().values for each in strip.patches if isinstance(each, StepPatch)]
    planned, _, done = filled
    assert list(planned) == [len(week.strength) for week in plan.weeks]
    assert list(done) == [1, *[0] * (len(plan.weeks) - 1)]
    assert strip.get_ylim() == (0, 3)
    assert words(strip) == ["strength sessions a week, full: reported"]
    assert words(below(drawn(quiet()))) == ["strength sessions a week"]


def test_without_strength_the_strip_says_so():
    strip = below(drawn(build(asked(strength=None))))
    assert words(strip) == ["no strength sessions"]
    assert strip.get_ylim() == (0, 1)


# A forecast.


def test_a_forecast_shows_the_median_and_the_range_of_its_simulations():
    chances = likely()
    ax = drawn(chances)
    low, high, middle = [list(line.get_ydata()) for line in ax.lines[:3]]
    assert low == [week.low_min for week in chances.weeks]
    assert high == [week.high_min for week in chances.weeks]
    assert middle == [week.median_min for week in chances.weeks]
    assert [day.date() for day, _ in points(ax.lines[2])] == [week.day for week in chances.weeks]
    (band,) = ax.collections
    assert set(band.get_paths()[0].vertices[:, 1]) == {*low, *high}
    assert legend(ax) == ["median", "80 % of the simulations"]


def test_below_the_range_is_the_share_that_got_there():
    chances = likely()
    ax = drawn(chances)
    shares = [week.reached for week in chances.weeks]
    assert list(below(ax).lines[0].get_ydata()) == [*shares, shares[-1]]
    assert below(ax).get_ylim()[0] == 0
    assert below(ax).get_ylim()[1] > 1
    assert [label.get_text() for label in below(ax).get_yticklabels()] == ["0 %", "50 %", "100 %"]
    assert f"{percent(chances.reached_share)} %\nat the end" in words(below(ax))


def test_the_days_by_which_a_tenth_a_half_and_nine_tenths_got_there_are_marked():
    part = below(drawn(certain()))
    assert [points(line)[0][1] for line in marks(part, "o")] == [0.1, 0.5, 0.9]
    assert {points(line)[0][0].date() for line in marks(part, "o")} == {dt.date(2027, 1, 24)}
    assert words(part).count("24 Jan 2027") == 3
    fewer = evolve(likely(), late_day=None)
    assert len(marks(below(drawn(fewer)), "o")) == 2


def test_a_day_near_the_edge_is_written_to_the_right_of_its_mark():
    part = below(drawn(certain(), (3, 4)))
    assert {text.get_horizontalalignment() for text in part.texts if "2027" in text.get_text()} == {
        "right"
    }
    soon = evolve(certain(), early_day=certain().weeks[0].day)
    first = next(text for text in below(drawn(soon)).texts if "2026" in text.get_text())
    assert first.get_horizontalalignment() == "left"


def test_weeks_in_which_nothing_happens_any_more_are_beyond_the_edge():
    chances = likely()
    last = chances.weeks[-1]
    later = tuple(
        evolve(last, number=last.number + week, day=days_after(last.day, 7 * week))
        for week in range(1, 100)
    )
    for each in (chances, evolve(chances, weeks=(*chances.weeks, *later))):
        edge = num2date(drawn(each).get_xlim()[1]).date()
        shown = [week for week in each.weeks if week.day <= edge]
        assert shown[-1].reached >= 0.95 * each.reached_share
        assert shown[-1].day >= chances.median_day
        assert len(shown) <= len(chances.weeks)


def test_a_forecast_that_never_gets_there_is_shown_to_its_end():
    chances = hopeless()
    ax = drawn(chances)
    assert num2date(ax.get_xlim()[1]).date() > chances.weeks[-1].day
    assert "0 %\nat the end" in words(below(ax))


def test_what_was_reached_before_today_has_no_mark():
    ax = drawn(arrived())
    assert marks(below(ax), "o") == []
    assert ax.lines[2].get_marker() == "o"


# A comparison.


def test_each_plan_is_a_line_of_its_own():
    both = side_by_side()
    ax = drawn(both)
    assert [list(line.get_data().values) for line in steps(ax)] == [
        [week.long_run.minutes for week in each.plan.weeks] for each in both.plans
    ]
    looks = {(line.get_edgecolor(), str(line.get_linestyle())) for line in steps(ax)}
    assert len(looks) == 4
    assert len({str(line.get_linestyle()) for line in steps(ax)}) == 4


def test_each_line_is_named_where_it_ends():
    both = side_by_side()
    ax = drawn(both)
    assert words(ax) == [
        "five minutes: 16 weeks",
        "careful: 26 weeks",
        "three minutes a week, in no…: 24 weeks",
        "at once: 13 weeks",
        "target 90 min",
    ]
    ends = [mark for mark in ax.lines if mark.get_marker() in {"o", "s", "^", "D"}]
    assert [tuple(mark.get_xydata()[0]) for mark in ends] == [
        (16.5, 90),
        (26.5, 90),
        (24.5, 90),
        (13.5, 90),
    ]


def test_below_the_lines_are_the_shares_that_got_there():
    both = side_by_side()
    lines = below(drawn(both)).lines
    assert [line.get_ydata()[-1] for line in lines] == [
        each.forecast.weeks[-1].reached for each in both.plans
    ]
    assert [line.get_xdata()[0] for line in lines] == [1.5] * 4


def test_plans_with_different_targets_have_no_line_of_the_target():
    both = compare({"a": asked(), "b": asked(target_min=90)}, runs=5)
    assert [text for text in words(drawn(both)) if text.startswith("target")] == []


def test_a_plan_that_is_paused_or_without_any_run_is_named_as_well():
    log = ran({"pain": 8})
    held = compare({"a": asked()}, log, "2026-12-08", runs=5)
    assert "a: paused" in words(drawn(held))
    (line,) = held.plans
    empty = evolve(line.plan, weeks=tuple(evolve(week, long_run=None) for week in line.plan.weeks))
    ax = drawn(evolve(held, plans=(evolve(line, plan=empty),)))
    assert tuple(ax.lines[0].get_xydata()[0]) == (0.5, 40)


@given(
    leaders=st.lists(st.tuples(st.floats(0, 400), st.floats(5, 150)), max_size=12),
)
def test_names_beside_leaders_never_overlap(leaders):
    placed = placed_labels(leaders, 400)
    assert [label.leader for label in placed] == [leader for leader, _ in leaders]
    for one, other in combinations(placed, 2):
        if one.row == other.row:
            assert one.right <= other.left or other.right <= one.left
    for label in placed:
        assert label.left >= 0
        assert label.right <= 400 + 1e-9


def test_a_leader_crosses_a_name_only_where_there_is_no_other_way():
    assert Label(10, 0, 90, 0).overlaps(Label(50, 0, 90, 1))
    assert not Label(10, 0, 90, 0).overlaps(Label(95, 10, 95, 1))
    crowded = placed_labels([(10, 80), (50, 90)], 100)
    assert sorted(label.row for label in crowded) == [0, 1]


# Any picture.


@pytest.mark.parametrize("size", some(SIZES, 2))
@pytest.mark.parametrize("thing", some(ALL, 5))
def test_no_word_lies_on_another_or_beyond_the_figure(thing, size):
    how = {"original": first_plan(thing())} if thing in PLANS else {}
    ax = drawn(thing(), size, **how)
    shown = boxes(ax)
    for (one, here), (other, there) in combinations(shown, 2):
        common = Bbox.intersection(here, there)
        assert common is None or min(common.width, common.height) < 1, (one, other)
    edge = ax.figure.bbox.padded(1)
    for text, box in shown:
        assert edge.x0 <= box.x0 <= box.x1 <= edge.x1, text
        assert edge.y0 <= box.y0 <= box.y1 <= edge.y1, text


@pytest.mark.parametrize("thing", ALL)
def test_minutes_and_shares_begin_at_zero(thing):
    ax = drawn(thing())
    assert ax.get_ylim()[0] == 0
    assert below(ax).get_ylim()[0] == 0
    assert ax.get_ylabel() == "long run [min]"
    assert ax.get_yscale() == "linear"


@pytest.mark.parametrize("thing", ALL)
def test_under_every_picture_stands_what_it_is_worth(thing):
    said = below(drawn(thing())).get_xlabel().replace("\n", " ")
    assert (NO_ADVICE_IN_SHORT in said) is (thing not in FORECASTS)
    assert (NOTE_IN_SHORT in said) is (thing not in PLANS)


@pytest.mark.parametrize("thing", ALL)
def test_nothing_is_styled_beyond_the_axes(thing):
    before = dict(mpl.rcParams)
    plot(thing(), ax=new_axes())
    assert dict(mpl.rcParams) == before
    assert plt.get_fignums() == []


@pytest.mark.parametrize("thing", [painful, likely, side_by_side])
def test_the_label_of_the_axes_says_what_the_picture_shows(thing):
    assert drawn(thing()).get_label() == describe(thing())


def test_the_label_of_the_axes_describes_the_original_plan():
    ax = drawn(painful(), original=quiet())
    assert ax.get_label() == f"{describe(painful())} {original_line(quiet())}"
    assert describe(painful()) in repr(ax)


def test_without_axes_a_figure_is_made_that_a_notebook_shows():
    ax = plot(quiet())
    try:
        assert plt.get_fignums() == [ax.figure.number]
    finally:
        plt.close(ax.figure)


@pytest.mark.parametrize("style", ["default", "dark_background"])
@pytest.mark.parametrize("thing", [painful, likely, side_by_side])
def test_words_have_the_colour_of_the_style_and_marks_stand_out_from_its_background(thing, style):
    with plt.style.context(style):
        ax = new_axes()
    # What was made dark stays so, whatever style it is drawn on under.
    plot(thing(), ax=ax)
    ax.figure.draw_without_rendering()
    for text in all_texts(ax):
        on_mark = text.get_text().isdigit() and text.get_fontweight() == "bold"
        if text.get_text() and not on_mark:
            assert contrast(text.get_color(), ax.get_facecolor()) > 7, text.get_text()
    assert to_rgb(below(ax).get_facecolor()) == to_rgb(ax.get_facecolor())


@pytest.mark.parametrize("colour", ["BLUE", "VERMILION", "GREEN", "PURPLE"])
def test_every_colour_stands_out_from_black_and_from_white(colour):
    for background in ("black", "white"):
        assert contrast(getattr(chart, colour), background) >= 3


def test_numbers_stand_out_from_their_marks():
    for colour in (chart.VERMILION, chart.PURPLE):
        assert contrast("black", colour) >= 4.5


HOSTILE = r"$\frac{1}{0}$ _x^2 <b>&amp;</b> %s {0} \alpha"


@pytest.mark.parametrize("thing", [quiet, certain])
def test_a_hostile_name_is_drawn_as_plain_text(thing):
    ax = drawn(evolve(thing(), name=HOSTILE), (12, 5))
    assert ax.get_title(loc="left").startswith(HOSTILE)
    assert not ax._left_title.get_parse_math()


def test_hostile_names_of_plans_side_by_side_are_drawn_as_plain_text():
    name = "$x_$ <b>&\\alpha %s"
    ax = drawn(compare({name: asked()}, runs=5))
    (text,) = [text for text in ax.texts if text.get_text() == f"{name}: 8 weeks"]
    assert not text.get_parse_math()


def test_a_name_too_long_for_its_picture_is_shortened():
    for name in ("W" * 200, "a long way " * 18):
        ax = drawn(evolve(quiet(), name=name))
        shown = ax.get_title(loc="left")
        assert shown.endswith("…")
        assert shown[:-1] in name


def test_a_name_with_breaks_is_one_line():
    ax = drawn(evolve(quiet(), name="one\r\ntwo\x1b"))
    assert ax.get_title(loc="left") == "one two"


# Weeks on the axis.


@pytest.mark.parametrize(
    ("plan", "size", "numbers"),
    [
        (quiet, (6.4, 4.8), [1, 2, 3, 4, 5, 6, 7, 8]),
        (quiet, (3, 3), [1, 5]),
        (sixty, (12, 6.75), [1, 5, 9, 13, 17, 21, 25, 29, 33, 37, 41, 45, 49, 53, 57, 61]),
        (ten_years, (6.4, 4.8), [1, 105, 209, 313, 417]),
    ],
)
def test_there_are_as_many_ticks_as_there_is_room_for(plan, size, numbers):
    labels = [label.get_text() for label in below(drawn(plan(), size)).get_xticklabels()]
    assert [int(label.split("\n")[0]) for label in labels] == numbers


def test_a_week_is_named_by_its_number_and_its_first_day_and_the_year_where_it_begins():
    labels = [label.get_text() for label in below(drawn(quiet())).get_xticklabels()]
    assert labels[0] == "1\n30 Nov\n2026"
    assert labels[1] == "2\n7 Dec"
    assert labels[5] == "6\n4 Jan\n2027"


def test_a_forecast_counts_the_weeks_of_the_plan():
    labels = [label.get_text() for label in below(drawn(likely())).get_xticklabels()]
    assert labels[0] == "6\n10 Jan\n2027"


def test_wherever_a_mouse_is_there_is_a_week_to_name():
    ax = drawn(quiet())
    assert "1\n30 Nov\n2026" in ax.format_coord(ax.get_xlim()[0] - 100, 10)
    names = WeekLabels(
        [3.5, 10.5], quiet().weeks and [quiet().weeks[0].first, quiet().weeks[1].first]
    )
    assert names(8) == "2\n7 Dec\n2026"


# A place in a figure of one's own.


@pytest.mark.parametrize("layout", [None, "constrained", "tight"])
@pytest.mark.parametrize("thing", [away, likely, side_by_side])
def test_a_picture_keeps_to_the_place_of_its_axes(thing, layout):
    figure = Figure(figsize=(11, 4), layout=layout)
    axes = figure.subplots(1, 2)
    for ax in axes:
        plot(thing(), ax=ax)
    figure.draw_without_rendering()
    for ax in axes:
        place = ax.get_position(original=True)
        for part in (ax, below(ax)):
            box = part.get_position()
            assert place.x0 - 1e-9 <= box.x0 < box.x1 <= place.x1 + 1e-9
            assert place.y0 - 1e-9 <= box.y0 < box.y1 <= place.y1 + 1e-9
        assert below(ax).get_position().y1 < ax.get_position().y0


def test_a_picture_fits_into_a_part_of_a_figure():
    figure = Figure(figsize=(11, 5), layout="constrained")
    left, right = figure.subfigures(1, 2)
    one, other = plot(away(), ax=left.subplots()), plot(likely(), ax=right.subplots())
    figure.draw_without_rendering()
    middle = figure.bbox.x1 / 2
    assert all(box.x1 <= middle for _, box in boxes(one))
    assert all(box.x0 >= middle for _, box in boxes(other))


def test_a_picture_fits_into_an_inset():
    whole = Figure(figsize=(12, 8)).subplots()
    ax = plot(quiet(), ax=whole.inset_axes((0.5, 0.5, 0.5, 0.5)))
    whole.figure.draw_without_rendering()
    place = whole.get_position()
    assert ax.get_position().x0 == pytest.approx(place.x0 + place.width / 2)
    assert below(ax).get_position().y0 == pytest.approx(place.y0 + place.height / 2)


def test_axes_that_are_cleared_and_drawn_on_again_show_the_same():
    ax = new_axes()
    places = []
    for _ in range(3):
        ax.clear()
        plot(away(), ax=ax)
        ax.figure.draw_without_rendering()
        places.append((ax.get_position().bounds, below(ax).get_position().bounds))
    assert np.ptp(np.array(places), axis=0).max() < 0.01


def test_where_there_is_hardly_any_room_the_data_keep_a_third_of_it():
    ax = plot(away(), ax=Figure(figsize=(3, 2)).subplots())
    assert ax.get_position().height >= 0.34 * ax.get_position(original=True).height


# What is refused.


@pytest.mark.parametrize("thing", ["a plan", None, [quiet()]])
def test_what_is_nothing_to_draw_is_refused_with_what_to_give(thing):
    for draw in (plot, inline_svg):
        with pytest.raises(InvalidType, match="give what build, forecast or compare returned"):
            draw(thing)


def test_what_are_no_axes_is_refused():
    with pytest.raises(InvalidType, match="ax must be an Axes of matplotlib"):
        plot(quiet(), ax=Figure())
    with pytest.raises(InvalidValue, match=r"ax must be an ordinary Axes \(was 'polar'\)"):
        plot(quiet(), ax=Figure().subplots(subplot_kw={"projection": "polar"}))


def test_a_first_plan_must_be_a_plan_beside_a_plan():
    with pytest.raises(InvalidType, match=r"give build\(rebuild\)"):
        plot(quiet(), ax=new_axes(), original=asked())
    with pytest.raises(InvalidType, match="original must be given with a Plan"):
        plot(certain(), ax=new_axes(), original=quiet())


def test_without_matplotlib_it_says_what_to_install(monkeypatch):
    # Python's own way to say that there is no such module.
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    for draw in (plot, inline_svg):
        with pytest.raises(MissingLibrary, match=r"pip install 'runplan\[plot\]'") as told:
            draw(quiet())
        assert isinstance(told.value, (RunplanError, ImportError))


def test_the_door_opens_without_matplotlib():
    code = "import sys; sys.modules['matplotlib'] = None; import runplan; assert runplan.plot"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


# Files, and pages.


def test_an_svg_has_the_words_as_its_title(tmp_path):
    file = tmp_path / "plan.svg"
    drawn(painful()).figure.savefig(file, metadata={"Title": describe(painful())})
    root = ET.parse(file).getroot()  # noqa: S314  # it was just written
    assert root[0].tag.endswith("}title")
    assert root[0].text == describe(painful())


def test_a_png_carries_the_words_as_its_description(tmp_path):
    file = tmp_path / "plan.png"
    drawn(painful()).figure.savefig(file, metadata={"Description": describe(painful())})
    with Image.open(file) as image:
        assert image.info["Description"] == describe(painful())


@pytest.mark.parametrize("thing", [painful, likely, side_by_side])
def test_an_svg_for_a_page_is_one_element_that_says_what_it_shows(thing):
    svg = inline_svg(thing())
    root = ET.fromstring(svg)  # noqa: S314  # it was just written
    assert root.tag.endswith("}svg")
    assert root.get("role") == "img"
    assert root.get("aria-label") == describe(thing())
    assert svg.startswith("<svg ")
    assert "<metadata" not in svg
    assert "<!DOCTYPE" not in svg
    assert "font-family" not in svg


def test_an_svg_for_a_page_is_the_same_each_time_and_under_every_style():
    first = inline_svg(painful(), original=quiet())
    with plt.style.context("dark_background"):
        assert inline_svg(painful(), original=quiet()) == first


def test_a_hostile_name_is_escaped_in_a_page():
    svg = inline_svg(evolve(quiet(), name='"><script>alert(1)</script> 🏃'))
    assert "<script" not in svg
    root = ET.fromstring(svg)  # noqa: S314  # it was just written
    assert root.get("aria-label").startswith('"><script>alert(1)</script> 🏃: the long run')
