"""The start screen: what is there, found, sorted and opened, from the first paint on."""

from __future__ import annotations

from kwartier.tui.screens.start import StartScreen
from tests.tui.conftest import Kijker, text_of, until


async def test_organisations_and_agenda(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        kijker.garden.story(ws)
    async with kijker.app((160, 45)) as (app, pilot):
        await until(lambda: "De Hoop" in text_of(app), pilot)
        await until(lambda: "Tuinmeter" in text_of(app), pilot)
        print(text_of(app))
        assert isinstance(app.screen, StartScreen)
