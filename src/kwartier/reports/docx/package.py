"""A template as the parts of its file: unpacked within bounds, refused where it is no Word document or has macros."""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from typing import Any

from lxml import etree

from kwartier.errors import Misused
from kwartier.reports.docx.base import TYPES

MOST_BYTES = 20_000_000
MOST_UNPACKED = 80_000_000
MOST_PARTS = 800

_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.{}.main+xml"
_ALLOWED = (_MAIN.format("document"), _MAIN.format("template"))
_OLD = b"\xd0\xcf\x11\xe0"
SAVE_AS = "Open het in Word of LibreOffice en bewaar het als Word-document (.docx)."


def refused(message: str, advice: str) -> Misused:
    """Why a template cannot be used."""
    return Misused("template-refused", f"Dit sjabloon kan niet gebruikt worden: {message}", advice=advice)


def unpacked(data: bytes) -> dict[str, bytes]:
    """The parts of a template by name, the main part as an ordinary document. Raises `Misused`."""
    if len(data) > MOST_BYTES:
        raise refused(
            f"het is groter dan {MOST_BYTES // 1_000_000} MB.",
            "Maak de afbeeldingen erin kleiner en bewaar het opnieuw.",
        )
    if data.startswith(_OLD):
        raise refused("het is een oud Word-bestand (.doc), of er zit een wachtwoord op.", SAVE_AS)
    try:
        parts = _read(data)
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, RuntimeError) as error:
        raise refused("het is geen Word-document, of het is beschadigd.", SAVE_AS) from error
    _check_types(parts)
    return parts


def _read(data: bytes) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    left = MOST_UNPACKED
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        infos = [one for one in file.infolist() if not one.is_dir()]
        if len(infos) > MOST_PARTS:
            raise refused("het bestaat uit veel te veel delen.", SAVE_AS)
        for info in infos:
            with file.open(info) as part:
                content = part.read(left + 1)
            left -= len(content)
            if left < 0:
                raise refused(
                    "het is uitgepakt veel te groot.", "Maak de afbeeldingen erin kleiner en bewaar het opnieuw."
                )
            if info.filename in parts:
                raise zipfile.BadZipFile(info.filename)
            parts[info.filename] = content
    return parts


def _check_types(parts: dict[str, bytes]) -> None:
    """Only a document or template without macros. A template becomes an ordinary document."""
    if "[Content_Types].xml" not in parts:
        raise refused("het is geen Word-document.", SAVE_AS)
    types = parse(parts["[Content_Types].xml"])
    kinds = [str(one.get("ContentType", "")) for one in types]
    if any("macroEnabled" in one or "vbaProject" in one for one in kinds):
        raise refused(
            "er zitten macro's in.",
            "Bewaar het in Word als 'Word-document (.docx)', zonder macro's, en kies dat bestand.",
        )
    main = [one for one in types if str(one.get("ContentType", "")) in _ALLOWED]
    if len(main) != 1:
        raise refused("het is geen Word-document.", SAVE_AS)
    main[0].set("ContentType", _ALLOWED[0])
    parts["[Content_Types].xml"] = unparsed(types)


def parse(content: bytes) -> Any:
    """The root of an XML part, that may not define or fetch anything. Raises `Misused` where it cannot be read."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise refused("een deel ervan is niet te lezen.", SAVE_AS) from error
    if root.getroottree().docinfo.doctype:
        raise refused("een deel ervan is geen gewone Word-tekst.", SAVE_AS)
    return root


def unparsed(root: Any) -> bytes:
    """The bytes of an XML part."""
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def type_of(types: Any, name: str) -> str:
    """The content type of a part, by its own name or else by its extension; empty where none is given."""
    extension = name.rpartition(".")[2].lower()
    by_extension = ""
    for one in types:
        if one.tag == f"{{{TYPES}}}Override" and str(one.get("PartName", "")).lower() == f"/{name}".lower():
            return str(one.get("ContentType", ""))
        if one.tag == f"{{{TYPES}}}Default" and str(one.get("Extension", "")).lower() == extension:
            by_extension = str(one.get("ContentType", ""))
    return by_extension


def rels_of(name: str) -> str:
    """The name of the part with the relationships of a part."""
    folder, _, own = name.rpartition("/")
    return f"{folder}/_rels/{own}.rels".lstrip("/")


def target_of(name: str, target: str) -> str:
    """The part that a relationship of a part leads to."""
    if target.startswith("/"):
        return posixpath.normpath(target).lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), target))
