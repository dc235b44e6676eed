"""An organisation's own template made safe: its styles, page, header and footer; nothing that fetches or runs."""

from __future__ import annotations

import zipfile
from html import escape
from typing import Any

from kwartier.reports.docx import placeholders
from kwartier.reports.docx.base import RELS, TYPES, R, W, packed
from kwartier.reports.docx.package import (
    SAVE_AS,
    parse,
    refused,
    rels_of,
    target_of,
    type_of,
    unpacked,
    unparsed,
)
from kwartier.reports.docx.template_text import tame

_W = f"{{{W}}}"
_OFFICE = f"{R}/officeDocument"
_UNKNOWN = "application/octet-stream"

_KEPT = frozenset(
    (
        "styles",
        "numbering",
        "settings",
        "theme",
        "fontTable",
        "font",
        "header",
        "footer",
        "image",
        "footnotes",
        "endnotes",
    )
)
"""The relationships whose parts are kept. The rest is dropped where nothing shows it."""

_BINARY = {"image": "image/", "font": "font"}
"""Parts that are no text, and what their content type has to hold: all else is read as text, and looked through."""

_FETCHES = {
    "attachedTemplate": (
        "het is gekoppeld aan een ander sjabloon.",
        "Haal in Word de koppeling weg (Ontwikkelaars, Documentsjabloon: kies Normal), en bewaar het opnieuw.",
    ),
    "image": (
        "een afbeelding staat niet in het bestand zelf, maar ergens anders.",
        "Voeg de afbeelding in het sjabloon zelf in, zonder koppeling, en bewaar het opnieuw.",
    ),
}
_ELSEWHERE = (
    "het verwijst naar iets buiten het bestand.",
    "Verwijder gekoppelde objecten en bestanden uit het sjabloon, en bewaar het opnieuw.",
)
_EMBEDDED = (
    "er zit een ingesloten object in dat niet mee kan.",
    "Vervang grafieken, werkbladen en andere objecten in het sjabloon door een afbeelding, en bewaar het opnieuw.",
)


def safe(data: bytes) -> bytes:
    """The template as a plain document that a writer can open. Raises `Misused` with what is wrong and what to do."""
    parts = unpacked(data)
    types = parse(parts["[Content_Types].xml"])
    main = _main(parts)
    for name in parts:
        if name.endswith(".rels"):
            _refuse_elsewhere(parse(parts[name]))
    kept: dict[str, bytes] = {}
    waiting = [(main, "document")]
    while waiting:
        name, kind = waiting.pop()
        if name in kept:
            continue
        if kind in _BINARY:
            kept[name] = _binary(parts, name, type_of(types, name), _BINARY[kind])
            continue
        kept[name], linked = _part(parts, name, name == main)
        if linked is not None:
            kept[rels_of(name)] = unparsed(linked)
            waiting += [(target_of(name, str(one.get("Target", ""))), _kind(one)) for one in linked]
    return _together(kept, types, main)


def _main(parts: dict[str, bytes]) -> str:
    for one in parse(parts.get("_rels/.rels", b"<none/>")):
        if one.get("Type") == _OFFICE:
            name = target_of("", str(one.get("Target", "")))
            if name in parts:
                return name
    raise refused("het is geen gewoon Word-document.", SAVE_AS)


def _refuse_elsewhere(rels: Any) -> None:
    for one in rels:
        kind = _kind(one)
        if str(one.get("TargetMode", "internal")).lower() != "internal" and kind != "hyperlink":
            raise refused(*_FETCHES.get(kind, _ELSEWHERE))


def _kind(relation: Any) -> str:
    return str(relation.get("Type", "")).rpartition("/")[2]


def _binary(parts: dict[str, bytes], name: str, content_type: str, wanted: str) -> bytes:
    if name not in parts:
        raise refused("een deel ervan ontbreekt.", SAVE_AS)
    if wanted not in content_type or "xml" in content_type:
        raise refused(*_EMBEDDED)
    return parts[name]


def _part(parts: dict[str, bytes], name: str, main: bool) -> tuple[bytes, Any | None]:
    """A part of text, tamed, with the relationships that are kept of it."""
    content = parts.get(name)
    if content is None:
        raise refused("een deel ervan ontbreekt.", SAVE_AS)
    root = parse(content)
    if main:
        _empty(root)
    tame(root)
    linked = parse(parts[rels_of(name)]) if rels_of(name) in parts else None
    if linked is not None:
        used = {str(value) for one in root.iter() for key, value in one.attrib.items() if key.startswith(f"{{{R}}}")}
        for one in list(linked):
            svg = str(one.get("Target", "")).lower().endswith(".svg")
            if _kind(one) in _KEPT and not svg and str(one.get("TargetMode", "internal")).lower() == "internal":
                continue
            if one.get("Id") in used:
                raise refused(*_EMBEDDED)
            linked.remove(one)
    return unparsed(root), linked


def _empty(root: Any) -> None:
    """Drops the text of the template, unless it says itself where the report comes. Its sections' pages are kept."""
    body = root.find(f"{_W}body")
    if body is None:
        raise refused("het is geen gewoon Word-document.", SAVE_AS)
    if placeholders.holder(body, "verslag") is not None:
        return
    for one in list(body):
        sections = list(one.iter(f"{_W}sectPr"))
        if one.tag == f"{_W}sectPr":
            continue
        if one.tag == f"{_W}p" and sections:  # the header that a later section has from it is not lost yet
            for child in list(one):
                if child.tag != f"{_W}pPr":
                    one.remove(child)
            continue
        body.remove(one)


def _together(kept: dict[str, bytes], types: Any, main: str) -> bytes:
    names = [name for name in kept if not name.endswith(".rels")]
    overrides = "".join(
        f'<Override PartName="/{escape(name)}" ContentType="{escape(type_of(types, name) or _UNKNOWN)}"/>'
        for name in names
    )
    default = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    first = f'<Relationship Id="rId1" Type="{_OFFICE}" Target="{escape(main)}"/>'
    files = {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}">{default}{overrides}</Types>'.encode(),
        "_rels/.rels": f'<Relationships xmlns="{RELS}">{first}</Relationships>'.encode(),
        **kept,
    }
    return packed(files, zipfile.ZIP_STORED)
