"""A text of many lines to read: it scrolls, is searched, jumps to headings, and draws only the lines in sight.

What the lines say is made by a function of the width, such as `document_lines.laid_out` of a document.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from itertools import pairwise
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from kwartier.tui.guarding import Guarded
from kwartier.tui.widgets.document_lines import Laid, Line, Place

Layout = Callable[[int], Laid]

WIDEST = 110
"""Cells of a line of running text at most; longer ones are hard to read."""

LOOKS = ("title", "heading", "strong", "muted", "warning", "up", "down")


class DocumentView(ScrollView, Guarded, can_focus=True):
    """Shows lines. `widest` limits the width that is laid out for."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {*(f"document--{look}" for look in LOOKS), "document--found"}
    DEFAULT_CSS = """
    DocumentView {
        height: 1fr; padding: 0 1; overflow-x: hidden; scrollbar-gutter: stable;
        background: $background; color: $foreground;
    }
    DocumentView > .document--title { text-style: bold; color: $text-primary; }
    DocumentView > .document--heading { text-style: bold; color: $text-primary; }
    DocumentView > .document--strong { text-style: bold; }
    DocumentView > .document--muted { color: $text-muted; }
    DocumentView > .document--warning { color: $text-warning; text-style: bold; }
    DocumentView > .document--up { color: $text-success; }
    DocumentView > .document--down { color: $text-warning; }
    DocumentView > .document--found { text-style: reverse; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "page_down", show=False),
    ]

    def __init__(self, *, id: str | None = None, widest: int = WIDEST) -> None:
        super().__init__(id=id)
        self._widest = widest
        self._layout: Layout | None = None
        self._laid = Laid([], [])
        self._laid_width = 0
        self._starts: list[int] = []
        self._flat = ""
        self._found: tuple[int, int] | None = None
        self._plain: list[str] = []

    # -- what is shown

    def show(self, layout: Layout) -> None:
        """Shows other lines, at the place where the reader is."""
        self._layout = layout
        self._lay(anew=True)

    @property
    def headings(self) -> list[Place]:
        """The headings, with the lines they stand on."""
        return self._laid.headings

    @property
    def text(self) -> str:
        """All lines as plain text."""
        return "\n".join(self._plain)

    def on_resize(self) -> None:
        self._lay(anew=False)

    def _lay(self, *, anew: bool) -> None:
        width = min(self.scrollable_content_region.width, self._widest)
        if self._layout is None or width < 1:
            self._laid_width = 0 if anew else self._laid_width  # not in sight: laid out once it is
            return
        if not anew and width == self._laid_width:
            return
        share = self.scroll_offset.y / max(len(self._laid.lines), 1) if not anew else None
        self._laid, self._laid_width = self._layout(width), width
        self._plain = ["".join(text for text, _ in line) for line in self._laid.lines]
        self._starts, place = [], 0
        for line in self._plain:
            self._starts.append(place)
            place += len(line) + 1
        self._flat = "\n".join(self._plain).replace("\n", " ").casefold()
        self._found = None
        self.virtual_size = Size(width, len(self._laid.lines))
        if share is not None:
            self.scroll_to(y=share * len(self._laid.lines), animate=False)
        self.refresh()

    def go_to_line(self, line: int) -> None:
        """Scrolls so that a line stands on top."""
        self.scroll_to(y=line, animate=False, force=True)

    # -- searching

    def hits(self, text: str) -> tuple[int, int]:
        """Which of the places where a text stands is marked (0 where none is), and how many there are."""
        wanted = " ".join(text.split()).casefold()
        if not wanted:
            return 0, 0
        if self._is_by_line:
            starts = [self._starts[n] for n, one in enumerate(self._plain) if wanted in one.casefold()]
        else:
            starts, place = [], self._flat.find(wanted)
            while place >= 0:
                starts.append(place)
                place = self._flat.find(wanted, place + len(wanted))
        here = self._found[0] if self._found else -1
        return (sum(one <= here for one in starts) if here >= 0 else 0), len(starts)

    @property
    def _is_by_line(self) -> bool:
        return len(self._flat) != sum(len(one) + 1 for one in self._plain) - 1

    def find(self, text: str, *, back: bool = False) -> bool:
        """Marks the place after the one that is marked, or the one before, going round; tells whether there is one."""
        wanted = " ".join(text.split()).casefold()
        if not wanted or self._is_by_line:
            return bool(wanted) and self._find_by_line(wanted, back=back)
        if back:
            end = self._found[0] if self._found else 0
            place = self._flat.rfind(wanted, 0, end)
            if place < 0:
                place = self._flat.rfind(wanted)
            if place >= 0:
                self._mark(place, place + len(wanted))
            return place >= 0
        start = self._found[1] if self._found else self._starts[min(self.scroll_offset.y, len(self._starts) - 1)]
        place = self._flat.find(wanted, start)
        if place < 0:
            place = self._flat.find(wanted)
        if place < 0:
            self._found = None
            self.refresh()
            return False
        self._mark(place, place + len(wanted))
        return True

    def _find_by_line(self, wanted: str, *, back: bool = False) -> bool:
        """Where a letter has another length in lower case, places in the whole text cannot be told: by line then."""
        first = self._line_at(self._found[0]) + 1 if self._found else self.scroll_offset.y
        lines = [*range(first, len(self._plain)), *range(first)]
        if back:
            here = self._line_at(self._found[0]) if self._found else 0
            lines = [*range(here - 1, -1, -1), *range(len(self._plain) - 1, here - 1, -1)]
        line = next((one for one in lines if wanted in self._plain[one].casefold()), None)
        if line is None:
            self._found = None
            self.refresh()
            return False
        self._mark(self._starts[line], self._starts[line] + len(self._plain[line]))
        return True

    def _mark(self, start: int, end: int) -> None:
        self._found = start, end
        line = self._line_at(start)
        if not self.scroll_offset.y <= line < self.scroll_offset.y + self.size.height:
            self.go_to_line(max(line - self.size.height // 3, 0))
        self.refresh()

    def _line_at(self, place: int) -> int:
        return bisect_right(self._starts, place) - 1

    def forget_found(self) -> None:
        """Takes the mark away."""
        self._found = None
        self.refresh()

    # -- drawing

    def render_line(self, y: int) -> Strip:
        place = self.scroll_offset.y + y
        width = self.size.width
        if place >= len(self._laid.lines):
            return Strip.blank(width, self.rich_style)
        strip = Strip(self._segments(self._laid.lines[place], place))
        return strip.extend_cell_length(width, self.rich_style).crop(0, width).apply_offsets(0, place)

    def _segments(self, line: Line, place: int) -> list[Segment]:
        marked = [*self._marked(place), *self._selected(place)]
        segments: list[Segment] = []
        begin = 0
        for text, look in line:
            style = self.get_component_rich_style(f"document--{look}") if look else self.rich_style
            segments += _cut(text, begin, style, marked)
            begin += len(text)
        return segments

    def _marked(self, place: int) -> list[tuple[int, int, Style]]:
        if self._found is None:
            return []
        start, end = (one - self._starts[place] for one in self._found)
        style = self.get_component_rich_style("document--found", partial=True)
        return [(start, end, style)] if end > 0 and start < len(self._plain[place]) else []

    def _selected(self, place: int) -> list[tuple[int, int, Style]]:
        selection = self.text_selection
        span = selection.get_span(place) if selection is not None else None
        if span is None:
            return []
        start, end = span
        style = self.screen.get_component_rich_style("screen--selection", partial=True)
        return [(start, len(self._plain[place]) if end == -1 else end, style)]

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """What was selected by mouse."""
        return selection.extract(self.text), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """The selection is another one."""
        self.refresh()


def _cut(text: str, begin: int, style: Style, marked: list[tuple[int, int, Style]]) -> list[Segment]:
    """A text in pieces, so that what is marked can look different."""
    edges = {0, len(text)}
    for start, end, _ in marked:
        edges |= {min(max(one - begin, 0), len(text)) for one in (start, end)}
    places = sorted(edges)
    pieces = []
    for one, other in pairwise(places):
        look = style
        for start, end, mark in marked:
            if start - begin <= one and other <= end - begin:
                look = look + mark
        pieces.append(Segment(text[one:other], look))
    return [piece for piece in pieces if cell_len(piece.text)]
