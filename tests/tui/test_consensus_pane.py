"""The consensus by keys: nothing before the reveal, equal ones at once, a reason with its score, mistakes, undo."""

from __future__ import annotations

from typing import Any

import pytest
from tests.tui.conftest import Kijker, text_of, until
from tests.workspace.conftest import ANNA, BOB, CARLA, DAY, FIRST, SECOND, Garden, answers

from kwartier.tui.panes.consensus_map import ConsensusMap
from kwartier.tui.panes.consensus_reason import ReasonField
from kwartier.workspace import Assessor

STEP = "eens-worden"
HOSTILE = "[red]geen [/] opmaak [@click=app.quit]x[/] \x1b[31m"


def revealed(garden: Garden) -> str:
    with garden.open() as ws:
        ref = garden.begin(ws)
        garden.prepare(ws, ref)
        garden.score(ws, ref)
    return ref


def agreed(garden: Garden, ref: str) -> dict[str, dict[str, Any]]:
    """What stands on disk, by item."""
    file = garden.folder(ref) / f"{STEP}.toml"
    return {row["item"]: row for row in garden.tree(file).get("answer", [])} if file.exists() else {}


async def test_before_the_reveal_only_progress_is_told(kijker: Kijker) -> None:
    garden = kijker.garden
    with garden.open() as ws:
        ref = garden.begin(ws)
        ws.change(ref, "scoren", answers(FIRST, "GEHEIM"), person="a1")
        ws.seal(ref, "a1")
        ws.change(ref, "scoren", {"answer": [{"item": "1", "value": 4, "note": "GEHEIM"}]}, person="a2")
    async with kijker.measurement(ref, STEP, who="a2", size=(80, 24)) as (app, pilot):
        shown = text_of(app)
        assert f"{ANNA}: verzegeld" in shown
        assert f"{BOB}: 1 van 5" in shown
        await pilot.press("g", "4", "r", "v", "o", "delete", "enter", "ctrl+d")
        await pilot.pause()
        assert "GEHEIM" not in text_of(app)
        assert "Gelijk" not in text_of(app)
    assert agreed(garden, ref) == {}


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
async def test_the_largest_difference_stands_first_with_the_figures(kijker: Kijker, size: tuple[int, int]) -> None:
    ref = revealed(kijker.garden)
    async with kijker.measurement(ref, STEP, size=size) as (app, pilot):
        shown = " ".join(text_of(app).split())
        assert "Gelijk 3 van 5 · binnen één punt 4 van 5 · gemiddeld verschil 0,6" in shown
        assert "■■ 2" in shown
        assert app.screen.query_one(ConsensusMap).key == ("5", "")
        await pilot.press("o")
        assert app.screen.query_one(ConsensusMap)._rows[0].key == ("1", "")
        assert "kappa" not in shown.lower()


async def test_equal_ones_in_one_go_and_undone_in_one_go(kijker: Kijker) -> None:
    garden = kijker.garden
    ref = revealed(garden)
    async with kijker.measurement(ref, STEP) as (app, pilot):
        await pilot.press("g")
        await until(lambda: agreed(garden, ref).keys() == {"1", "3", "4"}, pilot)
        assert "2 te bespreken" in text_of(app)
        await pilot.press("ctrl+z")
        await until(lambda: not agreed(garden, ref), pilot)
        await pilot.press("ctrl+y")
        await until(lambda: agreed(garden, ref)["3"]["value"] == 2, pilot)


async def test_a_differing_score_is_saved_with_its_reason(kijker: Kijker) -> None:
    garden = kijker.garden
    ref = revealed(garden)
    async with kijker.measurement(ref, STEP, size=(80, 24)) as (app, pilot):
        await pilot.press("2")
        await pilot.pause()
        assert isinstance(app.focused, ReasonField)
        assert "voorlopig" in text_of(app)
        assert "reden is nodig" in text_of(app)
        assert agreed(garden, ref) == {}
        await pilot.press(*"cursus van 1 dag", "enter")
        await until(lambda: agreed(garden, ref).get("5", {}).get("note") == "cursus van 1 dag", pilot)
        assert agreed(garden, ref)["5"]["value"] == 2
        assert isinstance(app.focused, ConsensusMap)
        assert app.screen.query_one(ConsensusMap).key == ("2", "")


async def test_without_a_reason_the_score_stays_provisional(kijker: Kijker) -> None:
    garden = kijker.garden
    ref = revealed(garden)
    async with kijker.measurement(ref, STEP, size=(80, 24)) as (app, pilot):
        await pilot.press("2", "enter")
        await pilot.pause()
        assert isinstance(app.focused, ReasonField)
        await pilot.press("escape", "down", "up")
        await pilot.pause()
        assert "2?" in text_of(app)
        assert "voorlopig" in text_of(app)
        assert agreed(garden, ref) == {}
        await pilot.press("r", *"toch", "enter")
        await until(lambda: agreed(garden, ref).get("5", {}).get("note") == "toch", pilot)
        await pilot.press("up", "r", "shift+home", "backspace", "enter")
        await pilot.pause()
        assert "reden is nodig" in text_of(app)
        assert agreed(garden, ref)["5"]["note"] == "toch"


