"""describe turns plans, forecasts and comparisons into plain sentences, of limited length."""

import re
import subprocess
import sys

import pytest
from attrs import evolve
from support.winters import (
    arrived,
    asked,
    away,
    certain,
    feverish,
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
    NO_ADVICE,
    Away,
    InvalidType,
    Log,
    RunReport,
    StrengthReport,
    build,
    compare,
    describe,
)
from runplan.display.describe import NO_ADVICE_IN_SHORT, original_line

PLANS = [quiet, painful, away, paused, not_helping, feverish, sixty, ten_years, six_pauses]
ALL = [*PLANS, likely, certain, hopeless, arrived, side_by_side]


def test_a_plan_that_begins_says_from_where_to_where_and_when():
    assert describe(quiet()) == (
        "Anna's way back: the long run week by week, from 40 to 60 min in 8 weeks from Monday, "
        "30 November 2026. 60 min are due on Sunday, 24 January 2027. Planned in weeks 1 to 8: "
        "40, 40, 40, 40, 45, 50, 55, 60 min. Strength sessions a week: 1 to 3. Next: strength "
        "on Wednesday, 2 December 2026. runplan plans training. It gives no medical advice and no "
        "diagnosis."
    )


def test_a_winter_with_pain_says_what_was_run_and_where_it_hurt():
    said = describe(painful())
    assert "As of Monday, 4 January 2027: stepping back." in said
    assert (
        "Reported: 4 of 5 long runs at full length or more; the latest, run of planned: "
        "40 of 40, 36 of 40, 40 of 40, 45 of 45 min."
    ) in said
    assert (
        "Pain in 2 long runs: 2 of 10 from minute 31 in week 2; 4 of 10 from minute 38 in week 5."
    ) in said
    assert "Pain the morning after 1 long run: 2 of 10 in week 5." in said


def test_days_away_and_missed_runs_are_told():
    said = describe(away())
    assert "Missed: 1 long run." in said
    assert "Not reported yet: the long run of Sunday, 24 January 2027." in said
    assert "Pain in 1 long run: 3 of 10 in week 5." in said
    assert (
        "Days away: 24 December 2026 to 27 December 2026, 11 January 2027 to 17 January 2027."
    ) in said
    assert "Strength sessions a week: 0 to 3; 1 reported." in said


def test_many_ranges_of_days_away_are_counted():
    days = [(f"2026-12-{day:02}", f"2026-12-{day + 1:02}") for day in range(1, 18, 3)]
    plan = build(asked(away=[Away(first=first, last=last) for first, last in days]))
    assert "10 December 2026 to 11 December 2026 and 2 more." in describe(plan)


def test_days_away_without_an_end_are_told_up_to_the_last_week():
    plan = build(
        asked(away=[Away(first="2026-12-14"), Away(first="2028-01-01", last="2028-01-02")])
    )
    assert "Days away: 14 December 2026 to 20 December 2026." in describe(plan)


def test_a_pause_says_why():
    said = describe(not_helping())
    assert said.startswith("Paused: 3 painful long runs in a row. See a doctor")
    assert said.count("Paused: ") == 1
    assert "The plan is paused before it reaches 60 min." in said
    assert "No long run in week 4." in said
    assert "Next: strength on" in said


@pytest.mark.parametrize("plan", [feverish, paused])
def test_a_pause_that_stops_everything_has_no_next_session(plan):
    assert "Next:" not in describe(plan())


def test_a_pause_after_the_target_says_whom_to_see_and_keeps_the_target():
    flagged = StrengthReport(day="2026-12-07", red_flags=["lump"])
    log = ran({"minutes": 60}).add(flagged)
    said = describe(build(asked(baseline_min=60), log, "2026-12-08"))
    assert said.startswith(
        "Paused: you reported a lump or deformity on Monday, 7 December. See a doctor before you "
        "run again."
    )
    assert "60 min were reached on Sunday, 6 December 2026." in said


def test_of_many_pauses_the_latest_are_told_and_the_others_counted():
    said = describe(six_pauses())
    assert said.count("No long run in week") == 4
    assert "Before that, 2 earlier pauses." in said


def test_silence_is_missed_only_from_the_fourth_day_on():
    for today in ("2026-12-21", "2026-12-23"):
        said = describe(build(asked(), today=today))
        assert "Missed: 2 long runs." in said
        assert "Not reported yet: the long run of Sunday, 20 December 2026." in said
        assert "Reported: " not in said
        assert "No pain" not in said
    said = describe(build(asked(), today="2026-12-24"))
    assert "Missed: 3 long runs." in said
    assert "Not reported yet" not in said


def test_a_run_in_a_paused_week_is_not_a_long_run():
    log = ran({"pain": 8}, {"minutes": 20})
    said = describe(build(asked(), log, "2026-12-14"))
    assert "Reported: 1 of 1 long run at full length or more" in said


def test_a_target_that_is_reached_is_told_once():
    request = asked(baseline_min=60, strength=None)
    plan = build(request, ran({"minutes": 60}), "2026-12-08")
    said = describe(plan)
    assert "As of Tuesday, 8 December 2026: reached 60 min on Sunday, 6 December 2026." in said
    assert "are due" not in said
    assert "No pain was reported in long runs." in said
    assert "Strength" not in said


