"""Actions and their reviews: chosen from recommendations, followed by day, who and state."""

from __future__ import annotations

import pytest
from tests.tui.conftest import Kijker, text_of, until
from tests.tui.rows import SIZES, begun, closed, on_disk, opened, put, rows, working
from tests.tui.test_conclusions_step import GIVEN


@pytest.mark.parametrize("size", SIZES)
async def test_a_recommendation_becomes_an_action(kijker: Kijker, size: tuple[int, int]) -> None:
    ref = begun(kijker)
    with kijker.garden.open() as ws:
        ws.change(ref, "conclusies", GIVEN)
    async with working(kijker, ref, "acties", size) as (app, pilot):
        assert "Kies 1 tot 3 actiepunten." in text_of(app)
        await pilot.press("down", "enter")
        await opened(app, pilot)
        await pilot.press(*" Bij het hek.", "tab", *"Carla", "tab", *"+6m", "ctrl+s")
        await closed(app, pilot)
        await until(lambda: on_disk(kijker, ref, "acties").get("action"), pilot)
        tree = on_disk(kijker, ref, "acties")
        row = tree["action"][0]
        assert row["text"] == "Vang regen op. Bij het hek."
        assert (row["recommendation"], row["who"], row["state"]) == ("r1", "c1", "loopt")
        assert (str(row["due"]), str(tree["date"])) == ("2027-05-25", "2026-11-25")
        assert "Carla · klaar op di 25 mei 2027 · loopt" in text_of(app)
        assert "Aanbevelingen (enter" not in text_of(app)
        await pilot.press("ctrl+z")
        await until(lambda: not on_disk(kijker, ref, "acties").get("action"), pilot)


async def test_too_many_asks_a_reason_and_a_reviewed_one_stays(kijker: Kijker) -> None:
    ref = begun(kijker)
    with kijker.garden.open() as ws:
        ws.change(ref, "acties", {"action": [{"id": f"x{n}", "text": f"Punt {n}"} for n in range(4)]})
        ws.change(ref, "evalueren", {"review": [{"action": "x0", "date": "2027-01-01", "state": "loopt"}]})
    async with working(kijker, ref, "acties", (80, 24)) as (app, pilot):
        assert "4 actiepunten; 1 tot 3 is de bedoeling" in text_of(app)
        await pilot.press("delete")
        await until(lambda: "al geëvalueerd" in text_of(app), pilot)
        await pilot.press("down", "delete")
        await until(lambda: len(on_disk(kijker, ref, "acties")["action"]) == 3, pilot)
        await until(lambda: "is de bedoeling" not in text_of(app).split("Let op")[0], pilot)


async def test_a_wrong_date_and_an_empty_text_are_both_told(kijker: Kijker) -> None:
    ref = begun(kijker)
    async with working(kijker, ref, "acties") as (app, pilot):
        await pilot.press("t")
        form = await opened(app, pilot)
        put(form, due="31-2", note="blijft staan")
        await pilot.press("ctrl+s")
        await until(lambda: "! Vul dit in." in text_of(app), pilot)
        assert "'31-2' is geen datum" in text_of(app)
        assert "blijft staan" in text_of(app)
        assert on_disk(kijker, ref, "acties") == {}


async def test_reviews_per_action(kijker: Kijker) -> None:
    ref = begun(kijker)
    with kijker.garden.open() as ws:
        given = {"date": "2026-01-15", "action": [{"id": "x1", "text": "Ton kopen"}, {"id": "x2", "text": "Hek"}]}
        ws.change(ref, "acties", given)
    async with working(kijker, ref, "evalueren", (80, 24)) as (app, pilot):
        assert "loopt · evalueren rond wo 15 jul 2026 · te laat" in text_of(app)
        await pilot.press("down", "enter")
        form = await opened(app, pilot)
        assert "Actiepunt 2: Hek" in text_of(app)
        put(form, state="afgerond", text="Het hek staat.", by="Anna Appel")
        await pilot.press("ctrl+s")
        await closed(app, pilot)
        await until(lambda: on_disk(kijker, ref, "evalueren").get("review"), pilot)
        row = on_disk(kijker, ref, "evalueren")["review"][0]
        assert (row["action"], row["state"], row["by"], str(row["date"])) == ("x2", "afgerond", "a1", "2026-11-25")
        assert "wo 25 nov 2026: afgerond, Anna Appel" in text_of(app)
        assert "afgesloten" in text_of(app)
        await pilot.press("e")
        put(await opened(app, pilot), state="bijgesteld")
        await pilot.press("ctrl+s")
        await until(lambda: on_disk(kijker, ref, "evalueren")["review"][0]["state"] == "bijgesteld", pilot)
        await closed(app, pilot)
        await pilot.press("delete")
        await until(lambda: not on_disk(kijker, ref, "evalueren").get("review"), pilot)


async def test_reviews_without_actions_say_where_to_begin(kijker: Kijker) -> None:
    ref = begun(kijker)
    async with working(kijker, ref, "evalueren") as (app, pilot):
        assert "nog geen actiepunten" in text_of(app)
        await pilot.press("t", "e", "enter", "delete")
        await pilot.pause()
        assert app.focused is rows(app)


async def test_when_it_is_done_again(kijker: Kijker) -> None:
    ref = begun(kijker)
    async with working(kijker, ref, "herhalen", (80, 24)) as (app, pilot):
        assert "tussen ma 22 nov 2027 en wo 22 nov 2028" in text_of(app)
        await pilot.press("enter")
        await opened(app, pilot)
        await pilot.press(*"1 okt 2027", "ctrl+s")
        await closed(app, pilot)
        await until(lambda: str(on_disk(kijker, ref, "herhalen").get("planned")) == "2027-10-01", pilot)
        assert "vr 1 okt 2027 · eerder dan voorgesteld" in text_of(app)
        await pilot.press("delete")
        await until(lambda: "planned" not in on_disk(kijker, ref, "herhalen"), pilot)


async def test_the_newest_review_says_where_an_action_stands(kijker: Kijker) -> None:
    ref = begun(kijker)
    with kijker.garden.open() as ws:
        ws.change(ref, "acties", {"action": [{"id": "x1", "text": "Ton", "due": "2026-02-01", "state": "loopt"}]})
    async with working(kijker, ref, "acties", (80, 24)) as (app, pilot):
        assert "loopt · te laat" in text_of(app)
        with kijker.garden.open() as ws:
            ws.change(ref, "evalueren", {"review": [{"action": "x1", "date": "2026-03-01", "state": "afgerond"}]})
        await until(lambda: "klaar op zo 1 feb 2026 · afgerond" in text_of(app), pilot)
        assert "te laat" not in text_of(app)
