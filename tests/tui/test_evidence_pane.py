"""Sources: added, changed and taken away in a list, with the items that each is about; a link is only text."""

from __future__ import annotations

import pytest
from tests.tui.conftest import Kijker, text_of, until
from tests.tui.rows import SIZES, begun, closed, on_disk, opened, put, rows, working

LINK = "https://voorbeeld.nl/[bold]plan[/bold]?a=1&b=[link='x']"


@pytest.mark.parametrize("size", SIZES)
async def test_a_source_by_keys_alone(kijker: Kijker, size: tuple[int, int]) -> None:
    ref = begun(kijker)
    async with working(kijker, ref, "bronnen", size) as (app, pilot):
        assert "nog geen bronnen" in text_of(app)
        await pilot.press("enter")
        await opened(app, pilot)
        await pilot.press(*"Jaarplan", "tab", "down", "tab", *"2-3-2026", "tab", *LINK, "tab")
        await pilot.press("space", "3", "space", "tab", *"Bladzijde 4.", "ctrl+s")
        await closed(app, pilot)
        await until(lambda: "items" in str(on_disk(kijker, ref, "bronnen")), pilot)
        row = on_disk(kijker, ref, "bronnen")["evidence"][0]
        assert {key: str(value) for key, value in row.items() if key not in ("id", "items")} == {
            "title": "Jaarplan",
            "kind": "document",
            "date": "2026-03-02",
            "link": LINK,
            "note": "Bladzijde 4.",
        }
        assert row["items"] == ["1", "3"]
        shown = text_of(app)
        assert "document · 2 mrt 2026 · item 1, 3" in shown
        assert "https://voorbeeld.nl/[bold]plan[/bold]" in shown, "a link is shown as it was typed, not as styling"
        assert "1 bron, over 2 items" in shown
        assert "Nog geen bron bij item 2, 4, 5." in shown
        await pilot.press("ctrl+z")
        await until(lambda: not on_disk(kijker, ref, "bronnen").get("evidence"), pilot)


async def test_a_source_is_changed_and_taken_away(kijker: Kijker) -> None:
    ref = begun(kijker)
    given = {"evidence": [{"id": "b1", "title": "Plan", "items": ["1"]}, {"id": "b2", "title": "Foto", "items": ["2"]}]}
    with kijker.garden.open() as ws:
        ws.change(ref, "bronnen", given)
    async with working(kijker, ref, "bronnen", (80, 24)) as (app, pilot):
        await pilot.press("e")
        form = await opened(app, pilot)
        assert "kwartier opent die niet" in text_of(app)
        put(form, title="Jaarplan", kind="rondgang")
        next(box for box in form.boxes if box.field.key == "items").focus()
        await pilot.press("space", "ctrl+s")
        await closed(app, pilot)
        await until(lambda: on_disk(kijker, ref, "bronnen")["evidence"][0]["title"] == "Jaarplan", pilot)
        assert on_disk(kijker, ref, "bronnen")["evidence"][0] == {"id": "b1", "title": "Jaarplan", "kind": "rondgang"}
        rows(app).point_at("b2")
        await pilot.press("delete")
        await until(lambda: len(on_disk(kijker, ref, "bronnen")["evidence"]) == 1, pilot)


async def test_what_is_refused_is_said_at_its_field(kijker: Kijker) -> None:
    ref = begun(kijker)
    async with working(kijker, ref, "bronnen") as (app, pilot):
        await pilot.press("t")
        form = await opened(app, pilot)
        put(form, title="Jaarplan", date="2-3-0226")
        await pilot.press("ctrl+s")
        await until(lambda: "! Het jaar 226 kan niet; kijk de datum na." in text_of(app), pilot)
        put(form, title="", date="2-3-2026")
        await pilot.press("ctrl+s")
        await until(lambda: "! Vul dit in." in text_of(app), pilot)


async def test_a_step_that_was_passed_over_says_why(kijker: Kijker) -> None:
    ref = begun(kijker)
    with kijker.garden.open() as ws:
        kijker.garden.prepare(ws, ref)
        ws.change(ref, "bronnen", {"skipped": "Alles kwam uit het gesprek."})
    async with working(kijker, ref, "bronnen") as (app, _):
        assert "Alles kwam uit het gesprek." in text_of(app)
        assert rows(app).pointed == "+add"
