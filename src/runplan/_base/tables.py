"""A table for display, as HTML, as Markdown or as plain text."""

import re
from collections.abc import Iterable, Iterator, Sequence

from attrs import evolve, field, frozen

from runplan._base.text import cleaned
from runplan.errors import InvalidValue

# The style of all tables. It inherits the colours of the page, dark or light, and adds only
# translucent lines. Cell selectors include the table's class names: otherwise the cell styles of
# notebooks would take precedence.
STYLE = """\
.rp-shown{max-width:64em;overflow-x:auto;line-height:1.4;color:inherit;background:transparent}
.rp-shown .rp-title{margin:.2em 0 .5em;padding:0;font-size:1.25em;font-weight:600;color:inherit}
.rp-shown .rp-line{margin:.15em 0}
.rp-shown ul.rp-findings{list-style:none;margin:.5em 0;padding:0}
.rp-shown ul.rp-findings li{margin:.3em 0;padding:0 0 0 .7em;\
border-left:.2em solid rgba(128,128,128,.45)}
.rp-shown ul.rp-findings li.rp-warning{border-left-color:currentColor}
.rp-shown table.rp-rows{border-collapse:collapse;table-layout:auto;margin:.8em 0;border:0;\
color:inherit;background:transparent;font-size:inherit;font-variant-numeric:tabular-nums}
.rp-shown table.rp-rows caption{caption-side:top;padding:.3em 0;text-align:left;\
font-weight:600;color:inherit}
.rp-shown table.rp-rows tr{background:transparent}
.rp-shown table.rp-rows tr.rp-marked{background:rgba(128,128,128,.16);font-weight:600}
.rp-shown table.rp-rows tr th,.rp-shown table.rp-rows tr td{padding:.3em .9em .3em .3em;border:0;\
border-bottom:1px solid rgba(128,128,128,.35);text-align:left;vertical-align:top;\
font-weight:inherit;color:inherit;background:transparent;overflow-wrap:anywhere}
.rp-shown table.rp-rows thead tr th{font-weight:600;vertical-align:bottom;\
border-bottom:2px solid rgba(128,128,128,.6)}
.rp-shown table.rp-rows tr td{min-width:7em}
.rp-shown table.rp-rows tr td:last-child{min-width:14em}
.rp-shown table.rp-rows tr .rp-short{white-space:nowrap}
.rp-shown table.rp-rows tr td.rp-short{min-width:0}
.rp-shown table.rp-rows tr .rp-number{text-align:right}
.rp-shown .rp-note{margin:.5em 0;font-size:.9em;font-style:italic}
"""

# A column is not wrapped if no cell is longer than this. [characters]
_SHORT = 16

# The maximum width of plain text, and the minimum width of its widest column. [characters]
_WIDE, _NARROW = 100, 16

# Noncharacters, which are not allowed in HTML.
_NO_CHARACTERS = [
    *range(0xFDD0, 0xFDF0),
    *(plane + last for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF)),
]
_HTML = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;"}
    | {chr(code): "\N{REPLACEMENT CHARACTER}" for code in _NO_CHARACTERS}
)
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|~&$#{}])")
# At the start of a line, these begin a list, a rule or a comment.
_MARKDOWN_START = re.compile(r"^([-+=%:]|\d+(?=[.)]))")


def _clean(value: object) -> str:
    return "" if value is None else cleaned(str(value))


def _each_clean(values: Iterable[object]) -> tuple[str, ...]:
    return tuple(_clean(value) for value in values)


