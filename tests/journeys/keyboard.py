"""Somebody at the keyboard of the app: types, presses, clicks, looks at the screen, and reads the files on disk."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta, timezone
from pathlib import Path
from random import Random

from tests.tui.conftest import text_of, until
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from kwartier.records.tree import Tree
from kwartier.store import toml
from kwartier.tui.app import KwartierApp
from kwartier.tui.screens.measurement import MeasurementScreen
from kwartier.tui.screens.row_form import RowForm
from kwartier.tui.widgets.row_list import RowList
from kwartier.tui.widgets.steps import StepList
from kwartier.workspace import Workspace

NOW = datetime(2026, 11, 22, 14, 0, tzinfo=timezone(timedelta(hours=1)))
_KEYS = {" ": "space", "\n": "enter"}
_SIGNS = {"space": " ", "enter": "\r"}


class Folder:
    """A data folder with a clock that only moves when a test moves it, but for a millisecond at every look."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.now = NOW
        self._looks = 0
        self._random = Random(20261122)

    def clock(self) -> datetime:
        """The present moment; no two looks see the same one, so what is made later has a later id."""
        self._looks += 1
        return self.now + timedelta(milliseconds=self._looks)

    def opens(self, path: Path) -> Workspace:
        """The workspace, as the app opens it."""
        with Workspace.open(path, clock=self.clock, random=self._random) as ws:
            return ws

    def workspace(self) -> Workspace:
        """The workspace, to look at what came of it."""
        return self.opens(self.path)

    @asynccontextmanager
    async def sits_down(self, size: tuple[int, int]) -> AsyncIterator[Player]:
        """Somebody starts the app in a terminal of this size."""
        app = KwartierApp(self.path, opens=self.opens)
        async with app.run_test(size=size, notifications=True) as pilot:
            yield Player(app, pilot, self)


