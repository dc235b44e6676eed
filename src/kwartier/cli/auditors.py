"""kwartier auditor: wie de meting doet."""

from __future__ import annotations

import click

from kwartier.cli.base import Group, answer, opened
from kwartier.cli.completing import REF
from kwartier.workspace import Assessor


@click.group(cls=Group)
def auditor() -> None:
    """Wie de meting doet: erbij, vervangen of gestopt."""


@auditor.command("erbij")
@click.argument("ref", type=REF)
@click.argument("naam")
@click.option("--meelopend", is_flag=True, help="Scoort mee, telt niet mee en houdt niemand op.")
@click.option("--herkomst", type=click.Choice(["intern", "extern"]), default=None, help="Van binnen of van buiten.")
@click.option("--rol", default="", help="Met welke rol, als er meer rollen zijn die invullen; anders de eerste.")
def join(ref: str, naam: str, meelopend: bool, herkomst: str | None, rol: str) -> None:
    """Laat iemand meedoen. Kan tot de scores naast elkaar liggen; meelopen kan altijd."""
    with opened() as ws:
        code = ws.join(ref, Assessor(naam, shadow=meelopend, origin=herkomst or "", role=rol))
        answer({"ref": ref, "code": code}, f"{naam} doet mee, als {code}.")


@auditor.command("vervang")
@click.argument("ref", type=REF)
@click.argument("wie")
@click.argument("door")
@click.option("--reden", required=True, help="Waarom; dit komt in het verslag.")
def replace(ref: str, wie: str, door: str, reden: str) -> None:
    """Laat iemand anders verdergaan voor een auditor. De nieuwe scoort vanaf de toelichtingen."""
    with opened() as ws:
        code = ws.join(ref, Assessor(door), replaces=wie, reason=reden)
        answer({"ref": ref, "code": code}, f"{door} ({code}) gaat verder voor {wie}.")


@auditor.command("stop")
@click.argument("ref", type=REF)
@click.argument("wie")
@click.option("--reden", required=True, help="Waarom; dit komt in het verslag.")
@click.option("--ja", is_flag=True, help="Ook als daardoor de scores van de anderen open komen te liggen.")
def stop(ref: str, wie: str, reden: str, ja: bool) -> None:
    """Noteer dat een auditor stopt. Een verzegeld blad blijft staan en telt mee."""
    with opened() as ws:
        ws.stop(ref, wie, reason=reden, sure=ja)
        answer({"ref": ref}, f"{wie} is gestopt.")
