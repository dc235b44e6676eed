"""A document in plain lines: headings in words with their level, tables row by row. No columns and no signs."""

from __future__ import annotations

from collections.abc import Iterator

from kwartier.cli.stepwise.told import aloud, sentence
from kwartier.reports.chart_tables import in_text
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

NOTHING = ("", "–", "-", "—")


def read_out(document: Document) -> str:
    """The whole document."""
    head = [document.title, f"{document.subject}, {long_date(document.date)}"]
    return aloud("\n".join([*head, *lines_of(document.blocks)]))


def chapters(document: Document) -> list[tuple[str, tuple[Block, ...]]]:
    """The document by its highest headings; what stands before the first is the beginning."""
    found: list[tuple[str, list[Block]]] = [("Begin", [])]
    for block in document.blocks:
        if isinstance(block, Heading) and block.level == 1:
            found.append((block.text, []))
        found[-1][1].append(block)
    return [(title, tuple(blocks)) for title, blocks in found if blocks]


def lines_of(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Blocks as lines."""
    for block in blocks:
        match block:
            case Heading():
                yield f"Kop {block.level}: {block.text}"
            case Paragraph():
                yield block.text
            case Callout():
                yield f"{CALLOUTS[block.kind]}: {block.text}"
            case Bullets():
                yield f"Lijst van {len(block.items)}."
                yield from (f"{place}. {text}" for place, text in enumerate(block.items, 1))
            case Table():
                yield from _table(block)
            case Chart():
                table = in_text(block)
                if table is not None:
                    yield block.alt
                    yield from _table(table)


def _table(table: Table) -> Iterator[str]:
    """Each row on a line of its own: the first cell, then what each column says; empty cells are left out."""
    yield f"Tabel: {table.caption}. {len(table.rows)} {'rij' if len(table.rows) == 1 else 'rijen'}."
    for row in table.rows:
        told = [
            f"{name}: {cell}" if name else cell
            for name, cell in zip(table.header, row, strict=True)
            if cell.strip() not in NOTHING
        ]
        yield sentence("; ".join(told))
