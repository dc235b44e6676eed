"""kwartier persoon: the names behind codes."""

from __future__ import annotations

import click

from kwartier.cli.base import Group, answer, opened, sure, table
from kwartier.cli.completing import SLUG


@click.group(cls=Group)
def persoon() -> None:
    """De namen achter de codes. Namen staan alleen hier; metingen gebruiken de code."""


@persoon.command("lijst")
@click.argument("slug", type=SLUG)
def people(slug: str) -> None:
    """Toon de codes van een organisatie met hun naam."""
    with opened() as ws:
        names = ws.people(slug)
        rows = [(code, name or "(gewist of zonder naam)") for code, name in names.items()]
        result = {"people": [{"code": code, "name": name or None} for code, name in names.items()]}
        answer(result, table(rows, ("Code", "Naam")) if rows else "Nog niemand.")


@persoon.command("naam")
@click.argument("slug", type=SLUG)
@click.argument("wie")
@click.argument("naam")
def rename(slug: str, wie: str, naam: str) -> None:
    """Verbeter de naam achter een code."""
    with opened() as ws:
        done = ws.rename_person(slug, wie, naam)
        answer(done, f"Achter {done['code']} staat nu: {naam}.")


@persoon.command("wis")
@click.argument("slug", type=SLUG)
@click.argument("wie")
@click.option("--ja", is_flag=True, help="Wis zonder nog eens te vragen.")
def erase(slug: str, wie: str, ja: bool) -> None:
    """Wis de naam achter een code. De code blijft, zodat metingen blijven kloppen. Dit is niet terug te draaien."""
    if not ja:
        sure(f"De naam achter '{wie}' wissen is niet terug te draaien.")
    with opened() as ws:
        done = ws.erase_person(slug, wie)
        places = [f"een plaatsing bij {code}" for code in done["placed"]]
        used = [*done["used"], *places]
        left = f"\nDe code staat nog in: {', '.join(used)}." if used else ""
        answer(done, f"De naam achter {done['code']} is gewist.{left}\nReservekopieën heeft kwartier niet in de hand.")
