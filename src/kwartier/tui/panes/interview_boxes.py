"""The boxes of the interview: to which item, where does this stand, and which sessions were there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Button, Input, Label, OptionList, Static
from textual.widgets.option_list import Option

from kwartier.instrument.model import Item
from kwartier.records.files import Session
from kwartier.records.tree import Tree
from kwartier.tui.safe import line, parts, shown
from kwartier.tui.screens.dialogs import Dialog
from kwartier.tui.widgets.date_input import DateInput
from kwartier.tui.widgets.picking import PickBox
from kwartier.tui.widgets.typing_fields import PlainInput
from kwartier.workflow.interviewing import Hit, find, matching
from kwartier.workflow.periods import parse_date, parse_time
from kwartier.workflow.sittings import clock

if TYPE_CHECKING:
    from kwartier.workspace.desk import Desk


class ItemBox(PickBox[str]):
    """Asks for an item, by number or by words of its title; `undiscussed` are marked as still to come."""

    placeholder = "nummer, of een woord uit de titel"

    def __init__(self, title: str, items: Sequence[Item], undiscussed: Sequence[str]) -> None:
        super().__init__(title)
        self._items, self._undiscussed = items, set(undiscussed)

    def rows(self, text: str) -> list[tuple[str, Content]]:
        """The items that fit, each with whether something was said of it yet."""
        return [(item.id, self._row(item)) for item in matching(self._items, text)]

    def _row(self, item: Item) -> Content:
        left = item.id in self._undiscussed
        return parts(
            (f"{item.id:>4}  ", "bold"),
            line(item.title, 44),
            ("  nog niet besproken" if left else "", "$text-muted"),
        )

    def nothing(self, text: str) -> str:
        """No item is called so."""
        return "Geen item met dit nummer of dit woord."


class SearchBox(PickBox[Hit]):
    """Searches raw notes and questions."""

    placeholder = "zoek in aantekeningen en vragen"

    def __init__(self, desk: Desk, step: str) -> None:
        super().__init__("Zoeken")
        self._desk, self._step = desk, step

    def rows(self, text: str) -> list[tuple[Hit, Content]]:
        """Where it stands; what the user noted comes first."""
        desk = self._desk
        hits = find(desk.content, desk.record, self._step, text, first=desk.viewer or "")
        return [(hit, self._row(hit)) for hit in hits]

    def _row(self, hit: Hit) -> Content:
        where = f"item {hit.item}" if hit.item else "los"
        whose = "vraag" if hit.kind == "question" else "" if hit.person == self._desk.viewer else hit.person
        name = self._desk.name(whose) if whose and whose != "vraag" else whose
        return parts((f"{where}  ", "bold"), (f"{name}: " if name else "", "$text-muted"), line(hit.excerpt, 60))

    def nothing(self, text: str) -> str:
        """It stands nowhere, or nothing was typed yet."""
        return "Dit staat nergens." if text.strip() else "Typ wat u zoekt; enter springt erheen."


class SessionsBox(Dialog[None]):
    """The sessions that the clock counted, to correct: date, begin and end, or minutes where those are not known."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "keep", "bewaren", priority=True)]
    DEFAULT_CSS = """
    SessionsBox OptionList, SessionsBox OptionList:focus { height: auto; max-height: 6; border: none; padding: 0; }
    SessionsBox .field { height: auto; margin-top: 1; }
    SessionsBox .field DateInput { width: 1fr; margin-right: 2; }
    SessionsBox .field Label { width: 12; }
    SessionsBox .field Input { width: 1fr; background: $boost; margin-right: 2; }
    """
    FIELDS: ClassVar[tuple[tuple[str, str, str], ...]] = (
        ("date", "Datum", "22-11-2026"),
        ("start", "Begin", "14:00"),
        ("end", "Einde", "15:10"),
        ("minutes", "of minuten", "zonder begin en einde"),
    )

    def __init__(self, read: Callable[[], Sequence[Session]], give: Callable[[Tree], None], today: date) -> None:
        super().__init__("Gesprekken: wat de klok telde")
        self._read, self._give, self._today = read, give, today

    def body(self) -> ComposeResult:
        yield OptionList()
        yield Static(id="told", classes="muted")
        for first, second in (self.FIELDS[:2], self.FIELDS[2:]):
            with Horizontal(classes="field"):
                for id, title, example in (first, second):
                    yield Label(line(title))
                    if id == "date":
                        yield DateInput(today=self._today, title="Datum van het gesprek", input_id=id)
                    else:
                        yield PlainInput(placeholder=example, id=id, compact=True)
        with Horizontal(classes="buttons"):
            yield Button("Bewaren (ctrl+s)", id="keep", variant="primary")
            yield Button("Weg", id="remove")
            yield Button("Terug (esc)", id="close")

    def on_mount(self) -> None:
        self._draw(len(self._read()) - 1)

    def _draw(self, chosen: int) -> None:
        rows = self._read()
        listed = self.query_one(OptionList)
        listed.clear_options()
        listed.add_options([*(Option(_row(one)) for one in rows), Option("+ nog een gesprek")])
        listed.highlighted = max(0, min(chosen, len(rows)))
        told = f"Samen {clock(sum(one.length() for one in rows))}." if rows else "Er is nog geen gesprek geteld."
        self.query_one("#told", Static).update(shown(told))
        self._fill(listed.highlighted)
        listed.focus()

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        event.stop()
        if event.option_index == self.query_one(OptionList).highlighted:
            self._fill(event.option_index)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.query_one("#date", Input).focus()

    def _fill(self, place: int) -> None:
        rows = self._read()
        one = rows[place] if place < len(rows) else None
        values = {
            "date": f"{one.date:%d-%m-%Y}" if one else "",
            "start": f"{one.start:%H:%M}" if one and one.start else "",
            "end": f"{one.end:%H:%M}" if one and one.end else "",
            "minutes": str(one.minutes) if one and one.minutes is not None else "",
        }
        for id, value in values.items():
            self.query_one(f"#{id}", Input).value = value
        self._shown = values

    @on(Input.Submitted)
    def action_keep(self) -> None:
        """Keeps what was typed for this session."""
        rows, place = self._read(), self.query_one(OptionList).highlighted or 0
        typed = {id: self.query_one(f"#{id}", Input).value.strip() for id, _, _ in self.FIELDS}
        new = {id: value for id, value in typed.items() if value != self._shown[id]}
        if not new:
            return
        if not typed["date"]:
            self.query_one("#told", Static).update("Vul de datum in, bijvoorbeeld 22-11-2026.")
            return
        if typed["minutes"] and not typed["minutes"].isdigit():
            self.query_one("#told", Static).update("Vul bij minuten een heel getal in, of laat het leeg.")
            return
        given: Tree = {key: self._value(key, value) for key, value in new.items()}
        id = {"id": rows[place].id} if place < len(rows) else {}
        self._give({"session": [{**id, **given}]})
        self._draw(place)

    def _value(self, key: str, typed: str) -> object:
        if not typed:
            return ""
        if key == "minutes":
            return int(typed)
        return parse_date(typed, self._today) if key == "date" else parse_time(typed)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        rows, place = self._read(), self.query_one(OptionList).highlighted or 0
        if event.button.id == "keep":
            self.action_keep()
        elif event.button.id == "close":
            self.dismiss(None)
        elif place < len(rows):
            self._give({"session": [{"id": rows[place].id, "remove": True}]})
            self._draw(place)


def _row(one: Session) -> Content:
    day = f"{one.date:%d-%m-%Y}"
    if one.start is None:
        return line(f"{day} · {clock(one.length())}")
    if one.end is None:
        return line(f"{day} · {one.start:%H:%M} – … · het einde ontbreekt, of de klok loopt")
    return line(f"{day} · {one.start:%H:%M} – {one.end:%H:%M} · {clock(one.length())}")
