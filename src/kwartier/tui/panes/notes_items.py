"""The items of a text per item: as a list where there is room, else as one line of numbers. Both can be clicked."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from textual import events
from textual.app import RenderResult
from textual.message import Message
from textual.widget import Widget

from kwartier.text import cells
from kwartier.tui.safe import parts
from kwartier.tui.widgets.lines import Cell, Lines

WRITTEN, EMPTY = "✓", "·"


class Entry(Struct, frozen=True, kw_only=True):
    """Something to write about: an item, or the whole (without an id)."""

    id: str
    number: str
    title: str
    written: bool = False


class ItemStrip(Widget):
    """The numbers on one line, as many as fit around the one that is open."""

    DEFAULT_CSS = """
    ItemStrip { height: 1; }
    """

    class Clicked(Message):
        """An item was clicked."""

        def __init__(self, place: int) -> None:
            super().__init__()
            self.place = place

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._entries: Sequence[Entry] = ()
        self._open = 0
        self._spots: list[tuple[int, int, int]] = []

    def draw(self, entries: Sequence[Entry], opened: int) -> None:
        """Shows these, and which one is open."""
        if (entries, opened) != (self._entries, self._open):
            self._entries, self._open = entries, opened
            self.refresh()

    def render(self) -> RenderResult:
        labels = [self._label(place) for place in range(len(self._entries))]
        first, last = self._window([cells(label) for label in labels], self.size.width)
        self._spots, at = [], 0
        pieces = []
        if first > 0:
            pieces.append(parts("‹ "))
            at = 2
        for place in range(first, last):
            style = "reverse bold" if place == self._open else ""
            pieces.append(parts((labels[place], style)))
            self._spots.append((at, at + cells(labels[place]), place))
            at += cells(labels[place])
        if last < len(labels):
            pieces.append(parts(" ›"))
        return parts(*pieces)

    def _label(self, place: int) -> str:
        one = self._entries[place]
        sign = WRITTEN if one.written else EMPTY
        return f"▸{sign}{one.number} " if place == self._open else f" {sign}{one.number} "

    def _window(self, widths: list[int], width: int) -> tuple[int, int]:
        """The first place in sight and the one past the last: as many as fit, the open one well inside."""
        room = width - 4
        if sum(widths) <= room + 4 or not widths:
            return 0, len(widths)
        first = last = self._open
        used, last = widths[first], last + 1
        while True:
            grown = False
            if last < len(widths) and used + widths[last] <= room:
                used, last, grown = used + widths[last], last + 1, True
            if first > 0 and used + widths[first - 1] <= room:
                used, first, grown = used + widths[first - 1], first - 1, True
            if not grown:
                return first, last

    def on_click(self, event: events.Click) -> None:
        place = next((place for start, end, place in self._spots if start <= event.x < end), None)
        if place is not None:
            self.post_message(self.Clicked(place))


class ItemList(Lines):
    """The items below one another, with their titles."""

    DEFAULT_CSS = """
    ItemList { width: 26; height: 1fr; margin-right: 1; }
    """

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._entries: Sequence[Entry] = ()

    def draw(self, entries: Sequence[Entry], opened: int) -> None:
        """Shows these, and which one is open."""
        if entries != self._entries:
            self._entries = entries
            self.drawn_anew()
        if self.cursor != opened:
            self.point_at(opened, told=False)

    def count(self) -> int:
        return len(self._entries)

    def row(self, place: int, width: int) -> list[Cell]:
        one = self._entries[place]
        sign = WRITTEN if one.written else EMPTY
        number = max(cells(other.number) for other in self._entries) + 2
        return [Cell(" ", 2), Cell(sign, 2), Cell(one.number, number), Cell(one.title, width - number - 4)]
