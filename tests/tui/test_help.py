"""The help: F1 and, outside a text, a question mark; what a screen is for, its keys, and all keys."""

from __future__ import annotations

import pytest
from tests.tui.conftest import Kijker, text_of, until
from tests.workspace.conftest import APART
from textual.widgets import Input, Static

from kwartier.tui.actions import ACTIONS, SCOPES, of
from kwartier.tui.app import KwartierApp
from kwartier.tui.screens.help import ABOUT, HelpScreen
from kwartier.tui.widgets.typing_fields import NoteArea


def headings(app: KwartierApp, which: str) -> list[str]:
    return [str(one.visual) for one in app.screen.query(f".group.{which}").results(Static)]


@pytest.mark.parametrize("key", ["f1", "question_mark"])
async def test_it_tells_what_the_screen_is_for_and_its_keys(kijker: Kijker, key: str) -> None:
    async with kijker.app((160, 45)) as (app, pilot):
        before = app.screen
        before.set_focus(None)
        await pilot.press(key)
        assert isinstance(app.screen, HelpScreen)
        assert headings(app, "here")[-1] == SCOPES["app"]
        text = text_of(app)
        for one in of("app"):
            assert one.title in text and one.help in text
        await pilot.press("escape")
        assert app.screen is before


async def test_a_question_mark_in_a_text_is_a_letter(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        kijker.garden.begin(ws)
    async with kijker.measurement(APART, "toelichting") as (app, pilot):
        area = app.screen.query(NoteArea).first()
        area.focus()
        await pilot.press("w", "question_mark")
        assert area.text == "w?"
        await pilot.press("f1")
        assert isinstance(app.screen, HelpScreen)
        await pilot.press("escape")
        await until(lambda: app.focused is area, pilot)
        assert area.text == "w?"


async def test_it_tells_of_the_step_that_is_open(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        kijker.garden.begin(ws)
    async with kijker.measurement(APART, "toelichting", size=(100, 60)) as (app, pilot):
        title = app.screen.pane.step.title  # type: ignore[attr-defined]
        await pilot.press("f1")
        text = text_of(app)
        assert title in text and ABOUT["measurement"][:30] in text
        assert SCOPES["measurement"] in headings(app, "here")
        assert headings(app, "here").index(SCOPES["measurement"]) < headings(app, "here").index(SCOPES["app"])


async def test_one_key_further_are_all_keys(kijker: Kijker) -> None:
    async with kijker.app((120, 36)) as (app, pilot):
        await pilot.press("f1", "a")
        shown = headings(app, "all")
        assert shown == [SCOPES[scope] for scope in dict.fromkeys(one.scope for one in ACTIONS)]
        assert all(one.display for one in app.screen.query(".all"))
        assert not any(one.display for one in app.screen.query(".here"))
        await pilot.press("a")
        assert not any(one.display for one in app.screen.query(".all"))
        await pilot.press("f1")
        assert all(one.display for one in app.screen.query(".all"))
        await pilot.press("escape")
        assert not isinstance(app.screen, HelpScreen)


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
async def test_it_wraps_and_scrolls(kijker: Kijker, size: tuple[int, int]) -> None:
    async with kijker.app(size) as (app, pilot):
        await pilot.press("f1", "a")
        box = app.screen.query_one("#help")
        assert box.max_scroll_x == 0 and box.max_scroll_y > 0
        await pilot.press("end")
        await until(lambda: box.scroll_y == box.max_scroll_y, pilot)
        assert "knippen en plakken" in text_of(app)


async def test_the_screens_around_the_work_have_help(kijker: Kijker) -> None:
    async with kijker.app() as (app, pilot):
        for scope in ("instruments", "settings"):
            await app.run_action(scope)
            await pilot.pause()
            await pilot.press("f1")
            assert ABOUT[scope][:40] in text_of(app)
            await pilot.press("escape", "escape")


async def test_it_opens_from_a_field_of_one_line_too(kijker: Kijker) -> None:
    async with kijker.app() as (app, pilot):
        await app.run_action("settings")
        await pilot.pause()
        field = app.screen.query_one("#data", Input)
        field.focus()
        await pilot.press("question_mark")
        assert field.value.endswith("?")
        await pilot.press("f1")
        assert isinstance(app.screen, HelpScreen)
