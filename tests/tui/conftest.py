"""Opens the app on a data folder of the test, as a user at a terminal does, and waits for what has to happen."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.workspace.conftest import Garden, own_config, packages
from textual.app import App
from textual.css.stylesheet import Stylesheet
from textual.pilot import Pilot

from kwartier.tui.app import KwartierApp
from kwartier.workspace import Workspace

__all__ = ["own_config", "packages"]

PATIENCE = 20.0
"""Seconds after which something that has to happen will not happen any more."""

_reads_style = Stylesheet._parse_rules
_read: dict[tuple[object, ...], Any] = {}


def _reads_style_once(self: Stylesheet, css: str, *place: Any, **more: Any) -> Any:
    """The rules of a style, which are never changed: read once for all apps of these tests, per theme."""
    key = (tuple(self._variables.items()), css, place, tuple(more.items()))
    if key not in _read:
        _read[key] = _reads_style(self, css, *place, **more)
    return _read[key]


Stylesheet._parse_rules = _reads_style_once  # type: ignore[method-assign]


async def until(holds: Callable[[], object], pilot: Pilot[int]) -> None:
    """Waits until something holds, letting the app work; fails where it never does."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, f"it never happened:\n{text_of(pilot.app)}"
        await pilot.pause()
        await asyncio.sleep(0.01)


class Kijker:
    """A garden (see tests.workspace.conftest) with the app on it."""

    def __init__(self, garden: Garden) -> None:
        self.garden = garden

    def workspace(self, folder: Path | None = None) -> Workspace:
        """The garden's workspace, as the app opens it."""
        with self.garden.open() as ws:
            return ws

    @asynccontextmanager
    async def app(self, size: tuple[int, int] = (120, 36)) -> AsyncIterator[tuple[KwartierApp, Pilot[int]]]:
        """The app on the garden's folder."""
        app = KwartierApp(self.garden.path, opens=self.workspace)
        async with app.run_test(size=size, notifications=True) as pilot:
            yield app, pilot

    @asynccontextmanager
    async def measurement(
        self, ref: str, step: str = "", *, who: str = "", size: tuple[int, int] = (120, 36)
    ) -> AsyncIterator[tuple[KwartierApp, Pilot[int]]]:
        """The app with a measurement open at a step, and perhaps somebody at the keyboard (a code)."""
        async with self.app(size) as (app, pilot):
            if who:
                app.sits_down(ref, who)
            await app.open_measurement(ref, step)
            await pilot.pause()
            yield app, pilot


def text_of(app: App[int]) -> str:
    """All that is on the screen now, as plain lines."""
    return "\n".join("".join(segment.text for segment in strip) for strip in app.screen._compositor.render_strips())


def many(text: str) -> str:
    """Three hundred items."""
    start, end = text.index("[[section]]"), text.index("[[fact]]")
    item = '[[section.item]]\nid = "{0}"\ntitle = "Onderwerp {0}"\nscale = "staat"\nstatement = "Stelling {0}."\n'
    items = "\n".join(item.format(number) for number in range(1, 301))
    return text[:start] + '[[section]]\nid = "A"\ntitle = "Alles"\n\n' + items + "\n" + text[end:]


def told(kijker: Kijker, ref: str, text: str, item: str = "1") -> None:
    """Somebody else saves an explanation."""
    with kijker.garden.open() as ws:
        ws.change(ref, "toelichting", {"explanation": [{"item": item, "text": text}]})


@pytest.fixture
def kijker(garden: Garden) -> Kijker:
    """The app on an empty garden."""
    return Kijker(garden)


@pytest.fixture
def garden(tmp_path: Path, packages: Path) -> Garden:
    """An empty data folder with the instrument installed."""
    return Garden(tmp_path, packages)
