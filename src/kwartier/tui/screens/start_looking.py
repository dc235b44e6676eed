"""Looks at the data folder for the start screen: what the index knows at once, then the disk in a thread."""

from __future__ import annotations

import asyncio
from threading import Event
from typing import TYPE_CHECKING

from kwartier.errors import KwartierError, Unreadable
from kwartier.tui.working import begin

if TYPE_CHECKING:
    from kwartier.tui.app import KwartierApp
    from kwartier.tui.screens.start import StartScreen
    from kwartier.workspace import Workspace
    from kwartier.workspace.overview import Overview

AGENDA = 200
"""How much of a long agenda is shown before somebody asks for the rest."""


class Looking:
    """One look at a time; the newest one wins."""

    def __init__(self, screen: StartScreen) -> None:
        self._screen = screen
        self._stop = Event()
        self._running = False
        self._again = False
        self._limit: int | None = AGENDA
        self._done = self._of = 0
        self._copies: int | None = None
        self.names: dict[tuple[str, str], str] = {}
        self.is_demo = False

    @property
    def _app(self) -> KwartierApp:
        return self._screen.kwartier

    @property
    def words(self) -> str:
        """What the heading says of it."""
        if not self._running:
            return ""
        return f"wordt nagekeken… {self._done} van {self._of}" if self._of > 50 else "wordt nagekeken…"

    def glimpse(self) -> Overview | None:
        """What the index knows; nothing is read from the data folder."""
        from kwartier.workspace.overview import glimpse

        return glimpse(self._app.folder, AGENDA)

    def start(self, *, agenda: int | None = AGENDA) -> None:
        """Looks at the disk, unless that is being done already: then once more after it."""
        if agenda is None:
            self._limit = None
        if self._running:
            self._again = True
            return
        self._running, self._done, self._of = True, 0, 0
        self._stop = Event()
        self._screen.show_checking(self.words)
        begin(self._screen, self._look, group="looking")

    def stop(self) -> None:
        """Whatever is being looked at is not wanted any more."""
        self._stop.set()

    async def _look(self) -> None:
        timer = self._screen.set_interval(0.2, lambda: self._screen.show_checking(self.words))
        try:
            workspace = await self._app.workspace()
            found, names, trouble = await asyncio.to_thread(self._walk, workspace, self._stop)
            self.names = names
            self._running = False
            if not self._stop.is_set() and self._screen.is_running:
                self._screen.show_overview(found)
                self._screen.show_trouble(trouble)
        except KwartierError as error:
            self._refused(error)
        except OSError as error:
            self._refused(
                Unreadable(
                    "not-looked",
                    f"De datamap is niet na te kijken ({error.strerror or error}).",
                    advice="Kijk of de schijf of het netwerk er is; r kijkt opnieuw.",
                )
            )
        finally:
            timer.stop()
            self._running = False
            if self._screen.is_running:
                self._screen.show_checking("")
        if self._again and not self._stop.is_set():
            self._again = False
            self.start()

    def _refused(self, error: KwartierError) -> None:
        """The folder cannot be used as it is: that stays on the screen, not only in a message that goes away."""
        from kwartier.tui.advice import advice_for

        self._running = False
        if self._screen.is_running:
            place = f" ({error.place})" if error.place else ""
            self._screen.show_trouble([f"{error.message}{place} {advice_for(error)}".strip()])

    # -- in a thread

    def _walk(self, ws: Workspace, stop: Event) -> tuple[Overview, dict[tuple[str, str], str], list[str]]:
        def progress(done: int, of: int) -> None:
            self._done, self._of = done, of

        from kwartier.workspace.demo_day import mark_of

        self.is_demo = mark_of(ws.path) is not None
        found = ws.overview(progress=progress, cancelled=stop.is_set, agenda=self._limit)
        names: dict[tuple[str, str], str] = {}
        for slug in sorted({one.slug for one in found.agenda if one.person}):
            try:
                names |= {(slug, code): name for code, name in ws.names(slug).items() if name}
            except KwartierError:  # then the code is shown; the row of the organisation tells about the file
                continue
        return found, names, self._trouble(ws, stop)

    def _trouble(self, ws: Workspace, stop: Event) -> list[str]:
        told = [f"{one.message} {one.advice or ''}".strip() for one in ws.swept.problems]
        if why := ws.read_only:
            told.insert(0, why)
        if self._copies is None and not stop.is_set():
            try:
                self._copies = len(ws.conflict_copies())
            except KwartierError:
                self._copies = 0
        if self._copies:
            word = "kopie" if self._copies == 1 else "kopieën"
            told.append(
                f"{self._copies} {word} van een synchronisatieprogramma: twee computers wijzigden hetzelfde bestand. "
                "Breng ze samen: ctrl+p, Datamap nakijken, of klik hier."
            )
        return told

    # -- the demo

    def to_demo_or_back(self) -> None:
        """Opens the demo, made where it is not there yet; from the demo back to one's own data."""
        if self.is_demo:
            from kwartier.workspace.places import data_folder

            home = self._app.home if self._app.home != self._app.folder else data_folder()
            begin(self._app, lambda: self._open(home), group="folder")
        else:
            begin(self._app, self._make_demo, exclusive=True, group="folder")

    async def _open(self, folder: object) -> None:
        try:
            await self._app.open_folder(folder)  # type: ignore[arg-type]
        except KwartierError as error:
            self._app.refuse(error)

    async def _make_demo(self) -> None:
        from datetime import date

        from kwartier.demos import default_folder, ready

        self._screen.say_busy("de demo wordt gemaakt…")
        self._app.tell("De demo wordt gemaakt; dat duurt een paar tellen. Uw eigen gegevens blijven erbuiten.")
        try:
            made = await asyncio.to_thread(ready, default_folder(), date.today())
        except KwartierError as error:
            self._app.refuse(error)
            return
        finally:
            if self._screen.is_running:
                self._screen.say_busy("")
        for one in made.problems:
            self._app.tell(f"De demo van {one.distribution} is niet te maken: {one.reason}", warning=True)
        await self._open(made.folder)
