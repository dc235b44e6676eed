"""A verdict on the screen: the proposal with its reasons, one key per option, conditions, and signatures."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path

import pytest
from tests.tui.conftest import Kijker, text_of, until
from tests.tui.rows import closed, opened, put, rows
from tests.workspace.trail import BEA, STEP, Trail
from textual.pilot import Pilot
from textual.widgets import Static

from kwartier.records.tree import Tree
from kwartier.tui.app import KwartierApp
from kwartier.tui.panes.verdict import VerdictPane
from kwartier.tui.screens.dialogs import Ask, Choose
from kwartier.tui.widgets.option_line import OptionLine
from kwartier.tui.widgets.row_list import RowList

SIZES = [(80, 24), (160, 45)]


@pytest.fixture
def garden(tmp_path: Path, packages: Path) -> Trail:
    """An empty data folder with the Routebook installed."""
    return Trail(tmp_path, packages)


def begun(kijker: Kijker, **answers: object) -> str:
    """A record of which the list is filled in."""
    trail = kijker.garden
    assert isinstance(trail, Trail)
    with trail.open() as ws:
        ref = trail.begin(ws)
        trail.answered(ws, ref, **answers)  # type: ignore[arg-type]
    return ref


def verdict(kijker: Kijker, ref: str) -> Tree:
    """What is on disk."""
    trail = kijker.garden
    assert isinstance(trail, Trail)
    return trail.verdict(ref)


@asynccontextmanager
async def judging(
    kijker: Kijker, ref: str, size: tuple[int, int] = (120, 36)
) -> AsyncIterator[tuple[KwartierApp, Pilot[int]]]:
    """The step of the verdict, open, with the focus in its list."""
    async with kijker.measurement(ref, STEP, size=size) as (app, pilot):
        await until(lambda: isinstance(app.focused, RowList), pilot)
        yield app, pilot


def told(app: KwartierApp) -> str:
    """What stands above the list."""
    return str(app.screen_stack[-1].query_one(VerdictPane).query_one("#told", Static).content)


@pytest.mark.parametrize("size", SIZES)
async def test_the_proposal_is_followed_by_one_key(kijker: Kijker, size: tuple[int, int]) -> None:
    ref = begun(kijker)
    async with judging(kijker, ref, size) as (app, pilot):
        shown = text_of(app)
        assert "kwartier stelt voor: klaar om te gidsen." in shown
        assert "- Er is niets wat tegen gidsen pleit." in shown
        assert "hulpmiddel van kwartier" in shown
        assert "k\u00a0klaar\u00a0om\u00a0te\u00a0gidsen" in shown
        await pilot.press("k")
        await until(lambda: verdict(kijker, ref).get("value") == "klaar", pilot)
        assert verdict(kijker, ref)["proposed"] == "klaar"
        assert "[k\u00a0klaar\u00a0om\u00a0te\u00a0gidsen]" in text_of(app)
        await pilot.press("ctrl+z")
        await until(lambda: "value" not in verdict(kijker, ref), pilot)
        assert "proposed" not in verdict(kijker, ref)


@pytest.mark.parametrize("size", SIZES)
async def test_who_decides_otherwise_is_asked_why(kijker: Kijker, size: tuple[int, int]) -> None:
    ref = begun(kijker)
    async with judging(kijker, ref, size) as (app, pilot):
        await pilot.press("n")
        await until(lambda: isinstance(app.screen, Ask), pilot)
        assert "kwartier stelde" in text_of(app)
        await pilot.press("escape")
        await until(lambda: not isinstance(app.screen, Ask), pilot)
        assert verdict(kijker, ref) == {}
        await pilot.press("n")
        await until(lambda: isinstance(app.screen, Ask), pilot)
        await pilot.press(*"Te moe.", "ctrl+s")
        await until(lambda: verdict(kijker, ref).get("value") == "nog-niet", pilot)
        assert (verdict(kijker, ref)["reason"], verdict(kijker, ref)["proposed"]) == ("Te moe.", "klaar")
        assert "Motivering: Te moe." in text_of(app)


@pytest.mark.parametrize("size", SIZES)
async def test_a_condition_is_taken_over_gets_a_person_and_a_day_and_is_met(
    kijker: Kijker, size: tuple[int, int]
) -> None:
    ref = begun(kijker, ehbo=False, weer="misschien")
    async with judging(kijker, ref, size) as (app, pilot):
        assert "voorstel: Een diploma eerste hulp halen." in text_of(app)
        await pilot.press("v")
        await until(lambda: isinstance(app.screen, Choose), pilot)
        await pilot.press("2")
        await until(lambda: verdict(kijker, ref).get("value") == "voorlopig", pilot)
        assert [row["id"] for row in verdict(kijker, ref)["condition"]] == ["geen-ehbo"]
        rows(app).point_at("+o-nog-oefenen")
        await pilot.press("o")
        await until(lambda: len(verdict(kijker, ref)["condition"]) == 2, pilot)
        assert "2 voorwaarden open" in text_of(app)
        rows(app).point_at("geen-ehbo")
        await pilot.press("e")
        form = await opened(app, pilot)
        put(form, who="Gijs Gids", due="10-1-2027")
        await pilot.press("ctrl+s")
        await closed(app, pilot)

        def first() -> Tree:
            row: Tree = verdict(kijker, ref)["condition"][0]
            return row

        await until(lambda: first().get("due") == date(2027, 1, 10), pilot)
        assert first()["who"] == "a1"
        await pilot.press("space")
        await until(lambda: first().get("state") == "voldaan", pilot)
        await until(lambda: "1 voorwaarde open" in text_of(app), pilot)
        await pilot.press("space")
        await until(lambda: first().get("state") == "open", pilot)
        await pilot.press("delete")
        await until(lambda: len(verdict(kijker, ref)["condition"]) == 1, pilot)
        await pilot.press("ctrl+z")
        await until(lambda: len(verdict(kijker, ref)["condition"]) == 2, pilot)


async def test_a_verdict_keeps_its_last_condition(kijker: Kijker) -> None:
    ref = begun(kijker, ehbo=False)
    async with judging(kijker, ref) as (app, pilot):
        await pilot.press("v")
        await until(lambda: isinstance(app.screen, Choose), pilot)
        await pilot.press("2")
        await until(lambda: isinstance(app.screen, Ask), pilot)
        await pilot.press(*"Oefenen.", "ctrl+s")
        await until(lambda: verdict(kijker, ref).get("value") == "voorlopig", pilot)
        (row,) = verdict(kijker, ref)["condition"]
        rows(app).point_at(row["id"])
        await pilot.press("delete")
        await until(lambda: "minstens een voorwaarde" in text_of(app), pilot)
        assert len(verdict(kijker, ref)["condition"]) == 1


async def test_a_condition_without_a_person_and_a_day_comes_before_signing(kijker: Kijker) -> None:
    ref = begun(kijker, ehbo=False)
    async with judging(kijker, ref) as (app, pilot):
        await pilot.press("v")
        await until(lambda: isinstance(app.screen, Choose), pilot)
        await pilot.press("1")
        await until(lambda: verdict(kijker, ref).get("value") == "voorlopig", pilot)
        (row,) = verdict(kijker, ref)["condition"]

        def pointed() -> str:
            line = app.screen.query_one(VerdictPane).line
            return line.id if line is not None else ""

        await until(lambda: pointed() == row["id"], pilot)
        await pilot.press("home")
        await until(lambda: pointed() == "+reason", pilot)
        await pilot.press("s")
        await until(lambda: "Tekenen kan pas als" in text_of(app), pilot)
        assert pointed() == row["id"]
        assert "signature" not in verdict(kijker, ref)


@pytest.mark.parametrize("size", SIZES)
async def test_both_sign_and_what_was_signed_is_kept(kijker: Kijker, size: tuple[int, int]) -> None:
    ref = begun(kijker)
    async with judging(kijker, ref, size) as (app, pilot):
        await pilot.press("k")
        await until(lambda: verdict(kijker, ref).get("value") == "klaar", pilot)
        await pilot.press("s")
        await opened(app, pilot)
        assert "Wie tekent" in text_of(app)
        await pilot.press("ctrl+s")
        await closed(app, pilot)
        await until(lambda: verdict(kijker, ref).get("signature"), pilot)
        await pilot.press("s")
        await opened(app, pilot)
        await pilot.press("ctrl+s")
        await closed(app, pilot)
        await until(lambda: len(verdict(kijker, ref)["signature"]) == 2, pilot)
        assert text_of(app).count("✓ leerling-gids") == text_of(app).count("✓ beoordelaar") == 1
        assert [row["by"] for row in verdict(kijker, ref)["signature"]] == ["a2", "a1"]
        await pilot.press("n")
        await until(lambda: "al getekend" in text_of(app), pilot)
        assert verdict(kijker, ref)["value"] == "klaar"
        rows(app).point_at("s-leerling")
        await pilot.press("delete")
        await until(lambda: len(verdict(kijker, ref)["signature"]) == 1, pilot)


async def test_what_is_missing_is_named_and_the_proposal_follows_the_answers(kijker: Kijker) -> None:
    ref = begun(kijker, ehbo=None)
    async with judging(kijker, ref) as (app, pilot):
        assert "nog niet te zeggen" in told(app) and "eerste hulp" in told(app)
        with kijker.garden.open() as ws:
            ws.change(ref, "start", {"fact": [{"id": "ehbo", "value": True}]})
        await until(lambda: "klaar om te gidsen" in told(app), pilot)


async def test_an_option_and_a_button_are_clicked(kijker: Kijker) -> None:
    ref = begun(kijker, ehbo=False)
    async with judging(kijker, ref) as (app, pilot):
        await pilot.click("#take_offer")
        await until(lambda: verdict(kijker, ref).get("condition"), pilot)
        line = app.screen.query_one("#options", OptionLine)
        place = str(line.content).index("v\u00a0klaar")
        await pilot.click("#options", offset=(place + 1, 1))
        await until(lambda: verdict(kijker, ref).get("value") == "voorlopig", pilot)


async def test_a_definitive_report_leaves_the_conditions_open(kijker: Kijker) -> None:
    ref = begun(kijker)
    with kijker.garden.open() as ws:
        condition = {"id": "w1", "text": "Oefenen.", "who": "a1", "due": date(2027, 1, 1)}
        ws.change(ref, STEP, {"value": "klaar", "condition": [condition]})
        ws.seal(ref, BEA, step="beoordelen")
        ws.finalise(ref)
    async with judging(kijker, ref) as (app, pilot):
        assert "Het verslag is definitief" in told(app)
        rows(app).point_at("w1")
        await pilot.press("space")
        await until(lambda: verdict(kijker, ref)["condition"][0].get("state") == "voldaan", pilot)
        await pilot.press("delete")
        await until(lambda: "is definitief" in text_of(app).split("Oefenen")[-1] or app._notifications, pilot)
        assert len(verdict(kijker, ref)["condition"]) == 1
    with kijker.garden.open() as ws:
        assert [one.message for one in ws.check().problems] == []
