"""A measurement that was done on paper is taken over on the screen of its organisation, whole or not at all."""

from __future__ import annotations

from datetime import date

from tests.tui.conftest import Kijker, text_of, until
from tests.workspace.conftest import ANNA, Garden
from textual.pilot import Pilot
from textual.widgets import Button, Input

from kwartier.tui.app import KwartierApp
from kwartier.tui.screens.dialogs import Choose, Confirm
from kwartier.tui.screens.from_paper import FromPaper, PaperScores
from kwartier.tui.screens.organisation import OrganisationScreen
from kwartier.tui.widgets.lines import Lines

SMALL = (80, 24)
HOSTILE = "[red]map[/] 3 \x1b[2J\u202e [@click=app.quit]weg[/]"
REF = "klein/tuin/2024-05-01"


async def _form(app: KwartierApp, pilot: Pilot[int]) -> FromPaper:
    """The form, opened with its key on the screen of an organisation."""
    await app.push_screen(OrganisationScreen(await app.workspace(), "klein"))
    await until(lambda: isinstance(app.screen, OrganisationScreen) and app.screen.found is not None, pilot)
    await pilot.press("o")
    await until(lambda: isinstance(app.screen, FromPaper), pilot)
    assert isinstance(app.screen, FromPaper)
    return app.screen


async def _scores(app: KwartierApp, pilot: Pilot[int], source: str = "papieren scoreblad, map 3") -> PaperScores:
    """The list of scores, with the form filled in by keys."""
    form = await _form(app, pilot)
    await pilot.press(*"1-5-2024")
    if source.isprintable():
        await _to(form, "source", pilot)
        await pilot.press(*source)
    else:
        form.query_one("#source", Input).value = source  # as it is pasted
    await _to(form, "person-1", pilot)
    await pilot.press(*ANNA, "ctrl+s")
    await until(lambda: isinstance(app.screen, PaperScores), pilot)
    assert isinstance(app.screen, PaperScores)
    return app.screen


async def _to(form: FromPaper, name: str, pilot: Pilot[int]) -> None:
    for _ in range(9):
        if form.focused is form.query_one(f"#{name}"):
            return
        await pilot.press("tab")
    raise AssertionError(f"tab never comes to {name}")


def _klein(garden: Garden) -> dict[str, bytes]:
    """An organisation without measurements; all files."""
    with garden.open() as ws:
        ws.add_organisation("Klein")
    return garden.files()


def _records(garden: Garden) -> list[str]:
    return [name for name in garden.files() if "assessment.toml" in name]


async def test_a_whole_measurement_is_taken_over_by_keys_alone(kijker: Kijker) -> None:
    _klein(kijker.garden)
    async with kijker.app(SMALL) as (app, pilot):
        await _scores(app, pilot)
        assert "▸ 1  Bodem" in text_of(app) and "0 van 5" in text_of(app)
        await pilot.press("4", "3", "n")
        await until(lambda: isinstance(app.screen, Choose), pilot)
        await pilot.press("2")
        await until(lambda: isinstance(app.screen, PaperScores), pilot)
        await pilot.press("1", "2", "backspace", "5")
        await until(lambda: "5 van 5" in text_of(app), pilot)
        assert "[4]" in text_of(app) and "[n]" in text_of(app) and "▸ 5" in text_of(app)
        await pilot.press("ctrl+s", "ctrl+s")
        await until(lambda: isinstance(app.screen, OrganisationScreen), pilot)
        await until(lambda: "1 mei 2024" in text_of(app) and "overgenomen van papier" in text_of(app), pilot)
    assert len(_records(kijker.garden)) == 1
    folder = kijker.garden.folder(REF)
    made = kijker.garden.tree(folder / "assessment.toml")
    assert made["date"] == date(2024, 5, 1) and made["paper"]["source"] == "papieren scoreblad, map 3"
    assert [one["id"] for one in made["person"]] == ["a1"]
    rows = kijker.garden.tree(folder / "eens-worden.toml")["answer"]
    assert [row.get("value") for row in rows] == [4, 3, None, 1, 5]
    assert rows[2]["missing"] == "niet besproken"


