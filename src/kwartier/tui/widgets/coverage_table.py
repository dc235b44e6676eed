"""The coverage matrix on the screen: the first columns stay, the marks scroll along as one moves to the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content

from kwartier.text import cells
from kwartier.tui.safe import line
from kwartier.tui.screens.coverage_lines import Column, Row
from kwartier.tui.widgets.lines import Cell, Lines

NOTHING, MARK = "○", "●"
"""Before an item that nothing serves, and where a piece serves an item."""
_COUNT = 6
_WIDEST = 12


class CoverageTable(Lines):
    """Up and down through items, left and right through marks. At the far left the item itself is meant."""

    HEAD: ClassVar[int] = 1
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "along(-1)", "vorige kolom", show=False),
        Binding("right", "along(1)", "volgende kolom", show=False),
        Binding("ctrl+left", "along(-8)", "kolommen terug", show=False),
        Binding("ctrl+right", "along(8)", "kolommen verder", show=False),
    ]

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._rows: list[Row] = []
        self._columns: list[Column] = []
        self._column = -1
        self._from = 0

    def draw(self, rows: Sequence[Row], columns: Sequence[Column]) -> None:
        """Shows other rows and columns; the item that is pointed at stays that."""
        here = self.chosen.item if self.chosen else ""
        if [one.mark for one in columns] != [one.mark for one in self._columns]:
            self._column, self._from = -1, 0
        self._rows, self._columns = list(rows), list(columns)
        place = next((n for n, one in enumerate(self._rows) if one.item and one.item == here), 1 if rows else 0)
        self._cursor = place
        self.drawn_anew()
        self.post_message(self.Pointed(self))

    @property
    def chosen(self) -> Row | None:
        """The item that is pointed at."""
        return self._rows[self.cursor] if self.cursor >= 0 else None

    @property
    def column(self) -> Column | None:
        """The mark that is pointed at; None for the item itself."""
        return self._columns[self._column] if 0 <= self._column < len(self._columns) else None

    # -- what it shows

    def count(self) -> int:
        return len(self._rows)

    def can_point(self, place: int) -> bool:
        return bool(self._rows[place].item)

    def detail(self) -> Content:
        row, column = self.chosen, self.column
        if row is None:
            return line("")
        if column is None:
            return line(row.detail, 600)
        serves = MARK if column.mark in row.marks else "niet"
        return line(f"{column.mark}  {column.title} · {serves} bij {row.title}", 600)

    def _widths(self, width: int) -> tuple[int, int, int]:
        """The title, the own state and the judgement."""
        wide = width >= 100
        own = max((cells(one.own) for one in self._rows), default=0)
        judged = max((cells(one.judged) for one in self._rows), default=0)
        most = 14 if wide else _WIDEST
        return (44 if wide else 22), min(max(own, 4) + 1, most), min(max(judged, 7) + 1, most)

    def _wide(self) -> int:
        return max((cells(one.mark) for one in self._columns), default=2) + 2

    def _room(self, width: int) -> int:
        """How many marks fit beside what stays."""
        return max((width - 2 - sum(self._widths(width)) - _COUNT) // self._wide(), 1)

    def head(self, width: int) -> list[Cell]:
        title, own, judged = self._widths(width)
        left = "‹" if self._from else ""
        fixed = [Cell("", 2), Cell("item", title, "heading"), Cell("zelf", own, "heading")]
        fixed += [Cell("oordeel", judged, "heading"), Cell(f"aant.{left}", _COUNT, "heading")]
        shown = self._columns[self._from : self._from + self._room(width)]
        marks = [
            Cell(f"▾{one.mark}" if one is self.column else f" {one.mark}", self._wide(), "heading") for one in shown
        ]
        more = "›" if self._from + len(shown) < len(self._columns) else ""
        return [*fixed, *marks, Cell(more, 2, "heading")]

    def row(self, place: int, width: int) -> list[Cell]:
        one = self._rows[place]
        if not one.item:
            return [Cell(f" {one.title}", width, "heading")]
        title, own, judged = self._widths(width)
        fixed = [
            Cell("" if one.covered else NOTHING, 2, "warning"),
            Cell(one.title, title, "" if one.covered else "strong"),
        ]
        fixed += [Cell(one.own or "–", own), Cell(one.judged or "–", judged)]
        fixed.append(Cell(one.number, _COUNT, "" if one.covered else "warning"))
        here = place == self.cursor
        for each in self._columns[self._from : self._from + self._room(width)]:
            mark = MARK if each.mark in one.marks else "·"
            pointed = here and each is self.column
            fixed.append(Cell(f"[{mark}]" if pointed else f" {mark}", self._wide(), "" if mark == MARK else "muted"))
        return fixed

    # -- keys and mouse

    def action_along(self, step: int) -> None:
        """So many marks to the right."""
        self._to_column(max(-1, min(self._column + step, len(self._columns) - 1)))

    def _to_column(self, place: int) -> None:
        self._column = place
        room = self._room(self.scrollable_content_region.width)
        if place < 0:
            self._from = 0
        elif place < self._from:
            self._from = place
        elif place >= self._from + room:
            self._from = place - room + 1
        self.refresh()
        self.post_message(self.Pointed(self))

    def head_clicked(self, x: int) -> None:
        self._to_column(self._column_at(x))

    def _column_at(self, x: int) -> int:
        width = self.scrollable_content_region.width
        start = 2 + sum(self._widths(width)) + _COUNT
        place = self._from + (x - start) // self._wide()
        return place if x >= start and place < min(self._from + self._room(width), len(self._columns)) else -1

    def on_click(self, event: events.Click) -> None:
        if event.y >= self.HEAD:
            column = self._column_at(event.x)
            self._column = column
        super().on_click(event)

    def on_resize(self) -> None:
        self._to_column(self._column)
        self.drawn_anew()
