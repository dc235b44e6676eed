"""Organisations side by side: the figures, who is behind a row, names off, small groups, what is chosen, files."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.tui.conftest import Kijker, text_of, until
from tests.workspace.conftest import Garden, answers
from textual.widgets import Input

from kwartier.analysis.compared import ENTITLED
from kwartier.tui.screens.dialogs import Choose, Confirm
from kwartier.tui.screens.form_dialog import ChoiceField
from kwartier.tui.screens.organisations_compared import OrganisationsComparedScreen
from kwartier.tui.screens.organisations_compared_choice import WhichOrganisations
from kwartier.tui.screens.organisations_compared_export import ExportComparison
from kwartier.tui.screens.organisations_compared_told import ToldDialog
from kwartier.tui.widgets.document_view import DocumentView
from kwartier.tui.widgets.figure_lines import FigureLines
from kwartier.tui.widgets.view_tabs import ViewTabs
from kwartier.workspace import Workspace
from kwartier.workspace.comparing import Chosen

FIRST, SECOND = date(2025, 5, 1), date(2026, 5, 1)
SCORES = ((1, 1, 1, 1, 1), (2, 2, 2, 2, 2), (2, 2, 3, 3, 3), (3, 3, 3, 3, 3), (4, 4, 4, 4, 4), (5, 5, 5, 5, 5))
NAMES = ("Acacia", "Beukenhof", "Cederhout", "Dennenbos", "Eikenlaan", "Fluweelboom")

ROUNDS = """
[[parameter]]
id = "ronde"
title = "Welke ronde is dit?"
values = [1, 2]
moments = true

[[scale]]
id = "doel"
kind = "nominal"
options = [{ value = "A", title = "geen doel" }, { value = "B" }, { value = "C" }]

[[section]]
id = "C"
title = "Doelen"

[[section.item]]
id = "6"
title = "Doel voor de bodem"
scale = "doel"
statement = "Is het doel bereikt?"
when = { ronde = [2] }

