"""A plan as a self-contained HTML page for screen and print."""

from collections.abc import Iterable, Iterator

from attrs import evolve

from runplan._base.tables import STYLE, escaped, to_section
from runplan._base.text import NO_ADVICE, cleaned, full_stop
from runplan.calendar.event_text import ON_THE_RUN, TECHNIQUE
from runplan.display.describe import describe
from runplan.model.exercises import Exercise
from runplan.model.plan import Plan

# Printed pages are always light, and a plan of usual length fits on one page.
PAGE_STYLE = """\
:root{color-scheme:light dark}
body{margin:0 auto;padding:1em;max-width:60em;font:1em/1.45 system-ui,sans-serif;\
color:#1b1f24;background:#ffffff;overflow-wrap:anywhere}
h1.rp-title{font-size:1.6em}
h2{margin:1.2em 0 .3em;font-size:1.25em;font-weight:600}
h3{margin:.4em 0 .2em;font-size:1em;font-weight:600}
p,ol{margin:.3em 0}
figure{margin:1em 0}
figure svg{display:block;width:100%;height:auto;background:#ffffff}
figcaption{margin:.3em 0;font-size:.9em}
.rp-exercises{display:grid;grid-template-columns:repeat(auto-fill,minmax(20em,1fr));gap:.3em 2em}
.rp-exercises ol{padding-left:1.4em}
.rp-note{font-size:.9em;font-style:italic}
@media screen and (prefers-color-scheme:dark){
body{color:#e6e8ea;background:#15181c}
}
@media print{
@page{size:A4;margin:9mm 11mm}
:root{color-scheme:light}
body{max-width:none;padding:0;font-size:8pt;line-height:1.2}
h1.rp-title{margin:0;font-size:13pt}
h2{margin:.5em 0 .1em;font-size:10pt}
h3{margin:.2em 0 0}
p,ol,figure{margin:.15em 0}
figure svg{max-height:60mm}
figcaption{display:none}
.rp-shown{max-width:none;overflow:visible;line-height:1.2}
.rp-shown .rp-line{display:inline}
.rp-shown ul.rp-findings{margin:.3em 0}
.rp-shown ul.rp-findings li{margin:.1em 0}
.rp-shown table.rp-rows{width:100%;margin:.3em 0}
.rp-shown table.rp-rows tr th,.rp-shown table.rp-rows tr td{padding:.1em 1em .1em .2em}
.rp-exercises{grid-template-columns:1fr 1fr;gap:.1em 2em}
tr,figure,article{break-inside:avoid}
h2,h3{break-after:avoid}
}
"""

# A second line of defence after escaping: no scripts, and no requests. Styles stay allowed, as
# the SVG elements use them.
_POLICY = "; ".join(
    f"{source} 'none'"
    for source in (
        *("script-src", "img-src", "font-src", "media-src"),
        *("connect-src", "frame-src", "object-src", "base-uri", "form-action"),
    )
)


def to_page(plan: Plan, *, picture: str = "") -> str:
    """
    Return a page with the plan's findings, its table, its plot and how to do the exercises.

    Args:
        plan: The plan.
        picture: Its plot as a labelled SVG element, "" for none.

    >>> from runplan import Rebuild, build
    >>> plan = build(Rebuild(baseline_min=40, target_min=60, start="2026-11-30", timezone="UTC"))
    >>> print(to_page(plan)[:32])
    <!DOCTYPE html>
    <html lang="en">
    """
    parts = [
        "<!DOCTYPE html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escaped(cleaned(plan.name))}</title>",
        f"<style>\n{STYLE}{PAGE_STYLE}</style>",
        "</head>",
        "<body>",
        "<main>",
        # The no-advice line is at the end of the page.
        to_section(evolve(plan.table(), note=""), heading="h1"),
        *(_figure(plan, picture) if picture else ()),
        *_how_to(_exercises(plan)),
        f'<p class="rp-note">{escaped(NO_ADVICE)}</p>',
        "</main>",
        "</body>",
        "</html>",
    ]
    return "\n".join(parts) + "\n"


def _figure(plan: Plan, picture: str) -> Iterator[str]:
    yield "<figure>"
    yield picture
    # Collapsed: screen readers get the same text from the label of the plot.
    yield "<figcaption><details><summary>Description of the plot</summary>"
    yield f"{escaped(describe(plan))}</details></figcaption>"
    yield "</figure>"


def _exercises(plan: Plan) -> list[Exercise]:
    """Return the exercises of a plan, each once; none while strength is paused."""
    if plan.pause and plan.pause.stops_strength:
        return []
    exercises = (
        prescription.exercise
        for week in plan.weeks
        for session in week.strength
        for prescription in session.prescriptions
    )
    return list(dict.fromkeys(exercises))


def _how_to(exercises: Iterable[Exercise]) -> Iterator[str]:
    shown = [line for exercise in exercises for line in _exercise(exercise)]
    if not shown:
        return
    yield '<section aria-label="How to do the exercises">'
    yield "<h2>How to do the exercises</h2>"
    yield f"<p>{escaped(ON_THE_RUN)} {escaped(TECHNIQUE)}</p>"
    yield '<div class="rp-exercises">'
    yield from shown
    yield "</div>"
    yield "</section>"


def _exercise(exercise: Exercise) -> Iterator[str]:
    doses = f"First month {exercise.first_month}; after that {exercise.after}."
    needs = f"Needs {full_stop(exercise.needs)} Easier first: {full_stop(exercise.easier)}"
    yield "<article>"
    yield f'<h3 dir="auto">{escaped(exercise.name)}</h3>'
    yield f"<p>{escaped(doses)} {escaped(needs)}</p>"
    if exercise.cues:
        yield f"<ol>{''.join(f'<li>{escaped(cue)}</li>' for cue in exercise.cues)}</ol>"
    yield "</article>"
