"""The pieces of a drawn chart: text that fits, lines, and signs that differ by shape. All in whole units; no layout."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from kwartier.text import clean

FONT = "Helvetica, Arial, Liberation Sans, DejaVu Sans, sans-serif"
SIZE, LINE = 13, 16
"""Of the letters, and from line to line."""
INK, GREY, PALE = "#111", "#777", "#d4d4d4"

_BLANK = re.compile(r"\s+")
_NARROW, _SLIM, _BROAD = (
    frozenset("ijl.,:;'|!‘’"),
    frozenset('ftrI()[]{}-/\\ \u00a0“”"·'),
    frozenset("mwMWQ@%—…<>=+~#→−"),
)


# -- text


def plain(text: str) -> str:
    """A text on one line that may stand in XML once it is escaped."""
    return _BLANK.sub(" ", clean(text)).strip()


def escaped(text: str) -> str:
    """A plain text as XML; also fit for an attribute."""
    for char, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#39;")):
        text = text.replace(char, entity)
    return text


def measured(text: str, *, bold: bool = False) -> int:
    """About how many units a text is wide, in the widest of the fonts that are asked for."""
    thousandths = sum(map(_char, text)) * SIZE
    return -(-thousandths * (113 if bold else 100) // 100_000)


def _char(char: str) -> int:
    if char in _NARROW:
        return 340
    if char in _SLIM:
        return 410
    if char in _BROAD:
        return 1000
    if char < "\u0300":
        return 720 if char.isupper() else 640
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 1300 if unicodedata.category(char) == "So" or unicodedata.east_asian_width(char) in "WF" else 700


def wrapped(text: str, width: int, lines: int = 1, *, bold: bool = False) -> list[str]:
    """The text over at most so many lines of this width; what does not fit is cut off with "…"."""
    left = plain(text)
    made: list[str] = []
    while left and len(made) < lines:
        line, left = _line(left, width, bold=bold)
        made.append(line)
    if left:
        made[-1] = _cut(f"{made[-1]} {left[:200]}", width, bold=bold)
    return made


def _line(text: str, width: int, *, bold: bool) -> tuple[str, str]:
    """The first line of a text and what is left: whole words, or where one word is too long as much of it as fits."""
    used, blank = 0, 0
    for place, char in enumerate(text):
        used += measured_char(char, bold=bold)
        if used > width * 1000:
            at = blank or max(_boundary(text, place), 1)
            return text[:at].rstrip(), text[at:].lstrip()
        if char == " " and place:
            blank = place
    return text, ""


def measured_char(char: str, *, bold: bool) -> int:
    """The width of one character in thousandths of a unit."""
    return _char(char) * SIZE * (113 if bold else 100) // 100


def _cut(text: str, width: int, *, bold: bool) -> str:
    room = width * 1000 - measured_char("…", bold=bold)
    used = 0
    for place, char in enumerate(text):
        used += measured_char(char, bold=bold)
        if used > room:
            return text[: _boundary(text, place)].rstrip() + "…"
    return text + "…"


def _boundary(text: str, place: int) -> int:
    """The last place up to here where a text can be cut without breaking a letter or an emoji into pieces."""
    while place > 0 and (_joins(text[place]) or text[place - 1] == "\u200d"):
        place -= 1
    return place


def _joins(char: str) -> bool:
    return unicodedata.category(char) in ("Mn", "Me", "Cf") or "\U0001f3fb" <= char <= "\U0001f3ff"


def words(x: int, y: int, text: str, *, anchor: str = "start", bold: bool = False, fill: str = INK) -> str:
    """A line of text with its baseline at `y`; it is plain already."""
    weight = ' font-weight="bold"' if bold else ""
    place = f' text-anchor="{anchor}"' if anchor != "start" else ""
    ink = f' fill="{fill}"' if fill != INK else ""
    return f'<text x="{x}" y="{y}"{place}{weight}{ink}>{escaped(text)}</text>'


# -- lines and signs


def line(x1: int, y1: int, x2: int, y2: int, ink: str = INK, width: int = 1, dashes: str = "") -> str:
    """A straight line."""
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{ink}" stroke-width="{width}"{dashed}/>'


def box(x: int, y: int, width: int, height: int, fill: str = INK, dashes: str = "") -> str:
    """A rectangle with a line around it."""
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    return f'<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{fill}" stroke="{INK}"{dashed}/>'


def circle(x: int, y: int, radius: int, fill: str = INK) -> str:
    """A round sign, filled or as a ring."""
    return f'<circle cx="{x}" cy="{y}" r="{radius}" fill="{fill}" stroke="{INK}" stroke-width="2"/>'


def polygon(points: Iterable[tuple[int, int]], fill: str = INK) -> str:
    """A sign with corners."""
    told = " ".join(f"{x},{y}" for x, y in points)
    return f'<polygon points="{told}" fill="{fill}" stroke="{INK}" stroke-width="2"/>'


def diamond(x: int, y: int, radius: int, fill: str = INK) -> str:
    """The sign of one's own place."""
    return polygon([(x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y)], fill)


def arrow(x: int, y: int, towards: int) -> str:
    """The head of an arrow with its point at `x`; `towards` is 1 for the right, -1 for the left."""
    return polygon([(x, y), (x - 7 * towards, y - 4), (x - 7 * towards, y + 4)])


SIGNS = 10
"""So many people have a sign of their own; whoever comes after has a number."""


def sign(number: int, x: int, y: int) -> str:
    """The sign of the person with this number, from 0: first by shape, then open or filled."""
    if number >= SIGNS:
        return words(x, y + 5, str(number + 1), anchor="middle", bold=True)
    fill = (INK, "#fff")[(number % 5 + number // 5) % 2]
    shape = number % 5
    if shape == 0:
        return circle(x, y, 5, fill)
    if shape == 1:
        return box(x - 5, y - 5, 10, 10, fill).replace("/>", ' stroke-width="2"/>')
    if shape == 2:
        return polygon([(x, y - 6), (x + 6, y + 5), (x - 6, y + 5)], fill)
    if shape == 3:
        return diamond(x, y, 7, fill)
    return polygon([(x, y + 6), (x + 6, y - 5), (x - 6, y - 5)], fill)
