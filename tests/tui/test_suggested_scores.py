"""Scores that facts suggest, beside the sheet: told with the reason, taken over by a key, never filled in."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from tests.tui.conftest import Kijker, text_of, until
from tests.tui.rows import begun, on_disk
from tests.workspace.conftest import answers
from tests.workspace.garden_facts import Orchard
from textual.pilot import Pilot

from kwartier.records.tree import Tree
from kwartier.tui.app import KwartierApp
from kwartier.tui.panes.score_list import ScoreList
from kwartier.tui.panes.score_suggesting import SuggestionPick


@pytest.fixture
def garden(tmp_path: Path, packages: Path) -> Orchard:
    return Orchard(tmp_path, packages)


def prepared(kijker: Kijker, trees: str = "20", *, animals: list[str] | None = None) -> str:
    """A measurement with facts: so many trees, and these animals."""
    ref = begun(kijker)
    with kijker.garden.open() as ws:
        rows: list[Tree] = [{"id": "bomen", "value": trees}]
        rows += [{"id": "dieren", "value": animals}] if animals is not None else []
        ws.change(ref, "gegevens", {"fact": rows})
    return ref


@asynccontextmanager
async def scoring(
    kijker: Kijker, ref: str, size: tuple[int, int] = (120, 36)
) -> AsyncIterator[tuple[KwartierApp, Pilot[int]]]:
    async with kijker.measurement(ref, "scoren", who="a1", size=size) as (app, pilot):
        await until(lambda: isinstance(app.focused, ScoreList), pilot)
        yield app, pilot


def scores(kijker: Kijker, ref: str) -> dict[str, object]:
    """What stands on the sheet of the first auditor."""
    file = kijker.garden.folder(ref) / "scoren.a1.toml"
    rows = kijker.garden.tree(file).get("answer", []) if file.exists() else []
    return {row["item"]: row.get("value") for row in rows}


def plain(app: KwartierApp) -> str:
    """What is on the screen on one line, without the borders."""
    return " ".join(text_of(app).replace("│", " ").split())


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
async def test_a_suggestion_is_told_with_its_reason_and_taken_over_by_a_key(
    kijker: Kijker, size: tuple[int, int]
) -> None:
    ref = prepared(kijker, "12", animals=["egel"])
    async with scoring(kijker, ref, size) as (app, pilot):
        assert "Voorstel uit de feiten" in text_of(app)
        assert "3. 12 bomen" in plain(app)
        assert scores(kijker, ref) == {}
        await pilot.press("t")
        await until(lambda: "3. 12 bomen: bij meer dan 9 tot en met 20 hoort 3." in plain(app), pilot)
        await pilot.press("escape", "v")
        await until(lambda: scores(kijker, ref) == {"1": 3}, pilot)
        assert "[3]" in text_of(app)
        await pilot.press("ctrl+z")
        await until(lambda: scores(kijker, ref) == {}, pilot)


async def test_where_two_scores_are_suggested_it_is_asked_which(kijker: Kijker) -> None:
    ref = prepared(kijker)
    async with scoring(kijker, ref, (80, 24)) as (app, pilot):
        assert "3 of 4. 20 bomen" in plain(app)
        await pilot.press("v")
        await until(lambda: isinstance(app.screen, SuggestionPick), pilot)
        await pilot.press("1", "5", "escape")
        await until(lambda: isinstance(app.focused, ScoreList), pilot)
        assert scores(kijker, ref) == {}
        await pilot.press("v")
        await until(lambda: isinstance(app.screen, SuggestionPick), pilot)
        await pilot.press("4")
        await until(lambda: scores(kijker, ref) == {"1": 4}, pilot)
        await pilot.press("v")
        await until(lambda: isinstance(app.screen, SuggestionPick), pilot)
        await pilot.press("enter")
        await until(lambda: scores(kijker, ref) == {"1": 3}, pilot)


async def test_an_item_without_a_suggestion_says_so(kijker: Kijker) -> None:
    ref = prepared(kijker)
    async with scoring(kijker, ref) as (app, pilot):
        await pilot.press("down")
        await until(lambda: "Voorstel uit de feiten" not in text_of(app), pilot)
        await pilot.press("v")
        await until(lambda: "geen voorstel" in text_of(app), pilot)
        assert scores(kijker, ref) == {}


async def test_a_score_that_differs_is_marked_and_not_judged(kijker: Kijker) -> None:
    ref = prepared(kijker, animals=["egel", "merel"])
    async with scoring(kijker, ref) as (app, pilot):
        await pilot.press("3", "down", "down", "5")
        await until(lambda: scores(kijker, ref) == {"1": 3, "3": 5}, pilot)
        await until(lambda: "anders dan het voorstel uit de feiten: item 3" in text_of(app), pilot)
        marked = [line for line in text_of(app).splitlines() if " ≠ " in line and "[" in line]
        assert len(marked) == 1 and "Samen" in marked[0]
        assert "4; gegeven is 5" in plain(app)
        await pilot.press("4")
        await until(lambda: "≠" not in text_of(app), pilot)


async def test_a_sealed_sheet_shows_it_and_takes_nothing_over(kijker: Kijker) -> None:
    ref = prepared(kijker, "12")
    with kijker.garden.open() as ws:
        ws.change(ref, "scoren", answers((5, 3, 2, 5, 1)), person="a1")
        ws.seal(ref, "a1")
    before = on_disk(kijker, ref, "scoren.a1")
    async with scoring(kijker, ref) as (app, pilot):
        assert "3; gegeven is 5. 12 bomen" in plain(app)
        await pilot.press("v")
        await pilot.pause()
        assert on_disk(kijker, ref, "scoren.a1") == before


async def test_without_facts_nothing_is_said(kijker: Kijker) -> None:
    ref = begun(kijker)
    async with scoring(kijker, ref) as (app, pilot):
        assert "oorstel" not in text_of(app)
        await pilot.press("v")
        await pilot.pause()
        assert scores(kijker, ref) == {}
