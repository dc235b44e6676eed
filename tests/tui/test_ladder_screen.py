"""The ladder on the screen: from an item that is scored and from an instrument, with what is new marked; compared."""

from __future__ import annotations

import pytest
from tests.tui.conftest import Kijker, text_of, until
from tests.tui.school import NARROW, REF, WIDE, asked, school, shows
from tests.workspace.conftest import own_config, packages

from kwartier.tui.screens.instruments import InstrumentsScreen
from kwartier.tui.screens.ladder import LadderScreen, TwoLevels
from kwartier.tui.screens.measurement import MeasurementScreen

__all__ = ["own_config", "packages", "school"]


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_an_item_over_the_levels_from_where_it_is_scored(school: Kijker, size: tuple[int, int]) -> None:
    async with school.measurement(REF, "zelf", who="s1", size=size) as (app, pilot):
        await shows(pilot, "1.1")
        await pilot.press("up", "up", "l")
        await until(lambda: isinstance(app.screen, LadderScreen), pilot)
        text = " ".join(text_of(app).split())
        assert "◆ niveau 2 · dit portfolio" in text and "niveau 1" in text and "niveau 3" in text
        new = " ".join(part for part in text_of(app).replace("│", " ").split())
        assert "‹" in new and "leert het anderen" in new
        rungs = [one.region for one in app.screen.query(".rung") if one.display]
        beside = {one.y for one in rungs}
        assert (len(beside) == 1) == (size == WIDE), "beside one another where there is room, else under one another"
        await pilot.press("ctrl+n")
        await shows(pilot, "1.2  Gieten", "niveau 1, 2 en 3")
        await pilot.press("ctrl+n")
        await shows(pilot, "2.1  Rondleiden", "Niet gevraagd op niveau 1")
        await pilot.press("ctrl+n")
        await shows(pilot, "1.1  Zaaien")
        await pilot.press("ctrl+o")
        await shows(pilot, "2.1  Rondleiden")
        await pilot.press("ctrl+e")
        await asked(pilot, TwoLevels)
        await pilot.press("ctrl+s")
        await shows(pilot, "Van niveau 2 naar niveau 3", "0 nieuw · 1 veranderd · 0 vervallen · 2 hetzelfde")
        await pilot.press("escape")
        await shows(pilot, "2.1  Rondleiden")
        await pilot.press("escape")
        await until(lambda: isinstance(app.screen, MeasurementScreen), pilot)


async def test_the_ladder_of_an_instrument_compares_any_two_levels(school: Kijker) -> None:
    async with school.app(NARROW) as (app, pilot):
        await app.push_screen(InstrumentsScreen())
        await until(lambda: "van 1 te gebruiken" in text_of(app), pilot)
        await pilot.press("l")
        await until(lambda: isinstance(app.screen, LadderScreen), pilot)
        assert "◆" not in text_of(app), "nobody's own level"
        await pilot.press("c", "ctrl+s")
        await shows(pilot, "Van niveau 1 naar niveau 2", "1 nieuw · 1 veranderd")
