"""A line with the views of a screen, each with its digit; the one that is open has a sign. A click opens another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textual import events
from textual.app import RenderResult
from textual.message import Message
from textual.widget import Widget

from kwartier.text import cells
from kwartier.tui.looks import POINTED
from kwartier.tui.safe import parts


class View(NamedTuple):
    """A view, called as long as there is room for: the longest name first."""

    number: int
    names: tuple[str, ...]


class ViewTabs(Widget):
    """Names are shortened all alike until the line fits."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    ViewTabs { height: 1; background: $surface; color: $foreground; }
    """

    class Chosen(Message):
        """A view was clicked."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(self) -> None:
        super().__init__()
        self._views: Sequence[View] = ()
        self._open = 0

    def show(self, views: Sequence[View], open: int) -> None:
        """Other views, or another one that is open."""
        self._views, self._open = views, open
        self.refresh()

    def _texts(self) -> list[str]:
        """What stands in the line, view by view."""
        most = max((len(one.names) for one in self._views), default=0)
        made: list[str] = []
        for size in range(most):
            made = [
                f"{POINTED if one.number == self._open else ' '}{one.number} {name} "
                for one in self._views
                for name in [one.names[min(size, len(one.names) - 1)]]
            ]
            if sum(map(cells, made)) <= self.size.width:
                return made
        return [text.rstrip() for text in made]

    def render(self) -> RenderResult:
        texts = zip(self._texts(), self._views, strict=True)
        return parts(*((text, "bold underline" if one.number == self._open else "") for text, one in texts))

    def on_click(self, event: events.Click) -> None:
        at = 0
        for text, one in zip(self._texts(), self._views, strict=True):
            if at <= event.x < at + cells(text):
                self.post_message(self.Chosen(one.number))
                return
            at += cells(text)
