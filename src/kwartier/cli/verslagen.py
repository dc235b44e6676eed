"""kwartier verslag: het verslag van een meting, als concept of definitief."""

from __future__ import annotations

from pathlib import Path

import click
import msgspec

from kwartier.cli.base import PATH, Command, answer, opened, wants_json
from kwartier.cli.completing import REF
from kwartier.errors import Misused
from kwartier.workspace import writers
from kwartier.workspace.outcomes import Variant

VARIANTS: dict[str, Variant] = {"volledig": "full", "pagina": "page"}


@click.command(cls=Command)
@click.argument("ref", type=REF)
@click.option("--uit", type=PATH, help="Het bestand; anders komt het verslag op het scherm.")
@click.option(
    "--met", type=REF, metavar="REF", help="De eerdere meting om mee te vergelijken; anders die waar deze op volgt."
)
@click.option("--formaat", default="md", show_default=True, help="De vorm van het verslag.")
@click.option(
    "--variant",
    type=click.Choice([*VARIANTS]),
    default="volledig",
    show_default=True,
    help="Het hele verslag, of één pagina om te tekenen.",
)
@click.option("--zonder-overeenstemming", is_flag=True, help="Laat de scores per auditor en hun overeenstemming weg.")
@click.option("--overschrijf", is_flag=True, help="Vervang het bestand als het al bestaat.")
def verslag(
    ref: str,
    uit: Path | None,
    met: str | None,
    formaat: str,
    variant: str,
    zonder_overeenstemming: bool,
    overschrijf: bool,
) -> None:
    """Maak het verslag. Voor het definitief is, is het een concept, dat zegt wat er nog ontbreekt.

    Het verslag gebruikt de formulering van kwartier en noemt van deelnemers alleen rollen en aantallen.
    """
    known = writers()
    if formaat not in known:
        raise Misused(
            "unknown-format", f"Het formaat '{formaat}' is er niet.", advice=f"Kies uit: {', '.join(sorted(known))}."
        )
    with opened() as ws:
        document = ws.document(ref, against=met, agreement=not zonder_overeenstemming, variant=VARIANTS[variant])
        if wants_json() and uit is None:
            answer({"ref": ref, "document": msgspec.to_builtins(document)})
            return
        text = known[formaat](document)
        if uit is None:
            # Written as it is: what must not reach a terminal was taken out by the writer.
            answer({}, text, as_is=formaat != "md")
            return
        ws.write_out(uit, text.encode(), overwrite=overschrijf)
        answer({"ref": ref, "file": str(uit)}, f"Klaar: {uit}")
