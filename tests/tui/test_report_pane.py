"""The report in the app: read, searched, made definitive and opened again, reasons given, written to a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tui.conftest import Kijker, text_of, until
from tests.workspace.conftest import AGREED, Garden, answers
from textual.pilot import Pilot
from textual.widgets import Input

from kwartier.tui.app import KwartierApp
from kwartier.tui.panes.report import ReportPane
from kwartier.tui.screens.export_report import ExportReport
from kwartier.tui.screens.written import Written
from kwartier.tui.widgets.document_view import DocumentView

STEP = "verslag"


def agreed(garden: Garden) -> str:
    with garden.open() as ws:
        ref = garden.begin(ws)
        garden.prepare(ws, ref)
        garden.score(ws, ref)
        ws.change(ref, "eens-worden", answers(AGREED, "Samen besproken."))
    return ref


async def as_text(app: KwartierApp, pilot: Pilot[int]) -> None:
    """Opens the dialog for a file, chooses Markdown alone and writes."""
    await pilot.press("w")
    await until(lambda: isinstance(app.screen, ExportReport) and app.screen.query("#path"), pilot)
    await pilot.press("tab", "p", "space", "m", "space")
    await until(lambda: app.screen.query_one("#path", Input).value.endswith(".md"), pilot)
    await pilot.press("ctrl+s")


def ready(app: object) -> bool:
    return app.screen.query_one(ReportPane).is_ready  # type: ignore[attr-defined, no-any-return]


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
async def test_the_report_is_read_and_searched(kijker: Kijker, size: tuple[int, int]) -> None:
    ref = agreed(kijker.garden)
    async with kijker.measurement(ref, STEP, size=size) as (app, pilot):
        await until(lambda: ready(app), pilot)
        assert "Verslag van de Tuinmeter" in text_of(app)
        await pilot.press("ctrl+f", *"weelderig", "enter")
        await pilot.pause()
        view = app.screen.query_one(DocumentView)
        assert view._found is not None
        assert "weelderig" in view._plain[view._line_at(view._found[0])]
        await pilot.press("escape", "ctrl+g")
        await pilot.pause()
        assert "Ga naar" in text_of(app)
        await pilot.press("down", "down", "enter")
        await pilot.pause()
        assert view.scroll_offset.y == view.headings[2].line or view.is_vertical_scroll_end


async def test_made_definitive_once_asked_and_opened_again(kijker: Kijker) -> None:
    garden = kijker.garden
    ref = agreed(garden)
    file = garden.folder(ref) / f"{STEP}.toml"
    async with kijker.measurement(ref, STEP, who="a1", size=(80, 24)) as (app, pilot):
        await until(lambda: ready(app), pilot)
        await pilot.press("d")
        await until(lambda: "ongedaan" in text_of(app), pilot)
        await pilot.press("escape")
        assert not file.exists()
        await pilot.press("d")
        await until(lambda: "ongedaan" in text_of(app), pilot)
        await pilot.press("tab", "end", "shift+home", *"30-11-2026", "ctrl+s")
        await until(lambda: "definitief maken?" in text_of(app), pilot)
        assert not file.exists()
        await pilot.press("j")
        await until(file.exists, pilot)
        version = garden.tree(file)["version"][0]
        assert (str(version["date"]), version["by"]) == ("2026-11-30", "a1")
        await until(lambda: "Versie 1" in text_of(app), pilot)
        await pilot.press("h", *"Typefout", "ctrl+s")
        await until(lambda: garden.tree(file)["version"][0].get("reason") == "Typefout", pilot)
        await until(lambda: "wordt versie 2" in text_of(app), pilot)
        await pilot.press("v")
        await until(lambda: "Typefout" in text_of(app), pilot)


async def test_not_definitive_without_all_scores(kijker: Kijker) -> None:
    garden = kijker.garden
    with garden.open() as ws:
        ref = garden.begin(ws)
        garden.score(ws, ref)
    async with kijker.measurement(ref, STEP) as (app, pilot):
        await pilot.press("d")
        await until(lambda: "Nog geen definitieve score voor item 1" in " ".join(text_of(app).split()), pilot)
    assert not (garden.folder(ref) / f"{STEP}.toml").exists()


async def test_a_departure_gets_its_reason(kijker: Kijker) -> None:
    garden = kijker.garden
    with garden.open() as ws:
        ref = garden.begin(ws)
        crowd = [{"name": f"Buur {letter}", "role": "buur", "consent": "gegeven"} for letter in "ABCDE"]
        ws.change(ref, "mensen", {"participant": crowd})
    async with kijker.measurement(ref, STEP) as (app, pilot):
        assert "1 afwijking zonder reden" in text_of(app)
        await pilot.press("b", "1", *"Bob wilde ook", "ctrl+s")
        await until(lambda: "Bob wilde ook" in (garden.folder(ref) / "assessment.toml").read_text("utf-8"), pilot)
        await until(lambda: "afwijking zonder reden" not in text_of(app), pilot)
        await until(lambda: "Bob wilde ook" in " ".join(app.screen.query_one(DocumentView).text.split()), pilot)


async def test_written_to_a_file_that_is_not_replaced_unasked(
    kijker: Kijker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ref = agreed(kijker.garden)
    path = tmp_path / f"verslag-{ref.replace('/', '-')}.md"
    async with kijker.measurement(ref, STEP) as (app, pilot):
        await until(lambda: ready(app), pilot)
        await as_text(app, pilot)
        await until(path.exists, pilot)
        assert path.read_text("utf-8").startswith("# Verslag van de Tuinmeter")
        await until(lambda: isinstance(app.screen, Written), pilot)
        await pilot.press("escape")
        path.write_text("van mij", "utf-8")
        await as_text(app, pilot)
        await until(lambda: "Vervangen?" in text_of(app), pilot)
        await pilot.press("n")
        await until(lambda: "Er is niets geschreven" in text_of(app), pilot)
        assert path.read_text("utf-8") == "van mij"
        await pilot.press("ctrl+s")
        await until(lambda: "Vervangen?" in text_of(app), pilot)
        await pilot.press("j")
        await until(lambda: path.read_text("utf-8").startswith("# Verslag"), pilot)


async def test_hostile_text_in_a_long_report(kijker: Kijker) -> None:
    garden = kijker.garden
    ref = agreed(garden)
    hostile = "[/b] [@click=app.quit]weg[/] \x1b]52;c;x\x07 👩‍⚕️ שלום " + "x" * 10_000
    with garden.open() as ws:
        ws.change(ref, "toelichting", {"explanation": [{"item": "1", "text": hostile}]})
    async with kijker.measurement(ref, STEP, size=(80, 24)) as (app, pilot):
        await until(lambda: ready(app), pilot)
        view = app.screen.query_one(DocumentView)
        assert "[@click=app.quit]weg[/]" in view.text
        await pilot.press("ctrl+f", *"[/b]", "enter", "escape", "end")
        await pilot.pause()
        assert "\x1b" not in view.text


async def test_the_report_follows_what_somebody_else_saved(kijker: Kijker) -> None:
    garden = kijker.garden
    ref = agreed(garden)
    async with kijker.measurement(ref, STEP) as (app, pilot):
        await until(lambda: ready(app), pilot)
        with garden.open() as ws:
            ws.change(ref, "conclusies", {"strength": [{"id": "s1", "text": "Een bloeiende heg."}]})
        await until(lambda: "Een bloeiende heg." in app.screen.query_one(DocumentView).text, pilot)


async def test_the_page_to_sign_and_the_full_report_again(
    kijker: Kijker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ref = agreed(kijker.garden)
    path = tmp_path / f"tekenblad-{ref.replace('/', '-')}.md"
    async with kijker.measurement(ref, STEP) as (app, pilot):
        await until(lambda: ready(app), pilot)
        view = app.screen.query_one(DocumentView)
        assert "Handtekeningen" not in view.text
        await pilot.press("p")
        await until(lambda: "Welk verslag?" in text_of(app), pilot)
        await pilot.press("3")
        await until(lambda: ready(app) and "Handtekeningen" in view.text, pilot)
        assert "p kiest een ander verslag" in text_of(app)
        await as_text(app, pilot)
        await until(path.exists, pilot)
        assert "## Handtekeningen" in path.read_text("utf-8")
        await until(lambda: isinstance(app.screen, Written), pilot)
        await pilot.press("escape", "p", "1")
        await until(lambda: ready(app) and "Handtekeningen" not in view.text, pilot)
