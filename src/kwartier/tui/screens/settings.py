"""What a user may choose: the data folder, the colours, the time for an interview. The workspace keeps it."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Button, Input, RadioButton, RadioSet, Static

from kwartier.errors import KwartierError, Misused
from kwartier.text import clean
from kwartier.tui.actions import bindings
from kwartier.tui.guarding import Guarded
from kwartier.tui.safe import line, parts, shown
from kwartier.tui.screens.dialogs import Confirm
from kwartier.tui.themes import TITLES, chosen
from kwartier.tui.widgets.footer import Footer
from kwartier.tui.widgets.heading import Heading
from kwartier.workspace.places import DATA
from kwartier.workspace.settings import MAX_MINUTES, Settings, read_or_default, save, settings_file

FORCED = "De map is bij het starten gekozen met KWARTIER_DATA; dat gaat bij een volgende start vóór wat hier staat."

NAMED = "De map is bij het starten gekozen met --data; een volgende start zonder --data gaat naar wat hier staat."


class SettingsScreen(Screen[None], Guarded):
    """Every choice is kept as soon as it is made; another data folder is opened at once."""

    scope = "settings"
    BINDINGS: ClassVar[list[BindingType]] = bindings("settings")
    DEFAULT_CSS = """
    SettingsScreen VerticalScroll { padding: 0 2; }
    SettingsScreen .label { text-style: bold; margin-top: 1; }
    SettingsScreen .muted, SettingsScreen .wrong { max-width: 100; height: auto; }
    SettingsScreen .row { height: auto; }
    SettingsScreen #data { width: 1fr; max-width: 80; }
    SettingsScreen #open { margin-left: 1; }
    SettingsScreen #minutes { width: 14; }
    SettingsScreen RadioSet { width: auto; }
    """

    def compose(self) -> ComposeResult:
        self._settings, self._trouble = read_or_default()
        yield Heading()
        with VerticalScroll(can_focus=False):
            yield Static(self._told_trouble(), id="trouble", classes="wrong")
            yield Static("Map met de gegevens", classes="label")
            yield Static(shown(f"Nu open: {self.kwartier.folder}"), id="folder", classes="muted")
            if forced := self._forced():
                yield Static(forced, classes="muted", id="forced")
            with Horizontal(classes="row"):
                yield Input(clean(self._settings.data), id="data", placeholder="de gewone map")
                yield Button("Deze map openen", id="open")
            yield Static("", id="data-wrong", classes="wrong")
            yield Static("Kleuren", classes="label")
            with RadioSet(id="theme"):
                for theme, title in TITLES.items():
                    yield RadioButton(line(title), value=theme == self.app.theme, name=theme)
            yield Static("Tijd voor een interview, in minuten", classes="label")
            yield Input(str(self._settings.minutes or ""), id="minutes", type="integer", max_length=4)
            yield Static("Leeg: wat het instrument zegt. De klok waarschuwt en houdt u niet tegen.", classes="muted")
            yield Static("", id="minutes-wrong", classes="wrong")
            yield Static(shown(f"Bewaard in {settings_file()}"), classes="muted label")
        yield Footer()

    def _forced(self) -> str:
        """By what the folder was chosen that is open, where that was not by these settings."""
        if self.kwartier.folder != self.kwartier.home:
            return ""
        if self.kwartier.named:
            return NAMED
        return FORCED if os.environ.get(DATA) else ""

    def on_mount(self) -> None:
        self._head("")
        self._hide_empty()
        themes = self.query_one("#theme", RadioSet)
        themes._selected = max(themes.pressed_index, 0)  # the one that is worn now is pointed at first
        themes.focus()

    def _head(self, state: str) -> None:
        self.query_one(Heading).draw(["Instellingen"], state=state)

    def _told_trouble(self) -> Content:
        """What is wrong with the file, where: it is never written over."""
        if self._trouble is None:
            return shown("")
        words = f"{self._trouble.message}\nWaar: {self._trouble.place}\n{self._trouble.advice or ''}"
        return parts("! ", words, "\nTot dan gelden de gewone instellingen, en wordt wat u hier kiest niet bewaard.")

    def _hide_empty(self) -> None:
        for wrong in self.query(".wrong").results(Static):
            wrong.display = bool(str(wrong.visual))

    def _say(self, id: str, words: str) -> None:
        self.query_one(f"#{id}", Static).update(shown(words))
        self._hide_empty()

    def _keep(self, changed: Settings) -> None:
        """Writes the settings. Raises `KwartierError` where that cannot be; nothing is changed then."""
        save(changed)
        self._settings = changed
        self._head("✓ bewaard")

    # -- colours

    @on(RadioSet.Changed)
    def _theme_chosen(self, event: RadioSet.Changed) -> None:
        event.stop()
        theme = chosen(event.pressed.name or "")
        self.app.theme = theme
        if theme != self._settings.theme:
            self._keep(self._settings._replace(theme=theme))

    # -- minutes

    @on(Input.Blurred, "#minutes")
    @on(Input.Submitted, "#minutes")
    def _minutes_given(self, event: Input.Blurred | Input.Submitted) -> None:
        event.stop()
        self._keep_minutes()

    def _keep_minutes(self) -> None:
        text = self.query_one("#minutes", Input).value.strip()
        minutes = int(text) if text.isdecimal() else None
        if text and (minutes is None or not 0 < minutes <= MAX_MINUTES):
            self._say("minutes-wrong", f"Vul een heel getal in, van 1 tot en met {MAX_MINUTES}, of laat dit leeg.")
            return
        self._say("minutes-wrong", "")
        if minutes != self._settings.minutes:
            self._keep(self._settings._replace(minutes=minutes))

    # -- the data folder

    @on(Button.Pressed, "#open")
    @on(Input.Submitted, "#data")
    def _folder_given(self, event: Button.Pressed | Input.Submitted) -> None:
        event.stop()
        text = self.query_one("#data", Input).value.strip()
        try:
            folder = checked(text)
        except KwartierError as error:
            self._say("data-wrong", f"{error.message} {error.advice or ''}")
            return
        self._say("data-wrong", "")
        if folder.exists():
            self._go_to(folder)
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self._go_to(folder)

        question = f"{folder}\n\nDeze map is er nog niet. Nieuw maken?"
        self.app.push_screen(Confirm("Nieuwe map", question, yes="Maken", no="Terug"), answered)

    def _go_to(self, folder: Path) -> None:
        """Opens another folder. The app does that, as this screen is closed by it."""
        self.app.run_worker(self._opened(folder), group="folder", exclusive=True)

    async def _opened(self, folder: Path) -> None:
        """Keeps the choice once the folder was really opened: what cannot be opened is not chosen either."""
        app = self.kwartier
        try:
            await asyncio.to_thread(app._opens, folder)
            self._keep(self._settings._replace(data=self.query_one("#data", Input).value.strip()))
            await app.open_folder(folder)
        except KwartierError as error:
            app.refuse(error)

    def save_now(self) -> list[KwartierError]:
        """What was typed here to disk; gives why it could not be written."""
        try:
            self._keep_minutes()
        except KwartierError as error:
            return [error]
        return []

    def action_back(self) -> None:
        """Back to the screen that was open."""
        self._keep_minutes()
        self.dismiss()


def checked(text: str) -> Path:
    """The folder that is meant; empty is the usual one. Raises `Misused` where it cannot be a data folder."""
    from kwartier.workspace.places import usual_data_folder

    if not text:
        return usual_data_folder()
    folder = Path(text).expanduser()
    if not folder.is_absolute():
        raise Misused(
            "folder-not-whole", "Geef een heel pad.", advice="Het begint met / (of een schijfletter), of met ~."
        )
    if folder.exists() and not folder.is_dir():
        raise Misused("folder-is-file", "Dit is een bestand, geen map.", advice="Geef een map.")
    if not folder.exists() and not folder.parent.is_dir():
        raise Misused("folder-far", "De map waar deze in moet staan, is er niet.", advice="Kijk het pad na.")
    return folder
