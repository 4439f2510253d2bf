"""
The page that a plan is printed from, and the files that show writes.

The snapshots hold no picture, which matplotlib's version has a say in. Rewrite them after a
change that is meant, look at the pages, and read what changed before committing it:

    python tests/display/test_page.py
    git diff --word-diff tests/display/golden
"""

import re
import sys
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest
from support.shown import (
    ASKED,
    HOSTILE,
    UNASSESSED,
    as_markdown_reads,
    contrast,
    plans,
    shown_as,
    words,
)

from runplan import EXERCISES, NO_ADVICE, Dose, Exercise, Log, Rebuild, RunReport, Strength, build
from runplan.cli import run
from runplan.display.describe import describe
from runplan.display.page import PAGE_STYLE, to_page
from runplan.display.plots import inline_svg

GOLDEN = Path(__file__).parent / "golden"
PLANS = plans()
USUAL = {"baseline_min": 40, "target_min": 60, "start": "2026-11-30", "timezone": "UTC"}


def as_browser_reads(page: str) -> Element:
    """Return a whole page as a browser reads it; a fault in it is an error here."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    root = parser.parse(page)
    assert isinstance(root, Element)
    return root


# --- the page --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PLANS)
def test_the_page_is_the_one_that_was_read(name):
    """Letter by letter; a change that is meant is read in the diff."""
    assert to_page(PLANS[name]) == (GOLDEN / f"page-{name}.html").read_text(encoding="utf-8")


def test_no_page_is_left_over():
    """Every one there is compared with something."""
    there = {path.name for path in GOLDEN.glob("page-*")}
    assert there == {f"page-{name}.html" for name in PLANS}


@pytest.mark.parametrize("name", PLANS)
def test_a_page_has_its_parts_in_order(name):
    """Title, findings, table, picture, how the exercises are done, and the line about advice."""
    plan = PLANS[name]
    page = as_browser_reads(to_page(plan, picture=inline_svg(plan)))
    assert page.get("lang") == "en"
    assert words(page.find("head/title")) == plan.name
    (main,) = page.find("body")
    section, figure, *how, note = main
    assert [words(each) for each in section.iter("h1")] == [plan.name]
    assert [words(each) for each in section.find("ul")] == [
        f"{finding.level}: {finding.message}" for finding in plan.findings
    ]
    assert len(list(section.iter("tr"))) == 1 + len(plan.weeks)
    assert describe(plan) in words(figure.find("figcaption"))
    assert bool(how) is (name != "paused")
    assert words(note) == NO_ADVICE
    assert words(page).count(NO_ADVICE) == 1


def test_the_picture_is_in_the_page_with_what_it_shows_in_words():
    """It is one picture to whoever hears the page, and its label says all of it."""
    plan = PLANS["reported"]
    first = build(ASKED)
    page = as_browser_reads(to_page(plan, picture=inline_svg(plan, original=first)))
    (picture,) = [each for each in page.iter() if str(each.tag).endswith("svg")]
    assert picture.get("role") == "img"
    assert picture.get("aria-label").startswith(describe(plan))
    assert picture.get("viewBox")


def test_the_exercises_of_the_plan_are_told_once_each():
    """With both doses, what they need, what is easier, and each step."""
    (main,) = as_browser_reads(to_page(PLANS["reported"])).find("body")
    told = list(main.iter("article"))
    assert [words(each.find("h3")) for each in told] == [each.name for each in EXERCISES]
    assert words(told[2].find("p")) == (
        "First month 2 × 8–10, RPE 5–6; after that 3 × 8–10, RPE 6–7. Needs nothing. "
        "Easier first: kneeling, or hands raised on a bench."
    )
    assert [words(each) for each in told[2].find("ol")] == list(EXERCISES[2].cues)


def test_a_plan_without_strength_tells_of_no_exercises():
    page = to_page(build(Rebuild(**USUAL, strength=None)))
    assert "How to do the exercises" not in page


def test_an_exercise_without_steps_has_no_empty_list():
    curl = Exercise(
        name="Curl",
        works=[],
        needs="a band",
        first_month=Dose(2, 8),
        after=Dose(3, 8),
        easier="a lighter band",
        cues=[],
    )
    page = as_browser_reads(to_page(build(Rebuild(**USUAL, strength=Strength(exercises=[curl])))))
    (told,) = page.iter("article")
    assert [part.tag for part in told] == ["h3", "p"]


def test_a_page_needs_nothing_from_elsewhere():
    """No script, no address to fetch from; and the browser is told to fetch nothing."""
    plan = PLANS["reported"]
    text = to_page(plan, picture=inline_svg(plan))
    page = as_browser_reads(text)
    assert not [
        each for each in page.iter() if str(each.tag) in {"script", "link", "img", "iframe"}
    ]
    for each in page.iter():
        for name, value in each.attrib.items():
            plain = name.rpartition("}")[2].rpartition(":")[2]
            assert not plain.startswith("on"), name
            assert plain not in {"href", "src"} or value.startswith("#"), value
    assert set(re.findall(r"url\(([^)]{1,2})", text)) <= {"#h", "#p", "#m"}
    (policy,) = [each for each in page.iter("meta") if each.get("http-equiv")]
    forbidden = dict(each.split(maxsplit=1) for each in policy.get("content").split("; "))
    assert forbidden.keys() >= {"script-src", "img-src", "connect-src", "frame-src", "form-action"}
    assert set(forbidden.values()) == {"'none'"}


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text)[:30])
def test_a_hostile_name_is_shown_as_it_is(text):
    """In the title, the heading, the picture's label and the words."""
    name = text[:200].strip()
    lift = Exercise(
        name=name[:80],
        works=[name],
        needs=name,
        first_month=Dose(2, 8),
        after=Dose(3, 8),
        easier=name,
        cues=[name],
    )
    rebuild = Rebuild(**USUAL, name=name, strength=Strength(exercises=[lift]))
    log = Log([RunReport(day="2026-12-06", minutes=40, note=name)])
    plan = build(rebuild, log, today="2026-12-07")
    page = as_browser_reads(to_page(plan))
    said = shown_as(plan.name)
    assert words(page.find("head/title")) == said
    assert [words(each) for each in page.iter("h1")] == [said]
    assert [words(each) for each in page.iter("li")][-1] == said
    assert {"script", "img", "a"}.isdisjoint(each.tag for each in page.iter())


