"""Which characters the shipped fonts can print, and the sign that stands for those they cannot."""

from __future__ import annotations

import functools
import re
import unicodedata
from itertools import groupby
from pathlib import Path
from typing import Any

from kwartier.text import clean

SIGN = "\ufffd"
"""What is printed for what cannot be."""

_COVERED = Path(__file__).parent / "fonts" / "covered.txt"

_UNSEEN = frozenset(
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061"
    "\u2062\u2063\u2064\u206a\u3164\uffa0"
) | frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0), *range(0xE0020, 0xE0080))))
"""What has no shape of its own: it joins, parts or chooses. No font needs to hold it."""

_TONES = frozenset(map(chr, range(0x1F3FB, 0x1F400)))
"""Shades of skin: in a drawing the emoji itself has to do."""

_STROKE = "\u0338"
"""Strikes through the sign before it; a drawing takes such signs apart, also where they are one character."""

_BASIC = frozenset("–—‘’“”„…•€→−☐☑☒" + SIGN)
"""What every report holds beside letters and digits."""

_TAB = " " * 4
_PRIVATE = "[\ue000-\uf8ff\U000f0000-\U0010ffff]"


def printable(text: str) -> str:
    """The cleaned text in which everything can be printed. A tab is four spaces; an end of line stays."""
    text = clean(text).replace("\t", _TAB)
    return text if text.isascii() else _marked().sub(_with_marks, _foreign().sub(SIGN, text))


def drawable(text: str) -> str:
    """The same for a drawing, where typst can print no joiners and no marks that are not part of a letter."""
    text = printable(text)
    if text.isascii():
        return text
    seen = "".join(
        SIGN if _STROKE in unicodedata.normalize("NFD", char) else char
        for char in unicodedata.normalize("NFC", text)
        if char not in _UNSEEN and char not in _TONES
    )
    return "".join(
        SIGN if marks and place == 0 else "" if marks else char
        for marks, group in groupby(seen, _is_mark)
        for place, char in enumerate(group)
    )


def basic(told: Any) -> Any:
    """The same value with only what the main font surely prints, in every text that it holds."""
    match told:
        case str():
            return "".join(char if _is_basic(char) else SIGN for char in told)
        case dict():
            return {key: basic(value) for key, value in told.items()}
        case list() | tuple():
            return [basic(value) for value in told]
    return told


@functools.cache
def covered() -> dict[str, tuple[tuple[int, int], ...]]:
    """Per shipped font the ranges of characters that it holds."""
    lines = _COVERED.read_text(encoding="ascii").splitlines()
    return {name: tuple(map(_range, ranges)) for name, *ranges in (line.split() for line in lines)}


def _range(told: str) -> tuple[int, int]:
    low, _, high = told.partition("-")
    return int(low, 16), int(high or low, 16)


@functools.cache
def _foreign() -> re.Pattern[str]:
    """Matches one character that no font prints. Private characters mean nothing to others: PDF/A forbids them."""
    ranges = [one for font in covered().values() for one in font]
    held = "".join(f"{_escaped(low)}-{_escaped(high)}" for low, high in sorted(ranges))
    return re.compile(rf"[^\n{held}{''.join(map(re.escape, sorted(_UNSEEN)))}]|{_PRIVATE}")


@functools.cache
def _marked() -> re.Pattern[str]:
    """Matches a character with the marks on it."""
    held = {chr(one) for font in covered().values() for low, high in font for one in range(low, high + 1)}
    marks, unseen = ("".join(map(re.escape, sorted(some))) for some in (filter(_is_mark, held - _UNSEEN), _UNSEEN))
    return re.compile(f"([^{marks}{unseen}]?)([{unseen}]*[{marks}][{marks}{unseen}]*)")


def _with_marks(found: re.Match[str]) -> str:
    """What was found, with only the marks that a font has together with the character; one sign for the others."""
    base, rest = found.groups()
    fonts = _fonts_with(base) if base.strip() else frozenset(covered())
    kept = []
    for char in rest:
        if char in _UNSEEN or (fonts and (fonts := fonts & _fonts_with(char))):
            kept.append(char)
        elif SIGN not in kept:
            kept.append(SIGN)
    return base + "".join(kept)


@functools.lru_cache(1024)
def _fonts_with(char: str) -> frozenset[str]:
    fonts = covered()
    return frozenset(name for name in fonts if any(low <= ord(char) <= high for low, high in fonts[name]))


def _is_mark(char: str) -> bool:
    return unicodedata.category(char) in ("Mn", "Me", "Mc")


def _escaped(number: int) -> str:
    return f"\\U{number:08x}"


def _is_basic(char: str) -> bool:
    return char == "\n" or " " <= char <= "~" or "\u00a0" <= char <= "\u017e" or char in _BASIC
