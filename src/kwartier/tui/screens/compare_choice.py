"""Which measurements are compared: all with one instrument, of which two or more are ticked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Button, Static

from kwartier.tui.safe import shown
from kwartier.tui.screens.dialogs import Dialog
from kwartier.tui.widgets.choice_list import ChoiceList
from kwartier.workflow.periods import short

if TYPE_CHECKING:
    from kwartier.workspace.series import Candidate


class CompareChoice(Dialog[list[str]]):
    """Asks which measurements; gives their references, oldest first."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "done", "klaar", priority=True)]
    DEFAULT_CSS = """
    CompareChoice ChoiceList { max-height: 12; }
    """

    help_text = "Kies met spatie of een klik welke metingen naast elkaar komen: twee of meer. Enter vergelijkt ze."

    def __init__(self, found: Sequence[Candidate], ticked: Sequence[str]) -> None:
        super().__init__("Welke metingen vergelijken?")
        self._found, self._ticked = list(found), list(ticked)

    def body(self) -> ComposeResult:
        yield Static("Kies er twee of meer met spatie. Enter vergelijkt ze.", classes="muted")
        choices = [(one.ref, named(one)) for one in self._found]
        yield ChoiceList(choices, [ref for ref in self._ticked if ref in dict(choices)], many=True, id="which")
        yield Static("", id="refusal", classes="wrong")
        with Horizontal(classes="buttons"):
            yield Button("Vergelijken", id="ok", variant="primary")
            yield Button("Terug (esc)", id="cancel")

    def on_mount(self) -> None:
        self.query_one(ChoiceList).focus()

    @on(ChoiceList.Entered)
    def _entered(self, event: ChoiceList.Entered) -> None:
        event.stop()
        self.action_done()

    def action_done(self) -> None:
        """Those that are ticked."""
        refs: list[str] = self.query_one(ChoiceList).value
        if len(refs) < 2:
            self.query_one("#refusal", Static).update(shown("Kies er minstens twee, met spatie of een klik."))
            return
        self.dismiss(refs)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "ok":
            self.action_done()
        else:
            self.dismiss(None)


def named(one: Candidate) -> str:
    """A measurement in a list."""
    from kwartier.workspace.series_words import set_words

    told = [set_words(one.parameters)] if one.parameters else []
    told += ["van papier"] if one.paper else []
    return f"{short(one.date)} ({', '.join(told)})" if told else short(one.date)
