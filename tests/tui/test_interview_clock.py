"""The clock of the interview: it is written as it runs, survives a crash, warns once, and never takes the focus."""

from __future__ import annotations

import os
from datetime import datetime, time, timedelta

from tests.tui.conftest import Kijker, text_of, until
from tests.workspace.conftest import NOW, Garden
from textual.pilot import Pilot
from textual.widgets import Input

from kwartier.records.files import InterviewFile, Session
from kwartier.tui.app import KwartierApp
from kwartier.tui.panes.interview import InterviewPane
from kwartier.tui.panes.interview_boxes import SessionsBox
from kwartier.tui.screens.dialogs import Choose
from kwartier.tui.widgets.raw_notes import RawNoteArea
from kwartier.workspace import settings

STEP = "gesprek"


def begun(kijker: Kijker, *sessions: dict[str, object]) -> str:
    """A record, perhaps with sessions."""
    with kijker.garden.open() as ws:
        ref = kijker.garden.begin(ws)
        if sessions:
            ws.change(ref, STEP, {"session": list(sessions)})
    return ref


def sessions(garden: Garden, ref: str) -> list[Session]:
    """The sessions on disk."""
    with garden.open() as ws:
        return list(ws.see(ref, viewer="a1").record.read(STEP, InterviewFile).session)


def saved_at(garden: Garden, ref: str, moment: datetime) -> None:
    """Has the files of the interview written at some moment."""
    for file in garden.folder(ref).glob(f"{STEP}*.toml"):
        os.utime(file, (moment.timestamp(), moment.timestamp()))


async def passes(app: KwartierApp, pilot: Pilot[int], garden: Garden, **time: int) -> None:
    """Lets time go by on the wall, and the clock tick."""
    garden.now += timedelta(**time)
    app.screen_stack[1].query_one(InterviewPane)._tick()
    await pilot.pause()


async def test_the_clock_runs_stops_and_adds_up(kijker: Kijker) -> None:
    ref = begun(kijker)
    garden = kijker.garden
    async with kijker.measurement(ref, STEP, who="a1", size=(80, 24)) as (app, pilot):
        await pilot.press("ctrl+k")
        await until(lambda: sessions(garden, ref), pilot)
        assert sessions(garden, ref)[0].start == time(16, 20)
        assert sessions(garden, ref)[0].end is None
        await pilot.press("x")
        await passes(app, pilot, garden, minutes=12)
        assert "▶ 0:12 van 1:00 · item 1 van 5" in text_of(app)
        assert "in 48 minuten · dit item 12 min" in text_of(app)
        await pilot.press("ctrl+k")
        await until(lambda: sessions(garden, ref)[0].end == time(16, 32), pilot)
        await passes(app, pilot, garden, minutes=30)
        assert "‖ 0:12 van 1:00" in text_of(app)
        await pilot.press("ctrl+k")
        await passes(app, pilot, garden, minutes=3)
        assert "▶ 0:15 van 1:00" in text_of(app)


async def test_it_warns_once_and_typing_goes_on(kijker: Kijker) -> None:
    ref = begun(kijker)
    async with kijker.measurement(ref, STEP, who="a1") as (app, pilot):
        await pilot.press("ctrl+k")
        await passes(app, pilot, kijker.garden, minutes=45)
        assert "Nog 15 minuten." in text_of(app)
        app.clear_notifications()
        await passes(app, pilot, kijker.garden, minutes=5)
        assert "Nog 10 minuten." not in text_of(app)
        await passes(app, pilot, kijker.garden, minutes=12)
        assert "De tijd is om." in text_of(app)
        assert isinstance(app.focused, RawNoteArea)
        await pilot.press("x")
        assert "Nog 5 items, 2 minuten over de tijd" in text_of(app) or "2 minuten over de tijd" in text_of(app)


