"""Brings a copy that a synchroniser made together with its file; where both differ, one is chosen side by side."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Button, Static

from kwartier.errors import KwartierError, Misused
from kwartier.tui.safe import shown
from kwartier.tui.screens.dialogs import Ask, Dialog

if TYPE_CHECKING:
    from kwartier.tui.app import KwartierApp


async def begin_merging(app: KwartierApp, copy: Path, then: Callable[[], object]) -> None:
    """Merges; asks per field where both differ, and who is at the keyboard where the file belongs to one person."""
    from kwartier.workspace.copies import FieldsClash

    workspace = await app.workspace()
    choices: dict[int, str] = {}
    viewer: str | None = None
    while True:
        try:
            changed = await asyncio.to_thread(workspace.merge_copy, copy, choices=choices, viewer=viewer)
            break
        except FieldsClash as clash:
            choices = await _choose(app, clash.fields)
        except KwartierError as error:
            if error.code != "not-yours" or viewer is not None:
                raise
            viewer = await app.push_screen_wait(Ask("Wie zit er achter het toetsenbord?", error.message))
            if not viewer:
                return
    app.tell(f"{'Samengevoegd.' if changed else 'De kopie voegde niets toe.'} De kopie is verwijderd.")
    then()


async def _choose(app: KwartierApp, fields: list[tuple[str, str, str]]) -> dict[int, str]:
    made = {}
    for number, (place, ours, theirs) in enumerate(fields, start=1):
        chosen = await app.push_screen_wait(FieldChoice(f"{place} ({number} van {len(fields)})", ours, theirs))
        if not chosen:
            raise Misused("not-chosen", "Er is nog niets samengevoegd.", advice="Kies bij elk verschil wat geldt.")
        made[number] = chosen
    return made


class FieldChoice(Dialog[str]):
    """Both values of a field; gives "hier" or "kopie"."""

    DEFAULT_CSS = """
    FieldChoice .dialog { width: 96%; }
    FieldChoice .sides { height: auto; max-height: 16; }
    FieldChoice .side { width: 1fr; height: auto; max-height: 16; border: round $panel; padding: 0 1; }
    """
    AUTO_FOCUS = ".side"

    def __init__(self, place: str, ours: str, theirs: str) -> None:
        super().__init__("Het bestand en de kopie verschillen")
        self._place, self._ours, self._theirs = place, ours, theirs

    def body(self) -> ComposeResult:
        yield Static(shown(f"{self._place}\nKies wat blijft staan; het andere gaat niet mee."))
        with Horizontal(classes="sides"):
            for title, text in (("In het bestand", self._ours), ("In de kopie", self._theirs)):
                with VerticalScroll(classes="side") as side:
                    side.border_title = title
                    yield Static(shown(text or "(niets)"))
        with Horizontal(classes="buttons"):
            yield Button("Die in het bestand", id="hier", variant="primary")
            yield Button("Die in de kopie", id="kopie")
            yield Button("Terug (esc)", id="cancel")

    def on_button_pressed(self, event: Button.Pressed) -> None:
        self.dismiss(None if event.button.id == "cancel" else event.button.id)
