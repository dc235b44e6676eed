"""The report to files, all reports to a folder, and data to a file, from the screen."""

from __future__ import annotations

import json
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from tests.tui.conftest import Kijker, text_of, until
from tests.tui.portfolio import greenhouse, kas
from tests.workspace.conftest import ANNA, BOB, SLUG
from tests.workspace.kas import SECRET
from textual.widgets import Input

from kwartier.tui.opening import has_windows
from kwartier.tui.panes.report import ReportPane
from kwartier.tui.screens.export_data import ExportData
from kwartier.tui.screens.export_report import ExportReport
from kwartier.tui.screens.many_reports import ManyReports, told
from kwartier.tui.screens.organisation import OrganisationScreen
from kwartier.tui.screens.progressing import Progress, Stopped, with_progress
from kwartier.tui.screens.written import Written
from kwartier.tui.widgets.choice_list import ChoiceList
from kwartier.tui.working import begin
from kwartier.workspace import Assessor
from kwartier.workspace.many_reports import ReportsMade

__all__ = ["kas"]


def words(app: object) -> str:
    return " ".join(text_of(app).replace("│", " ").split())  # type: ignore[arg-type]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that kwartier was started in."""
    place = tmp_path / "bureau"
    place.mkdir()
    monkeypatch.chdir(place)
    monkeypatch.setenv("DISPLAY", ":0")
    return place


