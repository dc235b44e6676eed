"""A dialog with many lines to read: who or how many are behind a row of a comparison."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Button

from kwartier.tui.screens.dialogs import Dialog
from kwartier.tui.screens.organisations_compared_about import laid
from kwartier.tui.widgets.document_lines import Line
from kwartier.tui.widgets.document_view import DocumentView


class ToldDialog(Dialog[None]):
    """Only the lines in sight are drawn, however many organisations there are."""

    DEFAULT_CSS = """
    ToldDialog DocumentView { height: 14; background: $surface; }
    """

    help_text = "Wat er achter de regel staat: per score wie, of hoeveel. Met de pijlen leest u verder."

    def __init__(self, title: str, lines: Sequence[Line]) -> None:
        super().__init__(title)
        self._lines = lines

    def body(self) -> ComposeResult:
        yield DocumentView(id="told")
        with Horizontal(classes="buttons"):
            yield Button("Sluiten (esc)", id="close")

    def on_mount(self) -> None:
        told = self.query_one(DocumentView)
        told.show(partial(laid, self._lines))
        told.focus()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        event.stop()
        self.dismiss(None)
