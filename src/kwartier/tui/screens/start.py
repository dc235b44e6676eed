"""The first screen: all organisations, and what is to be done."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen
from textual.widgets import Footer

from kwartier.tui.actions import bindings
from kwartier.tui.guarding import Guarded
from kwartier.tui.widgets.heading import Heading


class StartScreen(Screen[None], Guarded):
    """The organisations and the agenda."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("start")

    def compose(self) -> ComposeResult:
        yield Heading()
        yield Footer(show_command_palette=False)
