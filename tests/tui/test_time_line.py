"""Two or more measurements, chosen by ticks, and two instruments on one time line; by keys and by mouse."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.tui.conftest import Kijker, text_of, until
from tests.workspace.orchard import Orchard

from kwartier.text import cells
from kwartier.tui.screens.compare import CompareScreen
from kwartier.tui.screens.compare_choice import CompareChoice
from kwartier.tui.screens.compare_lines import laid_out
from kwartier.tui.screens.timeline import TimeLineScreen
from kwartier.tui.screens.timeline_lines import laid_out as laid_on_a_line
from kwartier.tui.widgets.document_view import DocumentView

SIZES = [(80, 24), (160, 45)]
SCORES: list[tuple[int | str, ...]] = [(4, 3, 2, 5, "niet gezien"), (5, 1, 2, 5, 2), (5, 4, 1, 5, 3)]
YEARS = (2026, 2027, 2028)


@pytest.fixture
def garden(tmp_path: Path, packages: Path) -> Orchard:
    """The app of these tests stands on both instruments."""
    return Orchard(tmp_path, packages)


@pytest.fixture
def refs(garden: Orchard) -> list[str]:
    """Two rounds with the forerunner, then three with the Tuinmeter."""
    with garden.open() as ws:
        slug = ws.add_organisation("De [b]Hoop")
        made = [garden.old(ws, slug, 1, (1, 2, 3)), garden.old(ws, slug, 2, (2, 2, 1), ("D", "B"))]
        made += [garden.new(ws, slug, SCORES[n], day=date(year, 11, 22)) for n, year in enumerate(YEARS)]
    return made


def shown(app: object) -> str:
    return " ".join(app.screen.query_one(DocumentView).text.split())  # type: ignore[attr-defined]


@pytest.mark.parametrize("size", SIZES)
async def test_two_more_are_ticked_and_all_stand_side_by_side(
    kijker: Kijker, refs: list[str], size: tuple[int, int]
) -> None:
    async with kijker.measurement(refs[4], "conclusies", size=size) as (app, pilot):
        await pilot.press("ctrl+e")
        await until(lambda: isinstance(app.screen, CompareChoice), pilot)
        # The newest earlier one and this one are ticked.
        await until(lambda: text_of(app).count("[x]") == 2 and text_of(app).count("[ ]") == 1, pilot)
        await pilot.press("home", "space", "enter")
        await until(lambda: isinstance(app.screen, CompareScreen) and "Van meting tot meting" in shown(app), pilot)
        assert isinstance(app.screen, CompareScreen) and app.screen.refs == tuple(refs[2:])
        text = shown(app)
        assert "○" in text and "▶" in text and "◀" in text
        assert "Water 3 1 4" in text
        assert "22 nov 2026 → 22 nov 2027" in text or "22 nov 2026 →" in text
        assert all(cells(line) <= size[0] for line in app.screen.query_one(DocumentView)._plain)
        await pilot.press("ctrl+e")
        await until(lambda: text_of(app).count("[x]") == 3, pilot)
        await pilot.press("space", "down", "space", "enter")
        await until(lambda: "minstens twee" in text_of(app), pilot)
        await pilot.press("space")
        await pilot.click("#ok")
        await until(lambda: isinstance(app.screen, CompareScreen) and app.screen.refs == tuple(refs[3:]), pilot)


async def test_a_measurement_is_ticked_with_the_mouse(kijker: Kijker, refs: list[str]) -> None:
    async with kijker.measurement(refs[4], "conclusies", size=(80, 24)) as (app, pilot):
        await pilot.press("ctrl+e")
        await until(lambda: isinstance(app.screen, CompareChoice), pilot)
        await pilot.pause()
        await pilot.click("#which", offset=(4, 0))
        await until(lambda: text_of(app).count("[x]") == 3, pilot)
        await pilot.click("#cancel")
        await until(lambda: not isinstance(app.screen, CompareChoice), pilot)


@pytest.mark.parametrize("size", SIZES)
async def test_goals_and_the_time_line_of_either_instrument(
    kijker: Kijker, refs: list[str], size: tuple[int, int]
) -> None:
    async with kijker.measurement(refs[1], "acties", size=size) as (app, pilot):
        await pilot.press("ctrl+e")
        await until(lambda: isinstance(app.screen, CompareScreen) and "Elk voorjaar compost." in shown(app), pilot)
        assert "niet bereikt" in shown(app)
        await pilot.press("l")
        await until(lambda: isinstance(app.screen, TimeLineScreen) and "Spitten" in shown(app), pilot)
        text = shown(app)
        assert "lezing van kwartier" in text and "nooit omgerekend" in text
        assert "Gaardelijst 1a en Tuinmeter 1 gaan over hetzelfde" in text
        assert "niet gemeten in Tuinmeter" in text
        assert "De [b]Hoop" in text_of(app)
        assert all(cells(line) <= size[0] for line in app.screen.query_one(DocumentView)._plain)
        await pilot.press("escape", "escape")
        await until(lambda: not isinstance(app.screen, CompareScreen | TimeLineScreen), pilot)


async def test_from_the_organisation_by_its_key(kijker: Kijker, refs: list[str]) -> None:
    async with kijker.app((80, 24)) as (app, pilot):
        await until(lambda: "Hoop" in text_of(app), pilot)
        await pilot.press("enter")
        await until(lambda: "2028" in text_of(app), pilot)
        await pilot.press("l")
        await until(lambda: isinstance(app.screen, TimeLineScreen) and "Spitten" in shown(app), pilot)


async def test_where_no_instrument_says_what_belongs_together_that_is_said(kijker: Kijker, garden: Orchard) -> None:
    garden.crosswalk = lambda text: None
    with garden.open() as ws:
        slug = ws.add_organisation("Alleen")
        made = [garden.new(ws, slug, SCORES[n], day=date(year, 11, 22)) for n, year in enumerate(YEARS[:2])]
    async with kijker.measurement(made[1], "conclusies", size=(80, 24)) as (app, pilot):
        await pilot.press("ctrl+e")
        await until(lambda: isinstance(app.screen, CompareScreen) and "Bodem" in shown(app), pilot)
        await pilot.press("l")
        await until(lambda: "Geen instrument dat hier" in " ".join(text_of(app).split()), pilot)
        assert isinstance(app.screen, CompareScreen)


async def test_the_first_with_the_new_instrument_is_laid_beside_the_old_one(kijker: Kijker, garden: Orchard) -> None:
    with garden.open() as ws:
        slug = ws.add_organisation("Overgang")
        garden.old(ws, slug, 1, (1, 2, 3))
        ref = garden.new(ws, slug, SCORES[0])
    async with kijker.measurement(ref, "conclusies", size=(80, 24)) as (app, pilot):
        await pilot.press("ctrl+e")
        await until(lambda: isinstance(app.screen, TimeLineScreen) and "Spitten" in shown(app), pilot)


@pytest.mark.parametrize("width", [20, 40, 57, 80, 110, 140])
def test_lines_fit_however_many_measurements_there_are(garden: Orchard, refs: list[str], width: int) -> None:
    with garden.open() as ws:
        slug = refs[0].split("/")[0]
        many = [*refs[2:], *(garden.new(ws, slug, SCORES[1], day=date(year, 1, 1)) for year in range(2030, 2039))]
        for chosen in (many, many[:2], many[:5]):
            laid = laid_out(ws.over_time(chosen), width)
            text = "\n".join("".join(part for part, _ in line) for line in laid.lines)
            assert max(map(cells, text.split("\n"))) <= max(width, 40), (len(chosen), width)
            assert "Bodem"[: width // 8] in text
        laid = laid_on_a_line(ws.time_lines(slug), width)
        text = "\n".join("".join(part for part, _ in line) for line in laid.lines)
        assert max(map(cells, text.split("\n"))) <= max(width, 40)
