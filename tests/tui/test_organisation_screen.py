"""The screen of an organisation: its measurements, action points and people, and beginning a measurement."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date, timedelta
from importlib.metadata import EntryPoint
from pathlib import Path

from tests.tui.conftest import Kijker, text_of, until
from tests.workspace.conftest import ANNA, BOB, CARLA, FIRST, SECOND, SLUG, Apart, Garden, answers, worded
from textual.pilot import Pilot
from textual.widgets import Input

from kwartier.plugins.host import Host
from kwartier.tui.app import KwartierApp
from kwartier.tui.screens.dialogs import Dialog
from kwartier.tui.screens.measurement import MeasurementScreen
from kwartier.tui.screens.new_measurement import InstrumentPick, NewMeasurement
from kwartier.tui.screens.organisation import OrganisationScreen
from kwartier.tui.screens.people_of import PeopleOfScreen
from kwartier.tui.screens.start import StartScreen
from kwartier.workspace import Assessor, Workspace


@asynccontextmanager
async def organisation(
    garden: Garden, slug: str = SLUG, *, host: Host | None = None, size: tuple[int, int] = (120, 36)
) -> AsyncIterator[tuple[KwartierApp, Pilot[int]]]:
    """The app with an organisation open, read and shown."""

    def opened(folder: Path) -> Workspace:
        with garden.open(host) as ws:
            return ws

    app = KwartierApp(garden.path, opens=opened)
    async with app.run_test(size=size, notifications=True) as pilot:
        await app.push_screen(OrganisationScreen(await app.workspace(), slug))
        await until(lambda: screen_of(app).found is not None, pilot)
        yield app, pilot


def screen_of(app: KwartierApp) -> OrganisationScreen:
    assert isinstance(app.screen, OrganisationScreen)
    return app.screen


def told(app: KwartierApp) -> str:
    """The messages that were shown."""
    return "\n".join(one.message for one in app._notifications)


def _at_start(app: KwartierApp) -> Callable[[], bool]:
    return lambda: isinstance(app.screen, StartScreen)


async def test_who_it_is_its_time_line_actions_and_agenda(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        ref = kijker.garden.story(ws)
        ws.start("tuin", SLUG, day=date(2027, 11, 22), people=(Assessor(ANNA), Assessor(BOB)), follows=ref)
        ws.add_organisation("Kasgroep", part_of=SLUG)
        ws.overview()
    for size in ((80, 24), (160, 45)):
        async with organisation(kijker.garden, size=size) as (app, pilot):
            text = text_of(app)
            assert "vereniging · 40 cliënten" in text and "Onderdelen: Kasgroep" in text
            assert text.index("22 nov 2026") < text.index("22 nov 2027")
            assert "definitief, gemiddeld 3,2" in text and "loopt; nu: voorbereiden" in text
            assert "Regenton kopen" in text and "klaar 1 mrt" in text and "2 metingen" in text
            await pilot.press("escape")
            await until(_at_start(app), pilot)


async def test_enter_opens_a_measurement_and_an_action_point_at_its_step(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        kijker.garden.story(ws)
    async with organisation(kijker.garden) as (app, pilot):
        await pilot.press("enter")
        await until(lambda: isinstance(app.screen, MeasurementScreen), pilot)
        app.screen.close()  # type: ignore[attr-defined]
        await until(lambda: isinstance(app.screen, OrganisationScreen), pilot)
        await pilot.press("tab", "home", "enter")
        await until(lambda: isinstance(app.screen, MeasurementScreen) and app.screen.pane is not None, pilot)
        assert app.screen.pane.step.id == "evalueren"  # type: ignore[attr-defined]


async def test_a_new_measurement_by_keys_alone(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        ref = kijker.garden.begin(ws)
    async with organisation(kijker.garden, size=(80, 24)) as (app, pilot):
        await pilot.press("n")
        await until(lambda: isinstance(app.screen, NewMeasurement), pilot)
        assert app.screen.query(Input).first().value == "25-11-2026"
        assert "Tuinkeurder 2" in text_of(app) and "22 nov 2026" in text_of(app)
        await pilot.press(*"30 februari", "tab", *"anna", "right", "tab", *"anna appel", "ctrl+s")
        await until(lambda: "is geen datum" in text_of(app), pilot)
        date_field = app.screen.query(Input).first()
        assert [one.value for one in app.screen.query(Input)][:3] == ["30 februari", ANNA, "anna appel"]
        date_field.focus()
        date_field.value = ""
        await pilot.press(*"28 nov 2026", "ctrl+s")
        await until(lambda: "twee keer" in text_of(app), pilot)
        app.screen.query(Input)[2].focus()
        app.screen.query(Input)[2].value = ""
        await pilot.press("ctrl+s")
        await until(lambda: "de norm" in text_of(app) and "Reden" in text_of(app), pilot)
        await pilot.press(*BOB, "ctrl+s")
        await until(lambda: isinstance(app.screen, MeasurementScreen), pilot)
    made = kijker.garden.tree(kijker.garden.folder(f"{SLUG}/tuin/2026-11-28") / "assessment.toml")
    assert [one["id"] for one in made["person"]] == ["a1", "a2"] and made["follows"] == ref


async def test_one_auditor_gives_a_reason_and_a_shadow_does_not_count(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        ws.add_organisation("Klein")
    async with organisation(kijker.garden, "klein", size=(80, 24)) as (app, pilot):
        assert "Nog geen metingen" in text_of(app)
        await pilot.press("enter")
        await until(lambda: isinstance(app.screen, NewMeasurement), pilot)
        await pilot.press("tab", *"Anna", "tab", "tab", *"Dina")
        await until(lambda: "Reden" in text_of(app), pilot)
        await pilot.press("tab", *"Te klein", "ctrl+s")
        await until(lambda: isinstance(app.screen, MeasurementScreen), pilot)
    made = kijker.garden.tree(kijker.garden.folder("klein/tuin/2026-11-25") / "assessment.toml")
    assert [one.get("shadow", False) for one in made["person"]] == [False, True]
    assert made["departure"][0]["reason"] == "Te klein"


async def test_instruments_that_cannot_be_used_are_there_with_the_reason(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        ws.add_organisation("Klein")
    good = kijker.garden.host()
    points = [EntryPoint("tuin", one.module, "kwartier.instruments") for one in good.listings()]
    host = Host(points=[*points, EntryPoint("kapot", "nergens_te_vinden", "kwartier.instruments")])
    async with organisation(kijker.garden, "klein", host=host) as (app, pilot):
        await pilot.press("n")
        await until(lambda: isinstance(app.screen, InstrumentPick), pilot)
        assert "kapot" in text_of(app) and "Tuinmeter" in text_of(app)
        await pilot.press("enter")
        await until(lambda: isinstance(app.screen, NewMeasurement), pilot)


async def test_a_record_of_a_missing_plugin_stays_readable_and_says_why(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        kijker.garden.story(ws)
    async with organisation(kijker.garden, host=kijker.garden.without_plugin()) as (app, pilot):
        assert "niet geïnstalleerd" in text_of(app) and "alleen lezen" in text_of(app)
        await pilot.press("enter")
        await until(lambda: isinstance(app.screen, MeasurementScreen), pilot)
        assert "blijft te lezen" in told(app)


async def test_who_it_is_is_corrected_in_place(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        ws.add_organisation("Klein", kind="ggz", clients=12, note="Oud")
        ws.add_organisation("Groot")
    async with organisation(kijker.garden, "klein") as (app, pilot):
        await pilot.press("e")
        await until(lambda: isinstance(app.screen, Dialog), pilot)
        clients = app.screen.query(Input)[2]
        clients.focus()
        clients.value = ""
        await until(lambda: len(app.screen.query_one("#part_of").options) == 2, pilot)  # type: ignore[attr-defined]
        await pilot.press("tab", "right", "ctrl+s")
        await until(lambda: isinstance(app.screen, OrganisationScreen) and "onderdeel van Groot" in text_of(app), pilot)
    tree = kijker.garden.tree(kijker.garden.path / "organisations" / "klein" / "organisation.toml")
    assert tree["part_of"] == "groot" and "clients" not in tree and tree["note"] == "Oud"


async def test_the_date_and_the_previous_measurement_are_corrected(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        ref = kijker.garden.begin(ws)
        later = ws.start("tuin", SLUG, day=date(2027, 1, 5), people=(Assessor(ANNA), Assessor(BOB)))
    async with organisation(kijker.garden) as (app, pilot):
        await pilot.press("v")
        await until(lambda: isinstance(app.screen, Dialog), pilot)
        await pilot.press(*"6-1-2027", "tab", "left", "ctrl+s")
        await until(lambda: isinstance(app.screen, OrganisationScreen) and "6 jan 2027" in text_of(app), pilot)
    tree = kijker.garden.tree(kijker.garden.folder(later) / "assessment.toml")
    assert tree["follows"] == ref and tree["date"] == date(2027, 1, 6)


async def test_names_are_corrected_and_erased_with_a_warning(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        kijker.garden.begin(ws)
    async with organisation(kijker.garden) as (app, pilot):
        await pilot.press("p")
        await until(lambda: isinstance(app.screen, PeopleOfScreen) and BOB in text_of(app), pilot)
        await pilot.press("home", "enter", "end", *"boom", "enter")
        await until(lambda: "Anna Appelboom" in text_of(app), pilot)
        await pilot.press("down", "w")
        await until(lambda: "niet ongedaan te maken" in text_of(app), pilot)
        await pilot.press("n")
        await until(lambda: isinstance(app.screen, PeopleOfScreen), pilot)
        with kijker.garden.open() as ws:
            assert ws.names(SLUG) == {"a1": "Anna Appelboom", "a2": BOB}
        await pilot.press("w", "j")
        await until(lambda: "gewist of zonder naam" in text_of(app), pilot)
        with kijker.garden.open() as ws:
            assert ws.names(SLUG)["a2"] == ""


async def test_an_auditor_joins_and_another_stops_with_a_reason(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        ref = kijker.garden.begin(ws)
        kijker.garden.prepare(ws, ref)
        ws.change(ref, "scoren", answers(FIRST), person="a1")
        ws.seal(ref, "a1")
    async with organisation(kijker.garden) as (app, pilot):
        await pilot.press("p")
        await until(lambda: isinstance(app.screen, PeopleOfScreen) and BOB in text_of(app), pilot)
        await pilot.press("j", *"Eva Erwt", "ctrl+s")
        await until(lambda: isinstance(app.screen, PeopleOfScreen) and "Eva Erwt" in text_of(app), pilot)
        await pilot.press("end", "x")
        await until(lambda: isinstance(app.screen, Dialog), pilot)
        await pilot.press("enter", *"Verhuisd", "enter")
        await until(lambda: isinstance(app.screen, PeopleOfScreen) and "gestopt op" in text_of(app), pilot)
        await pilot.press("up", "x", *"Ziek", "enter")
        await until(lambda: "liggen de scores" in text_of(app), pilot)
        await pilot.press("n")
    people = kijker.garden.tree(kijker.garden.folder(ref) / "assessment.toml")["person"]
    assert {one["id"]: one.get("reason", "") for one in people if "stopped" in one}.popitem()[1] == "Verhuisd"
    assert sum("stopped" in one for one in people) == 1


async def test_a_sheet_is_handed_over_and_taken_back(kijker: Kijker) -> None:
    apart = Apart(kijker.garden)
    with kijker.garden.open() as ws:
        apart.begin(ws)
        ws.seal(f"{SLUG}/tuin/2026-11-22", "a1")
    async with organisation(kijker.garden) as (app, pilot):
        await pilot.press("g")
        await until(lambda: "Voor wie" in text_of(app), pilot)
        await pilot.press("2")
        await until(lambda: "Bestand" in text_of(app), pilot)
        app.screen.query(Input).first().value = str(apart.file)
        await pilot.press("ctrl+s")
        await until(lambda: apart.file.is_file() and isinstance(app.screen, OrganisationScreen), pilot)
        apart.work(worded(i1="Van Bob."))
        apart.pack()
        with kijker.garden.open() as ws:
            ws.change(f"{SLUG}/tuin/2026-11-22", "toelichting", worded(i1="Van hier."))
        await pilot.press("t")
        await until(lambda: isinstance(app.screen, Dialog), pilot)
        await pilot.press("ctrl+s")
        await until(lambda: "Geef een bestand op" in text_of(app), pilot)
        app.screen.query(Input).first().value = str(apart.back)
        await pilot.press("ctrl+s")
        await until(lambda: "laatste blad" in text_of(app), pilot)
        await pilot.press("j")
        await until(lambda: "Van Bob." in text_of(app) and "Van hier." in text_of(app), pilot)
        await pilot.press("2")
        await until(lambda: isinstance(app.screen, OrganisationScreen), pilot)
        assert "naast elkaar" in told(app)
    assert kijker.garden.tree(kijker.garden.folder(f"{SLUG}/tuin/2026-11-22") / "scoren.a2.toml")["sealed"]
    with kijker.garden.open() as ws:
        rows = ws.see(f"{SLUG}/tuin/2026-11-22").record.shared["toelichting"]["explanation"]
        assert rows[0]["text"] == "Van Bob."
    assert SECOND


async def test_comparing_needs_two_measurements_and_puts_the_later_one_first(kijker: Kijker) -> None:
    from kwartier.tui.screens.compare import CompareScreen

    with kijker.garden.open() as ws:
        ref = kijker.garden.story(ws)
    async with organisation(kijker.garden) as (app, pilot):
        await pilot.press("ctrl+e")
        await until(lambda: "nog geen twee metingen" in told(app), pilot)
        kijker.garden.now += timedelta(days=365)
        with kijker.garden.open() as ws:
            later = ws.start("tuin", SLUG, day=date(2027, 11, 20), people=(Assessor(ANNA), Assessor(BOB)))
            kijker.garden.prepare(ws, later)
            kijker.garden.score(ws, later)
        screen_of(app).look()
        await until(lambda: "20 nov 2027" in text_of(app), pilot)
        await pilot.press("home", "ctrl+e", "1")
        await until(lambda: isinstance(app.screen, CompareScreen), pilot)
        assert isinstance(app.screen, CompareScreen) and app.screen.refs == (ref, later)


async def test_action_points_and_the_portrait_tell_only_what_all_may_see(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        ref = kijker.garden.story(ws)
        (one,) = ws.actions(SLUG)
        assert (one.ref, one.number, one.text, one.state, one.closed) == (ref, 1, "Regenton kopen", "loopt", False)
        assert one.due == date(2027, 3, 1) and one.step == "evalueren" and ws.names(SLUG)[one.who] == CARLA
        assert one.review == date(2027, 11, 22)
        ws.change(
            ref, "evalueren", {"review": [{"id": "e2", "action": "x1", "date": "2027-06-01", "state": "afgerond"}]}
        )
        (one,) = ws.actions(SLUG)
        assert one.closed and one.review is None
        second = ws.start("tuin", SLUG, day=date(2027, 12, 1), people=(Assessor(ANNA), Assessor(BOB)))
        ws.change(second, "scoren", answers((5, 5, 5, 5, 5), "geheim"), person="a1")
        assert "geheim" not in repr(ws.portrait(SLUG))
        assert [one.ref for one in ws.portrait(SLUG).summaries] == [ref, second]
