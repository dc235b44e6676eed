"""What is pointed at has a sign: in lists of rows, in dialogs and on buttons; solid only where the focus is."""

from __future__ import annotations

from tests.tui.conftest import Kijker, text_of, until
from textual.widgets import Button, OptionList

from kwartier.tui.screens.dialogs import Choose, Confirm
from kwartier.tui.screens.organisation import OrganisationScreen
from kwartier.tui.widgets.row_list import RowList
from kwartier.tui.widgets.steps import StepList


def _line_with(text: str, sign: str) -> str:
    return next((one for one in text.splitlines() if sign in one), "")


async def test_the_row_that_is_pointed_at_has_a_sign(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        ref = kijker.garden.begin(ws)
    async with kijker.measurement(ref, "voorbereiden", size=(80, 24)) as (app, pilot):
        rows = app.screen.query_one(RowList)
        await until(lambda: rows.has_focus and "▸☐" in text_of(app), pilot)
        first = _line_with(text_of(app), "▸")
        await pilot.press("down")
        await until(lambda: "▸" in text_of(app) and _line_with(text_of(app), "▸") != first, pilot)
        assert text_of(app).count("▸") == 1


async def test_a_list_without_the_focus_steps_back(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        ref = kijker.garden.begin(ws)
    async with kijker.measurement(ref, "voorbereiden", size=(120, 30)) as (app, pilot):
        await until(lambda: "▸☐" in text_of(app), pilot)
        assert "▸○ Voorbereiden" in text_of(app) or "▸◐ Voorbereiden" in text_of(app)
        app.screen.query_one(StepList).focus()
        await pilot.press("down")
        await until(lambda: "·☐" in text_of(app), pilot)
        await until(lambda: "·○ Voorbereiden" in text_of(app) or "·◐ Voorbereiden" in text_of(app), pilot)


async def test_dialogs_and_buttons(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        kijker.garden.begin(ws)
    async with kijker.app((80, 24)) as (app, pilot):
        await until(lambda: "De Hoop" in text_of(app), pilot)
        app.push_screen(Choose("Wat?", [("a", "Appel"), ("b", "Peer")]))
        await until(lambda: isinstance(app.focused, OptionList), pilot)
        await pilot.press("down")
        await until(lambda: "▸2 Peer" in text_of(app), pilot)
        await pilot.press("escape")
        app.push_screen(Confirm("Zeker?", "Echt?"))
        await until(lambda: "▸Nee" in text_of(app), pilot)
        await pilot.press("tab")
        await until(lambda: "▸Ja" in text_of(app) and "▸Nee" not in text_of(app), pilot)
        assert isinstance(app.focused, Button)


async def test_only_one_list_of_an_organisation_is_solid(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        ref = kijker.garden.story(ws)
    async with kijker.app((80, 24)) as (app, pilot):
        screen = OrganisationScreen(await app.workspace(), ref.split("/")[0])
        await app.push_screen(screen)
        await until(lambda: screen.found is not None and "▸" in text_of(app), pilot)
        assert text_of(app).count("▸") == 1
        was = _line_with(text_of(app), "▸")
        await pilot.press("tab")
        await until(lambda: text_of(app).count("▸") == 1 and _line_with(text_of(app), "▸") != was, pilot)
