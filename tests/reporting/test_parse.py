"""What a runner types in one line, and the entries that it stands for."""

import re
from functools import partial

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from support.effort import examples
from support.report_text import as_text, entries, texts

from runplan import (
    Away,
    Change,
    InvalidType,
    InvalidValue,
    Log,
    MorningReport,
    ParsedReport,
    Rebuild,
    RunplanError,
    RunReport,
    StrengthReport,
    UnknownName,
    build,
    parse_report,
)
from runplan._base.dates import to_day
from runplan.model.away import off
from runplan.reporting.parse import example_reports

# Long runs are on 6, 13, 20 and 27 December, strength on Wednesdays at first.
REBUILD = Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC")
SUNDAY, MONDAY = "2026-12-06", "2026-12-07"
RAN = RunReport(day=SUNDAY, minutes=40)


def parsed(text: str, today: str = SUNDAY, *logged, rebuild: Rebuild = REBUILD) -> ParsedReport:
    """Parse a report that is made on a day, after others."""
    return parse_report(text, build(rebuild, Log(logged), today), today)


def read(text: str, today: str = SUNDAY, *logged) -> list:
    """Return the entries of a report."""
    return list(parsed(text, today, *logged))


def refused(text: str, today: str = SUNDAY, *logged) -> str:
    """Return the error of a report that must not be accepted."""
    with pytest.raises(RunplanError) as error:
        parsed(text, today, *logged)
    return str(error.value)


# --- the grammar -----------------------------------------------------------------------------

run = partial(RunReport, day=SUNDAY)


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("45 2@40", run(minutes=45, pain=2, pain_from=40)),
        ("45 ok", run(minutes=45)),
        ("45 okay", run(minutes=45)),
        ("45 0", run(minutes=45)),
        ("45 2", run(minutes=45, pain=2)),
        ("45 2/10", run(minutes=45, pain=2)),
        ("45 pain 2@40", run(minutes=45, pain=2, pain_from=40)),
        ("45 min 2 @ 40 min", run(minutes=45, pain=2, pain_from=40)),
        ("45minutes, 2@40min.", run(minutes=45, pain=2, pain_from=40)),
        ("  45 ,,  OK ; ", run(minutes=45)),
        ("0:45 1@0:40", run(minutes=45, pain=1, pain_from=40)),
        ("45 ok tired 7", run(minutes=45, fatigue=7)),
        ("45 ok fatigue 7", run(minutes=45, fatigue=7)),
        ("long 20 ok", run(minutes=20)),
        ("20 long ok", run(minutes=20)),
        ("other 20 ok", run(minutes=20, kind="other")),
        ("20 other 3", run(minutes=20, pain=3, kind="other")),
        ("45 ok flag chest pain", run(minutes=45, red_flags=["chest-pain"])),
        ("45 ok flag “chest pain”, flag fever", run(minutes=45, red_flags=["chest-pain", "fever"])),
        ("45 ok flag no_better tired 2", run(minutes=45, red_flags=["no-better"], fatigue=2)),
        ("45 ok note: Hot, 45,5 km", run(minutes=45, note="Hot, 45,5 km")),
        ("45 ok. NOTE:", run(minutes=45)),
        ("strength 0", StrengthReport(day="2026-12-06")),
        ("strength: pain 3", StrengthReport(day="2026-12-06", pain=3)),
    ],
)  # fmt: skip
def test_a_report_is_one_line_of_plain_words(text, entry):
    (found,) = read(text)
    if isinstance(entry, StrengthReport):
        # Wednesday's session is over three days back, so it is today's.
        assert (found.pain, found.day) == (entry.pain, entry.day)
    assert found == entry


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("sunday 40 ok", "2026-12-06"),
        ("40 sun ok", "2026-12-06"),
        ("40 ok, Sunday!", "2026-12-06"),
        ("yesterday: 40 ok", "2026-12-07"),
        ("today 40 ok", "2026-12-08"),
        ("2026-12-05 40 ok", "2026-12-05"),
        ("40 ok", "2026-12-06"),
        ("other 40 ok", "2026-12-08"),
    ],
)
def test_a_day_may_stand_before_or_after_and_a_weekday_is_the_last_one(text, day):
    (found,) = read(text, "2026-12-08")
    assert (found.day.isoformat(), found.recorded_on.isoformat()) == (day, "2026-12-08")


