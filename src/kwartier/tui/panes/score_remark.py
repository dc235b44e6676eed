"""The field for a remark on one line of a sheet, below the list."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Button, Static

from kwartier.records.files import Sheet
from kwartier.tui.panes.evidence_texts import readers_words
from kwartier.tui.panes.score_private import ask_who_reads, keeps_private
from kwartier.tui.panes.score_rows import Key, Line
from kwartier.tui.safe import line as one_line
from kwartier.tui.safe import parts
from kwartier.tui.widgets.typing_fields import NoteArea

if TYPE_CHECKING:
    from kwartier.tui.panes.score import ScorePane


class RemarkBox(Vertical):
    """Shown while `line` says of which line the remark is."""

    def __init__(self, pane: ScorePane) -> None:
        super().__init__(id="remark-box")
        self._pane = pane
        self.line: Line | None = None
        self._not_taken: tuple[Key, str] | None = None  # what was refused when it was closed

    def compose(self) -> ComposeResult:
        yield Static(id="remark-title")
        yield NoteArea(id="remark")
        yield Button("", id="remark-readers", compact=True)

    @property
    def area(self) -> NoteArea:
        """The field itself."""
        return self.query_one(NoteArea)

    def open(self, line: Line) -> None:
        """Shows the remark on a line, to type in."""
        self.line = line
        blind = "; anderen zien dit pas met de scores" if self._pane.score_step.blind else ""
        self.query_one("#remark-title", Static).update(
            parts((f"Mijn opmerking bij {line.name}", "bold"), f"  esc: terug{blind}")
        )
        self._bind(line)
        self.area.move_cursor(self.area.document.end)
        self.area.focus()
        self.draw()

    def draw(self) -> None:
        """Shows who reads the remark, where that is chosen; tab goes there from the text."""
        button = self.query_one("#remark-readers", Button)
        private = self.line is not None and keeps_private(self._pane.desk, self._pane.score_step)
        button.display = private
        if private and self.line is not None:
            row = self._pane.answers.get(self.line.key)
            told = readers_words(self._pane.desk, row.readers if row else ())
            label = one_line(f"Dit lezen: {told} (tab, enter)", 70)
            if str(button.label) != label.plain:
                button.label = label
                button.refresh(layout=True)

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        event.stop()
        if self.line is not None and self.is_kept():
            self._pane.draw()
            ask_who_reads(self._pane, self.line)

    def _bind(self, line: Line) -> None:
        keeper = self._pane.measurement.keeper
        self.area.bind(keeper, partial(self._text, line), partial(self._write, line))

    def _text(self, line: Line) -> str:
        desk = self._pane.desk
        sheet = desk.record.read_of(self._pane.step.id, self._pane.whose, Sheet)
        part = line.part.id if line.part else ""
        return next((row.note for row in sheet.answer if (row.item, row.part) == (line.item.id, part)), "")

    def _write(self, line: Line, text: str, burst: str) -> None:
        self._pane.answer(line, {"note": text}, f"opmerking bij {line.name}", burst=burst)

    def is_kept(self) -> bool:
        """Gives the desk what was typed; False where it is refused and still stands in the field."""
        if self.line is None:
            return True
        self.area.collect()
        return not self.area.kept_back

    def close(self) -> bool:
        """Nothing is typed here any more. Where something was refused, False; a second time it is let go."""
        line, self.line = self.line, None
        if line is not None:
            self.area.collect()
            if self.area.kept_back and self._not_taken != (line.key, self.area.text):
                self._not_taken = line.key, self.area.text
                self.line = line
                return False
            if self.area.kept_back:
                self._bind(line)
        return True
