"""The neutral document that every writer renders: headings, paragraphs, lists, tables, callouts, charts. No format."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Literal

from msgspec import Struct

Align = Literal["left", "center", "right"]
CalloutKind = Literal["note", "warning", "convention"]
ChartKind = Literal["bars", "dumbbell", "differences", "distribution", "matrix"]

CALLOUTS: dict[CalloutKind, str] = {"note": "Ter informatie", "warning": "Let op", "convention": "Conventie"}
"""What stands before the text of a callout, in every format."""

MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)


class Piece(Struct, frozen=True, tag_field="block"):
    """Common settings of every block. Each text is plain text as somebody typed it: writers clean and escape."""


class Heading(Piece, frozen=True, tag="heading"):
    """A heading below the title of the document; level 1 is the highest."""

    level: Literal[1, 2, 3, 4]
    text: str

    def __post_init__(self) -> None:
        if self.level not in (1, 2, 3, 4):
            raise ValueError(f"a heading of level {self.level}: {self.text!r}")


class Paragraph(Piece, frozen=True, tag="paragraph"):
    """Running text; its ends of lines are kept, an empty line starts a new paragraph."""

    text: str


class Bullets(Piece, frozen=True, tag="bullets"):
    """A list, with dots or with numbers from 1."""

    items: tuple[str, ...]
    ordered: bool = False


class Table(Piece, frozen=True, tag="table"):
    """A table with one row of headers; `align` is per column, all left where it is empty."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    align: tuple[Align, ...] = ()

    def __post_init__(self) -> None:
        width = len(self.header)
        if not width:
            raise ValueError(f"a table without columns: {self.caption!r}")
        for number, row in enumerate(self.rows, 1):
            if len(row) != width:
                raise ValueError(f"row {number} of table {self.caption!r} has {len(row)} cells instead of {width}")
        if self.align and len(self.align) != width:
            raise ValueError(f"table {self.caption!r} aligns {len(self.align)} columns of {width}")


class Callout(Piece, frozen=True, tag="callout"):
    """A remark set apart: to know, to beware of, or a convention (whose, its text says)."""

    kind: CalloutKind
    text: str


class ChartRow(Struct, frozen=True, kw_only=True):
    """A line of a chart."""

    label: str
    "What it is of, as short as in a list."
    values: tuple[Decimal | None, ...] = ()
    "A number per series of the chart, rounded as it is shown; None where there is none."
    told: str = ""
    "The same in words, at the end of the line: 2,3 (was 2,0)."
    strong: bool = False
    "Whether it sums up the lines below it, as a theme does."
    cells: tuple[str, ...] = ()
    "Of a matrix: what stands in each column; empty where nothing does."
    own: int | None = None
    "Of a distribution: the place among the values that is one's own."


class Chart(Piece, frozen=True, kw_only=True, tag="chart"):
    """A picture, as data: a writer draws it, or shows it as a table. Black and white must do: no meaning by colour.

    bars: a bar per series and row. dumbbell: begin and end on a line. differences: what each gave on a line, apart.
    distribution: how many gave each answer or a mark for each, with the own place. matrix: signs in rows and columns.
    """

    kind: ChartKind
    caption: str
    alt: str
    "What there is to see, in a sentence or two, for who cannot see it."
    rows: tuple[ChartRow, ...]
    series: tuple[str, ...] = ()
    "What the values of a row are of, in order: vorige, nu. Of a distribution what a mark is, and what the own one is."
    low: Decimal = Decimal(0)
    "The lower end of the scale."
    high: Decimal = Decimal(1)
    "The upper end of the scale."
    columns: tuple[str, ...] = ()
    "Of a matrix: what stands above each column."
    table: bool = False
    "Whether the same stands in a table beside it: then a format without pictures leaves the chart out."

    def __post_init__(self) -> None:
        if self.kind != "matrix" and self.low >= self.high:
            raise ValueError(f"chart {self.caption!r} has a scale without length")
        for number, row in enumerate(self.rows, 1):
            fits = len(row.cells) == len(self.columns) if self.kind == "matrix" else bool(row.values) or row.strong
            if not fits:
                raise ValueError(f"row {number} of chart {self.caption!r} does not fit")


Block = Heading | Paragraph | Bullets | Table | Callout | Chart


class Document(Struct, frozen=True):
    """A whole report. Raises ValueError where a level of headings is skipped; the first is of level 1."""

    title: str
    subject: str
    date: datetime.date
    language: str = "nl-NL"
    blocks: tuple[Block, ...] = ()
    page_note: str = ""
    "What every page says: what kind of measurement it is, and whose wording."
    status: str = ""
    "What every page says of how finished it is: concept; empty where it is."
    contents: bool = True
    "Whether a table of contents fits it; not for a page or a letter."

    def __post_init__(self) -> None:
        level = 0
        for block in self.blocks:
            if isinstance(block, Heading):
                if block.level > level + 1:
                    raise ValueError(f"heading {block.text!r} of level {block.level} follows level {level}")
                level = block.level


def long_date(day: datetime.date) -> str:
    """A date as it is written in a report: 22 november 2026."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
