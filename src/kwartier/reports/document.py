"""The neutral document that every writer renders: headings, paragraphs, lists, tables, callouts. No format."""

from __future__ import annotations

import datetime
from typing import Literal

from msgspec import Struct

Align = Literal["left", "center", "right"]
CalloutKind = Literal["note", "warning", "convention"]

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


Block = Heading | Paragraph | Bullets | Table | Callout


class Document(Struct, frozen=True):
    """A whole report. Raises ValueError where a level of headings is skipped; the first is of level 1."""

    title: str
    subject: str
    date: datetime.date
    language: str = "nl-NL"
    blocks: tuple[Block, ...] = ()

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
