"""Erasing what stood at an item before, and moving a measurement to the newest content: by the palette, once meant."""

from __future__ import annotations

from pathlib import Path

from tests.tui.conftest import Kijker, text_of, until
from tests.workspace.conftest import explained

from kwartier.tui.app import KwartierApp
from kwartier.tui.screens.dialogs import Confirm
from kwartier.tui.screens.measurement import MeasurementScreen
from kwartier.workspace import Workspace


def told(app: KwartierApp) -> str:
    return "\n".join(one.message for one in app._notifications)


async def test_earlier_texts_of_the_open_item_are_erased(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        ref = kijker.garden.begin(ws)
        ws.change(ref, "toelichting", explained("Geheim van {}."))
        kijker.garden.score(ws, ref)
        ws.change(ref, "toelichting", explained("Korter bij {}."))
    file = kijker.garden.folder(ref) / "toelichting.toml"
    assert "Geheim van 1." in file.read_text("utf-8")
    async with kijker.measurement(ref, "toelichting", size=(80, 24)) as (app, pilot):
        await until(lambda: getattr(app.screen, "pane", None) is not None, pilot)
        for answer in ("n", "j"):
            assert isinstance(app.screen, MeasurementScreen)
            await app.run_action("erase_earlier", app.screen.pane)
            await until(lambda: isinstance(app.screen, Confirm) and app.screen.query("#no"), pilot)
            assert "niet ongedaan" in text_of(app).replace("\n", " ")
            assert "Geheim van 1." in file.read_text("utf-8")
            await pilot.press(answer)
            await until(lambda: isinstance(app.screen, MeasurementScreen), pilot)
        await until(lambda: "zijn gewist" in told(app), pilot)
        assert "Geheim van 1." not in file.read_text("utf-8") and "Geheim van 2." in file.read_text("utf-8")
        await until(lambda: getattr(app.screen, "pane", None) is not None, pilot)
        await app.run_action("erase_earlier", app.screen.pane)  # type: ignore[attr-defined]
        await until(lambda: isinstance(app.screen, Confirm) and app.screen.query("#no"), pilot)
        await pilot.press("j")
        await until(lambda: "geen eerdere tekst" in told(app), pilot)


async def test_a_measurement_moves_to_the_newest_content(kijker: Kijker) -> None:
    garden = kijker.garden
    with garden.open() as ws:
        ref = garden.begin(ws)
    before = garden.tree(garden.folder(ref) / "assessment.toml")["content"]
    newer = garden.host(lambda text: text.replace("De bodem onder", "De aarde onder"))

    def opens(folder: Path) -> Workspace:
        with garden.open(newer) as opened:
            return opened

    app = KwartierApp(garden.path, opens=opens)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await app.open_measurement(ref, "gegevens")
        await until(lambda: getattr(app.screen, "pane", None) is not None, pilot)
        await app.run_action("renew", app.screen)
        await until(lambda: isinstance(app.screen, Confirm) and app.screen.query("#no"), pilot)
        await pilot.press("j")
        await until(lambda: "nieuwste inhoud" in told(app), pilot)
    assert garden.tree(garden.folder(ref) / "assessment.toml")["content"] != before
