"""Every screen as a picture, in one theme at two sizes, on the demo data: what changes here is to be looked at."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.tui.conftest import text_of, until
from textual.pilot import Pilot

from kwartier import demos
from kwartier.tui.app import KwartierApp
from kwartier.tui.screens.measurement import MeasurementScreen
from kwartier.tui.screens.start import StartScreen
from kwartier.tui.start import opened

SIZES = {"smal": (80, 24), "breed": (160, 45)}

_FONTS = re.compile(r"@font-face \{.*?\}", re.DOTALL)


class Pictured(KwartierApp):
    """The app; its pictures fetch no fonts from anywhere."""

    def export_screenshot(self, *, title: str | None = None, simplify: bool = False) -> str:
        return _FONTS.sub("", super().export_screenshot(title=title, simplify=simplify))


KWADRANT = ("slash", *"kwadrant", "enter")
"""Points at this organisation in the table."""

VIE, PLACE = "de-werf/vie/2027-01-07", "de-haven/praktijkleerplek/inloop-west/2028-10-23"
DONE, NOW, BEGUN = "kwadrant/mie/2026-11-24", "kwadrant/mie/2028-11-21", "stichting-lichtspoor/mie/2029-01-09"


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo, made once; nothing here changes it."""
    folder = tmp_path_factory.mktemp("beelden") / "demo"
    return demos.ready(folder, date(2026, 11, 22)).folder


class Shot(NamedTuple):
    """What is on a picture: words that stand there, a measurement at a step with somebody there, and keys pressed."""

    words: str
    ref: str = ""
    step: str = ""
    who: str = ""
    keys: tuple[str, ...] = ()


SHOTS: dict[str, Shot] = {
    "start": Shot("Brijder"),
    "start-zoeken": Shot("Lichtspoor", keys=("slash", "l", "i", "c")),
    "start-agenda": Shot("Te laat", keys=("a",)),
    "organisatie": Shot("Beschermd en begeleid", keys=(*KWADRANT, "enter")),
    "organisatie-mensen": Shot("Yara Elzenaar", keys=(*KWADRANT, "enter", "p")),
    "nieuwe-organisatie": Shot("Aantal cliënten", keys=("n",)),
    "nieuwe-meting": Shot("Auditor 1", keys=(*KWADRANT, "enter", "n", "enter")),
    "instrumenten": Shot("Praktijkleerplek", keys=("ctrl+p", *"instrumenten", "enter")),
    "opdrachten": Shot("Zoek een opdracht", NOW, "toelichten", "a1", ("ctrl+p",)),
    "hulp": Shot("Hulp", NOW, "toelichten", "a1", ("f1",)),
    "wie": Shot("toetsenbord", NOW, "toelichten", "a1", ("ctrl+r",)),
    "voorbereiden": Shot("referentiekader", BEGUN, "voorbereiden"),
    "voorbereiden-wijzigen": Shot("Taak 3", BEGUN, "voorbereiden", "", ("e",)),
    "deelnemers": Shot("Samir Oudekerk", BEGUN, "deelnemers"),
    "interview": Shot("Aantekeningen bij item", NOW, "interview", "a3"),
    "interview-los": Shot("Los", NOW, "interview", "a3", ("ctrl+l",)),
    "interview-zoeken": Shot("item 3", NOW, "interview", "a3", ("ctrl+f", *"team")),
    "toelichten": Shot("Organisatiebrede", NOW, "toelichten", "a1"),
    "zelf-scoren": Shot("Nog te scoren", NOW, "zelf-scoren", "a3"),
    "zelf-scoren-verzegeld": Shot("erzegeld", NOW, "zelf-scoren", "a1"),
    "consensus-dicht": Shot("Femke Dijkhart: 9 van 12", NOW, "consensus", "a3"),
    "consensus": Shot("Gelijk 5 van 12", DONE, "consensus", "a1"),
    "conclusies": Shot("Wat gaat goed", DONE, "conclusies", "a1"),
    "feitencontrole": Shot("Feitencontrole", DONE, "feitencontrole", "a1"),
    "verslag": Shot("Waar dit verslag over gaat", DONE, "verslag", "a1"),
    "terugkoppelen": Shot("Terugkoppelen", DONE, "terugkoppelen"),
    "actiepunten": Shot("Kies 2 of 3", DONE, "actiepunten"),
    "opvolgen": Shot("Opvolgen", DONE, "opvolgen"),
    "herhalen": Shot("Herhalen", DONE, "herhalen"),
    "bronnen": Shot("Bronnen", VIE, "bronnen"),
    "feiten": Shot("ongeveer 640", VIE, "feiten"),
    "scoren-voorstel": Shot("Voorstel", VIE, "scoren", "a1", ("home",)),
    "organisaties-vergelijken": Shot("Pameijer", keys=("m", "2")),
    "organisaties-vergelijken-verdeling": Shot("Verdeling", keys=("m", "2", "5")),
    "plekken": Shot("Herstelacademie", keys=("p",)),
    "oordeel": Shot("voorwaarde", PLACE, "oordeel", "a2"),
    "vragenlijst": Shot("erzegeld", PLACE, "lijst", "a3"),
    "uitleg": Shot("Consensus", DONE, "consensus", "a1", ("ctrl+d",)),
}


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What one picture left open is not told to the next."""
    monkeypatch.setenv("KWARTIER_CACHE", str(tmp_path / "cache"))


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
        await until(lambda: isinstance(app.screen, StartScreen) and "Brijder" in text_of(app), pilot)
        await until(lambda: "nagekeken" not in text_of(app), pilot)
        if shot.ref:
            app.sits_down(shot.ref, shot.who)
            await app.open_measurement(shot.ref, shot.step)
            await until(lambda: isinstance(app.screen, MeasurementScreen) and app.screen.pane is not None, pilot)
        for key in shot.keys:
            await settled(pilot)
            await pilot.press(key)
        await settled(pilot)
        await until(lambda: shot.words in text_of(app), pilot)
        await settled(pilot)

    assert snap_compare(Pictured(demo, opens=opened), terminal_size=SIZES[size], run_before=to_there)
