"""Asks which report goes to a file: which kind, in which forms, with names, for whom and where; and writes it."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual.widgets import Input

from kwartier.errors import KwartierError, Misused, Refused
from kwartier.text import one_line
from kwartier.tui.safe import shown
from kwartier.tui.screens.dialogs import Confirm
from kwartier.tui.screens.export_fields import FormsDialog, kinds_of, template_from
from kwartier.tui.screens.form_dialog import Field
from kwartier.tui.widgets.path_input import path_from
from kwartier.workspace import outside
from kwartier.workspace.many_reports import file_name
from kwartier.workspace.writing import Writer, paths_of

if TYPE_CHECKING:
    from kwartier.tui.panes.report import ReportPane
    from kwartier.workspace import Workspace


class ExportReport(FormsDialog[list[Path]]):
    """Gives the files that were written. What is there is replaced only on a yes."""

    OK = "Schrijven"
    LABEL = 16
    help_text = (
        "Kies welk verslag u wilt en in welke vorm; met de spatiebalk kiest u er meer tegelijk. Zonder namen is het "
        "om te publiceren. Een eigen sjabloon geeft een Word-bestand uw huisstijl. Pas met ctrl+s of de knop wordt er "
        "geschreven; wat er al staat, wordt alleen vervangen als u dat wilt."
    )

    def __init__(self, pane: ReportPane, workspace: Workspace, reader: str | None, *, agreement: bool) -> None:
        self._workspace, self._ref, self._agreement = workspace, pane.desk.ref, agreement
        own = pane.desk.viewer if any(getattr(step, "private", False) for step in pane.desk.content.step) else None
        self.take_writers()
        self._proposed = self._proposal(pane.variant, self.default_form, names=True)
        fields = [
            Field("kind", "Verslag", pane.variant, options=tuple(kinds_of(pane.desk.content))),
            self.forms_field(),
            Field("names", "Namen", "yes", options=(("yes", "met namen"), ("no", "zonder namen, om te publiceren"))),
            *([_readers(own, reader)] if own else []),
            Field("template", "Eigen sjabloon", hint="mag leeg: een Word-bestand met uw huisstijl"),
            Field("path", "Bestand", self._proposed),
        ]
        notes = []
        if pane.kwartier.is_unlocked(self._ref):
            notes.append("! Deze student heeft een slot; het bestand krijgt er geen.")
        if not agreement:
            notes.append("Het hele verslag wordt zonder de scores van ieder apart, zoals u koos (o).")
        super().__init__("Het verslag naar een bestand", fields, "\n".join(notes))

    def _proposal(self, kind: str, forms: str, *, names: bool) -> str:
        made = self.chosen_writers(forms)[:1] or list(self.writers.values())[:1]
        return str(Path.cwd() / file_name(self._ref, kind, made[0], names=names))

    def changed(self) -> None:
        """The proposed name follows the kind and the form, until somebody types another one."""
        super().changed()
        field = self.query_one("#path", Input)
        if field.value == self._proposed:
            names = self.value("names") == "yes"
            self._proposed = self._proposal(self.value("kind"), self.value("forms"), names=names)
            field.value = self._proposed

    def save_now(self) -> list[KwartierError]:
        """Nothing is lost where only the proposed name stands there."""
        as_proposed = self.value("path") == self._proposed and not self.value("template").strip()
        return [] if as_proposed else super().save_now()

    async def save(self, values: dict[str, str]) -> list[Path]:
        forms = self.require_writers(values)
        template = await template_from(values)
        path = path_from(values["path"])
        if outside.is_folder(path):
            path /= Path(self._proposed).name
        paths = paths_of(path, forms)
        there = await asyncio.to_thread(self._there, paths)
        if there:
            listed = "\n".join(str(one) for one in there)
            title = "Dit bestand bestaat al" if len(there) == 1 else "Deze bestanden bestaan al"
            if not await self.app.push_screen_wait(Confirm(title, f"{listed}\nVervangen?", yes="Vervangen")):
                raise Misused("kept", "Er is niets geschreven.", advice="Kies een andere naam.")
        made = await self._made(values, forms, template)
        for one, data in zip(paths, made, strict=True):
            await asyncio.to_thread(partial(self._workspace.write_out, one, data, overwrite=one in there))
        return paths

    def _there(self, paths: list[Path]) -> list[Path]:
        """What stands at these places already. Raises `Refused` for a place where nothing may be written."""
        found = []
        for path in paths:
            try:
                self._workspace.check_free(path)
            except Refused as error:
                if error.code != "file-exists":
                    raise
                found.append(path)
        return found

    async def _made(self, values: dict[str, str], forms: list[Writer], template: bytes | None) -> list[bytes]:
        """Every file as bytes, all of them before one is written."""
        self.say("Het verslag maken…")
        document = await asyncio.to_thread(
            partial(
                self._workspace.document,
                self._ref,
                agreement=self._agreement,
                variant=values["kind"],
                viewer=values.get("reader") or None,
                names=values["names"] == "yes",
            )
        )
        made = []
        for number, form in enumerate(forms, 1):
            self.say(f"Maken: {one_line(form.title, 40)}…" + (f" {number} van {len(forms)}" if len(forms) > 1 else ""))
            with_template = template if form.takes_template else None
            made.append(await asyncio.to_thread(partial(form.write, document, template=with_template)))
        return made

    def say(self, words: str) -> None:
        """What is being done."""
        self.query_one("#refusal").update(shown(words))  # type: ignore[attr-defined]


def _readers(own: str, reader: str | None) -> Field:
    """For whom it is: a choice only where something is kept private."""
    options = (("", "iedereen"), (own, "u: met wat alleen u mag lezen"))
    return Field("reader", "Voor wie", reader or "", options=options)
