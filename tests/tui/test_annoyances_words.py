"""Words and room: nothing cut beside empty cells, hits counted, names without codes, what chose the folder."""

from __future__ import annotations

import pytest
from tests.tui.conftest import Kijker, text_of, until
from tests.workspace.conftest import SLUG, Garden
from textual.widgets import Input

from kwartier.tui.panes.score_rows import lines_of
from kwartier.tui.panes.score_texts import below
from kwartier.tui.screens.compare import CompareScreen
from kwartier.tui.screens.organisation import OrganisationScreen
from kwartier.tui.screens.who import named
from kwartier.tui.widgets.organisation_table import OrganisationTable
from kwartier.workspace import Assessor


def _agreed(garden: Garden) -> str:
    with garden.open() as ws:
        return garden.story(ws)


async def test_the_report_says_how_many_hits_there_are_and_goes_both_ways(kijker: Kijker) -> None:
    ref = _agreed(kijker.garden)
    async with kijker.measurement(ref, "verslag", who="a1", size=(80, 24)) as (app, pilot):
        pane = app.screen.pane  # type: ignore[attr-defined]
        await until(lambda: pane.is_ready, pilot)
        await pilot.press("slash")
        await until(lambda: isinstance(app.focused, Input), pilot)
        await pilot.press(*"tuin", "enter")
        await until(lambda: " van " in text_of(app).splitlines()[-2], pilot)
        bar = text_of(app).splitlines()[-2]
        of = int(bar.split(" van ")[1].split()[0])
        assert of > 1
        here = int(bar.split(" van ")[0].split()[-1])
        await pilot.press("n")
        following = here % of + 1
        await until(lambda: f"{following} van {of}" in text_of(app), pilot)
        await pilot.press("N")
        await until(lambda: f"{here} van {of}" in text_of(app), pilot)
        await pilot.press("escape")
        await until(lambda: f"van {of}" not in text_of(app).splitlines()[-2], pilot)


async def test_with_one_other_measurement_the_comparison_opens_at_once(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        kijker.garden.story(ws)
        people = (Assessor("Anna Appel"), Assessor("Bob Bes"))
        ws.start("tuin", SLUG, day=ws.today.replace(year=ws.today.year + 1), people=people)
    async with kijker.app((80, 24)) as (app, pilot):
        await until(lambda: "De Hoop" in text_of(app), pilot)
        await pilot.press("ctrl+e")
        await until(lambda: isinstance(app.screen, CompareScreen), pilot)


def test_a_code_stands_only_where_two_have_the_same_name(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        slug = ws.add_organisation("Twee Anna's")
        ref = ws.start("tuin", slug, day=ws.today, people=(Assessor("Anna Appel"), Assessor("Bob Bes")))
        desk = ws.desk(ref, viewer=None)
        assert named(desk, ["a1", "a2"]) == [("a1", "Anna Appel"), ("a2", "Bob Bes")]
        assert named(desk, ["a1", "a1"]) == [("a1", "Anna Appel (a1)"), ("a1", "Anna Appel (a1)")]


@pytest.mark.parametrize("width", [80, 104, 160])
def test_a_column_is_not_cut_beside_empty_cells(width: int) -> None:
    table = OrganisationTable()
    for name, following in ((16, 40), (40, 16), (60, 60), (5, 5)):
        table._longest = (name, following)
        wide = table._widths(width)
        assert sum(wide) == width - 2
        cut = [have < need for have, need in ((wide[0], name + 2), (wide[3], following + 2))]
        spare = [have > need for have, need in ((wide[0], name + 2), (wide[3], following + 2))]
        assert not (cut[0] and spare[1]) and not (cut[1] and spare[0])


@pytest.mark.parametrize("named_there", [True, False])
async def test_the_settings_say_what_chose_the_folder(
    kijker: Kijker, named_there: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KWARTIER_DATA", str(kijker.garden.path))
    async with kijker.app((100, 40)) as (app, pilot):
        app.named = named_there
        await app.action_settings()
        await until(lambda: "bij het starten gekozen met" in " ".join(text_of(app).split()), pilot)
        assert ("met --data" in text_of(app)) is named_there
        assert ("met KWARTIER_DATA" in text_of(app)) is not named_there


async def test_equal_scores_are_only_to_be_confirmed(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        ref = kijker.garden.begin(ws)
        kijker.garden.prepare(ws, ref)
        kijker.garden.score(ws, ref)
    async with kijker.measurement(ref, "eens-worden", who="a1", size=(80, 24)) as (app, pilot):
        await until(lambda: " te bespreken, " in text_of(app) and " te bevestigen" in text_of(app), pilot)
        await pilot.press("g")
        await until(lambda: " te bevestigen" not in text_of(app).splitlines()[0], pilot)
        assert " te bespreken" in text_of(app).splitlines()[0]


async def test_the_same_word_for_correcting_an_organisation(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        kijker.garden.begin(ws)
    async with kijker.app((120, 30)) as (app, pilot):
        screen = OrganisationScreen(await app.workspace(), SLUG)
        await app.push_screen(screen)
        await until(lambda: screen.found is not None and "(e gegevens)" in text_of(app), pilot)


def test_texts_below_the_scores_fill_the_lines_there_are(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        ref = kijker.garden.begin(ws)
        desk = ws.desk(ref, viewer="a1")
    line = lines_of(desk.content)[0]
    said = [("toelichting", "woord " * 400)]
    for lines in (8, 14, 20):
        content = below(line, None, said, 78, alone=True, lines=lines)
        drawn = sum(-(-len(one) // 78) for one in content.plain.split("\n"))
        assert lines - 1 <= drawn <= lines
