"""Asks what is needed to export all of a student, to give a portfolio along in a locked file, and to take one in."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.widgets import Static

from kwartier.errors import KwartierError, Misused
from kwartier.text import one_line
from kwartier.tui.safe import shown
from kwartier.tui.screens.dialogs import Choose
from kwartier.tui.screens.form_dialog import Field, FormDialog
from kwartier.tui.screens.handing import path_of
from kwartier.tui.screens.new_organisation import noted
from kwartier.tui.screens.student_dialogs import counted, portfolios_words, replacing
from kwartier.tui.screens.unlocking import SLOW, SecretDialog, key_fields, require_given
from kwartier.tui.working import begin

if TYPE_CHECKING:
    from kwartier.tui.app import KwartierApp
    from kwartier.workspace import Workspace
    from kwartier.workspace.portfolios_taken import PortfolioTaken
    from kwartier.workspace.students import Student


class Export(FormDialog[str]):
    """Everything about a student in a folder or a zip; gives what is to be told of it."""

    OK = "Exporteren"
    LABEL = 14

    def __init__(self, workspace: Workspace, one: Student) -> None:
        self._workspace, self._one = workspace, one
        path = Path.home() / f"{one.organisation}-{one.code}-alles"
        text = (
            "Alles van deze student, leesbaar en als TOML, met de bestanden erbij. Wat anderen nog niet hebben "
            "vrijgegeven zit er niet in. ! Het is niet op slot: wie erbij kan, leest alles. Een naam die op .zip "
            "eindigt maakt één bestand."
        )
        super().__init__(f"Alles van {one.code} exporteren", [Field("path", "Map of .zip", str(path))], text)

    async def save(self, values: dict[str, str]) -> str:
        path = path_of(values["path"])
        work = partial(self._workspace.export_student, self._one.organisation, self._one.code, path)
        given = await replacing(self, path, work)
        told = [
            f"{given.path}\n{portfolios_words(given.records)} en "
            f"{counted(given.evidence, 'bestand', 'bestanden')}. Begin met LEES-MIJ.md.",
            "Dit is niet op slot: bewaar het op een veilige plek.",
            *(f"Niet erbij: {text}" for text in given.left_out),
        ]
        return "\n\n".join(told)


class GivePortfolio(SecretDialog[str]):
    """The portfolio as one locked file; gives what is to be told of it."""

    OK = "Maken"
    BUSY = "Het bestand wordt gemaakt. " + SLOW
    LABEL = 14
    DEFAULT_CSS = "GivePortfolio #along { height: auto; max-height: 4; color: $text-muted; }"

    def __init__(self, workspace: Workspace, one: Student, names: Mapping[str, str]) -> None:
        self._workspace, self._one = workspace, one
        self._people = self._others(names)
        options = (("", "de student zelf"), *((code, f"{one_line(name, 30)} ({code})") for code, name in self._people))
        path = Path.home() / f"{one.organisation}-{one.code}.kwartier"
        fields = [
            Field("to", "Voor", "", options=options),
            Field("by", "Door", "", options=(("", "de opleiding"), ("student", "de student"))),
            Field("path", "Bestand", str(path)),
            *key_fields(),
        ]
        super().__init__(f"Portfolio van {one.code} meegeven", fields)

    def _others(self, names: Mapping[str, str]) -> list[tuple[str, str]]:
        """Who takes part in a portfolio of this student, with their names."""
        found: dict[str, str] = {}
        for each in self._one.portfolios:
            try:
                people = self._workspace.see(each.summary.ref).record.envelope.person
            except KwartierError:  # told where it stands
                continue
            found |= {one.id: names.get(one.id, "") or one.id for one in people if one.id != self._one.code}
        return sorted(found.items())

    def below(self) -> ComposeResult:
        yield Static("", id="along")

    def on_mount(self) -> None:
        self.changed()

    def changed(self) -> None:
        to = self.value("to")
        number = portfolios_words(len(self._one.portfolios))
        if not to:
            text = f"Mee gaat wat de student mag lezen: {number}, met bewijs, toelichtingen en naam."
        else:
            name = dict(self._people)[to]
            text = f"Mee gaan alleen portfolio's waaraan {one_line(name, 30)} meedoet, en wat daarvan gedeeld is."
        self.query_one("#along", Static).update(
            shown(
                f"{text} Geef het wachtwoord langs een andere weg. Bij de student blijft staan dat het is meegegeven."
            )
        )

    async def keep(self, values: dict[str, str]) -> str:
        key, path = require_given(values), path_of(values["path"])
        work = partial(
            self._workspace.give_portfolio,
            self._one.organisation,
            self._one.code,
            path,
            key,
            values["to"],
            by_student=bool(values["by"]),
        )
        given = await replacing(self, path, work)
        noted(self._workspace, self._one.organisation)
        told = [
            f"{given.path}\nOp slot, met {portfolios_words(given.records)} en "
            f"{counted(given.evidence, 'bestand', 'bestanden')}.",
            "Geef het wachtwoord langs een andere weg dan het bestand.",
            *(f"Niet erbij: {text}" for text in given.left_out),
        ]
        return "\n\n".join(told)


def begin_taking(app: KwartierApp) -> None:
    """Asks for a portfolio where no organisation is chosen, and opens the student that it is about."""

    async def ask() -> None:
        workspace = await app.workspace()
        taken = await app.push_screen_wait(TakePortfolio(workspace))
        if taken is not None:
            from kwartier.tui.screens.student import StudentScreen

            await app.push_screen(StudentScreen(workspace, taken.organisation, taken.code))

    begin(app.screen, ask, group="taking")


class TakePortfolio(SecretDialog["PortfolioTaken"]):
    """A portfolio that comes from elsewhere; without a slug it goes to the organisation that it names."""

    OK = "Overnemen"
    BUSY = "Het bestand wordt geopend. " + SLOW
    LABEL = 14

    def __init__(self, workspace: Workspace, slug: str = "") -> None:
        self._workspace, self._slug = workspace, slug
        made = "" if slug else " De organisatie die erin staat, wordt gemaakt als zij hier nog niet is."
        super().__init__(
            "Portfolio uit een bestand" if slug else "Een portfolio openen dat u kreeg",
            [
                Field("path", "Bestand", hint="dat met de student meekwam"),
                Field("code", "Code hier", hint="leeg: zoals in het bestand"),
                Field("key", "Wachtwoord", secret=True),
            ],
            f"Wat hier al staat, blijft. Staat iets in het bestand anders, dan ziet u dat eerst en kiest u.{made}",
        )

    async def keep(self, values: dict[str, str]) -> PortfolioTaken:
        from kwartier.workspace.portfolios_taken import PortfolioDiffers

        path = path_of(values["path"])
        work = partial(self._workspace.take_portfolio, path, self._slug, values["key"] or None, values["code"].strip())
        try:
            taken = await asyncio.to_thread(work)
        except PortfolioDiffers as error:
            options = [
                ("voorstel", "zoals kwartier voorstelt"),
                ("hier", "alles zoals het hier staat"),
                ("bestand", "alles uit het bestand"),
            ]
            ask = Choose("Hier staat iets anders dan in het bestand", options, one_line(error.message, 900))
            choice = await self.app.push_screen_wait(ask)
            if not choice:
                raise Misused("not-chosen", "Er is niets overgenomen.", advice="Kies welke versie geldt.") from error
            taken = await asyncio.to_thread(partial(work, differing=choice))
        noted(self._workspace, taken.organisation)
        kept = f" {counted(len(taken.kept), 'formulier bleef', 'formulieren bleven')} zoals hier." if taken.kept else ""
        self.kwartier.tell(
            f"Het portfolio van {taken.code} is overgenomen: {counted(taken.new, 'formulier', 'formulieren')} nieuw, "
            f"{len(taken.replaced)} vervangen, {counted(taken.evidence, 'bestand', 'bestanden')} bij bewijs.{kept}"
        )
        return taken
