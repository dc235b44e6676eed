"""The list of instruments: how it is with each, and what to do where one does not work."""

from __future__ import annotations

from importlib.metadata import EntryPoint

import pytest
from tests.tui.conftest import Kijker, text_of, until
from textual.widgets import Static

from kwartier.plugins.host import Host
from kwartier.tui.app import KwartierApp
from kwartier.tui.screens.instruments import NONE
from kwartier.workspace import Workspace

BROKEN = EntryPoint("kapot", "dit_pakket_is_er_niet", "kwartier.instruments")


def detail(app: KwartierApp) -> str:
    return str(app.screen.query_one("#detail", Static).visual)


def with_host(kijker: Kijker, host: Host) -> Kijker:
    """The app on the same folder, with other instruments installed."""

    def workspace(folder: object = None) -> Workspace:
        with kijker.garden.open(host) as ws:
            return ws

    kijker.workspace = workspace  # type: ignore[method-assign]
    return kijker


async def test_it_tells_all_of_an_instrument(kijker: Kijker) -> None:
    async with kijker.app((120, 45)) as (app, pilot):
        await app.run_action("instruments")
        await until(lambda: "geopend" in text_of(app), pilot)
        (listing,) = kijker.workspace().instruments()
        header = listing.header
        assert header is not None
        told = detail(app)
        for part in (header.title, header.edition, header.publication.title, header.publication.rights, listing.id):
            assert part in told
        assert "1 van 1 te gebruiken" in text_of(app)
        await pilot.press("escape")
        assert not app.screen.query("#about")


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
async def test_a_broken_one_says_why_and_what_to_do(kijker: Kijker, size: tuple[int, int]) -> None:
    async with with_host(kijker, Host(points=[BROKEN])).app(size) as (app, pilot):
        await app.run_action("instruments")
        await until(lambda: "kapot" in text_of(app), pilot)
        listing = next(one for one in kijker.workspace().instruments() if one.id == "kapot")
        assert listing.reason and listing.advice
        await until(lambda: listing.reason in detail(app), pilot)
        assert listing.advice in detail(app) and "blijft leesbaar" in detail(app)
        assert "! " in text_of(app)


async def test_none_at_all_says_what_to_do(kijker: Kijker) -> None:
    async with with_host(kijker, kijker.garden.without_plugin()).app() as (app, pilot):
        await app.run_action("instruments")
        await until(lambda: detail(app) == NONE, pilot)


async def test_what_a_plugin_calls_itself_shows_as_it_is(kijker: Kijker) -> None:
    package = kijker.garden.packages / "monster_vreemd"
    package.mkdir(exist_ok=True)
    (package / "__init__.py").write_text("", "utf-8")
    kijker.garden.host()
    header = next(kijker.garden.packages.glob("monster_tuin_*/instrument.toml"))
    text = header.read_text("utf-8").replace('id = "tuin"', 'id = "vreemd"')
    title = next(line for line in text.splitlines() if line.startswith("title"))
    hostile = "[/b][@click=app.quit]x[/] 😀"
    (package / "instrument.toml").write_text(text.replace(title, f'title = "{hostile}"', 1), "utf-8")
    (package / "content.toml").write_bytes((header.parent / "content.toml").read_bytes())
    host = Host(points=[EntryPoint("vreemd", "monster_vreemd", "kwartier.instruments")])
    async with with_host(kijker, host).app((120, 45)) as (app, pilot):
        await app.run_action("instruments")
        await until(lambda: "van 1 te gebruiken" in text_of(app), pilot)
        assert "\x1b" not in text_of(app)
        assert "[/b][@click=app.quit]x[/]" in detail(app)
