"""The text of a template's parts tamed: links become plain text, and a field that fetches or runs is refused."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from kwartier.reports.docx.base import R, W
from kwartier.reports.docx.package import refused

_W, _R = f"{{{W}}}", f"{{{R}}}"

_FIELDS = frozenset(
    (
        *(
            "PAGE",
            "NUMPAGES",
            "SECTION",
            "SECTIONPAGES",
            "PAGEREF",
            "REF",
            "NOTEREF",
            "SEQ",
            "STYLEREF",
            "TOC",
            "QUOTE",
        ),
        *(
            "DATE",
            "TIME",
            "CREATEDATE",
            "SAVEDATE",
            "PRINTDATE",
            "TITLE",
            "SUBJECT",
            "AUTHOR",
            "DOCPROPERTY",
            "KEYWORDS",
        ),
        *("COMMENTS", "EQ", "=", "IF", "SYMBOL", "ADVANCE", "TC", "XE", "LISTNUM", "AUTONUM"),
    )
)
"""The fields that may stay: they only tell of the document itself."""

_RUNNING = ("altChunk", "subDoc", "object", "control", "movie", "frameset", "contentPart")
_DROPPED = ("dataBinding", "commentRangeStart", "commentRangeEnd", "commentReference", "permStart", "permEnd")
_ELSEWHERE = re.compile(r"^\s*(?:[A-Za-z][A-Za-z0-9+.-]+:|//|\\\\)")


def tame(root: Any) -> None:
    """Changes a part so that nothing in it links or fetches. Raises `Misused` where that cannot be done."""
    for name in _DROPPED:
        for one in list(root.iter(f"{_W}{name}")):
            one.getparent().remove(one)
    for name in _RUNNING:
        if next(root.iter(f"{_W}{name}"), None) is not None:
            raise refused(
                "er zit een object of bestand in dat niet mee kan.",
                "Vervang het in het sjabloon door tekst of een afbeelding, en bewaar het opnieuw.",
            )
    _unlink(root)
    _check_fields(root)
    for element in root.iter(etree.Element):
        for key, value in element.attrib.items():
            if etree.QName(key).localname in ("href", "althref", "src") and _ELSEWHERE.match(str(value)):
                raise refused(
                    "een afbeelding of vorm verwijst naar iets buiten het bestand.",
                    "Voeg de afbeelding in het sjabloon zelf in, zonder koppeling, en bewaar het opnieuw.",
                )


def _unlink(root: Any) -> None:
    for one in list(root.iter(f"{_W}hyperlink")):
        parent, place = one.getparent(), one.getparent().index(one)
        for child in reversed(list(one)):
            parent.insert(place, child)
        parent.remove(one)
    for one in [
        one for one in root.iter(etree.Element) if etree.QName(one).localname in ("hlinkClick", "hlinkHover", "svgBlip")
    ]:
        one.getparent().remove(one)
    for element in root.iter(etree.Element):
        if not str(element.tag).startswith(_W):
            for key in [key for key in element.attrib if etree.QName(key).localname in ("href", "althref")]:
                if not str(key).startswith(_R):
                    del element.attrib[key]


def _check_fields(root: Any) -> None:
    for one in list(root.iter(f"{_W}fldSimple")):
        _check_field(str(one.get(f"{_W}instr", "")), [one])
    opened: list[tuple[list[Any], list[str]]] = []
    for one in list(root.iter(f"{_W}fldChar", f"{_W}instrText", f"{_W}delInstrText")):
        kind = one.get(f"{_W}fldCharType") if one.tag == f"{_W}fldChar" else None
        if kind == "begin":
            opened.append(([], []))
        if not opened:
            if kind is None:
                raise _unfit(str(one.text))
            continue
        marks, said = opened[-1]
        marks.append(one)
        if kind is None:
            said.append(one.text or "")
        if kind == "end":
            opened.pop()
            _check_field("".join(said), marks)
    for marks, said in opened:
        _check_field("".join(said), marks)


def _check_field(instruction: str, marks: list[Any]) -> None:
    """A field that is known stays; a link keeps only what it shows; all others are refused."""
    name = (instruction.split() or [""])[0].upper()
    if name in ("HYPERLINK", ""):
        for one in marks:
            if one.tag == f"{_W}fldSimple":
                parent, place = one.getparent(), one.getparent().index(one)
                for child in reversed(list(one)):
                    parent.insert(place, child)
            one.getparent().remove(one)
    elif name not in _FIELDS and not name.startswith("="):
        raise _unfit(name)


def _unfit(name: str) -> Exception:
    return refused(
        f"het veld '{name.strip()[:40]}' kan niet mee.",
        "Vervang het veld in Word door gewone tekst (Ctrl+Shift+F9), en bewaar het opnieuw.",
    )