def test_one_report_may_be_about_several_sessions():
    found = read("sunday 40 1@30 morning 2, monday strength 0; other 20 ok", "2026-12-08")
    on = {"recorded_on": "2026-12-08"}
    assert found == [
        RunReport(day=SUNDAY, minutes=40, pain=1, pain_from=30, pain_next_morning=2, **on),
        StrengthReport(day=MONDAY, **on),
        RunReport(day="2026-12-08", minutes=20, kind="other", **on),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "40 ok sunday, strength 0 monday",
        "40 ok, sunday, strength 0 monday",
        "sunday 40 ok, monday strength 0",
        "monday strength 0, sunday 40 ok",
        "40 sunday ok, monday, strength 0",
    ],
)
def test_a_comma_tells_to_which_statement_a_day_belongs(text):
    if ", sunday, " in text or ", monday, " in text:
        assert "put a comma between the two statements" in refused(text, MONDAY)
        return
    days = {each.type: each.day.isoformat() for each in parsed(text, MONDAY)}
    assert days == {"run": SUNDAY, "strength": MONDAY}


def test_a_note_belongs_to_the_last_statement():
    assert [each.note for each in parsed("40 ok, strength 0, note: rows")] == ["", "rows"]


# --- the morning after -----------------------------------------------------------------------


@pytest.mark.parametrize("text", ["morning 1", "sunday morning 1", "Morning: 1", "morning pain 1"])
def test_a_morning_completes_the_last_long_run(text):
    assert read(text, MONDAY, RAN) == [MorningReport(day=SUNDAY, pain=1, recorded_on=MONDAY)]


def test_a_morning_beside_a_run_belongs_to_that_run():
    (found,) = read("40 ok, morning 0", MONDAY)
    assert (found.day.isoformat(), found.pain_next_morning) == (SUNDAY, 0)


def test_a_morning_of_another_run_is_given_with_the_day_of_the_run():
    (found,) = read("wednesday morning 2", "2026-12-10")
    assert found.day.isoformat() == "2026-12-09"


def test_the_morning_after_a_run_of_today_has_not_come():
    assert "the morning after a run must not lie ahead" in refused("40 ok, morning 0")


@pytest.mark.parametrize(
    ("today", "logged", "part"),
    [
        ("2026-12-05", [], 'in the last seven days\'): name the day of the run: "2026-12-04 mor'),
        (MONDAY, [], 'report the run as well: "2026-12-06 40 ok, morning 1"'),
        (MONDAY, [evolve(RAN, pain_next_morning=0)], '"2026-12-06 morning 1"'),
        ("2026-12-14", [RAN], "the run of Sun 13 Dec is not reported"),
        ("2027-01-20", [RAN], "the run of Sun 17 Jan is not reported"),
    ],
)  # fmt: skip
def test_a_morning_that_may_belong_to_several_runs_is_asked_about(today, logged, part):
    assert part in refused("morning 1", today, *logged)


def test_the_day_of_the_morning_is_not_the_day_of_the_run():
    """Monday's morning follows Sunday's run."""
    line = refused("today morning 1", MONDAY, RAN)
    assert line.endswith('write "2026-12-06 morning 1" for the morning after Sun 6 Dec')
    line = refused("yesterday morning 1", "2026-12-08", RAN)
    for each in ("2026-12-06", "2026-12-07"):
        suggested = f"{each} morning 1"
        assert f'"{suggested}"' in line
        (found,) = read(suggested, "2026-12-08", RAN)
        assert found.day.isoformat() == each


