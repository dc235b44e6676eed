"""Choosing a day in a small calendar."""

from __future__ import annotations

from datetime import date

from textual.app import ComposeResult
from textual.widgets import Static

from kwartier.tui.screens.dialogs import Dialog
from kwartier.tui.widgets.month import Month


class CalendarScreen(Dialog[date]):
    """Gives the day that was chosen, None where it was closed."""

    CSS_PATH = "calendar.tcss"
    help_text = "Kies een dag: de pijltjes gaan door de maand, pgup en pgdn naar een andere maand, enter kiest."

    def __init__(self, title: str, day: date, today: date) -> None:
        super().__init__(title)
        self._day, self._today = day, today

    def body(self) -> ComposeResult:
        yield Month(self._day, self._today)
        yield Static("pijltjes  pgup/pgdn maand\n+ - jaar  v vandaag  enter kiest", classes="muted")

    def on_mount(self) -> None:
        self.query_one(Month).focus()

    def on_month_chosen(self, event: Month.Chosen) -> None:
        event.stop()
        self.dismiss(event.day)
