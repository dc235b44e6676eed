"""Asks who an organisation is: a new one, or what has to be corrected of one that is there."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from kwartier.errors import Misused
from kwartier.tui.safe import in_field
from kwartier.tui.screens.form_dialog import ChoiceField, Field, FormDialog
from kwartier.tui.working import begin

if TYPE_CHECKING:
    from kwartier.records.organisation import Organisation
    from kwartier.workspace import Workspace

NOTHING_ABOVE = ("", "(hoort nergens bij)")


def fields(one: Organisation | None) -> list[Field]:
    """The fields, with what is known."""
    clients = "" if one is None or one.clients is None else str(one.clients)
    return [
        Field("name", "Naam", one.name if one else ""),
        Field("kind", "Soort", one.kind if one else "", "zoals ggz, ribw of gemeente"),
        Field("clients", "Aantal cliënten", clients, "mag leeg blijven"),
        Field("part_of", "Onderdeel van", one.part_of if one else "", options=(NOTHING_ABOVE,)),
        Field("place", "Plaats", one.place if one else "", "mag leeg blijven"),
        Field("note", "Opmerking", one.note if one else ""),
    ]


def number(text: str) -> int | None:
    """A number of clients as typed. Raises `Misused` for anything else."""
    digits = text.replace(".", "").replace(" ", "")
    if not digits:
        return None
    if not digits.isascii() or not digits.isdigit() or len(digits) > 9:
        raise Misused("number-wrong", "Het aantal cliënten is een heel getal.", advice="Laat het anders leeg.")
    return int(digits)


class _About(FormDialog[str]):
    """What a new organisation and a correction have in common: the choice of what it is part of."""

    async def _offer(self, own: str = "") -> None:
        workspace = await self.kwartier.workspace()
        found = await asyncio.to_thread(workspace.organisations)
        above = self.query_one("#part_of", ChoiceField)
        options = [(slug, one.name) for slug, one in found if one is not None and slug != own]
        above.offer([NOTHING_ABOVE, *sorted(options, key=lambda one: one[1].casefold())], above.value)


class NewOrganisation(_About):
    """Gives the slug of the new organisation."""

    OK = "Maken"

    def __init__(self) -> None:
        super().__init__("Nieuwe organisatie", fields(None))

    def on_mount(self) -> None:
        begin(self, lambda: self._offer())

    async def save(self, values: dict[str, str]) -> str:
        if not values["name"].strip():
            raise Misused("name-missing", "Geef de organisatie een naam.")
        details: dict[str, Any] = {
            "kind": values["kind"].strip() or None,
            "place": values["place"].strip() or None,
            "clients": number(values["clients"]),
            "part_of": values["part_of"] or None,
            "note": values["note"].strip() or None,
        }
        workspace = await self.kwartier.workspace()
        slug = workspace.add_organisation(values["name"].strip(), **details)
        noted(workspace, slug)
        return slug


class EditOrganisation(_About):
    """Corrects an organisation."""

    OK = "Bewaren"

    def __init__(self, slug: str, one: Organisation) -> None:
        super().__init__("Gegevens van de organisatie", fields(one))
        self._slug = slug
        self._had = {one.id: in_field(one.value) for one in self._fields}

    def on_mount(self) -> None:
        begin(self, lambda: self._offer(self._slug))

    async def save(self, values: dict[str, str]) -> str:
        if not values["name"].strip():
            raise Misused("name-missing", "Geef de organisatie een naam.")
        details: dict[str, Any] = {key: text.strip() for key, text in values.items() if text != self._had[key]}
        if "clients" in details:
            count = number(details["clients"])
            details["clients"] = "" if count is None else count
        workspace = await self.kwartier.workspace()
        if details:
            workspace.change_organisation(self._slug, **details)
            noted(workspace, self._slug)
        return self._slug


def noted(workspace: Workspace, ref: str) -> None:
    """Has the start screen know at once."""
    workspace.note_saved(ref)
