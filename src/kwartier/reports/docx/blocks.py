"""The blocks of a document as WordprocessingML: headings with marks to go to, paragraphs, lists, callouts, charts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape
from itertools import count

from kwartier.reports.chart_tables import as_table
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
from kwartier.reports.docx import wording
from kwartier.reports.docx.lists import Lists
from kwartier.reports.docx.pages import Pages
from kwartier.reports.docx.pictures import drawing, png
from kwartier.reports.docx.styles import Styles
from kwartier.reports.docx.tables import is_wide, table
from kwartier.reports.svg import split

_FIRST = 100_000
"""The first number of a mark or picture; a template has its own numbers below it."""
_DEEPEST = 2
"""How deep the table of contents goes ..."""
_MOST = 36
"""... as long as it has no more lines than this; else only the highest level stands in it."""
_BOXES = ("☐", "☒")
"""Items that begin with a box to tick need no dot before it."""
_TO_WRITE = re.compile(r"[.…]{12,}")
"""A line to write on, by hand: such lines stand further apart."""
_FEW = 12
"""So many boxes stay on one page."""
_LITTLE, _SHORT = 5, 90
"""A list of so many items of less than so many characters stays on one page."""
_GAP = '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="160" w:lineRule="exact"/></w:pPr></w:p>'
"""Behind a table: two would become one, and none may end a document."""


class Body:
    """Writes blocks for one document; `picture` puts a PNG in the file and gives the name to refer to it."""

    def __init__(self, styles: Styles, lists: Lists, pages: Pages, picture: Callable[[bytes], str]) -> None:
        self._styles, self._lists, self._pages, self._picture = styles, lists, pages, picture
        self._numbers = count(_FIRST)

    def written(self, document: Document, *, titled: bool, last: bool) -> str:
        """The whole body; with its title and subject, unless the template says these itself.

        `last` says that nothing of the template comes after it.
        """
        marks = [f"_Toc{_FIRST + place}" for place in range(len(document.blocks))]
        parts = list(self._title(document)) if titled else []
        if document.contents:
            parts += self._contents(document.blocks, marks)
        wide = _on_side(document.blocks, self._pages.text[0])
        turned = False
        for place, block in enumerate(document.blocks):
            if wide[place] != turned:
                parts.append(self._pages.turn(back=turned))
                turned = not turned
            below = document.blocks[place + 1] if place + 1 < len(document.blocks) else None
            parts.append(self._block(block, marks[place], turned, below))
        if turned and not last:
            parts.append(self._pages.turn(back=True))
        self._pages.close(on_side=turned and last)
        return "".join(parts)

    def _title(self, document: Document) -> Iterator[str]:
        if title := wording.flat(document.title):
            yield wording.paragraph(self._styles["title"], title)
        yield wording.paragraph(
            self._styles["subtitle"], wording.flat(f"{document.subject}, {long_date(document.date)}")
        )

    def _contents(self, blocks: tuple[Block, ...], marks: list[str]) -> Iterator[str]:
        """A table of contents with its entries; a word processor fills in the pages when it renews them."""
        found = [
            (block.level, text, mark)
            for block, mark in zip(blocks, marks, strict=True)
            if isinstance(block, Heading) and block.level <= _DEEPEST and (text := wording.flat(block.text))
        ]
        deepest = _DEEPEST
        if len(found) > _MOST:
            deepest, found = 1, [one for one in found if one[0] == 1]
        if len(found) < 3:
            return
        yield wording.paragraph(self._styles["contents"], "Inhoud", keep=True)
        begin = _mark("begin") + _instruction(f'TOC \\o "1-{deepest}" \\h \\z \\u') + _mark("separate")
        tabs = f'<w:tabs><w:tab w:val="right" w:pos="{self._pages.text[0]}"/></w:tabs>'
        for place, (level, text, mark) in enumerate(found):
            page = "<w:r><w:tab/></w:r>" + _field(f"PAGEREF {mark} \\h", "")
            style = f'<w:pStyle w:val="{self._styles[f"toc{level}"]}"/>'
            yield (
                f"<w:p><w:pPr>{style}{tabs}</w:pPr>{begin if place == 0 else ''}"
                f'<w:hyperlink w:anchor="{mark}" w:history="1">{wording.runs(text)}{page}</w:hyperlink>'
                f"{_mark('end') if place == len(found) - 1 else ''}</w:p>"
            )

    def _block(self, block: Block, mark: str, turned: bool, below: Block | None) -> str:
        match block:
            case Heading():
                return self._heading(block, mark)
            case Paragraph():
                return self._paragraphs(block, below)
            case Bullets():
                return self._list(block, below)
            case Table():
                return table(block, self._styles, self._width(turned)) + _GAP
            case Callout():
                return self._callout(block)
            case Chart():
                return self._chart(block, turned)

    def _width(self, turned: bool) -> int:
        return (self._pages.on_side if turned else self._pages.text)[0]

    def _heading(self, block: Heading, mark: str) -> str:
        text = wording.flat(block.text)
        if not text:
            return ""
        number = next(self._numbers)
        return wording.paragraph(
            self._styles[f"heading{block.level}"],
            text,
            keep=True,
            before=f'<w:bookmarkStart w:id="{number}" w:name="{mark}"/>',
            after=f'<w:bookmarkEnd w:id="{number}"/>',
        )

    def _paragraphs(self, block: Paragraph, below: Block | None) -> str:
        leads = block.text.rstrip().endswith(":") and isinstance(below, Bullets | Table)
        return "".join(
            wording.paragraph(self._styles["room" if _TO_WRITE.search(one) else "body"], one, keep=leads)
            for one in wording.paragraphs(block.text)
        )

    def _list(self, block: Bullets, below: Block | None) -> str:
        texts = [wording.lines(one) for one in block.items]
        if texts and not block.ordered and all(one.startswith(_BOXES) for one in texts):
            last = len(texts) - (not isinstance(below, Paragraph))  # what is asked with it stays with it
            made = (
                wording.paragraph(self._styles["boxes"], one, keep=len(texts) <= _FEW and place < last)
                for place, one in enumerate(texts)
            )
            return "".join(made)
        style = self._styles["number" if block.ordered else "bullet"]
        numbering = self._lists.numbers() if block.ordered else self._lists.dots()
        last = len(texts) - 1
        whole = last < _LITTLE and all(len(one) < _SHORT for one in texts)
        return "".join(
            wording.paragraph(style, one, numbering=numbering, keep=whole and place < last)
            for place, one in enumerate(texts)
        )

    def _callout(self, block: Callout) -> str:
        label = f'<w:r><w:rPr><w:b/><w:bCs/></w:rPr><w:t xml:space="preserve">{CALLOUTS[block.kind]}: </w:t></w:r>'
        texts = wording.paragraphs(block.text) or [""]
        return "".join(
            wording.paragraph(self._styles[block.kind], text, before="" if place else label)
            for place, text in enumerate(texts)
        )

    def _chart(self, block: Chart, turned: bool) -> str:
        return "".join(self._piece(one, turned) for one in split(block))

    def _piece(self, block: Chart, turned: bool) -> str:
        made = png(block)
        if made is None:
            return table(as_table(block), self._styles, self._width(turned)) + _GAP
        caption = wording.flat(block.caption)
        above = wording.paragraph(self._styles["caption"], caption, keep=True) if caption else ""
        width, height = self._pages.on_side if turned else self._pages.text
        run = drawing(block, made, self._picture(made), next(self._numbers), (width, height - 1_800))
        return f'{above}<w:p><w:pPr><w:pStyle w:val="{self._styles["figure"]}"/></w:pPr>{run}</w:p>'


def _on_side(blocks: tuple[Block, ...], width: int) -> list[bool]:
    """Which blocks stand on a page on its side: the tables that need it, with the headings above them."""
    found = [isinstance(block, Table) and is_wide(block, width) for block in blocks]
    for place in range(len(blocks) - 2, -1, -1):
        found[place] = found[place] or (found[place + 1] and isinstance(blocks[place], Heading))
    return found


def _mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def _instruction(text: str) -> str:
    return f'<w:r><w:instrText xml:space="preserve"> {escape(text, quote=False)} </w:instrText></w:r>'


def _field(instruction: str, shown: str) -> str:
    """A field of ours; what was typed never is one."""
    return f"{_mark('begin')}{_instruction(instruction)}{_mark('separate')}{wording.runs(shown)}{_mark('end')}"
