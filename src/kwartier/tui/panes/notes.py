"""The work of a step of the form notes: a text per item."""

from __future__ import annotations

from functools import partial

from textual.app import ComposeResult
from textual.widgets import Static

from kwartier.instrument.model import NotesStep
from kwartier.records.files import NotesFile
from kwartier.tui.panes.base import Pane
from kwartier.tui.safe import shown
from kwartier.tui.widgets.typing_fields import NoteArea


class NotesPane(Pane):
    """One item at a time."""

    def compose(self) -> ComposeResult:
        assert isinstance(self.step, NotesStep)
        self.item = self.desk.content.items()[0]
        yield Static(shown(self.item.title))
        yield NoteArea(placeholder=self.step.label)

    def on_mount(self) -> None:
        self.query_one(NoteArea).bind(self.measurement.keeper, partial(self.text, self.item.id), self.write)

    def text(self, item: str) -> str:
        rows = self.desk.record.read(self.step.id, NotesFile).explanation
        return next((row.text for row in rows if row.item == item), "")

    def write(self, text: str, burst: str) -> None:
        self.give(
            {"explanation": [{"item": self.item.id, "text": text}]}, f"toelichting bij item {self.item.id}", burst=burst
        )
