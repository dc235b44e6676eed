"""Asks for a day: typed as people here do, or chosen in a calendar."""

from __future__ import annotations

from datetime import date

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Button, Static

from kwartier.errors import KwartierError
from kwartier.tui.safe import line, shown
from kwartier.tui.screens.dialogs import Ask
from kwartier.tui.widgets.date_input import DateInput
from kwartier.workflow.periods import typed


class AskDay(Ask):
    """Gives the day as 22-11-2026; an empty text where that is allowed and nothing is filled in."""

    help_text = "Typ een dag, zoals 22-11, 22 nov of morgen, of druk op ↓ voor de kalender."

    def __init__(self, title: str, day: date | None, today: date, text: str = "", *, required: bool = True) -> None:
        super().__init__(title, text, value=typed(day) if day else "", required=required)
        self._day, self._today = day, today

    def body(self) -> ComposeResult:
        if self._text:
            yield Static(shown(self._text))
        yield DateInput(self._day, today=self._today, title=self._title, input_id="text")
        yield Static("", id="refusal", classes="wrong")
        with Horizontal(classes="buttons"):
            yield Button(line(self._ok), id="ok", variant="primary")
            yield Button("Terug (esc)", id="cancel")

    def action_done(self) -> None:
        """The day as it was typed, where it is one."""
        try:
            day = self.query_one(DateInput).day
        except KwartierError as error:
            self.query_one("#refusal", Static).update(shown(f"{error.message} {error.advice or ''}"))
            return
        if day is None and self._required:
            self.query_one("#refusal", Static).update("Vul een dag in, of ga terug met esc.")
            return
        self.dismiss(typed(day) if day else "")
