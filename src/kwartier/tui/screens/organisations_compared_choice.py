"""Which organisations are compared: of which kind and size, in which groups, of which moment, which is one's own."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, cast

from kwartier.analysis.compared import SMALLEST_GROUP
from kwartier.errors import KwartierError
from kwartier.reports.phrases import capital
from kwartier.tui.screens.form_dialog import Field, FormDialog
from kwartier.workspace.compared_groups import size_title
from kwartier.workspace.comparing import SIZES, Chosen

if TYPE_CHECKING:
    from kwartier.instrument.model import Parameter
    from kwartier.records.organisation import Organisation
    from kwartier.workspace import Workspace

_GROUPS = (("", "geen groepen"), ("kind", "naar soort"), ("size", "naar aantal cliënten"))
_PARAMETER = "parameter-"


class WhichOrganisations(FormDialog[Chosen]):
    """Gives what is to be compared. Nothing in it names an organisation where names are off."""

    OK = "Vergelijken"
    DEFAULT_CSS = """
    WhichOrganisations #fields { max-height: 13; }
    WhichOrganisations .row { margin-bottom: 0; }
    """
    help_text = (
        "Kies welke organisaties naast elkaar komen. Wat u op alle laat staan, laat niets weg. Enter of een klik toont "
        "de mogelijkheden, links en rechts gaan erlangs; ctrl+s vergelijkt."
    )

    def __init__(
        self, workspace: Workspace, chosen: Chosen, organisations: Sequence[tuple[str, Organisation | None]]
    ) -> None:
        self._chosen, self._organisations = chosen, organisations
        self._parameters = _parameters(workspace, chosen.instrument)
        super().__init__("Welke organisaties vergelijken?", list(self._fields_of()))

    def _fields_of(self) -> list[Field]:
        chosen = self._chosen
        known = {one.kind.strip().casefold(): one.kind.strip() for _, one in self._organisations if one}
        kinds = [(kind, kind) for kind in sorted({*filter(None, known.values()), *chosen.kinds}, key=str.casefold)]
        sizes = [(str(place), size_title(size)) for place, size in enumerate(SIZES)]
        size = next((str(place) for place, one in enumerate(SIZES) if chosen.sizes == (one,)), "")
        names = (("yes", "met namen"), ("no", "zonder namen: letters"))
        small = (
            ("no", f"kleiner dan {SMALLEST_GROUP} niet tonen"),
            ("yes", "alles tonen: ik ben daartoe bevoegd"),
        )
        return [
            Field("kind", "Soort", next(iter(chosen.kinds), ""), options=(("", "alle"), *kinds)),
            Field("size", "Omvang", size, options=(("", "alle"), *sizes)),
            Field("group", "Groepen", chosen.group_by, options=_GROUPS),
            *(self._parameter(one) for one in self._parameters),
            Field("own", "Eigen organisatie", chosen.own, options=self._own()),
            Field("names", "Namen", "yes" if chosen.names else "no", options=names),
            Field("small", "Kleine groepen", "yes" if chosen.entitled else "no", options=small),
        ]

    def _parameter(self, one: Parameter) -> Field:
        value = str(self._chosen.parameters.get(one.id, ""))
        options = [("", "de nieuwste meting"), *((str(each), f"{one.id} {each}") for each in one.values)]
        return Field(f"{_PARAMETER}{one.id}", capital(one.id), value, options=tuple(options))

    def _own(self) -> tuple[tuple[str, str], ...]:
        if not self._chosen.names:
            return ("", "geen"), *([(self._chosen.own, "uw organisatie")] if self._chosen.own else [])
        named = [(slug, one.name if one else slug) for slug, one in self._organisations]
        return ("", "geen"), *sorted(named, key=lambda each: each[1].casefold())

    async def save(self, values: dict[str, str]) -> Chosen:
        await asyncio.sleep(0)
        start = len(_PARAMETER)
        return Chosen(
            instrument=self._chosen.instrument,
            only=self._chosen.only,
            kinds=(values["kind"],) if values["kind"] else (),
            sizes=(SIZES[int(values["size"])],) if values["size"] else (),
            parameters={name[start:]: value for name, value in values.items() if name.startswith(_PARAMETER) and value},
            group_by=cast(Literal["", "kind", "size"], values["group"]),
            own=values["own"],
            names=values["names"] == "yes",
            entitled=values["small"] == "yes",
        )


def _parameters(workspace: Workspace, instrument: str) -> Sequence[Parameter]:
    """What the instrument asks of a record; nothing where it is not installed."""
    try:
        return workspace.content(instrument).parameter
    except KwartierError:
        return ()
