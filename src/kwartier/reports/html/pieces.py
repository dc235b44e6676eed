"""The blocks of a document as the template needs them: cleaned lines, marked cells, numbered headings, drawn charts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import ClassVar, Literal

from markupsafe import Markup
from msgspec import Struct

from kwartier.reports.chart_tables import as_table
from kwartier.reports.document import CALLOUTS, Block, Bullets, Callout, Chart, Heading, Paragraph, Table
from kwartier.reports.svg import split, svg
from kwartier.text import clean

Lines = tuple[str, ...]
"""The lines of a text; between them stands a break."""

NARROW = 320
"""The units of a chart on a telephone."""
_LONGEST_NAME = 90
"""So long is the first cell of a row at most, where every row is called after it."""
_WORD = re.compile(r"[^\s\-‐–—/]+")
_LONGEST, _BROKEN = 26, 12
"""A longer word may be broken in its cell, which then has room for so many letters at least."""
_TELEPHONE = 30
"""So many letters stand next to each other on a telephone."""
_SOME, _MANY = 6, 8
"""With so many columns, letters are smaller; with many on paper too."""
_SHORT_ROWS, _SHORT_TEXT = 8, 1_200
"""A table of no more rows and characters stays on one page of paper."""


class Entry(Struct, frozen=True):
    """A line of the table of contents, with what stands below it."""

    mark: str
    text: str
    below: tuple[Entry, ...] = ()


class Title(Struct, frozen=True):
    kind: ClassVar[str] = "heading"
    tag: str
    mark: str
    text: str


class Prose(Struct, frozen=True):
    kind: ClassVar[str] = "prose"
    paragraphs: tuple[Lines, ...]


class List(Struct, frozen=True):
    kind: ClassVar[str] = "list"
    tag: Literal["ol", "ul"]
    items: tuple[Lines, ...]


class Note(Struct, frozen=True):
    kind: ClassVar[str] = "note"
    own: str
    label: str
    paragraphs: tuple[Lines, ...]


class Cell(Struct, frozen=True):
    tag: Literal["td", "th"]
    lines: Lines
    look: str = ""


class Grid(Struct, frozen=True):
    kind: ClassVar[str] = "grid"
    mark: str
    caption: str
    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    look: str
    scrolls: bool


class Picture(Struct, frozen=True):
    kind: ClassVar[str] = "picture"
    mark: str
    caption: str
    wide: Markup
    narrow: Markup
    grid: Grid | None


Piece = Title | Prose | List | Note | Grid | Picture


# -- text


def one_line(text: str) -> str:
    """The cleaned text with its lines put after each other."""
    return " ".join(line.strip() for line in clean(text).split("\n") if line.strip())


def lines(text: str) -> Lines:
    """The cleaned lines, without empty ones at either end; blanks inside a line stay."""
    return tuple(line.rstrip() for line in clean(text).strip("\n").split("\n"))


def paragraphs(text: str) -> tuple[Lines, ...]:
    """The same, cut where lines are empty."""
    return tuple(tuple(some) for filled, some in groupby(lines(text), bool) if filled)


# -- blocks


def body(blocks: tuple[Block, ...]) -> tuple[tuple[Piece, ...], tuple[Entry, ...]]:
    """All blocks, and the headings of the highest two levels as a table of contents."""
    made = tuple(_pieces(blocks))
    return made, _contents([one for one in made if isinstance(one, Title)])


def _pieces(blocks: tuple[Block, ...]) -> Iterator[Piece]:
    drawn: set[str] = set()
    for number, block in enumerate(blocks, 1):
        mark = f"b{number}"
        match block:
            case Heading():
                if text := one_line(block.text):
                    yield Title(f"h{block.level + 1}", mark, text)
            case Paragraph():
                yield Prose(paragraphs(block.text))
            case Bullets():
                if block.items:
                    yield List("ol" if block.ordered else "ul", tuple(map(lines, block.items)))
            case Callout():
                yield Note(block.kind, CALLOUTS[block.kind], paragraphs(block.text))
            case Table():
                yield _grid(block, mark)
            case Chart():
                yield from _pictures(block, mark, drawn)


def _contents(titles: list[Title]) -> tuple[Entry, ...]:
    found: list[tuple[Title, list[Entry]]] = []
    for title in titles:
        if title.tag == "h2":
            found.append((title, []))
        elif title.tag == "h3":
            found[-1][1].append(Entry(title.mark, title.text))
    return tuple(Entry(title.mark, title.text, tuple(below)) for title, below in found)


# -- tables


def _grid(table: Table, mark: str) -> Grid:
    width = len(table.header)
    align = table.align or ("left",) * width
    named = width > 1 and all(0 < len(row[0].strip()) <= _LONGEST_NAME for row in table.rows)

    letters = sum(len(text) for row in table.rows for text in row)
    short = len(table.rows) <= _SHORT_ROWS and letters <= _SHORT_TEXT
    looks = ("many" if width >= _MANY else "some" if width >= _SOME else "", "short" if short else "")

    def cell(text: str, column: int, *, names: str) -> Cell:
        told = lines(text)
        own = ("" if align[column] == "left" else align[column], "long" if _longest(text) > _LONGEST else "")
        heads = bool(names) and any(told)  # an empty cell names nothing
        return Cell("th" if heads else "td", told, " ".join(filter(None, own)))

    return Grid(
        mark,
        one_line(table.caption),
        tuple(cell(text, at, names="col") for at, text in enumerate(table.header)),
        tuple(
            tuple(cell(text, at, names="row" if named and not at else "") for at, text in enumerate(row))
            for row in table.rows
        ),
        look=" ".join(filter(None, looks)),
        scrolls=_is_wide(table),
    )


def _longest(text: str) -> int:
    return max(map(len, _WORD.findall(text)), default=0)


def _is_wide(table: Table) -> bool:
    """Whether it may be too wide for a telephone, so that one has to scroll in it."""
    columns = zip(table.header, *table.rows, strict=True)
    longest = [[_longest(text) for text in column] for column in columns]
    return sum(max(_BROKEN if one > _LONGEST else one for one in column) + 2 for column in longest) > _TELEPHONE


# -- charts


def _pictures(chart: Chart, mark: str, drawn: set[str]) -> Iterator[Picture]:
    """The chart in pieces of at most a page; below the last the same as a table, where the report has none."""
    parts = split(chart)
    for number, one in enumerate(parts, 1):
        own = f"{mark}-{number}"
        last = number == len(parts)
        grid = None if chart.table or not last else _grid(as_table(chart), f"{own}-t")
        narrow = "" if chart.kind == "matrix" else svg(one, NARROW)  # a matrix has no room to be narrower
        yield Picture(own, one_line(one.caption), _drawing(svg(one), own, drawn), _drawing(narrow, own, drawn), grid)


_MARK = re.compile(r'aria-labelledby="t([0-9a-f]+) d\1"')


def _drawing(drawing: str, mark: str, drawn: set[str]) -> Markup:
    """Our own drawing, escaped already; its marks are made its own where the same chart came before."""
    if (found := _MARK.search(drawing)) and found[1] in drawn:
        drawing = re.sub(rf'([" ][td]){found[1]}(?=[" ])', rf"\g<1>{found[1]}-{mark}", drawing)
    elif found:
        drawn.add(found[1])
    return Markup(drawing)
