"""A screen about one thing: who it is on top, two lists beside one another, and what is pointed at in full below."""

from __future__ import annotations

import asyncio
from typing import ClassVar, Generic, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.screen import Screen
from textual.widgets import Static

from kwartier.errors import KwartierError, Unreadable
from kwartier.tui.guarding import Guarded
from kwartier.tui.safe import parts
from kwartier.tui.widgets.footer import Footer
from kwartier.tui.widgets.grouped_lines import GroupedLines
from kwartier.tui.widgets.heading import Heading
from kwartier.tui.widgets.lines import Lines
from kwartier.tui.working import begin

Found = TypeVar("Found")


class TwoLists(Screen[None], Guarded, Generic[Found]):
    """Reads in a thread whenever it comes in sight. What it reads and shows a derived class tells."""

    DEFAULT_CSS = """
    TwoLists {
        #who { height: auto; max-height: 5; padding: 0 2; border-bottom: solid $panel; }
        #lists { height: 1fr; }
        .detail { height: 3; border-top: solid $panel; padding: 0 2; color: $text-muted; }
        #lists > GroupedLines { width: 1fr; }
        #lists > GroupedLines:last-child { border-left: solid $panel; }

        /* Below 100 columns under one another. */
        &.-narrow #lists { layout: vertical; }
        &.-narrow #lists > GroupedLines { height: 1fr; width: 100%; }
        &.-narrow #lists > GroupedLines:last-child { border-left: none; border-top: solid $panel; }
    }
    """
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012  (an attribute of an instance in Textual)
    AUTO_FOCUS = None
    LISTS: ClassVar[tuple[str, str]]
    "The ids of the two lists."

    UNREAD: ClassVar[tuple[str, str]]
    "What is said where it was not read: the message and the advice."

    def __init__(self, *trail: str) -> None:
        super().__init__()
        self._trail = ["kwartier", *trail]
        self.found: Found | None = None

    # -- what a derived class says

    def _read(self) -> Found:
        """What there is to show; in a thread of its own."""
        raise NotImplementedError

    def _draw(self, found: Found) -> None:
        """Shows what was read."""
        raise NotImplementedError

    def _begin(self, found: Found) -> None:
        """What is done once, when it is shown first."""

    # -- what it shows

    def compose(self) -> ComposeResult:
        yield Heading()
        yield Static("", id="who")
        with Horizontal(id="lists"):
            for id in self.LISTS:
                yield GroupedLines(id=id)
        yield Static("", id="detail", classes="detail")
        yield Footer()

    def on_mount(self) -> None:
        self.first.focus()
        self.query_one(Heading).draw(self._trail, state="bezig…")

    def on_screen_resume(self) -> None:
        self.look()

    @property
    def first(self) -> GroupedLines:
        """The list on the left."""
        return self.query_one(f"#{self.LISTS[0]}", GroupedLines)

    @property
    def second(self) -> GroupedLines:
        """The list on the right."""
        return self.query_one(f"#{self.LISTS[1]}", GroupedLines)

    @property
    def known(self) -> Found:
        """What was read. Raises `Unreadable` where it was not yet, or cannot be."""
        if self.found is None:
            message, advice = self.UNREAD
            raise Unreadable("not-read", message, advice=advice)
        return self.found

    def look(self) -> None:
        """Reads it in a thread, and shows it."""
        begin(self, self._look, exclusive=True, group="looking")

    async def _look(self) -> None:
        try:
            found = await asyncio.to_thread(self._read)
        except KwartierError as error:
            self.kwartier.refuse(error)
            self.query_one("#who", Static).update(parts(("! ", "bold"), error.message))
            self.query_one(Heading).draw(self._trail)
            return
        if not self.is_running:
            return
        is_new = self.found is None
        self.found = found
        self._draw(found)
        if is_new:
            self._begin(found)

    @on(Lines.Pointed)
    def _draw_detail(self) -> None:
        pointed = self.second if self.focused is self.second else self.first
        self.query_one("#detail", Static).update(pointed.detail())

    def on_descendant_focus(self) -> None:
        self._draw_detail()

    # -- keys

    def action_open(self) -> None:
        """Opens what is pointed at."""
        if isinstance(self.focused, Lines):
            self.focused.open()

    def action_back(self) -> None:
        """To where one came from."""
        self.dismiss(None)
