"""
What values show of themselves: as HTML, as Markdown, as plain text.

The snapshots were read, and looked at in light and dark. Rewrite them after a change that is
meant, and read what changed before committing it:

    python tests/_base/test_tables.py
    git diff --word-diff tests/golden
"""

import re
import sys
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st
from support.shown import (
    ASKED,
    HOSTILE,
    REPORTED,
    UNASSESSED,
    as_browser_reads,
    as_markdown_reads,
    cells,
    contrast,
    plans,
    shown_as,
    words,
)

from runplan import (
    CAUTIOUS,
    EXERCISES,
    FIVE_MINUTES,
    NO_ADVICE,
    Baseline,
    Dose,
    Exercise,
    InvalidValue,
    Log,
    Rebuild,
    Rule,
    RunReport,
    Strength,
    build,
)
from runplan._base.tables import STYLE, Column, Table
from runplan._base.text import cleaned

GOLDEN = Path(__file__).parent / "golden"
ENDINGS = (".html", ".md", ".txt")

PLANS = plans()
BASELINE = Baseline(minutes=35, why="35 min: 80 % of minute 44, rounded down.", source="house")
VALUES = {
    **{f"plan-{name}": plan for name, plan in PLANS.items()},
    "week": PLANS["reported"].weeks[1],
    "week-paused": PLANS["paused"].weeks[-1],
    "rebuild": ASKED,
    "log": REPORTED,
    "policy": CAUTIOUS,
    "baseline": BASELINE,
    "exercise": EXERCISES[0],
}


def _written(name: str) -> dict[str, str]:
    table = VALUES[name].table()
    return {
        f"{name}.html": table.to_html() + "\n",
        f"{name}.md": table.to_markdown(),
        f"{name}.txt": f"{table}\n",
    }


# --- what is shown ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", VALUES)
def test_what_is_shown_is_what_was_read(name):
    """Letter by letter, in three forms; a change that is meant is read in the diff."""
    for file, text in _written(name).items():
        assert text == (GOLDEN / file).read_text(encoding="utf-8"), file


def test_no_snapshot_is_left_over():
    """Every one there is compared with something; pages have theirs elsewhere."""
    there = {path.name for path in GOLDEN.iterdir() if path.suffix in ENDINGS}
    assert {name for name in there if not name.startswith("page-")} == {
        file for name in VALUES for file in _written(name)
    }


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_a_notebook_shows_the_same_table(value):
    assert value._repr_html_() == value.table().to_html()


@pytest.mark.parametrize(
    "value", [*VALUES.values(), Log(), FIVE_MINUTES], ids=[*VALUES, "empty log", "five minutes"]
)
def test_a_screen_reader_finds_its_way(value):
    """One region with a name, a heading, and a table with a caption and heads for all cells."""
    table = value.table()
    (region,) = as_browser_reads(value._repr_html_())
    assert (region.tag, region.get("aria-label")) == ("section", table.title)
    assert words(region.find("h3")) == table.title
    if not table.rows:
        assert region.find("table") is None
        return
    (shown,) = region.iter("table")
    assert words(shown.find("caption")) == table.caption
    assert [head.get("scope") for head in shown.find("thead").iter("th")] == ["col"] * len(
        table.columns
    )
    for row in shown.find("tbody"):
        first, *others = row
        assert (first.tag, first.get("scope")) == ("th", "row")
        assert words(first)
        assert {other.tag for other in others} == {"td"}
    assert cells(shown) == [[column.heading for column in table.columns], *map(list, table.rows)]


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_numbers_end_below_each_other_and_texts_begin_so(value):
    table = value.table()
    for row in as_browser_reads(table.to_html()).iter("tr"):
        numbers = ["rp-number" in (cell.get("class") or "") for cell in row]
        assert numbers == [column.numeric for column in table.columns]


@pytest.mark.parametrize("value", VALUES.values(), ids=VALUES)
def test_what_prescribes_says_that_it_is_no_advice(value):
    """A request asks and a log tells: they prescribe nothing."""
    prescribes = not isinstance(value, Log | Rebuild)
    for text in (value.table().to_html(), value.table().to_markdown(), str(value.table())):
        assert (NO_ADVICE in " ".join(text.split())) is prescribes


