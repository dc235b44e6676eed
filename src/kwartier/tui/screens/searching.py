"""A screen with one large table that is searched and sorted. What stands in the table a derived class tells."""

from __future__ import annotations

from typing import Any

from textual import on
from textual.screen import Screen
from textual.widgets import Input

from kwartier.tui.guarding import Guarded
from kwartier.tui.widgets.sorted_lines import SortedLines


class Searching(Screen[None], Guarded):
    """The derived class has an Input #search, which is in sight while something is searched for."""

    DEFAULT_CSS = """
    Searching {
        #search { display: none; height: 1; margin: 0 1; }
        &.-searching #search { display: block; }
        #nothing { display: none; padding: 0 2; color: $text-muted; height: auto; }
        &.-nothing #nothing { display: block; }
        &.-nothing SortedLines { height: 2; }
        .detail { height: 3; border-top: solid $panel; padding: 0 2; color: $text-muted; }
    }
    """
    AUTO_FOCUS = None

    @property
    def table(self) -> SortedLines[Any]:
        """The table."""
        raise NotImplementedError

    def _draw_found(self) -> None:
        """Says so where nothing was found."""
        raise NotImplementedError

    def action_search(self) -> None:
        """Begins to search."""
        self.add_class("-searching")
        self.query_one("#search").focus()

    @on(Input.Changed, "#search")
    def _searched(self, event: Input.Changed) -> None:
        event.stop()
        self.table.search(event.value)
        self._draw_found()

    @on(Input.Submitted, "#search")
    def _search_done(self, event: Input.Submitted) -> None:
        event.stop()
        self.table.focus()

    def key_down(self) -> None:
        """From the search to what it found."""
        if self.focused is self.query_one("#search"):
            self.table.focus()

    def show_all(self) -> None:
        """Shows all again where something was searched for."""
        self.query_one("#search", Input).value = ""
        self.remove_class("-searching")
        self.table.focus()

    def action_sort(self) -> None:
        """By the next column."""
        self.table.sort(self.table.column + 1)

    def action_turn(self) -> None:
        """The other way around."""
        self.table.turn()
