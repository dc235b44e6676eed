"""How much of a page a document takes, about, in points: to keep a summary on one page. Writers measure truly."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from kwartier.reports.document import Block, Bullets, Callout, Document, Heading, Paragraph, Table

PAGE = 728
"""So much by this reckoning, which is on the wide side, fits between the margins of a sheet of A4."""

_LINE, _CELL_LINE = 13.5, 10.0
_WIDE, _WIDE_CELLS, _TITLE = 100, 116, 44
"""Characters on a line of text, on a line of all cells of a row together, and on a line of the title."""
_SHORT = 20
"""A column of no longer texts gets what it needs; the others share the rest."""


def height(document: Document) -> float:
    """How high the document would be on one endless page."""
    title = 23.0 * _lines(document.title, _TITLE) + 24
    return title + sum(map(_height, document.blocks))


def _height(block: Block) -> float:
    match block:
        case Heading():
            return 33.0 if block.level == 1 else 28.0
        case Paragraph():
            return _LINE * _lines(block.text, _WIDE) + 5
        case Callout():
            return _LINE * _lines(block.text + " " * 16, _WIDE - 4) + 26
        case Bullets():
            return sum(_LINE * _lines(one, _WIDE - 4) + 1 for one in block.items) + 6
        case Table():
            return _table(block)
    return 0.0


def _table(table: Table) -> float:
    longest = [max(map(len, column)) for column in zip(table.header, *table.rows, strict=True)]
    long = [one for one in longest if one > _SHORT]
    left = _WIDE_CELLS - sum(one + 2 for one in longest if one <= _SHORT)
    share = max(left // len(long), _SHORT) if long else 0
    widths = [one if one <= _SHORT else share for one in longest]
    rows = (table.header, *table.rows)
    caption = 18 if table.caption else 0
    return caption + 14 + sum(_CELL_LINE * _most(row, widths) + 6.5 for row in rows)


def _most(row: Sequence[str], widths: Sequence[int]) -> int:
    return max(_lines(text, width) for text, width in zip(row, widths, strict=True))


def _lines(text: str, width: int) -> int:
    return sum(max(1, ceil(len(line) / max(width, 1))) for line in text.split("\n"))