def test_findings_come_first_and_say_in_words_how_much_they_matter():
    plan = PLANS["paused"]
    (region,) = as_browser_reads(plan._repr_html_())
    said = [words(each) for each in region.find("ul")]
    assert said == [f"{finding.level}: {finding.message}" for finding in plan.findings]
    assert said[0].startswith("warning: Paused: you reported fever")
    assert [part.tag for part in region] == ["style", "h3", "ul", *["p"] * 4, "table", "p"]


def test_a_plan_says_in_words_what_is_next():
    """A strength session beside its day, a long run where it is told how runs went."""
    fresh = PLANS["fresh"].table()
    assert fresh.rows[0][:4] == ("1", "Sun 6 Dec", "40", "Wed next")
    assert fresh.lines[-1].endswith(
        "on course. Next: strength on Wed 2 Dec at 18:30. "
        "Next long run: 40 min on Sun 6 Dec at 09:00."
    )
    log = Log([RunReport(day="2026-12-06", minutes=40, pain_next_morning=0)])
    on_sunday = build(UNASSESSED, log, today="2026-12-13").table()
    assert on_sunday.rows[1][:4] == ("2", "Sun 13 Dec", "40", "next")
    assert on_sunday.lines[-1].endswith("on course. Next long run: 40 min on Sun 13 Dec at 09:00.")
    (marked,) = as_browser_reads(on_sunday.to_html()).findall(".//tr[@aria-current]")
    assert words(marked[0]) == "2"


def test_a_plan_says_what_happened_to_each_session():
    rows = PLANS["reported"].table().rows
    assert [row[3:5] for row in rows[:5]] == [
        ("40 min", "Wed done"),
        ("38 min, pain 2, morning 1, fatigue 3", "Wed done, pain 2"),
        # The run of that week was another one; the long run can still be reported. Strength that
        # is not reported has no mark.
        ("not reported", "Wed, Fri done"),
        ("", "Mon next"),
        ("", "none"),
    ]


def test_a_paused_plan_has_nothing_next_and_says_why():
    table = PLANS["paused"].table()
    assert table.rows[-1][1:3] == ("none", "")
    assert table.rows[-1][-1] == "Paused: you reported fever or feeling ill on Sunday, 6 December."
    assert table.lines[-1] == "As of Monday, 7 December 2026: paused."
    assert table.marked is None
    week = PLANS["paused"].weeks[-1].table()
    assert week.lines[1] == "See a doctor before you run again."


def test_a_plan_that_stops_short_of_its_target_says_so():
    asked = Rebuild(
        baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC", last_day="2026-12-06"
    )
    assert "1 week from Monday, 30 November 2026: target not reached." in build(asked).table().lines


def test_a_plan_that_is_reached_has_nothing_next():
    done = Log([RunReport(day="2026-12-06", minutes=60, pain_next_morning=0)])
    asked = Rebuild(
        baseline_min=60, target_min=60, start="2026-11-30", timezone="UTC", strength=None
    )
    table = build(asked, done, today="2026-12-08").table()
    assert table.lines[-1] == "As of Tuesday, 8 December 2026: you have reached 60 minutes."
    assert [row[1:5] for row in table.rows] == [("Sun 6 Dec", "60", "60 min", "none")]
    assert table.marked is None


def test_a_week_tells_how_each_session_went_and_what_to_lift():
    table = PLANS["reported"].weeks[1].table()
    assert [row[4] for row in table.rows] == [
        "done, pain 1, morning 2",
        "38 min, pain 2, morning 1, fatigue 3",
    ]
    assert table.lines[0].startswith("Strength: Renegade row: 2 × 6–8 a side, RPE 5–6; Lunge-")


def test_a_week_away_and_a_week_of_strength_alone_read_well():
    """Where nothing at all is planned there is no table, and where no run is it is told."""
    away = PLANS["reported"].weeks[4].table()
    assert away.rows == ()
    assert away.lines == ("Days off leave no day for the long run.",)
    sundays = ("2026-12-06", "2026-12-13", "2026-12-20")
    log = Log(RunReport(day=day, minutes=40, pain=1, pain_from=20) for day in sundays)
    table = build(UNASSESSED, log, today="2026-12-21").weeks[3].table()
    assert {row[0] for row in table.rows} == {"Strength"}
    assert table.lines[0] == "Paused: 3 painful long runs in a row."


