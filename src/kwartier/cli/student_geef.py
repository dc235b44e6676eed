"""kwartier student geef en neem: een portfolio dat met de student meegaat, als één bestand op slot."""

from __future__ import annotations

from pathlib import Path

import click

from kwartier.cli.base import PATH, answer, opened, passphrase
from kwartier.cli.completing import SLUG, SUBJECT
from kwartier.cli.pasting import named
from kwartier.cli.student import student
from kwartier.cli.student_who import code_of
from kwartier.errors import Misused
from kwartier.reports.phrases import counted
from kwartier.workspace.portfolios_taken import PortfolioTaken

_CHOICES = ("hier", "bestand", "voorstel")


@student.command("geef")
@click.argument("slug", type=SLUG)
@click.argument("code", type=SUBJECT)
@click.argument("bestand", type=PATH)
@click.option("--voor", default="", metavar="WIE", help="Voor wie het is; anders voor de student zelf.")
@click.option("--door-student", is_flag=True, help="De student geeft het: het eigen deel van de student is dan nieuw.")
@click.option("--wachtwoord-bestand", type=PATH, help="Het wachtwoord voor het BESTAND, op de eerste regel.")
@click.option("--overschrijf", is_flag=True, help="Vervang het bestand als het al bestaat.")
def give(
    slug: str,
    code: str,
    bestand: Path,
    voor: str,
    door_student: bool,
    wachtwoord_bestand: Path | None,
    overschrijf: bool,
) -> None:
    """Geef een portfolio mee als één bestand op slot, dat een andere kwartier opent.

    Er zit in wat wie het krijgt mag lezen: voor de student zelf alles, voor een ander wat de student laat zien. Geef
    het wachtwoord langs een andere weg. Bij de student blijft staan dat het is meegegeven.
    """
    with opened() as ws:
        own = code_of(ws, slug, code)
        key = passphrase(wachtwoord_bestand, ask=True, confirm=True) or ""
        given = ws.give_portfolio(slug, own, bestand, key, voor, by_student=door_student, overwrite=overschrijf)
        records = counted(given.records, "portfolio", "portfolio's")
        told = [
            f"Klaar: {given.path}, op slot ({records}, "
            f"{counted(given.evidence, 'bestand', 'bestanden')}). Geef het wachtwoord langs een andere weg.",
            *(f"Niet erbij: {one}" for one in given.left_out),
            f"Het gaat open met: kwartier student neem {named(bestand.name)} --organisatie SLUG, "
            "of met --nieuwe-organisatie NAAM waar nog geen organisatie is.",
        ]
        tree = {"file": given.path, "records": given.records, "evidence": given.evidence}
        answer({**tree, "left_out": list(given.left_out)}, "\n".join(told))


@student.command("neem")
@click.argument("bestand", type=PATH)
@click.option("--organisatie", "slug", type=SLUG, default="", metavar="SLUG", help="Waar het portfolio bij komt.")
@click.option("--nieuwe-organisatie", default="", metavar="NAAM", help="Maak deze organisatie ervoor.")
@click.option("--code", default="", help="De code hier; nodig als die uit het bestand van een ander is.")
@click.option("--bij-verschil", type=click.Choice(_CHOICES), default=None, help="Wat geldt als beide anders zijn.")
@click.option("--wachtwoord-bestand", type=PATH, help="Het wachtwoord van het BESTAND, op de eerste regel.")
def take(
    bestand: Path,
    slug: str,
    nieuwe_organisatie: str,
    code: str,
    bij_verschil: str | None,
    wachtwoord_bestand: Path | None,
) -> None:
    """Neem een portfolio op dat met een student meekwam. Wat er al is blijft; twee keer is een keer.

    Staat iets hier anders dan in het bestand, dan wordt dat eerst getoond en verandert er niets tot u kiest. Het eigen
    deel komt van de student, de rest van de opleiding; verzegeld gaat voor onverzegeld.
    """
    if bool(slug) == bool(nieuwe_organisatie):
        raise Misused(
            "organisation-missing",
            "Zeg bij welke organisatie dit portfolio komt.",
            advice="Voeg --organisatie SLUG toe, of --nieuwe-organisatie NAAM.",
        )
    with opened() as ws:
        if slug:
            ws.organisation(slug)
        key = passphrase(wachtwoord_bestand, ask=True)
        taken = ws.take_portfolio(
            bestand, slug, key, code, new_organisation=nieuwe_organisatie, differing=bij_verschil or ""
        )
        answer(
            {
                "organisation": taken.organisation,
                "code": taken.code,
                "refs": list(taken.refs),
                "new": taken.new,
                "replaced": list(taken.replaced),
                "kept": list(taken.kept),
                "evidence": taken.evidence,
            },
            lambda: _words(taken),
        )


def _words(taken: PortfolioTaken) -> str:
    told = [f"Het portfolio van {taken.code} staat bij {taken.organisation}:"]
    told += [f"- {ref}" for ref in taken.refs]
    files = counted(taken.evidence, "bestand bij bewijs", "bestanden bij bewijs")
    told.append(f"Nieuw: {counted(taken.new, 'formulier', 'formulieren')} en {files}.")
    told += [f"Vervangen: {one}" for one in taken.replaced]
    told += [f"Anders in het bestand, hier gebleven: {one}" for one in taken.kept]
    return "\n".join(told)
