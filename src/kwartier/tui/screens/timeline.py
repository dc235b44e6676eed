"""Measurements with two instruments on one time line, by a crosswalk; no score is converted."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen

from kwartier.errors import KwartierError
from kwartier.tui.actions import bindings
from kwartier.tui.guarding import Guarded
from kwartier.tui.safe import shown
from kwartier.tui.widgets.document_view import DocumentView
from kwartier.tui.widgets.footer import Footer
from kwartier.tui.widgets.heading import Heading
from kwartier.tui.working import begin

if TYPE_CHECKING:
    from kwartier.workspace import Workspace

WIDEST = 140


class TimeLineScreen(Screen[None], Guarded):
    """The time lines on which a measurement stands, or all of an organisation, as `viewer` may see them."""

    scope = "timeline"
    BINDINGS: ClassVar[list[BindingType]] = bindings("timeline")

    def __init__(self, workspace: Workspace, where: str, viewer: str | None = None) -> None:
        super().__init__()
        self._workspace, self._where, self._viewer = workspace, where, viewer

    def compose(self) -> ComposeResult:
        yield Heading()
        yield DocumentView(id="timeline", widest=WIDEST)
        yield Footer()

    def on_mount(self) -> None:
        self.query_one(DocumentView).focus()
        self.query_one(Heading).draw(["Tijdlijn"], where="…")

    def on_screen_resume(self) -> None:
        begin(self, self._read, exclusive=True, group="looking")

    async def _read(self) -> None:
        from kwartier.tui.screens.compare import only

        read = self._workspace.time_lines_of if "/" in self._where else self._workspace.time_lines
        try:
            found = await asyncio.to_thread(partial(read, self._where, viewer=self._viewer))
        except KwartierError as error:
            self.kwartier.refuse(error)
            message = error.message
            self.query_one(DocumentView).show(lambda width: only(message, width))
            return
        from kwartier.tui.screens.timeline_lines import laid_out

        self.query_one(Heading).draw([found[0].organisation, "Tijdlijn", " en ".join(found[0].shorts.values())])
        self.query_one(DocumentView).show(partial(laid_out, found))

    def action_back(self) -> None:
        """Back to where this was opened."""
        self.dismiss()

    def help_text(self) -> object:
        """What the help screen says first on this screen."""
        return shown(
            "Metingen met een oud en een nieuw instrument op één tijdlijn. Welke items bij elkaar horen is een lezing "
            "van kwartier; scores staan er zoals ze gegeven zijn en zijn nooit omgerekend."
        )