def test_a_log_says_what_when_and_how_it_went():
    """Each entry once, what it is in a column of its own and nowhere else."""
    rows = REPORTED.table().rows
    assert rows[0] == ("Wed 2 Dec 2026", "strength", "no pain", "Wed 2 Dec 2026")
    assert rows[4] == ("Sun 13 Dec 2026", "morning", "pain 1 of 10", "Mon 14 Dec 2026")
    assert {row[1:3] for row in rows} >= {
        ("long run", "38 min, pain 2 of 10 from minute 30, fatigue 3 of 10, windy"),
        ("other run", "20 min, no pain"),
        ("clearance", "by Dr. Ito, physiotherapist, go on"),
    }


def test_an_empty_log_says_that_it_is_empty():
    table = Log().table()
    assert (table.lines, table.rows) == (("Nothing is logged yet.",), ())
    assert str(table) == "Log\n\nNothing is logged yet."
    assert table.to_markdown() == "## Log\n\nNothing is logged yet.\n"


def test_a_request_says_all_that_is_asked_for():
    told = dict(ASKED.table().rows)
    assert told["Sessions a week"] == "1 for 2 weeks, then 2 for 2 weeks, then 3"
    assert told["Strength days"] == "Monday, Wednesday, Friday"
    assert told["First month"] == "the long run stays at its baseline"
    assert told["Away"] == "Thursday, 24 December 2026 to Sunday, 3 January 2027"
    assert told["Assessed"] == "Thursday, 12 November 2026"
    usual = {"baseline_min": 40, "target_min": 60, "start": "2026-11-30", "timezone": "UTC"}
    extends = dict(Rebuild(**usual, first_month="extend").table().rows)
    assert extends["First month"] == "the long run grows from the start"
    assert (extends["Assessed"], "Away" in extends) == ("not on record", False)
    alone = dict(Rebuild(**usual, strength=None).table().rows)
    assert (alone["Strength"], "First month" in alone) == ("none", False)


def test_the_rows_of_a_policy_are_its_table():
    """And all texts, with the same keys in every row."""
    for policy in (FIVE_MINUTES, CAUTIOUS):
        rows = policy.rows()
        assert [list(row) for row in rows] == [
            ["rule", "when", "then", "source", "evidence"] for _ in rows
        ]
        assert {type(value) for row in rows for value in row.values()} == {str}
        assert [tuple(row.values()) for row in rows] == list(policy.table().rows)


def test_a_plan_of_one_week_and_one_of_many_read_well():
    """In a plan of more than a year every day has its year, as it comes twice."""
    usual = {"start": "2026-11-30", "timezone": "UTC"}
    one = build(Rebuild(baseline_min=60, target_min=60, strength=None, **usual)).table()
    assert one.lines[1] == (
        "1 week from Monday, 30 November 2026: 60 min on Sunday, 6 December 2026."
    )
    assert "Long run at 09:00." in one.lines
    many = build(Rebuild(baseline_min=20, target_min=250, policy=CAUTIOUS, **usual)).table()
    assert len(many.rows) > 60
    days = [row[1] for row in many.rows]
    assert (days[0], len(set(days))) == ("Sun 6 Dec 2026", len(days))
    assert max(map(len, str(many).splitlines())) <= 100


# --- in any light ----------------------------------------------------------------------------


def test_a_table_takes_its_colours_from_its_page():
    """Text is as the page has it, backgrounds let it through, lines are half grey."""
    said = re.findall(r"(?<![-\w])(?:color|background|border-left-color):([^;}]+)", STYLE)
    assert set(said) == {"inherit", "transparent", "currentColor", "rgba(128,128,128,.16)"}
    assert set(re.findall(r"rgba?\([^)]*\)", STYLE)) <= {
        f"rgba(128,128,128,.{share})" for share in ("16", "35", "45", "6")
    }
    assert not re.search(r"#[0-9a-f]{3}|url\(|@import|expression", STYLE)