async def test_a_reason_is_on_disk_while_it_is_typed_and_escape_keeps_it(kijker: Kijker) -> None:
    garden = kijker.garden
    ref = revealed(garden)
    async with kijker.measurement(ref, STEP, size=(80, 24)) as (app, pilot):
        await pilot.press("2", *"cursus van")
        await until(lambda: agreed(garden, ref).get("5", {}).get("note") == "cursus van", pilot)
        assert isinstance(app.focused, ReasonField)
        await until(lambda: "esc naar de lijst" in text_of(app), pilot)
        await pilot.press(*" 1 dag", "escape")
        await until(lambda: agreed(garden, ref).get("5", {}).get("note") == "cursus van 1 dag", pilot)
        await until(lambda: isinstance(app.focused, ConsensusMap), pilot)
        await pilot.press("ctrl+z")
        await until(lambda: agreed(garden, ref) == {}, pilot)
        await pilot.press("2", *"toch", "ctrl+s")
        await until(lambda: agreed(garden, ref).get("5", {}).get("note") == "toch", pilot)
        assert "Verzegelen kan" not in text_of(app)
        await until(lambda: isinstance(app.focused, ConsensusMap), pilot)
        await pilot.press("up", "r", *["backspace"] * 4, "escape")  # a reason is needed here
        await until(lambda: "Weggooien wat u hier typte?" in text_of(app), pilot)
        await pilot.press("j")
        await until(lambda: isinstance(app.focused, ConsensusMap), pilot)
        assert agreed(garden, ref)["5"]["note"] == "toch"
        await pilot.press("r", "escape")
        await until(lambda: isinstance(app.focused, ConsensusMap), pilot)


async def test_enter_confirms_and_delete_clears(kijker: Kijker) -> None:
    garden = kijker.garden
    ref = revealed(garden)
    async with kijker.measurement(ref, STEP) as (_, pilot):
        await pilot.press("end", "enter")
        await until(lambda: len(agreed(garden, ref)) == 1, pilot)
        await pilot.press("end", "delete")
        await until(lambda: not agreed(garden, ref), pilot)
        await pilot.press("n")
        await pilot.press("1", *"niet aan de orde geweest", "enter")
        await until(lambda: "missing" in next(iter(agreed(garden, ref).values()), {}), pilot)
        assert "value" not in next(iter(agreed(garden, ref).values()))


async def test_a_mistake_is_named_by_who_made_it_and_stays(kijker: Kijker) -> None:
    garden = kijker.garden
    ref = revealed(garden)
    async with kijker.measurement(ref, STEP, who="a2") as (app, pilot):
        await pilot.press("v")
        await pilot.press(*"omgedraaid", "ctrl+s")
        file = garden.folder(ref) / f"{STEP}.toml"
        await until(lambda: file.exists() and "mistake" in garden.tree(file), pilot)
        assert garden.tree(file)["mistake"][0]["item"] == "5"
        await until(lambda: "omgedraaid" in text_of(app), pilot)
        await pilot.press("ctrl+z")
        await pilot.pause()
        assert "mistake" in garden.tree(file)


async def test_the_day_is_asked_again_where_it_is_none(kijker: Kijker) -> None:
    garden = kijker.garden
    ref = revealed(garden)
    async with kijker.measurement(ref, STEP) as (app, pilot):
        await pilot.press("d", "end", "shift+home", *"ooit", "enter")
        await pilot.pause()
        await pilot.press("end", "shift+home", *"24-11-2026", "enter")
        await until(lambda: "Besproken op 24 nov 2026" in " ".join(text_of(app).split()), pilot)


async def test_what_a_text_was_at_sealing_and_who_scores_along(kijker: Kijker) -> None:
    garden = kijker.garden
    with garden.open() as ws:
        slug = ws.add_organisation("De Hoop")
        people = (Assessor(ANNA), Assessor(BOB), Assessor(CARLA, shadow=True))
        ref = ws.start("tuin", slug, day=DAY, people=people)
        ws.change(ref, "toelichting", {"explanation": [{"item": "5", "text": "Eerst dit."}]})
        for code, scores in (("a1", FIRST), ("a3", SECOND), ("a2", SECOND)):
            ws.change(ref, "scoren", answers(scores, HOSTILE), person=code)
            ws.seal(ref, code)
        ws.change(ref, "toelichting", {"explanation": [{"item": "5", "text": "Later dat."}]})
    async with kijker.measurement(ref, STEP, size=(160, 45)) as (app, _):
        shown = " ".join(text_of(app).split())
        assert "Later dat." in shown
        assert "Eerst dit." in shown
        assert "Veranderd na het scoren" in shown
        assert "(Carla)" in shown
        assert "[red]geen [/] opmaak" in shown
        assert "\x1b" not in shown
