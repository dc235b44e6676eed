"""Two people in one folder at the same time: what the other saves appears, and what clashes is chosen on the screen."""

from __future__ import annotations

import pytest
from tests.tui.conftest import Kijker, text_of, told, until

from kwartier.tui.screens.clashes import ClashScreen


async def test_what_somebody_else_saves_appears_in_an_open_measurement(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        ref = kijker.garden.begin(ws)
    async with kijker.measurement(ref, "toelichting") as (app, pilot):
        assert "Van de ander." not in text_of(app)
        told(kijker, ref, "Van de ander.")
        await until(lambda: "Van de ander." in text_of(app), pilot)


@pytest.mark.parametrize(("button", "left"), [("keep", "Van mij."), ("take", "Van de ander."), ("both", "Van mij.")])
async def test_a_clash_is_shown_side_by_side_and_decided_there(
    kijker: Kijker, button: str, left: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kwartier.tui.keeping.LOOK_EVERY", 3600)  # it is found out when it is saved
    with kijker.garden.open() as ws:
        ref = kijker.garden.begin(ws)
    file = kijker.garden.folder(ref) / "toelichting.toml"
    async with kijker.measurement(ref, "toelichting") as (app, pilot):
        told(kijker, ref, "Van de ander.")
        await pilot.press(*"Van mij.")
        await until(lambda: isinstance(app.screen, ClashScreen), pilot)
        await until(lambda: "Van mij." in text_of(app) and "Van de ander." in text_of(app), pilot)
        await pilot.press("escape")  # it is not put off
        assert isinstance(app.screen, ClashScreen)
        assert "Van de ander." in file.read_text("utf-8")
        await pilot.click(f"#{button}")
        await until(lambda: not isinstance(app.screen, ClashScreen), pilot)
        await until(lambda: left in file.read_text("utf-8"), pilot)
        await until(lambda: "✓ bewaard" in text_of(app), pilot)
        assert ("Van de ander." in file.read_text("utf-8")) == (button != "keep")


async def test_what_was_typed_stays_while_the_folder_is_away_and_is_saved_when_it_is_back(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        ref = kijker.garden.begin(ws)
    folder = kijker.garden.folder(ref)
    async with kijker.measurement(ref, "toelichting") as (app, pilot):
        aside = folder.with_name("weg")
        folder.rename(aside)
        await pilot.press(*"blijft staan")
        await until(lambda: "! niet bewaard" in text_of(app), pilot)
        assert "blijft staan" in text_of(app)
        await pilot.press("ctrl+q")
        await until(lambda: "Niet alles is bewaard" in text_of(app), pilot)
        await pilot.press("n")
        aside.rename(folder)
        file = folder / "toelichting.toml"
        await until(lambda: file.exists() and "blijft staan" in file.read_text("utf-8"), pilot)
        await until(lambda: "✓ bewaard" in text_of(app), pilot)