def test_every_rule_of_the_style_stays_with_tables_of_ours():
    rules = re.findall(r"([^{}]+)\{[^{}]*\}", STYLE)
    selectors = [each.strip() for rule in rules for each in rule.split(",")]
    assert len(selectors) > 10
    assert all(each.startswith(".rp-shown") for each in selectors)
    used = re.findall(r'class="([^"]*)"', "".join(_written("plan-reported").values()))
    assert all(name.startswith("rp-") for each in used for name in each.split())


@pytest.mark.parametrize(
    ("ink", "paper"),
    [
        ((0, 0, 0), (255, 255, 255)),
        ((27, 31, 36), (255, 255, 255)),
        ((230, 232, 234), (21, 24, 28)),
        # A notebook's dark theme: white that lets 13 % of the page through.
        ((224, 224, 224), (17, 17, 17)),
        ((212, 212, 212), (30, 30, 30)),
    ],
)
def test_the_row_that_is_next_is_read_on_its_background(ink, paper):
    """Half grey that lets most of the page through."""
    behind = tuple(128 * 0.16 + part * 0.84 for part in paper)
    assert contrast(ink, behind) >= 4.5


# --- whatever it holds -----------------------------------------------------------------------

ALLOWED = {"section", "style", "h3", "ul", "li", "strong", "p"} | {
    *("table", "caption", "thead", "tbody", "tr", "th", "td")
}
ALLOWED_IN_MARKDOWN = ALLOWED - {"section", "style", "caption", "h3"} | {"h2", "em"}


def holding(text: str) -> Table:
    """Return a table that has a text wherever one can be."""
    return Table(
        text,
        [Column("Day"), Column(text, numeric=True, unit=text)],
        [["Sunday", text], [text, 5]],
        lines=[text],
        findings=[(text, text)],
        note=text,
        caption=text,
    )


def check_html(text: str) -> None:
    """Hold that a page shows a text and nothing else."""
    read = as_browser_reads(holding(text).to_html())
    assert {each.tag for each in read.iter()} - {"DOCUMENT_FRAGMENT"} <= ALLOWED
    names = {name for each in read.iter() for name in each.attrib}
    assert names <= {"class", "aria-label", "scope", "dir"}
    said = shown_as(text)
    assert cells(read) == [
        ["Day", f"{said}, {said}" if said else ""],
        ["Sunday", said],
        [said, "5"],
    ]
    assert words(read.find(".//h3")) == said
    assert read.find("section").get("aria-label") == said
    assert words(read.find(".//li")) == f"{said}: {said}".strip()
    assert [words(each) for each in read.iter("p")] == ([said, said] if said else [])


def check_markdown(text: str) -> None:
    """Hold that a reader of Markdown shows a text and nothing else."""
    read = as_markdown_reads(holding(text).to_markdown())
    assert {each.tag for each in read.iter()} - {"DOCUMENT_FRAGMENT"} <= ALLOWED_IN_MARKDOWN
    said = cleaned(text)
    assert cells(read) == [
        ["Day", f"{said}, {said}" if said else ""],
        ["Sunday", said],
        [said, "5"],
    ]
    assert words(read.find("h2")) == said
    assert words(read.find(".//li")) == f"{said}: {said}".strip()
    assert [words(each) for each in read.iter("p")] == ([said, said] if said else [])


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text)[:30])
def test_hostile_text_is_shown_as_it_is(text):
    check_html(text)
    if shown_as(text) == cleaned(text):
        check_markdown(text)


@given(st.text(st.characters(exclude_categories=["Cn"]), max_size=30))
def test_any_text_is_shown_as_it_is(text):
    check_html(text)
    check_markdown(text)


@given(st.text("*_`|\\<>[]()!#~$&{}-+=:%.1 a", max_size=12))
def test_any_marks_of_markdown_are_shown_as_they_are(text):
    check_markdown(text)


def test_line_breaks_and_control_characters_stay_out():
    """A terminal is not told to clear itself, and a row stays a row."""
    table = Table("a\nb\x1b[2J", [Column("c\r\nd")], [["e\u2028f\x00"]])
    assert (table.title, table.columns[0].name, table.rows) == ("a b [2J", "c d", (("e f",),))


