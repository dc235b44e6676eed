"""The palette knows the steps of the measurement that is open."""

from __future__ import annotations

from tests.tui.conftest import Kijker, text_of, until
from textual.command import CommandPalette

from kwartier.tui.screens.measurement import MeasurementScreen


async def test_a_word_of_a_step_finds_the_step(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        ref = kijker.garden.begin(ws)
        title = ws.desk(ref, viewer="a1").step("scoren").title
    async with kijker.measurement(ref, "voorbereiden", who="a1", size=(80, 24)) as (app, pilot):
        await pilot.press("ctrl+p")
        await until(lambda: isinstance(app.screen, CommandPalette), pilot)
        await pilot.press(*title.split()[-1].lower())
        await until(lambda: f"Ga naar stap {title}" in text_of(app), pilot)
        while f"▸ Ga naar stap {title}" not in text_of(app) and f"▸Ga naar stap {title}" not in text_of(app):
            await pilot.press("down")
        await pilot.press("enter")
        await until(lambda: isinstance(app.screen, MeasurementScreen) and app.screen.pane is not None, pilot)
        screen = app.screen
        assert isinstance(screen, MeasurementScreen)
        await until(lambda: screen.pane is not None and screen.pane.step.id == "scoren", pilot)
