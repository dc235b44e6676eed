"""Puts a Word file together: a template, the styles that it lacks, the blocks, and what every page and file says."""

from __future__ import annotations

import io
from datetime import UTC, datetime, time
from html import escape
from typing import Any

import docx
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml.parser import parse_xml

from kwartier.reports.document import Document, long_date
from kwartier.reports.docx import base, pages, placeholders, settings, template
from kwartier.reports.docx.blocks import Body
from kwartier.reports.docx.lists import Lists
from kwartier.reports.docx.styles import Styles
from kwartier.reports.docx.wording import paragraph
from kwartier.text import clean, one_line

_W = f"{{{base.W}}}"
_REPORT = "verslag"
_MOST = 160
"""How much of a title fits in the header of a page."""


def build(document: Document, given: bytes | None) -> bytes:
    """The document as DOCX, within an organisation's template where one is given."""
    made = docx.Document(io.BytesIO(base.own(close=not document.contents) if given is None else template.safe(given)))
    part = made.part
    styles = Styles(_xml_part(part, "styles").element, document.language, close=not document.contents)
    lists = Lists(_xml_part(part, "numbering").element, styles)
    body = part.element.body
    values = _values(document)
    marker = placeholders.holder(body, _REPORT)
    named = placeholders.fill(body, values)
    own = _section(body, marker)
    page = pages.Pages(body, own)

    def picture(content: bytes) -> str:
        return str(part.get_or_add_image(io.BytesIO(content))[0])

    text = Body(styles, lists, page, picture).written(document, titled="titel" not in named, last=marker is None)
    blocks = parse_xml(f"<w:body {base.NAMES}>{text}</w:body>")
    if marker is None:
        for one in list(body)[:-1]:
            body.remove(one)
        for one in list(blocks):
            own.addprevious(one)
    else:
        for one in list(blocks):
            marker.addprevious(one)
        body.remove(marker)
    _every_page(part, values, styles, own_template=given is None)
    settings.renew(_xml_part(part, "settings").element, document.language)
    _properties(made, document)
    return _saved(made.part.package)


def _values(document: Document) -> dict[str, str]:
    return {
        "titel": one_line(document.title, _MOST),
        "onderwerp": one_line(document.subject, _MOST),
        "datum": long_date(document.date),
        "status": one_line(document.status, _MOST).capitalize(),
        "paginaregel": one_line(document.page_note, 3 * _MOST),
    }


def _xml_part(part: Any, kind: str) -> Any:
    """The styles, numbering or settings of the template; an empty one where it has none."""
    relation = getattr(RELATIONSHIP_TYPE, kind.upper())
    for one in part.rels.values():
        if one.reltype == relation and isinstance(one.target_part, XmlPart):
            return one.target_part
    name = part.package.next_partname(f"/word/{kind}%d.xml")
    content_type = getattr(CONTENT_TYPE, f"WML_{kind.upper()}")
    made = XmlPart(PackURI(name), content_type, parse_xml(f"<w:{kind} {base.NAMES}/>"), part.package)
    part.relate_to(made, relation)
    return made


def _section(body: Any, marker: Any | None) -> Any:
    """The section that the report comes in: of the mark, or else the last one."""
    last = body.get_or_add_sectPr()
    if marker is None:
        return last
    after = marker.xpath("./self::w:p/w:pPr/w:sectPr | ./following-sibling::w:p/w:pPr/w:sectPr")
    return after[0] if after else last


def _every_page(part: Any, values: dict[str, str], styles: Styles, *, own_template: bool) -> None:
    """Fills header and footer; in a template's own footer comes what every page has to say, where it lacks that."""
    kinds = (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER)
    parts = [one.target_part for one in part.rels.values() if one.reltype in kinds]
    named: set[str] = set()
    for one in parts:
        named |= placeholders.fill(one.element, values)
    if own_template:
        return
    missing = [values[name] for name in ("status", "paginaregel") if name not in named and values[name]]
    if not any(one.element.tag == f"{_W}ftr" for one in parts):
        parts.append(_footer(part))
    for one in parts:
        if one.element.tag == f"{_W}ftr":
            _complete(one.element, " · ".join(missing), styles["footer"])


def _complete(footer: Any, text: str, style: str) -> None:
    if text:
        footer.append(_parsed(paragraph(style, clean(text))))
    said = "".join(footer.xpath(".//w:instrText/text() | .//w:fldSimple/@w:instr"))
    if "PAGE" not in said.upper():
        footer.append(_parsed(base.page_number(style)))


def _parsed(text: str) -> Any:
    return parse_xml(f"<w:body {base.NAMES}>{text}</w:body>")[0]


def _footer(part: Any) -> Any:
    """A footer for a template that has none, in each of its sections."""
    name = part.package.next_partname("/word/footer%d.xml")
    made = XmlPart(PackURI(name), CONTENT_TYPE.WML_FOOTER, parse_xml(f"<w:ftr {base.NAMES}/>"), part.package)
    relation = part.relate_to(made, RELATIONSHIP_TYPE.FOOTER)
    for section in part.element.body.iter(f"{_W}sectPr"):
        for kind in ("first", "default"):
            if kind == "default" or section.find(f"{_W}titlePg") is not None:
                text = f'<w:footerReference {base.NAMES} w:type="{kind}" r:id="{relation}"/>'
                section.insert(len(section.findall(f"{_W}headerReference")), parse_xml(text))
        margin = section.find(f"{_W}pgMar")
        if margin is not None:  # a page that had no footer leaves no room for one
            for side, least in (("footer", 567), ("bottom", 1304)):
                margin.set(f"{_W}{side}", str(max(least, pages.number(margin, side, least))))
    return made


def _properties(made: Any, document: Document) -> None:
    """What the file says of itself; nothing of who made it or where."""
    own = made.core_properties
    moment = datetime.combine(document.date, time(), UTC).replace(tzinfo=None)
    own.title, own.subject = one_line(document.title, 240), one_line(document.subject, 240)
    own.author = own.last_modified_by = "kwartier"
    own.created = own.modified = moment
    own.language = document.language
    own.content_status = one_line(document.status, 80)
    own.revision = 1


def _saved(package: Any) -> bytes:
    """The parts as one file, the same bytes for the same parts."""
    parts = sorted(package.iter_parts(), key=lambda one: str(one.partname))
    types = [
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
        '<Default Extension="xml" ContentType="application/xml"/>',
        *(f'<Override PartName="{escape(one.partname)}" ContentType="{escape(one.content_type)}"/>' for one in parts),
    ]
    files = {
        "[Content_Types].xml": (base.DECLARED + f'<Types xmlns="{base.TYPES}">{"".join(types)}</Types>').encode(),
        "_rels/.rels": package.rels.xml,
    }
    for one in parts:
        files[one.partname.membername] = one.blob
        if len(one.rels):
            files[one.partname.rels_uri.membername] = one.rels.xml
    return base.packed({name: bytes(content) for name, content in files.items()})
