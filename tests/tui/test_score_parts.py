"""A list of answers without an order: a key per answer, an answer that asks for its reason, and parts on request."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tui.conftest import Kijker, text_of, until
from tests.workspace.bakery import FULL, Bakery, together
from tests.workspace.conftest import DAY
from textual import events
from textual.pilot import Pilot

from kwartier.tui.app import KwartierApp
from kwartier.tui.panes.consensus import ConsensusPane
from kwartier.tui.panes.score_list import ScoreList
from kwartier.workspace import Workspace


class Baker(Kijker):
    """A bakery with the app on it."""

    garden: Bakery

    def __init__(self, garden: Bakery) -> None:
        super().__init__(garden)
        with garden.open() as ws:
            self.ref = garden.begin(ws)

    def give(self, *rows: dict[str, str]) -> None:
        with self.garden.open() as ws:
            ws.change(self.ref, "lijst", {"answer": list(rows)}, person="a1")

    def sheet(self) -> dict[str, dict[str, str]]:
        return self.garden.sheet(self.ref)


@pytest.fixture
def baker(tmp_path: Path, packages: Path) -> Baker:
    return Baker(Bakery(tmp_path, packages))


def at(app: KwartierApp) -> tuple[str, str]:
    """The line that is pointed at."""
    return app.screen.query_one(ScoreList).line.key


def in_sight(app: KwartierApp) -> list[str]:
    """The parts in the list."""
    return ["".join(line.key) for line in app.screen.query_one(ScoreList).folds.in_sight() if line.part]


def row(app: KwartierApp, words: str) -> str:
    """The first line of the list that says this."""
    return next(line for line in text_of(app).splitlines()[1:] if words in line)


async def test_a_key_answers_and_goes_on_to_what_is_still_open(baker: Baker) -> None:
    baker.give({"item": "3", "value": "wel"})
    async with baker.measurement(baker.ref, "lijst", who="a1", size=(80, 24)) as (app, pilot):
        assert "kies j = ja, d = deels" in text_of(app), "what a key means stands there before it is pressed"
        await pilot.press("j", "w")
        assert at(app) == ("4", "")
        await pilot.press("x", "1")
        assert at(app) == ("5", "")
        await pilot.press("k", "g", "n")
        await until(lambda: len(baker.sheet()) == 7, pilot)
        assert baker.sheet()["2"] == {"value": "weet-niet"}
        assert baker.sheet()["4"] == {"missing": "komt hier niet voor"}
        assert at(app) == ("7", ""), "where nothing is left it stays"
        assert "7 van 7 beantwoord" in text_of(app)
        await pilot.press("home", "n")
        await until(lambda: baker.sheet()["1"] == {"value": "nee"}, pilot)
        assert at(app) == ("1", "")


async def test_undo_points_at_what_it_took_back(baker: Baker) -> None:
    async with baker.measurement(baker.ref, "lijst", who="a1", size=(80, 24)) as (app, pilot):
        await pilot.press("j", "d", "w", "ctrl+z")
        await until(lambda: set(baker.sheet()) == {"1", "2"}, pilot)
        assert at(app) == ("3", "")
        await pilot.press("n")
        await until(lambda: baker.sheet().get("3") == {"value": "niet"}, pilot)


async def test_an_answer_that_needs_a_reason_asks_it_then_and_undo_takes_both(baker: Baker) -> None:
    async with baker.measurement(baker.ref, "lijst", who="a1", size=(80, 24)) as (app, pilot):
        await pilot.press("j", "d", "m")
        await until(lambda: "misschien (onder voorwaarden)" in text_of(app), pilot)
        await pilot.press("ctrl+s")
        assert "Vul iets in" in text_of(app)
        await pilot.press("escape")
        await pilot.pause()
        assert "3" not in baker.sheet()
        assert at(app) == ("3", "")
        await pilot.press("m", *"met hulp", "ctrl+s")
        await until(lambda: baker.sheet().get("3") == {"value": "misschien", "note": "met hulp"}, pilot)
        await until(lambda: at(app) == ("4", ""), pilot)
        await pilot.press("ctrl+z")
        await until(lambda: set(baker.sheet()) == {"1", "2"}, pilot)


async def test_parts_are_folded_away_and_counted_until_they_are_asked_for(baker: Baker) -> None:
    async with baker.measurement(baker.ref, "lijst", who="a1", size=(80, 24)) as (app, pilot):
        assert in_sight(app) == []
        assert "+3" in row(app, "Brood bakken")
        assert "3 handgrepen, geen beantwoord" in row(app, "Brood bakken")
        assert "b onderdelen" in text_of(app)
        await pilot.press("b")
        await pilot.pause()
        assert "Bij item 1 is er niets uit te klappen." in text_of(app)
        await pilot.press("ctrl+g", "5", "enter", "b")
        await pilot.pause()
        assert in_sight(app) == ["5a", "5b", "5c"]
        assert "−" in row(app, "Brood bakken")
        await pilot.press("k", "g", "n")  # the item, and the first two parts
        await until(lambda: set(baker.sheet()) == {"5", "5a", "5b"}, pilot)
        assert at(app) == ("5", "c")
        assert "1 van 7 beantwoord, 2 handgrepen" in text_of(app)
        await pilot.press("b")
        await pilot.pause()
        assert in_sight(app) == ["5a", "5b"], "what is answered stays in sight"
        assert at(app) == ("5", "")
        assert "+1" in row(app, "Brood bakken")
        assert "3 handgrepen, 2 beantwoord" in text_of(app)
        await pilot.press("down", "delete")
        await until(lambda: set(baker.sheet()) == {"5", "5b"}, pilot)
        assert in_sight(app) == ["5a", "5b"], "no line goes away under the pointer"
        await pilot.press("b")
        assert in_sight(app) == ["5a", "5b", "5c"]
        await pilot.press("b")
        assert in_sight(app) == ["5b"]


async def test_all_parts_at_once_and_going_to_one_that_is_folded(baker: Baker) -> None:
    baker.give({"item": "5", "value": "kan"})
    async with baker.measurement(baker.ref, "lijst", who="a1", size=(80, 24)) as (app, pilot):
        await pilot.press("B")
        assert in_sight(app) == ["5a", "5b", "5c", "6a", "6b"]
        await pilot.press("B")
        assert in_sight(app) == []
        await pilot.press("ctrl+g", *"schrijft", "enter")
        await until(lambda: at(app) == ("6", "b"), pilot)
        await pilot.press("g")
        await until(lambda: baker.sheet().get("6b") == {"value": "gedeeltelijk"}, pilot)
        await pilot.press("ctrl+g", "5", "enter", "b")
        await pilot.pause()
        assert at(app) == ("5", "a"), "the item has its answer, so its parts come next"


async def test_what_is_asked_on_the_way_is_only_what_has_to_be_answered(baker: Baker) -> None:
    baker.give(*(one for one in FULL["answer"] if one["item"] != "7"))
    async with baker.measurement(baker.ref, "lijst", who="a1", size=(80, 24)) as (app, pilot):
        await pilot.press("B", "home", "ctrl+n")
        assert at(app) == ("7", "")
        await pilot.press("k")
        await until(lambda: "7 van 7 beantwoord" in text_of(app), pilot)
        assert at(app) == ("7", "")
        await pilot.press("ctrl+s", "j")
        await until(lambda: "sealed" in baker.garden.tree(baker.garden.folder(baker.ref) / "lijst.a1.toml"), pilot)


async def test_by_mouse_too(baker: Baker) -> None:
    async with baker.measurement(baker.ref, "lijst", who="a1", size=(80, 24)) as (app, pilot):
        lines = text_of(app).splitlines()
        y = next(n for n, line in enumerate(lines) if "Taart versieren" in line)
        await pilot.click(offset=(lines[y].index("+2") + 1, y))
        await until(lambda: in_sight(app) == ["6a", "6b"], pilot)
        lines = text_of(app).splitlines()
        y = next(n for n, line in enumerate(lines) if "Spuit room" in line)
        await pilot.click(offset=(lines[y].index(" g ") + 1, y))
        await until(lambda: baker.sheet() == {"6a": {"value": "gedeeltelijk"}}, pilot)


async def test_the_heading_stays_in_sight(baker: Baker) -> None:
    async with baker.measurement(baker.ref, "lijst", who="a1", size=(80, 15)) as (app, pilot):
        await pilot.press("B", "end")
        await pilot.pause()
        assert "Leren" in text_of(app).splitlines()[1]
        assert "Er is een oven" not in text_of(app)
        for _ in range(16):
            await pilot.press("up")
            await pilot.pause()
            assert " ▸ " in text_of(app), "what is pointed at is never behind the heading"
        await pilot.press("home")
        await pilot.pause()
        assert "De winkel" in text_of(app)


async def test_beside_the_list_the_parts_stand_with_their_answers(baker: Baker) -> None:
    baker.give({"item": "5", "part": "b", "value": "niet"})
    async with baker.measurement(baker.ref, "lijst", who="a1", size=(160, 45)) as (app, pilot):
        await pilot.press("ctrl+g", "5", "enter")
        await until(lambda: "3 handgrepen, 1 beantwoord" in text_of(app), pilot)
        assert "Laat rijzen: kan niet" in text_of(app)
        assert in_sight(app) == ["5b"]


async def test_keys_in_one_go_answer_one_line_after_another(baker: Baker) -> None:
    async with baker.measurement(baker.ref, "lijst", who="a1", size=(80, 24)) as (app, pilot):
        for key in "jdwnkgn":
            app.post_message(events.Key(key, key))
        await until(lambda: len(baker.sheet()) == 7, pilot)
        found = [baker.sheet()[item]["value"] for item in "1234567"]
        assert found == ["ja", "deels", "wel", "niet", "kan", "gedeeltelijk", "niet"]


async def test_from_paper_parts_can_be_taken_over_too(baker: Baker) -> None:
    async with baker.app((100, 40)) as (app, pilot):
        await _paper(app, pilot, baker)
        screen = app.screen
        await pilot.press("ctrl+end", "up", "up", "b")
        await pilot.pause()
        assert "Weegt af" in text_of(app)
        await pilot.press("down", "k")
        assert screen.answers["5", "a"].value == "kan"  # type: ignore[attr-defined]


async def _paper(app: KwartierApp, pilot: Pilot[int], baker: Baker) -> None:
    from kwartier.tui.screens.from_paper import Beginning, PaperScores

    workspace: Workspace = await app.workspace()
    content = workspace.see(baker.ref).content
    one = Beginning(instrument="bakkerij", organisation="de-korst", day=DAY, source="Map", more={})
    app.push_screen(PaperScores(one, content, {}))
    await until(lambda: isinstance(app.screen, PaperScores), pilot)


async def test_side_by_side_a_part_need_not_be_agreed_on(tmp_path: Path, packages: Path) -> None:
    garden = Bakery(tmp_path, packages, together)
    kijker = Kijker(garden)
    with garden.open() as ws:
        ref = garden.begin(ws)
        for code in ("a1", "a2"):
            ws.change(ref, "lijst", FULL, person=code)
        ws.change(ref, "lijst", {"answer": [{"item": "5", "part": "a", "value": "kan"}]}, person="a1")
        ws.seal(ref, "a1")
        ws.seal(ref, "a2")
    async with kijker.measurement(ref, "samen", who="a1", size=(120, 36)) as (app, pilot):
        pane = app.screen.query_one(ConsensusPane)
        await until(lambda: "5 deel a" in text_of(app), pilot)
        await pilot.press("g")
        await until(lambda: pane.status() == "1 te bevestigen", pilot)  # misschien asks for its reason
        await pilot.press("m", *"samen gezien", "ctrl+s")
        await until(lambda: pane.status() == "alle 7 definitief", pilot)
