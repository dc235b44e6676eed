"""kwartier samenvoegen: kopieën van een synchronisatieprogramma samenbrengen met hun bestand."""

from __future__ import annotations

from pathlib import Path

import click

from kwartier.cli.base import PATH, Command, answer, opened
from kwartier.cli.metingen import pairs
from kwartier.errors import Misused


@click.command(cls=Command)
@click.argument("bestand", type=PATH, required=False)
@click.option("--kies", multiple=True, metavar="NUMMER=hier|kopie", help="Wat geldt waar beide verschillen.")
@click.option("--auditor", metavar="NAAM", help="Wie er achter het toetsenbord zit, voor een eigen blad.")
def samenvoegen(bestand: Path | None, kies: tuple[str, ...], auditor: str | None) -> None:
    """Voeg een kopie die OneDrive, Dropbox of een ander programma maakte samen met het bestand zelf.

    Zonder BESTAND ziet u welke kopieën er zijn. Waar beide verschillen, kiest u; er wordt niets stilletjes gekozen.
    """
    with opened() as ws:
        if bestand is None:
            found = ws.conflict_copies()
            lines = [f"{one.copy}\n  is een kopie van {one.original}" for one in found]
            answer(
                {"copies": [{"copy": one.copy, "original": one.original} for one in found]},
                "\n".join(lines) or "Er zijn geen kopieën van een synchronisatieprogramma.",
            )
            return
        choices = pairs(kies)
        if not all(number.isdigit() for number in choices):
            raise Misused("choice-wrong", "Kies met een nummer.", advice="Schrijf bijvoorbeeld --kies 1=hier.")
        numbered = {int(number): str(choice) for number, choice in choices.items()}
        changed = ws.merge_copy(bestand, choices=numbered, viewer=auditor)
        told = "Samengevoegd." if changed else "De kopie voegde niets toe."
        answer({"changed": changed}, f"{told} De kopie is verwijderd.")
