"""Messages: one at a time, not longer than they are read, out of the way, gone when one goes on."""

from __future__ import annotations

import pytest
from tests.tui.conftest import Kijker, text_of, until
from textual.widgets._toast import Toast

from kwartier.errors import Refused
from kwartier.tui import telling
from kwartier.tui.app import KwartierApp
from kwartier.tui.screens.settings import SettingsScreen


def _told(app: KwartierApp) -> list[str]:
    return [one.message for one in app._notifications]


async def test_a_new_message_replaces_the_one_before(kijker: Kijker) -> None:
    async with kijker.app((80, 24)) as (app, pilot):
        app.tell("Een.")
        app._told_at -= telling.TOGETHER
        app.tell("Twee.")
        assert _told(app) == ["Twee."]
        await until(lambda: "Twee." in text_of(app), pilot)
        assert "Een." not in text_of(app)


async def test_messages_of_one_deed_are_shown_together_and_once(kijker: Kijker) -> None:
    async with kijker.app((80, 24)) as (app, _):
        for text in ("Een.", "Twee.", "Twee."):
            app.tell(text)
        assert _told(app) == ["Een.\n\nTwee."]


async def test_how_long_it_stays(kijker: Kijker) -> None:
    async with kijker.app((80, 24)) as (app, _):
        app.tell("Kort.")
        (one,) = app._notifications
        assert one.timeout == 4
        app.untell()
        app.refuse(Refused("no", "Dat gaat niet."))
        (one,) = app._notifications
        assert one.timeout == 8
    assert telling.seconds("x" * 290, 4) == 12 < telling.seconds("x" * 10_000, 4) + 1 <= 13


async def test_escape_takes_it_away_and_does_its_work(kijker: Kijker) -> None:
    async with kijker.app((80, 24)) as (app, pilot):
        await app.action_settings()
        app.tell("Iets.")
        await until(lambda: "Iets." in text_of(app), pilot)
        await pilot.press("escape")
        await until(lambda: not isinstance(app.screen, SettingsScreen), pilot)
        assert _told(app) == []


async def test_it_does_not_stay_over_the_next_screen_but_for_that_moment(kijker: Kijker) -> None:
    async with kijker.app((80, 24)) as (app, pilot):
        app.tell("Van nu.")
        await app.action_settings()
        await until(lambda: "Van nu." in text_of(app), pilot)
        app._told_at -= telling.OF_THIS_MOMENT
        await pilot.press("escape")
        await until(lambda: _told(app) == [], pilot)


async def test_a_step_that_opens_takes_it_away(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        ref = kijker.garden.begin(ws)
    async with kijker.measurement(ref, "voorbereiden", size=(80, 24)) as (app, pilot):
        app.tell("Oud.")
        app._told_at -= telling.OF_THIS_MOMENT
        await pilot.press("ctrl+pagedown")
        await until(lambda: _told(app) == [], pilot)


@pytest.mark.parametrize("width", [80, 160])
async def test_it_stands_above_the_footer_and_is_no_larger_than_its_text(kijker: Kijker, width: int) -> None:
    async with kijker.app((width, 24)) as (app, pilot):
        app.tell("Dit is een bericht.", warning=True)
        await until(lambda: app.screen.query(Toast) and app.screen.query_one(Toast).region.height, pilot)
        here = app.screen.query_one(Toast).region
        assert here.bottom == 23 and here.height == 1 and here.width < 30
        assert "! Dit is een bericht." in text_of(app)
        app.tell("Dit is een lang bericht. " * 20)
        await until(lambda: app.screen.query_one(Toast).region.height > 3, pilot)
        assert app.screen.query_one(Toast).region.width <= max(78, width * 6 // 10)


async def test_that_the_clock_stands_still_is_over_when_it_starts(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        ref = kijker.garden.begin(ws)
    async with kijker.measurement(ref, "gesprek", who="a1", size=(80, 24)) as (app, pilot):
        await pilot.press("a")
        await until(lambda: any("De klok loopt niet" in one for one in _told(app)), pilot)
        await pilot.press("ctrl+k")
        await until(lambda: _told(app) == [], pilot)
