"""Two measurements beside each other: bars, differences, and what a reader has to know of both."""

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
from kwartier.tui.screens.dialogs import Choose
from kwartier.tui.widgets.document_lines import Laid
from kwartier.tui.widgets.document_view import DocumentView
from kwartier.tui.widgets.footer import Footer
from kwartier.tui.widgets.heading import Heading
from kwartier.workflow.periods import short

if TYPE_CHECKING:
    from kwartier.tui.app import KwartierApp
    from kwartier.tui.screens.compare_lines import Compared
    from kwartier.workspace import Workspace

WIDEST = 140


class CompareScreen(Screen[None], Guarded):
    """A measurement against an earlier one, as `viewer` may see both."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("compare")

    def __init__(self, workspace: Workspace, ref: str, against: str, viewer: str | None = None) -> None:
        super().__init__()
        self._workspace, self._ref, self._against, self._viewer = workspace, ref, against, viewer

    def compose(self) -> ComposeResult:
        yield Heading()
        yield DocumentView(id="compared", widest=WIDEST)
        yield Footer()

    def on_mount(self) -> None:
        self.query_one(DocumentView).focus()
        self.query_one(Heading).draw(["Vergelijken"], where="…")
        self._look()

    def on_screen_resume(self) -> None:
        if self.is_mounted:
            self._look()

    def _look(self) -> None:
        self.run_worker(self._read(), exclusive=True, exit_on_error=False)

    async def _read(self) -> None:
        try:
            found = await asyncio.to_thread(compared_of, self._workspace, self._ref, self._against, self._viewer)
        except KwartierError as error:
            self.kwartier.refuse(error)
            message = error.message
            self.query_one(DocumentView).show(lambda width: _only(message, width))
            return
        from kwartier.tui.screens.compare_lines import laid_out

        then, now = (short(day) for day in found.days)
        after = found.after
        self.query_one(Heading).draw([after.organisation, after.header.short, f"{then} en {now}"])
        self.query_one(DocumentView).show(partial(laid_out, found))

    async def action_compare(self) -> None:
        """Compares with another earlier one."""

        def chosen(against: str | None) -> None:
            if against is not None:
                self._against = against
                self._look()

        await choose(self.kwartier, self._workspace, self._ref, chosen)

    def action_back(self) -> None:
        """Back to where this was opened."""
        self.dismiss()

    def help_text(self) -> object:
        """What the help screen says first on this screen."""
        return shown("Per item en per thema hoe het was en hoe het nu is, en wat u bij het vergelijken moet weten.")


def _only(text: str, width: int) -> Laid:
    from kwartier.tui.widgets.document_lines import wrapped

    return Laid([((one, ""),) for one in wrapped(text, width)], [])


def compared_of(workspace: Workspace, ref: str, against: str, viewer: str | None) -> Compared:
    """Both measurements with their comparison. Who took part in one of them need not know the other."""
    from kwartier.tui.screens.compare_lines import Compared

    return Compared(
        before=workspace.see(against, viewer=viewer),
        after=workspace.see(ref, viewer=viewer),
        comparison=workspace.compare(ref, against, viewer=viewer),
    )


async def open_comparison(app: KwartierApp, workspace: Workspace, ref: str, viewer: str | None) -> None:
    """Compares a measurement with the one it follows, else with an earlier one that is chosen."""
    found = await asyncio.to_thread(workspace.comparable, ref)
    follows = workspace.see(ref, viewer=viewer).record.envelope.follows
    if len(found) == 1 or (found and found[0] == follows):
        await app.push_screen(CompareScreen(workspace, ref, found[0], viewer))
        return

    def chosen(against: str | None) -> None:
        if against is not None:
            app.push_screen(CompareScreen(workspace, ref, against, viewer))

    await choose(app, workspace, ref, chosen)


async def choose(app: KwartierApp, workspace: Workspace, ref: str, chosen: object) -> None:
    """Asks which of the earlier measurements; says so where there is none."""
    assert callable(chosen)
    found = await asyncio.to_thread(workspace.comparable, ref)
    if not found:
        app.tell("Er is geen eerdere meting met dit instrument om mee te vergelijken.")
        return
    options = []
    for one in found:
        envelope = workspace.see(one).record.envelope
        options.append((one, f"{short(envelope.date)}{' (van papier)' if envelope.paper else ''}"))
    await app.push_screen(Choose("Vergelijken met welke meting?", options), chosen)
