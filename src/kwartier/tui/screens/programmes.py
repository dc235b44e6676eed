"""The programmes whose own outcomes can be laid over an instrument: those in the data folder, and examples."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.widgets import Static

from kwartier.errors import Misused, Refused
from kwartier.instrument.profiling import study_load
from kwartier.tui.actions import bindings
from kwartier.tui.safe import parts
from kwartier.tui.screens.dialogs import Confirm
from kwartier.tui.screens.form_dialog import Field, FormDialog
from kwartier.tui.screens.handing import path_of
from kwartier.tui.screens.two_lists import TwoLists
from kwartier.tui.widgets.grouped_lines import Group, GroupedLines, Told
from kwartier.tui.widgets.heading import Heading
from kwartier.tui.widgets.lines import Lines
from kwartier.tui.working import begin

if TYPE_CHECKING:
    from kwartier.workspace import Workspace
    from kwartier.workspace.profiles import Programme

FROM_FILE = "+bestand"


class ProgrammesScreen(TwoLists["list[Programme]"]):
    """Programmes left, what one holds right; enter opens one."""

    BINDINGS: ClassVar[list[BindingType]] = bindings("programmes")
    LISTS = ("programmes", "holds")
    UNREAD = ("De opleidingen zijn nog niet gelezen.", "Wacht een tel.")

    def __init__(self, workspace: Workspace) -> None:
        super().__init__("Opleidingen")
        self.workspace = workspace

    # -- what it shows

    def _read(self) -> list[Programme]:
        return self.workspace.profiles()

    def _draw(self, found: list[Programme]) -> None:
        own = sum(not one.example for one in found)
        self.query_one(Heading).draw(["kwartier", "Opleidingen"], where=f"{own} in de datamap")
        self.query_one("#who", Static).update(
            parts(
                "Een opleiding legt haar eigen uitkomsten over een instrument. Een portfolio dat ermee begint, houdt "
                "ze zoals ze toen waren."
            )
        )
        mine = [_row(one) for one in found if not one.example]
        examples = [_row(one) for one in found if one.example]
        new = Told(FROM_FILE, "+", (), "Uit een bestand (t)")
        groups = [Group("In de datamap", [*mine, new], "" if mine else "Nog geen.")]
        if examples:
            groups.append(Group("Voorbeelden", examples))
        self.first.show(groups)
        self._draw_about()

    @on(Lines.Pointed)
    def _pointed(self, event: Lines.Pointed) -> None:
        if event.lines is self.first:
            self._draw_about()

    def _draw_about(self) -> None:
        one = self._one()
        self.second.show([] if one is None else _about(one))

    def _one(self) -> Programme | None:
        key = self.first.chosen
        return next((one for one in self.found or () if one.id == key), None)

    def _chosen(self) -> Programme:
        one = self._one()
        if one is None:
            raise Misused("none-chosen", "Wijs eerst een opleiding aan.")
        return one

    # -- opening

    @on(Lines.Opened)
    def _opened(self, event: Lines.Opened) -> None:
        event.stop()
        if event.lines is not self.first or not isinstance(event.lines, GroupedLines):
            return
        if event.lines.chosen == FROM_FILE:
            self.action_take()
            return
        one = self._chosen()
        if one.profile is None:
            raise Refused("broken-profile", one.problem, place=one.place, advice=one.advice)
        self._show(one.id)

    def _show(self, id: str) -> None:
        from kwartier.tui.screens.programme import ProgrammeScreen

        self.app.push_screen(ProgrammeScreen(self.workspace, id))

    def action_use(self) -> None:
        """Copies the example that is pointed at into the data folder."""
        one = self._chosen()
        if not one.example:
            raise Misused("profile-exists", f"{one.id} staat al in de datamap.", advice="Enter opent het.")

        async def copy() -> None:
            await asyncio.to_thread(self.workspace.use_profile, one.id)
            self.kwartier.tell(f"{one.id} staat in de datamap en kan nu van u worden: enter opent het.")
            self.look()

        begin(self, copy, group="doing")

    def action_take(self) -> None:
        """Takes a profile from a file that a programme wrote."""

        def answered(id: str | None) -> None:
            if id:
                self.kwartier.tell(f"Het profiel {id} staat in de datamap.")
                self.look()

        self.app.push_screen(FromFile(self.workspace), answered)

    def help_text(self) -> object:
        """What the help screen says first on this screen."""
        return parts(
            ("Opleidingen", "bold"),
            "\n\nEen opleidingsprofiel zegt welke eigen uitkomsten, taken en modules een opleiding heeft, en aan welke "
            "uitkomst een item bijdraagt. Een voorbeeld zet u met u in de datamap; koppelt u er iets in, dan gebeurt "
            "dat vanzelf. Een eigen profiel is een TOML-bestand; t neemt het over.",
        )


def _row(one: Programme) -> Told:
    if one.profile is None:
        return Told(one.id, "!", ((one.id, 14),), f"niet te gebruiken: {one.problem}", "warning", "warning")
    title = " ".join(filter(None, [one.profile.title, one.profile.edition]))
    return Told(one.id, "○" if one.example else "●", ((one.id, 14),), title)


def _about(one: Programme) -> list[Group]:
    found = one.profile
    if found is None:
        return [Group(one.id, [], one.problem), Group("", [], one.advice)]
    when = "; ".join(f"{name} {', '.join(map(str, values))}" for name, values in found.when.items())
    facts = [
        ("Van", found.school),
        ("Over", found.instrument + (f", bij {when}" if when else "")),
        ("Taken", str(len(found.task))),
        (found.outcome_words.capitalize(), str(len(found.outcome))),
        ("Modules", f"{len(found.module)}, samen {study_load(found)} EC" if found.module else ""),
        ("Koppelingen", str(len(found.link))),
        ("Bron", found.source),
        ("Let op", found.note),
    ]
    rows = [Told(f"feit {name}", "·", ((name, 16),), text) for name, text in facts if text]
    return [Group(found.title, rows)]


class FromFile(FormDialog[str]):
    """Gives the id of the profile that was kept."""

    OK = "Overnemen"
    LABEL = 10

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        super().__init__(
            "Opleidingsprofiel uit een bestand",
            [Field("path", "Bestand", hint="een TOML-bestand")],
            "Het bestand wordt eerst nagekeken. Een leeg profiel om in te vullen maakt: kwartier opleiding nieuw.",
        )

    async def save(self, values: dict[str, str]) -> str:
        path = path_of(values["path"])
        try:
            found = await asyncio.to_thread(self._keep, path, False)
        except Refused as error:
            if error.code != "profile-exists":
                raise
            ask = Confirm("Dit profiel is er al", error.message, yes="Vervangen", no="Laten staan")
            if not await self.app.push_screen_wait(ask):
                raise Misused("kept", "Er is niets veranderd.", advice="Geef het bestand een andere id.") from error
            found = await asyncio.to_thread(self._keep, path, True)
        return found

    def _keep(self, path: Path, overwrite: bool) -> str:
        return self._workspace.save_profile(path, overwrite=overwrite).id
