"""A table that is searched, and sorted by its columns. Which rows there are and what they say a derived class tells."""

from __future__ import annotations

import unicodedata
from typing import ClassVar, Generic, TypeVar

from kwartier.tui.widgets.lines import Cell, Lines

Row = TypeVar("Row")


class SortedLines(Lines, Generic[Row]):
    """Rows stay where they are when they are told anew: the one that is pointed at, the search and the order."""

    HEAD: ClassVar[int] = 1
    COLUMNS: ClassVar[tuple[str, ...]] = ()
    DOWNWARDS: ClassVar[tuple[int, ...]] = ()
    "Columns that begin with the most."

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._all: list[Row] = []
        self._rows: list[Row] = []
        self._search = ""
        self.column = 0
        self.downwards = False

    # -- what a derived class says

    def _known_by(self, one: Row) -> object:
        """What tells a row from the others, also when it is told anew."""
        raise NotImplementedError

    def _words(self, one: Row) -> str:
        """All that a row is found by."""
        raise NotImplementedError

    def _sorted_by(self, one: Row) -> tuple[object, ...]:
        """What a row is sorted by, in the column that is sorted by."""
        raise NotImplementedError

    def _told(self, one: Row) -> list[tuple[str, str]]:
        """What stands in every column, and how it looks."""
        raise NotImplementedError

    def _widths(self, width: int) -> list[int]:
        """The cells of every column."""
        raise NotImplementedError

    # -- what it shows

    def search(self, text: str) -> None:
        """Shows only what holds these words, in any column."""
        self._search = text
        self._arrange(follow=False)

    def sort(self, column: int, downwards: bool | None = None) -> None:
        """Sorts by a column."""
        self.column = column % len(self.COLUMNS)
        self.downwards = self.column in self.DOWNWARDS if downwards is None else downwards
        self._arrange()

    def turn(self) -> None:
        """The same column the other way around."""
        self.sort(self.column, not self.downwards)

    @property
    def chosen(self) -> Row | None:
        """What is pointed at."""
        return self._rows[self.cursor] if self.cursor >= 0 else None

    @property
    def total(self) -> int:
        """How many there are, found or not."""
        return len(self._all)

    def _show(self, rows: list[Row]) -> None:
        self._all = rows
        self._arrange()

    def _arrange(self, *, follow: bool = True) -> None:
        was = self.chosen
        words = folded(self._search).split()
        rows = [one for one in self._all if _holds(folded(self._words(one)), words)] if words else self._all
        self._rows = rows = self._in_order(rows)
        place = 0
        if follow and was is not None:
            own = self._known_by(was)
            found = (n for n, one in enumerate(rows) if self._known_by(one) == own)
            place = next(found, min(self._cursor, len(rows) - 1))
        self._cursor = max(place, 0)
        self.drawn_anew()
        self.post_message(self.Pointed(self))

    def _in_order(self, rows: list[Row]) -> list[Row]:
        return sorted(rows, key=self._sorted_by, reverse=self.downwards)

    # -- drawing

    def count(self) -> int:
        return len(self._rows)

    def row(self, place: int, width: int) -> list[Cell]:
        told = zip(self._told(self._rows[place]), self._widths(width), strict=True)
        return [Cell("", 2), *(Cell(text, wide, look) for (text, look), wide in told)]

    def head(self, width: int) -> list[Cell]:
        arrow = " ↓" if self.downwards else " ↑"
        titles = [title + arrow if n == self.column else title for n, title in enumerate(self.COLUMNS)]
        widths = self._widths(width)
        return [Cell("", 2), *(Cell(one, wide, "heading") for one, wide in zip(titles, widths, strict=True))]

    def head_clicked(self, x: int) -> None:
        at = 2
        for column, wide in enumerate(self._widths(self.size.width)):
            if at <= x < at + wide:
                if column == self.column:
                    self.turn()
                else:
                    self.sort(column)
                return
            at += wide


def folded(text: str) -> str:
    """Without capitals and accents, as somebody types who looks for something."""
    if text.isascii():
        return text.lower()
    return "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one)).casefold()


def _holds(text: str, words: list[str]) -> bool:
    return all(word in text for word in words)
