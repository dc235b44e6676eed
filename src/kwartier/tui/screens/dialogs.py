"""Small dialogs: a question with yes and no, a text to type, one of several to choose, a text to read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Input, OptionList, Static, TextArea
from textual.widgets.option_list import Option

from kwartier.errors import KwartierError, Refused
from kwartier.text import clean
from kwartier.tui.actions import MOVING
from kwartier.tui.guarding import Guarded
from kwartier.tui.safe import in_field, line, shown
from kwartier.tui.widgets.typing_fields import PlainArea, PlainInput

R = TypeVar("R")


class Dialog(ModalScreen[R], Guarded):
    """A box in the middle of the screen. Escape closes it without an answer."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "sluiten", key_display="esc"),
        *MOVING,
    ]

    help_text: ClassVar[str] = ""
    "What this dialog wants, and what its answers mean (Dutch); its keys are told beside it."

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title

    def explain(self) -> None:
        """Says what this dialog wants, and its keys."""
        from kwartier.tui.screens.dialog_help import told

        if not isinstance(self, TextDialog):
            self.app.push_screen(TextDialog("Uitleg bij dit venster", told(self)))

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(line(self._title, 68), classes="title")
            yield from self.body()

    def body(self) -> ComposeResult:
        """What is in the box."""
        yield from ()

    def action_cancel(self) -> None:
        """Closes without an answer."""
        self.dismiss(None)


class Confirm(Dialog[bool]):
    """Asks whether something is meant; the answer that changes nothing has the focus. j and n answer too."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "answer(True)", "ja"),
        Binding("n", "answer(False)", "nee"),
    ]

    help_text = "Er wordt gevraagd of u iets zeker wilt. Nee verandert niets."

    def __init__(self, title: str, text: str, *, yes: str = "Ja", no: str = "Nee") -> None:
        super().__init__(title)
        self._text, self._yes, self._no = text, yes, no

    def body(self) -> ComposeResult:
        yield Static(shown(self._text))
        with Horizontal(classes="buttons"):
            yield Button(line(f"{self._no} (n)"), id="no")
            yield Button(line(f"{self._yes} (j)"), id="yes", variant="warning")

    def on_mount(self) -> None:
        for button in self.query("#no"):  # none where the screen is being left already
            button.focus()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.id == "yes")

    def action_answer(self, yes: bool) -> None:
        """The answer."""
        self.dismiss(yes)


class Ask(Dialog[str]):
    """Asks for a text of one line, or of several; an empty one is refused where `required`."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "done", "klaar", priority=True)]

    help_text = "Typ een tekst. Terug gooit weg wat u in dit venster typte."

    def __init__(
        self,
        title: str,
        text: str = "",
        *,
        value: str = "",
        lines: bool = False,
        required: bool = True,
        ok: str = "Klaar",
    ) -> None:
        super().__init__(title)
        self._text, self._value, self._lines, self._required, self._ok = text, value, lines, required, ok

    def body(self) -> ComposeResult:
        if self._text:
            yield Static(shown(self._text))
        if self._lines:
            area = PlainArea(clean(self._value), soft_wrap=True, tab_behavior="focus", id="text")
            area.styles.height = 8
            yield area
        else:
            yield PlainInput(in_field(self._value), id="text")
        yield Static("", id="refusal", classes="wrong")
        with Horizontal(classes="buttons"):
            # Enter begins a new line in a text of several.
            yield Button(line(f"{self._ok} (ctrl+s)" if self._lines else self._ok), id="ok", variant="primary")
            yield Button("Terug (esc)", id="cancel")

    @on(Input.Submitted)
    def _entered(self) -> None:
        self.action_done()

    def action_done(self) -> None:
        """The text as it is now."""
        field = self.query_one("#text")
        text = field.text if isinstance(field, TextArea) else str(getattr(field, "value", ""))
        if self._required and not text.strip():
            self.query_one("#refusal", Static).update("Vul iets in, of ga terug met esc.")
            return
        self.dismiss(text)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "ok":
            self.action_done()
        else:
            self.dismiss(None)

    def save_now(self) -> list[KwartierError]:
        """Called when the app ends: what was typed here stands nowhere else."""
        field = self.query_one("#text")
        text = field.text if isinstance(field, TextArea) else str(getattr(field, "value", ""))
        was = clean(self._value) if self._lines else in_field(self._value)
        return [] if text == was else [not_done()]


def not_done() -> KwartierError:
    """Says that what was typed in a dialog would be lost."""
    return Refused(
        "dialog-open",
        "In het venster dat open is, hebt u iets getypt dat nog niet bewaard is.",
        advice="Maak het af, of ga met esc terug en gooi het weg.",
    )


class Choose(Dialog[str]):
    """Asks for one of several: by arrows and enter, by its number, or by mouse. Gives the id of the choice."""

    help_text = "Kies er één: wijs aan en druk op enter, of druk op het cijfer dat ervoor staat."

    def __init__(self, title: str, options: Sequence[tuple[str, str]], text: str = "") -> None:
        super().__init__(title)
        self._options, self._text = list(options), text

    def body(self) -> ComposeResult:
        if self._text:
            yield Static(shown(self._text))
        yield OptionList(
            *(
                Option(line(f"{number}  {title}" if number < 10 else f"   {title}", 66), id=str(number))
                for number, (_, title) in enumerate(self._options, 1)
            )
        )

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._options[event.option_index][0])

    def on_key(self, event: object) -> None:
        key = getattr(event, "character", None)
        if key and key.isdigit() and 0 < int(key) <= len(self._options):
            self.dismiss(self._options[int(key) - 1][0])


class TextDialog(Dialog[None]):
    """A text to read."""

    def __init__(self, title: str, text: Content) -> None:
        super().__init__(title)
        self._text = text

    def body(self) -> ComposeResult:
        with VerticalScroll() as scroll:
            scroll.styles.height = "auto"
            scroll.styles.max_height = "60vh"
            yield Static(self._text)
        with Horizontal(classes="buttons"):
            yield Button("Sluiten (esc)", id="close")

    def on_button_pressed(self, event: Button.Pressed) -> None:
        self.dismiss(None)
