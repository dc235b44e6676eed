"""The palette: what can be done here, found by name, by key and by mouse."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from tests.tui.conftest import Kijker, text_of, until
from tests.workspace.conftest import APART
from textual.command import CommandList
from textual.pilot import Pilot

from kwartier.text import clean
from kwartier.tui.actions import of
from kwartier.tui.app import KwartierApp
from kwartier.tui.palette import match
from kwartier.tui.screens.help import HelpScreen
from kwartier.tui.screens.settings import SettingsScreen
from kwartier.workspace.overview import glimpse

OF_PORTFOLIOS = ("coverage", "ladder", "lock_again")
"""Actions of a measurement that are there only where it is a portfolio."""

HOSTILE = ("[/b]", "[@click=app.quit]x[/]", "\x1b]52;c;aGFsbG8=\x07", "😀 عربي", "Naam " * 50)


async def listed(app: KwartierApp, pilot: Pilot[int], query: str = "") -> list[str]:
    """The titles in the palette once it has settled: all, or the one that is looked for."""
    await pilot.press("ctrl+p")
    options = app.screen.query_one(CommandList)
    await until(lambda: options.option_count, pilot)
    if query:
        await pilot.press(*query)
        await until(lambda: options.option_count == 1, pilot)
    return [str(option.prompt).splitlines()[0] for option in options.options]


async def test_it_lists_what_works_everywhere_with_its_keys(kijker: Kijker) -> None:
    async with kijker.app() as (app, pilot):
        titles = await listed(app, pilot)
        for one in of("app"):
            if one.id != "command_palette":
                assert any(one.title.lower() in title.lower() for title in titles), one.title
        assert any("ctrl+q" in title for title in titles)


async def test_it_lists_what_works_on_the_present_screen_first(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        kijker.garden.begin(ws)
    async with kijker.measurement(APART, "toelichting") as (app, pilot):
        titles = await listed(app, pilot)
        for one in of("measurement"):
            if one.id in OF_PORTFOLIOS:
                continue
            assert any(one.title.lower() in title.lower() for title in titles), one.title
        places = [next(n for n, title in enumerate(titles) if word in title) for word in ("Volgende stap", "Afsluiten")]
        assert places == sorted(places)


async def test_what_is_chosen_is_done(kijker: Kijker) -> None:
    async with kijker.app() as (app, pilot):
        await listed(app, pilot, "instellingen")
        await pilot.press("enter")
        await until(lambda: isinstance(app.screen, SettingsScreen), pilot)


async def test_it_can_be_done_with_the_mouse(kijker: Kijker) -> None:
    async with kijker.app() as (app, pilot):
        titles = await listed(app, pilot, "uitleg bij dit scherm")
        assert titles == ["Hulp  F1, ?"]
        await pilot.click(CommandList, offset=(4, 1))
        await until(lambda: isinstance(app.screen, HelpScreen), pilot)


async def test_escape_closes_it_and_changes_nothing(kijker: Kijker) -> None:
    async with kijker.app() as (app, pilot):
        before = app.screen
        await listed(app, pilot)
        await pilot.press("escape")
        await until(lambda: app.screen is before, pilot)


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
async def test_an_organisation_can_be_gone_to_whatever_it_is_called(kijker: Kijker, name: str) -> None:
    with kijker.garden.open() as ws:
        ws.add_organisation("Voorbeeld " + name.replace("\x1b", "").replace("\x07", ""))
        ws.overview()
    assert glimpse(kijker.garden.path)
    async with kijker.app() as (app, pilot):
        titles = await listed(app, pilot, "ga naar voorbeeld")
        (title,) = titles
        assert title.startswith("Ga naar Voorbeeld")
        assert "\x1b" not in text_of(app)
        start = clean(name).replace("\ufffd", "").strip()[:5]
        assert start in title
        before = app.screen
        await pilot.press("enter")
        await until(lambda: type(app.screen).__name__ == "OrganisationScreen" and app.screen is not before, pilot)


def test_every_word_has_to_be_there_and_a_beginning_counts_most() -> None:
    assert match("vol st", "Volgende stap") is not None
    assert match("vol xx", "Volgende stap") is None
    start, middle = match("stap", "Stap"), match("stap", "Overstappen")
    assert start and middle and start[0] > middle[0] and middle[1] == [(4, 8)]
    only_help = match("kleuren", "Instellingen", "Datamap, kleuren en tijd.")
    assert only_help and only_help[0] < middle[0] and not only_help[1]
    assert match("   ", "Stap") is None


def test_a_long_name_of_one_letter_costs_nothing() -> None:
    before = time.process_time()
    match("a" * 30 + "b", "a" * 10_000)
    match(" ".join("a" * 30), "İ" * 10_000)
    assert time.process_time() - before < 0.5


def test_nothing_is_read_for_it(tmp_path: Path) -> None:
    assert glimpse(tmp_path / "nergens") is not None
