"""How wide words are, and where one that is too long may be broken: marks that `report.typ` turns into nothing."""

from __future__ import annotations

import re
import unicodedata

MARK = "\u200b"
"""A place to break. One that was typed means the same."""

LONGEST = 34
"""Letters of a word that a line of text always has room for; no Dutch word in use is longer."""

_PIECE = re.compile(r".{1,4}(?![\u0300-\u036f\u200d\ufe0f])", re.DOTALL)
_SIGNS = re.compile(r"(?<=[-_./\\@:;,&?=+|])(?=[^\W_])")
_LETTERS = re.compile(r"\W*[^\W\d_]+\W*\Z")
_LINE = 20.0
"""Ems of the narrowest line of text that is not in a table."""
_SYLLABLE = 6.0
"""Ems that a part of a word may need that is not hyphenated further."""

_WIDTHS = {
    **dict.fromkeys("ijlI !,.:;'`", 0.3),
    **dict.fromkeys('tfr|()/[]\\1-_{}"', 0.41),
    **dict.fromkeys("CDGHNOQUw", 0.76),
    **dict.fromkeys("mMW@%—…", 0.95),
}


def ems(text: str) -> float:
    """About how wide a text is in Inter, in ems: rather too much than too little."""
    return sum(map(_width, text))


def breakable(text: str) -> str:
    """The text with places to break in each word that no line has room for."""
    if len(text) <= LONGEST:
        return text
    return re.sub(rf"\S{{{LONGEST + 1},}}", lambda word: broken(word[0], _LINE), text)


def broken(word: str, room: float) -> str:
    """A word that is wider than so many ems with places to break: behind signs, and in what is still too wide.

    Letters alone are left to hyphens, unless they are too many to be a word.
    """
    if ems(word) <= room:
        return word
    return MARK.join(_parted(piece, room) for piece in _SIGNS.split(word))


def _parted(piece: str, room: float) -> str:
    if ems(piece) <= room or (room >= _SYLLABLE and len(piece) <= LONGEST and _LETTERS.match(piece)):
        return piece
    return MARK.join(_PIECE.findall(piece))


def _width(char: str) -> float:
    known = _WIDTHS.get(char)
    if known is not None:
        return known
    if char < "\u0530":
        return 0.67 if char.isupper() else 0.595
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0.0
    return 1.3 if unicodedata.category(char) == "So" or unicodedata.east_asian_width(char) in "WF" else 0.8
