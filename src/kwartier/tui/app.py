"""The app: its screens, one open data folder, who sits at the keyboard, and what happens when something goes wrong."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, ClassVar

from rich.text import Text
from textual._context import active_message_pump
from textual.app import App
from textual.binding import BindingType
from textual.dom import DOMNode
from textual.message import Message
from textual.screen import ModalScreen

from kwartier.errors import KwartierError
from kwartier.tui import dutch, looks, themes
from kwartier.tui.actions import MOVING, bindings, shown
from kwartier.tui.safe import parts
from kwartier.tui.safe import shown as as_shown
from kwartier.tui.telling import Telling
from kwartier.tui.working import begin

if TYPE_CHECKING:
    from textual.binding import Binding
    from textual.screen import Screen

    from kwartier.workspace import Workspace
    from kwartier.workspace.runs import CutOff, Run


dutch.put()
looks.put()


class KwartierApp(Telling):
    """kwartier on a terminal. `opens` gives the workspace; it is called in a thread, after the first paint."""

    TITLE = "kwartier"
    # Textual reads the style of every screen but the first one when it opens.
    CSS_PATH: ClassVar[list[str | PurePath]] = [
        Path(__file__).parent / name for name in ("app.tcss", "themes.tcss", "screens/start.tcss")
    ]
    COMMANDS: ClassVar[set[Any]] = set()
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("app"), *MOVING]
    COMMAND_PALETTE_BINDING = "ctrl+p"

    def __init__(
        self, folder: Path, *, opens: Callable[[Path], Workspace], first: tuple[str, str, str] | None = None
    ) -> None:
        super().__init__()
        self._wear()
        self.painted = asyncio.Event()
        "Set once something is on the screen: what takes long waits for it."
        self._first = first
        self.folder = self.home = folder
        self.named = False
        "Whether the folder was named on the command line."
        self._opens = opens
        self._workspace: asyncio.Future[Workspace] | None = None
        self._seats: dict[str, str] = {}
        self._unlocked: set[tuple[str, str]] = set()
        "Students whose lock was opened here: organisation and code."
        self._run: Run | None = None

    def _wear(self) -> None:
        """Puts on the colours of the settings, before anything is drawn. What is wrong in them is told later."""
        from kwartier.workspace.settings import read_or_default

        for theme in themes.themes():
            self.register_theme(theme)
        settings, self._unread_settings = read_or_default()
        # As watching the theme does, but before any style is read: else all of it would be read a second time.
        self.set_reactive(App.theme, themes.chosen(settings.theme))
        dark = self.current_theme.dark
        self.update_classes({f"-theme-{self.theme}": True, "-dark-mode": dark, "-light-mode": not dark}, update=False)
        self._refresh_truecolor_filter(self.ansi_theme)
        self.stylesheet.set_variables(self.get_css_variables())

    # -- the workspace

    async def workspace(self) -> Workspace:
        """The open data folder; waits for it where it is still being opened."""
        if self._workspace is None or (self._workspace.done() and self._workspace.exception()):
            self._workspace = asyncio.get_running_loop().run_in_executor(None, self._opens, self.folder)
            self.run_worker(self._begin_run(await asyncio.shield(self._workspace)), exclusive=True, group="run")
        # A screen that is closed while it waits may not take the opening of the folder with it.
        return await asyncio.shield(self._workspace)

    async def open_folder(self, folder: Path) -> None:
        """Goes on in another data folder; what is open is saved and closed first."""
        from kwartier.tui.screens.start import StartScreen

        if errors := self._save_all():
            raise errors[0]
        if self._run is not None:
            self._run.end()
            self._run = None
        self.folder, self._workspace = folder, None
        self._seats.clear()
        self._forget_keys()
        while len(self.screen_stack) > 1:
            await self.pop_screen()
        if not self.screen._result_callbacks:  # the screen that Textual begins with was never pushed
            self.screen._push_result_callback(self, None)
        await self.switch_screen(StartScreen())

    def _save_all(self) -> list[KwartierError]:
        """Saves what was typed on every open screen; gives why something could not be."""
        return [error for screen in self.screen_stack for error in getattr(screen, "save_now", list)()]

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
        if cut_off:
            self._offer(cut_off[0])

    def _offer(self, one: CutOff) -> None:
        """What was open when kwartier was cut off can be opened again; where something is open now it is only told."""
        from kwartier.tui.screens.dialogs import Confirm

        saved = f" Het laatste dat bewaard is, is van {one.saved:%H:%M:%S op %d-%m-%Y}." if one.saved else ""
        told = f"Open stond {one.title}.{saved} Wat in de laatste seconde werd getypt, kan ontbreken."
        if self._first is not None or isinstance(self.screen, ModalScreen):
            self.tell(f"De vorige keer is kwartier niet gewoon afgesloten. {told}", warning=True)
            return

        async def answered(yes: bool | None) -> None:
            if yes:
                await self.open_measurement(one.ref, one.step)

        self.push_screen(
            Confirm("De vorige keer is kwartier niet gewoon afgesloten", told, yes="Daar verdergaan", no="Niet nu"),
            answered,
        )

    def get_default_screen(self) -> Screen[None]:
        """The first screen; without another one under it, which would be drawn for nobody."""
        from kwartier.tui.screens.start import StartScreen

        screen = StartScreen()
        # Textual would find out how wide it is only after the first paint, and paint all of it again.
        width = self.size.width
        screen.add_class(next(name for start, name in reversed(screen.HORIZONTAL_BREAKPOINTS) if width >= start))
        return screen

    def post_display_hook(self) -> None:
        """Called by Textual when something was painted; while it still holds painting up, nothing was."""
        if not self._batch_count:
            self.painted.set()

    def on_ready(self) -> None:
        self.screen_change_signal.subscribe(self, self.went_elsewhere)
        if not self.is_headless:  # a test has the loop and its signals for itself
            self._heed_signals()
        if self._unread_settings is not None:
            self.refuse(self._unread_settings)
        if self._first is not None:
            self.run_worker(self._open_first(*self._first), exclusive=True, group="first")

    async def _open_first(self, ref: str, step: str, who: str) -> None:
        self.sits_down(ref, who)
        try:
            await self.open_measurement(ref, step)
        except KwartierError as error:
            self.refuse(error)

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
        handed = workspace.handed()
        if handed is not None and handed.ref == ref:  # a sheet to fill in apart: whose it is, is known
            step = step or handed.step
            if ref not in self._seats:
                self.sits_down(ref, handed.person)
        try:
            desk = workspace.desk(ref, viewer=self.seat(ref))
        except KwartierError as error:
            from kwartier.tui.screens.unlocking import open_behind

            open_behind(self, workspace, error, lambda: begin(self.screen, partial(self.open_measurement, ref, step)))
            return
        await self.push_screen(MeasurementScreen(desk, step))

    # -- students whose lock was opened here

    def opened_lock(self, slug: str, code: str) -> None:
        """A student was unlocked: what is open shows that."""
        self._unlocked.add((slug, code))

    def closed_lock(self, slug: str, code: str) -> None:
        """A student is locked again, or has no lock any more."""
        self._unlocked.discard((slug, code))
        self._clipboard = ""  # what was copied within kwartier; the terminal's own is the user's

    def is_unlocked(self, ref: str) -> bool:
        """Whether a record is of a student who was unlocked here."""
        parts_of = ref.split("/")
        return len(parts_of) > 2 and (parts_of[0], parts_of[2]) in self._unlocked

    def on_unmount(self) -> None:
        """Nothing that was unlocked stays so."""
        self._forget_keys()

    def _forget_keys(self) -> None:
        if self._unlocked:
            from kwartier.workspace.encrypting import forget_keys

            forget_keys()
            self._unlocked.clear()

    # -- keys and actions

    def get_key_display(self, binding: Binding) -> str:
        """Keys as users know them."""
        return binding.key_display or shown(binding.key)

    async def _dispatch_action(self, namespace: DOMNode, action_name: str, params: Any) -> bool:
        """Every action of every screen and widget comes by here, so a refusal in one of them is a message."""
        await self._let_typing_arrive()
        try:
            return await super()._dispatch_action(namespace, action_name, params)
        except KwartierError as error:
            self.refuse(error)
            return True

    async def _dispatch_message(self, message: Message) -> None:
        """A refusal in what the app itself does later is a message too; Textual would end the app."""
        try:
            await super()._dispatch_message(message)
        except KwartierError as error:
            self.refuse(error)

    async def _let_typing_arrive(self) -> None:
        """Has the field with the focus take the letters that were typed before a chord.

        Textual gives letters to the field's own queue and does a chord at once: in one packet of keys (a slow line, a
        paste, a fast typist) the chord would overtake them, and they would land at the next item, or nowhere.
        """
        field = self.focused
        if field is None or active_message_pump.get() is not self:
            return
        for _ in range(2):  # first the letters, then what the field tells of them
            arrived = asyncio.Event()
            if not field.call_later(arrived.set):
                return
            with suppress(asyncio.TimeoutError):  # a field that waits for the app itself does not stop a chord
                await asyncio.wait_for(arrived.wait(), 1.0)

    async def action_help(self) -> None:
        """What the screen that is open is for, and its keys; a second time: all keys."""
        from kwartier.tui.screens.help import HelpScreen

        if self._explains():
            return
        if isinstance(self.screen, HelpScreen):
            self.screen.show_all()
        else:
            await self.push_screen(HelpScreen(self.screen))

    def _explains(self) -> bool:
        """Has a dialog that is open say what it wants: nothing else can be done while it is."""
        from kwartier.tui.screens.dialogs import Dialog

        if isinstance(self.screen, Dialog):
            self.screen.explain()
            return True
        return False

    def action_command_palette(self) -> None:
        """What can be done here, to be found by name."""
        from kwartier.tui.palette import Palette

        if self._explains():
            return
        if not isinstance(self.screen, Palette):
            self.push_screen(Palette())

    async def action_instruments(self) -> None:
        """The installed instruments."""
        from kwartier.tui.screens.instruments import InstrumentsScreen

        await self._once(InstrumentsScreen)

    async def action_programmes(self) -> None:
        """The programmes with outcomes of their own."""
        from kwartier.tui.screens.programmes import ProgrammesScreen

        await self.push_screen(ProgrammesScreen(await self.workspace()))

    async def action_settings(self) -> None:
        """What a user may choose."""
        from kwartier.tui.screens.settings import SettingsScreen

        await self._once(SettingsScreen)

    async def _once(self, kind: type[Screen[None]]) -> None:
        if not any(isinstance(one, kind) for one in self.screen_stack):
            await self.push_screen(kind())

    def action_help_quit(self) -> None:
        """Ctrl+C copies; whoever wants to stop with it reads how."""
        self.tell("Met ctrl+q sluit u kwartier af; alles is dan bewaard. Met ctrl+c kopieert u wat is aangewezen.")

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
        self.unless_unsaved(self._save_all(), self._leave)

    def _leave(self) -> None:
        if self._run is not None:
            self._run.end()
        self.exit(0)

    def _heed_signals(self) -> None:
        from kwartier.tui import ending

        def leave(status: int, safe: bool) -> None:
            if safe and self._run is not None:  # else the next start tells that something was cut off
                self._run.end()
            self.exit(status, return_code=status)

        def save() -> bool:
            from kwartier.tui import crash

            return crash.save(self.screen_stack)

        ending.heed(save, leave)

    def unless_unsaved(self, errors: list[KwartierError], go: Callable[[], object]) -> None:
        """Goes on where all is saved; else asks first, for what is not saved would be lost."""
        from kwartier.tui.screens.dialogs import Confirm

        if not errors:
            self.call_later(go)
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self.call_later(go)

        why = "\n".join(dict.fromkeys(error.message for error in errors))
        self.push_screen(
            Confirm("Niet alles is bewaard", why, yes="Weggaan; dan is dat weg", no="Hier blijven"), answered
        )

    # -- a mistake of kwartier itself

    def _handle_exception(self, error: Exception) -> None:
        """Saves what was typed, writes a report without values, and ends. Nothing of Textual's own is printed."""
        from kwartier.tui import crash
        from kwartier.workspace.places import cache_folder

        cause = crash.cause(error)
        if isinstance(cause, KwartierError):  # a refusal in a worker or in what follows on a dialog
            self.refuse(cause)
            return
        self._return_code = crash.STATUS
        if self._exception is not None:
            return
        self._exception = cause if isinstance(cause, Exception) else error
        safe = crash.save(self.screen_stack)
        self._exit_renderables = [Text(crash.told(cause, crash.report(cause, cache_folder()), safe=safe))]
        self._close_messages_no_wait()
        self._exception_event.set()  # wakes the pilot of a test

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