def test_hostile_names_and_notes_of_a_plan_are_shown_as_they_are():
    """Through the whole of it: the request, the log, the plan and its weeks."""
    name = '<script>alert(1)</script>|`x`"onmouseover="\''
    lift = Exercise(
        name=name[:80],
        works=[name],
        needs=name,
        first_month=Dose(2, 8),
        after=Dose(3, 8),
        easier=name,
        cues=[name],
    )
    rule = Rule(name=name, when=name, then=name, source=name, evidence="house", decide=bool)
    policy = evolve(CAUTIOUS, name=name, rules=[rule, *CAUTIOUS.rules][1:])
    rebuild = Rebuild(
        name=name,
        baseline_min=40,
        target_min=60,
        start="2026-11-30",
        timezone="UTC",
        strength=Strength(exercises=[lift]),
        policy=policy,
    )
    log = Log([RunReport(day="2026-12-06", minutes=40, note=name)])
    plan = build(rebuild, log, today="2026-12-07")
    for value in (rebuild, log, plan, plan.weeks[0], policy, lift, evolve(policy, rules=[rule])):
        read = as_browser_reads(value._repr_html_())
        assert {each.tag for each in read.iter()} - {"DOCUMENT_FRAGMENT"} <= ALLOWED
        assert name in words(read)
        read = as_markdown_reads(value.table().to_markdown())
        assert {each.tag for each in read.iter()} - {"DOCUMENT_FRAGMENT"} <= ALLOWED_IN_MARKDOWN
        assert name in words(read)


# --- tables by themselves --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("columns", "rows", "part"),
    [
        ([], [], "a table must have a column"),
        ([Column("Day")], [["Sunday", 5]], "a cell for each of 1 columns"),
        ([Column("Day"), Column("Min")], [["Sunday"]], "a cell for each of 2 columns"),
    ],
)
def test_a_table_that_does_not_fit_its_columns_is_refused(columns, rows, part):
    with pytest.raises(InvalidValue, match=part):
        Table("Runs", columns, rows)


def test_an_empty_cell_is_nothing_and_zero_is_something():
    table = Table(
        "Runs", [Column("Day"), Column("Pain", numeric=True)], [["Sun", None], ["Mon", 0]]
    )
    assert table.rows == (("Sun", ""), ("Mon", "0"))


def test_columns_without_a_word_can_be_left_out_but_not_the_first():
    columns = [Column("Day"), Column("Pain"), Column("Note")]
    table = Table("Runs", columns, [["", "", "windy"], ["", "", ""]]).without_empty()
    assert [column.name for column in table.columns] == ["Day", "Note"]
    assert Table("Runs", columns, []).without_empty().columns == (Column("Day"),)


def test_a_table_without_caption_is_named_by_its_title():
    read = as_browser_reads(Table("Runs", [Column("Day")], [["Sunday"]]).to_html())
    assert words(read.find(".//caption")) == "Runs"


def test_plain_text_stays_in_a_hundred_columns_where_words_allow_it():
    """The widest column gives way; a row of empty cells stays a row."""
    columns = [Column("Week", numeric=True), Column("Why"), Column("Note")]
    table = Table("Runs", columns, [[1, "held " * 30, "windy " * 20], [2, "", ""]])
    lines = str(table).splitlines()
    assert max(map(len, lines)) == 100
    assert lines[2].split() == ["Week", "Why", "Note"]
    assert lines[-1] == "   2"
    many = Table("Runs", [Column(str(each)) for each in range(12)], [["0123456789" * 2] * 12])
    assert max(map(len, str(many).splitlines())) == 12 * 16 + 11 * 2
    told = Table("Runs", columns, [], lines=["held " * 30], findings=[("note", "mind " * 30)])
    assert max(map(len, str(told).splitlines())) <= 100


if __name__ == "__main__":
    for case in VALUES:
        for written, content in _written(case).items():
            (GOLDEN / written).write_text(content, encoding="utf-8")
            sys.stdout.write(f"{written}\n")
