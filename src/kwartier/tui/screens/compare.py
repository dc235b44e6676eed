"""Two or more measurements beside each other: bars, differences, and what a reader has to know of them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import Screen

from kwartier.errors import KwartierError
from kwartier.tui.actions import bindings
from kwartier.tui.guarding import Guarded
from kwartier.tui.safe import shown
from kwartier.tui.screens.compare_choice import CompareChoice
from kwartier.tui.widgets.document_lines import Laid
from kwartier.tui.widgets.document_view import DocumentView
from kwartier.tui.widgets.footer import Footer
from kwartier.tui.widgets.heading import Heading
from kwartier.tui.working import begin
from kwartier.workflow.periods import short

if TYPE_CHECKING:
    from kwartier.tui.app import KwartierApp
    from kwartier.workspace import Workspace
    from kwartier.workspace.series import OverTime
    from kwartier.workspace.timeline import TimeLine

WIDEST = 140


class CompareScreen(Screen[None], Guarded):
    """Measurements of one instrument over time, as `viewer` may see them."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("compare")

    def __init__(self, workspace: Workspace, refs: Sequence[str], viewer: str | None = None) -> None:
        super().__init__()
        self._workspace, self.refs, self._viewer = workspace, tuple(refs), viewer

    def compose(self) -> ComposeResult:
        yield Heading()
        yield DocumentView(id="compared", widest=WIDEST)
        yield Footer()

    def on_mount(self) -> None:
        self.query_one(DocumentView).focus()
        self.query_one(Heading).draw(["Vergelijken"], where="…")

    def on_screen_resume(self) -> None:
        self._look()

    def _look(self) -> None:
        begin(self, self._read, exclusive=True, group="looking")

    async def _read(self) -> None:
        try:
            found = await asyncio.to_thread(over_time_of, self._workspace, self.refs, self._viewer)
        except KwartierError as error:
            self.kwartier.refuse(error)
            message = error.message
            self.query_one(DocumentView).show(lambda width: only(message, width))
            return
        from kwartier.tui.screens.compare_lines import laid_out

        self.refs = tuple(one.ref for one in found.measured)
        newest = found.measured[-1].seen
        days = [short(one.seen.record.envelope.date) for one in found.measured]
        told = " en ".join(days) if len(days) == 2 else f"{len(days)} metingen, {days[0]} – {days[-1]}"
        self.query_one(Heading).draw([newest.organisation, newest.header.short, told])
        self.query_one(DocumentView).show(partial(laid_out, found))

    async def action_compare(self) -> None:
        """Compares other measurements, two or more."""

        def chosen(refs: list[str] | None) -> None:
            if refs:
                self.refs = tuple(refs)
                self._look()

        await choose(self.kwartier, self._workspace, self.refs, chosen)

    async def action_timeline(self) -> None:
        """This instrument beside another one, on a time line."""
        await open_time_line(self.kwartier, self._workspace, self.refs[-1], self._viewer)

    def action_back(self) -> None:
        """Back to where this was opened."""
        self.dismiss()

    def help_text(self) -> object:
        """What the help screen says first on this screen."""
        return shown(
            "Per item en per thema hoe het was en hoe het nu is, en wat u bij het vergelijken moet weten. Met ctrl+e "
            "kiest u welke metingen naast elkaar staan: twee of meer."
        )


def only(text: str, width: int) -> Laid:
    """A text and nothing else."""
    from kwartier.tui.widgets.document_lines import wrapped

    return Laid([((one, ""),) for one in wrapped(text, width)], [])


def over_time_of(workspace: Workspace, refs: Sequence[str], viewer: str | None) -> OverTime:
    """The measurements with what changed."""
    return workspace.over_time(list(refs), viewer=viewer)


async def open_comparison(app: KwartierApp, workspace: Workspace, ref: str, viewer: str | None) -> None:
    """Compares a measurement with the one it follows, else with earlier ones that are chosen.

    Where there is none, but there are measurements with the instrument that it can be laid beside, with those.
    """
    found = await asyncio.to_thread(workspace.comparable, ref)
    follows = workspace.see(ref, viewer=viewer).record.envelope.follows
    if len(found) == 1 or (found and found[0] == follows):
        await app.push_screen(CompareScreen(workspace, [found[0], ref], viewer))
        return
    if not found:
        lines = await asyncio.to_thread(_lines_of, workspace, ref, viewer)
        if any(line.both for line in lines):
            await open_time_line(app, workspace, ref, viewer)
            return
        app.tell("Er is geen eerdere meting met dit instrument om mee te vergelijken.")
        return

    def chosen(refs: list[str] | None) -> None:
        if refs:
            app.push_screen(CompareScreen(workspace, refs, viewer))

    await choose(app, workspace, [found[0], ref], chosen)


async def choose(
    app: KwartierApp, workspace: Workspace, refs: Sequence[str], chosen: Callable[[list[str] | None], None]
) -> None:
    """Asks which measurements with this instrument; those of `refs` are ticked."""
    found = await asyncio.to_thread(workspace.same_instrument, refs[-1])
    await app.push_screen(CompareChoice(found, refs), chosen)


def _lines_of(workspace: Workspace, ref: str, viewer: str | None) -> list[TimeLine]:
    """The time lines on which a measurement stands; none where no instrument says what belongs together."""
    try:
        return workspace.time_lines_of(ref, viewer=viewer)
    except KwartierError as error:
        if error.code != "no-crosswalk":
            raise
        return []


async def open_time_line(app: KwartierApp, workspace: Workspace, ref: str, viewer: str | None) -> None:
    """The time line across instruments of a measurement; says so where there is none."""
    from kwartier.tui.screens.timeline import TimeLineScreen

    if not await asyncio.to_thread(_lines_of, workspace, ref, viewer):
        app.tell("Geen instrument dat hier geïnstalleerd is, zegt hoe de items van deze meting naast andere liggen.")
        return
    await app.push_screen(TimeLineScreen(workspace, ref, viewer))
