"""A document as the plain values that `report.typ` reads: texts that can be printed, charts drawn, columns measured."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from msgspec.structs import replace

from kwartier.reports import svg
from kwartier.reports.document import (
    CALLOUTS,
    Block,
    Bullets,
    Callout,
    Chart,
    Document,
    Heading,
    Paragraph,
    Table,
    long_date,
)
from kwartier.reports.pdf.columns import chosen, groups, measured
from kwartier.reports.pdf.glyphs import drawable, printable
from kwartier.reports.pdf.words import breakable
from kwartier.text import one_line

Told = dict[str, Any]

NAMELESS = "(zonder titel)"
"""Stands for a title or heading without text: PDF/UA wants one."""

_FEW = 5
"""Up to so many headings can be seen at a glance."""
_MANY = 36
"""So many lines of a table of contents leave room for a first page."""
_REMARK = 200
"""So short is a remark below a heading that it may not be left behind at the foot of a page."""
_HEAD, _NOTE = 100, 320
"""Cells that a head and a note have on every page."""

_BOXES = ("☐", "☑", "☒")
"""What is ticked needs no dot in front."""
_DOTS = re.compile(r"[.…]{6,}")
"""A place for a signature or a date, which wants some height."""
_FAMILY = re.compile(r'font-family="[^"]*"')
_HEIGHT = re.compile(r'<svg [^>]*?height="(\d+)"')
_PAGE = 900
"""So many units of a drawing fit on a page; 680 are its width."""
_ROWS = (svg.ROWS, 24, 16, 10)


def values(document: Document) -> Told:
    """Everything that the page shows, as values that JSON can hold."""
    language, _, region = document.language.partition("-")
    blocks = list(_blocks(document.blocks))
    _hold(blocks)
    title = _line(document.title) or NAMELESS
    return {
        "title": title,
        "subject": _line(document.subject),
        "head": one_line(" – ".join(filter(None, (title, _line(document.subject)))), _HEAD),
        "date": [document.date.year, document.date.month, document.date.day],
        "told": ", ".join(filter(None, (_line(document.subject), long_date(document.date)))),
        "language": language.lower(),
        "region": region or None,
        "note": one_line(_line(document.page_note), _NOTE),
        "status": one_line(_line(document.status), _HEAD),
        "contents": _depth(document),
        "blocks": blocks,
    }


def _hold(blocks: list[Told]) -> None:
    """Makes a line between a heading and one under it stay with what comes below, as the heading above it does.

    Not a line between headings of one level: all the items with a short answer would be one piece, that no page holds.
    """
    for above, here, below in zip(blocks, blocks[1:], blocks[2:], strict=False):
        between = above["block"] == below["block"] == "heading" and here["block"] == "paragraphs"
        if between and above["level"] < below["level"] and len(here["texts"]) == 1 and len(here["texts"][0]) < _REMARK:
            here["leads"] = True


def _depth(document: Document) -> int:
    """How many levels of headings the table of contents shows; none where the headings can be seen at a glance."""
    levels = [block.level for block in document.blocks if isinstance(block, Heading)]
    if not document.contents or len(levels) <= _FEW:
        return 0
    return 2 if sum(level <= 2 for level in levels) <= _MANY else 1


def _blocks(blocks: tuple[Block, ...]) -> Iterator[Told]:
    """The blocks; a table that is too wide takes the headings right above it along to a page on its side."""
    above: list[Told] = []
    for told in (one for block in blocks for one in _block(block)):
        if told["block"] == "heading":
            above.append(told)
            continue
        if told.get("turned"):
            yield {"block": "turned", "blocks": [*above, told]}
        else:
            yield from (*above, told)
        above = []
    yield from above


def _block(block: Block) -> Iterator[Told]:
    match block:
        case Heading():
            yield {"block": "heading", "level": block.level, "text": breakable(_line(block.text)) or NAMELESS}
        case Paragraph():
            if texts := _paragraphs(block.text):
                yield {"block": "paragraphs", "texts": texts, "leads": texts[-1].endswith(":")}
        case Bullets():
            if block.items:
                yield {"block": "bullets", "ordered": block.ordered, **_items(block)}
        case Callout():
            label = f"{CALLOUTS[block.kind]}:"
            yield {"block": "callout", "kind": block.kind, "label": label, "texts": _paragraphs(block.text)}
        case Table():
            yield from _tables(block)
        case Chart():
            yield from _chart(block)


def _items(bullets: Bullets) -> Told:
    """The items; where each starts with a box to tick, the boxes apart: they stand in the place of the dots."""
    items = [printable(item).strip() for item in bullets.items]
    if bullets.ordered or not all(item.startswith(_BOXES) for item in items):
        return {"boxes": None, "items": [_paragraphs(item) for item in items]}
    return {"boxes": [item[0] for item in items], "items": [_paragraphs(item[1:].lstrip()) for item in items]}


def _tables(table: Table) -> Iterator[Told]:
    """The table; where its columns do not fit a page, as more tables that each begin with its first column."""
    header = [_cell(text) for text in table.header]
    rows = [[_cell(text) for text in row] for row in table.rows]
    align = table.align or ("left",) * len(header)
    parts = groups(header, rows)
    for number, part in enumerate(parts, 1):
        caption = _line(table.caption) if len(parts) == 1 else _line(f"{table.caption} ({number} van {len(parts)})")
        yield {
            **_table(*chosen(header, rows, part)),
            "caption": breakable(caption),
            "align": [align[at] for at in part],
        }


def _table(header: list[str], rows: list[list[str]]) -> Told:
    found = measured(header, rows)
    return {
        "block": "table",
        "header": [{"text": text, "fits": fits} for text, fits in found.heads(header)],
        "low": found.whole(header),
        "rows": [
            {
                "whole": found.whole(row),
                "signed": any(map(_DOTS.fullmatch, row)),
                "cells": [found.fitted(at, text) for at, text in enumerate(row)],
            }
            for row in rows
        ],
        "widths": list(found.widths),
        "size": found.size,
        "whole": found.together(header, rows),
        "turned": found.turned,
    }


def _chart(chart: Chart) -> Iterator[Told]:
    for part in _fitting(_drawable(chart)):
        yield {
            "block": "chart",
            "caption": breakable(_line(part.caption)),
            "alt": _line(chart.alt) or _line(chart.caption) or NAMELESS,
            "svg": _FAMILY.sub('font-family="Inter"', svg.svg(part), count=1),
        }


def _drawable(chart: Chart) -> Chart:
    """The chart with texts that can be drawn. Its caption stands above it and is set like any other text."""
    rows = tuple(
        replace(row, label=drawable(row.label), told=drawable(row.told), cells=tuple(map(drawable, row.cells)))
        for row in chart.rows
    )
    series, columns = tuple(map(drawable, chart.series)), tuple(map(drawable, chart.columns))
    return replace(chart, caption=printable(chart.caption), alt="", rows=rows, series=series, columns=columns)


def _fitting(chart: Chart) -> tuple[Chart, ...]:
    """The chart in as few pieces as fit a page each."""
    pieces: tuple[Chart, ...] = (chart,)
    for most in _ROWS:
        pieces = svg.split(chart, most)
        if all(_height(piece) <= _PAGE for piece in pieces):
            break
    return pieces


def _height(chart: Chart) -> int:
    found = _HEIGHT.match(svg.svg(chart))
    return int(found[1]) if found else 0


def _line(text: str) -> str:
    """The text on one line."""
    return " ".join(printable(text).split())


def _cell(text: str) -> str:
    return "\n".join(line.strip() for line in printable(text).strip().split("\n"))


def _paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, which an empty line parts; its other ends of lines stay."""
    lines = (line.rstrip() for line in printable(text).split("\n"))
    return ["\n".join(map(breakable, group)) for filled, group in groupby(lines, bool) if filled]
