"""A screen that is one table: read whenever it comes in sight, searched, sorted, and enter opens what is pointed at.

What is read and what stands in the table a derived class tells.
"""

from __future__ import annotations

import asyncio
from typing import ClassVar, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.widget import Widget
from textual.widgets import Static

from kwartier.tui.safe import parts
from kwartier.tui.screens.searching import Searching
from kwartier.tui.widgets.footer import Footer
from kwartier.tui.widgets.heading import Heading
from kwartier.tui.widgets.lines import Lines
from kwartier.tui.widgets.typing_fields import PlainInput
from kwartier.tui.working import begin

Found = TypeVar("Found")


class SearchedList(Searching, Generic[Found]):
    """Of what is pointed at more stands below the table."""

    SOUGHT: ClassVar[str]
    "What stands in the empty field to search in."

    NONE_YET: ClassVar[str]
    "What is said where there is nothing yet."

    def __init__(self, *trail: str) -> None:
        super().__init__()
        self._trail = ["kwartier", *trail]

    # -- what a derived class says

    def _body(self) -> Widget:
        """The table, alone or with what stands beside it."""
        raise NotImplementedError

    def _read(self) -> Found:
        """What there is to show; in a thread of its own."""
        raise NotImplementedError

    def _draw(self, found: Found) -> None:
        """Shows what was read."""
        raise NotImplementedError

    def _draw_detail(self) -> None:
        """Shows more of what is pointed at."""
        raise NotImplementedError

    def _open_chosen(self) -> None:
        """Opens what is pointed at, where something is."""
        raise NotImplementedError

    # -- what it shows

    def compose(self) -> ComposeResult:
        yield Heading()
        yield PlainInput(id="search", placeholder=self.SOUGHT, compact=True)
        yield self._body()
        yield Static("", id="nothing")
        yield Static("", id="detail", classes="detail")
        yield Footer()

    def on_mount(self) -> None:
        self.table.focus()
        self.query_one(Heading).draw(self._trail, state="bezig…")

    def on_screen_resume(self) -> None:
        self.look()

    def look(self) -> None:
        """Reads it in a thread, and shows it."""
        begin(self, self._look, exclusive=True, group="looking")

    async def _look(self) -> None:
        found = await asyncio.to_thread(self._read)
        if self.is_running:
            self._draw(found)
            self._draw_found()

    def _draw_found(self) -> None:
        words = "Niets gevonden. Met esc ziet u alles weer." if self.table.total else self.NONE_YET
        self.query_one("#nothing", Static).update(parts(words))
        self.set_class(not self.table.count(), "-nothing")

    @on(Lines.Pointed)
    def _pointed(self) -> None:
        self._draw_detail()

    @on(Lines.Opened)
    def _opened(self, event: Lines.Opened) -> None:
        event.stop()
        self._open_chosen()

    # -- keys

    def action_open(self) -> None:
        """Opens what is pointed at."""
        self.table.open()

    def action_look_again(self) -> None:
        """Reads all of it again."""
        self.look()

    def action_back(self) -> None:
        """Shows all again where something was searched for, else back."""
        if self.has_class("-searching"):
            self.show_all()
        else:
            self.dismiss(None)