def test_after_strength_a_morning_is_refused_because_it_may_follow_either():
    assert "which session a morning follows" in refused("strength 0, morning 1", MONDAY, RAN)
    first, second = read("morning 1, strength 0", MONDAY, RAN)
    assert (first.day.isoformat(), second.day.isoformat()) == (SUNDAY, MONDAY)
    assert len(read("strength 0, sunday morning 1", MONDAY, RAN)) == 2


# --- strength --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "day"), [("2026-12-02", "2026-12-02"), ("2026-12-04", "2026-12-02"), (SUNDAY, SUNDAY)]
)
def test_strength_is_the_last_session_still_to_report(today, day):
    (found,) = read("strength ok", today)
    assert found.day.isoformat() == day


def test_strength_that_is_reported_is_not_reported_again():
    (found,) = read("strength ok", "2026-12-03", StrengthReport(day="2026-12-02"))
    assert found.day.isoformat() == "2026-12-03"


# --- ill and back ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("ill", "2026-12-09", None),
        ("ill until friday", "2026-12-09", "2026-12-11"),
        ("ill monday sunday", "2026-12-07", "2026-12-13"),
        ("ill yesterday until 2026-12-12", "2026-12-08", "2026-12-12"),
        ("tomorrow ill", "2026-12-10", None),
    ],
)
def test_being_ill_is_a_change_of_the_days_off(text, first, last):
    (found,) = read(f"{text}, note: a cold", "2026-12-09")
    away = off((), to_day(first), last and to_day(last))
    assert found == Change(day="2026-12-09", away=away, note="a cold")


def test_an_illness_keeps_the_holidays_that_are_planned():
    holiday = Away(first="2026-12-24", last="2026-12-27")
    (found,) = parsed("ill until friday", "2026-12-09", rebuild=evolve(REBUILD, away=[holiday]))
    assert found.away == (Away(first="2026-12-09", last="2026-12-11"), holiday)


@pytest.mark.parametrize(
    ("text", "away"),
    [
        ("back", [Away(first="2026-12-09", last="2026-12-10")]),
        ("back saturday", [Away(first="2026-12-09", last="2026-12-11")]),
        ("back 2026-12-09", []),
    ],
)
def test_back_ends_the_days_off(text, away):
    ill = Change(day="2026-12-09", away=[Away(first="2026-12-09", last="2027-01-05")])
    assert read(text, "2026-12-11", ill) == [Change(day="2026-12-11", away=away)]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("back", "): name "),
        ("ill 2026-12-01 2026-12-03", "days off must not all be past"),
        ("ill sunday friday saturday", "ill must have 2 days at most"),
        ("ill until", "until must be followed by a day"),
        ("ill until 3", "until must be followed by a day"),
        ("ill 3", "a number must be"),
        ("ill flag fever", '"flag" must follow a run, a morning or strength'),
        ("ill until monday until friday", "until must be given once"),
        ("ill, ill friday", "each session only once"),
    ],
)
def test_days_off_that_make_no_sense_are_refused(text, part):
    assert part in refused(text, "2026-12-09")


def test_being_ill_twice_changes_nothing():
    ill = Change(day="2026-12-09", away=[Away(first="2026-12-09", last="2026-12-20")])
    assert "must not already be days off" in refused("ill until friday", "2026-12-10", ill)


# --- which run it was ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "today", "reason"),
    [
        ("20 ok", SUNDAY, "20 min is under 60 % of the 40 min planned"),
        ("40 ok", "2026-12-10", "the nearest long run is 3 days away, on Sun 13 Dec"),
        ("2026-12-09 20 ok", "2026-12-10", "the nearest long run is 3 days away, on Sun 6 Dec"),
    ],
)
def test_a_run_that_is_hardly_the_long_run_must_say_which_it_was(text, today, reason):
    line = refused(text, today)
    assert reason in line
    suggested = re.findall(r'"(.+?)"', line)
    kinds = [read(each, today)[0].kind for each in suggested]
    assert kinds == ["long", "other"]


