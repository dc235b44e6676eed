"""A field for a date: typed as people here do, said back in full while typing, or chosen in a calendar."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Button, Input, Static

from kwartier.errors import KwartierError
from kwartier.tui.guarding import Guarded
from kwartier.tui.safe import line
from kwartier.tui.widgets.typing_fields import PlainInput
from kwartier.workflow.periods import parse_date, typed, with_weekday

EXAMPLES = "bijv. 22-11, 22 nov, +2w of morgen; ↓ kalender"


class DateInput(Vertical, Guarded):
    """`day` is the date that was typed. Arrow down, or a click on ▾, opens the calendar."""

    DEFAULT_CSS = """
    DateInput {
        height: auto;
        & > Horizontal { height: 1; }
        Input { width: 1fr; }
        Button { width: 3; min-width: 3; }
        .told { color: $text-muted; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("down", "calendar", "kalender", show=False)]

    class Changed(Message):
        """Something else was typed or chosen."""

        def __init__(self, field: DateInput) -> None:
            super().__init__()
            self.field = field

    def __init__(
        self,
        day: date | None = None,
        *,
        today: date,
        title: str = "Kies een dag",
        id: str | None = None,
        input_id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._input_id = input_id
        self._start = typed(day) if day else ""
        self._today = today
        self._title = title

    def compose(self) -> ComposeResult:
        with Horizontal():
            yield PlainInput(self._start, compact=True, id=self._input_id)
            button = Button("▾", compact=True)
            button.can_focus = False  # the arrow key does the same, so tab goes on to the next field
            yield button
        yield Static(classes="told")

    def on_mount(self) -> None:
        self._tell()

    @property
    def text(self) -> str:
        """What was typed."""
        return self.query_one(Input).value if self.is_mounted else self._start

    @property
    def day(self) -> date | None:
        """The date that was typed; None where the field is empty. Raises `Misused` where it is no date."""
        text = self.text
        return parse_date(text, self._today) if text.strip() else None

    def show(self, day: date | None) -> None:
        """Puts a date in the field."""
        self.query_one(Input).value = typed(day) if day else ""

    def focus(self, scroll_visible: bool = True) -> DateInput:
        """The focus goes to where is typed."""
        self.query_one(Input).focus(scroll_visible)
        return self

    def _tell(self) -> None:
        told = self.query_one(".told", Static)
        try:
            day = self.day
        except KwartierError:
            told.update(line("nog geen datum; bijv. 22-11 of 22 nov; ↓ kalender", 60))
        else:
            told.update(line(with_weekday(day) if day else EXAMPLES, 60))

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._tell()
        self.post_message(self.Changed(self))

    def on_button_pressed(self, event: Button.Pressed) -> None:
        event.stop()
        self.action_calendar()

    def action_calendar(self) -> None:
        """Opens the calendar at the date that was typed, or at today."""
        from kwartier.tui.screens.calendar import CalendarScreen

        try:
            day = self.day
        except KwartierError:
            day = None
        self.app.push_screen(CalendarScreen(self._title, day or self._today, self._today), self._chosen)

    def _chosen(self, day: date | None) -> None:
        if day is not None:
            self.show(day)
        self.focus()
