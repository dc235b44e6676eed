"""Fields to type in whose text belongs to the open record: they show what the desk holds and give what is typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeGuard

from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widgets import Input, TextArea

from kwartier.errors import KwartierError
from kwartier.text import clean
from kwartier.tui.guarding import Guarded
from kwartier.tui.safe import in_field

if TYPE_CHECKING:
    from kwartier.tui.keeping import Keeper
    from kwartier.workspace.desk import Desk

Read = Callable[[], str]
Give = Callable[[str, str], None]
"""Gets the text and the name of the burst of typing it belongs to, for undo; raises `KwartierError` where wrong."""


class _Bound(Guarded):
    """What a field that belongs to the record does, whatever widget it is."""

    _read: Read
    _give: Give
    _keeper: Keeper
    _desk: Desk
    "Whose text this is: once somebody else sits at the keyboard, nothing is shown or given here any more."
    _shown: str
    _bound = False
    _bursts = 0

    def bind(self, keeper: Keeper, read: Read, give: Give) -> None:
        """Says what the field shows and where what is typed goes."""
        self._keeper, self._read, self._give, self._bound = keeper, read, give, True
        self._desk = keeper.desk
        self._new_burst()

    def _new_burst(self) -> None:
        _Bound._bursts += 1
        self._burst = f"{type(self).__name__}-{_Bound._bursts}"

    def _text(self) -> str:
        raise NotImplementedError

    def _show(self, text: str) -> None:
        raise NotImplementedError

    def draw(self) -> None:
        """Shows what the desk holds, unless something was typed that it does not have yet."""
        if not self._bound or self._keeper.desk is not self._desk:
            return
        held = clean(self._read())
        if self._text() == self._shown and held != self._shown:
            self._shown = held
            self._show(held)

    def typed(self) -> None:
        """Called when the text changed; it is given to the desk soon."""
        if self._bound and self._text() != self._shown:
            self._keeper.typed(self)

    def collect(self) -> KwartierError | None:
        """Gives the desk what was typed. Where the desk refuses it, the text stays and the field says why."""
        text = self._text()
        if not self._bound or text == self._shown or self._keeper.desk is not self._desk:
            return None
        try:
            self._give(text, self._burst)
        except KwartierError as error:
            self.refused(error)
            return error
        self._shown = text
        self.accepted()
        return None

    @property
    def kept_back(self) -> bool:
        """Whether something was typed that the record does not have: refused, or not collected yet."""
        return self._bound and self._text() != self._shown

    def leave(self) -> None:
        """The field loses the focus: what was typed in it is one edit, and is saved now."""
        if not self._bound:
            return
        self.typed()
        self._keeper.save()
        self._new_burst()

    def refused(self, error: KwartierError) -> None:
        """Shows why what was typed is not right."""
        self.kwartier.refuse(error)

    def accepted(self) -> None:
        """Called when the desk took what was typed."""


def is_field(widget: object) -> TypeGuard[_Bound]:
    """Whether something on a screen is a field whose text belongs to the record."""
    return isinstance(widget, _Bound)


class PlainArea(TextArea):
    """Several lines to type in; what is pasted in them is cleaned before it is shown."""

    def render_lines(self, crop: Region) -> list[Strip]:
        if not self._component_styles:  # drawn before its styles came, which Textual takes for a mistake
            return [Strip.blank(crop.width)] * crop.height
        return super().render_lines(crop)

    async def _on_paste(self, event: events.Paste) -> None:
        event.text = clean(event.text)  # Textual calls the handler of TextArea after this one by itself


class NoteArea(PlainArea, _Bound):
    """A text of several lines. Tab goes to the next field; what is pasted lands here, cleaned."""

    class Typed(Message):
        """Somebody typed in this field."""

    def __init__(self, *, id: str | None = None, placeholder: str = "", classes: str | None = None) -> None:
        super().__init__(
            "",
            id=id,
            classes=classes,
            soft_wrap=True,
            tab_behavior="focus",
            show_line_numbers=False,
            placeholder=placeholder,
            highlight_cursor_line=False,
            theme="css",
        )
        self._shown = ""

    def bind(self, keeper: Keeper, read: Read, give: Give) -> None:
        """As for every field; the undo history of the text begins anew."""
        super().bind(keeper, read, give)
        self._shown = clean(read())
        self.load_text(self._shown)

    def _text(self) -> str:
        return self.text

    def _show(self, text: str) -> None:
        row, column = self.cursor_location
        self.load_text(text)
        self.move_cursor((row, column))

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        event.stop()
        self.typed()
        self.post_message(self.Typed())

    def on_blur(self) -> None:
        self.leave()


class PlainInput(Input):
    """A line to type in; what is pasted in it is cleaned before it is shown."""

    def _on_paste(self, event: events.Paste) -> None:
        event.text = clean(event.text)  # Textual calls the handler of Input after this one by itself

    def action_copy(self) -> None:
        """As Textual does; a passphrase stays where it was typed."""
        if not self.password:
            super().action_copy()

    def action_cut(self) -> None:
        """The same."""
        if not self.password:
            super().action_cut()


class LineInput(PlainInput, _Bound):
    """A text of one line. Where the desk refuses it, the field is marked and says why below it."""

    def __init__(self, *, id: str | None = None, placeholder: str = "", classes: str | None = None) -> None:
        super().__init__("", id=id, classes=classes, placeholder=placeholder)
        self._shown = ""

    def bind(self, keeper: Keeper, read: Read, give: Give) -> None:
        """As for every field."""
        super().bind(keeper, lambda: in_field(read()), give)
        self._shown = in_field(read())
        self.value = self._shown

    def _text(self) -> str:
        return self.value

    def _show(self, text: str) -> None:
        self.value = text

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.typed()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.leave()
        self.screen.focus_next()

    def on_blur(self) -> None:
        self.leave()

    def refused(self, error: KwartierError) -> None:
        self.add_class("-wrong")
        super().refused(error)

    def accepted(self) -> None:
        self.remove_class("-wrong")
        self.draw()
