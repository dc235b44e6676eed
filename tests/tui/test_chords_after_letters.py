"""A chord never overtakes the letters before it, however fast the keys come in."""

from __future__ import annotations

from tests.tui.conftest import Kijker, until
from tests.workspace.conftest import APART, texts_of
from textual import events
from textual.binding import Binding

from kwartier.tui.widgets.typing_fields import NoteArea

LETTERS = "Alles ineens"


async def test_a_chord_finds_every_letter_that_came_before_it(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        kijker.garden.begin(ws)
    async with kijker.measurement(APART, "toelichting") as (app, pilot):
        area = app.screen.query(NoteArea).first()
        area.focus()
        await pilot.pause()
        found: list[tuple[str, str]] = []
        app.action_look = lambda: found.append((area.text, app.screen.keeper.state))  # type: ignore[attr-defined]
        app._bindings.key_to_bindings["ctrl+b"] = [Binding("ctrl+b", "look", priority=True)]
        for letter in LETTERS:
            app.post_message(events.Key(letter if letter != " " else "space", letter))
        app.post_message(events.Key("ctrl+b", None))
        await until(lambda: found, pilot)
        assert found == [(LETTERS, "… bewaren")]


async def test_letters_and_the_end_of_the_app_in_one_go_are_kept(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        kijker.garden.begin(ws)
    async with kijker.measurement(APART, "toelichting") as (app, pilot):
        app.screen.query(NoteArea).first().focus()
        await pilot.pause()
        for letter in "Kort":
            app.post_message(events.Key(letter, letter))
        app.post_message(events.Key("ctrl+q", None))
        await until(lambda: app.return_code is not None, pilot)
    assert app.return_code == 0
    assert "Kort" in texts_of(kijker.workspace()).values()
