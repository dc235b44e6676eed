"""The list of questions as a file: of an instrument, and of a measurement, blank or filled in."""

from __future__ import annotations

from tests.tui.conftest import Kijker, text_of, until
from tests.workspace.conftest import FIRST, answers
from textual.widgets import Input

from kwartier.tui.screens.dialogs import Confirm
from kwartier.tui.screens.form_dialog import ChoiceField
from kwartier.tui.screens.instruments import InstrumentsScreen
from kwartier.tui.screens.question_list import QuestionList
from kwartier.workspace import Workspace


async def test_a_blank_list_from_the_instruments(kijker: Kijker) -> None:
    path = kijker.garden.home / "vragen.md"
    with kijker.garden.open():
        pass
    async with kijker.app((80, 24)) as (app, pilot):
        await app.run_action("instruments", app)
        await until(lambda: isinstance(app.screen, InstrumentsScreen) and "1 van 1" in text_of(app), pilot)
        await pilot.press("v")
        await until(lambda: isinstance(app.screen, QuestionList) and app.screen.query("#cancel"), pilot)
        app.screen.query_one("#path", Input).value = str(path)
        app.screen.query_one("#prompts", ChoiceField).take("ja")
        await pilot.press("ctrl+s")
        await until(path.is_file, pilot)
        told = path.read_text("utf-8")
        assert "☐" in told and "☒" not in told and "Wie spit er?" in told
        await until(lambda: isinstance(app.screen, InstrumentsScreen), pilot)


async def test_an_instrument_with_parameters_asks_for_them(kijker: Kijker) -> None:
    path = kijker.garden.home / "vragen.md"
    host = kijker.garden.host(sample="route")

    def workspace(folder: object = None) -> Workspace:
        with kijker.garden.open(host) as ws:
            return ws

    kijker.workspace = workspace  # type: ignore[method-assign]
    async with kijker.app((80, 24)) as (app, pilot):
        await app.run_action("instruments", app)
        await until(lambda: isinstance(app.screen, InstrumentsScreen) and "1 van 1" in text_of(app), pilot)
        await pilot.press("v")
        await until(lambda: isinstance(app.screen, QuestionList) and app.screen.query("#cancel"), pilot)
        app.screen.query_one("#parameter-niveau", ChoiceField).take("6")
        app.screen.query_one("#path", Input).value = str(path)
        await pilot.press("ctrl+s")
        await until(path.is_file, pilot)
        assert "- Opleidingsniveau: 6" in path.read_text("utf-8")


async def test_a_measurement_filled_in_with_ones_own_answers(kijker: Kijker) -> None:
    garden = kijker.garden
    path = garden.home / "ingevuld.md"
    with garden.open() as ws:
        ref = garden.begin(ws)
        ws.change(ref, "scoren", answers(FIRST, "van Anna"), person="a1")
        ws.change(ref, "scoren", answers(FIRST, "GEHEIM"), person="a2")
    path.write_text("van mij", "utf-8")
    async with kijker.measurement(ref, "toelichting", who="a1") as (app, pilot):
        screen = app.screen
        await app.run_action("question_list", screen)
        await until(lambda: isinstance(app.screen, QuestionList) and app.screen.query("#cancel"), pilot)
        assert "Anna" in text_of(app)
        app.screen.query_one("#filled", ChoiceField).take("ja")
        app.screen.query_one("#path", Input).value = str(path)
        await pilot.press("ctrl+s")
        await until(lambda: isinstance(app.screen, Confirm) and app.screen.query("#yes"), pilot)
        assert path.read_text("utf-8") == "van mij"
        await pilot.press("j")
        await until(lambda: app.screen is screen, pilot)
        told = path.read_text("utf-8")
        assert "van Anna" in told and "GEHEIM" not in told and told.count("☒") == 6
