"""A table as WordprocessingML: how wide its columns are, and whether its page has to lie on its side."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from kwartier.reports.document import Table
from kwartier.reports.docx import wording
from kwartier.reports.docx.styles import Styles

MARGIN = 85
"""On either side of the text in a cell, in twentieths of a point, as are all widths here."""
LONGEST = 24
"""A word of more letters may be broken; it asks no more room than so many."""
TOGETHER = 8
"""A table of no more rows than this stays on one page; of a longer one the first and last two rows stay together."""
LONG_CELL = 900
"""A row with a text of more characters than this may run on over the page."""

_SHORT = 2_000
"""A column that needs no more than this, such as one of dates or names, is not to be broken over lines."""
_HEAD = 14
"""A header of no more characters stands on one line."""
_MANY, _ROOMY = 6, 2_600
"""A table of so many columns is set smaller where a column of texts would get less room than this."""
_TO_WRITE = re.compile(r"[.…_·\s]{8,}")
"""A cell that only holds a line to write on."""

_OTHER_FONT = 1.14
"""Another computer may have a wider font in the place of ours: words have so much room to spare."""

_NARROW = frozenset("ijlftrI.,:;!|'()[] -/")
_WIDE = frozenset("mwMWABCDEFGHKNOPQRSTUVXYZ@%&")

Type = Literal["normal", "small"]
_EM: dict[Type, int] = {"normal": 180, "small": 150}
"""The size of the type: 9 and 7.5 points."""


class Fit(NamedTuple):
    """How a table fits on a page of some width."""

    widths: tuple[int, ...]
    type: Type
    breaks: bool
    "Whether words have to be broken that one would rather keep whole."


def fit(table: Table, available: int) -> Fit:
    """The columns over the available width: what is short gets what it needs, long texts share the rest."""
    found = Fit((), "small", True)
    for size in _EM:
        least, most, whole = _needs(table, _EM[size])
        if sum(whole) <= available:
            return Fit(_stretched(whole, available), size, False)
        if sum(least) > available:
            found = Fit(tuple(available * one // sum(least) for one in least), "small", True)
            continue
        found = Fit(_shared(least, most, available), size, False)
        squeezed = [width for width, wish in zip(found.widths, most, strict=True) if width < wish]
        if len(most) < _MANY or min(squeezed, default=available) >= _ROOMY:
            break
    return found


def is_wide(table: Table, portrait: int) -> bool:
    """Whether the table has to stand on a page on its side: upright its words would break."""
    return fit(table, portrait).breaks


def _needs(table: Table, em: int) -> tuple[list[int], list[int], list[int]]:
    """Of each column the width of its longest word, of its longest line, and that with its header on one line.

    Of the longest line a header is no part where it has blanks: it may stand on two lines.
    """
    least, most, whole = [], [], []
    for head, *cells in zip(table.header, *table.rows, strict=True):
        word = max((_width(one[:LONGEST], em) for text in cells for one in text.split()), default=0)
        line = max((_width(one[:400], em) for text in cells for one in text.split("\n")), default=0)
        word = max([word, *(_width(one[:LONGEST], em) * 1.08 for one in head.split())]) * _OTHER_FONT
        title = _width(head, em) * 1.08
        line = max(line, word, title * 0.6 if len(head) > _HEAD else title)
        least.append(int(word) + 2 * MARGIN + 20)
        most.append(int(line * 1.03) + 2 * MARGIN + 40)
        whole.append(max(most[-1], int(title * 1.03) + 2 * MARGIN + 40))
    return least, most, whole


def _width(text: str, em: int) -> float:
    """About how wide a text is set: narrow, ordinary and wide letters, and signs."""
    if not text.isascii():
        signs = sum(char > "\u2030" or char == "…" for char in text)
        return em * 0.6 * signs + _width(text.encode("ascii", "replace").decode(), em)
    narrow = sum(char in _NARROW for char in text)
    wide = sum(char in _WIDE for char in text)
    return em * (0.3 * narrow + 0.76 * wide + 0.57 * (len(text) - narrow - wide))


def _stretched(widths: list[int], available: int) -> tuple[int, ...]:
    """Over the whole width, unless that would tear a small table apart."""
    total = sum(widths)
    spare = available - total if total > available * 0.55 else 0
    return tuple(one + spare * one // total for one in widths)


def _shared(least: list[int], most: list[int], available: int) -> tuple[int, ...]:
    if sum(most) <= available:
        return _stretched(most, available)
    widths = dict(enumerate(least))
    open_columns = sorted(widths, key=lambda column: most[column])
    left = available
    while open_columns:  # what is short gets all it needs; the long texts share, the longest most, though not by far
        column = open_columns[0]
        weights = {one: max(most[one], 1) ** 0.5 for one in open_columns}
        share = left / len(open_columns) if most[column] <= _SHORT else left * weights[column] / sum(weights.values())
        rest = sum(least[one] for one in open_columns[1:])
        widths[column] = max(least[column], min(most[column], int(share), left - rest))
        left -= widths[column]
        open_columns = open_columns[1:]
    return tuple(widths.values())


def table(block: Table, styles: Styles, available: int) -> str:
    """The caption and the table; its header repeats on each page, and its rows stay whole as far as they can."""
    fitted = fit(block, available)
    caption = wording.flat(block.caption)
    above = wording.paragraph(styles["caption"], caption, keep=True) if caption else ""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in fitted.widths)
    described = f'<w:tblCaption w:val="{wording.attribute(block.caption)}"/>' if caption else ""
    small = fitted.type == "small"
    head, cell = styles["small_head" if small else "head"], styles["small_cell" if small else "cell"]
    together = len(block.rows) <= TOGETHER
    rows = [_row(block, block.header, fitted.widths, head, True, True)]
    last = len(block.rows) - 1
    for place, cells in enumerate(block.rows):
        keep = place < last and (together or place == 0 or place == last - 1)
        rows.append(_row(block, cells, fitted.widths, cell, False, keep))
    return (
        f'{above}<w:tbl><w:tblPr><w:tblStyle w:val="{styles.table}"/><w:tblW w:w="{sum(fitted.widths)}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" '
        f'w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>{described}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"{''.join(rows)}</w:tbl>"
    )


def _row(block: Table, cells: tuple[str, ...], widths: tuple[int, ...], style: str, head: bool, keep: bool) -> str:
    aligned = block.align or ("left",) * len(cells)
    whole = all(len(one) <= LONG_CELL for one in cells)
    written = any(_TO_WRITE.fullmatch(one) for one in cells)
    properties = "".join(
        (
            "<w:cantSplit/>" if whole else "",
            '<w:trHeight w:val="520" w:hRule="atLeast"/>' if written else "",
            "<w:tblHeader/>" if head else "",
        )
    )
    below = '<w:vAlign w:val="bottom"/>' if written else ""
    made = [
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{below}</w:tcPr>'
        + wording.paragraph(
            style, wording.lines(text), keep=keep and whole and not head, align="" if align == "left" else align
        )
        + "</w:tc>"
        for text, width, align in zip(cells, widths, aligned, strict=True)
    ]
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{''.join(made)}</w:tr>"
