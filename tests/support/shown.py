"""Plans to look at, and how a browser and a reader of Markdown understand what is shown."""

import re
from xml.etree.ElementTree import Element

import html5lib
from markdown_it import MarkdownIt

from runplan import (
    Away,
    Clearance,
    Log,
    MorningReport,
    Plan,
    Rebuild,
    RunReport,
    StrengthReport,
    build,
)
from runplan._base.text import cleaned

ASKED = Rebuild(
    name="Anna's long run",
    baseline_min=40,
    target_min=60,
    start="2026-11-30",
    timezone="Europe/Berlin",
    away=[Away(first="2026-12-24", last="2027-01-03")],
    assessed_on="2026-11-12",
)
UNASSESSED = Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC")
REPORTED = Log(
    [
        StrengthReport(day="2026-12-02"),
        RunReport(day="2026-12-06", minutes=40, pain_next_morning=0),
        StrengthReport(day="2026-12-09", pain=1, pain_next_morning=2),
        RunReport(day="2026-12-13", minutes=38, pain=2, pain_from=30, fatigue=3, note="windy"),
        MorningReport(day="2026-12-13", pain=1, recorded_on="2026-12-14"),
        StrengthReport(day="2026-12-18"),
        RunReport(day="2026-12-19", minutes=20, kind="other"),
        Clearance(day="2026-12-19", by="Dr. Ito, physiotherapist", note="go on"),
    ]
)
FEVERISH = Log([RunReport(day="2026-12-06", minutes=20, pain=2, red_flags=["fever"])])

HOSTILE = [
    "<script>alert(1)</script>",
    '"onmouseover="alert(1)',
    "' onfocus='alert(1)",
    "</td></table></style><img src=x onerror=alert(1)>",
    "<!-- --> ]]> <![CDATA[",
    "&lt;b&gt; &amp; &#60;",
    "a | b \\| c \\",
    "`code` ``` ~~~ $x$",
    "[link](javascript:alert(1)) ![image](x) <https://example.org>",
    "*bold* __bold__ ~~gone~~ # head #",
    "1. one",
    "- one",
    "=== --- +++ :::",
    "% comment",
    "{role}`x`",
    "\u202eevom\u202c \u2067rtl\u2069 עברית \u200f",
    "\ufdd0 \uffff \U0010ffff",
    "x" * 10_000,
    "word " * 2_000,
]


def plans() -> dict[str, Plan]:
    """Return plans in the states in which people look at them."""
    return {
        "fresh": build(UNASSESSED),
        "reported": build(ASKED, REPORTED, today="2026-12-21"),
        "paused": build(UNASSESSED, FEVERISH, today="2026-12-07"),
    }


def as_browser_reads(fragment: str) -> Element:
    """Return a part of a page as a browser reads it; a fault in it is an error here."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    root = parser.parseFragment(fragment, container="div")
    assert isinstance(root, Element)
    return root


def as_markdown_reads(text: str) -> Element:
    """Return Markdown as readers of it with tables show it."""
    return as_browser_reads(MarkdownIt("commonmark").enable("table").render(text))


def words(element: Element) -> str:
    """Return what an element says, on one line."""
    return " ".join("".join(element.itertext()).split())


def cells(element: Element) -> list[list[str]]:
    """Return what the rows of a table say, heads and all."""
    return [[words(cell) for cell in row] for row in element.iter("tr")]


def shown_as(text: str) -> str:
    """Return what is to be read of a text: what no document may hold is replaced."""
    return re.sub("[\ufdd0-\ufdef]|[\ufffe\uffff\U0010fffe\U0010ffff]", "\ufffd", cleaned(text))


def brightness(colour: tuple[float, ...]) -> float:
    """Return the relative luminance of a colour, as WCAG 2 reckons it."""
    parts = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (each / 255 for each in colour)
    ]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


def contrast(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    """Return how well one colour is read on the other: 4.5 is enough for small text."""
    dark, bright = sorted([brightness(one), brightness(other)])
    return (bright + 0.05) / (dark + 0.05)