async def test_the_first_letter_says_that_the_clock_stands_still(kijker: Kijker) -> None:
    ref = begun(kijker)
    async with kijker.measurement(ref, STEP, who="a1") as (app, pilot):
        assert "De klok loopt niet" not in text_of(app)
        await pilot.press("x")
        await pilot.pause()
        assert "De klok loopt niet. ctrl+k start haar." in text_of(app)
        assert isinstance(app.focused, RawNoteArea)


async def test_the_budget_of_the_user_goes_before_that_of_the_instrument(kijker: Kijker) -> None:
    ref = begun(kijker)
    settings.save(settings.Settings(minutes=90))
    async with kijker.measurement(ref, STEP, who="a1") as (app, _):
        assert "0:00 van 1:30" in text_of(app)


async def test_a_clock_that_a_crash_left_running_is_stopped_at_the_last_save(kijker: Kijker) -> None:
    ref = begun(kijker, {"date": NOW.date(), "start": "15:00"})
    saved_at(kijker.garden, ref, NOW - timedelta(minutes=35))
    async with kijker.measurement(ref, STEP, who="a1", size=(80, 24)) as (app, pilot):
        await until(lambda: isinstance(app.screen, Choose), pilot)
        assert "Laten doorlopen" in text_of(app)
        await pilot.press("2")
        await until(lambda: sessions(kijker.garden, ref)[0].end == time(15, 45), pilot)
        assert "‖ 0:45 van 1:00" in text_of(app)
        assert isinstance(app.focused, RawNoteArea)


async def test_a_clock_that_may_still_run_is_left_alone(kijker: Kijker) -> None:
    ref = begun(kijker, {"date": NOW.date(), "start": "16:00"})
    saved_at(kijker.garden, ref, NOW - timedelta(minutes=1))
    async with kijker.measurement(ref, STEP, who="a1") as (app, pilot):
        await pilot.pause()
        assert not isinstance(app.screen, Choose)
        assert "▶ 0:20 van 1:00" in text_of(app)


async def test_a_clock_of_days_ago_counts_no_longer_and_is_asked_about(kijker: Kijker) -> None:
    ref = begun(kijker, {"date": "22-11-2026", "start": "10:00"})
    saved_at(kijker.garden, ref, NOW.replace(day=22, hour=11, minute=30))
    async with kijker.measurement(ref, STEP, who="a1") as (app, pilot):
        await until(lambda: isinstance(app.screen, Choose), pilot)
        assert "Laten doorlopen" not in text_of(app)
        await pilot.press("1")
        await until(lambda: sessions(kijker.garden, ref)[0].end == time(11, 30), pilot)


async def test_sessions_are_corrected_added_and_taken_away(kijker: Kijker) -> None:
    ref = begun(kijker, {"date": NOW.date(), "start": "14:00", "end": "15:00"})
    async with kijker.measurement(ref, STEP, who="a1", size=(80, 24)) as (app, pilot):
        interview = app.screen_stack[1].query_one(InterviewPane)
        interview.call_later(interview.action_sessions)
        await until(lambda: "25-11-2026 · 14:00 – 15:00 · 1:00" in text_of(app), pilot)
        assert isinstance(app.screen, SessionsBox)
        app.screen.query_one("#end", Input).value = "kwart over"
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "geen tijd" in text_of(app)
        app.screen.query_one("#end", Input).value = "15.15"
        app.screen.query_one("#date", Input).value = "24-11-2026"
        await pilot.press("ctrl+s")
        await until(lambda: sessions(kijker.garden, ref)[0].end == time(15, 15), pilot)
        await pilot.press("down")
        await pilot.pause()
        app.screen.query_one("#date", Input).value = "25-11-2026"
        app.screen.query_one("#minutes", Input).value = "20"
        await pilot.press("ctrl+s")
        await until(lambda: len(sessions(kijker.garden, ref)) == 2, pilot)
        assert "Samen 1:35." in text_of(app)
        await pilot.click("#remove")
        await until(lambda: len(sessions(kijker.garden, ref)) == 1, pilot)
        await pilot.press("escape")
        await pilot.press("ctrl+z")
        await until(lambda: len(sessions(kijker.garden, ref)) == 2, pilot)
