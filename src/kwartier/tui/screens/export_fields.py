"""What dialogs that make files ask alike: in which forms, and an own template where a form takes one."""

from __future__ import annotations

import asyncio
from typing import TypeVar

from textual.widgets import Input

from kwartier.errors import Misused
from kwartier.instrument.model import Content
from kwartier.text import one_line
from kwartier.tui.screens.form_dialog import ChoiceField, Field, FormDialog
from kwartier.tui.widgets.choice_list import ChoiceList
from kwartier.tui.widgets.date_input import DateInput
from kwartier.tui.widgets.path_input import Paths, path_from
from kwartier.workspace import documents, outside
from kwartier.workspace.writing import Writer, writers

R = TypeVar("R")

_BEST = "pdf"
"""What is ticked first, where something writes it."""
_TEMPLATES = ("docx", "dotx")
_MOST_BYTES = 50_000_000
"""No more is read of a template; writers take less."""
ALWAYS = (
    (documents.FULL, "Het hele verslag"),
    (documents.BOARD, "Samenvatting voor het bestuur"),
    (documents.FIGURES, "Scoreblad en cijfers"),
    (documents.PAGE, "Blad om te tekenen"),
)
"""The kinds that are not an instrument's own, in words that fit a field."""
_WIDTH = 45
LOW = 30
"""On a screen with fewer lines the fields scroll, so that a refusal and the buttons stay in sight."""


def kinds_of(content: Content) -> list[tuple[str, str]]:
    """Every kind of report of an instrument, in words that fit a field."""
    return [(kind, dict(ALWAYS).get(kind) or one_line(title, _WIDTH)) for kind, title in documents.variants(content)]


class FormsDialog(FormDialog[R]):
    """A dialog with forms to tick (`forms`), perhaps a template (`template`), and a place (`path`)."""

    def take_writers(self) -> None:
        """Called before the fields are made."""
        self.writers = writers()
        self.default_form = _BEST if _BEST in self.writers else next(iter(self.writers))

    def forms_field(self) -> Field:
        """Which forms; more than one can be ticked."""
        return Field(
            "forms",
            "Vorm (spatie)",
            self.default_form,
            ticks=tuple((form, one.title) for form, one in self.writers.items()),
        )

    def _widget(self, one: Field) -> Input | ChoiceField | DateInput | ChoiceList:
        made = super()._widget(one)
        if one.id in ("path", "template") and isinstance(made, Input):
            made.suggester = Paths(_TEMPLATES if one.id == "template" else ())
        return made

    def on_mount(self) -> None:
        self.query_one("#fields").styles.max_height = 11 if self.app.size.height < LOW else 19
        self.changed()

    def changed(self) -> None:
        """The template is asked only where a form takes one."""
        self.show_field("template", any(one.takes_template for one in self.chosen_writers(self.value("forms"))))

    def chosen_writers(self, ticked: str) -> list[Writer]:
        """The writers of the forms that are ticked, with commas between them."""
        return [one for form, one in self.writers.items() if form in ticked.split(",")]

    def require_writers(self, values: dict[str, str]) -> list[Writer]:
        """The same. Raises `Misused` where nothing is ticked."""
        found = self.chosen_writers(values["forms"])
        if not found:
            raise Misused("no-form", "Er is geen vorm gekozen.", advice="Wijs er een aan en druk op de spatiebalk.")
        return found


async def template_from(values: dict[str, str]) -> bytes | None:
    """The bytes of the template that was typed, if one was. Raises `Refused` where it cannot be read."""
    typed = values.get("template", "")
    if not typed.strip():
        return None
    return await asyncio.to_thread(outside.read, path_from(typed), _MOST_BYTES)
