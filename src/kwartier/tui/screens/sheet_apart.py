"""Working apart: opening a sheet that somebody gave in a folder of its own, and packing what goes back."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from kwartier.errors import Misused, Refused
from kwartier.text import one_line
from kwartier.tui.screens.dialogs import Confirm
from kwartier.tui.screens.form_dialog import Field, FormDialog
from kwartier.tui.screens.handing import path_of
from kwartier.tui.working import begin

if TYPE_CHECKING:
    from kwartier.tui.app import KwartierApp
    from kwartier.workspace import Handed, Packed


def begin_opening(app: KwartierApp) -> None:
    """Asks which file; goes on in its folder, at the step that is done apart."""

    def answered(handed: Handed | None) -> None:
        if handed is not None:
            begin(app, lambda: _go_on(app, handed), exclusive=True, group="folder")

    app.push_screen(OpenSheet(), answered)


async def _go_on(app: KwartierApp, handed: Handed) -> None:
    await app.open_folder(Path(handed.folder))
    await app.open_measurement(handed.ref)
    who = one_line(handed.name or handed.person, 60)
    app.tell(f"Dit is het blad van {who}. Is het verzegeld, kies dan op het beginscherm (ctrl+p): Blad inpakken.")


def begin_packing(app: KwartierApp) -> None:
    """Asks where the file goes that the organisation takes back."""

    def answered(packed: Packed | None) -> None:
        if packed is None:
            return
        app.tell(f"Klaar: {packed.file}. Stuur dit bestand terug.")
        if not packed.sealed:
            app.tell("Het scoreblad is nog niet verzegeld, en wordt zo niet opgenomen.", warning=True)

    app.push_screen(PackSheet(app.folder), answered)


class OpenSheet(FormDialog["Handed"]):
    """Gives what was opened."""

    OK = "Openen"

    def __init__(self) -> None:
        super().__init__(
            "Blad openen",
            [
                Field("path", "Bestand", hint="het bestand dat u kreeg"),
                Field("folder", "Map", hint="leeg: een map naast het bestand"),
                Field("key", "Wachtwoord", hint="alleen als het op slot is", secret=True),
            ],
            "Het blad krijgt een map van zichzelf. Opent u het nog eens, dan gaat u verder waar u was.",
        )

    async def save(self, values: dict[str, str]) -> Handed:
        from kwartier.workspace import open_sheet

        path = path_of(values["path"])
        folder = path_of(values["folder"]) if values["folder"].strip() else path.with_suffix("")
        return await asyncio.to_thread(open_sheet, path, folder.absolute(), values["key"] or None)


class PackSheet(FormDialog["Packed"]):
    """Gives what was packed."""

    OK = "Inpakken"

    def __init__(self, folder: Path) -> None:
        super().__init__(
            "Blad inpakken",
            [
                Field("folder", "Map", str(folder)),
                Field("path", "Bestand", str(folder.with_name(f"{folder.name}-terug.kwartier"))),
                Field("key", "Wachtwoord", hint="leeg: niet op slot", secret=True),
                Field("again", "Nog eens", hint="hetzelfde wachtwoord", secret=True),
            ],
            "In het bestand gaan uw scoreblad en uw toelichtingen terug; de map blijft zoals zij is.",
        )

    def on_mount(self) -> None:
        self.changed()

    def changed(self) -> None:
        self.show_field("again", bool(self.value("key")))

    async def save(self, values: dict[str, str]) -> Packed:
        from kwartier.workspace import pack_sheet

        if values["key"] and values["key"] != values.get("again"):
            raise Misused("passphrase-differs", "De twee wachtwoorden zijn niet gelijk.", advice="Typ ze nog eens.")
        folder, path, key = path_of(values["folder"]), path_of(values["path"]), values["key"]
        try:
            return await asyncio.to_thread(pack_sheet, folder, path, passphrase=key)
        except Refused as error:
            if error.code == "no-handover" or not path.is_file():
                raise
            ask = Confirm("Het bestand bestaat al", f"{path}\nWilt u het vervangen?", yes="Vervangen", no="Terug")
            if not await self.app.push_screen_wait(ask):
                raise Misused("kept", "Er is niets gemaakt.", advice="Kies een andere plek.") from error
            return await asyncio.to_thread(pack_sheet, folder, path, passphrase=key, overwrite=True)
