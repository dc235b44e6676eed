"""The settings of a Word file: ours, with what a template says of its looks; nothing that asks, fetches or merges."""

from __future__ import annotations

from typing import Any

from docx.oxml.parser import parse_xml

from kwartier.reports.docx.base import NAMES, W

_W = f"{{{W}}}"

_ORDER = (
    *("mirrorMargins", "bordersDoNotSurroundHeader", "bordersDoNotSurroundFooter", "gutterAtTop"),
    *("defaultTabStop", "autoHyphenation", "consecutiveHyphenLimit", "hyphenationZone", "evenAndOddHeaders"),
    *("characterSpacingControl", "compat", "themeFontLang", "clrSchemeMapping", "decimalSymbol", "listSeparator"),
)
"""What is kept of a template, in the order that the format asks for."""

_COMPAT = (
    '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
    'w:val="15"/></w:compat>'
)


def renew(element: Any, language: str) -> None:
    """Brings the settings back to what is kept, and sets the language."""
    kept = {one: element.find(f"{_W}{one}") for one in _ORDER}
    for child in list(element):
        element.remove(child)
    ours = {
        "defaultTabStop": '<w:defaultTabStop w:val="709"/>',
        "autoHyphenation": "<w:autoHyphenation/>",
        "compat": _COMPAT,
        "themeFontLang": "<w:themeFontLang/>",
        "decimalSymbol": '<w:decimalSymbol w:val=","/>',
        "listSeparator": '<w:listSeparator w:val=";"/>',
    }
    for name in _ORDER:
        found = kept[name]
        if found is None and name in ours:
            found = parse_xml(f"<w:body {NAMES}>{ours[name]}</w:body>")[0]
        if found is not None:
            element.append(found)
    element.find(f"{_W}themeFontLang").set(f"{_W}val", language)
