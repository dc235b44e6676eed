"""What stands above the notes in the interview: the item with its questions, and on a narrow screen the time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.events import Click
from textual.widgets import Static

from kwartier.text import one_line
from kwartier.tui.guarding import Guarded
from kwartier.tui.safe import line, parts, shown
from kwartier.tui.widgets.questions import QuestionList
from kwartier.workflow.sittings import pace

if TYPE_CHECKING:
    from kwartier.instrument.model import Item
    from kwartier.tui.panes.interview import InterviewPane
    from kwartier.tui.widgets.raw_notes import RawNoteArea


class ItemHead(Vertical, Guarded):
    """The open item. A click on its title asks for another one, a click on the line with the time shows the anchors."""

    SCOPED_CSS = False  # how much room there is, the screen around it tells
    DEFAULT_CSS = """
    ItemHead { height: auto; }
    ItemHead #title { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    ItemHead #statement { height: auto; max-height: 6; }
    ItemHead #questions { margin-top: 1; max-height: 12; }
    ItemHead #fold { height: 1; color: $text-muted; display: none; }
    MeasurementScreen.-narrow ItemHead #fold { display: block; }
    MeasurementScreen.-without-aside ItemHead #fold { display: block; }
    MeasurementScreen.-narrow ItemHead #statement { max-height: 3; }
    MeasurementScreen.-narrow ItemHead #questions { margin-top: 0; max-height: 7; }
    """

    def __init__(self, pane: InterviewPane, note: RawNoteArea) -> None:
        super().__init__()
        self._pane, self._note = pane, note

    def compose(self) -> ComposeResult:
        yield Static(id="title")
        with VerticalScroll(id="statement", can_focus=False):
            yield Static(id="statement-text")
        yield QuestionList(self._note, id="questions")
        yield Static(id="fold")

    def draw(self) -> None:
        """Shows the item that is open by now, or that none is."""
        item = self._pane.item
        self.query_one("#title", Static).update(self._title(item))
        self.query_one("#statement-text", Static).update(shown(item.statement if item else ""))
        self.query_one("#statement").display = bool(item and item.statement)
        self.draw_questions()
        self.draw_time()

    def draw_questions(self) -> None:
        """Shows the questions as they are by now."""
        self.query_one(QuestionList).draw(self._pane.questions.here(), self._pane.questions.marked)

    def draw_time(self) -> None:
        """Shows how much is left."""
        clock, item = self._pane.clock, self._pane.item
        told = [pace(len(self._pane.left), clock.left)]
        if item is not None:
            if here := clock.on_item(item.id):
                told.append(f"dit item {here} min")
            more = f"{len(item.anchors)} omschrijvingen" if item.anchors else "uitleg"
            told.insert(0, f"▸ {more}: ctrl+d")
        self.query_one("#fold", Static).update(line(" · ".join(told)))

    def show_begin(self) -> None:
        """Shows the begin of a long statement."""
        self.query_one("#statement", VerticalScroll).scroll_home(animate=False)

    def _title(self, item: Item | None) -> Content:
        if item is None:
            return line("Los, nog zonder item" if self._pane.items else "Dit instrument heeft geen items")
        section = next((one for one in self._pane.desk.content.section if item in one.item), None)
        where = item.source or (section.title if section else "")
        return parts((f"{item.id}  {one_line(item.title, 60)}", "bold"), (f"  {one_line(where, 40)}", "$text-muted"))

    @on(Click, "#title")
    async def _title_clicked(self) -> None:
        await self._pane.action_go_to()

    @on(Click, "#fold")
    def _fold_clicked(self) -> None:
        self._pane.measurement.action_show_aside()
