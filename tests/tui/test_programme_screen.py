"""Programmes and groups on the screen: an example is linked, portfolios are brought up to date, counts written."""

from __future__ import annotations

from tests.tui.conftest import Kijker, text_of, until
from tests.tui.school import NARROW, SLUG, asked, fill, in_school, school, shows
from tests.workspace.conftest import own_config, packages

from kwartier.instrument.profiling import outcomes_of
from kwartier.tui.screens.group import GroupScreen
from kwartier.tui.screens.programme import LinkItem, ProgrammeScreen
from kwartier.tui.screens.programmes import ProgrammesScreen

__all__ = ["own_config", "packages", "school"]


async def test_an_example_is_linked_and_unfinished_portfolios_follow(school: Kijker) -> None:
    garden = school.garden
    with garden.open() as ws:
        ref = in_school(school).of_programme(ws)
    async with school.app(NARROW) as (app, pilot):
        await app.workspace()
        await app.run_action("programmes")
        await until(lambda: isinstance(app.screen, ProgrammesScreen), pilot)
        await shows(pilot, "Voorbeelden", "De Glasschool")
        await pilot.press("down")
        await shows(pilot, "2, samen 25 EC")
        await pilot.press("enter")
        await until(lambda: isinstance(app.screen, ProgrammeScreen), pilot)
        await shows(pilot, "3 nog niet gekoppeld", "Modules, samen 25 EC", "Zorgt")
        await pilot.press("enter")
        await asked(pilot, LinkItem)
        await pilot.press("space", "down", "space", "ctrl+s")
        await shows(pilot, "1.1 hoort bij b1, b2", "1 portfolio heeft nog de oude koppelingen")
        with garden.open() as ws:
            assert outcomes_of(ws.profile("glas"), "1.1") == ("b1", "b2")
            assert (garden.path / "programmes" / "glas.toml").exists(), "an example is copied by linking in it"
            was = ws.see(ref).content.profile
            assert was is not None and was.link == (), "what runs keeps its links"
        await pilot.press("b")
        await shows(pilot, "1 portfolio bijwerken?", "s2")
        await pilot.press("j")
        await shows(pilot, "1 bijgewerkt")
        await until(lambda: "oude koppelingen" not in text_of(app), pilot)
        with garden.open() as ws:
            now = ws.see(ref).content.profile
            assert now is not None and outcomes_of(now, "1.1") == ("b1", "b2")
        await pilot.press("escape")
        await until(lambda: isinstance(app.screen, ProgrammesScreen), pilot)
        await shows(pilot, "1 in de datamap")


async def test_a_group_in_counts_with_a_warning_and_to_a_file(school: Kijker) -> None:
    path = school.garden.home / "groep.csv"
    async with school.app(NARROW) as (app, pilot):
        await app.push_screen(GroupScreen(await app.workspace(), SLUG))
        await shows(pilot, "! Dit gaat over minder dan 5 studenten", "1.1", "deels", "▒")
        assert "s1" not in text_of(app) and "Lotte" not in text_of(app)
        await pilot.press("m")
        await shows(pilot, "1 student · aan het eind" if "Aan het eind" in text_of(app) else "1 student · ")
        await pilot.press("k")
        await shows(pilot, "Welke portfolio's tellen mee?")
        await pilot.press("right", "ctrl+s")  # level 1, of which there is nobody
        await shows(pilot, "0 studenten", "1 met iets anders")
        await pilot.press("k")
        await pilot.press("left", "ctrl+s")
        await shows(pilot, "1 student ")
        await pilot.press("w")
        await shows(pilot, "De aantallen naar een bestand")
        fill(app, path=str(path))
        await pilot.press("ctrl+s")
        await shows(pilot, "Minder dan vijf studenten")
        assert not path.exists()
        await pilot.press("j")
        await until(path.exists, pilot)
    text = path.read_text("utf-8-sig")
    assert text.startswith("item;titel;") and "Zaaien" in text and "Lotte" not in text
