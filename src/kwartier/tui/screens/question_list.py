"""The list of questions as a file: of an instrument, or of a measurement, blank or with what it holds."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kwartier.errors import Misused, Refused
from kwartier.instrument.model import Content
from kwartier.tui.screens.dialogs import Confirm
from kwartier.tui.screens.form_dialog import Field, FormDialog
from kwartier.tui.screens.handing import path_of

if TYPE_CHECKING:
    from kwartier.reports.document import Document
    from kwartier.tui.app import KwartierApp
    from kwartier.workspace import Workspace
    from kwartier.workspace.desk import Desk

_NO_YES = (("", "nee"), ("ja", "ja"))
_PARAMETER = "parameter-"
"""Before the id of a parameter, in the ids of the fields."""

Make = Callable[[dict[str, str]], "Document"]
"""Makes the list of what stands in the fields; off the screen's thread."""


class QuestionList(FormDialog[str]):
    """Gives the path of the file that was made."""

    OK = "Maken"

    def __init__(self, fields: list[Field], make: Make, intro: str) -> None:
        self._make = make
        super().__init__("Vragenlijst maken", fields, intro)

    async def save(self, values: dict[str, str]) -> str:
        from kwartier.workspace import writers

        path, workspace = path_of(values["path"]), await self.kwartier.workspace()
        known = writers()
        form = values.get("form", next(iter(known)))
        data = known[form].write(await asyncio.to_thread(self._make, values))
        try:
            await asyncio.to_thread(workspace.write_out, path, data)
        except Refused as error:
            if error.code != "file-exists":
                raise
            ask = Confirm("Het bestand bestaat al", f"{path}\nWilt u het vervangen?", yes="Vervangen", no="Terug")
            if not await self.app.push_screen_wait(ask):
                raise Misused("kept", "Er is niets gemaakt.", advice="Kies een andere plek.") from error
            await asyncio.to_thread(workspace.write_out, path, data, overwrite=True)
        return str(path)


async def begin_blank(app: KwartierApp, instrument: str) -> None:
    """Asks for the parameters of an instrument and where its blank list goes."""
    workspace = await app.workspace()
    content = await asyncio.to_thread(workspace.content, instrument)

    def make(values: dict[str, str]) -> Document:
        given = {
            name.removeprefix(_PARAMETER): one
            for name, one in values.items()
            if name.startswith(_PARAMETER) and one.strip()
        }
        return workspace.questions(instrument, given, **_more(values))

    fields = [*_parameters(content), *_optional(content), *_file(f"vragenlijst-{instrument}")]
    _ask(app, QuestionList(fields, make, "Een lege lijst van alles wat er gevraagd wordt, om vooraf te sturen."))


def begin_list(app: KwartierApp, workspace: Workspace, desk: Desk) -> None:
    """Asks whether the list of a measurement is blank or filled in, and where it goes."""
    ref, viewer = desk.ref, desk.viewer

    def make(values: dict[str, str]) -> Document:
        filled = bool(values["filled"])
        return workspace.questions_of(ref, filled=filled, viewer=viewer if filled else None, **_more(values))

    fields = [
        Field("filled", "Leeg of ingevuld", "", options=(("", "leeg"), ("ja", "ingevuld met wat er staat"))),
        *_optional(desk.content),
        *_file(f"vragenlijst-{ref.replace('/', '-')}"),
    ]
    whose = f"Ingevuld: met de eigen antwoorden van {desk.name(viewer)}" if viewer else "Ingevuld: met wat vaststaat"
    _ask(app, QuestionList(fields, make, f"{whose}. Van een ander komt er niets in wat nog niet open ligt."))


def _ask(app: KwartierApp, dialog: QuestionList) -> None:
    def answered(path: str | None) -> None:
        if path:
            app.tell(f"Klaar: {path}")

    app.push_screen(dialog, answered)


def _parameters(content: Content) -> list[Field]:
    fields = []
    for one in content.parameter:
        values = [str(value) for value in one.values]
        if one.several:
            fields.append(Field(_PARAMETER + one.id, one.title, hint=f"een of meer van {', '.join(values)}"))
        else:
            options = tuple((value, value) for value in values)
            fields.append(Field(_PARAMETER + one.id, one.title, values[0], options=options))
    return fields


def _optional(content: Content) -> list[Field]:
    """Only what there is is asked for."""
    fields = []
    if any(part for item in content.items() for part in item.parts if not part.scale):
        fields.append(Field("parts", "Met onderdelen", "", options=_NO_YES))
    if any(item.prompts for item in content.items()):
        fields.append(Field("prompts", "Met interviewvragen", "", options=_NO_YES))
    return fields


def _file(name: str) -> list[Field]:
    from kwartier.workspace import writers

    known = list(writers())
    forms = [Field("form", "Vorm", known[0], options=tuple((one, one) for one in known))] if len(known) > 1 else []
    return [*forms, Field("path", "Bestand", str(Path.cwd() / f"{name}.{known[0]}"))]


def _more(values: dict[str, str]) -> dict[str, bool]:
    return {name: bool(values.get(name)) for name in ("parts", "prompts")}
