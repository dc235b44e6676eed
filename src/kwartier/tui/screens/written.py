"""What was written, with a way to open it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Static

from kwartier.text import one_line
from kwartier.tui.opening import open_file
from kwartier.tui.safe import parts
from kwartier.tui.screens.dialogs import Choose, Dialog


class Written(Dialog[None]):
    """Tells what was written. `places` are the files or the folder that can be opened."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("o", "open_it", "openen")]
    help_text = "Openen doet het programma dat uw computer voor zo'n bestand heeft. Sluiten verandert niets."

    def __init__(self, title: str, text: Content, places: Sequence[Path]) -> None:
        super().__init__(title)
        self._text, self._places = text, list(places)

    def body(self) -> ComposeResult:
        with VerticalScroll(can_focus=False) as scroll:
            scroll.styles.height = "auto"
            scroll.styles.max_height = "60vh"
            yield Static(self._text)
        with Horizontal(classes="buttons"):
            yield Button("Openen (o)", id="open", variant="primary", disabled=not self._places)
            yield Button("Sluiten (esc)", id="close")

    def on_mount(self) -> None:
        self.query_one("#open" if self._places else "#close").focus()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "open":
            self.action_open_it()
        else:
            self.dismiss(None)

    def action_open_it(self) -> None:
        """Opens what was written; where it is more than one file, asks which."""
        if len(self._places) == 1:
            open_file(self.kwartier, self._places[0])
            return
        if not self._places:
            return

        def chosen(number: str | None) -> None:
            if number is not None:
                open_file(self.kwartier, self._places[int(number)])

        options = [(str(number), one_line(one.name, 60)) for number, one in enumerate(self._places)]
        self.app.push_screen(Choose("Welk bestand openen?", options), chosen)


def files_told(paths: Sequence[Path]) -> Content:
    """Which files were written."""
    return parts(*(piece for path in paths for piece in (("Geschreven: ", "bold"), f"{path}\n")))
