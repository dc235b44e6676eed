"""Letters and forms of a measurement as files: which one, for whom, in which form, and where."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from kwartier.errors import Misused, Refused
from kwartier.instrument.model import PeopleStep
from kwartier.records.files import PeopleFile
from kwartier.tui.screens.dialogs import Confirm
from kwartier.tui.screens.form_dialog import Field, FormDialog
from kwartier.tui.screens.handing import path_of

if TYPE_CHECKING:
    from kwartier.reports.document import Document
    from kwartier.tui.app import KwartierApp
    from kwartier.workspace import Workspace
    from kwartier.workspace.desk import Desk

EVERYONE = "*"
_TYPED = (("tijd", "Tijd"), ("plaats", "Plaats"), ("contact", "Vragen aan"), ("reageren", "Antwoord vóór"))
_USUAL = "docx"


class Letters(FormDialog[list[Path]]):
    """Gives the files that were made."""

    OK = "Maken"

    def __init__(self, fields: list[Field], ref: str) -> None:
        self._ref = ref
        super().__init__("Brief of formulier maken", fields, "Wat u leeg laat, wordt een stippellijn.")

    async def save(self, values: dict[str, str]) -> list[Path]:
        workspace = await self.kwartier.workspace()
        path = path_of(values["path"])
        made = await asyncio.to_thread(self._made, workspace, values, path)
        try:
            await asyncio.to_thread(_write, workspace, made, overwrite=False)
        except Refused as error:
            if error.code != "file-exists":
                raise
            ask = Confirm(
                "Het bestand bestaat al", f"{error.place}\nWilt u het vervangen?", yes="Vervangen", no="Terug"
            )
            if not await self.app.push_screen_wait(ask):
                raise Misused("kept", "Er is niets gemaakt.", advice="Kies een andere plek.") from error
            await asyncio.to_thread(_write, workspace, made, overwrite=True)
        return [*made]

    def _made(self, workspace: Workspace, values: dict[str, str], path: Path) -> dict[Path, bytes]:
        """The bytes of each file; off the screen's thread."""
        from kwartier.workspace.writing import writer

        chosen, letter, who = writer(values["form"]), values["letter"], values.get("who", "")
        given = {id: values[id].strip() for id, _ in _TYPED if values.get(id, "").strip()}
        documents: dict[Path, Document] = {}
        if who == EVERYONE:
            for one in workspace.letters_for_all(self._ref, letter, given):
                documents[path / f"{letter}-{one.code}{chosen.extension}"] = one.document
        else:
            named = path if path.suffix == chosen.extension else path.with_name(path.name + chosen.extension)
            documents[named] = workspace.letter(self._ref, letter, who=who or None, given=given)
        return {place: chosen.write(document) for place, document in documents.items()}


def _write(workspace: Workspace, made: dict[Path, bytes], *, overwrite: bool) -> None:
    for path in made:
        workspace.check_free(path, overwrite=overwrite)
    for path, data in made.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        workspace.write_out(path, data, overwrite=overwrite)


async def begin_letters(app: KwartierApp, workspace: Workspace, desk: Desk) -> None:
    """Asks which letter of a measurement is made, for whom, and where it goes."""
    from kwartier.workspace import writers

    instrument = desk.record.envelope.instrument
    known = [one for one in await asyncio.to_thread(workspace.letters, instrument) if not one.problem]
    options = tuple((one.id, f"{one.title} (eigen versie)" if one.own else one.title) for one in known)
    forms = [*writers()]
    whom = _whom(desk)
    fields = [
        Field("letter", "Welke", options[0][0], options=options),
        *([Field("who", "Voor wie", "", options=whom)] if len(whom) > 1 else []),
        *(Field(id, label) for id, label in _TYPED),
        Field("form", "Vorm", _USUAL if _USUAL in forms else forms[0], options=tuple((one, one) for one in forms)),
        Field("path", "Bestand of map", str(Path.cwd() / "brief"), hint="een map als het voor iedere deelnemer is"),
    ]

    def answered(made: list[Path] | None) -> None:
        if made:
            app.tell(f"Klaar: {made[0]}" if len(made) == 1 else f"Klaar: {len(made)} brieven in {made[0].parent}")

    app.push_screen(Letters(fields, desk.ref), answered)


def _whom(desk: Desk) -> tuple[tuple[str, str], ...]:
    """Nobody in particular, everyone, or one of the participants."""
    step = next((one for one in desk.content.step if isinstance(one, PeopleStep)), None)
    rows = desk.record.read(step.id, PeopleFile).participant if step else ()
    one_by_one = [(row.id, desk.name(row.id)) for row in rows]
    everyone = [(EVERYONE, "iedere deelnemer, een bestand per brief")] if rows else []
    return (("", "voor iedereen, of met ruimte voor de naam"), *everyone, *one_by_one)
