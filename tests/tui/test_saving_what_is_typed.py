"""What is typed in a measurement comes to the disk by itself, and can be taken back."""

from __future__ import annotations

from tests.tui.conftest import Kijker, text_of, until


async def test_typing_is_saved_and_undone(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        ref = kijker.garden.begin(ws)
    file = kijker.garden.folder(ref) / "toelichting.toml"
    async with kijker.measurement(ref, "toelichting") as (app, pilot):
        await pilot.press(*"compost")
        await until(lambda: file.exists() and "compost" in file.read_text("utf-8"), pilot)
        await until(lambda: "✓ bewaard" in text_of(app), pilot)
        await pilot.press("ctrl+z")
        await until(lambda: "compost" not in file.read_text("utf-8"), pilot)
