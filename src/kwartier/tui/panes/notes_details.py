"""The line below the texts of a step: who writes or did it, when, and whether it is skipped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Button, Static

from kwartier.records.files import NotesFile
from kwartier.tui.safe import line
from kwartier.tui.screens.ask_day import AskDay
from kwartier.tui.screens.dialogs import Ask, Choose
from kwartier.tui.screens.who import named
from kwartier.workflow.periods import short

if TYPE_CHECKING:
    from kwartier.tui.panes.notes import NotesPane


class NotesDetails(Horizontal):
    """A button for each; it says what is known, and asks for something else."""

    def __init__(self, pane: NotesPane) -> None:
        super().__init__(id="details")
        self._pane = pane

    def compose(self) -> ComposeResult:
        step = self._pane.notes_step
        if step.by == "person":
            role = next((one for one in self._pane.desk.content.role if one.id == step.role), None)
            if role is not None:
                yield Static(line(f"Voor de {role.title}.", 30))
            yield Button("Door", id="by", compact=True)
            yield Button("Datum", id="date", compact=True)
        else:
            yield Button("Eerste concept", id="writer", compact=True)
        if step.optional:
            yield Button("Overslaan", id="skip", compact=True)

    def _file(self) -> NotesFile:
        return self._pane.desk.record.read(self._pane.step.id, NotesFile)

    def draw(self, *, closed: bool) -> None:
        """Shows what is known by now; `closed` says that nothing can be changed."""
        file, name = self._file(), self._pane.desk.name
        words = {
            "writer": f"Eerste concept: {name(file.writer) if file.writer else 'wie?'}",
            "by": f"Door: {name(file.by) if file.by else 'wie?'}",
            "date": f"Datum: {short(file.date) if file.date else 'wanneer?'}",
            "skip": "Toch doen" if file.skipped else "Overslaan…",
        }
        for button in self.query(Button):
            told = line(words[button.id or ""], 40)
            if str(button.label) != told.plain:
                button.label = told
                button.refresh(layout=True)
            button.disabled = closed

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        event.stop()
        ask = {
            "writer": self._ask_writer,
            "by": self._ask_by,
            "date": self._ask_date,
            "skip": self._pane.measurement.action_skip_step,
        }
        self._pane.measurement.call_later(ask[event.button.id or ""])  # not from here: it may take this button away

    def _ask_writer(self) -> None:
        desk = self._pane.desk
        people = named(desk, [one.id for one in desk.people(self._pane.step.role)])

        def chosen(code: str | None) -> None:
            if code is not None:
                self._pane.give({"writer": code}, "wie het eerste concept schrijft")

        self.app.push_screen(Choose("Wie schrijft het eerste concept?", [*people, ("", "nog niet bekend")]), chosen)

    def _ask_by(self) -> None:
        pane, now = self._pane, self._file().by

        def answered(name: str | None) -> None:
            if name is not None:
                pane.give({"by": name.strip()}, f"wie '{pane.step.title}' deed")

        value = pane.desk.name(now) if now else ""
        self.app.push_screen(Ask("Door wie?", "Een naam of een code.", value=value, required=False), answered)

    def _ask_date(self) -> None:
        pane, now = self._pane, self._file().date

        def answered(day: str | None) -> None:
            if day is not None:
                pane.give({"date": day.strip()}, f"wanneer '{pane.step.title}' gedaan is")

        self.app.push_screen(AskDay("Wanneer?", now, pane.desk.today, required=False), answered)
