"""The texts of an instrument as blocks: paragraphs, and lines that start with "1." or "-" as lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from kwartier.reports.document import Block, Bullets, Paragraph

_ENTRY = re.compile(r"(?:(?P<number>[0-9]{1,3})\.|-)[ \t]+(?=\S)")


def prose(text: str) -> Iterator[Block]:
    """The blocks of a text. Numbers that do not run from 1 stay in their lines, since a list counts by itself."""
    for kind, group in groupby(text.strip().split("\n"), _kind):
        lines = list(group)
        if kind:
            yield from _entries(lines, kind == "1")
        elif any(line.strip() for line in lines):
            yield Paragraph("\n".join(lines).strip())


def _kind(line: str) -> str:
    """What sort of list a line is part of: 1, - or none."""
    found = _ENTRY.match(line)
    return "" if found is None else "1" if found["number"] else "-"


def _entries(lines: list[str], ordered: bool) -> Iterator[Block]:
    found = [match for line in lines if (match := _ENTRY.match(line))]
    if ordered and [int(match["number"]) for match in found] != list(range(1, len(found) + 1)):
        yield Paragraph("\n".join(lines))
    else:
        yield Bullets(tuple(match.string[match.end() :] for match in found), ordered=ordered)
