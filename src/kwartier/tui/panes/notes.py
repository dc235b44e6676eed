"""The work of a step in which a text is written per item, with the raw notes or what is asked beside it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from kwartier.errors import Refused
from kwartier.instrument.model import Item, NotesStep, ScoreStep
from kwartier.instrument.selection import items_of
from kwartier.records.files import Explanation, NotesFile
from kwartier.text import clean, one_line
from kwartier.tui.actions import bindings
from kwartier.tui.panes import notes_texts as texts
from kwartier.tui.panes.base import Pane
from kwartier.tui.panes.notes_details import NotesDetails
from kwartier.tui.panes.notes_items import Entry, ItemList, ItemStrip
from kwartier.tui.safe import parts
from kwartier.tui.screens.dialogs import Confirm
from kwartier.tui.widgets.finding import Findable, FindBox
from kwartier.tui.widgets.lines import Lines
from kwartier.tui.widgets.typing_fields import LineInput, NoteArea
from kwartier.workflow.texts import is_scored

if TYPE_CHECKING:
    from kwartier.tui.screens.measurement import MeasurementScreen


class NotesPane(Pane):
    """One item at a time; what was typed is with the record before another item is shown."""

    scope = "notes"
    SCOPED_CSS = False
    BINDINGS: ClassVar[list[BindingType]] = bindings("notes")
    DEFAULT_CSS = """
    NotesPane {
        #notice { height: auto; max-height: 5; color: $text-warning; display: none; }
        &.-noted #notice { display: block; }
        #columns { height: 1fr; }
        #writing { width: 1fr; }
        #items { display: none; }
        #title { height: auto; max-height: 4; }
        #text { height: 1fr; min-height: 3; border: none; padding: 0 1; }
        #handled-row { height: 1; display: none; }
        #handled-row Static { width: auto; padding-right: 1; }
        #handled-row LineInput { width: 1fr; height: 1; border: none; padding: 0; background: $boost; }
        &.-handled #handled-row { display: block; }
        #beside { height: 35%; min-height: 3; border-top: solid $panel; display: none; }
        #details { height: 1; }
        #details Static { width: auto; padding-right: 1; color: $text-muted; }
        #details Button { margin-right: 2; min-width: 6; }
    }
    MeasurementScreen.-narrow NotesPane #beside, MeasurementScreen.-without-aside NotesPane #beside { display: block; }
    MeasurementScreen.-broad NotesPane #items { display: block; }
    MeasurementScreen.-broad NotesPane #strip { display: none; }
    """

    def __init__(self, screen: MeasurementScreen, step: NotesStep) -> None:
        super().__init__(screen, step)
        self.notes_step = step
        self.items: list[Item | None] = [*items_of(self.desk.content, step), *([None] if step.general else [])]
        "The items in order, and None for the text on the whole."
        self.place = self._first_place()
        self._asked_beside = False
        self._drawn_texts: dict[str, Content] = {}

    def _first_place(self) -> int:
        """The first item without a text, once somebody has begun."""
        file = self._file()
        written = {row.item for row in file.explanation if row.text}
        if not written or self.notes_step.by == "person":
            return 0
        return next((n for n, item in enumerate(self.items) if item is not None and item.id not in written), 0)

    def compose(self) -> ComposeResult:
        yield Static(id="notice")
        with Horizontal(id="columns"):
            yield ItemList(id="items")
            with Vertical(id="writing"):
                yield ItemStrip(id="strip")
                yield Static(id="title")
                yield NoteArea(id="text")
                with Horizontal(id="handled-row"):
                    yield Static("Wat ermee gedaan is:")
                    yield LineInput(id="handled")
                with VerticalScroll(id="beside"):
                    yield Static(id="beside-text")
        yield NotesDetails(self)

    def on_mount(self) -> None:
        self._bind()

    # -- what is written

    def _file(self) -> NotesFile:
        return self.desk.record.read(self.step.id, NotesFile)

    @property
    def item(self) -> Item | None:
        """The item that is open; None for the text on the whole."""
        return self.items[self.place]

    def _row(self, item: Item | None) -> Explanation:
        file = self._file()
        if item is None:
            return Explanation(item="", text=file.text)
        return next((row for row in file.explanation if row.item == item.id), Explanation(item=item.id))

    def _text(self, item: Item | None) -> str:
        return self._row(item).text

    def _write(self, item: Item | None, text: str, burst: str) -> None:
        if item is None:
            self.give({"text": text}, f"{self.notes_step.label} op het geheel", burst=burst)
        else:
            given = {"explanation": [{"item": item.id, "text": text}]}
            self.give(given, f"{self.notes_step.label} bij item {item.id}", burst=burst)

    def _handled(self, item: Item | None) -> str:
        return self._row(item).handled

    def _handle(self, item: Item, text: str, burst: str) -> None:
        given = {"explanation": [{"item": item.id, "handled": text}]}
        self.give(given, f"wat er met item {item.id} gedaan is", burst=burst)

    @property
    def area(self) -> NoteArea:
        """The field of the text."""
        return self.query_one("#text", NoteArea)

    def _bind(self) -> None:
        keeper, item = self.measurement.keeper, self.item
        self.area.bind(keeper, partial(self._text, item), partial(self._write, item))
        self.area.move_cursor(self.area.document.end)
        if item is not None:
            self.query_one("#handled", LineInput).bind(
                keeper, partial(self._handled, item), partial(self._handle, item)
            )

    def _is_handled_here(self) -> bool:
        """Whether it is asked what was done with a text: where nothing is scored on it, and there is one."""
        scored = any(isinstance(one, ScoreStep) and one.scored_on == self.step.id for one in self.desk.content.step)
        return not scored and self.item is not None and bool(self._text(self.item))

    # -- drawing

    def draw(self) -> None:
        """Shows the texts as they are by now."""
        super().draw()
        self.area.read_only = bool(texts.why_closed(self.desk, self.notes_step))
        self.area.placeholder = "" if self.area.read_only else f"Schrijf hier ({self.notes_step.label})."
        entries = self._entries()
        self.query_one(ItemStrip).draw(entries, self.place)
        self.query_one(ItemList).draw(entries, self.place)
        notice = self._notice()
        self._put("notice", notice)
        self.set_class(bool(notice.plain), "-noted")
        self.set_class(self._is_handled_here(), "-handled")
        self._put("title", self._title())
        self._put("beside-text", self.aside())
        self.query_one(NotesDetails).draw(closed=self.area.read_only)

    def _put(self, id: str, content: Content) -> None:
        before = self._drawn_texts.get(id)
        if before is None or not before.is_same(content):
            self._drawn_texts[id] = content
            self.query_one(f"#{id}", Static).update(content)

    def _entries(self) -> list[Entry]:
        file = self._file()
        written = {row.item for row in file.explanation if row.text}
        return [
            Entry(id=item.id, number=item.id, title=item.short or item.title, written=item.id in written)
            if item is not None
            else Entry(id="", number="geheel", title="het geheel", written=bool(file.text))
            for item in self.items
        ]

    def _title(self) -> Content:
        item = self.item
        if item is None:
            return parts((f"{self.notes_step.label[:1].upper()}{self.notes_step.label[1:]} op het geheel", "bold"))
        width = max(self.size.width, 40)
        statement = one_line(item.statement, 2 * width - 12) if item.statement else ""
        return parts((f"{item.id}  {item.title}", "bold"), (f"\n{statement}" if statement else "", "$text-muted"))

    def _notice(self) -> Content:
        told = []
        closed, file = texts.why_closed(self.desk, self.notes_step), self._file()
        if closed:
            told.append(f"Alleen lezen. {closed}")
        elif is_scored(self.desk.record, self.desk.content, self.notes_step):
            told.append(
                "Op deze teksten is al gescoord. Verbetert u er een, dan blijft de oude tekst ernaast bewaard en ziet "
                "u bij de consensus wat er veranderd is."
            )
        if file.skipped:
            told.append(f"Overgeslagen: {file.skipped}")
        told += [f"! {one.message} {one.advice}".strip() for one in self.desk.findings() if one.step == self.step.id]
        return parts("\n".join(told))

    def on_resize(self) -> None:
        if self._drawn_texts:
            self._put("title", self._title())

    def aside(self) -> Content:
        if self._asked_beside:
            return texts.asked_beside(self.desk, self.item, self.notes_step)
        return texts.raw_beside(self.desk, self.notes_step, self.item.id if self.item is not None else "")

    def focus_first(self) -> None:
        self.area.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keeps from the footer what cannot be done in this step."""
        return action != "copy_raw" or texts.with_raw_notes(self.desk, self.notes_step)

    # -- going somewhere

    def _go(self, place: int) -> None:
        """Opens another item, unless what was typed here is refused: then it stays in its field."""
        place = max(0, min(place, len(self.items) - 1))
        if place == self.place:
            return
        handled = self.query_one("#handled", LineInput)
        self.area.collect()
        handled.collect()
        refused = self.area.kept_back or (self.item is not None and handled.kept_back)
        if not refused:
            self.place = place
            self._bind()
            self.query_one("#beside", VerticalScroll).scroll_home(animate=False)
            self.screen.query_one("#aside", VerticalScroll).scroll_home(animate=False)
        self.measurement.given()
        if not self.query_one(ItemList).has_focus:
            self.area.focus()

    def action_next_item(self) -> None:
        """To the next item."""
        self._go(self.place + 1)

    def action_previous_item(self) -> None:
        """To the previous item."""
        self._go(self.place - 1)

    @on(ItemStrip.Clicked)
    def _clicked(self, event: ItemStrip.Clicked) -> None:
        event.stop()
        self._go(event.place)

    @on(Lines.Pointed)
    def _pointed(self, event: Lines.Pointed) -> None:
        event.stop()
        self._go(event.lines.cursor)

    @on(Lines.Opened)
    def _opened(self, event: Lines.Opened) -> None:
        event.stop()
        self.action_write()

    def action_write(self) -> None:
        """From the list of items to the text."""
        self.area.focus()

    def action_go_to(self) -> None:
        """To an item by its number or title."""
        self._find("Ga naar item", searching=False)

    def action_search(self) -> None:
        """To an item by words in its texts."""
        self._find("Zoeken in de teksten", searching=True)

    def _find(self, title: str, *, searching: bool) -> None:
        self.area.collect()
        may_see = texts.with_raw_notes(self.desk, self.notes_step) and texts.may_see_raw_notes(self.desk)
        known = []
        for place, entry in enumerate(self._entries()):
            found: list[str] = []
            item = self.items[place]
            if searching:
                found = [self._text(item), item.statement if item is not None else ""]
            if searching and may_see and item is not None:
                found += [text for _, noted in texts.raw_notes(self.desk, item.id) for text in noted]
            known.append(Findable(str(place), entry.number, entry.title, tuple(found)))

        def gone(place: str | None) -> None:
            if place is not None:
                self._go(int(place))
            self.area.focus()

        self.screen.set_focus(None)  # a letter typed too early is lost rather than written at the item before
        self.app.push_screen(FindBox(title, known), gone)

    # -- erasing

    async def action_erase_earlier(self) -> None:
        """Erases for good what stood at this item before its present text."""
        item, measurement = self.item, self.measurement
        if item is None:
            raise Refused("no-item", "Eerdere teksten wist u per item; ga eerst naar het item.")
        workspace, ref = await self.kwartier.workspace(), self.desk.ref

        async def answered(yes: bool | None) -> None:
            if yes:
                await measurement.do(
                    lambda: workspace.redact(ref, item.id), told=f"De eerdere teksten bij item {item.id} zijn gewist."
                )

        text = (
            f"Wat er eerder bij item {item.id} stond, wordt gewist: naast de toelichtingen en in elke versie van het "
            "definitieve verslag. De tekst van nu blijft; verander die eerst als dat nodig is.\nDit is niet ongedaan "
            "te maken. Reservekopieën heeft kwartier niet in de hand."
        )
        ask = Confirm("Eerdere teksten wissen?", text, yes="Wissen", no="Laten staan")
        await self.app.push_screen(ask, answered)

    # -- what stands beside

    def action_turn_aside(self) -> None:
        """Turns between the raw notes and what is asked."""
        self._asked_beside = not self._asked_beside
        self._put("beside-text", self.aside())
        self.measurement.draw_aside()

    def action_copy_raw(self) -> None:
        """Puts the raw notes on this item in the text, at the cursor; undo takes them out again."""
        closed = texts.why_closed(self.desk, self.notes_step)
        if closed:
            raise Refused("notes-closed", closed)
        if not texts.may_see_raw_notes(self.desk):
            raise Refused("who", "Zeg eerst wie er achter het toetsenbord zit; ruwe aantekeningen zijn niet van ieder.")
        if self.item is None:
            raise Refused("no-item", "Ruwe aantekeningen horen bij een item; ga eerst naar het item.")
        noted = [text for _, own in texts.raw_notes(self.desk, self.item.id) for text in own]
        if not noted:
            self.kwartier.tell("Bij dit item is niets genoteerd.")
            return
        area = self.area
        before = "\n" if area.cursor_location[1] else ""
        area.history.checkpoint()
        area.insert(before + clean("\n".join(noted)), maintain_selection_offset=False)
        area.history.checkpoint()
        area.focus()
