"""kwartier verslag: het verslag van een meting, als concept of definitief."""

from __future__ import annotations

from pathlib import Path

import click

from kwartier.cli.base import PATH, Command, opened
from kwartier.cli.completing import REF
from kwartier.cli.documents import output
from kwartier.workspace.documents import WORDS


@click.command(cls=Command)
@click.argument("ref", type=REF)
@click.option("--uit", type=PATH, help="Het bestand; anders komt het verslag op het scherm.")
@click.option(
    "--met", type=REF, metavar="REF", help="De eerdere meting om mee te vergelijken; anders die waar deze op volgt."
)
@click.option("--formaat", default="md", show_default=True, help="md, html, docx of pdf; meer met een komma ertussen.")
@click.option("--sjabloon", type=PATH, help="Een eigen Word-sjabloon (docx of dotx): huisstijl, kop en voet, logo.")
@click.option(
    "--variant",
    metavar="SOORT",
    default="volledig",
    show_default=True,
    help="volledig, samenvatting (voor het bestuur), pagina (om te tekenen), cijfers, of een formulier.",
)
@click.option("--auditor", metavar="NAAM", help="Voor wie het is: wat van een ander is, staat er dan niet in.")
@click.option("--zonder-overeenstemming", is_flag=True, help="Laat de scores per auditor en hun overeenstemming weg.")
@click.option("--zonder-namen", is_flag=True, help="Zonder namen van mensen, om te publiceren.")
@click.option("--overschrijf", is_flag=True, help="Vervang het bestand als het al bestaat.")
def verslag(
    ref: str,
    uit: Path | None,
    met: str | None,
    formaat: str,
    sjabloon: Path | None,
    variant: str,
    auditor: str | None,
    zonder_overeenstemming: bool,
    zonder_namen: bool,
    overschrijf: bool,
) -> None:
    """Maak het verslag. Voor het definitief is, is het een concept, dat zegt wat er nog ontbreekt.

    Het verslag gebruikt de formulering van kwartier en noemt van deelnemers alleen rollen en aantallen.
    """
    out = output(formaat, uit, overwrite=overschrijf, template=sjabloon)
    with opened() as ws:
        document = ws.document(
            ref,
            against=met,
            agreement=not zonder_overeenstemming,
            variant=WORDS.get(variant, variant),
            viewer=ws.code_of(ref, auditor),
            names=not zonder_namen,
        )
        out.give(ws, document, {"ref": ref})
