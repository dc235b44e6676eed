"""A box to go to an item by its number or title, or to one whose text holds some words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from msgspec import Struct
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from kwartier.text import clean
from kwartier.tui.safe import line, parts
from kwartier.tui.screens.dialogs import Dialog


class Findable(Struct, frozen=True):
    """Something to go to: its id, its number, its title, and the texts in which is searched."""

    id: str
    number: str
    title: str
    texts: tuple[str, ...] = ()


class FindDialog(Dialog[str]):
    """Typing narrows the list, arrows choose, enter goes there. Gives the id."""

    DEFAULT_CSS = """
    FindDialog OptionList { height: auto; max-height: 12; border: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", "", show=False),
        Binding("up", "move(-1)", "", show=False),
    ]

    def __init__(self, title: str, known: Sequence[Findable], *, hint: str) -> None:
        super().__init__(title)
        self._known, self._hint = list(known), hint

    def body(self) -> ComposeResult:
        yield Input(placeholder=self._hint, id="text")
        yield Static("", id="none", classes="muted")
        yield OptionList(id="found")

    def on_mount(self) -> None:
        self._narrow("")
        self.query_one(Input).focus()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._narrow(event.value)

    def _narrow(self, typed: str) -> None:
        found = matching(self._known, typed)
        options = self.query_one("#found", OptionList)
        options.clear_options()
        options.add_options([Option(_row(one, typed), id=f"n{self._known.index(one)}") for one in found])
        if found:
            options.highlighted = 0
        self.query_one("#none", Static).update("" if found else "Niets gevonden.")
        self.query_one("#none").display = not found

    def action_move(self, by: int) -> None:
        """To another row of the list, while the typing goes on."""
        options = self.query_one("#found", OptionList)
        if by > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()

    @on(Input.Submitted)
    def _entered(self) -> None:
        options = self.query_one("#found", OptionList)
        if options.highlighted is not None:
            self._go(options.get_option_at_index(options.highlighted).id)

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self._go(event.option.id)

    def _go(self, id: str | None) -> None:
        if id:
            self.dismiss(self._known[int(id[1:])].id)


def matching(known: Sequence[Findable], typed: str) -> list[Findable]:
    """What fits what was typed: the number itself first, then numbers that begin so, then titles and texts."""
    words = clean(typed).casefold().split()
    if not words:
        return list(known)
    whole = " ".join(words)

    def rank(one: Findable) -> int:
        number = one.number.casefold()
        if number == whole:
            return 0
        if number.startswith(whole):
            return 1
        if _holds(one.title, words):
            return 2
        return 3 if any(_holds(text, words) for text in one.texts) else 4

    ranked = [(rank(one), place, one) for place, one in enumerate(known)]
    return [one for found, _, one in sorted(ranked, key=lambda row: row[:2]) if found < 4]


def _holds(text: str, words: list[str]) -> bool:
    lower = text.casefold()
    return all(word in lower for word in words)


def _row(one: Findable, typed: str) -> Content:
    words = clean(typed).casefold().split()
    text = next((text for text in one.texts if words and _holds(text, words)), "")
    begin = parts((f"{one.number:>3}  ", "bold"), line(one.title, 60))
    if not text or _holds(one.title, words) or one.number.casefold() == " ".join(words):
        return begin
    at = clean(text).casefold().find(words[0])
    start = max(at - 15, 0)
    return parts(begin, ("\n     " + line(("…" if start else "") + clean(text)[start : start + 200], 58).plain, "italic"))
