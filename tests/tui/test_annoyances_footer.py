"""The footer: always the way to the help, nothing that cannot be done now, nothing cut."""

from __future__ import annotations

from typing import Any

import pytest
from tests.tui.conftest import Kijker, text_of, until
from tests.workspace.conftest import SLUG
from textual.screen import Screen

from kwartier.tui.actions import ACTIONS
from kwartier.tui.scopes import available
from kwartier.tui.screens.organisation import OrganisationScreen
from kwartier.tui.widgets.footer import Footer
from kwartier.tui.widgets.steps import StepList

TITLES = {one.title for one in ACTIONS}


def _footer(screen: Screen[Any]) -> list[str]:
    return [one.title for one in screen.query_one(Footer)._found()]


def _can(screen: Screen[Any]) -> set[str]:
    return {one.action.id for one in available(screen)}


@pytest.mark.parametrize(
    "step", ["voorbereiden", "mensen", "gesprek", "toelichting", "scoren", "eens-worden", "verslag"]
)
async def test_the_help_is_always_in_it_and_nothing_is_cut(kijker: Kijker, step: str) -> None:
    with kijker.garden.open() as ws:
        ref = kijker.garden.story(ws)
        steps = [one.id for one in ws.see(ref).content.step]
    if step not in steps:
        pytest.skip("not a step of this instrument")
    async with kijker.measurement(ref, step, who="a1", size=(80, 24)) as (app, _):
        found = _footer(app.screen)
        assert "hulp" in found and "terug" in found
        assert set(found) <= TITLES
        last = text_of(app).splitlines()[-1]
        assert all(one in last for one in found) and len(last.rstrip()) <= 80


async def test_the_help_stays_on_every_width(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        kijker.garden.story(ws)
    for width in (40, 60, 80):
        async with kijker.app((width, 24)) as (app, pilot):
            screen = OrganisationScreen(await app.workspace(), SLUG)
            await app.push_screen(screen)
            await until(lambda screen=screen: screen.found is not None, pilot)  # type: ignore[misc]
            assert {"hulp", "terug"} <= set(_footer(screen))


async def test_a_sealed_sheet_does_not_offer_sealing(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        ref = kijker.garden.begin(ws)
        kijker.garden.prepare(ws, ref)
    async with kijker.measurement(ref, "scoren", who="a1", size=(80, 24)) as (app, _):
        assert "seal" in _can(app.screen) and "verzegelen" in _footer(app.screen)
    with kijker.garden.open() as ws:
        kijker.garden.score(ws, ref)
    async with kijker.measurement(ref, "scoren", who="a1", size=(80, 24)) as (app, pilot):
        assert "seal" not in _can(app.screen) and "verzegelen" not in _footer(app.screen)
        await pilot.press("ctrl+s")
        await until(lambda: any("is verzegeld" in one.message for one in app._notifications), pilot)


async def test_a_consensus_that_is_not_open_offers_nothing(kijker: Kijker) -> None:
    changing = {"confirm_equal", "reason", "missing", "mistake", "day", "clear"}
    with kijker.garden.open() as ws:
        ref = kijker.garden.begin(ws)
        kijker.garden.prepare(ws, ref)
    async with kijker.measurement(ref, "eens-worden", who="a1", size=(80, 24)) as (app, _):
        assert not (changing | {"order"}) & _can(app.screen)
    with kijker.garden.open() as ws:
        kijker.garden.score(ws, ref)
    async with kijker.measurement(ref, "eens-worden", who="a1", size=(80, 24)) as (app, _):
        assert changing <= _can(app.screen)
    with kijker.garden.open() as ws:
        kijker.garden.finish(ws, ref)
    async with kijker.measurement(ref, "eens-worden", who="a1", size=(80, 24)) as (app, _):
        assert not changing & _can(app.screen)
        assert "order" in _can(app.screen)


async def test_the_list_of_steps_says_how_to_open_one(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        ref = kijker.garden.begin(ws)
    async with kijker.measurement(ref, "voorbereiden", size=(80, 24)) as (app, pilot):
        await pilot.press("escape")
        await until(lambda: isinstance(app.focused, StepList) and "openen" in _footer(app.screen), pilot)
        await pilot.press("down", "enter")
        await until(lambda: "› Voorbereiden" not in text_of(app).splitlines()[0], pilot)


async def test_a_search_says_how_to_leave_it(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        kijker.garden.begin(ws)
    async with kijker.app((80, 24)) as (app, pilot):
        await until(lambda: "De Hoop" in text_of(app), pilot)
        assert "alles tonen" not in _footer(app.screen)
        await pilot.press("slash")
        await until(lambda: "alles tonen" in _footer(app.screen), pilot)
        assert "esc alles tonen" in text_of(app)
