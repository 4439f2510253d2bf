"""How the documentation is built. Nothing is fetched while it is."""

import inspect
import re
import shutil
from importlib.metadata import version as installed
from pathlib import Path
from typing import Any

import attrs
from sphinx.application import Sphinx
from sphinx.domains.python import PyObject
from sphinx.util.typing import stringify_annotation

project = "runplan"
author = "the runplan contributors"
project_copyright = "the runplan contributors"
release = version = installed("runplan")

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build", "conftest.py"]
# Nothing is fetched, so what others document cannot be linked.
nitpicky = True
nitpick_ignore_regex = [
    ("py:class", r"(pendulum|datetime|os|uuid|collections)\..+|WeekDay|tzinfo|Axes|(?i:date|time)"),
    ("py:class", r"runplan\._base\.dates\.DateTime"),
    ("py:class", r"concurrent\.futures\..+"),
    # A type variable, a mapping of plain values (see facts.md), and the default of Change's fields.
    ("py:class", r"runplan\.(storage\.converter\.Loaded|model\.sessions\.Facts)"),
    ("py:class", r"(runplan\.planning\.changes\.)?Unchanged"),
]

# A tutorial or a notebook that fails fails the build.
nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = 120
# What a cell prints is one block, however it arrived.
nb_merge_streams = True

myst_enable_extensions = ["deflist", "attrs_block"]
myst_heading_anchors = 3

html_theme = "furo"
html_title = f"runplan {release}"
html_static_path = ["_static"]
html_css_files = ["runplan.css"]
html_copy_source = False
html_show_sphinx = False
html_theme_options = {
    # Fonts that are on the reader's machine already.
    "light_css_variables": {
        "font-stack": "system-ui, sans-serif",
        "color-brand-primary": "#1f6f54",
        "color-brand-content": "#1f6f54",
    },
    "dark_css_variables": {"color-brand-primary": "#6fcfae", "color-brand-content": "#6fcfae"},
}

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 80
napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_use_ivar = True
napoleon_custom_sections = ["Source"]

# Defaults whose repr would fill a page, by the field's name.
_DEFAULTS = {
    "policy": "FIVE_MINUTES",
    "exercises": "EXERCISES",
    "strength": "Strength()",
    "at": "'18:30'",
    "away": "()",
    "id": "None",
}
_SOURCE = re.compile(r"docs/((?:reference|explanation)/[a-z-]+)\.md(?:#([a-z0-9-]+))?")


def _signature(
    _app: Sphinx, what: str, _name: str, obj: Any, _options: Any, signature: str | None, _back: str
) -> tuple[str, str] | None:
    """Write an attrs class's signature with defaults that a reader can read."""
    if what != "class" or not attrs.has(obj) or signature is None:
        return None
    parameters, starred = [], False
    for name, each in inspect.signature(obj).parameters.items():
        if each.kind is each.KEYWORD_ONLY and not starred:
            parameters.append("*")
            starred = True
        text = f"{name}: {stringify_annotation(each.annotation, 'smart').replace('~', '')}"
        text = re.sub(r"\b(?:runplan|pendulum|datetime|collections)\.(?:[a-z_]+\.)*", "", text)
        if each.default is not each.empty:
            text += f" = {_DEFAULTS.get(name, repr(each.default))}"
        parameters.append(text)
    return f"({', '.join(parameters)})", ""


def _docstring(
    _app: Sphinx, what: str, _name: str, _obj: Any, _options: Any, lines: list[str]
) -> None:
    """Link the sources, and leave constants to what the page says about them."""
    if what == "data":
        lines.clear()
    if what == "property" and lines:
        # To napoleon, what stands before a colon is a property's type.
        lines[0] = lines[0].replace(": ", " – ")
    for number, line in enumerate(lines):
        lines[number] = _SOURCE.sub(_link, line)


def _link(match: re.Match[str]) -> str:
    page, anchor = match.groups()
    return f":ref:`Sources, {anchor} <{anchor}>`" if anchor else f":doc:`/{page}`"


def _bring_notebooks(app: Sphinx) -> None:
    """Put the notebooks where pages are looked for: they lie with the other examples."""
    pages = Path(app.srcdir)
    for notebook in (pages.parent / "examples").glob("*.ipynb"):
        shutil.copy2(notebook, pages / "examples")


def setup(app: Sphinx) -> None:
    """Register the hooks above, and call attributes attributes instead of variables."""
    for kind in PyObject.doc_field_types:
        if kind.name == "variable":
            kind.label = "Attributes"
    app.connect("builder-inited", _bring_notebooks)
    app.connect("autodoc-process-signature", _signature)
    # Before napoleon, which has the priority 500.
    app.connect("autodoc-process-docstring", _docstring, priority=400)
