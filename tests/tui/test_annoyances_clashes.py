"""A clash does not get in the way of typing, and is answered by a letter once it was seen."""

from __future__ import annotations

import pytest
from tests.tui.conftest import Kijker, text_of, until
from textual.widgets import Button

from kwartier.tui.screens import clashes
from kwartier.tui.screens.clashes import ClashScreen
from kwartier.tui.screens.measurement import MeasurementScreen


@pytest.fixture(autouse=True)
def seldom(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is only looked at the disk when something is saved."""
    monkeypatch.setattr("kwartier.tui.keeping.LOOK_EVERY", 3600)


def _told(kijker: Kijker, ref: str) -> None:
    with kijker.garden.open() as ws:
        ws.change(ref, "toelichting", {"explanation": [{"item": "1", "text": "Van de ander."}]})


@pytest.mark.parametrize(
    ("key", "left"), [("m", ["Van mij."]), ("a", ["Van de ander."]), ("b", ["Van mij.", "Van de ander."])]
)
async def test_a_letter_answers_once_the_clash_was_seen(kijker: Kijker, key: str, left: list[str]) -> None:
    with kijker.garden.open() as ws:
        ref = kijker.garden.begin(ws)
    file = kijker.garden.folder(ref) / "toelichting.toml"
    async with kijker.measurement(ref, "toelichting", size=(80, 24)) as (app, pilot):
        screen = app.screen
        assert isinstance(screen, MeasurementScreen)
        _told(kijker, ref)
        await pilot.press(*"Van mij.")
        await until(lambda: isinstance(app.screen, ClashScreen) and "Van de ander." in text_of(app), pilot)
        dialog = app.screen
        assert isinstance(dialog, ClashScreen)
        dialog._shown_at += 3600
        await pilot.press(key, "enter")
        await pilot.pause()
        assert isinstance(app.screen, ClashScreen) and screen.desk.clashes()
        assert "! botsing" in screen.keeper.state
        dialog._shown_at -= 3600 + clashes.SEEN
        await pilot.press(key)
        await until(lambda: app.screen is screen, pilot)
        await until(lambda: "✓ bewaard" in text_of(app), pilot)
        saved = file.read_text("utf-8")
        assert [one for one in ("Van mij.", "Van de ander.") if one in saved] == left


async def test_arrows_and_tab_go_along_the_buttons(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        ref = kijker.garden.begin(ws)
    async with kijker.measurement(ref, "toelichting", size=(80, 24)) as (app, pilot):
        _told(kijker, ref)
        await pilot.press(*"Van mij.")
        await until(lambda: isinstance(app.screen, ClashScreen) and "Van de ander." in text_of(app), pilot)
        assert not isinstance(app.focused, Button)
        await pilot.press("right", "right")
        await until(lambda: app.focused is not None and app.focused.id == "keep", pilot)
        await pilot.press("tab")
        assert app.focused is not None and app.focused.id == "take"
        await pilot.press("left")
        assert app.focused is not None and app.focused.id == "keep"
        assert "▸Die van mij (m)" in text_of(app)
        await pilot.press("f1")
        await until(lambda: "tot dan is er niets weg" in " ".join(text_of(app).split()), pilot)
