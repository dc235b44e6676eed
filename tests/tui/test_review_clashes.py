"""Clashes that change, end or come while something else is open: nothing is chosen that nobody saw."""

from __future__ import annotations

import pytest
from tests.tui.conftest import Kijker, text_of, told, until

from kwartier.errors import Refused
from kwartier.records.files import NotesFile
from kwartier.tui.app import KwartierApp
from kwartier.tui.screens.clashes import ClashScreen
from kwartier.tui.screens.dialogs import Ask
from kwartier.tui.screens.measurement import MeasurementScreen
from kwartier.tui.screens.who import WhoScreen


def opened(app: KwartierApp) -> MeasurementScreen:
    """The measurement that is open."""
    assert isinstance(app.screen, MeasurementScreen)
    return app.screen


def looks(screen: MeasurementScreen) -> bool:
    """Looks at the disk, as happens every two seconds."""
    screen.keeper.look()
    return True


@pytest.fixture(autouse=True)
def seldom(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is only looked at the disk when the test says so."""
    monkeypatch.setattr("kwartier.tui.keeping.LOOK_EVERY", 3600)


async def test_a_clash_that_ended_by_itself_is_closed_by_whatever_is_pressed(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        ref = kijker.garden.begin(ws)
    async with kijker.measurement(ref, "toelichting") as (app, pilot):
        screen = app.screen
        assert isinstance(screen, MeasurementScreen)
        told(kijker, ref, "Van de ander.")
        await pilot.press(*"Van mij.")
        await until(lambda: isinstance(app.screen, ClashScreen) and "Van de ander." in text_of(app), pilot)
        told(kijker, ref, "Van mij.")
        await until(lambda: looks(screen) and not screen.desk.clashes(), pilot)
        await pilot.click("#take")
        await until(lambda: app.screen is screen, pilot)
        await until(lambda: "✓ bewaard" in text_of(app), pilot)


async def test_a_text_that_changed_since_it_was_shown_is_shown_before_it_is_chosen_over(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        ref = kijker.garden.begin(ws)
    file = kijker.garden.folder(ref) / "toelichting.toml"
    async with kijker.measurement(ref, "toelichting") as (app, pilot):
        screen = app.screen
        assert isinstance(screen, MeasurementScreen)
        told(kijker, ref, "Van de ander.")
        await pilot.press(*"Van mij.")
        await until(lambda: isinstance(app.screen, ClashScreen) and "Van de ander." in text_of(app), pilot)
        told(kijker, ref, "Veel beter gezegd.")
        await until(lambda: looks(screen) and "Veel" in str(screen.desk.clashes()[0].theirs), pilot)
        await pilot.click("#keep")
        await until(lambda: "Veel beter gezegd." in text_of(app), pilot)
        assert isinstance(app.screen, ClashScreen)
        assert "Veel beter" in file.read_text("utf-8")
        await until(lambda: not app.screen.query_one("#keep").has_class("-active"), pilot)  # takes no click till then
        await pilot.click("#keep")
        await until(lambda: "Van mij." in file.read_text("utf-8"), pilot)


async def test_a_clash_waits_for_a_rest_and_no_enter_chooses(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        ref = kijker.garden.begin(ws)
    async with kijker.measurement(ref, "toelichting") as (app, pilot):
        screen = opened(app)
        told(kijker, ref, "Van de ander.")
        for letter in "Van mij en nog veel meer":
            await pilot.press("space" if letter == " " else letter)
            await pilot.pause(0.1)
            assert not isinstance(app.screen, ClashScreen)
        await until(lambda: isinstance(app.screen, ClashScreen) and "nog veel meer" in text_of(app), pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, ClashScreen)
        assert screen.desk.clashes()


async def test_a_clash_that_came_under_a_dialog_is_shown_when_that_closes(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        ref = kijker.garden.begin(ws)
    async with kijker.measurement(ref, "toelichting") as (app, pilot):
        screen = app.screen
        assert isinstance(screen, MeasurementScreen)
        told(kijker, ref, "Van de ander.")
        await pilot.press(*"Van mij.")
        app.push_screen(Ask("Iets anders"))
        await until(lambda: bool(screen.desk.clashes()), pilot)
        await until(lambda: not screen.keeper._writing and not screen.keeper._looking, pilot)
        assert not isinstance(app.screen, ClashScreen)
        await pilot.press("escape")
        await until(lambda: isinstance(app.screen, ClashScreen) and "Van de ander." in text_of(app), pilot)


async def test_what_is_typed_goes_to_the_one_who_typed_it_when_somebody_else_sits_down(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        ref = kijker.garden.begin(ws)
    async with kijker.measurement(ref, "gesprek", who="a1") as (app, pilot):
        screen = app.screen
        assert isinstance(screen, MeasurementScreen)
        await pilot.press(*"Van Anna")
        pane = screen.pane
        assert pane is not None
        save_now = screen.keeper.save_now

        def typed_after() -> list[object]:
            errors = save_now()
            app.call_next(lambda: pane.query_one("#note").insert("!"))  # type: ignore[attr-defined]
            return list(errors)

        screen.keeper.save_now = typed_after  # type: ignore[method-assign,assignment]
        await screen.change_viewer("a2")
        await pilot.pause()
        screen.keeper.save()
        await until(lambda: not screen.keeper._writing, pilot)
        folder = kijker.garden.folder(ref)
        assert "Van Anna" in (folder / "gesprek.a1.toml").read_text("utf-8")
        assert not (folder / "gesprek.a2.toml").exists()


async def test_a_measurement_that_lay_under_another_does_not_come_back_as_the_one_before(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        ref = kijker.garden.begin(ws)
    async with kijker.measurement(ref, "gesprek", who="a1") as (app, pilot):
        await pilot.press(*"Geheim van Anna")
        await app.open_measurement(ref, "gesprek")
        await pilot.pause()
        above = app.screen
        assert isinstance(above, MeasurementScreen)
        await above.change_viewer("a2")
        above.close()
        await until(lambda: app.screen is not above, pilot)
        below = app.screen
        assert isinstance(below, MeasurementScreen)
        await until(lambda: below.desk.viewer == "a2", pilot)
        await until(lambda: below.pane is not None and "Bob" in text_of(app), pilot)


async def test_a_text_that_was_not_collected_yet_is_saved_at_the_end(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        ref = kijker.garden.begin(ws)
    async with kijker.measurement(ref, "toelichting") as (app, _):
        screen = app.screen
        assert isinstance(screen, MeasurementScreen) and screen.pane is not None
        area = screen.pane.query_one("#text")
        with screen.prevent(*(type(area).Changed,)):  # type: ignore[attr-defined]
            area.insert("Nog op weg.")  # type: ignore[attr-defined]
        assert screen.save_now() == []
        kept = screen.desk.record.read("toelichting", NotesFile).explanation
        assert [row.text for row in kept] == ["Nog op weg."]


async def test_whoever_sits_down_does_not_see_what_the_one_before_could_not_save(
    kijker: Kijker, monkeypatch: pytest.MonkeyPatch
) -> None:
    with kijker.garden.open() as ws:
        ref = kijker.garden.begin(ws)
        kijker.garden.prepare(ws, ref)
    async with kijker.measurement(ref, "scoren", who="a1") as (app, pilot):
        screen = opened(app)

        def refuses(*_: object, **__: object) -> None:
            raise Refused("test", "Dat kan nu niet.")

        await pilot.press("o")
        monkeypatch.setattr(screen.desk, "give", refuses)  # before typing: what is typed is taken in at any moment
        await pilot.press(*"geheim", "ctrl+r", "2")
        await until(lambda: isinstance(app.screen, WhoScreen) and "Dat kan nu niet." in text_of(app), pilot)
        assert "geheim" not in text_of(app)
        await pilot.press("1")
        await until(lambda: app.screen is screen and "geheim" in text_of(app), pilot)
        assert screen.desk.viewer == "a1"


async def test_what_one_person_copied_is_not_pasted_by_the_next(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        ref = kijker.garden.begin(ws)
        kijker.garden.prepare(ws, ref)
    async with kijker.measurement(ref, "scoren", who="a1") as (app, pilot):
        await pilot.press("o", *"geheim", "ctrl+a", "ctrl+x")
        assert app.clipboard == "geheim"
        await opened(app).change_viewer("a2")
        await pilot.press("o", "ctrl+v")
        await pilot.pause()
        assert "geheim" not in text_of(app)
