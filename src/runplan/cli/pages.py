"""What is written to look at elsewhere: a plan as a page of HTML, or as Markdown."""

import sys
from pathlib import Path

import click

from runplan._base.files import write_whole
from runplan.cli.workspace import Workspace
from runplan.display.page import to_page
from runplan.display.plots import inline_svg
from runplan.errors import InvalidValue, MissingLibrary
from runplan.model.plan import Plan
from runplan.planning.build import build

STDOUT = "-"

_HTML = (".html", ".htm")
_MARKDOWN = (".md", ".markdown")


def write_pages(here: Workspace, *, html: str | None, md: str | None) -> None:
    """
    Write a plan as pages.

    Args:
        here: The files to read.
        html: Where to write a page of HTML, "-" for stdout, None for none.
        md: Where to write Markdown, "-" for stdout, None for none.

    Raises:
        InvalidValue: If the name of a file does not end as such a page's does.
        UnusableFile: If a file cannot be written.
    """
    _must_end_in(html, _HTML)
    _must_end_in(md, _MARKDOWN)
    plan = here.plan()
    if html is not None:
        _write(html, to_page(plan, picture=_picture(here, plan)))
    if md is not None:
        _write(md, plan.table().to_markdown())


def _must_end_in(name: str | None, endings: tuple[str, ...]) -> None:
    # Whatever else is there, a request or a calendar, is not for us to write over.
    if name not in {None, STDOUT} and Path(str(name)).suffix.lower() not in endings:
        must = f"the page's file must end in {' or '.join(endings)}"
        raise InvalidValue(must, name, f"write it like plan{endings[0]}, or - for stdout")


def _picture(here: Workspace, plan: Plan) -> str:
    first = build(here.rebuild)
    try:
        return inline_svg(plan, original=None if first.weeks == plan.weeks else first)
    except MissingLibrary as error:
        sys.stderr.write(f"note: the page has no picture: {error}\n")
        return ""


def _write(name: str, text: str) -> None:
    if name == STDOUT:
        click.echo(text.encode(), nl=False)
        return
    write_whole(name, text.encode())
    # Not among what a pipe takes.
    sys.stderr.write(f"{name} written.\n")
