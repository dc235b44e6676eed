"""Gives a sheet to somebody who cannot reach the data folder, and takes back what was done apart."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

from kwartier.errors import Misused, Refused
from kwartier.text import one_line
from kwartier.tui.screens.dialogs import Choose, Confirm
from kwartier.tui.screens.form_dialog import Field, FormDialog
from kwartier.tui.screens.unlocking import key_fields, require_equal

if TYPE_CHECKING:
    from kwartier.tui.screens.organisation import OrganisationScreen
    from kwartier.workspace import TextConflict, Workspace

_NO_YES = (("", "nee"), ("ja", "ja"))


def begin_handing_over(screen: OrganisationScreen, workspace: Workspace, ref: str) -> None:
    """Asks for whom, and then where the file goes."""
    seen = workspace.see(ref)
    people = [
        (one.id, f"{one_line(seen.names.get(one.id) or '', 40)} ({one.id})".strip())
        for one in seen.record.envelope.person
        if not one.stopped
    ]
    if not people:
        raise Misused("nobody-there", "Aan deze meting doet nog niemand mee.", advice="Voeg iemand toe bij mensen (p).")

    def chosen(code: str | None) -> None:
        if code:
            screen.app.push_screen(HandOver(workspace, ref, code), told)

    def told(place: str | None) -> None:
        if place:
            screen.kwartier.tell(f"Klaar: {place}. Geef een wachtwoord langs een andere weg dan het bestand.")

    text = "In het bestand staan het instrument, de toelichtingen en het eigen blad; van een ander geen enkele score."
    screen.app.push_screen(Choose("Voor wie is het blad?", people, text), chosen)


class HandOver(FormDialog[str]):
    """Gives the path of the file that was made."""

    OK = "Maken"

    def __init__(self, workspace: Workspace, ref: str, code: str) -> None:
        self._workspace, self._ref, self._code = workspace, ref, code
        name = "-".join([*ref.split("/"), code]) + ".kwartier"
        super().__init__(
            "Blad uitgeven",
            [
                Field("path", "Bestand", str(Path.home() / name)),
                *key_fields(hint="leeg: niet op slot"),
                Field("notes", "Met aantekeningen", "", options=_NO_YES),
            ],
            "Ruwe aantekeningen gaan alleen mee in een bestand op slot.",
        )

    def on_mount(self) -> None:
        self.changed()

    def changed(self) -> None:
        self.show_field("again", bool(self.value("key")))

    async def save(self, values: dict[str, str]) -> str:
        require_equal(values)
        path = path_of(values["path"])
        try:
            await asyncio.to_thread(self._give, path, values, False)
        except Refused as error:
            if not path.is_file():
                raise
            yes = await self.app.push_screen_wait(
                Confirm("Het bestand bestaat al", f"{path}\nWilt u het vervangen?", yes="Vervangen", no="Terug")
            )
            if not yes:
                raise Misused("kept", "Er is niets gemaakt.", advice="Kies een andere plek.") from error
            await asyncio.to_thread(self._give, path, values, True)
        return str(path)

    def _give(self, path: Path, values: dict[str, str], overwrite: bool) -> None:
        self._workspace.hand_over(
            self._ref,
            self._code,
            path,
            passphrase=values["key"],
            raw_notes=bool(values["notes"]),
            overwrite=overwrite,
        )


class TakeBack(FormDialog[str]):
    """Gives the reference of the record in which something was taken in."""

    OK = "Terugnemen"

    def __init__(self) -> None:
        super().__init__(
            "Blad terugnemen",
            [
                Field("path", "Bestand of map", hint="wat de auditor teruggaf"),
                Field("key", "Wachtwoord", hint="alleen als het op slot is", secret=True),
                Field("texts", "Alleen toelichtingen", "", options=_NO_YES),
                Field("replace", "Vervang begonnen blad", "", options=_NO_YES),
            ],
        )

    async def save(self, values: dict[str, str]) -> str:
        from kwartier.workspace import TextConflict

        workspace = await self.kwartier.workspace()
        path = path_of(values["path"])
        choices: dict[str, str] = {}
        if not values["texts"]:
            await self._require_meant(workspace, path, values["key"] or None)
        while True:
            try:
                taken = await asyncio.to_thread(
                    workspace.take_back,
                    path,
                    passphrase=values["key"] or None,
                    choices=choices,
                    texts_only=bool(values["texts"]),
                    replace=bool(values["replace"]),
                )
                break
            except TextConflict as conflict:
                choices |= await self._choose(conflict)
        told = ["Het verzegelde scoreblad is opgenomen." if taken.sheet else "Er was geen nieuw scoreblad."]
        if taken.texts:
            told.append(f"Toelichting bijgewerkt bij item {', '.join(taken.texts)}.")
        if taken.revealed:
            told.append("Alle bladen zijn binnen: de scores liggen naast elkaar.")
        self.kwartier.tell(" ".join(told))
        workspace.note_saved(taken.ref)
        return taken.ref

    async def _require_meant(self, workspace: Workspace, path: Path, key: str | None) -> None:
        """Asks first where this is the sheet that all others wait for, as sealing it here would."""
        if not await asyncio.to_thread(workspace.taking_would_reveal, path, passphrase=key):
            return
        text = (
            "Alle andere bladen die tellen, zijn verzegeld. Neemt u dit blad op, dan liggen de scores naast elkaar.\n"
            "Dit is niet ongedaan te maken."
        )
        ask = Confirm("Het laatste blad terugnemen?", text, yes="Terugnemen", no="Nog niet")
        if not await self.app.push_screen_wait(ask):
            raise Misused("kept", "Er is niets teruggenomen.", advice="Het bestand is niet veranderd.")

    async def _choose(self, conflict: TextConflict) -> dict[str, str]:
        """Both texts of every item that changed here and on the sheet; one of them is chosen."""
        made = {}
        for item, ours, theirs in conflict.clashes:
            text = f"Hier:\n{ours or '(leeg)'}\n\nOp het blad:\n{theirs or '(leeg)'}"
            options = [("hier", "de tekst hier"), ("blad", "de tekst van het blad")]
            chosen = await self.app.push_screen_wait(Choose(f"Item {item}: allebei veranderd", options, text))
            if not chosen:
                raise Misused("not-chosen", "Er is nog niets overgenomen.", advice="Kies bij elk item een tekst.")
            made[item] = chosen
        return made


def path_of(text: str) -> Path:
    """A path as typed, perhaps with ~ or between quotes. Raises `Misused` where nothing was typed."""
    typed = text.strip().strip("'\"")
    if not typed:
        raise Misused("path-missing", "Geef een bestand op.")
    try:
        return Path(typed).expanduser()
    except RuntimeError as error:
        raise Misused("invalid-path", "Deze thuismap is niet te vinden.", advice="Schrijf het pad voluit.") from error
