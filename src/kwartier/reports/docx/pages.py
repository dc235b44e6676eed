"""Sections of a document: the page that a template sets up, the same on its side, and what stands on every page."""

from __future__ import annotations

import copy
from typing import Any

from docx.oxml.parser import parse_xml
from lxml import etree

from kwartier.reports.docx.base import NAMES, R, W

_W, _R = f"{{{W}}}", f"{{{R}}}"
_KINDS = ("headerReference", "footerReference")
_ONCE = ("titlePg", "pgNumType")


class Pages:
    """The page of the section that the report stands in."""

    def __init__(self, body: Any, own: Any) -> None:
        self._own = own
        self._turned = False
        _inherit(body, own)
        if own.find(f"{_W}pgSz") is None:
            _insert(own, '<w:pgSz w:w="11906" w:h="16838"/>')
        if own.find(f"{_W}pgMar") is None:
            _insert(
                own,
                '<w:pgMar w:top="1418" w:right="1134" w:bottom="1304" w:left="1134" w:header="624" '
                'w:footer="567" w:gutter="0"/>',
            )
        size, margin = own.find(f"{_W}pgSz"), own.find(f"{_W}pgMar")
        self._page = (number(size, "w", 11906), number(size, "h", 16838))
        self._beside = (
            number(margin, "left", 1134) + number(margin, "right", 1134) + number(margin, "gutter", 0),
            abs(number(margin, "top", 1418)) + abs(number(margin, "bottom", 1304)),
        )

    @property
    def text(self) -> tuple[int, int]:
        """The width and height of the text, in twentieths of a point."""
        return max(self._page[0] - self._beside[0], 2_000), max(self._page[1] - self._beside[1], 2_000)

    @property
    def on_side(self) -> tuple[int, int]:
        """The same of the page on its side; no less wide than upright."""
        long, short = max(self._page), min(self._page)
        return max(long - self._beside[0], 2_000), max(short - self._beside[1], 2_000)

    def turn(self, *, back: bool) -> str:
        """The paragraph that ends what came before, so that pages lie on their side; or stand upright again (back)."""
        made = copy.deepcopy(self._own)
        if self._turned:
            _drop(made, (*_KINDS, *_ONCE, "type"))
        if back:
            self._lay(made)
        self._turned = True
        inner = etree.tostring(made, encoding="unicode")
        spacing = '<w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
        return f"<w:p><w:pPr>{spacing}{inner}</w:pPr></w:p>"

    def close(self, *, on_side: bool) -> None:
        """Settles the section itself, which is the last: what comes after a turned page is no first page any more."""
        if self._turned:
            _drop(self._own, (*_ONCE, "type"))
        if on_side:
            self._lay(self._own)

    def _lay(self, section: Any) -> None:
        size = section.find(f"{_W}pgSz")
        size.set(f"{_W}w", str(max(self._page)))
        size.set(f"{_W}h", str(min(self._page)))
        size.set(f"{_W}orient", "landscape")


def _inherit(body: Any, own: Any) -> None:
    """A section without a header or footer has that of the section before; of that nothing may be left."""
    found: dict[tuple[str, str], Any] = {}
    for section in body.iter(f"{_W}sectPr"):
        for kind in _KINDS:
            for one in section.findall(f"{_W}{kind}"):
                found[kind, str(one.get(f"{_W}type", "default"))] = one.get(f"{_R}id")
        if section is own:
            break
    _drop(own, _KINDS)
    made = [f'<w:{kind} {NAMES} w:type="{of}" r:id="{relation}"/>' for (kind, of), relation in sorted(found.items())]
    for place, text in enumerate(made):
        own.insert(place, parse_xml(text))


def _insert(section: Any, text: str) -> None:
    """Puts the size or margin of a page where it belongs: behind the headers and the type of the section."""
    tag, _, more = text[1:].partition(" ")
    before = [
        one for one in section if etree.QName(one).localname in (*_KINDS, "footnotePr", "endnotePr", "type", "pgSz")
    ]
    section.insert(len(before), parse_xml(f"<{tag} {NAMES} {more}"))


def _drop(section: Any, names: tuple[str, ...]) -> None:
    for name in names:
        for one in section.findall(f"{_W}{name}"):
            section.remove(one)


def number(element: Any, name: str, otherwise: int) -> int:
    """A measure that a template gives, in twentieths of a point; `otherwise` where it makes no sense."""
    text = str(element.get(f"{_W}{name}", ""))
    try:
        return int(float(text)) if 0 < abs(float(text)) < 100_000 else otherwise
    except ValueError:
        return otherwise
