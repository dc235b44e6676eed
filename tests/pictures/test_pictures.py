"""Every screen as a picture, in one theme at two sizes, on the demo data: what changes here is to be looked at."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from textual.pilot import Pilot

from kwartier import demos
from kwartier.tui.app import KwartierApp
from kwartier.tui.start import opened
from tests.tui.conftest import text_of, until

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


class Shot(NamedTuple):
    """What is on a picture: a measurement at a step with somebody at the keyboard, and the keys pressed there."""

    ref: str = ""
    step: str = ""
    who: str = ""
    keys: tuple[str, ...] = ()


SHOTS: dict[str, Shot] = {
    "start": Shot(),
    "start-zoeken": Shot(keys=("slash", "l", "i", "c")),
    "start-agenda": Shot(keys=("a",)),
    "organisatie": Shot(keys=("enter",)),
    "organisatie-mensen": Shot(keys=("enter", "p")),
    "nieuwe-organisatie": Shot(keys=("n",)),
    "nieuwe-meting": Shot(keys=("enter", "n")),
    "instrumenten": Shot(keys=("ctrl+p", *"instrumenten", "enter")),
    "opdrachten": Shot(NOW, "toelichten", "a1", ("ctrl+p",)),
    "hulp": Shot(NOW, "toelichten", "a1", ("f1",)),
    "wie": Shot(NOW, "toelichten", "a1", ("ctrl+r",)),
    "voorbereiden": Shot(BEGUN, "voorbereiden"),
    "voorbereiden-wijzigen": Shot(BEGUN, "voorbereiden", "", ("e",)),
    "deelnemers": Shot(BEGUN, "deelnemers"),
    "interview": Shot(NOW, "interview", "a3"),
    "interview-los": Shot(NOW, "interview", "a3", ("ctrl+l",)),
    "interview-zoeken": Shot(NOW, "interview", "a3", ("ctrl+f", *"team")),
    "toelichten": Shot(NOW, "toelichten", "a1"),
    "zelf-scoren": Shot(NOW, "zelf-scoren", "a3"),
    "zelf-scoren-verzegeld": Shot(NOW, "zelf-scoren", "a1"),
    "consensus-dicht": Shot(NOW, "consensus", "a3"),
    "consensus": Shot(DONE, "consensus", "a1"),
    "conclusies": Shot(DONE, "conclusies", "a1"),
    "feitencontrole": Shot(DONE, "feitencontrole", "a1"),
    "verslag": Shot(DONE, "verslag", "a1"),
    "terugkoppelen": Shot(DONE, "terugkoppelen"),
    "actiepunten": Shot(DONE, "actiepunten"),
    "opvolgen": Shot(DONE, "opvolgen"),
    "herhalen": Shot(DONE, "herhalen"),
    "uitleg": Shot(DONE, "consensus", "a1", ("ctrl+d",)),
}


async def settled(pilot: Pilot[int]) -> None:
    """Waits until the screen stays the same: workers have told what they found."""
    app = pilot.app
    assert isinstance(app, KwartierApp)
    await app.workers.wait_for_complete([one for one in app.workers if one.group != "run"])
    before = ""
    while before != (now := text_of(app)):
        before = now
        await pilot.pause(0.05)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", SHOTS)
def test_it_looks_as_it_did(name: str, size: str, demo: Path, snap_compare: Callable[..., bool]) -> None:
    shot = SHOTS[name]

    async def to_there(pilot: Pilot[int]) -> None:
        app = pilot.app
        assert isinstance(app, KwartierApp)
        await app.workspace()
        await until(lambda: "wordt nagekeken" not in text_of(app), pilot)
        if shot.ref:
            app.sits_down(shot.ref, shot.who)
            await app.open_measurement(shot.ref, shot.step)
        for key in shot.keys:
            await settled(pilot)
            await pilot.press(key)
        await settled(pilot)

    assert snap_compare(Pictured(demo, opens=opened), terminal_size=SIZES[size], run_before=to_there)
