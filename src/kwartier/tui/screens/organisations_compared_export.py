"""Writes a comparison of organisations to a file: as a report or as a table, with or without names."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace
from textual.widgets import Input

from kwartier.analysis.compared import ENTITLED, Compared
from kwartier.errors import KwartierError, Refused
from kwartier.tui.screens.dialogs import Confirm
from kwartier.tui.screens.form_dialog import Field, FormDialog

if TYPE_CHECKING:
    from kwartier.workspace import Workspace
    from kwartier.workspace.comparing import Chosen

_TABLE = "csv"
_FORMS = {"md": "verslag (md)", _TABLE: "tabel voor een rekenblad (csv)"}


class ExportComparison(FormDialog[str]):
    """Gives the path of what was written. A file that is there is replaced only on a yes."""

    OK = "Schrijven"
    help_text = (
        "Een verslag is om te lezen, een tabel om verder mee te rekenen. Zonder namen staan er letters in het bestand. "
        "Pas met ctrl+s of de knop wordt er geschreven; wat er al staat, wordt alleen vervangen als u dat wilt."
    )

    def __init__(self, workspace: Workspace, chosen: Chosen, compared: Compared) -> None:
        from kwartier.workspace import writers

        self._workspace, self._chosen, self._compared = workspace, chosen, compared
        self._forms = [*writers(), _TABLE]
        self._proposed = self._proposal(self._forms[0], chosen.names)
        fields = [
            Field("form", "Vorm", self._forms[0], options=tuple((one, _FORMS.get(one, one)) for one in self._forms)),
            Field(
                "names",
                "Namen",
                "yes" if chosen.names else "no",
                options=(("yes", "met namen"), ("no", "zonder namen: letters")),
            ),
            Field("path", "Bestand", self._proposed),
        ]
        super().__init__("De vergelijking naar een bestand", fields, ENTITLED if compared.entitled else "")

    def _proposal(self, form: str, names: bool) -> str:
        name = f"vergelijking-{self._chosen.instrument}{'' if names else '-zonder-namen'}.{form}"
        return str(Path.cwd() / name)

    def changed(self) -> None:
        """The proposed name follows the form, until somebody types another one."""
        field = self.query_one("#path", Input)
        if field.value == self._proposed:
            self._proposed = self._proposal(self.value("form"), self.value("names") == "yes")
            field.value = self._proposed

    def save_now(self) -> list[KwartierError]:
        """Nothing is lost where the proposed name stands there."""
        return [] if self.value("path") == self._proposed else super().save_now()

    async def save(self, values: dict[str, str]) -> str:
        typed = values["path"].strip()
        if not typed:
            raise Refused("no-path", "Vul een bestand in.")
        path = Path(typed).expanduser()
        data = await asyncio.to_thread(self._data, values["form"], names=values["names"] == "yes")
        write = partial(self._workspace.write_out, path, data)
        try:
            await asyncio.to_thread(write)
        except Refused as error:
            if error.code != "file-exists":
                raise
            ask = Confirm("Dit bestand bestaat al", f"{path}\nVervangen?", yes="Vervangen")
            if not await self.app.push_screen_wait(ask):
                raise Refused("not-written", "Er is niets geschreven. Kies een andere naam.") from error
            await asyncio.to_thread(partial(write, overwrite=True))
        return str(path)

    def _data(self, form: str, *, names: bool) -> bytes:
        """The file as bytes; without names the comparison is made anew, as what it holds decides what is told."""
        from kwartier.reports.organisations import organisations_report
        from kwartier.reports.organisations_exported import compared_csv
        from kwartier.workspace import writers

        compared = self._compared
        if names != compared.named:
            made = self._workspace.compare_organisations(replace(self._chosen, names=names))
            assert made is not None  # nobody cancels here
            compared = made
        return compared_csv(compared) if form == _TABLE else writers()[form].write(organisations_report(compared))
