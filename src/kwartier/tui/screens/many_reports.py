"""The reports of an organisation, or of all, into a folder: what is asked, and what came of it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Input

from kwartier.errors import KwartierError
from kwartier.reports.phrases import counted
from kwartier.text import one_line
from kwartier.tui.safe import Part, parts
from kwartier.tui.screens.export_fields import ALWAYS, FormsDialog, kinds_of, template_from
from kwartier.tui.screens.form_dialog import ChoiceField, Field
from kwartier.tui.screens.progressing import Progress, Stopped, with_progress
from kwartier.tui.screens.written import Written
from kwartier.tui.widgets.path_input import path_from
from kwartier.tui.working import begin
from kwartier.workspace import documents
from kwartier.workspace.many_reports import ReportsMade, ReportsWanted

if TYPE_CHECKING:
    from kwartier.tui.app import KwartierApp
    from kwartier.workspace import Workspace

EVERY = ""
"""In the place of a slug or an instrument: all of them."""
_LISTED = 12
"""So many of a list are named."""


def begin_reports(app: KwartierApp, slug: str = EVERY) -> None:
    """Asks which reports, of one organisation or of all, makes them, and tells what was made."""

    async def ask() -> None:
        workspace = await app.workspace()
        known = await asyncio.to_thread(organisations, workspace)
        if not known:
            app.tell("Er zijn nog geen organisaties.")
            return
        done = await app.push_screen_wait(ManyReports(workspace, known, slug))
        if done is not None:
            made, folder = done
            title = "Gestopt" if made.cancelled else "Verslagen gemaakt" if made.written else "Geen verslagen gemaakt"
            await app.push_screen(Written(title, told(made, folder), [folder] if folder.is_dir() else []))

    begin(app, ask, exclusive=True, group="reports")


def organisations(workspace: Workspace) -> list[tuple[str, str]]:
    """All organisations with their names, in the order of these."""
    found = [(slug, one.name if one else slug) for slug, one in workspace.organisations()]
    return sorted(found, key=lambda one: (one[1].casefold(), one[0]))


def of_whom(known: Sequence[tuple[str, str]], slug: str) -> Field:
    """One organisation, or all."""
    return Field("who", "Van", slug, options=((EVERY, f"alle organisaties ({len(known)})"), *known))


def instruments(workspace: Workspace) -> Field:
    """One instrument, or all."""
    usable = [(one.id, one.header.short if one.header else one.id) for one in workspace.instruments() if one.usable]
    return Field("instrument", "Instrument", EVERY, options=((EVERY, "alle instrumenten"), *usable))


class ManyReports(FormsDialog[tuple[ReportsMade, Path]]):
    """Gives what was made, and in which folder."""

    OK = "Maken"
    LABEL = 16
    help_text = (
        "Van elke meting komt een verslag in de map. Wat er al staat, blijft staan: stopt u halverwege, dan gaat het "
        "de volgende keer verder waar het was. Verslagen die ouder zijn dan hun meting, worden genoemd; met opnieuw "
        "maken worden zij vervangen."
    )

    def __init__(self, workspace: Workspace, known: Sequence[tuple[str, str]], slug: str) -> None:
        self._workspace, self._known = workspace, known
        self.take_writers()
        self._instrument = EVERY
        self._proposed = self._proposal(slug)
        fields = [
            of_whom(known, slug),
            instruments(workspace),
            Field("kind", "Verslag", documents.FULL, options=ALWAYS),
            self.forms_field(),
            Field("which", "Welke", "", options=(("", "alle, ook concepten"), ("definitive", "alleen definitieve"))),
            Field("names", "Namen", "yes", options=(("yes", "met namen"), ("no", "zonder namen, om te publiceren"))),
            Field("template", "Eigen sjabloon", hint="mag leeg: een Word-bestand met uw huisstijl"),
            Field("there", "Wat er al is", "", options=(("", "laten staan"), ("again", "opnieuw maken"))),
            Field("path", "Map", self._proposed),
        ]
        super().__init__("Alle verslagen naar een map", fields)

    def _proposal(self, slug: str) -> str:
        return str(Path.cwd() / (f"verslagen-{slug}" if slug else "verslagen"))

    def changed(self) -> None:
        """The proposed folder follows whose reports it is for, until somebody types another one."""
        super().changed()
        field = self.query_one("#path", Input)
        if field.value == self._proposed:
            self._proposed = self._proposal(self.value("who"))
            field.value = self._proposed
        if self.value("instrument") != self._instrument:
            self._instrument = self.value("instrument")
            begin(self, self._offer_kinds, exclusive=True, group="kinds")

    async def _offer_kinds(self) -> None:
        """An instrument has kinds of its own; these are offered once it is chosen."""
        kinds = list(ALWAYS)
        if self._instrument:
            kinds = kinds_of(await asyncio.to_thread(self._workspace.content, self._instrument))
        field = self.query_one("#kind", ChoiceField)
        field.offer(kinds, field.value if field.value in dict(kinds) else documents.FULL)

    def save_now(self) -> list[KwartierError]:
        """Nothing is lost where only the proposed folder stands there."""
        as_proposed = self.value("path") == self._proposed and not self.value("template").strip()
        return [] if as_proposed else super().save_now()

    async def save(self, values: dict[str, str]) -> tuple[ReportsMade, Path]:
        wanted = ReportsWanted(
            organisations=[values["who"]] if values["who"] else [slug for slug, _ in self._known],
            instrument=values["instrument"],
            folder=path_from(values["path"]),
            writers=self.require_writers(values),
            variant=values["kind"],
            names=values["names"] == "yes",
            definitive=bool(values["which"]),
            template=await template_from(values),
            overwrite=bool(values["there"]),
        )
        return await with_progress(self.app, "Verslagen maken", partial(self._work, wanted)), wanted.folder

    def _work(self, wanted: ReportsWanted, progress: Progress, stopped: Stopped) -> ReportsMade:
        return self._workspace.write_reports(wanted, progress=progress, cancelled=stopped)


def told(made: ReportsMade, folder: Path) -> Content:
    """What was made, what stood there, what of that is old, and what was left out and why."""
    files = counted(len(made.written), "bestand", "bestanden")
    pieces: list[Part | Content] = [(f"{files} gemaakt", "bold"), f" in {folder}."]
    if made.there:
        stood = counted(len(made.there), "bestand stond", "bestanden stonden")
        pieces.append(f"\n{stood} er al en {'is' if len(made.there) == 1 else 'zijn'} gelaten zoals het was.")
    if made.cancelled:
        pieces.append("\nU stopte. Nog eens hetzelfde gaat verder waar het was.")
    if made.old:
        pieces.append(("\n\nOuder dan de meting zelf", "bold"))
        pieces.append(" (kies bij *Wat er al is*: opnieuw maken)")
        pieces += _listed([Path(one).name for one in made.old])
    if made.left:
        pieces.append(("\n\nWeggelaten", "bold"))
        pieces += _listed([f"{name}: {why}" for name, why in made.left])
    return parts(*pieces)


def _listed(lines: list[str]) -> list[Part | Content]:
    more = len(lines) - _LISTED
    named = [f"\n- {one_line(one, 300)}" for one in lines[:_LISTED]]
    return [*named, f"\n… en nog {more}"] if more > 0 else list(named)
