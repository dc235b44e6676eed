"""The work of a step of the form interview: somebody types what is said, item by item, without losing a letter.

There is one field to type in, whatever it shows, so that keys typed while it changes from one item to another land
in order. The item above it stands in `interview_item`, what is beside it in `interview_aside`, the clock in
`interview_clock`, its questions in `interview_questions`, its boxes in `interview_boxes`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from kwartier.instrument.model import AnyStep, Item
from kwartier.records.files import InterviewFile, RawNote, RawNotesFile
from kwartier.records.tree import ABSENT, Value
from kwartier.tui.actions import bindings
from kwartier.tui.panes.base import Pane
from kwartier.tui.panes.interview_aside import beside_item, beside_loose, progress
from kwartier.tui.panes.interview_boxes import ItemBox, SearchBox, SessionsBox
from kwartier.tui.panes.interview_clock import InterviewClock
from kwartier.tui.panes.interview_ending import DueNotes, begin_destroying, begin_keeping
from kwartier.tui.panes.interview_item import ItemHead
from kwartier.tui.panes.interview_questions import AskedQuestions
from kwartier.tui.safe import line, shown
from kwartier.tui.screens.measurement import MeasurementScreen
from kwartier.tui.widgets.questions import QuestionList
from kwartier.tui.widgets.raw_notes import RawNoteArea
from kwartier.workflow.interviewing import Hit, undiscussed
from kwartier.workflow.paragraphs import as_text, changed, paragraph_at

LOOSE = ""
"""In the place of an item: the notes that have none yet."""

_AT_ITEM = "ctrl+t gesteld · ctrl+l los · ctrl+f zoeken"
"""What the footer of a narrow screen has no room for."""

_AT_LOOSE = "ctrl+g alinea naar item · ctrl+l terug"


class InterviewPane(Pane):
    """One item at a time, or the loose notes; the field for notes has the focus."""

    scope = "interview"
    asks_who = True
    BINDINGS: ClassVar[list[BindingType]] = bindings("interview")
    DEFAULT_CSS = """
    InterviewPane #notice { color: $text-warning; height: auto; max-height: 3; }
    InterviewPane #note { height: 1fr; min-height: 5; border: round $panel; padding: 0 1; }
    InterviewPane #note:focus { border: round $primary; }
    """

    def __init__(self, screen: MeasurementScreen, step: AnyStep) -> None:
        super().__init__(screen, step)
        self.clock = InterviewClock(self)
        self.questions = AskedQuestions(self)
        self.left: list[str] = []
        "The items that nothing was said of yet, as last drawn."
        self._read: tuple[Value, InterviewFile] = (ABSENT, InterviewFile())
        self._place = self.items[0].id if self.items else LOOSE
        self._back = self._place
        self._cursors: dict[str, tuple[int, int]] = {}

    # -- what is shown

    @property
    def items(self) -> list[Item]:
        """The items of the instrument."""
        return self.desk.content.items()

    @property
    def item(self) -> Item | None:
        """The item that is open; None at the loose notes."""
        return next((one for one in self.items if one.id == self._place), None)

    @property
    def file(self) -> InterviewFile:
        """The shared file of the interview; read once per change, as it is looked at every second."""
        tree = self.desk.record.shared.get(self.step.id, ABSENT)
        if tree is not self._read[0]:
            self._read = tree, self.desk.record.read(self.step.id, InterviewFile)
        return self._read[1]

    @property
    def read_only(self) -> bool:
        """Whether nothing can be changed here, or nobody sits here who may."""
        return bool(self.desk.closed(self.step.id)) or self.desk.viewer is None

    def _notes(self) -> RawNotesFile:
        return self.desk.record.read_of(self.step.id, self.desk.viewer or "", RawNotesFile)

    def _notice(self) -> str:
        """Why nothing can be typed; empty where it can."""
        if closed := self.desk.closed(self.step.id):
            return closed
        if destroyed := self._notes().destroyed:
            return f"Uw ruwe aantekeningen zijn vernietigd op {destroyed:%d-%m-%Y}; er kunnen er geen meer bij."
        return ""

    def compose(self) -> ComposeResult:
        yield DueNotes(self)
        if self.desk.viewer is None:
            with VerticalScroll():
                yield Static(id="progress")
            return
        note = RawNoteArea(id="note")
        yield ItemHead(self, note)
        yield Static(id="notice")
        yield note

    @property
    def _head(self) -> ItemHead:
        return self.query_one(ItemHead)

    @property
    def note(self) -> RawNoteArea:
        """The one field to type in."""
        return self.query_one("#note", RawNoteArea)

    def on_mount(self) -> None:
        if self.desk.viewer is None:
            return
        self._bind()
        self.set_interval(1.0, self._tick)
        self.call_after_refresh(self.clock.ask_about_left_behind)

    def focus_first(self) -> None:
        """Typing lands in the notes."""
        if self.desk.viewer is None:
            super().focus_first()
        else:
            self.note.focus()

    def draw(self) -> None:
        """Shows the item, its questions and the time as they are by now."""
        self.query_one(DueNotes).draw()
        if self.desk.viewer is None:
            self.query_one("#progress", Static).update(progress(self.desk, self.step.id))
            return
        notice = self._notice()
        self.note.read_only = bool(notice)
        self.query_one("#notice", Static).update(shown(notice))
        self.query_one("#notice").display = bool(notice)
        self.left = undiscussed(self.desk.content, self.desk.record, self.step.id)
        item = self.item
        self.note.border_title = line(f"Aantekeningen bij item {item.id}" if item else "Losse aantekeningen")
        self.note.border_subtitle = _AT_ITEM if item else _AT_LOOSE
        self.note.draw()
        self._head.draw()

    def status(self) -> str:
        """The clock, and which item is open of how many."""
        if self.desk.viewer is None:
            return super().status()
        ids = [one.id for one in self.items]
        where = f"item {ids.index(self._place) + 1} van {len(ids)}" if self._place in ids else "los"
        return f"{self.clock.face()} · {where}"

    def aside(self) -> Content:
        """The anchors of the item, the pace, and what others noted."""
        if self.desk.viewer is None:
            return super().aside()
        return beside_item(self, self.item) if self.item else beside_loose(self)

    def _tick(self) -> None:
        if self.clock.tick():
            self._head.draw_time()
            self.measurement.draw_heading()
            self.measurement.draw_aside()

    # -- typing

    def _bind(self) -> None:
        """Shows the notes of the open item, or the loose ones, in the field."""
        self.note.read_only = bool(self._notice())
        here = self._place
        self.note.bind(self.measurement.keeper, partial(self._text, here), partial(self._write, here))

    def _text(self, item: str) -> str:
        return as_text(self._notes().note, item)

    def _write(self, item: str, text: str, burst: str) -> None:
        rows = changed(self._notes().note, item, text, self.desk.new_id)
        if rows:
            name = f"aantekening bij item {item}" if item else "losse aantekening"
            self.give({"note": rows}, name, own=True, burst=burst)

    def on_note_area_typed(self, event: RawNoteArea.Typed) -> None:
        event.stop()
        if self.note.kept_back:  # somebody typed; a text that is shown comes by here too
            self.clock.offer()

    def _when_typed(self, go: Callable[[], None]) -> None:
        """Does something once the field has every letter that was typed before it was asked for."""
        self.note.call_later(go)

    def _open(self, place: str, *, at: int | None = None, back: bool = False) -> None:
        """Shows an item or the loose notes, with the cursor below what is there, at a place in it, or where it was."""
        self.note.leave()
        if self.note.kept_back:
            return  # it was refused, and what was typed stands nowhere else
        if place != self._place:
            self._cursors[self._place] = self.note.cursor_location
            self._place = place
            self._bind()
            self._head.show_begin()
            self.measurement.given(typing=True)
        if at is not None:
            self.note.put_cursor(at)
        elif back and place in self._cursors:
            self.note.move_cursor(self._cursors[place])
        self.draw()
        self.measurement.draw_heading()
        self.measurement.draw_aside()
        self.note.focus()

    # -- from item to item

    def action_next_item(self) -> None:
        """To the following item."""
        self._when_typed(lambda: self._by(1))

    def action_previous_item(self) -> None:
        """To the item before."""
        self._when_typed(lambda: self._by(-1))

    def _by(self, places: int) -> None:
        ids = [one.id for one in self.items]
        here = self._place if self._place in ids else self._back
        if here not in ids:
            return
        to = ids.index(here) + (places if self._place in ids else 0)
        if 0 <= to < len(ids):
            self._open(ids[to])
        else:
            self.kwartier.tell("Dit is het laatste item." if places > 0 else "Dit is het eerste item.")

    async def action_go_to(self) -> None:
        """To an item by number or word; at the loose notes the paragraph under the cursor goes there."""
        if not self.items:
            self.kwartier.tell("Dit instrument heeft geen items.")
        elif self.item is not None:
            await self._pick("Ga naar item", self._open)
        else:
            await self._pick("Naar welk item gaat deze alinea?", self._move)

    async def _pick(self, title: str, then: Callable[[str], None]) -> None:
        def picked(item: str | None) -> None:
            if item is not None:
                self._when_typed(lambda: then(item))

        await self.app.push_screen(ItemBox(title, self.items, self.left), picked)

    # -- loose notes

    def action_loose_notes(self) -> None:
        """To the loose notes, or back to where one was."""
        self._when_typed(self._to_loose_and_back)

    def _to_loose_and_back(self) -> None:
        if self._place != LOOSE:
            self._back = self._place
            self._open(LOOSE)
        elif self._back != LOOSE:
            self._open(self._back, back=True)

    def _move(self, item: str) -> None:
        """Moves the loose paragraph under the cursor to an item."""
        self.measurement.keeper.collect()
        row = self._under_cursor()
        if row is None or self.note.kept_back:
            self.kwartier.tell("Zet de cursor eerst in de alinea die u wilt verplaatsen.")
            return
        where = self.note.cursor_location[0]
        self.give({"note": [{"id": row.id, "item": item}]}, f"alinea naar item {item}", own=True)
        self.note.move_cursor((min(where, self.note.document.line_count - 1), 0))
        self.kwartier.tell(f"De alinea staat nu bij item {item}.")

    def _under_cursor(self) -> RawNote | None:
        return paragraph_at(self._notes().note, LOOSE, self.note.place)

    # -- questions

    def action_question_asked(self) -> None:
        """The question with the arrow was asked; on to the next."""
        self.questions.asked_next()
        self._head.draw_questions()

    def on_question_list_ticked(self, event: QuestionList.Ticked) -> None:
        """A question was clicked, or ticked in the list."""
        event.stop()
        self.questions.tick(event.question, essential=event.essential)

    def on_question_list_marked(self, event: QuestionList.Marked) -> None:
        """Somebody moved the arrow."""
        event.stop()
        self.questions.mark(event.question)
        self._head.draw_questions()

    # -- searching

    async def action_search(self) -> None:
        """Searches notes and questions, and goes to what was found."""
        self.measurement.keeper.collect()

        def found(hit: Hit | None) -> None:
            if hit is not None:
                self._when_typed(lambda: self._show(hit))

        await self.app.push_screen(SearchBox(self.desk, self.step.id), found)

    def _show(self, hit: Hit) -> None:
        own = hit.kind == "note" and hit.person == self.desk.viewer
        if hit.item == LOOSE and self._place != LOOSE:
            self._back = self._place
        if hit.question:
            self.questions.mark(hit.question, hit.item)
        self._open(hit.item, at=hit.at if own else None)

    # -- the clock

    def action_clock(self) -> None:
        """Starts or stops the clock."""
        self.clock.toggle()

    def action_sessions(self) -> None:
        """Corrects the sessions."""
        self.app.push_screen(
            SessionsBox(
                lambda: self.file.session, lambda given: self.give(given, "gesprek verbeteren"), self.desk.today
            )
        )

    # -- when they go

    def action_destroy_notes(self) -> None:
        """Destroys somebody's raw notes."""
        begin_destroying(self)

    def action_keep_notes(self) -> None:
        """Sets the day until which somebody's raw notes are kept."""
        begin_keeping(self)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nobody in particular can look, and change nothing."""
        mine = any(action == one.action for one in self.BINDINGS if not isinstance(one, tuple))
        return not (self.desk.viewer is None and (mine or action == "sessions"))
