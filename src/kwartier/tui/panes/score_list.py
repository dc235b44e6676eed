"""The list in which is scored: a line per item or part with its options, the chosen one between brackets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from textual import events
from textual.content import Content
from textual.strip import Strip
from textual.visual import Visual

from kwartier.instrument.model import Option
from kwartier.records.files import AnswerRow
from kwartier.text import cells, one_line
from kwartier.tui.panes import score_rows as rows
from kwartier.tui.panes.score_rows import Key, Line
from kwartier.tui.safe import parts
from kwartier.tui.widgets.lines import Cell, Lines

Choose = Callable[[Line, Option | None], None]

REMARK = " opm."
BESIDE = 26
"""Cells that must be left before the words of the chosen score stand beside it."""


class ScoreList(Lines):
    """Knows the lines and the answers, and tells `choose` what was chosen for a line; None is the lack of an answer."""

    def __init__(self, lines: Sequence[Line], headings: Mapping[str, str], choose: Choose, *, id: str) -> None:
        super().__init__(id=id)
        self._choose = choose
        self.rows: list[Line | str] = []
        "A line, or the title of a section."
        before = ""
        for line in lines:
            if line.section != before:
                before = line.section
                self.rows.append(headings[before])
            self.rows.append(line)
        self._cursor = 1
        self.answers: Mapping[Key, AnswerRow] = {}
        self._number = max((cells(line.item.id) for line in lines), default=1)
        self._options: dict[bool, int] = {
            whole: max((self._width_of(line, whole) for line in lines), default=0) for whole in (True, False)
        }
        self._titles = max((cells(line.title) for line in lines), default=0)

    def draw(self, answers: Mapping[Key, AnswerRow]) -> None:
        """Shows these answers."""
        before, self.answers = self.answers, answers
        for place, row in enumerate(self.rows):
            if isinstance(row, Line) and before.get(row.key) != answers.get(row.key):
                self.refresh_line(place)  # the others stay as they are: scoring has to be quick in a long list too

    @property
    def line(self) -> Line:
        """The one that is pointed at."""
        found = self.rows[self.cursor]
        assert isinstance(found, Line)
        return found

    def go_to(self, key: Key) -> None:
        """Points at the line of this answer."""
        for number, row in enumerate(self.rows):
            if isinstance(row, Line) and row.key == key:
                self.point_at(number)

    # -- rows

    def count(self) -> int:
        return len(self.rows)

    def can_point(self, place: int) -> bool:
        return isinstance(self.rows[place], Line)

    def row(self, place: int, width: int) -> list[Cell]:
        return [Cell(self.content(place, width).plain, width)]

    def render_line(self, y: int) -> Strip:
        place, width, style = y + self.scroll_offset.y, self.size.width, self.visual_style
        if place >= self.count():
            return Strip.blank(width, self.rich_style)
        if not self.can_point(place):
            style += self.get_visual_style("lines--heading", partial=True)
        elif place == self.cursor:
            style += self.get_visual_style("lines--cursor", partial=True)
        strips = Visual.to_strips(self, self.content(place, self._room), width, 1, style, pad=True)
        return strips[0].adjust_cell_length(width, style.rich_style)

    @property
    def _room(self) -> int:
        """Cells that a row has, beside the scroll bar."""
        return self.scrollable_content_region.width

    def content(self, place: int, width: int) -> Content:
        """A row in `width` cells, the chosen option between brackets."""
        line = self.rows[place]
        if isinstance(line, str):
            return parts(one_line(line, width))
        answer, here = self.answers.get(line.key), place == self.cursor
        whole, title = self._columns(width)
        pieces = [self._start(line, title, here=here)]
        pieces += [piece for _, _, _, piece in self._choices(line, answer, whole)]
        used = sum(cells(piece.plain) for piece in pieces)
        pieces.append(parts(" " * (self._number + 5 + title + self._options[whole] - used)))
        pieces.append(parts(REMARK if answer and answer.note else " " * cells(REMARK)))
        left = width - sum(cells(piece.plain) for piece in pieces) - 2
        if left >= BESIDE:
            words = rows.told(line, answer)
            if words:
                pieces.append(parts("  ", one_line(words, left)))
            elif here:
                pieces.append(parts("  ", (one_line(rows.how_to(line), left), "italic")))
        return parts(*pieces)

    def _start(self, line: Line, width: int, *, here: bool) -> Content:
        number = f"{line.item.id:>{self._number}}" if line.part is None else " " * self._number
        title = f"  {line.title}" if line.part else line.title
        if line.optional:
            title = f"{one_line(title.strip(), width - 8)} (mag)"
            title = f"  {title}"
        fitting = "  " + one_line(title, width - 2) if title.startswith("  ") else one_line(title, width)
        arrow = "▸" if here else " "
        return parts(f"{arrow} {number}  ", fitting, " " * max(width - cells(fitting) + 1, 0))

    def _columns(self, width: int) -> tuple[bool, int]:
        """Whether the options are written in full, and the width of the titles."""
        whole = self._options[True] <= width * 2 // 5
        room = width - self._number - 5 - self._options[whole] - cells(REMARK)
        title = max(min(self._titles + 2, room), 8)
        if room - title >= 12 and room - title < BESIDE + 2 and room - BESIDE - 2 >= 24:
            title = room - BESIDE - 2
        return whole, title

    def _labels(self, line: Line, whole: bool) -> list[str]:
        labels = [rows.label(line.scale, position, whole=whole) for position in range(len(line.scale.options))]
        return [*labels, *filter(None, [rows.missing_key(line.scale)])]

    def _width_of(self, line: Line, whole: bool) -> int:
        return sum(cells(label) + 2 for label in self._labels(line, whole))

    def _choices(self, line: Line, answer: AnswerRow | None, whole: bool) -> list[tuple[int, int, int, Content]]:
        """Per option its first cell and the one past its last, counted from the options on, its place, and how it
        looks; the lack of an answer comes last."""
        chosen = rows.position_of(line, answer)
        if answer is not None and answer.missing:
            chosen = len(line.scale.options)
        found, at = [], 0
        for place, label in enumerate(self._labels(line, whole)):
            piece = parts((f"[{label}]", "bold")) if place == chosen else parts(f" {label} ")
            found.append((at, at + cells(label) + 2, place, piece))
            at += cells(label) + 2
        return found

    # -- choosing

    def on_click(self, event: events.Click) -> None:
        """A click points at a line; on an option it chooses that too."""
        place = event.y + self.scroll_offset.y
        if place >= self.count() or not self.can_point(place):
            return
        self.point_at(place)
        whole, title = self._columns(self._room)
        column, options = event.x - (self._number + 5 + title), self.line.scale.options
        for start, end, option, _ in self._choices(self.line, None, whole):
            if start <= column < end:
                self._choose(self.line, options[option] if option < len(options) else None)

    def on_key(self, event: events.Key) -> None:
        """The keys of the options come before the letters of the screen.

        Moving is done here too: a binding waits for the app, and a digit typed behind it would be there before it.
        """
        if self.cursor < 0:
            return
        moves = {"down": 1, "enter": 1, "up": -1}
        option = rows.option_at(self.line.scale, event.character) if event.character else None
        if option is None and event.key not in moves:
            return
        event.stop()
        event.prevent_default()
        if option is None:
            self.action_by(moves[event.key])
        else:
            self._choose(self.line, option)
