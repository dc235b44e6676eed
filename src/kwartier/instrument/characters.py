"""Which characters and numbers may stand in a file of an instrument, wherever they stand. No rules about meaning."""

from __future__ import annotations

import re
from typing import Any

from .mistakes import Flaw
from .places import Path

LARGEST = 2**53 - 1
"""The largest whole number that every reader of JSON keeps exactly."""

MANY_LINES = frozenset(
    {"statement", "anchors", "text", "note", "own", "guidance", "summary", "rights"}
    | {"purpose", "limits", "method", "wording", "scores", "agreement", "before_after", "actions"}
)
"""Keys whose text may have several lines; every other text is one line."""

_DEPTH = 16
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufff9-\ufffb]")
_LINES = re.compile("[\t\n]")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u206f]")
_CLEAN = "tekst zonder stuurtekens"


def character_flaws(tree: object) -> list[Flaw]:
    """Texts with control characters, changes of writing direction or lines where one is expected; absurd numbers."""
    flaws: list[Flaw] = []
    waiting: list[tuple[Path, Any]] = [((), tree)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, str):
            flaws += _text_flaws(path, value)
        elif isinstance(value, int) and abs(value) > LARGEST:
            flaws.append(Flaw(path, "een heel groot getal", f"een getal van hoogstens {LARGEST}"))
        elif len(path) < _DEPTH and isinstance(value, dict):
            waiting += [((*path, key), each) for key, each in value.items()]
        elif len(path) < _DEPTH and isinstance(value, list | tuple):
            waiting += [((*path, index), each) for index, each in enumerate(value)]
    return flaws


def _text_flaws(path: Path, text: str) -> list[Flaw]:
    if match := _CONTROL.search(text):
        return [Flaw(path, f"het stuurteken U+{ord(match[0]):04X}", _CLEAN)]
    if match := _BIDI.search(text):
        found = f"het teken U+{ord(match[0]):04X}, dat de schrijfrichting omkeert"
        return [Flaw(path, found, _CLEAN)]
    key = next((part for part in reversed(path) if isinstance(part, str)), "")
    if key not in MANY_LINES and _LINES.search(text):
        return [Flaw(path, "een tekst met meer regels of een tab", "een tekst van een regel")]
    return []
