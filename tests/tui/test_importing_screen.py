"""Old results from a table, taken over on the screen: the form, the preview, and what is asked before it is done."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from tests.tui.conftest import Kijker, text_of, until
from tests.workspace.conftest import Garden
from tests.workspace.garden_tables import GOALS, SCORES, host_of, table
from textual.pilot import Pilot
from textual.widgets import Input

from kwartier.tui.app import KwartierApp
from kwartier.tui.screens.dialogs import Choose, Confirm
from kwartier.tui.screens.importing import TableChoice, TableInstrument
from kwartier.tui.screens.importing_paths import completed
from kwartier.tui.screens.importing_preview import ImportPreview
from kwartier.tui.screens.start import StartScreen
from kwartier.workspace import Workspace

SMALL = (80, 24)


class Bezoeker(Kijker):
    """The app on a garden with two rounds."""

    def workspace(self, folder: Path | None = None) -> Workspace:
        with self.garden.open(host_of(self.garden)) as ws:
            return ws


@pytest.fixture
def bezoeker(garden: Garden) -> Bezoeker:
    return Bezoeker(garden)


@asynccontextmanager
async def form(one: Bezoeker, size: tuple[int, int] = SMALL) -> AsyncIterator[tuple[KwartierApp, Pilot[int]]]:
    """The form, opened by key from the start screen."""
    async with one.app(size) as (app, pilot):
        await until(lambda: isinstance(app.screen, StartScreen), pilot)
        await pilot.press("i")
        await until(lambda: isinstance(app.screen, TableInstrument), pilot)
        await pilot.press("enter")
        await until(lambda: isinstance(app.screen, TableChoice), pilot)
        yield app, pilot


def put(app: KwartierApp, **values: str) -> None:
    """Fills in fields, as by pasting."""
    for name, value in values.items():
        app.screen.query_one(f"#{name.replace('_', '-')}", Input).value = value


async def previewed(app: KwartierApp, pilot: Pilot[int]) -> ImportPreview:
    await pilot.press("ctrl+s")
    await until(lambda: isinstance(app.screen, ImportPreview), pilot)
    assert isinstance(app.screen, ImportPreview)
    return app.screen


def records(garden: Garden) -> list[str]:
    return [name for name in garden.files() if name.endswith("assessment.toml")]


async def test_a_table_is_taken_over_by_keys_alone(bezoeker: Bezoeker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(table(bezoeker.garden, SCORES).parent)
    async with form(bezoeker) as (app, pilot):
        await pilot.press(*"scores.csv", "tab", "tab", *"Kast", "tab", "tab", *"juni 2024", "tab", *"2025-07")
        await previewed(app, pilot)
        text = text_of(app)
        assert "nieuw: 4 metingen" in text
        assert "De Es" in text
        assert records(bezoeker.garden) == []
        await pilot.press("o")
        await until(lambda: "'Kast'" in text_of(app), pilot)
        await pilot.press("j")
        await until(lambda: isinstance(app.screen, StartScreen), pilot)
        await until(lambda: "Overgenomen: 2 organisaties" in text_of(app), pilot)
        await until(lambda: "De Es" in text_of(app), pilot)
    assert len(records(bezoeker.garden)) == 4
    first = bezoeker.garden.tree(bezoeker.garden.folder("de-es/tuin/2024-06-01") / "assessment.toml")
    assert first["paper"]["source"] == "Kast"


async def test_what_the_table_does_not_say_is_asked_in_the_form(bezoeker: Bezoeker) -> None:
    path = table(bezoeker.garden, SCORES)
    async with form(bezoeker) as (app, pilot):
        await pilot.press("ctrl+s")
        await until(lambda: "Typ waar de tabel staat" in text_of(app), pilot)
        put(app, path=str(path))
        await pilot.press("ctrl+s")
        await until(lambda: "Van welke datum of maand is ronde 1?" in text_of(app).replace("\n", " "), pilot)
        assert isinstance(app.screen, TableChoice)
        assert "--" not in text_of(app).replace("─", "")
        put(app, date_1="ooit", date_2="2025-07")
        await pilot.press("ctrl+s")
        await until(lambda: "'ooit' is geen datum" in text_of(app), pilot)
        put(app, date_1="juni 2024")
        await previewed(app, pilot)
        await pilot.press("escape")
        await until(lambda: isinstance(app.screen, TableChoice) and "nog niets overgenomen" in text_of(app), pilot)
        assert app.screen.query_one("#path", Input).value == str(path)
    assert records(bezoeker.garden) == []


async def test_wrong_rows_are_shown_and_the_good_ones_are_taken_on_a_yes(bezoeker: Bezoeker) -> None:
    path = table(bezoeker.garden, SCORES.replace("De Es;1;1;", "De Es;1;7;"))
    async with form(bezoeker) as (app, pilot):
        put(app, path=str(path), date_1="juni 2024", date_2="2025-07")
        await previewed(app, pilot)
        text = text_of(app)
        assert "Dit klopt niet" in text
        assert "er staat '7'" in text
        await pilot.press("ctrl+s")
        await until(lambda: isinstance(app.screen, Confirm), pilot)
        await pilot.press("n")
        await until(lambda: isinstance(app.screen, ImportPreview), pilot)
        assert records(bezoeker.garden) == []
        await pilot.click("#ok")
        await until(lambda: isinstance(app.screen, Confirm), pilot)
        await pilot.press("j")
        await until(lambda: isinstance(app.screen, Confirm) and "3 metingen maken" in text_of(app), pilot)
        await pilot.press("j")
        await until(lambda: isinstance(app.screen, StartScreen), pilot)
        await until(lambda: "Overgenomen: 2 organisaties" in text_of(app), pilot)
    assert len(records(bezoeker.garden)) == 3


@pytest.mark.parametrize(("choice", "value"), [("1", 1), ("2", 5)])
async def test_changes_are_shown_and_asked_about(bezoeker: Bezoeker, choice: str, value: int) -> None:
    from tests.workspace.garden_tables import seen

    garden = bezoeker.garden
    with garden.open(host_of(garden)) as ws:
        ws.import_tables(seen(ws, table(garden, SCORES)))
    path = table(garden, SCORES.replace("De Es;1;1;2;3;4;5;3,0", "De Es;1;5;2;3;4;5;3,8"))
    goals = table(garden, GOALS, "doelen.csv")
    async with form(bezoeker) as (app, pilot):
        put(app, path=str(path), path_2=str(goals), date_1="juni 2024", date_2="2025-07")
        await previewed(app, pilot)
        text = text_of(app)
        assert "Staat er nu anders (1)" in text
        assert "item 1: 1 → 5" in text
        assert "Wordt aangevuld (2)" in text
        await pilot.press("ctrl+s")
        await until(lambda: isinstance(app.screen, Choose), pilot)
        await pilot.press(choice)
        await until(lambda: isinstance(app.screen, Confirm), pilot)
        await pilot.press("j")
        await until(lambda: isinstance(app.screen, StartScreen), pilot)
    rows = garden.tree(garden.folder("de-es/tuin/2024-06-01") / "eens-worden.toml")["answer"]
    assert rows[0]["value"] == value
    rows = garden.tree(garden.folder("de-es/tuin/2025-07-01") / "eens-worden.toml")["answer"]
    assert [row["value"] for row in rows if row["item"] == "1b"] == ["A"]


async def test_what_is_no_table_is_told_in_the_form(bezoeker: Bezoeker) -> None:
    async with form(bezoeker) as (app, pilot):
        for path, told in ((bezoeker.garden.home, "geen gewoon bestand"), (Path("/er/niet.csv"), "bestaat niet")):
            put(app, path=str(path))
            await pilot.press("ctrl+s")
            await until(lambda told=told: told in text_of(app), pilot)  # type: ignore[misc]
        assert isinstance(app.screen, TableChoice)


async def test_hostile_names_are_text_and_nothing_else(bezoeker: Bezoeker) -> None:
    evil = "[red]Es[/] [@click=app.quit]weg[/]"
    text = f"organisatie;ronde;1;{evil}\n{evil};1;3;x\n\x1b[2JDen;1;{evil};x\n"
    path = table(bezoeker.garden, text, "[b]oud.csv")
    async with form(bezoeker, (140, 40)) as (app, pilot):
        put(app, path=str(path), date_1="juni 2024")
        await previewed(app, pilot)
        told = text_of(app)
        assert evil in told
        assert "\x1b" not in told
        await pilot.press("down", "down", "up", "ctrl+s")
        await until(lambda: isinstance(app.screen, Confirm), pilot)
        await pilot.press("j")
        await until(lambda: "[b]oud.csv" in text_of(app), pilot)
        await pilot.press("j")
        await until(lambda: isinstance(app.screen, StartScreen), pilot)
    assert len(records(bezoeker.garden)) == 1


async def test_the_palette_knows_it(bezoeker: Bezoeker) -> None:
    async with bezoeker.app() as (app, pilot):
        await until(lambda: isinstance(app.screen, StartScreen), pilot)
        await pilot.press("ctrl+p", *"tabel")
        await until(lambda: "Tabel overnemen" in text_of(app), pilot)
        await pilot.press("enter")
        await until(lambda: isinstance(app.screen, TableInstrument), pilot)


async def test_a_path_is_completed_while_it_is_typed(bezoeker: Bezoeker) -> None:
    path = table(bezoeker.garden, SCORES, "uitslagen.csv")
    async with form(bezoeker) as (app, pilot):
        put(app, path=f"{bezoeker.garden.home}/uits")
        field = app.screen.query_one("#path", Input)
        field.focus()
        field.cursor_position = len(field.value)
        await until(lambda: field._suggestion == str(path), pilot)
        await pilot.press("right")
        assert field.value == str(path)


def test_only_tables_and_folders_are_proposed(tmp_path: Path) -> None:
    for name in ("aap.pdf", "aardbei.CSV", ".verborgen.csv"):
        (tmp_path / name).write_text("x")
    (tmp_path / "aarde").mkdir()
    assert completed(f"{tmp_path}/a") == f"{tmp_path}/aardbei.CSV"
    assert completed(f"{tmp_path}/aarde") == f"{tmp_path}/aarde/"
    assert completed(f"{tmp_path}/aap") is None
    assert completed(f"{tmp_path}/") == f"{tmp_path}/aardbei.CSV"
    assert completed("") is None
    assert completed("/er/niet/") is None
    assert completed("nul\x00/x") is None
    assert completed("~iemand-die-er-niet-is/x") is None