async def test_a_report_in_two_forms_without_names_replaced_after_a_yes_and_opened(
    kijker: Kijker, desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with kijker.garden.open() as ws:
        ref = kijker.garden.story(ws)
    name = f"samenvatting-{ref.replace('/', '-')}-zonder-namen"
    async with kijker.measurement(ref, "verslag", size=(80, 24)) as (app, pilot):
        opened: list[str] = []
        monkeypatch.setattr(app, "open_url", opened.append)
        await until(lambda: app.screen.query_one(ReportPane).is_ready, pilot)
        await pilot.press("w")
        await until(lambda: isinstance(app.screen, ExportReport), pilot)
        dialog = app.screen
        assert isinstance(dialog, ExportReport)
        await pilot.pause()
        proposed = dialog.query_one("#path", Input)
        assert proposed.value == str(desk / f"verslag-{ref.replace('/', '-')}.pdf")
        assert not dialog.query_one("#row-template").display, "a PDF takes no template"
        forms = dialog.query_one("#forms", ChoiceList)
        assert forms.value == ["pdf"]
        await pilot.press("right", "tab", "p", "space", "m", "space", "h", "space", "tab", "right")
        await until(lambda: proposed.value == str(desk / f"{name}.{forms.value[0]}"), pilot)
        assert sorted(forms.value) == ["html", "md"]
        await pilot.press("shift+tab", "w", "space")
        await until(lambda: dialog.query_one("#row-template").display, pilot)
        await pilot.press("w", "space", "ctrl+s")
        await until(lambda: isinstance(app.screen, Written), pilot)
        assert "Geschreven:" in text_of(app)
        assert sorted(one.name for one in desk.iterdir()) == [f"{name}.html", f"{name}.md"]
        text = (desk / f"{name}.md").read_text("utf-8")
        assert ": samenvatting" in text and ANNA not in text
        await pilot.press("o", "2")
        await until(lambda: opened, pilot)
        assert opened == [(desk / f"{name}.{forms.value[1]}").as_uri()]
        monkeypatch.delenv("DISPLAY")
        monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
        if not has_windows(sys.platform, {}):
            await pilot.press("o", "1")
            await until(lambda: "geen scherm" in words(app), pilot)
        await pilot.press("escape")
        # The same file again: only after a yes.
        (desk / f"verslag-{ref.replace('/', '-')}.md").write_text("van mij", "utf-8")
        await pilot.press("w")
        await until(lambda: isinstance(app.screen, ExportReport), pilot)
        await pilot.press("tab", "p", "space", "m", "space")
        await until(lambda: app.screen.query_one("#path", Input).value.endswith(".md"), pilot)
        await pilot.press("ctrl+s")
        await until(lambda: "Vervangen?" in text_of(app), pilot)
        await pilot.press("n")
        await until(lambda: "Er is niets geschreven" in text_of(app), pilot)
        assert (desk / f"verslag-{ref.replace('/', '-')}.md").read_text("utf-8") == "van mij"
        await pilot.press("m", "space", "ctrl+s")
        await until(lambda: "Er is geen vorm gekozen" in text_of(app), pilot)
        await pilot.press("m", "space", "ctrl+s")
        await until(lambda: "Vervangen?" in text_of(app), pilot)
        await pilot.press("j")
        await until(lambda: isinstance(app.screen, Written), pilot)
        assert ANNA in (desk / f"verslag-{ref.replace('/', '-')}.md").read_text("utf-8")


async def test_all_reports_of_an_organisation_and_data_of_them(kijker: Kijker, desk: Path) -> None:
    garden = kijker.garden
    with garden.open() as ws:
        garden.story(ws)
        for year in range(2027, 2031):
            ws.start("tuin", SLUG, day=date(year, 11, 22), people=(Assessor(ANNA), Assessor(BOB)))
    folder = desk / f"verslagen-{SLUG}"
    async with kijker.app((80, 24)) as (app, pilot):
        await app.push_screen(OrganisationScreen(await app.workspace(), SLUG))
        await until(lambda: app.screen.found is not None, pilot)  # type: ignore[attr-defined]
        await pilot.press("w")
        await until(lambda: isinstance(app.screen, ManyReports), pilot)
        await pilot.pause()
        await pilot.press("tab", "tab", "tab", "p", "space", "m", "space", "ctrl+s")
        await until(lambda: isinstance(app.screen, Written), pilot)
        assert "5 bestanden gemaakt" in words(app)
        assert len(list(folder.iterdir())) == 5
        await pilot.press("escape", "w")
        await until(lambda: isinstance(app.screen, ManyReports), pilot)
        await pilot.press("tab", "tab", "tab", "p", "space", "m", "space", "tab", "right")
        await pilot.click("#ok")
        await until(lambda: isinstance(app.screen, Written), pilot)
        assert "1 bestand stond er al" in words(app) and "Weggelaten" in words(app)
        # the data
        await pilot.press("escape", "x")
        await until(lambda: isinstance(app.screen, ExportData), pilot)
        await pilot.press("tab", "tab", "right", "right")
        path = desk / f"gegevens-{SLUG}.json"
        await until(lambda: app.screen.query_one("#path", Input).value == str(path), pilot)
        await pilot.press("ctrl+s")
        await until(lambda: isinstance(app.screen, Written), pilot)
        assert "5 metingen" in words(app)
        assert json.loads(path.read_text("utf-8"))
        await pilot.press("escape", "x")
        await until(lambda: isinstance(app.screen, ExportData), pilot)
        await pilot.press("tab", "tab", "right", "right", "tab", "right", "ctrl+s")
        await until(lambda: "Een kleine groep" in words(app), pilot)
        await pilot.press("n")
        await until(lambda: isinstance(app.screen, ExportData), pilot)
        assert not (desk / "gegevens-zonder-namen.json").exists()
        await pilot.press("ctrl+s")
        await until(lambda: "Een kleine groep" in words(app), pilot)
        await pilot.press("j")
        await until((desk / "gegevens-zonder-namen.json").exists, pilot)


async def test_what_is_private_goes_along_only_when_asked_for_oneself(kas: Kijker, desk: Path) -> None:
    with kas.garden.open() as ws:
        ref = greenhouse(kas).filled(ws)
    path = desk / f"verslag-{ref.replace('/', '-')}.md"
    async with kas.measurement(ref, "verslag", who="s1", size=(80, 24)) as (app, pilot):
        await until(lambda: app.screen.query_one(ReportPane).is_ready, pilot)
        for reader in ([], ["tab", "tab", "right"]):
            await pilot.press("w")
            await until(lambda: isinstance(app.screen, ExportReport) and app.screen.query("#reader"), pilot)
            await pilot.press("tab", "p", "space", "m", "space", *reader)
            await until(lambda: app.screen.query_one("#path", Input).value == str(path), pilot)
            await pilot.press("ctrl+s")
            await until(lambda: isinstance(app.screen, Written), pilot)
            assert (SECRET in path.read_text("utf-8")) is bool(reader)
            path.unlink()
            await pilot.press("escape")


async def test_work_that_takes_long_is_stopped_by_a_key(kijker: Kijker) -> None:
    ended: list[str] = []

    def work(progress: Progress, stopped: Stopped) -> str:
        progress(3, 40)
        while not stopped():
            time.sleep(0.01)
        return "gestopt bij 3"

    async with kijker.app((80, 24)) as (app, pilot):

        async def ask() -> None:
            ended.append(await with_progress(app, "Verslagen maken", work))

        begin(app, ask)
        await until(lambda: "3 van 40" in text_of(app), pilot)
        await pilot.press("escape")
        await until(lambda: ended, pilot)
        assert ended == ["gestopt bij 3"]


def test_what_came_of_it_is_told() -> None:
    left = tuple((f"tuin/{number}", "Op slot.") for number in range(20))
    made = ReportsMade(written=("/a/b.pdf",), there=("/a/oud.pdf",), old=("/a/oud.pdf",), left=left, cancelled=True)
    told_of = told(made, Path("/a")).plain
    for words_of in ("1 bestand gemaakt in /a", "1 bestand stond er al", "U stopte", "- oud.pdf", "tuin/3: Op slot."):
        assert words_of in told_of
    assert "tuin/15" not in told_of and "… en nog 8" in told_of


def test_a_file_is_opened_only_where_a_window_can_be() -> None:
    assert has_windows("darwin", {}) and has_windows("win32", {})
    assert has_windows("linux", {"WAYLAND_DISPLAY": "wayland-0"}) and has_windows("linux", {"DISPLAY": ":0"})
    assert not has_windows("linux", {"DISPLAY": ""})
