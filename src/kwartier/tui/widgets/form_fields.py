"""A field of a form with its label, what it takes, and why it was refused; the kinds of fields there are."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from typing import Any

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.suggester import SuggestFromList
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from kwartier.errors import KwartierError
from kwartier.text import clean
from kwartier.tui.forms import Around, Field
from kwartier.tui.giving import EMPTY
from kwartier.tui.guarding import Guarded
from kwartier.tui.safe import in_field, line, shown
from kwartier.tui.widgets.choice_list import ChoiceList
from kwartier.tui.widgets.date_input import DateInput
from kwartier.tui.widgets.path_input import PathInput
from kwartier.tui.widgets.readers_list import ReadersList
from kwartier.workflow.amounts import number_words, parse_count, parse_number

_PARSED: dict[str, Callable[[str], Any]] = {"number": parse_number, "count": parse_count}
_YES_NO = ((True, "ja"), (False, "nee"))


class FieldBox(Horizontal, Guarded):
    """One field. What stood in it at the start is no change, also where it cannot be read."""

    DEFAULT_CSS = """
    FieldBox {
        height: auto; margin-bottom: 1;
        & > .name { width: 19; margin: 0 1 0 0; text-style: bold; }
        & > Vertical { width: 1fr; height: auto; }
        .hint { color: $text-muted; height: auto; }
        .hint.-wrong { color: $text-error; text-style: bold; }
        Input, TextArea { background: $surface-lighten-1; }
        Input:focus, TextArea:focus { background: $surface-lighten-2; }
        TextArea { height: 4; padding: 0; }
    }
    FieldBox.-tall TextArea { height: 7; }
    """

    class Changed(Message):
        """Something else stands in a field."""

    class Entered(Message):
        """Enter in a field of one line: on to the next one."""

        def __init__(self, box: FieldBox) -> None:
            super().__init__()
            self.box = box

    def __init__(self, field: Field, value: Any, around: Around) -> None:
        super().__init__()
        self.field = field
        self._start = value
        self._around = around
        self.editor = self._made()
        self._raw: object = None

    def _made(self) -> Widget:
        """The widget in which this kind of field is filled in."""
        field, value = self.field, self._start
        if field.kind == "date":
            return DateInput(value if isinstance(value, date) else None, today=self._around.today, title=field.label)
        if field.kind in ("choice", "yes-no"):
            choices = _YES_NO if field.kind == "yes-no" else field.choices
            return ChoiceList(choices, None if value == EMPTY else value, empty=not field.required)
        if field.kind == "choices":
            return ChoiceList(field.choices, value or (), many=True)
        if field.kind == "readers":
            return ReadersList(field.choices, value or ())
        if field.kind == "path":
            return PathInput(endings=[str(ending) for ending, _ in field.choices])
        if field.kind == "long":
            return TextArea(self._words(), soft_wrap=True, tab_behavior="focus", compact=True, theme="css")
        suggester = SuggestFromList(self._around.known(), case_sensitive=False) if field.kind == "person" else None
        number = field.kind in _PARSED or field.parse is not None
        return Input(self._words(), compact=True, suggester=suggester, select_on_focus=number)

    def _words(self) -> str:
        """The value as it stands in a field to type in."""
        value = self._start
        if self.field.kind == "person":
            return in_field(self._around.names.get(str(value)) or str(value))
        if isinstance(value, int | float) and not isinstance(value, bool):
            return number_words(value)
        return clean(str(value)) if self.field.kind == "long" else in_field(str(value))

    def compose(self) -> ComposeResult:
        star = " *" if self.field.required else ""
        yield Static(line(f"{self.field.label}{star}", 80), classes="name")
        with Vertical():
            yield self.editor
            yield Static(classes="hint")

    def on_mount(self) -> None:
        self._raw = self._typed()
        if isinstance(self.editor, TextArea):
            self.editor.move_cursor(self.editor.document.end)
        self.refuse("")
        if self.field.told is not None:
            self.call_after_refresh(self.refuse, "")  # what stands in the field is known by then

    def _typed(self) -> object:
        """What stands in the widget, as it is."""
        editor = self.editor
        if isinstance(editor, TextArea | DateInput):
            return editor.text
        return editor.value if isinstance(editor, ChoiceList | Input) else None

    @property
    def changed(self) -> bool:
        """Whether something else stands here than at the start."""
        return self._typed() != self._raw

    def read(self) -> Any:
        """The value, `EMPTY` where nothing stands here. Raises `Misused` where it is not of this kind."""
        if not self.changed:
            return self._start
        if isinstance(self.editor, DateInput):
            return self.editor.day or EMPTY
        typed = self._typed()
        if not isinstance(typed, str):
            return typed if typed not in (None, []) else EMPTY
        if not typed.strip():
            return EMPTY
        if self.field.kind == "person":
            return self._around.code(typed) or " ".join(typed.split())
        parse = self.field.parse or _PARSED.get(self.field.kind, str)
        return parse(typed)

    def refuse(self, why: str) -> None:
        """Says under the field why it cannot be so; with an empty text what the field takes."""
        hint = self.query_one(".hint", Static)
        told = f"! {why}" if why else self._hint()
        hint.set_class(bool(why), "-wrong")
        hint.update(shown(told))
        hint.display = bool(told)

    def _hint(self) -> str:
        if self.field.kind == "person" and self.is_mounted and self.changed:
            name = " ".join(str(self._typed()).split())
            if name and not self._around.code(name):
                return "nieuwe naam: komt bij de namen van deze organisatie"
        if self.field.echo is not None and self.is_mounted and (said := self.field.echo(str(self._typed()))):
            return said
        if self.field.told is not None and self.is_mounted:
            with suppress(KwartierError):
                return self.field.told(self.read()) or self.field.hint
        return self.field.hint

    def focus(self, scroll_visible: bool = True) -> FieldBox:
        """The focus goes to where is typed."""
        self.editor.focus(scroll_visible)
        return self

    # -- what happens in the field

    def on_descendant_focus(self) -> None:
        """What stands under the field comes into sight with it."""
        self.call_after_refresh(self.scroll_visible, animate=False)

    def _changed(self) -> None:
        self.refuse("")
        self.post_message(self.Changed())

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._changed()

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        event.stop()
        self._changed()

    def on_date_input_changed(self, event: DateInput.Changed) -> None:
        event.stop()
        self._changed()

    def on_choice_list_changed(self, event: ChoiceList.Changed) -> None:
        event.stop()
        self._changed()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Entered(self))

    def on_choice_list_entered(self, event: ChoiceList.Entered) -> None:
        event.stop()
        self.post_message(self.Entered(self))
