"""Typed text as runs of WordprocessingML, in which nothing that was typed counts as more than text."""

from __future__ import annotations

import re
from html import escape

from kwartier.text import clean

_RIGHT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]")
"""Letters that are written from right to left."""

_STRETCH = re.compile(f"{_RIGHT.pattern}+(?:[ .,:;!?'\"()0-9-]*{_RIGHT.pattern}+)*")
"""A stretch of them, with the blanks and signs between."""

_LETTER = re.compile(r"[^\W\d_]")
_SPLIT = re.compile("([\t\n])")
_MARKS = {"\t": "<w:tab/>", "\n": "<w:br/>"}


def runs(text: str, properties: str = "") -> str:
    """Cleaned text as runs; tabs and ends of lines are kept. `properties` are elements of w:rPr."""
    if not _RIGHT.search(text):
        return _run(text, properties)
    parts, at = [], 0
    for found in _STRETCH.finditer(text):
        parts += [_run(text[at : found.start()], properties), _run(found[0], f"{properties}<w:rtl/>")]
        at = found.end()
    return "".join((*parts, _run(text[at:], properties)))


def _run(text: str, properties: str) -> str:
    if not text:
        return ""
    inner = "".join(
        _MARKS.get(piece) or f'<w:t xml:space="preserve">{escape(piece, quote=False)}</w:t>'
        for piece in _SPLIT.split(text)
        if piece
    )
    return f"<w:r><w:rPr>{properties}</w:rPr>{inner}</w:r>" if properties else f"<w:r>{inner}</w:r>"


def paragraph(
    style: str,
    text: str,
    *,
    keep: bool = False,
    numbering: str = "",
    align: str = "",
    before: str = "",
    after: str = "",
) -> str:
    """A paragraph of cleaned text in a style, by its id. `before` and `after` are ready elements around the runs.

    `keep` keeps it on the page of what follows; a text mainly from right to left is marked so.
    """
    properties = "".join(
        (
            f'<w:pStyle w:val="{style}"/>' if style else "",
            "<w:keepNext/>" if keep else "",
            numbering,
            "<w:bidi/>" if _is_from_right(text) else "",
            f'<w:jc w:val="{align}"/>' if align else "",
        )
    )
    return f"<w:p><w:pPr>{properties}</w:pPr>{before}{runs(text)}{after}</w:p>"


def _is_from_right(text: str) -> bool:
    right = len(_RIGHT.findall(text))
    return right > 0 and right * 2 > len(_LETTER.findall(text))


def paragraphs(text: str) -> list[str]:
    """The cleaned paragraphs of a text: an empty line parts them, other ends of lines are kept."""
    found = re.split(r"\n[ \t]*(?:\n[ \t]*)+", clean(text).strip("\n"))
    return [one for one in found if one.strip()]


def lines(text: str) -> str:
    """A cleaned text as it stands in a cell or list: its ends of lines kept, without empty lines around it."""
    return clean(text).strip("\n")


def flat(text: str) -> str:
    """A cleaned text on one line, for headings and captions."""
    return " ".join(clean(text).split())


def attribute(text: str) -> str:
    """A text within the quotes of an attribute, on one line."""
    return escape(flat(text))
