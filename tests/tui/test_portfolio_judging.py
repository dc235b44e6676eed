"""Agreeing on a portfolio: an earlier judgement that is taken over on purpose, and the interim one beside the final."""

from __future__ import annotations

from datetime import date

from tests.tui.conftest import Kijker, text_of, until
from tests.tui.portfolio import greenhouse, kas
from tests.workspace.conftest import own_config, packages
from tests.workspace.kas import judged
from textual.widgets import Button

from kwartier.records.tree import Tree
from kwartier.tui.screens.dialogs import Ask
from kwartier.tui.screens.measurement import MeasurementScreen
from kwartier.workspace import Workspace

__all__ = ["kas", "own_config", "packages"]

LEFT: Tree = {
    "answer": [
        {"item": "1.1", "missing": "eerder beoordeeld"},
        {"item": "1.2", "value": "deels"},
        {"item": "2.1", "value": "nog-niet"},
    ]
}


def scored(ws: Workspace, ref: str, step: str, given: Tree) -> None:
    """Both masters give and seal the same."""
    for code in ("a1", "a2"):
        ws.change(ref, step, given, person=code)
        ws.seal(ref, code, step=step)


async def test_an_earlier_judgement_is_taken_over_with_a_reason(kas: Kijker) -> None:
    home = greenhouse(kas)
    with home.open() as ws:
        first = home.begin(ws, niveau=1)
        scored(ws, first, "eind", {"answer": judged("aangetoond", "deels")["answer"]})
        ws.change(first, "eind-samen", judged("aangetoond", "deels"))
        later = home.portfolio(ws, first.split("/")[0], 2, date(2026, 10, 1), follows=first)
        scored(ws, later, "halverwege", judged("deels", "deels", "deels"))
        scored(ws, later, "eind", LEFT)
    async with kas.measurement(later, "eind-samen", who="a1", size=(80, 24)) as (app, pilot):
        await until(lambda: "Eerder beoordeeld: aangetoond (" in text_of(app), pilot)
        shown = text_of(app)
        assert "1 sep 2026" in shown and "eerder" in shown and "Overnemen (e)" in shown
        await pilot.press("o", "home", "enter")
        await until(lambda: "neem dat over (e)" in text_of(app), pilot)
        await pilot.click("#take_over", offset=(2, 0))
        await until(lambda: isinstance(app.screen, Ask) and app.screen.focused, pilot)
        await pilot.press(*"Zelfde eis.", "ctrl+s")
        file = kas.garden.folder(later) / "eind-samen.toml"
        await until(file.exists, pilot)
        row = kas.garden.tree(file)["answer"][0]
        assert row == {"item": "1.1", "value": "aangetoond", "note": "Zelfde eis.", "taken_over": first}
        await pilot.press("home")
        await until(lambda: "overgenomen" in text_of(app), pilot)
        assert not app.screen.query_one("#before").display, "what was taken over is not offered again"
        await pilot.press("r", *" Nu ook.", "enter")  # another reason leaves it taken over
        await until(lambda: kas.garden.tree(file)["answer"][0]["note"] == "Zelfde eis. Nu ook.", pilot)
        assert kas.garden.tree(file)["answer"][0]["taken_over"] == first
        await pilot.press("home", "d")  # another answer is one of their own; it needs a reason again
        await until(lambda: "taken_over" not in kas.garden.tree(file)["answer"][0], pilot)
        screen = app.screen_stack[-1]
        assert isinstance(screen, MeasurementScreen)
        await screen.open_step("halverwege-samen")
        await until(lambda: "3 te bevestigen" in text_of(app), pilot)
        assert not app.screen.query_one("#take_over", Button).parent.display  # type: ignore[union-attr]
        await pilot.press("g")
        half = kas.garden.folder(later) / "halverwege-samen.toml"
        await until(lambda: half.exists() and len(kas.garden.tree(half)["answer"]) == 3, pilot)
