"""The official wording, from the screen of the instruments: a file made, refused where it is wrong, used, let go."""

from __future__ import annotations

from tests.tui.conftest import Kijker, text_of, until
from textual.widgets import Input

from kwartier.tui.app import KwartierApp
from kwartier.tui.screens.dialogs import Confirm
from kwartier.tui.screens.instruments import InstrumentsScreen
from kwartier.tui.screens.wording import NewWording, UseWording


def told(app: KwartierApp) -> str:
    return "\n".join(one.message for one in app._notifications)


async def test_made_checked_used_and_let_go(kijker: Kijker) -> None:
    path = kijker.garden.home / "eigen.toml"
    with kijker.garden.open() as ws:
        pass
    async with kijker.app((80, 24)) as (app, pilot):
        await app.run_action("instruments", app)
        await until(lambda: isinstance(app.screen, InstrumentsScreen) and "1 van 1" in text_of(app), pilot)
        screen = app.screen
        await app.run_action("new_wording", screen)
        await until(lambda: isinstance(app.screen, NewWording) and app.screen.query("#cancel"), pilot)
        app.screen.query_one("#path", Input).value = str(path)
        await pilot.press("ctrl+s")
        await until(lambda: app.screen is screen and path.is_file(), pilot)
        good = path.read_text("utf-8")
        path.write_text(good + '\n[[item]]\nid = "99"\ntitle = "Niets"\n', "utf-8")
        await app.run_action("use_wording", screen)
        await until(lambda: isinstance(app.screen, UseWording) and app.screen.query("#cancel"), pilot)
        app.screen.query_one("#path", Input).value = str(path)
        await pilot.press("ctrl+s")
        await until(lambda: "!" in text_of(app) or "niet te gebruiken" in text_of(app), pilot)
        assert ws.wording_in_use("tuin") is None
        while not isinstance(app.screen, UseWording):
            await pilot.press("escape")
            await pilot.pause()
        path.write_text(good, "utf-8")
        await pilot.press("ctrl+s")
        await until(lambda: isinstance(app.screen, Confirm) and app.screen.query("#yes"), pilot)
        await pilot.press("j")
        await until(lambda: app.screen is screen, pilot)
        assert "wordt gebruikt" in told(app) and ws.wording_in_use("tuin") is not None
        await app.run_action("drop_wording", screen)
        await until(lambda: isinstance(app.screen, Confirm) and app.screen.query("#yes"), pilot)
        await pilot.press("j")
        await until(lambda: "weer gebruikt" in told(app), pilot)
        assert ws.wording_in_use("tuin") is None
