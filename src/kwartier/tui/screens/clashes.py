"""Two people changed the same field: both texts side by side, and one of them chosen here."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Button, Static

from kwartier.records.tree import ABSENT
from kwartier.tui.safe import shown
from kwartier.tui.screens.dialogs import Dialog
from kwartier.workflow.fact_forms import as_given
from kwartier.workflow.fact_words import fact_words

if TYPE_CHECKING:
    from kwartier.workspace.desk import Desk
    from kwartier.workspace.edits import Clash


_ROW = 2
"""The length of a path that leads to a row."""

SEEN = 1.0
"""Seconds that a clash is in sight before a letter answers it."""


class ClashScreen(Dialog[None]):
    """Shows one clash after another until none is left; nothing is lost before a choice is made."""

    DEFAULT_CSS = """
    ClashScreen .dialog { width: 96%; }
    ClashScreen .sides { height: auto; max-height: 16; }
    ClashScreen .side { width: 1fr; height: auto; max-height: 16; border: round $panel; padding: 0 1; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("m", "answer('keep')", "die van mij"),
        Binding("a", "answer('take')", "die van de ander"),
        Binding("b", "answer('both')", "allebei onder elkaar"),
        Binding("right", "app.focus_next", "verder", show=False),
        Binding("left", "app.focus_previous", "terug", show=False),
    ]
    help_text = (
        "U en een ander veranderden dezelfde tekst. Links staat die van u, rechts die van de ander. Kies welke blijft; "
        "tot dan is er niets weg."
    )
    AUTO_FOCUS = ".side"  # an enter that was meant for the text chooses nothing

    def __init__(self, desk: Desk) -> None:
        super().__init__("U en een ander veranderden hetzelfde")
        self._desk = desk
        self._shown: Clash | None = None
        self._shown_at = 0.0

    def body(self) -> ComposeResult:
        yield Static(id="place")
        with Horizontal(classes="sides"):
            with VerticalScroll(classes="side") as mine:
                mine.border_title = "Wat u hier typte"
                yield Static(id="mine")
            with VerticalScroll(classes="side") as theirs:
                theirs.border_title = "Wat een ander bewaarde"
                yield Static(id="theirs")
        with Horizontal(classes="buttons"):
            yield Button("Die van mij (m)", id="keep", variant="primary")
            yield Button("Die van de ander (a)", id="take")
            yield Button("Allebei onder elkaar (b)", id="both")

    def on_mount(self) -> None:
        if self.query("#mine") and self.query("#theirs"):  # not so where the app ends while this opens
            self._show()

    def _show(self) -> None:
        found = self._desk.clashes()
        if not found:
            self.dismiss(None)
            return
        clash = self._shown = found[0]
        self._shown_at = monotonic()
        self.query_one("#place", Static).update(
            shown(f"{clash.place}\nKies welke tekst blijft staan; de andere gaat niet mee.")
        )
        self.query_one("#mine", Static).update(shown(self._words(clash, clash.mine)))
        self.query_one("#theirs", Static).update(shown(self._words(clash, clash.theirs)))
        self.query_one("#both").display = isinstance(clash.mine, str) and isinstance(clash.theirs, str)

    def _words(self, clash: Clash, value: Any) -> str:
        """A value as it is read; an answer to a fact as everywhere else."""
        if len(clash.path) == _ROW and clash.path[0] == "fact" and isinstance(value, dict):
            fact = next((one for one in self._desk.content.fact if one.id == value.get("id")), None)
            return fact_words(fact, as_given(value)) if fact else words(value)
        return words(value)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        self._answer(event.button.id or "")

    def action_answer(self, which: str) -> None:
        """By a letter; not at once, for it may have been meant for the text."""
        if monotonic() - self._shown_at >= SEEN and self.query_one(f"#{which}").display:
            self._answer(which)

    def _answer(self, which: str) -> None:
        clash = self._shown
        if clash not in self._desk.clashes():  # it went on meanwhile, or is over
            if self._desk.clashes():
                self.kwartier.tell("Een van beide teksten is intussen veranderd. Kies opnieuw.")
            self._show()
            return
        assert clash is not None
        if which == "both":
            self._desk.join(clash)
        else:
            self._desk.choose(clash, mine=which == "keep")
        self._show()

    def action_cancel(self) -> None:
        """A clash is not put off: what was typed would not be saved."""
        if self._desk.clashes():
            self.kwartier.tell("Kies eerst welke tekst blijft staan.")
        else:
            self.dismiss(None)


def words(value: Any) -> str:
    """A value as it is read."""
    if value is ABSENT:
        return "(weg)"
    if isinstance(value, dict):
        return "\n".join(f"{key}: {one}" for key, one in value.items())
    return str(value)
