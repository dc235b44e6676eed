"""How wide the columns of a table are, in which size of type, and whether the page must lie on its side for it."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from msgspec import Struct

from kwartier.reports.pdf.words import broken, ems

UPRIGHT, TURNED = 481.0, 728.0
"""Points between the margins of an A4 page."""
INSET = 5.0
"""Points at both sides of what is in a cell."""

_EASY = ((9.0, False), (8.0, False), (7.5, False))
_SIZES = ((9.0, False), (8.0, False), (8.5, True), (7.5, True), (6.5, True))
"""What is tried, in order: the size of type in points, and whether the page is turned; first so that it reads well."""

_BOLD = 1.07
"""So much wider is a head than the same text in a cell."""
_WORD, _SHORT = 8.5, 12.0
"""Ems: what the longest word of a column has room for at least, and up to where a column goes before longer ones."""
_COMFORT = 14.0
"""Ems: a column of text reads easily from here on."""
_LINE, _AROUND = 1.3, 7.0
"""From line to line, in ems, and what comes above and below the lines of a row, in points: as in `report.typ`."""
_WHOLE_ROW, _WHOLE_TABLE = 150.0, 340.0
"""Points: what is not higher stays on one page."""


class Measured(Struct, frozen=True):
    """A table as it fits a page."""

    widths: tuple[float, ...]
    "Of the columns, in points; 0 where it may be as wide as what is in it."
    size: float
    "Of the type, in points."
    turned: bool
    "Whether the page lies on its side."
    fits: bool = True
    "Whether all columns have room next to one another."

    def fitted(self, at: int, text: str) -> str:
        """What stands in a cell of a column, with places to break where a word would stick out of it."""
        room = self._room(self.widths[at])
        return re.sub(r"\S+", lambda word: broken(word[0], room), text) if room < ems(text) else text

    def heads(self, header: Sequence[str]) -> list[tuple[str, bool]]:
        """What stands above the columns, and whether its words fit without hyphens."""
        rooms = [self._room(width) / _BOLD for width in self.widths]
        fits = [_longest_word(text) <= room for text, room in zip(header, rooms, strict=True)]
        return [(self.fitted(at, text), fit) for at, (text, fit) in enumerate(zip(header, fits, strict=True))]

    def whole(self, row: Sequence[str]) -> bool:
        """Whether a row is so low that it need not be split over two pages."""
        return self._height(row) <= _WHOLE_ROW

    def together(self, header: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
        """Whether the whole table is so low that it stays on one page."""
        left = _WHOLE_TABLE
        for row in (header, *rows):
            left -= self._height(row)
            if left < 0:
                return False
        return True

    def _height(self, row: Sequence[str]) -> float:
        """About how high a row is, in points; rather too much than too little."""
        return max(map(self._lines, self.widths, row)) * _LINE * self.size + _AROUND

    def _lines(self, width: float, text: str) -> int:
        room = self._room(width) * 0.92  # a line is seldom full
        return sum(1 + int(ems(line) / room) for line in text.split("\n"))

    def _room(self, width: float) -> float:
        """How many ems of text fit next to one another."""
        return (width - 2 * INSET) / self.size if width else math.inf


def measured(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Measured:
    """The largest type in which the longest words of all columns fit next to one another."""
    columns = list(zip(*rows, strict=True)) or [() for _ in header]
    lines = [
        [ems(head) * _BOLD, *(max(map(ems, text.split("\n"))) for text in column)]
        for head, column in zip(header, columns, strict=True)
    ]
    longest = [max(column) for column in lines]
    usual = [math.sqrt(sum(one * one for one in column) / len(column)) for column in lines]
    words = [
        max([_longest_word(head) * _BOLD, *map(_longest_word, column)])
        for head, column in zip(header, columns, strict=True)
    ]
    least = [min(word, _WORD) for word in words]
    easy = [max(few, min(most, _COMFORT)) for few, most in zip(least, usual, strict=True)]
    tried = [*((easy, *one) for one in _EASY), *((least, *one) for one in _SIZES)]
    for first, size, turned in tried:
        room = (TURNED if turned else UPRIGHT) - len(header) * (2 * INSET + 1)
        if sum(longest) * size <= room:
            return Measured((0.0,) * len(header), size, turned)
        if sum(first) * size <= room:
            return Measured(_widths(room / size, size, first, usual, longest), size, turned)
    size, turned = _SIZES[-1]
    return Measured((TURNED / len(header),) * len(header), size, turned, fits=False)


def groups(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[list[int]]:
    """The columns by number: one group that fits a page, or where they do not fit more, each with the first column."""
    others = list(range(1, len(header)))
    many = max(len(others), 1)
    while True:
        made = [[0, *others[at : at + many]] for at in range(0, len(others), many)] or [[0]]
        if many == 1 or all(measured(*chosen(header, rows, group)).fits for group in made):
            return made
        many = -(-many // 2)


def chosen(
    header: Sequence[str], rows: Sequence[Sequence[str]], group: Sequence[int]
) -> tuple[list[str], list[list[str]]]:
    """Only those columns of a table."""
    return [header[at] for at in group], [[row[at] for at in group] for row in rows]


def _widths(
    room: float, size: float, least: list[float], usual: list[float], longest: list[float]
) -> tuple[float, ...]:
    """Of every column, in points: short ones get what they need before the others grow, rare long lines come last."""
    widths = _grown(room, least, [min(most, _SHORT) for most in longest])
    widths = _grown(room, _grown(room, widths, usual), longest)
    return tuple(round(one * size + 2 * INSET + 1, 1) for one in widths)


def _grown(room: float, widths: list[float], wished: list[float]) -> list[float]:
    """The widths, of which those that wish more grow in equal steps until they have it or the room is full."""
    widths = list(widths)
    left = room - sum(widths)
    while left > 0.1 and (growing := [at for at, wish in enumerate(wished) if wish - widths[at] > 0.1]):
        step = left / len(growing)
        for at in growing:
            more = min(step, wished[at] - widths[at])
            widths[at] += more
            left -= more
    return widths


def _longest_word(text: str) -> float:
    return max(map(ems, text.split()), default=0.0)
