"""The app: its screens, one open data folder, who sits at the keyboard, and what happens when something goes wrong."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App
from textual.binding import BindingType
from textual.dom import DOMNode
from textual.screen import ModalScreen

from kwartier.errors import KwartierError
from kwartier.tui.actions import bindings, shown
from kwartier.tui.safe import parts
from kwartier.tui.safe import shown as as_shown

if TYPE_CHECKING:
    from textual.binding import Binding

    from kwartier.workspace import Workspace
    from kwartier.workspace.runs import CutOff, Run


class KwartierApp(App[int]):
    """kwartier on a terminal. `opens` gives the workspace; it is called in a thread, after the first paint."""

    TITLE = "kwartier"
    CSS_PATH = "app.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings("app")
    COMMAND_PALETTE_BINDING = "ctrl+p"

    def __init__(self, folder: Path, *, opens: Callable[[Path], Workspace]) -> None:
        super().__init__()
        self.folder = folder
        self._opens = opens
        self._workspace: asyncio.Future[Workspace] | None = None
        self._seats: dict[str, str] = {}
        self._run: Run | None = None

    # -- the workspace

    async def workspace(self) -> Workspace:
        """The open data folder; waits for it where it is still being opened."""
        if self._workspace is None or (self._workspace.done() and self._workspace.exception()):
            self._workspace = asyncio.get_running_loop().run_in_executor(None, self._opens, self.folder)
            self.run_worker(self._begin_run(await self._workspace), exclusive=True, group="run")
        return await self._workspace

    async def _begin_run(self, workspace: Workspace) -> None:
        """Notes that this folder is open, and tells what an earlier start was cut off in."""
        from kwartier.workspace.runs import Run

        self._run = Run(workspace)
        cut_off = await asyncio.to_thread(self._run.begin)
        for one in workspace.swept.resumed:
            done = "afgemaakt" if one.finished else "teruggedraaid, want zij was nog niet besloten"
            self.tell(f"Een handeling die was afgebroken is {done}: {one.purpose}")
        for problem in workspace.swept.problems:
            self.tell(f"{problem.message} {problem.advice or ''}", warning=True)
        if cut_off and not isinstance(self.screen, ModalScreen):
            await self._offer(cut_off[0])

    async def _offer(self, one: CutOff) -> None:
        """What was open when kwartier was cut off the last time can be opened again."""
        from kwartier.tui.screens.dialogs import Confirm

        saved = (
            f" Het laatste dat bewaard is, is van {one.saved:%H:%M:%S} op {one.saved:%d-%m-%Y}." if one.saved else ""
        )

        async def answered(yes: bool | None) -> None:
            if yes:
                await self.open_measurement(one.ref, one.step)

        self.push_screen(
            Confirm(
                "Kwartier is de vorige keer niet gewoon afgesloten",
                f"Open stond {one.ref}, stap ‘{one.step}’.{saved} Wat u in de laatste seconde typte, kan ontbreken.",
                yes="Daar verdergaan",
                no="Niet nu",
            ),
            answered,
        )

    async def on_mount(self) -> None:
        from kwartier.tui.screens.start import StartScreen

        await self.push_screen(StartScreen())

    # -- who sits at the keyboard: per measurement, for this run alone

    def sits_down(self, ref: str, code: str) -> None:
        """Somebody said that they are at the keyboard."""
        self._seats[ref] = code

    def seat(self, ref: str) -> str | None:
        """Who said so for this measurement since the app was started."""
        return self._seats.get(ref) or None

    async def open_measurement(self, ref: str, step: str = "") -> None:
        """Opens a measurement, at a step or at the one that is next."""
        from kwartier.tui.screens.measurement import MeasurementScreen

        workspace = await self.workspace()
        await self.push_screen(MeasurementScreen(workspace.desk(ref, viewer=self.seat(ref)), step))

    # -- telling

    def tell(self, text: str, *, title: str = "", warning: bool = False) -> None:
        """A short message (Dutch) that goes away by itself."""
        self.notify(text, title=title, severity="warning" if warning else "information", markup=False)

    def refuse(self, error: KwartierError) -> None:
        """Shows a refusal: what happened, where, and what to do."""
        from kwartier.text import clean
        from kwartier.tui.advice import advice_for

        told = [clean(error.message)]
        if error.place and "/" in error.place:
            told.append(f"Waar: {clean(error.place)}")
        if advice := advice_for(error):
            told.append(clean(advice))
        self.notify("\n".join(told), title="Let op", severity="warning", timeout=12, markup=False)

    # -- keys and actions

    def get_key_display(self, binding: Binding) -> str:
        """Keys as users know them."""
        return binding.key_display or shown(binding.key)

    async def _dispatch_action(self, namespace: DOMNode, action_name: str, params: Any) -> bool:
        """Every action of every screen and widget comes by here, so a refusal in one of them is a message."""
        try:
            return await super()._dispatch_action(namespace, action_name, params)
        except KwartierError as error:
            self.refuse(error)
            return True

    def action_undo(self) -> None:
        """Takes back the last edit of the screen that is open."""
        self._on_screen("undo", "Er is hier niets ongedaan te maken.")

    def action_redo(self) -> None:
        """Does again what was undone on the screen that is open."""
        self._on_screen("redo", "Er is hier niets opnieuw te doen.")

    def _on_screen(self, what: str, otherwise: str) -> None:
        own = getattr(self.screen, f"action_{what}", None)
        if own is None:
            self.tell(otherwise)
        else:
            own()

    def action_leave(self) -> None:
        """Ends the app once everything is saved."""
        for screen in self.screen_stack:
            save = getattr(screen, "save_now", None)
            if save is not None and (errors := save()):
                self.refuse(errors[0])
                return
        if self._run is not None:
            self._run.end()
        self.exit(0)

    # -- what a next start is told, where this one does not end by itself

    def remember(self, ref: str, step: str) -> None:
        """Keeps which step is open, for a start after a crash."""
        if self._run is not None:
            self._run.opened(ref, step)

    def forget_session(self) -> None:
        """Nothing is open any more."""
        if self._run is not None:
            self._run.closed()

    async def say(self, title: str, text: str) -> None:
        """A longer text that stays until it is closed."""
        from kwartier.tui.screens.dialogs import TextDialog

        await self.push_screen(TextDialog(title, parts(as_shown(text))))
