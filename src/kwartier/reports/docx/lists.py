"""Lists with dots and numbers: in the way of the template where its styles bring a list along, else in our own."""

from __future__ import annotations

from typing import Any

from docx.oxml.parser import parse_xml

from kwartier.reports.docx.base import NAMES, W
from kwartier.reports.docx.styles import Styles

_W = f"{{{W}}}"
_LEVEL = (
    '<w:abstractNum {names} w:abstractNumId="{id}"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0">'
    '<w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
    '<w:pPr><w:ind w:left="397" w:hanging="397"/></w:pPr></w:lvl></w:abstractNum>'
)


class Lists:
    """The lists of one document; a numbered list gets one of its own, so that it starts at 1."""

    def __init__(self, element: Any, styles: Styles) -> None:
        self._element = element
        self._bullets = styles.numbering_of("bullet")
        self._numbers = self._abstract_of(styles.numbering_of("number"))

    def dots(self) -> str:
        """What a paragraph of a list with dots needs besides its style."""
        if not self._bullets:
            self._bullets = self._num(self._abstract("bullet", "•"))
        return _chosen(self._bullets)

    def numbers(self) -> str:
        """The same for the paragraphs of one numbered list."""
        if not self._numbers:
            self._numbers = self._abstract("decimal", "%1.")
        restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
        return _chosen(self._num(self._numbers, restart))

    def _abstract_of(self, num: str) -> str:
        for one in self._element.iterchildren(f"{_W}num"):
            if num and one.get(f"{_W}numId") == num:
                found = one.find(f"{_W}abstractNumId")
                return "" if found is None else str(found.get(f"{_W}val"))
        return ""

    def _abstract(self, form: str, text: str) -> str:
        known = list(self._element.iterchildren(f"{_W}abstractNum"))
        made = _next(one.get(f"{_W}abstractNumId") for one in known)
        element = parse_xml(_LEVEL.format(names=NAMES, id=made, form=form, text=text))
        pictures = len(self._element.findall(f"{_W}numPicBullet"))
        self._element.insert(pictures + len(known), element)
        return made

    def _num(self, abstract: str, more: str = "") -> str:
        known = list(self._element.iterchildren(f"{_W}num"))
        made = _next(one.get(f"{_W}numId") for one in known)
        element = parse_xml(f'<w:num {NAMES} w:numId="{made}"><w:abstractNumId w:val="{abstract}"/>{more}</w:num>')
        if known:
            known[-1].addnext(element)
        else:
            self._element.insert(
                len(self._element.findall(f"{_W}numPicBullet")) + len(self._element.findall(f"{_W}abstractNum")),
                element,
            )
        return made


def _chosen(num: str) -> str:
    return f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{num}"/></w:numPr>'


def _next(ids: Any) -> str:
    return str(max((int(one) for one in ids if str(one).isdigit()), default=0) + 1)
