"""A figure as a list: rows of cells that are made when they are first drawn, a line on top, and all that a row says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from textual.content import Content

from kwartier.tui.safe import shown
from kwartier.tui.widgets.lines import Cell, Lines

Cells = Callable[[int], list[Cell]]
"""The cells of a row of so many cells; the first is of two cells, for the sign of what is pointed at."""


class FigureRow(NamedTuple):
    """A row. Without a key it is only read; `detail` is all it says."""

    key: str
    cells: Cells
    detail: Callable[[], str] = str


class Figure(NamedTuple):
    """What is drawn: what it is of, how to read it, a line on top, and the rows for a width."""

    caption: str
    legend: str = ""
    head: Cells | None = None
    rows: Callable[[int], Sequence[FigureRow]] = lambda width: ()


def heading(text: str) -> FigureRow:
    """A heading among the rows; empty for room between them."""
    return FigureRow("", lambda width: [Cell("", 1), Cell(text, width, "heading")])


def remark(text: str) -> FigureRow:
    """A line that is only read."""
    return FigureRow("", lambda width: [Cell("", 2), Cell(text, width, "muted")])


class FigureLines(Lines):
    """Draws the rows in sight. Rows are made for a width, and cells once for each width."""

    HEAD = 1

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._figure = Figure("")
        self._rows: Sequence[FigureRow] = ()
        self._width = 0
        self._drawn: dict[int, list[Cell]] = {}

    def show(self, figure: Figure, at: str = "") -> None:
        """Another figure, with the row of this key pointed at where it is there, else the first."""
        self._figure = figure
        self._lay()
        place = next((n for n, one in enumerate(self._rows) if at and one.key == at), 0)
        self._cursor = 0
        self.drawn_anew()
        self.point_at(place)

    def _lay(self) -> None:
        self._width = self.scrollable_content_region.width
        self._rows = self._figure.rows(self._width)
        self._drawn = {}

    @property
    def chosen(self) -> str:
        """The key of the row that is pointed at; empty where there is none."""
        return self._rows[self.cursor].key if self.cursor >= 0 else ""

    def count(self) -> int:
        return len(self._rows)

    def can_point(self, place: int) -> bool:
        return place < len(self._rows) and bool(self._rows[place].key)

    def row(self, place: int, width: int) -> list[Cell]:
        if place not in self._drawn:
            self._drawn[place] = self._rows[place].cells(width)
        return self._drawn[place]

    def head(self, width: int) -> list[Cell]:
        return self._figure.head(width) if self._figure.head else []

    def detail(self) -> Content:
        return shown(self._rows[self.cursor].detail() if self.cursor >= 0 else "")

    def on_resize(self) -> None:
        if self.scrollable_content_region.width != self._width:
            was = self.chosen
            self._lay()
            self._cursor = next((n for n, one in enumerate(self._rows) if was and one.key == was), self._cursor)
        self.drawn_anew()
