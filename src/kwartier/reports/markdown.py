"""A document as Markdown (CommonMark with GFM's tables), in which nothing that was typed counts as markup."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

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
from kwartier.text import clean

FORMAT = "md"
EXTENSION = ".md"
TITLE = "Markdown, platte tekst met opmaak"

_RULES = {"left": "---", "center": ":-:", "right": "--:"}

_INLINE = re.compile(
    r"""
      \\ (?= [!-/:-@\[-`{-~] | $ )                          # a backslash that would escape, or break the line
    | [`~\[]                                                # code, strikethrough, links, images, footnotes, tasks
    | \* (?! (?<=\ \*)(?=\ ) )                              # emphasis, unless it stands between spaces ...
    | _ (?! (?<=\ _)(?=\ ) | (?<=[^\W_]_)(?=[^\W_]) )       # ... or is inside a word
    | < (?= [A-Za-z/!?] )                                   # HTML and autolinks
    | & (?= \#[0-9]{1,7}; | \#[xX][0-9a-fA-F]{1,6}; | [A-Za-z][A-Za-z0-9]*; )
    | (?<= [A-Za-z0-9._+-] ) @ (?= [A-Za-z0-9_-] )          # addresses that GFM would link
    | (?i: (?<= http | xmpp ) | (?<= https ) | (?<= ftp ) | (?<= mailto ) ) : (?= \S )
    | (?i: (?<= www ) ) \.
    """,
    re.VERBOSE,
)

_START = re.compile(
    r"""
      (?= [-+] (?: [ \t] | $ ) )                            # a list
    | (?= > )                                               # a quotation
    | (?= \#{1,6} (?: [ \t] | $ ) )                         # a heading
    | (?= =+ [ \t]* $ )                                     # the line under a heading
    | (?= [-:|] [-:| \t]* $ )                               # the line under the header of a table, or a rule
    | [0-9]{1,9} (?= [.)] (?: [ \t] | $ ) )                 # a numbered list
    """,
    re.VERBOSE,
)

_CLOSING = re.compile(r"(^|[ \t])(#+)$")


def write(document: Document) -> str:
    """The document as Markdown. A level of a heading shifts by one: the title of the document is the highest.

    Blanks around a line are dropped, and line breaks in headings and cells become a space and " / ". Some GFM readers
    link an e-mail address however it is escaped; its text stays as it was typed.
    """
    head = [f"# {_heading(document.title)}", _running(f"{document.subject}, {long_date(document.date)}")]
    parts = [*head, *_blocks(document.blocks)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _blocks(blocks: tuple[Block, ...]) -> Iterator[str]:
    above: Bullets | None = None
    other = False
    for block in blocks:
        touching = isinstance(block, Bullets) and above is not None and above.ordered == block.ordered
        other = touching and not other  # another mark, else two lists would become one
        if text := _block(block, other):
            yield text
            above = block if isinstance(block, Bullets) else None


def _block(block: Block, other: bool) -> str:
    match block:
        case Heading():
            text = _heading(block.text)
            return f"{'#' * (block.level + 1)} {text}" if text else ""
        case Paragraph():
            return _running(block.text)
        case Bullets():
            return _bullets(block, other)
        case Table():
            return _table(block)
        case Chart():
            table = in_text(block)
            return f"{_running(block.alt)}\n\n{_table(table)}" if table else ""
        case Callout():
            return _indented(f"**{CALLOUTS[block.kind]}:** {_running(block.text)}", "> ", "> ")


def _bullets(block: Bullets, other: bool) -> str:
    items = []
    for number, item in enumerate(block.items, 1):
        mark = f"{number}{')' if other else '.'} " if block.ordered else "* " if other else "- "
        items.append(_indented(_running(item), mark, " " * len(mark)))
    return "\n".join(items)


def _indented(text: str, first: str, others: str) -> str:
    lines = text.split("\n")
    return "\n".join(f"{others if place else first}{line}".rstrip(" ") for place, line in enumerate(lines))


def _table(table: Table) -> str:
    align = table.align or ("left",) * len(table.header)
    rows = [[_cell(cell) for cell in row] for row in (table.header, *table.rows)]
    rows.insert(1, [_RULES[one] for one in align])
    caption = _heading(table.caption)
    lines = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return f"**{caption}**\n\n{lines}" if caption else lines


def _running(text: str) -> str:
    """Text of one or more paragraphs; a break of a line is a backslash at its end, which every parser reads alike."""
    paragraphs = (list(lines) for filled, lines in groupby(_lines(text), bool) if filled)
    return "\n\n".join("\\\n".join(map(_start, lines)) for lines in paragraphs)


def _start(line: str) -> str:
    escaped = _inline(line)
    found = _START.match(escaped)
    return f"{found[0]}\\{escaped[found.end() :]}" if found else escaped


def _heading(text: str) -> str:
    """Text on one line that is not the start of a block."""
    return _CLOSING.sub(r"\1\\\2", _inline(" ".join(line for line in _lines(text) if line)))


def _cell(text: str) -> str:
    return _inline(" / ".join(line for line in _lines(text) if line)).replace("|", "\\|")


def _lines(text: str) -> list[str]:
    """The cleaned lines without blanks around them, which Markdown would drop or take for code."""
    return [line.strip() for line in clean(text).strip().split("\n")]


def _inline(line: str) -> str:
    return _INLINE.sub(lambda match: "\\" + match[0], line)
