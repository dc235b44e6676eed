"""A neutral document as lines of a given width: wrapped texts, tables that fit. Pure; nothing is drawn here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from kwartier.reports.chart_tables import in_text
from kwartier.reports.document import (
    CALLOUTS,
    Align,
    Block,
    Bullets,
    Callout,
    Chart,
    Document,
    Heading,
    Table,
    long_date,
)
from kwartier.text import cells, clean

Span = tuple[str, str]
"""A text on one line and how it looks: "", "title", "heading", "muted", "strong", "warning", "up", "down"."""

Line = tuple[Span, ...]

GAP = "  "
NARROWEST = 6
"""Cells that a column keeps at least; a table that cannot give them is told row by row."""


class Place(NamedTuple):
    """A heading and the line it stands on."""

    line: int
    level: int
    text: str


class Laid(NamedTuple):
    """Lines, each no wider than was asked, and where the headings stand."""

    lines: list[Line]
    headings: list[Place]


def laid_out(document: Document, width: int) -> Laid:
    """The whole document."""
    lines: list[Line] = [((one, "title"),) for one in wrapped(document.title, width)]
    lines += [((one, "muted"),) for one in wrapped(f"{document.subject}, {long_date(document.date)}", width)]
    headings: list[Place] = []
    for block in document.blocks:
        lines.append(())
        if isinstance(block, Heading):
            headings.append(Place(len(lines) + (block.level == 1), block.level, clean(block.text)))
        lines += block_lines(block, width)
    return Laid(lines, headings)


def block_lines(block: Block, width: int) -> Iterator[Line]:
    """One block."""
    if isinstance(block, Heading):
        yield from _heading(block, width)
    elif isinstance(block, Bullets):
        yield from _bullets(block, width)
    elif isinstance(block, Table):
        yield from _table(block, width)
    elif isinstance(block, Chart):
        table = in_text(block)
        if table is not None:
            yield from (((one, "muted"),) for one in wrapped(block.alt, width))
            yield from _table(table, width)
    elif isinstance(block, Callout):
        look = "warning" if block.kind == "warning" else "muted"
        for one in wrapped(f"{CALLOUTS[block.kind]}: {block.text}", width - 2):
            yield (("│ ", look), (one, ""))
    else:
        yield from (((one, ""),) for one in wrapped(block.text, width))


def _heading(block: Heading, width: int) -> Iterator[Line]:
    if block.level == 1:
        yield (("─" * width, "muted"),)
    yield from (((one, "heading" if block.level < 3 else "strong"),) for one in wrapped(block.text, width))


def _bullets(block: Bullets, width: int) -> Iterator[Line]:
    for number, item in enumerate(block.items, 1):
        mark = f"{number}. " if block.ordered else "• "
        indent = " " * len(mark)
        for place, one in enumerate(wrapped(item, width - len(mark))):
            yield ((indent if place else mark, ""), (one, ""))


# -- tables


def _table(table: Table, width: int) -> Iterator[Line]:
    if table.caption.strip():
        yield from (((one, "strong"),) for one in wrapped(table.caption, width))
    texts = [[" / ".join(_filled(cell)) for cell in row] for row in (table.header, *table.rows)]
    wide = column_widths(texts, width)
    if wide is None:
        yield from _stacked(texts, width)
        return
    align: Sequence[Align] = table.align or ["left" for _ in table.header]
    yield from _row(texts[0], wide, align, "strong")
    yield (("─" * (sum(wide) + len(GAP) * (len(wide) - 1)), "muted"),)
    made = [list(_row(row, wide, align, "")) for row in texts[1:]]
    apart = any(len(lines) > 1 for lines in made)
    for number, lines in enumerate(made):
        if number and apart:
            yield ()
        yield from lines


def column_widths(texts: Sequence[Sequence[str]], width: int) -> list[int] | None:
    """How wide each column is in a table of at most `width` cells; None where it does not fit."""
    columns = list(zip(*texts, strict=True))
    natural = [max(1, *(cells(text) for text in column)) for column in columns]
    room = width - len(GAP) * (len(columns) - 1)
    if sum(natural) <= room:
        return natural
    least = [
        max(min(_longest_word(column), 16), min(one, NARROWEST)) for column, one in zip(columns, natural, strict=True)
    ]
    if sum(least) > room:
        return None
    spare, wanted = room - sum(least), sum(natural) - sum(least)
    made = [low + (high - low) * spare // wanted for low, high in zip(least, natural, strict=True)]
    made[max(range(len(made)), key=natural.__getitem__)] += room - sum(made)
    return made


def _longest_word(column: Iterable[str]) -> int:
    return max((cells(word) for text in column for word in text.split()), default=1)


def _row(texts: Sequence[str], wide: Sequence[int], align: Sequence[Align], look: str) -> Iterator[Line]:
    columns = [list(wrapped(text, width)) for text, width in zip(texts, wide, strict=True)]
    for place in range(max(len(column) for column in columns)):
        told = [column[place] if place < len(column) else "" for column in columns]
        line = GAP.join(_aligned(*one) for one in zip(told, wide, align, strict=True)).rstrip()
        yield ((line, look),)


def _aligned(text: str, width: int, align: Align) -> str:
    spare = max(width - cells(text), 0)
    left = {"left": 0, "right": spare, "center": spare // 2}[align]
    return " " * left + text + " " * (spare - left)


def _stacked(texts: Sequence[Sequence[str]], width: int) -> Iterator[Line]:
    header = texts[0]
    for number, row in enumerate(texts[1:]):
        if number:
            yield ()
        for name, text in zip(header, row, strict=True):
            if text:
                for place, one in enumerate(wrapped(f"{name}: {text}" if name else text, width - 2)):
                    yield (("  " if place else "· ", "muted"), (one, ""))


# -- texts


def wrapped(text: str, width: int) -> list[str]:
    """The lines of a text, none wider than `width` cells; its own ends of lines stay. Never empty."""
    width = max(width, 1)
    lines: list[str] = []
    for line in clean(text).replace("\t", " ").strip("\n").split("\n"):
        lines += [line] if cells(line) <= width else _broken(line, width)
    return lines or [""]


def _filled(text: str) -> list[str]:
    return [one for line in clean(text).replace("\t", " ").split("\n") if (one := line.strip())]


def _broken(line: str, width: int) -> Iterator[str]:
    here, used = "", 0
    for word in line.split(" "):
        wide = cells(word)
        if here and used + 1 + wide <= width:
            here, used = f"{here} {word}", used + 1 + wide
            continue
        if here:
            yield here
        while wide > width:
            kept = _fitting(word, width)
            yield word[:kept]
            word = word[kept:]
            wide = cells(word)
        here, used = word, wide
    yield here


def _fitting(word: str, width: int) -> int:
    """How many characters of a word fit; at least one."""
    used = 0
    for place, char in enumerate(word):
        used += cells(char)
        if used > width:
            return max(place, 1)
    return len(word)
