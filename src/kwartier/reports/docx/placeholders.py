"""The marks {{ … }} in a template: found wherever a word processor cut them in pieces, and filled with typed text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from kwartier.reports.docx.base import W
from kwartier.reports.docx.wording import flat

_W = f"{{{W}}}"
_MARK = re.compile(r"\{\{\s*([A-Za-z][A-Za-z _-]{0,40}?)\s*\}\}")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def fill(root: Any, values: Mapping[str, str]) -> set[str]:
    """Fills the marks that have a value, once: a value is never looked at again. Gives the names that were found.

    A paragraph in which nothing is left goes, unless it is the last one of where it stands.
    """
    found: set[str] = set()
    for paragraph in list(root.iter(f"{_W}p")):
        pieces = _pieces(paragraph)
        text = "".join(piece.text or "" for piece in pieces)
        if "{{" not in text:
            continue
        names = {one[1].lower() for one in _MARK.finditer(text)} & values.keys()
        if not names:
            continue
        found |= names
        _replace(pieces, text, lambda name: flat(values[name]) if name in values else None)
        beside = [one for one in paragraph.getparent().iterchildren(f"{_W}p") if one is not paragraph]
        if not _says_anything(paragraph) and beside:
            paragraph.getparent().remove(paragraph)
    return found


def holder(body: Any, name: str) -> Any | None:
    """The paragraph of the body that holds no more than this mark; None where there is none."""
    for paragraph in body.iterchildren(f"{_W}p"):
        text = "".join(piece.text or "" for piece in _pieces(paragraph)).strip()
        match = _MARK.fullmatch(text)
        if match and match[1].lower() == name:
            return paragraph
    return None


def _pieces(paragraph: Any) -> list[Any]:
    """The texts of a paragraph itself, not those of a text box within it."""
    return [one for one in paragraph.iter(f"{_W}t") if next(one.iterancestors(f"{_W}p"), None) is paragraph]


def _replace(pieces: list[Any], text: str, value: Callable[[str], str | None]) -> None:
    for match in reversed(list(_MARK.finditer(text))):
        said = value(match[1].lower())
        if said is None:
            continue
        start, end, at = match.start(), match.end(), 0
        for piece in pieces:
            own = piece.text or ""
            first, last = max(start - at, 0), min(end - at, len(own))
            if first < last:
                piece.text = own[:first] + (said if at + first == start else "") + own[last:]
                piece.set(_SPACE, "preserve")
            at += len(own)


def _says_anything(paragraph: Any) -> bool:
    if any((piece.text or "").strip() for piece in paragraph.iter(f"{_W}t")):
        return True
    shown = ("drawing", "pict", "fldChar", "fldSimple", "sectPr", "br", "ptab")
    return any(next(paragraph.iter(f"{_W}{name}"), None) is not None for name in shown)
