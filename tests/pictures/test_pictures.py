"""Every screen as a picture, in one theme at two sizes, on the demo data: what changes here is to be looked at."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from textual.pilot import Pilot

from kwartier import demos
from kwartier.tui.app import KwartierApp
from kwartier.tui.start import opened

SIZES = {"smal": (80, 24), "breed": (160, 45)}

_FONTS = re.compile(r"@font-face \{.*?\}", re.DOTALL)


class Pictured(KwartierApp):
    """The app; its pictures fetch no fonts from anywhere."""

    def export_screenshot(self, *, title: str | None = None, simplify: bool = False) -> str:
        return _FONTS.sub("", super().export_screenshot(title=title, simplify=simplify))


DONE, NOW, BEGUN = "kwadrant/mie/2026-11-24", "kwadrant/mie/2028-11-21", "stichting-lichtspoor/mie/2029-01-09"


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo, made once; nothing here changes it."""
    folder = tmp_path_factory.mktemp("beelden") / "demo"
    return demos.ready(folder, date(2026, 11, 22)).folder


SHOTS: dict[str, tuple[str, str, str, tuple[str, ...]]] = {
    # name: (measurement, step, who is at the keyboard, keys)
    "start": ("", "", "", ()),
    "toelichten": (NOW, "toelichten", "a1", ()),
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", SHOTS)
def test_it_looks_as_it_did(name: str, size: str, demo: Path, snap_compare: Callable[..., bool]) -> None:
    ref, step, who, keys = SHOTS[name]

    async def to_there(pilot: Pilot[int]) -> None:
        app = pilot.app
        assert isinstance(app, KwartierApp)
        await app.workspace()
        if ref:
            app.sits_down(ref, who)
            await app.open_measurement(ref, step)
        await pilot.pause()
        await pilot.press(*keys)
        await pilot.pause()

    assert snap_compare(Pictured(demo, opens=opened), terminal_size=SIZES[size], run_before=to_there)