@pytest.mark.parametrize("text", ["<script>&\"'--> -", "$x$ `y` | \u202ertl", "x" * 200])
def test_a_hostile_name_does_no_harm_in_the_picture(text):
    plan = build(Rebuild(**USUAL, name=text))
    page = as_browser_reads(to_page(plan, picture=inline_svg(plan)))
    (picture,) = [each for each in page.iter() if str(each.tag).endswith("svg")]
    assert picture.get("aria-label").startswith(f"{plan.name}: ")
    assert len(list(page.find("body"))) == 1
    assert not list(page.iter("script"))


# --- in any light, and on paper --------------------------------------------------------------


def colours(rule: str) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return the colour of text and the one behind it that a rule of the style names."""
    found = dict(re.findall(r"(?<![-\w])(color|background):#([0-9a-f]{6})", rule))
    ink, paper = (bytes.fromhex(found[name]) for name in ("color", "background"))
    return tuple(ink), tuple(paper)


def test_every_colour_of_the_page_is_read_on_its_background():
    """By day and by night; what else has a colour is the picture, on white."""
    bodies = re.findall(r"^body\{[^}]*#[^}]*\}", PAGE_STYLE, re.MULTILINE)
    assert len(bodies) == 2
    light, dark = (colours(body) for body in bodies)
    assert contrast(*light) >= 7
    assert contrast(*dark) >= 7
    assert sum(light[1]) > 3 * 128 > sum(dark[1])
    named = re.findall(r"#[0-9a-f]{3,8}", PAGE_STYLE)
    assert len(named) == 5
    assert "figure svg{display:block;width:100%;height:auto;background:#ffffff}" in PAGE_STYLE


def test_on_paper_the_page_is_light_and_on_a_sheet_of_a4():
    """The dark colours are for screens alone."""
    screen, _, paper = PAGE_STYLE.partition("@media print{")
    assert "@media screen and (prefers-color-scheme:dark)" in screen
    assert "@page{size:A4;" in paper
    assert "color-scheme:light}" in paper
    assert "#" not in paper


# --- what show writes ------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Return a folder with a request."""
    monkeypatch.chdir(tmp_path)
    given = "--baseline-min 40 --target-min 60 --start 2026-11-30 --timezone UTC"
    assert run(["init", *given.split()]) == 0
    return tmp_path


