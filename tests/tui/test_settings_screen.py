"""The settings: chosen on the screen, kept in a file, and never at the cost of a file that cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tui.conftest import Kijker, text_of, until
from textual.widgets import Input, RadioButton

from kwartier.tui import start
from kwartier.tui.app import KwartierApp
from kwartier.tui.screens.settings import SettingsScreen
from kwartier.tui.screens.start import StartScreen
from kwartier.workspace.settings import Settings, read, save, settings_file


async def opened(app: KwartierApp, pilot: object) -> SettingsScreen:
    await app.run_action("settings")
    await pilot.pause()  # type: ignore[attr-defined]
    assert isinstance(app.screen, SettingsScreen)
    return app.screen


@pytest.mark.parametrize("theme", ["licht", "contrast", "terminal"])
async def test_a_theme_is_worn_and_kept_at_once(kijker: Kijker, theme: str) -> None:
    async with kijker.app((80, 24)) as (app, pilot):
        screen = await opened(app, pilot)
        assert app.theme == "donker"
        button = next(one for one in screen.query(RadioButton) if one.name == theme)
        button.toggle()
        await until(lambda: app.theme == theme, pilot)
        assert read().theme == theme and "✓ bewaard" in text_of(app)
    async with kijker.app() as (app, _):
        assert app.theme == theme


async def test_a_theme_is_chosen_with_keys_alone(kijker: Kijker) -> None:
    async with kijker.app((80, 24)) as (app, pilot):
        await opened(app, pilot)
        await pilot.press("down", "enter")
        await until(lambda: app.theme == "licht", pilot)


async def test_minutes_are_kept_when_the_field_is_left(kijker: Kijker) -> None:
    async with kijker.app((80, 24)) as (app, pilot):
        screen = await opened(app, pilot)
        field = screen.query_one("#minutes", Input)
        field.focus()
        await pilot.press("9", "0", "tab")
        await until(lambda: settings_file().exists() and read().minutes == 90, pilot)
        field.focus()
        await pilot.press("backspace", "backspace", "escape")
        await until(lambda: read().minutes is None, pilot)
        assert not isinstance(app.screen, SettingsScreen)


@pytest.mark.parametrize("wrong", ["0", "1441", "-5"])
async def test_minutes_that_make_no_sense_are_told_and_not_kept(kijker: Kijker, wrong: str) -> None:
    async with kijker.app((80, 40)) as (app, pilot):
        screen = await opened(app, pilot)
        field = screen.query_one("#minutes", Input)
        field.focus()
        field.value = wrong
        await pilot.press("enter")
        await until(lambda: "Vul een heel getal in" in text_of(app), pilot)
        assert not settings_file().exists()


async def test_another_folder_is_opened_and_kept(kijker: Kijker, tmp_path: Path) -> None:
    other = tmp_path / "andere [map] é"
    async with kijker.app((100, 40)) as (app, pilot):
        app._opens = start.opened
        screen = await opened(app, pilot)
        field = screen.query_one("#data", Input)
        field.value = str(other)
        field.focus()
        await pilot.press("enter")
        await until(lambda: "Nieuw maken?" in text_of(app), pilot)
        assert not other.exists() and "andere [map]" in text_of(app)
        await pilot.press("j")
        await until(lambda: app.folder == other and isinstance(app.screen, StartScreen), pilot)
        assert read().data == str(other)
        assert other.is_dir()


async def test_a_folder_is_not_made_without_asking(kijker: Kijker, tmp_path: Path) -> None:
    async with kijker.app((100, 40)) as (app, pilot):
        screen = await opened(app, pilot)
        screen.query_one("#data", Input).value = str(tmp_path / "nieuw")
        await pilot.click("#open")
        await until(lambda: "Nieuw maken?" in text_of(app), pilot)
        await pilot.press("n")
        await pilot.pause()
        assert app.folder == kijker.garden.path and not settings_file().exists()


@pytest.mark.parametrize(
    ("typed", "told"),
    [("hier/ergens", "heel pad"), ("/bestaat/echt/niet", "moet staan"), ("{file}", "een bestand, geen map")],
)
async def test_a_wrong_folder_is_told_at_the_field(kijker: Kijker, tmp_path: Path, typed: str, told: str) -> None:
    (tmp_path / "bestand").write_text("", "utf-8")
    async with kijker.app((100, 40)) as (app, pilot):
        screen = await opened(app, pilot)
        screen.query_one("#data", Input).value = typed.format(file=tmp_path / "bestand")
        await pilot.click("#open")
        await until(lambda: told in text_of(app), pilot)
        assert not settings_file().exists() and app.folder == kijker.garden.path


async def test_a_file_that_cannot_be_read_is_told_with_its_line_and_never_written(kijker: Kijker) -> None:
    path = settings_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b'theme = "licht"\nminutes = [90\ndata = oei\n')
    before = path.read_bytes()
    async with kijker.app((100, 45)) as (app, pilot):
        assert app.theme == "donker"
        await until(lambda: "Let op" in text_of(app), pilot)
        screen = await opened(app, pilot)
        told = text_of(app).replace("\n", " ")
        assert "settings.toml:" in "".join(told.split()) and "niet bewaard" in told
        next(one for one in screen.query(RadioButton) if one.name == "contrast").toggle()
        await until(lambda: app.theme == "contrast", pilot)
        await pilot.press("escape")
    assert path.read_bytes() == before


async def test_settings_that_kwartier_does_not_know_stay(kijker: Kijker) -> None:
    save(Settings(minutes=60))
    settings_file().write_text('minutes = 60\nlater = "bewaren"\n', "utf-8")
    async with kijker.app((80, 24)) as (app, pilot):
        await opened(app, pilot)
        await pilot.press("down", "enter")
        await until(lambda: read().theme == "licht", pilot)
    assert 'later = "bewaren"' in settings_file().read_text("utf-8")
    assert read().minutes == 60
