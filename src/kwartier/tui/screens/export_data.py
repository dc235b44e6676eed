"""Data of measurements for other programs: what is asked before a file is made, and what came of it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace
from textual.content import Content
from textual.widgets import Input

from kwartier.errors import KwartierError, Refused
from kwartier.reports.phrases import counted
from kwartier.text import one_line
from kwartier.tui.safe import Part, parts
from kwartier.tui.screens.dialogs import Confirm
from kwartier.tui.screens.export_fields import LOW
from kwartier.tui.screens.form_dialog import ChoiceField, Field, FormDialog
from kwartier.tui.screens.many_reports import EVERY, instruments, of_whom, organisations
from kwartier.tui.screens.progressing import Progress, Stopped, with_progress
from kwartier.tui.screens.written import Written, files_told
from kwartier.tui.widgets.choice_list import ChoiceList
from kwartier.tui.widgets.date_input import DateInput
from kwartier.tui.widgets.path_input import Paths, path_from
from kwartier.tui.working import begin
from kwartier.workspace.exports import Exported, Wish

if TYPE_CHECKING:
    from kwartier.tui.app import KwartierApp
    from kwartier.workspace import Workspace

_FORMS = (
    ("xlsx", "werkboek voor een rekenblad (xlsx)"),
    ("csv", "tabel met een codeboek ernaast (csv)"),
    ("json", "voor een ander programma (json)"),
)
_ENTITLED = (
    "Het gaat over zo weinig organisaties of mensen, dat ook zonder namen te herkennen is om wie het gaat. Mag u deze "
    "gegevens zien? Dat u dit bevestigt, komt in het bestand te staan."
)


def begin_export(app: KwartierApp, slug: str = EVERY) -> None:
    """Asks what to export, of one organisation or of all, makes it, and tells what was made."""

    async def ask() -> None:
        workspace = await app.workspace()
        known = await asyncio.to_thread(organisations, workspace)
        if not known:
            app.tell("Er zijn nog geen organisaties.")
            return
        done = await app.push_screen_wait(ExportData(workspace, known, slug))
        if done is not None:
            await app.push_screen(Written("Gegevens geëxporteerd", told(done), [Path(one) for one in done.files]))

    begin(app, ask, exclusive=True, group="export")


class ExportData(FormDialog[Exported]):
    """Gives what was written. What is there is replaced only on a yes."""

    OK = "Exporteren"
    LABEL = 16
    help_text = (
        "Er gaat alleen mee wat voor iedereen is: scores, en als u dat kiest wat mensen schreven. Ruwe aantekeningen "
        "gaan nooit mee. Zonder namen worden organisaties letters en gaan er geen teksten mee. Csv krijgt een codeboek "
        "ernaast, dat zegt wat elke kolom is."
    )

    def __init__(self, workspace: Workspace, known: Sequence[tuple[str, str]], slug: str) -> None:
        self._workspace = workspace
        self._proposed = self._proposal(slug, "xlsx", names=True)
        fields = [
            of_whom(known, slug),
            instruments(workspace),
            Field("form", "Vorm", "xlsx", options=_FORMS),
            Field("separator", "Tussen cellen", ";", options=((";", "; (Nederlands)"), (",", ", (Engels)"))),
            Field("names", "Namen", "yes", options=(("yes", "met namen"), ("no", "zonder namen: letters"))),
            Field("texts", "Teksten", "", options=(("", "zonder"), ("yes", "met toelichtingen en opmerkingen"))),
            Field("path", "Bestand", self._proposed),
        ]
        super().__init__("Gegevens exporteren", fields)

    def _proposal(self, slug: str, form: str, *, names: bool) -> str:
        whose = f"-{slug}" if slug and names else ""
        return str(Path.cwd() / f"gegevens{whose}{'' if names else '-zonder-namen'}.{form}")

    def _widget(self, one: Field) -> Input | ChoiceField | DateInput | ChoiceList:
        made = super()._widget(one)
        if one.id == "path" and isinstance(made, Input):
            made.suggester = Paths()
        return made

    def on_mount(self) -> None:
        self.query_one("#fields").styles.max_height = 11 if self.app.size.height < LOW else 17
        self.changed()

    def changed(self) -> None:
        """What cannot be together is not offered together; the proposed name follows."""
        form, names = self.value("form"), self.value("names") == "yes"
        self.show_field("separator", form == "csv")
        self.show_field("texts", names)
        field = self.query_one("#path", Input)
        if field.value == self._proposed:
            self._proposed = self._proposal(self.value("who"), form, names=names)
            field.value = self._proposed

    def save_now(self) -> list[KwartierError]:
        """Nothing is lost where the proposed name stands there."""
        return [] if self.value("path") == self._proposed else super().save_now()

    async def save(self, values: dict[str, str]) -> Exported:
        who = values["who"]
        wish = Wish(
            path=path_from(values["path"]),
            form=values["form"],  # type: ignore[arg-type]
            organisations=(who,) if who else (),
            everything=not who,
            instrument=values["instrument"],
            texts=bool(values.get("texts")),
            names=values["names"] == "yes",
            separator=values.get("separator", ";"),
            mark=True,
        )
        while True:
            try:
                return await with_progress(self.app, "Exporteren", partial(self._work, wish))
            except Refused as error:
                wish = await self._asked(wish, error)

    async def _asked(self, wish: Wish, error: Refused) -> Wish:
        """The wish after a yes to what stands in the way. Raises the refusal where that cannot be, or is not meant."""
        asks = {
            "file-exists": ("Er staat hier al iets", f"{error.place}\nVervangen?", "Vervangen"),
            "group-too-small": ("Een kleine groep", _ENTITLED, "Dat mag ik"),
        }
        if error.code not in asks:
            raise error
        title, text, yes = asks[error.code]
        if not await self.app.push_screen_wait(Confirm(title, text, yes=yes)):
            raise error
        return replace(wish, overwrite=True) if error.code == "file-exists" else replace(wish, entitled=True)

    def _work(self, wish: Wish, progress: Progress, stopped: Stopped) -> Exported:
        def far(done: int, of: int) -> None:
            progress(done, of)
            if stopped():
                raise Refused("stopped", "Gestopt. Er is niets geschreven.")

        return self._workspace.export_data(wish, progress=far)


def told(done: Exported) -> Content:
    """Which files were written, what is in them, and what was left out."""
    measurements = counted(done.measurements, "meting", "metingen")
    pieces: list[Part | Content] = [
        files_told([Path(one) for one in done.files]),
        f"{measurements}, {counted(done.rows, 'antwoord', 'antwoorden')}.",
    ]
    if done.locked:
        pieces.append(f"\nWeggelaten, want op slot: {counted(done.locked, 'student', 'studenten')}.")
    if done.unreadable:
        listed = one_line(", ".join(done.unreadable), 600)
        pieces.append(f"\nWeggelaten, want niet te lezen: {listed}. Kijk ze na met 'Datamap nakijken' (ctrl+p).")
    return parts(*pieces)
