"""F1 says at once what one can do, on every screen and in every dialog."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.tui.conftest import Kijker, text_of, until
from textual.screen import Screen

from kwartier.tui.screens.calendar import CalendarScreen
from kwartier.tui.screens.dialogs import Ask, Choose, Confirm, Dialog, TextDialog
from kwartier.tui.screens.help import HelpScreen
from kwartier.tui.screens.new_organisation import NewOrganisation


async def test_the_keys_come_before_the_long_text(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        ref = kijker.garden.begin(ws)
    async with kijker.measurement(ref, "scoren", who="a1", size=(80, 24)) as (app, pilot):
        title = app.screen.pane.step.title  # type: ignore[attr-defined]
        await pilot.press("f1")
        await until(lambda: isinstance(app.screen, HelpScreen) and "verzegelen" in text_of(app), pilot)
        lines = text_of(app).splitlines()
        assert any(title in one for one in lines[1:4])
        first = next(place for place, one in enumerate(lines) if "ctrl+s" in one)
        assert first < 12
        more = app.screen.query(".more")
        assert more and all(one.region.y > first for one in more)


@pytest.mark.parametrize("key", ["f1", "ctrl+p"])
async def test_a_dialog_says_what_it_wants(kijker: Kijker, key: str) -> None:
    day = date(2026, 11, 22)
    with kijker.garden.open() as ws:
        kijker.garden.begin(ws)
    dialogs: list[tuple[Dialog[object], str]] = [
        (Confirm("Zeker?", "Echt?"), "j"),  # type: ignore[list-item]
        (Ask("Reden", lines=True), "ctrl+s"),  # type: ignore[list-item]
        (Choose("Wat?", [("a", "Appel")]), "enter"),  # type: ignore[list-item]
        (NewOrganisation(), "ctrl+s"),  # type: ignore[list-item]
        (CalendarScreen("Dag", day, day), "pgup"),  # type: ignore[list-item]
    ]
    async with kijker.app((80, 24)) as (app, pilot):
        await until(lambda: "De Hoop" in text_of(app), pilot)
        for dialog, named in dialogs:
            app.push_screen(dialog)
            await until(lambda dialog=dialog: app.screen is dialog and dialog.focused is not None, pilot)  # type: ignore[misc]
            await pilot.press(key)
            await until(lambda: isinstance(app.screen, TextDialog) and "Uitleg bij dit venster" in text_of(app), pilot)
            assert dialog.help_text and dialog.help_text[:20] in text_of(app)
            assert named in text_of(app) and "esc" in text_of(app)
            await pilot.press(key)
            assert isinstance(app.screen, TextDialog)
            here: Screen[Any] = app.screen
            await pilot.press("escape")
            await until(lambda here=here: app.screen is not here, pilot)  # type: ignore[misc]
            assert app.screen is dialog
            await pilot.press("escape")
            await until(lambda dialog=dialog: app.screen is not dialog, pilot)  # type: ignore[misc]
