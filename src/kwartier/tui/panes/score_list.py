"""The list in which is scored: a line per item or part with its options, the chosen one between brackets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from textual import events
from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip
from textual.visual import Visual

from kwartier.errors import Refused
from kwartier.instrument.model import Item, Option
from kwartier.records.files import AnswerRow
from kwartier.text import cells, one_line
from kwartier.tui.panes import score_rows as rows
from kwartier.tui.panes.score_folding import Folds, Row
from kwartier.tui.panes.score_rows import Key, Line
from kwartier.tui.panes.score_suggesting import Suggested, is_otherwise
from kwartier.tui.safe import parts
from kwartier.tui.widgets.lines import Cell, Lines

Choose = Callable[[Line, Option | None], None]

REMARK = " opm."
SHARED = " gedeeld"
"""A remark that its owner lets others read, where that is chosen."""
OTHERWISE = " ≠"
"""Where something else was given than the facts suggest; what that says is up to who reads it."""
BESIDE = 26
"""Cells that must be left before the words of the chosen score stand beside it."""


class ScoreList(Lines):
    """Knows the lines and the answers, and tells `choose` what was chosen for a line; None is the lack of an answer."""

    def __init__(self, lines: Sequence[Line], headings: Mapping[str, str], choose: Choose, *, id: str) -> None:
        super().__init__(id=id)
        self._choose = choose
        self._headings = headings
        self.folds = Folds(lines, headings)
        self.rows: list[Row] = self.folds.rows()
        self._cursor = 1
        self.answers: Mapping[Key, AnswerRow] = {}
        self._suggested: Suggested = {}
        self.closed = False
        "Whether nothing can be answered here; then no key is named for it."
        self.private = False
        "Whether who sits here chooses who reads the remarks."
        self._number = max((cells(line.item.id) for line in lines), default=1)
        self._options: dict[bool, int] = {
            whole: max((self._width_of(line, whole) for line in lines), default=0) for whole in (True, False)
        }
        self._signs = self.folds.widest + 1 if self.folds.widest else 0
        self._titles = self._widest_title()

    def draw(self, answers: Mapping[Key, AnswerRow]) -> None:
        """Shows these answers."""
        before, self.answers = self.answers, answers
        if self.folds.answered(answers):
            self._fold_anew(self.line.key)
        turned = {key[0] for key in {*before, *answers} if key[1] and before.get(key) != answers.get(key)}
        for place, row in enumerate(self.rows):
            if isinstance(row, Line) and (before.get(row.key) != answers.get(row.key) or row.item.id in turned):
                self.refresh_line(place)  # the others stay as they are: scoring has to be quick in a long list too

    def suggest(self, suggested: Suggested) -> None:
        """Takes what the facts suggest, to mark where something else was given."""
        if suggested != self._suggested:
            self._suggested = suggested
            self.refresh()

    @property
    def line(self) -> Line:
        """The one that is pointed at."""
        found = self.rows[self.cursor]
        assert isinstance(found, Line)
        return found

    def go_to(self, key: Key) -> None:
        """Points at the line of this answer, unfolded where it was folded."""
        if self.folds.show(key):
            self._fold_anew(key)
        for number, row in enumerate(self.rows):
            if isinstance(row, Line) and row.key == key:
                self.point_at(number)

    # -- folding

    def fold(self, item: Item) -> None:
        """Unfolds the parts of an item, or folds them. Raises `Refused` where there is nothing to unfold."""
        if not self.folds.has(item.id):
            raise Refused("no-parts", f"Bij item {item.id} is er niets uit te klappen.")
        unfolded = self.folds.turn(item.id)
        self._fold_anew((item.id, ""))
        if unfolded:
            self._show_parts(item)

    def fold_all(self) -> None:
        """The same for all items at once."""
        item, part = self.line.key
        unfolded = self.folds.turn_all()
        self._fold_anew((item, part if unfolded else ""))

    def _fold_anew(self, key: Key) -> None:
        """Shows what is in sight now, and points at a line of it."""
        self.rows = self.folds.rows()
        self._titles = self._widest_title()
        self.drawn_anew()
        self.go_to(key)

    def _show_parts(self, item: Item) -> None:
        """As many of the parts as fit; the first open one is next where the item itself was answered."""
        own = [place for place, row in enumerate(self.rows) if isinstance(row, Line) and row.item.id == item.id]
        self.scroll_to_region(Region(0, own[0] - 1, 1, len(own) + 1), animate=False, force=True)
        left = [row for row in self.folds.in_sight() if row.item.id == item.id and not self._is_answered(row)]
        if left and self._is_answered(self.line):
            self.go_to(left[0].key)

    def _widest_title(self) -> int:
        """Of what is in sight: long titles of parts take room from the words beside the answers only when unfolded."""
        return max((cells(line.title) + 2 * bool(line.part) for line in self.folds.in_sight()), default=0)

    def _is_answered(self, line: Line) -> bool:
        return rows.is_answered(self.answers.get(line.key))

    # -- rows

    def _show_cursor(self) -> None:
        """Leaves room for the title of the section, which takes the first line where it is out of sight."""
        if self.is_mounted and self.cursor >= 0:
            top = self.cursor - 1 if self._keeps_heading else self.cursor
            self.scroll_to_region(Region(0, top, 1, self.cursor - top + 1), animate=False, force=True)

    @property
    def _keeps_heading(self) -> bool:
        return self.size.height > 2

    def _heading_above(self, place: int) -> str:
        """What stands on top instead of this row: its section, with the item of a part; empty for the row itself."""
        row = self.rows[place]
        if not place or isinstance(row, str) or not self._keeps_heading or place == self.cursor:
            return ""
        own = f"  ·  {row.item.id}  {row.item.short or row.item.title}" if row.part else ""
        return f"{self._headings[row.section]}{own}"

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
        above = self._heading_above(place) if not y else ""
        if above or not self.can_point(place):
            style += self.get_visual_style("lines--heading", partial=True)
        elif place == self.cursor:
            style += self.get_visual_style("lines--cursor", partial=True)
        content = parts(one_line(above, self._room)) if above else self.content(place, self._room)
        strips = Visual.to_strips(self, content, width, 1, style, pad=True)
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
        pieces.append(parts(" " * (self._before(title) + self._options[whole] - used)))
        remark = (SHARED if self.private and answer.readers else REMARK) if answer and answer.note else ""
        pieces.append(parts(f"{remark:<{self._remark}}"))
        if self._suggested:
            otherwise = is_otherwise(self._suggested.get(line.key, ()), answer)
            pieces.append(parts(OTHERWISE if otherwise else " " * cells(OTHERWISE)))
        left = width - sum(cells(piece.plain) for piece in pieces) - 2
        if left >= BESIDE:
            words = " · ".join(filter(None, [rows.told(line, answer), rows.parts_told(line, self.answers)]))
            if words and not (here and not self._is_answered(line)):
                pieces.append(parts("  ", one_line(words, left)))
            elif here:
                pieces.append(parts("  ", (one_line(rows.how_to(line, closed=self.closed), left), "italic")))
        return parts(*pieces)

    def _start(self, line: Line, width: int, *, here: bool) -> Content:
        number = f"{line.item.id:>{self._number}}" if line.part is None else " " * self._number
        title = f"  {line.title}" if line.part else line.title
        fitting = "  " + one_line(title, width - 2) if title.startswith("  ") else one_line(title, width)
        arrow = "▸" if here else " "
        sign = f"{self.folds.sign(line):>{self._signs - 1}} " if self._signs else ""
        return parts(f"{arrow} {number}  ", fitting, " " * max(width - cells(fitting) + 1, 0), sign)

    @property
    def _remark(self) -> int:
        """Cells for the word that there is a remark."""
        return cells(SHARED) if self.private else cells(REMARK)

    def _before(self, title: int) -> int:
        """Cells before the options, where titles have so many."""
        return self._number + 5 + title + self._signs

    def _columns(self, width: int) -> tuple[bool, int]:
        """Whether the options are written in full, and the width of the titles."""
        whole = self._options[True] <= width * 2 // 5
        signs = self._remark + (cells(OTHERWISE) if self._suggested else 0)
        room = width - self._before(0) - self._options[whole] - signs
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
        """A click points at a line; on an option it chooses that too, and on the sign of the parts it unfolds them."""
        place = event.y + self.scroll_offset.y
        if place >= self.count() or not self.can_point(place) or (not event.y and self._heading_above(place)):
            return
        self.point_at(place)
        whole, title = self._columns(self._room)
        column, options = event.x - self._before(title), self.line.scale.options
        if -self._signs <= column < 0 and self.folds.sign(self.line):
            self.fold(self.line.item)
            return
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
