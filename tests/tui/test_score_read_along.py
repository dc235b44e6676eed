"""Reading what another role filled in for all: its answers are there, and nothing of it can be changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tui.conftest import Kijker, text_of, until
from tests.workspace.trail import BEA, GIJS, Trail

from kwartier.tui.panes.score import ScorePane


@pytest.fixture
def garden(tmp_path: Path, packages: Path) -> Trail:
    """An empty data folder with the Routebook installed."""
    return Trail(tmp_path, packages)


async def test_who_is_of_another_role_reads_along_and_changes_nothing(kijker: Kijker, garden: Trail) -> None:
    with garden.open() as ws:
        ref = garden.begin(ws)
        garden.answered(ws, ref)
        code = ws.code_of(ref, GIJS)
    before = garden.files()
    async with kijker.measurement(ref, "beoordelen", who=code or "") as (app, pilot):
        await until(lambda: f"Dit vulde {BEA} in" in text_of(app), pilot)
        assert app.screen.query_one(ScorePane).answers["1.1", ""].value == "wel"
        await pilot.press("n", "w", "m", "delete")
        await pilot.pause()
        assert app.screen.query_one(ScorePane).answers["1.1", ""].value == "wel"
    assert garden.files() == before


async def test_who_is_of_the_role_sees_their_own_sheet(kijker: Kijker, garden: Trail) -> None:
    with garden.open() as ws:
        ref = garden.begin(ws)
        garden.answered(ws, ref)
        code = ws.code_of(ref, BEA)
    async with kijker.measurement(ref, "beoordelen", who=code or "") as (app, pilot):
        await until(lambda: "beantwoord" in text_of(app), pilot)
        assert "u leest mee" not in text_of(app)
