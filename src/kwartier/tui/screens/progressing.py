"""Work that takes long: how far it is, with a key to stop it. The work itself is done in a thread."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Button, ProgressBar, Static

from kwartier.errors import KwartierError
from kwartier.tui.safe import shown
from kwartier.tui.screens.dialogs import Dialog
from kwartier.tui.working import begin

Progress = Callable[[int, int], None]
Stopped = Callable[[], bool]
T = TypeVar("T")

_LOOKS = 0.1
"""Seconds between two looks at how far it is."""


async def with_progress(app: App[Any], title: str, work: Callable[[Progress, Stopped], T]) -> T:
    """What `work` gives. It tells how far it is, and asks now and then whether it has to stop.

    Called in a worker. A `KwartierError` of the work rises here.
    """
    done: Any = await app.push_screen_wait(Progressing(title, work))
    if isinstance(done, KwartierError):
        raise done
    result: T = done[0]
    return result


class Progressing(Dialog[Any]):
    """Gives the result in a tuple, or the refusal."""

    DEFAULT_CSS = "Progressing ProgressBar { width: 1fr; height: 1; } Progressing Bar { width: 1fr; }"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", "stoppen", key_display="esc")]
    help_text = "kwartier is bezig. Stoppen maakt eerst af waar het nu aan werkt."

    def __init__(self, title: str, work: Callable[[Progress, Stopped], object]) -> None:
        super().__init__(title)
        self._work = work
        self._stop = threading.Event()
        self._done, self._of = 0, 0
        self._result: object = None

    def body(self) -> ComposeResult:
        yield Static("Beginnen…", id="far")
        yield ProgressBar(show_percentage=False, show_eta=False)
        with Horizontal(classes="buttons"):
            yield Button("Stoppen (esc)", id="stop")

    def on_mount(self) -> None:
        self.set_interval(_LOOKS, self._look)
        begin(self, self._run, group="progressing")

    def on_unmount(self) -> None:
        self._stop.set()  # nothing goes on behind an app that has ended

    async def _run(self) -> None:
        try:
            self._result = (await asyncio.to_thread(self._work, self._progress, self._stop.is_set),)
        except KwartierError as error:
            self._result = error
        self._look()

    def _progress(self, done: int, of: int) -> None:
        self._done, self._of = done, of

    def _look(self) -> None:
        """Shows how far it is; closes once it is done and nothing is open above it."""
        if self._result is not None:
            if self.is_current:
                result, self._result = self._result, None
                self.dismiss(result)
            return
        if self._of and not self._stop.is_set():
            self.query_one("#far", Static).update(shown(f"{self._done} van {self._of}"))
        self.query_one(ProgressBar).update(total=self._of or None, progress=self._done)

    def on_button_pressed(self, event: Button.Pressed) -> None:
        self.action_cancel()

    def action_cancel(self) -> None:
        """Stops after what it is at now."""
        self._stop.set()
        self.query_one("#far", Static).update("Stopt na wat nu gemaakt wordt…")
        self.query_one("#stop", Button).disabled = True