[[published]]
source = "Het tuinboek"
when = { ronde = [1] }
of = 6
total = "2.9"
items = { 1 = "2.8", 2 = "2.5" }
"""


class Orchard(Kijker):
    """A garden with organisations that were measured."""

    def workspace(self, folder: Path | None = None) -> Workspace:
        """With an instrument of two rounds where `rounds` says so."""
        with self.garden.open(self.garden.host(self.content)) as ws:
            return ws

    content: Callable[[str], str] = staticmethod(lambda text: text)

    def plant(self, names: Sequence[str] = NAMES, scores: Sequence[Sequence[Any]] = SCORES) -> None:
        """Each organisation with a record."""
        with self.garden.open() as ws:
            for number, (name, own) in enumerate(zip(names, scores, strict=True)):
                slug = ws.add_organisation(name, kind="park" if number < 5 else "plein", clients=1000 * (number + 1))
                ws.take_over("tuin", slug, answers(tuple(own)), day=FIRST, source="Map")

    def rounds(self) -> None:
        """Each organisation with a begin and an end; what was printed of two of them does not follow."""
        self.content = lambda text: text + ROUNDS
        with self.garden.open(self.garden.host(self.content)) as ws:
            for name, begin in zip(NAMES, SCORES, strict=True):
                slug = ws.add_organisation(name)
                common = {"source": "Het tuinboek"}
                ws.take_over("tuin", slug, answers(begin), day=FIRST, parameters={"ronde": 1}, **common)
                end = answers(tuple(min(score + (name != "Dennenbos"), 5) for score in begin))
                end["answer"].append({"item": "6", "value": "A" if name < "D" else "C"})
                ref = ws.take_over("tuin", slug, end, day=SECOND, parameters={"ronde": 2}, **common)
                if name == "Eikenlaan":
                    self.change(self.garden.folder(ref) / "assessment.toml", lambda tree: tree["paper"], total="4.9")

    def change(self, path: Path, part: Callable[[Any], Any], **values: str) -> None:
        """Writes other values in a part of a file, as somebody with a text editor does."""
        tree = self.garden.tree(path)
        part(tree).update(values)
        self.garden.put(path, tree)

    @asynccontextmanager
    async def compared(self, size: tuple[int, int] = (80, 24), *, wait: bool = True, **chosen: Any) -> Any:
        """The app with the comparison open."""
        async with self.app(size) as (app, pilot):
            screen = OrganisationsComparedScreen(
                await app.workspace(), Chosen(instrument="tuin", **chosen), "Tuinmeter"
            )
            await app.push_screen(screen)
            if wait:
                await until(lambda: screen.compared is not None, pilot)
                await pilot.pause()
            yield screen, pilot


@pytest.fixture
def orchard(garden: Garden) -> Orchard:
    """Without organisations yet."""
    return Orchard(garden)


def said(screen: OrganisationsComparedScreen) -> str:
    """All that is on the screen, on one line."""
    return " ".join(text_of(screen.app).split())


def order(screen: OrganisationsComparedScreen, names: Sequence[str] = NAMES) -> list[str]:
    """The organisations from top to bottom."""
    lines = text_of(screen.app).splitlines()[5:]
    return [found[0] for line in lines if (found := [name for name in names if f" {name} " in line])][: len(names)]


# -- how it is opened


async def test_it_opens_from_the_start_screen_by_key_and_by_the_palette(orchard: Orchard) -> None:
    orchard.plant()
    async with orchard.app() as (app, pilot):
        await until(lambda: "Acacia" in text_of(app), pilot)
        await pilot.press("m")
        await until(lambda: isinstance(app.screen, OrganisationsComparedScreen), pilot)
        await until(lambda: "Fluweelboom" in text_of(app), pilot)
        assert "6 organisaties" in text_of(app)
        await pilot.press("escape")
        await pilot.pause()
        assert not isinstance(app.screen, OrganisationsComparedScreen)
        await pilot.press("ctrl+p")
        await pilot.pause()
        await pilot.press(*"organisaties verg")
        await until(lambda: "Organisaties vergelijken" in text_of(app), pilot)


async def test_from_an_organisation_it_is_ones_own(orchard: Orchard) -> None:
    orchard.plant()
    async with orchard.app() as (app, pilot):
        await until(lambda: "Acacia" in text_of(app), pilot)
        await pilot.press("down", "enter")
        await until(lambda: "Beukenhof" in text_of(app).splitlines()[0], pilot)
        await pilot.press("m")
        await until(lambda: "◆ Beukenhof" in text_of(app), pilot)
        assert isinstance(app.screen, OrganisationsComparedScreen)
        assert app.screen.chosen.own == "beukenhof"
        assert "◆ Beukenhof: 1 lager, 0 gelijk, 4 hoger." in text_of(app)
        assert "▸ ◆ Beukenhof" in text_of(app)


async def test_where_nothing_is_measured_it_says_so(orchard: Orchard) -> None:
    with orchard.garden.open() as ws:
        ws.add_organisation("Acacia")
    async with orchard.app() as (app, pilot):
        await until(lambda: "Acacia" in text_of(app), pilot)
        await pilot.press("m")
        await until(lambda: "nog geen volledige metingen" in text_of(app), pilot)


async def test_an_own_organisation_without_a_complete_record_is_not_marked(orchard: Orchard) -> None:
    orchard.plant()
    with orchard.garden.open() as ws:
        ws.add_organisation("Gouden regen")
    async with orchard.compared(own="gouden-regen") as (screen, _):
        assert screen.chosen.own == ""
        assert "zij is daarom" in said(screen)


# -- the figures


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
async def test_the_four_figures(orchard: Orchard, size: tuple[int, int]) -> None:
    orchard.rounds()
    async with orchard.compared(size, own="cederhout") as (screen, pilot):
        assert order(screen) == ["Fluweelboom", "Eikenlaan", "Dennenbos", "Cederhout", "Beukenhof", "Acacia"]
        assert "ronde 1. Niveaus: laag 2, midden 2, hoog 2." in said(screen)
        assert "Samen 2,9." in said(screen)
        await pilot.press("2")
        assert "Samen van 2,9 naar 3,6." in said(screen)
        ceder = next(line for line in text_of(screen.app).splitlines() if "◆ Cederhout" in line)
        assert "2,6" in ceder and "3,6" in ceder and ceder.index("○") < ceder.index("●")
        eik = next(line for line in text_of(screen.app).splitlines() if " Eikenlaan " in line)
        assert "! gedrukt 4,9" in eik
        await pilot.press("3")
        assert order(screen)[-2:] in (["Dennenbos", "Fluweelboom"], ["Fluweelboom", "Dennenbos"])
        assert "+1,0" in said(screen)
        await pilot.press("4")
        first = next(line for line in text_of(screen.app).splitlines() if line.startswith("▸"))
        assert "+0,7" in first and "│━" in first
        assert all(len(line) <= size[0] for line in text_of(screen.app).splitlines())


async def test_a_printed_mean_that_does_not_follow_stands_beside_the_computed_one(orchard: Orchard) -> None:
    orchard.rounds()
    async with orchard.compared() as (screen, pilot):
        await pilot.press("4")
        await until(lambda: "! een ander getal is gedrukt" in said(screen), pilot)
        lines: FigureLines = screen.lines
        while not lines.chosen.startswith("item:1"):
            await pilot.press("down")
        assert "2,7 !" in text_of(screen.app) or "2,8 !" in text_of(screen.app)
        assert "! Ronde 1: gedrukt staat 2,5." in said(screen)


async def test_without_begin_and_end_the_newest_are_shown_and_the_others_say_why(orchard: Orchard) -> None:
    orchard.plant()
    async with orchard.compared() as (screen, pilot):
        assert "nieuwste meting" in said(screen)
        assert "b begin" not in said(screen)
        await pilot.press("3")
        assert "Van geen enkele organisatie zijn er twee volledige metingen" in said(screen)


async def test_begin_or_newest(orchard: Orchard) -> None:
    orchard.rounds()
    async with orchard.compared((160, 45)) as (screen, pilot):
        assert "begin of nieuwste" in said(screen)
        await pilot.press("b")
        assert "nieuwste meting. Niveaus: laag 1, midden 3, hoog 2. Samen 3,6." in said(screen)
        await pilot.press("b")
        assert "Niveaus: laag 2, midden 2, hoog 2." in said(screen)


async def test_the_distribution_has_every_organisation_a_mark_and_enter_tells_who(orchard: Orchard) -> None:
    orchard.plant(scores=(*SCORES[:5], ("niet gezien", 5, 5, 5, 5)))
    async with orchard.compared(own="cederhout") as (screen, pilot):
        await pilot.press("5")
        lines = text_of(screen.app).splitlines()
        first = next(line for line in lines if line.startswith("▸   1 "))
        assert first.count("●") == 4 and first.count("◆") == 1
        assert first.split()[-5:] == ["1", "2", "4", "5", "1"]
        assert "5 met een score, 1 zonder. ◆ Cederhout 2: 1 lager, 1 gelijk, 2 hoger." in said(screen)
        await pilot.press("enter")
        assert isinstance(screen.app.screen, ToldDialog)
        told = screen.app.screen.query_one(DocumentView).text
        assert "2: 2 organisaties\n◆ Cederhout, Beukenhof" in told
        assert "geen score: 1 organisatie\nFluweelboom" in told
        await pilot.press("escape")
        await pilot.press("1", "enter")
        told = screen.app.screen.query_one(DocumentView).text
        assert "Per item de score" in told and "2  (2)  1." in told


async def test_answers_are_counted_and_stand_per_organisation(orchard: Orchard) -> None:
    orchard.rounds()
    async with orchard.compared() as (screen, pilot):
        await pilot.press("6")
        rows = text_of(screen.app).splitlines()
        counted = next(line for line in rows if line.startswith("▸   6 "))
        assert counted.split()[-4:] == ["3", "0", "3", "0"]
        assert "A (geen doel), B, C" in said(screen)
        assert next(line for line in rows if " Acacia " in line).split() == ["Acacia", "A"]
        await pilot.press("enter")
        told = screen.app.screen.query_one(DocumentView).text
        assert "C: 3 organisaties\nEikenlaan, Fluweelboom, Dennenbos" in told


async def test_the_account_says_how_it_was_made(orchard: Orchard) -> None:
    orchard.rounds()
    async with orchard.compared() as (screen, pilot):
        await pilot.press("7")
        await until(lambda: "Hoe de getallen gemaakt zijn" in screen.text.text, pilot)
        text = " ".join(screen.text.text.split())
        assert "Dit is geen ranglijst" in text and "Eikenlaan: de items geven" in text
        assert "gedrukt staat 2,5" in text
        assert "Laagste" not in text


async def test_by_mouse(orchard: Orchard) -> None:
    orchard.rounds()
    async with orchard.compared() as (screen, pilot):
        tabs = screen.query_one(ViewTabs)
        await pilot.click(ViewTabs, offset=(text_of(screen.app).splitlines()[1].index("5 Verdeling"), 0))
        assert "Verdeling per item" in said(screen)
        assert text_of(screen.app).splitlines()[tabs.region.y].count("▸5") == 1
        await pilot.click(FigureLines, offset=(8, 3))
        await until(lambda: isinstance(screen.app.screen, ToldDialog), pilot)
        await pilot.click("#close")
        await pilot.pause()
        assert screen.app.screen is screen


# -- names


async def test_names_off_leaks_no_name_anywhere(orchard: Orchard) -> None:
    orchard.rounds()
    async with orchard.compared(own="cederhout", group_by="kind", entitled=True) as (screen, pilot):
        assert "Acacia" in said(screen)
        await pilot.press("n")
        assert not [name for name in NAMES if name in said(screen)]  # at once, also before it was made
        await until(lambda: screen.compared is not None and not screen.compared.named, pilot)
        assert "zonder namen" in said(screen) and "◆ Uw organisatie" in said(screen)
        for keys in (*"12345678", "b", "enter", "ctrl+e", "w", "question_mark", "ctrl+p"):
            await pilot.press(*keys.split())
            await pilot.pause()
            for _ in range(3):
                shown = said(screen)
                assert not [name for name in NAMES if name.casefold() in shown.casefold()], keys
                await pilot.press("pagedown")
            if screen.app.screen is not screen:
                if keys == "ctrl+p":
                    await pilot.press(*"Beukenhof")
                    await pilot.pause(0.2)
                    assert "Ga naar Beuk" not in text_of(screen.app)
                await pilot.press("escape")
                await pilot.pause()
        await pilot.press("1", "n")
        await until(lambda: "Acacia" in said(screen), pilot)


async def test_who_is_behind_an_item_is_a_number_without_names(orchard: Orchard) -> None:
    orchard.plant()
    async with orchard.compared(names=False, own="cederhout") as (screen, pilot):
        await pilot.press("5", "enter")
        told = screen.app.screen.query_one(DocumentView).text
        assert "2: 2 organisaties\n◆ uw organisatie hoort hierbij" in told
        assert not [name for name in NAMES if name in told]


async def test_stopping_after_names_off_does_not_bring_them_back(orchard: Orchard) -> None:
    orchard.plant()
    async with orchard.compared() as (screen, pilot):
        app = screen.app
        await pilot.press("n", "escape")
        await pilot.pause()
        assert app.screen is not screen or (screen.hides_names and "Acacia" not in said(screen))


async def test_hostile_names_are_only_text(orchard: Orchard) -> None:
    hostile = (
        "[bold red]Acacia[/]",
        "Beukenhof\x1b[31m",
        "  Cederhout\N{RIGHT-TO-LEFT OVERRIDE}x",
        "Dennenbos " * 30,
        "[@click=app.quit]E",
        "東京の庭🌳" * 5,
    )
    orchard.plant()
    for slug, name in zip(NAMES, hostile, strict=True):
        path = orchard.garden.path / "organisations" / slug.casefold() / "organisation.toml"
        orchard.change(path, lambda tree: tree, name=name)
    async with orchard.compared(own="eikenlaan") as (screen, pilot):
        for key in "1357":
            await pilot.press(key)
            await pilot.pause()
            text = text_of(screen.app)
            assert "\x1b" not in text and "\N{RIGHT-TO-LEFT OVERRIDE}" not in text
        await pilot.press("1")
        assert "[bold red]Acacia[/]" in said(screen)
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("escape", "n")
        await until(lambda: screen.compared is not None and not screen.compared.named, pilot)


# -- small groups


async def test_a_small_group_is_shown_after_a_yes_and_says_so(orchard: Orchard) -> None:
    orchard.plant(NAMES[:3], SCORES[:3])
    async with orchard.compared(wait=False) as (screen, pilot):
        await until(lambda: "Deze groep telt 3 organisaties" in said(screen), pilot)
        assert isinstance(screen.app.screen, Confirm)
        assert "Acacia" not in said(screen) and "--" not in said(screen)
        assert "wordt gelezen" not in said(screen)
        await pilot.press("n")
        await pilot.pause()
        assert "Acacia" not in said(screen) and "kleiner dan 5" in said(screen)
        await pilot.press("r")
        await until(lambda: isinstance(screen.app.screen, Confirm), pilot)
        await pilot.press("j")
        await until(lambda: screen.compared is not None, pilot)
        for key in ("1", "5", "7"):
            await pilot.press(key)
            await pilot.pause()
            assert "bevestigd daartoe bevoegd te zijn" in said(screen), key
        assert ENTITLED.split()[0] in said(screen)


async def test_who_may_see_small_groups_says_so_in_what_is_chosen(orchard: Orchard) -> None:
    orchard.plant()
    async with orchard.compared(group_by="kind") as (screen, pilot):
        await pilot.press("8")
        assert "Park" in said(screen) and "Plein" not in said(screen)
        assert "Niet getoond: 1 organisatie" in said(screen)
        await pilot.press("ctrl+e")
        await until(lambda: isinstance(screen.app.screen, WhichOrganisations), pilot)
        screen.app.screen.query_one("#small", ChoiceField).take("yes")
        await pilot.press("ctrl+s")
        await until(lambda: screen.compared is not None and screen.compared.entitled, pilot)
        assert "Plein" in said(screen) and "bevoegd" in said(screen)


# -- what is chosen


async def test_what_is_compared_is_chosen_in_a_form(orchard: Orchard) -> None:
    orchard.plant()
    async with orchard.compared() as (screen, pilot):
        await pilot.press("ctrl+e")
        await until(lambda: isinstance(screen.app.screen, WhichOrganisations), pilot)
        await pilot.press("right")  # the first kind
        dialog = screen.app.screen
        dialog.query_one("#own", ChoiceField).take("dennenbos")
        await pilot.press("ctrl+s")
        await until(lambda: screen.compared is not None and len(screen.compared.rows) == 5, pilot)
        assert screen.chosen.kinds == ("park",)
        assert "◆ Dennenbos" in said(screen) and "Fluweelboom" not in said(screen)


async def test_the_moment_and_the_size_are_chosen(orchard: Orchard) -> None:
    orchard.rounds()
    async with orchard.compared() as (screen, pilot):
        await pilot.press("ctrl+e")
        await until(lambda: isinstance(screen.app.screen, WhichOrganisations), pilot)
        screen.app.screen.query_one("#parameter-ronde", ChoiceField).take("1")
        await pilot.press("ctrl+s")
        await until(lambda: screen.chosen.parameters == {"ronde": "1"} and screen.compared is not None, pilot)
        await pilot.press("b")
        await until(lambda: "Niveaus: laag 2, midden 2, hoog 2." in said(screen), pilot)
        await pilot.press("ctrl+e")
        await until(lambda: isinstance(screen.app.screen, WhichOrganisations), pilot)
        screen.app.screen.query_one("#size", ChoiceField).take("0")
        await pilot.press("ctrl+s")
        await until(lambda: "geen enkele volledige meting" in said(screen), pilot)
        assert "ctrl+e" in said(screen)


async def test_it_asks_which_instrument_where_there_are_more(orchard: Orchard) -> None:
    orchard.plant()
    for number, name in enumerate(NAMES, 1):
        home = orchard.garden.path / "organisations" / name.casefold()
        shutil.copytree(home / "tuin", home / "oud")
        path = home / "oud" / FIRST.isoformat() / "assessment.toml"
        orchard.change(path, lambda tree: tree, instrument="oud", id=f"01900000-0000-7000-8000-00000000000{number}")
    async with orchard.app() as (app, pilot):
        await until(lambda: "Acacia" in text_of(app), pilot)
        await pilot.press("m")
        await until(lambda: isinstance(app.screen, Choose), pilot)
        await until(lambda: "OUD (6 organisaties met een meting)" in text_of(app), pilot)
        await pilot.press("1")
        await until(lambda: isinstance(app.screen, OrganisationsComparedScreen) and "Acacia" in text_of(app), pilot)
        assert isinstance(app.screen, OrganisationsComparedScreen)
        screen: OrganisationsComparedScreen = app.screen
        assert screen.chosen.instrument == "oud"
        await pilot.press("n")
        await until(lambda: screen.compared is not None and not screen.compared.named, pilot)
        await pilot.press("i")
        await until(lambda: isinstance(app.screen, Choose), pilot)
        await pilot.press("2")
        await until(lambda: app.screen is screen and screen.compared is not None, pilot)
        assert screen.chosen == Chosen(instrument="tuin", names=False)
        assert "Acacia" not in said(screen)


# -- files


async def test_the_export_writes_the_file_and_replaces_none_without_a_yes(
    orchard: Orchard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    orchard.plant()
    async with orchard.compared() as (screen, pilot):
        await pilot.press("w")
        await until(lambda: isinstance(screen.app.screen, ExportComparison), pilot)
        dialog = screen.app.screen
        dialog.query_one("#form", ChoiceField).take("csv")
        dialog.query_one("#names", ChoiceField).take("no")
        proposed = tmp_path / "vergelijking-tuin-zonder-namen.csv"
        await until(lambda: dialog.query_one("#path", Input).value == str(proposed), pilot)
        await pilot.press("ctrl+s")
        await until(proposed.exists, pilot)
        await until(lambda: screen.app.screen is screen, pilot)
        table = proposed.read_text("utf-8-sig")
        assert len(table.splitlines()) == 7
        assert not [name for name in NAMES if name in table]
        assert "Acacia" in said(screen)

        report = tmp_path / "verslag.md"
        report.write_text("van iemand anders", "utf-8")
        await pilot.press("w")
        await until(lambda: isinstance(screen.app.screen, ExportComparison), pilot)
        dialog = screen.app.screen
        dialog.query_one("#path", Input).value = str(report)
        await pilot.press("ctrl+s")
        await until(lambda: isinstance(screen.app.screen, Confirm), pilot)
        await pilot.press("n")
        await until(lambda: "Er is niets geschreven" in said(screen), pilot)
        assert report.read_text("utf-8") == "van iemand anders"
        await pilot.press("ctrl+s")
        await until(lambda: isinstance(screen.app.screen, Confirm), pilot)
        await pilot.press("j")
        await until(lambda: screen.app.screen is screen, pilot)
        assert "Acacia" in report.read_text("utf-8")
        assert "verslag.md" in said(screen).replace("▌", "").replace(" ", "")  # a long path is wrapped


# -- reading


async def test_reading_can_be_stopped(orchard: Orchard, monkeypatch: pytest.MonkeyPatch) -> None:
    orchard.plant()
    stopped: list[bool] = []

    def slow(self: Workspace, chosen: Chosen, *, progress: Any, cancelled: Callable[[], bool]) -> None:
        import time

        progress(3, 6)
        deadline = time.monotonic() + 15
        while not cancelled() and time.monotonic() < deadline:
            time.sleep(0.01)
        stopped.append(cancelled())

    monkeypatch.setattr(Workspace, "compare_organisations", slow)
    async with orchard.compared((100, 30), wait=False) as (screen, pilot):
        app = screen.app
        await until(lambda: "3 van 6 (esc stopt)" in said(screen), pilot)
        await pilot.press("escape")
        await until(lambda: stopped == [True] and app.screen is not screen, pilot)
