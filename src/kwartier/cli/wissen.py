"""kwartier wis: eerdere teksten bij een item voorgoed wissen."""

from __future__ import annotations

import click

from kwartier.cli.base import Command, answer, opened, sure
from kwartier.cli.completing import REF


@click.command(cls=Command)
@click.argument("ref", type=REF)
@click.argument("item")
@click.option("--ja", is_flag=True, help="Wis zonder nog eens te vragen.")
def wis(ref: str, item: str, ja: bool) -> None:
    """Wis voorgoed wat er eerder bij een ITEM stond, zoals na het intrekken van toestemming.

    Verander eerst de tekst zelf. Eerdere teksten blijven anders bewaard: naast de toelichtingen en in elke versie van
    het definitieve verslag. Dat er gewist is en wanneer, blijft staan.
    """
    if not ja:
        sure(f"Wissen van de eerdere teksten bij item {item} is niet terug te draaien.")
    with opened() as ws:
        count = ws.redact(ref, item)
        texts = "1 eerdere tekst is" if count == 1 else f"{count} eerdere teksten zijn"
        answer(
            {"ref": ref, "item": item, "erased": count},
            f"{texts} gewist. Reservekopieën heeft kwartier niet in de hand.",
        )
