"""The start screen: what is there, found, sorted and opened, from the first paint on."""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest
from tests.tui.conftest import PATIENCE, Kijker, text_of, until
from tests.workspace.conftest import ANNA, BOB, DAY, Garden, answers
from textual.pilot import Pilot
from textual.widgets import Input, Static

from kwartier.tui.app import KwartierApp
from kwartier.tui.screens.measurement import MeasurementScreen
from kwartier.tui.screens.organisation import OrganisationScreen
from kwartier.tui.screens.start import StartScreen
from kwartier.tui.screens.student_files import TakePortfolio
from kwartier.tui.widgets.lines import Lines
from kwartier.tui.widgets.organisation_table import OrganisationTable
from kwartier.workspace import Assessor, Workspace
from kwartier.workspace.overview import OrganisationLine

HOSTILE = (
    "[/b]",
    "[@click=app.quit]weg",
    "[red]rood[/red] [/]",
    "\x1b]52;c;aGFsbG8=\x07\x1b[2J",
    "👩‍👩‍👧 tuin 🌷",
    "\u202egnirutsnev",
    "عربي من اليمين",
    "naam\nover\ntwee regels",
    "lang " + "x" * 10_000,
)


def start_of(app: KwartierApp) -> StartScreen:
    assert isinstance(app.screen, StartScreen)
    return app.screen


def names(app: KwartierApp) -> list[str]:
    """The names in the table, in order, with their indentation."""
    table = start_of(app).table
    return [table.row(place, 100)[1].text for place in range(table.count())]


async def checked(app: KwartierApp, pilot: Pilot[int], number: int) -> None:
    """Waits until so many organisations are shown and the disk was looked at."""
    await until(lambda: start_of(app).table.total == number, pilot)
    await until(lambda: "nagekeken" not in text_of(app), pilot)