def test_a_second_run_beside_the_long_run_must_say_which_it_was():
    assert "the long run of week 1 was on Sun 6 Dec" in refused("40 ok", MONDAY, RAN)


def test_a_run_during_a_pause_must_say_which_it_was():
    assert "the plan is paused" in refused("40 ok", "2026-12-13", evolve(RAN, pain=7))


# --- doubts ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "doubts"),
    [
        ("40 ok", []),
        ("52 ok", []),
        ("long 12 ok", []),
        ("long 11 ok", ["11 min is far under the 40 min planned"]),
        ("53 ok", ["53 min is far over the 40 min planned"]),
        ("400 ok", ["400 min is far over the 40 min planned"]),
        ("other 4 ok", []),
        ("other 78 ok", []),
        ("other 79 ok", ["79 min is far over the target of 60 min"]),
        ("2026-11-22 400 ok", []),
    ],
)
def test_numbers_far_from_the_plan_are_accepted_and_doubted(text, doubts):
    report = parsed(text)
    assert len(report) == 1
    assert list(report.doubts) == doubts


# --- before there is a plan ------------------------------------------------------------------


def test_without_a_plan_runs_can_be_reported_and_nothing_is_doubted():
    report = parse_report("2026-11-01 400 4@52", None, "2026-11-08")
    assert report.entries[0].kind == "long"
    assert report.doubts == ()
    (today,) = parse_report("40 ok", None, "2026-11-08")
    assert today.day.isoformat() == "2026-11-08"


@pytest.mark.parametrize("text", ["ill", "back", "morning 1"])
def test_without_a_plan_some_reports_are_refused(text):
    with pytest.raises(InvalidValue):
        parse_report(text, None, "2026-11-08")


# --- errors ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", "a report must say how it went"),
        ("note: x", "a report must say how it went"),
        ("sunday", "a report must say how it went"),
        ("45", "a report must say how it went: ok, or the worst pain from 0 to 10 (was '45')"),
        ("strength", "a report must say how it went"),
        ("45 tired 7", "a report must say how it went"),
        ("45 ok tired", "tired must be followed by a number"),
        ("45 ok morning", "a report must say how the morning was"),
        ("other", "must be followed by the minutes of the run"),
        ("ok", '"ok" must follow a run, a morning or strength'),
        ("flag fever", '"flag" must follow'),
        ("strength 0 tired 7", '"tired" must follow a run'),
        ("until friday", '"until" must follow ill'),
        ("45 ok ok", "pain must be given once"),
        ("45 ok pain 2", "pain must be given once"),
        ("45 ok tired 2 tired 3", "tired must be given once"),
        ("20 other other ok", "other must be given once"),
        ("45 ok 20", "a comma goes before another run"),
        ("45 ok, 45 ok", "each session only once (was 'run of Sun 6 Dec twice')"),
        ("45 ok sunday today", "a run must have 1 day at most"),
        ("45.5 ok", "numbers must be whole"),
        ("45,5 ok", "numbers must be whole"),
        ("3.1. 45 ok", "dates like 2027-01-03 (was '3.1.')"),
        ("45:30 ok", "write 45, 45 min or 1:05"),
        ("10 km ok", "must be in whole minutes, or in hours and minutes (was '10km')"),
        ("-5 ok", "must be in whole minutes"),
        ("45 2 km", "must be whole numbers from 0 to 10 (was '2km')"),
        ("45 -1", "must be whole numbers from 0 to 10 (was '-1')"),
        ("45 11", "from 0 to 10 (was 11)"),
        ("45 2@x", "must be in whole minutes"),
        ("45 2@50", "pain_from must not be beyond the end of the run"),
        ("45 0@40", "pain_from must be given only with pain"),
        ("2@40", "a minute after @ must follow the pain in a run"),
        ("morning 2@40", "a minute after @ must follow the pain in a run"),
        ("601 ok", "from 1 to 600 (was 601)"),
        ("tomorrow 45 ok", "log it when it has happened"),
        ("2026-02-30 45 ok", "(was '2026-02-30')"),
        ("sonday 45 ok", 'did you mean "sunday"?'),
        ("45 2@40 tird 7", 'did you mean "tired"? (after "45 2@40")'),
        ("45 ok flag feber", 'did you mean "fever"? (after "45 ok")'),
        ("45 ok flag", "a red flag must be one of the list (was '')"),
        ("45 ok hot", "write it at the end, after note:"),
        ("４５ ok", "must consist of known words"),
        ("45 ok, note: " + "x" * 1001, "note must have at most 1000 characters"),
        ("x" * 2001, "a report must have at most 2000 characters"),
    ],
)  # fmt: skip
def test_an_error_says_what_was_not_understood_and_gives_an_example(text, part):
    line = refused(text)
    assert part in line
    if "each session only once" not in line:
        assert line.endswith('; for example "40 ok" or "40 2@35"')
    assert len(line) < 400


