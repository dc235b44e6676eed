"""Taking back a sheet: where all others wait for it, the screen says so and asks first, as sealing does."""

from __future__ import annotations

import pytest
from tests.tui.conftest import Kijker, text_of, until
from tests.workspace.conftest import APART, SLUG, Apart, Garden, refusal
from textual.widgets import Input

from kwartier.tui.screens.dialogs import Confirm
from kwartier.tui.screens.handing import TakeBack
from kwartier.tui.screens.organisation import OrganisationScreen


@pytest.mark.parametrize(("anna_sealed", "bob_sealed"), [(True, True), (True, False), (False, True)])
def test_it_reveals_only_where_all_others_wait_for_it(garden: Garden, anna_sealed: bool, bob_sealed: bool) -> None:
    apart = Apart(garden)
    with apart.garden.open() as ws:
        apart.begin(ws)
        apart.give(ws)
        if anna_sealed:
            ws.seal(APART, "a1")
    apart.work(seal=bob_sealed)
    apart.pack()
    before = apart.garden.files()
    with apart.garden.open() as ws:
        for source in (apart.back, apart.folder):
            assert ws.taking_would_reveal(source) is (anna_sealed and bob_sealed)
        assert not ws.taking_would_reveal(apart.file)
        assert apart.garden.files() == before
        if anna_sealed and bob_sealed:
            assert ws.take_back(apart.back).revealed
            assert not ws.taking_would_reveal(apart.back)


def test_a_file_of_another_folder_is_refused(garden: Garden) -> None:
    apart = Apart(garden)
    with apart.garden.open() as ws:
        apart.begin(ws)
        apart.give(ws)
    apart.work()
    apart.pack()
    with apart.garden.beside("elders").open() as ws:
        assert refusal(lambda: ws.taking_would_reveal(apart.back)).code == "other-record"


async def test_the_screen_asks_and_no_changes_nothing(kijker: Kijker) -> None:
    apart = Apart(kijker.garden)
    with kijker.garden.open() as ws:
        apart.begin(ws)
        apart.give(ws)
        ws.seal(APART, "a1")
    apart.work()
    apart.pack()
    sheet = kijker.garden.folder(APART) / "scoren.a2.toml"
    async with kijker.app((80, 24)) as (app, pilot):
        await app.push_screen(OrganisationScreen(await app.workspace(), SLUG))
        await until(lambda: getattr(app.screen, "found", None) is not None, pilot)
        await pilot.press("t")
        await until(lambda: isinstance(app.screen, TakeBack), pilot)
        app.screen.query_one("#path", Input).value = str(apart.back)
        await pilot.press("ctrl+s")
        await until(lambda: isinstance(app.screen, Confirm), pilot)
        assert "scores naast elkaar" in text_of(app)
        await pilot.press("n")
        await until(lambda: "Er is niets teruggenomen" in text_of(app), pilot)
        assert not sheet.exists()
        await pilot.press("ctrl+s")
        await until(lambda: isinstance(app.screen, Confirm), pilot)
        await pilot.press("j")
        await until(lambda: isinstance(app.screen, OrganisationScreen), pilot)
        assert "sealed" in kijker.garden.tree(sheet)
