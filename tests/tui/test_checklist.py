"""The checklist: ticked by one key or a click, with who and when behind it; late in words."""

from __future__ import annotations

import pytest
from tests.tui.conftest import Kijker, text_of, until
from tests.tui.rows import SIZES, begun, closed, on_disk, opened, put, rows, working


@pytest.mark.parametrize("size", SIZES)
async def test_space_ticks_with_today_and_can_be_undone(kijker: Kijker, size: tuple[int, int]) -> None:
    ref = begun(kijker)
    async with working(kijker, ref, "voorbereiden", size=size) as (app, pilot):
        assert "☐ De buren een brief sturen" in text_of(app)
        assert "voorstel zo 8 nov 2026 · te laat" in text_of(app)
        assert "voorstel zo 29 nov 2026 ·" not in text_of(app)
        await pilot.press("down", "space")
        today = kijker.garden.now.date()
        await until(lambda: on_disk(kijker, ref, "voorbereiden"), pilot)
        row = {"id": "sleutel", "done": True, "date": today}
        assert on_disk(kijker, ref, "voorbereiden")["task"] == [row]
        assert "☑ De sleutel van het hek regelen" in text_of(app)
        assert "gedaan op wo 25 nov 2026" in text_of(app)
        await pilot.press("space")
        await until(lambda: on_disk(kijker, ref, "voorbereiden")["task"] == [{"id": "sleutel", "done": False}], pilot)
        await pilot.press("ctrl+z", "ctrl+z")
        await until(lambda: not on_disk(kijker, ref, "voorbereiden").get("task"), pilot)


async def test_a_click_on_the_box_ticks_and_one_on_the_text_opens(kijker: Kijker) -> None:
    ref = begun(kijker)
    async with working(kijker, ref, "voorbereiden") as (app, pilot):
        await pilot.click("RowList", offset=(1, 4))
        await until(lambda: on_disk(kijker, ref, "voorbereiden").get("task"), pilot)
        assert [row["id"] for row in on_disk(kijker, ref, "voorbereiden")["task"]] == ["bedanken"]
        await pilot.click("RowList", offset=(12, 0))
        form = await opened(app, pilot)
        assert form.form.told == "De buren een brief sturen"


async def test_who_when_and_a_note(kijker: Kijker) -> None:
    ref = begun(kijker)
    async with working(kijker, ref, "voorbereiden", size=(80, 24)) as (app, pilot):
        await pilot.press("enter")
        form = await opened(app, pilot)
        put(form, date="8 nov", by="Carla Courgette", note="Per post [b]en[/b] e-mail.")
        await pilot.pause()
        assert "nieuwe naam" in text_of(app)
        await pilot.press("ctrl+s")
        await closed(app, pilot)
        await until(lambda: on_disk(kijker, ref, "voorbereiden").get("task"), pilot)
        row = on_disk(kijker, ref, "voorbereiden")["task"][0]
        assert (row["done"], row["by"], row["note"]) == (True, "c1", "Per post [b]en[/b] e-mail.")
        assert str(row["date"]) == "2026-11-08"
        assert "door Carla Courgette" in text_of(app)
        assert "Carla" not in (kijker.garden.folder(ref) / "voorbereiden.toml").read_text("utf-8")


async def test_a_note_alone_does_not_say_that_it_is_done(kijker: Kijker) -> None:
    ref = begun(kijker)
    async with working(kijker, ref, "voorbereiden") as (app, pilot):
        await pilot.press("e")
        put(await opened(app, pilot), note="Carla belt.")
        await pilot.press("ctrl+s")
        await closed(app, pilot)
        await until(lambda: on_disk(kijker, ref, "voorbereiden").get("task"), pilot)
        assert on_disk(kijker, ref, "voorbereiden")["task"] == [{"id": "brief", "done": False, "note": "Carla belt."}]
        await pilot.press("delete")
        await until(lambda: not on_disk(kijker, ref, "voorbereiden").get("task"), pilot)


async def test_the_work_begins_at_the_first_that_is_open(kijker: Kijker) -> None:
    ref = begun(kijker)
    with kijker.garden.open() as ws:
        ws.change(ref, "voorbereiden", {"task": [{"id": "brief", "done": True}]})
    async with working(kijker, ref, "voorbereiden") as (app, _):
        assert rows(app).pointed == "sleutel"
