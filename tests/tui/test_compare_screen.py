"""Two measurements beside each other: bars, differences over what was scored both times, what differs, actions."""

from __future__ import annotations

from datetime import date

import pytest
from tests.tui.conftest import Kijker, text_of, until
from tests.workspace.conftest import ANNA, CARLA, Garden, answers

from kwartier.tui.screens.compare import CompareScreen
from kwartier.tui.widgets.document_view import DocumentView
from kwartier.workspace import Assessor

LATER = date(2028, 11, 22)


def twice(garden: Garden, *, seal: bool = True) -> tuple[str, str]:
    """A finished record and a later one by other auditors, in which item 3 could not be judged."""
    with garden.open() as ws:
        first = garden.story(ws)
        slug = first.split("/")[0]
        second = ws.start("tuin", slug, day=LATER, people=(Assessor(ANNA), Assessor(CARLA)), follows=first)
        codes = [one.id for one in ws.see(second).record.envelope.person]
        for code in codes if seal else codes[:1]:
            ws.change(second, "scoren", answers((5, 1, "niet gezien", 5, 3)), person=code)
            ws.seal(second, code)
        if seal:
            ws.change(second, "eens-worden", {"answer": ws.proposals(second)})
    return first, second


def shown(app: object) -> str:
    return " ".join(app.screen.query_one(DocumentView).text.split())  # type: ignore[attr-defined]


@pytest.mark.parametrize("size", [(80, 24), (200, 45)])
async def test_bars_differences_and_what_to_know(kijker: Kijker, size: tuple[int, int]) -> None:
    _, second = twice(kijker.garden)
    async with kijker.measurement(second, "conclusies", size=size) as (app, pilot):
        await pilot.press("ctrl+e")
        await until(lambda: isinstance(app.screen, CompareScreen) and "Regenton" in shown(app), pilot)
        text = shown(app)
        assert "22 nov 2026" in text and "22 nov 2028" in text
        assert "▶" in text and "◀" in text
        assert "+1" in text and "−2" in text
        assert "(2 van 3 items)" in text
        assert "deze keer geen score (niet gezien)" in text
        assert "Andere tuinkeurders: toen Anna Appel en Bob Biet, nu Anna Appel en Carla Courgette." in text
        assert "loopt" in text
        lines = app.screen.query_one(DocumentView)._plain
        assert max(map(len, lines)) <= size[0]
        await pilot.press("escape")
        await pilot.pause()
        assert not isinstance(app.screen, CompareScreen)


async def test_no_score_of_either_before_the_reveal(kijker: Kijker) -> None:
    _, second = twice(kijker.garden, seal=False)
    with kijker.garden.open() as ws:
        carla = str(ws.code_of(second, CARLA))
    async with kijker.measurement(second, "scoren", who=carla) as (app, pilot):
        await pilot.press("ctrl+e")
        await until(lambda: isinstance(app.screen, CompareScreen) and "volgt zodra" in shown(app), pilot)
        assert "▶" not in shown(app) and "●" not in shown(app)
        assert "+1" not in shown(app)


async def test_without_an_earlier_one_it_says_so(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        first = kijker.garden.story(ws)
    async with kijker.measurement(first, "conclusies") as (app, pilot):
        await pilot.press("ctrl+e")
        await until(lambda: "geen eerdere meting" in " ".join(text_of(app).split()), pilot)


def test_earlier_ones_are_those_of_the_same_instrument_the_followed_one_first(garden: Garden) -> None:
    first, second = twice(garden)
    with garden.open() as ws:
        slug = first.split("/")[0]
        between = ws.start("tuin", slug, day=date(2027, 11, 22), people=(Assessor(ANNA), Assessor(CARLA)))
        assert ws.comparable(second) == [first, between]
        assert ws.comparable(between) == [first]
        assert ws.comparable(first) == []
