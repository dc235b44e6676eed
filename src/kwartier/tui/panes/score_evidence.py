"""The evidence on one item, for who judges it: each piece in full, and a copy of its file where one is wanted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Button, OptionList, Static
from textual.widgets.option_list import Option

from kwartier.errors import Refused
from kwartier.instrument.model import Content, EvidenceStep, Item, ScoreStep
from kwartier.records.files import Evidence
from kwartier.records.record import Record
from kwartier.tui.panes.evidence_files import ask_copy
from kwartier.tui.panes.evidence_texts import detail
from kwartier.tui.safe import line
from kwartier.tui.screens.dialogs import Dialog
from kwartier.workflow.beside import evidence_on, evidence_words

if TYPE_CHECKING:
    from kwartier.tui.panes.base import Pane
    from kwartier.workspace import Workspace

Piece = tuple[EvidenceStep, int, Evidence]


def evidence_steps(content: Content, step: ScoreStep) -> list[EvidenceStep]:
    """The steps with evidence that are shown while something is scored."""
    return [one for one in content.step if isinstance(one, EvidenceStep) and one.id in step.shows]


def pieces_on(record: Record, content: Content, step: ScoreStep, item: Item) -> list[Piece]:
    """The evidence on an item that may be seen."""
    found = evidence_steps(content, step)
    return [(one, number, row) for one in found for number, row in evidence_on(record, one, item)]


async def show_evidence(pane: Pane, step: ScoreStep, item: Item) -> None:
    """Opens the evidence on an item. Raises `Refused` where there is none to see."""
    pieces = pieces_on(pane.desk.record, pane.desk.content, step, item)
    if not pieces:
        raise Refused("no-evidence", f"Bij item {item.id} is er niets dat u mag lezen.")
    await pane.app.push_screen(EvidenceBox(pane, await pane.kwartier.workspace(), item, pieces))


class EvidenceBox(Dialog[None]):
    """The pieces above, the one that is pointed at below."""

    DEFAULT_CSS = """
    EvidenceBox OptionList { height: auto; max-height: 6; border: none; padding: 0; }
    EvidenceBox VerticalScroll { height: auto; max-height: 10; border-top: solid $panel; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("k", "save_copy", "kopie bewaren")]
    help_text = "Wijs een stuk aan om het te lezen; k bewaart een kopie van het bestand. Kwartier opent niets."

    def __init__(self, pane: Pane, workspace: Workspace, item: Item, pieces: Sequence[Piece]) -> None:
        super().__init__(f"{item.id}  {item.short or item.title}")
        self._pane, self._workspace, self._pieces = pane, workspace, pieces

    def body(self) -> ComposeResult:
        yield OptionList(
            *(Option(line(f"{number}  {evidence_words(row)}", 66)) for _, number, row in self._pieces), markup=False
        )
        with VerticalScroll():
            yield Static(id="detail")
        with Horizontal(classes="buttons"):
            yield Button(line("Kopie bewaren (k)"), id="save_copy")
            yield Button("Sluiten (esc)", id="close")

    def on_mount(self) -> None:
        pieces = self.query_one(OptionList)
        pieces.highlighted = 0
        pieces.focus()

    @property
    def _here(self) -> Piece:
        return self._pieces[self.query_one(OptionList).highlighted or 0]

    @on(OptionList.OptionHighlighted)
    def _pointed(self) -> None:
        step, _, row = self._here
        self.query_one("#detail", Static).update(detail(self._pane.desk, step, row))
        self.query_one("#save_copy").display = row.file is not None

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        if self._here[2].file is not None:
            self.action_save_copy()

    def action_save_copy(self) -> None:
        """Asks where a copy of the file goes."""
        step, _, row = self._here
        if row.file is None:
            raise Refused("no-file", "Bij dit stuk is geen bestand.")
        ask_copy(self._pane, self._workspace, step.id, row)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "save_copy":
            self.action_save_copy()
        else:
            self.dismiss(None)
