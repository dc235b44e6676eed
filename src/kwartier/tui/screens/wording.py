"""The official wording of an instrument on this machine: a file to fill in, checked, used, and let go again."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kwartier.errors import Misused, Refused
from kwartier.tui.safe import shown
from kwartier.tui.screens.dialogs import Confirm, TextDialog
from kwartier.tui.screens.form_dialog import Field, FormDialog
from kwartier.tui.screens.handing import path_of

if TYPE_CHECKING:
    from kwartier.tui.app import KwartierApp


class NewWording(FormDialog[str]):
    """Gives the path of the file that was made."""

    OK = "Maken"

    def __init__(self, instrument: str) -> None:
        self._instrument = instrument
        super().__init__(
            "Formulering maken",
            [Field("path", "Bestand", str(Path.home() / f"{instrument}-formulering.toml"))],
            "Neem hierin met een teksteditor de tekst van de publicatie over, en kies dan: Formulering gebruiken.",
        )

    async def save(self, values: dict[str, str]) -> str:
        path, workspace = path_of(values["path"]), await self.kwartier.workspace()
        data = (await asyncio.to_thread(workspace.new_wording, self._instrument)).encode()
        try:
            await asyncio.to_thread(workspace.write_out, path, data)
        except Refused as error:
            if not path.is_file():
                raise
            ask = Confirm("Het bestand bestaat al", f"{path}\nWilt u het vervangen?", yes="Vervangen", no="Terug")
            if not await self.app.push_screen_wait(ask):
                raise Misused("kept", "Er is niets gemaakt.", advice="Kies een andere plek.") from error
            await asyncio.to_thread(workspace.write_out, path, data, overwrite=True)
        return str(path)


class UseWording(FormDialog[str]):
    """Gives the instrument of which the wording is used."""

    OK = "Nakijken"

    def __init__(self) -> None:
        super().__init__(
            "Formulering gebruiken",
            [Field("path", "Bestand", hint="het bestand dat u invulde")],
            "De tekst blijft op deze computer: hij komt niet in de datamap, in een uitgegeven blad of in een verslag.",
        )

    async def save(self, values: dict[str, str]) -> str:
        path, workspace = path_of(values["path"]), await self.kwartier.workspace()
        instrument, found = await asyncio.to_thread(workspace.check_wording, path)
        if any(one.level == "error" for one in found):
            await self.app.push_screen_wait(TextDialog("Zo is het niet te gebruiken", shown(_told(found))))
            raise Misused(
                "wording-wrong", "De formulering past niet bij het instrument.", advice="Verbeter het bestand."
            )
        text = f"{_told(found)}\n\nDe formulering voor {instrument} gebruiken?".strip()
        if not await self.app.push_screen_wait(Confirm("Nagekeken", text, yes="Gebruiken", no="Nog niet")):
            raise Misused("kept", "Er is niets veranderd.")
        used = await asyncio.to_thread(workspace.use_wording, path)
        return used.instrument


def _told(found: list[Any]) -> str:
    lines = [f"{'Fout: ' if one.level == 'error' else ''}{one.text}" for one in found]
    return "\n".join([*lines[:8], *([f"en nog {len(lines) - 8}"] if len(lines) > 8 else [])])


def begin_new(app: KwartierApp, instrument: str) -> None:
    """Asks where the file goes."""

    def answered(path: str | None) -> None:
        if path:
            app.tell(f"Klaar: {path}")

    app.push_screen(NewWording(instrument), answered)


def begin_using(app: KwartierApp) -> None:
    """Asks which file."""

    def answered(instrument: str | None) -> None:
        if instrument:
            app.tell(f"De formulering voor {instrument} wordt gebruikt. Verslagen houden de tekst van kwartier.")

    app.push_screen(UseWording(), answered)


def begin_dropping(app: KwartierApp, instrument: str) -> None:
    """Asks whether it is meant; the file that was filled in stays where it is."""

    async def answered(yes: bool | None) -> None:
        if yes:
            dropped = (await app.workspace()).drop_wording(instrument)
            app.tell("Kwartiers eigen formulering wordt weer gebruikt." if dropped else "Die werd al gebruikt.")

    text = f"Voor {instrument} leest u weer de tekst van kwartier. Het bestand dat u invulde, blijft waar het is."
    app.push_screen(Confirm("Terug naar kwartiers formulering?", text, yes="Terug", no="Zo laten"), answered)