def test_one_week_is_told_as_one():
    said = describe(build(asked(baseline_min=60, strength=None)))
    assert "in 1 week from" in said
    assert "Planned in week 1: 60 min." in said
    assert "Next: long run of 60 min on Sunday, 6 December 2026." in said


def test_as_many_strength_sessions_every_week_are_one_number():
    plan = build(asked())
    month = evolve(plan, weeks=plan.weeks[:2])
    assert "Strength sessions a week: 1." in describe(month)


def test_skipped_sessions_are_counted_apart_from_those_that_were_done():
    log = Log([StrengthReport(day="2026-12-02", skipped=True), StrengthReport(day="2026-12-09")])
    assert "a week: 1 to 3; 1 done, 1 skipped." in describe(build(asked(), log, "2026-12-12"))


def test_a_plan_that_goes_nowhere_says_so():
    said = describe(ten_years())
    assert "These weeks do not reach 60 min." in said
    assert "Planned in weeks 301 to 520: from 40 to 40 min." in said


def test_a_forecast_says_the_chances_the_range_and_what_it_is_worth():
    said = describe(certain())
    assert said.startswith(
        "Anna's way back: forecast of the long run week by week, and below it the share of the "
        "simulations that have reached 60 min. 100 % of the simulations reach 60 min"
    )
    assert "Reached: 0 % by week 2, 0 % by week 4, 0 % by week 6, 100 % by week 8." in said
    assert (
        "In week 8 the median is 60 min; 80 % of the simulations are between 60 and 60 min."
    ) in said
    assert "This is arithmetic on assumptions, not medicine" in said


def test_a_forecast_of_one_week_tells_of_it_once():
    said = describe(arrived())
    assert said.count("the median is") == 1
    assert "Reached: 100 % by week 2." in said


def test_a_comparison_says_for_each_plan_when_it_is_there():
    said = describe(side_by_side())
    assert said.startswith("4 plans side by side:")
    for each in side_by_side().plans:
        assert f" {each.name}: from 30 to 90 min, {each.weeks} weeks, finished on " in said
    assert "This is arithmetic on assumptions, not medicine" in said


def test_a_comparison_leaves_out_the_days_that_will_not_be():
    log = ran({"pain": 8})
    said = describe(compare({"paused": asked()}, log, "2026-12-08", runs=5))
    assert "paused: from 40 to 60 min, 2 weeks; 0 % of the simulations reach the target." in said


@pytest.mark.parametrize("thing", ALL)
def test_what_is_said_is_a_line_of_sentences_that_ends(thing):
    said = describe(thing())
    assert said.isprintable()
    assert "  " not in said
    assert " None" not in said
    assert said.endswith(".")
    assert len(said) < 2000
    for sentence in re.split(r"(?<=\.) ", said):
        assert (
            sentence[0].isupper()
            or sentence[0].isdigit()
            or thing is side_by_side
            or (sentence.startswith("runplan"))
        )


@pytest.mark.parametrize("thing", [*PLANS, side_by_side])
def test_whatever_plans_says_that_it_is_no_medical_advice(thing):
    assert NO_ADVICE.startswith(NO_ADVICE_IN_SHORT[:-1])
    assert NO_ADVICE_IN_SHORT in describe(thing())


@pytest.mark.parametrize("thing", ["a plan", None, 60, RunReport(day="2026-12-06", minutes=40)])
def test_anything_else_is_refused_with_what_to_give(thing):
    with pytest.raises(InvalidType, match="give what build, forecast or compare returned"):
        describe(thing)


def test_a_hostile_name_is_told_as_it_is_on_one_line():
    plan = evolve(quiet(), name="<b>$x^2$\r\n\x1b[31m %s {0}")
    assert describe(plan).startswith("<b>$x^2$ [31m %s {0}: the long run")


def test_the_first_plan_is_told_with_its_end_if_it_has_one():
    assert original_line(quiet()) == (
        "A thin line shows the original plan: 60 min are due on Sunday, 24 January 2027."
    )
    assert original_line(ten_years()) == "A thin line shows the original plan."


def test_words_need_no_matplotlib():
    code = (
        "import sys; sys.modules['matplotlib'] = None\n"
        "from runplan import Rebuild, build, describe\n"
        "rebuild = Rebuild(baseline_min=40, target_min=60, start='2026-11-30', timezone='UTC')\n"
        "assert describe(build(rebuild))"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_a_red_flag_is_told_with_whom_to_see_and_never_beside_no_pain():
    flagged = Log([RunReport(day="2026-12-06", minutes=40, red_flags=["chest-pain"])])
    said = describe(build(asked(), flagged, today="2026-12-07"))
    assert "Red flags: chest pain." in said
    assert "No pain" not in said
    assert said.startswith(
        "Paused: you reported chest pain on Sunday, 6 December. See an emergency doctor now: call "
        "the emergency services."
    )
