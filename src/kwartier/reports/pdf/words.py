"""How wide words are, and where one that is too long may be broken: marks that `report.typ` turns into nothing."""

from __future__ import annotations

import re
import unicodedata

MARK = "\u200b"
"""A place to break. One that was typed means the same."""

LONGEST = 34
"""Letters of a word that a line of text always has room for; no Dutch word in use is longer."""

_PIECE = re.compile(r".{1,4}(?![\u0300-\u036f\u200d\ufe0f])", re.DOTALL)
_LETTERS = re.compile(r"[^\W\d_]+")
_SYLLABLE = 6.0
"""Ems that a part of a word may need that is not hyphenated further."""

_WIDTHS = {
    **dict.fromkeys("ijlI !,.:;'`", 0.31),
    **dict.fromkeys('tfr|()/[]\\1-_{}"', 0.42),
    **dict.fromkeys("CDGHNOQUw", 0.77),
    **dict.fromkeys("mMW@%—…", 0.97),
}


def ems(text: str) -> float:
    """About how wide a text is in Inter, in ems: rather too much than too little."""
    return sum(map(_width, text))


def breakable(text: str) -> str:
    """The text with places to break in each word that no line has room for."""
    if len(text) <= LONGEST:
        return text
    return re.sub(rf"\S{{{LONGEST + 1},}}", lambda word: _parted(word[0]), text)


def broken(word: str, room: float) -> str:
    """A word with places to break where it is wider than so many ems, unless hyphens do."""
    if ems(word) <= room:
        return word
    hyphenated = room >= _SYLLABLE and _LETTERS.fullmatch(word.strip(".,:;()'’\"!?")) and len(word) <= LONGEST
    return word if hyphenated else _parted(word)


def _parted(word: str) -> str:
    return MARK.join(_PIECE.findall(word))


def _width(char: str) -> float:
    known = _WIDTHS.get(char)
    if known is not None:
        return known
    if char < "\u0530":
        return 0.7 if char.isupper() else 0.63
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0.0
    return 1.3 if unicodedata.category(char) == "So" or unicodedata.east_asian_width(char) in "WF" else 0.8