class Player:
    """One person at one screen. Nothing here knows an instrument."""

    def __init__(self, app: KwartierApp, pilot: Pilot[int], folder: Folder) -> None:
        self.app, self.pilot, self.folder = app, pilot, folder

    # -- the keyboard and the mouse

    async def press(self, *keys: str) -> None:
        """Presses keys one by one."""
        await self.pilot.press(*keys)

    async def types(self, text: str) -> None:
        """Types as fast as keys can come in; nothing is drawn in between."""
        await self.rushes(*(_KEYS.get(char, char) for char in text))

    async def rushes(self, *keys: str) -> None:
        """Presses keys as fast as they can come in."""
        for key in keys:
            self.app.post_message(events.Key(key, _SIGNS.get(key, key if len(key) == 1 else None)))
        await self.pilot.pause()

    async def fills(self, *texts: str) -> None:
        """Types a text in a field and goes on with enter, field after field; an empty text leaves a field as it is."""
        for text in texts:
            here = self.app.screen.focused
            assert isinstance(here, Input), here
            if text:
                await self.types(text)
                await self.until(lambda here=here, text=text: here.value.endswith(text))
            await self.press("enter")
            await self.until(lambda here=here: self.app.screen.focused is not here)

    async def click(self, text: str, *, dx: int = 0) -> None:
        """Clicks where this text stands on the screen."""
        await self.see(text)
        row, line = next((y, one) for y, one in enumerate(self.screen.splitlines()) if text in one)
        await self.pilot.click(offset=(line.index(text) + dx, row))

    # -- the screen

    @property
    def screen(self) -> str:
        """What is on the screen."""
        return text_of(self.app)

    async def until(self, holds: object) -> None:
        """Waits until something holds; what is on the screen is told where it never does."""
        assert callable(holds)
        try:
            await until(holds, self.pilot)
        except AssertionError as error:
            raise AssertionError(f"it never happened; focus: {self.app.screen.focused}\n{self.screen}") from error

    async def see(self, *texts: str) -> None:
        """Waits until all of this is on the screen."""
        for text in texts:
            await self.until(lambda text=text: text in self.screen)

    async def on(self, kind: type[object]) -> None:
        """Waits until a screen or dialog is open and has the focus somewhere."""
        await self.until(lambda: isinstance(self.app.screen, kind) and self.app.screen.focused is not None)

    async def typing_in(self, kind: type[object] = TextArea) -> None:
        """Waits until a field has the focus."""
        await self.until(lambda: isinstance(self.app.screen.focused, kind))

    # -- a measurement

    @property
    def measurement(self) -> MeasurementScreen:
        """The measurement that is open."""
        return next(one for one in reversed(self.app.screen_stack) if isinstance(one, MeasurementScreen))

    @property
    def ref(self) -> str:
        """Its reference."""
        return self.measurement.desk.ref

    async def saved(self) -> None:
        """Waits until the screen says that all is saved, and it is so."""
        keeper = self.measurement.keeper
        await self.until(lambda: keeper.state == "✓ bewaard" and "✓ bewaard" in self.screen.splitlines()[0])

    async def goes_to(self, step: str) -> None:
        """By keys to another step: escape, arrows in the list of steps, enter."""
        await self.on(MeasurementScreen)
        steps = self.measurement.query_one(StepList)
        await self.press("escape")
        await self.until(lambda: self.app.screen.focused is steps)
        here = next(place for place, one in enumerate(steps.options) if one.id == steps.highlighted_option.id)  # type: ignore[union-attr]
        there = next(place for place, one in enumerate(steps.options) if one.id == step)
        await self.press(*["down" if there > here else "up"] * abs(there - here), "enter")

    async def opens(self, step: str) -> None:
        """Goes to a step and waits until its work is there."""
        await self.goes_to(step)
        await self.at(step)

    async def at(self, step: str) -> None:
        """Waits until the work of a step has the focus."""
        await self.until(lambda: self.measurement.pane is not None and self.measurement.pane.step.id == step)
        await self.until(lambda: self.measurement.focused in list(self.measurement.query("#pane *")))

    async def changes_seat(self, number: str, name: str) -> None:
        """Somebody else sits down."""
        await self.press("ctrl+r")
        await self.see("Wie zit er achter het toetsenbord?")
        await self.press(number)
        await self.until(lambda: name in self.screen.splitlines()[0])
        await self.on(MeasurementScreen)

    def file(self, step: str, person: str = "", *, ref: str = "") -> Tree:
        """A file of the measurement as it stands on disk; empty where it is not there."""
        name = f"{step}.{person}.toml" if person else f"{step}.toml"
        path = self.folder.path / "organisations" / (ref or self.ref) / name
        return toml.parse(path.read_bytes(), str(path)) if path.exists() else {}

    # -- lists and forms

    @property
    def rows(self) -> RowList:
        """The list of the step that is open."""
        return self.measurement.query_one(RowList)

    async def points_at(self, row: str) -> None:
        """By arrows to a row of the list."""
        await self.on(MeasurementScreen)
        rows = self.rows
        ids = [one.id for one in rows.options if not one.disabled]
        here, there = ids.index(rows.pointed), ids.index(row)
        await self.press(*["down" if there > here else "up"] * abs(there - here))
        assert rows.pointed == row

    async def form(self) -> RowForm:
        """The form that is opening."""
        await self.on(RowForm)
        found = self.app.screen
        assert isinstance(found, RowForm)
        return found

    async def done(self) -> None:
        """Ends the form with ctrl+s, and waits until the measurement has it on disk."""
        form = self.app.screen
        await self.press("ctrl+s")
        await self.until(lambda: self.app.screen is not form)
        await self.on(MeasurementScreen)
        await self.saved()

    async def tab_to(self, key: str) -> None:
        """By tab to a field of the form."""
        form = self.app.screen
        assert isinstance(form, RowForm)
        box = next(one for one in form.boxes if one.field.key == key)
        for _ in range(40):
            focused = form.focused
            if focused is not None and box in focused.ancestors_with_self:
                return
            await self.press("tab")
        raise AssertionError(f"tab never comes to {key}\n{self.screen}")