def said(capsys, *arguments, status=0):
    """Run a command, and return what it says on stdout and on stderr."""
    capsys.readouterr()
    assert run(arguments) == status
    return capsys.readouterr()


def test_show_writes_a_page(folder, capsys):
    out, err = said(capsys, "show", "--on", "2026-11-30", "--html", "plan.html")
    assert (out, err) == ("", "plan.html written.\n")
    assert (folder / "plan.html").read_text(encoding="utf-8") == to_page(
        build(UNASSESSED), picture=inline_svg(build(UNASSESSED))
    )


def test_show_draws_the_original_plan_where_it_has_changed(folder, capsys):
    """A thin line where the plan has changed, none where it has not."""
    said(capsys, "show", "--on", "2026-11-30", "--html", "fresh.html")
    said(capsys, "show", "--on", "2027-01-04", "--html", "changed.html")
    thin = "A thin line shows the original plan"
    assert thin not in (folder / "fresh.html").read_text(encoding="utf-8")
    assert thin in (folder / "changed.html").read_text(encoding="utf-8")


def test_show_writes_a_page_to_stdout(folder, capsys):
    out, err = said(capsys, "show", "--html", "-")
    assert out.startswith("<!DOCTYPE html>\n")
    assert out.endswith("</html>\n")
    assert err == ""
    as_browser_reads(out)


@pytest.mark.parametrize("where", [["--md", "-"], ["--md"], ["rebuild.toml", "--md"]])
def test_show_writes_markdown_to_stdout(folder, capsys, where):
    out, err = said(capsys, "show", *where)
    assert out.startswith("## Long run rebuild\n\n- **warning:** No assessment is on record.")
    assert words(as_markdown_reads(out).findall("p")[-1]) == NO_ADVICE
    assert err == ""


def test_show_writes_markdown_and_a_page_at_once(folder, capsys):
    out, err = said(capsys, "show", "--html", "plan.htm", "--md", "plan.MD")
    assert (out, err) == ("", "plan.htm written.\nplan.MD written.\n")
    assert (folder / "plan.MD").read_text(encoding="utf-8").startswith("## Long run rebuild\n")


def test_without_matplotlib_the_page_has_no_picture_and_says_how_to_get_it(
    folder, capsys, monkeypatch
):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    out, err = said(capsys, "show", "--html", "plan.html")
    assert out == ""
    note, written = err.splitlines()
    assert note.startswith("note: the page has no picture")
    assert "pip install 'runplan[plot]'" in note
    assert written == "plan.html written."
    page = as_browser_reads((folder / "plan.html").read_text(encoding="utf-8"))
    assert not list(page.iter("figure"))


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["--html", "rebuild.toml"], "must end in .html or .htm (was 'rebuild.toml')"),
        (["--md", "rebuild.toml"], "must end in .md or .markdown (was 'rebuild.toml')"),
        (["--html", "plan.html", "--md", "plan.ics"], "write it like plan.md, or - for stdout"),
        (["--html", ""], "must end in .html"),
        (["--html", "no/such/folder/plan.html"], "a file must be writable"),
        (["--html"], "--html"),
        (["--html", "plan.html", "--json"], "in one format at a time (was '--json with --html')"),
        (["--html", "-", "--md", "-"], "in one format at a time (was '--html with --md')"),
        (["--json", "--rows", "csv"], "in one format at a time (was '--json with --rows')"),
    ],
)
def test_what_is_no_page_is_never_written_over(folder, capsys, arguments, part):
    """One line on stderr, and nothing is written, not even the other page."""
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    out, err = said(capsys, "show", *arguments, status=2)
    assert out == ""
    assert err.startswith("runplan: ")
    assert err.count("\n") == 1
    assert part in err
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


if __name__ == "__main__":
    for case, planned in PLANS.items():
        (GOLDEN / f"page-{case}.html").write_text(to_page(planned), encoding="utf-8")
        sys.stdout.write(f"page-{case}.html\n")
