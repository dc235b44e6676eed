"""A sheet that somebody gave: opened from the start screen at its own step, sealed there, and packed to go back."""

from __future__ import annotations

from pathlib import Path

from tests.tui.conftest import Kijker, text_of, until
from tests.workspace.conftest import APART, Apart, remarked
from textual.widgets import Input

from kwartier.tui.app import KwartierApp
from kwartier.tui.screens.measurement import MeasurementScreen
from kwartier.tui.screens.sheet_apart import OpenSheet, PackSheet
from kwartier.tui.screens.start import StartScreen
from kwartier.workspace import Workspace


async def test_opened_filled_in_and_packed_without_a_command(kijker: Kijker) -> None:
    apart = Apart(kijker.garden)
    with kijker.garden.open() as ws:
        apart.begin(ws)
        apart.give(ws, passphrase="geheim")

    def opens(folder: Path) -> Workspace:
        with kijker.garden.beside(folder.name).open(kijker.garden.without_plugin()) as ws:
            return ws

    app = KwartierApp(kijker.garden.path, opens=opens)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await until(lambda: isinstance(app.screen, StartScreen) and app.screen.is_running, pilot)
        await app.run_action("open_sheet", app.screen)
        await until(lambda: isinstance(app.screen, OpenSheet) and app.screen.query("#again, #key"), pilot)
        app.screen.query_one("#path", Input).value = str(apart.file)
        app.screen.query_one("#folder", Input).value = str(apart.folder)
        await pilot.press("ctrl+s")
        await until(lambda: "wachtwoord" in text_of(app).casefold() and "!" in text_of(app), pilot)
        app.screen.query_one("#key", Input).value = "geheim"
        await pilot.press("ctrl+s")
        await until(lambda: isinstance(app.screen, MeasurementScreen) and app.screen.pane is not None, pilot)
        assert isinstance(app.screen, MeasurementScreen) and app.screen.pane is not None
        assert app.screen.pane.step.id == "scoren" and app.screen.desk.viewer == "a2"
        assert app.folder == apart.folder
        app.screen.close()
        await until(lambda: isinstance(app.screen, StartScreen), pilot)
        ws = await app.workspace()
        ws.change(APART, None, remarked((4, 2, 2, 5, 3)), person="a2")
        ws.seal(APART, "a2")
        await app.run_action("pack_sheet", app.screen)
        await until(lambda: isinstance(app.screen, PackSheet) and app.screen.query("#again"), pilot)
        assert app.screen.query_one("#folder", Input).value == str(apart.folder)
        app.screen.query_one("#path", Input).value = str(apart.back)
        await pilot.press("ctrl+s")
        await until(lambda: isinstance(app.screen, StartScreen), pilot)
    with kijker.garden.open() as ws:
        assert ws.take_back(apart.back).sheet


async def test_an_organisations_folder_is_not_packed(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        kijker.garden.begin(ws)
        assert ws.handed() is None
    async with kijker.app((80, 24)) as (app, pilot):
        await until(lambda: app.screen.is_running, pilot)
        await app.run_action("pack_sheet", app.screen)
        await until(lambda: isinstance(app.screen, PackSheet) and app.screen.query("#again"), pilot)
        await pilot.press("ctrl+s")
        await until(lambda: "geen scoreblad" in text_of(app), pilot)


async def test_only_what_is_true_there_is_shown(kijker: Kijker) -> None:
    apart = Apart(kijker.garden)
    with kijker.garden.open() as ws:
        apart.begin(ws)
        apart.give(ws)
        assert "gaat niet mee" not in [one.detail for one in ws.desk(APART).states()]
    apart.work(seal=False)

    def opens(folder: Path) -> Workspace:
        with apart.bob.open(kijker.garden.without_plugin()) as ws:
            return ws

    app = KwartierApp(apart.folder, opens=opens)
    async with app.run_test(size=(160, 45), notifications=True) as pilot:
        await app.open_measurement(APART)
        await until(lambda: isinstance(app.screen, MeasurementScreen) and app.screen.pane is not None, pilot)
        assert isinstance(app.screen, MeasurementScreen) and app.screen.pane is not None
        assert app.screen.pane.step.id == "scoren" and app.screen.desk.viewer == "a2"
        await until(lambda: "niet in deze map" in text_of(app) and "gaat niet mee" in text_of(app), pilot)
        assert "0 van" not in text_of(app)
        states = {one.id: one.detail for one in app.screen.desk.states()}
        assert {step for step, detail in states.items() if detail != "gaat niet mee"} == {"scoren", "toelichting"}
        assert app.screen.desk.closed("gegevens") and not app.screen.desk.closed("toelichting")
        ws = await app.workspace()
        ws.seal(APART, "a2")
        assert [one.status.value for one in ws.desk(APART, viewer="a2").states() if one.id == "scoren"] == ["done"]
