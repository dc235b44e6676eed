"""The line above a screen: where am I, who is at the keyboard, what is at hand, saved or not."""

from __future__ import annotations

from textual.app import RenderResult
from textual.widget import Widget

from kwartier.text import cells, one_line
from kwartier.tui.safe import parts

SHORTEST = 9
"""Cells below which a name says nothing any more."""


class Heading(Widget):
    """One line that never wraps. What matters most goes last: the trail is cut first, the state of saving never."""

    DEFAULT_CSS = """
    Heading { height: 1; background: $panel; color: $foreground; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._told: tuple[tuple[str, ...], str, str, str] = ((), "", "", "")

    def draw(self, trail: list[str], who: str = "", where: str = "", state: str = "") -> None:
        """Shows other words."""
        told = (tuple(one for one in trail if one), who, where, state)
        if told != self._told:
            self._told = told
            self.refresh()

    def render(self) -> RenderResult:
        trail, who, where, state = self._told
        width = self.size.width - 2
        where = one_line(where, min(40, max(width * 11 // 20 - cells(state), 0)))
        right = "  ".join(one for one in (where, one_line(state, 40)) if one)
        room = width - cells(right) - 2
        person = f" · {one_line(who, max(room // 3, 12))}" if who else ""
        left = self._trail(trail, room - cells(person))
        gap = " " * max(1, width - cells(left) - cells(person) - cells(right))
        return parts(" ", (left, "bold"), (person, "$accent"), gap, right, " ")

    def _trail(self, trail: tuple[str, ...], room: int) -> str:
        """The trail in `room` cells: the first names are shortened first, then left out; the last one goes last."""
        words = [one_line(one, 60) for one in trail]
        for place in range(len(words) - 1):
            over = cells(" › ".join(words)) - room
            if over > 0:
                words[place] = one_line(words[place], max(cells(words[place]) - over, SHORTEST))
        for place in range(len(words) - 1):
            over = cells(" › ".join(words)) - room
            if place and over > 0:  # what is at hand can be read in part; what it is about is named before that
                words[-1] = one_line(words[-1], max(cells(words[-1]) - over, SHORTEST))
            if cells(" › ".join(words)) > room:
                words[place : place + 1] = [] if place else ["…"]
        return one_line(" › ".join(words), max(room, 0))
