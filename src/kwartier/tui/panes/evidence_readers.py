"""Asks who may read something that somebody keeps private: a piece of evidence, all of them, or a remark."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Button, Static

from kwartier.instrument.model import AnyStep
from kwartier.records.files import EVERYONE
from kwartier.tui.panes.evidence_texts import readers_words
from kwartier.tui.safe import line, parts, shown
from kwartier.tui.screens.dialogs import Dialog
from kwartier.tui.widgets.choice_list import ChoiceList
from kwartier.tui.widgets.readers_list import ReadersList
from kwartier.workflow import readers as reading

if TYPE_CHECKING:
    from kwartier.tui.panes.base import Pane
    from kwartier.workspace.desk import Desk


class ReadersDialog(Dialog[list[str]]):
    """Gives who was chosen: nobody is an empty list; None where it was closed."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "done", "klaar", priority=True)]
    help_text = "Wijs aan en druk op spatie: zo kiest u wie dit leest. Enter of ctrl+s bewaart het."

    def __init__(self, title: str, desk: Desk, choices: Sequence[tuple[str, str]], chosen: Sequence[str]) -> None:
        super().__init__(title)
        self._desk, self._choices, self._chosen = desk, choices, chosen

    def body(self) -> ComposeResult:
        yield ReadersList(self._choices, self._chosen, id="readers")
        yield Static(id="said")
        yield Static(shown("Wie iets gelezen of meegekregen heeft, houdt dat.", "$text-muted"))
        with Horizontal(classes="buttons"):
            yield Button(line("Klaar (ctrl+s)"), id="ok", variant="primary")
            yield Button("Terug (esc)", id="cancel")

    def on_mount(self) -> None:
        readers = self.query_one(ReadersList)
        readers.styles.max_height = 10
        readers.focus()
        self._say()

    def _say(self) -> None:
        told = readers_words(self._desk, self.query_one(ReadersList).value)
        self.query_one("#said", Static).update(parts(("Dit lezen: ", "bold"), (told, "bold"), "   (spatie kiest)"))

    def on_choice_list_changed(self, event: ChoiceList.Changed) -> None:
        event.stop()
        self._say()

    def on_choice_list_entered(self, event: ChoiceList.Entered) -> None:
        event.stop()
        self.action_done()

    def action_done(self) -> None:
        """Who is chosen now."""
        self.dismiss(self.query_one(ReadersList).value)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "ok":
            self.action_done()
        else:
            self.dismiss(None)


def ask_readers(
    pane: Pane, step: AnyStep, title: str, now: Sequence[str], then: Callable[[list[str] | None], None]
) -> None:
    """Asks who reads something in a step, with who does so now."""
    desk = pane.desk
    choices = reading.choices(desk.record, desk.content, step, desk.seen.names)
    ordered = sorted(choices, key=lambda one: one[0] == EVERYONE)
    pane.app.push_screen(ReadersDialog(title, desk, ordered, now), then)
