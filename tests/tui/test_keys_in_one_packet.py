"""Keys that arrive together, as over a slow line: each goes where it was meant to go."""

from __future__ import annotations

from tests.tui.conftest import Kijker, until
from textual import events
from textual.app import App
from textual.widgets import Input

from kwartier.tui.app import KwartierApp


def at_once(app: App[int], *keys: str) -> None:
    """Hands the app all of these keys before it handles the first."""
    for key in keys:
        app.post_message(events.Key(key, key if len(key) == 1 else None))


async def test_what_follows_a_tab_lands_in_the_next_field(kijker: Kijker) -> None:
    with kijker.garden.open() as ws:
        ws.add_organisation("De Hoop")
    async with kijker.app() as (app, pilot):
        assert isinstance(app, KwartierApp)
        await until(lambda: app.screen.focused is not None, pilot)
        await pilot.press("n")
        await until(lambda: isinstance(app.screen.focused, Input), pilot)
        at_once(app, *"Oever", "tab", *"ggz", "tab", *"12", "shift+tab", *"ribw")
        inputs = app.screen.query(Input)
        await until(lambda: [one.value for one in inputs][:3] == ["Oever", "ribw", "12"], pilot)
