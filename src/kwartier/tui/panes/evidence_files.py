"""The file with a piece of evidence: taken in, saved elsewhere, or taken away for good. Nothing is opened."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kwartier.errors import KwartierError, Misused, Refused
from kwartier.text import clean, one_line
from kwartier.tui.advice import advice_for
from kwartier.tui.panes.evidence_form import PATH
from kwartier.tui.screens.dialogs import Confirm
from kwartier.tui.screens.form_dialog import Field, FormDialog
from kwartier.tui.widgets.path_input import path_from
from kwartier.workflow.filling import Rejected, Wrong

if TYPE_CHECKING:
    from kwartier.records.files import Evidence
    from kwartier.tui.panes.base import Pane
    from kwartier.tui.panes.evidence import EvidencePane
    from kwartier.workspace import Workspace


def take_in(pane: EvidencePane, id: str, typed: str) -> None:
    """Copies a file in with a row. Raises `Rejected` at the field of the path where it cannot be."""
    desk, workspace = pane.desk, pane.workspace
    try:
        path = path_from(typed)
        desk.act(lambda: workspace.attach(desk.ref, pane.step.id, id, path, desk.viewer or ""), pane.step.id)
    except Rejected:
        raise
    except KwartierError as error:
        said = f"{error.message} {advice_for(error)}".strip()
        raise Rejected([Wrong(("evidence", id, PATH), said)], place=desk.ref) from error
    pane.measurement.keeper.take_over(desk)


def ask_to_drop(pane: EvidencePane, row: Evidence) -> None:
    """Asks whether a piece may go with its file, for good."""
    desk, measurement, workspace = pane.desk, pane.measurement, pane.workspace

    async def answered(yes: bool | None) -> None:
        if yes:
            await measurement.do(
                lambda: workspace.drop_evidence(desk.ref, pane.step.id, row.id, desk.viewer or ""),
                told="Weggehaald, met het bestand.",
            )

    text = (
        f"‘{one_line(row.title, 60)}’ gaat weg, en met het bestand {clean(row.file.name) if row.file else ''} ook uit "
        "eerdere portfolio's waar het in staat.\nDit is niet ongedaan te maken. Kopieën die u of een ander elders "
        "bewaarde, en reservekopieën, blijven bestaan."
    )
    pane.app.push_screen(Confirm("Weghalen met het bestand?", text, yes="Weghalen", no="Laten staan"), answered)


def ask_copy(pane: Pane, workspace: Workspace, step: str, row: Evidence) -> None:
    """Asks where a copy of the file goes, and saves it there."""

    def told(place: str | None) -> None:
        if place:
            pane.kwartier.tell(f"Bewaard: {place}")

    pane.app.push_screen(SaveCopy(workspace, pane.desk.ref, step, row, pane.desk.viewer), told)


class SaveCopy(FormDialog[str]):
    """Gives the path of the copy."""

    OK = "Bewaren"
    help_text = "Zeg waar de kopie komt: een map of een bestand. Wat er al staat, wordt niet zomaar vervangen."

    def __init__(self, workspace: Workspace, ref: str, step: str, row: Evidence, viewer: str | None) -> None:
        assert row.file is not None
        self._fetch = partial(workspace.fetch_file, ref, step, row.id, viewer=viewer)
        self._file_name = Path(clean(row.file.name)).name
        super().__init__(
            "Kopie bewaren",
            [Field("path", "Waarheen", str(Path.home() / self._file_name))],
            "De kopie staat daarna buiten kwartier: niet op slot, en kwartier kan haar niet wissen.",
        )

    async def save(self, values: dict[str, str]) -> str:
        path = path_from(values["path"])
        if path.is_dir():
            path = path / self._file_name
        try:
            found = await asyncio.to_thread(self._fetch, path=path, overwrite=False)
        except Refused as error:
            if not path.is_file():
                raise
            ask = Confirm("Het bestand bestaat al", f"{path}\nWilt u het vervangen?", yes="Vervangen", no="Terug")
            if not await self.app.push_screen_wait(ask):
                raise Misused("kept", "Er is niets bewaard.", advice="Kies een andere plek.") from error
            found = await asyncio.to_thread(self._fetch, path=path, overwrite=True)
        return str(found)
