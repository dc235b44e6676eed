"""The coverage of a portfolio on the screen: what has nothing stands out, and one goes to the item or to the piece."""

from __future__ import annotations

from tests.tui.conftest import Kijker, text_of, until
from tests.tui.portfolio import HOSTILE
from tests.tui.school import NARROW, REF, in_school, school, shows
from tests.workspace.conftest import own_config, packages
from tests.workspace.kas import CODE

from kwartier.tui.panes.evidence import EvidencePane
from kwartier.tui.panes.score import ScorePane
from kwartier.tui.screens.coverage import CoverageScreen
from kwartier.tui.screens.measurement import MeasurementScreen
from kwartier.tui.widgets.coverage_table import CoverageTable

__all__ = ["own_config", "packages", "school"]


def lines(text: str, start: str) -> str:
    """The line with this item."""
    return next(one for one in text.splitlines() if start in one)


async def test_the_matrix_and_where_it_leads(school: Kijker) -> None:
    with school.garden.open() as ws:
        ws.change(REF, "bewijs", {"evidence": [{"id": "b3", "remove": True}]}, person=CODE)
    async with school.measurement(REF, "zelf", who=CODE, size=NARROW) as (app, pilot):
        await shows(pilot, "1.1")
        await pilot.press("m")
        await until(lambda: isinstance(app.screen, CoverageScreen), pilot)
        text = text_of(app)
        assert "●" in lines(text, "1.1 Zaaien")
        empty = lines(text, "2.1")
        assert empty.startswith("○") and "geen" in empty, "what nothing serves stands out by a sign"
        assert "2 van 3 items met bewijs" in text and "deels" in text
        await pilot.press("right", "right")
        await shows(pilot, "B2", "Brief van mijn moeder")
        await pilot.press("left")
        await shows(pilot, HOSTILE)
        await pilot.press("right", "enter")
        await until(lambda: isinstance(app.screen, MeasurementScreen), pilot)
        screen = app.screen
        assert isinstance(screen, MeasurementScreen)
        await until(lambda: isinstance(screen.pane, EvidencePane), pilot)
        pane = screen.pane
        assert isinstance(pane, EvidencePane)
        await until(lambda: pane.piece is not None and pane.piece.id == "b2", pilot)

        await pilot.press("m")
        await until(lambda: isinstance(app.screen, CoverageScreen), pilot)
        table = app.screen.query_one(CoverageTable)
        await pilot.press("down", "down", "enter")
        await until(lambda: isinstance(screen.pane, ScorePane), pilot)
        back = screen.pane
        assert isinstance(back, ScorePane) and table is not None
        await until(lambda: back.sheet.line.item.id == "2.1", pilot)

        await pilot.press("m")
        await until(lambda: isinstance(app.screen, CoverageScreen), pilot)
        await pilot.press("u")
        await shows(pilot, "zonder opleidingsprofiel")


async def test_many_pieces_scroll_beside_what_stays_and_only_what_may_be_read_counts(school: Kijker) -> None:
    with school.garden.open() as ws:
        ws.use_profile("glas")
        ws.link("glas", "1.2", ["b2"])
        ref = in_school(school).of_programme(ws)
        rows = [{"id": f"x{n}", "title": f"Stuk {n}", "items": ["1.1"], "readers": ["everyone"]} for n in range(1, 41)]
        rows[6] = {"id": "x7", "title": "Alleen voor mij", "items": ["2.1"]}
        ws.change(ref, "bewijs", {"evidence": rows}, person="s2")
    async with school.measurement(ref, "bewijs", who="a1", size=NARROW) as (app, pilot):
        await until(lambda: isinstance(app.screen, MeasurementScreen) and app.screen.pane is not None, pilot)
        await app.screen.run_action("coverage")
        await until(lambda: isinstance(app.screen, CoverageScreen), pilot)
        assert "1 van 3 items met bewijs" in text_of(app) and "alleen wat u mag lezen" in text_of(app)
        await pilot.press(*["ctrl+right"] * 5)
        await shows(pilot, "B39", "1.1", "deels" if "deels" in text_of(app) else "item")
        assert "Alleen voor mij" not in text_of(app)
        await pilot.click(CoverageTable, offset=(75, 0))
        await pilot.press("u")
        await shows(pilot, "b1", "nog niet gekoppeld: 1.1, 2.1", "1 van 3 ·", "Anna")
        assert "1 van 2 met" in lines(text_of(app), "Met planten"), "a section counts what its column counts"
        assert "●" in lines(text_of(app), "1.2")
        await pilot.press("w")
        await shows(pilot, "Kijkt vooruit")