def _lines(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(filter(None, _each_clean(values)))


def _clean_rows(rows: Iterable[Iterable[object]]) -> tuple[tuple[str, ...], ...]:
    return tuple(_each_clean(row) for row in rows)


def _clean_findings(findings: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((_clean(level), _clean(message)) for level, message in findings)


@frozen
class Column:
    """
    A column of a table.

    Attributes:
        name: Its name.
        numeric: Whether its cells are numbers, which are right-aligned.
        unit: The unit of its numbers; "" if the name makes it clear.

    >>> Column("Long run", numeric=True, unit="min").heading
    'Long run, min'
    """

    name: str = field(converter=_clean)
    numeric: bool = False
    unit: str = field(default="", converter=_clean)

    @property
    def heading(self) -> str:
        """Its name, with the unit if it has one."""
        return f"{self.name}, {self.unit}" if self.unit else self.name


def _columns(columns: Iterable[Column]) -> tuple[Column, ...]:
    return tuple(columns)


@frozen
class Table:
    """
    A table for display; for data frames, use rows() instead.

    All text is shown literally, each on one line.

    Attributes:
        title: The title.
        columns: The columns; the first one holds the row headers.
        rows: The cells, row by row. None is an empty cell.
        lines: Sentences above the table; empty ones are left out.
        findings: Findings, as pairs of a level ("note" or "warning") and a message.
        note: The line below the table.
        caption: The caption; "" to use the title.
        marked: The index of the highlighted row, from 0; None for none. Its text must also say
            that it comes next.

    Raises:
        InvalidValue: If there is no column, or a row does not have one cell per column.

    >>> table = Table("Long runs", [Column("Week", numeric=True), Column("Day")], [[1, "Sunday"]])
    >>> print(table)
    Long runs
    <BLANKLINE>
    Week  Day
    ----  ------
       1  Sunday
    """

    title: str = field(converter=_clean)
    columns: tuple[Column, ...] = field(converter=_columns)
    rows: tuple[tuple[str, ...], ...] = field(converter=_clean_rows)
    lines: tuple[str, ...] = field(default=(), converter=_lines)
    findings: tuple[tuple[str, str], ...] = field(default=(), converter=_clean_findings)
    note: str = field(default="", converter=_clean)
    caption: str = field(default="", converter=_clean)
    marked: int | None = None

    def __attrs_post_init__(self) -> None:
        if not self.columns:
            raise InvalidValue("a table must have a column", "none", "name one")
        for row in self.rows:
            if len(row) != len(self.columns):
                must = f"a row must have a cell for each of {len(self.columns)} columns"
                raise InvalidValue(must, row, "add what is missing")

    def __str__(self) -> str:
        blocks = [
            [self.title],
            [f"{level}: {message}" for level, message in self.findings],
            self.lines,
        ]
        above = ["\n".join(line for text in block for line in _folded(text)) for block in blocks]
        parts = [*above, _plain_rows(self), "\n".join(_folded(self.note))]
        return "\n\n".join(filter(None, parts))

    def longest(self, index: int) -> int:
        """Return the length of the longest cell of a column. [characters]"""
        return max((len(row[index]) for row in self.rows), default=0)

    def without_empty(self) -> "Table":
        """
        Return the table without empty columns, except the first.

        >>> Table("Runs", [Column("Day"), Column("Pain")], [["Sunday", ""]]).without_empty().rows
        (('Sunday',),)
        """
        used = [any(row[index] for row in self.rows) for index in range(len(self.columns))]
        kept = [index for index, is_used in enumerate(used) if is_used or not index]
        return evolve(
            self,
            columns=[self.columns[index] for index in kept],
            rows=[[row[index] for index in kept] for row in self.rows],
        )

    def to_html(self) -> str:
        """
        Return a section of HTML that includes its style and inherits the colours of its page.

        It is self-contained: no scripts, fonts or network access.

        >>> print(Table("A < B", [Column("Day")], []).to_html().splitlines()[-2])
        <h3 class="rp-title" dir="auto">A &lt; B</h3>
        """
        return to_section(self, style=STYLE)

    def to_markdown(self) -> str:
        r"""
        Return Markdown with a table in GitHub's syntax.

        >>> print(Table("A * B", [Column("Day"), Column("Min", numeric=True)], [["Mon|", 5]])
        ...     .to_markdown())
        ## A \* B
        <BLANKLINE>
        | Day | Min |
        | --- | ---: |
        | Mon\| | 5 |
        <BLANKLINE>
        """
        findings = [
            f"- **{_markdown(level)}:** {_markdown(message)}" for level, message in self.findings
        ]
        blocks = [
            f"## {_markdown(self.title)}",
            "\n".join(findings),
            *(_markdown_line(line) for line in self.lines),
            "\n".join(_markdown_rows(self)),
            f"*{_markdown(self.note)}*" if self.note else "",
        ]
        return "\n\n".join(filter(None, blocks)) + "\n"


_FACTS = (Column("What"), Column("Details"))


def facts(
    title: str, rows: Iterable[tuple[str, object]], *, caption: str = "", note: str = ""
) -> Table:
    """
    Return a table of the facts about one thing, without empty rows.

    >>> facts("Exercise", [("Needs", "a band"), ("Works", "")]).rows
    (('Needs', 'a band'),)
    """
    cleaned = [(name, _clean(value)) for name, value in rows]
    kept = [row for row in cleaned if row[1]]
    return Table(title, _FACTS, kept, caption=caption, note=note)


def escaped(text: str) -> str:
    """
    Return a text escaped for HTML, for use in an element or an attribute.

    >>> escaped('<a title="x">')
    '&lt;a title=&quot;x&quot;&gt;'
    """
    return text.translate(_HTML)


def to_section(table: Table, *, heading: str = "h3", style: str = "") -> str:
    """
    Return a table as a section of HTML.

    Args:
        table: What to show.
        heading: The element of its title, at the right level for the page.
        style: The style to include; "" if the page has it already.
    """
    title = escaped(table.title)
    parts = [
        f'<section class="rp-shown" aria-label="{title}">',
        f"<style>\n{style}</style>" if style else "",
        f'<{heading} class="rp-title" dir="auto">{title}</{heading}>',
        *_html_findings(table),
        *(f'<p class="rp-line">{escaped(line)}</p>' for line in table.lines),
        *_html_rows(table),
        f'<p class="rp-note">{escaped(table.note)}</p>' if table.note else "",
        "</section>",
    ]
    return "\n".join(filter(None, parts))


def _html_findings(table: Table) -> Iterator[str]:
    if not table.findings:
        return
    yield '<ul class="rp-findings" aria-label="Findings">'
    for level, message in table.findings:
        kind = ' class="rp-warning"' if level == "warning" else ""
        yield f"<li{kind}><strong>{escaped(level)}:</strong> {escaped(message)}</li>"
    yield "</ul>"


def _html_rows(table: Table) -> Iterator[str]:
    if not table.rows:
        return
    looks = [_look(table, index) for index in range(len(table.columns))]
    yield '<table class="rp-rows">'
    yield f"<caption>{escaped(table.caption or table.title)}</caption>"
    names = (escaped(column.heading) for column in table.columns)
    heads = (f'<th scope="col"{look}>{name}</th>' for look, name in zip(looks, names, strict=True))
    yield f"<thead>\n<tr>{''.join(heads)}</tr>\n</thead>\n<tbody>"
    for index, row in enumerate(table.rows):
        marked = ' class="rp-marked" aria-current="true"' if index == table.marked else ""
        first, *others = (escaped(cell) for cell in row)
        cells = (f"<td{look}>{cell}</td>" for look, cell in zip(looks[1:], others, strict=True))
        yield f'<tr{marked}><th scope="row"{looks[0]}>{first}</th>{"".join(cells)}</tr>'
    yield "</tbody>\n</table>"


def _look(table: Table, index: int) -> str:
    names = [
        "rp-short" if table.longest(index) <= _SHORT else "",
        "rp-number" if table.columns[index].numeric else "",
    ]
    classes = " ".join(filter(None, names))
    return f' class="{classes}"' if classes else ""


def _markdown(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", text)


def _markdown_line(text: str) -> str:
    return _MARKDOWN_START.sub(_escaped_start, _markdown(text))


def _escaped_start(found: "re.Match[str]") -> str:
    # After a number, it is the mark behind it that begins a list.
    return f"{found[1]}\\" if found[1].isdigit() else f"\\{found[1]}"


def _markdown_rows(table: Table) -> Iterator[str]:
    if not table.rows:
        return
    lines = ("---:" if column.numeric else "---" for column in table.columns)
    yield _markdown_row(_markdown(column.heading) for column in table.columns)
    yield _markdown_row(lines)
    for row in table.rows:
        yield _markdown_row(map(_markdown, row))


def _markdown_row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _plain_rows(table: Table) -> str:
    if not table.rows:
        return ""
    heads = [column.heading for column in table.columns]
    widths = _widths([heads, *table.rows])
    lines = [
        *_plain_row(table, heads, widths),
        "  ".join("-" * width for width in widths),
        *(line for row in table.rows for line in _plain_row(table, row, widths)),
    ]
    return "\n".join(line.rstrip() for line in lines)


def _widths(rows: Sequence[Sequence[str]]) -> list[int]:
    """Return the width of each column; the widest are narrowed until a row fits."""
    widths = [max(1, *map(len, cells)) for cells in zip(*rows, strict=True)]
    while sum(widths) + 2 * (len(widths) - 1) > _WIDE and max(widths) > _NARROW:
        widths[widths.index(max(widths))] -= 1
    return widths


def _plain_row(table: Table, row: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    cells = [_folded(cell, width) for cell, width in zip(row, widths, strict=True)]
    for line in range(max(1, *map(len, cells))):
        parts = (cell[line] if line < len(cell) else "" for cell in cells)
        yield "  ".join(
            part.rjust(width) if column.numeric else part.ljust(width)
            for part, width, column in zip(parts, widths, table.columns, strict=True)
        )


def _folded(text: str, width: int = _WIDE) -> list[str]:
    # Needed only for plain text, and importing it would slow down the import of runplan.
    from textwrap import wrap  # noqa: PLC0415

    return wrap(text, width)
