"""A box to type in with a list below it that follows what is typed; enter takes the line that is pointed at."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from kwartier.tui.screens.dialogs import Dialog
from kwartier.tui.widgets.typing_fields import PlainInput

R = TypeVar("R")


class PickBox(Dialog[R]):
    """Gives what was chosen, None where it was closed. The arrows move through the list while one types."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", "omlaag", show=False),
        Binding("up", "move(-1)", "omhoog", show=False),
        Binding("pagedown", "move(8)", "verder omlaag", show=False),
        Binding("pageup", "move(-8)", "verder omhoog", show=False),
    ]
    DEFAULT_CSS = """
    PickBox OptionList, PickBox OptionList:focus { height: auto; max-height: 12; border: none; padding: 0 1; }
    PickBox #told { color: $text-muted; height: auto; }
    """

    help_text = "Typ om te zoeken; de pijltjes gaan door de lijst en enter kiest wat is aangewezen."
    placeholder: ClassVar[str] = ""

    def rows(self, text: str) -> list[tuple[R, Content]]:
        """What can be chosen when this was typed, the likeliest first."""
        raise NotImplementedError

    def nothing(self, text: str) -> str:
        """What is said where there is nothing to choose (Dutch)."""
        return "Niets gevonden."

    def body(self) -> ComposeResult:
        yield PlainInput(placeholder=self.placeholder, id="text")
        yield Static(id="told")
        yield OptionList()

    def on_mount(self) -> None:
        self._found: list[tuple[R, Content]] = []
        self._drawn_for: str | None = None
        self._draw("")

    def _draw(self, text: str) -> None:
        if text == self._drawn_for:
            return
        self._drawn_for = text
        self._found = self.rows(text)
        listed = self.query_one(OptionList)
        listed.clear_options()
        listed.add_options([Option(row) for _, row in self._found])
        listed.highlighted = 0 if self._found else None
        listed.display = bool(self._found)
        told = self.query_one("#told", Static)
        told.display = not self._found
        told.update(Content("" if self._found else self.nothing(text)))

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._draw(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._draw(event.value)  # the last letters may have come after the list was drawn
        place = self.query_one(OptionList).highlighted
        if place is not None:
            self.dismiss(self._found[place][0])

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(self._found[event.option_index][0])

    def action_move(self, places: int) -> None:
        """Points at another line."""
        listed = self.query_one(OptionList)
        if listed.highlighted is not None:
            listed.highlighted = max(0, min(len(self._found) - 1, listed.highlighted + places))
