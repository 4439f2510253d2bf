"""Plans written as an HTML page or as Markdown."""

from pathlib import Path

from runplan._base.files import write_whole
from runplan.cli.streams import tell, write_document
from runplan.cli.workspace import Workspace
from runplan.display.page import to_page
from runplan.display.plots import inline_svg
from runplan.errors import InvalidValue, MissingLibrary
from runplan.model.plan import Plan
from runplan.planning.build import build

STDOUT = "-"

_HTML = (".html", ".htm")
_MARKDOWN = (".md", ".markdown")


def write_pages(workspace: Workspace, *, html: str | None, md: str | None) -> None:
    """
    Write a plan as pages.

    Args:
        workspace: The files to read.
        html: Where to write an HTML page; "-" for stdout, None for none.
        md: Where to write Markdown; "-" for stdout, None for none.

    Raises:
        InvalidValue: If the name of a file has the wrong ending.
        UnusableFile: If a file cannot be written.
    """
    _must_end_in(html, _HTML)
    _must_end_in(md, _MARKDOWN)
    plan = workspace.plan()
    if html is not None:
        _write(html, to_page(plan, picture=_picture(workspace, plan)))
    if md is not None:
        _write(md, plan.table().to_markdown())


def _must_end_in(name: str | None, endings: tuple[str, ...]) -> None:
    # Protects other files, such as a request or a calendar, from being overwritten.
    if name not in {None, STDOUT} and Path(str(name)).suffix.lower() not in endings:
        must = f"the page's file must end in {' or '.join(endings)}"
        raise InvalidValue(must, name, f"write it like plan{endings[0]}, or - for stdout")


def _picture(workspace: Workspace, plan: Plan) -> str:
    first = build(workspace.rebuild)
    try:
        return inline_svg(plan, original=None if first.weeks == plan.weeks else first)
    except MissingLibrary as error:
        tell(f"note: the page has no picture: {error}")
        return ""


def _write(name: str, text: str) -> None:
    if name == STDOUT:
        write_document(text)
        return
    write_whole(name, text.encode())
    # Not to stdout, which may be a pipe.
    tell(f"{name} written.")
