"""Conclusions: three groups in one list, recommendations below what they are about, the scores beside it."""

from __future__ import annotations

import pytest
from tests.tui.conftest import Kijker, text_of, until
from tests.tui.rows import SIZES, begun, closed, on_disk, opened, put, rows, working
from tests.workspace.conftest import AGREED, answers

from kwartier.records.tree import Tree

GIVEN = {
    "strength": [{"id": "s1", "text": "Veel buren."}],
    "improvement": [{"id": "v1", "text": "Water.", "item": "2"}],
    "recommendation": [{"id": "r1", "improvement": "v1", "text": "Vang regen op."}],
}


def held(kijker: Kijker, ref: str) -> Tree:
    """The conclusions on disk."""
    return on_disk(kijker, ref, "conclusies")


@pytest.mark.parametrize("size", SIZES)
async def test_from_nothing_to_a_recommendation(kijker: Kijker, size: tuple[int, int]) -> None:
    ref = begun(kijker)
    async with working(kijker, ref, "conclusies", size) as (app, pilot):
        await pilot.press("down", "enter")
        await opened(app, pilot)
        await pilot.press(*"Veel buren.", "tab", "down", "down", "ctrl+s")
        await closed(app, pilot)
        await pilot.press("end", "enter")
        await opened(app, pilot)
        await pilot.press(*"Water.", "tab", "down", "down", "down", "ctrl+s")
        await closed(app, pilot)
        assert "Veel buren.  (B Mensen)" in text_of(app)
        assert "Water.  (2 Water)" in text_of(app)
        assert "→ aanbeveling ontbreekt" in text_of(app)
        assert rows(app).pointed.startswith("i-"), "what was added is pointed at"
        await pilot.press("down", "enter")
        await opened(app, pilot)
        await pilot.press(*"Vang regen op.", "ctrl+s")
        await closed(app, pilot)
        await until(lambda: held(kijker, ref).get("recommendation"), pilot)
        tree = held(kijker, ref)
        assert [(row["text"], row["section"]) for row in tree["strength"]] == [("Veel buren.", "B")]
        assert [(row["text"], row["item"], "section" in row) for row in tree["improvement"]] == [("Water.", "2", False)]
        assert tree["recommendation"][0]["improvement"] == tree["improvement"][0]["id"]
        assert "ontbreekt" not in text_of(app)


async def test_an_improvement_goes_with_its_recommendations_and_comes_back(kijker: Kijker) -> None:
    ref = begun(kijker)
    with kijker.garden.open() as ws:
        ws.change(ref, "conclusies", GIVEN)
    before = held(kijker, ref)
    async with working(kijker, ref, "conclusies") as (app, pilot):
        assert rows(app).point_at("i-v1")
        await pilot.press("delete")
        await until(lambda: not held(kijker, ref).get("improvement"), pilot)
        assert not held(kijker, ref).get("recommendation")
        await pilot.press("ctrl+z")
        await until(lambda: held(kijker, ref) == before, pilot)
        await pilot.press("ctrl+y")
        await until(lambda: not held(kijker, ref).get("improvement"), pilot)


async def test_a_recommendation_in_use_is_not_taken_away(kijker: Kijker) -> None:
    ref = begun(kijker)
    with kijker.garden.open() as ws:
        ws.change(ref, "conclusies", GIVEN)
        ws.change(ref, "acties", {"action": [{"id": "x1", "text": "Ton kopen", "recommendation": "r1"}]})
    async with working(kijker, ref, "conclusies") as (app, pilot):
        assert rows(app).point_at("r-r1")
        await pilot.press("delete")
        await until(lambda: "hoort bij actiepunt" in " ".join(text_of(app).split()), pilot)
        assert held(kijker, ref)["recommendation"]


async def test_changed_to_another_item_and_to_none(kijker: Kijker) -> None:
    ref = begun(kijker)
    with kijker.garden.open() as ws:
        ws.change(ref, "conclusies", GIVEN)
    async with working(kijker, ref, "conclusies") as (app, pilot):
        assert rows(app).point_at("i-v1")
        for chosen, expected in (("B Mensen", {"section": "B"}), ("–", {}), ("3 Samen", {"item": "3"})):
            await pilot.press("e")
            put(await opened(app, pilot), about=chosen)
            await pilot.press("ctrl+s")
            await closed(app, pilot)
            row = {"id": "v1", "text": "Water.", **expected}
            await until(lambda row=row: held(kijker, ref)["improvement"] == [row], pilot)  # type: ignore[misc]


async def test_without_a_text_it_is_refused_at_the_field(kijker: Kijker) -> None:
    ref = begun(kijker)
    async with working(kijker, ref, "conclusies", (80, 24)) as (app, pilot):
        await pilot.press("down", "t")
        await opened(app, pilot)
        await pilot.press("space", "tab", "down", "ctrl+s")
        await until(lambda: "! Vul dit in." in text_of(app), pilot)
        assert held(kijker, ref) == {}


async def test_the_scores_stand_beside_it(kijker: Kijker) -> None:
    ref = begun(kijker)
    with kijker.garden.open() as ws:
        kijker.garden.prepare(ws, ref)
        kijker.garden.score(ws, ref)
        ws.change(ref, "eens-worden", answers(AGREED, "Samen."))
    async with working(kijker, ref, "conclusies") as (app, _):
        told = app.screen.pane.aside().plain  # type: ignore[attr-defined]
        assert " 3,5  A Grond" in told
        assert "   4  1 Bodem" in told


async def test_definitive_is_read_only_and_says_so(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        ref = kijker.garden.story(ws)
    before = held(kijker, ref)
    async with working(kijker, ref, "conclusies", (80, 24)) as (app, pilot):
        assert "Alleen lezen. Het verslag is definitief" in text_of(app)
        assert "toevoegen (t)" not in text_of(app).lower()
        await pilot.press("t", "delete", "e", "enter")
        await until(lambda: text_of(app).count("Het verslag is definitief") > 1, pilot)
        assert held(kijker, ref) == before
