"""Dates have a calendar everywhere, nothing typed is thrown away unasked, and what is pasted is cleaned."""

from __future__ import annotations

from tests.tui.conftest import Kijker, text_of, until
from tests.workspace.conftest import SLUG
from textual import events
from textual.widgets import Input, TextArea

from kwartier.tui.screens.ask_day import AskDay
from kwartier.tui.screens.calendar import CalendarScreen
from kwartier.tui.screens.dialogs import Ask, Confirm
from kwartier.tui.screens.new_measurement import NewMeasurement
from kwartier.tui.screens.new_organisation import NewOrganisation
from kwartier.tui.screens.organisation import OrganisationScreen
from kwartier.tui.screens.start import StartScreen


async def test_the_day_of_the_consensus_is_chosen_in_a_calendar(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        ref = kijker.garden.begin(ws)
        kijker.garden.prepare(ws, ref)
        kijker.garden.score(ws, ref)
    file = kijker.garden.folder(ref) / "eens-worden.toml"
    async with kijker.measurement(ref, "eens-worden", who="a1", size=(80, 24)) as (app, pilot):
        await pilot.press("d")
        await until(lambda: isinstance(app.screen, AskDay) and isinstance(app.focused, Input), pilot)
        await pilot.press("down")
        await until(lambda: isinstance(app.screen, CalendarScreen), pilot)
        await pilot.press("left", "enter")
        await until(lambda: isinstance(app.screen, AskDay), pilot)
        chosen = app.screen.query_one("#text", Input).value
        await pilot.press("enter")
        await until(file.exists, pilot)
        day = kijker.garden.tree(file)["date"]
        assert f"{day.day}-{day.month}-{day.year}" == chosen


async def test_what_is_no_day_is_told_in_the_dialog(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        today = ws.today
    async with kijker.app((80, 24)) as (app, pilot):
        app.push_screen(AskDay("Wanneer?", None, today))
        await until(lambda: isinstance(app.focused, Input), pilot)
        await pilot.press("enter")
        assert isinstance(app.screen, AskDay)
        await pilot.press(*"morgne", "enter")
        assert isinstance(app.screen, AskDay)
        await until(lambda: "geen datum" in text_of(app).lower() or "datum" in text_of(app), pilot)


async def test_a_new_measurement_has_a_calendar_and_asks_before_throwing_away(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        kijker.garden.begin(ws)
    async with kijker.app((80, 24)) as (app, pilot):
        screen = OrganisationScreen(await app.workspace(), SLUG)
        await app.push_screen(screen)
        await until(lambda: screen.found is not None, pilot)
        await pilot.press("n")
        await until(lambda: isinstance(app.screen, NewMeasurement) and isinstance(app.focused, Input), pilot)
        form = app.screen
        await pilot.press("down")
        await until(lambda: isinstance(app.screen, CalendarScreen), pilot)
        await pilot.press("right", "enter")
        await until(lambda: app.screen is form, pilot)
        await pilot.press("escape")
        await until(lambda: isinstance(app.screen, Confirm) and "Weggooien" in text_of(app), pilot)
        await pilot.press("n")
        await until(lambda: app.screen is form, pilot)
        await pilot.press("escape")
        await until(lambda: isinstance(app.screen, Confirm), pilot)
        await pilot.press("j")
        await until(lambda: app.screen is screen, pilot)


async def test_an_untouched_form_closes_at_once(kijker: Kijker) -> None:
    async with kijker.app((80, 24)) as (app, pilot):
        app.push_screen(NewOrganisation())
        await until(lambda: isinstance(app.focused, Input), pilot)
        await pilot.press("escape")
        await until(lambda: isinstance(app.screen, StartScreen), pilot)
        app.push_screen(NewOrganisation())
        await until(lambda: isinstance(app.focused, Input), pilot)
        await pilot.press("x", "escape")
        await until(lambda: isinstance(app.screen, Confirm), pilot)


async def test_what_is_pasted_in_a_question_is_cleaned(kijker: Kijker) -> None:
    async with kijker.app((80, 24)) as (app, pilot):
        for lines in (False, True):
            dialog = Ask("Reden", lines=lines)
            app.push_screen(dialog)
            await until(lambda: isinstance(app.focused, Input | TextArea), pilot)
            assert app.focused is not None
            app.focused.post_message(events.Paste("rood \x1b[31mwoord\x07"))
            await until(lambda dialog=dialog: "woord" in _text(dialog), pilot)  # type: ignore[misc]
            assert "\x1b" not in _text(dialog) and "\x07" not in _text(dialog)
            await pilot.press("escape")


def _text(dialog: Ask) -> str:
    field = dialog.query_one("#text")
    return field.text if isinstance(field, TextArea) else str(getattr(field, "value", ""))