async def test_a_missing_source_or_day_is_refused_and_nothing_typed_is_lost(kijker: Kijker) -> None:
    before = _klein(kijker.garden)
    async with kijker.app(SMALL) as (app, pilot):
        form = await _form(app, pilot)
        await pilot.press("ctrl+s")
        await until(lambda: "op welke dag" in text_of(app), pilot)
        await pilot.press(*"1-5-2024", "ctrl+s")
        await until(lambda: "waar de papieren meting is" in text_of(app), pilot)
        assert app.screen is form and form.query_one("#date", Input).value == "1-5-2024"
        assert kijker.garden.files() == before
        await _to(form, "source", pilot)
        await pilot.press(*"kast", "ctrl+s")
        await until(lambda: isinstance(app.screen, PaperScores), pilot)


async def test_an_item_left_open_is_refused_in_the_dialog_and_the_scores_stay(kijker: Kijker) -> None:
    _klein(kijker.garden)
    async with kijker.app(SMALL) as (app, pilot):
        scores = await _scores(app, pilot)
        await pilot.press("4", "down", "2", "3", "3", "ctrl+s")
        await until(lambda: "Nog geen score voor item 2" in text_of(app), pilot)
        assert app.screen is scores and _records(kijker.garden) == []
        assert "▸ 2  Water" in text_of(app) and "4 van 5" in text_of(app)
        await pilot.press("1", "ctrl+s")
        await until(lambda: isinstance(app.screen, OrganisationScreen), pilot)
    rows = kijker.garden.tree(kijker.garden.folder(REF) / "eens-worden.toml")["answer"]
    assert [row["value"] for row in rows] == [4, 1, 2, 3, 3]


async def test_going_back_keeps_the_scores_and_throwing_away_is_asked(kijker: Kijker) -> None:
    _klein(kijker.garden)
    async with kijker.app(SMALL) as (app, pilot):
        await _scores(app, pilot)
        await pilot.press("4", "3", "escape")
        await until(lambda: isinstance(app.screen, FromPaper) and "nog niets overgenomen" in text_of(app), pilot)
        await pilot.press("ctrl+s")
        await until(lambda: isinstance(app.screen, PaperScores) and "2 van 5" in text_of(app), pilot)
        assert "▸ 3  Samen" in text_of(app)
        await pilot.press("escape")
        await until(lambda: isinstance(app.screen, FromPaper) and "nog niets overgenomen" in text_of(app), pilot)
        await pilot.press("escape")
        await until(lambda: isinstance(app.screen, Confirm), pilot)
        await pilot.press("j")
        await until(lambda: isinstance(app.screen, OrganisationScreen), pilot)
    assert _records(kijker.garden) == []


async def test_a_hostile_source_is_text_and_nothing_else(kijker: Kijker) -> None:
    _klein(kijker.garden)
    async with kijker.app(SMALL) as (app, pilot):
        await _scores(app, pilot, HOSTILE)
        text = text_of(app)
        assert "[red]map[/] 3" in text and "[@click=app.quit]weg" in text
        assert "\x1b" not in text and "\u202e" not in text
        await pilot.press(*"44444", "ctrl+s")
        await until(lambda: isinstance(app.screen, OrganisationScreen), pilot)
    made = kijker.garden.tree(kijker.garden.folder(REF) / "assessment.toml")
    assert made["paper"]["source"].startswith("[red]map[/] 3")


async def test_by_mouse_an_option_and_the_button(kijker: Kijker) -> None:
    _klein(kijker.garden)
    async with kijker.app((120, 36)) as (app, pilot):
        scores = await _scores(app, pilot)
        await pilot.press(*"3333")
        found = scores.query_one(Lines)
        shown = next(row for row in text_of(app).splitlines() if "▸ 5" in row)
        row = next(n for n, each in enumerate(text_of(app).splitlines()) if each == shown)
        await pilot.click(offset=(shown.index(" 2 ") + 1, row))
        await until(lambda: "5 van 5" in text_of(app), pilot)
        assert found.has_focus
        await pilot.click(scores.query_one("#ok", Button))
        await until(lambda: isinstance(app.screen, OrganisationScreen), pilot)
    rows = kijker.garden.tree(kijker.garden.folder(REF) / "eens-worden.toml")["answer"]
    assert [row["value"] for row in rows] == [3, 3, 3, 3, 2]