def test_what_was_understood_is_cut_short_in_errors():
    line = refused("45 ok " + "flag chest-pain " * 20 + "tird")
    assert '(after "…' in line
    assert len(line) < 300


@pytest.mark.parametrize("today", [SUNDAY, MONDAY, "2026-12-09", "2026-12-10", "2027-06-01"])
@pytest.mark.parametrize("logged", [[], [RAN], [evolve(RAN, pain=8)]], ids=["", "ran", "paused"])
def test_the_examples_in_errors_fit_the_plan_on_that_day(today, logged):
    plan = build(REBUILD, Log(logged), today)
    for text in example_reports(plan, to_day(today)):
        assert f'"{text}"' in refused("tird", today, *logged)
        assert parse_report(text, plan, today).doubts == ()


@pytest.mark.parametrize("text", [None, 45, b"45 ok", ["45 ok"]])
def test_a_report_must_be_text(text):
    with pytest.raises(InvalidType, match="a report must be text"):
        parsed(text)


def test_the_plan_and_the_day_must_be_what_they_are():
    with pytest.raises(InvalidType, match="plan must be a Plan or None"):
        parse_report("45 ok", REBUILD, SUNDAY)
    with pytest.raises(InvalidType, match="a day must be a date"):
        parse_report("45 ok", None, None)


# --- laws ------------------------------------------------------------------------------------

PLANS = [
    None,
    build(REBUILD, today="2026-12-09"),
    build(REBUILD, Log([RAN, StrengthReport(day="2026-12-02")]), today="2026-12-09"),
    build(REBUILD, Log([evolve(RAN, pain=9)]), today="2026-12-09"),
]


@examples(200, 4000)
@given(entries(to_day("2026-12-09")), st.sampled_from(PLANS))
def test_every_entry_can_be_written_in_one_line(entry, plan):
    assert parse_report(as_text(entry), plan, "2026-12-09").entries == (entry,)


@examples(300, 10_000)
@given(texts, st.sampled_from(PLANS))
def test_any_text_gives_entries_or_an_error_in_one_line(text, plan):
    found = outcome(text, plan)
    if isinstance(found, ParsedReport):
        assert len(found) == len(set(found)) > 0
        assert {each.recorded_on.isoformat() for each in found} == {"2026-12-09"}
    else:
        assert isinstance(found, InvalidValue | UnknownName)
        assert str(found).isprintable()
        assert len(str(found)) < 500


def outcome(text, plan) -> ParsedReport | RunplanError:
    """Return what becomes of a text."""
    try:
        return parse_report(text, plan, "2026-12-09")
    except RunplanError as error:
        return error
