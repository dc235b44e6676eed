"""A list that draws its own lines, so that thousands of rows cost no more than those in sight. What a row says is told
by the class that derives from it.
"""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from kwartier.tui.guarding import Guarded
from kwartier.tui.looks import POINTED
from kwartier.tui.safe import line


class Cell(NamedTuple):
    """A piece of a row: its text, the cells it takes, and how it looks: "", muted, warning, strong or heading."""

    text: str
    width: int
    look: str = ""


class Lines(ScrollView, Guarded, can_focus=True):
    """Rows of one line, of which one is pointed at. A click or `open` opens one; some cannot be pointed at."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "lines--cursor",
        "lines--heading",
        "lines--muted",
        "lines--warning",
        "lines--strong",
    }
    DEFAULT_CSS = """
    Lines { height: 1fr; overflow-x: hidden; background: $background; color: $foreground; }
    Lines > .lines--cursor { background: $block-cursor-blurred-background; color: $block-cursor-blurred-foreground; }
    Lines:focus > .lines--cursor {
        background: $block-cursor-background; color: $block-cursor-foreground; text-style: bold;
    }
    Lines > .lines--heading { text-style: bold; color: $text-primary; }
    Lines > .lines--muted { color: $text-muted; }
    Lines > .lines--warning { color: $text-warning; text-style: bold; }
    Lines > .lines--strong { text-style: bold; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "by(-1)", "omhoog", show=False),
        Binding("down", "by(1)", "omlaag", show=False),
        Binding("pageup", "page(-1)", "bladzijde omhoog", show=False),
        Binding("pagedown", "page(1)", "bladzijde omlaag", show=False),
        Binding("home,ctrl+home", "edge(False)", "eerste", show=False),
        Binding("end,ctrl+end", "edge(True)", "laatste", show=False),
    ]
    HEAD: ClassVar[int] = 0
    "How many lines stay on top while the rest scrolls."

    BESIDE_OTHERS: ClassVar[bool] = False
    "Whether other lists stand beside it: then only the one with the focus has a sign at what is pointed at."

    class _OfLines(Message):
        def __init__(self, lines: Lines) -> None:
            super().__init__()
            self.lines = lines

        @property
        def control(self) -> Lines:
            """The list that the row is in."""
            return self.lines

    class Opened(_OfLines):
        """A row was chosen."""

    class Pointed(_OfLines):
        """Another row is pointed at."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._cursor = 0

    # -- what a derived class says

    def count(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    def row(self, place: int, width: int) -> list[Cell]:
        """What stands in a row of `width` cells."""
        raise NotImplementedError

    def head(self, width: int) -> list[Cell]:
        """What stands on top."""
        return []

    def can_point(self, place: int) -> bool:
        """Whether a row can be pointed at."""
        return True

    def head_clicked(self, x: int) -> None:
        """The line on top was clicked, so many cells from the left."""

    # -- the row that is pointed at

    @property
    def cursor(self) -> int:
        """The row that is pointed at; -1 where there is none."""
        return self._cursor if 0 <= self._cursor < self.count() and self.can_point(self._cursor) else -1

    def point_at(self, place: int, *, step: int = 1, told: bool = True) -> None:
        """Points at a row, or the nearest one that can be: first in the direction of `step`, then the other way."""
        number = self.count()
        place = max(0, min(place, number - 1))
        ways = [range(place, number), range(min(place, number - 1), -1, -1)]
        for way in ways if step > 0 else reversed(ways):
            found = next((one for one in way if self.can_point(one)), None)
            if found is not None:
                self._cursor = found
                break
        self._show_cursor()
        self.refresh()
        if told:
            self.post_message(self.Pointed(self))

    def detail(self) -> Content:
        """All that the row that is pointed at says, also what does not fit in the list."""
        if self.cursor < 0:
            return line("")
        cells = (cell.text.strip() for cell in self.row(self.cursor, 1000)[1:])
        return line(" · ".join(text for text in cells if len(text) > 1), 600)

    def drawn_anew(self) -> None:
        """Called by a derived class when the rows are others."""
        self.virtual_size = Size(self.scrollable_content_region.width, self.count() + self.HEAD)
        self._show_cursor()
        self.refresh()

    def _show_cursor(self) -> None:
        if self.is_mounted and self.cursor >= 0:
            above = 1 if self.cursor and not self.can_point(self.cursor - 1) else 0  # its heading comes along
            top = 0 if self.cursor == above else self.cursor - above
            height = self.HEAD + self.cursor - top + 1
            self.scroll_to_region(Region(0, top, 1, height), animate=False, force=True)

    # -- drawing

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        base = self.rich_style
        if y < self.HEAD:
            return self._strip(self.head(width), width, self.get_component_rich_style("lines--heading"))
        place = y - self.HEAD + self.scroll_offset.y
        if place >= self.count():
            return Strip.blank(width, base)
        if place == self.cursor:
            look = self.get_component_rich_style("lines--cursor")
            return self._strip(self.row(place, width), width, look, self._sign())
        return self._strip(self.row(place, width), width, base)

    def _sign(self) -> str:
        return POINTED if self.has_focus or not self.BESIDE_OTHERS else " "

    def _strip(self, cells: list[Cell], width: int, base: Style, sign: str = "") -> Strip:
        segments, left = [], width
        for number, (text, wide, look) in enumerate(cells):
            wide = min(wide, left)
            words = _fitted(sign if sign and not number else text, wide)
            plain = sign or not look
            segments.append(Segment(words, base if plain else self.get_component_rich_style(f"lines--{look}")))
            left -= wide
        segments.append(Segment(" " * left, base))
        return Strip(segments, width)

    # -- keys and mouse

    def action_by(self, step: int) -> None:
        """So many rows down."""
        self.point_at(self._cursor + step, step=step)

    def action_page(self, step: int) -> None:
        """A screenful down."""
        self.point_at(self._cursor + step * max(1, self.size.height - self.HEAD - 1), step=step)

    def action_edge(self, last: bool) -> None:
        """To the first row, or the last."""
        self.point_at(self.count() - 1 if last else 0, step=-1 if last else 1)

    def open(self) -> None:
        """Opens the row that is pointed at."""
        if self.cursor >= 0:
            self.post_message(self.Opened(self))

    def on_click(self, event: events.Click) -> None:
        y = event.y
        if y < self.HEAD:
            self.head_clicked(event.x)
            return
        place = y - self.HEAD + self.scroll_offset.y
        if place < self.count() and self.can_point(place):
            self.point_at(place)
            self.post_message(self.Opened(self))

    def on_resize(self) -> None:
        self.drawn_anew()


def _fitted(text: str, width: int) -> str:
    """The text in exactly `width` cells, with a space behind it where more follows."""
    if width <= 0:
        return ""
    room = max(width - 1, 1)
    words = line(text, room).plain if text.strip() else ""
    start = len(text) - len(text.lstrip(" "))
    if start:
        words = " " * min(start, room) + line(text, max(room - start, 0)).plain
    while cell_len(words) > width:
        words = words[:-1]
    return words + " " * (width - cell_len(words))


def shares(width: int, fixed: int, *parts: int) -> list[int]:
    """What is left of `width` after `fixed` cells, divided by weight."""
    room, whole = max(width - fixed, 0), sum(parts)
    made = [room * part // whole for part in parts]
    made[0] += room - sum(made)
    return made
