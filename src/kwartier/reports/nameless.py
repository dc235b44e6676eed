"""A document without the names of people, to publish: who assessed becomes a role, and known names a sign."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping

import msgspec

from kwartier.reports.document import (
    Block,
    Bullets,
    Callout,
    Chart,
    ChartRow,
    Document,
    Heading,
    Paragraph,
    Table,
)

SIGN = "[naam]"
READ_IT = (
    "Deze versie is zonder namen van mensen gemaakt om te kunnen publiceren. In de teksten zijn de namen vervangen die "
    "kwartier kent; lees ze na op wat iemand anders nog kan herkennen."
)
_SHORTEST = 3
"""Letters of a part of a name that is looked for by itself; a shorter one would hit ordinary words."""


def nameless(document: Document, names: Iterable[str]) -> Document:
    """The document with these names taken out of every text, and a remark that says so."""
    known = [name.strip() for name in names if name.strip()]
    hide = _hider(known)
    blocks = tuple(_without(block, hide) for block in document.blocks)
    remark = Callout("warning", READ_IT)
    return msgspec.structs.replace(
        document, title=hide(document.title), subject=hide(document.subject), blocks=(remark, *blocks)
    )


def roles(codes: Mapping[str, str]) -> dict[str, str]:
    """What people are called in the place of their names: auditor 1, auditor 2. `codes` gives the role of each."""
    of, seen = Counter(codes.values()), Counter[str]()
    found: dict[str, str] = {}
    for code, role in codes.items():
        seen[role] += 1
        found[code] = role if of[role] == 1 else f"{role} {seen[role]}"
    return found


def _hider(known: list[str]) -> Callable[[str], str]:
    """Whole names first, then their parts that are long enough and written with a capital; with an s too: Wims."""
    parts = {part for name in known for part in name.split() if len(part) >= _SHORTEST and part[:1].isupper()}
    words = [*sorted(known, key=len, reverse=True), *sorted(parts - set(known), key=len, reverse=True)]
    if not words:
        return lambda text: text
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(word) for word in words)})(?=(?:['’]?s)?(?!\w))")
    again = re.compile(rf"{re.escape(SIGN)}(?:\s+{re.escape(SIGN)})+")
    return lambda text: again.sub(SIGN, pattern.sub(SIGN, text))


def _without(block: Block, hide: Callable[[str], str]) -> Block:
    match block:
        case Heading() | Paragraph() | Callout():
            return msgspec.structs.replace(block, text=hide(block.text))
        case Bullets():
            return msgspec.structs.replace(block, items=tuple(map(hide, block.items)))
        case Table():
            return msgspec.structs.replace(
                block,
                caption=hide(block.caption),
                header=tuple(map(hide, block.header)),
                rows=tuple(tuple(map(hide, row)) for row in block.rows),
            )
        case Chart():
            rows = tuple(_row(row, hide) for row in block.rows)
            return msgspec.structs.replace(
                block,
                caption=hide(block.caption),
                alt=hide(block.alt),
                series=tuple(map(hide, block.series)),
                columns=tuple(map(hide, block.columns)),
                rows=rows,
            )


def _row(row: ChartRow, hide: Callable[[str], str]) -> ChartRow:
    return msgspec.structs.replace(row, label=hide(row.label), told=hide(row.told), cells=tuple(map(hide, row.cells)))
