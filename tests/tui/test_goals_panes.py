"""Writing about the items on some scales, and reading those texts while scoring: own ones, and of the item beside."""

from __future__ import annotations

from tests.tui.conftest import Kijker, text_of, until
from tests.workspace.conftest import Garden
from tests.workspace.goals import with_goals

from kwartier.tui.panes.notes import NotesPane
from kwartier.tui.panes.score import ScorePane
from kwartier.workspace import Workspace


class Goals(Kijker):
    """A garden whose instrument has goals."""

    def workspace(self, folder: object = None) -> Workspace:
        with self.garden.open(self.garden.host(with_goals)) as ws:
            return ws


def begun(garden: Garden) -> str:
    with garden.open(garden.host(with_goals)) as ws:
        ref = garden.begin(ws)
        ws.change(ref, "doelen", {"explanation": [{"item": "1", "text": "In mei is alles los."}]})
        ws.change(ref, "toelichting", {"explanation": [{"item": "1", "text": "De grond is hard."}]})
        return ref


async def test_only_the_items_on_its_scales_are_written_about(garden: Garden) -> None:
    ref = begun(garden)
    async with Goals(garden).measurement(ref, "doelen") as (app, pilot):
        pane = app.screen.query_one(NotesPane)
        assert [item.id for item in pane.items if item is not None] == ["1", "2", "3", "4", "5"]
        await until(lambda: "1 van 5 geschreven" in text_of(app), pilot)
        assert "Doel bodem" not in text_of(app)


async def test_goals_stand_beside_the_explanation_while_scoring(garden: Garden) -> None:
    ref = begun(garden)
    async with Goals(garden).measurement(ref, "scoren", who="a1", size=(160, 45)) as (app, pilot):
        await until(lambda: "In mei is alles los." in text_of(app), pilot)
        shown = text_of(app)
        assert "Toelichting" in shown and "De grond is hard." in shown and "Doel" in shown
        pane = app.screen.query_one(ScorePane)
        pane.sheet.go_to(("1b", ""))
        await until(lambda: "Doel bij item 1" in text_of(app), pilot)
        assert "In mei is alles los." in text_of(app)


async def test_on_a_narrow_screen_they_stand_below_and_can_be_read_whole(garden: Garden) -> None:
    ref = begun(garden)
    async with Goals(garden).measurement(ref, "scoren", who="a1", size=(80, 24)) as (app, pilot):
        await until(lambda: "Doel: In mei is alles los." in text_of(app), pilot)
        assert "Toelichting: De grond is hard." in text_of(app)
        await app.screen.query_one(ScorePane).run_action("read")
        await until(lambda: "Sluiten (esc)" in text_of(app), pilot)
        dialog = text_of(app).partition("╭")[2].partition("╰")[0]
        assert dialog.index("Toelichting") < dialog.index("De grond is hard.") < dialog.index("Doel")
        assert "In mei is alles los." in dialog