async def test_organisations_with_parts_and_what_is_to_be_done(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        kijker.garden.story(ws)
        ws.add_organisation("Anders", kind="ggz")
        ws.add_organisation("Noord", part_of="tuinvereniging-de-hoop")
    kijker.garden.now += timedelta(days=120)
    async with kijker.app((160, 45)) as (app, pilot):
        await checked(app, pilot, 3)
        assert names(app) == ["Anders", "Tuinvereniging De Hoop", "  Noord"]
        told = text_of(app)
        assert "3 organisaties · do 25 mrt 2027" in told
        assert "Naam ↑" in told and "Tuinmeter nov" in told and "! 2" in told
        assert "Te laat" in told and "actiepunt 1 klaar – Carla Courgette" in told and "22 nov" in told
    async with kijker.app((80, 24)) as (app, pilot):
        await checked(app, pilot, 3)
        assert "Anders" in text_of(app) and "actiepunt 1 klaar – Carla" not in text_of(app)
        await pilot.press("a")
        await until(lambda: "actiepunt 1 klaar – Carla" in text_of(app), pilot)
        assert "Anders" not in text_of(app)
        await pilot.press("escape")
        await until(lambda: "Anders" in text_of(app), pilot)


async def test_searching_filters_at_once_and_escape_shows_all(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        for name in ("Zuiderlicht", "Oever", "Café Één"):
            ws.add_organisation(name, kind="ggz" if name == "Oever" else "ribw")
    async with kijker.app((80, 24)) as (app, pilot):
        await checked(app, pilot, 3)
        await pilot.press("slash", *"een")
        await until(lambda: names(app) == ["Café Één"], pilot)
        await pilot.press("backspace", "backspace", "backspace", *"GGZ")
        await until(lambda: names(app) == ["Oever"], pilot)
        await pilot.press("x")
        await until(lambda: not names(app) and "Niets gevonden" in text_of(app), pilot)
        await pilot.press("escape")
        await until(lambda: len(names(app)) == 3, pilot)
        assert start_of(app).focused is start_of(app).table
        await pilot.press("slash", *"oev", "enter", "enter")
        await until(lambda: isinstance(app.screen, OrganisationScreen), pilot)
        assert app.screen.slug == "oever"  # type: ignore[attr-defined]


async def test_sorting_by_key_and_by_clicking_a_heading(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        kijker.garden.story(ws)
        ws.add_organisation("Aaa", kind="zzz")
        ws.add_organisation("Bbb", kind="aaa", part_of="aaa")
    async with kijker.app((160, 45)) as (app, pilot):
        await checked(app, pilot, 3)
        await pilot.press("s")
        assert names(app) == ["Bbb · Aaa", "Tuinvereniging De Hoop", "Aaa"]
        assert "Soort ↑" in text_of(app)
        await pilot.press("s")
        assert names(app)[0] == "Tuinvereniging De Hoop" and "Laatste ↓" in text_of(app)
        await pilot.click(OrganisationTable, offset=(3, 0))
        await until(lambda: names(app) == ["Aaa", "  Bbb", "Tuinvereniging De Hoop"], pilot)
        await pilot.click(OrganisationTable, offset=(3, 0))
        await until(lambda: names(app) == ["Tuinvereniging De Hoop", "Bbb · Aaa", "Aaa"], pilot)
        assert "Naam ↓" in text_of(app)
        await pilot.click(OrganisationTable, offset=(3, 3))
        await until(lambda: isinstance(app.screen, OrganisationScreen), pilot)


async def test_what_is_pointed_at_searched_and_sorted_stays_when_the_disk_changes(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        for name in ("Berg", "Dal", "Duin", "Zee"):
            ws.add_organisation(name)
    async with kijker.app((80, 24)) as (app, pilot):
        await checked(app, pilot, 4)
        await pilot.press("S", "slash", *"d", "enter", "down")
        assert names(app) == ["Duin", "Dal"]
        with kijker.garden.open() as ws:
            ws.add_organisation("Drift")
            ws.add_organisation("Aarde")
        await pilot.press("r")
        await checked(app, pilot, 6)
        table = start_of(app).table
        assert names(app) == ["Duin", "Drift", "Dal", "Aarde"] and table.chosen and table.chosen.name == "Dal"
        assert start_of(app).query_one(Input).value == "d"


async def test_agenda_opens_the_measurement_at_its_step(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        ref = kijker.garden.begin(ws)
        kijker.garden.prepare(ws, ref)
        ws.change(ref, "scoren", answers((4, 3, 2, 5, 1)), person="a1")
    async with kijker.app((120, 36)) as (app, pilot):
        await checked(app, pilot, 1)
        await until(lambda: f"{BOB}: score" in text_of(app), pilot)
        assert "Wacht op" in text_of(app) and "Te laat" in text_of(app)
        agenda = start_of(app).agenda
        await pilot.press("a")
        agenda.choose(next(key for key in keys_of(agenda) if "sleutel" in key))
        await pilot.press("enter")
        await until(lambda: isinstance(app.screen, MeasurementScreen), pilot)
        screen = app.screen
        assert isinstance(screen, MeasurementScreen)
        await until(lambda: screen.pane is not None, pilot)
        assert screen.pane is not None and screen.pane.step.id == "voorbereiden"


def keys_of(lines: Lines) -> list[str]:
    """What can be opened in a list."""
    return [getattr(one, "key", "") for one in lines._rows if getattr(one, "key", "")]  # type: ignore[attr-defined]


async def test_keys_work_while_the_folder_is_still_being_opened(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        ws.add_organisation("Een")
        ws.add_organisation("Twee")
        ws.overview()
    opened = Event()

    def slowly(folder: Path) -> Workspace:
        opened.wait(PATIENCE)
        return kijker.workspace()

    app = KwartierApp(kijker.garden.path, opens=slowly)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await until(lambda: "Twee" in text_of(app) and "nagekeken" in text_of(app), pilot)
        await pilot.press("down", "enter")
        await until(lambda: "bezig" in text_of(app), pilot)
        await pilot.press("up")
        assert start_of(app).table.chosen and start_of(app).table.chosen.slug == "een"  # type: ignore[union-attr]
        opened.set()
        await until(lambda: isinstance(app.screen, OrganisationScreen), pilot)
        assert app.screen.slug == "twee"  # type: ignore[attr-defined]


async def test_empty_folder_says_what_can_be_done_and_where_the_data_stand(kijker: Kijker) -> None:
    async with kijker.app((80, 24)) as (app, pilot):
        await until(lambda: "nog geen organisaties" in text_of(app), pilot)
        assert "demo" in text_of(app) and "Instellingen" in text_of(app)
        assert "".join(kijker.garden.path.name.split()) in "".join(text_of(app).split())
        await pilot.press("t")
        await until(lambda: isinstance(app.screen, TakePortfolio), pilot)
        await pilot.press("escape")
        await until(lambda: isinstance(app.screen, StartScreen), pilot)
        await pilot.press("enter", *"De eerste", "tab", *"ribw", "ctrl+s")
        await until(lambda: isinstance(app.screen, OrganisationScreen), pilot)
        file = kijker.garden.path / "organisations" / "de-eerste" / "organisation.toml"
        assert kijker.garden.tree(file)["kind"] == "ribw"
        await pilot.press("escape")
        await until(lambda: isinstance(app.screen, StartScreen) and names(app) == ["De eerste"], pilot)
        assert "nog geen organisaties" not in text_of(app)
        await until(lambda: start_of(app).focused is start_of(app).table, pilot)


async def test_a_refused_organisation_keeps_what_was_typed(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        ws.add_organisation("Kwadrant")
    async with kijker.app((80, 24)) as (app, pilot):
        await checked(app, pilot, 1)
        await pilot.press("n", "ctrl+s")
        await until(lambda: "Geef de organisatie een naam" in text_of(app), pilot)
        await pilot.press(*"Kwadrant", "tab", *"ggz", "tab", *"veel", "ctrl+s")
        await until(lambda: "heel getal" in text_of(app), pilot)
        await pilot.press(*("backspace",) * 4, "ctrl+s")
        await until(lambda: "bestaat al" in text_of(app), pilot)
        assert [field.value for field in app.screen.query(Input)][:3] == ["Kwadrant", "ggz", ""]
        await pilot.press("escape")
        await until(lambda: "Weggooien wat u typte?" in text_of(app), pilot)
        await pilot.press("j")
        await until(lambda: isinstance(app.screen, StartScreen), pilot)
        assert len(list((kijker.garden.path / "organisations").iterdir())) == 1


async def test_demo_is_opened_and_left_again(kijker: Kijker, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    async with kijker.app((100, 30)) as (app, pilot):
        await until(lambda: "nog geen organisaties" in text_of(app), pilot)
        demo = kijker.garden.beside("demo")
        with demo.open() as ws:
            demo.begin(ws, "Verzonnen")
        app._opens = lambda folder: kijker.workspace() if folder == kijker.garden.path else opened(demo)
        await app.open_folder(demo.path)
        await until(lambda: "Verzonnen" in text_of(app), pilot)
        await app.open_folder(app.home)
        await until(lambda: "nog geen organisaties" in text_of(app), pilot)
        assert "Verzonnen" not in text_of(app)


def opened(garden: Garden) -> Workspace:
    with garden.open() as ws:
        return ws


async def test_broken_files_are_rows_that_say_so(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        ref = kijker.garden.begin(ws)
        ws.add_organisation("Stuk")
    (kijker.garden.folder(ref) / "assessment.toml").write_text("dit is [geen", "utf-8")
    (kijker.garden.path / "organisations" / "stuk" / "organisation.toml").write_text("= =", "utf-8")
    async with kijker.app((160, 45)) as (app, pilot):
        await checked(app, pilot, 2)
        assert "1 van 1 metingen" in text_of(app) and names(app)[0] == "stuk"
        await pilot.press("enter")
        await until(lambda: isinstance(app.screen, OrganisationScreen), pilot)
        await until(lambda: "! " in text_of(app), pilot)
        await pilot.press("escape", "down", "enter")
        await until(lambda: "niet te lezen" in text_of(app), pilot)
        await pilot.press("home", "enter")
        await until(lambda: any("niet te lezen" in one.message for one in app._notifications), pilot)
        assert isinstance(app.screen, OrganisationScreen)


async def test_a_folder_of_a_newer_kwartier_is_told_in_words(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        ws.add_organisation("Een")
    marks = [one for one in kijker.garden.path.rglob("*.toml") if "organisations" not in one.parts]
    for one in marks:
        one.write_text(one.read_text("utf-8").replace("schema = 1", "schema = 99"), "utf-8")
    assert marks
    async with kijker.app((80, 24)) as (app, pilot):
        await until(lambda: "! Deze datamap is gemaakt door een nieuwere" in text_of(app), pilot)
        assert "Een" in text_of(app)
        await pilot.press("n", *"Nog een", "ctrl+s")
        await until(lambda: "nieuwere" in str(app.screen.query_one("#refusal", Static).render()), pilot)
        assert app.screen.query(Input).first().value == "Nog een"


async def test_conflict_copies_are_told(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        ref = kijker.garden.begin(ws)
    own = kijker.garden.folder(ref) / "assessment.toml"
    (own.parent / "assessment (conflicted copy 2026-11-23).toml").write_bytes(own.read_bytes())
    async with kijker.app((80, 24)) as (app, pilot):
        await until(lambda: "Breng ze samen" in text_of(app), pilot)


@pytest.mark.parametrize("size", [(80, 24), (160, 45)], ids=["small", "large"])
async def test_hostile_names_show_as_typed_and_harm_nothing(kijker: Kijker, size: tuple[int, int]) -> None:
    with kijker.garden.open() as ws:
        for number, name in enumerate(HOSTILE):
            slug = ws.add_organisation(f"Nummer {number}", kind="ribw")
            ref = ws.start("tuin", slug, day=DAY, people=(Assessor(ANNA), Assessor(BOB)))
            ws.change(ref, "scoren", answers((4, 3, 2, 5, 1)), person="a1")
            make_hostile(kijker, slug, name)
    async with kijker.app(size) as (app, pilot):
        await checked(app, pilot, len(HOSTILE))
        await pilot.press("a", "end", "home", "a", "slash", *"lang", "escape", "s", "s")
        for name in HOSTILE:
            app.tell(name, title=name)
        await pilot.pause()
        harmless(app)
        for one in list(start_of(app).table._rows):
            await app.push_screen(OrganisationScreen(await app.workspace(), one.slug))
            await until(lambda: "1 meting" in text_of(app), pilot)
            if len(one.name) < 30 and one.name.isascii() and one.name.isprintable():
                assert one.name in text_of(app)
            for key in ("e", "n", "p", "g"):
                await pilot.press(key)
                await pilot.pause()
                harmless(app)
                await pilot.press("escape")
            await until(lambda: isinstance(app.screen, OrganisationScreen), pilot)
            await pilot.press("escape")
            await until(lambda: isinstance(app.screen, StartScreen), pilot)


def make_hostile(kijker: Kijker, slug: str, name: str) -> None:
    """Gives an organisation and its people a name that kwartier itself would refuse."""
    folder = kijker.garden.path / "organisations" / slug
    own, people = folder / "organisation.toml", folder / "people.toml"
    kijker.garden.put(own, {**kijker.garden.tree(own), "name": name, "kind": name, "note": name})
    tree = kijker.garden.tree(people)
    kijker.garden.put(people, {**tree, "person": [{**row, "name": name} for row in tree["person"]]})


def harmless(app: KwartierApp) -> None:
    """Nothing on the screen acts on the terminal, and the app is still there."""
    assert not set(text_of(app)) & {"\x1b", "\x07", "\u202e"}
    assert app.is_running


async def test_a_thousand_organisations_are_shown_and_found_at_once(kijker: Kijker) -> None:
    lines = [
        OrganisationLine(f"o{n}", f"Organisatie {n:04}", "ribw", "", 0, "MIE mrt 26", "2026-03-01", "x", 0, 4, 0, "")
        for n in range(1000)
    ]
    async with kijker.app((160, 45)) as (app, pilot):
        await until(lambda: "nog geen organisaties" in text_of(app), pilot)
        screen = start_of(app)
        screen.remove_class("-empty")
        begin = time.process_time()
        screen.table.show(lines)
        screen.table.search("organisatie 09")
        screen.table.sort(3)
        assert screen.table.count() == 119
        screen.table.search("")
        assert time.process_time() - begin < 0.5
        screen.table.focus()
        await pilot.press("end")
        await until(lambda: "Organisatie 0999" in text_of(app), pilot)
        assert len(list(screen.table.walk_children())) == 0


async def test_leaving_while_the_disk_is_looked_at(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        kijker.garden.begin(ws)
    async with kijker.app((80, 24)) as (app, pilot):
        await pilot.press("enter", "ctrl+q")
    assert app.return_code == 0
