"""Raw notes on the screen: what is due stands there, is destroyed once that is meant, or is kept until another day."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

from tests.tui.conftest import Kijker, text_of, until
from textual.pilot import Pilot
from textual.widgets import Input

from kwartier.records.tree import Tree
from kwartier.tui.app import KwartierApp
from kwartier.tui.palette import Palette
from kwartier.tui.screens.dialogs import Choose, Confirm
from kwartier.tui.screens.form_dialog import FormDialog
from kwartier.tui.screens.measurement import MeasurementScreen
from kwartier.tui.widgets.agenda_list import AgendaList, key_of

LATER = datetime(2027, 3, 1, 10, 0, tzinfo=timezone(timedelta(hours=1)))


def story(kijker: Kijker) -> str:
    """A whole record, of which the raw notes should be gone by now."""
    with kijker.garden.open() as ws:
        ref = kijker.garden.begin(ws)
        kijker.garden.prepare(ws, ref)
        ws.change(ref, "gesprek", {"note": [{"text": "Van Bob.", "item": "1"}]}, person="a2")
        kijker.garden.score(ws, ref)
        kijker.garden.finish(ws, ref)
    kijker.garden.now = LATER
    return ref


def notes(kijker: Kijker, ref: str, code: str) -> Tree:
    return kijker.garden.tree(kijker.garden.folder(ref) / f"gesprek.{code}.toml")


async def by_palette(app: KwartierApp, pilot: Pilot[int], words: str) -> None:
    """Does what the palette finds by these words."""
    await pilot.press("ctrl+p")
    await until(lambda: isinstance(app.screen, Palette), pilot)
    await pilot.press(*words)
    await until(lambda: words in text_of(app).casefold().split("opdracht", 1)[-1], pilot)
    await pilot.press("down", "enter")
    await until(lambda: not isinstance(app.screen, Palette), pilot)


async def test_what_is_due_is_destroyed_from_the_agenda_by_who_is_nobody_in_particular(kijker: Kijker) -> None:
    ref = story(kijker)
    with kijker.garden.open() as ws:
        ws.overview()
    async with kijker.app((80, 24)) as (app, pilot):
        await until(lambda: app.screen.query_one(AgendaList).count() > 1, pilot)
        await pilot.press("a")
        await until(lambda: "ruwe aantekeningen" in text_of(app), pilot)
        app.screen.query_one(AgendaList).choose(key_of(ref, "gesprek", "ruwe aantekeningen vernietigen"))
        await pilot.press("enter")
        await until(lambda: isinstance(app.screen, Choose), pilot)
        await pilot.press("3")
        await until(lambda: "moeten vernietigd zijn" in text_of(app), pilot)
        assert "Anna Appel" in text_of(app) and "de pomp lekt" not in text_of(app)
        await pilot.click("#destroy")
        await until(lambda: isinstance(app.screen, Choose), pilot)
        await pilot.press("1")
        await until(lambda: isinstance(app.screen, Confirm), pilot)
        assert "niet ongedaan te maken" in text_of(app)
        await pilot.press("n")
        await until(lambda: isinstance(app.screen, MeasurementScreen), pilot)
        assert "note" in notes(kijker, ref, "a1")
        await pilot.click("#destroy")
        await until(lambda: isinstance(app.screen, Choose), pilot)
        await pilot.press("1", "j")
        await until(lambda: "destroyed" in notes(kijker, ref, "a1"), pilot)
        assert "note" not in notes(kijker, ref, "a1") and "note" in notes(kijker, ref, "a2")
        await until(lambda: "Bob Biet op" in text_of(app) and "Anna Appel op" not in text_of(app), pilot)


async def test_kept_until_another_day_by_the_palette(kijker: Kijker) -> None:
    ref = story(kijker)
    async with kijker.measurement(ref, "gesprek", who="a1") as (app, pilot):
        await until(lambda: "moeten vernietigd zijn" in text_of(app), pilot)
        await by_palette(app, pilot, "bewaren tot")
        await until(lambda: isinstance(app.screen, Choose), pilot)
        await pilot.press("1")
        await until(lambda: isinstance(app.screen, FormDialog), pilot)
        app.screen.query_one(Input).value = "31 juni"
        await pilot.press("ctrl+s")
        await until(lambda: "is geen datum" in text_of(app), pilot)
        app.screen.query_one(Input).value = "1-9-2027"
        await pilot.press("ctrl+s")
        await until(lambda: str(notes(kijker, ref, "a1").get("destroy")) == "2027-09-01", pilot)
        await until(lambda: "Bob Biet op" in text_of(app) and "Anna Appel op" not in text_of(app), pilot)


async def test_what_was_typed_just_now_goes_too_and_nothing_can_be_added(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        ref = kijker.garden.begin(ws)
    async with kijker.measurement(ref, "gesprek", who="a1", size=(80, 24)) as (app, pilot):
        assert "moeten vernietigd zijn" not in text_of(app)
        await pilot.press(*"Geheim")
        await by_palette(app, pilot, "vernietigen")
        await until(lambda: isinstance(app.screen, Confirm), pilot)
        await pilot.press("j")
        await until(lambda: "destroyed" in notes(kijker, ref, "a1"), pilot)
        assert "note" not in notes(kijker, ref, "a1")
        await until(lambda: "zijn vernietigd op" in text_of(app), pilot)


async def test_where_there_are_none_it_says_so(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        ref = kijker.garden.begin(ws)
    async with kijker.measurement(ref, "gesprek", who="a1") as (app, pilot):
        await by_palette(app, pilot, "vernietigen")
        await until(lambda: "geen ruwe aantekeningen" in "".join(one.message for one in app._notifications), pilot)
